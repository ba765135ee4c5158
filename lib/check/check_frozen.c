/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "check/audit.h"

/* The published parts, found by visit and part as in audit->part. */
typedef struct past {
    const runde_published **part;
    bool *stays; /* by visit: frozen */
    int64_t before;
} past;

/* A part of a visit in a route, and the way that leads to it. */
typedef struct view {
    const runde_route *route;
    const runde_stop *stop;
    const runde_shift *shift;
    const runde_visit *visit;
    int64_t way; /* ticks from the stop before, setup included */
} view;

static bool has_shift_for(const rn_audit *audit, const runde_published *part)
{
    for (int32_t s = 0; s < audit->n_shifts; s++) {
        const runde_shift *const shift = runde_problem_shift(audit->problem, s);
        if (shift->carer == part->carer && part->start >= shift->start &&
            part->start < rn_upper(shift->max_end)) {
            return true;
        }
    }
    return false;
}

/* Every part published, for the same moment before the limit, by somebody
 * who is at work then. */
static bool stays(const rn_audit *audit, const past *p, int32_t visit)
{
    const runde_visit *const v = runde_problem_visit(audit->problem, visit);
    const runde_published *const *const part =
        p->part + audit->first_part[visit];
    for (int32_t j = 0; j < rn_crew_of(v); j++) {
        if (part[j] == NULL || part[j]->start != part[0]->start ||
            part[j]->start >= p->before || !has_shift_for(audit, part[j])) {
            return false;
        }
    }
    return true;
}

static bool past_begin(const rn_audit *audit, past *p)
{
    const size_t n_parts = (size_t)audit->first_part[audit->n_visits];
    p->part = rn_calloc(n_parts, sizeof *p->part);
    p->stays = rn_calloc((size_t)audit->n_visits, sizeof *p->stays);
    if (p->part == NULL || p->stays == NULL) {
        return false;
    }
    for (int32_t i = 0; i < runde_problem_n_published(audit->problem); i++) {
        const runde_published *const part =
            runde_problem_published(audit->problem, i);
        p->part[audit->first_part[part->visit] + part->part] = part;
    }
    for (int32_t v = 0; v < audit->n_visits; v++) {
        p->stays[v] = stays(audit, p, v);
    }
    return true;
}

static void check_past(rn_audit *audit, const view *w,
                       const runde_published *part)
{
    const rn_label label = rn_visit_label(audit, w->stop->item);
    if (w->shift->carer != part->carer) {
        const rn_spot spot = rn_stop_spot("frozen", w->route, w->stop,
                                          part->carer, w->shift->carer);
        rn_audit_note(audit, &spot,
                      "visit %s is frozen with carer %s, but carer %s has it",
                      label.text, rn_carer_label(audit, part->carer).text,
                      rn_carer_label(audit, w->shift->carer).text);
    }
    if (w->stop->start != part->start) {
        const rn_spot spot = rn_stop_spot("frozen", w->route, w->stop,
                                          part->start, w->stop->start);
        rn_audit_note(audit, &spot,
                      "visit %s is frozen to start at %s, but starts at %s",
                      label.text, rn_time_label(audit, part->start).text,
                      rn_time_label(audit, w->stop->start).text);
    }
}

static void check_future(rn_audit *audit, const past *p, const view *w,
                         const runde_published *part)
{
    int64_t least = p->before + w->way;
    if (part != NULL && part->carer == w->shift->carer && part->start < least) {
        least = part->start > p->before ? part->start : p->before;
    }
    if (w->stop->start >= least) {
        return;
    }
    const rn_spot spot =
        rn_stop_spot("frozen", w->route, w->stop, least, w->stop->start);
    rn_audit_note(audit, &spot,
                  "visit %s starts at %s, but before %s all is frozen and "
                  "nobody who leaves then is there before %s",
                  rn_visit_label(audit, w->stop->item).text,
                  rn_time_label(audit, w->stop->start).text,
                  rn_time_label(audit, p->before).text,
                  rn_time_label(audit, least).text);
}

static void check_route(rn_audit *audit, const past *p,
                        const runde_route *route)
{
    view w = {route, NULL, runde_problem_shift(audit->problem, route->shift),
              NULL, 0};
    int32_t from = w.shift->start_place;
    for (int32_t i = 0; i < route->n_stops; i++) {
        w.stop = &route->stops[i];
        w.visit = rn_stop_visit(audit, w.stop);
        if (w.stop->kind == RUNDE_STOP_ACTIVITY) {
            from = w.shift->activities[w.stop->item].place;
        }
        if (w.visit == NULL || w.stop->part < 0 ||
            w.stop->part >= rn_crew_of(w.visit)) {
            continue;
        }
        const int32_t to = w.visit->place;
        int32_t ticks = 0;
        int32_t metres = 0;
        if (from != RUNDE_NONE && to != RUNDE_NONE) {
            runde_problem_travel(audit->problem, w.shift->mode, from, to,
                                 &ticks, &metres);
        }
        /* No road at all is a matter of rule travel. */
        w.way = ticks < 0 ? 0 : ticks;
        w.way += from != to ? w.visit->setup : 0;
        const runde_published *const part =
            p->part[audit->first_part[w.stop->item] + w.stop->part];
        if (p->stays[w.stop->item]) {
            check_past(audit, &w, part);
        } else {
            check_future(audit, p, &w, part);
        }
        from = to;
    }
}

void rn_check_frozen(rn_audit *audit)
{
    const int32_t before =
        runde_problem_settings(audit->problem)->freeze_before;
    past p = {NULL, NULL, before};
    if (before == RUNDE_TIME_NONE) {
        return;
    }
    if (past_begin(audit, &p)) {
        for (int32_t r = 0; r < audit->n_routes; r++) {
            check_route(audit, &p, runde_plan_route(audit->plan, r));
        }
    } else {
        audit->is_out_of_memory = true;
    }
    rn_free(p.part);
    rn_free(p.stays);
}
