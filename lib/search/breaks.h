/* SPDX-License-Identifier: MIT */
/* Moving breaks between the gaps of a route, and doing without those that
 * may be missed. */
#ifndef RN_SEARCH_BREAKS_H
#define RN_SEARCH_BREAKS_H

#include "search/search.h"

/** Before recreating: lets some ruined routes go without an optional break,
 *  so that visits can take its time. Times are for the caller to schedule. */
void rn_drop_breaks(rn_search *search);

/** Moves a break of the shift to any of its gaps, or does without it if it
 *  may be missed. Times are for the caller to schedule. */
void rn_scatter_breaks(rn_search *search, int32_t shift);

/** After recreating: gives ruined routes back the breaks they miss and tries
 *  other gaps for some of the others. Keeps only what does not cost more. */
void rn_place_breaks(rn_search *search);

/** Whether a break that is not optional is not taken. */
bool rn_misses_breaks(const rn_solution *sol, int32_t shift);

/** The total, and much more for every used route whose hours are too long or
 *  which misses breaks. O(shifts). */
rn_cost rn_strain(const rn_solution *sol);

/** Moves, takes and spares the breaks of a used route wherever that is
 *  cheaper: the best of all ways if they are few, else one by one. The
 *  solution must be settled. True when it found something.
 *
 *  @param mends  the solution may break rules of hours and breaks: goes by
 *                rn_strain */
bool rn_settle_breaks(rn_solution *sol, int32_t shift, bool mends);

#endif
