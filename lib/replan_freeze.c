/* SPDX-License-Identifier: MIT */
/* What has happened stays where it happened. A visit that lasts longer, a
 * carer who is late: what follows and is frozen too comes as much later as it
 * must, and what then comes after the limit is free. */
#include "replan_day.h"

/* Rounds in which crews hold up one another's routes. */
#define MOST_ROUNDS 8

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
    return has_moved;
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

/* A window that is over when it was had, begins after the limit when not, and
 * fits the shift; false when there is nothing left of it. */
static bool fit_window(const rn_day *day, const rn_day_shift *shift,
                       int32_t window[2], int32_t duration, int32_t had)
{
    const runde_shift *const record = &shift->record;
    if (had != RUNDE_TIME_NONE) {
        window[0] = had;
        window[1] = had;
        return true;
    }
    const int64_t last = (int64_t)record->max_end - duration;
    window[0] = later(window[0], record->start);
    if (day->freeze != RUNDE_TIME_NONE) {
        window[0] = later(window[0], day->freeze);
    }
    window[1] = window[1] < last ? window[1] : (int32_t)last;
    return window[0] <= window[1];
}

static runde_status fit_breaks(rn_day *day, rn_day_shift *shift)
{
    runde_shift *const record = &shift->record;
    const int32_t n = record->n_breaks;
    runde_break *const list = rn_arena_dup(day->arena, record->breaks,
                                           (size_t)n, sizeof *record->breaks);
    shift->break_at =
        rn_arena_array(day->arena, (size_t)n, sizeof *shift->break_at);
    if (list == NULL || shift->break_at == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++) {
        runde_break one = list[i];
        const int32_t had = had_at(day, shift, RUNDE_STOP_BREAK, i);
        int32_t window[2] = {one.min_start, one.max_start};
        const bool is_left = fit_window(day, shift, window, one.duration, had);
        shift->break_at[i] = is_left ? kept : RUNDE_NONE;
        shift->is_changed = shift->is_changed || !is_left ||
                            window[0] != one.min_start ||
                            window[1] != one.max_start;
        one.min_start = window[0];
        one.max_start = window[1];
        one.optional = one.optional && had == RUNDE_TIME_NONE;
        if (is_left) {
            list[kept++] = one;
        }
    }
    record->breaks = list;
    record->n_breaks = kept;
    return RUNDE_OK;
}

/* The wait where the carer is held up is one activity more. */
static void add_delay(const rn_day *day, rn_day_shift *shift,
                      runde_activity *list)
{
    if (shift->delayed == RUNDE_NONE) {
        return;
    }
    const rn_day_route *const route = &day->routes[shift->route];
    const runde_stop *const stop = &route->stops[shift->delayed];
    /* The visit held up last may itself be cancelled or gone. */
    if (shift->delayed >= route->n || is_cancelled(day, stop) ||
        stop->place == RUNDE_NONE) {
        shift->delayed = RUNDE_NONE;
        return;
    }
    const int32_t at = stop->departure;
    list[shift->record.n_activities++] =
        (runde_activity){"delay", stop->place, shift->delay, at, at};
}

static runde_status fit_activities(rn_day *day, rn_day_shift *shift)
{
    runde_shift *const record = &shift->record;
    const int32_t n = record->n_activities;
    runde_activity *const list =
        rn_arena_array(day->arena, (size_t)n + 1, sizeof *list);
    shift->activity_at =
        rn_arena_array(day->arena, (size_t)n, sizeof *shift->activity_at);
    if (list == NULL || shift->activity_at == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++) {
        runde_activity one = record->activities[i];
        const int32_t had = had_at(day, shift, RUNDE_STOP_ACTIVITY, i);
        int32_t window[2] = {one.min_start, one.max_start};
        const bool is_left = fit_window(day, shift, window, one.duration, had);
        shift->activity_at[i] = is_left ? kept : RUNDE_NONE;
        shift->is_changed = shift->is_changed || !is_left ||
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
    add_delay(day, shift, list);
    return RUNDE_OK;
}

runde_status rn_day_freeze(rn_day *day)
{
    runde_status status = RUNDE_OK;
    if (day->freeze != RUNDE_TIME_NONE) {
        status = hold_times(day);
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
