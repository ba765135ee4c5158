/* SPDX-License-Identifier: MIT */
/** @file glpk.h
 *  Exact methods by GLPK, for the solver to use. A library of its own,
 *  librunde-glpk with the pkg-config name runde-glpk: GLPK is under the GNU
 *  General Public License, version 3 or later, and so is every program that
 *  links it. */
#ifndef RUNDE_GLPK_H
#define RUNDE_GLPK_H

#include <runde/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

/** For runde_options.exact. Valid for ever, and for any number of threads.
 *  GLPK runs in a thread of its own for as long as a question takes, so that
 *  what the program itself does with GLPK is left alone; it prints nothing,
 *  and where it gives up the plan stays as it was. */
RUNDE_API const runde_exact *runde_glpk(void);

/** Of GLPK, such as "5.0". Valid for ever. */
RUNDE_API const char *runde_glpk_version(void);

#ifdef __cplusplus
}
#endif
#endif
