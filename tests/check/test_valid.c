/* SPDX-License-Identifier: MIT */
/* The plan by hand breaks nothing, and what it states is what the checker
 * makes of it: scene.c has the sums. */
#include "scene.h"

static void print_all(const runde_report *report)
{
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *const v = runde_report_violation(report, i);
        printf("  %s: %s\n", v->rule, v->message);
    }
}

static void test_nothing_broken(void)
{
    scene sc;
    scene_init(&sc);
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    CU_ASSERT_EQUAL(runde_report_n_violations(report), 0);
    CU_ASSERT_PTR_NULL(runde_report_violation(report, 0));
    CU_ASSERT_PTR_NULL(runde_report_violation(report, -1));
    print_all(report);
    runde_report_free(report);
}

int main(void)
{
    RN_RUN("check_valid", RN_TEST(test_nothing_broken));
}
