/* SPDX-License-Identifier: MIT */
#include "plan/live.h"

#include <string.h>

#include "base/alloc.h"
#include "plan/freeze.h"
#include "plan/survey.h"
#include "search/retime.h"

/* ------------------------------------------------------------ life cycle */

static bool is_whole(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        if ((sol->node[t].route >= 0) !=
            rn_is_served(sol, inst->task[t].unit)) {
            return false;
        }
    }
    return true;
}

/* The workload a carer would have if all shared alike. */
static int64_t mean_work(const rn_solution *sol)
{
    int32_t carers = 0;
    for (int32_t c = 0; c < sol->inst->n_carers; c++) {
        carers += sol->inst->carer[c].n_shifts > 0;
    }
    return carers > 0 ? sol->total_work / carers : 0;
}

static runde_status build(rn_live *live, const runde_plan *plan)
{
    runde_status status = rn_instance_new(&live->inst, live->problem);
    if (status == RUNDE_OK) {
        status = rn_instance_make_room(live->inst);
    }
    if (status == RUNDE_OK) {
        status = rn_solution_new(&live->sol, live->inst);
    }
    if (status == RUNDE_OK) {
        status = rn_finder_new(&live->finder, live->sol, &live->rng);
    }
    if (status == RUNDE_OK) {
        live->shifts =
            rn_calloc((size_t)live->inst->n_shifts + 1, sizeof *live->shifts);
        status =
            live->shifts == NULL ? RUNDE_E_NOMEM : rn_retime(live->sol, plan);
    }
    return status;
}

runde_status rn_live_new(rn_live **out, const runde_problem *problem,
                         const runde_plan *plan)
{
    rn_live *live = rn_calloc(1, sizeof *live);
    *out = NULL;
    if (live == NULL) {
        return RUNDE_E_NOMEM;
    }
    live->problem = problem;
    rn_rng_init(&live->rng, 0, 0);
    runde_status status = build(live, plan);
    if (status == RUNDE_OK) {
        live->price = rn_price_of(live->sol);
        live->finder->mean_work = mean_work(live->sol);
        if (!is_whole(live->sol) || live->price.excess > 0) {
            status = RUNDE_E_INVALID;
        }
    }
    if (status != RUNDE_OK) {
        rn_live_free(live);
        return status;
    }
    *out = live;
    return RUNDE_OK;
}

void rn_live_free(rn_live *live)
{
    if (live != NULL) {
        rn_finder_free(live->finder);
        rn_solution_free(live->sol);
        rn_instance_free(live->inst);
        rn_free(live->shifts);
        rn_free(live);
    }
}

/* --------------------------------------------------------------- the guest */

/* A client without visits counts for nothing: with the guest it does. */
static rn_cost base_of(const rn_instance *inst, int32_t client)
{
    const rn_client *c = &inst->client[client];
    const int32_t over = c->n_past - c->max_carers;
    return c->n_tasks > 0
               ? 0
               : c->w_distinct * c->n_past +
                     (c->max_carers > 0 && over > 0 ? c->w_over * over : 0);
}

runde_status rn_live_seat(rn_live *live, const runde_visit *visit)
{
    rn_instance *inst = live->inst;
    live->guest = *visit;
    if (live->guest.place == RUNDE_NONE) {
        live->guest.place =
            runde_problem_client(live->problem, visit->client)->place;
    }
    live->guest.crew = visit->crew == 0 ? 1 : visit->crew;
    live->guest_base = base_of(inst, visit->client);
    const runde_status status = rn_instance_seat(inst, &live->guest);
    if (status == RUNDE_OK) {
        live->sol->unserved_cost += inst->unit[inst->n_units].price;
        live->sol->client_cost += live->guest_base;
    }
    return status;
}

void rn_live_unseat(rn_live *live)
{
    rn_instance *inst = live->inst;
    live->sol->unserved_cost -= inst->unit[inst->n_units].price;
    live->sol->client_cost -= live->guest_base;
    rn_instance_unseat(inst);
}

/* ---------------------------------------------------------------- scripts */

static bool insert_at(rn_live *live, int32_t task, const rn_slot *slot)
{
    return slot->prev != RUNDE_NONE && rn_insert(live->sol, task, slot);
}

/* The whole unit: task `lead` in the shift, the others in turn wherever they
 * cost least. */
static bool insert_unit(rn_live *live, const rn_step *step)
{
    const rn_unit *unit = &live->inst->unit[step->unit];
    const int32_t *tasks = live->inst->unit_tasks + unit->first;
    const bool anywhere = step->shift == RN_ANYWHERE;
    const rn_survey *const survey =
        live->survey != NULL && live->survey->unit == step->unit ? live->survey
                                                                 : NULL;
    if (!anywhere) {
        const rn_slot slot =
            survey != NULL
                ? survey->alone[step->lead * live->inst->n_shifts + step->shift]
                : rn_best_in_shift(live->finder, tasks[step->lead],
                                   step->shift);
        if (!insert_at(live, tasks[step->lead], &slot)) {
            return false;
        }
    }
    for (int32_t i = 0; i < unit->n; i++) {
        if (i == step->lead && !anywhere) {
            continue;
        }
        const rn_slot slot =
            survey != NULL
                ? rn_survey_best(live, i)
                : rn_best_slot(live->finder, tasks[i], RN_COST_INF / 2);
        if (!insert_at(live, tasks[i], &slot)) {
            return false;
        }
    }
    return true;
}

static bool remove_unit(rn_live *live, int32_t unit)
{
    rn_remove_unit(live->sol, unit);
    return rn_schedule_removals(live->sol);
}

bool rn_live_run(rn_live *live, const rn_script *script)
{
    rn_solution *sol = live->sol;
    rn_journal_begin(sol, &sol->outer);
    for (int32_t i = 0; i < script->n; i++) {
        const rn_step *step = &script->step[i];
        const bool holds = step->shift == RN_OUT ? remove_unit(live, step->unit)
                                                 : insert_unit(live, step);
        if (!holds || !rn_hours_hold(sol)) {
            return false;
        }
        rn_settle(sol);
    }
    return rn_price_of(sol).excess <= live->price.excess;
}

void rn_live_undo(rn_live *live)
{
    rn_undo_and_settle(live->sol, &live->sol->outer);
}

/* ---------------------------------------------------------------- reports */

/* Stops of the route in front of a task. */
static int32_t position_of(const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const uint32_t missed = sol->route[sol->node[task].route].missed;
    int32_t n = 0;
    for (int32_t b = 0; b < sol->node[task].gap_hi; b++) {
        n += !((missed >> b) & 1U);
    }
    for (int32_t x = sol->node[task].prev; x < inst->n_stops;
         x = sol->node[x].prev) {
        n++;
    }
    return n;
}

/* The units of a script, each once: the one asked for first. */
static int32_t units_of(const rn_script *script, int32_t *units)
{
    int32_t n = 1;
    units[0] = script->asked;
    for (int32_t i = 0; i < script->n; i++) {
        bool is_new = true;
        for (int32_t k = 0; k < n; k++) {
            is_new = is_new && units[k] != script->step[i].unit;
        }
        if (is_new) {
            units[n++] = script->step[i].unit;
        }
    }
    return n;
}

static void write_moves(const rn_live *live, int32_t unit, runde_offer *offer,
                        runde_move *moves)
{
    const rn_instance *inst = live->inst;
    const rn_solution *sol = live->sol;
    const rn_unit *u = &inst->unit[unit];
    for (int32_t i = 0; i < u->n && offer->n_moves < RN_MOST_MOVES; i++) {
        const int32_t task = inst->unit_tasks[u->first + i];
        const rn_node *x = &sol->node[task];
        if (x->route >= 0) {
            runde_move *move = &moves[offer->n_moves++];
            move->visit = inst->task[task].visit;
            move->part = inst->task[task].part;
            move->shift = x->route;
            move->start = x->start;
            move->position = position_of(sol, task);
        }
    }
}

/* Where the plan has what moves. */
static void write_origins(const rn_live *live, const runde_offer *offer,
                          runde_move *moves)
{
    for (int32_t i = 0; i < offer->n_moves; i++) {
        const int32_t task =
            live->inst->first_task[moves[i].visit] + moves[i].part;
        const rn_node *x = &live->sol->node[task];
        const bool was = x->route >= 0;
        moves[i].from_shift = was ? x->route : RUNDE_NONE;
        moves[i].from_start = was ? x->start : RUNDE_TIME_NONE;
    }
}

static void subtract(runde_cost *from, const runde_cost *what)
{
    from->left_out -= what->left_out;
    from->wishes -= what->wishes;
    for (int32_t c = 0; c < RUNDE_CRITERIA; c++) {
        from->amount[c] -= what->amount[c];
        from->cost[c] -= what->cost[c];
    }
}

/* The routes that the script changes, each once. */
static runde_status write_routes(const rn_live *live, const rn_part *part,
                                 rn_arena *arena, runde_offer *offer)
{
    runde_route *routes =
        rn_arena_array(arena, (size_t)part->n_shifts + 1, sizeof *routes);
    runde_status status = routes == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    offer->routes = routes;
    for (int32_t i = 0; status == RUNDE_OK && i < part->n_shifts; i++) {
        status = rn_freeze_route(&routes[offer->n_routes++], arena, live->sol,
                                 part->shifts[i]);
    }
    return status;
}

runde_status rn_live_report(rn_live *live, const rn_script *script,
                            rn_arena *arena, runde_offer *offer)
{
    rn_solution *sol = live->sol;
    const runde_cost none = RUNDE_COST_INIT;
    runde_cost before = none;
    int32_t units[RN_MOST_STEPS + 1];
    runde_move moves[RN_MOST_MOVES] = {0};
    rn_part part = {live->shifts, 0, units, units_of(script, units)};
    offer->change = none;
    offer->n_moves = 0;
    offer->n_routes = 0;
    (void)rn_live_run(live, script);
    for (int32_t i = 0; i < sol->outer.n_routes; i++) {
        live->shifts[part.n_shifts++] = sol->outer.routes[i].index;
    }
    rn_account_part(&offer->change, sol, &part);
    for (int32_t k = 0; k < part.n_units; k++) {
        write_moves(live, units[k], offer, moves);
    }
    const runde_status status = write_routes(live, &part, arena, offer);
    rn_live_undo(live);
    rn_account_part(&before, sol, &part);
    subtract(&offer->change, &before);
    write_origins(live, offer, moves);
    offer->moves = rn_arena_dup(arena, moves, (size_t)offer->n_moves,
                                sizeof *offer->moves);
    return offer->moves == NULL ? RUNDE_E_NOMEM : status;
}
