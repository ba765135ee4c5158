/* SPDX-License-Identifier: MIT */
/* The end of every run: each unit is tried everywhere else once more, until
 * no single move helps. */
#ifndef RN_SEARCH_POLISH_H
#define RN_SEARCH_POLISH_H

#include "search/search.h"

/** Moves units one at a time, downhill, until none of them has a better
 *  place; what is left out is served where it fits. Above 500 tasks a
 *  place is one beside a neighbour; plans of more than 3,000 stay as they are.
 *
 *  @param sol      settled, within all limits, nothing journalled
 *  @param poll     asked now and then; false ends it early. Or NULL
 *  @return whether no single move helps, each tried everywhere: never above
 *          500 tasks
 *
 *  O(units x positions) for each pass; at least one pass. */
bool rn_polish(rn_solution *sol, rn_finder *finder, rn_poll_fn poll,
               void *poll_payload);

/** Whether no single move helps, without making any: the plan stays as it is,
 *  times included. False above 500 tasks, and when `poll` ended it. One
 *  pass at most. */
bool rn_is_polished(const rn_solution *sol, rn_finder *finder, rn_poll_fn poll,
                    void *poll_payload);

#endif
