/* SPDX-License-Identifier: MIT */
/** @file validate.h
 *  Everything that is wrong with a problem, at once. docs/findings.md lists
 *  the codes. */
#ifndef RN_VALIDATE_H
#define RN_VALIDATE_H

#include <runde/problem.h>

/** Adds all findings to `diag`, which is not NULL, in the order of the
 *  input. Never reads past a reference that is wrong.
 *
 *  @return RUNDE_OK whatever was found, RUNDE_E_NOMEM
 *
 *  O(size of the problem), sorting included. */
RUNDE_CHECKED runde_status rn_validate(const runde_problem *problem,
                                       runde_diag *diag);

/** The same for one more visit of a sealed problem, number n_visits. Its
 *  lists must be there.
 *
 *  O(visits + shifts + the record). */
RUNDE_CHECKED runde_status rn_validate_visit(const runde_problem *problem,
                                             const runde_visit *visit,
                                             runde_diag *diag);

#endif
