/* SPDX-License-Identifier: MIT */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"

/** How many breaks and activities a shift has: what stops may point at. */
typedef struct shift_size {
    int32_t n_breaks;
    int32_t n_activities;
} shift_size;

struct runde_plan {
    rn_arena arena; /* stops, reasons, texts */
    bool is_finished;
    bool lacks_times; /* of some stop */
    int32_t n_places;
    int32_t n_visits;
    int32_t n_shifts;
    shift_size *shifts; /* in the arena */
    bool *has_route;    /* by shift, in the arena */
    runde_route *routes;
    int32_t n_routes;
    int32_t route_capacity;
    runde_unserved *unserved;
    int32_t n_unserved;
    int32_t unserved_capacity;
    runde_finding *warnings;
    int32_t n_warnings;
    int32_t warning_capacity;
    runde_cost cost;
    runde_kpis kpis;
    runde_search_info search;
};

const char *runde_reason_name(runde_reason_code code)
{
    static const char *const names[RUNDE_REASONS] = {
        "no_shift", "pinned", "carer",        "skill", "unreachable", "window",
        "absence",  "load",   "linked_carer", "rest",  "hours",       "link",
        "no_time",  "crew",   "limit",        "price", "search"};
    if ((int)code < 0 || code >= RUNDE_REASONS) {
        return NULL;
    }
    return names[code];
}

/* ------------------------------------------------------------ life cycle */

runde_status runde_plan_new(runde_plan **out, const runde_problem *problem)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    runde_plan *const plan = rn_calloc(1, sizeof *plan);
    if (plan == NULL) {
        return RUNDE_E_NOMEM;
    }
    plan->arena = (rn_arena)RN_ARENA_INIT;
    plan->cost = (runde_cost)RUNDE_COST_INIT;
    plan->kpis = (runde_kpis)RUNDE_KPIS_INIT;
    plan->search = (runde_search_info)RUNDE_SEARCH_INFO_INIT;
    plan->n_places = runde_problem_n_places(problem);
    plan->n_visits = runde_problem_n_visits(problem);
    plan->n_shifts = runde_problem_n_shifts(problem);
    const size_t n = (size_t)plan->n_shifts;
    plan->shifts = rn_arena_array(&plan->arena, n, sizeof *plan->shifts);
    plan->has_route = rn_arena_array(&plan->arena, n, sizeof *plan->has_route);
    if (plan->shifts == NULL || plan->has_route == NULL) {
        runde_plan_free(plan);
        return RUNDE_E_NOMEM;
    }
    for (int32_t s = 0; s < plan->n_shifts; s++) {
        const runde_shift *const shift = runde_problem_shift(problem, s);
        plan->shifts[s].n_breaks = shift->n_breaks;
        plan->shifts[s].n_activities = shift->n_activities;
    }
    *out = plan;
    return RUNDE_OK;
}

void runde_plan_free(runde_plan *plan)
{
    if (plan == NULL) {
        return;
    }
    rn_free(plan->warnings);
    rn_free(plan->unserved);
    rn_free(plan->routes);
    rn_arena_free(&plan->arena);
    rn_free(plan);
}

bool rn_plan_is_finished(const runde_plan *plan)
{
    return plan->is_finished;
}

/* -------------------------------------------------------------- reading */

bool runde_plan_has_times(const runde_plan *plan)
{
    return !plan->lacks_times;
}

int32_t runde_plan_n_routes(const runde_plan *plan)
{
    return plan->n_routes;
}

const runde_route *runde_plan_route(const runde_plan *plan, int32_t index)
{
    if (index < 0 || index >= plan->n_routes) {
        return NULL;
    }
    return &plan->routes[index];
}

int32_t runde_plan_n_unserved(const runde_plan *plan)
{
    return plan->n_unserved;
}

const runde_unserved *runde_plan_unserved(const runde_plan *plan, int32_t index)
{
    if (index < 0 || index >= plan->n_unserved) {
        return NULL;
    }
    return &plan->unserved[index];
}

const runde_cost *runde_plan_cost(const runde_plan *plan)
{
    return &plan->cost;
}

const runde_kpis *runde_plan_kpis(const runde_plan *plan)
{
    return &plan->kpis;
}

const runde_search_info *runde_plan_search(const runde_plan *plan)
{
    return &plan->search;
}

int32_t runde_plan_n_warnings(const runde_plan *plan)
{
    return plan->n_warnings;
}

const runde_finding *runde_plan_warning(const runde_plan *plan, int32_t index)
{
    if (index < 0 || index >= plan->n_warnings) {
        return NULL;
    }
    return &plan->warnings[index];
}

/* -------------------------------------------------------------- writing */

/* Makes room for one more of `n` records; gives the array, which is the
 * caller's to store, or NULL with everything as it was. */
static void *grow(void *array, int32_t n, int32_t *capacity, size_t size)
{
    if (n < *capacity) {
        return array;
    }
    if (n > INT32_MAX / 2) {
        return NULL;
    }
    const int32_t more = n < 16 ? 16 : 2 * n;
    void *const grown = rn_realloc_array(array, (size_t)more, size);
    if (grown != NULL) {
        *capacity = more;
    }
    return grown;
}

static bool is_index(int32_t value, int32_t n)
{
    return value >= 0 && value < n;
}

static bool stop_is_in_range(const runde_plan *plan, int32_t shift,
                             const runde_stop *stop)
{
    int32_t n = 0;
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        n = plan->n_visits;
        break;
    case RUNDE_STOP_ACTIVITY:
        n = plan->shifts[shift].n_activities;
        break;
    case RUNDE_STOP_BREAK:
        n = plan->shifts[shift].n_breaks;
        break;
    default:
        return false;
    }
    return is_index(stop->item, n) &&
           (stop->place == RUNDE_NONE || is_index(stop->place, plan->n_places));
}

static bool route_is_in_range(const runde_plan *plan, const runde_route *route)
{
    if (!is_index(route->shift, plan->n_shifts) || route->n_stops <= 0 ||
        route->stops == NULL) {
        return false;
    }
    for (int32_t i = 0; i < route->n_stops; i++) {
        if (!stop_is_in_range(plan, route->shift, &route->stops[i])) {
            return false;
        }
    }
    return true;
}

static bool route_has_times(const runde_route *route)
{
    bool has = route->begin != RUNDE_TIME_NONE && route->end != RUNDE_TIME_NONE;
    for (int32_t i = 0; i < route->n_stops && has; i++) {
        const runde_stop *const stop = &route->stops[i];
        has = stop->arrival != RUNDE_TIME_NONE &&
              stop->start != RUNDE_TIME_NONE &&
              stop->departure != RUNDE_TIME_NONE;
    }
    return has;
}

runde_status runde_plan_add_route(runde_plan *plan, const runde_route *route)
{
    if (plan == NULL || route == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    if (!route_is_in_range(plan, route) || plan->has_route[route->shift]) {
        return RUNDE_E_ARGUMENT;
    }
    runde_route *const routes = grow(plan->routes, plan->n_routes,
                                     &plan->route_capacity, sizeof *routes);
    if (routes == NULL) {
        return RUNDE_E_NOMEM;
    }
    plan->routes = routes;
    const runde_stop *const stops =
        rn_arena_dup(&plan->arena, route->stops, (size_t)route->n_stops,
                     sizeof *route->stops);
    if (stops == NULL) {
        return RUNDE_E_NOMEM;
    }
    routes[plan->n_routes] = *route;
    routes[plan->n_routes].stops = stops;
    plan->n_routes++;
    plan->has_route[route->shift] = true;
    plan->lacks_times = plan->lacks_times || !route_has_times(route);
    return RUNDE_OK;
}

static bool unserved_is_in_range(const runde_plan *plan,
                                 const runde_unserved *unserved)
{
    if (!is_index(unserved->visit, plan->n_visits) || unserved->n_reasons < 0 ||
        (unserved->n_reasons > 0 && unserved->reasons == NULL)) {
        return false;
    }
    for (int32_t i = 0; i < unserved->n_reasons; i++) {
        const runde_reason *const reason = &unserved->reasons[i];
        if (runde_reason_name(reason->code) == NULL ||
            (reason->shift != RUNDE_NONE &&
             !is_index(reason->shift, plan->n_shifts))) {
            return false;
        }
    }
    return true;
}

/* Whether the last reasons kept are these very ones: visits of one client
 * are often left out for the same reasons by each of 2,000 shifts. */
static bool repeats_reasons(const runde_unserved *last,
                            const runde_unserved *next)
{
    if (last->n_reasons != next->n_reasons) {
        return false;
    }
    for (int32_t i = 0; i < next->n_reasons; i++) {
        const runde_reason *const a = &last->reasons[i];
        const runde_reason *const b = &next->reasons[i];
        if (a->shift != b->shift || a->code != b->code ||
            a->amount != b->amount) {
            return false;
        }
    }
    return true;
}

runde_status runde_plan_add_unserved(runde_plan *plan,
                                     const runde_unserved *unserved)
{
    if (plan == NULL || unserved == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    if (!unserved_is_in_range(plan, unserved)) {
        return RUNDE_E_ARGUMENT;
    }
    runde_unserved *const list = grow(plan->unserved, plan->n_unserved,
                                      &plan->unserved_capacity, sizeof *list);
    if (list == NULL) {
        return RUNDE_E_NOMEM;
    }
    plan->unserved = list;
    const int32_t n = plan->n_unserved;
    const runde_reason *reasons = NULL;
    if (n > 0 && repeats_reasons(&list[n - 1], unserved)) {
        reasons = list[n - 1].reasons;
    } else {
        reasons = rn_arena_dup(&plan->arena, unserved->reasons,
                               (size_t)unserved->n_reasons, sizeof *reasons);
        if (reasons == NULL) {
            return RUNDE_E_NOMEM;
        }
    }
    list[n].visit = unserved->visit;
    list[n].n_reasons = unserved->n_reasons;
    list[n].reasons = reasons;
    plan->n_unserved++;
    return RUNDE_OK;
}

runde_status runde_plan_set_cost(runde_plan *plan, const runde_cost *cost)
{
    if (plan == NULL || cost == NULL || cost->size != sizeof *cost) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    plan->cost = *cost;
    return RUNDE_OK;
}

runde_status runde_plan_set_kpis(runde_plan *plan, const runde_kpis *kpis)
{
    if (plan == NULL || kpis == NULL || kpis->size != sizeof *kpis) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    plan->kpis = *kpis;
    return RUNDE_OK;
}

runde_status runde_plan_set_search(runde_plan *plan,
                                   const runde_search_info *info)
{
    if (plan == NULL || info == NULL || info->size != sizeof *info) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    plan->search = *info;
    return RUNDE_OK;
}

runde_status runde_plan_add_warning(runde_plan *plan,
                                    const runde_finding *warning)
{
    if (plan == NULL || warning == NULL || warning->size != sizeof *warning ||
        warning->code == NULL || warning->pointer == NULL ||
        warning->message == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    runde_finding *const list = grow(plan->warnings, plan->n_warnings,
                                     &plan->warning_capacity, sizeof *list);
    if (list == NULL) {
        return RUNDE_E_NOMEM;
    }
    plan->warnings = list;
    runde_finding copy = *warning;
    copy.code = rn_arena_strdup(&plan->arena, warning->code);
    copy.pointer = rn_arena_strdup(&plan->arena, warning->pointer);
    copy.message = rn_arena_strdup(&plan->arena, warning->message);
    if (copy.code == NULL || copy.pointer == NULL || copy.message == NULL) {
        return RUNDE_E_NOMEM;
    }
    list[plan->n_warnings] = copy;
    plan->n_warnings++;
    return RUNDE_OK;
}

/* Counting sort by visit. It is stable, so that a draft that names a visit
 * twice comes out the same everywhere. */
static runde_status sort_unserved(runde_plan *plan)
{
    if (plan->n_unserved == 0) {
        return RUNDE_OK;
    }
    runde_status status = RUNDE_E_NOMEM;
    const size_t n = (size_t)plan->n_unserved;
    runde_unserved *const sorted = rn_calloc(n, sizeof *sorted);
    int32_t *const at = rn_calloc((size_t)plan->n_visits + 1, sizeof *at);
    if (sorted == NULL || at == NULL) {
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        at[plan->unserved[i].visit + 1]++;
    }
    for (int32_t v = 0; v < plan->n_visits; v++) {
        at[v + 1] += at[v];
    }
    for (size_t i = 0; i < n; i++) {
        sorted[at[plan->unserved[i].visit]++] = plan->unserved[i];
    }
    memcpy(plan->unserved, sorted, n * sizeof *sorted);
    status = RUNDE_OK;
done:
    rn_free(at);
    rn_free(sorted);
    return status;
}

static int compare_routes(const void *a, const void *b)
{
    const runde_route *const left = a;
    const runde_route *const right = b;
    return (left->shift > right->shift) - (left->shift < right->shift);
}

runde_status runde_plan_finish(runde_plan *plan)
{
    if (plan == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (plan->is_finished) {
        return RUNDE_E_STATE;
    }
    const runde_status status = sort_unserved(plan);
    if (status != RUNDE_OK) {
        return status;
    }
    /* No two routes share a shift, so the order is total. */
    if (plan->n_routes > 0) {
        qsort(plan->routes, (size_t)plan->n_routes, sizeof *plan->routes,
              compare_routes);
    }
    plan->is_finished = true;
    return RUNDE_OK;
}
