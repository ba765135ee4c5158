/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "io/export.h"
#include "io/plan_fields.h"

#include <runde/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fewer shifts than this are named one by one. */
#define MIN_OTHERS 4

/* ---------------------------------------------------------------- figures */

static void write_search(rn_writer *w, const runde_search_info *search)
{
    rn_text *const t = &w->text;
    rn_text_object(t, "search", RN_TEXT_INLINE);
    rn_text_member_string(t, "outcome", rn_outcome_words[search->outcome]);
    rn_text_member_big_int(t, "iterations", search->iterations);
    rn_text_member_big_uint(t, "seed", search->seed);
    if (search->bound != RUNDE_NO_BOUND) {
        rn_text_member_big_int(t, "bound", search->bound);
        rn_text_member_int(t, "gap", search->gap);
    }
    rn_text_member_bool(t, "locally_optimal", search->locally_optimal);
    rn_text_close(t);
}

/* ----------------------------------------------------------------- routes */

/* An activity by its id where that tells it from the others, else by its
 * number. */
static void write_activity(rn_writer *w, const runde_shift *shift, int32_t item)
{
    const char *const id = shift->activities[item].id;
    bool is_unique = id[0] != '\0';
    for (int32_t i = 0; is_unique && i < shift->n_activities; i++) {
        is_unique = i == item || strcmp(shift->activities[i].id, id) != 0;
    }
    if (is_unique) {
        rn_text_member_string(&w->text, "activity", id);
    } else {
        rn_text_member_int(&w->text, "activity", item);
    }
}

static void write_item(rn_writer *w, const runde_shift *shift,
                       const runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        rn_write_visit(w, "visit", stop->item);
        break;
    case RUNDE_STOP_ACTIVITY:
        write_activity(w, shift, stop->item);
        break;
    case RUNDE_STOP_BREAK:
        rn_text_member_int(&w->text, "break", stop->item);
        break;
    }
}

static void write_stop(rn_writer *w, const runde_shift *shift,
                       const runde_stop *stop)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    write_item(w, shift, stop);
    if (stop->part != 0) {
        rn_text_member_int(t, "part", stop->part);
    }
    rn_write_place(w, "place", stop->place);
    rn_write_duration(w, "travel", stop->travel);
    rn_text_member_int(t, "distance", stop->distance);
    rn_write_time(w, "arrival", stop->arrival);
    rn_write_duration(w, "waiting", stop->waiting);
    rn_write_duration(w, "setup", stop->setup);
    rn_write_time(w, "service_start", stop->start);
    rn_write_time(w, "departure", stop->departure);
    rn_write_flag(w, "estimated", stop->estimated);
    rn_text_close(t);
}

/* A stop of a route without times. */
static void write_bare_stop(rn_writer *w, const runde_shift *shift,
                            const runde_stop *stop)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    write_item(w, shift, stop);
    if (stop->kind == RUNDE_STOP_VISIT &&
        runde_problem_visit(w->problem, stop->item)->crew > 1) {
        rn_text_member_int(t, "part", stop->part);
    }
    rn_text_close(t);
}

static void write_bare_route(rn_writer *w, const runde_route *route)
{
    rn_text *const t = &w->text;
    const runde_shift *const shift =
        runde_problem_shift(w->problem, route->shift);
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "shift", shift->id);
    rn_text_array(t, "stops", RN_TEXT_LINES);
    for (int32_t i = 0; i < route->n_stops; i++) {
        write_bare_stop(w, shift, &route->stops[i]);
    }
    rn_text_close(t);
    rn_text_close(t);
}

static void write_route(rn_writer *w, const runde_route *route)
{
    rn_text *const t = &w->text;
    const runde_shift *const shift =
        runde_problem_shift(w->problem, route->shift);
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "shift", shift->id);
    rn_write_carer(w, "carer", shift->carer);
    rn_write_time(w, "begin", route->begin);
    rn_write_time(w, "end", route->end);
    rn_write_duration(w, "travel_home", route->travel_home);
    rn_text_member_int(t, "distance_home", route->distance_home);
    rn_write_flag(w, "estimated_home", route->estimated_home);
    rn_text_array(t, "stops", RN_TEXT_LINES);
    for (int32_t i = 0; i < route->n_stops; i++) {
        write_stop(w, shift, &route->stops[i]);
    }
    rn_text_close(t);
    rn_text_close(t);
}

/* --------------------------------------------------------------- unserved */

static int compare_reasons(const void *a, const void *b)
{
    const runde_reason *const left = a;
    const runde_reason *const right = b;
    if (left->code != right->code) {
        return left->code < right->code ? -1 : 1;
    }
    if (left->amount != right->amount) {
        return left->amount < right->amount ? -1 : 1;
    }
    return (left->shift > right->shift) - (left->shift < right->shift);
}

/* Where the reasons equal to the one at `first` end. */
static int32_t end_of_group(const runde_reason *sorted, int32_t n,
                            int32_t first)
{
    int32_t end = first + 1;
    while (end < n && sorted[end].code == sorted[first].code &&
           sorted[end].amount == sorted[first].amount) {
        end++;
    }
    return end;
}

/* The start of the group that is written as "others": the largest, if the
 * reasons name every shift once. */
static int32_t find_others(const runde_problem *problem,
                           const runde_unserved *unserved,
                           const runde_reason *sorted)
{
    const int32_t n = unserved->n_reasons;
    int32_t most = MIN_OTHERS - 1;
    int32_t best = RUNDE_NONE;
    if (n != runde_problem_n_shifts(problem)) {
        return RUNDE_NONE;
    }
    for (int32_t i = 0; i < n; i++) {
        if (unserved->reasons[i].shift != i) {
            return RUNDE_NONE;
        }
    }
    for (int32_t i = 0; i < n;) {
        const int32_t end = end_of_group(sorted, n, i);
        if (end - i > most) {
            most = end - i;
            best = i;
        }
        i = end;
    }
    return best;
}

static void write_group(rn_writer *w, const runde_reason *group, int32_t n,
                        bool is_others)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "code", runde_reason_name(group->code));
    if (group->amount != 0) {
        rn_text_member_int(t, "amount", group->amount);
    }
    if (is_others) {
        rn_text_member_string(t, "shifts", "others");
    } else if (group[n - 1].shift != RUNDE_NONE) {
        rn_text_array(t, "shifts", RN_TEXT_INLINE);
        for (int32_t i = 0; i < n; i++) {
            rn_write_shift(w, NULL, group[i].shift);
        }
        rn_text_close(t);
    }
    rn_text_close(t);
}

static void write_unserved(rn_writer *w, const runde_unserved *unserved,
                           runde_reason *sorted)
{
    rn_text *const t = &w->text;
    const int32_t n = unserved->n_reasons;
    if (n > 0) {
        memcpy(sorted, unserved->reasons, (size_t)n * sizeof *sorted);
        qsort(sorted, (size_t)n, sizeof *sorted, compare_reasons);
    }
    const int32_t others = find_others(w->problem, unserved, sorted);
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_write_visit(w, "visit", unserved->visit);
    rn_text_array(t, "reasons", RN_TEXT_LINES);
    for (int32_t i = 0; i < n;) {
        int32_t end = end_of_group(sorted, n, i);
        /* A reason without a shift stands alone. */
        end = sorted[i].shift == RUNDE_NONE ? i + 1 : end;
        write_group(w, sorted + i, end - i, i == others);
        i = end;
    }
    rn_text_close(t);
    rn_text_close(t);
}

static runde_status write_all_unserved(rn_writer *w, const runde_plan *plan)
{
    const int32_t n = runde_plan_n_unserved(plan);
    int32_t most = 0;
    for (int32_t i = 0; i < n; i++) {
        const int32_t reasons = runde_plan_unserved(plan, i)->n_reasons;
        most = reasons > most ? reasons : most;
    }
    runde_reason *const sorted =
        rn_realloc_array(NULL, (size_t)most + 1, sizeof *sorted);
    if (sorted == NULL) {
        return RUNDE_E_NOMEM;
    }
    rn_text_array(&w->text, "unserved", RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        write_unserved(w, runde_plan_unserved(plan, i), sorted);
    }
    rn_text_close(&w->text);
    rn_free(sorted);
    return RUNDE_OK;
}

/* ------------------------------------------------------------------- text */

static void write_warnings(rn_writer *w, const runde_plan *plan)
{
    rn_text *const t = &w->text;
    rn_text_array(t, "warnings", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_plan_n_warnings(plan); i++) {
        const runde_finding *const finding = runde_plan_warning(plan, i);
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        rn_text_member_string(t, "severity",
                              finding->severity == RUNDE_ERROR ? "error"
                                                               : "warning");
        rn_text_member_string(t, "code", finding->code);
        rn_text_member_string(t, "pointer", finding->pointer);
        rn_text_member_string(t, "message", finding->message);
        rn_text_close(t);
    }
    rn_text_close(t);
}

static runde_status write_plan(rn_writer *w, const runde_plan *plan)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "format", "runde-plan");
    rn_text_member_int(t, "version", 1);
    write_search(w, runde_plan_search(plan));
    rn_write_cost(w, "cost", runde_plan_cost(plan), true);
    rn_write_kpis(&w->text, "kpis", runde_plan_kpis(plan));
    rn_text_array(t, "routes", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *const route = runde_plan_route(plan, i);
        if (route->begin == RUNDE_TIME_NONE) {
            write_bare_route(w, route);
        } else {
            write_route(w, route);
        }
    }
    rn_text_close(t);
    const runde_status status = write_all_unserved(w, plan);
    if (status == RUNDE_OK) {
        write_warnings(w, plan);
        rn_text_close(t);
    }
    return status;
}

runde_status runde_plan_to_json(char **text, size_t *length,
                                const runde_problem *problem,
                                const runde_plan *plan)
{
    runde_status status = rn_export_start_draft(text, problem, plan);
    if (status != RUNDE_OK) {
        return status;
    }
    if (runde_plan_search(plan)->outcome < RUNDE_OUTCOME_DRAFT ||
        (int)runde_plan_search(plan)->outcome >= RN_OUTCOMES) {
        return RUNDE_E_ARGUMENT;
    }
    rn_writer w;
    rn_writer_init(&w, problem);
    status = write_plan(&w, plan);
    if (status != RUNDE_OK) {
        rn_text_free(&w.text);
        return status;
    }
    return rn_text_take(&w.text, text, length);
}
