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

/* Breaks may wait too; then the route's first task goes. */
static int32_t choose_task(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t waits = first_waiting(sol, shift);
    if (waits != RUNDE_NONE && waits < inst->n_tasks) {
        return waits;
    }
    int32_t n = sol->node[rn_shift_start_node(inst, shift)].next;
    while (n >= inst->n_tasks) {
        n = sol->node[n].next;
    }
    return n;
}

bool rn_refuse_waiting(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        while (sol->route[s].n > 0 && rn_waiting(sol, s) > 0) {
            rn_remove_unit(sol, inst->task[choose_task(sol, s)].unit);
            if (!rn_schedule_removals(sol)) {
                return false;
            }
            rn_settle(sol);
            s = 0; /* links may have made another route wait */
        }
    }
    return true;
}
