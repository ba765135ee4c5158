/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "check/audit.h"

/* A presence at a visit and everything the rules ask about it. */
typedef struct view {
    const runde_route *route;
    const runde_stop *stop;
    const runde_shift *shift;
    const runde_visit *visit;
    const runde_client *client; /* NULL without one */
    rn_label label;
} view;

/* How far a start is from a window, and the bound that says so. */
typedef struct miss {
    int64_t by;
    int64_t bound;
    int64_t found;
} miss;

static miss window_miss(const runde_window *window, int64_t start, int64_t end)
{
    const int64_t least = rn_lower(window->min_start);
    const int64_t most = rn_upper(window->max_start);
    const int64_t latest = rn_upper(window->max_end);
    miss worst = {0, 0, 0};
    if (start < least) {
        worst = (miss){least - start, least, start};
    }
    if (start > most && start - most > worst.by) {
        worst = (miss){start - most, most, start};
    }
    if (end > latest && end - latest > worst.by) {
        worst = (miss){end - latest, latest, end};
    }
    return worst;
}

static void check_window(rn_audit *audit, const view *w)
{
    if (w->visit->n_windows == 0) {
        return;
    }
    const int64_t start = w->stop->start;
    const int64_t end = start + w->visit->duration;
    miss nearest = window_miss(&w->visit->windows[0], start, end);
    for (int32_t i = 1; i < w->visit->n_windows; i++) {
        const miss other = window_miss(&w->visit->windows[i], start, end);
        nearest = other.by < nearest.by ? other : nearest;
    }
    if (nearest.by == 0) {
        return;
    }
    const rn_spot spot =
        rn_stop_spot("window", w->route, w->stop, nearest.bound, nearest.found);
    rn_audit_note(audit, &spot,
                  "visit %s is served from %s to %s, %s outside its nearest "
                  "window",
                  w->label.text, rn_time_label(audit, start).text,
                  rn_time_label(audit, end).text,
                  rn_span_label(audit, nearest.by).text);
}

int64_t rn_level_held(const rn_audit *audit, const runde_shift *shift,
                      int32_t skill)
{
    const runde_carer *const carer =
        runde_problem_carer(audit->problem, shift->carer);
    int64_t level = RUNDE_NONE;
    for (int32_t i = 0; i < carer->n_skills; i++) {
        const runde_skill_held *const held = &carer->skills[i];
        if (held->skill == skill && held->level > level &&
            rn_upper(held->expires) >= shift->end) {
            level = held->level;
        }
    }
    return level;
}

static void check_skill(rn_audit *audit, const view *w)
{
    for (int32_t i = 0; i < w->visit->n_skills; i++) {
        const runde_skill_need *const need = &w->visit->skills[i];
        if (need->part != RUNDE_NONE && need->part != w->stop->part) {
            continue;
        }
        const int64_t level = rn_level_held(audit, w->shift, need->skill);
        if (level != RUNDE_NONE && level >= need->min_level) {
            continue;
        }
        const rn_spot spot =
            rn_stop_spot("skill", w->route, w->stop, need->min_level, level);
        char held[32] = "does not have it";
        if (level != RUNDE_NONE) {
            (void)snprintf(held, sizeof held, "has %lld", (long long)level);
        }
        rn_audit_note(audit, &spot,
                      "visit %s needs skill %s at level %d throughout shift "
                      "%s, but carer %s %s",
                      w->label.text, rn_skill_label(audit, need->skill).text,
                      need->min_level,
                      rn_shift_label(audit, w->route->shift).text,
                      rn_carer_label(audit, w->shift->carer).text, held);
    }
}

/* Number of wishes of a kind, and of those that name the carer. */
static runde_interval count_wishes(const view *w, runde_wish_kind kind)
{
    runde_interval count = {0, 0};
    for (int32_t i = 0; i < w->visit->n_wishes; i++) {
        const runde_carer_wish *const wish = &w->visit->wishes[i];
        count.start += wish->kind == kind;
        count.end += wish->kind == kind && wish->carer == w->shift->carer;
    }
    for (int32_t i = 0; w->client != NULL && i < w->client->n_wishes; i++) {
        const runde_carer_wish *const wish = &w->client->wishes[i];
        count.start += wish->kind == kind;
        count.end += wish->kind == kind && wish->carer == w->shift->carer;
    }
    return count;
}

static void check_carer(rn_audit *audit, const view *w)
{
    const runde_interval required = count_wishes(w, RUNDE_REQUIRED);
    const runde_interval prohibited = count_wishes(w, RUNDE_PROHIBITED);
    if (required.start > 0 && required.end == 0) {
        const rn_spot spot =
            rn_stop_spot("carer", w->route, w->stop, 1, required.end);
        rn_audit_note(audit, &spot,
                      "visit %s has %d required carers, but carer %s is none "
                      "of them",
                      w->label.text, required.start,
                      rn_carer_label(audit, w->shift->carer).text);
    }
    if (prohibited.end > 0) {
        const rn_spot spot =
            rn_stop_spot("carer", w->route, w->stop, 0, prohibited.end);
        rn_audit_note(audit, &spot, "visit %s prohibits carer %s",
                      w->label.text,
                      rn_carer_label(audit, w->shift->carer).text);
    }
}

static void check_pinned(rn_audit *audit, const view *w)
{
    const int32_t shift = w->visit->pinned_shift;
    const int32_t start = w->visit->pinned_start;
    if (shift != RUNDE_NONE && w->stop->part == 0 && w->route->shift != shift) {
        const rn_spot spot =
            rn_stop_spot("pinned", w->route, w->stop, shift, w->route->shift);
        rn_audit_note(audit, &spot,
                      "visit %s is pinned to shift %s, but is in shift %s",
                      w->label.text, rn_shift_label(audit, shift).text,
                      rn_shift_label(audit, w->route->shift).text);
    }
    if (start != RUNDE_TIME_NONE && w->stop->start != start) {
        const rn_spot spot =
            rn_stop_spot("pinned", w->route, w->stop, start, w->stop->start);
        rn_audit_note(audit, &spot,
                      "visit %s is pinned to start at %s, but starts at %s",
                      w->label.text, rn_time_label(audit, start).text,
                      rn_time_label(audit, w->stop->start).text);
    }
}

static void check_absence(rn_audit *audit, const view *w)
{
    const int64_t start = w->stop->start;
    const int64_t end = start + w->visit->duration;
    for (int32_t i = 0; w->client != NULL && i < w->client->n_absences; i++) {
        const runde_interval *const away = &w->client->absences[i];
        if (end <= away->start || start > away->end) {
            continue;
        }
        const rn_spot spot =
            rn_stop_spot("absence", w->route, w->stop, away->start, end);
        rn_audit_note(audit, &spot,
                      "visit %s is served from %s to %s, but client %s is "
                      "away from %s to %s",
                      w->label.text, rn_time_label(audit, start).text,
                      rn_time_label(audit, end).text,
                      rn_client_label(audit, w->visit->client).text,
                      rn_time_label(audit, away->start).text,
                      rn_time_label(audit, away->end).text);
    }
}

static void check_route_visits(rn_audit *audit, const runde_route *route)
{
    view w;
    w.route = route;
    w.shift = runde_problem_shift(audit->problem, route->shift);
    for (int32_t i = 0; i < route->n_stops; i++) {
        w.stop = &route->stops[i];
        w.visit = rn_stop_visit(audit, w.stop);
        if (w.visit == NULL) {
            continue;
        }
        w.client = runde_problem_client(audit->problem, w.visit->client);
        w.label = rn_visit_label(audit, w.stop->item);
        check_window(audit, &w);
        check_skill(audit, &w);
        check_carer(audit, &w);
        check_pinned(audit, &w);
        check_absence(audit, &w);
    }
}

void rn_check_visits(rn_audit *audit)
{
    for (int32_t r = 0; r < audit->n_routes; r++) {
        check_route_visits(audit, runde_plan_route(audit->plan, r));
    }
}
