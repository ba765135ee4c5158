/* SPDX-License-Identifier: MIT */
/* GeoJSON, read through the strict gate; tests/cli reads it with Python. */
#include "export_fixture.h"

#include "io/tree.h"

static char *write(const char *id, bool has_origin)
{
    runde_problem *const p = export_problem(id, has_origin);
    runde_plan *const plan = export_plan(p);
    char *text = NULL;
    size_t length = 0;
    MUST(runde_plan_to_geojson(&text, &length, p, plan));
    CU_ASSERT_EQUAL(strlen(text), length);
    runde_plan_free(plan);
    runde_problem_free(p);
    return text;
}

static rn_tree *parse(const char *text)
{
    rn_tree *tree = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_tree_parse(&tree, text, strlen(text), NULL),
                          RUNDE_OK);
    return tree;
}

/* Feature `index`; NULL behind the last. */
static const rn_node *feature(const rn_tree *tree, int index)
{
    const rn_node *node =
        rn_node_first(rn_node_member(rn_tree_root(tree), "features"));
    for (; node != NULL && index > 0; index--) {
        node = rn_node_next(node);
    }
    return node;
}

static const char *text_of(const rn_node *node, const char *key)
{
    const char *const text = rn_node_string(rn_node_member(node, key));
    return text == NULL ? "" : text;
}

static double number(const rn_node *node)
{
    double value = 0.0;
    CU_ASSERT_EQUAL(rn_node_decimal(node, -200.0, 200.0, &value), RN_READ_OK);
    return value;
}

static void check_position(const rn_node *node, double lon, double lat)
{
    CU_ASSERT_EQUAL_FATAL(rn_node_count(node), 2);
    CU_ASSERT_DOUBLE_EQUAL(number(rn_node_first(node)), lon, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(number(rn_node_next(rn_node_first(node))), lat,
                           1e-6);
}

static void test_route(void)
{
    char *const text = write("x", true);
    rn_tree *const tree = parse(text);
    const rn_node *const root = rn_tree_root(tree);
    CU_ASSERT_STRING_EQUAL(text_of(root, "type"), "FeatureCollection");
    const rn_node *const first = feature(tree, 0);
    const rn_node *const what = rn_node_member(first, "properties");
    CU_ASSERT_STRING_EQUAL(text_of(first, "type"), "Feature");
    CU_ASSERT_STRING_EQUAL(text_of(what, "kind"), "route");
    CU_ASSERT_STRING_EQUAL(text_of(what, "carer"), "x0");
    CU_ASSERT_STRING_EQUAL(text_of(what, "begin"), "2026-03-29T01:00:00+01:00");
    int64_t distance = 0;
    CU_ASSERT_EQUAL(
        rn_node_int(rn_node_member(what, "distance"), 0, 9999, &distance),
        RN_READ_OK);
    CU_ASSERT_EQUAL(distance, 900);
    rn_tree_free(tree);
    runde_text_free(text);
}

/* Base, first client, across to the second, and back to the base: three
 * pieces, none of them longer than half the earth. */
static void test_antimeridian(void)
{
    char *const text = write("x", true);
    rn_tree *const tree = parse(text);
    const rn_node *const shape = rn_node_member(feature(tree, 0), "geometry");
    CU_ASSERT_STRING_EQUAL(text_of(shape, "type"), "MultiLineString");
    const rn_node *const lines = rn_node_member(shape, "coordinates");
    CU_ASSERT_EQUAL_FATAL(rn_node_count(lines), 3);
    const rn_node *line = rn_node_first(lines);
    CU_ASSERT_EQUAL_FATAL(rn_node_count(line), 3);
    const rn_node *at = rn_node_first(line);
    check_position(at, 179.5, 60.0);
    at = rn_node_next(at);
    check_position(at, 179.9, 60.5);
    check_position(rn_node_next(at), 180.0, 60.625);
    line = rn_node_next(line);
    CU_ASSERT_EQUAL_FATAL(rn_node_count(line), 3);
    at = rn_node_first(line);
    check_position(at, -180.0, 60.625);
    check_position(rn_node_next(at), -179.7, 61.0);
    rn_tree_free(tree);
    runde_text_free(text);
}

static void test_stops(void)
{
    char *const text = write("x", true);
    rn_tree *const tree = parse(text);
    static const char *const kinds[] = {"route", "activity", "visit",
                                        "break", "visit",    "route",
                                        "visit", "unserved"};
    for (int i = 0; i < 8; i++) {
        CU_ASSERT_STRING_EQUAL(
            text_of(rn_node_member(feature(tree, i), "properties"), "kind"),
            kinds[i]);
    }
    CU_ASSERT_PTR_NULL(feature(tree, 8));
    const rn_node *const visit = feature(tree, 2);
    const rn_node *const shape = rn_node_member(visit, "geometry");
    CU_ASSERT_STRING_EQUAL(text_of(shape, "type"), "Point");
    check_position(rn_node_member(shape, "coordinates"), 179.9, 60.5);
    const rn_node *const what = rn_node_member(visit, "properties");
    CU_ASSERT_STRING_EQUAL(text_of(what, "client"), "x0");
    CU_ASSERT_STRING_EQUAL(text_of(what, "departure"),
                           "2026-03-29T03:30:00+02:00");
    /* No place and no coordinates are no geometry, not 0, 0. */
    CU_ASSERT_PTR_NOT_NULL(rn_node_member(feature(tree, 3), "geometry"));
    CU_ASSERT_EQUAL(rn_node_kind(rn_node_member(feature(tree, 3), "geometry")),
                    RN_KIND_NULL);
    CU_ASSERT_EQUAL(rn_node_kind(rn_node_member(feature(tree, 7), "geometry")),
                    RN_KIND_NULL);
    rn_tree_free(tree);
    runde_text_free(text);
}

static void test_hostile(void)
{
    for (int i = 0; i < N_HOSTILE; i++) {
        char *const text = write(export_hostile[i], i % 2 == 0);
        rn_tree *tree = NULL;
        /* Line separators are let out, escaped, but not in again. */
        if (strstr(export_hostile[i], "\xE2\x80\xA8") == NULL) {
            tree = parse(text);
            CU_ASSERT_STRING_EQUAL(
                text_of(rn_node_member(feature(tree, 2), "properties"),
                        "visit"),
                export_id(export_hostile[i], 5));
        }
        rn_tree_free(tree);
        runde_text_free(text);
    }
}

static void test_arguments(void)
{
    export_check_arguments(runde_plan_to_geojson);
}

int main(void)
{
    RN_RUN("geojson_writer", RN_TEST(test_route), RN_TEST(test_antimeridian),
           RN_TEST(test_stops), RN_TEST(test_hostile), RN_TEST(test_arguments));
}
