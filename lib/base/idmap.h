/* SPDX-License-Identifier: MIT */
/** @file idmap.h
 *  From an id to its index. */
#ifndef RN_IDMAP_H
#define RN_IDMAP_H

#include <runde/types.h>

typedef struct rn_idmap_slot {
    const char *key; /**< NULL in a free slot */
    uint32_t hash;
    int32_t value;
} rn_idmap_slot;

/** Open hashing with linear probing, at most two thirds full. The keys are
 *  borrowed and must outlive the map. Start from RN_IDMAP_INIT. */
typedef struct rn_idmap {
    rn_idmap_slot *slots;
    uint32_t capacity; /**< a power of two, or 0 */
    uint32_t count;
} rn_idmap;

#define RN_IDMAP_INIT                                                          \
    {                                                                          \
        NULL, 0, 0                                                             \
    }

/** Stores `value` under `key` unless the key is there already.
 *
 *  @param earlier  out: the value already there, which stays, or RUNDE_NONE;
 *                  may be NULL
 *  @return RUNDE_OK, or RUNDE_E_NOMEM with the map unchanged
 *
 *  Amortised O(length of the key). */
RUNDE_CHECKED runde_status rn_idmap_put(rn_idmap *map, const char *key,
                                        int32_t value, int32_t *earlier);

/** The value under `key`, RUNDE_NONE when it is not there. */
int32_t rn_idmap_get(const rn_idmap *map, const char *key);

/** Frees the map, not the keys, and leaves an empty one. */
void rn_idmap_free(rn_idmap *map);

#endif
