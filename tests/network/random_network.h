/* SPDX-License-Identifier: MIT */
/* Small random networks as tables, with all that may be odd about them:
 * one-way edges, parallel ones, loops, edges of no length or no time, parts
 * without a road between them; and the slowest way to find the quickest one.
 */
#ifndef RN_RANDOM_NETWORK_H
#define RN_RANDOM_NETWORK_H

#include "base/rng.h"
#include <runde/runde.h>

#include <stdio.h>
#include <string.h>

enum { MOST_NODES = 40, MOST_EDGES = 160, TEXT = 16384 };

#define NO_WAY INT64_C(1000000000000)

/* Milliseconds, then decimetres. */
typedef struct way {
    int64_t ms;
    int64_t dm;
} way;

typedef struct raw_edge {
    int from;
    int to;
    way way;
} raw_edge;

typedef struct raw_network {
    int n_nodes;
    int n_edges;
    double lat[MOST_NODES];
    double lon[MOST_NODES];
    raw_edge edge[MOST_EDGES];
    char nodes[TEXT];
    char edges[TEXT];
} raw_network;

static inline bool is_better(way a, way b)
{
    return a.ms != b.ms ? a.ms < b.ms : a.dm < b.dm;
}

static inline way behind(way a, way b)
{
    const way sum = {a.ms + b.ms, a.dm + b.dm};
    return sum;
}

/* Degrees with seven decimals, as a table has them. */
static inline double random_degrees(rn_rng *rng, double from, double wide)
{
    const int64_t units =
        (int64_t)((from + wide * rn_rng_unit(rng)) * 1e7 + 0.5);
    return (double)units / 1e7;
}

static inline void raw_network_print(raw_network *net)
{
    int at = snprintf(net->nodes, TEXT, "node,lat,lon\n");
    for (int v = 0; v < net->n_nodes; v++) {
        at += snprintf(net->nodes + at, (size_t)(TEXT - at), "%d,%.7f,%.7f\n",
                       100 + 7 * v, net->lat[v], net->lon[v]);
    }
    at = snprintf(net->edges, TEXT, "from,to,length_m,seconds\n");
    for (int e = 0; e < net->n_edges; e++) {
        const raw_edge *const edge = &net->edge[e];
        at += snprintf(net->edges + at, (size_t)(TEXT - at),
                       "%d,%d,%d.%d,%d.%03d\n", 100 + 7 * edge->from,
                       100 + 7 * edge->to, (int)(edge->way.dm / 10),
                       (int)(edge->way.dm % 10), (int)(edge->way.ms / 1000),
                       (int)(edge->way.ms % 1000));
    }
}

/* Times are drawn from few values, so that there are ties to break. */
static inline void raw_network_random(raw_network *net, uint64_t seed)
{
    rn_rng rng;
    rn_rng_init(&rng, seed, 0);
    net->n_nodes = 2 + (int)rn_rng_below(&rng, MOST_NODES - 1);
    net->n_edges = 1 + (int)rn_rng_below(&rng, (uint32_t)net->n_nodes * 4 - 1);
    for (int v = 0; v < net->n_nodes; v++) {
        net->lat[v] = random_degrees(&rng, 60.0, 0.02);
        net->lon[v] = random_degrees(&rng, 11.0, 0.04);
    }
    const uint32_t values = rn_rng_below(&rng, 2) == 0 ? 5 : 100000;
    for (int e = 0; e < net->n_edges; e++) {
        raw_edge *const edge = &net->edge[e];
        edge->from = (int)rn_rng_below(&rng, (uint32_t)net->n_nodes);
        edge->to = (int)rn_rng_below(&rng, (uint32_t)net->n_nodes);
        edge->way.ms = rn_rng_below(&rng, values);
        edge->way.dm = rn_rng_below(&rng, values);
        if (e > 0 && rn_rng_below(&rng, 2) == 0) {
            const bool same = rn_rng_below(&rng, 4) == 0;
            edge->from = same ? edge[-1].from : edge[-1].to;
            edge->to = same ? edge[-1].to : edge[-1].from;
        }
    }
    raw_network_print(net);
}

/* Floyd and Warshall over n points; ways[i * n + j]. */
static inline void close_ways(way *ways, int n)
{
    for (int k = 0; k < n; k++) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                const way over = behind(ways[i * n + k], ways[k * n + j]);
                if (is_better(over, ways[i * n + j])) {
                    ways[i * n + j] = over;
                }
            }
        }
    }
}

static inline void no_ways(way *ways, int n)
{
    const way none = {NO_WAY, 0};
    const way nothing = {0, 0};
    for (int i = 0; i < n * n; i++) {
        ways[i] = i % (n + 1) == 0 ? nothing : none;
    }
}

static inline void add_way(way *ways, int n, int from, int to, way by)
{
    if (is_better(by, ways[from * n + to])) {
        ways[from * n + to] = by;
    }
}

static inline runde_network *raw_network_read(const raw_network *net)
{
    runde_network *network = NULL;
    const runde_status status =
        runde_network_read(&network, net->nodes, strlen(net->nodes), net->edges,
                           strlen(net->edges), NULL);
    return status == RUNDE_OK ? network : NULL;
}

#endif
