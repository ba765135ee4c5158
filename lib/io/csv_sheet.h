/* SPDX-License-Identifier: MIT */
/** @file csv_sheet.h
 *  A table of a spreadsheet: its cells by the meaning of their column, and
 *  values out of them, with a finding at the cell for whatever is not right.
 *
 *  Pointers are file, row and column as the spreadsheet shows them,
 *  "/visits.csv/5/C". Codes besides those of io/reader.h: RUNDE-E001 not
 *  UTF-8; E005 forbidden character; E007, E008 too large; E811 shape of the
 *  table; E812 heading; E814 an empty cell that must not be empty. */
#ifndef RN_IO_CSV_SHEET_H
#define RN_IO_CSV_SHEET_H

#include "io/reader.h"

/** Most bytes, rows and columns of a table. */
#define RN_SHEET_MAX_BYTES ((size_t)64 << 20)
#define RN_SHEET_MAX_ROWS 1000000
#define RN_SHEET_MAX_COLUMNS 200
/** Most meanings of columns, and most names of each. */
#define RN_SHEET_FIELDS 24
#define RN_SHEET_NAMES 6

/** A column that a table may have: its names, the first one ours, in small
 *  letters with "_" between words. */
typedef struct rn_column {
    const char *names[RN_SHEET_NAMES];
    bool is_required;
} rn_column;

typedef struct rn_sheet {
    const char *name; /**< "visits.csv" */
    const rn_column *columns;
    int32_t n_fields;
    bool is_given;
    bool is_lost; /**< cannot be read: what refers to it may be right */
    int32_t column_of[RN_SHEET_FIELDS]; /**< by field, from 0; or RUNDE_NONE */
    int32_t n_rows;
    struct rn_sheet_row {
        int32_t number; /**< in the file, the heading being 1 */
        char **cells;   /**< by field; NULL when empty */
    } * rows;
    int32_t row; /**< the one at hand */
} rn_sheet;

/** Reads a table; `text` NULL means it is not given. Strings live in the
 *  reader's arena. */
void rn_sheet_read(rn_reader *r, rn_sheet *sheet, const char *text,
                   size_t length);

/** Walks along the rows; the path follows. Never leave the loop early:
 *
 *      for (rn_sheet_begin(r, s); rn_sheet_is_at_row(s); rn_sheet_next(r, s))
 */
void rn_sheet_begin(rn_reader *r, rn_sheet *sheet);
bool rn_sheet_is_at_row(const rn_sheet *sheet);
void rn_sheet_next(rn_reader *r, rn_sheet *sheet);

/** Where a row's cell is, "/visits.csv/5/C", or the row, for a field that has
 *  no column; RUNDE_NONE for the row itself. */
rn_where rn_sheet_where(const rn_sheet *sheet, int32_t row, int32_t field);

/** A finding at a cell of the row at hand; at the row for a field that has no
 *  column. */
void rn_cell_fault(rn_reader *r, const rn_sheet *sheet, int32_t field,
                   const char *code, const char *format, ...) RN_PRINTF(5, 6);

/** The cell of the row at hand; NULL when it is empty. */
char *rn_cell(const rn_sheet *sheet, int32_t field);
/** The same, with a finding when it is empty. */
char *rn_cell_required(rn_reader *r, const rn_sheet *sheet, int32_t field);

/* Values; an empty cell changes nothing. True when there is a value. */

/** Minutes as "20", "22,5" or "1:30", in ticks of a second. */
bool rn_cell_minutes(rn_reader *r, const rn_sheet *sheet, int32_t field,
                     bool may_be_negative, int32_t *seconds);
bool rn_cell_whole(rn_reader *r, const rn_sheet *sheet, int32_t field,
                   int32_t min, int32_t max, int32_t *value);
/** Yes or no, in two languages. */
bool rn_cell_flag(rn_reader *r, const rn_sheet *sheet, int32_t field,
                  bool *value);
/** Degrees between -limit and limit. */
bool rn_cell_degrees(rn_reader *r, const rn_sheet *sheet, int32_t field,
                     double limit, double *value);
/** A date, "2026-11-23" or "23.11.2026", in days since 1970. */
bool rn_cell_date(rn_reader *r, const rn_sheet *sheet, int32_t field,
                  int64_t *days);
/** The same from a text, without a finding. */
rn_civil_status rn_sheet_date(const char *text, int64_t *days);
/** A clock time, "08:30", "8.30", "08:30:00", "07:00+1". */
bool rn_cell_clock(rn_reader *r, const rn_sheet *sheet, int32_t field,
                   rn_clock *clock);
/** One of a few words, upper and lower case alike: its index. */
bool rn_cell_word(rn_reader *r, const rn_sheet *sheet, int32_t field,
                  const char *const *words, int32_t n, int32_t *index);

/** Takes the next item out of a list, "a|b|c": cut off and trimmed; NULL at
 *  the end. Begin with `*rest` at the cell. */
char *rn_list_take(char **rest);
/** How many items a list has at most. */
int32_t rn_list_count(const char *text);

#endif
