/* SPDX-License-Identifier: MIT */
/* What VROOM's records refer to: places, travel, skills, loads. */
#include "io/vroom_reader.h"

#include "base/alloc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seconds from here on mean that there is no road. */
#define FAR_AWAY (INT32_C(1) << 30)
#define MODE_ID 96
/* Every record has room for each of them. */
#define MOST_DIMENSIONS 63

const char *const rn_vroom_place_keys[3][2] = {{"location", "location_index"},
                                               {"start", "start_index"},
                                               {"end", "end_index"}};

/* ---------------------------------------------------------------- matrices */

/* A square of as many rows as the others; NULL after a finding. */
static const int32_t *read_square(rn_vroom *v, const rn_node *node)
{
    const int32_t *cells = NULL;
    int32_t rows = 0;
    int32_t columns = 0;
    if (!rn_node_matrix(node, &cells, &rows, &columns)) {
        rn_fault_at(&v->in, node, "RUNDE-E602",
                    "a matrix is expected here, not %s",
                    rn_kind_name(rn_node_kind(node)));
        return NULL;
    }
    if (rows != columns || rows == 0 || (v->n_rows > 0 && rows != v->n_rows)) {
        rn_fault_at(&v->in, node, "RUNDE-E613",
                    "a square of %s%d rows is expected here, not %d rows of "
                    "%d cells",
                    v->n_rows > 0 ? "" : "at least ",
                    (int)(v->n_rows > 0 ? v->n_rows : 1), (int)rows,
                    (int)columns);
        return NULL;
    }
    v->n_rows = rows;
    return cells;
}

static void read_matrix(rn_vroom *v, const rn_node *profile)
{
    enum { DURATIONS, DISTANCES, N };
    static const char *const names[N] = {"durations", "distances"};
    const rn_node *found[N];
    rn_vroom_matrix *const matrix = &v->matrices[v->n_matrices];
    rn_path_key(&v->in.path, rn_node_key(profile));
    if (rn_vroom_members(v, profile, names, N, found)) {
        if (found[DURATIONS] == NULL) {
            rn_fault(&v->in, "RUNDE-E604", "the key \"durations\" is missing");
        } else {
            matrix->profile = rn_node_key(profile);
            matrix->durations = read_square(v, found[DURATIONS]);
        }
        if (found[DISTANCES] != NULL) {
            matrix->distances = read_square(v, found[DISTANCES]);
        }
        v->n_matrices += matrix->durations != NULL;
    }
    rn_path_pop(&v->in.path);
}

void rn_vroom_read_matrices(rn_vroom *v, const rn_node *matrices)
{
    if (matrices == NULL) {
        return;
    }
    if (rn_node_kind(matrices) != RN_KIND_OBJECT) {
        rn_fault_at(&v->in, matrices, "RUNDE-E602",
                    "an object is expected here, not %s",
                    rn_kind_name(rn_node_kind(matrices)));
        return;
    }
    v->matrices =
        rn_reader_alloc(&v->in, rn_node_count(matrices), sizeof *v->matrices);
    if (v->matrices == NULL) {
        return;
    }
    rn_path_key(&v->in.path, "matrices");
    for (const rn_node *profile = rn_node_first(matrices); profile != NULL;
         profile = rn_node_next(profile)) {
        read_matrix(v, profile);
    }
    rn_path_pop(&v->in.path);
}

/* ------------------------------------------------------------------ places */

static int compare_positions(const void *a, const void *b)
{
    const rn_vroom_position *const p = a;
    const rn_vroom_position *const q = b;
    int order = (p->lon > q->lon) - (p->lon < q->lon);
    if (order == 0) {
        order = (p->lat > q->lat) - (p->lat < q->lat);
    }
    return order;
}

/* Two numbers, longitude first; the model judges their range. */
static bool read_position(const rn_node *node, rn_vroom_position *at)
{
    const rn_node *const first = rn_node_first(node);
    const rn_node *const second = first == NULL ? NULL : rn_node_next(first);
    at->is_known = rn_node_kind(node) == RN_KIND_ARRAY &&
                   rn_node_count(node) == 2 &&
                   rn_node_decimal(first, -1e6, 1e6, &at->lon) == RN_READ_OK &&
                   rn_node_decimal(second, -1e6, 1e6, &at->lat) == RN_READ_OK;
    return at->is_known;
}

/* Writes down the positions of a record, by row or one after the other. */
static void note_record(rn_vroom *v, const rn_node *record)
{
    for (int i = 0; i < 3; i++) {
        const char *const *const keys = rn_vroom_place_keys[i];
        rn_vroom_position at;
        int64_t row = v->n_places;
        if (!read_position(rn_node_member(record, keys[0]), &at)) {
            continue;
        }
        if (v->n_rows == 0) {
            v->n_places++;
        } else if (rn_node_int(rn_node_member(record, keys[1]), 0,
                               v->n_rows - 1, &row) != RN_READ_OK) {
            continue;
        }
        v->places[row] = at;
    }
}

static void note_records(rn_vroom *v, const rn_node *list)
{
    for (const rn_node *record = rn_node_first(list); record != NULL;
         record = rn_node_next(record)) {
        note_record(v, record);
    }
}

/* Equal coordinates are one place. */
static void unite(rn_vroom *v)
{
    int32_t kept = 0;
    qsort(v->places, (size_t)v->n_places, sizeof *v->places, compare_positions);
    for (int32_t i = 0; i < v->n_places; i++) {
        if (kept == 0 ||
            compare_positions(&v->places[kept - 1], &v->places[i]) != 0) {
            v->places[kept++] = v->places[i];
        }
    }
    v->n_places = kept;
}

void rn_vroom_add_places(rn_vroom *v)
{
    /* A record has three places at most. */
    const int64_t room = v->n_rows > 0 ? v->n_rows
                                       : 3 * ((int64_t)rn_node_count(v->jobs) +
                                              rn_node_count(v->vehicles));
    v->places = rn_reader_alloc(&v->in, room > INT32_MAX ? 0 : (int32_t)room,
                                sizeof *v->places);
    if (v->places == NULL || room > INT32_MAX) {
        rn_reader_note(&v->in, RUNDE_E_LIMIT);
        return;
    }
    note_records(v, v->jobs);
    note_records(v, v->vehicles);
    if (v->n_rows > 0) {
        v->n_places = v->n_rows;
    } else {
        unite(v);
    }
    for (int32_t i = 0; i < v->n_places && v->in.status == RUNDE_OK; i++) {
        char id[32];
        runde_place place = RUNDE_PLACE_INIT;
        (void)snprintf(id, sizeof id, "place-%d", (int)i);
        place.id = id;
        place.has_coordinates = v->places[i].is_known;
        place.lon = v->places[i].lon;
        place.lat = v->places[i].lat;
        rn_reader_note(&v->in,
                       runde_problem_add_place(v->problem, &place, NULL));
    }
}

int32_t rn_vroom_place(rn_vroom *v, const rn_node *location,
                       const rn_node *index)
{
    rn_vroom_position key;
    int32_t row = RUNDE_NONE;
    if (location != NULL && !read_position(location, &key)) {
        rn_fault_at(&v->in, location, "RUNDE-E602",
                    "two numbers are expected here, longitude and latitude");
        return RUNDE_NONE;
    }
    if (v->n_rows > 0) {
        rn_read_int(&v->in, index, 0, v->n_rows - 1, &row);
    } else if (location != NULL) {
        const rn_vroom_position *const hit =
            bsearch(&key, v->places, (size_t)v->n_places, sizeof key,
                    compare_positions);
        row = hit == NULL ? RUNDE_NONE : (int32_t)(hit - v->places);
    }
    return row;
}

/* ------------------------------------------------------------------- modes */

static const char *profile_of(const rn_node *vehicle)
{
    const char *const profile =
        rn_node_string(rn_node_member(vehicle, "profile"));
    return profile == NULL ? "car" : profile;
}

/* 1 when it is not stated or no number: the finding comes with the record. */
static double factor_of(const rn_node *vehicle)
{
    double factor = 1.0;
    (void)rn_node_decimal(rn_node_member(vehicle, "speed_factor"), 0.0, 5.0,
                          &factor);
    return factor;
}

int32_t rn_vroom_mode_of(const rn_vroom *v, const rn_node *vehicle)
{
    const char *const profile = profile_of(vehicle);
    const double factor = factor_of(vehicle);
    int32_t mode = 0;
    while (mode < v->n_modes && (strcmp(v->modes[mode].profile, profile) != 0 ||
                                 v->modes[mode].factor != factor)) {
        mode++;
    }
    return mode;
}

/* The library's own words for what routing engines call their profiles. */
static const char *mode_name(const char *profile)
{
    if (strcmp(profile, "bike") == 0 || strncmp(profile, "bicycle", 7) == 0 ||
        strncmp(profile, "cycling", 7) == 0) {
        return "bicycle";
    }
    return strncmp(profile, "foot", 4) == 0 || strncmp(profile, "walk", 4) == 0
               ? "walk"
               : "car";
}

/* "car", or "car x1.2". */
static void print_mode(const rn_vroom *v, const rn_vroom_mode *mode,
                       char id[MODE_ID])
{
    rn_decimal factor = rn_decimal_of(mode->factor, 6);
    size_t n = strlen(factor.text);
    while (n > 0 && (factor.text[n - 1] == '0' || factor.text[n - 1] == '.')) {
        const bool is_point = factor.text[n - 1] == '.';
        factor.text[--n] = '\0';
        if (is_point) {
            break;
        }
    }
    const char *const name =
        v->n_rows > 0 ? mode->profile : mode_name(mode->profile);
    (void)snprintf(id, MODE_ID, mode->factor == 1.0 ? "%s" : "%s x%s", name,
                   factor.text);
}

static int32_t *copy_cells(rn_vroom *v, const int32_t *cells, double factor)
{
    const size_t count = (size_t)v->n_rows * (size_t)v->n_rows;
    int32_t *const copy =
        cells == NULL ? NULL : rn_realloc_array(NULL, count, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        const double value =
            factor == 1.0 ? cells[i] : round(cells[i] * (1.0 / factor));
        copy[i] = cells[i] < 0 || cells[i] >= FAR_AWAY ? RUNDE_UNREACHABLE
                  : value < FAR_AWAY                   ? (int32_t)value
                                                       : FAR_AWAY - 1;
    }
    if (copy == NULL && cells != NULL) {
        rn_reader_note(&v->in, RUNDE_E_NOMEM);
    }
    return copy;
}

static void add_matrix(rn_vroom *v, const rn_vroom_mode *mode, int32_t index)
{
    const rn_vroom_matrix *matrix = v->matrices;
    const rn_vroom_matrix *const end = v->matrices + v->n_matrices;
    while (matrix < end && strcmp(matrix->profile, mode->profile) != 0) {
        matrix++;
    }
    if (matrix == end) {
        rn_fault(&v->in, "RUNDE-E801", "there is no matrix of this profile");
        return;
    }
    int32_t *const durations = copy_cells(v, matrix->durations, mode->factor);
    int32_t *const distances = copy_cells(v, matrix->distances, 1.0);
    if (v->in.status == RUNDE_OK) {
        rn_reader_note(&v->in,
                       runde_problem_take_matrix(v->problem, index, v->n_rows,
                                                 durations, distances));
    }
    if (v->in.status != RUNDE_OK) {
        rn_free(durations);
        rn_free(distances);
    }
}

/* The path is at the vehicle that is the first to need the mode. */
static void add_mode(rn_vroom *v, const rn_node *vehicle, int32_t index)
{
    char id[MODE_ID];
    int32_t mode = 0;
    if (v->n_modes == RN_VROOM_MODES) {
        rn_fault(&v->in, "RUNDE-E801",
                 "this is one more than %d pairs of profile and speed factor",
                 RN_VROOM_MODES);
        return;
    }
    rn_vroom_mode *const row = &v->modes[v->n_modes++];
    row->profile = profile_of(vehicle);
    row->factor = factor_of(vehicle);
    row->vehicle = index;
    print_mode(v, row, id);
    rn_reader_note(&v->in, runde_problem_add_mode(v->problem, id, &mode));
    if (row->factor <= 0.0) {
        /* Told with the record. */
        return;
    }
    if (v->in.status == RUNDE_OK && v->n_rows > 0) {
        add_matrix(v, row, mode);
    } else if (row->factor != 1.0) {
        rn_fault(&v->in, "RUNDE-E801",
                 "a speed factor needs the profile's matrix of durations");
    }
}

void rn_vroom_add_modes(rn_vroom *v)
{
    rn_list list = rn_list_begin(&v->in, v->vehicles, 0);
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        if (rn_vroom_mode_of(v, list.node) == v->n_modes) {
            add_mode(v, list.node, list.index);
        }
    }
}

/* -------------------------------------------------------- skills and loads */

static int compare_numbers(const void *a, const void *b)
{
    const int64_t p = *(const int64_t *)a;
    const int64_t q = *(const int64_t *)b;
    return (p > q) - (p < q);
}

/* How many skills the records name; written down where there is room. */
static int32_t note_skills(rn_vroom *v, const rn_node *list, bool has_room)
{
    int32_t n = 0;
    for (const rn_node *record = rn_node_first(list); record != NULL;
         record = rn_node_next(record)) {
        for (const rn_node *skill =
                 rn_node_first(rn_node_member(record, "skills"));
             skill != NULL; skill = rn_node_next(skill)) {
            int64_t number = 0;
            if (rn_node_int(skill, 0, INT64_MAX, &number) != RN_READ_OK) {
                continue;
            }
            if (has_room) {
                v->skills[v->n_skills++] = number;
            }
            n++;
        }
    }
    return n;
}

void rn_vroom_add_skills(rn_vroom *v)
{
    const int32_t n =
        note_skills(v, v->jobs, false) + note_skills(v, v->vehicles, false);
    v->skills = rn_reader_alloc(&v->in, n, sizeof *v->skills);
    if (v->skills == NULL) {
        return;
    }
    (void)note_skills(v, v->jobs, true);
    (void)note_skills(v, v->vehicles, true);
    qsort(v->skills, (size_t)n, sizeof *v->skills, compare_numbers);
    v->n_skills = 0;
    for (int32_t i = 0; i < n && v->in.status == RUNDE_OK; i++) {
        char id[32];
        if (v->n_skills > 0 && v->skills[v->n_skills - 1] == v->skills[i]) {
            continue;
        }
        (void)snprintf(id, sizeof id, "%lld", (long long)v->skills[i]);
        v->skills[v->n_skills++] = v->skills[i];
        rn_reader_note(&v->in, runde_problem_add_skill(v->problem, id, NULL));
    }
}

int32_t rn_vroom_skill(const rn_vroom *v, int64_t skill)
{
    const int64_t *const hit = bsearch(&skill, v->skills, (size_t)v->n_skills,
                                       sizeof *v->skills, compare_numbers);
    return hit == NULL ? RUNDE_NONE : (int32_t)(hit - v->skills);
}

/* A load for each dimension of the capacities, then the one that counts
 * tasks. */
void rn_vroom_add_loads(rn_vroom *v)
{
    for (const rn_node *vehicle = rn_node_first(v->vehicles); vehicle != NULL;
         vehicle = rn_node_next(vehicle)) {
        const int32_t n = rn_node_count(rn_vroom_member(vehicle, "capacity"));
        v->n_dimensions = n > v->n_dimensions ? n : v->n_dimensions;
        v->has_max_tasks =
            v->has_max_tasks || rn_vroom_member(vehicle, "max_tasks") != NULL;
    }
    if (v->n_dimensions > MOST_DIMENSIONS) {
        rn_path_key(&v->in.path, "vehicles");
        rn_fault(&v->in, "RUNDE-E801",
                 "a capacity has %d dimensions, more than %d",
                 (int)v->n_dimensions, MOST_DIMENSIONS);
        rn_path_pop(&v->in.path);
        v->n_dimensions = 0;
        v->has_lost_loads = true;
    }
    const int32_t n = v->n_dimensions + v->has_max_tasks;
    for (int32_t i = 0; i < n && v->in.status == RUNDE_OK; i++) {
        char id[32];
        runde_load load = RUNDE_LOAD_INIT;
        (void)snprintf(id, sizeof id, "capacity-%d", (int)i);
        load.id = i < v->n_dimensions ? id : "tasks";
        rn_reader_note(&v->in, runde_problem_add_load(v->problem, &load, NULL));
    }
}
