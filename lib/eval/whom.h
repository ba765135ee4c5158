/* SPDX-License-Identifier: MIT */
/* Whom a task is given to: what that costs wherever it stands in the shift,
 * and whose shifts are worth a look however far away they are. */
#ifndef RN_EVAL_WHOM_H
#define RN_EVAL_WHOM_H

#include "eval/finder.h"

/** What serving the task costs in this shift wherever it stands in it;
 *  RN_COST_INF when it may not. */
rn_cost rn_shift_cost(const rn_solution *sol, int32_t task, int32_t shift);

/** Lists in finder->known the shifts in use that may serve the task and
 *  belong to carers who are published or wished for, who came to the client
 *  before or come to it in the plan, where these have a price; how many they
 *  are. Once per epoch. O(shifts of these carers). */
int32_t rn_list_known(rn_finder *finder, int32_t task);

#endif
