/* SPDX-License-Identifier: MIT */
/* One day with several weights: every point is a plan of its problem, no
 * setting would rather have another one's plan, and stopping half-way leaves
 * what was found. */
#include <runde/runde.h>

#include <string.h>

#include "base/faults.h"
#include "harness.h"
#include "random_problem.h"

enum { PROBLEMS = 12, FEW = 30 };

static world w;

static runde_problem *problem_of(uint64_t seed)
{
    /* With hard limits there may be no plan; with profiles of clients the
     * global weights are not all there is. */
    static const world_size size = {25, 6, 12,
                                    1U << USE_HARD | 1U << USE_PROFILES, false};
    world_random(&w, seed, &size);
    runde_problem *const problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static runde_tradeoff *tradeoff_of(const runde_problem *problem, uint64_t seed)
{
    runde_options search = RUNDE_OPTIONS_INIT;
    runde_tradeoff *t = NULL;
    search.iteration_limit = FEW;
    search.seed = seed;
    CU_ASSERT_EQUAL_FATAL(
        runde_tradeoff_new(&t, problem, NULL, 0, &search, NULL), RUNDE_OK);
    return t;
}

/* What one point's plan costs by the weights of another point. */
static runde_cost cost_at(const runde_tradeoff_point *at,
                          const runde_plan *plan)
{
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, at->problem, plan), RUNDE_OK);
    const runde_cost cost = *runde_report_cost(report);
    runde_report_free(report);
    return cost;
}

static void check_plan(const runde_tradeoff_point *p)
{
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, p->problem, p->plan), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_report_n_violations(report), 0);
    CU_ASSERT_EQUAL(p->preference,
                    runde_report_cost(report)->amount[RUNDE_CARER_PREFERENCE]);
    runde_report_free(report);
}

static void check_weights(const runde_problem *base,
                          const runde_tradeoff_point *p)
{
    const runde_weights *const a = runde_problem_weights(base);
    const runde_weights *const b = runde_problem_weights(p->problem);
    CU_ASSERT_EQUAL(b->weight[RUNDE_TRAVEL_TIME],
                    a->weight[RUNDE_TRAVEL_TIME] * p->setting.driving);
    CU_ASSERT_EQUAL(b->weight[RUNDE_DISTINCT_CARERS],
                    a->weight[RUNDE_DISTINCT_CARERS] * p->setting.faces);
    CU_ASSERT_EQUAL(b->weight[RUNDE_LATE],
                    a->weight[RUNDE_LATE] * p->setting.time);
    CU_ASSERT_EQUAL(b->weight[RUNDE_OVERTIME], a->weight[RUNDE_OVERTIME]);
}

static int64_t driving_of(const runde_problem *base, const runde_cost *cost)
{
    const runde_weights *const weights = runde_problem_weights(base);
    return cost->amount[RUNDE_TRAVEL_TIME] *
               weights->weight[RUNDE_TRAVEL_TIME] +
           cost->amount[RUNDE_TRAVEL_DISTANCE] *
               weights->weight[RUNDE_TRAVEL_DISTANCE];
}

/* Nobody would rather have what another one has. It follows that whoever
 * weighs driving more drives no more, other things being equal: points 1 and
 * 0, 4 and 2, 5 and 3 of the usual settings. */
static void check_pairs(const runde_problem *base, const runde_tradeoff *t)
{
    static const int32_t pairs[][2] = {{1, 0}, {4, 2}, {5, 3}};
    const int32_t n = runde_tradeoff_n_points(t);
    for (int32_t i = 0; i < n; i++) {
        const runde_tradeoff_point *const mine = runde_tradeoff_get_point(t, i);
        const runde_cost *const own = runde_plan_cost(mine->plan);
        for (int32_t k = 0; k < n; k++) {
            const runde_cost other =
                cost_at(mine, runde_tradeoff_get_point(t, k)->plan);
            CU_ASSERT(own->left_out < other.left_out ||
                      (own->left_out == other.left_out &&
                       own->wishes <= other.wishes));
        }
    }
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const runde_plan *const more =
            runde_tradeoff_get_point(t, pairs[i][0])->plan;
        const runde_plan *const less =
            runde_tradeoff_get_point(t, pairs[i][1])->plan;
        CU_ASSERT(driving_of(base, runde_plan_cost(more)) <=
                  driving_of(base, runde_plan_cost(less)));
    }
}

static bool has_less(const runde_tradeoff_point *a,
                     const runde_tradeoff_point *b)
{
    return a->preference < b->preference ||
           (a->preference == b->preference &&
            runde_plan_kpis(a->plan)->carers_per_client <
                runde_plan_kpis(b->plan)->carers_per_client);
}

static bool beats(const runde_tradeoff_point *a, const runde_tradeoff_point *b)
{
    const runde_kpis *const x = runde_plan_kpis(a->plan);
    const runde_kpis *const y = runde_plan_kpis(b->plan);
    return x->left_out <= y->left_out && x->travel <= y->travel &&
           !has_less(b, a) && x->on_time_share >= y->on_time_share &&
           (x->left_out < y->left_out || x->travel < y->travel ||
            has_less(a, b) || x->on_time_share > y->on_time_share);
}

static void check_stars(const runde_tradeoff *t)
{
    int32_t stars = 0;
    for (int32_t i = 0; i < runde_tradeoff_n_points(t); i++) {
        bool is_beaten = false;
        for (int32_t k = 0; k < runde_tradeoff_n_points(t); k++) {
            is_beaten = is_beaten || beats(runde_tradeoff_get_point(t, k),
                                           runde_tradeoff_get_point(t, i));
        }
        CU_ASSERT_EQUAL(runde_tradeoff_get_point(t, i)->is_best, !is_beaten);
        stars += !is_beaten;
    }
    CU_ASSERT(stars > 0);
}

static void test_points(void)
{
    int32_t shared = 0;
    int32_t certain = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        runde_problem *const problem = problem_of(seed);
        runde_tradeoff *const t = tradeoff_of(problem, seed);
        CU_ASSERT_EQUAL_FATAL(runde_tradeoff_n_points(t), 7);
        for (int32_t i = 0; i < 7; i++) {
            const runde_tradeoff_point *const p =
                runde_tradeoff_get_point(t, i);
            check_plan(p);
            check_weights(problem, p);
            shared += p->found_by != i;
            /* By other weights some move may help. */
            CU_ASSERT(p->found_by == i ||
                      !runde_plan_search(p->plan)->locally_optimal);
            certain += runde_plan_search(p->plan)->locally_optimal;
        }
        check_pairs(problem, t);
        check_stars(t);
        runde_tradeoff_free(t);
        runde_problem_free(problem);
    }
    /* Else the sharing was not looked at. */
    CU_ASSERT(shared > 0);
    CU_ASSERT(certain > 0);
}

static void test_same_bytes(void)
{
    runde_problem *const problem = problem_of(3);
    char *text[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        runde_tradeoff *const t = tradeoff_of(problem, 5);
        CU_ASSERT_EQUAL_FATAL(runde_tradeoff_to_json(&text[i], NULL, t),
                              RUNDE_OK);
        runde_tradeoff_free(t);
    }
    CU_ASSERT_STRING_EQUAL(text[0], text[1]);
    runde_text_free(text[0]);
    runde_text_free(text[1]);
    runde_problem_free(problem);
}

static int stop_third(const runde_progress *progress, void *payload)
{
    int32_t *const begun = payload;
    *begun += progress->iterations == 0 && progress->is_new_best;
    return *begun >= 3;
}

static double creep(void *payload)
{
    double *const at = payload;
    return *at += 0.01;
}

/* The third search is told to stop: three points, all of them whole. */
static void test_stop(void)
{
    runde_problem *const problem = problem_of(4);
    runde_options search = RUNDE_OPTIONS_INIT;
    runde_tradeoff *t = NULL;
    int32_t begun = 0;
    double clock = 0.0;
    search.iteration_limit = 200;
    search.progress = stop_third;
    search.progress_payload = &begun;
    search.clock = creep;
    search.clock_payload = &clock;
    CU_ASSERT_EQUAL_FATAL(
        runde_tradeoff_new(&t, problem, NULL, 0, &search, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_tradeoff_n_points(t), 3);
    for (int32_t i = 0; i < runde_tradeoff_n_points(t); i++) {
        check_plan(runde_tradeoff_get_point(t, i));
    }
    CU_ASSERT_PTR_NULL(runde_tradeoff_get_point(t, 3));
    CU_ASSERT_PTR_NULL(runde_tradeoff_get_point(t, -1));
    runde_tradeoff_free(t);
    runde_problem_free(problem);
}

/* Names are copied; weights end where the model's do; 0 takes a wish away. */
static void test_settings(void)
{
    char name[] = "mine";
    runde_problem *const problem = problem_of(6);
    runde_tradeoff_setting setting = RUNDE_TRADEOFF_SETTING_INIT;
    runde_options search = RUNDE_OPTIONS_INIT;
    runde_tradeoff *t = NULL;
    search.iteration_limit = -1;
    setting.name = name;
    setting.driving = 1000;
    setting.time = 0;
    CU_ASSERT_EQUAL_FATAL(
        runde_tradeoff_new(&t, problem, &setting, 1, &search, NULL), RUNDE_OK);
    name[0] = '?';
    const runde_tradeoff_point *const p = runde_tradeoff_get_point(t, 0);
    CU_ASSERT_STRING_EQUAL(p->setting.name, "mine");
    CU_ASSERT(runde_problem_weights(p->problem)->weight[RUNDE_TRAVEL_TIME] <=
              1000000);
    CU_ASSERT_EQUAL(runde_problem_weights(p->problem)->weight[RUNDE_LATE], 0);
    CU_ASSERT(p->is_best);
    runde_tradeoff_free(t);
    runde_problem_free(problem);
}

static void refuse(const runde_problem *problem,
                   const runde_tradeoff_setting *settings, int32_t n,
                   const runde_options *search)
{
    runde_tradeoff *t = NULL;
    CU_ASSERT_EQUAL(runde_tradeoff_new(&t, problem, settings, n, search, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(t);
}

static void test_arguments(void)
{
    runde_problem *const problem = problem_of(1);
    runde_problem *open = NULL;
    runde_tradeoff *t = NULL;
    char *text = NULL;
    runde_options search = RUNDE_OPTIONS_INIT;
    runde_tradeoff_setting bad[5];
    for (int32_t i = 0; i < 5; i++) {
        const runde_tradeoff_setting fine = RUNDE_TRADEOFF_SETTING_INIT;
        bad[i] = fine;
    }
    bad[0].size = 1;
    bad[1].name = NULL;
    bad[2].driving = -1;
    bad[3].faces = 1001;
    bad[4].time = INT32_MAX;
    for (int32_t i = 0; i < 5; i++) {
        refuse(problem, &bad[i], 1, NULL);
    }
    refuse(NULL, NULL, 0, NULL);
    refuse(problem, bad, 0, NULL);
    refuse(problem, bad, RUNDE_TRADEOFF_MOST + 1, NULL);
    search.threads = -1;
    refuse(problem, NULL, 0, &search);
    CU_ASSERT_EQUAL(runde_tradeoff_new(NULL, problem, NULL, 0, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&open, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_tradeoff_new(&t, open, NULL, 0, NULL, NULL),
                    RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_tradeoff_to_json(&text, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    runde_tradeoff_free(NULL);
    runde_problem_free(open);
    runde_problem_free(problem);
}

/* Memory refused at every turn: an error, or the answer as without. */
static char *to_text(const runde_problem *problem)
{
    static const runde_tradeoff_setting two[] = {{sizeof two[0], "a", 1, 1, 1},
                                                 {sizeof two[0], "b", 9, 1, 0}};
    runde_options search = RUNDE_OPTIONS_INIT;
    runde_tradeoff *t = NULL;
    char *text = NULL;
    search.iteration_limit = 3;
    runde_status status =
        runde_tradeoff_new(&t, problem, two, 2, &search, NULL);
    if (status == RUNDE_OK) {
        status = runde_tradeoff_to_json(&text, NULL, t);
    }
    CU_ASSERT(status == RUNDE_OK || status == RUNDE_E_NOMEM);
    CU_ASSERT_EQUAL(status == RUNDE_OK, text != NULL);
    runde_tradeoff_free(t);
    return text;
}

static void test_memory(void)
{
    static const world_size small = {6, 2, 3, 1U << USE_HARD, false};
    world_random(&w, 2, &small);
    runde_problem *const problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    char *const wanted = to_text(problem);
    bool refused = true;
    for (long k = 0; refused; k++) {
        rn_faults_begin(k);
        char *const text = to_text(problem);
        refused = rn_faults_end();
        CU_ASSERT(text != NULL || refused);
        if (text != NULL) {
            CU_ASSERT_STRING_EQUAL(text, wanted);
        }
        runde_text_free(text);
    }
    runde_text_free(wanted);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("tradeoff", RN_TEST(test_points), RN_TEST(test_same_bytes),
           RN_TEST(test_stop), RN_TEST(test_settings), RN_TEST(test_arguments),
           RN_TEST(test_memory));
}
