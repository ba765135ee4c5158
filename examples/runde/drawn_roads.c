/* SPDX-License-Identifier: MIT */
#include "drawn_roads.h"

#include "input.h"

#include <stdlib.h>
#include <string.h>

/* What is at hand. */
typedef struct drawing {
    drawn_roads *out;
    const runde_problem *problem;
    const runde_plan *plan;
    const runde_network *network;
    runde_network_leg *legs; /* room for all legs of the plan */
} drawing;

static void add_leg(drawing *d, int32_t mode, int32_t from, int32_t to)
{
    if (from != RUNDE_NONE && to != RUNDE_NONE && from != to) {
        const runde_road_line line = {mode, from, to, 0, NULL};
        const runde_network_leg leg = {runde_problem_place(d->problem, from),
                                       runde_problem_place(d->problem, to)};
        d->legs[d->out->n_lines] = leg;
        d->out->lines[d->out->n_lines++] = line;
    }
}

static void add_route(drawing *d, const runde_route *route)
{
    const runde_shift *const shift =
        runde_problem_shift(d->problem, route->shift);
    int32_t here = shift->start_place;
    for (int32_t i = 0; i < route->n_stops; i++) {
        const int32_t place = route->stops[i].place;
        add_leg(d, shift->mode, here, place);
        here = place != RUNDE_NONE ? place : here;
    }
    add_leg(d, shift->mode, here, shift->end_place);
}

static bool is_on_roads(const char *mode)
{
    return strcmp(mode, "car") == 0 || strcmp(mode, "bicycle") == 0 ||
           strcmp(mode, "walk") == 0;
}

/* The legs of one mode: they stand together behind `first`. */
static cli_code draw_mode(drawing *d, int32_t mode)
{
    const char *const name = runde_problem_mode(d->problem, mode);
    const int32_t first = d->out->n_lines;
    if (!is_on_roads(name)) {
        return CLI_DONE;
    }
    for (int32_t i = 0; i < runde_plan_n_routes(d->plan); i++) {
        const runde_route *const route = runde_plan_route(d->plan, i);
        if (runde_problem_shift(d->problem, route->shift)->mode == mode) {
            add_route(d, route);
        }
    }
    runde_network_options how = RUNDE_NETWORK_OPTIONS_INIT;
    how.mode = name;
    runde_network_lines *drawn = NULL;
    const runde_diag none = RUNDE_DIAG_INIT;
    const cli_code code =
        input_status(runde_network_draw(&drawn, d->network, d->legs + first,
                                        d->out->n_lines - first, &how),
                     "roads", &none);
    d->out->kept[mode] = drawn;
    for (int32_t i = first; code == CLI_DONE && i < d->out->n_lines; i++) {
        runde_road_line *const line = &d->out->lines[i];
        line->points =
            runde_network_lines_points(drawn, i - first, &line->n_points);
    }
    return code;
}

/* Lines without a way would be drawn as nothing. */
static void drop_empty(drawn_roads *roads)
{
    int32_t n = 0;
    for (int32_t i = 0; i < roads->n_lines; i++) {
        if (roads->lines[i].n_points > 0) {
            roads->lines[n++] = roads->lines[i];
        }
    }
    roads->n_lines = n;
}

static bool allocate(drawing *d)
{
    size_t most = 1;
    for (int32_t i = 0; i < runde_plan_n_routes(d->plan); i++) {
        most += (size_t)runde_plan_route(d->plan, i)->n_stops + 1;
    }
    d->out->n_kept = runde_problem_n_modes(d->problem);
    d->out->kept = calloc((size_t)d->out->n_kept + 1, sizeof *d->out->kept);
    d->out->lines = calloc(most, sizeof *d->out->lines);
    d->legs = calloc(most, sizeof *d->legs);
    return d->out->kept != NULL && d->out->lines != NULL && d->legs != NULL;
}

cli_code drawn_roads_make(drawn_roads *out, const runde_problem *problem,
                          const runde_plan *plan, const char *nodes,
                          const char *edges)
{
    runde_network *network = NULL;
    const drawn_roads empty = DRAWN_ROADS_INIT;
    *out = empty;
    cli_code code = input_network(&network, nodes, edges);
    drawing d = {out, problem, plan, network, NULL};
    if (code == CLI_DONE && !allocate(&d)) {
        const runde_diag none = RUNDE_DIAG_INIT;
        code = input_status(RUNDE_E_NOMEM, nodes, &none);
    }
    for (int32_t m = 0; code == CLI_DONE && m < out->n_kept; m++) {
        code = draw_mode(&d, m);
    }
    drop_empty(out);
    free(d.legs);
    runde_network_free(network);
    if (code != CLI_DONE) {
        drawn_roads_free(out);
    }
    return code;
}

void drawn_roads_free(drawn_roads *roads)
{
    const drawn_roads empty = DRAWN_ROADS_INIT;
    for (int32_t i = 0; roads->kept != NULL && i < roads->n_kept; i++) {
        runde_network_lines_free(roads->kept[i]);
    }
    free(roads->kept);
    free(roads->lines);
    *roads = empty;
}
