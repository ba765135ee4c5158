/* SPDX-License-Identifier: MIT */
/** @file scan.h
 *  A cursor over JSON text of a server: strict, without allocation, and what
 *  is not wanted is skipped by the same grammar.
 *
 *      rn_scan s = rn_scan_of(text, length);
 *      rn_scan_open(&s, '{');
 *      while (rn_scan_member(&s, key, sizeof key)) { ... one value ... }
 *
 *  The first fault sticks: every later call is false. */
#ifndef RN_ROADS_SCAN_H
#define RN_ROADS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Deepest nesting. */
#define RN_SCAN_DEPTH 32

typedef struct rn_scan {
    const char *at;
    const char *end;
    int32_t depth;
    bool is_first; /**< no member or element was read of the open value */
    bool is_bad;
    char closer[RN_SCAN_DEPTH];
} rn_scan;

rn_scan rn_scan_of(const char *text, size_t length);

/** The character the next value begins with; '\0' at the end. */
char rn_scan_peek(rn_scan *s);
/** Enters an object '{' or array '['; false when the next value is none. */
bool rn_scan_open(rn_scan *s, char opener);
/** Moves to the next member and gives its key, cut to `size` - 1 bytes; false
 *  behind the last, and the object is left. */
bool rn_scan_member(rn_scan *s, char *key, size_t size);
/** Moves to the next element; false behind the last, and the array is left. */
bool rn_scan_element(rn_scan *s);
/** Skips a value of any kind. */
bool rn_scan_skip(rn_scan *s);
/** Takes null, if that is the next value. */
bool rn_scan_null(rn_scan *s);
/** A number in steps of 10^-decimals, rounded half up; false for anything
 *  else and outside 0 to `most`, and then the scan is bad. */
bool rn_scan_number(rn_scan *s, int32_t decimals, int32_t most, int32_t *value);
/** As above, with a sign: from -most to `most`. */
bool rn_scan_signed(rn_scan *s, int32_t decimals, int32_t most, int32_t *value);
/** A string, cut to `size` - 1 bytes, escapes as they stand. */
bool rn_scan_string(rn_scan *s, char *text, size_t size);
/** Whether the document was read to its end without a fault. */
bool rn_scan_end(rn_scan *s);

#endif
