/* SPDX-License-Identifier: MIT */
/* Greedy shrinking: one thing less at a time, as long as it still fails. */
#include "defect.h"

#include <stdlib.h>
#include <string.h>

/* Bends a copy; false when there is no such thing (any more). */
typedef bool (*reduction)(world *w, int32_t i);

static bool no_visit(world *w, int32_t i)
{
    if (i >= w->n_visits || w->n_visits == 1) {
        return false;
    }
    world_drop_visit(w, i);
    return true;
}

static bool no_shift(world *w, int32_t i)
{
    if (i >= w->n_shifts || w->n_shifts == 1) {
        return false;
    }
    world_drop_shift(w, i);
    return true;
}

static bool no_link(world *w, int32_t i)
{
    if (i >= w->n_links) {
        return false;
    }
    world_drop_link(w, i);
    return true;
}

static bool plainer_link(world *w, int32_t i)
{
    runde_link *const l = &w->links[i / 4];
    if (i / 4 >= w->n_links) {
        return false;
    }
    switch (i % 4) {
    case 0:
        l->min_gap = RUNDE_TIME_NONE;
        break;
    case 1:
        l->max_gap = RUNDE_TIME_NONE;
        break;
    case 2:
        l->same_carer = false;
        l->different_carer = false;
        break;
    default:
        l->all_or_none = false;
        break;
    }
    return true;
}

static bool no_weight(world *w, int32_t i)
{
    if (i >= RUNDE_CRITERIA) {
        return false;
    }
    w->weights.weight[i] = 0;
    w->weights.hard &= ~(1U << i);
    w->weights.limit[i] = 0;
    return true;
}

static bool weight_of_one(world *w, int32_t i)
{
    if (i >= RUNDE_CRITERIA) {
        return false;
    }
    w->weights.weight[i] = w->weights.weight[i] > 1 ? 1 : w->weights.weight[i];
    return true;
}

static bool no_setting(world *w, int32_t i)
{
    const int32_t off = RUNDE_UNLIMITED;
    int32_t *const rules[] = {
        &w->settings.rules.daily_rest, &w->settings.rules.weekly_rest,
        &w->settings.rules.max_per_day, &w->settings.rules.max_per_week,
        &w->settings.rules.max_per_horizon};
    switch (i) {
    case 0:
        w->settings.late_at_end = false;
        return true;
    case 1:
        w->settings.depart_at_shift_start = false;
        return true;
    case 2:
        w->n_past = 0;
        return true;
    case 3:
        w->n_published = 0;
        return true;
    case 4:
        w->settings.early_at_end = false;
        return true;
    case 5:
        w->settings.freeze_before = RUNDE_TIME_NONE;
        return true;
    default:
        break;
    }
    if (i - 6 < 5) {
        *rules[i - 6] = off;
        return true;
    }
    return false;
}

static bool plainer_visit(world *w, int32_t i)
{
    enum { KINDS = 18 };
    runde_visit *const v = &w->visits[i / KINDS].record;
    if (i / KINDS >= w->n_visits) {
        return false;
    }
    int32_t *const counts[] = {&v->n_windows, &v->n_preferred, &v->n_skills,
                               &v->n_loads,   &v->n_wishes,    &v->setup,
                               &v->price,     &v->priority,    &v->duration};
    const int32_t kind = i % KINDS;
    switch (kind) {
    case 9:
        v->crew = v->crew > 1 ? v->crew - 1 : 1;
        return true;
    case 10:
        v->optional = false;
        return true;
    case 11:
        v->pinned_shift = RUNDE_NONE;
        return true;
    case 12:
        v->pinned_start = RUNDE_TIME_NONE;
        return true;
    case 13:
        v->may_overlap = false;
        return true;
    case 14:
        v->place = RUNDE_NONE;
        return true;
    case 15:
        v->n_windows = v->n_windows > 1 ? 1 : v->n_windows;
        return true;
    case 16:
        w->visits[i / KINDS].windows[0].max_start = RUNDE_TIME_NONE;
        return true;
    case 17:
        w->visits[i / KINDS].windows[0].max_end = RUNDE_TIME_NONE;
        return true;
    default:
        *counts[kind] = 0;
        return true;
    }
}

static bool plainer_client(world *w, int32_t i)
{
    world_client *const c = &w->clients[i / 5];
    if (i / 5 >= w->n_clients) {
        return false;
    }
    switch (i % 5) {
    case 0:
        c->has_profile = false;
        break;
    case 1:
        c->record.n_wishes = 0;
        break;
    case 2:
        c->record.n_absences = 0;
        break;
    case 3:
        c->record.max_carers = 0;
        break;
    default:
        c->record.place = 0;
        break;
    }
    return true;
}

static bool plainer_carer(world *w, int32_t i)
{
    const int32_t off = RUNDE_UNLIMITED;
    runde_carer *const c = &w->carers[i / 3].record;
    if (i / 3 >= w->n_carers) {
        return false;
    }
    switch (i % 3) {
    case 0:
        c->n_caps = 0;
        break;
    case 1:
        c->n_skills = 0;
        break;
    default:
        c->rules = (runde_work_rules){off, off, off, off, off};
        break;
    }
    return true;
}

static bool plainer_shift(world *w, int32_t i)
{
    enum { KINDS = 11 };
    world_shift *const shift = &w->shifts[i / KINDS];
    runde_shift *const s = &shift->record;
    if (i / KINDS >= w->n_shifts) {
        return false;
    }
    int32_t *const counts[] = {&s->n_breaks, &s->n_activities, &s->n_caps,
                               &s->max_duty, &s->mode};
    const int32_t kind = i % KINDS;
    switch (kind) {
    case 5:
        s->max_end = RUNDE_TIME_NONE;
        return true;
    case 6:
        s->start_place = RUNDE_NONE;
        return true;
    case 7:
        s->end_place = RUNDE_NONE;
        return true;
    case 8:
        s->n_breaks -= s->n_breaks > 0;
        return true;
    case 9:
        shift->breaks[0] = shift->breaks[1];
        s->n_breaks -= s->n_breaks > 0;
        return true;
    case 10:
        s->n_activities -= s->n_activities > 0;
        return true;
    default:
        *counts[kind] = 0;
        return true;
    }
}

static bool plainer_map(world *w, int32_t i)
{
    world_mode *const mode = &w->modes[i / 3];
    if (i / 3 >= w->n_modes) {
        return false;
    }
    switch (i % 3) {
    case 0:
        mode->leg[0] = mode->leg[1];
        break;
    case 1:
        mode->has_distances = false;
        break;
    default:
        for (int32_t k = 0; k < w->n_places * w->n_places; k++) {
            mode->durations[k] = k / w->n_places == k % w->n_places ? 0 : 10;
        }
        break;
    }
    return true;
}

/* The beginning of a defect without its numbers: what kind it is. */
static defect kind_of(const defect *d)
{
    enum { LENGTH = 64 };
    defect kind = {""};
    size_t n = 0;
    for (size_t i = 0; d->text[i] != '\0' && n < LENGTH; i++) {
        if (d->text[i] < '0' || d->text[i] > '9') {
            kind.text[n++] = d->text[i];
        }
    }
    return kind;
}

/* Whether the smaller world is different and fails all the same. */
static bool still_fails(const world *small, const world *w, defect_fn look,
                        const defect *kind)
{
    if (memcmp(small, w, sizeof *w) == 0) {
        return false;
    }
    runde_problem *problem = NULL;
    if (world_seal(&problem, small, NULL) != RUNDE_OK) {
        return false;
    }
    runde_problem_free(problem);
    const defect found = look(small);
    const defect now = kind_of(&found);
    return strcmp(now.text, kind->text) == 0;
}

void shrink(world *w, defect_fn look)
{
    static const reduction reductions[] = {
        no_visit,      no_shift,      no_link,        no_setting,
        no_weight,     plainer_link,  plainer_client, plainer_carer,
        plainer_shift, plainer_visit, plainer_map,    weight_of_one};
    world *const small = malloc(sizeof *small);
    bool again = small != NULL;
    const defect first = look(w);
    const defect kind = kind_of(&first);
    while (again) {
        again = false;
        for (size_t r = 0; r < sizeof reductions / sizeof reductions[0]; r++) {
            for (int32_t i = 0;; i++) {
                memcpy(small, w, sizeof *small);
                if (!reductions[r](small, i)) {
                    break;
                }
                if (still_fails(small, w, look, &kind)) {
                    memcpy(w, small, sizeof *w);
                    again = true;
                    i--;
                }
            }
        }
    }
    free(small);
}
