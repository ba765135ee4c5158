/* SPDX-License-Identifier: MIT */
#include "plan/advise.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "plan/reasons.h"
#include "plan/survey.h"

/* Other shifts that are asked to make room for what makes room. */
#define FEW_SHIFTS 4

/* ------------------------------------------------------------- one shift */

/* The search for the cheapest script. */
typedef struct quest {
    rn_live *live;
    rn_choice *best;
    rn_script script;
} quest;

static void add_step(rn_script *script, int32_t unit, int32_t shift,
                     int32_t lead)
{
    const rn_step step = {unit, shift, lead};
    script->step[script->n++] = step;
}

static void try_script(quest *q)
{
    rn_live *live = q->live;
    rn_survey_aim(live, q->best->fits ? q->best->total : RN_COST_INF);
    if (rn_live_run(live, &q->script)) {
        const rn_price price = rn_price_of(live->sol);
        if (!q->best->fits || rn_price_compare(price, q->best->price) < 0) {
            q->best->fits = true;
            q->best->price = price;
            q->best->total = rn_total(live->sol);
            q->best->script = q->script;
        }
    }
    rn_live_undo(live);
}

/* With the task `lead` of the unit in the shift. */
static void try_direct(quest *q, int32_t unit, int32_t shift)
{
    const rn_instance *inst = q->live->inst;
    const rn_unit *u = &inst->unit[unit];
    for (int32_t j = 0; j < u->n; j++) {
        const int32_t task = inst->unit_tasks[u->first + j];
        if (rn_may(inst, inst->task[task].who, shift)) {
            const int32_t n = q->script.n;
            add_step(&q->script, unit, shift, j);
            try_script(q);
            q->script.n = n;
        }
    }
}

/* May this one be sent elsewhere to make room? */
static bool may_move(const rn_instance *inst, int32_t task)
{
    const runde_visit *visit = rn_visit_of(inst, task);
    return inst->unit[inst->task[task].unit].n == 1 &&
           !inst->task[task].is_frozen && visit->pinned_shift == RUNDE_NONE &&
           visit->pinned_start == RUNDE_TIME_NONE;
}

static bool is_in(const rn_script *script, int32_t unit)
{
    bool found = false;
    for (int32_t i = 0; i < script->n; i++) {
        found = found || script->step[i].unit == unit;
    }
    return found;
}

static void make_room(quest *q, int32_t unit, int32_t shift, int32_t most);

/* Shifts around a task that might take it, making room in their turn. */
static void pass_on(quest *q, int32_t task, int32_t most)
{
    const rn_instance *inst = q->live->inst;
    const rn_solution *sol = q->live->sol;
    int32_t n_near = 0;
    const int32_t *near = rn_near_of(inst, task, &n_near);
    int32_t seen[FEW_SHIFTS];
    int32_t n = 0;
    for (int32_t i = 0; i < n_near && n < FEW_SHIFTS; i++) {
        const int32_t shift = sol->node[near[i]].route;
        bool is_new = shift >= 0 && rn_may(inst, inst->task[task].who, shift);
        for (int32_t k = 0; k < n; k++) {
            is_new = is_new && seen[k] != shift;
        }
        if (is_new) {
            seen[n++] = shift;
            make_room(q, inst->task[task].unit, shift, most);
        }
    }
}

/* Each visit of the shift in turn goes elsewhere, and the unit comes in. */
static void make_room(quest *q, int32_t unit, int32_t shift, int32_t most)
{
    const rn_instance *inst = q->live->inst;
    const rn_solution *sol = q->live->sol;
    const int32_t end = rn_shift_end_node(inst, shift);
    for (int32_t n = sol->node[rn_shift_start_node(inst, shift)].next; n != end;
         n = sol->node[n].next) {
        if (n >= inst->n_tasks || !may_move(inst, n) ||
            is_in(&q->script, inst->task[n].unit) ||
            inst->task[n].unit == unit) {
            continue;
        }
        const rn_script keep = q->script;
        add_step(&q->script, inst->task[n].unit, RN_OUT, 0);
        add_step(&q->script, unit, shift, 0);
        const rn_script made = q->script;
        add_step(&q->script, inst->task[n].unit, RN_ANYWHERE, 0);
        try_script(q);
        if (most > 1) {
            q->script = made;
            pass_on(q, n, most - 1);
        }
        q->script = keep;
    }
}

void rn_choose(rn_live *live, const rn_request *request, int32_t shift,
               rn_choice *choice)
{
    quest q = {live, choice, {request->unit, 0, {{0, 0, 0}}}};
    memset(choice, 0, sizeof *choice);
    choice->visit = request->visit;
    choice->shift = shift;
    choice->reason.shift = shift;
    if (rn_is_served(live->sol, request->unit)) {
        add_step(&q.script, request->unit, RN_OUT, 0);
    }
    try_direct(&q, request->unit, shift);
    const rn_unit *unit = &live->inst->unit[request->unit];
    const int32_t task = live->inst->unit_tasks[unit->first];
    if (request->most_moved > 0 && unit->n == 1 &&
        rn_may(live->inst, live->inst->task[task].who, shift)) {
        make_room(&q, request->unit, shift, request->most_moved);
    }
}

void rn_choose_reasons(rn_live *live, const rn_request *request,
                       rn_choice *choices, int32_t n)
{
    rn_script out = {request->unit, 0, {{0, 0, 0}}};
    if (rn_is_served(live->sol, request->unit)) {
        add_step(&out, request->unit, RN_OUT, 0);
    }
    (void)rn_live_run(live, &out);
    for (int32_t i = 0; i < n; i++) {
        if (!choices[i].fits) {
            choices[i].reason =
                rn_reason_for(live->finder, choices[i].visit, choices[i].shift);
        }
    }
    rn_live_undo(live);
}

/* ----------------------------------------------------------------- advice */

static int by_price(const void *a, const void *b)
{
    const rn_choice *x = a;
    const rn_choice *y = b;
    if (x->fits != y->fits) {
        return x->fits ? -1 : 1;
    }
    const int order = x->fits ? rn_price_compare(x->price, y->price) : 0;
    if (order != 0) {
        return order;
    }
    if (x->shift != y->shift) {
        return x->shift < y->shift ? -1 : 1;
    }
    return (x->visit > y->visit) - (x->visit < y->visit);
}

void rn_sort_choices(rn_choice *choices, int32_t n)
{
    if (n > 0) {
        qsort(choices, (size_t)n, sizeof *choices, by_price);
    }
}

runde_status rn_write_offer(rn_live *live, const rn_choice *choice,
                            rn_arena *arena, runde_offer *offer)
{
    memset(offer, 0, sizeof *offer);
    offer->change = (runde_cost)RUNDE_COST_INIT;
    offer->visit = choice->visit;
    offer->shift = choice->shift;
    offer->fits = choice->fits;
    offer->reason = choice->reason;
    rn_survey_forget(live);
    return choice->fits ? rn_live_report(live, &choice->script, arena, offer)
                        : RUNDE_OK;
}

runde_status rn_advise(runde_advice **out, rn_live *live,
                       const rn_choice *choices, int32_t n, int32_t top)
{
    runde_advice *advice = rn_calloc(1, sizeof *advice);
    *out = NULL;
    if (advice == NULL) {
        return RUNDE_E_NOMEM;
    }
    advice->arena = (rn_arena)RN_ARENA_INIT;
    advice->offers = rn_calloc((size_t)n + 1, sizeof *advice->offers);
    runde_status status = advice->offers == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    for (int32_t i = 0; i < n && status == RUNDE_OK; i++) {
        if (top > 0 && i >= top && choices[i].fits) {
            continue;
        }
        status = rn_write_offer(live, &choices[i], &advice->arena,
                                &advice->offers[advice->n++]);
    }
    if (status != RUNDE_OK) {
        runde_advice_free(advice);
        return status;
    }
    *out = advice;
    return RUNDE_OK;
}

int32_t runde_advice_n_offers(const runde_advice *advice)
{
    return advice->n;
}

const runde_offer *runde_advice_offer(const runde_advice *advice, int32_t index)
{
    return index >= 0 && index < advice->n ? &advice->offers[index] : NULL;
}

void runde_advice_free(runde_advice *advice)
{
    if (advice != NULL) {
        rn_arena_free(&advice->arena);
        rn_free(advice->offers);
        rn_free(advice);
    }
}
