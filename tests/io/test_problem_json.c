/* SPDX-License-Identifier: MIT */
/* Problems to JSON and back: nothing is lost, and what the file says short is
 * understood. */
#include "json_fixture.h"

#include <stdint.h>

/* 2026-03-23T00:00:00+01:00 */
#define ORIGIN INT64_C(1774220400)
#define HOUR 3600
#define DAY (24 * HOUR)

#define MUST(call) CU_ASSERT_EQUAL_FATAL(call, RUNDE_OK)

#define CHECK_FIELD(a, b, field) CU_ASSERT_EQUAL((a)->field, (b)->field)

/* ------------------------------------------------- every field, one problem */

static void add_places(runde_problem *problem, bool has_matrix)
{
    static const char *const ids[] = {"base", "k1", "k2", "meeting \"room\""};
    for (int i = 0; i < 4; i++) {
        runde_place place = RUNDE_PLACE_INIT;
        place.id = ids[i];
        place.has_coordinates = !has_matrix;
        place.lat = has_matrix ? 0.0 : 63.4000001 + 0.01 * i;
        place.lon = has_matrix ? 0.0 : 10.3999999 - 0.01 * i;
        MUST(runde_problem_add_place(problem, &place, NULL));
    }
    MUST(runde_problem_add_skill(problem, "nurse", NULL));
    MUST(runde_problem_add_skill(problem, "norsk tegnspr\xc3\xa5k", NULL));
    const runde_load heavy = {sizeof heavy, "heavy", true};
    const runde_load seats = {sizeof seats, "seats", false};
    MUST(runde_problem_add_load(problem, &heavy, NULL));
    MUST(runde_problem_add_load(problem, &seats, NULL));
}

static void add_modes(runde_problem *problem, bool has_matrix)
{
    static const int32_t durations[16] = {0, 5, 6, 7, 5, 0, 8, 9,
                                          6, 8, 0, 4, 7, 9, 4, 0};
    static const int32_t distances[16] = {0,  50, 60, 70, 51, 0,  80, -1,
                                          61, 81, 0,  40, 71, 91, 41, 0};
    const runde_matrix matrix = {sizeof matrix, 4, durations, distances};
    const runde_matrix times = {sizeof times, 4, durations, NULL};
    runde_speed_model model = {.size = sizeof model};
    int32_t mode;
    MUST(runde_problem_add_mode(problem, "car", &mode));
    if (has_matrix) {
        MUST(runde_problem_set_matrix(problem, mode, &matrix));
    }
    MUST(runde_problem_set_leg(problem, mode, 0, 1, 17, 170));
    MUST(runde_problem_set_leg(problem, mode, 1, 0, RUNDE_UNREACHABLE,
                               RUNDE_UNREACHABLE));
    MUST(runde_problem_set_leg(problem, mode, 2, 0, 21, 0));
    MUST(runde_problem_add_mode(problem, "boat", &mode));
    if (has_matrix) {
        MUST(runde_problem_set_matrix(problem, mode, &times));
        return;
    }
    model.access_s = 45;
    model.n_bands = 2;
    model.band[0].up_to_km = 1.25;
    model.band[0].detour = 1.5;
    model.band[0].speed_kmh = 12.3456789;
    model.band[1].detour = 1.1;
    model.band[1].speed_kmh = 30.0;
    MUST(runde_problem_set_speed_model(problem, mode, &model));
}

static void add_people(runde_problem *problem)
{
    const runde_carer_wish wishes[] = {{0, RUNDE_PREFERRED, 5},
                                       {1, RUNDE_UNWANTED, 1},
                                       {2, RUNDE_PROHIBITED, 0}};
    const runde_interval absences[] = {{HOUR, 2 * HOUR - 1},
                                       {3 * DAY, 4 * DAY - 1}};
    runde_weights profile = {.size = sizeof profile};
    profile.weight[RUNDE_TRAVEL_TIME] = 7;
    profile.weight[RUNDE_LATE] = 3;
    profile.hard = 1u << RUNDE_LATE | 1u << RUNDE_EARLY;
    profile.set =
        1u << RUNDE_TRAVEL_TIME | 1u << RUNDE_LATE | 1u << RUNDE_EARLY;
    const runde_client k1 = {sizeof k1, "k1", 1, wishes, 3,
                             absences,  2,    8, 14,     &profile};
    const runde_client k2 = {sizeof k2, "k2", 2, NULL, 0, NULL, 0, 0, 0, NULL};
    MUST(runde_problem_add_client(problem, &k1, NULL));
    MUST(runde_problem_add_client(problem, &k2, NULL));

    const runde_skill_held skills[] = {{0, 3, RUNDE_TIME_NONE},
                                       {1, 0, 30 * DAY}};
    const runde_cap caps[] = {{0, 12}, {1, RUNDE_UNLIMITED}};
    const runde_carer a = {sizeof a,
                           "a",
                           skills,
                           2,
                           caps,
                           2,
                           {8 * HOUR, 0, RUNDE_UNLIMITED, 35 * HOUR, 60 * DAY}};
    runde_carer other = RUNDE_CARER_INIT;
    MUST(runde_problem_add_carer(problem, &a, NULL));
    other.id = "b";
    MUST(runde_problem_add_carer(problem, &other, NULL));
    other.id = "c";
    MUST(runde_problem_add_carer(problem, &other, NULL));
}

static void add_shifts(runde_problem *problem)
{
    const runde_break breaks[] = {
        {1800, 11 * HOUR, 12 * HOUR, false, false, true},
        {900, 13 * HOUR, 14 * HOUR, true, true, false}};
    const runde_activity activities[] = {
        {"report", 0, 900, 8 * HOUR, 8 * HOUR + 600},
        {"report", 0, 600, 14 * HOUR, 15 * HOUR},
        {"", 3, 1200, 10 * HOUR, 11 * HOUR}};
    const runde_cap caps[] = {{1, 2}};
    runde_shift shift = RUNDE_SHIFT_INIT;
    shift.id = "a-day";
    shift.carer = 0;
    shift.start = 7 * HOUR + 1800;
    shift.end = 15 * HOUR;
    shift.max_end = 15 * HOUR + 900;
    shift.start_place = 0;
    shift.end_place = 3;
    shift.breaks = breaks;
    shift.n_breaks = 2;
    shift.activities = activities;
    shift.n_activities = 3;
    shift.caps = caps;
    shift.n_caps = 1;
    shift.max_duty = 8 * HOUR;
    MUST(runde_problem_add_shift(problem, &shift, NULL));

    runde_shift second = RUNDE_SHIFT_INIT;
    second.id = "a-evening";
    second.carer = 0;
    second.start = 17 * HOUR;
    second.end = 20 * HOUR;
    second.mode = 1;
    second.continues = true;
    MUST(runde_problem_add_shift(problem, &second, NULL));
    second.id = "b-night";
    second.carer = 1;
    second.start = 5 * DAY + 22 * HOUR;
    second.end = 6 * DAY + 7 * HOUR;
    second.continues = false;
    MUST(runde_problem_add_shift(problem, &second, NULL));
}

static void add_visits(runde_problem *problem)
{
    const runde_window windows[] = {
        {8 * HOUR, 9 * HOUR, RUNDE_TIME_NONE},
        {10 * HOUR, RUNDE_TIME_NONE, 12 * HOUR},
        {RUNDE_TIME_NONE, RUNDE_TIME_NONE, RUNDE_TIME_NONE}};
    const runde_interval preferred[] = {{8 * HOUR, 8 * HOUR + 600},
                                        {10 * HOUR, 11 * HOUR}};
    const runde_skill_need needs[] = {{0, 2, 0}, {1, 0, RUNDE_NONE}};
    const runde_load_use loads[] = {{0, 3}, {1, 0}};
    const runde_carer_wish wishes[] = {{0, RUNDE_REQUIRED, 0}};
    runde_visit visit = RUNDE_VISIT_INIT;
    visit.id = "k1-morning";
    visit.client = 0;
    visit.place = 3;
    visit.duration = 1200;
    visit.setup = 120;
    visit.windows = windows;
    visit.n_windows = 2;
    visit.preferred = preferred;
    visit.n_preferred = 2;
    visit.skills = needs;
    visit.n_skills = 2;
    visit.loads = loads;
    visit.n_loads = 2;
    visit.crew = 2;
    visit.priority = 90;
    visit.pinned_shift = 0;
    visit.pinned_start = 8 * HOUR + 300;
    visit.may_overlap = true;
    MUST(runde_problem_add_visit(problem, &visit, NULL));

    runde_visit plain = RUNDE_VISIT_INIT;
    plain.id = "k1-evening";
    plain.client = 0;
    plain.duration = 600;
    plain.optional = true;
    plain.price = 250;
    plain.wishes = wishes;
    plain.n_wishes = 1;
    MUST(runde_problem_add_visit(problem, &plain, NULL));

    runde_visit last = RUNDE_VISIT_INIT;
    last.id = "k2-any";
    last.client = 1;
    last.duration = 1800;
    last.windows = windows + 2;
    last.n_windows = 1;
    MUST(runde_problem_add_visit(problem, &last, NULL));
}

static void add_links(runde_problem *problem)
{
    runde_link link = RUNDE_LINK_INIT;
    link.before = 0;
    link.after = 1;
    link.from_end = true;
    link.min_gap = -300;
    link.max_gap = 9 * HOUR;
    link.different_carer = true;
    link.all_or_none = true;
    MUST(runde_problem_add_link(problem, &link, NULL));
    runde_link same = RUNDE_LINK_INIT;
    same.before = 1;
    same.after = 2;
    same.same_carer = true;
    MUST(runde_problem_add_link(problem, &same, NULL));
    const runde_past_visit past = {sizeof past, 0, 2, -3 * DAY - 77};
    MUST(runde_problem_add_past_visit(problem, &past, NULL));
    const runde_published published[] = {
        {sizeof *published, 0, 1, 1, 8 * HOUR, 600},
        {sizeof *published, 2, 0, 0, 12 * HOUR, 0}};
    MUST(runde_problem_add_published(problem, &published[0], NULL));
    MUST(runde_problem_add_published(problem, &published[1], NULL));
}

static runde_problem *full_problem(const runde_settings *settings,
                                   bool has_matrix)
{
    runde_problem *problem = NULL;
    runde_weights weights;
    runde_diag diag = RUNDE_DIAG_INIT;
    static seen all;
    all.n = 0;
    diag.on_finding = see;
    diag.payload = &all;
    MUST(runde_problem_new(&problem, settings, NULL));
    runde_weights_default(&weights, settings->tick_ms);
    weights.weight[RUNDE_MAX_LATE] = 12345;
    weights.weight[RUNDE_WAITING] = 0;
    weights.hard = 1u << RUNDE_WAITING | 1u << RUNDE_OVERTIME;
    MUST(runde_problem_set_weights(problem, &weights));
    add_places(problem, has_matrix);
    add_modes(problem, has_matrix);
    add_people(problem);
    add_shifts(problem);
    add_visits(problem);
    add_links(problem);
    const runde_status status = runde_problem_seal(problem, &diag);
    if (status != RUNDE_OK) {
        print_seen(&all);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    return problem;
}

/* --------------------------------------------------------------- equality */

static void check_text(const char *a, const char *b)
{
    CU_ASSERT_EQUAL_FATAL(a == NULL, b == NULL);
    if (a != NULL) {
        CU_ASSERT_STRING_EQUAL(a, b);
    }
}

static void check_near(double a, double b)
{
    CU_ASSERT(a - b < 1e-7 && b - a < 1e-7);
}

static void check_array(const void *a, const void *b, int32_t n, int32_t m,
                        size_t size)
{
    CU_ASSERT_EQUAL_FATAL(n, m);
    if (n > 0) {
        CU_ASSERT(memcmp(a, b, (size_t)n * size) == 0);
    }
}

static void check_rules(const runde_work_rules *a, const runde_work_rules *b)
{
    CU_ASSERT(memcmp(a, b, sizeof *a) == 0);
}

static void check_settings(const runde_problem *a, const runde_problem *b)
{
    const runde_settings *const s = runde_problem_settings(a);
    const runde_settings *const t = runde_problem_settings(b);
    const runde_weights *const v = runde_problem_weights(a);
    const runde_weights *const w = runde_problem_weights(b);
    CHECK_FIELD(s, t, tick_ms);
    CHECK_FIELD(s, t, has_origin);
    CHECK_FIELD(s, t, origin);
    CHECK_FIELD(s, t, days);
    CHECK_FIELD(s, t, late_at_end);
    CHECK_FIELD(s, t, depart_at_shift_start);
    check_text(s->time_zone, t->time_zone);
    check_rules(&s->rules, &t->rules);
    CHECK_FIELD(v, w, hard);
    check_array(v->weight, w->weight, RUNDE_CRITERIA, RUNDE_CRITERIA,
                sizeof *v->weight);
}

static void check_model(const runde_speed_model *a, const runde_speed_model *b)
{
    CU_ASSERT_EQUAL_FATAL(a == NULL, b == NULL);
    if (a == NULL) {
        return;
    }
    CHECK_FIELD(a, b, access_s);
    CU_ASSERT_EQUAL_FATAL(a->n_bands, b->n_bands);
    for (int32_t i = 0; i < a->n_bands; i++) {
        check_near(a->band[i].detour, b->band[i].detour);
        check_near(a->band[i].speed_kmh, b->band[i].speed_kmh);
        if (i + 1 < a->n_bands) {
            check_near(a->band[i].up_to_km, b->band[i].up_to_km);
        }
    }
}

static void check_modes(const runde_problem *a, const runde_problem *b)
{
    const int32_t n = runde_problem_n_modes(a);
    CU_ASSERT_EQUAL_FATAL(n, runde_problem_n_modes(b));
    for (int32_t m = 0; m < n; m++) {
        const runde_matrix *const s = runde_problem_matrix(a, m);
        const runde_matrix *const t = runde_problem_matrix(b, m);
        int32_t leg[4];
        int32_t other[4];
        check_text(runde_problem_mode(a, m), runde_problem_mode(b, m));
        check_model(runde_problem_speed_model(a, m),
                    runde_problem_speed_model(b, m));
        CU_ASSERT_EQUAL_FATAL(s == NULL, t == NULL);
        if (s != NULL) {
            check_array(s->durations, t->durations, s->n * s->n, t->n * t->n,
                        sizeof(int32_t));
            CU_ASSERT_EQUAL_FATAL(s->distances == NULL, t->distances == NULL);
            if (s->distances != NULL) {
                check_array(s->distances, t->distances, s->n * s->n,
                            t->n * t->n, sizeof(int32_t));
            }
        }
        for (int32_t i = 0; runde_problem_leg(a, m, i, leg); i++) {
            CU_ASSERT_FATAL(runde_problem_leg(b, m, i, other));
            CU_ASSERT(memcmp(leg, other, sizeof leg) == 0);
        }
    }
}

static void check_places(const runde_problem *a, const runde_problem *b)
{
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_places(a), runde_problem_n_places(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_skills(a), runde_problem_n_skills(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_loads(a), runde_problem_n_loads(b));
    for (int32_t i = 0; i < runde_problem_n_places(a); i++) {
        const runde_place *const s = runde_problem_place(a, i);
        const runde_place *const t = runde_problem_place(b, i);
        check_text(s->id, t->id);
        CHECK_FIELD(s, t, has_coordinates);
        check_near(s->lat, t->lat);
        check_near(s->lon, t->lon);
    }
    for (int32_t i = 0; i < runde_problem_n_skills(a); i++) {
        check_text(runde_problem_skill(a, i), runde_problem_skill(b, i));
    }
    for (int32_t i = 0; i < runde_problem_n_loads(a); i++) {
        check_text(runde_problem_load(a, i)->id, runde_problem_load(b, i)->id);
        CHECK_FIELD(runde_problem_load(a, i), runde_problem_load(b, i), shared);
    }
}

static void check_wishes(const runde_carer_wish *a, int32_t n,
                         const runde_carer_wish *b, int32_t m)
{
    check_array(a, b, n, m, sizeof *a);
}

static void check_profile(const runde_weights *a, const runde_weights *b)
{
    CU_ASSERT_EQUAL_FATAL(a == NULL, b == NULL);
    if (a == NULL) {
        return;
    }
    CHECK_FIELD(a, b, set);
    CU_ASSERT_EQUAL(a->hard & a->set, b->hard & b->set);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        CU_ASSERT((a->set >> i & 1u) == 0 || a->weight[i] == b->weight[i]);
    }
}

static void check_people(const runde_problem *a, const runde_problem *b)
{
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_clients(a),
                          runde_problem_n_clients(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_carers(a), runde_problem_n_carers(b));
    for (int32_t i = 0; i < runde_problem_n_clients(a); i++) {
        const runde_client *const s = runde_problem_client(a, i);
        const runde_client *const t = runde_problem_client(b, i);
        check_text(s->id, t->id);
        CHECK_FIELD(s, t, place);
        check_wishes(s->wishes, s->n_wishes, t->wishes, t->n_wishes);
        check_array(s->absences, t->absences, s->n_absences, t->n_absences,
                    sizeof *s->absences);
        CHECK_FIELD(s, t, max_carers);
        CHECK_FIELD(s, t, max_carers_days);
        check_profile(s->weights, t->weights);
    }
    for (int32_t i = 0; i < runde_problem_n_carers(a); i++) {
        const runde_carer *const s = runde_problem_carer(a, i);
        const runde_carer *const t = runde_problem_carer(b, i);
        check_text(s->id, t->id);
        check_array(s->skills, t->skills, s->n_skills, t->n_skills,
                    sizeof *s->skills);
        check_array(s->caps, t->caps, s->n_caps, t->n_caps, sizeof *s->caps);
        check_rules(&s->rules, &t->rules);
    }
}

static void check_shift(const runde_shift *s, const runde_shift *t)
{
    check_text(s->id, t->id);
    CHECK_FIELD(s, t, carer);
    CHECK_FIELD(s, t, start);
    CHECK_FIELD(s, t, end);
    CHECK_FIELD(s, t, max_end);
    CHECK_FIELD(s, t, start_place);
    CHECK_FIELD(s, t, end_place);
    CHECK_FIELD(s, t, mode);
    CHECK_FIELD(s, t, max_duty);
    CHECK_FIELD(s, t, continues);
    check_array(s->caps, t->caps, s->n_caps, t->n_caps, sizeof *s->caps);
    CU_ASSERT_EQUAL_FATAL(s->n_breaks, t->n_breaks);
    CU_ASSERT_EQUAL_FATAL(s->n_activities, t->n_activities);
    for (int32_t i = 0; i < s->n_breaks; i++) {
        CHECK_FIELD(&s->breaks[i], &t->breaks[i], duration);
        CHECK_FIELD(&s->breaks[i], &t->breaks[i], min_start);
        CHECK_FIELD(&s->breaks[i], &t->breaks[i], max_start);
        CHECK_FIELD(&s->breaks[i], &t->breaks[i], optional);
        CHECK_FIELD(&s->breaks[i], &t->breaks[i], paid);
        CHECK_FIELD(&s->breaks[i], &t->breaks[i], interrupts_travel);
    }
    for (int32_t i = 0; i < s->n_activities; i++) {
        check_text(s->activities[i].id, t->activities[i].id);
        CHECK_FIELD(&s->activities[i], &t->activities[i], place);
        CHECK_FIELD(&s->activities[i], &t->activities[i], duration);
        CHECK_FIELD(&s->activities[i], &t->activities[i], min_start);
        CHECK_FIELD(&s->activities[i], &t->activities[i], max_start);
    }
}

static void check_visit(const runde_visit *s, const runde_visit *t)
{
    check_text(s->id, t->id);
    CHECK_FIELD(s, t, client);
    CHECK_FIELD(s, t, place);
    CHECK_FIELD(s, t, duration);
    CHECK_FIELD(s, t, setup);
    CHECK_FIELD(s, t, crew);
    CHECK_FIELD(s, t, optional);
    CHECK_FIELD(s, t, priority);
    CHECK_FIELD(s, t, price);
    CHECK_FIELD(s, t, pinned_shift);
    CHECK_FIELD(s, t, pinned_start);
    CHECK_FIELD(s, t, may_overlap);
    check_array(s->windows, t->windows, s->n_windows, t->n_windows,
                sizeof *s->windows);
    check_array(s->preferred, t->preferred, s->n_preferred, t->n_preferred,
                sizeof *s->preferred);
    check_array(s->skills, t->skills, s->n_skills, t->n_skills,
                sizeof *s->skills);
    check_array(s->loads, t->loads, s->n_loads, t->n_loads, sizeof *s->loads);
    check_wishes(s->wishes, s->n_wishes, t->wishes, t->n_wishes);
}

static void check_link(const runde_link *s, const runde_link *t)
{
    CHECK_FIELD(s, t, before);
    CHECK_FIELD(s, t, after);
    CHECK_FIELD(s, t, from_end);
    CHECK_FIELD(s, t, min_gap);
    CHECK_FIELD(s, t, max_gap);
    CHECK_FIELD(s, t, same_carer);
    CHECK_FIELD(s, t, different_carer);
    CHECK_FIELD(s, t, all_or_none);
}

static void check_work(const runde_problem *a, const runde_problem *b)
{
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_shifts(a), runde_problem_n_shifts(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_visits(a), runde_problem_n_visits(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_links(a), runde_problem_n_links(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_past_visits(a),
                          runde_problem_n_past_visits(b));
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_published(a),
                          runde_problem_n_published(b));
    for (int32_t i = 0; i < runde_problem_n_shifts(a); i++) {
        check_shift(runde_problem_shift(a, i), runde_problem_shift(b, i));
    }
    for (int32_t i = 0; i < runde_problem_n_visits(a); i++) {
        check_visit(runde_problem_visit(a, i), runde_problem_visit(b, i));
    }
    for (int32_t i = 0; i < runde_problem_n_links(a); i++) {
        check_link(runde_problem_link(a, i), runde_problem_link(b, i));
    }
    for (int32_t i = 0; i < runde_problem_n_past_visits(a); i++) {
        const runde_past_visit *const s = runde_problem_past_visit(a, i);
        const runde_past_visit *const t = runde_problem_past_visit(b, i);
        CHECK_FIELD(s, t, client);
        CHECK_FIELD(s, t, carer);
        CHECK_FIELD(s, t, start);
    }
    for (int32_t i = 0; i < runde_problem_n_published(a); i++) {
        const runde_published *const s = runde_problem_published(a, i);
        const runde_published *const t = runde_problem_published(b, i);
        CHECK_FIELD(s, t, visit);
        CHECK_FIELD(s, t, part);
        CHECK_FIELD(s, t, carer);
        CHECK_FIELD(s, t, start);
        CHECK_FIELD(s, t, tolerance);
    }
}

static void check_equal(const runde_problem *a, const runde_problem *b)
{
    check_settings(a, b);
    check_modes(a, b);
    check_places(a, b);
    check_people(a, b);
    check_work(a, b);
}

/* Prints, reads, compares, prints again; gives the text. */
static char *round_trip(const runde_problem *problem)
{
    char *first = NULL;
    char *second = NULL;
    size_t n = 0;
    size_t m = 0;
    runde_problem *copy = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    static seen all;
    all.n = 0;
    diag.on_finding = see;
    diag.payload = &all;
    MUST(runde_problem_to_json(&first, &n, problem));
    const runde_status status = runde_problem_from_json(&copy, first, n, &diag);
    if (status != RUNDE_OK) {
        print_seen(&all);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    check_equal(problem, copy);
    MUST(runde_problem_to_json(&second, &m, copy));
    CU_ASSERT_EQUAL(n, m);
    CU_ASSERT_EQUAL(strlen(first), n);
    CU_ASSERT_STRING_EQUAL(first, second);
    runde_text_free(second);
    runde_problem_free(copy);
    return first;
}

static void test_round_trip(void)
{
    /* Ticks of 1 s, of half, of 2 s, of 1 ms; with and without a start;
     * matrices and models. */
    static const int32_t ticks[] = {1000, 500, 1, 2000, 1000, 1000};
    for (int i = 0; i < 6; i++) {
        runde_settings settings = RUNDE_SETTINGS_INIT;
        settings.tick_ms = ticks[i];
        settings.has_origin = i != 4;
        settings.origin = settings.has_origin ? ORIGIN : 0;
        settings.time_zone = i == 4 ? NULL : i == 5 ? "UTC" : "Europe/Oslo";
        settings.days = i == 2 ? 0 : 12;
        settings.late_at_end = i == 1;
        settings.depart_at_shift_start = i == 2;
        settings.rules.max_per_day = i == 3 ? RUNDE_UNLIMITED : 0;
        runde_problem *const problem = full_problem(&settings, i % 2 == 1);
        char *const text = round_trip(problem);
        CU_ASSERT_EQUAL(strstr(text, "T08:05:00+01:00") != NULL, i == 0);
        CU_ASSERT_EQUAL(strstr(text, "T07:05:00Z") != NULL, i == 5);
        CU_ASSERT_EQUAL(strstr(text, "29100") != NULL, i == 4);
        runde_text_free(text);
        runde_problem_free(problem);
    }
}

static void test_empty(void)
{
    runde_problem *const problem =
        good_problem("{'format': 'runde-problem', 'version': 1}");
    runde_text_free(round_trip(problem));
    CU_ASSERT_EQUAL(runde_problem_settings(problem)->tick_ms, 1000);
    CU_ASSERT_EQUAL(runde_problem_n_modes(problem), 0);
    runde_problem_free(problem);
}

/* ------------------------------------------------------------- short forms */

static void test_short_forms(void)
{
    runde_problem *const problem = good_problem(
        "{'format': 'runde-problem', 'version': 1, 'x-from': 'test',"
        "'places': [{'id': 'base', 'lat': 63, 'lon': 10}],"
        "'clients': [{'id': 'k', 'place': 'base'},"
        "            {'id': 'k1', 'lat': 63.1, 'lon': 10.1},"
        "            {'id': 'k2', 'lat': 63.2, 'lon': 10.2,"
        "             'wishes': [{'carer': 'b', 'kind': 'unwanted'}]}],"
        "'carers': [{'id': 'a', 'skills': ['nurse', 'lift']}, {'id': 'b',"
        "            'skills': [{'skill': 'drive'}, 'nurse']}],"
        "'shifts': [{'id': 's', 'carer': 'a', 'start': 0, 'end': 28800,"
        "            'end_place': 'k1'},"
        "           {'id': 't', 'carer': 'b', 'start': 0, 'end': 28800,"
        "            'travel_mode': 'bicycle'}],"
        "'visits': [{'id': 'v', 'client': 'k2', 'service_duration': 'PT15M',"
        "            'required_skills': ['lift']}],"
        "'order': ['late', 'travel_time'], 'weights': {'idle': 3}}");
    const runde_weights *const weights = runde_problem_weights(problem);
    CU_ASSERT_EQUAL(runde_problem_n_places(problem), 3);
    CU_ASSERT_STRING_EQUAL(runde_problem_place(problem, 2)->id, "k2");
    CU_ASSERT_EQUAL(runde_problem_client(problem, 0)->place, 0);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 1)->place, 1);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 2)->place, 2);
    CU_ASSERT_EQUAL(runde_problem_client(problem, 2)->wishes[0].weight, 1);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->end_place, 1);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->place, 2);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->duration, 900);
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_skills(problem), 3);
    CU_ASSERT_STRING_EQUAL(runde_problem_skill(problem, 2), "drive");
    CU_ASSERT_EQUAL(runde_problem_carer(problem, 1)->skills[1].skill, 0);
    CU_ASSERT_EQUAL(runde_problem_carer(problem, 1)->skills[1].level, 1);
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_modes(problem), 2);
    CU_ASSERT_STRING_EQUAL(runde_problem_mode(problem, 0), "car");
    CU_ASSERT_STRING_EQUAL(runde_problem_mode(problem, 1), "bicycle");
    CU_ASSERT(weights->weight[RUNDE_LATE] > weights->weight[RUNDE_TRAVEL_TIME]);
    CU_ASSERT(weights->weight[RUNDE_TRAVEL_TIME] > 0);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_IDLE], 3);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_OVERTIME], 0);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

#define OSLO_WEEK                                                              \
    "{'format': 'runde-problem', 'version': 1, 'settings': {'horizon':"        \
    " {'start': '2026-03-23', 'days': 14}, 'time_zone': 'Europe/Oslo'},"       \
    "'places': [{'id': 'p', 'lat': 63, 'lon': 10}],"                           \
    "'carers': [{'id': 'a', 'skills': [{'skill': 'x', 'expires':"              \
    "            '2026-03-29'}, {'skill': 'y', 'expires': '2099-01-01'}]}],"

/* Windows follow the wall clock: the same hour before and after the night to
 * summer time is 23 hours apart from one day to the next. */
static void test_days(void)
{
    runde_problem *const problem = good_problem(
        OSLO_WEEK
        "'clients': [{'id': 'k', 'place': 'p', 'absences': [{'start':"
        "             '2026-03-29', 'end': '2026-03-29'}]}],"
        "'shifts': [{'id': 'n', 'carer': 'a', 'day': '2026-03-28',"
        "  'start': '22:00', 'end': '07:00+1', 'breaks': [{'duration': 1800,"
        "  'min_start': '23:00', 'max_start': '04:00+1'}]}],"
        "'visits': [{'id': 'v', 'client': 'k', 'service_duration': 900,"
        "  'days': ['2026-03-28', 6, '2026-03-30'],"
        "  'time_windows': [{'min_start': '08:00', 'max_start': '09:00'},"
        "                   {'min_start': '20:00', 'max_end': '01:00+1'}],"
        "  'preferred_windows': [{'start': '08:30', 'end': '08:45'}]}]}");
    const runde_visit *const visit = runde_problem_visit(problem, 0);
    const runde_shift *const shift = runde_problem_shift(problem, 0);
    const runde_client *const client = runde_problem_client(problem, 0);
    const runde_carer *const carer = runde_problem_carer(problem, 0);
    CU_ASSERT_EQUAL_FATAL(visit->n_windows, 6);
    CU_ASSERT_EQUAL(visit->windows[0].min_start, 5 * DAY + 8 * HOUR);
    CU_ASSERT_EQUAL(visit->windows[0].max_end, RUNDE_TIME_NONE);
    CU_ASSERT_EQUAL(visit->windows[1].min_start, 5 * DAY + 20 * HOUR);
    CU_ASSERT_EQUAL(visit->windows[1].max_end, 6 * DAY + HOUR);
    CU_ASSERT_EQUAL(visit->windows[2].min_start, 6 * DAY + 7 * HOUR);
    CU_ASSERT_EQUAL(visit->windows[4].min_start, 7 * DAY + 7 * HOUR);
    CU_ASSERT_EQUAL_FATAL(visit->n_preferred, 3);
    CU_ASSERT_EQUAL(visit->preferred[2].end, 7 * DAY + 7 * HOUR + 2700);
    CU_ASSERT_EQUAL(shift->end - shift->start, 8 * HOUR);
    CU_ASSERT_EQUAL(shift->breaks[0].max_start, 6 * DAY + 3 * HOUR);
    CU_ASSERT_EQUAL(client->absences[0].start, 6 * DAY);
    CU_ASSERT_EQUAL(client->absences[0].end, 7 * DAY - HOUR - 1);
    CU_ASSERT_EQUAL(carer->skills[0].expires, 7 * DAY - HOUR - 1);
    CU_ASSERT_EQUAL(carer->skills[1].expires, (1 << 30) - 1);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

/* Without a start days are 24 h long, and clock times still work. */
static void test_day_numbers(void)
{
    runde_problem *const problem = good_problem(
        "{'format': 'runde-problem', 'version': 1,"
        " 'settings': {'tick_ms': 60000},"
        " 'clients': [{'id': 'k', 'lat': 63, 'lon': 10}],"
        " 'carers': [{'id': 'a'}], 'shifts': [{'id': 's', 'carer': 'a',"
        "  'day': 2, 'start': '08:00', 'end': '00:00+1'}],"
        " 'visits': [{'id': 'v', 'client': 'k', 'service_duration': 1800,"
        "  'days': [0, 3], 'time_windows': [{'min_start': '08:00'}]}]}");
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->start, 2 * 1440 + 480);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->end, 3 * 1440);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->windows[1].min_start,
                    3 * 1440 + 480);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 0)->duration, 30);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

static void test_twice(void)
{
    static seen all;
    runde_problem *problem = NULL;
    MUST(read_problem(&problem,
                      "{'format': 'runde-problem', 'version': 1, 'settings':"
                      "{'horizon': {'start': '2026-10-19'}, 'time_zone':"
                      " 'Europe/Oslo'}, 'carers': [{'id': 'a'}], 'shifts':"
                      "[{'id': 's', 'carer': 'a', 'start': '2026-10-25T02:30',"
                      "  'end': '2026-10-25T02:30:00+01:00'}]}",
                      &all));
    CU_ASSERT_EQUAL(all.n, 1);
    CU_ASSERT(has_seen(&all, "RUNDE-W650", "/shifts/0/start"));
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->start,
                    6 * DAY + 2 * HOUR + 1800);
    CU_ASSERT_EQUAL(runde_problem_shift(problem, 0)->end,
                    6 * DAY + 3 * HOUR + 1800);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

static void test_hard_weights(void)
{
    runde_problem *const problem = good_problem(
        "{'format': 'runde-problem', 'version': 1, 'weights': {"
        "'late': 'hard', 'early': {'weight': 4, 'hard': true}, 'idle': 9,"
        "'waiting': {'weight': 2}}}");
    const runde_weights *const weights = runde_problem_weights(problem);
    runde_weights defaults;
    runde_weights_default(&defaults, 1000);
    CU_ASSERT_EQUAL(weights->hard, 1u << RUNDE_LATE | 1u << RUNDE_EARLY);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_LATE], 0);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_EARLY], 4);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_IDLE], 9);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_WAITING], 2);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_TRAVEL_TIME],
                    defaults.weight[RUNDE_TRAVEL_TIME]);
    runde_text_free(round_trip(problem));
    runde_problem_free(problem);
}

/* -------------------------------------------------------------- no memory */

static void test_no_memory(void)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    char *text = NULL;
    size_t n = 0;
    settings.has_origin = true;
    settings.origin = ORIGIN;
    settings.time_zone = "Europe/Oslo";
    settings.days = 12;
    runde_problem *const problem = full_problem(&settings, true);
    MUST(runde_problem_to_json(&text, &n, problem));
    int refused = 0;
    for (long k = 1;; k++) {
        runde_problem *copy = NULL;
        fail_allocation(k);
        const runde_status status =
            runde_problem_from_json(&copy, text, n, NULL);
        const bool is_done = allocations < k;
        fail_allocation(0);
        CU_ASSERT_EQUAL(copy != NULL, status == RUNDE_OK);
        CU_ASSERT(status == RUNDE_OK || status == RUNDE_E_NOMEM);
        refused += status == RUNDE_E_NOMEM;
        if (copy != NULL) {
            check_equal(problem, copy);
        }
        runde_problem_free(copy);
        if (is_done) {
            break;
        }
    }
    CU_ASSERT(refused > 20);
    for (long k = 1;; k++) {
        char *again = NULL;
        size_t m = 0;
        fail_allocation(k);
        const runde_status status = runde_problem_to_json(&again, &m, problem);
        const bool is_done = allocations < k;
        fail_allocation(0);
        CU_ASSERT(status == RUNDE_E_NOMEM || (status == RUNDE_OK && m == n &&
                                              memcmp(again, text, n) == 0));
        runde_text_free(again);
        if (is_done) {
            break;
        }
    }
    runde_text_free(text);
    runde_problem_free(problem);
}

static void test_arguments(void)
{
    runde_problem *problem = NULL;
    char *text = NULL;
    size_t n = 0;
    CU_ASSERT_EQUAL(runde_problem_to_json(&text, &n, NULL), RUNDE_E_ARGUMENT);
    MUST(runde_problem_new(&problem, NULL, NULL));
    CU_ASSERT_EQUAL(runde_problem_to_json(NULL, &n, problem), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_to_json(&text, &n, problem), RUNDE_E_STATE);
    MUST(runde_problem_seal(problem, NULL));
    MUST(runde_problem_to_json(&text, NULL, problem));
    runde_text_free(text);
    runde_text_free(NULL);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("problem_json", RN_TEST(test_round_trip), RN_TEST(test_empty),
           RN_TEST(test_short_forms), RN_TEST(test_days),
           RN_TEST(test_day_numbers), RN_TEST(test_twice),
           RN_TEST(test_hard_weights), RN_TEST(test_no_memory),
           RN_TEST(test_arguments));
}
