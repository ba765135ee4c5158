/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "input.h"
#include "kept_findings.h"

#include <stdio.h>

#define MOST_FINDINGS 100

enum { OPTION_JSON };

static const cli_option options[] = {
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

static const char *plural(int32_t n)
{
    return n == 1 ? "" : "s";
}

static void summarise(const char *path, const runde_problem *problem,
                      const runde_diag *diag)
{
    const int32_t visits = runde_problem_n_visits(problem);
    const int32_t shifts = runde_problem_n_shifts(problem);
    cli_note("%s: %d visit%s, %d shift%s, 0 errors, %d warning%s",
             input_name(path), visits, plural(visits), shifts, plural(shifts),
             diag->warnings, plural(diag->warnings));
}

static cli_code judge(const char *path, const input_text *text, bool is_json)
{
    finding_sink sink = {stdout, NULL, 0};
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = input_show_finding;
    diag.payload = &sink;
    runde_problem *problem = NULL;
    const runde_status status =
        runde_problem_from_json(&problem, text->bytes, text->length, &diag);
    cli_code code = CLI_DONE;
    if (is_json) {
        kept_findings_count(&diag);
        code = kept_findings_document();
    }
    if (sink.shown >= MOST_FINDINGS) {
        cli_note("%s: the first %d findings are shown", input_name(path),
                 sink.shown);
    }
    if (status == RUNDE_OK) {
        summarise(path, problem, &diag);
    }
    runde_problem_free(problem);
    return code == CLI_DONE ? input_status(status, path, &diag) : code;
}

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[0];
    const bool is_json = arguments->value[OPTION_JSON] != NULL;
    input_text text;
    cli_code code = input_read(&text, path);
    if (code == CLI_DONE && is_json) {
        code = kept_findings_begin(false);
    }
    if (code == CLI_DONE) {
        code = judge(path, &text, is_json);
    }
    kept_findings_end();
    input_free(&text);
    return code;
}

const cli_command validate_command = {
    .name = "validate",
    .operands = "FILE",
    .summary = "say everything that is wrong with a visit file",
    .help =
        "Reads a visit file and prints its findings, one a line:\n"
        "severity, code, JSON pointer, sentence. Exit code 65 with errors;\n"
        "warnings alone are fine. How many there are is said on standard\n"
        "error.",
    .example = "runde validate visits.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .run = run,
};
