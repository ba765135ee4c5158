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
        s->pool[s->n_pool++] = task;
    }
}

/* ---------------------------------------------------------------- strays */

/* The shift in which its published carer would serve the task. */
static int32_t home_of(const rn_instance *inst, int32_t task)
{
    const rn_task *t = &inst->task[task];
    const int32_t start = inst->stop[task].published;
    const rn_carer_limits *c = &inst->carer[t->published_carer];
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t s = inst->carer_shifts[c->first_shift + i];
        if (inst->shift[s].start <= start && start < inst->shift[s].max_end &&
            rn_may(inst, t->who, s)) {
            return s;
        }
    }
    return RUNDE_NONE;
}

static bool is_astray(const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    const int32_t route = sol->node[task].route;
    return t->published_carer != RUNDE_NONE && !t->is_frozen &&
           (route < 0 || inst->shift[route].carer != t->published_carer);
}

static void note_stray(rn_search *s, int32_t task)
{
    if (!s->is_stray[task] && is_astray(s->sol, task) &&
        home_of(s->inst, task) != RUNDE_NONE) {
        s->is_stray[task] = 1;
        s->strays[s->n_strays++] = task;
    }
}

void rn_note_strays(rn_search *s)
{
    const rn_journal *journal = &s->sol->outer;
    for (int32_t i = 0; i < journal->n_nodes; i++) {
        if (journal->nodes[i].index < s->inst->n_tasks) {
            note_stray(s, journal->nodes[i].index);
        }
    }
}

int32_t rn_some_stray(rn_search *s, int32_t *home)
{
    while (s->n_strays > 0) {
        const int32_t i = (int32_t)rn_rng_below(&s->rng, (uint32_t)s->n_strays);
        const int32_t task = s->strays[i];
        if (is_astray(s->sol, task)) {
            *home = home_of(s->inst, task);
            return task;
        }
        s->strays[i] = s->strays[--s->n_strays];
        s->is_stray[task] = 0;
    }
    return RUNDE_NONE;
}

/* ----------------------------------------------------------------- focus */

static runde_status make_room(rn_search *s)
{
    const size_t n = (size_t)s->inst->n_tasks + 1;
    s->pool = rn_arena_array(&s->arena, n, sizeof *s->pool);
    s->strays = rn_arena_array(&s->arena, n, sizeof *s->strays);
    s->is_stray = rn_arena_array(&s->arena, n, sizeof *s->is_stray);
    return s->pool == NULL || s->strays == NULL || s->is_stray == NULL
               ? RUNDE_E_NOMEM
               : RUNDE_OK;
}

runde_status rn_search_focus(rn_search *s, const rn_news *news)
{
    const rn_instance *inst = s->inst;
    uint8_t *const is_in = s->sol->queued; /* all 0 between uses */
    const runde_status status = make_room(s);
    if (status != RUNDE_OK) {
        return status;
    }
    s->n_pool = 0;
    s->n_changed = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        note_stray(s, t);
        if (!is_changed(s->sol, t, news)) {
            continue;
        }
        int32_t n_near = 0;
        const int32_t *near = rn_near_of(inst, t, &n_near);
        s->n_changed += inst->task[t].part == 0;
        add(s, t, is_in);
        for (int32_t i = 0; i < n_near && i < NEIGHBOURS; i++) {
            add(s, near[i], is_in);
        }
    }
    for (int32_t i = 0; i < s->n_pool; i++) {
        is_in[s->pool[i]] = 0;
    }
    s->is_near = s->n_pool > 0;
    return RUNDE_OK;
}

void rn_search_widen(rn_search *s)
{
    s->is_near = false;
    s->n_pool = 0;
}
