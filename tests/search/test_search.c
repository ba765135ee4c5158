/* SPDX-License-Identifier: MIT */
/* The pieces of the search over random problems: after every iteration, with
 * whatever moves it made, the plan at hand costs and keeps what the checker
 * says; the best plan can be built again from its sequences; every unit is
 * served or in the bank, never both; and sorting is stable. */
#include "agreement.h"
#include "bed.h"
#include "harness.h"
#include "warm.h"

#include "search/search.h"

enum { PROBLEMS = 200, ITERATIONS = 60, RUINS = 40 };

static void look_at_bank(const bed *b, const rn_search *s)
{
    int32_t left_out = 0;
    for (int32_t u = 0; u < b->inst->n_units; u++) {
        left_out += !rn_is_served(s->sol, u);
    }
    CU_ASSERT_EQUAL(left_out, s->n_bank);
    for (int32_t i = 0; i < s->n_bank; i++) {
        CU_ASSERT_FALSE(rn_is_served(s->sol, s->bank[i]));
        for (int32_t k = 0; k < i; k++) {
            CU_ASSERT_NOT_EQUAL(s->bank[i], s->bank[k]);
        }
    }
}

/* What the largest idle counts for changes the way, never the price; true
 * when it counts for more than it is. */
static bool loosen(rn_search *s, double share)
{
    const rn_price before = rn_price_of(s->sol);
    rn_loosen(s, share);
    const rn_price after = rn_price_of(s->sol);
    CU_ASSERT_EQUAL(rn_price_compare(after, before), 0);
    CU_ASSERT_EQUAL(s->current, rn_total(s->sol));
    return s->sol->idle_floor > s->sol->max_idle;
}

static void run(bed *b, int *loosened)
{
    rn_search *s = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_search_new(&s, b->inst, b->seed), RUNDE_OK);
    /* What is done in large plans only is tested on small ones. */
    s->is_large = b->seed % 2 == 0;
    s->is_vast = b->seed % 4 == 0;
    s->is_patient = b->seed % 3 == 0;
    rn_construct(s);
    CU_ASSERT_TRUE(warm_best_builds(s, b->seed));
    s->is_patient = b->seed % 2 == 0;
    for (int i = 0; i < ITERATIONS && b->inst->n_tasks > 0; i++) {
        const rn_price before = s->best->price;
        *loosened += i % 4 == 3 && loosen(s, 1.0 - (double)i / ITERATIONS);
        const bool is_new = rn_iterate(s, i % 3 == 0 ? 0.0 : 1000.0);
        const int order = rn_price_compare(s->best->price, before);
        CU_ASSERT_EQUAL(is_new, order < 0);
        CU_ASSERT_TRUE(order <= 0);
        CU_ASSERT_EQUAL(s->current, rn_total(s->sol));
        look_at_bank(b, s);
        CU_ASSERT_TRUE_FATAL(agreement_holds(s->sol, s->finder, b->seed));
        if (is_new) {
            CU_ASSERT_TRUE(warm_best_builds(s, b->seed));
        }
    }
    rn_search_free(s);
}

static void test_search(void)
{
    static const world_size size = WORLD_SMALL;
    int loosened = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        run(&b, &loosened);
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(loosened > 0);
}

/* Has a route gone as a whole that was shorter than the mean? */
static bool has_closed(const rn_search *s, const int32_t *before)
{
    bool found = false;
    for (int32_t r = 0; r < s->inst->n_shifts; r++) {
        found = found || (before[r] > 0 && before[r] < s->mean_tasks &&
                          s->sol->route[r].n == 0);
    }
    return found;
}

/* Ruins that are to close a route, each undone; how many there were. */
static int close_routes(bed *b)
{
    enum { MOST_SHIFTS = 64 };
    rn_search *s = warm_search(b, 0, 0.0);
    int32_t before[MOST_SHIFTS];
    int n = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    CU_ASSERT_TRUE_FATAL(b->inst->n_shifts <= MOST_SHIFTS);
    s->is_patient = true;
    for (int32_t r = 0; r < b->inst->n_shifts; r++) {
        before[r] = s->sol->route[r].n;
    }
    for (int i = 0; i < RUINS && b->inst->n_tasks > 0; i++) {
        rn_journal_begin(s->sol, &s->sol->outer);
        rn_ruin(s);
        CU_ASSERT_TRUE(!s->closes || has_closed(s, before));
        n += s->closes;
        rn_undo_and_settle(s->sol, &s->sol->outer);
    }
    rn_search_free(s);
    return n;
}

static void test_closing(void)
{
    static const world_size size = WORLD_SMALL;
    int n = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        n += close_routes(&b);
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(n > 0);
}

static void test_sort(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 5, 0);
    for (int round = 0; round < 2000; round++) {
        int64_t key[40];
        int32_t unit[40];
        const int32_t n = world_dice(&rng, 0, 40);
        for (int32_t i = 0; i < n; i++) {
            key[i] = world_dice(&rng, -3, 3);
            unit[i] = n - i;
        }
        rn_sort_units(key, unit, n);
        for (int32_t i = 1; i < n; i++) {
            CU_ASSERT_TRUE(key[i - 1] < key[i] ||
                           (key[i - 1] == key[i] && unit[i - 1] < unit[i]));
        }
    }
}

int main(void)
{
    RN_RUN("search", RN_TEST(test_search), RN_TEST(test_closing),
           RN_TEST(test_sort));
}
