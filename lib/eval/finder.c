/* SPDX-License-Identifier: MIT */
/* Looking for slots: which routes, which positions, which are best. */
#include "eval/finder.h"

#include <string.h>

#include "base/alloc.h"
#include "eval/limits.h"
#include "eval/tail.h"
#include "eval/weigh.h"
#include "eval/whom.h"

runde_status rn_finder_new(rn_finder **out, rn_solution *sol, rn_rng *rng)
{
    const size_t n = (size_t)sol->inst->n_shifts + 1;
    *out = NULL;
    rn_finder *f = rn_calloc(1, sizeof *f);
    if (f == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    f->arena = arena;
    f->sol = sol;
    f->rng = rng;
    f->empties = true;
    f->reads_tails = !sol->inst->prices_filling && !sol->inst->freezes;
    f->adds_up = f->reads_tails && sol->inst->w[RUNDE_MAX_LATE] == 0;
    f->trusts_labels = runde_problem_n_published(sol->inst->problem) == 0;
    f->shift_stamp = rn_arena_array(&f->arena, n, sizeof *f->shift_stamp);
    f->shift_fixed = rn_arena_array(&f->arena, n, sizeof *f->shift_fixed);
    f->twin_stamp = rn_arena_array(&f->arena, n, sizeof *f->twin_stamp);
    f->gap_stamp = rn_arena_array(&f->arena, (size_t)sol->inst->n_nodes + 1,
                                  sizeof *f->gap_stamp);
    f->known = rn_arena_array(&f->arena, n, sizeof *f->known);
    f->known_stamp = rn_arena_array(&f->arena, n, sizeof *f->known_stamp);
    f->moves = rn_arena_array(&f->arena, (size_t)sol->inst->n_arcs + 1,
                              sizeof *f->moves);
    if (f->shift_stamp == NULL || f->shift_fixed == NULL ||
        f->twin_stamp == NULL || f->gap_stamp == NULL || f->known == NULL ||
        f->known_stamp == NULL || f->moves == NULL ||
        rn_bases_make(&f->bases, sol->inst, &f->arena) != RUNDE_OK) {
        rn_finder_free(f);
        return RUNDE_E_NOMEM;
    }
    *out = f;
    return RUNDE_OK;
}

void rn_finder_free(rn_finder *finder)
{
    if (finder != NULL) {
        rn_arena_free(&finder->arena);
        rn_free(finder);
    }
}

/* ------------------------------------------------------- which shifts */

static rn_cost known_fixed(rn_finder *f, int32_t task, int32_t shift)
{
    if (rn_is_elsewhere(f, shift)) {
        return RN_COST_INF;
    }
    if (f->shift_stamp[shift] != f->epoch) {
        f->shift_stamp[shift] = f->epoch;
        f->shift_fixed[shift] = rn_shift_cost(f->sol, task, shift);
        for (int32_t i = 0; i < f->n_banned; i++) {
            if (f->banned[i] == shift) {
                f->shift_fixed[shift] = RN_COST_INF;
            }
        }
        if (rn_counts_limits(f) && rn_limits_refuse(f->sol, task, shift)) {
            f->shift_fixed[shift] = RN_COST_INF;
        }
    }
    return f->shift_fixed[shift];
}

/* -------------------------------------------------------------- the task */

/* What the linked tasks that are served ask of the task's start. */
static void aim(rn_finder *f, int32_t task)
{
    rn_settle_slack(f->sol);
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    f->task = task;
    f->bound = RN_TIME_MIN;
    f->due = inst->stop[task].n_preferred == 1 ? inst->stop[task].wish.b
                                               : RN_TIME_MAX;
    f->n_moves = 0;
    f->n_open = 0;
    f->is_held = rn_is_held(sol, task);
    f->row_mode = -1;
    f->is_plain = inst->stop[task].place >= 0 && !inst->uses_distance &&
                  !inst->prices_filling &&
                  inst->w[RUNDE_WORKLOAD_DEVIATION] == 0;
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        const rn_node *y = &sol->node[arc->other];
        if (y->route < 0) {
            continue;
        }
        if (arc->choice >= 0) {
            /* Kept at the far end, away from the certain ones. */
            f->n_open++;
            f->moves[inst->n_arcs - f->n_open].other = arc->other;
            continue;
        }
        if ((arc->kind & RN_ARC_TIME) == 0) {
            continue;
        }
        if (arc->hi < RN_TIME_MAX && y->start - arc->hi > f->bound) {
            f->bound = y->start - arc->hi;
        }
        if (arc->lo > RN_TIME_MIN) {
            f->moves[f->n_moves].other = arc->other;
            f->moves[f->n_moves].gap = arc->lo;
            f->n_moves++;
        }
    }
    const int32_t earliest = inst->stop[task].earliest;
    f->soonest = f->bound > earliest ? f->bound : earliest;
}

/* ------------------------------------------------------- which positions */

static bool blinks(rn_finder *f)
{
    if (f->blink_mean == 0 || --f->blink > 0) {
        return false;
    }
    f->blink = 1 + (int32_t)rn_rng_below(f->rng, (uint32_t)(2 * f->blink_mean));
    return true;
}

/* From each moment that is worth waiting for. */
static void weigh_releases(rn_finder *f, rn_place *at)
{
    const rn_instance *inst = f->sol->inst;
    const rn_stop *stop = &inst->stop[f->task];
    at->release = stop->release;
    rn_weigh(f, at);
    if (stop->release > stop->earliest && at->ready < stop->release) {
        /* Early is allowed, at a price. */
        at->release = stop->earliest;
        rn_weigh(f, at);
    }
    for (int32_t i = 1; i < stop->n_preferred; i++) {
        /* Waiting for a later wish may be cheaper than being late. */
        at->release = inst->preferred[stop->first_preferred + i].a;
        if (at->release > stop->release && at->release <= stop->latest &&
            at->ready < at->release) {
            rn_weigh(f, at);
        }
    }
}

/* Without a matrix; the next gap begins where this one ends, and the way back
 * takes as long. */
static int32_t drive_between(const rn_finder *f, rn_place *at, int32_t place,
                             bool is_into)
{
    const rn_instance *inst = f->sol->inst;
    const int32_t own = inst->stop[f->task].place;
    if (!f->both_ways) {
        return is_into ? rn_drive(inst, f->row_mode, place, own)
                       : rn_drive(inst, f->row_mode, own, place);
    }
    for (int32_t i = 0; i < 3 && i < at->n_seen; i++) {
        if (at->seen_place[i] == place) {
            return at->seen_drive[i];
        }
    }
    const int32_t drive = rn_drive(inst, f->row_mode, place, own);
    const int32_t i = at->n_seen++ % 3;
    at->seen_place[i] = place;
    at->seen_drive[i] = drive;
    return drive;
}

/* Could the gap be worth something if all ways to the task and from it took
 * no time? Asked where they have to be computed. */
static bool may_be_worth(const rn_finder *f, const rn_place *at, rn_cost limit)
{
    const rn_solution *sol = f->sol;
    const rn_stop *stop = sol->inst->stop;
    const rn_stop *b = &stop[f->task];
    const rn_node *n = &sol->node[at->next];
    const int32_t free = sol->node[at->prev].start + stop[at->prev].duration;
    const int32_t soonest = free > f->soonest ? free : f->soonest;
    const int64_t over = (int64_t)soonest + b->duration - n->start - n->slack;
    if (over > 0 && n->rate == RN_RATE_HARD) {
        return false;
    }
    const rn_cost late =
        soonest > f->due ? (rn_cost)b->w_late * (soonest - f->due) : 0;
    const rn_cost more = over > 0 && f->trusts_labels ? n->rate * over : 0;
    return at->fixed - (rn_cost)stop[at->next].w_travel * n->drive + late +
               more <
           limit;
}

/* Tier one where only driving counts: two cells, the leg that is there and
 * the labels say whether the rest is worth finding. */
static bool is_worth(const rn_finder *f, rn_place *at, const rn_stop *a,
                     const rn_stop *c, rn_cost limit)
{
    const rn_solution *sol = f->sol;
    const rn_stop *b = &sol->inst->stop[f->task];
    const rn_node *n = &sol->node[at->next];
    const bool reads = f->to_task != NULL;
    if (!reads && !may_be_worth(f, at, limit)) {
        return false;
    }
    const int32_t in =
        reads ? f->to_task[a->place] : drive_between(f, at, a->place, true);
    const int32_t out =
        reads ? f->from_task[c->place] : drive_between(f, at, c->place, false);
    at->own = at->fixed + (rn_cost)b->w_travel * in +
              (rn_cost)c->w_travel * ((rn_cost)out - n->drive);
    if (at->own >= limit) {
        return false;
    }
    const int32_t setup_in = a->place == b->place ? 0 : b->setup;
    const int32_t setup_out = b->place == c->place ? 0 : c->setup;
    const int32_t there =
        sol->node[at->prev].start + a->duration + in + setup_in;
    const int32_t soonest = there > f->soonest ? there : f->soonest;
    const int32_t then = soonest + b->duration + out + setup_out;
    const int64_t over = (int64_t)then - n->start - n->slack;
    if (soonest > b->latest ||
        (at->next < sol->inst->n_stops && then > c->latest) ||
        (over > 0 && n->rate == RN_RATE_HARD)) {
        return false;
    }
    const rn_cost late =
        soonest > f->due ? (rn_cost)b->w_late * (soonest - f->due) : 0;
    const rn_cost more = over > 0 && f->trusts_labels ? n->rate * over : 0;
    if (at->own + late + more >= limit ||
        (over > 0 && f->reads_tails &&
         then - n->start > rn_tail_of(f->sol, at->next)->most)) {
        return false;
    }
    at->way = (rn_detour){{in, setup_in, (rn_cost)b->w_travel * in},
                          {out, setup_out, (rn_cost)c->w_travel * out},
                          {n->drive, a->place == c->place ? 0 : c->setup,
                           (rn_cost)c->w_travel * n->drive}};
    return true;
}

static void visit_gap(rn_finder *f, rn_place *at, int32_t prev)
{
    const rn_solution *sol = f->sol;
    if (blinks(f) || f->gap_stamp[prev] == f->epoch) {
        return;
    }
    f->gap_stamp[prev] = f->epoch;
    at->prev = prev;
    at->next = sol->node[prev].next;
    const rn_stop *a = &sol->inst->stop[prev];
    const rn_stop *c = &sol->inst->stop[at->next];
    const bool reads = f->is_plain && a->place >= 0 && c->place >= 0;
    const rn_cost limit = rn_slot_limit(f);
    if (!(reads ? is_worth(f, at, a, c, limit) : rn_measure(f, at, limit))) {
        return;
    }
    const rn_node *n = &sol->node[at->next];
    for (at->split = n->gap_lo; at->split <= n->gap_hi; at->split++) {
        at->ready = rn_arrive(f, at);
        weigh_releases(f, at);
    }
}

/* The task would wait for its window in front of a node that must have
 * started long before. */
static bool is_too_soon(const rn_finder *f, int32_t next)
{
    const rn_node *n = &f->sol->node[next];
    const rn_stop *stop = &f->sol->inst->stop[f->task];
    return n->rate == RN_RATE_HARD &&
           (int64_t)n->start + n->slack <
               (int64_t)stop->earliest + stop->duration;
}

static void enter(rn_finder *f, rn_place *at, int32_t shift)
{
    const int32_t mode = f->sol->inst->shift[shift].mode;
    at->shift = shift;
    at->n_seen = 0;
    if (f->row_mode != mode) {
        rn_find_rows(f, mode);
    }
}

static void visit_route(rn_finder *f, int32_t shift)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    if (sol->route[shift].n == 0) {
        const int32_t twin = inst->shift[shift].twin;
        if (!f->empties || f->twin_stamp[twin] == f->epoch ||
            rn_is_elsewhere(f, shift)) {
            return;
        }
        if (known_fixed(f, f->task, shift) < RN_COST_INF) {
            f->twin_stamp[twin] = f->epoch;
        }
    }
    rn_place at;
    at.fixed = known_fixed(f, f->task, shift);
    if (at.fixed >= RN_COST_INF) {
        return;
    }
    enter(f, &at, shift);
    const rn_stop *stop = &inst->stop[f->task];
    for (int32_t n = rn_shift_start_node(inst, shift);
         n != rn_shift_end_node(inst, shift); n = sol->node[n].next) {
        if (sol->node[n].start + inst->stop[n].duration > stop->latest) {
            break;
        }
        if (!is_too_soon(f, sol->node[n].next)) {
            visit_gap(f, &at, n);
        }
    }
}

static void visit_gap_beside(rn_finder *f, rn_place *at, int32_t prev)
{
    const rn_node *p = &f->sol->node[prev];
    const rn_stop *stop = f->sol->inst->stop;
    if (p->start + stop[prev].duration <= stop[f->task].latest &&
        !is_too_soon(f, p->next)) {
        visit_gap(f, at, prev);
    }
}

static const uint64_t *who_may(const rn_finder *f)
{
    const rn_instance *inst = f->sol->inst;
    return inst->who +
           (size_t)inst->task[f->task].who * (size_t)inst->who_words;
}

/* The unused shifts that are open and cost less than the limit by the way to
 * their base and by who works them. */
static void visit_open(rn_finder *f)
{
    const uint64_t *who = who_may(f);
    for (int32_t w = 0; w < f->sol->inst->who_words; w++) {
        const uint64_t bits = who[w] & f->sol->unused[w] & f->bases.open[w];
        for (int32_t s = 0; s < 64 && bits >> s != 0; s++) {
            const int32_t shift = 64 * w + s;
            if ((bits >> s & 1U) == 0) {
                continue;
            }
            const rn_cost way = rn_base_way(&f->bases, shift);
            const rn_cost limit = rn_slot_limit(f);
            if (way < limit && way + known_fixed(f, f->task, shift) < limit) {
                visit_route(f, shift);
            }
        }
    }
}

/* Slots found so far. */
typedef struct finds {
    rn_slot found;
    rn_cost limit;
    int32_t n_top;
    rn_entry top[RN_TOP];
    rn_cost cost[RN_TOP];
    uint8_t place[RN_TOP];
} finds;

static void save_finds(const rn_finder *f, finds *to)
{
    to->found = f->found;
    to->limit = f->limit;
    to->n_top = 0;
    if (f->member >= 0) {
        to->n_top = f->n_top[f->member];
        memcpy(to->top, f->top[f->member], sizeof to->top);
        memcpy(to->cost, f->top_cost[f->member], sizeof to->cost);
        memcpy(to->place, f->top_place[f->member], sizeof to->place);
    }
}

static void restore_finds(rn_finder *f, const finds *from)
{
    f->found = from->found;
    f->limit = from->limit;
    if (f->member >= 0) {
        f->n_top[f->member] = from->n_top;
        memcpy(f->top[f->member], from->top, sizeof from->top);
        memcpy(f->top_cost[f->member], from->cost, sizeof from->cost);
        memcpy(f->top_place[f->member], from->place, sizeof from->place);
    }
}

/* Lowers the limit to what the nearest base has to offer, which is then found
 * again in its turn: ties go by shift. */
static void try_nearest(rn_finder *f)
{
    const rn_cost before = rn_slot_limit(f);
    finds saved;
    if (!rn_bases_open_nearest(&f->bases, f->sol->inst, who_may(f),
                               f->sol->unused)) {
        return;
    }
    save_finds(f, &saved);
    visit_open(f);
    const rn_cost limit = rn_slot_limit(f);
    restore_finds(f, &saved);
    f->limit = limit < before ? limit + 1 : f->limit;
    f->epoch++;
}

/* Which bases are too far away is asked where nothing is overlooked: looking
 * at fewer gaps would have others overlooked. */
static void visit_unused(rn_finder *f)
{
    const rn_instance *inst = f->sol->inst;
    if (f->blink_mean == 0 && f->is_plain && f->bases.n > 0) {
        rn_bases_aim(&f->bases, inst, f->task);
        if (!rn_bases_open(&f->bases, inst, rn_slot_limit(f))) {
            try_nearest(f);
            (void)rn_bases_open(&f->bases, inst, rn_slot_limit(f));
        }
        visit_open(f);
        return;
    }
    const uint64_t *who = who_may(f);
    for (int32_t w = 0; w < inst->who_words; w++) {
        const uint64_t bits = who[w] & f->sol->unused[w];
        for (int32_t s = 0; s < 64 && bits >> s != 0; s++) {
            if ((bits >> s & 1U) != 0) {
                visit_route(f, 64 * w + s);
            }
        }
    }
}

/* Beside neighbours, and wherever somebody works whom the client knows. */
static void visit_neighbours(rn_finder *f)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    int32_t n = f->looks_known ? rn_list_known(f, f->task) : 0;
    for (int32_t i = 0; i < n; i++) {
        visit_route(f, f->known[i]);
    }
    const int32_t *near = rn_near_of(inst, f->task, &n);
    n = n < f->near ? n : f->near;
    for (int32_t i = 0; i < n; i++) {
        const rn_node *y = &sol->node[near[i]];
        if (y->route < 0) {
            continue;
        }
        rn_place at;
        at.fixed = known_fixed(f, f->task, y->route);
        if (at.fixed < f->limit) {
            enter(f, &at, y->route);
            visit_gap_beside(f, &at, near[i]);
            visit_gap_beside(f, &at, y->prev);
        }
    }
    if (f->empties) {
        visit_unused(f);
    }
}

static void visit_all(rn_finder *f)
{
    const int32_t n = f->only != NULL ? f->n_only : f->sol->inst->n_shifts;
    f->epoch++;
    if (f->only == NULL && f->near > 0) {
        visit_neighbours(f);
        return;
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t s = f->only != NULL ? f->only[i] : i;
        if (rn_may(f->sol->inst, f->sol->inst->task[f->task].who, s)) {
            visit_route(f, s);
        }
    }
    if (f->only != NULL && f->and_unused) {
        visit_unused(f);
    }
}

rn_slot rn_best_slot(rn_finder *f, int32_t task, rn_cost limit)
{
    aim(f, task);
    f->member = -1;
    f->limit = limit;
    f->found.prev = RUNDE_NONE;
    f->found.cost = limit;
    visit_all(f);
    return f->found;
}

void rn_top_slots(rn_finder *f, int32_t member, int32_t task, rn_cost limit)
{
    aim(f, task);
    f->member = member;
    f->limit = limit;
    f->n_top[member] = 0;
    visit_all(f);
}

rn_slot rn_best_in_shift(rn_finder *f, int32_t task, int32_t shift)
{
    aim(f, task);
    f->epoch++;
    f->member = -1;
    f->limit = RN_COST_INF / 2;
    f->found.prev = RUNDE_NONE;
    f->found.cost = f->limit;
    const int32_t mean = f->blink_mean;
    const bool empties = f->empties;
    f->blink_mean = 0;
    f->empties = true;
    visit_route(f, shift);
    f->blink_mean = mean;
    f->empties = empties;
    return f->found;
}

void rn_costs_behind(rn_finder *f, int32_t task, const int32_t *prev,
                     const int32_t *shift, int32_t n, rn_cost *cost)
{
    const rn_instance *inst = f->sol->inst;
    const int32_t mean = f->blink_mean;
    aim(f, task);
    f->epoch++;
    f->member = -1;
    f->blink_mean = 0;
    for (int32_t i = 0; i < n; i++) {
        rn_place at;
        f->limit = RN_COST_INF / 2;
        f->found.prev = RUNDE_NONE;
        f->found.cost = f->limit;
        at.fixed = rn_may(inst, inst->task[task].who, shift[i])
                       ? known_fixed(f, task, shift[i])
                       : RN_COST_INF;
        if (at.fixed < RN_COST_INF) {
            enter(f, &at, shift[i]);
            visit_gap_beside(f, &at, prev[i]);
        }
        cost[i] = f->found.cost;
    }
    f->blink_mean = mean;
}
