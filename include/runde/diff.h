/* SPDX-License-Identifier: MIT */
/** @file diff.h
 *  What two plans of one problem do differently, and to whom it matters.
 *
 *  Only who comes when is compared. The carers of a crew are compared as a
 *  set: two who change parts with each other change nothing. */
#ifndef RUNDE_DIFF_H
#define RUNDE_DIFF_H

#include <runde/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_diff runde_diff;

/** What is other; several may hold. */
enum {
    RUNDE_DIFF_CARER = 1,  /**< another carer comes */
    RUNDE_DIFF_TIME = 2,   /**< at another time */
    RUNDE_DIFF_ADDED = 4,  /**< served in the second plan only */
    RUNDE_DIFF_DROPPED = 8 /**< served in the first plan only */
};

/** One carer's presence at a visit that is not as it was. Pairs are first
 *  plan, second plan; RUNDE_NONE and RUNDE_TIME_NONE where it is left out. */
typedef struct runde_diff_part {
    int32_t visit;
    int32_t part;  /**< in the second plan; in the first when it is dropped */
    uint32_t what; /**< RUNDE_DIFF_ bits, never 0 */
    int32_t client;
    int32_t shift[2];
    int32_t carer[2];
    int32_t start[2]; /**< ticks */
} runde_diff_part;

/** A client of whose visits something is other. */
typedef struct runde_diff_client {
    int32_t client;
    int32_t n_parts;
    const runde_diff_part *const *parts; /**< by start, tied to the diff */
    int32_t faces[2];   /**< different carers who come, history left aside */
    int32_t wished[2];  /**< parts served that have preferred windows */
    int32_t on_time[2]; /**< of these, inside them */
} runde_diff_client;

/** A carer for whom something is other. */
typedef struct runde_diff_carer {
    int32_t carer;
    int32_t n_parts;
    const runde_diff_part *const *parts; /**< by start, tied to the diff: what
                                              the carer had or has now */
    int32_t served[2];                   /**< parts of visits */
    int64_t duty[2];                     /**< ticks, all shifts */
    int64_t travel[2];                   /**< ticks */
    int64_t service[2];                  /**< ticks with clients */
    int64_t overtime[2];                 /**< ticks */
    int64_t heavy[2];                    /**< largest use of a shared load */
    int32_t wished[2];  /**< parts served that have preferred windows */
    int32_t on_time[2]; /**< of these, inside them */
} runde_diff_carer;

/** How much differs in all. */
typedef struct runde_diff_totals {
    size_t size;
    int32_t carer_changed;   /**< parts by another carer */
    int32_t time_changed;    /**< parts at another time */
    int32_t added;           /**< parts */
    int32_t dropped;         /**< parts */
    int32_t clients_changed; /**< clients of whom a part has another carer */
    int32_t clients_dropped; /**< clients of whom a part is left out now */
    int64_t moved;           /**< ticks, over all parts served in both */
    int32_t moved_most;      /**< ticks */
} runde_diff_totals;

#define RUNDE_DIFF_TOTALS_INIT                                                 \
    {                                                                          \
        sizeof(runde_diff_totals), 0, 0, 0, 0, 0, 0, 0, 0                      \
    }

/** Compares two finished plans.
 *
 *  @return RUNDE_E_ARGUMENT for a plan that points at what the problem does
 *          not have, RUNDE_E_STATE for what is not sealed or not finished,
 *          and for a draft without times; RUNDE_E_NOMEM
 *
 *  O(n log n) in the number of stops. */
RUNDE_API RUNDE_CHECKED runde_status
runde_diff_new(runde_diff **out, const runde_problem *problem,
               const runde_plan *a, const runde_plan *b);
RUNDE_API void runde_diff_free(runde_diff *diff);

/** Parts that differ, by visit and part. */
RUNDE_API int32_t runde_diff_n_parts(const runde_diff *diff);
RUNDE_API const runde_diff_part *runde_diff_get_part(const runde_diff *diff,
                                                     int32_t index);
/** Clients of whom something differs, by index. */
RUNDE_API int32_t runde_diff_n_clients(const runde_diff *diff);
RUNDE_API const runde_diff_client *runde_diff_get_client(const runde_diff *diff,
                                                         int32_t index);
/** Carers for whom something differs, by index. */
RUNDE_API int32_t runde_diff_n_carers(const runde_diff *diff);
RUNDE_API const runde_diff_carer *runde_diff_get_carer(const runde_diff *diff,
                                                       int32_t index);
/** Never NULL. */
RUNDE_API const runde_diff_totals *
runde_diff_get_totals(const runde_diff *diff);

/** Prints it; docs/replan.md is the contract. `*text` ends
 *  with NUL and is freed with runde_text_free. */
RUNDE_API RUNDE_CHECKED runde_status
runde_diff_to_json(char **text, size_t *length, const runde_problem *problem,
                   const runde_diff *diff);

#ifdef __cplusplus
}
#endif
#endif
