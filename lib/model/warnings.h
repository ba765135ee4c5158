/* SPDX-License-Identifier: MIT */
/** @file warnings.h
 *  The warnings a problem was sealed with: they travel with its plans. */
#ifndef RN_WARNINGS_H
#define RN_WARNINGS_H

#include <runde/problem.h>

/** Most warnings that a problem keeps: as many as a diagnosis hands on. */
#define RN_WARNINGS_MAX 100

/** How many warnings a sealed problem keeps. O(1). */
int32_t rn_problem_n_warnings(const runde_problem *problem);
/** Warning `index`, 0-based and in range; tied to the problem. */
const runde_finding *rn_problem_warning(const runde_problem *problem,
                                        int32_t index);

/** Keeps `n` findings, at most RN_WARNINGS_MAX, instead of those there are.
 *  They are copied.
 *
 *  @return RUNDE_E_NOMEM with nothing changed */
RUNDE_CHECKED runde_status rn_problem_set_warnings(
    runde_problem *problem, const runde_finding *warnings, int32_t n);

/** As rn_validate, and keeps the warnings it adds to `diag`, which is not
 *  NULL, instead of those there are.
 *
 *  @return RUNDE_E_NOMEM with some of the warnings kept */
RUNDE_CHECKED runde_status rn_problem_review(runde_problem *problem,
                                             runde_diag *diag);

#endif
