/* SPDX-License-Identifier: MIT */
#include "agreement.h"

#include "harness.h"
#include "plan/freeze.h"
#include "plan/reasons.h"

#include <runde/check.h>
#include <string.h>

static bool same(int64_t found, int64_t right, uint64_t seed, const char *what)
{
    if (found != right) {
        printf("seed %llu: %s: %lld, by the checker %lld\n",
               (unsigned long long)seed, what, (long long)found,
               (long long)right);
    }
    return found == right;
}

static bool breaks_only_hard(const runde_report *report)
{
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *const v = runde_report_violation(report, i);
        if (strcmp(v->rule, "hard") != 0) {
            printf("  %s: %s\n", v->rule, v->message);
            return false;
        }
    }
    return true;
}

/* What is counted for limits is what the checker counts, and too much is
 * what it refuses. */
static bool limits_agree(const rn_solution *sol, const runde_report *report,
                         uint64_t seed)
{
    const rn_instance *const inst = sol->inst;
    int64_t sum[RUNDE_CRITERIA] = {0};
    for (int32_t i = 0; i < inst->n_bounds; i++) {
        sum[inst->bounds[i].criterion] += sol->amount[i];
    }
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        if (((inst->bounded >> x) & 1U) != 0 &&
            !same(sum[x], runde_report_cost(report)->amount[x], seed,
                  runde_criterion_name((runde_criterion)x))) {
            return false;
        }
    }
    return same(sol->excess > 0, runde_report_n_violations(report) > 0, seed,
                "too much for a limit");
}

static void tell_costs(const runde_plan *plan, const runde_report *report)
{
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        const int64_t right = runde_report_cost(report)->cost[x];
        if (right != runde_plan_cost(plan)->cost[x]) {
            printf("  %s %lld, stated %lld\n",
                   runde_criterion_name((runde_criterion)x), (long long)right,
                   (long long)runde_plan_cost(plan)->cost[x]);
        }
    }
}

bool agreement_holds(const rn_solution *sol, rn_finder *finder, uint64_t seed)
{
    const runde_problem *const problem = sol->inst->problem;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    CU_ASSERT_TRUE_FATAL(runde_plan_new(&plan, problem) == RUNDE_OK &&
                         rn_freeze(plan, sol) == RUNDE_OK &&
                         rn_add_unserved(plan, finder) == RUNDE_OK &&
                         runde_plan_finish(plan) == RUNDE_OK &&
                         runde_check(&report, problem, plan) == RUNDE_OK);
    const rn_price price = rn_price_of(sol);
    const runde_cost *const cost = runde_report_cost(report);
    const bool ok = same(price.left_out, cost->left_out, seed, "left out") &&
                    same(price.wishes, cost->wishes, seed, "wishes") &&
                    breaks_only_hard(report) && limits_agree(sol, report, seed);
    if (!ok) {
        tell_costs(plan, report);
    }
    runde_report_free(report);
    runde_plan_free(plan);
    return ok;
}
