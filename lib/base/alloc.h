/* SPDX-License-Identifier: MIT */
/** @file alloc.h
 *  The one place through which the library allocates, so that tests can make
 *  any single allocation fail. */
#ifndef RN_ALLOC_H
#define RN_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/** Says whether the allocation of `size` bytes at hand shall fail. */
typedef bool (*rn_alloc_fault_fn)(size_t size);

/** Sets the fault hook; NULL, the initial value, switches it off. For tests
 *  of the static half only: call it while no other thread is in the library.
 */
void rn_alloc_set_fault(rn_alloc_fault_fn fault);

/** `size` bytes, uninitialised; NULL without memory. Size 0 gives a block. */
void *rn_malloc(size_t size);

/** `count` times `size` bytes of zeros; NULL without memory or when the
 *  product overflows. */
void *rn_calloc(size_t count, size_t size);

/** Grows or shrinks a block; NULL leaves `block` as it was. */
void *rn_realloc(void *block, size_t size);

/** As rn_realloc for `count` times `size` bytes, overflow-checked. */
void *rn_realloc_array(void *block, size_t count, size_t size);

/** Frees a block of the calls above, or of malloc; NULL is fine. */
void rn_free(void *block);

#endif
