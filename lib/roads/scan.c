/* SPDX-License-Identifier: MIT */
#include "roads/scan.h"

#include "io/token.h"

#include <string.h>

rn_scan rn_scan_of(const char *text, size_t length)
{
    rn_scan s;
    memset(&s, 0, sizeof s);
    s.at = text;
    s.end = text + length;
    return s;
}

static bool fail(rn_scan *s)
{
    s->is_bad = true;
    return false;
}

char rn_scan_peek(rn_scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' ||
                              *s->at == '\r' || *s->at == '\t')) {
        s->at++;
    }
    return s->is_bad || s->at == s->end ? '\0' : *s->at;
}

static bool take(rn_scan *s, char c)
{
    if (rn_scan_peek(s) != c || c == '\0') {
        return false;
    }
    s->at++;
    return true;
}

bool rn_scan_open(rn_scan *s, char opener)
{
    if (s->depth == RN_SCAN_DEPTH || !take(s, opener)) {
        return fail(s);
    }
    s->closer[s->depth++] = opener == '{' ? '}' : ']';
    s->is_first = true;
    return true;
}

/* To the next member or element; false when the value ends here. */
static bool advance(rn_scan *s)
{
    if (s->is_bad || s->depth == 0) {
        return fail(s);
    }
    if (take(s, s->closer[s->depth - 1])) {
        s->depth--;
        s->is_first = false;
        return false;
    }
    if (!s->is_first && !take(s, ',')) {
        return fail(s);
    }
    s->is_first = false;
    return true;
}

/* Behind the closing quote of the string that begins here. Marks that the
 * gate of our own files keeps out may stand in names of roads. */
static bool pass_string(rn_scan *s)
{
    if (!take(s, '"')) {
        return fail(s);
    }
    for (;;) {
        const rn_token_fault fault = rn_token_string(&s->at, s->end);
        if (fault == RN_TOKEN_OK) {
            s->at++;
            return true;
        }
        if (fault != RN_TOKEN_FORBIDDEN || (unsigned char)*s->at < 0x20) {
            return fail(s);
        }
        s->at++;
        while (s->at < s->end && ((unsigned char)*s->at & 0xC0U) == 0x80U) {
            s->at++;
        }
    }
}

bool rn_scan_string(rn_scan *s, char *text, size_t size)
{
    if (rn_scan_peek(s) != '"') {
        return fail(s);
    }
    const char *const from = s->at + 1;
    if (!pass_string(s)) {
        return false;
    }
    const size_t length = (size_t)(s->at - 1 - from);
    const size_t n = length < size - 1 ? length : size - 1;
    memcpy(text, from, n);
    text[n] = '\0';
    return true;
}

bool rn_scan_member(rn_scan *s, char *key, size_t size)
{
    if (!advance(s)) {
        return false;
    }
    if (!rn_scan_string(s, key, size) || !take(s, ':')) {
        return fail(s);
    }
    return true;
}

bool rn_scan_element(rn_scan *s)
{
    return advance(s);
}

static bool take_word(rn_scan *s, const char *word)
{
    const size_t n = strlen(word);
    (void)rn_scan_peek(s);
    if (s->is_bad || (size_t)(s->end - s->at) < n ||
        memcmp(s->at, word, n) != 0) {
        return false;
    }
    s->at += n;
    return true;
}

bool rn_scan_null(rn_scan *s)
{
    return take_word(s, "null");
}

static bool read_number(rn_scan *s, int32_t decimals, rn_number *number)
{
    (void)rn_scan_peek(s);
    const char *const from = s->at;
    if (s->is_bad || rn_token_number(&s->at, s->end) != RN_TOKEN_OK) {
        return fail(s);
    }
    *number = rn_number_read(from, (size_t)(s->at - from), decimals);
    return true;
}

bool rn_scan_number(rn_scan *s, int32_t decimals, int32_t most, int32_t *value)
{
    rn_number number;
    if (!read_number(s, decimals, &number)) {
        return false;
    }
    /* Minus nothing is nothing. */
    if (number.is_large || number.magnitude > (uint64_t)most ||
        (number.is_negative && (number.magnitude > 0 || !number.is_exact))) {
        return fail(s);
    }
    *value = (int32_t)number.magnitude;
    return true;
}

bool rn_scan_signed(rn_scan *s, int32_t decimals, int32_t most, int32_t *value)
{
    rn_number number;
    if (!read_number(s, decimals, &number)) {
        return false;
    }
    if (number.is_large || number.magnitude > (uint64_t)most) {
        return fail(s);
    }
    *value = number.is_negative ? -(int32_t)number.magnitude
                                : (int32_t)number.magnitude;
    return true;
}

/* A value that holds no others. */
static bool skip_plain(rn_scan *s)
{
    const char c = rn_scan_peek(s);
    rn_number number;
    if (c == '"') {
        return pass_string(s);
    }
    if (c == 't' || c == 'f' || c == 'n') {
        return take_word(s, "true") || take_word(s, "false") ||
               take_word(s, "null") || fail(s);
    }
    return read_number(s, 0, &number);
}

bool rn_scan_skip(rn_scan *s)
{
    const int32_t floor = s->depth;
    char key[2];
    do {
        const char c = rn_scan_peek(s);
        const bool is_good =
            c == '{' || c == '[' ? rn_scan_open(s, c) : skip_plain(s);
        if (!is_good) {
            return false;
        }
        /* Close what ends here, then stand at the next value. */
        while (s->depth > floor) {
            const bool is_object = s->closer[s->depth - 1] == '}';
            if (is_object ? rn_scan_member(s, key, sizeof key)
                          : rn_scan_element(s)) {
                break;
            }
            if (s->is_bad) {
                return false;
            }
        }
    } while (s->depth > floor);
    return true;
}

bool rn_scan_end(rn_scan *s)
{
    return !s->is_bad && s->depth == 0 && rn_scan_peek(s) == '\0' &&
           s->at == s->end;
}
