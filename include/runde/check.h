/* SPDX-License-Identifier: MIT */
/** @file check.h
 *  The slow and obvious judge: recomputes a plan from the problem alone.
 *
 *  Shares no code with the search and its price. Every hard rule of
 *  docs/model.md section 3 is tested, every time, cost and key figure that
 *  the plan states is recomputed and compared to the unit. */
#ifndef RUNDE_CHECK_H
#define RUNDE_CHECK_H

#include <runde/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_report runde_report;

/** One broken rule. Indices that do not apply are RUNDE_NONE. */
typedef struct runde_violation {
    const char *rule; /**< stable name, "window", "skill"; docs/model.md */
    int32_t shift;
    int32_t visit;
    int32_t part;
    int64_t expected;    /**< the bound, or the recomputed value */
    int64_t found;       /**< what the plan has */
    const char *message; /**< one sentence with ids and numbers */
    int32_t carer;       /**< of a rule that holds a carer's shifts together */
    int32_t client;      /**< whose own limit it is */
    int32_t criterion;   /**< the runde_criterion of a hard limit */
} runde_violation;

/** Checks a finished plan against its sealed problem.
 *
 *  RUNDE_OK also when rules are broken: ask the report. RUNDE_E_STATE for a
 *  draft without times, which runde_plan_schedule chooses. Cost O(s log s)
 *  in the number of stops, plus the rules across shifts. */
RUNDE_API RUNDE_CHECKED runde_status runde_check(runde_report **out,
                                                 const runde_problem *problem,
                                                 const runde_plan *plan);
RUNDE_API void runde_report_free(runde_report *report);

RUNDE_API int32_t runde_report_n_violations(const runde_report *report);
RUNDE_API const runde_violation *
runde_report_violation(const runde_report *report, int32_t index);
/** The recomputed cost and key figures. Never NULL. */
RUNDE_API const runde_cost *runde_report_cost(const runde_report *report);
RUNDE_API const runde_kpis *runde_report_kpis(const runde_report *report);

/** Prints a report as JSON with the ids of the problem it is about
 *  (docs/file-format.md 5); freed with runde_text_free, `length` may be NULL.
 *
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_STATE for a problem that is not sealed,
 *          RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status
runde_report_to_json(char **text, size_t *length, const runde_problem *problem,
                     const runde_report *report);

/** Prints key figures as JSON, as those of a plan file; freed with
 *  runde_text_free, `length` may be NULL.
 *
 *  @param baseline  others to stand beside them, or NULL
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status
runde_kpis_to_json(char **text, size_t *length, const runde_kpis *kpis,
                   const runde_kpis *baseline);

#ifdef __cplusplus
}
#endif
#endif
