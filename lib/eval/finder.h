/* SPDX-License-Identifier: MIT */
/* Where a task fits best, in tiers of rising cost: who may (bits), the way
 * (three look-ups), the delay against the slack (one comparison), and only
 * then the exact push through routes and links. */
#ifndef RN_EVAL_FINDER_H
#define RN_EVAL_FINDER_H

#include <runde/plan.h>

#include "base/rng.h"
#include "eval/bases.h"
#include "eval/trial.h"

/** Candidate slots kept per member of a pair. */
#define RN_TOP 24

typedef struct rn_entry {
    rn_slot slot; /**< cost: bound that leaves the other member out */
    rn_detour way;
    rn_cost own;   /**< way and fixed cost, starts not included */
    int32_t ready; /**< it may not start earlier here */
} rn_entry;

/** Shifts that can be ruled out for a task because they did not hold. */
#define RN_MOST_BANNED 3

/** A linked task that must start so long after this one. */
typedef struct rn_move {
    int32_t other;
    int32_t gap;
} rn_move;

/** Scratch of one searching thread, and how it looks for slots. */
typedef struct rn_finder {
    rn_solution *sol;
    rn_rng *rng;
    int32_t blink;       /**< gaps until the next one is overlooked */
    int32_t blink_mean;  /**< mean number of gaps seen between; 0: all */
    int32_t near;        /**< look only beside so many neighbours; 0: all */
    bool looks_known;    /**< and wherever the client knows the carer */
    bool empties;        /**< look at unused shifts as well */
    const int32_t *only; /**< look into these shifts only; NULL: into all */
    int32_t n_only;
    bool and_unused;        /**< with `only`: into unused shifts as well */
    int64_t mean_work;      /**< expected workload per carer, if priced */
    const int32_t *part_of; /**< shift: its part, to look into one part
                                 only; NULL: into all */
    int32_t part;
    int32_t banned[RN_MOST_BANNED]; /**< shifts not to look at */
    int32_t n_banned;
    bool ignores_limits; /**< of hard criteria; for those who ask why */
    bool is_strict;      /**< no limit may be exceeded by more than it is */
    /* The task looked at. */
    int32_t task;
    int32_t member;  /**< of a pair, or -1 */
    int32_t bound;   /**< links allow no earlier start */
    int32_t soonest; /**< nor does its window */
    int32_t due;     /**< every tick it starts later costs the same more */
    int32_t n_moves;
    int32_t n_open;     /**< visits of the client with no order yet */
    bool reads_tails;   /**< a tail's cost is part of what a delay costs */
    bool trusts_labels; /**< nobody is published, so that few gain by being
                             delayed: slack and rate say what it costs */
    bool adds_up;       /**< what the routes' tails cost is all there is */
    bool is_held;       /**< a task that is served may push this one on */
    bool is_plain;      /**< only driving and what it costs per tick counts */
    int32_t row_mode;   /**< of the two rows; -1: not looked up yet */
    bool both_ways;     /**< without rows: the way back takes as long */
    const int32_t *to_task;   /**< drives by place; NULL: none to read */
    const int32_t *from_task; /**< drives by place */
    rn_move *moves;
    rn_cost limit;
    rn_slot found;
    /* Known per shift in this epoch. */
    uint32_t epoch;
    uint32_t *shift_stamp;
    rn_cost *shift_fixed;
    uint32_t *twin_stamp;
    uint32_t *gap_stamp; /**< node: the gap behind it was looked at */
    int32_t *known;      /**< shifts whose carer the client knows */
    uint32_t *known_stamp;
    rn_bases bases; /**< of the shifts, to tell which unused ones are far */
    rn_entry top[2][RN_TOP]; /**< in any order: rn_top */
    rn_cost top_cost[2][RN_TOP];
    uint8_t top_place[2][RN_TOP]; /**< by cost, into top */
    int32_t n_top[2];
    rn_arena arena;
} rn_finder;

runde_status rn_finder_new(rn_finder **out, rn_solution *sol, rn_rng *rng);
void rn_finder_free(rn_finder *finder);

/** Do others work on the shift at the same time? O(1). */
static inline bool rn_is_elsewhere(const rn_finder *finder, int32_t shift)
{
    return finder->part_of != NULL && finder->part_of[shift] != finder->part;
}

/** Cheapest slot of a left-out task that costs less than `limit`; its prev
 *  is RUNDE_NONE when there is none. O(positions looked at). */
rn_slot rn_best_slot(rn_finder *finder, int32_t task, rn_cost limit);

/** The same within one shift, nothing overlooked. */
rn_slot rn_best_in_shift(rn_finder *finder, int32_t task, int32_t shift);

/** What the task costs in the gap behind each of these nodes, of those shifts;
 *  RN_COST_INF / 2 where it does not fit. Nothing is overlooked. O(n). */
void rn_costs_behind(rn_finder *finder, int32_t task, const int32_t *prev,
                     const int32_t *shift, int32_t n, rn_cost *cost);

/** The i-th cheapest slot by bound that rn_top_slots found. */
static inline const rn_entry *rn_top(const rn_finder *finder, int32_t member,
                                     int32_t i)
{
    return &finder->top[member][finder->top_place[member][i]];
}

/** Finds the finder->n_top[member] cheapest slots by bound, for rn_top. */
void rn_top_slots(rn_finder *finder, int32_t member, int32_t task,
                  rn_cost limit);

/** What a start does to the others. */
typedef struct rn_effect {
    bool exact;      /**< the bound is the cost: no push is needed */
    rn_cost tail;    /**< its part for the rest of the route */
    rn_cost filling; /**< its part for waiting and idle */
} rn_effect;

/** What starting `task` at `start` in this slot costs besides entry->own and
 *  the start itself: a lower bound; RN_COST_INF when impossible. */
rn_cost rn_entry_cost(rn_finder *finder, int32_t task, const rn_entry *entry,
                      int32_t start, rn_effect *effect);

/** Do windows and shift meet at all? O(1). */
bool rn_time_allows(const rn_instance *inst, int32_t task, int32_t shift);

/** By how much the task would exceed the load caps of the shift and its
 *  carer, the worst of them; 0 when it fits. O(loads x shifts of the
 *  carer). */
int64_t rn_load_over(const rn_solution *sol, int32_t task, int32_t shift);

/** The rule by which the shift as it stands refuses the task at any
 *  position, RUNDE_REASONS when none. Who may is not looked at. */
runde_reason_code rn_shift_refuses(const rn_solution *sol, int32_t task,
                                   int32_t shift);

#endif
