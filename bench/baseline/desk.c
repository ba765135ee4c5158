/* SPDX-License-Identifier: MIT */
#include "baseline/desk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

/* ------------------------------------------------------------- opening */

/* The area is the part of an id before the first '-'. */
static int32_t area_of(desk *d, const char *id)
{
    assert(id != NULL); /* a sealed problem has ids */
    const size_t length = strcspn(id, "-");
    const bool has_area = id[length] == '-';
    for (int32_t i = 0; i < d->n_areas; i++) {
        const char *known = d->areas[i];
        assert(known != NULL);
        if (has_area ? strncmp(known, id, length + 1) == 0
                     : strchr(known, '-') == NULL) {
            return i;
        }
    }
    d->areas[d->n_areas] = id;
    d->base[d->n_areas] = RUNDE_NONE;
    return d->n_areas++;
}

/* A client who is away part of the window is visited on the side of the
 * absence where the wish is. */
static void mind_absences(desk_visit *v, const runde_client *client)
{
    for (int32_t i = 0; i < client->n_absences; i++) {
        const runde_interval away = client->absences[i];
        if (v->max_start + v->visit->duration <= away.start ||
            v->min_start > away.end) {
            continue;
        }
        if (v->wish < away.start) {
            v->max_start = away.start - v->visit->duration;
        } else {
            v->min_start = away.end + 1;
        }
    }
}

static void read_visit(desk *d, int32_t index)
{
    desk_visit *v = &d->visits[index];
    v->visit = runde_problem_visit(d->problem, index);
    const runde_client *client =
        runde_problem_client(d->problem, v->visit->client);
    v->area = area_of(d, client->id);
    /* Bounds that are not given: a quarter of the int32 range is 17 years. */
    v->min_start = 0;
    v->max_start = INT32_MAX / 4;
    if (v->visit->n_windows > 0) {
        const runde_window *window = &v->visit->windows[0];
        if (window->min_start != RUNDE_TIME_NONE) {
            v->min_start = window->min_start;
        }
        if (window->max_start != RUNDE_TIME_NONE) {
            v->max_start = window->max_start;
        }
        if (window->max_end != RUNDE_TIME_NONE &&
            window->max_end - v->visit->duration < v->max_start) {
            v->max_start = window->max_end - v->visit->duration;
        }
    }
    if (v->visit->pinned_start != RUNDE_TIME_NONE) {
        v->min_start = v->visit->pinned_start;
        v->max_start = v->visit->pinned_start;
    }
    v->wish =
        v->visit->n_preferred > 0 ? v->visit->preferred[0].start : v->min_start;
    mind_absences(v, client);
    v->wish = v->wish < v->min_start ? v->min_start : v->wish;
    v->wish = v->wish > v->max_start ? v->max_start : v->wish;
    v->next_of_client = d->client_first[v->visit->client];
    d->client_first[v->visit->client] = index;
    for (int32_t k = 0; k < RUNDE_MAX_CREW; k++) {
        v->list[k] = RUNDE_NONE;
    }
}

static void read_links(desk *d)
{
    const int32_t n = runde_problem_n_links(d->problem);
    for (int32_t i = 0; i < n; i++) {
        const runde_link *link = runde_problem_link(d->problem, i);
        d->visits[link->before].n_links++;
        d->visits[link->after].n_links++;
    }
    int32_t at = 0;
    for (int32_t v = 0; v < d->n_visits; v++) {
        d->visits[v].first_link = at;
        at += d->visits[v].n_links;
        d->visits[v].n_links = 0;
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_link *link = runde_problem_link(d->problem, i);
        desk_visit *a = &d->visits[link->before];
        desk_visit *b = &d->visits[link->after];
        d->links[a->first_link + a->n_links++] = i;
        d->links[b->first_link + b->n_links++] = i;
    }
}

/* Bucket sort of the past visits' carers by client. */
static void read_history(desk *d)
{
    const int32_t n = runde_problem_n_past_visits(d->problem);
    const int32_t clients = runde_problem_n_clients(d->problem);
    for (int32_t i = 0; i < n; i++) {
        d->known_first[runde_problem_past_visit(d->problem, i)->client + 1]++;
    }
    for (int32_t c = 0; c < clients; c++) {
        d->known_first[c + 1] += d->known_first[c];
    }
    for (int32_t i = n - 1; i >= 0; i--) {
        const runde_past_visit *past = runde_problem_past_visit(d->problem, i);
        const int32_t end = d->known_first[past->client + 1];
        int32_t at = d->known_first[past->client];
        while (at < end && d->known[at] != RUNDE_NONE) {
            at++;
        }
        d->known[at] = past->carer;
    }
}

static runde_status read_lists(desk *d)
{
    const int64_t tick = runde_problem_settings(d->problem)->tick_ms;
    const int64_t day = DAY_MS / (tick > 0 ? tick : 1000);
    for (int32_t i = 0; i < d->n_lists; i++) {
        desk_list *list = &d->lists[i];
        const runde_status status = round_open(&list->round, d->problem, i);
        if (status != RUNDE_OK) {
            return status;
        }
        const runde_shift *shift = list->round.shift;
        list->area =
            area_of(d, runde_problem_carer(d->problem, shift->carer)->id);
        list->home = shift->start_place;
        list->is_patrol = shift->start / day != (shift->end - 1) / day;
        if (!list->is_patrol || d->base[list->area] == RUNDE_NONE) {
            d->base[list->area] = shift->start_place;
        }
    }
    return RUNDE_OK;
}

static runde_status allocate(desk *d)
{
    const size_t visits = (size_t)d->n_visits + 1;
    const size_t clients = (size_t)runde_problem_n_clients(d->problem) + 2;
    const size_t past = (size_t)runde_problem_n_past_visits(d->problem) + 1;
    const size_t areas = clients + (size_t)runde_problem_n_carers(d->problem);
    d->visits = calloc(visits, sizeof *d->visits);
    d->lists = calloc((size_t)d->n_lists + 1, sizeof *d->lists);
    d->links = calloc((size_t)runde_problem_n_links(d->problem) * 2 + 1,
                      sizeof *d->links);
    d->client_first = malloc(clients * sizeof *d->client_first);
    d->known_first = calloc(clients, sizeof *d->known_first);
    d->known = malloc(past * sizeof *d->known);
    d->areas = calloc(areas, sizeof *d->areas);
    d->base = calloc(areas, sizeof *d->base);
    if (!d->visits || !d->lists || !d->links || !d->client_first ||
        !d->known_first || !d->known || !d->areas || !d->base) {
        return RUNDE_E_NOMEM;
    }
    for (size_t i = 0; i < clients; i++) {
        d->client_first[i] = RUNDE_NONE;
    }
    for (size_t i = 0; i < past; i++) {
        d->known[i] = RUNDE_NONE;
    }
    return RUNDE_OK;
}

runde_status desk_open(desk *d, const runde_problem *problem)
{
    memset(d, 0, sizeof *d);
    d->problem = problem;
    d->n_visits = runde_problem_n_visits(problem);
    d->n_lists = runde_problem_n_shifts(problem);
    runde_status status = allocate(d);
    if (status == RUNDE_OK) {
        for (int32_t v = 0; v < d->n_visits; v++) {
            read_visit(d, v);
        }
        read_links(d);
        read_history(d);
        status = read_lists(d);
    }
    return status;
}

void desk_close(desk *d)
{
    for (int32_t i = 0; d->lists && i < d->n_lists; i++) {
        round_close(&d->lists[i].round);
    }
    free(d->base);
    free(d->areas);
    free(d->known);
    free(d->known_first);
    free(d->client_first);
    free(d->links);
    free(d->lists);
    free(d->visits);
    memset(d, 0, sizeof *d);
}

/* ------------------------------------------------------------- judging */

static int32_t level_held(const runde_carer *carer, int32_t skill,
                          int32_t until)
{
    int32_t level = RUNDE_NONE;
    for (int32_t i = 0; i < carer->n_skills; i++) {
        const runde_skill_held *held = &carer->skills[i];
        if (held->skill == skill && held->level > level &&
            (held->expires == RUNDE_TIME_NONE || held->expires >= until)) {
            level = held->level;
        }
    }
    return level;
}

static bool has_skills(const desk *d, const desk_list *list, int32_t visit,
                       int32_t part)
{
    const runde_shift *shift = list->round.shift;
    const runde_carer *carer = runde_problem_carer(d->problem, shift->carer);
    const runde_visit *v = d->visits[visit].visit;
    for (int32_t i = 0; i < v->n_skills; i++) {
        const runde_skill_need *need = &v->skills[i];
        if ((need->part == RUNDE_NONE || need->part == part) &&
            level_held(carer, need->skill, shift->end) < need->min_level) {
            return false;
        }
    }
    return true;
}

static bool wishes_allow(const runde_carer_wish *wishes, int32_t n,
                         int32_t carer, bool *is_asked, bool *is_named)
{
    for (int32_t i = 0; i < n; i++) {
        if (wishes[i].kind == RUNDE_PROHIBITED && wishes[i].carer == carer) {
            return false;
        }
        if (wishes[i].kind == RUNDE_REQUIRED) {
            *is_asked = true;
            *is_named = *is_named || wishes[i].carer == carer;
        }
    }
    return true;
}

static bool carer_allowed(const desk *d, int32_t visit, int32_t carer)
{
    const runde_visit *v = d->visits[visit].visit;
    const runde_client *client = runde_problem_client(d->problem, v->client);
    bool is_asked = false;
    bool is_named = false;
    return wishes_allow(v->wishes, v->n_wishes, carer, &is_asked, &is_named) &&
           wishes_allow(client->wishes, client->n_wishes, carer, &is_asked,
                        &is_named) &&
           (!is_asked || is_named);
}

static int32_t use_of(const runde_visit *visit, int32_t load)
{
    for (int32_t i = 0; i < visit->n_loads; i++) {
        if (visit->loads[i].load == load) {
            return visit->loads[i].amount;
        }
    }
    return 0;
}

static bool caps_allow(const desk *d, const desk_list *list,
                       const runde_cap *caps, int32_t n,
                       const runde_visit *visit)
{
    for (int32_t i = 0; i < n; i++) {
        int32_t sum = use_of(visit, caps[i].load);
        if (sum == 0 || caps[i].cap == RUNDE_UNLIMITED) {
            continue;
        }
        for (int32_t s = 0; s < list->round.n; s++) {
            const round_stop *stop = &list->round.stops[s];
            if (stop->is_visit) {
                sum += use_of(d->visits[stop->item].visit, caps[i].load);
            }
        }
        if (sum > caps[i].cap) {
            return false;
        }
    }
    return true;
}

bool desk_may_serve(const desk *d, const desk_list *list, int32_t visit,
                    int32_t part)
{
    const desk_visit *v = &d->visits[visit];
    const runde_shift *shift = list->round.shift;
    const runde_carer *carer = runde_problem_carer(d->problem, shift->carer);
    if (v->max_start < shift->start || v->min_start > shift->max_end) {
        return false;
    }
    if (part == 0 && v->visit->pinned_shift != RUNDE_NONE &&
        v->visit->pinned_shift != list->round.index) {
        return false;
    }
    return has_skills(d, list, visit, part) &&
           carer_allowed(d, visit, shift->carer) &&
           caps_allow(d, list, shift->caps, shift->n_caps, v->visit) &&
           caps_allow(d, list, carer->caps, carer->n_caps, v->visit);
}

int32_t desk_excess(const desk *d, const desk_list *list, int32_t visit,
                    int32_t part)
{
    const runde_shift *shift = list->round.shift;
    const runde_carer *carer = runde_problem_carer(d->problem, shift->carer);
    const runde_visit *v = d->visits[visit].visit;
    int32_t excess = 0;
    for (int32_t i = 0; i < v->n_skills; i++) {
        const runde_skill_need *need = &v->skills[i];
        if (need->part == RUNDE_NONE || need->part == part) {
            excess +=
                level_held(carer, need->skill, shift->end) - need->min_level;
        }
    }
    return excess;
}

bool desk_is_known(const desk *d, int32_t client, int32_t carer)
{
    for (int32_t i = d->known_first[client]; i < d->known_first[client + 1];
         i++) {
        if (d->known[i] == carer) {
            return true;
        }
    }
    const runde_client *c = runde_problem_client(d->problem, client);
    for (int32_t i = 0; i < c->n_wishes; i++) {
        if (c->wishes[i].carer == carer &&
            c->wishes[i].kind == RUNDE_PREFERRED) {
            return true;
        }
    }
    return false;
}

bool desk_covers(const desk *d, const desk_list *list, int32_t visit)
{
    const int32_t area = d->visits[visit].area;
    return list->is_patrol ? d->base[area] == list->round.shift->start_place
                           : area == list->area;
}

/* ------------------------------------------------------------- placing */

static int32_t carer_on(const desk *d, int32_t list)
{
    return list == RUNDE_NONE ? RUNDE_NONE : d->lists[list].round.shift->carer;
}

static bool link_carers_hold(const desk *d, const runde_link *link)
{
    const desk_visit *a = &d->visits[link->before];
    const desk_visit *b = &d->visits[link->after];
    for (int32_t i = 0; i < RUNDE_MAX_CREW; i++) {
        const int32_t one = carer_on(d, a->list[i]);
        const int32_t same = carer_on(d, b->list[i]);
        if (link->same_carer && one != RUNDE_NONE && same != RUNDE_NONE &&
            one != same) {
            return false;
        }
        for (int32_t j = 0; j < RUNDE_MAX_CREW; j++) {
            const int32_t other = carer_on(d, b->list[j]);
            if (link->different_carer && one != RUNDE_NONE && one == other) {
                return false;
            }
        }
    }
    return true;
}

static bool links_hold(const desk *d, int32_t visit)
{
    const desk_visit *v = &d->visits[visit];
    for (int32_t i = 0; i < v->n_links; i++) {
        const runde_link *link =
            runde_problem_link(d->problem, d->links[v->first_link + i]);
        const desk_visit *a = &d->visits[link->before];
        const desk_visit *b = &d->visits[link->after];
        if (a->placed == 0 || b->placed == 0) {
            continue;
        }
        const int32_t gap =
            b->start - a->start - (link->from_end ? a->visit->duration : 0);
        if ((link->min_gap != RUNDE_TIME_NONE && gap < link->min_gap) ||
            (link->max_gap != RUNDE_TIME_NONE && gap > link->max_gap) ||
            !link_carers_hold(d, link)) {
            return false;
        }
    }
    return true;
}

/* Alone at the client's, present when the client is, one carer a part. */
static bool presence_holds(const desk *d, int32_t visit)
{
    const desk_visit *v = &d->visits[visit];
    const int32_t end = v->start + v->visit->duration;
    const runde_client *client =
        runde_problem_client(d->problem, v->visit->client);
    for (int32_t i = 0; i < client->n_absences; i++) {
        if (end > client->absences[i].start &&
            v->start <= client->absences[i].end) {
            return false;
        }
    }
    for (int32_t o = d->client_first[v->visit->client]; o != RUNDE_NONE;
         o = d->visits[o].next_of_client) {
        const desk_visit *other = &d->visits[o];
        if (o != visit && other->placed > 0 && !other->visit->may_overlap &&
            !v->visit->may_overlap &&
            v->start < other->start + other->visit->duration &&
            other->start < end) {
            return false;
        }
    }
    for (int32_t i = 1; i < RUNDE_MAX_CREW; i++) {
        for (int32_t j = 0; j < i && v->list[i] != RUNDE_NONE; j++) {
            if (carer_on(d, v->list[i]) == carer_on(d, v->list[j])) {
                return false;
            }
        }
    }
    return true;
}

/* Reads the round's clock; whether all that moved may be where it is. */
static bool read_clock(desk *d, round *r, int32_t added)
{
    bool is_sound = true;
    for (int32_t i = 0; i < r->n; i++) {
        round_stop *stop = &r->stops[i];
        if (stop->is_visit) {
            desk_visit *v = &d->visits[stop->item];
            stop->has_moved = i == added || v->start != stop->start;
            v->start = stop->start;
        }
    }
    for (int32_t i = 0; i < r->n && is_sound; i++) {
        const round_stop *stop = &r->stops[i];
        is_sound = !stop->is_visit || !stop->has_moved ||
                   (links_hold(d, stop->item) && presence_holds(d, stop->item));
    }
    return is_sound;
}

static round_stop stop_of(const desk *d, const desk_part *part)
{
    const runde_visit *visit = d->visits[part->visit].visit;
    const round_stop stop = {.is_visit = true,
                             .item = part->visit,
                             .part = part->part,
                             .place = visit->place,
                             .duration = visit->duration,
                             .setup = visit->setup,
                             .min_start = part->min_start,
                             .max_start = part->max_start};
    return stop;
}

bool desk_try(desk *d, int32_t list, int32_t at, const desk_part *part)
{
    const round_stop stop = stop_of(d, part);
    return !round_is_late(&d->lists[list].round, at, &stop) &&
           desk_place(d, list, at, part);
}

bool desk_place(desk *d, int32_t list, int32_t at, const desk_part *part)
{
    desk_visit *v = &d->visits[part->visit];
    round *r = &d->lists[list].round;
    const round_stop stop = stop_of(d, part);
    if (part->min_start > part->max_start || !round_insert(r, at, &stop)) {
        return false;
    }
    bool is_sound = round_time(r);
    v->placed++;
    v->list[part->part] = list;
    if (is_sound) {
        is_sound = read_clock(d, r, at);
    }
    if (!is_sound) {
        v->placed--;
        v->list[part->part] = RUNDE_NONE;
        round_remove(r, at);
        (void)round_time(r);
        (void)read_clock(d, r, RUNDE_NONE);
    }
    return is_sound;
}

bool desk_take(desk *d, int32_t visit, int32_t part)
{
    desk_visit *v = &d->visits[visit];
    round *r = &d->lists[v->list[part]].round;
    int32_t at = 0;
    while (!r->stops[at].is_visit || r->stops[at].item != visit ||
           r->stops[at].part != part) {
        at++;
    }
    round_remove(r, at);
    v->placed--;
    v->list[part] = RUNDE_NONE;
    const bool is_timed = round_time(r);
    return read_clock(d, r, RUNDE_NONE) && is_timed;
}
