/* SPDX-License-Identifier: MIT */
/* The end of every run, too: two routes exchange visits in a row, as many as
 * it takes (cross-exchange of Taillard et al., 1997). With none from one of
 * them these are moves of several visits at once (or-opt), with all that
 * follow swaps of tails (2-opt*). */
#ifndef RN_SEARCH_CROSS_H
#define RN_SEARCH_CROSS_H

#include "search/search.h"

/** Exchanges downhill beside neighbours, until none of those looked at helps.
 *
 *  @param sol     settled, within all limits, nothing journalled
 *  @param poll    asked now and then; false ends it early. Or NULL
 *  @param better  whether the plan is a better one now
 *  @return RUNDE_E_NOMEM, the plan as it was
 *
 *  O(tasks x neighbours looked at x tasks of a route) for the first pass;
 *  later ones look at routes that have changed. */
RUNDE_CHECKED runde_status rn_cross(rn_solution *sol, rn_poll_fn poll,
                                    void *poll_payload, bool *better);

#endif
