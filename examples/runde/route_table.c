/* SPDX-License-Identifier: MIT */
#include "route_table.h"

#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>

#define STOP_WIDTH 24
#define CLIENT_WIDTH 14
/* Clock times have room for "08:05+1". */
#define TIME_FORMAT "  %-7s"

static void print_stop_name(FILE *stream, const runde_problem *problem,
                            const runde_route *route, const runde_stop *stop)
{
    char name[256];
    const char *client = "";
    if (stop->kind == RUNDE_STOP_VISIT) {
        const runde_visit *visit = runde_problem_visit(problem, stop->item);
        const runde_client *who = runde_problem_client(problem, visit->client);
        (void)snprintf(name, sizeof name,
                       visit->crew > 1 ? "%s (%d of %d)" : "%s", visit->id,
                       stop->part + 1, visit->crew);
        client = who != NULL ? who->id : "";
    } else if (stop->kind == RUNDE_STOP_ACTIVITY) {
        const runde_shift *shift = runde_problem_shift(problem, route->shift);
        const char *id = shift->activities[stop->item].id;
        (void)snprintf(name, sizeof name, "%s", id != NULL ? id : "activity");
    } else {
        (void)snprintf(name, sizeof name, "break");
    }
    (void)fputs("  ", stream);
    screen_pad(stream, name, STOP_WIDTH);
    (void)fputs("  ", stream);
    screen_pad(stream, client, CLIENT_WIDTH);
}

static void print_time(FILE *stream, const runde_settings *settings,
                       int32_t tick, int64_t today)
{
    char text[WALL_CLOCK_TEXT];
    wall_clock_time(text, settings, tick, today);
    (void)fprintf(stream, TIME_FORMAT, text);
}

static void print_stop(FILE *stream, const runde_problem *problem,
                       const runde_route *route, const runde_stop *stop,
                       int64_t today)
{
    const runde_settings *settings = runde_problem_settings(problem);
    print_stop_name(stream, problem, route, stop);
    print_time(stream, settings, stop->arrival, today);
    print_time(stream, settings, stop->start, today);
    print_time(stream, settings, stop->departure, today);
    (void)fprintf(stream, "%8" PRId64 "%8" PRId64 "\n",
                  wall_clock_minutes(settings, stop->waiting),
                  wall_clock_minutes(settings, stop->travel));
}

static void print_title(FILE *stream, const runde_problem *problem,
                        const runde_route *route, const civil_time *begin)
{
    const runde_settings *settings = runde_problem_settings(problem);
    const runde_shift *shift = runde_problem_shift(problem, route->shift);
    const runde_carer *carer = runde_problem_carer(problem, shift->carer);
    const char *mode = runde_problem_mode(problem, shift->mode);
    char text[WALL_CLOCK_TEXT];
    (void)screen_put(stream, carer->id);
    (void)fputs(", shift ", stream);
    (void)screen_put(stream, shift->id);
    wall_clock_date(text, begin);
    (void)fprintf(stream, ", %s, ", text);
    wall_clock_time(text, settings, route->begin, begin->day);
    (void)fprintf(stream, "%s-", text);
    wall_clock_time(text, settings, route->end, begin->day);
    (void)fprintf(stream, "%s%s", text, mode != NULL ? ", by " : "");
    (void)screen_put(stream, mode != NULL ? mode : "");
    (void)fputc('\n', stream);
}

static void print_route(FILE *stream, const runde_problem *problem,
                        const runde_route *route)
{
    const runde_settings *settings = runde_problem_settings(problem);
    const runde_shift *shift = runde_problem_shift(problem, route->shift);
    civil_time begin;
    wall_clock_read(&begin, settings, route->begin);
    print_title(stream, problem, route, &begin);
    (void)fprintf(stream,
                  "  %-*s  %-*s" TIME_FORMAT TIME_FORMAT TIME_FORMAT "%8s%8s\n",
                  STOP_WIDTH, "stop", CLIENT_WIDTH, "client", "arrival",
                  "start", "end", "waiting", "travel");
    for (int32_t i = 0; i < route->n_stops; i++) {
        print_stop(stream, problem, route, &route->stops[i], begin.day);
    }
    if (shift->end_place != RUNDE_NONE) {
        const runde_place *place =
            runde_problem_place(problem, shift->end_place);
        (void)fputs("  ", stream);
        screen_pad(stream, place->id, STOP_WIDTH + 2 + CLIENT_WIDTH);
        print_time(stream, settings, route->end, begin.day);
        (void)fprintf(stream, "%34" PRId64 "\n",
                      wall_clock_minutes(settings, route->travel_home));
    }
    (void)fputc('\n', stream);
}

/* "skill 11, window 3": how many shifts fail for which reason. */
static void print_unserved(FILE *stream, const runde_problem *problem,
                           const runde_unserved *unserved)
{
    const runde_visit *visit = runde_problem_visit(problem, unserved->visit);
    int32_t count[RUNDE_REASONS] = {0};
    for (int32_t i = 0; i < unserved->n_reasons; i++) {
        count[unserved->reasons[i].code]++;
    }
    (void)fputs("  ", stream);
    screen_pad(stream, visit->id, STOP_WIDTH);
    if (visit->optional) {
        (void)fprintf(stream, "  %-*s", CLIENT_WIDTH, "optional");
    } else {
        (void)fprintf(stream, "  priority %-*d", CLIENT_WIDTH - 9,
                      visit->priority);
    }
    const char *between = "  ";
    for (int i = 0; i < RUNDE_REASONS; i++) {
        if (count[i] > 0) {
            (void)fprintf(stream, "%s%s %d", between,
                          runde_reason_name((runde_reason_code)i), count[i]);
            between = ", ";
        }
    }
    (void)fputc('\n', stream);
}

void route_table_print(FILE *stream, const runde_problem *problem,
                       const runde_plan *plan)
{
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        print_route(stream, problem, runde_plan_route(plan, i));
    }
    const int32_t n = runde_plan_n_unserved(plan);
    if (n > 0) {
        (void)fprintf(stream, "left out (reason, number of shifts)\n");
    }
    for (int32_t i = 0; i < n; i++) {
        print_unserved(stream, problem, runde_plan_unserved(plan, i));
    }
    if (n > 0) {
        (void)fputc('\n', stream);
    }
}
