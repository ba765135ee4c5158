/* SPDX-License-Identifier: MIT */
/* Logarithm and power against the C library's. */
#include "harness.h"

#include <math.h>

#include "base/rng.h"
#include "search/chance.h"

static void expect_near(double found, double wanted)
{
    const double scale = fabs(wanted) > 1.0 ? fabs(wanted) : 1.0;
    if (!(fabs(found - wanted) <= 1e-9 * scale)) {
        printf("found %.17g, wanted %.17g\n", found, wanted);
        CU_FAIL("too far off");
    }
}

static void test_log(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 1, 0);
    for (int i = 0; i < 200000; i++) {
        /* What annealing draws, and everything else. */
        const double u = 1.0 - rn_rng_unit(&rng);
        expect_near(rn_log(u), log(u));
        const double x = ldexp(u, (int)rn_rng_below(&rng, 1800) - 900);
        expect_near(rn_log(x), log(x));
    }
    CU_ASSERT_DOUBLE_EQUAL(rn_log(1.0), 0.0, 0.0);
}

static void test_exp(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 2, 0);
    for (int i = 0; i < 200000; i++) {
        const double x = (rn_rng_unit(&rng) - 0.5) * 1390.0;
        const double wanted = exp(x);
        CU_ASSERT_TRUE(fabs(rn_exp(x) - wanted) <= 1e-9 * wanted);
        const double little = (rn_rng_unit(&rng) - 0.5) * 0.1;
        expect_near(rn_exp(little), exp(little));
    }
    CU_ASSERT_DOUBLE_EQUAL(rn_exp(0.0), 1.0, 0.0);
}

static void test_there_and_back(void)
{
    for (double x = -20.0; x < 20.0; x += 0.0137) {
        expect_near(rn_log(rn_exp(x)), x);
    }
}

int main(void)
{
    RN_RUN("chance", RN_TEST(test_log), RN_TEST(test_exp),
           RN_TEST(test_there_and_back));
}
