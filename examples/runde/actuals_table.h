/* SPDX-License-Identifier: MIT */
/** @file actuals_table.h
 *  What happened beside what was planned, to read. */
#ifndef RUNDE_ACTUALS_TABLE_H
#define RUNDE_ACTUALS_TABLE_H

#include <runde/actuals.h>
#include <stdio.h>

/** The figures of all, then a row for each carer and each client. */
void actuals_table_print(FILE *stream, const runde_problem *problem,
                         const runde_actuals *actuals);

#endif
