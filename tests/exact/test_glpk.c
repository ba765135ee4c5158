/* SPDX-License-Identifier: MIT */
/* GLPK as a guest: it answers small questions rightly, gives up when told to,
 * survives wrong questions, and serves several threads at a time. */
#include <runde/glpk.h>

#include <pthread.h>
#include <string.h>

#include "exact/exact.h"
#include "harness.h"

static const rn_patience ample = {100000, 1000, NULL, NULL};

/* Four tasks; pairs and singles, of which the pairs 0-1 and 2-3 are best. */
static const int64_t cost[] = {3, 3, 3, 3, 4, 4, 3, 9};
static const int32_t first[] = {0, 1, 2, 3, 4, 6, 8, 10, 14};
static const int32_t rows[] = {0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 0, 1, 2, 3};
static const int32_t once[] = {1, 1, 1, 1};
static const rn_cover cover = {4, 8, cost, first, rows, once, once};

static void test_relax(void)
{
    double dual[4] = {0.0, 0.0, 0.0, 0.0};
    CU_ASSERT_EQUAL(runde_glpk()->relax(dual, &cover, &ample), RUNDE_OK);
    double sum = 0.0;
    for (int i = 0; i < 4; i++) {
        sum += dual[i];
    }
    CU_ASSERT_TRUE(sum > 7.999 && sum < 8.001);
}

static void test_select(void)
{
    uint8_t chosen[] = {1, 1, 1, 1, 0, 0, 0, 0};
    static const uint8_t best[] = {0, 0, 0, 0, 1, 1, 0, 0};
    CU_ASSERT_EQUAL(runde_glpk()->select(chosen, &cover, &ample), RUNDE_OK);
    CU_ASSERT_EQUAL(memcmp(chosen, best, sizeof best), 0);
}

/* What is chosen at first must be a cover. */
static void test_wrong_choice(void)
{
    uint8_t chosen[] = {1, 1, 1, 0, 0, 0, 0, 0};
    CU_ASSERT_EQUAL(runde_glpk()->select(chosen, &cover, &ample),
                    RUNDE_E_ARGUMENT);
}

static void test_no_cover(void)
{
    static const int32_t twice[] = {2, 2, 9, 2};
    static const int32_t more[] = {2, 2, 9, 2};
    const rn_cover none = {4, 4, cost, first, rows, twice, more};
    uint8_t chosen[] = {1, 1, 1, 1};
    double dual[4];
    CU_ASSERT_EQUAL(runde_glpk()->select(chosen, &none, &ample),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_glpk()->relax(dual, &none, &ample), RUNDE_OK);
}

/* A column that names a row twice ends the process that calls GLPK plainly. */
static void test_misuse(void)
{
    static const int32_t twice[] = {0, 1, 2, 3, 0, 0, 2, 3, 1, 2, 0, 1, 2, 3};
    const rn_cover wrong = {4, 8, cost, first, twice, once, once};
    double dual[4];
    for (int i = 0; i < 20; i++) {
        CU_ASSERT_EQUAL(runde_glpk()->relax(dual, &wrong, &ample),
                        RUNDE_E_INTERNAL);
        test_relax();
    }
}

static void test_numbers(void)
{
    int64_t huge[8];
    memcpy(huge, cost, sizeof huge);
    huge[5] = RN_PROGRAM_MOST + 1;
    const rn_cover wrong = {4, 8, huge, first, rows, once, once};
    double dual[4];
    CU_ASSERT_EQUAL(runde_glpk()->relax(dual, &wrong, &ample),
                    RUNDE_E_ARGUMENT);
    huge[5] = RN_PROGRAM_MOST;
    CU_ASSERT_EQUAL(runde_glpk()->relax(dual, &wrong, &ample), RUNDE_OK);
}

/* Between 10 and 15, as near to 20 as it gets, 5 behind the other one. */
static void test_schedule(void)
{
    static const int32_t lo[] = {0, 10};
    static const int32_t hi[] = {100, 15};
    static const int64_t slope[] = {0, 0};
    static const rn_order order = {0, 1, 5};
    static const rn_hinge hinges[] = {
        {RUNDE_NONE, 1, -20, 2}, {RUNDE_NONE, 0, -8, 1}, {0, RUNDE_NONE, 8, 1}};
    const rn_timetable table = {2, lo, hi, slope, &order, 1, hinges, 3};
    int32_t times[2] = {0, 0};
    CU_ASSERT_EQUAL(runde_glpk()->schedule(times, &table, &ample), RUNDE_OK);
    CU_ASSERT_EQUAL(times[0], 8);
    CU_ASSERT_EQUAL(times[1], 15);
    const rn_order late = {0, 1, 16};
    const rn_timetable none = {2, lo, hi, slope, &late, 1, hinges, 3};
    CU_ASSERT_EQUAL(runde_glpk()->schedule(times, &none, &ample),
                    RUNDE_E_INFEASIBLE);
}

/* ---------------------------------------------------------- giving up */

enum { MANY = 120, COLUMNS = 4000, WIDTH = 5 };

typedef struct large {
    int64_t cost[COLUMNS];
    int32_t first[COLUMNS + 1];
    int32_t rows[COLUMNS * WIDTH];
    int32_t once[MANY];
    uint8_t chosen[COLUMNS];
    double dual[MANY];
    rn_cover cover;
} large;

/* Singles that are dear, and random fives. */
static large *make_large(void)
{
    large *l = calloc(1, sizeof *l);
    uint32_t dice = 1;
    if (l == NULL) {
        return NULL;
    }
    for (int32_t j = 0; j < COLUMNS; j++) {
        const int32_t n = j < MANY ? 1 : WIDTH;
        l->first[j + 1] = l->first[j] + n;
        l->cost[j] = j < MANY ? 10000 : 0;
        l->chosen[j] = j < MANY;
        for (int32_t k = 0; k < n; k++) {
            dice = dice * 1664525U + 1013904223U;
            const int32_t row =
                j < MANY ? j
                         : k * (MANY / WIDTH) +
                               (int32_t)((dice >> 8) % (MANY / WIDTH));
            l->rows[l->first[j] + k] = row;
            l->cost[j] += j < MANY ? 0 : (int64_t)(1000 + (dice >> 20));
        }
    }
    for (int32_t r = 0; r < MANY; r++) {
        l->once[r] = 1;
    }
    const rn_cover it = {MANY,    COLUMNS, l->cost, l->first,
                         l->rows, l->once, l->once};
    l->cover = it;
    return l;
}

static bool never(void *payload)
{
    ++*(int *)payload;
    return false;
}

static void test_patience(void)
{
    large *l = make_large();
    CU_ASSERT_PTR_NOT_NULL_FATAL(l);
    const rn_patience none = {0, 0, NULL, NULL};
    CU_ASSERT_EQUAL(runde_glpk()->relax(l->dual, &l->cover, &none),
                    RUNDE_E_LIMIT);
    /* The same nodes give the same choice. */
    const rn_patience some = {100000, 8, NULL, NULL};
    uint8_t *again = malloc(sizeof l->chosen);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    memcpy(again, l->chosen, sizeof l->chosen);
    CU_ASSERT_EQUAL(runde_glpk()->select(l->chosen, &l->cover, &some),
                    RUNDE_OK);
    CU_ASSERT_EQUAL(runde_glpk()->select(again, &l->cover, &some), RUNDE_OK);
    CU_ASSERT_EQUAL(memcmp(again, l->chosen, sizeof l->chosen), 0);
    free(again);
    free(l);
}

/* Asked every 20 ms, and often enough after "no". */
static void test_poll(void)
{
    large *l = make_large();
    int asked = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(l);
    const rn_patience short_of = {1000000000, 1000000000, never, &asked};
    const runde_status status =
        runde_glpk()->select(l->chosen, &l->cover, &short_of);
    CU_ASSERT_TRUE(asked <= 1);
    CU_ASSERT_TRUE(status == RUNDE_OK || status == RUNDE_E_LIMIT);
    free(l);
}

/* -------------------------------------------------------------- threads */

static void *ask(void *argument)
{
    large *l = argument;
    const rn_patience some = {100000, 4, NULL, NULL};
    return runde_glpk()->select(l->chosen, &l->cover, &some) == RUNDE_OK ? l
                                                                         : NULL;
}

static void test_threads(void)
{
    enum { TEAM = 3 };
    large *l[TEAM];
    pthread_t thread[TEAM];
    for (int i = 0; i < TEAM; i++) {
        l[i] = make_large();
        CU_ASSERT_PTR_NOT_NULL_FATAL(l[i]);
        CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, ask, l[i]), 0);
    }
    for (int i = 0; i < TEAM; i++) {
        void *done = NULL;
        CU_ASSERT_EQUAL(pthread_join(thread[i], &done), 0);
        CU_ASSERT_PTR_NOT_NULL(done);
        CU_ASSERT_EQUAL(memcmp(l[i]->chosen, l[0]->chosen, COLUMNS), 0);
    }
    for (int i = 0; i < TEAM; i++) {
        free(l[i]);
    }
}

static void test_version(void)
{
    CU_ASSERT_TRUE(strlen(runde_glpk_version()) >= 3);
}

int main(void)
{
    RN_RUN("glpk", RN_TEST(test_relax), RN_TEST(test_select),
           RN_TEST(test_wrong_choice), RN_TEST(test_no_cover),
           RN_TEST(test_misuse), RN_TEST(test_numbers), RN_TEST(test_schedule),
           RN_TEST(test_patience), RN_TEST(test_poll), RN_TEST(test_threads),
           RN_TEST(test_version));
}
