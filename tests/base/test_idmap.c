/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/idmap.h"
#include "base/rng.h"
#include "faults.h"

#include <string.h>

static void test_empty(void)
{
    rn_idmap map = RN_IDMAP_INIT;
    CU_ASSERT_EQUAL(rn_idmap_get(&map, "a"), RUNDE_NONE);
    rn_idmap_free(&map);
}

static void test_first_value_stays(void)
{
    rn_idmap map = RN_IDMAP_INIT;
    int32_t earlier = 7;
    CU_ASSERT_EQUAL(rn_idmap_put(&map, "a", 1, &earlier), RUNDE_OK);
    CU_ASSERT_EQUAL(earlier, RUNDE_NONE);
    CU_ASSERT_EQUAL(rn_idmap_put(&map, "a", 2, &earlier), RUNDE_OK);
    CU_ASSERT_EQUAL(earlier, 1);
    CU_ASSERT_EQUAL(rn_idmap_get(&map, "a"), 1);
    CU_ASSERT_EQUAL(rn_idmap_get(&map, ""), RUNDE_NONE);
    rn_idmap_free(&map);
}

/* Random keys from a small alphabet against a plain list. */
static void test_as_a_list(void)
{
    enum { KEYS = 1500 };
    static char keys[KEYS][8];
    rn_idmap map = RN_IDMAP_INIT;
    rn_rng rng;
    rn_rng_init(&rng, 2, 0);
    for (int32_t i = 0; i < KEYS; i++) {
        const uint32_t length = 1 + rn_rng_below(&rng, 5);
        for (uint32_t c = 0; c < length; c++) {
            keys[i][c] = (char)('a' + rn_rng_below(&rng, 4));
        }
        keys[i][length] = '\0';
        int32_t first = 0;
        while (strcmp(keys[first], keys[i]) != 0) {
            first++;
        }
        int32_t earlier = 0;
        CU_ASSERT_EQUAL_FATAL(rn_idmap_put(&map, keys[i], i, &earlier),
                              RUNDE_OK);
        CU_ASSERT_EQUAL(earlier, first == i ? RUNDE_NONE : first);
        CU_ASSERT_EQUAL(rn_idmap_get(&map, keys[i]), first);
    }
    rn_idmap_free(&map);
}

static void test_failure_leaves_map_unchanged(void)
{
    static char keys[100][4];
    rn_idmap map = RN_IDMAP_INIT;
    for (int32_t i = 0; i < 100; i++) {
        snprintf(keys[i], sizeof keys[i], "%d", (int)i);
        rn_faults_begin(0);
        const runde_status status = rn_idmap_put(&map, keys[i], i, NULL);
        if (rn_faults_end()) {
            CU_ASSERT_EQUAL(status, RUNDE_E_NOMEM);
            CU_ASSERT_EQUAL(rn_idmap_get(&map, keys[i]), RUNDE_NONE);
            CU_ASSERT_EQUAL(rn_idmap_put(&map, keys[i], i, NULL), RUNDE_OK);
        }
        for (int32_t j = 0; j <= i; j++) {
            CU_ASSERT_EQUAL(rn_idmap_get(&map, keys[j]), j);
        }
    }
    rn_idmap_free(&map);
}

int main(void)
{
    RN_RUN("idmap", RN_TEST(test_empty), RN_TEST(test_first_value_stays),
           RN_TEST(test_as_a_list), RN_TEST(test_failure_leaves_map_unchanged));
}
