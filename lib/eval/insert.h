/* SPDX-License-Identifier: MIT */
/* Serving and leaving out: tasks, pairs and larger units as a whole. */
#ifndef RN_EVAL_INSERT_H
#define RN_EVAL_INSERT_H

#include "eval/finder.h"

/** Puts a task into a slot. False, and the plan is broken, when it does not
 *  hold after all: undo the journal. */
bool rn_insert(rn_solution *sol, int32_t task, const rn_slot *slot);

/** Serves a left-out unit at the cheapest place that costs less than its
 *  price. False when it stays out; the plan is then as before. */
bool rn_insert_unit(rn_finder *finder, int32_t unit);

/** The same, but at less than `most` as well; of a unit without a pair's
 *  bonds, each task. */
bool rn_insert_unit_within(rn_finder *finder, int32_t unit, rn_cost most);

/** Leaves a unit out. Call rn_schedule_removals after the last one. */
void rn_remove_unit(rn_solution *sol, int32_t unit);

#endif
