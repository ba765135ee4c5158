/* SPDX-License-Identifier: MIT */
/** @file book.h
 *  The addresses of a problem: each coordinate once, in an order that says
 *  nothing about the file. */
#ifndef RN_ROADS_BOOK_H
#define RN_ROADS_BOOK_H

#include <runde/problem.h>

/** Steps of a coordinate in a degree: five decimals, about a metre. */
#define RN_BOOK_STEPS 100000

/** A point, in steps of 10^-5 degrees. */
typedef struct rn_address {
    int32_t lat;
    int32_t lon;
} rn_address;

typedef struct rn_book {
    int32_t n;
    int32_t n_places;
    rn_address *address; /**< sorted, then shuffled */
    int32_t *sorted;     /**< addresses by latitude, then longitude */
    int32_t *of_place;   /**< address of each place */
    int32_t *first;      /**< first place of each address, for findings */
} rn_book;

/** Collects the addresses.
 *
 *  @return RUNDE_E_INVALID with a finding when a place has no coordinates,
 *          RUNDE_E_LIMIT, RUNDE_E_NOMEM; nothing to free then
 *
 *  O(n log n). */
RUNDE_CHECKED runde_status rn_book_open(rn_book *book,
                                        const runde_problem *problem,
                                        runde_diag *diag);
void rn_book_close(rn_book *book);

/** The number of an address, or RUNDE_NONE. O(log n). */
int32_t rn_book_find(const rn_book *book, rn_address address);

/** Metres between two addresses, as the crow flies; good to a percent, for
 *  short ways. */
int32_t rn_address_metres(rn_address a, rn_address b);

#endif
