/* SPDX-License-Identifier: MIT */
#include "tradeoff_chart.h"

#include "wall_clock.h"

#include <inttypes.h>

/* The picture, in its own units. */
enum {
    WIDTH = 760,
    HEIGHT = 460,
    LEFT = 80,
    RIGHT = 600,
    TOP = 50,
    BOTTOM = 400
};

/* As good in everything, and better in something. */
static bool is_better(const runde_kpis *a, const runde_kpis *b)
{
    const int64_t more[] = {
        (int64_t)a->left_out - b->left_out, a->travel - b->travel,
        (int64_t)a->carers_per_client - b->carers_per_client,
        (int64_t)b->on_time_share - a->on_time_share};
    bool is_less = false;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        if (more[i] > 0) {
            return false;
        }
        is_less = is_less || more[i] < 0;
    }
    return is_less;
}

void tradeoff_compare(tradeoff_point *points, int n)
{
    for (int i = 0; i < n; i++) {
        points[i].is_best = true;
        for (int j = 0; j < n; j++) {
            points[i].is_best = points[i].is_best &&
                                !is_better(&points[j].kpis, &points[i].kpis);
        }
    }
}

void tradeoff_table(FILE *stream, const runde_settings *settings,
                    const tradeoff_point *points, int n)
{
    (void)fprintf(stream, "%-20s%9s%7s%6s%10s%9s%12s%10s%10s\n", "setting",
                  "driving", "faces", "time", "left out", "driving",
                  "carers per", "wishes", "on time");
    (void)fprintf(stream, "%-20s%9s%7s%6s%10s%9s%12s%10s%10s\n", "", "times",
                  "times", "times", "", "h:mm", "client", "not met", "");
    for (int i = 0; i < n; i++) {
        const runde_kpis *const k = &points[i].kpis;
        const int64_t minutes = wall_clock_minutes(settings, k->travel);
        const int face = (k->carers_per_client + 5) / 10;
        (void)fprintf(stream,
                      "%-20s%9d%7d%6d%10d%6" PRId64 ":%02d%9d.%02d%10" PRId64
                      "%6d.%d %%%s\n",
                      points[i].name, (int)points[i].driving,
                      (int)points[i].faces, (int)points[i].time,
                      (int)k->left_out, minutes / 60, (int)(minutes % 60),
                      face / 100, face % 100, points[i].preference,
                      (int)k->on_time_share / 10, (int)k->on_time_share % 10,
                      points[i].is_best ? "  *" : "");
    }
    (void)fputs("* no other setting is as good in everything\n", stream);
}

void tradeoff_json(FILE *stream, const runde_settings *settings,
                   const tradeoff_point *points, int n)
{
    (void)fputs("{\n  \"format\": \"runde-tradeoff\",\n  \"version\": 1,\n"
                "  \"settings\": [",
                stream);
    for (int i = 0; i < n; i++) {
        const runde_kpis *const k = &points[i].kpis;
        (void)fprintf(
            stream,
            "%s\n    {\"name\": \"%s\", \"times\": {\"driving\": %d, "
            "\"faces\": %d, \"time\": %d}, \"left_out\": %d, "
            "\"driving_minutes\": %" PRId64 ", \"carers_per_client\": %d.%03d, "
            "\"wishes_not_met\": %" PRId64 ", \"on_time_share\": %d.%03d, "
            "\"best\": %s}",
            i > 0 ? "," : "", points[i].name, (int)points[i].driving,
            (int)points[i].faces, (int)points[i].time, (int)k->left_out,
            wall_clock_minutes(settings, k->travel),
            (int)k->carers_per_client / 1000, (int)k->carers_per_client % 1000,
            points[i].preference, (int)k->on_time_share / 1000,
            (int)k->on_time_share % 1000, points[i].is_best ? "true" : "false");
    }
    (void)fputs("\n  ]\n}\n", stream);
}

/* ----------------------------------------------------------------- picture */

typedef struct range {
    int64_t low;
    int64_t high;
} range;

static void widen(range *r, int64_t value, bool is_first)
{
    r->low = is_first || value < r->low ? value : r->low;
    r->high = is_first || value > r->high ? value : r->high;
}

/* Where a value lies between two ends of the picture. */
static int place(const range *r, int64_t value, int from, int to)
{
    return r->high == r->low ? (from + to) / 2
                             : from + (int)((value - r->low) * (to - from) /
                                            (r->high - r->low));
}

static void draw_axes(FILE *stream, const range *minutes, const range *faces)
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
                  "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">driving, "
                  "h:mm</text>\n"
                  "<text x=\"8\" y=\"20\">carers per client</text>\n",
                  (LEFT + RIGHT) / 2, HEIGHT - 8);
    const int64_t x[] = {minutes->low, minutes->high};
    const int64_t y[] = {faces->low, faces->high};
    for (int i = 0; i < 2; i++) {
        (void)fprintf(stream,
                      "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%" PRId64
                      ":%02d</text>\n"
                      "<text x=\"8\" y=\"%d\">%" PRId64 ".%03d</text>\n",
                      place(minutes, x[i], LEFT, RIGHT), BOTTOM + 36, x[i] / 60,
                      (int)(x[i] % 60), place(faces, y[i], BOTTOM, TOP) + 5,
                      y[i] / 1000, (int)(y[i] % 1000));
    }
}

void tradeoff_svg(FILE *stream, const runde_settings *settings,
                  const tradeoff_point *points, int n)
{
    range minutes = {0, 0};
    range faces = {0, 0};
    for (int i = 0; i < n; i++) {
        widen(&minutes, wall_clock_minutes(settings, points[i].kpis.travel),
              i == 0);
        widen(&faces, points[i].kpis.carers_per_client, i == 0);
    }
    draw_axes(stream, &minutes, &faces);
    for (int i = 0; i < n; i++) {
        const runde_kpis *const k = &points[i].kpis;
        const int x = place(&minutes, wall_clock_minutes(settings, k->travel),
                            LEFT, RIGHT);
        const int y = place(&faces, k->carers_per_client, BOTTOM, TOP);
        (void)fprintf(stream,
                      "<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\" "
                      "stroke=\"#1b5e8c\"/>\n"
                      "<text x=\"%d\" y=\"%d\">%s, %d.%d %% on time</text>\n",
                      x, y, points[i].is_best ? "#1b5e8c" : "#fff", x + 10,
                      y + 5, points[i].name, (int)k->on_time_share / 10,
                      (int)k->on_time_share % 10);
    }
    (void)fputs("</svg>\n", stream);
}
