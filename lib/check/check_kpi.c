/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/alloc.h"
#include "check/audit.h"

/* Figures are int32; an absurd draft may exceed them. */
static int32_t to_int32(int64_t value)
{
    if (value > INT32_MAX) {
        return INT32_MAX;
    }
    return value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

/* Thousandths, rounded down. */
static int32_t share(int64_t amount, int64_t of_all)
{
    if (of_all <= 0) {
        return 0;
    }
    return to_int32(rn_floor_div(rn_sat_mul(amount, 1000), of_all));
}

static void count_visits(const rn_audit *audit, runde_kpis *kpis)
{
    kpis->visits = audit->n_visits;
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const runde_visit *const visit = runde_problem_visit(audit->problem, v);
        if (audit->seen[v].route != RUNDE_NONE) {
            kpis->served++;
        } else if (visit->optional) {
            kpis->left_out_optional++;
        } else {
            kpis->left_out++;
            if (visit->priority >= 0 && visit->priority <= 100) {
                kpis->left_out_by_priority[visit->priority]++;
            }
        }
    }
}

static void add_routes(const rn_audit *audit, runde_kpis *kpis)
{
    kpis->shifts_used = audit->n_routes;
    for (int32_t r = 0; r < audit->n_routes; r++) {
        const runde_route *const route = runde_plan_route(audit->plan, r);
        const runde_shift *const shift =
            runde_problem_shift(audit->problem, route->shift);
        const rn_tally *const tally = &audit->tally[r];
        const int64_t late = (int64_t)route->end - shift->end;
        kpis->duty += (int64_t)route->end - route->begin;
        kpis->travel += tally->travel;
        kpis->distance += tally->distance;
        kpis->waiting += tally->waiting;
        kpis->service += tally->service;
        kpis->overtime += late > 0 ? late : 0;
    }
    kpis->travel_share = share(kpis->travel, kpis->duty);
    kpis->client_share = share(kpis->service, kpis->duty);
}

static bool any_preferred(const rn_audit *audit)
{
    for (int32_t v = 0; v < audit->n_visits; v++) {
        if (runde_problem_visit(audit->problem, v)->n_preferred > 0) {
            return true;
        }
    }
    return false;
}

static void add_punctuality(const rn_audit *audit, runde_kpis *kpis)
{
    const bool is_selective = any_preferred(audit);
    int64_t parts = 0;
    int64_t on_time = 0;
    for (int32_t r = 0; r < audit->n_routes; r++) {
        const runde_route *const route = runde_plan_route(audit->plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            const runde_stop *const stop = &route->stops[i];
            const runde_visit *const visit = rn_stop_visit(audit, stop);
            if (visit == NULL || (is_selective && visit->n_preferred == 0)) {
                continue;
            }
            const rn_lateness term = rn_lateness_of(audit, visit, stop->start);
            parts++;
            on_time += term.early == 0 && term.late == 0;
        }
    }
    kpis->on_time_share = parts == 0 ? 1000 : share(on_time, parts);
}

static void add_continuity(const rn_audit *audit, runde_kpis *kpis)
{
    int64_t clients = 0;
    int64_t met = 0;
    for (int32_t c = 0; c < audit->n_clients; c++) {
        if (!audit->is_served[c]) {
            continue;
        }
        clients++;
        met += audit->meets[c];
        if (audit->meets[c] > kpis->max_carers_per_client) {
            kpis->max_carers_per_client = audit->meets[c];
        }
    }
    kpis->carers_per_client = share(met, clients);
}

static void add_heavy(rn_audit *audit, runde_kpis *kpis)
{
    rn_load_range *const range =
        rn_calloc((size_t)audit->n_loads, sizeof *range);
    if (range == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    rn_load_ranges(audit, range, 0);
    for (int32_t l = 0; l < audit->n_loads; l++) {
        if (runde_problem_load(audit->problem, l)->shared &&
            range[l].most > kpis->max_heavy) {
            kpis->max_heavy = to_int32(range[l].most);
        }
    }
    rn_free(range);
}

/* ----------------------------------------------------------- comparison */

/* "the plan states travel_time with amount 3, but it is 4". */
static void compare(rn_audit *audit, const char *rule, const char *name,
                    const char *what, int64_t expected, int64_t found)
{
    if (expected == found) {
        return;
    }
    const rn_spot spot = {rule,       RUNDE_NONE, RUNDE_NONE,
                          RUNDE_NONE, expected,   found};
    rn_audit_note(audit, &spot, "the plan states %s%s %lld, but it is %lld",
                  name, what, (long long)found, (long long)expected);
}

static bool states_cost(const runde_cost *cost)
{
    bool is_stated = cost->left_out != 0 || cost->wishes != 0;
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        is_stated = is_stated || cost->amount[x] != 0 || cost->cost[x] != 0;
    }
    return is_stated;
}

static void compare_cost(rn_audit *audit, bool is_draft)
{
    const runde_cost *const stated = runde_plan_cost(audit->plan);
    const runde_cost *const right = rn_report_cost_slot(audit->report);
    if (is_draft && !states_cost(stated)) {
        return;
    }
    compare(audit, "cost", "left_out", ", the sum of priorities,",
            right->left_out, stated->left_out);
    compare(audit, "cost", "wishes", ", the total cost,", right->wishes,
            stated->wishes);
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        const char *const name = runde_criterion_name((runde_criterion)x);
        compare(audit, "cost", name, " with amount", right->amount[x],
                stated->amount[x]);
        compare(audit, "cost", name, " with cost", right->cost[x],
                stated->cost[x]);
    }
}

/* The figures one by one, all but the priorities. */
#define N_FIGURES 17

typedef struct figure {
    const char *name;
    int64_t value;
} figure;

static void list_figures(const runde_kpis *kpis, figure *list)
{
    const figure figures[N_FIGURES] = {
        {"visits", kpis->visits},
        {"served", kpis->served},
        {"left_out", kpis->left_out},
        {"left_out_optional", kpis->left_out_optional},
        {"shifts_used", kpis->shifts_used},
        {"duty", kpis->duty},
        {"travel", kpis->travel},
        {"distance", kpis->distance},
        {"waiting", kpis->waiting},
        {"service", kpis->service},
        {"overtime", kpis->overtime},
        {"travel_share", kpis->travel_share},
        {"client_share", kpis->client_share},
        {"on_time_share", kpis->on_time_share},
        {"carers_per_client", kpis->carers_per_client},
        {"max_carers_per_client", kpis->max_carers_per_client},
        {"max_heavy", kpis->max_heavy}};
    for (int32_t i = 0; i < N_FIGURES; i++) {
        list[i] = figures[i];
    }
}

static void compare_kpis(rn_audit *audit, bool is_draft)
{
    const runde_kpis *const stated = runde_plan_kpis(audit->plan);
    const runde_kpis *const right = rn_report_kpis_slot(audit->report);
    figure expected[N_FIGURES];
    figure found[N_FIGURES];
    list_figures(right, expected);
    list_figures(stated, found);
    bool is_stated = !is_draft;
    for (int32_t i = 0; i < N_FIGURES; i++) {
        is_stated = is_stated || found[i].value != 0;
    }
    for (int32_t p = 0; p <= 100; p++) {
        is_stated = is_stated || stated->left_out_by_priority[p] != 0;
    }
    if (!is_stated) {
        return;
    }
    for (int32_t i = 0; i < N_FIGURES; i++) {
        compare(audit, "kpi", expected[i].name, "", expected[i].value,
                found[i].value);
    }
    for (int32_t p = 0; p <= 100; p++) {
        char which[32];
        (void)snprintf(which, sizeof which, " of %d with", p);
        compare(audit, "kpi", "left_out_by_priority", which,
                right->left_out_by_priority[p],
                stated->left_out_by_priority[p]);
    }
}

void rn_check_kpis(rn_audit *audit)
{
    runde_kpis *const kpis = rn_report_kpis_slot(audit->report);
    const bool is_draft =
        runde_plan_search(audit->plan)->outcome == RUNDE_OUTCOME_DRAFT;
    count_visits(audit, kpis);
    add_routes(audit, kpis);
    add_punctuality(audit, kpis);
    add_continuity(audit, kpis);
    add_heavy(audit, kpis);
    compare_cost(audit, is_draft);
    compare_kpis(audit, is_draft);
}
