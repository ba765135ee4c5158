/* SPDX-License-Identifier: MIT */
#include "search/parts.h"

#include "base/alloc.h"

runde_status rn_parts_new(rn_parts **out, const rn_instance *inst, int32_t n)
{
    const size_t carers = (size_t)inst->n_carers + 1;
    const size_t units = (size_t)inst->n_units + 1;
    *out = NULL;
    rn_parts *p = rn_calloc(1, sizeof *p);
    if (p == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    p->arena = arena;
    p->inst = inst;
    p->n = n;
    rn_arena *a = &p->arena;
    p->of_shift =
        rn_arena_array(a, (size_t)inst->n_shifts + 1, sizeof *p->of_shift);
    p->of_unit = rn_arena_array(a, units, sizeof *p->of_unit);
    p->home = rn_arena_array(a, units, sizeof *p->home);
    p->first_carer = rn_arena_array(a, (size_t)n + 1, sizeof *p->first_carer);
    p->carers = rn_arena_array(a, carers, sizeof *p->carers);
    p->key = rn_arena_array(a, carers, sizeof *p->key);
    p->place = rn_arena_array(a, carers, sizeof *p->place);
    p->mode = rn_arena_array(a, carers, sizeof *p->mode);
    p->tasks = rn_arena_array(a, carers, sizeof *p->tasks);
    if (p->of_shift == NULL || p->of_unit == NULL || p->home == NULL ||
        p->first_carer == NULL || p->carers == NULL || p->key == NULL ||
        p->place == NULL || p->mode == NULL || p->tasks == NULL) {
        rn_parts_free(p);
        return RUNDE_E_NOMEM;
    }
    *out = p;
    return RUNDE_OK;
}

void rn_parts_free(rn_parts *parts)
{
    if (parts != NULL) {
        rn_arena_free(&parts->arena);
        rn_free(parts);
    }
}

bool rn_parts_suit(const rn_instance *inst)
{
    return !inst->has_globals && inst->n_bounds == 0;
}

/* ---------------------------------------------------------------- carers */

/* The place in the middle of a route, or where its shift begins. */
static int32_t middle_of(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    int32_t node = rn_shift_start_node(inst, shift);
    for (int32_t left = sol->route[shift].n / 2 + 1; left > 0;) {
        const int32_t next = sol->node[node].next;
        if (next == RUNDE_NONE || sol->route[shift].n == 0) {
            break;
        }
        node = next;
        left -= node < inst->n_tasks;
    }
    return inst->stop[node].place;
}

static void survey(rn_parts *p, const rn_solution *sol)
{
    const rn_instance *inst = p->inst;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        const rn_carer_limits *carer = &inst->carer[c];
        p->tasks[c] = 1;
        p->place[c] = RUNDE_NONE;
        for (int32_t i = 0; i < carer->n_shifts; i++) {
            const int32_t s = inst->carer_shifts[carer->first_shift + i];
            p->tasks[c] += sol->route[s].n;
            if (p->place[c] < 0 || sol->route[s].n > 0) {
                p->place[c] = middle_of(sol, s);
                p->mode[c] = inst->shift[s].mode;
            }
        }
    }
}

static int64_t way(const rn_parts *p, int32_t from, int32_t to)
{
    return rn_drive(p->inst, p->mode[from], p->place[from], p->place[to]);
}

/* By key, ties by carer. */
static bool comes_first(const rn_parts *p, int32_t a, int32_t b)
{
    return p->key[a] != p->key[b] ? p->key[a] < p->key[b] : a < b;
}

static void sift_down(rn_parts *p, int32_t *list, int32_t at, int32_t n)
{
    const int32_t x = list[at];
    for (int32_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        child += child + 1 < n && comes_first(p, list[child], list[child + 1]);
        if (!comes_first(p, x, list[child])) {
            break;
        }
        list[at] = list[child];
        at = child;
    }
    list[at] = x;
}

/* Heap sort: the order must be the same everywhere. */
static void sort_carers(rn_parts *p, int32_t *list, int32_t n)
{
    for (int32_t i = n / 2; i-- > 0;) {
        sift_down(p, list, i, n);
    }
    for (int32_t i = n; i-- > 1;) {
        const int32_t last = list[i];
        list[i] = list[0];
        list[0] = last;
        sift_down(p, list, 0, i);
    }
}

/* Between a carer drawn by lot and the one farthest from there: every other
 * stands nearer to one or the other. No coordinates are needed for it. */
static void line_up(rn_parts *p, int32_t *list, int32_t n, rn_rng *rng)
{
    const int32_t a = list[rn_rng_below(rng, (uint32_t)n)];
    int32_t b = a;
    for (int32_t i = 0; i < n; i++) {
        b = way(p, a, list[i]) > way(p, a, b) ? list[i] : b;
    }
    for (int32_t i = 0; i < n; i++) {
        p->key[list[i]] = way(p, a, list[i]) - way(p, b, list[i]);
    }
    sort_carers(p, list, n);
}

/* Splits carers lo..hi-1 into parts first..first+n-1. */
static void split(rn_parts *p, int32_t lo, int32_t hi, int32_t first, int32_t n,
                  rn_rng *rng)
{
    while (n > 1) {
        line_up(p, p->carers + lo, hi - lo, rng);
        const int32_t left = n / 2;
        int64_t all = 0;
        for (int32_t i = lo; i < hi; i++) {
            all += p->tasks[p->carers[i]];
        }
        /* Every part gets a carer at least. */
        int32_t cut = lo;
        int64_t sum = 0;
        while (cut < hi - (n - left) &&
               (cut < lo + left || sum * n < all * left)) {
            sum += p->tasks[p->carers[cut++]];
        }
        split(p, lo, cut, first, left, rng);
        lo = cut;
        first += left;
        n -= left;
    }
    p->first_carer[first] = lo;
}

static void divide_carers(rn_parts *p, rn_rng *rng)
{
    const rn_instance *inst = p->inst;
    int32_t n = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (inst->carer[c].n_shifts > 0) {
            p->carers[n++] = c;
        }
    }
    split(p, 0, n, 0, p->n, rng);
    p->first_carer[p->n] = n;
    for (int32_t part = 0; part < p->n; part++) {
        for (int32_t i = p->first_carer[part]; i < p->first_carer[part + 1];
             i++) {
            const rn_carer_limits *carer = &inst->carer[p->carers[i]];
            for (int32_t k = 0; k < carer->n_shifts; k++) {
                p->of_shift[inst->carer_shifts[carer->first_shift + k]] = part;
            }
        }
    }
}

/* ----------------------------------------------------------------- units */

/* Where a left-out task might fit: the part of a neighbour that a shift
 * serves which may serve it too. */
static int32_t part_nearby(const rn_parts *p, const rn_solution *sol,
                           int32_t task, rn_rng *rng)
{
    const rn_instance *inst = p->inst;
    int32_t n = 0;
    const int32_t *near = rn_near_of(inst, task, &n);
    for (int32_t tries = 0; tries < 8 && n > 0; tries++) {
        const int32_t other = near[rn_rng_below(rng, (uint32_t)n)];
        const int32_t route = sol->node[other].route;
        if (route >= 0 && rn_may(inst, inst->task[task].who, route)) {
            return p->of_shift[route];
        }
    }
    return (int32_t)rn_rng_below(rng, (uint32_t)p->n);
}

static int32_t home_of(const rn_parts *p, const rn_solution *sol, int32_t unit,
                       rn_rng *rng)
{
    const rn_unit *u = &p->inst->unit[unit];
    const int32_t *tasks = p->inst->unit_tasks + u->first;
    if (!rn_is_served(sol, unit)) {
        return part_nearby(p, sol, tasks[0], rng);
    }
    const int32_t part = p->of_shift[sol->node[tasks[0]].route];
    for (int32_t i = 1; i < u->n; i++) {
        if (p->of_shift[sol->node[tasks[i]].route] != part) {
            return RUNDE_NONE;
        }
    }
    return part;
}

/* Is a linked unit at home elsewhere? */
static bool is_bound(const rn_parts *p, int32_t unit)
{
    const rn_instance *inst = p->inst;
    const rn_unit *u = &inst->unit[unit];
    for (int32_t i = 0; i < u->n; i++) {
        const rn_task *t = &inst->task[inst->unit_tasks[u->first + i]];
        for (int32_t k = 0; k < t->n_arcs; k++) {
            const int32_t other = inst->arcs[t->first_arc + k].other;
            if (p->home[inst->task[other].unit] != p->home[unit]) {
                return true;
            }
        }
    }
    return false;
}

/* A client whose carers may not be one too many is served by one part. */
static bool faces_are_bound(const rn_parts *p, int32_t unit)
{
    const rn_instance *inst = p->inst;
    const int32_t task = inst->unit_tasks[inst->unit[unit].first];
    const rn_client *c = &inst->client[inst->task[task].client];
    for (int32_t i = 0; i < c->n_tasks && c->most_over != INT64_MAX; i++) {
        const int32_t other = inst->client_tasks[c->first_task + i];
        if (p->home[inst->task[other].unit] != p->home[unit]) {
            return true;
        }
    }
    return false;
}

void rn_parts_divide(rn_parts *parts, const rn_solution *sol, rn_rng *rng)
{
    const rn_instance *inst = parts->inst;
    survey(parts, sol);
    divide_carers(parts, rng);
    for (int32_t u = 0; u < inst->n_units; u++) {
        parts->home[u] = home_of(parts, sol, u, rng);
    }
    for (int32_t u = 0; u < inst->n_units; u++) {
        parts->of_unit[u] = is_bound(parts, u) || faces_are_bound(parts, u)
                                ? RUNDE_NONE
                                : parts->home[u];
    }
}
