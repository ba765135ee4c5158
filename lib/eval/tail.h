/* SPDX-License-Identifier: MIT */
/* What delaying a node costs along its own route, to the end of it: the slack
 * label sees the first that gets dearer, wherever it is, this one sees all
 * that follow in the route and no other. Found when it is read. */
#ifndef RN_EVAL_TAIL_H
#define RN_EVAL_TAIL_H

#include "eval/solution.h"

/** Finds the label of a node and of those behind it that are not known yet.
 *  O(nodes of the route). */
void rn_find_tails(rn_solution *sol, int32_t n);

/** The label of a node in a route. O(1) while the route stays as it is. */
static inline const rn_tail *rn_tail_of(rn_solution *sol, int32_t n)
{
    const int32_t shift = sol->node[n].route;
    if (sol->route_tails[shift] == 0 ||
        sol->tail_stamp[n] != sol->route_tails[shift]) {
        rn_find_tails(sol, n);
    }
    return &sol->tail[n];
}

/** What the delay costs in the route: a lower bound, nothing where none is
 *  known; RN_COST_INF when the route does not hold with it. O(1). */
static inline rn_cost rn_tail_delayed(const rn_tail *tail, int32_t delay)
{
    if (delay > tail->most) {
        return RN_COST_INF;
    }
    rn_cost cost = 0;
    for (int32_t i = 0; i < tail->n && tail->step[i].slack < delay; i++) {
        cost += (rn_cost)tail->step[i].rate * (delay - tail->step[i].slack);
    }
    return delay <= tail->known ? cost : 0;
}

#endif
