/* SPDX-License-Identifier: MIT */
/* Labels that remember only neighbours, after Baldacci, Mingozzi and Roberti,
 * "New route relaxation and pricing strategies for the vehicle routing
 * problem" (2011): a route may come back to a task that every label since has
 * forgotten. Where the best route does, its tasks learn to remember and the
 * labels are set anew, so that in the end it serves everybody once. */
#include "exact/pricing.h"

#include <string.h>

#include "base/alloc.h"

/* Labels for one shift; beyond them it is given up. */
#define MOST_LABELS 60000
/* Labels looked at by all calls together, and between two polls: about a
 * second, and a few milliseconds. */
#define MOST_LOOKS ((int64_t)300000000)
#define POLL_EVERY ((int64_t)1 << 20)
/* Tasks that a label remembers at first, and lessons. */
#define NEIGHBOURS 8
#define MOST_LESSONS 40

/* A start at which the cost of a task may turn. */
typedef struct moment {
    int32_t start;
    int64_t cost;  /* of starting then */
    int64_t least; /* then or at a later moment */
} moment;

typedef struct label {
    int64_t reduced;
    int64_t cost;
    uint64_t memory; /* tasks it must not come back to */
    int32_t time;    /* start of service */
    int32_t task;
    int32_t from; /* label before it, or RUNDE_NONE */
    int32_t next; /* of the same task, or RUNDE_NONE */
    bool is_dead; /* another one is as good in every way */
} label;

struct rn_pricing {
    const rn_instance *inst;
    int32_t shift; /* being priced */
    const int64_t *worth;
    int32_t *first_moment; /* task: into moments; n_tasks + 1 */
    moment *moments;
    uint64_t *memory; /* task: whom its labels remember */
    label *labels;
    int32_t n_labels;
    int64_t looks; /* at labels */
    int64_t next_poll;
    const rn_patience *patience;
    int32_t head[RN_MOST_PRICED]; /* labels of a task */
    rn_arena arena;
};

/* --------------------------------------------------------------- moments */

static void sort_moments(moment *list, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const moment m = list[i];
        int32_t at = i;
        while (at > 0 && list[at - 1].start > m.start) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = m;
    }
}

static int32_t add_moment(const rn_pricing *p, int32_t task, moment *list,
                          int32_t n, int64_t start)
{
    if (start < RN_TIME_MIN || start > RN_TIME_MAX ||
        rn_first_start(p->inst, task, (int32_t)start) != start) {
        return n;
    }
    list[n].start = (int32_t)start;
    list[n].cost = rn_start_cost(p->inst, task, (int32_t)start);
    return n + 1;
}

/* Around every start at which the cost may turn: between two of them, in one
 * window, it is a line. */
static int32_t find_moments(const rn_pricing *p, int32_t task, moment *list)
{
    const rn_stop *stop = &p->inst->stop[task];
    int32_t n = 0;
    for (int32_t i = 0; i < stop->n_windows; i++) {
        const rn_window w = p->inst->windows[stop->first_window + i];
        n = add_moment(p, task, list, n, w.a);
        n = add_moment(p, task, list, n, w.b);
    }
    for (int32_t i = 0; i < stop->n_preferred; i++) {
        const rn_window w = p->inst->preferred[stop->first_preferred + i];
        const int64_t ends[2] = {w.a, w.b};
        for (int32_t k = 0; k < 6; k++) {
            const int64_t at =
                ends[k % 2] + (int64_t)stop->duration * (k / 2 - 1);
            n = add_moment(p, task, list, n, at - 1);
            n = add_moment(p, task, list, n, at);
            n = add_moment(p, task, list, n, at + 1);
        }
    }
    if (stop->published != RUNDE_TIME_NONE) {
        const int64_t at = stop->published;
        n = add_moment(p, task, list, n, at - stop->tolerance);
        n = add_moment(p, task, list, n, at);
        n = add_moment(p, task, list, n, at + stop->tolerance);
    }
    sort_moments(list, n);
    int64_t least = RN_COST_INF;
    for (int32_t i = n - 1; i >= 0; i--) {
        least = list[i].cost < least ? list[i].cost : least;
        list[i].least = least;
    }
    return n;
}

/* The least that starting at `start`, which is allowed, or later costs. */
static int64_t least_start_cost(const rn_pricing *p, int32_t task,
                                int32_t start)
{
    const int64_t now = rn_start_cost(p->inst, task, start);
    for (int32_t i = p->first_moment[task]; i < p->first_moment[task + 1];
         i++) {
        if (p->moments[i].start >= start) {
            return p->moments[i].least < now ? p->moments[i].least : now;
        }
    }
    return now;
}

/* ---------------------------------------------------------------- memory */

bool rn_pricing_suits(const rn_instance *inst)
{
    bool suits = inst->n_tasks > 0 && inst->n_tasks <= RN_MOST_PRICED &&
                 inst->n_bounds == 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        suits = suits && inst->shift[s].n_activities == 0;
    }
    return suits;
}

static int64_t most_moments(const rn_instance *inst)
{
    int64_t n = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        n += 2 * inst->stop[t].n_windows + 18 * inst->stop[t].n_preferred + 3;
    }
    return n;
}

/* The nearest task that is not in the set, or RUNDE_NONE. */
static int32_t find_nearest(const rn_instance *inst, int32_t task, uint64_t set)
{
    int32_t nearest = RUNDE_NONE;
    int32_t least = INT32_MAX;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const int32_t drive =
            rn_drive(inst, 0, inst->stop[task].place, inst->stop[t].place);
        if ((set >> t & 1U) == 0 && drive < least) {
            least = drive;
            nearest = t;
        }
    }
    return nearest;
}

static void remember_neighbours(rn_pricing *p)
{
    for (int32_t t = 0; t < p->inst->n_tasks; t++) {
        p->memory[t] = (uint64_t)1 << t;
        for (int32_t k = 0; k < NEIGHBOURS; k++) {
            const int32_t next = find_nearest(p->inst, t, p->memory[t]);
            p->memory[t] |= next >= 0 ? (uint64_t)1 << next : 0;
        }
    }
}

runde_status rn_pricing_new(rn_pricing **out, const rn_instance *inst,
                            const rn_patience *patience)
{
    *out = NULL;
    rn_pricing *p = rn_calloc(1, sizeof *p);
    if (p == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    const size_t n = (size_t)inst->n_tasks + 1;
    p->arena = arena;
    p->inst = inst;
    p->patience = patience;
    p->next_poll = POLL_EVERY;
    p->first_moment = rn_arena_array(&p->arena, n, sizeof *p->first_moment);
    p->moments = rn_arena_array(&p->arena, (size_t)most_moments(inst) + 1,
                                sizeof *p->moments);
    p->memory = rn_arena_array(&p->arena, n, sizeof *p->memory);
    p->labels = rn_arena_array(&p->arena, MOST_LABELS, sizeof *p->labels);
    if (p->first_moment == NULL || p->moments == NULL || p->memory == NULL ||
        p->labels == NULL) {
        rn_pricing_free(p);
        return RUNDE_E_NOMEM;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        p->first_moment[t + 1] =
            p->first_moment[t] +
            find_moments(p, t, p->moments + p->first_moment[t]);
    }
    remember_neighbours(p);
    *out = p;
    return RUNDE_OK;
}

void rn_pricing_free(rn_pricing *pricing)
{
    if (pricing != NULL) {
        rn_arena_free(&pricing->arena);
        rn_free(pricing);
    }
}

/* ---------------------------------------------------------------- labels */

/* From a node, where service starts at `time`, to a task. False when it is
 * too late there. */
static bool go(const rn_pricing *p, int32_t shift, int32_t node, int32_t task,
               int32_t *time, int64_t *cost)
{
    const rn_instance *inst = p->inst;
    const rn_path path = rn_path_between(inst, shift, node, task);
    const int64_t ready =
        (int64_t)*time + inst->stop[node].duration + path.drive + path.setup;
    if (path.drive >= RN_FAR || ready > RN_FAR) {
        return false;
    }
    const int32_t start = rn_first_start(inst, task, (int32_t)ready);
    if (start == RN_NEVER || (int64_t)start + inst->stop[task].duration >
                                 inst->shift[shift].max_end) {
        return false;
    }
    *time = start;
    *cost += path.cost + rn_fixed_cost(inst, task, shift) +
             least_start_cost(p, task, start);
    return true;
}

/* The way home and what it costs that the shift is used; RN_COST_INF when it
 * is too late. */
static int64_t go_home(const rn_pricing *p, int32_t shift, int32_t task,
                       int32_t time)
{
    const rn_instance *inst = p->inst;
    const rn_shift *s = &inst->shift[shift];
    const rn_path path =
        rn_path_between(inst, shift, task, rn_shift_end_node(inst, shift));
    const int64_t end = (int64_t)time + inst->stop[task].duration + path.drive;
    if (path.drive >= RN_FAR || end > s->max_end) {
        return RN_COST_INF;
    }
    return path.cost + inst->w[RUNDE_SHIFTS_USED] +
           (end > s->end ? inst->w[RUNDE_OVERTIME] * (end - s->end) : 0);
}

int64_t rn_price_sequence(const rn_pricing *pricing, int32_t shift,
                          const int32_t *task, int32_t n)
{
    int32_t node = rn_shift_start_node(pricing->inst, shift);
    int32_t time = pricing->inst->shift[shift].start;
    int64_t cost = 0;
    for (int32_t i = 0; i < n; i++) {
        if (!rn_may(pricing->inst, pricing->inst->task[task[i]].who, shift) ||
            !go(pricing, shift, node, task[i], &time, &cost)) {
            return RN_COST_INF;
        }
        node = task[i];
    }
    const int64_t home = go_home(pricing, shift, node, time);
    return home < RN_COST_INF ? cost + home : RN_COST_INF;
}

static bool is_as_good(const label *a, const label *b)
{
    return a->time <= b->time && a->reduced <= b->reduced &&
           (a->memory & ~b->memory) == 0;
}

/* False when there is no room. */
static bool add_label(rn_pricing *p, const label *made)
{
    int32_t *link = &p->head[made->task];
    while (*link != RUNDE_NONE) {
        label *other = &p->labels[*link];
        p->looks++;
        if (is_as_good(other, made)) {
            return true;
        }
        if (is_as_good(made, other)) {
            other->is_dead = true;
            *link = other->next;
        } else {
            link = &other->next;
        }
    }
    if (p->n_labels == MOST_LABELS) {
        return false;
    }
    p->labels[p->n_labels] = *made;
    p->labels[p->n_labels].next = p->head[made->task];
    p->head[made->task] = p->n_labels++;
    return true;
}

/* To every task that may follow; `at` is RUNDE_NONE at the start place. */
static bool extend(rn_pricing *p, int32_t at)
{
    const rn_instance *inst = p->inst;
    const bool is_start = at == RUNDE_NONE;
    const int32_t node =
        is_start ? rn_shift_start_node(inst, p->shift) : p->labels[at].task;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        label next = {0};
        if (!is_start) {
            next = p->labels[at];
        } else {
            next.time = inst->shift[p->shift].start;
        }
        int64_t cost = 0;
        if ((next.memory >> t & 1U) != 0 ||
            !rn_may(inst, inst->task[t].who, p->shift) ||
            !go(p, p->shift, node, t, &next.time, &cost)) {
            continue;
        }
        next.cost += cost;
        next.reduced += cost * RN_FINE - p->worth[t];
        next.memory = (next.memory & p->memory[t]) | (uint64_t)1 << t;
        next.task = t;
        next.from = at;
        next.is_dead = false;
        if (!add_label(p, &next)) {
            return false;
        }
    }
    return true;
}

static bool may_go_on(rn_pricing *p)
{
    if (p->looks < p->next_poll) {
        return true;
    }
    p->next_poll = p->looks + POLL_EVERY;
    return p->looks < MOST_LOOKS && (p->patience->poll == NULL ||
                                     p->patience->poll(p->patience->payload));
}

static bool set_labels(rn_pricing *p)
{
    p->n_labels = 0;
    for (int32_t t = 0; t < RN_MOST_PRICED; t++) {
        p->head[t] = RUNDE_NONE;
    }
    bool has_room = extend(p, RUNDE_NONE);
    for (int32_t i = 0; i < p->n_labels && has_room; i++) {
        has_room = p->labels[i].is_dead || (extend(p, i) && may_go_on(p));
    }
    return has_room;
}

/* ---------------------------------------------------------------- routes */

/* The label that gets home best from this task. */
static int32_t best_at(const rn_pricing *p, int32_t task, int64_t *reduced)
{
    int32_t best = RUNDE_NONE;
    *reduced = 0;
    for (int32_t i = p->head[task]; i != RUNDE_NONE; i = p->labels[i].next) {
        const int64_t home = go_home(p, p->shift, task, p->labels[i].time);
        if (home < RN_COST_INF &&
            p->labels[i].reduced + home * RN_FINE < *reduced) {
            *reduced = p->labels[i].reduced + home * RN_FINE;
            best = i;
        }
    }
    return best;
}

/* Whom the route serves twice, and all between two times: they remember. */
static bool learn(rn_pricing *p, int32_t last)
{
    bool is_new = false;
    for (int32_t i = last; i != RUNDE_NONE; i = p->labels[i].from) {
        int32_t k = p->labels[i].from;
        while (k != RUNDE_NONE && p->labels[k].task != p->labels[i].task) {
            k = p->labels[k].from;
        }
        if (k == RUNDE_NONE) {
            continue;
        }
        const uint64_t bit = (uint64_t)1 << p->labels[i].task;
        for (int32_t j = p->labels[i].from; j != k; j = p->labels[j].from) {
            is_new = is_new || (p->memory[p->labels[j].task] & bit) == 0;
            p->memory[p->labels[j].task] |= bit;
        }
    }
    return is_new;
}

/* False for a route that serves somebody twice. */
static bool read_route(const rn_pricing *p, int32_t last, rn_priced *route)
{
    uint64_t served = 0;
    int32_t n = 0;
    for (int32_t i = last; i != RUNDE_NONE; i = p->labels[i].from) {
        const uint64_t bit = (uint64_t)1 << p->labels[i].task;
        if ((served & bit) != 0) {
            return false;
        }
        served |= bit;
        n++;
    }
    route->n = n;
    for (int32_t i = last; i != RUNDE_NONE; i = p->labels[i].from) {
        route->task[--n] = p->labels[i].task;
    }
    route->cost =
        p->labels[last].cost +
        go_home(p, p->shift, p->labels[last].task, p->labels[last].time);
    return true;
}

/* Keeps the best ones in order. */
static int32_t keep(rn_priced *found, int32_t n, int32_t most,
                    const rn_priced *route)
{
    int32_t at = n < most ? n : most - 1;
    if (n == most && found[at].reduced <= route->reduced) {
        return n;
    }
    while (at > 0 && found[at - 1].reduced > route->reduced) {
        found[at] = found[at - 1];
        at--;
    }
    found[at] = *route;
    return n < most ? n + 1 : n;
}

static int32_t best_of_all(const rn_pricing *p, int64_t *least)
{
    int32_t best = RUNDE_NONE;
    *least = 0;
    for (int32_t t = 0; t < p->inst->n_tasks; t++) {
        int64_t reduced;
        const int32_t i = best_at(p, t, &reduced);
        if (i != RUNDE_NONE && reduced < *least) {
            *least = reduced;
            best = i;
        }
    }
    return best;
}

int32_t rn_price_routes(rn_pricing *pricing, rn_priced *found, int32_t most,
                        int32_t shift, const int64_t *worth, int64_t *least)
{
    rn_pricing *p = pricing;
    p->shift = shift;
    p->worth = worth;
    int32_t lessons = 0;
    int32_t best = RUNDE_NONE;
    do {
        if (!set_labels(p)) {
            return RUNDE_NONE;
        }
        best = best_of_all(p, least);
    } while (best != RUNDE_NONE && lessons++ < MOST_LESSONS && learn(p, best));
    int32_t n = 0;
    for (int32_t t = 0; t < p->inst->n_tasks; t++) {
        rn_priced route;
        const int32_t i = best_at(p, t, &route.reduced);
        if (i != RUNDE_NONE && read_route(p, i, &route)) {
            n = keep(found, n, most, &route);
        }
    }
    return n;
}
