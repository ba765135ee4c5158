/* SPDX-License-Identifier: MIT */
#include "search/breaks.h"

#include <string.h>

/* One ruined route in so many has its breaks looked at. */
#define ONE_IN 8
/* Breaks of one shift that this can handle; validation allows no more. */
#define MOST_BREAKS 32

/* The gaps of all breaks of a route, as numbers of nodes from its front. */
static int32_t read_gaps(const rn_solution *sol, int32_t shift, int32_t *gap)
{
    const rn_instance *inst = sol->inst;
    int32_t number = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        for (int32_t b = sol->node[n].gap_lo; b < sol->node[n].gap_hi; b++) {
            gap[b] = number;
        }
        number++;
    }
    return number;
}

/* Writes them back; where a gap changes, times must be found anew. */
static void write_gaps(rn_solution *sol, int32_t shift, const int32_t *gap)
{
    const rn_instance *inst = sol->inst;
    const int32_t n_breaks = inst->shift[shift].n_breaks;
    int32_t number = 0;
    int32_t b = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        const int32_t lo = b;
        while (b < n_breaks && gap[b] == number) {
            b++;
        }
        if (sol->node[n].gap_lo != lo || sol->node[n].gap_hi != b) {
            rn_node *x = rn_touch(sol, n);
            x->gap_lo = lo;
            x->gap_hi = b;
            sol->seed[sol->n_seeds++] = n;
        }
        number++;
    }
}

static void set_missed(rn_solution *sol, int32_t shift, int32_t number,
                       bool missed)
{
    const rn_instance *inst = sol->inst;
    const uint32_t bit = 1U << number;
    rn_route *route = rn_touch_route(sol, shift);
    route->missed = missed ? route->missed | bit : route->missed & ~bit;
    for (int32_t n = rn_shift_start_node(inst, shift); n != RUNDE_NONE;
         n = sol->node[n].next) {
        if (number >= sol->node[n].gap_lo && number < sol->node[n].gap_hi) {
            sol->seed[sol->n_seeds++] = n;
        }
    }
}

void rn_drop_breaks(rn_search *s)
{
    const rn_instance *inst = s->inst;
    for (int32_t i = 0; i < s->sol->n_dirty; i++) {
        const int32_t r = s->sol->dirty[i];
        const rn_shift *shift = &inst->shift[r];
        for (int32_t b = 0; b < shift->n_breaks && b < MOST_BREAKS; b++) {
            if (inst->breaks[shift->first_break + b].optional &&
                !((s->sol->route[r].missed >> b) & 1U) &&
                rn_rng_below(&s->rng, ONE_IN) == 0) {
                set_missed(s->sol, r, b, true);
            }
        }
    }
}

/* Takes break `number` in the gap of node number `to`; the order of breaks
 * stays, so others may be moved along. */
static bool try_gap(rn_solution *sol, int32_t shift, int32_t number, int32_t to)
{
    int32_t gap[MOST_BREAKS] = {0};
    (void)read_gaps(sol, shift, gap);
    for (int32_t b = 0; b < sol->inst->shift[shift].n_breaks; b++) {
        if (b == number || (b < number && gap[b] > to) ||
            (b > number && gap[b] < to)) {
            gap[b] = to;
        }
    }
    write_gaps(sol, shift, gap);
    if ((sol->route[shift].missed >> number) & 1U) {
        set_missed(sol, shift, number, false);
    }
    const bool ok = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    if (ok) {
        rn_settle(sol); /* else there are no times to settle */
    }
    return ok;
}

/* Could the break fall into the gap in front of this node at all? */
static bool is_near(const rn_solution *sol, const rn_break *b, int32_t node)
{
    const rn_instance *inst = sol->inst;
    const rn_node *n = &sol->node[node];
    const int32_t free =
        sol->node[n->prev].start + inst->stop[n->prev].duration;
    return free <= b->b && (int64_t)n->start + n->slack + b->duration >= b->a;
}

static void place_break(rn_solution *sol, int32_t shift, int32_t number)
{
    const rn_instance *inst = sol->inst;
    const rn_break *b = &inst->breaks[inst->shift[shift].first_break + number];
    rn_settle(sol);
    rn_cost best = rn_total(sol);
    int32_t found = RUNDE_NONE;
    int32_t to = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next, to++) {
        if (!is_near(sol, b, n)) {
            continue;
        }
        rn_journal_begin(sol, &sol->inner);
        if (try_gap(sol, shift, number, to) && rn_total(sol) < best) {
            best = rn_total(sol);
            found = to;
        }
        rn_journal_undo(sol, &sol->inner);
        rn_settle(sol);
    }
    if (found != RUNDE_NONE) {
        (void)try_gap(sol, shift, number, found);
    }
}

void rn_place_breaks(rn_search *s)
{
    rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    const int32_t n = sol->outer.n_routes;
    for (int32_t i = 0; i < n; i++) {
        const int32_t r = sol->outer.routes[i].index;
        const rn_shift *shift = &inst->shift[r];
        if (sol->route[r].n == 0) {
            continue;
        }
        for (int32_t b = 0; b < shift->n_breaks && b < MOST_BREAKS; b++) {
            if (((sol->route[r].missed >> b) & 1U) != 0 ||
                rn_rng_below(&s->rng, 4 * ONE_IN) == 0) {
                place_break(sol, r, b);
            }
        }
    }
}
