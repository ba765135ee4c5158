/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "check/audit.h"

/* What the rules of one route look at together. */
typedef struct view {
    const runde_route *route;
    const runde_shift *shift;
    rn_tally *tally;
    rn_label label;
} view;

/* What an equation of section 2.1 is about. */
typedef struct quantity {
    const char *name; /* completes "shift s has ..." */
    bool is_span;     /* a number of ticks; else a time */
} quantity;

static const quantity a_travel = {"travel", true};
static const quantity a_waiting = {"waiting", true};
static const quantity the_arrival = {"arrival", false};
static const quantity the_start = {"start", false};
static const quantity the_departure = {"departure", false};
static const quantity the_begin = {"begin", false};
static const quantity the_way_home = {"travel home", true};
static const quantity the_end = {"end", false};

/* One equation of section 2.1. */
static void expect(rn_audit *audit, const view *w, const runde_stop *stop,
                   const quantity *what, int64_t expected, int64_t found)
{
    if (expected == found) {
        return;
    }
    const rn_label is = what->is_span ? rn_span_label(audit, found)
                                      : rn_time_label(audit, found);
    const rn_label must = what->is_span ? rn_span_label(audit, expected)
                                        : rn_time_label(audit, expected);
    if (stop == NULL) {
        const rn_spot spot = {"arithmetic", w->route->shift, RUNDE_NONE,
                              RUNDE_NONE,   expected,        found};
        rn_audit_note(audit, &spot, "shift %s has %s %s, but it must be %s",
                      w->label.text, what->name, is.text, must.text);
        return;
    }
    const rn_spot spot =
        rn_stop_spot("arithmetic", w->route, stop, expected, found);
    rn_audit_note(audit, &spot, "shift %s, %s: %s is %s, but must be %s",
                  w->label.text, rn_stop_label(audit, stop).text, what->name,
                  is.text, must.text);
}

static void expect_positive(rn_audit *audit, const view *w,
                            const runde_stop *stop, const quantity *what,
                            int64_t found)
{
    if (found < 0) {
        expect(audit, w, stop, what, 0, found);
    }
}

static int64_t duration_of(const rn_audit *audit, const view *w,
                           const runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_ACTIVITY:
        return w->shift->activities[stop->item].duration;
    case RUNDE_STOP_BREAK:
        return w->shift->breaks[stop->item].duration;
    case RUNDE_STOP_VISIT:
    default:
        return rn_stop_visit(audit, stop)->duration;
    }
}

/* `free` is when the carer leaves the stop before. */
static void check_stop_times(rn_audit *audit, const view *w,
                             const runde_stop *stop, int64_t free)
{
    const int64_t arrival = stop->arrival;
    const int64_t start = stop->start;
    expect_positive(audit, w, stop, &a_travel, stop->travel);
    expect_positive(audit, w, stop, &a_waiting, stop->waiting);
    expect(audit, w, stop, &the_arrival, free + stop->travel, arrival);
    expect(audit, w, stop, &the_start, arrival + stop->waiting + stop->setup,
           start);
    expect(audit, w, stop, &the_departure, start + duration_of(audit, w, stop),
           stop->departure);
}

/* Section 2.1, "Begin". Everything after the first stop follows from the
 * other equations; here the carer must not leave before it is needed. */
static void check_begin(rn_audit *audit, const view *w)
{
    if (w->route->n_stops == 0) {
        return;
    }
    const runde_stop *const first = &w->route->stops[0];
    const int64_t latest = (int64_t)first->start - first->setup - first->travel;
    const int64_t begin =
        audit->depart_at_shift_start ? w->shift->start : latest;
    expect(audit, w, NULL, &the_begin, begin, w->route->begin);
}

static void check_arithmetic(rn_audit *audit, const view *w)
{
    const runde_route *const route = w->route;
    int64_t free = route->begin;
    bool is_counted = audit->depart_at_shift_start;
    check_begin(audit, w);
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *const stop = &route->stops[i];
        check_stop_times(audit, w, stop, free);
        const int64_t arrival = free + stop->travel;
        const int64_t waiting = stop->start - arrival - stop->setup;
        w->tally->waiting += waiting;
        w->tally->priced += is_counted ? waiting : 0;
        is_counted = is_counted || stop->kind != RUNDE_STOP_BREAK;
        free = stop->departure;
    }
    expect_positive(audit, w, NULL, &the_way_home, route->travel_home);
    expect(audit, w, NULL, &the_end, free + route->travel_home, route->end);
}

static void tally_stops(const rn_audit *audit, const view *w)
{
    for (int32_t i = 0; i < w->route->n_stops; i++) {
        const runde_stop *const stop = &w->route->stops[i];
        const int64_t duration = duration_of(audit, w, stop);
        if (stop->kind == RUNDE_STOP_VISIT) {
            w->tally->service += duration;
        } else if (stop->kind == RUNDE_STOP_ACTIVITY) {
            w->tally->activities += duration;
        } else {
            w->tally->breaks += duration;
            w->tally->unpaid +=
                w->shift->breaks[stop->item].paid ? 0 : duration;
        }
    }
}

/* ------------------------------------------------- breaks and activities */

static void check_start(rn_audit *audit, const view *w, const char *rule,
                        const runde_stop *stop, const runde_interval *bounds)
{
    const int64_t least = rn_lower(bounds->start);
    const int64_t most = rn_upper(bounds->end);
    if (stop->start >= least && stop->start <= most) {
        return;
    }
    const int64_t bound = stop->start < least ? least : most;
    const rn_spot spot = rn_stop_spot(rule, w->route, stop, bound, stop->start);
    const int64_t by =
        stop->start < least ? least - stop->start : stop->start - most;
    rn_audit_note(
        audit, &spot, "shift %s starts %s at %s, %s %s %s", w->label.text,
        rn_item_label(audit, w->route->shift, stop->kind, stop->item).text,
        rn_time_label(audit, stop->start).text, rn_span_label(audit, by).text,
        stop->start < least ? "before" : "after",
        rn_time_label(audit, bound).text);
}

/* A break or an activity is done once; an optional break may be missed. */
static void check_times_done(rn_audit *audit, const view *w,
                             runde_stop_kind kind, int32_t item, int32_t times,
                             bool is_optional)
{
    const char *const rule = kind == RUNDE_STOP_BREAK ? "break" : "activity";
    if (times == 1 || (times == 0 && is_optional)) {
        return;
    }
    const rn_spot spot = {rule, w->route->shift, RUNDE_NONE, RUNDE_NONE, 1,
                          times};
    rn_audit_note(audit, &spot, "shift %s has %s %s, but must have it once",
                  w->label.text,
                  rn_item_label(audit, w->route->shift, kind, item).text,
                  times == 0 ? "not at all" : "more than once");
}

static void check_break_starts(rn_audit *audit, const view *w, int32_t *times)
{
    for (int32_t i = 0; i < w->route->n_stops; i++) {
        const runde_stop *const stop = &w->route->stops[i];
        if (stop->kind == RUNDE_STOP_BREAK) {
            const runde_break *const item = &w->shift->breaks[stop->item];
            const runde_interval bounds = {item->min_start, item->max_start};
            check_start(audit, w, "break", stop, &bounds);
            times[stop->item]++;
        }
    }
    for (int32_t i = 0; i < w->shift->n_breaks; i++) {
        check_times_done(audit, w, RUNDE_STOP_BREAK, i, times[i],
                         w->shift->breaks[i].optional);
        times[i] = 0;
    }
}

static void check_activity_stops(rn_audit *audit, const view *w, int32_t *times)
{
    for (int32_t i = 0; i < w->route->n_stops; i++) {
        const runde_stop *const stop = &w->route->stops[i];
        if (stop->kind != RUNDE_STOP_ACTIVITY) {
            continue;
        }
        const runde_activity *const item = &w->shift->activities[stop->item];
        const runde_interval bounds = {item->min_start, item->max_start};
        check_start(audit, w, "activity", stop, &bounds);
        times[stop->item]++;
        if (stop->place != item->place) {
            const rn_spot spot = rn_stop_spot("activity", w->route, stop,
                                              item->place, stop->place);
            rn_audit_note(
                audit, &spot,
                "shift %s does %s in another place than the "
                "activity's",
                w->label.text,
                rn_item_label(audit, w->route->shift, stop->kind, stop->item)
                    .text);
        }
    }
    for (int32_t i = 0; i < w->shift->n_activities; i++) {
        check_times_done(audit, w, RUNDE_STOP_ACTIVITY, i, times[i], false);
        times[i] = 0;
    }
}

static void check_fixed_stops(rn_audit *audit, const view *w)
{
    const int32_t n_breaks = w->shift->n_breaks;
    const int32_t n_activities = w->shift->n_activities;
    const int32_t n = n_breaks > n_activities ? n_breaks : n_activities;
    if (n == 0) {
        return;
    }
    int32_t *const times = rn_calloc((size_t)n, sizeof *times);
    if (times == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    check_break_starts(audit, w, times);
    check_activity_stops(audit, w, times);
    rn_free(times);
}

/* ------------------------------------------------------- shift and load */

static void check_shift(rn_audit *audit, const view *w)
{
    const runde_route *const route = w->route;
    const int64_t latest = rn_upper(w->shift->max_end);
    rn_spot spot = {"shift", route->shift, RUNDE_NONE, RUNDE_NONE, 0, 0};
    if (route->begin < w->shift->start) {
        spot.expected = w->shift->start;
        spot.found = route->begin;
        rn_audit_note(audit, &spot,
                      "shift %s begins at %s, %s before its start %s",
                      w->label.text, rn_time_label(audit, route->begin).text,
                      rn_span_label(audit, spot.expected - spot.found).text,
                      rn_time_label(audit, w->shift->start).text);
    }
    if (route->end > latest) {
        spot.expected = latest;
        spot.found = route->end;
        rn_audit_note(audit, &spot, "shift %s ends at %s, %s after %s",
                      w->label.text, rn_time_label(audit, route->end).text,
                      rn_span_label(audit, route->end - latest).text,
                      rn_time_label(audit, latest).text);
    }
    int32_t visits = 0;
    for (int32_t i = 0; i < route->n_stops; i++) {
        visits += route->stops[i].kind == RUNDE_STOP_VISIT;
    }
    if (visits == 0) {
        spot.expected = 1;
        spot.found = 0;
        rn_audit_note(audit, &spot, "shift %s has a route without a visit",
                      w->label.text);
    }
}

static void add_loads(rn_audit *audit, const view *w, int64_t sign)
{
    for (int32_t i = 0; i < w->route->n_stops; i++) {
        const runde_visit *const visit =
            rn_stop_visit(audit, &w->route->stops[i]);
        for (int32_t l = 0; visit != NULL && l < visit->n_loads; l++) {
            audit->by_load[visit->loads[l].load] +=
                sign * visit->loads[l].amount;
        }
    }
}

static void check_load(rn_audit *audit, const view *w)
{
    if (w->shift->n_caps == 0) {
        return;
    }
    add_loads(audit, w, 1);
    for (int32_t i = 0; i < w->shift->n_caps; i++) {
        const runde_cap *const cap = &w->shift->caps[i];
        const int64_t used = audit->by_load[cap->load];
        if (cap->cap < 0 || used <= cap->cap) {
            continue;
        }
        const rn_spot spot = {"load",     w->route->shift, RUNDE_NONE,
                              RUNDE_NONE, cap->cap,        used};
        rn_audit_note(audit, &spot,
                      "shift %s uses %lld of load %s, of which %d are "
                      "allowed",
                      w->label.text, (long long)used,
                      rn_load_label(audit, cap->load).text, cap->cap);
    }
    add_loads(audit, w, -1);
}

static void check_max_duty(rn_audit *audit, const view *w)
{
    const int64_t duty =
        (int64_t)w->route->end - w->route->begin - w->tally->unpaid;
    const int64_t most = w->shift->max_duty;
    if (most <= 0 || duty <= most) {
        return;
    }
    const rn_spot spot = {"duty", w->route->shift, RUNDE_NONE, RUNDE_NONE, most,
                          duty};
    rn_audit_note(audit, &spot,
                  "shift %s has %s on duty, of which %s are allowed",
                  w->label.text, rn_span_label(audit, duty).text,
                  rn_span_label(audit, most).text);
}

void rn_check_route(rn_audit *audit, int32_t index)
{
    view w;
    w.route = runde_plan_route(audit->plan, index);
    w.shift = runde_problem_shift(audit->problem, w.route->shift);
    w.tally = &audit->tally[index];
    w.label = rn_shift_label(audit, w.route->shift);
    check_arithmetic(audit, &w);
    tally_stops(audit, &w);
    check_fixed_stops(audit, &w);
    check_shift(audit, &w);
    check_load(audit, &w);
    check_max_duty(audit, &w);
}
