/* SPDX-License-Identifier: MIT */
/* Solving for those inside the library who need more than a plan. */
#ifndef RN_SOLVE_H
#define RN_SOLVE_H

#include "search/search.h"

/** As runde_solve from a start, but looking around what the start leaves out
 *  or moves away from the published times first, downhill only. Without any
 *  limit it looks nowhere else, for a number of iterations that depends on how
 *  much there is.
 *
 *  @param inst       of the problem; stays the caller's
 *  @param news       what counts as a change like the others
 *  @param options    `start` must be given */
RUNDE_CHECKED runde_status rn_solve_near(runde_plan **out,
                                         const rn_instance *inst,
                                         const rn_news *news,
                                         const runde_options *options,
                                         runde_diag *diag);

/** As runde_solve, but without some habits of the search: bits of
 *  search/habits.h. For measuring. */
RUNDE_CHECKED runde_status rn_solve_without(runde_plan **out,
                                            const runde_problem *problem,
                                            const runde_options *options,
                                            uint32_t habits, runde_diag *diag);

#endif
