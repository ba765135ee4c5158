/* SPDX-License-Identifier: MIT */
/** @file plan.h
 *  What the library alone may ask of a plan; the rest is runde/plan.h. */
#ifndef RN_PLAN_H
#define RN_PLAN_H

#include <runde/plan.h>

/** Whether the draft is closed: sorted, and never changing again. O(1). */
bool rn_plan_is_finished(const runde_plan *plan);

/** A finished copy of a finished plan for a problem with the same visits and
 *  shifts, where it costs `cost`: how low others can be, and whether a move
 *  helps, is not known there. NULL: nothing costs anything else. */
RUNDE_CHECKED runde_status rn_plan_copy(runde_plan **out,
                                        const runde_problem *problem,
                                        const runde_plan *from,
                                        const runde_cost *cost);

#endif
