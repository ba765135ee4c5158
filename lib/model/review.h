/* SPDX-License-Identifier: MIT */
/** @file review.h
 *  One validation at work; for the validate_*.c files only. */
#ifndef RN_REVIEW_H
#define RN_REVIEW_H

#include "base/diag.h"
#include "model/civil.h"
#include "model/problem_data.h"

/** Times are strictly between minus and plus this, so that the difference
 *  of any two is an int32. */
#define RN_TIME_LIMIT (INT32_C(1) << 30)
/** Largest skill level and largest use of a load by one part. */
#define RN_LEVEL_MAX 1000000
/** Most breaks of one shift: the search keeps them in 32 bits. */
#define RN_BREAKS_MAX 32
/** Largest weight of a wish about carers. */
#define RN_WISH_MAX 100000000

/** What the reviewing functions share. */
typedef struct rn_review {
    const runde_problem *problem;
    runde_diag *diag;
    int32_t n[RN_KINDS]; /**< entities of each kind */
    int32_t tick_ms;     /**< usable even when the settings are not */
    int32_t day;         /**< 24 h in ticks */
    int64_t horizon;     /**< its end in ticks when it is stated, else 0 */
    int64_t served_from; /**< it and the shifts that touch it: begin */
    int64_t served_to;   /**< and end */
    bool is_civil;       /**< times are told by the calendar */
    rn_zone zone;
    int32_t *stamp; /**< one per skill or load: last list that has it */
    int32_t stamps; /**< lists stamped so far */
    runde_interval *scratch; /**< room for the longest list of windows */
} rn_review;

/** The JSON key of a kind's array, "visits". */
const char *rn_review_kind_name(rn_kind kind);

/** The id of an entity that has one, for messages; index in range. */
const char *rn_review_id(const rn_review *review, rn_kind kind, int32_t index);

/* Macros, so that the pointer is put together for a finding only: a day has
 * ten thousands of fields to look at. They look at their values twice. */

/** Whether `index` refers to an entity of `kind`; a finding if not. */
#define RN_REVIEW_REF(review, kind, index, pointer)                            \
    (((index) >= 0 && (index) < (review)->n[(kind)]) ||                        \
     rn_review_ref(review, kind, index, pointer))

/** Whether a time is within the limit; a finding if not. RUNDE_TIME_NONE
 *  passes only with `may_be_none`. */
#define RN_REVIEW_TIME(review, time, may_be_none, pointer)                     \
    (((time) > -RN_TIME_LIMIT && (time) < RN_TIME_LIMIT) ||                    \
     ((may_be_none) && (time) == RUNDE_TIME_NONE) ||                           \
     rn_review_time(review, time, pointer))

/** Whether a number is from `least` to `most`; a finding with `code` if not.
 *  `what` names it, "the crew". */
#define RN_REVIEW_RANGE(review, code, what, value, pointer)                    \
    (((value)[0] >= (value)[1] && (value)[0] <= (value)[2]) ||                 \
     rn_review_range(review, code, what, value, pointer))

/** A value with its bounds, for RN_REVIEW_RANGE. */
#define RN_BETWEEN(value, least, most) ((const int32_t[3]){value, least, most})

/* What the macros end in: the finding, and false. */
bool rn_review_ref(const rn_review *review, rn_kind kind, int32_t index,
                   const char *pointer);
bool rn_review_time(const rn_review *review, int32_t time, const char *pointer);
bool rn_review_range(const rn_review *review, const char *code,
                     const char *what, const int32_t value[3],
                     const char *pointer);

/** A time or a stretch of time as messages tell it. */
typedef struct rn_told {
    char text[48];
} rn_told;

/** A time: by the calendar when there is an origin, else in ticks;
 *  "any time" at the limit, where open windows end. */
rn_told rn_review_when(const rn_review *review, int64_t tick);
/** A stretch of time, "1:05:00", with a fraction when it has one. */
rn_told rn_review_span(const rn_review *review, int64_t ticks);

/** First and last start that a window allows; open bounds lie at the limit.
 *  The window and the service must be sound. */
runde_interval rn_review_starts(const runde_window *window, int32_t duration);

/* The parts of a validation, one file each. Those that return a status fail
 * only for want of memory. */

/** Settings and work rules. */
void rn_review_settings(rn_review *review);
/** A carer's own, or the problem's, work rules. */
void rn_review_rules(const rn_review *review, const runde_work_rules *rules,
                     const char *pointer);
/** Ids of every kind. */
runde_status rn_review_ids(rn_review *review);
/** Coordinates. */
runde_status rn_review_places(rn_review *review);
/** Clients, carers, history. */
void rn_review_people(rn_review *review);
/** Wishes about carers of number `owner` among clients or visits. */
void rn_review_wishes(const rn_review *review, const runde_carer_wish *wishes,
                      int32_t n, rn_kind kind, int32_t owner);
/** Caps of number `owner` among carers or shifts. */
void rn_review_caps(rn_review *review, const runde_cap *caps, int32_t n,
                    rn_kind kind, int32_t owner);
/** Whether an index is new in the list at hand, rn_review_list begins one. */
bool rn_review_is_new(rn_review *review, int32_t index);
/** Begins a list of skills or loads. */
void rn_review_list(rn_review *review);
/** Shifts, each and per carer. */
runde_status rn_review_shifts(rn_review *review);
/** One visit, number `v`. */
void rn_review_visit(rn_review *review, const runde_visit *visit, int32_t v);
/** Visits and the published plan. */
runde_status rn_review_visits(rn_review *review);
/** Visits that no shift has the skills for. References must be sound. */
runde_status rn_review_service(rn_review *review);
/** Visits that nobody can serve for another reason. References must be
 *  sound. */
runde_status rn_review_chances(const rn_review *review);
/** Links, each and together. */
runde_status rn_review_links(rn_review *review);
/** Travel modes. */
void rn_review_travel(rn_review *review);
/** Weights and profiles. */
void rn_review_weights(rn_review *review);
/** That no hard target is broken by the past alone. References must be
 *  sound. */
runde_status rn_review_targets(const rn_review *review);
/** That no price of any plan can overflow. References must be sound. */
void rn_review_price(rn_review *review);

#endif
