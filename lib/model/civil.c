/* SPDX-License-Identifier: MIT */
#include "model/civil.h"

#include <string.h>

#define DAY_S 86400
#define HOUR_S 3600
/* Oslo ahead of UTC. */
#define WINTER_S 3600
#define SUMMER_S 7200
#define FIRST_YEAR 1
#define LAST_YEAR 9999
/* Norway ended summer time in September until 1995. */
#define OSLO_FIRST_YEAR 1996

/* ------------------------------------------------------------- calendar */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t rn_days_from_civil(int64_t year, int32_t month, int32_t day)
{
    /* Years that begin in March put the leap day last; eras of 400 years
     * are all alike. Source: Howard Hinnant, chrono-compatible low-level
     * date algorithms, days_from_civil. */
    const int64_t y = year - (month <= 2);
    const int64_t era = floor_div(y, 400);
    const int64_t year_of_era = y - era * 400;
    const int64_t month_from_march = (month + 9) % 12;
    const int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void rn_civil_from_days(int64_t days, int64_t *year, int32_t *month,
                        int32_t *day)
{
    /* Source: as above, civil_from_days. */
    const int64_t z = days + 719468;
    const int64_t era = floor_div(z, 146097);
    const int64_t day_of_era = z - era * 146097;
    const int64_t year_of_era = (day_of_era - day_of_era / 1460 +
                                 day_of_era / 36524 - day_of_era / 146096) /
                                365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *day = (int32_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int32_t)(month_from_march < 10 ? month_from_march + 3
                                             : month_from_march - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

int32_t rn_weekday(int64_t days)
{
    /* 1970-01-01 was a Thursday. */
    const int64_t from_monday = days + 3;
    return (int32_t)(from_monday - 7 * floor_div(from_monday, 7));
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t rn_days_of_month(int64_t year, int32_t month)
{
    static const int32_t length[] = {31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    return length[month - 1] + (month == 2 && is_leap(year));
}

/* ---------------------------------------------------------------- zones */

bool rn_zone_find(rn_zone *out, const char *name)
{
    static const struct {
        const char *name;
        rn_zone zone;
    } zones[] = {
        {"UTC", RN_ZONE_UTC},
        {"Europe/Oslo", RN_ZONE_OSLO},
        {"Arctic/Longyearbyen", RN_ZONE_OSLO},
        {"Europe/Berlin", RN_ZONE_OSLO},
        {"Europe/Copenhagen", RN_ZONE_OSLO},
        {"Europe/Stockholm", RN_ZONE_OSLO},
    };
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        if (strcmp(zones[i].name, name) == 0) {
            *out = zones[i].zone;
            return true;
        }
    }
    return false;
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t eu_change(int64_t year, int32_t month)
{
    const int64_t last = rn_days_from_civil(year, month, 31);
    const int64_t sunday = last - (rn_weekday(last) + 1) % 7;
    return sunday * DAY_S + HOUR_S;
}

int32_t rn_zone_offset(rn_zone zone, int64_t instant)
{
    if (zone == RN_ZONE_UTC) {
        return 0;
    }
    int64_t year;
    int32_t month;
    int32_t day;
    rn_civil_from_days(floor_div(instant, DAY_S), &year, &month, &day);
    const bool is_summer = year >= OSLO_FIRST_YEAR &&
                           instant >= eu_change(year, 3) &&
                           instant < eu_change(year, 10);
    return is_summer ? SUMMER_S : WINTER_S;
}

static bool is_in_range(rn_zone zone, int64_t days)
{
    const int64_t first = zone == RN_ZONE_OSLO ? OSLO_FIRST_YEAR : FIRST_YEAR;
    return days >= rn_days_from_civil(first, 1, 1) &&
           days <= rn_days_from_civil(LAST_YEAR, 12, 31);
}

rn_civil_status rn_zone_instant(rn_zone zone, int64_t days, int32_t second,
                                int64_t *instant)
{
    if (second < 0 || second >= DAY_S) {
        return RN_CIVIL_NO_TIME;
    }
    if (!is_in_range(zone, days)) {
        return RN_CIVIL_RANGE;
    }
    const int64_t shown = days * DAY_S + second;
    if (zone == RN_ZONE_UTC) {
        *instant = shown;
        return RN_CIVIL_OK;
    }
    /* Both offsets are tried on: an hour that fits neither is skipped in
     * spring, one that fits both comes twice in autumn, summer time first. */
    const int64_t summer = shown - SUMMER_S;
    const int64_t winter = shown - WINTER_S;
    const bool fits_summer = rn_zone_offset(zone, summer) == SUMMER_S;
    const bool fits_winter = rn_zone_offset(zone, winter) == WINTER_S;
    if (!fits_summer && !fits_winter) {
        return RN_CIVIL_SKIPPED;
    }
    *instant = fits_summer ? summer : winter;
    return fits_summer && fits_winter ? RN_CIVIL_TWICE : RN_CIVIL_OK;
}

void rn_zone_local(rn_zone zone, int64_t instant, int64_t *days,
                   int32_t *second)
{
    const int64_t shown = instant + rn_zone_offset(zone, instant);
    *days = floor_div(shown, DAY_S);
    *second = (int32_t)(shown - *days * DAY_S);
}

int64_t rn_day_start(rn_zone zone, int64_t days)
{
    /* Clocks change at 01:00 UTC, never within an hour of a midnight, so the
     * offset an hour before winter's midnight is that of the midnight. */
    const int64_t midnight = days * DAY_S;
    return midnight - rn_zone_offset(zone, midnight - HOUR_S);
}

int32_t rn_day_length(rn_zone zone, int64_t days)
{
    return (int32_t)(rn_day_start(zone, days + 1) - rn_day_start(zone, days));
}

/* -------------------------------------------------------------- reading */

/* `n` digits; false leaves the cursor where it was. */
static bool take_digits(const char **at, int32_t n, int32_t *value)
{
    int32_t v = 0;
    for (int32_t i = 0; i < n; i++) {
        const char c = (*at)[i];
        if (c < '0' || c > '9') {
            return false;
        }
        v = v * 10 + (c - '0');
    }
    *at += n;
    *value = v;
    return true;
}

static bool take(const char **at, char c)
{
    if (**at != c) {
        return false;
    }
    ++*at;
    return true;
}

static rn_civil_status take_date(const char **at, int64_t *days)
{
    int32_t year;
    int32_t month;
    int32_t day;
    if (!take_digits(at, 4, &year) || !take(at, '-') ||
        !take_digits(at, 2, &month) || !take(at, '-') ||
        !take_digits(at, 2, &day)) {
        return RN_CIVIL_SYNTAX;
    }
    if (year < FIRST_YEAR || day < 1 || day > rn_days_of_month(year, month)) {
        return RN_CIVIL_NO_DATE;
    }
    *days = rn_days_from_civil(year, month, day);
    return RN_CIVIL_OK;
}

/* "hh:mm" or "hh:mm:ss"; `has_seconds` says which. */
static rn_civil_status take_time(const char **at, int32_t *second,
                                 bool *has_seconds)
{
    int32_t hours;
    int32_t minutes;
    int32_t seconds = 0;
    if (!take_digits(at, 2, &hours) || !take(at, ':') ||
        !take_digits(at, 2, &minutes)) {
        return RN_CIVIL_SYNTAX;
    }
    *has_seconds = take(at, ':');
    if (*has_seconds && !take_digits(at, 2, &seconds)) {
        return RN_CIVIL_SYNTAX;
    }
    if (hours > 23 || minutes > 59 || seconds > 59) {
        return RN_CIVIL_NO_TIME;
    }
    *second = hours * HOUR_S + minutes * 60 + seconds;
    return RN_CIVIL_OK;
}

/* ".250" as 250; nothing there as 0. */
static rn_civil_status take_fraction(const char **at, int32_t *ms)
{
    *ms = 0;
    if (!take(at, '.')) {
        return RN_CIVIL_OK;
    }
    int32_t digit;
    int32_t n = 0;
    bool is_fine = false;
    while (take_digits(at, 1, &digit)) {
        if (n < 3) {
            *ms = *ms * 10 + digit;
            n++;
        } else {
            is_fine = is_fine || digit != 0;
        }
    }
    if (n == 0) {
        return RN_CIVIL_SYNTAX;
    }
    for (; n < 3; n++) {
        *ms *= 10;
    }
    return is_fine ? RN_CIVIL_FRACTION : RN_CIVIL_OK;
}

/* "Z", "+hh:mm" or "-hh:mm". */
static rn_civil_status take_offset(const char **at, int32_t *offset)
{
    if (take(at, 'Z')) {
        *offset = 0;
        return RN_CIVIL_OK;
    }
    const bool is_west = **at == '-';
    if (!take(at, '-') && !take(at, '+')) {
        return RN_CIVIL_SYNTAX;
    }
    int32_t hours;
    int32_t minutes;
    if (!take_digits(at, 2, &hours) || !take(at, ':') ||
        !take_digits(at, 2, &minutes)) {
        return RN_CIVIL_SYNTAX;
    }
    if (hours > 23 || minutes > 59) {
        return RN_CIVIL_NO_TIME;
    }
    *offset = (hours * HOUR_S + minutes * 60) * (is_west ? -1 : 1);
    return RN_CIVIL_OK;
}

rn_civil_status rn_date_parse(const char *text, int64_t *days)
{
    int64_t d = 0;
    const rn_civil_status status = take_date(&text, &d);
    if (status != RN_CIVIL_OK) {
        return status;
    }
    if (*text != '\0') {
        return RN_CIVIL_SYNTAX;
    }
    *days = d;
    return RN_CIVIL_OK;
}

/* Date, time and fraction of a whole text; the cursor stands at the offset. */
static rn_civil_status take_date_time(const char **at, int64_t *days,
                                      int32_t *second, int32_t *ms)
{
    bool has_seconds = false;
    rn_civil_status status = take_date(at, days);
    if (status != RN_CIVIL_OK) {
        return status;
    }
    if (!take(at, 'T')) {
        return RN_CIVIL_SYNTAX;
    }
    status = take_time(at, second, &has_seconds);
    if (status != RN_CIVIL_OK) {
        return status;
    }
    if (**at == '.' && !has_seconds) {
        return RN_CIVIL_SYNTAX;
    }
    return take_fraction(at, ms);
}

rn_civil_status rn_instant_parse_ms(const char *text, rn_zone zone, int64_t *ms)
{
    int64_t days = 0;
    int32_t second = 0;
    int32_t fraction = 0;
    int64_t instant = 0;
    rn_civil_status status = take_date_time(&text, &days, &second, &fraction);
    if (status != RN_CIVIL_OK) {
        return status;
    }
    if (*text == '\0') {
        status = rn_zone_instant(zone, days, second, &instant);
        if (!rn_civil_is_good(status)) {
            return status;
        }
    } else {
        int32_t offset = 0;
        status = take_offset(&text, &offset);
        if (status != RN_CIVIL_OK) {
            return status;
        }
        if (*text != '\0') {
            return RN_CIVIL_SYNTAX;
        }
        instant = days * DAY_S + second - offset;
        if (!is_in_range(RN_ZONE_UTC, floor_div(instant, DAY_S))) {
            return RN_CIVIL_RANGE;
        }
    }
    *ms = instant * 1000 + fraction;
    return status;
}

bool rn_instant_is_local(const char *text)
{
    const char *const time = strchr(text, 'T');
    return time != NULL && strpbrk(time, "Z+-") == NULL;
}

rn_civil_status rn_clock_parse(const char *text, rn_clock *clock)
{
    rn_clock c = {0, 0};
    bool has_seconds = false;
    const rn_civil_status status = take_time(&text, &c.second, &has_seconds);
    if (status != RN_CIVIL_OK) {
        return status;
    }
    if (take(&text, '+')) {
        int32_t digit;
        int32_t n = 0;
        while (n < 3 && take_digits(&text, 1, &digit)) {
            c.day = c.day * 10 + digit;
            n++;
        }
        if (n == 0) {
            return RN_CIVIL_SYNTAX;
        }
    }
    if (*text != '\0') {
        return RN_CIVIL_SYNTAX;
    }
    *clock = c;
    return RN_CIVIL_OK;
}

rn_civil_status rn_clock_instant(rn_clock clock, int64_t days, rn_zone zone,
                                 int64_t *instant)
{
    return rn_zone_instant(zone, days + clock.day, clock.second, instant);
}

/* A duration under way. */
typedef struct parts {
    int64_t ms;   /* stays right up to RN_DURATION_MAX_MS, then only above */
    int32_t n;    /* how many parts were found */
    bool is_fine; /* a fraction beyond milliseconds was seen */
} parts;

/* Takes "<number><name>" if that stands here; `may_have_fraction` allows
 * "<number>.<fraction><name>". */
static void take_part(const char **at, char name, int64_t unit_ms,
                      bool may_have_fraction, parts *sum)
{
    const char *cursor = *at;
    int64_t number = 0;
    int32_t digit;
    int32_t fraction = 0;
    while (take_digits(&cursor, 1, &digit)) {
        if (number <= RN_DURATION_MAX_MS) {
            number = number * 10 + digit;
        }
    }
    if (cursor == *at) {
        return;
    }
    rn_civil_status status = RN_CIVIL_OK;
    if (may_have_fraction) {
        status = take_fraction(&cursor, &fraction);
    }
    if (status == RN_CIVIL_SYNTAX || !take(&cursor, name)) {
        return;
    }
    *at = cursor;
    sum->n++;
    sum->is_fine = sum->is_fine || status == RN_CIVIL_FRACTION;
    if (sum->ms > RN_DURATION_MAX_MS ||
        number > (RN_DURATION_MAX_MS - sum->ms) / unit_ms) {
        sum->ms = RN_DURATION_MAX_MS + 1;
    } else {
        sum->ms += number * unit_ms + fraction;
    }
}

rn_civil_status rn_duration_parse_ms(const char *text, int64_t *ms)
{
    parts sum = {0, 0, false};
    const bool is_negative = take(&text, '-');
    if (!take(&text, 'P')) {
        return RN_CIVIL_SYNTAX;
    }
    take_part(&text, 'D', INT64_C(86400000), false, &sum);
    if (take(&text, 'T')) {
        const int32_t days = sum.n;
        take_part(&text, 'H', INT64_C(3600000), false, &sum);
        take_part(&text, 'M', INT64_C(60000), false, &sum);
        take_part(&text, 'S', INT64_C(1000), true, &sum);
        if (sum.n == days) {
            return RN_CIVIL_SYNTAX;
        }
    }
    if (sum.n == 0 || *text != '\0') {
        return RN_CIVIL_SYNTAX;
    }
    if (sum.is_fine) {
        return RN_CIVIL_FRACTION;
    }
    if (sum.ms > RN_DURATION_MAX_MS) {
        return RN_CIVIL_RANGE;
    }
    *ms = is_negative ? -sum.ms : sum.ms;
    return RN_CIVIL_OK;
}

/* ------------------------------------------------------------- printing */

/* At least `width` digits, zeros in front. Digits are ASCII in no locale but
 * ours, which is why nothing of stdio is used. */
static char *put_digits(char *at, uint64_t value, int32_t width)
{
    char digits[20];
    int32_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    for (; width > n; width--) {
        *at++ = '0';
    }
    while (n > 0) {
        *at++ = digits[--n];
    }
    return at;
}

static char *put_ms(char *at, int32_t ms)
{
    if (ms == 0) {
        return at;
    }
    *at++ = '.';
    char *end = put_digits(at, (uint64_t)ms, 3);
    while (end[-1] == '0') {
        end--;
    }
    return end;
}

static char *put_date(char *at, int64_t days)
{
    int64_t year;
    int32_t month;
    int32_t day;
    rn_civil_from_days(days, &year, &month, &day);
    at = put_digits(at, (uint64_t)year, 4);
    *at++ = '-';
    at = put_digits(at, (uint64_t)month, 2);
    *at++ = '-';
    return put_digits(at, (uint64_t)day, 2);
}

static char *put_clock(char *at, int32_t second, bool with_seconds)
{
    at = put_digits(at, (uint64_t)(second / HOUR_S), 2);
    *at++ = ':';
    at = put_digits(at, (uint64_t)(second / 60 % 60), 2);
    if (with_seconds) {
        *at++ = ':';
        at = put_digits(at, (uint64_t)(second % 60), 2);
    }
    return at;
}

void rn_date_print(char text[RN_INSTANT_TEXT], int64_t days)
{
    text[0] = '\0';
    if (is_in_range(RN_ZONE_UTC, days)) {
        *put_date(text, days) = '\0';
    }
}

void rn_instant_print_ms(char text[RN_INSTANT_TEXT], int64_t ms, rn_zone zone)
{
    const int64_t instant = floor_div(ms, 1000);
    int64_t days;
    int32_t second;
    rn_zone_local(zone, instant, &days, &second);
    text[0] = '\0';
    /* The UTC year too, or the text could not be read back. */
    if (!is_in_range(RN_ZONE_UTC, days) ||
        !is_in_range(RN_ZONE_UTC, floor_div(instant, DAY_S))) {
        return;
    }
    char *at = put_date(text, days);
    *at++ = 'T';
    at = put_clock(at, second, true);
    at = put_ms(at, (int32_t)(ms - instant * 1000));
    if (zone == RN_ZONE_UTC) {
        *at++ = 'Z';
    } else {
        *at++ = '+';
        at = put_clock(at, rn_zone_offset(zone, instant), false);
    }
    *at = '\0';
}

void rn_duration_print_ms(char text[RN_DURATION_TEXT], int64_t ms)
{
    /* Unsigned, because -INT64_MIN is no int64. */
    const uint64_t all = ms < 0 ? 0 - (uint64_t)ms : (uint64_t)ms;
    const uint64_t hours = all / 3600000;
    const uint64_t minutes = all / 60000 % 60;
    const uint64_t seconds = all / 1000 % 60;
    const int32_t rest = (int32_t)(all % 1000);
    char *at = text;
    if (ms < 0) {
        *at++ = '-';
    }
    *at++ = 'P';
    *at++ = 'T';
    if (hours != 0) {
        at = put_digits(at, hours, 1);
        *at++ = 'H';
    }
    if (minutes != 0) {
        at = put_digits(at, minutes, 1);
        *at++ = 'M';
    }
    if (seconds != 0 || rest != 0 || all == 0) {
        at = put_digits(at, seconds, 1);
        at = put_ms(at, rest);
        *at++ = 'S';
    }
    *at = '\0';
}

/* --------------------------------------------------------------- status */

bool rn_civil_is_good(rn_civil_status status)
{
    return status == RN_CIVIL_OK || status == RN_CIVIL_TWICE;
}

const char *rn_civil_explain(rn_civil_status status)
{
    switch (status) {
    case RN_CIVIL_OK:
        return "is right";
    case RN_CIVIL_TWICE:
        return "comes twice in the night when summer time ends; the first is "
               "taken, write the offset to choose";
    case RN_CIVIL_SYNTAX:
        return "is not written as it should be";
    case RN_CIVIL_NO_DATE:
        return "names a day that does not exist";
    case RN_CIVIL_NO_TIME:
        return "names a time that does not exist; the clock goes from 00:00 "
               "to 23:59:59";
    case RN_CIVIL_FRACTION:
        return "is finer than a millisecond";
    case RN_CIVIL_SKIPPED:
        return "is skipped by the clock in the night when summer time begins";
    case RN_CIVIL_RANGE:
        return "is outside the range of times that can be planned";
    }
    return "is not a time";
}
