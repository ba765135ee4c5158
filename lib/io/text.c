/* SPDX-License-Identifier: MIT */
#include "io/text.h"

#include "base/alloc.h"
#include "io/token.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define INDENT 2
#define FIRST_ROOM 1024
/* Largest integer that every program with doubles keeps. */
#define SAFE_INTEGER INT64_C(9007199254740991)

void rn_text_init(rn_text *text)
{
    text->data = NULL;
    text->length = 0;
    text->room = 0;
    text->status = RUNDE_OK;
    text->depth = 0;
}

void rn_text_free(rn_text *text)
{
    rn_free(text->data);
    rn_text_init(text);
}

static void fail(rn_text *text, runde_status status)
{
    if (text->status == RUNDE_OK) {
        text->status = status;
    }
}

/* Room for `more` bytes and a NUL; the place to write them or NULL. */
static char *reserve(rn_text *text, size_t more)
{
    if (text->status != RUNDE_OK) {
        return NULL;
    }
    if (more >= SIZE_MAX / 4 - text->length) {
        fail(text, RUNDE_E_NOMEM);
        return NULL;
    }
    const size_t wanted = text->length + more + 1;
    if (wanted > text->room) {
        size_t room = text->room < FIRST_ROOM ? FIRST_ROOM : 2 * text->room;
        room = room < wanted ? wanted : room;
        char *const data = rn_realloc(text->data, room);
        if (data == NULL) {
            fail(text, RUNDE_E_NOMEM);
            return NULL;
        }
        text->data = data;
        text->room = room;
    }
    return text->data + text->length;
}

runde_status rn_text_take(rn_text *text, char **out, size_t *length)
{
    if (text->depth != 0) {
        fail(text, RUNDE_E_INTERNAL);
    }
    char *const end = reserve(text, 0);
    const runde_status status = text->status;
    if (end == NULL) {
        rn_text_free(text);
        return status;
    }
    *end = '\0';
    *out = text->data;
    if (length != NULL) {
        *length = text->length;
    }
    rn_text_init(text);
    return RUNDE_OK;
}

/* ------------------------------------------------------------ raw pieces */

void rn_text_raw(rn_text *text, const char *bytes, size_t length)
{
    char *const at = reserve(text, length);
    if (at != NULL && length > 0) {
        memcpy(at, bytes, length);
        text->length += length;
    }
}

void rn_text_puts(rn_text *text, const char *string)
{
    rn_text_raw(text, string, strlen(string));
}

static void put(rn_text *text, char c)
{
    rn_text_raw(text, &c, 1);
}

/* The digits of a number, right-aligned in 20 characters; their count. */
static size_t print_digits(char digits[20], uint64_t value)
{
    size_t n = 0;
    do {
        digits[19 - n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return n;
}

void rn_text_uint(rn_text *text, uint64_t value)
{
    char digits[20];
    const size_t n = print_digits(digits, value);
    rn_text_raw(text, digits + 20 - n, n);
}

void rn_text_int(rn_text *text, int64_t value)
{
    if (value < 0) {
        put(text, '-');
    }
    /* Unsigned, because -INT64_MIN is no int64. */
    rn_text_uint(text, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void rn_text_decimal(rn_text *text, double value)
{
    if (!(value >= -RN_DECIMAL_MAX && value <= RN_DECIMAL_MAX)) {
        rn_text_puts(text, "null");
        return;
    }
    const int64_t steps = llround(value * 1e7);
    const uint64_t all = steps < 0 ? (uint64_t)-steps : (uint64_t)steps;
    if (steps < 0) {
        put(text, '-');
    }
    rn_text_uint(text, all / 10000000);
    if (all % 10000000 != 0) {
        /* The 1 in front keeps the zeros behind the point. */
        char digits[20];
        (void)print_digits(digits, all % 10000000 + 10000000);
        digits[20 - RN_DECIMALS - 1] = '.';
        size_t end = 20;
        while (digits[end - 1] == '0') {
            end--;
        }
        rn_text_raw(text, digits + 20 - RN_DECIMALS - 1, end - 12);
    }
}

static void put_escape(rn_text *text, uint32_t code)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[6] = {'\\',
                            'u',
                            hex[code >> 12 & 15U],
                            hex[code >> 8 & 15U],
                            hex[code >> 4 & 15U],
                            hex[code & 15U]};
    rn_text_raw(text, escape, sizeof escape);
}

/* One character that may not go out as it is; how many bytes it took. */
static size_t put_special(rn_text *text, const char *at, const char *end)
{
    uint32_t code;
    const size_t length = rn_utf8_decode(at, end, &code);
    if (length == 0) {
        rn_text_puts(text, "\xEF\xBF\xBD");
        return 1;
    }
    if (code == '"' || code == '\\') {
        put(text, '\\');
        put(text, (char)code);
    } else if (rn_is_forbidden(code)) {
        put_escape(text, code);
    } else {
        rn_text_raw(text, at, length);
    }
    return length;
}

void rn_text_quote(rn_text *text, const char *string)
{
    const char *at = string;
    const char *const end = string + strlen(string);
    put(text, '"');
    while (at < end) {
        const char *plain = at;
        while (plain < end && *plain >= 0x20 && *plain < 0x7F &&
               *plain != '"' && *plain != '\\') {
            plain++;
        }
        rn_text_raw(text, at, (size_t)(plain - at));
        at = plain;
        if (at < end) {
            at += put_special(text, at, end);
        }
    }
    put(text, '"');
}

/* ------------------------------------------------------------------ JSON */

static void break_line(rn_text *text)
{
    const size_t spaces = (size_t)text->depth * INDENT;
    char *const at = reserve(text, spaces + 1);
    if (at != NULL) {
        at[0] = '\n';
        memset(at + 1, ' ', spaces);
        text->length += spaces + 1;
    }
}

void rn_text_value(rn_text *text, const char *key)
{
    if (text->depth > 0) {
        const int32_t top = text->depth - 1;
        if (text->level[top].has_content) {
            put(text, ',');
        }
        if (!text->level[top].is_inline) {
            break_line(text);
        } else if (text->level[top].has_content) {
            put(text, ' ');
        }
        text->level[top].has_content = true;
        assert((key != NULL) == (text->level[top].closer == '}'));
    }
    if (key != NULL) {
        rn_text_quote(text, key);
        rn_text_puts(text, ": ");
    }
}

static void open_level(rn_text *text, const char *key, const char *brackets,
                       rn_layout layout)
{
    rn_text_value(text, key);
    put(text, brackets[0]);
    if (text->depth == RN_TEXT_DEPTH) {
        fail(text, RUNDE_E_INTERNAL);
        return;
    }
    const bool is_inside =
        text->depth > 0 && text->level[text->depth - 1].is_inline;
    text->level[text->depth].closer = brackets[1];
    text->level[text->depth].has_content = false;
    text->level[text->depth].is_inline = is_inside || layout == RN_TEXT_INLINE;
    text->depth++;
}

void rn_text_object(rn_text *text, const char *key, rn_layout layout)
{
    open_level(text, key, "{}", layout);
}

void rn_text_array(rn_text *text, const char *key, rn_layout layout)
{
    open_level(text, key, "[]", layout);
}

void rn_text_close(rn_text *text)
{
    if (text->depth == 0) {
        fail(text, RUNDE_E_INTERNAL);
        return;
    }
    text->depth--;
    if (text->level[text->depth].has_content &&
        !text->level[text->depth].is_inline) {
        break_line(text);
    }
    put(text, text->level[text->depth].closer);
    if (text->depth == 0) {
        put(text, '\n');
    }
}

void rn_text_member_string(rn_text *text, const char *key, const char *value)
{
    rn_text_value(text, key);
    if (value == NULL) {
        rn_text_puts(text, "null");
    } else {
        rn_text_quote(text, value);
    }
}

void rn_text_member_int(rn_text *text, const char *key, int64_t value)
{
    rn_text_value(text, key);
    rn_text_int(text, value);
}

void rn_text_member_big_int(rn_text *text, const char *key, int64_t value)
{
    const bool is_safe = value >= -SAFE_INTEGER && value <= SAFE_INTEGER;
    const char *const quote = is_safe ? "" : "\"";
    rn_text_value(text, key);
    rn_text_puts(text, quote);
    rn_text_int(text, value);
    rn_text_puts(text, quote);
}

void rn_text_member_big_uint(rn_text *text, const char *key, uint64_t value)
{
    const char *const quote = value <= (uint64_t)SAFE_INTEGER ? "" : "\"";
    rn_text_value(text, key);
    rn_text_puts(text, quote);
    rn_text_uint(text, value);
    rn_text_puts(text, quote);
}

void rn_text_member_decimal(rn_text *text, const char *key, double value)
{
    rn_text_value(text, key);
    rn_text_decimal(text, value);
}

void rn_text_member_bool(rn_text *text, const char *key, bool value)
{
    rn_text_value(text, key);
    rn_text_puts(text, value ? "true" : "false");
}

void rn_text_member_null(rn_text *text, const char *key)
{
    rn_text_value(text, key);
    rn_text_puts(text, "null");
}

void rn_text_member_matrix(rn_text *text, const char *key, const int32_t *cells,
                           int32_t rows, int32_t columns)
{
    rn_text_array(text, key, RN_TEXT_LINES);
    for (int32_t row = 0; row < rows; row++) {
        const int32_t *const cell = cells + (size_t)row * (size_t)columns;
        rn_text_value(text, NULL);
        put(text, '[');
        for (int32_t i = 0; i < columns; i++) {
            if (i > 0) {
                put(text, ',');
            }
            if (cell[i] == RUNDE_UNREACHABLE) {
                rn_text_puts(text, "null");
            } else {
                rn_text_int(text, cell[i]);
            }
        }
        put(text, ']');
    }
    rn_text_close(text);
}
