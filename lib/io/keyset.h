/* SPDX-License-Identifier: MIT */
/** @file keyset.h
 *  The keys of the objects that are open while a text is read, to find the
 *  one that comes twice. Keys stay in the text; "\u0061" equals "a". */
#ifndef RN_IO_KEYSET_H
#define RN_IO_KEYSET_H

#include <runde/types.h>

typedef struct rn_keyset_entry {
    uint32_t hash;
    uint32_t offset; /**< of the first character behind the quote */
} rn_keyset_entry;

/** Most keys of open objects at a time: no file of ours has more than a few
 *  dozen, and a text that is nothing but keys shall not cost memory. */
#define RN_KEYSET_MAX 524288

/** A stack of keys and a hash table of places in it. Objects close in the
 *  reverse order they opened in, so keys leave the table in the reverse
 *  order they came, and linear probing needs no tombstones. */
typedef struct rn_keyset {
    const char *text;
    const char *end;
    uint64_t seed;
    rn_keyset_entry *key;
    size_t n;
    size_t room;
    uint32_t *slot; /**< number of a key plus 1; 0 is empty */
    size_t n_slots; /**< 0 or a power of two, at least twice `room` */
} rn_keyset;

/** An empty set over a text of less than 4 GiB; allocates nothing. */
void rn_keyset_init(rn_keyset *set, const char *text, size_t length);
void rn_keyset_free(rn_keyset *set);

/** Adds a key.
 *
 *  @param base    `n` when the key's object opened
 *  @param offset  of its first character; the key has passed
 *                 rn_token_string
 *  @return RUNDE_OK; RUNDE_E_FORMAT when the object has it already;
 *          RUNDE_E_LIMIT after RN_KEYSET_MAX; RUNDE_E_NOMEM
 *
 *  O(length of the key). The hash is seeded with addresses, so that nobody
 *  can prepare a text in which all keys collide; what is found does not
 *  depend on the seed. */
runde_status rn_keyset_add(rn_keyset *set, size_t base, size_t offset);

/** Takes out all keys from number `base` on: their object has closed. */
void rn_keyset_close(rn_keyset *set, size_t base);

#endif
