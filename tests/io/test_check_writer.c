/* SPDX-License-Identifier: MIT */
/* What the checker says as JSON: arguments, ids that are hostile, numbers
 * that other programs would damage. tests/cli/test_json.py has the forms. */
#include "io/export_fixture.h"

#include <runde/check.h>

static void test_arguments(void)
{
    runde_problem *const problem = export_problem("a", true);
    runde_plan *const plan = export_plan(problem);
    runde_problem *open = NULL;
    runde_report *report = NULL;
    runde_kpis other = RUNDE_KPIS_INIT;
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, problem, plan), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&open, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_report_to_json(NULL, NULL, problem, report),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_report_to_json(&text, NULL, NULL, report),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_report_to_json(&text, NULL, problem, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_report_to_json(&text, NULL, open, report),
                    RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_kpis_to_json(NULL, NULL, &other, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_kpis_to_json(&text, NULL, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    other.size--;
    CU_ASSERT_EQUAL(runde_kpis_to_json(&text, NULL, &other, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(
        runde_kpis_to_json(&text, NULL, runde_plan_kpis(plan), &other),
        RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(text);
    runde_report_free(report);
    runde_problem_free(open);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

static void test_large_numbers(void)
{
    runde_kpis kpis = RUNDE_KPIS_INIT;
    char *text = NULL;
    size_t length = 0;
    kpis.duty = INT64_MAX;
    kpis.left_out_by_priority[100] = 3;
    CU_ASSERT_EQUAL_FATAL(runde_kpis_to_json(&text, &length, &kpis, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(strlen(text), length);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"duty\": \"9223372036854775807\""));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "\"left_out_by_priority\": {\"100\": 3}"));
    CU_ASSERT_PTR_NULL(strstr(text, "baseline"));
    runde_text_free(text);
}

int main(void)
{
    RN_RUN("check_writer", RN_TEST(test_arguments),
           RN_TEST(test_large_numbers));
}
