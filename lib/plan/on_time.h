/* SPDX-License-Identifier: MIT */
/** @file on_time.h
 *  Whether a visit is when it is wished, for those who compare plans. */
#ifndef RN_PLAN_ON_TIME_H
#define RN_PLAN_ON_TIME_H

#include <runde/problem.h>

/** Inside the preferred windows, as the criteria early and late have it:
 *  docs/model.md section 4. False for a visit without any. */
bool rn_is_on_time(const runde_problem *problem, const runde_visit *visit,
                   int32_t start, int32_t end);

#endif
