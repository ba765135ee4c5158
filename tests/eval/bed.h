/* SPDX-License-Identifier: MIT */
/* A random problem with a mutable plan on it, and random things to do. */
#ifndef RN_BED_H
#define RN_BED_H

#include "eval/insert.h"
#include "random_problem.h"

typedef struct bed {
    uint64_t seed;
    world *w;
    runde_problem *problem;
    rn_instance *inst;
    rn_solution *sol;
    rn_finder *finder;
    rn_rng rng;
} bed;

/** Makes the bed of a seed; false and nothing when memory is short. */
bool bed_make(bed *b, uint64_t seed, const world_size *size);
/** The same, with records that are bent before they are sealed. */
bool bed_make_bent(bed *b, uint64_t seed, const world_size *size,
                   void (*bend)(world *w));
void bed_clear(bed *b);

/** A random unit that is (not) served, or RUNDE_NONE. */
int32_t bed_unit(bed *b, bool served);

/** Tasks that somebody does. */
int32_t bed_count_served(const rn_solution *sol);

/** Leaves out some units; false when the rest has no schedule: undo. */
bool bed_ruin(bed *b);

/** The same, or nothing where the rest has no schedule. */
void bed_try_ruin(bed *b);

/** Serves some units where the finder wants them. */
void bed_fill(bed *b);

/** Puts one task anywhere it holds; false and nothing changed. */
bool bed_anywhere(bed *b);

#endif
