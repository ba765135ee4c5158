/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "drawn_roads.h"
#include "exact_method.h"
#include "input.h"
#include "language_words.h"
#include "left_out_notes.h"
#include "options.h"

#include <runde/export.h>
#include <stdio.h>
#include <string.h>

enum {
    OPTION_BASELINE,
    OPTION_LANGUAGE,
    OPTION_TITLE,
    OPTION_NODES,
    OPTION_EDGES,
    OPTION_OUTPUT
};

static const cli_option options[] = {
    [OPTION_BASELINE] = {"baseline", 'b', "PLAN",
                         "show key figures beside those of this plan"},
    [OPTION_LANGUAGE] = {"lang", 'l', "LANGUAGE",
                         "nb (Norwegian, default) or en"},
    [OPTION_TITLE] = {"title", 't', "TEXT", "a heading, such as the zone"},
    [OPTION_NODES] = {"nodes", '\0', "CSV",
                      "draw the routes on this road network: its nodes"},
    [OPTION_EDGES] = {"edges", '\0', "CSV", "and its edges"},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", "write the page to this file"},
};

static const cli_words words[] = {
    {OPTION_LANGUAGE, options_word_at, language_words},
};

/* Standard input can be read only once. */
static bool reads_input_twice(const cli_arguments *arguments)
{
    const char *const names[] = {arguments->operand[0], arguments->operand[1],
                                 arguments->value[OPTION_BASELINE],
                                 arguments->value[OPTION_NODES],
                                 arguments->value[OPTION_EDGES]};
    int dashes = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        dashes += names[i] != NULL && strcmp(names[i], "-") == 0;
    }
    return dashes > 1;
}

/* A plan, with times if the file has none. */
static cli_code read_plan(runde_plan **out, const runde_problem *problem,
                          const char *path)
{
    const cli_code code = input_plan(out, problem, path);
    return code == CLI_DONE
               ? input_choose_times(out, problem, path, exact_method())
               : code;
}

static cli_code write_page(const cli_arguments *arguments,
                           const runde_problem *problem, const runde_plan *plan,
                           const runde_html_options *how,
                           const file_identity *input)
{
    char *page = NULL;
    size_t length = 0;
    const runde_status status =
        runde_plan_to_html(&page, &length, problem, plan, how, NULL);
    return atomic_file_save_made(arguments->value[OPTION_OUTPUT], input, status,
                                 page, length, arguments->operand[1]);
}

/* Everything behind the visit file. */
static cli_code draw(const cli_arguments *arguments,
                     const runde_problem *problem, runde_html_options *how,
                     const file_identity *input)
{
    const char *const baseline = arguments->value[OPTION_BASELINE];
    const char *const nodes = arguments->value[OPTION_NODES];
    runde_plan *plan = NULL;
    runde_plan *before = NULL;
    drawn_roads roads = DRAWN_ROADS_INIT;
    left_out_notes helps = LEFT_OUT_NOTES_INIT;
    cli_code code = read_plan(&plan, problem, arguments->operand[1]);
    if (code == CLI_DONE && baseline != NULL) {
        code = read_plan(&before, problem, baseline);
    }
    if (code == CLI_DONE && nodes != NULL) {
        code = drawn_roads_make(&roads, problem, plan, nodes,
                                arguments->value[OPTION_EDGES]);
    }
    if (code == CLI_DONE) {
        code = left_out_notes_make(&helps, problem, plan, how->language);
    }
    if (code == CLI_DONE) {
        how->notes = helps.notes;
        how->n_notes = helps.n_notes;
        how->baseline = before;
        how->roads = roads.lines;
        how->n_roads = roads.n_lines;
        code = write_page(arguments, problem, plan, how, input);
    }
    left_out_notes_free(&helps);
    drawn_roads_free(&roads);
    runde_plan_free(before);
    runde_plan_free(plan);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    runde_html_options how = RUNDE_HTML_OPTIONS_INIT;
    how.title = arguments->value[OPTION_TITLE];
    if ((arguments->value[OPTION_NODES] == NULL) !=
        (arguments->value[OPTION_EDGES] == NULL)) {
        cli_complain("report: --nodes and --edges go together");
        return cli_usage_hint(arguments->command);
    }
    if (reads_input_twice(arguments)) {
        cli_complain("report: standard input can be read only once");
        return cli_usage_hint(arguments->command);
    }
    runde_problem *problem = NULL;
    file_identity input = {false, 0, 0};
    cli_code code = language_read(&how.language, arguments, OPTION_LANGUAGE,
                                  RUNDE_LANGUAGE_NB);
    if (code == CLI_DONE) {
        code = input_problem(&problem, arguments->operand[0], &input);
    }
    if (code == CLI_DONE) {
        code = draw(arguments, problem, &how, &input);
    }
    runde_problem_free(problem);
    return code;
}

const cli_command report_command = {
    .name = "report",
    .operands = "FILE PLAN",
    .summary = "draw a plan as a page to look at, filter and print",
    .help =
        "Writes one HTML page: map, time chart, lists by carer and client,\n"
        "what is left out and why, key figures. The page needs no network\n"
        "and holds the ids and positions of the visit file.",
    .example = "runde report visits.json plan.json --baseline today.json "
               "-o report.html",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 2,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
