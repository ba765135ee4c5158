/* SPDX-License-Identifier: MIT */
/* How a solve behaves over time, by a clock that the test moves: reports at
 * least every 50 ms and at each new best, limits, cancelling. */
#include <runde/runde.h>

#include <math.h>
#include <string.h>

#include "exact/exact.h"
#include "harness.h"
#include "random_problem.h"
#include "search/habits.h"
#include "solve.h"

enum { PROBLEMS = 8, MOST_REPORTS = 100000 };

/* A clock that goes on by `step` every time it is looked at, and what the
 * caller was told. */
typedef struct watch {
    double now;
    double step;
    int32_t reports;
    int32_t news;
    int32_t stop_after; /* reports; 0 never */
    double longest;     /* silence */
    runde_progress last;
    bool is_worse; /* some new best costs more than the one before */
} watch;

static world w;

static double look(void *payload)
{
    watch *const at = payload;
    at->now += at->step;
    return at->now;
}

static int listen(const runde_progress *progress, void *payload)
{
    watch *const at = payload;
    const double silence = progress->seconds - at->last.seconds;
    at->longest = silence > at->longest ? silence : at->longest;
    if (progress->is_new_best) {
        at->is_worse =
            at->is_worse ||
            (at->news > 0 && at->last.left_out == 0 &&
             progress->left_out == 0 && progress->cost >= at->last.cost);
        at->news++;
    }
    at->last = *progress;
    at->reports++;
    CU_ASSERT_TRUE_FATAL(at->reports < MOST_REPORTS);
    return at->stop_after > 0 && at->reports >= at->stop_after;
}

static runde_problem *problem_of(uint64_t seed)
{
    /* With hard limits there may be no plan. */
    static const world_size size = {30, 8, 16, 1U << USE_HARD, false};
    world_random(&w, seed, &size);
    runde_problem *const problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static runde_options options_of(watch *at, double step)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    const watch fresh = {0};
    *at = fresh;
    at->step = step;
    options.clock = look;
    options.clock_payload = at;
    options.progress = listen;
    options.progress_payload = at;
    return options;
}

static runde_plan *solve(const runde_problem *problem,
                         const runde_options *options)
{
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, options, NULL), RUNDE_OK);
    return plan;
}

static void hold_time(int32_t parts, int32_t replicas)
{
    const double step = 0.007;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        watch at;
        runde_problem *const problem = problem_of(seed);
        runde_options options = options_of(&at, step);
        options.time_limit = 3.0;
        options.parts = parts;
        options.replicas = replicas;
        runde_plan *const plan = solve(problem, &options);
        const runde_search_info *const info = runde_plan_search(plan);
        if (info->outcome == RUNDE_OUTCOME_TIME_LIMIT) {
            CU_ASSERT_TRUE(info->seconds >= 3.0);
            CU_ASSERT_TRUE(info->seconds < 3.0 + 4 * step);
            CU_ASSERT_TRUE(at.reports >= 50);
            CU_ASSERT_TRUE(at.longest < 0.05 + 2 * step);
        } else {
            CU_ASSERT_EQUAL(info->outcome, RUNDE_OUTCOME_NOTHING_TO_DO);
        }
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

static void test_time_limit(void)
{
    hold_time(1, 1);
}

/* Parts are told when time is over. */
static void test_time_limit_of_parts(void)
{
    hold_time(3, 1);
}

/* So are replicas. */
static void test_time_limit_of_replicas(void)
{
    hold_time(1, 3);
}

/* How often an exact method that never finds anything was called, asked
 * whether to go on, and called after it had been told not to. */
static struct {
    int32_t calls;
    int32_t questions;
    int32_t in_vain;
    bool is_over;
} brooder;

static runde_status brood_over_times(int32_t *times, const rn_timetable *table,
                                     const rn_patience *patience)
{
    (void)times;
    (void)table;
    enum { MOST = 100000 };
    brooder.calls++;
    brooder.in_vain += brooder.is_over;
    for (int32_t i = 0; i < MOST && !brooder.is_over; i++) {
        brooder.questions++;
        brooder.is_over = !patience->poll(patience->payload);
    }
    return RUNDE_E_LIMIT;
}

static runde_status never_relax(double *dual, const rn_cover *cover,
                                const rn_patience *patience)
{
    (void)dual;
    (void)cover;
    (void)patience;
    return RUNDE_E_LIMIT;
}

static runde_status never_select(uint8_t *chosen, const rn_cover *cover,
                                 const rn_patience *patience)
{
    (void)chosen;
    (void)cover;
    (void)patience;
    return RUNDE_E_LIMIT;
}

/* Whoever seeks the best times at the end hears when time is over, and is
 * not asked about the next group of routes after that. */
static void test_time_limit_of_times(void)
{
    const double step = 0.001;
    const runde_exact slow = {sizeof slow, never_relax, never_select,
                              brood_over_times};
    int32_t calls = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        watch at;
        runde_problem *const problem = problem_of(seed);
        runde_options options = options_of(&at, step);
        options.time_limit = 1.0;
        options.exact = &slow;
        memset(&brooder, 0, sizeof brooder);
        runde_plan *const plan = solve(problem, &options);
        CU_ASSERT_TRUE(runde_plan_search(plan)->seconds < 1.1);
        CU_ASSERT_EQUAL(brooder.in_vain, 0);
        CU_ASSERT_EQUAL(brooder.calls > 0, brooder.questions > 0);
        calls += brooder.calls;
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
    CU_ASSERT_TRUE(calls > 0);
}

/* With a clock that stands still there is no other reason to report. */
static void test_each_new_best(void)
{
    int32_t news = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        watch at;
        runde_problem *const problem = problem_of(seed);
        runde_options options = options_of(&at, 0.0);
        options.iteration_limit = 2000;
        runde_plan *const plan = solve(problem, &options);
        CU_ASSERT_EQUAL(at.reports, at.news);
        CU_ASSERT_FALSE(at.is_worse);
        news += at.news;
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
    CU_ASSERT_TRUE(news > 2 * PROBLEMS);
}

static void test_cancel(void)
{
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        watch at;
        runde_problem *const problem = problem_of(seed);
        runde_options options = options_of(&at, 0.01);
        options.time_limit = 1000.0;
        at.stop_after = 1 + (int32_t)seed;
        runde_plan *const plan = solve(problem, &options);
        const runde_search_info *const info = runde_plan_search(plan);
        if (info->outcome != RUNDE_OUTCOME_NOTHING_TO_DO) {
            CU_ASSERT_EQUAL(info->outcome, RUNDE_OUTCOME_STOPPED);
            CU_ASSERT_EQUAL(at.reports, at.stop_after);
            CU_ASSERT_TRUE(info->seconds < 0.06 * (at.stop_after + 2));
        }
        runde_report *report = NULL;
        CU_ASSERT_EQUAL_FATAL(runde_check(&report, problem, plan), RUNDE_OK);
        CU_ASSERT_EQUAL(runde_report_n_violations(report), 0);
        runde_report_free(report);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

static void test_iteration_limit(void)
{
    static const int64_t limits[] = {-1, 1, 16, 37, 400};
    runde_problem *const problem = problem_of(2);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        watch at;
        runde_options options = options_of(&at, 0.001);
        options.iteration_limit = limits[i];
        runde_plan *const plan = solve(problem, &options);
        const runde_search_info *const info = runde_plan_search(plan);
        CU_ASSERT_EQUAL(info->outcome, RUNDE_OUTCOME_ITERATION_LIMIT);
        CU_ASSERT_EQUAL(info->iterations, limits[i] < 0 ? 0 : limits[i]);
        CU_ASSERT_EQUAL(info->seed, options.seed);
        runde_plan_free(plan);
    }
    runde_problem_free(problem);
}

/* So many iterations after the last better plan, and no more than a slice
 * later; what came before is what comes without the limit. */
static void test_stall_limit(void)
{
    static const int64_t limits[] = {1, 40, 300};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        runde_problem *const problem = problem_of(seed);
        for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
            watch at;
            runde_options options = options_of(&at, 0.0);
            options.iteration_limit = 3000;
            options.stall_limit = limits[i];
            runde_plan *const plan = solve(problem, &options);
            const runde_search_info *const info = runde_plan_search(plan);
            const int64_t idle = info->iterations - at.last.iterations;
            if (info->outcome == RUNDE_OUTCOME_STALL_LIMIT) {
                CU_ASSERT_TRUE(idle >= limits[i]);
                CU_ASSERT_TRUE(idle < limits[i] + 16);
            } else if (info->outcome != RUNDE_OUTCOME_NOTHING_TO_DO) {
                CU_ASSERT_EQUAL(info->outcome, RUNDE_OUTCOME_ITERATION_LIMIT);
                CU_ASSERT_TRUE(idle < limits[i] + 16);
            }
            runde_plan_free(plan);
        }
        runde_problem_free(problem);
    }
}

/* An iteration limit leaves time to try every move; who leaves these moves
 * out, is stopped or does not search has tried none. */
static void test_locally_optimal(void)
{
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        runde_problem *const problem = problem_of(seed);
        runde_plan *plan = NULL;
        watch at;
        runde_options options = options_of(&at, 0.0);
        options.iteration_limit = 200;
        plan = solve(problem, &options);
        CU_ASSERT_EQUAL(runde_plan_search(plan)->locally_optimal,
                        runde_plan_search(plan)->outcome ==
                            RUNDE_OUTCOME_ITERATION_LIMIT);
        runde_plan_free(plan);
        CU_ASSERT_EQUAL_FATAL(
            rn_solve_without(&plan, problem, &options, RN_POLISH, NULL),
            RUNDE_OK);
        CU_ASSERT_FALSE(runde_plan_search(plan)->locally_optimal);
        runde_plan_free(plan);
        options.iteration_limit = -1;
        plan = solve(problem, &options);
        CU_ASSERT_FALSE(runde_plan_search(plan)->locally_optimal);
        runde_plan_free(plan);
        options = options_of(&at, 0.0);
        options.iteration_limit = 200;
        at.stop_after = 1;
        plan = solve(problem, &options);
        CU_ASSERT_FALSE(runde_plan_search(plan)->locally_optimal);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

static void expect(runde_status status, const runde_problem *problem,
                   const runde_options *options)
{
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL(runde_solve(&plan, problem, options, NULL), status);
    CU_ASSERT_PTR_NULL(plan);
}

static void test_arguments(void)
{
    runde_problem *const problem = problem_of(3);
    static const double spans[] = {-1.0, 2e9, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        runde_options options = RUNDE_OPTIONS_INIT;
        options.time_limit = spans[i];
        expect(RUNDE_E_ARGUMENT, problem, &options);
    }
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = -2;
    expect(RUNDE_E_ARGUMENT, problem, &options);
    options = (runde_options)RUNDE_OPTIONS_INIT;
    options.stall_limit = -1;
    expect(RUNDE_E_ARGUMENT, problem, &options);
    for (int32_t n = -1; n <= 65; n += 66) {
        options = (runde_options)RUNDE_OPTIONS_INIT;
        options.replicas = n;
        expect(RUNDE_E_ARGUMENT, problem, &options);
    }
    options = (runde_options)RUNDE_OPTIONS_INIT;
    options.size--;
    expect(RUNDE_E_ARGUMENT, problem, &options);
    expect(RUNDE_E_ARGUMENT, NULL, NULL);
    CU_ASSERT_EQUAL(runde_solve(NULL, problem, NULL, NULL), RUNDE_E_ARGUMENT);
    runde_problem_free(problem);
}

static void test_states(void)
{
    runde_problem *const problem = problem_of(3);
    runde_problem *open = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&open, NULL, NULL), RUNDE_OK);
    expect(RUNDE_E_STATE, open, NULL);
    runde_plan *draft = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&draft, problem), RUNDE_OK);
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 5;
    options.start = draft;
    expect(RUNDE_E_STATE, problem, &options);
    CU_ASSERT_EQUAL_FATAL(runde_plan_finish(draft), RUNDE_OK);
    runde_plan_free(solve(problem, &options));
    runde_plan_free(draft);
    runde_problem_free(open);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("solve", RN_TEST(test_time_limit), RN_TEST(test_time_limit_of_parts),
           RN_TEST(test_time_limit_of_replicas),
           RN_TEST(test_time_limit_of_times), RN_TEST(test_each_new_best),
           RN_TEST(test_cancel), RN_TEST(test_iteration_limit),
           RN_TEST(test_stall_limit), RN_TEST(test_locally_optimal),
           RN_TEST(test_arguments), RN_TEST(test_states));
}
