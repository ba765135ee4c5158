/* SPDX-License-Identifier: MIT */
/* A mutable plan, half-filled as it may be, written down: the checker finds
 * nothing wrong with its stops, times, cost and key figures. */
#include "base/faults.h"
#include "bed.h"
#include "harness.h"

#include "plan/freeze.h"
#include "plan/reasons.h"

#include <runde/check.h>

enum { PROBLEMS = 80 };

static runde_plan *freeze(const bed *b)
{
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, b->problem), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_freeze(plan, b->sol), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_add_unserved(plan, b->finder), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_plan_finish(plan), RUNDE_OK);
    return plan;
}

static void check(const bed *b, const runde_plan *plan)
{
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, b->problem, plan), RUNDE_OK);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *const v = runde_report_violation(report, i);
        printf("seed %llu: %s: %s\n", (unsigned long long)b->seed, v->rule,
               v->message);
    }
    CU_ASSERT_EQUAL(runde_report_n_violations(report), 0);
    runde_report_free(report);
}

static void test_checked(void)
{
    static const world_size size = WORLD_SMALL;
    int32_t stops = 0;
    int32_t breaks = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        bed_fill(&b);
        rn_settle(b.sol);
        /* What is over a limit is never written down. */
        if (rn_price_of(b.sol).excess == 0) {
            runde_plan *const plan = freeze(&b);
            check(&b, plan);
            for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
                const runde_route *const route = runde_plan_route(plan, r);
                stops += route->n_stops;
                for (int32_t i = 0; i < route->n_stops; i++) {
                    breaks += route->stops[i].kind == RUNDE_STOP_BREAK;
                }
            }
            runde_plan_free(plan);
        }
        bed_clear(&b);
    }
    CU_ASSERT(stops > PROBLEMS && breaks > 0);
}

static void test_memory(void)
{
    static const world_size size = {4, 2, 2, 0, false};
    bed b;
    CU_ASSERT_TRUE_FATAL(bed_make(&b, 3, &size));
    bed_fill(&b);
    rn_settle(b.sol);
    bool refused = true;
    for (long k = 0; refused; k++) {
        runde_plan *plan = NULL;
        CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, b.problem), RUNDE_OK);
        rn_faults_begin(k);
        const runde_status status = rn_freeze(plan, b.sol);
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        runde_plan_free(plan);
    }
    bed_clear(&b);
}

int main(void)
{
    RN_RUN("freeze", RN_TEST(test_checked), RN_TEST(test_memory));
}
