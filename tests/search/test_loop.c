/* SPDX-License-Identifier: MIT */
/* Once a search stands, its iterations allocate nothing, alone, in parts or as
 * replicas: memory cannot run out in the middle of a plan, and no iteration
 * waits for the allocator. */
#include "base/alloc.h"
#include "bed.h"
#include "harness.h"
#include "search/epoch.h"
#include "search/replicas.h"
#include "search/search.h"

enum { PROBLEMS = 120, ITERATIONS = 300, ROUNDS = 6, MOST = 10000 };

static long allocations;

static bool count(size_t size)
{
    (void)size;
    allocations++;
    return false;
}

static void begin_count(void)
{
    allocations = 0;
    rn_alloc_set_fault(count);
}

static void end_count(const bed *b, const char *what)
{
    rn_alloc_set_fault(NULL);
    if (allocations > 0) {
        printf("seed %llu: %ld allocations in %s\n",
               (unsigned long long)b->seed, allocations, what);
    }
    CU_ASSERT_EQUAL(allocations, 0);
}

static rn_search *new_search(const bed *b)
{
    rn_search *s = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_search_new(&s, b->inst, b->seed), RUNDE_OK);
    /* What is done in large plans only, on small ones. */
    s->is_large = b->seed % 4 < 2;
    s->is_vast = b->seed % 8 < 2;
    s->is_patient = b->seed % 3 == 0;
    return s;
}

static void iterate(bed *b)
{
    rn_search *s = new_search(b);
    begin_count();
    rn_construct(s);
    const double heat = b->inst->n_tasks > 0 ? rn_sample_heat(s).first : 1.0;
    for (int i = 0; i < ITERATIONS && b->inst->n_tasks > 0; i++) {
        if (i % 10 == 3) {
            rn_loosen(s, 1.0 - (double)i / ITERATIONS);
        }
        (void)rn_iterate(s, i % 2 == 0 ? heat : 1.0);
    }
    end_count(b, "iterations");
    rn_search_free(s);
}

/* One thread: the hook counts without a lock. How many iterations. */
static int64_t run_epochs(const bed *b)
{
    rn_epochs *e = NULL;
    int64_t done = 0;
    const int32_t parts = rn_epoch_parts(b->inst, 2 + (int32_t)(b->seed % 2));
    if (parts < 2) {
        return 0;
    }
    rn_search *s = new_search(b);
    rn_construct(s);
    CU_ASSERT_EQUAL_FATAL(rn_epochs_new(&e, s, b->seed, parts, 1), RUNDE_OK);
    begin_count();
    for (int round = 0; round < ROUNDS; round++) {
        bool news;
        done += rn_epoch_run(e, round % 2 == 0 ? 500.0 : 0.0, -1, &news);
    }
    end_count(b, "epochs");
    rn_epochs_free(e);
    rn_search_free(s);
    return done;
}

static int64_t run_replicas(const bed *b)
{
    rn_replicas *r = NULL;
    rn_pool *pool = NULL;
    int64_t done = 0;
    if (b->inst->n_tasks < 1 || b->inst->n_shifts < 1) {
        return 0;
    }
    rn_search *s = new_search(b);
    rn_construct(s);
    CU_ASSERT_EQUAL_FATAL(rn_replicas_new(&r, s, b->seed, 2, 1), RUNDE_OK);
    if (b->seed % 2 == 0) {
        CU_ASSERT_EQUAL_FATAL(rn_pool_new(&pool, b->inst, 500), RUNDE_OK);
        s->routes = pool;
        CU_ASSERT_EQUAL_FATAL(rn_replicas_keep_routes(r), RUNDE_OK);
    }
    begin_count();
    for (int round = 0; round < ROUNDS; round++) {
        const double share = (double)round / ROUNDS;
        bool news;
        rn_loosen(s, 1.0 - share);
        done += rn_replicas_run(r, round % 2 == 0 ? 500.0 : 0.0, share, MOST,
                                &news);
    }
    end_count(b, "replicas");
    rn_replicas_free(r);
    rn_search_free(s);
    rn_pool_free(pool);
    return done;
}

static void test_allocations(void)
{
    static const world_size sizes[2] = {WORLD_SMALL, WORLD_LARGE};
    int64_t in_parts = 0;
    int64_t by_replicas = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &sizes[seed % 2]));
        iterate(&b);
        in_parts += run_epochs(&b);
        by_replicas += run_replicas(&b);
        bed_clear(&b);
    }
    printf("\n%lld iterations in parts, %lld by replicas\n",
           (long long)in_parts, (long long)by_replicas);
    CU_ASSERT_TRUE(in_parts > PROBLEMS);
    CU_ASSERT_TRUE(by_replicas > 100 * PROBLEMS);
}

/* The hook sees what it is there to see. */
static void test_hook(void)
{
    allocations = 0;
    rn_alloc_set_fault(count);
    rn_free(rn_malloc(1));
    rn_alloc_set_fault(NULL);
    CU_ASSERT_EQUAL(allocations, 1);
}

int main(void)
{
    RN_RUN("loop", RN_TEST(test_hook), RN_TEST(test_allocations));
}
