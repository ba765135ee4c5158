/* SPDX-License-Identifier: MIT */
/* Plans that are not divided, improved by several searches at once, each with
 * random numbers of its own. They work in rounds of so many iterations, and
 * between rounds they learn from one another. How many there are is part of
 * the question, as the seed is: threads only carry the rounds out, and the
 * plan depends on the number of iterations alone. */
#ifndef RN_SEARCH_REPLICAS_H
#define RN_SEARCH_REPLICAS_H

#include "search/search.h"

typedef struct rn_replicas rn_replicas;

/** For a search that has its plan or will have it before the first round; it
 *  keeps the best of all, and its poll ends a round. It outlives this.
 *
 *  @param replicas  searches, 2 or more
 *  @param threads   1 or more */
runde_status rn_replicas_new(rn_replicas **out, rn_search *master,
                             uint64_t seed, int32_t replicas, int32_t threads);
void rn_replicas_free(rn_replicas *replicas);

/** Has the replicas gather good routes for the pool that the master got.
 *  RUNDE_OK or RUNDE_E_NOMEM. */
runde_status rn_replicas_keep_routes(rn_replicas *replicas);

/** One round at this temperature. The master has the best plan afterwards,
 *  and goes on from one of the plans at hand where that is new.
 *
 *  @param share  of the search that is done, 0 to 1
 *  @param most   iterations of all together, or -1
 *  @param news   set when there is a new best
 *  @return iterations of all together */
int64_t rn_replicas_run(rn_replicas *replicas, double temperature, double share,
                        int64_t most, bool *news);

#endif
