/* SPDX-License-Identifier: MIT */
/* What a polished plan promises: nobody finds a single visit that would be
 * better somewhere else, tried at every place one by one; and polishing makes
 * nothing worse and forgets nothing. */
#include "bed.h"
#include "harness.h"
#include "warm.h"

#include "search/polish.h"

enum { PROBLEMS = 250, WARM_UP = 15 };

typedef struct tally {
    int64_t places; /* looked at */
    int64_t better; /* of units, where the finder's costs are exact */
    int64_t units;
    int64_t moved; /* plans that polishing made better */
} tally;

/* The costs the finder goes by are the costs. */
static bool is_exact(const rn_instance *inst)
{
    return inst->n_bounds == 0 && inst->is_regular && !inst->prices_filling &&
           inst->w[RUNDE_WORKLOAD_DEVIATION] == 0 &&
           inst->w[RUNDE_WORKLOAD_SPREAD] == 0 &&
           inst->w[RUNDE_LOAD_SPREAD] == 0;
}

static bool is_better_at(rn_solution *sol, int32_t task, const rn_slot *slot,
                         const rn_price *before)
{
    rn_journal_begin(sol, &sol->inner);
    bool better = rn_insert(sol, task, slot);
    if (better) {
        rn_settle(sol);
        better = rn_price_compare(rn_price_of(sol), *before) < 0;
    }
    rn_undo_and_settle(sol, &sol->inner);
    return better;
}

static bool may_go(const rn_solution *sol, int32_t task, int32_t shift)
{
    return rn_may_go(sol, task, shift, false);
}

/* Is the task, which is out, better in any gap of the shift? */
static bool is_better_in(rn_solution *sol, int32_t task, int32_t shift,
                         const rn_price *before, tally *t)
{
    const rn_instance *inst = sol->inst;
    const rn_stop *stop = &inst->stop[task];
    bool better = false;
    for (int32_t n = rn_shift_start_node(inst, shift);
         n != rn_shift_end_node(inst, shift) && !better;
         n = sol->node[n].next) {
        const rn_node next = sol->node[sol->node[n].next];
        for (int32_t split = next.gap_lo; split <= next.gap_hi; split++) {
            const rn_slot usual = {n, split, stop->release, 0};
            const rn_slot early = {n, split, stop->earliest, 0};
            better = better || is_better_at(sol, task, &usual, before) ||
                     is_better_at(sol, task, &early, before);
            t->places++;
        }
    }
    return better;
}

static void look_at_unit(bed *b, int32_t unit, tally *t)
{
    rn_solution *sol = b->sol;
    const rn_unit *u = &b->inst->unit[unit];
    const int32_t task = b->inst->unit_tasks[u->first];
    if (u->n > 1 || b->inst->task[task].is_frozen) {
        return;
    }
    const rn_price before = rn_price_of(sol);
    bool better = false;
    bool holds = true;
    rn_journal_begin(sol, &sol->outer);
    if (rn_is_served(sol, unit)) {
        rn_remove_unit(sol, unit);
        holds = rn_schedule_removals(sol) && rn_hours_hold(sol);
    }
    if (holds) {
        rn_settle(sol);
        for (int32_t s = 0; s < b->inst->n_shifts; s++) {
            better = better || (may_go(sol, task, s) &&
                                is_better_in(sol, task, s, &before, t));
        }
    }
    rn_undo_and_settle(sol, &sol->outer);
    t->units++;
    t->better += better;
}

/* What a few iterations make of the problem. */
static bool take_plan(bed *b)
{
    rn_search *s = warm_search(b, WARM_UP, 300.0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    const bool ok = rn_best_build(s->best, b->sol) && b->sol->excess == 0;
    rn_search_free(s);
    return ok;
}

static void look(bed *b, tally *t)
{
    const rn_price before = rn_price_of(b->sol);
    const bool is_polished = rn_is_polished(b->sol, b->finder, NULL, NULL);
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(b->sol), before), 0);
    CU_ASSERT_TRUE(rn_polish(b->sol, b->finder, NULL, NULL));
    const rn_price after = rn_price_of(b->sol);
    CU_ASSERT_TRUE(rn_price_compare(after, before) <= 0);
    CU_ASSERT_EQUAL(is_polished, rn_price_compare(after, before) == 0);
    t->moved += rn_price_compare(after, before) < 0;
    /* Again there is nothing to do. */
    CU_ASSERT_TRUE(rn_polish(b->sol, b->finder, NULL, NULL));
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(b->sol), after), 0);
    CU_ASSERT_TRUE(rn_is_polished(b->sol, b->finder, NULL, NULL));
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(b->sol), after), 0);
    if (is_exact(b->inst)) {
        for (int32_t u = 0; u < b->inst->n_units; u++) {
            look_at_unit(b, u, t);
        }
    }
}

static void test_no_move_helps(void)
{
    static const world_size sizes[2] = {WORLD_LARGE, {30, 8, 16, 0, true}};
    tally t = {0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &sizes[seed % 2]));
        if (b.inst->n_shifts > 0 && take_plan(&b)) {
            look(&b, &t);
        }
        bed_clear(&b);
    }
    printf("\n%lld plans became better; %lld places of %lld units, %lld "
           "units better there\n",
           (long long)t.moved, (long long)t.places, (long long)t.units,
           (long long)t.better);
    CU_ASSERT_TRUE(t.moved > PROBLEMS / 20);
    CU_ASSERT_TRUE(t.units > PROBLEMS);
    CU_ASSERT_TRUE(t.better <= t.units / 500);
}

static bool never(void *payload)
{
    int *asked = payload;
    (*asked)++;
    return false;
}

/* Who is told to stop is asked once, and has no certainty to give. */
static void test_stops(void)
{
    static const world_size size = {32, 8, 16, 0, true};
    int stopped = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        bed b;
        int asked = 0;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        const bool sure = rn_polish(b.sol, b.finder, never, &asked);
        CU_ASSERT_TRUE(sure || asked == 1);
        CU_ASSERT_TRUE(asked <= 1);
        stopped += !sure;
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(stopped > 0);
}

int main(void)
{
    RN_RUN("polish", RN_TEST(test_no_move_helps), RN_TEST(test_stops));
}
