/* SPDX-License-Identifier: MIT */
/** @file plan.h
 *  The answer: routes with their times, what is left out and why, what it
 *  costs and the figures people steer by.
 *
 *  A plan is immutable once it is finished. It can come from runde_solve, or
 *  be written down with the builder below (a plan file, a plan made by hand);
 *  runde_check says what such a plan breaks. Times are ticks. */
#ifndef RUNDE_PLAN_H
#define RUNDE_PLAN_H

#include <runde/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_plan runde_plan;

typedef enum runde_stop_kind {
    RUNDE_STOP_VISIT = 0,
    RUNDE_STOP_ACTIVITY,
    RUNDE_STOP_BREAK
} runde_stop_kind;

/** One stop. `arrival` is the departure from the stop before (or the route's
 *  begin) plus `travel`; then `waiting` and `setup`, then `start`. */
typedef struct runde_stop {
    runde_stop_kind kind;
    int32_t item;     /**< visit index; or number in the shift's list of
                           activities or breaks */
    int32_t part;     /**< of the crew, 0-based; 0 otherwise */
    int32_t place;    /**< where; RUNDE_NONE for a break on the road */
    int32_t travel;   /**< ticks driven since the stop before */
    int32_t distance; /**< metres driven since the stop before */
    int32_t arrival;
    int32_t waiting; /**< start - setup - arrival */
    int32_t setup;   /**< ticks, 0 when the stop before is the same place */
    int32_t start;
    int32_t departure; /**< end of service, start + duration */
    bool estimated;    /**< driven on a leg that is an estimate */
} runde_stop;

/** What one shift does. */
typedef struct runde_route {
    int32_t shift;
    int32_t begin;         /**< duty begins: departure, or a break before it */
    int32_t end;           /**< back at the end place */
    int32_t travel_home;   /**< ticks of the last leg */
    int32_t distance_home; /**< metres of the last leg */
    int32_t n_stops;
    const runde_stop *stops; /**< tied to the plan */
    bool estimated_home;     /**< the last leg is an estimate */
} runde_route;

/** Why a shift cannot take a left-out visit; the first rule that fails, in
 *  this order. For a crew it is the part that gets furthest. */
typedef enum runde_reason_code {
    RUNDE_REASON_NO_SHIFT = 0, /**< there is no shift at all */
    RUNDE_REASON_PINNED,       /**< pinned to another shift, or frozen */
    RUNDE_REASON_CARER,        /**< prohibited, not among the required, one
                                    too many for the client, or ruled out
                                    by a hard criterion */
    RUNDE_REASON_SKILL,        /**< lacks a skill, its level, or expired */
    RUNDE_REASON_UNREACHABLE,  /**< no road there and back */
    RUNDE_REASON_WINDOW,       /**< shift and time windows do not meet */
    RUNDE_REASON_ABSENCE,      /**< only while the client is away */
    RUNDE_REASON_LOAD,         /**< a load cap is reached */
    RUNDE_REASON_LINKED_CARER, /**< same or different carer of a link */
    RUNDE_REASON_REST,         /**< daily or weekly rest */
    RUNDE_REASON_HOURS,        /**< duty limit of the shift or the carer */
    RUNDE_REASON_LINK,         /**< room, but for linked or overlapping
                                    visits; or it fits, but not with those
                                    it must be served with */
    RUNDE_REASON_NO_TIME,      /**< no gap in the route is long enough */
    RUNDE_REASON_CREW,         /**< fits alone, but too few fit together */
    RUNDE_REASON_LIMIT,        /**< fits, but a hard criterion would be over
                                    its limit */
    RUNDE_REASON_PRICE,        /**< fits, but leaving it out is cheaper */
    RUNDE_REASON_SEARCH,       /**< fits: the search ended before it did */
    RUNDE_REASONS
} runde_reason_code;

/** "skill" for RUNDE_REASON_SKILL; NULL for no code. */
RUNDE_API const char *runde_reason_name(runde_reason_code code);

typedef struct runde_reason {
    int32_t shift; /**< RUNDE_NONE for RUNDE_REASON_NO_SHIFT */
    runde_reason_code code;
    int32_t amount; /**< what is missing: levels for SKILL (a skill that is
                         not held counts as level -1), load over the cap for
                         LOAD, ticks by which shift and nearest window miss
                         each other for WINDOW, what a hard criterion would
                         have too much, in its unit, for LIMIT; 0 for all
                         others, and when unknown */
} runde_reason;

/** A visit that the plan leaves out. */
typedef struct runde_unserved {
    int32_t visit;
    int32_t n_reasons;
    const runde_reason *reasons; /**< by shift: every shift. Where that
                                      would be more than 1,000,000 in the
                                      plan, the shifts that serve visits
                                      nearby, or else up to 8 that might
                                      take it; always at least one */
} runde_unserved;

/** The price: `left_out` first, then `wishes`, the sum of `cost`. */
typedef struct runde_cost {
    size_t size;
    int64_t left_out; /**< sum of priorities of mandatory visits left out */
    int64_t wishes;   /**< weighted sum over the criteria */
    int64_t amount[RUNDE_CRITERIA]; /**< in the criterion's unit */
    int64_t cost[RUNDE_CRITERIA];   /**< weighted, profiles included */
} runde_cost;

#define RUNDE_COST_INIT                                                        \
    {                                                                          \
        sizeof(runde_cost), 0, 0, {0},                                         \
        {                                                                      \
            0                                                                  \
        }                                                                      \
    }

/** Key figures; docs/model.md section 6 defines each. Ticks and counts;
 *  shares are in thousandths. */
typedef struct runde_kpis {
    size_t size;
    int32_t visits;   /**< in the problem */
    int32_t served;   /**< visits served */
    int32_t left_out; /**< mandatory visits left out */
    int32_t left_out_optional;
    int32_t left_out_by_priority[101]; /**< mandatory, index = priority */
    int32_t shifts_used;
    int64_t duty;              /**< ticks, end minus begin, all used shifts */
    int64_t travel;            /**< ticks */
    int64_t distance;          /**< metres */
    int64_t waiting;           /**< ticks */
    int64_t service;           /**< ticks with clients, per carer */
    int64_t overtime;          /**< ticks */
    int32_t travel_share;      /**< travel of duty, thousandths */
    int32_t client_share;      /**< service of duty (ATA), thousandths */
    int32_t on_time_share;     /**< parts started inside their preferred
                                    window, of those that have one */
    int32_t carers_per_client; /**< mean, clients with service, thousandths;
                                    history included */
    int32_t max_carers_per_client;
    int32_t max_heavy; /**< largest use of a shared load by a carer */
} runde_kpis;

#define RUNDE_KPIS_INIT                                                        \
    {                                                                          \
        sizeof(runde_kpis), 0, 0, 0, 0, {0}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  \
            0, 0                                                               \
    }

/** How the search ended. */
typedef enum runde_outcome {
    RUNDE_OUTCOME_DRAFT = 0, /**< written down, not searched */
    RUNDE_OUTCOME_TIME_LIMIT = 1,
    RUNDE_OUTCOME_ITERATION_LIMIT = 2,
    RUNDE_OUTCOME_STOPPED = 3, /**< by the progress callback */
    RUNDE_OUTCOME_NOTHING_TO_DO = 4,
    RUNDE_OUTCOME_STALL_LIMIT = 5 /**< nothing better for so long */
} runde_outcome;

typedef struct runde_search_info {
    size_t size;
    runde_outcome outcome;
    int64_t iterations;
    uint64_t seed;
    double seconds; /**< by the options' clock */
    int64_t bound;  /**< no plan that serves all mandatory visits has wishes
                         below; RUNDE_NO_BOUND where none is known */
    int32_t gap;    /**< (wishes - bound) / wishes of this plan, thousandths,
                         rounded up; 0 without a bound */
    /** No single unit (a visit, or visits that are served together or not at
     *  all) can be moved elsewhere, or served if it is left out, at a gain:
     *  at the end of the search each that is not frozen was taken out and put
     *  back where the search finds it cheapest in all shifts, and nothing has
     *  changed since. It weighs places by estimates where waiting, idle, even
     *  workload or hard criteria count, and does not try every combination of
     *  places for units of several parts; there it is no proof.
     *  Only ever true of up to 500 parts of visits: above that, places beside
     *  neighbours alone are tried, and above 3,000 none. False, too, where
     *  time ran out first, and where the whole plan was not searched. Where
     *  an exact method chose other times at the end all is tried once more;
     *  false, too, if a move helps then (none is made). */
    bool locally_optimal;
} runde_search_info;

/** runde_search_info.bound: none is known. */
#define RUNDE_NO_BOUND (-1)

#define RUNDE_SEARCH_INFO_INIT                                                 \
    {                                                                          \
        sizeof(runde_search_info), RUNDE_OUTCOME_DRAFT, 0, 0, 0.0,             \
            RUNDE_NO_BOUND, 0, false                                           \
    }

/* ------------------------------------------------------------- reading */

RUNDE_API void runde_plan_free(runde_plan *plan);

/** Whether every route and stop has its times. A draft may leave them to
 *  runde_plan_schedule: RUNDE_TIME_NONE. O(1). */
RUNDE_API bool runde_plan_has_times(const runde_plan *plan);
/** Shifts with at least one stop, ordered by shift index. */
RUNDE_API int32_t runde_plan_n_routes(const runde_plan *plan);
/** Route number `index`, 0-based; NULL when out of range. */
RUNDE_API const runde_route *runde_plan_route(const runde_plan *plan,
                                              int32_t index);
/** Left-out visits, ordered by visit index. */
RUNDE_API int32_t runde_plan_n_unserved(const runde_plan *plan);
RUNDE_API const runde_unserved *runde_plan_unserved(const runde_plan *plan,
                                                    int32_t index);
/** What the plan says it costs. Never NULL. */
RUNDE_API const runde_cost *runde_plan_cost(const runde_plan *plan);
/** What the plan says its key figures are. Never NULL. */
RUNDE_API const runde_kpis *runde_plan_kpis(const runde_plan *plan);
RUNDE_API const runde_search_info *runde_plan_search(const runde_plan *plan);
/** Warnings about the problem that travel with the plan. */
RUNDE_API int32_t runde_plan_n_warnings(const runde_plan *plan);
RUNDE_API const runde_finding *runde_plan_warning(const runde_plan *plan,
                                                  int32_t index);

/* ------------------------------------------------------------- writing */

/** An empty draft for a sealed problem. Drafts hold what they are told:
 *  indices must be in range, everything else is for runde_check to judge. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_new(runde_plan **out, const runde_problem *problem);
/** Adds a route; its stops are copied. Errors: RUNDE_E_ARGUMENT for a shift
 *  that already has one or an index out of range, RUNDE_E_STATE when
 *  finished. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_add_route(runde_plan *plan, const runde_route *route);
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_add_unserved(runde_plan *plan, const runde_unserved *unserved);
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_set_cost(runde_plan *plan, const runde_cost *cost);
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_set_kpis(runde_plan *plan, const runde_kpis *kpis);
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_set_search(runde_plan *plan, const runde_search_info *info);
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_add_warning(runde_plan *plan, const runde_finding *warning);
/** Closes the draft: routes by shift, left-out visits by visit. */
RUNDE_API RUNDE_CHECKED runde_status runde_plan_finish(runde_plan *plan);

/* ------------------------------------------------------- choosing times */

/** Gives a plan made by hand its times. The draft says which visits each
 *  shift does in which order; what its stops and routes say of times and
 *  travel may be RUNDE_TIME_NONE and 0. Activities and breaks that it does
 *  not list are placed, with the exception of optional breaks of a route
 *  that lists others: those are missed.
 *
 *  Where the order has a schedule, this is the one the search would use
 *  (docs/model.md section 5), with breaks where they cost least as far as
 *  moving those of one route finds it; runde_plan_schedule_best has exact
 *  methods improve it. Where it has none, the routes that have one together
 *  keep it (found by halves, so not always the most of them, and 64 times at
 *  the most); in the others everything happens as early as can be and what
 *  cannot be obeyed is broken, for runde_check to say by how much. Cost and key
 * figures are those of the checker, left-out visits have their reasons where
 * there is a schedule. Times that a draft states in full only decide what the
 * order leaves open: which of two visits of a client comes first in different
 *  shifts, and who begins earlier than wished.
 *
 *  @param out    a finished plan, of outcome RUNDE_OUTCOME_DRAFT
 *  @param draft  finished, of this problem
 *  @return RUNDE_OK whatever rules it breaks; RUNDE_E_STATE for an open
 *          problem or draft; RUNDE_E_ARGUMENT for a draft that points at
 *          what the problem does not have; RUNDE_E_NOMEM
 *
 *  Cost: that of reading the problem in, then some passes over the plan. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_schedule(runde_plan **out, const runde_problem *problem,
                    const runde_plan *draft, runde_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
