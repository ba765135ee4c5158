/* SPDX-License-Identifier: MIT */
#include "plan/actuals.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "plan/on_time.h"
#include "plan/plan.h"

struct runde_actuals {
    runde_actual_line *lines;
    int32_t n_lines;
    runde_actual_sums totals;
    runde_actual_row *clients;
    int32_t n_clients;
    runde_actual_row *carers;
    int32_t n_carers;
};

/* A comparison in the making. */
typedef struct work {
    const runde_problem *problem;
    const runde_actual *records;
    int32_t n;
    int32_t *first; /* by visit: its first line; one more behind the last */
    bool *is_taken; /* by record */
    runde_actuals *actuals;
    runde_diag *diag;
    int32_t errors;
} work;

/* ------------------------------------------------------------------- lines */

static int compare_int(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

/* RUNDE_NONE comes last. */
static int compare_last(int32_t a, int32_t b)
{
    return compare_int(a == RUNDE_NONE, b == RUNDE_NONE) * 2 +
           compare_int(a, b) * (a != RUNDE_NONE && b != RUNDE_NONE);
}

static int compare_lines(const void *a, const void *b)
{
    const runde_actual_line *const s = a;
    const runde_actual_line *const t = b;
    int order = compare_last(s->visit, t->visit);
    if (order == 0) {
        order = compare_last(s->part, t->part);
    }
    return order != 0 ? order : compare_int(s->record, t->record);
}

static runde_actual_line empty_line(void)
{
    const runde_actual_line line = {.visit = RUNDE_NONE,
                                    .part = RUNDE_NONE,
                                    .record = RUNDE_NONE,
                                    .client = RUNDE_NONE,
                                    .shift = RUNDE_NONE,
                                    .carer = {RUNDE_NONE, RUNDE_NONE},
                                    .start = {RUNDE_TIME_NONE, RUNDE_TIME_NONE},
                                    .end = {RUNDE_TIME_NONE, RUNDE_TIME_NONE}};
    return line;
}

/* Planned (0) or actual (1) times of a line. */
static void set_times(const work *w, runde_actual_line *line, int which,
                      int32_t start, int32_t end)
{
    line->start[which] = start;
    line->end[which] = end;
    if (line->visit != RUNDE_NONE) {
        const runde_visit *const visit =
            runde_problem_visit(w->problem, line->visit);
        line->is_wished = visit->n_preferred > 0;
        line->on_time[which] = rn_is_on_time(w->problem, visit, start, end);
    }
}

static bool add_stop(const work *w, const runde_shift *shift,
                     const runde_route *route, const runde_stop *stop)
{
    const runde_visit *const visit =
        runde_problem_visit(w->problem, stop->item);
    runde_actuals *const to = w->actuals;
    if (visit == NULL || stop->part < 0 || stop->part >= visit->crew) {
        return false;
    }
    runde_actual_line *const line = &to->lines[to->n_lines++];
    *line = empty_line();
    line->visit = stop->item;
    line->part = stop->part;
    line->client = visit->client;
    line->shift = route->shift;
    line->carer[0] = shift->carer;
    set_times(w, line, 0, stop->start, stop->departure);
    return true;
}

/* The parts of the plan; false when it is a plan of another problem. */
static bool read_plan(work *w, const runde_plan *plan)
{
    runde_actuals *const to = w->actuals;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        const runde_shift *const shift =
            runde_problem_shift(w->problem, route->shift);
        for (int32_t i = 0; i < route->n_stops; i++) {
            if (shift == NULL ||
                (route->stops[i].kind == RUNDE_STOP_VISIT &&
                 !add_stop(w, shift, route, &route->stops[i]))) {
                return false;
            }
        }
    }
    qsort(to->lines, (size_t)to->n_lines, sizeof *to->lines, compare_lines);
    int32_t line = 0;
    for (int32_t v = 0; v <= runde_problem_n_visits(w->problem); v++) {
        while (line < to->n_lines && to->lines[line].visit < v) {
            line++;
        }
        w->first[v] = line;
    }
    return true;
}

/* ---------------------------------------------------------------- matching */

static void take(work *w, int32_t record, runde_actual_line *line)
{
    const runde_actual *const from = &w->records[record];
    line->record = record;
    line->carer[1] = from->carer != RUNDE_NONE ? from->carer : line->carer[0];
    set_times(w, line, 1, from->arrival, from->departure);
    w->is_taken[record] = true;
}

/* The first part of the visit that nobody has come to yet, by this carer, or
 * by any for RUNDE_NONE; NULL when there is none. */
static runde_actual_line *find_part(const work *w, int32_t visit, int32_t carer)
{
    if (visit == RUNDE_NONE) {
        return NULL;
    }
    for (int32_t i = w->first[visit]; i < w->first[visit + 1]; i++) {
        runde_actual_line *const line = &w->actuals->lines[i];
        if (line->record == RUNDE_NONE &&
            (carer == RUNDE_NONE || line->carer[0] == carer)) {
            return line;
        }
    }
    return NULL;
}

static void add_extra(work *w, int32_t record)
{
    const runde_actual *const from = &w->records[record];
    if (from->carer == RUNDE_NONE) {
        rn_diag_add(w->diag, RUNDE_ERROR, "RUNDE-E653",
                    rn_at("/visits/%d", (int)record).text,
                    "the plan has no carer for record %d: say who came",
                    (int)record);
        w->errors++;
        return;
    }
    runde_actual_line *const line = &w->actuals->lines[w->actuals->n_lines++];
    *line = empty_line();
    line->visit = from->visit;
    line->client = from->visit == RUNDE_NONE
                       ? from->client
                       : runde_problem_visit(w->problem, from->visit)->client;
    take(w, record, line);
}

static bool is_left(const work *w, int32_t record)
{
    return w->records[record].size != 0 && !w->is_taken[record];
}

/* Who comes as planned first: who comes instead has what remains. Those
 * without a name are the carers of the plan. */
static void match(work *w)
{
    for (int pass = 0; pass < 3; pass++) {
        for (int32_t i = 0; i < w->n; i++) {
            const runde_actual *const record = &w->records[i];
            if (!is_left(w, i) ||
                (pass < 2 && (record->carer == RUNDE_NONE) != (pass == 1))) {
                continue;
            }
            runde_actual_line *const line = find_part(
                w, record->visit, pass == 0 ? record->carer : RUNDE_NONE);
            if (line != NULL) {
                take(w, i, line);
            } else if (pass == 2) {
                add_extra(w, i);
            }
        }
    }
}

/* ----------------------------------------------------------------- judging */

static void judge_times(work *w)
{
    for (int32_t i = 0; i < w->n; i++) {
        const runde_actual *const record = &w->records[i];
        if (record->size != 0 && record->departure < record->arrival) {
            char departure[RUNDE_TIME_TEXT];
            char arrival[RUNDE_TIME_TEXT];
            runde_problem_write_time(w->problem, record->departure, departure);
            runde_problem_write_time(w->problem, record->arrival, arrival);
            rn_diag_add(w->diag, RUNDE_ERROR, "RUNDE-E651",
                        rn_at("/visits/%d/departure", (int)i).text,
                        "departure at %s is before arrival at %s", departure,
                        arrival);
            w->errors++;
        }
    }
}

static int compare_presence(const void *a, const void *b)
{
    const runde_actual_line *const s = a;
    const runde_actual_line *const t = b;
    int order = compare_int(s->carer[1], t->carer[1]);
    if (order == 0) {
        order = compare_int(s->start[1], t->start[1]);
    }
    return order != 0 ? order : compare_int(s->record, t->record);
}

/* Two records of a carer that share time: hours must not be paid twice. The
 * lines are of one carer, the first lasts longest so far. */
static void judge_overlap(work *w, const runde_actual_line *a,
                          const runde_actual_line *b)
{
    const bool is_same = a->visit == b->visit && a->client == b->client;
    const int32_t over = a->end[1] < b->end[1] ? a->end[1] : b->end[1];
    const rn_where where = rn_at("/visits/%d", (int)b->record);
    if (is_same) {
        rn_diag_add(w->diag, RUNDE_ERROR, "RUNDE-E652", where.text,
                    "records %d and %d have carer \"%s\" with the same client "
                    "twice at the same time",
                    (int)a->record, (int)b->record,
                    runde_problem_carer(w->problem, a->carer[1])->id);
        w->errors++;
    } else {
        char span[RUNDE_TIME_TEXT];
        runde_problem_write_span(w->problem, (int64_t)over - b->start[1], span);
        rn_diag_add(w->diag, RUNDE_WARNING, "RUNDE-W651", where.text,
                    "records %d and %d have carer \"%s\" in two places for %s",
                    (int)a->record, (int)b->record,
                    runde_problem_carer(w->problem, a->carer[1])->id, span);
    }
}

/* Sorts the lines; they are put in their own order afterwards. */
static void judge_presence(work *w)
{
    runde_actuals *const to = w->actuals;
    qsort(to->lines, (size_t)to->n_lines, sizeof *to->lines, compare_presence);
    const runde_actual_line *longest = NULL;
    for (int32_t i = 0; i < to->n_lines; i++) {
        const runde_actual_line *const line = &to->lines[i];
        if (line->record == RUNDE_NONE) {
            continue;
        }
        if (longest != NULL && longest->carer[1] == line->carer[1] &&
            (line->start[1] < longest->end[1] ||
             (line->visit == longest->visit &&
              line->start[1] == longest->start[1]))) {
            judge_overlap(w, longest, line);
        }
        if (longest == NULL || longest->carer[1] != line->carer[1] ||
            line->end[1] >= longest->end[1]) {
            longest = line;
        }
    }
}

/* ----------------------------------------------------------------- figures */

static void add_start(runde_actual_sums *s, int64_t later)
{
    if (later > 0) {
        s->late += later;
        s->most_late = later > s->most_late ? later : s->most_late;
    } else {
        s->early -= later;
        s->most_early = -later > s->most_early ? -later : s->most_early;
    }
}

/* What a line adds to those who planned it, to those who did it, or both. */
static void add_line(runde_actual_sums *s, const runde_actual_line *line,
                     bool is_planner, bool is_doer)
{
    if (is_planner && line->part != RUNDE_NONE) {
        s->planned++;
        s->missing += line->record == RUNDE_NONE;
        s->service[0] += (int64_t)line->end[0] - line->start[0];
    }
    if (!is_doer || line->record == RUNDE_NONE) {
        return;
    }
    s->service[1] += (int64_t)line->end[1] - line->start[1];
    if (line->part == RUNDE_NONE) {
        s->extra++;
        return;
    }
    s->done++;
    s->other_carer += line->carer[0] != line->carer[1];
    add_start(s, (int64_t)line->start[1] - line->start[0]);
    if (line->is_wished) {
        s->wished++;
        s->on_time[0] += line->on_time[0];
        s->on_time[1] += line->on_time[1];
    }
}

/* Keeps the rows that have something to say. */
static int32_t keep_rows(runde_actual_row *rows, int32_t n)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++) {
        const runde_actual_sums *const s = &rows[i].sums;
        if (s->planned + s->done + s->extra > 0) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static void begin_rows(runde_actual_row *rows, int32_t n)
{
    const runde_actual_sums none = RUNDE_ACTUAL_SUMS_INIT;
    for (int32_t i = 0; i < n; i++) {
        rows[i].who = i;
        rows[i].sums = none;
    }
}

static void add_up(const work *w)
{
    runde_actuals *const to = w->actuals;
    const runde_actual_sums none = RUNDE_ACTUAL_SUMS_INIT;
    const int32_t n_clients = runde_problem_n_clients(w->problem);
    const int32_t n_carers = runde_problem_n_carers(w->problem);
    to->totals = none;
    begin_rows(to->clients, n_clients);
    begin_rows(to->carers, n_carers);
    for (int32_t i = 0; i < to->n_lines; i++) {
        const runde_actual_line *const line = &to->lines[i];
        const int32_t a = line->carer[0];
        const int32_t b = line->carer[1];
        add_line(&to->totals, line, true, true);
        add_line(&to->clients[line->client].sums, line, true, true);
        if (a != RUNDE_NONE) {
            add_line(&to->carers[a].sums, line, true, a == b);
        }
        if (b != RUNDE_NONE && a != b) {
            add_line(&to->carers[b].sums, line, false, true);
        }
    }
    to->n_clients = keep_rows(to->clients, n_clients);
    to->n_carers = keep_rows(to->carers, n_carers);
}

/* ------------------------------------------------------------------- calls */

static int32_t count_stops(const runde_plan *plan)
{
    int32_t n = 0;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        n += runde_plan_route(plan, r)->n_stops;
    }
    return n;
}

static bool allocate(work *w, const runde_plan *plan)
{
    const runde_problem *const p = w->problem;
    runde_actuals *const to = rn_calloc(1, sizeof *to);
    w->actuals = to;
    if (to == NULL) {
        return false;
    }
    const size_t lines = (size_t)count_stops(plan) + (size_t)w->n;
    to->lines = rn_calloc(lines + 1, sizeof *to->lines);
    to->clients =
        rn_calloc((size_t)runde_problem_n_clients(p) + 1, sizeof *to->clients);
    to->carers =
        rn_calloc((size_t)runde_problem_n_carers(p) + 1, sizeof *to->carers);
    w->first =
        rn_calloc((size_t)runde_problem_n_visits(p) + 1, sizeof *w->first);
    w->is_taken = rn_calloc((size_t)w->n + 1, sizeof *w->is_taken);
    return to->lines != NULL && to->clients != NULL && to->carers != NULL &&
           w->first != NULL && w->is_taken != NULL;
}

static runde_status compare(work *w, const runde_plan *plan)
{
    if (!allocate(w, plan)) {
        return RUNDE_E_NOMEM;
    }
    if (!read_plan(w, plan)) {
        return RUNDE_E_ARGUMENT;
    }
    judge_times(w);
    match(w);
    judge_presence(w);
    if (w->errors > 0) {
        return RUNDE_E_INVALID;
    }
    qsort(w->actuals->lines, (size_t)w->actuals->n_lines,
          sizeof *w->actuals->lines, compare_lines);
    add_up(w);
    return RUNDE_OK;
}

runde_status rn_actuals_compare(runde_actuals **out,
                                const runde_problem *problem,
                                const runde_plan *plan,
                                const runde_actual *records, int32_t n,
                                runde_diag *diag)
{
    work w = {.problem = problem, .records = records, .n = n, .diag = diag};
    const runde_status status = compare(&w, plan);
    rn_free(w.first);
    rn_free(w.is_taken);
    if (status != RUNDE_OK) {
        runde_actuals_free(w.actuals);
        return status;
    }
    *out = w.actuals;
    return RUNDE_OK;
}

runde_status rn_actuals_check(const runde_problem *problem,
                              const runde_plan *plan, const runde_diag *diag)
{
    if (problem == NULL || plan == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    return runde_problem_is_sealed(problem) && rn_plan_is_finished(plan) &&
                   runde_plan_has_times(plan)
               ? RUNDE_OK
               : RUNDE_E_STATE;
}

static bool is_in_range(const runde_problem *problem,
                        const runde_actual *record)
{
    return record->size == sizeof *record && record->visit >= RUNDE_NONE &&
           record->visit < runde_problem_n_visits(problem) &&
           record->carer >= RUNDE_NONE &&
           record->carer < runde_problem_n_carers(problem) &&
           record->arrival != RUNDE_TIME_NONE &&
           record->departure != RUNDE_TIME_NONE &&
           (record->visit != RUNDE_NONE ||
            (record->client >= 0 &&
             record->client < runde_problem_n_clients(problem)));
}

runde_status runde_actuals_new(runde_actuals **out,
                               const runde_problem *problem,
                               const runde_plan *plan,
                               const runde_actual *records, int32_t n,
                               runde_diag *diag)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    const runde_status status = rn_actuals_check(problem, plan, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    if (n < 0 || (n > 0 && records == NULL)) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t i = 0; i < n; i++) {
        if (!is_in_range(problem, &records[i])) {
            return RUNDE_E_ARGUMENT;
        }
    }
    rn_diag_start(diag);
    return rn_actuals_compare(out, problem, plan, records, n, diag);
}

void runde_actuals_free(runde_actuals *actuals)
{
    if (actuals != NULL) {
        rn_free(actuals->lines);
        rn_free(actuals->clients);
        rn_free(actuals->carers);
        rn_free(actuals);
    }
}

int32_t runde_actuals_n_lines(const runde_actuals *actuals)
{
    return actuals->n_lines;
}

const runde_actual_line *runde_actuals_get_line(const runde_actuals *actuals,
                                                int32_t index)
{
    return index >= 0 && index < actuals->n_lines ? &actuals->lines[index]
                                                  : NULL;
}

const runde_actual_sums *runde_actuals_get_totals(const runde_actuals *actuals)
{
    return &actuals->totals;
}

int32_t runde_actuals_n_clients(const runde_actuals *actuals)
{
    return actuals->n_clients;
}

const runde_actual_row *runde_actuals_get_client(const runde_actuals *actuals,
                                                 int32_t index)
{
    return index >= 0 && index < actuals->n_clients ? &actuals->clients[index]
                                                    : NULL;
}

int32_t runde_actuals_n_carers(const runde_actuals *actuals)
{
    return actuals->n_carers;
}

const runde_actual_row *runde_actuals_get_carer(const runde_actuals *actuals,
                                                int32_t index)
{
    return index >= 0 && index < actuals->n_carers ? &actuals->carers[index]
                                                   : NULL;
}
