/* SPDX-License-Identifier: MIT */
/* A small plan by hand, with everything in it: a crew, a link, breaks, an
 * activity, setup, two carers, two days. Tests change one thing in the
 * records or in the stops, build it and look at what the checker says.
 *
 * One tick is a minute, day 1 begins at 1440. Legs, minutes (metres are 100
 * times as many):
 *
 *            to 0   1   2   3
 *     from 0    0  10  15  20      0 is the depot, client i lives at i + 1
 *          1   11   0   5   8
 *          2   16   6   0   7
 *          3   21   9   8   0
 */
#ifndef RN_SCENE_H
#define RN_SCENE_H

#include "harness.h"

#include <runde/runde.h>
#include <string.h>

#define SCENE_PLACES 4
#define SCENE_CLIENTS 4
#define SCENE_CARERS 3
#define SCENE_SHIFTS 4
#define SCENE_VISITS 6
#define SCENE_ROUTES 3
#define SCENE_STOPS 8

typedef struct scene {
    runde_settings settings;
    runde_weights weights;
    runde_weights profile; /* of client 2 */
    int32_t legs[SCENE_PLACES * SCENE_PLACES];
    int32_t guess[2]; /* a leg that is an estimate; equal: none is */
    int32_t metres[SCENE_PLACES * SCENE_PLACES];
    runde_place places[SCENE_PLACES];
    runde_load load;
    runde_carer_wish wishes[SCENE_CLIENTS];
    runde_interval absences[SCENE_CLIENTS];
    runde_client clients[SCENE_CLIENTS];
    runde_skill_held held[SCENE_CARERS];
    runde_cap carer_caps[SCENE_CARERS];
    runde_carer carers[SCENE_CARERS];
    runde_break breaks[SCENE_SHIFTS][2];
    runde_activity activities[SCENE_SHIFTS];
    runde_cap shift_caps[SCENE_SHIFTS];
    runde_shift shifts[SCENE_SHIFTS];
    runde_window windows[SCENE_VISITS];
    runde_interval preferred[SCENE_VISITS];
    runde_skill_need needs[SCENE_VISITS];
    runde_load_use uses[SCENE_VISITS];
    runde_carer_wish visit_wishes[SCENE_VISITS];
    runde_visit visits[SCENE_VISITS];
    runde_link links[2];
    int32_t n_links;
    runde_past_visit past[4];
    int32_t n_past;
    runde_published published[2];
    int32_t n_published;

    runde_stop stops[SCENE_SHIFTS][SCENE_STOPS];
    runde_route routes[SCENE_SHIFTS];
    int32_t n_routes;
    runde_unserved unserved[SCENE_VISITS];
    int32_t n_unserved;
    runde_cost cost;
    runde_kpis kpis;
    runde_search_info info;
} scene;

/* Fills a scene with the plan that breaks nothing. */
void scene_init(scene *sc);

/* The sealed problem and the finished plan; NULL when something fails. */
runde_problem *scene_problem(const scene *sc);
runde_plan *scene_plan(const scene *sc, const runde_problem *problem);

/* The report; NULL when something fails. */
runde_report *scene_check(const scene *sc);

/* Number of violations, in all (`rule` NULL) or of one rule; -1 when the
 * scene could not be checked. */
int32_t scene_count(const scene *sc, const char *rule);

/* Whether there are violations and all are of the one rule. Without stated
 * cost, which most changes would make wrong as well. */
bool scene_breaks_only(const scene *sc, const char *rule);

/* Tells stop times again from stop `from` on: arrival, waiting, departure
 * from the starts. `begin` and `end` follow. */
void scene_retime(scene *sc, int32_t route);

/* Takes a stop out of a route or puts one into it. */
void scene_drop_stop(scene *sc, int32_t route, int32_t at);
void scene_put_stop(scene *sc, int32_t route, int32_t at,
                    const runde_stop *stop);

#endif
