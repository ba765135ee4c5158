/* SPDX-License-Identifier: MIT */
/* Serving units: it pays, one visit stays below what it may cost, the sums
 * that were kept on the way are those counted from nothing, and what does not
 * come about leaves the plan as it was. */
#include "bed.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

enum { PROBLEMS = 2000, STEPS = 5 };

static int64_t served;
static int64_t capped;

/* Are costs found exactly, so that a cap holds to the unit? */
static bool is_exact(const rn_instance *inst)
{
    return inst->is_regular && inst->n_bounds == 0 && !inst->prices_filling &&
           inst->w[RUNDE_WORKLOAD_DEVIATION] == 0 &&
           inst->w[RUNDE_WORKLOAD_SPREAD] == 0 &&
           inst->w[RUNDE_LOAD_SPREAD] == 0;
}

/* The total with every sum counted again. */
static rn_cost counted_anew(const bed *b)
{
    rn_solution *copy = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&copy, b->inst), RUNDE_OK);
    rn_solution_copy(copy, b->sol);
    rn_solution_recount(copy);
    rn_settle(copy);
    const rn_cost total = rn_total(copy);
    rn_solution_free(copy);
    return total;
}

static rn_cost total_of(const bed *b)
{
    return rn_total(b->sol);
}

/* What serving the unit costs, its price aside, and undone again;
 * RN_COST_INF when it stays out. */
static rn_cost cost_within(bed *b, int32_t unit, rn_cost most)
{
    rn_solution *sol = b->sol;
    const rn_cost before = total_of(b);
    rn_cost cost = RN_COST_INF;
    rn_journal_begin(sol, &sol->outer);
    if (rn_insert_unit_within(b->finder, unit, most)) {
        cost = total_of(b) - before + b->inst->unit[unit].price;
        CU_ASSERT_EQUAL(total_of(b), counted_anew(b));
        CU_ASSERT_TRUE(rn_is_served(sol, unit));
        served++;
    } else {
        CU_ASSERT_FALSE(rn_is_served(sol, unit));
        CU_ASSERT_EQUAL(total_of(b), before);
    }
    rn_journal_undo(sol, &sol->outer);
    rn_settle(sol);
    CU_ASSERT_EQUAL(total_of(b), before);
    return cost;
}

static void look(bed *b, int32_t unit)
{
    const rn_cost price = b->inst->unit[unit].price;
    const rn_cost cost = cost_within(b, unit, RN_COST_INF);
    if (cost >= RN_COST_INF || !is_exact(b->inst)) {
        return;
    }
    CU_ASSERT_TRUE(cost < price);
    /* A cap at the cost refuses it; one more lets it in. */
    if (b->inst->unit[unit].n == 1) {
        const rn_cost again = cost_within(b, unit, cost);
        capped++;
        CU_ASSERT_TRUE(again >= RN_COST_INF || again < cost);
        CU_ASSERT_TRUE(cost_within(b, unit, cost + 1) <= cost);
    }
}

static void test_units(void)
{
    static const world_size sizes[2] = {WORLD_SMALL, {12, 5, 8, 0, true}};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &sizes[seed % 2]));
        for (int i = 0; i < STEPS; i++) {
            const int32_t unit = bed_unit(&b, false);
            if (unit != RUNDE_NONE) {
                look(&b, unit);
            }
            bed_fill(&b);
        }
        bed_clear(&b);
    }
    printf("\n%lld units served, %lld caps held\n", (long long)served,
           (long long)capped);
    CU_ASSERT_TRUE(served > 500 && capped > 100);
}

int main(void)
{
    RN_RUN("insert", RN_TEST(test_units));
}
