/* SPDX-License-Identifier: MIT */
/* A converter between visit files and FHIR R4; docs/fhir.md has the mapping.
 *
 *     fhir plan VISITS PLAN         a Bundle with an Appointment per visit
 *     fhir careplan VISITS PLAN     a Bundle with a CarePlan per client
 *     fhir visits BUNDLE DATE       a visit file, without carers and shifts
 *
 * Resources refer to each other by identifier and not by address: our ids are
 * not those of any server. An example, to be taken over and changed. */
#include <cjson/cJSON.h>
#include <runde/runde.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Whoever takes this over has systems of identifiers of their own. */
#define SYSTEM "urn:example:runde:"

/* The first failed allocation of a document sticks. */
typedef struct document {
    cJSON *root;
    cJSON *entries;
    bool is_short_of_memory;
} document;

/* -------------------------------------------------------------------- JSON */

static void put_text(document *d, cJSON *to, const char *key, const char *text)
{
    if (cJSON_AddStringToObject(to, key, text) == NULL) {
        d->is_short_of_memory = true;
    }
}

static void put_number(document *d, cJSON *to, const char *key, double number)
{
    if (cJSON_AddNumberToObject(to, key, number) == NULL) {
        d->is_short_of_memory = true;
    }
}

static cJSON *put_object(document *d, cJSON *to, const char *key)
{
    cJSON *object = cJSON_AddObjectToObject(to, key);
    d->is_short_of_memory = d->is_short_of_memory || object == NULL;
    return object;
}

static cJSON *put_array(document *d, cJSON *to, const char *key)
{
    cJSON *array = cJSON_AddArrayToObject(to, key);
    d->is_short_of_memory = d->is_short_of_memory || array == NULL;
    return array;
}

static cJSON *append(document *d, cJSON *array)
{
    cJSON *object = cJSON_CreateObject();
    if (object == NULL || !cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        object = NULL;
        d->is_short_of_memory = true;
    }
    return object;
}

static void begin_bundle(document *d)
{
    *d = (document){cJSON_CreateObject(), NULL, false};
    put_text(d, d->root, "resourceType", "Bundle");
    put_text(d, d->root, "type", "collection");
    d->entries = put_array(d, d->root, "entry");
}

static cJSON *add_resource(document *d, const char *type)
{
    cJSON *resource = put_object(d, append(d, d->entries), "resource");
    put_text(d, resource, "resourceType", type);
    return resource;
}

static int print_document(document *d)
{
    char *text = d->is_short_of_memory ? NULL : cJSON_Print(d->root);
    const bool good = text != NULL && puts(text) >= 0 && fflush(stdout) == 0;
    if (!good) {
        (void)fprintf(stderr, "fhir: out of memory, or cannot write\n");
    }
    cJSON_free(text);
    cJSON_Delete(d->root);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ------------------------------------------------------- problem to FHIR */

/* An instant in UTC, "2026-11-23T07:30:00Z". */
static void put_time(document *d, cJSON *to, const char *key,
                     const runde_problem *problem, int64_t tick)
{
    const runde_settings *settings = runde_problem_settings(problem);
    const time_t at =
        (time_t)(settings->origin + tick * settings->tick_ms / 1000);
    struct tm utc;
    char text[32];
    if (gmtime_r(&at, &utc) != NULL &&
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0) {
        put_text(d, to, key, text);
    }
}

static void put_identifier(document *d, cJSON *to, const char *kind,
                           const char *id)
{
    char system[64];
    (void)snprintf(system, sizeof system, SYSTEM "%s", kind);
    put_text(d, to, "system", system);
    put_text(d, to, "value", id);
}

/* A reference by identifier to a Patient, Practitioner or Location. */
static void put_reference(document *d, cJSON *to, const char *type,
                          const char *kind, const char *id)
{
    put_text(d, to, "type", type);
    put_identifier(d, put_object(d, to, "identifier"), kind, id);
}

static void add_participant(document *d, cJSON *list, const char *status,
                            const char *const actor[3])
{
    cJSON *participant = append(d, list);
    put_reference(d, put_object(d, participant, "actor"), actor[0], actor[1],
                  actor[2]);
    put_text(d, participant, "required", "required");
    put_text(d, participant, "status", status);
}

/* When the visit may take place: from the first start to the last end. */
static void put_windows(document *d, cJSON *to, const runde_problem *problem,
                        const runde_visit *visit)
{
    if (visit->n_windows == 0) {
        return;
    }
    cJSON *list = put_array(d, to, "requestedPeriod");
    for (int32_t i = 0; i < visit->n_windows; i++) {
        const runde_window *w = &visit->windows[i];
        int64_t end = w->max_end == RUNDE_TIME_NONE ? INT64_MAX : w->max_end;
        if (w->max_start != RUNDE_TIME_NONE &&
            (int64_t)w->max_start + visit->duration < end) {
            end = (int64_t)w->max_start + visit->duration;
        }
        cJSON *period = append(d, list);
        if (w->min_start != RUNDE_TIME_NONE) {
            put_time(d, period, "start", problem, w->min_start);
        }
        if (end != INT64_MAX) {
            put_time(d, period, "end", problem, end);
        }
    }
}

/* The stop of a part of a visit and its carer; NULL when it is left out. */
static const runde_stop *find_stop(const runde_problem *problem,
                                   const runde_plan *plan, int32_t visit,
                                   int32_t part, int32_t *carer)
{
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            const runde_stop *stop = &route->stops[i];
            if (stop->kind == RUNDE_STOP_VISIT && stop->item == visit &&
                stop->part == part) {
                *carer = runde_problem_shift(problem, route->shift)->carer;
                return stop;
            }
        }
    }
    return NULL;
}

static void add_carers(document *d, cJSON *list, const runde_problem *problem,
                       const runde_plan *plan, int32_t visit)
{
    const int32_t crew = runde_problem_visit(problem, visit)->crew;
    for (int32_t part = 0; part < crew; part++) {
        int32_t carer = RUNDE_NONE;
        if (find_stop(problem, plan, visit, part, &carer) != NULL) {
            const char *const actor[] = {
                "Practitioner", "carer",
                runde_problem_carer(problem, carer)->id};
            add_participant(d, list, "accepted", actor);
        }
    }
}

static void add_appointment(document *d, const runde_problem *problem,
                            const runde_plan *plan, int32_t index)
{
    const runde_settings *settings = runde_problem_settings(problem);
    const runde_visit *visit = runde_problem_visit(problem, index);
    const runde_client *client = runde_problem_client(problem, visit->client);
    const runde_place *place = runde_problem_place(problem, visit->place);
    int32_t carer = RUNDE_NONE;
    const runde_stop *stop = find_stop(problem, plan, index, 0, &carer);
    const char *status = stop != NULL ? "accepted" : "needs-action";
    cJSON *a = add_resource(d, "Appointment");
    put_identifier(d, append(d, put_array(d, a, "identifier")), "visit",
                   visit->id);
    put_text(d, a, "status", stop != NULL ? "booked" : "waitlist");
    if (stop != NULL) {
        put_time(d, a, "start", problem, stop->start);
        put_time(d, a, "end", problem, stop->departure);
    }
    const int64_t ms = (int64_t)visit->duration * settings->tick_ms;
    const int64_t minutes = (ms + 59999) / 60000;
    if (minutes > 0) { /* a positiveInt */
        put_number(d, a, "minutesDuration", (double)minutes);
    }
    cJSON *participants = put_array(d, a, "participant");
    const char *const patient[] = {"Patient", "client", client->id};
    const char *const where[] = {"Location", "place",
                                 place != NULL ? place->id : ""};
    add_participant(d, participants, status, patient);
    add_carers(d, participants, problem, plan, index);
    if (place != NULL) {
        add_participant(d, participants, status, where);
    }
    put_windows(d, a, problem, visit);
}

/* VKP's visit plan: what a client's own people may see of the day. */
static void add_care_plan(document *d, const runde_problem *problem,
                          const runde_plan *plan, int32_t client)
{
    cJSON *c = add_resource(d, "CarePlan");
    const char *id = runde_problem_client(problem, client)->id;
    put_text(d, c, "status", "active");
    put_text(d, c, "intent", "plan");
    put_text(d, append(d, put_array(d, c, "category")), "text",
             "bes\xC3\xB8ksplan");
    put_reference(d, put_object(d, c, "subject"), "Patient", "client", id);
    cJSON *activities = NULL;
    for (int32_t v = 0; v < runde_problem_n_visits(problem); v++) {
        int32_t carer = RUNDE_NONE;
        const runde_stop *stop =
            runde_problem_visit(problem, v)->client != client
                ? NULL
                : find_stop(problem, plan, v, 0, &carer);
        if (stop == NULL) {
            continue;
        }
        if (activities == NULL) {
            activities = put_array(d, c, "activity");
        }
        cJSON *detail = put_object(d, append(d, activities), "detail");
        put_text(d, detail, "kind", "Appointment");
        put_text(d, detail, "status", "scheduled");
        cJSON *period = put_object(d, detail, "scheduledPeriod");
        put_time(d, period, "start", problem, stop->start);
        put_time(d, period, "end", problem, stop->departure);
        put_reference(d, append(d, put_array(d, detail, "performer")),
                      "Practitioner", "carer",
                      runde_problem_carer(problem, carer)->id);
        put_text(d, detail, "description", runde_problem_visit(problem, v)->id);
    }
}

/* ------------------------------------------------------- FHIR to problem */

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *node = member(object, key);
    return cJSON_IsString(node) ? node->valuestring : NULL;
}

/* The id of the first participant of a type, by identifier or address. */
static const char *actor_of(const cJSON *appointment, const char *type)
{
    const cJSON *participant = NULL;
    const size_t n = strlen(type);
    cJSON_ArrayForEach(participant, member(appointment, "participant"))
    {
        const cJSON *actor = member(participant, "actor");
        const char *named = text_of(actor, "type");
        const char *address = text_of(actor, "reference");
        if (address != NULL && strncmp(address, type, n) == 0 &&
            address[n] == '/') {
            return address + n + 1;
        }
        if (named != NULL && strcmp(named, type) == 0) {
            return text_of(member(actor, "identifier"), "value");
        }
    }
    return NULL;
}

static bool has_id(const cJSON *list, const char *id)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        if (strcmp(text_of(node, "id"), id) == 0) {
            return true;
        }
    }
    return false;
}

static void copy_windows(document *d, cJSON *visit, const cJSON *appointment)
{
    const cJSON *period = NULL;
    cJSON *windows = NULL;
    cJSON_ArrayForEach(period, member(appointment, "requestedPeriod"))
    {
        const char *start = text_of(period, "start");
        const char *end = text_of(period, "end");
        if (windows == NULL) {
            windows = put_array(d, visit, "time_windows");
        }
        cJSON *window = append(d, windows);
        if (start != NULL) {
            put_text(d, window, "min_start", start);
        }
        if (end != NULL) {
            put_text(d, window, "max_end", end);
        }
    }
}

/* What is asked for, not what is done or cancelled. */
static bool is_wanted(const char *status)
{
    static const char *const words[] = {"proposed", "pending", "booked",
                                        "waitlist"};
    for (size_t i = 0; status != NULL && i < sizeof words / sizeof words[0];
         i++) {
        if (strcmp(words[i], status) == 0) {
            return true;
        }
    }
    return false;
}

/* False, said, when an Appointment lacks what a visit needs. */
static bool add_visit(document *d, const cJSON *appointment)
{
    const cJSON *identifier = member(appointment, "identifier");
    const char *id = text_of(cJSON_GetArrayItem(identifier, 0), "value");
    const char *client = actor_of(appointment, "Patient");
    const char *place = actor_of(appointment, "Location");
    const cJSON *minutes = member(appointment, "minutesDuration");
    char duration[40];
    if (id == NULL || client == NULL || !cJSON_IsNumber(minutes) ||
        !(minutes->valuedouble >= 1.0 && minutes->valuedouble <= 1440.0)) {
        (void)fprintf(stderr, "fhir: an Appointment without identifier, "
                              "Patient or minutesDuration (1 to 1440)\n");
        return false;
    }
    cJSON *clients = cJSON_GetObjectItem(d->root, "clients");
    if (!has_id(clients, client)) {
        put_text(d, append(d, clients), "id", client);
    }
    cJSON *places = cJSON_GetObjectItem(d->root, "places");
    if (place != NULL && !has_id(places, place)) {
        put_text(d, append(d, places), "id", place);
    }
    cJSON *visit = append(d, d->entries);
    put_text(d, visit, "id", id);
    put_text(d, visit, "client", client);
    if (place != NULL) {
        put_text(d, visit, "place", place);
    }
    (void)snprintf(duration, sizeof duration, "PT%dM",
                   (int)minutes->valuedouble);
    put_text(d, visit, "service_duration", duration);
    copy_windows(d, visit, appointment);
    return true;
}

static int convert_bundle(const cJSON *bundle, const char *date)
{
    document d = {cJSON_CreateObject(), NULL, false};
    put_text(&d, d.root, "format", "runde-problem");
    put_number(&d, d.root, "version", 1.0);
    cJSON *settings = put_object(&d, d.root, "settings");
    put_text(&d, put_object(&d, settings, "horizon"), "start", date);
    put_text(&d, settings, "time_zone", "Europe/Oslo");
    (void)put_array(&d, d.root, "places");
    (void)put_array(&d, d.root, "clients");
    d.entries = put_array(&d, d.root, "visits");
    const cJSON *entry = NULL;
    bool good = !d.is_short_of_memory;
    cJSON_ArrayForEach(entry, member(bundle, "entry"))
    {
        const cJSON *resource = member(entry, "resource");
        const char *type = text_of(resource, "resourceType");
        if (good && type != NULL && strcmp(type, "Appointment") == 0 &&
            is_wanted(text_of(resource, "status"))) {
            good = add_visit(&d, resource);
        }
    }
    if (!good) {
        cJSON_Delete(d.root);
        return EXIT_FAILURE;
    }
    return print_document(&d);
}

/* ----------------------------------------------------------------- command */

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size = -1;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        size = ftell(file);
        rewind(file);
    }
    if (size >= 0) {
        text = malloc((size_t)size + 1);
    }
    if (text != NULL && fread(text, 1, (size_t)size, file) != (size_t)size) {
        free(text);
        text = NULL;
    }
    if (text != NULL) {
        text[size] = '\0';
        *length = (size_t)size;
    } else {
        (void)fprintf(stderr, "fhir: cannot read %s\n", path);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return text;
}

static void show(const runde_finding *finding, void *path)
{
    (void)fprintf(stderr, "fhir: %s: %s %s %s\n", (const char *)path,
                  finding->code, finding->pointer, finding->message);
}

/* A visit file and a plan of it; false, said, when one is not right. */
static bool read_plan(runde_problem **problem, runde_plan **plan, char **path)
{
    size_t n = 0;
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = show;
    diag.payload = path[0];
    char *text = read_file(path[0], &n);
    bool good = text != NULL &&
                runde_problem_from_json(problem, text, n, &diag) == RUNDE_OK;
    free(text);
    if (good && !runde_problem_settings(*problem)->has_origin) {
        (void)fprintf(stderr, "fhir: %s: no horizon.start, so no dates\n",
                      path[0]);
        good = false;
    }
    text = good ? read_file(path[1], &n) : NULL;
    diag.payload = path[1];
    good = text != NULL &&
           runde_plan_from_json(plan, *problem, text, n, &diag) == RUNDE_OK;
    free(text);
    return good;
}

static int write_bundle(char **path, bool wants_care_plans)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    int code = EXIT_FAILURE;
    if (read_plan(&problem, &plan, path)) {
        document d;
        begin_bundle(&d);
        const int32_t n = wants_care_plans ? runde_problem_n_clients(problem)
                                           : runde_problem_n_visits(problem);
        for (int32_t i = 0; i < n; i++) {
            if (wants_care_plans) {
                add_care_plan(&d, problem, plan, i);
            } else {
                add_appointment(&d, problem, plan, i);
            }
        }
        code = print_document(&d);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return code;
}

static int read_bundle(const char *path, const char *date)
{
    size_t n = 0;
    char *text = read_file(path, &n);
    cJSON *bundle = text == NULL ? NULL : cJSON_ParseWithLength(text, n);
    const char *type = text_of(bundle, "resourceType");
    int code = EXIT_FAILURE;
    if (type != NULL && strcmp(type, "Bundle") == 0) {
        code = convert_bundle(bundle, date);
    } else if (text != NULL) {
        (void)fprintf(stderr, "fhir: %s: no FHIR Bundle in JSON\n", path);
    }
    cJSON_Delete(bundle);
    free(text);
    return code;
}

int main(int argc, char **argv)
{
    const char *word = argc == 4 ? argv[1] : "";
    if (strcmp(word, "plan") == 0) {
        return write_bundle(argv + 2, false);
    }
    if (strcmp(word, "careplan") == 0) {
        return write_bundle(argv + 2, true);
    }
    if (strcmp(word, "visits") == 0) {
        return read_bundle(argv[2], argv[3]);
    }
    (void)fprintf(stderr, "usage: fhir plan VISITS PLAN\n"
                          "       fhir careplan VISITS PLAN\n"
                          "       fhir visits BUNDLE DATE\n");
    return EXIT_FAILURE;
}
