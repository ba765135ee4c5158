/* SPDX-License-Identifier: MIT */
/** @file wall_clock.h
 *  Ticks as people read time. */
#ifndef RUNDE_WALL_CLOCK_H
#define RUNDE_WALL_CLOCK_H

#include <runde/export.h>
#include <runde/problem.h>

/** Local civil time. */
typedef struct civil_time {
    int64_t day; /**< days since 1970-01-01; since the origin without one */
    int year;    /**< this and the next three: 0 without an origin */
    int month;
    int month_day;
    int weekday; /**< 0 is Monday */
    int hour;
    int minute;
} civil_time;

#define WALL_CLOCK_TEXT 40

/** The civil time of a tick, cut to the minute: in the problem's time zone,
 *  in UTC without one; without an origin counted from tick 0. */
void wall_clock_read(civil_time *out, const runde_settings *settings,
                     int32_t tick);

/** "08:05", and "08:05+1" on the day after `today`. */
void wall_clock_time(char text[WALL_CLOCK_TEXT], const runde_settings *settings,
                     int32_t tick, int64_t today);

/** "Mon 2 Mar 2026" or "man. 2. mars 2026"; "day 1" without an origin. */
void wall_clock_date(char text[WALL_CLOCK_TEXT], const civil_time *time,
                     runde_language language);

/** Whole minutes, rounded to the nearest. */
int64_t wall_clock_minutes(const runde_settings *settings, int64_t ticks);

/** The whole minutes that are enough for a span. */
int64_t wall_clock_minutes_up(const runde_settings *settings, int64_t ticks);

#endif
