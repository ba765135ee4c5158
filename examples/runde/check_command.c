/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "figures_table.h"
#include "input.h"
#include "screen.h"

#include <stdio.h>

static void print_report(const runde_problem *problem,
                         const runde_report *report)
{
    const runde_settings *settings = runde_problem_settings(problem);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *v = runde_report_violation(report, i);
        (void)printf("violation %s: ", v->rule);
        (void)screen_put(stdout, v->message);
        (void)putchar('\n');
    }
    const int32_t n = runde_report_n_violations(report);
    (void)printf("%d violation%s\n\n", n, n == 1 ? "" : "s");
    figures_table_cost(stdout, settings, runde_report_cost(report));
    (void)putchar('\n');
    figures_table_kpis(stdout, settings, runde_report_kpis(report), NULL);
}

static cli_code run(const cli_arguments *arguments)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    cli_code code = input_problem(&problem, arguments->operand[0], NULL);
    if (code == CLI_DONE) {
        code = input_plan(&plan, problem, arguments->operand[1]);
    }
    if (code == CLI_DONE) {
        const runde_diag none = RUNDE_DIAG_INIT;
        code = input_status(runde_check(&report, problem, plan),
                            arguments->operand[1], &none);
    }
    if (code == CLI_DONE) {
        print_report(problem, report);
        code =
            runde_report_n_violations(report) > 0 ? CLI_VIOLATIONS : CLI_DONE;
    }
    runde_report_free(report);
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
        "Exit code 1 when a rule is broken.",
    .example = "runde check visits.json plan.json",
    .n_operands = 2,
    .run = run,
};
