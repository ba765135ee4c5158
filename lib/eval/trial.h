/* SPDX-License-Identifier: MIT */
/* The exact answer to "what if": pushes a delay through routes and links in
 * an overlay of starts and adds up what it costs; the plan stays as it is. */
#ifndef RN_EVAL_TRIAL_H
#define RN_EVAL_TRIAL_H

#include "eval/price.h"

/** The ways a task opens up in a gap, and the one it closes. */
typedef struct rn_detour {
    rn_path in;
    rn_path out;
    rn_path old;
} rn_detour;

/** A task on trial. */
typedef struct rn_try {
    int32_t task;
    rn_slot slot;
    const rn_detour *way;
    int32_t start;
    rn_cost filling; /**< change of waiting and idle in its own route, as far
                          as known: what the push need not earn */
} rn_try;

/** Cost of everything but the tasks' own way, wishes and starts, if they
 *  were inserted together (into different routes).
 *
 *  @param budget  gives up when the cost reaches it
 *  @return RN_COST_INF when impossible or over the budget */
rn_cost rn_trial(rn_solution *sol, const rn_try *tries, int32_t n,
                 rn_cost budget);

#endif
