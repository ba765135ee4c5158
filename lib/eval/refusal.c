/* SPDX-License-Identifier: MIT */
/* Why a shift as it stands may not have a task, wherever in it: windows, load
 * caps, carers of linked tasks, rest. Who may is not looked at. */
#include "eval/finder.h"

int64_t rn_load_over(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    const rn_shift *s = &inst->shift[shift];
    const rn_carer_limits *c = &inst->carer[s->carer];
    int64_t most = 0;
    for (int32_t i = 0; i < t->n_loads; i++) {
        const runde_load_use *use = &inst->loads[t->first_load + i];
        const size_t at = (size_t)shift * (size_t)inst->n_loads;
        for (int32_t k = 0; k < s->n_caps; k++) {
            const runde_cap *cap = &inst->caps[s->first_cap + k];
            if (cap->load == use->load && cap->cap >= 0) {
                const int64_t over =
                    sol->load[at + (size_t)use->load] + use->amount - cap->cap;
                most = over > most ? over : most;
            }
        }
        for (int32_t k = 0; k < c->n_caps; k++) {
            const runde_cap *cap = &inst->caps[c->first_cap + k];
            if (cap->load == use->load && cap->cap >= 0) {
                const int64_t over = rn_carer_load(sol, s->carer, use->load) +
                                     use->amount - cap->cap;
                most = over > most ? over : most;
            }
        }
    }
    return most;
}

static bool loads_fit(const rn_solution *sol, int32_t task, int32_t shift)
{
    return rn_load_over(sol, task, shift) == 0;
}

static bool carers_agree(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    const int32_t carer = inst->shift[shift].carer;
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        const int32_t route = sol->node[arc->other].route;
        if (route < 0 || (arc->kind & (RN_ARC_SAME | RN_ARC_DIFFERENT)) == 0) {
            continue;
        }
        const bool same = inst->shift[route].carer == carer;
        if (((arc->kind & RN_ARC_SAME) != 0 && !same) ||
            ((arc->kind & RN_ARC_DIFFERENT) != 0 && same)) {
            return false;
        }
    }
    return true;
}

/* Rest before a shift that is not used yet, and before the next used one of
 * its carer. A task that the shift itself has no time for is not refused. */
static bool rest_allows(const rn_solution *sol, int32_t task, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_stop *stop = &inst->stop[task];
    const rn_shift *s = &inst->shift[shift];
    int32_t t = s->before;
    while (t != RUNDE_NONE && sol->route[t].n == 0) {
        t = inst->shift[t].before;
    }
    if (t != RUNDE_NONE && sol->node[rn_shift_end_node(inst, t)].start >
                               s->start - s->rest_before) {
        return false;
    }
    const int32_t limit = rn_end_limit(sol, shift);
    const int64_t end =
        (int64_t)(stop->earliest > s->start ? stop->earliest : s->start) +
        stop->duration;
    return end <= limit || end > s->max_end;
}

bool rn_time_allows(const rn_instance *inst, int32_t task, int32_t shift)
{
    const rn_stop *stop = &inst->stop[task];
    const rn_shift *s = &inst->shift[shift];
    return stop->latest >= s->start &&
           (int64_t)stop->earliest + stop->duration <= s->max_end;
}

runde_reason_code rn_shift_refuses(const rn_solution *sol, int32_t task,
                                   int32_t shift)
{
    const rn_instance *inst = sol->inst;
    if (!rn_time_allows(inst, task, shift)) {
        return RUNDE_REASON_WINDOW;
    }
    if (!loads_fit(sol, task, shift)) {
        return RUNDE_REASON_LOAD;
    }
    if (!carers_agree(sol, task, shift)) {
        return RUNDE_REASON_LINKED_CARER;
    }
    if (sol->route[shift].n > 0) {
        return RUNDE_REASONS;
    }
    return rest_allows(sol, task, shift) ? RUNDE_REASONS : RUNDE_REASON_REST;
}
