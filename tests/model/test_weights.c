/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "model/weights.h"

static void test_ratios_hold_for_every_tick(void)
{
    static const int32_t ticks[] = {1000, 60000, 60, 1500, 100, 900};
    runde_weights base;
    runde_weights_default(&base, 1000);
    CU_ASSERT_EQUAL(base.weight[RUNDE_TRAVEL_TIME], 1);
    CU_ASSERT_EQUAL(base.weight[RUNDE_DISTINCT_CARERS], 600);
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++) {
        runde_weights w;
        runde_weights_default(&w, ticks[i]);
        const int64_t tick = w.weight[RUNDE_TRAVEL_TIME];
        const int64_t count = w.weight[RUNDE_OPTIONAL_UNSERVED];
        CU_ASSERT_EQUAL(tick * 1000, count * ticks[i]);
        CU_ASSERT_EQUAL(w.weight[RUNDE_LATE], 3 * tick);
        CU_ASSERT_EQUAL(w.weight[RUNDE_CARER_PREFERENCE], 60 * count);
    }
}

static void test_weights_stay_in_range(void)
{
    runde_weights w;
    for (int32_t tick = -1; tick < 4000000; tick += 999) {
        runde_weights_default(&w, tick);
        for (int i = 0; i < RUNDE_CRITERIA; i++) {
            CU_ASSERT_TRUE_FATAL(w.weight[i] >= 0 &&
                                 w.weight[i] <= RN_WEIGHT_MAX);
        }
    }
}

static void test_order_is_kept(void)
{
    const runde_criterion order[] = {RUNDE_DISTINCT_CARERS, RUNDE_LATE,
                                     RUNDE_TRAVEL_TIME};
    runde_weights w;
    CU_ASSERT_EQUAL(runde_weights_from_order(&w, order, 3, 1000), RUNDE_OK);
    CU_ASSERT_EQUAL(w.weight[RUNDE_TRAVEL_TIME], 1);
    CU_ASSERT_EQUAL(w.weight[RUNDE_LATE], 30);
    CU_ASSERT_EQUAL(w.weight[RUNDE_DISTINCT_CARERS], 900 * 900);
    CU_ASSERT_EQUAL(w.weight[RUNDE_OVERTIME], 0);
    CU_ASSERT_EQUAL(w.hard | w.set, 0);
}

static void test_long_order_fits(void)
{
    runde_criterion order[RUNDE_CRITERIA];
    runde_weights w;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        order[i] = (runde_criterion)i;
    }
    CU_ASSERT_EQUAL(runde_weights_from_order(&w, order, RUNDE_CRITERIA, 60),
                    RUNDE_OK);
    int32_t largest = 0;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        CU_ASSERT_TRUE(w.weight[i] >= 1 && w.weight[i] <= RN_WEIGHT_MAX);
        largest = w.weight[i] > largest ? w.weight[i] : largest;
    }
    CU_ASSERT_EQUAL(largest, RN_WEIGHT_MAX);
}

static void test_bad_orders(void)
{
    const runde_criterion twice[] = {RUNDE_LATE, RUNDE_LATE};
    const runde_criterion none[] = {RUNDE_CRITERIA};
    runde_weights w;
    CU_ASSERT_EQUAL(runde_weights_from_order(&w, twice, 2, 1000),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_weights_from_order(&w, none, 1, 1000),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_weights_from_order(&w, NULL, 1, 1000),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_weights_from_order(NULL, twice, 1, 1000),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_weights_from_order(&w, NULL, 0, 1000), RUNDE_OK);
}

int main(void)
{
    RN_RUN("weights", RN_TEST(test_ratios_hold_for_every_tick),
           RN_TEST(test_weights_stay_in_range), RN_TEST(test_order_is_kept),
           RN_TEST(test_long_order_fits), RN_TEST(test_bad_orders));
}
