/* SPDX-License-Identifier: MIT */
/** @file civil.h
 *  Civil time: dates, the clock on the wall and the instants behind them.
 *
 *  An instant is seconds since 1970-01-01T00:00:00Z without leap seconds; a
 *  day is a number of days since 1970-01-01. The calendar is the Gregorian
 *  one. The zone rule is compiled in: the machine's time zones, TZ and locale
 *  play no part. Source: EU directive 2000/84/EC (summer time from the last
 *  Sunday of March to the last Sunday of October, 01:00 UTC); for Norway since
 *  1996. */
#ifndef RN_MODEL_CIVIL_H
#define RN_MODEL_CIVIL_H

#include <runde/types.h>

typedef enum rn_zone {
    RN_ZONE_UTC = 0,
    RN_ZONE_OSLO /**< Central European time by the EU rule, from 1996 on */
} rn_zone;

/** The zone of a name, exactly as written here; false for any other.
 *
 *  "UTC"; "Europe/Oslo" and, with the same clock since 1996,
 *  "Arctic/Longyearbyen", "Europe/Berlin", "Europe/Copenhagen" and
 *  "Europe/Stockholm". */
bool rn_zone_find(rn_zone *out, const char *name);

/** What came of reading or making a time. */
typedef enum rn_civil_status {
    RN_CIVIL_OK = 0,
    RN_CIVIL_TWICE,    /**< good with a warning: the clock shows it twice, the
                            first is taken */
    RN_CIVIL_SYNTAX,   /**< not written like this */
    RN_CIVIL_NO_DATE,  /**< no such day, 2026-02-30 */
    RN_CIVIL_NO_TIME,  /**< no such time, 24:00 or 07:60 */
    RN_CIVIL_FRACTION, /**< finer than a millisecond */
    RN_CIVIL_SKIPPED,  /**< the clock skips it in the night to summer time */
    RN_CIVIL_RANGE     /**< before the zone's first year, after 9999, or a
                            duration beyond +-RN_DURATION_MAX_MS */
} rn_civil_status;

/** Whether there is a result: RN_CIVIL_OK or RN_CIVIL_TWICE. */
bool rn_civil_is_good(rn_civil_status status);
/** The rest of the sentence `"2026-02-30T08:00" ...`: "names a day that does
 *  not exist". Never NULL. */
const char *rn_civil_explain(rn_civil_status status);

/* ------------------------------------------------------------- calendar */

/** Days since 1970-01-01 of a date, which must exist. Any year. O(1). */
int64_t rn_days_from_civil(int64_t year, int32_t month, int32_t day);
/** The date of a day. The three are 1-based as people count. O(1). */
void rn_civil_from_days(int64_t days, int64_t *year, int32_t *month,
                        int32_t *day);
/** 0 for Monday to 6 for Sunday. */
int32_t rn_weekday(int64_t days);
/** Days of a month, 28 to 31; 0 when there is no such month. */
int32_t rn_days_of_month(int64_t year, int32_t month);

/* ---------------------------------------------------------------- zones */

/** Seconds the zone's clock is ahead of UTC at an instant. */
int32_t rn_zone_offset(rn_zone zone, int64_t instant);
/** The instant at which the clock shows `second` (0 to 86,399) of a day.
 *
 *  @param instant  out: unchanged without a result
 *  @return RN_CIVIL_OK, _TWICE, _SKIPPED, _NO_TIME or _RANGE */
rn_civil_status rn_zone_instant(rn_zone zone, int64_t days, int32_t second,
                                int64_t *instant);
/** The day an instant falls on, and the second that the clock shows. */
void rn_zone_local(rn_zone zone, int64_t instant, int64_t *days,
                   int32_t *second);
/** The instant a local day begins. The zone's range holds: years from 1996
 *  in Oslo, else standard time is taken. */
int64_t rn_day_start(rn_zone zone, int64_t days);
/** How long a local day lasts: 82,800, 86,400 or 90,000 s. */
int32_t rn_day_length(rn_zone zone, int64_t days);

/* ------------------------------------------------------- texts and back */

/** A date, "2026-03-29". Years 0001 to 9999. */
rn_civil_status rn_date_parse(const char *text, int64_t *days);

/** A time as files have it: RFC 3339 with offset ("2026-03-29T02:30:00+01:00",
 *  "...Z"), which no zone changes, or local time in the zone with or without
 *  seconds ("2026-03-29T02:30"). Seconds may have a fraction.
 *
 *  @param ms  out: milliseconds since 1970-01-01T00:00:00Z */
rn_civil_status rn_instant_parse_ms(const char *text, rn_zone zone,
                                    int64_t *ms);
/** Whether a text that rn_instant_parse_ms reads needs the zone: it states no
 *  offset. */
bool rn_instant_is_local(const char *text);

/** Room for rn_instant_print_ms and rn_date_print, NUL included. */
#define RN_INSTANT_TEXT 32
/** RFC 3339 with the zone's offset, "2026-03-29T03:00:00+02:00"; UTC as "Z";
 *  with ".5" when it is not a whole second. Years 0001 to 9999, else the
 *  empty string. */
void rn_instant_print_ms(char text[RN_INSTANT_TEXT], int64_t ms, rn_zone zone);
/** "2026-03-29". Years 0001 to 9999, else the empty string. */
void rn_date_print(char text[RN_INSTANT_TEXT], int64_t days);

/** The clock on the wall, on a day or some days after it. */
typedef struct rn_clock {
    int32_t second; /**< 0 to 86,399 */
    int32_t day;    /**< 0 that day, 1 the next, up to 999 */
} rn_clock;

/** A clock time, "07:30", "07:30:15", "07:00+1" for the next day. */
rn_civil_status rn_clock_parse(const char *text, rn_clock *clock);
/** When the clock shows this, counted from a local day. */
rn_civil_status rn_clock_instant(rn_clock clock, int64_t days, rn_zone zone,
                                 int64_t *instant);

/** Longest duration in a text, either way: a thousand years. */
#define RN_DURATION_MAX_MS INT64_C(31556952000000)
/** A duration, "PT15M", "P1DT2H", "PT1H30M15S", "PT1.5S", "-PT5M": days (of
 *  86,400 s), hours, minutes and seconds in this order, at least one of them;
 *  only seconds may have a fraction. */
rn_civil_status rn_duration_parse_ms(const char *text, int64_t *ms);
/** Room for rn_duration_print_ms, NUL included. */
#define RN_DURATION_TEXT 40
/** "PT1H30M", "PT26H", "PT1.5S"; "PT0S" for none. Any number. */
void rn_duration_print_ms(char text[RN_DURATION_TEXT], int64_t ms);

#endif
