/* SPDX-License-Identifier: MIT */
#include "change_table.h"
#include "commands.h"
#include "input.h"

#include <stdio.h>

enum { OPTION_JSON };

static const cli_option options[] = {
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

static cli_code print_json(const runde_problem *problem, const runde_diff *diff,
                           const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const runde_diag none = RUNDE_DIAG_INIT;
    const cli_code code = input_status(
        runde_diff_to_json(&text, &length, problem, diff), path, &none);
    if (code == CLI_DONE) {
        (void)fwrite(text, 1, length, stdout);
    }
    runde_text_free(text);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[0];
    runde_problem *problem = NULL;
    runde_plan *plan[2] = {NULL, NULL};
    runde_diff *diff = NULL;
    cli_code code = input_problem(&problem, path, NULL);
    for (int i = 0; code == CLI_DONE && i < 2; i++) {
        code = input_plan(&plan[i], problem, arguments->operand[1 + i]);
    }
    if (code == CLI_DONE) {
        const runde_diag none = RUNDE_DIAG_INIT;
        code = input_status(runde_diff_new(&diff, problem, plan[0], plan[1]),
                            path, &none);
    }
    if (code == CLI_DONE && arguments->value[OPTION_JSON] != NULL) {
        code = print_json(problem, diff, path);
    } else if (code == CLI_DONE) {
        change_table_print(stdout, problem, diff);
    }
    runde_diff_free(diff);
    runde_plan_free(plan[0]);
    runde_plan_free(plan[1]);
    runde_problem_free(problem);
    return code;
}

const cli_command diff_command = {
    .name = "diff",
    .operands = "FILE A B",
    .summary = "list what two plans do differently, by client and carer",
    .help = "Compares two plans of the visits in FILE: who comes to whom and\n"
            "when. First the sums, then every client and every carer of whom\n"
            "something is other in B. \"runde kpi\" compares the key figures.",
    .example = "runde diff visits.json yesterday.json plan.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 3,
    .run = run,
};
