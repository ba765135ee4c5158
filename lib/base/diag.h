/* SPDX-License-Identifier: MIT */
/** @file diag.h
 *  Findings on their way into the caller's runde_diag.
 *
 *      rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E101",
 *                  rn_at("/visits/%d/id", v).text, "visit %d ...", v);
 */
#ifndef RN_DIAG_H
#define RN_DIAG_H

#include <runde/types.h>

/** Findings after this many are counted but not forwarded. */
#define RN_DIAG_MAX_FORWARDED 100

#if defined(__GNUC__)
#define RN_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define RN_PRINTF(at, first)
#endif

/** A JSON pointer by value. */
typedef struct rn_where {
    char text[160];
} rn_where;

/** Formats a JSON pointer; what does not fit is cut off. */
rn_where rn_at(const char *format, ...) RN_PRINTF(1, 2);

/** A number with decimals, by value. */
typedef struct rn_decimal {
    char text[32];
} rn_decimal;

/** Prints `value` with a point and `digits` decimals, 0 to 6, whatever the
 *  locale. Beyond 10^12, or not a number, it says so in words. */
rn_decimal rn_decimal_of(double value, int digits);

/** Whether a caller's diagnosis can be used: NULL or of the right size. */
bool rn_diag_is_usable(const runde_diag *diag);

/** Clears counts and texts, keeps the callback. NULL is fine. */
void rn_diag_start(runde_diag *diag);

/** Counts a finding, forwards it and keeps it if it is the first of its
 *  kind. Control characters in the texts become '?', and texts that are too
 *  long are cut between two characters. `diag` may be NULL. */
void rn_diag_add(runde_diag *diag, runde_severity severity, const char *code,
                 const char *pointer, const char *format, ...) RN_PRINTF(5, 6);

#endif
