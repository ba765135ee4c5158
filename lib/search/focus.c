/* SPDX-License-Identifier: MIT */
/* Where to look first when a plan is changed: around what lost its place. */
#include "search/search.h"

/* Neighbours of a changed task that are looked around too. */
#define NEIGHBOURS 8

/* Not where and when people expect it. What nobody expects was left out
 * before, or is new. */
static bool is_changed(const rn_solution *sol, int32_t task,
                       const rn_news *news)
{
    const rn_instance *inst = sol->inst;
    const rn_stop *stop = &inst->stop[task];
    const int32_t route = sol->node[task].route;
    const int32_t visit = inst->task[task].visit;
    if (news->client != NULL &&
        news->client[runde_problem_visit(inst->problem, visit)->client] != 0) {
        return true;
    }
    if (inst->task[task].published_carer == RUNDE_NONE) {
        return visit >= news->first_new;
    }
    if (route < 0) {
        return true;
    }
    const int64_t off = (int64_t)sol->node[task].start - stop->published;
    return inst->shift[route].carer != inst->task[task].published_carer ||
           off > stop->tolerance || -off > stop->tolerance;
}

/* Each task once. */
static void add(rn_search *s, int32_t task, uint8_t *is_in)
{
    if (!is_in[task]) {
        is_in[task] = 1;
        s->focus[s->n_focus++] = task;
    }
}

void rn_search_focus(rn_search *s, const rn_news *news)
{
    const rn_instance *inst = s->inst;
    uint8_t *const is_in = s->sol->queued; /* all 0 between uses */
    s->n_focus = 0;
    s->n_changed = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        if (!is_changed(s->sol, t, news)) {
            continue;
        }
        const int32_t *near =
            inst->near + (size_t)t * (size_t)inst->near_stride;
        s->n_changed += inst->task[t].part == 0;
        add(s, t, is_in);
        for (int32_t i = 0; i < inst->near_count[t] && i < NEIGHBOURS; i++) {
            add(s, near[i], is_in);
        }
    }
    for (int32_t i = 0; i < s->n_focus; i++) {
        is_in[s->focus[i]] = 0;
    }
}

void rn_search_widen(rn_search *s)
{
    s->n_focus = 0;
}
