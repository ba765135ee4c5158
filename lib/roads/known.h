/* SPDX-License-Identifier: MIT */
/** @file known.h
 *  What is known so far about the ways between the addresses of a book. */
#ifndef RN_ROADS_KNOWN_H
#define RN_ROADS_KNOWN_H

#include <runde/types.h>

/** No way from here to there. */
#define RN_NO_ROAD (-1)
/** Nobody has been asked yet. */
#define RN_UNKNOWN (-2)

/** What the engine makes of an address. */
typedef enum rn_footing {
    RN_FOOTING_UNKNOWN = 0,
    RN_FOOTING_GOOD, /**< was part of an answer */
    RN_FOOTING_NONE  /**< the engine finds no road near it */
} rn_footing;

typedef struct rn_table {
    int32_t n;
    int32_t *ms;      /**< [from * n + to]: milliseconds, or one of the above */
    int32_t *metres;  /**< as above; RN_UNKNOWN where only the time is known */
    int32_t *snap;    /**< metres to the road, or RN_UNKNOWN */
    uint8_t *footing; /**< rn_footing of each address */
} rn_table;

/** A table in which nothing is known but the way from each address to
 *  itself.
 *  @return RUNDE_E_NOMEM with nothing to free */
RUNDE_CHECKED runde_status rn_table_new(rn_table *table, int32_t n);
void rn_table_free(rn_table *table);

/** The cell from one address to another. */
static inline size_t rn_table_cell(const rn_table *table, int32_t from,
                                   int32_t to)
{
    return (size_t)from * (size_t)table->n + (size_t)to;
}

/** Cells that nobody has been asked about. O(n^2). */
int64_t rn_table_count_unknown(const rn_table *table);

#endif
