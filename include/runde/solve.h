/* SPDX-License-Identifier: MIT */
/** @file solve.h
 *  From a sealed problem to a checked plan. */
#ifndef RUNDE_SOLVE_H
#define RUNDE_SOLVE_H

#include <runde/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where a running search stands. */
typedef struct runde_progress {
    size_t size;
    double seconds; /**< since the start, by the options' clock */
    int64_t iterations;
    int32_t left_out;   /**< mandatory visits the best plan leaves out */
    int64_t cost;       /**< wishes of the best plan */
    int64_t first_cost; /**< wishes of the first complete construction */
    bool is_new_best;
} runde_progress;

/** Called at least every 50 ms and at each new best. Non-zero stops the
 *  search; the best plan so far is still returned. */
typedef int (*runde_progress_fn)(const runde_progress *progress, void *payload);

/** Seconds from any fixed moment, never going back. */
typedef double (*runde_clock_fn)(void *payload);

/** Exact methods that improve what the search finds, such as runde_glpk() of
 *  glpk.h. */
typedef struct runde_exact runde_exact;

/** The most threads that one search may have. */
#define RUNDE_THREADS_MOST 64
/** The most replicas that one search may have. */
#define RUNDE_REPLICAS_MOST 64

/** How to search. Without any limit the time limit is 10 s. With an
 *  iteration limit and no time limit the plan depends on nothing but the
 *  problem, these options and the library's version: same input, same plan,
 *  byte for byte, whatever the number of threads. */
typedef struct runde_options {
    size_t size;
    double time_limit;          /**< seconds of `clock`; 0 means none */
    int64_t iteration_limit;    /**< 0 means none; -1 only constructs */
    uint64_t seed;              /**< any value, 0 included */
    const runde_plan *start;    /**< warm start, finished, never made worse,
                                     with or without times, which are kept
                                     where no others are cheaper; or NULL */
    runde_progress_fn progress; /**< or NULL */
    void *progress_payload;
    runde_clock_fn clock; /**< NULL means the monotonic wall clock */
    void *clock_payload;
    int32_t threads;     /**< that search; 0 means 1. Progress and
                              clock are asked in the calling thread only */
    int32_t parts;       /**< that large plans are divided into again and again,
                              each worked on by itself; 0: by size, 1: never.
                              Threads beyond the parts have nothing to do */
    int64_t stall_limit; /**< iterations without a better plan that end the
                              search, give or take a slice; 0 means none.
                              Alone it is no limit: the other ones say how
                              long the search may take worse plans on its
                              way to better ones */
    const runde_exact *exact; /**< improves plans of up to 600 parts, and
                                   the times of any; or NULL */
    int32_t replicas; /**< searches at once for a plan that is not divided,
                           each with random numbers of its own; they exchange
                           plans and share the iterations. 0 means 1.
                           The plan depends on it, as on the seed; threads
                           beyond the replicas have nothing to do */
    bool bound;       /**< also says how low the wishes of any plan can be
                           (runde_search_info.bound). Needs `exact`. That is
                           when the search is over and on top of its limits,
                           some seconds at the most; progress can end it. There
                           is one for up to 64 parts of visits, without
                           activities of shifts and hard criteria that count
                           over the plan, when the plan serves all mandatory
                           visits */
} runde_options;

#define RUNDE_OPTIONS_INIT                                                     \
    {                                                                          \
        sizeof(runde_options), 0.0, 0, 0, NULL, NULL, NULL, NULL, NULL, 0, 0,  \
            0, NULL, 0, false                                                  \
    }

/** Plans. The plan is checked from scratch before it is returned.
 *
 *  @param out      the plan, owned by the caller
 *  @param problem  sealed
 *  @param options  NULL means the defaults
 *  @return RUNDE_OK with a plan, however many visits it leaves out;
 *          RUNDE_E_STATE for an open problem or an unfinished start,
 *          RUNDE_E_ARGUMENT for options
 *          out of range, RUNDE_E_NOMEM, RUNDE_E_INFEASIBLE when no plan was
 *          found that keeps the limits of hard criteria, with a finding for
 *          each that is broken, RUNDE_E_INTERNAL when the checker
 *          refuses the plan (a defect; please report it) */
RUNDE_API RUNDE_CHECKED runde_status runde_solve(runde_plan **out,
                                                 const runde_problem *problem,
                                                 const runde_options *options,
                                                 runde_diag *diag);

/** runde_plan_schedule with the best times that an exact method finds for an
 *  order that has a schedule: where wishes pull both ways the best start may
 *  lie between those that the search tries.
 *
 *  @param exact  NULL means none: the same as runde_plan_schedule
 *
 *  Cost: that of runde_plan_schedule, and of a linear program for each group
 *  of routes that links hold together. */
RUNDE_API RUNDE_CHECKED runde_status runde_plan_schedule_best(
    runde_plan **out, const runde_problem *problem, const runde_plan *draft,
    const runde_exact *exact, runde_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
