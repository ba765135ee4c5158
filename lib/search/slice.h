/* SPDX-License-Identifier: MIT */
/* Visits that stand at one moment, one in each of many routes: who serves
 * which of them is settled for all of them at once. */
#ifndef RN_SEARCH_SLICE_H
#define RN_SEARCH_SLICE_H

#include <stdbool.h>
#include <stdint.h>

/** Routes of a slice at the most. */
#define RN_MOST_SLICED 20

/** What was taken out, and from where. */
typedef struct rn_slice {
    int32_t n; /**< 0: this iteration is about none */
    int32_t task[RN_MOST_SLICED];
    int32_t route[RN_MOST_SLICED];
    int32_t prev[RN_MOST_SLICED]; /**< what stood in front of the task */
} rn_slice;

struct rn_search;

/** Takes out the seed and what stands at its time in routes of carers whom
 *  its client or those of the others know. False, and nothing is taken out,
 *  where it is not served alone or they are too few. O(routes of a slice
 * squared). */
bool rn_ruin_slice(struct rn_search *search, int32_t seed);

/** Gives each route of the slice one of its tasks, at least cost together.
 *  The cost is shaken in proportion to the temperature, so that another answer
 *  than the best is the more seldom the dearer it is. False when all would go
 *  back to where they came from, or when it does not hold: the plan is to be
 *  undone. O(routes of a slice squared) gaps, and their assignment. */
bool rn_assign_slice(struct rn_search *search);

#endif
