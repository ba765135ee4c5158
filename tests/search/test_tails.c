/* SPDX-License-Identifier: MIT */
/* Routes that exchanged their tails: nobody is lost, the schedule is the
 * least one, the price is that of the same sequences built afresh, and undone
 * everything is as it was. */
#include "bed.h"
#include "harness.h"
#include "naive.h"
#include "warm.h"

#include "search/tails.h"

enum { PROBLEMS = 300, WARM_UP = 10, SWAPS = 40 };

/* Ends are left to the price: with two breaks in front of the way home the
 * slow schedule may drive home before the second one. */
static void look_at_starts(const bed *b, const rn_solution *sol)
{
    CU_ASSERT_TRUE(naive_agrees(sol, b->inst->n_stops, b->seed));
}

/* The plan at hand costs what its sequences cost, built anew. */
static void look_at_price(rn_search *s)
{
    rn_best *copy = NULL;
    rn_solution *afresh = NULL;
    const rn_price price = rn_price_of(s->sol);
    CU_ASSERT_EQUAL_FATAL(rn_best_new(&copy, s->sol), RUNDE_OK);
    rn_best_note_all(copy, s->sol);
    rn_best_save(copy, s->sol, price);
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&afresh, s->inst), RUNDE_OK);
    CU_ASSERT_TRUE(rn_best_build(copy, afresh));
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(afresh), price), 0);
    rn_solution_free(afresh);
    rn_best_free(copy);
}

/* Keeps every second swap that holds. How many held. */
static int swap(const bed *b, rn_search *s)
{
    rn_solution *sol = s->sol;
    int held = 0;
    for (int i = 0; i < SWAPS; i++) {
        const rn_cost before = rn_total(sol);
        const int32_t served = bed_count_served(sol);
        rn_journal_begin(sol, &sol->outer);
        const bool holds = rn_swap_tails(s, RN_COST_INF / 2);
        if (holds) {
            rn_settle(sol);
            CU_ASSERT_EQUAL(bed_count_served(sol), served);
            look_at_starts(b, sol);
            look_at_price(s);
            held++;
        }
        if (!holds || held % 2 == 0) {
            rn_undo_and_settle(sol, &sol->outer);
            CU_ASSERT_EQUAL(rn_total(sol), before);
            look_at_starts(b, sol);
        }
        sol->outer.on = false;
    }
    return held;
}

static void test_swaps(void)
{
    static const world_size size = WORLD_LARGE;
    int held = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        rn_search *s = warm_search(&b, WARM_UP, 1000.0);
        CU_ASSERT_PTR_NOT_NULL_FATAL(s);
        if (b.inst->n_tasks > 0 && b.inst->n_shifts > 1) {
            held += swap(&b, s);
        }
        rn_search_free(s);
        bed_clear(&b);
    }
    printf("\n%d swaps\n", held);
    CU_ASSERT_TRUE(held > PROBLEMS);
}

int main(void)
{
    RN_RUN("tails", RN_TEST(test_swaps));
}
