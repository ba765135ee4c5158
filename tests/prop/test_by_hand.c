/* SPDX-License-Identifier: MIT */
/* Plans without times: the order of a plan of the search gets its schedule
 * back, or a cheaper one; any order at all gets times that add up. */
#include "defect.h"
#include "harness.h"

#include "base/faults.h"

#include <runde/solve.h>
#ifdef RUNDE_HAS_GLPK
#include <runde/glpk.h>
#endif

#include <string.h>

enum { ITERATIONS = 200, MOST_STOPS = 64 };

typedef enum keeping { KEEP_VISITS, KEEP_STOPS, KEEP_TIMES } keeping;

static void forget_times(runde_stop *stop)
{
    stop->place = RUNDE_NONE;
    stop->estimated = false;
    stop->travel = stop->distance = stop->waiting = stop->setup = 0;
    stop->arrival = stop->start = stop->departure = RUNDE_TIME_NONE;
}

/* The plan with less in it. */
static runde_plan *draft_of(const runde_problem *problem,
                            const runde_plan *plan, keeping keep)
{
    runde_plan *draft = NULL;
    runde_stop stops[MOST_STOPS];
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&draft, problem), RUNDE_OK);
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        runde_route route = *runde_plan_route(plan, i);
        const runde_stop *const all = route.stops;
        const int32_t n = route.n_stops;
        route.n_stops = 0;
        route.stops = stops;
        for (int32_t k = 0; k < n; k++) {
            if (keep != KEEP_VISITS || all[k].kind == RUNDE_STOP_VISIT) {
                stops[route.n_stops] = all[k];
                if (keep != KEEP_TIMES) {
                    forget_times(&stops[route.n_stops]);
                }
                route.n_stops++;
            }
        }
        if (keep != KEEP_TIMES) {
            route.begin = route.end = RUNDE_TIME_NONE;
            route.travel_home = route.distance_home = 0;
            route.estimated_home = false;
        }
        CU_ASSERT_EQUAL_FATAL(runde_plan_add_route(draft, &route), RUNDE_OK);
    }
    CU_ASSERT_EQUAL_FATAL(runde_plan_finish(draft), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_has_times(draft),
                    keep == KEEP_TIMES || runde_plan_n_routes(draft) == 0);
    return draft;
}

static bool routes_are_equal(const runde_plan *a, const runde_plan *b)
{
    bool equal = runde_plan_n_routes(a) == runde_plan_n_routes(b);
    for (int32_t i = 0; equal && i < runde_plan_n_routes(a); i++) {
        const runde_route *x = runde_plan_route(a, i);
        const runde_route *y = runde_plan_route(b, i);
        equal = x->shift == y->shift && x->n_stops == y->n_stops &&
                x->begin == y->begin && x->end == y->end;
        for (int32_t k = 0; equal && k < x->n_stops; k++) {
            equal = x->stops[k].kind == y->stops[k].kind &&
                    x->stops[k].item == y->stops[k].item &&
                    x->stops[k].part == y->stops[k].part &&
                    x->stops[k].start == y->stops[k].start &&
                    x->stops[k].arrival == y->stops[k].arrival &&
                    x->stops[k].place == y->stops[k].place;
        }
    }
    return equal;
}

/* Best times break nothing and cost no more. */
static void try_best(const runde_problem *problem, const runde_plan *draft,
                     const runde_plan *timed)
{
    const runde_exact *exact = NULL;
    runde_plan *best = NULL;
    defect d = {""};
#ifdef RUNDE_HAS_GLPK
    exact = runde_glpk();
#endif
    CU_ASSERT_EQUAL_FATAL(
        runde_plan_schedule_best(&best, problem, draft, exact, NULL), RUNDE_OK);
    CU_ASSERT_TRUE(plan_is_clean(problem, best, &d));
    CU_ASSERT_TRUE(
        compare_costs(runde_plan_cost(best), runde_plan_cost(timed)) <= 0);
    runde_plan_free(best);
}

typedef struct tally {
    int32_t plans;
    int32_t same;
    int32_t cheaper;
    int32_t dearer;
    int32_t broken;
} tally;

static void compare(tally *t, const runde_problem *problem,
                    const runde_plan *plan, keeping keep)
{
    runde_plan *const draft = draft_of(problem, plan, keep);
    runde_plan *again = NULL;
    defect d = {""};
    CU_ASSERT_EQUAL_FATAL(runde_plan_schedule(&again, problem, draft, NULL),
                          RUNDE_OK);
    const runde_cost *const cost = runde_plan_cost(again);
    const int order = compare_costs(cost, runde_plan_cost(plan));
    t->plans++;
    if (!plan_is_clean(problem, again, &d)) {
        t->broken++;
    } else {
        t->dearer += order > 0;
        try_best(problem, draft, again);
    }
    t->cheaper += order < 0;
    t->same += routes_are_equal(plan, again);
    runde_plan_free(again);
    runde_plan_free(draft);
}

/* NULL where there is no plan within the hard limits. */
static runde_plan *solve(const runde_problem *problem, uint64_t seed)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    defect d = {""};
    options.iteration_limit = ITERATIONS;
    options.seed = seed;
    options.clock = standing_clock;
    runde_plan *const plan = defect_solve(problem, &options, &d);
    CU_ASSERT_STRING_EQUAL_FATAL(d.text, "");
    return plan;
}

/* Gives the tally of many problems. */
static tally try_keeping(keeping keep, const char *name)
{
    static const world_size sizes[2] = {WORLD_SMALL, WORLD_LARGE};
    static world w;
    const uint64_t count = world_number_from("RUNDE_PROP_SEEDS", 200);
    tally t = {0, 0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= count; seed++) {
        world_random(&w, seed, &sizes[seed % 5 == 0]);
        runde_problem *const problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        runde_plan *const plan = solve(problem, seed);
        if (plan == NULL) {
            runde_problem_free(problem);
            continue;
        }
        compare(&t, problem, plan, keep);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
    printf("%s: %d plans, %d the same, %d cheaper, %d dearer, %d broken\n",
           name, t.plans, t.same, t.cheaper, t.dearer, t.broken);
    return t;
}

/* What the plan says decides everything: it comes back as it was. */
static void test_times(void)
{
    const tally t = try_keeping(KEEP_TIMES, "all kept");
    CU_ASSERT_EQUAL(t.broken, 0);
    CU_ASSERT_EQUAL(t.dearer, 0);
    CU_ASSERT(t.same >= t.plans - t.plans / 100);
}

/* The order leaves open which of two visits of a client comes first in
 * different shifts: in one of 100 problems the wrong one is chosen, which
 * costs more or makes a duty too long. */
static void test_stops(void)
{
    const tally t = try_keeping(KEEP_STOPS, "no times");
    CU_ASSERT(t.broken + t.dearer <= 1 + t.plans / 100);
    CU_ASSERT(t.same >= t.plans - t.plans / 33);
}

/* And where breaks and activities lie: one of 80 is worse than it was. */
static void test_visits(void)
{
    const tally t = try_keeping(KEEP_VISITS, "no times, no breaks");
    CU_ASSERT(t.broken <= 2 + t.plans / 100); /* hard limits above all */
    CU_ASSERT(t.dearer <= t.plans / 50);
    CU_ASSERT(t.same >= t.plans / 5 * 4);
}

/* A start without times is never made worse than its schedule. */
static void test_as_start(void)
{
    static const world_size size = WORLD_SMALL;
    static world w;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        world_random(&w, seed, &size);
        runde_problem *const problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        runde_plan *const plan = solve(problem, seed);
        if (plan == NULL) {
            runde_problem_free(problem);
            continue;
        }
        runde_plan *const draft = draft_of(problem, plan, KEEP_VISITS);
        runde_plan *timed = NULL;
        runde_plan *again = NULL;
        defect d = {""};
        runde_options options = RUNDE_OPTIONS_INIT;
        options.iteration_limit = -1;
        options.start = draft;
        CU_ASSERT_EQUAL_FATAL(runde_plan_schedule(&timed, problem, draft, NULL),
                              RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(runde_solve(&again, problem, &options, NULL),
                              RUNDE_OK);
        CU_ASSERT(
            !plan_is_clean(problem, timed, &d) ||
            compare_costs(runde_plan_cost(again), runde_plan_cost(timed)) <= 0);
        runde_plan_free(again);
        runde_plan_free(timed);
        runde_plan_free(draft);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

/* ------------------------------------------------------------ any order */

/* Visits thrown onto shifts; now and then twice, or without the whole crew. */
static runde_plan *random_draft(const runde_problem *problem, rn_rng *rng)
{
    const int32_t n_shifts = runde_problem_n_shifts(problem);
    runde_stop stops[WORLD_SHIFTS][MOST_STOPS];
    int32_t n[WORLD_SHIFTS] = {0};
    runde_plan *draft = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&draft, problem), RUNDE_OK);
    for (int32_t v = 0; v < runde_problem_n_visits(problem); v++) {
        const int32_t crew = runde_problem_visit(problem, v)->crew;
        for (int32_t p = 0; p < crew && n_shifts > 0; p++) {
            const int32_t s = world_dice(rng, 0, n_shifts - 1);
            if (n[s] + 2 >= MOST_STOPS || world_dice(rng, 0, 9) == 0) {
                continue;
            }
            memset(&stops[s][n[s]], 0, sizeof stops[s][0]);
            stops[s][n[s]].item = v;
            stops[s][n[s]].part = p;
            forget_times(&stops[s][n[s]]);
            n[s]++;
            if (world_dice(rng, 0, 30) == 0) {
                stops[s][n[s]] = stops[s][n[s] - 1];
                n[s]++;
            }
        }
    }
    for (int32_t s = 0; s < n_shifts; s++) {
        const runde_route route = {.shift = s,
                                   .begin = RUNDE_TIME_NONE,
                                   .end = RUNDE_TIME_NONE,
                                   .n_stops = n[s],
                                   .stops = stops[s]};
        if (n[s] > 0) {
            CU_ASSERT_EQUAL_FATAL(runde_plan_add_route(draft, &route),
                                  RUNDE_OK);
        }
    }
    CU_ASSERT_EQUAL_FATAL(runde_plan_finish(draft), RUNDE_OK);
    return draft;
}

/* What no choice of times can excuse. */
static bool is_own_fault(const runde_violation *v)
{
    static const char *const rules[] = {"arithmetic", "cost", "kpi",
                                        "unserved"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(v->rule, rules[i]) == 0) {
            return true;
        }
    }
    /* Where there is no road the order is to blame. */
    return strcmp(v->rule, "travel") == 0 && v->expected != RUNDE_UNREACHABLE;
}

static void look_at_report(const runde_problem *problem, const runde_plan *plan,
                           uint64_t seed)
{
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, problem, plan), RUNDE_OK);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *v = runde_report_violation(report, i);
        if (is_own_fault(v)) {
            printf("seed %llu: %s: %s\n", (unsigned long long)seed, v->rule,
                   v->message);
            CU_FAIL("the times do not add up");
            break;
        }
    }
    runde_report_free(report);
}

static void test_any_order(void)
{
    static const world_size size = WORLD_SMALL;
    static world w;
    const uint64_t count = 3 * world_number_from("RUNDE_PROP_SEEDS", 200);
    for (uint64_t seed = 1; seed <= count; seed++) {
        rn_rng rng;
        rn_rng_init(&rng, seed, 7);
        world_random(&w, seed, &size);
        runde_problem *const problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        runde_plan *const draft = random_draft(problem, &rng);
        runde_plan *plan = NULL;
        CU_ASSERT_EQUAL_FATAL(runde_plan_schedule(&plan, problem, draft, NULL),
                              RUNDE_OK);
        look_at_report(problem, plan, seed);
        runde_plan_free(plan);
        runde_plan_free(draft);
        runde_problem_free(problem);
    }
}

/* ---------------------------------------------------------------- memory */

static void sweep(const runde_problem *problem, const runde_plan *draft)
{
    bool refused = true;
    for (long k = 0; refused; k++) {
        runde_plan *plan = NULL;
        rn_faults_begin(k);
        const runde_status status =
            runde_plan_schedule(&plan, problem, draft, NULL);
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(plan != NULL, !refused);
        runde_plan_free(plan);
    }
}

static void test_memory(void)
{
    static const world_size size = WORLD_SMALL;
    static world w;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        rn_rng rng;
        rn_rng_init(&rng, seed, 7);
        world_random(&w, seed, &size);
        runde_problem *const problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        runde_plan *const plan = solve(problem, seed);
        if (plan == NULL) {
            runde_problem_free(problem);
            continue;
        }
        runde_plan *drafts[2] = {draft_of(problem, plan, KEEP_VISITS),
                                 random_draft(problem, &rng)};
        for (int i = 0; i < 2; i++) {
            sweep(problem, drafts[i]);
            runde_plan_free(drafts[i]);
        }
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

int main(void)
{
    RN_RUN("by_hand", RN_TEST(test_times), RN_TEST(test_stops),
           RN_TEST(test_visits), RN_TEST(test_as_start),
           RN_TEST(test_any_order), RN_TEST(test_memory));
}
