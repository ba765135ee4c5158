/* SPDX-License-Identifier: MIT */
/* Who works on what while several parts of a plan are improved at the same
 * time: carers are divided into groups that drive close to each other, and
 * every unit that is in one group alone belongs to it. */
#ifndef RN_SEARCH_PARTS_H
#define RN_SEARCH_PARTS_H

#include "base/rng.h"
#include "eval/solution.h"

typedef struct rn_parts {
    const rn_instance *inst;
    int32_t n;
    int32_t *of_shift;
    int32_t *of_unit;     /**< or RUNDE_NONE: nobody may move it for now */
    int32_t *first_carer; /**< part: into carers; n + 1 */
    int32_t *carers;
    int64_t *key;   /**< carer: where it stands along the cut */
    int32_t *place; /**< carer: where it works, or RUNDE_NONE */
    int32_t *mode;  /**< carer: how it travels */
    int32_t *tasks; /**< carer: how many it serves, and one */
    int32_t *home;  /**< unit: part it would belong to */
    rn_arena arena;
} rn_parts;

/** @param n  parts, 2 or more, at most the carers with a shift */
runde_status rn_parts_new(rn_parts **out, const rn_instance *inst, int32_t n);
void rn_parts_free(rn_parts *parts);

/** Divides the plan anew, along other lines every time: parts have about
 *  the same number of tasks. Left-out units go where they might fit, and
 *  units that links bind to another part belong to nobody.
 *  O(tasks x near + carers log carers). */
void rn_parts_divide(rn_parts *parts, const rn_solution *sol, rn_rng *rng);

/** Can the instance be divided at all? Not when a criterion or a limit looks
 *  at all carers together. */
bool rn_parts_suit(const rn_instance *inst);

#endif
