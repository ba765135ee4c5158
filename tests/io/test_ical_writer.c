/* SPDX-License-Identifier: MIT */
/* Calendars, unfolded and taken apart by a parser of the test's own that
 * knows RFC 5545: line length, line breaks, nesting, required properties. */
#include "export_fixture.h"

enum { EVENTS = 8, TEXT = 400 };

typedef struct event {
    char uid[TEXT];
    char stamp[TEXT];
    char start[TEXT]; /* with what stands between name and value */
    char end[TEXT];
    char summary[TEXT]; /* unescaped */
    char description[TEXT];
    char location[TEXT];
} event;

typedef struct calendar {
    int n;
    event events[EVENTS];
    int zones;
    bool has_version;
    bool has_product;
    bool has_coordinates;
} calendar;

/* ------------------------------------------------------------------ parser */

/* The next line without its folds; NULL at the end. */
static const char *unfold(const char *at, char *line, size_t room)
{
    size_t n = 0;
    int octets = 0;
    while (*at != '\0') {
        if (strncmp(at, "\r\n ", 3) == 0) {
            /* A fold never parts the octets of a character. */
            CU_ASSERT_NOT_EQUAL((unsigned char)at[3] & 0xC0U, 0x80U);
            CU_ASSERT_TRUE(octets <= 75);
            octets = 1;
            at += 3;
            continue;
        }
        if (strncmp(at, "\r\n", 2) == 0) {
            CU_ASSERT_TRUE(octets <= 75);
            line[n] = '\0';
            return at + 2;
        }
        CU_ASSERT_TRUE((unsigned char)*at >= 0x20);
        CU_ASSERT_TRUE_FATAL(n + 1 < room);
        line[n++] = *at++;
        octets++;
    }
    CU_ASSERT_EQUAL(n, 0);
    return NULL;
}

/* The value of a property, what stands between name and value in front of it;
 * NULL when the line is another one. */
static const char *value_of(const char *line, const char *name)
{
    const size_t n = strlen(name);
    if (strncmp(line, name, n) != 0 || (line[n] != ':' && line[n] != ';')) {
        return NULL;
    }
    return line[n] == ':' ? line + n + 1 : line + n;
}

static void take(char out[TEXT], const char *line, const char *name)
{
    const char *const value = value_of(line, name);
    if (value != NULL) {
        CU_ASSERT_EQUAL(out[0], '\0'); /* once */
        (void)snprintf(out, TEXT, "%s", value);
    }
}

static void take_text(char out[TEXT], const char *line, const char *name)
{
    const char *value = value_of(line, name);
    size_t n = 0;
    for (; value != NULL && *value != '\0' && n + 1 < TEXT; value++) {
        CU_ASSERT_PTR_NULL(strchr(";,", *value));
        if (*value == '\\') {
            value++;
            CU_ASSERT_PTR_NOT_NULL(strchr("\\;,", *value));
        }
        out[n++] = *value;
        out[n] = '\0';
    }
}

static void take_property(calendar *c, const char *line)
{
    event *const e = &c->events[c->n];
    take(e->uid, line, "UID");
    take(e->stamp, line, "DTSTAMP");
    take(e->start, line, "DTSTART");
    take(e->end, line, "DTEND");
    take_text(e->summary, line, "SUMMARY");
    take_text(e->description, line, "DESCRIPTION");
    take_text(e->location, line, "LOCATION");
    c->has_coordinates = c->has_coordinates || value_of(line, "GEO") != NULL;
}

static void end_event(calendar *c)
{
    const event *const e = &c->events[c->n];
    CU_ASSERT_TRUE(e->uid[0] != '\0' && e->stamp[0] != '\0');
    CU_ASSERT_TRUE(e->start[0] != '\0' && e->end[0] != '\0');
    CU_ASSERT_EQUAL(e->stamp[strlen(e->stamp) - 1], 'Z');
    c->n++;
    CU_ASSERT_TRUE_FATAL(c->n < EVENTS);
}

/* The stack of components, one letter each. */
static void parse(calendar *c, const char *text)
{
    char line[2 * TEXT];
    char open[8] = "";
    size_t depth = 0;
    memset(c, 0, sizeof *c);
    while ((text = unfold(text, line, sizeof line)) != NULL) {
        const char *const begun = value_of(line, "BEGIN");
        const char *const ended = value_of(line, "END");
        CU_ASSERT_TRUE_FATAL(depth > 0 || begun != NULL);
        if (begun != NULL) {
            CU_ASSERT_TRUE_FATAL(depth < sizeof open);
            open[depth++] = begun[1];
            c->zones += strcmp(begun, "VTIMEZONE") == 0;
        } else if (ended != NULL) {
            CU_ASSERT_TRUE_FATAL(depth > 0);
            CU_ASSERT_EQUAL(open[--depth], ended[1]);
            if (strcmp(ended, "VEVENT") == 0) {
                end_event(c);
            }
        } else if (open[depth - 1] == 'E') {
            take_property(c, line);
        }
        c->has_version = c->has_version || strcmp(line, "VERSION:2.0") == 0;
        c->has_product = c->has_product || value_of(line, "PRODID") != NULL;
    }
    CU_ASSERT_EQUAL(depth, 0);
    CU_ASSERT_TRUE(c->has_version && c->has_product);
    CU_ASSERT_EQUAL(c->zones, 1);
    CU_ASSERT_FALSE(c->has_coordinates);
}

static void write_and_parse(calendar *c, const runde_problem *p,
                            const runde_plan *plan, int32_t carer)
{
    char *text = NULL;
    size_t length = 0;
    MUST(runde_plan_to_ical(&text, &length, p, plan, carer));
    CU_ASSERT_EQUAL(strlen(text), length);
    parse(c, text);
    runde_text_free(text);
}

/* ------------------------------------------------------------------- tests */

static void test_events(void)
{
    static calendar c;
    runde_problem *const p = export_problem("x", true);
    runde_plan *const plan = export_plan(p);
    write_and_parse(&c, p, plan, 0);
    CU_ASSERT_EQUAL_FATAL(c.n, 4);
    CU_ASSERT_STRING_EQUAL(c.events[0].summary, "x4");
    const event *const visit = &c.events[1];
    /* The day that summer time begins: two hours on the wall are one. */
    CU_ASSERT_STRING_EQUAL(visit->start, ";TZID=Europe/Oslo:20260329T013000");
    CU_ASSERT_STRING_EQUAL(visit->end, ";TZID=Europe/Oslo:20260329T033000");
    CU_ASSERT_STRING_EQUAL(visit->stamp, "20260328T230000Z");
    CU_ASSERT_STRING_EQUAL(visit->summary, "x5 (1 of 2)");
    CU_ASSERT_STRING_EQUAL(visit->description, "x0");
    CU_ASSERT_STRING_EQUAL(visit->location, "x1");
    CU_ASSERT_STRING_EQUAL(c.events[2].summary, "break");
    CU_ASSERT_STRING_EQUAL(c.events[2].location, "");
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) {
            CU_ASSERT_STRING_NOT_EQUAL(c.events[i].uid, c.events[j].uid);
        }
    }
    write_and_parse(&c, p, plan, 1);
    CU_ASSERT_EQUAL(c.n, 1);
    CU_ASSERT_STRING_EQUAL(c.events[0].summary, "x5 (2 of 2)");
    runde_plan_free(plan);
    runde_problem_free(p);
}

/* The same visit at another time and with another carer is the same event. */
static void test_uid(void)
{
    static calendar before;
    static calendar after;
    runde_problem *const p = export_problem("x", true);
    runde_plan *const plan = export_plan(p);
    runde_plan *other = NULL;
    runde_stop stop = export_stop(RUNDE_STOP_VISIT, 1, 2, 300, 6000, 0);
    const runde_route route = {
        .shift = 1, .begin = 5700, .end = 9900, .n_stops = 1, .stops = &stop};
    MUST(runde_plan_new(&other, p));
    MUST(runde_plan_add_route(other, &route));
    MUST(runde_plan_finish(other));
    write_and_parse(&before, p, plan, 0);
    write_and_parse(&after, p, other, 1);
    CU_ASSERT_STRING_EQUAL(before.events[3].uid, after.events[0].uid);
    CU_ASSERT_STRING_NOT_EQUAL(before.events[3].start, after.events[0].start);
    runde_plan_free(other);
    runde_plan_free(plan);
    runde_problem_free(p);
}

/* Of the hour that the clock shows twice the second is told in UTC. */
static void test_autumn(void)
{
    static calendar c;
    runde_problem *p = NULL;
    runde_settings settings = RUNDE_SETTINGS_INIT;
    settings.has_origin = true;
    settings.origin = INT64_C(1792879200); /* 2026-10-25T00:00:00+02:00 */
    settings.time_zone = "Europe/Oslo";
    MUST(runde_problem_new(&p, &settings, NULL));
    export_places(p, "x");
    export_staff(p, "x");
    MUST(runde_problem_seal(p, NULL));
    const runde_stop stops[] = {
        export_stop(RUNDE_STOP_BREAK, 0, 0, 0, 9000, 0),
        export_stop(RUNDE_STOP_BREAK, 0, 0, 0, 12600, 0)};
    const runde_route route = {.shift = 0, .n_stops = 2, .stops = stops};
    runde_plan *plan = NULL;
    MUST(runde_plan_new(&plan, p));
    MUST(runde_plan_add_route(plan, &route));
    MUST(runde_plan_finish(plan));
    write_and_parse(&c, p, plan, 0);
    CU_ASSERT_STRING_EQUAL(c.events[0].start,
                           ";TZID=Europe/Oslo:20261025T023000");
    CU_ASSERT_STRING_EQUAL(c.events[1].start, "20261025T013000Z");
    CU_ASSERT_STRING_EQUAL(c.events[1].end,
                           ";TZID=Europe/Oslo:20261025T030000");
    runde_plan_free(plan);
    runde_problem_free(p);
}

static void test_hostile(void)
{
    static calendar c;
    for (int i = 0; i < N_HOSTILE; i++) {
        const char *const id = export_hostile[i];
        runde_problem *const p = export_problem(id, true);
        runde_plan *const plan = export_plan(p);
        write_and_parse(&c, p, plan, 0);
        CU_ASSERT_EQUAL_FATAL(c.n, 4);
        if (strstr(id, "\xE2\x80\xA8") == NULL) {
            CU_ASSERT_STRING_EQUAL(c.events[3].summary, export_id(id, 6));
        }
        runde_plan_free(plan);
        runde_problem_free(p);
    }
}

/* Every length of id, in characters of two and four octets: folds fall at
 * every place within them. */
static void test_folding(void)
{
    static calendar c;
    static const char *const letters[] = {"\xC3\xA5", "\xF0\x9F\x9A\x97", ",",
                                          "x"};
    for (int length = 1; length < 60; length++) {
        for (int k = 0; k < 4; k++) {
            char id[260] = "";
            for (int i = 0; i < length; i++) {
                (void)strncat(id, letters[k], sizeof id - strlen(id) - 1);
            }
            runde_problem *const p = export_problem(id, true);
            runde_plan *const plan = export_plan(p);
            write_and_parse(&c, p, plan, 0);
            CU_ASSERT_STRING_EQUAL(c.events[3].summary, export_id(id, 6));
            runde_plan_free(plan);
            runde_problem_free(p);
        }
    }
}

static void test_without_zone(void)
{
    static calendar c;
    runde_problem *p = export_problem("x", false);
    runde_plan *plan = export_plan(p);
    char *text = NULL;
    CU_ASSERT_EQUAL(runde_plan_to_ical(&text, NULL, p, plan, 0),
                    RUNDE_E_ARGUMENT);
    runde_plan_free(plan);
    runde_problem_free(p);
    runde_settings settings = RUNDE_SETTINGS_INIT;
    settings.has_origin = true;
    settings.origin = SPRING;
    MUST(runde_problem_new(&p, &settings, NULL));
    export_places(p, "x");
    export_staff(p, "x");
    MUST(runde_problem_seal(p, NULL));
    MUST(runde_plan_new(&plan, p));
    MUST(runde_plan_finish(plan));
    write_and_parse(&c, p, plan, 0);
    CU_ASSERT_EQUAL(c.n, 0);
    CU_ASSERT_EQUAL(runde_plan_to_ical(&text, NULL, p, plan, 2),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_to_ical(&text, NULL, p, plan, RUNDE_NONE),
                    RUNDE_E_ARGUMENT);
    runde_plan_free(plan);
    runde_problem_free(p);
}

static runde_status write_first(char **text, size_t *length,
                                const runde_problem *problem,
                                const runde_plan *plan)
{
    return runde_plan_to_ical(text, length, problem, plan, 0);
}

static void test_arguments(void)
{
    export_check_arguments(write_first);
}

int main(void)
{
    RN_RUN("ical_writer", RN_TEST(test_events), RN_TEST(test_uid),
           RN_TEST(test_autumn), RN_TEST(test_hostile), RN_TEST(test_folding),
           RN_TEST(test_without_zone), RN_TEST(test_arguments));
}
