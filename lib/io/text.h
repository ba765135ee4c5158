/* SPDX-License-Identifier: MIT */
/** @file text.h
 *  Text that grows, and JSON on top of it.
 *
 *  The calls return nothing: the first failure sticks, later calls do
 *  nothing and rn_text_take reports it. So a writer is a plain list of
 *
 *      rn_text_object(&t, "place", RN_TEXT_INLINE);
 *      rn_text_member_string(&t, "id", place->id);
 *      rn_text_member_decimal(&t, "lat", place->lat);
 *      rn_text_close(&t);
 *
 *  Every value takes the key it stands under as `key`; NULL in an array and
 *  for the document itself. Commas, quotes and indentation are seen to. */
#ifndef RN_IO_TEXT_H
#define RN_IO_TEXT_H

#include <runde/types.h>

/** Deepest nesting that rn_text_object and rn_text_array go to. */
#define RN_TEXT_DEPTH 64

/** How the content of an object or array is laid out. Inside an inline one
 *  everything is inline. */
typedef enum rn_layout {
    RN_TEXT_LINES = 0, /**< each member on a line of its own */
    RN_TEXT_INLINE     /**< all on one line */
} rn_layout;

/** All fields are private. */
typedef struct rn_text {
    char *data;
    size_t length;
    size_t room;
    runde_status status;
    int32_t depth;
    struct {
        char closer;
        bool has_content;
        bool is_inline;
    } level[RN_TEXT_DEPTH];
} rn_text;

/** An empty text; allocates nothing. */
void rn_text_init(rn_text *text);
/** Frees what was written. Fine after rn_text_take. */
void rn_text_free(rn_text *text);
/** Hands the text over, ended by NUL, to be freed with rn_free; `length` may
 *  be NULL. On failure the text is freed.
 *  @return RUNDE_E_NOMEM when a call before ran out of memory,
 *          RUNDE_E_INTERNAL when objects and arrays do not match up */
runde_status rn_text_take(rn_text *text, char **out, size_t *length);

/* ------------------------------------------------------------ raw pieces */

/** Appends bytes as they are. */
void rn_text_raw(rn_text *text, const char *bytes, size_t length);
/** Appends a string as it is. */
void rn_text_puts(rn_text *text, const char *string);
void rn_text_int(rn_text *text, int64_t value);
void rn_text_uint(rn_text *text, uint64_t value);
/** Appends a decimal number with at most 7 decimals and no needless zeros,
 *  whatever the locale: 59.9139, 10, -0.0000001. Not finite or beyond
 *  +-100,000,000: "null", as JSON has no word for it. */
void rn_text_decimal(rn_text *text, double value);
/** Appends a quoted JSON string. What the gate forbids in strings (control
 *  characters, U+2028 and the like) is escaped; bytes that are not UTF-8
 *  become U+FFFD. */
void rn_text_quote(rn_text *text, const char *string);

/* ------------------------------------------------------------------ JSON */

/** Opens an object, to be closed with rn_text_close. */
void rn_text_object(rn_text *text, const char *key, rn_layout layout);
/** Opens an array, to be closed with rn_text_close. */
void rn_text_array(rn_text *text, const char *key, rn_layout layout);
/** Closes what was opened last. After the document a newline follows. */
void rn_text_close(rn_text *text);

/** Begins a value: comma, line break and key as needed. For values written
 *  with the raw pieces; the calls below do it themselves. */
void rn_text_value(rn_text *text, const char *key);

/** A string; null when NULL. */
void rn_text_member_string(rn_text *text, const char *key, const char *value);
void rn_text_member_int(rn_text *text, const char *key, int64_t value);
/** An integer; beyond +-(2^53 - 1) as a string, which programs that read JSON
 *  with doubles do not damage. */
void rn_text_member_big_int(rn_text *text, const char *key, int64_t value);
void rn_text_member_big_uint(rn_text *text, const char *key, uint64_t value);
void rn_text_member_decimal(rn_text *text, const char *key, double value);
void rn_text_member_bool(rn_text *text, const char *key, bool value);
void rn_text_member_null(rn_text *text, const char *key);
/** A matrix as an array of rows, one line each; RUNDE_UNREACHABLE is null. */
void rn_text_member_matrix(rn_text *text, const char *key, const int32_t *cells,
                           int32_t rows, int32_t columns);

#endif
