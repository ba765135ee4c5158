/* SPDX-License-Identifier: MIT */
/* The routes of a plan in a problem that is derived from the plan's own. */
#ifndef RN_PLAN_CARRY_H
#define RN_PLAN_CARRY_H

#include <runde/session.h>

/** A route as it was, and what has become of its shift's lists. */
typedef struct rn_old_route {
    int32_t shift; /**< as the edits call it */
    int32_t n_stops;
    const runde_stop *stops;
    const int32_t *break_at;    /**< new number of each break, RUNDE_NONE for
                                     none; NULL: as it was */
    const int32_t *activity_at; /**< the same of activities */
    int32_t n_break_at;         /**< a break beyond is none any more */
    int32_t n_activity_at;
    int32_t more_behind; /**< stop behind which there is one more, or
                              RUNDE_NONE */
    runde_stop more;     /**< in the derived problem's numbers */
} rn_old_route;

/** Makes the finished plan of the derived problem that has what is left of
 *  the routes. What is cancelled is left away; the times are those of before,
 *  which is fine for a start. O(stops).
 *
 *  @return RUNDE_E_NOMEM, or what runde_plan_add_route says of a route */
RUNDE_CHECKED runde_status rn_carry_routes(runde_plan **out,
                                           const runde_problem *problem,
                                           const rn_old_route *routes,
                                           int32_t n);

#endif
