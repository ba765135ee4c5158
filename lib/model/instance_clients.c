/* SPDX-License-Identifier: MIT */
/* What belongs to clients: who came before, wishes about who comes. */
#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

static int64_t ticks_per_day(const rn_instance *inst)
{
    return 86400000LL / runde_problem_settings(inst->problem)->tick_ms;
}

/* Past visits count from `days` before the horizon's end. */
static bool counts(const rn_instance *inst, const runde_past_visit *past)
{
    const int32_t days =
        runde_problem_client(inst->problem, past->client)->max_carers_days;
    if (days <= 0) {
        return true;
    }
    const int64_t horizon = runde_problem_settings(inst->problem)->days;
    return past->start >= (horizon - days) * ticks_per_day(inst);
}

static void add_past_carer(rn_instance *inst, const runde_past_visit *past)
{
    rn_client *client = &inst->client[past->client];
    int32_t *list = inst->past_carers + client->first_past;
    int32_t at = client->n_past;
    for (int32_t i = 0; i < client->n_past; i++) {
        if (list[i] == past->carer) {
            return;
        }
    }
    while (at > 0 && list[at - 1] > past->carer) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = past->carer;
    client->n_past++;
}

static runde_status fill_past(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    const int32_t n = runde_problem_n_past_visits(p);
    inst->past_carers =
        rn_arena_array(inst->arena, (size_t)n + 1, sizeof(int32_t));
    int32_t *room = rn_calloc((size_t)inst->n_clients + 1, sizeof *room);
    if (inst->past_carers == NULL || room == NULL) {
        rn_free(room);
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < n; i++) {
        room[runde_problem_past_visit(p, i)->client]++;
    }
    int32_t first = 0;
    for (int32_t c = 0; c < inst->n_clients; c++) {
        inst->client[c].first_past = first;
        first += room[c];
    }
    rn_free(room);
    for (int32_t i = 0; i < n; i++) {
        const runde_past_visit *past = runde_problem_past_visit(p, i);
        if (counts(inst, past)) {
            add_past_carer(inst, past);
        }
    }
    return RUNDE_OK;
}

static runde_status list_client_tasks(rn_instance *inst)
{
    inst->client_tasks =
        rn_arena_array(inst->arena, (size_t)inst->n_tasks + 1, sizeof(int32_t));
    if (inst->client_tasks == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        inst->client[inst->task[t].client].n_tasks++;
    }
    int32_t first = 0;
    inst->n_faces = inst->n_tasks;
    for (int32_t c = 0; c < inst->n_clients; c++) {
        inst->client[c].first_task = first;
        first += inst->client[c].n_tasks;
        inst->client[c].n_tasks = 0;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        rn_client *client = &inst->client[inst->task[t].client];
        inst->client_tasks[client->first_task + client->n_tasks++] = t;
    }
    return RUNDE_OK;
}

static void fill_weights(rn_instance *inst)
{
    for (int32_t c = 0; c < inst->n_clients; c++) {
        rn_client *client = &inst->client[c];
        client->max_carers = runde_problem_client(inst->problem, c)->max_carers;
        client->w_distinct = rn_search_weight(inst, c, RUNDE_DISTINCT_CARERS);
        client->w_over = rn_search_weight(inst, c, RUNDE_CARERS_OVER_TARGET);
        client->most_over = rn_client_limit(inst, c, RUNDE_CARERS_OVER_TARGET);
    }
}

/* A wish list under construction: one entry per carer named. */
typedef struct points {
    int32_t carer;
    int64_t preferred;
    int64_t unwanted;
} points;

static int32_t gather(points *list, int32_t n, const runde_carer_wish *wishes,
                      int32_t n_wishes)
{
    for (int32_t i = 0; i < n_wishes; i++) {
        if (wishes[i].kind != RUNDE_PREFERRED &&
            wishes[i].kind != RUNDE_UNWANTED) {
            continue;
        }
        int32_t at = 0;
        while (at < n && list[at].carer != wishes[i].carer) {
            at++;
        }
        if (at == n) {
            list[n].carer = wishes[i].carer;
            list[n].preferred = 0;
            list[n].unwanted = 0;
            n++;
        }
        if (wishes[i].kind == RUNDE_PREFERRED) {
            list[at].preferred += wishes[i].weight;
        } else {
            list[at].unwanted += wishes[i].weight;
        }
    }
    return n;
}

static void sort_points(points *list, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const points p = list[i];
        int32_t at = i;
        while (at > 0 && list[at - 1].carer > p.carer) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = p;
    }
}

static void share_wishes(rn_instance *inst, int32_t visit, int32_t first,
                         int32_t n, rn_wish other)
{
    for (int32_t t = inst->first_task[visit]; t < inst->first_task[visit + 1];
         t++) {
        inst->task[t].first_wish = first;
        inst->task[t].n_wishes = n;
        inst->task[t].wish_other = other.cost;
        inst->task[t].points_other = other.points;
    }
}

/* Writes the wishes of one visit from `at` on. Gives how many. */
static int32_t wish_visit(rn_instance *inst, int32_t v,
                          const runde_visit *visit, points *list, int32_t at)
{
    const runde_client *client =
        runde_problem_client(inst->problem, visit->client);
    const rn_cost weight =
        rn_search_weight(inst, visit->client, RUNDE_CARER_PREFERENCE);
    int32_t n = gather(list, 0, client->wishes, client->n_wishes);
    n = gather(list, n, visit->wishes, visit->n_wishes);
    sort_points(list, n);
    int64_t best = 0;
    for (int32_t i = 0; i < n; i++) {
        best = list[i].preferred > best ? list[i].preferred : best;
    }
    const rn_wish other = {RUNDE_NONE, weight * best, best};
    share_wishes(inst, v, at, n, other);
    for (int32_t i = 0; i < n; i++) {
        rn_wish *wish = &inst->wishes[at + i];
        wish->carer = list[i].carer;
        wish->points = best - list[i].preferred + list[i].unwanted;
        wish->cost = weight * wish->points;
    }
    return n;
}

runde_status rn_guest_wishes(rn_instance *inst, int32_t visit, int32_t at)
{
    const runde_client *client =
        runde_problem_client(inst->problem, inst->guest->client);
    points *list =
        rn_calloc((size_t)client->n_wishes + (size_t)inst->guest->n_wishes + 1,
                  sizeof *list);
    if (list == NULL) {
        return RUNDE_E_NOMEM;
    }
    (void)wish_visit(inst, visit, inst->guest, list, at);
    rn_free(list);
    return RUNDE_OK;
}

static runde_status fill_wishes(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    size_t total = 0;
    size_t most = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(p); v++) {
        const runde_visit *visit = runde_problem_visit(p, v);
        const size_t n =
            (size_t)visit->n_wishes +
            (size_t)runde_problem_client(p, visit->client)->n_wishes;
        total += n;
        most = n > most ? n : most;
    }
    inst->wishes = rn_arena_array(inst->arena, total + 1, sizeof(rn_wish));
    points *list = rn_calloc(most + 1, sizeof *list);
    if (inst->wishes == NULL || list == NULL) {
        rn_free(list);
        return RUNDE_E_NOMEM;
    }
    int32_t at = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(p); v++) {
        at += wish_visit(inst, v, runde_problem_visit(p, v), list, at);
    }
    rn_free(list);
    return RUNDE_OK;
}

runde_status rn_instance_clients(rn_instance *inst)
{
    fill_weights(inst);
    runde_status status = fill_past(inst);
    if (status == RUNDE_OK) {
        status = list_client_tasks(inst);
    }
    if (status == RUNDE_OK) {
        status = fill_wishes(inst);
    }
    return status;
}
