/* SPDX-License-Identifier: MIT */
/* Targets for different carers that are hard and broken before the first
 * visit: no plan could keep them. */
#include "base/alloc.h"
#include "model/review.h"

#include <stdlib.h>

/* How many carers beyond its target a client may have; -1 any number. */
static int64_t most_over(const rn_review *review, const runde_client *client)
{
    const uint32_t bit = 1U << RUNDE_CARERS_OVER_TARGET;
    const runde_weights *const own = client->weights;
    const bool has_own = own != NULL && (own->set & bit) != 0;
    const runde_weights *const weights =
        has_own ? own : &review->problem->weights;
    return client->max_carers > 0 && (weights->hard & bit) != 0
               ? weights->limit[RUNDE_CARERS_OVER_TARGET]
               : -1;
}

static int compare_past(const void *a, const void *b)
{
    const runde_past_visit *const x = *(const runde_past_visit *const *)a;
    const runde_past_visit *const y = *(const runde_past_visit *const *)b;
    if (x->client != y->client) {
        return x->client < y->client ? -1 : 1;
    }
    return (x->carer > y->carer) - (x->carer < y->carer);
}

/* Past visits that count towards a hard target, by client and carer. */
static int32_t list_past(const rn_review *review, const runde_past_visit **list)
{
    const runde_problem *const problem = review->problem;
    const int64_t days = rn_problem_days(problem);
    int32_t n = 0;
    for (int32_t h = 0; h < review->n[RN_PAST_VISITS]; h++) {
        const runde_past_visit *const past =
            rn_problem_row(problem, RN_PAST_VISITS, h);
        const runde_client *const client =
            rn_problem_row(problem, RN_CLIENTS, past->client);
        const int64_t back = client->max_carers_days;
        if (most_over(review, client) >= 0 &&
            (back <= 0 || past->start >= (days - back) * review->day)) {
            list[n++] = past;
        }
    }
    qsort(list, (size_t)n, sizeof *list, compare_past);
    return n;
}

static bool has_visit(const rn_review *review, int32_t client)
{
    for (int32_t v = 0; v < review->n[RN_VISITS]; v++) {
        const runde_visit *const visit =
            rn_problem_row(review->problem, RN_VISITS, v);
        if (visit->client == client) {
            return true;
        }
    }
    return false;
}

static void report(const rn_review *review, int32_t c, int32_t carers)
{
    const runde_client *const client =
        rn_problem_row(review->problem, RN_CLIENTS, c);
    const int64_t most = client->max_carers + most_over(review, client);
    if (carers > most && has_visit(review, c)) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E506",
                    rn_at("/clients/%d/max_carers", (int)c).text,
                    "client \"%s\" must not have more than %lld different "
                    "carers, the past visits alone have %d",
                    client->id, (long long)most, (int)carers);
    }
}

runde_status rn_review_targets(const rn_review *review)
{
    const runde_past_visit **const list =
        rn_calloc((size_t)review->n[RN_PAST_VISITS], sizeof *list);
    if (list == NULL) {
        return RUNDE_E_NOMEM;
    }
    const int32_t n = list_past(review, list);
    int32_t carers = 0;
    for (int32_t i = 0; i < n; i++) {
        const bool is_new_client =
            i == 0 || list[i]->client != list[i - 1]->client;
        carers =
            is_new_client ? 1 : carers + (list[i]->carer != list[i - 1]->carer);
        if (i + 1 == n || list[i + 1]->client != list[i]->client) {
            report(review, list[i]->client, carers);
        }
    }
    rn_free(list);
    return RUNDE_OK;
}
