/* SPDX-License-Identifier: MIT */
#include "baseline/baseline.h"

#include "baseline/placing.h"

#include <runde/check.h>

#include <stdlib.h>
#include <string.h>

/* What the planner looks at when the next visit of a list is picked, in
 * seconds of drive or their like; the weights in placing.c belong to these.
 * Set once for all samples, so that the figures are those of real
 * municipalities (docs/samples.md). */
#define CARE_DRIVE 150  /* per cent: the drive from the visit before */
#define CARE_WAIT 300   /* per cent: waiting at the door */
#define CARE_SLACK 40   /* per cent: time left until it is too late */
#define LONG_VISIT 3600 /* ticks: a visit this long needs a gap kept free */
#define CARE_SOON 5400  /* ticks: later than this is not urgent */
#define REST_SOON 300   /* ticks: a break this close comes first */
#define TRIES 40        /* candidates that are looked at closely */

typedef struct dealing {
    desk *d;
    int32_t *by_area;    /* visits, area by area */
    int32_t *area_first; /* where each area begins, and an end */
    int32_t *order;      /* scratch */
    int64_t *score;      /* scratch, one a visit */
} dealing;

/* ------------------------------------------------------------ the dealing */

/* When and where the carer is free after the stops driven so far. */
static int32_t free_at(const desk_list *list, int32_t *place)
{
    const round *r = &list->round;
    *place = r->shift->start_place;
    int32_t now = r->shift->start;
    if (list->cursor > 0) {
        const round_stop *last = &r->stops[list->cursor - 1];
        *place = last->place;
        now = last->start + last->duration;
    }
    /* A break that is due now; a later one may still move behind a visit. */
    if (r->rest_gap == list->cursor && r->rest_start <= now + REST_SOON) {
        now = r->rest_start + r->shift->breaks[0].duration;
    }
    return now;
}

/* Blood sugar before breakfast: a visit waits until the one before it is on
 * a list, unless that one will not be. */
static bool is_released(const desk *d, int32_t visit, int32_t now)
{
    const desk_visit *v = &d->visits[visit];
    for (int32_t i = 0; i < v->n_links; i++) {
        const runde_link *link =
            runde_problem_link(d->problem, d->links[v->first_link + i]);
        const desk_visit *before = &d->visits[link->before];
        if (link->after == visit && before->placed == 0 &&
            before->max_start >= now) {
            return false;
        }
    }
    return true;
}

/* The visit after this one by the same carer, or NONE: a couple. */
static int32_t companion(const desk *d, int32_t visit)
{
    const desk_visit *v = &d->visits[visit];
    for (int32_t i = 0; i < v->n_links; i++) {
        const runde_link *link =
            runde_problem_link(d->problem, d->links[v->first_link + i]);
        if (link->before == visit && link->same_carer &&
            placing_is_left(d, link->after)) {
            return link->after;
        }
    }
    return RUNDE_NONE;
}

/* The earliest start that links to visits already on lists leave. */
static int32_t opening(const desk *d, int32_t visit)
{
    const desk_visit *v = &d->visits[visit];
    int32_t from = v->wish;
    for (int32_t i = 0; i < v->n_links; i++) {
        const runde_link *link =
            runde_problem_link(d->problem, d->links[v->first_link + i]);
        const desk_visit *before = &d->visits[link->before];
        if (link->after != visit || before->placed == 0 ||
            link->min_gap == RUNDE_TIME_NONE) {
            continue;
        }
        const int32_t start = before->start + link->min_gap +
                              (link->from_end ? before->visit->duration : 0);
        from = start > from ? start : from;
    }
    return from;
}

static bool put_next(desk *d, int32_t index, int32_t visit)
{
    desk_list *list = &d->lists[index];
    const int32_t other = companion(d, visit);
    const desk_part part = {visit, 0, opening(d, visit),
                            d->visits[visit].max_start};
    if (!desk_try(d, index, list->cursor, &part)) {
        return false;
    }
    if (other != RUNDE_NONE) {
        const desk_part next = {other, 0, d->visits[other].min_start,
                                d->visits[other].max_start};
        if (!desk_may_serve(d, list, other, 0) ||
            !desk_try(d, index, list->cursor + 1, &next)) {
            (void)desk_take(d, visit, 0);
            return false;
        }
        list->cursor++;
    }
    list->cursor++;
    return true;
}

static int64_t rate(const desk *d, const desk_list *list, int32_t visit,
                    int32_t now, int32_t place)
{
    const desk_visit *v = &d->visits[visit];
    const int64_t way = placing_drive(d, list, place, v->visit->place);
    const int64_t ready = now + way + v->visit->setup;
    const int64_t from = opening(d, visit);
    const int64_t start = ready > from ? ready : from;
    if (start > v->max_start) {
        return INT64_MAX;
    }
    const int64_t slack = v->max_start - start;
    return placing_scaled(way, CARE_DRIVE) +
           placing_scaled(start - ready, CARE_WAIT) +
           placing_scaled(slack < CARE_SOON ? slack : CARE_SOON, CARE_SLACK) +
           placing_suits(d, list, visit, 0);
}

/* Rates the visits of areas that the list covers; how many there are. */
static int32_t candidates(dealing *of, const desk_list *list)
{
    const desk *d = of->d;
    int32_t place = RUNDE_NONE;
    const int32_t now = free_at(list, &place);
    int32_t n = 0;
    for (int32_t area = 0; area < d->n_areas; area++) {
        const int32_t first = of->area_first[area];
        const int32_t end = of->area_first[area + 1];
        if (first == end || !desk_covers(d, list, of->by_area[first])) {
            continue;
        }
        for (int32_t i = first; i < end; i++) {
            const int32_t visit = of->by_area[i];
            if (!placing_is_left(d, visit) ||
                d->visits[visit].visit->crew > 1 ||
                d->visits[visit].min_start > list->round.shift->max_end ||
                !desk_may_serve(d, list, visit, 0) ||
                !is_released(d, visit, now)) {
                continue;
            }
            of->score[n] = rate(d, list, visit, now, place);
            of->order[n] = visit;
            n += of->score[n] < INT64_MAX ? 1 : 0;
        }
    }
    return n;
}

/* Does the round end with something that is done last, such as the
 * documentation? Then nobody leaves again. */
static bool closes_day(const round *r)
{
    const round_stop *last = r->n > 0 ? &r->stops[r->n - 1] : NULL;
    const int32_t noon =
        r->shift->start + (r->shift->end - r->shift->start) / 2;
    return last && !last->is_visit && last->min_start >= noon;
}

/* The next stop of a list; false when its day is full. */
static bool deal_one(dealing *of, int32_t index)
{
    desk_list *list = &of->d->lists[index];
    const int32_t n = candidates(of, list);
    for (int32_t tries = 0; tries < TRIES && tries < n; tries++) {
        int32_t best = 0;
        for (int32_t i = 1; i < n; i++) {
            best = of->score[i] < of->score[best] ? i : best;
        }
        if (of->score[best] == INT64_MAX) {
            break;
        }
        of->score[best] = INT64_MAX;
        if (put_next(of->d, index, of->order[best])) {
            return true;
        }
    }
    list->cursor++;
    return list->cursor < list->round.n ||
           (list->cursor == list->round.n && !closes_day(&list->round));
}

/* Whoever is free first picks next, until every list is full. */
static runde_status deal_lists(dealing *of)
{
    desk *d = of->d;
    bool *is_open = calloc((size_t)d->n_lists + 1, sizeof *is_open);
    if (!is_open) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < d->n_lists; i++) {
        const round *r = &d->lists[i].round;
        is_open[i] = true;
        d->lists[i].cursor = r->n > 0 && !r->stops[0].is_visit &&
                             r->stops[0].max_start <= r->shift->start;
    }
    for (;;) {
        int32_t first = RUNDE_NONE;
        int32_t earliest = INT32_MAX;
        for (int32_t i = 0; i < d->n_lists; i++) {
            int32_t place = RUNDE_NONE;
            const int32_t now = is_open[i] ? free_at(&d->lists[i], &place) : 0;
            if (is_open[i] && now < earliest) {
                earliest = now;
                first = i;
            }
        }
        if (first == RUNDE_NONE) {
            break;
        }
        is_open[first] = deal_one(of, first);
    }
    free(is_open);
    return RUNDE_OK;
}

/* -------------------------------------------------------------- the whole */

typedef struct turn {
    int64_t key;
    int32_t visit;
} turn;

static int by_turn(const void *left, const void *right)
{
    const turn *a = left;
    const turn *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->visit > b->visit) - (a->visit < b->visit);
}

/* Clock visits and crews in the order of the clock, after them the long
 * visits, which would find no gap later. */
static int32_t queue_fixed(const desk *d, turn *turns)
{
    int32_t n = 0;
    for (int32_t v = 0; v < d->n_visits; v++) {
        const int64_t wish = d->visits[v].wish;
        if (placing_is_clock(d, v)) {
            turns[n++] = (turn){wish, v};
        } else if (d->visits[v].visit->duration >= LONG_VISIT) {
            turns[n++] = (turn){INT64_C(1) * INT32_MAX + wish, v};
        }
    }
    qsort(turns, (size_t)n, sizeof *turns, by_turn);
    return n;
}

/* What is left, the most important first. */
static int32_t queue_leftovers(const desk *d, turn *turns)
{
    int32_t n = 0;
    for (int32_t v = 0; v < d->n_visits; v++) {
        if (placing_is_left(d, v)) {
            const runde_visit *visit = d->visits[v].visit;
            const int32_t weight = visit->optional ? 0 : visit->priority;
            turns[n++] = (turn){-(int64_t)weight, v};
        }
    }
    qsort(turns, (size_t)n, sizeof *turns, by_turn);
    return n;
}

static runde_status deal(desk *d, dealing *of, turn *turns, placing_spot *spots)
{
    int32_t n = queue_fixed(d, turns);
    for (int32_t i = 0; i < n; i++) {
        const int32_t visit = turns[i].visit;
        /* No carer of the area has the half hour: call the neighbours. */
        if (!placing_somewhere(d, spots, visit, PLACING_AREA, false) &&
            placing_is_clock(d, visit)) {
            (void)placing_somewhere(d, spots, visit, PLACING_BASE, false);
        }
    }
    runde_status status = deal_lists(of);
    for (placing_reach far = PLACING_AREA; far <= PLACING_ALL; far++) {
        n = queue_leftovers(d, turns);
        for (int32_t i = 0; i < n; i++) {
            (void)placing_somewhere(d, spots, turns[i].visit, far, true);
        }
    }
    for (placing_reach far = PLACING_AREA; far <= PLACING_BASE; far++) {
        n = queue_leftovers(d, turns);
        for (int32_t i = 0; i < n; i++) {
            (void)placing_make_room(d, spots, turns[i].visit, far);
        }
    }
    placing_drop_halves(d);
    return status;
}

static void sort_areas(dealing *of)
{
    const desk *d = of->d;
    for (int32_t v = 0; v < d->n_visits; v++) {
        of->area_first[d->visits[v].area + 1]++;
    }
    for (int32_t a = 0; a < d->n_areas; a++) {
        of->area_first[a + 1] += of->area_first[a];
    }
    int32_t n = 0;
    for (int32_t a = 0; a < d->n_areas; a++) {
        for (int32_t v = 0; v < d->n_visits; v++) {
            if (d->visits[v].area == a) {
                of->by_area[n++] = v;
            }
        }
    }
}

static runde_status deal_all(desk *d)
{
    const size_t visits = (size_t)d->n_visits + 1;
    dealing of = {.d = d};
    of.by_area = calloc(visits, sizeof *of.by_area);
    of.area_first = calloc((size_t)d->n_areas + 2, sizeof *of.area_first);
    of.order = calloc(visits, sizeof *of.order);
    of.score = calloc(visits, sizeof *of.score);
    turn *turns = calloc(visits, sizeof *turns);
    placing_spot *spots = calloc((size_t)d->n_lists + 1, sizeof *spots);
    runde_status status = RUNDE_E_NOMEM;
    if (of.by_area && of.area_first && of.order && of.score && turns && spots) {
        sort_areas(&of);
        status = deal(d, &of, turns, spots);
    }
    free(spots);
    free(turns);
    free(of.score);
    free(of.order);
    free(of.area_first);
    free(of.by_area);
    return status;
}

static runde_status add_routes(const desk *d, runde_plan *plan)
{
    for (int32_t i = 0; i < d->n_lists; i++) {
        const round *r = &d->lists[i].round;
        if (placing_visits_on(r) == 0) {
            continue;
        }
        runde_stop *stops = calloc((size_t)r->n + 1, sizeof *stops);
        if (!stops) {
            return RUNDE_E_NOMEM;
        }
        runde_route route = {0};
        round_write(r, &route, stops);
        const runde_status status = runde_plan_add_route(plan, &route);
        free(stops);
        if (status != RUNDE_OK) {
            return status;
        }
    }
    return RUNDE_OK;
}

static runde_status write_plan(runde_plan **out, const desk *d,
                               const runde_report *figures)
{
    runde_plan *plan = NULL;
    runde_status status = runde_plan_new(&plan, d->problem);
    if (status == RUNDE_OK) {
        status = add_routes(d, plan);
    }
    for (int32_t v = 0; v < d->n_visits && status == RUNDE_OK; v++) {
        if (placing_is_left(d, v)) {
            const runde_unserved left = {v, 0, NULL};
            status = runde_plan_add_unserved(plan, &left);
        }
    }
    if (status == RUNDE_OK && figures) {
        status = runde_plan_set_cost(plan, runde_report_cost(figures));
    }
    if (status == RUNDE_OK && figures) {
        status = runde_plan_set_kpis(plan, runde_report_kpis(figures));
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    if (status != RUNDE_OK) {
        runde_plan_free(plan);
        return status;
    }
    *out = plan;
    return RUNDE_OK;
}

/* Twice: the checker reckons the cost and figures of the first writing, the
 * second states them, and the checker has the last word. */
static runde_status write_checked(runde_plan **out, const desk *d)
{
    runde_plan *draft = NULL;
    runde_plan *plan = NULL;
    runde_report *figures = NULL;
    runde_report *verdict = NULL;
    runde_status status = write_plan(&draft, d, NULL);
    if (status == RUNDE_OK) {
        status = runde_check(&figures, d->problem, draft);
    }
    if (status == RUNDE_OK) {
        status = write_plan(&plan, d, figures);
    }
    if (status == RUNDE_OK) {
        status = runde_check(&verdict, d->problem, plan);
    }
    if (status == RUNDE_OK && runde_report_n_violations(verdict) > 0) {
        status = RUNDE_E_INTERNAL;
    }
    if (status == RUNDE_OK) {
        *out = plan;
        plan = NULL;
    }
    runde_report_free(verdict);
    runde_report_free(figures);
    runde_plan_free(plan);
    runde_plan_free(draft);
    return status;
}

runde_status baseline_plan(runde_plan **out, const runde_problem *problem)
{
    if (!out || !problem) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    desk d;
    runde_status status = desk_open(&d, problem);
    if (status == RUNDE_OK) {
        status = desk_draw_map(&d);
    }
    if (status == RUNDE_OK) {
        status = deal_all(&d);
    }
    if (status == RUNDE_OK) {
        status = write_checked(out, &d);
    }
    desk_close(&d);
    return status;
}
