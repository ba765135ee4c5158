/* SPDX-License-Identifier: MIT */
/** @file weights.h
 *  What the criteria are measured in. */
#ifndef RN_WEIGHTS_H
#define RN_WEIGHTS_H

#include <runde/problem.h>

/** Largest weight of a criterion. */
#define RN_WEIGHT_MAX 1000000

typedef enum rn_unit { RN_UNIT_TICK, RN_UNIT_METRE, RN_UNIT_COUNT } rn_unit;

/** The unit of a criterion's amount; points are counts. */
rn_unit rn_criterion_unit(runde_criterion criterion);

#endif
