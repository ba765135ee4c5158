/* SPDX-License-Identifier: MIT */
/** @file left_out_notes.h
 *  What would make a left-out visit fit, as sentences for the report. */
#ifndef RUNDE_LEFT_OUT_NOTES_H
#define RUNDE_LEFT_OUT_NOTES_H

#include "cli.h"

#include <runde/explain.h>
#include <runde/export.h>
#include <stdio.h>

typedef struct left_out_notes {
    runde_html_note *notes;
    int32_t n_notes;
} left_out_notes;

#define LEFT_OUT_NOTES_INIT                                                    \
    {                                                                          \
        NULL, 0                                                                \
    }

/** A sentence for every relaxation of the left-out visits, the most important
 *  visits first (runde_explain_visit). Those beyond a bounded effort get a
 *  sentence that says so. A plan that breaks rules of time gets none, which
 *  is said on standard error.
 *
 *  @return CLI_DONE, CLI_INTERNAL; said on standard error */
cli_code left_out_notes_make(left_out_notes *out, const runde_problem *problem,
                             const runde_plan *plan, runde_language language);

/** Prints the sentences of one visit below its id, in English. */
void left_out_notes_print(FILE *stream, const runde_problem *problem,
                          const runde_explanation *explanation);

/** Fine on LEFT_OUT_NOTES_INIT. */
void left_out_notes_free(left_out_notes *notes);

#endif
