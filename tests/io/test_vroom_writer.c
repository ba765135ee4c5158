/* SPDX-License-Identifier: MIT */
/* VROOM's output for plans by hand. */
#include "export_fixture.h"

#include "io/tree.h"

static rn_tree *write(const runde_problem *p, const runde_plan *plan)
{
    char *text = NULL;
    size_t length = 0;
    rn_tree *tree = NULL;
    static char *kept; /* the tree points into it */
    runde_text_free(kept);
    MUST(runde_plan_to_vroom(&text, &length, p, plan));
    CU_ASSERT_EQUAL(strlen(text), length);
    MUST(rn_tree_parse(&tree, text, length, NULL));
    kept = text;
    return tree;
}

static const rn_node *item(const rn_node *array, int index)
{
    const rn_node *node = rn_node_first(array);
    for (; node != NULL && index > 0; index--) {
        node = rn_node_next(node);
    }
    return node;
}

static int64_t number(const rn_node *node, const char *key)
{
    int64_t value = -1;
    (void)rn_node_int(rn_node_member(node, key), INT64_MIN, INT64_MAX, &value);
    return value;
}

static const char full_day[] =
    "{\"jobs\":[{\"id\":7,\"location_index\":1,\"service\":600,"
    "\"setup\":120},"
    "{\"id\":8,\"location_index\":2,\"service\":300},"
    "{\"id\":90,\"location_index\":2}],"
    "\"vehicles\":[{\"id\":3,\"start_index\":0,\"end_index\":0,"
    "\"time_window\":[0,30000],\"breaks\":[{\"id\":1,\"service\":900,"
    "\"time_windows\":[[8000,9000]]}]}],"
    "\"matrices\":{\"car\":{\"durations\":[[0,60,70],[60,0,80],"
    "[70,80,0]]}}}";

static runde_plan *plan_by_hand(const runde_problem *problem)
{
    static const runde_unserved left = {2, 0, NULL};
    const runde_stop stops[] = {
        {.kind = RUNDE_STOP_VISIT,
         .item = 0,
         .place = 1,
         .travel = 60,
         .arrival = 3600,
         .setup = 120,
         .start = 3720,
         .departure = 4320},
        {.kind = RUNDE_STOP_BREAK,
         .item = 0,
         .place = RUNDE_NONE,
         .travel = 30,
         .arrival = 4350,
         .waiting = 3650,
         .start = 8000,
         .departure = 8900},
        {.kind = RUNDE_STOP_VISIT,
         .item = 1,
         .place = 2,
         .travel = 50,
         .arrival = 8950,
         .start = 8950,
         .departure = 9250},
    };
    const runde_route route = {.shift = 0,
                               .begin = 3540,
                               .end = 9320,
                               .travel_home = 70,
                               .n_stops = 3,
                               .stops = stops};
    runde_plan *plan = NULL;
    MUST(runde_plan_new(&plan, problem));
    MUST(runde_plan_add_route(plan, &route));
    MUST(runde_plan_add_unserved(plan, &left));
    MUST(runde_plan_finish(plan));
    return plan;
}

static void test_day(void)
{
    runde_problem *problem = NULL;
    MUST(runde_problem_from_vroom(&problem, full_day, strlen(full_day), NULL));
    runde_plan *const plan = plan_by_hand(problem);
    rn_tree *const tree = write(problem, plan);
    const rn_node *const root = rn_tree_root(tree);
    CU_ASSERT_EQUAL(number(root, "code"), 0);
    const rn_node *const route = item(rn_node_member(root, "routes"), 0);
    const rn_node *const steps = rn_node_member(route, "steps");
    CU_ASSERT_EQUAL(number(route, "vehicle"), 3);
    CU_ASSERT_EQUAL_FATAL(rn_node_count(steps), 5);
    CU_ASSERT_EQUAL(number(item(steps, 0), "arrival"), 3540);
    const rn_node *const job = item(steps, 1);
    CU_ASSERT_EQUAL(number(job, "id"), 7);
    CU_ASSERT_EQUAL(number(job, "arrival"), 3600);
    CU_ASSERT_EQUAL(number(job, "setup"), 120);
    CU_ASSERT_EQUAL(number(job, "service"), 600);
    CU_ASSERT_PTR_NULL(rn_node_member(job, "description"));
    const rn_node *const pause = item(steps, 2);
    CU_ASSERT_EQUAL(number(pause, "waiting_time"), 3650);
    CU_ASSERT_EQUAL(number(pause, "service"), 900);
    CU_ASSERT_EQUAL(number(pause, "id"), 1);
    CU_ASSERT_EQUAL(number(item(steps, 4), "duration"), 210);
    const rn_node *const summary = rn_node_member(root, "summary");
    CU_ASSERT_EQUAL(number(summary, "cost"), 210);
    CU_ASSERT_EQUAL(number(summary, "service"), 1800);
    CU_ASSERT_EQUAL(number(summary, "unassigned"), 1);
    CU_ASSERT_EQUAL(number(item(rn_node_member(root, "unassigned"), 0), "id"),
                    90);
    rn_tree_free(tree);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

/* Ids that are no numbers go into the description, whatever they hold. */
static void test_other_ids(void)
{
    for (int i = 0; i < N_HOSTILE; i++) {
        if (strstr(export_hostile[i], "\xE2\x80\xA8") != NULL) {
            continue; /* let out escaped, but the gate lets it not in */
        }
        runde_problem *const p = export_problem(export_hostile[i], true);
        runde_plan *const plan = export_plan(p);
        rn_tree *const tree = write(p, plan);
        const rn_node *const root = rn_tree_root(tree);
        const rn_node *const route = item(rn_node_member(root, "routes"), 0);
        const rn_node *const job = item(rn_node_member(route, "steps"), 2);
        CU_ASSERT_EQUAL(number(route, "vehicle"), 1);
        CU_ASSERT_EQUAL(number(job, "id"), 1);
        CU_ASSERT_EQUAL(number(job, "arrival"), SPRING + 4800);
        CU_ASSERT_STRING_EQUAL(
            rn_node_string(rn_node_member(job, "description")),
            export_id(export_hostile[i], 5));
        rn_tree_free(tree);
        runde_plan_free(plan);
        runde_problem_free(p);
    }
}

static void test_arguments(void)
{
    export_check_arguments(runde_plan_to_vroom);
}

int main(void)
{
    RN_RUN("vroom_writer", RN_TEST(test_day), RN_TEST(test_other_ids),
           RN_TEST(test_arguments));
}
