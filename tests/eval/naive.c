/* SPDX-License-Identifier: MIT */
#include "naive.h"

#include <stdio.h>
#include <stdlib.h>

/* Later than anything, and not yet known. */
#define AFTER_ALL INT64_C(1000000000)
#define UNKNOWN INT64_MIN

bool naive_is_used(const rn_solution *sol, int32_t node)
{
    const int32_t r = sol->node[node].route;
    return r >= 0 && sol->route[r].n > 0;
}

/* ------------------------------------------------------------- one node */

static bool is_taken(const rn_solution *sol, int32_t shift, int32_t i)
{
    return ((sol->route[shift].missed >> i) & 1U) == 0;
}

/* docs/model.md 5.1 from break `i` on, every way there is; `begun` when a
 * part of the drive is behind the carer. */
static int64_t through_gap(const rn_solution *sol, int32_t next, int32_t i,
                           int64_t t, int64_t drive, bool begun)
{
    const rn_instance *const inst = sol->inst;
    const int32_t shift = sol->node[next].route;
    const bool is_last = next >= inst->n_stops;
    while (i < sol->node[next].gap_hi && !is_taken(sol, shift, i)) {
        i++;
    }
    if (i == sol->node[next].gap_hi) {
        return t + drive;
    }
    const rn_break *const b = &inst->breaks[inst->shift[shift].first_break + i];
    int64_t best = AFTER_ALL;
    if (!is_last && t + drive <= b->b) {
        const int64_t start = t + drive > b->a ? t + drive : b->a;
        best = through_gap(sol, next, i + 1, start + b->duration, 0, false);
    }
    const int64_t start = t > b->a ? t : b->a;
    /* Whoever is home, or on the way, only has breaks that interrupt. */
    if (start > b->b || (begun && (drive > 0 || is_last) && !b->interrupts)) {
        return best;
    }
    int64_t then =
        through_gap(sol, next, i + 1, start + b->duration, drive, begun);
    best = then < best ? then : best;
    if (b->interrupts) {
        const int64_t driven = start - t < drive ? start - t : drive;
        then = through_gap(sol, next, i + 1, start + b->duration,
                           drive - driven, begun || driven > 0);
        best = then < best ? then : best;
    }
    return best;
}

/* First start at `t` or later that windows or the shift allow. */
static int64_t allowed_from(const rn_solution *sol, int32_t node, int64_t t)
{
    const rn_instance *const inst = sol->inst;
    const rn_stop *const stop = &inst->stop[node];
    if (node >= inst->n_stops) {
        const int32_t s = sol->node[node].route;
        int64_t limit = inst->shift[s].max_end;
        for (int32_t o = 0; o < inst->n_shifts; o++) {
            const rn_shift *const other = &inst->shift[o];
            if (sol->route[o].n > 0 && other->carer == inst->shift[s].carer &&
                other->before == s) {
                limit = limit < other->start - other->rest_before
                            ? limit
                            : other->start - other->rest_before;
            }
        }
        return t <= limit ? t : AFTER_ALL;
    }
    int64_t best = AFTER_ALL;
    for (int32_t i = 0; i < stop->n_windows; i++) {
        const rn_window *const w = &inst->windows[stop->first_window + i];
        const int64_t start = t > w->a ? t : w->a;
        best = start <= w->b && start < best ? start : best;
    }
    return best;
}

/* What the links of a task ask for; UNKNOWN for nothing. */
static int64_t link_bound(const rn_solution *sol, int32_t task,
                          const int64_t *start)
{
    const rn_instance *const inst = sol->inst;
    int64_t bound = UNKNOWN;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const rn_task *const other = &inst->task[t];
        for (int32_t i = 0; i < other->n_arcs; i++) {
            const rn_arc *const arc = &inst->arcs[other->first_arc + i];
            rn_window gap;
            if (arc->other == task && start[t] != UNKNOWN &&
                sol->node[t].route >= 0 && rn_arc_gap(sol, t, arc, &gap) &&
                gap.a > RN_TIME_MIN && start[t] + gap.a > bound) {
                bound = start[t] + gap.a;
            }
        }
    }
    return bound;
}

/* docs/model.md 3, rule 21, for who sets out after what is frozen. */
static int64_t thaw(const rn_solution *sol, int32_t task, int64_t way)
{
    const rn_instance *const inst = sol->inst;
    const runde_settings *const settings =
        runde_problem_settings(inst->problem);
    const int32_t carer = inst->shift[sol->node[task].route].carer;
    if (settings->freeze_before == RUNDE_TIME_NONE ||
        inst->task[task].is_frozen) {
        return UNKNOWN;
    }
    int64_t least = settings->freeze_before + way;
    for (int32_t i = 0; i < runde_problem_n_published(inst->problem); i++) {
        const runde_published *const p =
            runde_problem_published(inst->problem, i);
        if (p->visit == inst->task[task].visit &&
            p->part == inst->task[task].part && p->carer == carer &&
            p->start < least) {
            least = p->start > settings->freeze_before
                        ? p->start
                        : settings->freeze_before;
        }
    }
    return least;
}

static int64_t least_of(const rn_solution *sol, int32_t node, naive_push push,
                        const int64_t *start)
{
    const rn_instance *const inst = sol->inst;
    const rn_node *const x = &sol->node[node];
    const rn_stop *const from = &inst->stop[x->prev];
    const rn_stop *const to = &inst->stop[node];
    const int64_t drive =
        rn_drive(inst, inst->shift[x->route].mode, from->place, to->place);
    const int64_t setup = from->place == to->place ? 0 : to->setup;
    int64_t t = through_gap(sol, node, x->gap_lo,
                            start[x->prev] + from->duration, drive, false) +
                setup;
    if (node < inst->n_tasks) {
        const int64_t least = thaw(sol, node, drive + setup);
        t = t > least ? t : least;
        const int64_t bound = link_bound(sol, node, start);
        t = t > bound ? t : bound;
        t = t > x->release ? t : x->release;
    }
    if (node == push.node && t < push.time) {
        t = push.time;
    }
    return allowed_from(sol, node, t);
}

/* ------------------------------------------------------------ everything */

/* One round over a route; false when it cannot hold. */
static bool walk(const rn_solution *sol, int32_t shift, naive_push push,
                 int64_t *start, bool *again)
{
    for (int32_t n = sol->node[rn_shift_start_node(sol->inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        const int64_t t = least_of(sol, n, push, start);
        if (t >= AFTER_ALL) {
            return false;
        }
        *again = *again || t > start[n];
        start[n] = t > start[n] ? t : start[n];
    }
    return true;
}

bool naive_schedule(const rn_solution *sol, naive_push push, int32_t *out)
{
    const rn_instance *const inst = sol->inst;
    int64_t *const start = calloc((size_t)inst->n_nodes + 1, sizeof *start);
    bool holds = start != NULL;
    bool again = true;
    if (start == NULL) {
        return false;
    }
    for (int32_t n = 0; n < inst->n_nodes; n++) {
        start[n] = UNKNOWN;
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        start[rn_shift_start_node(inst, s)] = inst->shift[s].start;
    }
    while (again && holds) {
        again = false;
        for (int32_t s = 0; s < inst->n_shifts && holds; s++) {
            if (sol->route[s].n > 0) {
                holds = walk(sol, s, push, start, &again);
            }
        }
    }
    for (int32_t n = 0; n < inst->n_nodes; n++) {
        if (naive_is_used(sol, n)) {
            out[n] = (int32_t)start[n];
        }
    }
    free(start);
    return holds;
}

bool naive_agrees(const rn_solution *sol, int32_t n, uint64_t seed)
{
    static const naive_push none = {RUNDE_NONE, 0};
    int32_t *start = calloc((size_t)sol->inst->n_nodes + 1, sizeof *start);
    bool ok = start != NULL && naive_schedule(sol, none, start);
    for (int32_t i = 0; i < n && ok; i++) {
        if (naive_is_used(sol, i) && start[i] != sol->node[i].start) {
            printf("seed %llu: node %d starts at %d, least is %d\n",
                   (unsigned long long)seed, i, sol->node[i].start, start[i]);
            ok = false;
        }
    }
    free(start);
    return ok;
}

static rn_cost rise(rn_cost was, rn_cost now)
{
    return now > was ? now - was : 0;
}

rn_cost naive_raise(const rn_solution *sol, const int32_t *start,
                    const int32_t *now)
{
    const rn_instance *const inst = sol->inst;
    rn_cost sum = 0;
    int32_t late = 0;
    int32_t late_now = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        if (sol->node[t].route >= 0) {
            sum += rise(rn_start_cost(inst, t, start[t]),
                        rn_start_cost(inst, t, now[t]));
            const int32_t was = rn_lateness(inst, t, start[t]);
            const int32_t is = rn_lateness(inst, t, now[t]);
            late = was > late ? was : late;
            late_now = is > late_now ? is : late_now;
        }
    }
    sum += inst->w[RUNDE_MAX_LATE] * rise(late, late_now);
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (sol->route[s].n > 0) {
            const int32_t end = rn_shift_end_node(inst, s);
            sum += inst->w[RUNDE_OVERTIME] *
                   (rise(inst->shift[s].end, now[end]) -
                    rise(inst->shift[s].end, start[end]));
        }
    }
    return sum;
}
