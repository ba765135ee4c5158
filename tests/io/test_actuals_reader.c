/* SPDX-License-Identifier: MIT */
/* Files of what happened: read, refused, and printed as a table. */
#include "export_fixture.h"

#include <runde/actuals.h>

#define HEAD "{\"format\":\"runde-actuals\",\"version\":1,\"visits\":["

static runde_status read(runde_actuals **out, const char *text,
                         runde_diag *diag)
{
    runde_problem *const p = export_problem("x", true);
    runde_plan *const plan = export_plan(p);
    const runde_status status =
        runde_actuals_from_json(out, p, plan, text, strlen(text), diag);
    runde_plan_free(plan);
    runde_problem_free(p);
    return status;
}

static void test_read(void)
{
    runde_actuals *a = NULL;
    MUST(read(&a,
              HEAD "{\"visit\":\"x5\",\"arrival\":\"01:30\",\"departure\":"
                   "\"2026-03-29T03:40\"},"
                   "{\"client\":\"x2\",\"carer\":\"x1\",\"arrival\":40000,"
                   "\"departure\":40060,\"x-note\":\"fell\"}]}",
              NULL));
    CU_ASSERT_EQUAL_FATAL(runde_actuals_n_lines(a), 4);
    const runde_actual_line *const line = runde_actuals_get_line(a, 0);
    /* From 01:30 to 03:40 on the night that lacks an hour. */
    CU_ASSERT_EQUAL(line->start[1], 5400);
    CU_ASSERT_EQUAL(line->end[1], 9600);
    CU_ASSERT_EQUAL(line->carer[1], 0);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 3)->client, 2);
    runde_actuals_free(a);
}

/* Every finding at once, and no actuals. */
static void test_refused(void)
{
    static const struct {
        const char *text;
        const char *code;
        const char *pointer;
        int32_t errors;
        runde_status status;
    } cases[] = {
        {"{", "RUNDE-E002", "", 1, RUNDE_E_FORMAT},
        {"{\"format\":\"runde-plan\",\"version\":1,\"visits\":[]}",
         "RUNDE-E601", "/format", 1, RUNDE_E_FORMAT},
        {"{\"format\":\"runde-actuals\",\"version\":1}", "RUNDE-E604", "", 1,
         RUNDE_E_FORMAT},
        {HEAD "{\"arrival\":1,\"departure\":2}]}", "RUNDE-E612", "/visits/0", 1,
         RUNDE_E_FORMAT},
        {HEAD "{\"visit\":\"x5\",\"client\":\"x0\",\"arrival\":1,"
              "\"departure\":2}]}",
         "RUNDE-E612", "/visits/0", 1, RUNDE_E_FORMAT},
        {HEAD "{\"visit\":\"v\",\"arrival\":1,\"departure\":2},"
              "{\"visit\":\"x5\",\"arival\":1,\"departure\":2},"
              "{\"visit\":\"x5\",\"arrival\":3,\"departure\":2}]}",
         "RUNDE-E605", "/visits/0/visit", 4, RUNDE_E_FORMAT},
        {HEAD "{\"visit\":\"x7\",\"arrival\":1,\"departure\":2}]}",
         "RUNDE-E653", "/visits/0", 1, RUNDE_E_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        runde_actuals *a = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        CU_ASSERT_EQUAL(read(&a, cases[i].text, &diag), cases[i].status);
        CU_ASSERT_PTR_NULL(a);
        CU_ASSERT_EQUAL(diag.errors, cases[i].errors);
        CU_ASSERT_STRING_EQUAL(diag.code, cases[i].code);
        CU_ASSERT_STRING_EQUAL(diag.pointer, cases[i].pointer);
    }
}

static char *print(const runde_problem *p, const runde_csv_style *style)
{
    runde_plan *const plan = export_plan(p);
    const runde_actual records[] = {
        {sizeof records[0], 0, 0, 0, 5460, 9000},
        {sizeof records[0], 1, 0, 1, 16400, 20000},
        {sizeof records[0], RUNDE_NONE, 2, 1, 40000, 40060}};
    runde_actuals *a = NULL;
    char *text = NULL;
    size_t length = 0;
    MUST(runde_actuals_new(&a, p, plan, records, 3, NULL));
    MUST(runde_actuals_to_csv(&text, &length, p, a, style));
    CU_ASSERT_EQUAL(strlen(text), length);
    runde_actuals_free(a);
    runde_plan_free(plan);
    return text;
}

static void test_table(void)
{
    static const char wanted[] =
        "client,visit,part,status,carer,planned_carer,planned_shift,"
        "planned_start,planned_end,planned_minutes,actual_start,actual_end,"
        "actual_minutes,start_deviation_minutes,service_deviation_minutes,"
        "actual_start_utc,actual_end_utc\r\n"
        "x0,x5,1,done,x0,x0,x2,2026-03-29 01:30:00,2026-03-29 03:30:00,60.00,"
        "2026-03-29 01:31:00,2026-03-29 03:30:00,59.00,1.00,-1.00,"
        "2026-03-29T00:31:00Z,2026-03-29T01:30:00Z\r\n"
        "x0,x5,2,missing,,x1,x3,2026-03-29 01:30:00,2026-03-29 03:30:00,60.00,"
        ",,,,,,\r\n"
        "x1,x6,1,other_carer,x1,x0,x2,2026-03-29 05:33:30,"
        "2026-03-29 06:33:30,60.00,2026-03-29 05:33:20,2026-03-29 06:33:20,"
        "60.00,-0.17,0.00,2026-03-29T03:33:20Z,2026-03-29T04:33:20Z\r\n"
        "x2,,,extra,x1,,,,,,2026-03-29 12:06:40,2026-03-29 12:07:40,1.00,,,"
        "2026-03-29T10:06:40Z,2026-03-29T10:07:40Z\r\n";
    runde_problem *const p = export_problem("x", true);
    char *const text = print(p, NULL);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    runde_text_free(text);
    runde_problem_free(p);
}

/* The night on which the clock shows an hour twice: what is paid is the time
 * that passed, and no two moments look alike. */
static void test_autumn(void)
{
    static const char night[] =
        "{\"format\":\"runde-problem\",\"version\":1,"
        "\"settings\":{\"horizon\":{\"start\":\"2026-10-24\",\"days\":2},"
        "\"time_zone\":\"Europe/Oslo\"},"
        "\"clients\":[{\"id\":\"k\",\"lat\":60,\"lon\":11}],"
        "\"carers\":[{\"id\":\"a\"}],"
        "\"shifts\":[{\"id\":\"s\",\"carer\":\"a\","
        "\"start\":\"2026-10-24T22:00\",\"end\":\"2026-10-25T06:00\"}],"
        "\"visits\":[{\"id\":\"v\",\"client\":\"k\","
        "\"service_duration\":3600,\"time_windows\":["
        "{\"min_start\":\"2026-10-25T01:30\"}]},"
        "{\"id\":\"w\",\"client\":\"k\",\"service_duration\":600,"
        "\"time_windows\":[{\"min_start\":\"2026-10-25T04:00\"}]}]}";
    static const char happened[] =
        HEAD "{\"visit\":\"v\",\"arrival\":\"2026-10-25T01:30\","
             "\"departure\":\"2026-10-25T02:15:00+01:00\"},"
             "{\"visit\":\"w\",\"arrival\":\"2026-10-25T02:30\","
             "\"departure\":\"2026-10-25T03:30\"}]}";
    runde_problem *p = NULL;
    runde_plan *plan = NULL;
    runde_actuals *a = NULL;
    char *text = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_diag diag = RUNDE_DIAG_INIT;
    options.iteration_limit = -1;
    MUST(runde_problem_from_json(&p, night, sizeof night - 1, NULL));
    MUST(runde_solve(&plan, p, &options, NULL));
    MUST(runde_actuals_from_json(&a, p, plan, happened, sizeof happened - 1,
                                 &diag));
    /* 02:30 is read as its first meaning, and that is said; the first record
     * says which it means. They overlap by that, which is said, too. */
    CU_ASSERT(diag.warnings == 2 && diag.errors == 0);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-W650");
    CU_ASSERT_EQUAL(runde_actuals_get_totals(a)->service[1], 6300 + 7200);
    MUST(runde_actuals_to_csv(&text, NULL, p, a, NULL));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "2026-10-25 01:30:00,2026-10-25 02:15:00,105.00,"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "2026-10-24T23:30:00Z,2026-10-25T01:15:00Z\r\n"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "2026-10-25T00:30:00Z,2026-10-25T02:30:00Z\r\n"));
    runde_text_free(text);
    runde_actuals_free(a);
    runde_plan_free(plan);
    runde_problem_free(p);
}

/* No id becomes a formula, and rows keep their number. */
static void test_hostile(void)
{
    const runde_csv_style tabs = {sizeof tabs, '\t', ',', true};
    for (int i = 0; i < N_HOSTILE; i++) {
        runde_problem *const p = export_problem(export_hostile[i], true);
        char *const text = print(p, &tabs);
        int rows = 0;
        const char *at = strstr(text, "\r\n");
        for (; at != NULL && at[2] != '\0'; rows++) {
            /* The client's id is the first cell. */
            CU_ASSERT_PTR_NULL(strchr("=+-@", at[2 + (at[2] == '"')]));
            at = strstr(at + 2, "\r\n");
        }
        CU_ASSERT_EQUAL(rows, 4);
        runde_text_free(text);
        runde_problem_free(p);
    }
}

static void test_arguments(void)
{
    runde_problem *const p = export_problem("x", true);
    runde_problem *other = NULL;
    runde_plan *const plan = export_plan(p);
    runde_actuals *a = NULL;
    char *text = NULL;
    const runde_csv_style bad = {sizeof bad, 'x', '.', false};
    MUST(runde_actuals_new(&a, p, plan, NULL, 0, NULL));
    MUST(runde_problem_new(&other, NULL, NULL));
    CU_ASSERT_EQUAL(runde_actuals_to_csv(NULL, NULL, p, a, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_to_csv(&text, NULL, p, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_to_csv(&text, NULL, p, a, &bad),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_to_csv(&text, NULL, other, a, NULL),
                    RUNDE_E_STATE);
    MUST(runde_problem_seal(other, NULL));
    CU_ASSERT_EQUAL(runde_actuals_to_csv(&text, NULL, other, a, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_to_json(&text, NULL, other, a),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_to_json(NULL, NULL, p, a), RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(text);
    runde_actuals_free(a);
    CU_ASSERT_EQUAL(runde_actuals_from_json(&a, p, plan, NULL, 0, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(a);
    runde_plan_free(plan);
    runde_problem_free(other);
    runde_problem_free(p);
}

int main(void)
{
    RN_RUN("actuals_reader", RN_TEST(test_read), RN_TEST(test_refused),
           RN_TEST(test_table), RN_TEST(test_autumn), RN_TEST(test_hostile),
           RN_TEST(test_arguments));
}
