/* SPDX-License-Identifier: MIT */
#include "eval/ranked.h"
#include "harness.h"

#include "base/rng.h"

#include <stdbool.h>

enum { LISTS = 2000, LONGEST = 700 };

/* In order, and what has one key in the order it came in. */
static bool is_stable(const rn_ranked *list, int32_t n)
{
    bool good = true;
    for (int32_t i = 1; i < n; i++) {
        good = good && (list[i - 1].key < list[i].key ||
                        (list[i - 1].key == list[i].key &&
                         list[i - 1].node < list[i].node));
    }
    return good;
}

/* Lists of any length, some of a few keys only, some of rising runs. */
static void test_sorts_stably(void)
{
    static rn_ranked list[LONGEST];
    static rn_ranked spare[LONGEST];
    rn_rng rng;
    rn_rng_init(&rng, 1, 0);
    for (int32_t k = 0; k < LISTS; k++) {
        const int32_t n = (int32_t)rn_rng_below(&rng, LONGEST + 1);
        const uint32_t keys = 1 + rn_rng_below(&rng, k % 2 == 0 ? 9 : 100000);
        const bool rises = k % 3 == 0;
        int64_t sum = 0;
        for (int32_t i = 0; i < n; i++) {
            const int32_t key = rises && i % 30 != 0
                                    ? list[i - 1].key + 1
                                    : (int32_t)rn_rng_below(&rng, keys) - 5;
            list[i] = (rn_ranked){key, i};
            sum += (int64_t)key * (i + 1);
        }
        rn_rank(list, spare, n);
        for (int32_t i = 0; i < n; i++) {
            sum -= (int64_t)list[i].key * (list[i].node + 1);
        }
        CU_ASSERT_TRUE(is_stable(list, n));
        CU_ASSERT_EQUAL(sum, 0);
    }
}

int main(void)
{
    RN_RUN("ranked", RN_TEST(test_sorts_stably));
}
