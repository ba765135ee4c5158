/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "check/audit.h"

/* The stops between two real stops: breaks `first` to `last - 1`, then the
 * real stop `last` that the leg reaches; `last` is the number of stops for
 * the drive home. */
typedef struct gap {
    const runde_route *route;
    const runde_shift *shift;
    int32_t first;
    int32_t last;
    int32_t from;   /* place the leg leaves */
    int32_t to;     /* place the leg reaches */
    int64_t ticks;  /* of the leg */
    int64_t metres; /* of the leg */
} gap;

static bool is_home(const gap *g)
{
    return g->last == g->route->n_stops;
}

static int64_t travel_at(const gap *g, int32_t i)
{
    return i < g->route->n_stops ? g->route->stops[i].travel
                                 : g->route->travel_home;
}

static int64_t distance_at(const gap *g, int32_t i)
{
    return i < g->route->n_stops ? g->route->stops[i].distance
                                 : g->route->distance_home;
}

/* The place of a visit or an activity, as the problem has it. */
static int32_t real_place(const rn_audit *audit, const runde_shift *shift,
                          const runde_stop *stop)
{
    const runde_visit *const visit = rn_stop_visit(audit, stop);
    return visit != NULL ? visit->place : shift->activities[stop->item].place;
}

static bool is_place(const rn_audit *audit, int32_t place)
{
    return place >= 0 && place < audit->n_places;
}

static rn_spot gap_spot(const gap *g, int32_t i, int64_t expected,
                        int64_t found)
{
    if (i < g->route->n_stops) {
        return rn_stop_spot("travel", g->route, &g->route->stops[i], expected,
                            found);
    }
    const rn_spot spot = {"travel",   g->route->shift, RUNDE_NONE,
                          RUNDE_NONE, expected,        found};
    return spot;
}

static rn_label gap_label(const rn_audit *audit, const gap *g, int32_t i)
{
    if (i < g->route->n_stops) {
        return rn_stop_label(audit, &g->route->stops[i]);
    }
    const rn_label home = {"the end of the shift"};
    return home;
}

/* `at place "x"`, or `on the road` for no place. */
static rn_label where_label(const rn_audit *audit, int32_t place)
{
    rn_label out = {"on the road"};
    const runde_place *const it = runde_problem_place(audit->problem, place);
    if (it == NULL) {
        return out;
    }
    if (it->id == NULL) {
        (void)snprintf(out.text, sizeof out.text, "at place number %d", place);
        return out;
    }
    size_t n = strlen(it->id);
    const size_t most = 64;
    if (n > most) {
        /* Not in the middle of a character. */
        n = most;
        while (n > 0 && ((unsigned char)it->id[n] & 0xC0U) == 0x80U) {
            n--;
        }
    }
    (void)snprintf(out.text, sizeof out.text, "at place \"%.*s\"", (int)n,
                   it->id);
    return out;
}

/* Finds the leg. An open end of a shift has no place: the leg is nothing,
 * and breaks there are taken where the carer is. False: no road. */
static bool find_leg(const rn_audit *audit, gap *g)
{
    g->ticks = 0;
    g->metres = 0;
    if (!is_place(audit, g->from) || !is_place(audit, g->to)) {
        if (!is_place(audit, g->from)) {
            g->from = g->to;
        } else {
            g->to = g->from;
        }
        return true;
    }
    int32_t ticks = 0;
    int32_t metres = 0;
    runde_problem_travel(audit->problem, g->shift->mode, g->from, g->to, &ticks,
                         &metres);
    if (ticks < 0) {
        return false;
    }
    g->ticks = ticks;
    g->metres = metres > 0 ? metres : 0;
    return true;
}

/* The stop at which the leg ends: the last one with ticks driven. A leg of
 * no ticks ends where its metres stand, or else where the places change. */
static int32_t leg_end(const gap *g)
{
    for (int32_t i = g->last; i >= g->first; i--) {
        if (travel_at(g, i) != 0) {
            return i;
        }
    }
    for (int32_t i = g->last; i >= g->first; i--) {
        if (distance_at(g, i) != 0) {
            return i;
        }
    }
    if (is_home(g) || g->from == g->to) {
        return g->last;
    }
    for (int32_t i = g->first; i < g->last; i++) {
        if (g->route->stops[i].place == g->to) {
            return i;
        }
    }
    return g->last;
}

/* One break of a gap; `driven` includes the travel in front of it. */
static void check_break_place(rn_audit *audit, const gap *g, int32_t i,
                              int32_t end, int64_t driven)
{
    const runde_stop *const stop = &g->route->stops[i];
    const bool is_interrupting = g->shift->breaks[stop->item].interrupts_travel;
    const rn_label shift = rn_shift_label(audit, g->route->shift);
    int32_t place = g->to;
    if (i < end) {
        place = driven == 0 ? g->from : RUNDE_NONE;
        if (driven != 0 && !is_interrupting) {
            const rn_spot spot = gap_spot(g, i, 0, driven);
            rn_audit_note(audit, &spot,
                          "shift %s takes break %d after %s of a drive of %s, "
                          "but it does not interrupt travel",
                          shift.text, stop->item,
                          rn_span_label(audit, driven).text,
                          rn_span_label(audit, g->ticks).text);
        }
    } else if (is_home(g) && !is_interrupting) {
        const rn_spot spot = gap_spot(g, i, 0, driven);
        rn_audit_note(audit, &spot,
                      "shift %s takes break %d after the drive home, not "
                      "before it",
                      shift.text, stop->item);
    }
    if (stop->place != place) {
        const rn_spot spot = gap_spot(g, i, place, stop->place);
        rn_audit_note(
            audit, &spot, "shift %s takes break %d %s, but the carer is %s",
            shift.text, stop->item, where_label(audit, stop->place).text,
            where_label(audit, place).text);
    }
}

/* Whoever drives on an estimate shall know. A draft may leave it unsaid. */
static void check_mark(rn_audit *audit, const gap *g, int32_t i)
{
    const bool is_driven = travel_at(g, i) != 0 || distance_at(g, i) != 0;
    const bool wanted =
        is_driven && runde_problem_is_estimated(audit->problem, g->shift->mode,
                                                g->from, g->to);
    const bool found = i < g->route->n_stops ? g->route->stops[i].estimated
                                             : g->route->estimated_home;
    const bool is_draft =
        runde_plan_search(audit->plan)->outcome == RUNDE_OUTCOME_DRAFT;
    if (wanted == found || (is_draft && !found)) {
        return;
    }
    const rn_spot spot = gap_spot(g, i, wanted ? 1 : 0, found ? 1 : 0);
    rn_audit_note(audit, &spot,
                  wanted ? "shift %s drives to %s on an estimate, which the "
                           "plan does not say"
                         : "shift %s drives to %s by roads, but the plan "
                           "calls it an estimate",
                  rn_shift_label(audit, g->route->shift).text,
                  gap_label(audit, g, i).text);
}

static void check_driving(rn_audit *audit, const gap *g)
{
    const int32_t end = leg_end(g);
    const rn_label shift = rn_shift_label(audit, g->route->shift);
    int64_t driven = 0;
    for (int32_t i = g->first; i <= g->last; i++) {
        driven += travel_at(g, i);
        check_mark(audit, g, i);
        if (i < g->last) {
            check_break_place(audit, g, i, end, driven);
        }
        const int64_t metres = i == end ? g->metres : 0;
        if (distance_at(g, i) != metres) {
            const rn_spot spot = gap_spot(g, i, metres, distance_at(g, i));
            rn_audit_note(audit, &spot,
                          "shift %s drives %lld m to %s, but it is %lld m",
                          shift.text, (long long)distance_at(g, i),
                          gap_label(audit, g, i).text, (long long)metres);
        }
    }
    if (driven != g->ticks) {
        const rn_spot spot = gap_spot(g, g->last, g->ticks, driven);
        rn_audit_note(audit, &spot,
                      "shift %s drives %s to %s, but the leg takes %s",
                      shift.text, rn_span_label(audit, driven).text,
                      gap_label(audit, g, g->last).text,
                      rn_span_label(audit, g->ticks).text);
    }
}

/* A leg belongs to the visit it reaches; the drive home to nobody. */
static void add_leg(rn_audit *audit, rn_tally *tally, const gap *g)
{
    tally->travel += g->ticks;
    tally->distance += g->metres;
    if (is_home(g)) {
        return;
    }
    const runde_visit *const visit =
        rn_stop_visit(audit, &g->route->stops[g->last]);
    if (visit != NULL) {
        const int32_t client = rn_client_of(audit, visit);
        rn_add_share(audit, client, RUNDE_TRAVEL_TIME, g->ticks);
        rn_add_share(audit, client, RUNDE_TRAVEL_DISTANCE, g->metres);
    }
}

static void check_gap(rn_audit *audit, rn_tally *tally, gap *g)
{
    if (!find_leg(audit, g)) {
        const rn_spot spot =
            gap_spot(g, g->last, RUNDE_UNREACHABLE, travel_at(g, g->last));
        rn_audit_note(
            audit, &spot, "shift %s has no road to %s %s for a carer %s",
            rn_shift_label(audit, g->route->shift).text,
            gap_label(audit, g, g->last).text, where_label(audit, g->to).text,
            where_label(audit, g->from).text);
        return;
    }
    check_driving(audit, g);
    add_leg(audit, tally, g);
}

/* Place and setup of a real stop. `before` is the place the carer comes
 * from, RUNDE_NONE when the route begins here. */
static void check_real_stop(rn_audit *audit, const gap *g, int32_t before,
                            rn_tally *tally)
{
    const runde_stop *const stop = &g->route->stops[g->last];
    const runde_visit *const visit = rn_stop_visit(audit, stop);
    const int32_t place = real_place(audit, g->shift, stop);
    const rn_label shift = rn_shift_label(audit, g->route->shift);
    int64_t setup = 0;
    if (visit != NULL) {
        setup = before != place ? visit->setup : 0;
        tally->setup += setup;
        if (stop->place != place) {
            const rn_spot spot = gap_spot(g, g->last, place, stop->place);
            rn_audit_note(audit, &spot, "shift %s serves %s %s, but it is %s",
                          shift.text, rn_stop_label(audit, stop).text,
                          where_label(audit, stop->place).text,
                          where_label(audit, place).text);
        }
    }
    if (stop->setup != setup) {
        const rn_spot spot = gap_spot(g, g->last, setup, stop->setup);
        rn_audit_note(
            audit, &spot, "shift %s takes %s to set up %s, but it needs %s",
            shift.text, rn_span_label(audit, stop->setup).text,
            rn_stop_label(audit, stop).text, rn_span_label(audit, setup).text);
    }
}

static void check_break_setup(rn_audit *audit, const gap *g, int32_t i)
{
    const runde_stop *const stop = &g->route->stops[i];
    if (stop->setup != 0) {
        const rn_spot spot = gap_spot(g, i, 0, stop->setup);
        rn_audit_note(audit, &spot,
                      "shift %s takes %s to set up break %d, which needs none",
                      rn_shift_label(audit, g->route->shift).text,
                      rn_span_label(audit, stop->setup).text, stop->item);
    }
}

void rn_check_travel(rn_audit *audit, int32_t index)
{
    const runde_route *const route = runde_plan_route(audit->plan, index);
    const runde_shift *const shift =
        runde_problem_shift(audit->problem, route->shift);
    rn_tally *const tally = &audit->tally[index];
    int32_t before = shift->start_place;
    gap g = {route, shift, 0, 0, before, RUNDE_NONE, 0, 0};
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *const stop = &route->stops[i];
        g.last = i;
        if (stop->kind == RUNDE_STOP_BREAK) {
            check_break_setup(audit, &g, i);
            continue;
        }
        g.from = before;
        g.to = real_place(audit, shift, stop);
        check_gap(audit, tally, &g);
        check_real_stop(audit, &g, before, tally);
        before = real_place(audit, shift, stop);
        g.first = i + 1;
    }
    g.last = route->n_stops;
    g.from = before;
    g.to = shift->end_place;
    check_gap(audit, tally, &g);
}
