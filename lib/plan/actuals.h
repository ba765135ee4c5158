/* SPDX-License-Identifier: MIT */
/** @file plan/actuals.h
 *  What the reader of records needs of the comparison. */
#ifndef RN_PLAN_ACTUALS_H
#define RN_PLAN_ACTUALS_H

#include <runde/actuals.h>

/** RUNDE_OK when records can be laid beside the plan. */
runde_status rn_actuals_check(const runde_problem *problem,
                              const runde_plan *plan, const runde_diag *diag);

/** As runde_actuals_new, after rn_actuals_check, for a diagnosis that is
 *  begun already; records of size 0 are passed over. */
runde_status rn_actuals_compare(runde_actuals **out,
                                const runde_problem *problem,
                                const runde_plan *plan,
                                const runde_actual *records, int32_t n,
                                runde_diag *diag);

#endif
