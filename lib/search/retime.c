/* SPDX-License-Identifier: MIT */
/* Routes are laid out one by one; the times of all together are the least
 * schedule; what is left to choose is then moved one thing at a time while
 * that makes the plan cheaper. */
#include "search/retime.h"

#include "base/alloc.h"
#include "search/breaks.h"
#include "search/layout.h"

/* Rounds of moving one thing at a time; hardly anything takes three. */
#define MOST_ROUNDS 8
/* Schedules tried to find an order of client visits, and pairs in it that
 * overlap otherwise. */
#define MOST_TRIES 400
#define MOST_TURNED 64
/* Orders in which routes take their breaks. */
#define MOST_ORDERS 16

/* A pair of client visits that was given an order. */
typedef struct turn {
    int32_t choice;
    bool is_last; /* the other order was tried already */
} turn;

typedef struct work {
    rn_solution *sol;
    const runde_plan *plan;
    rn_layout layout;
    bool has_times;
    bool mends;     /* hours are too long and come first */
    int32_t *order; /* of shifts: who takes breaks first */
    bool *is_late;  /* by shift: its last activity comes last of all */
    turn turn[MOST_TURNED];
} work;

/* -------------------------------------------------------- who comes first */

static void seed_all(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    sol->n_seeds = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const int32_t first = rn_shift_start_node(inst, s);
        for (int32_t n = sol->node[first].next;
             n != RUNDE_NONE && sol->route[s].n > 0; n = sol->node[n].next) {
            sol->seed[sol->n_seeds++] = n;
        }
    }
}

/* Two visits of no length at the same time: the plan's times do not say which
 * of them comes first. */
static bool is_tied(const work *w, int32_t a, int32_t b)
{
    const rn_solution *sol = w->sol;
    return w->has_times && sol->node[a].route != sol->node[b].route &&
           sol->over_start[a] == sol->over_start[b] &&
           sol->inst->stop[a].duration == 0 && sol->inst->stop[b].duration == 0;
}

/* Does `a` come before `b`, by the plan's times or the schedule's? */
static bool comes_first(const work *w, int32_t a, int32_t b)
{
    const rn_solution *sol = w->sol;
    if (sol->node[a].route == sol->node[b].route) {
        return rn_comes_behind(sol, a, b);
    }
    int32_t x = sol->node[a].start;
    int32_t y = sol->node[b].start;
    if (w->has_times && !is_tied(w, a, b)) {
        x = sol->over_start[a];
        y = sol->over_start[b];
    }
    if (x != y) {
        return x < y;
    }
    const int32_t d = sol->inst->stop[a].duration;
    const int32_t e = sol->inst->stop[b].duration;
    if (w->has_times && d != e) {
        return d < e; /* one of no length stands in front of the other */
    }
    const int32_t u = sol->inst->stop[a].latest;
    const int32_t v = sol->inst->stop[b].latest;
    return u != v ? u < v : a < b;
}

/* Orders the client visits that have no order: all of them, those but for
 * ties, or those that share a route. */
enum { SAME_ROUTE, ALL_BUT_TIES, ALL };
static void set_orders(const work *w, int which)
{
    rn_solution *sol = w->sol;
    const rn_instance *inst = sol->inst;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        for (int32_t i = 0; i < inst->task[t].n_arcs; i++) {
            const rn_arc *arc = &inst->arcs[inst->task[t].first_arc + i];
            const int32_t r = sol->node[t].route;
            const int32_t other = sol->node[arc->other].route;
            if (arc->choice >= 0 && (arc->kind & RN_ARC_FIRST) != 0 && r >= 0 &&
                other >= 0 && sol->choice[arc->choice] == 0 &&
                (r == other || which == ALL ||
                 (which == ALL_BUT_TIES && !is_tied(w, t, arc->other)))) {
                rn_set_choice(sol, arc->choice,
                              comes_first(w, t, arc->other) ? 1 : -1);
            }
        }
    }
}

static bool overlap(const rn_solution *sol, int32_t a, int32_t b)
{
    const rn_node *x = &sol->node[a];
    const rn_node *y = &sol->node[b];
    return x->start < y->start + sol->inst->stop[b].duration &&
           y->start < x->start + sol->inst->stop[a].duration;
}

/* The first pair from task `*task` on that overlaps for want of an order. */
static const rn_arc *next_conflict(const rn_solution *sol, int32_t *task)
{
    const rn_instance *inst = sol->inst;
    for (; *task < inst->n_tasks; (*task)++) {
        const rn_task *t = &inst->task[*task];
        for (int32_t i = 0; sol->node[*task].route >= 0 && i < t->n_arcs; i++) {
            const rn_arc *arc = &inst->arcs[t->first_arc + i];
            if (arc->choice >= 0 && (arc->kind & RN_ARC_FIRST) != 0 &&
                sol->choice[arc->choice] == 0 &&
                sol->node[arc->other].route >= 0 &&
                overlap(sol, *task, arc->other)) {
                return arc;
            }
        }
    }
    return NULL;
}

static bool schedule_all(rn_solution *sol)
{
    seed_all(sol);
    return rn_schedule_removals(sol);
}

/* Orders one overlapping pair after the other; where one order of a pair has
 * no schedule the other one is tried, and where neither has the pair before
 * is turned round. */
static bool settle_orders(work *w)
{
    rn_solution *sol = w->sol;
    int32_t depth = 0;
    bool holds = true;
    for (int32_t tries = 0; tries < MOST_TRIES; tries++) {
        int32_t task = 0;
        const rn_arc *arc = holds ? next_conflict(sol, &task) : NULL;
        if (holds && arc == NULL) {
            set_orders(w, ALL);
            return schedule_all(sol);
        }
        if (arc != NULL) {
            if (depth == MOST_TURNED) {
                return false;
            }
            w->turn[depth].choice = arc->choice;
            w->turn[depth].is_last = false;
            depth++;
            rn_set_choice(sol, arc->choice,
                          comes_first(w, task, arc->other) ? 1 : -1);
        } else {
            while (depth > 0 && w->turn[depth - 1].is_last) {
                rn_set_choice(sol, w->turn[--depth].choice, 0);
            }
            if (depth == 0) {
                return false;
            }
            const int32_t choice = w->turn[depth - 1].choice;
            w->turn[depth - 1].is_last = true;
            rn_set_choice(sol, choice, (int8_t)-sol->choice[choice]);
        }
        holds = schedule_all(sol);
    }
    return false;
}

static void put_activity_last(rn_solution *sol, int32_t shift)
{
    const rn_shift *s = &sol->inst->shift[shift];
    const int32_t node = s->first_activity + s->n_activities - 1;
    const int32_t end = rn_shift_end_node(sol->inst, shift);
    if (sol->route[shift].n > 0 && sol->node[end].prev != node) {
        rn_move_activity(sol, node, sol->node[end].prev);
    }
}

/* All routes and their times; the journal is on. */
static runde_status attempt(work *w, rn_lay lay)
{
    rn_solution *sol = w->sol;
    sol->n_seeds = 0;
    for (int32_t i = 0; i < runde_plan_n_routes(w->plan); i++) {
        const runde_status status =
            rn_lay_route(&w->layout, runde_plan_route(w->plan, i), lay);
        if (status != RUNDE_OK) {
            return status;
        }
    }
    for (int32_t s = 0; s < sol->inst->n_shifts; s++) {
        if (w->is_late[s]) {
            put_activity_last(sol, s);
        }
    }
    set_orders(w, w->has_times ? ALL_BUT_TIES : SAME_ROUTE);
    return schedule_all(sol) && settle_orders(w) ? RUNDE_OK : RUNDE_E_INVALID;
}

static void put_first(int32_t *order, int32_t at)
{
    const int32_t shift = order[at];
    for (; at > 0; at--) {
        order[at] = order[at - 1];
    }
    order[0] = shift;
}

/* Takes every break that must be taken where it costs least. Where somebody
 * has no room because of what others took, she is the first the next time;
 * where it may be her own last activity, that is not in the way then. */
static bool take_breaks(work *w)
{
    rn_solution *sol = w->sol;
    rn_settle(sol);
    for (int32_t i = 0; i < sol->inst->n_shifts; i++) {
        const int32_t s = w->order[i];
        if (sol->route[s].n > 0 && rn_misses_breaks(sol, s)) {
            (void)rn_settle_breaks(sol, s, true);
            if (rn_misses_breaks(sol, s)) {
                w->is_late[s] = i == 0 && w->layout.has_free[s];
                put_first(w->order, i);
                return false;
            }
        }
    }
    return true;
}

/* --------------------------------------------------------------- improving */

static rn_cost worth(const work *w)
{
    return w->mends ? rn_strain(w->sol) : rn_total(w->sol);
}

/* Keeps what was changed under the inner journal if it makes the plan
 * cheaper. */
static bool keep_if_better(work *w, rn_cost before)
{
    rn_solution *sol = w->sol;
    const bool holds =
        rn_schedule_removals(sol) && (w->mends || rn_hours_hold(sol));
    sol->n_seeds = 0;
    if (holds) {
        rn_settle(sol);
        if (worth(w) < before) {
            sol->inner.on = false;
            return true;
        }
    }
    rn_journal_undo(sol, &sol->inner);
    rn_settle(sol);
    return false;
}

static bool flip_release(work *w, int32_t task)
{
    rn_solution *sol = w->sol;
    const rn_stop *stop = &sol->inst->stop[task];
    const rn_cost before = worth(w);
    rn_journal_begin(sol, &sol->inner);
    rn_node *x = rn_touch(sol, task);
    x->release = x->release == stop->earliest ? stop->release : stop->earliest;
    sol->seed[sol->n_seeds++] = task;
    return keep_if_better(w, before);
}

/* Whether the order of two visits holds one of them back. */
static bool is_tight(const rn_solution *sol, int32_t a, int32_t b)
{
    const int32_t gap = sol->node[b].start - sol->node[a].start;
    return gap == sol->inst->stop[a].duration ||
           -gap == sol->inst->stop[b].duration;
}

static bool flip_order(work *w, int32_t a, const rn_arc *arc)
{
    rn_solution *sol = w->sol;
    const rn_cost before = worth(w);
    rn_journal_begin(sol, &sol->inner);
    rn_set_choice(sol, arc->choice, (int8_t)-sol->choice[arc->choice]);
    sol->seed[sol->n_seeds++] = a;
    sol->seed[sol->n_seeds++] = arc->other;
    return keep_if_better(w, before);
}

static bool improve_task(work *w, int32_t task)
{
    rn_solution *sol = w->sol;
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    bool better = false;
    if (sol->node[task].route < 0) {
        return false;
    }
    if (inst->stop[task].release > inst->stop[task].earliest) {
        better = flip_release(w, task);
    }
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        const int32_t other = sol->node[arc->other].route;
        if (arc->choice >= 0 && (arc->kind & RN_ARC_FIRST) != 0 && other >= 0 &&
            other != sol->node[task].route && is_tight(sol, task, arc->other)) {
            better = flip_order(w, task, arc) || better;
        }
    }
    return better;
}

/* Tries every gap between the activities before and behind. */
static bool place_activity(work *w, int32_t node)
{
    rn_solution *sol = w->sol;
    const rn_instance *inst = sol->inst;
    const int32_t was = sol->node[node].prev;
    int32_t to = was;
    while (to < inst->n_tasks) {
        to = sol->node[to].prev;
    }
    bool better = false;
    while (!better && to != RUNDE_NONE) {
        const int32_t next = sol->node[to].next;
        const bool goes_on = next == node || next < inst->n_tasks;
        if (to != node && to != was) {
            const rn_cost before = worth(w);
            rn_journal_begin(sol, &sol->inner);
            rn_move_activity(sol, node, to);
            better = keep_if_better(w, before);
        }
        to = goes_on ? next : RUNDE_NONE;
    }
    return better;
}

static bool improve_activities(work *w, int32_t shift)
{
    const rn_shift *s = &w->sol->inst->shift[shift];
    bool better = false;
    for (int32_t i = 0; i < s->n_activities; i++) {
        better = place_activity(w, s->first_activity + i) || better;
    }
    return better;
}

static void improve(work *w)
{
    rn_solution *sol = w->sol;
    const rn_instance *inst = sol->inst;
    bool better = true;
    for (int32_t round = 0; better && round < MOST_ROUNDS; round++) {
        better = false;
        w->mends = rn_strain(sol) > rn_total(sol);
        for (int32_t s = 0; s < inst->n_shifts; s++) {
            if (sol->route[s].n > 0 && w->layout.has_free[s]) {
                better = improve_activities(w, s) || better;
            }
            if (sol->route[s].n > 0 && !w->layout.is_fixed[s]) {
                better = rn_settle_breaks(sol, s, w->mends) || better;
            }
        }
        for (int32_t t = 0; t < inst->n_tasks; t++) {
            better = improve_task(w, t) || better;
        }
    }
}

/* --------------------------------------------------------------------- ties */

/* Ticks by which the schedule is off the plan's times. */
static int64_t deviation(const work *w)
{
    const rn_solution *sol = w->sol;
    int64_t sum = 0;
    for (int32_t t = 0; t < sol->inst->n_tasks; t++) {
        const int64_t off =
            (int64_t)sol->node[t].start - (int64_t)sol->over_start[t];
        if (sol->node[t].route >= 0) {
            sum += off < 0 ? -off : off;
        }
    }
    return sum;
}

static bool turn_tie(work *w, int32_t a, const rn_arc *arc)
{
    rn_solution *sol = w->sol;
    const int64_t before = deviation(w);
    rn_journal_begin(sol, &sol->inner);
    rn_set_choice(sol, arc->choice, (int8_t)-sol->choice[arc->choice]);
    sol->seed[sol->n_seeds++] = a;
    sol->seed[sol->n_seeds++] = arc->other;
    const bool closer = rn_schedule_removals(sol) && deviation(w) < before;
    sol->n_seeds = 0;
    if (closer) {
        sol->inner.on = false;
    } else {
        rn_journal_undo(sol, &sol->inner);
    }
    rn_settle(sol);
    return closer;
}

/* Turns the ties of a task; whether one turn came closer to the plan. */
static bool turn_ties_of(work *w, int32_t t)
{
    const rn_solution *sol = w->sol;
    const rn_task *task = &sol->inst->task[t];
    bool closer = false;
    for (int32_t i = 0; sol->node[t].route >= 0 && i < task->n_arcs; i++) {
        const rn_arc *arc = &sol->inst->arcs[task->first_arc + i];
        if (arc->choice >= 0 && (arc->kind & RN_ARC_FIRST) != 0 &&
            sol->node[arc->other].route >= 0 && is_tied(w, t, arc->other)) {
            closer = turn_tie(w, t, arc) || closer;
        }
    }
    return closer;
}

/* Where the times are not the plan's, ties may have gone the other way. */
static void turn_ties(work *w)
{
    bool closer = deviation(w) > 0;
    for (int32_t round = 0; closer && round < MOST_ROUNDS; round++) {
        closer = false;
        for (int32_t t = 0; t < w->sol->inst->n_tasks; t++) {
            closer = turn_ties_of(w, t) || closer;
        }
    }
}

/* ---------------------------------------------------------------- the whole */

/* One of them. `again`: with breaks taken in another order it may hold. */
static runde_status try_way(work *w, rn_lay lay, bool *again)
{
    rn_solution *sol = w->sol;
    rn_journal_begin(sol, &sol->outer);
    runde_status status = attempt(w, lay);
    *again = false;
    if (status == RUNDE_OK && lay.bare && !take_breaks(w)) {
        status = RUNDE_E_INVALID;
        *again = true;
    }
    if (status != RUNDE_OK) {
        rn_undo_and_settle(sol, &sol->outer);
    }
    return status;
}

/* As wished or else earlier; breaks where their routes end the earliest or
 * else, because links want otherwise, last of all. */
static runde_status try_ways(work *w)
{
    runde_status status = RUNDE_E_INVALID;
    for (int32_t way = 0; way < 4 && status == RUNDE_E_INVALID; way++) {
        const rn_lay lay = {way >= 2, way % 2 == 1};
        bool again = true;
        for (int32_t i = 0; again && i < MOST_ORDERS; i++) {
            status = try_way(w, lay, &again);
        }
    }
    return status;
}

runde_status rn_retime(rn_solution *empty, const runde_plan *plan)
{
    work w = {0};
    w.sol = empty;
    w.plan = plan;
    w.has_times = runde_plan_has_times(plan);
    w.order = rn_calloc((size_t)empty->inst->n_shifts + 1, sizeof *w.order);
    w.is_late = rn_calloc((size_t)empty->inst->n_shifts + 1, sizeof *w.is_late);
    runde_status status = w.order == NULL || w.is_late == NULL
                              ? RUNDE_E_NOMEM
                              : rn_layout_start(&w.layout, empty, plan);
    if (status != RUNDE_OK) {
        rn_free(w.is_late);
        rn_free(w.order);
        return status;
    }
    for (int32_t s = 0; s < empty->inst->n_shifts; s++) {
        w.order[s] = s;
    }
    rn_settle(empty);
    status = try_ways(&w);
    if (status == RUNDE_OK) {
        empty->outer.on = false;
        rn_settle(empty);
    }
    if (status == RUNDE_OK && w.has_times) {
        turn_ties(&w);
    } else if (status == RUNDE_OK) {
        improve(&w);
    }
    rn_layout_end(&w.layout);
    rn_free(w.is_late);
    rn_free(w.order);
    return status;
}
