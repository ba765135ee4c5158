/* SPDX-License-Identifier: MIT */
/* Values out of cells. Messages do not repeat what the cells say: it may be
 * somebody's name in the wrong column. */
#include "io/csv_sheet.h"
#include "io/token.h"

#include <stdio.h>
#include <string.h>

/* Longest number, date or time. */
#define SHORT_TEXT 32
#define SECONDS_MAX ((INT32_C(1) << 30) - 1)

char *rn_cell_required(rn_reader *r, const rn_sheet *sheet, int32_t field)
{
    char *const text = rn_cell(sheet, field);
    if (text == NULL && sheet->column_of[field] != RUNDE_NONE) {
        rn_cell_fault(r, sheet, field, "RUNDE-E814", "\"%s\" must not be empty",
                      sheet->columns[field].names[0]);
    }
    return text;
}

/* A number with a point or a comma, in steps of 10^-decimals; false when it
 * is none, is not exact or does not fit. */
static bool read_number(const char *text, int32_t decimals, int64_t *value)
{
    char copy[SHORT_TEXT];
    size_t n = 0;
    if (strlen(text) + 1 > sizeof copy) {
        return false;
    }
    if (*text == '-') {
        copy[n++] = *text++;
    }
    while (text[0] == '0' && text[1] >= '0' && text[1] <= '9') {
        text++;
    }
    for (; *text != '\0'; text++) {
        copy[n++] = *text;
        if (*text == ',') {
            copy[n - 1] = '.';
        }
    }
    const char *at = copy;
    if (rn_token_number(&at, copy + n) != RN_TOKEN_OK || at != copy + n) {
        return false;
    }
    const rn_number number = rn_number_read(copy, n, decimals);
    if (number.is_large || !number.is_exact || number.magnitude > INT64_MAX) {
        return false;
    }
    *value = number.is_negative ? -(int64_t)number.magnitude
                                : (int64_t)number.magnitude;
    return true;
}

/* "1:30" as seconds. */
static bool read_span(const char *text, int64_t *seconds)
{
    int64_t hours = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && at - text < 4; at++) {
        hours = hours * 10 + (*at - '0');
    }
    if (at == text || at[0] != ':' || at[1] < '0' || at[1] > '5' ||
        at[2] < '0' || at[2] > '9' || at[3] != '\0') {
        return false;
    }
    *seconds =
        hours * 3600 + ((at[1] - '0') * 10 + (at[2] - '0')) * INT64_C(60);
    return true;
}

bool rn_cell_minutes(rn_reader *r, const rn_sheet *sheet, int32_t field,
                     bool may_be_negative, int32_t *seconds)
{
    const char *const text = rn_cell(sheet, field);
    int64_t value = 0;
    if (text == NULL) {
        return false;
    }
    /* Whole seconds are whole twentieths of a minute. */
    if (!read_span(text, &value)) {
        if (!read_number(text, 7, &value) || value % (10000000 / 20) != 0) {
            rn_cell_fault(r, sheet, field, "RUNDE-E607",
                          "minutes are expected here, such as 20, 22,5 or "
                          "1:30, in steps of 0,05");
            return false;
        }
        value = value / (10000000 / 20) * 3;
    }
    if (value > SECONDS_MAX || value < (may_be_negative ? -SECONDS_MAX : 0)) {
        rn_cell_fault(r, sheet, field, "RUNDE-E606",
                      may_be_negative ? "so many minutes do not fit"
                                      : "minutes must not be negative");
        return false;
    }
    *seconds = (int32_t)value;
    return true;
}

bool rn_cell_whole(rn_reader *r, const rn_sheet *sheet, int32_t field,
                   int32_t min, int32_t max, int32_t *value)
{
    const char *const text = rn_cell(sheet, field);
    int64_t number = 0;
    if (text == NULL) {
        return false;
    }
    if (!read_number(text, 0, &number) || number < min || number > max) {
        rn_cell_fault(r, sheet, field, "RUNDE-E606",
                      "a whole number from %d to %d is expected here", (int)min,
                      (int)max);
        return false;
    }
    *value = (int32_t)number;
    return true;
}

bool rn_cell_flag(rn_reader *r, const rn_sheet *sheet, int32_t field,
                  bool *value)
{
    static const char *const words[] = {"no",   "yes", "nei", "ja", "false",
                                        "true", "0",   "1",   "-",  "x"};
    int32_t index = 0;
    if (!rn_cell_word(r, sheet, field, words,
                      (int32_t)(sizeof words / sizeof words[0]), &index)) {
        return false;
    }
    *value = index % 2 == 1;
    return true;
}

bool rn_cell_degrees(rn_reader *r, const rn_sheet *sheet, int32_t field,
                     double limit, double *value)
{
    const char *const text = rn_cell(sheet, field);
    int64_t steps = 0;
    if (text == NULL) {
        return false;
    }
    if (!read_number(text, RN_DECIMALS, &steps) ||
        (double)steps > limit * 1e7 || (double)steps < -limit * 1e7) {
        rn_cell_fault(r, sheet, field, "RUNDE-E606",
                      "degrees from -%d to %d with at most 7 decimals are "
                      "expected here",
                      (int)limit, (int)limit);
        return false;
    }
    *value = (double)steps / 1e7;
    return true;
}

/* "23.11.2026" as "2026-11-23"; anything else as it is. */
static void turn_date(char out[SHORT_TEXT], const char *text)
{
    int32_t part[3] = {0, 0, 0};
    int n = 0;
    const char *at = text;
    for (; *at != '\0' && n < 3 && at - text < 11; at++) {
        if (*at == '.') {
            n++;
        } else if (*at >= '0' && *at <= '9') {
            part[n] = part[n] * 10 + (*at - '0');
        } else {
            break;
        }
    }
    if (*at == '\0' && n == 2 && part[2] >= 1000 && part[2] <= 9999 &&
        part[0] <= 99 && part[1] <= 99) {
        (void)snprintf(out, SHORT_TEXT, "%04d-%02d-%02d", (int)part[2],
                       (int)part[1], (int)part[0]);
    } else {
        (void)snprintf(out, SHORT_TEXT, "%s", text);
    }
}

rn_civil_status rn_sheet_date(const char *text, int64_t *days)
{
    char date[SHORT_TEXT];
    turn_date(date, text);
    return rn_date_parse(date, days);
}

bool rn_cell_date(rn_reader *r, const rn_sheet *sheet, int32_t field,
                  int64_t *days)
{
    const char *const text = rn_cell(sheet, field);
    if (text == NULL) {
        return false;
    }
    const rn_civil_status status = rn_sheet_date(text, days);
    if (status == RN_CIVIL_SYNTAX) {
        rn_cell_fault(r, sheet, field, "RUNDE-E607",
                      "a date is expected here, as 2026-11-23 or 23.11.2026");
    } else if (!rn_civil_is_good(status)) {
        rn_cell_fault(r, sheet, field, "RUNDE-E607", "this date %s",
                      rn_civil_explain(status));
    }
    return rn_civil_is_good(status);
}

/* "8.30" and "8:30" as "08:30". */
static void turn_clock(char out[SHORT_TEXT], const char *text)
{
    const bool is_short =
        text[0] >= '0' && text[0] <= '9' && (text[1] == ':' || text[1] == '.');
    (void)snprintf(out, SHORT_TEXT, "%s%s", is_short ? "0" : "", text);
    if (out[0] != '\0' && out[1] != '\0' && out[2] == '.') {
        out[2] = ':';
    }
}

bool rn_cell_clock(rn_reader *r, const rn_sheet *sheet, int32_t field,
                   rn_clock *clock)
{
    char time[SHORT_TEXT];
    const char *const text = rn_cell(sheet, field);
    if (text == NULL) {
        return false;
    }
    turn_clock(time, text);
    const rn_civil_status status = strlen(text) + 2 > sizeof time
                                       ? RN_CIVIL_SYNTAX
                                       : rn_clock_parse(time, clock);
    if (status == RN_CIVIL_SYNTAX) {
        rn_cell_fault(r, sheet, field, "RUNDE-E607",
                      "a clock time is expected here, as 08:30, or 07:00+1 on "
                      "the next day");
    } else if (!rn_civil_is_good(status)) {
        rn_cell_fault(r, sheet, field, "RUNDE-E607", "this time %s",
                      rn_civil_explain(status));
    }
    return rn_civil_is_good(status);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same_word(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

bool rn_cell_word(rn_reader *r, const rn_sheet *sheet, int32_t field,
                  const char *const *words, int32_t n, int32_t *index)
{
    const char *const text = rn_cell(sheet, field);
    if (text == NULL) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        if (is_same_word(words[i], text)) {
            *index = i;
            return true;
        }
    }
    const char *const like = rn_key_suggest(text, words, n);
    rn_cell_fault(r, sheet, field, "RUNDE-E611",
                  like != NULL ? "this is none of the words allowed here; did "
                                 "you mean \"%s\"?"
                               : "this is none of the words allowed here; one "
                                 "is \"%s\"",
                  like != NULL ? like : words[1]);
    return false;
}

int32_t rn_list_count(const char *text)
{
    int32_t n = text != NULL;
    for (; text != NULL && *text != '\0'; text++) {
        n += *text == '|';
    }
    return n;
}

char *rn_list_take(char **rest)
{
    char *begin = *rest;
    if (begin == NULL) {
        return NULL;
    }
    char *end = begin + strcspn(begin, "|");
    *rest = *end == '\0' ? NULL : end + 1;
    while (*begin == ' ') {
        begin++;
    }
    while (end > begin && end[-1] == ' ') {
        end--;
    }
    *end = '\0';
    return begin;
}
