/* SPDX-License-Identifier: MIT */
/* Neighbours are looked for when somebody asks: it must not matter when. */
#include "bed.h"
#include "harness.h"

#include <string.h>

enum { WORLDS = 100 };

static bool is_same_row(const rn_instance *a, const rn_instance *b,
                        int32_t task)
{
    int32_t n = 0;
    int32_t m = 0;
    const int32_t *const x = rn_near_of(a, task, &n);
    const int32_t *const y = rn_near_of(b, task, &m);
    return n == m && memcmp(x, y, (size_t)n * sizeof *x) == 0;
}

/* Others, each once, and no part of the same visit. */
static bool is_sound_row(const rn_instance *inst, int32_t task)
{
    int32_t n = 0;
    const int32_t *const near = rn_near_of(inst, task, &n);
    bool good = n <= inst->near_stride;
    for (int32_t i = 0; i < n; i++) {
        good = good && near[i] >= 0 && near[i] < inst->n_tasks &&
               inst->task[near[i]].visit != inst->task[task].visit;
        for (int32_t k = 0; k < i; k++) {
            good = good && near[k] != near[i];
        }
    }
    return good;
}

static void test_whenever_asked(void)
{
    const world_size size = WORLD_LARGE;
    int32_t n_near = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        bed b;
        rn_instance *all = NULL;
        rn_instance *guest = NULL;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        CU_ASSERT_EQUAL_FATAL(rn_instance_new(&all, b.problem), RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(rn_instance_new(&guest, b.problem), RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(rn_instance_make_room(guest), RUNDE_OK);
        rn_instance_find_all_near(all, 1 + (int32_t)(seed % 3));
        for (int32_t i = 0; i < 2 * all->n_tasks; i++) {
            const int32_t task =
                (int32_t)rn_rng_below(&b.rng, (uint32_t)all->n_tasks);
            CU_ASSERT_TRUE(is_same_row(b.inst, all, task));
            CU_ASSERT_TRUE(is_same_row(guest, all, task));
            CU_ASSERT_TRUE(is_sound_row(all, task));
            n_near += all->near_count[task];
        }
        rn_instance_free(guest);
        rn_instance_free(all);
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(n_near > 1000);
}

int main(void)
{
    RN_RUN("near", RN_TEST(test_whenever_asked));
}
