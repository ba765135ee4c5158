/* SPDX-License-Identifier: MIT */
/* Answers that depend on nothing but the question. */
#ifndef RN_STILL_H
#define RN_STILL_H

#include <runde/runde.h>

/** What runde_solve answers, as text, by a clock that stands still: all
 *  iterations of the limit are made. NULL when no plan keeps all limits. */
char *still_answer(const runde_problem *problem, runde_options options);

#endif
