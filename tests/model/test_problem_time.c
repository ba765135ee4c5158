/* SPDX-License-Identifier: MIT */
/* Ticks in words, and back. */
#include "harness.h"
#include "small.h"

#include <runde/replan.h>

#include <string.h>

/* 2026-03-28 00:00 in Oslo: the clock goes forward the night after. */
#define SPRING INT64_C(1774652400)
/* 2026-10-24 00:00 in Oslo: it goes back the night after. */
#define AUTUMN INT64_C(1792792800)

static runde_problem *day(int64_t origin, const char *zone, int32_t tick_ms)
{
    runde_problem *p = NULL;
    small s;
    small_init(&s);
    s.settings.has_origin = origin != 0;
    s.settings.origin = origin;
    s.settings.time_zone = zone;
    s.settings.tick_ms = tick_ms;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, &s.settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(small_add(&s, p), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

static void is_told(const runde_problem *p, int64_t ticks, const char *text)
{
    char told[RUNDE_TIME_TEXT];
    runde_problem_write_time(p, ticks, told);
    CU_ASSERT_STRING_EQUAL(told, text);
}

static void test_clock(void)
{
    runde_problem *const p = day(SPRING, "Europe/Oslo", 1000);
    is_told(p, 0, "00:00");
    is_told(p, 7 * HOUR + 30 * 60, "07:30");
    is_told(p, 7 * HOUR + 30 * 60 + 5, "07:30:05");
    is_told(p, 25 * HOUR, "01:00+1");
    is_told(p, 26 * HOUR, "03:00+1");
    is_told(p, -1, "2026-03-27T23:59:59+01:00");
    is_told(p, INT64_MAX, "9223372036854775807");
    runde_problem_free(p);
}

static void test_other_forms(void)
{
    runde_problem *const autumn = day(AUTUMN, "Europe/Oslo", 1000);
    is_told(autumn, 26 * HOUR, "02:00+1");
    is_told(autumn, 27 * HOUR, "2026-10-25T02:00:00+01:00");
    is_told(autumn, 28 * HOUR, "03:00+1");
    runde_problem_free(autumn);
    runde_problem *const plain = day(AUTUMN, NULL, 1000);
    is_told(plain, HOUR, "2026-10-23T23:00:00Z");
    runde_problem_free(plain);
    runde_problem *const fine = day(SPRING, "Europe/Oslo", 100);
    is_told(fine, 5, "2026-03-28T00:00:00.5+01:00");
    is_told(fine, 600, "00:01");
    runde_problem_free(fine);
    runde_problem *const none = day(0, NULL, 1000);
    is_told(none, 4711, "4711");
    runde_problem_free(none);
}

/* What is told can be typed in. */
static void test_back(void)
{
    static const char *const zones[] = {"Europe/Oslo", NULL};
    static const int32_t ticks[] = {1000, 100, 60000};
    for (size_t k = 0; k < 6; k++) {
        runde_problem *const p = day(AUTUMN, zones[k % 2], ticks[k / 2]);
        for (int32_t t = -9999; t < 300000; t += 997) {
            char told[RUNDE_TIME_TEXT];
            int32_t back = -1;
            runde_problem_write_time(p, t, told);
            CU_ASSERT_TRUE(runde_problem_read_time(p, told, &back));
            CU_ASSERT_EQUAL(back, t);
        }
        runde_problem_free(p);
    }
}

static void is_span(const runde_problem *p, int64_t ticks, const char *text)
{
    char told[RUNDE_TIME_TEXT];
    runde_problem_write_span(p, ticks, told);
    CU_ASSERT_STRING_EQUAL(told, text);
}

static void test_span(void)
{
    runde_problem *const p = day(0, NULL, 1000);
    is_span(p, 0, "0 s");
    is_span(p, 45, "45 s");
    is_span(p, 60, "1 min");
    is_span(p, 5400, "1 h 30 min");
    is_span(p, 3605, "1 h 5 s");
    is_span(p, -61, "-1 min 1 s");
    is_span(p, 100 * HOUR, "100 h");
    is_span(p, INT64_MIN, "-9223372036854775808 ticks");
    runde_problem_free(p);
    runde_problem *const fine = day(0, NULL, 100);
    is_span(fine, 5, "0.500 s");
    is_span(fine, 3605, "6 min 0.500 s");
    runde_problem_free(fine);
}

int main(void)
{
    RN_RUN("problem_time", RN_TEST(test_clock), RN_TEST(test_other_forms),
           RN_TEST(test_back), RN_TEST(test_span));
}
