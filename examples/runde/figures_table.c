/* SPDX-License-Identifier: MIT */
#include "figures_table.h"

#include "wall_clock.h"

#include <inttypes.h>
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
        const figure *f = &figures[i];
        const int64_t now = to_shown(settings, f->kind, f->of(after));
        char text[WALL_CLOCK_TEXT];
        (void)fprintf(stream, "%-*s", NAME_WIDTH, f->name);
        if (before != NULL) {
            const int64_t then = to_shown(settings, f->kind, f->of(before));
            put_shown(stream, f->kind, then);
            put_shown(stream, f->kind, now);
            put_shown(stream, f->kind == SHARE ? POINTS : f->kind, now - then);
            write_percent(text, f->kind, f->of(after), f->of(before));
            (void)fprintf(stream, "%*s", FIGURE_WIDTH, text);
        } else {
            put_shown(stream, f->kind, now);
        }
        (void)fputc('\n', stream);
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
    (void)fprintf(stream, "%-*s%*s%*" PRId64 "\n", NAME_WIDTH, "wishes",
                  to_cost, "", FIGURE_WIDTH, cost->wishes);
    (void)fprintf(stream, "%-*s%*s%*" PRId64 "\n", NAME_WIDTH,
                  "left out, by priority", to_cost, "", FIGURE_WIDTH,
                  cost->left_out);
}
