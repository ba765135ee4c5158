/* SPDX-License-Identifier: MIT */
/* From the records of a world to a sealed problem. */
#include "random_problem.h"

#include <stdio.h>
#include <string.h>

/* An id that lives until the next call; the problem copies it. */
static const char *id_of(const world *w, char kind, int32_t index)
{
    static char id[16];
    snprintf(id, sizeof id, "%c%c%d", w->prefix, kind, (int)index);
    return id;
}

static runde_status add_modes(const world *w, runde_problem *p)
{
    runde_status status = RUNDE_OK;
    for (int32_t m = 0; m < w->n_modes && status == RUNDE_OK; m++) {
        const world_mode *const mode = &w->modes[m];
        status = runde_problem_add_mode(p, m == 0 ? "car" : "walk", NULL);
        if (status == RUNDE_OK && mode->has_matrix) {
            const runde_matrix matrix = {
                sizeof matrix, w->n_places, mode->durations,
                mode->has_distances ? mode->distances : NULL};
            status = runde_problem_set_matrix(p, m, &matrix);
            for (int32_t c = 0; status == RUNDE_OK && c < w->n_places; c++) {
                /* Some cells of every matrix are estimates. */
                status = runde_problem_set_estimated(p, m, c,
                                                     c / 2 * 2 % w->n_places);
            }
        }
        if (status == RUNDE_OK && mode->leg[0] != mode->leg[1]) {
            status = runde_problem_set_leg(p, m, mode->leg[0], mode->leg[1],
                                           mode->leg[2], mode->leg[3]);
        }
    }
    return status;
}

static runde_status add_things(const world *w, runde_problem *p)
{
    runde_status status = runde_problem_set_weights(p, &w->weights);
    for (int32_t i = 0; i < w->n_places && status == RUNDE_OK; i++) {
        runde_place place = w->places[i];
        place.id = id_of(w, 'p', i);
        status = runde_problem_add_place(p, &place, NULL);
    }
    for (int32_t i = 0; i < w->n_skills && status == RUNDE_OK; i++) {
        status = runde_problem_add_skill(p, id_of(w, 'k', i), NULL);
    }
    for (int32_t i = 0; i < w->n_loads && status == RUNDE_OK; i++) {
        const runde_load load = {sizeof load, id_of(w, 'l', i),
                                 w->is_shared[i]};
        status = runde_problem_add_load(p, &load, NULL);
    }
    return status == RUNDE_OK ? add_modes(w, p) : status;
}

static runde_status add_clients(const world *w, runde_problem *p)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < w->n_clients && status == RUNDE_OK; i++) {
        const world_client *const from = &w->clients[i];
        runde_client client = from->record;
        client.id = id_of(w, 'c', i);
        client.wishes = from->wishes;
        client.absences = from->absences;
        client.weights = from->has_profile ? &from->profile : NULL;
        status = runde_problem_add_client(p, &client, NULL);
    }
    return status;
}

static runde_status add_carers(const world *w, runde_problem *p)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < w->n_carers && status == RUNDE_OK; i++) {
        const world_carer *const from = &w->carers[i];
        runde_carer carer = from->record;
        carer.id = id_of(w, 'h', i);
        carer.skills = from->skills;
        carer.caps = from->caps;
        status = runde_problem_add_carer(p, &carer, NULL);
    }
    return status;
}

static runde_status add_shifts(const world *w, runde_problem *p)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < w->n_shifts && status == RUNDE_OK; i++) {
        const world_shift *const from = &w->shifts[i];
        runde_activity activities[WORLD_FEW];
        runde_shift shift = from->record;
        static const char *const names[WORLD_FEW] = {"a0", "a1", "a2"};
        for (int32_t a = 0; a < shift.n_activities; a++) {
            activities[a] = from->activities[a];
            activities[a].id = names[a];
        }
        shift.id = id_of(w, 's', i);
        shift.breaks = from->breaks;
        shift.activities = activities;
        shift.caps = from->caps;
        status = runde_problem_add_shift(p, &shift, NULL);
    }
    return status;
}

static runde_status add_visits(const world *w, runde_problem *p)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < w->n_visits && status == RUNDE_OK; i++) {
        const world_visit *const from = &w->visits[i];
        runde_visit visit = from->record;
        visit.id = id_of(w, 'v', i);
        visit.windows = from->windows;
        visit.preferred = from->preferred;
        visit.skills = from->skills;
        visit.loads = from->loads;
        visit.wishes = from->wishes;
        status = runde_problem_add_visit(p, &visit, NULL);
    }
    for (int32_t i = 0; i < w->n_links && status == RUNDE_OK; i++) {
        status = runde_problem_add_link(p, &w->links[i], NULL);
    }
    for (int32_t i = 0; i < w->n_past && status == RUNDE_OK; i++) {
        status = runde_problem_add_past_visit(p, &w->past[i], NULL);
    }
    for (int32_t i = 0; i < w->n_published && status == RUNDE_OK; i++) {
        status = runde_problem_add_published(p, &w->published[i], NULL);
    }
    return status;
}

runde_status world_seal(runde_problem **out, const world *w, runde_diag *diag)
{
    runde_problem *p = NULL;
    *out = NULL;
    runde_status status = runde_problem_new(&p, &w->settings, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    status = add_things(w, p);
    status = status == RUNDE_OK ? add_clients(w, p) : status;
    status = status == RUNDE_OK ? add_carers(w, p) : status;
    status = status == RUNDE_OK ? add_shifts(w, p) : status;
    status = status == RUNDE_OK ? add_visits(w, p) : status;
    status = status == RUNDE_OK ? runde_problem_seal(p, diag) : status;
    if (status != RUNDE_OK) {
        runde_problem_free(p);
        return status;
    }
    *out = p;
    return RUNDE_OK;
}

runde_problem *world_problem(const world *w)
{
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = world_seal(&problem, w, &diag);
    if (status != RUNDE_OK) {
        printf("seed %llu: %s %s %s: %s\n", (unsigned long long)w->seed,
               runde_status_name(status), diag.code, diag.pointer,
               diag.message);
    }
    return problem;
}

/* -------------------------------------------------------------- less of it */

void world_drop_link(world *w, int32_t link)
{
    w->n_links--;
    memmove(&w->links[link], &w->links[link + 1],
            (size_t)(w->n_links - link) * sizeof w->links[0]);
}

void world_drop_visit(world *w, int32_t visit)
{
    for (int32_t l = w->n_links - 1; l >= 0; l--) {
        runde_link *const link = &w->links[l];
        if (link->before == visit || link->after == visit) {
            world_drop_link(w, l);
            continue;
        }
        link->before -= link->before > visit;
        link->after -= link->after > visit;
    }
    int32_t n = 0;
    for (int32_t i = 0; i < w->n_published; i++) {
        if (w->published[i].visit != visit) {
            w->published[n] = w->published[i];
            w->published[n].visit -= w->published[n].visit > visit;
            n++;
        }
    }
    w->n_published = n;
    w->n_visits--;
    memmove(&w->visits[visit], &w->visits[visit + 1],
            (size_t)(w->n_visits - visit) * sizeof w->visits[0]);
}

void world_drop_shift(world *w, int32_t shift)
{
    for (int32_t v = 0; v < w->n_visits; v++) {
        int32_t *const pin = &w->visits[v].record.pinned_shift;
        if (*pin == shift) {
            *pin = RUNDE_NONE;
        }
        *pin -= *pin > shift;
    }
    w->n_shifts--;
    memmove(&w->shifts[shift], &w->shifts[shift + 1],
            (size_t)(w->n_shifts - shift) * sizeof w->shifts[0]);
}
