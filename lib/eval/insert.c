/* SPDX-License-Identifier: MIT */
#include "eval/insert.h"

#include "eval/limits.h"

bool rn_insert(rn_solution *sol, int32_t task, const rn_slot *slot)
{
    rn_link_in(sol, task, slot);
    if (!rn_schedule_insertion(sol, task)) {
        sol->n_seeds = 0;
        return false;
    }
    return rn_hours_hold(sol);
}

void rn_remove_unit(rn_solution *sol, int32_t unit)
{
    const rn_unit *u = &sol->inst->unit[unit];
    for (int32_t i = 0; i < u->n; i++) {
        rn_link_out(sol, sol->inst->unit_tasks[u->first + i]);
    }
}

/* A way back to before the unit. */
static void start(rn_solution *sol)
{
    rn_journal_begin(sol, &sol->inner);
}

static void keep(rn_solution *sol)
{
    sol->inner.on = false;
}

static void go_back(rn_solution *sol)
{
    rn_journal_undo(sol, &sol->inner);
    if (sol->inst->n_bounds > 0) {
        rn_settle(sol);
    }
}

/* What the plan had too much of before the unit. */
typedef struct standing {
    rn_cost growing;
    rn_cost excess;
    rn_cost total;
} standing;

static standing standing_of(const rn_solution *sol)
{
    const standing s = {sol->growing, sol->excess,
                        sol->inst->n_bounds > 0 ? rn_total(sol) : 0};
    return s;
}

/* Do the limits of hard criteria allow what was just inserted? What only
 * grows with it must not be more over its limit than before; what the plan
 * has too much of because it serves too little is weighed. */
static bool is_within(const rn_finder *f, const standing *before)
{
    rn_solution *sol = f->sol;
    if (sol->inst->n_bounds == 0) {
        return true;
    }
    rn_settle(sol);
    return sol->growing <= before->growing &&
           (!f->is_strict || sol->excess <= before->excess) &&
           (!sol->inst->is_mixed || rn_total(sol) < before->total);
}

static bool insert_one(rn_finder *f, int32_t task, rn_cost price)
{
    rn_solution *sol = f->sol;
    const standing before = standing_of(sol);
    bool done = false;
    f->n_banned = 0;
    /* Hours and rest are only known once the task is in: a shift that
     * refuses it then is ruled out and the next best asked. */
    for (int32_t tries = 0; tries <= RN_MOST_BANNED && !done; tries++) {
        const rn_slot slot = rn_best_slot(f, task, price);
        if (slot.prev == RUNDE_NONE) {
            break;
        }
        const int32_t shift = sol->node[slot.prev].route;
        start(sol);
        done = rn_insert(sol, task, &slot) && is_within(f, &before);
        if (done) {
            keep(sol);
        } else {
            go_back(sol);
            if (tries < RN_MOST_BANNED) {
                f->banned[f->n_banned++] = shift;
            }
        }
    }
    f->n_banned = 0;
    return done;
}

/* ---------------------------------------------------------------- pairs */

/* The bond in time between two tasks; false when they have none. Both
 * windows and carers are what makes a pair worth looking at jointly. */
static bool gap_between(const rn_instance *inst, int32_t a, int32_t b,
                        rn_window *gap, uint8_t *kinds)
{
    const rn_task *t = &inst->task[a];
    bool found = false;
    gap->a = RN_TIME_MIN;
    gap->b = RN_TIME_MAX;
    *kinds = 0;
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        if (arc->other != b || arc->choice >= 0) {
            continue;
        }
        *kinds |= arc->kind;
        if ((arc->kind & RN_ARC_TIME) != 0) {
            found = true;
            gap->a = arc->lo > gap->a ? arc->lo : gap->a;
            gap->b = arc->hi < gap->b ? arc->hi : gap->b;
        }
    }
    return found;
}

/* Exact pushes per pair at the most; the best bounds come first. */
#define MOST_TRIALS 48

typedef struct pair {
    int32_t task[2];
    int32_t trials;
    rn_window gap; /* start of the second minus start of the first */
    rn_cost best;
    rn_slot slot[2];
} pair;

/* Earliest joint starts from what the routes allow. */
static bool join_starts(const rn_instance *inst, const pair *p,
                        const rn_entry *a, const rn_entry *b, int32_t start[2])
{
    start[0] = rn_first_start(inst, p->task[0], a->ready);
    start[1] = rn_first_start(inst, p->task[1], b->ready);
    for (int32_t round = 0; round < 8; round++) {
        if (start[0] >= RN_NEVER || start[1] >= RN_NEVER) {
            return false;
        }
        const int64_t first = (int64_t)start[1] - p->gap.b;
        const int64_t second = (int64_t)start[0] + p->gap.a;
        if (start[0] >= first && start[1] >= second) {
            return true;
        }
        if (start[0] < first) {
            start[0] = rn_first_start(inst, p->task[0], (int32_t)first);
        } else {
            start[1] = rn_first_start(inst, p->task[1], (int32_t)second);
        }
    }
    return false;
}

/* What the pair's own starts cost. */
static rn_cost starting_cost(const rn_solution *sol, const pair *p,
                             const int32_t start[2])
{
    const rn_instance *inst = sol->inst;
    return rn_start_cost(inst, p->task[0], start[0]) +
           rn_start_cost(inst, p->task[1], start[1]);
}

/* The largest lateness when the trial need not be asked. */
static rn_cost late_cost(const rn_solution *sol, const pair *p,
                         const int32_t start[2])
{
    const rn_instance *inst = sol->inst;
    if (inst->w[RUNDE_MAX_LATE] == 0) {
        return 0;
    }
    const int32_t a = rn_lateness(inst, p->task[0], start[0]);
    const int32_t b = rn_lateness(inst, p->task[1], start[1]);
    const int32_t late = a > b ? a : b;
    return late > sol->max_late
               ? inst->w[RUNDE_MAX_LATE] * (late - sol->max_late)
               : 0;
}

static void try_pair(rn_finder *f, pair *p, const rn_entry *a,
                     const rn_entry *b, uint8_t kinds)
{
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const int32_t r = sol->node[a->slot.prev].route;
    const int32_t s = sol->node[b->slot.prev].route;
    if (r == s || ((kinds & RN_ARC_DIFFERENT) != 0 &&
                   inst->shift[r].carer == inst->shift[s].carer)) {
        return;
    }
    int32_t start[2];
    if (!join_starts(inst, p, a, b, start)) {
        return;
    }
    const rn_cost cost = a->own + b->own + starting_cost(sol, p, start);
    const rn_cost late = late_cost(sol, p, start);
    rn_effect effect[2];
    const rn_cost x = rn_entry_cost(f, p->task[0], a, start[0], &effect[0]);
    if (x >= RN_COST_INF ||
        (!inst->prices_filling && cost + late + x >= p->best)) {
        return;
    }
    const rn_cost y = rn_entry_cost(f, p->task[1], b, start[1], &effect[1]);
    /* Where only lateness counts the two may delay the same visit, but not
     * in their own routes. */
    const rn_cost more = x > y ? x : y;
    const rn_cost tails = effect[0].tail + effect[1].tail;
    const bool exact = effect[0].exact && effect[1].exact;
    const rn_cost least = exact || tails > more ? tails : more;
    const rn_cost rest = inst->prices_filling ? x + y : least;
    if (y >= RN_COST_INF || cost + late + rest >= p->best) {
        return;
    }
    if (exact) {
        p->best = cost + late + rest;
        p->slot[0] = a->slot;
        p->slot[1] = b->slot;
        return;
    }
    const rn_try tries[2] = {
        {p->task[0], a->slot, &a->way, start[0], effect[0].filling},
        {p->task[1], b->slot, &b->way, start[1], effect[1].filling}};
    p->trials++;
    const rn_cost pushed = rn_trial(sol, tries, 2, p->best - cost);
    if (pushed < RN_COST_INF && cost + pushed < p->best) {
        p->best = cost + pushed;
        p->slot[0] = a->slot;
        p->slot[1] = b->slot;
    }
}

/* With its partner served a task may be one too many: for the caps of a
 * carer who does both, or for the client's carers. */
static bool may_still_go(const rn_solution *sol, int32_t task,
                         const rn_slot *slot)
{
    const rn_instance *inst = sol->inst;
    const int32_t shift = sol->node[slot->prev].route;
    return rn_shift_refuses(sol, task, shift) == RUNDE_REASONS &&
           (!sol->keeps_faces ||
            rn_face_cost(sol, inst->task[task].client,
                         inst->shift[shift].carer) < RN_COST_INF);
}

/* True when a pair was looked at jointly and served. */
static bool insert_pair(rn_finder *f, pair *p, uint8_t kinds)
{
    rn_solution *sol = f->sol;
    p->slot[0].prev = RUNDE_NONE;
    rn_top_slots(f, 0, p->task[0], p->best);
    if (f->n_top[0] == 0) {
        return false;
    }
    /* What does not go with the other's cheapest goes with none. */
    rn_top_slots(f, 1, p->task[1], p->best - rn_top(f, 0, 0)->slot.cost);
    if (f->n_top[1] == 0) {
        return false;
    }
    p->trials = 0;
    for (int32_t i = 0; i < f->n_top[0] && p->trials < MOST_TRIALS; i++) {
        const rn_entry *a = rn_top(f, 0, i);
        if (a->slot.cost + rn_top(f, 1, 0)->slot.cost >= p->best) {
            break;
        }
        for (int32_t j = 0; j < f->n_top[1] && p->trials < MOST_TRIALS; j++) {
            const rn_entry *b = rn_top(f, 1, j);
            if (a->slot.cost + b->slot.cost >= p->best) {
                break;
            }
            try_pair(f, p, a, b, kinds);
        }
    }
    if (p->slot[0].prev == RUNDE_NONE) {
        return false;
    }
    const standing before = standing_of(sol);
    start(sol);
    if (rn_insert(sol, p->task[0], &p->slot[0]) &&
        may_still_go(sol, p->task[1], &p->slot[1]) &&
        rn_insert(sol, p->task[1], &p->slot[1]) && is_within(f, &before)) {
        keep(sol);
        return true;
    }
    go_back(sol);
    return false;
}

/* -------------------------------------------------------- larger units */

/* One after the other, the first at its `attempt`-th best slot. */
static bool insert_in_turn(rn_finder *f, const rn_unit *u, const rn_slot *first,
                           rn_cost price)
{
    rn_solution *sol = f->sol;
    const int32_t *tasks = sol->inst->unit_tasks + u->first;
    if (!rn_insert(sol, tasks[0], first)) {
        return false;
    }
    for (int32_t i = 1; i < u->n; i++) {
        const rn_slot slot = rn_best_slot(f, tasks[i], price);
        if (slot.prev == RUNDE_NONE || !rn_insert(sol, tasks[i], &slot)) {
            return false;
        }
    }
    return true;
}

static bool insert_many(rn_finder *f, const rn_unit *u, rn_cost price)
{
    rn_solution *sol = f->sol;
    const int32_t *tasks = sol->inst->unit_tasks + u->first;
    rn_settle(sol);
    const standing before = standing_of(sol);
    rn_slot slots[RN_TOP];
    rn_top_slots(f, 0, tasks[0], price);
    const int32_t n = f->n_top[0];
    for (int32_t i = 0; i < n; i++) {
        slots[i] = rn_top(f, 0, i)->slot;
    }
    int32_t best = RUNDE_NONE;
    rn_cost best_total = rn_total(sol);
    int32_t fits = 0;
    for (int32_t i = 0; i < n && fits < 4; i++) {
        start(sol);
        if (insert_in_turn(f, u, &slots[i], price)) {
            rn_settle(sol);
            fits++;
            if (rn_total(sol) < best_total && is_within(f, &before)) {
                best_total = rn_total(sol);
                best = i;
            }
        }
        rn_journal_undo(sol, &sol->inner);
        rn_settle(sol);
    }
    if (best == RUNDE_NONE) {
        return false;
    }
    start(sol);
    if (insert_in_turn(f, u, &slots[best], price) && is_within(f, &before)) {
        keep(sol);
        return true;
    }
    /* Blinks may hide the second's slot this time. */
    go_back(sol);
    return false;
}

/* Do the members ask nothing of each other but to be served together? */
static bool is_loose(const rn_instance *inst, const rn_unit *u)
{
    const int32_t *tasks = inst->unit_tasks + u->first;
    for (int32_t i = 0; i < u->n; i++) {
        const rn_task *t = &inst->task[tasks[i]];
        for (int32_t k = 0; k < t->n_arcs; k++) {
            const rn_arc *arc = &inst->arcs[t->first_arc + k];
            if (inst->task[arc->other].unit == inst->task[tasks[i]].unit) {
                return false;
            }
        }
    }
    return true;
}

static bool insert_loose(rn_finder *f, const rn_unit *u, rn_cost price)
{
    rn_solution *sol = f->sol;
    const standing before = standing_of(sol);
    const rn_slot first =
        rn_best_slot(f, sol->inst->unit_tasks[u->first], price);
    if (first.prev == RUNDE_NONE) {
        return false;
    }
    start(sol);
    if (insert_in_turn(f, u, &first, price) && is_within(f, &before)) {
        keep(sol);
        return true;
    }
    go_back(sol);
    return false;
}

/* What serving the unit may cost: its price, and more while the plan has too
 * much of what serving may lower. */
static rn_cost most_worth(const rn_solution *sol, const rn_unit *u)
{
    return sol->inst->is_mixed && sol->excess > sol->growing
               ? u->price + rn_limits_cost(sol)
               : u->price;
}

bool rn_insert_unit(rn_finder *f, int32_t unit)
{
    return rn_insert_unit_within(f, unit, RN_COST_INF);
}

bool rn_insert_unit_within(rn_finder *f, int32_t unit, rn_cost most)
{
    const rn_instance *inst = f->sol->inst;
    const rn_unit *u = &inst->unit[unit];
    const int32_t *tasks = inst->unit_tasks + u->first;
    const rn_cost worth = most_worth(f->sol, u);
    const rn_cost price = worth < most ? worth : most;
    bool done;
    pair p;
    uint8_t kinds = 0;
    if (u->n == 1) {
        done = insert_one(f, tasks[0], price);
    } else if (u->n == 2 &&
               gap_between(inst, tasks[0], tasks[1], &p.gap, &kinds) &&
               (kinds & RN_ARC_SAME) == 0) {
        p.task[0] = tasks[0];
        p.task[1] = tasks[1];
        p.best = price;
        done = insert_pair(f, &p, kinds);
        if (!done && (kinds & RN_ARC_DIFFERENT) == 0) {
            done = insert_many(f, u, price);
        }
    } else if (is_loose(inst, u)) {
        done = insert_loose(f, u, price);
    } else {
        done = insert_many(f, u, price);
    }
    if (done) {
        rn_settle(f->sol);
    }
    return done;
}
