/* SPDX-License-Identifier: MIT */
/* What happened beside what was planned: as a table with a row for each part,
 * and as JSON. */
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
                                       "service_deviation_minutes",
                                       "actual_start_utc",
                                       "actual_end_utc"};

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
    rn_csv_utc(t, line->start[1]);
    rn_csv_utc(t, line->end[1]);
    rn_csv_end_row(t);
}

/* -------------------------------------------------------------------- JSON */

static void write_pair(rn_writer *w, const char *key, const int32_t pair[2])
{
    rn_text_object(&w->text, key, RN_TEXT_INLINE);
    rn_text_member_int(&w->text, "planned", pair[0]);
    rn_text_member_int(&w->text, "actual", pair[1]);
    rn_text_close(&w->text);
}

static void write_sums(rn_writer *w, const runde_actual_sums *s)
{
    rn_text *const t = &w->text;
    rn_text_member_int(t, "planned", s->planned);
    rn_text_member_int(t, "done", s->done);
    rn_text_member_int(t, "missing", s->missing);
    rn_text_member_int(t, "extra", s->extra);
    rn_text_member_int(t, "other_carer", s->other_carer);
    rn_text_object(t, "service", RN_TEXT_INLINE);
    rn_write_span(w, "planned", s->service[0]);
    rn_write_span(w, "actual", s->service[1]);
    rn_text_close(t);
    rn_write_span(w, "late", s->late);
    rn_write_span(w, "most_late", s->most_late);
    rn_write_span(w, "early", s->early);
    rn_write_span(w, "most_early", s->most_early);
    rn_text_member_int(t, "wished", s->wished);
    write_pair(w, "on_time", s->on_time);
}

static void write_side(rn_writer *w, const runde_actual_line *line, int which)
{
    static const char *const sides[] = {"planned", "actual"};
    if (line->start[which] == RUNDE_TIME_NONE) {
        return;
    }
    rn_text_object(&w->text, sides[which], RN_TEXT_INLINE);
    rn_write_carer(w, "carer", line->carer[which]);
    if (which == 0) {
        rn_write_shift(w, "shift", line->shift);
    }
    rn_write_time(w, "start", line->start[which]);
    rn_write_time(w, "end", line->end[which]);
    rn_text_close(&w->text);
}

static void write_line(rn_writer *w, const runde_actual_line *line)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "client",
                          runde_problem_client(w->problem, line->client)->id);
    if (line->visit != RUNDE_NONE) {
        rn_write_visit(w, "visit", line->visit);
    }
    if (line->part != RUNDE_NONE) {
        rn_text_member_int(t, "part", line->part);
    }
    rn_text_member_string(t, "status", status_of(line));
    write_side(w, line, 0);
    write_side(w, line, 1);
    rn_text_close(t);
}

static void write_carers(rn_writer *w, const runde_actuals *actuals)
{
    rn_text_array(&w->text, "carers", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_actuals_n_carers(actuals); i++) {
        const runde_actual_row *const row = runde_actuals_get_carer(actuals, i);
        rn_text_object(&w->text, NULL, RN_TEXT_INLINE);
        rn_write_carer(w, "carer", row->who);
        write_sums(w, &row->sums);
        rn_text_close(&w->text);
    }
    rn_text_close(&w->text);
}

static void write_clients(rn_writer *w, const runde_actuals *actuals)
{
    rn_text_array(&w->text, "clients", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_actuals_n_clients(actuals); i++) {
        const runde_actual_row *const row =
            runde_actuals_get_client(actuals, i);
        rn_text_object(&w->text, NULL, RN_TEXT_INLINE);
        rn_text_member_string(&w->text, "client",
                              runde_problem_client(w->problem, row->who)->id);
        write_sums(w, &row->sums);
        rn_text_close(&w->text);
    }
    rn_text_close(&w->text);
}

static void write_all(rn_writer *w, const runde_actuals *actuals)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "format", "runde-actual-figures");
    rn_text_member_int(t, "version", 1);
    rn_text_object(t, "totals", RN_TEXT_INLINE);
    write_sums(w, runde_actuals_get_totals(actuals));
    rn_text_close(t);
    write_carers(w, actuals);
    write_clients(w, actuals);
    rn_text_array(t, "lines", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_actuals_n_lines(actuals); i++) {
        write_line(w, runde_actuals_get_line(actuals, i));
    }
    rn_text_close(t);
    rn_text_close(t);
}

/* ------------------------------------------------------------------- calls */

/* Actuals of another problem may point at what this one does not have. */
static bool fits(const runde_problem *p, const runde_actuals *actuals)
{
    const int32_t carers = runde_problem_n_carers(p);
    for (int32_t i = 0; i < runde_actuals_n_lines(actuals); i++) {
        const runde_actual_line *const line =
            runde_actuals_get_line(actuals, i);
        if (line->visit >= runde_problem_n_visits(p) ||
            line->client >= runde_problem_n_clients(p) ||
            line->shift >= runde_problem_n_shifts(p) ||
            line->carer[0] >= carers || line->carer[1] >= carers) {
            return false;
        }
    }
    return true;
}

/* What both writers ask of their arguments; clears `*text`. */
static runde_status check_arguments(char **text, const runde_problem *problem,
                                    const runde_actuals *actuals)
{
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
    return fits(problem, actuals) ? RUNDE_OK : RUNDE_E_ARGUMENT;
}

runde_status runde_actuals_to_csv(char **text, size_t *length,
                                  const runde_problem *problem,
                                  const runde_actuals *actuals,
                                  const runde_csv_style *style)
{
    rn_csv t;
    const runde_status status = check_arguments(text, problem, actuals);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!rn_csv_begin(&t, problem, style, headings, N_HEADINGS)) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t i = 0; i < runde_actuals_n_lines(actuals); i++) {
        put_line(&t, runde_actuals_get_line(actuals, i));
    }
    return rn_text_take(&t.w.text, text, length);
}

runde_status runde_actuals_to_json(char **text, size_t *length,
                                   const runde_problem *problem,
                                   const runde_actuals *actuals)
{
    rn_writer w;
    const runde_status status = check_arguments(text, problem, actuals);
    if (status != RUNDE_OK) {
        return status;
    }
    rn_writer_init(&w, problem);
    write_all(&w, actuals);
    return rn_text_take(&w.text, text, length);
}
