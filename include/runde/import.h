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

#ifdef __cplusplus
}
#endif
#endif
