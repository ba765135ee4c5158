/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "input.h"
#include "options.h"
#include "tradeoff_chart.h"

#include <stdio.h>
#include <stdlib.h>

#define MOST_WEIGHT 1000000
#define DEFAULT_ITERATIONS 5000

enum { OPTION_ITERATIONS, OPTION_SEED, OPTION_JSON, OPTION_SVG };

static const cli_option options[] = {
    [OPTION_ITERATIONS] = {"iterations", 'n', "N",
                           "search N steps for each setting (default 5000)"},
    [OPTION_SEED] = {"seed", 's', "N", "another search (default 0)"},
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
    [OPTION_SVG] = {"svg", '\0', "FILE", "draw the settings, too"},
};

static const tradeoff_point settings[] = {
    {.name = "as it is", .driving = 1, .faces = 1, .time = 1},
    {.name = "driving", .driving = 5, .faces = 1, .time = 1},
    {.name = "faces", .driving = 1, .faces = 5, .time = 1},
    {.name = "time", .driving = 1, .faces = 1, .time = 5},
    {.name = "driving, faces", .driving = 5, .faces = 5, .time = 1},
    {.name = "driving, time", .driving = 5, .faces = 1, .time = 5},
    {.name = "faces, time", .driving = 1, .faces = 5, .time = 5},
};

enum { N_SETTINGS = sizeof settings / sizeof settings[0] };

static runde_weights weigh(const runde_weights *base,
                           const tradeoff_point *setting)
{
    const struct {
        runde_criterion criterion;
        int32_t times;
    } of[] = {{RUNDE_TRAVEL_TIME, setting->driving},
              {RUNDE_TRAVEL_DISTANCE, setting->driving},
              {RUNDE_CARER_PREFERENCE, setting->faces},
              {RUNDE_DISTINCT_CARERS, setting->faces},
              {RUNDE_CARERS_OVER_TARGET, setting->faces},
              {RUNDE_EARLY, setting->time},
              {RUNDE_LATE, setting->time}};
    runde_weights w = *base;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        const int64_t weight = (int64_t)w.weight[of[i].criterion] * of[i].times;
        w.weight[of[i].criterion] =
            (int32_t)(weight > MOST_WEIGHT ? MOST_WEIGHT : weight);
    }
    return w;
}

/* Plans the day with other weights. */
static runde_status measure(tradeoff_point *point, const runde_problem *base,
                            const runde_options *search, runde_diag *diag)
{
    const runde_weights weights = weigh(runde_problem_weights(base), point);
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    edit.kind = RUNDE_EDIT_SET_WEIGHTS;
    edit.weights = &weights;
    runde_status status = runde_problem_derive(&problem, base, &edit, 1, diag);
    if (status == RUNDE_OK) {
        status = runde_solve(&plan, problem, search, diag);
    }
    if (status == RUNDE_OK) {
        point->kpis = *runde_plan_kpis(plan);
        point->preference =
            runde_plan_cost(plan)->amount[RUNDE_CARER_PREFERENCE];
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return status;
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
    return CLI_DONE;
}

static cli_code save_svg(const char *path, const file_identity *input,
                         const runde_problem *problem,
                         const tradeoff_point *points)
{
    char *text = NULL;
    size_t length = 0;
    FILE *const stream = open_memstream(&text, &length);
    if (stream == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    tradeoff_svg(stream, runde_problem_settings(problem), points, N_SETTINGS);
    cli_code code = CLI_INTERNAL;
    if (fclose(stream) == 0) {
        code = atomic_file_save(path, input, text, length);
    }
    free(text);
    return code;
}

static cli_code plan_all(tradeoff_point *points, const runde_problem *problem,
                         const runde_options *search, const char *path)
{
    finding_sink sink = {stderr, input_name(path), 0};
    cli_code code = CLI_DONE;
    for (int i = 0; code == CLI_DONE && i < N_SETTINGS; i++) {
        runde_diag diag = RUNDE_DIAG_INIT;
        diag.on_finding = input_show_finding;
        diag.payload = &sink;
        points[i] = settings[i];
        code = input_status(measure(&points[i], problem, search, &diag), path,
                            &diag);
    }
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[0];
    const char *svg = arguments->value[OPTION_SVG];
    runde_options search = RUNDE_OPTIONS_INIT;
    file_identity input = {false, 0, 0};
    tradeoff_point points[N_SETTINGS];
    runde_problem *problem = NULL;
    cli_code code = read_search(&search, arguments);
    if (code == CLI_DONE) {
        code = input_problem(&problem, path, &input);
    }
    if (code == CLI_DONE) {
        code = plan_all(points, problem, &search, path);
    }
    if (code == CLI_DONE) {
        tradeoff_compare(points, N_SETTINGS);
        const runde_settings *const clock = runde_problem_settings(problem);
        if (arguments->value[OPTION_JSON] != NULL) {
            tradeoff_json(stdout, clock, points, N_SETTINGS);
        } else {
            tradeoff_table(stdout, clock, points, N_SETTINGS);
        }
    }
    if (code == CLI_DONE && svg != NULL) {
        code = save_svg(svg, &input, problem, points);
    }
    runde_problem_free(problem);
    return code;
}

const cli_command tradeoff_command = {
    .name = "tradeoff",
    .operands = "FILE",
    .summary = "plan a day with several weights, and show what each costs",
    .help = "Plans the visits of FILE seven times: with the weights as they\n"
            "are, and with driving, familiar faces, wished times and pairs of\n"
            "these five times as important. Prints what each setting gives;\n"
            "a star marks those that no other one beats in everything.",
    .example = "runde tradeoff visits.json -n 20000 --svg tradeoff.svg",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .run = run,
};
