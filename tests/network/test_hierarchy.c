/* SPDX-License-Identifier: MIT */
/* Every way that a network announces is the quickest one, and the shortest of
 * those: against Floyd and Warshall on random networks. */
#include "harness.h"
#include "random_network.h"

#include <math.h>

enum { PROBLEMS = 400, MOST_POINTS = MOST_NODES + 20 };

static raw_network net;
static way ways[MOST_POINTS * MOST_POINTS];
static runde_place places[MOST_POINTS];

static void place_at(int p, double lat, double lon)
{
    const runde_place one = {sizeof one, "x", true, lat, lon};
    places[p] = one;
}

static runde_network_travel *ask(const runde_network *network, int n,
                                 int n_threads)
{
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.tick_ms = 1;
    options.gaps = RUNDE_GAP_FORBID;
    options.snap_limit_m = 50000.0;
    options.n_threads = n_threads;
    runde_network_travel *travel = NULL;
    CU_ASSERT_EQUAL(
        runde_network_matrix(&travel, network, places, n, &options, NULL),
        RUNDE_OK);
    return travel;
}

/* Places at the nodes that have an edge: exact, to the unit. */
static void test_nodes(void)
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        raw_network_random(&net, seed);
        const int n = net.n_nodes;
        no_ways(ways, n);
        bool touched[MOST_NODES] = {false};
        for (int e = 0; e < net.n_edges; e++) {
            const raw_edge *const edge = &net.edge[e];
            add_way(ways, n, edge->from, edge->to, edge->way);
            touched[edge->from] = true;
            touched[edge->to] = true;
        }
        close_ways(ways, n);
        runde_network *const network = raw_network_read(&net);
        CU_ASSERT_PTR_NOT_NULL_FATAL(network);
        for (int v = 0; v < n; v++) {
            place_at(v, net.lat[v], net.lon[v]);
        }
        runde_network_travel *const travel = ask(network, n, 1);
        const runde_matrix *const m = runde_network_travel_matrix(travel);
        for (int i = 0; i < n * n; i++) {
            if (!touched[i / n] || !touched[i % n]) {
                continue;
            }
            const way w = ways[i];
            const bool none = w.ms >= NO_WAY;
            const int64_t ms = none ? RUNDE_UNREACHABLE : w.ms;
            const int64_t metres = none ? RUNDE_UNREACHABLE : (w.dm + 5) / 10;
            CU_ASSERT_EQUAL(m->durations[i], ms);
            CU_ASSERT_EQUAL(m->distances[i], metres);
            compared++;
        }
        runde_network_travel_free(travel);
        runde_network_free(network);
    }
    CU_ASSERT_TRUE(compared > 10000);
}

/* --------------------------------------------- places between the nodes */

#define DEGREE (3.14159265358979323846 / 180.0 * 6371008.8)

/* The nearest point of all edges; its distance in metres. */
static double foot_of(double lat, double lon, int *from, int *to, double *along)
{
    double best = INFINITY;
    const double across = DEGREE * cos(lat / 180.0 * 3.14159265358979323846);
    for (int e = 0; e < net.n_edges; e++) {
        const int a = net.edge[e].from;
        const int b = net.edge[e].to;
        const double x = (net.lon[a] - lon) * across;
        const double y = (net.lat[a] - lat) * DEGREE;
        const double dx = (net.lon[b] - net.lon[a]) * across;
        const double dy = (net.lat[b] - net.lat[a]) * DEGREE;
        const double t = a == b ? 0.0
                                : fmin(1.0, fmax(0.0, -(x * dx + y * dy) /
                                                          (dx * dx + dy * dy)));
        const double distance = hypot(x + t * dx, y + t * dy);
        if (distance < best - 1e-6) {
            best = distance;
            *from = a;
            *to = b;
            *along = t;
        }
    }
    return best;
}

static way part(way whole, double share)
{
    const way some = {(int64_t)((double)whole.ms * share + 0.5),
                      (int64_t)((double)whole.dm * share + 0.5)};
    return some;
}

/* Puts place p, point number `point`, between the ends of its road; edges of
 * both directions are cut. Places on one road are joined directly. */
static void cut_in(int n, int point, int from, int to, double along,
                   const int (*ends)[2], const double *alongs, int p)
{
    for (int e = 0; e < net.n_edges; e++) {
        const raw_edge *const edge = &net.edge[e];
        const bool forth = edge->from == from && edge->to == to;
        const bool back = edge->from == to && edge->to == from && from != to;
        if (!forth && !back) {
            continue;
        }
        const double at = forth ? along : 1.0 - along;
        add_way(ways, n, edge->from, point, part(edge->way, at));
        add_way(ways, n, point, edge->to, part(edge->way, 1.0 - at));
        for (int q = 0; q < p; q++) {
            const bool same = ends[q][0] == from && ends[q][1] == to;
            const bool turned = ends[q][0] == to && ends[q][1] == from;
            if (!same && !turned) {
                continue;
            }
            const double given = same ? alongs[q] : 1.0 - alongs[q];
            const double other = forth ? given : 1.0 - given;
            const int low = at <= other ? point : net.n_nodes + q;
            const int high = at <= other ? net.n_nodes + q : point;
            add_way(ways, n, low, high, part(edge->way, fabs(at - other)));
            if (at == other) {
                add_way(ways, n, high, low, part(edge->way, 0.0));
            }
        }
    }
    if (along <= 0.0 || along >= 1.0) {
        const int node = along <= 0.0 ? from : to;
        add_way(ways, n, node, point, part(net.edge[0].way, 0.0));
        add_way(ways, n, point, node, part(net.edge[0].way, 0.0));
    }
}

enum { FEW = 12 };

static void compare(const runde_matrix *m, int n, const double *offset,
                    int *compared)
{
    for (int i = 0; i < FEW * FEW; i++) {
        const int p = i / FEW;
        const int q = i % FEW;
        const way w = ways[(net.n_nodes + p) * n + net.n_nodes + q];
        const double drive = (offset[p] + offset[q]) / 20.0 * 3600.0;
        if (p == q) {
            CU_ASSERT_EQUAL(m->durations[i], 0);
        } else if (w.ms >= NO_WAY) {
            CU_ASSERT_EQUAL(m->durations[i], RUNDE_UNREACHABLE);
        } else {
            /* thousandths are rounded at each cut; the plane is one of two */
            CU_ASSERT_DOUBLE_EQUAL(m->durations[i], (double)w.ms + drive,
                                   6.0 + drive * 2e-3);
            (*compared)++;
        }
    }
}

/* Places anywhere: they go to the nearest point of an edge, in the direction
 * it may be driven. */
static void test_between(void)
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        raw_network_random(&net, seed);
        rn_rng rng;
        rn_rng_init(&rng, seed, 1);
        const int n = net.n_nodes + FEW;
        int ends[FEW][2];
        double alongs[FEW];
        double offset[FEW];
        no_ways(ways, n);
        for (int e = 0; e < net.n_edges; e++) {
            add_way(ways, n, net.edge[e].from, net.edge[e].to, net.edge[e].way);
        }
        for (int p = 0; p < FEW; p++) {
            place_at(p, random_degrees(&rng, 60.0, 0.02),
                     random_degrees(&rng, 11.0, 0.04));
            offset[p] = foot_of(places[p].lat, places[p].lon, &ends[p][0],
                                &ends[p][1], &alongs[p]);
            cut_in(n, net.n_nodes + p, ends[p][0], ends[p][1], alongs[p],
                   (const int(*)[2])ends, alongs, p);
        }
        close_ways(ways, n);
        runde_network *const network = raw_network_read(&net);
        CU_ASSERT_PTR_NOT_NULL_FATAL(network);
        runde_network_travel *const travel = ask(network, FEW, 1);
        compare(runde_network_travel_matrix(travel), n, offset, &compared);
        runde_network_travel_free(travel);
        runde_network_free(network);
    }
    CU_ASSERT_TRUE(compared > 1000);
}

/* The number of threads is of no consequence. */
static void test_threads(void)
{
    raw_network_random(&net, 7);
    rn_rng rng;
    rn_rng_init(&rng, 7, 1);
    for (int p = 0; p < MOST_POINTS; p++) {
        place_at(p, random_degrees(&rng, 60.0, 0.02),
                 random_degrees(&rng, 11.0, 0.04));
    }
    runde_network *const network = raw_network_read(&net);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    runde_network_travel *const one = ask(network, MOST_POINTS, 1);
    const runde_matrix *const a = runde_network_travel_matrix(one);
    for (int threads = 2; threads <= 32; threads *= 2) {
        runde_network_travel *const more = ask(network, MOST_POINTS, threads);
        const runde_matrix *const b = runde_network_travel_matrix(more);
        const size_t bytes =
            (size_t)MOST_POINTS * MOST_POINTS * sizeof *a->durations;
        CU_ASSERT_EQUAL(memcmp(a->durations, b->durations, bytes), 0);
        CU_ASSERT_EQUAL(memcmp(a->distances, b->distances, bytes), 0);
        runde_network_travel_free(more);
    }
    runde_network_travel_free(one);
    runde_network_free(network);
}

int main(void)
{
    RN_RUN("hierarchy", RN_TEST(test_nodes), RN_TEST(test_between),
           RN_TEST(test_threads));
}
