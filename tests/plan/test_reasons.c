/* SPDX-License-Identifier: MIT */
/* One tiny problem per reason for leaving a visit out, with its amount. */
#include "harness.h"

#include <runde/runde.h>

enum { HOUR = 3600, DAY = 24 * HOUR, LEG = 600, MANY = 1001 };

/* Base and two clients, LEG apart; two carers on duty from 8 to 16. Carer 0
 * alone is there, and visit 0 alone, until a test says otherwise. */
typedef struct tiny {
    runde_settings settings;
    runde_weights weights;
    runde_client client[2];
    runde_carer carer[2];
    runde_shift shift[2];
    runde_visit visit[2];
    runde_window window[2]; /* that of the visit */
    runde_carer_wish wish;
    runde_link link;
    int32_t past_carer; /* of client 0, or RUNDE_NONE */
    int32_t n_shifts;
    int32_t n_visits;
    int32_t n_links;
    bool no_way_back;
    bool stop; /* the search before it serves anything */
} tiny;

static void tiny_init(tiny *t)
{
    static const tiny none;
    *t = none;
    t->settings = (runde_settings)RUNDE_SETTINGS_INIT;
    t->settings.rules =
        (runde_work_rules){RUNDE_UNLIMITED, RUNDE_UNLIMITED, RUNDE_UNLIMITED,
                           RUNDE_UNLIMITED, RUNDE_UNLIMITED};
    runde_weights_default(&t->weights, 1000);
    t->link = (runde_link)RUNDE_LINK_INIT;
    t->link.before = 0;
    t->link.after = 1;
    t->past_carer = RUNDE_NONE;
    t->n_shifts = 1;
    t->n_visits = 1;
    for (int32_t i = 0; i < 2; i++) {
        static const char *const ids[] = {"0", "1"};
        t->client[i] = (runde_client)RUNDE_CLIENT_INIT;
        t->client[i].id = ids[i];
        t->client[i].place = i + 1;
        t->carer[i] = (runde_carer)RUNDE_CARER_INIT;
        t->carer[i].id = ids[i];
        t->shift[i] = (runde_shift)RUNDE_SHIFT_INIT;
        t->shift[i].id = ids[i];
        t->shift[i].carer = i;
        t->shift[i].start = 8 * HOUR;
        t->shift[i].end = 16 * HOUR;
        t->shift[i].start_place = 0;
        t->shift[i].end_place = 0;
        t->visit[i] = (runde_visit)RUNDE_VISIT_INIT;
        t->visit[i].id = ids[i];
        t->visit[i].client = i;
        t->visit[i].duration = HOUR;
    }
}

static void set_window(tiny *t, int32_t visit, int32_t from, int32_t to)
{
    t->window[visit] = (runde_window){from, to, RUNDE_TIME_NONE};
    t->visit[visit].windows = &t->window[visit];
    t->visit[visit].n_windows = 1;
}

/* Visit 0 is served first, at this time and by carer 0: those that may wait
 * come later. */
static void serve_first(tiny *t, int32_t at)
{
    set_window(t, 0, at, at);
    set_window(t, 1, 0, RUNDE_TIME_NONE);
    t->wish = (runde_carer_wish){0, RUNDE_REQUIRED, 0};
    t->visit[0].wishes = &t->wish;
    t->visit[0].n_wishes = 1;
    t->n_visits = 2;
}

#define ADD(what, ...)                                                         \
    CU_ASSERT_EQUAL_FATAL(runde_problem_##what(p, __VA_ARGS__), RUNDE_OK)

static void add_ground(runde_problem *p)
{
    static const char *const ids[] = {"base", "north", "south"};
    static const int32_t legs[9] = {0, LEG, LEG, LEG, 0, LEG, LEG, LEG, 0};
    const runde_matrix matrix = {sizeof matrix, 3, legs, NULL};
    const runde_load load = {sizeof load, "heavy", false};
    for (int32_t i = 0; i < 3; i++) {
        runde_place place = RUNDE_PLACE_INIT;
        place.id = ids[i];
        ADD(add_place, &place, NULL);
    }
    ADD(add_mode, "tram", NULL);
    ADD(set_matrix, 0, &matrix);
    ADD(add_skill, "insulin", NULL);
    ADD(add_load, &load, NULL);
}

static runde_problem *build(const tiny *t)
{
    runde_problem *p = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, &t->settings, NULL), RUNDE_OK);
    add_ground(p);
    ADD(set_weights, &t->weights);
    for (int32_t i = 0; i < 2; i++) {
        ADD(add_client, &t->client[i], NULL);
        ADD(add_carer, &t->carer[i], NULL);
    }
    for (int32_t i = 0; i < t->n_shifts; i++) {
        ADD(add_shift, &t->shift[i], NULL);
    }
    for (int32_t i = 0; i < t->n_visits; i++) {
        ADD(add_visit, &t->visit[i], NULL);
    }
    if (t->n_links > 0) {
        ADD(add_link, &t->link, NULL);
    }
    if (t->no_way_back) {
        ADD(set_leg, 0, 1, 0, RUNDE_UNREACHABLE, RUNDE_UNREACHABLE);
    }
    if (t->past_carer != RUNDE_NONE) {
        const runde_past_visit past = {sizeof past, 0, t->past_carer, -HOUR};
        ADD(add_past_visit, &past, NULL);
    }
    ADD(seal, NULL);
    return p;
}

/* A clock on which every look takes a second, and a caller who says stop. */
static double tick(void *payload)
{
    double *now = payload;
    *now += 1.0;
    return *now;
}

static int stop_now(const runde_progress *progress, void *payload)
{
    (void)progress;
    (void)payload;
    return 1;
}

static runde_plan *solve(const runde_problem *p, bool stop)
{
    double now = 0.0;
    runde_plan *plan = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = -1;
    if (stop) {
        options.clock = tick;
        options.clock_payload = &now;
        options.progress = stop_now;
    }
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, p, &options, NULL), RUNDE_OK);
    return plan;
}

/* Why the plan leaves `visit` out of `shift`; NULL when it does not say. */
static const runde_reason *reason_of(const runde_plan *plan, int32_t visit,
                                     int32_t shift)
{
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        const runde_unserved *u = runde_plan_unserved(plan, i);
        for (int32_t k = 0; k < u->n_reasons && u->visit == visit; k++) {
            if (u->reasons[k].shift == shift) {
                return &u->reasons[k];
            }
        }
    }
    return NULL;
}

/* Asserts why `visit` is left out of `shift`. */
static void expect(const tiny *t, int32_t visit, int32_t shift,
                   runde_reason_code code, int32_t amount)
{
    runde_problem *p = build(t);
    runde_plan *plan = solve(p, t->stop);
    const runde_reason *r = reason_of(plan, visit, shift);
    CU_ASSERT_PTR_NOT_NULL(r);
    if (r != NULL) {
        CU_ASSERT_STRING_EQUAL(runde_reason_name(r->code),
                               runde_reason_name(code));
        CU_ASSERT_EQUAL(r->amount, amount);
    }
    runde_plan_free(plan);
    runde_problem_free(p);
}

/* -------------------------------------------------------------- who may */

static void test_no_shift(void)
{
    tiny t;
    tiny_init(&t);
    t.n_shifts = 0;
    expect(&t, 0, RUNDE_NONE, RUNDE_REASON_NO_SHIFT, 0);
}

static void test_pinned(void)
{
    tiny t;
    tiny_init(&t);
    t.n_shifts = 2;
    t.visit[0].pinned_shift = 1;
    t.wish = (runde_carer_wish){1, RUNDE_PROHIBITED, 0};
    t.client[0].wishes = &t.wish;
    t.client[0].n_wishes = 1;
    expect(&t, 0, 0, RUNDE_REASON_PINNED, 0);
    expect(&t, 0, 1, RUNDE_REASON_CARER, 0);
}

static void test_carer(void)
{
    tiny t;
    tiny_init(&t);
    t.wish = (runde_carer_wish){0, RUNDE_PROHIBITED, 0};
    t.visit[0].wishes = &t.wish;
    t.visit[0].n_wishes = 1;
    expect(&t, 0, 0, RUNDE_REASON_CARER, 0);
    t.wish = (runde_carer_wish){1, RUNDE_REQUIRED, 0};
    expect(&t, 0, 0, RUNDE_REASON_CARER, 0);
    /* One carer too many, where that is hard. */
    tiny_init(&t);
    t.past_carer = 1;
    t.client[0].max_carers = 1;
    t.weights.hard |= 1U << RUNDE_CARERS_OVER_TARGET;
    expect(&t, 0, 0, RUNDE_REASON_CARER, 0);
}

static void test_skill(void)
{
    const runde_skill_need need = {0, 3, RUNDE_NONE};
    runde_skill_held held = {0, 1, RUNDE_TIME_NONE};
    tiny t;
    tiny_init(&t);
    t.visit[0].skills = &need;
    t.visit[0].n_skills = 1;
    expect(&t, 0, 0, RUNDE_REASON_SKILL, 4);
    t.carer[0].skills = &held;
    t.carer[0].n_skills = 1;
    expect(&t, 0, 0, RUNDE_REASON_SKILL, 2);
    held.level = 3;
    held.expires = 16 * HOUR - 1;
    expect(&t, 0, 0, RUNDE_REASON_SKILL, 4);
}

/* --------------------------------------------------------- where and when */

static void test_unreachable(void)
{
    tiny t;
    tiny_init(&t);
    t.no_way_back = true;
    expect(&t, 0, 0, RUNDE_REASON_UNREACHABLE, 0);
}

static void test_window(void)
{
    tiny t;
    tiny_init(&t);
    set_window(&t, 0, RUNDE_TIME_NONE, 7 * HOUR);
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, HOUR);
    set_window(&t, 0, 15 * HOUR + 5, RUNDE_TIME_NONE);
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, 5);
    /* One before the shift and one behind it. */
    t.window[1] = (runde_window){2 * HOUR, RUNDE_TIME_NONE, 8 * HOUR};
    t.visit[0].n_windows = 2;
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, 5);
    t.window[0].min_start = 18 * HOUR;
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, HOUR);
    /* A pinned start, and preferred windows that are hard. */
    tiny_init(&t);
    t.visit[0].pinned_start = 17 * HOUR;
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, 2 * HOUR);
    tiny_init(&t);
    const runde_interval early = {5 * HOUR, 6 * HOUR};
    t.visit[0].preferred = &early;
    t.visit[0].n_preferred = 1;
    t.weights.hard |= 1U << RUNDE_LATE;
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, 2 * HOUR);
}

static void test_absence(void)
{
    const runde_interval away[2] = {{9 * HOUR, 17 * HOUR},
                                    {6 * HOUR, 9 * HOUR - 1}};
    tiny t;
    tiny_init(&t);
    t.client[0].absences = away;
    t.client[0].n_absences = 2;
    expect(&t, 0, 0, RUNDE_REASON_ABSENCE, 0);
    set_window(&t, 0, 10 * HOUR, 11 * HOUR);
    expect(&t, 0, 0, RUNDE_REASON_ABSENCE, 0);
    /* At home when the window is open, but then the shift is over. */
    set_window(&t, 0, 15 * HOUR + 7, 18 * HOUR);
    expect(&t, 0, 0, RUNDE_REASON_WINDOW, 7);
}

/* ------------------------------------------------------ what is in the plan */

static void test_load(void)
{
    const runde_load_use use[2] = {{0, 2}, {0, 3}};
    const runde_cap cap = {0, 3};
    tiny t;
    tiny_init(&t);
    serve_first(&t, 9 * HOUR);
    for (int32_t i = 0; i < 2; i++) {
        t.visit[i].loads = &use[i];
        t.visit[i].n_loads = 1;
    }
    t.shift[0].caps = &cap;
    t.shift[0].n_caps = 1;
    expect(&t, 1, 0, RUNDE_REASON_LOAD, 2);
    /* The same over two shifts of the carer. */
    t.shift[0].n_caps = 0;
    t.carer[0].caps = &cap;
    t.carer[0].n_caps = 1;
    t.shift[1].carer = 0;
    t.shift[1].start += DAY;
    t.shift[1].end += DAY;
    t.n_shifts = 2;
    expect(&t, 1, 0, RUNDE_REASON_LOAD, 2);
    expect(&t, 1, 1, RUNDE_REASON_LOAD, 2);
}

static void test_linked_carer(void)
{
    tiny t;
    tiny_init(&t);
    serve_first(&t, 9 * HOUR);
    t.n_links = 1;
    t.link.different_carer = true;
    expect(&t, 1, 0, RUNDE_REASON_LINKED_CARER, 0);
}

/* Shift 0 from 8 to 16, shift 1 from 20 to 24, of one carer who must rest 8
 * hours: shift 0 has to end at 12. */
static void work_twice(tiny *t)
{
    tiny_init(t);
    t->settings.rules.daily_rest = 8 * HOUR;
    t->n_shifts = 2;
    t->shift[1].carer = 0;
    t->shift[1].start = 20 * HOUR;
    t->shift[1].end = 24 * HOUR;
}

static void test_daily_rest(void)
{
    tiny t;
    work_twice(&t);
    serve_first(&t, 11 * HOUR);
    set_window(&t, 1, 21 * HOUR, RUNDE_TIME_NONE);
    expect(&t, 1, 0, RUNDE_REASON_WINDOW, 6 * HOUR);
    expect(&t, 1, 1, RUNDE_REASON_REST, 0);
    /* Before the shift that is used. */
    work_twice(&t);
    serve_first(&t, 21 * HOUR);
    t.visit[1].pinned_shift = 0;
    t.visit[1].duration = 5 * HOUR;
    expect(&t, 1, 0, RUNDE_REASON_REST, 0);
    /* With the way there and back it is too long by a tick. */
    t.visit[1].duration = 4 * HOUR - 2 * LEG + 1;
    expect(&t, 1, 0, RUNDE_REASON_REST, 0);
    /* Too long for the shift, whatever the rest. */
    t.visit[1].duration = 8 * HOUR + 1;
    expect(&t, 1, 0, RUNDE_REASON_NO_TIME, 0);
    /* No rest before a shift that continues the one before. */
    work_twice(&t);
    serve_first(&t, 11 * HOUR);
    set_window(&t, 1, 21 * HOUR, RUNDE_TIME_NONE);
    t.shift[1].continues = true;
    t.stop = true;
    expect(&t, 1, 1, RUNDE_REASON_SEARCH, 0);
}

static void test_weekly_rest(void)
{
    tiny t;
    tiny_init(&t);
    t.settings.days = 7;
    t.settings.rules.weekly_rest = 6 * DAY;
    serve_first(&t, 9 * HOUR);
    t.n_shifts = 2;
    t.shift[1].carer = 0;
    t.shift[1].start += 3 * DAY;
    t.shift[1].end += 3 * DAY;
    t.visit[1].pinned_shift = 1;
    expect(&t, 1, 1, RUNDE_REASON_REST, 0);
}

static void test_hours(void)
{
    tiny t;
    tiny_init(&t);
    t.shift[0].max_duty = HOUR + 2 * LEG - 1;
    expect(&t, 0, 0, RUNDE_REASON_HOURS, 0);
    /* A second visit is too much for the day, and for the horizon. */
    tiny_init(&t);
    serve_first(&t, 9 * HOUR);
    t.settings.rules.max_per_day = 2 * HOUR + 2 * LEG;
    expect(&t, 1, 0, RUNDE_REASON_HOURS, 0);
    t.settings.rules.max_per_day = RUNDE_UNLIMITED;
    t.settings.rules.max_per_horizon = 2 * HOUR + 2 * LEG;
    expect(&t, 1, 0, RUNDE_REASON_HOURS, 0);
    /* Limits that are not in the way are not named. */
    t.stop = true;
    expect(&t, 1, 0, RUNDE_REASON_SEARCH, 0);
}

static void test_link(void)
{
    tiny t;
    tiny_init(&t);
    serve_first(&t, 9 * HOUR);
    set_window(&t, 1, 12 * HOUR, 13 * HOUR);
    t.n_links = 1;
    t.link.max_gap = 2 * HOUR;
    expect(&t, 1, 0, RUNDE_REASON_LINK, 0);
    /* No time either way: then it is not the link. */
    t.visit[0].duration = 6 * HOUR;
    expect(&t, 1, 0, RUNDE_REASON_NO_TIME, 0);
}

/* Two visits of one client: in the one shift there is no time, in the other
 * only the first visit is in the way. */
static void test_overlap(void)
{
    tiny t;
    tiny_init(&t);
    serve_first(&t, 9 * HOUR);
    t.visit[0].duration = 6 * HOUR;
    t.visit[1].client = 0;
    set_window(&t, 1, 8 * HOUR + 2 * LEG, 14 * HOUR);
    t.n_shifts = 2;
    expect(&t, 1, 0, RUNDE_REASON_NO_TIME, 0);
    expect(&t, 1, 1, RUNDE_REASON_LINK, 0);
}

static void test_all_or_none(void)
{
    const runde_skill_need need = {0, 0, RUNDE_NONE};
    tiny t;
    tiny_init(&t);
    t.n_visits = 2;
    t.n_links = 1;
    t.link.all_or_none = true;
    t.visit[1].skills = &need;
    t.visit[1].n_skills = 1;
    expect(&t, 0, 0, RUNDE_REASON_LINK, 0);
    expect(&t, 1, 0, RUNDE_REASON_SKILL, 1);
}

static void test_no_time(void)
{
    const runde_activity report = {"report", 1, LEG, 8 * HOUR, 8 * HOUR};
    tiny t;
    tiny_init(&t);
    serve_first(&t, 9 * HOUR);
    t.visit[0].duration = 6 * HOUR;
    expect(&t, 1, 0, RUNDE_REASON_NO_TIME, 0);
    /* The shift has no time for its own report. */
    tiny_init(&t);
    t.shift[0].activities = &report;
    t.shift[0].n_activities = 1;
    expect(&t, 0, 0, RUNDE_REASON_NO_TIME, 0);
}

static void test_crew(void)
{
    tiny t;
    tiny_init(&t);
    t.n_shifts = 2;
    t.visit[0].crew = 2;
    t.shift[0].end = 12 * HOUR;
    t.shift[1].start = 12 * HOUR;
    expect(&t, 0, 0, RUNDE_REASON_CREW, 0);
    expect(&t, 0, 1, RUNDE_REASON_CREW, 0);
}

/* There and back takes 1200 s. */
static void test_limit(void)
{
    tiny t;
    tiny_init(&t);
    t.weights.hard = 1U << RUNDE_TRAVEL_TIME;
    t.weights.limit[RUNDE_TRAVEL_TIME] = 1199;
    expect(&t, 0, 0, RUNDE_REASON_LIMIT, 1);
    t.weights.limit[RUNDE_TRAVEL_TIME] = 0;
    expect(&t, 0, 0, RUNDE_REASON_LIMIT, 1200);
    tiny_init(&t);
    t.weights.hard = 1U << RUNDE_SHIFTS_USED;
    expect(&t, 0, 0, RUNDE_REASON_LIMIT, 1);
}

static void test_price(void)
{
    tiny t;
    tiny_init(&t);
    t.visit[0].optional = true;
    expect(&t, 0, 0, RUNDE_REASON_PRICE, 0);
}

static void test_search(void)
{
    tiny t;
    tiny_init(&t);
    t.stop = true;
    expect(&t, 0, 0, RUNDE_REASON_SEARCH, 0);
}

/* ------------------------------------------------------------ very many */

/* One shift each for MANY carers, and MANY visits, the last in the night. */
static runde_problem *build_many(void)
{
    static const runde_window night = {0, HOUR, RUNDE_TIME_NONE};
    runde_problem *p = NULL;
    tiny t;
    char id[16];
    tiny_init(&t);
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, &t.settings, NULL), RUNDE_OK);
    add_ground(p);
    ADD(add_client, &t.client[0], NULL);
    t.visit[0].may_overlap = true;
    for (int32_t i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "%d", (int)i);
        t.carer[0].id = id;
        t.shift[0].id = id;
        t.shift[0].carer = i;
        t.visit[0].id = id;
        if (i == MANY - 1) {
            t.visit[0].windows = &night;
            t.visit[0].n_windows = 1;
        }
        ADD(add_carer, &t.carer[0], NULL);
        ADD(add_shift, &t.shift[0], NULL);
        ADD(add_visit, &t.visit[0], NULL);
    }
    ADD(seal, NULL);
    return p;
}

static void test_many(void)
{
    runde_problem *p = build_many();
    runde_plan *plan = solve(p, true);
    CU_ASSERT_EQUAL_FATAL(runde_plan_n_unserved(plan), MANY);
    for (int32_t i = 0; i < MANY - 1; i++) {
        const runde_unserved *u = runde_plan_unserved(plan, i);
        CU_ASSERT_EQUAL(u->n_reasons, 8);
        for (int32_t k = 0; k < u->n_reasons; k++) {
            CU_ASSERT_EQUAL(u->reasons[k].shift, k);
            CU_ASSERT_EQUAL(u->reasons[k].code, RUNDE_REASON_SEARCH);
        }
    }
    const runde_unserved *last = runde_plan_unserved(plan, MANY - 1);
    CU_ASSERT_EQUAL_FATAL(last->n_reasons, 1);
    CU_ASSERT_EQUAL(last->reasons[0].shift, 0);
    CU_ASSERT_EQUAL(last->reasons[0].code, RUNDE_REASON_WINDOW);
    CU_ASSERT_EQUAL(last->reasons[0].amount, 7 * HOUR);
    runde_plan_free(plan);
    runde_problem_free(p);
}

int main(void)
{
    RN_RUN("reasons", RN_TEST(test_no_shift), RN_TEST(test_pinned),
           RN_TEST(test_carer), RN_TEST(test_skill), RN_TEST(test_unreachable),
           RN_TEST(test_window), RN_TEST(test_absence), RN_TEST(test_load),
           RN_TEST(test_linked_carer), RN_TEST(test_daily_rest),
           RN_TEST(test_weekly_rest), RN_TEST(test_hours), RN_TEST(test_link),
           RN_TEST(test_overlap), RN_TEST(test_all_or_none),
           RN_TEST(test_no_time), RN_TEST(test_crew), RN_TEST(test_limit),
           RN_TEST(test_price), RN_TEST(test_search), RN_TEST(test_many));
}
