/* SPDX-License-Identifier: MIT */
#include "route_list.h"

#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>

/* 80 columns: a box to tick, times, client, visit, minutes on the way, who
 * else comes. */
#define LINE_WIDTH 80
#define TIMES_WIDTH 16
#define CLIENT_WIDTH 16
#define VISIT_WIDTH 19
#define WITH_WIDTH 16

/* Every word on the paper. */
typedef struct list_words {
    const char *with;
    const char *pause;
    const char *back;
    const char *shift;
    const char *visits[2]; /* one, several */
    const char *on_the_way;
    const char *heads[4]; /* of the columns */
} list_words;

static const list_words words_of[] = {
    [RUNDE_LANGUAGE_NB] = {"med",
                           "pause",
                           "tilbake",
                           "vakt",
                           {"besøk", "besøk"},
                           "t underveis",
                           {"tid", "bruker", "besøk", "vei"}},
    [RUNDE_LANGUAGE_EN] = {"with",
                           "break",
                           "back",
                           "shift",
                           {"visit", "visits"},
                           "h on the way",
                           {"time", "client", "visit", "way"}},
};

/* What every line needs. */
typedef struct layout {
    FILE *stream;
    const list_words *words;
    runde_language language;
    const runde_problem *problem;
    const runde_settings *settings;
    const runde_plan *plan;
    int64_t today;
} layout;

static void put_times(const layout *to, const runde_stop *stop)
{
    char begin[WALL_CLOCK_TEXT];
    char end[WALL_CLOCK_TEXT];
    char both[2 * WALL_CLOCK_TEXT];
    wall_clock_time(begin, to->settings, stop->start, to->today);
    wall_clock_time(end, to->settings, stop->departure, to->today);
    (void)snprintf(both, sizeof both, "%s-%s", begin, end);
    (void)fprintf(to->stream, "%-*s", TIMES_WIDTH, both);
}

static void put_minutes(const layout *to, int32_t ticks)
{
    (void)fprintf(to->stream, "%3" PRId64 " min",
                  wall_clock_minutes(to->settings, ticks));
}

static const char *carer_of(const layout *to, const runde_route *route)
{
    const runde_shift *shift = runde_problem_shift(to->problem, route->shift);
    return runde_problem_carer(to->problem, shift->carer)->id;
}

/* The others of a visit's crew. */
static void put_company(const layout *to, const runde_route *own, int32_t visit)
{
    int n = 0;
    for (int32_t r = 0; r < runde_plan_n_routes(to->plan); r++) {
        const runde_route *route = runde_plan_route(to->plan, r);
        for (int32_t i = 0; route != own && i < route->n_stops; i++) {
            const runde_stop *stop = &route->stops[i];
            if (stop->kind == RUNDE_STOP_VISIT && stop->item == visit) {
                (void)fputs(n == 0 ? "  " : ", ", to->stream);
                (void)fputs(n == 0 ? to->words->with : "", to->stream);
                (void)fputs(n == 0 ? " " : "", to->stream);
                (void)screen_fit(to->stream, carer_of(to, route), WITH_WIDTH);
                n++;
            }
        }
    }
}

static void put_visit(const layout *to, const runde_route *route,
                      const runde_stop *stop)
{
    const runde_visit *visit = runde_problem_visit(to->problem, stop->item);
    const runde_client *client =
        runde_problem_client(to->problem, visit->client);
    (void)fputs("[ ] ", to->stream);
    put_times(to, stop);
    screen_pad(to->stream, client->id, CLIENT_WIDTH);
    (void)fputs("  ", to->stream);
    screen_pad(to->stream, visit->id, VISIT_WIDTH);
    put_minutes(to, stop->travel);
    if (visit->crew > 1) {
        put_company(to, route, stop->item);
    }
    (void)fputc('\n', to->stream);
}

static void put_other(const layout *to, const runde_route *route,
                      const runde_stop *stop)
{
    const runde_shift *shift = runde_problem_shift(to->problem, route->shift);
    const runde_place *place = runde_problem_place(to->problem, stop->place);
    const bool is_break = stop->kind == RUNDE_STOP_BREAK;
    (void)fputs("    ", to->stream);
    put_times(to, stop);
    screen_pad(to->stream,
               is_break ? to->words->pause : shift->activities[stop->item].id,
               CLIENT_WIDTH);
    (void)fputs("  ", to->stream);
    screen_pad(to->stream, place != NULL ? place->id : "", VISIT_WIDTH);
    if (stop->travel > 0) {
        put_minutes(to, stop->travel);
    }
    (void)fputc('\n', to->stream);
}

static void put_home(const layout *to, const runde_route *route)
{
    const runde_shift *shift = runde_problem_shift(to->problem, route->shift);
    const runde_place *place =
        runde_problem_place(to->problem, shift->end_place);
    char text[WALL_CLOCK_TEXT];
    if (place == NULL) {
        return;
    }
    wall_clock_time(text, to->settings, route->end, to->today);
    (void)fprintf(to->stream, "    %-*s", TIMES_WIDTH, text);
    screen_pad(to->stream, to->words->back, CLIENT_WIDTH);
    (void)fputs("  ", to->stream);
    screen_pad(to->stream, place->id, VISIT_WIDTH);
    put_minutes(to, route->travel_home);
    (void)fputc('\n', to->stream);
}

/* Carer and date, shift, visits, time on the way. */
static void put_head(const layout *to, const runde_route *route,
                     const civil_time *day)
{
    const runde_shift *shift = runde_problem_shift(to->problem, route->shift);
    char begin[WALL_CLOCK_TEXT];
    char end[WALL_CLOCK_TEXT];
    char date[WALL_CLOCK_TEXT];
    int64_t travel = route->travel_home;
    int visits = 0;
    for (int32_t i = 0; i < route->n_stops; i++) {
        travel += route->stops[i].travel;
        visits += route->stops[i].kind == RUNDE_STOP_VISIT;
    }
    travel = wall_clock_minutes(to->settings, travel);
    wall_clock_date(date, day, to->language);
    wall_clock_time(begin, to->settings, route->begin, to->today);
    wall_clock_time(end, to->settings, route->end, to->today);
    screen_pad(to->stream, carer_of(to, route),
               LINE_WIDTH - 2 - screen_width(date));
    (void)fprintf(to->stream, "  %s\n%s ", date, to->words->shift);
    (void)screen_fit(to->stream, shift->id, CLIENT_WIDTH + VISIT_WIDTH);
    (void)fprintf(to->stream, ", %s-%s, %d %s, %" PRId64 ":%02d %s\n\n", begin,
                  end, visits, to->words->visits[visits == 1 ? 0 : 1],
                  travel / 60, (int)(travel % 60), to->words->on_the_way);
    const char *const *const heads = to->words->heads;
    (void)fprintf(to->stream, "    %-*s%-*s  ", TIMES_WIDTH, heads[0],
                  CLIENT_WIDTH, heads[1]);
    screen_pad(to->stream, heads[2], VISIT_WIDTH);
    (void)fprintf(to->stream, "%7s\n", heads[3]);
}

static void print_round(layout *to, const runde_route *route)
{
    civil_time day;
    wall_clock_read(&day, to->settings,
                    runde_problem_shift(to->problem, route->shift)->start);
    to->today = day.day;
    put_head(to, route, &day);
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *stop = &route->stops[i];
        if (stop->kind == RUNDE_STOP_VISIT) {
            put_visit(to, route, stop);
        } else {
            put_other(to, route, stop);
        }
    }
    put_home(to, route);
}

void route_list_print(FILE *stream, const runde_problem *problem,
                      const runde_plan *plan, int32_t carer,
                      runde_language language)
{
    layout to = {stream,
                 &words_of[language],
                 language,
                 problem,
                 runde_problem_settings(problem),
                 plan,
                 0};
    bool is_first = true;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        const runde_shift *shift = runde_problem_shift(problem, route->shift);
        if (carer != RUNDE_NONE && shift->carer != carer) {
            continue;
        }
        (void)fputs(is_first ? "" : "\n\f", stream);
        print_round(&to, route);
        is_first = false;
    }
}
