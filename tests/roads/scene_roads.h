/* SPDX-License-Identifier: MIT */
/* A problem of places to ask about, and what must come of it. */
#ifndef RN_SCENE_ROADS_H
#define RN_SCENE_ROADS_H

#include "fault_server.h"
#include "harness.h"

#include <runde/roads.h>

#include <stdio.h>
#include <string.h>

/* Places in a row; two of them share an address, and the latitude of the
 * fourth, eighth and twelfth end in 13, 17 and 19, which some faults look
 * at. */
static inline void roads_point(int32_t i, int32_t point[2])
{
    const int32_t own = i == 2 ? 1 : i;
    point[0] = 4710000 + 100 * (own * 37 % 89) +
               (own == 3    ? 13
                : own == 7  ? 17
                : own == 11 ? 19
                            : 0);
    point[1] = 950000 + 100 * (own * 53 % 97);
}

static inline runde_problem *
roads_problem_in_order(int32_t n, const char *mode,
                       const runde_settings *settings, bool is_reversed)
{
    runde_problem *p = NULL;
    char id[16];
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_add_mode(p, mode, NULL), RUNDE_OK);
    for (int32_t i = 0; i < n; i++) {
        int32_t point[2];
        runde_place place = RUNDE_PLACE_INIT;
        roads_point(is_reversed ? n - 1 - i : i, point);
        (void)snprintf(id, sizeof id, "p%d", (int)i);
        place.id = id;
        place.has_coordinates = true;
        place.lat = point[0] / 1e5;
        place.lon = point[1] / 1e5;
        CU_ASSERT_EQUAL_FATAL(runde_problem_add_place(p, &place, NULL),
                              RUNDE_OK);
    }
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

static inline runde_problem *roads_problem_of(int32_t n, const char *mode,
                                              const runde_settings *settings)
{
    return roads_problem_in_order(n, mode, settings, false);
}

static inline runde_problem *roads_problem(int32_t n)
{
    return roads_problem_of(n, "car", NULL);
}

/* Options for a fault of a server; quick to lose patience. */
static inline runde_roads_options roads_options(char url[96],
                                                const fault_server *server,
                                                runde_roads_api api,
                                                const char *fault)
{
    runde_roads_options o = RUNDE_ROADS_OPTIONS_INIT;
    (void)snprintf(url, 96, "http://127.0.0.1:%d/%s/",
                   fault_server_port(server), fault);
    o.api = api;
    o.server = url;
    o.deadline = 60.0;
    o.patience = 1.0;
    return o;
}

/* Whether a leg is what the server says. */
static inline bool roads_is_true(const runde_travel_times *times, int32_t from,
                                 int32_t to)
{
    int32_t a[2];
    int32_t b[2];
    roads_point(from, a);
    roads_point(to, b);
    const size_t cell = (size_t)from * (size_t)times->matrix.n + (size_t)to;
    const bool is_same = a[0] == b[0] && a[1] == b[1];
    const int32_t seconds = is_same ? 0 : fault_server_seconds(a, b);
    const int32_t metres = is_same ? 0 : fault_server_metres(a, b);
    return times->matrix.durations[cell] == seconds &&
           times->matrix.distances[cell] == metres;
}

/* How many legs are not what the server says. */
static inline int32_t roads_wrong(const runde_travel_times *times)
{
    int32_t wrong = 0;
    for (int32_t from = 0; from < times->matrix.n; from++) {
        for (int32_t to = 0; to < times->matrix.n; to++) {
            wrong += roads_is_true(times, from, to) ? 0 : 1;
        }
    }
    return wrong;
}

#endif
