/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "check/audit.h"

/* ------------------------------------------------------------- meetings */

typedef struct meeting {
    int32_t client;
    int32_t carer;
} meeting;

typedef struct meetings {
    meeting *list;
    size_t n;
} meetings;

static int compare_meetings(const void *a, const void *b)
{
    const meeting *const x = a;
    const meeting *const y = b;
    if (x->client != y->client) {
        return x->client < y->client ? -1 : 1;
    }
    return (x->carer > y->carer) - (x->carer < y->carer);
}

static void add_past(const rn_audit *audit, meetings *all)
{
    const int32_t n = runde_problem_n_past_visits(audit->problem);
    for (int32_t i = 0; i < n; i++) {
        const runde_past_visit *const past =
            runde_problem_past_visit(audit->problem, i);
        const runde_client *const client =
            runde_problem_client(audit->problem, past->client);
        if (client == NULL) {
            continue;
        }
        const int64_t back = client->max_carers_days;
        if (back <= 0 || past->start >= (audit->days - back) * audit->day) {
            all->list[all->n] = (meeting){past->client, past->carer};
            all->n++;
        }
    }
}

static void add_planned(rn_audit *audit, meetings *all)
{
    for (int32_t r = 0; r < audit->n_routes; r++) {
        const runde_route *const route = runde_plan_route(audit->plan, r);
        const runde_shift *const shift =
            runde_problem_shift(audit->problem, route->shift);
        for (int32_t i = 0; i < route->n_stops; i++) {
            const runde_visit *const visit =
                rn_stop_visit(audit, &route->stops[i]);
            const int32_t client =
                visit != NULL ? rn_client_of(audit, visit) : RUNDE_NONE;
            if (client != RUNDE_NONE) {
                all->list[all->n] = (meeting){client, shift->carer};
                all->n++;
                audit->is_served[client] = true;
            }
        }
    }
}

void rn_count_meetings(rn_audit *audit)
{
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const int32_t client =
            rn_client_of(audit, runde_problem_visit(audit->problem, v));
        if (client != RUNDE_NONE) {
            audit->has_visits[client] = true;
        }
    }
    size_t most = (size_t)runde_problem_n_past_visits(audit->problem);
    for (int32_t r = 0; r < audit->n_routes; r++) {
        most += (size_t)runde_plan_route(audit->plan, r)->n_stops;
    }
    meetings all = {rn_calloc(most, sizeof *all.list), 0};
    if (all.list == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    add_past(audit, &all);
    add_planned(audit, &all);
    qsort(all.list, all.n, sizeof *all.list, compare_meetings);
    for (size_t i = 0; i < all.n; i++) {
        if (i == 0 || compare_meetings(&all.list[i - 1], &all.list[i]) != 0) {
            audit->meets[all.list[i].client]++;
        }
    }
    rn_free(all.list);
}

static void add_meetings(rn_audit *audit, int64_t *amount)
{
    for (int32_t c = 0; c < audit->n_clients; c++) {
        const runde_client *const client =
            runde_problem_client(audit->problem, c);
        if (!audit->has_visits[c]) {
            continue;
        }
        const int64_t met = audit->meets[c];
        amount[RUNDE_DISTINCT_CARERS] += met;
        rn_add_share(audit, c, RUNDE_DISTINCT_CARERS, met);
        if (client->max_carers > 0 && met > client->max_carers) {
            const int64_t over = met - client->max_carers;
            amount[RUNDE_CARERS_OVER_TARGET] += over;
            rn_add_share(audit, c, RUNDE_CARERS_OVER_TARGET, over);
        }
    }
}

/* ------------------------------------------------------------- workload */

/* What a carer with a shift has to do; `has_route` tells it from zero work
 * for want of a route. */
typedef struct workload {
    int64_t work;
    bool has_shift;
    bool has_route;
} workload;

static int64_t work_of(const rn_tally *tally)
{
    return tally->travel + tally->setup + tally->service + tally->activities +
           tally->breaks - tally->unpaid;
}

/* sum_c ceil(|work(c) - mean|) with mean = q + r / n: for d = work - q above
 * zero the ceiling of d - r / n is d, else that of -d + r / n is -d, and one
 * more with a remainder. */
static int64_t deviation(const workload *loads, int32_t n_carers, int64_t total,
                         int64_t n)
{
    const int64_t mean = rn_floor_div(total, n);
    const int64_t remainder = total - mean * n;
    int64_t sum = 0;
    for (int32_t c = 0; c < n_carers; c++) {
        if (!loads[c].has_shift) {
            continue;
        }
        const int64_t d = loads[c].work - mean;
        sum += d > 0 ? d : -d + (remainder > 0 ? 1 : 0);
    }
    return sum;
}

static void add_load_spread(rn_audit *audit, int64_t *amount,
                            int32_t n_idle_carers)
{
    rn_load_range *const range =
        rn_calloc((size_t)audit->n_loads, sizeof *range);
    if (range == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    rn_load_ranges(audit, range, n_idle_carers);
    for (int32_t l = 0; l < audit->n_loads; l++) {
        if (runde_problem_load(audit->problem, l)->shared) {
            amount[RUNDE_LOAD_SPREAD] += range[l].most - range[l].least;
        }
    }
    rn_free(range);
}

static void measure(const rn_audit *audit, workload *loads)
{
    for (int32_t s = 0; s < audit->n_shifts; s++) {
        workload *const load =
            &loads[runde_problem_shift(audit->problem, s)->carer];
        const int32_t r = audit->route_of_shift[s];
        load->has_shift = true;
        if (r != RUNDE_NONE) {
            load->has_route = true;
            load->work += work_of(&audit->tally[r]);
        }
    }
}

void rn_add_people_amounts(rn_audit *audit, int64_t *amount)
{
    add_meetings(audit, amount);
    workload *const loads = rn_calloc((size_t)audit->n_carers, sizeof *loads);
    if (loads == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    measure(audit, loads);
    int64_t least = INT64_MAX;
    int64_t most = 0;
    int64_t total = 0;
    int32_t n = 0;
    int32_t n_idle = 0;
    for (int32_t c = 0; c < audit->n_carers; c++) {
        if (!loads[c].has_shift) {
            continue;
        }
        least = loads[c].work < least ? loads[c].work : least;
        most = loads[c].work > most ? loads[c].work : most;
        total += loads[c].work;
        n++;
        n_idle += !loads[c].has_route;
    }
    if (n > 0) {
        amount[RUNDE_WORKLOAD_SPREAD] = most - least;
        amount[RUNDE_WORKLOAD_DEVIATION] =
            deviation(loads, audit->n_carers, total, n);
        add_load_spread(audit, amount, n_idle);
    }
    rn_free(loads);
}
