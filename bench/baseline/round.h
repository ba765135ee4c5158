/* SPDX-License-Identifier: MIT */
/** @file round.h
 *  One carer's list on paper: the stops in order, and the clock along them.
 *
 *  A schedule builder of its own, written from docs/model.md sections 2 and
 *  3; it shares nothing with the search it is there to be compared with. */
#ifndef BENCH_ROUND_H
#define BENCH_ROUND_H

#include <runde/plan.h>

/** A visit's part or an activity. */
typedef struct round_stop {
    bool is_visit;
    int32_t item; /**< visit, or number in the shift's activities */
    int32_t part;
    int32_t place;
    int32_t duration;
    int32_t setup;     /**< the visit's, whether due here or not */
    int32_t min_start; /**< the clock does not start it before this */
    int32_t max_start;
    int32_t travel; /**< from the stop before, or the start place */
    int32_t distance;
    int32_t start;  /**< as last timed */
    bool has_moved; /**< the desk's mark: timed anew, to be judged */
} round_stop;

typedef struct round {
    const runde_problem *problem;
    const runde_shift *shift;
    int32_t index; /**< of the shift */
    int32_t n;
    int32_t capacity;
    round_stop *stops;
    int32_t home_travel;
    int32_t home_distance;
    int32_t rest_gap;   /**< the break comes before this stop; or NONE */
    bool rest_is_first; /**< before the drive to that stop */
    int32_t rest_start;
    int32_t begin;
    int32_t end;
} round;

/** A round with the shift's activities only. RUNDE_E_LIMIT for a shift with
 *  more than one break that is not optional. */
RUNDE_CHECKED runde_status round_open(round *r, const runde_problem *problem,
                                      int32_t shift);
void round_close(round *r);

/** Puts a stop in at `at`, 0..n, and mends the legs; the clock is stale
 *  until round_time. False without memory or without a road. */
bool round_insert(round *r, int32_t at, const round_stop *stop);
/** Takes the stop at `at` out again. */
void round_remove(round *r, int32_t at);

/** Sets the clock: everything as early as its bounds allow, the break in
 *  the gap that brings the carer home first. False when it cannot be done;
 *  then the starts are stale. O(n^2). */
bool round_time(round *r);

/** Whether a stop before stop `at` is out of the question: even with the
 *  break elsewhere the carer is there too late, or at the next stop. */
bool round_is_late(const round *r, int32_t at, const round_stop *stop);

/** Ticks that the drive grows by a stop at `place` before stop `at`;
 *  INT32_MAX without a road. */
int32_t round_detour(const round *r, int32_t at, int32_t place);

/** The round as a route of a plan; `stops` has room for n + 1. */
void round_write(const round *r, runde_route *route, runde_stop *stops);

#endif
