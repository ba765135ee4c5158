/* SPDX-License-Identifier: MIT */
#include "eval/trial.h"

/* A task on trial that is pushed on by what it pushed itself goes round in a
 * circle. Linked pairs with room between them may move once or twice. */
#define MOST_MOVES 2

/* Routes whose end or first stop may have moved. A trial that reaches more
 * than this many is refused. */
#define MAX_ROUTES 64

typedef struct trial {
    rn_solution *sol;
    rn_cost cost;     /**< so far */
    rn_cost most;     /**< gives up as soon as it costs that much */
    int32_t max_late; /**< the plan's largest lateness with the moves */
    int64_t steps;    /**< moves left */
    rn_ring ring;     /**< moved, and what follows still to be looked at */
    int32_t routes[MAX_ROUTES];
    rn_cost before[MAX_ROUTES];
    int32_t n_routes;
    int32_t n_moves;
    int32_t task[2];
} trial;

static int32_t start_now(const rn_solution *sol, int32_t n)
{
    return sol->over_stamp[n] == sol->over_epoch ? sol->over_start[n]
                                                 : sol->node[n].start;
}

/* What a shift costs by its times, before or after. */
static rn_cost tail_now(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_route *route = &sol->route[shift];
    if (route->n == 0) {
        /* Its use is part of what the first task costs anyway. */
        return inst->w[RUNDE_IDLE] * route->idle + inst->w[RUNDE_SHIFTS_USED];
    }
    const int32_t first = sol->node[rn_shift_start_node(inst, shift)].next;
    const int32_t last = rn_shift_end_node(inst, shift);
    return rn_tail_cost(sol, shift, first, start_now(sol, first),
                        start_now(sol, last));
}

/* Remembers what a route cost before its first node moves. */
static bool meet_route(trial *t, int32_t shift)
{
    for (int32_t i = 0; i < t->n_routes; i++) {
        if (t->routes[i] == shift) {
            return true;
        }
    }
    if (t->n_routes == MAX_ROUTES) {
        return false;
    }
    t->routes[t->n_routes] = shift;
    t->before[t->n_routes] = tail_now(t->sol, shift);
    t->n_routes++;
    return true;
}

/* A task that starts so late may be the latest of all. */
static void meet_lateness(trial *t, int32_t task, int32_t start)
{
    const rn_cost w = t->sol->inst->w[RUNDE_MAX_LATE];
    const int32_t late = w == 0 ? 0 : rn_lateness(t->sol->inst, task, start);
    if (late > t->max_late) {
        t->cost += w * (late - t->max_late);
        t->max_late = late;
    }
}

static bool move_end(trial *t, int32_t n, int32_t was, int32_t to)
{
    const rn_solution *sol = t->sol;
    const rn_instance *inst = sol->inst;
    const int32_t shift = sol->node[n].route;
    if (to > rn_end_limit(sol, shift) || to > sol->node[n].ceiling) {
        return false;
    }
    const int32_t end = inst->shift[shift].end;
    if (!inst->prices_filling && to > end) {
        t->cost += inst->w[RUNDE_OVERTIME] * (to - (was > end ? was : end));
    }
    return true;
}

/* Starts `n` at `at_least` or later, which is after `was`. False when that
 * cannot be, or costs too much. */
static bool move_to(trial *t, int32_t n, int32_t was, int32_t at_least)
{
    rn_solution *sol = t->sol;
    const rn_instance *inst = sol->inst;
    int32_t to = at_least;
    if (t->steps-- == 0 ||
        (inst->prices_filling && !meet_route(t, sol->node[n].route))) {
        return false;
    }
    if (n >= inst->n_stops) {
        if (!move_end(t, n, was, to)) {
            return false;
        }
    } else {
        to = rn_first_start(inst, n, at_least);
        if (to > sol->node[n].ceiling || to >= RN_NEVER) {
            return false;
        }
        if (n < inst->n_tasks) {
            t->cost += rn_start_cost(inst, n, to) - rn_start_cost(inst, n, was);
            meet_lateness(t, n, to);
            if ((n == t->task[0] || n == t->task[1]) &&
                t->n_moves++ >= MOST_MOVES) {
                return false;
            }
        }
    }
    sol->over_stamp[n] = sol->over_epoch;
    sol->over_start[n] = to;
    return t->cost < t->most;
}

/* Moves the tasks linked to `n` and has them followed later. */
static bool push_links(trial *t, int32_t n, int32_t start)
{
    rn_solution *sol = t->sol;
    const rn_task *task = &sol->inst->task[n];
    for (int32_t i = 0; i < task->n_arcs; i++) {
        const rn_arc *arc = &sol->inst->arcs[task->first_arc + i];
        rn_window gap;
        if (!rn_arc_gap(sol, n, arc, &gap) || gap.a == RN_TIME_MIN) {
            continue;
        }
        const int32_t was = start_now(sol, arc->other);
        if (start + gap.a > was) {
            if (!move_to(t, arc->other, was, start + gap.a)) {
                return false;
            }
            rn_ring_put(sol, &t->ring, arc->other);
        }
    }
    return true;
}

/* Follows the route from `n` on, for as long as something moves. */
static bool push(trial *t, int32_t n)
{
    const rn_solution *sol = t->sol;
    const rn_instance *inst = sol->inst;
    int32_t start = start_now(sol, n);
    for (;;) {
        if (n < inst->n_tasks && !push_links(t, n, start)) {
            return false;
        }
        const int32_t next = sol->node[n].next;
        if (next == RUNDE_NONE) {
            return true;
        }
        const int32_t was = start_now(sol, next);
        const int32_t ready =
            rn_arrival(sol, next, start + inst->stop[n].duration);
        if (ready <= was) {
            return true;
        }
        if (!move_to(t, next, was, ready)) {
            return false;
        }
        n = next;
        start = sol->over_start[n];
    }
}

/* Pointers and sums only, so that pushing walks the route as it would be. */
static void link(rn_solution *sol, const rn_try *one, int sign)
{
    const rn_instance *inst = sol->inst;
    const rn_detour *way = one->way;
    rn_node *x = &sol->node[one->task];
    rn_node *prev = &sol->node[one->slot.prev];
    rn_node *next = &sol->node[sign > 0 ? prev->next : x->next];
    if (sign > 0) {
        x->prev = one->slot.prev;
        x->next = prev->next;
        x->route = prev->route;
        x->gap_lo = next->gap_lo;
        x->gap_hi = one->slot.split;
        x->drive = way->in.drive;
        prev->next = one->task;
        next->prev = one->task;
        next->gap_lo = one->slot.split;
        next->drive = way->out.drive;
    } else {
        prev->next = x->next;
        next->prev = x->prev;
        next->gap_lo = x->gap_lo;
        next->drive = way->old.drive;
    }
    if (inst->prices_filling) {
        rn_route *route = &sol->route[x->route];
        route->travel +=
            (int64_t)sign * (way->in.drive + way->out.drive - way->old.drive);
        route->setup +=
            (int64_t)sign * (way->in.setup + way->out.setup - way->old.setup);
        route->service += (int64_t)sign * inst->stop[one->task].duration;
        route->n += sign;
    }
    if (sign < 0) {
        x->route = RUNDE_NONE;
    }
}

/* What follows in a shift without a schedule starts anew. */
static void forget_starts(rn_solution *sol, int32_t task)
{
    for (int32_t n = sol->node[task].next; n != RUNDE_NONE;
         n = sol->node[n].next) {
        sol->over_stamp[n] = sol->over_epoch;
        sol->over_start[n] = RN_TIME_MIN;
    }
}

static rn_cost idle_cost(const trial *t)
{
    const rn_solution *sol = t->sol;
    const rn_instance *inst = sol->inst;
    if (inst->w[RUNDE_MAX_IDLE] == 0) {
        return 0;
    }
    /* Only a route that was the idlest can lower the maximum. By itself, not
     * by sol->idle_floor: places are chosen as if nothing was let pass, and
     * rn_total says what it came to. */
    bool was_most = false;
    int32_t most = 0;
    for (int32_t i = 0; i < t->n_routes; i++) {
        const int32_t s = t->routes[i];
        const int32_t end = start_now(sol, rn_shift_end_node(inst, s));
        const int32_t idle = rn_idle(sol, s, end);
        most = idle > most ? idle : most;
        was_most = was_most || sol->route[s].idle >= sol->max_idle;
    }
    if (!was_most) {
        return most > sol->max_idle
                   ? inst->w[RUNDE_MAX_IDLE] * (most - sol->max_idle)
                   : 0;
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        bool moved = false;
        for (int32_t i = 0; i < t->n_routes; i++) {
            moved = moved || t->routes[i] == s;
        }
        most = !moved && sol->route[s].idle > most ? sol->route[s].idle : most;
    }
    return inst->w[RUNDE_MAX_IDLE] * (most - sol->max_idle);
}

static bool run(trial *t)
{
    const rn_solution *sol = t->sol;
    while (t->ring.n > 0) {
        if (!push(t, rn_ring_take(t->sol, &t->ring))) {
            return false;
        }
    }
    for (int32_t i = 0; i < t->n_routes; i++) {
        t->cost += tail_now(sol, t->routes[i]) - t->before[i];
    }
    t->cost += idle_cost(t);
    return true;
}

/* Puts a task where it is tried. */
static void begin(trial *t, const rn_try *one)
{
    rn_solution *sol = t->sol;
    const int32_t shift = sol->node[one->slot.prev].route;
    const bool is_unmade = rn_is_unmade(sol, shift);
    link(sol, one, 1);
    if (is_unmade) {
        forget_starts(sol, one->task);
    }
    sol->over_stamp[one->task] = sol->over_epoch;
    sol->over_start[one->task] = one->start;
    rn_ring_put(sol, &t->ring, one->task);
    meet_lateness(t, one->task, one->start);
}

rn_cost rn_trial(rn_solution *sol, const rn_try *tries, int32_t n,
                 rn_cost budget)
{
    const rn_instance *inst = sol->inst;
    trial t;
    t.sol = sol;
    t.cost = 0;
    t.most = inst->only_late ? budget : RN_COST_INF;
    t.max_late = sol->max_late;
    t.steps = 4 * (int64_t)inst->n_nodes + 64;
    t.ring.head = 0;
    t.ring.n = 0;
    t.n_routes = 0;
    t.n_moves = 0;
    t.task[0] = tries[0].task;
    t.task[1] = tries[n - 1].task;
    sol->over_epoch++;
    for (int32_t i = 0; i < n; i++) {
        /* What filling a gap saves is added in the end. */
        t.most -= inst->only_late ? tries[i].filling : 0;
        if (inst->prices_filling) {
            (void)meet_route(&t, sol->node[tries[i].slot.prev].route);
        }
    }
    for (int32_t i = 0; i < n; i++) {
        begin(&t, &tries[i]);
    }
    const bool ok = run(&t);
    rn_ring_clear(sol, &t.ring);
    for (int32_t i = n - 1; i >= 0; i--) {
        link(sol, &tries[i], -1);
    }
    return ok && t.cost < budget ? t.cost : RN_COST_INF;
}
