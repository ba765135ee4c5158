/* SPDX-License-Identifier: MIT */
/* The bound by which the finder sorts places is no more than what the place
 * costs: against doing it and counting anew. Where all costs grow with time
 * the one exception is a visit that lets another start earlier, by a detour
 * shorter than the direct way or a break at a better place. Elsewhere it is
 * an estimate: what waits, is early or is above a mean may gain by a visit
 * more. How often is told, and must not become more. */
#include "bed.h"
#include "harness.h"

enum { PROBLEMS = 5000, STEPS = 4 };

typedef enum kind { REGULAR, FALLING, FILLING, SPREADS, LIMITED, KINDS } kind;

typedef struct tally {
    const char *name;
    int64_t most; /* may be above the cost, of 10,000 */
    int64_t bounds;
    int64_t earlier; /* above, and another visit starts earlier */
    int64_t above;   /* and nobody does */
} tally;

static tally tallies[KINDS] = {
    [REGULAR] = {"costs grow with time", 0, 0, 0, 0},
    [FALLING] = {"early has a price", 100, 0, 0, 0},
    [FILLING] = {"waiting or idle has a price", 400, 0, 0, 0},
    [SPREADS] = {"spreads have a price", 2000, 0, 0, 0},
    [LIMITED] = {"sums are limited", 100, 0, 0, 0}};

static kind kind_of(const rn_instance *inst)
{
    if (inst->w[RUNDE_WORKLOAD_DEVIATION] != 0 ||
        inst->w[RUNDE_WORKLOAD_SPREAD] != 0 ||
        inst->w[RUNDE_LOAD_SPREAD] != 0) {
        return SPREADS;
    }
    if (inst->prices_filling) {
        return FILLING;
    }
    if (!inst->is_regular) {
        return FALLING;
    }
    return inst->n_bounds > 0 ? LIMITED : REGULAR;
}

/* Does anybody but the task start before the time noted? */
static bool starts_earlier(const bed *b, int32_t task, const int32_t *was)
{
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        if (n != task && b->sol->node[n].start < was[n]) {
            return true;
        }
    }
    return false;
}

/* Raise of the total, the price of units left out aside; RN_COST_INF when the
 * task cannot go there. */
static rn_cost raise_of(bed *b, int32_t task, const rn_slot *slot,
                        bool *earlier)
{
    rn_solution *sol = b->sol;
    const rn_cost before = rn_total(sol) - sol->unserved_cost;
    rn_cost raise = RN_COST_INF;
    int32_t *was = calloc((size_t)b->inst->n_nodes, sizeof *was);
    CU_ASSERT_PTR_NOT_NULL_FATAL(was);
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        was[n] = sol->node[n].start;
    }
    rn_journal_begin(sol, &sol->inner);
    if (rn_insert(sol, task, slot)) {
        rn_settle(sol);
        raise = rn_total(sol) - sol->unserved_cost - before;
        *earlier = starts_earlier(b, task, was);
    }
    rn_undo_and_settle(sol, &sol->inner);
    free(was);
    return raise;
}

static void look_at(bed *b, int32_t task)
{
    tally *t = &tallies[kind_of(b->inst)];
    rn_top_slots(b->finder, 0, task, RN_COST_INF / 2);
    const int32_t n = b->finder->n_top[0];
    for (int32_t i = 0; i < n; i++) {
        const rn_slot slot = rn_top(b->finder, 0, i)->slot;
        bool earlier = false;
        const rn_cost raise = raise_of(b, task, &slot, &earlier);
        const bool is_above = slot.cost > raise;
        t->bounds++;
        t->earlier += is_above && earlier;
        t->above += is_above && !earlier;
        if (is_above && !earlier && t->most == 0) {
            printf("seed %llu: task %d behind %d: bound %lld, cost %lld\n",
                   (unsigned long long)b->seed, (int)task, (int)slot.prev,
                   (long long)slot.cost, (long long)raise);
        }
    }
}

static void try_bed(uint64_t seed, const world_size *size)
{
    bed b;
    CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, size));
    for (int i = 0; i < STEPS; i++) {
        bed_try_ruin(&b);
        (void)bed_anywhere(&b);
        for (int32_t u = 0; u < b.inst->n_units; u++) {
            if (b.inst->unit[u].n == 1 && !rn_is_served(b.sol, u)) {
                look_at(&b, b.inst->unit_tasks[b.inst->unit[u].first]);
            }
        }
        bed_fill(&b);
    }
    bed_clear(&b);
}

static void test_bounds(void)
{
    static const world_size sizes[2] = {WORLD_SMALL, {12, 5, 8, 0, true}};
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", PROBLEMS);
    for (uint64_t seed = first; seed < first + n; seed++) {
        try_bed(seed, &sizes[seed % 2]);
    }
    for (int k = 0; k < KINDS; k++) {
        const tally *t = &tallies[k];
        printf("\n%s: %lld bounds, %lld above the cost, %lld more where "
               "others start earlier",
               t->name, (long long)t->bounds, (long long)t->above,
               (long long)t->earlier);
        CU_ASSERT_TRUE(t->bounds >= (int64_t)n / 2);
        CU_ASSERT_TRUE(t->above * 10000 <= t->bounds * t->most);
        CU_ASSERT_TRUE(t->earlier * 100 <= t->bounds);
    }
    printf("\n");
}

int main(void)
{
    RN_RUN("bound", RN_TEST(test_bounds));
}
