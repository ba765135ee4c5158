/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LARGEST_DECIMAL 1e12

/* Cuts off the rest of a UTF-8 sequence that the buffer's end broke. */
static void trim_utf8(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 4 &&
           ((unsigned char)text[start - 1] & 0xC0U) == 0x80U) {
        start--;
    }
    if (start == 0) {
        return;
    }
    const unsigned char lead = (unsigned char)text[start - 1];
    const size_t tail = length - start;
    const size_t wanted = lead >= 0xF0U   ? 3
                          : lead >= 0xE0U ? 2
                          : lead >= 0xC0U ? 1
                                          : 0;
    if (tail < wanted) {
        text[start - 1] = '\0';
    }
}

static void clean(char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20U || *c == 0x7F) {
            *c = '?';
        }
    }
}

static void print(char *text, size_t size, const char *format, va_list args)
{
    const int length = vsnprintf(text, size, format, args);
    if (length < 0) {
        text[0] = '\0';
    } else if ((size_t)length >= size) {
        trim_utf8(text, size - 1);
    }
    clean(text);
}

rn_where rn_at(const char *format, ...)
{
    rn_where where;
    va_list args;
    va_start(args, format);
    print(where.text, sizeof where.text, format, args);
    va_end(args);
    return where;
}

rn_decimal rn_decimal_of(double value, int digits)
{
    rn_decimal number;
    if (!(value > -LARGEST_DECIMAL && value < LARGEST_DECIMAL)) {
        const char *const words = value > 0.0   ? "more than 10^12"
                                  : value < 0.0 ? "less than -10^12"
                                                : "no number";
        snprintf(number.text, sizeof number.text, "%s", words);
        return number;
    }
    int64_t unit = 1;
    for (int i = 0; i < digits; i++) {
        unit *= 10;
    }
    const double size = value < 0.0 ? -value : value;
    const int64_t scaled = (int64_t)(size * (double)unit + 0.5);
    const char *const sign = value < 0.0 && scaled > 0 ? "-" : "";
    if (digits == 0) {
        snprintf(number.text, sizeof number.text, "%s%lld", sign,
                 (long long)scaled);
    } else {
        snprintf(number.text, sizeof number.text, "%s%lld.%0*lld", sign,
                 (long long)(scaled / unit), digits,
                 (long long)(scaled % unit));
    }
    return number;
}

bool rn_diag_is_usable(const runde_diag *diag)
{
    return diag == NULL || diag->size == sizeof *diag;
}

void rn_diag_start(runde_diag *diag)
{
    if (diag == NULL) {
        return;
    }
    diag->errors = 0;
    diag->warnings = 0;
    diag->code[0] = '\0';
    diag->pointer[0] = '\0';
    diag->message[0] = '\0';
}

static void copy_text(char *to, size_t size, const char *from)
{
    const size_t length = strnlen(from, size - 1);
    memcpy(to, from, length);
    to[length] = '\0';
    if (from[length] != '\0') {
        trim_utf8(to, length);
    }
    clean(to);
}

void rn_diag_add(runde_diag *diag, runde_severity severity, const char *code,
                 const char *pointer, const char *format, ...)
{
    if (diag == NULL) {
        return;
    }
    char message[sizeof diag->message];
    va_list args;
    va_start(args, format);
    print(message, sizeof message, format, args);
    va_end(args);

    const bool is_error = severity == RUNDE_ERROR;
    const bool is_first =
        diag->errors == 0 && (is_error || diag->warnings == 0);
    const int64_t before = (int64_t)diag->errors + diag->warnings;
    int32_t *const count = is_error ? &diag->errors : &diag->warnings;
    *count += *count < INT32_MAX;
    if (is_first) {
        copy_text(diag->code, sizeof diag->code, code);
        copy_text(diag->pointer, sizeof diag->pointer, pointer);
        copy_text(diag->message, sizeof diag->message, message);
    }
    if (diag->on_finding != NULL && before < RN_DIAG_MAX_FORWARDED) {
        const runde_finding finding = {sizeof finding, severity, code, pointer,
                                       message};
        diag->on_finding(&finding, diag->payload);
    }
}
