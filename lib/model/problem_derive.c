/* SPDX-License-Identifier: MIT */
/* A problem from a problem and edits: the edits make lists of the records
 * that shall be there, then a new problem is built from those and sealed as
 * any other. Cancelled entities leave holes in the lists, so that numbers
 * hold until all edits are done; the holes are closed while building. */
#include <runde/session.h>

#include "model/derive.h"
#include "model/problem_data.h"

#include "base/alloc.h"
#include "base/diag.h"

#include <string.h>

/* Records of one kind, by the numbers of the edits; NULL is cancelled. */
typedef struct list {
    const void **rows;
    int32_t n;
    size_t size; /* of a record */
    int32_t *at; /* by number: index in the derived problem, or RUNDE_NONE */
} list;

typedef struct draft {
    const runde_problem *base;
    runde_problem *problem;
    list visits;
    list shifts;
    list links;
    list clients;
    list carers;
    list places;
    const runde_weights *weights;
    const runde_travel_times *times; /* matrices to be taken instead */
    int32_t n_times;
    const runde_settings *settings; /* NULL: the base's */
    const runde_edit *published;    /* NULL: the base's */
    const runde_edit *edits;        /* for the legs */
    int32_t n_edits;
} draft;

/* ---------------------------------------------------------------- edits */

static runde_status list_start(list *l, const runde_problem *base, rn_kind kind,
                               int32_t n_edits)
{
    const rn_table *const table = &base->table[kind];
    if (table->n > INT32_MAX - n_edits) {
        return RUNDE_E_LIMIT;
    }
    const size_t room = (size_t)table->n + (size_t)n_edits;
    l->rows = rn_calloc(room, sizeof *l->rows);
    if (l->rows == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < table->n; i++) {
        l->rows[i] = table->rows[i];
    }
    l->n = table->n;
    return RUNDE_OK;
}

static bool is_record(const list *l, const void *record)
{
    size_t size = 0;
    if (record != NULL) {
        /* Every record begins with its size. */
        memcpy(&size, record, sizeof size);
    }
    return size == l->size;
}

static runde_status append(list *l, const void *record)
{
    if (!is_record(l, record)) {
        return RUNDE_E_ARGUMENT;
    }
    l->rows[l->n++] = record;
    return RUNDE_OK;
}

static runde_status check_index(const list *l, const char *what, int32_t i,
                                int32_t index, runde_diag *diag)
{
    if (index >= 0 && index < l->n && l->rows[index] != NULL) {
        return RUNDE_OK;
    }
    const bool was_there = index >= 0 && index < l->n;
    rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E110",
                rn_at("/edits/%d/index", (int)i).text,
                was_there ? "%s %d of %d was cancelled by an earlier edit"
                          : "there is no %s %d, they number %d",
                what, (int)index, (int)l->n);
    return RUNDE_E_ARGUMENT;
}

/* Replaces a record, by none if it is to be cancelled. */
static runde_status edit_list(list *l, const runde_edit *edit,
                              const void *record, bool is_cancelled)
{
    if (!is_cancelled && !is_record(l, record)) {
        return RUNDE_E_ARGUMENT;
    }
    l->rows[edit->index] = is_cancelled ? NULL : record;
    return RUNDE_OK;
}

static runde_status edit_visit(draft *d, const runde_edit *edit, int32_t i,
                               runde_diag *diag)
{
    const runde_status status =
        check_index(&d->visits, "visit", i, edit->index, diag);
    return status != RUNDE_OK
               ? status
               : edit_list(&d->visits, edit, edit->visit,
                           edit->kind == RUNDE_EDIT_CANCEL_VISIT);
}

static runde_status edit_shift(draft *d, const runde_edit *edit, int32_t i,
                               runde_diag *diag)
{
    const runde_status status =
        check_index(&d->shifts, "shift", i, edit->index, diag);
    return status != RUNDE_OK
               ? status
               : edit_list(&d->shifts, edit, edit->shift,
                           edit->kind == RUNDE_EDIT_CANCEL_SHIFT);
}

/* Clients and carers are never cancelled: who is ill has no shifts. */
static runde_status edit_person(list *l, const char *what,
                                const runde_edit *edit, int32_t i,
                                runde_diag *diag)
{
    const bool is_client = edit->kind == RUNDE_EDIT_REPLACE_CLIENT;
    const runde_status status = check_index(l, what, i, edit->index, diag);
    return status != RUNDE_OK
               ? status
               : edit_list(l, edit,
                           is_client ? (const void *)edit->client : edit->carer,
                           false);
}

/* Cancelled visits take their links along only when all edits are done. */
static runde_status replace_link(draft *d, const runde_edit *edit, int32_t i,
                                 runde_diag *diag)
{
    const runde_status status =
        check_index(&d->links, "link", i, edit->index, diag);
    return status != RUNDE_OK ? status
                              : edit_list(&d->links, edit, edit->link, false);
}

/* The length of a tick is in every number of the problem. */
static runde_status edit_settings(draft *d, const runde_settings *settings)
{
    const int32_t tick_ms =
        settings == NULL || settings->tick_ms == 0 ? 1000 : settings->tick_ms;
    if (settings == NULL || settings->size != sizeof *settings ||
        tick_ms != rn_problem_tick_ms(d->base)) {
        return RUNDE_E_ARGUMENT;
    }
    d->settings = settings;
    return RUNDE_OK;
}

static runde_status edit_published(draft *d, const runde_edit *edit)
{
    const bool is_list = edit->n_published == 0 || edit->published != NULL;
    if (edit->n_published < 0 || !is_list) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t i = 0; i < edit->n_published; i++) {
        if (edit->published[i].size != sizeof *edit->published) {
            return RUNDE_E_ARGUMENT;
        }
    }
    d->published = edit;
    return RUNDE_OK;
}

/* The legs themselves wait until there are modes. */
static runde_status check_leg(const draft *d, const runde_leg *leg)
{
    return leg != NULL && leg->size == sizeof *leg && leg->mode >= 0 &&
                   leg->mode < d->base->table[RN_MODES].n
               ? RUNDE_OK
               : RUNDE_E_ARGUMENT;
}

static runde_status carry_out_rest(draft *d, const runde_edit *edit, int32_t i,
                                   runde_diag *diag)
{
    switch (edit->kind) {
    case RUNDE_EDIT_ADD_CLIENT:
        return append(&d->clients, edit->client);
    case RUNDE_EDIT_REPLACE_CLIENT:
        return edit_person(&d->clients, "client", edit, i, diag);
    case RUNDE_EDIT_ADD_CARER:
        return append(&d->carers, edit->carer);
    case RUNDE_EDIT_REPLACE_CARER:
        return edit_person(&d->carers, "carer", edit, i, diag);
    case RUNDE_EDIT_SET_PUBLISHED:
        return edit_published(d, edit);
    case RUNDE_EDIT_SET_SETTINGS:
        return edit_settings(d, edit->settings);
    case RUNDE_EDIT_SET_LEG:
        return check_leg(d, edit->leg);
    case RUNDE_EDIT_ADD_PLACE:
        return append(&d->places, edit->place);
    case RUNDE_EDIT_REPLACE_LINK:
        return replace_link(d, edit, i, diag);
    default:
        return RUNDE_E_ARGUMENT;
    }
}

static runde_status carry_out(draft *d, const runde_edit *edit, int32_t i,
                              runde_diag *diag)
{
    if (edit->size != sizeof *edit) {
        return RUNDE_E_ARGUMENT;
    }
    switch (edit->kind) {
    case RUNDE_EDIT_ADD_VISIT:
        return append(&d->visits, edit->visit);
    case RUNDE_EDIT_REPLACE_VISIT:
    case RUNDE_EDIT_CANCEL_VISIT:
        return edit_visit(d, edit, i, diag);
    case RUNDE_EDIT_ADD_SHIFT:
        return append(&d->shifts, edit->shift);
    case RUNDE_EDIT_REPLACE_SHIFT:
    case RUNDE_EDIT_CANCEL_SHIFT:
        return edit_shift(d, edit, i, diag);
    case RUNDE_EDIT_ADD_LINK:
        return append(&d->links, edit->link);
    case RUNDE_EDIT_SET_WEIGHTS:
        if (edit->weights == NULL ||
            edit->weights->size != sizeof *edit->weights) {
            return RUNDE_E_ARGUMENT;
        }
        d->weights = edit->weights;
        return RUNDE_OK;
    default:
        return carry_out_rest(d, edit, i, diag);
    }
}

/* ------------------------------------------------------------- building */

/* Where everything comes to stand once the holes are closed. */
static runde_status close_holes(draft *d, list *l)
{
    l->at = rn_arena_array(&d->problem->arena, (size_t)l->n, sizeof *l->at);
    if (l->at == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t next = 0;
    for (int32_t i = 0; i < l->n; i++) {
        l->at[i] = l->rows[i] == NULL ? RUNDE_NONE : next++;
    }
    return RUNDE_OK;
}

/* What points nowhere still does afterwards, for validation to find. */
static int32_t follow(const list *l, int32_t number)
{
    return number >= 0 && number < l->n ? l->at[number] : number;
}

static bool is_cancelled(const list *l, int32_t number)
{
    return number >= 0 && number < l->n && l->rows[number] == NULL;
}

#define COPY_ALL(kind, call)                                                   \
    for (int32_t i = 0; status == RUNDE_OK && i < base->table[kind].n; i++) {  \
        status = runde_problem_add_##call(                                     \
            problem, rn_problem_row(base, kind, i), NULL);                     \
    }

/* What no edit touches. */
static runde_status copy_rest(runde_problem *problem, const runde_problem *base)
{
    runde_status status = RUNDE_OK;
    COPY_ALL(RN_SKILLS, skill)
    COPY_ALL(RN_LOADS, load)
    COPY_ALL(RN_PAST_VISITS, past_visit)
    return status;
}

#undef COPY_ALL

static runde_status add_places(const draft *d)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < d->places.n; i++) {
        status = runde_problem_add_place(d->problem, d->places.rows[i], NULL);
    }
    return status;
}

/* The base's modes; one with a new leg or place stops being shared. */
static runde_status add_modes(const draft *d)
{
    runde_status status = rn_problem_borrow_modes(d->problem, d->base);
    const int32_t n_old = d->base->table[RN_PLACES].n;
    for (int32_t m = 0; status == RUNDE_OK && d->places.n > n_old &&
                        m < d->problem->table[RN_MODES].n;
         m++) {
        status = rn_problem_grow_mode(d->problem, m, n_old);
    }
    for (int32_t i = 0; status == RUNDE_OK && i < d->n_edits; i++) {
        const runde_leg *const leg = d->edits[i].leg;
        if (d->edits[i].kind != RUNDE_EDIT_SET_LEG) {
            continue;
        }
        status = rn_problem_own_mode(d->problem, leg->mode);
        if (status == RUNDE_OK) {
            status =
                runde_problem_set_leg(d->problem, leg->mode, leg->from, leg->to,
                                      leg->duration, leg->distance);
        }
    }
    return status;
}

static runde_status add_people(const draft *d)
{
    runde_status status = RUNDE_OK;
    for (int32_t c = 0; status == RUNDE_OK && c < d->clients.n; c++) {
        status = runde_problem_add_client(d->problem, d->clients.rows[c], NULL);
    }
    for (int32_t c = 0; status == RUNDE_OK && c < d->carers.n; c++) {
        status = runde_problem_add_carer(d->problem, d->carers.rows[c], NULL);
    }
    return status;
}

static runde_status add_shifts(const draft *d)
{
    runde_status status = RUNDE_OK;
    for (int32_t s = 0; status == RUNDE_OK && s < d->shifts.n; s++) {
        if (d->shifts.rows[s] != NULL) {
            status =
                runde_problem_add_shift(d->problem, d->shifts.rows[s], NULL);
        }
    }
    return status;
}

static runde_status add_visits(const draft *d)
{
    runde_status status = RUNDE_OK;
    for (int32_t v = 0; status == RUNDE_OK && v < d->visits.n; v++) {
        const runde_visit *const row = d->visits.rows[v];
        if (row == NULL) {
            continue;
        }
        runde_visit visit = *row;
        visit.pinned_shift = follow(&d->shifts, visit.pinned_shift);
        status = runde_problem_add_visit(d->problem, &visit, NULL);
    }
    return status;
}

static runde_status add_links(const draft *d)
{
    const list *const visits = &d->visits;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < d->links.n; i++) {
        runde_link link = *(const runde_link *)d->links.rows[i];
        if (is_cancelled(visits, link.before) ||
            is_cancelled(visits, link.after)) {
            continue;
        }
        link.before = follow(visits, link.before);
        link.after = follow(visits, link.after);
        status = runde_problem_add_link(d->problem, &link, NULL);
    }
    return status;
}

/* Part 0 is there whatever the crew says: 0 stands for 1. What points
 * nowhere is for validation to find. */
static bool is_there(const list *visits, const runde_published *part)
{
    if (part->visit < 0 || part->visit >= visits->n) {
        return true;
    }
    const runde_visit *const visit = visits->rows[part->visit];
    return visit != NULL && (part->part <= 0 || part->part < visit->crew);
}

static runde_status add_published(const draft *d)
{
    const rn_table *const table = &d->base->table[RN_PUBLISHED];
    const bool is_new = d->published != NULL;
    const int32_t n = is_new ? d->published->n_published : table->n;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        runde_published part = is_new
                                   ? d->published->published[i]
                                   : *(const runde_published *)table->rows[i];
        if (is_there(&d->visits, &part)) {
            part.visit = follow(&d->visits, part.visit);
            status = runde_problem_add_published(d->problem, &part, NULL);
        }
    }
    return status;
}

/* A matrix and its marks instead of what the mode had. */
static runde_status take_times(const draft *d, const runde_travel_times *times)
{
    const int32_t n = times->matrix.n;
    runde_status status = rn_problem_reset_mode(d->problem, times->mode);
    if (status == RUNDE_OK) {
        status =
            runde_problem_set_matrix(d->problem, times->mode, &times->matrix);
    }
    const uint8_t *mark = times->estimated;
    for (int32_t from = 0; mark != NULL && from < n; from++) {
        for (int32_t to = 0; status == RUNDE_OK && to < n; to++, mark++) {
            if (*mark != 0) {
                status = runde_problem_set_estimated(d->problem, times->mode,
                                                     from, to);
            }
        }
    }
    return status;
}

static runde_settings new_settings(const draft *d)
{
    const runde_problem *const base = d->base;
    runde_settings settings =
        d->settings == NULL ? base->settings : *d->settings;
    if (base->days_are_found && settings.days == base->settings.days) {
        settings.days = 0;
    }
    return settings;
}

static runde_status build(draft *d)
{
    const runde_settings settings = new_settings(d);
    runde_status status = runde_problem_new(&d->problem, &settings, NULL);
    if (status == RUNDE_OK) {
        status = close_holes(d, &d->visits);
    }
    if (status == RUNDE_OK) {
        status = close_holes(d, &d->shifts);
    }
    if (status == RUNDE_OK) {
        status = copy_rest(d->problem, d->base);
    }
    status = status == RUNDE_OK ? add_places(d) : status;
    status = status == RUNDE_OK ? add_modes(d) : status;
    for (int32_t i = 0; status == RUNDE_OK && i < d->n_times; i++) {
        status = take_times(d, &d->times[i]);
    }
    if (status == RUNDE_OK) {
        status = runde_problem_set_weights(d->problem, d->weights);
    }
    status = status == RUNDE_OK ? add_people(d) : status;
    status = status == RUNDE_OK ? add_shifts(d) : status;
    status = status == RUNDE_OK ? add_visits(d) : status;
    status = status == RUNDE_OK ? add_links(d) : status;
    return status == RUNDE_OK ? add_published(d) : status;
}

static runde_status start_lists(draft *d, int32_t n)
{
    list *const lists[] = {&d->visits,  &d->shifts, &d->links,
                           &d->clients, &d->carers, &d->places};
    static const rn_kind kinds[] = {RN_VISITS,  RN_SHIFTS, RN_LINKS,
                                    RN_CLIENTS, RN_CARERS, RN_PLACES};
    static const size_t sizes[] = {sizeof(runde_visit), sizeof(runde_shift),
                                   sizeof(runde_link),  sizeof(runde_client),
                                   sizeof(runde_carer), sizeof(runde_place)};
    runde_status status = RUNDE_OK;
    for (int k = 0; status == RUNDE_OK && k < 6; k++) {
        lists[k]->size = sizes[k];
        status = list_start(lists[k], d->base, kinds[k], n);
    }
    return status;
}

static runde_status derive(draft *d, const runde_edit *edits, int32_t n,
                           runde_diag *diag)
{
    runde_status status = start_lists(d, n);
    d->edits = edits;
    d->n_edits = n;
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        status = carry_out(d, &edits[i], i, diag);
    }
    if (status == RUNDE_OK) {
        status = build(d);
    }
    if (status == RUNDE_OK) {
        status = rn_problem_seal(d->problem, diag);
    }
    if (status == RUNDE_OK) {
        d->problem->visit_at = d->visits.at;
        d->problem->shift_at = d->shifts.at;
        d->problem->n_visits_at = d->visits.n;
        d->problem->n_shifts_at = d->shifts.n;
    }
    return status;
}

/* The problem of a draft that says what shall be other than in the base. */
static runde_status finish(runde_problem **out, const runde_problem *base,
                           draft d, const runde_edit *edits, int32_t n,
                           runde_diag *diag)
{
    rn_diag_start(diag);
    if (!base->is_sealed) {
        return RUNDE_E_STATE;
    }
    d.base = base;
    d.weights = &base->weights;
    const runde_status status = derive(&d, edits, n, diag);
    if (status == RUNDE_OK) {
        *out = d.problem;
    } else {
        runde_problem_free(d.problem);
    }
    rn_free((void *)d.visits.rows);
    rn_free((void *)d.shifts.rows);
    rn_free((void *)d.links.rows);
    rn_free((void *)d.clients.rows);
    rn_free((void *)d.carers.rows);
    rn_free((void *)d.places.rows);
    return status;
}

runde_status runde_problem_derive(runde_problem **out,
                                  const runde_problem *base,
                                  const runde_edit *edits, int32_t n,
                                  runde_diag *diag)
{
    const draft d = {0};
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (base == NULL || n < 0 || (edits == NULL && n > 0) ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    return finish(out, base, d, edits, n, diag);
}

runde_status runde_problem_with_travel(runde_problem **out,
                                       const runde_problem *base,
                                       const runde_travel_times *times,
                                       int32_t n, runde_diag *diag)
{
    draft d = {0};
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (base == NULL || n < 0 || (times == NULL && n > 0) ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t i = 0; i < n; i++) {
        if (times[i].size != sizeof times[i] || times[i].mode < 0 ||
            times[i].mode >= base->table[RN_MODES].n) {
            return RUNDE_E_ARGUMENT;
        }
    }
    d.times = times;
    d.n_times = n;
    return finish(out, base, d, NULL, 0, diag);
}

runde_status rn_problem_keep_numbers(runde_problem *problem,
                                     const runde_problem *base)
{
    if (base->visit_at == NULL) {
        return RUNDE_OK;
    }
    problem->visit_at =
        rn_arena_dup(&problem->arena, base->visit_at, (size_t)base->n_visits_at,
                     sizeof *base->visit_at);
    problem->shift_at =
        rn_arena_dup(&problem->arena, base->shift_at, (size_t)base->n_shifts_at,
                     sizeof *base->shift_at);
    problem->n_visits_at = base->n_visits_at;
    problem->n_shifts_at = base->n_shifts_at;
    return problem->visit_at == NULL || problem->shift_at == NULL
               ? RUNDE_E_NOMEM
               : RUNDE_OK;
}

/* -------------------------------------------------------------- reading */

int32_t runde_problem_derived_visit(const runde_problem *problem,
                                    int32_t number)
{
    if (problem == NULL || number < 0) {
        return RUNDE_NONE;
    }
    if (problem->visit_at != NULL) {
        return number < problem->n_visits_at ? problem->visit_at[number]
                                             : RUNDE_NONE;
    }
    return number < problem->table[RN_VISITS].n ? number : RUNDE_NONE;
}

int32_t runde_problem_derived_shift(const runde_problem *problem,
                                    int32_t number)
{
    if (problem == NULL || number < 0) {
        return RUNDE_NONE;
    }
    if (problem->shift_at != NULL) {
        return number < problem->n_shifts_at ? problem->shift_at[number]
                                             : RUNDE_NONE;
    }
    return number < problem->table[RN_SHIFTS].n ? number : RUNDE_NONE;
}
