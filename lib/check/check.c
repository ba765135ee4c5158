/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "check/audit.h"

/* ---------------------------------------------------------- small tools */

const runde_visit *rn_stop_visit(const rn_audit *audit, const runde_stop *stop)
{
    if (stop->kind != RUNDE_STOP_VISIT) {
        return NULL;
    }
    return runde_problem_visit(audit->problem, stop->item);
}

int32_t rn_crew_of(const runde_visit *visit)
{
    if (visit->crew < 1) {
        return 1;
    }
    return visit->crew > RUNDE_MAX_CREW ? RUNDE_MAX_CREW : visit->crew;
}

int32_t rn_client_of(const rn_audit *audit, const runde_visit *visit)
{
    if (visit->client < 0 || visit->client >= audit->n_clients) {
        return RUNDE_NONE;
    }
    return visit->client;
}

const runde_stop *rn_stop_at(const rn_audit *audit, rn_presence at)
{
    return &runde_plan_route(audit->plan, at.route)->stops[at.stop];
}

int32_t rn_carer_at(const rn_audit *audit, rn_presence at)
{
    const int32_t shift = runde_plan_route(audit->plan, at.route)->shift;
    return runde_problem_shift(audit->problem, shift)->carer;
}

void rn_add_share(rn_audit *audit, int32_t client, runde_criterion criterion,
                  int64_t amount)
{
    if (client != RUNDE_NONE) {
        int64_t *const share = &audit->share[client][criterion];
        *share = rn_sat_add(*share, amount);
    }
}

int64_t rn_sat_add(int64_t a, int64_t b)
{
    if (b > 0 && a > INT64_MAX - b) {
        return INT64_MAX;
    }
    if (b < 0 && a < INT64_MIN - b) {
        return INT64_MIN;
    }
    return a + b;
}

int64_t rn_sat_mul(int64_t a, int64_t b)
{
    if (a == 0 || b == 0) {
        return 0;
    }
    const bool is_negative = (a < 0) != (b < 0);
    const uint64_t x = a < 0 ? 0U - (uint64_t)a : (uint64_t)a;
    const uint64_t y = b < 0 ? 0U - (uint64_t)b : (uint64_t)b;
    if (x > (uint64_t)INT64_MAX / y) {
        return is_negative ? INT64_MIN : INT64_MAX;
    }
    const int64_t product = (int64_t)(x * y);
    return is_negative ? -product : product;
}

int64_t rn_floor_div(int64_t a, int64_t b)
{
    const int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

int64_t rn_upper(int32_t bound)
{
    return bound == RUNDE_TIME_NONE ? INT64_MAX : bound;
}

int64_t rn_lower(int32_t bound)
{
    return bound == RUNDE_TIME_NONE ? INT64_MIN : bound;
}

/* ---------------------------------------------------------------- set-up */

static bool is_index(int32_t value, int32_t n)
{
    return value >= 0 && value < n;
}

static bool stop_fits(const rn_audit *audit, const runde_shift *shift,
                      const runde_stop *stop)
{
    const bool is_place =
        stop->place == RUNDE_NONE || is_index(stop->place, audit->n_places);
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        return is_place && is_index(stop->item, audit->n_visits);
    case RUNDE_STOP_ACTIVITY:
        return is_place && is_index(stop->item, shift->n_activities);
    case RUNDE_STOP_BREAK:
        return is_place && is_index(stop->item, shift->n_breaks);
    default:
        return false;
    }
}

/* Whether every index of the plan exists in this problem: a plan made for
 * another problem is refused rather than judged. */
static bool plan_fits(const rn_audit *audit)
{
    for (int32_t r = 0; r < audit->n_routes; r++) {
        const runde_route *const route = runde_plan_route(audit->plan, r);
        const runde_shift *const shift =
            runde_problem_shift(audit->problem, route->shift);
        if (shift == NULL) {
            return false;
        }
        for (int32_t i = 0; i < route->n_stops; i++) {
            if (!stop_fits(audit, shift, &route->stops[i])) {
                return false;
            }
        }
    }
    const int32_t n = runde_plan_n_unserved(audit->plan);
    for (int32_t i = 0; i < n; i++) {
        if (!is_index(runde_plan_unserved(audit->plan, i)->visit,
                      audit->n_visits)) {
            return false;
        }
    }
    return true;
}

static void read_problem(rn_audit *audit, const runde_problem *problem,
                         const runde_plan *plan)
{
    const runde_settings *const settings = runde_problem_settings(problem);
    audit->problem = problem;
    audit->plan = plan;
    audit->n_visits = runde_problem_n_visits(problem);
    audit->n_clients = runde_problem_n_clients(problem);
    audit->n_carers = runde_problem_n_carers(problem);
    audit->n_shifts = runde_problem_n_shifts(problem);
    audit->n_places = runde_problem_n_places(problem);
    audit->n_loads = runde_problem_n_loads(problem);
    audit->n_routes = runde_plan_n_routes(plan);
    const int64_t tick_ms = settings->tick_ms > 0 ? settings->tick_ms : 1000;
    const int64_t day = 86400000 / tick_ms;
    audit->day = day > 0 ? day : 1;
    audit->days = settings->days;
    audit->early_at_end = settings->early_at_end;
    audit->late_at_end = settings->late_at_end;
    audit->depart_at_shift_start = settings->depart_at_shift_start;
}

static bool allocate(rn_audit *audit, int32_t n_parts)
{
    const size_t visits = (size_t)audit->n_visits;
    const size_t clients = (size_t)audit->n_clients;
    const size_t routes = (size_t)audit->n_routes;
    audit->tally = rn_calloc(routes, sizeof *audit->tally);
    audit->route_of_shift =
        rn_calloc((size_t)audit->n_shifts, sizeof *audit->route_of_shift);
    audit->by_carer = rn_calloc(routes, sizeof *audit->by_carer);
    audit->first_part = rn_calloc(visits + 1, sizeof *audit->first_part);
    audit->part = rn_calloc((size_t)n_parts, sizeof *audit->part);
    audit->seen = rn_calloc(visits, sizeof *audit->seen);
    audit->share = rn_calloc(clients, sizeof *audit->share);
    audit->by_load = rn_calloc((size_t)audit->n_loads, sizeof(int64_t));
    audit->by_carer_points =
        rn_calloc((size_t)audit->n_carers, sizeof(int64_t));
    audit->meets = rn_calloc(clients, sizeof *audit->meets);
    audit->has_visits = rn_calloc(clients, sizeof *audit->has_visits);
    audit->is_served = rn_calloc(clients, sizeof *audit->is_served);
    return audit->tally != NULL && audit->route_of_shift != NULL &&
           audit->by_carer != NULL && audit->first_part != NULL &&
           audit->part != NULL && audit->seen != NULL && audit->share != NULL &&
           audit->by_load != NULL && audit->by_carer_points != NULL &&
           audit->meets != NULL && audit->has_visits != NULL &&
           audit->is_served != NULL;
}

static void release(rn_audit *audit)
{
    rn_free(audit->is_served);
    rn_free(audit->has_visits);
    rn_free(audit->meets);
    rn_free(audit->by_carer_points);
    rn_free(audit->by_load);
    rn_free(audit->share);
    rn_free(audit->seen);
    rn_free(audit->part);
    rn_free(audit->first_part);
    rn_free(audit->by_carer);
    rn_free(audit->route_of_shift);
    rn_free(audit->tally);
}

/* A route with what it is sorted by. */
typedef struct keyed_route {
    int32_t carer;
    int32_t start;
    int32_t shift;
    int32_t route;
} keyed_route;

static int compare_keyed(const void *a, const void *b)
{
    const keyed_route *const x = a;
    const keyed_route *const y = b;
    if (x->carer != y->carer) {
        return x->carer < y->carer ? -1 : 1;
    }
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    return (x->shift > y->shift) - (x->shift < y->shift);
}

static bool sort_routes(rn_audit *audit)
{
    const size_t n = (size_t)audit->n_routes;
    keyed_route *const keys = rn_calloc(n, sizeof *keys);
    if (keys == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const int32_t r = (int32_t)i;
        const int32_t s = runde_plan_route(audit->plan, r)->shift;
        const runde_shift *const shift = runde_problem_shift(audit->problem, s);
        keys[i] = (keyed_route){shift->carer, shift->start, s, r};
        audit->route_of_shift[s] = r;
    }
    qsort(keys, n, sizeof *keys, compare_keyed);
    for (size_t i = 0; i < n; i++) {
        audit->by_carer[i] = keys[i].route;
    }
    rn_free(keys);
    return true;
}

/* Numbers the parts and marks everything as not found yet. */
static void index_parts(rn_audit *audit)
{
    const rn_presence nowhere = {RUNDE_NONE, RUNDE_NONE};
    for (int32_t s = 0; s < audit->n_shifts; s++) {
        audit->route_of_shift[s] = RUNDE_NONE;
    }
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const runde_visit *const visit = runde_problem_visit(audit->problem, v);
        const int32_t first = audit->first_part[v];
        audit->first_part[v + 1] = first + rn_crew_of(visit);
        audit->seen[v] = nowhere;
        for (int32_t p = first; p < audit->first_part[v + 1]; p++) {
            audit->part[p] = nowhere;
        }
    }
}

static int32_t count_parts(const rn_audit *audit)
{
    int32_t n = 0;
    for (int32_t v = 0; v < audit->n_visits; v++) {
        n += rn_crew_of(runde_problem_visit(audit->problem, v));
    }
    return n;
}

static void judge(rn_audit *audit)
{
    for (int32_t r = 0; r < audit->n_routes; r++) {
        rn_check_travel(audit, r);
        rn_check_route(audit, r);
    }
    rn_check_presence(audit);
    rn_check_visits(audit);
    rn_check_frozen(audit);
    rn_check_bonds(audit);
    rn_check_carers(audit);
    rn_count_meetings(audit);
    rn_check_cost(audit);
    rn_check_kpis(audit);
}

runde_status runde_check(runde_report **out, const runde_problem *problem,
                         const runde_plan *plan)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL || plan == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem) || !runde_plan_has_times(plan)) {
        return RUNDE_E_STATE;
    }
    rn_audit audit = {0};
    read_problem(&audit, problem, plan);
    if (!plan_fits(&audit)) {
        return RUNDE_E_ARGUMENT;
    }
    runde_status status = RUNDE_E_NOMEM;
    audit.report = rn_report_new();
    if (audit.report == NULL || !allocate(&audit, count_parts(&audit))) {
        goto done;
    }
    index_parts(&audit);
    if (!sort_routes(&audit)) {
        goto done;
    }
    judge(&audit);
    if (!audit.is_out_of_memory && rn_report_close(audit.report)) {
        *out = audit.report;
        audit.report = NULL;
        status = RUNDE_OK;
    }
done:
    release(&audit);
    runde_report_free(audit.report);
    return status;
}
