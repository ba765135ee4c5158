/* SPDX-License-Identifier: MIT */
/* What happened as a table, a row for each part. */
#include "io/csv_table.h"

#include <runde/actuals.h>

static const char *const headings[] = {"client",
                                       "visit",
                                       "part",
                                       "status",
                                       "carer",
                                       "planned_carer",
                                       "planned_shift",
                                       "planned_start",
                                       "planned_end",
                                       "planned_minutes",
                                       "actual_start",
                                       "actual_end",
                                       "actual_minutes",
                                       "start_deviation_minutes",
                                       "service_deviation_minutes"};

enum { N_HEADINGS = sizeof headings / sizeof headings[0] };

static const char *status_of(const runde_actual_line *line)
{
    if (line->record == RUNDE_NONE) {
        return "missing";
    }
    if (line->part == RUNDE_NONE) {
        return "extra";
    }
    return line->carer[0] == line->carer[1] ? "done" : "other_carer";
}

static void put_carer(rn_csv *t, int32_t carer)
{
    rn_csv_id(t, carer == RUNDE_NONE
                     ? NULL
                     : runde_problem_carer(t->w.problem, carer)->id);
}

/* Start, end and what lies between; empty cells where there is nothing. */
static void put_times(rn_csv *t, const runde_actual_line *line, int which)
{
    if (line->start[which] == RUNDE_TIME_NONE) {
        for (int i = 0; i < 3; i++) {
            rn_csv_id(t, NULL);
        }
        return;
    }
    rn_csv_time(t, line->start[which]);
    rn_csv_time(t, line->end[which]);
    rn_csv_minutes(t, (int64_t)line->end[which] - line->start[which]);
}

static void put_deviations(rn_csv *t, const runde_actual_line *line)
{
    if (line->record == RUNDE_NONE || line->part == RUNDE_NONE) {
        rn_csv_id(t, NULL);
        rn_csv_id(t, NULL);
        return;
    }
    const int64_t later = (int64_t)line->start[1] - line->start[0];
    rn_csv_minutes(t, later);
    rn_csv_minutes(t, (int64_t)line->end[1] - line->end[0] - later);
}

static void put_line(rn_csv *t, const runde_actual_line *line)
{
    const runde_problem *const p = t->w.problem;
    rn_csv_id(t, runde_problem_client(p, line->client)->id);
    rn_csv_id(t, line->visit == RUNDE_NONE
                     ? NULL
                     : runde_problem_visit(p, line->visit)->id);
    if (line->part == RUNDE_NONE) {
        rn_csv_id(t, NULL);
    } else {
        rn_csv_int(t, line->part + 1);
    }
    rn_csv_word(t, status_of(line));
    put_carer(t, line->carer[1]);
    put_carer(t, line->carer[0]);
    rn_csv_id(t, line->shift == RUNDE_NONE
                     ? NULL
                     : runde_problem_shift(p, line->shift)->id);
    put_times(t, line, 0);
    put_times(t, line, 1);
    put_deviations(t, line);
    rn_csv_end_row(t);
}

/* Actuals of another problem may point at what this one does not have. */
static bool fits(const runde_problem *p, const runde_actual_line *line)
{
    const int32_t carers = runde_problem_n_carers(p);
    return line->visit < runde_problem_n_visits(p) &&
           line->client < runde_problem_n_clients(p) &&
           line->shift < runde_problem_n_shifts(p) && line->carer[0] < carers &&
           line->carer[1] < carers;
}

runde_status runde_actuals_to_csv(char **text, size_t *length,
                                  const runde_problem *problem,
                                  const runde_actuals *actuals,
                                  const runde_csv_style *style)
{
    rn_csv t;
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (problem == NULL || actuals == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    const int32_t n = runde_actuals_n_lines(actuals);
    for (int32_t i = 0; i < n; i++) {
        if (!fits(problem, runde_actuals_get_line(actuals, i))) {
            return RUNDE_E_ARGUMENT;
        }
    }
    if (!rn_csv_begin(&t, problem, style, headings, N_HEADINGS)) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t i = 0; i < n; i++) {
        put_line(&t, runde_actuals_get_line(actuals, i));
    }
    return rn_text_take(&t.w.text, text, length);
}
