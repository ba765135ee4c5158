/* SPDX-License-Identifier: MIT */
#include "network/table.h"

#include "io/token.h"

#include <stdio.h>
#include <string.h>

/* As much of a faulty cell as a message shows. */
#define SHOWN 24

typedef struct shown_text {
    char text[SHOWN + 4];
} shown_text;

/* Only what is safe to print: the text has not been looked at before. */
static shown_text show(rn_field field)
{
    shown_text shown;
    const size_t n = field.length < SHOWN ? field.length : SHOWN;
    for (size_t i = 0; i < n; i++) {
        const char c = field.at[i];
        shown.text[i] = c;
        if (c < ' ' || c > '~') {
            shown.text[i] = '?';
        }
    }
    memcpy(shown.text + n, field.length > SHOWN ? "..." : "",
           field.length > SHOWN ? 4 : 1);
    return shown;
}

static bool is_field(rn_field field, const char *word)
{
    return strlen(word) == field.length &&
           memcmp(field.at, word, field.length) == 0;
}

/* Reads one field behind `at`; NULL when its quotes are wrong. */
static const char *take_field(rn_table *table, const char *at, const char *end,
                              rn_field *field)
{
    const char *last = at;
    if (at < end && *at == '"') {
        field->at = ++at;
        last = at;
        while (last < end &&
               (*last != '"' || (last + 1 < end && last[1] == '"'))) {
            last += *last == '"' ? 2 : 1;
        }
        if (last >= end || (last + 1 < end && last[1] != table->separator)) {
            return NULL;
        }
        field->length = (size_t)(last - at);
        return last + 1;
    }
    field->at = at;
    while (last < end && *last != table->separator) {
        last++;
    }
    field->length = (size_t)(last - at);
    return last;
}

/* Takes a line apart into table->field.
 *
 * @return how many fields; RUNDE_NONE when quotes are wrong, one more than
 *         RN_TABLE_FIELDS when there are too many */
static int32_t take_fields(rn_table *table, const char *at, const char *end)
{
    for (int32_t n = 0; n < RN_TABLE_FIELDS; n++) {
        at = take_field(table, at, end, &table->field[n]);
        if (at == NULL) {
            return RUNDE_NONE;
        }
        if (at == end) {
            return n + 1;
        }
        at++; /* the separator: an empty field may follow it */
    }
    return RN_TABLE_FIELDS + 1;
}

/* The next line that is not empty; false at the end of the text. */
static bool take_line(rn_table *table, const char **from, const char **to)
{
    while (table->at < table->end) {
        const char *const start = table->at;
        const char *stop =
            memchr(start, '\n', (size_t)(table->end - table->at));
        table->at = stop != NULL ? stop + 1 : table->end;
        stop = stop != NULL ? stop : table->end;
        stop -= stop > start && stop[-1] == '\r';
        table->line++;
        if (stop > start) {
            *from = start;
            *to = stop;
            return true;
        }
    }
    return false;
}

static void table_fault(rn_table *table, const char *code, const char *message)
{
    table->faults++;
    rn_diag_add(table->diag, RUNDE_ERROR, code,
                rn_at("/%s/%d", table->name, table->line).text,
                "line %d of the %s %s", table->line, table->name, message);
}

static void find_columns(rn_table *table, int32_t n_required)
{
    for (int32_t w = 0; table->wanted[w] != NULL; w++) {
        const char *const word = table->wanted[w];
        table->column[w] = RUNDE_NONE;
        for (int32_t c = 0; c < table->n_columns; c++) {
            if (!is_field(table->field[c], word)) {
                continue;
            }
            if (table->column[w] != RUNDE_NONE) {
                table->faults++;
                rn_diag_add(table->diag, RUNDE_ERROR, "RUNDE-E701",
                            rn_at("/%s/1/%s", table->name, word).text,
                            "the %s have the column \"%s\" twice", table->name,
                            word);
            }
            table->column[w] = c;
        }
        if (table->column[w] == RUNDE_NONE && w < n_required) {
            table->faults++;
            rn_diag_add(table->diag, RUNDE_ERROR, "RUNDE-E701",
                        rn_at("/%s/1/%s", table->name, word).text,
                        "the first line of the %s names no column \"%s\"",
                        table->name, word);
        }
    }
}

bool rn_table_open(rn_table *table, const char *text, size_t length,
                   const char *const *wanted, int32_t n_required)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'}; /* of UTF-8 */
    table->at = text;
    table->end = text + length;
    table->wanted = wanted;
    table->line = 0;
    table->n_rows = 0;
    table->faults = 0;
    if (length >= sizeof mark && memcmp(text, mark, sizeof mark) == 0) {
        table->at += sizeof mark;
    }
    const char *from = NULL;
    const char *to = NULL;
    if (!take_line(table, &from, &to)) {
        table_fault(table, "RUNDE-E701", "names no columns: there is no text");
        return false;
    }
    const size_t width = (size_t)(to - from);
    table->separator =
        memchr(from, ',', width) == NULL && memchr(from, ';', width) != NULL
            ? ';'
            : ',';
    table->n_columns = take_fields(table, from, to);
    if (table->n_columns < 1 || table->n_columns > RN_TABLE_FIELDS) {
        table_fault(table, "RUNDE-E701",
                    "does not name 1 to 64 columns, separated by commas");
        return false;
    }
    find_columns(table, n_required);
    return table->faults == 0;
}

bool rn_table_next(rn_table *table)
{
    const char *from = NULL;
    const char *to = NULL;
    while (take_line(table, &from, &to)) {
        table->n_rows++;
        const int32_t n = take_fields(table, from, to);
        if (n == table->n_columns) {
            return true;
        }
        if (n == RUNDE_NONE) {
            table_fault(table, "RUNDE-E702", "has quotes that do not match");
            continue;
        }
        table->faults++;
        rn_diag_add(
            table->diag, RUNDE_ERROR, "RUNDE-E702",
            rn_at("/%s/%d", table->name, table->line).text,
            "line %d of the %s has %s%d fields, the first line has %d",
            table->line, table->name, n > RN_TABLE_FIELDS ? "more than " : "",
            n > RN_TABLE_FIELDS ? RN_TABLE_FIELDS : n, table->n_columns);
    }
    return false;
}

bool rn_table_has(const rn_table *table, int32_t wanted)
{
    const int32_t column = table->column[wanted];
    return column != RUNDE_NONE && table->field[column].length > 0;
}

rn_field rn_table_field(const rn_table *table, int32_t wanted)
{
    return table->field[table->column[wanted]];
}

void rn_table_fault(rn_table *table, int32_t wanted, const char *code,
                    const char *message)
{
    const char *const word = table->wanted[wanted];
    const rn_field none = {"", 0};
    const int32_t column = table->column[wanted];
    table->faults++;
    rn_diag_add(table->diag, RUNDE_ERROR, code,
                rn_at("/%s/%d/%s", table->name, table->line, word).text,
                "line %d, column %d (%s) of the %s: \"%s\" %s", table->line,
                column + 1, word, table->name,
                show(column == RUNDE_NONE ? none : table->field[column]).text,
                message);
}

bool rn_table_number(rn_table *table, int32_t wanted, int32_t decimals,
                     int64_t low, int64_t high, int64_t *value)
{
    const rn_field field = rn_table_field(table, wanted);
    const char *at = field.at;
    const char *const end = field.at + field.length;
    if (rn_token_number(&at, end) != RN_TOKEN_OK || at != end) {
        rn_table_fault(table, wanted, "RUNDE-E703", "is no number");
        return false;
    }
    const rn_number number = rn_number_read(field.at, field.length, decimals);
    if (decimals == 0 && !number.is_exact) {
        rn_table_fault(table, wanted, "RUNDE-E703", "is no whole number");
        return false;
    }
    int64_t unit = 1;
    for (int32_t i = 0; i < decimals; i++) {
        unit *= 10;
    }
    const bool is_small =
        !number.is_large && number.magnitude <= (uint64_t)INT64_MAX;
    const int64_t size = is_small ? (int64_t)number.magnitude : 0;
    const int64_t found = number.is_negative ? -size : size;
    if (!is_small || found < low * unit || found > high * unit) {
        char message[80];
        (void)snprintf(message, sizeof message, "lies outside %lld to %lld",
                       (long long)low, (long long)high);
        rn_table_fault(table, wanted, "RUNDE-E703", message);
        return false;
    }
    *value = found;
    return true;
}
