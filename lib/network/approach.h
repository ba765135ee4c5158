/* SPDX-License-Identifier: MIT */
/** @file approach.h
 *  How a network is entered: by mode and options, from places. */
#ifndef RN_APPROACH_H
#define RN_APPROACH_H

#include "network/nearest.h"

/** Where a place stands on the network: between two nodes, or at one of them
 *  (then both are the same). The way from the place to the road and back is
 *  not in the spans. */
typedef struct rn_spot {
    int32_t node[2];  /**< RUNDE_NONE twice: nowhere */
    rn_span leave[2]; /**< along the road to the node */
    rn_span enter[2]; /**< from the node along the road */
    int32_t road;     /**< RUNDE_NONE at a node */
    double along;     /**< that road, 0 to 1 */
    rn_span offset;   /**< between place and road */
} rn_spot;

typedef struct rn_approach {
    const runde_network *network;
    runde_network_options options; /**< defaults filled in */
    int32_t mode;
    rn_span (*lane)[2]; /**< by road: there and back */
} rn_approach;

/** Takes options, NULL being the defaults; false when they make no sense. */
bool rn_approach_accepts(rn_approach *by, const runde_network *network,
                         const runde_network_options *options);

/** Works out what the mode takes on every road; false without memory. */
bool rn_approach_open(rn_approach *by);

void rn_approach_close(rn_approach *by);

/** Whether the place has coordinates that mean something. */
bool rn_approach_knows(const runde_place *place);

/** Puts a place onto the nearest road.
 *
 *  @return the point, also when it is too far away and `spot` is nowhere */
rn_foot rn_approach_place(const rn_approach *by, rn_spot *spot,
                          const runde_place *place);

/** Along the road that both spots stand on, without leaving it. */
rn_span rn_approach_stay(const rn_spot *from, const rn_spot *to);

#endif
