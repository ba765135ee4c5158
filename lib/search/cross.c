/* SPDX-License-Identifier: MIT */
#include "search/cross.h"

#include "base/alloc.h"
#include "eval/price.h"
#include "search/tails.h"

/* Neighbours of a task looked at. */
#define LOOKED_AT 16
/* Tasks of both routes that are looked at behind a pair of cuts. */
#define SCANNED 60
/* More tasks than this are not exchanged at once. */
#define MOST_MOVED 256
/* Tasks between two looks at the clock. */
#define POLL_EVERY 32

/* All behind `prev` up to `last` goes, of two routes; none of one of them
 * where these are the same node. */
typedef struct exchange {
    int32_t prev[2];
    int32_t last[2];
    rn_cost cost; /* a lower bound, as far as the labels know */
} exchange;

/* The way, and the least that the delay of what follows costs. */
static rn_cost cost_of_leg(const rn_solution *sol, int32_t shift, int32_t prev,
                           int32_t next)
{
    const rn_instance *inst = sol->inst;
    const rn_path path = rn_path_between(inst, shift, prev, next);
    const rn_node *n = &sol->node[next];
    if (next >= inst->n_stops || n->gap_lo != n->gap_hi) {
        return path.cost; /* the schedule knows */
    }
    const int64_t delay = (int64_t)sol->node[prev].start +
                          inst->stop[prev].duration + path.drive + path.setup -
                          n->start - n->slack;
    if (delay <= 0) {
        return path.cost;
    }
    return n->rate == RN_RATE_HARD ? RN_COST_INF
                                   : path.cost + (rn_cost)n->rate * delay;
}

static rn_cost cost_as_it_is(const rn_solution *sol, int32_t prev)
{
    const rn_node *p = &sol->node[prev];
    return rn_path_between(sol->inst, p->route, prev, p->next).cost;
}

/* What changes where the first of the two goes from `prev` on. */
static rn_cost cost_of_cut(const rn_solution *sol, const int32_t prev[2])
{
    rn_cost cost = 0;
    for (int i = 0; i < 2 && cost < RN_COST_INF; i++) {
        const int32_t shift = sol->node[prev[i]].route;
        const int32_t first = sol->node[prev[1 - i]].next;
        const rn_cost leg = cost_of_leg(sol, shift, prev[i], first);
        cost =
            leg < RN_COST_INF ? cost + leg - cost_as_it_is(sol, prev[i]) : leg;
    }
    return cost;
}

/* What changes behind the two, where neither is empty; RN_COST_INF when that
 * is not below `limit`. */
static rn_cost cost_of_end(const rn_solution *sol, const int32_t last[2],
                           rn_cost limit)
{
    rn_cost cost = -cost_as_it_is(sol, last[0]) - cost_as_it_is(sol, last[1]);
    for (int i = 0; i < 2 && cost < limit; i++) {
        const int32_t shift = sol->node[last[i]].route;
        const int32_t next = sol->node[last[i]].next;
        const rn_cost leg = cost_of_leg(sol, shift, last[1 - i], next);
        cost = leg < RN_COST_INF ? cost + leg : leg;
    }
    return cost < limit ? cost : RN_COST_INF;
}

/* The same in all where those of route `from` go, and none come back. */
static rn_cost cost_of_move(const rn_solution *sol, const exchange *x, int from)
{
    const int32_t home = sol->node[x->prev[from]].route;
    const int32_t prev = x->prev[1 - from];
    const int32_t shift = sol->node[prev].route;
    const int32_t next = sol->node[x->last[from]].next;
    const rn_cost legs[3] = {
        cost_of_leg(sol, shift, prev, sol->node[x->prev[from]].next),
        cost_of_leg(sol, shift, x->last[from], sol->node[prev].next),
        cost_of_leg(sol, home, x->prev[from], next)};
    if (legs[0] >= RN_COST_INF || legs[1] >= RN_COST_INF ||
        legs[2] >= RN_COST_INF) {
        return RN_COST_INF;
    }
    return legs[0] + legs[1] + legs[2] - cost_as_it_is(sol, prev) -
           cost_as_it_is(sol, x->prev[from]) -
           cost_as_it_is(sol, x->last[from]);
}

/* Breaks belong to the shift: the same ones must lie between the cuts. */
static bool breaks_match(const rn_solution *sol, const int32_t at[2])
{
    return sol->node[sol->node[at[0]].next].gap_lo ==
           sol->node[sol->node[at[1]].next].gap_lo;
}

/* May they exchange anything as far as breaks go? */
static bool are_alike(const rn_solution *sol, int32_t route, int32_t other)
{
    return route != other &&
           sol->inst->shift[route].n_breaks ==
               sol->inst->shift[other].n_breaks &&
           sol->route[route].missed == sol->route[other].missed;
}

static bool is_loose(const rn_solution *sol, int32_t node)
{
    const rn_instance *inst = sol->inst;
    return node < inst->n_tasks && !rn_is_frozen(inst, inst->task[node].unit);
}

/* Goes on in the route that is behind in time; false where it ends, or where
 * something must stay. */
static bool step(const rn_solution *sol, int32_t last[2])
{
    const int32_t a = sol->node[last[0]].next;
    const int32_t b = sol->node[last[1]].next;
    const int i = sol->node[a].start <= sol->node[b].start ? 0 : 1;
    last[i] = i == 0 ? a : b;
    return is_loose(sol, last[i]);
}

/* Notes in `best` what is cheaper to exchange, both of the two not empty. */
static void weigh(const rn_solution *sol, exchange *x, rn_cost cut,
                  exchange *best)
{
    if (cut < RN_COST_INF && breaks_match(sol, x->last)) {
        const rn_cost end = cost_of_end(sol, x->last, best->cost - cut);
        if (end < RN_COST_INF) {
            x->cost = cut + end;
            *best = *x;
        }
    }
}

/* The same where one of them is. */
static void weigh_move(const rn_solution *sol, exchange *x, exchange *best)
{
    if (breaks_match(sol, x->last)) {
        x->cost = cost_of_move(sol, x, x->last[0] == x->prev[0] ? 1 : 0);
        *best = x->cost < best->cost ? *x : *best;
    }
}

/* All the exchanges that begin behind these nodes. */
static void look_behind(const rn_solution *sol, const int32_t prev[2],
                        exchange *best)
{
    exchange x = {{prev[0], prev[1]}, {prev[0], prev[1]}, 0};
    const rn_cost cut = cost_of_cut(sol, prev);
    for (int32_t i = 0; i < SCANNED && step(sol, x.last); i++) {
        if (x.last[0] == prev[0] || x.last[1] == prev[1]) {
            weigh_move(sol, &x, best);
        } else if (cut < RN_COST_INF) {
            weigh(sol, &x, cut, best);
        } else {
            return;
        }
    }
    /* And all that follows; what must stay is found later. */
    for (int i = 0; i < 2; i++) {
        const int32_t shift = sol->node[prev[i]].route;
        x.last[i] = sol->node[rn_shift_end_node(sol->inst, shift)].prev;
    }
    if (x.last[0] != prev[0] && x.last[1] != prev[1]) {
        weigh(sol, &x, cut, best);
    }
}

/* Notes the tasks that go; false when one of them must stay. */
static bool read(rn_solution *sol, const exchange *x, int side, rn_moved *list,
                 int32_t *n)
{
    for (int32_t t = x->prev[side]; t != x->last[side];) {
        t = sol->node[t].next;
        if (*n == MOST_MOVED || !is_loose(sol, t)) {
            return false;
        }
        list[*n].task = t;
        list[*n].gap_hi = sol->node[t].gap_hi;
        list[*n].release = sol->node[t].release;
        sol->over_start[t] = sol->node[t].start;
        (*n)++;
    }
    return true;
}

/* False, and the plan is broken, when it does not hold. */
static bool carry_out(rn_solution *sol, const exchange *x)
{
    rn_moved list[MOST_MOVED];
    int32_t n = 0;
    if (!read(sol, x, 0, list, &n)) {
        return false;
    }
    const int32_t firsts = n;
    if (!read(sol, x, 1, list, &n)) {
        return false;
    }
    for (int32_t i = n - 1; i >= 0; i--) {
        rn_link_out(sol, list[i].task);
    }
    const bool ok = rn_hang_in(sol, x->prev[1], list, firsts) &&
                    rn_hang_in(sol, x->prev[0], list + firsts, n - firsts) &&
                    rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    return ok;
}

/* True when the plan is a better one now, else it is as it was. */
static bool try_out(rn_solution *sol, const exchange *x)
{
    const rn_price before = rn_price_of(sol);
    rn_journal_begin(sol, &sol->outer);
    bool better = carry_out(sol, x);
    if (better) {
        rn_settle(sol);
        better =
            sol->excess == 0 && rn_price_compare(rn_price_of(sol), before) < 0;
    }
    if (!better) {
        rn_undo_and_settle(sol, &sol->outer);
    }
    sol->outer.on = false;
    return better;
}

/* What was looked at when, by the number of exchanges there were then. */
typedef struct crossing {
    rn_solution *sol;
    int32_t *looked_at; /* task */
    int32_t *changed;   /* shift */
    int32_t n;
} crossing;

/* Nothing there is new since the task was looked at. */
static bool is_known(const crossing *c, int32_t task, int32_t near)
{
    const int32_t then = c->looked_at[task];
    const rn_node *node = c->sol->node;
    return c->changed[node[task].route] <= then &&
           c->changed[node[near].route] <= then;
}

/* In front of the task or behind it, a near task comes in from another
 * route. */
static bool improve_beside(crossing *c, int32_t task, int32_t near)
{
    rn_solution *sol = c->sol;
    const int32_t pairs[2][2] = {{task, sol->node[near].prev},
                                 {sol->node[task].prev, near}};
    for (int i = 0; i < 2; i++) {
        exchange best = {{0, 0}, {0, 0}, 0};
        if (breaks_match(sol, pairs[i])) {
            look_behind(sol, pairs[i], &best);
        }
        const int32_t route = sol->node[task].route;
        const int32_t other = sol->node[near].route;
        if (best.cost < 0 && try_out(sol, &best)) {
            c->n++;
            c->changed[route] = c->n;
            c->changed[other] = c->n;
            rn_settle_slack(sol);
            return true;
        }
    }
    return false;
}

/* How often it helped. */
static int32_t improve_at(crossing *c, int32_t task)
{
    const rn_node *node = c->sol->node;
    const int32_t before = c->n;
    int32_t n = 0;
    const int32_t *near = rn_near_of(c->sol->inst, task, &n);
    n = n < LOOKED_AT ? n : LOOKED_AT;
    for (int32_t i = 0; i < n; i++) {
        if (node[near[i]].route >= 0 &&
            are_alike(c->sol, node[task].route, node[near[i]].route) &&
            !is_known(c, task, near[i])) {
            (void)improve_beside(c, task, near[i]);
        }
    }
    c->looked_at[task] = before;
    return c->n - before;
}

static void cross(crossing *c, rn_poll_fn poll, void *poll_payload)
{
    const int32_t n = c->sol->inst->n_tasks;
    int32_t task = 0;
    int32_t in_vain = 0; /* tasks looked at since the last exchange */
    bool goes_on = true;
    rn_settle_slack(c->sol);
    for (int32_t i = 0; in_vain < n && goes_on; i++) {
        in_vain++;
        if (c->sol->node[task].route >= 0 && improve_at(c, task) > 0) {
            in_vain = 0;
        }
        task = task + 1 < n ? task + 1 : 0;
        goes_on =
            (i + 1) % POLL_EVERY != 0 || poll == NULL || poll(poll_payload);
    }
}

runde_status rn_cross(rn_solution *sol, rn_poll_fn poll, void *poll_payload,
                      bool *better)
{
    const size_t n_tasks = (size_t)sol->inst->n_tasks + 1;
    const size_t n_shifts = (size_t)sol->inst->n_shifts + 1;
    crossing c = {sol, NULL, NULL, 0};
    rn_arena arena = RN_ARENA_INIT;
    *better = false;
    c.looked_at = rn_arena_array(&arena, n_tasks, sizeof *c.looked_at);
    c.changed = rn_arena_array(&arena, n_shifts, sizeof *c.changed);
    const bool ok = c.looked_at != NULL && c.changed != NULL;
    if (ok) {
        for (size_t t = 0; t < n_tasks; t++) {
            c.looked_at[t] = RUNDE_NONE; /* never */
        }
        cross(&c, poll, poll_payload);
        *better = c.n > 0;
    }
    rn_arena_free(&arena);
    return ok ? RUNDE_OK : RUNDE_E_NOMEM;
}
