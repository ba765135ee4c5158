/* SPDX-License-Identifier: MIT */
#include "vroom.h"

#include "draft.h"
#include "source.h"
#include "vroom_matrix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ITEMS 64 /* windows of a job, breaks, skills, loads */
#define MAX_MODES 16
#define SECONDS_PER_DAY 86400.0

/** A profile at a speed. */
typedef struct travel_mode {
    const char *profile;
    double speed_factor;
} travel_mode;

typedef struct importer {
    cJSON *root;
    const cJSON *jobs;
    const cJSON *vehicles;
    vroom_matrices matrices;
    runde_diag *diag;
    draft to;
    double base; /* seconds of tick 0 */
    int32_t n_places;
    double (*places)[2]; /* longitude, latitude; NaN where none is given */
    int32_t n_skills;
    double *skills; /* ascending */
    int32_t n_modes;
    travel_mode modes[MAX_MODES];
    int32_t n_dimensions;
    bool has_max_tasks;
} importer;

static void fail(importer *self, const char *pointer, const char *message)
{
    const runde_status status =
        source_error(self->diag, pointer, "%s", message);
    if (self->to.status == RUNDE_OK) {
        self->to.status = status;
    }
}

static void run_out(importer *self)
{
    if (self->to.status == RUNDE_OK) {
        self->to.status = RUNDE_E_NOMEM;
    }
}

/* Where a record is: "/jobs/12" and what follows. */
typedef struct where {
    char text[64];
} where;

static where at(const char *list, int32_t index, const char *member)
{
    where place;
    (void)snprintf(place.text, sizeof place.text, "/%s/%d%s", list, index,
                   member);
    return place;
}

/* Says which members of a record are left aside, once per kind of record
 * would hide them; the caller's limit of findings is the limit here. */
static void warn_unknown(importer *self, const cJSON *node,
                         const char *const *known, const char *pointer)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, node)
    {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], member->string) != 0) {
            i++;
        }
        if (known[i] == NULL) {
            source_warn(self->diag, pointer, "\"%s\" is left aside",
                        member->string);
        }
    }
}

/* An id is a whole number; ids of the library are strings. */
static bool read_id(const cJSON *node, char *id, size_t room)
{
    const double value = json_number(node, "id", -1.0);
    const bool ok = value >= 0.0 && value < 9e15 && floor(value) == value;
    (void)snprintf(id, room, "%.0f", ok ? value : 0.0);
    return ok;
}

static int32_t whole(const cJSON *node, const char *key, double fallback)
{
    return source_ticks(json_number(node, key, fallback), 1.0);
}

/* ---------------------------------------------------------------- time */

typedef struct span {
    double first;
    double last;
} span;

static void widen(span *all, const cJSON *window)
{
    double bounds[2];
    if (json_pair(window, "", "", bounds)) {
        all->first = fmin(all->first, bounds[0]);
        all->last = fmax(all->last, bounds[1]);
    }
}

/* Small times are seconds of the day and stay what they are. */
static void find_base(importer *self)
{
    span all = {INFINITY, -INFINITY};
    const cJSON *node = NULL;
    const cJSON *window = NULL;
    cJSON_ArrayForEach(node, self->jobs)
    {
        cJSON_ArrayForEach(window, json_member(node, "time_windows"))
        {
            widen(&all, window);
        }
    }
    cJSON_ArrayForEach(node, self->vehicles)
    {
        widen(&all, json_member(node, "time_window"));
    }
    if (all.last > BENCH_TIME_MAX && all.first < INFINITY) {
        self->base = floor(all.first / SECONDS_PER_DAY) * SECONDS_PER_DAY;
    }
}

static int32_t tick_of(const importer *self, double seconds)
{
    return source_ticks(seconds - self->base, 1.0);
}

/* -------------------------------------------------------------- places */

static int order_places(const void *a, const void *b)
{
    const double *p = a;
    const double *q = b;
    int order = (p[0] > q[0]) - (p[0] < q[0]);
    if (order == 0) {
        order = (p[1] > q[1]) - (p[1] < q[1]);
    }
    return order;
}

/* The members that say where something is, and the row that belongs. */
static const char *const place_members[3][2] = {
    {"location", "location_index"},
    {"start", "start_index"},
    {"end", "end_index"},
};

static void note_places(importer *self, const cJSON *list, bool by_row)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        for (size_t i = 0; i < 3; i++) {
            const char *const *names = place_members[i];
            double where_is[2];
            if (!json_pair(json_member(node, names[0]), "", "", where_is)) {
                continue;
            }
            const double row =
                by_row ? json_number(node, names[1], -1.0) : self->n_places++;
            if (row >= 0.0 && row < self->n_places) {
                double *place = self->places[(ptrdiff_t)row];
                place[0] = where_is[0];
                place[1] = where_is[1];
            }
        }
    }
}

static void unite_places(importer *self)
{
    qsort(self->places, (size_t)self->n_places, sizeof *self->places,
          order_places);
    int32_t kept = 0;
    for (int32_t i = 0; i < self->n_places; i++) {
        if (kept == 0 ||
            order_places(self->places[kept - 1], self->places[i]) != 0) {
            memmove(self->places[kept++], self->places[i],
                    sizeof *self->places);
        }
    }
    self->n_places = kept;
}

static void find_places(importer *self)
{
    const bool by_row = self->matrices.n > 0;
    const size_t room =
        by_row ? (size_t)self->matrices.of[0].n
               : (size_t)cJSON_GetArraySize(self->jobs) +
                     2 * (size_t)cJSON_GetArraySize(self->vehicles);
    self->places = malloc((room + 1) * sizeof *self->places);
    if (self->places == NULL) {
        run_out(self);
        return;
    }
    for (size_t i = 0; i < room; i++) {
        self->places[i][0] = NAN;
        self->places[i][1] = NAN;
    }
    self->n_places = by_row ? (int32_t)room : 0;
    note_places(self, self->jobs, by_row);
    note_places(self, self->vehicles, by_row);
    if (!by_row) {
        unite_places(self);
    }
}

static void add_places(importer *self)
{
    for (int32_t i = 0; i < self->n_places; i++) {
        if (self->to.status != RUNDE_OK) {
            return;
        }
        char id[32];
        (void)snprintf(id, sizeof id, "place-%d", i);
        runde_place place = RUNDE_PLACE_INIT;
        place.id = id;
        place.has_coordinates = !isnan(self->places[i][0]);
        if (place.has_coordinates) {
            place.lon = self->places[i][0];
            place.lat = self->places[i][1];
        }
        self->to.status =
            runde_problem_add_place(self->to.problem, &place, NULL);
    }
}

/* RUNDE_NONE when the record does not say. */
static int32_t find_place(importer *self, const cJSON *node, size_t member)
{
    const char *const *names = place_members[member];
    int32_t found = RUNDE_NONE;
    double key[2];
    if (self->matrices.n > 0) {
        const double row = json_number(node, names[1], -1.0);
        found = row >= 0.0 && row < self->n_places ? (int32_t)row : RUNDE_NONE;
    } else if (json_pair(json_member(node, names[0]), "", "", key)) {
        double(*hit)[2] = bsearch(key, self->places, (size_t)self->n_places,
                                  sizeof *self->places, order_places);
        found = hit == NULL ? RUNDE_NONE : (int32_t)(hit - self->places);
    }
    return found;
}

/* --------------------------------------------------------------- modes */

static const char *profile_of(const cJSON *vehicle)
{
    const char *profile = json_text(vehicle, "profile");
    return profile == NULL ? "car" : profile;
}

static int32_t find_mode(const importer *self, const cJSON *vehicle)
{
    const double factor = json_number(vehicle, "speed_factor", 1.0);
    int32_t mode = 0;
    while (mode < self->n_modes &&
           (strcmp(self->modes[mode].profile, profile_of(vehicle)) != 0 ||
            self->modes[mode].speed_factor != factor)) {
        mode++;
    }
    return mode;
}

/* The library's own words for what routing engines call their profiles. */
static const char *mode_name(const char *profile)
{
    const char *name = "car";
    if (strcmp(profile, "bike") == 0 || strncmp(profile, "bicycle", 7) == 0 ||
        strncmp(profile, "cycling", 7) == 0) {
        name = "bicycle";
    } else if (strncmp(profile, "foot", 4) == 0 ||
               strncmp(profile, "walk", 4) == 0) {
        name = "walk";
    }
    return name;
}

static int32_t *copy_cells(const int32_t *cells, int32_t n, double factor)
{
    const size_t count = (size_t)n * (size_t)n;
    int32_t *copy = cells == NULL ? NULL : malloc(count * sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = cells[i] < 0 ? RUNDE_UNREACHABLE
                               : source_ticks((double)cells[i], 1.0 / factor);
    }
    return copy;
}

static void add_matrix(importer *self, const travel_mode *mode, int32_t index)
{
    const vroom_matrix *matrix =
        vroom_matrices_find(&self->matrices, mode->profile);
    if (matrix == NULL) {
        fail(self, "/matrices", "a vehicle has a profile without a matrix");
        return;
    }
    int32_t *durations =
        copy_cells(matrix->durations, matrix->n, mode->speed_factor);
    int32_t *distances = copy_cells(matrix->distances, matrix->n, 1.0);
    if (durations == NULL || (distances == NULL && matrix->distances != NULL)) {
        run_out(self);
    }
    if (self->to.status == RUNDE_OK) {
        self->to.status = runde_problem_take_matrix(
            self->to.problem, index, matrix->n, durations, distances);
    }
    if (self->to.status != RUNDE_OK) {
        free(durations);
        free(distances);
    }
}

static void add_mode(importer *self, const cJSON *vehicle)
{
    travel_mode *mode = &self->modes[self->n_modes];
    mode->profile = profile_of(vehicle);
    mode->speed_factor = json_number(vehicle, "speed_factor", 1.0);
    if (!(mode->speed_factor > 0.0 && mode->speed_factor <= 5.0)) {
        fail(self, "/vehicles", "a speed factor is not above 0 and at most 5");
        return;
    }
    char id[96];
    if (self->matrices.n == 0) {
        (void)snprintf(id, sizeof id, "%s", mode_name(mode->profile));
        if (mode->speed_factor != 1.0) {
            fail(self, "/vehicles",
                 "a speed factor needs the profile's matrix of durations");
        }
    } else if (mode->speed_factor == 1.0) {
        (void)snprintf(id, sizeof id, "%s", mode->profile);
    } else {
        (void)snprintf(id, sizeof id, "%s x%g", mode->profile,
                       mode->speed_factor);
    }
    int32_t index = 0;
    if (self->to.status == RUNDE_OK) {
        self->to.status = runde_problem_add_mode(self->to.problem, id, &index);
    }
    if (self->to.status == RUNDE_OK && self->matrices.n > 0) {
        add_matrix(self, mode, index);
    }
    self->n_modes++;
}

static void add_modes(importer *self)
{
    const cJSON *vehicle = NULL;
    cJSON_ArrayForEach(vehicle, self->vehicles)
    {
        if (self->to.status != RUNDE_OK) {
            break;
        }
        if (find_mode(self, vehicle) < self->n_modes) {
            continue;
        }
        if (self->n_modes == MAX_MODES) {
            fail(self, "/vehicles", "more than 16 profiles and speed factors");
            break;
        }
        add_mode(self, vehicle);
    }
}

/* ---------------------------------------------------- skills and loads */

static int order_numbers(const void *a, const void *b)
{
    const double p = *(const double *)a;
    const double q = *(const double *)b;
    return (p > q) - (p < q);
}

static int32_t count_skills(const cJSON *list)
{
    int32_t n = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        n += cJSON_GetArraySize(json_member(node, "skills"));
    }
    return n;
}

static void note_skills(importer *self, const cJSON *list)
{
    const cJSON *node = NULL;
    const cJSON *skill = NULL;
    cJSON_ArrayForEach(node, list)
    {
        cJSON_ArrayForEach(skill, json_member(node, "skills"))
        {
            self->skills[self->n_skills++] = skill->valuedouble;
        }
    }
}

static void add_skills(importer *self)
{
    const int32_t n = count_skills(self->jobs) + count_skills(self->vehicles);
    self->skills = malloc(((size_t)n + 1) * sizeof *self->skills);
    if (self->skills == NULL) {
        run_out(self);
        return;
    }
    note_skills(self, self->jobs);
    note_skills(self, self->vehicles);
    qsort(self->skills, (size_t)n, sizeof *self->skills, order_numbers);
    self->n_skills = 0;
    for (int32_t i = 0; i < n; i++) {
        if (self->n_skills > 0 &&
            self->skills[self->n_skills - 1] >= self->skills[i]) {
            continue;
        }
        char id[32];
        (void)snprintf(id, sizeof id, "%.0f", self->skills[i]);
        self->skills[self->n_skills++] = self->skills[i];
        draft_skill(&self->to, id);
    }
}

static int32_t find_skill(const importer *self, double skill)
{
    const double *hit = bsearch(&skill, self->skills, (size_t)self->n_skills,
                                sizeof *self->skills, order_numbers);
    return (int32_t)(hit - self->skills);
}

/* A load per dimension of the capacities, then the one that counts tasks. */
static void add_loads(importer *self)
{
    const cJSON *vehicle = NULL;
    cJSON_ArrayForEach(vehicle, self->vehicles)
    {
        const int32_t n = cJSON_GetArraySize(json_member(vehicle, "capacity"));
        self->n_dimensions = n > self->n_dimensions ? n : self->n_dimensions;
        self->has_max_tasks =
            self->has_max_tasks || json_member(vehicle, "max_tasks") != NULL;
    }
    if (self->n_dimensions >= MAX_ITEMS) {
        fail(self, "/vehicles", "a capacity has more than 63 dimensions");
        return;
    }
    const int32_t n = self->n_dimensions + (self->has_max_tasks ? 1 : 0);
    for (int32_t i = 0; i < n && self->to.status == RUNDE_OK; i++) {
        char id[32];
        (void)snprintf(id, sizeof id, "capacity-%d", i);
        runde_load load = RUNDE_LOAD_INIT;
        load.id = i < self->n_dimensions ? id : "tasks";
        self->to.status = runde_problem_add_load(self->to.problem, &load, NULL);
    }
}

static int32_t amount_at(const cJSON *list, int32_t index)
{
    const cJSON *value = cJSON_GetArrayItem(list, index);
    return cJSON_IsNumber(value) ? source_ticks(value->valuedouble, 1.0) : 0;
}

/* ------------------------------------------------------------ vehicles */

static int32_t read_breaks(importer *self, const cJSON *vehicle, int32_t index,
                           runde_break *breaks)
{
    static const char *const known[] = {"id", "service", "time_windows",
                                        "description", NULL};
    int32_t n = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, json_member(vehicle, "breaks"))
    {
        const where pointer = at("vehicles", index, "/breaks");
        warn_unknown(self, node, known, pointer.text);
        if (n == MAX_ITEMS) {
            fail(self, pointer.text, "more than 64 breaks");
            break;
        }
        const cJSON *windows = json_member(node, "time_windows");
        double bounds[2] = {self->base, self->base + BENCH_TIME_MAX};
        if (cJSON_GetArraySize(windows) > 0 &&
            !json_pair(windows->child, "", "", bounds)) {
            fail(self, pointer.text, "a window is not two numbers");
        }
        if (cJSON_GetArraySize(windows) > 1) {
            source_warn(self->diag, pointer.text,
                        "only the first window of a break is used");
        }
        breaks[n++] = (runde_break){.duration = whole(node, "service", 0.0),
                                    .min_start = tick_of(self, bounds[0]),
                                    .max_start = tick_of(self, bounds[1]),
                                    .interrupts_travel = true};
    }
    return n;
}

static int32_t read_caps(const importer *self, const cJSON *vehicle,
                         runde_cap *caps)
{
    int32_t n = 0;
    const cJSON *capacity = json_member(vehicle, "capacity");
    for (int32_t i = 0; i < self->n_dimensions; i++) {
        caps[n++] = (runde_cap){i, amount_at(capacity, i)};
    }
    if (json_member(vehicle, "max_tasks") != NULL) {
        caps[n++] =
            (runde_cap){self->n_dimensions, whole(vehicle, "max_tasks", 0.0)};
    }
    return n;
}

static int32_t read_skills(importer *self, const cJSON *node,
                           const char *pointer, runde_skill_held *held)
{
    int32_t n = 0;
    const cJSON *skill = NULL;
    cJSON_ArrayForEach(skill, json_member(node, "skills"))
    {
        if (n == MAX_ITEMS) {
            fail(self, pointer, "more than 64 skills");
            break;
        }
        held[n++] = (runde_skill_held){find_skill(self, skill->valuedouble), 1,
                                       RUNDE_TIME_NONE};
    }
    return n;
}

static void add_shift(importer *self, const cJSON *vehicle, int32_t index,
                      const char *id)
{
    runde_break breaks[MAX_ITEMS];
    runde_cap caps[MAX_ITEMS];
    double bounds[2] = {self->base, self->base + BENCH_TIME_MAX};
    const cJSON *window = json_member(vehicle, "time_window");
    if (window != NULL && !json_pair(window, "", "", bounds)) {
        fail(self, at("vehicles", index, "/time_window").text,
             "the window is not two numbers");
    }
    runde_shift shift = RUNDE_SHIFT_INIT;
    shift.id = id;
    shift.carer = index;
    shift.start = tick_of(self, bounds[0]);
    shift.end = tick_of(self, bounds[1]);
    shift.start_place = find_place(self, vehicle, 1);
    shift.end_place = find_place(self, vehicle, 2);
    shift.mode = find_mode(self, vehicle);
    shift.breaks = breaks;
    shift.n_breaks = read_breaks(self, vehicle, index, breaks);
    shift.caps = caps;
    shift.n_caps = read_caps(self, vehicle, caps);
    draft_shift(&self->to, &shift);
}

static void add_vehicle(importer *self, const cJSON *vehicle, int32_t index)
{
    static const char *const known[] = {
        "id",     "profile",      "description", "start",  "start_index",
        "end",    "end_index",    "capacity",    "skills", "time_window",
        "breaks", "speed_factor", "max_tasks",   NULL};
    const where pointer = at("vehicles", index, "");
    warn_unknown(self, vehicle, known, pointer.text);
    char id[32];
    if (!read_id(vehicle, id, sizeof id)) {
        fail(self, pointer.text, "the id is not a whole number");
    }
    runde_skill_held held[MAX_ITEMS];
    runde_carer carer = RUNDE_CARER_INIT;
    carer.id = id;
    carer.skills = held;
    carer.n_skills = read_skills(self, vehicle, pointer.text, held);
    draft_carer(&self->to, &carer);
    add_shift(self, vehicle, index, id);
}

/* ---------------------------------------------------------------- jobs */

static int32_t read_windows(importer *self, const cJSON *job, int32_t index,
                            int32_t setup, runde_window *windows)
{
    int32_t n = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, json_member(job, "time_windows"))
    {
        double bounds[2];
        if (n == MAX_ITEMS || !json_pair(node, "", "", bounds)) {
            fail(self, at("jobs", index, "/time_windows").text,
                 "more than 64 windows, or one that is not two numbers");
            break;
        }
        const int32_t first = tick_of(self, bounds[0]) + setup;
        const int32_t last = tick_of(self, bounds[1]);
        windows[n++] = (runde_window){first, last < first ? last + setup : last,
                                      RUNDE_TIME_NONE};
    }
    return n;
}

static int32_t read_loads(const importer *self, const cJSON *job,
                          runde_load_use *uses)
{
    int32_t n = 0;
    const cJSON *delivery = json_either(job, "delivery", "amount");
    const cJSON *pickup = json_member(job, "pickup");
    for (int32_t i = 0; i < self->n_dimensions; i++) {
        const int32_t amount = amount_at(delivery, i) + amount_at(pickup, i);
        if (amount > 0) {
            uses[n++] = (runde_load_use){i, amount};
        }
    }
    if (self->has_max_tasks) {
        uses[n++] = (runde_load_use){self->n_dimensions, 1};
    }
    return n;
}

static int32_t read_needs(importer *self, const cJSON *job, int32_t index,
                          runde_skill_need *needs)
{
    runde_skill_held held[MAX_ITEMS];
    const int32_t n =
        read_skills(self, job, at("jobs", index, "/skills").text, held);
    for (int32_t i = 0; i < n; i++) {
        needs[i] = (runde_skill_need){held[i].skill, 1, RUNDE_NONE};
    }
    return n;
}

static void add_visit(importer *self, const cJSON *job, int32_t index,
                      const char *id)
{
    runde_window windows[MAX_ITEMS];
    runde_skill_need needs[MAX_ITEMS];
    runde_load_use uses[MAX_ITEMS];
    const int32_t priority = whole(job, "priority", 0.0);
    runde_visit visit = RUNDE_VISIT_INIT;
    visit.id = id;
    visit.client = index;
    visit.duration = whole(job, "service", 0.0);
    visit.setup = whole(job, "setup", 0.0);
    visit.windows = windows;
    visit.n_windows = read_windows(self, job, index, visit.setup, windows);
    visit.skills = needs;
    visit.n_skills = read_needs(self, job, index, needs);
    visit.loads = uses;
    visit.n_loads = read_loads(self, job, uses);
    /* 0 to 100 there, 1 to 100 here. */
    visit.priority = 1 + (99 * priority + 50) / 100;
    if (priority < 0 || priority > 100) {
        fail(self, at("jobs", index, "/priority").text,
             "the priority is not within 0 to 100");
        return;
    }
    (void)draft_visit(&self->to, &visit);
}

static void add_job(importer *self, const cJSON *job, int32_t index)
{
    static const char *const known[] = {
        "id",       "description",  "location", "location_index", "setup",
        "service",  "delivery",     "pickup",   "amount",         "skills",
        "priority", "time_windows", NULL};
    const where pointer = at("jobs", index, "");
    warn_unknown(self, job, known, pointer.text);
    char id[32];
    if (!read_id(job, id, sizeof id)) {
        fail(self, pointer.text, "the id is not a whole number");
    }
    runde_client client = RUNDE_CLIENT_INIT;
    client.id = id;
    client.place = find_place(self, job, 0);
    if (client.place == RUNDE_NONE) {
        fail(self, pointer.text, "the job has no place");
        return;
    }
    draft_client(&self->to, &client);
    add_visit(self, job, index, id);
}

/* -------------------------------------------------------------- import */

static void add_records(importer *self)
{
    int32_t index = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, self->vehicles)
    {
        add_vehicle(self, node, index++);
    }
    index = 0;
    cJSON_ArrayForEach(node, self->jobs)
    {
        add_job(self, node, index++);
    }
}

/* Another kind of document would pass for a problem without any job. */
static bool is_foreign(importer *self)
{
    const char *format = json_text(self->root, "format");
    if (format != NULL && strncmp(format, "runde-", 6) == 0) {
        fail(self, "/format", "this is a file of Runde, not one of VROOM");
        return true;
    }
    if (!cJSON_HasObjectItem(self->root, "jobs") &&
        !cJSON_HasObjectItem(self->root, "shipments") &&
        !cJSON_HasObjectItem(self->root, "vehicles")) {
        fail(self, "", "no jobs, shipments or vehicles: not a VROOM problem");
        return true;
    }
    return false;
}

static void convert(importer *self)
{
    static const char *const known[] = {"jobs", "vehicles", "matrices", NULL};
    if (is_foreign(self)) {
        return;
    }
    if (json_member(self->root, "shipments") != NULL) {
        fail(self, "/shipments", "shipments have no counterpart");
        return;
    }
    warn_unknown(self, self->root, known, "");
    void (*const steps[])(importer *) = {find_places, add_places, add_modes,
                                         add_skills,  add_loads,  add_records};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (self->to.status == RUNDE_OK) {
            steps[i](self);
        }
    }
    runde_weights weights = draft_weights();
    weights.weight[RUNDE_TRAVEL_TIME] = 1;
    draft_weigh(&self->to, &weights);
}

static runde_status parse(importer *self, const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        return RUNDE_E_NOMEM;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    runde_status status = vroom_matrices_take(&self->matrices, copy, length);
    if (status == RUNDE_OK) {
        self->root = cJSON_ParseWithLength(copy, length);
        self->jobs = json_member(self->root, "jobs");
        self->vehicles = json_member(self->root, "vehicles");
    } else if (status != RUNDE_E_NOMEM) {
        (void)source_error(self->diag, "/matrices",
                           "not square arrays of whole numbers, of the same "
                           "size for all profiles");
    }
    free(copy);
    if (status == RUNDE_OK && !cJSON_IsObject(self->root)) {
        status = source_error(self->diag, "", "the text is not a JSON object");
    }
    return status;
}

runde_status vroom_import(runde_problem **out, const char *text, size_t length,
                          runde_diag *diag)
{
    importer self = {.diag = diag};
    runde_status status = parse(&self, text, length);
    if (status == RUNDE_OK) {
        find_base(&self);
        runde_settings settings = draft_settings(1000);
        settings.has_origin = self.base > 0.0;
        settings.origin = (int64_t)self.base;
        draft_start(&self.to, &settings, diag);
        convert(&self);
        status = draft_finish(&self.to, out, diag);
    }
    cJSON_Delete(self.root);
    vroom_matrices_free(&self.matrices);
    free(self.places);
    free(self.skills);
    return status;
}
