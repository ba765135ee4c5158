/* SPDX-License-Identifier: MIT */
/* Taking a plan over: its routes are kept as they are, breaks included, and
 * only the times are chosen anew, unless the plan's own are cheaper. Of a plan
 * that does not hold as a whole the routes that do are taken; the others are
 * taken over stop by stop, and what does not fit is left out. */
#include "search/search.h"

/* While routes are copied their times are not known, so rest is for later. */
bool rn_may_go(const rn_solution *sol, int32_t task, int32_t shift,
               bool is_copy)
{
    const rn_instance *inst = sol->inst;
    if (sol->node[task].route >= 0 ||
        !rn_may(inst, inst->task[task].who, shift)) {
        return false;
    }
    const runde_reason_code code = rn_shift_refuses(sol, task, shift);
    if (code != RUNDE_REASONS && !(is_copy && code == RUNDE_REASON_REST)) {
        return false;
    }
    return !sol->keeps_faces ||
           rn_face_cost(sol, inst->task[task].client,
                        inst->shift[shift].carer) < RN_COST_INF;
}

/* The task that a stop of a plan is, or RUNDE_NONE. */
static int32_t task_of(const rn_instance *inst, const runde_stop *stop)
{
    if (stop->kind != RUNDE_STOP_VISIT ||
        stop->item >= runde_problem_n_visits(inst->problem)) {
        return RUNDE_NONE;
    }
    const int32_t task = inst->first_task[stop->item] + stop->part;
    return task < inst->first_task[stop->item + 1] ? task : RUNDE_NONE;
}

/* ------------------------------------------------------ all as it stands */

/* A route being copied: the node behind which the next one comes, and the
 * first break that no gap has yet. */
typedef struct copy {
    rn_search *s;
    int32_t shift;
    int32_t prev;
    int32_t gap_lo;
    int32_t gap_hi;
    bool at_own_times; /* tasks wait for their start by the plan */
} copy;

/* What a task waits for: its start by the plan, as far as that is one. */
static int32_t own_release(const rn_instance *inst, int32_t task, int32_t start)
{
    const int32_t release = rn_release_at(inst, task, start);
    return start > release && start <= inst->stop[task].latest ? start
                                                               : release;
}

/* Breaks that the plan passes over are missed, if they may be. */
static bool copy_break(copy *c, int32_t number, bool taken)
{
    rn_solution *sol = c->s->sol;
    const rn_shift *shift = &sol->inst->shift[c->shift];
    const rn_break *list = sol->inst->breaks + shift->first_break;
    while (c->gap_hi < shift->n_breaks) {
        const int32_t i = c->gap_hi++;
        if (taken && list[i].number == number) {
            return true;
        }
        if (!list[i].optional) {
            return false;
        }
        rn_touch_route(sol, c->shift)->missed |= (uint32_t)1 << i;
    }
    return !taken;
}

/* The next node of the route has its place; breaks lie in front of it. */
static void close_gap(copy *c, int32_t node)
{
    rn_solution *sol = c->s->sol;
    rn_node *x = rn_touch(sol, node);
    x->gap_lo = c->gap_lo;
    x->gap_hi = c->gap_hi;
    c->gap_lo = c->gap_hi;
    c->prev = node;
    sol->seed[sol->n_seeds++] = node;
}

static bool copy_stop(copy *c, const runde_stop *stop)
{
    rn_solution *sol = c->s->sol;
    const rn_instance *inst = sol->inst;
    if (stop->kind == RUNDE_STOP_BREAK) {
        return copy_break(c, stop->item, true);
    }
    if (stop->kind == RUNDE_STOP_ACTIVITY) {
        /* Activities stand in an order of their own. */
        const int32_t node = inst->shift[c->shift].first_activity + stop->item;
        if (sol->node[c->prev].next != node) {
            return false;
        }
        close_gap(c, node);
        return true;
    }
    const int32_t task = task_of(inst, stop);
    if (task == RUNDE_NONE || !rn_may_go(sol, task, c->shift, true)) {
        return true;
    }
    const int32_t next = sol->node[c->prev].next;
    const int32_t release = c->at_own_times
                                ? own_release(inst, task, stop->start)
                                : rn_release_at(inst, task, stop->start);
    const rn_slot slot = {c->prev, sol->node[next].gap_lo, release, 0};
    rn_link_in(sol, task, &slot);
    sol->over_start[task] = stop->start;
    close_gap(c, task);
    return true;
}

static bool copy_route(rn_search *s, const runde_route *route,
                       bool at_own_times)
{
    rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    copy c = {s, route->shift, rn_shift_start_node(inst, route->shift), 0,
              0, at_own_times};
    rn_touch_route(sol, route->shift)->missed = 0;
    for (int32_t k = 0; k < route->n_stops; k++) {
        if (!copy_stop(&c, &route->stops[k])) {
            return false;
        }
    }
    const int32_t last = rn_shift_end_node(inst, route->shift);
    if (sol->node[c.prev].next != last || !copy_break(&c, 0, false)) {
        return false;
    }
    close_gap(&c, last);
    return true;
}

/* Which of two visits of a client comes first, as the plan has it. */
static void copy_orders(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        for (int32_t i = 0; i < inst->task[t].n_arcs; i++) {
            const rn_arc *arc = &inst->arcs[inst->task[t].first_arc + i];
            if (arc->choice < 0 || (arc->kind & RN_ARC_FIRST) == 0 ||
                sol->node[t].route < 0 || sol->node[arc->other].route < 0) {
                continue;
            }
            const bool before = sol->over_start[t] + inst->stop[t].duration <=
                                sol->over_start[arc->other];
            rn_set_choice(sol, arc->choice, before ? 1 : -1);
        }
    }
}

/* A unit of which only some tasks found their place goes out whole. */
static void remove_torn_units(rn_search *s)
{
    const rn_instance *inst = s->inst;
    rn_solution *sol = s->sol;
    for (int32_t u = 0; u < inst->n_units; u++) {
        const rn_unit *unit = &inst->unit[u];
        int32_t served = 0;
        for (int32_t i = 0; i < unit->n; i++) {
            served += sol->node[inst->unit_tasks[unit->first + i]].route >= 0;
        }
        if (served == unit->n || served == 0) {
            continue;
        }
        for (int32_t i = 0; i < unit->n; i++) {
            const int32_t task = inst->unit_tasks[unit->first + i];
            if (sol->node[task].route >= 0) {
                rn_link_out(sol, task);
            }
        }
    }
}

static bool copy_plan(rn_search *s, const runde_plan *start, bool at_own_times)
{
    rn_solution *sol = s->sol;
    sol->n_seeds = 0;
    for (int32_t i = 0; i < runde_plan_n_routes(start); i++) {
        const runde_route *route = runde_plan_route(start, i);
        if (route->shift >= s->inst->n_shifts ||
            !copy_route(s, route, at_own_times)) {
            return false;
        }
    }
    /* Whose partner is ill is looked for another one, the rest stays. */
    remove_torn_units(s);
    copy_orders(sol);
    if (!rn_schedule_removals(sol)) {
        return false;
    }
    for (int32_t r = 0; r < s->inst->n_shifts; r++) {
        if (!rn_hours_allow(sol, r)) {
            return false;
        }
    }
    return true;
}

/* -------------------------------------------------------- route by route */

/* Visits of a client in this route and in those that are there already. */
static void order_route(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    for (int32_t t = sol->node[rn_shift_start_node(inst, shift)].next;
         t != RUNDE_NONE; t = sol->node[t].next) {
        for (int32_t i = 0; t < inst->n_tasks && i < inst->task[t].n_arcs;
             i++) {
            const rn_arc *arc = &inst->arcs[inst->task[t].first_arc + i];
            const rn_node *other = &sol->node[arc->other];
            if (arc->choice < 0 || other->route < 0 ||
                sol->choice[arc->choice] != 0) {
                continue;
            }
            const bool before =
                other->route == shift
                    ? rn_comes_behind(sol, t, arc->other)
                    : sol->over_start[t] + inst->stop[t].duration <=
                          other->start;
            const bool is_first = (arc->kind & RN_ARC_FIRST) != 0;
            rn_set_choice(sol, arc->choice, before == is_first ? 1 : -1);
        }
    }
}

/* The carer's used shift before has to end in time for this one. */
static void seed_shift_before(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    int32_t t = inst->shift[shift].before;
    while (t != RUNDE_NONE && sol->route[t].n == 0) {
        t = inst->shift[t].before;
    }
    if (t != RUNDE_NONE) {
        sol->seed[sol->n_seeds++] = rn_shift_end_node(inst, t);
    }
}

/* Takes what has begun out of a route, which is to come back with the rest. */
static int32_t clear_route(rn_solution *sol, int32_t shift)
{
    const int32_t first = rn_shift_start_node(sol->inst, shift);
    int32_t n = 0;
    for (int32_t t = sol->node[first].next; t != RUNDE_NONE;) {
        const int32_t next = sol->node[t].next;
        if (t < sol->inst->n_tasks) {
            rn_link_out(sol, t);
            n++;
        }
        t = next;
    }
    return n;
}

static int32_t count_frozen(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    int32_t n = 0;
    for (int32_t t = sol->node[rn_shift_start_node(inst, shift)].next;
         t != RUNDE_NONE; t = sol->node[t].next) {
        n += t < inst->n_tasks && inst->task[t].is_frozen;
    }
    return n;
}

/* The route next to those that are there; false, and the route has what of it
 * has begun, if that was there, when they do not hold together. */
static bool add_route(rn_search *s, const runde_route *route, bool at_own_times)
{
    rn_solution *sol = s->sol;
    rn_journal_begin(sol, &sol->inner);
    sol->n_seeds = 0;
    const int32_t n_begun = clear_route(sol, route->shift);
    bool holds = copy_route(s, route, at_own_times) &&
                 sol->route[route->shift].n > 0 &&
                 count_frozen(sol, route->shift) >= n_begun;
    if (holds) {
        order_route(sol, route->shift);
        seed_shift_before(sol, route->shift);
        holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
    }
    if (!holds) {
        rn_journal_undo(sol, &sol->inner);
        sol->n_seeds = 0;
    }
    sol->inner.on = false;
    rn_settle(sol);
    return holds;
}

/* ---------------------------------------------------------- stop by stop */

/* The gap at the end of the route that this start time falls behind, and
 * so many breaks. */
static rn_slot slot_at_end(const rn_solution *sol, int32_t task, int32_t shift,
                           const runde_stop *stop, int32_t n_breaks)
{
    const rn_instance *inst = sol->inst;
    int32_t next = rn_shift_end_node(inst, shift);
    /* Activities that start later stay behind. */
    while (sol->node[next].prev >= inst->n_tasks &&
           sol->node[next].prev < inst->n_stops &&
           sol->node[sol->node[next].prev].start > stop->start) {
        next = sol->node[next].prev;
    }
    const rn_node *n = &sol->node[next];
    rn_slot slot = {n->prev, n->gap_lo, rn_release_at(inst, task, stop->start),
                    0};
    if (n_breaks > slot.split) {
        slot.split = n_breaks < n->gap_hi ? n_breaks : n->gap_hi;
    }
    return slot;
}

static void place_stop(rn_search *s, int32_t shift, const runde_stop *stop,
                       int32_t n_breaks)
{
    rn_solution *sol = s->sol;
    const int32_t task = task_of(s->inst, stop);
    if (task == RUNDE_NONE || !rn_may_go(sol, task, shift, false)) {
        return;
    }
    const rn_slot slot = slot_at_end(sol, task, shift, stop, n_breaks);
    rn_journal_begin(sol, &sol->inner);
    if (rn_insert(sol, task, &slot)) {
        sol->inner.on = false;
    } else {
        rn_journal_undo(sol, &sol->inner);
    }
}

static void place_route(rn_search *s, const runde_route *route)
{
    int32_t n_breaks = 0;
    for (int32_t k = 0; k < route->n_stops; k++) {
        n_breaks += route->stops[k].kind == RUNDE_STOP_BREAK;
        place_stop(s, route->shift, &route->stops[k], n_breaks);
    }
}

/* ------------------------------------------------------------- own times */

/* What of a route waits for its own times. */
typedef enum waiting { VISITS, VISITS_AND_ACTIVITIES } waiting;

static void hold_route(rn_search *s, const runde_route *route, waiting what)
{
    rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    for (int32_t k = 0; k < route->n_stops; k++) {
        const runde_stop *stop = &route->stops[k];
        int32_t node = task_of(inst, stop);
        if (node != RUNDE_NONE && sol->node[node].route == route->shift) {
            rn_touch(sol, node)->release = own_release(inst, node, stop->start);
        } else if (what == VISITS_AND_ACTIVITIES &&
                   stop->kind == RUNDE_STOP_ACTIVITY &&
                   route->shift < inst->n_shifts &&
                   sol->route[route->shift].n > 0 &&
                   stop->item < inst->shift[route->shift].n_activities) {
            node = inst->shift[route->shift].first_activity + stop->item;
            if (stop->start <= inst->stop[node].latest) {
                rn_touch(sol, node)->release = stop->start;
            }
        } else {
            continue;
        }
        sol->seed[sol->n_seeds++] = node;
    }
}

/* Has routes `from` to before `to` of the plan wait for their own times, if
 * that is cheaper. */
static void hold_times(rn_search *s, const runde_plan *start, int32_t from,
                       int32_t to, waiting what)
{
    rn_solution *sol = s->sol;
    const rn_price before = rn_price_of(sol);
    rn_journal_begin(sol, &sol->inner);
    sol->n_seeds = 0;
    for (int32_t i = from; i < to; i++) {
        hold_route(s, runde_plan_route(start, i), what);
    }
    const bool holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    if (holds) {
        rn_settle(sol);
    }
    if (!holds || rn_price_compare(rn_price_of(sol), before) >= 0) {
        rn_journal_undo(sol, &sol->inner);
        rn_settle(sol);
    }
    sol->inner.on = false;
}

/* The moments that the search waits for are not always the best ones: times
 * found by an exact method, or by people, may lie between them. One route
 * after the other first, then all: those of a crew only gain together.
 * Activities last, because nobody puts them forward again. */
static void choose_times(rn_search *s, const runde_plan *start)
{
    const int32_t n = runde_plan_n_routes(start);
    for (int32_t i = 0; i < n; i++) {
        hold_times(s, start, i, i + 1, VISITS);
    }
    hold_times(s, start, 0, n, VISITS);
    hold_times(s, start, 0, n, VISITS_AND_ACTIVITIES);
}

/* ---------------------------------------------------------------- the whole */

bool rn_search_drops(const rn_search *s)
{
    const rn_instance *inst = s->inst;
    for (int32_t t = 0; inst->freezes && t < inst->n_tasks; t++) {
        if (inst->task[t].is_frozen && s->sol->node[t].route < 0) {
            return true;
        }
    }
    return false;
}

static bool try_copy(rn_search *s, const runde_plan *start, bool at_own_times,
                     bool with_frozen)
{
    rn_journal_begin(s->sol, &s->sol->outer);
    const bool holds = copy_plan(s, start, at_own_times) &&
                       !(with_frozen && rn_search_drops(s));
    if (!holds) {
        rn_journal_undo(s->sol, &s->sol->outer);
        s->sol->n_seeds = 0;
    }
    s->sol->outer.on = false;
    if (holds) {
        rn_settle(s->sol);
    }
    return holds;
}

/* Beginning earlier may make hours too long. */
bool rn_search_copy(rn_search *s, const runde_plan *start)
{
    return try_copy(s, start, false, false) || try_copy(s, start, true, false);
}

void rn_search_start(rn_search *s, const runde_plan *start,
                     const runde_plan *held)
{
    s->has_start = true;
    const bool with_frozen = held != NULL;
    if (try_copy(s, start, false, with_frozen) ||
        try_copy(s, start, true, with_frozen)) {
        choose_times(s, start);
        rn_thin(s);
        return;
    }
    const bool is_held = held != NULL && rn_search_copy(s, held);
    rn_journal_begin(s->sol, &s->sol->outer);
    /* The whole ones first: what is in the way of the others is known then. */
    for (int32_t i = 0; i < runde_plan_n_routes(start); i++) {
        const runde_route *route = runde_plan_route(start, i);
        if (route->shift < s->inst->n_shifts && !add_route(s, route, false)) {
            (void)add_route(s, route, true);
        }
    }
    for (int32_t i = 0; i < runde_plan_n_routes(start); i++) {
        const runde_route *route = runde_plan_route(start, i);
        if (route->shift < s->inst->n_shifts &&
            (is_held || s->sol->route[route->shift].n == 0)) {
            place_route(s, route);
        }
    }
    remove_torn_units(s);
    if (!rn_schedule_removals(s->sol)) {
        /* Without those that only went together the way may be longer. */
        rn_journal_undo(s->sol, &s->sol->outer);
        s->sol->n_seeds = 0;
    }
    s->sol->outer.on = false;
    rn_settle(s->sol);
    choose_times(s, start);
    rn_thin(s);
}
