/* SPDX-License-Identifier: MIT */
/* Making room for left-out visits: few stops go, whole units of them, none
 * that may not move; links, loads and caps apart the visit then fits; undone
 * everything is as it was. */
#include "agreement.h"
#include "bed.h"
#include "harness.h"
#include "warm.h"

#include "eval/insert.h"
#include "search/search.h"

enum { PROBLEMS = 300, WARM_UP = 20, MOST_STOPS = 3 };

typedef struct tally {
    int asked;
    int made;
    int fits;
    int fits_unmade; /* of them, those that nothing had to go for */
} tally;

/* What went is whole units, each once, and no more than was allowed. */
static void look_at_taken(const rn_search *s, int32_t asked, int32_t before)
{
    const rn_instance *inst = s->inst;
    int32_t tasks = 0;
    CU_ASSERT_TRUE(s->n_work <= MOST_STOPS * inst->unit[asked].n);
    for (int32_t i = 0; i < s->n_work; i++) {
        const int32_t unit = s->work[i];
        const rn_unit *u = &inst->unit[unit];
        CU_ASSERT_NOT_EQUAL(unit, asked);
        for (int32_t k = 0; k < u->n; k++) {
            const int32_t task = inst->unit_tasks[u->first + k];
            CU_ASSERT_EQUAL(s->sol->node[task].route, RUNDE_NONE);
            CU_ASSERT_FALSE(inst->task[task].is_frozen);
        }
        for (int32_t k = 0; k < i; k++) {
            CU_ASSERT_NOT_EQUAL(unit, s->work[k]);
        }
        tasks += u->n;
    }
    CU_ASSERT_EQUAL(bed_count_served(s->sol), before - tasks);
}

static bool fits(rn_search *s, int32_t unit)
{
    rn_finder *f = s->finder;
    f->blink_mean = 0;
    f->near = 0;
    f->empties = true;
    return rn_insert_unit(f, unit);
}

/* Asks for one unit and takes everything back. */
static void ask(rn_search *s, int32_t unit, tally *sum)
{
    rn_solution *sol = s->sol;
    const rn_cost before = rn_total(sol);
    const int32_t served = bed_count_served(sol);
    rn_journal_begin(sol, &sol->outer);
    sum->asked++;
    if (rn_ruin_for(s, unit)) {
        sum->made++;
        look_at_taken(s, unit, served);
        if (rn_schedule_removals(sol) && rn_hours_hold(sol)) {
            rn_settle(sol);
            sum->fits += fits(s, unit);
        }
    } else {
        CU_ASSERT_EQUAL(bed_count_served(sol), served);
    }
    rn_undo_and_settle(sol, &sol->outer);
    CU_ASSERT_EQUAL(rn_total(sol), before);
    rn_journal_begin(sol, &sol->outer);
    sum->fits_unmade += fits(s, unit);
    rn_undo_and_settle(sol, &sol->outer);
    CU_ASSERT_EQUAL(bed_count_served(sol), served);
}

static void test_room(void)
{
    static const world_size size = WORLD_LARGE;
    tally sum = {0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        rn_search *s = warm_search(&b, WARM_UP, 0.0);
        CU_ASSERT_PTR_NOT_NULL_FATAL(s);
        for (int32_t i = 0; i < s->n_bank; i++) {
            ask(s, s->bank[i], &sum);
        }
        CU_ASSERT_TRUE_FATAL(agreement_holds(s->sol, s->finder, seed));
        rn_search_free(s);
        bed_clear(&b);
    }
    printf("\n%d asked for, room made for %d, %d fit then, %d fit anyway\n",
           sum.asked, sum.made, sum.fits, sum.fits_unmade);
    CU_ASSERT_TRUE(sum.made > PROBLEMS);
    CU_ASSERT_TRUE(sum.fits * 3 > sum.made);
    CU_ASSERT_TRUE(sum.fits > 4 * sum.fits_unmade);
}

int main(void)
{
    RN_RUN("room", RN_TEST(test_room));
}
