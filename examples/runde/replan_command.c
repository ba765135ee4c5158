/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "change_table.h"
#include "commands.h"
#include "exact_method.h"
#include "input.h"
#include "interrupt.h"
#include "left_out_notes.h"
#include "options.h"
#include "plan_output.h"
#include "progress_line.h"
#include "weigh_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Left-out visits that are looked into: some 15 ms each on a day of 1,400. */
#define MOST_EXPLAINED 10

enum {
    OPTION_PUBLISHED,
    OPTION_EVENTS,
    OPTION_FREEZE,
    OPTION_TOLERANCE,
    OPTION_CLIENTS,
    OPTION_SHIFTED,
    OPTION_OUTPUT,
    OPTION_CHANGES,
    OPTION_VISITS,
    OPTION_FORMAT,
    OPTION_JSON,
    OPTION_TIME_LIMIT,
    OPTION_ITERATIONS,
    OPTION_SEED,
    OPTION_EXACT,
    OPTION_WEIGHTS
};

static const cli_option options[] = {
    [OPTION_PUBLISHED] = {"published", 'p', "PLAN",
                          "the plan that people know; required"},
    [OPTION_EVENTS] = {"event", 'e', "EVENTS",
                       "what has happened, as a file of events"},
    [OPTION_FREEZE] = {"freeze-before", '\0', "TIME",
                       "what starts before stays (default: the file's now)"},
    [OPTION_TOLERANCE] = {"tolerance", '\0', "MIN",
                          "minutes a visit may move for nothing (default 0)"},
    [OPTION_CLIENTS] = {"max-clients-changed", '\0', "N",
                        "at most N clients get another carer"},
    [OPTION_SHIFTED] = {"max-shifted", '\0', "N",
                        "at most N visits move by more than the tolerance"},
    [OPTION_OUTPUT] = {"output", 'o', "PLAN",
                       "write the plan to this file, whole or not at all"},
    [OPTION_CHANGES] = {"changes", 'c', "FILE",
                        "write who must be told what, as JSON"},
    [OPTION_VISITS] = {"visits", '\0', "FILE",
                       "write the changed visit file, to which the plan is"},
    [OPTION_FORMAT] = {"format", 'f', "F",
                       "json, or table: the changes to read"},
    [OPTION_JSON] = {"json", '\0', NULL, "the same as --format json"},
    [OPTION_TIME_LIMIT] = {"time-limit", 't', "S",
                           "search for S seconds, not just around changes"},
    [OPTION_ITERATIONS] = {"iterations", 'n', "N",
                           "search N steps, not just around changes"},
    [OPTION_SEED] = {"seed", 's', "N", "another search (default 0)"},
    [OPTION_EXACT] = EXACT_OPTION,
    [OPTION_WEIGHTS] = {"weights", '\0', "FILE",
                        "an overlay: weights, order, profiles of clients"},
};

/* The second is a table. */
static const char *const format_names[] = {"json", "table", NULL};

static const cli_words words[] = {
    {OPTION_FORMAT, options_word_at, format_names},
    {OPTION_EXACT, options_word_at, exact_names},
};

/* What the command line asks for. */
typedef struct request {
    const cli_arguments *arguments;
    const char *input;
    const char *output; /* NULL: standard output */
    bool table;
    runde_options search;
    runde_replan_options replan;
} request;

/* What is open while the command runs. */
typedef struct desk {
    file_identity input;
    atomic_file file;
    runde_problem *problem;
    runde_plan *published;
    runde_events *events;
    runde_overlay *overlay;
    runde_event *all; /* those of the file, then those of the overlay */
    runde_replan *replan;
} desk;

static cli_code bad_value(const request *asked, int option,
                          const char *expected)
{
    cli_complain("replan: --%s \"%s\": expected %s", options[option].name,
                 asked->arguments->value[option], expected);
    return cli_usage_hint(asked->arguments->command);
}

static cli_code read_limits(request *asked)
{
    const char *const *value = asked->arguments->value;
    int64_t n = 0;
    if (value[OPTION_TIME_LIMIT] != NULL &&
        !options_seconds(&asked->search.time_limit, value[OPTION_TIME_LIMIT])) {
        return bad_value(asked, OPTION_TIME_LIMIT,
                         "seconds above 0, such as 10 or 0.5");
    }
    if (value[OPTION_ITERATIONS] != NULL) {
        if (!options_integer(&n, value[OPTION_ITERATIONS], 0, INT64_MAX)) {
            return bad_value(asked, OPTION_ITERATIONS,
                             "a whole number, 0 or more");
        }
        /* For the library 0 is "no limit" and -1 is "do not search". */
        asked->search.iteration_limit = n == 0 ? -1 : n;
    }
    if (value[OPTION_SEED] != NULL &&
        !options_unsigned(&asked->search.seed, value[OPTION_SEED])) {
        return bad_value(asked, OPTION_SEED, "a whole number below 2^64");
    }
    return CLI_DONE;
}

/* Rather leave visits out than change more than people will bear. */
static cli_code read_budget(request *asked)
{
    const char *const *value = asked->arguments->value;
    const int option[] = {OPTION_CLIENTS, OPTION_SHIFTED};
    int64_t *const most[] = {&asked->replan.max_clients_changed,
                             &asked->replan.max_visits_shifted};
    for (int i = 0; i < 2; i++) {
        if (value[option[i]] != NULL &&
            !options_integer(most[i], value[option[i]], 0, INT32_MAX)) {
            return bad_value(asked, option[i], "a whole number, 0 or more");
        }
    }
    return CLI_DONE;
}

static cli_code read_request(request *asked, const cli_arguments *arguments)
{
    const runde_options search = RUNDE_OPTIONS_INIT;
    const runde_replan_options replan = RUNDE_REPLAN_OPTIONS_INIT;
    const char *output = arguments->value[OPTION_OUTPUT];
    memset(asked, 0, sizeof *asked);
    asked->arguments = arguments;
    asked->input = arguments->operand[0];
    asked->output = output != NULL && strcmp(output, "-") != 0 ? output : NULL;
    asked->search = search;
    asked->replan = replan;
    int format = 0;
    cli_code code = options_word(&format, arguments, OPTION_FORMAT);
    if (code != CLI_DONE) {
        return code;
    }
    asked->table = format == 1;
    if (asked->table && arguments->value[OPTION_JSON] != NULL) {
        cli_complain("replan: --json and --format table exclude each other");
        return cli_usage_hint(arguments->command);
    }
    if (arguments->value[OPTION_PUBLISHED] == NULL) {
        cli_complain("replan: --published PLAN expected");
        return cli_usage_hint(arguments->command);
    }
    code = read_limits(asked);
    if (code == CLI_DONE) {
        code = exact_method_read(&asked->search.exact, arguments, OPTION_EXACT);
    }
    return code == CLI_DONE ? read_budget(asked) : code;
}

/* ------------------------------------------------------------------ input */

static cli_code read_events(desk *d, const request *asked)
{
    const char *path = asked->arguments->value[OPTION_EVENTS];
    input_text text;
    if (path == NULL) {
        return CLI_DONE;
    }
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    const runde_status status = runde_events_from_json(
        &d->events, d->problem, text.bytes, text.length, &diag);
    input_free(&text);
    return input_status(status, path, &diag);
}

/* New weights are events like the others: replanning looks around the clients
 * whose profile is another. */
static cli_code read_weights(desk *d, request *asked)
{
    const char *path = asked->arguments->value[OPTION_WEIGHTS];
    const runde_event fresh = RUNDE_EVENT_INIT;
    const int32_t n_file = asked->replan.n_events;
    int32_t n = 0;
    if (path == NULL) {
        return CLI_DONE;
    }
    const cli_code code =
        weigh_options_read(&d->overlay, d->problem, path, NULL);
    if (code != CLI_DONE) {
        return code;
    }
    const runde_edit *const edits = runde_overlay_edits(d->overlay, &n);
    d->all = calloc((size_t)n_file + (size_t)n + 1, sizeof *d->all);
    if (d->all == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    for (int32_t i = 0; i < n_file + n; i++) {
        d->all[i] = i < n_file ? asked->replan.events[i] : fresh;
        if (i >= n_file) {
            d->all[i].edit = &edits[i - n_file];
        }
    }
    asked->replan.events = d->all;
    asked->replan.n_events = n_file + n;
    return CLI_DONE;
}

/* What depends on the problem's clock. */
static cli_code read_times(request *asked, const desk *d)
{
    const char *freeze = asked->arguments->value[OPTION_FREEZE];
    const char *tolerance = asked->arguments->value[OPTION_TOLERANCE];
    int64_t minutes = 0;
    if (d->events != NULL) {
        asked->replan.events =
            runde_events_list(d->events, &asked->replan.n_events);
        asked->replan.freeze_before = runde_events_now(d->events);
    }
    if (freeze != NULL &&
        !runde_problem_read_time(d->problem, freeze,
                                 &asked->replan.freeze_before)) {
        return bad_value(asked, OPTION_FREEZE,
                         "a time of this day such as 10:00, or "
                         "2026-03-23T10:00");
    }
    if (tolerance != NULL) {
        const int32_t tick_ms = runde_problem_settings(d->problem)->tick_ms;
        if (!options_integer(&minutes, tolerance, 0, 1440)) {
            return bad_value(asked, OPTION_TOLERANCE, "minutes, 0 to 1440");
        }
        asked->replan.tolerance = (int32_t)(minutes * 60000 / tick_ms);
    }
    return CLI_DONE;
}

static cli_code read_all(desk *d, request *asked)
{
    cli_code code = input_problem(&d->problem, asked->input, &d->input);
    if (code == CLI_DONE) {
        code = input_plan(&d->published, d->problem,
                          asked->arguments->value[OPTION_PUBLISHED]);
    }
    if (code == CLI_DONE) {
        code = read_events(d, asked);
    }
    if (code == CLI_DONE) {
        code = read_times(asked, d);
    }
    if (code == CLI_DONE) {
        code = read_weights(d, asked);
    }
    if (code == CLI_DONE) {
        code = atomic_file_check(asked->arguments->value[OPTION_CHANGES],
                                 &d->input);
    }
    if (code == CLI_DONE) {
        code = atomic_file_check(asked->arguments->value[OPTION_VISITS],
                                 &d->input);
    }
    if (code == CLI_DONE && asked->output != NULL) {
        code = atomic_file_open(&d->file, asked->output, &d->input);
    }
    return code;
}

/* One place cannot hold two answers. */
static cli_code check_outputs(const request *asked)
{
    static const int option[] = {OPTION_OUTPUT, OPTION_CHANGES, OPTION_VISITS};
    const char *path[3];
    for (int i = 0; i < 3; i++) {
        path[i] = asked->arguments->value[option[i]];
    }
    if (path[0] == NULL) {
        path[0] = "-"; /* the plan, or the table of the changes */
    }
    for (int i = 1; i < 3; i++) {
        for (int j = 0; path[i] != NULL && j < i; j++) {
            if (path[j] != NULL && strcmp(path[i], path[j]) == 0) {
                return bad_value(asked, option[i],
                                 "another place than the other outputs");
            }
        }
    }
    return CLI_DONE;
}

static cli_code plan_again(desk *d, request *asked)
{
    progress_line line;
    progress_line_start(&line);
    asked->search.progress = progress_line_update;
    asked->search.progress_payload = &line;
    asked->replan.search = &asked->search;
    finding_sink sink;
    runde_diag diag = input_diag(&sink, asked->input);
    interrupt_listen();
    const runde_status status = runde_replan_new(
        &d->replan, d->problem, d->published, &asked->replan, &diag);
    progress_line_end(&line);
    return input_status(status, asked->input, &diag);
}

/* ----------------------------------------------------------------- output */

static cli_code save_text(const char *path, const desk *d, runde_status status,
                          char *text, size_t length)
{
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = input_status(status, path, &none);
    if (code == CLI_DONE) {
        code = atomic_file_save(path, &d->input, text, length);
    }
    runde_text_free(text);
    return code;
}

static cli_code save_extras(const desk *d, const request *asked)
{
    const char *changes = asked->arguments->value[OPTION_CHANGES];
    const char *visits = asked->arguments->value[OPTION_VISITS];
    char *text = NULL;
    size_t length = 0;
    cli_code code = CLI_DONE;
    if (changes != NULL) {
        const runde_status status =
            runde_replan_to_json(&text, &length, d->replan);
        code = save_text(changes, d, status, text, length);
    }
    if (code == CLI_DONE && visits != NULL) {
        text = NULL;
        const runde_status status = runde_problem_to_json(
            &text, &length, runde_replan_problem(d->replan));
        code = save_text(visits, d, status, text, length);
    }
    return code;
}

/* What it costs that people know another plan. */
static int64_t cost_of_changes(const runde_cost *cost)
{
    return cost->cost[RUNDE_CHANGED_CARER] + cost->cost[RUNDE_SHIFTED_START] +
           cost->cost[RUNDE_CLIENTS_CHANGED] + cost->cost[RUNDE_VISITS_SHIFTED];
}

static void print_table(const desk *d)
{
    const runde_cost *before = runde_replan_cost_before(d->replan);
    const runde_cost *after = runde_plan_cost(runde_replan_plan(d->replan));
    (void)printf("cost %lld -> %lld, of which for changes %lld -> %lld; left "
                 "out (priorities) %lld -> %lld\n",
                 (long long)before->wishes, (long long)after->wishes,
                 (long long)cost_of_changes(before),
                 (long long)cost_of_changes(after), (long long)before->left_out,
                 (long long)after->left_out);
    change_table_print(stdout, runde_replan_problem(d->replan),
                       runde_replan_diff(d->replan));
    for (int32_t i = 0; i < runde_replan_n_explained(d->replan); i++) {
        left_out_notes_print(stdout, runde_replan_problem(d->replan),
                             runde_replan_get_explained(d->replan, i));
    }
}

/* Only where somebody reads it. */
static cli_code explain(desk *d, const request *asked)
{
    const runde_diag none = RUNDE_DIAG_INIT;
    if (!asked->table && asked->arguments->value[OPTION_CHANGES] == NULL) {
        return CLI_DONE;
    }
    return input_status(runde_replan_explain(d->replan, MOST_EXPLAINED),
                        asked->input, &none);
}

static cli_code deliver(desk *d, const request *asked)
{
    const runde_problem *problem = runde_replan_problem(d->replan);
    char *text = NULL;
    size_t length = 0;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code =
        input_status(runde_plan_to_json(&text, &length, problem,
                                        runde_replan_plan(d->replan)),
                     asked->input, &none);
    if (code == CLI_DONE) {
        code = asked->output != NULL
                   ? plan_output_save(&d->file, problem, text, length)
                   : plan_output_judge(problem, text, length);
    }
    if (code == CLI_DONE) {
        code = save_extras(d, asked);
    }
    if (code == CLI_DONE && asked->table) {
        print_table(d);
    } else if (code == CLI_DONE && asked->output == NULL) {
        (void)fwrite(text, 1, length, stdout);
    }
    runde_text_free(text);
    return code;
}

static cli_code verdict(const desk *d)
{
    const runde_kpis *kpis = runde_plan_kpis(runde_replan_plan(d->replan));
    const runde_diff_totals *totals =
        runde_diff_get_totals(runde_replan_diff(d->replan));
    const int64_t shifted = runde_plan_cost(runde_replan_plan(d->replan))
                                ->amount[RUNDE_VISITS_SHIFTED];
    cli_note("%d client%s with another carer, %d with a visit left out; %lld "
             "visit%s moved by more than the tolerance; %d mandatory visit%s "
             "left out",
             totals->clients_changed, totals->clients_changed == 1 ? "" : "s",
             totals->clients_dropped, (long long)shifted,
             shifted == 1 ? "" : "s", kpis->left_out,
             kpis->left_out == 1 ? "" : "s");
    if (interrupt_asked()) {
        cli_note("stopped; the best plan is written");
        return CLI_STOPPED;
    }
    return CLI_DONE;
}

static cli_code run(const cli_arguments *arguments)
{
    request asked;
    desk d = {.file = ATOMIC_FILE_INIT};
    cli_code code = read_request(&asked, arguments);
    if (code == CLI_DONE) {
        code = check_outputs(&asked);
    }
    if (code == CLI_DONE) {
        code = read_all(&d, &asked);
    }
    if (code == CLI_DONE) {
        code = plan_again(&d, &asked);
    }
    if (code == CLI_DONE) {
        code = explain(&d, &asked);
    }
    if (code == CLI_DONE) {
        code = deliver(&d, &asked);
    }
    if (code == CLI_DONE) {
        code = verdict(&d);
    }
    atomic_file_discard(&d.file);
    runde_replan_free(d.replan);
    free(d.all);
    runde_overlay_free(d.overlay);
    runde_events_free(d.events);
    runde_plan_free(d.published);
    runde_problem_free(d.problem);
    return code;
}

const cli_command replan_command = {
    .name = "replan",
    .operands = "FILE",
    .summary = "change a published plan as little as need be",
    .help =
        "Plans the visits of FILE again, from a plan that people know\n"
        "already: a carer is ill, a visit is new. Every other carer and every\n"
        "minute moved has its price; what starts before --freeze-before "
        "stays.\n"
        "Without a limit only what surrounds the changes is looked at. The\n"
        "plan is one of the changed visit file, which --visits writes.",
    .example = "runde replan visits.json -p plan.json -e ill.json "
               "--visits now.json -o now-plan.json --changes tell.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
