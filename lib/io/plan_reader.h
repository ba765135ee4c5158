/* SPDX-License-Identifier: MIT */
/** @file plan_reader.h
 *  The parts of runde_plan_from_json. */
#ifndef RN_IO_PLAN_READER_H
#define RN_IO_PLAN_READER_H

#include "io/reader.h"

#include <runde/plan.h>

typedef struct rn_plan_reader {
    rn_reader in;
    const runde_problem *problem;
    runde_plan *plan;
    bool is_bare; /**< "routes" is all there is */
    rn_idmap places;
    rn_idmap shifts;
    rn_idmap visits;
    bool *has_route;       /**< by shift */
    int32_t *mentions;     /**< by visit: stops of routes without times */
    int32_t *named;        /**< by shift: the last left-out visit, counted
                                from 1, whose reasons name it */
    runde_reason *reasons; /**< of the left-out visit at hand */
    int32_t n_reasons;
    int32_t reason_capacity;
} rn_plan_reader;

void rn_read_routes(rn_plan_reader *p, const rn_node *array);
void rn_read_unserved(rn_plan_reader *p, const rn_node *array);

#endif
