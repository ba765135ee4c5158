/* SPDX-License-Identifier: MIT */
/* The published day as events change it: shifts, stops and their times,
 * before a problem is made of it. */
#ifndef RN_REPLAN_DAY_H
#define RN_REPLAN_DAY_H

#include <runde/replan.h>

#include "base/arena.h"

/** A shift as it will be. */
typedef struct rn_day_shift {
    runde_shift record; /**< its lists are in the arena once they differ */
    int32_t route;      /**< of the published plan, or RUNDE_NONE */
    bool is_changed;
    bool is_gone;
    bool is_gone_by_edit; /**< the edit says so already */
    bool is_cut;          /**< by an event: shorter than published */
    runde_interval cut;   /**< how long it lasts then, but for what has begun */
    bool is_ended;        /**< by an event: with what has begun */
    int32_t *break_at;    /**< new number of each break, or RUNDE_NONE */
    int32_t n_break_at;
    int32_t *activity_at; /**< the same of activities */
    int32_t n_activity_at;
    int32_t delayed;       /**< stop behind which the carer is held up, or
                                RUNDE_NONE */
    int32_t delay;         /**< for so many ticks */
    runde_stop delay_stop; /**< the activity that the delay has become */
} rn_day_shift;

/** A published route; the stops' starts become what they will be. */
typedef struct rn_day_route {
    int32_t shift;
    int32_t n;
    runde_stop *stops;
    int32_t n_frozen; /**< the first stops start before freeze_before */
    int64_t free;     /**< when these are over, a delay behind them too */
    int32_t place;    /**< where the carer is then */
} rn_day_route;

typedef struct rn_day {
    const runde_problem *base;
    const runde_plan *published;
    const runde_replan_options *options;
    rn_arena *arena;
    int32_t freeze; /**< tick, or RUNDE_TIME_NONE */
    int32_t n_shifts;
    rn_day_shift *shifts;
    const runde_visit **visits; /**< NULL: cancelled */
    int32_t n_routes;
    rn_day_route *routes;
} rn_day;

/** Draws up the day, carries out the events and holds what is frozen.
 *
 *  @return RUNDE_E_NOMEM; RUNDE_E_ARGUMENT for an event out of range or a
 *          plan of another problem */
RUNDE_CHECKED runde_status rn_day_new(rn_day *day);

/** Puts what has happened to where it happened: times of frozen stops, breaks
 *  and activities that are over, or can no longer be. */
RUNDE_CHECKED runde_status rn_day_freeze(rn_day *day);

/** Makes sure that what is frozen can stay as it is: a rule that forbids it,
 *  in the state in which the events leave the day, gives way by as much as it
 *  must, and a warning says so. Breaks and activities that there is no time
 *  for any more are dropped.
 *
 *  @param problem  the changed problem; another one in its place then
 *  @param held     a plan of it that serves what is frozen and nothing else
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_day_hold(runde_problem **problem,
                                       runde_plan **held, rn_day *day,
                                       runde_diag *diag);

/** Warns of shifts that an event cuts off before visits that have begun are
 *  over: these stay all the same.
 *
 *  @param changed  the problem of the changed day, which findings point into
 */
void rn_day_warn(const rn_day *day, const runde_problem *changed,
                 runde_diag *diag);

#endif
