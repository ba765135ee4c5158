/* SPDX-License-Identifier: MIT */
/* Routes of the pool put into a plan. */
#ifndef RN_EXACT_LAY_H
#define RN_EXACT_LAY_H

#include "search/pool.h"

/** When each task may start while others count on it: RN_TIME_MIN and
 *  RN_TIME_MAX where nobody does. */
typedef struct rn_frame {
    const rn_window *window; /**< by task; NULL: anything goes */
    const int32_t *instead;  /**< task: the next part of the same visit that
                                  asks for the same, round and round, or
                                  RUNDE_NONE; NULL: none */
} rn_frame;

/** Puts a route into a shift that serves nothing, which has the same breaks
 *  and activities as the route's own. Sums only: the nodes are on the list of
 *  seeds for rn_schedule_removals. Journalled.
 *
 *  @return false when a task or an activity is not where it must be; then
 *          undo */
bool rn_lay_pooled(rn_solution *sol, const rn_pool *pool,
                   const rn_pool_route *route, int32_t shift,
                   const rn_frame *frame);

#endif
