/* SPDX-License-Identifier: MIT */
/** @file hierarchy.h
 *  A network made ready for many questions at once.
 *
 *  Nodes are taken out one by one, those with the fewest neighbours first,
 *  and whenever one goes its neighbours are joined in its place. Every
 *  quickest way then is also one that first climbs (each node was taken out
 *  later than the one before) and then descends. What is kept are the climbs
 *  and descents above the nodes that are asked about, in the order in which
 *  they were taken out: two passes over them, without any queue, find the
 *  ways from one node to all others. */
#ifndef RN_HIERARCHY_H
#define RN_HIERARCHY_H

#include "network/graph.h"

/** A climb from a row to a later one, or a descent the other way round. */
typedef struct rn_climb {
    rn_span span;
    int32_t top; /**< the later row */
} rn_climb;

/** Climbs and descents of the rows; those of row r stand from first[r] to
 *  first[r + 1]. */
typedef struct rn_climbs {
    int32_t *first;
    rn_climb *climb;
} rn_climbs;

typedef struct rn_hierarchy {
    int32_t n;      /**< rows */
    int32_t *row;   /**< of a node of the network; RUNDE_NONE: not kept */
    rn_climbs up;   /**< from the row to the top */
    rn_climbs down; /**< from the top to the row */
} rn_hierarchy;

/** Makes it.
 *
 *  @param lane     spans by road, both directions
 *  @param is_kept  by node: is asked about
 *  @return RUNDE_E_NOMEM; free it in any case
 *
 *  Roads of a town: O(n log n) in practice. */
RUNDE_CHECKED runde_status rn_hierarchy_make(rn_hierarchy *out,
                                             const runde_network *network,
                                             const rn_span (*lane)[2],
                                             const bool *is_kept);

/** Frees what it holds; fine when all of it is zero. */
void rn_hierarchy_free(rn_hierarchy *hierarchy);

#endif
