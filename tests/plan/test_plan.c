/* SPDX-License-Identifier: MIT */
/* The container: keeps what it is told, in order, on its own. */
#include "harness.h"

#include <runde/runde.h>
#include <string.h>

#include "base/alloc.h"
#include "plan/plan.h"

#define N_SHIFTS 40
#define N_VISITS 50

/* A sealed problem: one client, one carer, shifts on days apart with one
 * break each, visits. */
static runde_problem *new_problem(void)
{
    runde_problem *p = NULL;
    runde_place place = RUNDE_PLACE_INIT;
    runde_client client = RUNDE_CLIENT_INIT;
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    runde_visit visit = RUNDE_VISIT_INIT;
    char id[16];
    place.id = "home";
    place.has_coordinates = true;
    place.lat = 60;
    place.lon = 10;
    client.id = "client";
    client.place = 0;
    carer.id = "carer";
    bool ok = runde_problem_new(&p, NULL, NULL) == RUNDE_OK &&
              runde_problem_add_place(p, &place, NULL) == RUNDE_OK &&
              runde_problem_add_mode(p, "car", NULL) == RUNDE_OK &&
              runde_problem_add_client(p, &client, NULL) == RUNDE_OK &&
              runde_problem_add_carer(p, &carer, NULL) == RUNDE_OK;
    for (int32_t s = 0; ok && s < N_SHIFTS; s++) {
        runde_break rest = {600, 0, 0, false, false, false};
        (void)snprintf(id, sizeof id, "s%d", s);
        shift.id = id;
        shift.carer = 0;
        shift.start = s * 86400 + 28800;
        shift.end = shift.start + 7200;
        rest.min_start = shift.start;
        rest.max_start = shift.end - 600;
        shift.breaks = &rest;
        shift.n_breaks = 1;
        ok = runde_problem_add_shift(p, &shift, NULL) == RUNDE_OK;
    }
    for (int32_t v = 0; ok && v < N_VISITS; v++) {
        (void)snprintf(id, sizeof id, "v%d", v);
        visit.id = id;
        visit.client = 0;
        visit.duration = 600;
        ok = runde_problem_add_visit(p, &visit, NULL) == RUNDE_OK;
    }
    if (!ok || runde_problem_seal(p, NULL) != RUNDE_OK) {
        runde_problem_free(p);
        return NULL;
    }
    return p;
}

static runde_problem *problem;

static const runde_stop some_stop = {
    RUNDE_STOP_VISIT, 0, 0, 0, 0, 0, 5, 1, 2, 8, 9, false};

static runde_plan *new_plan(void)
{
    runde_plan *plan = NULL;
    if (problem == NULL) {
        problem = new_problem();
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    CU_ASSERT_EQUAL(runde_plan_new(&plan, problem), RUNDE_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    return plan;
}

static runde_status add_stop(runde_plan *plan, int32_t shift,
                             const runde_stop *stop)
{
    const runde_route route = {shift, 1, 2, 3, 4, 1, stop, false};
    return runde_plan_add_route(plan, &route);
}

static void test_empty(void)
{
    runde_plan *const plan = new_plan();
    CU_ASSERT_EQUAL(runde_plan_n_routes(plan), 0);
    CU_ASSERT_PTR_NULL(runde_plan_route(plan, 0));
    CU_ASSERT_PTR_NULL(runde_plan_unserved(plan, 0));
    CU_ASSERT_PTR_NULL(runde_plan_warning(plan, 0));
    CU_ASSERT_EQUAL(runde_plan_cost(plan)->size, sizeof(runde_cost));
    CU_ASSERT_EQUAL(runde_plan_kpis(plan)->size, sizeof(runde_kpis));
    CU_ASSERT_EQUAL(runde_plan_search(plan)->outcome, RUNDE_OUTCOME_DRAFT);
    CU_ASSERT(!rn_plan_is_finished(plan));
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT(rn_plan_is_finished(plan));
    runde_plan_free(plan);
    runde_plan_free(NULL);
}

static void test_new(void)
{
    runde_plan *plan = NULL;
    runde_problem *open = NULL;
    CU_ASSERT_EQUAL(runde_plan_new(NULL, problem), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_new(&plan, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_new(&open, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_new(&plan, open), RUNDE_E_STATE);
    CU_ASSERT_PTR_NULL(plan);
    runde_problem_free(open);
}

static void test_routes_in_order(void)
{
    runde_plan *const plan = new_plan();
    for (int32_t i = 0; i < N_SHIFTS; i++) {
        runde_stop stop = some_stop;
        const int32_t shift = (i * 7 + 3) % N_SHIFTS;
        stop.start = shift;
        CU_ASSERT_EQUAL(add_stop(plan, shift, &stop), RUNDE_OK);
    }
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_n_routes(plan), N_SHIFTS);
    for (int32_t i = 0; i < N_SHIFTS; i++) {
        const runde_route *const route = runde_plan_route(plan, i);
        CU_ASSERT_EQUAL(route->shift, i);
        CU_ASSERT_EQUAL(route->begin, 1);
        CU_ASSERT_EQUAL(route->end, 2);
        CU_ASSERT_EQUAL(route->travel_home, 3);
        CU_ASSERT_EQUAL(route->distance_home, 4);
        CU_ASSERT_EQUAL(route->stops[0].start, i);
        CU_ASSERT_EQUAL(route->stops[0].departure, 9);
    }
    CU_ASSERT_PTR_NULL(runde_plan_route(plan, -1));
    CU_ASSERT_PTR_NULL(runde_plan_route(plan, N_SHIFTS));
    runde_plan_free(plan);
}

static void expect_refused(runde_plan *plan, const runde_stop *stop)
{
    CU_ASSERT_EQUAL(add_stop(plan, 0, stop), RUNDE_E_ARGUMENT);
}

static void test_bad_routes(void)
{
    runde_plan *const plan = new_plan();
    runde_stop stop = some_stop;
    CU_ASSERT_EQUAL(add_stop(plan, -1, &stop), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(add_stop(plan, N_SHIFTS, &stop), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(add_stop(plan, 0, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_add_route(plan, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_add_route(NULL, NULL), RUNDE_E_ARGUMENT);
    const runde_route empty = {0, 0, 0, 0, 0, 0, &stop, false};
    CU_ASSERT_EQUAL(runde_plan_add_route(plan, &empty), RUNDE_E_ARGUMENT);
    stop.item = N_VISITS;
    expect_refused(plan, &stop);
    stop.item = -1;
    expect_refused(plan, &stop);
    stop = some_stop;
    stop.place = 1;
    expect_refused(plan, &stop);
    stop = some_stop;
    stop.kind = RUNDE_STOP_BREAK;
    stop.item = 1;
    expect_refused(plan, &stop);
    stop.kind = RUNDE_STOP_ACTIVITY;
    stop.item = 0;
    expect_refused(plan, &stop);
    stop.kind = (runde_stop_kind)3;
    expect_refused(plan, &stop);
    CU_ASSERT_EQUAL(runde_plan_n_routes(plan), 0);
    stop.kind = RUNDE_STOP_BREAK;
    stop.place = RUNDE_NONE;
    stop.part = 77; /* for the checker to judge */
    CU_ASSERT_EQUAL(add_stop(plan, 0, &stop), RUNDE_OK);
    CU_ASSERT_EQUAL(add_stop(plan, 0, &stop), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_n_routes(plan), 1);
    runde_plan_free(plan);
}

static void test_unserved_in_order(void)
{
    runde_plan *const plan = new_plan();
    for (int32_t i = 0; i < N_VISITS; i++) {
        const int32_t visit = (i * 11 + 5) % N_VISITS;
        const runde_reason reasons[2] = {{0, RUNDE_REASON_SKILL, visit % 2},
                                         {1, RUNDE_REASON_WINDOW, 7}};
        const runde_unserved unserved = {visit, visit % 3, reasons};
        CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &unserved), RUNDE_OK);
    }
    /* The same visit again comes after its first entry. */
    const runde_unserved again = {4, 0, NULL};
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &again), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_n_unserved(plan), N_VISITS + 1);
    for (int32_t i = 0; i < N_VISITS; i++) {
        const runde_unserved *const u =
            runde_plan_unserved(plan, i < 5 ? i : i + 1);
        CU_ASSERT_EQUAL(u->visit, i);
        CU_ASSERT_EQUAL(u->n_reasons, i % 3);
        if (u->n_reasons > 0) {
            CU_ASSERT_EQUAL(u->reasons[0].amount, i % 2);
            CU_ASSERT_EQUAL(u->reasons[0].code, RUNDE_REASON_SKILL);
        }
    }
    CU_ASSERT_EQUAL(runde_plan_unserved(plan, 5)->visit, 4);
    CU_ASSERT_EQUAL(runde_plan_unserved(plan, 5)->n_reasons, 0);
    runde_plan_free(plan);
}

static void test_bad_unserved(void)
{
    runde_plan *const plan = new_plan();
    runde_reason reason = {RUNDE_NONE, RUNDE_REASON_NO_SHIFT, 0};
    runde_unserved u = {0, 1, &reason};
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_OK);
    reason.shift = N_SHIFTS;
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_ARGUMENT);
    reason.shift = -2;
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_ARGUMENT);
    reason.shift = 0;
    reason.code = RUNDE_REASONS;
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_ARGUMENT);
    u = (runde_unserved){N_VISITS, 0, NULL};
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_ARGUMENT);
    u = (runde_unserved){0, 1, NULL};
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_ARGUMENT);
    u = (runde_unserved){0, -1, NULL};
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_n_unserved(plan), 1);
    runde_plan_free(plan);
}

static void test_figures(void)
{
    runde_plan *const plan = new_plan();
    runde_cost cost = RUNDE_COST_INIT;
    runde_kpis kpis = RUNDE_KPIS_INIT;
    runde_search_info info = RUNDE_SEARCH_INFO_INIT;
    cost.wishes = 12;
    kpis.served = 3;
    info.seed = 99;
    CU_ASSERT_EQUAL(runde_plan_set_cost(plan, &cost), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_set_kpis(plan, &kpis), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_set_search(plan, &info), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_cost(plan)->wishes, 12);
    CU_ASSERT_EQUAL(runde_plan_kpis(plan)->served, 3);
    CU_ASSERT_EQUAL(runde_plan_search(plan)->seed, 99);
    cost.size = 0;
    kpis.size = 1;
    info.size = 2;
    CU_ASSERT_EQUAL(runde_plan_set_cost(plan, &cost), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_set_kpis(plan, &kpis), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_set_search(plan, &info), RUNDE_E_ARGUMENT);
    runde_plan_free(plan);
}

static void test_warnings(void)
{
    runde_plan *const plan = new_plan();
    char code[] = "RUNDE-W201";
    runde_finding warning = {sizeof warning, RUNDE_WARNING, code, "/visits/0",
                             "a sentence"};
    CU_ASSERT_EQUAL(runde_plan_add_warning(plan, &warning), RUNDE_OK);
    code[0] = '?'; /* copied, not borrowed */
    warning.message = NULL;
    CU_ASSERT_EQUAL(runde_plan_add_warning(plan, &warning), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_n_warnings(plan), 1);
    const runde_finding *const kept = runde_plan_warning(plan, 0);
    CU_ASSERT_STRING_EQUAL(kept->code, "RUNDE-W201");
    CU_ASSERT_STRING_EQUAL(kept->pointer, "/visits/0");
    CU_ASSERT_STRING_EQUAL(kept->message, "a sentence");
    CU_ASSERT_EQUAL(kept->severity, RUNDE_WARNING);
    runde_plan_free(plan);
}

static void test_finished(void)
{
    runde_plan *const plan = new_plan();
    const runde_unserved u = {0, 0, NULL};
    const runde_cost cost = RUNDE_COST_INIT;
    const runde_kpis kpis = RUNDE_KPIS_INIT;
    const runde_search_info info = RUNDE_SEARCH_INFO_INIT;
    const runde_finding warning = {sizeof warning, RUNDE_WARNING, "", "", ""};
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT_EQUAL(add_stop(plan, 0, &some_stop), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &u), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_set_cost(plan, &cost), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_set_kpis(plan, &kpis), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_set_search(plan, &info), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_add_warning(plan, &warning), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_finish(NULL), RUNDE_E_ARGUMENT);
    runde_plan_free(plan);
}

static void test_outlives_problem(void)
{
    runde_problem *const own = new_problem();
    runde_plan *plan = NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(own);
    CU_ASSERT_EQUAL(runde_plan_new(&plan, own), RUNDE_OK);
    runde_problem_free(own);
    CU_ASSERT_EQUAL(add_stop(plan, 5, &some_stop), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_route(plan, 0)->shift, 5);
    runde_plan_free(plan);
}

static void test_reason_names(void)
{
    for (int32_t i = 0; i < RUNDE_REASONS; i++) {
        const char *const name = runde_reason_name((runde_reason_code)i);
        CU_ASSERT_PTR_NOT_NULL_FATAL(name);
        for (int32_t k = 0; k < i; k++) {
            CU_ASSERT_STRING_NOT_EQUAL(name,
                                       runde_reason_name((runde_reason_code)k));
        }
    }
    CU_ASSERT_STRING_EQUAL(runde_reason_name(RUNDE_REASON_NO_SHIFT),
                           "no_shift");
    CU_ASSERT_STRING_EQUAL(runde_reason_name(RUNDE_REASON_SEARCH), "search");
    CU_ASSERT_PTR_NULL(runde_reason_name(RUNDE_REASONS));
    CU_ASSERT_PTR_NULL(runde_reason_name((runde_reason_code)-1));
}

/* ------------------------------------------------------ without memory */

static int32_t allowed;

static bool refuse(size_t size)
{
    (void)size;
    return allowed-- <= 0;
}

/* A plan with something of everything, or why there is none. After each
 * refusal the plan must be as it was. */
static runde_status write_plan(runde_plan **out)
{
    const runde_finding warning = {sizeof warning, RUNDE_WARNING, "c", "p",
                                   "m"};
    runde_plan *plan = NULL;
    runde_status status = runde_plan_new(&plan, problem);
    for (int32_t s = N_SHIFTS - 1; status == RUNDE_OK && s >= 0; s--) {
        status = add_stop(plan, s, &some_stop);
        CU_ASSERT_EQUAL(runde_plan_n_routes(plan),
                        N_SHIFTS - s - (status == RUNDE_OK ? 0 : 1));
    }
    for (int32_t v = 0; status == RUNDE_OK && v < N_VISITS; v++) {
        const runde_reason reason = {v % N_SHIFTS, RUNDE_REASON_REST, v};
        const runde_unserved u = {N_VISITS - 1 - v, 1, &reason};
        status = runde_plan_add_unserved(plan, &u);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_add_warning(plan, &warning);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    if (status != RUNDE_OK) {
        runde_plan_free(plan);
        plan = NULL;
    }
    *out = plan;
    return status;
}

static void test_without_memory(void)
{
    runde_plan_free(new_plan()); /* makes the problem */
    runde_plan *plan = NULL;
    runde_status status = RUNDE_E_NOMEM;
    int32_t i = 0;
    for (; status == RUNDE_E_NOMEM && i < 1000; i++) {
        allowed = i;
        rn_alloc_set_fault(refuse);
        status = write_plan(&plan);
        rn_alloc_set_fault(NULL);
        CU_ASSERT((status == RUNDE_OK) == (plan != NULL));
    }
    CU_ASSERT_EQUAL(status, RUNDE_OK);
    CU_ASSERT(i > 8);
    CU_ASSERT_EQUAL(runde_plan_n_routes(plan), N_SHIFTS);
    CU_ASSERT_EQUAL(runde_plan_n_unserved(plan), N_VISITS);
    CU_ASSERT_EQUAL(runde_plan_unserved(plan, 0)->reasons[0].amount,
                    N_VISITS - 1);
    runde_plan_free(plan);
    runde_problem_free(problem);
    problem = NULL;
}

int main(void)
{
    RN_RUN("plan", RN_TEST(test_empty), RN_TEST(test_new),
           RN_TEST(test_routes_in_order), RN_TEST(test_bad_routes),
           RN_TEST(test_unserved_in_order), RN_TEST(test_bad_unserved),
           RN_TEST(test_figures), RN_TEST(test_warnings),
           RN_TEST(test_finished), RN_TEST(test_outlives_problem),
           RN_TEST(test_reason_names), RN_TEST(test_without_memory));
}
