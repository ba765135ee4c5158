/* SPDX-License-Identifier: MIT */
/* GeoJSON as in RFC 7946. */
#include "base/alloc.h"
#include "io/export.h"

#include <runde/export.h>

#include <math.h>

/* Degrees; lines that jump further east or west go the other way round. */
#define HALF_TURN 180.0

typedef struct position {
    double lon;
    double lat;
} position;

/* ---------------------------------------------------------------- geometry */

static const runde_place *located(const rn_writer *w, int32_t place)
{
    const runde_place *const row = runde_problem_place(w->problem, place);
    return row != NULL && row->has_coordinates ? row : NULL;
}

static void write_position(rn_text *t, position at)
{
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    rn_text_value(t, NULL);
    rn_text_decimal(t, at.lon);
    rn_text_value(t, NULL);
    rn_text_decimal(t, at.lat);
    rn_text_close(t);
}

static void write_point(rn_writer *w, int32_t place)
{
    rn_text *const t = &w->text;
    const runde_place *const row = located(w, place);
    if (row == NULL) {
        rn_text_member_null(t, "geometry");
        return;
    }
    rn_text_object(t, "geometry", RN_TEXT_INLINE);
    rn_text_member_string(t, "type", "Point");
    rn_text_array(t, "coordinates", RN_TEXT_INLINE);
    rn_text_value(t, NULL);
    rn_text_decimal(t, row->lon);
    rn_text_value(t, NULL);
    rn_text_decimal(t, row->lat);
    rn_text_close(t);
    rn_text_close(t);
}

static bool is_cut(position from, position to)
{
    return fabs(to.lon - from.lon) > HALF_TURN;
}

/* A leg across the antimeridian ends there, and goes on from the other side of
 * the map (RFC 7946, 3.1.9). */
static void write_cut(rn_text *t, position from, position to)
{
    const double side = from.lon < 0.0 ? -HALF_TURN : HALF_TURN;
    const double way = to.lon + 2.0 * side - from.lon;
    const double share = way == 0.0 ? 0.0 : (side - from.lon) / way;
    const double lat = from.lat + share * (to.lat - from.lat);
    write_position(t, (position){side, lat});
    rn_text_close(t);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    write_position(t, (position){-side, lat});
}

static void write_line(rn_text *t, const position *at, int32_t n)
{
    bool has_cut = false;
    for (int32_t i = 1; i < n; i++) {
        has_cut = has_cut || is_cut(at[i - 1], at[i]);
    }
    if (n < 2) {
        rn_text_member_null(t, "geometry");
        return;
    }
    rn_text_object(t, "geometry", RN_TEXT_INLINE);
    rn_text_member_string(t, "type",
                          has_cut ? "MultiLineString" : "LineString");
    rn_text_array(t, "coordinates", RN_TEXT_INLINE);
    if (has_cut) {
        rn_text_array(t, NULL, RN_TEXT_INLINE);
    }
    for (int32_t i = 0; i < n; i++) {
        if (i > 0 && is_cut(at[i - 1], at[i])) {
            write_cut(t, at[i - 1], at[i]);
        }
        write_position(t, at[i]);
    }
    if (has_cut) {
        rn_text_close(t);
    }
    rn_text_close(t);
    rn_text_close(t);
}

/* One more position, unless it is where the line is already. */
static void add_position(const rn_writer *w, int32_t place, position *at,
                         int32_t *n)
{
    const runde_place *const row = located(w, place);
    if (row != NULL &&
        (*n == 0 || at[*n - 1].lon != row->lon || at[*n - 1].lat != row->lat)) {
        at[(*n)++] = (position){row->lon, row->lat};
    }
}

/* ---------------------------------------------------------------- features */

static void open_feature(rn_text *t, const char *kind, const char *owner,
                         int32_t number)
{
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "type", "Feature");
    rn_text_object(t, "properties", RN_TEXT_INLINE);
    rn_text_member_string(t, "kind", kind);
    if (owner != NULL) {
        rn_text_member_string(t, "shift", owner);
    }
    if (number > 0) {
        rn_text_member_int(t, "stop", number);
    }
}

static void write_route(rn_writer *w, const runde_route *route, position *at)
{
    rn_text *const t = &w->text;
    const runde_shift *const shift =
        runde_problem_shift(w->problem, route->shift);
    int32_t n = 0;
    open_feature(t, "route", shift->id, 0);
    rn_write_carer(w, "carer", shift->carer);
    rn_text_member_string(t, "travel_mode",
                          runde_problem_mode(w->problem, shift->mode));
    rn_write_time(w, "begin", route->begin);
    rn_write_time(w, "end", route->end);
    rn_text_member_int(t, "stops", route->n_stops);
    int64_t travel = route->travel_home;
    int64_t distance = route->distance_home;
    add_position(w, shift->start_place, at, &n);
    for (int32_t i = 0; i < route->n_stops; i++) {
        add_position(w, route->stops[i].place, at, &n);
        travel += route->stops[i].travel;
        distance += route->stops[i].distance;
    }
    add_position(w, shift->end_place, at, &n);
    rn_text_member_int(t, "travel", travel * w->tick_ms / 1000);
    rn_text_member_int(t, "distance", distance);
    rn_text_close(t);
    write_line(t, at, n);
    rn_text_close(t);
}

static void write_item(rn_writer *w, const runde_shift *shift,
                       const runde_stop *stop)
{
    rn_text *const t = &w->text;
    switch (stop->kind) {
    case RUNDE_STOP_VISIT: {
        const runde_visit *const visit =
            runde_problem_visit(w->problem, stop->item);
        rn_text_member_string(t, "visit", visit->id);
        rn_text_member_int(t, "part", stop->part);
        rn_text_member_string(
            t, "client", runde_problem_client(w->problem, visit->client)->id);
        break;
    }
    case RUNDE_STOP_ACTIVITY:
        rn_text_member_string(t, "activity", shift->activities[stop->item].id);
        break;
    case RUNDE_STOP_BREAK:
        rn_text_member_int(t, "break", stop->item);
        break;
    }
}

static void write_stop(rn_writer *w, const runde_route *route, int32_t index)
{
    rn_text *const t = &w->text;
    const runde_shift *const shift =
        runde_problem_shift(w->problem, route->shift);
    const runde_stop *const stop = &route->stops[index];
    open_feature(t, rn_stop_word(stop->kind), shift->id, index + 1);
    rn_write_carer(w, "carer", shift->carer);
    write_item(w, shift, stop);
    rn_write_place(w, "place", stop->place);
    rn_write_duration(w, "travel", stop->travel);
    rn_text_member_int(t, "distance", stop->distance);
    rn_write_flag(w, "estimated", stop->estimated);
    rn_write_time(w, "arrival", stop->arrival);
    rn_write_time(w, "service_start", stop->start);
    rn_write_time(w, "departure", stop->departure);
    rn_text_close(t);
    write_point(w, stop->place);
    rn_text_close(t);
}

static void write_unserved(rn_writer *w, const runde_unserved *unserved)
{
    rn_text *const t = &w->text;
    const runde_visit *const visit =
        runde_problem_visit(w->problem, unserved->visit);
    open_feature(t, "unserved", NULL, 0);
    rn_text_member_string(t, "visit", visit->id);
    rn_text_member_string(t, "client",
                          runde_problem_client(w->problem, visit->client)->id);
    rn_write_place(w, "place", visit->place);
    rn_text_member_bool(t, "optional", visit->optional);
    rn_text_close(t);
    write_point(w, visit->place);
    rn_text_close(t);
}

/* -------------------------------------------------------------------- text */

/* Room for the positions of the longest route. */
static position *make_room(const runde_plan *plan)
{
    int32_t most = 0;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const int32_t n = runde_plan_route(plan, r)->n_stops;
        most = n > most ? n : most;
    }
    return rn_realloc_array(NULL, (size_t)most + 2, sizeof(position));
}

static void write_features(rn_writer *w, const runde_plan *plan, position *at)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "type", "FeatureCollection");
    rn_text_array(t, "features", RN_TEXT_LINES);
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        write_route(w, route, at);
        for (int32_t i = 0; i < route->n_stops; i++) {
            write_stop(w, route, i);
        }
    }
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        write_unserved(w, runde_plan_unserved(plan, i));
    }
    rn_text_close(t);
    rn_text_close(t);
}

runde_status runde_plan_to_geojson(char **text, size_t *length,
                                   const runde_problem *problem,
                                   const runde_plan *plan)
{
    const runde_status status = rn_export_start(text, problem, plan);
    if (status != RUNDE_OK) {
        return status;
    }
    position *const at = make_room(plan);
    if (at == NULL) {
        return RUNDE_E_NOMEM;
    }
    rn_writer w;
    rn_writer_init(&w, problem);
    write_features(&w, plan, at);
    rn_free(at);
    return rn_text_take(&w.text, text, length);
}
