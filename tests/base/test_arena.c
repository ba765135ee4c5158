/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/arena.h"
#include "base/rng.h"
#include "faults.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

static void test_blocks_are_zeroed_aligned_and_apart(void)
{
    rn_arena arena = RN_ARENA_INIT;
    unsigned char *block[2000];
    size_t size[2000];
    rn_rng rng;
    rn_rng_init(&rng, 1, 0);
    for (size_t i = 0; i < 2000; i++) {
        size[i] = rn_rng_below(&rng, i % 100 == 0 ? 20000 : 200);
        block[i] = rn_arena_alloc(&arena, size[i]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(block[i]);
        CU_ASSERT_EQUAL((uintptr_t)block[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < size[i]; j++) {
            CU_ASSERT_EQUAL_FATAL(block[i][j], 0);
        }
        memset(block[i], (int)(i % 251 + 1), size[i]);
    }
    for (size_t i = 0; i < 2000; i++) {
        for (size_t j = 0; j < size[i]; j++) {
            CU_ASSERT_EQUAL_FATAL(block[i][j], i % 251 + 1);
        }
    }
    rn_arena_free(&arena);
    CU_ASSERT_PTR_NULL(arena.chunks);
}

static void test_copies(void)
{
    rn_arena arena = RN_ARENA_INIT;
    const int numbers[3] = {1, 2, 3};
    const int *const copy = rn_arena_dup(&arena, numbers, 3, sizeof(int));
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    CU_ASSERT_EQUAL(memcmp(copy, numbers, sizeof numbers), 0);
    CU_ASSERT_STRING_EQUAL(rn_arena_strdup(&arena, "round"), "round");
    CU_ASSERT_PTR_NOT_NULL(rn_arena_dup(&arena, NULL, 0, sizeof(int)));
    rn_arena_free(&arena);
}

static void test_overflow_is_refused(void)
{
    rn_arena arena = RN_ARENA_INIT;
    CU_ASSERT_PTR_NULL(rn_arena_alloc(&arena, SIZE_MAX));
    CU_ASSERT_PTR_NULL(rn_arena_array(&arena, SIZE_MAX / 4, 8));
    CU_ASSERT_PTR_NULL(arena.chunks);
    rn_arena_free(&arena);
}

static void test_failure_leaves_arena_usable(void)
{
    rn_arena arena = RN_ARENA_INIT;
    char *const first = rn_arena_strdup(&arena, "kept");
    rn_faults_begin(0);
    CU_ASSERT_PTR_NULL(rn_arena_alloc(&arena, 100000));
    CU_ASSERT_TRUE(rn_faults_end());
    CU_ASSERT_STRING_EQUAL(first, "kept");
    CU_ASSERT_PTR_NOT_NULL(rn_arena_alloc(&arena, 100000));
    rn_arena_free(&arena);
}

int main(void)
{
    RN_RUN("arena", RN_TEST(test_blocks_are_zeroed_aligned_and_apart),
           RN_TEST(test_copies), RN_TEST(test_overflow_is_refused),
           RN_TEST(test_failure_leaves_arena_usable));
}
