/* SPDX-License-Identifier: MIT */
/* The schedule against linear programs: what starts as early as it may is
 * where a program puts it that is told to start everything early, and where
 * starts cost nothing for being early no program finds better ones. */
#include <runde/check.h>
#include <runde/glpk.h>

#include <string.h>

#include "bed.h"
#include "exact/timing.h"
#include "harness.h"
#include "plan/freeze.h"

static const rn_patience ample = {100000, 0, NULL, NULL};

typedef struct score {
    int64_t plans;
    int64_t starts;
    int64_t better;
    int64_t some; /* of them, by changed routes alone */
    int64_t regular;
} score;

static uint64_t number_of_seeds(uint64_t otherwise)
{
    const char *const text = getenv("RUNDE_EXACT_SEEDS");
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static bool is_legal(const bed *b)
{
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    bool ok = runde_plan_new(&plan, b->problem) == RUNDE_OK &&
              rn_freeze(plan, b->sol) == RUNDE_OK;
    for (int32_t v = 0; v < runde_problem_n_visits(b->problem) && ok; v++) {
        const runde_unserved u = {v, 0, NULL};
        if (b->sol->node[b->inst->first_task[v]].route < 0) {
            ok = runde_plan_add_unserved(plan, &u) == RUNDE_OK;
        }
    }
    ok = ok && runde_plan_finish(plan) == RUNDE_OK &&
         runde_check(&report, b->problem, plan) == RUNDE_OK;
    CU_ASSERT_TRUE_FATAL(ok);
    ok = true;
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *v = runde_report_violation(report, i);
        /* Limits on sums are the business of the search. */
        if (strcmp(v->rule, "hard") != 0) {
            printf("seed %llu: %s: %s\n", (unsigned long long)b->seed, v->rule,
                   v->message);
            ok = false;
        }
    }
    runde_report_free(report);
    runde_plan_free(plan);
    return ok;
}

/* A program that wants everything early starts it when the schedule does. */
static void look_at_group(const bed *b, rn_timing *t, int32_t shift, score *s)
{
    const int32_t *node;
    const rn_timetable *table = rn_timing_table(t, b->sol, shift, &node);
    const size_t n = (size_t)table->n;
    int32_t *lo = calloc(n, sizeof *lo);
    int64_t *slope = calloc(n, sizeof *slope);
    int32_t *times = calloc(n, sizeof *times);
    CU_ASSERT_TRUE_FATAL(lo != NULL && slope != NULL && times != NULL);
    for (size_t i = 0; i < n; i++) {
        lo[i] = table->lo[i];
        slope[i] = 1;
        if (node[i] >= 0 && node[i] < b->inst->n_tasks &&
            b->sol->node[node[i]].release > lo[i]) {
            lo[i] = b->sol->node[node[i]].release;
        }
    }
    rn_timetable early = *table;
    early.lo = lo;
    early.slope = slope;
    early.n_hinges = 0;
    const runde_status status = runde_glpk()->schedule(times, &early, &ample);
    if (status != RUNDE_OK) {
        printf("seed %llu: the program has no answer: %s\n",
               (unsigned long long)b->seed, runde_status_name(status));
        CU_FAIL("no answer");
    }
    for (size_t i = 0; i < n && status == RUNDE_OK; i++) {
        s->starts += node[i] >= 0;
        if (node[i] >= 0 && times[i] != b->sol->node[node[i]].start) {
            printf("seed %llu: node %d starts at %d, could at %d\n",
                   (unsigned long long)b->seed, node[i],
                   b->sol->node[node[i]].start, times[i]);
            CU_FAIL("not the least schedule");
        }
    }
    free(lo);
    free(slope);
    free(times);
}

typedef bool (*run)(rn_timing *, rn_solution *, const runde_exact *,
                    const rn_patience *);

/* Is it cheaper then? It says so, and the checker has no objection. */
static bool improve_by(run runs, bed *b, rn_timing *t)
{
    const rn_price before = rn_price_of(b->sol);
    const bool better = runs(t, b->sol, runde_glpk(), &ample);
    const int order = rn_price_compare(rn_price_of(b->sol), before);
    CU_ASSERT_EQUAL(order, better ? -1 : 0);
    CU_ASSERT_TRUE(!better || is_legal(b));
    return better;
}

/* In some plans the routes that changed first, in others all at once. */
static void improve(bed *b, rn_timing *t, score *s)
{
    const bool some =
        b->seed % 2 == 0 && improve_by(rn_timing_run_changed, b, t);
    const bool better = improve_by(rn_timing_run, b, t) || some;
    s->some += some;
    s->better += better;
    if (!rn_timing_helps(b->inst)) {
        s->regular++;
        if (better) {
            printf("seed %llu: regular, and yet not the best times\n",
                   (unsigned long long)b->seed);
            CU_FAIL("regular plans have no better times");
        }
    }
}

static void try_seed(uint64_t seed, score *s)
{
    static const world_size size = WORLD_SMALL;
    bed b;
    rn_timing *t = NULL;
    CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
    CU_ASSERT_EQUAL_FATAL(rn_timing_new(&t, b.inst), RUNDE_OK);
    bed_fill(&b);
    for (int i = 0; i < 4; i++) {
        (void)bed_anywhere(&b);
    }
    rn_settle(b.sol);
    rn_settle_slack(b.sol);
    s->plans++;
    for (int32_t r = 0; r < b.inst->n_shifts; r++) {
        if (b.sol->route[r].n > 0) {
            look_at_group(&b, t, r, s);
        }
    }
    improve(&b, t, s);
    rn_timing_free(t);
    bed_clear(&b);
}

static void test_oracle(void)
{
    score s = {0, 0, 0, 0, 0};
    const uint64_t n = number_of_seeds(1500);
    for (uint64_t seed = 1; seed <= n; seed++) {
        try_seed(seed, &s);
    }
    printf("%lld plans, %lld starts; %lld of them regular; %lld got better ",
           (long long)s.plans, (long long)s.starts, (long long)s.regular,
           (long long)s.better);
    CU_ASSERT_TRUE(s.better * 20 > s.plans);
    CU_ASSERT_TRUE(s.some > 0);
    CU_ASSERT_TRUE(s.regular * 20 > s.plans);
}

int main(void)
{
    RN_RUN("timing", RN_TEST(test_oracle));
}
