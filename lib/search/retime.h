/* SPDX-License-Identifier: MIT */
/* Times for a plan that only says who does what in which order. */
#ifndef RN_SEARCH_RETIME_H
#define RN_SEARCH_RETIME_H

#include <runde/plan.h>

#include "eval/insert.h"

/** Builds the plan's routes in an empty solution, with the least schedule of
 *  docs/model.md section 5. Who may go where is not asked: only time counts.
 *
 *  Breaks and activities that a route does not list are placed where they
 *  cost least, as far as moving one at a time finds it; so is the order of
 *  visits of one client in different routes, and whether one begins earlier
 *  than wished. Times that the plan states decide the last two.
 *
 *  @param plan  points at nothing that the instance does not have
 *  @return RUNDE_E_INVALID when there is no such schedule, or a part stands
 *          in it twice; then the solution is of no use. RUNDE_E_NOMEM */
runde_status rn_retime(rn_solution *empty, const runde_plan *plan);

#endif
