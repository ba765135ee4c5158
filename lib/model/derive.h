/* SPDX-License-Identifier: MIT */
/* Problems that are derived from a derived problem. */
#ifndef RN_MODEL_DERIVE_H
#define RN_MODEL_DERIVE_H

#include <runde/session.h>

/** Has a problem that was derived from `base`, without anything more or less
 *  in it, answer runde_problem_derived_visit and _shift as `base` does.
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_problem_keep_numbers(runde_problem *problem,
                                                   const runde_problem *base);

#endif
