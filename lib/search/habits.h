/* SPDX-License-Identifier: MIT */
/* What the search does by habit. Each one can be left out to measure what it
 * is worth, by bench/ and tests only: the public API has no word for it. */
#ifndef RN_SEARCH_HABITS_H
#define RN_SEARCH_HABITS_H

#include <stddef.h>
#include <stdint.h>

enum {
    RN_STRINGS = 1 << 0,   /**< takes strings of stops out, else single ones */
    RN_ROUTES = 1 << 1,    /**< takes whole routes out now and then */
    RN_CLIENTS = 1 << 2,   /**< takes all visits of a client out */
    RN_SCATTERED = 1 << 3, /**< takes single visits out of a neighbourhood */
    RN_BANK = 1 << 4,      /**< looks around visits that are left out */
    RN_ABSENCE = 1 << 5,   /**< lets in who was left out for long */
    RN_BLIND = 1 << 6,     /**< places visits anywhere now and then */
    RN_BLINKS = 1 << 7,    /**< overlooks some positions */
    RN_ORDERS = 1 << 8,    /**< orders by more than chance */
    RN_NEAR = 1 << 9,      /**< looks beside neighbours only, if large */
    RN_HEAT = 1 << 10,     /**< takes worse plans while it is hot */
    RN_TAILS = 1 << 11,    /**< swaps the tails of routes */
    RN_POLISH = 1 << 12,   /**< ends with single moves downhill */
    RN_ROOM = 1 << 13,     /**< takes out what a left-out visit needs */
    RN_RETURN = 1 << 14,   /**< looks into the ruined routes, near or not */
    RN_HANDS = 1 << 15,    /**< ends with whole routes in other hands */
    RN_KNOWN = 1 << 16,    /**< looks at those who know the client, if large */
    RN_DEAR = 1 << 17,     /**< begins with what costs most, if large */
    RN_FEW = 1 << 18,   /**< takes few out where carers are known, if large */
    RN_CLOSE = 1 << 19, /**< takes short routes out, if not large */
    RN_LOOSE = 1 << 20, /**< lets shifts idle while it is hot */
    RN_CROSS = 1 << 21, /**< ends with exchanges of visits in a row */
    RN_SLICE = 1 << 22, /**< gives visits of a time to others, with `few` */
    RN_EVERYTHING = (1 << 23) - 1
};

/** The habit of this name, 0 when there is none. */
uint32_t rn_habit_named(const char *name);

/** The names, one after the other; NULL behind the last. */
const char *rn_habit_name(size_t index);

#endif
