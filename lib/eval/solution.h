/* SPDX-License-Identifier: MIT */
/* The mutable plan the search works on.
 *
 * A route is a doubly linked list of nodes from its shift's start node to its
 * end node; the shift's activities are always in it, also while no task is
 * (the route is then unused and costs nothing). Breaks lie in the gap in
 * front of a node, as a range of the shift's breaks:
 *
 *   start --- [break 0] -- task 7 ---- task 3 -- [break 1] -- report --- end
 *             gap_lo 0     gap_lo 1    1          1            2          2
 *             gap_hi 1     gap_hi 1    1          2            2          2
 *
 * Every node knows its earliest start (least solution of docs/model.md 5)
 * and its slack: the delay that raises no cost anywhere, links included; the
 * slack is as of the last rn_settle_slack.
 * Changes are journalled, so that undoing an iteration costs what it changed
 * and the plan is never copied. */
#ifndef RN_EVAL_SOLUTION_H
#define RN_EVAL_SOLUTION_H

#include "eval/ranked.h"
#include "model/instance.h"

/** Beyond its slack a node must not be delayed at all. */
#define RN_RATE_HARD INT32_MAX

typedef struct rn_node {
    int32_t prev;
    int32_t next;
    int32_t route; /**< shift; RUNDE_NONE while left out */
    int32_t ready; /**< arrival plus setup: the route allows no earlier */
    int32_t start;
    int32_t slack;   /**< delay without any cost */
    int32_t rate;    /**< lower bound on the cost per tick beyond the slack */
    int32_t via;     /**< the successor that limits the slack, or itself */
    int32_t release; /**< does not start before, whatever is allowed */
    int32_t ceiling; /**< does not start after; RN_TIME_MAX but for what
                          others work on at the same time */
    int32_t gap_lo;
    int32_t gap_hi;
    int32_t late;   /**< ticks, tasks only */
    int32_t absorb; /**< delay that the route's waiting behind it takes up;
                         only where filling is priced */
    int32_t drive;  /**< from the node before */
} rn_node;

typedef struct rn_route {
    int32_t n;       /**< tasks */
    uint32_t missed; /**< bit per break that is not taken */
    int64_t travel;  /**< ticks of all legs */
    int64_t setup;   /**< ticks */
    int64_t service; /**< ticks of tasks and activities */
    rn_cost legs;    /**< weighted time and distance of all legs */
    rn_cost fixed;   /**< wishes and such: who serves what */
    rn_cost timing;  /**< what the starts cost */
    rn_cost value;   /**< what the route counts in the total */
    int32_t end;     /**< back at the end place */
    int32_t idle;    /**< ticks of the shift not filled */
    int32_t late;    /**< the largest lateness in it, if priced */
} rn_route;

/** Another carer at a client's. */
typedef struct rn_face {
    int32_t carer;
    int32_t n;
} rn_face;

/** Steps of cost that a label of a route's tail has room for. */
#define RN_TAIL_STEPS 8

/** Beyond so many ticks of delay every tick costs `rate` more. */
typedef struct rn_rise {
    int32_t slack;
    int32_t rate; /**< may be negative: less early */
} rn_rise;

/** What the delay of a node costs from there to the end of its route. */
typedef struct rn_tail {
    int32_t most;  /**< more of a delay is impossible */
    int32_t known; /**< up to here the steps are a lower bound */
    int32_t sure;  /**< up to here they are the cost: no link is pushed */
    int32_t n;
    rn_rise step[RN_TAIL_STEPS]; /**< rising slack */
} rn_tail;

typedef struct rn_saved_node {
    int32_t index;
    rn_node node;
} rn_saved_node;

typedef struct rn_saved_route {
    int32_t index;
    rn_route route;
} rn_saved_route;

typedef struct rn_saved_face {
    int32_t client;
    int32_t carer;
    int32_t delta;
} rn_saved_face;

typedef struct rn_saved_choice {
    int32_t index;
    int8_t value;
} rn_saved_choice;

/** What changed since a moment, to go back to it. */
typedef struct rn_journal {
    uint32_t epoch;
    uint32_t *node_stamp;
    uint32_t *route_stamp;
    rn_saved_node *nodes;
    rn_saved_route *routes;
    int64_t *loads; /**< saved route x n_loads */
    int32_t n_nodes;
    int32_t n_routes;
    int32_t n_faces;   /**< length of the face log at the moment */
    int32_t n_choices; /**< length of the choice log at the moment */
    rn_cost client_cost;
    rn_cost unserved_cost;
    rn_cost route_cost;
    int64_t left_out;
    bool on;
} rn_journal;

typedef struct rn_solution {
    const rn_instance *inst;
    rn_arena arena;
    rn_node *node;
    rn_route *route;
    uint64_t *unused; /**< bit per shift without a task, as in a row of
                           inst->who */
    int64_t *load;    /**< route x n_loads */
    rn_face *face;    /**< client's list at its first_task */
    int32_t *n_faces;
    int32_t *n_new;        /**< faces that are not among the past carers */
    rn_tail *tail;         /**< node: as found for its route */
    uint32_t *tail_stamp;  /**< node: found in this epoch of its route */
    uint32_t *route_tails; /**< route: epoch of what is found, 0: nothing */
    int32_t *tail_first;   /**< route: no label before this node is found */
    uint32_t tail_epoch;
    int8_t *choice;   /**< disjunctions: 1 first before second, -1, 0 open */
    rn_journal outer; /**< one iteration */
    rn_journal inner; /**< one insertion */
    rn_saved_face *face_log;
    int32_t face_log_n;
    int32_t face_log_capacity;
    rn_saved_choice *choice_log;
    int32_t choice_log_n;
    int32_t choice_log_capacity;
    int32_t *dirty; /**< routes whose value is not up to date */
    uint8_t *is_dirty;
    int32_t n_dirty;
    int32_t *seed; /**< nodes next to what was taken out */
    int32_t n_seeds;
    int32_t *queue;  /**< ring of nodes at work */
    int32_t *marked; /**< list of nodes marked */
    int32_t n_marked;
    uint32_t *mark;
    uint32_t mark_epoch;
    uint8_t *queued;
    int32_t *moved; /**< nodes whose times changed since rn_settle_slack */
    int32_t n_moved;
    uint32_t *moved_stamp;
    uint32_t moved_epoch;
    rn_ranked *ranked;   /**< the marked ones by start, scratch */
    rn_ranked *unranked; /**< scratch */
    uint8_t *tells;      /**< rank: has others to tell of its slack, scratch */
    uint8_t *news;       /**< rank: its slack is another than before, scratch */
    int32_t *rank;       /**< node: where it stands among them */
    int32_t *over_start; /**< trial starts of rn_trial */
    uint32_t *over_stamp;
    uint32_t over_epoch;
    rn_cost route_cost;
    rn_cost client_cost;
    rn_cost unserved_cost;
    int64_t left_out;
    int32_t max_late; /**< as of the last rn_settle, if priced */
    int32_t max_idle;
    int32_t next_idle;  /**< the second largest */
    int32_t idle_floor; /**< rn_total takes the largest idle for so much at
                             least; rn_price_of never does */
    int64_t total_work; /**< of all carers, if priced */
    bool keeps_faces;
    /* Where a hard criterion has to be counted, as of the last rn_settle. */
    int64_t *amount;       /**< by bound */
    int64_t *spare_amount; /**< by bound, scratch */
    int64_t *route_amount; /**< shift x n_shared */
    int32_t *noted;        /**< clients to be counted anew */
    uint8_t *is_noted;
    int32_t n_noted;
    rn_cost excess;   /**< over the limits, weighted */
    rn_cost growing;  /**< its part that serving less can only lower */
    rn_cost steering; /**< what bounded criteria that grow cost on top */
    rn_cost relief;   /**< the same of those that do not, which rn_total takes
                           off: their excess steers enough */
    int64_t pressure; /**< what a unit of excess weighs in rn_total */
} rn_solution;

/** Where one task may go. */
typedef struct rn_slot {
    int32_t prev;    /**< the node it follows */
    int32_t split;   /**< breaks of the gap before this one come first */
    int32_t release; /**< its own earliest start there */
    rn_cost cost;
} rn_slot;

/** An empty plan: everything left out. */
runde_status rn_solution_new(rn_solution **out, const rn_instance *inst);
void rn_solution_free(rn_solution *sol);

/** Makes `to` the plan that `from` is; both of one instance, nothing
 *  journalled in either. O(nodes). */
void rn_solution_copy(rn_solution *to, const rn_solution *from);

/** Counts faces and left-out units afresh from who serves what, and has all
 *  routes valued again by the next rn_settle. O(nodes). */
void rn_solution_recount(rn_solution *sol);

/** Starts journalling, with the slack settled; rn_journal_undo takes
 *  everything back to here, but seeds of removals and sums: that is
 *  rn_undo_and_settle. */
void rn_journal_begin(rn_solution *sol, rn_journal *journal);
void rn_journal_undo(rn_solution *sol, rn_journal *journal);

/* Saves a record before its first change in a journal. */
void rn_save_node(rn_solution *sol, rn_journal *journal, int32_t n);
void rn_save_route(rn_solution *sol, rn_journal *journal, int32_t r);

/** For a change of the node that no label of a tail depends on. */
static inline rn_node *rn_touch_label(rn_solution *sol, int32_t n)
{
    if (sol->outer.on && sol->outer.node_stamp[n] != sol->outer.epoch) {
        rn_save_node(sol, &sol->outer, n);
    }
    if (sol->inner.on && sol->inner.node_stamp[n] != sol->inner.epoch) {
        rn_save_node(sol, &sol->inner, n);
    }
    return &sol->node[n];
}

/** The node's route has changed: its tails are to be found anew. */
static inline void rn_forget_tails(rn_solution *sol, int32_t n)
{
    if (sol->node[n].route >= 0) {
        sol->route_tails[sol->node[n].route] = 0;
    }
}

static inline rn_node *rn_touch(rn_solution *sol, int32_t n)
{
    rn_forget_tails(sol, n);
    return rn_touch_label(sol, n);
}

/** The route's value is to be found anew by the next rn_settle. */
static inline void rn_make_dirty(rn_solution *sol, int32_t r)
{
    if (!sol->is_dirty[r]) {
        sol->is_dirty[r] = 1;
        sol->dirty[sol->n_dirty++] = r;
    }
}

static inline rn_route *rn_touch_route(rn_solution *sol, int32_t r)
{
    if (sol->outer.on && sol->outer.route_stamp[r] != sol->outer.epoch) {
        rn_save_route(sol, &sol->outer, r);
    }
    if (sol->inner.on && sol->inner.route_stamp[r] != sol->inner.epoch) {
        rn_save_route(sol, &sol->inner, r);
    }
    rn_make_dirty(sol, r);
    sol->route_tails[r] = 0;
    return &sol->route[r];
}

/** A ring of nodes at work over sol->queue, each in it at most once. */
typedef struct rn_ring {
    int32_t head;
    int32_t n;
} rn_ring;

static inline void rn_ring_put(rn_solution *sol, rn_ring *ring, int32_t n)
{
    if (!sol->queued[n]) {
        sol->queued[n] = 1;
        int32_t at = ring->head + ring->n++;
        at = at >= sol->inst->n_nodes ? at - sol->inst->n_nodes : at;
        sol->queue[at] = n;
    }
}

static inline int32_t rn_ring_take(rn_solution *sol, rn_ring *ring)
{
    const int32_t n = sol->queue[ring->head];
    ring->head = ring->head + 1 == sol->inst->n_nodes ? 0 : ring->head + 1;
    ring->n--;
    sol->queued[n] = 0;
    return n;
}

/** Empties the ring, so that the next one finds no node queued. */
static inline void rn_ring_clear(rn_solution *sol, rn_ring *ring)
{
    while (ring->n > 0) {
        (void)rn_ring_take(sol, ring);
    }
}

/** Puts a node on the list sol->marked, once per mark_epoch. */
static inline void rn_mark(rn_solution *sol, int32_t n)
{
    if (sol->mark[n] != sol->mark_epoch) {
        sol->mark[n] = sol->mark_epoch;
        sol->marked[sol->n_marked++] = n;
    }
}

/** Has the slack of this node, and what depends on it, found anew. */
static inline void rn_note_moved(rn_solution *sol, int32_t n)
{
    if (sol->moved_stamp[n] != sol->moved_epoch) {
        sol->moved_stamp[n] = sol->moved_epoch;
        sol->moved[sol->n_moved++] = n;
    }
}

/** Is this unit served? O(1). */
static inline bool rn_is_served(const rn_solution *sol, int32_t unit)
{
    const rn_instance *inst = sol->inst;
    const int32_t task = inst->unit_tasks[inst->unit[unit].first];
    return sol->node[task].route >= 0;
}

/** Has this unused shift no schedule as it stands: no road from its start
 *  place to its end place, or a way that is too long? With a visit it may
 *  have one. O(1). */
static inline bool rn_is_unmade(const rn_solution *sol, int32_t shift)
{
    return sol->route[shift].n == 0 &&
           sol->node[rn_shift_end_node(sol->inst, shift)].start >= RN_FAR;
}

/** Links a task into a route behind `slot->prev`, sums only: no times. The
 *  unit's price is taken off with its first task. */
void rn_link_in(rn_solution *sol, int32_t task, const rn_slot *slot);

/** Takes a task out of its route, sums only. */
void rn_link_out(rn_solution *sol, int32_t task);

/** Moves an activity behind another node of its route, in front of the
 *  breaks of that gap: sums only. Its route's activities must keep their
 *  order. Call rn_schedule_removals after the last one. */
void rn_move_activity(rn_solution *sol, int32_t node, int32_t prev);

/** Chooses which of two client visits comes first; journalled. */
void rn_set_choice(rn_solution *sol, int32_t index, int8_t value);

/** Is `other` somewhere behind `node` in its route? O(tasks of the route). */
static inline bool rn_comes_behind(const rn_solution *sol, int32_t node,
                                   int32_t other)
{
    int32_t n = sol->node[node].next;
    while (n != RUNDE_NONE && n != other) {
        n = sol->node[n].next;
    }
    return n == other;
}

/** Does an arc of `task` bind now, and how? False when the other end is
 *  left out or the arc says nothing about time. */
static inline bool rn_arc_gap(const rn_solution *sol, int32_t task,
                              const rn_arc *arc, rn_window *gap)
{
    if (sol->node[arc->other].route < 0) {
        return false;
    }
    if (arc->choice >= 0) {
        const int8_t c = sol->choice[arc->choice];
        if (c == 0) {
            return false;
        }
        const bool first = (c > 0) == ((arc->kind & RN_ARC_FIRST) != 0);
        gap->a = first ? sol->inst->stop[task].duration : RN_TIME_MIN;
        gap->b = first ? RN_TIME_MAX : -sol->inst->stop[arc->other].duration;
        return true;
    }
    gap->a = arc->lo;
    gap->b = arc->hi;
    return (arc->kind & RN_ARC_TIME) != 0;
}

/** Different carers of a client that did not come before. O(faces) when
 *  continuity is not priced, else O(1). */
int32_t rn_new_faces(const rn_solution *sol, int32_t client);

/** Is the carer one that the client has not had, in the plan or before? Only
 *  where continuity is priced. O(faces). */
bool rn_is_new_face(const rn_solution *sol, int32_t client, int32_t carer);

/** Would this carer be the first to come to the task's client instead of the
 *  published one? The task itself is not looked at. O(tasks of the client). */
bool rn_is_first_swap(const rn_solution *sol, int32_t task, int32_t carer);

/** What one more carer at a client's costs; RN_COST_INF when forbidden. */
rn_cost rn_face_cost(const rn_solution *sol, int32_t client, int32_t carer);

#endif
