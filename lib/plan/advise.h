/* SPDX-License-Identifier: MIT */
/* Offers: the best way to have a visit in each shift, or the rule that
 * forbids it. */
#ifndef RN_PLAN_ADVISE_H
#define RN_PLAN_ADVISE_H

#include "base/arena.h"
#include "plan/live.h"

struct runde_advice {
    rn_arena arena; /* moves */
    runde_offer *offers;
    int32_t n;
};

/** One shift's best way, not yet written down. */
typedef struct rn_choice {
    int32_t visit;
    int32_t shift;
    bool fits;
    runde_reason reason;
    rn_price price;
    rn_cost total; /**< what the plan costs as one number */
    rn_script script;
} rn_choice;

/** What is asked for. */
typedef struct rn_request {
    int32_t unit;
    int32_t visit;
    int32_t most_moved;
} rn_request;

/** The best way to have the unit in a shift, moving nothing or at most so
 *  many others; `choice->fits` is false when there is none, without a
 *  reason. A unit that is served is taken out first. */
void rn_choose(rn_live *live, const rn_request *request, int32_t shift,
               rn_choice *choice);

/** Fills in the reasons of choices that do not fit. */
void rn_choose_reasons(rn_live *live, const rn_request *request,
                       rn_choice *choices, int32_t n);

/** Sorts choices: those that fit first, by price, then by shift and visit. */
void rn_sort_choices(rn_choice *choices, int32_t n);

/** Writes sorted choices down, of those that fit `top` at the most (0: all).
 *  RUNDE_E_NOMEM. */
runde_status rn_advise(runde_advice **out, rn_live *live,
                       const rn_choice *choices, int32_t n, int32_t top);

/** Writes one offer down; the moves go to the arena. */
runde_status rn_write_offer(rn_live *live, const rn_choice *choice,
                            rn_arena *arena, runde_offer *offer);

/** The unit of a visit. */
static inline int32_t rn_unit_of(const rn_instance *inst, int32_t visit)
{
    return inst->task[inst->first_task[visit]].unit;
}

#endif
