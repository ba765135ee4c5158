/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>

/* The only mutable variable of the library: NULL outside of fault tests. */
static rn_alloc_fault_fn alloc_fault;

void rn_alloc_set_fault(rn_alloc_fault_fn fault)
{
    alloc_fault = fault;
}

static bool is_refused(size_t size)
{
    return alloc_fault != NULL && alloc_fault(size);
}

void *rn_malloc(size_t size)
{
    if (is_refused(size)) {
        return NULL;
    }
    /* malloc(0) may answer NULL, which callers would take for a failure. */
    return malloc(size == 0 ? 1 : size);
}

void *rn_calloc(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    if (is_refused(count * size)) {
        return NULL;
    }
    return count * size == 0 ? calloc(1, 1) : calloc(count, size);
}

void *rn_realloc(void *block, size_t size)
{
    if (is_refused(size)) {
        return NULL;
    }
    return realloc(block, size == 0 ? 1 : size);
}

void *rn_realloc_array(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return rn_realloc(block, count * size);
}

void rn_free(void *block)
{
    free(block);
}
