/* SPDX-License-Identifier: MIT */
/* What has happened stays where it happened. A visit that lasts longer, a
 * carer who is late: what follows and is frozen too comes as much later as it
 * must, and what then comes after the limit is free. */
#include "replan_day.h"

/* Rounds in which crews hold up one another's routes. */
#define MOST_ROUNDS 64

static int32_t duration_of(const rn_day *day, const rn_day_shift *shift,
                           const runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        return day->visits[stop->item]->duration;
    case RUNDE_STOP_ACTIVITY:
        return runde_problem_shift(day->base, day->routes[shift->route].shift)
            ->activities[stop->item]
            .duration;
    case RUNDE_STOP_BREAK:
        break;
    }
    return runde_problem_shift(day->base, day->routes[shift->route].shift)
        ->breaks[stop->item]
        .duration;
}

static bool is_cancelled(const rn_day *day, const runde_stop *stop)
{
    return stop->kind == RUNDE_STOP_VISIT && day->visits[stop->item] == NULL;
}

/* The way to a stop as it was published; when the one before is cancelled it
 * is another way. */
static int32_t way_to(const rn_day *day, const rn_day_shift *shift,
                      const runde_stop *stop, int32_t from, bool is_published)
{
    if (is_published || from == RUNDE_NONE || stop->place == RUNDE_NONE) {
        return stop->travel + stop->setup;
    }
    int32_t ticks = 0;
    int32_t metres = 0;
    runde_problem_travel(day->base, shift->record.mode, from, stop->place,
                         &ticks, &metres);
    const bool is_visit = stop->kind == RUNDE_STOP_VISIT;
    const int32_t setup =
        is_visit && from != stop->place ? day->visits[stop->item]->setup : 0;
    return (ticks < 0 ? stop->travel : ticks) + setup;
}

/* Times of a route's frozen stops, no earlier than `least` of its visits;
 * true when some visit has moved `least` on. */
static bool hold_route(rn_day *day, rn_day_route *route, int32_t *least)
{
    const rn_day_shift *const shift = &day->shifts[route->shift];
    int64_t free = shift->record.start;
    int32_t from = shift->record.start_place;
    bool is_published = true;
    bool has_moved = false;
    route->n_frozen = 0;
    for (int32_t i = 0; i < route->n; i++) {
        runde_stop *const stop = &route->stops[i];
        if (is_cancelled(day, stop)) {
            is_published = false;
            continue;
        }
        int64_t start = free + way_to(day, shift, stop, from, is_published);
        start = start > stop->start ? start : stop->start;
        if (stop->kind == RUNDE_STOP_VISIT && least[stop->item] > start) {
            start = least[stop->item];
        }
        /* From here on nothing is frozen. */
        if (stop->start >= day->freeze || start >= day->freeze) {
            break;
        }
        stop->start = (int32_t)start;
        stop->departure = stop->start + duration_of(day, shift, stop);
        route->n_frozen = i + 1;
        if (stop->kind == RUNDE_STOP_VISIT && start > least[stop->item]) {
            has_moved = has_moved || least[stop->item] != RUNDE_TIME_NONE;
            least[stop->item] = stop->start;
        }
        free =
            (int64_t)stop->departure + (i == shift->delayed ? shift->delay : 0);
        from = stop->place != RUNDE_NONE ? stop->place : from;
        is_published = true;
    }
    route->free = free;
    route->place = from;
    return has_moved;
}

/* Is the carer at work then, as far as the shifts say? */
static bool is_at_work(const rn_day *day, int32_t carer, int32_t time)
{
    for (int32_t s = 0; s < day->n_shifts; s++) {
        const rn_day_shift *const shift = &day->shifts[s];
        if (shift->record.carer == carer && !shift->is_gone &&
            shift->record.start <= time && time < shift->record.max_end) {
            return true;
        }
    }
    return false;
}

/* Whoever was to come before the limit, and cannot, is published for the
 * limit: such a visit is free. Of who is ill, and at work in no other shift,
 * that is known. */
static void let_go(rn_day *day)
{
    for (int32_t r = 0; r < day->n_routes; r++) {
        rn_day_route *const route = &day->routes[r];
        const rn_day_shift *const shift = &day->shifts[route->shift];
        const bool is_ill =
            shift->is_ended || (shift->is_gone && !shift->is_changed);
        const int32_t n_all = runde_plan_route(day->published, r)->n_stops;
        for (int32_t i = shift->is_gone ? 0 : route->n_frozen; i < n_all; i++) {
            runde_stop *const stop = &route->stops[i];
            if (stop->start < day->freeze &&
                (!is_ill ||
                 is_at_work(day, shift->record.carer, stop->start))) {
                stop->start = day->freeze;
            }
        }
    }
}

static runde_status hold_times(rn_day *day)
{
    const int32_t n = runde_problem_n_visits(day->base);
    int32_t *const least = rn_arena_array(day->arena, (size_t)n, sizeof *least);
    if (least == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t v = 0; v < n; v++) {
        least[v] = RUNDE_TIME_NONE;
    }
    bool again = true;
    for (int round = 0; again && round < MOST_ROUNDS; round++) {
        again = false;
        for (int32_t r = 0; r < day->n_routes; r++) {
            if (!day->shifts[day->routes[r].shift].is_gone) {
                again = hold_route(day, &day->routes[r], least) || again;
            }
        }
    }
    return RUNDE_OK;
}

/* --------------------------------------------------------- held up where */

/* Ticks of a way; RUNDE_TIME_NONE where there is no road. */
static int32_t drive(const rn_day *day, const rn_day_shift *shift, int32_t from,
                     int32_t to)
{
    int32_t ticks = 0;
    int32_t metres = 0;
    if (from != RUNDE_NONE && to != RUNDE_NONE) {
        runde_problem_travel(day->base, shift->record.mode, from, to, &ticks,
                             &metres);
    }
    return ticks < 0 ? RUNDE_TIME_NONE : ticks;
}

/* The last of the first `n` stops where somebody can be held up, or
 * RUNDE_NONE. */
static int32_t last_place(const rn_day *day, const rn_day_route *route,
                          int32_t n)
{
    for (int32_t i = n - 1; i >= 0; i--) {
        const runde_stop *const stop = &route->stops[i];
        if (stop->kind != RUNDE_STOP_BREAK && !is_cancelled(day, stop)) {
            return i;
        }
    }
    return RUNDE_NONE;
}

/* Before all visits that are left the shift begins later. */
static void delay_at(const rn_day *day, rn_day_shift *shift, int32_t n)
{
    shift->delayed = last_place(day, &day->routes[shift->route], n);
    if (shift->delayed == RUNDE_NONE) {
        const int64_t start = (int64_t)shift->record.start + shift->delay;
        const int64_t last = (int64_t)shift->record.end - 1;
        shift->record.start = (int32_t)(start < last ? start : last);
    }
}

/* A stop that is cancelled, or that the day itself ends before, holds nobody
 * up. */
static void find_delays(rn_day *day)
{
    for (int32_t s = 0; s < day->n_shifts; s++) {
        rn_day_shift *const shift = &day->shifts[s];
        if (shift->delayed != RUNDE_NONE && !shift->is_gone) {
            const int32_t n = day->routes[shift->route].n;
            delay_at(day, shift, shift->delayed < n ? shift->delayed + 1 : n);
        }
    }
}

/* Nor does one that was to begin before the limit and has not: the delay is
 * what kept it. */
static void move_delays(rn_day *day)
{
    for (int32_t s = 0; s < day->n_shifts; s++) {
        rn_day_shift *const shift = &day->shifts[s];
        if (shift->delayed == RUNDE_NONE || shift->is_gone) {
            continue;
        }
        const rn_day_route *const route = &day->routes[shift->route];
        const runde_stop *const was =
            runde_plan_route(day->published, shift->route)->stops;
        if (shift->delayed >= route->n_frozen &&
            was[shift->delayed].start < day->freeze) {
            delay_at(day, shift, route->n_frozen);
        }
    }
}

/* When the carer can be home at the earliest, if that is later than the plan
 * says; RUNDE_TIME_NONE if not. */
static int64_t late_end(const rn_day *day, const rn_day_shift *shift)
{
    if (shift->route == RUNDE_NONE || shift->is_gone) {
        return RUNDE_TIME_NONE;
    }
    const rn_day_route *const route = &day->routes[shift->route];
    const runde_stop *const was =
        runde_plan_route(day->published, shift->route)->stops;
    const int32_t n = route->n_frozen;
    int64_t free = RUNDE_TIME_NONE;
    int32_t place = RUNDE_NONE;
    if (n > 0 && route->free > was[n - 1].departure) {
        free = route->free;
        place = route->place;
    }
    if (shift->delayed >= n && shift->delayed != RUNDE_NONE) {
        const runde_stop *const stop = &route->stops[shift->delayed];
        free = (int64_t)stop->departure + shift->delay;
        place = stop->place;
    }
    const int32_t way = drive(day, shift, place, shift->record.end_place);
    return free == RUNDE_TIME_NONE || way == RUNDE_TIME_NONE ? free
                                                             : free + way;
}

/* Whoever is held up begins the next shift when this one is over; true when
 * some shift begins later now. */
static bool push_shifts(rn_day *day)
{
    bool has_moved = false;
    for (int32_t s = 0; s < day->n_shifts; s++) {
        const rn_day_shift *const late = &day->shifts[s];
        const int64_t end = late_end(day, late);
        for (int32_t t = 0; end != RUNDE_TIME_NONE && t < day->n_shifts; t++) {
            rn_day_shift *const next = &day->shifts[t];
            if (next->record.carer != late->record.carer || next->is_gone ||
                next->record.start <= late->record.start ||
                next->record.start >= end) {
                continue;
            }
            has_moved = true;
            next->is_changed = true;
            next->is_gone = end >= next->record.end;
            next->record.start =
                next->is_gone ? next->record.start : (int32_t)end;
        }
    }
    return has_moved;
}

/* ------------------------------------------------- breaks and activities */

/* When a break or activity was had before the limit; RUNDE_TIME_NONE when
 * not. */
static int32_t had_at(const rn_day *day, const rn_day_shift *shift,
                      runde_stop_kind kind, int32_t item)
{
    if (shift->route == RUNDE_NONE) {
        return RUNDE_TIME_NONE;
    }
    const rn_day_route *const route = &day->routes[shift->route];
    for (int32_t i = 0; i < route->n_frozen; i++) {
        if (route->stops[i].kind == kind && route->stops[i].item == item) {
            return route->stops[i].start;
        }
    }
    return RUNDE_TIME_NONE;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Does a break or activity stand behind the delay in the published plan? */
static bool is_behind(const rn_day *day, const rn_day_shift *shift,
                      runde_stop_kind kind, int32_t item)
{
    if (shift->delayed == RUNDE_NONE) {
        return false;
    }
    const rn_day_route *const route = &day->routes[shift->route];
    for (int32_t i = 0; i <= shift->delayed; i++) {
        if (route->stops[i].kind == kind && route->stops[i].item == item) {
            return false;
        }
    }
    return true;
}

/* A break or activity of a shift. */
typedef struct pause {
    runde_stop_kind kind;
    int32_t item;
    int32_t duration;
} pause;

/* A window that is over when it was had, begins after the limit when not, and
 * fits the shift; false when there is nothing left of it. What has no time any
 * more behind a delay keeps its end: rn_day_hold tells of it. */
static bool fit_window(const rn_day *day, const rn_day_shift *shift,
                       int32_t window[2], const pause *p)
{
    const runde_shift *const record = &shift->record;
    const int32_t had = had_at(day, shift, p->kind, p->item);
    if (had != RUNDE_TIME_NONE) {
        window[0] = had;
        window[1] = had;
        return true;
    }
    const int64_t last = (int64_t)record->max_end - p->duration;
    window[0] = later(window[0], record->start);
    if (day->freeze != RUNDE_TIME_NONE) {
        window[0] = later(window[0], day->freeze);
    }
    window[1] = window[1] < last ? window[1] : (int32_t)last;
    if (window[0] > window[1]) {
        return false;
    }
    if (is_behind(day, shift, p->kind, p->item)) {
        const runde_stop *const stop =
            &day->routes[shift->route].stops[shift->delayed];
        const int64_t free = (int64_t)stop->departure + shift->delay;
        window[0] =
            later(window[0], free < window[1] ? (int32_t)free : window[1]);
    }
    return true;
}

/* Numbers in the order of their keys: breaks and activities are taken in the
 * order of their windows, which fitting must not turn round. */
static int32_t *order_of(rn_arena *arena, const int32_t *key, int32_t n)
{
    int32_t *const order = rn_arena_array(arena, (size_t)n, sizeof *order);
    for (int32_t i = 0; order != NULL && i < n; i++) {
        int32_t at = i;
        while (at > 0 && key[order[at - 1]] > key[i]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return order;
}

static runde_status fit_breaks(rn_day *day, rn_day_shift *shift)
{
    runde_shift *const record = &shift->record;
    const int32_t n = record->n_breaks;
    runde_break *const list =
        rn_arena_array(day->arena, (size_t)n, sizeof *list);
    int32_t *const key = rn_arena_array(day->arena, (size_t)n, sizeof *key);
    shift->break_at =
        rn_arena_array(day->arena, (size_t)n, sizeof *shift->break_at);
    shift->n_break_at = n;
    for (int32_t i = 0; key != NULL && i < n; i++) {
        key[i] = record->breaks[i].min_start;
    }
    const int32_t *const order =
        key == NULL ? NULL : order_of(day->arena, key, n);
    if (list == NULL || shift->break_at == NULL || order == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t kept = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = order[k];
        runde_break one = record->breaks[i];
        const pause p = {RUNDE_STOP_BREAK, i, one.duration};
        int32_t window[2] = {one.min_start, one.max_start};
        const bool is_left = fit_window(day, shift, window, &p);
        shift->break_at[i] = is_left ? kept : RUNDE_NONE;
        shift->is_changed = shift->is_changed || !is_left || i != k ||
                            window[0] != one.min_start ||
                            window[1] != one.max_start;
        one.min_start = window[0];
        one.max_start = window[1];
        one.optional =
            one.optional && had_at(day, shift, p.kind, i) == RUNDE_TIME_NONE;
        if (is_left) {
            list[kept++] = one;
        }
    }
    record->breaks = list;
    record->n_breaks = kept;
    return RUNDE_OK;
}

/* The wait where the carer is held up is one activity more, in its place
 * among the `n` that there were: they are done in the order of the list. */
static void add_delay(const rn_day *day, rn_day_shift *shift,
                      runde_activity *list, int32_t n)
{
    if (shift->delayed == RUNDE_NONE) {
        return;
    }
    const rn_day_route *const route = &day->routes[shift->route];
    const runde_stop *const stop = &route->stops[shift->delayed];
    int32_t item = 0;
    for (int32_t i = 0; i <= shift->delayed; i++) {
        item += route->stops[i].kind == RUNDE_STOP_ACTIVITY &&
                route->stops[i].item < n &&
                shift->activity_at[route->stops[i].item] != RUNDE_NONE;
    }
    for (int32_t i = 0; i < n; i++) {
        shift->activity_at[i] += shift->activity_at[i] >= item;
    }
    for (int32_t i = shift->record.n_activities++; i > item; i--) {
        list[i] = list[i - 1];
    }
    /* A matrix may have a way from a place to itself. */
    const int32_t way = later(drive(day, shift, stop->place, stop->place), 0);
    const int32_t at = stop->departure + way;
    list[item] = (runde_activity){"delay", stop->place,
                                  later(shift->delay - way, 0), at, at};
    shift->delay_stop.kind = RUNDE_STOP_ACTIVITY;
    shift->delay_stop.item = item;
    shift->delay_stop.place = stop->place;
    shift->delay_stop.start = at;
    shift->delay_stop.departure = at + list[item].duration;
}

static runde_status fit_activities(rn_day *day, rn_day_shift *shift)
{
    runde_shift *const record = &shift->record;
    const int32_t n = record->n_activities;
    runde_activity *const list =
        rn_arena_array(day->arena, (size_t)n + 1, sizeof *list);
    int32_t *const key = rn_arena_array(day->arena, (size_t)n, sizeof *key);
    shift->activity_at =
        rn_arena_array(day->arena, (size_t)n, sizeof *shift->activity_at);
    shift->n_activity_at = n;
    for (int32_t i = 0; key != NULL && i < n; i++) {
        key[i] = record->activities[i].min_start;
    }
    const int32_t *const order =
        key == NULL ? NULL : order_of(day->arena, key, n);
    if (list == NULL || shift->activity_at == NULL || order == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t kept = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = order[k];
        runde_activity one = record->activities[i];
        const pause p = {RUNDE_STOP_ACTIVITY, i, one.duration};
        int32_t window[2] = {one.min_start, one.max_start};
        const bool is_left = fit_window(day, shift, window, &p);
        shift->activity_at[i] = is_left ? kept : RUNDE_NONE;
        shift->is_changed = shift->is_changed || !is_left || i != k ||
                            window[0] != one.min_start ||
                            window[1] != one.max_start;
        one.min_start = window[0];
        one.max_start = window[1];
        if (is_left) {
            list[kept++] = one;
        }
    }
    record->activities = list;
    record->n_activities = kept;
    add_delay(day, shift, list, n);
    return RUNDE_OK;
}

runde_status rn_day_freeze(rn_day *day)
{
    runde_status status = RUNDE_OK;
    const bool freezes = day->freeze != RUNDE_TIME_NONE;
    find_delays(day);
    do {
        status = freezes ? hold_times(day) : RUNDE_OK;
    } while (status == RUNDE_OK && push_shifts(day));
    if (freezes && status == RUNDE_OK) {
        let_go(day);
        move_delays(day);
    }
    for (int32_t s = 0; status == RUNDE_OK && s < day->n_shifts; s++) {
        rn_day_shift *const shift = &day->shifts[s];
        const bool matters =
            shift->is_changed || day->freeze != RUNDE_TIME_NONE;
        if (shift->is_gone || !matters) {
            continue;
        }
        status = fit_breaks(day, shift);
        if (status == RUNDE_OK) {
            status = fit_activities(day, shift);
        }
    }
    return status;
}
