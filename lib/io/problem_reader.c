/* SPDX-License-Identifier: MIT */
#include "io/problem_reader.h"

#include <runde/json.h>

#include <string.h>

enum {
    FORMAT = 0,
    VERSION,
    SETTINGS,
    ORDER,
    WEIGHTS,
    PLACES,
    SKILLS,
    LOADS,
    TRAVEL_MODES,
    CLIENTS,
    CARERS,
    SHIFTS,
    VISITS,
    LINKS,
    HISTORY,
    PUBLISHED_PLAN,
    SECTIONS
};

static const char *const section_names[SECTIONS] = {
    "format", "version", "settings",     "order",         "weights", "places",
    "skills", "loads",   "travel_modes", "clients",       "carers",  "shifts",
    "visits", "links",   "history",      "published_plan"};

/* Where the ids of a kind stand, and what messages call one. */
static const struct {
    int section;
    const char *name;
} id_kinds[RN_ID_KINDS] = {
    [RN_ID_PLACE] = {PLACES, "place"},    [RN_ID_SKILL] = {SKILLS, "skill"},
    [RN_ID_LOAD] = {LOADS, "load"},       [RN_ID_MODE] = {TRAVEL_MODES, "mode"},
    [RN_ID_CLIENT] = {CLIENTS, "client"}, [RN_ID_CARER] = {CARERS, "carer"},
    [RN_ID_SHIFT] = {SHIFTS, "shift"},    [RN_ID_VISIT] = {VISITS, "visit"}};

void rn_read_ref(rn_problem_reader *p, const rn_node *node, rn_id_kind kind,
                 int32_t *index)
{
    if (p->is_lost[kind]) {
        (void)rn_read_id(&p->in, node);
    } else {
        rn_read_reference(&p->in, node, &p->ids[kind], id_kinds[kind].name,
                          index);
    }
}

/* ------------------------------------------------------ ids before records */

/* References go in all directions, so the ids are looked at first. What is
 * wrong with the records is found when they are read. */
static void scan_ids(rn_problem_reader *p, rn_id_kind kind,
                     const rn_node *array)
{
    p->is_listed[kind] = array != NULL;
    p->is_lost[kind] = array != NULL && rn_node_kind(array) != RN_KIND_ARRAY;
    int32_t index = 0;
    for (const rn_node *node = p->is_lost[kind] ? NULL : rn_node_first(array);
         node != NULL; node = rn_node_next(node)) {
        const char *const id = rn_node_string(
            kind == RN_ID_SKILL ? node : rn_node_member(node, "id"));
        if (id != NULL) {
            rn_reader_note(&p->in,
                           rn_idmap_put(&p->ids[kind], id, index, NULL));
        }
        index++;
    }
}

static bool has_own_place(const rn_node *client)
{
    return rn_node_member(client, "lat") != NULL ||
           rn_node_member(client, "lon") != NULL;
}

static void note_own_place(rn_problem_reader *p, const rn_node *client,
                           int32_t index)
{
    const char *const id = rn_node_string(rn_node_member(client, "id"));
    int32_t earlier = RUNDE_NONE;
    p->own_clients[p->n_own_places] = index;
    if (id != NULL) {
        rn_reader_note(&p->in,
                       rn_idmap_put(&p->ids[RN_ID_PLACE], id,
                                    p->n_places + p->n_own_places, &earlier));
    }
    if (earlier != RUNDE_NONE && earlier < p->n_places) {
        rn_path_key(&p->in.path, "clients");
        rn_path_index(&p->in.path, index);
        rn_fault(&p->in, "RUNDE-E612",
                 "\"lat\" and \"lon\" make a place with the client's id, but "
                 "/places/%d has this id already",
                 (int)earlier);
        rn_path_pop(&p->in.path);
        rn_path_pop(&p->in.path);
    }
    p->n_own_places++;
}

static void scan_own_places(rn_problem_reader *p, const rn_node *clients)
{
    p->own_clients =
        rn_reader_alloc(&p->in, rn_node_count(clients), sizeof *p->own_clients);
    int32_t index = 0;
    for (const rn_node *node = rn_node_first(clients);
         node != NULL && p->in.status == RUNDE_OK; node = rn_node_next(node)) {
        if (has_own_place(node)) {
            note_own_place(p, node, index);
        }
        index++;
    }
}

static void scan(rn_problem_reader *p, const rn_node *const *sections)
{
    for (int kind = 0; kind < RN_ID_KINDS; kind++) {
        scan_ids(p, (rn_id_kind)kind, sections[id_kinds[kind].section]);
    }
    p->n_places = rn_node_count(sections[PLACES]);
    p->n_visits = rn_node_count(sections[VISITS]);
    p->repeats = rn_reader_alloc(&p->in, p->n_visits, sizeof *p->repeats);
    if (!p->is_lost[RN_ID_CLIENT]) {
        scan_own_places(p, sections[CLIENTS]);
    }
}

/* ------------------------------------------------------------------ model */

/* The model speaks of what was built; the file may say it with fewer
 * records. */
static rn_where in_file(const rn_problem_reader *p, const char *pointer)
{
    int32_t record = 0;
    int32_t item = 0;
    const char *tail = NULL;
    const char *rest = NULL;
    if (rn_pointer_split(pointer, "/places/", &record, &tail) &&
        record >= p->n_places && record - p->n_places < p->n_own_places) {
        return rn_at("/clients/%d%s", (int)p->own_clients[record - p->n_places],
                     tail);
    }
    if (rn_pointer_split(pointer, "/visits/", &record, &tail) &&
        record < p->n_visits) {
        const rn_repeat *const repeat = &p->repeats[record];
        if (repeat->windows > 0 &&
            rn_pointer_split(tail, "/time_windows/", &item, &rest)) {
            return rn_at("/visits/%d/time_windows/%d%s", (int)record,
                         (int)(item % repeat->windows), rest);
        }
        if (repeat->preferred > 0 &&
            rn_pointer_split(tail, "/preferred_windows/", &item, &rest)) {
            return rn_at("/visits/%d/preferred_windows/%d%s", (int)record,
                         (int)(item % repeat->preferred), rest);
        }
    }
    return rn_at("%s", pointer);
}

static bool tell(void *owner, const char *pointer, rn_where *where)
{
    rn_problem_reader *const p = owner;
    *where = in_file(p, pointer);
    return !rn_reader_is_broken(&p->in, where->text);
}

/* ------------------------------------------------------------------- text */

static void read_sections(rn_problem_reader *p, const rn_node *const *sections)
{
    rn_read_settings(p, sections[SETTINGS]);
    if (p->problem == NULL) {
        return;
    }
    scan(p, sections);
    rn_read_weights(p, sections[ORDER], sections[WEIGHTS]);
    rn_read_places(p, sections[PLACES]);
    rn_read_skills(p, sections[SKILLS]);
    rn_read_loads(p, sections[LOADS]);
    rn_read_modes(p, sections[TRAVEL_MODES]);
    rn_read_clients(p, sections[CLIENTS]);
    rn_read_carers(p, sections[CARERS]);
    rn_read_shifts(p, sections[SHIFTS]);
    rn_read_visits(p, sections[VISITS]);
    rn_read_links(p, sections[LINKS]);
    rn_read_history(p, sections[HISTORY]);
    rn_read_published(p, sections[PUBLISHED_PLAN]);
}

/* Shifts that have no way to travel yet may travel by this. */
static runde_status lend_model(const rn_problem_reader *p,
                               const runde_speed_model *model)
{
    runde_problem *const problem = p->problem;
    runde_status status = RUNDE_OK;
    const int32_t n = runde_problem_n_shifts(problem);
    for (int32_t s = 0; status == RUNDE_OK && s < n; s++) {
        const int32_t mode = runde_problem_shift(problem, s)->mode;
        if (runde_problem_mode(problem, mode) != NULL &&
            runde_problem_matrix(problem, mode) == NULL &&
            runde_problem_speed_model(problem, mode) == NULL) {
            status = runde_problem_set_speed_model(problem, mode, model);
        }
    }
    return status;
}

static runde_status read_problem(rn_problem_reader *p,
                                 const runde_speed_model *model)
{
    static const rn_keys keys = RN_KEYS(section_names, 2);
    const rn_node *sections[SECTIONS];
    const rn_node *const root = rn_tree_root(p->tree);
    if (!rn_read_format(&p->in, root, "runde-problem")) {
        return RUNDE_E_FORMAT;
    }
    if (rn_read_members(&p->in, root, &keys, sections)) {
        read_sections(p, sections);
    }
    if (model != NULL && p->problem != NULL) {
        rn_reader_note(&p->in, lend_model(p, model));
    }
    if (p->in.status != RUNDE_OK) {
        return p->in.status;
    }
    return rn_reader_seal(&p->in, p->problem, tell, p);
}

runde_status runde_problem_from_json(runde_problem **out, const char *text,
                                     size_t length, runde_diag *diag)
{
    return runde_problem_from_json_with_model(out, text, length, NULL, diag);
}

runde_status runde_problem_from_json_with_model(runde_problem **out,
                                                const char *text, size_t length,
                                                const runde_speed_model *model,
                                                runde_diag *diag)
{
    if (out == NULL || text == NULL || !rn_diag_is_usable(diag) ||
        (model != NULL && model->size != sizeof *model)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    rn_diag_start(diag);
    rn_problem_reader p;
    memset(&p, 0, sizeof p);
    rn_reader_init(&p.in, diag);
    rn_read_known_criteria(&p);
    runde_status status = rn_tree_parse(&p.tree, text, length, diag);
    if (status == RUNDE_OK) {
        status = read_problem(&p, model);
    }
    if (status == RUNDE_OK) {
        *out = p.problem;
        p.problem = NULL;
    }
    runde_problem_free(p.problem);
    rn_problem_reader_free(&p);
    return status;
}
