/* SPDX-License-Identifier: MIT */
/* How early and how late a part of a visit may start while the routes stay as
 * they are. */
#ifndef RN_PLAN_LEEWAY_H
#define RN_PLAN_LEEWAY_H

#include "model/instance.h"

#include <runde/plan.h>

typedef struct rn_leeway {
    int32_t visit;    /**< in */
    int32_t part;     /**< in */
    int32_t start;    /**< in: as the plan has it; RUNDE_TIME_NONE: left out */
    int32_t earliest; /**< tick, `start` or before */
    int32_t latest;   /**< tick, `start` or later; the others then start as
                           late as they must */
} rn_leeway;

/** Fills the list from a plan that the checker accepts. Hard rules only: what
 *  a delay costs does not count. Where the routes cannot be taken over as
 *  they are, both stay at `start`. O(n log(horizon) x what moves).
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_find_leeway(rn_leeway *list, int32_t n,
                                          const rn_instance *inst,
                                          const runde_plan *plan);

#endif
