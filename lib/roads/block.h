/* SPDX-License-Identifier: MIT */
/** @file block.h
 *  Requests to be made: blocks of the table, on a stack. */
#ifndef RN_ROADS_BLOCK_H
#define RN_ROADS_BLOCK_H

#include "roads/known.h"

/** From each source to each target, by number of the address. */
typedef struct rn_block rn_block;
struct rn_block {
    rn_block *next; /**< on the stack */
    int32_t n_sources;
    int32_t n_targets;
    int32_t *sources;
    int32_t *targets;  /**< behind the sources, in the same array */
    int32_t tries;     /**< so far */
    double not_before; /**< by the monotonic clock */
    bool is_probe;     /**< asks which addresses the engine can place */
    bool waits;        /**< until no probe is under way */
};

/** How large blocks may be. */
typedef struct rn_block_limits {
    int32_t side;      /**< sources or targets */
    int32_t addresses; /**< sources and targets together */
    int32_t pairs;
} rn_block_limits;

/** A block over copies of two lists; NULL without memory. */
rn_block *rn_block_new(const int32_t *sources, int32_t n_sources,
                       const int32_t *targets, int32_t n_targets);
void rn_block_free(rn_block *block);
/** Frees a whole stack. */
void rn_block_free_all(rn_block *stack);

void rn_block_push(rn_block **stack, rn_block *block);

/** Pushes two halves of a block of more than one pair, split along its longer
 *  side; a probe is split on both sides at once. The block itself is not
 *  freed. @return false without memory, and then nothing is pushed */
bool rn_block_halve(rn_block **stack, const rn_block *block);

/** Drops the addresses that have no footing; their cells become
 *  RN_NO_ROAD. */
void rn_block_prune(rn_block *block, const rn_table *table);

/** Blocks for all unknown cells of a table.
 *
 *  Addresses of which nothing is known make rows of their own, and columns
 *  for the rest: a new client among many old ones is asked about in few
 *  requests.
 *  @return RUNDE_E_NOMEM, what was pushed stays */
RUNDE_CHECKED runde_status rn_block_cut(rn_block **stack, const rn_table *table,
                                        const rn_block_limits *limits);

#endif
