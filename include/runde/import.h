/* SPDX-License-Identifier: MIT */
/** @file import.h
 *  Problems from the files of other programs.
 *
 *  As with runde_problem_from_json every finding goes to the diagnosis at
 *  once, and there is a sealed problem or none. */
#ifndef RUNDE_IMPORT_H
#define RUNDE_IMPORT_H

#include <runde/json.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Reads VROOM's input format; docs/file-format.md section 4 says what becomes
 *  of each of its parts. What has no counterpart is an error (RUNDE-E801) or,
 *  where the plan stays a plan without it, left aside with a warning
 *  (RUNDE-W801).
 *
 *  @param text  need not end with NUL; goes through the same gate
 *  @return as runde_problem_from_json */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_from_vroom(
    runde_problem **out, const char *text, size_t length, runde_diag *diag);

/** The bytes of a file; no `text` means there is no such file. */
typedef struct runde_csv_text {
    const char *text; /**< need not end with NUL */
    size_t length;
} runde_csv_text;

/** Tables as people keep them in a spreadsheet; docs/csv-import.md names their
 *  columns. Comma, semicolon or tab between the cells. */
typedef struct runde_csv_tables {
    size_t size;
    runde_csv_text visits;
    runde_csv_text carers;
    runde_csv_text shifts;
    runde_csv_text clients; /**< may be absent: then places stand in visits */
    runde_csv_text links;   /**< may be absent */
    const char *date;       /**< "2026-11-23", for rows without one; or NULL */
    const char *time_zone;  /**< NULL means "Europe/Oslo" */
} runde_csv_tables;

#define RUNDE_CSV_TABLES_INIT                                                  \
    {                                                                          \
        sizeof(runde_csv_tables), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0},  \
            {NULL, 0}, NULL, NULL                                              \
    }

/** Reads tables into a sealed problem. Findings point at file, row and column
 *  as the spreadsheet shows them, "/visits.csv/5/C"; the heading is row 1.
 *
 *  @return RUNDE_E_FORMAT when a table has errors, RUNDE_E_INVALID when only
 *          the model has, RUNDE_E_ARGUMENT also for a date or zone that is
 *          none, RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_from_csv(
    runde_problem **out, const runde_csv_tables *tables, runde_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
