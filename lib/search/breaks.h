/* SPDX-License-Identifier: MIT */
/* Moving breaks between the gaps of a route, and doing without those that
 * may be missed. */
#ifndef RN_SEARCH_BREAKS_H
#define RN_SEARCH_BREAKS_H

#include "search/search.h"

/** Before recreating: lets some ruined routes go without an optional break,
 *  so that visits can take its time. Times are for the caller to schedule. */
void rn_drop_breaks(rn_search *search);

/** After recreating: gives ruined routes back the breaks they miss and tries
 *  other gaps for some of the others. Keeps only what does not cost more. */
void rn_place_breaks(rn_search *search);

#endif
