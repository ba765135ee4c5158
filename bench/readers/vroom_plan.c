/* SPDX-License-Identifier: MIT */
#include "vroom.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

typedef struct exporter {
    const runde_problem *problem;
    double base; /* seconds of tick 0 */
} exporter;

/** Sums over a route or over the plan. */
typedef struct totals {
    double setup;
    double service;
    double travel;
    double waiting;
    double priority;
} totals;

static void put_place(const exporter *self, cJSON *node, int32_t place)
{
    const runde_place *where = runde_problem_place(self->problem, place);
    if (where == NULL) {
        return;
    }
    (void)cJSON_AddNumberToObject(node, "location_index", place);
    if (where->has_coordinates) {
        cJSON *pair = cJSON_AddArrayToObject(node, "location");
        (void)cJSON_AddItemToArray(pair, cJSON_CreateNumber(where->lon));
        (void)cJSON_AddItemToArray(pair, cJSON_CreateNumber(where->lat));
    }
}

static cJSON *add_step(cJSON *steps, const char *type, double arrival,
                       double travel)
{
    cJSON *step = cJSON_CreateObject();
    (void)cJSON_AddStringToObject(step, "type", type);
    (void)cJSON_AddNumberToObject(step, "arrival", arrival);
    (void)cJSON_AddNumberToObject(step, "duration", travel);
    (void)cJSON_AddArrayToObject(step, "violations");
    (void)cJSON_AddItemToArray(steps, step);
    return step;
}

static void put_times(cJSON *step, double setup, double service, double waiting)
{
    (void)cJSON_AddNumberToObject(step, "setup", setup);
    (void)cJSON_AddNumberToObject(step, "service", service);
    (void)cJSON_AddNumberToObject(step, "waiting_time", waiting);
}

static void add_stop(const exporter *self, cJSON *steps, const runde_stop *stop,
                     totals *sum)
{
    sum->travel += stop->travel;
    const bool is_job = stop->kind == RUNDE_STOP_VISIT;
    cJSON *step = add_step(steps, is_job ? "job" : "break",
                           self->base + stop->arrival, sum->travel);
    const int32_t service = stop->departure - stop->start;
    put_times(step, stop->setup, service, stop->waiting);
    put_place(self, step, stop->place);
    if (is_job) {
        const runde_visit *visit =
            runde_problem_visit(self->problem, stop->item);
        (void)cJSON_AddRawToObject(step, "id", visit->id);
        sum->priority += visit->priority;
    } else {
        (void)cJSON_AddNumberToObject(step, "id", stop->item + 1);
    }
    sum->setup += stop->setup;
    sum->service += service;
    sum->waiting += stop->waiting;
}

static void put_totals(cJSON *node, const totals *sum)
{
    (void)cJSON_AddNumberToObject(node, "cost", sum->travel);
    (void)cJSON_AddNumberToObject(node, "duration", sum->travel);
    put_times(node, sum->setup, sum->service, sum->waiting);
    (void)cJSON_AddNumberToObject(node, "priority", sum->priority);
    (void)cJSON_AddArrayToObject(node, "violations");
}

static totals add_route(const exporter *self, cJSON *routes,
                        const runde_route *route)
{
    const runde_shift *shift = runde_problem_shift(self->problem, route->shift);
    totals sum = {0.0, 0.0, 0.0, 0.0, 0.0};
    cJSON *node = cJSON_CreateObject();
    (void)cJSON_AddItemToArray(routes, node);
    (void)cJSON_AddRawToObject(node, "vehicle", shift->id);
    cJSON *steps = cJSON_AddArrayToObject(node, "steps");
    if (shift->start_place != RUNDE_NONE) {
        cJSON *step = add_step(steps, "start", self->base + route->begin, 0.0);
        put_times(step, 0.0, 0.0, 0.0);
        put_place(self, step, shift->start_place);
    }
    for (int32_t i = 0; i < route->n_stops; i++) {
        add_stop(self, steps, &route->stops[i], &sum);
    }
    sum.travel += route->travel_home;
    if (shift->end_place != RUNDE_NONE) {
        cJSON *step =
            add_step(steps, "end", self->base + route->end, sum.travel);
        put_times(step, 0.0, 0.0, 0.0);
        put_place(self, step, shift->end_place);
    }
    put_totals(node, &sum);
    return sum;
}

static void add_unassigned(const exporter *self, cJSON *root,
                           const runde_plan *plan)
{
    cJSON *list = cJSON_AddArrayToObject(root, "unassigned");
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        const runde_visit *visit = runde_problem_visit(
            self->problem, runde_plan_unserved(plan, i)->visit);
        cJSON *node = cJSON_CreateObject();
        (void)cJSON_AddRawToObject(node, "id", visit->id);
        (void)cJSON_AddStringToObject(node, "type", "job");
        put_place(self, node, visit->place);
        (void)cJSON_AddItemToArray(list, node);
    }
}

static cJSON *plan_to_json(const exporter *self, const runde_plan *plan)
{
    cJSON *root = cJSON_CreateObject();
    (void)cJSON_AddNumberToObject(root, "code", 0);
    cJSON *summary = cJSON_AddObjectToObject(root, "summary");
    add_unassigned(self, root, plan);
    cJSON *routes = cJSON_AddArrayToObject(root, "routes");
    totals all = {0.0, 0.0, 0.0, 0.0, 0.0};
    const int32_t n = runde_plan_n_routes(plan);
    for (int32_t r = 0; r < n; r++) {
        const totals sum = add_route(self, routes, runde_plan_route(plan, r));
        all.setup += sum.setup;
        all.service += sum.service;
        all.travel += sum.travel;
        all.waiting += sum.waiting;
        all.priority += sum.priority;
    }
    (void)cJSON_AddNumberToObject(summary, "routes", n);
    (void)cJSON_AddNumberToObject(summary, "unassigned",
                                  runde_plan_n_unserved(plan));
    put_totals(summary, &all);
    return root;
}

runde_status vroom_export(char **text, const runde_problem *problem,
                          const runde_plan *plan)
{
    const runde_settings *settings = runde_problem_settings(problem);
    const exporter self = {
        problem, settings->has_origin ? (double)settings->origin : 0.0};
    cJSON *root = plan_to_json(&self, plan);
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    if (printed == NULL) {
        return RUNDE_E_NOMEM;
    }
    /* The caller frees with free(), whatever cJSON was built with. */
    const size_t size = strlen(printed) + 1;
    *text = malloc(size);
    if (*text != NULL) {
        memcpy(*text, printed, size);
    }
    cJSON_free(printed);
    return *text == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
}
