/* SPDX-License-Identifier: MIT */
#include "progress_line.h"

#include "cli.h"
#include "interrupt.h"
#include "screen.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Faster than this nobody can read. */
#define REDRAW_SECONDS 0.1
#define TEXT 128

/* How much cheaper than the first plan. A plan that serves visits which the
 * first one left out may well cost more: then there is nothing to compare. */
static void write_improvement(char *text, size_t size, const runde_progress *p)
{
    text[0] = '\0';
    if (p->first_cost > 0 && p->cost <= p->first_cost) {
        (void)snprintf(text, size, ", %+.1f %%",
                       100.0 * (double)(p->cost - p->first_cost) /
                           (double)p->first_cost);
    }
}

static void put_line(const char *text)
{
    (void)fprintf(stderr, "\r%-79.79s", text);
    (void)fflush(stderr);
}

static void describe(char *text, size_t size, const runde_progress *p)
{
    char better[32];
    write_improvement(better, sizeof better, p);
    const double rate =
        p->seconds > 0.0 ? (double)p->iterations / p->seconds : 0.0;
    (void)snprintf(text, size,
                   "%6.1f s  %" PRId64
                   " iterations, %.0f/s  %d left out  cost %" PRId64 "%s",
                   p->seconds, p->iterations, rate, p->left_out, p->cost,
                   better);
}

void progress_line_start(progress_line *line)
{
    memset(line, 0, sizeof *line);
    line->shown = !cli_is_quiet() && screen_is_lively(stderr);
    line->last = -REDRAW_SECONDS;
}

void progress_line_draw(progress_line *line, double seconds, const char *text)
{
    if (line->shown && seconds - line->last >= REDRAW_SECONDS) {
        put_line(text);
        line->last = seconds;
    }
}

void progress_line_clear(const progress_line *line)
{
    if (line->shown && line->last >= 0.0) {
        put_line("");
        (void)fputc('\r', stderr);
    }
}

int progress_line_update(const runde_progress *progress, void *payload)
{
    progress_line *line = payload;
    char text[TEXT];
    line->newest = *progress;
    if (line->shown) {
        describe(text, sizeof text, progress);
        progress_line_draw(line, progress->seconds, text);
    }
    return interrupt_asked() ? 1 : 0;
}

void progress_line_end(progress_line *line)
{
    char text[TEXT];
    if (line->shown && line->newest.size != 0) {
        describe(text, sizeof text, &line->newest);
        put_line(text);
        (void)fputc('\n', stderr);
    }
}
