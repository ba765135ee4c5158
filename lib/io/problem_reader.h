/* SPDX-License-Identifier: MIT */
/** @file problem_reader.h
 *  The parts of runde_problem_from_json, one file per group of entities. */
#ifndef RN_IO_PROBLEM_READER_H
#define RN_IO_PROBLEM_READER_H

#include "io/reader.h"

#include <runde/problem.h>

/** Kinds of things that ids refer to. */
typedef enum rn_id_kind {
    RN_ID_PLACE = 0,
    RN_ID_SKILL,
    RN_ID_LOAD,
    RN_ID_MODE,
    RN_ID_CLIENT,
    RN_ID_CARER,
    RN_ID_SHIFT,
    RN_ID_VISIT,
    RN_ID_KINDS
} rn_id_kind;

/** How many windows a visit has in the file when "days" repeats them, so
 *  that findings about the repeated ones can point at those. */
typedef struct rn_repeat {
    int32_t windows; /**< 0 when they are not repeated */
    int32_t preferred;
} rn_repeat;

typedef struct rn_problem_reader {
    rn_reader in;
    rn_tree *tree;
    runde_problem *problem;
    rn_idmap ids[RN_ID_KINDS];
    bool is_lost[RN_ID_KINDS];   /**< the section cannot be read: every id
                                      may be right */
    bool is_listed[RN_ID_KINDS]; /**< the section is there */
    int32_t n_places;            /**< in "places"; the clients' own follow */
    int32_t n_own_places;
    int32_t next_own_place;
    int32_t *own_clients; /**< the client of each own place */
    int32_t n_visits;
    rn_repeat *repeats; /**< by visit */
    const char *criteria[RUNDE_CRITERIA];
} rn_problem_reader;

/** An id of a kind that must exist. */
void rn_read_ref(rn_problem_reader *p, const rn_node *node, rn_id_kind kind,
                 int32_t *index);
/** A skill or a travel mode: one more when the file has no list of them. */
void rn_read_skill(rn_problem_reader *p, const rn_node *node, int32_t *index);
void rn_read_mode(rn_problem_reader *p, const rn_node *node, int32_t *index);

/** For files that go with a sealed problem: its ids are those that exist.
 *
 *  @return RUNDE_OK or RUNDE_E_NOMEM */
runde_status rn_read_known_ids(rn_problem_reader *p,
                               const runde_problem *problem);
/** And times are read as the problem counts them.
 *
 *  @return the day on which the horizon begins, for clock times */
int64_t rn_read_known_times(rn_reader *r, const runde_problem *problem);
/** The names that criteria have, for reading weights. */
void rn_read_known_criteria(rn_problem_reader *p);
/** The ids, the tree and what was read. */
void rn_problem_reader_free(rn_problem_reader *p);
/** Lets what was read live on in `arena`, which holds nothing yet. */
void rn_problem_reader_give(rn_problem_reader *p, rn_arena *arena);

/** Settings and weights; makes the problem. Without one, p->in.status tells
 *  why. */
void rn_read_settings(rn_problem_reader *p, const rn_node *settings);
/** The global weights, from either member or both. */
void rn_read_weights(rn_problem_reader *p, const rn_node *order,
                     const rn_node *weights);
/** Weights from an array of criteria, most important first; an absent or
 *  empty one changes nothing. */
void rn_read_order(rn_problem_reader *p, const rn_node *node,
                   runde_weights *weights);
/** Weights by criterion into `weights`, setting `set` for those named. */
void rn_read_profile(rn_problem_reader *p, const rn_node *node,
                     runde_weights *weights);
void rn_read_rules(rn_problem_reader *p, const rn_node *node,
                   runde_work_rules *rules);

void rn_read_places(rn_problem_reader *p, const rn_node *array);
void rn_read_skills(rn_problem_reader *p, const rn_node *array);
void rn_read_loads(rn_problem_reader *p, const rn_node *array);
void rn_read_modes(rn_problem_reader *p, const rn_node *array);
void rn_read_clients(rn_problem_reader *p, const rn_node *array);
void rn_read_carers(rn_problem_reader *p, const rn_node *array);
void rn_read_shifts(rn_problem_reader *p, const rn_node *array);
void rn_read_visits(rn_problem_reader *p, const rn_node *array);

/** A client as files have it: without an entry in the places, maybe. */
typedef struct rn_client_entry {
    runde_client client; /**< place RUNDE_NONE while it is its own */
    runde_weights profile;
    runde_place own;
    bool has_own;
} rn_client_entry;

/* One entry, the defaults filled in; its lists are in the reader's arena. */
void rn_read_place(rn_problem_reader *p, const rn_node *node,
                   runde_place *place);
/** `client.weights` points into the entry. */
void rn_read_client(rn_problem_reader *p, const rn_node *node,
                    rn_client_entry *entry);
void rn_read_carer(rn_problem_reader *p, const rn_node *node,
                   runde_carer *carer);
void rn_read_shift(rn_problem_reader *p, const rn_node *node,
                   runde_shift *shift);
/** One visit into `visit`, which holds the defaults; in the reader's arena. */
void rn_read_visit(rn_problem_reader *p, const rn_node *node,
                   runde_visit *visit, rn_repeat *repeat);
/** The windows that are given instead of the visit's. */
void rn_read_visit_times(rn_problem_reader *p, const rn_node *windows,
                         const rn_node *preferred, runde_visit *visit);
void rn_read_links(rn_problem_reader *p, const rn_node *array);
void rn_read_history(rn_problem_reader *p, const rn_node *array);
void rn_read_published(rn_problem_reader *p, const rn_node *array);

/** Wishes about carers, of clients and visits; in the reader's arena. */
void rn_read_wishes(rn_problem_reader *p, const rn_node *array,
                    const runde_carer_wish **wishes, int32_t *n);
/** Caps of loads, of carers and shifts; in the reader's arena. */
void rn_read_caps(rn_problem_reader *p, const rn_node *array,
                  const runde_cap **caps, int32_t *n);

#endif
