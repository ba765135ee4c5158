/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include <runde/types.h>

#include <string.h>

static void test_every_status_has_a_name(void)
{
    CU_ASSERT_STRING_EQUAL(runde_status_name(RUNDE_OK), "RUNDE_OK");
    for (int s = RUNDE_E_INFEASIBLE; s < 0; s++) {
        const char *const name = runde_status_name((runde_status)s);
        CU_ASSERT_EQUAL(strncmp(name, "RUNDE_E_", 8), 0);
        for (int t = RUNDE_E_INFEASIBLE; t < s; t++) {
            CU_ASSERT_STRING_NOT_EQUAL(name,
                                       runde_status_name((runde_status)t));
        }
    }
    CU_ASSERT_PTR_NOT_NULL(runde_status_name((runde_status)99));
}

static void test_every_criterion_has_a_name(void)
{
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        CU_ASSERT_PTR_NOT_NULL(runde_criterion_name((runde_criterion)i));
    }
    CU_ASSERT_STRING_EQUAL(runde_criterion_name(RUNDE_SHIFTED_START),
                           "shifted_start");
    CU_ASSERT_STRING_EQUAL(runde_criterion_name(RUNDE_VISITS_SHIFTED),
                           "visits_shifted");
    CU_ASSERT_PTR_NULL(runde_criterion_name(RUNDE_CRITERIA));
    CU_ASSERT_PTR_NULL(runde_criterion_name((runde_criterion)-1));
}

static void test_version_has_three_numbers(void)
{
    int numbers[3] = {-1, -1, -1};
    CU_ASSERT_EQUAL(sscanf(runde_version(), "%d.%d.%d", &numbers[0],
                           &numbers[1], &numbers[2]),
                    3);
}

int main(void)
{
    RN_RUN("status", RN_TEST(test_every_status_has_a_name),
           RN_TEST(test_every_criterion_has_a_name),
           RN_TEST(test_version_has_three_numbers));
}
