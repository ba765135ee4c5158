/* SPDX-License-Identifier: MIT */
/* Exact methods at work on a running search. Whatever they find is priced and
 * judged like any other plan before the search goes on from it. */
#ifndef RN_REFINE_H
#define RN_REFINE_H

#include "exact/exact.h"
#include "search/search.h"

typedef struct rn_refine rn_refine;

/** Sets the search up to keep good routes, where the plan is of a size that
 *  can be chosen from them. All memory but that of the check is allocated
 *  here.
 *
 *  @param search      outlives this
 *  @param is_divided  the search does not see all routes, or is not to
 *                     change them: none are chosen
 *  @param patience    its poll is asked while a method works; counts are set
 *                     here */
runde_status rn_refine_new(rn_refine **out, rn_search *search,
                           const runde_exact *exact, bool is_divided,
                           const rn_patience *patience);
void rn_refine_free(rn_refine *refine);

/** Asks for a better plan out of the routes kept, when it is time for it.
 *
 *  @param share  of the search that is done, 0 to 1
 *  @param news   set when there is a new best
 *  @return RUNDE_OK, found or not; RUNDE_E_NOMEM */
runde_status rn_refine_at(rn_refine *refine, double share, bool *news);

/** Best times for the plan that is given out, which is and stays settled.
 *
 *  @param only_changed  in routes that are not as published alone
 *  @param poll          asked in place of the other one
 *  @return whether the plan is cheaper now */
bool rn_refine_times(rn_refine *refine, rn_solution *sol, bool only_changed,
                     bool (*poll)(void *payload));

#endif
