/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "exact_method.h"
#include "figures_table.h"
#include "input.h"
#include "interrupt.h"
#include "language_words.h"
#include "options.h"
#include "plan_output.h"
#include "progress_line.h"
#include "route_list.h"
#include "route_table.h"
#include "weigh_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SECONDS 10.0
#define MOST_PARTS 1000

enum {
    OPTION_OUTPUT,
    OPTION_TIME_LIMIT,
    OPTION_ITERATIONS,
    OPTION_STALL,
    OPTION_SEED,
    OPTION_THREADS,
    OPTION_PARTS,
    OPTION_REPLICAS,
    OPTION_EXACT,
    OPTION_FORMAT,
    OPTION_JSON,
    OPTION_LANGUAGE,
    OPTION_BOUND,
    OPTION_COMPLETE,
    OPTION_ORDER,
    OPTION_WEIGHT,
    OPTION_WEIGHTS,
    OPTION_VISITS
};

static const cli_option options[] = {
    [OPTION_OUTPUT] = {"output", 'o', "PLAN",
                       "write the plan to this file, whole or not at all"},
    [OPTION_TIME_LIMIT] = {"time-limit", 't', "S",
                           "search for S seconds (default 10)"},
    [OPTION_ITERATIONS] =
        {"iterations", 'n', "N",
         "search N steps; without GLPK the same plan anywhere"},
    [OPTION_STALL] = {"stall", '\0', "N",
                      "end after N steps without a better plan"},
    [OPTION_SEED] = {"seed", 's', "N", "another search (default 0)"},
    [OPTION_THREADS] = {"threads", 'j', "N",
                        "threads, for parts or replicas (default 1)"},
    [OPTION_PARTS] = {"parts", '\0', "N",
                      "divide the plan into so many parts (default: by size)"},
    [OPTION_REPLICAS] = {"replicas", '\0', "N",
                         "so many searches at once that exchange plans"},
    [OPTION_EXACT] = EXACT_OPTION,
    [OPTION_FORMAT] = {"format", 'f', "F",
                       "json; table: routes and figures; list: to carry"},
    [OPTION_JSON] = {"json", '\0', NULL, "the same as --format json"},
    [OPTION_LANGUAGE] = {"lang", 'l', "LANGUAGE",
                         "of a list: en (default) or nb (Norwegian)"},
    [OPTION_BOUND] = {"bound", '\0', NULL,
                      "also say how low the cost of any plan can be"},
    [OPTION_COMPLETE] = {"require-complete", '\0', NULL,
                         "exit code 4 when mandatory visits are left out"},
    [OPTION_ORDER] = {"order", '\0', "A,B,C",
                      "criteria, most important first, instead of weights"},
    [OPTION_WEIGHT] = {"weight", 'w', "A=N,B=N",
                       "other weights of these criteria"},
    [OPTION_WEIGHTS] = {"weights", '\0', "FILE",
                        "an overlay: weights, order, profiles of clients"},
    [OPTION_VISITS] = {"visits", '\0', "FILE",
                       "write the visit file with these weights"},
};

/* What is printed. */
typedef enum plan_format { AS_JSON, AS_TABLE, AS_LIST } plan_format;

static const char *const format_names[] = {"json", "table", "list", NULL};

static const cli_words words[] = {
    {OPTION_FORMAT, options_word_at, format_names},
    {OPTION_LANGUAGE, options_word_at, language_words},
    {OPTION_EXACT, options_word_at, exact_names},
};

/* What the command line asks for. */
typedef struct request {
    const char *input;
    const char *output; /* NULL: standard output */
    plan_format format;
    runde_language language; /* of a list */
    bool complete;
    const char *visits; /* NULL: the weighed visit file is not wanted */
    weigh_options weigh;
    runde_options search;
} request;

static cli_code bad_value(const cli_command *command, int option,
                          const char *value, const char *expected)
{
    cli_complain("solve: --%s \"%s\": expected %s", options[option].name, value,
                 expected);
    return cli_usage_hint(command);
}

static cli_code read_limits(request *out, const cli_arguments *arguments)
{
    const char *seconds = arguments->value[OPTION_TIME_LIMIT];
    const char *iterations = arguments->value[OPTION_ITERATIONS];
    const char *stall = arguments->value[OPTION_STALL];
    const char *seed = arguments->value[OPTION_SEED];
    if (seconds != NULL && !options_seconds(&out->search.time_limit, seconds)) {
        return bad_value(arguments->command, OPTION_TIME_LIMIT, seconds,
                         "seconds above 0, such as 10 or 0.5");
    }
    if (iterations != NULL) {
        int64_t n = 0;
        if (!options_integer(&n, iterations, 0, INT64_MAX)) {
            return bad_value(arguments->command, OPTION_ITERATIONS, iterations,
                             "a whole number, 0 or more");
        }
        /* For the library 0 is "no limit" and -1 is "do not search". */
        out->search.iteration_limit = n == 0 ? -1 : n;
    } else if (seconds == NULL) {
        out->search.time_limit = DEFAULT_SECONDS;
    }
    if (stall != NULL &&
        !options_integer(&out->search.stall_limit, stall, 1, INT64_MAX)) {
        return bad_value(arguments->command, OPTION_STALL, stall,
                         "a whole number, 1 or more");
    }
    if (seed != NULL && !options_unsigned(&out->search.seed, seed)) {
        return bad_value(arguments->command, OPTION_SEED, seed,
                         "a whole number below 2^64");
    }
    return CLI_DONE;
}

/* A whole number, 1 to `most`; as it was where it is not given. */
static cli_code read_number(int32_t *out, const cli_arguments *arguments,
                            int option, int32_t most)
{
    const char *value = arguments->value[option];
    int64_t n = *out;
    if (value != NULL && !options_integer(&n, value, 1, most)) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "a whole number, 1 to %d",
                       (int)most);
        return bad_value(arguments->command, option, value, expected);
    }
    *out = (int32_t)n;
    return CLI_DONE;
}

static cli_code read_division(request *out, const cli_arguments *arguments)
{
    runde_options *o = &out->search;
    cli_code code =
        read_number(&o->threads, arguments, OPTION_THREADS, RUNDE_THREADS_MOST);
    if (code == CLI_DONE) {
        code = read_number(&o->parts, arguments, OPTION_PARTS, MOST_PARTS);
    }
    return code == CLI_DONE ? read_number(&o->replicas, arguments,
                                          OPTION_REPLICAS, RUNDE_REPLICAS_MOST)
                            : code;
}

static cli_code read_format(request *out, const cli_arguments *arguments)
{
    int format = AS_JSON;
    const cli_code code = options_word(&format, arguments, OPTION_FORMAT);
    out->format = (plan_format)format;
    if (code != CLI_DONE) {
        return code;
    }
    if (arguments->value[OPTION_JSON] != NULL && out->format != AS_JSON) {
        cli_complain("solve: --json and --format %s exclude each other",
                     format_names[format]);
        return cli_usage_hint(arguments->command);
    }
    if (arguments->value[OPTION_LANGUAGE] != NULL && out->format != AS_LIST) {
        cli_complain("solve: --lang is for --format list");
        return cli_usage_hint(arguments->command);
    }
    return language_read(&out->language, arguments, OPTION_LANGUAGE,
                         RUNDE_LANGUAGE_EN);
}

static cli_code read_request(request *out, const cli_arguments *arguments)
{
    const runde_options none = RUNDE_OPTIONS_INIT;
    const char *output = arguments->value[OPTION_OUTPUT];
    memset(out, 0, sizeof *out);
    out->input = arguments->operand[0];
    out->output = output != NULL && strcmp(output, "-") != 0 ? output : NULL;
    out->complete = arguments->value[OPTION_COMPLETE] != NULL;
    out->visits = arguments->value[OPTION_VISITS];
    out->weigh.order = arguments->value[OPTION_ORDER];
    out->weigh.weight = arguments->value[OPTION_WEIGHT];
    out->weigh.overlay = arguments->value[OPTION_WEIGHTS];
    out->search = none;
    if (out->visits != NULL &&
        strcmp(out->visits, output != NULL ? output : "-") == 0) {
        return bad_value(arguments->command, OPTION_VISITS, out->visits,
                         "another place than the plan goes to");
    }
    cli_code code = read_format(out, arguments);
    if (code == CLI_DONE) {
        code = read_limits(out, arguments);
    }
    if (code == CLI_DONE) {
        code = exact_method_read(&out->search.exact, arguments, OPTION_EXACT);
    }
    out->search.bound = arguments->value[OPTION_BOUND] != NULL;
    if (code == CLI_DONE && out->search.bound && out->search.exact == NULL) {
        cli_complain("solve: --bound needs --exact glpk");
        return cli_usage_hint(arguments->command);
    }
    return code == CLI_DONE ? read_division(out, arguments) : code;
}

static cli_code search(runde_plan **out, const runde_problem *problem,
                       const request *asked)
{
    progress_line line;
    progress_line_start(&line);
    runde_options o = asked->search;
    o.progress = progress_line_update;
    o.progress_payload = &line;
    finding_sink sink;
    runde_diag diag = input_diag(&sink, asked->input);
    interrupt_listen();
    const runde_status status = runde_solve(out, problem, &o, &diag);
    progress_line_end(&line);
    return input_status(status, asked->input, &diag);
}

static void print_table(const runde_problem *problem, const runde_plan *plan)
{
    route_table_print(stdout, problem, plan);
    figures_table_kpis(stdout, runde_problem_settings(problem),
                       runde_plan_kpis(plan), NULL);
}

/* Writes the plan down: to its file, to standard output, or both. */
static cli_code deliver(atomic_file *file, const runde_problem *problem,
                        const runde_plan *plan, const request *asked)
{
    char *text = NULL;
    size_t length = 0;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = input_status(
        runde_plan_to_json(&text, &length, problem, plan), asked->input, &none);
    if (code == CLI_DONE) {
        code = asked->output != NULL
                   ? plan_output_save(file, problem, text, length)
                   : plan_output_judge(problem, text, length);
    }
    if (code == CLI_DONE && asked->format == AS_TABLE) {
        print_table(problem, plan);
    } else if (code == CLI_DONE && asked->format == AS_LIST) {
        route_list_print(stdout, problem, plan, RUNDE_NONE, asked->language);
    } else if (code == CLI_DONE && asked->output == NULL) {
        (void)fwrite(text, 1, length, stdout);
    }
    runde_text_free(text);
    return code;
}

/* The problem that the plan is one of, when weights were given. */
static cli_code save_visits(const runde_problem *problem, const char *path,
                            const file_identity *input)
{
    char *text = NULL;
    size_t length = 0;
    if (path == NULL) {
        return CLI_DONE;
    }
    const runde_status status = runde_problem_to_json(&text, &length, problem);
    return atomic_file_save_made(path, input, status, text, length, path);
}

static cli_code verdict(const runde_plan *plan, const request *asked)
{
    const runde_kpis *kpis = runde_plan_kpis(plan);
    const int32_t left_out = kpis->left_out + kpis->left_out_optional;
    if (kpis->left_out > 0) {
        cli_note("%d of %d visits left out (%d mandatory); see "
                 "\"unserved\" in the plan",
                 left_out, kpis->visits, kpis->left_out);
    }
    if (interrupt_asked()) {
        cli_note("stopped; the best plan is written");
        return CLI_STOPPED;
    }
    return asked->complete && kpis->left_out > 0 ? CLI_UNSERVED : CLI_DONE;
}

static cli_code run(const cli_arguments *arguments)
{
    request asked;
    file_identity input = {false, 0, 0};
    atomic_file file = ATOMIC_FILE_INIT;
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    cli_code code = read_request(&asked, arguments);
    if (code == CLI_DONE) {
        code = input_problem(&problem, asked.input, &input);
    }
    if (code == CLI_DONE) {
        code = weigh_options_apply(&problem, &asked.weigh);
    }
    if (code == CLI_DONE && asked.output != NULL) {
        code = atomic_file_open(&file, asked.output, &input);
    }
    if (code == CLI_DONE) {
        code = save_visits(problem, asked.visits, &input);
    }
    if (code == CLI_DONE) {
        code = search(&plan, problem, &asked);
    }
    if (code == CLI_DONE) {
        code = deliver(&file, problem, plan, &asked);
    }
    if (code == CLI_DONE) {
        code = verdict(plan, &asked);
    }
    atomic_file_discard(&file);
    runde_plan_free(plan);
    runde_problem_free(problem);
    return code;
}

const cli_command solve_command = {
    .name = "solve",
    .operands = "FILE",
    .summary = "plan the visits of a file",
    .help =
        "Plans the visits of FILE (\"-\" is standard input) and prints the\n"
        "plan as JSON, or writes it to a file with --output. Every plan is\n"
        "checked on the bytes that are written. Visits that do not fit are\n"
        "part of the answer, with the reasons. Weights of the command line\n"
        "stand before those of the file. Interrupt the search (Ctrl-C)\n"
        "to get the best plan so far, exit code 3.",
    .example = "runde solve visits.json -o plan.json --time-limit 30 "
               "--format table",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
