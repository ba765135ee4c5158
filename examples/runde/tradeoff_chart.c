/* SPDX-License-Identifier: MIT */
#include "tradeoff_chart.h"

#include "wall_clock.h"

#include <inttypes.h>
#include <string.h>

/* The picture, in its own units. */
enum {
    WIDTH = 760,
    HEIGHT = 460,
    LEFT = 80,
    RIGHT = 560,
    TOP = 50,
    BOTTOM = 400
};

/* The plot, in characters. */
enum { COLUMNS = 60, ROWS = 11, MARGIN = 10 };

#define AXIS_TEXT 32

static const runde_settings *settings_of(const runde_tradeoff *tradeoff)
{
    return runde_problem_settings(
        runde_tradeoff_get_point(tradeoff, 0)->problem);
}

/* ------------------------------------------------------------------- table */

static char letter_of(int32_t index)
{
    return index < 26 ? (char)('a' + index) : '*';
}

static void print_row(FILE *stream, const runde_tradeoff *tradeoff,
                      int32_t index)
{
    const runde_tradeoff_point *const p =
        runde_tradeoff_get_point(tradeoff, index);
    const runde_kpis *const k = runde_plan_kpis(p->plan);
    const int64_t minutes =
        wall_clock_minutes(settings_of(tradeoff), k->travel);
    const int face = (k->carers_per_client + 5) / 10;
    (void)fprintf(stream, "%c %-14s%7d%6d%5d%6d%6" PRId64 ":%02d%9" PRId64,
                  letter_of(index), p->setting.name, (int)p->setting.driving,
                  (int)p->setting.faces, (int)p->setting.time, (int)k->left_out,
                  minutes / 60, (int)(minutes % 60), p->preference);
    (void)fprintf(stream, "%6d.%d %%%5d.%02d%s\n", (int)k->on_time_share / 10,
                  (int)k->on_time_share % 10, face / 100, face % 100,
                  p->is_best ? " *" : "");
}

void tradeoff_table(FILE *stream, const runde_tradeoff *tradeoff)
{
    (void)fputs("                        times       left  driving   wishes    "
                "        carers\n"
                "  setting       driving faces time   out     h:mm  not met   "
                "on time    each\n",
                stream);
    for (int32_t i = 0; i < runde_tradeoff_n_points(tradeoff); i++) {
        print_row(stream, tradeoff, i);
    }
    (void)fputs(
        "* no other setting is as good in left out, driving, wishes and "
        "on time\n",
        stream);
}

/* -------------------------------------------------------------------- axes */

typedef struct axis {
    const char *name;
    int64_t low;
    int64_t high;
    int64_t value[RUNDE_TRADEOFF_MOST]; /* by point */
} axis;

/* All of it, so that a tradeoff without points has ends too. */
static void start_axis(axis *a, const char *name)
{
    *a = (axis){.name = name};
}

static void widen(axis *a, int32_t index, int64_t value)
{
    a->value[index] = value;
    a->low = index == 0 || value < a->low ? value : a->low;
    a->high = index == 0 || value > a->high ? value : a->high;
}

static void measure_driving(axis *a, const runde_tradeoff *tradeoff)
{
    start_axis(a, "driving, h:mm");
    for (int32_t i = 0; i < runde_tradeoff_n_points(tradeoff); i++) {
        const runde_plan *const plan =
            runde_tradeoff_get_point(tradeoff, i)->plan;
        widen(a, i,
              wall_clock_minutes(settings_of(tradeoff),
                                 runde_plan_kpis(plan)->travel));
    }
}

static void write_driving(char text[AXIS_TEXT], int64_t minutes)
{
    (void)snprintf(text, AXIS_TEXT, "%" PRId64 ":%02d", minutes / 60,
                   (int)(minutes % 60));
}

static bool measures_wishes(const axis *a)
{
    return strcmp(a->name, "carers per client") != 0;
}

static void measure_faces(axis *a, const runde_tradeoff *tradeoff)
{
    const int32_t n = runde_tradeoff_n_points(tradeoff);
    start_axis(a, "wishes about carers not met");
    for (int32_t i = 0; i < n; i++) {
        widen(a, i, runde_tradeoff_get_point(tradeoff, i)->preference);
    }
    if (a->low == a->high) {
        start_axis(a, "carers per client");
        for (int32_t i = 0; i < n; i++) {
            const runde_plan *const plan =
                runde_tradeoff_get_point(tradeoff, i)->plan;
            widen(a, i, runde_plan_kpis(plan)->carers_per_client);
        }
    }
}

static void write_faces(char text[AXIS_TEXT], const axis *a, int64_t value)
{
    if (measures_wishes(a)) {
        (void)snprintf(text, AXIS_TEXT, "%" PRId64, value);
    } else {
        (void)snprintf(text, AXIS_TEXT, "%" PRId64 ".%02d", value / 1000,
                       (int)(value % 1000) / 10);
    }
}

/* Where a point lies between two ends of the picture. */
static int place(const axis *a, int32_t index, int from, int to)
{
    return a->high == a->low ? (from + to) / 2
                             : from + (int)((a->value[index] - a->low) *
                                            (to - from) / (a->high - a->low));
}

/* -------------------------------------------------------------------- plot */

void tradeoff_plot(FILE *stream, const runde_tradeoff *tradeoff)
{
    char field[ROWS][COLUMNS];
    char text[AXIS_TEXT];
    axis x;
    axis y;
    memset(field, ' ', sizeof field);
    measure_driving(&x, tradeoff);
    measure_faces(&y, tradeoff);
    for (int32_t i = runde_tradeoff_n_points(tradeoff) - 1; i >= 0; i--) {
        field[place(&y, i, ROWS - 1, 0)][place(&x, i, 0, COLUMNS - 1)] =
            letter_of(i);
    }
    (void)fprintf(stream, "\n%s\n", y.name);
    for (int row = 0; row < ROWS; row++) {
        text[0] = '\0';
        if (row == 0 || row == ROWS - 1) {
            write_faces(text, &y, row == 0 ? y.high : y.low);
        }
        int n = COLUMNS;
        while (n > 0 && field[row][n - 1] == ' ') {
            n--;
        }
        (void)fprintf(stream, "%*s |%.*s\n", MARGIN, text, n, field[row]);
    }
    (void)fprintf(stream, "%*s +", MARGIN, "");
    for (int i = 0; i < COLUMNS; i++) {
        (void)fputc('-', stream);
    }
    write_driving(text, x.low);
    (void)fprintf(stream, "\n%*s%-*s", MARGIN + 2, "", COLUMNS - 26, text);
    write_driving(text, x.high);
    (void)fprintf(stream, "%13s%13s\n", x.name, text);
}

/* ----------------------------------------------------------------- picture */

static void draw_axes(FILE *stream, const axis *x, const axis *y)
{
    (void)fprintf(
        stream,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
        "font-family=\"sans-serif\" font-size=\"13\">\n"
        "<title>What weights cost</title>\n"
        "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n"
        "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#555\"/>\n",
        WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT - 20, TOP - 20, BOTTOM + 20,
        RIGHT + 20);
    (void)fprintf(stream,
                  "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                  "<text x=\"8\" y=\"20\">%s</text>\n",
                  (LEFT + RIGHT) / 2, HEIGHT - 8, x->name, y->name);
    for (int i = 0; i < 2; i++) {
        char across[AXIS_TEXT];
        char up[AXIS_TEXT];
        write_driving(across, i == 0 ? x->low : x->high);
        write_faces(up, y, i == 0 ? y->low : y->high);
        (void)fprintf(stream,
                      "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s"
                      "</text>\n<text x=\"8\" y=\"%d\">%s</text>\n",
                      i == 0 ? LEFT : RIGHT, BOTTOM + 36, across,
                      (i == 0 ? BOTTOM : TOP) + 5, up);
    }
}

/* Names come from the library and need no escapes. */
static void draw_point(FILE *stream, const runde_tradeoff_point *point, int x,
                       int y)
{
    const int32_t on_time = runde_plan_kpis(point->plan)->on_time_share;
    (void)fprintf(stream,
                  "<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\" "
                  "stroke=\"#1b5e8c\"/>\n"
                  "<text x=\"%d\" y=\"%d\">%s, %d.%d %% on time</text>\n",
                  x, y, point->is_best ? "#1b5e8c" : "#fff", x + 10, y + 5,
                  point->setting.name, (int)on_time / 10, (int)on_time % 10);
}

void tradeoff_svg(FILE *stream, const runde_tradeoff *tradeoff)
{
    axis x;
    axis y;
    measure_driving(&x, tradeoff);
    measure_faces(&y, tradeoff);
    draw_axes(stream, &x, &y);
    for (int32_t i = 0; i < runde_tradeoff_n_points(tradeoff); i++) {
        draw_point(stream, runde_tradeoff_get_point(tradeoff, i),
                   place(&x, i, LEFT, RIGHT), place(&y, i, BOTTOM, TOP));
    }
    (void)fputs("</svg>\n", stream);
}
