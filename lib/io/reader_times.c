/* SPDX-License-Identifier: MIT */
#include "io/reader.h"

#include <string.h>

#define DAY_SECONDS 86400
/* The latest time that the model takes. */
#define TIME_MAX ((INT32_C(1) << 30) - 1)

/* Only what looks like a time is repeated in messages: a text of another kind
 * may be somebody's name. */
typedef struct quoted {
    char text[48];
} quoted;

static quoted quote(const char *text)
{
    quoted q = {"this text"};
    const size_t length = strlen(text);
    if (length <= sizeof q.text - 3 &&
        strspn(text, "0123456789:+-.TtZzPHMSD ") == length) {
        q.text[0] = '"';
        memcpy(q.text + 1, text, length);
        memcpy(q.text + 1 + length, "\"", 2);
    }
    return q;
}

/* How things are written, for who has written them otherwise. */
#define AS_DATE "expected 2026-04-13"
#define AS_INSTANT "expected 2026-04-13T07:30"
#define AS_CLOCK "expected 07:30, or 07:30+1 on the next day"
#define AS_TIME "expected 07:30 or 2026-04-13T07:30"
#define AS_SPAN "expected seconds or PT20M"

/* Tells what is wrong with a time; true when it can be used all the same.
 * `as` says how it should have been written. */
static bool judge(rn_reader *r, const rn_node *node, const char *as,
                  rn_civil_status status)
{
    const quoted q = quote(rn_node_string(node));
    if (status == RN_CIVIL_TWICE) {
        rn_warn_at(r, node, "RUNDE-W650", "%s %s", q.text,
                   rn_civil_explain(status));
    } else if (status == RN_CIVIL_SYNTAX) {
        rn_fault_at(r, node, "RUNDE-E607", "%s %s; %s", q.text,
                    rn_civil_explain(status), as);
    } else if (status != RN_CIVIL_OK) {
        rn_fault_at(r, node,
                    status == RN_CIVIL_SKIPPED ? "RUNDE-E608" : "RUNDE-E607",
                    "%s %s", q.text, rn_civil_explain(status));
    }
    return rn_civil_is_good(status);
}

/* Milliseconds since the origin, or of a duration, in ticks. */
static bool to_ticks(rn_reader *r, const rn_node *node, int64_t ms,
                     int64_t *ticks)
{
    if (ms % r->tick_ms != 0) {
        rn_fault_at(r, node, "RUNDE-E610",
                    "%lld ms is not a whole number of ticks of %d ms",
                    (long long)ms, (int)r->tick_ms);
        return false;
    }
    *ticks = ms / r->tick_ms;
    return true;
}

static void store(rn_reader *r, const rn_node *node, int64_t ticks,
                  int32_t *value)
{
    if (ticks <= INT32_MIN || ticks > INT32_MAX) {
        rn_fault_at(r, node, "RUNDE-E606",
                    "%lld ticks of %d ms is beyond the limit of %d",
                    (long long)ticks, (int)r->tick_ms, INT32_MAX);
        return;
    }
    *value = (int32_t)ticks;
}

static bool needs(rn_reader *r, const rn_node *node, bool is_there,
                  const char *what)
{
    if (!is_there) {
        rn_fault_at(r, node, "RUNDE-E609", "%s needs %s",
                    quote(rn_node_string(node)).text, what);
    }
    return is_there;
}

static bool needs_origin(rn_reader *r, const rn_node *node)
{
    return needs(r, node, r->has_origin,
                 "\"start\" in the settings' \"horizon\"; without it times "
                 "are numbers of ticks");
}

static bool needs_zone(rn_reader *r, const rn_node *node)
{
    return needs(r, node, r->has_zone,
                 "an offset, as in \"+01:00\", or \"time_zone\" in the "
                 "settings");
}

static bool is_clock(const char *text)
{
    return strlen(text) > 2 && text[2] == ':';
}

static bool is_date(const char *text)
{
    return strlen(text) == strlen("2026-03-23") && text[4] == '-' &&
           text[7] == '-';
}

static bool has_clock(const rn_reader *r)
{
    return r->has_day || r->has_first_day;
}

/* The three forms of a time in words, in milliseconds from tick 0; false after
 * a finding. */
static bool clock_ms(rn_reader *r, const rn_node *node, int64_t *ms)
{
    rn_clock clock;
    const int64_t day = r->has_day ? r->day : r->first_day;
    const char *const text = rn_node_string(node);
    if (!judge(r, node, AS_CLOCK, rn_clock_parse(text, &clock))) {
        return false;
    }
    if (!r->has_origin) {
        *ms = ((day + clock.day) * DAY_SECONDS + clock.second) * INT64_C(1000);
        return true;
    }
    int64_t instant;
    if (!needs_zone(r, node) ||
        !judge(r, node, AS_CLOCK,
               rn_clock_instant(clock, day, r->zone, &instant))) {
        return false;
    }
    *ms = (instant - r->origin) * 1000;
    return true;
}

static bool date_ms(rn_reader *r, const rn_node *node, bool is_last,
                    int64_t *ms)
{
    int64_t days;
    if (!needs_origin(r, node) || !needs_zone(r, node) ||
        !judge(r, node, AS_DATE, rn_date_parse(rn_node_string(node), &days))) {
        return false;
    }
    *ms = (rn_day_start(r->zone, days + is_last) - r->origin) * 1000;
    return true;
}

static bool instant_ms(rn_reader *r, const rn_node *node, int64_t *ms)
{
    const char *const text = rn_node_string(node);
    int64_t instant;
    if (!needs_origin(r, node) ||
        (rn_instant_is_local(text) && !needs_zone(r, node)) ||
        !judge(r, node, has_clock(r) ? AS_TIME : AS_INSTANT,
               rn_instant_parse_ms(text, r->zone, &instant))) {
        return false;
    }
    *ms = instant - r->origin * 1000;
    return true;
}

/* A time in words; false after a finding. */
static bool text_ticks(rn_reader *r, const rn_node *node, rn_date_use dates,
                       int64_t *ticks)
{
    const char *const text = rn_node_string(node);
    int64_t ms = 0;
    if (dates != RN_DATE_NEVER && is_date(text)) {
        const bool is_last = dates != RN_DATE_FIRST;
        if (!date_ms(r, node, is_last, &ms) || !to_ticks(r, node, ms, ticks)) {
            return false;
        }
        *ticks -= is_last;
        return true;
    }
    bool is_read;
    if (is_clock(text)) {
        is_read = needs(r, node, has_clock(r),
                        "a date: clock times stand only in records with "
                        "\"day\" or \"days\"") &&
                  clock_ms(r, node, &ms);
    } else {
        is_read = instant_ms(r, node, &ms);
    }
    return is_read && to_ticks(r, node, ms, ticks);
}

void rn_read_time(rn_reader *r, const rn_node *node, rn_date_use dates,
                  int32_t *ticks)
{
    if (node == NULL) {
        return;
    }
    if (rn_node_string(node) == NULL) {
        if (rn_node_kind(node) != RN_KIND_NUMBER) {
            rn_fault_at(r, node, "RUNDE-E602",
                        "a time, which is a string or a number of ticks, is "
                        "expected here, not %s",
                        rn_kind_name(rn_node_kind(node)));
            return;
        }
        rn_read_int(r, node, INT32_MIN + 1, INT32_MAX, ticks);
        return;
    }
    int64_t value = 0;
    if (r->is_blind || !text_ticks(r, node, dates, &value)) {
        return;
    }
    if (dates == RN_DATE_EXPIRY && value > TIME_MAX) {
        value = TIME_MAX;
    }
    store(r, node, value, ticks);
}

void rn_read_clock(rn_reader *r, const rn_node *node, int32_t *ticks)
{
    if (node == NULL) {
        return;
    }
    const char *const text = rn_node_string(node);
    if (text == NULL || !is_clock(text)) {
        rn_fault_at(r, node, "RUNDE-E607",
                    "a clock time such as \"07:30\" is expected here, because "
                    "the visit has \"days\"");
        return;
    }
    rn_read_time(r, node, RN_DATE_NEVER, ticks);
}

/* The local date on which the horizon starts. */
static int64_t first_day(const rn_reader *r)
{
    int64_t days;
    int32_t second;
    rn_zone_local(r->zone, r->origin, &days, &second);
    return days;
}

void rn_read_day(rn_reader *r, const rn_node *node, int64_t *day)
{
    if (node == NULL) {
        return;
    }
    const char *const text = rn_node_string(node);
    if (text == NULL) {
        int32_t number = 0;
        rn_read_int(r, node, 0, INT32_MAX, &number);
        *day = number + (r->has_origin ? first_day(r) : 0);
    } else if (!r->is_blind && needs_origin(r, node)) {
        (void)judge(r, node, AS_DATE, rn_date_parse(text, day));
    }
}

static bool read_span(rn_reader *r, const rn_node *node, int64_t *ms)
{
    const char *const text = rn_node_string(node);
    const int64_t most = RN_DURATION_MAX_MS / 1000;
    int64_t seconds = 0;
    if (text != NULL) {
        return judge(r, node, AS_SPAN, rn_duration_parse_ms(text, ms));
    }
    switch (rn_node_int(node, -most, most, &seconds)) {
    case RN_READ_OK:
        *ms = seconds * 1000;
        return true;
    case RN_READ_KIND:
        rn_fault_at(r, node, "RUNDE-E602",
                    "a duration, which is a whole number of seconds or a "
                    "string such as \"PT15M\", is expected here, not %s",
                    rn_kind_name(rn_node_kind(node)));
        return false;
    case RN_READ_FRACTION:
        rn_fault_at(r, node, "RUNDE-E606",
                    "a duration that is a number must be whole seconds");
        return false;
    case RN_READ_RANGE:
        rn_fault_at(r, node, "RUNDE-E606",
                    "this duration is longer than a thousand years");
        return false;
    }
    return false;
}

void rn_read_gap(rn_reader *r, const rn_node *node, int32_t *ticks)
{
    int64_t ms = 0;
    int64_t value = 0;
    if (node != NULL && read_span(r, node, &ms) && !r->is_blind &&
        to_ticks(r, node, ms, &value)) {
        store(r, node, value, ticks);
    }
}

void rn_read_duration(rn_reader *r, const rn_node *node, int32_t *ticks)
{
    int32_t value = INT32_MIN;
    rn_read_gap(r, node, &value);
    if (value >= 0) {
        *ticks = value;
    } else if (value != INT32_MIN) {
        rn_fault_at(r, node, "RUNDE-E606", "a duration must not be negative");
    }
}

void rn_read_seconds(rn_reader *r, const rn_node *node, int32_t *seconds)
{
    int64_t ms = 0;
    if (node == NULL || !read_span(r, node, &ms)) {
        return;
    }
    if (ms < 0 || ms / 1000 > INT32_MAX || ms % 1000 != 0) {
        rn_fault_at(r, node, "RUNDE-E606",
                    "%lld ms is not a whole number of seconds from 0 to %d",
                    (long long)ms, INT32_MAX);
        return;
    }
    *seconds = (int32_t)(ms / 1000);
}

void rn_read_origin(rn_reader *r, const rn_node *node, int64_t *instant)
{
    const char *const text = rn_node_string(node);
    int64_t ms = 0;
    if (text == NULL) {
        rn_fault_at(r, node, "RUNDE-E602",
                    "a date or a time is expected here, not %s",
                    rn_kind_name(rn_node_kind(node)));
    } else if (is_date(text)) {
        int64_t days;
        if (needs_zone(r, node) &&
            judge(r, node, AS_DATE, rn_date_parse(text, &days))) {
            *instant = rn_day_start(r->zone, days);
        }
    } else if ((!rn_instant_is_local(text) || needs_zone(r, node)) &&
               judge(r, node, AS_DATE " or 2026-04-13T00:00",
                     rn_instant_parse_ms(text, r->zone, &ms))) {
        if (ms % 1000 != 0) {
            rn_fault_at(r, node, "RUNDE-E610",
                        "the start must be a whole second");
        }
        *instant = ms / 1000;
    }
}
