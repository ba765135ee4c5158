/* SPDX-License-Identifier: MIT */
/* How early and how late a part of a visit may start while the routes stay as
 * they are. */
#ifndef RN_PLAN_LEEWAY_H
#define RN_PLAN_LEEWAY_H

#include "model/instance.h"

#include <runde/plan.h>

typedef struct rn_leeway {
    int32_t visit; /**< in */
    int32_t part;  /**< in */
    bool is_served;
    int32_t earliest; /**< tick */
    int32_t latest;   /**< tick; the others then start as late as they must */
} rn_leeway;

/** Fills the list from a plan that the checker accepts. Hard rules only: what
 *  a delay costs does not count. O(n log(horizon) x what moves).
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_find_leeway(rn_leeway *list, int32_t n,
                                          const rn_instance *inst,
                                          const runde_plan *plan);

#endif
