/* SPDX-License-Identifier: MIT */
#include "baseline/placing.h"

#include <stdlib.h>

/* What speaks for a list, in seconds of drive or their like. */
#define CARE_HOME 100     /* per cent: away from the list's neighbourhood */
#define CARE_EXCESS 900   /* ticks: a level above what is asked for */
#define CARE_KNOWN 600    /* ticks: the client knows the carer */
#define CARE_CROWD 900    /* ticks: a clock visit already on the list */
#define CLOCK_WINDOW 1800 /* ticks: a window this short is a clock visit */
#define CREW_STEP 600     /* ticks between the times tried for two */
#define ROOM_BEFORE 3600  /* ticks before a window that are in its way */

int64_t placing_scaled(int64_t ticks, int64_t per_cent)
{
    return ticks * per_cent / 100;
}

int64_t placing_drive(const desk *d, const desk_list *list, int32_t from,
                      int32_t to)
{
    int32_t duration = 0;
    int32_t distance = 0;
    if (from == RUNDE_NONE || to == RUNDE_NONE) {
        return 0;
    }
    runde_problem_travel(d->problem, list->round.shift->mode, from, to,
                         &duration, &distance);
    return duration == RUNDE_UNREACHABLE ? INT32_MAX : duration;
}

/* How well the list suits the visit, wherever the carer is at the time. */
int64_t placing_suits(const desk *d, const desk_list *list, int32_t visit,
                      int32_t part)
{
    const runde_visit *v = d->visits[visit].visit;
    const bool is_known = desk_is_known(d, v->client, list->round.shift->carer);
    const int64_t home =
        list->is_patrol ? 0 : placing_drive(d, list, list->home, v->place);
    return placing_scaled(home, CARE_HOME) +
           (int64_t)CARE_EXCESS * desk_excess(d, list, visit, part) -
           (is_known ? CARE_KNOWN : 0);
}

bool placing_is_left(const desk *d, int32_t visit)
{
    return d->visits[visit].placed < d->visits[visit].visit->crew;
}

static void take_all(desk *d, int32_t visit)
{
    for (int32_t part = 0; part < RUNDE_MAX_CREW; part++) {
        if (d->visits[visit].list[part] != RUNDE_NONE) {
            (void)desk_take(d, visit, part);
        }
    }
}

int32_t placing_visits_on(const round *r)
{
    int32_t n = 0;
    for (int32_t i = 0; i < r->n; i++) {
        n += r->stops[i].is_visit ? 1 : 0;
    }
    return n;
}

/* Puts a part on the list where the detour is least. */
static bool fit_in(desk *d, int32_t list, const desk_part *part)
{
    const round *r = &d->lists[list].round;
    const int32_t place = d->visits[part->visit].visit->place;
    int32_t last = INT32_MIN; /* detour of the position tried before */
    int32_t last_at = RUNDE_NONE;
    for (int32_t tries = 0; tries <= r->n; tries++) {
        int32_t best = INT32_MAX;
        int32_t best_at = RUNDE_NONE;
        for (int32_t at = 0; at <= r->n; at++) {
            /* Only where the clock may allow it. */
            if ((at > 0 && r->stops[at - 1].min_start > part->max_start) ||
                (at < r->n && r->stops[at].max_start < part->min_start)) {
                continue;
            }
            const int32_t detour = round_detour(r, at, place);
            const bool is_new =
                detour > last || (detour == last && at > last_at);
            if (is_new && detour < best) {
                best = detour;
                best_at = at;
            }
        }
        if (best_at == RUNDE_NONE) {
            return false;
        }
        if (desk_try(d, list, best_at, part)) {
            return true;
        }
        last = best;
        last_at = best_at;
    }
    return false;
}

static int by_score(const void *left, const void *right)
{
    const placing_spot *a = left;
    const placing_spot *b = right;
    if (a->score != b->score) {
        return a->score < b->score ? -1 : 1;
    }
    return (a->list > b->list) - (a->list < b->list);
}

static bool within(const desk *d, const desk_list *list, int32_t visit,
                   placing_reach far)
{
    if (far == PLACING_AREA) {
        return desk_covers(d, list, visit);
    }
    return far == PLACING_ALL ||
           d->base[d->visits[visit].area] == list->round.shift->start_place;
}

/* Lists that may take the part, best first. */
static int32_t shortlist(const desk *d, placing_spot *spots, int32_t visit,
                         int32_t part, placing_reach far)
{
    int32_t n = 0;
    for (int32_t i = 0; i < d->n_lists; i++) {
        const desk_list *list = &d->lists[i];
        if (within(d, list, visit, far) &&
            desk_may_serve(d, list, visit, part)) {
            spots[n].list = i;
            spots[n].score =
                placing_suits(d, list, visit, part) +
                (int64_t)CARE_CROWD * placing_visits_on(&list->round);
            n++;
        }
    }
    qsort(spots, (size_t)n, sizeof *spots, by_score);
    return n;
}

/* One part somewhere within the bounds. */
static bool place_part(desk *d, placing_spot *spots, const desk_part *part,
                       placing_reach far)
{
    const int32_t n = shortlist(d, spots, part->visit, part->part, far);
    for (int32_t i = 0; i < n; i++) {
        if (fit_in(d, spots[i].list, part)) {
            return true;
        }
    }
    return false;
}

/* All parts at one time, the wished one or the nearest after it, then the
 * nearest before it. */
static bool place_crew(desk *d, placing_spot *spots, int32_t visit,
                       placing_reach far)
{
    const desk_visit *v = &d->visits[visit];
    const int32_t after = (v->max_start - v->wish) / CREW_STEP;
    const int32_t before = (v->wish - v->min_start) / CREW_STEP;
    for (int32_t step = 0; step <= after + before && step < 60; step++) {
        const int32_t way = step <= after ? step : after - step;
        const int32_t start = v->wish + way * CREW_STEP;
        desk_part part = {visit, 0, start, start};
        while (part.part < v->visit->crew && place_part(d, spots, &part, far)) {
            part.part++;
        }
        if (part.part == v->visit->crew) {
            return true;
        }
        take_all(d, visit);
    }
    return false;
}

bool placing_is_clock(const desk *d, int32_t visit)
{
    const desk_visit *v = &d->visits[visit];
    return v->visit->crew > 1 || v->max_start - v->min_start <= CLOCK_WINDOW;
}

bool placing_somewhere(desk *d, placing_spot *spots, int32_t visit,
                       placing_reach far, bool is_early)
{
    const desk_visit *v = &d->visits[visit];
    if (v->visit->crew > 1) {
        return place_crew(d, spots, visit, far);
    }
    const desk_part part = {visit, 0, is_early ? v->min_start : v->wish,
                            v->max_start};
    return place_part(d, spots, &part, far);
}

/* May the planner ask for another carer for this one? */
static bool can_move(const desk *d, const round_stop *stop, int32_t visit)
{
    const desk_visit *v = &d->visits[visit];
    return stop->is_visit && d->visits[stop->item].visit->crew == 1 &&
           d->visits[stop->item].n_links == 0 &&
           !placing_is_clock(d, stop->item) &&
           stop->start >= v->min_start - ROOM_BEFORE &&
           stop->start <= v->max_start + v->visit->duration;
}

/* Takes stop `at` off for `part`; puts it elsewhere in the area, or back. */
static bool swap_in(desk *d, placing_spot *spots, int32_t list, int32_t at,
                    const desk_part *part)
{
    const round_stop old = d->lists[list].round.stops[at];
    const desk_part back = {old.item, old.part, old.min_start, old.max_start};
    desk_part away = back;
    away.min_start = d->visits[old.item].min_start;
    if (desk_take(d, old.item, old.part) && fit_in(d, list, part)) {
        if (place_part(d, spots, &away, PLACING_AREA)) {
            return true;
        }
        (void)desk_take(d, part->visit, part->part);
    }
    /* What was here before fits again. */
    (void)desk_place(d, list, at, &back);
    return false;
}

void placing_drop_halves(desk *d)
{
    const int32_t n = runde_problem_n_links(d->problem);
    bool is_done = false;
    while (!is_done) {
        is_done = true;
        for (int32_t i = 0; i < n; i++) {
            const runde_link *link = runde_problem_link(d->problem, i);
            const bool is_one = placing_is_left(d, link->before) !=
                                placing_is_left(d, link->after);
            if (link->all_or_none && is_one) {
                take_all(d, placing_is_left(d, link->before) ? link->after
                                                             : link->before);
                is_done = false;
            }
        }
    }
}

bool placing_make_room(desk *d, placing_spot *spots, int32_t visit,
                       placing_reach far)
{
    const desk_visit *v = &d->visits[visit];
    const desk_part part = {visit, 0, v->min_start, v->max_start};
    for (int32_t i = 0; i < d->n_lists && v->visit->crew == 1; i++) {
        const desk_list *list = &d->lists[i];
        if (!within(d, list, visit, far) ||
            !desk_may_serve(d, list, visit, 0)) {
            continue;
        }
        for (int32_t at = 0; at < list->round.n; at++) {
            if (can_move(d, &list->round.stops[at], visit) &&
                swap_in(d, spots, i, at, &part)) {
                return true;
            }
        }
    }
    return false;
}
