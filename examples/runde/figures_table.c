/* SPDX-License-Identifier: MIT */
#include "figures_table.h"

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

typedef struct figure {
    const char *name;
    figure_kind kind;
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
    {"visits", COUNT, visits},
    {"served", COUNT, served},
    {"left out, mandatory", COUNT, left_out},
    {"left out, optional", COUNT, left_out_optional},
    {"shifts used", COUNT, shifts_used},
    {"duty (h:mm)", TICKS, duty},
    {"with clients (h:mm)", TICKS, service},
    {"travel (h:mm)", TICKS, travel},
    {"waiting (h:mm)", TICKS, waiting},
    {"overtime (h:mm)", TICKS, overtime},
    {"distance (km)", METRES, distance},
    {"with clients, of duty", SHARE, client_share},
    {"travel, of duty", SHARE, travel_share},
    {"on time", SHARE, on_time_share},
    {"carers per client, mean", RATIO, carers_per_client},
    {"carers per client, most", COUNT, max_carers_per_client},
    {"heavy load on one carer, most", COUNT, max_heavy},
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

/* A row's figures; `then` counts only when there is something before. */
static void print_figures(FILE *stream, figure_kind kind, bool has_before,
                          int64_t now, int64_t then)
{
    if (!has_before) {
        put_shown(stream, kind, now);
        return;
    }
    put_shown(stream, kind, then);
    put_shown(stream, kind, now);
    put_shown(stream, kind == SHARE ? POINTS : kind, now - then);
}

/* Whom the left-out visits hit: a row for every priority that is among
 * them, the most important first. */
static void print_priorities(FILE *stream, const runde_kpis *after,
                             const runde_kpis *before)
{
    for (int p = 100; p >= 0; p--) {
        const int64_t now = after->left_out_by_priority[p];
        const int64_t then =
            before != NULL ? before->left_out_by_priority[p] : 0;
        if (now == 0 && then == 0) {
            continue;
        }
        char name[NAME_WIDTH];
        char text[WALL_CLOCK_TEXT];
        (void)snprintf(name, sizeof name, "left out, priority %d", p);
        (void)fprintf(stream, "%-*s", NAME_WIDTH, name);
        print_figures(stream, COUNT, before != NULL, now, then);
        write_percent(text, COUNT, now, then);
        (void)fprintf(stream, "%*s\n", before != NULL ? FIGURE_WIDTH : 0, text);
    }
}

static void print_row(FILE *stream, const runde_settings *settings,
                      const figure *f, const runde_kpis *after,
                      const runde_kpis *before)
{
    const int64_t now = to_shown(settings, f->kind, f->of(after));
    (void)fprintf(stream, "%-*s", NAME_WIDTH, f->name);
    if (before != NULL) {
        char text[WALL_CLOCK_TEXT];
        const int64_t then = to_shown(settings, f->kind, f->of(before));
        print_figures(stream, f->kind, true, now, then);
        write_percent(text, f->kind, f->of(after), f->of(before));
        (void)fprintf(stream, "%*s", FIGURE_WIDTH, text);
    } else {
        print_figures(stream, f->kind, false, now, 0);
    }
    (void)fputc('\n', stream);
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
