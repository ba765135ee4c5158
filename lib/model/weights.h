/* SPDX-License-Identifier: MIT */
/** @file weights.h
 *  What the criteria are measured in. */
#ifndef RN_WEIGHTS_H
#define RN_WEIGHTS_H

#include <runde/problem.h>

/** Largest weight of a criterion. */
#define RN_WEIGHT_MAX 1000000

/** Criteria with a client's share, as bits; a profile changes no others. */
#define RN_HAS_SHARE                                                           \
    (1U << RUNDE_TRAVEL_TIME | 1U << RUNDE_TRAVEL_DISTANCE |                   \
     1U << RUNDE_EARLY | 1U << RUNDE_LATE | 1U << RUNDE_OPTIONAL_UNSERVED |    \
     1U << RUNDE_CARER_PREFERENCE | 1U << RUNDE_DISTINCT_CARERS |              \
     1U << RUNDE_CARERS_OVER_TARGET | 1U << RUNDE_OVERQUALIFICATION |          \
     1U << RUNDE_CHANGED_CARER | 1U << RUNDE_SHIFTED_START)

typedef enum rn_measure {
    RN_UNIT_TICK,
    RN_UNIT_METRE,
    RN_UNIT_COUNT
} rn_measure;

/** The unit of a criterion's amount; points are counts. */
rn_measure rn_criterion_unit(runde_criterion criterion);

#endif
