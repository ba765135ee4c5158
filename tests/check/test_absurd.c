/* SPDX-License-Identifier: MIT */
/* Drafts that no one would write: the checker says something about each and
 * never falls over. Run with sanitizers this is the test of its arithmetic. */
#include "scene.h"

#include "base/alloc.h"
#include "base/rng.h"

static scene sc;

static int32_t extreme(rn_rng *rng)
{
    static const int32_t values[] = {INT32_MIN, INT32_MAX, -1,    0,
                                     1,         1440,      -1440, 100000};
    const uint32_t n = sizeof values / sizeof values[0];
    const uint32_t i = rn_rng_below(rng, n + 1);
    return i < n ? values[i] : (int32_t)rn_rng_u32(rng);
}

/* RUNDE_TIME_NONE is no number: a draft with it is not checked. */
static int32_t extreme_time(rn_rng *rng)
{
    const int32_t time = extreme(rng);
    return time == RUNDE_TIME_NONE ? -INT32_MAX : time;
}

static void scramble(runde_stop *stop, rn_rng *rng)
{
    stop->part = extreme(rng);
    stop->place = (int32_t)rn_rng_below(rng, SCENE_PLACES + 1) - 1;
    stop->travel = extreme(rng);
    stop->distance = extreme(rng);
    stop->arrival = extreme_time(rng);
    stop->waiting = extreme(rng);
    stop->setup = extreme(rng);
    stop->start = extreme_time(rng);
    stop->departure = extreme_time(rng);
}

static void test_extreme_numbers(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 7, 0);
    for (int32_t i = 0; i < 2000; i++) {
        scene_init(&sc);
        for (int32_t r = 0; r < sc.n_routes; r++) {
            sc.routes[r].begin = extreme_time(&rng);
            sc.routes[r].end = extreme_time(&rng);
            sc.routes[r].travel_home = extreme(&rng);
            sc.routes[r].distance_home = extreme(&rng);
            for (int32_t k = 0; k < sc.routes[r].n_stops; k++) {
                scramble(&sc.stops[r][k], &rng);
            }
        }
        for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
            sc.cost.amount[x] = extreme(&rng) * INT64_C(4294967296);
            sc.cost.cost[x] = INT64_MIN;
        }
        if (scene_count(&sc, NULL) <= 0) {
            CU_FAIL("a scrambled plan passed");
        }
    }
}

/* A plan of 100,000 stops of three kinds on one shift. */
static void test_very_long_route(void)
{
    enum { N = 100000 };
    scene_init(&sc);
    runde_problem *const problem = scene_problem(&sc);
    runde_stop *const stops = calloc(N, sizeof *stops);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(stops);
    for (int32_t i = 0; i < N; i++) {
        stops[i] = sc.stops[0][i % 50 == 0 ? 0 : 2]; /* v0 and breaks */
    }
    runde_route route = {0, 490, 771, 11, 1100, N, stops, false};
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL(runde_plan_new(&plan, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_add_route(plan, &route), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    runde_report *report = NULL;
    CU_ASSERT_EQUAL(runde_check(&report, problem, plan), RUNDE_OK);
    const int32_t n = runde_report_n_violations(report);
    CU_ASSERT_EQUAL(n, 10001);
    const runde_violation *const last = runde_report_violation(report, n - 1);
    CU_ASSERT_STRING_EQUAL(last->rule, "more");
    CU_ASSERT_EQUAL(last->expected, 10000);
    CU_ASSERT(last->found > 100000);
    runde_report_free(report);
    runde_plan_free(plan);
    runde_problem_free(problem);
    free(stops);
}

static void test_empty_plan(void)
{
    scene_init(&sc);
    sc.n_routes = 0;
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    for (int32_t v = 0; v < SCENE_VISITS; v++) {
        sc.unserved[v] = (runde_unserved){v, 0, NULL};
    }
    sc.n_unserved = SCENE_VISITS;
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    CU_ASSERT_EQUAL(runde_report_n_violations(report), 0);
    const runde_cost *const cost = runde_report_cost(report);
    CU_ASSERT_EQUAL(cost->left_out, 60); /* 4 times 10, and 20 */
    /* s0 and s3 less their breaks */
    CU_ASSERT_EQUAL(cost->amount[RUNDE_IDLE], 380 + 420 + 420 + 400);
    const runde_kpis *const kpis = runde_report_kpis(report);
    CU_ASSERT_EQUAL(kpis->on_time_share, 1000);
    CU_ASSERT_EQUAL(kpis->travel_share, 0);
    CU_ASSERT_EQUAL(kpis->carers_per_client, 0);
    CU_ASSERT_EQUAL(kpis->left_out_by_priority[10], 4);
    runde_report_free(report);
}

static void test_nothing_at_all(void)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_new(&plan, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_check(&report, problem, plan), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_report_n_violations(report), 0);
    runde_report_free(report);
    runde_plan_free(plan);
    runde_problem_free(problem);
    runde_report_free(NULL);
}

/* Ids may be long and in any script; a message is cut between characters. */
static void test_long_ids(void)
{
    char id[252];
    scene_init(&sc);
    for (size_t i = 0; i + 1 < sizeof id; i += 2) {
        id[i] = '\xc3'; /* o with stroke */
        id[i + 1] = '\xb8';
    }
    id[sizeof id - 2] = '\0';
    sc.visits[0].id = id;
    sc.windows[0].min_start = 504;
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    const runde_violation *const v = runde_report_violation(report, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(v);
    CU_ASSERT(strlen(v->message) < 300);
    CU_ASSERT_PTR_NOT_NULL(strstr(v->message, "\xb8\" is served"));
    runde_report_free(report);
}

static int32_t allowed;

static bool refuse(size_t size)
{
    (void)size;
    return allowed-- <= 0;
}

static void test_without_memory(void)
{
    scene_init(&sc);
    sc.windows[0].min_start = 504;
    sc.unserved[0].visit = 3;
    runde_problem *const problem = scene_problem(&sc);
    runde_plan *const plan = scene_plan(&sc, problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    runde_report *report = NULL;
    runde_status status = RUNDE_E_NOMEM;
    int32_t i = 0;
    for (; status == RUNDE_E_NOMEM && i < 1000; i++) {
        allowed = i;
        rn_alloc_set_fault(refuse);
        status = runde_check(&report, problem, plan);
        rn_alloc_set_fault(NULL);
        CU_ASSERT((status == RUNDE_OK) == (report != NULL));
    }
    CU_ASSERT_EQUAL(status, RUNDE_OK);
    CU_ASSERT(i > 20);
    CU_ASSERT(runde_report_n_violations(report) > 0);
    runde_report_free(report);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("check_absurd", RN_TEST(test_extreme_numbers),
           RN_TEST(test_very_long_route), RN_TEST(test_empty_plan),
           RN_TEST(test_nothing_at_all), RN_TEST(test_long_ids),
           RN_TEST(test_without_memory));
}
