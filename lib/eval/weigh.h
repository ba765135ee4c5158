/* SPDX-License-Identifier: MIT */
/* One gap, weighed for the task that a finder looks at. */
#ifndef RN_EVAL_WEIGH_H
#define RN_EVAL_WEIGH_H

#include "eval/finder.h"

/** A gap, and how the task would stand in it. */
typedef struct rn_place {
    int32_t shift;
    int32_t prev;
    int32_t next;
    int32_t split;
    int32_t release;
    rn_cost fixed;
    rn_detour way;
    rn_cost own;    /**< way and fixed */
    int32_t n_seen; /**< places looked at; the last three: */
    int32_t seen_place[3];
    int32_t seen_drive[3]; /**< from there to the task */
    int32_t ready;         /**< route and links allow no earlier start */
} rn_place;

/** Do limits of hard criteria count? */
static inline bool rn_counts_limits(const rn_finder *f)
{
    return f->sol->inst->n_bounds > 0 && !f->ignores_limits;
}

/** May a task that is served push this one on when it is late itself? */
bool rn_is_held(const rn_solution *sol, int32_t task);

/** What a slot must cost less than to be of interest. O(1). */
static inline rn_cost rn_slot_limit(const rn_finder *f)
{
    return f->member >= 0 && f->n_top[f->member] == RN_TOP
               ? f->top_cost[f->member][RN_TOP - 1]
               : f->limit;
}

/** Finds the rows of drives from and to the task, where driving is all that
 *  a way costs; else there are none. */
void rn_find_rows(rn_finder *f, int32_t mode);

/** Tier one, the way: false when it cannot beat `limit`. O(1). */
bool rn_measure(const rn_finder *f, rn_place *at, rn_cost limit);

/** When the way in is over and the links allow a start. O(breaks). */
int32_t rn_arrive(const rn_finder *f, const rn_place *at);

/** Takes the place if it is better than what was found so far; for a member
 *  of a pair, if it is among the best by a bound. Tiers two and three. */
void rn_weigh(rn_finder *f, const rn_place *at);

#endif
