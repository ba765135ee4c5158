/* SPDX-License-Identifier: MIT */
/** @file nearest.h
 *  The road next to a place. */
#ifndef RN_NEAREST_H
#define RN_NEAREST_H

#include "network/graph.h"

/** A point on a road. */
typedef struct rn_foot {
    int32_t road;  /**< RUNDE_NONE when no road is open */
    double along;  /**< 0 at end[0] to 1 at end[1] */
    double metres; /**< from the place, great-circle */
} rn_foot;

/** Finds the nearest point on the straight lines between the ends of open
 *  roads; of equally near ones that of the road with the smaller number.
 *
 *  @param lane  by road, both directions; RN_SPAN_NONE twice is closed
 *
 *  O(log n) but for places far from everything. */
rn_foot rn_nearest(const runde_network *network, const rn_span (*lane)[2],
                   double lat, double lon);

#endif
