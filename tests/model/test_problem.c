/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "faults.h"
#include "model/problem_data.h"
#include "small.h"

static runde_problem *build(const small *s)
{
    runde_problem *problem = NULL;
    runde_status status = runde_problem_new(&problem, &s->settings, NULL);
    if (status == RUNDE_OK) {
        status = small_add(s, problem);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    return problem;
}

static void test_empty_problem_seals(void)
{
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, NULL, &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(diag.errors + diag.warnings, 0);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, NULL), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_problem_settings(problem)->days, 1);
    runde_problem_free(problem);
    runde_problem_free(NULL);
}

static void test_records_are_copied_deep(void)
{
    small s;
    small_init(&s);
    char id[] = "v1";
    s.visit[0].id = id;
    runde_problem *const problem = build(&s);
    id[0] = 'x';
    memset(s.window, 1, sizeof s.window);
    memset(&s.report, 1, sizeof s.report);
    memset(&s.profile, 1, sizeof s.profile);
    const runde_visit *const visit = runde_problem_visit(problem, 0);
    CU_ASSERT_STRING_EQUAL(visit->id, "v1");
    CU_ASSERT_EQUAL(visit->windows[1].max_end, 12 * HOUR);
    const runde_shift *const shift = runde_problem_shift(problem, 0);
    CU_ASSERT_STRING_EQUAL(shift->activities[0].id, "report");
    CU_ASSERT_EQUAL(shift->caps[0].cap, 3);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 0)->weights->set,
                    1U << RUNDE_LATE);
    CU_ASSERT_EQUAL(runde_problem_n_visits(problem), 3);
    CU_ASSERT_PTR_NULL(runde_problem_visit(problem, 3));
    CU_ASSERT_PTR_NULL(runde_problem_visit(problem, -1));
    CU_ASSERT_PTR_NULL(runde_problem_carer(NULL, 0));
    runde_problem_free(problem);
}

static void test_rows_do_not_move(void)
{
    runde_problem *problem = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&problem, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_skill(problem, "first", NULL), RUNDE_OK);
    const char *const first = runde_problem_skill(problem, 0);
    for (int32_t i = 1; i < 1000; i++) {
        int32_t index = 0;
        CU_ASSERT_EQUAL(runde_problem_add_skill(problem, "more", &index),
                        RUNDE_OK);
        CU_ASSERT_EQUAL(index, i);
    }
    CU_ASSERT_PTR_EQUAL(first, runde_problem_skill(problem, 0));
    runde_problem_free(problem);
}

static void test_defaults_are_filled_in(void)
{
    small s;
    small_init(&s);
    s.visit[0].crew = 0;
    s.settings.rules.max_per_day = 8 * HOUR;
    s.carer[1].rules.daily_rest = 8 * HOUR;
    s.carer[1].rules.max_per_week = RUNDE_UNLIMITED;
    s.shift[1].start += 48 * HOUR;
    s.shift[1].end += 48 * HOUR;
    runde_problem *const problem = build(&s);
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_OK);
    CU_ASSERT_STRING_EQUAL(diag.message, "");
    CU_ASSERT_TRUE(runde_problem_is_sealed(problem));
    CU_ASSERT_EQUAL(runde_problem_settings(problem)->tick_ms, 1000);
    CU_ASSERT_EQUAL(runde_problem_settings(problem)->days, 3);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 1)->place, 2);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->crew, 1);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->priority, 10);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 2)->priority, 0);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->max_end, 15 * HOUR);
    const runde_work_rules *const rules =
        &runde_problem_carer(problem, 1)->rules;
    CU_ASSERT_EQUAL(rules->daily_rest, 8 * HOUR);
    CU_ASSERT_EQUAL(rules->weekly_rest, 35 * HOUR);
    CU_ASSERT_EQUAL(rules->max_per_day, 8 * HOUR);
    CU_ASSERT_EQUAL(rules->max_per_week, RUNDE_UNLIMITED);
    CU_ASSERT_EQUAL(rules->max_per_horizon, RUNDE_UNLIMITED);
    CU_ASSERT_EQUAL(runde_problem_add_skill(problem, "late", NULL),
                    RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_problem_add_visit(problem, &s.visit[0], NULL),
                    RUNDE_E_STATE);
    runde_problem_free(problem);
}

static void test_bad_calls_are_refused(void)
{
    small s;
    small_init(&s);
    runde_problem *const problem = build(&s);
    runde_visit visit = s.visit[0];
    visit.n_windows = -1;
    CU_ASSERT_EQUAL(runde_problem_add_visit(problem, &visit, NULL),
                    RUNDE_E_ARGUMENT);
    visit = s.visit[0];
    visit.loads = NULL;
    CU_ASSERT_EQUAL(runde_problem_add_visit(problem, &visit, NULL),
                    RUNDE_E_ARGUMENT);
    visit = s.visit[0];
    visit.size = 3;
    CU_ASSERT_EQUAL(runde_problem_add_visit(problem, &visit, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_add_visit(NULL, &s.visit[0], NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_add_link(problem, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_set_leg(problem, 1, 0, 1, 5, 5),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_set_matrix(problem, 0, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_n_visits(problem), 3);
    runde_problem_free(problem);
}

/* With errors the problem stays open, and can be mended. */
static void test_refused_problem_stays_open(void)
{
    small s;
    small_init(&s);
    s.shift[1].mode = 1;
    runde_problem *const problem = build(&s);
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_E_INVALID);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E110");
    CU_ASSERT_FALSE(runde_problem_is_sealed(problem));
    CU_ASSERT_EQUAL(runde_problem_add_mode(problem, "walk", NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, NULL), RUNDE_OK);
    runde_problem_free(problem);
}

/* Counts of every kind. */
static int32_t count_all(const runde_problem *problem)
{
    int32_t sum = 0;
    for (int kind = 0; kind < RN_KINDS; kind++) {
        sum += problem->table[kind].n;
    }
    return sum;
}

/* A matrix and a leg besides the records; then the seal. */
static runde_status build_all(const small *s, runde_problem **out)
{
    static const int32_t cells[9] = {0, 60, 90, 60, 0, 70, 90, 70, 0};
    const runde_matrix matrix = {sizeof matrix, 3, cells, cells};
    *out = NULL;
    runde_status status = runde_problem_new(out, &s->settings, NULL);
    if (status == RUNDE_OK) {
        status = small_add(s, *out);
    }
    if (status == RUNDE_OK) {
        status = runde_problem_set_matrix(*out, 0, &matrix);
    }
    if (status == RUNDE_OK) {
        status = runde_problem_set_leg(*out, 0, 1, 2, 75, 80);
    }
    return status == RUNDE_OK ? runde_problem_seal(*out, NULL) : status;
}

static void test_every_allocation_may_fail(void)
{
    small s;
    small_init(&s);
    bool failed = true;
    for (long k = 0; failed; k++) {
        runde_problem *problem = NULL;
        rn_faults_begin(k);
        const runde_status status = build_all(&s, &problem);
        failed = rn_faults_end();
        CU_ASSERT_EQUAL_FATAL(status, failed ? RUNDE_E_NOMEM : RUNDE_OK);
        if (failed && problem != NULL) {
            /* What failed changed nothing: adding goes on. */
            const int32_t before = count_all(problem);
            CU_ASSERT_EQUAL(runde_problem_add_skill(problem, "more", NULL),
                            RUNDE_OK);
            CU_ASSERT_EQUAL(count_all(problem), before + 1);
        }
        runde_problem_free(problem);
    }
}

static void test_sealing_again_after_failure(void)
{
    small s;
    small_init(&s);
    runde_problem *const problem = build(&s);
    CU_ASSERT_EQUAL(runde_problem_set_leg(problem, 0, 1, 2, 75, 80), RUNDE_OK);
    bool failed = true;
    for (long k = 0; failed; k++) {
        rn_faults_begin(k);
        const runde_status status = runde_problem_seal(problem, NULL);
        failed = rn_faults_end();
        CU_ASSERT_EQUAL(status, failed ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(runde_problem_is_sealed(problem), !failed);
    }
    int32_t duration = 0;
    int32_t distance = 0;
    runde_problem_travel(problem, 0, 1, 2, &duration, &distance);
    CU_ASSERT_EQUAL(duration, 75);
    CU_ASSERT_EQUAL(distance, 80);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("problem", RN_TEST(test_empty_problem_seals),
           RN_TEST(test_records_are_copied_deep),
           RN_TEST(test_rows_do_not_move), RN_TEST(test_defaults_are_filled_in),
           RN_TEST(test_bad_calls_are_refused),
           RN_TEST(test_refused_problem_stays_open),
           RN_TEST(test_every_allocation_may_fail),
           RN_TEST(test_sealing_again_after_failure));
}
