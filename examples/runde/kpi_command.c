/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "exact_method.h"
#include "figures_table.h"
#include "input.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_BASELINE, OPTION_EXACT, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_BASELINE] = {"baseline", 'b', "PLAN",
                         "compare with this plan of the same visits"},
    [OPTION_EXACT] = EXACT_OPTION,
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

static const cli_words words[] = {
    {OPTION_EXACT, options_word_at, exact_names},
};

/* Reads a plan and recomputes its figures: a plan's own words about itself
 * are no evidence. */
static cli_code measure(runde_report **out, const runde_problem *problem,
                        const char *path, const runde_exact *exact)
{
    runde_plan *plan = NULL;
    *out = NULL;
    cli_code code = input_plan(&plan, problem, path);
    if (code == CLI_DONE) {
        code = input_choose_times(&plan, problem, path, exact);
    }
    if (code == CLI_DONE) {
        const runde_diag none = RUNDE_DIAG_INIT;
        code = input_status(runde_check(out, problem, plan), path, &none);
    }
    if (code == CLI_DONE && runde_report_n_violations(*out) > 0) {
        cli_note("%s: breaks %d rules; \"runde check\" lists them",
                 input_name(path), runde_report_n_violations(*out));
    }
    runde_plan_free(plan);
    return code;
}

static cli_code answer(const cli_arguments *arguments,
                       const runde_problem *problem, const runde_report *after,
                       const runde_report *before)
{
    const runde_kpis *const then =
        before != NULL ? runde_report_kpis(before) : NULL;
    char *text = NULL;
    size_t length = 0;
    if (arguments->value[OPTION_JSON] == NULL) {
        figures_table_kpis(stdout, runde_problem_settings(problem),
                           runde_report_kpis(after), then);
        return CLI_DONE;
    }
    const runde_status status =
        runde_kpis_to_json(&text, &length, runde_report_kpis(after), then);
    return atomic_file_save_made(NULL, NULL, status, text, length,
                                 arguments->operand[1]);
}

static cli_code run(const cli_arguments *arguments)
{
    const char *baseline = arguments->value[OPTION_BASELINE];
    runde_problem *problem = NULL;
    runde_report *after = NULL;
    runde_report *before = NULL;
    for (int i = 0; baseline != NULL && i < 2; i++) {
        if (strcmp(baseline, "-") == 0 &&
            strcmp(arguments->operand[i], "-") == 0) {
            cli_complain("kpi: standard input can be read only once");
            return cli_usage_hint(arguments->command);
        }
    }
    const runde_exact *exact = NULL;
    cli_code code = exact_method_read(&exact, arguments, OPTION_EXACT);
    if (code == CLI_DONE) {
        code = input_problem(&problem, arguments->operand[0], NULL);
    }
    if (code == CLI_DONE) {
        code = measure(&after, problem, arguments->operand[1], exact);
    }
    if (code == CLI_DONE && baseline != NULL) {
        code = measure(&before, problem, baseline, exact);
    }
    if (code == CLI_DONE) {
        code = answer(arguments, problem, after, before);
    }
    runde_report_free(before);
    runde_report_free(after);
    runde_problem_free(problem);
    return code;
}

const cli_command kpi_command = {
    .name = "kpi",
    .operands = "FILE PLAN",
    .summary = "print a plan's key figures, also before and after",
    .help =
        "Prints the key figures of a plan, recomputed from the visit file.\n"
        "With --baseline side by side with those of another plan.",
    .example = "runde kpi visits.json plan.json --baseline today.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 2,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
