/* SPDX-License-Identifier: MIT */
/** @file audit.h
 *  The checker's notebook: what it reads off a plan before it judges.
 *
 *  lib/check sees the public headers and lib/base/alloc.h, nothing else. All
 *  arithmetic is in int64, so no value in a stop can overflow it. */
#ifndef RN_AUDIT_H
#define RN_AUDIT_H

#include <runde/check.h>

#if defined(__GNUC__)
#define RN_AUDIT_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define RN_AUDIT_PRINTF(at, first)
#endif

/** Violations listed one by one; after them one entry `more` counts. */
#define RN_AUDIT_MAX_LISTED 10000

/** What a route adds up to: legs from the problem's travel, durations from
 *  its records, begin and end as the plan has them. */
typedef struct rn_tally {
    int64_t travel;     /**< ticks, home leg included */
    int64_t distance;   /**< metres, home leg included */
    int64_t setup;      /**< ticks */
    int64_t service;    /**< ticks */
    int64_t activities; /**< ticks */
    int64_t breaks;     /**< ticks of breaks taken */
    int64_t unpaid;     /**< the part of those that is not paid */
    int64_t waiting;    /**< ticks over all stops */
    int64_t priced;     /**< the part of it that WAITING counts */
} rn_tally;

/** Where a part of a visit is found first. */
typedef struct rn_presence {
    int32_t route; /**< number in the plan, or RUNDE_NONE */
    int32_t stop;  /**< number in the route */
} rn_presence;

/** A name that fits a message: an id, cut between two characters. */
typedef struct rn_label {
    char text[96];
} rn_label;

typedef struct rn_audit {
    const runde_problem *problem;
    const runde_plan *plan;
    runde_report *report;
    int32_t n_visits;
    int32_t n_clients;
    int32_t n_carers;
    int32_t n_shifts;
    int32_t n_places;
    int32_t n_loads;
    int32_t n_routes;
    int64_t day;  /**< ticks */
    int64_t days; /**< of the horizon */
    bool early_at_end;
    bool late_at_end;
    bool depart_at_shift_start;
    rn_tally *tally;         /**< by route */
    int32_t *route_of_shift; /**< by shift, RUNDE_NONE when unused */
    int32_t *by_carer;       /**< routes by carer, shift start, shift */
    int32_t *first_part;     /**< by visit: where its parts begin in `part` */
    rn_presence *part;       /**< by visit and part */
    rn_presence *seen;       /**< by visit: any presence, also of a part that
                                  does not exist */
    int64_t (*share)[RUNDE_CRITERIA]; /**< by client: its amounts */
    int64_t *by_load;                 /**< scratch, zero between uses */
    int64_t *by_carer_points;         /**< scratch, zero between uses */
    int32_t *meets;                   /**< by client: |N(client)| */
    bool *has_visits;                 /**< by client: any in the problem */
    bool *is_served;                  /**< by client: any in the plan */
    bool is_out_of_memory;
} rn_audit;

/* ------------------------------------------------------------- report */

/** What a violation points at; RUNDE_NONE where nothing does. */
typedef struct rn_spot {
    const char *rule;
    int32_t shift;
    int32_t visit;
    int32_t part;
    int64_t expected;
    int64_t found;
} rn_spot;

/** Notes a violation, which is about no carer, client or criterion unless
 *  these are written into it; remembers when there is no memory for it.
 *
 *  @return NULL when it is not listed; valid until the next one is noted */
runde_violation *rn_audit_note(rn_audit *audit, const rn_spot *spot,
                               const char *format, ...) RN_AUDIT_PRINTF(3, 4);

/** An empty report; NULL without memory. */
runde_report *rn_report_new(void);

/** Adds the entry that counts what is not listed; false without memory. */
bool rn_report_close(runde_report *report);

/** Where the recomputed cost and figures go. */
runde_cost *rn_report_cost_slot(runde_report *report);
runde_kpis *rn_report_kpis_slot(runde_report *report);

/** The spot of a stop of a route. */
rn_spot rn_stop_spot(const char *rule, const runde_route *route,
                     const runde_stop *stop, int64_t expected, int64_t found);

/** `visit "x"`, `activity 0` or `break 1`. */
rn_label rn_stop_label(const rn_audit *audit, const runde_stop *stop);
/** `break 1`, `activity "report"`: an item of a shift's lists. */
rn_label rn_item_label(const rn_audit *audit, int32_t shift,
                       runde_stop_kind kind, int32_t item);
/** The id in quotes, or a number for a record without id. */
rn_label rn_visit_label(const rn_audit *audit, int32_t visit);
rn_label rn_shift_label(const rn_audit *audit, int32_t shift);
rn_label rn_carer_label(const rn_audit *audit, int32_t carer);
rn_label rn_client_label(const rn_audit *audit, int32_t client);
rn_label rn_load_label(const rn_audit *audit, int32_t load);
rn_label rn_skill_label(const rn_audit *audit, int32_t skill);
/** A tick by the clock, "16:14:38". */
rn_label rn_time_label(const rn_audit *audit, int64_t ticks);
/** A number of ticks, "1 h 30 min". */
rn_label rn_span_label(const rn_audit *audit, int64_t ticks);

/* -------------------------------------------------------------- shared */

/** The visit of a stop, or NULL for breaks and activities. */
const runde_visit *rn_stop_visit(const rn_audit *audit, const runde_stop *stop);

/** Number of parts of a visit, 1 to RUNDE_MAX_CREW. */
int32_t rn_crew_of(const runde_visit *visit);

/** The client of a visit, or RUNDE_NONE. */
int32_t rn_client_of(const rn_audit *audit, const runde_visit *visit);

/** The stop of a presence. */
const runde_stop *rn_stop_at(const rn_audit *audit, rn_presence at);

/** The carer of a presence. */
int32_t rn_carer_at(const rn_audit *audit, rn_presence at);

/** Adds to a client's share of a criterion; no client, no share. */
void rn_add_share(rn_audit *audit, int32_t client, runde_criterion criterion,
                  int64_t amount);

/** Sum and product that stop at the ends of int64. */
int64_t rn_sat_add(int64_t a, int64_t b);
int64_t rn_sat_mul(int64_t a, int64_t b);

/** `a / b` rounded down, `b > 0`. */
int64_t rn_floor_div(int64_t a, int64_t b);

/** A problem's int32 time limit as int64: RUNDE_TIME_NONE is no bound. */
int64_t rn_upper(int32_t bound);
int64_t rn_lower(int32_t bound);

/* --------------------------------------------------------------- rules */

/** Rules arithmetic, break, activity, shift and load of one route, and its
 *  tally. O(stops). */
void rn_check_route(rn_audit *audit, int32_t index);

/** Rule travel: legs, places, distances and setup of one route; adds legs
 *  and waiting to its tally. O(stops). */
void rn_check_travel(rn_audit *audit, int32_t index);

/** Rules once, crew, unserved: which visits are where. O(stops). Fills
 *  `part` and `seen`. */
void rn_check_presence(rn_audit *audit);

/** Rules window, skill, carer, pinned, absence of every stop. O(stops). */
void rn_check_visits(rn_audit *audit);

/** Rule frozen: what is published before freeze_before stays, and nothing
 *  else starts before it. O(stops + published parts * shifts). */
void rn_check_frozen(rn_audit *audit);

/** Rules overlap, link, link_carer, all_or_none. O(visits log visits). */
void rn_check_bonds(rn_audit *audit);

/** The level at which a carer holds a skill throughout a shift, or
 *  RUNDE_NONE. O(skills of the carer). */
int64_t rn_level_held(const rn_audit *audit, const runde_shift *shift,
                      int32_t skill);

/** Rules duty, rest and carers' loads. O(routes). */
void rn_check_carers(rn_audit *audit);

/** How early and late a part is against its visit's preferred windows. */
typedef struct rn_lateness {
    int64_t early;
    int64_t late;
} rn_lateness;
rn_lateness rn_lateness_of(const rn_audit *audit, const runde_visit *visit,
                           int64_t start);

/** Amounts that add up over stops, shifts and left-out visits. O(stops). */
void rn_add_amounts(rn_audit *audit, int64_t *amount);

/** Amounts that compare people: meetings, workload, loads. */
void rn_add_people_amounts(rn_audit *audit, int64_t *amount);

/** Section 4: every amount, its cost, and rule hard. O(n log n). */
void rn_check_cost(rn_audit *audit);

/** Section 6, and the rules cost and kpi: what the plan states. */
void rn_check_kpis(rn_audit *audit);

/** Largest and smallest use of a load over the carers with a shift. */
typedef struct rn_load_range {
    int64_t least;
    int64_t most;
} rn_load_range;

/** `range[l]` for every load; `n_idle_carers` carers have shifts but no
 *  route. O(stops + carers * loads). */
void rn_load_ranges(rn_audit *audit, rn_load_range *range,
                    int32_t n_idle_carers);

/** Fills `meets`, `has_visits` and `is_served`. O(n log n). */
void rn_count_meetings(rn_audit *audit);

#endif
