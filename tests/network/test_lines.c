/* SPDX-License-Identifier: MIT */
/* Lines on a map: they go along edges, and take as long as the matrix says. */
#include "base/faults.h"
#include "harness.h"
#include "random_network.h"

enum { PROBLEMS = 150, ASKED = MOST_NODES + 8 };

static raw_network net;
static runde_place places[ASKED];
static runde_network_leg legs[ASKED * ASKED];

static int all_legs(int n)
{
    for (int i = 0; i < n * n; i++) {
        const runde_network_leg leg = {&places[i / n], &places[i % n]};
        legs[i] = leg;
    }
    return n * n;
}

static void options_for(runde_network_options *out)
{
    const runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    *out = options;
    out->tick_ms = 1;
    out->gaps = RUNDE_GAP_FORBID;
    out->snap_limit_m = 50000.0;
}

static int node_at(const runde_network_point *point)
{
    for (int v = 0; v < net.n_nodes; v++) {
        if (net.lat[v] == point->lat && net.lon[v] == point->lon) {
            return v;
        }
    }
    return -1;
}

static way best_edge(int from, int to)
{
    way best = {NO_WAY, 0};
    for (int e = 0; e < net.n_edges; e++) {
        const raw_edge *const edge = &net.edge[e];
        if (edge->from == from && edge->to == to &&
            is_better(edge->way, best)) {
            best = edge->way;
        }
    }
    return best;
}

/* What the edges between the points add up to. */
static way along(const runde_network_point *points, int n)
{
    way all = {0, 0};
    for (int i = 0; i + 1 < n; i++) {
        all = behind(all,
                     best_edge(node_at(&points[i]), node_at(&points[i + 1])));
    }
    return all;
}

/* Places at nodes: every line can be driven, in the time of the matrix. */
static void test_nodes(void)
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        raw_network_random(&net, seed);
        int n = 0;
        for (int v = 0; v < net.n_nodes; v++) {
            bool touched = false;
            for (int e = 0; e < net.n_edges; e++) {
                touched |= net.edge[e].from == v || net.edge[e].to == v;
            }
            const runde_place one = {sizeof one, "x", true, net.lat[v],
                                     net.lon[v]};
            places[n] = one;
            n += touched;
        }
        runde_network_options options;
        options_for(&options);
        runde_network *const network = raw_network_read(&net);
        CU_ASSERT_PTR_NOT_NULL_FATAL(network);
        runde_network_travel *travel = NULL;
        runde_network_lines *lines = NULL;
        CU_ASSERT_EQUAL_FATAL(
            runde_network_matrix(&travel, network, places, n, &options, NULL),
            RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(
            runde_network_draw(&lines, network, legs, all_legs(n), &options),
            RUNDE_OK);
        const runde_matrix *const m = runde_network_travel_matrix(travel);
        for (int i = 0; i < n * n; i++) {
            int32_t length = -1;
            const runde_network_point *const points =
                runde_network_lines_points(lines, i, &length);
            CU_ASSERT_EQUAL(length == 0, m->durations[i] < 0);
            if (length > 0) {
                const way all = along(points, length);
                CU_ASSERT_EQUAL(all.ms, m->durations[i]);
                CU_ASSERT_EQUAL((all.dm + 5) / 10, m->distances[i]);
                CU_ASSERT_EQUAL(points[0].lat, places[i / n].lat);
                CU_ASSERT_EQUAL(points[length - 1].lon, places[i % n].lon);
                compared += length > 2;
            }
        }
        runde_network_lines_free(lines);
        runde_network_travel_free(travel);
        runde_network_free(network);
    }
    CU_ASSERT_TRUE(compared > 10000);
}

/* Places anywhere: a line where the matrix has a leg, from the one to the
 * other. */
static void test_between(void)
{
    enum { FEW = 8 };
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        raw_network_random(&net, seed);
        rn_rng rng;
        rn_rng_init(&rng, seed, 1);
        for (int p = 0; p < FEW; p++) {
            const runde_place one = {sizeof one, "x", true,
                                     random_degrees(&rng, 60.0, 0.02),
                                     random_degrees(&rng, 11.0, 0.04)};
            places[p] = one;
        }
        runde_network_options options;
        options_for(&options);
        runde_network *const network = raw_network_read(&net);
        CU_ASSERT_PTR_NOT_NULL_FATAL(network);
        runde_network_travel *travel = NULL;
        runde_network_lines *lines = NULL;
        CU_ASSERT_EQUAL_FATAL(
            runde_network_matrix(&travel, network, places, FEW, &options, NULL),
            RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(
            runde_network_draw(&lines, network, legs, all_legs(FEW), &options),
            RUNDE_OK);
        const runde_matrix *const m = runde_network_travel_matrix(travel);
        for (int i = 0; i < FEW * FEW; i++) {
            int32_t length = -1;
            const runde_network_point *const points =
                runde_network_lines_points(lines, i, &length);
            CU_ASSERT_EQUAL(length == 0, m->durations[i] < 0);
            if (i / FEW == i % FEW) {
                CU_ASSERT_EQUAL(length, 1);
            }
            if (length > 0) {
                CU_ASSERT_EQUAL(points[0].lon, places[i / FEW].lon);
                CU_ASSERT_EQUAL(points[length - 1].lat, places[i % FEW].lat);
            }
        }
        runde_network_lines_free(lines);
        runde_network_travel_free(travel);
        runde_network_free(network);
    }
}

static void test_arguments(void)
{
    raw_network_random(&net, 3);
    runde_network *const network = raw_network_read(&net);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    const runde_place unknown = RUNDE_PLACE_INIT;
    const runde_place wrong = {3, "x", true, 60.0, 11.0};
    runde_network_leg leg = {&unknown, &unknown};
    runde_network_lines *lines = NULL;
    int32_t n = -1;
    CU_ASSERT_EQUAL_FATAL(runde_network_draw(&lines, network, &leg, 1, NULL),
                          RUNDE_OK);
    CU_ASSERT_PTR_NULL(runde_network_lines_points(lines, 0, &n));
    CU_ASSERT_EQUAL(n, 0);
    CU_ASSERT_PTR_NULL(runde_network_lines_points(lines, 1, NULL));
    CU_ASSERT_PTR_NULL(runde_network_lines_points(NULL, 0, &n));
    runde_network_lines_free(lines);
    runde_network_lines_free(NULL);
    leg.to = &wrong;
    CU_ASSERT_EQUAL(runde_network_draw(&lines, network, &leg, 1, NULL),
                    RUNDE_E_ARGUMENT);
    leg.to = NULL;
    CU_ASSERT_EQUAL(runde_network_draw(&lines, network, &leg, 1, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_network_draw(&lines, network, NULL, 1, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_network_draw(&lines, NULL, &leg, 1, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_network_draw(NULL, network, &leg, 1, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_network_draw(&lines, network, &leg, -1, NULL),
                    RUNDE_E_ARGUMENT);
    runde_network_free(network);
}

static void test_memory(void)
{
    raw_network_random(&net, 3);
    runde_network *const network = raw_network_read(&net);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    for (int p = 0; p < 8; p++) {
        const runde_place one = {sizeof one, "x", true, net.lat[p], net.lon[p]};
        places[p] = one;
    }
    const int n = all_legs(8);
    runde_network_options options;
    options_for(&options);
    bool refused = true;
    for (long k = 0; refused; k++) {
        runde_network_lines *lines = NULL;
        rn_faults_begin(k);
        const runde_status status =
            runde_network_draw(&lines, network, legs, n, &options);
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(lines == NULL, refused);
        runde_network_lines_free(lines);
    }
    runde_network_free(network);
}

int main(void)
{
    RN_RUN("lines", RN_TEST(test_nodes), RN_TEST(test_between),
           RN_TEST(test_arguments), RN_TEST(test_memory));
}
