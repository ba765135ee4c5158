/* SPDX-License-Identifier: MIT */
#include "base/idmap.h"

#include "base/alloc.h"

#include <string.h>

#define FIRST_CAPACITY 16U

/* FNV-1a; the final mix spreads ids that differ only in their last digits
 * over the low bits, which choose the slot. */
static uint32_t hash_of(const char *key)
{
    uint32_t hash = 2166136261U;
    for (const char *c = key; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * 16777619U;
    }
    hash ^= hash >> 15;
    hash *= 2246822519U;
    return hash ^ (hash >> 13);
}

/* The key's slot, or the free slot where it belongs. */
static rn_idmap_slot *find(const rn_idmap *map, const char *key, uint32_t hash)
{
    const uint32_t mask = map->capacity - 1;
    uint32_t at = hash & mask;
    while (
        map->slots[at].key != NULL &&
        (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0)) {
        at = (at + 1) & mask;
    }
    return &map->slots[at];
}

static runde_status grow(rn_idmap *map)
{
    const uint32_t capacity =
        map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2;
    if (capacity < map->capacity) {
        return RUNDE_E_NOMEM;
    }
    rn_idmap larger = {rn_calloc(capacity, sizeof(rn_idmap_slot)), capacity,
                       map->count};
    if (larger.slots == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (uint32_t i = 0; i < map->capacity; i++) {
        const rn_idmap_slot *const slot = &map->slots[i];
        if (slot->key != NULL) {
            *find(&larger, slot->key, slot->hash) = *slot;
        }
    }
    rn_free(map->slots);
    *map = larger;
    return RUNDE_OK;
}

runde_status rn_idmap_put(rn_idmap *map, const char *key, int32_t value,
                          int32_t *earlier)
{
    if (earlier != NULL) {
        *earlier = RUNDE_NONE;
    }
    if (map->count >= map->capacity / 3 * 2 && grow(map) != RUNDE_OK) {
        return RUNDE_E_NOMEM;
    }
    const uint32_t hash = hash_of(key);
    rn_idmap_slot *const slot = find(map, key, hash);
    if (slot->key != NULL) {
        if (earlier != NULL) {
            *earlier = slot->value;
        }
        return RUNDE_OK;
    }
    *slot = (rn_idmap_slot){key, hash, value};
    map->count++;
    return RUNDE_OK;
}

int32_t rn_idmap_get(const rn_idmap *map, const char *key)
{
    if (map->count == 0) {
        return RUNDE_NONE;
    }
    const rn_idmap_slot *const slot = find(map, key, hash_of(key));
    return slot->key == NULL ? RUNDE_NONE : slot->value;
}

void rn_idmap_free(rn_idmap *map)
{
    rn_free(map->slots);
    *map = (rn_idmap)RN_IDMAP_INIT;
}
