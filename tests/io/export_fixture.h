/* SPDX-License-Identifier: MIT */
/* A small day with one of everything, under any ids, and a plan of it. */
#ifndef RN_EXPORT_FIXTURE_H
#define RN_EXPORT_FIXTURE_H

#include "harness.h"

#include <runde/runde.h>
#include <string.h>

#define MUST(call) CU_ASSERT_EQUAL_FATAL(call, RUNDE_OK)
#define HOUR 3600
/* 2026-03-29T00:00:00+01:00, the day that summer time begins. */
#define SPRING INT64_C(1774738800)
#define ID_ROOM 300

/* What ids may hold and other formats may not like. */
static const char *const export_hostile[] = {
    "plain",
    "=1+1",
    "+47 12345",
    "-2",
    "@SUM(A1)",
    "  =cmd",
    "'quoted",
    "\xEF\xBC\x9D"
    "full",
    "say \"hello\"",
    "a;b,c",
    "back\\slash\\n",
    "line\xE2\x80\xA8"
    "break",
    "BEGIN:VEVENT",
    "<script>alert(1)</script>",
    "../../x",
    "%s%n",
    "\xF0\x9F\x9A\x97\xF0\x9F\x9A\x97",
    "bl\xC3\xA5"
    "b\xC3\xA6r og \xC3\xB8l",
};
enum { N_HOSTILE = sizeof export_hostile / sizeof export_hostile[0] };

/* "ID0", "ID1"; valid until the next call with the same slot. */
static inline const char *export_id(const char *id, int slot)
{
    static char text[12][ID_ROOM];
    (void)snprintf(text[slot], ID_ROOM, "%s%d", id, slot);
    return text[slot];
}

static inline void export_places(runde_problem *p, const char *id)
{
    /* The last one has no coordinates, the one before is across the date
     * line. */
    static const double at[][2] = {
        {60.0, 179.5}, {60.5, 179.9}, {61.0, -179.7}};
    static const int32_t cells[16] = {0,   300, 300, 300, 300, 0,   300, 300,
                                      300, 300, 0,   300, 300, 300, 300, 0};
    for (int i = 0; i < 4; i++) {
        runde_place place = RUNDE_PLACE_INIT;
        place.id = export_id(id, i);
        place.has_coordinates = i < 3;
        place.lat = i < 3 ? at[i][0] : 0.0;
        place.lon = i < 3 ? at[i][1] : 0.0;
        MUST(runde_problem_add_place(p, &place, NULL));
    }
    const runde_matrix matrix = {sizeof matrix, 4, cells, cells};
    MUST(runde_problem_add_mode(p, "car", NULL));
    MUST(runde_problem_set_matrix(p, 0, &matrix));
}

static inline void export_staff(runde_problem *p, const char *id)
{
    static const runde_break lunch = {HOUR / 2, 4 * HOUR, 8 * HOUR,
                                      false,    false,    true};
    const runde_activity report = {export_id(id, 4), 0, HOUR / 4, HOUR,
                                   5 * HOUR};
    for (int i = 0; i < 2; i++) {
        runde_carer carer = RUNDE_CARER_INIT;
        runde_shift shift = RUNDE_SHIFT_INIT;
        carer.id = export_id(id, i);
        shift.id = export_id(id, 2 + i);
        shift.carer = i;
        shift.start = 0;
        shift.end = 8 * HOUR;
        shift.start_place = 0;
        shift.end_place = 0;
        shift.breaks = &lunch;
        shift.n_breaks = 1;
        shift.activities = &report;
        shift.n_activities = 1;
        MUST(runde_problem_add_carer(p, &carer, NULL));
        MUST(runde_problem_add_shift(p, &shift, NULL));
    }
}

static inline runde_problem *export_problem(const char *id, bool has_origin)
{
    runde_problem *p = NULL;
    runde_settings settings = RUNDE_SETTINGS_INIT;
    settings.has_origin = has_origin;
    settings.origin = has_origin ? SPRING : 0;
    settings.time_zone = has_origin ? "Europe/Oslo" : NULL;
    MUST(runde_problem_new(&p, &settings, NULL));
    export_places(p, id);
    export_staff(p, id);
    for (int i = 0; i < 3; i++) {
        runde_client client = RUNDE_CLIENT_INIT;
        runde_visit visit = RUNDE_VISIT_INIT;
        client.id = export_id(id, i);
        client.place = i + 1;
        visit.id = export_id(id, 5 + i);
        visit.client = i;
        visit.duration = HOUR;
        visit.crew = i == 0 ? 2 : 1;
        MUST(runde_problem_add_client(p, &client, NULL));
        MUST(runde_problem_add_visit(p, &visit, NULL));
    }
    MUST(runde_problem_seal(p, NULL));
    return p;
}

/* As many metres as ticks on the road. */
static inline runde_stop export_stop(runde_stop_kind kind, int32_t item,
                                     int32_t place, int32_t travel,
                                     int32_t arrival, int32_t waiting)
{
    static const int32_t lasts[] = {HOUR, HOUR / 4, HOUR / 2};
    const runde_stop stop = {.kind = kind,
                             .item = item,
                             .place = place,
                             .travel = travel,
                             .distance = travel,
                             .arrival = arrival,
                             .waiting = waiting,
                             .start = arrival + waiting,
                             .departure = arrival + waiting + lasts[kind]};
    return stop;
}

/* Both carers at the first visit, over the hour that the clock skips; the
 * first one goes on to the second visit. The third is left out. */
static inline runde_plan *export_plan(const runde_problem *p)
{
    const runde_stop first[] = {
        export_stop(RUNDE_STOP_ACTIVITY, 0, 0, 0, HOUR, 0),
        export_stop(RUNDE_STOP_VISIT, 0, 1, 300, 4800, 600),
        export_stop(RUNDE_STOP_BREAK, 0, RUNDE_NONE, 90, 9090, 5310),
        export_stop(RUNDE_STOP_VISIT, 1, 2, 210, 16410, 0),
    };
    runde_stop second = export_stop(RUNDE_STOP_VISIT, 0, 1, 300, 5400, 0);
    second.part = 1;
    const runde_route routes[] = {
        {.shift = 0,
         .begin = HOUR,
         .end = 20310,
         .travel_home = 300,
         .distance_home = 300,
         .n_stops = 4,
         .stops = first},
        {.shift = 1,
         .begin = 5100,
         .end = 9300,
         .travel_home = 300,
         .distance_home = 300,
         .n_stops = 1,
         .stops = &second},
    };
    static const runde_reason why[] = {{0, RUNDE_REASON_NO_TIME, 0},
                                       {1, RUNDE_REASON_SKILL, 0}};
    static const runde_unserved left = {2, 2, why};
    runde_plan *plan = NULL;
    MUST(runde_plan_new(&plan, p));
    MUST(runde_plan_add_route(plan, &routes[0]));
    MUST(runde_plan_add_route(plan, &routes[1]));
    MUST(runde_plan_add_unserved(plan, &left));
    MUST(runde_plan_finish(plan));
    return plan;
}

/* A writer under test. */
typedef runde_status (*export_fn)(char **text, size_t *length,
                                  const runde_problem *problem,
                                  const runde_plan *plan);

/* What every writer promises about its arguments. */
static inline void export_check_arguments(export_fn write)
{
    runde_problem *const p = export_problem("x", true);
    runde_plan *const plan = export_plan(p);
    runde_plan *draft = NULL;
    runde_problem *open = NULL;
    char *text = NULL;
    size_t n = 0;
    MUST(runde_problem_new(&open, NULL, NULL));
    MUST(runde_plan_new(&draft, p));
    CU_ASSERT_EQUAL(write(NULL, &n, p, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(write(&text, &n, NULL, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(write(&text, &n, p, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(write(&text, &n, open, plan), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(write(&text, &n, p, draft), RUNDE_E_STATE);
    MUST(runde_problem_seal(open, NULL));
    CU_ASSERT_EQUAL(write(&text, &n, open, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(text);
    runde_plan_free(draft);
    runde_plan_free(plan);
    runde_problem_free(open);
    runde_problem_free(p);
}

#endif
