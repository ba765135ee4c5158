/* SPDX-License-Identifier: MIT */
/* Shifts that never leave their base but for tasks: what the way there and
 * back costs at least tells which of the unused ones are worth a look. */
#ifndef RN_EVAL_BASES_H
#define RN_EVAL_BASES_H

#include "model/instance.h"

typedef struct rn_base {
    int32_t place;
    int32_t mode;
    int32_t w_back; /**< least cost per tick of a leg back to it */
    rn_cost way;    /**< there and back for the task looked at, at least */
} rn_base;

typedef struct rn_bases {
    int32_t n; /**< 0: too many places to tell apart */
    rn_base *base;
    int32_t *of;      /**< shift: its base, or RUNDE_NONE */
    uint64_t *shifts; /**< base x who_words: its shifts; last those of none */
    uint64_t *open;   /**< who_words: shifts worth a look */
} rn_bases;

/** Finds the bases. O(shifts x bases). RUNDE_E_NOMEM. */
RUNDE_CHECKED runde_status rn_bases_make(rn_bases *bases,
                                         const rn_instance *inst,
                                         rn_arena *arena);

/** Finds the ways to a task, where driving is all that they cost. */
void rn_bases_aim(rn_bases *bases, const rn_instance *inst, int32_t task);

/** Opens the shifts whose way costs less than `limit`, and those without a
 *  base. True when that leaves out some base. */
bool rn_bases_open(rn_bases *bases, const rn_instance *inst, rn_cost limit);

/** Opens the shifts of the base with the cheapest way that has one of these
 *  (a row of bits), and no other. False without such a base. */
bool rn_bases_open_nearest(rn_bases *bases, const rn_instance *inst,
                           const uint64_t *who, const uint64_t *unused);

/** What the way to the task aimed at costs at least. O(1). */
static inline rn_cost rn_base_way(const rn_bases *bases, int32_t shift)
{
    return bases->of[shift] < 0 ? 0 : bases->base[bases->of[shift]].way;
}

#endif
