/* SPDX-License-Identifier: MIT */
#include "model/validate.h"

#include "base/alloc.h"
#include "model/review.h"

#include <stdio.h>
#include <string.h>

const char *rn_review_kind_name(rn_kind kind)
{
    static const char *const names[RN_KINDS] = {
        [RN_PLACES] = "places",
        [RN_SKILLS] = "skills",
        [RN_LOADS] = "loads",
        [RN_MODES] = "travel_modes",
        [RN_CLIENTS] = "clients",
        [RN_CARERS] = "carers",
        [RN_SHIFTS] = "shifts",
        [RN_VISITS] = "visits",
        [RN_LINKS] = "links",
        [RN_PAST_VISITS] = "history",
        [RN_PUBLISHED] = "published_plan",
    };
    return names[kind];
}

const char *rn_review_id(const rn_review *review, rn_kind kind, int32_t index)
{
    const void *const row = rn_problem_row(review->problem, kind, index);
    switch (kind) {
    case RN_PLACES:
        return ((const runde_place *)row)->id;
    case RN_SKILLS:
        return row;
    case RN_LOADS:
        return ((const runde_load *)row)->id;
    case RN_MODES:
        return ((const rn_mode *)row)->id;
    case RN_CLIENTS:
        return ((const runde_client *)row)->id;
    case RN_CARERS:
        return ((const runde_carer *)row)->id;
    case RN_SHIFTS:
        return ((const runde_shift *)row)->id;
    case RN_VISITS:
        return ((const runde_visit *)row)->id;
    case RN_LINKS:
    case RN_PAST_VISITS:
    case RN_PUBLISHED:
    case RN_KINDS:
        break;
    }
    return "";
}

bool rn_review_ref(const rn_review *review, rn_kind kind, int32_t index,
                   const char *pointer)
{
    rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E110", pointer,
                "index %d refers to nothing, the problem has %d %s", (int)index,
                (int)review->n[kind], rn_review_kind_name(kind));
    return false;
}

bool rn_review_time(const rn_review *review, int32_t time, const char *pointer)
{
    rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E203", pointer,
                time == RUNDE_TIME_NONE
                    ? "the time is missing"
                    : "the time %d is not between -%d and %d ticks",
                (int)time, (int)RN_TIME_LIMIT, (int)RN_TIME_LIMIT);
    return false;
}

bool rn_review_range(const rn_review *review, const char *code,
                     const char *what, const int32_t value[3],
                     const char *pointer)
{
    rn_diag_add(review->diag, RUNDE_ERROR, code, pointer,
                "%s is %d, it must be from %d to %d", what, (int)value[0],
                (int)value[1], (int)value[2]);
    return false;
}

rn_told rn_review_when(const rn_review *review, int64_t tick)
{
    rn_told told;
    char text[RN_INSTANT_TEXT] = "";
    if (tick <= -RN_TIME_LIMIT || tick >= RN_TIME_LIMIT) {
        return (rn_told){"any time"};
    }
    if (review->is_civil) {
        rn_instant_print_ms(text,
                            review->problem->settings.origin * 1000 +
                                tick * review->tick_ms,
                            review->zone);
    }
    if (text[0] == '\0') {
        snprintf(told.text, sizeof told.text, "%lld", (long long)tick);
    } else {
        snprintf(told.text, sizeof told.text, "%s", text);
    }
    return told;
}

rn_told rn_review_span(const rn_review *review, int64_t ticks)
{
    const int64_t ms = (ticks < 0 ? -ticks : ticks) * review->tick_ms;
    const int64_t seconds = ms / 1000;
    rn_told told;
    char fraction[8] = "";
    if (ms % 1000 != 0) {
        snprintf(fraction, sizeof fraction, ".%03d", (int)(ms % 1000));
    }
    snprintf(told.text, sizeof told.text, "%s%lld:%02d:%02d%s",
             ticks < 0 ? "-" : "", (long long)(seconds / 3600),
             (int)(seconds / 60 % 60), (int)(seconds % 60), fraction);
    return told;
}

void rn_review_list(rn_review *review)
{
    review->stamps++;
}

bool rn_review_is_new(rn_review *review, int32_t index)
{
    const bool is_new = review->stamp[index] != review->stamps;
    review->stamp[index] = review->stamps;
    return is_new;
}

/* `longest`: windows of a visit that is not in the problem. */
static runde_status start(rn_review *review, int32_t longest)
{
    const runde_problem *const problem = review->problem;
    for (int kind = 0; kind < RN_KINDS; kind++) {
        review->n[kind] = problem->table[kind].n;
    }
    longest = longest < 1 ? 1 : longest;
    for (int32_t v = 0; v < review->n[RN_VISITS]; v++) {
        const runde_visit *const visit = rn_problem_row(problem, RN_VISITS, v);
        longest = longest < visit->n_windows ? visit->n_windows : longest;
    }
    const int32_t named = review->n[RN_SKILLS] > review->n[RN_LOADS]
                              ? review->n[RN_SKILLS]
                              : review->n[RN_LOADS];
    review->stamp = rn_calloc((size_t)named, sizeof *review->stamp);
    review->scratch = rn_calloc((size_t)longest, sizeof *review->scratch);
    return review->stamp == NULL || review->scratch == NULL ? RUNDE_E_NOMEM
                                                            : RUNDE_OK;
}

static runde_status review_all(rn_review *review)
{
    const int32_t errors = review->diag->errors;
    rn_review_settings(review);
    rn_review_weights(review);
    runde_status status = rn_review_ids(review);
    if (status == RUNDE_OK) {
        status = rn_review_places(review);
    }
    if (status == RUNDE_OK) {
        rn_review_travel(review);
        rn_review_people(review);
        status = rn_review_shifts(review);
    }
    if (status == RUNDE_OK) {
        status = rn_review_visits(review);
    }
    if (status == RUNDE_OK) {
        status = rn_review_links(review);
    }
    /* Sums and skills follow references, which must be sound by then. */
    if (status == RUNDE_OK && review->diag->errors == errors) {
        rn_review_price(review);
        status = rn_review_targets(review);
        status = status == RUNDE_OK ? rn_review_service(review) : status;
        status = status == RUNDE_OK ? rn_review_chances(review) : status;
    }
    return status;
}

runde_status rn_validate(const runde_problem *problem, runde_diag *diag)
{
    rn_review review;
    memset(&review, 0, sizeof review);
    review.problem = problem;
    review.diag = diag;
    runde_status status = start(&review, 0);
    if (status == RUNDE_OK) {
        status = review_all(&review);
    }
    rn_free(review.stamp);
    rn_free(review.scratch);
    return status;
}

runde_status rn_validate_visit(const runde_problem *problem,
                               const runde_visit *visit, runde_diag *diag)
{
    rn_review review;
    memset(&review, 0, sizeof review);
    review.problem = problem;
    review.diag = diag;
    const runde_status status = start(&review, visit->n_windows);
    if (status == RUNDE_OK) {
        rn_review_settings(&review);
        for (int32_t s = 0; s < review.n[RN_SHIFTS]; s++) {
            const runde_shift *const shift =
                rn_problem_row(problem, RN_SHIFTS, s);
            if (shift->start < review.served_from) {
                review.served_from = shift->start;
            }
            if (shift->max_end > review.served_to) {
                review.served_to = shift->max_end;
            }
        }
        rn_review_visit(&review, visit, review.n[RN_VISITS]);
    }
    rn_free(review.stamp);
    rn_free(review.scratch);
    return status;
}
