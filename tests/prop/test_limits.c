/* SPDX-License-Identifier: MIT */
/* Each criterion hard, at nothing, at half of what a plan without the limit
 * has, and at all of it: never broken, and not at the price of visits that
 * need not stay out. */
#include "defect.h"
#include "harness.h"

enum { ITERATIONS = 300, BINDING = 6, MOST_SEEDS = 400 };

/* Visits served over all problems where the limit binds. */
typedef struct tally {
    int32_t problems;
    int32_t infeasible; /* at half */
    int32_t free;       /* without the limit */
    int32_t whole;
    int32_t half;
    int32_t none;
    int32_t thinned; /* the plan without the limit, made to fit half of it */
} tally;

/* From a start the plan is only made to fit. */
static runde_plan *solve(const world *w, const runde_plan *start)
{
    runde_problem *const problem = world_problem(w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = start == NULL ? ITERATIONS : -1;
    options.start = start;
    options.seed = w->seed;
    options.clock = standing_clock;
    defect d = {""};
    runde_plan *const plan = defect_solve(problem, &options, &d);
    if (d.text[0] != '\0') {
        printf("seed %llu: %s\n", (unsigned long long)w->seed, d.text);
        CU_FAIL("a defect");
    }
    CU_ASSERT_TRUE(plan == NULL || plan_is_clean(problem, plan, &d));
    runde_problem_free(problem);
    return plan;
}

/* Served with at most so much of the criterion; -1 when no plan was found. */
static int32_t served_within(world *w, int x, int64_t limit,
                             const runde_plan *start)
{
    w->weights.hard = 1U << x;
    w->weights.limit[x] = limit;
    runde_plan *const plan = solve(w, start);
    const int32_t served = plan != NULL ? runde_plan_kpis(plan)->served : -1;
    CU_ASSERT_TRUE(plan == NULL || runde_plan_cost(plan)->amount[x] <= limit);
    runde_plan_free(plan);
    return served;
}

static int32_t above_zero(int32_t n)
{
    return n > 0 ? n : 0;
}

/* No limits and no profiles but the one under test, and no past that breaks
 * it before the first visit. */
static void draw(world *w, uint64_t seed, int x)
{
    static const world_size size = {10, 4, 6,
                                    1U << USE_PROFILES | 1U << USE_HARD, false};
    world_random(w, seed, &size);
    w->n_past = x == RUNDE_CARERS_OVER_TARGET ? 0 : w->n_past;
}

static bool try_seed(uint64_t seed, int x, tally *t)
{
    static world w;
    draw(&w, seed, x);
    runde_plan *const plan = solve(&w, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    const int64_t amount = runde_plan_cost(plan)->amount[x];
    const int32_t served = runde_plan_kpis(plan)->served;
    if (amount < 1 || served < 2) {
        runde_plan_free(plan);
        return false;
    }
    t->problems++;
    t->free += served;
    t->whole += above_zero(served_within(&w, x, amount, NULL));
    const int32_t half = served_within(&w, x, amount / 2, NULL);
    t->infeasible += half < 0;
    t->half += above_zero(half);
    t->none += above_zero(served_within(&w, x, 0, NULL));
    t->thinned += above_zero(served_within(&w, x, amount / 2, plan));
    CU_ASSERT_TRUE(served_within(&w, x, amount, plan) >= served);
    runde_plan_free(plan);
    return true;
}

static void test_each(void)
{
    printf("\n");
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        tally t = {0, 0, 0, 0, 0, 0, 0};
        for (uint64_t seed = 1; seed <= MOST_SEEDS && t.problems < BINDING;
             seed++) {
            (void)try_seed(seed * 31 + (uint64_t)x, x, &t);
        }
        printf("%-20s %d problems: %d served, %d within all of it, %d within "
               "half (%d without plan; thinned %d), %d with none\n",
               runde_criterion_name((runde_criterion)x), (int)t.problems,
               (int)t.free, (int)t.whole, (int)t.half, (int)t.infeasible,
               (int)t.thinned, (int)t.none);
        CU_ASSERT_TRUE(t.problems > 0);
        CU_ASSERT_TRUE(t.whole * 5 >= t.free * 4);
        /* Serving less fills no shift. */
        CU_ASSERT_TRUE(t.half > 0 || x == RUNDE_IDLE || x == RUNDE_MAX_IDLE);
    }
}

int main(void)
{
    RN_RUN("limits", RN_TEST(test_each));
}
