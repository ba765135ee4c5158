/* SPDX-License-Identifier: MIT */
/* A plan as a table. Cells are quoted as in RFC 4180. */
#include "io/export.h"
#include "io/token.h"

#include <runde/export.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MARK_UTF8 "\xEF\xBB\xBF"

typedef struct table {
    rn_writer w;
    char separator;
    char decimal_mark;
    bool has_cell; /* in the row at hand */
} table;

/* ------------------------------------------------------------------- cells */

/* What a spreadsheet takes for a formula begins like this; blanks in front
 * are skipped, and the full-width forms are taken as well. The apostrophe is
 * in the list so that one in front always is ours. Source: OWASP, CSV
 * Injection. */
static bool looks_like_formula(const char *text)
{
    static const uint32_t signs[] = {'=',  '+',    '-',    '@',    '\t',  '\r',
                                     '\n', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    uint32_t code = 0;
    text += strspn(text, " ");
    if (rn_utf8_decode(text, text + strlen(text), &code) == 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (code == signs[i]) {
            return true;
        }
    }
    return code == '\'';
}

static bool needs_quotes(const table *t, const char *text)
{
    const size_t n = strlen(text);
    return strchr(text, t->separator) != NULL ||
           strpbrk(text, "\"\r\n\t;,") != NULL ||
           (n > 0 && (text[0] == ' ' || text[n - 1] == ' '));
}

static void begin_cell(table *t)
{
    if (t->has_cell) {
        rn_text_raw(&t->w.text, &t->separator, 1);
    }
    t->has_cell = true;
}

/* A cell as it is: no formula, but it may hold the separator. */
static void put_cell(table *t, const char *text, bool has_guard)
{
    rn_text *const to = &t->w.text;
    begin_cell(t);
    if (!needs_quotes(t, text)) {
        rn_text_puts(to, has_guard ? "'" : "");
        rn_text_puts(to, text);
        return;
    }
    rn_text_puts(to, has_guard ? "\"'" : "\"");
    for (const char *c = text; *c != '\0'; c++) {
        rn_text_raw(to, c, 1);
        if (*c == '"') {
            rn_text_raw(to, c, 1);
        }
    }
    rn_text_puts(to, "\"");
}

/* An id; NULL leaves the cell empty. */
static void put_id(table *t, const char *id)
{
    put_cell(t, id == NULL ? "" : id, id != NULL && looks_like_formula(id));
}

static void put_int(table *t, int64_t value)
{
    begin_cell(t);
    rn_text_int(&t->w.text, value);
}

/* value / 10^digits, digits 1 to 7. */
static void put_fixed(table *t, int64_t value, int digits)
{
    char text[40];
    int64_t unit = 1;
    for (int i = 0; i < digits; i++) {
        unit *= 10;
    }
    const int64_t size = value < 0 ? -value : value;
    (void)snprintf(text, sizeof text, "%s%lld%c%0*lld", value < 0 ? "-" : "",
                   (long long)(size / unit), t->decimal_mark, digits,
                   (long long)(size % unit));
    put_cell(t, text, false);
}

/* Ticks as minutes, to the hundredth. */
static void put_minutes(table *t, int32_t ticks)
{
    const int64_t ms = (int64_t)ticks * t->w.tick_ms;
    put_fixed(t, (ms < 0 ? ms - 300 : ms + 300) / 600, 2);
}

/* What the clock shows, "2026-11-23 08:30:00"; without civil time ticks. */
static void put_time(table *t, int32_t ticks)
{
    char date[RN_INSTANT_TEXT] = "";
    char text[RN_INSTANT_TEXT + 16];
    rn_local_time local = {0, 0, 0};
    if (t->w.has_origin) {
        local = rn_export_local(&t->w, ticks);
        rn_date_print(date, local.days);
    }
    if (date[0] == '\0') {
        put_int(t, ticks);
        return;
    }
    (void)snprintf(text, sizeof text, "%s %02d:%02d:%02d", date,
                   (int)(local.second / 3600), (int)(local.second / 60 % 60),
                   (int)(local.second % 60));
    put_cell(t, text, false);
}

static void put_place(table *t, int32_t place)
{
    const runde_place *const row = runde_problem_place(t->w.problem, place);
    put_id(t, row == NULL ? NULL : row->id);
    if (row == NULL || !row->has_coordinates) {
        put_id(t, NULL);
        put_id(t, NULL);
        return;
    }
    put_fixed(t, llround(row->lat * 1e7), RN_DECIMALS);
    put_fixed(t, llround(row->lon * 1e7), RN_DECIMALS);
}

static void end_row(table *t)
{
    rn_text_puts(&t->w.text, "\r\n");
    t->has_cell = false;
}

/* -------------------------------------------------------------------- rows */

static const char *const headings[] = {"carer",
                                       "shift",
                                       "stop",
                                       "kind",
                                       "id",
                                       "part",
                                       "client",
                                       "place",
                                       "lat",
                                       "lon",
                                       "arrival",
                                       "service_start",
                                       "departure",
                                       "travel_minutes",
                                       "distance_km",
                                       "waiting_minutes",
                                       "setup_minutes",
                                       "reasons"};

static void put_headings(table *t)
{
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        put_cell(t, headings[i], false);
    }
    end_row(t);
}

static void put_visit(table *t, int32_t index, int32_t part)
{
    const runde_visit *const visit = runde_problem_visit(t->w.problem, index);
    put_id(t, visit->id);
    put_int(t, part + 1);
    put_id(t, runde_problem_client(t->w.problem, visit->client)->id);
}

static void put_item(table *t, const runde_shift *shift, const runde_stop *stop)
{
    if (stop->kind == RUNDE_STOP_VISIT) {
        put_visit(t, stop->item, stop->part);
        return;
    }
    if (stop->kind == RUNDE_STOP_ACTIVITY) {
        put_id(t, shift->activities[stop->item].id);
    } else {
        put_int(t, stop->item + 1);
    }
    put_id(t, NULL);
    put_id(t, NULL);
}

static void put_stop(table *t, const runde_route *route, int32_t index)
{
    const runde_shift *const shift =
        runde_problem_shift(t->w.problem, route->shift);
    const runde_stop *const stop = &route->stops[index];
    put_id(t, runde_problem_carer(t->w.problem, shift->carer)->id);
    put_id(t, shift->id);
    put_int(t, index + 1);
    put_cell(t, rn_stop_word(stop->kind), false);
    put_item(t, shift, stop);
    put_place(t, stop->place);
    put_time(t, stop->arrival);
    put_time(t, stop->start);
    put_time(t, stop->departure);
    put_minutes(t, stop->travel);
    put_fixed(t, stop->distance, 3);
    put_minutes(t, stop->waiting);
    put_minutes(t, stop->setup);
    put_id(t, NULL);
    end_row(t);
}

/* The codes that any shift has, each once, in their own order. */
static void put_reasons(table *t, const runde_unserved *unserved)
{
    uint32_t found = 0;
    char text[512] = "";
    size_t used = 0;
    for (int32_t i = 0; i < unserved->n_reasons; i++) {
        found |= UINT32_C(1) << unserved->reasons[i].code;
    }
    for (int code = 0; code < RUNDE_REASONS; code++) {
        if ((found >> code & 1U) == 0 || used >= sizeof text) {
            continue;
        }
        const int n = snprintf(text + used, sizeof text - used, "%s%s",
                               used > 0 ? "|" : "",
                               runde_reason_name((runde_reason_code)code));
        used += n > 0 ? (size_t)n : 0;
    }
    put_cell(t, text, false);
}

static void put_unserved(table *t, const runde_unserved *unserved)
{
    const runde_visit *const visit =
        runde_problem_visit(t->w.problem, unserved->visit);
    for (int i = 0; i < 3; i++) {
        put_id(t, NULL);
    }
    put_cell(t, "unserved", false);
    put_id(t, visit->id);
    put_id(t, NULL);
    put_id(t, runde_problem_client(t->w.problem, visit->client)->id);
    put_place(t, visit->place);
    for (int i = 0; i < 7; i++) {
        put_id(t, NULL);
    }
    put_reasons(t, unserved);
    end_row(t);
}

/* -------------------------------------------------------------------- text */

static bool set_style(table *t, const runde_csv_style *style, bool *has_bom)
{
    t->separator = ',';
    t->decimal_mark = '.';
    *has_bom = false;
    if (style == NULL) {
        return true;
    }
    if (style->size != sizeof *style) {
        return false;
    }
    t->separator = style->separator == '\0' ? ',' : style->separator;
    t->decimal_mark = style->decimal_mark == '\0' ? '.' : style->decimal_mark;
    *has_bom = style->has_bom;
    return strchr(",;\t", t->separator) != NULL &&
           strchr(".,", t->decimal_mark) != NULL;
}

runde_status runde_plan_to_csv(char **text, size_t *length,
                               const runde_problem *problem,
                               const runde_plan *plan,
                               const runde_csv_style *style)
{
    table t;
    bool has_bom = false;
    const runde_status status = rn_export_start(text, problem, plan);
    if (status != RUNDE_OK) {
        return status;
    }
    if (!set_style(&t, style, &has_bom)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_writer_init(&t.w, problem);
    t.has_cell = false;
    rn_text_puts(&t.w.text, has_bom ? MARK_UTF8 : "");
    put_headings(&t);
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            put_stop(&t, route, i);
        }
    }
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        put_unserved(&t, runde_plan_unserved(plan, i));
    }
    return rn_text_take(&t.w.text, text, length);
}
