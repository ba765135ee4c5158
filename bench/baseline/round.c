/* SPDX-License-Identifier: MIT */
#include "baseline/round.h"

#include <stdlib.h>
#include <string.h>

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The one break that has to be taken, or NULL. */
static const runde_break *rest_of(const round *r, int32_t *number)
{
    for (int32_t i = 0; i < r->shift->n_breaks; i++) {
        if (!r->shift->breaks[i].optional) {
            *number = i;
            return &r->shift->breaks[i];
        }
    }
    return NULL;
}

static bool leg(const round *r, int32_t from, int32_t to, int32_t *travel,
                int32_t *distance)
{
    *travel = 0;
    *distance = 0;
    if (from != RUNDE_NONE && to != RUNDE_NONE) {
        runde_problem_travel(r->problem, r->shift->mode, from, to, travel,
                             distance);
    }
    return *travel != RUNDE_UNREACHABLE;
}

static int32_t place_before(const round *r, int32_t at)
{
    return at == 0 ? r->shift->start_place : r->stops[at - 1].place;
}

/* The leg that ends at stop `at`, or the way home for n. */
static bool mend(round *r, int32_t at)
{
    const int32_t from = place_before(r, at);
    if (at == r->n) {
        return leg(r, from, r->shift->end_place, &r->home_travel,
                   &r->home_distance);
    }
    round_stop *stop = &r->stops[at];
    return leg(r, from, stop->place, &stop->travel, &stop->distance);
}

runde_status round_open(round *r, const runde_problem *problem, int32_t shift)
{
    memset(r, 0, sizeof *r);
    r->problem = problem;
    r->index = shift;
    r->shift = runde_problem_shift(problem, shift);
    int32_t breaks = 0;
    for (int32_t i = 0; i < r->shift->n_breaks; i++) {
        breaks += r->shift->breaks[i].optional ? 0 : 1;
    }
    if (breaks > 1) {
        return RUNDE_E_LIMIT;
    }
    for (int32_t i = 0; i < r->shift->n_activities; i++) {
        const runde_activity *todo = &r->shift->activities[i];
        const round_stop stop = {.item = i,
                                 .place = todo->place,
                                 .duration = todo->duration,
                                 .min_start = todo->min_start,
                                 .max_start = todo->max_start};
        int32_t at = r->n;
        while (at > 0 && r->stops[at - 1].min_start > stop.min_start) {
            at--;
        }
        if (!round_insert(r, at, &stop)) {
            return RUNDE_E_NOMEM;
        }
    }
    (void)round_time(r);
    return RUNDE_OK;
}

void round_close(round *r)
{
    free(r->stops);
    r->stops = NULL;
}

bool round_insert(round *r, int32_t at, const round_stop *stop)
{
    if (r->n == r->capacity) {
        const int32_t capacity = r->capacity ? 2 * r->capacity : 16;
        round_stop *stops = realloc(r->stops, (size_t)capacity * sizeof *stops);
        if (!stops) {
            return false;
        }
        r->stops = stops;
        r->capacity = capacity;
    }
    memmove(&r->stops[at + 1], &r->stops[at],
            (size_t)(r->n - at) * sizeof *r->stops);
    r->stops[at] = *stop;
    r->n++;
    if (!mend(r, at) || !mend(r, at + 1)) {
        round_remove(r, at);
        return false;
    }
    return true;
}

void round_remove(round *r, int32_t at)
{
    memmove(&r->stops[at], &r->stops[at + 1],
            (size_t)(r->n - at - 1) * sizeof *r->stops);
    r->n--;
    (void)mend(r, at);
}

bool round_is_late(const round *r, int32_t at, const round_stop *stop)
{
    int32_t number = 0;
    int32_t distance = 0;
    int32_t travel = 0;
    const runde_break *rest = rest_of(r, &number);
    int32_t ready = r->shift->start;
    if (at > 0) {
        /* The break may move behind: that much earlier at best. */
        ready = r->stops[at - 1].start + r->stops[at - 1].duration -
                (rest ? rest->duration : 0);
    }
    if (!leg(r, place_before(r, at), stop->place, &travel, &distance)) {
        return true;
    }
    const int32_t start = most(ready + travel, stop->min_start);
    if (start > stop->max_start || at == r->n) {
        return start > stop->max_start;
    }
    const round_stop *next = &r->stops[at];
    return !leg(r, stop->place, next->place, &travel, &distance) ||
           start + stop->duration + travel > next->max_start;
}

int32_t round_detour(const round *r, int32_t at, int32_t place)
{
    int32_t there = 0;
    int32_t back = 0;
    int32_t metres = 0;
    const int32_t to = at == r->n ? r->shift->end_place : r->stops[at].place;
    if (!leg(r, place_before(r, at), place, &there, &metres) ||
        !leg(r, place, to, &back, &metres)) {
        return INT32_MAX;
    }
    return there + back - (at == r->n ? r->home_travel : r->stops[at].travel);
}

static int32_t setup_due(const round *r, int32_t at)
{
    const int32_t from = place_before(r, at);
    return from == r->stops[at].place ? 0 : r->stops[at].setup;
}

/* Takes the break around a drive of `travel`, which ends the gap: as in
 * docs/model.md 5.1. The time the carer is then ready, or -1. */
static int32_t rest_around(round *r, const runde_break *rest, int32_t free,
                           int32_t travel)
{
    if (free + travel <= rest->max_start) {
        r->rest_is_first = false;
        r->rest_start = most(free + travel, rest->min_start);
        return r->rest_start + rest->duration;
    }
    r->rest_is_first = true;
    r->rest_start = most(free, rest->min_start);
    return r->rest_start <= rest->max_start
               ? r->rest_start + rest->duration + travel
               : -1;
}

/* Departure is as late as possible, unless the problem says otherwise or
 * the round opens with a break. */
static int32_t begin_of(const round *r)
{
    const runde_settings *settings = runde_problem_settings(r->problem);
    if (settings->depart_at_shift_start || r->n == 0 || r->rest_gap == 0) {
        return r->shift->start;
    }
    return r->stops[0].start - setup_due(r, 0) - r->stops[0].travel;
}

static bool duty_fits(const round *r, const runde_break *rest)
{
    int32_t duty = r->end - r->begin;
    duty -= rest && !rest->paid ? rest->duration : 0;
    const runde_carer *carer = runde_problem_carer(r->problem, r->shift->carer);
    const int32_t a_day = carer->rules.max_per_day;
    return (r->shift->max_duty <= 0 || duty <= r->shift->max_duty) &&
           (a_day <= 0 || duty <= a_day);
}

/* The clock with the break in gap `gap` (RUNDE_NONE: no break). */
static bool time_with(round *r, const runde_break *rest, int32_t gap)
{
    int32_t now = r->shift->start;
    r->rest_gap = gap;
    for (int32_t i = 0; i < r->n; i++) {
        round_stop *stop = &r->stops[i];
        if (rest && i == gap) {
            now = rest_around(r, rest, now, stop->travel);
            if (now < 0) {
                return false;
            }
        } else {
            now += stop->travel;
        }
        stop->start = most(now + setup_due(r, i), stop->min_start);
        if (stop->start > stop->max_start) {
            return false;
        }
        now = stop->start + stop->duration;
    }
    if (rest && gap == r->n) {
        r->rest_is_first = true;
        r->rest_start = most(now, rest->min_start);
        if (r->rest_start > rest->max_start) {
            return false;
        }
        now = r->rest_start + rest->duration;
    }
    r->end = now + r->home_travel;
    r->begin = begin_of(r);
    return r->end <= r->shift->max_end && duty_fits(r, rest);
}

bool round_time(round *r)
{
    int32_t number = 0;
    const runde_break *rest = rest_of(r, &number);
    if (!rest) {
        return time_with(r, NULL, RUNDE_NONE);
    }
    int32_t best = RUNDE_NONE;
    int32_t best_end = INT32_MAX;
    /* Not before the first stop: nobody leaves home for a break. */
    for (int32_t gap = 1; gap <= r->n; gap++) {
        if (time_with(r, rest, gap)) {
            if (r->end < best_end) {
                best_end = r->end;
                best = gap;
            }
        } else if (gap < r->n && best != RUNDE_NONE &&
                   r->stops[gap - 1].start > rest->max_start) {
            break;
        }
    }
    return best != RUNDE_NONE && time_with(r, rest, best);
}

static void write_rest(const round *r, int32_t gap, int32_t *now,
                       runde_stop *to)
{
    int32_t number = 0;
    const runde_break *rest = rest_of(r, &number);
    const bool is_last = gap == r->n;
    memset(to, 0, sizeof *to);
    to->kind = RUNDE_STOP_BREAK;
    to->item = number;
    to->place = place_before(r, gap);
    if (!is_last && (!r->rest_is_first || to->place == RUNDE_NONE)) {
        to->place = r->stops[gap].place;
    }
    if (!r->rest_is_first) {
        to->travel = r->stops[gap].travel;
        /* Metres stand where the leg ends: here. */
        to->distance = r->stops[gap].distance;
    }
    to->arrival = *now + to->travel;
    to->start = r->rest_start;
    to->waiting = to->start - to->arrival;
    to->departure = to->start + rest->duration;
    *now = to->departure;
}

void round_write(const round *r, runde_route *route, runde_stop *stops)
{
    int32_t now = r->begin;
    int32_t n = 0;
    for (int32_t i = 0; i <= r->n; i++) {
        if (i == r->rest_gap) {
            write_rest(r, i, &now, &stops[n++]);
        }
        if (i == r->n) {
            break;
        }
        const round_stop *from = &r->stops[i];
        const bool is_driven = i == r->rest_gap && !r->rest_is_first;
        runde_stop *to = &stops[n++];
        memset(to, 0, sizeof *to);
        to->kind = from->is_visit ? RUNDE_STOP_VISIT : RUNDE_STOP_ACTIVITY;
        to->item = from->item;
        to->part = from->part;
        to->place = from->place;
        to->travel = is_driven ? 0 : from->travel;
        to->distance = is_driven ? 0 : from->distance;
        to->arrival = now + to->travel;
        to->setup = setup_due(r, i);
        to->start = from->start;
        to->waiting = to->start - to->setup - to->arrival;
        to->departure = to->start + from->duration;
        now = to->departure;
    }
    route->shift = r->index;
    route->begin = r->begin;
    route->end = r->end;
    route->travel_home = r->home_travel;
    route->distance_home = r->home_distance;
    route->n_stops = n;
    route->stops = stops;
}
