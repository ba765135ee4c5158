/* SPDX-License-Identifier: MIT */
/* Cells are quoted as in RFC 4180. */
#include "io/csv_table.h"

#include "io/export.h"
#include "io/token.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MARK_UTF8 "\xEF\xBB\xBF"

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

static bool needs_quotes(const rn_csv *t, const char *text)
{
    const size_t n = strlen(text);
    return strchr(text, t->separator) != NULL ||
           strpbrk(text, "\"\r\n\t;,") != NULL ||
           (n > 0 && (text[0] == ' ' || text[n - 1] == ' '));
}

static void begin_cell(rn_csv *t)
{
    if (t->has_cell) {
        rn_text_raw(&t->w.text, &t->separator, 1);
    }
    t->has_cell = true;
}

/* A cell as it is: no formula, but it may hold the separator. */
static void put_cell(rn_csv *t, const char *text, bool has_guard)
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

void rn_csv_word(rn_csv *t, const char *text)
{
    put_cell(t, text, false);
}

void rn_csv_id(rn_csv *t, const char *id)
{
    put_cell(t, id == NULL ? "" : id, id != NULL && looks_like_formula(id));
}

void rn_csv_int(rn_csv *t, int64_t value)
{
    begin_cell(t);
    rn_text_int(&t->w.text, value);
}

void rn_csv_fixed(rn_csv *t, int64_t value, int digits)
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

void rn_csv_minutes(rn_csv *t, int64_t ticks)
{
    const int64_t ms = ticks * t->w.tick_ms;
    rn_csv_fixed(t, (ms < 0 ? ms - 300 : ms + 300) / 600, 2);
}

void rn_csv_time(rn_csv *t, int32_t ticks)
{
    char date[RN_INSTANT_TEXT] = "";
    char text[RN_INSTANT_TEXT + 16];
    rn_local_time local = {0, 0, 0};
    if (t->w.has_origin) {
        local = rn_export_local(&t->w, ticks);
        rn_date_print(date, local.days);
    }
    if (date[0] == '\0') {
        rn_csv_int(t, ticks);
        return;
    }
    (void)snprintf(text, sizeof text, "%s %02d:%02d:%02d", date,
                   (int)(local.second / 3600), (int)(local.second / 60 % 60),
                   (int)(local.second % 60));
    put_cell(t, text, false);
}

void rn_csv_utc(rn_csv *t, int32_t ticks)
{
    char text[RN_INSTANT_TEXT] = "";
    if (t->w.has_origin && ticks != RUNDE_TIME_NONE) {
        rn_instant_print_ms(text,
                            t->w.origin * 1000 + (int64_t)ticks * t->w.tick_ms,
                            RN_ZONE_UTC);
    }
    put_cell(t, text, false);
}

void rn_csv_end_row(rn_csv *t)
{
    rn_text_puts(&t->w.text, "\r\n");
    t->has_cell = false;
}

/* False for a style that is none. */
static bool set_style(rn_csv *t, const runde_csv_style *style, bool *has_bom)
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

bool rn_csv_begin(rn_csv *t, const runde_problem *problem,
                  const runde_csv_style *style, const char *const *headings,
                  int32_t n)
{
    bool has_bom = false;
    if (!set_style(t, style, &has_bom)) {
        return false;
    }
    rn_writer_init(&t->w, problem);
    t->has_cell = false;
    rn_text_puts(&t->w.text, has_bom ? MARK_UTF8 : "");
    for (int32_t i = 0; i < n; i++) {
        put_cell(t, headings[i], false);
    }
    rn_csv_end_row(t);
    return true;
}
