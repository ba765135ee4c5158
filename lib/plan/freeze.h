/* SPDX-License-Identifier: MIT */
/* From the mutable solution to the immutable plan. */
#ifndef RN_PLAN_FREEZE_H
#define RN_PLAN_FREEZE_H

#include <runde/plan.h>

#include "eval/price.h"

/** Writes a settled solution down as a draft: routes, stops, cost and key
 *  figures. Left-out visits are for the caller to add, with their reasons. */
runde_status rn_freeze(runde_plan *plan, const rn_solution *sol);

/** Cost by criterion of a settled solution and its written-down routes. */
void rn_account(runde_cost *cost, const rn_solution *sol,
                const runde_plan *plan);

/** Key figures of the same. */
void rn_key_figures(runde_kpis *kpis, const rn_solution *sol,
                    const runde_plan *plan);

#endif
