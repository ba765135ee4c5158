/* SPDX-License-Identifier: MIT */
/* Routes of good plans, each once, for exact methods to choose from. The
 * oldest make room for new ones. */
#ifndef RN_SEARCH_POOL_H
#define RN_SEARCH_POOL_H

#include "eval/price.h"

/** A node of a route, as it stood. */
typedef struct rn_pool_stop {
    int32_t node;    /**< task, activity or the end */
    int32_t gap_hi;  /**< breaks of the gap before it, up to this one */
    int32_t release; /**< tasks: the moment waited for */
} rn_pool_stop;

typedef struct rn_pool_route {
    int32_t shift;
    int32_t n;       /**< stops, the end among them */
    int32_t n_tasks; /**< at least 1 */
    uint32_t missed;
    uint64_t hash;
    int32_t first; /**< into the pool's stops */
    int32_t next;  /**< of the same bucket, or RUNDE_NONE */
} rn_pool_route;

typedef struct rn_pool {
    const rn_instance *inst;
    rn_pool_route *routes; /**< ring */
    rn_pool_stop *stops;   /**< ring; no route goes round its end */
    int32_t *bucket;
    int32_t first; /**< the oldest route */
    int32_t n;
    int32_t most_routes;
    int32_t most_stops;
    int32_t next_stop; /**< where the next route is written */
    rn_arena arena;
} rn_pool;

/** @param most  routes kept at the most */
runde_status rn_pool_new(rn_pool **out, const rn_instance *inst, int32_t most);
void rn_pool_free(rn_pool *pool);

/** Keeps the routes that the accepted iteration in the outer journal changed,
 *  if the plan is nearly as good as the best. O(their stops). */
void rn_pool_note(rn_pool *pool, const rn_solution *sol, rn_price price,
                  rn_price best);

/** Keeps a used route, and says where it is; RUNDE_NONE for one that is too
 *  long to be kept. O(stops). */
int32_t rn_pool_keep(rn_pool *pool, const rn_solution *sol, int32_t shift);

/** Moves all routes of another pool here, the oldest first, so that it is
 *  empty. O(their stops). */
void rn_pool_pour(rn_pool *pool, rn_pool *from);

/** The route at a place of the ring, 0 to n - 1 from the oldest. */
static inline const rn_pool_route *rn_pool_at(const rn_pool *pool, int32_t i)
{
    const int32_t at = pool->first + i;
    return &pool->routes[at >= pool->most_routes ? at - pool->most_routes : at];
}

#endif
