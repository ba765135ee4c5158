/* SPDX-License-Identifier: MIT */
/* Text with separators to rows of cells. */
#include "io/csv_sheet.h"

#include "io/token.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE_BYTES 320
#define HEADING_BYTES 64
#define LETTERS 8

/* A copy of the text that is taken apart in place. */
typedef struct scanner {
    rn_reader *r;
    rn_sheet *sheet;
    char *at;
    char *end; /* a NUL stands here */
    char separator;
    int32_t row;    /* from 1 */
    int32_t column; /* from 0 */
    bool is_broken;
} scanner;

/* ---------------------------------------------------------------- findings */

/* 0 is "A", 26 is "AA". */
static void print_letters(char letters[LETTERS], int32_t column)
{
    char reversed[LETTERS];
    size_t n = 0;
    for (int32_t c = column + 1; c > 0; c = (c - 1) / 26) {
        reversed[n++] = (char)('A' + (c - 1) % 26);
    }
    for (size_t i = 0; i < n; i++) {
        letters[i] = reversed[n - 1 - i];
    }
    letters[n] = '\0';
}

static void fault_in(scanner *s, const char *code, const char *message)
{
    char letters[LETTERS];
    rn_path *const path = &s->r->path;
    print_letters(letters, s->column);
    rn_path_key(path, s->sheet->name);
    rn_path_index(path, s->row);
    rn_path_key(path, letters);
    rn_fault(s->r, code, "%s", message);
    for (int i = 0; i < 3; i++) {
        rn_path_pop(path);
    }
}

/* A fault of the whole file: nothing in it can be judged. */
static void lose(scanner *s, const char *code, const char *message)
{
    s->is_broken = true;
    s->sheet->is_lost = true;
    fault_in(s, code, message);
}

rn_where rn_sheet_where(const rn_sheet *sheet, int32_t row, int32_t field)
{
    const int32_t number =
        row < sheet->n_rows ? sheet->rows[row].number : row + 2;
    char letters[LETTERS];
    if (field == RUNDE_NONE || sheet->column_of[field] == RUNDE_NONE) {
        return rn_at("/%s/%d", sheet->name, (int)number);
    }
    print_letters(letters, sheet->column_of[field]);
    return rn_at("/%s/%d/%s", sheet->name, (int)number, letters);
}

void rn_cell_fault(rn_reader *r, const rn_sheet *sheet, int32_t field,
                   const char *code, const char *format, ...)
{
    char message[MESSAGE_BYTES] = "";
    char letters[LETTERS];
    const bool has_column = sheet->column_of[field] != RUNDE_NONE;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (has_column) {
        print_letters(letters, sheet->column_of[field]);
        rn_path_key(&r->path, letters);
    }
    rn_fault(r, code, "%s", message);
    if (has_column) {
        rn_path_pop(&r->path);
    }
}

/* ---------------------------------------------------------------- encoding */

static void report_encoding(scanner *s, unsigned char byte)
{
    char message[MESSAGE_BYTES];
    static const unsigned char latin[] = {0xE6, 0xF8, 0xE5, 0xC6, 0xD8, 0xC5};
    static const char *const letters[] = {"\xC3\xA6", "\xC3\xB8", "\xC3\xA5",
                                          "\xC3\x86", "\xC3\x98", "\xC3\x85"};
    const char *letter = NULL;
    for (size_t i = 0; i < sizeof latin; i++) {
        letter = latin[i] == byte ? letters[i] : letter;
    }
    (void)snprintf(message, sizeof message,
                   "not UTF-8: the byte 0x%02X%s%s%s; save the table as "
                   "\"CSV UTF-8\"",
                   (unsigned)byte, letter == NULL ? "" : " is \"",
                   letter == NULL ? "" : letter,
                   letter == NULL ? "" : "\" in Latin-1 and Windows-1252");
    lose(s, "RUNDE-E001", message);
}

/* Every character of a cell. */
static void judge_text(scanner *s, const char *text, const char *end)
{
    bool is_told = false;
    while (text < end && !s->is_broken) {
        uint32_t code = 0;
        const size_t n = rn_utf8_decode(text, end, &code);
        if (n == 0) {
            report_encoding(s, (unsigned char)*text);
            return;
        }
        if (rn_is_forbidden(code) && !is_told) {
            fault_in(s, "RUNDE-E005",
                     "a line break or another control character in a cell");
            is_told = true;
        }
        text += n;
    }
}

/* ------------------------------------------------------------------- cells */

static bool ends_cell(const scanner *s)
{
    return s->at == s->end || *s->at == s->separator || *s->at == '\r' ||
           *s->at == '\n';
}

/* Blanks and no-break spaces off both ends. */
static char *trim(char *text, char *end)
{
    for (;;) {
        if (text < end && (*text == ' ' || *text == '\t')) {
            text++;
        } else if (end - text >= 2 && memcmp(text, "\xC2\xA0", 2) == 0) {
            text += 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (text < end && (end[-1] == ' ' || end[-1] == '\t')) {
            end--;
        } else if (end - text >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0) {
            end -= 2;
        } else {
            break;
        }
    }
    *end = '\0';
    return text;
}

/* The apostrophe that tables have in front of what would be a formula. */
static char *without_guard(char *text)
{
    const char *const behind = text + 1 + strspn(text + 1, " ");
    const bool is_guard = text[0] == '\'' && behind[0] != '\0' &&
                          strchr("=+-@'", behind[0]) != NULL;
    return is_guard ? text + 1 : text;
}

/* Steps over a quoted cell; its text stays in place without the quotes. */
static char *take_quoted(scanner *s, char **end)
{
    char *const begin = s->at;
    char *to = s->at;
    s->at++;
    while (s->at < s->end && (s->at[0] != '"' || s->at[1] == '"')) {
        s->at += s->at[0] == '"';
        *to++ = *s->at++;
    }
    if (s->at == s->end) {
        lose(s, "RUNDE-E811", "the quotes that open here are never closed");
        *end = to;
        return begin;
    }
    s->at++;
    while (s->at < s->end && *s->at == ' ') {
        s->at++;
    }
    if (!ends_cell(s)) {
        fault_in(s, "RUNDE-E811", "text behind the closing quotes");
        while (!ends_cell(s)) {
            s->at++;
        }
    }
    *end = to;
    return begin;
}

/* The next cell, which ends the row or not; NULL when it is empty. */
static char *take_cell(scanner *s, bool *is_last)
{
    while (s->at < s->end && *s->at == ' ') {
        s->at++;
    }
    char *begin = s->at;
    char *end = NULL;
    if (*s->at == '"' && s->at < s->end) {
        begin = take_quoted(s, &end);
    } else {
        while (!ends_cell(s)) {
            s->at++;
        }
        end = s->at;
    }
    judge_text(s, begin, end);
    *is_last = s->at == s->end || *s->at != s->separator;
    if (s->at < s->end) {
        const bool is_pair = *is_last && s->at[0] == '\r' && s->at[1] == '\n';
        s->at += is_pair ? 2 : 1;
    }
    char *const text = without_guard(trim(begin, end));
    return text[0] == '\0' ? NULL : text;
}

/* ---------------------------------------------------------------- headings */

/* Small letters, "_" between words, nothing behind a bracket. */
static void normalise(char out[HEADING_BYTES], const char *heading)
{
    size_t n = 0;
    for (; *heading != '\0' && *heading != '(' && n + 1 < HEADING_BYTES;
         heading++) {
        char c = *heading;
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        } else if (c == ' ' || c == '-' || c == '.') {
            c = '_';
        } else if (n > 0 && out[n - 1] == '\xC3' && (unsigned char)c <= 0x9EU) {
            c = (char)(c + 0x20); /* the letters of Latin-1 */
        }
        out[n++] = c;
    }
    while (n > 0 && out[n - 1] == '_') {
        n--;
    }
    out[n] = '\0';
}

static int32_t find_field(const rn_sheet *sheet, const char *name)
{
    for (int32_t field = 0; field < sheet->n_fields; field++) {
        const char *const *const names = sheet->columns[field].names;
        for (int i = 0; i < RN_SHEET_NAMES && names[i] != NULL; i++) {
            if (strcmp(names[i], name) == 0) {
                return field;
            }
        }
    }
    return RUNDE_NONE;
}

static const char *suggest(const rn_sheet *sheet, const char *name)
{
    const char *all[RN_SHEET_FIELDS * RN_SHEET_NAMES];
    int32_t n = 0;
    for (int32_t field = 0; field < sheet->n_fields; field++) {
        const char *const *const names = sheet->columns[field].names;
        for (int i = 0; i < RN_SHEET_NAMES && names[i] != NULL; i++) {
            all[n++] = names[i];
        }
    }
    return rn_key_suggest(name, all, n);
}

/* What a column means; RUNDE_NONE for those that are kept aside. */
static int32_t read_heading(scanner *s, const char *heading)
{
    char name[HEADING_BYTES];
    char message[MESSAGE_BYTES];
    rn_sheet *const sheet = s->sheet;
    if (heading == NULL) {
        return RUNDE_NONE;
    }
    normalise(name, heading);
    if (strncmp(name, "x_", 2) == 0) {
        return RUNDE_NONE;
    }
    const int32_t field = find_field(sheet, name);
    if (field == RUNDE_NONE) {
        const char *const like = suggest(sheet, name);
        (void)snprintf(message, sizeof message,
                       like != NULL
                           ? "this column is not known in %s; did you mean "
                             "\"%s\"?"
                           : "this column is not known in %s; those that are "
                             "not for the plan begin with \"x-\"",
                       sheet->name, like);
        fault_in(s, "RUNDE-E812", message);
    } else if (sheet->column_of[field] != RUNDE_NONE) {
        fault_in(s, "RUNDE-E812", "another column means the same");
    } else {
        sheet->column_of[field] = s->column;
    }
    return field;
}

/* The meanings of all columns; how many there are. */
static int32_t read_headings(scanner *s, int32_t *fields)
{
    bool is_last = false;
    s->row = 1;
    for (s->column = 0; !is_last && !s->is_broken; s->column++) {
        if (s->column == RN_SHEET_MAX_COLUMNS) {
            lose(s, "RUNDE-E008", "more than 200 columns");
            return 0;
        }
        const char *const heading = take_cell(s, &is_last);
        if (!s->is_broken) {
            fields[s->column] = read_heading(s, heading);
        }
    }
    const int32_t n = s->column;
    s->column = 0;
    for (int32_t field = 0; field < s->sheet->n_fields && !s->is_broken;
         field++) {
        if (s->sheet->columns[field].is_required &&
            s->sheet->column_of[field] == RUNDE_NONE) {
            char message[MESSAGE_BYTES];
            (void)snprintf(message, sizeof message, "there is no column \"%s\"",
                           s->sheet->columns[field].names[0]);
            fault_in(s, "RUNDE-E812", message);
            s->sheet->is_lost = true;
        }
    }
    return n;
}

/* -------------------------------------------------------------------- rows */

/* Takes a row apart; false when there is nothing in it. */
static bool read_row(scanner *s, const int32_t *fields, int32_t n_columns,
                     char **cells)
{
    bool is_last = false;
    bool has_any = false;
    for (s->column = 0; !is_last && !s->is_broken; s->column++) {
        char *const text = take_cell(s, &is_last);
        if (text == NULL || s->is_broken) {
            continue;
        }
        has_any = true;
        if (s->column >= n_columns) {
            fault_in(s, "RUNDE-E811",
                     "a cell without a heading; is there a separator in a "
                     "cell without quotes?");
        } else if (fields[s->column] != RUNDE_NONE) {
            cells[fields[s->column]] = text;
        }
    }
    return has_any;
}

/* Rows at most: a line break within quotes makes them fewer. */
static int64_t count_lines(const char *text, size_t length)
{
    int64_t n = 1;
    for (size_t i = 0; i < length; i++) {
        n += text[i] == '\n' || text[i] == '\r';
    }
    return n;
}

static void read_rows(scanner *s, const int32_t *fields, int32_t n_columns)
{
    rn_sheet *const sheet = s->sheet;
    const int64_t most = count_lines(s->at, (size_t)(s->end - s->at));
    if (most > RN_SHEET_MAX_ROWS) {
        lose(s, "RUNDE-E008", "more than 1,000,000 lines");
        return;
    }
    sheet->rows = rn_reader_alloc(s->r, (int32_t)most, sizeof *sheet->rows);
    while (sheet->rows != NULL && s->at < s->end && !s->is_broken) {
        char **const cells =
            rn_reader_alloc(s->r, sheet->n_fields, sizeof *cells);
        if (cells == NULL) {
            return;
        }
        s->row++;
        if (read_row(s, fields, n_columns, cells) && !s->is_broken) {
            sheet->rows[sheet->n_rows].number = s->row;
            sheet->rows[sheet->n_rows++].cells = cells;
        }
    }
}

/* -------------------------------------------------------------------- text */

/* Skips what programs put in front: the mark of UTF-8, and "sep=;". */
static void skip_marks(scanner *s)
{
    if (s->end - s->at >= 3 && memcmp(s->at, "\xEF\xBB\xBF", 3) == 0) {
        s->at += 3;
    }
    if (s->end - s->at >= 5 && memcmp(s->at, "sep=", 4) == 0 &&
        strchr(",;\t", s->at[4]) != NULL) {
        s->separator = s->at[4];
        s->at += 5;
        s->at += *s->at == '\r';
        s->at += *s->at == '\n';
    }
}

/* What stands most often in the heading. */
static char find_separator(const char *text)
{
    static const char separators[] = {';', ',', '\t'};
    int32_t n[sizeof separators] = {0};
    size_t best = 0;
    for (; *text != '\0' && *text != '\n' && *text != '\r'; text++) {
        for (size_t i = 0; i < sizeof separators; i++) {
            n[i] += *text == separators[i];
        }
    }
    for (size_t i = 1; i < sizeof separators; i++) {
        best = n[i] > n[best] ? i : best;
    }
    return separators[best];
}

static bool is_utf16(const char *text, size_t length)
{
    return length >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 ||
                           memcmp(text, "\xFE\xFF", 2) == 0 ||
                           memchr(text, '\0', length < 64 ? length : 64));
}

void rn_sheet_read(rn_reader *r, rn_sheet *sheet, const char *text,
                   size_t length)
{
    int32_t fields[RN_SHEET_MAX_COLUMNS];
    scanner s = {.r = r, .sheet = sheet, .row = 1};
    for (int32_t i = 0; i < RN_SHEET_FIELDS; i++) {
        sheet->column_of[i] = RUNDE_NONE;
    }
    sheet->is_given = text != NULL;
    if (text == NULL || r->status != RUNDE_OK) {
        return;
    }
    if (length > RN_SHEET_MAX_BYTES) {
        lose(&s, "RUNDE-E007", "the table is larger than 64 MiB");
        return;
    }
    if (is_utf16(text, length)) {
        lose(&s, "RUNDE-E001",
             "this is UTF-16; save the table as \"CSV UTF-8\"");
        return;
    }
    s.at = rn_reader_alloc(r, (int32_t)length + 1, 1);
    if (s.at == NULL) {
        return;
    }
    memcpy(s.at, text, length);
    s.end = s.at + length;
    skip_marks(&s);
    s.separator = s.separator != '\0' ? s.separator : find_separator(s.at);
    if (s.at == s.end) {
        lose(&s, "RUNDE-E811", "the table is empty: no heading");
        return;
    }
    const int32_t n = read_headings(&s, fields);
    if (!s.is_broken) {
        read_rows(&s, fields, n);
    }
}

void rn_sheet_begin(rn_reader *r, rn_sheet *sheet)
{
    sheet->row = 0;
    if (rn_sheet_is_at_row(sheet)) {
        rn_path_key(&r->path, sheet->name);
        rn_path_index(&r->path, sheet->rows[0].number);
    }
}

bool rn_sheet_is_at_row(const rn_sheet *sheet)
{
    return sheet->row < sheet->n_rows;
}

void rn_sheet_next(rn_reader *r, rn_sheet *sheet)
{
    rn_path_pop(&r->path);
    sheet->row = r->status == RUNDE_OK ? sheet->row + 1 : sheet->n_rows;
    if (rn_sheet_is_at_row(sheet)) {
        rn_path_index(&r->path, sheet->rows[sheet->row].number);
    } else {
        rn_path_pop(&r->path);
    }
}

char *rn_cell(const rn_sheet *sheet, int32_t field)
{
    return sheet->rows[sheet->row].cells[field];
}
