/* SPDX-License-Identifier: MIT */
#include "search/tails.h"

#include "eval/price.h"

/* Neighbours looked at for a second route. */
#define LOOKED_AT 32

/* All of two routes behind two nodes. */
typedef struct cut {
    int32_t prev[2]; /* the last node that stays */
    int32_t n[2];    /* tasks that go: the first's in front in `moved` */
} cut;

/* What changes when `next` follows `prev` in the route of `prev`: new way
 * less the old one, and the least that the delay of the tail costs. */
static rn_cost joining_cost(const rn_solution *sol, int32_t prev, int32_t next)
{
    const rn_instance *inst = sol->inst;
    const int32_t shift = sol->node[prev].route;
    const int32_t old = sol->node[prev].next;
    if (next >= inst->n_stops) {
        next = rn_shift_end_node(inst, shift); /* everybody goes home */
    }
    const rn_path path = rn_path_between(inst, shift, prev, next);
    const rn_path was = rn_path_between(inst, shift, prev, old);
    const rn_node *n = &sol->node[next];
    const rn_cost cost = path.cost - was.cost;
    if (next >= inst->n_stops || n->gap_lo != n->gap_hi) {
        return cost; /* the schedule knows */
    }
    const int64_t delay = (int64_t)sol->node[prev].start +
                          inst->stop[prev].duration + path.drive + path.setup -
                          n->start - n->slack;
    if (delay <= 0) {
        return cost;
    }
    return n->rate == RN_RATE_HARD ? RN_COST_INF
                                   : cost + (rn_cost)n->rate * delay;
}

/* A lower bound in the time it takes to look at two legs. */
static rn_cost bound_of(const rn_solution *sol, int32_t p, int32_t q)
{
    const int32_t a = sol->node[p].next;
    const int32_t b = sol->node[q].next;
    const rn_cost first = joining_cost(sol, p, b);
    const rn_cost second = first < RN_COST_INF ? joining_cost(sol, q, a) : 0;
    return first >= RN_COST_INF || second >= RN_COST_INF ? RN_COST_INF
                                                         : first + second;
}

/* Breaks belong to the shift: the same ones must lie behind both cuts. */
static bool breaks_match(const rn_solution *sol, int32_t p, int32_t q)
{
    const rn_instance *inst = sol->inst;
    const int32_t r = sol->node[p].route;
    const int32_t s = sol->node[q].route;
    return inst->shift[r].n_breaks == inst->shift[s].n_breaks &&
           sol->node[sol->node[p].next].gap_lo ==
               sol->node[sol->node[q].next].gap_lo &&
           sol->route[r].missed == sol->route[s].missed;
}

static bool is_cut(const rn_search *s, int32_t p, int32_t q, rn_cost budget)
{
    const rn_solution *sol = s->sol;
    /* Whole routes are the same with other names. */
    return sol->node[p].route != sol->node[q].route &&
           !rn_is_elsewhere(s->finder, sol->node[q].route) &&
           breaks_match(sol, p, q) && bound_of(sol, p, q) < budget;
}

/* In front of the task or behind it, a near task comes in from another
 * route. False when no pair of cuts promises anything. */
static bool find_cut(rn_search *s, cut *c, rn_cost budget)
{
    rn_settle_slack(s->sol);
    const rn_instance *inst = s->inst;
    const rn_solution *sol = s->sol;
    const int32_t seed = rn_random_task(s);
    int32_t n = 0;
    const int32_t *near = rn_near_of(inst, seed, &n);
    n = n < LOOKED_AT ? n : LOOKED_AT;
    if (sol->node[seed].route < 0 ||
        rn_is_elsewhere(s->finder, sol->node[seed].route)) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t y = near[i];
        if (sol->node[y].route < 0) {
            continue;
        }
        if (is_cut(s, seed, sol->node[y].prev, budget)) {
            c->prev[0] = seed;
            c->prev[1] = sol->node[y].prev;
            return true;
        }
        if (is_cut(s, sol->node[seed].prev, y, budget)) {
            c->prev[0] = sol->node[seed].prev;
            c->prev[1] = y;
            return true;
        }
    }
    return false;
}

/* Notes the tasks behind a cut and where their breaks are; false when one of
 * them must stay. */
static bool read_tail(rn_search *s, int32_t prev, rn_moved *list, int32_t *n)
{
    rn_solution *sol = s->sol;
    *n = 0;
    for (int32_t x = sol->node[prev].next; sol->node[x].next != RUNDE_NONE;
         x = sol->node[x].next) {
        if (x >= s->inst->n_tasks || !rn_is_movable(s, x)) {
            return false;
        }
        list[*n].task = x;
        list[*n].gap_hi = sol->node[x].gap_hi;
        list[*n].release = sol->node[x].release;
        sol->over_start[x] = sol->node[x].start;
        (*n)++;
    }
    return true;
}

void rn_keep_orders(rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        const rn_node *y = &sol->node[arc->other];
        if (arc->choice < 0 || y->route < 0 || sol->choice[arc->choice] != 0) {
            continue;
        }
        const int32_t then =
            y->start == RN_TIME_MIN ? sol->over_start[arc->other] : y->start;
        const bool before = y->route == sol->node[task].route
                                ? rn_comes_behind(sol, task, arc->other)
                                : sol->over_start[task] < then;
        const bool is_first = (arc->kind & RN_ARC_FIRST) != 0;
        rn_set_choice(sol, arc->choice, before == is_first ? 1 : -1);
    }
}

bool rn_hang_in(rn_solution *sol, int32_t prev, const rn_moved *list, int32_t n)
{
    const int32_t shift = sol->node[prev].route;
    const int32_t next = sol->node[prev].next;
    for (int32_t i = 0; i < n; i++) {
        if (!rn_may_go(sol, list[i].task, shift, false)) {
            return false;
        }
        const rn_slot slot = {prev, list[i].gap_hi, list[i].release, 0};
        rn_link_in(sol, list[i].task, &slot);
        rn_keep_orders(sol, list[i].task);
        sol->seed[sol->n_seeds++] = list[i].task;
        prev = list[i].task;
    }
    sol->seed[sol->n_seeds++] = next;
    return true;
}

bool rn_swap_tails(rn_search *s, rn_cost budget)
{
    rn_solution *sol = s->sol;
    cut c;
    if (!find_cut(s, &c, budget) ||
        !read_tail(s, c.prev[0], s->moved, &c.n[0]) ||
        !read_tail(s, c.prev[1], s->moved + c.n[0], &c.n[1]) ||
        c.n[0] + c.n[1] == 0) {
        return false;
    }
    for (int32_t i = c.n[0] + c.n[1] - 1; i >= 0; i--) {
        rn_link_out(sol, s->moved[i].task);
    }
    const bool ok = rn_hang_in(sol, c.prev[1], s->moved, c.n[0]) &&
                    rn_hang_in(sol, c.prev[0], s->moved + c.n[0], c.n[1]) &&
                    rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    return ok;
}
