/* SPDX-License-Identifier: MIT */
/* What two plans do differently, for visits of one and of two carers. */
#include "harness.h"

#include <runde/runde.h>
#include <string.h>

#include "base/faults.h"

enum { CARERS = 3, CLIENTS = 2, VISITS = 4 };

/* Visits 0 and 1 of client 0, 2 of client 1, 3 by two carers at client 1. All
 * but 2 are heavy work, 3 twice as heavy; 2 is wished before 30000. */
static runde_problem *new_problem(void)
{
    static const char *const ids[] = {"0", "1", "2", "3"};
    runde_problem *p = NULL;
    runde_place place = RUNDE_PLACE_INIT;
    place.id = "home";
    place.has_coordinates = true;
    bool ok = runde_problem_new(&p, NULL, NULL) == RUNDE_OK &&
              runde_problem_add_place(p, &place, NULL) == RUNDE_OK &&
              runde_problem_add_mode(p, "car", NULL) == RUNDE_OK;
    runde_load load = RUNDE_LOAD_INIT;
    load.id = "heavy";
    load.shared = true;
    ok = ok && runde_problem_add_load(p, &load, NULL) == RUNDE_OK;
    load.id = "washing"; /* not shared: no figure */
    load.shared = false;
    ok = ok && runde_problem_add_load(p, &load, NULL) == RUNDE_OK;
    for (int32_t c = 0; c < CLIENTS; c++) {
        runde_client client = RUNDE_CLIENT_INIT;
        client.id = ids[c];
        client.place = 0;
        ok = ok && runde_problem_add_client(p, &client, NULL) == RUNDE_OK;
    }
    for (int32_t c = 0; c < CARERS; c++) {
        runde_carer carer = RUNDE_CARER_INIT;
        runde_shift shift = RUNDE_SHIFT_INIT;
        carer.id = ids[c];
        shift.id = ids[c];
        shift.carer = c;
        shift.start = 28800;
        shift.end = 57600;
        ok = ok && runde_problem_add_carer(p, &carer, NULL) == RUNDE_OK &&
             runde_problem_add_shift(p, &shift, NULL) == RUNDE_OK;
    }
    for (int32_t v = 0; v < VISITS; v++) {
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = ids[v];
        visit.client = v / 2;
        visit.duration = 600;
        visit.crew = v == 3 ? 2 : 1;
        const runde_load_use uses[] = {{0, v == 3 ? 2 : 1}, {1, 9}};
        const runde_interval wished = {28800, 29900};
        visit.loads = uses;
        visit.n_loads = v == 2 ? 0 : 2;
        visit.preferred = &wished;
        visit.n_preferred = v == 2 ? 1 : 0;
        ok = ok && runde_problem_add_visit(p, &visit, NULL) == RUNDE_OK;
    }
    CU_ASSERT_FATAL(ok && runde_problem_seal(p, NULL) == RUNDE_OK);
    return p;
}

/* A stop of a plan: who, which part of what, when. */
typedef struct served {
    int32_t carer;
    int32_t visit;
    int32_t part;
    int32_t start;
} served;

/* Stops by carer, in order. */
static runde_plan *plan_of(const runde_problem *problem, const served *list,
                           int32_t n)
{
    runde_plan *plan = NULL;
    CU_ASSERT_FATAL(runde_plan_new(&plan, problem) == RUNDE_OK);
    for (int32_t c = 0; c < CARERS; c++) {
        runde_stop stops[8];
        runde_route route = {0};
        for (int32_t i = 0; i < n; i++) {
            if (list[i].carer == c) {
                runde_stop stop = {0};
                stop.kind = RUNDE_STOP_VISIT;
                stop.item = list[i].visit;
                stop.part = list[i].part;
                stop.travel = 60;
                stop.start = list[i].start;
                stop.departure = stop.start + 600;
                stops[route.n_stops++] = stop;
            }
        }
        if (route.n_stops > 0) {
            route.shift = c;
            route.stops = stops;
            route.begin = stops[0].start;
            route.end = stops[route.n_stops - 1].departure;
            CU_ASSERT_FATAL(runde_plan_add_route(plan, &route) == RUNDE_OK);
        }
    }
    CU_ASSERT_FATAL(runde_plan_finish(plan) == RUNDE_OK);
    return plan;
}

static const served before[] = {
    {0, 0, 0, 30000}, {0, 1, 0, 32000}, {1, 2, 0, 30000},
    {0, 3, 0, 36000}, {1, 3, 1, 36000},
};

static runde_diff *diff_of(const runde_problem *problem, const served *list,
                           int32_t n)
{
    runde_diff *diff = NULL;
    runde_plan *const a = plan_of(problem, before, 5);
    runde_plan *const b = plan_of(problem, list, n);
    CU_ASSERT_EQUAL_FATAL(runde_diff_new(&diff, problem, a, b), RUNDE_OK);
    runde_plan_free(a);
    runde_plan_free(b);
    return diff;
}

static void test_nothing(void)
{
    runde_problem *const problem = new_problem();
    /* The two at visit 3 have changed parts: the client sees no difference. */
    served same[5];
    memcpy(same, before, sizeof same);
    same[3].part = 1;
    same[4].part = 0;
    runde_diff *const diff = diff_of(problem, same, 5);
    CU_ASSERT_EQUAL(runde_diff_n_parts(diff), 0);
    CU_ASSERT_EQUAL(runde_diff_n_clients(diff), 0);
    CU_ASSERT_EQUAL(runde_diff_n_carers(diff), 0);
    CU_ASSERT_PTR_NULL(runde_diff_get_part(diff, 0));
    runde_diff_free(diff);
    runde_problem_free(problem);
}

static void test_all_kinds(void)
{
    /* Visit 0 later, 1 left out, 2 by carer 2, one of two at 3 replaced. */
    static const served after[] = {
        {0, 0, 0, 30300}, {2, 2, 0, 29000}, {2, 3, 0, 36000}, {1, 3, 1, 36000}};
    runde_problem *const problem = new_problem();
    runde_diff *const diff = diff_of(problem, after, 4);
    static const uint32_t what[] = {RUNDE_DIFF_TIME, RUNDE_DIFF_DROPPED,
                                    RUNDE_DIFF_CARER | RUNDE_DIFF_TIME,
                                    RUNDE_DIFF_CARER};
    CU_ASSERT_EQUAL_FATAL(runde_diff_n_parts(diff), 4);
    for (int32_t i = 0; i < 4; i++) {
        const runde_diff_part *const part = runde_diff_get_part(diff, i);
        CU_ASSERT(part->visit == i && part->what == what[i]);
        CU_ASSERT_EQUAL(part->client, i / 2);
    }
    const runde_diff_part *const crew = runde_diff_get_part(diff, 3);
    CU_ASSERT(crew->carer[0] == 0 && crew->carer[1] == 2);
    const runde_diff_part *const out = runde_diff_get_part(diff, 1);
    CU_ASSERT(out->shift[1] == RUNDE_NONE && out->carer[1] == RUNDE_NONE);
    CU_ASSERT(out->start[1] == RUNDE_TIME_NONE);
    const runde_diff_totals *const t = runde_diff_get_totals(diff);
    CU_ASSERT(t->carer_changed == 2 && t->time_changed == 2);
    CU_ASSERT(t->added == 0 && t->dropped == 1 && t->clients_changed == 1);
    CU_ASSERT_EQUAL(t->clients_dropped, 1);
    CU_ASSERT(t->moved == 1300 && t->moved_most == 1000);
    runde_diff_free(diff);
    runde_problem_free(problem);
}

static void test_people(void)
{
    static const served after[] = {{0, 0, 0, 30000},
                                   {0, 1, 0, 32000},
                                   {2, 2, 0, 30000},
                                   {2, 3, 0, 29000},
                                   {1, 3, 1, 29000}};
    runde_problem *const problem = new_problem();
    runde_diff *const diff = diff_of(problem, after, 5);
    CU_ASSERT_EQUAL_FATAL(runde_diff_n_clients(diff), 1);
    const runde_diff_client *const client = runde_diff_get_client(diff, 0);
    CU_ASSERT(client->client == 1 && client->n_parts == 3);
    CU_ASSERT(client->faces[0] == 2 && client->faces[1] == 2);
    /* By the clock. */
    CU_ASSERT(client->parts[0]->visit == 3 && client->parts[2]->visit == 2);
    CU_ASSERT_EQUAL_FATAL(runde_diff_n_carers(diff), 3);
    const runde_diff_carer *const gave = runde_diff_get_carer(diff, 0);
    CU_ASSERT(gave->served[0] == 3 && gave->served[1] == 2);
    CU_ASSERT(gave->service[0] == 1800 && gave->service[1] == 1200);
    CU_ASSERT(gave->travel[0] == 180 && gave->duty[0] == 6600);
    CU_ASSERT_EQUAL(gave->n_parts, 1);
    const runde_diff_carer *const got = runde_diff_get_carer(diff, 2);
    CU_ASSERT(got->served[0] == 0 && got->served[1] == 2 && got->n_parts == 2);
    runde_diff_free(diff);
    runde_problem_free(problem);
}

/* What the page says of everyone: heavy work, overtime, wished times. */
static void test_figures(void)
{
    static const served after[] = {{2, 0, 0, 57000},
                                   {0, 1, 0, 32000},
                                   {1, 2, 0, 29000},
                                   {0, 3, 0, 36000},
                                   {1, 3, 1, 36000}};
    runde_problem *const problem = new_problem();
    runde_diff *const diff = diff_of(problem, after, 5);
    CU_ASSERT_EQUAL_FATAL(runde_diff_n_clients(diff), 2);
    const runde_diff_client *const client = runde_diff_get_client(diff, 1);
    CU_ASSERT(client->wished[0] == 1 && client->wished[1] == 1);
    CU_ASSERT(client->on_time[0] == 0 && client->on_time[1] == 1);
    CU_ASSERT_EQUAL(runde_diff_get_client(diff, 0)->wished[1], 0);
    CU_ASSERT_EQUAL_FATAL(runde_diff_n_carers(diff), 3);
    const runde_diff_carer *const gave = runde_diff_get_carer(diff, 0);
    CU_ASSERT(gave->heavy[0] == 4 && gave->heavy[1] == 3);
    CU_ASSERT(gave->overtime[0] == 0 && gave->overtime[1] == 0);
    const runde_diff_carer *const wished = runde_diff_get_carer(diff, 1);
    CU_ASSERT(wished->heavy[0] == 2 && wished->heavy[1] == 2);
    CU_ASSERT(wished->wished[0] == 1 && wished->on_time[0] == 0);
    CU_ASSERT(wished->wished[1] == 1 && wished->on_time[1] == 1);
    /* 57000 and ten minutes, the shift being over at 57600. */
    const runde_diff_carer *const got = runde_diff_get_carer(diff, 2);
    CU_ASSERT(got->heavy[0] == 0 && got->heavy[1] == 1);
    CU_ASSERT_EQUAL(got->overtime[1], 0);
    runde_diff_free(diff);
    served later[5];
    memcpy(later, after, sizeof later);
    later[0].start = 57100;
    runde_diff *const over = diff_of(problem, later, 5);
    CU_ASSERT_EQUAL(runde_diff_get_carer(over, 2)->overtime[1], 100);
    runde_diff_free(over);
    runde_problem_free(problem);
}

/* The other way round everything is turned about. */
static void test_added(void)
{
    runde_problem *const problem = new_problem();
    runde_plan *const none = plan_of(problem, before, 0);
    runde_plan *const all = plan_of(problem, before, 5);
    runde_diff *diff = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_diff_new(&diff, problem, none, all), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_diff_get_totals(diff)->added, 5);
    CU_ASSERT_EQUAL(runde_diff_get_totals(diff)->clients_changed, 0);
    char *text = NULL;
    size_t length = 0;
    CU_ASSERT_EQUAL_FATAL(runde_diff_to_json(&text, &length, problem, diff),
                          RUNDE_OK);
    CU_ASSERT(strstr(text, "\"added\": 5") != NULL);
    runde_text_free(text);
    runde_diff_free(diff);
    runde_plan_free(none);
    runde_plan_free(all);
    runde_problem_free(problem);
}

static void test_arguments(void)
{
    runde_problem *const problem = new_problem();
    runde_plan *const plan = plan_of(problem, before, 5);
    runde_plan *open = NULL;
    runde_diff *diff = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL(runde_plan_new(&open, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_diff_new(NULL, problem, plan, plan),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_diff_new(&diff, NULL, plan, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_diff_new(&diff, problem, plan, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_diff_new(&diff, problem, plan, open), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_diff_to_json(&text, NULL, problem, NULL),
                    RUNDE_E_ARGUMENT);
    runde_diff_free(NULL);
    /* A part that the crew does not have. */
    served wrong[5];
    memcpy(wrong, before, sizeof wrong);
    wrong[2].part = 1;
    runde_plan *const odd = plan_of(problem, wrong, 5);
    CU_ASSERT_EQUAL(runde_diff_new(&diff, problem, plan, odd),
                    RUNDE_E_ARGUMENT);
    runde_plan_free(odd);
    runde_plan_free(open);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

static void test_memory(void)
{
    runde_problem *const problem = new_problem();
    runde_plan *const none = plan_of(problem, before, 0);
    runde_plan *const all = plan_of(problem, before, 5);
    bool refused = true;
    for (long k = 0; refused; k++) {
        runde_diff *diff = NULL;
        char *text = NULL;
        rn_faults_begin(k);
        runde_status status = runde_diff_new(&diff, problem, none, all);
        if (status == RUNDE_OK) {
            status = runde_diff_to_json(&text, NULL, problem, diff);
        }
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        runde_text_free(text);
        runde_diff_free(diff);
    }
    runde_plan_free(none);
    runde_plan_free(all);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("diff", RN_TEST(test_nothing), RN_TEST(test_all_kinds),
           RN_TEST(test_people), RN_TEST(test_figures), RN_TEST(test_added),
           RN_TEST(test_arguments), RN_TEST(test_memory));
}
