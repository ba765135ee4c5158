/* SPDX-License-Identifier: MIT */
#include "actuals_table.h"

#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>
#include <string.h>

#define NAME_WIDTH 28
#define FIGURE_WIDTH 9

/* "8:05", hours and minutes. */
static void put_hours(FILE *stream, const runde_settings *settings,
                      int64_t ticks)
{
    char text[WALL_CLOCK_TEXT];
    const int64_t minutes = wall_clock_minutes(settings, ticks);
    (void)snprintf(text, sizeof text, "%" PRId64 ":%02d", minutes / 60,
                   (int)(minutes % 60));
    (void)fprintf(stream, "%*s", FIGURE_WIDTH, text);
}

static void put_count(FILE *stream, const char *name, int32_t count)
{
    (void)fprintf(stream, "%-*s%*d\n", NAME_WIDTH, name, FIGURE_WIDTH, count);
}

static void put_span(FILE *stream, const runde_settings *settings,
                     const char *name, int64_t ticks)
{
    (void)fprintf(stream, "%-*s", NAME_WIDTH, name);
    put_hours(stream, settings, ticks);
    (void)fputc('\n', stream);
}

static void print_totals(FILE *stream, const runde_settings *settings,
                         const runde_actual_sums *s)
{
    put_count(stream, "planned", s->planned);
    put_count(stream, "done", s->done);
    put_count(stream, "done by another carer", s->other_carer);
    put_count(stream, "missing", s->missing);
    put_count(stream, "extra", s->extra);
    put_span(stream, settings, "with clients, planned (h:mm)", s->service[0]);
    put_span(stream, settings, "with clients, actual (h:mm)", s->service[1]);
    put_span(stream, settings, "later, sum (h:mm)", s->late);
    put_span(stream, settings, "later, most (h:mm)", s->most_late);
    put_span(stream, settings, "earlier, sum (h:mm)", s->early);
    put_span(stream, settings, "earlier, most (h:mm)", s->most_early);
    put_count(stream, "done, with a wished time", s->wished);
    put_count(stream, "  on time as planned", s->on_time[0]);
    put_count(stream, "  on time", s->on_time[1]);
}

static void print_headings(FILE *stream, const char *who)
{
    static const char *const names[] = {
        "planned", "done",   "other",   "missing", "extra",  "h plan",
        "h done",  "h late", "h early", "wished",  "on time"};
    (void)fprintf(stream, "\n%-*s", NAME_WIDTH, who);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)fprintf(stream, "%*s", FIGURE_WIDTH, names[i]);
    }
    (void)fputc('\n', stream);
}

static void print_row(FILE *stream, const runde_settings *settings,
                      const char *id, const runde_actual_sums *s)
{
    const int32_t counts[] = {s->planned, s->done, s->other_carer, s->missing,
                              s->extra};
    screen_pad(stream, id, NAME_WIDTH);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        (void)fprintf(stream, "%*d", FIGURE_WIDTH, counts[i]);
    }
    put_hours(stream, settings, s->service[0]);
    put_hours(stream, settings, s->service[1]);
    put_hours(stream, settings, s->late);
    put_hours(stream, settings, s->early);
    (void)fprintf(stream, "%*d%*d\n", FIGURE_WIDTH, s->wished, FIGURE_WIDTH,
                  s->on_time[1]);
}

void actuals_table_print(FILE *stream, const runde_problem *problem,
                         const runde_actuals *actuals)
{
    const runde_settings *const settings = runde_problem_settings(problem);
    print_totals(stream, settings, runde_actuals_get_totals(actuals));
    print_headings(stream, "carer");
    for (int32_t i = 0; i < runde_actuals_n_carers(actuals); i++) {
        const runde_actual_row *const row = runde_actuals_get_carer(actuals, i);
        print_row(stream, settings, runde_problem_carer(problem, row->who)->id,
                  &row->sums);
    }
    print_headings(stream, "client");
    for (int32_t i = 0; i < runde_actuals_n_clients(actuals); i++) {
        const runde_actual_row *const row =
            runde_actuals_get_client(actuals, i);
        print_row(stream, settings, runde_problem_client(problem, row->who)->id,
                  &row->sums);
    }
}
