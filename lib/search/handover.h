/* SPDX-License-Identifier: MIT */
/* Whole routes change hands: which carer drives which of them is an
 * assignment problem, where every pair is priced by building it. Moving one
 * visit at a time does not get there, because a route shared out between two
 * carers costs more than either of them with the whole. */
#ifndef RN_SEARCH_HANDOVER_H
#define RN_SEARCH_HANDOVER_H

#include "search/search.h"

typedef struct rn_handover rn_handover;

/** Memory for any plan of the instance. */
runde_status rn_handover_new(rn_handover **out, const rn_instance *inst);
void rn_handover_free(rn_handover *handover);

/** Gives routes of shifts that begin and end at about the same time, in groups
 *  of up to 64, to the carers of these shifts at least cost. A pair is priced
 *  beside the routes of other groups, without those of its own; what couples
 *  the latter (a client whom two of them serve, a spread) shows in the price
 *  of the whole, which must fall. Routes with anything frozen stay.
 *
 *  @param finder  of a settled plan within all limits, nothing journalled
 *  @param poll    asked now and then; false ends it early. Or NULL
 *  @return whether the plan is better now; false when it was ended
 *
 *  O(shifts x group x tasks of a route). */
bool rn_hand_over(rn_handover *handover, const rn_finder *finder,
                  rn_poll_fn poll, void *poll_payload);

#endif
