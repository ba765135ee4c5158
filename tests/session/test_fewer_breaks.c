/* SPDX-License-Identifier: MIT */
/* An edit leaves a shift with fewer breaks or activities than the published
 * plan names: those that are no more are left away. */
#include "harness.h"

#include <runde/runde.h>

#define HOUR 3600
#define MANY 3

static runde_break breaks[MANY];
static runde_activity activities[MANY];

static void fill_lists(void)
{
    for (int32_t i = 0; i < MANY; i++) {
        const int32_t at = (7 + i) * HOUR;
        const runde_break rest = {600, at, at + 1800, false, false, false};
        const runde_activity talk = {NULL, 0, 300, at + 2400, at + 3000};
        breaks[i] = rest;
        activities[i] = talk;
    }
}

static runde_shift shift_with(int32_t n)
{
    runde_shift shift = RUNDE_SHIFT_INIT;
    shift.id = "s0";
    shift.carer = 0;
    shift.start = 6 * HOUR;
    shift.end = 20 * HOUR;
    shift.start_place = 0;
    shift.end_place = 0;
    shift.breaks = breaks;
    shift.n_breaks = n;
    shift.activities = activities;
    shift.n_activities = n;
    return shift;
}

static runde_problem *problem_of(void)
{
    const runde_place house = {sizeof house, "house", true, 60.0, 11.0};
    const runde_window window = {6 * HOUR, 7 * HOUR, RUNDE_TIME_NONE};
    const runde_shift shift = shift_with(MANY);
    runde_carer carer = RUNDE_CARER_INIT;
    runde_client client = RUNDE_CLIENT_INIT;
    runde_visit visit = RUNDE_VISIT_INIT;
    runde_problem *p = NULL;
    carer.id = "c0";
    client.id = "k0";
    client.place = 0;
    visit.id = "v0";
    visit.client = 0;
    visit.duration = 1200;
    visit.windows = &window;
    visit.n_windows = 1;
    CU_ASSERT_FATAL(runde_problem_new(&p, NULL, NULL) == RUNDE_OK &&
                    runde_problem_add_mode(p, "car", NULL) == RUNDE_OK &&
                    runde_problem_add_place(p, &house, NULL) == RUNDE_OK &&
                    runde_problem_add_carer(p, &carer, NULL) == RUNDE_OK &&
                    runde_problem_add_shift(p, &shift, NULL) == RUNDE_OK &&
                    runde_problem_add_client(p, &client, NULL) == RUNDE_OK &&
                    runde_problem_add_visit(p, &visit, NULL) == RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

static int32_t stops_of(const runde_plan *plan, runde_stop_kind kind)
{
    const runde_route *const route = runde_plan_route(plan, 0);
    int32_t n = 0;
    for (int32_t i = 0; route != NULL && i < route->n_stops; i++) {
        n += route->stops[i].kind == kind;
    }
    return n;
}

static void test_fewer(void)
{
    fill_lists();
    runde_problem *const problem = problem_of();
    runde_options search = RUNDE_OPTIONS_INIT;
    search.iteration_limit = 100;
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, &search, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(stops_of(plan, RUNDE_STOP_BREAK), MANY);
    CU_ASSERT_EQUAL_FATAL(stops_of(plan, RUNDE_STOP_ACTIVITY), MANY);
    for (int32_t n = 0; n <= MANY; n++) {
        const runde_shift shift = shift_with(n);
        runde_edit edit = RUNDE_EDIT_INIT;
        runde_event event = RUNDE_EVENT_INIT;
        runde_replan_options how = RUNDE_REPLAN_OPTIONS_INIT;
        runde_replan *replan = NULL;
        edit.kind = RUNDE_EDIT_REPLACE_SHIFT;
        edit.index = 0;
        edit.shift = &shift;
        event.edit = &edit;
        how.events = &event;
        how.n_events = 1;
        how.search = &search;
        CU_ASSERT_EQUAL_FATAL(
            runde_replan_new(&replan, problem, plan, &how, NULL), RUNDE_OK);
        const runde_plan *const now = runde_replan_plan(replan);
        CU_ASSERT_EQUAL(stops_of(now, RUNDE_STOP_VISIT), 1);
        CU_ASSERT_EQUAL(stops_of(now, RUNDE_STOP_BREAK), n);
        CU_ASSERT_EQUAL(stops_of(now, RUNDE_STOP_ACTIVITY), n);
        runde_replan_free(replan);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("fewer_breaks", RN_TEST(test_fewer));
}
