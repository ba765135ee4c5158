/* SPDX-License-Identifier: MIT */
#include "wall_clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DAY_S INT64_C(86400)
#define HOUR_S INT64_C(3600)

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/* Days since 1970-01-01 of a date of the Gregorian calendar. Years begin in
 * March here, so that the leap day is the last one. */
static int64_t days_from_date(int64_t year, int month, int day)
{
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = floor_div(y, 400);
    const int64_t of_era = y - era * 400;
    const int64_t of_year =
        (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

static void date_from_days(civil_time *out, int64_t days)
{
    const int64_t z = days + 719468;
    const int64_t era = floor_div(z, 146097);
    const int64_t of_era = z - era * 146097;
    const int64_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year =
        of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t m = (5 * of_year + 2) / 153;
    out->month_day = (int)(of_year - (153 * m + 2) / 5 + 1);
    out->month = (int)(m < 10 ? m + 3 : m - 9);
    out->year = (int)(year_of_era + era * 400 + (out->month <= 2 ? 1 : 0));
    out->weekday = (int)(days + 3 - floor_div(days + 3, 7) * 7);
}

/* 01:00 UTC on the last Sunday of a month with 31 days. */
static int64_t change_of_clocks(int year, int month)
{
    const int64_t last = days_from_date(year, month, 31);
    const int64_t weekday = last + 3 - floor_div(last + 3, 7) * 7;
    const int64_t sunday = weekday == 6 ? last : last - weekday - 1;
    return sunday * DAY_S + HOUR_S;
}

static int64_t oslo_offset(int64_t utc)
{
    civil_time date = {0};
    date_from_days(&date, floor_div(utc, DAY_S));
    const bool summer = utc >= change_of_clocks(date.year, 3) &&
                        utc < change_of_clocks(date.year, 10);
    return summer ? 2 * HOUR_S : HOUR_S;
}

/* Seconds to add to UTC. Every zone that a problem may name has the clock of
 * Oslo, but for UTC itself; a file without a zone is shown in UTC, as its
 * plan is written. */
static int64_t offset(const runde_settings *settings, int64_t utc)
{
    const char *zone = settings->time_zone;
    return zone == NULL || strcmp(zone, "UTC") == 0 ? 0 : oslo_offset(utc);
}

static int64_t tick_ms(const runde_settings *settings)
{
    return settings->tick_ms > 0 ? settings->tick_ms : 1000;
}

void wall_clock_read(civil_time *out, const runde_settings *settings,
                     int32_t tick)
{
    memset(out, 0, sizeof *out);
    int64_t seconds = floor_div(tick * tick_ms(settings), 1000);
    if (settings->has_origin) {
        seconds += settings->origin;
        seconds += offset(settings, seconds);
    }
    out->day = floor_div(seconds, DAY_S);
    if (settings->has_origin) {
        date_from_days(out, out->day);
    }
    const int64_t rest = seconds - out->day * DAY_S;
    out->hour = (int)(rest / HOUR_S);
    out->minute = (int)(rest % HOUR_S / 60);
}

void wall_clock_time(char text[WALL_CLOCK_TEXT], const runde_settings *settings,
                     int32_t tick, int64_t today)
{
    civil_time time;
    wall_clock_read(&time, settings, tick);
    const int n =
        snprintf(text, WALL_CLOCK_TEXT, "%02d:%02d", time.hour, time.minute);
    if (time.day != today) {
        (void)snprintf(text + n, (size_t)(WALL_CLOCK_TEXT - n), "%+" PRId64,
                       time.day - today);
    }
}

/* The words of a date, by language. */
typedef struct date_words {
    const char *weekdays[7];
    const char *months[12];
    const char *behind_day;
    const char *day;
} date_words;

static const date_words dates[] = {
    [RUNDE_LANGUAGE_NB] = {{"man.", "tirs.", "ons.", "tors.", "fre.", "lør.",
                            "søn."},
                           {"jan.", "feb.", "mars", "april", "mai", "juni",
                            "juli", "aug.", "sep.", "okt.", "nov.", "des."},
                           ". ",
                           "dag"},
    [RUNDE_LANGUAGE_EN] = {{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
                           {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
                            "Aug", "Sep", "Oct", "Nov", "Dec"},
                           " ",
                           "day"},
};

void wall_clock_date(char text[WALL_CLOCK_TEXT], const civil_time *time,
                     runde_language language)
{
    const date_words *const words = &dates[language];
    if (time->month == 0) {
        (void)snprintf(text, WALL_CLOCK_TEXT, "%s %" PRId64, words->day,
                       time->day + 1);
    } else {
        (void)snprintf(text, WALL_CLOCK_TEXT, "%s %d%s%s %d",
                       words->weekdays[time->weekday], time->month_day,
                       words->behind_day, words->months[time->month - 1],
                       time->year);
    }
}

int64_t wall_clock_minutes(const runde_settings *settings, int64_t ticks)
{
    return floor_div(ticks * tick_ms(settings) + 30000, 60000);
}

int64_t wall_clock_minutes_up(const runde_settings *settings, int64_t ticks)
{
    return floor_div(ticks * tick_ms(settings) + 59999, 60000);
}
