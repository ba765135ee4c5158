/* SPDX-License-Identifier: MIT */
/* Two routes exchange all that follows a cut (2-opt* of Potvin and Rousseau,
 * 1995). Strings are short, so on long routes ruin and recreate alone never
 * finds that two carers had better swap the rest of their day. */
#ifndef RN_SEARCH_TAILS_H
#define RN_SEARCH_TAILS_H

#include "search/search.h"

/** Swaps the tails of two routes near a random task, the first pair found
 *  whose new ways and certain lateness cost less than `budget`. Times are
 *  found anew; the plan is not settled.
 *
 *  @return whether anything was changed and the plan has a schedule. With
 *          false after a change the journal must be undone */
bool rn_swap_tails(rn_search *search, rn_cost budget);

/** Which of a client's visits comes first stays as it was where it can, for a
 *  task that was linked in elsewhere: sol->over_start has the old starts of
 *  what has none. O(arcs of the task). */
void rn_keep_orders(rn_solution *sol, int32_t task);

/** Links tasks that were linked out in behind `prev`, in this order; their
 *  old starts are in sol->over_start. Times are for the caller to schedule;
 *  false, and the plan is broken, when one of them may not go there. */
bool rn_hang_in(rn_solution *sol, int32_t prev, const rn_moved *list,
                int32_t n);

#endif
