/* SPDX-License-Identifier: MIT */
/* Records are written as short arrays; lib/io/report/plan.js has the same
 * order and says what each number is. Times are ticks. */
#include "io/report_data.h"

#include "io/plan_fields.h"
#include "io/writer.h"

#include <math.h>

/* Shifts named for one reason, and broken rules told. */
#define MAX_NAMED 6
#define MAX_VIOLATIONS 200

static void put_string(rn_text *t, const char *string)
{
    rn_text_member_string(t, NULL, string);
}

static void put_int(rn_text *t, int64_t value)
{
    rn_text_member_int(t, NULL, value);
}

static void put_time(rn_text *t, int32_t ticks)
{
    if (ticks == RUNDE_TIME_NONE) {
        rn_text_member_null(t, NULL);
    } else {
        put_int(t, ticks);
    }
}

static void put_times(rn_text *t, const int32_t *ticks, int n)
{
    for (int i = 0; i < n; i++) {
        put_time(t, ticks[i]);
    }
}

/* ---------------------------------------------------------------- clocks */

/* The last tick that the page may print. */
static int64_t last_tick(const rn_report_input *in)
{
    int64_t last = 0;
    for (int32_t i = 0; i < runde_problem_n_shifts(in->problem); i++) {
        const int64_t end = runde_problem_shift(in->problem, i)->max_end;
        last = end > last ? end : last;
    }
    for (int32_t i = 0; i < runde_plan_n_routes(in->plan); i++) {
        const int64_t end = runde_plan_route(in->plan, i)->end;
        last = end > last ? end : last;
    }
    return last;
}

/* What the wall clock is ahead of UTC: [second from the origin, seconds],
 * where it changes, from the day before to the day after. */
static void put_offsets(rn_writer *w, const rn_report_input *in)
{
    const int64_t hour = 3600;
    const int64_t end = last_tick(in) * w->tick_ms / 1000 + 24 * hour;
    int32_t known = INT32_MIN;
    rn_text_array(&w->text, "offsets", RN_TEXT_INLINE);
    for (int64_t at = -24 * hour; w->has_origin && at <= end; at += hour) {
        /* Changes come on full hours of UTC. */
        const int64_t instant = w->origin + at - (w->origin + at) % hour;
        const int32_t offset = rn_zone_offset(w->zone, instant);
        if (offset != known) {
            known = offset;
            rn_text_array(&w->text, NULL, RN_TEXT_INLINE);
            put_int(&w->text, instant - w->origin);
            put_int(&w->text, offset);
            rn_text_close(&w->text);
        }
    }
    rn_text_close(&w->text);
}

static void put_settings(rn_writer *w, const rn_report_input *in)
{
    rn_text *const t = &w->text;
    const runde_settings *const s = runde_problem_settings(in->problem);
    rn_text_member_string(t, "language",
                          in->options->language == RUNDE_LANGUAGE_NB ? "nb"
                                                                     : "en");
    rn_text_member_string(t, "title", in->options->title);
    rn_text_member_string(t, "version", runde_version());
    rn_text_member_int(t, "tickMs", w->tick_ms);
    if (w->has_origin) {
        rn_text_member_int(t, "origin", w->origin);
    } else {
        rn_text_member_null(t, "origin");
    }
    put_offsets(w, in);
    rn_text_member_bool(t, "earlyAtEnd", s->early_at_end);
    rn_text_member_bool(t, "lateAtEnd", s->late_at_end);
}

/* --------------------------------------------------------------- problem */

/* [id, latitude, longitude], positions in steps, or [id]. */
static void put_place(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_place *const place = runde_problem_place(in->problem, index);
    put_string(t, place->id);
    if (place->has_coordinates) {
        put_int(t, llround(place->lat * RN_REPORT_STEPS));
        put_int(t, llround(place->lon * RN_REPORT_STEPS));
    }
}

static void put_skill(rn_text *t, const rn_report_input *in, int32_t index)
{
    put_string(t, runde_problem_skill(in->problem, index));
}

static void put_mode(rn_text *t, const rn_report_input *in, int32_t index)
{
    put_string(t, runde_problem_mode(in->problem, index));
}

static void put_client(rn_text *t, const rn_report_input *in, int32_t index)
{
    put_string(t, runde_problem_client(in->problem, index)->id);
}

static void put_carer(rn_text *t, const rn_report_input *in, int32_t index)
{
    put_string(t, runde_problem_carer(in->problem, index)->id);
}

/* [id, carer, start, end, latest end, start place, end place, mode,
 * [activities' ids]] */
static void put_shift(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_shift *const s = runde_problem_shift(in->problem, index);
    const int32_t times[] = {s->start, s->end, s->max_end};
    put_string(t, s->id);
    put_int(t, s->carer);
    put_times(t, times, 3);
    put_int(t, s->start_place);
    put_int(t, s->end_place);
    put_int(t, s->mode);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < s->n_activities; i++) {
        put_string(t, s->activities[i].id);
    }
    rn_text_close(t);
}

static void put_windows(rn_text *t, const runde_visit *v)
{
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < v->n_windows; i++) {
        const int32_t times[] = {v->windows[i].min_start,
                                 v->windows[i].max_start,
                                 v->windows[i].max_end};
        rn_text_array(t, NULL, RN_TEXT_INLINE);
        put_times(t, times, 3);
        rn_text_close(t);
    }
    rn_text_close(t);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < v->n_preferred; i++) {
        const int32_t times[] = {v->preferred[i].start, v->preferred[i].end};
        rn_text_array(t, NULL, RN_TEXT_INLINE);
        put_times(t, times, 2);
        rn_text_close(t);
    }
    rn_text_close(t);
}

/* [id, client, place, duration, crew, priority (0: optional), [windows],
 * [preferred windows], [skill, level, ...]] */
static void put_visit(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_visit *const v = runde_problem_visit(in->problem, index);
    put_string(t, v->id);
    put_int(t, v->client);
    put_int(t, v->place);
    put_int(t, v->duration);
    put_int(t, v->crew);
    put_int(t, v->optional ? 0 : v->priority);
    put_windows(t, v);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < v->n_skills; i++) {
        put_int(t, v->skills[i].skill);
        put_int(t, v->skills[i].min_level);
    }
    rn_text_close(t);
}

/* [visit before, visit after] */
static void put_link(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_link *const link = runde_problem_link(in->problem, index);
    put_int(t, link->before);
    put_int(t, link->after);
}

/* ------------------------------------------------------------------ plan */

/* [kind, item, part, place, travel, metres, arrival, waiting, setup, start,
 * departure, travel is an estimate] */
static void put_stop(rn_text *t, const runde_stop *stop)
{
    const int32_t numbers[] = {
        (int32_t)stop->kind, stop->item,     stop->part,      stop->place,
        stop->travel,        stop->distance, stop->arrival,   stop->waiting,
        stop->setup,         stop->start,    stop->departure, stop->estimated};
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        put_int(t, numbers[i]);
    }
    rn_text_close(t);
}

/* [shift, begin, end, travel home, metres home, [stops], travel home is an
 * estimate] */
static void put_route(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_route *const r = runde_plan_route(in->plan, index);
    put_int(t, r->shift);
    put_int(t, r->begin);
    put_int(t, r->end);
    put_int(t, r->travel_home);
    put_int(t, r->distance_home);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < r->n_stops; i++) {
        put_stop(t, &r->stops[i]);
    }
    rn_text_close(t);
    put_int(t, r->estimated_home);
}

/* [code, number of shifts, least amount, [first shifts]] for the reasons
 * with one code; nothing when there are none. */
static void put_reason(rn_text *t, const runde_unserved *unserved,
                       runde_reason_code code)
{
    int32_t named[MAX_NAMED];
    int32_t n = 0;
    int32_t least = INT32_MAX;
    for (int32_t i = 0; i < unserved->n_reasons; i++) {
        const runde_reason *const reason = &unserved->reasons[i];
        if (reason->code == code) {
            if (n < MAX_NAMED) {
                named[n] = reason->shift;
            }
            least = reason->amount < least ? reason->amount : least;
            n++;
        }
    }
    if (n == 0) {
        return;
    }
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    put_string(t, runde_reason_name(code));
    put_int(t, n);
    put_int(t, least);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < n && i < MAX_NAMED; i++) {
        put_int(t, named[i]);
    }
    rn_text_close(t);
    rn_text_close(t);
}

/* [visit, [reasons], [notes]] */
static void put_unserved(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_unserved *const unserved = runde_plan_unserved(in->plan, index);
    put_int(t, unserved->visit);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int code = 0; code < RUNDE_REASONS; code++) {
        put_reason(t, unserved, (runde_reason_code)code);
    }
    rn_text_close(t);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < in->options->n_notes; i++) {
        if (in->options->notes[i].visit == unserved->visit) {
            put_string(t, in->options->notes[i].text);
        }
    }
    rn_text_close(t);
}

/* [code, sentence] */
static void put_warning(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_finding *const finding = runde_plan_warning(in->plan, index);
    put_string(t, finding->code);
    put_string(t, finding->message);
}

/* [rule, sentence] */
static void put_violation(rn_text *t, const rn_report_input *in, int32_t index)
{
    const runde_violation *const v = runde_report_violation(in->after, index);
    put_string(t, v->rule);
    put_string(t, v->message);
}

/* --------------------------------------------------------------- figures */

static void put_kpis(rn_text *t, const char *key, const runde_report *report)
{
    if (report == NULL) {
        rn_text_member_null(t, key);
        return;
    }
    rn_text_object(t, key, RN_TEXT_INLINE);
    for (int i = 0; i < RN_KPI_FIELDS; i++) {
        rn_text_member_int(
            t, rn_kpi_fields[i].name,
            rn_kpi_get(runde_report_kpis(report), &rn_kpi_fields[i]));
    }
    rn_text_close(t);
}

/* [criterion, amount, cost], those that are not zero */
static void put_cost(rn_text *t, const runde_cost *cost)
{
    rn_text_array(t, "cost", RN_TEXT_LINES);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if (cost->amount[i] != 0 || cost->cost[i] != 0) {
            rn_text_array(t, NULL, RN_TEXT_INLINE);
            put_string(t, runde_criterion_name((runde_criterion)i));
            put_int(t, cost->amount[i]);
            put_int(t, cost->cost[i]);
            rn_text_close(t);
        }
    }
    rn_text_close(t);
}

/* -------------------------------------------------------------- document */

/* A list of records, each a line. */
typedef struct table {
    const char *key;
    int32_t (*problem_count)(const runde_problem *problem);
    int32_t (*plan_count)(const runde_plan *plan);
    void (*put)(rn_text *t, const rn_report_input *in, int32_t index);
} table;

static const table tables[] = {
    {"places", runde_problem_n_places, NULL, put_place},
    {"skills", runde_problem_n_skills, NULL, put_skill},
    {"modes", runde_problem_n_modes, NULL, put_mode},
    {"clients", runde_problem_n_clients, NULL, put_client},
    {"carers", runde_problem_n_carers, NULL, put_carer},
    {"shifts", runde_problem_n_shifts, NULL, put_shift},
    {"visits", runde_problem_n_visits, NULL, put_visit},
    {"links", runde_problem_n_links, NULL, put_link},
    {"routes", NULL, runde_plan_n_routes, put_route},
    {"unserved", NULL, runde_plan_n_unserved, put_unserved},
    {"warnings", NULL, runde_plan_n_warnings, put_warning},
};

static void put_rows(rn_text *t, const rn_report_input *in, const table *rows,
                     int32_t n)
{
    rn_text_array(t, rows->key, RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        rn_text_array(t, NULL, RN_TEXT_INLINE);
        rows->put(t, in, i);
        rn_text_close(t);
    }
    rn_text_close(t);
}

runde_status rn_report_data(rn_text *text, const rn_report_input *input)
{
    static const table violations = {"violations", NULL, NULL, put_violation};
    rn_writer w;
    rn_writer_init(&w, input->problem);
    w.text = *text;
    rn_text *const t = &w.text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    put_settings(&w, input);
    put_kpis(t, "kpis", input->after);
    put_kpis(t, "before", input->before);
    put_cost(t, runde_report_cost(input->after));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        put_rows(t, input, &tables[i],
                 tables[i].problem_count != NULL
                     ? tables[i].problem_count(input->problem)
                     : tables[i].plan_count(input->plan));
    }
    const int32_t n = runde_report_n_violations(input->after);
    rn_text_member_int(t, "broken", n);
    put_rows(t, input, &violations, n < MAX_VIOLATIONS ? n : MAX_VIOLATIONS);
    const runde_status status = rn_report_roads(t, input);
    rn_text_close(t);
    *text = w.text;
    return status;
}
