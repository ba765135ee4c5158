/* SPDX-License-Identifier: MIT */
/* A better plan out of the routes of many: which of them together serve
 * everybody at least cost is a set partitioning problem. A route is priced
 * with the times at which others count on it held close to those of the best
 * plan, so that routes that are chosen agree; what couples routes beyond that
 * is found out when the plan is built and priced as a whole. */
#ifndef RN_EXACT_RECOMBINE_H
#define RN_EXACT_RECOMBINE_H

#include "exact/exact.h"
#include "search/best.h"
#include "search/pool.h"

typedef struct rn_recombine rn_recombine;

/** For the routes of this pool. */
runde_status rn_recombine_new(rn_recombine **out, const rn_instance *inst,
                              const rn_pool *pool);
void rn_recombine_free(rn_recombine *recombine);

/** Looks for a plan that is better than the best one. The best plan's routes
 *  are kept in the pool.
 *
 *  @param found  the better plan, settled, until the next run; or NULL */
void rn_recombine_run(rn_recombine *recombine, const rn_solution **found,
                      rn_pool *pool, const rn_best *best,
                      const runde_exact *exact, const rn_patience *patience);

#endif
