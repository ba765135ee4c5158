/* SPDX-License-Identifier: MIT */
/* The price of mutable plans: what comes before what, and that the sums kept
 * from change to change are those of a plan counted from nothing. */
#include "bed.h"
#include "harness.h"

#include "eval/price.h"

enum { PROBLEMS = 60, STEPS = 12 };

static void test_order(void)
{
    /* Each is better than all behind it. */
    static const rn_price prices[] = {{0, 0, -5}, {0, 0, 9000}, {0, 1, 0},
                                      {0, 2, -9}, {1, 0, 0},    {2, 0, -1}};
    const int n = sizeof prices / sizeof prices[0];
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
            CU_ASSERT_EQUAL(rn_price_compare(prices[i], prices[k]),
                            (i > k) - (i < k));
        }
    }
}

/* The same routes, every sum counted anew. */
static void check_recount(const bed *b, rn_solution *fresh)
{
    rn_solution_copy(fresh, b->sol);
    rn_solution_recount(fresh);
    rn_settle(fresh);
    const rn_price kept = rn_price_of(b->sol);
    const rn_price counted = rn_price_of(fresh);
    if (rn_price_compare(kept, counted) != 0) {
        printf("seed %llu: %lld %lld %lld, but counted %lld %lld %lld\n",
               (unsigned long long)b->seed, (long long)kept.excess,
               (long long)kept.left_out, (long long)kept.wishes,
               (long long)counted.excess, (long long)counted.left_out,
               (long long)counted.wishes);
    }
    CU_ASSERT_EQUAL(rn_price_compare(kept, counted), 0);
    CU_ASSERT_EQUAL(rn_total(b->sol), rn_total(fresh));
}

static int64_t left_out_of(const bed *b)
{
    int64_t sum = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(b->problem); v++) {
        const runde_visit *const visit = runde_problem_visit(b->problem, v);
        if (!visit->optional &&
            b->sol->node[b->inst->first_task[v]].route < 0) {
            sum += visit->priority;
        }
    }
    return sum;
}

static void walk(uint64_t seed, int32_t *changed)
{
    static const world_size size = WORLD_SMALL;
    bed b;
    rn_solution *fresh = NULL;
    CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&fresh, b.inst), RUNDE_OK);
    bool holds = true;
    for (int step = 0; step < STEPS && holds; step++) {
        const rn_cost before = rn_total(b.sol);
        if (step % 3 == 2) {
            holds = bed_ruin(&b);
        } else {
            bed_fill(&b);
            rn_settle(b.sol);
        }
        if (holds) {
            check_recount(&b, fresh);
            CU_ASSERT_EQUAL(rn_price_of(b.sol).left_out, left_out_of(&b));
            *changed += rn_total(b.sol) != before;
        }
    }
    rn_solution_free(fresh);
    bed_clear(&b);
}

static void test_recount(void)
{
    int32_t changed = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        walk(seed, &changed);
    }
    /* Else nothing was looked at. */
    CU_ASSERT(changed > 2 * PROBLEMS);
}

int main(void)
{
    RN_RUN("price", RN_TEST(test_order), RN_TEST(test_recount));
}
