/* SPDX-License-Identifier: MIT */
/* Places, skills, loads and travel modes. */
#include "io/problem_reader.h"

#include "base/alloc.h"

/* Far beyond what can be right: the model says what is wrong with 100. */
#define DEGREES_MAX 1000.0
#define MODEL_MAX 1000000.0

void rn_read_place(rn_problem_reader *p, const rn_node *node,
                   runde_place *place)
{
    static const char *const names[] = {"id", "lat", "lon"};
    static const rn_keys keys = RN_KEYS(names, 1);
    rn_reader *const r = &p->in;
    const rn_node *found[3];
    const runde_place fresh = RUNDE_PLACE_INIT;
    *place = fresh;
    (void)rn_read_members(r, node, &keys, found);
    place->id = rn_read_id(r, found[0]);
    rn_read_decimal(r, found[1], -DEGREES_MAX, DEGREES_MAX, &place->lat);
    rn_read_decimal(r, found[2], -DEGREES_MAX, DEGREES_MAX, &place->lon);
    place->has_coordinates = found[1] != NULL && found[2] != NULL;
    if ((found[1] != NULL) != (found[2] != NULL)) {
        rn_fault(r, "RUNDE-E612",
                 "\"lat\" and \"lon\" must be given both or neither");
    }
}

void rn_read_places(rn_problem_reader *p, const rn_node *array)
{
    rn_list list = rn_list_begin(&p->in, array, 0);
    for (; list.node != NULL; rn_list_next(&p->in, &list)) {
        runde_place place;
        rn_read_place(p, list.node, &place);
        rn_reader_note(&p->in,
                       runde_problem_add_place(p->problem, &place, NULL));
    }
}

void rn_read_skills(rn_problem_reader *p, const rn_node *array)
{
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const char *const id = rn_read_id(r, list.node);
        rn_reader_note(
            r, runde_problem_add_skill(p->problem, id == NULL ? "" : id, NULL));
    }
}

void rn_read_loads(rn_problem_reader *p, const rn_node *array)
{
    static const char *const names[] = {"id", "shared"};
    static const rn_keys keys = RN_KEYS(names, 1);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[2];
        runde_load load = RUNDE_LOAD_INIT;
        (void)rn_read_members(r, list.node, &keys, found);
        load.id = rn_read_id(r, found[0]);
        rn_read_bool(r, found[1], &load.shared);
        rn_reader_note(r, runde_problem_add_load(p->problem, &load, NULL));
    }
}

void rn_read_skill(rn_problem_reader *p, const rn_node *node, int32_t *index)
{
    if (p->is_listed[RN_ID_SKILL]) {
        rn_read_ref(p, node, RN_ID_SKILL, index);
        return;
    }
    rn_idmap *const ids = &p->ids[RN_ID_SKILL];
    const char *const id = rn_read_id(&p->in, node);
    if (id == NULL) {
        return;
    }
    *index = rn_idmap_get(ids, id);
    if (*index == RUNDE_NONE) {
        rn_reader_note(&p->in, runde_problem_add_skill(p->problem, id, index));
        rn_reader_note(&p->in, rn_idmap_put(ids, id, *index, NULL));
    }
}

void rn_read_mode(rn_problem_reader *p, const rn_node *node, int32_t *index)
{
    if (p->is_listed[RN_ID_MODE]) {
        rn_read_ref(p, node, RN_ID_MODE, index);
        return;
    }
    rn_idmap *const ids = &p->ids[RN_ID_MODE];
    const char *const id = node == NULL ? "car" : rn_read_id(&p->in, node);
    if (id == NULL) {
        return;
    }
    *index = rn_idmap_get(ids, id);
    if (*index == RUNDE_NONE) {
        rn_reader_note(&p->in, runde_problem_add_mode(p->problem, id, index));
        rn_reader_note(&p->in, rn_idmap_put(ids, id, *index, NULL));
    }
}

/* ----------------------------------------------------------------- travel */

/* The size of a square matrix; RUNDE_NONE after a finding. */
static int32_t square(rn_reader *r, const rn_node *node)
{
    const int32_t *cells = NULL;
    int32_t rows = 0;
    int32_t columns = 0;
    if (!rn_node_matrix(node, &cells, &rows, &columns)) {
        rn_fault_at(r, node, "RUNDE-E602",
                    "a matrix, which is an array of rows, is expected here, "
                    "not %s",
                    rn_kind_name(rn_node_kind(node)));
        return RUNDE_NONE;
    }
    if (rows != columns) {
        rn_fault_at(r, node, "RUNDE-E613",
                    "the matrix has %d rows of %d cells; it must be square, "
                    "one row and one column per place",
                    (int)rows, (int)columns);
        return RUNDE_NONE;
    }
    return rows;
}

static void take_matrix(rn_problem_reader *p, int32_t mode,
                        const rn_node *durations, const rn_node *distances)
{
    const int32_t n = square(&p->in, durations);
    const int32_t same = distances == NULL ? n : square(&p->in, distances);
    if (n == RUNDE_NONE || same == RUNDE_NONE) {
        return;
    }
    if (n != same) {
        rn_fault_at(&p->in, distances, "RUNDE-E613",
                    "\"distances\" has %d rows, \"durations\" %d", (int)same,
                    (int)n);
        return;
    }
    if (n == 0) {
        const runde_matrix none = {sizeof none, 0, NULL, NULL};
        rn_reader_note(&p->in,
                       runde_problem_set_matrix(p->problem, mode, &none));
        return;
    }
    int32_t *const ticks = rn_tree_take_matrix(p->tree, durations);
    int32_t *const metres =
        distances == NULL ? NULL : rn_tree_take_matrix(p->tree, distances);
    const runde_status status =
        runde_problem_take_matrix(p->problem, mode, n, ticks, metres);
    if (status != RUNDE_OK) {
        rn_free(ticks);
        rn_free(metres);
        rn_reader_note(&p->in, status);
    }
}

static void read_bands(rn_reader *r, const rn_node *array,
                       runde_speed_model *model)
{
    static const char *const names[] = {"detour", "speed_kmh", "up_to_km"};
    static const rn_keys keys = RN_KEYS(names, 2);
    if (rn_node_count(array) > RUNDE_SPEED_BANDS) {
        rn_fault_at(r, array, "RUNDE-E606",
                    "%d bands are more than the %d allowed",
                    (int)rn_node_count(array), RUNDE_SPEED_BANDS);
        return;
    }
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const int32_t b = list.index;
        const rn_node *found[3];
        (void)rn_read_members(r, list.node, &keys, found);
        rn_read_decimal(r, found[0], 0.0, MODEL_MAX, &model->band[b].detour);
        rn_read_decimal(r, found[1], 0.0, MODEL_MAX, &model->band[b].speed_kmh);
        rn_read_decimal(r, found[2], 0.0, MODEL_MAX, &model->band[b].up_to_km);
        if (found[2] == NULL && list.index + 1 < list.count) {
            rn_fault(r, "RUNDE-E604",
                     "the key \"up_to_km\" is missing; only the last band "
                     "has none");
        }
        model->n_bands = b + 1;
    }
}

static void read_speed_model(rn_problem_reader *p, int32_t mode,
                             const rn_node *node)
{
    static const char *const names[] = {"bands", "access"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const rn_node *found[2];
    runde_speed_model model = {.size = sizeof model};
    if (!rn_reader_enter(&p->in, node)) {
        return;
    }
    (void)rn_read_members(&p->in, node, &keys, found);
    rn_read_seconds(&p->in, found[1], &model.access_s);
    read_bands(&p->in, found[0], &model);
    rn_path_pop(&p->in.path);
    rn_reader_note(&p->in,
                   runde_problem_set_speed_model(p->problem, mode, &model));
}

static void read_leg(rn_problem_reader *p, int32_t mode, const rn_node *node)
{
    static const char *const names[] = {"from", "to", "duration", "distance"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[4];
    rn_reader *const r = &p->in;
    int32_t from = RUNDE_NONE;
    int32_t to = RUNDE_NONE;
    int32_t duration = RUNDE_UNREACHABLE;
    int32_t distance = RUNDE_UNREACHABLE;
    (void)rn_read_members(r, node, &keys, found);
    rn_read_ref(p, found[0], RN_ID_PLACE, &from);
    rn_read_ref(p, found[1], RN_ID_PLACE, &to);
    if (rn_node_kind(found[2]) != RN_KIND_NULL) {
        distance = 0;
        rn_read_duration(r, found[2], &duration);
    }
    if (rn_node_kind(found[3]) != RN_KIND_NULL) {
        rn_read_int(r, found[3], 0, INT32_MAX, &distance);
    } else if (found[3] != NULL) {
        distance = RUNDE_UNREACHABLE;
    }
    rn_reader_note(r, runde_problem_set_leg(p->problem, mode, from, to,
                                            duration, distance));
}

/* All the marks of one row. */
static void read_estimates(rn_problem_reader *p, int32_t mode,
                           const rn_node *node)
{
    static const char *const names[] = {"from", "to"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[2];
    rn_reader *const r = &p->in;
    int32_t from = RUNDE_NONE;
    (void)rn_read_members(r, node, &keys, found);
    rn_read_ref(p, found[0], RN_ID_PLACE, &from);
    if (!rn_reader_enter(r, found[1])) {
        return;
    }
    rn_list list = rn_list_begin(r, found[1], 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        int32_t to = RUNDE_NONE;
        rn_read_ref(p, list.node, RN_ID_PLACE, &to);
        if (from != RUNDE_NONE && to != RUNDE_NONE) {
            rn_reader_note(
                r, runde_problem_set_estimated(p->problem, mode, from, to));
        }
    }
    rn_path_pop(&r->path);
}

static void read_mode(rn_problem_reader *p, int32_t mode,
                      const rn_node *const *found)
{
    enum { ID, DURATIONS, DISTANCES, SPEED_MODEL, LEGS, ESTIMATED };
    rn_reader *const r = &p->in;
    if (found[DURATIONS] != NULL && found[SPEED_MODEL] != NULL) {
        rn_fault(r, "RUNDE-E612",
                 "a mode has \"durations\" or a \"speed_model\", not both");
    } else if (found[DURATIONS] != NULL) {
        take_matrix(p, mode, found[DURATIONS], found[DISTANCES]);
    } else if (found[DISTANCES] != NULL) {
        rn_fault(r, "RUNDE-E604",
                 "the key \"durations\" is missing beside \"distances\"");
    } else {
        read_speed_model(p, mode, found[SPEED_MODEL]);
    }
    rn_list list = rn_list_begin(r, found[LEGS], 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        read_leg(p, mode, list.node);
    }
    list = rn_list_begin(r, found[ESTIMATED], 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        read_estimates(p, mode, list.node);
    }
}

void rn_read_modes(rn_problem_reader *p, const rn_node *array)
{
    static const char *const names[] = {
        "id", "durations", "distances", "speed_model", "legs", "estimated"};
    static const rn_keys keys = RN_KEYS(names, 1);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[6];
        int32_t mode = RUNDE_NONE;
        (void)rn_read_members(r, list.node, &keys, found);
        const char *const id = rn_read_id(r, found[0]);
        rn_reader_note(
            r, runde_problem_add_mode(p->problem, id == NULL ? "" : id, &mode));
        if (r->status == RUNDE_OK) {
            read_mode(p, mode, found);
        }
    }
}
