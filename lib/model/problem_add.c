/* SPDX-License-Identifier: MIT */
/* Records go into the arena whole, with their arrays and strings, before
 * the table learns of them: a failure in between leaves nothing to see. */
#include "model/problem_data.h"

#include <string.h>

static bool is_array(const void *array, int32_t n)
{
    return n == 0 || (n > 0 && array != NULL);
}

/* RUNDE_OK when a record may be added. `size` is the record's own size. */
static runde_status check_call(const runde_problem *problem, const void *record,
                               size_t expected)
{
    size_t size = 0;
    if (problem == NULL || record == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    /* Every record begins with its size. */
    memcpy(&size, record, sizeof size);
    if (size != expected) {
        return RUNDE_E_ARGUMENT;
    }
    return problem->is_sealed ? RUNDE_E_STATE : RUNDE_OK;
}

/* Copies of parts of a record; `*is_ok` turns false without memory. */
static void *copy(runde_problem *problem, const void *array, int32_t n,
                  size_t size, bool *is_ok)
{
    if (n == 0) {
        return NULL;
    }
    void *const block = rn_arena_dup(&problem->arena, array, (size_t)n, size);
    *is_ok = *is_ok && block != NULL;
    return block;
}

/* A missing id becomes "", which validation reports. */
static const char *copy_id(runde_problem *problem, const char *id, bool *is_ok)
{
    const char *const text =
        rn_arena_strdup(&problem->arena, id == NULL ? "" : id);
    *is_ok = *is_ok && text != NULL;
    return text;
}

static runde_status add(runde_problem *problem, rn_kind kind, void *row,
                        bool is_ok, int32_t *index)
{
    return rn_table_add(&problem->table[kind], is_ok ? row : NULL, index);
}

/* Kinds without arrays or strings. */
static runde_status add_flat(runde_problem *problem, rn_kind kind,
                             const void *record, size_t size, int32_t *index)
{
    const runde_status status = check_call(problem, record, size);
    if (status != RUNDE_OK) {
        return status;
    }
    void *const row = rn_arena_dup(&problem->arena, record, 1, size);
    return add(problem, kind, row, row != NULL, index);
}

runde_status runde_problem_add_place(runde_problem *problem,
                                     const runde_place *place, int32_t *index)
{
    const runde_status status = check_call(problem, place, sizeof *place);
    if (status != RUNDE_OK) {
        return status;
    }
    bool is_ok = true;
    runde_place *const row = copy(problem, place, 1, sizeof *place, &is_ok);
    if (row != NULL) {
        row->id = copy_id(problem, place->id, &is_ok);
    }
    return add(problem, RN_PLACES, row, is_ok, index);
}

runde_status runde_problem_add_skill(runde_problem *problem, const char *id,
                                     int32_t *index)
{
    if (problem == NULL || id == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (problem->is_sealed) {
        return RUNDE_E_STATE;
    }
    char *const row = rn_arena_strdup(&problem->arena, id);
    return add(problem, RN_SKILLS, row, row != NULL, index);
}

runde_status runde_problem_add_load(runde_problem *problem,
                                    const runde_load *load, int32_t *index)
{
    const runde_status status = check_call(problem, load, sizeof *load);
    if (status != RUNDE_OK) {
        return status;
    }
    bool is_ok = true;
    runde_load *const row = copy(problem, load, 1, sizeof *load, &is_ok);
    if (row != NULL) {
        row->id = copy_id(problem, load->id, &is_ok);
    }
    return add(problem, RN_LOADS, row, is_ok, index);
}

runde_status runde_problem_add_mode(runde_problem *problem, const char *id,
                                    int32_t *index)
{
    if (problem == NULL || id == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (problem->is_sealed) {
        return RUNDE_E_STATE;
    }
    bool is_ok = true;
    rn_mode *const row = rn_arena_alloc(&problem->arena, sizeof *row);
    if (row == NULL) {
        return RUNDE_E_NOMEM;
    }
    row->id = copy_id(problem, id, &is_ok);
    row->has_model = rn_travel_default_model(&row->model, id);
    return add(problem, RN_MODES, row, is_ok, index);
}

runde_status runde_problem_add_client(runde_problem *problem,
                                      const runde_client *client,
                                      int32_t *index)
{
    const runde_status status = check_call(problem, client, sizeof *client);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!is_array(client->wishes, client->n_wishes) ||
        !is_array(client->absences, client->n_absences) ||
        (client->weights != NULL &&
         client->weights->size != sizeof *client->weights)) {
        return RUNDE_E_ARGUMENT;
    }
    bool is_ok = true;
    runde_client *const row = copy(problem, client, 1, sizeof *client, &is_ok);
    if (row != NULL) {
        row->id = copy_id(problem, row->id, &is_ok);
        row->wishes = copy(problem, row->wishes, row->n_wishes,
                           sizeof *row->wishes, &is_ok);
        row->absences = copy(problem, row->absences, row->n_absences,
                             sizeof *row->absences, &is_ok);
        row->weights = copy(problem, row->weights, row->weights != NULL,
                            sizeof *row->weights, &is_ok);
    }
    return add(problem, RN_CLIENTS, row, is_ok, index);
}

runde_status runde_problem_add_carer(runde_problem *problem,
                                     const runde_carer *carer, int32_t *index)
{
    const runde_status status = check_call(problem, carer, sizeof *carer);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!is_array(carer->skills, carer->n_skills) ||
        !is_array(carer->caps, carer->n_caps)) {
        return RUNDE_E_ARGUMENT;
    }
    bool is_ok = true;
    runde_carer *const row = copy(problem, carer, 1, sizeof *carer, &is_ok);
    if (row != NULL) {
        row->id = copy_id(problem, row->id, &is_ok);
        row->skills = copy(problem, row->skills, row->n_skills,
                           sizeof *row->skills, &is_ok);
        row->caps =
            copy(problem, row->caps, row->n_caps, sizeof *row->caps, &is_ok);
    }
    return add(problem, RN_CARERS, row, is_ok, index);
}

static runde_activity *copy_activities(runde_problem *problem,
                                       const runde_shift *shift, bool *is_ok)
{
    runde_activity *const rows = copy(problem, shift->activities,
                                      shift->n_activities, sizeof *rows, is_ok);
    for (int32_t a = 0; rows != NULL && a < shift->n_activities; a++) {
        rows[a].id = copy_id(problem, rows[a].id, is_ok);
    }
    return rows;
}

runde_status runde_problem_add_shift(runde_problem *problem,
                                     const runde_shift *shift, int32_t *index)
{
    const runde_status status = check_call(problem, shift, sizeof *shift);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!is_array(shift->breaks, shift->n_breaks) ||
        !is_array(shift->activities, shift->n_activities) ||
        !is_array(shift->caps, shift->n_caps)) {
        return RUNDE_E_ARGUMENT;
    }
    bool is_ok = true;
    runde_shift *const row = copy(problem, shift, 1, sizeof *shift, &is_ok);
    if (row != NULL) {
        row->id = copy_id(problem, row->id, &is_ok);
        row->breaks = copy(problem, row->breaks, row->n_breaks,
                           sizeof *row->breaks, &is_ok);
        row->activities = copy_activities(problem, shift, &is_ok);
        row->caps =
            copy(problem, row->caps, row->n_caps, sizeof *row->caps, &is_ok);
    }
    return add(problem, RN_SHIFTS, row, is_ok, index);
}

static bool has_visit_arrays(const runde_visit *visit)
{
    return is_array(visit->windows, visit->n_windows) &&
           is_array(visit->preferred, visit->n_preferred) &&
           is_array(visit->skills, visit->n_skills) &&
           is_array(visit->loads, visit->n_loads) &&
           is_array(visit->wishes, visit->n_wishes);
}

runde_status runde_problem_add_visit(runde_problem *problem,
                                     const runde_visit *visit, int32_t *index)
{
    const runde_status status = check_call(problem, visit, sizeof *visit);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!has_visit_arrays(visit)) {
        return RUNDE_E_ARGUMENT;
    }
    bool is_ok = true;
    runde_visit *const row = copy(problem, visit, 1, sizeof *visit, &is_ok);
    if (row != NULL) {
        row->id = copy_id(problem, row->id, &is_ok);
        row->windows = copy(problem, row->windows, row->n_windows,
                            sizeof *row->windows, &is_ok);
        row->preferred = copy(problem, row->preferred, row->n_preferred,
                              sizeof *row->preferred, &is_ok);
        row->skills = copy(problem, row->skills, row->n_skills,
                           sizeof *row->skills, &is_ok);
        row->loads =
            copy(problem, row->loads, row->n_loads, sizeof *row->loads, &is_ok);
        row->wishes = copy(problem, row->wishes, row->n_wishes,
                           sizeof *row->wishes, &is_ok);
    }
    return add(problem, RN_VISITS, row, is_ok, index);
}

runde_status runde_problem_add_link(runde_problem *problem,
                                    const runde_link *link, int32_t *index)
{
    return add_flat(problem, RN_LINKS, link, sizeof *link, index);
}

runde_status runde_problem_add_past_visit(runde_problem *problem,
                                          const runde_past_visit *past,
                                          int32_t *index)
{
    return add_flat(problem, RN_PAST_VISITS, past, sizeof *past, index);
}

runde_status runde_problem_add_published(runde_problem *problem,
                                         const runde_published *published,
                                         int32_t *index)
{
    return add_flat(problem, RN_PUBLISHED, published, sizeof *published, index);
}
