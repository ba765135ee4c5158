/* SPDX-License-Identifier: MIT */
/* Routes that changed hands: nobody is lost, the plan is cheaper or as it
 * was, it costs what its sequences cost, the checker accepts it; and where
 * nothing couples the routes of a group no permutation of them is better. */
#include <runde/check.h>

#include "bed.h"
#include "harness.h"
#include "warm.h"

#include "plan/freeze.h"
#include "search/handover.h"

enum { PROBLEMS = 600, WARM_UP = 12, GROUP = 4, ALIKE = 5400 };

typedef struct tally {
    int better;       /* plans that became cheaper */
    int permutations; /* that were tried afterwards */
    int legal;
} tally;

/* ------------------------------------------------------------ permutations */

/* The route of one shift of `from`, as it stands, in another one of `to`. */
static void move_route(rn_best *to, const rn_best *from,
                       const rn_instance *inst, int32_t source, int32_t target)
{
    const int32_t end = rn_shift_end_node(inst, target);
    int32_t prev = rn_shift_start_node(inst, target);
    int32_t n = from->node[rn_shift_start_node(inst, source)].next;
    for (; n < inst->n_tasks; n = from->node[n].next) {
        to->node[prev].next = n;
        to->node[n].prev = prev;
        to->node[n].route = target;
        prev = n;
    }
    to->node[prev].next = end;
    to->node[end].prev = prev;
    to->node[end].gap_lo = from->node[n].gap_lo;
    to->node[end].gap_hi = from->node[n].gap_hi;
    to->missed[target] = from->missed[source];
}

static bool is_allowed(const rn_solution *sol)
{
    bool may = rn_hours_hold(sol);
    for (int32_t t = 0; t < sol->inst->n_tasks; t++) {
        const int32_t r = sol->node[t].route;
        may = may && (r < 0 || rn_may(sol->inst, sol->inst->task[t].who, r));
    }
    return may;
}

/* What the checker says of the plan. */
static bool is_legal(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, inst->problem), RUNDE_OK);
    bool legal = rn_freeze(plan, sol) == RUNDE_OK;
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        const runde_unserved out = {v, 0, NULL};
        if (sol->node[inst->first_task[v]].route < 0) {
            legal = legal && runde_plan_add_unserved(plan, &out) == RUNDE_OK;
        }
    }
    legal = legal && runde_plan_finish(plan) == RUNDE_OK &&
            runde_check(&report, inst->problem, plan) == RUNDE_OK &&
            runde_report_n_violations(report) == 0;
    runde_report_free(report);
    runde_plan_free(plan);
    return legal;
}

/* The plan with routes of a group permuted is not a better one. */
static void look_at_permutation(const bed *b, const rn_best *plan,
                                const int32_t *shift, const int32_t *order,
                                int32_t n, tally *t)
{
    const rn_instance *inst = b->inst;
    rn_best *other = NULL;
    rn_solution *sol = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&sol, inst), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_best_new(&other, sol), RUNDE_OK);
    rn_best_copy(other, plan, sol);
    for (int32_t i = 0; i < n; i++) {
        move_route(other, plan, inst, shift[i], shift[order[i]]);
    }
    t->permutations++;
    if (rn_best_build(other, sol) && is_allowed(sol) &&
        rn_price_compare(rn_price_of(sol), plan->price) < 0) {
        const bool legal = is_legal(sol);
        if (legal) {
            printf("seed %llu: %lld is less than %lld\n",
                   (unsigned long long)b->seed,
                   (long long)rn_price_of(sol).wishes,
                   (long long)plan->price.wishes);
            CU_FAIL("a permutation is better");
        }
    }
    t->legal += is_allowed(sol);
    rn_best_free(other);
    rn_solution_free(sol);
}

static void permute(const bed *b, const rn_best *plan, const int32_t *shift,
                    int32_t *order, int32_t n, int32_t at, tally *t)
{
    if (at == n) {
        look_at_permutation(b, plan, shift, order, n, t);
        return;
    }
    for (int32_t i = at; i < n; i++) {
        const int32_t x = order[at];
        order[at] = order[i];
        order[i] = x;
        permute(b, plan, shift, order, n, at + 1, t);
        order[i] = order[at];
        order[at] = x;
    }
}

/* ------------------------------------------------------------- what couples */

static bool is_separable(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    bool is = !inst->has_globals && inst->n_bounds == 0 && !sol->keeps_faces &&
              inst->w[RUNDE_CLIENTS_CHANGED] == 0 && inst->n_choices == 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        is = is && inst->task[t].n_arcs == 0 && !inst->task[t].is_frozen;
    }
    return is;
}

static bool are_alike(const rn_instance *inst, int32_t i, int32_t j)
{
    const rn_shift *a = &inst->shift[i];
    const rn_shift *b = &inst->shift[j];
    const int64_t ticks =
        1000LL * ALIKE / runde_problem_settings(inst->problem)->tick_ms;
    return a->carer != b->carer && a->n_breaks == b->n_breaks &&
           a->n_activities == 0 && b->n_activities == 0 &&
           llabs((long long)a->start - b->start) <= ticks &&
           llabs((long long)a->end - b->end) <= ticks;
}

/* The first used shift with those like it. */
static int32_t find_group(const rn_solution *sol, int32_t *shift)
{
    int32_t first = 0;
    int32_t n = 0;
    while (first < sol->inst->n_shifts && sol->route[first].n == 0) {
        first++;
    }
    for (int32_t s = first; s < sol->inst->n_shifts && n < GROUP; s++) {
        bool is = s == first || are_alike(sol->inst, first, s);
        for (int32_t i = 0; i < n; i++) {
            is = is &&
                 sol->inst->shift[shift[i]].carer != sol->inst->shift[s].carer;
        }
        shift[n] = s;
        n += is;
    }
    return n;
}

/* ------------------------------------------------------------------ a plan */

static void look(bed *b, tally *t)
{
    rn_solution *sol = b->sol;
    rn_handover *handover = NULL;
    rn_best *copy = NULL;
    rn_solution *afresh = NULL;
    const rn_price before = rn_price_of(sol);
    const int32_t served = bed_count_served(sol);
    CU_ASSERT_EQUAL_FATAL(rn_handover_new(&handover, b->inst), RUNDE_OK);
    const bool better = rn_hand_over(handover, b->finder, NULL, NULL);
    const rn_price after = rn_price_of(sol);
    CU_ASSERT_EQUAL(rn_price_compare(after, before), better ? -1 : 0);
    CU_ASSERT_EQUAL(bed_count_served(sol), served);
    CU_ASSERT_EQUAL_FATAL(rn_best_new(&copy, sol), RUNDE_OK);
    rn_best_note_all(copy, sol);
    rn_best_save(copy, sol, after);
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&afresh, b->inst), RUNDE_OK);
    CU_ASSERT_TRUE(rn_best_build(copy, afresh));
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(afresh), after), 0);
    CU_ASSERT_TRUE(!better || is_legal(sol));
    if (is_separable(sol)) {
        int32_t shift[GROUP];
        int32_t order[GROUP] = {0, 1, 2, 3};
        const int32_t n = find_group(sol, shift);
        while (rn_hand_over(handover, b->finder, NULL, NULL)) {
        }
        rn_best_note_all(copy, sol);
        rn_best_save(copy, sol, rn_price_of(sol));
        permute(b, copy, shift, order, n, 0, t);
    }
    t->better += better;
    rn_solution_free(afresh);
    rn_best_free(copy);
    rn_handover_free(handover);
}

/* What a few iterations make of the problem that take nearly everything. */
static bool take_plan(bed *b)
{
    rn_search *s = warm_search(b, WARM_UP, 1e7);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    const bool ok = s->sol->excess == 0;
    rn_solution_copy(b->sol, s->sol);
    rn_settle(b->sol);
    rn_search_free(s);
    return ok;
}

/* Every carer has one shift, and all of them are out at the same time. */
static void align(world *w)
{
    int32_t start = INT32_MAX;
    int32_t end = 0;
    for (int32_t s = w->n_shifts - 1; s >= 0; s--) {
        bool is_second = false;
        for (int32_t i = 0; i < s; i++) {
            is_second = is_second ||
                        w->shifts[i].record.carer == w->shifts[s].record.carer;
        }
        if (is_second) {
            world_drop_shift(w, s);
        }
    }
    for (int32_t s = 0; s < w->n_shifts; s++) {
        const runde_shift *shift = &w->shifts[s].record;
        start = shift->start < start ? shift->start : start;
        end = shift->end > end ? shift->end : end;
    }
    for (int32_t s = 0; s < w->n_shifts; s++) {
        runde_shift *shift = &w->shifts[s].record;
        shift->start = start;
        shift->end = end;
        shift->max_end = RUNDE_TIME_NONE;
        shift->max_duty = 0;
    }
}

/* And nothing couples their routes. */
static void uncouple(world *w)
{
    static const runde_criterion off[] = {
        RUNDE_MAX_LATE,           RUNDE_MAX_IDLE,       RUNDE_WORKLOAD_SPREAD,
        RUNDE_WORKLOAD_DEVIATION, RUNDE_LOAD_SPREAD,    RUNDE_DISTINCT_CARERS,
        RUNDE_CARERS_OVER_TARGET, RUNDE_CLIENTS_CHANGED};
    align(w);
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++) {
        w->weights.weight[off[i]] = 0;
    }
    for (int32_t v = 0; v < w->n_visits; v++) {
        w->visits[v].record.may_overlap = true;
    }
}

static void look_at_many(const world_size *size, void (*bend)(world *w),
                         tally *t)
{
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make_bent(&b, seed, size, bend));
        if (b.inst->n_shifts > 1 && take_plan(&b)) {
            look(&b, t);
        }
        bed_clear(&b);
    }
    printf("\n%d better, %d permutations tried, %d of them allowed\n",
           t->better, t->permutations, t->legal);
}

static void test_everything_on(void)
{
    static const world_size size = WORLD_LARGE;
    tally t = {0};
    look_at_many(&size, align, &t);
    CU_ASSERT_TRUE(t.better > PROBLEMS / 20);
}

static void test_no_permutation_is_better(void)
{
    static const world_size size = {
        10, 8, 10,
        1U << USE_CREWS | 1U << USE_GAPS | 1U << USE_BONDS | 1U << USE_HARD |
            1U << USE_TARGETS | 1U << USE_FREEZE | 1U << USE_PUBLISHED |
            1U << USE_COUPLES | 1U << USE_ACTIVITIES | 1U << USE_PROFILES |
            1U << USE_RULES,
        true};
    tally t = {0};
    look_at_many(&size, uncouple, &t);
    CU_ASSERT_TRUE(t.permutations > PROBLEMS / 10);
    CU_ASSERT_TRUE(t.legal > t.permutations / 20);
}

int main(void)
{
    RN_RUN("handover", RN_TEST(test_everything_on),
           RN_TEST(test_no_permutation_is_better));
}
