/* SPDX-License-Identifier: MIT */
#include "figures_table.h"

#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#define NAME_WIDTH 30
#define FIGURE_WIDTH 13

/* How a figure is written. */
typedef enum figure_kind {
    COUNT,
    TICKS,
    METRES,
    SHARE,  /* thousandths, as percent */
    POINTS, /* a change of one */
    RATIO   /* thousandths, as a number */
} figure_kind;

/* Whether people want more of it, less, or do not mind. */
typedef enum figure_wish { LESS = -1, NEITHER = 0, MORE = 1 } figure_wish;

typedef struct figure {
    const char *name;
    figure_kind kind;
    figure_wish wish;
    int64_t (*of)(const runde_kpis *kpis);
} figure;

#define FIGURE(field)                                                          \
    static int64_t field(const runde_kpis *kpis)                               \
    {                                                                          \
        return kpis->field;                                                    \
    }
FIGURE(visits)
FIGURE(served)
FIGURE(left_out)
FIGURE(left_out_optional)
FIGURE(shifts_used)
FIGURE(duty)
FIGURE(travel)
FIGURE(distance)
FIGURE(waiting)
FIGURE(service)
FIGURE(overtime)
FIGURE(travel_share)
FIGURE(client_share)
FIGURE(on_time_share)
FIGURE(carers_per_client)
FIGURE(max_carers_per_client)
FIGURE(max_heavy)

static const figure figures[] = {
    {"visits", COUNT, NEITHER, visits},
    {"served", COUNT, MORE, served},
    {"left out, mandatory", COUNT, LESS, left_out},
    {"left out, optional", COUNT, LESS, left_out_optional},
    {"shifts used", COUNT, NEITHER, shifts_used},
    {"duty (h:mm)", TICKS, NEITHER, duty},
    {"with clients (h:mm)", TICKS, NEITHER, service},
    {"travel (h:mm)", TICKS, LESS, travel},
    {"waiting (h:mm)", TICKS, LESS, waiting},
    {"overtime (h:mm)", TICKS, LESS, overtime},
    {"distance (km)", METRES, LESS, distance},
    {"with clients, of duty", SHARE, MORE, client_share},
    {"travel, of duty", SHARE, LESS, travel_share},
    {"on time", SHARE, MORE, on_time_share},
    {"carers per client, mean", RATIO, LESS, carers_per_client},
    {"carers per client, most", COUNT, LESS, max_carers_per_client},
    {"heavy load on one carer, most", COUNT, LESS, max_heavy},
};

#define N_FIGURES (sizeof figures / sizeof figures[0])

/* A figure in the smallest unit that is shown: minutes, 100 m, tenths of a
 * percent, hundredths. Changes are taken between these, so that a table's
 * columns add up. */
static int64_t to_shown(const runde_settings *settings, figure_kind kind,
                        int64_t value)
{
    switch (kind) {
    case TICKS:
        return wall_clock_minutes(settings, value);
    case METRES:
        return (value + 50) / 100;
    case RATIO:
        return (value + 5) / 10;
    default:
        return value;
    }
}

static void write_shown(char text[WALL_CLOCK_TEXT], figure_kind kind,
                        int64_t shown)
{
    const char *sign = shown < 0 ? "-" : "";
    const int64_t size = shown < 0 ? -shown : shown;
    switch (kind) {
    case COUNT:
        (void)snprintf(text, WALL_CLOCK_TEXT, "%s%" PRId64, sign, size);
        break;
    case TICKS:
        (void)snprintf(text, WALL_CLOCK_TEXT, "%s%" PRId64 ":%02d", sign,
                       size / 60, (int)(size % 60));
        break;
    case METRES:
    case SHARE:
    case POINTS:
        (void)snprintf(text, WALL_CLOCK_TEXT, "%s%" PRId64 ".%d%s", sign,
                       size / 10, (int)(size % 10),
                       kind == METRES  ? ""
                       : kind == SHARE ? " %"
                                       : " pp");
        break;
    case RATIO:
        (void)snprintf(text, WALL_CLOCK_TEXT, "%s%" PRId64 ".%02d", sign,
                       size / 100, (int)(size % 100));
        break;
    }
}

static void put_shown(FILE *stream, figure_kind kind, int64_t shown)
{
    char text[WALL_CLOCK_TEXT];
    write_shown(text, kind, shown);
    (void)fprintf(stream, "%*s", FIGURE_WIDTH, text);
}

/* A cell about a change, green for the better and red for the worse. */
static void put_change(FILE *stream, figure_wish wish, int64_t change,
                       const char *text)
{
    char cell[WALL_CLOCK_TEXT + FIGURE_WIDTH];
    const bool is_more = change > 0;
    (void)snprintf(cell, sizeof cell, "%*s", FIGURE_WIDTH, text);
    if (change == 0 || wish == NEITHER) {
        (void)fputs(cell, stream);
    } else {
        screen_put_coloured(
            stream, is_more == (wish == MORE) ? SCREEN_GREEN : SCREEN_RED,
            cell);
    }
}

/* "-12.3 %" of the value before; empty when there is nothing to compare. */
static void write_percent(char text[WALL_CLOCK_TEXT], figure_kind kind,
                          int64_t after, int64_t before)
{
    text[0] = '\0';
    if (before != 0 && kind != SHARE) {
        (void)snprintf(text, WALL_CLOCK_TEXT, "%+.1f %%",
                       100.0 * ((double)after - (double)before) /
                           (double)before);
    }
}

/* What was, what is, and the change; `percent` may be empty. */
static void print_change(FILE *stream, const figure *f, int64_t now,
                         int64_t then, const char *percent)
{
    char text[WALL_CLOCK_TEXT];
    put_shown(stream, f->kind, then);
    put_shown(stream, f->kind, now);
    write_shown(text, f->kind == SHARE ? POINTS : f->kind, now - then);
    put_change(stream, f->wish, now - then, text);
    put_change(stream, f->wish, now - then, percent);
    (void)fputc('\n', stream);
}

/* Whom the left-out visits hit: a row for every priority that is among
 * them, the most important first. */
static void print_priorities(FILE *stream, const runde_kpis *after,
                             const runde_kpis *before)
{
    static const figure left = {"", COUNT, LESS, NULL};
    for (int p = 100; p >= 0; p--) {
        const int64_t now = after->left_out_by_priority[p];
        const int64_t then =
            before != NULL ? before->left_out_by_priority[p] : 0;
        if (now == 0 && then == 0) {
            continue;
        }
        char name[NAME_WIDTH];
        char percent[WALL_CLOCK_TEXT];
        (void)snprintf(name, sizeof name, "left out, priority %d", p);
        (void)fprintf(stream, "%-*s", NAME_WIDTH, name);
        if (before != NULL) {
            write_percent(percent, COUNT, now, then);
            print_change(stream, &left, now, then, percent);
        } else {
            put_shown(stream, COUNT, now);
            (void)fputc('\n', stream);
        }
    }
}

static void print_row(FILE *stream, const runde_settings *settings,
                      const figure *f, const runde_kpis *after,
                      const runde_kpis *before)
{
    const int64_t now = to_shown(settings, f->kind, f->of(after));
    (void)fprintf(stream, "%-*s", NAME_WIDTH, f->name);
    if (before != NULL) {
        char percent[WALL_CLOCK_TEXT];
        write_percent(percent, f->kind, f->of(after), f->of(before));
        print_change(stream, f, now, to_shown(settings, f->kind, f->of(before)),
                     percent);
    } else {
        put_shown(stream, f->kind, now);
        (void)fputc('\n', stream);
    }
}

void figures_table_kpis(FILE *stream, const runde_settings *settings,
                        const runde_kpis *after, const runde_kpis *before)
{
    if (before != NULL) {
        (void)fprintf(stream, "%-*s%*s%*s%*s\n", NAME_WIDTH, "key figure",
                      FIGURE_WIDTH, "before", FIGURE_WIDTH, "after",
                      2 * FIGURE_WIDTH, "change");
    } else {
        (void)fprintf(stream, "%s\n", "key figure");
    }
    for (size_t i = 0; i < N_FIGURES; i++) {
        print_row(stream, settings, &figures[i], after, before);
        if (figures[i].of == left_out) {
            print_priorities(stream, after, before);
        }
    }
}

static figure_kind kind_of(runde_criterion criterion)
{
    switch (criterion) {
    case RUNDE_TRAVEL_TIME:
    case RUNDE_WAITING:
    case RUNDE_EARLY:
    case RUNDE_LATE:
    case RUNDE_MAX_LATE:
    case RUNDE_OVERTIME:
    case RUNDE_IDLE:
    case RUNDE_MAX_IDLE:
    case RUNDE_WORKLOAD_SPREAD:
    case RUNDE_WORKLOAD_DEVIATION:
    case RUNDE_SHIFTED_START:
        return TICKS;
    case RUNDE_TRAVEL_DISTANCE:
        return METRES;
    default:
        return COUNT;
    }
}

void figures_table_cost(FILE *stream, const runde_settings *settings,
                        const runde_cost *cost)
{
    (void)fprintf(stream, "%-*s%*s     %*s\n", NAME_WIDTH, "criterion",
                  FIGURE_WIDTH, "amount", FIGURE_WIDTH, "cost");
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if (cost->amount[i] == 0 && cost->cost[i] == 0) {
            continue;
        }
        const figure_kind kind = kind_of((runde_criterion)i);
        const char *unit = kind == TICKS ? "h:mm" : kind == METRES ? "km" : "";
        (void)fprintf(stream, "%-*s", NAME_WIDTH,
                      runde_criterion_name((runde_criterion)i));
        put_shown(stream, kind, to_shown(settings, kind, cost->amount[i]));
        (void)fprintf(stream, " %-4s%*" PRId64 "\n", unit, FIGURE_WIDTH,
                      cost->cost[i]);
    }
    const int to_cost = FIGURE_WIDTH + 5;
    (void)fprintf(stream, "%-*s%*s%*" PRId64 "\n", NAME_WIDTH, "total cost",
                  to_cost, "", FIGURE_WIDTH, cost->wishes);
    (void)fprintf(stream, "%-*s%*s%*" PRId64 "\n", NAME_WIDTH,
                  "left out, sum of priorities", to_cost, "", FIGURE_WIDTH,
                  cost->left_out);
    (void)fputs("Criteria with amount 0 are not listed.\n", stream);
}
