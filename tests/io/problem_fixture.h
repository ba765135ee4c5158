/* SPDX-License-Identifier: MIT */
/* A problem with every field of the API, and the comparison of two problems
 * record by record. */
#ifndef RN_PROBLEM_FIXTURE_H
#define RN_PROBLEM_FIXTURE_H

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
    profile.limit[RUNDE_LATE] = 120000;
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
    CHECK_FIELD(s, t, early_at_end);
    CHECK_FIELD(s, t, late_at_end);
    CHECK_FIELD(s, t, depart_at_shift_start);
    check_text(s->time_zone, t->time_zone);
    check_rules(&s->rules, &t->rules);
    CHECK_FIELD(v, w, hard);
    check_array(v->weight, w->weight, RUNDE_CRITERIA, RUNDE_CRITERIA,
                sizeof *v->weight);
    check_array(v->limit, w->limit, RUNDE_CRITERIA, RUNDE_CRITERIA,
                sizeof *v->limit);
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

#endif
