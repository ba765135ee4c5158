/* SPDX-License-Identifier: MIT */
/* Events on the published day. What an edit can say is left to it; here is
 * what depends on the plan: who has begun what when something happens. */
#include "replan_day.h"

#include "base/diag.h"

#include <string.h>

static runde_status start_shifts(rn_day *day)
{
    day->n_shifts = runde_problem_n_shifts(day->base);
    day->shifts =
        rn_arena_array(day->arena, (size_t)day->n_shifts, sizeof *day->shifts);
    if (day->shifts == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t s = 0; s < day->n_shifts; s++) {
        rn_day_shift *const shift = &day->shifts[s];
        shift->record = *runde_problem_shift(day->base, s);
        shift->route = RUNDE_NONE;
        shift->delayed = RUNDE_NONE;
    }
    return RUNDE_OK;
}

static runde_status start_visits(rn_day *day)
{
    const int32_t n = runde_problem_n_visits(day->base);
    day->visits = rn_arena_array(day->arena, (size_t)n, sizeof *day->visits);
    if (day->visits == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t v = 0; v < n; v++) {
        day->visits[v] = runde_problem_visit(day->base, v);
    }
    return RUNDE_OK;
}

/* Whether a stop is one that the problem has. */
static bool is_known(const rn_day *day, const runde_shift *shift,
                     const runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        return stop->item < runde_problem_n_visits(day->base);
    case RUNDE_STOP_ACTIVITY:
        return stop->item < shift->n_activities;
    case RUNDE_STOP_BREAK:
        return stop->item < shift->n_breaks;
    }
    return false;
}

static runde_status start_routes(rn_day *day)
{
    day->n_routes = runde_plan_n_routes(day->published);
    day->routes =
        rn_arena_array(day->arena, (size_t)day->n_routes, sizeof *day->routes);
    if (day->routes == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t r = 0; r < day->n_routes; r++) {
        const runde_route *const from = runde_plan_route(day->published, r);
        rn_day_route *const route = &day->routes[r];
        if (from->shift >= day->n_shifts) {
            return RUNDE_E_ARGUMENT;
        }
        rn_day_shift *const shift = &day->shifts[from->shift];
        route->shift = from->shift;
        route->n = from->n_stops;
        route->stops = rn_arena_dup(day->arena, from->stops,
                                    (size_t)from->n_stops, sizeof *from->stops);
        if (route->stops == NULL) {
            return RUNDE_E_NOMEM;
        }
        shift->route = r;
        for (int32_t i = 0; i < route->n; i++) {
            if (!is_known(day, &shift->record, &route->stops[i])) {
                return RUNDE_E_ARGUMENT;
            }
        }
    }
    return RUNDE_OK;
}

/* ---------------------------------------------------------------- events */

/* How many stops the carer has begun before `time`. */
static int32_t begun_before(const rn_day *day, const rn_day_shift *shift,
                            int32_t time)
{
    int32_t n = 0;
    if (shift->route != RUNDE_NONE && time != RUNDE_TIME_NONE) {
        const rn_day_route *const route = &day->routes[shift->route];
        while (n < route->n && route->stops[n].start < time) {
            n++;
        }
    }
    return n;
}

static void end_shift(rn_day *day, rn_day_shift *shift, int32_t begun)
{
    rn_day_route *const route =
        shift->route == RUNDE_NONE ? NULL : &day->routes[shift->route];
    while (route != NULL && begun > 0 &&
           route->stops[begun - 1].kind != RUNDE_STOP_VISIT) {
        begun--;
    }
    if (route == NULL || begun == 0) {
        shift->is_gone = true;
        return;
    }
    /* Home is nobody's plan any more. A shift lasts a tick at least. */
    const int32_t end = route->stops[begun - 1].departure;
    shift->record.end =
        end > shift->record.start ? end : shift->record.start + 1;
    if (shift->record.end <= route->stops[begun - 1].start) {
        shift->record.end = route->stops[begun - 1].start + 1;
    }
    shift->record.max_end = shift->record.end;
    shift->record.end_place = RUNDE_NONE;
    shift->is_changed = true;
    shift->is_ended = true;
    shift->delayed = RUNDE_NONE;
    route->n = begun;
}

static void carer_ill(rn_day *day, const runde_event *event, int32_t time)
{
    for (int32_t s = 0; s < day->n_shifts; s++) {
        rn_day_shift *const shift = &day->shifts[s];
        if (shift->record.carer != event->carer || shift->is_gone ||
            (time != RUNDE_TIME_NONE && shift->record.max_end <= time)) {
            continue;
        }
        end_shift(day, shift, begun_before(day, shift, time));
    }
}

/* The shift under way at `time`, or else the next one. Where one may last into
 * the next, who is in the next is done with it. */
static rn_day_shift *shift_at(rn_day *day, int32_t carer, int32_t time)
{
    rn_day_shift *best = NULL;
    for (int32_t s = 0; s < day->n_shifts; s++) {
        rn_day_shift *const shift = &day->shifts[s];
        if (shift->record.carer != carer || shift->is_gone || shift->is_ended ||
            (time != RUNDE_TIME_NONE && shift->record.max_end <= time)) {
            continue;
        }
        const bool has_begun =
            time != RUNDE_TIME_NONE && shift->record.start <= time;
        if (best == NULL || (shift->record.start < best->record.start) !=
                                (has_begun && best->record.start <= time)) {
            best = shift;
        }
    }
    return best;
}

/* Before the first stop the shift begins later; behind it the carer is held
 * up where the stop is. */
static void carer_late(rn_day *day, const runde_event *event, int32_t time)
{
    rn_day_shift *const shift = shift_at(day, event->carer, time);
    if (shift == NULL || event->amount == 0) {
        return;
    }
    int32_t begun = begun_before(day, shift, time);
    while (begun > 0 && day->routes[shift->route].stops[begun - 1].kind ==
                            RUNDE_STOP_BREAK) {
        begun--;
    }
    shift->is_changed = true;
    if (begun > 0) {
        shift->delayed = begun - 1;
        shift->delay += event->amount;
        return;
    }
    const int64_t start = (int64_t)shift->record.start + event->amount;
    if (start >= shift->record.end) {
        shift->is_gone = true;
    } else {
        shift->record.start = (int32_t)start;
    }
}

static runde_status cut_shift(rn_day *day, const runde_event *event)
{
    if (event->shift < 0 || event->shift >= day->n_shifts) {
        return RUNDE_E_ARGUMENT;
    }
    rn_day_shift *const shift = &day->shifts[event->shift];
    runde_shift *const record = &shift->record;
    const int32_t begun = begun_before(day, shift, day->freeze);
    if (event->start != RUNDE_TIME_NONE) {
        record->start = event->start;
    }
    if (event->end != RUNDE_TIME_NONE) {
        record->end = event->end;
        record->max_end = event->end;
    }
    shift->is_changed = true;
    shift->is_cut = true;
    shift->cut.start = record->start;
    shift->cut.end = record->max_end;
    /* Nobody has not come where somebody was. */
    if (begun > 0) {
        const int32_t begin =
            runde_plan_route(day->published, shift->route)->begin;
        const int32_t last = day->routes[shift->route].stops[begun - 1].start;
        if (event->start != RUNDE_TIME_NONE && event->start > begin) {
            record->start = begin;
        }
        record->max_end = record->max_end > last ? record->max_end : last + 1;
    }
    /* Whoever is late in coming comes no more when it is over by then. */
    const int32_t first =
        event->start != RUNDE_TIME_NONE
            ? event->start
            : runde_problem_shift(day->base, event->shift)->start;
    if (record->end <= record->start && record->end > first) {
        shift->is_gone = begun == 0;
        record->end = record->start + 1;
        record->max_end =
            record->max_end > record->end ? record->max_end : record->end;
    }
    return RUNDE_OK;
}

/* Edits are carried out by runde_problem_derive, which also finds what is
 * wrong with them; here only what matters for the plan is noted. */
static void note_edit(rn_day *day, const runde_edit *edit)
{
    const int32_t i = edit->index;
    const int32_t n_visits = runde_problem_n_visits(day->base);
    switch (edit->kind) {
    case RUNDE_EDIT_REPLACE_VISIT:
        if (i >= 0 && i < n_visits && edit->visit != NULL) {
            day->visits[i] = edit->visit;
        }
        break;
    case RUNDE_EDIT_CANCEL_VISIT:
        if (i >= 0 && i < n_visits) {
            day->visits[i] = NULL;
        }
        break;
    case RUNDE_EDIT_REPLACE_SHIFT:
        if (i >= 0 && i < day->n_shifts && edit->shift != NULL) {
            day->shifts[i].record = *edit->shift;
            if (edit->shift->max_end == RUNDE_TIME_NONE) {
                day->shifts[i].record.max_end = edit->shift->end;
            }
        }
        break;
    case RUNDE_EDIT_CANCEL_SHIFT:
        if (i >= 0 && i < day->n_shifts) {
            day->shifts[i].is_gone = true;
            day->shifts[i].is_gone_by_edit = true;
        }
        break;
    default:
        break;
    }
}

static runde_status carry_out(rn_day *day, const runde_event *event)
{
    const int32_t time =
        event->start != RUNDE_TIME_NONE ? event->start : day->freeze;
    if (event->size != sizeof *event || event->amount < 0) {
        return RUNDE_E_ARGUMENT;
    }
    switch (event->kind) {
    case RUNDE_EVENT_EDIT:
        if (event->edit == NULL || event->edit->size != sizeof *event->edit) {
            return RUNDE_E_ARGUMENT;
        }
        note_edit(day, event->edit);
        return RUNDE_OK;
    case RUNDE_EVENT_SHIFT_CUT:
        return cut_shift(day, event);
    case RUNDE_EVENT_CARER_ILL:
    case RUNDE_EVENT_CARER_LATE:
        if (event->carer < 0 ||
            event->carer >= runde_problem_n_carers(day->base)) {
            return RUNDE_E_ARGUMENT;
        }
        if (event->kind == RUNDE_EVENT_CARER_ILL) {
            carer_ill(day, event, time);
        } else {
            carer_late(day, event, time);
        }
        return RUNDE_OK;
    }
    return RUNDE_E_ARGUMENT;
}

runde_status rn_day_new(rn_day *day)
{
    const runde_replan_options *const options = day->options;
    day->freeze = options->freeze_before != RUNDE_TIME_NONE
                      ? options->freeze_before
                      : runde_problem_settings(day->base)->freeze_before;
    runde_status status = start_shifts(day);
    if (status == RUNDE_OK) {
        status = start_visits(day);
    }
    if (status == RUNDE_OK) {
        status = start_routes(day);
    }
    for (int32_t i = 0; status == RUNDE_OK && i < options->n_events; i++) {
        status = carry_out(day, &options->events[i]);
    }
    return status;
}

/* ---------------------------------------------------------------- findings */

/* Visits published to begin before the limit that the shift has no time
 * for. */
static int32_t count_cut_off(const rn_day *day, const rn_day_shift *shift)
{
    int32_t n = 0;
    if (shift->route == RUNDE_NONE || day->freeze == RUNDE_TIME_NONE) {
        return 0;
    }
    const runde_route *const route =
        runde_plan_route(day->published, shift->route);
    /* Whoever falls ill as well has left the rest already. */
    for (int32_t i = 0; i < day->routes[shift->route].n; i++) {
        const runde_stop *const stop = &route->stops[i];
        n += stop->kind == RUNDE_STOP_VISIT &&
             day->visits[stop->item] != NULL && stop->start < day->freeze &&
             (stop->start < shift->cut.start ||
              stop->departure > shift->cut.end);
    }
    return n;
}

void rn_day_warn(const rn_day *day, const runde_problem *changed,
                 runde_diag *diag)
{
    for (int32_t s = 0; s < day->n_shifts; s++) {
        const rn_day_shift *const shift = &day->shifts[s];
        const int32_t n =
            shift->is_cut && !shift->is_gone ? count_cut_off(day, shift) : 0;
        if (n > 0) {
            char start[RUNDE_TIME_TEXT];
            char end[RUNDE_TIME_TEXT];
            char freeze[RUNDE_TIME_TEXT];
            runde_problem_write_time(changed, shift->cut.start, start);
            runde_problem_write_time(changed, shift->cut.end, end);
            runde_problem_write_time(changed, day->freeze, freeze);
            rn_diag_add(
                diag, RUNDE_WARNING, "RUNDE-W643",
                rn_at("/shifts/%d", runde_problem_derived_shift(changed, s))
                    .text,
                "shift \"%s\" lasts from %s to %s now, which leaves no time "
                "for %d visit%s published to begin there before %s, the limit "
                "of what is frozen; %s all the same",
                shift->record.id, start, end, n, n == 1 ? "" : "s", freeze,
                n == 1 ? "it stays" : "they stay");
        }
    }
}
