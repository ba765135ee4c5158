/* SPDX-License-Identifier: MIT */
/* One CUnit suite per program; the exit code is the verdict.
 *
 *     static void test_x(void) { CU_ASSERT(1); }
 *     int main(void) { RN_RUN("name", RN_TEST(test_x), RN_TEST(test_y)); }
 */
#ifndef RN_HARNESS_H
#define RN_HARNESS_H

#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct rn_test {
    const char *name;
    CU_TestFunc run;
} rn_test;

#define RN_TEST(f)                                                             \
    {                                                                          \
#f, f                                                                  \
    }
#define RN_RUN(name, ...)                                                      \
    do {                                                                       \
        const rn_test tests_[] = {__VA_ARGS__};                                \
        return rn_run(name, tests_, sizeof tests_ / sizeof tests_[0]);         \
    } while (0)

/* Exit 77 tells meson "skipped"; the reason goes to the log. */
#define RN_SKIP_ALL(reason)                                                    \
    do {                                                                       \
        printf("SKIP: %s\n", reason);                                          \
        return 77;                                                             \
    } while (0)

/* CU_basic_run_tests returns 0 even when tests fail, and a suite whose
 * initialisation failed counts no failure; so every count is looked at. */
static inline int rn_run(const char *name, const rn_test *tests, size_t n)
{
    if (CU_initialize_registry() != CUE_SUCCESS) {
        return EXIT_FAILURE;
    }
    CU_pSuite suite = CU_add_suite(name, NULL, NULL);
    int ok = suite != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        ok = CU_add_test(suite, tests[i].name, tests[i].run) != NULL &&
             CU_get_error() == CUE_SUCCESS;
    }
    if (ok) {
        CU_basic_set_mode(CU_BRM_NORMAL);
        CU_basic_run_tests();
        ok = CU_get_number_of_failures() == 0 &&
             CU_get_number_of_suites_failed() == 0 &&
             CU_get_number_of_tests_inactive() == 0 &&
             CU_get_number_of_tests_run() == n && n > 0;
    }
    CU_cleanup_registry();
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
