/* SPDX-License-Identifier: MIT */
/* Making room for a left-out visit: of all stretches of a few stops without
 * which it would fit into a route that may serve it, the one that is likely
 * to find places elsewhere. After the ejection of Nagata and Braysy,
 * "A powerful route minimization heuristic for the vehicle routing problem
 * with time windows" (2009), with the absence counters of the search. */
#include "search/search.h"

/* Stops taken out at the most. */
#define MOST_TAKEN 3
/* Iterations of absence that make a unit as bad to take out as another
 * stop. */
#define ABSENCE_STEP 200

/* What may be taken out for the task. */
typedef struct room {
    int32_t task;
    int32_t earliest; /* start, by whom it is linked to */
    int32_t latest;
    int32_t banned; /* shift of its partner, or RUNDE_NONE */
    int32_t first;  /* stop that goes first, or RUNDE_NONE */
    int32_t n;
    int32_t shift;
    int32_t start; /* when it would start there, and could at the latest */
    int32_t last;
    double harm;
} room;

/* Ticks of the breaks taken in the gap in front of a node. */
static int32_t breaks_before(const rn_solution *sol, int32_t shift,
                             int32_t node)
{
    const rn_shift *s = &sol->inst->shift[shift];
    int32_t sum = 0;
    for (int32_t i = sol->node[node].gap_lo; i < sol->node[node].gap_hi; i++) {
        const bool missed = (sol->route[shift].missed >> i & 1U) != 0;
        sum += missed ? 0 : sol->inst->breaks[s->first_break + i].duration;
    }
    return sum;
}

/* When every node of the route has to start at the latest, lateness allowed:
 * by windows and the way home alone, not by links. */
static void set_deadlines(rn_search *s, int32_t shift)
{
    const rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    int32_t n = rn_shift_end_node(inst, shift);
    s->deadline[n] = rn_end_limit(sol, shift);
    for (int32_t prev = sol->node[n].prev; prev != RUNDE_NONE;
         n = prev, prev = sol->node[n].prev) {
        const rn_path way = rn_path_between(inst, shift, prev, n);
        const int32_t due = s->deadline[n] - way.setup - way.drive -
                            breaks_before(sol, shift, n) -
                            inst->stop[prev].duration;
        const int32_t latest =
            prev < inst->n_stops ? inst->stop[prev].latest : RN_TIME_MAX;
        s->deadline[prev] = due < latest ? due : latest;
    }
}

/* Would the task hold between two nodes with nothing but breaks between? */
static bool fits(const rn_search *s, room *r, int32_t shift, int32_t prev,
                 int32_t next, int32_t breaks)
{
    const rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    const int32_t duration = inst->stop[r->task].duration;
    if (s->deadline[next] < r->earliest + duration) {
        return false;
    }
    const rn_path in = rn_path_between(inst, shift, prev, r->task);
    const rn_path out = rn_path_between(inst, shift, r->task, next);
    const int32_t free = sol->node[prev].start + inst->stop[prev].duration;
    const int32_t ready = free + in.drive + in.setup;
    const int32_t start = rn_first_start(
        inst, r->task, ready > r->earliest ? ready : r->earliest);
    const int32_t last =
        s->deadline[next] - out.drive - out.setup - breaks - duration;
    r->start = start;
    r->last = last < r->latest ? last : r->latest;
    return start < RN_NEVER && in.drive < RN_FAR && out.drive < RN_FAR &&
           start <= r->last;
}

/* How hard it is to serve the unit elsewhere, as a guess. */
static double harm_of(rn_search *s, int32_t unit)
{
    const rn_instance *inst = s->inst;
    const rn_unit *u = &inst->unit[unit];
    const double absent = (double)s->absent[unit] / ABSENCE_STEP;
    const double scarce =
        (double)(inst->n_shifts - u->shifts) / (double)inst->n_shifts;
    const double crew = 2.0 * (double)(u->n - 1);
    return (0.5 + rn_rng_unit(&s->rng)) * (1.0 + absent + scarce + crew);
}

/* All stretches of the route that begin behind `prev`; the best so far is in
 * `best`. */
static void look_behind(rn_search *s, room *best, int32_t shift, int32_t prev)
{
    const rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    room r = *best;
    r.first = sol->node[prev].next;
    r.harm = 0.0;
    int32_t next = r.first;
    int32_t breaks = breaks_before(sol, shift, next);
    for (r.n = 1; r.n <= MOST_TAKEN; r.n++) {
        if (next >= inst->n_tasks || !rn_is_movable(s, next)) {
            return;
        }
        r.harm += harm_of(s, inst->task[next].unit);
        next = sol->node[next].next;
        breaks += breaks_before(sol, shift, next);
        if (r.harm >= best->harm) {
            return;
        }
        if (fits(s, &r, shift, prev, next, breaks)) {
            r.shift = shift;
            *best = r;
            return;
        }
    }
}

static void look_into(rn_search *s, room *r, int32_t shift)
{
    const rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    if (shift == r->banned || rn_is_elsewhere(s->finder, shift) ||
        s->route_stamp[shift] == s->stamp ||
        !rn_may_go(sol, r->task, shift, false)) {
        return;
    }
    s->route_stamp[shift] = s->stamp;
    set_deadlines(s, shift);
    for (int32_t n = rn_shift_start_node(inst, shift);
         n != rn_shift_end_node(inst, shift); n = sol->node[n].next) {
        if (sol->node[n].start + inst->stop[n].duration > r->latest) {
            return;
        }
        look_behind(s, r, shift, n);
    }
}

/* When the task may start, as far as others bind it now. */
static void aim(const rn_search *s, room *r)
{
    const rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    const rn_task *t = &inst->task[r->task];
    r->earliest = inst->stop[r->task].earliest;
    r->latest = inst->stop[r->task].latest;
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        rn_window gap;
        if (!rn_arc_gap(sol, r->task, arc, &gap)) {
            continue;
        }
        const int32_t start = sol->node[arc->other].start;
        if (gap.b < RN_TIME_MAX && start - gap.b > r->earliest) {
            r->earliest = start - gap.b;
        }
        if (gap.a > RN_TIME_MIN && sol->node[arc->other].rate == RN_RATE_HARD &&
            start + sol->node[arc->other].slack - gap.a < r->latest) {
            r->latest = start + sol->node[arc->other].slack - gap.a;
        }
    }
}

/* Shifts around the task, and some others that may serve it. */
static bool find_room(rn_search *s, room *r)
{
    int32_t n_near = 0;
    const int32_t *near = rn_near_of(s->inst, r->task, &n_near);
    r->first = RUNDE_NONE;
    r->harm = 1e9;
    s->stamp++;
    for (int32_t i = 0; i < n_near; i++) {
        const int32_t shift = s->sol->node[near[i]].route;
        if (shift >= 0) {
            look_into(s, r, shift);
        }
    }
    return r->first != RUNDE_NONE;
}

/* Takes the stops of the stretch, and with them their partners. */
static void take_stretch(rn_search *s, const room *r)
{
    int32_t stop[MOST_TAKEN];
    int32_t at = r->first;
    for (int32_t i = 0; i < r->n; i++) {
        stop[i] = at;
        at = s->sol->node[at].next;
    }
    for (int32_t i = 0; i < r->n; i++) {
        rn_take(s, stop[i]);
    }
}

/* Whom the task is linked to stands where there is no room beside it. */
static void take_linked(rn_search *s, int32_t task)
{
    const rn_task *t = &s->inst->task[task];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        rn_take(s, s->inst->arcs[t->first_arc + i].other);
    }
}

void rn_make_room(rn_search *s)
{
    const rn_instance *inst = s->inst;
    const rn_unit *u = &inst->unit[s->asked];
    room r = {.banned = RUNDE_NONE};
    if (u->left_out > 0 && s->absent[s->asked] >= RN_LONG_ABSENT &&
        rn_rng_below(&s->rng, 2) == 0) {
        for (int32_t i = 0; i < u->n; i++) {
            take_linked(s, inst->unit_tasks[u->first + i]);
        }
    }
    for (int32_t i = 0; i < u->n; i++) {
        const int32_t start = r.start;
        const int32_t last = r.last;
        r.task = inst->unit_tasks[u->first + i];
        aim(s, &r);
        if (i > 0) {
            /* A crew comes together. */
            r.earliest = start > r.earliest ? start : r.earliest;
            r.latest = last < r.latest ? last : r.latest;
        }
        if (!find_room(s, &r)) {
            return;
        }
        take_stretch(s, &r);
        r.banned = r.shift;
    }
}
