/* SPDX-License-Identifier: MIT */
/* Differences between plans of a problem and of one derived from it. */
#ifndef RN_PLAN_DIFF_H
#define RN_PLAN_DIFF_H

#include <runde/diff.h>

/** As runde_diff_new, but the first plan is of the problem that `problem` is
 *  derived from. What is cancelled does not count; a carer whose shift is no
 *  more has shift RUNDE_NONE. Arguments are the caller's to check. */
RUNDE_CHECKED runde_status rn_diff_derived(runde_diff **out,
                                           const runde_problem *base,
                                           const runde_plan *a,
                                           const runde_problem *problem,
                                           const runde_plan *b);

#endif
