/* SPDX-License-Identifier: MIT */
/* Amounts of hard criteria that no window, end or carer set can hold: counted
 * as routes change, and only where a problem has such a limit. A new
 * criterion with a limit needs its amount here: per task in amount_of_task,
 * per route in count_tail or for the whole plan in rn_limits_plan. */
#ifndef RN_EVAL_LIMITS_H
#define RN_EVAL_LIMITS_H

#include "eval/schedule.h"

/** Nobody's limit is on the amount. */
#define RN_ANY_ROOM INT64_MAX

/** Memory for the amounts; false without. */
bool rn_limits_new(rn_solution *sol);

/** A client's own amounts are to be counted anew by the next rn_settle. */
void rn_limits_note(rn_solution *sol, int32_t client);

/** Counts what a route contributes. O(its tasks). */
void rn_limits_route(rn_solution *sol, int32_t shift);

/** Counts the rest, once all routes that changed are counted. O(tasks,
 *  clients or carers, as the bounded criteria ask). */
void rn_limits_plan(rn_solution *sol);

/** How much more of a bounded criterion a client may have, below 0 when it
 *  has too much; RN_ANY_ROOM without limit. As of the last rn_settle. */
int64_t rn_limits_room(const rn_solution *sol, int32_t client,
                       runde_criterion criterion);

/** Would serving the task in this shift, wherever it stands there, take an
 *  amount over its limit? O(bounded criteria). */
bool rn_limits_refuse(const rn_solution *sol, int32_t task, int32_t shift);

/** Would this start of the task do it? */
bool rn_limits_refuse_start(const rn_solution *sol, int32_t task,
                            int32_t start);

/** What the excess weighs in rn_total. */
rn_cost rn_limits_cost(const rn_solution *sol);

#endif
