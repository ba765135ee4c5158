/* SPDX-License-Identifier: MIT */
/* Where the parts of a crew fit each on its own, so that asking every shift
 * about the crew looks for the rest of it there, and for no better place than
 * somebody could want to hear of. */
#ifndef RN_PLAN_SURVEY_H
#define RN_PLAN_SURVEY_H

#include "base/arena.h"
#include "plan/live.h"

/** Offers of which the dearest tells what others must cost less than. */
#define RN_MOST_TOP 16

struct rn_survey {
    rn_arena arena;
    int32_t unit;
    rn_slot *alone;  /**< task of the unit x shift; `prev` is RUNDE_NONE where
                          it does not fit */
    int32_t *order;  /**< task of the unit x shift: where it fits, by cost */
    int32_t *n;      /**< by task: how many shifts */
    int32_t *shifts; /**< all, in the order in which to ask them */
    bool *is_in;     /**< by shift, scratch */
    bool only_adds;  /**< what tasks cost adds up */
    int32_t top;     /**< so many offers will be read; 0: all */
    int32_t n_best;
    rn_cost best[RN_MOST_TOP]; /**< of the plan with each, cheapest first */
    rn_cost most;              /**< a plan that costs this is of no use */
    bool asks_whether;         /**< but whether there is one is */
};

/** Looks where the tasks of the unit would fit, each without the others. Until
 *  rn_survey_end the plan must stay what it is, and rn_live_run knows. Does
 *  nothing for a unit of one task, or where limits are counted.
 *
 *  @return RUNDE_E_NOMEM
 *
 *  O(tasks x positions). */
RUNDE_CHECKED runde_status rn_survey_begin(rn_live *live, int32_t unit,
                                           int32_t top);
void rn_survey_end(rn_live *live);

/** The `i`-th shift to be asked, those of which much can be expected first. */
int32_t rn_survey_shift(const rn_live *live, int32_t i);

/** Before a script: the cheapest plan found for the shift, RN_COST_INF
 *  while there is none. */
void rn_survey_aim(rn_live *live, rn_cost cheapest);

/** Before a script is run again, whatever it costs. */
void rn_survey_forget(rn_live *live);

/** After a shift was asked: the cheapest plan it has a place in. */
void rn_survey_note(rn_live *live, rn_cost cheapest);

/** The cheapest slot of task number `i` of the unit, others of which are
 *  served by now. */
rn_slot rn_survey_best(rn_live *live, int32_t i);

#endif
