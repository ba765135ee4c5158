/* SPDX-License-Identifier: MIT */
/* VROOM's input, member by member, and its output for a plan by hand. */
#include "harness.h"
#include "vroom.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#define MATRIX                                                                 \
    "\"matrices\":{\"car\":{\"durations\":[[0,60,70],[60,0,80],"               \
    "[70,80,0]],\"distances\":[[0,600,700],[600,0,800],[700,800,0]]}}"

typedef struct notes {
    int32_t errors;
    int32_t warnings;
    char last[320];
} notes;

static void note(const runde_finding *finding, void *payload)
{
    notes *into = payload;
    if (finding->severity == RUNDE_ERROR) {
        into->errors++;
    } else {
        into->warnings++;
    }
    (void)snprintf(into->last, sizeof into->last, "%s %s", finding->pointer,
                   finding->message);
}

static runde_status import(runde_problem **out, const char *text, notes *into)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    *into = (notes){0};
    diag.on_finding = note;
    diag.payload = into;
    *out = NULL;
    return vroom_import(out, text, strlen(text), &diag);
}

static const char full_day[] =
    "{\"jobs\":[{\"id\":7,\"location_index\":1,\"service\":600,\"setup\":120,"
    "\"skills\":[5,9],\"priority\":100,\"time_windows\":[[3600,7200]],"
    "\"delivery\":[2]},"
    "{\"id\":8,\"location_index\":2,\"service\":300,\"pickup\":[3]}],"
    "\"vehicles\":[{\"id\":3,\"start_index\":0,\"end_index\":0,"
    "\"skills\":[9,5,1],\"time_window\":[0,30000],\"capacity\":[4],"
    "\"max_tasks\":2,\"breaks\":[{\"id\":1,\"service\":900,"
    "\"time_windows\":[[8000,9000]]}]},"
    "{\"id\":4,\"start_index\":0,\"speed_factor\":2,\"costs\":{\"fixed\":9}}"
    "]," MATRIX "}";

static void check_visits(const runde_problem *problem)
{
    const runde_visit *first = runde_problem_visit(problem, 0);
    const runde_visit *second = runde_problem_visit(problem, 1);
    CU_ASSERT_STRING_EQUAL(first->id, "7");
    CU_ASSERT_EQUAL(first->place, 1);
    CU_ASSERT_EQUAL(first->duration, 600);
    CU_ASSERT_EQUAL(first->setup, 120);
    CU_ASSERT_EQUAL(first->priority, 100);
    CU_ASSERT_EQUAL(first->n_skills, 2);
    CU_ASSERT_EQUAL(first->n_loads, 2);
    CU_ASSERT_EQUAL(first->loads[0].amount, 2);
    /* By either reading of the window the visit is in time. */
    CU_ASSERT_EQUAL(first->windows[0].min_start, 3720);
    CU_ASSERT_EQUAL(first->windows[0].max_start, 7200);
    CU_ASSERT_EQUAL(second->priority, 1);
    CU_ASSERT_EQUAL(second->n_windows, 0);
    CU_ASSERT_EQUAL(second->loads[0].amount, 3);
}

static void check_shifts(const runde_problem *problem)
{
    const runde_shift *first = runde_problem_shift(problem, 0);
    const runde_shift *second = runde_problem_shift(problem, 1);
    CU_ASSERT_STRING_EQUAL(first->id, "3");
    CU_ASSERT_EQUAL(first->max_end, 30000);
    CU_ASSERT_EQUAL(first->n_breaks, 1);
    CU_ASSERT_EQUAL(first->breaks[0].min_start, 8000);
    CU_ASSERT_EQUAL(first->breaks[0].max_start, 9000);
    CU_ASSERT_TRUE(first->breaks[0].interrupts_travel);
    CU_ASSERT_FALSE(first->breaks[0].optional);
    CU_ASSERT_EQUAL(first->n_caps, 2);
    CU_ASSERT_EQUAL(first->caps[1].cap, 2);
    CU_ASSERT_EQUAL(second->end_place, RUNDE_NONE);
    CU_ASSERT_EQUAL(second->mode, 1);
    int32_t duration = 0;
    int32_t distance = 0;
    runde_problem_travel(problem, 1, 1, 2, &duration, &distance);
    CU_ASSERT_EQUAL(duration, 40);
    CU_ASSERT_EQUAL(distance, 800);
}

static void test_full(void)
{
    runde_problem *problem = NULL;
    notes found;
    CU_ASSERT_EQUAL_FATAL(import(&problem, full_day, &found), RUNDE_OK);
    CU_ASSERT_EQUAL(found.errors, 0);
    CU_ASSERT_EQUAL(runde_problem_n_skills(problem), 3);
    CU_ASSERT_EQUAL(runde_problem_n_modes(problem), 2);
    CU_ASSERT_EQUAL(runde_problem_n_loads(problem), 2);
    CU_ASSERT_EQUAL(runde_problem_n_places(problem), 3);
    CU_ASSERT_FALSE(runde_problem_settings(problem)->has_origin);
    CU_ASSERT_EQUAL(runde_problem_weights(problem)->weight[RUNDE_TRAVEL_TIME],
                    1);
    check_visits(problem);
    check_shifts(problem);
    runde_problem_free(problem);
}

static void test_left_aside(void)
{
    runde_problem *problem = NULL;
    notes found;
    CU_ASSERT_EQUAL(import(&problem,
                           "{\"jobs\":[{\"id\":1,\"location\":[5.3,60.4]}],"
                           "\"vehicles\":[{\"id\":1,\"steps\":[]}]}",
                           &found),
                    RUNDE_OK);
    CU_ASSERT_TRUE(found.warnings > 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(found.last, "/vehicles/0"));
    runde_problem_free(problem);
}

/* Unix times do not fit into ticks; coordinates without a matrix do. */
static void test_unix_time(void)
{
    runde_problem *problem = NULL;
    notes found;
    CU_ASSERT_EQUAL_FATAL(
        import(&problem,
               "{\"jobs\":[{\"id\":1,\"location\":[5.3,60.4],\"time_windows\":"
               "[[1800003600,1800007200]]},"
               "{\"id\":2,\"location\":[5.31,60.41]},"
               "{\"id\":3,\"location\":[5.3,60.4]}],"
               "\"vehicles\":[{\"id\":1,\"profile\":\"foot-walking\","
               "\"start\":[5.3,60.4],"
               "\"time_window\":[1800000000,1800020000]}]}",
               &found),
        RUNDE_OK);
    const runde_settings *settings = runde_problem_settings(problem);
    CU_ASSERT_TRUE(settings->has_origin);
    CU_ASSERT_EQUAL(settings->origin % 86400, 0);
    const runde_visit *visit = runde_problem_visit(problem, 0);
    CU_ASSERT_EQUAL(settings->origin + visit->windows[0].min_start, 1800003600);
    CU_ASSERT_EQUAL(runde_problem_n_places(problem), 2);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 2)->place, visit->place);
    CU_ASSERT_STRING_EQUAL(runde_problem_mode(problem, 0), "walk");
    runde_problem_free(problem);
}

static void test_refused(void)
{
    static const char *const texts[] = {
        "{\"jobs\":[],\"vehicles\":[],\"matrices\":{\"car\":{}}}",
        "{\"matrices\":{\"car\":{\"durations\":[[0,1],[1]]}}}",
        "{\"matrices\":{\"car\":{\"durations\":[[0,1],[1,0.5]]}}}",
        "{\"matrices\":{\"car\":{\"durations\":[[0,1],[1,0],]}}}",
        "{\"matrices\":{\"car\":{\"durations\":[[0,1],[1,0",
        "{\"matrices\":{\"car\":{\"durations\":[[0]]},"
        "\"bike\":{\"durations\":[[0,1],[1,0]]}}}",
        "{\"matrices\":{\"car\":{\"durations\":[[0]],\"distances\":"
        "[[0,1],[1,0]]}}}",
        "{\"matrices\":{\"c\\",
        "{\"shipments\":[{}]}",
        "{\"jobs\":[{\"id\":1}]}",
        "{\"jobs\":[{\"id\":-1,\"location\":[5,60]}]}",
        "{\"jobs\":[{\"id\":1,\"location\":[5,60],\"priority\":101}]}",
        "{\"vehicles\":[{\"id\":1,\"time_window\":[1]}]}",
        "{\"vehicles\":[{\"id\":1,\"speed_factor\":0}]}",
        "{\"vehicles\":[{\"id\":1,\"profile\":\"bus\"}]," MATRIX "}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        runde_problem *problem = NULL;
        notes found;
        const runde_status status = import(&problem, texts[i], &found);
        CU_ASSERT_NOT_EQUAL(status, RUNDE_OK);
        CU_ASSERT_TRUE(found.errors > 0);
        if (status == RUNDE_OK) {
            printf("accepted: %s\n", texts[i]);
            runde_problem_free(problem);
        }
    }
}

/* ------------------------------------------------------------- output */

static runde_plan *plan_by_hand(const runde_problem *problem)
{
    const runde_stop stops[] = {
        {RUNDE_STOP_VISIT, 0, 0, 1, 60, 600, 3600, 0, 120, 3720, 4320, false},
        {RUNDE_STOP_BREAK, 0, 0, RUNDE_NONE, 30, 0, 4350, 3650, 0, 8000, 8900,
         false},
        {RUNDE_STOP_VISIT, 1, 0, 2, 50, 800, 8950, 0, 0, 8950, 9250, false},
    };
    const runde_route route = {0, 3540, 9320, 70, 700, 3, stops, false};
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_add_route(plan, &route), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    return plan;
}

static double at(const cJSON *node, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(node, key);
    return cJSON_IsNumber(value) ? value->valuedouble : NAN;
}

static void test_export(void)
{
    runde_problem *problem = NULL;
    notes found;
    CU_ASSERT_EQUAL_FATAL(import(&problem, full_day, &found), RUNDE_OK);
    runde_plan *plan = plan_by_hand(problem);
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(vroom_export(&text, problem, plan), RUNDE_OK);
    cJSON *root = cJSON_Parse(text);
    free(text);
    const cJSON *route =
        cJSON_GetObjectItemCaseSensitive(root, "routes")->child;
    const cJSON *steps = cJSON_GetObjectItemCaseSensitive(route, "steps");
    CU_ASSERT_EQUAL(at(route, "vehicle"), 3.0);
    CU_ASSERT_EQUAL_FATAL(cJSON_GetArraySize(steps), 5);
    CU_ASSERT_EQUAL(at(cJSON_GetArrayItem(steps, 0), "arrival"), 3540.0);
    const cJSON *job = cJSON_GetArrayItem(steps, 1);
    CU_ASSERT_EQUAL(at(job, "id"), 7.0);
    CU_ASSERT_EQUAL(at(job, "arrival"), 3600.0);
    CU_ASSERT_EQUAL(at(job, "setup"), 120.0);
    const cJSON *pause = cJSON_GetArrayItem(steps, 2);
    CU_ASSERT_EQUAL(at(pause, "waiting_time"), 3650.0);
    CU_ASSERT_EQUAL(at(pause, "service"), 900.0);
    CU_ASSERT_EQUAL(at(cJSON_GetArrayItem(steps, 4), "duration"), 210.0);
    const cJSON *summary = cJSON_GetObjectItemCaseSensitive(root, "summary");
    CU_ASSERT_EQUAL(at(summary, "cost"), 210.0);
    CU_ASSERT_EQUAL(at(summary, "unassigned"), 0.0);
    cJSON_Delete(root);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("vroom", RN_TEST(test_full), RN_TEST(test_left_aside),
           RN_TEST(test_unix_time), RN_TEST(test_refused),
           RN_TEST(test_export));
}
