/* SPDX-License-Identifier: MIT */
/** @file reader.h
 *  What the readers of both formats share: values out of a tree, with a
 *  finding for everything that is not as docs/file-format.md has it.
 *
 *  A reader never stops at a fault: the calls leave the value as it was, so
 *  that one pass finds all of them. Only lack of memory ends the loops.
 *
 *  Codes, all errors but the last: RUNDE-E601 not this format or version;
 *  E602 wrong type; E603 unknown key; E604 missing key; E605 unknown id;
 *  E606 number outside its range or not whole; E607 time or duration not
 *  understood; E608 time that the clock skips; E609 form of time that needs
 *  a start, a zone or a day; E610 not a whole number of ticks; E611 unknown
 *  word; E612 keys that contradict each other; E613 shape of a matrix;
 *  W650 time that the clock shows twice. */
#ifndef RN_IO_READER_H
#define RN_IO_READER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/idmap.h"
#include "io/tree.h"
#include "model/civil.h"

#include <runde/problem.h>

/** The records with format faults: the model's opinion of them is noise. */
#define RN_READER_MAX_BROKEN 100

typedef struct rn_reader {
    runde_diag *diag;    /**< the caller's, may be NULL */
    runde_status status; /**< first failure that ends the reading */
    int32_t errors;
    rn_path path;
    rn_arena arena; /**< everything that lives as long as the reading */
    bool has_origin;
    bool has_zone;
    bool is_blind;      /**< settings are broken: times cannot be judged */
    bool has_day;       /**< the record at hand may use clock times */
    bool has_first_day; /**< and so may those without a day of their own */
    rn_zone zone;
    int32_t tick_ms;
    int64_t origin;
    int64_t day;       /**< since 1970 with an origin, else since tick 0 */
    int64_t first_day; /**< the same, for records without a day */
    runde_finding *warnings; /**< for the plans, in the arena; NULL: none */
    int32_t n_warnings;      /**< at most RN_WARNINGS_MAX */
    int32_t n_broken;
    struct {
        const char *section; /**< "visits" */
        int32_t index;       /**< RUNDE_NONE for the whole section */
    } broken[RN_READER_MAX_BROKEN];
} rn_reader;

/** The keys of an object; the first `n_required` must be there. */
typedef struct rn_keys {
    const char *const *names;
    int32_t n;
    int32_t n_required;
} rn_keys;

#define RN_KEYS(names, n_required)                                             \
    {                                                                          \
        names, (int32_t)(sizeof(names) / sizeof *(names)), n_required          \
    }

/** A walk along an array. The path follows; never leave the loop early:
 *
 *      rn_list list = rn_list_begin(r, node, sizeof(runde_window));
 *      runde_window *const windows = list.items;
 *      for (; list.node != NULL; rn_list_next(r, &list)) {
 *          read_window(r, list.node, &windows[list.index]);
 *      }
 */
typedef struct rn_list {
    const rn_node *node; /**< NULL at the end */
    int32_t index;
    int32_t count; /**< of the whole array; 0 when it cannot be read */
    void *items;   /**< room for `count` records, zeros; in the arena */
} rn_list;

void rn_reader_init(rn_reader *r, runde_diag *diag);
void rn_reader_free(rn_reader *r);

/** Whether a JSON pointer lies in a record that has format faults. */
bool rn_reader_is_broken(const rn_reader *r, const char *pointer);

/** A finding where the path is. */
void rn_fault(rn_reader *r, const char *code, const char *format, ...)
    RN_PRINTF(3, 4);
/** A finding at a node: a member of where the path is, or the element there
 *  itself. */
void rn_fault_at(rn_reader *r, const rn_node *node, const char *code,
                 const char *format, ...) RN_PRINTF(4, 5);
/** Keeps a warning in r->warnings; the finding is not told to anybody. */
void rn_reader_keep(rn_reader *r, const runde_finding *warning);
/** A warning at a node. It is kept, too. */
void rn_warn_at(rn_reader *r, const rn_node *node, const char *code,
                const char *format, ...) RN_PRINTF(4, 5);

/** Where the file says what a finding of the model is about.
 *
 *  @param pointer  as the problem that was built has it
 *  @param where    out
 *  @return false when the finding is not to be told: the record has faults of
 *          its own */
typedef bool (*rn_tell_fn)(void *owner, const char *pointer, rn_where *where);

/** Seals what was read and tells what the model finds, as the file has it; a
 *  problem of NULL, broken settings and more faults than can be counted are
 *  not judged. The warnings of both go with the problem.
 *
 *  @return RUNDE_E_FORMAT when the reader found errors, else as
 *          runde_problem_seal */
runde_status rn_reader_seal(rn_reader *r, runde_problem *problem,
                            rn_tell_fn tell, void *owner);

/** Takes "/section/N" apart, `prefix` being "/section/". False when it begins
 *  otherwise; then nothing is set.
 *
 *  @param tail  out: what follows the number */
bool rn_pointer_split(const char *pointer, const char *prefix, int32_t *index,
                      const char **tail);

/** Room in the reader's arena; NULL without memory, which ends the reading. */
void *rn_reader_alloc(rn_reader *r, int32_t count, size_t size);
/** Keeps the first status that is not RUNDE_OK. */
void rn_reader_note(rn_reader *r, runde_status status);

/** Down to a member, for reading an object inside an object; false, without a
 *  finding, when there is none. With true, rn_path_pop(&r->path) follows. */
bool rn_reader_enter(rn_reader *r, const rn_node *member);

/** Checks an object and looks up its members; `found` has keys->n entries.
 *  False, with a finding and all entries NULL, when it is no object. */
bool rn_read_members(rn_reader *r, const rn_node *node, const rn_keys *keys,
                     const rn_node **found);

/** Checks the document's "format" and "version" members; a finding when it is
 *  another format. */
bool rn_read_format(rn_reader *r, const rn_node *root, const char *format);

/** Begins a walk; NULL is an empty array. `size` 0 makes no room. */
rn_list rn_list_begin(rn_reader *r, const rn_node *array, size_t size);
void rn_list_next(rn_reader *r, rn_list *list);

/* In the calls below a node of NULL, an absent member, changes nothing. */

/** A non-empty string; NULL when it is none. */
const char *rn_read_id(rn_reader *r, const rn_node *node);
void rn_read_int(rn_reader *r, const rn_node *node, int32_t min, int32_t max,
                 int32_t *value);
/** A whole number or, beyond 2^53, a string of one. */
void rn_read_big(rn_reader *r, const rn_node *node, int64_t *value);
void rn_read_seed(rn_reader *r, const rn_node *node, uint64_t *value);
void rn_read_bool(rn_reader *r, const rn_node *node, bool *value);
/** One of a few words: its index; NULL entries are skipped. */
void rn_read_word(rn_reader *r, const rn_node *node, const char *const *words,
                  int32_t n, int32_t *value);
/** Whether a node is a string with exactly this text. */
bool rn_node_is_word(const rn_node *node, const char *word);
/** An id that must be in the map; `kind` is for the message ("carer"). */
void rn_read_reference(rn_reader *r, const rn_node *node, const rn_idmap *map,
                       const char *kind, int32_t *index);
/** A decimal number. */
void rn_read_decimal(rn_reader *r, const rn_node *node, double min, double max,
                     double *value);

/** What a date without a time stands for. */
typedef enum rn_date_use {
    RN_DATE_NEVER = 0, /**< it is not allowed */
    RN_DATE_FIRST,     /**< the first tick of that day */
    RN_DATE_LAST,      /**< the last tick of that day */
    RN_DATE_EXPIRY     /**< as before; later than times go is their end */
} rn_date_use;

/** A time in ticks. Clock times while r->has_day or r->has_first_day. */
void rn_read_time(rn_reader *r, const rn_node *node, rn_date_use dates,
                  int32_t *ticks);
/** A clock time and nothing else, on r->day. */
void rn_read_clock(rn_reader *r, const rn_node *node, int32_t *ticks);
/** A day, "2026-03-28" or a number from 0, as r->day has it. */
void rn_read_day(rn_reader *r, const rn_node *node, int64_t *day);
/** A duration in ticks, not negative. */
void rn_read_duration(rn_reader *r, const rn_node *node, int32_t *ticks);
/** A duration in ticks of either sign. */
void rn_read_gap(rn_reader *r, const rn_node *node, int32_t *ticks);
/** A duration in whole seconds, not negative, whatever the tick. */
void rn_read_seconds(rn_reader *r, const rn_node *node, int32_t *seconds);
/** The moment a day or a time begins, in seconds since 1970: the start of
 *  the horizon, for which the zone must be set. */
void rn_read_origin(rn_reader *r, const rn_node *node, int64_t *instant);

#endif
