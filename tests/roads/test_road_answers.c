/* SPDX-License-Identifier: MIT */
/* The reader of answers, byte by byte, and the blocks of a table. */
#include "roads/answer.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "harness.h"
#include "roads/block.h"
#include "roads/known.h"

#include <string.h>

static const struct {
    runde_roads_api api;
    const char *text; /* two sources, two targets */
} good[] = {
    {RUNDE_ROADS_OSRM,
     "{\"code\":\"Ok\",\"durations\":[[0,12.34],[ 5.0006 ,null]],"
     "\"distances\":[[0,100.5],[7,null]],"
     "\"sources\":[{\"distance\":3,\"name\":\"\\u200f<x>\"},{\"distance\":9}]"
     "}"},
    {RUNDE_ROADS_VALHALLA,
     "{\"sources_to_targets\":{\"durations\":[[0,12.34],[5.0006,null]],"
     "\"distances\":[[0,0.1005],[0.007,null]]},\"units\":\"kilometers\"}"},
    {RUNDE_ROADS_VALHALLA,
     "{\"units\":\"kilometers\",\"sources_to_targets\":[[{\"time\":0,"
     "\"distance\":0.0},{\"time\":12.34,\"distance\":0.1005}],[{\"time\":"
     "5.0006,\"distance\":0.007},{\"time\":null,\"distance\":null}]]}"},
    {RUNDE_ROADS_ORS,
     "{\"durations\":[[0.0,12.34],[5.0006,null]],\"distances\":[[0.0,100.5],"
     "[7.0,null]],\"sources\":[null,{\"snapped_distance\":9.2}],"
     "\"destinations\":null}"},
    {RUNDE_ROADS_GRAPHHOPPER,
     "{\"times\":[[0,12.34],[5.0006,null]],\"distances\":[[-0.0,100.5],"
     "[7,null]],\"hints\":[{\"details\":[]}],\"info\":{}}"},
};

enum { N_GOOD = sizeof good / sizeof good[0] };

static const rn_address corner[2] = {{4710000, 950000}, {4720000, 960000}};

/* Room for an answer of two by two. */
typedef struct sheet {
    int32_t ms[4];
    int32_t metres[4];
    int32_t snap[4];
    const char *wrong;
} sheet;

static rn_reading read_text(sheet *s, runde_roads_api api, const char *text,
                            size_t length)
{
    memset(s, 0, sizeof *s);
    rn_answer a = {2,       2,           s->ms,  s->metres,
                   s->snap, s->snap + 2, corner, corner};
    return rn_answer_read(&a, api, text, length, &s->wrong);
}

static void test_good(void)
{
    sheet s;
    for (int i = 0; i < N_GOOD; i++) {
        CU_ASSERT_EQUAL(
            read_text(&s, good[i].api, good[i].text, strlen(good[i].text)),
            RN_READING_GOOD);
        CU_ASSERT_EQUAL(s.ms[0], 0);
        CU_ASSERT_EQUAL(s.ms[1], 12340);
        CU_ASSERT_EQUAL(s.ms[2], 5001);
        CU_ASSERT_EQUAL(s.ms[3], RN_NO_ROAD);
        CU_ASSERT_EQUAL(s.metres[1], 101);
        CU_ASSERT_EQUAL(s.metres[2], 7);
        CU_ASSERT_EQUAL(s.metres[3], RN_NO_ROAD);
        CU_ASSERT_EQUAL(s.snap[3], RN_UNKNOWN);
    }
}

/* However little of the text arrives, it is not taken for an answer. */
static void test_cut(void)
{
    sheet s;
    for (int i = 0; i < N_GOOD; i++) {
        const size_t length = strlen(good[i].text);
        for (size_t n = 0; n < length; n++) {
            /* A copy, so that reading past the end is found. */
            char *const part = rn_malloc(n);
            CU_ASSERT_PTR_NOT_NULL_FATAL(part);
            memcpy(part, good[i].text, n);
            CU_ASSERT_NOT_EQUAL(read_text(&s, good[i].api, part, n),
                                RN_READING_GOOD);
            CU_ASSERT_PTR_NOT_NULL(s.wrong);
            rn_free(part);
        }
    }
}

/* Bytes changed at random: whatever is taken has cells in range. */
static void test_noise(void)
{
    rn_rng rng;
    sheet s;
    rn_rng_init(&rng, 4, 0);
    for (int round = 0; round < 40000; round++) {
        char text[400];
        const int i = (int)rn_rng_below(&rng, N_GOOD);
        const size_t length = strlen(good[i].text);
        memcpy(text, good[i].text, length);
        for (int k = 0; k < 3; k++) {
            text[rn_rng_below(&rng, (uint32_t)length)] =
                "[]{}\",:-0123456789.eEntuls\\ \x80"[rn_rng_below(&rng, 30)];
        }
        if (read_text(&s, good[i].api, text, length) == RN_READING_GOOD) {
            for (int c = 0; c < 4; c++) {
                CU_ASSERT_TRUE(s.ms[c] >= RN_NO_ROAD && s.ms[c] <= 86400000);
                CU_ASSERT_TRUE(s.metres[c] >= RN_UNKNOWN &&
                               s.metres[c] <= 40000000);
            }
        }
    }
}

static void test_not_json(void)
{
    static const char *const texts[] = {"",
                                        "null",
                                        "[]",
                                        "\"x\"",
                                        "{}x",
                                        "{\"code\":\"Ok\",}",
                                        "{\"code\" \"Ok\"}",
                                        "{'code':1}",
                                        "<html>",
                                        "{\"a\":tru}",
                                        "{\"a\":01}",
                                        "{\"a\":\"\x01\"}",
                                        "{\"a\":\"\\x\"}",
                                        "{\"a\":[1,]}",
                                        "{\"a\":[1 2]}",
                                        "{\"a\":1}{",
                                        "{\"a\":,}"};
    sheet s;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CU_ASSERT_NOT_EQUAL(
            read_text(&s, RUNDE_ROADS_OSRM, texts[i], strlen(texts[i])),
            RN_READING_GOOD);
    }
}

static void test_reasons(void)
{
    static const struct {
        runde_roads_api api;
        long status;
        bool was_post;
        const char *text;
        rn_refusal refusal;
        const char *code;
    } cases[] = {
        {RUNDE_ROADS_OSRM, 400, false, "{\"code\":\"TooBig\"}",
         RN_REFUSAL_LARGE, "TooBig"},
        {RUNDE_ROADS_OSRM, 400, true, "{\"code\":\"InvalidUrl\"}",
         RN_REFUSAL_POST, "InvalidUrl"},
        {RUNDE_ROADS_OSRM, 400, false, "{\"code\":\"InvalidUrl\"}",
         RN_REFUSAL_OTHER, "InvalidUrl"},
        {RUNDE_ROADS_OSRM, 414, false, "<html>", RN_REFUSAL_LARGE, ""},
        {RUNDE_ROADS_OSRM, 413, true, "", RN_REFUSAL_LARGE, ""},
        {RUNDE_ROADS_VALHALLA, 400, true,
         "{\"error\":\"x\",\"error_code\":171}", RN_REFUSAL_ADDRESS, "171"},
        {RUNDE_ROADS_VALHALLA, 400, true, "{\"error_code\":154}",
         RN_REFUSAL_FAR, "154"},
        {RUNDE_ROADS_VALHALLA, 500, true, "", RN_REFUSAL_LATER, ""},
        {RUNDE_ROADS_ORS, 404, true,
         "{\"info\":{},\"error\":{\"message\":\"a\",\"code\":6010}}",
         RN_REFUSAL_ADDRESS, "6010"},
        {RUNDE_ROADS_ORS, 403, true, "{\"error\":\"quota\"}", RN_REFUSAL_OTHER,
         ""},
        {RUNDE_ROADS_ORS, 500, true, "{\"error\":{\"code\":6099}}",
         RN_REFUSAL_OTHER, "6099"},
        {RUNDE_ROADS_GRAPHHOPPER, 400, true,
         "{\"message\":\"Too many points\"}", RN_REFUSAL_LARGE, ""},
        {RUNDE_ROADS_GRAPHHOPPER, 429, true, "", RN_REFUSAL_LATER, ""},
        {RUNDE_ROADS_OSRM, 503, false, "", RN_REFUSAL_LATER, ""},
        {RUNDE_ROADS_OSRM, 400, false, "{\"code\":\"<b>\\u0007 ok\"}",
         RN_REFUSAL_OTHER, "bu0007ok"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const rn_reason reason =
            rn_answer_reason(cases[i].api, cases[i].status, cases[i].was_post,
                             cases[i].text, strlen(cases[i].text));
        CU_ASSERT_EQUAL(reason.refusal, cases[i].refusal);
        CU_ASSERT_STRING_EQUAL(reason.code, cases[i].code);
    }
}

/* ----------------------------------------------------------------- blocks */

/* Blocks of a table with some cells known: every unknown cell is asked for
 * once, no known row or column without need, and no block is too large. */
static void check_cut(int32_t n, uint32_t known, const rn_block_limits *limits,
                      rn_rng *rng)
{
    rn_table table;
    rn_block *stack = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_table_new(&table, n), RUNDE_OK);
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) {
            /* Old addresses know each other; a few answers are there too. */
            const bool is_old = i % 3 != 0 && j % 3 != 0;
            if (is_old || rn_rng_below(rng, 100) < known) {
                table.ms[rn_table_cell(&table, i, j)] = 7;
            }
        }
    }
    CU_ASSERT_EQUAL(rn_block_cut(&stack, &table, limits), RUNDE_OK);
    for (const rn_block *b = stack; b != NULL; b = b->next) {
        CU_ASSERT_TRUE(b->n_sources <= limits->side ||
                       b->n_targets <= limits->side);
        CU_ASSERT_TRUE(b->n_sources + b->n_targets <= limits->addresses);
        CU_ASSERT_TRUE(b->n_sources * b->n_targets <= limits->pairs);
        for (int32_t i = 0; i < b->n_sources; i++) {
            for (int32_t j = 0; j < b->n_targets; j++) {
                const size_t cell =
                    rn_table_cell(&table, b->sources[i], b->targets[j]);
                CU_ASSERT_NOT_EQUAL(table.ms[cell], 9);
                table.ms[cell] = 9;
            }
        }
    }
    CU_ASSERT_EQUAL(rn_table_count_unknown(&table), 0);
    rn_block_free_all(stack);
    rn_table_free(&table);
}

static void test_cutting(void)
{
    static const rn_block_limits limits[] = {{100, 200, 10000},
                                             {2500, 2501, 2500},
                                             {5, 10, 25},
                                             {1, 2, 1},
                                             {7, 9, 12}};
    rn_rng rng;
    rn_rng_init(&rng, 11, 0);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        for (int32_t n = 1; n < 60; n += 7) {
            check_cut(n, 0, &limits[i], &rng);
            check_cut(n, 30, &limits[i], &rng);
            check_cut(n, 95, &limits[i], &rng);
        }
    }
}

/* Halved until nothing is left to halve, every pair is there once. */
static void test_halving(void)
{
    static const int32_t sources[] = {0, 1, 2, 3, 4};
    static const int32_t targets[] = {5, 6, 7};
    bool seen[5][3] = {{false}};
    rn_block *stack = NULL;
    rn_block_push(&stack, rn_block_new(sources, 5, targets, 3));
    while (stack != NULL) {
        rn_block *const b = stack;
        stack = b->next;
        if (b->n_sources * b->n_targets > 1) {
            CU_ASSERT_TRUE(rn_block_halve(&stack, b));
        } else {
            CU_ASSERT_FALSE(seen[b->sources[0]][b->targets[0] - 5]);
            seen[b->sources[0]][b->targets[0] - 5] = true;
        }
        rn_block_free(b);
    }
    for (int i = 0; i < 15; i++) {
        CU_ASSERT_TRUE(seen[i / 3][i % 3]);
    }
}

int main(void)
{
    RN_RUN("road_answers", RN_TEST(test_good), RN_TEST(test_cut),
           RN_TEST(test_noise), RN_TEST(test_not_json), RN_TEST(test_reasons),
           RN_TEST(test_cutting), RN_TEST(test_halving));
}
