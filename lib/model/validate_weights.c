/* SPDX-License-Identifier: MIT */
/* Weights, and the proof that no price overflows. */
#include "model/review.h"
#include "model/weights.h"

#include <math.h>

/* Sums of prices stay below 2^62. */
#define PRICE_BITS 62

static void review_criterion(const rn_review *review,
                             const runde_weights *weights, int i,
                             const char *pointer)
{
    const char *const name = runde_criterion_name((runde_criterion)i);
    const uint32_t bit = 1U << i;
    const rn_where at = rn_at("%s/%s", pointer, name);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E501", "the weight",
                          RN_BETWEEN(weights->weight[i], 0, RN_WEIGHT_MAX),
                          at.text);
    const int64_t limit = weights->limit[i];
    if (limit < 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E507", at.text,
                    "the limit of %s is %lld, amounts begin at 0", name,
                    (long long)limit);
    } else if (limit > 0 && (weights->hard & bit) == 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E508", at.text,
                    "%s has the limit %lld but is not hard, so that nothing "
                    "would keep it",
                    name, (long long)limit);
    }
    if ((weights->set & bit) != 0 && (RN_HAS_SHARE & bit) == 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W505", at.text,
                    "%s has no share for a client, the profile's weight %d is "
                    "ignored",
                    name, (int)weights->weight[i]);
    }
}

static void review_set(const rn_review *review, const runde_weights *weights,
                       const char *pointer)
{
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        review_criterion(review, weights, i, pointer);
    }
    if (((weights->hard | weights->set) >> RUNDE_CRITERIA) != 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E503", pointer,
                    "bits 0x%x name criteria beyond the last, number %d",
                    (unsigned)((weights->hard | weights->set) >>
                               RUNDE_CRITERIA << RUNDE_CRITERIA),
                    RUNDE_CRITERIA - 1);
    }
}

void rn_review_weights(rn_review *review)
{
    runde_weights global = review->problem->weights;
    global.set = 0;
    review_set(review, &global, "/weights");
    for (int32_t c = 0; c < review->n[RN_CLIENTS]; c++) {
        const runde_client *const client =
            rn_problem_row(review->problem, RN_CLIENTS, c);
        if (client->weights != NULL) {
            review_set(review, client->weights,
                       rn_at("/clients/%d/weights", (int)c).text);
        }
    }
}

/* -------------------------------------------------------------- the sum */

/* Bounds from which every amount's bound follows. Doubles: the products may
 * be far beyond int64, which is what is looked for. */
typedef struct bounds {
    double first;    /* earliest time that any amount looks at */
    double last;     /* latest one */
    double parts;    /* of all visits */
    double stops;    /* parts, activities and homeward legs */
    double breaks;   /* of all shifts */
    double prices;   /* of optional visits */
    double points;   /* of wishes about carers, all parts */
    double levels;   /* above what visits ask for */
    double loads;    /* all uses */
    double priority; /* of all visits */
} bounds;

static void extend(bounds *b, int32_t time)
{
    if (time == RUNDE_TIME_NONE) {
        return;
    }
    b->first = time < b->first ? time : b->first;
    b->last = time > b->last ? time : b->last;
}

static double points_of(const runde_carer_wish *wishes, int32_t n)
{
    double points = 0.0;
    for (int32_t i = 0; i < n; i++) {
        if (wishes[i].kind == RUNDE_PREFERRED ||
            wishes[i].kind == RUNDE_UNWANTED) {
            points += wishes[i].weight;
        }
    }
    return points;
}

static void bound_shifts(const rn_review *review, bounds *b)
{
    for (int32_t s = 0; s < review->n[RN_SHIFTS]; s++) {
        const runde_shift *const shift =
            rn_problem_row(review->problem, RN_SHIFTS, s);
        extend(b, shift->start);
        extend(b, shift->end);
        extend(b, shift->max_end);
        b->stops += 1.0 + shift->n_activities;
        b->breaks += shift->n_breaks;
    }
}

static void bound_visits(const rn_review *review, bounds *b)
{
    for (int32_t v = 0; v < review->n[RN_VISITS]; v++) {
        const runde_visit *const visit =
            rn_problem_row(review->problem, RN_VISITS, v);
        const runde_client *const client =
            rn_problem_row(review->problem, RN_CLIENTS, visit->client);
        const double crew = visit->crew == 0 ? 1.0 : visit->crew;
        for (int32_t i = 0; i < visit->n_preferred; i++) {
            extend(b, visit->preferred[i].start);
            extend(b, visit->preferred[i].end);
        }
        for (int32_t i = 0; i < visit->n_loads; i++) {
            b->loads += crew * visit->loads[i].amount;
        }
        b->parts += crew;
        b->stops += crew;
        b->prices += visit->price;
        b->levels += crew * visit->n_skills * RN_LEVEL_MAX;
        b->points += crew * (points_of(visit->wishes, visit->n_wishes) +
                             points_of(client->wishes, client->n_wishes));
        b->priority +=
            visit->priority == 0 ? RUNDE_DEFAULT_PRIORITY : visit->priority;
    }
}

static bounds bounds_of(const rn_review *review)
{
    bounds b = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
    bound_shifts(review, &b);
    bound_visits(review, &b);
    for (int32_t p = 0; p < review->n[RN_PUBLISHED]; p++) {
        const runde_published *const published =
            rn_problem_row(review->problem, RN_PUBLISHED, p);
        extend(&b, published->start);
    }
    return b;
}

/* The longest leg of any mode, metres. Models know no matrix to look into:
 * half the globe by the longest detour stands for them. */
static double longest_leg(const rn_review *review)
{
    double longest = 0.0;
    for (int32_t m = 0; m < review->n[RN_MODES]; m++) {
        const rn_mode *const mode =
            rn_problem_row(review->problem, RN_MODES, m);
        const int64_t n = mode->matrix.n;
        for (int64_t i = 0; mode->matrix.distances != NULL && i < n * n; i++) {
            const double leg = mode->matrix.distances[i];
            longest = leg > longest ? leg : longest;
        }
        for (int32_t i = 0; i < mode->n_legs; i++) {
            const double leg = mode->legs[i].distance;
            longest = leg > longest ? leg : longest;
        }
        /* A day at the largest speed that validation lets pass. */
        longest = mode->has_model && longest < 7.2e6 ? 7.2e6 : longest;
    }
    return longest;
}

static double bound_of(const rn_review *review, const bounds *b, int criterion)
{
    const double span = b->last - b->first;
    const double shifts = review->n[RN_SHIFTS];
    switch ((runde_criterion)criterion) {
    case RUNDE_TRAVEL_TIME:
    case RUNDE_WAITING:
    case RUNDE_OVERTIME:
    case RUNDE_IDLE:
    case RUNDE_WORKLOAD_SPREAD:
        return shifts * span;
    case RUNDE_WORKLOAD_DEVIATION:
        return 2.0 * shifts * span + review->n[RN_CARERS];
    case RUNDE_TRAVEL_DISTANCE:
        return b->stops * longest_leg(review);
    case RUNDE_EARLY:
    case RUNDE_LATE:
    case RUNDE_SHIFTED_START:
        return b->parts * span;
    case RUNDE_MAX_LATE:
    case RUNDE_MAX_IDLE:
        return span;
    case RUNDE_OPTIONAL_UNSERVED:
        return b->prices;
    case RUNDE_BREAKS_MISSED:
        return b->breaks;
    case RUNDE_CARER_PREFERENCE:
        return b->points;
    case RUNDE_DISTINCT_CARERS:
    case RUNDE_CARERS_OVER_TARGET:
        return (double)review->n[RN_CLIENTS] * review->n[RN_CARERS];
    case RUNDE_OVERQUALIFICATION:
        return b->levels;
    case RUNDE_LOAD_SPREAD:
        return b->loads;
    case RUNDE_SHIFTS_USED:
        return shifts;
    case RUNDE_CHANGED_CARER:
    case RUNDE_CLIENTS_CHANGED:
    case RUNDE_VISITS_SHIFTED:
        return b->parts;
    case RUNDE_CRITERIA:
        break;
    }
    return 0.0;
}

static int32_t largest_weight(const rn_review *review, int criterion)
{
    int32_t largest = review->problem->weights.weight[criterion];
    for (int32_t c = 0; c < review->n[RN_CLIENTS]; c++) {
        const runde_client *const client =
            rn_problem_row(review->problem, RN_CLIENTS, c);
        if (client->weights != NULL &&
            (client->weights->set & 1U << criterion) != 0 &&
            client->weights->weight[criterion] > largest) {
            largest = client->weights->weight[criterion];
        }
    }
    return largest;
}

void rn_review_price(rn_review *review)
{
    const bounds b = bounds_of(review);
    double sum = 0.0;
    double worst = 0.0;
    int culprit = 0;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        const double cost = bound_of(review, &b, i) * largest_weight(review, i);
        sum += cost;
        if (cost > worst) {
            worst = cost;
            culprit = i;
        }
    }
    int exponent = 0;
    (void)frexp(sum, &exponent);
    if (exponent > PRICE_BITS) {
        rn_diag_add(
            review->diag, RUNDE_ERROR, "RUNDE-E504",
            rn_at("/weights/%s", runde_criterion_name((runde_criterion)culprit))
                .text,
            "prices could reach 2^%d, the limit is 2^%d; most of it is %s "
            "at weight %d",
            exponent, PRICE_BITS,
            runde_criterion_name((runde_criterion)culprit),
            (int)largest_weight(review, culprit));
    }
    if (b.loads >= (double)RN_TIME_LIMIT) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E307", "/visits",
                    "the visits' loads add up to %s, more than %d",
                    rn_decimal_of(b.loads, 0).text, (int)RN_TIME_LIMIT);
    }
    if (b.priority >= (double)INT32_MAX) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E504", "/visits",
                    "the visits' priorities add up to %s, more than %d",
                    rn_decimal_of(b.priority, 0).text, (int)INT32_MAX);
    }
}
