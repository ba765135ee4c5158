/* SPDX-License-Identifier: MIT */
/** @file plan_range.h
 *  What every writer of plans asks first. */
#ifndef RN_IO_PLAN_RANGE_H
#define RN_IO_PLAN_RANGE_H

#include <runde/plan.h>

/** Whether every index of the plan is one of this problem: a finished plan
 *  holds only indices that fit its own problem, and the caller may hand over
 *  that of another one. O(size of the plan). */
bool rn_plan_is_in_range(const runde_problem *problem, const runde_plan *plan);

#endif
