/* SPDX-License-Identifier: MIT */
#include "advice_table.h"
#include "atomic_file.h"
#include "commands.h"
#include "input.h"

enum { OPTION_VISIT, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_VISIT] = {"visit", 'v', "ID", "the visit in question"},
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

static cli_code answer(const cli_arguments *arguments,
                       const runde_session *session,
                       const runde_explanation *explanation)
{
    char *text = NULL;
    size_t length = 0;
    if (arguments->value[OPTION_JSON] == NULL) {
        advice_table_explain(stdout, runde_session_problem(session),
                             explanation);
        return CLI_DONE;
    }
    const runde_status status =
        runde_explanation_to_json(&text, &length, session, explanation);
    return atomic_file_save_made(NULL, NULL, status, text, length,
                                 arguments->operand[1]);
}

static cli_code explain(const cli_arguments *arguments, runde_session *session)
{
    const char *id = arguments->value[OPTION_VISIT];
    const int32_t visit =
        input_find_visit(runde_session_problem(session), id, "explain");
    runde_explanation *explanation = NULL;
    const runde_diag none = RUNDE_DIAG_INIT;
    if (visit == RUNDE_NONE) {
        return CLI_BAD_INPUT;
    }
    cli_code code =
        input_status(runde_explain_visit(&explanation, session, visit, NULL),
                     arguments->operand[1], &none);
    if (code == CLI_DONE) {
        code = answer(arguments, session, explanation);
    }
    runde_explanation_free(explanation);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    runde_session *session = NULL;
    if (arguments->value[OPTION_VISIT] == NULL) {
        cli_complain("explain: --visit says which visit");
        return cli_usage_hint(arguments->command);
    }
    cli_code code =
        input_session(&session, arguments->operand[0], arguments->operand[1]);
    if (code == CLI_DONE) {
        code = explain(arguments, session);
    }
    runde_session_free(session);
    return code;
}

const cli_command explain_command = {
    .name = "explain",
    .operands = "FILE PLAN",
    .summary = "say why a visit is where it is, or what would make it fit",
    .help =
        "For a visit that is served: what its place costs, and for every "
        "other\n"
        "shift the best place there with the difference, or the rule that\n"
        "forbids it. For one that is left out: the rule for every shift, and\n"
        "the smallest relaxations, each carried out and checked.",
    .example = "runde explain visits.json plan.json --visit v17",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 2,
    .run = run,
};
