/* SPDX-License-Identifier: MIT */
/* Taking few out where clients know their carers: the visit asked for goes,
 * with no more than seven others, whole units of them, none that may not
 * move; where nobody is known nothing goes; undone everything is as it was.
 * Where the first one has to move, its way back ends the iteration. */
#include "agreement.h"
#include "bed.h"
#include "harness.h"
#include "warm.h"

#include "eval/insert.h"
#include "eval/whom.h"
#include "search/search.h"

enum { PROBLEMS = 200, WARM_UP = 20, MOST_TAKEN = 8 };

typedef struct tally {
    int asked;
    int taken;
    int with_others;
    int moved; /* of those that had to */
    int back;
} tally;

static bool took(const rn_search *s, int32_t unit)
{
    bool found = false;
    for (int32_t i = 0; i < s->n_work && !found; i++) {
        found = s->work[i] == unit;
    }
    return found;
}

/* Whole units, each once, and all of them out. */
static void look_at_taken(const rn_search *s)
{
    const rn_instance *inst = s->inst;
    CU_ASSERT_TRUE(s->n_work <= MOST_TAKEN);
    for (int32_t i = 0; i < s->n_work; i++) {
        const rn_unit *u = &inst->unit[s->work[i]];
        for (int32_t k = 0; k < u->n; k++) {
            const int32_t task = inst->unit_tasks[u->first + k];
            CU_ASSERT_EQUAL(s->sol->node[task].route, RUNDE_NONE);
            CU_ASSERT_FALSE(inst->task[task].is_frozen);
        }
        for (int32_t k = 0; k < i; k++) {
            CU_ASSERT_NOT_EQUAL(s->work[i], s->work[k]);
        }
    }
}

/* Puts back what was taken; gives up if and only if the one that has to move
 * went back. */
static void put_back(rn_search *s, int32_t task, int32_t home, tally *sum)
{
    rn_solution *sol = s->sol;
    CU_ASSERT_TRUE(s->mover == RUNDE_NONE || s->mover == task);
    CU_ASSERT_TRUE(s->mover == RUNDE_NONE || s->home == home);
    if (!rn_schedule_removals(sol) || !rn_hours_hold(sol)) {
        return;
    }
    rn_settle(sol);
    const bool done = rn_recreate(s, RN_COST_INF);
    const bool is_back =
        s->mover != RUNDE_NONE && sol->node[task].route == home;
    CU_ASSERT_EQUAL(done, !is_back);
    sum->moved += s->mover != RUNDE_NONE && done;
    sum->back += is_back;
}

/* Takes few out with the task, and everything back. */
static void ask(rn_search *s, int32_t task, tally *sum)
{
    rn_solution *sol = s->sol;
    const rn_cost before = rn_total(sol);
    const bool goes = sol->node[task].route >= 0 && rn_is_movable(s, task);
    s->finder->epoch++;
    const int32_t known = rn_list_known(s->finder, task);
    rn_journal_begin(sol, &sol->outer);
    s->stamp++;
    s->n_work = 0;
    s->mover = RUNDE_NONE;
    s->asked = RUNDE_NONE;
    const int32_t home = sol->node[task].route;
    sum->asked++;
    if (rn_ruin_few(s, task)) {
        sum->taken++;
        sum->with_others += s->n_work > 1;
        look_at_taken(s);
        CU_ASSERT_TRUE(known > 0);
        CU_ASSERT_TRUE(!goes || took(s, s->inst->task[task].unit));
        put_back(s, task, home, sum);
    } else {
        CU_ASSERT_EQUAL(s->n_work, 0);
        CU_ASSERT_TRUE(known == 0 || !goes);
    }
    rn_undo_and_settle(sol, &sol->outer);
    CU_ASSERT_EQUAL(rn_total(sol), before);
}

static void test_few(void)
{
    static const world_size size = WORLD_LARGE;
    tally sum = {0, 0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        rn_search *s = warm_search(&b, WARM_UP, 0.0);
        CU_ASSERT_PTR_NOT_NULL_FATAL(s);
        s->habits &= ~(uint32_t)RN_SLICE;
        for (int32_t t = 0; t < b.inst->n_tasks; t++) {
            ask(s, t, &sum);
        }
        CU_ASSERT_TRUE_FATAL(agreement_holds(s->sol, s->finder, seed));
        rn_search_free(s);
        bed_clear(&b);
    }
    printf("\n%d asked for, %d taken out, %d with others, %d moved, %d back\n",
           sum.asked, sum.taken, sum.with_others, sum.moved, sum.back);
    CU_ASSERT_TRUE(sum.taken > PROBLEMS);
    CU_ASSERT_TRUE(sum.with_others * 2 > sum.taken);
    CU_ASSERT_TRUE(sum.back > sum.moved && sum.moved > 0);
}

int main(void)
{
    RN_RUN("few", RN_TEST(test_few));
}
