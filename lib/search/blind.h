/* SPDX-License-Identifier: MIT */
/* Placing without looking: for plans whose parts do not hold one by one. */
#ifndef RN_SEARCH_BLIND_H
#define RN_SEARCH_BLIND_H

#include "search/search.h"

/** After the ruin, in a few iterations of many: puts a unit or two just taken
 *  out or left out into any gaps of any shifts that may have them, and a
 *  break of those shifts anywhere. Whether it holds as a whole is for
 *  rn_schedule_removals to say. */
void rn_place_blindly(rn_search *search);

#endif
