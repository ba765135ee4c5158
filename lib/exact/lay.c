/* SPDX-License-Identifier: MIT */
#include "exact/lay.h"

/* The task itself or, where that is served already, its like. */
static int32_t free_part(const rn_solution *sol, int32_t task,
                         const int32_t *instead)
{
    int32_t t = task;
    while (sol->node[t].route >= 0) {
        t = instead != NULL ? instead[t] : RUNDE_NONE;
        if (t == RUNDE_NONE || t == task) {
            return RUNDE_NONE;
        }
    }
    return t;
}

static void lay_task(rn_solution *sol, int32_t task, int32_t prev,
                     int32_t release, const rn_frame *frame)
{
    const int32_t next = sol->node[prev].next;
    rn_slot slot = {prev, sol->node[next].gap_lo, release, 0};
    if (frame->window != NULL) {
        const rn_window w = frame->window[task];
        slot.release = w.a > release ? w.a : release;
        rn_touch(sol, task)->ceiling = w.b;
    }
    rn_link_in(sol, task, &slot);
}

bool rn_lay_pooled(rn_solution *sol, const rn_pool *pool,
                   const rn_pool_route *route, int32_t shift,
                   const rn_frame *frame)
{
    const rn_instance *inst = sol->inst;
    const rn_pool_stop *stop = pool->stops + route->first;
    int32_t prev = rn_shift_start_node(inst, shift);
    const int32_t last = rn_shift_end_node(inst, shift);
    int32_t gap_lo = 0;
    if (sol->route[shift].n > 0) {
        return false;
    }
    rn_touch_route(sol, shift)->missed = route->missed;
    for (int32_t k = 0; k < route->n; k++) {
        int32_t node = stop[k].node;
        if (node < inst->n_tasks) {
            node = free_part(sol, node, frame->instead);
            if (node == RUNDE_NONE) {
                return false;
            }
            lay_task(sol, node, prev, stop[k].release, frame);
        } else if (node >= inst->n_stops) {
            node = last;
        }
        if (sol->node[prev].next != node) {
            return false;
        }
        prev = node;
    }
    for (int32_t k = 0, n = sol->node[rn_shift_start_node(inst, shift)].next;
         k < route->n; k++, n = sol->node[n].next) {
        rn_node *x = rn_touch(sol, n);
        x->gap_lo = gap_lo;
        x->gap_hi = stop[k].gap_hi;
        gap_lo = x->gap_hi;
        sol->seed[sol->n_seeds++] = n;
    }
    return true;
}
