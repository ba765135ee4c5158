/* SPDX-License-Identifier: MIT */
/* The nearest road by boxes is the nearest of all. */
#include "harness.h"
#include "network/nearest.h"
#include "random_network.h"

#include <math.h>

enum { NETWORKS = 60, ASKED = 200 };

static raw_network net;

/* Metres to a road, by turning the place's surroundings into a plane. */
static double distance(const runde_network *network, int32_t road, double lat,
                       double lon)
{
    const double degree = 3.14159265358979323846 / 180.0 * 6371008.8;
    const double across = degree * cos(lat / 180.0 * 3.14159265358979323846);
    const int32_t a = network->roads[road].end[0];
    const int32_t b = network->roads[road].end[1];
    const double x = (network->lon[a] - lon) * across;
    const double y = (network->lat[a] - lat) * degree;
    const double dx = (network->lon[b] - network->lon[a]) * across;
    const double dy = (network->lat[b] - network->lat[a]) * degree;
    const double square = dx * dx + dy * dy;
    double t = square > 0.0 ? -(x * dx + y * dy) / square : 0.0;
    t = fmin(1.0, fmax(0.0, t));
    return hypot(x + t * dx, y + t * dy);
}

static void ask(const runde_network *network, const rn_span (*lane)[2],
                rn_rng *rng)
{
    /* some of the places are far outside */
    const double wide = rn_rng_below(rng, 4) == 0 ? 2.0 : 0.02;
    const double lat = random_degrees(rng, 60.0, wide);
    const double lon = random_degrees(rng, 11.0, 2.0 * wide);
    const rn_foot foot = rn_nearest(network, lane, lat, lon);
    double least = INFINITY;
    for (int32_t r = 0; r < network->n_roads; r++) {
        if (lane[r][0] < RN_SPAN_NONE || lane[r][1] < RN_SPAN_NONE) {
            least = fmin(least, distance(network, r, lat, lon));
        }
    }
    if (isinf(least)) {
        CU_ASSERT_EQUAL(foot.road, RUNDE_NONE);
        return;
    }
    CU_ASSERT_TRUE_FATAL(foot.road >= 0 && foot.road < network->n_roads);
    CU_ASSERT_DOUBLE_EQUAL(distance(network, foot.road, lat, lon), least,
                           1e-5 * least + 1e-6);
    CU_ASSERT_TRUE(foot.along >= 0.0 && foot.along <= 1.0);
    /* a plane stands in for the sphere: near is exact, far is not */
    CU_ASSERT_DOUBLE_EQUAL(foot.metres, least, 0.05 * least + 0.01);
    if (least < 1000.0) {
        CU_ASSERT_DOUBLE_EQUAL(foot.metres, least, 1e-3 * least + 0.01);
    }
}

static void test_nearest(void)
{
    static rn_span lane[MOST_EDGES][2];
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        raw_network_random(&net, seed);
        runde_network *const network = raw_network_read(&net);
        CU_ASSERT_PTR_NOT_NULL_FATAL(network);
        rn_rng rng;
        rn_rng_init(&rng, seed, 2);
        for (int32_t r = 0; r < network->n_roads; r++) {
            const bool closed = rn_rng_below(&rng, 3) == 0;
            lane[r][0] = closed ? RN_SPAN_NONE : 1;
            lane[r][1] = RN_SPAN_NONE;
        }
        for (int i = 0; i < ASKED; i++) {
            ask(network, (const rn_span(*)[2])lane, &rng);
        }
        runde_network_free(network);
    }
}

int main(void)
{
    RN_RUN("nearest", RN_TEST(test_nearest));
}
