/* SPDX-License-Identifier: MIT */
/* The schedule of docs/model.md 5 the slow way: from nothing, round and round
 * until nothing changes; and what a schedule costs. */
#ifndef RN_NAIVE_H
#define RN_NAIVE_H

#include "eval/insert.h"

/* A node that must not start before a time; node RUNDE_NONE for none. */
typedef struct naive_push {
    int32_t node;
    int64_t time;
} naive_push;

/** Least starts of all nodes in used routes. False when there are none.
 *
 *  @param start  room for n_nodes; nodes in no used route are not set */
bool naive_schedule(const rn_solution *sol, naive_push push, int32_t *start);

/** Do the first `n` nodes start when the slow schedule says, as far as their
 *  routes are used? Prints who does not, with the seed. */
bool naive_agrees(const rn_solution *sol, int32_t n, uint64_t seed);

/** What costs more at `now` than at `start`, each thing by itself; what
 *  costs less is not taken off. Waiting, idle and spreads not included. */
rn_cost naive_raise(const rn_solution *sol, const int32_t *start,
                    const int32_t *now);

/** Is this node part of a used route? */
bool naive_is_used(const rn_solution *sol, int32_t node);

#endif
