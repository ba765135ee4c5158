/* SPDX-License-Identifier: MIT */
/* Times for a plan that has no schedule. */
#ifndef RN_PLAN_FORGIVE_H
#define RN_PLAN_FORGIVE_H

#include <runde/plan.h>

#include "model/instance.h"

/** Writes the draft's routes into another draft with times that always
 *  exist: in order, everything as early as windows, links and crews that can
 *  be obeyed allow. Activities and mandatory breaks that are not listed are
 *  taken when they would be missed otherwise.
 *
 *  @param draft  points at nothing that the instance does not have
 *  @param kept   routes of the draft that have their times already, or NULL:
 *                they stay as they are but for what must wait for others
 *  @return RUNDE_E_NOMEM
 *
 *  O(stops x rounds of waiting for each other, a few dozen at most). */
runde_status rn_forgive(runde_plan *to, const rn_instance *inst,
                        const runde_plan *draft, const runde_plan *kept);

/** The same of a plan of what has happened: visits start when it says, or as
 *  soon after as the way there allows, whatever their windows and links say. */
runde_status rn_forgive_past(runde_plan *to, const rn_instance *inst,
                             const runde_plan *past);

#endif
