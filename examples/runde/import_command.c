/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "input.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_FROM, OPTION_OUTPUT };

static const cli_option options[] = {
    [OPTION_FROM] = {"from", '\0', "FORMAT", "what FILE is: vroom"},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", "write the visits to this file"},
};

static cli_code read_foreign(runde_problem **out, const char *path,
                             file_identity *identity)
{
    input_text text;
    *out = NULL;
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    *identity = text.identity;
    finding_sink sink = {stderr, input_name(path), 0};
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = input_show_finding;
    diag.payload = &sink;
    const runde_status status =
        runde_problem_from_vroom(out, text.bytes, text.length, &diag);
    input_free(&text);
    return input_status(status, path, &diag);
}

static cli_code run(const cli_arguments *arguments)
{
    const char *format = arguments->value[OPTION_FROM];
    const char *path = arguments->operand[0];
    if (format == NULL || strcmp(format, "vroom") != 0) {
        cli_complain("import: expected --from vroom");
        return cli_usage_hint(arguments->command);
    }
    file_identity input = {false, 0, 0};
    runde_problem *problem = NULL;
    char *text = NULL;
    size_t length = 0;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = read_foreign(&problem, path, &input);
    if (code == CLI_DONE) {
        code = input_status(runde_problem_to_json(&text, &length, problem),
                            path, &none);
    }
    if (code == CLI_DONE) {
        code = atomic_file_save(arguments->value[OPTION_OUTPUT], &input, text,
                                length);
    }
    runde_text_free(text);
    runde_problem_free(problem);
    return code;
}

const cli_command import_command = {
    .name = "import",
    .operands = "FILE",
    .summary = "turn another planner's problem into a visit file",
    .help = "Reads a problem in another format and prints it as a visit file.\n"
            "What has no counterpart is said, one finding a line, on standard\n"
            "error.",
    .example = "runde import --from vroom problem.json -o visits.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .run = run,
};
