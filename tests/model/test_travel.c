/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/rng.h"
#include "model/travel.h"
#include "small.h"

#include <math.h>

#define PI 3.14159265358979323846
#define RADIUS 6371008.8

static runde_place place_at(double lat, double lon)
{
    const runde_place place = {sizeof place, "p", true, lat, lon};
    return place;
}

/* The haversine of the textbooks. */
static double haversine(const runde_place *a, const runde_place *b)
{
    const double rad = PI / 180.0;
    const double u = sin((b->lat - a->lat) * rad / 2.0);
    const double v = sin((b->lon - a->lon) * rad / 2.0);
    const double h = u * u + cos(a->lat * rad) * cos(b->lat * rad) * v * v;
    return 2.0 * RADIUS * asin(sqrt(h > 1.0 ? 1.0 : h));
}

static void test_metres_as_haversine(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 7, 0);
    for (int i = 0; i < 20000; i++) {
        const double spread = i % 2 == 0 ? 0.05 : 180.0;
        const runde_place a =
            place_at(fmin(90.0, 60.0 * rn_rng_unit(&rng) + 20.0),
                     20.0 * rn_rng_unit(&rng));
        const runde_place b =
            place_at(fmax(-90.0, a.lat - 0.5 * spread * rn_rng_unit(&rng)),
                     fmin(180.0, a.lon + spread * rn_rng_unit(&rng)));
        const rn_point p = rn_travel_point(&a);
        const rn_point q = rn_travel_point(&b);
        const double want = haversine(&a, &b);
        CU_ASSERT_DOUBLE_EQUAL(rn_travel_metres(&p, &q), want,
                               1e-6 + want * 1e-8);
    }
    const runde_place north = place_at(90.0, 0.0);
    const runde_place south = place_at(-90.0, 0.0);
    const rn_point p = rn_travel_point(&north);
    const rn_point q = rn_travel_point(&south);
    CU_ASSERT_DOUBLE_EQUAL(rn_travel_metres(&p, &q), PI * RADIUS, 1.0);
}

static void test_known_values(void)
{
    runde_speed_model model;
    int32_t duration = 0;
    int32_t distance = 0;
    CU_ASSERT_TRUE(rn_travel_default_model(&model, "walk"));
    const rn_bands walk = rn_travel_bands(&model, 1000);
    rn_travel_by_bands(&walk, 1000.0, &duration, &distance);
    CU_ASSERT_EQUAL(duration, 30 + 975);
    CU_ASSERT_EQUAL(distance, 1300);
    CU_ASSERT_TRUE(rn_travel_default_model(&model, "car"));
    const rn_bands car = rn_travel_bands(&model, 60000);
    rn_travel_by_bands(&car, 20000.0, &duration, &distance);
    /* 1.5 min + 28 km at 58 km/h = 30.47 min */
    CU_ASSERT_EQUAL(duration, 30);
    CU_ASSERT_EQUAL(distance, 28000);
    CU_ASSERT_FALSE(rn_travel_default_model(&model, "boat"));
}

static void test_time_never_falls_with_distance(void)
{
    runde_speed_model model;
    CU_ASSERT_TRUE(rn_travel_default_model(&model, "car"));
    const rn_bands bands = rn_travel_bands(&model, 100);
    int32_t last_duration = 0;
    int32_t last_distance = 0;
    for (int metres = 1; metres < 30000; metres++) {
        int32_t duration = 0;
        int32_t distance = 0;
        rn_travel_by_bands(&bands, metres, &duration, &distance);
        CU_ASSERT_TRUE_FATAL(duration >= last_duration);
        CU_ASSERT_TRUE_FATAL(distance >= last_distance);
        last_duration = duration;
        last_distance = distance;
    }
}

static void test_more_than_a_day_is_no_road(void)
{
    runde_speed_model model;
    int32_t duration = 0;
    int32_t distance = 0;
    CU_ASSERT_TRUE(rn_travel_default_model(&model, "walk"));
    const rn_bands bands = rn_travel_bands(&model, 1);
    rn_travel_by_bands(&bands, 500000.0, &duration, &distance);
    CU_ASSERT_EQUAL(duration, RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(distance, RUNDE_UNREACHABLE);
}

/* A problem of `n` places and one shift by mode 0 of two. */
static runde_problem *many_places(int32_t n, const char *mode)
{
    runde_problem *problem = NULL;
    rn_rng rng;
    rn_rng_init(&rng, (uint64_t)n, 1);
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    carer.id = "c";
    shift.id = "s";
    shift.carer = 0;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(problem, mode, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(problem, "bus", NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_carer(problem, &carer, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_shift(problem, &shift, NULL), RUNDE_OK);
    for (int32_t p = 0; p < n; p++) {
        char id[16];
        runde_place place = place_at(60.0 + 0.3 * rn_rng_unit(&rng),
                                     11.0 + 0.6 * rn_rng_unit(&rng));
        if (p % 10 == 9) {
            place = *runde_problem_place(problem, p - 1);
        }
        snprintf(id, sizeof id, "p%d", (int)p);
        place.id = id;
        CU_ASSERT_EQUAL(runde_problem_add_place(problem, &place, NULL),
                        RUNDE_OK);
    }
    return problem;
}

static void compare(const rn_travel *matrix, int32_t n)
{
    rn_travel legs = *matrix;
    CU_ASSERT_PTR_NOT_NULL_FATAL(matrix->durations);
    legs.durations = NULL;
    for (int32_t from = 0; from < n; from++) {
        for (int32_t to = 0; to < n; to++) {
            int32_t a[2];
            int32_t b[2];
            rn_travel_leg(matrix, from, to, &a[0], &a[1]);
            rn_travel_leg(&legs, from, to, &b[0], &b[1]);
            CU_ASSERT_EQUAL_FATAL(a[0], b[0]);
            CU_ASSERT_EQUAL_FATAL(a[1], b[1]);
        }
    }
}

static void expect_leg(const runde_problem *problem, int32_t from, int32_t to,
                       int32_t want)
{
    int32_t duration = 0;
    int32_t distance = 0;
    runde_problem_travel(problem, 0, from, to, &duration, &distance);
    CU_ASSERT_EQUAL(duration, want);
    CU_ASSERT_EQUAL(distance < 0, want < 0);
}

/* The same mode once as matrix, once leg by leg. */
static void test_matrix_equals_legs(void)
{
    static const char *const modes[] = {"car", "bicycle", "walk"};
    enum { N = 150 };
    for (size_t m = 0; m < 3; m++) {
        runde_problem *const problem = many_places(N, modes[m]);
        for (int32_t i = 0; i < 40; i++) {
            CU_ASSERT_EQUAL(runde_problem_set_leg(problem, 0, i, (i * 7) % N,
                                                  i % 5 == 0 ? -1 : i, i),
                            RUNDE_OK);
        }
        CU_ASSERT_EQUAL(runde_problem_set_leg(problem, 0, 3, 21, 99, 98),
                        RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(runde_problem_seal(problem, NULL), RUNDE_OK);
        compare(rn_problem_travel(problem, 0), N);
        expect_leg(problem, 3, 21, 99); /* the later of two settings */
        expect_leg(problem, 5, 35, RUNDE_UNREACHABLE);
        expect_leg(problem, 108, 109, 0); /* equal coordinates */
        expect_leg(problem, 60, 60, 0);
        int32_t got[2];
        runde_problem_travel(problem, 1, 0, 1, &got[0], &got[1]);
        CU_ASSERT_EQUAL(got[0], RUNDE_UNREACHABLE); /* no such roads */
        runde_problem_free(problem);
    }
}

static void test_large_models_stay_legs(void)
{
    runde_problem *const problem = many_places(6000, "car");
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(problem, NULL), RUNDE_OK);
    const rn_travel *const travel = rn_problem_travel(problem, 0);
    CU_ASSERT_PTR_NULL(travel->durations);
    int32_t there[2];
    int32_t back[2];
    runde_problem_travel(problem, 0, 17, 5001, &there[0], &there[1]);
    runde_problem_travel(problem, 0, 5001, 17, &back[0], &back[1]);
    CU_ASSERT_TRUE(there[0] > 90);
    CU_ASSERT_EQUAL(there[0], back[0]);
    CU_ASSERT_EQUAL(there[1], back[1]);
    runde_problem_free(problem);
}

/* A given matrix stays as given beside its overrides. */
static void test_given_matrix_and_overrides(void)
{
    static const int32_t cells[4] = {0, 50, 60, 0};
    const runde_matrix matrix = {sizeof matrix, 2, cells, NULL};
    runde_problem *const problem = many_places(2, "car");
    CU_ASSERT_EQUAL(runde_problem_set_matrix(problem, 0, &matrix), RUNDE_OK);
    CU_ASSERT_PTR_NULL(runde_problem_speed_model(problem, 0));
    CU_ASSERT_EQUAL(runde_problem_set_leg(problem, 0, 0, 1, 40, 700), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(problem, NULL), RUNDE_OK);
    int32_t got[2];
    int32_t leg[4];
    runde_problem_travel(problem, 0, 0, 1, &got[0], &got[1]);
    CU_ASSERT_EQUAL(got[0], 40);
    CU_ASSERT_EQUAL(got[1], 700);
    runde_problem_travel(problem, 0, 1, 0, &got[0], &got[1]);
    CU_ASSERT_EQUAL(got[0], 60);
    CU_ASSERT_EQUAL(got[1], 0);
    CU_ASSERT_EQUAL(runde_problem_matrix(problem, 0)->durations[1], 50);
    CU_ASSERT_TRUE(runde_problem_leg(problem, 0, 0, leg));
    CU_ASSERT_EQUAL(leg[3], 700);
    CU_ASSERT_FALSE(runde_problem_leg(problem, 0, 1, leg));
    runde_problem_free(problem);
}

static void test_taken_matrix_is_not_copied(void)
{
    runde_problem *const problem = many_places(2, "car");
    int32_t *const cells = calloc(4, sizeof *cells);
    CU_ASSERT_PTR_NOT_NULL_FATAL(cells);
    CU_ASSERT_EQUAL(runde_problem_take_matrix(problem, 0, 2, cells, NULL),
                    RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, NULL), RUNDE_OK);
    CU_ASSERT_PTR_EQUAL(rn_problem_travel(problem, 0)->durations, cells);
    CU_ASSERT_PTR_NULL(rn_problem_travel(problem, 0)->distances);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN(
        "travel", RN_TEST(test_metres_as_haversine), RN_TEST(test_known_values),
        RN_TEST(test_time_never_falls_with_distance),
        RN_TEST(test_more_than_a_day_is_no_road),
        RN_TEST(test_matrix_equals_legs), RN_TEST(test_large_models_stay_legs),
        RN_TEST(test_given_matrix_and_overrides),
        RN_TEST(test_taken_matrix_is_not_copied));
}
