/* SPDX-License-Identifier: MIT */
#include "io/plan_range.h"

static bool is_index(int32_t value, int32_t n)
{
    return value >= 0 && value < n;
}

static bool stop_fits(const runde_problem *problem, const runde_shift *shift,
                      const runde_stop *stop)
{
    int32_t n = 0;
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        n = runde_problem_n_visits(problem);
        break;
    case RUNDE_STOP_ACTIVITY:
        n = shift->n_activities;
        break;
    case RUNDE_STOP_BREAK:
        n = shift->n_breaks;
        break;
    }
    return is_index(stop->item, n) &&
           (stop->place == RUNDE_NONE ||
            is_index(stop->place, runde_problem_n_places(problem)));
}

static bool routes_fit(const runde_problem *problem, const runde_plan *plan)
{
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        const runde_shift *const shift =
            runde_problem_shift(problem, route->shift);
        if (shift == NULL) {
            return false;
        }
        for (int32_t i = 0; i < route->n_stops; i++) {
            if (!stop_fits(problem, shift, &route->stops[i])) {
                return false;
            }
        }
    }
    return true;
}

static bool unserved_fit(const runde_problem *problem, const runde_plan *plan)
{
    const int32_t n_shifts = runde_problem_n_shifts(problem);
    for (int32_t u = 0; u < runde_plan_n_unserved(plan); u++) {
        const runde_unserved *const unserved = runde_plan_unserved(plan, u);
        if (!is_index(unserved->visit, runde_problem_n_visits(problem))) {
            return false;
        }
        for (int32_t i = 0; i < unserved->n_reasons; i++) {
            const int32_t shift = unserved->reasons[i].shift;
            if (shift != RUNDE_NONE && !is_index(shift, n_shifts)) {
                return false;
            }
        }
    }
    return true;
}

bool rn_plan_is_in_range(const runde_problem *problem, const runde_plan *plan)
{
    return routes_fit(problem, plan) && unserved_fit(problem, plan);
}
