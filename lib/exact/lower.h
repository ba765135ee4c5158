/* SPDX-License-Identifier: MIT */
/* A bound from below on what plans cost, by column generation: prices of
 * visits for which no relaxed route earns more than it costs. Whatever the
 * prices are, what they add up to less what routes would earn on top is a
 * bound, in integers, so nothing hangs on how exact the method is that
 * proposes them. */
#ifndef RN_EXACT_LOWER_H
#define RN_EXACT_LOWER_H

#include "eval/price.h"
#include "exact/exact.h"

/** No plan that serves all mandatory visits has lower wishes.
 *
 *  @param bound  out: as it comes, maybe below 0
 *  @param plan   settled, serves all mandatory visits
 *  @return RUNDE_OK with a bound, RUNDE_E_LIMIT without: the plan leaves
 *          mandatory visits out, the instance does not suit (exact/pricing.h),
 *          or nothing came of it in time. RUNDE_E_NOMEM */
runde_status rn_lower_bound(int64_t *bound, const rn_solution *plan,
                            const runde_exact *exact,
                            const rn_patience *patience);

#endif
