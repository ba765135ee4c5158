/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "exact_method.h"
#include "figures_table.h"
#include "input.h"
#include "options.h"
#include "route_table.h"
#include "screen.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_OUTPUT, OPTION_EXACT, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_OUTPUT] = {"output", 'o', "PLAN",
                       "write the plan with its times, cost and figures"},
    [OPTION_EXACT] = EXACT_OPTION,
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

static const cli_words words[] = {
    {OPTION_EXACT, options_word_at, exact_names},
};

static void print_report(const runde_problem *problem,
                         const runde_report *report)
{
    const runde_settings *settings = runde_problem_settings(problem);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *v = runde_report_violation(report, i);
        screen_put_coloured(stdout, SCREEN_RED, "violation");
        (void)printf(" %s: ", v->rule);
        (void)screen_put(stdout, v->message);
        (void)putchar('\n');
    }
    const int32_t n = runde_report_n_violations(report);
    (void)printf("%d violation%s\n\n", n, n == 1 ? "" : "s");
    figures_table_cost(stdout, settings, runde_report_cost(report));
    (void)putchar('\n');
    figures_table_kpis(stdout, settings, runde_report_kpis(report), NULL);
}

static cli_code save(const runde_problem *problem, const runde_plan *plan,
                     const char *path, const file_identity *input)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_plan_to_json(&text, &length, problem, plan);
    return atomic_file_save_made(path, input, status, text, length, path);
}

static cli_code print_json(const runde_problem *problem,
                           const runde_report *report, const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_report_to_json(&text, &length, problem, report);
    return atomic_file_save_made(NULL, NULL, status, text, length, path);
}

static cli_code judge(const runde_problem *problem, const runde_plan *plan,
                      const char *path, bool json)
{
    runde_report *report = NULL;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code =
        input_status(runde_check(&report, problem, plan), path, &none);
    if (code == CLI_DONE && json) {
        code = print_json(problem, report, path);
    } else if (code == CLI_DONE) {
        print_report(problem, report);
    }
    if (code == CLI_DONE && runde_report_n_violations(report) > 0) {
        code = CLI_VIOLATIONS;
    }
    runde_report_free(report);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[1];
    const char *output = arguments->value[OPTION_OUTPUT];
    const bool json = arguments->value[OPTION_JSON] != NULL;
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    file_identity input;
    const runde_exact *exact = NULL;
    cli_code code = exact_method_read(&exact, arguments, OPTION_EXACT);
    if (code == CLI_DONE) {
        code = input_problem(&problem, arguments->operand[0], &input);
    }
    if (code == CLI_DONE) {
        code = input_plan(&plan, problem, path);
    }
    if (code == CLI_DONE && !runde_plan_has_times(plan)) {
        code = input_choose_times(&plan, problem, path, exact);
        if (code == CLI_DONE && output == NULL && !json) {
            route_table_print(stdout, problem, plan);
        }
    }
    if (code == CLI_DONE && output != NULL) {
        code = save(problem, plan, output, &input);
    }
    if (code == CLI_DONE && (output == NULL || strcmp(output, "-") != 0)) {
        code = judge(problem, plan, path, json);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return code;
}

const cli_command check_command = {
    .name = "check",
    .operands = "FILE PLAN",
    .summary = "judge a plan, wherever it comes from",
    .help =
        "Recomputes a plan from its visit file and prints every broken\n"
        "rule, one a line, then the cost by criterion and the key figures.\n"
        "Exit code 1 when a rule is broken.\n"
        "The order of the visits in each shift is enough, for example\n"
        "  {\"routes\": [{\"shift\": \"s1\", \"stops\": [\"v1\", \"v2\"]}]}\n"
        "Times are then chosen, breaks placed, and the routes printed; what\n"
        "the order makes impossible is a broken rule, with by how much.",
    .example = "runde check visits.json draft.json -o plan.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 2,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
