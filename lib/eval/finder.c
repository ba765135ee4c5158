/* SPDX-License-Identifier: MIT */
/* Looking for slots: which routes, which positions, which are best. */
#include "eval/finder.h"

#include "base/alloc.h"
#include "eval/limits.h"

runde_status rn_finder_new(rn_finder **out, rn_solution *sol, rn_rng *rng)
{
    const size_t n = (size_t)sol->inst->n_shifts + 1;
    *out = NULL;
    rn_finder *f = rn_calloc(1, sizeof *f);
    if (f == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    f->arena = arena;
    f->sol = sol;
    f->rng = rng;
    f->empties = true;
    f->shift_stamp = rn_arena_array(&f->arena, n, sizeof *f->shift_stamp);
    f->shift_fixed = rn_arena_array(&f->arena, n, sizeof *f->shift_fixed);
    f->twin_stamp = rn_arena_array(&f->arena, n, sizeof *f->twin_stamp);
    f->moves = rn_arena_array(&f->arena, (size_t)sol->inst->n_arcs + 1,
                              sizeof *f->moves);
    if (f->shift_stamp == NULL || f->shift_fixed == NULL ||
        f->twin_stamp == NULL || f->moves == NULL) {
        rn_finder_free(f);
        return RUNDE_E_NOMEM;
    }
    *out = f;
    return RUNDE_OK;
}

void rn_finder_free(rn_finder *finder)
{
    if (finder != NULL) {
        rn_arena_free(&finder->arena);
        rn_free(finder);
    }
}

/* ------------------------------------------------------- which shifts */

/* What using a shift costs before its first task; where filling is priced
 * the trial knows about its end and breaks. */
static rn_cost first_use(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t end = sol->node[rn_shift_end_node(inst, shift)].start;
    const int32_t over = end - inst->shift[shift].end;
    rn_cost cost = inst->w[RUNDE_SHIFTS_USED];
    if (inst->prices_filling) {
        return cost;
    }
    /* Where it has no end yet the trial finds it. */
    cost += over > 0 && end < RN_FAR ? inst->w[RUNDE_OVERTIME] * over : 0;
    for (uint32_t missed = sol->route[shift].missed; missed != 0;
         missed &= missed - 1) {
        cost += inst->w[RUNDE_BREAKS_MISSED];
    }
    return cost;
}

/* What serving the task costs in this shift wherever it stands in it;
 * RN_COST_INF when it may not. */
static rn_cost shift_fixed(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    if (!rn_may(inst, t->who, shift) ||
        rn_shift_refuses(sol, task, shift) != RUNDE_REASONS) {
        return RN_COST_INF;
    }
    rn_cost cost = rn_fixed_cost(inst, task, shift);
    if (sol->keeps_faces) {
        const rn_cost face =
            rn_face_cost(sol, t->client, inst->shift[shift].carer);
        if (face >= RN_COST_INF) {
            return RN_COST_INF;
        }
        cost += face;
    }
    if (inst->w[RUNDE_CLIENTS_CHANGED] != 0 &&
        rn_is_first_swap(sol, task, inst->shift[shift].carer)) {
        cost += inst->w[RUNDE_CLIENTS_CHANGED];
    }
    if (sol->route[shift].n == 0) {
        cost += sol->route[shift].legs + first_use(sol, shift);
    }
    return cost;
}

static bool counts_limits(const rn_finder *f)
{
    return f->sol->inst->n_bounds > 0 && !f->ignores_limits;
}

static rn_cost known_fixed(rn_finder *f, int32_t task, int32_t shift)
{
    if (rn_is_elsewhere(f, shift)) {
        return RN_COST_INF;
    }
    if (f->shift_stamp[shift] != f->epoch) {
        f->shift_stamp[shift] = f->epoch;
        f->shift_fixed[shift] = shift_fixed(f->sol, task, shift);
        for (int32_t i = 0; i < f->n_banned; i++) {
            if (f->banned[i] == shift) {
                f->shift_fixed[shift] = RN_COST_INF;
            }
        }
        if (counts_limits(f) && rn_limits_refuse(f->sol, task, shift)) {
            f->shift_fixed[shift] = RN_COST_INF;
        }
    }
    return f->shift_fixed[shift];
}

/* -------------------------------------------------------------- the task */

/* What the linked tasks that are served ask of the task's start. */
static void aim(rn_finder *f, int32_t task)
{
    rn_settle_slack(f->sol);
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    f->task = task;
    f->bound = RN_TIME_MIN;
    f->n_moves = 0;
    f->n_open = 0;
    f->row_mode = -1;
    f->is_plain = inst->stop[task].place >= 0 && !inst->uses_distance &&
                  !inst->prices_filling &&
                  inst->w[RUNDE_WORKLOAD_DEVIATION] == 0;
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        const rn_node *y = &sol->node[arc->other];
        if (y->route < 0) {
            continue;
        }
        if (arc->choice >= 0) {
            /* Kept at the far end, away from the certain ones. */
            f->n_open++;
            f->moves[inst->n_arcs - f->n_open].other = arc->other;
            continue;
        }
        if ((arc->kind & RN_ARC_TIME) == 0) {
            continue;
        }
        if (arc->hi < RN_TIME_MAX && y->start - arc->hi > f->bound) {
            f->bound = y->start - arc->hi;
        }
        if (arc->lo > RN_TIME_MIN) {
            f->moves[f->n_moves].other = arc->other;
            f->moves[f->n_moves].gap = arc->lo;
            f->n_moves++;
        }
    }
}

/* Steps behind visits of the same client that it would overlap. */
static int32_t step_aside(const rn_finder *f, int32_t shift, int32_t prev,
                          int32_t start)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const int32_t duration = inst->stop[f->task].duration;
    for (int32_t round = 0; round <= f->n_open; round++) {
        bool again = false;
        for (int32_t i = 1; i <= f->n_open && start < RN_NEVER; i++) {
            const int32_t other = f->moves[inst->n_arcs - i].other;
            const rn_node *y = &sol->node[other];
            const int32_t end = y->start + inst->stop[other].duration;
            const bool clear = start + duration <= y->start || start >= end;
            /* Ahead of it in the same route, the route keeps them apart. */
            const bool ahead =
                y->route == shift && rn_comes_behind(sol, prev, other);
            if (!clear && !ahead) {
                start = rn_first_start(inst, f->task, end);
                again = true;
            }
        }
        if (!again) {
            break;
        }
    }
    return start;
}

/* --------------------------------------------------------- one position */

typedef struct place {
    int32_t shift;
    int32_t prev;
    int32_t next;
    int32_t split;
    int32_t release;
    rn_cost fixed;
    rn_detour way;
    rn_cost own; /* way and fixed */
} place;

typedef struct view {
    int32_t ready; /* the route allows no earlier start */
    int32_t start; /* it alone would start here */
} view;

/* Ticks of the shift that the task and its detour fill. */
static int32_t fill_of(const rn_finder *f, const rn_detour *way)
{
    return way->in.drive + way->in.setup + way->out.drive + way->out.setup -
           way->old.drive - way->old.setup +
           f->sol->inst->stop[f->task].duration;
}

/* The most that filling a gap can save, where filling is priced. */
static rn_cost most_saved(const rn_finder *f, const place *at)
{
    const rn_solution *sol = f->sol;
    if (!sol->inst->prices_filling) {
        return 0;
    }
    /* A shift that comes into use takes its activities along. */
    const bool unused = sol->route[at->shift].n == 0;
    const int32_t fill =
        unused ? sol->route[at->shift].idle : fill_of(f, &at->way);
    return fill > 0 ? -rn_filling_change(sol, at->shift, 0, fill, -fill) : 0;
}

/* How waiting and idle change when the next node moves by `delay`. Exact
 * while no other route's end or first stop moves. */
static rn_cost filling_cost(const rn_finder *f, const place *at, int32_t start,
                            int32_t delay)
{
    const rn_detour *way = &at->way;
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_node *n = &sol->node[at->next];
    const int32_t fill = fill_of(f, way);
    const int32_t later = delay > n->absorb ? delay - n->absorb : 0;
    int64_t waiting = (int64_t)later - fill;
    if (at->prev >= inst->n_stops && !inst->depart_at_start) {
        waiting += (int64_t)n->start - start + way->in.drive + way->in.setup -
                   way->old.drive - way->old.setup;
        const rn_shift *s = &inst->shift[at->shift];
        for (int32_t i = at->split; i < n->gap_hi; i++) {
            waiting -= (sol->route[at->shift].missed >> i) & 1U
                           ? 0
                           : inst->breaks[s->first_break + i].duration;
        }
    }
    return rn_filling_change(sol, at->shift, later, fill, waiting);
}

/* Change of |work - mean| when the carer does so much more. A shift that
 * comes into use takes its way and its activities along. */
static rn_cost balance(const rn_finder *f, int32_t shift, int64_t more)
{
    const rn_instance *inst = f->sol->inst;
    const rn_route *route = &f->sol->route[shift];
    const int64_t base = route->travel + route->setup + route->service;
    const int64_t off = (route->n > 0 ? base : 0) - f->mean_work;
    const int64_t then = base - f->mean_work + more;
    return inst->w[RUNDE_WORKLOAD_DEVIATION] *
           ((then < 0 ? -then : then) - (off < 0 ? -off : off));
}

/* Would the detour be more road than a hard limit leaves? Where clients have
 * limits of their own, who pays for which leg is seen afterwards. */
static bool legs_refuse(const rn_finder *f, const place *at)
{
    const rn_detour *way = &at->way;
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const uint32_t bits = inst->only_global;
    if ((bits >> RUNDE_TRAVEL_TIME & 1U) != 0) {
        const rn_route *route = &sol->route[at->shift];
        const int64_t more = (int64_t)way->in.drive + way->out.drive -
                             way->old.drive +
                             (route->n > 0 ? 0 : route->travel);
        if (more > 0 &&
            more > rn_limits_room(sol, RUNDE_NONE, RUNDE_TRAVEL_TIME)) {
            return true;
        }
    }
    if ((bits >> RUNDE_TRAVEL_DISTANCE & 1U) == 0) {
        return false;
    }
    const int32_t mode = inst->shift[at->shift].mode;
    const int32_t a = inst->stop[at->prev].place;
    const int32_t b = inst->stop[f->task].place;
    const int32_t c = inst->stop[at->next].place;
    const int64_t more = (int64_t)rn_metres(inst, mode, a, b) +
                         rn_metres(inst, mode, b, c) -
                         rn_metres(inst, mode, a, c);
    return more > 0 &&
           more > rn_limits_room(sol, RUNDE_NONE, RUNDE_TRAVEL_DISTANCE);
}

static bool limits_refuse(const rn_finder *f, const place *at, const view *v)
{
    return counts_limits(f) &&
           (legs_refuse(f, at) ||
            rn_limits_refuse_start(f->sol, f->task, v->start));
}

static void find_rows(rn_finder *f, int32_t mode)
{
    const rn_instance *inst = f->sol->inst;
    const int32_t *to = inst->arrivals[mode];
    const size_t at =
        (size_t)inst->stop[f->task].place * (size_t)inst->n_places;
    f->row_mode = mode;
    f->to_task = to != NULL ? to + at : NULL;
    f->from_task = to != NULL ? inst->durations[mode] + at : NULL;
}

/* The same as measure_any where only driving counts: two cells and the leg
 * that is there say whether the rest is worth finding. */
static bool measure_plain(const rn_finder *f, place *at, rn_cost limit)
{
    const rn_stop *stops = f->sol->inst->stop;
    const rn_stop *a = &stops[at->prev];
    const rn_stop *b = &stops[f->task];
    const rn_stop *n = &stops[at->next];
    const int32_t old = f->sol->node[at->next].drive;
    const int32_t in = f->to_task[a->place];
    const int32_t out = f->from_task[n->place];
    at->own = at->fixed + (rn_cost)b->w_travel * in +
              (rn_cost)n->w_travel * ((rn_cost)out - old);
    if (at->own >= limit) {
        return false;
    }
    const rn_detour way = {
        {in, a->place == b->place ? 0 : b->setup, (rn_cost)b->w_travel * in},
        {out, b->place == n->place ? 0 : n->setup, (rn_cost)n->w_travel * out},
        {old, a->place == n->place ? 0 : n->setup, (rn_cost)n->w_travel * old}};
    at->way = way;
    return true;
}

/* Tier one, the way: false when it cannot beat `limit`. */
static bool measure_any(const rn_finder *f, place *at, rn_cost limit)
{
    const rn_instance *inst = f->sol->inst;
    rn_detour *way = &at->way;
    way->old = rn_leg_to(f->sol, at->next);
    way->in = rn_path_into(inst, at->shift, at->prev, f->task);
    way->out = rn_path_between(inst, at->shift, f->task, at->next);
    at->own = at->fixed + way->in.cost + way->out.cost - way->old.cost;
    if (inst->w[RUNDE_WORKLOAD_DEVIATION] != 0) {
        at->own += balance(f, at->shift, fill_of(f, way));
    }
    return at->own - most_saved(f, at) < limit;
}

static bool measure(rn_finder *f, place *at, rn_cost limit)
{
    const rn_instance *inst = f->sol->inst;
    const int32_t mode = inst->shift[at->shift].mode;
    if (f->is_plain && f->row_mode != mode) {
        find_rows(f, mode);
    }
    const bool reads = f->is_plain && f->to_task != NULL &&
                       inst->stop[at->prev].place >= 0 &&
                       inst->stop[at->next].place >= 0;
    return reads ? measure_plain(f, at, limit) : measure_any(f, at, limit);
}

/* Tier two, the start: false when there is none. */
static bool look(const rn_finder *f, const place *at, view *v)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_node *n = &sol->node[at->next];
    const rn_detour *way = &at->way;
    const int32_t free =
        sol->node[at->prev].start + inst->stop[at->prev].duration;
    const rn_window before = {n->gap_lo, at->split};
    v->ready = (before.a == before.b ? free + way->in.drive
                                     : rn_gap_range(sol, at->shift, before,
                                                    free, way->in.drive)) +
               way->in.setup;
    const int32_t thaw = rn_thaw(inst, at->shift, f->task, &way->in);
    v->ready = v->ready > thaw ? v->ready : thaw;
    int32_t start = v->ready > at->release ? v->ready : at->release;
    start = start > f->bound ? start : f->bound;
    start = rn_first_start(inst, f->task, start);
    if (f->n_open > 0 && start < RN_NEVER) {
        start = step_aside(f, at->shift, at->prev, start);
    }
    v->start = start;
    return start < RN_NEVER;
}

/* How much later the next node starts when the task starts at `start`. */
static int32_t delay_of_next(const rn_finder *f, const place *at, int32_t start)
{
    const rn_path *out = &at->way.out;
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    rn_node *n = &sol->node[at->next];
    const int32_t end = start + inst->stop[f->task].duration;
    int32_t ready;
    if (n->gap_lo == n->gap_hi) {
        ready = end + out->drive;
    } else {
        const int32_t lo = n->gap_lo;
        n->gap_lo = at->split;
        ready = rn_gap_time(sol, at->shift, at->next, end, out->drive);
        n->gap_lo = lo;
    }
    ready += out->setup;
    const int32_t thaw = rn_thaw(inst, at->shift, at->next, out);
    ready = ready > thaw ? ready : thaw;
    if (ready <= n->start) {
        return 0;
    }
    if (at->next >= inst->n_stops) {
        return ready - n->start;
    }
    const int32_t then = rn_first_start(inst, at->next, ready);
    return then >= RN_NEVER ? RN_NEVER : then - n->start;
}

/* Lower bound on what delaying a node costs; RN_COST_INF when forbidden. */
static rn_cost delay_bound(const rn_solution *sol, int32_t node, int32_t delay)
{
    const rn_node *n = &sol->node[node];
    if (delay <= n->slack) {
        return 0;
    }
    return n->rate == RN_RATE_HARD || delay >= RN_NEVER / 2
               ? RN_COST_INF
               : (rn_cost)n->rate * (delay - n->slack) + 1;
}

/* What the start costs the others: a lower bound, exact when nothing is
 * delayed beyond its slack. An unused shift is always for the trial. */
static rn_cost others(const rn_finder *f, const place *at, int32_t start,
                      rn_effect *effect)
{
    const rn_solution *sol = f->sol;
    const int32_t delay = delay_of_next(f, at, start);
    rn_cost bound = delay_bound(sol, at->next, delay);
    for (int32_t i = 0; i < f->n_moves && bound < RN_COST_INF; i++) {
        const int32_t y = f->moves[i].other;
        const rn_cost b =
            delay_bound(sol, y, start + f->moves[i].gap - sol->node[y].start);
        bound = b > bound ? b : bound;
    }
    effect->exact = bound == 0 && !rn_is_unmade(sol, at->shift);
    effect->filling = 0;
    if (bound >= RN_COST_INF) {
        return RN_COST_INF;
    }
    bound -= bound > 0;
    if (!sol->inst->prices_filling) {
        return bound;
    }
    if (sol->route[at->shift].n == 0) {
        effect->exact = false;
        effect->filling = -most_saved(f, at);
    } else {
        effect->filling = filling_cost(f, at, start, delay);
    }
    return bound + effect->filling;
}

static rn_cost late_cost(const rn_instance *inst, const rn_solution *sol,
                         int32_t task, int32_t start)
{
    if (inst->w[RUNDE_MAX_LATE] == 0) {
        return 0;
    }
    const int32_t late = rn_lateness(inst, task, start);
    return late > sol->max_late
               ? inst->w[RUNDE_MAX_LATE] * (late - sol->max_late)
               : 0;
}

static void take_if_better(rn_finder *f, const place *at, rn_cost cost)
{
    if (cost < f->limit) {
        f->limit = cost;
        f->found.prev = at->prev;
        f->found.split = at->split;
        f->found.release = at->release;
        f->found.cost = cost;
    }
}

static void consider(rn_finder *f, const place *at)
{
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    view v;
    if (!look(f, at, &v)) {
        return;
    }
    const rn_cost cost = at->own + rn_start_cost(inst, f->task, v.start);
    const rn_cost late = late_cost(inst, sol, f->task, v.start);
    if (cost + late - most_saved(f, at) >= f->limit) {
        return;
    }
    rn_effect effect;
    const rn_cost rest = others(f, at, v.start, &effect);
    if (rest >= RN_COST_INF || cost + late + rest >= f->limit ||
        (inst->n_bounds > 0 && limits_refuse(f, at, &v))) {
        return;
    }
    if (effect.exact) {
        take_if_better(f, at, cost + late + rest);
        return;
    }
    const rn_try one = {f->task,
                        {at->prev, at->split, at->release, 0},
                        &at->way,
                        v.start,
                        effect.filling};
    const rn_cost pushed = rn_trial(sol, &one, 1, f->limit - cost);
    if (pushed < RN_COST_INF) {
        take_if_better(f, at, cost + pushed);
    }
}

/* What a slot for one member of a pair must cost less than. */
static rn_cost worst_of_top(const rn_finder *f)
{
    return f->n_top[f->member] == RN_TOP ? f->top_cost[f->member][RN_TOP - 1]
                                         : f->limit;
}

/* Makes room for an entry of this cost; the last one goes when there is
 * none. Only costs and places are kept in order. */
static uint8_t enter_top(rn_finder *f, rn_cost cost)
{
    rn_cost *costs = f->top_cost[f->member];
    uint8_t *places = f->top_place[f->member];
    int32_t *n = &f->n_top[f->member];
    const bool is_full = *n == RN_TOP;
    int32_t i = is_full ? RN_TOP - 1 : (*n)++;
    const uint8_t freed = is_full ? places[i] : (uint8_t)i;
    while (i > 0 && costs[i - 1] > cost) {
        costs[i] = costs[i - 1];
        places[i] = places[i - 1];
        i--;
    }
    costs[i] = cost;
    places[i] = freed;
    return freed;
}

/* As consider, for one member of a pair: keeps the RN_TOP best by a bound
 * that leaves the other member out. */
static void collect(rn_finder *f, const place *at)
{
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_cost worst = worst_of_top(f);
    view v;
    if (!look(f, at, &v)) {
        return;
    }
    rn_cost least = at->own + rn_start_cost(inst, f->task, v.start) +
                    late_cost(inst, sol, f->task, v.start);
    if (least - most_saved(f, at) >= worst) {
        return;
    }
    rn_effect effect;
    const rn_cost rest = others(f, at, v.start, &effect);
    least += rest;
    if (rest >= RN_COST_INF || least >= worst ||
        (inst->n_bounds > 0 && limits_refuse(f, at, &v))) {
        return;
    }
    rn_entry *entry = &f->top[f->member][enter_top(f, least)];
    entry->slot.prev = at->prev;
    entry->slot.split = at->split;
    entry->slot.release = at->release;
    entry->slot.cost = least;
    entry->way = at->way;
    entry->own = at->own;
    entry->ready = v.ready > at->release ? v.ready : at->release;
    entry->ready = entry->ready > f->bound ? entry->ready : f->bound;
}

/* ------------------------------------------------------- which positions */

static bool blinks(rn_finder *f)
{
    if (f->blink_mean == 0 || --f->blink > 0) {
        return false;
    }
    f->blink = 1 + (int32_t)rn_rng_below(f->rng, (uint32_t)(2 * f->blink_mean));
    return true;
}

static void weigh(rn_finder *f, const place *at)
{
    f->member < 0 ? consider(f, at) : collect(f, at);
}

static void visit_gap(rn_finder *f, place *at, int32_t prev)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_stop *stop = &inst->stop[f->task];
    at->prev = prev;
    at->next = sol->node[prev].next;
    if (at->next == RUNDE_NONE || blinks(f)) {
        return;
    }
    const rn_node *n = &sol->node[at->next];
    const rn_cost limit = f->member < 0 ? f->limit : worst_of_top(f);
    if (!measure(f, at, limit)) {
        return;
    }
    for (at->split = n->gap_lo; at->split <= n->gap_hi; at->split++) {
        at->release = stop->release;
        weigh(f, at);
        if (stop->release > stop->earliest) {
            /* Early is allowed, at a price. */
            at->release = stop->earliest;
            weigh(f, at);
        }
        for (int32_t i = 1; i < stop->n_preferred; i++) {
            /* Waiting for a later wish may be cheaper than being late. */
            at->release = inst->preferred[stop->first_preferred + i].a;
            if (at->release > stop->release && at->release <= stop->latest) {
                weigh(f, at);
            }
        }
    }
}

/* The task would wait for its window in front of a node that must have
 * started long before. */
static bool is_too_soon(const rn_finder *f, int32_t next)
{
    const rn_node *n = &f->sol->node[next];
    const rn_stop *stop = &f->sol->inst->stop[f->task];
    return n->rate == RN_RATE_HARD &&
           (int64_t)n->start + n->slack <
               (int64_t)stop->earliest + stop->duration;
}

static void visit_route(rn_finder *f, int32_t shift)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    if (sol->route[shift].n == 0) {
        const int32_t twin = inst->shift[shift].twin;
        if (!f->empties || f->twin_stamp[twin] == f->epoch ||
            rn_is_elsewhere(f, shift)) {
            return;
        }
        if (known_fixed(f, f->task, shift) < RN_COST_INF) {
            f->twin_stamp[twin] = f->epoch;
        }
    }
    place at;
    at.shift = shift;
    at.fixed = known_fixed(f, f->task, shift);
    if (at.fixed >= RN_COST_INF) {
        return;
    }
    const rn_stop *stop = &inst->stop[f->task];
    for (int32_t n = rn_shift_start_node(inst, shift);
         n != rn_shift_end_node(inst, shift); n = sol->node[n].next) {
        if (sol->node[n].start + inst->stop[n].duration > stop->latest) {
            break;
        }
        if (!is_too_soon(f, sol->node[n].next)) {
            visit_gap(f, &at, n);
        }
    }
}

static void visit_gap_beside(rn_finder *f, place *at, int32_t prev)
{
    const rn_node *p = &f->sol->node[prev];
    const rn_stop *stop = f->sol->inst->stop;
    if (p->start + stop[prev].duration <= stop[f->task].latest &&
        !is_too_soon(f, p->next)) {
        visit_gap(f, at, prev);
    }
}

static void visit_unused(rn_finder *f)
{
    const rn_instance *inst = f->sol->inst;
    const uint64_t *who =
        inst->who + (size_t)inst->task[f->task].who * (size_t)inst->who_words;
    for (int32_t w = 0; w < inst->who_words; w++) {
        const uint64_t bits = who[w] & f->sol->unused[w];
        for (int32_t s = 0; s < 64 && bits >> s != 0; s++) {
            if ((bits >> s & 1U) != 0) {
                visit_route(f, 64 * w + s);
            }
        }
    }
}

static void visit_neighbours(rn_finder *f)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    int32_t n = 0;
    const int32_t *near = rn_near_of(inst, f->task, &n);
    n = n < f->near ? n : f->near;
    for (int32_t i = 0; i < n; i++) {
        const rn_node *y = &sol->node[near[i]];
        if (y->route < 0) {
            continue;
        }
        place at;
        at.shift = y->route;
        at.fixed = known_fixed(f, f->task, y->route);
        if (at.fixed < f->limit) {
            visit_gap_beside(f, &at, near[i]);
            visit_gap_beside(f, &at, y->prev);
        }
    }
    if (f->empties) {
        visit_unused(f);
    }
}

static void visit_all(rn_finder *f)
{
    const int32_t n = f->only != NULL ? f->n_only : f->sol->inst->n_shifts;
    f->epoch++;
    if (f->only == NULL && f->near > 0) {
        visit_neighbours(f);
        return;
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t s = f->only != NULL ? f->only[i] : i;
        if (rn_may(f->sol->inst, f->sol->inst->task[f->task].who, s)) {
            visit_route(f, s);
        }
    }
    if (f->only != NULL && f->and_unused) {
        visit_unused(f);
    }
}

rn_slot rn_best_slot(rn_finder *f, int32_t task, rn_cost limit)
{
    aim(f, task);
    f->member = -1;
    f->limit = limit;
    f->found.prev = RUNDE_NONE;
    f->found.cost = limit;
    visit_all(f);
    return f->found;
}

void rn_top_slots(rn_finder *f, int32_t member, int32_t task, rn_cost limit)
{
    aim(f, task);
    f->member = member;
    f->limit = limit;
    f->n_top[member] = 0;
    visit_all(f);
}

rn_cost rn_entry_cost(rn_finder *f, int32_t task, const rn_entry *entry,
                      int32_t start, rn_effect *effect)
{
    const rn_solution *sol = f->sol;
    const int32_t prev = entry->slot.prev;
    const place at = {
        sol->node[prev].route, prev, sol->node[prev].next, entry->slot.split,
        entry->slot.release,   0,    entry->way,           entry->own};
    f->task = task;
    f->n_moves = 0;
    return others(f, &at, start, effect);
}

rn_slot rn_best_in_shift(rn_finder *f, int32_t task, int32_t shift)
{
    aim(f, task);
    f->epoch++;
    f->member = -1;
    f->limit = RN_COST_INF / 2;
    f->found.prev = RUNDE_NONE;
    f->found.cost = f->limit;
    const int32_t mean = f->blink_mean;
    const bool empties = f->empties;
    f->blink_mean = 0;
    f->empties = true;
    visit_route(f, shift);
    f->blink_mean = mean;
    f->empties = empties;
    return f->found;
}
