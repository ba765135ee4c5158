/* SPDX-License-Identifier: MIT */
/* Why visits stay out: the first rule that fails, for every shift. */
#ifndef RN_PLAN_REASONS_H
#define RN_PLAN_REASONS_H

#include <runde/plan.h>

#include "eval/finder.h"

/** Adds every left-out visit with its reasons to a draft. The finder's
 *  solution must be the one the draft was written from.
 *
 *  O(left-out visits x shifts x stops per shift). */
runde_status rn_add_unserved(runde_plan *plan, rn_finder *finder);

/** Why this left-out visit is not in this shift; for a crew the part that gets
 *  furthest. O(stops of the shift). */
runde_reason rn_reason_for(rn_finder *finder, int32_t visit, int32_t shift);

#endif
