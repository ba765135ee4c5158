/* SPDX-License-Identifier: MIT */
/* The cheapest route of a shift when serving a task is worth something: what
 * a bound from below asks for. Routes are relaxed: tasks start as early as
 * they may and are charged the least that any later start costs; breaks,
 * links, loads and rules on hours are left aside. A route of a plan is never
 * cheaper than its relaxation. */
#ifndef RN_EXACT_PRICING_H
#define RN_EXACT_PRICING_H

#include "eval/price.h"
#include "exact/exact.h"

/** No more tasks than bits of a set. */
#define RN_MOST_PRICED 64

/** So many parts of a unit of cost: what tasks are worth is seldom whole. */
#define RN_FINE 256

typedef struct rn_pricing rn_pricing;

/** A route, every task in it once. */
typedef struct rn_priced {
    int64_t cost;
    int64_t reduced; /**< RN_FINE times cost, less what its tasks are
                          worth */
    int32_t n;
    int32_t task[RN_MOST_PRICED];
} rn_priced;

/** Can routes of the instance be relaxed so? Not with activities, which lie
 *  on the way, nor with more than 64 tasks, nor with limits that are counted:
 *  what the search pays on top of the price then is in every cost.
 *  O(shifts). */
bool rn_pricing_suits(const rn_instance *inst);

/** @param patience  its poll is asked while routes are priced, at times */
runde_status rn_pricing_new(rn_pricing **out, const rn_instance *inst,
                            const rn_patience *patience);
void rn_pricing_free(rn_pricing *pricing);

/** Finds routes of a shift that cost less than their tasks are worth.
 *
 *  @param found  out: the best ones, best first, that end differently
 *  @param most   room in found
 *  @param worth  by task, in parts of a unit
 *  @param least  out: no route has a smaller reduced cost; at most 0, since a
 *                shift may stay unused
 *  @return how many were found; RUNDE_NONE when it takes too long, all calls
 *          taken together, or was stopped */
int32_t rn_price_routes(rn_pricing *pricing, rn_priced *found, int32_t most,
                        int32_t shift, const int64_t *worth, int64_t *least);

/** The relaxed cost of a sequence of tasks, RN_COST_INF when even that has no
 *  schedule. */
int64_t rn_price_sequence(const rn_pricing *pricing, int32_t shift,
                          const int32_t *task, int32_t n);

#endif
