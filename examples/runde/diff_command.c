/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "change_table.h"
#include "commands.h"
#include "exact_method.h"
#include "figures_table.h"
#include "input.h"
#include "options.h"

#include <stdio.h>

enum { OPTION_EXACT, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_EXACT] = EXACT_OPTION,
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

static const cli_words words[] = {
    {OPTION_EXACT, options_word_at, exact_names},
};

static cli_code print_json(const runde_problem *problem, const runde_diff *diff,
                           const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_diff_to_json(&text, &length, problem, diff);
    return atomic_file_save_made(NULL, NULL, status, text, length, path);
}

/* Key figures of both, recomputed: a plan's own words about itself are no
 * evidence. Then what is other. */
static cli_code print_page(const runde_problem *problem,
                           runde_plan *const plan[2], const runde_diff *diff,
                           const char *const *paths)
{
    runde_report *report[2] = {NULL, NULL};
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = CLI_DONE;
    for (int i = 0; code == CLI_DONE && i < 2; i++) {
        code = input_status(runde_check(&report[i], problem, plan[i]), paths[i],
                            &none);
        if (code == CLI_DONE && runde_report_n_violations(report[i]) > 0) {
            cli_note("%s: breaks %d rules; \"runde check\" lists them",
                     input_name(paths[i]),
                     runde_report_n_violations(report[i]));
        }
    }
    if (code == CLI_DONE) {
        figures_table_kpis(stdout, runde_problem_settings(problem),
                           runde_report_kpis(report[1]),
                           runde_report_kpis(report[0]));
        (void)fputc('\n', stdout);
        change_table_print(stdout, problem, diff);
    }
    runde_report_free(report[0]);
    runde_report_free(report[1]);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[0];
    runde_problem *problem = NULL;
    runde_plan *plan[2] = {NULL, NULL};
    runde_diff *diff = NULL;
    const runde_exact *exact = NULL;
    cli_code code = exact_method_read(&exact, arguments, OPTION_EXACT);
    if (code == CLI_DONE) {
        code = input_problem(&problem, path, NULL);
    }
    for (int i = 0; code == CLI_DONE && i < 2; i++) {
        code = input_plan(&plan[i], problem, arguments->operand[1 + i]);
        if (code == CLI_DONE) {
            code = input_choose_times(&plan[i], problem,
                                      arguments->operand[1 + i], exact);
        }
    }
    if (code == CLI_DONE) {
        const runde_diag none = RUNDE_DIAG_INIT;
        code = input_status(runde_diff_new(&diff, problem, plan[0], plan[1]),
                            path, &none);
    }
    if (code == CLI_DONE && arguments->value[OPTION_JSON] != NULL) {
        code = print_json(problem, diff, path);
    } else if (code == CLI_DONE) {
        code = print_page(problem, plan, diff, &arguments->operand[1]);
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
    .summary = "compare two plans: figures, and what differs for whom",
    .help = "Compares two plans of the visits in FILE on one page. First the\n"
            "key figures of both, recomputed; then who comes to whom and\n"
            "when: the sums, then every client and every carer of whom\n"
            "something is other in B.",
    .example = "runde diff visits.json yesterday.json plan.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 3,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
