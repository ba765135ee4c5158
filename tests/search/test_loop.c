/* SPDX-License-Identifier: MIT */
/* Once a search stands, its iterations allocate nothing: memory cannot run
 * out in the middle of a plan, and no iteration waits for the allocator. */
#include "base/alloc.h"
#include "bed.h"
#include "harness.h"
#include "search/search.h"

enum { PROBLEMS = 120, ITERATIONS = 300 };

static long allocations;

static bool count(size_t size)
{
    (void)size;
    allocations++;
    return false;
}

static void run(bed *b)
{
    rn_search *s = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_search_new(&s, b->inst, b->seed), RUNDE_OK);
    /* What is done in large plans only, on small ones. */
    s->is_large = b->seed % 4 < 2;
    s->is_vast = b->seed % 8 < 2;
    s->is_patient = b->seed % 3 == 0;
    allocations = 0;
    rn_alloc_set_fault(count);
    rn_construct(s);
    const double heat = b->inst->n_tasks > 0 ? rn_sample_heat(s).first : 1.0;
    for (int i = 0; i < ITERATIONS && b->inst->n_tasks > 0; i++) {
        (void)rn_iterate(s, i % 2 == 0 ? heat : 1.0);
    }
    rn_alloc_set_fault(NULL);
    if (allocations > 0) {
        printf("seed %llu: %ld allocations\n", (unsigned long long)b->seed,
               allocations);
    }
    CU_ASSERT_EQUAL(allocations, 0);
    rn_search_free(s);
}

static void test_allocations(void)
{
    static const world_size sizes[2] = {WORLD_SMALL, WORLD_LARGE};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &sizes[seed % 2]));
        run(&b);
        bed_clear(&b);
    }
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
