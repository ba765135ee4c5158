/* SPDX-License-Identifier: MIT */
/* A plan whose starts lie between the moments that the search waits for, as an
 * exact method or a person chooses them: nobody makes it worse, and nobody
 * moves without a reason. */
#include "harness.h"

#include <runde/runde.h>

#include <string.h>

#define HOUR 3600
#define MINUTE 60

/* Where the first visit begins in the plan made by hand: ten minutes before
 * it is wished, so that the second, which is wished earlier, is not late; and
 * what that costs with a new face for either client. */
#define BEST (9 * HOUR + 50 * MINUTE)
#define BEST_COST (10 * MINUTE + 2 * 600)

/* One carer, two clients in one house. Left to its moments the search has the
 * first visit wait for ten o'clock, or not at all: the second is ten minutes
 * late, or the first three hours early. The other order does not fit the
 * windows. */
static runde_problem *problem_of(int32_t max_duty)
{
    const runde_place house = {sizeof house, "house", true, 60.0, 11.0};
    const runde_window window[2] = {
        {7 * HOUR, 10 * HOUR + MINUTE, RUNDE_TIME_NONE},
        {9 * HOUR + 30 * MINUTE, 12 * HOUR, RUNDE_TIME_NONE}};
    const runde_interval wish[2] = {
        {10 * HOUR, 10 * HOUR + MINUTE},
        {9 * HOUR + 30 * MINUTE, 10 * HOUR + 50 * MINUTE}};
    static const char *const clients[] = {"k0", "k1"};
    static const char *const visits[] = {"v0", "v1"};
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    runde_problem *p = NULL;
    carer.id = "c0";
    shift.id = "s0";
    shift.carer = 0;
    shift.start = 7 * HOUR;
    shift.end = 15 * HOUR;
    shift.start_place = 0;
    shift.end_place = 0;
    shift.max_duty = max_duty;
    bool good = runde_problem_new(&p, NULL, NULL) == RUNDE_OK &&
                runde_problem_add_mode(p, "car", NULL) == RUNDE_OK &&
                runde_problem_add_place(p, &house, NULL) == RUNDE_OK &&
                runde_problem_add_carer(p, &carer, NULL) == RUNDE_OK &&
                runde_problem_add_shift(p, &shift, NULL) == RUNDE_OK;
    for (int32_t i = 0; good && i < 2; i++) {
        runde_client client = RUNDE_CLIENT_INIT;
        runde_visit visit = RUNDE_VISIT_INIT;
        client.id = clients[i];
        client.place = 0;
        visit.id = visits[i];
        visit.client = i;
        visit.duration = HOUR;
        visit.windows = &window[i];
        visit.n_windows = 1;
        visit.preferred = &wish[i];
        visit.n_preferred = 1;
        good = runde_problem_add_client(p, &client, NULL) == RUNDE_OK &&
               runde_problem_add_visit(p, &visit, NULL) == RUNDE_OK;
    }
    CU_ASSERT_FATAL(good);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

/* The plan by hand; the checker has nothing against it but that it does not
 * state its price. */
static runde_plan *plan_by_hand(const runde_problem *problem)
{
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    runde_stop stops[2];
    runde_route route;
    memset(stops, 0, sizeof stops);
    memset(&route, 0, sizeof route);
    for (int32_t i = 0; i < 2; i++) {
        stops[i].item = i;
        stops[i].arrival = BEST + i * HOUR;
        stops[i].start = stops[i].arrival;
        stops[i].departure = stops[i].start + HOUR;
    }
    route.begin = BEST;
    route.end = BEST + 2 * HOUR;
    route.n_stops = 2;
    route.stops = stops;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, problem), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_plan_add_route(plan, &route), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, problem, plan), RUNDE_OK);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const char *const rule = runde_report_violation(report, i)->rule;
        CU_ASSERT(strcmp(rule, "cost") == 0 || strcmp(rule, "kpi") == 0);
    }
    CU_ASSERT_EQUAL_FATAL(runde_report_cost(report)->left_out, 0);
    CU_ASSERT_EQUAL_FATAL(runde_report_cost(report)->wishes, BEST_COST);
    runde_report_free(report);
    return plan;
}

static void expect_best(const runde_plan *plan)
{
    const runde_cost *const cost = runde_plan_cost(plan);
    CU_ASSERT_EQUAL(cost->left_out, 0);
    CU_ASSERT_EQUAL(cost->wishes, BEST_COST);
}

/* No hours' limit, and one that beginning at seven is over. */
static const int32_t duties[] = {0, 2 * HOUR};
enum { N_DUTIES = sizeof duties / sizeof duties[0] };

static void expect_nothing_else(const runde_event *events, int32_t n)
{
    for (int i = 0; i < N_DUTIES; i++) {
        runde_problem *const problem = problem_of(duties[i]);
        runde_plan *const published = plan_by_hand(problem);
        runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
        runde_replan *replan = NULL;
        options.events = events;
        options.n_events = n;
        CU_ASSERT_EQUAL_FATAL(
            runde_replan_new(&replan, problem, published, &options, NULL),
            RUNDE_OK);
        expect_best(runde_replan_plan(replan));
        CU_ASSERT_EQUAL(runde_diff_n_parts(runde_replan_diff(replan)), 0);
        runde_replan_free(replan);
        runde_plan_free(published);
        runde_problem_free(problem);
    }
}

static void test_nothing_happens(void)
{
    expect_nothing_else(NULL, 0);
}

static void test_carer_added(void)
{
    runde_carer carer = RUNDE_CARER_INIT;
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_event event = RUNDE_EVENT_INIT;
    carer.id = "c1";
    edit.kind = RUNDE_EDIT_ADD_CARER;
    edit.carer = &carer;
    event.edit = &edit;
    expect_nothing_else(&event, 1);
}

/* With nothing published, too: a start is a start. */
static void test_start(void)
{
    for (int i = 0; i < N_DUTIES; i++) {
        runde_problem *const problem = problem_of(duties[i]);
        runde_plan *const start = plan_by_hand(problem);
        runde_options options = RUNDE_OPTIONS_INIT;
        runde_plan *plan = NULL;
        options.start = start;
        for (int64_t n = -1; n < 200; n += 100) {
            options.iteration_limit = n;
            CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, &options, NULL),
                                  RUNDE_OK);
            expect_best(plan);
            runde_plan_free(plan);
        }
        runde_plan_free(start);
        runde_problem_free(problem);
    }
}

static void test_session(void)
{
    runde_problem *const problem = problem_of(0);
    runde_plan *const plan = plan_by_hand(problem);
    runde_session *session = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 100;
    CU_ASSERT_EQUAL_FATAL(runde_session_new(&session, problem, plan), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_session_apply(session, NULL, 0, &options, NULL),
                          RUNDE_OK);
    expect_best(runde_session_plan(session));
    runde_session_free(session);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("own_times", RN_TEST(test_nothing_happens),
           RN_TEST(test_carer_added), RN_TEST(test_start),
           RN_TEST(test_session));
}
