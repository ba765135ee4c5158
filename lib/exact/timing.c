/* SPDX-License-Identifier: MIT */
#include "exact/timing.h"

#include "base/alloc.h"

/* Groups of more variables are left alone. */
#define MOST_VARIABLES 3000

struct rn_timing {
    const rn_instance *inst;
    int32_t *group; /* shift: of its group, by union and find */
    uint8_t *asked; /* shift: its times may change, those of others stay */
    int32_t *of_node;
    int32_t *node; /* by variable, or RUNDE_NONE */
    int32_t *lo;
    int32_t *hi;
    int64_t *slope;
    int32_t *times;
    int32_t *was; /* node: its release before */
    rn_order *orders;
    rn_hinge *hinges;
    rn_timetable table;
    rn_arena arena;
};

runde_status rn_timing_new(rn_timing **out, const rn_instance *inst)
{
    *out = NULL;
    rn_timing *t = rn_calloc(1, sizeof *t);
    if (t == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    t->arena = arena;
    t->inst = inst;
    rn_arena *a = &t->arena;
    size_t n = (size_t)inst->n_nodes + 2;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        n += (size_t)inst->shift[s].n_breaks;
    }
    const size_t orders =
        2 * n + 2 * (size_t)inst->n_arcs + (size_t)inst->n_shifts;
    t->group = rn_arena_array(a, (size_t)inst->n_shifts + 1, sizeof *t->group);
    t->asked = rn_arena_array(a, (size_t)inst->n_shifts + 1, sizeof *t->asked);
    t->of_node = rn_arena_array(a, n, sizeof *t->of_node);
    t->node = rn_arena_array(a, n, sizeof *t->node);
    t->lo = rn_arena_array(a, n, sizeof *t->lo);
    t->hi = rn_arena_array(a, n, sizeof *t->hi);
    t->slope = rn_arena_array(a, n, sizeof *t->slope);
    t->times = rn_arena_array(a, n, sizeof *t->times);
    t->was = rn_arena_array(a, n, sizeof *t->was);
    t->orders = rn_arena_array(a, orders, sizeof *t->orders);
    t->hinges = rn_arena_array(a, 4 * n, sizeof *t->hinges);
    if (t->group == NULL || t->asked == NULL || t->of_node == NULL ||
        t->node == NULL || t->lo == NULL || t->hi == NULL || t->slope == NULL ||
        t->times == NULL || t->was == NULL || t->orders == NULL ||
        t->hinges == NULL) {
        rn_timing_free(t);
        return RUNDE_E_NOMEM;
    }
    t->table.lo = t->lo;
    t->table.hi = t->hi;
    t->table.slope = t->slope;
    t->table.orders = t->orders;
    t->table.hinges = t->hinges;
    *out = t;
    return RUNDE_OK;
}

void rn_timing_free(rn_timing *timing)
{
    if (timing != NULL) {
        rn_arena_free(&timing->arena);
        rn_free(timing);
    }
}

bool rn_timing_helps(const rn_instance *inst)
{
    return !inst->is_regular || inst->w[RUNDE_WAITING] != 0;
}

/* ---------------------------------------------------------------- groups */

static int32_t leader(rn_timing *t, int32_t shift)
{
    while (t->group[shift] != shift) {
        t->group[shift] = t->group[t->group[shift]];
        shift = t->group[shift];
    }
    return shift;
}

static void ask_all(rn_timing *t)
{
    for (int32_t s = 0; s < t->inst->n_shifts; s++) {
        t->asked[s] = 1;
    }
}

/* Is the task not by the carer and at the time that was published? */
static bool is_changed(const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[task];
    return inst->task[task].published_carer != inst->shift[x->route].carer ||
           inst->stop[task].published != x->start;
}

/* Routes where something changed, and those linked with them. */
static void ask_changed(rn_timing *t, const rn_solution *sol)
{
    enum { NO, LINKED, CHANGED };
    const rn_instance *inst = t->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        t->asked[s] = NO;
    }
    for (int32_t i = 0; i < inst->n_tasks; i++) {
        if (sol->node[i].route >= 0 && is_changed(sol, i)) {
            t->asked[sol->node[i].route] = CHANGED;
        }
    }
    for (int32_t i = 0; i < inst->n_tasks; i++) {
        const int32_t route = sol->node[i].route;
        const rn_task *task = &inst->task[i];
        for (int32_t k = 0; k < task->n_arcs && route >= 0; k++) {
            const rn_arc *arc = &inst->arcs[task->first_arc + k];
            const int32_t other = sol->node[arc->other].route;
            rn_window gap;
            if (t->asked[route] == CHANGED && other >= 0 &&
                t->asked[other] == NO && rn_arc_gap(sol, i, arc, &gap)) {
                t->asked[other] = LINKED;
            }
        }
    }
}

/* Routes whose tasks are linked belong together, if both are asked. */
static void form_groups(rn_timing *t, const rn_solution *sol)
{
    const rn_instance *inst = t->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        t->group[s] = s;
    }
    for (int32_t i = 0; i < inst->n_tasks; i++) {
        const rn_task *task = &inst->task[i];
        for (int32_t k = 0; k < task->n_arcs && sol->node[i].route >= 0; k++) {
            const rn_arc *arc = &inst->arcs[task->first_arc + k];
            rn_window gap;
            if (rn_arc_gap(sol, i, arc, &gap) &&
                t->asked[sol->node[i].route] != 0 &&
                t->asked[sol->node[arc->other].route] != 0) {
                const int32_t a = leader(t, sol->node[i].route);
                const int32_t b = leader(t, sol->node[arc->other].route);
                t->group[a > b ? a : b] = a > b ? b : a;
            }
        }
    }
}

/* ------------------------------------------------------------- variables */

static int32_t add_variable(rn_timing *t, int32_t node, int32_t lo, int32_t hi)
{
    const int32_t i = t->table.n++;
    t->node[i] = node;
    t->lo[i] = lo;
    t->hi[i] = hi;
    t->slope[i] = 0;
    return i;
}

static void add_order(rn_timing *t, int32_t from, int32_t to, int32_t least)
{
    const rn_order order = {from, to, least};
    t->orders[t->table.n_orders++] = order;
}

static void add_hinge(rn_timing *t, int32_t up, int32_t down, int32_t at,
                      int64_t weight)
{
    const rn_hinge hinge = {up, down, at, weight};
    if (weight > 0) {
        t->hinges[t->table.n_hinges++] = hinge;
    }
}

static void narrow(rn_timing *t, int32_t i, int32_t lo, int32_t hi)
{
    t->lo[i] = lo > t->lo[i] ? lo : t->lo[i];
    t->hi[i] = hi < t->hi[i] ? hi : t->hi[i];
}

/* The window that the node's service is in. */
static rn_window window_now(const rn_solution *sol, int32_t n)
{
    const rn_stop *stop = &sol->inst->stop[n];
    const rn_window *w = sol->inst->windows + stop->first_window;
    int32_t i = 0;
    while (i + 1 < stop->n_windows && sol->node[n].start > w[i].b) {
        i++;
    }
    return w[i];
}

/* Early and late, for the preferred window that counts now. */
static void add_wish(rn_timing *t, const rn_solution *sol, int32_t i, int32_t n)
{
    const rn_stop *stop = &t->inst->stop[n];
    const rn_window *w = t->inst->preferred + stop->first_preferred;
    if (stop->n_preferred == 0) {
        return;
    }
    int32_t k = stop->n_preferred - 1;
    while (k > 0 && w[k].a > sol->node[n].start) {
        k--;
    }
    if (k > 0) {
        narrow(t, i, w[k].a, RN_TIME_MAX);
    }
    if (k + 1 < stop->n_preferred) {
        narrow(t, i, RN_TIME_MIN, w[k + 1].a - 1);
    }
    add_hinge(t, RUNDE_NONE, i, -w[0].a, stop->w_early);
    add_hinge(t, i, RUNDE_NONE, w[k].b, stop->w_late);
}

static void add_published(rn_timing *t, const rn_solution *sol, int32_t i,
                          int32_t n)
{
    const rn_stop *stop = &t->inst->stop[n];
    if (stop->published == RUNDE_TIME_NONE) {
        return;
    }
    const int32_t a = stop->published - stop->tolerance;
    const int32_t b = stop->published + stop->tolerance;
    const int32_t start = sol->node[n].start;
    if (t->inst->w[RUNDE_VISITS_SHIFTED] != 0 &&
        t->inst->task[n].counts_shift && start >= a && start <= b) {
        narrow(t, i, a, b);
    }
    add_hinge(t, RUNDE_NONE, i, -a, stop->w_shifted);
    add_hinge(t, i, RUNDE_NONE, b, stop->w_shifted);
}

static int32_t add_node(rn_timing *t, const rn_solution *sol, int32_t n)
{
    const rn_instance *inst = t->inst;
    const int32_t shift = sol->node[n].route;
    const rn_shift *s = &inst->shift[shift];
    if (n >= inst->n_stops) {
        const int32_t end =
            add_variable(t, n, s->start, rn_end_limit(sol, shift));
        add_hinge(t, end, RUNDE_NONE, s->end,
                  inst->w[RUNDE_OVERTIME] + inst->w[RUNDE_IDLE]);
        return end;
    }
    const rn_window w = window_now(sol, n);
    const int32_t i = add_variable(t, n, w.a > s->start ? w.a : s->start, w.b);
    if (sol->node[n].ceiling < t->hi[i]) {
        t->hi[i] = sol->node[n].ceiling;
    }
    if (n < inst->n_tasks) {
        add_wish(t, sol, i, n);
        add_published(t, sol, i, n);
    }
    return i;
}

/* ---------------------------------------------------------------- routes */

/* What comes before a node: a variable or, at first, the shift's start. */
typedef struct last {
    int32_t variable; /* or RUNDE_NONE */
    int32_t then;     /* ticks from there until the carer is free */
} last;

static void follow(rn_timing *t, const last *before, int32_t i, int32_t more,
                   int32_t shift)
{
    const int32_t ticks = before->then + more;
    if (before->variable == RUNDE_NONE) {
        narrow(t, i, t->inst->shift[shift].start + ticks, RN_TIME_MAX);
    } else {
        add_order(t, before->variable, i, ticks);
    }
}

/* Breaks of the gap before `n`, one after the other; how the drive lies among
 * them stays as it is. */
static void add_gap(rn_timing *t, const rn_solution *sol, int32_t n, int32_t i,
                    last before, const rn_path *path)
{
    const rn_instance *inst = t->inst;
    const rn_node *x = &sol->node[n];
    const rn_shift *s = &inst->shift[x->route];
    const rn_window range = {x->gap_lo, x->gap_hi};
    const int32_t free =
        sol->node[x->prev].start + inst->stop[x->prev].duration;
    int32_t ends = range.b;
    int32_t ready;
    bool splits = false;
    if (n < inst->n_stops) {
        ends = rn_gap_choice(sol, x->route, range, free, path->drive, &ready);
    }
    for (int32_t k = range.a; k < range.b; k++) {
        splits = splits || inst->breaks[s->first_break + k].interrupts;
    }
    if (splits) {
        /* A drive in pieces: nothing before moves to later. */
        if (before.variable != RUNDE_NONE) {
            narrow(t, before.variable, RN_TIME_MIN, sol->node[x->prev].start);
        }
        narrow(t, i, x->ready, RN_TIME_MAX);
        return;
    }
    for (int32_t k = range.a; k < range.b; k++) {
        const rn_break *b = &inst->breaks[s->first_break + k];
        if ((sol->route[x->route].missed >> k & 1U) != 0) {
            continue;
        }
        const int32_t rest = add_variable(t, RUNDE_NONE, b->a, b->b);
        follow(t, &before, rest, k == ends ? path->drive : 0, x->route);
        before.variable = rest;
        before.then = b->duration;
    }
    follow(t, &before, i, path->setup + (ends == range.b ? path->drive : 0),
           x->route);
}

static void add_route(rn_timing *t, const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = t->inst;
    last before = {RUNDE_NONE, 0};
    const int32_t start = rn_shift_start_node(inst, shift);
    int32_t first = RUNDE_NONE;
    for (int32_t n = sol->node[start].next; n != RUNDE_NONE;
         n = sol->node[n].next) {
        const rn_path path = rn_path_between(inst, shift, sol->node[n].prev, n);
        const int32_t i = add_node(t, sol, n);
        t->of_node[n] = i;
        narrow(t, i, rn_thaw(inst, shift, n, &path), RN_TIME_MAX);
        add_gap(t, sol, n, i, before, &path);
        first = first == RUNDE_NONE ? i : first;
        before.variable = i;
        before.then = inst->stop[n].duration;
    }
    t->slope[before.variable] += inst->w[RUNDE_WAITING];
    if (!inst->depart_at_start) {
        t->slope[first] -= inst->w[RUNDE_WAITING];
    }
}

/* From a start that stays where it is. */
static void keep_gap(rn_timing *t, int32_t i, int32_t other,
                     const rn_window *gap)
{
    narrow(t, i, gap->b < RN_TIME_MAX ? other - gap->b : RN_TIME_MIN,
           gap->a > RN_TIME_MIN ? other - gap->a : RN_TIME_MAX);
}

static void add_links(rn_timing *t, const rn_solution *sol, int32_t i,
                      int32_t task)
{
    const rn_instance *inst = t->inst;
    for (int32_t k = 0; k < inst->task[task].n_arcs; k++) {
        const rn_arc *arc = &inst->arcs[inst->task[task].first_arc + k];
        rn_window gap;
        if (!rn_arc_gap(sol, task, arc, &gap)) {
            continue;
        }
        if (t->asked[sol->node[arc->other].route] == 0) {
            keep_gap(t, i, sol->node[arc->other].start, &gap);
            continue;
        }
        if (arc->other < task) {
            continue;
        }
        const int32_t other = t->of_node[arc->other];
        if (gap.a > RN_TIME_MIN) {
            add_order(t, i, other, gap.a);
        }
        if (gap.b < RN_TIME_MAX) {
            add_order(t, other, i, -gap.b);
        }
    }
}

/* The largest lateness, of which the group decides a part. */
static void add_max_late(rn_timing *t, const rn_solution *sol)
{
    const rn_instance *inst = t->inst;
    const int32_t n = t->table.n;
    int32_t others = 0;
    if (inst->w[RUNDE_MAX_LATE] == 0) {
        return;
    }
    const int32_t group = leader(t, sol->node[t->node[0]].route);
    for (int32_t i = 0; i < inst->n_tasks; i++) {
        const int32_t r = sol->node[i].route;
        if (r >= 0 && leader(t, r) != group && sol->node[i].late > others) {
            others = sol->node[i].late;
        }
    }
    const int32_t late = add_variable(t, RUNDE_NONE, others, RN_TIME_MAX);
    t->slope[late] = inst->w[RUNDE_MAX_LATE];
    for (int32_t i = 0; i < n; i++) {
        const int32_t task = t->node[i];
        if (task < 0 || task >= inst->n_tasks ||
            inst->stop[task].n_preferred == 0) {
            continue;
        }
        const rn_stop *stop = &inst->stop[task];
        const rn_window *w = inst->preferred + stop->first_preferred;
        int32_t k = stop->n_preferred - 1;
        while (k > 0 && w[k].a > sol->node[task].start) {
            k--;
        }
        add_order(t, i, late, -w[k].b);
    }
}

/* For a group that is formed. */
static void make_table(rn_timing *t, const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = t->inst;
    const int32_t group = leader(t, shift);
    t->table.n = 0;
    t->table.n_orders = 0;
    t->table.n_hinges = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (sol->route[s].n > 0 && leader(t, s) == group) {
            add_route(t, sol, s);
        }
    }
    const int32_t n = t->table.n;
    for (int32_t i = 0; i < n; i++) {
        if (t->node[i] >= 0 && t->node[i] < inst->n_tasks) {
            add_links(t, sol, i, t->node[i]);
        }
    }
    add_max_late(t, sol);
}

const rn_timetable *rn_timing_table(rn_timing *timing, const rn_solution *sol,
                                    int32_t shift, const int32_t **node)
{
    ask_all(timing);
    form_groups(timing, sol);
    make_table(timing, sol, shift);
    *node = timing->node;
    return &timing->table;
}

/* ------------------------------------------------------------- improving */

/* Does anything in the group cost what another start might not? */
static bool has_prospects(const rn_timing *t, const rn_solution *sol)
{
    const rn_instance *inst = t->inst;
    for (int32_t i = 0; i < t->table.n; i++) {
        const int32_t n = t->node[i];
        if (n < 0) {
            continue;
        }
        const rn_route *route = &sol->route[sol->node[n].route];
        if (n >= inst->n_stops
                ? sol->node[n].start > inst->shift[sol->node[n].route].end ||
                      (inst->w[RUNDE_WAITING] != 0 &&
                       rn_waiting(sol, sol->node[n].route) > 0)
                : route->timing > 0) {
            return true;
        }
    }
    return false;
}

/* The times keep every row; doubles may have been wrong. */
static bool times_hold(const rn_timing *t)
{
    const rn_timetable *table = &t->table;
    bool hold = true;
    for (int32_t i = 0; i < table->n; i++) {
        hold = hold && t->times[i] >= t->lo[i] && t->times[i] <= t->hi[i];
    }
    for (int32_t k = 0; k < table->n_orders; k++) {
        const rn_order *o = &t->orders[k];
        hold = hold && (int64_t)t->times[o->to] - t->times[o->from] >= o->least;
    }
    return hold;
}

/* Has everything wait for its time, under the inner journal. */
static bool move(const rn_timing *t, rn_solution *sol)
{
    rn_journal_begin(sol, &sol->inner);
    sol->n_seeds = 0;
    for (int32_t i = 0; i < t->table.n; i++) {
        const int32_t n = t->node[i];
        if (n < 0) {
            continue;
        }
        if (n < t->inst->n_stops) {
            t->was[n] = sol->node[n].release;
            rn_touch(sol, n)->release = t->times[i];
        }
        sol->seed[sol->n_seeds++] = n;
    }
    const bool holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    return holds;
}

/* What waits for longer than before goes back where that costs nothing: a
 * program does not care when a start does not matter. */
static void hurry(const rn_timing *t, rn_solution *sol)
{
    for (int32_t i = 0; i < t->table.n; i++) {
        const int32_t n = t->node[i];
        if (n < 0 || n >= t->inst->n_stops ||
            t->was[n] >= sol->node[n].release) {
            continue;
        }
        const rn_price before = rn_price_of(sol);
        rn_journal_begin(sol, &sol->inner);
        rn_touch(sol, n)->release = t->was[n];
        sol->seed[sol->n_seeds++] = n;
        const bool holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
        sol->n_seeds = 0;
        if (holds) {
            rn_settle(sol);
        }
        if (holds && rn_price_compare(rn_price_of(sol), before) <= 0) {
            sol->inner.on = false;
        } else {
            rn_undo_and_settle(sol, &sol->inner);
        }
    }
}

static bool improve_group(rn_timing *t, rn_solution *sol, int32_t shift,
                          const runde_exact *exact, const rn_patience *patience)
{
    const rn_price before = rn_price_of(sol);
    make_table(t, sol, shift);
    if (t->table.n > MOST_VARIABLES || !has_prospects(t, sol) ||
        exact->schedule(t->times, &t->table, patience) != RUNDE_OK ||
        !times_hold(t)) {
        return false;
    }
    const bool holds = move(t, sol);
    if (holds) {
        rn_settle(sol);
    }
    if (!holds || rn_price_compare(rn_price_of(sol), before) >= 0) {
        rn_undo_and_settle(sol, &sol->inner);
        return false;
    }
    sol->inner.on = false;
    hurry(t, sol);
    return true;
}

static bool has_patience(const rn_patience *patience)
{
    return patience->poll == NULL || patience->poll(patience->payload);
}

/* Of the routes that are asked. */
static bool run(rn_timing *t, rn_solution *sol, const runde_exact *exact,
                const rn_patience *patience)
{
    bool better = false;
    form_groups(t, sol);
    for (int32_t s = 0; s < t->inst->n_shifts; s++) {
        if (t->asked[s] == 0 || sol->route[s].n == 0 || leader(t, s) != s) {
            continue;
        }
        if (!has_patience(patience)) {
            break;
        }
        better = improve_group(t, sol, s, exact, patience) || better;
    }
    return better;
}

bool rn_timing_run(rn_timing *timing, rn_solution *sol,
                   const runde_exact *exact, const rn_patience *patience)
{
    ask_all(timing);
    return run(timing, sol, exact, patience);
}

bool rn_timing_run_changed(rn_timing *timing, rn_solution *sol,
                           const runde_exact *exact,
                           const rn_patience *patience)
{
    ask_changed(timing, sol);
    return run(timing, sol, exact, patience);
}
