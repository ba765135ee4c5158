/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#define ALIGNMENT alignof(max_align_t)
#define FIRST_CHUNK ((size_t)4096)
#define LARGEST_CHUNK ((size_t)1 << 20)

struct rn_arena_chunk {
    rn_arena_chunk *next;
    max_align_t data[];
};

static size_t next_capacity(const rn_arena *arena, size_t size)
{
    size_t capacity = arena->capacity == 0 ? FIRST_CHUNK : arena->capacity * 2;
    if (capacity > LARGEST_CHUNK) {
        capacity = LARGEST_CHUNK;
    }
    return capacity < size ? size : capacity;
}

void *rn_arena_alloc(rn_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    const size_t need = (size == 0 ? 1 : size) + (ALIGNMENT - 1);
    const size_t rounded = need - need % ALIGNMENT;
    if (arena->chunks == NULL || arena->capacity - arena->used < rounded) {
        const size_t capacity = next_capacity(arena, rounded);
        rn_arena_chunk *const chunk =
            rn_malloc(offsetof(rn_arena_chunk, data) + capacity);
        if (chunk == NULL) {
            return NULL;
        }
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->capacity = capacity;
        arena->used = 0;
    }
    void *const block = (char *)arena->chunks->data + arena->used;
    arena->used += rounded;
    return memset(block, 0, size);
}

void *rn_arena_array(rn_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return rn_arena_alloc(arena, count * size);
}

void *rn_arena_dup(rn_arena *arena, const void *source, size_t count,
                   size_t size)
{
    void *const copy = rn_arena_array(arena, count, size);
    if (copy != NULL && count * size > 0) {
        memcpy(copy, source, count * size);
    }
    return copy;
}

char *rn_arena_strdup(rn_arena *arena, const char *text)
{
    return rn_arena_dup(arena, text, strlen(text) + 1, 1);
}

void rn_arena_free(rn_arena *arena)
{
    rn_arena_chunk *chunk = arena->chunks;
    while (chunk != NULL) {
        rn_arena_chunk *const next = chunk->next;
        rn_free(chunk);
        chunk = next;
    }
    *arena = (rn_arena)RN_ARENA_INIT;
}
