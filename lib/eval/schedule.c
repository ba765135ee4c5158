/* SPDX-License-Identifier: MIT */
/* Starts. An insertion only delays, so pushing forward from it finds the new
 * least solution. A removal lets things come earlier; two linked visits could
 * then hold each other at their old times for no reason, so everything that
 * was held by what left is first reset, then pushed up from below. */
#include "eval/schedule.h"

#include <assert.h>
#include <stdlib.h>

/* ------------------------------------------------------------- one node */

bool rn_may_split(const rn_solution *sol, int32_t shift, int32_t i, int32_t hi)
{
    const rn_instance *inst = sol->inst;
    const rn_break *list = inst->breaks + inst->shift[shift].first_break;
    const uint32_t missed = sol->route[shift].missed;
    for (; i < hi; i++) {
        if (!((missed >> i) & 1U) && !list[i].interrupts) {
            return false;
        }
    }
    return true;
}

/* Ready behind the gap when the drive is over in front of break `k`, or
 * behind all of them; what fits into the waiting in front of earlier breaks
 * is driven there. RN_NEVER when a break would begin too late. */
static int32_t gap_with(const rn_solution *sol, int32_t shift, rn_window range,
                        int32_t k, int32_t t, int32_t drive)
{
    const rn_instance *inst = sol->inst;
    const rn_break *list = inst->breaks + inst->shift[shift].first_break;
    const uint32_t missed = sol->route[shift].missed;
    for (int32_t i = range.a; i < range.b; i++) {
        const rn_break *b = &list[i];
        if ((missed >> i) & 1U) {
            continue;
        }
        if (i == k) {
            t += drive;
            drive = 0;
        }
        const int32_t start = t < b->a ? b->a : t;
        if (start > b->b) {
            return RN_NEVER;
        }
        if (i < k && rn_may_split(sol, shift, i, k)) {
            drive -= drive < start - t ? drive : start - t;
        }
        t = start + b->duration;
    }
    return t + drive;
}

int32_t rn_gap_choice(const rn_solution *sol, int32_t shift, rn_window range,
                      int32_t t, int32_t drive, int32_t *ready)
{
    const uint32_t missed = sol->route[shift].missed;
    int32_t found = range.b;
    *ready = RN_NEVER;
    for (int32_t k = range.a; k <= range.b; k++) {
        if (k < range.b && ((missed >> k) & 1U)) {
            continue;
        }
        const int32_t then = gap_with(sol, shift, range, k, t, drive);
        if (then < *ready) {
            *ready = then;
            found = k;
        }
    }
    return found;
}

int32_t rn_gap_range(const rn_solution *sol, int32_t shift, rn_window range,
                     int32_t t, int32_t drive)
{
    int32_t ready;
    (void)rn_gap_choice(sol, shift, range, t, drive, &ready);
    return ready;
}

int32_t rn_gap_with_breaks(const rn_solution *sol, int32_t shift, int32_t next,
                           int32_t t, int32_t drive)
{
    const rn_node *n = &sol->node[next];
    const rn_window range = {n->gap_lo, n->gap_hi};
    if (next >= sol->inst->n_stops) {
        /* Breaks come before the drive home. */
        return gap_with(sol, shift, range, range.b, t, drive);
    }
    return rn_gap_range(sol, shift, range, t, drive);
}

static rn_cost preferred_cost(const rn_instance *inst, const rn_stop *stop,
                              int32_t start)
{
    const rn_window *w = inst->preferred + stop->first_preferred;
    if (start < w[0].a) {
        const int32_t late = start - w[0].b;
        return (rn_cost)stop->w_early * (w[0].a - start) +
               (late > 0 ? (rn_cost)stop->w_late * late : 0);
    }
    int32_t i = stop->n_preferred - 1;
    while (i > 0 && w[i].a > start) {
        i--;
    }
    return start > w[i].b ? (rn_cost)stop->w_late * (start - w[i].b) : 0;
}

rn_cost rn_start_cost_any(const rn_instance *inst, int32_t node, int32_t start)
{
    const rn_stop *stop = &inst->stop[node];
    rn_cost cost = 0;
    if (stop->n_preferred > 0) {
        cost = preferred_cost(inst, stop, start);
    }
    if (stop->published != RUNDE_TIME_NONE) {
        const int32_t off = abs(start - stop->published) - stop->tolerance;
        cost += off > 0 ? (rn_cost)stop->w_shifted * off : 0;
        cost += off > 0 && inst->task[node].counts_shift
                    ? inst->w[RUNDE_VISITS_SHIFTED]
                    : 0;
    }
    return cost;
}

rn_wish rn_wish_of(const rn_instance *inst, int32_t task, int32_t carer)
{
    const rn_task *t = &inst->task[task];
    const rn_wish *w = inst->wishes + t->first_wish;
    int32_t lo = 0;
    int32_t hi = t->n_wishes;
    while (lo < hi) {
        const int32_t mid = (lo + hi) / 2;
        if (w[mid].carer < carer) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    const rn_wish other = {carer, t->wish_other, t->points_other};
    return lo < t->n_wishes && w[lo].carer == carer ? w[lo] : other;
}

rn_cost rn_fixed_cost(const rn_instance *inst, int32_t task, int32_t shift)
{
    const rn_task *t = &inst->task[task];
    const int32_t carer = inst->shift[shift].carer;
    rn_cost cost = t->w_overqualified == 0
                       ? 0
                       : t->w_overqualified *
                             inst->overqualified[(size_t)t->skill_class *
                                                     (size_t)inst->n_shifts +
                                                 (size_t)shift];
    if (t->published_carer != RUNDE_NONE && t->published_carer != carer) {
        cost += t->w_changed;
    }
    return t->n_wishes == 0 ? cost : cost + rn_wish_of(inst, task, carer).cost;
}

int32_t rn_end_limit(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *s = &inst->shift[shift];
    for (int32_t t = s->after; t != RUNDE_NONE; t = inst->shift[t].after) {
        if (sol->route[t].n > 0) {
            const int32_t limit =
                inst->shift[t].start - inst->shift[t].rest_before;
            return limit < s->max_end ? limit : s->max_end;
        }
    }
    return s->max_end;
}

/* ------------------------------------------------------------- changing */

static void set_start(rn_solution *sol, int32_t n, int32_t start)
{
    rn_node *x = rn_touch(sol, n);
    const rn_instance *inst = sol->inst;
    rn_note_moved(sol, n);
    if (n < inst->n_tasks) {
        rn_route *route = rn_touch_route(sol, x->route);
        if (x->start != RN_TIME_MIN) {
            route->timing -= rn_start_cost(inst, n, x->start);
        }
        if (start != RN_TIME_MIN) {
            route->timing += rn_start_cost(inst, n, start);
            x->late = rn_lateness(inst, n, start);
        }
    } else if (x->start != start) {
        (void)rn_touch_route(sol, x->route);
    }
    x->start = start;
}

static void set_ready(rn_solution *sol, int32_t n, int32_t ready)
{
    if (sol->node[n].ready != ready) {
        rn_touch(sol, n)->ready = ready;
        rn_note_moved(sol, n);
    }
}

static int32_t end_of(const rn_solution *sol, int32_t n)
{
    return sol->node[n].start + sol->inst->stop[n].duration;
}

/* What the route allows, from the node before; RN_TIME_MIN when that one has
 * no time yet. */
static int32_t ready_of(const rn_solution *sol, int32_t n)
{
    const rn_node *x = &sol->node[n];
    if (sol->node[x->prev].start == RN_TIME_MIN) {
        return RN_TIME_MIN;
    }
    return rn_arrival(sol, n, end_of(sol, x->prev));
}

/* Bound on the start of `n` by linked tasks that must not be too far ahead:
 * start >= other - hi. */
static int32_t pulled(const rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    int32_t bound = RN_TIME_MIN;
    if (n >= inst->n_tasks) {
        return bound;
    }
    const rn_task *t = &inst->task[n];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        rn_window gap;
        if (rn_arc_gap(sol, n, arc, &gap) && gap.b < RN_TIME_MAX &&
            sol->node[arc->other].start != RN_TIME_MIN &&
            sol->node[arc->other].start - gap.b > bound) {
            bound = sol->node[arc->other].start - gap.b;
        }
    }
    return bound;
}

static int32_t earliest_start(const rn_solution *sol, int32_t n, int32_t t)
{
    const rn_node *x = &sol->node[n];
    if (n >= sol->inst->n_stops) {
        return t <= rn_end_limit(sol, x->route) && t <= x->ceiling ? t
                                                                   : RN_NEVER;
    }
    const int32_t start =
        rn_first_start(sol->inst, n, t < x->release ? x->release : t);
    return start <= x->ceiling ? start : RN_NEVER;
}

/* Moves `n` to `t` or later if that is later than now. */
static bool push_to(rn_solution *sol, rn_ring *q, int32_t n, int32_t t)
{
    if (t <= sol->node[n].start) {
        return true;
    }
    const int32_t start = earliest_start(sol, n, t);
    if (start >= RN_NEVER) {
        return false;
    }
    if (start > sol->node[n].start) {
        set_start(sol, n, start);
        rn_ring_put(sol, q, n);
    }
    return true;
}

/* Who pushes `n` does so sooner than it knows where `n` has come, or has come
 * nearer: what its delay costs is to be found anew. */
static void warn_pushers(rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const int32_t n_arcs = n < inst->n_tasks ? inst->task[n].n_arcs : 0;
    for (int32_t i = 0; i < n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[inst->task[n].first_arc + i];
        rn_window gap;
        if (rn_arc_gap(sol, n, arc, &gap) && gap.b < RN_TIME_MAX &&
            sol->node[arc->other].start != RN_TIME_MIN &&
            sol->node[n].start + gap.b - sol->node[arc->other].start <
                sol->tail[arc->other].sure) {
            rn_forget_tails(sol, arc->other);
        }
    }
}

/* Everything that `n` holds back. */
static bool push_from(rn_solution *sol, rn_ring *q, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const int32_t next = sol->node[n].next;
    if (next != RUNDE_NONE) {
        const int32_t ready = ready_of(sol, next);
        if (ready >= RN_NEVER) {
            return false;
        }
        set_ready(sol, next, ready);
        if (!push_to(sol, q, next, ready)) {
            return false;
        }
    }
    if (n >= inst->n_tasks) {
        return true;
    }
    const rn_task *t = &inst->task[n];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        rn_window gap;
        if (rn_arc_gap(sol, n, arc, &gap) && gap.a > RN_TIME_MIN &&
            !push_to(sol, q, arc->other, sol->node[n].start + gap.a)) {
            return false;
        }
    }
    return true;
}

static bool push_all(rn_solution *sol, rn_ring *q)
{
    /* A loop of links and routes that keeps pushing itself never holds. */
    int64_t steps = 16 * (int64_t)sol->inst->n_nodes + 64;
    while (q->n > 0) {
        const int32_t n = rn_ring_take(sol, q);
        if (steps-- == 0 || !push_from(sol, q, n)) {
            rn_ring_clear(sol, q);
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------- whole tasks */

/* Starts of a route that no link touches; RN_FAR where there are none. */
static bool schedule_alone(rn_solution *sol, int32_t shift)
{
    const int32_t first = rn_shift_start_node(sol->inst, shift);
    bool ok = true;
    for (int32_t n = sol->node[first].next; n != RUNDE_NONE;
         n = sol->node[n].next) {
        int32_t ready = ready_of(sol, n);
        if (ready < RN_NEVER) {
            set_ready(sol, n, ready);
            ready = earliest_start(sol, n, ready);
        }
        ok = ok && ready < RN_NEVER;
        /* A shift whose own activities do not fit is never used. */
        set_start(sol, n, ready < RN_NEVER ? ready : RN_FAR);
    }
    return ok;
}

bool rn_schedule_route(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t first = rn_shift_start_node(inst, shift);
    rn_touch(sol, first)->start = inst->shift[shift].start;
    rn_note_moved(sol, first);
    const bool ok = schedule_alone(sol, shift);
    rn_settle_slack(sol);
    return ok;
}

/* Orders `task` and its client's other visits as their times suggest. */
static void choose_order(rn_solution *sol, int32_t task, int32_t start)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        const rn_node *other = &sol->node[arc->other];
        if (arc->choice < 0 || other->route < 0 ||
            sol->choice[arc->choice] != 0) {
            continue;
        }
        /* In one route the order is there already. */
        const bool before =
            other->route == sol->node[task].route
                ? rn_comes_behind(sol, task, arc->other)
                : start + inst->stop[task].duration <= other->start;
        const bool is_first = (arc->kind & RN_ARC_FIRST) != 0;
        rn_set_choice(sol, arc->choice, before == is_first ? 1 : -1);
    }
}

/* A shift that comes into use, or falls out of it, moves the latest end of
 * the carer's used shift before. False when that one ends too late. */
static bool meet_rest(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    for (int32_t t = inst->shift[shift].before; t != RUNDE_NONE;
         t = inst->shift[t].before) {
        const int32_t end = rn_shift_end_node(inst, t);
        if (sol->route[t].n > 0) {
            rn_note_moved(sol, end);
            return sol->node[end].start <= rn_end_limit(sol, t);
        }
    }
    return true;
}

/* The starts of a shift that had no schedule, from here on. */
static void forget_starts(rn_solution *sol, int32_t n)
{
    for (; n != RUNDE_NONE; n = sol->node[n].next) {
        set_start(sol, n, RN_TIME_MIN);
    }
}

static bool free_followers(rn_solution *sol);

bool rn_schedule_insertion(rn_solution *sol, int32_t task)
{
    rn_ring q = {0, 0};
    rn_note_moved(sol, sol->node[task].prev);
    rn_note_moved(sol, sol->node[task].next);
    const int32_t shift = sol->node[task].route;
    if (sol->route[shift].n == 1) {
        rn_note_moved(sol, rn_shift_end_node(sol->inst, shift));
        if (!meet_rest(sol, shift)) {
            return false;
        }
    }
    const int32_t ready = ready_of(sol, task);
    if (ready >= RN_NEVER) {
        return false;
    }
    rn_touch(sol, task)->ready = ready;
    int32_t start = earliest_start(sol, task, ready);
    if (start >= RN_NEVER) {
        return false;
    }
    choose_order(sol, task, start);
    const int32_t bound = pulled(sol, task);
    if (bound > start) {
        start = earliest_start(sol, task, bound);
        if (start >= RN_NEVER) {
            return false;
        }
    }
    set_start(sol, task, start);
    warn_pushers(sol, task);
    rn_ring_put(sol, &q, task);
    const int32_t next = sol->node[task].next;
    const bool is_anew =
        sol->route[shift].n == 1 &&
        sol->node[rn_shift_end_node(sol->inst, shift)].start >= RN_FAR;
    if (is_anew) {
        forget_starts(sol, next);
    }
    const int32_t was = sol->node[next].ready;
    if (!push_all(sol, &q)) {
        return false;
    }
    if (sol->node[next].ready < was && !is_anew) {
        /* The way round is shorter: what follows may even come earlier. */
        sol->seed[sol->n_seeds++] = next;
        if (!free_followers(sol)) {
            return false;
        }
    }
    /* A shift that comes into use may end too late though nothing moved. */
    return sol->route[shift].n > 1 ||
           sol->node[rn_shift_end_node(sol->inst, shift)].start <=
               rn_end_limit(sol, shift);
}

/* The earliest start its windows leave it, whatever the route. */
static int32_t lowest(const rn_solution *sol, int32_t n)
{
    return n >= sol->inst->n_stops ? RN_TIME_MIN
                                   : earliest_start(sol, n, RN_TIME_MIN);
}

/* Marks what `n` holds back now: tight followers, tight links. */
static void mark_held(rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const int32_t next = sol->node[n].next;
    if (next != RUNDE_NONE && (sol->node[next].ready >= sol->node[next].start ||
                               inst->stop[next].n_windows > 1)) {
        rn_mark(sol, next);
    }
    if (n >= inst->n_tasks) {
        return;
    }
    const rn_task *t = &inst->task[n];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        rn_window gap;
        if (rn_arc_gap(sol, n, arc, &gap) && gap.a > RN_TIME_MIN &&
            (sol->node[n].start + gap.a >= sol->node[arc->other].start ||
             inst->stop[arc->other].n_windows > 1)) {
            rn_mark(sol, arc->other);
        }
    }
}

static void sort_marked_by_start(rn_solution *sol)
{
    rn_ranked *list = sol->ranked;
    for (int32_t i = 0; i < sol->n_marked; i++) {
        list[i] = (rn_ranked){sol->node[sol->marked[i]].start, sol->marked[i]};
    }
    rn_rank(list, sol->unranked, sol->n_marked);
    for (int32_t i = 0; i < sol->n_marked; i++) {
        sol->marked[i] = list[i].node;
    }
}

/* Everything that may start earlier now, in the order it used to start. */
static void mark_freed(rn_solution *sol)
{
    sol->mark_epoch++;
    sol->n_marked = 0;
    for (int32_t i = 0; i < sol->n_seeds; i++) {
        if (sol->node[sol->seed[i]].route >= 0) {
            rn_mark(sol, sol->seed[i]);
        }
    }
    sol->n_seeds = 0;
    for (int32_t i = 0; i < sol->n_marked; i++) {
        const int32_t n = sol->marked[i];
        rn_note_moved(sol, n);
        if (sol->node[n].prev != RUNDE_NONE) {
            rn_note_moved(sol, sol->node[n].prev);
        }
        if (sol->node[n].start > lowest(sol, n)) {
            mark_held(sol, n);
        }
        if (n >= sol->inst->n_stops && sol->route[sol->node[n].route].n == 0) {
            (void)meet_rest(sol, sol->node[n].route);
        }
    }
    sort_marked_by_start(sol);
}

static bool restart(rn_solution *sol, rn_ring *q, int32_t n)
{
    const int32_t ready = ready_of(sol, n);
    if (ready >= RN_NEVER) {
        return false;
    }
    int32_t t = ready;
    const int32_t bound = pulled(sol, n);
    t = bound > t ? bound : t;
    const int32_t start = earliest_start(sol, n, t);
    if (start >= RN_NEVER) {
        return false;
    }
    set_ready(sol, n, ready);
    set_start(sol, n, start);
    warn_pushers(sol, n);
    rn_ring_put(sol, q, n);
    return true;
}

/* Emptied routes have no links and, where only a task made them fit, maybe no
 * schedule; they leave the list. */
static void schedule_emptied(rn_solution *sol)
{
    int32_t left = 0;
    for (int32_t i = 0; i < sol->n_marked; i++) {
        const int32_t n = sol->marked[i];
        const int32_t route = sol->node[n].route;
        if (sol->route[route].n > 0) {
            sol->marked[left++] = n;
        } else {
            (void)schedule_alone(sol, route);
        }
    }
    sol->n_marked = left;
}

/* Starts everything anew that what is on the list of seeds held back. */
static bool free_followers(rn_solution *sol)
{
    rn_ring q = {0, 0};
    mark_freed(sol);
    schedule_emptied(sol);
    for (int32_t i = 0; i < sol->n_marked; i++) {
        set_start(sol, sol->marked[i], RN_TIME_MIN);
    }
    for (int32_t i = 0; i < sol->n_marked; i++) {
        if (!restart(sol, &q, sol->marked[i])) {
            rn_ring_clear(sol, &q);
            return false;
        }
    }
    return push_all(sol, &q);
}

bool rn_schedule_removals(rn_solution *sol)
{
    return free_followers(sol);
}

void rn_set_ceilings(rn_solution *sol, const int32_t *nodes, int32_t n,
                     bool closed)
{
    for (int32_t i = 0; i < n; i++) {
        rn_node *x = &sol->node[nodes[i]];
        rn_forget_tails(sol, nodes[i]);
        x->ceiling = closed ? x->start : RN_TIME_MAX;
        rn_note_moved(sol, nodes[i]);
    }
    rn_settle_slack(sol);
}
