/* SPDX-License-Identifier: MIT */
/* What a place costs, in tiers: see finder.h. */
#include "eval/weigh.h"

#include "eval/limits.h"
#include "eval/tail.h"

bool rn_is_held(const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    bool held = false;
    for (int32_t i = 0; i < t->n_arcs && !held; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        held = arc->choice < 0 && arc->hi < RN_TIME_MAX &&
               (arc->kind & RN_ARC_TIME) != 0 &&
               sol->node[arc->other].route >= 0;
    }
    return held;
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

/* Ticks of the shift that the task and its detour fill. */
static int32_t fill_of(const rn_finder *f, const rn_detour *way)
{
    return way->in.drive + way->in.setup + way->out.drive + way->out.setup -
           way->old.drive - way->old.setup +
           f->sol->inst->stop[f->task].duration;
}

/* The most that filling a gap can save, where filling is priced. */
static rn_cost most_saved(const rn_finder *f, const rn_place *at)
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
static rn_cost filling_cost(const rn_finder *f, const rn_place *at,
                            int32_t start, int32_t delay)
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
static bool legs_refuse(const rn_finder *f, const rn_place *at)
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

static bool limits_refuse(const rn_finder *f, const rn_place *at, int32_t start)
{
    return rn_counts_limits(f) &&
           (legs_refuse(f, at) ||
            rn_limits_refuse_start(f->sol, f->task, start));
}

void rn_find_rows(rn_finder *f, int32_t mode)
{
    const rn_instance *inst = f->sol->inst;
    const int32_t *to = f->is_plain ? inst->arrivals[mode] : NULL;
    const size_t at =
        (size_t)inst->stop[f->task].place * (size_t)inst->n_places;
    f->row_mode = mode;
    f->both_ways = rn_is_same_back(inst, mode);
    f->to_task = to != NULL ? to + at : NULL;
    f->from_task = to != NULL ? inst->durations[mode] + at : NULL;
}

bool rn_measure(const rn_finder *f, rn_place *at, rn_cost limit)
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

int32_t rn_arrive(const rn_finder *f, const rn_place *at)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_node *n = &sol->node[at->next];
    const rn_detour *way = &at->way;
    const int32_t free =
        sol->node[at->prev].start + inst->stop[at->prev].duration;
    const rn_window before = {n->gap_lo, at->split};
    const int32_t there =
        (before.a == before.b
             ? free + way->in.drive
             : rn_gap_range(sol, at->shift, before, free, way->in.drive)) +
        way->in.setup;
    const int32_t thaw = rn_thaw(inst, at->shift, f->task, &way->in);
    const int32_t ready = there > thaw ? there : thaw;
    return ready > f->bound ? ready : f->bound;
}

/* Tier two, the start; RN_NEVER when there is none. */
static int32_t start_at(const rn_finder *f, const rn_place *at)
{
    const int32_t start =
        rn_first_start(f->sol->inst, f->task,
                       at->ready > at->release ? at->ready : at->release);
    return f->n_open > 0 && start < RN_NEVER
               ? step_aside(f, at->shift, at->prev, start)
               : start;
}

/* How much later the next node starts when the task starts at `start`. */
static int32_t delay_of_next(const rn_finder *f, const rn_place *at,
                             int32_t start)
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

/* What delaying the next node costs: a lower bound, exact when nothing is
 * delayed beyond its slack, or nothing but the rest of the route. A label
 * that reaches `budget` is enough. */
static rn_cost next_bound(const rn_finder *f, int32_t next, int32_t delay,
                          rn_cost budget, rn_effect *effect)
{
    rn_solution *sol = f->sol;
    const rn_cost bound = delay_bound(sol, next, delay);
    effect->exact = bound == 0;
    effect->tail = 0;
    if (bound == 0 || !f->reads_tails ||
        bound >= (f->trusts_labels ? budget + 1 : RN_COST_INF)) {
        return bound;
    }
    const rn_tail *tail = rn_tail_of(sol, next);
    effect->tail = rn_tail_delayed(tail, delay);
    if (f->adds_up && delay <= tail->sure && !f->is_held &&
        effect->tail < RN_COST_INF) {
        effect->exact = true;
        return effect->tail;
    }
    return effect->tail >= bound ? effect->tail + 1 : bound;
}

/* What the start costs the others: a lower bound, which may be exact. An
 * unused shift without a schedule is always for the trial. */
static rn_cost others(const rn_finder *f, const rn_place *at, int32_t start,
                      rn_cost budget, rn_effect *effect)
{
    const rn_solution *sol = f->sol;
    const int32_t delay = delay_of_next(f, at, start);
    rn_cost bound = next_bound(f, at->next, delay, budget, effect);
    for (int32_t i = 0; i < f->n_moves && bound < RN_COST_INF; i++) {
        const int32_t y = f->moves[i].other;
        const rn_cost b =
            delay_bound(sol, y, start + f->moves[i].gap - sol->node[y].start);
        effect->exact = effect->exact && b == 0;
        bound = b > bound ? b : bound;
    }
    effect->exact = effect->exact && !rn_is_unmade(sol, at->shift);
    effect->filling = 0;
    if (bound >= RN_COST_INF) {
        return RN_COST_INF;
    }
    bound -= bound > 0 && !effect->exact;
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

static void take_if_better(rn_finder *f, const rn_place *at, rn_cost cost)
{
    if (cost < f->limit) {
        f->limit = cost;
        f->found.prev = at->prev;
        f->found.split = at->split;
        f->found.release = at->release;
        f->found.cost = cost;
    }
}

static void consider(rn_finder *f, const rn_place *at)
{
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const int32_t start = start_at(f, at);
    if (start >= RN_NEVER) {
        return;
    }
    const rn_cost cost = at->own + rn_start_cost(inst, f->task, start);
    const rn_cost late = late_cost(inst, sol, f->task, start);
    if (cost + late - most_saved(f, at) >= f->limit) {
        return;
    }
    rn_effect effect;
    const rn_cost rest = others(f, at, start, f->limit - cost - late, &effect);
    if (rest >= RN_COST_INF || cost + late + rest >= f->limit ||
        (inst->n_bounds > 0 && limits_refuse(f, at, start))) {
        return;
    }
    if (effect.exact) {
        take_if_better(f, at, cost + late + rest);
        return;
    }
    const rn_try one = {f->task,
                        {at->prev, at->split, at->release, 0},
                        &at->way,
                        start,
                        effect.filling};
    const rn_cost pushed = rn_trial(sol, &one, 1, f->limit - cost);
    if (pushed < RN_COST_INF) {
        take_if_better(f, at, cost + pushed);
    }
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
static void collect(rn_finder *f, const rn_place *at)
{
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_cost worst = rn_slot_limit(f);
    const int32_t start = start_at(f, at);
    if (start >= RN_NEVER) {
        return;
    }
    rn_cost least = at->own + rn_start_cost(inst, f->task, start) +
                    late_cost(inst, sol, f->task, start);
    if (least - most_saved(f, at) >= worst) {
        return;
    }
    rn_effect effect;
    const rn_cost rest = others(f, at, start, worst - least, &effect);
    least += rest;
    if (rest >= RN_COST_INF || least >= worst ||
        (inst->n_bounds > 0 && limits_refuse(f, at, start))) {
        return;
    }
    rn_entry *entry = &f->top[f->member][enter_top(f, least)];
    entry->slot.prev = at->prev;
    entry->slot.split = at->split;
    entry->slot.release = at->release;
    entry->slot.cost = least;
    entry->way = at->way;
    entry->own = at->own;
    entry->ready = at->ready > at->release ? at->ready : at->release;
}

void rn_weigh(rn_finder *f, const rn_place *at)
{
    f->member < 0 ? consider(f, at) : collect(f, at);
}

rn_cost rn_entry_cost(rn_finder *f, int32_t task, const rn_entry *entry,
                      int32_t start, rn_effect *effect)
{
    const rn_solution *sol = f->sol;
    const int32_t prev = entry->slot.prev;
    const rn_place at = {.shift = sol->node[prev].route,
                         .prev = prev,
                         .next = sol->node[prev].next,
                         .split = entry->slot.split,
                         .release = entry->slot.release,
                         .way = entry->way,
                         .own = entry->own,
                         .ready = entry->ready};
    f->task = task;
    f->n_moves = 0;
    f->is_held = rn_is_held(sol, task);
    return others(f, &at, start, RN_COST_INF - 1, effect);
}
