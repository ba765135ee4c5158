/* SPDX-License-Identifier: MIT */
/* When everything happens, given who does what in which order: the least
 * solution of docs/model.md section 5, kept up to date by what changed. */
#ifndef RN_EVAL_SCHEDULE_H
#define RN_EVAL_SCHEDULE_H

#include "eval/solution.h"

/** No start is late enough to be this: the schedule does not exist. */
#define RN_NEVER RN_TIME_MAX

/** The way from one node to the next. */
typedef struct rn_path {
    int32_t drive;
    int32_t setup;
    rn_cost cost; /**< weighted time and distance */
} rn_path;

/** What a drive is beside its time. */
static inline rn_path rn_path_of(const rn_instance *inst, int32_t mode,
                                 const rn_stop *a, const rn_stop *b,
                                 int32_t drive)
{
    rn_path path;
    path.drive = drive;
    path.setup = a->place == b->place ? 0 : b->setup;
    path.cost = (rn_cost)b->w_travel * drive;
    if (inst->uses_distance) {
        path.cost +=
            (rn_cost)b->w_distance * rn_metres(inst, mode, a->place, b->place);
    }
    return path;
}

static inline rn_path rn_path_between(const rn_instance *inst, int32_t shift,
                                      int32_t from, int32_t to)
{
    const rn_stop *a = &inst->stop[from];
    const rn_stop *b = &inst->stop[to];
    const int32_t mode = inst->shift[shift].mode;
    const int32_t drive = rn_drive(inst, mode, a->place, b->place);
    return rn_path_of(inst, mode, a, b, drive);
}

/** The same, for many nodes `from` and one node `to`: what they read lies
 *  together. */
static inline rn_path rn_path_into(const rn_instance *inst, int32_t shift,
                                   int32_t from, int32_t to)
{
    const rn_stop *a = &inst->stop[from];
    const rn_stop *b = &inst->stop[to];
    const int32_t mode = inst->shift[shift].mode;
    const int32_t drive = rn_drive_to(inst, mode, a->place, b->place);
    return rn_path_of(inst, mode, a, b, drive);
}

/** May a part of the drive lie before break `i`, in front of breaks up to
 *  hi-1? Once a drive is begun only breaks that interrupt it may follow
 *  (docs/model.md 2.1). O(hi - i). */
bool rn_may_split(const rn_solution *sol, int32_t shift, int32_t i, int32_t hi);

/** When drive and the breaks in front of `next` are over for a carer free at
 *  `t`, at least one break there; RN_NEVER when a break's window is missed
 *  (docs/model.md 5.1). O(breaks of the gap). */
int32_t rn_gap_with_breaks(const rn_solution *sol, int32_t shift, int32_t next,
                           int32_t t, int32_t drive);

/** The same with any number of breaks, mostly none. */
static inline int32_t rn_gap_time(const rn_solution *sol, int32_t shift,
                                  int32_t next, int32_t t, int32_t drive)
{
    const rn_node *n = &sol->node[next];
    return n->gap_lo == n->gap_hi
               ? t + drive
               : rn_gap_with_breaks(sol, shift, next, t, drive);
}

/** In front of which break of the range the drive ends so that all is over
 *  the earliest; range.b behind all, the first of equal ones. Not for the way
 *  home. `ready` is when that is, or RN_NEVER. O((b - a)^2). */
int32_t rn_gap_choice(const rn_solution *sol, int32_t shift, rn_window range,
                      int32_t t, int32_t drive, int32_t *ready);

/** The same for a range of breaks that no node carries yet. */
int32_t rn_gap_range(const rn_solution *sol, int32_t shift, rn_window range,
                     int32_t t, int32_t drive);

/** What a task that is not frozen may start at after this way, whatever the
 *  carer did before: nobody sets out for it before what is frozen is over,
 *  unless the plan published it so (docs/model.md 3, rule 21). O(1). */
static inline int32_t rn_thaw(const rn_instance *inst, int32_t shift,
                              int32_t node, const rn_path *way)
{
    if (!inst->freezes || node >= inst->n_tasks || inst->task[node].is_frozen) {
        return RN_TIME_MIN;
    }
    const int32_t there = inst->freeze_before + way->drive + way->setup;
    const int32_t published = inst->stop[node].published;
    const bool is_known =
        inst->task[node].published_carer == inst->shift[shift].carer;
    return is_known && published < there ? published : there;
}

/** The leg to a node from the one before it. O(1). */
static inline rn_path rn_leg_to(const rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[n];
    const rn_stop *a = &inst->stop[x->prev];
    const rn_stop *b = &inst->stop[n];
    const int32_t mode = inst->shift[x->route].mode;
    return rn_path_of(inst, mode, a, b, x->drive);
}

/** When a carer who is free at `t` behind the node before `n` could start
 *  service at `n`, its windows aside; RN_NEVER when a break is missed. */
static inline int32_t rn_arrival(const rn_solution *sol, int32_t n, int32_t t)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[n];
    const rn_stop *b = &inst->stop[n];
    const int32_t setup = inst->stop[x->prev].place == b->place ? 0 : b->setup;
    const int32_t ready = rn_gap_time(sol, x->route, n, t, x->drive) + setup;
    if (!inst->freezes) {
        return ready;
    }
    const rn_path way = {x->drive, setup, 0};
    const int32_t thaw = rn_thaw(inst, x->route, n, &way);
    return ready > thaw ? ready : thaw;
}

/** First allowed start of service at `t` or later; RN_NEVER after the last
 *  window. O(windows). */
static inline int32_t rn_first_start(const rn_instance *inst, int32_t node,
                                     int32_t t)
{
    const rn_stop *stop = &inst->stop[node];
    if (stop->n_windows == 1) {
        const int32_t start = t < stop->earliest ? stop->earliest : t;
        return start <= stop->latest ? start : RN_NEVER;
    }
    const rn_window *w = inst->windows + stop->first_window;
    for (int32_t i = 0; i < stop->n_windows; i++) {
        if (t <= w[i].b) {
            return t < w[i].a ? w[i].a : t;
        }
    }
    return RN_NEVER;
}

/** What a task waits for that is known to start at `start`: the last of the
 *  moments worth waiting for that is not later. O(preferred windows). */
static inline int32_t rn_release_at(const rn_instance *inst, int32_t task,
                                    int32_t start)
{
    const rn_stop *stop = &inst->stop[task];
    int32_t release = stop->earliest;
    if (stop->release <= start) {
        release = stop->release;
        for (int32_t i = 0; i < stop->n_preferred; i++) {
            /* For the first one nobody waits but on purpose. */
            const int32_t a = inst->preferred[stop->first_preferred + i].a;
            const bool is_one = i > 0 ? a <= start : a == start;
            release = a > release && is_one ? a : release;
        }
    }
    return release;
}

/** Weighted early, late and shifted start of a task, the general case. */
rn_cost rn_start_cost_any(const rn_instance *inst, int32_t node, int32_t start);

/** Weighted early, late and shifted start of a task. O(windows). */
static inline rn_cost rn_start_cost(const rn_instance *inst, int32_t node,
                                    int32_t start)
{
    const rn_stop *stop = &inst->stop[node];
    if (stop->published != RUNDE_TIME_NONE || stop->n_preferred > 1) {
        return rn_start_cost_any(inst, node, start);
    }
    if (stop->n_preferred == 0) {
        return 0;
    }
    const rn_window w = stop->wish;
    const rn_cost late =
        start > w.b ? (rn_cost)stop->w_late * (start - w.b) : 0;
    return start < w.a ? (rn_cost)stop->w_early * (w.a - start) + late : late;
}

/** Ticks late, for the largest lateness. O(windows). */
static inline int32_t rn_lateness(const rn_instance *inst, int32_t node,
                                  int32_t start)
{
    const rn_stop *stop = &inst->stop[node];
    if (stop->n_preferred == 0) {
        return 0;
    }
    if (stop->n_preferred == 1) {
        return start > stop->wish.b ? start - stop->wish.b : 0;
    }
    const rn_window *w = inst->preferred + stop->first_preferred;
    int32_t i = stop->n_preferred - 1;
    while (i > 0 && w[i].a > start) {
        i--;
    }
    return start > w[i].b ? start - w[i].b : 0;
}

/** What the wishes about carers say of one of them. O(log wishes). */
rn_wish rn_wish_of(const rn_instance *inst, int32_t task, int32_t carer);

/** Weighted wishes, overqualification and changed carer of a task in a
 *  shift. O(log wishes). */
rn_cost rn_fixed_cost(const rn_instance *inst, int32_t task, int32_t shift);

/** Latest end of a shift as things stand: its own, or rest before the next
 *  used shift of its carer. */
int32_t rn_end_limit(const rn_solution *sol, int32_t shift);

/** Times of a whole route that no link touches. False when impossible. */
bool rn_schedule_route(rn_solution *sol, int32_t shift);

/** After rn_link_in of `task` (and more): moves it and whatever it pushes to
 *  their new starts. False when the plan becomes impossible; then the
 *  journal must be undone. Touches only what moves. */
bool rn_schedule_insertion(rn_solution *sol, int32_t task);

/** After any number of rn_link_out: moves everything that was held back to
 *  its new earliest start. False when impossible (a road network where the
 *  way round is shorter). */
bool rn_schedule_removals(rn_solution *sol);

/** Sets the ceilings of `n` nodes, each to where the node starts now or to
 *  RN_TIME_MAX, and brings the slack up to date. */
void rn_set_ceilings(rn_solution *sol, const int32_t *nodes, int32_t n,
                     bool closed);

/** Brings the slack of everything that moved up to date. */
void rn_settle_moved(rn_solution *sol);

/** The same, O(1) when nothing moved: whoever reads the slack calls this
 *  first, so that what is undone or thrown away is never labelled. */
static inline void rn_settle_slack(rn_solution *sol)
{
    if (sol->n_moved > 0) {
        rn_settle_moved(sol);
    }
}

#endif
