/* SPDX-License-Identifier: MIT */
/* The search as a whole: memory, iterations, acceptance. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "search/blind.h"
#include "search/breaks.h"
#include "search/chance.h"
#include "search/search.h"
#include "search/tails.h"

/* The most that a unit over a limit is multiplied with. */
#define MOST_PRESSURE ((int64_t)1 << 30)
/* First and last temperature, in what a task costs on average and in what a
 * quarter of the iterations changes at the most. */
#define FIRST_BY_TASK 5.0
#define FIRST_BY_CHANGE 12.0
#define LAST_BY_TASK 0.05
#define LAST_BY_CHANGE 0.06
/* One iteration in so many swaps the tails of two routes. */
#define TAILS_ONE_IN 4
/* The same in large plans when so many were in vain, one after the other: an
 * activity that closes every shift, for one, stops them all. */
#define TAILS_IN_VAIN 500
#define VAIN_TAILS_ONE_IN 64
/* Iterations of absence that are worth what a task costs on average. */
#define ABSENCE_WORTH 100.0
/* The most that relief is worth, in tasks. */
#define MOST_RELIEF 20.0

runde_status rn_search_new(rn_search **out, const rn_instance *inst,
                           uint64_t seed)
{
    const size_t units = (size_t)inst->n_units + 1;
    *out = NULL;
    rn_search *s = rn_calloc(1, sizeof *s);
    if (s == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    s->arena = arena;
    s->inst = inst;
    s->keeps_best = true;
    s->habits = RN_EVERYTHING;
    rn_rng_init(&s->rng, seed, 0);
    s->bank = rn_arena_array(&s->arena, units, sizeof *s->bank);
    s->work = rn_arena_array(&s->arena, 2 * units, sizeof *s->work);
    s->key = rn_arena_array(&s->arena, 2 * units, sizeof *s->key);
    s->moved =
        rn_arena_array(&s->arena, (size_t)inst->n_tasks + 1, sizeof *s->moved);
    s->banked = rn_arena_array(&s->arena, units, sizeof *s->banked);
    s->absent = rn_arena_array(&s->arena, units, sizeof *s->absent);
    s->deadline = rn_arena_array(&s->arena, (size_t)inst->n_nodes + 1,
                                 sizeof *s->deadline);
    s->ruined = rn_arena_array(&s->arena, (size_t)inst->n_shifts + 1,
                               sizeof *s->ruined);
    s->asked = RUNDE_NONE;
    s->mover = RUNDE_NONE;
    s->is_large = inst->n_tasks > RN_LARGE;
    s->is_vast = inst->n_tasks > RN_VAST;
    s->route_stamp = rn_arena_array(&s->arena, (size_t)inst->n_shifts + 1,
                                    sizeof *s->route_stamp);
    s->served_by = rn_arena_array(&s->arena, (size_t)inst->n_tasks + 1,
                                  sizeof *s->served_by);
    runde_status status = RUNDE_E_NOMEM;
    if (s->bank != NULL && s->work != NULL && s->key != NULL &&
        s->banked != NULL && s->moved != NULL && s->absent != NULL &&
        s->deadline != NULL && s->ruined != NULL && s->route_stamp != NULL &&
        s->served_by != NULL) {
        status = rn_solution_new(&s->sol, inst);
    }
    if (status == RUNDE_OK) {
        status = rn_finder_new(&s->finder, s->sol, &s->rng);
    }
    if (status == RUNDE_OK) {
        status = rn_best_new(&s->best, s->sol);
    }
    if (status != RUNDE_OK) {
        rn_search_free(s);
        return status;
    }
    rn_settle(s->sol);
    s->best->price = rn_price_of(s->sol);
    s->never_empty = s->sol->growing > 0;
    if (inst->n_bounds > 0) {
        rn_best_save(s->best, s->sol, s->best->price);
    }
    for (int32_t u = 0; u < inst->n_units; u++) {
        s->bank[s->n_bank++] = u;
    }
    *out = s;
    return RUNDE_OK;
}

void rn_search_free(rn_search *s)
{
    if (s != NULL) {
        rn_best_free(s->best);
        rn_finder_free(s->finder);
        rn_solution_free(s->sol);
        rn_arena_free(&s->arena);
        rn_free(s);
    }
}

static void update_mean_tasks(rn_search *s)
{
    int32_t used = 0;
    int32_t tasks = 0;
    for (int32_t r = 0; r < s->inst->n_shifts; r++) {
        used += s->sol->route[r].n > 0;
        tasks += s->sol->route[r].n;
    }
    s->mean_tasks = used > 0 ? (double)tasks / used : 1.0;
}

int64_t rn_mean_work(const rn_solution *sol)
{
    int32_t carers = 0;
    for (int32_t c = 0; c < sol->inst->n_carers; c++) {
        carers += sol->inst->carer[c].n_shifts > 0;
    }
    return carers > 0 ? sol->total_work / carers : 0;
}

static void update_mean_work(rn_search *s)
{
    s->finder->mean_work = rn_mean_work(s->sol);
}

static void put_in_bank(rn_search *s, int32_t unit)
{
    const bool must = s->inst->unit[unit].left_out > 0;
    s->banked[unit] = s->bank_stamp;
    s->is_lacking = s->is_lacking || (must && s->absent[unit] < RN_HOPELESS);
    s->has_hopeless =
        s->has_hopeless || (must && s->absent[unit] >= RN_HOPELESS);
    s->bank[s->n_bank++] = unit;
}

/* What is left out now, in order. */
static void rebuild_bank(rn_search *s)
{
    const int32_t n = s->n_bank;
    s->bank_stamp++;
    s->is_lacking = false;
    s->has_hopeless = false;
    s->n_bank = 0;
    for (int32_t i = 0; i < n; i++) {
        if (!rn_is_served(s->sol, s->bank[i])) {
            put_in_bank(s, s->bank[i]);
        }
    }
    for (int32_t i = 0; i < s->n_work; i++) {
        const int32_t u = s->work[i];
        if (!rn_is_served(s->sol, u) && s->banked[u] != s->bank_stamp) {
            put_in_bank(s, u);
        }
    }
}

void rn_search_resume(rn_search *s)
{
    rn_settle(s->sol);
    s->n_work = 0;
    rebuild_bank(s);
    update_mean_tasks(s);
    update_mean_work(s);
    s->current = rn_total(s->sol);
}

bool rn_search_adopt(rn_search *s, const rn_solution *plan)
{
    rn_solution_copy(s->sol, plan);
    for (s->n_bank = 0; s->n_bank < s->inst->n_units; s->n_bank++) {
        s->bank[s->n_bank] = s->n_bank; /* the served ones leave at once */
    }
    rn_search_resume(s);
    rn_best_note_all(s->best, s->sol);
    const rn_price price = rn_price_of(s->sol);
    if (rn_price_compare(price, s->best->price) >= 0) {
        return false;
    }
    rn_best_save(s->best, s->sol, price);
    return true;
}

static void undo(rn_search *s)
{
    rn_undo_and_settle(s->sol, &s->sol->outer);
}

static int64_t absence_of(const rn_search *s, int32_t unit)
{
    const bool counts =
        s->inst->unit[unit].left_out > 0 && s->absent[unit] < RN_HOPELESS;
    return counts && !rn_is_served(s->sol, unit) ? s->absent[unit] : 0;
}

/* How long the mandatory units of the bank have been left out, but for those
 * served again. */
static int64_t bank_absence(const rn_search *s)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < s->n_bank; i++) {
        sum += absence_of(s, s->bank[i]);
    }
    return sum;
}

/* The same with those that were taken out since. */
static int64_t absence(const rn_search *s)
{
    int64_t sum = bank_absence(s);
    for (int32_t i = 0; i < s->n_work; i++) {
        const int32_t u = s->work[i];
        sum += s->banked[u] != s->bank_stamp ? absence_of(s, u) : 0;
    }
    return sum;
}

static void count_absence(rn_search *s)
{
    for (int32_t i = 0; i < s->n_bank; i++) {
        s->absent[s->bank[i]] += s->absent[s->bank[i]] < RN_HOPELESS;
    }
}

/* A unit that has been left out for long is let in for another that has not,
 * even where that costs more, if no more is left out by priority: the other
 * may fit elsewhere. After the absence
 * counters of Christiaens and Vanden Berghe (2020), with a price. */
static rn_cost relief(const rn_search *s, int64_t less_absent)
{
    if (!rn_does(s, RN_ABSENCE)) {
        return 0;
    }
    const double per_task = (double)s->best->price.wishes / s->inst->n_tasks;
    const double worth = (double)less_absent / ABSENCE_WORTH;
    return (rn_cost)(per_task * (worth < MOST_RELIEF ? worth : MOST_RELIEF));
}

/* Two routes exchange their tails; the cost it leads to or RN_COST_INF. */
static rn_cost exchange(rn_search *s, rn_cost limit)
{
    s->n_work = 0;
    s->asked = RUNDE_NONE;
    rn_journal_begin(s->sol, &s->sol->outer);
    if (!rn_swap_tails(s, limit - s->current)) {
        return RN_COST_INF;
    }
    rn_settle(s->sol);
    rn_place_breaks(s);
    const rn_cost cost = rn_total(s->sol);
    return cost < limit ? cost : RN_COST_INF;
}

/* Ruins, for this unit or at random, and recreates; the cost it leads to,
 * RN_COST_INF when that is not worth `limit`. */
static rn_cost attempt(rn_search *s, int32_t unit, rn_cost limit)
{
    count_absence(s);
    const int64_t left_out = s->sol->left_out;
    s->max_idle = s->sol->max_idle;
    rn_journal_begin(s->sol, &s->sol->outer);
    if (unit == RUNDE_NONE) {
        rn_ruin(s);
    } else if (!rn_ruin_for(s, unit)) {
        return RN_COST_INF;
    }
    const int64_t before = s->asked >= 0 ? bank_absence(s) : 0;
    rn_drop_breaks(s);
    if (s->slice.n == 0) {
        rn_place_blindly(s);
    }
    /* A break that now opens a route can make its duty longer. */
    if (!rn_schedule_removals(s->sol) || !rn_hours_hold(s->sol)) {
        return RN_COST_INF;
    }
    rn_settle(s->sol);
    const rn_cost most = s->asked >= 0 ? limit + relief(s, before) : limit;
    if (!rn_recreate(s, most)) {
        return RN_COST_INF;
    }
    rn_place_breaks(s);
    const rn_cost cost = rn_total(s->sol);
    if (s->asked >= 0 && cost >= limit && s->sol->left_out <= left_out) {
        limit += relief(s, before - absence(s));
    }
    return cost < limit ? cost : RN_COST_INF;
}

/* What the plan has too much of becomes dearer while it does, and cheaper
 * again once it does not. */
static void press(rn_search *s)
{
    enum { EVERY = 16, THIN_EVERY = 64 };
    rn_solution *sol = s->sol;
    if (s->inst->n_bounds == 0 || ++s->n_presses % EVERY != 0) {
        return;
    }
    if (sol->excess == 0) {
        sol->pressure -= sol->pressure / 4;
    } else if (sol->pressure < MOST_PRESSURE) {
        sol->pressure *= 2;
    }
    if (s->n_presses % THIN_EVERY == 0) {
        rn_save_thinned(s);
    }
    s->current = rn_total(sol);
}

/* Goes on from the plan at hand if it has a cost, else from the one before.
 * True for a new best. */
static bool accept(rn_search *s, rn_cost cost)
{
    if (cost >= RN_COST_INF || s->sol->growing > s->growing) {
        undo(s);
        return false;
    }
    s->growing = s->sol->growing;
    if (s->keeps_best) {
        rn_best_note(s->best, s->sol);
    }
    if (s->is_near) {
        rn_note_strays(s);
    }
    s->sol->outer.on = false;
    s->current = cost;
    rebuild_bank(s);
    if (!s->keeps_best) {
        return false;
    }
    const rn_price price = rn_price_of(s->sol);
    if (s->routes != NULL) {
        rn_pool_note(s->routes, s->sol, price, s->best->price);
    }
    if (rn_price_compare(price, s->best->price) >= 0) {
        return false;
    }
    rn_best_save(s->best, s->sol, price);
    update_mean_tasks(s);
    update_mean_work(s);
    return true;
}

static bool swaps_tails(rn_search *s)
{
    const bool in_vain = s->is_large && s->tails_in_vain >= TAILS_IN_VAIN;
    return rn_does(s, RN_TAILS) && !s->is_near &&
           rn_rng_below(&s->rng, in_vain ? VAIN_TAILS_ONE_IN : TAILS_ONE_IN) ==
               0;
}

void rn_loosen(rn_search *s, double share)
{
    rn_solution *sol = s->sol;
    const int32_t n = s->inst->n_shifts;
    if (s->inst->w[RUNDE_MAX_IDLE] == 0 || n < 1 || !rn_does(s, RN_LOOSE)) {
        return;
    }
    int64_t sum = 0;
    for (int32_t r = 0; r < n; r++) {
        sum += sol->route[r].idle;
    }
    sol->idle_floor = (int32_t)((double)sum / n * (1.0 + share));
    s->current = rn_total(sol);
}

bool rn_iterate(rn_search *s, double temperature)
{
    press(s);
    s->temperature = temperature;
    const double u = 1.0 - rn_rng_unit(&s->rng);
    /* At least 1, so that plans of the same cost are walked through. */
    const rn_cost limit = s->current + 1 + (rn_cost)(-temperature * rn_log(u));
    if (!swaps_tails(s)) {
        return accept(s, attempt(s, RUNDE_NONE, limit));
    }
    const rn_cost cost = exchange(s, limit);
    s->tails_in_vain = cost < RN_COST_INF ? 0 : s->tails_in_vain + 1;
    return accept(s, cost);
}

bool rn_iterate_for(rn_search *s, int32_t unit)
{
    return accept(s, attempt(s, unit, s->current + 1));
}

int32_t rn_count_left_out(const rn_search *s)
{
    const rn_instance *inst = s->inst;
    int32_t n = 0;
    if (s->best->price.left_out == 0) {
        return 0;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        n += s->best->node[t].route < 0 && inst->task[t].part == 0 &&
             !runde_problem_visit(inst->problem, inst->task[t].visit)->optional;
    }
    return n;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* The lower quartile is of iterations that only moved things; the upper half
 * often failed to serve all and says nothing. Fixed parts of the price (past
 * carers, say) inflate the cost per task but not the quartile, spreads and
 * the like the quartile; hence the smaller of the two. */
rn_heat rn_sample_heat(rn_search *s)
{
    enum { SAMPLES = 64 };
    double change[SAMPLES];
    int32_t n = 0;
    for (int32_t i = 0; i < SAMPLES; i++) {
        const rn_cost cost = attempt(s, RUNDE_NONE, RN_COST_INF);
        if (cost < RN_COST_INF && cost != s->current) {
            const double d = (double)(cost - s->current);
            change[n++] = d < 0.0 ? -d : d;
        }
        undo(s);
    }
    double per_task = (double)s->best->price.wishes / s->inst->n_tasks;
    double quartile = per_task;
    if (n > 0) {
        qsort(change, (size_t)n, sizeof *change, by_size);
        quartile = change[n / 4];
    }
    per_task = per_task > 0.1 ? per_task : quartile;
    rn_heat heat;
    heat.first = least(FIRST_BY_TASK * per_task, FIRST_BY_CHANGE * quartile);
    heat.last = least(LAST_BY_TASK * per_task, LAST_BY_CHANGE * quartile);
    heat.first = heat.first > 1.0 ? heat.first : 1.0;
    heat.last = heat.last > 0.01 ? heat.last : 0.01;
    return heat;
}
