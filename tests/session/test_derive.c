/* SPDX-License-Identifier: MIT */
/* A derived problem is the problem that one would have built directly, and
 * shares its travel with the one it comes from. */
#include "harness.h"

#include "faults.h"
#include "model/problem_data.h"
#include "small.h"

#include <pthread.h>
#include <runde/runde.h>

#define CELLS 9

static const int32_t legs[CELLS] = {0, 60, 90, 60, 0, 70, 90, 70, 0};

/* What is added to a problem besides what no edit touches. */
typedef struct parts {
    const runde_visit *visits[5];
    int32_t n_visits;
    const runde_shift *shifts[4];
    int32_t n_shifts;
    const runde_link *links[3];
    int32_t n_links;
    const runde_published *published; /* or NULL */
    const runde_weights *weights;     /* or NULL */
} parts;

static parts parts_of(const small *s)
{
    const parts p = {{&s->visit[0], &s->visit[1], &s->visit[2]},
                     3,
                     {&s->shift[0], &s->shift[1]},
                     2,
                     {&s->link[0]},
                     1,
                     &s->published,
                     NULL};
    return p;
}

/* "car" has a matrix and an overridden leg, "bicycle" goes by its model. */
static runde_status add_rest(runde_problem *p, const small *s)
{
    const runde_matrix matrix = {sizeof matrix, 3, legs, legs};
    runde_status status = runde_problem_add_skill(p, s->skill, NULL);
#define ADD(call) status = status == RUNDE_OK ? runde_problem_##call : status
    ADD(add_mode(p, s->mode, NULL));
    ADD(add_mode(p, "bicycle", NULL));
    ADD(set_matrix(p, 0, &matrix));
    ADD(set_leg(p, 0, 1, 2, 75, 80));
    ADD(set_leg(p, 1, 1, 2, 400, 500));
    ADD(add_load(p, &s->load, NULL));
    for (int i = 0; i < 3; i++) {
        ADD(add_place(p, &s->place[i], NULL));
    }
    for (int i = 0; i < 2; i++) {
        ADD(add_client(p, &s->client[i], NULL));
        ADD(add_carer(p, &s->carer[i], NULL));
    }
    ADD(add_past_visit(p, &s->past, NULL));
    return status;
}

static runde_status build(runde_problem **out, const small *s, const parts *of)
{
    runde_status status = runde_problem_new(out, &s->settings, NULL);
    runde_problem *const p = *out;
    if (status == RUNDE_OK) {
        status = add_rest(p, s);
    }
    for (int32_t i = 0; i < of->n_shifts; i++) {
        ADD(add_shift(p, of->shifts[i], NULL));
    }
    for (int32_t i = 0; i < of->n_visits; i++) {
        ADD(add_visit(p, of->visits[i], NULL));
    }
    for (int32_t i = 0; i < of->n_links; i++) {
        ADD(add_link(p, of->links[i], NULL));
    }
    if (of->published != NULL) {
        ADD(add_published(p, of->published, NULL));
    }
    if (of->weights != NULL) {
        ADD(set_weights(p, of->weights));
    }
    ADD(seal(p, NULL));
#undef ADD
    return status;
}

static runde_problem *built(const small *s, const parts *of)
{
    runde_problem *problem = NULL;
    CU_ASSERT_EQUAL_FATAL(build(&problem, s, of), RUNDE_OK);
    return problem;
}

static runde_problem *base_of(const small *s)
{
    const parts p = parts_of(s);
    return built(s, &p);
}

static runde_edit edit_of(runde_edit_kind kind, int32_t index)
{
    runde_edit edit = RUNDE_EDIT_INIT;
    edit.kind = kind;
    edit.index = index;
    return edit;
}

static char *text_of(const runde_problem *problem)
{
    char *text = NULL;
    size_t length = 0;
    CU_ASSERT_EQUAL_FATAL(runde_problem_to_json(&text, &length, problem),
                          RUNDE_OK);
    return text;
}

static bool all_legs_agree(const runde_problem *a, const runde_problem *b)
{
    bool agree = true;
    for (int32_t i = 0; i < 2 * CELLS; i++) {
        int32_t leg[4];
        const int32_t from = i % CELLS / 3;
        runde_problem_travel(a, i / CELLS, from, i % 3, &leg[0], &leg[1]);
        runde_problem_travel(b, i / CELLS, from, i % 3, &leg[2], &leg[3]);
        agree = agree && leg[0] == leg[2] && leg[1] == leg[3];
    }
    return agree;
}

/* Derived from the small problem, printed and read again, and built directly
 * of `of`: all three are the same. The base is freed before anybody looks. */
static void expect(const small *s, const runde_edit *edits, int32_t n,
                   const parts *of)
{
    runde_problem *const base = base_of(s);
    char *const before = text_of(base);
    runde_problem *derived = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&derived, base, edits, n, &diag),
                          RUNDE_OK);
    char *const after = text_of(base);
    CU_ASSERT_STRING_EQUAL(before, after);
    runde_problem_free(base);
    runde_problem *const direct = built(s, of);
    char *const wanted = text_of(direct);
    char *const found = text_of(derived);
    CU_ASSERT_STRING_EQUAL(found, wanted);
    CU_ASSERT(all_legs_agree(derived, direct));
    runde_problem *again = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_problem_from_json(&again, found, strlen(found), NULL), RUNDE_OK);
    char *const twice = text_of(again);
    CU_ASSERT_STRING_EQUAL(twice, wanted);
    runde_text_free(before);
    runde_text_free(after);
    runde_text_free(wanted);
    runde_text_free(found);
    runde_text_free(twice);
    runde_problem_free(again);
    runde_problem_free(direct);
    runde_problem_free(derived);
}

/* ------------------------------------------------------------ the kinds */

static void test_no_edits_give_a_copy(void)
{
    small s;
    small_init(&s);
    const parts p = parts_of(&s);
    expect(&s, NULL, 0, &p);
}

static void test_visits_are_added(void)
{
    small s;
    small_init(&s);
    runde_visit more = s.visit[0];
    more.id = "v4";
    more.pinned_shift = 1;
    runde_edit edit = edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE);
    edit.visit = &more;
    parts p = parts_of(&s);
    p.visits[p.n_visits++] = &more;
    expect(&s, &edit, 1, &p);
}

static void test_visits_are_replaced(void)
{
    small s;
    small_init(&s);
    s.published.visit = 1;
    s.published.part = 1;
    runde_visit other = s.visit[2];
    other.id = "other";
    other.duration = 1200;
    runde_edit edit = edit_of(RUNDE_EDIT_REPLACE_VISIT, 1);
    edit.visit = &other;
    parts p = parts_of(&s);
    p.visits[1] = &other;
    p.published = NULL; /* its part went with the larger crew */
    expect(&s, &edit, 1, &p);
    s.published.part = 0;
    other.crew = 0;
    p.published = &s.published;
    expect(&s, &edit, 1, &p);
}

static void test_visits_are_cancelled(void)
{
    small s;
    small_init(&s);
    runde_edit edit = edit_of(RUNDE_EDIT_CANCEL_VISIT, 0);
    parts p = parts_of(&s);
    p.visits[0] = &s.visit[1];
    p.visits[1] = &s.visit[2];
    p.n_visits = 2;
    p.n_links = 0;
    p.published = NULL;
    expect(&s, &edit, 1, &p);
    /* In the middle: what comes after moves up, and is still meant. */
    edit.index = 1;
    runde_link link = s.link[0];
    link.after = 1;
    p = parts_of(&s);
    p.visits[1] = &s.visit[2];
    p.n_visits = 2;
    p.links[0] = &link;
    expect(&s, &edit, 1, &p);
}

static void test_shifts_are_added(void)
{
    small s;
    small_init(&s);
    runde_shift more = s.shift[0];
    more.id = "s3";
    more.start += 72 * HOUR; /* a fourth day */
    more.end += 72 * HOUR;
    more.n_breaks = 0;
    more.n_activities = 0;
    more.mode = 1;
    runde_edit edit = edit_of(RUNDE_EDIT_ADD_SHIFT, RUNDE_NONE);
    edit.shift = &more;
    parts p = parts_of(&s);
    p.shifts[p.n_shifts++] = &more;
    expect(&s, &edit, 1, &p);
    s.settings.days = 5;
    expect(&s, &edit, 1, &p);
}

static void test_shifts_are_replaced(void)
{
    small s;
    small_init(&s);
    runde_shift other = s.shift[0];
    other.id = "later";
    other.start += HOUR;
    other.n_breaks = 0;
    other.n_activities = 0;
    runde_edit edit = edit_of(RUNDE_EDIT_REPLACE_SHIFT, 0);
    edit.shift = &other;
    parts p = parts_of(&s);
    p.shifts[0] = &other;
    expect(&s, &edit, 1, &p);
}

static void test_shifts_are_cancelled(void)
{
    small s;
    small_init(&s);
    s.visit[0].pinned_shift = 0;
    s.visit[2].pinned_shift = 1;
    const runde_edit edit = edit_of(RUNDE_EDIT_CANCEL_SHIFT, 0);
    runde_visit freed = s.visit[0];
    runde_visit moved = s.visit[2];
    freed.pinned_shift = RUNDE_NONE;
    moved.pinned_shift = 0;
    parts p = parts_of(&s);
    p.visits[0] = &freed;
    p.visits[2] = &moved;
    p.shifts[0] = &s.shift[1];
    p.n_shifts = 1;
    expect(&s, &edit, 1, &p);
}

static void test_weights_are_set(void)
{
    small s;
    small_init(&s);
    runde_weights weights;
    runde_weights_default(&weights, 1000);
    weights.weight[RUNDE_WAITING] = 12345;
    runde_edit edit = edit_of(RUNDE_EDIT_SET_WEIGHTS, RUNDE_NONE);
    edit.weights = &weights;
    parts p = parts_of(&s);
    p.weights = &weights;
    expect(&s, &edit, 1, &p);
}

/* The small problem derived by edits that change one thing elsewhere. */
static runde_problem *derived_by(const small *s, const runde_edit *edits,
                                 int32_t n)
{
    runde_problem *const base = base_of(s);
    runde_problem *derived = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&derived, base, edits, n, NULL),
                          RUNDE_OK);
    runde_problem_free(base);
    return derived;
}

/* As if the small problem had been so from the start. */
static void expect_small(const runde_problem *derived, const small *wanted)
{
    runde_problem *const direct = base_of(wanted);
    char *const found = text_of(derived);
    char *const text = text_of(direct);
    CU_ASSERT_STRING_EQUAL(found, text);
    runde_text_free(found);
    runde_text_free(text);
    runde_problem_free(direct);
}

static void test_people_are_replaced_and_added(void)
{
    small s;
    small_init(&s);
    runde_client client = s.client[1];
    client.max_carers = 2;
    runde_carer carer = s.carer[0];
    carer.n_skills = 0;
    runde_visit visit = s.visit[0];
    runde_client more = client;
    runde_carer other = s.carer[1];
    more.id = "new-client";
    other.id = "new-carer";
    visit.id = "v4";
    visit.client = 2;
    visit.n_skills = 0;
    runde_edit edits[5] = {edit_of(RUNDE_EDIT_REPLACE_CLIENT, 1),
                           edit_of(RUNDE_EDIT_REPLACE_CARER, 1),
                           edit_of(RUNDE_EDIT_ADD_CLIENT, RUNDE_NONE),
                           edit_of(RUNDE_EDIT_ADD_CARER, RUNDE_NONE),
                           edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE)};
    carer.id = s.carer[1].id;
    edits[0].client = &client;
    edits[1].carer = &carer;
    edits[2].client = &more;
    edits[3].carer = &other;
    edits[4].visit = &visit;
    runde_problem *const few = derived_by(&s, edits, 2);
    small wanted = s;
    wanted.client[1] = client;
    wanted.carer[1] = carer;
    expect_small(few, &wanted);
    runde_problem_free(few);
    runde_problem *const all = derived_by(&s, edits, 5);
    CU_ASSERT_EQUAL(runde_problem_n_clients(all), 3);
    CU_ASSERT_EQUAL(runde_problem_n_carers(all), 3);
    CU_ASSERT_STRING_EQUAL(runde_problem_carer(all, 2)->id, "new-carer");
    CU_ASSERT_EQUAL(runde_problem_visit(all, 3)->client, 2);
    runde_problem_free(all);
}

static void test_published_parts_are_set(void)
{
    small s;
    small_init(&s);
    runde_published list[2] = {s.published, s.published};
    list[0].visit = 0;
    list[1].visit = 2;
    list[1].start += 60;
    runde_edit edits[2] = {edit_of(RUNDE_EDIT_CANCEL_VISIT, 0),
                           edit_of(RUNDE_EDIT_SET_PUBLISHED, RUNDE_NONE)};
    edits[1].published = list;
    edits[1].n_published = 2;
    /* What is cancelled is published no longer. */
    runde_problem *const derived = derived_by(&s, edits, 2);
    CU_ASSERT_EQUAL_FATAL(runde_problem_n_published(derived), 1);
    CU_ASSERT_EQUAL(runde_problem_published(derived, 0)->visit, 1);
    CU_ASSERT_EQUAL(runde_problem_published(derived, 0)->start, list[1].start);
    runde_problem_free(derived);
    edits[1].n_published = 0;
    runde_problem *const none = derived_by(&s, &edits[1], 1);
    CU_ASSERT_EQUAL(runde_problem_n_published(none), 0);
    runde_problem_free(none);
}

static void test_settings_are_set(void)
{
    small s;
    small_init(&s);
    small wanted = s;
    wanted.settings.late_at_end = true;
    wanted.settings.depart_at_shift_start = true;
    runde_edit edit = edit_of(RUNDE_EDIT_SET_SETTINGS, RUNDE_NONE);
    edit.settings = &wanted.settings;
    runde_problem *const derived = derived_by(&s, &edit, 1);
    expect_small(derived, &wanted);
    runde_problem_free(derived);
}

/* A mode with a new leg is the problem's own; the others stay shared. */
static void test_legs_are_set(void)
{
    small s;
    small_init(&s);
    const runde_leg legs_set[3] = {
        {sizeof legs_set[0], 0, 0, 1, RUNDE_UNREACHABLE, RUNDE_UNREACHABLE},
        {sizeof legs_set[0], 0, 1, 2, 99, 98},
        {sizeof legs_set[0], 1, 2, 0, 17, 18}};
    runde_edit edits[3];
    for (int i = 0; i < 3; i++) {
        edits[i] = edit_of(RUNDE_EDIT_SET_LEG, RUNDE_NONE);
        edits[i].leg = &legs_set[i];
    }
    runde_problem *const base = base_of(&s);
    runde_problem *derived = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&derived, base, edits, 2, NULL),
                          RUNDE_OK);
    CU_ASSERT_PTR_NOT_EQUAL(runde_problem_matrix(derived, 0)->durations,
                            runde_problem_matrix(base, 0)->durations);
    int32_t way[2] = {0, 0};
    runde_problem_travel(base, 0, 0, 1, &way[0], &way[1]);
    CU_ASSERT(way[0] == 60);
    runde_problem_free(base);
    runde_problem_travel(derived, 0, 0, 1, &way[0], &way[1]);
    CU_ASSERT(way[0] == RUNDE_UNREACHABLE && way[1] == RUNDE_UNREACHABLE);
    runde_problem_travel(derived, 0, 1, 2, &way[0], &way[1]);
    CU_ASSERT(way[0] == 99 && way[1] == 98);
    runde_problem_travel(derived, 0, 1, 0, &way[0], &way[1]);
    CU_ASSERT(way[0] == 60);
    /* Of a speed model, on top of what is changed already. */
    runde_problem *last = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_problem_derive(&last, derived, &edits[2], 1, NULL), RUNDE_OK);
    runde_problem_free(derived);
    runde_problem_travel(last, 1, 2, 0, &way[0], &way[1]);
    CU_ASSERT(way[0] == 17 && way[1] == 18);
    runde_problem_travel(last, 0, 1, 2, &way[0], &way[1]);
    CU_ASSERT(way[0] == 99 && way[1] == 98);
    char *const text = text_of(last);
    runde_problem *again = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_problem_from_json(&again, text, strlen(text), NULL), RUNDE_OK);
    CU_ASSERT(all_legs_agree(last, again));
    runde_text_free(text);
    runde_problem_free(again);
    runde_problem_free(last);
}

/* All edits of a call speak by the same numbers, whatever is cancelled. */
static void test_numbers_hold_until_the_end(void)
{
    small s;
    small_init(&s);
    runde_visit more[2] = {s.visit[2], s.visit[1]};
    more[0].id = "v4";
    more[1].id = "v5";
    more[1].pinned_shift = 2;
    more[1].crew = 1;
    runde_shift late = s.shift[1];
    late.id = "late";
    late.start += 48 * HOUR;
    late.end += 48 * HOUR;
    runde_link link = s.link[0];
    link.before = 2;
    link.after = 4;
    runde_edit edits[] = {edit_of(RUNDE_EDIT_CANCEL_VISIT, 0),
                          edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE),
                          edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE),
                          edit_of(RUNDE_EDIT_CANCEL_VISIT, 3),
                          edit_of(RUNDE_EDIT_ADD_LINK, RUNDE_NONE),
                          edit_of(RUNDE_EDIT_CANCEL_SHIFT, 0),
                          edit_of(RUNDE_EDIT_ADD_SHIFT, RUNDE_NONE)};
    edits[1].visit = &more[0];
    edits[2].visit = &more[1];
    edits[4].link = &link;
    edits[6].shift = &late;
    runde_link moved = link;
    moved.before = 1;
    moved.after = 2;
    runde_visit pinned = more[1];
    pinned.pinned_shift = 1;
    const parts p = {{&s.visit[1], &s.visit[2], &pinned},
                     3,
                     {&s.shift[1], &late},
                     2,
                     {&moved},
                     1,
                     NULL,
                     NULL};
    expect(&s, edits, 7, &p);

    runde_problem *const base = base_of(&s);
    runde_problem *derived = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&derived, base, edits, 7, NULL),
                          RUNDE_OK);
    static const int32_t visits[] = {RUNDE_NONE, 0, 1, RUNDE_NONE, 2};
    static const int32_t shifts[] = {RUNDE_NONE, 0, 1};
    for (int32_t i = 0; i < 5; i++) {
        CU_ASSERT_EQUAL(runde_problem_derived_visit(derived, i), visits[i]);
        CU_ASSERT_EQUAL(runde_problem_derived_visit(base, i),
                        i < 3 ? i : RUNDE_NONE);
    }
    for (int32_t i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(runde_problem_derived_shift(derived, i), shifts[i]);
        CU_ASSERT_EQUAL(runde_problem_derived_shift(base, i),
                        i < 2 ? i : RUNDE_NONE);
    }
    CU_ASSERT_EQUAL(runde_problem_derived_visit(derived, 5), RUNDE_NONE);
    CU_ASSERT_EQUAL(runde_problem_derived_visit(derived, -1), RUNDE_NONE);
    CU_ASSERT_EQUAL(runde_problem_derived_shift(derived, 3), RUNDE_NONE);
    CU_ASSERT_EQUAL(runde_problem_derived_shift(NULL, 0), RUNDE_NONE);
    runde_problem_free(derived);
    runde_problem_free(base);
}

/* --------------------------------------------------------------- errors */

static void refuse(const runde_problem *base, const runde_edit *edits,
                   int32_t n, runde_status wanted, const char *pointer)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_problem *out = (runde_problem *)&diag;
    CU_ASSERT_EQUAL(runde_problem_derive(&out, base, edits, n, &diag), wanted);
    CU_ASSERT_PTR_NULL(out);
    CU_ASSERT_STRING_EQUAL(diag.pointer, pointer);
}

static void test_bad_edits_are_refused(void)
{
    small s;
    small_init(&s);
    runde_problem *const base = base_of(&s);
    runde_edit edits[2] = {edit_of(RUNDE_EDIT_CANCEL_VISIT, 1),
                           edit_of(RUNDE_EDIT_CANCEL_VISIT, 1)};
    refuse(base, edits, 2, RUNDE_E_ARGUMENT, "/edits/1/index");
    edits[0].index = 3;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "/edits/0/index");
    edits[0] = edit_of(RUNDE_EDIT_CANCEL_SHIFT, -1);
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "/edits/0/index");
    edits[0] = edit_of(RUNDE_EDIT_REPLACE_SHIFT, 0);
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    for (int kind = -1; kind <= RUNDE_EDIT_SET_LEG + 1; kind++) {
        if (kind == RUNDE_EDIT_SET_PUBLISHED) {
            continue; /* none is a list, too */
        }
        /* Without a record, and of no kind. */
        edits[0] = edit_of((runde_edit_kind)kind, RUNDE_NONE);
        const bool names = kind == RUNDE_EDIT_REPLACE_VISIT ||
                           kind == RUNDE_EDIT_CANCEL_VISIT ||
                           kind == RUNDE_EDIT_REPLACE_SHIFT ||
                           kind == RUNDE_EDIT_CANCEL_SHIFT ||
                           kind == RUNDE_EDIT_REPLACE_CLIENT ||
                           kind == RUNDE_EDIT_REPLACE_CARER;
        refuse(base, edits, 1, RUNDE_E_ARGUMENT, names ? "/edits/0/index" : "");
    }
    runde_visit visit = s.visit[0];
    visit.size = 3;
    edits[0] = edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE);
    edits[0].visit = &visit;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    visit = s.visit[0];
    visit.windows = NULL;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    visit = s.visit[0];
    refuse(base, edits, 1, RUNDE_E_INVALID, "/visits/3/id");
    visit.id = "v4";
    visit.pinned_shift = 2;
    refuse(base, edits, 1, RUNDE_E_INVALID, "/visits/3/pinned_shift");
    visit.pinned_shift = RUNDE_NONE;
    edits[0].size = 1;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    runde_settings settings = s.settings;
    settings.tick_ms = 500;
    edits[0] = edit_of(RUNDE_EDIT_SET_SETTINGS, RUNDE_NONE);
    edits[0].settings = &settings;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    runde_leg leg = {sizeof leg, 2, 0, 1, 0, 0};
    edits[0] = edit_of(RUNDE_EDIT_SET_LEG, RUNDE_NONE);
    edits[0].leg = &leg;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    leg.mode = 0;
    leg.to = 9;
    refuse(base, edits, 1, RUNDE_E_INVALID, "/travel_modes/0/legs/1");
    runde_published part = s.published;
    part.visit = 3;
    edits[0] = edit_of(RUNDE_EDIT_SET_PUBLISHED, RUNDE_NONE);
    edits[0].published = &part;
    edits[0].n_published = 1;
    refuse(base, edits, 1, RUNDE_E_INVALID, "/published_plan/0");
    edits[0].n_published = -1;
    refuse(base, edits, 1, RUNDE_E_ARGUMENT, "");
    refuse(base, NULL, 1, RUNDE_E_ARGUMENT, "");
    refuse(base, edits, -1, RUNDE_E_ARGUMENT, "");
    refuse(NULL, NULL, 0, RUNDE_E_ARGUMENT, "");
    CU_ASSERT_EQUAL(runde_problem_derive(NULL, base, NULL, 0, NULL),
                    RUNDE_E_ARGUMENT);
    runde_problem_free(base);
    runde_problem *open = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&open, NULL, NULL), RUNDE_OK);
    refuse(open, NULL, 0, RUNDE_E_STATE, "");
    runde_problem_free(open);
}

/* -------------------------------------------------------------- sharing */

static size_t bytes_asked;

static bool count_bytes(size_t size)
{
    bytes_asked += size;
    return false;
}

/* A matrix of 1 MB stays where it is. */
static void test_matrices_are_shared(void)
{
    enum { N = 512 };
    static int32_t cells[N * N];
    runde_problem *base = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&base, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(base, "car", NULL), RUNDE_OK);
    for (int32_t p = 0; p < N; p++) {
        char id[16];
        (void)snprintf(id, sizeof id, "p%d", (int)p);
        runde_place place = RUNDE_PLACE_INIT;
        place.id = id;
        CU_ASSERT_EQUAL(runde_problem_add_place(base, &place, NULL), RUNDE_OK);
    }
    const runde_matrix matrix = {sizeof matrix, N, cells, NULL};
    CU_ASSERT_EQUAL(runde_problem_set_matrix(base, 0, &matrix), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_leg(base, 0, 1, 2, 30, 40), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(base, NULL), RUNDE_OK);

    runde_problem *derived[2] = {NULL, NULL};
    bytes_asked = 0;
    rn_alloc_set_fault(count_bytes);
    CU_ASSERT_EQUAL(runde_problem_derive(&derived[0], base, NULL, 0, NULL),
                    RUNDE_OK);
    CU_ASSERT_EQUAL(
        runde_problem_derive(&derived[1], derived[0], NULL, 0, NULL), RUNDE_OK);
    rn_alloc_set_fault(NULL);
    CU_ASSERT(bytes_asked > 0 && bytes_asked < sizeof cells / 2);
    CU_ASSERT_PTR_EQUAL(runde_problem_matrix(derived[1], 0)->durations,
                        runde_problem_matrix(base, 0)->durations);
    const int32_t *const prepared = rn_problem_travel(base, 0)->durations;
    CU_ASSERT_PTR_EQUAL(rn_problem_travel(derived[1], 0)->durations, prepared);
    runde_problem_free(base);
    runde_problem_free(derived[0]);
    int32_t leg[2] = {0, 0};
    runde_problem_travel(derived[1], 0, 1, 2, &leg[0], &leg[1]);
    CU_ASSERT(leg[0] == 30 && leg[1] == 40);
    runde_problem_free(derived[1]);
}

/* Nobody cycled, so there was no matrix; now there is, and it is shared. */
static void test_new_modes_are_prepared_once(void)
{
    small s;
    small_init(&s);
    runde_problem *const base = base_of(&s);
    runde_edit edit = edit_of(RUNDE_EDIT_REPLACE_SHIFT, 1);
    runde_shift shift = s.shift[1];
    shift.mode = 1;
    edit.shift = &shift;
    runde_problem *first = NULL;
    runde_problem *second = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&first, base, &edit, 1, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&second, first, NULL, 0, NULL),
                          RUNDE_OK);
    CU_ASSERT_PTR_NULL(rn_problem_travel(base, 1)->durations);
    CU_ASSERT_PTR_NOT_NULL(rn_problem_travel(first, 1)->durations);
    CU_ASSERT_PTR_EQUAL(rn_problem_travel(first, 1)->durations,
                        rn_problem_travel(second, 1)->durations);
    CU_ASSERT(all_legs_agree(base, first));
    runde_problem_free(first);
    CU_ASSERT(all_legs_agree(base, second));
    runde_problem_free(base);
    runde_problem_free(second);
}

enum { THREADS = 4, ROUNDS = 100 };

/* Derives from a problem and lets go of it, again and again. */
static void *derive_in_a_row(void *payload)
{
    const runde_problem *base = payload;
    runde_problem *last = NULL;
    for (int i = 0; i < ROUNDS; i++) {
        runde_problem *next = NULL;
        if (runde_problem_derive(&next, last == NULL ? base : last, NULL, 0,
                                 NULL) != RUNDE_OK) {
            break;
        }
        runde_problem_free(last);
        last = next;
    }
    return last;
}

static void test_threads_derive_at_once(void)
{
    small s;
    small_init(&s);
    runde_problem *const base = base_of(&s);
    runde_problem *const kept = base_of(&s);
    pthread_t thread[THREADS];
    runde_problem *derived[THREADS];
    for (int t = 0; t < THREADS; t++) {
        CU_ASSERT_EQUAL_FATAL(
            pthread_create(&thread[t], NULL, derive_in_a_row, base), 0);
    }
    for (int t = 0; t < THREADS; t++) {
        void *result = NULL;
        CU_ASSERT_EQUAL_FATAL(pthread_join(thread[t], &result), 0);
        CU_ASSERT_PTR_NOT_NULL_FATAL(result);
        derived[t] = result;
    }
    const rn_mode *const mode = rn_problem_row(base, RN_MODES, 0);
    CU_ASSERT_EQUAL(atomic_load(mode->users), 1 + THREADS);
    runde_problem_free(base);
    for (int t = 0; t < THREADS; t++) {
        CU_ASSERT(all_legs_agree(derived[t], kept));
        runde_problem_free(derived[t]);
    }
    runde_problem_free(kept);
}

static void test_every_allocation_may_fail(void)
{
    small s;
    small_init(&s);
    runde_problem *const base = base_of(&s);
    char *const before = text_of(base);
    runde_edit edits[5] = {edit_of(RUNDE_EDIT_CANCEL_VISIT, 1),
                           edit_of(RUNDE_EDIT_REPLACE_SHIFT, 1),
                           edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE),
                           edit_of(RUNDE_EDIT_SET_LEG, RUNDE_NONE),
                           edit_of(RUNDE_EDIT_ADD_CLIENT, RUNDE_NONE)};
    const runde_leg leg = {sizeof leg, 0, 0, 1, 70, 71};
    runde_client client = s.client[0];
    client.id = "new";
    edits[3].leg = &leg;
    edits[4].client = &client;
    runde_shift shift = s.shift[1];
    runde_visit visit = s.visit[0];
    shift.mode = 1;
    visit.id = "v4";
    edits[1].shift = &shift;
    edits[2].visit = &visit;
    bool failed = true;
    long k = 0;
    for (; failed; k++) {
        runde_problem *derived = NULL;
        rn_faults_begin(k);
        const runde_status status =
            runde_problem_derive(&derived, base, edits, 5, NULL);
        failed = rn_faults_end();
        CU_ASSERT_EQUAL_FATAL(status, failed ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(derived == NULL, failed);
        runde_problem_free(derived);
    }
    CU_ASSERT(k > 10);
    const rn_mode *const mode = rn_problem_row(base, RN_MODES, 1);
    CU_ASSERT_EQUAL(atomic_load(mode->users), 1);
    char *const after = text_of(base);
    CU_ASSERT_STRING_EQUAL(before, after);
    runde_text_free(before);
    runde_text_free(after);
    runde_problem_free(base);
}

int main(void)
{
    RN_RUN(
        "derive", RN_TEST(test_no_edits_give_a_copy),
        RN_TEST(test_visits_are_added), RN_TEST(test_visits_are_replaced),
        RN_TEST(test_visits_are_cancelled), RN_TEST(test_shifts_are_added),
        RN_TEST(test_shifts_are_replaced), RN_TEST(test_shifts_are_cancelled),
        RN_TEST(test_weights_are_set),
        RN_TEST(test_people_are_replaced_and_added),
        RN_TEST(test_published_parts_are_set), RN_TEST(test_settings_are_set),
        RN_TEST(test_legs_are_set), RN_TEST(test_numbers_hold_until_the_end),
        RN_TEST(test_bad_edits_are_refused), RN_TEST(test_matrices_are_shared),
        RN_TEST(test_new_modes_are_prepared_once),
        RN_TEST(test_threads_derive_at_once),
        RN_TEST(test_every_allocation_may_fail));
}
