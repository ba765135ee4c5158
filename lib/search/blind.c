/* SPDX-License-Identifier: MIT */
/* Greedy insertion serves one visit at a time and keeps the breaks where they
 * are. Some plans cannot be reached so: two visits of which neither holds
 * without the other (no road home but by way of the second), a visit that
 * fits only when the break moves at the same moment. Here everything goes to
 * a random place first and is scheduled as a whole afterwards. */
#include "search/blind.h"

#include "search/breaks.h"

/* One iteration in so many, and in one more per unit: most of such plans do
 * not hold, and where there are many units few are worth the try. */
#define ONE_IN 2
/* Shifts drawn for a task until one may have it. */
#define MOST_DRAWS 4

static int32_t draw(rn_search *s, int32_t n)
{
    return (int32_t)rn_rng_below(&s->rng, (uint32_t)n);
}

/* A shift that may serve the task as things stand, or RUNDE_NONE. */
static int32_t any_shift(rn_search *s, int32_t task)
{
    for (int32_t i = 0; i < MOST_DRAWS; i++) {
        const int32_t shift = draw(s, s->inst->n_shifts);
        if (!rn_is_elsewhere(s->finder, shift) &&
            rn_may_go(s->sol, task, shift, false)) {
            return shift;
        }
    }
    return RUNDE_NONE;
}

/* Could the task stand in front of this node, going by its old time? */
static bool is_plausible(const rn_solution *sol, int32_t task, int32_t node)
{
    const rn_instance *inst = sol->inst;
    const rn_stop *stop = &inst->stop[task];
    const rn_node *n = &sol->node[node];
    return (n->rate != RN_RATE_HARD ||
            (int64_t)n->start + n->slack >=
                (int64_t)stop->earliest + stop->duration) &&
           sol->node[n->prev].start <= stop->latest;
}

/* Any gap of the shift, in front of `next`; RUNDE_NONE when there is none.
 * An unmade shift, or one whose breaks move too, has no old times. */
static int32_t any_gap(rn_search *s, int32_t task, int32_t shift)
{
    const rn_solution *sol = s->sol;
    const bool looks = sol->route[shift].n > 0 && draw(s, 2) == 0;
    int32_t found = RUNDE_NONE;
    int32_t seen = 0;
    for (int32_t n = sol->node[rn_shift_start_node(s->inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        if ((!looks || is_plausible(sol, task, n)) && draw(s, ++seen) == 0) {
            found = n;
        }
    }
    return found;
}

/* Who of a client's visits comes first, where no time tells. */
static void draw_orders(rn_search *s, int32_t task)
{
    rn_solution *sol = s->sol;
    const rn_task *t = &s->inst->task[task];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &s->inst->arcs[t->first_arc + i];
        if (arc->choice < 0 || sol->node[arc->other].route < 0 ||
            sol->choice[arc->choice] != 0) {
            continue;
        }
        const bool before = sol->node[arc->other].route == sol->node[task].route
                                ? rn_comes_behind(sol, task, arc->other)
                                : draw(s, 2) == 0;
        const bool is_first = (arc->kind & RN_ARC_FIRST) != 0;
        rn_set_choice(sol, arc->choice, before == is_first ? 1 : -1);
    }
}

/* All that follows has to be timed anew, all of a shift that was empty. */
static void seed_from(rn_solution *sol, int32_t n, bool all)
{
    sol->seed[sol->n_seeds++] = n;
    n = sol->node[n].next;
    sol->seed[sol->n_seeds++] = n;
    while (all && (n = sol->node[n].next) != RUNDE_NONE) {
        sol->seed[sol->n_seeds++] = n;
    }
}

/* Any of the moments that the task may wait for, or none of them. */
static int32_t any_release(rn_search *s, int32_t task)
{
    const rn_stop *stop = &s->inst->stop[task];
    if (stop->n_preferred > 1 && draw(s, 2) == 0) {
        const int32_t i = draw(s, stop->n_preferred);
        const int32_t a = s->inst->preferred[stop->first_preferred + i].a;
        if (a > stop->release && a <= stop->latest) {
            return a;
        }
    }
    return stop->release > stop->earliest && draw(s, 2) == 0 ? stop->earliest
                                                             : stop->release;
}

static bool place_task(rn_search *s, int32_t task)
{
    rn_solution *sol = s->sol;
    const int32_t shift = any_shift(s, task);
    const int32_t next = shift < 0 ? RUNDE_NONE : any_gap(s, task, shift);
    if (next == RUNDE_NONE) {
        return false;
    }
    const rn_node *n = &sol->node[next];
    const rn_slot slot = {n->prev,
                          n->gap_lo + draw(s, n->gap_hi - n->gap_lo + 1),
                          any_release(s, task), 0};
    const bool was_empty = sol->route[shift].n == 0;
    rn_link_in(sol, task, &slot);
    seed_from(sol, task, was_empty);
    draw_orders(s, task);
    return true;
}

static void place_unit(rn_search *s, int32_t unit)
{
    const rn_unit *u = &s->inst->unit[unit];
    const int32_t *tasks = s->inst->unit_tasks + u->first;
    int32_t i = 0;
    while (i < u->n && place_task(s, tasks[i])) {
        i++;
    }
    if (i < u->n) {
        while (i-- > 0) {
            rn_link_out(s->sol, tasks[i]);
        }
    } else if (draw(s, 2) == 0) {
        rn_scatter_breaks(s, s->sol->node[tasks[draw(s, u->n)]].route);
    }
}

void rn_place_blindly(rn_search *s)
{
    const int32_t n_out = s->n_work + s->n_bank;
    if (n_out == 0 || s->inst->n_shifts == 0 || !rn_does(s, RN_BLIND) ||
        draw(s, ONE_IN + s->inst->n_units) != 0) {
        return;
    }
    const int32_t n = 1 + draw(s, 2);
    for (int32_t i = 0; i < n; i++) {
        const int32_t k = draw(s, n_out);
        const int32_t unit =
            k < s->n_work ? s->work[k] : s->bank[k - s->n_work];
        if (!rn_is_served(s->sol, unit)) {
            place_unit(s, unit);
        }
    }
}
