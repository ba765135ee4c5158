/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "figures_table.h"
#include "input.h"
#include "json_text.h"
#include "route_table.h"
#include "screen.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_OUTPUT, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_OUTPUT] = {"output", 'o', "PLAN",
                       "write the plan with its times, cost and figures"},
    [OPTION_JSON] = {"json", 'j', NULL, "broken rules as JSON, for programs"},
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

/* Ids, not indices: who reads this may not have the library. */
static void print_json(const runde_problem *problem, const runde_report *report)
{
    const int32_t n = runde_report_n_violations(report);
    (void)fputs("{\n  \"violations\": [", stdout);
    for (int32_t i = 0; i < n; i++) {
        const runde_violation *v = runde_report_violation(report, i);
        (void)fputs(i == 0 ? "\n    {" : ",\n    {", stdout);
        json_text_member(stdout, "rule", v->rule);
        (void)fputs(", ", stdout);
        json_text_member(
            stdout, "shift",
            v->shift < 0 ? NULL : runde_problem_shift(problem, v->shift)->id);
        (void)fputs(", ", stdout);
        json_text_member(
            stdout, "visit",
            v->visit < 0 ? NULL : runde_problem_visit(problem, v->visit)->id);
        (void)fputs(", ", stdout);
        json_text_member(stdout, "message", v->message);
        (void)fputc('}', stdout);
    }
    const runde_cost *cost = runde_report_cost(report);
    (void)printf("%s],\n  \"left_out\": %" PRId64 ",\n  \"cost\": %" PRId64
                 "\n}\n",
                 n > 0 ? "\n  " : "", cost->left_out, cost->wishes);
}

static cli_code save(const runde_problem *problem, const runde_plan *plan,
                     const char *path, const file_identity *input)
{
    char *text = NULL;
    size_t length = 0;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = input_status(
        runde_plan_to_json(&text, &length, problem, plan), path, &none);
    if (code == CLI_DONE) {
        code = atomic_file_save(path, input, text, length);
    }
    runde_text_free(text);
    return code;
}

static cli_code judge(const runde_problem *problem, const runde_plan *plan,
                      const char *path, bool json)
{
    runde_report *report = NULL;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code =
        input_status(runde_check(&report, problem, plan), path, &none);
    if (code == CLI_DONE) {
        if (json) {
            print_json(problem, report);
        } else {
            print_report(problem, report);
        }
        code =
            runde_report_n_violations(report) > 0 ? CLI_VIOLATIONS : CLI_DONE;
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
    cli_code code = input_problem(&problem, arguments->operand[0], &input);
    if (code == CLI_DONE) {
        code = input_plan(&plan, problem, path);
    }
    if (code == CLI_DONE && !runde_plan_has_times(plan)) {
        code = input_choose_times(&plan, problem, path);
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
    .run = run,
};
