/* SPDX-License-Identifier: MIT */
/* Rules that give way to what has begun. */
#ifndef RN_REPLAN_MEND_H
#define RN_REPLAN_MEND_H

#include <runde/check.h>

#include "model/instance.h"
#include "replan_day.h"

/** Rules giving way: records that are to be replaced, by their number. */
typedef struct rn_mend {
    rn_day *day;
    const runde_problem *problem;
    const rn_instance *inst;
    const runde_plan *held; /**< what has begun, and nothing else */
    runde_diag *diag;
    runde_edit *edits; /**< what gives way */
    int32_t n;
    runde_visit **visits;
    runde_shift **shifts;
    runde_client **clients;
    runde_carer **carers;
    runde_link **links;
    runde_weights *weights;
    bool failed; /**< no memory */
} rn_mend;

/** Room for what so many violations may ask for; the members up to `diag` are
 *  the caller's.
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_mend_start(rn_mend *m, int32_t n_broken);

/** Has the rule give way, if there is a cure, and warns of it. Hard criteria
 *  are to wait until all else is mended: only they, or only the others. */
void rn_mend_rule(rn_mend *m, const runde_violation *broken, bool only_hard);

#endif
