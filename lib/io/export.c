/* SPDX-License-Identifier: MIT */
#include "io/export.h"

#include "io/plan_range.h"
#include "plan/plan.h"

runde_status rn_export_start_draft(char **text, const runde_problem *problem,
                                   const runde_plan *plan)
{
    if (text == NULL || problem == NULL || plan == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (!runde_problem_is_sealed(problem) || !rn_plan_is_finished(plan)) {
        return RUNDE_E_STATE;
    }
    return rn_plan_is_in_range(problem, plan) ? RUNDE_OK : RUNDE_E_ARGUMENT;
}

runde_status rn_export_start(char **text, const runde_problem *problem,
                             const runde_plan *plan)
{
    const runde_status status = rn_export_start_draft(text, problem, plan);
    return status == RUNDE_OK && !runde_plan_has_times(plan) ? RUNDE_E_STATE
                                                             : status;
}

const char *rn_stop_word(runde_stop_kind kind)
{
    switch (kind) {
    case RUNDE_STOP_ACTIVITY:
        return "activity";
    case RUNDE_STOP_BREAK:
        return "break";
    case RUNDE_STOP_VISIT:
        break;
    }
    return "visit";
}

rn_local_time rn_export_local(const rn_writer *w, int32_t ticks)
{
    const int64_t ms = (int64_t)ticks * w->tick_ms;
    const int64_t down = ms % 1000 < 0 ? 1 : 0;
    rn_local_time local;
    local.instant = w->origin + ms / 1000 - down;
    rn_zone_local(w->zone, local.instant, &local.days, &local.second);
    return local;
}
