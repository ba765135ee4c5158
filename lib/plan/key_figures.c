/* SPDX-License-Identifier: MIT */
/* Key figures as docs/model.md section 6 defines them. */
#include "plan/freeze.h"

static int32_t thousandths(int64_t part, int64_t whole, int32_t none)
{
    return whole > 0 ? (int32_t)(part * 1000 / whole) : none;
}

static void count_visits(runde_kpis *k, const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    k->visits = runde_problem_n_visits(inst->problem);
    for (int32_t v = 0; v < k->visits; v++) {
        const runde_visit *visit = runde_problem_visit(inst->problem, v);
        if (sol->node[inst->first_task[v]].route >= 0) {
            k->served++;
        } else if (visit->optional) {
            k->left_out_optional++;
        } else {
            k->left_out++;
            k->left_out_by_priority[visit->priority]++;
        }
    }
}

static void add_route(runde_kpis *k, const rn_instance *inst,
                      const runde_route *route)
{
    k->duty += (int64_t)route->end - route->begin;
    k->travel += route->travel_home;
    k->distance += route->distance_home;
    const int32_t over = route->end - inst->shift[route->shift].end;
    k->overtime += over > 0 ? over : 0;
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *stop = &route->stops[i];
        k->travel += stop->travel;
        k->distance += stop->distance;
        k->waiting += stop->waiting;
        if (stop->kind == RUNDE_STOP_VISIT) {
            k->service += stop->departure - stop->start;
        }
    }
}

static int32_t on_time_share(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    bool wished = false;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        wished = wished || inst->stop[t].n_preferred > 0;
    }
    int64_t parts = 0;
    int64_t on_time = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const rn_stop *stop = &inst->stop[t];
        if (sol->node[t].route < 0 || (wished && stop->n_preferred == 0)) {
            continue;
        }
        const int32_t start = sol->node[t].start;
        const bool early = stop->n_preferred > 0 &&
                           start < inst->preferred[stop->first_preferred].a;
        parts++;
        on_time += !early && rn_lateness(inst, t, start) == 0;
    }
    return thousandths(on_time, parts, 1000);
}

static void count_faces(runde_kpis *k, const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    int64_t sum = 0;
    int64_t clients = 0;
    for (int32_t c = 0; c < inst->n_clients; c++) {
        const rn_client *client = &inst->client[c];
        bool served = false;
        for (int32_t i = 0; i < client->n_tasks && !served; i++) {
            served =
                sol->node[inst->client_tasks[client->first_task + i]].route >=
                0;
        }
        if (!served) {
            continue;
        }
        const int32_t n = client->n_past + rn_new_faces(sol, c);
        sum += n;
        clients++;
        k->max_carers_per_client =
            n > k->max_carers_per_client ? n : k->max_carers_per_client;
    }
    k->carers_per_client = thousandths(sum, clients, 0);
}

static void find_heaviest(runde_kpis *k, const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        for (int32_t l = 0; l < inst->n_loads; l++) {
            if (!runde_problem_load(inst->problem, l)->shared) {
                continue;
            }
            const int64_t load = rn_carer_load(sol, c, l);
            k->max_heavy = load > k->max_heavy ? (int32_t)load : k->max_heavy;
        }
    }
}

void rn_key_figures(runde_kpis *k, const rn_solution *sol,
                    const runde_plan *plan)
{
    count_visits(k, sol);
    k->shifts_used = runde_plan_n_routes(plan);
    for (int32_t i = 0; i < k->shifts_used; i++) {
        add_route(k, sol->inst, runde_plan_route(plan, i));
    }
    k->travel_share = thousandths(k->travel, k->duty, 0);
    k->client_share = thousandths(k->service, k->duty, 0);
    k->on_time_share = on_time_share(sol);
    count_faces(k, sol);
    find_heaviest(k, sol);
}
