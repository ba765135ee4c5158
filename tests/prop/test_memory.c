/* SPDX-License-Identifier: MIT */
/* Memory refused at every turn of a solve: an error and nothing lost, or the
 * plan as it would have been. */
#include "base/faults.h"
#include "defect.h"
#include "harness.h"

#include <runde/export.h>
#ifdef RUNDE_HAS_GLPK
#include <runde/glpk.h>
#endif

#include <string.h>

enum { PROBLEMS = 4, FEW = 50 };

/* The plan as text, or NULL when memory was short on the way. */
static char *solve_to_text(const runde_problem *problem, uint64_t seed,
                           const runde_plan *start)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = FEW;
    options.seed = seed;
    options.clock = standing_clock;
    options.start = start;
    options.replicas = (int32_t)(seed % 3); /* 0 is 1 */
#ifdef RUNDE_HAS_GLPK
    options.exact = runde_glpk();
    options.bound = true;
#endif
    runde_plan *plan = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = runde_solve(&plan, problem, &options, &diag);
    if (status != RUNDE_OK) {
        CU_ASSERT_EQUAL(status, RUNDE_E_NOMEM);
        CU_ASSERT_PTR_NULL(plan);
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    if (runde_plan_to_json(&text, &length, problem, plan) != RUNDE_OK) {
        text = NULL;
    }
    runde_plan_free(plan);
    return text;
}

static void sweep(const runde_problem *problem, uint64_t seed,
                  const runde_plan *start)
{
    char *const wanted = solve_to_text(problem, seed, start);
    CU_ASSERT_PTR_NOT_NULL_FATAL(wanted);
    bool refused = true;
    for (long k = 0; refused; k++) {
        rn_faults_begin(k);
        char *const text = solve_to_text(problem, seed, start);
        refused = rn_faults_end();
        CU_ASSERT_TRUE(text != NULL || refused);
        if (text != NULL) {
            CU_ASSERT_STRING_EQUAL(text, wanted);
        }
        runde_text_free(text);
    }
    runde_text_free(wanted);
}

/* The page of a plan, with the plan itself to compare with. */
static void sweep_report(const runde_problem *problem, const runde_plan *plan)
{
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    options.baseline = plan;
    bool refused = true;
    for (long k = 0; refused; k++) {
        char *page = NULL;
        rn_faults_begin(k);
        const runde_status status =
            runde_plan_to_html(&page, NULL, problem, plan, &options, NULL);
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        runde_text_free(page);
    }
}

/* Limits that have to be counted, of the plan and of a client. */
static void limit(world *w)
{
    w->weights.hard |= 1U << RUNDE_TRAVEL_TIME | 1U << RUNDE_WORKLOAD_SPREAD;
    w->weights.limit[RUNDE_TRAVEL_TIME] = 90;
    w->weights.limit[RUNDE_WORKLOAD_SPREAD] = 60;
    w->clients[0].has_profile = true;
    w->clients[0].profile.set = 1U << RUNDE_LATE;
    w->clients[0].profile.hard = 1U << RUNDE_LATE;
    w->clients[0].profile.limit[RUNDE_LATE] = 10;
}

static void test_memory(void)
{
    static const world_size size = WORLD_SMALL;
    static world w;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        world_random(&w, seed, &size);
        if (seed % 2 == 0) {
            limit(&w);
        }
        runde_problem *const problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        sweep(problem, seed, NULL);
        runde_options options = RUNDE_OPTIONS_INIT;
        options.iteration_limit = FEW;
        defect d = {""};
        runde_plan *const plan = defect_solve(problem, &options, &d);
        CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
        sweep(problem, seed + 1, plan);
        sweep_report(problem, plan);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

int main(void)
{
    RN_RUN("memory", RN_TEST(test_memory));
}
