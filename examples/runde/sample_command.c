/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "input.h"
#include "options.h"

#include <baseline/baseline.h>
#include <errno.h>
#include <municipality/municipality.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_OUTPUT, OPTION_SEED, OPTION_DAYS, OPTION_GRID, OPTION_BASELINE };

static const cli_option options[] = {
    [OPTION_OUTPUT] = {"output", 'o', "FILE", "write the visits to this file"},
    [OPTION_SEED] = {"seed", 's', "N", "another municipality (default 1)"},
    [OPTION_DAYS] = {"days", 'd', "N", "days to plan, 1 to 28 (default 1)"},
    [OPTION_GRID] = {"grid", 'g', "CSV",
                     "draw homes from populated cells: lat,lon,pop"},
    [OPTION_BASELINE] = {"baseline", 'b', "PLAN",
                         "also write a plan as made by hand"},
};

static const char *sample_name(const void *table, int index)
{
    (void)table;
    const municipality_size *size = municipality_at(index);
    return size != NULL ? size->name : NULL;
}

static const cli_words words[] = {
    {CLI_OPERAND, sample_name, NULL},
};

static cli_code bad_value(const cli_arguments *arguments, int option,
                          const char *expected)
{
    cli_complain("sample: --%s \"%s\": expected %s", options[option].name,
                 arguments->value[option], expected);
    return cli_usage_hint(arguments->command);
}

static cli_code read_spec(municipality_spec *out,
                          const cli_arguments *arguments)
{
    const char *seed = arguments->value[OPTION_SEED];
    const char *days = arguments->value[OPTION_DAYS];
    const char *output = arguments->value[OPTION_OUTPUT];
    const char *baseline = arguments->value[OPTION_BASELINE];
    int64_t n = 1;
    memset(out, 0, sizeof *out);
    out->name = arguments->operand[0];
    out->seed = 1;
    out->grid_path = arguments->value[OPTION_GRID];
    int size = 0;
    if (options_word(&size, arguments, CLI_OPERAND) != CLI_DONE) {
        return CLI_USAGE;
    }
    if (seed != NULL && !options_unsigned(&out->seed, seed)) {
        return bad_value(arguments, OPTION_SEED, "a whole number below 2^64");
    }
    if (days != NULL && !options_integer(&n, days, 1, MUNICIPALITY_MAX_DAYS)) {
        return bad_value(arguments, OPTION_DAYS, "a whole number, 1 to 28");
    }
    out->days = (int32_t)n;
    if (baseline != NULL &&
        strcmp(baseline, output != NULL ? output : "-") == 0) {
        return bad_value(arguments, OPTION_BASELINE,
                         "another place than the visits go to");
    }
    return CLI_DONE;
}

/* The library cannot say why a grid was refused; most often it is this. */
static cli_code find_grid(const char *path)
{
    if (path == NULL) {
        return CLI_DONE;
    }
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        cli_complain("%s: cannot read: %s", path, strerror(errno));
        return CLI_NO_INPUT;
    }
    (void)fclose(stream);
    return CLI_DONE;
}

static cli_code build(runde_problem **out, const municipality_spec *spec)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = municipality_build(out, spec, &diag);
    if (status == RUNDE_E_ARGUMENT && spec->grid_path != NULL) {
        cli_complain("%s: no populated cells in it; expected a heading with "
                     "lat,lon,pop and rows of numbers",
                     spec->grid_path);
        return CLI_BAD_INPUT;
    }
    return input_status(status, spec->name, &diag);
}

static cli_code save_problem(const cli_arguments *arguments,
                             const runde_problem *problem)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status = runde_problem_to_json(&text, &length, problem);
    return atomic_file_save_made(arguments->value[OPTION_OUTPUT], NULL, status,
                                 text, length, arguments->operand[0]);
}

static cli_code save_baseline(const cli_arguments *arguments,
                              const runde_problem *problem)
{
    runde_plan *plan = NULL;
    char *text = NULL;
    size_t length = 0;
    runde_status status = baseline_plan(&plan, problem);
    if (status == RUNDE_OK) {
        status = runde_plan_to_json(&text, &length, problem, plan);
    }
    const cli_code code =
        atomic_file_save_made(arguments->value[OPTION_BASELINE], NULL, status,
                              text, length, arguments->operand[0]);
    runde_plan_free(plan);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    municipality_spec spec;
    runde_problem *problem = NULL;
    cli_code code = read_spec(&spec, arguments);
    if (code == CLI_DONE) {
        code = find_grid(spec.grid_path);
    }
    if (code == CLI_DONE) {
        code = build(&problem, &spec);
    }
    if (code == CLI_DONE) {
        code = save_problem(arguments, problem);
    }
    if (code == CLI_DONE && arguments->value[OPTION_BASELINE] != NULL) {
        code = save_baseline(arguments, problem);
    }
    runde_problem_free(problem);
    return code;
}

const cli_command sample_command = {
    .name = "sample",
    .operands = "NAME",
    .summary = "print a made-up municipality to try things on",
    .help = "Prints a sample municipality as a visit file. No person and no\n"
            "address in it is real. Names, and visits a weekday:\n"
            "  rural_small 165, mid_25k 1,400, mid_25k_spread 1,320,\n"
            "  large_town 4,414, city_district 2,382, oslo_size 29,846",
    .example = "runde sample rural_small -o visits.json --baseline today.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
