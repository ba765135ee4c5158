/* SPDX-License-Identifier: MIT */
/** @file route_table.h
 *  A plan as the carers read it: one route after the other. */
#ifndef RUNDE_ROUTE_TABLE_H
#define RUNDE_ROUTE_TABLE_H

#include <runde/runde.h>
#include <stdio.h>

/** Prints every route, then the visits that are left out and why. */
void route_table_print(FILE *stream, const runde_problem *problem,
                       const runde_plan *plan);

/** Why a shift cannot take a visit, in a few words. */
const char *route_table_reason(runde_reason_code code);

#endif
