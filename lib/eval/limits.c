/* SPDX-License-Identifier: MIT */
#include "eval/limits.h"

#include <stdlib.h>

#include "eval/price.h"

#define BIT(criterion) (1U << (criterion))

/* Amounts that are a sum over tasks served, of who serves them and when. */
#define OF_TASKS                                                               \
    (BIT(RUNDE_TRAVEL_TIME) | BIT(RUNDE_TRAVEL_DISTANCE) | BIT(RUNDE_EARLY) |  \
     BIT(RUNDE_LATE) | BIT(RUNDE_CARER_PREFERENCE) |                           \
     BIT(RUNDE_OVERQUALIFICATION) | BIT(RUNDE_CHANGED_CARER) |                 \
     BIT(RUNDE_SHIFTED_START) | BIT(RUNDE_VISITS_SHIFTED))
#define OF_LEGS (BIT(RUNDE_TRAVEL_TIME) | BIT(RUNDE_TRAVEL_DISTANCE))
#define OF_CARERS                                                              \
    (BIT(RUNDE_CARER_PREFERENCE) | BIT(RUNDE_OVERQUALIFICATION) |              \
     BIT(RUNDE_CHANGED_CARER))
#define OF_FACES (BIT(RUNDE_DISTINCT_CARERS) | BIT(RUNDE_CARERS_OVER_TARGET))
#define OF_STARTS                                                              \
    (BIT(RUNDE_EARLY) | BIT(RUNDE_LATE) | BIT(RUNDE_SHIFTED_START) |           \
     BIT(RUNDE_VISITS_SHIFTED))

/* Products with weights stay far below 2^62. */
#define MOST_EXCESS ((int64_t)1 << 44)
#define MOST_COST (RN_COST_INF / 16)

bool rn_limits_new(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    if (inst->n_bounds == 0) {
        return true;
    }
    const size_t bounds = (size_t)inst->n_bounds;
    const size_t clients = (size_t)inst->n_clients + 1;
    const size_t cells =
        ((size_t)inst->n_shifts + 1) * (size_t)(inst->n_shared + 1);
    rn_arena *a = &sol->arena;
    sol->pressure = 1;
    sol->amount = rn_arena_array(a, bounds, sizeof *sol->amount);
    sol->spare_amount = rn_arena_array(a, bounds, sizeof *sol->spare_amount);
    sol->route_amount = rn_arena_array(a, cells, sizeof *sol->route_amount);
    sol->noted = rn_arena_array(a, clients, sizeof *sol->noted);
    sol->is_noted = rn_arena_array(a, clients, sizeof *sol->is_noted);
    if (sol->amount == NULL || sol->spare_amount == NULL ||
        sol->route_amount == NULL || sol->noted == NULL ||
        sol->is_noted == NULL) {
        return false;
    }
    for (int32_t c = 0; c < inst->n_clients; c++) {
        rn_limits_note(sol, c);
    }
    return true;
}

void rn_limits_note(rn_solution *sol, int32_t client)
{
    if (sol->inst->own_bits[client] != 0 && !sol->is_noted[client]) {
        sol->is_noted[client] = 1;
        sol->noted[sol->n_noted++] = client;
    }
}

/* --------------------------------------------------------------- one task */

static int64_t above_zero(int64_t x)
{
    return x > 0 ? x : 0;
}

static int64_t amount_of_carer(const rn_instance *inst, int32_t task,
                               int32_t shift, runde_criterion c)
{
    const rn_task *t = &inst->task[task];
    const int32_t carer = inst->shift[shift].carer;
    switch (c) {
    case RUNDE_CARER_PREFERENCE:
        return rn_wish_of(inst, task, carer).points;
    case RUNDE_OVERQUALIFICATION:
        return inst
            ->overqualified[(size_t)t->skill_class * (size_t)inst->n_shifts +
                            (size_t)shift];
    case RUNDE_CHANGED_CARER:
        return t->published_carer != RUNDE_NONE && t->published_carer != carer;
    default:
        return 0;
    }
}

static int64_t amount_of_start(const rn_instance *inst, int32_t task,
                               int32_t start, runde_criterion c)
{
    const rn_stop *stop = &inst->stop[task];
    if (c == RUNDE_SHIFTED_START || c == RUNDE_VISITS_SHIFTED) {
        const int64_t off =
            stop->published == RUNDE_TIME_NONE
                ? 0
                : above_zero((int64_t)abs(start - stop->published) -
                             stop->tolerance);
        return c == RUNDE_SHIFTED_START
                   ? off
                   : off > 0 && inst->task[task].counts_shift;
    }
    if (stop->n_preferred == 0) {
        return 0;
    }
    return c == RUNDE_LATE
               ? rn_lateness(inst, task, start)
               : above_zero((int64_t)inst->preferred[stop->first_preferred].a -
                            start);
}

static int64_t amount_of_leg(const rn_instance *inst, int32_t shift,
                             const int32_t ends[2], runde_criterion c)
{
    const int32_t mode = inst->shift[shift].mode;
    const int32_t from = inst->stop[ends[0]].place;
    const int32_t to = inst->stop[ends[1]].place;
    return c == RUNDE_TRAVEL_TIME ? rn_drive(inst, mode, from, to)
                                  : rn_metres(inst, mode, from, to);
}

static int64_t amount_of_task(const rn_solution *sol, int32_t task,
                              runde_criterion c)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[task];
    if ((BIT(c) & OF_LEGS) != 0) {
        const int32_t ends[2] = {x->prev, task};
        return amount_of_leg(inst, x->route, ends, c);
    }
    return (BIT(c) & OF_CARERS) != 0 ? amount_of_carer(inst, task, x->route, c)
                                     : amount_of_start(inst, task, x->start, c);
}

/* -------------------------------------------------------------- one route */

static int32_t count_bits(uint32_t bits)
{
    int32_t n = 0;
    for (; bits != 0; bits &= bits - 1) {
        n++;
    }
    return n;
}

/* The lowest criterion of a set. */
static runde_criterion first_of(uint32_t bits)
{
    int c = 0;
    while ((bits >> c & 1U) == 0) {
        c++;
    }
    return (runde_criterion)c;
}

static void count_node(const rn_solution *sol, int32_t node, int64_t *sum)
{
    const rn_instance *inst = sol->inst;
    if (node >= inst->n_tasks) {
        const int32_t ends[2] = {sol->node[node].prev, node};
        for (uint32_t b = inst->bounded & OF_LEGS; b != 0; b &= b - 1) {
            const runde_criterion c = first_of(b);
            sum[inst->rest_bound[c]] +=
                amount_of_leg(inst, sol->node[node].route, ends, c);
        }
        return;
    }
    const int32_t client = inst->task[node].client;
    for (uint32_t b = inst->bounded & OF_TASKS; b != 0; b &= b - 1) {
        const runde_criterion c = first_of(b);
        const int32_t bound = rn_bound_of(inst, client, c);
        if (bound < inst->n_shared) {
            sum[bound] += amount_of_task(sol, node, c);
        }
    }
}

/* Shifts, by their times and breaks. */
static void count_tail(const rn_solution *sol, int32_t shift, int64_t *sum)
{
    const rn_instance *inst = sol->inst;
    const rn_route *route = &sol->route[shift];
    if (rn_is_bounded(inst, RUNDE_IDLE)) {
        sum[inst->rest_bound[RUNDE_IDLE]] += route->idle;
    }
    if (route->n == 0) {
        return;
    }
    if (rn_is_bounded(inst, RUNDE_WAITING)) {
        sum[inst->rest_bound[RUNDE_WAITING]] += rn_waiting(sol, shift);
    }
    if (rn_is_bounded(inst, RUNDE_OVERTIME)) {
        sum[inst->rest_bound[RUNDE_OVERTIME]] +=
            above_zero((int64_t)route->end - inst->shift[shift].end);
    }
    if (rn_is_bounded(inst, RUNDE_BREAKS_MISSED)) {
        sum[inst->rest_bound[RUNDE_BREAKS_MISSED]] += count_bits(route->missed);
    }
    if (rn_is_bounded(inst, RUNDE_SHIFTS_USED)) {
        sum[inst->rest_bound[RUNDE_SHIFTS_USED]]++;
    }
}

void rn_limits_route(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    int64_t *was = sol->route_amount + (size_t)shift * (size_t)inst->n_shared;
    for (int32_t b = 0; b < inst->n_shared; b++) {
        sol->amount[b] -= was[b];
        was[b] = 0;
    }
    count_tail(sol, shift, was);
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE && sol->route[shift].n > 0; n = sol->node[n].next) {
        count_node(sol, n, was);
        if (n < inst->n_tasks) {
            rn_limits_note(sol, inst->task[n].client);
        }
    }
    for (int32_t b = 0; b < inst->n_shared; b++) {
        sol->amount[b] += was[b];
    }
}

/* --------------------------------------------------------------- the rest */

static int64_t faces_of(const rn_solution *sol, int32_t client,
                        runde_criterion c)
{
    const rn_client *k = &sol->inst->client[client];
    if (k->n_tasks == 0) {
        return 0;
    }
    const int64_t n = (int64_t)k->n_past + rn_new_faces(sol, client);
    if (c == RUNDE_DISTINCT_CARERS) {
        return n;
    }
    return k->max_carers > 0 ? above_zero(n - k->max_carers) : 0;
}

/* Does another carer come than was published, to any of the visits? */
static bool has_newcomer(const rn_solution *sol, int32_t client)
{
    const rn_instance *inst = sol->inst;
    const rn_client *k = &inst->client[client];
    for (int32_t i = 0; i < k->n_tasks; i++) {
        const int32_t task = inst->client_tasks[k->first_task + i];
        const int32_t r = sol->node[task].route;
        if (r >= 0 && amount_of_carer(inst, task, r, RUNDE_CHANGED_CARER) > 0) {
            return true;
        }
    }
    return false;
}

static int64_t amount_of_client(const rn_solution *sol, int32_t client,
                                runde_criterion c)
{
    const rn_instance *inst = sol->inst;
    const rn_client *k = &inst->client[client];
    if (c == RUNDE_CLIENTS_CHANGED) {
        return has_newcomer(sol, client);
    }
    if ((BIT(c) & OF_FACES) != 0) {
        return faces_of(sol, client, c);
    }
    int64_t sum = 0;
    for (int32_t i = 0; i < k->n_tasks; i++) {
        const int32_t task = inst->client_tasks[k->first_task + i];
        const bool served = sol->node[task].route >= 0;
        if (c == RUNDE_OPTIONAL_UNSERVED) {
            sum += served ? 0 : inst->task_points[task];
        } else if (served) {
            sum += amount_of_task(sol, task, c);
        }
    }
    return sum;
}

static void count_clients(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t i = 0; i < sol->n_noted; i++) {
        const int32_t client = sol->noted[i];
        sol->is_noted[client] = 0;
        for (int32_t b = inst->first_bound[client];
             b < inst->first_bound[client + 1]; b++) {
            sol->amount[b] =
                amount_of_client(sol, client, inst->bounds[b].criterion);
        }
    }
    sol->n_noted = 0;
}

/* Sums over clients that no route holds, but for those with own bounds. */
static void count_shared(rn_solution *sol, runde_criterion c)
{
    const rn_instance *inst = sol->inst;
    sol->amount[inst->rest_bound[c]] = 0;
    if ((inst->only_global & BIT(c)) == 0) {
        sol->amount[inst->own_bound[c]] = 0;
    }
    for (int32_t k = 0; k < inst->n_clients; k++) {
        const int32_t bound = rn_bound_of(inst, k, c);
        if (bound < inst->n_shared) {
            sol->amount[bound] += amount_of_client(sol, k, c);
        }
    }
}

/* How far the carers lie above the least one and the limit, all together:
 * 0 exactly when the spread holds, and less with every carer relieved. */
static int64_t spread_excess(const rn_solution *sol, int64_t limit)
{
    const rn_instance *inst = sol->inst;
    int64_t least = INT64_MAX;
    int64_t sum = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (inst->carer[c].n_shifts > 0) {
            const int64_t work = rn_work_of(sol, c);
            least = work < least ? work : least;
        }
    }
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (inst->carer[c].n_shifts > 0) {
            sum += above_zero(rn_work_of(sol, c) - least - limit);
        }
    }
    return sum;
}

static int64_t idle_excess(const rn_solution *sol, int64_t limit)
{
    int64_t sum = 0;
    for (int32_t s = 0; s < sol->inst->n_shifts; s++) {
        sum += above_zero(sol->route[s].idle - limit);
    }
    return sum;
}

/* By how much a bound is exceeded, for the search: 0 when it holds. */
static int64_t excess_of(const rn_solution *sol, const rn_bound *bound,
                         int64_t amount)
{
    if (amount <= bound->limit) {
        return 0;
    }
    if (bound->criterion == RUNDE_WORKLOAD_SPREAD) {
        return spread_excess(sol, bound->limit);
    }
    return bound->criterion == RUNDE_MAX_IDLE ? idle_excess(sol, bound->limit)
                                              : amount - bound->limit;
}

static void add_up(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    sol->growing = 0;
    sol->excess = 0;
    sol->steering = 0;
    sol->relief = 0;
    for (int32_t b = 0; b < inst->n_bounds; b++) {
        const rn_bound *bound = &inst->bounds[b];
        int64_t excess = excess_of(sol, bound, sol->amount[b]);
        excess = excess < MOST_EXCESS ? excess : MOST_EXCESS;
        sol->excess += excess * bound->weight;
        sol->growing += bound->is_mixed ? 0 : excess * bound->weight;
        const rn_cost extra =
            (rn_cost)inst->steer[bound->criterion] * sol->amount[b];
        sol->steering += bound->is_mixed ? 0 : extra;
        sol->relief += bound->is_mixed ? extra : 0;
    }
}

void rn_limits_plan(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    static const runde_criterion of_clients[] = {
        RUNDE_OPTIONAL_UNSERVED, RUNDE_DISTINCT_CARERS,
        RUNDE_CARERS_OVER_TARGET, RUNDE_CLIENTS_CHANGED};
    count_clients(sol);
    for (size_t i = 0; i < sizeof of_clients / sizeof of_clients[0]; i++) {
        if (rn_is_bounded(inst, of_clients[i])) {
            count_shared(sol, of_clients[i]);
        }
    }
    if (rn_is_bounded(inst, RUNDE_MAX_IDLE)) {
        sol->amount[inst->rest_bound[RUNDE_MAX_IDLE]] = sol->max_idle;
    }
    if (rn_is_bounded(inst, RUNDE_WORKLOAD_SPREAD)) {
        sol->amount[inst->rest_bound[RUNDE_WORKLOAD_SPREAD]] =
            rn_work_spread(sol);
    }
    if (rn_is_bounded(inst, RUNDE_WORKLOAD_DEVIATION)) {
        sol->amount[inst->rest_bound[RUNDE_WORKLOAD_DEVIATION]] =
            rn_work_deviation(sol);
    }
    if (rn_is_bounded(inst, RUNDE_LOAD_SPREAD)) {
        sol->amount[inst->rest_bound[RUNDE_LOAD_SPREAD]] = rn_load_spread(sol);
    }
    add_up(sol);
}

/* ---------------------------------------------------------------- questions */

int64_t rn_limits_room(const rn_solution *sol, int32_t client,
                       runde_criterion criterion)
{
    const rn_instance *inst = sol->inst;
    const int32_t b = rn_bound_of(inst, client, criterion);
    return inst->bounds[b].limit == RN_ANY_ROOM
               ? RN_ANY_ROOM
               : inst->bounds[b].limit - sol->amount[b];
}

static bool is_too_much(const rn_solution *sol, int32_t client,
                        runde_criterion c, int64_t more)
{
    return more > 0 && more > rn_limits_room(sol, client, c);
}

/* One more carer at the client's? */
static bool faces_refuse(const rn_solution *sol, int32_t client, int32_t carer)
{
    const rn_instance *inst = sol->inst;
    const rn_client *k = &inst->client[client];
    if (!rn_is_new_face(sol, client, carer)) {
        return false;
    }
    const int32_t n = k->n_past + rn_new_faces(sol, client) + 1;
    if (rn_is_bounded(inst, RUNDE_DISTINCT_CARERS) &&
        is_too_much(sol, client, RUNDE_DISTINCT_CARERS, 1)) {
        return true;
    }
    return rn_is_bounded(inst, RUNDE_CARERS_OVER_TARGET) &&
           is_too_much(sol, client, RUNDE_CARERS_OVER_TARGET,
                       k->max_carers > 0 && n > k->max_carers);
}

bool rn_limits_refuse(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t client = inst->task[task].client;
    for (uint32_t b = inst->bounded & OF_CARERS; b != 0; b &= b - 1) {
        const runde_criterion c = first_of(b);
        if (is_too_much(sol, client, c,
                        amount_of_carer(inst, task, shift, c))) {
            return true;
        }
    }
    if ((inst->bounded & OF_FACES) != 0 &&
        faces_refuse(sol, client, inst->shift[shift].carer)) {
        return true;
    }
    if (sol->route[shift].n > 0) {
        return false;
    }
    if (rn_is_bounded(inst, RUNDE_BREAKS_MISSED) &&
        is_too_much(sol, RUNDE_NONE, RUNDE_BREAKS_MISSED,
                    count_bits(sol->route[shift].missed))) {
        return true;
    }
    return rn_is_bounded(inst, RUNDE_SHIFTS_USED) &&
           is_too_much(sol, RUNDE_NONE, RUNDE_SHIFTS_USED, 1);
}

bool rn_limits_refuse_start(const rn_solution *sol, int32_t task, int32_t start)
{
    const rn_instance *inst = sol->inst;
    for (uint32_t b = inst->bounded & OF_STARTS; b != 0; b &= b - 1) {
        const runde_criterion c = first_of(b);
        if (is_too_much(sol, inst->task[task].client, c,
                        amount_of_start(inst, task, start, c))) {
            return true;
        }
    }
    return false;
}

rn_cost rn_limits_cost(const rn_solution *sol)
{
    return sol->excess < MOST_COST / sol->pressure ? sol->excess * sol->pressure
                                                   : MOST_COST;
}
