/* SPDX-License-Identifier: MIT */
/* Best times for routes as they are. The search starts everything as early as
 * it may or waits for a wish; where wishes pull both ways the best start lies
 * in between. With the window and the wish that a visit has now, the place of
 * every break and the order of a client's visits given, that is a linear
 * program, one for each group of routes that links hold together. */
#ifndef RN_EXACT_TIMING_H
#define RN_EXACT_TIMING_H

#include "eval/price.h"
#include "exact/exact.h"

typedef struct rn_timing rn_timing;

/** Memory for any plan of the instance. */
runde_status rn_timing_new(rn_timing **out, const rn_instance *inst);
void rn_timing_free(rn_timing *timing);

/** Can any plan of the instance gain? Not where nothing is ever better for
 *  starting later, and nothing waits. O(tasks). */
bool rn_timing_helps(const rn_instance *inst);

/** Moves starts of a settled plan where that makes it cheaper; nothing starts
 *  later than it must for that. The plan stays settled.
 *
 *  @return whether it is cheaper now */
bool rn_timing_run(rn_timing *timing, rn_solution *sol,
                   const runde_exact *exact, const rn_patience *patience);

/** The same, but only in routes where some visit is not by the carer or at
 *  the time that was published, and in those linked with them: what others have
 * stays where it is, but for what waited for something that is earlier now. */
bool rn_timing_run_changed(rn_timing *timing, rn_solution *sol,
                           const runde_exact *exact,
                           const rn_patience *patience);

/** The program for one group of routes, valid until the next call: its first
 *  variables are the starts of `nodes`.
 *
 *  @param shift  any used shift of the group
 *  @param node   out: by variable, RUNDE_NONE for other variables */
const rn_timetable *rn_timing_table(rn_timing *timing, const rn_solution *sol,
                                    int32_t shift, const int32_t **node);

#endif
