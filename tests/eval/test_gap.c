/* SPDX-License-Identifier: MIT */
/* A leg and several breaks in one gap against every way there is to drive it:
 * each tick of the leg may lie in front of each break (docs/model.md 5.1). */
#include "eval/schedule.h"
#include "harness.h"

#include "base/rng.h"

#include <string.h>

enum { GAPS = 200000, MOST = 3, AFTER_ALL = 100000 };

typedef struct gap {
    rn_break breaks[MOST];
    int32_t n;
    int32_t t;
    int32_t drive;
    uint32_t missed;
} gap;

static int32_t dice(rn_rng *rng, int32_t lo, int32_t hi)
{
    return lo + (int32_t)rn_rng_below(rng, (uint32_t)(hi - lo + 1));
}

static gap random_gap(rn_rng *rng)
{
    gap g;
    memset(&g, 0, sizeof g);
    g.n = dice(rng, 1, MOST);
    g.t = dice(rng, 0, 8);
    g.drive = dice(rng, 0, 6);
    for (int32_t i = 0; i < g.n; i++) {
        g.breaks[i].duration = dice(rng, 0, 3);
        g.breaks[i].a = dice(rng, 0, 15);
        g.breaks[i].b = g.breaks[i].a + dice(rng, 0, 8);
        g.breaks[i].interrupts = dice(rng, 0, 1) == 0;
        g.missed |= dice(rng, 0, 7) == 0 ? 1U << i : 0;
    }
    return g;
}

/* Ready behind break i and those after it, `left` ticks still to drive. */
static int32_t brute(const gap *g, int32_t i, int32_t t, int32_t left)
{
    if (i == g->n) {
        return t + left;
    }
    if ((g->missed >> i) & 1U) {
        return brute(g, i + 1, t, left);
    }
    const rn_break *const b = &g->breaks[i];
    int32_t best = AFTER_ALL;
    for (int32_t x = 0; x <= left; x++) {
        const bool is_partly = left - x > 0 && (x > 0 || left < g->drive);
        const int32_t start = t + x > b->a ? t + x : b->a;
        if ((is_partly && !b->interrupts) || start > b->b) {
            continue;
        }
        const int32_t ready = brute(g, i + 1, start + b->duration, left - x);
        best = ready < best ? ready : best;
    }
    return best;
}

static void look_at(gap *g, int32_t *never)
{
    rn_instance inst;
    rn_solution sol;
    rn_shift shift;
    rn_route route;
    memset(&inst, 0, sizeof inst);
    memset(&sol, 0, sizeof sol);
    memset(&shift, 0, sizeof shift);
    memset(&route, 0, sizeof route);
    inst.breaks = g->breaks;
    inst.shift = &shift;
    sol.inst = &inst;
    sol.route = &route;
    route.missed = g->missed;
    const rn_window all = {0, g->n};
    const int32_t before = brute(g, 0, g->t, g->drive);
    const int32_t found = rn_gap_range(&sol, 0, all, g->t, g->drive);
    if (before == AFTER_ALL) {
        CU_ASSERT_EQUAL(found, RN_NEVER);
        (*never)++;
        return;
    }
    CU_ASSERT_EQUAL(found, before);
    /* Who is free later is not ready earlier. */
    CU_ASSERT_TRUE(rn_gap_range(&sol, 0, all, g->t + 1, g->drive) >= found);
}

static void test_every_way(void)
{
    rn_rng rng;
    rn_rng_init(&rng, 41, 0);
    int32_t never = 0;
    for (int32_t i = 0; i < GAPS; i++) {
        gap g = random_gap(&rng);
        look_at(&g, &never);
    }
    CU_ASSERT_TRUE(never > GAPS / 20 && never < GAPS / 2);
}

int main(void)
{
    RN_RUN("gap", RN_TEST(test_every_way));
}
