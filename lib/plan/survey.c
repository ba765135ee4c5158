/* SPDX-License-Identifier: MIT */
#include "plan/survey.h"

#include "base/alloc.h"

/* Is no price of the largest, of a spread or of what a day leaves idle? */
static bool only_adds(const rn_instance *inst)
{
    return !inst->prices_filling && inst->w[RUNDE_MAX_LATE] == 0 &&
           inst->w[RUNDE_WORKLOAD_DEVIATION] == 0 &&
           inst->w[RUNDE_WORKLOAD_SPREAD] == 0 &&
           inst->w[RUNDE_LOAD_SPREAD] == 0;
}

static int32_t task_of(const rn_instance *inst, int32_t unit, int32_t i)
{
    return inst->unit_tasks[inst->unit[unit].first + i];
}

static void look_alone(rn_live *live, rn_survey *survey, int32_t i)
{
    const rn_instance *inst = live->inst;
    const size_t row = (size_t)i * (size_t)inst->n_shifts;
    const int32_t task = task_of(inst, survey->unit, i);
    rn_slot *const alone = survey->alone + row;
    int32_t *const order = survey->order + row;
    int32_t n = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        alone[s].prev = RUNDE_NONE;
        if (!rn_may(inst, inst->task[task].who, s)) {
            continue;
        }
        alone[s] = rn_best_in_shift(live->finder, task, s);
        if (alone[s].prev == RUNDE_NONE) {
            continue;
        }
        int32_t at = n++;
        while (at > 0 && alone[order[at - 1]].cost > alone[s].cost) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = s;
    }
    survey->n[i] = n;
}

/* The cheapest ones of each task in turn, and last where none fits. */
static void rank_shifts(rn_survey *survey, const rn_instance *inst)
{
    const int32_t n_tasks = inst->unit[survey->unit].n;
    const int32_t n_shifts = inst->n_shifts;
    bool *const is_in = survey->is_in;
    int32_t n = 0;
    for (int32_t k = 0; k < n_shifts; k++) {
        for (int32_t i = 0; i < n_tasks; i++) {
            const int32_t s =
                k < survey->n[i]
                    ? survey->order[(size_t)i * (size_t)n_shifts + (size_t)k]
                    : RUNDE_NONE;
            if (s != RUNDE_NONE && !is_in[s]) {
                is_in[s] = true;
                survey->shifts[n++] = s;
            }
        }
    }
    for (int32_t s = 0; s < n_shifts; s++) {
        if (!is_in[s]) {
            survey->shifts[n++] = s;
        }
    }
}

static bool allocate(rn_survey *survey, size_t n, size_t shifts)
{
    rn_arena *const a = &survey->arena;
    survey->alone = rn_arena_array(a, n * shifts, sizeof *survey->alone);
    survey->order = rn_arena_array(a, n * shifts, sizeof *survey->order);
    survey->n = rn_arena_array(a, n, sizeof *survey->n);
    survey->shifts = rn_arena_array(a, shifts, sizeof *survey->shifts);
    survey->is_in = rn_arena_array(a, shifts, sizeof *survey->is_in);
    return survey->alone != NULL && survey->order != NULL &&
           survey->n != NULL && survey->shifts != NULL && survey->is_in != NULL;
}

static void release(rn_survey *survey)
{
    rn_arena_free(&survey->arena);
    rn_free(survey);
}

runde_status rn_survey_begin(rn_live *live, int32_t unit, int32_t top)
{
    const rn_instance *inst = live->inst;
    const int32_t n = inst->unit[unit].n;
    if (n < 2 || inst->n_bounds > 0) {
        return RUNDE_OK;
    }
    rn_survey *const survey = rn_calloc(1, sizeof *survey);
    if (survey == NULL) {
        return RUNDE_E_NOMEM;
    }
    survey->arena = (rn_arena)RN_ARENA_INIT;
    survey->unit = unit;
    survey->only_adds = only_adds(inst);
    survey->top = top;
    survey->most = RN_COST_INF;
    survey->asks_whether = true;
    if (!allocate(survey, (size_t)n, (size_t)inst->n_shifts)) {
        release(survey);
        return RUNDE_E_NOMEM;
    }
    const rn_script out = {unit, 1, {{unit, RN_OUT, 0}}};
    const bool is_served = rn_is_served(live->sol, unit);
    if (is_served && !rn_live_run(live, &out)) {
        rn_live_undo(live);
        release(survey);
        return RUNDE_OK;
    }
    for (int32_t i = 0; i < n; i++) {
        look_alone(live, survey, i);
    }
    if (is_served) {
        rn_live_undo(live);
    }
    rank_shifts(survey, inst);
    live->survey = survey;
    return RUNDE_OK;
}

void rn_survey_end(rn_live *live)
{
    if (live->survey != NULL) {
        release(live->survey);
        live->survey = NULL;
    }
}

int32_t rn_survey_shift(const rn_live *live, int32_t i)
{
    return live->survey != NULL ? live->survey->shifts[i] : i;
}

/* As dear as the last one that will be read is dear enough to be told that it
 * fits, and no more. */
void rn_survey_aim(rn_live *live, rn_cost cheapest)
{
    rn_survey *const survey = live->survey;
    if (survey == NULL) {
        return;
    }
    const bool is_full = survey->top > 0 && survey->n_best == survey->top;
    survey->most = is_full ? survey->best[survey->top - 1] + 1 : RN_COST_INF;
    survey->most = cheapest < survey->most ? cheapest : survey->most;
    survey->asks_whether = cheapest >= RN_COST_INF;
}

void rn_survey_note(rn_live *live, rn_cost cheapest)
{
    rn_survey *const survey = live->survey;
    if (survey == NULL || !survey->only_adds || cheapest >= RN_COST_INF ||
        survey->top < 1 || survey->top > RN_MOST_TOP) {
        return;
    }
    const bool is_full = survey->n_best == survey->top;
    int32_t at = is_full ? survey->top : survey->n_best++;
    while (at > 0 && survey->best[at - 1] > cheapest) {
        if (at < survey->top) {
            survey->best[at] = survey->best[at - 1];
        }
        at--;
    }
    if (at < survey->top) {
        survey->best[at] = cheapest;
    }
}

void rn_survey_forget(rn_live *live)
{
    if (live->survey != NULL) {
        live->survey->most = RN_COST_INF;
    }
}

/* In one shift after the other, those first where it costs least alone. */
static rn_slot find_any(rn_live *live, int32_t task, const int32_t *shifts,
                        int32_t n)
{
    rn_slot slot = {RUNDE_NONE, 0, 0, 0};
    live->finder->n_only = 1;
    for (int32_t k = 0; k < n && slot.prev == RUNDE_NONE; k++) {
        live->finder->only = shifts + k;
        slot = rn_best_slot(live->finder, task, RN_COST_INF / 2);
    }
    return slot;
}

rn_slot rn_survey_best(rn_live *live, int32_t i)
{
    const rn_survey *const survey = live->survey;
    const rn_instance *inst = live->inst;
    const int32_t task = task_of(inst, survey->unit, i);
    const size_t row = (size_t)i * (size_t)inst->n_shifts;
    const int32_t *const shifts = survey->order + row;
    rn_cost most = RN_COST_INF / 2;
    if (survey->only_adds && survey->most < RN_COST_INF) {
        rn_settle(live->sol);
        /* Its first task takes the price of leaving it out off. */
        most = survey->most - rn_total(live->sol);
        most += rn_is_served(live->sol, survey->unit)
                    ? 0
                    : inst->unit[survey->unit].price;
    }
    rn_slot slot = {RUNDE_NONE, 0, 0, 0};
    const rn_slot *const alone = survey->alone + row;
    int32_t n = survey->n[i];
    /* Hardly ever cheaper beside others than alone: at another time. */
    while (n > 0 && alone[shifts[n - 1]].cost >= most) {
        n--;
    }
    if (n > 0) {
        live->finder->only = shifts;
        live->finder->n_only = n;
        slot = rn_best_slot(live->finder, task, most);
    }
    if (slot.prev == RUNDE_NONE && survey->asks_whether &&
        most < RN_COST_INF / 2) {
        slot = find_any(live, task, shifts, survey->n[i]);
    }
    live->finder->only = NULL;
    return slot;
}
