/* SPDX-License-Identifier: MIT */
/* Taking a plan over: the order of its routes is kept, times are chosen
 * anew, and what does not hold is left out. */
#include "search/search.h"

/* The gap at the end of the route that this start time falls behind. */
static rn_slot slot_at_end(const rn_solution *sol, int32_t task, int32_t shift,
                           int32_t start)
{
    const rn_instance *inst = sol->inst;
    int32_t next = rn_shift_end_node(inst, shift);
    /* Activities that start later stay behind. */
    while (sol->node[next].prev >= inst->n_tasks &&
           sol->node[next].prev < inst->n_stops &&
           sol->node[sol->node[next].prev].start > start) {
        next = sol->node[next].prev;
    }
    rn_slot slot = {sol->node[next].prev, sol->node[next].gap_lo,
                    inst->stop[task].release, 0};
    if (start < slot.release) {
        slot.release = inst->stop[task].earliest;
    }
    const rn_break *list = inst->breaks + inst->shift[shift].first_break;
    while (slot.split < sol->node[next].gap_hi && list[slot.split].b < start) {
        slot.split++;
    }
    return slot;
}

static bool may_go(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    return sol->node[task].route < 0 &&
           rn_may(inst, inst->task[task].who, shift) &&
           rn_shift_refuses(sol, task, shift) == RUNDE_REASONS &&
           (!sol->keeps_faces ||
            rn_face_cost(sol, inst->task[task].client,
                         inst->shift[shift].carer) < RN_COST_INF);
}

static void place_stop(rn_search *s, int32_t shift, const runde_stop *stop)
{
    rn_solution *sol = s->sol;
    const int32_t task = s->inst->first_task[stop->item] + stop->part;
    if (task >= s->inst->first_task[stop->item + 1] ||
        !may_go(sol, task, shift)) {
        return;
    }
    const rn_slot slot = slot_at_end(sol, task, shift, stop->start);
    rn_journal_begin(sol, &sol->inner);
    if (rn_insert(sol, task, &slot)) {
        sol->inner.on = false;
    } else {
        rn_journal_undo(sol, &sol->inner);
    }
}

/* A unit of which only some tasks found their place goes out whole. */
static void remove_torn_units(rn_search *s)
{
    const rn_instance *inst = s->inst;
    rn_solution *sol = s->sol;
    for (int32_t u = 0; u < inst->n_units; u++) {
        const rn_unit *unit = &inst->unit[u];
        int32_t served = 0;
        for (int32_t i = 0; i < unit->n; i++) {
            served += sol->node[inst->unit_tasks[unit->first + i]].route >= 0;
        }
        if (served == unit->n || served == 0) {
            continue;
        }
        for (int32_t i = 0; i < unit->n; i++) {
            const int32_t task = inst->unit_tasks[unit->first + i];
            if (sol->node[task].route >= 0) {
                rn_link_out(sol, task);
            }
        }
    }
    (void)rn_schedule_removals(sol);
}

void rn_search_start(rn_search *s, const runde_plan *start)
{
    const rn_instance *inst = s->inst;
    for (int32_t i = 0; i < runde_plan_n_routes(start); i++) {
        const runde_route *route = runde_plan_route(start, i);
        if (route->shift >= inst->n_shifts) {
            continue;
        }
        for (int32_t k = 0; k < route->n_stops; k++) {
            const runde_stop *stop = &route->stops[k];
            if (stop->kind == RUNDE_STOP_VISIT &&
                stop->item < runde_problem_n_visits(inst->problem)) {
                place_stop(s, route->shift, stop);
            }
        }
    }
    remove_torn_units(s);
    rn_settle(s->sol);
}
