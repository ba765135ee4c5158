/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/rng.h"

#include <string.h>

static void test_streams_repeat_and_differ(void)
{
    rn_rng a;
    rn_rng b;
    rn_rng_init(&a, 42, 3);
    rn_rng_init(&b, 42, 3);
    for (int i = 0; i < 100; i++) {
        CU_ASSERT_EQUAL(rn_rng_u64(&a), rn_rng_u64(&b));
    }
    const uint64_t pairs[][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 2},
                                 {2, 1}, {0, 3}, {3, 0}};
    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < i; j++) {
            rn_rng_init(&a, pairs[i][0], pairs[i][1]);
            rn_rng_init(&b, pairs[j][0], pairs[j][1]);
            CU_ASSERT_NOT_EQUAL(memcmp(&a, &b, sizeof a), 0);
        }
    }
}

/* Plans depend on these numbers: they shall not change by accident. */
static void test_numbers_stay(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 1, 2);
    const uint64_t first = rn_rng_u64(&rng);
    const uint64_t second = rn_rng_u64(&rng);
    CU_ASSERT_EQUAL(first, UINT64_C(0x9fd4c8dfdb1e075b));
    CU_ASSERT_EQUAL(second, UINT64_C(0x836f2f553d546bdb));
}

static void test_below_is_even(void)
{
    rn_rng rng;
    int count[7] = {0};
    rn_rng_init(&rng, 5, 0);
    CU_ASSERT_EQUAL(rn_rng_below(&rng, 0), 0);
    CU_ASSERT_EQUAL(rn_rng_below(&rng, 1), 0);
    for (int i = 0; i < 70000; i++) {
        const uint32_t number = rn_rng_below(&rng, 7);
        CU_ASSERT_TRUE_FATAL(number < 7);
        count[number]++;
    }
    for (int i = 0; i < 7; i++) {
        CU_ASSERT_TRUE(count[i] > 9500 && count[i] < 10500);
    }
    for (int i = 0; i < 1000; i++) {
        CU_ASSERT_TRUE(rn_rng_below(&rng, UINT32_MAX) < UINT32_MAX);
    }
}

static void test_unit_stays_inside(void)
{
    rn_rng rng;
    double sum = 0.0;
    rn_rng_init(&rng, 6, 0);
    for (int i = 0; i < 10000; i++) {
        const double x = rn_rng_unit(&rng);
        CU_ASSERT_TRUE_FATAL(x >= 0.0 && x < 1.0);
        sum += x;
    }
    CU_ASSERT_TRUE(sum > 4800.0 && sum < 5200.0);
}

int main(void)
{
    RN_RUN("rng", RN_TEST(test_streams_repeat_and_differ),
           RN_TEST(test_numbers_stay), RN_TEST(test_below_is_even),
           RN_TEST(test_unit_stays_inside));
}
