/* SPDX-License-Identifier: MIT */
/** @file token.h
 *  The small parts of JSON text: characters, strings, numbers. No locale, no
 *  allocation, every read bounded by `end`. */
#ifndef RN_IO_TOKEN_H
#define RN_IO_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Decimals that are read and printed. */
#define RN_DECIMALS 7
/** Largest decimal number, either way: below it, 7 decimals survive a double
 *  (1e8 * 1e7 < 2^51). */
#define RN_DECIMAL_MAX 1e8

/** What is wrong with a string or a number; RN_TOKEN_OK when nothing. */
typedef enum rn_token_fault {
    RN_TOKEN_OK = 0,
    RN_TOKEN_OPEN,      /**< the text ends inside */
    RN_TOKEN_UTF8,      /**< not UTF-8 */
    RN_TOKEN_SURROGATE, /**< half a surrogate pair */
    RN_TOKEN_ESCAPE,    /**< no such escape */
    RN_TOKEN_FORBIDDEN, /**< a character that is not let through */
    RN_TOKEN_NUMBER     /**< not a number by RFC 8259 */
} rn_token_fault;

/** Reads one UTF-8 character: shortest form, no surrogates, up to U+10FFFF.
 *  @return its bytes, 1 to 4; 0 when there is none */
size_t rn_utf8_decode(const char *at, const char *end, uint32_t *code);

/** Characters that no string may hold, escaped or not: control characters,
 *  line and paragraph separator, marks that turn the writing direction. They
 *  make two ids look alike, or one message look like two. */
bool rn_is_forbidden(uint32_t code);

/** Checks a string.
 *
 *  @param at  in: behind the opening quote; out: at the closing one, or
 *             where the fault is */
rn_token_fault rn_token_string(const char **at, const char *end);

/** Reads the next character of a string that rn_token_string found right,
 *  escapes resolved. @return false at the closing quote */
bool rn_token_next(const char **at, const char *end, uint32_t *code);

/** Checks a number by RFC 8259.
 *
 *  @param at  in: at its first character; out: behind it, or where the fault
 *             is */
rn_token_fault rn_token_number(const char **at, const char *end);

/** The value of a number that rn_token_number found right, in whole steps of
 *  10^-decimals. O(length), exact. */
typedef struct rn_number {
    uint64_t magnitude; /**< rounded half up */
    bool is_negative;   /**< a minus is there, also for -0 */
    bool is_exact;      /**< nothing was rounded */
    bool is_large;      /**< the magnitude does not fit */
} rn_number;
rn_number rn_number_read(const char *token, size_t length, int32_t decimals);

/** Appends one character of a key to a JSON pointer, "~" as "~0", "/" as "~1".
 *
 *  @param end  where the NUL may go at the latest
 *  @return behind what was written; `at` when it does not fit whole */
char *rn_pointer_put(char *at, const char *end, uint32_t code);

#endif
