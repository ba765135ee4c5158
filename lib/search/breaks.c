/* SPDX-License-Identifier: MIT */
#include "search/breaks.h"

#include <string.h>

/* One ruined route in so many has its breaks looked at. */
#define ONE_IN 8
/* Breaks of one shift that this can handle; validation allows no more. */
#define MOST_BREAKS 32
/* Placements of all breaks of a route that are tried one by one, to save
 * something and to find any. */
#define MOST_PLACEMENTS 1000
#define MOST_FOR_NEED 10000
/* A rule broken in a route weighs more than any wish. */
#define RULE_BROKEN ((rn_cost)1 << 46)

/* The gaps of all breaks of a route, as numbers of nodes from its front. */
static int32_t read_gaps(const rn_solution *sol, int32_t shift, int32_t *gap)
{
    const rn_instance *inst = sol->inst;
    int32_t number = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        for (int32_t b = sol->node[n].gap_lo; b < sol->node[n].gap_hi; b++) {
            gap[b] = number;
        }
        number++;
    }
    return number;
}

/* Writes them back; where a gap changes, times must be found anew. */
static void write_gaps(rn_solution *sol, int32_t shift, const int32_t *gap)
{
    const rn_instance *inst = sol->inst;
    const int32_t n_breaks = inst->shift[shift].n_breaks;
    int32_t number = 0;
    int32_t b = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        const int32_t lo = b;
        while (b < n_breaks && gap[b] == number) {
            b++;
        }
        if (sol->node[n].gap_lo != lo || sol->node[n].gap_hi != b) {
            rn_node *x = rn_touch(sol, n);
            x->gap_lo = lo;
            x->gap_hi = b;
            sol->seed[sol->n_seeds++] = n;
        }
        number++;
    }
}

static void set_missed(rn_solution *sol, int32_t shift, int32_t number,
                       bool missed)
{
    const rn_instance *inst = sol->inst;
    const uint32_t bit = 1U << number;
    rn_route *route = rn_touch_route(sol, shift);
    route->missed = missed ? route->missed | bit : route->missed & ~bit;
    for (int32_t n = rn_shift_start_node(inst, shift); n != RUNDE_NONE;
         n = sol->node[n].next) {
        if (number >= sol->node[n].gap_lo && number < sol->node[n].gap_hi) {
            sol->seed[sol->n_seeds++] = n;
        }
    }
}

void rn_drop_breaks(rn_search *s)
{
    const rn_instance *inst = s->inst;
    for (int32_t i = 0; i < s->sol->n_dirty; i++) {
        const int32_t r = s->sol->dirty[i];
        const rn_shift *shift = &inst->shift[r];
        for (int32_t b = 0; b < shift->n_breaks && b < MOST_BREAKS; b++) {
            if (inst->breaks[shift->first_break + b].optional &&
                !((s->sol->route[r].missed >> b) & 1U) &&
                rn_rng_below(&s->rng, ONE_IN) == 0) {
                set_missed(s->sol, r, b, true);
            }
        }
    }
}

/* Takes break `number` in the gap of node number `to`; the order of breaks
 * stays, so others may be moved along. Times are not looked at. */
static void move_to_gap(rn_solution *sol, int32_t shift, int32_t number,
                        int32_t to)
{
    int32_t gap[MOST_BREAKS] = {0};
    (void)read_gaps(sol, shift, gap);
    for (int32_t b = 0; b < sol->inst->shift[shift].n_breaks; b++) {
        if (b == number || (b < number && gap[b] > to) ||
            (b > number && gap[b] < to)) {
            gap[b] = to;
        }
    }
    write_gaps(sol, shift, gap);
    if ((sol->route[shift].missed >> number) & 1U) {
        set_missed(sol, shift, number, false);
    }
}

void rn_scatter_breaks(rn_search *s, int32_t shift)
{
    rn_solution *sol = s->sol;
    const rn_shift *r = &s->inst->shift[shift];
    if (r->n_breaks == 0 || r->n_breaks > MOST_BREAKS) {
        return;
    }
    const int32_t number =
        (int32_t)rn_rng_below(&s->rng, (uint32_t)r->n_breaks);
    int32_t gap[MOST_BREAKS];
    const uint32_t n_gaps = (uint32_t)read_gaps(sol, shift, gap);
    if (s->inst->breaks[r->first_break + number].optional &&
        rn_rng_below(&s->rng, 2) == 0) {
        set_missed(sol, shift, number, true);
    } else {
        move_to_gap(sol, shift, number, (int32_t)rn_rng_below(&s->rng, n_gaps));
    }
}

/* The same, with times; false when it does not hold. */
static bool try_gap(rn_solution *sol, int32_t shift, int32_t number, int32_t to)
{
    move_to_gap(sol, shift, number, to);
    const bool ok = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    if (ok) {
        rn_settle(sol); /* else there are no times to settle */
    }
    return ok;
}

/* Could the break fall into the gap in front of this node at all? */
static bool is_near(const rn_solution *sol, const rn_break *b, int32_t node)
{
    const rn_instance *inst = sol->inst;
    const rn_node *n = &sol->node[node];
    const int32_t free =
        sol->node[n->prev].start + inst->stop[n->prev].duration;
    return free <= b->b && (int64_t)n->start + n->slack + b->duration >= b->a;
}

/* True when it found a cheaper gap. */
static bool place_break(rn_solution *sol, int32_t shift, int32_t number)
{
    const rn_instance *inst = sol->inst;
    const rn_break *b = &inst->breaks[inst->shift[shift].first_break + number];
    rn_settle(sol);
    rn_settle_slack(sol);
    rn_cost best = rn_total(sol);
    int32_t found = RUNDE_NONE;
    int32_t to = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next, to++) {
        if (!is_near(sol, b, n)) {
            continue;
        }
        rn_journal_begin(sol, &sol->inner);
        if (try_gap(sol, shift, number, to) && rn_total(sol) < best) {
            best = rn_total(sol);
            found = to;
        }
        rn_journal_undo(sol, &sol->inner);
        rn_settle(sol);
    }
    return found != RUNDE_NONE && try_gap(sol, shift, number, found);
}

/* Goes without an optional break if that is cheaper. */
static bool spare_break(rn_solution *sol, int32_t shift, int32_t number)
{
    const rn_cost before = rn_total(sol);
    rn_journal_begin(sol, &sol->inner);
    set_missed(sol, shift, number, true);
    bool better = rn_schedule_removals(sol) && rn_hours_hold(sol);
    sol->n_seeds = 0;
    if (better) {
        rn_settle(sol);
        better = rn_total(sol) < before;
    }
    if (better) {
        sol->inner.on = false;
    } else {
        rn_journal_undo(sol, &sol->inner);
        rn_settle(sol);
    }
    return better;
}

static bool settle_one_by_one(rn_solution *sol, int32_t shift)
{
    const rn_shift *s = &sol->inst->shift[shift];
    bool better = false;
    for (int32_t b = 0; b < s->n_breaks && b < MOST_BREAKS; b++) {
        better = place_break(sol, shift, b) || better;
        if (sol->inst->breaks[s->first_break + b].optional &&
            !((sol->route[shift].missed >> b) & 1U)) {
            better = spare_break(sol, shift, b) || better;
        }
    }
    return better;
}

/* ------------------------------------------------------- all placements */

/* A way to take the breaks of a route. */
typedef struct placement {
    int32_t gap[MOST_BREAKS];
    uint32_t missed;
} placement;

static bool place_all(rn_solution *sol, int32_t shift, const placement *p,
                      bool mends)
{
    const uint32_t was = rn_touch_route(sol, shift)->missed;
    write_gaps(sol, shift, p->gap);
    for (int32_t b = 0; b < sol->inst->shift[shift].n_breaks; b++) {
        const uint32_t bit = 1U << b;
        if (((was ^ p->missed) & bit) != 0) {
            set_missed(sol, shift, b, (p->missed & bit) != 0);
        }
    }
    const bool ok = rn_schedule_removals(sol) && (mends || rn_hours_hold(sol));
    sol->n_seeds = 0;
    if (ok) {
        rn_settle(sol);
    }
    return ok;
}

/* The next placement: gaps never fall. False behind the last. */
static bool next_placement(placement *p, int32_t n_breaks, int32_t n_gaps,
                           uint32_t optional)
{
    p->missed = (p->missed - optional) & optional; /* the next subset */
    if (p->missed != 0) {
        return true;
    }
    int32_t b = n_breaks - 1;
    while (b >= 0 && p->gap[b] == n_gaps - 1) {
        b--;
    }
    if (b < 0) {
        return false;
    }
    const int32_t gap = p->gap[b] + 1;
    for (; b < n_breaks; b++) {
        p->gap[b] = gap;
    }
    return true;
}

/* How many placements there are; more than MOST_FOR_NEED are not counted to
 * the end. */
static int64_t count_placements(int32_t n_breaks, int32_t n_gaps,
                                uint32_t optional)
{
    int64_t n = 1;
    for (int32_t b = 0; b < n_breaks && n <= MOST_FOR_NEED; b++) {
        n = n * (n_gaps + b) / (b + 1);
    }
    for (; optional != 0 && n <= MOST_FOR_NEED; optional &= optional - 1) {
        n *= 2;
    }
    return n;
}

/* The cheapest of all placements. True when it is a better one. */
static bool try_placements(rn_solution *sol, int32_t shift, int32_t n_gaps,
                           uint32_t optional, bool mends)
{
    const int32_t n_breaks = sol->inst->shift[shift].n_breaks;
    placement p = {{0}, 0};
    placement best = p;
    bool found = false;
    rn_settle(sol);
    rn_cost least = mends ? rn_strain(sol) : rn_total(sol);
    do {
        rn_journal_begin(sol, &sol->inner);
        const bool holds = place_all(sol, shift, &p, mends);
        const rn_cost cost = mends && holds ? rn_strain(sol) : rn_total(sol);
        if (holds && cost < least) {
            least = cost;
            best = p;
            found = true;
        }
        rn_journal_undo(sol, &sol->inner);
        rn_settle(sol);
    } while (next_placement(&p, n_breaks, n_gaps, optional));
    return found && place_all(sol, shift, &best, mends);
}

bool rn_misses_breaks(const rn_solution *sol, int32_t shift)
{
    const rn_shift *s = &sol->inst->shift[shift];
    for (int32_t b = 0; b < s->n_breaks; b++) {
        if (((sol->route[shift].missed >> b) & 1U) != 0 &&
            !sol->inst->breaks[s->first_break + b].optional) {
            return true;
        }
    }
    return false;
}

rn_cost rn_strain(const rn_solution *sol)
{
    rn_cost cost = rn_total(sol);
    for (int32_t s = 0; s < sol->inst->n_shifts; s++) {
        if (sol->route[s].n > 0) {
            cost += rn_hours_allow(sol, s) ? 0 : RULE_BROKEN;
            cost += rn_misses_breaks(sol, s) ? 2 * RULE_BROKEN : 0;
        }
    }
    return cost;
}

bool rn_settle_breaks(rn_solution *sol, int32_t shift, bool mends)
{
    const rn_shift *one = &sol->inst->shift[shift];
    if (one->n_breaks == 0) {
        return false;
    }
    int32_t gap[MOST_BREAKS];
    const int32_t n_gaps = read_gaps(sol, shift, gap);
    uint32_t optional = 0;
    for (int32_t b = 0; b < one->n_breaks; b++) {
        optional |=
            sol->inst->breaks[one->first_break + b].optional ? 1U << b : 0;
    }
    const int32_t most = mends ? MOST_FOR_NEED : MOST_PLACEMENTS;
    if (count_placements(one->n_breaks, n_gaps, optional) <= most) {
        return try_placements(sol, shift, n_gaps, optional, mends);
    }
    return !mends && settle_one_by_one(sol, shift);
}

void rn_place_breaks(rn_search *s)
{
    rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    const int32_t n = sol->outer.n_routes;
    for (int32_t i = 0; i < n; i++) {
        const int32_t r = sol->outer.routes[i].index;
        const rn_shift *shift = &inst->shift[r];
        if (sol->route[r].n == 0) {
            continue;
        }
        for (int32_t b = 0; b < shift->n_breaks && b < MOST_BREAKS; b++) {
            if (((sol->route[r].missed >> b) & 1U) != 0 ||
                rn_rng_below(&s->rng, 4 * ONE_IN) == 0) {
                (void)place_break(sol, r, b);
            }
        }
    }
}
