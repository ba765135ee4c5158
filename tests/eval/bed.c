/* SPDX-License-Identifier: MIT */
#include "bed.h"

#include <stdlib.h>
#include <string.h>

bool bed_make(bed *b, uint64_t seed, const world_size *size)
{
    return bed_make_bent(b, seed, size, NULL);
}

bool bed_make_bent(bed *b, uint64_t seed, const world_size *size,
                   void (*bend)(world *w))
{
    memset(b, 0, sizeof *b);
    b->seed = seed;
    rn_rng_init(&b->rng, seed, 3);
    b->w = malloc(sizeof *b->w);
    if (b->w == NULL) {
        return false;
    }
    world_random(b->w, seed, size);
    if (bend != NULL) {
        bend(b->w);
    }
    b->problem = world_problem(b->w);
    if (b->problem == NULL ||
        rn_instance_new(&b->inst, b->problem) != RUNDE_OK ||
        rn_solution_new(&b->sol, b->inst) != RUNDE_OK ||
        rn_finder_new(&b->finder, b->sol, &b->rng) != RUNDE_OK) {
        bed_clear(b);
        return false;
    }
    rn_settle(b->sol);
    return true;
}

void bed_clear(bed *b)
{
    rn_finder_free(b->finder);
    rn_solution_free(b->sol);
    rn_instance_free(b->inst);
    runde_problem_free(b->problem);
    free(b->w);
}

int32_t bed_unit(bed *b, bool served)
{
    const int32_t n = b->inst->n_units;
    const int32_t first = world_dice(&b->rng, 0, n - 1);
    for (int32_t i = 0; i < n; i++) {
        const int32_t unit = (first + i) % n;
        if (rn_is_served(b->sol, unit) == served) {
            return unit;
        }
    }
    return RUNDE_NONE;
}

int32_t bed_count_served(const rn_solution *sol)
{
    int32_t n = 0;
    for (int32_t t = 0; t < sol->inst->n_tasks; t++) {
        n += sol->node[t].route >= 0;
    }
    return n;
}

bool bed_ruin(bed *b)
{
    const int32_t n = world_dice(&b->rng, 1, 4);
    for (int32_t i = 0; i < n; i++) {
        const int32_t unit = bed_unit(b, true);
        if (unit != RUNDE_NONE) {
            rn_remove_unit(b->sol, unit);
        }
    }
    const bool holds = rn_schedule_removals(b->sol) && rn_hours_hold(b->sol);
    if (holds) {
        rn_settle(b->sol);
    }
    return holds;
}

void bed_try_ruin(bed *b)
{
    rn_journal_begin(b->sol, &b->sol->outer);
    if (!bed_ruin(b)) {
        rn_undo_and_settle(b->sol, &b->sol->outer);
    }
    b->sol->outer.on = false;
}

void bed_fill(bed *b)
{
    const int32_t n = world_dice(&b->rng, 1, 6);
    for (int32_t i = 0; i < n; i++) {
        const int32_t unit = bed_unit(b, false);
        if (unit != RUNDE_NONE) {
            (void)rn_insert_unit(b->finder, unit);
        }
    }
}

bool bed_anywhere(bed *b)
{
    const int32_t unit = bed_unit(b, false);
    if (unit == RUNDE_NONE || b->inst->unit[unit].n > 1) {
        return false;
    }
    const int32_t task = b->inst->unit_tasks[b->inst->unit[unit].first];
    rn_top_slots(b->finder, 0, task, RN_COST_INF / 2);
    if (b->finder->n_top[0] == 0) {
        return false;
    }
    const int32_t i = world_dice(&b->rng, 0, b->finder->n_top[0] - 1);
    const rn_slot slot = rn_top(b->finder, 0, i)->slot;
    rn_journal_begin(b->sol, &b->sol->inner);
    if (rn_insert(b->sol, task, &slot)) {
        b->sol->inner.on = false;
        rn_settle(b->sol);
        return true;
    }
    rn_journal_undo(b->sol, &b->sol->inner);
    rn_settle(b->sol);
    return false;
}
