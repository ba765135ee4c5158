/* SPDX-License-Identifier: MIT */
#include "actuals_table.h"
#include "atomic_file.h"
#include "commands.h"
#include "csv_style.h"
#include "exact_method.h"
#include "input.h"

#include <stdio.h>

enum { OPTION_CSV, OPTION_SEPARATOR, OPTION_DECIMAL, OPTION_BOM, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_CSV] = {"csv", 'c', "FILE",
                    "write a row for each visit, \"-\": to standard output"},
    [OPTION_SEPARATOR] = {"separator", '\0', "CHAR",
                          "of the csv: \",\" (default), \";\" or \"tab\""},
    [OPTION_DECIMAL] = {"decimal", '\0', "CHAR",
                        "of the csv: \".\" (default) or \",\""},
    [OPTION_BOM] = {"bom", '\0', NULL, "begin the csv with Excel's UTF-8 mark"},
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

/* All that is read. */
typedef struct desk {
    file_identity input;
    runde_problem *problem;
    runde_plan *plan;
    runde_actuals *actuals;
} desk;

static cli_code read_actuals(desk *d, const char *path)
{
    input_text text;
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    const runde_status status = runde_actuals_from_json(
        &d->actuals, d->problem, d->plan, text.bytes, text.length, &diag);
    d->input = text.identity;
    input_free(&text);
    return input_status(status, path, &diag);
}

static cli_code read_all(desk *d, const cli_arguments *arguments)
{
    const char *const *operand = arguments->operand;
    cli_code code = input_problem(&d->problem, operand[0], NULL);
    if (code == CLI_DONE) {
        code = input_plan(&d->plan, d->problem, operand[1]);
    }
    if (code == CLI_DONE) {
        code = input_choose_times(&d->plan, d->problem, operand[1],
                                  exact_method());
    }
    return code == CLI_DONE ? read_actuals(d, operand[2]) : code;
}

static cli_code save_csv(const desk *d, const char *path,
                         const runde_csv_style *style)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_actuals_to_csv(&text, &length, d->problem, d->actuals, style);
    return atomic_file_save_made(path, &d->input, status, text, length, path);
}

static cli_code print_json(const desk *d, const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_actuals_to_json(&text, &length, d->problem, d->actuals);
    return atomic_file_save_made(NULL, NULL, status, text, length, path);
}

/* The table or JSON of figures, unless the only output is the csv. */
static cli_code show(const desk *d, const cli_arguments *arguments,
                     const runde_csv_style *style)
{
    const char *csv = arguments->value[OPTION_CSV];
    cli_code code = CLI_DONE;
    if (csv != NULL) {
        code = save_csv(d, csv, style);
    }
    if (code == CLI_DONE && arguments->value[OPTION_JSON] != NULL) {
        code = print_json(d, arguments->operand[2]);
    } else if (code == CLI_DONE && csv == NULL) {
        actuals_table_print(stdout, d->problem, d->actuals);
    }
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *const *value = arguments->value;
    runde_csv_style style;
    desk d = {.problem = NULL};
    cli_code code =
        csv_style_read(&style, arguments->command, value[OPTION_SEPARATOR],
                       value[OPTION_DECIMAL], value[OPTION_BOM] != NULL);
    if (code == CLI_DONE) {
        code = read_all(&d, arguments);
    }
    if (code == CLI_DONE) {
        code = show(&d, arguments, &style);
    }
    runde_actuals_free(d.actuals);
    runde_plan_free(d.plan);
    runde_problem_free(d.problem);
    return code;
}

const cli_command actuals_command = {
    .name = "actuals",
    .operands = "FILE PLAN ACTUALS",
    .summary = "lay what happened beside what was planned",
    .help = "Compares a plan with the file of what happened, ACTUALS: who was\n"
            "with whom from when until when. Prints the figures of all, by\n"
            "carer and by client, with --json also every visit; with --csv a\n"
            "table with a row for each visit, for time registration and\n"
            "invoices.",
    .example = "runde actuals visits.json plan.json actuals.json --csv day.csv",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 3,
    .run = run,
};
