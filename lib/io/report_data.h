/* SPDX-License-Identifier: MIT */
/** @file report_data.h
 *  What the report's page knows, as JSON that only its own script reads
 *  (lib/io/report/plan.js): no contract, and compact. */
#ifndef RN_IO_REPORT_DATA_H
#define RN_IO_REPORT_DATA_H

#include "io/text.h"

#include <runde/check.h>
#include <runde/export.h>

/** Positions are written in whole steps, so many to a degree: metres. */
#define RN_REPORT_STEPS 1e5

typedef struct rn_report_input {
    const runde_problem *problem;
    const runde_plan *plan;
    const runde_html_options *options;
    const runde_report *after;  /**< of the plan */
    const runde_report *before; /**< of the baseline, or NULL */
} rn_report_input;

/** Appends the document. Every index must be in range.
 *
 *  @return RUNDE_E_NOMEM, also when a failure only sticks in the text */
runde_status rn_report_data(rn_text *text, const rn_report_input *input);

/** Appends the member "roads": the lines that the plan's legs take. */
runde_status rn_report_roads(rn_text *text, const rn_report_input *input);

#endif
