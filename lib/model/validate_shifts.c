/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "model/review.h"

#include <stdio.h>
#include <stdlib.h>

/* ----------------------------------------------------------- one shift */

/* A shift as far as it is in order. */
typedef struct shift_look {
    const runde_shift *shift;
    int32_t index;
    int32_t max_end; /* the default filled in */
    bool has_times;
} shift_look;

/* How to write a time on the day after. */
static rn_told next_day(const rn_review *review, int32_t tick)
{
    rn_told told = {"after midnight the day counts on"};
    if (review->is_civil) {
        int64_t days = 0;
        int32_t second = 0;
        rn_zone_local(review->zone,
                      review->problem->settings.origin +
                          (int64_t)tick * review->tick_ms / 1000,
                      &days, &second);
        snprintf(told.text, sizeof told.text,
                 "write %02d:%02d+1 for the next day", (int)(second / 3600),
                 (int)(second / 60 % 60));
    }
    return told;
}

static bool review_span(const rn_review *review, shift_look *look)
{
    const runde_shift *const shift = look->shift;
    const int s = (int)look->index;
    bool is_ok = RN_REVIEW_TIME(review, shift->start, false,
                                rn_at("/shifts/%d/start", s).text);
    is_ok &= RN_REVIEW_TIME(review, shift->end, false,
                            rn_at("/shifts/%d/end", s).text);
    is_ok &= RN_REVIEW_TIME(review, shift->max_end, true,
                            rn_at("/shifts/%d/max_end", s).text);
    if (!is_ok) {
        return false;
    }
    look->max_end =
        shift->max_end == RUNDE_TIME_NONE ? shift->end : shift->max_end;
    if (shift->end < shift->start) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E205",
                    rn_at("/shifts/%d/end", s).text,
                    "shift \"%s\" ends at %s, before its start at %s; %s",
                    shift->id, rn_review_when(review, shift->end).text,
                    rn_review_when(review, shift->start).text,
                    next_day(review, shift->end).text);
        is_ok = false;
    }
    if (look->max_end < shift->end) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E206",
                    rn_at("/shifts/%d/max_end", s).text,
                    "shift \"%s\" ends at %s at the latest, before its end "
                    "at %s",
                    shift->id, rn_review_when(review, look->max_end).text,
                    rn_review_when(review, shift->end).text);
        is_ok = false;
    }
    return is_ok;
}

/* The window of a break or an activity; it must have room in the shift. What
 * becomes of a stop without room is told by `outcome`. */
static void review_stop(const rn_review *review, const shift_look *look,
                        const int32_t stop[3], const char *outcome,
                        const char *pointer)
{
    const int32_t duration = stop[0];
    const int32_t min_start = stop[1];
    const int32_t max_start = stop[2];
    bool is_ok =
        RN_REVIEW_RANGE(review, "RUNDE-E204", "the duration",
                        RN_BETWEEN(duration, 0, RN_TIME_LIMIT - 1), pointer);
    is_ok &= RN_REVIEW_TIME(review, min_start, false, pointer);
    is_ok &= RN_REVIEW_TIME(review, max_start, false, pointer);
    if (!is_ok) {
        return;
    }
    if (max_start < min_start) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E218", pointer,
                    "it may start from %s, but only to %s",
                    rn_review_when(review, min_start).text,
                    rn_review_when(review, max_start).text);
    } else if (look->has_times && (max_start < look->shift->start ||
                                   min_start > look->max_end - duration)) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W219", pointer,
                    "it starts from %s to %s and takes %s, which has no room "
                    "in the shift from %s to %s; %s",
                    rn_review_when(review, min_start).text,
                    rn_review_when(review, max_start).text,
                    rn_review_span(review, duration).text,
                    rn_review_when(review, look->shift->start).text,
                    rn_review_when(review, look->max_end).text, outcome);
    }
}

static void review_stops(const rn_review *review, const shift_look *look)
{
    const runde_shift *const shift = look->shift;
    const int s = (int)look->index;
    (void)RN_REVIEW_RANGE(review, "RUNDE-E226", "the number of breaks",
                          RN_BETWEEN(shift->n_breaks, 0, RN_BREAKS_MAX),
                          rn_at("/shifts/%d/breaks", s).text);
    for (int32_t b = 0; b < shift->n_breaks; b++) {
        const int32_t stop[3] = {shift->breaks[b].duration,
                                 shift->breaks[b].min_start,
                                 shift->breaks[b].max_start};
        review_stop(review, look, stop,
                    shift->breaks[b].optional ? "it will be missed"
                                              : "the shift cannot be used",
                    rn_at("/shifts/%d/breaks/%d", s, (int)b).text);
    }
    for (int32_t a = 0; a < shift->n_activities; a++) {
        const rn_where at = rn_at("/shifts/%d/activities/%d", s, (int)a);
        const int32_t stop[3] = {shift->activities[a].duration,
                                 shift->activities[a].min_start,
                                 shift->activities[a].max_start};
        (void)RN_REVIEW_REF(review, RN_PLACES, shift->activities[a].place,
                            at.text);
        review_stop(review, look, stop, "the shift cannot be used", at.text);
    }
}

static int32_t max_per_day(const rn_review *review, int32_t c)
{
    const runde_carer *const carer =
        rn_problem_row(review->problem, RN_CARERS, c);
    if (carer->rules.max_per_day != 0) {
        return carer->rules.max_per_day;
    }
    const int32_t general = review->problem->settings.rules.max_per_day;
    return general != 0 ? general : review->day / 24 * 9;
}

/* A shift longer than its carer may work a day, all unpaid breaks taken. */
static void review_length(const rn_review *review, const shift_look *look)
{
    const runde_shift *const shift = look->shift;
    const int32_t most = max_per_day(review, shift->carer);
    int64_t duty = (int64_t)shift->end - shift->start;
    for (int32_t b = 0; b < shift->n_breaks; b++) {
        duty -= shift->breaks[b].paid ? 0 : shift->breaks[b].duration;
    }
    if (most >= 0 && duty > most) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W231",
                    rn_at("/shifts/%d", (int)look->index).text,
                    "shift \"%s\" has %s of duty, more than the %s that "
                    "max_per_day allows carer \"%s\"; it cannot be used to "
                    "its full length",
                    shift->id, rn_review_span(review, duty).text,
                    rn_review_span(review, most).text,
                    rn_review_id(review, RN_CARERS, shift->carer));
    }
}

/* A shift outside the horizon, or what it adds to it. */
static void review_day(rn_review *review, const shift_look *look)
{
    const runde_shift *const shift = look->shift;
    if (review->horizon == 0) {
        return;
    }
    if (look->max_end <= 0 || shift->start >= review->horizon) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W228",
                    rn_at("/shifts/%d", (int)look->index).text,
                    "shift \"%s\" from %s to %s lies outside the horizon from "
                    "%s to %s",
                    shift->id, rn_review_when(review, shift->start).text,
                    rn_review_when(review, look->max_end).text,
                    rn_review_when(review, 0).text,
                    rn_review_when(review, review->horizon).text);
        return;
    }
    if (shift->start < review->served_from) {
        review->served_from = shift->start;
    }
    if (look->max_end > review->served_to) {
        review->served_to = look->max_end;
    }
}

static void review_shift(rn_review *review, int32_t s)
{
    const runde_shift *const shift =
        rn_problem_row(review->problem, RN_SHIFTS, s);
    shift_look look = {shift, s, 0, false};
    const bool has_carer =
        RN_REVIEW_REF(review, RN_CARERS, shift->carer,
                      rn_at("/shifts/%d/carer", (int)s).text);
    look.has_times = review_span(review, &look);
    if (look.has_times) {
        review_day(review, &look);
    }
    if (look.has_times && has_carer) {
        review_length(review, &look);
    }
    if (shift->start_place != RUNDE_NONE) {
        (void)RN_REVIEW_REF(review, RN_PLACES, shift->start_place,
                            rn_at("/shifts/%d/start_place", (int)s).text);
    }
    if (shift->end_place != RUNDE_NONE) {
        (void)RN_REVIEW_REF(review, RN_PLACES, shift->end_place,
                            rn_at("/shifts/%d/end_place", (int)s).text);
    }
    (void)RN_REVIEW_REF(review, RN_MODES, shift->mode,
                        rn_at("/shifts/%d/travel_mode", (int)s).text);
    review_stops(review, &look);
    rn_review_caps(review, shift->caps, shift->n_caps, RN_SHIFTS, s);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E207", "the longest duty",
                          RN_BETWEEN(shift->max_duty, 0, RN_TIME_LIMIT - 1),
                          rn_at("/shifts/%d/max_duty", (int)s).text);
}

/* ---------------------------------------------------------- one carer */

/* A shift in the order of its carer's day. */
typedef struct duty {
    const runde_shift *shift;
    int32_t index;
} duty;

static int compare_duties(const void *a, const void *b)
{
    const duty *const x = a;
    const duty *const y = b;
    if (x->shift->carer != y->shift->carer) {
        return x->shift->carer < y->shift->carer ? -1 : 1;
    }
    if (x->shift->start != y->shift->start) {
        return x->shift->start < y->shift->start ? -1 : 1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

static int32_t daily_rest(const rn_review *review, int32_t c)
{
    const runde_carer *const carer =
        rn_problem_row(review->problem, RN_CARERS, c);
    if (carer->rules.daily_rest != 0) {
        return carer->rules.daily_rest;
    }
    const int32_t general = review->problem->settings.rules.daily_rest;
    return general != 0 ? general : review->day / 24 * 11;
}

static void review_pair(const rn_review *review, const duty *first,
                        const duty *next)
{
    const int32_t carer = next->shift->carer;
    const int64_t pause = (int64_t)next->shift->start - first->shift->end;
    const rn_where at = rn_at("/shifts/%d/start", (int)next->index);
    if (pause < 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E216", at.text,
                    "shift \"%s\" of carer \"%s\" starts at %s, before shift "
                    "\"%s\" ends at %s",
                    next->shift->id, rn_review_id(review, RN_CARERS, carer),
                    rn_review_when(review, next->shift->start).text,
                    first->shift->id,
                    rn_review_when(review, first->shift->end).text);
        return;
    }
    const int32_t rest = daily_rest(review, carer);
    if (!next->shift->continues && pause < rest) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W217", at.text,
                    "between shifts \"%s\" and \"%s\" of carer \"%s\" lie %s, "
                    "the daily rest is %s; only one of them can be used",
                    first->shift->id, next->shift->id,
                    rn_review_id(review, RN_CARERS, carer),
                    rn_review_span(review, pause).text,
                    rn_review_span(review, rest).text);
    }
}

/* Whether a shift can be compared to the carer's others at all. */
static bool is_comparable(const rn_review *review, const runde_shift *shift)
{
    return shift->carer >= 0 && shift->carer < review->n[RN_CARERS] &&
           shift->start <= shift->end;
}

runde_status rn_review_shifts(rn_review *review)
{
    const int32_t n = review->n[RN_SHIFTS];
    duty *const duties = rn_calloc((size_t)n, sizeof *duties);
    if (duties == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t n_duties = 0;
    for (int32_t s = 0; s < n; s++) {
        const runde_shift *const shift =
            rn_problem_row(review->problem, RN_SHIFTS, s);
        review_shift(review, s);
        if (is_comparable(review, shift)) {
            duties[n_duties++] = (duty){shift, s};
        }
    }
    qsort(duties, (size_t)n_duties, sizeof *duties, compare_duties);
    for (int32_t i = 1; i < n_duties; i++) {
        if (duties[i].shift->carer == duties[i - 1].shift->carer) {
            review_pair(review, &duties[i - 1], &duties[i]);
        }
    }
    rn_free(duties);
    return RUNDE_OK;
}
