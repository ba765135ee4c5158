/* SPDX-License-Identifier: MIT */
#include "change_table.h"

#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>

#define VISIT_MOST 40
#define CARER_MOST 24
/* "08:05+1" and a blank. */
#define TIME_WIDTH 8

typedef struct layout {
    FILE *stream;
    const runde_problem *problem;
    const runde_settings *settings;
    int visit_width;
    int carer_width;
} layout;

static int wider(int width, const char *text, int most)
{
    const int n = screen_width(text);
    return n > most ? most : n > width ? n : width;
}

static void measure(layout *to, const runde_diff *diff)
{
    const runde_problem *problem = to->problem;
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *part = runde_diff_get_part(diff, i);
        to->visit_width =
            wider(to->visit_width,
                  runde_problem_visit(problem, part->visit)->id, VISIT_MOST);
        for (int p = 0; p < 2; p++) {
            if (part->carer[p] != RUNDE_NONE) {
                to->carer_width =
                    wider(to->carer_width,
                          runde_problem_carer(problem, part->carer[p])->id,
                          CARER_MOST);
            }
        }
    }
}

/* Clock times are told from the day on which the part was, or now is. */
static int64_t day_of(const layout *to, const runde_diff_part *part)
{
    civil_time time;
    wall_clock_read(&time, to->settings,
                    part->start[part->carer[0] == RUNDE_NONE]);
    return time.day;
}

static void print_side(const layout *to, const runde_diff_part *part, int which)
{
    char text[WALL_CLOCK_TEXT] = "-";
    const char *carer = "";
    if (part->carer[which] != RUNDE_NONE) {
        wall_clock_time(text, to->settings, part->start[which],
                        day_of(to, part));
        carer = runde_problem_carer(to->problem, part->carer[which])->id;
    }
    (void)fprintf(to->stream, "%-*s", TIME_WIDTH, text);
    screen_pad(to->stream, carer, to->carer_width);
}

/* Half a minute is nothing to tell anybody. */
static bool is_told(const layout *to, const runde_diff_part *part)
{
    const int64_t by = (int64_t)part->start[1] - part->start[0];
    return part->what != RUNDE_DIFF_TIME ||
           wall_clock_minutes(to->settings, by < 0 ? -by : by) > 0;
}

static int32_t count_told(const layout *to, const runde_diff_part *const *parts,
                          int32_t n)
{
    int32_t told = 0;
    for (int32_t i = 0; i < n; i++) {
        told += is_told(to, parts[i]);
    }
    return told;
}

static void print_part(const layout *to, const runde_diff_part *part)
{
    (void)fputs("  ", to->stream);
    screen_pad(to->stream, runde_problem_visit(to->problem, part->visit)->id,
               to->visit_width);
    (void)fputs("  ", to->stream);
    print_side(to, part, 0);
    (void)fputs(" -> ", to->stream);
    print_side(to, part, 1);
    if ((part->what & RUNDE_DIFF_TIME) != 0) {
        const int64_t later = wall_clock_minutes(
            to->settings, (int64_t)part->start[1] - part->start[0]);
        (void)fprintf(to->stream, "  %+" PRId64 " min", later);
    }
    if ((part->what & RUNDE_DIFF_CARER) != 0) {
        (void)fputs("  new carer", to->stream);
    }
    if ((part->what & RUNDE_DIFF_DROPPED) != 0) {
        (void)fputs("  left out", to->stream);
    }
    if ((part->what & RUNDE_DIFF_ADDED) != 0) {
        (void)fputs("  new", to->stream);
    }
    (void)fputc('\n', to->stream);
}

static void print_day(const layout *to, const runde_diff_part *part,
                      int64_t *shown)
{
    civil_time day;
    char text[WALL_CLOCK_TEXT];
    wall_clock_read(&day, to->settings,
                    part->start[part->carer[0] == RUNDE_NONE]);
    if (day.day != *shown) {
        wall_clock_date(text, &day, RUNDE_LANGUAGE_EN);
        (void)fprintf(to->stream, " %s\n", text);
        *shown = day.day;
    }
}

static void print_parts(const layout *to, const runde_diff_part *const *parts,
                        int32_t n)
{
    int64_t shown = INT64_MIN;
    for (int32_t i = 0; i < n; i++) {
        if (!is_told(to, parts[i])) {
            continue;
        }
        if (runde_problem_settings(to->problem)->days > 1) {
            print_day(to, parts[i], &shown);
        }
        print_part(to, parts[i]);
    }
}

/* ", late 2 -> 0" where there is something to tell. */
static void put_pair(FILE *stream, const char *name, int64_t was, int64_t is)
{
    if (was != 0 || is != 0) {
        (void)fprintf(stream, ", %s %" PRId64 " -> %" PRId64, name, was, is);
    }
}

static void put_hours(const layout *to, const char *name,
                      const int64_t ticks[2])
{
    const int64_t was = wall_clock_minutes(to->settings, ticks[0]);
    const int64_t is = wall_clock_minutes(to->settings, ticks[1]);
    (void)fprintf(to->stream, ", %s %" PRId64 ":%02d -> %" PRId64 ":%02d", name,
                  was / 60, (int)(was % 60), is / 60, (int)(is % 60));
}

static void print_carer(const layout *to, const runde_diff_carer *carer)
{
    if (count_told(to, carer->parts, carer->n_parts) == 0) {
        return;
    }
    (void)fputs("\ncarer ", to->stream);
    (void)screen_put(to->stream,
                     runde_problem_carer(to->problem, carer->carer)->id);
    (void)fprintf(to->stream, ": visits %d -> %d", carer->served[0],
                  carer->served[1]);
    put_hours(to, "duty", carer->duty);
    put_hours(to, "travel", carer->travel);
    put_hours(to, "with clients", carer->service);
    if (carer->overtime[0] > 0 || carer->overtime[1] > 0) {
        put_hours(to, "overtime", carer->overtime);
    }
    put_pair(to->stream, "heavy load", carer->heavy[0], carer->heavy[1]);
    put_pair(to->stream, "outside wished times",
             carer->wished[0] - carer->on_time[0],
             carer->wished[1] - carer->on_time[1]);
    (void)fputc('\n', to->stream);
    print_parts(to, carer->parts, carer->n_parts);
}

static void print_client(const layout *to, const runde_diff_client *client)
{
    if (count_told(to, client->parts, client->n_parts) == 0) {
        return;
    }
    (void)fputs("\nclient ", to->stream);
    (void)screen_put(to->stream,
                     runde_problem_client(to->problem, client->client)->id);
    (void)fprintf(to->stream, ": carers %d -> %d", client->faces[0],
                  client->faces[1]);
    put_pair(to->stream, "outside wished times",
             client->wished[0] - client->on_time[0],
             client->wished[1] - client->on_time[1]);
    (void)fputc('\n', to->stream);
    print_parts(to, client->parts, client->n_parts);
}

/* "1 client", "2 clients". */
static void put_count(FILE *stream, int32_t n, const char *one)
{
    (void)fprintf(stream, "%d %s%s", n, one, n == 1 ? "" : "s");
}

static void print_totals(const layout *to, const runde_diff *diff)
{
    const runde_diff_totals *totals = runde_diff_get_totals(diff);
    int32_t least = 0;
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        least += !is_told(to, runde_diff_get_part(diff, i));
    }
    (void)fprintf(to->stream, "%d by another carer, %d at another time",
                  totals->carer_changed, totals->time_changed);
    if (least > 0) {
        (void)fprintf(to->stream,
                      " (%d by less than half a minute, not listed)", least);
    }
    (void)fprintf(to->stream, ", %d new, %d left out\n", totals->added,
                  totals->dropped);
    put_count(to->stream, totals->clients_changed, "client");
    (void)fputs(" with another carer, ", to->stream);
    put_count(to->stream, totals->clients_dropped, "client");
    (void)fprintf(to->stream,
                  " with a visit left out; moved %" PRId64
                  " min in all, %" PRId64 " min at most\n",
                  wall_clock_minutes(to->settings, totals->moved),
                  wall_clock_minutes(to->settings, totals->moved_most));
}

void change_table_print(FILE *stream, const runde_problem *problem,
                        const runde_diff *diff)
{
    layout to = {stream, problem, runde_problem_settings(problem), 1, 1};
    measure(&to, diff);
    print_totals(&to, diff);
    for (int32_t i = 0; i < runde_diff_n_clients(diff); i++) {
        print_client(&to, runde_diff_get_client(diff, i));
    }
    for (int32_t i = 0; i < runde_diff_n_carers(diff); i++) {
        print_carer(&to, runde_diff_get_carer(diff, i));
    }
}
