/* SPDX-License-Identifier: MIT */
#include "advice_table.h"
#include "atomic_file.h"
#include "commands.h"
#include "input.h"
#include "options.h"
#include "taken_offer.h"

#include <stdlib.h>
#include <string.h>

enum {
    OPTION_VISIT,
    OPTION_LEFT_OUT,
    OPTION_CARER,
    OPTION_TOP,
    OPTION_MOVE,
    OPTION_TAKE,
    OPTION_OUTPUT,
    OPTION_VISITS,
    OPTION_JSON
};

static const cli_option options[] = {
    [OPTION_VISIT] = {"visit", 'v', "VISIT",
                      "an extra visit, a JSON file as in \"visits\""},
    [OPTION_LEFT_OUT] = {"left-out", 'l', "ID",
                         "a visit that the plan leaves out"},
    [OPTION_CARER] = {"carer", 'c', "ID", "what could this carer take?"},
    [OPTION_TOP] = {"top", 't', "N", "so many offers, the cheapest"},
    [OPTION_MOVE] = {"move", 'm', "K", "so many other visits may move, 0 to 3"},
    [OPTION_TAKE] = {"take", '\0', "N",
                     "take offer N: write the plan in which it is"},
    [OPTION_OUTPUT] = {"output", 'o', "PLAN",
                       "the plan, with --take; \"-\" is standard output"},
    [OPTION_VISITS] = {"visits", '\0', "FILE",
                       "the visit file with the extra visit, with --take"},
    [OPTION_JSON] = {"json", 'j', NULL, "print JSON for other programs"},
};

/* The question, taken from the command line. */
typedef struct asked {
    const cli_arguments *arguments;
    runde_session *session;
    runde_question question;
    runde_events *events; /* hold the extra visit */
    const char *extra;
    runde_advice *advice;
    int32_t take; /* number of an offer, from 1; 0 for none */
} asked;

/* What is taken needs somewhere to go, and the extra visit a visit file. */
static cli_code read_take(asked *a)
{
    const char *const *value = a->arguments->value;
    const char *const output = value[OPTION_OUTPUT];
    int64_t number = 0;
    const char *wrong = NULL;
    if (value[OPTION_TAKE] == NULL) {
        wrong = output != NULL || value[OPTION_VISITS] != NULL
                    ? "--output and --visits go with --take"
                    : NULL;
    } else if (!options_integer(&number, value[OPTION_TAKE], 1, INT32_MAX)) {
        wrong = "--take is the number of an offer that fits, from 1";
    } else if (output == NULL) {
        wrong = "--take needs --output for the plan";
    } else if (strcmp(output, a->arguments->operand[0]) == 0) {
        wrong = "the plan must not take the place of the visit file";
    } else if (value[OPTION_VISIT] != NULL && value[OPTION_VISITS] == NULL) {
        wrong = "the plan has a visit that the visit file has not: --visits "
                "says where to write one that has it";
    } else if (value[OPTION_VISITS] != NULL &&
               strcmp(value[OPTION_VISITS], output) == 0) {
        wrong = "--visits and --output are two places";
    }
    a->take = (int32_t)number;
    if (wrong != NULL) {
        cli_complain("recommend: %s", wrong);
        return cli_usage_hint(a->arguments->command);
    }
    return CLI_DONE;
}

static cli_code read_numbers(asked *a)
{
    const char *top = a->arguments->value[OPTION_TOP];
    const char *move = a->arguments->value[OPTION_MOVE];
    int64_t number = 0;
    if (top != NULL) {
        if (!options_integer(&number, top, 1, INT32_MAX)) {
            cli_complain("recommend: --top takes a number from 1, not \"%s\"",
                         top);
            return cli_usage_hint(a->arguments->command);
        }
        a->question.top = (int32_t)number;
    }
    if (move != NULL) {
        if (!options_integer(&number, move, 0, 3)) {
            cli_complain("recommend: --move takes 0 to 3, not \"%s\"", move);
            return cli_usage_hint(a->arguments->command);
        }
        a->question.most_moved = (int32_t)number;
    }
    return read_take(a);
}

/* The file is the one visit that an event adds; pointers go into the file. */
static void show_visit_finding(const runde_finding *finding, void *payload)
{
    static const char around[] = "/events/0/visit";
    runde_finding inner = *finding;
    if (strncmp(finding->pointer, around, sizeof around - 1) == 0) {
        inner.pointer += sizeof around - 1;
    }
    input_show_finding(&inner, payload);
}

/* A visit is read as the one event of a day. */
static cli_code read_visit(asked *a, const char *path,
                           const runde_visit **visit)
{
    static const char head[] = "{\"format\": \"runde-events\", \"version\": 1, "
                               "\"events\": [{\"kind\": \"visit_added\", "
                               "\"visit\": ";
    static const char tail[] = "}]}";
    input_text file = INPUT_TEXT_INIT;
    cli_code code = input_read(&file, path);
    const size_t length = sizeof head - 1 + file.length + sizeof tail - 1;
    char *text = code == CLI_DONE ? malloc(length + 1) : NULL;
    if (code == CLI_DONE && text == NULL) {
        cli_complain("out of memory");
        code = CLI_INTERNAL;
    }
    if (code == CLI_DONE) {
        finding_sink sink;
        runde_diag diag = input_diag(&sink, path);
        int32_t n = 0;
        diag.on_finding = show_visit_finding;
        memcpy(text, head, sizeof head - 1);
        memcpy(text + sizeof head - 1, file.bytes, file.length);
        memcpy(text + sizeof head - 1 + file.length, tail, sizeof tail);
        code = input_status(runde_events_from_json(
                                &a->events, runde_session_problem(a->session),
                                text, length, &diag),
                            path, &diag);
        *visit = code == CLI_DONE
                     ? runde_events_list(a->events, &n)[0].edit->visit
                     : NULL;
    }
    free(text);
    input_free(&file);
    return code;
}

static cli_code ask_visit(asked *a)
{
    const char *path = a->arguments->value[OPTION_VISIT];
    const runde_visit *visit = NULL;
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    const cli_code code = read_visit(a, path, &visit);
    if (code != CLI_DONE) {
        return code;
    }
    a->extra = visit->id;
    return input_status(runde_recommend_visit(&a->advice, a->session, visit,
                                              &a->question, &diag),
                        path, &diag);
}

static cli_code ask_left_out(asked *a)
{
    const runde_problem *problem = runde_session_problem(a->session);
    const runde_plan *plan = runde_session_plan(a->session);
    const char *id = a->arguments->value[OPTION_LEFT_OUT];
    const int32_t visit = input_find_visit(problem, id, "recommend");
    const runde_diag none = RUNDE_DIAG_INIT;
    for (int32_t i = 0; visit != RUNDE_NONE && i < runde_plan_n_unserved(plan);
         i++) {
        if (runde_plan_unserved(plan, i)->visit == visit) {
            return input_status(runde_recommend_left_out(&a->advice, a->session,
                                                         visit, &a->question,
                                                         NULL),
                                a->arguments->operand[1], &none);
        }
    }
    if (visit != RUNDE_NONE) {
        cli_complain("recommend: visit \"%s\" is not left out; \"runde "
                     "explain\" tells where else it could be",
                     id);
    }
    return CLI_BAD_INPUT;
}

static cli_code ask_carer(asked *a)
{
    const char *id = a->arguments->value[OPTION_CARER];
    const int32_t carer =
        input_find_carer(runde_session_problem(a->session), id, "recommend");
    const runde_diag none = RUNDE_DIAG_INIT;
    if (carer == RUNDE_NONE) {
        return CLI_BAD_INPUT;
    }
    return input_status(runde_recommend_for_carer(&a->advice, a->session, carer,
                                                  &a->question, NULL),
                        a->arguments->operand[1], &none);
}

static cli_code ask(asked *a)
{
    const char *const *value = a->arguments->value;
    const int n = (value[OPTION_VISIT] != NULL) +
                  (value[OPTION_LEFT_OUT] != NULL) +
                  (value[OPTION_CARER] != NULL);
    if (n != 1) {
        cli_complain("recommend: one of --visit, --left-out and --carer says "
                     "what is asked");
        return cli_usage_hint(a->arguments->command);
    }
    if (value[OPTION_VISIT] != NULL) {
        return ask_visit(a);
    }
    return value[OPTION_CARER] != NULL ? ask_carer(a) : ask_left_out(a);
}

static cli_code answer(const asked *a)
{
    char *text = NULL;
    size_t length = 0;
    if (a->arguments->value[OPTION_JSON] == NULL) {
        advice_table_print(stdout, runde_session_problem(a->session), a->advice,
                           a->extra, a->arguments->value[OPTION_CARER] != NULL);
        return CLI_DONE;
    }
    const runde_status status =
        runde_advice_to_json(&text, &length, a->session, a->advice, a->extra);
    return atomic_file_save_made(NULL, NULL, status, text, length,
                                 a->arguments->operand[1]);
}

static cli_code take(const asked *a)
{
    const runde_offer *const offer = runde_advice_offer(a->advice, a->take - 1);
    int32_t n = 0;
    if (offer == NULL || !offer->fits) {
        cli_complain("recommend: there is no offer %d that fits", a->take);
        return CLI_BAD_INPUT;
    }
    const taken_offer taken = {
        a->session, offer,
        a->extra != NULL ? runde_events_list(a->events, &n)[0].edit : NULL,
        a->arguments->value[OPTION_OUTPUT], a->arguments->value[OPTION_VISITS]};
    return taken_offer_save(&taken);
}

static cli_code run(const cli_arguments *arguments)
{
    asked a = {arguments, NULL, RUNDE_QUESTION_INIT, NULL, NULL, NULL, 0};
    cli_code code = read_numbers(&a);
    if (code == CLI_DONE) {
        code = input_session(&a.session, arguments->operand[0],
                             arguments->operand[1]);
    }
    if (code == CLI_DONE) {
        code = ask(&a);
    }
    if (code == CLI_DONE) {
        code = a.take > 0 ? take(&a) : answer(&a);
    }
    runde_advice_free(a.advice);
    runde_events_free(a.events);
    runde_session_free(a.session);
    return code;
}

const cli_command recommend_command = {
    .name = "recommend",
    .operands = "FILE PLAN",
    .summary = "say who could take a visit, when and at what price",
    .help =
        "Asks every shift of a plan whether it could take one more visit: an\n"
        "extra one (--visit, a JSON file such as {\"id\": \"alarm\", "
        "\"client\":\n"
        "\"k17\", \"service_duration\": \"PT30M\"}) or one that is left out\n"
        "(--left-out). Those that can are listed by what it changes in the\n"
        "plan's cost, the others with the first rule that fails. Nothing else\n"
        "moves unless --move allows it. With --carer the other way round.\n"
        "--take N makes the Nth offer of the list the plan, and prints what\n"
        "is other in it.",
    .example = "runde recommend visits.json plan.json --visit alarm.json "
               "--take 1 -o plan-2.json --visits visits-2.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 2,
    .run = run,
};
