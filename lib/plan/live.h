/* SPDX-License-Identifier: MIT */
/* A plan that can be asked what if: the search's own solution, kept ready,
 * with a seat for a visit that is not in the problem. */
#ifndef RN_PLAN_LIVE_H
#define RN_PLAN_LIVE_H

#include <runde/recommend.h>

#include "base/arena.h"
#include "eval/insert.h"

/** Other visits that may move at the most. */
#define RN_MOST_MOVED 3
/** Steps of a script: each move is a removal and an insertion. */
#define RN_MOST_STEPS (2 * RN_MOST_MOVED + 2)
/** Parts that a script moves: units of one task, and the one asked for. */
#define RN_MOST_MOVES (RN_MOST_MOVED + 64)

typedef struct rn_survey rn_survey;

typedef struct rn_live {
    const runde_problem *problem;
    rn_instance *inst;
    rn_solution *sol;
    rn_finder *finder;
    rn_rng rng;
    rn_price price; /**< of the plan as it is */
    runde_visit guest;
    rn_cost guest_base; /**< what the guest's client counts from now on */
    int32_t *shifts;    /**< scratch, by shift */
    rn_survey *survey;  /**< where a crew fits, or NULL */
} rn_live;

/** What to do with a unit. */
typedef struct rn_step {
    int32_t unit;
    int32_t shift; /**< RN_OUT, RN_ANYWHERE, or the shift of task `lead` */
    int32_t lead;  /**< number in the unit */
} rn_step;

enum { RN_OUT = -2, RN_ANYWHERE = -3 };

typedef struct rn_script {
    int32_t asked; /**< the unit that all of it is for */
    int32_t n;
    rn_step step[RN_MOST_STEPS];
} rn_script;

/** Takes a plan over, times and all.
 *
 *  @return RUNDE_E_INVALID when it has no schedule, serves a part of a crew
 *          or is over a limit; RUNDE_E_NOMEM */
runde_status rn_live_new(rn_live **out, const runde_problem *problem,
                         const runde_plan *plan);
void rn_live_free(rn_live *live);

/** Seats an extra visit, and lets it go. The record is copied, its lists are
 *  not. Errors: of rn_instance_seat. */
runde_status rn_live_seat(rn_live *live, const runde_visit *visit);
void rn_live_unseat(rn_live *live);

/** Carries a script out. On true the solution is settled and the plan's
 *  limits hold; in any case rn_live_undo brings it back. */
bool rn_live_run(rn_live *live, const rn_script *script);
void rn_live_undo(rn_live *live);

/** Carries a script out that does hold, writes its moves, routes and change
 *  down, lists into the arena, and brings the plan back. RUNDE_E_NOMEM. */
runde_status rn_live_report(rn_live *live, const rn_script *script,
                            rn_arena *arena, runde_offer *offer);

#endif
