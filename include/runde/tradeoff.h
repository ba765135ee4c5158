/* SPDX-License-Identifier: MIT */
/** @file tradeoff.h
 *  What little driving, familiar faces and wished times cost each other.
 *
 *  A day is planned with several settings of its weights, and the plans are
 *  laid side by side. docs/weights.md section 4 explains what comes out. */
#ifndef RUNDE_TRADEOFF_H
#define RUNDE_TRADEOFF_H

#include <runde/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_tradeoff runde_tradeoff;

/** How many times what the problem has its global weights are, each 0 to
 *  1,000. A weight ends at 1,000,000. */
typedef struct runde_tradeoff_setting {
    size_t size;
    const char *name; /**< for people */
    int32_t driving;  /**< travel_time, travel_distance */
    int32_t faces;    /**< carer_preference, distinct_carers,
                           carers_over_target */
    int32_t time;     /**< early, late */
} runde_tradeoff_setting;

#define RUNDE_TRADEOFF_SETTING_INIT                                            \
    {                                                                          \
        sizeof(runde_tradeoff_setting), "", 1, 1, 1                            \
    }

/** Settings in one call at the most. */
#define RUNDE_TRADEOFF_MOST 100

/** The usual seven: the weights as they are, and each of the three and each
 *  pair of them five times as important. */
RUNDE_API const runde_tradeoff_setting *
runde_tradeoff_usual_settings(int32_t *n);

/** A setting, and what became of it. All is tied to the tradeoff. */
typedef struct runde_tradeoff_point {
    runde_tradeoff_setting setting;
    const runde_problem *problem; /**< with these weights */
    const runde_plan *plan;       /**< of that problem */
    int64_t preference; /**< points of wishes about carers that it misses */
    int32_t found_by;   /**< the setting whose search found the plan */
    bool is_best; /**< no other point is as good in everything and better in
                       something: mandatory visits left out, travel,
                       preference (with equal ones carers_per_client) and
                       on_time_share */
} runde_tradeoff_point;

/** Plans the day once for each setting.
 *
 *  No plan of the answer is one that another setting would rather have: where
 *  a search for one setting has found a plan that another one likes better
 *  than its own, that one has it, too. So of two settings that differ in one
 *  group of weights, the one where it weighs more has no more of it.
 *
 *  @param problem   sealed
 *  @param settings  copied; NULL means the usual ones
 *  @param search    how to search, each time anew; NULL means 5,000
 *                   iterations. When its progress callback asks to stop, the
 *                   settings searched so far are the answer, the one at hand
 *                   included
 *  @return RUNDE_E_ARGUMENT for settings or a search out of range, and what
 *          runde_solve returns
 *
 *  Cost: one runde_solve for each setting, one runde_check for each pair. */
RUNDE_API RUNDE_CHECKED runde_status
runde_tradeoff_new(runde_tradeoff **out, const runde_problem *problem,
                   const runde_tradeoff_setting *settings, int32_t n,
                   const runde_options *search, runde_diag *diag);
/** NULL is fine. */
RUNDE_API void runde_tradeoff_free(runde_tradeoff *tradeoff);

/** In the order of the settings; fewer when the search was stopped. NULL when
 *  the index is out of range. */
RUNDE_API int32_t runde_tradeoff_n_points(const runde_tradeoff *tradeoff);
RUNDE_API const runde_tradeoff_point *
runde_tradeoff_get_point(const runde_tradeoff *tradeoff, int32_t index);

/** Prints it; docs/weights.md is the contract. `*text` ends with NUL and is
 *  freed with runde_text_free; `length` may be NULL. */
RUNDE_API RUNDE_CHECKED runde_status runde_tradeoff_to_json(
    char **text, size_t *length, const runde_tradeoff *tradeoff);

#ifdef __cplusplus
}
#endif
#endif
