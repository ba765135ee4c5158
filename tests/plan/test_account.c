/* SPDX-License-Identifier: MIT */
/* What a plan's price consists of: the criteria add up to the price that the
 * search pays, and what a change touches is all that it changes. */
#include "bed.h"
#include "harness.h"

#include "plan/freeze.h"

enum { PROBLEMS = 60, STEPS = 6 };

static const world_size size = WORLD_SMALL;

/* The account of a settled solution as a whole. */
static runde_cost account_of(const bed *b)
{
    runde_cost cost = RUNDE_COST_INIT;
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, b->problem), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_freeze(plan, b->sol), RUNDE_OK);
    rn_account(&cost, b->sol, plan);
    runde_plan_free(plan);
    return cost;
}

static void test_sum(void)
{
    int32_t used[RUNDE_CRITERIA] = {0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        for (int step = 0; step < STEPS; step++) {
            bed_fill(&b);
            rn_settle(b.sol);
            const rn_price price = rn_price_of(b.sol);
            const runde_cost cost = account_of(&b);
            int64_t sum = 0;
            for (int c = 0; c < RUNDE_CRITERIA; c++) {
                sum += cost.cost[c];
                used[c] += cost.cost[c] != 0;
            }
            CU_ASSERT_EQUAL(cost.wishes, sum);
            CU_ASSERT_EQUAL(cost.wishes, price.wishes);
            CU_ASSERT_EQUAL(cost.left_out, price.left_out);
        }
        bed_clear(&b);
    }
    /* Every criterion but a few has cost something. */
    int32_t n = 0;
    for (int c = 0; c < RUNDE_CRITERIA; c++) {
        n += used[c] > 0;
    }
    CU_ASSERT(n >= RUNDE_CRITERIA - 3);
}

/* One task more, anywhere: the account of its shift and unit before and after
 * differs by what the price differs. */
static void test_part(void)
{
    int32_t looked = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        bed_fill(&b);
        rn_settle(b.sol);
        rn_solution *was = NULL;
        CU_ASSERT_EQUAL_FATAL(rn_solution_new(&was, b.inst), RUNDE_OK);
        rn_solution_copy(was, b.sol);
        if (b.inst->n_bounds == 0 && bed_anywhere(&b)) {
            int32_t task = 0;
            while (was->node[task].route == b.sol->node[task].route) {
                task++;
            }
            const int32_t unit = b.inst->task[task].unit;
            const int32_t shift = b.sol->node[task].route;
            const rn_part part = {&shift, 1, &unit, 1};
            runde_cost before = RUNDE_COST_INIT;
            runde_cost after = RUNDE_COST_INIT;
            rn_account_part(&before, was, &part);
            rn_account_part(&after, b.sol, &part);
            looked++;
            int64_t change = 0;
            for (int c = 0; c < RUNDE_CRITERIA; c++) {
                change += after.cost[c] - before.cost[c];
            }
            CU_ASSERT_EQUAL(change, rn_price_of(b.sol).wishes -
                                        rn_price_of(was).wishes);
            CU_ASSERT_EQUAL(after.left_out - before.left_out,
                            rn_price_of(b.sol).left_out -
                                rn_price_of(was).left_out);
        }
        rn_solution_free(was);
        bed_clear(&b);
    }
    CU_ASSERT(looked > PROBLEMS / 4);
}

int main(void)
{
    RN_RUN("account", RN_TEST(test_sum), RN_TEST(test_part));
}
