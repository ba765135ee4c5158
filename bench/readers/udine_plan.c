/* SPDX-License-Identifier: MIT */
#include "udine.h"

#include <math.h>
#include <stdlib.h>

/* The patient at whose door a carer takes a break: the one before it when
 * the break precedes the drive, the one after it otherwise. */
static int32_t patient_at(const udine_instance *self, const runde_route *route,
                          int32_t stop)
{
    const int32_t place = route->stops[stop].place;
    int32_t near = stop - 1;
    if (near < 0 || route->stops[near].kind != RUNDE_STOP_VISIT ||
        route->stops[near].place != place) {
        near = stop + 1;
    }
    int32_t patient = RUNDE_NONE;
    if (near < route->n_stops && route->stops[near].place == place &&
        route->stops[near].kind == RUNDE_STOP_VISIT) {
        patient = self->patient_of[route->stops[near].item];
    }
    return patient;
}

static int32_t add_route(udine_entry *entries, const udine_instance *self,
                         const runde_route *route, int32_t carer)
{
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *stop = &route->stops[i];
        udine_entry *entry = &entries[i];
        entry->carer = carer;
        entry->start = stop->start / self->scale;
        entry->end = stop->departure / self->scale;
        if (stop->kind == RUNDE_STOP_VISIT) {
            entry->patient = self->patient_of[stop->item];
            entry->service =
                stop->item - self->patients[entry->patient].first_visit;
        } else {
            entry->patient = patient_at(self, route, i);
            entry->service = RUNDE_NONE;
        }
    }
    return route->n_stops;
}

/* An unused carer eats at home, as early as the shift allows. */
static int32_t add_idle_lunch(udine_entry *entry, const udine_instance *self,
                              int32_t carer)
{
    const udine_carer *who = &self->carers[carer];
    const double start =
        who->has_shift ? fmax(self->lunch[0], who->shift[0]) : self->lunch[0];
    *entry = (udine_entry){carer, RUNDE_NONE, RUNDE_NONE, start,
                           start + self->lunch_duration};
    return 1;
}

runde_status udine_entries(udine_entry **out, int32_t *n,
                           const udine_instance *self, const runde_plan *plan,
                           bool idle_lunches)
{
    const int32_t n_routes = runde_plan_n_routes(plan);
    int32_t room = self->n_carers + 1;
    for (int32_t r = 0; r < n_routes; r++) {
        room += runde_plan_route(plan, r)->n_stops;
    }
    udine_entry *entries = malloc((size_t)room * sizeof *entries);
    if (entries == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t used = 0;
    int32_t r = 0;
    /* Routes come by shift, and carer c has shift c. */
    for (int32_t c = 0; c < self->n_carers; c++) {
        const runde_route *route = runde_plan_route(plan, r);
        if (route != NULL && route->shift == c) {
            used += add_route(entries + used, self, route, c);
            r++;
        } else if (idle_lunches && udine_can_lunch(self, c)) {
            used += add_idle_lunch(entries + used, self, c);
        }
    }
    *out = entries;
    *n = used;
    return RUNDE_OK;
}

/* ------------------------------------------------------------- writing */

static cJSON *entry_to_json(const udine_instance *self,
                            const udine_entry *entry)
{
    const udine_carer *carer = &self->carers[entry->carer];
    const char *patient = carer->start_id;
    const char *service = "lunch_break";
    if (entry->patient >= 0) {
        patient = self->patients[entry->patient].id;
    }
    if (entry->service >= 0) {
        const udine_patient *who = &self->patients[entry->patient];
        service = self->kinds[who->services[entry->service]];
    }
    cJSON *node = cJSON_CreateObject();
    (void)cJSON_AddStringToObject(node, "patient", patient);
    (void)cJSON_AddStringToObject(node, "service", service);
    (void)cJSON_AddNumberToObject(node, "arrival_time", entry->start);
    (void)cJSON_AddNumberToObject(node, "departure_time", entry->end);
    return node;
}

static cJSON *solution_to_json(const udine_instance *self,
                               const udine_entry *entries, int32_t n)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *routes = cJSON_AddArrayToObject(root, "routes");
    int32_t i = 0;
    while (i < n) {
        const int32_t carer = entries[i].carer;
        cJSON *route = cJSON_CreateObject();
        (void)cJSON_AddStringToObject(route, "caregiver_id",
                                      self->carers[carer].id);
        cJSON *list = cJSON_AddArrayToObject(route, "locations");
        for (; i < n && entries[i].carer == carer; i++) {
            (void)cJSON_AddItemToArray(list, entry_to_json(self, &entries[i]));
        }
        (void)cJSON_AddItemToArray(routes, route);
    }
    return root;
}

runde_status udine_write(FILE *file, const udine_instance *self,
                         const udine_entry *entries, int32_t n)
{
    cJSON *root = solution_to_json(self, entries, n);
    char *text = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    if (text == NULL) {
        return RUNDE_E_NOMEM;
    }
    (void)fprintf(file, "%s\n", text);
    cJSON_free(text);
    return RUNDE_OK;
}

int32_t udine_left_out(const bench_case *self, const runde_plan *plan)
{
    int32_t left_out = 0;
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        const int32_t visit = runde_plan_unserved(plan, i)->visit;
        if (!runde_problem_visit(self->problem, visit)->optional) {
            left_out++;
        }
    }
    return left_out;
}
