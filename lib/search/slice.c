/* SPDX-License-Identifier: MIT */
/* Cyclic transfers of one visit each (Thompson and Psaraftis, "Cyclic transfer
 * algorithms for multivehicle routing and scheduling problems", 1993): each of
 * some routes has lost one visit, so what a visit costs in one of them depends
 * on no other (but for links between two of them, which whoever inserts them
 * sees), and the best of all their exchanges is an assignment. Taking
 * the best of costs with Gumbel noise is to draw one answer by its weight
 * (Papandreou and Yuille, "Perturb-and-MAP random fields", 2011). */
#include "search/slice.h"

#include "eval/insert.h"
#include "eval/whom.h"
#include "search/assign.h"
#include "search/chance.h"
#include "search/search.h"

/* Fewer routes are better left to others. */
#define LEAST_SLICED 3
/* Draws for each route. */
#define DRAWS 3
/* Of the temperature, the scale of the noise. */
#define NOISE 0.2

static bool has_route(const rn_slice *slice, int32_t route)
{
    bool found = false;
    for (int32_t i = 0; i < slice->n && !found; i++) {
        found = slice->route[i] == route;
    }
    return found;
}

/* Only who is served alone changes hands, no crews and no pairs. */
static void add(rn_search *s, int32_t task)
{
    const rn_instance *inst = s->inst;
    rn_slice *slice = &s->slice;
    const rn_node *x = &s->sol->node[task];
    if (inst->unit[inst->task[task].unit].n == 1 && x->route >= 0 &&
        !has_route(slice, x->route) && rn_is_movable(s, task)) {
        slice->task[slice->n] = task;
        slice->route[slice->n] = x->route;
        slice->prev[slice->n] = x->prev;
        slice->n++;
    }
}

/* What stands at this time with somebody whom the client knows. */
static void add_known(rn_search *s, int32_t task, int32_t start)
{
    rn_finder *f = s->finder;
    f->epoch++;
    const int32_t n = rn_list_known(f, task);
    if (n > 0) {
        const int32_t shift = f->known[rn_rng_below(&s->rng, (uint32_t)n)];
        const int32_t other = rn_task_at(s->sol, shift, start);
        if (other != RUNDE_NONE) {
            add(s, other);
        }
    }
}

bool rn_ruin_slice(rn_search *s, int32_t seed)
{
    rn_slice *slice = &s->slice;
    slice->n = 0;
    add(s, seed);
    if (slice->n == 0) {
        return false;
    }
    const int32_t start = s->sol->node[seed].start;
    for (int32_t i = 0; i < DRAWS * RN_MOST_SLICED && slice->n < RN_MOST_SLICED;
         i++) {
        const int32_t k = (int32_t)rn_rng_below(&s->rng, (uint32_t)slice->n);
        add_known(s, slice->task[k], start);
    }
    if (slice->n < LEAST_SLICED) {
        slice->n = 0;
        return false;
    }
    for (int32_t i = 0; i < slice->n; i++) {
        rn_take(s, slice->task[i]);
    }
    return true;
}

static int64_t shaken(rn_search *s, rn_cost cost)
{
    if (cost >= RN_MOST_ASSIGNED_COST / 2) {
        return RN_FORBIDDEN;
    }
    const double u = 1.0 - rn_rng_unit(&s->rng);
    const double gumbel = -rn_log(1e-9 - rn_log(u));
    return cost - (int64_t)(NOISE * s->temperature * gumbel);
}

bool rn_assign_slice(rn_search *s)
{
    const rn_slice *slice = &s->slice;
    const int32_t n = slice->n;
    int64_t cost[RN_MOST_SLICED * RN_MOST_SLICED] = {0};
    int32_t column[RN_MOST_SLICED];
    for (int32_t i = 0; i < n; i++) {
        rn_cost *const row = &cost[(size_t)i * (size_t)n];
        rn_costs_behind(s->finder, slice->task[i], slice->prev, slice->route, n,
                        row);
        for (int32_t j = 0; j < n; j++) {
            row[j] = shaken(s, row[j]);
        }
    }
    if (!rn_assign(column, cost, n, n)) {
        return false;
    }
    bool is_same = true;
    for (int32_t i = 0; i < n; i++) {
        is_same = is_same && column[i] == i;
    }
    for (int32_t i = 0; i < n && !is_same; i++) {
        const rn_slot slot = rn_best_in_shift(s->finder, slice->task[i],
                                              slice->route[column[i]]);
        if (slot.prev == RUNDE_NONE ||
            !rn_insert(s->sol, slice->task[i], &slot)) {
            return false;
        }
        rn_settle(s->sol);
    }
    return !is_same;
}
