/* SPDX-License-Identifier: MIT */
/** @file graph.h
 *  A road network inside: nodes, roads between them, and what a way costs. */
#ifndef RN_GRAPH_H
#define RN_GRAPH_H

#include <runde/network.h>

/** What a stretch of way takes: milliseconds in the upper bits, decimetres
 *  in the lower ones. Spans are added and compared as whole numbers, so the
 *  least one is the quickest way, and the shortest of the quickest. No sum of
 *  lengths over one way fills its bits: runde_network_read sees to that. */
typedef uint64_t rn_span;

#define RN_SPAN_LENGTH_BITS 34
#define RN_SPAN_LENGTH_MASK ((UINT64_C(1) << RN_SPAN_LENGTH_BITS) - 1)
/** No way. Two of them can be added. */
#define RN_SPAN_NONE (UINT64_C(1) << 62)
/** Ways that take longer are none, milliseconds: 24 h. */
#define RN_SPAN_LONGEST_MS 86400000

static inline rn_span rn_span_of(int64_t ms, int64_t dm)
{
    return ((rn_span)ms << RN_SPAN_LENGTH_BITS) + (rn_span)dm;
}

static inline int64_t rn_span_ms(rn_span span)
{
    return (int64_t)(span >> RN_SPAN_LENGTH_BITS);
}

static inline int64_t rn_span_dm(rn_span span)
{
    return (int64_t)(span & RN_SPAN_LENGTH_MASK);
}

static inline rn_span rn_span_least(rn_span a, rn_span b)
{
    return b < a ? b : a;
}

/** One direction of a road. */
typedef struct rn_lane {
    rn_span car;        /**< RN_SPAN_NONE: closed */
    int32_t bicycle_dm; /**< RUNDE_UNREACHABLE: closed */
    int32_t walk_dm;    /**< the same */
} rn_lane;

/** All edges between two nodes, the best of each kind in each direction. */
typedef struct rn_road {
    int32_t end[2];  /**< nodes, the smaller number first; may be equal */
    rn_lane lane[2]; /**< [0] from end[0] to end[1], [1] back */
} rn_road;

/** Boxes around roads in degrees, for rn_nearest. */
typedef struct rn_box {
    double south, west, north, east;
} rn_box;

/** Roads of one leaf box. */
#define RN_ROADS_PER_BOX 4

struct runde_network {
    int32_t n_nodes;
    int32_t n_edges; /**< rows of the table */
    int32_t n_roads;
    double *lat; /**< by node */
    double *lon;
    rn_road *roads; /**< neighbours on the map lie near each other */
    /** A binary tree as in a heap: boxes[1] holds 2 and 3. Leaf b holds the
     *  roads from (b - n_leaves) * RN_ROADS_PER_BOX on. */
    rn_box *boxes;
    int32_t n_leaves; /**< a power of two */
};

/** Orders the roads along a curve through the map and builds the boxes.
 *  RUNDE_E_NOMEM leaves the network fit for runde_network_free only. */
RUNDE_CHECKED runde_status rn_nearest_prepare(runde_network *network);

#endif
