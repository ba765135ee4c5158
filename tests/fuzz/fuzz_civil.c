/* SPDX-License-Identifier: MIT */
/* The bytes are one text for all the parsers of civil time, and their first
 * eight an instant; a calendar that turns page by page is the oracle. */
#include "fuzz.h"

#include "model/civil.h"

#include <string.h>

#define DAY_S 86400
#define LONGEST 80

static void try_instant(const char *text, rn_zone zone)
{
    int64_t ms = -1;
    const rn_civil_status status = rn_instant_parse_ms(text, zone, &ms);
    if (!rn_civil_is_good(status)) {
        RN_REQUIRE(ms == -1);
        return;
    }
    char printed[RN_INSTANT_TEXT];
    int64_t again = 0;
    rn_instant_print_ms(printed, ms, zone);
    if (printed[0] == '\0') {
        /* The last hours of 9999 lie in 10000 by the zone's clock. */
        RN_REQUIRE(ms > INT64_C(253402200000000));
        return;
    }
    RN_REQUIRE(rn_instant_parse_ms(printed, RN_ZONE_UTC, &again) ==
               RN_CIVIL_OK);
    RN_REQUIRE(again == ms);
}

static void try_duration(const char *text)
{
    int64_t ms = -1;
    if (rn_duration_parse_ms(text, &ms) != RN_CIVIL_OK) {
        RN_REQUIRE(ms == -1);
        return;
    }
    RN_REQUIRE(ms >= -RN_DURATION_MAX_MS && ms <= RN_DURATION_MAX_MS);
    char printed[RN_DURATION_TEXT];
    int64_t again = 0;
    rn_duration_print_ms(printed, ms);
    RN_REQUIRE(rn_duration_parse_ms(printed, &again) == RN_CIVIL_OK);
    RN_REQUIRE(again == ms);
}

static void try_clock(const char *text)
{
    rn_clock clock = {-1, -1};
    if (rn_clock_parse(text, &clock) != RN_CIVIL_OK) {
        RN_REQUIRE(clock.second == -1);
        return;
    }
    int64_t instant = 0;
    const int64_t day = 20000;
    RN_REQUIRE(clock.second >= 0 && clock.second < DAY_S);
    RN_REQUIRE(rn_clock_instant(clock, day, RN_ZONE_UTC, &instant) ==
               RN_CIVIL_OK);
    RN_REQUIRE(instant == (day + clock.day) * DAY_S + clock.second);
}

static bool is_leap(int32_t year)
{
    return year % 400 == 0 || (year % 100 != 0 && year % 4 == 0);
}

/* Days from 1970 to a date of 1600 to 2400, page by page. */
static int64_t count_days(int32_t year, int32_t month, int32_t day)
{
    static const int32_t lengths[] = {31, 28, 31, 30, 31, 30,
                                      31, 31, 30, 31, 30, 31};
    int64_t days = day - 1;
    for (int32_t y = 1970; y < year; y++) {
        days += is_leap(y) ? 366 : 365;
    }
    for (int32_t y = 1969; y >= year; y--) {
        days -= is_leap(y) ? 366 : 365;
    }
    for (int32_t m = 1; m < month; m++) {
        days += lengths[m - 1] + (m == 2 && is_leap(year));
    }
    return days;
}

static void try_day(int64_t days)
{
    int64_t year = 0;
    int32_t month = 0;
    int32_t day = 0;
    rn_civil_from_days(days, &year, &month, &day);
    RN_REQUIRE(day >= 1 && day <= rn_days_of_month(year, month));
    RN_REQUIRE(rn_days_from_civil(year, month, day) == days);
    if (year >= 1600 && year <= 2400) {
        RN_REQUIRE(count_days((int32_t)year, month, day) == days);
    }
}

/* What the clock shows, back to the instant; in the hour that comes twice to
 * the first of the two. */
static void try_seconds(int64_t instant)
{
    int64_t days = 0;
    int64_t back = 0;
    int32_t second = 0;
    rn_zone_local(RN_ZONE_OSLO, instant, &days, &second);
    RN_REQUIRE(second >= 0 && second < DAY_S);
    const rn_civil_status status =
        rn_zone_instant(RN_ZONE_OSLO, days, second, &back);
    if (status == RN_CIVIL_RANGE) {
        RN_REQUIRE(days < 9496 || days > 2932896);
        return;
    }
    RN_REQUIRE(rn_civil_is_good(status));
    RN_REQUIRE(back == instant ||
               (status == RN_CIVIL_TWICE && back == instant - 3600));
    const int64_t start = rn_day_start(RN_ZONE_OSLO, days);
    RN_REQUIRE(start <= instant &&
               instant < start + rn_day_length(RN_ZONE_OSLO, days));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[LONGEST + 1];
    const size_t length = size < LONGEST ? size : LONGEST;
    if (length > 0) {
        memcpy(text, data, length);
    }
    text[length] = '\0';
    try_instant(text, RN_ZONE_OSLO);
    try_instant(text, RN_ZONE_UTC);
    try_duration(text);
    try_clock(text);
    (void)rn_instant_is_local(text);
    int64_t days = 0;
    if (rn_date_parse(text, &days) == RN_CIVIL_OK) {
        try_day(days);
    }
    if (size >= sizeof(int64_t)) {
        int64_t any = 0;
        char printed[RN_INSTANT_TEXT];
        char duration[RN_DURATION_TEXT];
        memcpy(&any, data, sizeof any);
        rn_instant_print_ms(printed, any, RN_ZONE_OSLO);
        rn_duration_print_ms(duration, any);
        RN_REQUIRE(strlen(duration) < sizeof duration);
        try_day(any % INT64_C(1000000000));
        try_seconds(any % INT64_C(400000000000));
    }
    return 0;
}
