/* SPDX-License-Identifier: MIT */
/* What the search's price consists of, criterion by criterion. */
#include "model/instance_parts.h"
#include "plan/freeze.h"

typedef struct book {
    runde_cost *cost;
    const rn_solution *sol;
    const rn_instance *inst;
} book;

static void enter(book *b, runde_criterion c, int64_t amount, int64_t weight)
{
    b->cost->amount[c] += amount;
    b->cost->cost[c] += amount * weight;
}

static void enter_global(book *b, runde_criterion c, int64_t amount)
{
    enter(b, c, amount, runde_problem_weights(b->inst->problem)->weight[c]);
}

static void enter_client(book *b, runde_criterion c, int32_t client,
                         int64_t amount)
{
    if (amount != 0) {
        enter(b, c, amount, rn_client_weight(b->inst, client, c));
    }
}

/* ------------------------------------------------------------- one stop */

/* The weights of one kind of wishes that name a carer. */
static int64_t wishes_for(const runde_client *client, const runde_visit *visit,
                          int32_t carer, runde_wish_kind kind)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < client->n_wishes; i++) {
        const runde_carer_wish *w = &client->wishes[i];
        sum += w->carer == carer && w->kind == kind ? w->weight : 0;
    }
    for (int32_t i = 0; i < visit->n_wishes; i++) {
        const runde_carer_wish *w = &visit->wishes[i];
        sum += w->carer == carer && w->kind == kind ? w->weight : 0;
    }
    return sum;
}

static int64_t wish_points(const rn_instance *inst, int32_t task, int32_t carer)
{
    const runde_visit *visit = rn_visit_of(inst, task);
    const runde_client *client =
        runde_problem_client(inst->problem, visit->client);
    const runde_carer_wish *lists[2] = {client->wishes, visit->wishes};
    const int32_t lengths[2] = {client->n_wishes, visit->n_wishes};
    /* The best over all who are named. */
    int64_t best = 0;
    for (int32_t l = 0; l < 2; l++) {
        for (int32_t i = 0; i < lengths[l]; i++) {
            const int64_t sum =
                wishes_for(client, visit, lists[l][i].carer, RUNDE_PREFERRED);
            best = sum > best ? sum : best;
        }
    }
    return best + wishes_for(client, visit, carer, RUNDE_UNWANTED) -
           wishes_for(client, visit, carer, RUNDE_PREFERRED);
}

static void enter_times(book *b, int32_t task)
{
    const rn_stop *stop = &b->inst->stop[task];
    const int32_t client = b->inst->task[task].client;
    const int32_t start = b->sol->node[task].start;
    if (stop->n_preferred > 0) {
        const int32_t opens = b->inst->preferred[stop->first_preferred].a;
        enter_client(b, RUNDE_EARLY, client, start < opens ? opens - start : 0);
        const int32_t late = rn_lateness(b->inst, task, start);
        enter_client(b, RUNDE_LATE, client, late);
        if (late > b->cost->amount[RUNDE_MAX_LATE]) {
            b->cost->amount[RUNDE_MAX_LATE] = late;
        }
    }
    if (stop->published != RUNDE_TIME_NONE) {
        const int32_t off = start - stop->published;
        const int32_t over = (off < 0 ? -off : off) - stop->tolerance;
        enter_client(b, RUNDE_SHIFTED_START, client, over > 0 ? over : 0);
        enter_global(b, RUNDE_VISITS_SHIFTED,
                     over > 0 && b->inst->task[task].counts_shift);
    }
}

static void enter_task(book *b, int32_t task, int32_t shift)
{
    const rn_task *t = &b->inst->task[task];
    const int32_t carer = b->inst->shift[shift].carer;
    enter_times(b, task);
    enter_client(b, RUNDE_CARER_PREFERENCE, t->client,
                 wish_points(b->inst, task, carer));
    enter_client(b, RUNDE_OVERQUALIFICATION, t->client,
                 b->inst->overqualified[(size_t)t->skill_class *
                                            (size_t)b->inst->n_shifts +
                                        (size_t)shift]);
    enter_client(b, RUNDE_CHANGED_CARER, t->client,
                 t->published_carer != RUNDE_NONE &&
                     t->published_carer != carer);
}

static void enter_leg(book *b, int32_t shift, int32_t from, int32_t to)
{
    const rn_path path = rn_path_between(b->inst, shift, from, to);
    const int32_t metres =
        rn_metres(b->inst, b->inst->shift[shift].mode,
                  b->inst->stop[from].place, b->inst->stop[to].place);
    if (to < b->inst->n_tasks) {
        const int32_t client = b->inst->task[to].client;
        enter_client(b, RUNDE_TRAVEL_TIME, client, path.drive);
        enter_client(b, RUNDE_TRAVEL_DISTANCE, client, metres);
    } else {
        enter_global(b, RUNDE_TRAVEL_TIME, path.drive);
        enter_global(b, RUNDE_TRAVEL_DISTANCE, metres);
    }
}

/* ------------------------------------------------------------ one route */

/* Waiting as the written-down stops have it; see docs/model.md 4.1. */
static int64_t waiting_of(const rn_instance *inst, const runde_route *route)
{
    int64_t sum = 0;
    bool counts = inst->depart_at_start;
    for (int32_t i = 0; i < route->n_stops; i++) {
        sum += counts ? route->stops[i].waiting : 0;
        counts = counts || route->stops[i].kind != RUNDE_STOP_BREAK;
    }
    return sum;
}

static void enter_route(book *b, int32_t shift, int32_t end, int64_t waiting)
{
    const rn_instance *inst = b->inst;
    const rn_route *sums = &b->sol->route[shift];
    int32_t prev = rn_shift_start_node(inst, shift);
    for (int32_t n = b->sol->node[prev].next; n != RUNDE_NONE;
         n = b->sol->node[n].next) {
        enter_leg(b, shift, prev, n);
        if (n < inst->n_tasks) {
            enter_task(b, n, shift);
        }
        prev = n;
    }
    const int32_t over = end - inst->shift[shift].end;
    enter_global(b, RUNDE_OVERTIME, over > 0 ? over : 0);
    enter_global(b, RUNDE_WAITING, waiting);
    enter_global(b, RUNDE_SHIFTS_USED, 1);
    for (uint32_t m = sums->missed; m != 0; m &= m - 1) {
        enter_global(b, RUNDE_BREAKS_MISSED, 1);
    }
}

/* ---------------------------------------------------------- across them */

static void enter_idle(book *b)
{
    int32_t most = 0;
    for (int32_t s = 0; s < b->inst->n_shifts; s++) {
        const int32_t end = b->sol->node[rn_shift_end_node(b->inst, s)].start;
        const int32_t idle = rn_idle(b->sol, s, end);
        enter_global(b, RUNDE_IDLE, idle);
        most = idle > most ? idle : most;
    }
    enter_global(b, RUNDE_MAX_IDLE, most);
}

/* Does a carer come who was not published? */
static bool has_newcomer(const rn_solution *sol, const rn_client *client)
{
    const rn_instance *inst = sol->inst;
    for (int32_t i = 0; i < client->n_tasks; i++) {
        const int32_t task = inst->client_tasks[client->first_task + i];
        const int32_t r = sol->node[task].route;
        const int32_t published = inst->task[task].published_carer;
        if (r >= 0 && published != RUNDE_NONE &&
            published != inst->shift[r].carer) {
            return true;
        }
    }
    return false;
}

static void enter_faces(book *b, int32_t c)
{
    const rn_client *client = &b->inst->client[c];
    if (client->n_tasks == 0) {
        return;
    }
    enter_global(b, RUNDE_CLIENTS_CHANGED, has_newcomer(b->sol, client));
    const int32_t n = client->n_past + rn_new_faces(b->sol, c);
    enter_client(b, RUNDE_DISTINCT_CARERS, c, n);
    const int32_t over = n - client->max_carers;
    enter_client(b, RUNDE_CARERS_OVER_TARGET, c,
                 client->max_carers > 0 && over > 0 ? over : 0);
}

static void enter_clients(book *b)
{
    for (int32_t c = 0; c < b->inst->n_clients; c++) {
        enter_faces(b, c);
    }
}

static void enter_left_out(book *b)
{
    const rn_instance *inst = b->inst;
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        const runde_visit *visit = runde_problem_visit(inst->problem, v);
        if (b->sol->node[inst->first_task[v]].route >= 0) {
            continue;
        }
        if (visit->optional) {
            enter_client(b, RUNDE_OPTIONAL_UNSERVED, visit->client,
                         visit->price);
        } else {
            b->cost->left_out += visit->priority;
        }
    }
}

void rn_account(runde_cost *cost, const rn_solution *sol,
                const runde_plan *plan)
{
    book b = {cost, sol, sol->inst};
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        enter_route(&b, route->shift, route->end, waiting_of(sol->inst, route));
    }
    const int32_t w_max_late =
        runde_problem_weights(sol->inst->problem)->weight[RUNDE_MAX_LATE];
    cost->cost[RUNDE_MAX_LATE] = cost->amount[RUNDE_MAX_LATE] * w_max_late;
    enter_idle(&b);
    enter_clients(&b);
    enter_left_out(&b);
    enter_global(&b, RUNDE_WORKLOAD_SPREAD, rn_work_spread(sol));
    enter_global(&b, RUNDE_WORKLOAD_DEVIATION, rn_work_deviation(sol));
    enter_global(&b, RUNDE_LOAD_SPREAD, rn_load_spread(sol));
    for (int32_t c = 0; c < RUNDE_CRITERIA; c++) {
        cost->wishes += cost->cost[c];
    }
}

/* Amounts of all carers, where they have a price. */
static void enter_priced(book *b, runde_criterion c, int64_t amount)
{
    if (runde_problem_weights(b->inst->problem)->weight[c] != 0) {
        enter_global(b, c, amount);
    }
}

static bool is_priced(const book *b, runde_criterion c)
{
    return runde_problem_weights(b->inst->problem)->weight[c] != 0;
}

static void enter_all_carers(book *b)
{
    const rn_solution *sol = b->sol;
    enter_priced(b, RUNDE_MAX_LATE, sol->max_late);
    enter_priced(b, RUNDE_MAX_IDLE, sol->max_idle);
    if (is_priced(b, RUNDE_WORKLOAD_SPREAD)) {
        enter_global(b, RUNDE_WORKLOAD_SPREAD, rn_work_spread(sol));
    }
    if (is_priced(b, RUNDE_WORKLOAD_DEVIATION)) {
        enter_global(b, RUNDE_WORKLOAD_DEVIATION, rn_work_deviation(sol));
    }
    if (is_priced(b, RUNDE_LOAD_SPREAD)) {
        enter_global(b, RUNDE_LOAD_SPREAD, rn_load_spread(sol));
    }
}

static void enter_unit(book *b, const rn_unit *unit)
{
    const rn_instance *inst = b->inst;
    for (int32_t i = 0; i < unit->n; i++) {
        const int32_t task = inst->unit_tasks[unit->first + i];
        const runde_visit *visit = rn_visit_of(inst, task);
        if (inst->task[task].part != 0 || visit == inst->guest ||
            b->sol->node[task].route >= 0) {
            continue;
        }
        if (visit->optional) {
            enter_client(b, RUNDE_OPTIONAL_UNSERVED, visit->client,
                         visit->price);
        } else {
            b->cost->left_out += visit->priority;
        }
    }
}

/* Is the guest not served, and its client without other visits? Then it is
 * as if there were no such client. */
static bool is_alone(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    return !rn_is_served(sol, inst->n_units) &&
           inst->client[inst->guest->client].n_tasks == inst->guest->crew;
}

/* Clients of several units are entered once. */
static bool is_first_of_client(const rn_instance *inst, const rn_part *part,
                               int32_t unit, int32_t number)
{
    const rn_unit *u = &inst->unit[part->units[unit]];
    const int32_t client =
        inst->task[inst->unit_tasks[u->first + number]].client;
    for (int32_t k = 0; k <= unit; k++) {
        const rn_unit *v = &inst->unit[part->units[k]];
        for (int32_t i = 0; i < v->n && (k < unit || i < number); i++) {
            if (inst->task[inst->unit_tasks[v->first + i]].client == client) {
                return false;
            }
        }
    }
    return true;
}

void rn_account_part(runde_cost *cost, const rn_solution *sol,
                     const rn_part *part)
{
    book b = {cost, sol, sol->inst};
    const rn_instance *inst = sol->inst;
    for (int32_t i = 0; i < part->n_shifts; i++) {
        const int32_t s = part->shifts[i];
        const int32_t end = sol->node[rn_shift_end_node(inst, s)].start;
        if (sol->route[s].n > 0) {
            enter_route(&b, s, end, rn_waiting(sol, s));
        }
        enter_global(&b, RUNDE_IDLE, rn_idle(sol, s, end));
    }
    cost->amount[RUNDE_MAX_LATE] = 0; /* of the part alone */
    for (int32_t k = 0; k < part->n_units; k++) {
        const rn_unit *unit = &inst->unit[part->units[k]];
        enter_unit(&b, unit);
        if (part->units[k] == inst->n_units && is_alone(sol)) {
            continue;
        }
        for (int32_t i = 0; i < unit->n; i++) {
            if (is_first_of_client(inst, part, k, i)) {
                enter_faces(
                    &b, inst->task[inst->unit_tasks[unit->first + i]].client);
            }
        }
    }
    enter_all_carers(&b);
    for (int32_t c = 0; c < RUNDE_CRITERIA; c++) {
        cost->wishes += cost->cost[c];
    }
}
