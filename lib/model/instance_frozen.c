/* SPDX-License-Identifier: MIT */
/* What has happened, or is about to: docs/model.md 3, rule 21. A visit is
 * frozen as a whole, because the parts of a crew start together. */
#include "model/instance_parts.h"

/* Is some shift of the carer under way then? O(shifts). */
static bool is_at_work(const runde_problem *problem, int32_t carer,
                       int32_t start)
{
    for (int32_t s = 0; s < runde_problem_n_shifts(problem); s++) {
        const runde_shift *shift = runde_problem_shift(problem, s);
        if (shift->carer == carer && shift->start <= start &&
            start < shift->max_end) {
            return true;
        }
    }
    return false;
}

static bool is_frozen(const rn_instance *inst, int32_t visit)
{
    const int32_t first = inst->first_task[visit];
    const int32_t start = inst->stop[first].published;
    if (start == RUNDE_TIME_NONE || start >= inst->freeze_before) {
        return false;
    }
    for (int32_t t = first; t < inst->first_task[visit + 1]; t++) {
        if (inst->stop[t].published != start ||
            !is_at_work(inst->problem, inst->task[t].published_carer, start)) {
            return false;
        }
    }
    return true;
}

void rn_instance_frozen(rn_instance *inst)
{
    const int32_t before = runde_problem_settings(inst->problem)->freeze_before;
    inst->freezes = before != RUNDE_TIME_NONE;
    inst->freeze_before = inst->freezes ? before : RN_TIME_MIN;
    for (int32_t v = 0;
         inst->freezes && v < runde_problem_n_visits(inst->problem); v++) {
        const bool frozen = is_frozen(inst, v);
        for (int32_t t = inst->first_task[v]; t < inst->first_task[v + 1];
             t++) {
            inst->task[t].is_frozen = frozen;
        }
    }
}
