/* SPDX-License-Identifier: MIT */
/* Hard criteria that no window or carer set can hold: what breaks them is
 * left out at the end. */
#include "search/search.h"

/* The first node in the route that waits in the sense of docs/model.md 4.1. */
static int32_t first_waiting(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    bool counts = inst->depart_at_start;
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        if (counts && sol->node[n].start > sol->node[n].ready) {
            return n;
        }
        counts = true;
    }
    return RUNDE_NONE;
}

static int32_t first_task(const rn_solution *sol, int32_t shift)
{
    int32_t n = sol->node[rn_shift_start_node(sol->inst, shift)].next;
    while (n >= sol->inst->n_tasks) {
        n = sol->node[n].next;
    }
    return n;
}

/* Breaks may wait too; then the route's first task goes. */
static int32_t choose_task(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t waits = first_waiting(sol, shift);
    if (waits != RUNDE_NONE && waits < inst->n_tasks) {
        return waits;
    }
    return first_task(sol, shift);
}

/* Leaves out one unit of the route or, where the rest would have no road,
 * all of them. */
static bool thin_out(rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    rn_journal_begin(sol, &sol->outer);
    rn_remove_unit(sol, inst->task[choose_task(sol, shift)].unit);
    bool ok = rn_schedule_removals(sol);
    if (!ok) {
        rn_journal_undo(sol, &sol->outer);
        sol->n_seeds = 0;
        rn_settle(sol);
        while (sol->route[shift].n > 0) {
            rn_remove_unit(sol, inst->task[first_task(sol, shift)].unit);
        }
        ok = rn_schedule_removals(sol);
    }
    sol->outer.on = false;
    rn_settle(sol);
    return ok;
}

bool rn_refuse_waiting(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        while (sol->route[s].n > 0 && rn_waiting(sol, s) > 0) {
            if (!thin_out(sol, s)) {
                return false;
            }
            s = 0; /* links may have made another route wait */
        }
    }
    return true;
}
