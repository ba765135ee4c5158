/* SPDX-License-Identifier: MIT */
/* The best plan seen, as sequences. Only what changed since the last best is
 * copied, so that a new best costs no more than the iteration that found it. */
#ifndef RN_SEARCH_BEST_H
#define RN_SEARCH_BEST_H

#include "eval/insert.h"

typedef struct rn_best {
    rn_price price;
    rn_node *node;
    uint32_t *missed; /**< by shift */
    int8_t *choice;
    int32_t *changed; /**< nodes that differ from the copy */
    int32_t n_changed;
    uint8_t *is_changed;
    rn_arena arena;
} rn_best;

runde_status rn_best_new(rn_best **out, const rn_solution *sol);
void rn_best_free(rn_best *best);

/** Notes what the iteration in the outer journal changed; call on accept. */
void rn_best_note(rn_best *best, const rn_solution *sol);

/** Notes that anything may have changed. O(nodes). */
void rn_best_note_all(rn_best *best, const rn_solution *sol);

/** Makes the current plan the best. O(changed since the last time). */
void rn_best_save(rn_best *best, const rn_solution *sol, rn_price price);

/** Takes over the best plan of another search, which need not have to do
 *  with `sol`, the plan at hand. O(nodes). */
void rn_best_copy(rn_best *to, const rn_best *from, const rn_solution *sol);

/** Builds the best plan afresh into an empty solution, from sequences alone.
 *  False when they have no schedule (a defect). */
bool rn_best_build(const rn_best *best, rn_solution *empty);

#endif
