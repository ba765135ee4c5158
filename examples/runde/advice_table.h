/* SPDX-License-Identifier: MIT */
/** @file advice_table.h
 *  Answers to a planner's questions, as sentences. */
#ifndef RUNDE_ADVICE_TABLE_H
#define RUNDE_ADVICE_TABLE_H

#include <runde/runde.h>
#include <stdio.h>

/** Who could take a visit, then why the others cannot.
 *
 *  @param extra    the id of the visit that the problem does not have; NULL
 *  @param by_visit each offer is about another visit: its id comes first */
void advice_table_print(FILE *stream, const runde_problem *problem,
                        const runde_advice *advice, const char *extra,
                        bool by_visit);

/** Why a visit is where it is, or what would make it fit. */
void advice_table_explain(FILE *stream, const runde_problem *problem,
                          const runde_explanation *explanation);

#endif
