/* SPDX-License-Identifier: MIT */
#include "udine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct parser {
    udine_instance *self;
    runde_diag *diag;
    const cJSON *points; /* departing points, in the order of the rows */
} parser;

void udine_free(void *instance)
{
    udine_instance *self = instance;
    if (self != NULL) {
        cJSON_Delete(self->root);
        free(self->patients);
        free(self->carers);
        free(self->wishes);
        free(self->travel);
        free(self->patient_of);
        free(self);
    }
}

double udine_travel(const udine_instance *self, int32_t from, int32_t to)
{
    return self->travel[(ptrdiff_t)from * self->n_rows + to];
}

bool udine_can_lunch(const udine_instance *self, int32_t carer)
{
    const udine_carer *who = &self->carers[carer];
    return self->has_lunch && who->lunch &&
           (!who->has_shift || who->shift[0] <= self->lunch_latest);
}

static void *zeros(int32_t n, size_t size)
{
    return calloc(n > 0 ? (size_t)n : 1, size);
}

static runde_status parse_kinds(parser *at)
{
    const cJSON *list = json_member(at->self->root, "services");
    const cJSON *kind = NULL;
    cJSON_ArrayForEach(kind, list)
    {
        const char *id = json_text(kind, "id");
        if (id == NULL || at->self->n_kinds == UDINE_MAX_KINDS) {
            return source_error(at->diag, "/services",
                                "service %d has no id, or there are more "
                                "than %d services",
                                at->self->n_kinds, UDINE_MAX_KINDS);
        }
        at->self->kinds[at->self->n_kinds++] = id;
    }
    return RUNDE_OK;
}

static int32_t find_kind(const udine_instance *self, const char *id)
{
    int32_t kind = RUNDE_NONE;
    for (int32_t k = 0; id != NULL && k < self->n_kinds; k++) {
        if (strcmp(self->kinds[k], id) == 0) {
            kind = k;
            break;
        }
    }
    return kind;
}

/* ------------------------------------------------------------- carers */

/* The row of a departing point: its own, or its number in the list. */
static int32_t find_point(const cJSON *points, const char *id)
{
    int32_t number = 0;
    const cJSON *point = NULL;
    cJSON_ArrayForEach(point, points)
    {
        if (id == NULL || json_says(point, "id", id)) {
            return (int32_t)json_number(point, "distance_matrix_index",
                                        (double)number);
        }
        number++;
    }
    return RUNDE_NONE;
}

static runde_status parse_carer(parser *at, const cJSON *node,
                                udine_carer *carer)
{
    carer->id = json_text(node, "id");
    const cJSON *start =
        json_either(node, "departing_point", "starting_point_id");
    carer->start_id = cJSON_IsString(start) ? start->valuestring : NULL;
    if (carer->start_id == NULL && at->points != NULL) {
        carer->start_id = json_text(at->points->child, "id");
    }
    const char *end = json_text(node, "arrival_point");
    carer->start_row = find_point(at->points, carer->start_id);
    carer->end_row =
        find_point(at->points, end == NULL ? carer->start_id : end);
    carer->has_shift = json_pair(json_member(node, "working_shift"), "start",
                                 "end", carer->shift);
    carer->lunch = json_is_true(node, "lunch_break");
    if (carer->id == NULL || carer->start_row < 0 || carer->end_row < 0 ||
        carer->start_row >= at->self->n_rows ||
        carer->end_row >= at->self->n_rows) {
        return source_error(at->diag, "/caregivers",
                            "a carer has no id or no known departing point");
    }
    const cJSON *ability = NULL;
    cJSON_ArrayForEach(ability, json_member(node, "abilities"))
    {
        const int32_t kind = find_kind(at->self, cJSON_GetStringValue(ability));
        if (kind < 0) {
            return source_error(at->diag, "/caregivers",
                                "carer %s has an unknown ability", carer->id);
        }
        carer->abilities |= UINT64_C(1) << kind;
    }
    return RUNDE_OK;
}

static runde_status parse_carers(parser *at)
{
    udine_instance *self = at->self;
    const cJSON *list = json_member(self->root, "caregivers");
    const int32_t n = cJSON_GetArraySize(list);
    self->carers = zeros(n, sizeof *self->carers);
    runde_status status = self->carers == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        if (status == RUNDE_OK) {
            status = parse_carer(at, node, &self->carers[self->n_carers++]);
        }
    }
    return status;
}

static int32_t find_carer(const udine_instance *self, const char *id)
{
    int32_t found = RUNDE_NONE;
    for (int32_t c = 0; id != NULL && c < self->n_carers; c++) {
        if (strcmp(self->carers[c].id, id) == 0) {
            found = c;
            break;
        }
    }
    return found;
}

/* ----------------------------------------------------------- patients */

static bool add_window(udine_patient *patient, const cJSON *value)
{
    return patient->n_windows < UDINE_MAX_WINDOWS &&
           json_pair(value, "start", "end",
                     patient->windows[patient->n_windows++]);
}

static void sort_windows(udine_patient *patient)
{
    double(*w)[2] = patient->windows;
    for (int32_t i = 1; i < patient->n_windows; i++) {
        for (int32_t j = i; j > 0 && w[j][0] < w[j - 1][0]; j--) {
            const double start = w[j][0];
            const double end = w[j][1];
            w[j][0] = w[j - 1][0];
            w[j][1] = w[j - 1][1];
            w[j - 1][0] = start;
            w[j - 1][1] = end;
        }
    }
}

static bool parse_windows(const cJSON *node, udine_patient *patient)
{
    const cJSON *windows = json_member(node, "time_windows");
    bool ok = true;
    if (windows == NULL) {
        ok = add_window(patient, json_member(node, "time_window"));
    } else {
        const cJSON *window = NULL;
        cJSON_ArrayForEach(window, windows)
        {
            ok = ok && add_window(patient, window);
        }
    }
    sort_windows(patient);
    return ok && patient->n_windows > 0;
}

/* How long a kind of service takes where the patient does not say. */
static double default_duration(const udine_instance *self, int32_t kind)
{
    const cJSON *node =
        cJSON_GetArrayItem(json_member(self->root, "services"), kind);
    return json_number(node, "default_duration", -1.0);
}

static bool parse_services(const udine_instance *self, const cJSON *node,
                           udine_patient *patient)
{
    const cJSON *list =
        json_either(node, "required_services", "required_caregivers");
    const cJSON *service = NULL;
    bool ok = true;
    cJSON_ArrayForEach(service, list)
    {
        const int32_t kind = find_kind(self, json_text(service, "service"));
        if (kind < 0 || patient->n_services == UDINE_MAX_SERVICES) {
            ok = false;
            break;
        }
        const double duration =
            json_number(service, "duration", default_duration(self, kind));
        patient->services[patient->n_services] = kind;
        patient->durations[patient->n_services] = duration;
        patient->n_services++;
        ok = ok && duration >= 0.0;
    }
    return ok && patient->n_services > 0;
}

static bool parse_sync(const cJSON *node, udine_patient *patient)
{
    const cJSON *sync = json_member(node, "synchronization");
    bool ok = true;
    if (json_says(sync, "type", "simultaneous")) {
        patient->sync = UDINE_SIMULTANEOUS;
    } else if (json_says(sync, "type", "sequential")) {
        patient->sync = UDINE_SEQUENTIAL;
        ok = json_pair(json_member(sync, "distance"), "min", "max",
                       patient->gap);
    } else {
        ok = sync == NULL || json_says(sync, "type", "independent");
    }
    return ok;
}

static void parse_wishes(udine_instance *self, const cJSON *list,
                         int32_t patient, udine_wish wish)
{
    const cJSON *name = NULL;
    cJSON_ArrayForEach(name, list)
    {
        const int32_t carer = find_carer(self, cJSON_GetStringValue(name));
        if (carer >= 0) {
            self->wishes[(ptrdiff_t)patient * self->n_carers + carer] =
                (unsigned char)wish;
        }
    }
}

static runde_status parse_patient(parser *at, const cJSON *node, int32_t index)
{
    udine_instance *self = at->self;
    udine_patient *patient = &self->patients[index];
    const int32_t n_points = cJSON_GetArraySize(at->points);
    patient->id = json_text(node, "id");
    patient->row = (int32_t)json_number(node, "distance_matrix_index",
                                        (double)(index + n_points));
    patient->optional = json_is_true(node, "optional");
    const cJSON *preferred = json_member(node, "preferred_caregivers");
    patient->has_preferred = preferred != NULL;
    parse_wishes(self, preferred, index, UDINE_PREFERRED);
    parse_wishes(self, json_member(node, "incompatible_caregivers"), index,
                 UDINE_INCOMPATIBLE);
    if (patient->id == NULL || patient->row < 0 ||
        patient->row >= self->n_rows || !parse_windows(node, patient) ||
        !parse_services(self, node, patient) || !parse_sync(node, patient)) {
        return source_error(at->diag, "/patients",
                            "patient %d lacks an id, a row of the matrix, a "
                            "window, a service or a known synchronisation",
                            index);
    }
    patient->first_visit = self->n_visits;
    self->n_visits += patient->n_services;
    return RUNDE_OK;
}

static runde_status number_visits(udine_instance *self)
{
    self->patient_of = zeros(self->n_visits, sizeof *self->patient_of);
    if (self->patient_of == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t p = 0; p < self->n_patients; p++) {
        for (int32_t k = 0; k < self->patients[p].n_services; k++) {
            self->patient_of[self->patients[p].first_visit + k] = p;
        }
    }
    return RUNDE_OK;
}

static runde_status parse_patients(parser *at)
{
    udine_instance *self = at->self;
    const cJSON *list = json_member(self->root, "patients");
    const int32_t n = cJSON_GetArraySize(list);
    self->patients = zeros(n, sizeof *self->patients);
    self->wishes = calloc((size_t)n + 1, (size_t)self->n_carers + 1);
    if (self->patients == NULL || self->wishes == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = RUNDE_OK;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        if (status == RUNDE_OK) {
            status = parse_patient(at, node, self->n_patients++);
        }
    }
    return status == RUNDE_OK ? number_visits(self) : status;
}

/* ------------------------------------------------------------- travel */

static runde_status parse_travel(parser *at)
{
    udine_instance *self = at->self;
    const cJSON *rows = json_member(self->root, "distances");
    self->n_rows = cJSON_GetArraySize(rows);
    self->travel = calloc((size_t)self->n_rows + 1,
                          ((size_t)self->n_rows + 1) * sizeof(double));
    if (self->travel == NULL) {
        return RUNDE_E_NOMEM;
    }
    ptrdiff_t cell = 0;
    const cJSON *row = NULL;
    cJSON_ArrayForEach(row, rows)
    {
        if (cJSON_GetArraySize(row) != self->n_rows) {
            return source_error(at->diag, "/distances",
                                "the matrix is not square");
        }
        const cJSON *value = NULL;
        cJSON_ArrayForEach(value, row)
        {
            self->travel[cell++] = value->valuedouble;
        }
    }
    return RUNDE_OK;
}

/* Every service once, each behind the longest leg, from the latest bound on. */
static int32_t find_horizon(const udine_instance *self)
{
    double latest = 0.0;
    double sum = self->lunch[1] + self->lunch_duration;
    double leg = 0.0;
    for (ptrdiff_t i = 0; i < (ptrdiff_t)self->n_rows * self->n_rows; i++) {
        leg = fmax(leg, self->travel[i]);
    }
    for (int32_t p = 0; p < self->n_patients; p++) {
        const udine_patient *patient = &self->patients[p];
        latest = fmax(latest, patient->windows[patient->n_windows - 1][1]);
        sum += fmax(patient->gap[0], 0.0);
        for (int32_t k = 0; k < patient->n_services; k++) {
            sum += patient->durations[k] + leg;
        }
    }
    for (int32_t c = 0; c < self->n_carers; c++) {
        latest = fmax(latest, self->carers[c].shift[1]);
    }
    return source_ticks(latest + sum + leg, self->scale);
}

static void parse_lunch(udine_instance *self)
{
    const cJSON *lunch = json_member(self->root, "lunch_breaks");
    self->has_lunch = json_pair(lunch, "start", "end", self->lunch);
    self->lunch_duration = json_number(lunch, "min_duration", 0.0);
    self->lunch_latest = self->lunch[1];
}

runde_status udine_parse(udine_instance **out, const bench_source *source,
                         double scale, runde_diag *diag)
{
    parser at = {zeros(1, sizeof(udine_instance)), diag, NULL};
    if (at.self == NULL) {
        return RUNDE_E_NOMEM;
    }
    at.self->scale = scale;
    at.self->root = cJSON_ParseWithLength(source->text, source->length);
    const cJSON *points =
        json_either(at.self->root, "terminal_points", "departing_points");
    at.points =
        points != NULL ? points : json_member(at.self->root, "central_offices");
    runde_status status = RUNDE_OK;
    if (!cJSON_IsArray(at.points)) {
        status = source_error(diag, "", "not JSON, or no departing point");
    }
    runde_status (*const parts[])(parser *) = {parse_travel, parse_kinds,
                                               parse_carers, parse_patients};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (status == RUNDE_OK) {
            status = parts[i](&at);
        }
    }
    if (status == RUNDE_OK) {
        parse_lunch(at.self);
        at.self->horizon = find_horizon(at.self);
        *out = at.self;
    } else {
        udine_free(at.self);
    }
    return status;
}
