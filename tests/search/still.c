/* SPDX-License-Identifier: MIT */
#include "still.h"

#include "harness.h"

static double standing_still(void *payload)
{
    (void)payload;
    return 0.0;
}

char *still_answer(const runde_problem *problem, runde_options options)
{
    runde_plan *plan = NULL;
    char *text = NULL;
    size_t length = 0;
    options.clock = standing_still;
    const runde_status status = runde_solve(&plan, problem, &options, NULL);
    if (status == RUNDE_E_INFEASIBLE) {
        return NULL;
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_plan_to_json(&text, &length, problem, plan),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(
        runde_plan_search(plan)->iterations,
        runde_problem_n_visits(problem) > 0 ? options.iteration_limit : 0);
    runde_plan_free(plan);
    return text;
}
