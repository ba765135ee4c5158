/* SPDX-License-Identifier: MIT */
/* VROOM's input, member by member. */
#include "harness.h"

#include <runde/runde.h>
#include <string.h>

#define MATRIX                                                                 \
    "\"matrices\":{\"car\":{\"durations\":[[0,60,70],[60,0,80],"               \
    "[70,80,0]],\"distances\":[[0,600,700],[600,0,800],[700,800,0]]}}"

typedef struct notes {
    int32_t errors;
    int32_t warnings;
    char all[8000]; /* "code pointer: message", one a line */
} notes;

static void note(const runde_finding *finding, void *payload)
{
    notes *into = payload;
    if (finding->severity == RUNDE_ERROR) {
        into->errors++;
    } else {
        into->warnings++;
    }
    const size_t used = strlen(into->all);
    (void)snprintf(into->all + used, sizeof into->all - used, "%s %s: %s\n",
                   finding->code, finding->pointer, finding->message);
}

static runde_status import(runde_problem **out, const char *text, notes *into)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    *into = (notes){0};
    diag.on_finding = note;
    diag.payload = into;
    *out = NULL;
    return runde_problem_from_vroom(out, text, strlen(text), &diag);
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
    CU_ASSERT_PTR_NOT_NULL(strstr(found.all, "/vehicles/0"));
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
        "{\"jobs\":5}",
        "{\"jobs\":[],\"vehicles\":[{\"id\":1,\"start_index\":3}]," MATRIX "}",
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

/* What the gate refuses does not get any further. */
static void test_gate(void)
{
    static const char *const texts[] = {
        "{\"jobs\":[],\"jobs\":[]}",
        "{\"jobs\":[],}",
        "{\"jobs\":[{\"id\":01,\"location\":[5,60]}]}",
        "{\"jobs\":[{\"id\":1e999,\"location\":[5,60]}]}",
        "{\"jobs\":[]} x",
        "{\"jobs\":[{\"description\":\"\xff\"}]}",
        "{\"jobs\":[{\"description\":\"\\u0000\"}]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        runde_problem *problem = NULL;
        notes found;
        CU_ASSERT_NOT_EQUAL(import(&problem, texts[i], &found), RUNDE_OK);
        CU_ASSERT_EQUAL(found.errors, 1);
        CU_ASSERT_PTR_NULL(problem);
    }
}

/* Every finding at once, those of the format and those of the model, each
 * where VROOM's file has it. */
static void test_all_at_once(void)
{
    static const char *const wanted[] = {
        "RUNDE-E604 /jobs/0",
        "RUNDE-E606 /jobs/1/service",
        "RUNDE-E602 /jobs/1/setup",
        "RUNDE-E602 /jobs/2/time_windows/0",
        "RUNDE-E606 /jobs/3/priority",
        "RUNDE-E801 /jobs/4",
        "RUNDE-E606 /jobs/5/id",
        "RUNDE-E602 /jobs/6/skills/0",
        "RUNDE-E102 /jobs/8",
        "RUNDE-E205 /vehicles/0",
        "RUNDE-E602 /vehicles/1/breaks/0/time_windows",
        "RUNDE-E606 /vehicles/2/speed_factor",
        "RUNDE-E602 /vehicles/3",
        "RUNDE-E801 /shipments",
        "RUNDE-W801 /vehicles/0/steps"};
    runde_problem *problem = NULL;
    notes found;
    CU_ASSERT_EQUAL(
        import(&problem,
               "{\"jobs\":[{\"location\":[5,60]},"
               "{\"id\":1,\"location\":[5,60],\"service\":1.5,"
               "\"setup\":\"1\"},"
               "{\"id\":2,\"location\":[5,60],\"time_windows\":[[1]]},"
               "{\"id\":3,\"location\":[5,60],\"priority\":101},"
               "{\"id\":4},{\"id\":-5,\"location\":[5,60]},"
               "{\"id\":6,\"location\":[5,60],\"skills\":[\"x\"]},"
               "{\"id\":7,\"location\":[5,60]},"
               "{\"id\":7,\"location\":[5,60]}],"
               "\"shipments\":[{}],"
               "\"vehicles\":[{\"id\":1,\"time_window\":[10,5],"
               "\"steps\":[]},"
               "{\"id\":2,\"breaks\":[{\"time_windows\":9}]},"
               "{\"id\":3,\"speed_factor\":7},[]]}",
               &found),
        RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NULL(problem);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (strstr(found.all, wanted[i]) == NULL) {
            printf("not found: %s in\n%s", wanted[i], found.all);
            CU_FAIL("a finding is missing");
        }
    }
}

/* What no vehicle has room for is said, and too many kinds are refused. */
static void test_capacity(void)
{
    runde_problem *problem = NULL;
    notes found;
    CU_ASSERT_EQUAL(import(&problem,
                           "{\"jobs\":[{\"id\":1,\"location\":[5,60],"
                           "\"delivery\":[1,2,0]}],"
                           "\"vehicles\":[{\"id\":1,\"capacity\":[9]}]}",
                           &found),
                    RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->n_loads, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(found.all, "RUNDE-W801 /jobs/0/delivery/1"));
    CU_ASSERT_PTR_NULL(strstr(found.all, "/jobs/0/delivery/2"));
    runde_problem_free(problem);
    char text[512] = "{\"vehicles\":[{\"id\":1,\"capacity\":[1";
    for (int i = 0; i < 63; i++) {
        (void)strncat(text, ",1", sizeof text - strlen(text) - 1);
    }
    (void)strncat(text, "]}]}", sizeof text - strlen(text) - 1);
    CU_ASSERT_EQUAL(import(&problem, text, &found), RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(found.all, "RUNDE-E801 /vehicles"));
}

int main(void)
{
    RN_RUN("vroom_reader", RN_TEST(test_full), RN_TEST(test_left_aside),
           RN_TEST(test_unix_time), RN_TEST(test_refused), RN_TEST(test_gate),
           RN_TEST(test_all_at_once), RN_TEST(test_capacity));
}
