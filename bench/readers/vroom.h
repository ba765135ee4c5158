/* SPDX-License-Identifier: MIT */
/** @file vroom.h
 *  Problems in VROOM's input format (docs/API.md there, version 1.15) and
 *  plans in its output format. Text in, problem out: no file is touched.
 *
 *  What maps to what: a job is a visit of a client of its own, a vehicle a
 *  carer with one shift, skills are skills, deliveries and pickups together
 *  are loads, max_tasks is a load of one per visit, a break is a hard, unpaid
 *  one that may interrupt a drive. Seconds are ticks; times beyond 2^30 (Unix
 *  time) count from an origin at midnight UTC. Travel time is the only
 *  criterion, and no rule of working time holds. With matrices the places are
 *  their rows, without them travel comes from the coordinates.
 *
 *  VROOM lets a time window hold for the moment when setup begins, Runde for
 *  the moment when service does. The earliest start is moved by the setup,
 *  the latest is not: such a visit is in time by both readings. */
#ifndef BENCH_VROOM_H
#define BENCH_VROOM_H

#include <runde/runde.h>

/** Reads into a sealed problem. Findings go to `diag`: RUNDE-E801 for what
 *  cannot be read or has no counterpart (shipments), RUNDE-W801 for members
 *  that are left aside (costs, steps, max_travel_time).
 *
 *  @return RUNDE_E_FORMAT, RUNDE_E_INVALID, RUNDE_E_LIMIT, RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status vroom_import(runde_problem **out, const char *text,
                                        size_t length, runde_diag *diag);

/** Prints a plan as VROOM would; breaks are numbered in the order of the
 *  vehicle's list.
 *  @param text  ends with NUL, to be freed */
RUNDE_CHECKED runde_status vroom_export(char **text,
                                        const runde_problem *problem,
                                        const runde_plan *plan);

#endif
