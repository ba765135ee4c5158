/* SPDX-License-Identifier: MIT */
#include "eval/price.h"

#include "eval/limits.h"

/* Ticks of the breaks taken in nodes' gaps; `paid` tells which count. */
static int64_t break_time(const rn_solution *sol, int32_t shift, int32_t from,
                          bool unpaid_only)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *s = &inst->shift[shift];
    int64_t sum = 0;
    for (int32_t i = from; i < s->n_breaks; i++) {
        const rn_break *b = &inst->breaks[s->first_break + i];
        const bool taken = !((sol->route[shift].missed >> i) & 1U);
        if (taken && !(unpaid_only && b->paid)) {
            sum += b->duration;
        }
    }
    return sum;
}

static int32_t breaks_missed(uint32_t missed)
{
    int32_t n = 0;
    for (; missed != 0; missed &= missed - 1) {
        n++;
    }
    return n;
}

/* Waiting of 4.1: with a late departure nothing before the first stop's
 * service is waiting. */
static int64_t waiting_of(const rn_solution *sol, int32_t shift, int32_t first,
                          int32_t first_start, int32_t end)
{
    const rn_instance *inst = sol->inst;
    const rn_route *route = &sol->route[shift];
    const int64_t work = route->travel + route->setup + route->service;
    if (inst->depart_at_start) {
        return (int64_t)end - inst->shift[shift].start - work -
               break_time(sol, shift, 0, false);
    }
    const rn_path path =
        rn_path_between(inst, shift, rn_shift_start_node(inst, shift), first);
    return (int64_t)end - first_start - (work - path.drive - path.setup) -
           break_time(sol, shift, sol->node[first].gap_hi, false);
}

int64_t rn_waiting(const rn_solution *sol, int32_t shift)
{
    const int32_t first = sol->node[rn_shift_start_node(sol->inst, shift)].next;
    return waiting_of(sol, shift, first, sol->node[first].start,
                      sol->node[rn_shift_end_node(sol->inst, shift)].start);
}

int32_t rn_idle(const rn_solution *sol, int32_t shift, int32_t end)
{
    const rn_shift *s = &sol->inst->shift[shift];
    const rn_route *route = &sol->route[shift];
    int64_t idle = (int64_t)(s->end > end ? s->end : end) - s->start -
                   break_time(sol, shift, 0, false);
    if (route->n > 0) {
        idle -= route->travel + route->setup + route->service;
    } else {
        idle = (int64_t)s->end - s->start;
        for (int32_t i = 0; i < s->n_breaks; i++) {
            idle -= sol->inst->breaks[s->first_break + i].duration;
        }
    }
    return idle > 0 ? (int32_t)idle : 0;
}

rn_cost rn_tail_cost(const rn_solution *sol, int32_t shift, int32_t first,
                     int32_t first_start, int32_t end)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *s = &inst->shift[shift];
    const rn_route *route = &sol->route[shift];
    rn_cost cost = inst->w[RUNDE_SHIFTS_USED];
    if (end > s->end) {
        cost += inst->w[RUNDE_OVERTIME] * (end - s->end);
    }
    if (route->missed != 0) {
        cost += inst->w[RUNDE_BREAKS_MISSED] * breaks_missed(route->missed);
    }
    if (inst->w[RUNDE_WAITING] != 0) {
        cost += inst->w[RUNDE_WAITING] *
                waiting_of(sol, shift, first, first_start, end);
    }
    if (inst->w[RUNDE_IDLE] != 0) {
        cost += inst->w[RUNDE_IDLE] * rn_idle(sol, shift, end);
    }
    return cost;
}

static void settle_absorb(rn_solution *sol, int32_t shift)
{
    int32_t absorb = 0;
    for (int32_t n = rn_shift_end_node(sol->inst, shift); n != RUNDE_NONE;
         n = sol->node[n].prev) {
        if (sol->node[n].absorb != absorb) {
            rn_touch(sol, n)->absorb = absorb;
        }
        absorb += sol->node[n].start - sol->node[n].ready;
    }
}

static int32_t largest_lateness(const rn_solution *sol, int32_t shift)
{
    int32_t most = 0;
    for (int32_t n = rn_shift_start_node(sol->inst, shift); n != RUNDE_NONE;
         n = sol->node[n].next) {
        most = sol->node[n].late > most ? sol->node[n].late : most;
    }
    return most;
}

static void settle_route(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    rn_route *route = rn_touch_route(sol, shift);
    const int32_t end = sol->node[rn_shift_end_node(inst, shift)].start;
    rn_cost value = 0;
    route->end = end;
    if (inst->prices_filling) {
        route->idle = rn_idle(sol, shift, end);
        settle_absorb(sol, shift);
    }
    if (inst->w[RUNDE_MAX_LATE] != 0) {
        route->late = largest_lateness(sol, shift);
    }
    if (route->n > 0) {
        const int32_t first = sol->node[rn_shift_start_node(inst, shift)].next;
        value = route->legs + route->fixed + route->timing +
                rn_tail_cost(sol, shift, first, sol->node[first].start, end);
    } else if (inst->w[RUNDE_IDLE] != 0) {
        value = inst->w[RUNDE_IDLE] * route->idle;
    }
    sol->route_cost += value - route->value;
    route->value = value;
}

int64_t rn_work_of(const rn_solution *sol, int32_t carer)
{
    const rn_instance *inst = sol->inst;
    const rn_carer_limits *c = &inst->carer[carer];
    int64_t work = 0;
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t s = inst->carer_shifts[c->first_shift + i];
        const rn_route *route = &sol->route[s];
        if (route->n > 0) {
            work += route->travel + route->setup + route->service +
                    break_time(sol, s, 0, false) - break_time(sol, s, 0, true);
        }
    }
    return work;
}

static void settle_globals(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    if (inst->w[RUNDE_MAX_LATE] != 0) {
        sol->max_late = 0;
        for (int32_t s = 0; s < inst->n_shifts; s++) {
            const int32_t late = sol->route[s].late;
            sol->max_late = late > sol->max_late ? late : sol->max_late;
        }
    }
    if (inst->w[RUNDE_MAX_IDLE] != 0) {
        sol->max_idle = 0;
        sol->next_idle = 0;
        for (int32_t s = 0; s < inst->n_shifts; s++) {
            const int32_t idle = sol->route[s].idle;
            if (idle > sol->max_idle) {
                sol->next_idle = sol->max_idle;
                sol->max_idle = idle;
            } else if (idle > sol->next_idle) {
                sol->next_idle = idle;
            }
        }
    }
    if (inst->w[RUNDE_WORKLOAD_DEVIATION] != 0) {
        sol->total_work = 0;
        for (int32_t c = 0; c < inst->n_carers; c++) {
            sol->total_work += rn_work_of(sol, c);
        }
    }
}

void rn_settle(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t i = 0; i < sol->n_dirty; i++) {
        settle_route(sol, sol->dirty[i]);
        if (inst->n_bounds > 0) {
            rn_limits_route(sol, sol->dirty[i]);
        }
        sol->is_dirty[sol->dirty[i]] = 0;
    }
    sol->n_dirty = 0;
    if (inst->has_globals) {
        settle_globals(sol);
    }
    if (inst->n_bounds > 0) {
        rn_limits_plan(sol);
    }
}

void rn_undo_and_settle(rn_solution *sol, rn_journal *journal)
{
    rn_journal_undo(sol, journal);
    sol->n_seeds = 0;
    rn_settle(sol);
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

rn_cost rn_filling_change(const rn_solution *sol, int32_t shift, int32_t later,
                          int32_t fill, int64_t waiting)
{
    const rn_instance *inst = sol->inst;
    const rn_route *route = &sol->route[shift];
    const int32_t due = inst->shift[shift].end;
    const int32_t end = route->end + later;
    int32_t idle = route->idle - fill + (end > due ? end : due) -
                   (route->end > due ? route->end : due);
    idle = idle > 0 ? idle : 0;
    rn_cost cost = inst->w[RUNDE_WAITING] * waiting +
                   inst->w[RUNDE_IDLE] * (idle - route->idle);
    if (inst->w[RUNDE_MAX_IDLE] != 0) {
        const int32_t rest =
            route->idle >= sol->max_idle ? sol->next_idle : sol->max_idle;
        cost += inst->w[RUNDE_MAX_IDLE] *
                ((idle > rest ? idle : rest) - sol->max_idle);
    }
    return cost;
}

int64_t rn_carer_load(const rn_solution *sol, int32_t carer, int32_t load)
{
    const rn_instance *inst = sol->inst;
    const rn_carer_limits *c = &inst->carer[carer];
    int64_t sum = 0;
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t s = inst->carer_shifts[c->first_shift + i];
        sum += sol->load[(size_t)s * (size_t)inst->n_loads + (size_t)load];
    }
    return sum;
}

static int64_t spread_of(const rn_solution *sol, int32_t load)
{
    const rn_instance *inst = sol->inst;
    int64_t most = INT64_MIN;
    int64_t least = INT64_MAX;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (inst->carer[c].n_shifts > 0) {
            const int64_t sum = rn_carer_load(sol, c, load);
            most = sum > most ? sum : most;
            least = sum < least ? sum : least;
        }
    }
    return most > least ? most - least : 0;
}

int64_t rn_load_spread(const rn_solution *sol)
{
    int64_t sum = 0;
    for (int32_t l = 0; l < sol->inst->n_loads; l++) {
        if (runde_problem_load(sol->inst->problem, l)->shared) {
            sum += spread_of(sol, l);
        }
    }
    return sum;
}

int64_t rn_work_spread(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    int64_t most = INT64_MIN;
    int64_t least = INT64_MAX;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (inst->carer[c].n_shifts > 0) {
            const int64_t work = rn_work_of(sol, c);
            most = work > most ? work : most;
            least = work < least ? work : least;
        }
    }
    return most > least ? most - least : 0;
}

int64_t rn_work_deviation(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    int64_t total = 0;
    int64_t n = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        n += inst->carer[c].n_shifts > 0;
        total += rn_work_of(sol, c);
    }
    int64_t sum = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (inst->carer[c].n_shifts > 0) {
            const int64_t off = rn_work_of(sol, c) * n - total;
            sum += ((off < 0 ? -off : off) + n - 1) / n;
        }
    }
    return sum;
}

static rn_cost globals(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    const rn_cost *w = inst->w;
    rn_cost cost = w[RUNDE_MAX_LATE] * sol->max_late +
                   w[RUNDE_MAX_IDLE] * larger(sol->max_idle, sol->idle_floor);
    if (w[RUNDE_WORKLOAD_DEVIATION] != 0) {
        cost += w[RUNDE_WORKLOAD_DEVIATION] * rn_work_deviation(sol);
    }
    if (w[RUNDE_WORKLOAD_SPREAD] != 0) {
        cost += w[RUNDE_WORKLOAD_SPREAD] * rn_work_spread(sol);
    }
    if (w[RUNDE_LOAD_SPREAD] != 0) {
        cost += w[RUNDE_LOAD_SPREAD] * rn_load_spread(sol);
    }
    return cost;
}

rn_cost rn_total(const rn_solution *sol)
{
    return sol->route_cost + sol->client_cost + sol->unserved_cost +
           (sol->inst->has_globals ? globals(sol) : 0) +
           (sol->inst->n_bounds > 0 ? rn_limits_cost(sol) - sol->relief : 0);
}

rn_price rn_price_of(const rn_solution *sol)
{
    rn_price price = {0, sol->left_out,
                      rn_total(sol) - sol->left_out * sol->inst->left_out_unit};
    price.wishes -= sol->inst->w[RUNDE_MAX_IDLE] *
                    (larger(sol->max_idle, sol->idle_floor) - sol->max_idle);
    if (sol->inst->n_bounds > 0) {
        price.excess = sol->excess;
        price.wishes -= rn_limits_cost(sol) + sol->steering;
    }
    return price;
}

int rn_price_compare(rn_price a, rn_price b)
{
    if (a.excess != b.excess) {
        return a.excess < b.excess ? -1 : 1;
    }
    if (a.left_out != b.left_out) {
        return a.left_out < b.left_out ? -1 : 1;
    }
    return (a.wishes > b.wishes) - (a.wishes < b.wishes);
}

/* ---------------------------------------------------------------- hours */

/* When duty begins: docs/model.md 2.1. */
static int32_t begin_of(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *s = &inst->shift[shift];
    if (inst->depart_at_start) {
        return s->start;
    }
    const int32_t start = rn_shift_start_node(inst, shift);
    const int32_t first = sol->node[start].next;
    const rn_path path = rn_path_between(inst, shift, start, first);
    const rn_window range = {sol->node[first].gap_lo, sol->node[first].gap_hi};
    int32_t ready;
    const int32_t ends =
        first >= inst->n_stops
            ? range.b
            : rn_gap_choice(sol, shift, range, s->start, path.drive, &ready);
    for (int32_t i = range.a; i < range.b; i++) {
        const rn_break *b = &inst->breaks[s->first_break + i];
        if ((sol->route[shift].missed >> i) & 1U) {
            continue;
        }
        const int32_t there = s->start + path.drive;
        if (i == ends) {
            return (there < b->a ? b->a : there) - path.drive;
        }
        return s->start < b->a && !rn_may_split(sol, shift, i, ends) ? b->a
                                                                     : s->start;
    }
    return sol->node[first].start - path.setup - path.drive;
}

int32_t rn_duty(const rn_solution *sol, int32_t shift)
{
    const int32_t end = sol->node[rn_shift_end_node(sol->inst, shift)].start;
    return (int32_t)((int64_t)end - begin_of(sol, shift) -
                     break_time(sol, shift, 0, true));
}

static int64_t min64(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max64(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The longest stretch of a week that no used shift of the carer covers. */
static bool weekly_rest_kept(const rn_solution *sol, int32_t carer,
                             int32_t week)
{
    const rn_instance *inst = sol->inst;
    const rn_carer_limits *c = &inst->carer[carer];
    const runde_settings *settings = runde_problem_settings(inst->problem);
    const int64_t day = 86400000LL / settings->tick_ms;
    const int64_t from = (int64_t)7 * week * day;
    const int64_t to = from + 7 * day;
    if (7 * (week + 1) > settings->days) {
        return true;
    }
    int64_t free_since = from;
    int64_t longest = 0;
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t s = inst->carer_shifts[c->first_shift + i];
        if (sol->route[s].n == 0) {
            continue;
        }
        const int64_t end = max64(sol->node[rn_shift_end_node(inst, s)].start,
                                  inst->shift[s].end);
        longest = max64(longest, min64(inst->shift[s].start, to) - free_since);
        free_since = max64(free_since, end);
    }
    return max64(longest, to - free_since) >= c->weekly_rest;
}

static bool carer_hours_allow(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t carer = inst->shift[shift].carer;
    const rn_carer_limits *c = &inst->carer[carer];
    const int32_t day = inst->shift[shift].day;
    const int32_t week = inst->shift[shift].week;
    int64_t in_day = 0;
    int64_t in_week = 0;
    int64_t in_all = 0;
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t s = inst->carer_shifts[c->first_shift + i];
        if (sol->route[s].n > 0) {
            const int64_t duty = rn_duty(sol, s);
            in_all += duty;
            in_week += inst->shift[s].week == week ? duty : 0;
            in_day += inst->shift[s].day == day ? duty : 0;
        }
    }
    if (in_day > c->max_per_day || in_week > c->max_per_week ||
        in_all > c->max_per_horizon) {
        return false;
    }
    return c->weekly_rest == 0 || (weekly_rest_kept(sol, carer, week) &&
                                   weekly_rest_kept(sol, carer, week + 1));
}

bool rn_hours_allow(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *s = &inst->shift[shift];
    if (sol->route[shift].n == 0) {
        return true;
    }
    const rn_carer_limits *c = &inst->carer[s->carer];
    if (s->max_duty < RN_TIME_MAX && rn_duty(sol, shift) > s->max_duty) {
        return false;
    }
    const bool limited = c->max_per_day < RN_COST_INF ||
                         c->max_per_week < RN_COST_INF ||
                         c->max_per_horizon < RN_COST_INF || c->weekly_rest > 0;
    return !limited || carer_hours_allow(sol, shift);
}

bool rn_hours_hold(const rn_solution *sol)
{
    if (!sol->inst->limits_hours) {
        return true;
    }
    for (int32_t i = 0; i < sol->n_dirty; i++) {
        if (!rn_hours_allow(sol, sol->dirty[i])) {
            return false;
        }
    }
    return true;
}
