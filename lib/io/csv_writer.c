/* SPDX-License-Identifier: MIT */
/* A plan as a table. */
#include "io/csv_table.h"
#include "io/export.h"
#include "io/token.h"

#include <math.h>
#include <stdio.h>

static const char *const headings[] = {"carer",
                                       "shift",
                                       "stop",
                                       "kind",
                                       "id",
                                       "part",
                                       "client",
                                       "place",
                                       "lat",
                                       "lon",
                                       "arrival",
                                       "service_start",
                                       "departure",
                                       "travel_minutes",
                                       "distance_km",
                                       "waiting_minutes",
                                       "setup_minutes",
                                       "reasons"};

static void put_place(rn_csv *t, int32_t place)
{
    const runde_place *const row = runde_problem_place(t->w.problem, place);
    rn_csv_id(t, row == NULL ? NULL : row->id);
    if (row == NULL || !row->has_coordinates) {
        rn_csv_id(t, NULL);
        rn_csv_id(t, NULL);
        return;
    }
    rn_csv_fixed(t, llround(row->lat * 1e7), RN_DECIMALS);
    rn_csv_fixed(t, llround(row->lon * 1e7), RN_DECIMALS);
}

static void put_visit(rn_csv *t, int32_t index, int32_t part)
{
    const runde_visit *const visit = runde_problem_visit(t->w.problem, index);
    rn_csv_id(t, visit->id);
    rn_csv_int(t, part + 1);
    rn_csv_id(t, runde_problem_client(t->w.problem, visit->client)->id);
}

static void put_item(rn_csv *t, const runde_shift *shift,
                     const runde_stop *stop)
{
    if (stop->kind == RUNDE_STOP_VISIT) {
        put_visit(t, stop->item, stop->part);
        return;
    }
    if (stop->kind == RUNDE_STOP_ACTIVITY) {
        rn_csv_id(t, shift->activities[stop->item].id);
    } else {
        rn_csv_int(t, stop->item + 1);
    }
    rn_csv_id(t, NULL);
    rn_csv_id(t, NULL);
}

static void put_stop(rn_csv *t, const runde_route *route, int32_t index)
{
    const runde_shift *const shift =
        runde_problem_shift(t->w.problem, route->shift);
    const runde_stop *const stop = &route->stops[index];
    rn_csv_id(t, runde_problem_carer(t->w.problem, shift->carer)->id);
    rn_csv_id(t, shift->id);
    rn_csv_int(t, index + 1);
    rn_csv_word(t, rn_stop_word(stop->kind));
    put_item(t, shift, stop);
    put_place(t, stop->place);
    rn_csv_time(t, stop->arrival);
    rn_csv_time(t, stop->start);
    rn_csv_time(t, stop->departure);
    rn_csv_minutes(t, stop->travel);
    rn_csv_fixed(t, stop->distance, 3);
    rn_csv_minutes(t, stop->waiting);
    rn_csv_minutes(t, stop->setup);
    rn_csv_id(t, NULL);
    rn_csv_end_row(t);
}

/* The codes that any shift has, each once, in their own order. */
static void put_reasons(rn_csv *t, const runde_unserved *unserved)
{
    uint32_t found = 0;
    char text[512] = "";
    size_t used = 0;
    for (int32_t i = 0; i < unserved->n_reasons; i++) {
        found |= UINT32_C(1) << unserved->reasons[i].code;
    }
    for (int code = 0; code < RUNDE_REASONS; code++) {
        if ((found >> code & 1U) == 0 || used >= sizeof text) {
            continue;
        }
        const int n = snprintf(text + used, sizeof text - used, "%s%s",
                               used > 0 ? "|" : "",
                               runde_reason_name((runde_reason_code)code));
        used += n > 0 ? (size_t)n : 0;
    }
    rn_csv_word(t, text);
}

static void put_unserved(rn_csv *t, const runde_unserved *unserved)
{
    const runde_visit *const visit =
        runde_problem_visit(t->w.problem, unserved->visit);
    for (int i = 0; i < 3; i++) {
        rn_csv_id(t, NULL);
    }
    rn_csv_word(t, "unserved");
    rn_csv_id(t, visit->id);
    rn_csv_id(t, NULL);
    rn_csv_id(t, runde_problem_client(t->w.problem, visit->client)->id);
    put_place(t, visit->place);
    for (int i = 0; i < 7; i++) {
        rn_csv_id(t, NULL);
    }
    put_reasons(t, unserved);
    rn_csv_end_row(t);
}

runde_status runde_plan_to_csv(char **text, size_t *length,
                               const runde_problem *problem,
                               const runde_plan *plan,
                               const runde_csv_style *style)
{
    rn_csv t;
    const runde_status status = rn_export_start(text, problem, plan);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!rn_csv_begin(&t, problem, style, headings,
                      (int32_t)(sizeof headings / sizeof headings[0]))) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            put_stop(&t, route, i);
        }
    }
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        put_unserved(&t, runde_plan_unserved(plan, i));
    }
    return rn_text_take(&t.w.text, text, length);
}
