/* SPDX-License-Identifier: MIT */
#include "io/keyset.h"

#include "base/alloc.h"
#include "io/token.h"

#include <string.h>

#define FIRST_ROOM 64

void rn_keyset_init(rn_keyset *set, const char *text, size_t length)
{
    memset(set, 0, sizeof *set);
    set->text = text;
    set->end = text + length;
    set->seed = (uint64_t)(uintptr_t)set ^ (uint64_t)(uintptr_t)text << 20;
}

void rn_keyset_free(rn_keyset *set)
{
    rn_free(set->key);
    rn_free(set->slot);
    rn_keyset_init(set, set->text, (size_t)(set->end - set->text));
}

static uint32_t hash_key(const rn_keyset *set, size_t offset)
{
    const char *at = set->text + offset;
    uint64_t h = set->seed;
    uint32_t code;
    while (rn_token_next(&at, set->end, &code)) {
        h = (h ^ code) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    return (uint32_t)h;
}

static bool are_equal(const rn_keyset *set, size_t a, size_t b)
{
    const char *at_a = set->text + a;
    const char *at_b = set->text + b;
    for (;;) {
        uint32_t code_a = 0;
        uint32_t code_b = 0;
        const bool more_a = rn_token_next(&at_a, set->end, &code_a);
        const bool more_b = rn_token_next(&at_b, set->end, &code_b);
        if (more_a != more_b || code_a != code_b) {
            return false;
        }
        if (!more_a) {
            return true;
        }
    }
}

/* The slot of key number `number` must be empty or be found: the table is
 * never more than half full. */
static size_t find_slot(const rn_keyset *set, uint32_t hash, uint32_t content)
{
    const size_t mask = set->n_slots - 1;
    size_t i = hash & mask;
    while (set->slot[i] != content) {
        i = (i + 1) & mask;
    }
    return i;
}

/* Room for one key more. */
static bool grow(rn_keyset *set)
{
    if (set->n < set->room) {
        return true;
    }
    const size_t room = set->room == 0 ? FIRST_ROOM : 2 * set->room;
    rn_keyset_entry *const key =
        rn_realloc_array(set->key, room, sizeof *set->key);
    if (key == NULL) {
        return false;
    }
    set->key = key;
    uint32_t *const slot = rn_calloc(2 * room, sizeof *slot);
    if (slot == NULL) {
        return false;
    }
    rn_free(set->slot);
    set->slot = slot;
    set->n_slots = 2 * room;
    set->room = room;
    for (size_t i = 0; i < set->n; i++) {
        slot[find_slot(set, key[i].hash, 0)] = (uint32_t)i + 1;
    }
    return true;
}

runde_status rn_keyset_add(rn_keyset *set, size_t base, size_t offset)
{
    if (set->n == RN_KEYSET_MAX) {
        return RUNDE_E_LIMIT;
    }
    if (!grow(set)) {
        return RUNDE_E_NOMEM;
    }
    const uint32_t hash = hash_key(set, offset);
    const size_t mask = set->n_slots - 1;
    size_t i = hash & mask;
    for (; set->slot[i] != 0; i = (i + 1) & mask) {
        const size_t number = set->slot[i] - 1;
        if (number >= base && set->key[number].hash == hash &&
            are_equal(set, set->key[number].offset, offset)) {
            return RUNDE_E_FORMAT;
        }
    }
    set->key[set->n].hash = hash;
    set->key[set->n].offset = (uint32_t)offset;
    set->n++;
    set->slot[i] = (uint32_t)set->n;
    return RUNDE_OK;
}

void rn_keyset_close(rn_keyset *set, size_t base)
{
    while (set->n > base) {
        const uint32_t content = (uint32_t)set->n;
        const size_t i = find_slot(set, set->key[set->n - 1].hash, content);
        set->slot[i] = 0;
        set->n--;
    }
}
