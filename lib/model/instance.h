/* SPDX-License-Identifier: MIT */
/* The sealed problem as the search reads it: dense arrays, integers, every
 * wish already turned into a cost. Built once per solve, then read-only.
 *
 * A task is one part of a visit. Nodes are what routes are made of:
 *
 *   0 .. n_tasks-1                 tasks
 *   n_tasks .. n_stops-1           activities of shifts
 *   n_stops + 2 s, n_stops + 2 s+1 start and end of shift s
 *
 * Breaks are not nodes: they have no place and lie in the gap in front of a
 * real stop (docs/model.md 5.1). */
#ifndef RN_MODEL_INSTANCE_H
#define RN_MODEL_INSTANCE_H

#include <runde/problem.h>

#include "base/arena.h"
#include "model/travel.h"

typedef int64_t rn_cost;

/** No such cost: impossible. Sums of two of them do not overflow. */
#define RN_COST_INF ((rn_cost)1 << 60)
/** Open end of a time or gap bound; leaves room for sums. */
#define RN_TIME_MAX ((int32_t)1 << 30)
#define RN_TIME_MIN (-((int32_t)1 << 30))
/** A leg that no road covers: later than every shift's end. */
#define RN_FAR ((int32_t)1 << 29)

/** Service may start at a..b. */
typedef struct rn_window {
    int32_t a;
    int32_t b;
} rn_window;

/** What the search needs of a node, together in memory; what every look at
 *  a place reads comes first. */
typedef struct rn_stop {
    int32_t place; /**< RUNDE_NONE for an open shift end */
    int32_t duration;
    int32_t setup;
    int32_t w_travel; /**< cost per tick of the leg that ends here */
    int32_t n_windows;
    int32_t earliest; /**< first window's a */
    int32_t latest;   /**< last window's b */
    int32_t release;  /**< earliest start worth choosing */
    int32_t n_preferred;
    int32_t published; /**< start, or RUNDE_TIME_NONE */
    rn_window wish;    /**< the first preferred window, if any */
    int32_t w_early;
    int32_t w_late;
    int32_t w_distance;
    int32_t w_shifted;
    int32_t tolerance;
    int32_t first_window;    /**< into windows: when service may start */
    int32_t first_preferred; /**< into preferred, in terms of start */
} rn_stop;

/** A bond between two tasks: start[other] - start[self] in lo..hi. */
typedef struct rn_arc {
    int32_t other;
    int32_t lo;
    int32_t hi;
    int32_t choice; /**< disjunction: index into the solution's orientation,
                         or RUNDE_NONE */
    uint8_t kind;   /**< RN_ARC_... bits */
} rn_arc;

enum {
    RN_ARC_TIME = 1,      /**< lo and hi bind */
    RN_ARC_SAME = 2,      /**< one carer for both */
    RN_ARC_DIFFERENT = 4, /**< never one carer for both */
    RN_ARC_FIRST = 8      /**< disjunction: self is the pair's first */
};

/** What a task asks of who comes, and belongs to. */
typedef struct rn_task {
    int32_t visit;
    int32_t part;
    int32_t client;
    int32_t unit;       /**< tasks that stand or fall together */
    int32_t who;        /**< class of allowed shifts */
    int32_t first_wish; /**< into wishes, by carer */
    int32_t n_wishes;
    rn_cost wish_other; /**< cost of a carer no wish names */
    int64_t points_other;
    int32_t skill_class; /**< row of overqualification costs */
    rn_cost w_overqualified;
    int32_t published_carer; /**< or RUNDE_NONE */
    bool is_frozen;          /**< stays where it is published */
    bool counts_shift; /**< its start tells whether the visit is shifted */
    rn_cost w_changed;
    int32_t first_arc;
    int32_t n_arcs;
    int32_t first_load; /**< into loads */
    int32_t n_loads;
} rn_task;

/** Cost of one carer at one task by wish. */
typedef struct rn_wish {
    int32_t carer;
    rn_cost cost;
    int64_t points;
} rn_wish;

/** Tasks that are served together or not at all. */
typedef struct rn_unit {
    int32_t first; /**< into unit_tasks */
    int32_t n;
    rn_cost price;    /**< of leaving it out, scalarised */
    int64_t left_out; /**< its share of the first integer */
    rn_cost wishes;   /**< its share of the second when left out */
    int32_t shifts;   /**< how many shifts could take its scarcest task */
} rn_unit;

typedef struct rn_shift {
    int32_t carer;
    int32_t start;
    int32_t end;
    int32_t max_end;
    int32_t mode;
    int32_t day;
    int32_t week;
    int32_t first_break;
    int32_t n_breaks;
    int32_t first_activity; /**< node */
    int32_t n_activities;
    int32_t first_cap;
    int32_t n_caps;
    int32_t max_duty;
    int32_t before; /**< the carer's shift before, or RUNDE_NONE */
    int32_t after;
    int32_t rest_before; /**< ticks since the end of `before`, if used */
    int32_t twin;        /**< first shift that is the same but for its carer */
    bool continues;
} rn_shift;

typedef struct rn_break {
    int32_t duration;
    int32_t a;
    int32_t b;
    int32_t number; /**< in the shift's list as given */
    bool optional;
    bool paid;
    bool interrupts;
} rn_break;

typedef struct rn_carer_limits {
    int32_t weekly_rest; /**< 0 none */
    int64_t max_per_day; /**< RN_COST_INF none */
    int64_t max_per_week;
    int64_t max_per_horizon;
    int32_t first_cap;
    int32_t n_caps;
    int32_t first_shift; /**< into carer_shifts, by start */
    int32_t n_shifts;
} rn_carer_limits;

/** Who already came, and what new faces cost. */
typedef struct rn_client {
    int32_t first_past; /**< into past_carers: different, sorted */
    int32_t n_past;
    int32_t max_carers; /**< 0 none */
    rn_cost w_distinct;
    rn_cost w_over;
    int64_t most_over;  /**< so many above the target, INT64_MAX any */
    int32_t first_task; /**< into client_tasks */
    int32_t n_tasks;
} rn_client;

/** A hard criterion's amount, or a client's share of it, is at most `limit`.
 *  Where a criterion has bounds its whole amount is counted: what belongs to
 *  clients with a profile of their own apart, bound or not. */
typedef struct rn_bound {
    runde_criterion criterion;
    int32_t client; /**< whose share, or RUNDE_NONE */
    int64_t limit;  /**< INT64_MAX none: only counted */
    int64_t weight; /**< of a unit beyond it, next to other bounds */
    bool is_mixed;  /**< serving more may be what it needs */
} rn_bound;

typedef struct rn_instance {
    rn_arena *arena;
    const runde_problem *problem;
    int32_t n_tasks;
    int32_t n_stops; /**< tasks and activities */
    int32_t n_nodes;
    int32_t n_shifts;
    int32_t n_carers;
    int32_t n_clients;
    int32_t n_units;
    int32_t n_loads;
    int32_t n_places;
    int32_t n_choices;
    int32_t n_arcs;
    int32_t max_unit;
    int32_t n_faces;          /**< room for carers at clients, all lists */
    int32_t n_guests;         /**< last tasks, in no visit; instance_guest.c */
    const runde_visit *guest; /**< who has them now, or NULL */
    struct rn_guest_room *room;
    rn_stop *stop; /**< n_nodes */
    rn_task *task;
    rn_unit *unit;
    int32_t *unit_tasks;
    rn_window *windows;
    rn_window *preferred;
    rn_arc *arcs;
    rn_wish *wishes;
    runde_load_use *loads;
    rn_shift *shift;
    rn_break *breaks;
    runde_cap *caps;
    rn_carer_limits *carer;
    int32_t *carer_shifts;
    rn_client *client;
    int32_t *client_tasks;
    int32_t *first_task; /**< visit: its first task; n_visits + 1 */
    int32_t *past_carers;
    uint64_t *who; /**< class x words: which shifts may */
    int32_t who_words;
    int32_t n_who;
    int32_t n_skill_classes;
    int32_t *overqualified; /**< skill class x shift: levels too many */
    int32_t n_modes;
    const rn_travel **travel;  /**< by mode */
    const int32_t **durations; /**< by mode, RN_FAR for none; may be NULL */
    const int32_t **arrivals;  /**< the same, [to * n_places + from] */
    const int32_t **distances; /**< by mode; may be NULL */
    int32_t *near;             /**< task x near_stride: rn_near_of reads it */
    int32_t *near_count;       /**< RUNDE_NONE: not looked for yet */
    int32_t near_stride;
    struct rn_near_room *near_room; /**< what looking for them takes */
    rn_bound *bounds;
    int32_t n_bounds;     /**< 0: nothing is counted */
    int32_t n_shared;     /**< of them, those of no client come first */
    uint32_t bounded;     /**< bits of the criteria with bounds */
    uint32_t only_global; /**< of them, those without clients' own */
    bool is_mixed;        /**< serving more may be what a bound needs */
    int32_t rest_bound[RUNDE_CRITERIA]; /**< all but clients' own shares */
    int32_t own_bound[RUNDE_CRITERIA];  /**< shares of clients with a profile
                                             of their own but no bound */
    uint32_t *own_bits;   /**< client: bounded criteria of its profile */
    int32_t *first_bound; /**< client: its bounds, n_clients + 1 */
    int32_t *task_points; /**< of leaving a visit out, on its part 0 */
    int32_t steer[RUNDE_CRITERIA]; /**< what the search pays on top */
    rn_cost left_out_unit;         /**< M of docs/model.md 4.3 */
    rn_cost w[RUNDE_CRITERIA];
    bool depart_at_start;
    bool early_at_end;
    bool late_at_end;
    bool uses_distance;
    bool prices_filling; /**< waiting or idle has a price */
    bool any_lateness;   /**< some visit may come any time late, at a price */
    bool
        is_regular; /**< no start cost ever falls with time: labels are exact */
    bool only_late; /**< start costs rise, but for a step down where a
                         later preferred window opens */
    bool has_globals;      /**< a maximum or spread has a price */
    bool limits_hours;     /**< some rule on hours or rest is on */
    bool freezes;          /**< freeze_before is given */
    int32_t freeze_before; /**< RN_TIME_MIN when not */
} rn_instance;

/** Builds the instance of a sealed problem. O(data + tasks * near). */
runde_status rn_instance_new(rn_instance **out, const runde_problem *problem);
void rn_instance_free(rn_instance *inst);

/** Makes room for one visit that is not in the problem: its tasks are the
 *  last n_guests tasks, left out and without meaning until somebody takes
 *  the seat. Before anything else is built on the instance. O(data). */
runde_status rn_instance_make_room(rn_instance *inst);

/** Seats a visit, of which all defaults are filled in; it must stay valid
 *  while it sits. It has no links and is not published. Its tasks must not
 *  be served when it leaves.
 *
 *  @return RUNDE_E_LIMIT for more than a thousand windows or more loads than
 *          there are, RUNDE_E_NOMEM; the seat is then vacant
 *
 *  O(shifts + tasks of the client). */
runde_status rn_instance_seat(rn_instance *inst, const runde_visit *visit);

/** Makes the seat vacant. */
void rn_instance_unseat(rn_instance *inst);

/** Looks for a task's neighbours, which rn_near_of does where it must.
 *  O(tasks), for large instances of those around. */
void rn_instance_find_near(const rn_instance *inst, int32_t task);

/** The same for every task, by so many threads. Before several of them read
 *  the instance. */
void rn_instance_find_all_near(const rn_instance *inst, int32_t threads);

/** The tasks that the task would like to share a route with, the nearest
 *  first: `*n`, at most near_stride. Who is asked about a few tasks of a day
 *  looks for the neighbours of these only. O(1) but for the first time. */
static inline const int32_t *rn_near_of(const rn_instance *inst, int32_t task,
                                        int32_t *n)
{
    if (inst->near_count[task] < 0) {
        rn_instance_find_near(inst, task);
    }
    *n = inst->near_count[task];
    return inst->near + (size_t)task * (size_t)inst->near_stride;
}

/** The record that a task comes from. O(1). */
static inline const runde_visit *rn_visit_of(const rn_instance *inst,
                                             int32_t task)
{
    return task < inst->n_tasks - inst->n_guests
               ? runde_problem_visit(inst->problem, inst->task[task].visit)
               : inst->guest;
}

static inline int32_t rn_shift_start_node(const rn_instance *inst, int32_t s)
{
    return inst->n_stops + 2 * s;
}

static inline int32_t rn_shift_end_node(const rn_instance *inst, int32_t s)
{
    return inst->n_stops + 2 * s + 1;
}

/** May this shift serve tasks of this class? O(1). */
static inline bool rn_may(const rn_instance *inst, int32_t who, int32_t shift)
{
    const uint64_t *row = inst->who + (size_t)who * (size_t)inst->who_words;
    return (row[shift >> 6] >> (shift & 63)) & 1u;
}

/** Where a client's share of a bounded criterion counts; `client` may be
 *  RUNDE_NONE. O(the client's bounds). */
static inline int32_t rn_bound_of(const rn_instance *inst, int32_t client,
                                  runde_criterion criterion)
{
    if (client < 0 || (inst->own_bits[client] >> criterion & 1U) == 0) {
        return inst->rest_bound[criterion];
    }
    for (int32_t b = inst->first_bound[client];
         b < inst->first_bound[client + 1]; b++) {
        if (inst->bounds[b].criterion == criterion) {
            return b;
        }
    }
    return inst->own_bound[criterion];
}

/** Has the criterion a bound that is counted? O(1). */
static inline bool rn_is_bounded(const rn_instance *inst,
                                 runde_criterion criterion)
{
    return (inst->bounded >> criterion & 1U) != 0;
}

/** Ticks from place to place; 0 from or to an open end. O(1). */
static inline int32_t rn_drive(const rn_instance *inst, int32_t mode,
                               int32_t from, int32_t to)
{
    if (from < 0 || to < 0) {
        return 0;
    }
    const int32_t *durations = inst->durations[mode];
    if (durations != NULL) {
        return durations[(size_t)from * (size_t)inst->n_places + (size_t)to];
    }
    int32_t duration;
    int32_t distance;
    rn_travel_leg(inst->travel[mode], from, to, &duration, &distance);
    return duration < 0 ? RN_FAR : duration;
}

/** The same, for many places `from` and one place `to`: what they read lies
 *  together. O(1). */
static inline int32_t rn_drive_to(const rn_instance *inst, int32_t mode,
                                  int32_t from, int32_t to)
{
    const int32_t *arrivals = inst->arrivals[mode];
    if (from < 0 || to < 0 || arrivals == NULL) {
        return rn_drive(inst, mode, from, to);
    }
    return arrivals[(size_t)to * (size_t)inst->n_places + (size_t)from];
}

/** Does the way back always take as long? Where it is computed by the distance
 *  alone. */
static inline bool rn_is_same_back(const rn_instance *inst, int32_t mode)
{
    return inst->durations[mode] == NULL && inst->travel[mode]->legs == NULL;
}

/** Metres from place to place; 0 when unknown. O(1). */
static inline int32_t rn_metres(const rn_instance *inst, int32_t mode,
                                int32_t from, int32_t to)
{
    if (from < 0 || to < 0) {
        return 0;
    }
    if (inst->durations[mode] != NULL) {
        const int32_t *d = inst->distances[mode];
        if (d == NULL) {
            return 0;
        }
        const int32_t m = d[(size_t)from * (size_t)inst->n_places + (size_t)to];
        return m < 0 ? 0 : m;
    }
    int32_t duration;
    int32_t distance;
    rn_travel_leg(inst->travel[mode], from, to, &duration, &distance);
    return distance < 0 ? 0 : distance;
}

#endif
