/* SPDX-License-Identifier: MIT */
/* Hard criteria that no window or carer set can hold: while the plan has too
 * much of one, visits are taken out of it. */
#include "search/search.h"

/* So many units are tried per step where there are more. */
#define MOST_TRIED 128
/* So many left-out units are tried once the plan is within its limits. */
#define MOST_REFILLED 256

/* Takes a unit out; false when the rest has no schedule. */
static bool take_out(rn_solution *sol, int32_t unit)
{
    rn_remove_unit(sol, unit);
    if (!rn_schedule_removals(sol) || !rn_hours_hold(sol)) {
        return false;
    }
    rn_settle(sol);
    return true;
}

/* The unit without which the plan is best; RUNDE_NONE when none can go
 * alone. Every `step`-th one is tried. */
static int32_t best_removal(rn_solution *sol, int32_t first, int32_t step)
{
    int32_t found = RUNDE_NONE;
    rn_price best = {0, 0, 0};
    for (int32_t u = first; u < sol->inst->n_units; u += step) {
        if (!rn_is_served(sol, u) || rn_is_frozen(sol->inst, u)) {
            continue;
        }
        rn_journal_begin(sol, &sol->inner);
        if (take_out(sol, u)) {
            const rn_price price = rn_price_of(sol);
            if (found == RUNDE_NONE || rn_price_compare(price, best) < 0) {
                best = price;
                found = u;
            }
        }
        rn_undo_and_settle(sol, &sol->inner);
    }
    return found;
}

/* The first task of a route that need not stay, or RUNDE_NONE. */
static int32_t first_movable(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
    while (n != RUNDE_NONE &&
           (n >= inst->n_tasks || rn_is_frozen(inst, inst->task[n].unit))) {
        n = sol->node[n].next;
    }
    return n;
}

/* A visit on the only way between two others cannot go alone. */
static bool empty_some_route(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        int32_t n = sol->route[s].n > 0 ? first_movable(sol, s) : RUNDE_NONE;
        if (n == RUNDE_NONE) {
            continue;
        }
        rn_journal_begin(sol, &sol->inner);
        while (n != RUNDE_NONE) {
            rn_remove_unit(sol, inst->task[n].unit);
            n = first_movable(sol, s);
        }
        if (rn_schedule_removals(sol) && rn_hours_hold(sol)) {
            sol->inner.on = false;
            rn_settle(sol);
            return true;
        }
        rn_undo_and_settle(sol, &sol->inner);
    }
    return false;
}

/* Shifts that are not full and optional visits left out only become more. */
static bool removal_helps(const rn_search *s)
{
    const rn_solution *sol = s->sol;
    for (int32_t b = 0; b < s->inst->n_bounds; b++) {
        const rn_bound *bound = &s->inst->bounds[b];
        if (sol->amount[b] > bound->limit &&
            (bound->criterion == RUNDE_IDLE ||
             bound->criterion == RUNDE_MAX_IDLE ||
             bound->criterion == RUNDE_OPTIONAL_UNSERVED)) {
            return false;
        }
    }
    return !s->never_empty;
}

/* Takes units out until all limits hold. Gives up where that cannot be, and
 * when the plan leaves more out than `enough`. */
static void thin(rn_search *s, const rn_price *enough)
{
    rn_solution *sol = s->sol;
    const int32_t n = s->inst->n_units;
    const int32_t step = n > 2 * MOST_TRIED ? n / MOST_TRIED : 1;
    int32_t first = 0;
    while (sol->excess > 0 && removal_helps(s) &&
           (enough == NULL || enough->excess > 0 ||
            sol->left_out <= enough->left_out)) {
        int32_t unit = best_removal(sol, first, step);
        if (unit == RUNDE_NONE && step > 1) {
            unit = best_removal(sol, 0, 1);
        }
        first = (first + 1) % step;
        if (unit == RUNDE_NONE) {
            if (!empty_some_route(sol)) {
                return;
            }
            continue;
        }
        const bool goes = take_out(sol, unit);
        if (!goes) {
            return; /* it went when it was tried: never */
        }
    }
}

/* Serves what still fits within the limits. */
static void refill(rn_search *s)
{
    rn_finder *f = s->finder;
    int32_t tried = 0;
    f->blink_mean = 0;
    f->near = s->inst->n_tasks > 3000 ? 60 : 0;
    f->empties = true;
    f->is_strict = true;
    for (int32_t u = 0; u < s->inst->n_units && tried < MOST_REFILLED; u++) {
        if (!rn_is_served(s->sol, u)) {
            (void)rn_insert_unit(f, u);
            tried++;
        }
    }
    f->is_strict = false;
}

void rn_thin(rn_search *s)
{
    if (s->sol->excess > 0) {
        rn_journal_begin(s->sol, &s->sol->outer);
        thin(s, NULL);
        s->sol->outer.on = false;
    }
}

void rn_save_thinned(rn_search *s)
{
    rn_solution *sol = s->sol;
    if (sol->excess == 0 || !removal_helps(s)) {
        return;
    }
    rn_journal_begin(sol, &sol->outer);
    thin(s, &s->best->price);
    if (sol->excess == 0) {
        refill(s);
    }
    const rn_price price = rn_price_of(sol);
    if (rn_price_compare(price, s->best->price) < 0) {
        /* What is undone differs from the copy again. */
        rn_best_note(s->best, sol);
        rn_best_save(s->best, sol, price);
        rn_best_note(s->best, sol);
    }
    rn_undo_and_settle(sol, &sol->outer);
}
