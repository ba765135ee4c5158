/* SPDX-License-Identifier: MIT */
#include "io/plan_reader.h"

#include <string.h>

enum {
    ARRIVAL = 0,
    SERVICE_START,
    DEPARTURE,
    VISIT,
    ACTIVITY,
    BREAK,
    PART,
    PLACE,
    TRAVEL,
    DISTANCE,
    WAITING,
    SETUP,
    ESTIMATED,
    N_KEYS
};

static const char *const stop_names[N_KEYS] = {
    "arrival", "service_start", "departure", "visit",  "activity",
    "break",   "part",          "place",     "travel", "distance",
    "waiting", "setup",         "estimated"};

static void read_activity(rn_reader *r, const rn_node *node,
                          const runde_shift *shift, int32_t *item)
{
    const char *const id = rn_node_string(node);
    if (id == NULL) {
        rn_read_int(r, node, 0, shift->n_activities - 1, item);
        return;
    }
    for (int32_t i = 0; i < shift->n_activities; i++) {
        if (strcmp(shift->activities[i].id, id) == 0) {
            *item = i;
            return;
        }
    }
    rn_fault_at(r, node, "RUNDE-E605",
                "the shift has no activity with this id");
}

/* What the stop is at, and where that is unless the stop says otherwise. */
static void read_item(rn_plan_reader *p, const rn_node *const *found,
                      const runde_shift *shift, runde_stop *stop)
{
    rn_reader *const r = &p->in;
    const int32_t before = r->errors;
    stop->item = 0;
    stop->place = RUNDE_NONE;
    if ((found[VISIT] != NULL) + (found[ACTIVITY] != NULL) +
            (found[BREAK] != NULL) !=
        1) {
        rn_fault(r, "RUNDE-E612",
                 "a stop has exactly one of \"visit\", \"activity\" and "
                 "\"break\"");
    } else if (found[VISIT] != NULL) {
        stop->kind = RUNDE_STOP_VISIT;
        rn_read_reference(r, found[VISIT], &p->visits, "visit", &stop->item);
        if (r->errors == before) {
            stop->place = runde_problem_visit(p->problem, stop->item)->place;
        }
    } else if (found[ACTIVITY] != NULL) {
        stop->kind = RUNDE_STOP_ACTIVITY;
        read_activity(r, found[ACTIVITY], shift, &stop->item);
        if (r->errors == before) {
            stop->place = shift->activities[stop->item].place;
        }
    } else {
        stop->kind = RUNDE_STOP_BREAK;
        rn_read_int(r, found[BREAK], 0, shift->n_breaks - 1, &stop->item);
    }
}

/* In a route without times the parts of a crew need not be told: they are
 * the first, the second and so on in the order in which they are named. */
static void count_part(rn_plan_reader *p, const rn_node *part, runde_stop *stop)
{
    const int32_t crew = runde_problem_visit(p->problem, stop->item)->crew;
    const int32_t next = p->mentions[stop->item];
    p->mentions[stop->item] += next < crew - 1;
    stop->part = part == NULL ? next : stop->part;
}

/* A stop without its times; an id alone is a visit. */
static void read_bare_stop(rn_plan_reader *p, const rn_node *node,
                           const runde_shift *shift, runde_stop *stop)
{
    static const char *const names[] = {"visit", "activity", "break", "part"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *few[4];
    const rn_node *found[N_KEYS] = {NULL};
    rn_reader *const r = &p->in;
    const int32_t before = r->errors;
    stop->arrival = stop->start = stop->departure = RUNDE_TIME_NONE;
    if (rn_node_kind(node) == RN_KIND_STRING) {
        stop->kind = RUNDE_STOP_VISIT;
        rn_read_reference(r, node, &p->visits, "visit", &stop->item);
    } else {
        if (!rn_read_members(r, node, &keys, few)) {
            return;
        }
        found[VISIT] = few[0];
        found[ACTIVITY] = few[1];
        found[BREAK] = few[2];
        found[PART] = few[3];
        read_item(p, found, shift, stop);
        rn_read_int(r, found[PART], 0, INT32_MAX, &stop->part);
    }
    stop->place = RUNDE_NONE;
    if (r->errors == before && stop->kind == RUNDE_STOP_VISIT) {
        count_part(p, found[PART], stop);
    }
}

static void read_stop(rn_plan_reader *p, const rn_node *node,
                      const runde_shift *shift, runde_stop *stop)
{
    static const rn_keys keys = RN_KEYS(stop_names, 3);
    const rn_node *found[N_KEYS];
    rn_reader *const r = &p->in;
    if (!rn_read_members(r, node, &keys, found)) {
        return;
    }
    read_item(p, found, shift, stop);
    if (rn_node_kind(found[PLACE]) != RN_KIND_NULL) {
        rn_read_reference(r, found[PLACE], &p->places, "place", &stop->place);
    } else if (found[PLACE] != NULL) {
        stop->place = RUNDE_NONE;
    }
    rn_read_int(r, found[PART], 0, INT32_MAX, &stop->part);
    rn_read_gap(r, found[TRAVEL], &stop->travel);
    rn_read_int(r, found[DISTANCE], INT32_MIN, INT32_MAX, &stop->distance);
    rn_read_time(r, found[ARRIVAL], RN_DATE_NEVER, &stop->arrival);
    rn_read_gap(r, found[WAITING], &stop->waiting);
    rn_read_gap(r, found[SETUP], &stop->setup);
    rn_read_time(r, found[SERVICE_START], RN_DATE_NEVER, &stop->start);
    rn_read_time(r, found[DEPARTURE], RN_DATE_NEVER, &stop->departure);
    rn_read_bool(r, found[ESTIMATED], &stop->estimated);
}

static void check_carer(rn_plan_reader *p, const rn_node *node,
                        const runde_shift *shift)
{
    const char *const id = rn_read_id(&p->in, node);
    const char *const own = runde_problem_carer(p->problem, shift->carer)->id;
    if (id != NULL && strcmp(id, own) != 0) {
        rn_fault_at(&p->in, node, "RUNDE-E612",
                    "the shift is the carer's with id \"%.60s\"", own);
    }
}

static void read_stops(rn_plan_reader *p, const rn_node *array,
                       const runde_shift *shift, runde_route *route)
{
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, sizeof(runde_stop));
    runde_stop *const stops = list.items;
    const bool is_bare = route->begin == RUNDE_TIME_NONE;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        if (is_bare) {
            read_bare_stop(p, list.node, shift, &stops[list.index]);
        } else {
            read_stop(p, list.node, shift, &stops[list.index]);
        }
    }
    route->stops = stops;
    route->n_stops = list.count;
    if (rn_node_kind(array) == RN_KIND_ARRAY && rn_node_count(array) == 0) {
        rn_fault_at(r, array, "RUNDE-E612",
                    "a route has at least one stop: a shift without any has "
                    "no route");
    }
}

static void read_route(rn_plan_reader *p, const rn_node *node)
{
    enum {
        SHIFT,
        STOPS,
        BEGIN,
        END,
        CARER,
        TRAVEL_HOME,
        DISTANCE_HOME,
        ESTIMATED_HOME,
        N
    };
    static const char *const names[N] = {
        "shift", "stops",       "begin",         "end",
        "carer", "travel_home", "distance_home", "estimated_home"};
    static const char *const bare_names[] = {"shift", "stops", "carer"};
    static const rn_keys keys = RN_KEYS(names, 4);
    static const rn_keys bare_keys = RN_KEYS(bare_names, 2);
    const rn_node *found[N] = {NULL};
    rn_reader *const r = &p->in;
    const int32_t before = r->errors;
    runde_route route = {.shift = RUNDE_NONE};
    if (rn_node_member(node, "begin") == NULL &&
        rn_node_member(node, "end") == NULL) {
        const rn_node *few[3];
        (void)rn_read_members(r, node, &bare_keys, few);
        found[SHIFT] = few[0];
        found[STOPS] = few[1];
        found[CARER] = few[2];
        route.begin = route.end = RUNDE_TIME_NONE;
    } else {
        (void)rn_read_members(r, node, &keys, found);
    }
    rn_read_reference(r, found[SHIFT], &p->shifts, "shift", &route.shift);
    if (route.shift == RUNDE_NONE) {
        return;
    }
    const runde_shift *const shift =
        runde_problem_shift(p->problem, route.shift);
    check_carer(p, found[CARER], shift);
    rn_read_time(r, found[BEGIN], RN_DATE_NEVER, &route.begin);
    rn_read_time(r, found[END], RN_DATE_NEVER, &route.end);
    rn_read_gap(r, found[TRAVEL_HOME], &route.travel_home);
    rn_read_int(r, found[DISTANCE_HOME], INT32_MIN, INT32_MAX,
                &route.distance_home);
    rn_read_bool(r, found[ESTIMATED_HOME], &route.estimated_home);
    read_stops(p, found[STOPS], shift, &route);
    if (p->has_route[route.shift]) {
        rn_fault_at(r, found[SHIFT], "RUNDE-E612",
                    "this shift has a route already");
    }
    p->has_route[route.shift] = true;
    if (r->errors == before && r->status == RUNDE_OK) {
        rn_reader_note(r, runde_plan_add_route(p->plan, &route));
    }
}

void rn_read_routes(rn_plan_reader *p, const rn_node *array)
{
    rn_list list = rn_list_begin(&p->in, array, 0);
    for (; list.node != NULL; rn_list_next(&p->in, &list)) {
        read_route(p, list.node);
    }
}
