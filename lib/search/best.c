/* SPDX-License-Identifier: MIT */
#include "search/best.h"

#include <string.h>

#include "base/alloc.h"

runde_status rn_best_new(rn_best **out, const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    const size_t n = (size_t)inst->n_nodes + 1;
    *out = NULL;
    rn_best *best = rn_calloc(1, sizeof *best);
    if (best == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    best->arena = arena;
    rn_arena *a = &best->arena;
    best->node = rn_arena_array(a, n, sizeof *best->node);
    best->changed = rn_arena_array(a, n, sizeof *best->changed);
    best->is_changed = rn_arena_array(a, n, sizeof *best->is_changed);
    best->missed =
        rn_arena_array(a, (size_t)inst->n_shifts + 1, sizeof *best->missed);
    best->choice =
        rn_arena_array(a, (size_t)inst->n_choices + 1, sizeof *best->choice);
    if (best->node == NULL || best->changed == NULL ||
        best->is_changed == NULL || best->missed == NULL ||
        best->choice == NULL) {
        rn_best_free(best);
        return RUNDE_E_NOMEM;
    }
    rn_best_note_all(best, sol);
    for (int32_t i = 0; i < inst->n_nodes; i++) {
        best->node[i].route = RUNDE_NONE;
    }
    rn_best_note_all(best, sol);
    *out = best;
    return RUNDE_OK;
}

void rn_best_free(rn_best *best)
{
    if (best != NULL) {
        rn_arena_free(&best->arena);
        rn_free(best);
    }
}

void rn_best_note(rn_best *best, const rn_solution *sol)
{
    for (int32_t i = 0; i < sol->outer.n_nodes; i++) {
        const int32_t n = sol->outer.nodes[i].index;
        if (!best->is_changed[n]) {
            best->is_changed[n] = 1;
            best->changed[best->n_changed++] = n;
        }
    }
}

void rn_best_note_all(rn_best *best, const rn_solution *sol)
{
    best->n_changed = 0;
    for (int32_t i = 0; i < sol->inst->n_nodes; i++) {
        best->changed[best->n_changed++] = i;
        best->is_changed[i] = 1;
    }
}

void rn_best_save(rn_best *best, const rn_solution *sol, rn_price price)
{
    const rn_instance *inst = sol->inst;
    best->price = price;
    for (int32_t i = 0; i < best->n_changed; i++) {
        const int32_t n = best->changed[i];
        best->node[n] = sol->node[n];
        best->is_changed[n] = 0;
    }
    best->n_changed = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        best->missed[s] = sol->route[s].missed;
    }
    if (inst->n_choices > 0) {
        memcpy(best->choice, sol->choice, (size_t)inst->n_choices);
    }
}

void rn_best_copy(rn_best *to, const rn_best *from, const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    to->price = from->price;
    memcpy(to->node, from->node, (size_t)inst->n_nodes * sizeof *to->node);
    memcpy(to->missed, from->missed,
           (size_t)inst->n_shifts * sizeof *to->missed);
    memcpy(to->choice, from->choice, (size_t)inst->n_choices);
    rn_best_note_all(to, sol);
}

static void build_route(const rn_best *best, rn_solution *sol, int32_t s)
{
    const rn_instance *inst = sol->inst;
    const int32_t first = rn_shift_start_node(inst, s);
    sol->route[s].missed = best->missed[s];
    /* Activities are in the empty route already, in the order they keep. */
    int32_t prev = first;
    for (int32_t n = best->node[first].next; n != RUNDE_NONE;
         n = best->node[n].next) {
        if (n < inst->n_tasks) {
            const rn_slot slot = {prev, sol->node[sol->node[prev].next].gap_lo,
                                  best->node[n].release, 0};
            rn_link_in(sol, n, &slot);
        } else if (n < inst->n_stops) {
            sol->node[n].release = best->node[n].release;
        }
        prev = n;
    }
    for (int32_t n = first; n != RUNDE_NONE; n = sol->node[n].next) {
        sol->node[n].gap_lo = best->node[n].gap_lo;
        sol->node[n].gap_hi = best->node[n].gap_hi;
        /* An unused shift may be one that cannot be used at all. */
        if (n != first && sol->route[s].n > 0) {
            sol->seed[sol->n_seeds++] = n;
        }
    }
}

bool rn_best_build(const rn_best *best, rn_solution *empty)
{
    const rn_instance *inst = empty->inst;
    empty->n_seeds = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        build_route(best, empty, s);
    }
    if (inst->n_choices > 0) {
        memcpy(empty->choice, best->choice, (size_t)inst->n_choices);
    }
    const bool ok = rn_schedule_removals(empty);
    rn_settle(empty);
    return ok;
}
