/* SPDX-License-Identifier: MIT */
#include "eval/whom.h"

/* What using a shift costs before its first task; where filling is priced
 * the trial knows about its end and breaks. */
static rn_cost first_use(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const int32_t end = sol->node[rn_shift_end_node(inst, shift)].start;
    const int32_t over = end - inst->shift[shift].end;
    rn_cost cost = inst->w[RUNDE_SHIFTS_USED];
    if (inst->prices_filling) {
        return cost;
    }
    /* Where it has no end yet the trial finds it. */
    cost += over > 0 && end < RN_FAR ? inst->w[RUNDE_OVERTIME] * over : 0;
    for (uint32_t missed = sol->route[shift].missed; missed != 0;
         missed &= missed - 1) {
        cost += inst->w[RUNDE_BREAKS_MISSED];
    }
    return cost;
}

rn_cost rn_shift_cost(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    if (!rn_may(inst, t->who, shift) ||
        rn_shift_refuses(sol, task, shift) != RUNDE_REASONS) {
        return RN_COST_INF;
    }
    rn_cost cost = rn_fixed_cost(inst, task, shift);
    if (sol->keeps_faces) {
        const rn_cost face =
            rn_face_cost(sol, t->client, inst->shift[shift].carer);
        if (face >= RN_COST_INF) {
            return RN_COST_INF;
        }
        cost += face;
    }
    if (inst->w[RUNDE_CLIENTS_CHANGED] != 0 &&
        rn_is_first_swap(sol, task, inst->shift[shift].carer)) {
        cost += inst->w[RUNDE_CLIENTS_CHANGED];
    }
    if (sol->route[shift].n == 0) {
        cost += sol->route[shift].legs + first_use(sol, shift);
    }
    return cost;
}

/* ------------------------------------------------------- who is known */

/* Adds the carer's shifts, each of them once. */
static int32_t add_carer(rn_finder *f, int32_t task, int32_t carer, int32_t n)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_carer_limits *c = &inst->carer[carer];
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t s = inst->carer_shifts[c->first_shift + i];
        if (f->known_stamp[s] != f->epoch && sol->route[s].n > 0 &&
            rn_may(inst, inst->task[task].who, s) &&
            rn_time_allows(inst, task, s)) {
            f->known_stamp[s] = f->epoch;
            f->known[n++] = s;
        }
    }
    return n;
}

int32_t rn_list_known(rn_finder *f, int32_t task)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    const rn_client *c = &inst->client[t->client];
    int32_t n = 0;
    if (t->published_carer != RUNDE_NONE && t->w_changed > 0) {
        n = add_carer(f, task, t->published_carer, n);
    }
    for (int32_t i = 0; i < t->n_wishes; i++) {
        const rn_wish *w = &inst->wishes[t->first_wish + i];
        if (w->cost < t->wish_other) {
            n = add_carer(f, task, w->carer, n);
        }
    }
    if (!sol->keeps_faces || c->w_distinct == 0) {
        return n;
    }
    for (int32_t i = 0; i < c->n_past; i++) {
        n = add_carer(f, task, inst->past_carers[c->first_past + i], n);
    }
    for (int32_t i = 0; i < sol->n_faces[t->client]; i++) {
        n = add_carer(f, task, sol->face[c->first_task + i].carer, n);
    }
    return n;
}
