/* SPDX-License-Identifier: MIT */
#include <runde/types.h>

const char *runde_status_name(runde_status status)
{
    switch (status) {
    case RUNDE_OK:
        return "RUNDE_OK";
    case RUNDE_E_NOMEM:
        return "RUNDE_E_NOMEM";
    case RUNDE_E_ARGUMENT:
        return "RUNDE_E_ARGUMENT";
    case RUNDE_E_STATE:
        return "RUNDE_E_STATE";
    case RUNDE_E_INVALID:
        return "RUNDE_E_INVALID";
    case RUNDE_E_FORMAT:
        return "RUNDE_E_FORMAT";
    case RUNDE_E_LIMIT:
        return "RUNDE_E_LIMIT";
    case RUNDE_E_INTERNAL:
        return "RUNDE_E_INTERNAL";
    case RUNDE_E_SERVER:
        return "RUNDE_E_SERVER";
    case RUNDE_E_STOPPED:
        return "RUNDE_E_STOPPED";
    case RUNDE_E_INFEASIBLE:
        return "RUNDE_E_INFEASIBLE";
    }
    return "unknown status";
}

const char *runde_version(void)
{
    return RUNDE_VERSION;
}

const char *runde_criterion_name(runde_criterion criterion)
{
    static const char *const names[RUNDE_CRITERIA] = {
        [RUNDE_TRAVEL_TIME] = "travel_time",
        [RUNDE_TRAVEL_DISTANCE] = "travel_distance",
        [RUNDE_WAITING] = "waiting",
        [RUNDE_EARLY] = "early",
        [RUNDE_LATE] = "late",
        [RUNDE_MAX_LATE] = "max_late",
        [RUNDE_OVERTIME] = "overtime",
        [RUNDE_IDLE] = "idle",
        [RUNDE_MAX_IDLE] = "max_idle",
        [RUNDE_OPTIONAL_UNSERVED] = "optional_unserved",
        [RUNDE_BREAKS_MISSED] = "breaks_missed",
        [RUNDE_CARER_PREFERENCE] = "carer_preference",
        [RUNDE_DISTINCT_CARERS] = "distinct_carers",
        [RUNDE_CARERS_OVER_TARGET] = "carers_over_target",
        [RUNDE_OVERQUALIFICATION] = "overqualification",
        [RUNDE_WORKLOAD_SPREAD] = "workload_spread",
        [RUNDE_WORKLOAD_DEVIATION] = "workload_deviation",
        [RUNDE_LOAD_SPREAD] = "load_spread",
        [RUNDE_SHIFTS_USED] = "shifts_used",
        [RUNDE_CHANGED_CARER] = "changed_carer",
        [RUNDE_SHIFTED_START] = "shifted_start",
        [RUNDE_CLIENTS_CHANGED] = "clients_changed",
        [RUNDE_VISITS_SHIFTED] = "visits_shifted",
    };
    const int at = (int)criterion;
    return at >= 0 && at < RUNDE_CRITERIA ? names[at] : NULL;
}
