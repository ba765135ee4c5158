/* SPDX-License-Identifier: MIT */
#include "plan/carry.h"

#include "base/alloc.h"

/* An edit may have left the shift with fewer than the old plan knows. */
static int32_t follow(const int32_t *at, int32_t n, int32_t item)
{
    if (at == NULL) {
        return item;
    }
    return item < n ? at[item] : RUNDE_NONE;
}

/* Points a stop at the derived problem; false when it is not there. */
static bool carry_stop(const runde_problem *problem, const rn_old_route *from,
                       const runde_shift *shift, runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        stop->item = runde_problem_derived_visit(problem, stop->item);
        return stop->item != RUNDE_NONE && stop->part >= 0 &&
               stop->part < runde_problem_visit(problem, stop->item)->crew;
    case RUNDE_STOP_ACTIVITY:
        stop->item = follow(from->activity_at, from->n_activity_at, stop->item);
        return stop->item != RUNDE_NONE && stop->item < shift->n_activities;
    case RUNDE_STOP_BREAK:
        stop->item = follow(from->break_at, from->n_break_at, stop->item);
        return stop->item != RUNDE_NONE && stop->item < shift->n_breaks;
    }
    return false;
}

/* `stops` has room for the route's and one more. */
static runde_status carry_route(runde_plan *to, const runde_problem *problem,
                                const rn_old_route *from, runde_stop *stops)
{
    runde_route route = {0};
    route.shift = runde_problem_derived_shift(problem, from->shift);
    if (route.shift == RUNDE_NONE) {
        return RUNDE_OK;
    }
    const runde_shift *const shift = runde_problem_shift(problem, route.shift);
    route.stops = stops;
    for (int32_t k = 0; k < from->n_stops; k++) {
        runde_stop stop = from->stops[k];
        if (carry_stop(problem, from, shift, &stop)) {
            stops[route.n_stops++] = stop;
        }
        if (k == from->more_behind) {
            stops[route.n_stops++] = from->more;
        }
    }
    return route.n_stops == 0 ? RUNDE_OK : runde_plan_add_route(to, &route);
}

runde_status rn_carry_routes(runde_plan **out, const runde_problem *problem,
                             const rn_old_route *routes, int32_t n)
{
    int32_t longest = 0;
    for (int32_t i = 0; i < n; i++) {
        longest = longest < routes[i].n_stops ? routes[i].n_stops : longest;
    }
    runde_plan *to = NULL;
    runde_stop *const stops = rn_calloc((size_t)longest + 1, sizeof *stops);
    runde_status status =
        stops == NULL ? RUNDE_E_NOMEM : runde_plan_new(&to, problem);
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        status = carry_route(to, problem, &routes[i], stops);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(to);
    }
    rn_free(stops);
    if (status != RUNDE_OK) {
        runde_plan_free(to);
        return status;
    }
    *out = to;
    return RUNDE_OK;
}
