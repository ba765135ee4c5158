/* SPDX-License-Identifier: MIT */
/* Exact costs of the committed samples after a fixed number of iterations:
 * the same from every compiler, at every level of optimisation, on every
 * machine. Whoever changes the search on purpose changes these numbers, and
 * says in the commit what it gained. */
#include <runde/runde.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

typedef struct golden {
    const char *file;
    int64_t iterations;
    uint64_t seed;
    int64_t left_out;
    int64_t wishes;
} golden;

static const golden table[] = {
    {"tiny.json", 500, 1, 0, 16737},
    {"rural_small.json", 2000, 1, 0, 466691},
    {"rural_small.json", 2000, 2, 0, 476147},
};

static const char *folder;

static char *read_file(const char *name, size_t *length)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return NULL;
    }
    char *text = NULL;
    if (fseek(f, 0, SEEK_END) == 0) {
        const long size = ftell(f);
        rewind(f);
        text = size > 0 ? malloc((size_t)size) : NULL;
        *length = text != NULL ? fread(text, 1, (size_t)size, f) : 0;
    }
    (void)fclose(f);
    return text;
}

static runde_problem *read_problem(const char *name)
{
    runde_problem *problem = NULL;
    size_t length = 0;
    char *text = read_file(name, &length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_EQUAL_FATAL(runde_problem_from_json(&problem, text, length, NULL),
                          RUNDE_OK);
    free(text);
    return problem;
}

static runde_plan *solve(const runde_problem *problem, const golden *g)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_plan *plan = NULL;
    options.iteration_limit = g->iterations;
    options.seed = g->seed;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, &options, NULL),
                          RUNDE_OK);
    return plan;
}

static void test_costs(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const golden *g = &table[i];
        runde_problem *problem = read_problem(g->file);
        runde_plan *plan = solve(problem, g);
        const runde_cost *cost = runde_plan_cost(plan);
        if (cost->left_out != g->left_out || cost->wishes != g->wishes) {
            printf("%s, seed %d: left out %lld, wishes %lld\n", g->file,
                   (int)g->seed, (long long)cost->left_out,
                   (long long)cost->wishes);
        }
        CU_ASSERT_EQUAL(cost->left_out, g->left_out);
        CU_ASSERT_EQUAL(cost->wishes, g->wishes);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

static void test_same_bytes(void)
{
    const golden g = {"rural_small.json", 300, 7, 0, 0};
    runde_problem *problem = read_problem(g.file);
    char *text[2] = {NULL, NULL};
    size_t length[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        runde_plan *plan = solve(problem, &g);
        CU_ASSERT_EQUAL_FATAL(
            runde_plan_to_json(&text[i], &length[i], problem, plan), RUNDE_OK);
        runde_plan_free(plan);
    }
    CU_ASSERT_EQUAL(length[0], length[1]);
    CU_ASSERT_EQUAL(memcmp(text[0], text[1], length[0]), 0);
    runde_text_free(text[0]);
    runde_text_free(text[1]);
    runde_problem_free(problem);
}

/* More work never makes the answer worse when it starts from the answer. */
static void test_warm_start(void)
{
    const golden g = {"rural_small.json", 200, 3, 0, 0};
    runde_problem *problem = read_problem(g.file);
    runde_plan *first = solve(problem, &g);
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_plan *second = NULL;
    options.iteration_limit = 200;
    options.start = first;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&second, problem, &options, NULL),
                          RUNDE_OK);
    const runde_cost *a = runde_plan_cost(first);
    const runde_cost *b = runde_plan_cost(second);
    CU_ASSERT(b->left_out < a->left_out ||
              (b->left_out == a->left_out && b->wishes <= a->wishes));
    runde_plan_free(first);
    runde_plan_free(second);
    runde_problem_free(problem);
}

/* A morning on the sample: one carer ill, one late, visits changed. */
static void test_replan(void)
{
    const golden g = {"rural_small.json", 2000, 2, 0, 0};
    runde_problem *problem = read_problem(g.file);
    runde_plan *published = solve(problem, &g);
    size_t length = 0;
    char *text = read_file("rural_small.events.json", &length);
    runde_events *events = NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_EQUAL_FATAL(
        runde_events_from_json(&events, problem, text, length, NULL), RUNDE_OK);
    free(text);
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    options.events = runde_events_list(events, &options.n_events);
    options.freeze_before = runde_events_now(events);
    runde_replan *replan = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_replan_new(&replan, problem, published, &options, NULL),
        RUNDE_OK);
    const runde_cost *cost = runde_plan_cost(runde_replan_plan(replan));
    const runde_diff_totals *totals =
        runde_diff_get_totals(runde_replan_diff(replan));
    CU_ASSERT_EQUAL(cost->left_out, 0);
    CU_ASSERT_EQUAL(cost->wishes, 605789);
    CU_ASSERT_EQUAL(totals->carer_changed, 26);
    CU_ASSERT_EQUAL(totals->time_changed, 48);
    runde_replan_free(replan);
    runde_events_free(events);
    runde_plan_free(published);
    runde_problem_free(problem);
}

/* How many parts change when a client wants familiar faces from now on. Only
 * those near the client notice. */
static int32_t change_profile(const runde_problem *problem,
                              const runde_plan *published, int32_t client)
{
    char overlay[256];
    runde_overlay *weights = NULL;
    runde_event event = RUNDE_EVENT_INIT;
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_replan *replan = NULL;
    (void)snprintf(overlay, sizeof overlay,
                   "{\"format\":\"runde-weights\",\"version\":1,"
                   "\"clients\":[{\"client\":\"%s\","
                   "\"profile\":\"continuity\"}]}",
                   runde_problem_client(problem, client)->id);
    CU_ASSERT_EQUAL_FATAL(runde_overlay_from_json(&weights, problem, overlay,
                                                  strlen(overlay), NULL),
                          RUNDE_OK);
    event.edit = runde_overlay_edits(weights, &options.n_events);
    CU_ASSERT_EQUAL_FATAL(options.n_events, 1);
    options.events = &event;
    CU_ASSERT_EQUAL_FATAL(
        runde_replan_new(&replan, problem, published, &options, NULL),
        RUNDE_OK);
    const runde_diff *diff = runde_replan_diff(replan);
    const int32_t n = runde_diff_n_parts(diff);
    CU_ASSERT(n <= 12);
    CU_ASSERT(runde_diff_n_clients(diff) <=
              runde_problem_n_clients(problem) / 6);
    runde_replan_free(replan);
    runde_overlay_free(weights);
    return n;
}

static void test_profile(void)
{
    const golden g = {"rural_small.json", 2000, 1, 0, 0};
    runde_problem *problem = read_problem(g.file);
    runde_plan *published = solve(problem, &g);
    int32_t most = 0;
    for (int32_t c = 0; c < runde_problem_n_clients(problem); c++) {
        const int32_t n = change_profile(problem, published, c);
        most = n > most ? n : most;
    }
    CU_ASSERT(most > 1);
    runde_plan_free(published);
    runde_problem_free(problem);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        return 64;
    }
    folder = argv[1];
    RN_RUN("golden", RN_TEST(test_costs), RN_TEST(test_same_bytes),
           RN_TEST(test_warm_start), RN_TEST(test_replan),
           RN_TEST(test_profile));
}
