/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "check/audit.h"

/* Breaks and activities have one part. */
static void check_single(rn_audit *audit, const runde_route *route,
                         const runde_stop *stop)
{
    if (stop->part != 0) {
        const rn_spot spot = rn_stop_spot("crew", route, stop, 0, stop->part);
        rn_audit_note(audit, &spot, "shift %s has part %d of %s",
                      rn_shift_label(audit, route->shift).text, stop->part,
                      rn_stop_label(audit, stop).text);
    }
}

static void note_presence(rn_audit *audit, int32_t route_index, int32_t i)
{
    const runde_route *const route = runde_plan_route(audit->plan, route_index);
    const runde_stop *const stop = &route->stops[i];
    const runde_visit *const visit = rn_stop_visit(audit, stop);
    if (visit == NULL) {
        check_single(audit, route, stop);
        return;
    }
    const rn_presence here = {route_index, i};
    if (audit->seen[stop->item].route == RUNDE_NONE) {
        audit->seen[stop->item] = here;
    }
    const int32_t crew = rn_crew_of(visit);
    if (stop->part < 0 || stop->part >= crew) {
        const rn_spot spot =
            rn_stop_spot("crew", route, stop, crew - 1, stop->part);
        rn_audit_note(audit, &spot,
                      "shift %s serves part %d of visit %s, whose last part is "
                      "%d",
                      rn_shift_label(audit, route->shift).text, stop->part,
                      rn_visit_label(audit, stop->item).text, crew - 1);
        return;
    }
    rn_presence *const part =
        &audit->part[audit->first_part[stop->item] + stop->part];
    if (part->route == RUNDE_NONE) {
        *part = here;
        return;
    }
    const rn_spot spot = rn_stop_spot("once", route, stop, 1, 2);
    const int32_t other = runde_plan_route(audit->plan, part->route)->shift;
    rn_audit_note(audit, &spot,
                  "shift %s serves part %d of visit %s, which shift %s has "
                  "served",
                  rn_shift_label(audit, route->shift).text, stop->part,
                  rn_visit_label(audit, stop->item).text,
                  rn_shift_label(audit, other).text);
}

static void check_pair(rn_audit *audit, int32_t visit, int32_t a, int32_t b)
{
    const rn_presence first = audit->part[audit->first_part[visit] + a];
    const rn_presence second = audit->part[audit->first_part[visit] + b];
    if (first.route == RUNDE_NONE || second.route == RUNDE_NONE) {
        return;
    }
    const runde_route *const route =
        runde_plan_route(audit->plan, second.route);
    const runde_stop *const stop = rn_stop_at(audit, second);
    const int32_t start = rn_stop_at(audit, first)->start;
    const rn_label label = rn_visit_label(audit, visit);
    /* Parts after the first are compared with it alone for their start. */
    if (a == 0 && stop->start != start) {
        const rn_spot spot =
            rn_stop_spot("crew", route, stop, start, stop->start);
        rn_audit_note(audit, &spot,
                      "part %d of visit %s starts at %s, but part 0 at %s", b,
                      label.text, rn_time_label(audit, stop->start).text,
                      rn_time_label(audit, start).text);
    }
    const int32_t carer = rn_carer_at(audit, first);
    if (carer == rn_carer_at(audit, second)) {
        const rn_spot spot = rn_stop_spot("crew", route, stop, carer, carer);
        rn_audit_note(audit, &spot,
                      "carer %s serves both part %d and part %d of visit %s",
                      rn_carer_label(audit, carer).text, a, b, label.text);
    }
}

static void check_crew(rn_audit *audit, int32_t v)
{
    if (audit->seen[v].route == RUNDE_NONE) {
        return;
    }
    const int32_t crew = rn_crew_of(runde_problem_visit(audit->problem, v));
    for (int32_t p = 0; p < crew; p++) {
        if (audit->part[audit->first_part[v] + p].route == RUNDE_NONE) {
            const rn_spot spot = {"crew", RUNDE_NONE, v, p, 1, 0};
            rn_audit_note(audit, &spot,
                          "visit %s is served without part %d of its crew of "
                          "%d",
                          rn_visit_label(audit, v).text, p, crew);
        }
        for (int32_t q = p + 1; q < crew; q++) {
            check_pair(audit, v, p, q);
        }
    }
}

/* The list of left-out visits must be the visits that no route has. */
static void check_unserved(rn_audit *audit)
{
    int32_t *const times = rn_calloc((size_t)audit->n_visits, sizeof *times);
    if (times == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    const int32_t n = runde_plan_n_unserved(audit->plan);
    for (int32_t i = 0; i < n; i++) {
        times[runde_plan_unserved(audit->plan, i)->visit]++;
    }
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const bool is_served = audit->seen[v].route != RUNDE_NONE;
        const int32_t expected = is_served ? 0 : 1;
        if (times[v] == expected) {
            continue;
        }
        const rn_spot spot = {"unserved", RUNDE_NONE, v,
                              RUNDE_NONE, expected,   times[v]};
        rn_audit_note(
            audit, &spot, "visit %s is %s, but %s the list of left-out visits",
            rn_visit_label(audit, v).text, is_served ? "served" : "in no route",
            times[v] == 0   ? "not in"
            : times[v] == 1 ? "in"
                            : "more than once in");
        if (is_served) {
            const rn_spot once = {"once", RUNDE_NONE, v, RUNDE_NONE, 0, 1};
            rn_audit_note(audit, &once,
                          "visit %s is left out and in a route as well",
                          rn_visit_label(audit, v).text);
        }
    }
    rn_free(times);
}

void rn_check_presence(rn_audit *audit)
{
    for (int32_t r = 0; r < audit->n_routes; r++) {
        const int32_t n = runde_plan_route(audit->plan, r)->n_stops;
        for (int32_t i = 0; i < n; i++) {
            note_presence(audit, r, i);
        }
    }
    for (int32_t v = 0; v < audit->n_visits; v++) {
        check_crew(audit, v);
    }
    check_unserved(audit);
}
