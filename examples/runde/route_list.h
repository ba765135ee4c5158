/* SPDX-License-Identifier: MIT */
/** @file route_list.h
 *  What a carer takes along on paper. */
#ifndef RUNDE_ROUTE_LIST_H
#define RUNDE_ROUTE_LIST_H

#include <runde/export.h>
#include <runde/plan.h>
#include <stdio.h>

/** Prints a list for each round, 80 columns wide, with a form feed between
 *  two of them, so that a printer begins a page.
 *
 *  @param carer  only the rounds of this one; RUNDE_NONE: all */
void route_list_print(FILE *stream, const runde_problem *problem,
                      const runde_plan *plan, int32_t carer,
                      runde_language language);

#endif
