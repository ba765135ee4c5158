/* SPDX-License-Identifier: MIT */
/** @file sweep.h
 *  From each of many spots to all of them. */
#ifndef RN_SWEEP_H
#define RN_SWEEP_H

#include "network/approach.h"
#include "network/hierarchy.h"

/** Given spans from spot `from` to all others; offsets are included, from
 *  itself it is 0. Called once for each spot, from several threads, in no
 *  order. */
typedef void (*rn_sweep_row_fn)(void *payload, int32_t from,
                                const rn_span *spans);

typedef struct rn_sweep {
    const rn_hierarchy *hierarchy;
    const rn_spot *spots;
    int32_t n_spots;
    int32_t n_threads; /**< at least 1 */
    rn_sweep_row_fn row;
    void *payload;
} rn_sweep;

/** Does it. Threads that cannot be had are done without.
 *
 *  @return RUNDE_E_NOMEM, and then not all rows were given
 *
 *  O(spots * (climbs + descents + spots) / threads). */
RUNDE_CHECKED runde_status rn_sweep_all(const rn_sweep *sweep);

#endif
