/* SPDX-License-Identifier: MIT */
/* One cure for each rule: it gives way by as much as what has begun breaks
 * it, and no more. */
#include "replan_mend.h"

#include "base/diag.h"

#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------------- records */

static runde_edit *next_edit(rn_mend *m, runde_edit_kind kind, int32_t index)
{
    const runde_edit fresh = RUNDE_EDIT_INIT;
    runde_edit *const edit = &m->edits[m->n++];
    *edit = fresh;
    edit->kind = kind;
    edit->index = index;
    return edit;
}

static void *copy(rn_mend *m, const void *record, size_t n, size_t size)
{
    void *const out = rn_arena_dup(m->day->arena, record, n, size);
    m->failed = m->failed || out == NULL;
    return out;
}

#define OWN(name, kind_of_edit)                                                \
    static runde_##name *own_##name(rn_mend *m, int32_t i)                     \
    {                                                                          \
        if (m->name##s[i] == NULL) {                                           \
            m->name##s[i] = copy(m, runde_problem_##name(m->problem, i), 1,    \
                                 sizeof *m->name##s[i]);                       \
            if (m->name##s[i] != NULL) {                                       \
                next_edit(m, kind_of_edit, i)->name = m->name##s[i];           \
            }                                                                  \
        }                                                                      \
        return m->name##s[i];                                                  \
    }

OWN(visit, RUNDE_EDIT_REPLACE_VISIT)
OWN(shift, RUNDE_EDIT_REPLACE_SHIFT)
OWN(client, RUNDE_EDIT_REPLACE_CLIENT)
OWN(carer, RUNDE_EDIT_REPLACE_CARER)
OWN(link, RUNDE_EDIT_REPLACE_LINK)

#undef OWN

static runde_weights *own_weights(rn_mend *m)
{
    if (m->weights == NULL) {
        m->weights =
            copy(m, runde_problem_weights(m->problem), 1, sizeof *m->weights);
        if (m->weights != NULL) {
            next_edit(m, RUNDE_EDIT_SET_WEIGHTS, RUNDE_NONE)->weights =
                m->weights;
        }
    }
    return m->weights;
}

static bool is_begun(const rn_mend *m, int32_t visit)
{
    return m->inst->task[m->inst->first_task[visit]].is_frozen;
}

static int32_t start_of(const rn_mend *m, int32_t visit)
{
    return m->inst->stop[m->inst->first_task[visit]].published;
}

/* ----------------------------------------------------------------- visits */

static bool mend_window(rn_mend *m, const runde_violation *broken)
{
    runde_visit *const visit = own_visit(m, broken->visit);
    if (visit == NULL) {
        return false;
    }
    const int32_t start = start_of(m, broken->visit);
    const runde_window window = {start, start, start + visit->duration};
    visit->windows = copy(m, &window, 1, sizeof window);
    visit->n_windows = 1;
    return true;
}

static bool mend_pinned(rn_mend *m, const runde_violation *broken)
{
    runde_visit *const visit = own_visit(m, broken->visit);
    if (visit == NULL) {
        return false;
    }
    if (visit->pinned_start != RUNDE_TIME_NONE) {
        visit->pinned_start = start_of(m, broken->visit);
    }
    if (broken->part == 0 && visit->pinned_shift != broken->shift) {
        visit->pinned_shift = RUNDE_NONE;
    }
    return true;
}

static bool mend_skill(rn_mend *m, const runde_violation *broken)
{
    runde_visit *const visit = own_visit(m, broken->visit);
    if (visit == NULL) {
        return false;
    }
    runde_skill_need *const needs =
        copy(m, visit->skills, (size_t)visit->n_skills, sizeof *visit->skills);
    int32_t n = 0;
    for (int32_t i = 0; needs != NULL && i < visit->n_skills; i++) {
        if (needs[i].min_level != broken->expected ||
            (needs[i].part != RUNDE_NONE && needs[i].part != broken->part)) {
            needs[n++] = needs[i];
        }
    }
    visit->skills = needs;
    visit->n_skills = n;
    return true;
}

/* The wishes without those that forbid a carer, and with one more that asks
 * for the carer if `is_required`. */
static const runde_carer_wish *wishes_with(rn_mend *m,
                                           const runde_carer_wish *wishes,
                                           int32_t *n, int32_t carer,
                                           bool is_required)
{
    runde_carer_wish *const list =
        rn_arena_array(m->day->arena, (size_t)*n + 1, sizeof *list);
    if (list == NULL) {
        m->failed = true;
        return NULL;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < *n; i++) {
        if (wishes[i].kind != RUNDE_PROHIBITED || wishes[i].carer != carer) {
            list[kept++] = wishes[i];
        }
    }
    if (is_required) {
        list[kept].kind = RUNDE_REQUIRED;
        list[kept++].carer = carer;
    }
    *n = kept;
    return list;
}

static bool mend_carer(rn_mend *m, const runde_violation *broken)
{
    runde_visit *const visit = own_visit(m, broken->visit);
    if (visit == NULL) {
        return false;
    }
    const int32_t carer = runde_problem_shift(m->problem, broken->shift)->carer;
    const bool is_required = broken->expected == 1;
    visit->wishes =
        wishes_with(m, visit->wishes, &visit->n_wishes, carer, is_required);
    runde_client *const client =
        is_required ? NULL : own_client(m, visit->client);
    if (client != NULL) {
        client->wishes =
            wishes_with(m, client->wishes, &client->n_wishes, carer, false);
    }
    return true;
}

/* Who was to be away, and is not, goes when the visit is over. */
static bool mend_absence(rn_mend *m, const runde_violation *broken)
{
    const runde_visit *const visit =
        runde_problem_visit(m->problem, broken->visit);
    const int32_t start = start_of(m, broken->visit);
    const int32_t end = start + visit->duration;
    runde_client *const client = own_client(m, visit->client);
    if (client == NULL) {
        return false;
    }
    runde_interval *const list =
        copy(m, client->absences, (size_t)client->n_absences,
             sizeof *client->absences);
    int32_t n = 0;
    for (int32_t i = 0; list != NULL && i < client->n_absences; i++) {
        runde_interval one = list[i];
        if (one.start < end && one.end >= start) {
            one.start = end;
        }
        if (one.start <= one.end) {
            list[n++] = one;
        }
    }
    client->absences = list;
    client->n_absences = n;
    return true;
}

static bool mend_overlap(rn_mend *m, const runde_violation *broken)
{
    runde_visit *const visit = own_visit(m, broken->visit);
    if (visit != NULL) {
        visit->may_overlap = true;
    }
    return true;
}

/* ------------------------------------------------------------------ links */

static bool mend_gap(rn_mend *m, const runde_violation *broken)
{
    const int32_t n = runde_problem_n_links(m->problem);
    bool mended = false;
    for (int32_t i = 0; i < n; i++) {
        const runde_link *const link = runde_problem_link(m->problem, i);
        if (link->after != broken->visit || !is_begun(m, link->before)) {
            continue;
        }
        const int32_t length =
            runde_problem_visit(m->problem, link->before)->duration;
        const int32_t gap = start_of(m, link->after) -
                            start_of(m, link->before) -
                            (link->from_end ? length : 0);
        const bool is_short =
            link->min_gap != RUNDE_TIME_NONE && gap < link->min_gap;
        const bool is_long =
            link->max_gap != RUNDE_TIME_NONE && gap > link->max_gap;
        runde_link *const own = is_short || is_long ? own_link(m, i) : NULL;
        if (own != NULL) {
            own->min_gap = is_short ? gap : own->min_gap;
            own->max_gap = is_long ? gap : own->max_gap;
            mended = true;
        }
    }
    return mended;
}

static bool mend_link_carer(rn_mend *m, const runde_violation *broken)
{
    const int32_t n = runde_problem_n_links(m->problem);
    bool mended = false;
    for (int32_t i = 0; i < n; i++) {
        const runde_link *const link = runde_problem_link(m->problem, i);
        runde_link *const own =
            link->after == broken->visit && is_begun(m, link->before) &&
                    (link->same_carer || link->different_carer)
                ? own_link(m, i)
                : NULL;
        if (own != NULL) {
            own->same_carer = false;
            own->different_carer = false;
            mended = true;
        }
    }
    return mended;
}

/* One of two has begun: the other is no condition for it any more. */
static bool mend_all_or_none(rn_mend *m, const runde_violation *broken)
{
    const int32_t n = runde_problem_n_links(m->problem);
    bool mended = false;
    for (int32_t i = 0; i < n; i++) {
        const runde_link *const link = runde_problem_link(m->problem, i);
        const bool is_it =
            link->after == broken->visit || link->before == broken->visit;
        runde_link *const own =
            is_it && link->all_or_none &&
                    is_begun(m, link->before) != is_begun(m, link->after)
                ? own_link(m, i)
                : NULL;
        if (own != NULL) {
            own->all_or_none = false;
            mended = true;
        }
    }
    return mended;
}

/* ----------------------------------------------------------------- shifts */

static bool mend_shift(rn_mend *m, const runde_violation *broken)
{
    runde_shift *const shift = own_shift(m, broken->shift);
    if (shift == NULL || broken->visit != RUNDE_NONE) {
        return false;
    }
    if (broken->found > broken->expected && broken->found > shift->max_end) {
        shift->max_end = (int32_t)broken->found;
    } else if (broken->found < shift->start) {
        shift->start = (int32_t)broken->found;
    }
    return true;
}

/* From where the carer is by now there may be no road home, which is the leg
 * that belongs to no visit. */
static bool mend_travel(rn_mend *m, const runde_violation *broken)
{
    runde_shift *const shift =
        broken->visit != RUNDE_NONE || broken->expected != RUNDE_UNREACHABLE
            ? NULL
            : own_shift(m, broken->shift);
    if (shift != NULL) {
        shift->end_place = RUNDE_NONE;
    }
    return shift != NULL;
}

static rn_day_shift *day_shift(const rn_mend *m, int32_t shift)
{
    for (int32_t s = 0; s < m->day->n_shifts; s++) {
        if (runde_problem_derived_shift(m->problem, s) == shift) {
            return &m->day->shifts[s];
        }
    }
    return NULL;
}

/* The published plan's numbers of breaks or activities move up. */
static void renumber(int32_t *at, int32_t n, int32_t dropped)
{
    for (int32_t i = 0; at != NULL && i < n; i++) {
        at[i] = at[i] == dropped  ? RUNDE_NONE
                : at[i] > dropped ? at[i] - 1
                                  : at[i];
    }
}

static void drop_break(rn_mend *m, runde_shift *shift, rn_day_shift *was,
                       int32_t item)
{
    runde_break *const list =
        copy(m, shift->breaks, (size_t)shift->n_breaks, sizeof *shift->breaks);
    shift->n_breaks--;
    for (int32_t i = item; list != NULL && i < shift->n_breaks; i++) {
        list[i] = list[i + 1];
    }
    shift->breaks = list;
    renumber(was->break_at, was->n_break_at, item);
}

static void drop_activity(rn_mend *m, runde_shift *shift, rn_day_shift *was,
                          int32_t item)
{
    runde_activity *const list =
        copy(m, shift->activities, (size_t)shift->n_activities,
             sizeof *shift->activities);
    shift->n_activities--;
    for (int32_t i = item; list != NULL && i < shift->n_activities; i++) {
        list[i] = list[i + 1];
    }
    shift->activities = list;
    renumber(was->activity_at, was->n_activity_at, item);
    if (was->delayed != RUNDE_NONE && was->delay_stop.item == item) {
        was->delayed = RUNDE_NONE;
    } else if (was->delayed != RUNDE_NONE && was->delay_stop.item > item) {
        was->delay_stop.item--;
    }
}

/* Which break or activity of the route comes too late; RUNDE_NONE when it is
 * one that is dropped already. */
static int32_t late_item(const rn_mend *m, const runde_violation *broken,
                         runde_stop_kind kind)
{
    for (int32_t r = 0; r < runde_plan_n_routes(m->held); r++) {
        const runde_route *const route = runde_plan_route(m->held, r);
        for (int32_t i = 0; route->shift == broken->shift && i < route->n_stops;
             i++) {
            const runde_stop *const stop = &route->stops[i];
            if (stop->kind == kind && stop->start == broken->found) {
                return stop->item;
            }
        }
    }
    return RUNDE_NONE;
}

/* One of a shift at a time: without it the next may be in time. */
static bool drop_late(rn_mend *m, const runde_violation *broken,
                      runde_stop_kind kind)
{
    rn_day_shift *const was = day_shift(m, broken->shift);
    const int32_t item = late_item(m, broken, kind);
    if (was == NULL || item == RUNDE_NONE || m->shifts[broken->shift] != NULL) {
        return false;
    }
    runde_shift *const shift = own_shift(m, broken->shift);
    if (shift != NULL && kind == RUNDE_STOP_BREAK) {
        drop_break(m, shift, was, item);
    } else if (shift != NULL) {
        drop_activity(m, shift, was, item);
    }
    return true;
}

static bool mend_break(rn_mend *m, const runde_violation *broken)
{
    return drop_late(m, broken, RUNDE_STOP_BREAK);
}

static bool mend_activity(rn_mend *m, const runde_violation *broken)
{
    return drop_late(m, broken, RUNDE_STOP_ACTIVITY);
}

/* ----------------------------------------------------------------- carers */

static void lift(int32_t *limit, const runde_violation *broken)
{
    if (*limit == broken->expected && broken->found <= INT32_MAX) {
        *limit = (int32_t)broken->found;
    }
}

static bool mend_duty(rn_mend *m, const runde_violation *broken)
{
    runde_shift *const shift = own_shift(m, broken->shift);
    if (shift == NULL) {
        return false;
    }
    lift(&shift->max_duty, broken);
    runde_carer *const carer = own_carer(m, shift->carer);
    if (carer != NULL) {
        lift(&carer->rules.max_per_day, broken);
        lift(&carer->rules.max_per_week, broken);
        lift(&carer->rules.max_per_horizon, broken);
    }
    return true;
}

/* 0 would be the problem's general rule. */
static bool mend_rest(rn_mend *m, const runde_violation *broken)
{
    if (broken->shift != RUNDE_NONE) {
        runde_shift *const shift = own_shift(m, broken->shift);
        if (shift != NULL && broken->found < 0) {
            shift->start -= (int32_t)broken->found;
        }
        if (shift != NULL) {
            shift->continues = true;
        }
        return true;
    }
    runde_carer *const carer =
        broken->carer == RUNDE_NONE ? NULL : own_carer(m, broken->carer);
    if (carer != NULL) {
        carer->rules.weekly_rest =
            broken->found > 0 ? (int32_t)broken->found : RUNDE_UNLIMITED;
    }
    return carer != NULL;
}

static const runde_cap *raise_caps(rn_mend *m, const runde_cap *caps, int32_t n,
                                   const runde_violation *broken)
{
    runde_cap *const list = copy(m, caps, (size_t)n, sizeof *caps);
    for (int32_t i = 0; list != NULL && i < n; i++) {
        lift(&list[i].cap, broken);
    }
    return list;
}

static bool mend_load(rn_mend *m, const runde_violation *broken)
{
    if (broken->shift != RUNDE_NONE) {
        runde_shift *const shift = own_shift(m, broken->shift);
        if (shift != NULL) {
            shift->caps = raise_caps(m, shift->caps, shift->n_caps, broken);
        }
        return true;
    }
    runde_carer *const carer =
        broken->carer == RUNDE_NONE ? NULL : own_carer(m, broken->carer);
    if (carer != NULL) {
        carer->caps = raise_caps(m, carer->caps, carer->n_caps, broken);
    }
    return carer != NULL;
}

/* ---------------------------------------------------------- hard criteria */

/* Whether it shows how much is left to do, which is for the search. */
static bool is_for_search(int32_t criterion)
{
    return criterion == RUNDE_IDLE || criterion == RUNDE_MAX_IDLE ||
           criterion == RUNDE_OPTIONAL_UNSERVED;
}

/* A limit that what has begun is beyond already. */
static bool mend_hard(rn_mend *m, const runde_violation *broken)
{
    runde_weights *weights = NULL;
    if (broken->criterion == RUNDE_NONE || is_for_search(broken->criterion)) {
        return false;
    }
    if (broken->client == RUNDE_NONE) {
        weights = own_weights(m);
    } else {
        runde_client *const client = own_client(m, broken->client);
        if (client != NULL && client->weights != NULL) {
            weights = copy(m, client->weights, 1, sizeof *weights);
            client->weights = weights;
        }
    }
    if (weights != NULL) {
        weights->limit[broken->criterion] = broken->found;
    }
    return true;
}

/* ------------------------------------------------------------------ rules */

typedef bool mend_fn(rn_mend *m, const runde_violation *broken);

static const struct {
    const char *rule;
    mend_fn *mend;
} cures[] = {
    {"window", mend_window},   {"skill", mend_skill},
    {"carer", mend_carer},     {"pinned", mend_pinned},
    {"absence", mend_absence}, {"overlap", mend_overlap},
    {"shift", mend_shift},     {"activity", mend_activity},
    {"break", mend_break},     {"load", mend_load},
    {"link", mend_gap},        {"link_carer", mend_link_carer},
    {"duty", mend_duty},       {"all_or_none", mend_all_or_none},
    {"rest", mend_rest},       {"hard", mend_hard},
    {"travel", mend_travel},
};

static void tell(const rn_mend *m, const runde_violation *broken)
{
    const bool is_of_visit = broken->visit != RUNDE_NONE;
    const bool is_dropped = strcmp(broken->rule, "break") == 0 ||
                            strcmp(broken->rule, "activity") == 0;
    char pointer[48] = "";
    if (is_of_visit || broken->shift != RUNDE_NONE) {
        (void)snprintf(pointer, sizeof pointer, "/%s/%d",
                       is_of_visit ? "visits" : "shifts",
                       is_of_visit ? (int)broken->visit : (int)broken->shift);
    }
    rn_diag_add(m->diag, RUNDE_WARNING, "RUNDE-W644", pointer,
                "what has begun stays, which breaks the rule %s: %s; %s",
                broken->rule, broken->message,
                is_dropped ? "it is dropped" : "the rule gives way");
}

/* Hard criteria wait until all else is mended. */
void rn_mend_rule(rn_mend *m, const runde_violation *broken, bool only_hard)
{
    for (size_t i = 0; i < sizeof cures / sizeof cures[0]; i++) {
        if (strcmp(cures[i].rule, broken->rule) == 0 &&
            (cures[i].mend == mend_hard) == only_hard &&
            cures[i].mend(m, broken)) {
            tell(m, broken);
        }
    }
}

runde_status rn_mend_start(rn_mend *m, int32_t n_broken)
{
    const runde_problem *const p = m->problem;
    rn_arena *const arena = m->day->arena;
    const size_t n_visits = (size_t)runde_problem_n_visits(p);
    const size_t n_shifts = (size_t)runde_problem_n_shifts(p);
    const size_t n_clients = (size_t)runde_problem_n_clients(p);
    const size_t n_carers = (size_t)runde_problem_n_carers(p);
    const size_t n_links = (size_t)runde_problem_n_links(p);
    /* A rule asks for two records at the most, but for links. */
    const size_t all = n_visits + n_shifts + n_clients + n_carers + 1;
    const size_t few = 2 * (size_t)n_broken;
    m->visits = rn_arena_array(arena, n_visits, sizeof *m->visits);
    m->shifts = rn_arena_array(arena, n_shifts, sizeof *m->shifts);
    m->clients = rn_arena_array(arena, n_clients, sizeof *m->clients);
    m->carers = rn_arena_array(arena, n_carers, sizeof *m->carers);
    m->links = rn_arena_array(arena, n_links, sizeof *m->links);
    m->edits = rn_arena_array(arena, (few < all ? few : all) + n_links + 1,
                              sizeof *m->edits);
    return m->visits != NULL && m->shifts != NULL && m->clients != NULL &&
                   m->carers != NULL && m->links != NULL && m->edits != NULL
               ? RUNDE_OK
               : RUNDE_E_NOMEM;
}
