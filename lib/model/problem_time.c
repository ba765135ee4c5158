/* SPDX-License-Identifier: MIT */
/* Ticks as people read and write time. */
#include <stdio.h>

#include "model/civil.h"
#include "model/problem_data.h"

/* The second that the clock shows at `instant`, on which day of the horizon;
 * false where it would be read as another instant: one day of the year shows
 * an hour twice. */
static bool find_clock(const runde_settings *settings, int64_t instant,
                       rn_clock *clock)
{
    rn_zone zone = RN_ZONE_UTC;
    int64_t first = 0;
    int64_t day = 0;
    int64_t again = 0;
    int32_t second = 0;
    if (settings->time_zone == NULL ||
        !rn_zone_find(&zone, settings->time_zone)) {
        return false;
    }
    rn_zone_local(zone, settings->origin, &first, &second);
    rn_zone_local(zone, instant, &day, &second);
    if (day < first || day - first > 999) {
        return false;
    }
    clock->second = second;
    clock->day = (int32_t)(day - first);
    return rn_civil_is_good(rn_clock_instant(*clock, first, zone, &again)) &&
           again == instant;
}

static void print_clock(char text[RUNDE_TIME_TEXT], const rn_clock *clock)
{
    const int32_t second = clock->second;
    int n = snprintf(text, RUNDE_TIME_TEXT, "%02d:%02d", second / 3600,
                     second / 60 % 60);
    if (second % 60 != 0) {
        n += snprintf(text + n, (size_t)(RUNDE_TIME_TEXT - n), ":%02d",
                      second % 60);
    }
    if (clock->day > 0) {
        (void)snprintf(text + n, (size_t)(RUNDE_TIME_TEXT - n), "+%d",
                       clock->day);
    }
}

void runde_problem_write_time(const runde_problem *problem, int64_t ticks,
                              char text[RUNDE_TIME_TEXT])
{
    const runde_settings *const settings = runde_problem_settings(problem);
    text[0] = '\0';
    if (settings == NULL) {
        return;
    }
    if (settings->has_origin && ticks > INT32_MIN && ticks < INT32_MAX) {
        const int64_t ms =
            settings->origin * 1000 + ticks * rn_problem_tick_ms(problem);
        rn_zone zone = RN_ZONE_UTC;
        rn_clock clock = {0, 0};
        if (ms % 1000 == 0 && find_clock(settings, ms / 1000, &clock)) {
            print_clock(text, &clock);
            return;
        }
        if (settings->time_zone != NULL) {
            (void)rn_zone_find(&zone, settings->time_zone);
        }
        rn_instant_print_ms(text, ms, zone);
    }
    if (text[0] == '\0') {
        (void)snprintf(text, RUNDE_TIME_TEXT, "%lld", (long long)ticks);
    }
}

void runde_problem_write_span(const runde_problem *problem, int64_t ticks,
                              char text[RUNDE_TIME_TEXT])
{
    const int64_t most = INT64_MAX / (24 * INT64_C(3600000));
    text[0] = '\0';
    if (problem == NULL) {
        return;
    }
    if (ticks < -most || ticks > most) {
        (void)snprintf(text, RUNDE_TIME_TEXT, "%lld ticks", (long long)ticks);
        return;
    }
    const int64_t ms =
        (ticks < 0 ? -ticks : ticks) * rn_problem_tick_ms(problem);
    const int64_t part[] = {ms / 3600000, ms / 60000 % 60, ms / 1000 % 60};
    static const char *const unit[] = {"h", "min", "s"};
    const char *gap = ticks < 0 ? "-" : "";
    int n = 0;
    for (int i = 0; i < 3; i++) {
        const bool has_rest = i == 2 && (ms % 1000 != 0 || ms == 0);
        if (part[i] == 0 && !has_rest) {
            continue;
        }
        n += snprintf(text + n, (size_t)(RUNDE_TIME_TEXT - n), "%s%lld", gap,
                      (long long)part[i]);
        if (i == 2 && ms % 1000 != 0) {
            n += snprintf(text + n, (size_t)(RUNDE_TIME_TEXT - n), ".%03d",
                          (int)(ms % 1000));
        }
        n += snprintf(text + n, (size_t)(RUNDE_TIME_TEXT - n), " %s", unit[i]);
        gap = " ";
    }
}
