/* SPDX-License-Identifier: MIT */
/* One way at least to break every rule of docs/model.md section 3. */
#include "scene.h"

static scene sc;

static void test_arithmetic(void)
{
    int32_t *const fields[] = {&sc.stops[0][1].arrival, &sc.stops[0][1].waiting,
                               &sc.stops[0][1].departure, &sc.routes[0].end,
                               &sc.routes[0].begin};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        scene_init(&sc);
        *fields[i] += 1;
        CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
    }
    scene_init(&sc);
    sc.stops[1][1].start += 1;
    CU_ASSERT(scene_count(&sc, "arithmetic") > 0);
}

static void test_negative_waiting(void)
{
    scene_init(&sc);
    /* v1 needs 528 + 2; with the clock right but waiting below zero. */
    sc.stops[0][1].start = 529;
    sc.stops[1][1].start = 529;
    sc.windows[1].min_start = 500;
    scene_retime(&sc, 0);
    scene_retime(&sc, 1);
    CU_ASSERT_EQUAL(sc.stops[0][1].waiting, -1);
    CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
}

static void test_begin(void)
{
    scene_init(&sc);
    /* Leaving a minute early to wait at the first door. */
    sc.routes[2].begin -= 1;
    sc.stops[2][0].arrival -= 1;
    sc.stops[2][0].waiting += 1;
    CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
    scene_init(&sc);
    sc.settings.depart_at_shift_start = true;
    CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
    for (int32_t r = 0; r < SCENE_ROUTES; r++) {
        scene_retime(&sc, r);
    }
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_travel(void)
{
    scene_init(&sc);
    sc.stops[0][1].travel -= 1;
    scene_retime(&sc, 0);
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    scene_init(&sc);
    sc.stops[0][1].distance -= 1;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    scene_init(&sc);
    sc.stops[0][3].place = 2;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    scene_init(&sc);
    sc.routes[2].distance_home += 1;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    scene_init(&sc);
    sc.routes[2].travel_home += 1;
    sc.routes[2].end += 1;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
}

static void test_estimated(void)
{
    scene_init(&sc);
    sc.stops[0][1].estimated = true;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    scene_init(&sc);
    sc.routes[2].estimated_home = true;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    /* Driven from place 0 to place 1 by an estimate: a draft need not say
     * so, a plan of the search must. */
    scene_init(&sc);
    sc.guess[1] = sc.stops[0][0].place;
    CU_ASSERT_NOT_EQUAL_FATAL(sc.guess[0], sc.guess[1]);
    sc.info.outcome = RUNDE_OUTCOME_DRAFT;
    CU_ASSERT_EQUAL(scene_count(&sc, "travel"), 0);
    sc.info.outcome = RUNDE_OUTCOME_ITERATION_LIMIT;
    CU_ASSERT_EQUAL(scene_count(&sc, "travel"), 1);
    sc.stops[0][0].estimated = true;
    CU_ASSERT_EQUAL(scene_count(&sc, "travel"), 0);
}

static void test_unreachable(void)
{
    scene_init(&sc);
    sc.legs[1 * SCENE_PLACES + 2] = RUNDE_UNREACHABLE;
    sc.metres[1 * SCENE_PLACES + 2] = RUNDE_UNREACHABLE;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
}

static void test_setup(void)
{
    scene_init(&sc);
    /* The setup of v2 becomes waiting. */
    sc.stops[0][3].setup = 0;
    scene_retime(&sc, 0);
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
    scene_init(&sc);
    /* Coming from the same place there is nothing to set up. */
    sc.visits[1].place = 1;
    sc.clients[1].place = 1;
    CU_ASSERT(scene_count(&sc, "travel") > 0);
}

static void test_once(void)
{
    scene_init(&sc);
    /* v3 twice in its route, at its own door. */
    runde_stop again = sc.stops[2][0];
    again.travel = 0;
    again.distance = 0;
    again.start = sc.stops[2][0].departure;
    scene_put_stop(&sc, 2, 1, &again);
    scene_retime(&sc, 2);
    CU_ASSERT(scene_breaks_only(&sc, "once"));
    scene_init(&sc);
    sc.unserved[2] = (runde_unserved){3, 0, NULL};
    sc.n_unserved = 3;
    CU_ASSERT_EQUAL(scene_count(&sc, "once"), 1);
    CU_ASSERT_EQUAL(scene_count(&sc, "unserved"), 1);
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 2);
}

static void test_unserved(void)
{
    scene_init(&sc);
    sc.n_unserved = 1;
    CU_ASSERT(scene_breaks_only(&sc, "unserved"));
    scene_init(&sc);
    sc.unserved[2] = sc.unserved[0];
    sc.n_unserved = 3;
    CU_ASSERT(scene_breaks_only(&sc, "unserved"));
}

static void test_crew(void)
{
    scene_init(&sc);
    scene_drop_stop(&sc, 0, 1); /* part 0 of v1 */
    sc.stops[0][1].travel = 0;
    sc.stops[0][1].distance = 0;
    sc.stops[0][2].setup = 0; /* v2 is at the place of v0 */
    scene_retime(&sc, 0);
    CU_ASSERT(scene_breaks_only(&sc, "crew"));
    scene_init(&sc);
    sc.stops[1][1].start += 1;
    scene_retime(&sc, 1);
    CU_ASSERT(scene_breaks_only(&sc, "crew"));
    scene_init(&sc);
    sc.stops[1][1].part = 2;
    CU_ASSERT(scene_breaks_only(&sc, "crew"));
    scene_init(&sc);
    sc.stops[1][1].part = -1;
    CU_ASSERT(scene_breaks_only(&sc, "crew"));
}

/* Only a visit of no length lets one person serve two parts in time. */
static void test_crew_of_one(void)
{
    scene_init(&sc);
    sc.visits[1].duration = 0;
    scene_drop_stop(&sc, 1, 1);
    runde_stop second = sc.stops[0][1];
    second.part = 1;
    second.travel = 0;
    second.distance = 0;
    second.setup = 0;
    scene_put_stop(&sc, 0, 2, &second);
    scene_retime(&sc, 0);
    scene_retime(&sc, 1);
    CU_ASSERT_EQUAL(scene_count(&sc, "crew"), 1);
    CU_ASSERT_EQUAL(scene_count(&sc, "once"), 0);
}

static void test_window(void)
{
    scene_init(&sc);
    sc.windows[0].min_start = 504;
    CU_ASSERT(scene_breaks_only(&sc, "window"));
    sc.windows[0].min_start = 503;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.windows[0].max_start = 503;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.windows[0].min_start = RUNDE_TIME_NONE;
    sc.windows[0].max_start = 502;
    CU_ASSERT(scene_breaks_only(&sc, "window"));
    sc.windows[0].max_start = RUNDE_TIME_NONE;
    sc.windows[0].max_end = 523;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.windows[0].max_end = 522;
    CU_ASSERT(scene_breaks_only(&sc, "window"));
}

static void test_several_windows(void)
{
    const runde_window apart[2] = {{480, 490, RUNDE_TIME_NONE},
                                   {510, 600, RUNDE_TIME_NONE}};
    const runde_window second[2] = {{480, 490, RUNDE_TIME_NONE},
                                    {503, 503, 523}};
    scene_init(&sc);
    sc.visits[0].windows = apart;
    sc.visits[0].n_windows = 2;
    CU_ASSERT(scene_breaks_only(&sc, "window"));
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    const runde_violation *const v = runde_report_violation(report, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(v);
    CU_ASSERT_EQUAL(v->expected, 510);
    CU_ASSERT_EQUAL(v->found, 503);
    CU_ASSERT_EQUAL(v->visit, 0);
    CU_ASSERT_EQUAL(v->shift, 0);
    CU_ASSERT_EQUAL(v->part, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(v->message, "\"v0\""));
    runde_report_free(report);
    sc.visits[0].windows = second;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_skill(void)
{
    scene_init(&sc);
    sc.held[0].level = 0;
    CU_ASSERT(scene_breaks_only(&sc, "skill"));
    scene_init(&sc);
    sc.held[0].expires = 899; /* the shift ends at 900 */
    CU_ASSERT(scene_breaks_only(&sc, "skill"));
    scene_init(&sc);
    sc.held[0].expires = 900;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.carers[0].n_skills = 0;
    CU_ASSERT(scene_breaks_only(&sc, "skill"));
    scene_init(&sc);
    /* A need of part 1 alone does not bind part 0. */
    sc.needs[1] = (runde_skill_need){0, 2, 1};
    sc.visits[1].n_skills = 1;
    CU_ASSERT(scene_breaks_only(&sc, "skill"));
    sc.needs[1].part = 0;
    CU_ASSERT_EQUAL(scene_count(&sc, "skill"), 0);
}

static void test_carer(void)
{
    scene_init(&sc);
    sc.wishes[2].carer = 1;
    CU_ASSERT(scene_breaks_only(&sc, "carer"));
    scene_init(&sc);
    sc.visit_wishes[0] = (runde_carer_wish){0, RUNDE_PROHIBITED, 0};
    sc.visits[0].n_wishes = 1;
    CU_ASSERT(scene_breaks_only(&sc, "carer"));
    scene_init(&sc);
    /* The visit's required carers add to the client's. */
    sc.wishes[2].carer = 1;
    sc.visit_wishes[3] = (runde_carer_wish){0, RUNDE_REQUIRED, 0};
    sc.visits[3].n_wishes = 1;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_pinned(void)
{
    scene_init(&sc);
    sc.visits[0].pinned_start = 503;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.visits[0].pinned_start = 504;
    CU_ASSERT(scene_breaks_only(&sc, "pinned"));
    scene_init(&sc);
    sc.visits[0].pinned_shift = 2;
    sc.windows[0] =
        (runde_window){RUNDE_TIME_NONE, RUNDE_TIME_NONE, RUNDE_TIME_NONE};
    CU_ASSERT(scene_breaks_only(&sc, "pinned"));
    scene_init(&sc);
    sc.visits[1].pinned_shift = 1; /* that is where part 1 is */
    CU_ASSERT(scene_breaks_only(&sc, "pinned"));
    sc.visits[1].pinned_shift = 0;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_absence(void)
{
    scene_init(&sc);
    sc.absences[0] = (runde_interval){523, 600};
    sc.clients[0].n_absences = 1;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.absences[0] = (runde_interval){522, 600};
    CU_ASSERT(scene_breaks_only(&sc, "absence"));
    sc.absences[0] = (runde_interval){400, 502};
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.absences[0] = (runde_interval){400, 503};
    CU_ASSERT(scene_breaks_only(&sc, "absence"));
}

static void test_overlap(void)
{
    scene_init(&sc);
    /* v1 becomes a visit of c0 at the place of c1. */
    sc.visits[1].client = 0;
    sc.visits[1].place = 2;
    sc.visits[0].duration = 37;
    sc.windows[1].min_start = 539;
    sc.stops[0][1].start = 539;
    sc.stops[1][1].start = 539;
    sc.legs[1 * SCENE_PLACES + 2] = 0;
    sc.metres[1 * SCENE_PLACES + 2] = 0;
    sc.stops[0][1].travel = 0;
    sc.stops[0][1].distance = 0;
    sc.stops[0][1].setup = 0;
    sc.visits[1].setup = 0;
    sc.stops[1][1].setup = 0;
    scene_retime(&sc, 0);
    scene_retime(&sc, 1);
    CU_ASSERT(scene_count(&sc, "overlap") == 1); /* 503 + 37 = 540 > 539 */
    sc.visits[0].duration = 36;
    scene_retime(&sc, 0);
    CU_ASSERT_EQUAL(scene_count(&sc, "overlap"), 0);
    sc.visits[0].duration = 37;
    sc.visits[1].may_overlap = true;
    scene_retime(&sc, 0);
    CU_ASSERT_EQUAL(scene_count(&sc, "overlap"), 0);
}

static void test_shift(void)
{
    scene_init(&sc);
    sc.shifts[0].start = 491;
    CU_ASSERT(scene_breaks_only(&sc, "shift"));
    scene_init(&sc);
    sc.shifts[0].end = 770;
    sc.shifts[0].max_end = RUNDE_TIME_NONE;
    sc.breaks[0][1].max_start = 700;
    CU_ASSERT(scene_breaks_only(&sc, "shift"));
    sc.shifts[0].max_end = 771; /* a minute of overtime */
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_route_without_visit(void)
{
    scene_init(&sc);
    sc.stops[3][0] = sc.stops[0][2];
    sc.stops[3][0].place = RUNDE_NONE;
    sc.stops[3][0].start = 2100;
    sc.stops[3][0].travel = 0;
    sc.stops[3][0].distance = 0;
    sc.routes[3] = (runde_route){3, 0, 0, 0, 0, 1, NULL, false};
    sc.n_routes = 4;
    scene_retime(&sc, 3);
    CU_ASSERT(scene_breaks_only(&sc, "shift"));
}

static void test_activity(void)
{
    scene_init(&sc);
    sc.activities[1].max_start = 489;
    CU_ASSERT(scene_breaks_only(&sc, "activity"));
    scene_init(&sc);
    sc.activities[1].min_start = 491;
    CU_ASSERT(scene_breaks_only(&sc, "activity"));
    scene_init(&sc);
    sc.stops[1][0].place = 1;
    CU_ASSERT(scene_breaks_only(&sc, "activity"));
    scene_init(&sc);
    scene_drop_stop(&sc, 1, 0);
    sc.stops[1][0].travel = 0;
    sc.stops[1][0].distance = 0;
    scene_retime(&sc, 1);
    CU_ASSERT(scene_breaks_only(&sc, "activity"));
    scene_init(&sc);
    runde_stop again = sc.stops[1][0];
    again.start = 505;
    sc.activities[1].max_start = 505;
    scene_put_stop(&sc, 1, 1, &again);
    scene_retime(&sc, 1);
    CU_ASSERT(scene_breaks_only(&sc, "activity"));
}

static void test_break(void)
{
    scene_init(&sc);
    sc.breaks[0][0].min_start = 661;
    CU_ASSERT(scene_breaks_only(&sc, "break"));
    scene_init(&sc);
    sc.breaks[0][0].min_start = 600;
    sc.breaks[0][0].max_start = 659;
    CU_ASSERT(scene_breaks_only(&sc, "break"));
    scene_init(&sc);
    scene_drop_stop(&sc, 0, 2);
    sc.stops[0][2].travel = 6;
    sc.stops[0][2].distance = 600;
    scene_retime(&sc, 0);
    CU_ASSERT(scene_breaks_only(&sc, "break"));
    scene_init(&sc);
    /* Taking the optional one is fine, twice is not. */
    runde_stop rest = sc.stops[0][2];
    rest.item = 1;
    rest.travel = 0;
    rest.distance = 0;
    rest.start = 700;
    scene_put_stop(&sc, 0, 3, &rest);
    scene_retime(&sc, 0);
    CU_ASSERT_EQUAL(scene_count(&sc, "break"), 0);
    rest.start = 720;
    scene_put_stop(&sc, 0, 4, &rest);
    scene_retime(&sc, 0);
    CU_ASSERT(scene_breaks_only(&sc, "break"));
}

static void test_load(void)
{
    scene_init(&sc);
    sc.shift_caps[0].cap = 1;
    CU_ASSERT(scene_breaks_only(&sc, "load"));
    scene_init(&sc);
    sc.carer_caps[0].cap = 1;
    CU_ASSERT(scene_breaks_only(&sc, "load"));
    sc.carer_caps[0].cap = 2;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.visits[3].n_loads = 1; /* the other day, the same carer */
    CU_ASSERT(scene_breaks_only(&sc, "load"));
}

static void test_link(void)
{
    scene_init(&sc);
    sc.links[0].min_gap = 247; /* 750 - 503 */
    sc.links[0].max_gap = 247;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.links[0].max_gap = 246;
    sc.links[0].min_gap = 240;
    CU_ASSERT(scene_breaks_only(&sc, "link"));
    sc.links[0].min_gap = 248;
    sc.links[0].max_gap = RUNDE_TIME_NONE;
    CU_ASSERT(scene_breaks_only(&sc, "link"));
    sc.links[0].from_end = true;
    sc.links[0].min_gap = 227; /* 750 - 523 */
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.links[0].min_gap = 228;
    CU_ASSERT(scene_breaks_only(&sc, "link"));
}

static void test_loose_link(void)
{
    scene_init(&sc);
    sc.links[1] = (runde_link)RUNDE_LINK_INIT;
    sc.links[1].before = 5; /* left out */
    sc.links[1].after = 0;
    sc.links[1].min_gap = 100;
    sc.links[1].same_carer = true;
    sc.n_links = 2;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.links[1].all_or_none = true;
    CU_ASSERT(scene_breaks_only(&sc, "all_or_none"));
    sc.links[1].after = 4; /* also left out */
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_link_carer(void)
{
    scene_init(&sc);
    sc.links[0].same_carer = false;
    sc.links[0].different_carer = true;
    CU_ASSERT(scene_breaks_only(&sc, "link_carer"));
    scene_init(&sc);
    sc.links[0].after = 1; /* part 0 by k0, too; part 1 does not matter */
    sc.links[0].min_gap = 0;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.stops[0][1].part = 1;
    sc.stops[1][1].part = 0;
    CU_ASSERT(scene_breaks_only(&sc, "link_carer"));
}

static void test_duty(void)
{
    scene_init(&sc);
    sc.shifts[0].max_duty = 251; /* 771 - 490 - 30 unpaid */
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.shifts[0].max_duty = 250;
    CU_ASSERT(scene_breaks_only(&sc, "duty"));
    scene_init(&sc);
    sc.carers[0].rules.max_per_day = 250;
    CU_ASSERT(scene_breaks_only(&sc, "duty"));
    sc.carers[0].rules.max_per_day = 251;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.carers[0].rules.max_per_week = 316; /* 251 + 66 = 317 */
    CU_ASSERT(scene_breaks_only(&sc, "duty"));
    sc.carers[0].rules.max_per_week = 317;
    sc.carers[0].rules.max_per_horizon = 316;
    CU_ASSERT(scene_breaks_only(&sc, "duty"));
    sc.carers[0].rules.max_per_horizon = 317;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.breaks[0][0].paid = true; /* then it is duty, and work */
    CU_ASSERT_EQUAL(scene_count(&sc, "duty"), 3);
}

static void test_duty_in_two_weeks(void)
{
    scene_init(&sc);
    sc.carers[0].rules.max_per_week = 300;
    CU_ASSERT(scene_breaks_only(&sc, "duty"));
    /* s2 a week later: each week is within the limit. */
    const int32_t week = 7 * 1440;
    sc.shifts[2].start += week;
    sc.shifts[2].end += week;
    sc.shifts[2].max_end += week;
    sc.windows[3].min_start += week;
    sc.windows[3].max_start += week;
    sc.preferred[3].start += week;
    sc.preferred[3].end += week;
    sc.stops[2][0].start += week;
    sc.settings.days = 14;
    scene_retime(&sc, 2);
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_daily_rest(void)
{
    scene_init(&sc);
    /* s0 ends at 771, s2 starts at 1920: 1149. */
    sc.carers[0].rules.daily_rest = 1149;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.carers[0].rules.daily_rest = 1150;
    CU_ASSERT(scene_breaks_only(&sc, "rest"));
    sc.shifts[2].continues = true;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.shifts[2].continues = false;
    sc.carers[0].rules.daily_rest = RUNDE_UNLIMITED;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

/* Whom or what the first broken rule of the scene is about. */
static bool is_about(int32_t carer, int32_t client, int32_t criterion)
{
    runde_report *const report = scene_check(&sc);
    const runde_violation *const v =
        report == NULL ? NULL : runde_report_violation(report, 0);
    const bool is_it = v != NULL && v->carer == carer && v->client == client &&
                       v->criterion == criterion;
    runde_report_free(report);
    return is_it;
}

static void test_weekly_rest(void)
{
    scene_init(&sc);
    /* Seven days; k0 is free from 2340 to 10080. */
    sc.settings.days = 7;
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    sc.carers[0].rules.weekly_rest = 7740;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.carers[0].rules.weekly_rest = 7741;
    CU_ASSERT(scene_breaks_only(&sc, "rest"));
    CU_ASSERT(is_about(0, RUNDE_NONE, RUNDE_NONE));
    sc.settings.days = 6; /* no full week, no rule */
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

static void test_hard(void)
{
    scene_init(&sc);
    sc.weights.hard = 1U << RUNDE_EARLY;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.weights.hard = 1U << RUNDE_MAX_LATE;
    CU_ASSERT(scene_breaks_only(&sc, "hard"));
    sc.weights.hard = 1U << RUNDE_CHANGED_CARER;
    CU_ASSERT(scene_breaks_only(&sc, "hard"));
    /* The only lateness is that of c2, whose profile says it is soft. */
    sc.weights.hard = 1U << RUNDE_LATE;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.profile.hard = 1U << RUNDE_LATE;
    CU_ASSERT(scene_breaks_only(&sc, "hard"));
    sc.weights.hard = 0;
    CU_ASSERT(scene_breaks_only(&sc, "hard"));
    /* Not a client's to set. */
    sc.profile.hard = 1U << RUNDE_BREAKS_MISSED;
    sc.profile.set |= 1U << RUNDE_BREAKS_MISSED;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
}

/* Every criterion is held to its limit: as much as there is, and one less. */
static void test_limits(void)
{
    scene_init(&sc);
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    int n = 0;
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        const int64_t amount = runde_report_cost(report)->amount[x];
        if (amount == 0 || ((sc.profile.set >> x) & 1U) != 0) {
            continue;
        }
        sc.weights.hard = 1U << x;
        sc.weights.limit[x] = amount;
        CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
        sc.weights.limit[x] = amount - 1;
        CU_ASSERT(scene_breaks_only(&sc, "hard"));
        runde_report *const broken = scene_check(&sc);
        CU_ASSERT_PTR_NOT_NULL_FATAL(broken);
        const runde_violation *const v = runde_report_violation(broken, 0);
        CU_ASSERT_EQUAL(v->expected, amount - 1);
        CU_ASSERT_EQUAL(v->found, amount);
        CU_ASSERT(is_about(RUNDE_NONE, RUNDE_NONE, x));
        CU_ASSERT_PTR_NOT_NULL(
            strstr(v->message, runde_criterion_name((runde_criterion)x)));
        runde_report_free(broken);
        sc.weights.limit[x] = 0;
        n++;
    }
    CU_ASSERT_TRUE(n >= 10);
    runde_report_free(report);
    /* A client's share: v3 is 10 late. */
    sc.weights.hard = 0;
    sc.profile.hard = 1U << RUNDE_LATE;
    sc.profile.limit[RUNDE_LATE] = 10;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.profile.limit[RUNDE_LATE] = 9;
    CU_ASSERT(scene_breaks_only(&sc, "hard"));
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    CU_ASSERT(is_about(RUNDE_NONE, 2, RUNDE_LATE));
}

static void test_cost(void)
{
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        scene_init(&sc);
        sc.cost.amount[x] += 1;
        CU_ASSERT_EQUAL(scene_count(&sc, "cost"), 1);
        scene_init(&sc);
        sc.cost.cost[x] -= 1;
        CU_ASSERT_EQUAL(scene_count(&sc, "cost"), 1);
        CU_ASSERT_EQUAL(scene_count(&sc, NULL), 1);
    }
    scene_init(&sc);
    sc.cost.wishes += 1;
    CU_ASSERT_EQUAL(scene_count(&sc, "cost"), 1);
    scene_init(&sc);
    sc.cost.left_out -= 1;
    CU_ASSERT_EQUAL(scene_count(&sc, "cost"), 1);
    scene_init(&sc);
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.info.outcome = RUNDE_OUTCOME_TIME_LIMIT;
    CU_ASSERT(scene_count(&sc, "cost") > 0);
}

static void test_kpi(void)
{
    int32_t *const small[] = {&sc.kpis.visits,
                              &sc.kpis.served,
                              &sc.kpis.left_out,
                              &sc.kpis.left_out_optional,
                              &sc.kpis.left_out_by_priority[20],
                              &sc.kpis.left_out_by_priority[0],
                              &sc.kpis.left_out_by_priority[100],
                              &sc.kpis.shifts_used,
                              &sc.kpis.travel_share,
                              &sc.kpis.client_share,
                              &sc.kpis.on_time_share,
                              &sc.kpis.carers_per_client,
                              &sc.kpis.max_carers_per_client,
                              &sc.kpis.max_heavy};
    int64_t *const large[] = {&sc.kpis.duty,     &sc.kpis.travel,
                              &sc.kpis.distance, &sc.kpis.waiting,
                              &sc.kpis.service,  &sc.kpis.overtime};
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
        scene_init(&sc);
        *small[i] += 1;
        CU_ASSERT_EQUAL(scene_count(&sc, "kpi"), 1);
        CU_ASSERT_EQUAL(scene_count(&sc, NULL), 1);
    }
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++) {
        scene_init(&sc);
        *large[i] -= 1;
        CU_ASSERT_EQUAL(scene_count(&sc, "kpi"), 1);
    }
    scene_init(&sc);
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.info.outcome = RUNDE_OUTCOME_ITERATION_LIMIT;
    CU_ASSERT(scene_count(&sc, "kpi") > 0);
}

/* Visit 2 begins at 750 in shift 0 of carer 0, visit 3 at 2000. */
static void publish(int32_t at, int32_t visit, int32_t carer, int32_t start)
{
    sc.published[at] =
        (runde_published){sizeof(runde_published), visit, 0, carer, start, 0};
}

static void test_frozen(void)
{
    scene_init(&sc);
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    publish(0, 2, 0, 750);
    publish(1, 0, 0, 503);
    sc.settings.freeze_before = 751;
    /* The crew of visit 1 is not published: it should not have begun. */
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 2);
    CU_ASSERT(scene_breaks_only(&sc, "frozen"));
    sc.settings.freeze_before = 504;
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 0);
    publish(1, 0, 0, 502);
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 1);
    publish(1, 0, 1, 503);
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 1);
    CU_ASSERT(scene_breaks_only(&sc, "frozen"));
    /* Carer 2 is not at work and cannot have come. */
    publish(1, 0, 2, 503);
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 1);
    sc.settings.freeze_before = 490;
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 0);
}

/* Visit 0 starts at 503, 13 after the depot: who leaves at 490 is there. */
static void test_frozen_sets_out(void)
{
    scene_init(&sc);
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    publish(0, 2, 0, 750);
    publish(1, 3, 0, 2000);
    sc.settings.freeze_before = 490;
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 0);
    sc.settings.freeze_before = 491;
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 1);
    CU_ASSERT(scene_breaks_only(&sc, "frozen"));
    /* On the way already, or then not quite so early. */
    publish(1, 0, 0, 503);
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 0);
    publish(1, 0, 0, 504);
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 1);
    publish(1, 0, 1, 500);
    CU_ASSERT_EQUAL(scene_count(&sc, "frozen"), 1);
}

int main(void)
{
    RN_RUN(
        "check_rules", RN_TEST(test_arithmetic), RN_TEST(test_negative_waiting),
        RN_TEST(test_begin), RN_TEST(test_travel), RN_TEST(test_estimated),
        RN_TEST(test_unreachable), RN_TEST(test_setup), RN_TEST(test_once),
        RN_TEST(test_unserved), RN_TEST(test_crew), RN_TEST(test_crew_of_one),
        RN_TEST(test_window), RN_TEST(test_several_windows),
        RN_TEST(test_skill), RN_TEST(test_carer), RN_TEST(test_pinned),
        RN_TEST(test_absence), RN_TEST(test_overlap), RN_TEST(test_shift),
        RN_TEST(test_route_without_visit), RN_TEST(test_activity),
        RN_TEST(test_break), RN_TEST(test_load), RN_TEST(test_link),
        RN_TEST(test_loose_link), RN_TEST(test_link_carer), RN_TEST(test_duty),
        RN_TEST(test_duty_in_two_weeks), RN_TEST(test_daily_rest),
        RN_TEST(test_weekly_rest), RN_TEST(test_hard), RN_TEST(test_limits),
        RN_TEST(test_cost), RN_TEST(test_kpi), RN_TEST(test_frozen),
        RN_TEST(test_frozen_sets_out));
}
