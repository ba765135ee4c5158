/* SPDX-License-Identifier: MIT */
#include "io/token.h"

#include <string.h>

size_t rn_utf8_decode(const char *at, const char *end, uint32_t *code)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t room = (size_t)(end - at);
    if (room == 0) {
        return 0;
    }
    const uint32_t lead = (unsigned char)at[0];
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    const size_t length = lead >= 0xF8   ? 0
                          : lead >= 0xF0 ? 4
                          : lead >= 0xE0 ? 3
                          : lead >= 0xC0 ? 2
                                         : 0;
    if (length == 0 || length > room) {
        return 0;
    }
    uint32_t c = lead & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        const uint32_t tail = (unsigned char)at[i];
        if ((tail & 0xC0U) != 0x80U) {
            return 0;
        }
        c = c << 6 | (tail & 0x3FU);
    }
    if (c < smallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        return 0;
    }
    *code = c;
    return length;
}

bool rn_is_forbidden(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x061C ||
           code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* -------------------------------------------------------------- strings */

static int32_t hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

/* Four hex digits; the cursor moves only when they are there. */
static rn_token_fault hex4(const char **at, const char *end, uint32_t *code)
{
    uint32_t c = 0;
    for (int32_t i = 0; i < 4; i++) {
        if (*at + i == end) {
            return RN_TOKEN_OPEN;
        }
        const int32_t digit = hex_digit((*at)[i]);
        if (digit < 0) {
            return RN_TOKEN_ESCAPE;
        }
        c = c << 4 | (uint32_t)digit;
    }
    *at += 4;
    *code = c;
    return RN_TOKEN_OK;
}

/* Behind "\u"; takes the second half of a pair along. */
static rn_token_fault unicode_escape(const char **at, const char *end,
                                     uint32_t *code)
{
    rn_token_fault fault = hex4(at, end, code);
    if (fault != RN_TOKEN_OK || *code < 0xD800 || *code > 0xDFFF) {
        return fault;
    }
    const uint32_t high = *code;
    uint32_t low = 0;
    if (high >= 0xDC00) {
        return RN_TOKEN_SURROGATE;
    }
    if (end - *at < 2) {
        return RN_TOKEN_OPEN;
    }
    if ((*at)[0] != '\\' || (*at)[1] != 'u') {
        return RN_TOKEN_SURROGATE;
    }
    *at += 2;
    fault = hex4(at, end, &low);
    if (fault != RN_TOKEN_OK) {
        return fault;
    }
    if (low < 0xDC00 || low > 0xDFFF) {
        return RN_TOKEN_SURROGATE;
    }
    *code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return RN_TOKEN_OK;
}

/* Behind the backslash. */
static rn_token_fault escape(const char **at, const char *end, uint32_t *code)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    if (*at == end) {
        return RN_TOKEN_OPEN;
    }
    if (**at == 'u') {
        ++*at;
        return unicode_escape(at, end, code);
    }
    const char *const name = memchr(names, **at, sizeof names - 1);
    if (name == NULL) {
        return RN_TOKEN_ESCAPE;
    }
    *code = (unsigned char)meanings[name - names];
    ++*at;
    return RN_TOKEN_OK;
}

/* Plain ASCII needs no look at anything else. */
static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* One character of a string that is not at its closing quote. The cursor
 * stays at the character when it is at fault. */
static rn_token_fault one_character(const char **at, const char *end,
                                    uint32_t *code)
{
    const char *cursor = *at;
    rn_token_fault fault = RN_TOKEN_OK;
    if (*cursor == '\\') {
        cursor++;
        fault = escape(&cursor, end, code);
    } else {
        const size_t length = rn_utf8_decode(cursor, end, code);
        fault = length == 0 ? RN_TOKEN_UTF8 : RN_TOKEN_OK;
        cursor += length;
    }
    if (fault == RN_TOKEN_OK && rn_is_forbidden(*code)) {
        fault = RN_TOKEN_FORBIDDEN;
    }
    if (fault == RN_TOKEN_OK) {
        *at = cursor;
    }
    return fault;
}

rn_token_fault rn_token_string(const char **at, const char *end)
{
    const char *cursor = *at;
    rn_token_fault fault = RN_TOKEN_OK;
    for (;;) {
        while (cursor < end && is_plain(*cursor)) {
            cursor++;
        }
        if (cursor == end) {
            fault = RN_TOKEN_OPEN;
            break;
        }
        uint32_t code;
        if (*cursor == '"') {
            break;
        }
        fault = one_character(&cursor, end, &code);
        if (fault != RN_TOKEN_OK) {
            break;
        }
    }
    *at = cursor;
    return fault;
}

bool rn_token_next(const char **at, const char *end, uint32_t *code)
{
    if (*at == end || **at == '"') {
        return false;
    }
    return one_character(at, end, code) == RN_TOKEN_OK;
}

/* -------------------------------------------------------------- numbers */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One or more digits. */
static bool skip_digits(const char **at, const char *end)
{
    const char *const begin = *at;
    while (*at < end && is_digit(**at)) {
        ++*at;
    }
    return *at != begin;
}

rn_token_fault rn_token_number(const char **at, const char *end)
{
    if (*at < end && **at == '-') {
        ++*at;
    }
    if (*at < end && **at == '0') {
        ++*at;
        if (*at < end && is_digit(**at)) {
            return RN_TOKEN_NUMBER;
        }
    } else if (!skip_digits(at, end)) {
        return RN_TOKEN_NUMBER;
    }
    if (*at < end && **at == '.') {
        ++*at;
        if (!skip_digits(at, end)) {
            return RN_TOKEN_NUMBER;
        }
    }
    if (*at < end && (**at == 'e' || **at == 'E')) {
        ++*at;
        if (*at < end && (**at == '+' || **at == '-')) {
            ++*at;
        }
        if (!skip_digits(at, end)) {
            return RN_TOKEN_NUMBER;
        }
    }
    return RN_TOKEN_OK;
}

/* Exponents stop growing here: no text is long enough to make up for more. */
#define EXPONENT_MAX INT64_C(1000000000000)

static int64_t read_exponent(const char *at, const char *end)
{
    const bool is_negative = *at == '-';
    int64_t exponent = 0;
    for (; at < end; at++) {
        if (is_digit(*at) && exponent < EXPONENT_MAX) {
            exponent = exponent * 10 + (*at - '0');
        }
    }
    return is_negative ? -exponent : exponent;
}

/* value * 10 + digit; false when that does not fit. */
static bool push_digit(uint64_t *value, uint64_t digit)
{
    if (*value > (UINT64_MAX - digit) / 10) {
        return false;
    }
    *value = *value * 10 + digit;
    return true;
}

rn_number rn_number_read(const char *token, size_t length, int32_t decimals)
{
    rn_number number = {0, false, true, false};
    const char *at = token;
    const char *const end = token + length;
    if (at < end && *at == '-') {
        number.is_negative = true;
        at++;
    }
    /* Where the last whole step stands, counted in digits from the first
     * one: digits before the point, plus exponent, plus decimals. */
    const char *stop = at;
    int64_t whole = 0;
    bool is_behind_point = false;
    for (; stop < end && *stop != 'e' && *stop != 'E'; stop++) {
        is_behind_point = is_behind_point || *stop == '.';
        whole += !is_behind_point;
    }
    if (stop < end) {
        whole += read_exponent(stop + 1, end);
    }
    whole += decimals;

    int64_t n = 0;
    bool rounds_up = false;
    for (; at < stop; at++) {
        if (!is_digit(*at)) {
            continue;
        }
        const uint64_t digit = (uint64_t)(*at - '0');
        if (n < whole) {
            number.is_large |= !push_digit(&number.magnitude, digit);
        } else {
            rounds_up = rounds_up || (n == whole && digit >= 5);
            number.is_exact = number.is_exact && digit == 0;
        }
        n++;
    }
    for (; n < whole && number.magnitude != 0 && !number.is_large; n++) {
        number.is_large = !push_digit(&number.magnitude, 0);
    }
    if (rounds_up) {
        number.is_large |= number.magnitude == UINT64_MAX;
        number.magnitude += !number.is_large;
    }
    return number;
}

/* ------------------------------------------------------------- pointers */

static size_t utf8_encode(char bytes[4], uint32_t code)
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        bytes[0] = (char)(0xC0U | code >> 6);
        bytes[1] = (char)(0x80U | (code & 0x3FU));
        return 2;
    }
    if (code < 0x10000) {
        bytes[0] = (char)(0xE0U | code >> 12);
        bytes[1] = (char)(0x80U | (code >> 6 & 0x3FU));
        bytes[2] = (char)(0x80U | (code & 0x3FU));
        return 3;
    }
    bytes[0] = (char)(0xF0U | code >> 18);
    bytes[1] = (char)(0x80U | (code >> 12 & 0x3FU));
    bytes[2] = (char)(0x80U | (code >> 6 & 0x3FU));
    bytes[3] = (char)(0x80U | (code & 0x3FU));
    return 4;
}

char *rn_pointer_put(char *at, const char *end, uint32_t code)
{
    char bytes[4] = {'~', code == '~' ? '0' : '1', 0, 0};
    size_t length = 2;
    if (code != '~' && code != '/') {
        length = utf8_encode(bytes, code);
    }
    if ((size_t)(end - at) < length) {
        return at;
    }
    memcpy(at, bytes, length);
    return at + length;
}
