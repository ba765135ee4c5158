/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "input.h"
#include "json_text.h"

#include <stdio.h>

#define MOST_FINDINGS 100

enum { OPTION_JSON };

static const cli_option options[] = {
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

/* A runde_finding_fn: an object in an array that is open. */
static void show_as_json(const runde_finding *finding, void *payload)
{
    finding_sink *sink = payload;
    (void)fputs(sink->shown == 0 ? "\n    {" : ",\n    {", sink->stream);
    json_text_member(sink->stream, "severity",
                     finding->severity == RUNDE_ERROR ? "error" : "warning");
    (void)fputs(", ", sink->stream);
    json_text_member(sink->stream, "code", finding->code);
    (void)fputs(", ", sink->stream);
    json_text_member(sink->stream, "pointer", finding->pointer);
    (void)fputs(", ", sink->stream);
    json_text_member(sink->stream, "message", finding->message);
    (void)fputc('}', sink->stream);
    sink->shown++;
}

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

static cli_code run(const cli_arguments *arguments)
{
    const char *path = arguments->operand[0];
    input_text text;
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    finding_sink sink = {stdout, NULL, 0};
    runde_diag diag = RUNDE_DIAG_INIT;
    const bool json = arguments->value[OPTION_JSON] != NULL;
    diag.on_finding = json ? show_as_json : input_show_finding;
    diag.payload = &sink;
    runde_problem *problem = NULL;
    if (json) {
        (void)fputs("{\n  \"format\": \"runde-findings\",\n"
                    "  \"version\": 1,\n  \"findings\": [",
                    stdout);
    }
    const runde_status status =
        runde_problem_from_json(&problem, text.bytes, text.length, &diag);
    if (json) {
        (void)printf("%s],\n  \"errors\": %d,\n  \"warnings\": %d\n}\n",
                     sink.shown > 0 ? "\n  " : "", diag.errors, diag.warnings);
    }
    if (sink.shown >= MOST_FINDINGS) {
        cli_note("%s: the first %d findings are shown", input_name(path),
                 sink.shown);
    }
    if (status == RUNDE_OK) {
        summarise(path, problem, &diag);
    }
    runde_problem_free(problem);
    input_free(&text);
    return input_status(status, path, &diag);
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
