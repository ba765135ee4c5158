/* SPDX-License-Identifier: MIT */
/* Plans chosen from a pool of routes: better than the best by their own
 * price, with the least schedule, and legal; and the same bytes every time
 * where a solve uses them. */
#include <runde/glpk.h>
#include <runde/json.h>

#include <string.h>

#include "bed.h"
#include "exact/recombine.h"
#include "harness.h"
#include "naive.h"
#include "search/search.h"
#include "still.h"

enum { ITERATIONS = 100, WORLDS = 40 };

static const rn_patience ample = {100000, 200, NULL, NULL};

static uint64_t number_of_seeds(uint64_t otherwise)
{
    const char *const text = getenv("RUNDE_EXACT_SEEDS");
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* Another search's routes, of good plans and bad ones. */
static void fill(rn_pool *pool, const bed *b)
{
    rn_search *s = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_search_new(&s, b->inst, b->seed + 1), RUNDE_OK);
    rn_construct(s);
    for (int i = 0; i < ITERATIONS; i++) {
        (void)rn_iterate(s, 1000.0);
        for (int32_t r = 0; r < b->inst->n_shifts; r++) {
            if (s->sol->route[r].n > 0) {
                (void)rn_pool_keep(pool, s->sol, r);
            }
        }
    }
    rn_search_free(s);
}

/* A plan that was only constructed against the pool. */
static bool try_seed(uint64_t seed)
{
    static const world_size size = WORLD_LARGE;
    bed b;
    rn_search *s = NULL;
    rn_pool *pool = NULL;
    rn_recombine *r = NULL;
    const rn_solution *found = NULL;
    bool is_found = false;
    CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
    CU_ASSERT_EQUAL_FATAL(rn_search_new(&s, b.inst, seed), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_pool_new(&pool, b.inst, 60), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_recombine_new(&r, b.inst, pool), RUNDE_OK);
    rn_construct(s);
    fill(pool, &b);
    for (int round = 0; round < 2; round++) {
        const rn_price before = s->best->price;
        rn_recombine_run(r, &found, pool, s->best, runde_glpk(), &ample);
        if (found != NULL) {
            is_found = true;
            CU_ASSERT_TRUE(rn_price_compare(rn_price_of(found), before) < 0);
            CU_ASSERT_TRUE(naive_agrees(found, b.inst->n_nodes, seed));
            const bool taken = rn_search_adopt(s, found);
            if (!taken) {
                printf("seed %llu: not adopted\n", (unsigned long long)seed);
            }
            CU_ASSERT_TRUE(taken);
            CU_ASSERT_EQUAL(
                rn_price_compare(s->best->price, rn_price_of(found)), 0);
        }
    }
    rn_recombine_free(r);
    rn_pool_free(pool);
    rn_search_free(s);
    bed_clear(&b);
    return is_found;
}

static void test_random(void)
{
    int64_t found = 0;
    const uint64_t n = number_of_seeds(400);
    for (uint64_t seed = 1; seed <= n; seed++) {
        found += try_seed(seed);
    }
    printf("%lld of %llu got better ", (long long)found, (unsigned long long)n);
    CU_ASSERT_TRUE(found * 10 > (int64_t)n);
}

static char *answer(const runde_problem *problem, const runde_exact *exact)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 600;
    options.seed = 5;
    options.exact = exact;
    return still_answer(problem, options);
}

static void test_same_bytes(void)
{
    static const world_size size = WORLD_LARGE;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        world_random(&w, seed, &size);
        runde_problem *problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        char *one = answer(problem, runde_glpk());
        char *two = answer(problem, runde_glpk());
        CU_ASSERT_TRUE_FATAL((one == NULL) == (two == NULL));
        CU_ASSERT_TRUE(one == NULL || strcmp(one, two) == 0);
        runde_text_free(one);
        runde_text_free(two);
        runde_problem_free(problem);
    }
}

/* A table of another version is not called. */
static void test_size(void)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_exact other = *runde_glpk();
    runde_plan *plan = NULL;
    world w;
    static const world_size size = WORLD_SMALL;
    world_random(&w, 1, &size);
    runde_problem *problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    other.size++;
    options.exact = &other;
    options.iteration_limit = 10;
    CU_ASSERT_EQUAL(runde_solve(&plan, problem, &options, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(plan);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("recombine", RN_TEST(test_random), RN_TEST(test_same_bytes),
           RN_TEST(test_size));
}
