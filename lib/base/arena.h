/* SPDX-License-Identifier: MIT */
/** @file arena.h
 *  Many small blocks that live and die together. */
#ifndef RN_ARENA_H
#define RN_ARENA_H

#include <stddef.h>

typedef struct rn_arena_chunk rn_arena_chunk;

/** Blocks are cut from chunks that double in size. Start it with
 *  RN_ARENA_INIT; it can be moved by assignment. */
typedef struct rn_arena {
    rn_arena_chunk *chunks; /**< newest first */
    size_t used;            /**< bytes of the newest chunk */
    size_t capacity;        /**< of the newest chunk */
} rn_arena;

#define RN_ARENA_INIT                                                          \
    {                                                                          \
        NULL, 0, 0                                                             \
    }

/** `size` bytes of zeros, aligned for any type; NULL without memory, and
 *  then the arena is unchanged. Size 0 gives a block. Amortised O(size). */
void *rn_arena_alloc(rn_arena *arena, size_t size);

/** `count` times `size` bytes of zeros; NULL also when the product
 *  overflows. */
void *rn_arena_array(rn_arena *arena, size_t count, size_t size);

/** A copy of `count` records of `size` bytes. `source` may be NULL when
 *  there are none. NULL without memory. */
void *rn_arena_dup(rn_arena *arena, const void *source, size_t count,
                   size_t size);

/** A copy of a string; NULL without memory. */
char *rn_arena_strdup(rn_arena *arena, const char *text);

/** Frees every block and leaves an empty arena. */
void rn_arena_free(rn_arena *arena);

#endif
