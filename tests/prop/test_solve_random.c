/* SPDX-License-Identifier: MIT */
/* Whatever the problem: a plan that the checker accepts, the same one for
 * the same seed, with reasons for what it leaves out. RUNDE_PROP_SEEDS says
 * how many problems, RUNDE_PROP_FIRST the first seed. */
#include "defect.h"
#include "harness.h"

static void try_seeds(const world_size *size, uint64_t count)
{
    static world w;
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    for (uint64_t seed = first; seed < first + count; seed++) {
        world_random(&w, seed, size);
        const defect d = defect_of_answer(&w);
        if (d.text[0] != '\0') {
            printf("seed %llu, up to %d visits: %s\n", (unsigned long long)seed,
                   (int)size->visits, d.text);
            CU_FAIL("a defect");
        }
    }
}

static void test_small(void)
{
    static const world_size size = WORLD_SMALL;
    try_seeds(&size, world_number_from("RUNDE_PROP_SEEDS", 300));
}

static void test_large(void)
{
    static const world_size size = WORLD_LARGE;
    try_seeds(&size, world_number_from("RUNDE_PROP_SEEDS", 300) / 10);
}

int main(void)
{
    RN_RUN("solve_random", RN_TEST(test_small), RN_TEST(test_large));
}
