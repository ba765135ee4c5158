/* SPDX-License-Identifier: MIT */
/* VROOM's output, docs/API.md there, version 1.15. */
#include "io/export.h"

#include <runde/export.h>

#include <string.h>

typedef struct solution {
    rn_writer w;
    bool has_visit_numbers; /* every visit's id is a number */
    bool has_shift_numbers;
} solution;

/** Sums over a route or over the plan, in ticks. */
typedef struct totals {
    int64_t setup;
    int64_t service;
    int64_t travel;
    int64_t waiting;
    int64_t priority;
} totals;

/* --------------------------------------------------------------------- ids */

/* Whole numbers below 2^63, written as programs write them. */
static bool is_number(const char *id)
{
    const size_t n = strspn(id, "0123456789");
    return n > 0 && n < 19 && id[n] == '\0' && (id[0] != '0' || n == 1);
}

static void find_numbers(solution *s)
{
    s->has_visit_numbers = true;
    s->has_shift_numbers = true;
    for (int32_t i = 0; i < runde_problem_n_visits(s->w.problem); i++) {
        const char *const id = runde_problem_visit(s->w.problem, i)->id;
        s->has_visit_numbers = s->has_visit_numbers && is_number(id);
    }
    for (int32_t i = 0; i < runde_problem_n_shifts(s->w.problem); i++) {
        const char *const id = runde_problem_shift(s->w.problem, i)->id;
        s->has_shift_numbers = s->has_shift_numbers && is_number(id);
    }
}

static void write_id(rn_text *t, const char *key, const char *id, bool is_id,
                     int32_t index)
{
    if (is_id) {
        rn_text_value(t, key);
        rn_text_puts(t, id);
    } else {
        rn_text_member_int(t, key, (int64_t)index + 1);
        rn_text_member_string(t, "description", id);
    }
}

/* ------------------------------------------------------------------- parts */

/* Ticks in whole seconds, rounded down. */
static int64_t seconds_of(const solution *s, int64_t ticks)
{
    const int64_t ms = ticks * s->w.tick_ms;
    return ms / 1000 - (ms % 1000 < 0);
}

static void write_place(solution *s, int32_t place)
{
    rn_text *const t = &s->w.text;
    const runde_place *const row = runde_problem_place(s->w.problem, place);
    if (row == NULL) {
        return;
    }
    rn_text_member_int(t, "location_index", place);
    if (row->has_coordinates) {
        rn_text_array(t, "location", RN_TEXT_INLINE);
        rn_text_value(t, NULL);
        rn_text_decimal(t, row->lon);
        rn_text_value(t, NULL);
        rn_text_decimal(t, row->lat);
        rn_text_close(t);
    }
}

static void write_times(solution *s, int64_t setup, int64_t service,
                        int64_t waiting)
{
    rn_text *const t = &s->w.text;
    rn_text_member_int(t, "setup", seconds_of(s, setup));
    rn_text_member_int(t, "service", seconds_of(s, service));
    rn_text_member_int(t, "waiting_time", seconds_of(s, waiting));
}

static void write_no_violations(rn_text *t)
{
    rn_text_array(t, "violations", RN_TEXT_INLINE);
    rn_text_close(t);
}

/* Opens a step; its type, when it is reached, and how long was driven. */
static void open_step(solution *s, const char *type, int32_t arrival,
                      int64_t travel)
{
    rn_text *const t = &s->w.text;
    const int64_t base = s->w.has_origin ? s->w.origin : 0;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "type", type);
    rn_text_member_int(t, "arrival", base + seconds_of(s, arrival));
    rn_text_member_int(t, "duration", seconds_of(s, travel));
    write_no_violations(t);
}

static void write_end(solution *s, const char *type, int32_t place,
                      int32_t arrival, int64_t travel)
{
    if (place != RUNDE_NONE) {
        open_step(s, type, arrival, travel);
        write_times(s, 0, 0, 0);
        write_place(s, place);
        rn_text_close(&s->w.text);
    }
}

/* An activity is a break with a place: nothing there is closer to it. */
static void write_stop(solution *s, const runde_shift *shift,
                       const runde_stop *stop, totals *sum)
{
    rn_text *const t = &s->w.text;
    const bool is_job = stop->kind == RUNDE_STOP_VISIT;
    const int64_t service = (int64_t)stop->departure - stop->start;
    sum->travel += stop->travel;
    open_step(s, is_job ? "job" : "break", stop->arrival, sum->travel);
    write_times(s, stop->setup, service, stop->waiting);
    write_place(s, stop->place);
    if (is_job) {
        const runde_visit *const visit =
            runde_problem_visit(s->w.problem, stop->item);
        write_id(t, "id", visit->id, s->has_visit_numbers, stop->item);
        sum->priority += visit->priority;
    } else if (stop->kind == RUNDE_STOP_BREAK) {
        rn_text_member_int(t, "id", (int64_t)stop->item + 1);
    } else {
        write_id(t, "id", shift->activities[stop->item].id, false,
                 shift->n_breaks + stop->item);
    }
    rn_text_close(t);
    sum->setup += stop->setup;
    sum->service += service;
    sum->waiting += stop->waiting;
}

static void write_totals(solution *s, const totals *sum)
{
    rn_text *const t = &s->w.text;
    rn_text_member_int(t, "cost", seconds_of(s, sum->travel));
    rn_text_member_int(t, "duration", seconds_of(s, sum->travel));
    write_times(s, sum->setup, sum->service, sum->waiting);
    rn_text_member_int(t, "priority", sum->priority);
    write_no_violations(t);
}

static void write_route(solution *s, const runde_route *route, totals *all)
{
    rn_text *const t = &s->w.text;
    const runde_shift *const shift =
        runde_problem_shift(s->w.problem, route->shift);
    totals sum = {0, 0, 0, 0, 0};
    rn_text_object(t, NULL, RN_TEXT_LINES);
    write_id(t, "vehicle", shift->id, s->has_shift_numbers, route->shift);
    rn_text_array(t, "steps", RN_TEXT_LINES);
    write_end(s, "start", shift->start_place, route->begin, 0);
    for (int32_t i = 0; i < route->n_stops; i++) {
        write_stop(s, shift, &route->stops[i], &sum);
    }
    sum.travel += route->travel_home;
    write_end(s, "end", shift->end_place, route->end, sum.travel);
    rn_text_close(t);
    write_totals(s, &sum);
    rn_text_close(t);
    all->setup += sum.setup;
    all->service += sum.service;
    all->travel += sum.travel;
    all->waiting += sum.waiting;
    all->priority += sum.priority;
}

static void write_unassigned(solution *s, const runde_plan *plan)
{
    rn_text *const t = &s->w.text;
    rn_text_array(t, "unassigned", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        const int32_t index = runde_plan_unserved(plan, i)->visit;
        const runde_visit *const visit =
            runde_problem_visit(s->w.problem, index);
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        write_id(t, "id", visit->id, s->has_visit_numbers, index);
        rn_text_member_string(t, "type", "job");
        write_place(s, visit->place);
        rn_text_close(t);
    }
    rn_text_close(t);
}

runde_status runde_plan_to_vroom(char **text, size_t *length,
                                 const runde_problem *problem,
                                 const runde_plan *plan)
{
    const runde_status status = rn_export_start(text, problem, plan);
    if (status != RUNDE_OK) {
        return status;
    }
    solution s;
    rn_writer_init(&s.w, problem);
    find_numbers(&s);
    rn_text *const t = &s.w.text;
    const int32_t n = runde_plan_n_routes(plan);
    totals all = {0, 0, 0, 0, 0};
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_int(t, "code", 0);
    write_unassigned(&s, plan);
    rn_text_array(t, "routes", RN_TEXT_LINES);
    for (int32_t r = 0; r < n; r++) {
        write_route(&s, runde_plan_route(plan, r), &all);
    }
    rn_text_close(t);
    rn_text_object(t, "summary", RN_TEXT_LINES);
    rn_text_member_int(t, "routes", n);
    rn_text_member_int(t, "unassigned", runde_plan_n_unserved(plan));
    write_totals(&s, &all);
    rn_text_close(t);
    rn_text_close(t);
    return rn_text_take(t, text, length);
}
