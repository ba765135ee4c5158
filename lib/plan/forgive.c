/* SPDX-License-Identifier: MIT */
/* The routes are written down again and again, each time with the starts
 * that the others ask of them, until nobody waits any longer. What cannot be
 * obeyed is not waited for. */
#include "plan/forgive.h"

#include <string.h>

#include "base/alloc.h"
#include "eval/schedule.h"

/* Visits that wait for each other in a circle would do so for ever. */
#define MOST_ROUNDS 64

/* A stop of the draft, or one that it should have had. */
typedef struct entry {
    runde_stop stop;
    int32_t node;  /* task or activity; RUNDE_NONE for a break */
    int32_t brk;   /* of the shift's sorted list; RUNDE_NONE else */
    int32_t floor; /* does not start before: others ask for it */
    int32_t given; /* where its route has times: those of the start */
} entry;

typedef struct roll {
    const rn_instance *inst;
    const runde_plan *draft;
    const runde_route **kept; /* by route: with its times, or NULL */
    entry *list;              /* route after route */
    int32_t *first;           /* by route, and one past the end */
    int32_t *at;              /* by task: its first entry, or RUNDE_NONE */
    int32_t n;
    runde_stop *stops; /* of the longest route */
    bool is_past;      /* visits keep their times */
} roll;

/* A route being written down. */
typedef struct pen {
    const rn_instance *inst;
    int32_t shift;
    int64_t free;
    int64_t begin;
    int32_t place;  /* where the carer is, or RUNDE_NONE */
    int32_t drive;  /* of the leg, still to be driven */
    int32_t metres; /* of the leg, not yet written */
    bool ended;     /* the leg is driven to its end */
    bool estimated; /* the leg is an estimate */
    bool opened;    /* `begin` is known */
    bool started;   /* some stop is behind */
    bool is_past;   /* visits keep their times */
} pen;

/* Sums of absurd durations end here. */
static int32_t tick(int64_t t)
{
    return t > RN_TIME_MAX   ? RN_TIME_MAX
           : t < RN_TIME_MIN ? RN_TIME_MIN
                             : (int32_t)t;
}

static int32_t leg(const rn_instance *inst, int32_t shift, int32_t from,
                   int32_t to)
{
    const int32_t ticks = rn_drive(inst, inst->shift[shift].mode, from, to);
    return ticks >= RN_FAR ? 0 : ticks; /* no road: the checker says so */
}

/* First allowed start, or at once when it is too late for all windows. */
static int32_t first_start(const rn_instance *inst, int32_t node, int64_t t)
{
    const int32_t at = tick(t);
    const int32_t start = rn_first_start(inst, node, at);
    return start >= RN_NEVER ? at : start;
}

/* -------------------------------------------------------- what is missing */

static entry entry_of(runde_stop_kind kind, int32_t item, int32_t node,
                      int32_t brk)
{
    entry e;
    memset(&e, 0, sizeof e);
    e.stop.kind = kind;
    e.stop.item = item;
    e.node = node;
    e.brk = brk;
    e.floor = RN_TIME_MIN;
    e.given = RN_TIME_MIN;
    return e;
}

static entry read_stop(const rn_instance *inst, int32_t shift,
                       const runde_stop *stop)
{
    const rn_shift *s = &inst->shift[shift];
    entry e = entry_of(stop->kind, stop->item, RUNDE_NONE, RUNDE_NONE);
    if (stop->kind == RUNDE_STOP_VISIT) {
        const int32_t first = inst->first_task[stop->item];
        const bool has = stop->part >= 0 &&
                         stop->part < inst->first_task[stop->item + 1] - first;
        e.stop.part = stop->part;
        e.node = has ? first + stop->part : first;
    } else if (stop->kind == RUNDE_STOP_ACTIVITY) {
        e.node = s->first_activity + stop->item;
    } else {
        for (int32_t i = 0; i < s->n_breaks; i++) {
            e.brk = inst->breaks[s->first_break + i].number == stop->item
                        ? i
                        : e.brk;
        }
    }
    return e;
}

static bool is_listed(const runde_route *route, runde_stop_kind kind,
                      int32_t item)
{
    for (int32_t i = 0; i < route->n_stops; i++) {
        if (route->stops[i].kind == kind && route->stops[i].item == item) {
            return true;
        }
    }
    return false;
}

/* Activities and breaks still to be put into a route. */
typedef struct filling {
    roll *r;
    const runde_route *route;
    int32_t place;
    int64_t free;
    int32_t activity;
    int32_t brk;
} filling;

static int64_t end_at(const filling *f, int32_t node)
{
    const rn_instance *inst = f->r->inst;
    const rn_stop *stop = &inst->stop[node];
    const int64_t ready = f->free +
                          leg(inst, f->route->shift, f->place, stop->place) +
                          (f->place == stop->place ? 0 : stop->setup);
    return (int64_t)first_start(inst, node, ready) + stop->duration;
}

/* When an entry would be over if it were next; NULL is the end. */
static int64_t over_at(const filling *f, const entry *e)
{
    const rn_instance *inst = f->r->inst;
    if (e == NULL) {
        return INT64_MAX;
    }
    if (e->node != RUNDE_NONE) {
        return end_at(f, e->node);
    }
    const rn_break *b =
        &inst->breaks[inst->shift[f->route->shift].first_break + e->brk];
    return (f->free > b->a ? f->free : b->a) + b->duration;
}

static void add_break(filling *f)
{
    const rn_instance *inst = f->r->inst;
    const rn_shift *s = &inst->shift[f->route->shift];
    const rn_break *b = &inst->breaks[s->first_break + f->brk];
    const entry e = entry_of(RUNDE_STOP_BREAK, b->number, RUNDE_NONE, f->brk);
    f->free = over_at(f, &e);
    f->r->list[f->r->n++] = e;
    f->brk++;
}

static void add_node(filling *f, const entry *e)
{
    f->free = end_at(f, e->node);
    f->place = f->r->inst->stop[e->node].place;
    f->r->list[f->r->n++] = *e;
}

static void skip_listed(filling *f)
{
    const rn_instance *inst = f->r->inst;
    const rn_shift *s = &inst->shift[f->route->shift];
    while (f->activity < s->n_activities &&
           is_listed(f->route, RUNDE_STOP_ACTIVITY, f->activity)) {
        f->activity++;
    }
    while (f->brk < s->n_breaks &&
           (inst->breaks[s->first_break + f->brk].optional ||
            is_listed(f->route, RUNDE_STOP_BREAK,
                      inst->breaks[s->first_break + f->brk].number))) {
        f->brk++;
    }
}

/* Puts in whatever must begin before `next` is over, the most pressing
 * first. */
static void fill_before(filling *f, const entry *next)
{
    const rn_instance *inst = f->r->inst;
    const rn_shift *s = &inst->shift[f->route->shift];
    for (;;) {
        skip_listed(f);
        const int32_t node = s->first_activity + f->activity;
        const int64_t brk = f->brk < s->n_breaks
                                ? inst->breaks[s->first_break + f->brk].b
                                : INT64_MAX;
        const int64_t activity =
            f->activity < s->n_activities ? inst->stop[node].latest : INT64_MAX;
        const int64_t by = over_at(f, next);
        if (brk >= by && activity >= by) {
            return;
        }
        if (brk < activity) {
            add_break(f);
        } else {
            const entry e =
                entry_of(RUNDE_STOP_ACTIVITY, f->activity, node, RUNDE_NONE);
            f->activity++;
            add_node(f, &e);
        }
    }
}

static void read_route(roll *r, const runde_route *route)
{
    const rn_instance *inst = r->inst;
    const int32_t start = rn_shift_start_node(inst, route->shift);
    filling f = {
        r, route, inst->stop[start].place, inst->shift[route->shift].start,
        0, 0};
    for (int32_t i = 0; i < route->n_stops; i++) {
        const entry e = read_stop(inst, route->shift, &route->stops[i]);
        fill_before(&f, &e);
        if (e.node == RUNDE_NONE) {
            const int32_t keep = f.brk;
            f.brk = e.brk;
            add_break(&f);
            f.brk = keep;
            continue;
        }
        if (route->stops[i].kind == RUNDE_STOP_VISIT &&
            r->at[e.node] == RUNDE_NONE) {
            r->at[e.node] = r->n;
        }
        add_node(&f, &e);
        if (r->is_past && e.stop.kind == RUNDE_STOP_VISIT) {
            r->list[r->n - 1].floor = route->stops[i].start;
        }
    }
    fill_before(&f, NULL);
}

/* ---------------------------------------------------------------- writing */

/* Marks what was driven on a leg that is an estimate. */
static bool is_marked(const pen *p, int32_t ticks, int32_t metres)
{
    return p->estimated && (ticks > 0 || metres > 0);
}

/* docs/model.md 2.1: begin as late as possible, or with the shift. */
static void open_at(pen *p, int64_t latest)
{
    if (!p->opened) {
        p->opened = true;
        p->free = p->inst->depart_at_start ? p->free : latest;
        p->begin = p->free;
    }
}

static void arrive(pen *p, runde_stop *stop)
{
    stop->distance = p->metres;
    p->metres = 0;
    p->ended = true;
}

static void write_break(pen *p, entry *e, int32_t next, bool may_split)
{
    const rn_instance *inst = p->inst;
    const rn_break *b =
        &inst->breaks[inst->shift[p->shift].first_break + e->brk];
    const bool is_last = next >= inst->n_stops;
    const int32_t to = inst->stop[next].place;
    runde_stop *stop = &e->stop;
    int32_t ticks = 0;
    int64_t start = p->free > b->a ? p->free : b->a;
    if (!is_last && p->free + p->drive <= b->b) {
        ticks = p->drive;
        start = p->free + ticks > b->a ? p->free + ticks : b->a;
    } else if (may_split) {
        const int64_t room = start - p->free;
        ticks = room < p->drive ? (int32_t)room : p->drive;
    }
    open_at(p, start - ticks);
    const bool whole = ticks == p->drive;
    const bool reaches = !p->ended && whole && (ticks > 0 || !is_last);
    p->drive -= ticks;
    if (ticks > 0 || reaches) {
        p->place = whole ? to : RUNDE_NONE;
    }
    stop->place = p->place;
    if (stop->place == RUNDE_NONE && !p->started && ticks == 0) {
        stop->place = to; /* no start place: taken at the first stop's */
    }
    stop->distance = 0; /* another round may have ended the leg here */
    if (reaches) {
        arrive(p, stop);
    }
    stop->travel = ticks;
    stop->arrival = tick(p->free + ticks);
    stop->start = tick(start);
    stop->waiting = stop->start - stop->arrival;
    stop->departure = tick(start + b->duration);
    stop->estimated = is_marked(p, stop->travel, stop->distance);
    p->free = start + b->duration;
}

static void write_node(pen *p, entry *e, int32_t setup)
{
    const rn_instance *inst = p->inst;
    runde_stop *stop = &e->stop;
    const int64_t ready = p->free + p->drive + setup;
    const int64_t least = ready > e->floor ? ready : e->floor;
    const int32_t start = p->is_past && stop->kind == RUNDE_STOP_VISIT
                              ? tick(least)
                              : first_start(inst, e->node, least);
    open_at(p, (int64_t)start - setup - p->drive);
    stop->place = inst->stop[e->node].place;
    stop->travel = p->drive;
    stop->distance = p->metres;
    stop->setup = setup;
    stop->arrival = tick(p->free + p->drive);
    stop->start = start;
    stop->waiting = start - setup - stop->arrival;
    stop->departure = tick((int64_t)start + inst->stop[e->node].duration);
    stop->estimated = is_marked(p, stop->travel, stop->distance);
    p->free = stop->departure;
    p->place = stop->place;
}

/* Breaks from..to-1 in front of `next`, a node. */
static void write_gap(pen *p, entry *list, int32_t from, int32_t to,
                      int32_t place, int32_t next)
{
    const rn_instance *inst = p->inst;
    const int32_t mode = inst->shift[p->shift].mode;
    p->drive = leg(inst, p->shift, place, inst->stop[next].place);
    p->metres = rn_metres(inst, mode, place, inst->stop[next].place);
    p->estimated = runde_problem_is_estimated(inst->problem, mode, place,
                                              inst->stop[next].place);
    p->ended = false;
    for (int32_t i = from; i < to; i++) {
        bool may_split = true;
        for (int32_t k = i; k < to; k++) {
            may_split =
                may_split &&
                inst->breaks[inst->shift[p->shift].first_break + list[k].brk]
                    .interrupts;
        }
        write_break(p, &list[i], next, may_split);
        p->started = true;
    }
}

/* Copies a route that has its times unless one of its stops has to wait. */
static bool copy_route(roll *r, int32_t number, runde_route *out)
{
    const runde_route *const kept = r->kept[number];
    entry *const list = &r->list[r->first[number]];
    const int32_t n = r->first[number + 1] - r->first[number];
    if (kept == NULL || kept->n_stops != n) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        if (list[i].floor > list[i].given) {
            return false;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        list[i].stop = kept->stops[i];
    }
    *out = *kept;
    return true;
}

static void write_route(roll *r, int32_t number, runde_route *out)
{
    if (copy_route(r, number, out)) {
        return;
    }
    const rn_instance *inst = r->inst;
    pen p;
    memset(&p, 0, sizeof p);
    p.inst = inst;
    p.shift = runde_plan_route(r->draft, number)->shift;
    p.free = inst->shift[p.shift].start;
    p.is_past = r->is_past;
    int32_t place = inst->stop[rn_shift_start_node(inst, p.shift)].place;
    p.place = place;
    int32_t from = r->first[number];
    for (int32_t i = from; i < r->first[number + 1]; i++) {
        entry *e = &r->list[i];
        if (e->node == RUNDE_NONE) {
            continue;
        }
        const rn_stop *stop = &inst->stop[e->node];
        const bool is_visit = e->stop.kind == RUNDE_STOP_VISIT;
        write_gap(&p, r->list, from, i, place, e->node);
        write_node(&p, e, is_visit && place != stop->place ? stop->setup : 0);
        p.started = true;
        place = stop->place;
        from = i + 1;
    }
    write_gap(&p, r->list, from, r->first[number + 1], place,
              rn_shift_end_node(inst, p.shift));
    out->shift = p.shift;
    out->begin = tick(p.begin);
    out->travel_home = p.drive;
    out->distance_home = p.metres;
    out->estimated_home = is_marked(&p, p.drive, p.metres);
    out->end = tick(p.free + p.drive);
}

/* ---------------------------------------------------------- each other */

/* Lets `e` wait if its windows allow it, or are missed anyway. */
static bool ask(const rn_instance *inst, entry *e, int64_t start)
{
    if (start <= e->stop.start || start > RN_TIME_MAX) {
        return false;
    }
    const bool fits = rn_first_start(inst, e->node, tick(start)) < RN_NEVER;
    const bool late = rn_first_start(inst, e->node, e->stop.start) >= RN_NEVER;
    if (!fits && !late) {
        return false;
    }
    e->floor = (int32_t)start;
    return true;
}

static bool ask_along(roll *r, int32_t task, const rn_arc *arc)
{
    const rn_instance *inst = r->inst;
    if (r->at[arc->other] == RUNDE_NONE) {
        return false;
    }
    const entry *self = &r->list[r->at[task]];
    entry *other = &r->list[r->at[arc->other]];
    if (arc->choice >= 0) {
        /* Whoever starts later waits for the other to be done. */
        const bool later = self->stop.start < other->stop.start ||
                           (self->stop.start == other->stop.start &&
                            (arc->kind & RN_ARC_FIRST) != 0);
        return later && ask(inst, other, self->stop.departure);
    }
    return (arc->kind & RN_ARC_TIME) != 0 && arc->lo > RN_TIME_MIN &&
           ask(inst, other, (int64_t)self->stop.start + arc->lo);
}

static bool ask_all(roll *r)
{
    const rn_instance *inst = r->inst;
    bool asked = false;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        for (int32_t i = 0; r->at[t] != RUNDE_NONE && i < inst->task[t].n_arcs;
             i++) {
            asked = ask_along(r, t, &inst->arcs[inst->task[t].first_arc + i]) ||
                    asked;
        }
    }
    return asked;
}

static void settle(roll *r)
{
    runde_route unused;
    bool asked = true;
    for (int32_t round = 0; asked && round < MOST_ROUNDS; round++) {
        for (int32_t i = 0; i < runde_plan_n_routes(r->draft); i++) {
            write_route(r, i, &unused);
        }
        asked = !r->is_past && ask_all(r);
    }
    for (int32_t i = 0; asked && i < r->n; i++) {
        r->list[i].floor = r->list[i].given; /* a circle: nobody waits */
    }
}

/* ---------------------------------------------------------------- the whole */

static bool allocate(roll *r)
{
    const rn_instance *inst = r->inst;
    const int32_t n_routes = runde_plan_n_routes(r->draft);
    size_t all = 0;
    size_t most = 0;
    for (int32_t i = 0; i < n_routes; i++) {
        const runde_route *route = runde_plan_route(r->draft, i);
        const size_t n = (size_t)route->n_stops +
                         (size_t)inst->shift[route->shift].n_breaks +
                         (size_t)inst->shift[route->shift].n_activities;
        all += n;
        most = n > most ? n : most;
    }
    r->list = rn_calloc(all + 1, sizeof *r->list);
    r->stops = rn_calloc(most + 1, sizeof *r->stops);
    r->first = rn_calloc((size_t)n_routes + 1, sizeof *r->first);
    r->kept = rn_calloc((size_t)n_routes + 1, sizeof *r->kept);
    r->at = rn_calloc((size_t)inst->n_tasks + 1, sizeof *r->at);
    return r->list != NULL && r->stops != NULL && r->first != NULL &&
           r->kept != NULL && r->at != NULL;
}

static runde_status give(roll *r, runde_plan *to)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < runde_plan_n_routes(r->draft) && status == RUNDE_OK;
         i++) {
        runde_route route;
        memset(&route, 0, sizeof route);
        write_route(r, i, &route);
        route.n_stops = r->first[i + 1] - r->first[i];
        route.stops = r->stops;
        for (int32_t k = 0; k < route.n_stops; k++) {
            r->stops[k] = r->list[r->first[i] + k].stop;
        }
        status = runde_plan_add_route(to, &route);
    }
    return status;
}

/* The route of a shift among those that have their times. */
static const runde_route *kept_route(const runde_plan *kept, int32_t shift)
{
    for (int32_t i = 0; kept != NULL && i < runde_plan_n_routes(kept); i++) {
        const runde_route *const route = runde_plan_route(kept, i);
        if (route->shift == shift) {
            return route;
        }
    }
    return NULL;
}

static void read_all(roll *r, const runde_plan *kept)
{
    for (int32_t i = 0; i < runde_plan_n_routes(r->draft); i++) {
        const runde_route *const route = runde_plan_route(r->draft, i);
        r->kept[i] = kept_route(kept, route->shift);
        r->first[i] = r->n;
        read_route(r, r->kept[i] != NULL ? r->kept[i] : route);
        r->first[i + 1] = r->n;
        for (int32_t k = r->first[i]; r->kept[i] != NULL && k < r->n; k++) {
            const int32_t n = k - r->first[i];
            if (n < r->kept[i]->n_stops) {
                r->list[k].given = r->kept[i]->stops[n].start;
                r->list[k].floor = r->list[k].given;
            }
        }
    }
}

static runde_status forgive(runde_plan *to, const rn_instance *inst,
                            const runde_plan *draft, const runde_plan *kept,
                            bool is_past)
{
    roll r;
    memset(&r, 0, sizeof r);
    r.inst = inst;
    r.is_past = is_past;
    r.draft = draft;
    runde_status status = RUNDE_E_NOMEM;
    if (allocate(&r)) {
        for (int32_t t = 0; t < inst->n_tasks; t++) {
            r.at[t] = RUNDE_NONE;
        }
        read_all(&r, kept);
        settle(&r);
        status = give(&r, to);
    }
    rn_free(r.at);
    rn_free(r.kept);
    rn_free(r.first);
    rn_free(r.stops);
    rn_free(r.list);
    return status;
}

runde_status rn_forgive(runde_plan *to, const rn_instance *inst,
                        const runde_plan *draft, const runde_plan *kept)
{
    return forgive(to, inst, draft, kept, false);
}

runde_status rn_forgive_past(runde_plan *to, const rn_instance *inst,
                             const runde_plan *past)
{
    return forgive(to, inst, past, NULL, true);
}
