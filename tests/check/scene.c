/* SPDX-License-Identifier: MIT */
#include "scene.h"

/* -------------------------------------------------------------- problem */

static void init_places(scene *sc)
{
    static const int32_t legs[SCENE_PLACES * SCENE_PLACES] = {
        0, 10, 15, 20, 11, 0, 5, 8, 16, 6, 0, 7, 21, 9, 8, 0};
    static const char *const ids[SCENE_PLACES] = {"depot", "p1", "p2", "p3"};
    for (int32_t i = 0; i < SCENE_PLACES * SCENE_PLACES; i++) {
        sc->legs[i] = legs[i];
        sc->metres[i] = 100 * legs[i];
    }
    for (int32_t i = 0; i < SCENE_PLACES; i++) {
        sc->places[i] = (runde_place)RUNDE_PLACE_INIT;
        sc->places[i].id = ids[i];
    }
    sc->load = (runde_load)RUNDE_LOAD_INIT;
    sc->load.id = "heavy";
    sc->load.shared = true;
}

static void init_people(scene *sc)
{
    static const char *const clients[SCENE_CLIENTS] = {"c0", "c1", "c2", "c3"};
    static const char *const carers[SCENE_CARERS] = {"k0", "k1", "k2"};
    for (int32_t i = 0; i < SCENE_CLIENTS; i++) {
        sc->clients[i] = (runde_client)RUNDE_CLIENT_INIT;
        sc->clients[i].id = clients[i];
        sc->clients[i].place = i < 3 ? i + 1 : 1;
        sc->clients[i].wishes = &sc->wishes[i];
        sc->clients[i].absences = &sc->absences[i];
    }
    sc->wishes[0] = (runde_carer_wish){0, RUNDE_PREFERRED, 5};
    sc->clients[0].n_wishes = 1;
    sc->clients[0].max_carers = 1;
    sc->clients[0].max_carers_days = 3;
    sc->wishes[1] = (runde_carer_wish){1, RUNDE_UNWANTED, 3};
    sc->clients[1].n_wishes = 1;
    sc->wishes[2] = (runde_carer_wish){0, RUNDE_REQUIRED, 0};
    sc->clients[2].n_wishes = 1;
    sc->absences[2] = (runde_interval){0, 1439};
    sc->clients[2].n_absences = 1;
    sc->clients[2].weights = &sc->profile;
    sc->wishes[3] = (runde_carer_wish){2, RUNDE_PROHIBITED, 0};
    for (int32_t i = 0; i < SCENE_CARERS; i++) {
        sc->carers[i] = (runde_carer)RUNDE_CARER_INIT;
        sc->carers[i].id = carers[i];
        sc->held[i] = (runde_skill_held){0, 2 - i, RUNDE_TIME_NONE};
        sc->carers[i].skills = &sc->held[i];
        sc->carers[i].n_skills = 1;
        sc->carer_caps[i] = (runde_cap){0, 3};
        sc->carers[i].caps = &sc->carer_caps[i];
        sc->carers[i].n_caps = 1;
    }
}

static void init_shifts(scene *sc)
{
    static const char *const ids[SCENE_SHIFTS] = {"s0", "s1", "s2", "s3"};
    for (int32_t i = 0; i < SCENE_SHIFTS; i++) {
        const int32_t midnight = i < 2 ? 0 : 1440;
        sc->shifts[i] = (runde_shift)RUNDE_SHIFT_INIT;
        sc->shifts[i].id = ids[i];
        sc->shifts[i].carer = i % 2;
        sc->shifts[i].start = midnight + 480;
        sc->shifts[i].end = midnight + 900;
        sc->shifts[i].max_end = midnight + 930;
        sc->shifts[i].start_place = i % 2 == 0 ? 0 : RUNDE_NONE;
        sc->shifts[i].end_place = i % 2 == 0 ? 0 : RUNDE_NONE;
        sc->shifts[i].breaks = sc->breaks[i];
        sc->shifts[i].activities = &sc->activities[i];
        sc->shifts[i].caps = &sc->shift_caps[i];
        sc->shift_caps[i] = (runde_cap){0, 2};
        sc->shifts[i].n_caps = 1;
    }
    sc->breaks[0][0] = (runde_break){30, 660, 720, false, false, false};
    sc->breaks[0][1] = (runde_break){10, 500, 890, true, true, false};
    sc->shifts[0].n_breaks = 2;
    sc->activities[1] = (runde_activity){"report", 0, 15, 480, 500};
    sc->shifts[1].n_activities = 1;
    sc->breaks[3][0] = (runde_break){20, 2100, 2160, false, false, false};
    sc->shifts[3].n_breaks = 1;
}

static void init_visits(scene *sc)
{
    static const char *const ids[SCENE_VISITS] = {"v0", "v1", "v2",
                                                  "v3", "v4", "v5"};
    static const int32_t clients[SCENE_VISITS] = {0, 1, 0, 2, 2, 1};
    static const int32_t durations[SCENE_VISITS] = {20, 30, 10, 25, 15, 40};
    static const int32_t setups[SCENE_VISITS] = {3, 2, 3, 0, 0, 0};
    static const runde_window windows[SCENE_VISITS] = {
        {480, 600, RUNDE_TIME_NONE},   {540, 720, 800},
        {750, 900, RUNDE_TIME_NONE},   {1900, 2100, RUNDE_TIME_NONE},
        {1900, 2100, RUNDE_TIME_NONE}, {480, 900, RUNDE_TIME_NONE}};
    for (int32_t i = 0; i < SCENE_VISITS; i++) {
        sc->visits[i] = (runde_visit)RUNDE_VISIT_INIT;
        sc->visits[i].id = ids[i];
        sc->visits[i].client = clients[i];
        sc->visits[i].duration = durations[i];
        sc->visits[i].setup = setups[i];
        sc->windows[i] = windows[i];
        sc->visits[i].windows = &sc->windows[i];
        sc->visits[i].n_windows = 1;
        sc->visits[i].preferred = &sc->preferred[i];
        sc->visits[i].skills = &sc->needs[i];
        sc->visits[i].loads = &sc->uses[i];
        sc->visits[i].wishes = &sc->visit_wishes[i];
        sc->needs[i] = (runde_skill_need){0, 1, RUNDE_NONE};
        sc->uses[i] = (runde_load_use){0, 1};
        sc->visit_wishes[i] = (runde_carer_wish){2, RUNDE_PROHIBITED, 0};
    }
    sc->preferred[0] = (runde_interval){500, 540};
    sc->visits[0].n_preferred = 1;
    sc->visits[0].n_skills = 1;
    sc->visits[0].n_loads = 1;
    sc->visits[1].crew = 2;
    sc->visits[1].n_loads = 1;
    sc->preferred[3] = (runde_interval){1950, 1990};
    sc->visits[3].n_preferred = 1;
    sc->visits[3].pinned_shift = 2;
    sc->visits[4].optional = true;
    sc->visits[4].price = 50;
    sc->visits[5].priority = 20;
    sc->links[0] = (runde_link)RUNDE_LINK_INIT;
    sc->links[0].before = 0;
    sc->links[0].after = 2;
    sc->links[0].min_gap = 240;
    sc->links[0].max_gap = 360;
    sc->links[0].same_carer = true;
    sc->n_links = 1;
}

static void init_memory(scene *sc)
{
    static const int32_t past[4][3] = {
        {0, 1, -100}, {0, 2, -2000}, {2, 2, -5000}, {3, 0, -10}};
    for (int32_t i = 0; i < 4; i++) {
        sc->past[i].size = sizeof sc->past[i];
        sc->past[i].client = past[i][0];
        sc->past[i].carer = past[i][1];
        sc->past[i].start = past[i][2];
    }
    sc->n_past = 4;
    sc->published[0] =
        (runde_published){sizeof(runde_published), 0, 0, 1, 500, 1};
    sc->published[1] =
        (runde_published){sizeof(runde_published), 4, 0, 1, 1900, 0};
    sc->n_published = 2;
}

/* ----------------------------------------------------------------- plan */

static runde_stop visit_stop(int32_t item, int32_t part, int32_t place,
                             int32_t start)
{
    runde_stop stop = {
        RUNDE_STOP_VISIT, item, part, place, 0, 0, 0, 0, 0, 0, 0, false};
    stop.start = start;
    return stop;
}

static void init_routes(scene *sc)
{
    /* s0: depot 490, v0 503-523, v1 540-570, break at p1 660-690,
     * v2 750-760, depot 771. */
    sc->stops[0][0] = visit_stop(0, 0, 1, 503);
    sc->stops[0][0].travel = 10;
    sc->stops[0][0].setup = 3;
    sc->stops[0][1] = visit_stop(1, 0, 2, 540);
    sc->stops[0][1].travel = 5;
    sc->stops[0][1].setup = 2;
    sc->stops[0][2] = visit_stop(0, 0, 1, 660);
    sc->stops[0][2].kind = RUNDE_STOP_BREAK;
    sc->stops[0][2].travel = 6;
    sc->stops[0][3] = visit_stop(2, 0, 1, 750);
    sc->stops[0][3].setup = 3;
    sc->routes[0] = (runde_route){0, 0, 0, 11, 0, 4, NULL, false};
    /* s1: report at the depot 490-505, v1 540-570. */
    sc->stops[1][0] = visit_stop(0, 0, 0, 490);
    sc->stops[1][0].kind = RUNDE_STOP_ACTIVITY;
    sc->stops[1][1] = visit_stop(1, 1, 2, 540);
    sc->stops[1][1].travel = 15;
    sc->stops[1][1].setup = 2;
    sc->routes[1] = (runde_route){1, 0, 0, 0, 0, 2, NULL, false};
    /* s2: depot 1980, v3 2000-2025, depot 2046. */
    sc->stops[2][0] = visit_stop(3, 0, 3, 2000);
    sc->stops[2][0].travel = 20;
    sc->routes[2] = (runde_route){2, 0, 0, 21, 0, 1, NULL, false};
    sc->n_routes = SCENE_ROUTES;
    for (int32_t r = 0; r < SCENE_ROUTES; r++) {
        for (int32_t i = 0; i < sc->routes[r].n_stops; i++) {
            sc->stops[r][i].distance = 100 * sc->stops[r][i].travel;
        }
        sc->routes[r].distance_home = 100 * sc->routes[r].travel_home;
        scene_retime(sc, r);
    }
    sc->unserved[0] = (runde_unserved){4, 0, NULL};
    sc->unserved[1] = (runde_unserved){5, 0, NULL};
    sc->n_unserved = 2;
}

static void init_cost(scene *sc)
{
    int64_t *const a = sc->cost.amount;
    /* s0: 10 + 5 + 6 + 11 = 32; s1: 15; s2: 20 + 21 = 41. */
    a[RUNDE_TRAVEL_TIME] = 88;
    a[RUNDE_TRAVEL_DISTANCE] = 8800;
    /* s0: v1 540-2-528 = 10, break 660-576 = 84, v2 750-3-690 = 57; s1: v1
     * 540-2-520 = 18. */
    a[RUNDE_WAITING] = 169;
    a[RUNDE_EARLY] = 0;
    a[RUNDE_LATE] = 10; /* v3: 2000 - 1990 */
    a[RUNDE_MAX_LATE] = 10;
    a[RUNDE_OVERTIME] = 0;
    /* s0: 420 - 32 travel - 8 setup - 60 service - 30 break = 290
     * s1: 420 - 15 travel - 2 setup - 30 service - 15 report = 358
     * s2: 420 - 41 travel - 25 service = 354; s3: 420 - 20 break = 400 */
    a[RUNDE_IDLE] = 1402;
    a[RUNDE_MAX_IDLE] = 400;
    a[RUNDE_OPTIONAL_UNSERVED] = 50;
    a[RUNDE_BREAKS_MISSED] = 1;
    a[RUNDE_CARER_PREFERENCE] = 3; /* v1 by k1 */
    /* c0: k0 and k1 of the past; c1: k0, k1; c2: k0 and k2 of the past */
    a[RUNDE_DISTINCT_CARERS] = 6;
    a[RUNDE_CARERS_OVER_TARGET] = 1; /* c0 */
    a[RUNDE_OVERQUALIFICATION] = 1;  /* v0: level 2 for 1 */
    /* k0: 32 + 8 + 60 and 41 + 25 = 166; k1: 15 + 2 + 30 + 15 = 62 */
    a[RUNDE_WORKLOAD_SPREAD] = 104;
    a[RUNDE_WORKLOAD_DEVIATION] = 104; /* mean 114 */
    a[RUNDE_LOAD_SPREAD] = 1;          /* k0 2, k1 1 */
    a[RUNDE_SHIFTS_USED] = 3;
    a[RUNDE_CHANGED_CARER] = 1; /* v0 */
    a[RUNDE_SHIFTED_START] = 2; /* 503 - 500 - 1 */
    a[RUNDE_CLIENTS_CHANGED] = 1;
    a[RUNDE_VISITS_SHIFTED] = 1;
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        sc->weights.weight[x] = x + 1;
        sc->cost.cost[x] = (x + 1) * a[x];
    }
    /* The profile of c2: late weighs 100, a visit's price 7. The weight of
     * overtime is not a client's to set. */
    sc->profile.weight[RUNDE_LATE] = 100;
    sc->profile.weight[RUNDE_OPTIONAL_UNSERVED] = 7;
    sc->profile.weight[RUNDE_IDLE] = 1000;
    sc->profile.set = (1U << RUNDE_LATE) | (1U << RUNDE_OPTIONAL_UNSERVED) |
                      (1U << RUNDE_IDLE);
    sc->cost.cost[RUNDE_LATE] = 1000;
    sc->cost.cost[RUNDE_OPTIONAL_UNSERVED] = 350;
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        sc->cost.wishes += sc->cost.cost[x];
    }
    sc->cost.left_out = 20; /* v5 */
}

static void init_kpis(scene *sc)
{
    runde_kpis *const k = &sc->kpis;
    k->visits = 6;
    k->served = 4;
    k->left_out = 1;
    k->left_out_optional = 1;
    k->left_out_by_priority[20] = 1;
    k->shifts_used = 3;
    k->duty = 427; /* 771 - 490, 570 - 490, 2046 - 1980 */
    k->travel = 88;
    k->distance = 8800;
    k->waiting = 169;
    k->service = 115;      /* 20 + 30 + 30 + 10 + 25 */
    k->travel_share = 206; /* 88000 / 427 = 206.09 */
    k->client_share = 269; /* 115000 / 427 = 269.32 */
    k->on_time_share = 500;
    k->carers_per_client = 2000;
    k->max_carers_per_client = 2;
    k->max_heavy = 2;
}

void scene_init(scene *sc)
{
    memset(sc, 0, sizeof *sc);
    sc->settings = (runde_settings)RUNDE_SETTINGS_INIT;
    sc->settings.tick_ms = 60000;
    sc->settings.days = 2;
    sc->weights.size = sizeof sc->weights;
    sc->profile.size = sizeof sc->profile;
    sc->cost = (runde_cost)RUNDE_COST_INIT;
    sc->kpis = (runde_kpis)RUNDE_KPIS_INIT;
    sc->info = (runde_search_info)RUNDE_SEARCH_INFO_INIT;
    init_places(sc);
    init_people(sc);
    init_shifts(sc);
    init_visits(sc);
    init_memory(sc);
    init_routes(sc);
    init_cost(sc);
    init_kpis(sc);
}

/* -------------------------------------------------------------- changes */

static int32_t duration_of(const scene *sc, int32_t route,
                           const runde_stop *stop)
{
    const int32_t shift = sc->routes[route].shift;
    switch (stop->kind) {
    case RUNDE_STOP_ACTIVITY:
        return sc->activities[shift].duration;
    case RUNDE_STOP_BREAK:
        return sc->breaks[shift][stop->item].duration;
    case RUNDE_STOP_VISIT:
    default:
        return sc->visits[stop->item].duration;
    }
}

void scene_retime(scene *sc, int32_t route)
{
    runde_route *const r = &sc->routes[route];
    runde_stop *const stops = sc->stops[route];
    r->begin = stops[0].start - stops[0].setup - stops[0].travel;
    if (sc->settings.depart_at_shift_start) {
        r->begin = sc->shifts[r->shift].start;
    }
    int32_t leave = r->begin;
    for (int32_t i = 0; i < r->n_stops; i++) {
        stops[i].arrival = leave + stops[i].travel;
        stops[i].waiting = stops[i].start - stops[i].setup - stops[i].arrival;
        stops[i].departure = stops[i].start + duration_of(sc, route, &stops[i]);
        leave = stops[i].departure;
    }
    r->end = leave + r->travel_home;
}

void scene_drop_stop(scene *sc, int32_t route, int32_t at)
{
    runde_stop *const stops = sc->stops[route];
    runde_route *const r = &sc->routes[route];
    for (int32_t i = at; i + 1 < r->n_stops; i++) {
        stops[i] = stops[i + 1];
    }
    r->n_stops--;
}

void scene_put_stop(scene *sc, int32_t route, int32_t at,
                    const runde_stop *stop)
{
    runde_stop *const stops = sc->stops[route];
    runde_route *const r = &sc->routes[route];
    for (int32_t i = r->n_stops; i > at; i--) {
        stops[i] = stops[i - 1];
    }
    stops[at] = *stop;
    r->n_stops++;
}

/* ---------------------------------------------------------------- build */

static bool add_things(const scene *sc, runde_problem *p)
{
    const runde_matrix matrix = {sizeof matrix, SCENE_PLACES, sc->legs,
                                 sc->metres};
    bool ok = true;
    for (int32_t i = 0; i < SCENE_PLACES; i++) {
        ok = ok && runde_problem_add_place(p, &sc->places[i], NULL) == RUNDE_OK;
    }
    ok = ok && runde_problem_add_skill(p, "insulin", NULL) == RUNDE_OK;
    ok = ok && runde_problem_add_load(p, &sc->load, NULL) == RUNDE_OK;
    ok = ok && runde_problem_add_mode(p, "car", NULL) == RUNDE_OK;
    ok = ok && runde_problem_set_matrix(p, 0, &matrix) == RUNDE_OK;
    if (sc->guess[0] != sc->guess[1]) {
        ok = ok && runde_problem_set_estimated(p, 0, sc->guess[0],
                                               sc->guess[1]) == RUNDE_OK;
    }
    return ok && runde_problem_set_weights(p, &sc->weights) == RUNDE_OK;
}

static bool add_people(const scene *sc, runde_problem *p)
{
    bool ok = true;
    for (int32_t i = 0; i < SCENE_CARERS; i++) {
        ok = ok && runde_problem_add_carer(p, &sc->carers[i], NULL) == RUNDE_OK;
    }
    for (int32_t i = 0; i < SCENE_CLIENTS; i++) {
        ok = ok &&
             runde_problem_add_client(p, &sc->clients[i], NULL) == RUNDE_OK;
    }
    for (int32_t i = 0; i < SCENE_SHIFTS; i++) {
        ok = ok && runde_problem_add_shift(p, &sc->shifts[i], NULL) == RUNDE_OK;
    }
    return ok;
}

static bool add_visits(const scene *sc, runde_problem *p)
{
    bool ok = true;
    for (int32_t i = 0; i < SCENE_VISITS; i++) {
        ok = ok && runde_problem_add_visit(p, &sc->visits[i], NULL) == RUNDE_OK;
    }
    for (int32_t i = 0; i < sc->n_links; i++) {
        ok = ok && runde_problem_add_link(p, &sc->links[i], NULL) == RUNDE_OK;
    }
    for (int32_t i = 0; i < sc->n_past; i++) {
        ok = ok &&
             runde_problem_add_past_visit(p, &sc->past[i], NULL) == RUNDE_OK;
    }
    for (int32_t i = 0; i < sc->n_published; i++) {
        ok = ok && runde_problem_add_published(p, &sc->published[i], NULL) ==
                       RUNDE_OK;
    }
    return ok;
}

runde_problem *scene_problem(const scene *sc)
{
    runde_problem *p = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    if (runde_problem_new(&p, &sc->settings, NULL) != RUNDE_OK) {
        return NULL;
    }
    if (add_things(sc, p) && add_people(sc, p) && add_visits(sc, p) &&
        runde_problem_seal(p, &diag) == RUNDE_OK) {
        return p;
    }
    printf("scene: %s %s %s\n", diag.code, diag.pointer, diag.message);
    runde_problem_free(p);
    return NULL;
}

runde_plan *scene_plan(const scene *sc, const runde_problem *problem)
{
    runde_plan *plan = NULL;
    if (runde_plan_new(&plan, problem) != RUNDE_OK) {
        return NULL;
    }
    bool ok = true;
    for (int32_t r = 0; r < sc->n_routes; r++) {
        runde_route route = sc->routes[r];
        route.stops = sc->stops[r];
        ok = ok && runde_plan_add_route(plan, &route) == RUNDE_OK;
    }
    for (int32_t i = 0; i < sc->n_unserved; i++) {
        ok = ok && runde_plan_add_unserved(plan, &sc->unserved[i]) == RUNDE_OK;
    }
    ok = ok && runde_plan_set_cost(plan, &sc->cost) == RUNDE_OK;
    ok = ok && runde_plan_set_kpis(plan, &sc->kpis) == RUNDE_OK;
    ok = ok && runde_plan_set_search(plan, &sc->info) == RUNDE_OK;
    ok = ok && runde_plan_finish(plan) == RUNDE_OK;
    if (!ok) {
        runde_plan_free(plan);
        return NULL;
    }
    return plan;
}

runde_report *scene_check(const scene *sc)
{
    runde_report *report = NULL;
    runde_problem *const problem = scene_problem(sc);
    runde_plan *const plan = problem != NULL ? scene_plan(sc, problem) : NULL;
    if (plan != NULL && runde_check(&report, problem, plan) != RUNDE_OK) {
        report = NULL;
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return report;
}

int32_t scene_count(const scene *sc, const char *rule)
{
    runde_report *const report = scene_check(sc);
    if (report == NULL) {
        return -1;
    }
    const int32_t n = runde_report_n_violations(report);
    int32_t count = 0;
    for (int32_t i = 0; i < n; i++) {
        const runde_violation *const v = runde_report_violation(report, i);
        count += rule == NULL || strcmp(v->rule, rule) == 0;
    }
    runde_report_free(report);
    return count;
}

bool scene_breaks_only(const scene *sc, const char *rule)
{
    scene silent = *sc;
    silent.cost = (runde_cost)RUNDE_COST_INIT;
    silent.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    runde_report *const alone = scene_check(&silent);
    if (alone == NULL) {
        return false;
    }
    const int32_t n = runde_report_n_violations(alone);
    bool ok = n > 0;
    for (int32_t i = 0; i < n; i++) {
        const runde_violation *const v = runde_report_violation(alone, i);
        if (strcmp(v->rule, rule) != 0) {
            printf("expected %s, found %s: %s\n", rule, v->rule, v->message);
            ok = false;
        }
    }
    runde_report_free(alone);
    return ok;
}
