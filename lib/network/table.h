/* SPDX-License-Identifier: MIT */
/** @file table.h
 *  A table as comma separated text (RFC 4180), read row by row.
 *
 *  Nothing is copied: fields point into the text. Every fault becomes a
 *  finding at "/name/line/column" and the reading goes on. */
#ifndef RN_TABLE_H
#define RN_TABLE_H

#include "base/diag.h"

/** Columns of one table, wanted or not. */
#define RN_TABLE_FIELDS 64
/** Columns that a reader asks for. */
#define RN_TABLE_WANTED 12

/** One cell; quotes around it are taken off. */
typedef struct rn_field {
    const char *at;
    size_t length;
} rn_field;

typedef struct rn_table {
    const char *name; /**< first part of the pointers */
    const char *at;   /**< the rest of the text */
    const char *end;
    runde_diag *diag;
    const char *const *wanted;       /**< names of columns */
    int32_t column[RN_TABLE_WANTED]; /**< where each stands, or RUNDE_NONE */
    int32_t n_columns;
    int32_t line;   /**< of the row that was read last; the header is 1 */
    int32_t n_rows; /**< read so far, faulty ones included */
    int32_t faults; /**< findings so far */
    char separator; /**< ',', or ';' where the header has no ',' */
    rn_field field[RN_TABLE_FIELDS];
} rn_table;

/** Reads the header.
 *
 *  @param wanted  names of columns, NULL behind the last; borrowed
 *  @param n_required  so many of them, from the first, must be there
 *  @return false when no row can be understood; a finding says why */
bool rn_table_open(rn_table *table, const char *text, size_t length,
                   const char *const *wanted, int32_t n_required);

/** Steps to the next row that has the right number of fields; rows that have
 *  not are findings, empty lines are skipped. */
bool rn_table_next(rn_table *table);

/** Whether the row has something in a wanted column. */
bool rn_table_has(const rn_table *table, int32_t wanted);

/** The cell of a wanted column that is there. */
rn_field rn_table_field(const rn_table *table, int32_t wanted);

/** Reads a number of a wanted column that is there.
 *
 *  @param decimals  0 to 7: the value comes in steps of 10^-decimals
 *  @param low, high  bounds in whole units
 *  @return false with a finding when it is no number, is not whole where
 *          `decimals` is 0, or lies outside; `value` is then unchanged */
bool rn_table_number(rn_table *table, int32_t wanted, int32_t decimals,
                     int64_t low, int64_t high, int64_t *value);

/** Adds a finding about a wanted column of the row. */
void rn_table_fault(rn_table *table, int32_t wanted, const char *code,
                    const char *message);

#endif
