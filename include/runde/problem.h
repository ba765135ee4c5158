/* SPDX-License-Identifier: MIT */
/** @file problem.h
 *  The question: places, clients, carers, shifts, visits, links, wishes.
 *
 *  A problem is built with the add and set calls, then sealed: validated as
 *  a whole (every finding at once) and read-only from then on. Entities are
 *  referred to by index in the order they were added, and that order is also
 *  the order of the JSON arrays, so findings carry JSON pointers whichever
 *  way the problem was built. Records are copied, nested arrays and strings
 *  included. docs/model.md states every rule as mathematics. */
#ifndef RUNDE_PROBLEM_H
#define RUNDE_PROBLEM_H

#include <runde/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_problem runde_problem;

/** Largest crew of one visit. */
#define RUNDE_MAX_CREW 4
/** Priority of a visit that states none. */
#define RUNDE_DEFAULT_PRIORITY 10
/** A rule that is switched off (runde_work_rules, caps). */
#define RUNDE_UNLIMITED (-1)

/* ------------------------------------------------------------- settings */

/** Working-time rules across one carer's shifts, in ticks. Zero means the
 *  default of arbeidsmiljoeloven 10-4 and 10-8, RUNDE_UNLIMITED none. */
typedef struct runde_work_rules {
    int32_t daily_rest;      /**< between work periods; default 11 h */
    int32_t weekly_rest;     /**< longest pause in 7 days; default 35 h */
    int32_t max_per_day;     /**< duty within a day; default 9 h */
    int32_t max_per_week;    /**< duty within 7 days; default 40 h */
    int32_t max_per_horizon; /**< duty in the whole plan; default none */
} runde_work_rules;

/** What holds for the whole problem. */
typedef struct runde_settings {
    size_t size;
    int32_t tick_ms;       /**< length of a tick, milliseconds; 0 means 1,000 */
    bool has_origin;       /**< tick 0 is the civil time `origin` */
    int64_t origin;        /**< seconds since 1970-01-01T00:00:00Z */
    const char *time_zone; /**< "Europe/Oslo", "UTC", ... or NULL;
                                file-format.md 1.1 has all */
    int32_t days;          /**< days in the horizon; 0 means from the data */
    bool early_at_end;     /**< earliness counts at the end of service */
    bool late_at_end;      /**< lateness counts at the end of service */
    bool depart_at_shift_start; /**< else departure is as late as possible */
    runde_work_rules rules;     /**< for carers that state none themselves */
    int32_t freeze_before; /**< what is published before this tick stays, all
                                else starts later; or RUNDE_TIME_NONE */
} runde_settings;

#define RUNDE_SETTINGS_INIT                                                    \
    {                                                                          \
        sizeof(runde_settings), 0, false, 0, NULL, 0, false, false, false,     \
            {0, 0, 0, 0, 0}, RUNDE_TIME_NONE                                   \
    }

/** Weights of the criteria, and bounds on them. Every criterion may be hard:
 *  its amount is then at most its limit, in its own unit. */
typedef struct runde_weights {
    size_t size;
    int32_t weight[RUNDE_CRITERIA]; /**< cost per unit, 0 to 1,000,000 */
    uint32_t hard;                  /**< bit 1u << criterion: the limit binds */
    uint32_t set; /**< client profiles: the bits that override */
    int64_t limit[RUNDE_CRITERIA]; /**< of a hard criterion's amount; 0 means
                                        none of it at all */
} runde_weights;

/* ------------------------------------------------------------- entities */

/** An address. Its index is its row in every given travel matrix. */
typedef struct runde_place {
    size_t size;
    const char *id;
    bool has_coordinates;
    double lat; /**< degrees north, WGS84 */
    double lon; /**< degrees east, WGS84 */
} runde_place;

#define RUNDE_PLACE_INIT                                                       \
    {                                                                          \
        sizeof(runde_place), NULL, false, 0.0, 0.0                             \
    }

/** An amount of something that carers can take only so much of. */
typedef struct runde_load {
    size_t size;
    const char *id; /**< "heavy" */
    bool shared;    /**< counts in RUNDE_LOAD_SPREAD */
} runde_load;

#define RUNDE_LOAD_INIT                                                        \
    {                                                                          \
        sizeof(runde_load), NULL, false                                        \
    }

typedef enum runde_wish_kind {
    RUNDE_PREFERRED = 0, /**< `weight` points better than an unnamed carer */
    RUNDE_UNWANTED,      /**< `weight` points worse than an unnamed carer */
    RUNDE_REQUIRED,      /**< hard: one of the required carers, no other */
    RUNDE_PROHIBITED     /**< hard: never this carer */
} runde_wish_kind;

/** A wish about who comes. A visit's wishes add to its client's. */
typedef struct runde_carer_wish {
    int32_t carer;
    runde_wish_kind kind;
    int32_t weight; /**< points, 1 to 100,000,000 for the soft kinds */
} runde_carer_wish;

/** A stretch of time, first tick to last tick inclusive. */
typedef struct runde_interval {
    int32_t start;
    int32_t end;
} runde_interval;

/** A person who receives care. */
typedef struct runde_client {
    size_t size;
    const char *id;
    int32_t place; /**< where visits go unless they say otherwise */
    const runde_carer_wish *wishes;
    int32_t n_wishes;
    const runde_interval *absences; /**< no service may touch them */
    int32_t n_absences;
    int32_t max_carers;           /**< target for different carers; 0 none */
    int32_t max_carers_days;      /**< over the last so many days; 0 all */
    const runde_weights *weights; /**< profile, or NULL for the global ones */
} runde_client;

#define RUNDE_CLIENT_INIT                                                      \
    {                                                                          \
        sizeof(runde_client), NULL, RUNDE_NONE, NULL, 0, NULL, 0, 0, 0, NULL   \
    }

/** Something a carer can do, is, or speaks. */
typedef struct runde_skill_held {
    int32_t skill;
    int32_t level;   /**< 0 and up */
    int32_t expires; /**< last tick of validity, or RUNDE_TIME_NONE */
} runde_skill_held;

/** At most `cap` of a load. */
typedef struct runde_cap {
    int32_t load;
    int32_t cap;
} runde_cap;

/** A person who gives care. */
typedef struct runde_carer {
    size_t size;
    const char *id;
    const runde_skill_held *skills;
    int32_t n_skills;
    const runde_cap *caps; /**< over the whole horizon */
    int32_t n_caps;
    runde_work_rules rules; /**< zero fields take the problem's */
} runde_carer;

#define RUNDE_CARER_INIT                                                       \
    {                                                                          \
        sizeof(runde_carer), NULL, NULL, 0, NULL, 0,                           \
        {                                                                      \
            0, 0, 0, 0, 0                                                      \
        }                                                                      \
    }

/** A pause without a place: taken before or after a drive. */
typedef struct runde_break {
    int32_t duration;
    int32_t min_start;
    int32_t max_start;
    bool optional;          /**< may be missed at the price of BREAKS_MISSED */
    bool paid;              /**< counts as duty and workload */
    bool interrupts_travel; /**< may also fall in the middle of a drive */
} runde_break;

/** A report, a meeting: something the shift does at a fixed place. */
typedef struct runde_activity {
    const char *id;
    int32_t place;
    int32_t duration;
    int32_t min_start;
    int32_t max_start;
} runde_activity;

/** A working period of one carer; one route. */
typedef struct runde_shift {
    size_t size;
    const char *id;
    int32_t carer;
    int32_t start;
    int32_t end;         /**< later is overtime */
    int32_t max_end;     /**< never later; RUNDE_TIME_NONE means `end` */
    int32_t start_place; /**< RUNDE_NONE: begins at its first stop */
    int32_t end_place;   /**< RUNDE_NONE: ends at its last stop */
    int32_t mode;        /**< travel mode */
    const runde_break *breaks;
    int32_t n_breaks;
    const runde_activity *activities;
    int32_t n_activities;
    const runde_cap *caps;
    int32_t n_caps;
    int32_t max_duty; /**< ticks, return minus departure less unpaid breaks;
                           0 none */
    bool continues;   /**< split shift: no daily rest before it */
} runde_shift;

#define RUNDE_SHIFT_INIT                                                       \
    {                                                                          \
        sizeof(runde_shift), NULL, RUNDE_NONE, 0, 0, RUNDE_TIME_NONE,          \
            RUNDE_NONE, RUNDE_NONE, 0, NULL, 0, NULL, 0, NULL, 0, 0, false     \
    }

/** When service may happen; bounds not given are RUNDE_TIME_NONE. */
typedef struct runde_window {
    int32_t min_start; /**< earliest start of service */
    int32_t max_start; /**< latest start of service */
    int32_t max_end;   /**< latest end of service */
} runde_window;

/** A demand on the carer of one part, or of all parts. */
typedef struct runde_skill_need {
    int32_t skill;
    int32_t min_level;
    int32_t part; /**< 0 to crew - 1, or RUNDE_NONE for every part */
} runde_skill_need;

/** What each part of the visit uses of a load. */
typedef struct runde_load_use {
    int32_t load;
    int32_t amount;
} runde_load_use;

/** A task at a client's home. A crew of k is k parts by k different carers
 *  that start together, all or none. */
typedef struct runde_visit {
    size_t size;
    const char *id;
    int32_t client;
    int32_t place;    /**< RUNDE_NONE means the client's */
    int32_t duration; /**< service, ticks */
    int32_t setup;    /**< before service, when the carer comes from another
                           place: parking, keys */
    const runde_window *windows; /**< none means any time */
    int32_t n_windows;
    const runde_interval *preferred; /**< ascending; may meet, not overlap */
    int32_t n_preferred;
    const runde_skill_need *skills;
    int32_t n_skills;
    const runde_load_use *loads;
    int32_t n_loads;
    const runde_carer_wish *wishes;
    int32_t n_wishes;
    int32_t crew;         /**< carers needed, 1 to RUNDE_MAX_CREW; 0 is 1 */
    bool optional;        /**< else mandatory */
    int32_t priority;     /**< mandatory: 1 to 100; 0 means the default */
    int32_t price;        /**< optional: points when left out */
    int32_t pinned_shift; /**< only in this shift, or RUNDE_NONE */
    int32_t pinned_start; /**< only at this tick, or RUNDE_TIME_NONE */
    bool may_overlap;     /**< may run beside the client's other visits */
} runde_visit;

#define RUNDE_VISIT_INIT                                                       \
    {                                                                          \
        sizeof(runde_visit), NULL, RUNDE_NONE, RUNDE_NONE, 0, 0, NULL, 0,      \
            NULL, 0, NULL, 0, NULL, 0, NULL, 0, 1, false, 0, 0, RUNDE_NONE,    \
            RUNDE_TIME_NONE, false                                             \
    }

/** A bond between two visits. It binds only while both are served, unless
 *  it says all or none. */
typedef struct runde_link {
    size_t size;
    int32_t before;
    int32_t after;
    bool from_end;        /**< gaps run from the end of `before`, else from
                               its start, to the start of `after` */
    int32_t min_gap;      /**< ticks, or RUNDE_TIME_NONE */
    int32_t max_gap;      /**< ticks, or RUNDE_TIME_NONE */
    bool same_carer;      /**< part i by the carer of the other's part i */
    bool different_carer; /**< no carer serves both */
    bool all_or_none;     /**< both served or both left out */
} runde_link;

#define RUNDE_LINK_INIT                                                        \
    {                                                                          \
        sizeof(runde_link), RUNDE_NONE, RUNDE_NONE, false, RUNDE_TIME_NONE,    \
            RUNDE_TIME_NONE, false, false, false                               \
    }

/** A past visit: who came when. */
typedef struct runde_past_visit {
    size_t size;
    int32_t client;
    int32_t carer;
    int32_t start; /**< tick, before the horizon: negative */
} runde_past_visit;

/** Where a plan that people already know has a part of a visit. */
typedef struct runde_published {
    size_t size;
    int32_t visit;
    int32_t part;
    int32_t carer;
    int32_t start;
    int32_t tolerance; /**< ticks that do not count as shifted */
} runde_published;

/* -------------------------------------------------------------- travel */

/** Travel times and distances of one mode between all places, row-major,
 *  `n` places square; cell [from * n + to]. RUNDE_UNREACHABLE is allowed. */
typedef struct runde_matrix {
    size_t size;
    int32_t n;
    const int32_t *durations; /**< ticks */
    const int32_t *distances; /**< metres, or NULL for unknown (0) */
} runde_matrix;

/** Travel of one mode for runde_problem_with_travel. */
typedef struct runde_travel_times {
    size_t size;
    int32_t mode;
    runde_matrix matrix;      /**< over all places of the problem */
    const uint8_t *estimated; /**< n * n bytes, not 0 where the cell is an
                                   estimate; NULL: none is */
} runde_travel_times;

#define RUNDE_SPEED_BANDS 6

/** Offline travel model: access time plus great circle times detour over
 *  speed, by distance band. */
typedef struct runde_speed_model {
    size_t size;
    int32_t access_s; /**< seconds added to every drive between places */
    int32_t n_bands;
    struct {
        double up_to_km;  /**< great-circle length; the last is unlimited */
        double detour;    /**< road length over great-circle length */
        double speed_kmh; /**< on the road */
    } band[RUNDE_SPEED_BANDS];
} runde_speed_model;

/* ------------------------------------------------------------ building */

/** A new, open, empty problem. `settings` may be NULL for the defaults. */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_new(
    runde_problem **out, const runde_settings *settings, runde_diag *diag);

/** Frees the problem; NULL is fine. Plans and sessions that were made from
 *  it keep what they need and stay valid. */
RUNDE_API void runde_problem_free(runde_problem *problem);

/* Each add call copies its record and gives its index; `index` may be NULL.
 * Errors: RUNDE_E_NOMEM, RUNDE_E_STATE after sealing, RUNDE_E_ARGUMENT for
 * NULL or a wrong size. Contents are judged by runde_problem_seal. O(1). */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_place(
    runde_problem *problem, const runde_place *place, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status
runde_problem_add_skill(runde_problem *problem, const char *id, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_load(
    runde_problem *problem, const runde_load *load, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status
runde_problem_add_mode(runde_problem *problem, const char *id, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_client(
    runde_problem *problem, const runde_client *client, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_carer(
    runde_problem *problem, const runde_carer *carer, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_shift(
    runde_problem *problem, const runde_shift *shift, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_visit(
    runde_problem *problem, const runde_visit *visit, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_link(
    runde_problem *problem, const runde_link *link, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_past_visit(
    runde_problem *problem, const runde_past_visit *past, int32_t *index);
RUNDE_API RUNDE_CHECKED runde_status runde_problem_add_published(
    runde_problem *problem, const runde_published *published, int32_t *index);

/** Global weights; without this call runde_weights_default holds. */
RUNDE_API RUNDE_CHECKED runde_status
runde_problem_set_weights(runde_problem *problem, const runde_weights *weights);

/** The library's default weights for ticks of `tick_ms` milliseconds. */
RUNDE_API void runde_weights_default(runde_weights *out, int32_t tick_ms);

/** Weights from an order of criteria, most important first: each unit of
 *  a criterion outweighs some 30 of the next (docs/model.md section 4.4
 *  names the units). Criteria not named weigh 0. */
RUNDE_API RUNDE_CHECKED runde_status
runde_weights_from_order(runde_weights *out, const runde_criterion *order,
                         int32_t n, int32_t tick_ms);

/** Travel of a mode as a matrix over all places, which is copied. */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_set_matrix(
    runde_problem *problem, int32_t mode, const runde_matrix *matrix);
/** As above, but the two arrays, allocated with malloc, become the
 *  problem's: no copy of what may be 100 MB. On error they stay yours. */
RUNDE_API RUNDE_CHECKED runde_status
runde_problem_take_matrix(runde_problem *problem, int32_t mode, int32_t n,
                          int32_t *durations, int32_t *distances);
/** Travel of a mode from coordinates. Modes named "car", "bicycle" and
 *  "walk" have this with the library's default models. */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_set_speed_model(
    runde_problem *problem, int32_t mode, const runde_speed_model *model);
/** One ordered pair of places differs from matrix or model. */
RUNDE_API RUNDE_CHECKED runde_status
runde_problem_set_leg(runde_problem *problem, int32_t mode, int32_t from,
                      int32_t to, int32_t duration, int32_t distance);
/** The matrix of the mode holds an estimate for this ordered pair of places,
 *  not a way found on roads: plans mark the legs that use it. A new matrix
 *  begins without marks, and what runde_problem_set_leg states is none. */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_set_estimated(
    runde_problem *problem, int32_t mode, int32_t from, int32_t to);

/** Validates everything and closes the problem. All findings, at most 100,
 *  go to the diagnosis; with errors the problem stays open and the status is
 *  RUNDE_E_INVALID. O(size of the problem). */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_seal(runde_problem *problem,
                                                        runde_diag *diag);

/* ------------------------------------------------------------- reading */

/* The records as they were added, tied to the problem. NULL when the index
 * is out of range. Defaults are filled in on a sealed problem: place of a
 * visit, max_end of a shift, crew, priority, rules. O(1). */
RUNDE_API bool runde_problem_is_sealed(const runde_problem *problem);
RUNDE_API const runde_settings *
runde_problem_settings(const runde_problem *problem);
RUNDE_API const runde_weights *
runde_problem_weights(const runde_problem *problem);

/** Room for a time or a span in words, NUL included. */
#define RUNDE_TIME_TEXT 48
/** A time as people read it and files may have it: "07:30", "16:14:38",
 *  "06:55+1" on the day after the first one of the horizon; with date and
 *  offset where the clock shows a time twice, where the problem names no time
 *  zone and for fractions of a second; a number of ticks where it has no
 *  date. runde_problem_read_time reads it back. O(1). */
RUNDE_API void runde_problem_write_time(const runde_problem *problem,
                                        int64_t ticks,
                                        char text[RUNDE_TIME_TEXT]);
/** So many ticks as people say it: "1 h 30 min", "45 s", "0 s". O(1). */
RUNDE_API void runde_problem_write_span(const runde_problem *problem,
                                        int64_t ticks,
                                        char text[RUNDE_TIME_TEXT]);

RUNDE_API int32_t runde_problem_n_places(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_skills(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_loads(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_modes(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_clients(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_carers(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_shifts(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_visits(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_links(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_past_visits(const runde_problem *problem);
RUNDE_API int32_t runde_problem_n_published(const runde_problem *problem);
RUNDE_API const runde_place *runde_problem_place(const runde_problem *problem,
                                                 int32_t index);
RUNDE_API const char *runde_problem_skill(const runde_problem *problem,
                                          int32_t index);
RUNDE_API const runde_load *runde_problem_load(const runde_problem *problem,
                                               int32_t index);
RUNDE_API const char *runde_problem_mode(const runde_problem *problem,
                                         int32_t index);
RUNDE_API const runde_client *runde_problem_client(const runde_problem *problem,
                                                   int32_t index);
RUNDE_API const runde_carer *runde_problem_carer(const runde_problem *problem,
                                                 int32_t index);
RUNDE_API const runde_shift *runde_problem_shift(const runde_problem *problem,
                                                 int32_t index);
RUNDE_API const runde_visit *runde_problem_visit(const runde_problem *problem,
                                                 int32_t index);
RUNDE_API const runde_link *runde_problem_link(const runde_problem *problem,
                                               int32_t index);
RUNDE_API const runde_past_visit *
runde_problem_past_visit(const runde_problem *problem, int32_t index);
RUNDE_API const runde_published *
runde_problem_published(const runde_problem *problem, int32_t index);

/** The matrix of a mode as given, or NULL when it has a speed model. */
RUNDE_API const runde_matrix *runde_problem_matrix(const runde_problem *problem,
                                                   int32_t mode);
/** The speed model of a mode, or NULL when it has a matrix. */
RUNDE_API const runde_speed_model *
runde_problem_speed_model(const runde_problem *problem, int32_t mode);

/** A leg of a mode, overrides included: ticks and metres, both
 *  RUNDE_UNREACHABLE when there is no road. From a place to itself 0, 0
 *  unless the matrix says otherwise. Indices must be in range. O(1). */
RUNDE_API void runde_problem_travel(const runde_problem *problem, int32_t mode,
                                    int32_t from, int32_t to, int32_t *duration,
                                    int32_t *distance);

/** Whether the leg is an estimate in a matrix of travel found on roads. Never
 *  with a speed model, of which every leg is one; never where a leg was set.
 *  False on an open problem and for what is out of range. O(1). */
RUNDE_API bool runde_problem_is_estimated(const runde_problem *problem,
                                          int32_t mode, int32_t from,
                                          int32_t to);
/** How many legs of the mode are, on a sealed problem. O(1). */
RUNDE_API int64_t runde_problem_n_estimated(const runde_problem *problem,
                                            int32_t mode);

/** The overridden legs of a mode, for printing: leg `index` or false. */
RUNDE_API bool runde_problem_leg(const runde_problem *problem, int32_t mode,
                                 int32_t index, int32_t leg[4]);

/* ------------------------------------------------------------- new travel */

/** A sealed problem with other travel times: all of `base` but for the modes
 *  named, which take the matrices given. Legs set one by one stay as they
 *  are. The base stays as it is and may be freed first.
 *
 *  @param times  `n` records, each of another mode; copied
 *  @return RUNDE_E_STATE for an open base; RUNDE_E_ARGUMENT for a mode that
 *          is not there; RUNDE_E_INVALID when the matrices have errors;
 *          RUNDE_E_NOMEM
 *
 *  O(size of the problem and the matrices). */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_with_travel(
    runde_problem **out, const runde_problem *base,
    const runde_travel_times *times, int32_t n, runde_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
