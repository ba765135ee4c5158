/* SPDX-License-Identifier: MIT */
/* From the mutable solution to the immutable plan. */
#ifndef RN_PLAN_FREEZE_H
#define RN_PLAN_FREEZE_H

#include <runde/plan.h>

#include "base/arena.h"
#include "eval/price.h"

/** Writes a settled solution down as a draft: routes, stops, cost and key
 *  figures. Left-out visits are for the caller to add, with their reasons. */
runde_status rn_freeze(runde_plan *plan, const rn_solution *sol);

/** Writes one route of a settled solution down, the stops into the arena; a
 *  shift that is not used has none. RUNDE_E_NOMEM. */
runde_status rn_freeze_route(runde_route *route, rn_arena *arena,
                             const rn_solution *sol, int32_t shift);

/** Cost by criterion of a settled solution and its written-down routes. */
void rn_account(runde_cost *cost, const rn_solution *sol,
                const runde_plan *plan);

/** What a change touches: these shifts, and these units with their clients,
 *  each named once. */
typedef struct rn_part {
    const int32_t *shifts;
    int32_t n_shifts;
    const int32_t *units;
    int32_t n_units;
} rn_part;

/** Cost by criterion of a part of a settled solution, and of all carers
 *  together where that has a price: the difference between two states that
 *  differ in the part alone is that of their costs. A guest that is not
 *  served costs nothing. O(tasks of the shifts). */
void rn_account_part(runde_cost *cost, const rn_solution *sol,
                     const rn_part *part);

/** Key figures of the same. */
void rn_key_figures(runde_kpis *kpis, const rn_solution *sol,
                    const runde_plan *plan);

#endif
