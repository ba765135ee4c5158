/* SPDX-License-Identifier: MIT */
/* Visits that nobody can serve, whatever the plan: no shift is at work, the
 * client is away, or too few of the carers it requires have a shift. */
#include "base/alloc.h"
#include "model/review.h"

#include <stdlib.h>

/* Going through absences and wishes ends after so many looked at; it is a
 * courtesy, the search finds out anyway. */
#define MOST_STEPS INT64_C(100000000)

/* The shifts that start by `start`: what the best of them allow. */
typedef struct reach {
    int32_t start;
    int32_t max_end; /* latest of any */
    int32_t length;  /* longest of any */
} reach;

typedef struct chances {
    const rn_review *review;
    reach *reaches;   /* by start; n_shifts of them */
    bool *has_shift;  /* by carer */
    int32_t *barred;  /* by carer: visit that prohibits, plus 1 */
    int32_t *counted; /* by carer: visit that counted the carer, plus 1 */
    int64_t steps;
} chances;

static reach reach_of(const runde_shift *shift)
{
    const int32_t max_end =
        shift->max_end == RUNDE_TIME_NONE ? shift->end : shift->max_end;
    const reach r = {shift->start, max_end, max_end - shift->start};
    return r;
}

static int compare_reaches(const void *a, const void *b)
{
    const reach *const x = a;
    const reach *const y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static void collect_shifts(chances *c)
{
    const rn_review *const review = c->review;
    const int32_t n = review->n[RN_SHIFTS];
    for (int32_t s = 0; s < n; s++) {
        const runde_shift *const shift =
            rn_problem_row(review->problem, RN_SHIFTS, s);
        c->reaches[s] = reach_of(shift);
        c->has_shift[shift->carer] = true;
    }
    qsort(c->reaches, (size_t)n, sizeof *c->reaches, compare_reaches);
    for (int32_t s = 1; s < n; s++) {
        const reach *const before = &c->reaches[s - 1];
        reach *const r = &c->reaches[s];
        r->max_end =
            before->max_end > r->max_end ? before->max_end : r->max_end;
        r->length = before->length > r->length ? before->length : r->length;
    }
}

/* ---------------------------------------------------------------- times */

static bool meets(const reach *r, runde_interval starts, int32_t duration)
{
    return r->start <= starts.end && r->length >= duration &&
           (int64_t)starts.start + duration <= r->max_end;
}

/* Whether some shift may be at work: sure to be true when one is. */
static bool some_shift_meets(const chances *c, const runde_visit *visit,
                             runde_interval starts)
{
    const rn_review *const review = c->review;
    if (visit->pinned_shift != RUNDE_NONE) {
        const reach own = reach_of(
            rn_problem_row(review->problem, RN_SHIFTS, visit->pinned_shift));
        return meets(&own, starts, visit->duration);
    }
    int32_t low = 0;
    int32_t high = review->n[RN_SHIFTS];
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (c->reaches[middle].start <= starts.end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && meets(&c->reaches[low - 1], starts, visit->duration);
}

/* Whether the client is away at every start. */
static bool is_away(chances *c, const runde_client *client,
                    runde_interval starts, int32_t duration)
{
    int64_t start = starts.start;
    bool is_moved = true;
    while (is_moved && start <= starts.end && c->steps < MOST_STEPS) {
        is_moved = false;
        c->steps += client->n_absences;
        for (int32_t i = 0; i < client->n_absences; i++) {
            const runde_interval *const absence = &client->absences[i];
            if (start + duration > absence->start && start <= absence->end) {
                start = (int64_t)absence->end + 1;
                is_moved = true;
            }
        }
    }
    return start > starts.end;
}

/* What the windows of a visit meet, all together. */
typedef struct meeting {
    bool is_home; /* the client, at some start */
    bool is_work; /* some shift */
} meeting;

static meeting meet_windows(chances *c, const runde_visit *visit)
{
    const runde_client *const client =
        rn_problem_row(c->review->problem, RN_CLIENTS, visit->client);
    meeting found = {false, false};
    const bool is_pinned = visit->pinned_start != RUNDE_TIME_NONE;
    const runde_window any = {visit->pinned_start, visit->pinned_start,
                              RUNDE_TIME_NONE};
    const int32_t n = is_pinned || visit->n_windows == 0 ? 1 : visit->n_windows;
    for (int32_t w = 0; w < n; w++) {
        const runde_interval starts = rn_review_starts(
            is_pinned || visit->n_windows == 0 ? &any : &visit->windows[w],
            visit->duration);
        found.is_home |= !is_away(c, client, starts, visit->duration);
        found.is_work |= some_shift_meets(c, visit, starts);
    }
    return found;
}

static void review_times(chances *c, const runde_visit *visit, int32_t v)
{
    const rn_review *const review = c->review;
    const meeting found = meet_windows(c, visit);
    if (!found.is_home) {
        const runde_client *const client =
            rn_problem_row(review->problem, RN_CLIENTS, visit->client);
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W230",
                    rn_at("/visits/%d/time_windows", (int)v).text,
                    "client \"%s\" is away whenever visit \"%s\" may take "
                    "place; it will be left out",
                    client->id, visit->id);
    } else if (!found.is_work && visit->pinned_shift != RUNDE_NONE) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W229",
                    rn_at("/visits/%d/pinned_shift", (int)v).text,
                    "shift \"%s\" is not at work in any window of visit "
                    "\"%s\", which is pinned to it; it will be left out",
                    rn_review_id(review, RN_SHIFTS, visit->pinned_shift),
                    visit->id);
    } else if (!found.is_work) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W229",
                    rn_at("/visits/%d/time_windows", (int)v).text,
                    "no shift is at work in any window of visit \"%s\", with "
                    "time for its %s; it will be left out",
                    visit->id, rn_review_span(review, visit->duration).text);
    }
}

/* --------------------------------------------------------------- carers */

static void bar_carers(chances *c, const runde_carer_wish *wishes, int32_t n,
                       int32_t v)
{
    c->steps += n;
    for (int32_t i = 0; i < n; i++) {
        if (wishes[i].kind == RUNDE_PROHIBITED) {
            c->barred[wishes[i].carer] = v + 1;
        }
    }
}

/* Carers that one list requires and no other did: [0] all, [1] those that
 * have a shift and are not prohibited. */
static void count_carers(chances *c, const runde_carer_wish *wishes, int32_t n,
                         int32_t v, int32_t count[2])
{
    for (int32_t i = 0; i < n; i++) {
        const int32_t carer = wishes[i].carer;
        if (wishes[i].kind == RUNDE_REQUIRED && c->counted[carer] != v + 1) {
            c->counted[carer] = v + 1;
            count[0]++;
            count[1] += c->has_shift[carer] && c->barred[carer] != v + 1;
        }
    }
}

static void review_required(chances *c, const runde_visit *visit, int32_t v)
{
    const rn_review *const review = c->review;
    const runde_client *const client =
        rn_problem_row(review->problem, RN_CLIENTS, visit->client);
    const int32_t crew = visit->crew == 0 ? 1 : visit->crew;
    int32_t count[2] = {0, 0};
    bar_carers(c, visit->wishes, visit->n_wishes, v);
    bar_carers(c, client->wishes, client->n_wishes, v);
    count_carers(c, visit->wishes, visit->n_wishes, v, count);
    count_carers(c, client->wishes, client->n_wishes, v, count);
    if (count[0] > 0 && count[1] < crew) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W323",
                    rn_at("/visits/%d/wishes", (int)v).text,
                    "visit \"%s\" needs a crew of %d, but of the %d carers "
                    "required only %d have a shift and are not prohibited; it "
                    "will be left out",
                    visit->id, (int)crew, (int)count[0], (int)count[1]);
    }
}

runde_status rn_review_chances(const rn_review *review)
{
    if (review->n[RN_SHIFTS] == 0) {
        return RUNDE_OK;
    }
    const size_t n_carers = (size_t)review->n[RN_CARERS];
    chances c = {review,
                 rn_calloc((size_t)review->n[RN_SHIFTS], sizeof(reach)),
                 rn_calloc(n_carers, sizeof(bool)),
                 rn_calloc(n_carers, sizeof(int32_t)),
                 rn_calloc(n_carers, sizeof(int32_t)),
                 0};
    runde_status status = RUNDE_E_NOMEM;
    if (c.reaches == NULL || c.has_shift == NULL || c.barred == NULL ||
        c.counted == NULL) {
        goto done;
    }
    collect_shifts(&c);
    for (int32_t v = 0; v < review->n[RN_VISITS] && c.steps < MOST_STEPS; v++) {
        const runde_visit *const visit =
            rn_problem_row(review->problem, RN_VISITS, v);
        review_times(&c, visit, v);
        review_required(&c, visit, v);
    }
    status = RUNDE_OK;

done:
    rn_free(c.reaches);
    rn_free(c.has_shift);
    rn_free(c.barred);
    rn_free(c.counted);
    return status;
}
