/* SPDX-License-Identifier: MIT */
/* Exchanges downhill: nobody is lost, nothing becomes worse, the schedule is
 * the least one and the price that of the same sequences built afresh; done
 * again there is nothing to do, and who is stopped stops. */
#include "bed.h"
#include "harness.h"
#include "naive.h"

#include "search/cross.h"

enum { PROBLEMS = 300, PLACED = 60 };

/* Visits anywhere they hold; false when that is no plan to begin with. */
static bool take_plan(bed *b)
{
    for (int i = 0; i < PLACED && b->inst->n_tasks > 0; i++) {
        (void)bed_anywhere(b);
    }
    bed_fill(b);
    rn_settle(b->sol);
    return b->sol->excess == 0;
}

static rn_price cross(bed *b, bool *better)
{
    CU_ASSERT_EQUAL_FATAL(rn_cross(b->sol, NULL, NULL, better), RUNDE_OK);
    return rn_price_of(b->sol);
}

/* The plan costs what its sequences cost, built anew. */
static void look_at_price(const bed *b)
{
    rn_best *copy = NULL;
    rn_solution *afresh = NULL;
    const rn_price price = rn_price_of(b->sol);
    CU_ASSERT_EQUAL_FATAL(rn_best_new(&copy, b->sol), RUNDE_OK);
    rn_best_note_all(copy, b->sol);
    rn_best_save(copy, b->sol, price);
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&afresh, b->inst), RUNDE_OK);
    CU_ASSERT_TRUE(rn_best_build(copy, afresh));
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(afresh), price), 0);
    rn_solution_free(afresh);
    rn_best_free(copy);
}

static bool look(bed *b)
{
    const int32_t served = bed_count_served(b->sol);
    const rn_price before = rn_price_of(b->sol);
    bool better = false;
    const rn_price after = cross(b, &better);
    CU_ASSERT_EQUAL(rn_price_compare(after, before) < 0, better);
    CU_ASSERT_TRUE(rn_price_compare(after, before) <= 0);
    CU_ASSERT_EQUAL(bed_count_served(b->sol), served);
    CU_ASSERT_EQUAL(b->sol->excess, 0);
    CU_ASSERT_TRUE(naive_agrees(b->sol, b->inst->n_stops, b->seed));
    look_at_price(b);
    return better;
}

static void test_exchanges(void)
{
    static const world_size sizes[2] = {WORLD_LARGE, {30, 8, 16, 0, true}};
    int better = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &sizes[seed % 2]));
        if (b.inst->n_tasks > 0 && b.inst->n_shifts > 1 && take_plan(&b)) {
            better += look(&b);
        }
        bed_clear(&b);
    }
    printf("\n%d plans became better\n", better);
    CU_ASSERT_TRUE(better > PROBLEMS / 20);
}

static bool never(void *payload)
{
    ++*(int *)payload;
    return false;
}

static void test_stops(void)
{
    static const world_size size = {32, 8, 16, 0, true};
    int stopped = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        bed b;
        int asked = 0;
        bool better;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        CU_ASSERT_EQUAL(rn_cross(b.sol, never, &asked, &better), RUNDE_OK);
        CU_ASSERT_TRUE(asked <= 1);
        stopped += asked;
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(stopped > 0);
}

int main(void)
{
    RN_RUN("cross", RN_TEST(test_exchanges), RN_TEST(test_stops));
}
