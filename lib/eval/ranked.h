/* SPDX-License-Identifier: MIT */
/* Nodes in the order of a number. */
#ifndef RN_EVAL_RANKED_H
#define RN_EVAL_RANKED_H

#include <stdint.h>

typedef struct rn_ranked {
    int32_t key;
    int32_t node;
} rn_ranked;

/** Sorts by key; those of one key stay in the order they come in. Lists of a
 *  few nodes, or nearly in order, take a look at each.
 *
 *  @param spare  scratch, as long as the list
 *
 *  O(n log n). */
void rn_rank(rn_ranked *list, rn_ranked *spare, int32_t n);

#endif
