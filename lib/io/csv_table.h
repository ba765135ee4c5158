/* SPDX-License-Identifier: MIT */
/** @file csv_table.h
 *  Tables for spreadsheets, cell by cell; no cell is taken for a formula. */
#ifndef RN_IO_CSV_TABLE_H
#define RN_IO_CSV_TABLE_H

#include "io/writer.h"

#include <runde/export.h>

/** A table being written. */
typedef struct rn_csv {
    rn_writer w;
    char separator;
    char decimal_mark;
    bool has_cell; /**< in the row at hand */
} rn_csv;

/** Begins a table with its row of headings. Allocates nothing when it is
 *  false, which is for a style that is none.
 *
 *  @param style  may be NULL for the defaults */
bool rn_csv_begin(rn_csv *t, const runde_problem *problem,
                  const runde_csv_style *style, const char *const *headings,
                  int32_t n);

/** A word of the library's own. */
void rn_csv_word(rn_csv *t, const char *text);
/** A text of the user's; NULL leaves the cell empty. */
void rn_csv_id(rn_csv *t, const char *id);
void rn_csv_int(rn_csv *t, int64_t value);
/** value / 10^digits, digits 1 to 7. */
void rn_csv_fixed(rn_csv *t, int64_t value, int digits);
/** Ticks as minutes, to the hundredth. */
void rn_csv_minutes(rn_csv *t, int64_t ticks);
/** What the clock shows, "2026-11-23 08:30:00"; without civil time ticks. */
void rn_csv_time(rn_csv *t, int32_t ticks);
/** "2026-11-23T07:30:00Z", which no change of the clock makes ambiguous; empty
 *  for RUNDE_TIME_NONE and without civil time. */
void rn_csv_utc(rn_csv *t, int32_t ticks);
void rn_csv_end_row(rn_csv *t);

#endif
