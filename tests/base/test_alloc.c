/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "faults.h"

#include <stdint.h>

static void test_sizes(void)
{
    void *empty = rn_malloc(0);
    CU_ASSERT_PTR_NOT_NULL(empty);
    rn_free(empty);
    empty = rn_calloc(0, 8);
    CU_ASSERT_PTR_NOT_NULL(empty);
    empty = rn_realloc(empty, 0);
    CU_ASSERT_PTR_NOT_NULL(empty);
    rn_free(empty);
    CU_ASSERT_PTR_NULL(rn_calloc(SIZE_MAX / 2, 4));
    CU_ASSERT_PTR_NULL(rn_realloc_array(NULL, SIZE_MAX / 2, 4));
    rn_free(NULL);
}

static void test_fault_hits_the_kth(void)
{
    rn_faults_begin(1);
    void *const first = rn_malloc(8);
    void *const second = rn_calloc(1, 8);
    void *const third = rn_realloc(NULL, 8);
    CU_ASSERT_TRUE(rn_faults_end());
    CU_ASSERT_PTR_NOT_NULL(first);
    CU_ASSERT_PTR_NULL(second);
    CU_ASSERT_PTR_NOT_NULL(third);
    rn_free(first);
    rn_free(third);
}

int main(void)
{
    RN_RUN("alloc", RN_TEST(test_sizes), RN_TEST(test_fault_hits_the_kth));
}
