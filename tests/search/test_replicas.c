/* SPDX-License-Identifier: MIT */
/* Several searches that exchange plans: the best of all is kept and has the
 * price that its sequences have, all that is asked for is done and no more,
 * routes are gathered, and there is one answer for any number of threads. */
#include <string.h>

#include "agreement.h"
#include "bed.h"
#include "harness.h"
#include "still.h"
#include "warm.h"

#include "search/replicas.h"

enum { PROBLEMS = 100, BETWEEN = 20, WORLDS = 15, MOST = 640, STEPS = 1501 };

/* ------------------------------------------------------------- rounds */

/* The best plan, built anew from its sequences, has the price it was kept
 * for, and the checker agrees with the plan at hand. */
static void look_at(const bed *b, const rn_search *s)
{
    CU_ASSERT_TRUE(warm_best_builds(s, b->seed));
    CU_ASSERT_EQUAL(s->current, rn_total(s->sol));
    CU_ASSERT_TRUE(agreement_holds(s->sol, s->finder, b->seed));
}

static int32_t run_rounds(const bed *b, rn_search *s, int32_t n)
{
    rn_replicas *r = NULL;
    int64_t left = MOST;
    int32_t times = 0;
    CU_ASSERT_EQUAL_FATAL(rn_replicas_new(&r, s, b->seed, n, 2), RUNDE_OK);
    for (int32_t round = 0; left > 0; round++) {
        const rn_price before = s->best->price;
        const double share = 1.0 - (double)left / MOST;
        bool news = false;
        const int64_t done =
            rn_replicas_run(r, round % 2 * 500.0, share, left, &news);
        CU_ASSERT_TRUE_FATAL(done > 0 && done <= left);
        left -= done;
        CU_ASSERT_EQUAL(news, rn_price_compare(s->best->price, before) < 0);
        CU_ASSERT_TRUE(rn_price_compare(s->best->price, before) <= 0);
        times += news;
        /* Whatever is found between two rounds is not lost either. */
        for (int32_t i = 0; i < BETWEEN && round % 8 == 3; i++) {
            (void)rn_iterate(s, 0.0);
        }
        if (round % 4 == 3) {
            look_at(b, s);
        }
    }
    look_at(b, s);
    rn_replicas_free(r);
    return times;
}

static void test_rounds(void)
{
    static const world_size size = WORLD_LARGE;
    int32_t news = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        if (b.inst->n_tasks > 0 && b.inst->n_shifts > 0) {
            rn_search *s = warm_search(&b, 0, 0.0);
            CU_ASSERT_PTR_NOT_NULL_FATAL(s);
            news += run_rounds(&b, s, 2 + (int32_t)(seed % 3));
            rn_search_free(s);
        }
        bed_clear(&b);
    }
    printf("%d new bests\n", (int)news);
    CU_ASSERT_TRUE(news > PROBLEMS);
}

/* ------------------------------------------------------------- routes */

static void keep_all(rn_pool *pool, const rn_solution *sol)
{
    for (int32_t s = 0; s < sol->inst->n_shifts; s++) {
        if (sol->route[s].n > 0) {
            (void)rn_pool_keep(pool, sol, s);
        }
    }
}

/* What is poured is there once, is known again, and is gone where it came
 * from. */
static void pour(const bed *b, rn_search *s)
{
    rn_pool *into = NULL;
    rn_pool *from = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_pool_new(&into, b->inst, 500), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_pool_new(&from, b->inst, 400), RUNDE_OK);
    keep_all(into, s->sol);
    const int32_t n_old = into->n;
    for (int32_t i = 0; i < BETWEEN; i++) {
        keep_all(from, s->sol);
        (void)rn_iterate(s, 1000.0);
    }
    const int32_t n_from = from->n;
    CU_ASSERT_TRUE(n_from >= n_old);
    rn_pool_pour(into, from);
    CU_ASSERT_EQUAL(from->n, 0);
    CU_ASSERT_EQUAL(into->n, n_from); /* which had the old ones, too */
    keep_all(from, s->sol);
    rn_pool_pour(into, from);
    const int32_t n = into->n;
    keep_all(into, s->sol);
    CU_ASSERT_EQUAL(into->n, n);
    rn_pool_free(from);
    rn_pool_free(into);
}

static void test_routes(void)
{
    static const world_size size = WORLD_LARGE;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        if (b.inst->n_tasks > 0 && b.inst->n_shifts > 0) {
            rn_search *s = warm_search(&b, 0, 0.0);
            CU_ASSERT_PTR_NOT_NULL_FATAL(s);
            pour(&b, s);
            rn_search_free(s);
        }
        bed_clear(&b);
    }
}

/* ------------------------------------------------------------ threads */

/* NULL when no plan keeps all limits. */
static char *answer(const runde_problem *problem, int32_t replicas,
                    int32_t threads)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = STEPS;
    options.replicas = replicas;
    options.threads = threads;
    options.seed = 11;
    return still_answer(problem, options);
}

static runde_problem *problem_of(uint64_t seed)
{
    static const world_size size = WORLD_LARGE;
    static world w;
    world_random(&w, seed, &size);
    runde_problem *problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static void test_threads(void)
{
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        runde_problem *problem = problem_of(seed);
        char *one = answer(problem, 3, 1);
        for (int32_t threads = 2; one != NULL && threads <= 4; threads++) {
            char *more = answer(problem, 3, threads);
            CU_ASSERT_PTR_NOT_NULL_FATAL(more);
            CU_ASSERT_STRING_EQUAL(one, more);
            runde_text_free(more);
        }
        runde_text_free(one);
        runde_problem_free(problem);
    }
}

/* One replica is what there is without any, and two are another search. */
static void test_number(void)
{
    int32_t others = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        runde_problem *problem = problem_of(seed);
        char *none = answer(problem, 0, 2);
        char *one = answer(problem, 1, 2);
        char *two = answer(problem, 2, 2);
        if (none != NULL && one != NULL) {
            CU_ASSERT_STRING_EQUAL(none, one);
            others += two == NULL || strcmp(one, two) != 0;
        }
        runde_text_free(two);
        runde_text_free(one);
        runde_text_free(none);
        runde_problem_free(problem);
    }
    CU_ASSERT_TRUE(others > WORLDS / 4);
}

int main(void)
{
    RN_RUN("replicas", RN_TEST(test_rounds), RN_TEST(test_routes),
           RN_TEST(test_threads), RN_TEST(test_number));
}
