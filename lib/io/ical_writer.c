/* SPDX-License-Identifier: MIT */
/* iCalendar as in RFC 5545. */
#include "io/export.h"
#include "io/token.h"

#include <runde/export.h>

#include <stdio.h>
#include <string.h>

/* Longest line in octets, its line break aside. */
#define MOST_OCTETS 75

typedef struct calendar {
    rn_writer w;
    const char *zone_name;
    size_t column; /* octets in the line at hand */
} calendar;

/* ------------------------------------------------------------------- lines */

/* Octets that stay together: a character, or an escaped one. */
static void put_unit(calendar *c, const char *octets, size_t n)
{
    if (c->column + n > MOST_OCTETS) {
        rn_text_puts(&c->w.text, "\r\n ");
        c->column = 1;
    }
    rn_text_raw(&c->w.text, octets, n);
    c->column += n;
}

/* ASCII as it is. */
static void put_ascii(calendar *c, const char *text)
{
    for (; *text != '\0'; text++) {
        put_unit(c, text, 1);
    }
}

/* The value type TEXT: escaped, and without what no line may hold. */
static void put_text(calendar *c, const char *text)
{
    const char *const end = text + strlen(text);
    while (text < end) {
        uint32_t code = 0;
        const size_t n = rn_utf8_decode(text, end, &code);
        if (n == 0 || rn_is_forbidden(code)) {
            put_unit(c, "\xEF\xBF\xBD", 3);
        } else if (code == '\\' || code == ';' || code == ',') {
            const char pair[2] = {'\\', (char)code};
            put_unit(c, pair, sizeof pair);
        } else {
            put_unit(c, text, n);
        }
        text += n == 0 ? 1 : n;
    }
}

static void end_line(calendar *c)
{
    rn_text_puts(&c->w.text, "\r\n");
    c->column = 0;
}

static void put_line(calendar *c, const char *line)
{
    put_ascii(c, line);
    end_line(c);
}

/* A property of the type TEXT; none for NULL. */
static void put_property(calendar *c, const char *name, const char *text)
{
    if (text != NULL) {
        put_ascii(c, name);
        put_ascii(c, ":");
        put_text(c, text);
        end_line(c);
    }
}

/* ------------------------------------------------------------------- times */

/* "20260329T013000" of a local day and second. */
static void put_clock(calendar *c, int64_t days, int32_t second)
{
    char text[64];
    int64_t year = 0;
    int32_t month = 0;
    int32_t day = 0;
    rn_civil_from_days(days, &year, &month, &day);
    (void)snprintf(text, sizeof text, "%04lld%02d%02dT%02d%02d%02d",
                   (long long)year, (int)month, (int)day, (int)(second / 3600),
                   (int)(second / 60 % 60), (int)(second % 60));
    put_ascii(c, text);
}

/* An instant in UTC, which no clock shows twice. */
static void put_utc(calendar *c, int64_t instant)
{
    int64_t days = 0;
    int32_t second = 0;
    rn_zone_local(RN_ZONE_UTC, instant, &days, &second);
    put_clock(c, days, second);
    put_ascii(c, "Z");
}

/* Local time in the zone; in UTC where a local time of that day would mean
 * another instant, the second of two in autumn. */
static void put_time(calendar *c, const char *name, int32_t ticks)
{
    const rn_local_time at = rn_export_local(&c->w, ticks);
    int64_t instant = 0;
    const rn_civil_status status =
        rn_zone_instant(c->w.zone, at.days, at.second, &instant);
    put_ascii(c, name);
    if (c->w.zone == RN_ZONE_UTC || !rn_civil_is_good(status) ||
        instant != at.instant) {
        put_ascii(c, ":");
        put_utc(c, at.instant);
    } else {
        put_ascii(c, ";TZID=");
        put_ascii(c, c->zone_name);
        put_ascii(c, ":");
        put_clock(c, at.days, at.second);
    }
    end_line(c);
}

/* The rule of model/civil.h in words that calendars know. */
static void put_zone(calendar *c)
{
    static const char *const central[] = {
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD"};
    static const char *const utc[] = {
        "BEGIN:STANDARD",     "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000",
        "TZNAME:UTC",         "END:STANDARD"};
    const bool is_utc = c->w.zone == RN_ZONE_UTC;
    const char *const *const lines = is_utc ? utc : central;
    const size_t n = is_utc ? sizeof utc / sizeof utc[0]
                            : sizeof central / sizeof central[0];
    put_line(c, "BEGIN:VTIMEZONE");
    put_property(c, "TZID", c->zone_name);
    for (size_t i = 0; i < n; i++) {
        put_line(c, lines[i]);
    }
    put_line(c, "END:VTIMEZONE");
}

/* ------------------------------------------------------------------ events */

/* FNV-1a, 64 bits, over a text and its NUL. */
static uint64_t mix_text(uint64_t hash, const char *text)
{
    do {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    } while (*text++ != '\0');
    return hash;
}

/* The same for the same thing in the same problem: what it is, its id, and
 * the day the problem begins, as tomorrow's visits often have today's ids. */
static void put_uid(calendar *c, const char *kind, const char *id,
                    int32_t number)
{
    const rn_local_time begin = rn_export_local(&c->w, 0);
    char text[96];
    uint64_t half[2] = {UINT64_C(14695981039346656037),
                        UINT64_C(1099511628211)};
    (void)snprintf(text, sizeof text, "%s %lld %d", kind, (long long)begin.days,
                   (int)number);
    for (int i = 0; i < 2; i++) {
        half[i] = mix_text(mix_text(half[i], text), id);
    }
    (void)snprintf(text, sizeof text, "%016llx%016llx@runde",
                   (unsigned long long)half[0], (unsigned long long)half[1]);
    put_property(c, "UID", text);
}

static void put_visit(calendar *c, const runde_stop *stop)
{
    const runde_visit *const visit =
        runde_problem_visit(c->w.problem, stop->item);
    put_uid(c, "visit", visit->id, stop->part);
    put_ascii(c, "SUMMARY:");
    put_text(c, visit->id);
    if (visit->crew > 1) {
        char text[48];
        (void)snprintf(text, sizeof text, " (%d of %d)", (int)stop->part + 1,
                       (int)visit->crew);
        put_text(c, text);
    }
    end_line(c);
    put_property(c, "DESCRIPTION",
                 runde_problem_client(c->w.problem, visit->client)->id);
}

static void put_item(calendar *c, const runde_shift *shift,
                     const runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        put_visit(c, stop);
        break;
    case RUNDE_STOP_ACTIVITY: {
        const char *const id = shift->activities[stop->item].id;
        put_uid(c, "activity", shift->id, stop->item);
        put_property(c, "SUMMARY", id[0] == '\0' ? "activity" : id);
        break;
    }
    case RUNDE_STOP_BREAK:
        put_uid(c, "break", shift->id, stop->item);
        put_property(c, "SUMMARY", "break");
        break;
    }
}

static void put_event(calendar *c, const runde_shift *shift,
                      const runde_stop *stop)
{
    const runde_place *const place =
        runde_problem_place(c->w.problem, stop->place);
    put_line(c, "BEGIN:VEVENT");
    put_ascii(c, "DTSTAMP:");
    put_utc(c, rn_export_local(&c->w, 0).instant);
    end_line(c);
    put_time(c, "DTSTART", stop->start);
    put_time(c, "DTEND", stop->departure);
    put_item(c, shift, stop);
    put_property(c, "LOCATION", place == NULL ? NULL : place->id);
    put_property(c, "CATEGORIES", rn_stop_word(stop->kind));
    put_line(c, "CLASS:CONFIDENTIAL");
    put_line(c, "END:VEVENT");
}

static void put_calendar(calendar *c, const runde_plan *plan, int32_t carer)
{
    put_line(c, "BEGIN:VCALENDAR");
    put_line(c, "VERSION:2.0");
    put_line(c, "PRODID:-//Runde//Runde//EN");
    put_line(c, "METHOD:PUBLISH");
    put_zone(c);
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        const runde_shift *const shift =
            runde_problem_shift(c->w.problem, route->shift);
        for (int32_t i = 0; shift->carer == carer && i < route->n_stops; i++) {
            put_event(c, shift, &route->stops[i]);
        }
    }
    put_line(c, "END:VCALENDAR");
}

runde_status runde_plan_to_ical(char **text, size_t *length,
                                const runde_problem *problem,
                                const runde_plan *plan, int32_t carer)
{
    const runde_status status = rn_export_start(text, problem, plan);
    if (status != RUNDE_OK) {
        return status;
    }
    const runde_settings *const settings = runde_problem_settings(problem);
    if (runde_problem_carer(problem, carer) == NULL || !settings->has_origin) {
        return RUNDE_E_ARGUMENT;
    }
    calendar c = {.column = 0};
    rn_writer_init(&c.w, problem);
    c.zone_name = c.w.zone == RN_ZONE_UTC ? "UTC" : settings->time_zone;
    put_calendar(&c, plan, carer);
    return rn_text_take(&c.w.text, text, length);
}
