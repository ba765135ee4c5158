/* SPDX-License-Identifier: MIT */
#include "check/audit.h"

/* Section 4: criteria whose amounts belong to a client's visits, so that the
 * client's own weight counts. */
static bool has_client_share(int32_t criterion)
{
    switch (criterion) {
    case RUNDE_TRAVEL_TIME:
    case RUNDE_TRAVEL_DISTANCE:
    case RUNDE_EARLY:
    case RUNDE_LATE:
    case RUNDE_OPTIONAL_UNSERVED:
    case RUNDE_CARER_PREFERENCE:
    case RUNDE_DISTINCT_CARERS:
    case RUNDE_CARERS_OVER_TARGET:
    case RUNDE_OVERQUALIFICATION:
    case RUNDE_CHANGED_CARER:
    case RUNDE_SHIFTED_START:
        return true;
    default:
        return false;
    }
}

static bool is_set(uint32_t bits, int32_t criterion)
{
    return ((bits >> criterion) & 1U) != 0;
}

/* The client's own weights for a criterion, or NULL. */
static const runde_weights *own_weights(const rn_audit *audit, int32_t client,
                                        int32_t criterion)
{
    const runde_weights *const own =
        runde_problem_client(audit->problem, client)->weights;
    return own != NULL && is_set(own->set, criterion) ? own : NULL;
}

/* Holds an amount to the limit of a hard criterion. `client` is whose share
 * it is, or RUNDE_NONE. */
static void judge_hard(rn_audit *audit, int32_t criterion,
                       const runde_weights *weights, int64_t amount,
                       int32_t client)
{
    const int64_t limit = weights->limit[criterion];
    if (!is_set(weights->hard, criterion) || amount <= limit) {
        return;
    }
    const rn_spot spot = {"hard",     RUNDE_NONE, RUNDE_NONE,
                          RUNDE_NONE, limit,      amount};
    const char *const name = runde_criterion_name((runde_criterion)criterion);
    runde_violation *noted;
    if (client == RUNDE_NONE) {
        noted = rn_audit_note(
            audit, &spot,
            "%s is hard with the limit %lld, but its amount is %lld", name,
            (long long)limit, (long long)amount);
    } else {
        noted = rn_audit_note(
            audit, &spot,
            "%s is hard for client %s with the limit %lld, but its "
            "share is %lld",
            name, rn_client_label(audit, client).text, (long long)limit,
            (long long)amount);
    }
    if (noted != NULL) {
        noted->client = client;
        noted->criterion = criterion;
    }
}

/* What one criterion costs, and whether its amount may be so large: a client
 * with own weights for it takes its share out of the general amount. */
static int64_t weigh(rn_audit *audit, int32_t criterion, int64_t amount)
{
    const runde_weights *const general = runde_problem_weights(audit->problem);
    int64_t rest = amount;
    int64_t cost = 0;
    if (has_client_share(criterion)) {
        for (int32_t c = 0; c < audit->n_clients; c++) {
            const runde_weights *const own = own_weights(audit, c, criterion);
            if (own == NULL) {
                continue;
            }
            const int64_t share = audit->share[c][criterion];
            rest -= share;
            cost = rn_sat_add(cost, rn_sat_mul(share, own->weight[criterion]));
            judge_hard(audit, criterion, own, share, c);
        }
    }
    judge_hard(audit, criterion, general, rest, RUNDE_NONE);
    return rn_sat_add(cost, rn_sat_mul(rest, general->weight[criterion]));
}

static int64_t left_out(const rn_audit *audit)
{
    int64_t sum = 0;
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const runde_visit *const visit = runde_problem_visit(audit->problem, v);
        if (audit->seen[v].route == RUNDE_NONE && !visit->optional) {
            sum += visit->priority;
        }
    }
    return sum;
}

void rn_check_cost(rn_audit *audit)
{
    runde_cost *const cost = rn_report_cost_slot(audit->report);
    rn_add_amounts(audit, cost->amount);
    rn_add_people_amounts(audit, cost->amount);
    cost->left_out = left_out(audit);
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        cost->cost[x] = weigh(audit, x, cost->amount[x]);
        cost->wishes = rn_sat_add(cost->wishes, cost->cost[x]);
    }
}
