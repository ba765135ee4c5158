/* SPDX-License-Identifier: MIT */
/** @file baseline.h
 *  A plan as people make it today, to compare plans from the library with.
 *
 *  A fixed procedure, no improvement afterwards: areas, lists with a
 *  neighbourhood each, clock visits and visits for two first, the rest in the
 *  order of the clock, leftovers squeezed in. docs/samples.md tells the steps
 *  and how the result compares with what municipalities have measured. */
#ifndef BENCH_BASELINE_H
#define BENCH_BASELINE_H

#include <runde/plan.h>

/** Deals the visits of a sealed problem. The finished plan states its cost
 *  and key figures, and the checker finds no violation in it.
 *
 *  Areas are read from ids: a client and a carer belong together when their
 *  ids agree up to the first '-'.
 *
 *  @return RUNDE_E_LIMIT for shifts with more than one break that is not
 *          optional; RUNDE_E_INTERNAL when the checker refuses the plan;
 *          RUNDE_E_NOMEM, RUNDE_E_STATE
 *
 *  About O(visits x (visits + lists) of an area): seconds for Oslo. */
RUNDE_CHECKED runde_status baseline_plan(runde_plan **out,
                                         const runde_problem *problem);

#endif
