/* SPDX-License-Identifier: MIT */
/* What the plan costs: the one place where amounts become cost. */
#ifndef RN_EVAL_PRICE_H
#define RN_EVAL_PRICE_H

#include "eval/schedule.h"

/** The price as docs/model.md section 4 compares it, behind what the plan
 *  has too much of hard criteria: 0 in every plan that is given out. */
typedef struct rn_price {
    rn_cost excess; /**< over the limits, weighted */
    int64_t left_out;
    rn_cost wishes;
} rn_price;

/** Brings the routes that changed up to date. O(changed routes), plus a scan
 *  where a maximum or spread is priced. */
void rn_settle(rn_solution *sol);

/** Takes everything back to the beginning of the journal, and settles. What
 *  was taken out and has no schedule yet is forgotten: not for the inner one
 *  while the outer one has such removals. O(what is undone). */
void rn_undo_and_settle(rn_solution *sol, rn_journal *journal);

/** The scalarised cost of everything, after rn_settle (docs/model.md 4.3). */
rn_cost rn_total(const rn_solution *sol);

/** The three, after rn_settle. */
rn_price rn_price_of(const rn_solution *sol);

/** -1, 0 or 1 as `a` is better than, equal to or worse than `b`. */
int rn_price_compare(rn_price a, rn_price b);

/** What a route costs by its end, filling and breaks, given the start of its
 *  first stop and its end: overtime, waiting, idle, breaks, use. */
rn_cost rn_tail_cost(const rn_solution *sol, int32_t shift, int32_t first,
                     int32_t first_start, int32_t end);

/** Waiting of a used route in ticks, docs/model.md 4.1. */
int64_t rn_waiting(const rn_solution *sol, int32_t shift);

/** Idle ticks of a shift that ends at `end`, docs/model.md 4.1. */
int32_t rn_idle(const rn_solution *sol, int32_t shift, int32_t end);

/** What a change of a used route's end, filling and waiting changes in
 *  waiting, idle and the largest idle; overtime is not in it. O(1).
 *
 *  @param later    ticks by which the end moves
 *  @param fill     ticks of work that come in
 *  @param waiting  change of the waiting */
rn_cost rn_filling_change(const rn_solution *sol, int32_t shift, int32_t later,
                          int32_t fill, int64_t waiting);

/** Use of a load by a carer over all shifts. */
int64_t rn_carer_load(const rn_solution *sol, int32_t carer, int32_t load);

/** work(c) of docs/model.md 4.1. O(shifts of the carer). */
int64_t rn_work_of(const rn_solution *sol, int32_t carer);

/* Amounts of docs/model.md 4.1 that look at all carers. O(shifts). */
int64_t rn_load_spread(const rn_solution *sol);
int64_t rn_work_spread(const rn_solution *sol);
int64_t rn_work_deviation(const rn_solution *sol);

/** Duty of a used route, docs/model.md 3, rule 18. */
int32_t rn_duty(const rn_solution *sol, int32_t shift);

/** Do the rules on hours and rest that no window holds allow the route as it
 *  stands? O(shifts of the carer). */
bool rn_hours_allow(const rn_solution *sol, int32_t shift);

/** The same for all routes that changed since the last rn_settle. */
bool rn_hours_hold(const rn_solution *sol);

#endif
