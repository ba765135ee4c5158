/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "exact_method.h"
#include "input.h"
#include "interrupt.h"
#include "options.h"
#include "progress_line.h"
#include "tradeoff_chart.h"
#include "weigh_options.h"

#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_ITERATIONS 5000

enum {
    OPTION_ITERATIONS,
    OPTION_SEED,
    OPTION_EXACT,
    OPTION_ORDER,
    OPTION_WEIGHT,
    OPTION_WEIGHTS,
    OPTION_JSON,
    OPTION_SVG
};

static const cli_option options[] = {
    [OPTION_ITERATIONS] = {"iterations", 'n', "N",
                           "search N steps for each setting (default 5000)"},
    [OPTION_SEED] = {"seed", 's', "N", "another search (default 0)"},
    [OPTION_EXACT] = EXACT_OPTION,
    [OPTION_ORDER] = {"order", '\0', "A,B,C",
                      "criteria, most important first, instead of weights"},
    [OPTION_WEIGHT] = {"weight", 'w', "A=N,B=N",
                       "other weights of these criteria"},
    [OPTION_WEIGHTS] = {"weights", '\0', "FILE",
                        "an overlay: weights, order, profiles of clients"},
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
    [OPTION_SVG] = {"svg", '\0', "FILE", "draw the settings, too"},
};

static const cli_words words[] = {
    {OPTION_EXACT, options_word_at, exact_names},
};

/* The line of the setting that is searched; each begins at second 0. */
typedef struct watch {
    progress_line line;
    double seconds;
} watch;

static int tell(const runde_progress *progress, void *payload)
{
    watch *const w = payload;
    if (progress->seconds < w->seconds) {
        progress_line_end(&w->line);
        progress_line_start(&w->line);
    }
    w->seconds = progress->seconds;
    return progress_line_update(progress, &w->line);
}

static cli_code read_search(runde_options *search,
                            const cli_arguments *arguments)
{
    const char *const *value = arguments->value;
    search->iteration_limit = DEFAULT_ITERATIONS;
    if (value[OPTION_ITERATIONS] != NULL &&
        !options_integer(&search->iteration_limit, value[OPTION_ITERATIONS], 1,
                         INT64_MAX)) {
        cli_complain("tradeoff: --iterations \"%s\": expected a whole number, "
                     "1 or more",
                     value[OPTION_ITERATIONS]);
        return cli_usage_hint(arguments->command);
    }
    if (value[OPTION_SEED] != NULL &&
        !options_unsigned(&search->seed, value[OPTION_SEED])) {
        cli_complain("tradeoff: --seed \"%s\": expected a whole number below "
                     "2^64",
                     value[OPTION_SEED]);
        return cli_usage_hint(arguments->command);
    }
    return exact_method_read(&search->exact, arguments, OPTION_EXACT);
}

static cli_code save_svg(const char *path, const file_identity *input,
                         const runde_tradeoff *tradeoff)
{
    char *text = NULL;
    size_t length = 0;
    FILE *const stream = open_memstream(&text, &length);
    if (stream == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    tradeoff_svg(stream, tradeoff);
    cli_code code = CLI_INTERNAL;
    if (fclose(stream) == 0) {
        code = atomic_file_save(path, input, text, length);
    }
    free(text);
    return code;
}

static cli_code print_json(const runde_tradeoff *tradeoff, const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_tradeoff_to_json(&text, &length, tradeoff);
    return atomic_file_save_made(NULL, NULL, status, text, length, path);
}

static cli_code plan_all(runde_tradeoff **out, const runde_problem *problem,
                         const runde_options *search, const char *path)
{
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    runde_options with = *search;
    watch w;
    w.seconds = 0.0;
    with.progress = tell;
    with.progress_payload = &w;
    progress_line_start(&w.line);
    interrupt_listen();
    const runde_status status =
        runde_tradeoff_new(out, problem, NULL, 0, &with, &diag);
    progress_line_end(&w.line);
    return input_status(status, path, &diag);
}

static cli_code show(const runde_tradeoff *tradeoff,
                     const cli_arguments *arguments, const file_identity *input)
{
    const char *const svg = arguments->value[OPTION_SVG];
    cli_code code = CLI_DONE;
    if (arguments->value[OPTION_JSON] != NULL) {
        code = print_json(tradeoff, arguments->operand[0]);
    } else {
        tradeoff_table(stdout, tradeoff);
        tradeoff_plot(stdout, tradeoff);
    }
    if (code == CLI_DONE && svg != NULL) {
        code = save_svg(svg, input, tradeoff);
    }
    if (code == CLI_DONE && interrupt_asked()) {
        cli_note("stopped; only the settings above were planned");
        code = CLI_STOPPED;
    }
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[0];
    runde_options search = RUNDE_OPTIONS_INIT;
    file_identity input = {false, 0, 0};
    runde_problem *problem = NULL;
    runde_tradeoff *tradeoff = NULL;
    const weigh_options weigh = {arguments->value[OPTION_ORDER],
                                 arguments->value[OPTION_WEIGHT],
                                 arguments->value[OPTION_WEIGHTS]};
    cli_code code = read_search(&search, arguments);
    if (code == CLI_DONE) {
        code = input_problem(&problem, path, &input);
    }
    if (code == CLI_DONE) {
        code = weigh_options_apply(&problem, &weigh);
    }
    if (code == CLI_DONE) {
        code = plan_all(&tradeoff, problem, &search, path);
    }
    if (code == CLI_DONE) {
        code = show(tradeoff, arguments, &input);
    }
    runde_tradeoff_free(tradeoff);
    runde_problem_free(problem);
    return code;
}

const cli_command tradeoff_command = {
    .name = "tradeoff",
    .operands = "FILE",
    .summary = "plan a day with several weights, and show what each costs",
    .help = "Plans the visits of FILE seven times: with the weights as they\n"
            "are, and with driving, familiar faces, wished times and pairs of\n"
            "these five times as important. Prints and plots what each\n"
            "setting gives; a star marks those that no other one beats in\n"
            "everything. Interrupt it (Ctrl-C) to see those planned so far.",
    .example = "runde tradeoff visits.json -n 20000 --svg tradeoff.svg",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
