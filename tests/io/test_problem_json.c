/* SPDX-License-Identifier: MIT */
/* Problems to JSON and back: nothing is lost, and what the file says short is
 * understood. */
#include "problem_fixture.h"

/* --------------------------------------------------------- there and back */

/* Prints, reads, compares, prints again; gives the text. */
static char *round_trip(const runde_problem *problem)
{
    char *first = NULL;
    char *second = NULL;
    size_t n = 0;
    size_t m = 0;
    runde_problem *copy = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    static seen all;
    all.n = 0;
    diag.on_finding = see;
    diag.payload = &all;
    MUST(runde_problem_to_json(&first, &n, problem));
    const runde_status status = runde_problem_from_json(&copy, first, n, &diag);
    if (status != RUNDE_OK) {
        print_seen(&all);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    check_equal(problem, copy);
    MUST(runde_problem_to_json(&second, &m, copy));
    CU_ASSERT_EQUAL(n, m);
    CU_ASSERT_EQUAL(strlen(first), n);
    CU_ASSERT_STRING_EQUAL(first, second);
    runde_text_free(second);
    runde_problem_free(copy);
    return first;
}

static void test_round_trip(void)
{
    /* Ticks of 1 s, of half, of 2 s, of 1 ms; with and without a start;
     * matrices and models. */
    static const int32_t ticks[] = {1000, 500, 1, 2000, 1000, 1000};
    for (int i = 0; i < 6; i++) {
        runde_settings settings = RUNDE_SETTINGS_INIT;
        settings.tick_ms = ticks[i];
        settings.has_origin = i != 4;
        settings.origin = settings.has_origin ? ORIGIN : 0;
        settings.time_zone = i == 4 ? NULL : i == 5 ? "UTC" : "Europe/Oslo";
        settings.days = i == 2 ? 0 : 12;
        settings.early_at_end = i == 2 || i == 3;
        settings.late_at_end = i == 1 || i == 3;
        settings.depart_at_shift_start = i == 2;
        settings.freeze_before =
            i == 1 ? 3600000 / ticks[i] * 9 : RUNDE_TIME_NONE;
        settings.rules.max_per_day = i == 3 ? RUNDE_UNLIMITED : 0;
        runde_problem *const problem = full_problem(&settings, i % 2 == 1);
        char *const text = round_trip(problem);
        CU_ASSERT_EQUAL(strstr(text, "T08:05:00+01:00") != NULL, i == 0);
        CU_ASSERT_EQUAL(strstr(text, "T07:05:00Z") != NULL, i == 5);
        CU_ASSERT_EQUAL(strstr(text, "29100") != NULL, i == 4);
        runde_text_free(text);
        runde_problem_free(problem);
    }
}

static void test_empty(void)
{
    runde_problem *const problem =
        good_problem("{'format': 'runde-problem', 'version': 1}");
    runde_text_free(round_trip(problem));
    CU_ASSERT_EQUAL(runde_problem_settings(problem)->tick_ms, 1000);
    CU_ASSERT_EQUAL(runde_problem_n_modes(problem), 0);
    runde_problem_free(problem);
}

/* ------------------------------------------------------------- short forms */

static void test_short_forms(void)
{
    runde_problem *const problem = good_problem(
        "{'format': 'runde-problem', 'version': 1, 'x-from': 'test',"
        "'places': [{'id': 'base', 'lat': 63, 'lon': 10}],"
        "'clients': [{'id': 'k', 'place': 'base'},"
        "            {'id': 'k1', 'lat': 63.1, 'lon': 10.1},"
        "            {'id': 'k2', 'lat': 63.2, 'lon': 10.2,"
        "             'wishes': [{'carer': 'b', 'kind': 'unwanted'}]}],"
        "'carers': [{'id': 'a', 'skills': ['nurse', 'lift']}, {'id': 'b',"
        "            'skills': [{'skill': 'drive'}, 'nurse']}],"
        "'shifts': [{'id': 's', 'carer': 'a', 'start': 0, 'end': 28800,"
        "            'end_place': 'k1'},"
        "           {'id': 't', 'carer': 'b', 'start': 0, 'end': 28800,"
        "            'travel_mode': 'bicycle'}],"
        "'visits': [{'id': 'v', 'client': 'k2', 'service_duration': 'PT15M',"
        "            'required_skills': ['lift']}],"
        "'order': ['late', 'travel_time'], 'weights': {'idle': 3}}");
    const runde_weights *const weights = runde_problem_weights(problem);
    CU_ASSERT_EQUAL(runde_problem_n_places(problem), 3);
    CU_ASSERT_STRING_EQUAL(runde_problem_place(problem, 2)->id, "k2");
    CU_ASSERT_EQUAL(runde_problem_client(problem, 0)->place, 0);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 1)->place, 1);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 2)->place, 2);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 2)->wishes[0].weight, 1);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->end_place, 1);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->place, 2);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->duration, 900);
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_skills(problem), 3);
    CU_ASSERT_STRING_EQUAL(runde_problem_skill(problem, 2), "drive");
    CU_ASSERT_EQUAL(runde_problem_carer(problem, 1)->skills[1].skill, 0);
    CU_ASSERT_EQUAL(runde_problem_carer(problem, 1)->skills[1].level, 1);
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_modes(problem), 2);
    CU_ASSERT_STRING_EQUAL(runde_problem_mode(problem, 0), "car");
    CU_ASSERT_STRING_EQUAL(runde_problem_mode(problem, 1), "bicycle");
    CU_ASSERT(weights->weight[RUNDE_LATE] > weights->weight[RUNDE_TRAVEL_TIME]);
    CU_ASSERT(weights->weight[RUNDE_TRAVEL_TIME] > 0);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_IDLE], 3);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_OVERTIME], 0);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

#define OSLO_WEEK                                                              \
    "{'format': 'runde-problem', 'version': 1, 'settings': {'horizon':"        \
    " {'start': '2026-03-23', 'days': 14}, 'time_zone': 'Europe/Oslo'},"       \
    "'places': [{'id': 'p', 'lat': 63, 'lon': 10}],"                           \
    "'carers': [{'id': 'a', 'skills': [{'skill': 'x', 'expires':"              \
    "            '2026-03-29'}, {'skill': 'y', 'expires': '2099-01-01'}]}],"

/* Windows follow the wall clock: the same hour before and after the night to
 * summer time is 23 hours apart from one day to the next. */
static void test_days(void)
{
    runde_problem *const problem = good_problem(
        OSLO_WEEK
        "'clients': [{'id': 'k', 'place': 'p', 'absences': [{'start':"
        "             '2026-03-29', 'end': '2026-03-29'}]}],"
        "'shifts': [{'id': 'n', 'carer': 'a', 'day': '2026-03-28',"
        "  'start': '22:00', 'end': '07:00+1', 'breaks': [{'duration': 1800,"
        "  'min_start': '23:00', 'max_start': '04:00+1'}]}],"
        "'visits': [{'id': 'v', 'client': 'k', 'service_duration': 900,"
        "  'days': ['2026-03-28', 6, '2026-03-30'],"
        "  'time_windows': [{'min_start': '08:00', 'max_start': '09:00'},"
        "                   {'min_start': '20:00', 'max_end': '01:00+1'}],"
        "  'preferred_windows': [{'start': '08:30', 'end': '08:45'}]}]}");
    const runde_visit *const visit = runde_problem_visit(problem, 0);
    const runde_shift *const shift = runde_problem_shift(problem, 0);
    const runde_client *const client = runde_problem_client(problem, 0);
    const runde_carer *const carer = runde_problem_carer(problem, 0);
    CU_ASSERT_EQUAL_FATAL(visit->n_windows, 6);
    CU_ASSERT_EQUAL(visit->windows[0].min_start, 5 * DAY + 8 * HOUR);
    CU_ASSERT_EQUAL(visit->windows[0].max_end, RUNDE_TIME_NONE);
    CU_ASSERT_EQUAL(visit->windows[1].min_start, 5 * DAY + 20 * HOUR);
    CU_ASSERT_EQUAL(visit->windows[1].max_end, 6 * DAY + HOUR);
    CU_ASSERT_EQUAL(visit->windows[2].min_start, 6 * DAY + 7 * HOUR);
    CU_ASSERT_EQUAL(visit->windows[4].min_start, 7 * DAY + 7 * HOUR);
    CU_ASSERT_EQUAL_FATAL(visit->n_preferred, 3);
    CU_ASSERT_EQUAL(visit->preferred[2].end, 7 * DAY + 7 * HOUR + 2700);
    CU_ASSERT_EQUAL(shift->end - shift->start, 8 * HOUR);
    CU_ASSERT_EQUAL(shift->breaks[0].max_start, 6 * DAY + 3 * HOUR);
    CU_ASSERT_EQUAL(client->absences[0].start, 6 * DAY);
    CU_ASSERT_EQUAL(client->absences[0].end, 7 * DAY - HOUR - 1);
    CU_ASSERT_EQUAL(carer->skills[0].expires, 7 * DAY - HOUR - 1);
    CU_ASSERT_EQUAL(carer->skills[1].expires, (1 << 30) - 1);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

/* Without a start days are 24 h long, and clock times still work. */
static void test_day_numbers(void)
{
    runde_problem *const problem = good_problem(
        "{'format': 'runde-problem', 'version': 1,"
        " 'settings': {'tick_ms': 60000},"
        " 'clients': [{'id': 'k', 'lat': 63, 'lon': 10}],"
        " 'carers': [{'id': 'a'}], 'shifts': [{'id': 's', 'carer': 'a',"
        "  'day': 2, 'start': '08:00', 'end': '00:00+1'}],"
        " 'visits': [{'id': 'v', 'client': 'k', 'service_duration': 1800,"
        "  'days': [0, 3], 'time_windows': [{'min_start': '08:00'}]}]}");
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->start, 2 * 1440 + 480);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->end, 3 * 1440);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->windows[1].min_start,
                    3 * 1440 + 480);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->duration, 30);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

static void test_twice(void)
{
    static seen all;
    runde_problem *problem = NULL;
    MUST(read_problem(&problem,
                      "{'format': 'runde-problem', 'version': 1, 'settings':"
                      "{'horizon': {'start': '2026-10-19'}, 'time_zone':"
                      " 'Europe/Oslo'}, 'carers': [{'id': 'a'}], 'shifts':"
                      "[{'id': 's', 'carer': 'a', 'start': '2026-10-25T02:30',"
                      "  'end': '2026-10-25T02:30:00+01:00'}]}",
                      &all));
    CU_ASSERT_EQUAL(all.n, 1);
    CU_ASSERT(has_seen(&all, "RUNDE-W650", "/shifts/0/start"));
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->start,
                    6 * DAY + 2 * HOUR + 1800);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->end,
                    6 * DAY + 3 * HOUR + 1800);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

/* A mode of the file's own may get its travel later. */
static void test_lent_model(void)
{
    static const char text[] =
        "{\"format\": \"runde-problem\", \"version\": 1,"
        "\"places\": [{\"id\": \"p\", \"lat\": 60, \"lon\": 11}],"
        "\"carers\": [{\"id\": \"a\"}], \"shifts\": [{\"id\": \"s\","
        "\"carer\": \"a\", \"start\": 0, \"end\": 3600,"
        "\"start_place\": \"p\", \"end_place\": \"p\","
        "\"travel_mode\": \"moped\"},"
        "{\"id\": \"t\", \"carer\": \"a\", \"start\": 90000,"
        "\"end\": 93600, \"travel_mode\": \"walk\"}]}";
    runde_speed_model model = {.size = sizeof model,
                               .n_bands = 1,
                               .band = {{.detour = 1.5, .speed_kmh = 30.0}}};
    runde_problem *problem = NULL;
    CU_ASSERT_EQUAL(runde_problem_from_json_with_model(
                        &problem, text, sizeof text - 1, NULL, NULL),
                    RUNDE_E_INVALID);
    MUST(runde_problem_from_json_with_model(&problem, text, sizeof text - 1,
                                            &model, NULL));
    CU_ASSERT_EQUAL(runde_problem_n_modes(problem), 2);
    for (int32_t m = 0; m < 2; m++) {
        /* That of "walk" stays. */
        const bool is_lent =
            strcmp(runde_problem_mode(problem, m), "moped") == 0;
        const runde_speed_model *const has =
            runde_problem_speed_model(problem, m);
        CU_ASSERT_PTR_NOT_NULL_FATAL(has);
        CU_ASSERT_EQUAL(has->access_s == 0 && has->n_bands == 1 &&
                            has->band[0].speed_kmh > 29.0,
                        is_lent);
    }
    runde_problem_free(problem);
    problem = NULL;
    model.size--;
    CU_ASSERT_EQUAL(runde_problem_from_json_with_model(
                        &problem, text, sizeof text - 1, &model, NULL),
                    RUNDE_E_ARGUMENT);
}

static void test_hard_weights(void)
{
    runde_problem *const problem = good_problem(
        "{'format': 'runde-problem', 'version': 1, 'weights': {"
        "'late': 'hard', 'early': {'weight': 4, 'hard': true}, 'idle': 9,"
        "'travel_distance': {'hard': true, 'limit': 3000000000},"
        "'waiting': {'weight': 2}}}");
    const runde_weights *const weights = runde_problem_weights(problem);
    runde_weights defaults;
    runde_weights_default(&defaults, 1000);
    CU_ASSERT_EQUAL(weights->hard, 1u << RUNDE_LATE | 1u << RUNDE_EARLY |
                                       1u << RUNDE_TRAVEL_DISTANCE);
    CU_ASSERT_EQUAL(weights->limit[RUNDE_TRAVEL_DISTANCE], 3000000000);
    CU_ASSERT_EQUAL(weights->limit[RUNDE_LATE], 0);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_LATE], 0);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_EARLY], 4);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_IDLE], 9);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_WAITING], 2);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_TRAVEL_TIME],
                    defaults.weight[RUNDE_TRAVEL_TIME]);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

/* -------------------------------------------------------------- no memory */

static void test_no_memory(void)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    char *text = NULL;
    size_t n = 0;
    settings.has_origin = true;
    settings.origin = ORIGIN;
    settings.time_zone = "Europe/Oslo";
    settings.days = 12;
    runde_problem *const problem = full_problem(&settings, true);
    MUST(runde_problem_to_json(&text, &n, problem));
    int refused = 0;
    for (long k = 1;; k++) {
        runde_problem *copy = NULL;
        fail_allocation(k);
        const runde_status status =
            runde_problem_from_json(&copy, text, n, NULL);
        const bool is_done = allocations < k;
        fail_allocation(0);
        CU_ASSERT_EQUAL(copy != NULL, status == RUNDE_OK);
        CU_ASSERT(status == RUNDE_OK || status == RUNDE_E_NOMEM);
        refused += status == RUNDE_E_NOMEM;
        if (copy != NULL) {
            check_equal(problem, copy);
        }
        runde_problem_free(copy);
        if (is_done) {
            break;
        }
    }
    CU_ASSERT(refused > 20);
    for (long k = 1;; k++) {
        char *again = NULL;
        size_t m = 0;
        fail_allocation(k);
        const runde_status status = runde_problem_to_json(&again, &m, problem);
        const bool is_done = allocations < k;
        fail_allocation(0);
        CU_ASSERT(status == RUNDE_E_NOMEM || (status == RUNDE_OK && m == n &&
                                              memcmp(again, text, n) == 0));
        runde_text_free(again);
        if (is_done) {
            break;
        }
    }
    runde_text_free(text);
    runde_problem_free(problem);
}

static void test_arguments(void)
{
    runde_problem *problem = NULL;
    char *text = NULL;
    size_t n = 0;
    CU_ASSERT_EQUAL(runde_problem_to_json(&text, &n, NULL), RUNDE_E_ARGUMENT);
    MUST(runde_problem_new(&problem, NULL, NULL));
    CU_ASSERT_EQUAL(runde_problem_to_json(NULL, &n, problem), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_to_json(&text, &n, problem), RUNDE_E_STATE);
    MUST(runde_problem_seal(problem, NULL));
    MUST(runde_problem_to_json(&text, NULL, problem));
    runde_text_free(text);
    runde_text_free(NULL);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("problem_json", RN_TEST(test_round_trip), RN_TEST(test_empty),
           RN_TEST(test_short_forms), RN_TEST(test_days),
           RN_TEST(test_day_numbers), RN_TEST(test_twice),
           RN_TEST(test_lent_model), RN_TEST(test_hard_weights),
           RN_TEST(test_no_memory), RN_TEST(test_arguments));
}
