/* SPDX-License-Identifier: MIT */
/* The bytes choose a random problem, a seed, how long to search and which
 * allocation fails: a plan the checker accepts, or an error and nothing. */
#include "fuzz.h"

#include "base/faults.h"
#include "random_problem.h"

#include <string.h>

enum { LONGEST = 200 };

static uint64_t number(const uint8_t *data, size_t size, size_t from)
{
    uint64_t n = 0;
    for (size_t i = from; i < from + 4 && i < size; i++) {
        n = n << 8 | data[i];
    }
    return n;
}

static void judge(const runde_problem *problem, const runde_plan *plan)
{
    runde_report *report = NULL;
    RN_REQUIRE(runde_check(&report, problem, plan) == RUNDE_OK);
    RN_REQUIRE(runde_report_n_violations(report) == 0);
    runde_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const world_size small = WORLD_SMALL;
    static world w;
    world_random(&w, number(data, size, 0), &small);
    runde_problem *problem = NULL;
    if (world_seal(&problem, &w, NULL) != RUNDE_OK) {
        return 0;
    }
    runde_options options = RUNDE_OPTIONS_INIT;
    options.seed = number(data, size, 4);
    options.iteration_limit = 1 + (int64_t)(number(data, size, 8) % LONGEST);
    const long fails = (long)(number(data, size, 12) % 4096);
    runde_plan *plan = NULL;
    rn_faults_begin(fails);
    const runde_status status = runde_solve(&plan, problem, &options, NULL);
    const bool refused = rn_faults_end();
    RN_REQUIRE(status == RUNDE_OK || (status == RUNDE_E_NOMEM && refused));
    RN_REQUIRE((status == RUNDE_OK) == (plan != NULL));
    if (plan != NULL) {
        judge(problem, plan);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return 0;
}
