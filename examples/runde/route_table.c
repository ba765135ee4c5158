/* SPDX-License-Identifier: MIT */
#include "route_table.h"

#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>
#include <string.h>

/* Columns are as wide as their longest id, within these bounds. */
#define STOP_LEAST 16
#define STOP_MOST 40
#define CLIENT_LEAST 6
#define CLIENT_MOST 24
/* Clock times have room for "08:05+1". */
#define TIME_FORMAT "  %-7s"
/* Behind a drive whose length no road network has told. */
#define ESTIMATED " ~"

/* What every line needs. */
typedef struct layout {
    FILE *stream;
    const runde_problem *problem;
    const runde_settings *settings;
    int stop_width;
    int client_width;
} layout;

/* What a stop is called: an id, of which the end may be cut, and the part of
 * the crew, which may not. */
typedef struct stop_name {
    char id[256];
    char part[32];
    const char *client;
} stop_name;

static const char *client_id(const runde_problem *problem,
                             const runde_visit *visit)
{
    const runde_client *client = runde_problem_client(problem, visit->client);
    return client != NULL && client->id != NULL ? client->id : "";
}

static void name_visit(stop_name *out, const runde_problem *problem,
                       const runde_stop *stop)
{
    const runde_visit *visit = runde_problem_visit(problem, stop->item);
    (void)snprintf(out->id, sizeof out->id, "%s", visit->id);
    if (visit->crew > 1) {
        (void)snprintf(out->part, sizeof out->part, " (%d of %d)",
                       stop->part + 1, visit->crew);
    }
    out->client = client_id(problem, visit);
}

static void name_stop(stop_name *out, const layout *to,
                      const runde_route *route, const runde_stop *stop)
{
    const runde_place *place = runde_problem_place(to->problem, stop->place);
    *out = (stop_name){"", "", ""};
    if (stop->kind == RUNDE_STOP_VISIT) {
        name_visit(out, to->problem, stop);
    } else if (stop->kind == RUNDE_STOP_ACTIVITY) {
        const runde_shift *shift =
            runde_problem_shift(to->problem, route->shift);
        const char *id = shift->activities[stop->item].id;
        (void)snprintf(out->id, sizeof out->id, "%s",
                       id != NULL ? id : "activity");
    } else if (place != NULL) {
        (void)snprintf(out->id, sizeof out->id, "break at %s", place->id);
    } else {
        (void)snprintf(out->id, sizeof out->id, "break on the road");
    }
}

static void print_time(const layout *to, int32_t tick, int64_t today)
{
    char text[WALL_CLOCK_TEXT];
    wall_clock_time(text, to->settings, tick, today);
    (void)fprintf(to->stream, TIME_FORMAT, text);
}

static void print_stop(const layout *to, const runde_route *route,
                       const runde_stop *stop, int64_t today)
{
    stop_name name;
    name_stop(&name, to, route, stop);
    const int part = (int)strlen(name.part);
    (void)fputs("  ", to->stream);
    const int used = screen_fit(to->stream, name.id, to->stop_width - part);
    (void)fprintf(to->stream, "%-*s  ", to->stop_width - used, name.part);
    screen_pad(to->stream, name.client, to->client_width);
    print_time(to, stop->arrival, today);
    print_time(to, stop->start, today);
    print_time(to, stop->departure, today);
    (void)fprintf(to->stream, "%8" PRId64 "%8" PRId64 "%s\n",
                  wall_clock_minutes(to->settings, stop->waiting),
                  wall_clock_minutes(to->settings, stop->travel),
                  stop->estimated ? ESTIMATED : "");
}

/* The day is that on which the shift begins: a night shift belongs to the
 * evening, also when its first visit is after midnight. */
static void print_title(const layout *to, const runde_route *route,
                        const civil_time *day)
{
    const runde_shift *shift = runde_problem_shift(to->problem, route->shift);
    const runde_carer *carer = runde_problem_carer(to->problem, shift->carer);
    const char *mode = runde_problem_mode(to->problem, shift->mode);
    char text[WALL_CLOCK_TEXT];
    (void)screen_put(to->stream, carer->id);
    (void)fputs(", shift ", to->stream);
    (void)screen_put(to->stream, shift->id);
    wall_clock_date(text, day, RUNDE_LANGUAGE_EN);
    (void)fprintf(to->stream, ", %s, ", text);
    wall_clock_time(text, to->settings, route->begin, day->day);
    (void)fprintf(to->stream, "%s-", text);
    wall_clock_time(text, to->settings, route->end, day->day);
    (void)fprintf(to->stream, "%s%s", text, mode != NULL ? ", by " : "");
    (void)screen_put(to->stream, mode != NULL ? mode : "");
    (void)fputc('\n', to->stream);
}

static void print_route(const layout *to, const runde_route *route)
{
    const runde_shift *shift = runde_problem_shift(to->problem, route->shift);
    civil_time day;
    wall_clock_read(&day, to->settings, shift->start);
    print_title(to, route, &day);
    (void)fprintf(to->stream,
                  "  %-*s  %-*s" TIME_FORMAT TIME_FORMAT TIME_FORMAT "%8s%8s\n",
                  to->stop_width, "stop", to->client_width, "client", "arrival",
                  "start", "end", "waiting", "travel");
    for (int32_t i = 0; i < route->n_stops; i++) {
        print_stop(to, route, &route->stops[i], day.day);
    }
    if (shift->end_place != RUNDE_NONE) {
        const runde_place *place =
            runde_problem_place(to->problem, shift->end_place);
        (void)fputs("  ", to->stream);
        screen_pad(to->stream, place->id,
                   to->stop_width + 2 + to->client_width);
        print_time(to, route->end, day.day);
        (void)fprintf(to->stream, "%34" PRId64 "%s\n",
                      wall_clock_minutes(to->settings, route->travel_home),
                      route->estimated_home ? ESTIMATED : "");
    }
    (void)fputc('\n', to->stream);
}

/* ------------------------------------------------------------- left out */

const char *route_table_reason(runde_reason_code code)
{
    static const char *const sentences[RUNDE_REASONS] = {
        [RUNDE_REASON_NO_SHIFT] = "there is no shift at all",
        [RUNDE_REASON_PINNED] = "the visit is pinned to another shift",
        [RUNDE_REASON_CARER] =
            "the carer is prohibited, or not among the required ones",
        [RUNDE_REASON_SKILL] =
            "the carer lacks a skill or its level, or it has expired",
        [RUNDE_REASON_UNREACHABLE] = "there is no road there and back",
        [RUNDE_REASON_WINDOW] = "shift and time windows do not meet",
        [RUNDE_REASON_ABSENCE] = "possible only while the client is away",
        [RUNDE_REASON_LOAD] = "the most of a load is reached",
        [RUNDE_REASON_LINKED_CARER] =
            "a linked visit asks for the same carer, or for another one",
        [RUNDE_REASON_REST] = "daily or weekly rest would be too short",
        [RUNDE_REASON_HOURS] = "the carer would work too long",
        [RUNDE_REASON_LINK] =
            "the gaps to linked visits or to the client's others do not fit",
        [RUNDE_REASON_NO_TIME] = "no gap in the route is long enough",
        [RUNDE_REASON_CREW] = "one carer fits, but too few fit together",
        [RUNDE_REASON_LIMIT] =
            "it fits, but a hard criterion would be over its limit",
        [RUNDE_REASON_PRICE] = "it fits, but leaving it out is cheaper",
        [RUNDE_REASON_SEARCH] = "it fits, but the search ended before it did",
    };
    return sentences[code];
}

/* A line for each reason: how many shifts fail for it. */
static void print_reasons(const layout *to, const runde_unserved *unserved)
{
    int32_t count[RUNDE_REASONS] = {0};
    for (int32_t i = 0; i < unserved->n_reasons; i++) {
        count[unserved->reasons[i].code]++;
    }
    for (int i = 0; i < RUNDE_REASONS; i++) {
        const runde_reason_code code = (runde_reason_code)i;
        if (count[i] > 0 && code == RUNDE_REASON_NO_SHIFT) {
            (void)fprintf(to->stream, "      %s\n", route_table_reason(code));
        } else if (count[i] > 0) {
            (void)fprintf(to->stream, "      %d shift%s: %s\n", count[i],
                          count[i] == 1 ? "" : "s", route_table_reason(code));
        }
    }
}

static void print_unserved(const layout *to, const runde_unserved *unserved)
{
    const runde_visit *visit =
        runde_problem_visit(to->problem, unserved->visit);
    (void)fputs("  ", to->stream);
    screen_pad(to->stream, visit->id, to->stop_width);
    (void)fputs("  ", to->stream);
    screen_pad(to->stream, client_id(to->problem, visit), to->client_width);
    if (visit->optional) {
        (void)fputs("  optional\n", to->stream);
    } else {
        (void)fprintf(to->stream, "  priority %d\n", visit->priority);
    }
    print_reasons(to, unserved);
}

/* --------------------------------------------------------------- widths */

static void widen(int *width, int wanted, int most)
{
    if (wanted > *width) {
        *width = wanted < most ? wanted : most;
    }
}

static void measure_route(layout *to, const runde_route *route)
{
    for (int32_t i = 0; i < route->n_stops; i++) {
        stop_name name;
        name_stop(&name, to, route, &route->stops[i]);
        widen(&to->stop_width, screen_width(name.id) + (int)strlen(name.part),
              STOP_MOST);
        widen(&to->client_width, screen_width(name.client), CLIENT_MOST);
    }
}

static void measure_unserved(layout *to, const runde_unserved *unserved)
{
    const runde_visit *visit =
        runde_problem_visit(to->problem, unserved->visit);
    widen(&to->stop_width, screen_width(visit->id), STOP_MOST);
    widen(&to->client_width, screen_width(client_id(to->problem, visit)),
          CLIENT_MOST);
}

static bool is_estimated(const runde_route *route)
{
    bool found = route->estimated_home;
    for (int32_t i = 0; i < route->n_stops; i++) {
        found = found || route->stops[i].estimated;
    }
    return found;
}

void route_table_print(FILE *stream, const runde_problem *problem,
                       const runde_plan *plan)
{
    layout to = {stream, problem, runde_problem_settings(problem), STOP_LEAST,
                 CLIENT_LEAST};
    const int32_t routes = runde_plan_n_routes(plan);
    const int32_t n = runde_plan_n_unserved(plan);
    for (int32_t i = 0; i < routes; i++) {
        measure_route(&to, runde_plan_route(plan, i));
    }
    for (int32_t i = 0; i < n; i++) {
        measure_unserved(&to, runde_plan_unserved(plan, i));
    }
    bool has_estimates = false;
    for (int32_t i = 0; i < routes; i++) {
        print_route(&to, runde_plan_route(plan, i));
        has_estimates =
            has_estimates || is_estimated(runde_plan_route(plan, i));
    }
    if (has_estimates) {
        (void)fputs("  ~ travel estimated from coordinates, not found on "
                    "roads\n\n",
                    stream);
    }
    if (n > 0) {
        const bool has_reasons = runde_plan_unserved(plan, 0)->n_reasons > 0;
        (void)fprintf(stream, "left out%s\n", has_reasons ? ", and why" : "");
    }
    for (int32_t i = 0; i < n; i++) {
        print_unserved(&to, runde_plan_unserved(plan, i));
    }
    if (n > 0) {
        (void)fputc('\n', stream);
    }
}
