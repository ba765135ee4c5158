/* SPDX-License-Identifier: MIT */
/** @file tree.h
 *  A JSON document that passed the gate, as a read-only tree.
 *
 *  The only door to cJSON. Nodes are cJSON items in disguise with two
 *  differences: a number keeps its own characters, so that an integer is
 *  exact or refused, and the arrays under the keys "durations" and
 *  "distances" are matrices of int32 that never were nodes.
 *
 *  Walk with rn_node_first and rn_node_next only; there is no access by
 *  index, which would be quadratic.
 *
 *  Codes of the gate, always one finding, always an error:
 *  RUNDE-E001 not UTF-8 or half a surrogate pair; E002 not JSON; E003 nested
 *  too deep; E004 duplicate key; E005 forbidden character in a string; E006
 *  text after the document; E007 too many bytes; E008 too many values; E009
 *  a matrix that is ragged or holds something else than 0 to 2147483647 and
 *  null. */
#ifndef RN_IO_TREE_H
#define RN_IO_TREE_H

#include <runde/types.h>

typedef struct rn_tree rn_tree;
typedef struct rn_node rn_node;

typedef enum rn_kind {
    RN_KIND_NULL = 0,
    RN_KIND_BOOL,
    RN_KIND_NUMBER,
    RN_KIND_STRING,
    RN_KIND_ARRAY,
    RN_KIND_OBJECT,
    RN_KIND_MATRIX /**< an array under "durations" or "distances" */
} rn_kind;

/** "an object", "a number": for messages. Never NULL. */
const char *rn_kind_name(rn_kind kind);

/** What came of reading a number or a string out of a node. */
typedef enum rn_read {
    RN_READ_OK = 0,
    RN_READ_KIND,     /**< the node is of another kind, or NULL */
    RN_READ_FRACTION, /**< not a whole number, or "-0" */
    RN_READ_RANGE     /**< outside the range asked for */
} rn_read;

/** Lets the text through the gate and parses it.
 *
 *  @param text  need not end with NUL; must outlive the tree
 *  @return RUNDE_E_FORMAT with one finding when the gate refuses it (byte
 *          offset, line, column and JSON pointer), RUNDE_E_LIMIT for depth,
 *          bytes or values, RUNDE_E_NOMEM
 *
 *  O(length). Nothing is built before the whole text is found right, except
 *  the cells of matrices. */
runde_status rn_tree_parse(rn_tree **out, const char *text, size_t length,
                           runde_diag *diag);
/** NULL is fine. Matrices not taken go with it. */
void rn_tree_free(rn_tree *tree);

/** The document. Never NULL. */
const rn_node *rn_tree_root(const rn_tree *tree);

/* -------------------------------------------------------------- walking */

/** RN_KIND_NULL for NULL. */
rn_kind rn_node_kind(const rn_node *node);
/** First member of an object or element of an array; NULL when there is none
 *  or the node is of another kind. */
const rn_node *rn_node_first(const rn_node *node);
/** The member or element after this one, or NULL. */
const rn_node *rn_node_next(const rn_node *node);
/** How many members or elements; O(that many). */
int32_t rn_node_count(const rn_node *node);
/** The key of a member; NULL for an element of an array. */
const char *rn_node_key(const rn_node *node);

/** The member of an object with exactly this key, or NULL. O(members). */
const rn_node *rn_node_member(const rn_node *object, const char *key);

/** Looks up all members of an object at once: `found[k]` becomes the member
 *  `keys[k]` or NULL. O(members) when they come in the order of `keys`.
 *
 *  @param keys   what is allowed here, n of them, no duplicates
 *  @param found  out: n entries
 *  @return how many members are none of `keys` and do not begin with "x-";
 *          rn_node_unknown names them */
int32_t rn_node_members(const rn_node *object, const char *const *keys,
                        int32_t n, const rn_node **found);

/** The next unknown member (see rn_node_members) after `last`, which is NULL
 *  to begin with; NULL when there is no more. */
const rn_node *rn_node_unknown(const rn_node *object, const rn_node *last,
                               const char *const *keys, int32_t n);

/** "Did you mean": the key that differs least from this one, if it differs
 *  by at most a third of its letters; else NULL. A swap of neighbours counts
 *  as one difference, upper and lower case as none. */
const char *rn_key_suggest(const char *key, const char *const *keys, int32_t n);

/* -------------------------------------------------------------- reading */

/** The string, UTF-8 ending with NUL and without NUL or control characters
 *  in it; NULL when the node is not a string. Tied to the tree. */
const char *rn_node_string(const rn_node *node);

/** A whole number between `min` and `max`, exactly: 3, 3.0 and 3e0 are 3,
 *  and 9007199254740993 is not 9007199254740992. "-0" is RN_READ_FRACTION. */
rn_read rn_node_int(const rn_node *node, int64_t min, int64_t max,
                    int64_t *value);
/** As above, where numbers beyond 2^53 may come as strings: "-12" or 12. */
rn_read rn_node_big_int(const rn_node *node, int64_t min, int64_t max,
                        int64_t *value);
/** As above for what does not fit int64 (seeds), from 0. */
rn_read rn_node_big_uint(const rn_node *node, uint64_t *value);

/** A decimal number between `min` and `max`, rounded to the nearest 10^-7
 *  (half away from zero) and from there to the nearest double; "-0" gives 0.
 *  rn_text_decimal prints it so that this reads the same double again.
 *  Whatever the locale. */
rn_read rn_node_decimal(const rn_node *node, double min, double max,
                        double *value);

rn_read rn_node_bool(const rn_node *node, bool *value);

/** The characters of a number as the file has them, for messages; not ended
 *  by NUL. NULL when the node is not a number. Tied to the text. */
const char *rn_node_token(const rn_node *node, size_t *length);

/** The cells of a matrix, row by row, RUNDE_UNREACHABLE for null.
 *
 *  A flat array of numbers is one row. An empty array is 0 rows of 0.
 *  @return false when the node is no matrix or its cells were taken */
bool rn_node_matrix(const rn_node *node, const int32_t **cells, int32_t *rows,
                    int32_t *columns);

/** Hands the cells over: the caller frees them with free(), or gives them to
 *  runde_problem_take_matrix. rn_node_matrix is false from then on.
 *
 *  @return the cells; NULL when there are none, or none any more */
int32_t *rn_tree_take_matrix(rn_tree *tree, const rn_node *node);

/* ---------------------------------------------------------------- paths */

/** Deepest path, one more than the gate lets through. */
#define RN_PATH_DEPTH 66

/** Where a reader is. Pushing is two stores: the pointer is only printed
 *  when there is something to say. */
typedef struct rn_path {
    int32_t depth;
    struct {
        const char *key; /**< NULL for an element */
        int32_t index;
    } step[RN_PATH_DEPTH];
} rn_path;

/** An empty path: the whole document. */
void rn_path_init(rn_path *path);
/** Down to a member; the key is not copied. */
void rn_path_key(rn_path *path, const char *key);
/** Down to an element, 0-based. */
void rn_path_index(rn_path *path, int32_t index);
/** Up again. */
void rn_path_pop(rn_path *path);
/** Prints the JSON pointer, "/visits/12/x~1y" ("~" as "~0", "/" as "~1"). What
 *  does not fit is cut at a whole character; ends with NUL when size > 0. */
void rn_path_print(const rn_path *path, char *text, size_t size);

#endif
