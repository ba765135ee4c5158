/* SPDX-License-Identifier: MIT */
/* Routes stop by stop; the breaks of a gap by the rule of docs/model.md 5.1
 * that the schedule used. */
#include "plan/freeze.h"

#include "base/alloc.h"

/* A route being written down. */
typedef struct pen {
    const rn_solution *sol;
    int32_t shift;
    runde_stop *stops;
    int32_t n;
    int32_t begin;
    int32_t free;   /* when the carer is free */
    int32_t place;  /* where the carer is, or RUNDE_NONE */
    int32_t drive;  /* of the leg, still to be driven */
    int32_t metres; /* of the leg, not yet written */
    int32_t ends;   /* the leg is over in front of this break */
    bool ended;     /* the leg is driven to its end */
    bool estimated; /* the leg is an estimate */
    bool opened;    /* `begin` is known */
} pen;

static runde_stop *new_stop(pen *p, runde_stop_kind kind, int32_t item,
                            int32_t part)
{
    runde_stop *stop = &p->stops[p->n++];
    *stop = (runde_stop){0};
    stop->kind = kind;
    stop->item = item;
    stop->part = part;
    return stop;
}

/* Drives `ticks` of the leg towards `to` and writes it on the stop. */
static void drive(pen *p, runde_stop *stop, int32_t ticks, int32_t to)
{
    const bool started = ticks > 0;
    p->drive -= ticks;
    stop->travel = ticks;
    stop->place = p->place;
    if (started) {
        stop->place = RUNDE_NONE;
    }
    if (p->drive == 0 && (started || p->ended)) {
        stop->place = to;
    }
    if (p->drive == 0 && started && !p->ended) {
        stop->distance = p->metres;
        p->metres = 0;
        p->ended = true;
    }
    if (started) {
        p->place = stop->place;
    }
}

/* Marks what was driven on a leg that is an estimate. */
static bool is_marked(const pen *p, int32_t ticks, int32_t metres)
{
    return p->estimated && (ticks > 0 || metres > 0);
}

/* Where the route begins: as late as possible, or at the shift's start. */
static void open_at(pen *p, int32_t latest)
{
    if (p->opened) {
        return;
    }
    p->opened = true;
    if (!p->sol->inst->depart_at_start) {
        p->free = latest;
    }
    p->begin = p->free;
}

static void write_break(pen *p, int32_t number, int32_t next)
{
    const rn_instance *inst = p->sol->inst;
    const rn_break *b =
        &inst->breaks[inst->shift[p->shift].first_break + number];
    const int32_t to = inst->stop[next].place;
    runde_stop *stop = new_stop(p, RUNDE_STOP_BREAK, b->number, 0);
    int32_t ticks = 0;
    if (number >= p->ends) {
        const int32_t there = p->free + p->drive;
        ticks = p->drive;
        stop->start = there < b->a ? b->a : there;
        if (ticks == 0 && !p->ended) {
            /* A leg of no length ends here. */
            p->ended = true;
            p->place = to;
            stop->distance = p->metres;
            p->metres = 0;
        }
    } else {
        stop->start = p->free < b->a ? b->a : p->free;
        if (rn_may_split(p->sol, p->shift, number, p->ends)) {
            const int32_t room = stop->start - p->free;
            ticks = room < p->drive ? room : p->drive;
        }
    }
    open_at(p, stop->start - ticks);
    drive(p, stop, ticks, to);
    if (stop->place == RUNDE_NONE && ticks == 0 && !p->ended &&
        p->place == RUNDE_NONE && p->n == 1) {
        stop->place = to; /* no start place: taken at the first stop's */
    }
    stop->arrival = p->free + ticks;
    stop->waiting = stop->start - stop->arrival;
    stop->departure = stop->start + b->duration;
    stop->estimated = is_marked(p, stop->travel, stop->distance);
    p->free = stop->departure;
}

static void write_gap(pen *p, int32_t prev, int32_t next)
{
    const rn_solution *sol = p->sol;
    const rn_instance *inst = sol->inst;
    const rn_path path = rn_path_between(inst, p->shift, prev, next);
    p->drive = path.drive;
    p->metres = rn_metres(inst, inst->shift[p->shift].mode,
                          inst->stop[prev].place, inst->stop[next].place);
    p->estimated = runde_problem_is_estimated(
        inst->problem, inst->shift[p->shift].mode, inst->stop[prev].place,
        inst->stop[next].place);
    p->ended = false;
    const rn_window range = {sol->node[next].gap_lo, sol->node[next].gap_hi};
    int32_t ready;
    p->ends = next >= inst->n_stops ? range.b
                                    : rn_gap_choice(sol, p->shift, range,
                                                    p->free, p->drive, &ready);
    for (int32_t i = sol->node[next].gap_lo; i < sol->node[next].gap_hi; i++) {
        if (!((sol->route[p->shift].missed >> i) & 1U)) {
            write_break(p, i, next);
        }
    }
}

static void write_node(pen *p, int32_t prev, int32_t node)
{
    const rn_solution *sol = p->sol;
    const rn_instance *inst = sol->inst;
    write_gap(p, prev, node);
    const rn_path path = rn_path_between(inst, p->shift, prev, node);
    const int32_t start = sol->node[node].start;
    open_at(p, start - path.setup - p->drive);
    runde_stop *stop;
    if (node < inst->n_tasks) {
        stop = new_stop(p, RUNDE_STOP_VISIT, inst->task[node].visit,
                        inst->task[node].part);
        stop->setup = path.setup;
    } else {
        stop = new_stop(p, RUNDE_STOP_ACTIVITY,
                        node - inst->shift[p->shift].first_activity, 0);
    }
    stop->place = inst->stop[node].place;
    stop->travel = p->drive;
    stop->distance = p->metres;
    stop->arrival = p->free + p->drive;
    stop->start = start;
    stop->waiting = start - stop->setup - stop->arrival;
    stop->departure = start + inst->stop[node].duration;
    stop->estimated = is_marked(p, stop->travel, stop->distance);
    p->free = stop->departure;
    p->place = stop->place;
}

/* The stops stay the pen's. */
static void write_route(pen *p, runde_route *route)
{
    const rn_solution *sol = p->sol;
    const rn_instance *inst = sol->inst;
    const int32_t first = rn_shift_start_node(inst, p->shift);
    const int32_t last = rn_shift_end_node(inst, p->shift);
    p->n = 0;
    p->opened = false;
    p->free = inst->shift[p->shift].start;
    p->place = inst->stop[first].place;
    int32_t prev = first;
    for (int32_t n = sol->node[first].next; n != last; n = sol->node[n].next) {
        write_node(p, prev, n);
        prev = n;
    }
    write_gap(p, prev, last);
    *route = (runde_route){0};
    route->shift = p->shift;
    route->begin = p->begin;
    route->travel_home = p->drive;
    route->distance_home = p->metres;
    route->estimated_home = is_marked(p, p->drive, p->metres);
    route->end = p->free + p->drive;
    route->n_stops = p->n;
    route->stops = p->stops;
}

/* Stops of a route at the most. */
static int32_t length_of(const rn_solution *sol, int32_t shift)
{
    const rn_shift *s = &sol->inst->shift[shift];
    return sol->route[shift].n + s->n_breaks + s->n_activities;
}

static int32_t longest_route(const rn_solution *sol)
{
    int32_t most = 0;
    for (int32_t s = 0; s < sol->inst->n_shifts; s++) {
        const int32_t n = length_of(sol, s);
        most = n > most ? n : most;
    }
    return most;
}

runde_status rn_freeze_route(runde_route *route, rn_arena *arena,
                             const rn_solution *sol, int32_t shift)
{
    pen p = {0};
    *route = (runde_route){0};
    route->shift = shift;
    if (sol->route[shift].n == 0) {
        return RUNDE_OK;
    }
    p.sol = sol;
    p.shift = shift;
    p.stops =
        rn_arena_array(arena, (size_t)length_of(sol, shift), sizeof *p.stops);
    if (p.stops == NULL) {
        return RUNDE_E_NOMEM;
    }
    write_route(&p, route);
    return RUNDE_OK;
}

runde_status rn_freeze(runde_plan *plan, const rn_solution *sol)
{
    pen p = {0};
    p.sol = sol;
    p.stops = rn_calloc((size_t)longest_route(sol) + 1, sizeof *p.stops);
    if (p.stops == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = RUNDE_OK;
    for (int32_t s = 0; s < sol->inst->n_shifts && status == RUNDE_OK; s++) {
        if (sol->route[s].n > 0) {
            runde_route route;
            p.shift = s;
            write_route(&p, &route);
            status = runde_plan_add_route(plan, &route);
        }
    }
    rn_free(p.stops);
    if (status == RUNDE_OK) {
        runde_cost cost = RUNDE_COST_INIT;
        rn_account(&cost, sol, plan);
        status = runde_plan_set_cost(plan, &cost);
    }
    if (status == RUNDE_OK) {
        runde_kpis kpis = RUNDE_KPIS_INIT;
        rn_key_figures(&kpis, sol, plan);
        status = runde_plan_set_kpis(plan, &kpis);
    }
    return status;
}
