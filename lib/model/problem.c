/* SPDX-License-Identifier: MIT */
#include "model/problem_data.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "model/warnings.h"

#include <string.h>

#define FIRST_CAPACITY 16

/* Defaults of arbeidsmiljoeloven 10-4 and 10-8, hours. */
#define DAILY_REST_H 11
#define WEEKLY_REST_H 35
#define MAX_PER_DAY_H 9
#define MAX_PER_WEEK_H 40

runde_status rn_table_add(rn_table *table, void *row, int32_t *index)
{
    if (row == NULL) {
        return RUNDE_E_NOMEM;
    }
    if (table->n == table->capacity) {
        if (table->capacity > INT32_MAX / 2) {
            return RUNDE_E_LIMIT;
        }
        const int32_t capacity =
            table->capacity == 0 ? FIRST_CAPACITY : table->capacity * 2;
        void **const rows = rn_realloc_array((void *)table->rows,
                                             (size_t)capacity, sizeof *rows);
        if (rows == NULL) {
            return RUNDE_E_NOMEM;
        }
        table->rows = rows;
        table->capacity = capacity;
    }
    if (index != NULL) {
        *index = table->n;
    }
    table->rows[table->n++] = row;
    return RUNDE_OK;
}

runde_status runde_problem_new(runde_problem **out,
                               const runde_settings *settings, runde_diag *diag)
{
    if (out == NULL || !rn_diag_is_usable(diag) ||
        (settings != NULL && settings->size != sizeof *settings)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    rn_diag_start(diag);
    runde_problem *const problem = rn_calloc(1, sizeof *problem);
    if (problem == NULL) {
        return RUNDE_E_NOMEM;
    }
    const runde_settings defaults = RUNDE_SETTINGS_INIT;
    problem->settings = settings == NULL ? defaults : *settings;
    if (problem->settings.time_zone != NULL) {
        problem->settings.time_zone =
            rn_arena_strdup(&problem->arena, problem->settings.time_zone);
        if (problem->settings.time_zone == NULL) {
            runde_problem_free(problem);
            return RUNDE_E_NOMEM;
        }
    }
    runde_weights_default(&problem->weights, rn_problem_tick_ms(problem));
    *out = problem;
    return RUNDE_OK;
}

void runde_problem_free(runde_problem *problem)
{
    if (problem == NULL) {
        return;
    }
    rn_problem_free_travel(problem);
    for (int kind = 0; kind < RN_KINDS; kind++) {
        rn_free((void *)problem->table[kind].rows);
    }
    rn_arena_free(&problem->arena);
    rn_free(problem);
}

runde_status runde_problem_set_weights(runde_problem *problem,
                                       const runde_weights *weights)
{
    if (problem == NULL || weights == NULL ||
        weights->size != sizeof *weights) {
        return RUNDE_E_ARGUMENT;
    }
    if (problem->is_sealed) {
        return RUNDE_E_STATE;
    }
    problem->weights = *weights;
    return RUNDE_OK;
}

/* ------------------------------------------------------------- sealing */

static int32_t first_set(int32_t own, int32_t general)
{
    return own != 0 ? own : general;
}

static void fill_rules(runde_work_rules *rules, const runde_work_rules *general)
{
    rules->daily_rest = first_set(rules->daily_rest, general->daily_rest);
    rules->weekly_rest = first_set(rules->weekly_rest, general->weekly_rest);
    rules->max_per_day = first_set(rules->max_per_day, general->max_per_day);
    rules->max_per_week = first_set(rules->max_per_week, general->max_per_week);
    rules->max_per_horizon =
        first_set(rules->max_per_horizon, general->max_per_horizon);
}

/* The day of a tick, counted from 1; earlier than the origin is day 1. */
static int32_t day_number(int32_t tick, int32_t day)
{
    return tick < 0 ? 1 : tick / day + 1;
}

int32_t rn_problem_days(const runde_problem *problem)
{
    if (problem->settings.days != 0) {
        return problem->settings.days;
    }
    const int32_t day = rn_problem_day(problem);
    int32_t days = 1;
    for (int32_t s = 0; s < problem->table[RN_SHIFTS].n; s++) {
        const runde_shift *const shift = rn_problem_row(problem, RN_SHIFTS, s);
        const int32_t number = day_number(shift->start, day);
        days = days < number ? number : days;
    }
    for (int32_t v = 0; v < problem->table[RN_VISITS].n; v++) {
        const runde_visit *const visit = rn_problem_row(problem, RN_VISITS, v);
        for (int32_t w = 0; w < visit->n_windows; w++) {
            const int32_t start = visit->windows[w].min_start;
            const int32_t number =
                start == RUNDE_TIME_NONE ? 1 : day_number(start, day);
            days = days < number ? number : days;
        }
    }
    return days;
}

static void fill_settings(runde_problem *problem)
{
    runde_settings *const settings = &problem->settings;
    settings->tick_ms = rn_problem_tick_ms(problem);
    const int32_t hour = 3600000 / settings->tick_ms;
    const runde_work_rules law = {DAILY_REST_H * hour, WEEKLY_REST_H * hour,
                                  MAX_PER_DAY_H * hour, MAX_PER_WEEK_H * hour,
                                  RUNDE_UNLIMITED};
    fill_rules(&settings->rules, &law);
    problem->days_are_found = settings->days == 0;
    settings->days = rn_problem_days(problem);
}

static void fill_defaults(runde_problem *problem)
{
    fill_settings(problem);
    for (int32_t c = 0; c < problem->table[RN_CARERS].n; c++) {
        runde_carer *const carer = rn_problem_row(problem, RN_CARERS, c);
        fill_rules(&carer->rules, &problem->settings.rules);
    }
    for (int32_t s = 0; s < problem->table[RN_SHIFTS].n; s++) {
        runde_shift *const shift = rn_problem_row(problem, RN_SHIFTS, s);
        if (shift->max_end == RUNDE_TIME_NONE) {
            shift->max_end = shift->end;
        }
    }
    for (int32_t v = 0; v < problem->table[RN_VISITS].n; v++) {
        runde_visit *const visit = rn_problem_row(problem, RN_VISITS, v);
        if (visit->place == RUNDE_NONE) {
            const runde_client *const client =
                rn_problem_row(problem, RN_CLIENTS, visit->client);
            visit->place = client->place;
        }
        visit->crew = first_set(visit->crew, 1);
        if (!visit->optional) {
            visit->priority =
                first_set(visit->priority, RUNDE_DEFAULT_PRIORITY);
        }
    }
}

runde_status rn_problem_seal(runde_problem *problem, runde_diag *diag)
{
    runde_diag own = RUNDE_DIAG_INIT;
    runde_diag *const findings = diag == NULL ? &own : diag;
    runde_status status = rn_problem_review(problem, findings);
    if (status != RUNDE_OK) {
        return status;
    }
    if (findings->errors > 0) {
        return RUNDE_E_INVALID;
    }
    status = rn_problem_prepare_travel(problem);
    if (status != RUNDE_OK) {
        return status;
    }
    fill_defaults(problem);
    problem->is_sealed = true;
    return RUNDE_OK;
}

runde_status runde_problem_seal(runde_problem *problem, runde_diag *diag)
{
    if (problem == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    if (problem->is_sealed) {
        return RUNDE_E_STATE;
    }
    rn_diag_start(diag);
    return rn_problem_seal(problem, diag);
}
