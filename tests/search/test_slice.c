/* SPDX-License-Identifier: MIT */
/* Visits of one moment in other hands: one goes out of each route, none that
 * is not served alone or must stay; each route gets one of them back, others
 * than it had; without noise, and as far as gaps say what they cost, it would
 * not pay to exchange any two of them. Undone everything is as it was. */
#include <stdlib.h>

#include "agreement.h"
#include "bed.h"
#include "harness.h"
#include "warm.h"

#include "eval/insert.h"
#include "search/search.h"

enum { PROBLEMS = 1500, WARM_UP = 20 };

typedef struct tally {
    int asked;
    int taken;
    int given; /* to other routes */
} tally;

/* One task of each route, a unit of its own, and all of them out. */
static void look_at_taken(const rn_search *s, const int32_t *route_of)
{
    const rn_instance *inst = s->inst;
    const rn_slice *slice = &s->slice;
    CU_ASSERT_EQUAL(s->n_work, slice->n);
    for (int32_t i = 0; i < slice->n; i++) {
        const int32_t task = slice->task[i];
        CU_ASSERT_EQUAL(inst->unit[inst->task[task].unit].n, 1);
        CU_ASSERT_FALSE(inst->task[task].is_frozen);
        CU_ASSERT_EQUAL(s->sol->node[task].route, RUNDE_NONE);
        CU_ASSERT_EQUAL(route_of[task], slice->route[i]);
        for (int32_t k = 0; k < i; k++) {
            CU_ASSERT_NOT_EQUAL(slice->route[i], slice->route[k]);
        }
    }
}

/* Which route of the slice has the task now. */
static int32_t column_of(const rn_search *s, int32_t i)
{
    const rn_slice *slice = &s->slice;
    int32_t found = RUNDE_NONE;
    for (int32_t k = 0; k < slice->n; k++) {
        if (s->sol->node[slice->task[i]].route == slice->route[k]) {
            found = k;
        }
    }
    return found;
}

/* Each of the routes has one of the tasks, and not all have what they had. */
static void look_at_given(const rn_search *s, rn_cost cost[][RN_MOST_SLICED])
{
    const int32_t n = s->slice.n;
    int32_t at[RN_MOST_SLICED];
    int moved = 0;
    for (int32_t i = 0; i < n; i++) {
        at[i] = column_of(s, i);
        CU_ASSERT_NOT_EQUAL_FATAL(at[i], RUNDE_NONE);
        moved += at[i] != i;
    }
    CU_ASSERT_TRUE(moved > 1);
    for (int32_t i = 0; i < n; i++) {
        for (int32_t k = 0; k < i; k++) {
            CU_ASSERT_NOT_EQUAL(at[i], at[k]);
            CU_ASSERT_TRUE(cost[i][at[i]] + cost[k][at[k]] <=
                           cost[i][at[k]] + cost[k][at[i]]);
        }
    }
}

static void give(rn_search *s, tally *sum)
{
    static rn_cost cost[RN_MOST_SLICED][RN_MOST_SLICED];
    const rn_slice *slice = &s->slice;
    if (!rn_schedule_removals(s->sol) || !rn_hours_hold(s->sol)) {
        return;
    }
    rn_settle(s->sol);
    for (int32_t i = 0; i < slice->n; i++) {
        rn_costs_behind(s->finder, slice->task[i], slice->prev, slice->route,
                        slice->n, cost[i]);
    }
    if (rn_assign_slice(s)) {
        look_at_given(s, cost);
        sum->given++;
    }
}

static void ask(rn_search *s, int32_t task, int32_t *route_of, tally *sum)
{
    rn_solution *sol = s->sol;
    const rn_cost before = rn_total(sol);
    for (int32_t t = 0; t < s->inst->n_tasks; t++) {
        route_of[t] = sol->node[t].route;
    }
    rn_journal_begin(sol, &sol->outer);
    s->stamp++;
    s->n_work = 0;
    sum->asked++;
    if (rn_ruin_slice(s, task)) {
        sum->taken++;
        look_at_taken(s, route_of);
        give(s, sum);
    } else {
        CU_ASSERT_EQUAL(s->slice.n, 0);
        CU_ASSERT_EQUAL(s->n_work, 0);
    }
    rn_undo_and_settle(sol, &sol->outer);
    CU_ASSERT_EQUAL(rn_total(sol), before);
}

static void test_slice(void)
{
    static const world_size size = WORLD_LARGE;
    tally sum = {0, 0, 0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        rn_search *s = warm_search(&b, WARM_UP, 0.0);
        CU_ASSERT_PTR_NOT_NULL_FATAL(s);
        int32_t *route_of =
            malloc(sizeof *route_of * ((size_t)b.inst->n_tasks + 1));
        CU_ASSERT_PTR_NOT_NULL_FATAL(route_of);
        s->temperature = 0.0;
        for (int32_t t = 0; t < b.inst->n_tasks; t++) {
            ask(s, t, route_of, &sum);
        }
        CU_ASSERT_TRUE_FATAL(agreement_holds(s->sol, s->finder, seed));
        free(route_of);
        rn_search_free(s);
        bed_clear(&b);
    }
    printf("\n%d asked for, %d taken out, %d in other hands\n", sum.asked,
           sum.taken, sum.given);
    CU_ASSERT_TRUE(sum.taken > 100 && sum.given > 20);
}

int main(void)
{
    RN_RUN("slice", RN_TEST(test_slice));
}
