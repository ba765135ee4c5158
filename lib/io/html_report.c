/* SPDX-License-Identifier: MIT */
/* The report: the page that was built in, with one plan's data inside. */
#include "base/alloc.h"
#include "base/diag.h"
#include "io/export.h"
#include "io/report_data.h"
#include "io/report_page.h"

#include <runde/export.h>

#include <math.h>
#include <string.h>

static const char *const language_tags[] = {"nb", "en"};
static const char *const usual_titles[] = {"Runder", "Rounds"};

#define N_LANGUAGES ((int)(sizeof language_tags / sizeof language_tags[0]))

/* ------------------------------------------------------------- arguments */

static bool is_place(const runde_problem *problem, int32_t place)
{
    return runde_problem_place(problem, place) != NULL;
}

static bool is_road(const runde_problem *problem, const runde_road_line *road)
{
    if (!is_place(problem, road->from) || !is_place(problem, road->to) ||
        road->n_points < 0 || (road->n_points > 0 && road->points == NULL) ||
        (road->mode != RUNDE_NONE &&
         runde_problem_mode(problem, road->mode) == NULL)) {
        return false;
    }
    for (int32_t i = 0; i < road->n_points; i++) {
        /* Written so that what is not a number fails too. */
        if (!(fabs(road->points[i].lat) <= 90.0 &&
              fabs(road->points[i].lon) <= 180.0)) {
            return false;
        }
    }
    return true;
}

static bool are_notes(const runde_problem *problem,
                      const runde_html_options *options)
{
    if (options->n_notes < 0 ||
        (options->n_notes > 0 && options->notes == NULL)) {
        return false;
    }
    for (int32_t i = 0; i < options->n_notes; i++) {
        if (options->notes[i].text == NULL ||
            runde_problem_visit(problem, options->notes[i].visit) == NULL) {
            return false;
        }
    }
    return true;
}

static bool are_options(const runde_problem *problem,
                        const runde_html_options *options)
{
    if (options->size != sizeof *options || (int)options->language < 0 ||
        (int)options->language >= N_LANGUAGES || options->n_roads < 0 ||
        (options->n_roads > 0 && options->roads == NULL)) {
        return false;
    }
    for (int32_t i = 0; i < options->n_roads; i++) {
        if (!is_road(problem, &options->roads[i])) {
            return false;
        }
    }
    return are_notes(problem, options);
}

/* The checks of every writer, with a word about which plan is wrong. */
static runde_status judge_plan(const runde_problem *problem,
                               const runde_plan *plan, const char *what,
                               runde_diag *diag)
{
    char *none = NULL;
    const runde_status status = rn_export_start(&none, problem, plan);
    if (status == RUNDE_E_ARGUMENT) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E861", "",
                    "the %s is one of another problem", what);
    } else if (status == RUNDE_OK && !runde_plan_has_times(plan)) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E863", "",
                    "the %s has no times; runde_plan_schedule gives it some",
                    what);
        return RUNDE_E_STATE;
    }
    return status;
}

/* ------------------------------------------------------------------ text */

/* Characters that mean something in HTML become references. */
static void put_escaped(rn_text *page, const char *string)
{
    for (const char *c = string; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            rn_text_puts(page, "&amp;");
            break;
        case '<':
            rn_text_puts(page, "&lt;");
            break;
        case '>':
            rn_text_puts(page, "&gt;");
            break;
        case '"':
            rn_text_puts(page, "&quot;");
            break;
        default:
            rn_text_raw(page, c, 1);
        }
    }
}

/* JSON inside a script element, which ends at the first "</script" and is
 * read otherwise from "<!--" on. "<" occurs in strings only, so it may be
 * written as an escape wherever it stands. */
static void put_data(rn_text *page, const char *json, size_t length)
{
    const char *at = json;
    const char *const end = json + length;
    while (at < end) {
        const char *const found = memchr(at, '<', (size_t)(end - at));
        const char *const stop = found != NULL ? found : end;
        rn_text_raw(page, at, (size_t)(stop - at));
        if (found != NULL) {
            rn_text_puts(page, "\\u003c");
        }
        at = stop + 1;
    }
}

static runde_status assemble(char **out, size_t *length,
                             const runde_html_options *options,
                             const char *json, size_t json_length)
{
    rn_text page;
    rn_text_init(&page);
    const rn_page_piece *piece = rn_report_page;
    bool is_last = false;
    while (!is_last) {
        rn_text_raw(&page, (const char *)piece->bytes, piece->length);
        switch (piece->slot) {
        case RN_PAGE_LANGUAGE:
            rn_text_puts(&page, language_tags[options->language]);
            break;
        case RN_PAGE_TITLE:
            put_escaped(&page, options->title != NULL
                                   ? options->title
                                   : usual_titles[options->language]);
            break;
        case RN_PAGE_DATA:
            put_data(&page, json, json_length);
            break;
        case RN_PAGE_END:
            is_last = true;
            break;
        }
        piece++;
    }
    return rn_text_take(&page, out, length);
}

static runde_status print_page(char **out, size_t *length,
                               const rn_report_input *input)
{
    char *json = NULL;
    size_t json_length = 0;
    rn_text data;
    rn_text_init(&data);
    runde_status status = rn_report_data(&data, input);
    if (status == RUNDE_OK) {
        status = rn_text_take(&data, &json, &json_length);
    }
    if (status == RUNDE_OK) {
        status = assemble(out, length, input->options, json, json_length);
    }
    rn_free(json);
    rn_text_free(&data);
    return status;
}

static runde_status judge(const rn_report_input *input, runde_diag *diag)
{
    const runde_html_options *const options = input->options;
    runde_status status = judge_plan(input->problem, input->plan, "plan", diag);
    if (status == RUNDE_OK && !are_options(input->problem, options)) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E862", "",
                    "the options of the report break their contract");
        status = RUNDE_E_ARGUMENT;
    }
    if (status == RUNDE_OK && options->baseline != NULL) {
        status =
            judge_plan(input->problem, options->baseline, "baseline", diag);
    }
    return status;
}

runde_status runde_plan_to_html(char **out, size_t *length,
                                const runde_problem *problem,
                                const runde_plan *plan,
                                const runde_html_options *options,
                                runde_diag *diag)
{
    const runde_html_options usual = RUNDE_HTML_OPTIONS_INIT;
    if (out == NULL || problem == NULL || plan == NULL ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    rn_diag_start(diag);
    rn_report_input input = {problem, plan, options, NULL, NULL};
    if (options == NULL) {
        input.options = &usual;
    }
    runde_report *after = NULL;
    runde_report *before = NULL;
    runde_status status = judge(&input, diag);
    if (status == RUNDE_OK) {
        status = runde_check(&after, problem, plan);
    }
    if (status == RUNDE_OK && input.options->baseline != NULL) {
        status = runde_check(&before, problem, input.options->baseline);
    }
    if (status == RUNDE_OK) {
        input.after = after;
        input.before = before;
        status = print_page(out, length, &input);
    }
    runde_report_free(before);
    runde_report_free(after);
    return status;
}
