/* SPDX-License-Identifier: MIT */
/* One route out of a plan without times: who does what in which order, and
 * breaks and activities where it ends the earliest. */
#ifndef RN_SEARCH_LAYOUT_H
#define RN_SEARCH_LAYOUT_H

#include <runde/plan.h>

#include "eval/insert.h"

/** Breaks of one shift; validation allows no more. */
#define RN_MOST_BREAKS 32

/** A way to have done the first stops of a route. */
typedef struct rn_label {
    int32_t free;     /**< earliest moment of being done; or RN_NEVER */
    int32_t from;     /**< label before */
    int32_t n_breaks; /**< taken in the gap in front */
    rn_cost way;      /**< of the legs so far: decides between equal times */
} rn_label;

typedef struct rn_layout {
    rn_solution *sol;
    const runde_plan *plan;
    bool has_times;
    bool is_early;  /**< tasks may start earlier than wished */
    bool *is_fixed; /**< by shift: some break has its gap */
    bool *has_free; /**< by shift: its activities are not listed */
    /* The route at hand. */
    int32_t shift;
    int32_t *stop; /**< nodes in the order of the plan */
    int32_t n_stops;
    int32_t first_free; /**< activities that the plan does not list */
    int32_t n_free;
    int32_t gap[RN_MOST_BREAKS]; /**< the stop it must lie in front of */
    rn_label *labels;
    size_t room;
} rn_layout;

runde_status rn_layout_start(rn_layout *w, rn_solution *sol,
                             const runde_plan *plan);
void rn_layout_end(rn_layout *w);

/** How to lay routes out. */
typedef struct rn_lay {
    bool early; /**< tasks may start earlier than wished, also where the route
                     has times as wished */
    bool bare;  /**< without the breaks that the plan does not list */
} rn_lay;

/** Links a route of the plan in: sums and gaps, no times. The tasks' starts
 *  by the plan go to sol->over_start. A route that lists breaks misses the
 *  optional ones that it does not list; one that lists none takes them if it
 *  can.
 *
 *  @return RUNDE_E_INVALID when a part stands in two places, activities or
 *          breaks are out of order, or the route fits its shift in no way;
 *          RUNDE_E_NOMEM */
runde_status rn_lay_route(rn_layout *w, const runde_route *route, rn_lay lay);

#endif
