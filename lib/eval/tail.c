/* SPDX-License-Identifier: MIT */
#include "eval/tail.h"

#include "eval/schedule.h"

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* There is no room for this step: what comes behind it is not known, or only
 * that it costs no less. */
static void leave_out(rn_tail *t, const rn_rise *step)
{
    t->sure = least(t->sure, step->slack);
    if (step->rate < 0) {
        t->known = least(t->known, step->slack);
    }
}

/* Beyond `slack` every tick costs `rate` more than before. */
static void add_step(rn_tail *t, int32_t slack, int32_t rate)
{
    const rn_rise step = {slack > 0 ? slack : 0, rate};
    if (rate == 0 || step.slack >= t->most) {
        return;
    }
    int32_t at = t->n;
    while (at > 0 && t->step[at - 1].slack > step.slack) {
        at--;
    }
    if (at > 0 && t->step[at - 1].slack == step.slack) {
        t->step[at - 1].rate += rate;
        return;
    }
    if (t->n == RN_TAIL_STEPS) {
        if (at == t->n) {
            leave_out(t, &step);
            return;
        }
        leave_out(t, &t->step[--t->n]);
    }
    for (int32_t i = t->n++; i > at; i--) {
        t->step[i] = t->step[i - 1];
    }
    t->step[at] = step;
}

/* The price of the start, by one preferred window and a published start. */
static void add_start(rn_tail *t, const rn_instance *inst, int32_t n,
                      int32_t start)
{
    const rn_stop *stop = &inst->stop[n];
    const bool is_stepped = stop->published != RUNDE_TIME_NONE &&
                            inst->w[RUNDE_VISITS_SHIFTED] != 0 &&
                            inst->task[n].counts_shift;
    if (stop->n_preferred > 1 || is_stepped) {
        t->sure = 0;
        t->known = 0;
        return;
    }
    if (stop->n_preferred == 1) {
        if (start < stop->wish.a) {
            add_step(t, 0, -stop->w_early);
            add_step(t, stop->wish.a - start, stop->w_early);
        }
        add_step(t, stop->wish.b - start, stop->w_late);
    }
    if (stop->published != RUNDE_TIME_NONE) {
        const int32_t low = stop->published - stop->tolerance;
        if (start < low) {
            add_step(t, 0, -stop->w_shifted);
            add_step(t, low - start, stop->w_shifted);
        }
        add_step(t, stop->published + stop->tolerance - start, stop->w_shifted);
    }
}

/* Whom a delayed task pushes: as long as it is nobody, the route is all. */
static void mind_links(rn_tail *t, const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_task *x = &inst->task[task];
    for (int32_t i = 0; i < x->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[x->first_arc + i];
        rn_window gap;
        if (rn_arc_gap(sol, task, arc, &gap) && gap.a > RN_TIME_MIN) {
            t->sure = least(t->sure, sol->node[arc->other].start - gap.a -
                                         sol->node[task].start);
        }
    }
}

/* Adds what the node itself costs. */
static void add_own(rn_tail *t, const rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[n];
    t->most = least(t->most, x->ceiling - x->start);
    if (n >= inst->n_stops) {
        const rn_shift *s = &inst->shift[x->route];
        t->most = least(t->most, s->max_end - x->start);
        add_step(t, s->end - x->start, (int32_t)inst->w[RUNDE_OVERTIME]);
        if (s->after != RUNDE_NONE) {
            t->sure = 0; /* rest may ask for an earlier end */
        }
        return;
    }
    t->most = least(t->most, inst->stop[n].latest - x->start);
    if (inst->stop[n].n_windows != 1) {
        t->sure = 0;
        t->known = 0;
    }
    if (n < inst->n_tasks) {
        add_start(t, inst, n, x->start);
        mind_links(t, sol, n);
    }
}

static int32_t later_by(int32_t time, int32_t by)
{
    return time >= RN_TIME_MAX - by ? RN_TIME_MAX : time + by;
}

/* As seen from the node before `next`: waiting takes up part of the delay,
 * and a break in between begins in its window. */
static void step_back(rn_tail *t, const rn_solution *sol, int32_t next)
{
    const rn_instance *inst = sol->inst;
    const rn_node *y = &sol->node[next];
    const rn_stop *a = &inst->stop[y->prev];
    const rn_stop *b = &inst->stop[next];
    const rn_shift *s = &inst->shift[y->route];
    const int32_t free = sol->node[y->prev].start + a->duration;
    int32_t rests = 0;
    int32_t room = RN_TIME_MAX;
    int32_t taken = 0;
    bool fits = true;
    for (int32_t i = y->gap_lo; i < y->gap_hi; i++) {
        const rn_break *one = &inst->breaks[s->first_break + i];
        if (((sol->route[y->route].missed >> i) & 1U) == 0) {
            room = least(room, one->b - rests - free);
            rests += one->duration;
            taken++;
            fits =
                fits && (y->drive <= one->b - one->a || next >= inst->n_stops);
        }
    }
    const int32_t setup = a->place == b->place ? 0 : b->setup;
    const int32_t wait = y->start - (free + y->drive + setup + rests);
    const int32_t absorbed = wait > 0 ? wait : 0;
    t->most = least(later_by(t->most, absorbed), room);
    t->sure = taken > 1 || !fits ? 0 : later_by(t->sure, absorbed);
    t->known = later_by(t->known, absorbed);
    for (int32_t i = 0; i < t->n; i++) {
        t->step[i].slack += absorbed;
    }
}

/* As seen from the end of the route, whether it has a schedule or not. */
static rn_tail last_tail(rn_solution *sol, int32_t shift, int32_t last)
{
    rn_tail tail = {RN_TIME_MAX, RN_TIME_MAX, RN_TIME_MAX, 0, {{0, 0}}};
    sol->route_tails[shift] = ++sol->tail_epoch;
    if (sol->node[last].start >= RN_FAR) {
        /* No schedule, so nothing that could be delayed. */
        tail.sure = 0;
        tail.known = 0;
    }
    return tail;
}

void rn_find_tails(rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const int32_t shift = sol->node[n].route;
    const int32_t first = rn_shift_start_node(inst, shift);
    int32_t x = rn_shift_end_node(inst, shift);
    rn_tail tail;
    if (sol->route_tails[shift] != 0) {
        const int32_t behind = sol->tail_first[shift];
        tail = sol->tail[behind];
        step_back(&tail, sol, behind);
        x = sol->node[behind].prev;
    } else {
        tail = last_tail(sol, shift, x);
    }
    for (;; x = sol->node[x].prev) {
        if (x != first && sol->node[x].start < RN_FAR) {
            add_own(&tail, sol, x);
        }
        sol->tail[x] = tail;
        sol->tail_stamp[x] = sol->route_tails[shift];
        if (x == n) {
            break;
        }
        step_back(&tail, sol, x);
    }
    sol->tail_first[shift] = n;
}
