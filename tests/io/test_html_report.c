/* SPDX-License-Identifier: MIT */
/* The report as text: nothing in it gets out of the place it is put in.
 * tests/browser opens it. */
#include "export_fixture.h"

#include "base/faults.h"
#include "io/plan_fields.h"
#include "io/tree.h"

#include <math.h>

static const char data_begin[] =
    "<script type=\"application/json\" id=\"data\">";

enum { N_LANGUAGES = 2 };

/* A page and what it was made of. */
typedef struct sheet {
    runde_problem *problem;
    runde_plan *plan;
    char *text;
    size_t length;
} sheet;

static sheet draw(const char *id, bool has_origin,
                  const runde_html_options *options)
{
    sheet s = {export_problem(id, has_origin), NULL, NULL, 0};
    s.plan = export_plan(s.problem);
    MUST(runde_plan_to_html(&s.text, &s.length, s.problem, s.plan, options,
                            NULL));
    CU_ASSERT_EQUAL(strlen(s.text), s.length);
    return s;
}

static void drop(sheet *s)
{
    runde_text_free(s->text);
    runde_plan_free(s->plan);
    runde_problem_free(s->problem);
}

static int count(const char *text, const char *what)
{
    int n = 0;
    const char *at = strstr(text, what);
    while (at != NULL) {
        n++;
        at = strstr(at + 1, what);
    }
    return n;
}

/* The data block, through the strict gate. */
static rn_tree *read_data(const char *page)
{
    rn_tree *tree = NULL;
    const char *const begin = strstr(page, data_begin);
    CU_ASSERT_PTR_NOT_NULL_FATAL(begin);
    const char *const json = begin + strlen(data_begin);
    const char *const end = strstr(json, "</script>");
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    CU_ASSERT_PTR_NULL(memchr(json, '<', (size_t)(end - json)));
    CU_ASSERT_EQUAL_FATAL(
        rn_tree_parse(&tree, json, (size_t)(end - json), NULL), RUNDE_OK);
    return tree;
}

static const rn_node *row(const rn_tree *tree, const char *key, int index)
{
    const rn_node *node =
        rn_node_first(rn_node_member(rn_tree_root(tree), key));
    for (; node != NULL && index > 0; index--) {
        node = rn_node_next(node);
    }
    return node;
}

static int64_t cell(const rn_node *list, int index)
{
    int64_t value = INT64_MIN;
    const rn_node *node = rn_node_first(list);
    for (; node != NULL && index > 0; index--) {
        node = rn_node_next(node);
    }
    CU_ASSERT_EQUAL(rn_node_int(node, INT32_MIN, INT32_MAX, &value),
                    RN_READ_OK);
    return value;
}

static const char *first_text(const rn_node *list)
{
    const char *const text = rn_node_string(rn_node_first(list));
    return text == NULL ? "" : text;
}

/* ----------------------------------------------------------------- tests */

static void test_hostile_ids(void)
{
    sheet plain = draw("x", true, NULL);
    for (int i = 0; i < N_HOSTILE; i++) {
        sheet s = draw(export_hostile[i], i % 2 == 0, NULL);
        /* Whatever the ids are, the page has the same elements. */
        CU_ASSERT_EQUAL(count(s.text, "<script"), count(plain.text, "<script"));
        CU_ASSERT_EQUAL(count(s.text, "</script"), 2);
        CU_ASSERT_EQUAL(count(s.text, "\xE2\x80\xA8"), 0);
        if (strstr(export_hostile[i], "\xE2\x80\xA8") == NULL) {
            rn_tree *const tree = read_data(s.text);
            CU_ASSERT_STRING_EQUAL(first_text(row(tree, "visits", 1)),
                                   export_id(export_hostile[i], 6));
            rn_tree_free(tree);
        }
        drop(&s);
    }
    drop(&plain);
}

static void test_hostile_titles(void)
{
    static const char *const titles[][2] = {
        {"</title><img src=x onerror=alert(1)>",
         "<title>&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;</title>"},
        {"a \"b\" & 'c'", "<title>a &quot;b&quot; &amp; 'c'</title>"},
        {"\xF0\x9F\x9A\x97 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
         "<title>\xF0\x9F\x9A\x97 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D</title>"},
        {"{{data}}", "<title>{{data}}</title>"},
        {"", "<title></title>"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
        options.title = titles[i][0];
        sheet s = draw("x", true, &options);
        CU_ASSERT_PTR_NOT_NULL(strstr(s.text, titles[i][1]));
        rn_tree *const tree = read_data(s.text);
        CU_ASSERT_STRING_EQUAL(
            rn_node_string(rn_node_member(rn_tree_root(tree), "title")),
            titles[i][0]);
        rn_tree_free(tree);
        drop(&s);
    }
}

static void test_policy(void)
{
    sheet s = draw("x", true, NULL);
    CU_ASSERT_EQUAL(count(s.text, "http-equiv=\"Content-Security-Policy\" "
                                  "content=\"default-src 'none'; "
                                  "script-src 'sha256-"),
                    1);
    CU_ASSERT_EQUAL(count(s.text, "style-src 'sha256-"), 1);
    CU_ASSERT_EQUAL(count(s.text, "unsafe-"), 0);
    /* No way of making markup from text, and nothing to fetch. */
    static const char *const never[] = {
        "innerHTML", "outerHTML",      "insertAdjacentHTML",
        "eval(",     "document.write", "fetch(",
        "<link",     "<img",           "@import",
        "url("};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        CU_ASSERT_EQUAL(count(s.text, never[i]), 0);
    }
    drop(&s);
}

/* What a new reason, or a new figure, would forget. */
static void test_words(void)
{
    sheet s = draw("x", true, NULL);
    for (int i = 0; i < RUNDE_REASONS; i++) {
        char entry[80];
        (void)snprintf(entry, sizeof entry, "\n            %s: '",
                       runde_reason_name((runde_reason_code)i));
        CU_ASSERT_EQUAL(count(s.text, entry), N_LANGUAGES);
    }
    for (int i = 0; i < RN_KPI_FIELDS; i++) {
        char entry[80];
        (void)snprintf(entry, sizeof entry, " %s: '", rn_kpi_fields[i].name);
        /* How many visits there are stands beside those served. */
        CU_ASSERT_TRUE(strcmp(rn_kpi_fields[i].name, "visits") == 0 ||
                       count(s.text, entry) >= N_LANGUAGES);
    }
    drop(&s);
}

static void test_languages(void)
{
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    sheet norwegian = draw("x", true, &options);
    options.language = RUNDE_LANGUAGE_EN;
    sheet english = draw("x", true, &options);
    CU_ASSERT_PTR_NOT_NULL(strstr(norwegian.text, "<html lang=\"nb\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(norwegian.text, "<title>Runder</title>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(english.text, "<html lang=\"en\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(english.text, "<title>Rounds</title>"));
    drop(&english);
    drop(&norwegian);
}

static void test_same_bytes(void)
{
    sheet first = draw("x", true, NULL);
    sheet second = draw("x", true, NULL);
    CU_ASSERT_STRING_EQUAL(first.text, second.text);
    drop(&second);
    drop(&first);
}

/* The clock of the wall, and what is told of the plan. */
static void test_data(void)
{
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    sheet s = draw("x", true, &options);
    rn_tree *const tree = read_data(s.text);
    /* Winter, and from two hours after midnight summer. */
    CU_ASSERT_EQUAL(cell(row(tree, "offsets", 0), 1), 3600);
    CU_ASSERT_EQUAL(cell(row(tree, "offsets", 1), 0), 2 * HOUR);
    CU_ASSERT_EQUAL(cell(row(tree, "offsets", 1), 1), 7200);
    CU_ASSERT_PTR_NULL(row(tree, "offsets", 2));
    /* [place, 60.0, 179.5], and the one without coordinates */
    CU_ASSERT_EQUAL(cell(row(tree, "places", 0), 1), 6000000);
    CU_ASSERT_EQUAL(cell(row(tree, "places", 0), 2), 17950000);
    CU_ASSERT_EQUAL(rn_node_count(row(tree, "places", 3)), 1);
    CU_ASSERT_EQUAL(cell(row(tree, "unserved", 0), 0), 2);
    CU_ASSERT_EQUAL(rn_node_kind(rn_node_member(rn_tree_root(tree), "before")),
                    RN_KIND_NULL);
    /* A draft states no figures: they are those of the checker. */
    int64_t served = 0;
    const rn_node *const kpis = rn_node_member(rn_tree_root(tree), "kpis");
    CU_ASSERT_EQUAL(rn_node_int(rn_node_member(kpis, "served"), 0, 9, &served),
                    RN_READ_OK);
    CU_ASSERT_EQUAL(served, 2);
    rn_tree_free(tree);
    options.baseline = s.plan;
    char *text = NULL;
    MUST(runde_plan_to_html(&text, NULL, s.problem, s.plan, &options, NULL));
    CU_ASSERT_EQUAL(count(text, "\"before\": null"), 0);
    runde_text_free(text);
    drop(&s);
}

/* Of the lines given, the page has those that are driven; the mode's own
 * before one for every mode. */
static void test_roads(void)
{
    static const runde_network_point there[] = {
        {60.0, 179.5}, {60.25, 179.75}, {60.5, 179.9}};
    static const runde_network_point other[] = {{60.0, 179.5}, {60.5, 179.9}};
    const runde_road_line roads[] = {
        {RUNDE_NONE, 0, 1, 2, other}, /* the mode has its own */
        {0, 0, 1, 3, there},          /* driven by both */
        {0, 1, 0, 2, other},          /* driven home by the second */
        {0, 3, 1, 2, other},          /* by nobody */
    };
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    options.roads = roads;
    options.n_roads = 4;
    sheet s = draw("x", true, &options);
    rn_tree *const tree = read_data(s.text);
    const rn_node *const first = row(tree, "roads", 0);
    CU_ASSERT_EQUAL(cell(first, 0), 0);
    CU_ASSERT_EQUAL(cell(first, 2), 1);
    const rn_node *const steps =
        rn_node_next(rn_node_next(rn_node_next(rn_node_first(first))));
    static const int64_t wanted[] = {6000000, 17950000, 25000,
                                     25000,   25000,    15000};
    for (int i = 0; i < 6; i++) {
        CU_ASSERT_EQUAL(cell(steps, i), wanted[i]);
    }
    CU_ASSERT_EQUAL(cell(row(tree, "roads", 1), 1), 1);
    CU_ASSERT_PTR_NULL(row(tree, "roads", 2));
    rn_tree_free(tree);
    drop(&s);
}

/* Beside the visit that they are about, and only there. */
static void test_notes(void)
{
    const runde_html_note notes[] = {
        {2, "</script> an hour later"}, {0, "served"}, {2, "without a skill"}};
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    options.notes = notes;
    options.n_notes = 3;
    sheet s = draw("x", true, &options);
    rn_tree *const tree = read_data(s.text);
    const rn_node *const list =
        rn_node_next(rn_node_next(rn_node_first(row(tree, "unserved", 0))));
    CU_ASSERT_EQUAL_FATAL(rn_node_count(list), 2);
    CU_ASSERT_STRING_EQUAL(first_text(list), "</script> an hour later");
    CU_ASSERT_STRING_EQUAL(rn_node_string(rn_node_next(rn_node_first(list))),
                           "without a skill");
    rn_tree_free(tree);
    drop(&s);
}

/* ------------------------------------------------------------- arguments */

static runde_status write(char **text, size_t *length,
                          const runde_problem *problem, const runde_plan *plan)
{
    return runde_plan_to_html(text, length, problem, plan, NULL, NULL);
}

static void check_refused(const sheet *s, const runde_html_options *options)
{
    char *text = s->text;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(
        runde_plan_to_html(&text, NULL, s->problem, s->plan, options, &diag),
        RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(text);
    CU_ASSERT_EQUAL(diag.errors, 1);
}

static void test_arguments(void)
{
    export_check_arguments(write);
    sheet s = draw("x", true, NULL);
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    options.size--;
    check_refused(&s, &options);
    options.size++;
    options.language = (runde_language)2;
    check_refused(&s, &options);
    options.language = RUNDE_LANGUAGE_NB;
    runde_network_point point = {60.0, 10.0};
    runde_road_line road = {RUNDE_NONE, 0, 1, 1, &point};
    options.roads = &road;
    options.n_roads = 1;
    point.lat = NAN;
    check_refused(&s, &options);
    point.lat = 60.0;
    road.to = 4;
    check_refused(&s, &options);
    road.to = 1;
    road.mode = 1;
    check_refused(&s, &options);
    runde_html_note note = {2, NULL};
    options.n_roads = 0;
    options.notes = &note;
    options.n_notes = 1;
    check_refused(&s, &options);
    note.text = "more";
    note.visit = 3;
    check_refused(&s, &options);
    drop(&s);
}

/* A baseline with a route of a shift that the problem does not have. */
static void test_foreign_baseline(void)
{
    runde_problem *empty = NULL;
    runde_plan *nothing = NULL;
    sheet s = draw("x", true, NULL);
    MUST(runde_problem_new(&empty, NULL, NULL));
    MUST(runde_problem_seal(empty, NULL));
    MUST(runde_plan_new(&nothing, empty));
    MUST(runde_plan_finish(nothing));
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    options.baseline = s.plan;
    char *text = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(
        runde_plan_to_html(&text, NULL, empty, nothing, &options, &diag),
        RUNDE_E_ARGUMENT);
    CU_ASSERT_STRING_EQUAL(diag.message,
                           "the baseline is one of another problem");
    runde_plan_free(nothing);
    runde_problem_free(empty);
    drop(&s);
}

static void test_memory(void)
{
    static const runde_network_point line[] = {{60.0, 179.5}, {60.5, 179.9}};
    const runde_road_line road = {RUNDE_NONE, 0, 1, 2, line};
    runde_html_options options = RUNDE_HTML_OPTIONS_INIT;
    options.roads = &road;
    options.n_roads = 1;
    sheet s = draw("<x>", true, NULL);
    options.baseline = s.plan;
    bool refused = true;
    for (long k = 0; refused; k++) {
        char *text = NULL;
        size_t length = 0;
        rn_faults_begin(k);
        const runde_status status = runde_plan_to_html(
            &text, &length, s.problem, s.plan, &options, NULL);
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(text == NULL, refused);
        runde_text_free(text);
    }
    drop(&s);
}

int main(void)
{
    RN_RUN("html_report", RN_TEST(test_hostile_ids),
           RN_TEST(test_hostile_titles), RN_TEST(test_policy),
           RN_TEST(test_words), RN_TEST(test_languages),
           RN_TEST(test_same_bytes), RN_TEST(test_data), RN_TEST(test_roads),
           RN_TEST(test_notes), RN_TEST(test_arguments),
           RN_TEST(test_foreign_baseline), RN_TEST(test_memory));
}
