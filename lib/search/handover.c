/* SPDX-License-Identifier: MIT */
#include "search/handover.h"

#include <stddef.h>
#include <string.h>

#include "base/alloc.h"
#include "eval/limits.h"
#include "search/assign.h"
#include "search/tails.h"

enum { MOST = RN_MOST_ASSIGNED };

/* Begin and end of shifts that exchange routes are no further apart. */
#define ALIKE_SECONDS 5400

/* Pairs priced between two looks at the clock. */
#define POLL_EVERY 1000

/* A node of a route that is in nobody's hands. */
typedef struct loose_stop {
    int32_t node; /* RUNDE_NONE: the next activity of the shift, or its end */
    int32_t gap_hi;
    int32_t release;
    int32_t start; /* when it started in the plan */
    bool is_bound; /* to another route of the group */
} loose_stop;

typedef struct loose_route {
    int32_t shift; /* it comes from */
    int32_t first; /* into stops */
    int32_t n;     /* the end among them */
    uint32_t missed;
} loose_route;

struct rn_handover {
    const rn_instance *inst;
    rn_solution *sol;
    int32_t alike_ticks;
    int32_t n_shifts; /* of the group */
    int32_t n_routes;
    int32_t shift[MOST];
    loose_route route[MOST];
    int32_t column[MOST];
    int64_t cost[MOST * MOST];
    loose_stop *stops; /* of all routes */
    int32_t n_stops;
    bool *is_done;       /* by shift: has been in a group */
    int64_t *key;        /* shifts that might be in the group */
    int32_t *candidates; /* nearest first */
    rn_arena arena;
};

runde_status rn_handover_new(rn_handover **out, const rn_instance *inst)
{
    *out = NULL;
    rn_handover *h = rn_calloc(1, sizeof *h);
    if (h == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    h->arena = arena;
    h->inst = inst;
    const int64_t tick_ms = runde_problem_settings(inst->problem)->tick_ms;
    h->alike_ticks = (int32_t)(ALIKE_SECONDS * 1000LL / tick_ms);
    h->stops =
        rn_arena_array(&h->arena, (size_t)inst->n_nodes + 1, sizeof *h->stops);
    h->is_done = rn_arena_array(&h->arena, (size_t)inst->n_shifts + 1,
                                sizeof *h->is_done);
    h->key =
        rn_arena_array(&h->arena, (size_t)inst->n_shifts + 1, sizeof *h->key);
    h->candidates = rn_arena_array(&h->arena, (size_t)inst->n_shifts + 1,
                                   sizeof *h->candidates);
    if (h->stops == NULL || h->is_done == NULL || h->key == NULL ||
        h->candidates == NULL) {
        rn_handover_free(h);
        return RUNDE_E_NOMEM;
    }
    *out = h;
    return RUNDE_OK;
}

void rn_handover_free(rn_handover *handover)
{
    if (handover != NULL) {
        rn_arena_free(&handover->arena);
        rn_free(handover);
    }
}

/* ------------------------------------------------------------- the group */

static bool are_alike(const rn_handover *h, int32_t one, int32_t other)
{
    const rn_shift *a = &h->inst->shift[one];
    const rn_shift *b = &h->inst->shift[other];
    const int64_t first = (int64_t)a->start - b->start;
    const int64_t last = (int64_t)a->end - b->end;
    return a->n_breaks == b->n_breaks && a->n_activities == b->n_activities &&
           first <= h->alike_ticks && first >= -h->alike_ticks &&
           last <= h->alike_ticks && last >= -h->alike_ticks;
}

/* What is frozen stays, and so does what has a ceiling: others count on it. */
static bool is_loose(const rn_handover *h, int32_t shift)
{
    const rn_solution *sol = h->sol;
    for (int32_t n = sol->node[rn_shift_start_node(h->inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        if (sol->node[n].ceiling < RN_TIME_MAX ||
            (n < h->inst->n_tasks && h->inst->task[n].is_frozen)) {
            return false;
        }
    }
    return true;
}

/* Where a shift is: at its first stop, or where it starts. */
static int32_t place_of(const rn_solution *sol, int32_t shift)
{
    const int32_t start = rn_shift_start_node(sol->inst, shift);
    const int32_t first = sol->node[start].next;
    return sol->inst->stop[first].place >= 0 ? sol->inst->stop[first].place
                                             : sol->inst->stop[start].place;
}

static bool has_carer(const rn_handover *h, int32_t carer)
{
    for (int32_t i = 0; i < h->n_shifts; i++) {
        if (h->inst->shift[h->shift[i]].carer == carer) {
            return true;
        }
    }
    return false;
}

/* The shift and those like it, one for each carer, the nearest if there are
 * too many. */
static void find_group(rn_handover *h, const rn_finder *finder, int32_t shift)
{
    const rn_instance *inst = h->inst;
    const int32_t mode = inst->shift[shift].mode;
    const int32_t here = place_of(h->sol, shift);
    int32_t n = 0;
    h->n_shifts = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (!rn_is_elsewhere(finder, s) && are_alike(h, shift, s)) {
            h->key[n] = s == shift
                            ? -1
                            : rn_drive(inst, mode, here, place_of(h->sol, s));
            h->candidates[n++] = s;
        }
    }
    if (n > MOST) {
        rn_sort_units(h->key, h->candidates, n);
    }
    for (int32_t i = 0; i < n && h->n_shifts < MOST; i++) {
        const int32_t s = h->candidates[i];
        if (is_loose(h, s) && !has_carer(h, inst->shift[s].carer)) {
            h->shift[h->n_shifts++] = s;
        }
    }
}

/* --------------------------------------------------------- taking it apart */

static bool is_in_group(const rn_handover *h, int32_t shift)
{
    for (int32_t i = 0; i < h->n_shifts; i++) {
        if (h->shift[i] == shift) {
            return true;
        }
    }
    return false;
}

/* Does a link bind the task's time to another route of the group? */
static bool is_bound(const rn_handover *h, int32_t task)
{
    const rn_instance *inst = h->inst;
    const rn_solution *sol = h->sol;
    for (int32_t i = 0; i < inst->task[task].n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[inst->task[task].first_arc + i];
        rn_window gap;
        if (rn_arc_gap(sol, task, arc, &gap) &&
            sol->node[arc->other].route != sol->node[task].route &&
            is_in_group(h, sol->node[arc->other].route)) {
            return true;
        }
    }
    return false;
}

static void read_route(rn_handover *h, int32_t shift)
{
    rn_solution *sol = h->sol;
    loose_route *route = &h->route[h->n_routes++];
    route->shift = shift;
    route->first = h->n_stops;
    route->missed = sol->route[shift].missed;
    for (int32_t n = sol->node[rn_shift_start_node(h->inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        loose_stop *stop = &h->stops[h->n_stops++];
        const bool is_task = n < h->inst->n_tasks;
        stop->node = is_task ? n : RUNDE_NONE;
        stop->gap_hi = sol->node[n].gap_hi;
        stop->release = sol->node[n].release;
        stop->start = sol->node[n].start;
        stop->is_bound = is_task && is_bound(h, n);
    }
    route->n = h->n_stops - route->first;
}

/* Takes all routes of the group out. False when what is left has no schedule
 * (a road network where the way round is shorter). */
static bool take_apart(rn_handover *h)
{
    rn_solution *sol = h->sol;
    h->n_routes = 0;
    h->n_stops = 0;
    for (int32_t i = 0; i < h->n_shifts; i++) {
        if (sol->route[h->shift[i]].n > 0) {
            read_route(h, h->shift[i]);
        }
    }
    for (int32_t i = 0; i < h->n_stops; i++) {
        if (h->stops[i].node != RUNDE_NONE) {
            sol->over_start[h->stops[i].node] = h->stops[i].start;
            rn_link_out(sol, h->stops[i].node);
        }
    }
    const bool holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    rn_settle(sol);
    return holds;
}

/* -------------------------------------------------------- laying out again */

/* Before anything is built: skills, wishes, and breaks that must be taken. */
static bool may_all_go(const rn_handover *h, const loose_route *route,
                       int32_t shift)
{
    const rn_shift *s = &h->inst->shift[shift];
    for (int32_t i = 0; i < s->n_breaks; i++) {
        if ((route->missed >> i & 1U) != 0 &&
            !h->inst->breaks[s->first_break + i].optional) {
            return false;
        }
    }
    for (int32_t k = 0; k < route->n; k++) {
        const int32_t task = h->stops[route->first + k].node;
        if (task != RUNDE_NONE &&
            !rn_may(h->inst, h->inst->task[task].who, shift)) {
            return false;
        }
    }
    return true;
}

static bool lay_task(rn_handover *h, const loose_stop *stop, int32_t shift,
                     int32_t prev, bool is_alone)
{
    rn_solution *sol = h->sol;
    if (!rn_may_go(sol, stop->node, shift, false)) {
        return false;
    }
    rn_slot slot = {prev, sol->node[sol->node[prev].next].gap_lo, stop->release,
                    0};
    if (is_alone && stop->is_bound) {
        /* Its partner counts on it. */
        slot.release = stop->start;
        rn_touch(sol, stop->node)->ceiling = stop->start;
    }
    rn_link_in(sol, stop->node, &slot);
    if (h->inst->n_bounds > 0) {
        rn_limits_note(sol, h->inst->task[stop->node].client);
    }
    rn_keep_orders(sol, stop->node);
    return true;
}

/* Puts a route into an unused shift: sums, and seeds for a schedule. */
static bool lay(rn_handover *h, const loose_route *route, int32_t shift,
                bool is_alone)
{
    rn_solution *sol = h->sol;
    const loose_stop *stop = h->stops + route->first;
    const int32_t start = rn_shift_start_node(h->inst, shift);
    int32_t prev = start;
    rn_touch_route(sol, shift)->missed = route->missed;
    for (int32_t k = 0; k < route->n; k++) {
        if (stop[k].node != RUNDE_NONE &&
            !lay_task(h, &stop[k], shift, prev, is_alone)) {
            return false;
        }
        prev = sol->node[prev].next;
    }
    int32_t gap_lo = 0;
    for (int32_t k = 0, n = sol->node[start].next; k < route->n;
         k++, n = sol->node[n].next) {
        rn_node *x = rn_touch(sol, n);
        x->gap_lo = gap_lo;
        x->gap_hi = stop[k].gap_hi;
        gap_lo = x->gap_hi;
        sol->seed[sol->n_seeds++] = n;
    }
    return true;
}

/* Times and price of what has been laid. */
static bool schedule(rn_solution *sol)
{
    const bool holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    if (holds) {
        rn_settle(sol);
    }
    return holds;
}

/* What the route adds in this shift, without the others of the group. */
static int64_t price_pair(rn_handover *h, const loose_route *route,
                          int32_t shift)
{
    rn_solution *sol = h->sol;
    int64_t cost = RN_FORBIDDEN;
    if (!may_all_go(h, route, shift)) {
        return cost;
    }
    const rn_cost before = rn_total(sol);
    sol->n_seeds = 0;
    rn_journal_begin(sol, &sol->inner);
    if (lay(h, route, shift, true) && schedule(sol)) {
        cost = rn_total(sol) - before;
    }
    rn_undo_and_settle(sol, &sol->inner);
    return cost;
}

/* Rows are compared with themselves only: what is common to all shifts, the
 * price of leaving the visits out above all, is taken off. */
static void price_row(rn_handover *h, int32_t row)
{
    int64_t *cost = h->cost + (ptrdiff_t)row * h->n_shifts;
    int64_t least = RN_FORBIDDEN;
    for (int32_t i = 0; i < h->n_shifts; i++) {
        cost[i] = price_pair(h, &h->route[row], h->shift[i]);
        least = cost[i] < least ? cost[i] : least;
    }
    for (int32_t i = 0; i < h->n_shifts; i++) {
        if (cost[i] < RN_FORBIDDEN) {
            cost[i] -= least;
            cost[i] = cost[i] < RN_MOST_ASSIGNED_COST ? cost[i] : RN_FORBIDDEN;
        }
    }
}

static bool changes_hands(const rn_handover *h)
{
    bool changes = false;
    for (int32_t i = 0; i < h->n_routes; i++) {
        changes = changes || h->shift[h->column[i]] != h->route[i].shift;
    }
    return changes;
}

static bool put_together(rn_handover *h)
{
    h->sol->n_seeds = 0;
    for (int32_t i = 0; i < h->n_routes; i++) {
        if (!lay(h, &h->route[i], h->shift[h->column[i]], false)) {
            return false;
        }
    }
    return schedule(h->sol);
}

/* Within a journal: when false, to be undone. */
static bool deal(rn_handover *h)
{
    if (!take_apart(h)) {
        return false;
    }
    for (int32_t i = 0; i < h->n_routes; i++) {
        price_row(h, i);
    }
    return rn_assign(h->column, h->cost, h->n_routes, h->n_shifts) &&
           changes_hands(h) && put_together(h);
}

/* The group of one shift. True when the plan is a better one now, else it is
 * as it was. */
static bool hand_over(rn_handover *h, const rn_finder *finder, int32_t shift)
{
    rn_solution *sol = h->sol;
    find_group(h, finder, shift);
    if (h->n_shifts < 2) {
        return false;
    }
    const rn_price before = rn_price_of(sol);
    rn_journal_begin(sol, &sol->outer);
    const bool better =
        deal(h) && rn_price_compare(rn_price_of(sol), before) < 0;
    if (!better) {
        rn_undo_and_settle(sol, &sol->outer);
    }
    sol->outer.on = false;
    return better;
}

bool rn_hand_over(rn_handover *handover, const rn_finder *finder,
                  rn_poll_fn poll, void *poll_payload)
{
    rn_handover *h = handover;
    bool any = false;
    int32_t n_pairs = 0;
    h->sol = finder->sol;
    memset(h->is_done, 0, (size_t)h->inst->n_shifts * sizeof *h->is_done);
    for (int32_t s = 0; s < h->inst->n_shifts; s++) {
        if (h->is_done[s] || h->sol->route[s].n == 0) {
            continue;
        }
        if (n_pairs >= POLL_EVERY) {
            n_pairs = 0;
            if (poll != NULL && !poll(poll_payload)) {
                return false;
            }
        }
        any = hand_over(h, finder, s) || any;
        n_pairs += h->n_shifts * h->n_shifts;
        for (int32_t i = 0; i < h->n_shifts; i++) {
            h->is_done[h->shift[i]] = true;
        }
    }
    return any;
}
