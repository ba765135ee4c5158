/* SPDX-License-Identifier: MIT */
/* A dynamic program over (stops done, activities done, breaks taken). Ending
 * a part of the route earlier never makes the rest end later, so that one
 * label for each of them is enough. */
#include "search/layout.h"

#include "base/alloc.h"

/* The break may be taken in any gap. */
#define ANYWHERE (-1)

/* ------------------------------------------------------- reading a route */

static int32_t number_of_break(const rn_instance *inst, int32_t shift,
                               int32_t item)
{
    const rn_shift *s = &inst->shift[shift];
    for (int32_t i = 0; i < s->n_breaks; i++) {
        if (inst->breaks[s->first_break + i].number == item) {
            return i;
        }
    }
    return RUNDE_NONE;
}

/* False when the part is in a route already. */
static bool read_visit(rn_layout *w, const runde_stop *stop)
{
    const rn_instance *inst = w->sol->inst;
    const int32_t task = inst->first_task[stop->item] + stop->part;
    if (stop->part < 0 || task >= inst->first_task[stop->item + 1] ||
        w->sol->node[task].route >= 0) {
        return false;
    }
    for (int32_t i = 0; i < w->n_stops; i++) {
        if (w->stop[i] == task) {
            return false;
        }
    }
    w->stop[w->n_stops++] = task;
    w->sol->over_start[task] = stop->start;
    return true;
}

/* Activities have an order of their own, which the plan must keep. */
static bool read_activity(rn_layout *w, int32_t item, int32_t *last)
{
    const rn_solution *sol = w->sol;
    const int32_t node = sol->inst->shift[w->shift].first_activity + item;
    if (sol->node[*last].next != node) {
        return false;
    }
    w->stop[w->n_stops++] = node;
    *last = node;
    return true;
}

/* Activities are listed all or not at all; breaks one by one, in the order
 * of their windows. */
static bool read_route(rn_layout *w, const runde_route *route)
{
    const rn_instance *inst = w->sol->inst;
    const rn_shift *s = &inst->shift[route->shift];
    int32_t last = rn_shift_start_node(inst, route->shift);
    int32_t last_break = RUNDE_NONE;
    const int32_t first = w->sol->node[last].next;
    bool good = s->n_breaks <= RN_MOST_BREAKS;
    int32_t n_visits = 0;
    w->shift = route->shift;
    w->n_stops = 0;
    for (int32_t b = 0; b < RN_MOST_BREAKS; b++) {
        w->gap[b] = ANYWHERE;
    }
    for (int32_t i = 0; i < route->n_stops && good; i++) {
        const runde_stop *stop = &route->stops[i];
        if (stop->kind == RUNDE_STOP_VISIT) {
            good = read_visit(w, stop);
            n_visits++;
        } else if (stop->kind == RUNDE_STOP_ACTIVITY) {
            good = read_activity(w, stop->item, &last);
        } else {
            const int32_t b = number_of_break(inst, w->shift, stop->item);
            good = b > last_break;
            last_break = b;
            if (good) {
                w->gap[b] = w->n_stops;
            }
        }
    }
    const bool none = last == rn_shift_start_node(inst, w->shift);
    w->n_free = none ? s->n_activities : 0;
    w->first_free = first;
    w->has_free[w->shift] = w->n_free > 0;
    w->is_fixed[w->shift] = last_break != RUNDE_NONE;
    return good && n_visits > 0 &&
           (none ||
            w->sol->node[last].next == rn_shift_end_node(inst, w->shift));
}

/* ---------------------------------------------------------------- labels */

/* Stops done, activities of the free ones done, whether the last of them was
 * an activity, breaks taken. */
typedef struct state {
    int32_t stops;
    int32_t free;
    bool after_free;
    int32_t breaks;
} state;

static int32_t index_of(const rn_layout *w, state at)
{
    const int32_t n_breaks = w->sol->inst->shift[w->shift].n_breaks;
    return ((at.stops * (w->n_free + 1) + at.free) * 2 + at.after_free) *
               (n_breaks + 1) +
           at.breaks;
}

static state state_of(const rn_layout *w, int32_t index)
{
    const int32_t n = w->sol->inst->shift[w->shift].n_breaks + 1;
    const int32_t done = index / n / 2;
    const state at = {done / (w->n_free + 1), done % (w->n_free + 1),
                      index / n % 2 == 1, index % n};
    return at;
}

static int32_t free_node(const rn_layout *w, int32_t number)
{
    int32_t n = w->first_free;
    while (number-- > 0) {
        n = w->sol->node[n].next;
    }
    return n;
}

/* The node at which the carer is. */
static int32_t node_of(const rn_layout *w, state at)
{
    if (at.after_free) {
        return free_node(w, at.free - 1);
    }
    return at.stops > 0 ? w->stop[at.stops - 1]
                        : rn_shift_start_node(w->sol->inst, w->shift);
}

static bool breaks_may_lie(const rn_layout *w, int32_t from, int32_t to,
                           int32_t gap)
{
    for (int32_t b = from; b < to; b++) {
        if (w->gap[b] != ANYWHERE && w->gap[b] != gap) {
            return false;
        }
    }
    return true;
}

/* Earlier than wished is chosen again where the plan chose it. */
static int32_t release_of(const rn_layout *w, int32_t task)
{
    const rn_stop *stop = &w->sol->inst->stop[task];
    const int32_t start = w->sol->over_start[task];
    if (w->is_early) {
        return stop->earliest;
    }
    return w->has_times ? rn_release_at(w->sol->inst, task, start)
                        : stop->release;
}

/* When the next node starts, after breaks from..to-1 in the gap. */
static int32_t start_after(const rn_layout *w, state at, int32_t to,
                           int32_t next, int32_t free)
{
    const rn_solution *sol = w->sol;
    const rn_instance *inst = sol->inst;
    const rn_path path = rn_path_between(inst, w->shift, node_of(w, at), next);
    if (next >= inst->n_stops) {
        rn_node *const end = &w->sol->node[next];
        const int32_t lo = end->gap_lo;
        const int32_t hi = end->gap_hi;
        end->gap_lo = at.breaks;
        end->gap_hi = to;
        const int32_t home = rn_gap_time(sol, w->shift, next, free, path.drive);
        end->gap_lo = lo;
        end->gap_hi = hi;
        return home;
    }
    const rn_window range = {at.breaks, to};
    int32_t ready = rn_gap_range(sol, w->shift, range, free, path.drive);
    ready = ready < RN_NEVER ? ready + path.setup : ready;
    if (next < inst->n_tasks) {
        const int32_t release = release_of(w, next);
        ready = ready > release ? ready : release;
    }
    return ready < RN_NEVER ? rn_first_start(inst, next, ready) : RN_NEVER;
}

/* Goes on to `next` with as many breaks in the gap as there may be. */
static void extend(rn_layout *w, state at, state to, int32_t next, int32_t gap)
{
    const rn_instance *inst = w->sol->inst;
    const int32_t n_breaks = inst->shift[w->shift].n_breaks;
    const int32_t from = index_of(w, at);
    const rn_cost way =
        w->labels[from].way +
        rn_path_between(inst, w->shift, node_of(w, at), next).cost;
    for (to.breaks = at.breaks; to.breaks <= n_breaks; to.breaks++) {
        if (!breaks_may_lie(w, at.breaks, to.breaks, gap)) {
            break;
        }
        const int32_t start =
            start_after(w, at, to.breaks, next, w->labels[from].free);
        if (start >= RN_NEVER) {
            continue;
        }
        rn_label *l = &w->labels[index_of(w, to)];
        const int32_t free = start + inst->stop[next].duration;
        if (free < l->free || (free == l->free && way < l->way)) {
            l->free = free;
            l->way = way;
            l->from = from;
            l->n_breaks = to.breaks - at.breaks;
        }
    }
}

/* The label before the way home that ends the earliest, or RUNDE_NONE. */
static int32_t last_label(const rn_layout *w)
{
    const rn_instance *inst = w->sol->inst;
    const int32_t n_breaks = inst->shift[w->shift].n_breaks;
    const int32_t end = rn_shift_end_node(inst, w->shift);
    int32_t best = rn_end_limit(w->sol, w->shift) + 1;
    int32_t found = RUNDE_NONE;
    for (int32_t i = 0; i < 2 * (n_breaks + 1); i++) {
        const state at = {w->n_stops, w->n_free, i % 2 == 1, i / 2};
        const int32_t index = index_of(w, at);
        const bool possible =
            w->labels[index].free < RN_NEVER &&
            breaks_may_lie(w, at.breaks, n_breaks, w->n_stops);
        const int32_t home =
            possible ? start_after(w, at, n_breaks, end, w->labels[index].free)
                     : RN_NEVER;
        if (home < best) {
            best = home;
            found = index;
        }
    }
    return found;
}

static bool make_room(rn_layout *w, size_t n)
{
    if (n > w->room) {
        rn_label *const grown = rn_realloc_array(w->labels, n, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        w->labels = grown;
        w->room = n;
    }
    return true;
}

/* Fills the labels; `*last` is RUNDE_NONE when the route has no times. */
static runde_status find_labels(rn_layout *w, int32_t *last)
{
    const rn_instance *inst = w->sol->inst;
    const int32_t n_breaks = inst->shift[w->shift].n_breaks;
    const size_t n = (size_t)(w->n_stops + 1) * (size_t)(w->n_free + 1) * 2 *
                     (size_t)(n_breaks + 1);
    if (!make_room(w, n)) {
        return RUNDE_E_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        w->labels[i].free = RN_NEVER;
    }
    w->labels[0].free = inst->shift[w->shift].start;
    w->labels[0].way = 0;
    for (size_t i = 0; i < n; i++) {
        const state at = state_of(w, (int32_t)i);
        if (w->labels[i].free >= RN_NEVER) {
            continue;
        }
        if (at.stops < w->n_stops) {
            const state to = {at.stops + 1, at.free, false, 0};
            extend(w, at, to, w->stop[at.stops], at.stops);
        }
        if (at.free < w->n_free) {
            const state to = {at.stops, at.free + 1, true, 0};
            extend(w, at, to, free_node(w, at.free), at.stops);
        }
    }
    *last = last_label(w);
    return RUNDE_OK;
}

/* ------------------------------------------------------------ laying out */

/* Puts the tasks and breaks of the route where the labels have them. */
static void lay_out(rn_layout *w, int32_t last)
{
    rn_solution *sol = w->sol;
    const rn_instance *inst = sol->inst;
    const int32_t end = rn_shift_end_node(inst, w->shift);
    const state home = state_of(w, last);
    rn_touch(sol, end)->gap_lo = home.breaks;
    sol->node[end].gap_hi = inst->shift[w->shift].n_breaks;
    sol->seed[sol->n_seeds++] = end;
    int32_t next = end;
    for (int32_t i = last; i != 0; i = w->labels[i].from) {
        const state at = state_of(w, i);
        const int32_t n = node_of(w, at);
        if (n < inst->n_tasks) {
            /* The gap that it splits is written over at once. */
            const int32_t lo = sol->node[next].gap_lo;
            const rn_slot slot = {sol->node[next].prev, lo, release_of(w, n),
                                  0};
            rn_link_in(sol, n, &slot);
        }
        rn_node *x = rn_touch(sol, n);
        x->gap_lo = at.breaks - w->labels[i].n_breaks;
        x->gap_hi = at.breaks;
        sol->seed[sol->n_seeds++] = n;
        next = n;
    }
}

static uint32_t optional_breaks(const rn_instance *inst, int32_t shift)
{
    const rn_shift *s = &inst->shift[shift];
    uint32_t bits = 0;
    for (int32_t b = 0; b < s->n_breaks; b++) {
        bits |= inst->breaks[s->first_break + b].optional ? 1U << b : 0;
    }
    return bits;
}

static uint32_t listed_breaks(const rn_layout *w)
{
    uint32_t bits = 0;
    for (int32_t b = 0; b < RN_MOST_BREAKS; b++) {
        bits |= w->gap[b] != ANYWHERE ? 1U << b : 0;
    }
    return bits;
}

/* The ways to lay a route out, the dearer the later: as wished, earlier than
 * wished, and both without the optional breaks that the plan does not list. */
static runde_status find_way(rn_layout *w, rn_lay lay, int32_t *last)
{
    rn_solution *sol = w->sol;
    const uint32_t listed = listed_breaks(w);
    const uint32_t optional = optional_breaks(sol->inst, w->shift) & ~listed;
    const uint32_t all =
        (uint32_t)(((uint64_t)1 << sol->inst->shift[w->shift].n_breaks) - 1);
    const bool spares = w->is_fixed[w->shift] || w->has_times;
    runde_status status = RUNDE_OK;
    *last = RUNDE_NONE;
    for (int32_t way = 0; way < 4 && status == RUNDE_OK && *last == RUNDE_NONE;
         way++) {
        w->is_early = lay.early || way % 2 == 1;
        rn_route *route = rn_touch_route(sol, w->shift);
        route->missed = lay.bare             ? all & ~listed
                        : spares || way >= 2 ? optional
                                             : 0;
        status = find_labels(w, last);
    }
    return status;
}

runde_status rn_lay_route(rn_layout *w, const runde_route *route, rn_lay lay)
{
    int32_t last = RUNDE_NONE;
    if (!read_route(w, route)) {
        return RUNDE_E_INVALID;
    }
    const runde_status status = find_way(w, lay, &last);
    if (status == RUNDE_OK && last != RUNDE_NONE) {
        lay_out(w, last);
    }
    return status == RUNDE_OK && last == RUNDE_NONE ? RUNDE_E_INVALID : status;
}

void rn_layout_end(rn_layout *w)
{
    rn_free(w->labels);
    rn_free(w->has_free);
    rn_free(w->is_fixed);
    rn_free(w->stop);
}

runde_status rn_layout_start(rn_layout *w, rn_solution *sol,
                             const runde_plan *plan)
{
    const rn_instance *inst = sol->inst;
    *w = (rn_layout){0};
    w->sol = sol;
    w->plan = plan;
    w->has_times = runde_plan_has_times(plan);
    w->stop = rn_calloc((size_t)inst->n_stops + 1, sizeof *w->stop);
    w->is_fixed = rn_calloc((size_t)inst->n_shifts + 1, sizeof *w->is_fixed);
    w->has_free = rn_calloc((size_t)inst->n_shifts + 1, sizeof *w->has_free);
    if (w->stop == NULL || w->is_fixed == NULL || w->has_free == NULL) {
        rn_layout_end(w);
        return RUNDE_E_NOMEM;
    }
    return RUNDE_OK;
}
