/* SPDX-License-Identifier: MIT */
/* Visits and the published plan. */
#include "base/alloc.h"
#include "model/review.h"

#include <stdlib.h>

/* ------------------------------------------------------------- windows */

runde_interval rn_review_starts(const runde_window *window, int32_t duration)
{
    runde_interval starts = {-RN_TIME_LIMIT, RN_TIME_LIMIT};
    if (window->min_start != RUNDE_TIME_NONE) {
        starts.start = window->min_start;
    }
    if (window->max_start != RUNDE_TIME_NONE) {
        starts.end = window->max_start;
    }
    if (window->max_end != RUNDE_TIME_NONE) {
        const int32_t latest = window->max_end - duration;
        starts.end = latest < starts.end ? latest : starts.end;
    }
    return starts;
}

/* A field of a window of visit `v`, "/max_end". */
static rn_where window_at(int32_t v, int32_t w, const char *field)
{
    return rn_at("/visits/%d/time_windows/%d%s", (int)v, (int)w, field);
}

/* Whether window `w` of visit `v` is sound; its duration is. */
static bool review_window(const rn_review *review, const runde_visit *visit,
                          int32_t v, int32_t w)
{
    const runde_window *const window = &visit->windows[w];
    bool is_ok = RN_REVIEW_TIME(review, window->min_start, true,
                                window_at(v, w, "/min_start").text);
    is_ok &= RN_REVIEW_TIME(review, window->max_start, true,
                            window_at(v, w, "/max_start").text);
    is_ok &= RN_REVIEW_TIME(review, window->max_end, true,
                            window_at(v, w, "/max_end").text);
    if (!is_ok || window->min_start == RUNDE_TIME_NONE) {
        return is_ok;
    }
    if (window->max_start != RUNDE_TIME_NONE &&
        window->max_start < window->min_start) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E209",
                    window_at(v, w, "/max_start").text,
                    "visit \"%s\" may start from %s, but only to %s", visit->id,
                    rn_review_when(review, window->min_start).text,
                    rn_review_when(review, window->max_start).text);
        return false;
    }
    if (window->max_end != RUNDE_TIME_NONE &&
        (int64_t)window->max_end - window->min_start < visit->duration) {
        rn_diag_add(
            review->diag, RUNDE_ERROR, "RUNDE-E210",
            window_at(v, w, "/max_end").text,
            "visit \"%s\" takes %s, its window from %s to %s has %s", visit->id,
            rn_review_span(review, visit->duration).text,
            rn_review_when(review, window->min_start).text,
            rn_review_when(review, window->max_end).text,
            rn_review_span(review, (int64_t)window->max_end - window->min_start)
                .text);
        return false;
    }
    return true;
}

static int compare_intervals(const void *a, const void *b)
{
    const runde_interval *const x = a;
    const runde_interval *const y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static void review_overlaps(rn_review *review, const runde_visit *visit,
                            int32_t v)
{
    const int32_t n = visit->n_windows;
    for (int32_t w = 0; w < n; w++) {
        review->scratch[w] =
            rn_review_starts(&visit->windows[w], visit->duration);
    }
    qsort(review->scratch, (size_t)n, sizeof *review->scratch,
          compare_intervals);
    for (int32_t w = 1; w < n; w++) {
        if (review->scratch[w].start <= review->scratch[w - 1].end) {
            rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W211",
                        rn_at("/visits/%d/time_windows", (int)v).text,
                        "windows of visit \"%s\" overlap: one allows starts "
                        "to %s, the next from %s",
                        visit->id,
                        rn_review_when(review, review->scratch[w - 1].end).text,
                        rn_review_when(review, review->scratch[w].start).text);
            return;
        }
    }
}

static bool is_between(const runde_interval *starts, int64_t from, int64_t to)
{
    return starts->end >= from && starts->start < to;
}

/* Windows beyond a stated horizon. A night that begins on its last day is not
 * beyond it; a day further on, the date is wrong. */
static void review_horizon(const rn_review *review, const runde_visit *visit,
                           int32_t v)
{
    bool is_near = review->horizon == 0 || visit->n_windows == 0;
    for (int32_t w = 0; w < visit->n_windows && review->horizon != 0; w++) {
        const runde_interval starts =
            rn_review_starts(&visit->windows[w], visit->duration);
        is_near |= is_between(&starts, -(int64_t)review->day,
                              review->horizon + review->day);
        if (!is_between(&starts, review->served_from, review->served_to)) {
            rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W228",
                        window_at(v, w, "").text,
                        "this window of visit \"%s\" lies outside the "
                        "horizon from %s to %s",
                        visit->id, rn_review_when(review, 0).text,
                        rn_review_when(review, review->horizon).text);
        }
    }
    if (!is_near) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E227",
                    rn_at("/visits/%d/time_windows", (int)v).text,
                    "every window of visit \"%s\" lies more than a day "
                    "outside the horizon from %s to %s",
                    visit->id, rn_review_when(review, 0).text,
                    rn_review_when(review, review->horizon).text);
    }
}

static bool meets_a_window(const runde_visit *visit, const runde_interval *wish)
{
    for (int32_t w = 0; w < visit->n_windows; w++) {
        const runde_interval starts =
            rn_review_starts(&visit->windows[w], visit->duration);
        if (wish->start <= starts.end && wish->end >= starts.start) {
            return true;
        }
    }
    return visit->n_windows == 0;
}

/* An entry of a list of visit `v`. */
static rn_where entry_at(const char *list, int32_t v, int32_t i)
{
    return rn_at("/visits/%d/%s/%d", (int)v, list, (int)i);
}

static void review_preferred(const rn_review *review, const runde_visit *visit,
                             int32_t v, bool has_windows)
{
    for (int32_t i = 0; i < visit->n_preferred; i++) {
        const runde_interval *const wish = &visit->preferred[i];
        if (!RN_REVIEW_TIME(review, wish->start, false,
                            entry_at("preferred_windows", v, i).text) ||
            !RN_REVIEW_TIME(review, wish->end, false,
                            entry_at("preferred_windows", v, i).text)) {
            continue;
        }
        if (wish->end < wish->start) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E212",
                        entry_at("preferred_windows", v, i).text,
                        "visit \"%s\" prefers from %s, but only to %s",
                        visit->id, rn_review_when(review, wish->start).text,
                        rn_review_when(review, wish->end).text);
        } else if (i > 0 && wish->start < visit->preferred[i - 1].end) {
            rn_diag_add(
                review->diag, RUNDE_ERROR, "RUNDE-E212",
                entry_at("preferred_windows", v, i).text,
                "visit \"%s\" prefers from %s, before %s where the "
                "preferred window before ends",
                visit->id, rn_review_when(review, wish->start).text,
                rn_review_when(review, visit->preferred[i - 1].end).text);
        } else if (has_windows && !meets_a_window(visit, wish)) {
            rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W213",
                        entry_at("preferred_windows", v, i).text,
                        "visit \"%s\" prefers from %s to %s, when no window "
                        "lets it start",
                        visit->id, rn_review_when(review, wish->start).text,
                        rn_review_when(review, wish->end).text);
        }
    }
}

/* Whether every window is sound. */
static bool review_windows(rn_review *review, const runde_visit *visit,
                           int32_t v)
{
    bool is_ok = true;
    for (int32_t w = 0; w < visit->n_windows; w++) {
        is_ok &= review_window(review, visit, v, w);
    }
    if (is_ok) {
        review_overlaps(review, visit, v);
        review_horizon(review, visit, v);
    }
    return is_ok;
}

/* ---------------------------------------------------------------- pins */

static rn_where pinned_at(int32_t v)
{
    return rn_at("/visits/%d/pinned_start", (int)v);
}

static void review_pins(const rn_review *review, const runde_visit *visit,
                        int32_t v, bool has_windows)
{
    const bool has_shift =
        visit->pinned_shift != RUNDE_NONE &&
        RN_REVIEW_REF(review, RN_SHIFTS, visit->pinned_shift,
                      rn_at("/visits/%d/pinned_shift", (int)v).text);
    if (visit->pinned_start == RUNDE_TIME_NONE ||
        !RN_REVIEW_TIME(review, visit->pinned_start, true, pinned_at(v).text)) {
        return;
    }
    const runde_interval pin = {visit->pinned_start, visit->pinned_start};
    if (has_windows && !meets_a_window(visit, &pin)) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E214", pinned_at(v).text,
                    "visit \"%s\" is pinned to %s, when no window lets it "
                    "start",
                    visit->id,
                    rn_review_when(review, visit->pinned_start).text);
    }
    if (!has_shift) {
        return;
    }
    const runde_shift *const shift =
        rn_problem_row(review->problem, RN_SHIFTS, visit->pinned_shift);
    const int32_t max_end =
        shift->max_end == RUNDE_TIME_NONE ? shift->end : shift->max_end;
    if (visit->pinned_start < shift->start ||
        (int64_t)visit->pinned_start + visit->duration > max_end) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W308",
                    pinned_at(v).text,
                    "visit \"%s\" is pinned to %s for %s, outside its "
                    "shift \"%s\" from %s to %s",
                    visit->id, rn_review_when(review, visit->pinned_start).text,
                    rn_review_span(review, visit->duration).text, shift->id,
                    rn_review_when(review, shift->start).text,
                    rn_review_when(review, max_end).text);
    }
}

/* --------------------------------------------------------------- needs */

static void review_needs(const rn_review *review, const runde_visit *visit,
                         int32_t v)
{
    const int32_t crew = visit->crew == 0 ? 1 : visit->crew;
    for (int32_t i = 0; i < visit->n_skills; i++) {
        const runde_skill_need *const need = &visit->skills[i];
        (void)RN_REVIEW_REF(review, RN_SKILLS, need->skill,
                            entry_at("required_skills", v, i).text);
        (void)RN_REVIEW_RANGE(review, "RUNDE-E113", "the level",
                              RN_BETWEEN(need->min_level, 0, RN_LEVEL_MAX),
                              entry_at("required_skills", v, i).text);
        (void)RN_REVIEW_RANGE(review, "RUNDE-E302", "the part",
                              RN_BETWEEN(need->part, RUNDE_NONE, crew - 1),
                              entry_at("required_skills", v, i).text);
    }
}

static void review_uses(rn_review *review, const runde_visit *visit, int32_t v)
{
    rn_review_list(review);
    for (int32_t i = 0; i < visit->n_loads; i++) {
        const runde_load_use *const use = &visit->loads[i];
        (void)RN_REVIEW_RANGE(review, "RUNDE-E306", "the amount",
                              RN_BETWEEN(use->amount, 0, RN_LEVEL_MAX),
                              entry_at("loads", v, i).text);
        if (RN_REVIEW_REF(review, RN_LOADS, use->load,
                          entry_at("loads", v, i).text) &&
            !rn_review_is_new(review, use->load)) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E127",
                        entry_at("loads", v, i).text,
                        "visit \"%s\" uses load \"%s\" already", visit->id,
                        rn_review_id(review, RN_LOADS, use->load));
        }
    }
}

static void review_worth(const rn_review *review, const runde_visit *visit,
                         int32_t v)
{
    /* Not stated, which is 0, is in order: files cannot say 0. */
    const int32_t crew = visit->crew == 0 ? 1 : visit->crew;
    const int32_t priority =
        visit->priority == 0 ? RUNDE_DEFAULT_PRIORITY : visit->priority;
    (void)RN_REVIEW_RANGE(review, "RUNDE-E301", "the crew",
                          RN_BETWEEN(crew, 1, RUNDE_MAX_CREW),
                          rn_at("/visits/%d/crew", (int)v).text);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E303", "the priority",
                          RN_BETWEEN(priority, 1, 100),
                          rn_at("/visits/%d/priority", (int)v).text);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E304", "the price",
                          RN_BETWEEN(visit->price, 0, INT32_MAX),
                          rn_at("/visits/%d/price", (int)v).text);
    if (visit->optional && visit->priority != 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W305",
                    rn_at("/visits/%d/priority", (int)v).text,
                    "visit \"%s\" is optional: its price %d counts, its "
                    "priority %d does not",
                    visit->id, (int)visit->price, (int)visit->priority);
    }
    if (!visit->optional && visit->price > 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W322",
                    rn_at("/visits/%d/price", (int)v).text,
                    "visit \"%s\" is mandatory: its priority counts, its "
                    "price %d does not; \"optional\" is missing, or the price "
                    "is too much",
                    visit->id, (int)visit->price);
    }
}

/* Links looked at for one warning at the most. */
#define MOST_LOOKS 10000000

/* Does the visit stand or fall with another, whose price may be for both? */
static bool is_bound(const rn_review *review, int32_t v)
{
    for (int32_t l = 0; l < review->n[RN_LINKS]; l++) {
        const runde_link *const link =
            rn_problem_row(review->problem, RN_LINKS, l);
        if (link->all_or_none && (link->before == v || link->after == v)) {
            return true;
        }
    }
    return false;
}

/* Optional visits without a price, told once: there may be thousands. */
static void review_unpriced(const rn_review *review)
{
    int64_t looks = 0; /* a bound on the work with many links */
    int32_t n_optional = 0;
    int32_t n_unpriced = 0;
    int32_t first = 0;
    for (int32_t v = review->n[RN_VISITS] - 1; v >= 0; v--) {
        const runde_visit *const visit =
            rn_problem_row(review->problem, RN_VISITS, v);
        n_optional += visit->optional;
        if (!visit->optional || visit->price != 0) {
            continue;
        }
        looks += review->n[RN_LINKS];
        if (looks < MOST_LOOKS && !is_bound(review, v)) {
            n_unpriced++;
            first = v;
        }
    }
    if (n_unpriced > 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W321",
                    rn_at("/visits/%d", (int)first).text,
                    "%d of %d optional visits, this one first, have no "
                    "\"price\"; they are left out whenever serving them costs "
                    "anything",
                    (int)n_unpriced, (int)n_optional);
    }
}

static void review_place(const rn_review *review, const runde_visit *visit,
                         int32_t v)
{
    if (visit->place != RUNDE_NONE) {
        (void)RN_REVIEW_REF(review, RN_PLACES, visit->place,
                            rn_at("/visits/%d/place", (int)v).text);
    }
    if (!RN_REVIEW_REF(review, RN_CLIENTS, visit->client,
                       rn_at("/visits/%d/client", (int)v).text)) {
        return;
    }
    const runde_client *const client =
        rn_problem_row(review->problem, RN_CLIENTS, visit->client);
    if (visit->place == RUNDE_NONE && client->place == RUNDE_NONE) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E111",
                    rn_at("/visits/%d", (int)v).text,
                    "visit \"%s\" has no place, and neither has its client "
                    "\"%s\"",
                    visit->id, client->id);
    }
}

void rn_review_visit(rn_review *review, const runde_visit *visit, int32_t v)
{
    review_place(review, visit, v);
    const bool has_duration =
        RN_REVIEW_RANGE(review, "RUNDE-E204", "the service duration",
                        RN_BETWEEN(visit->duration, 0, RN_TIME_LIMIT - 1),
                        rn_at("/visits/%d/service_duration", (int)v).text);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E204", "the setup duration",
                          RN_BETWEEN(visit->setup, 0, RN_TIME_LIMIT - 1),
                          rn_at("/visits/%d/setup_duration", (int)v).text);
    if (has_duration) {
        const bool has_windows = review_windows(review, visit, v);
        review_preferred(review, visit, v, has_windows);
        review_pins(review, visit, v, has_windows);
    }
    review_needs(review, visit, v);
    review_uses(review, visit, v);
    rn_review_wishes(review, visit->wishes, visit->n_wishes, RN_VISITS, v);
    review_worth(review, visit, v);
}

/* ----------------------------------------------------------- published */

static rn_where published_at(int32_t p)
{
    return rn_at("/published_plan/%d", (int)p);
}

static void review_published(const rn_review *review, int32_t p, uint8_t *parts)
{
    const runde_published *const published =
        rn_problem_row(review->problem, RN_PUBLISHED, p);
    (void)RN_REVIEW_REF(review, RN_CARERS, published->carer,
                        published_at(p).text);
    (void)RN_REVIEW_TIME(review, published->start, false, published_at(p).text);
    (void)RN_REVIEW_RANGE(
        review, "RUNDE-E220", "the tolerance",
        RN_BETWEEN(published->tolerance, 0, RN_TIME_LIMIT - 1),
        published_at(p).text);
    if (!RN_REVIEW_REF(review, RN_VISITS, published->visit,
                       published_at(p).text)) {
        return;
    }
    const runde_visit *const visit =
        rn_problem_row(review->problem, RN_VISITS, published->visit);
    const int32_t crew = visit->crew == 0 ? 1 : visit->crew;
    if (crew < 1 || crew > RUNDE_MAX_CREW ||
        !RN_REVIEW_RANGE(review, "RUNDE-E302", "the part",
                         RN_BETWEEN(published->part, 0, crew - 1),
                         published_at(p).text)) {
        return;
    }
    const uint8_t bit = (uint8_t)(1U << published->part);
    if ((parts[published->visit] & bit) != 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E320",
                    published_at(p).text,
                    "part %d of visit \"%s\" is published already",
                    (int)published->part, visit->id);
    }
    parts[published->visit] = parts[published->visit] | bit;
}

runde_status rn_review_visits(rn_review *review)
{
    uint8_t *const parts = rn_calloc((size_t)review->n[RN_VISITS], 1);
    if (parts == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t v = 0; v < review->n[RN_VISITS]; v++) {
        rn_review_visit(review, rn_problem_row(review->problem, RN_VISITS, v),
                        v);
    }
    review_unpriced(review);
    for (int32_t p = 0; p < review->n[RN_PUBLISHED]; p++) {
        review_published(review, p, parts);
    }
    rn_free(parts);
    return RUNDE_OK;
}
