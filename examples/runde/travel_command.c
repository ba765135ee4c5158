/* SPDX-License-Identifier: MIT */
#include "travel_command.h"
#include "atomic_file.h"
#include "commands.h"
#include "input.h"
#include "json_text.h"
#include "kept_findings.h"
#include "options.h"
#include "travel_network.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cli_option options[] = {
    [TRAVEL_SERVER] = {"server", '\0', "URL",
                       "ask this road engine, best one of your own"},
    [TRAVEL_API] = {"api", '\0', "API",
                    "what it speaks: osrm, valhalla, ors or graphhopper"},
    [TRAVEL_MODE] = {"mode", 'm', "MODE",
                     "only this travel mode (default: all that shifts use)"},
    [TRAVEL_NULLS] = {"nulls", '\0', "HOW",
                      "legs without a way: error, estimate or forbid"},
    [TRAVEL_OFFLINE] = {"offline-estimate", '\0', NULL,
                        "server fails: take the cache, estimate the rest"},
    [TRAVEL_CACHE] = {"cache", '\0', "FILE",
                      "keep answers here, and ask only for new addresses"},
    [TRAVEL_OUTPUT] = {"output", 'o', "FILE",
                       "write the visits with travel to this file"},
    [TRAVEL_PROFILE] = {"profile", '\0', "NAME",
                        "the engine's own name for the mode"},
    [TRAVEL_KEY_FILE] = {"key-file", '\0', "FILE",
                         "its first line is the key for the engine"},
    [TRAVEL_CA_FILE] = {"ca-file", '\0', "FILE",
                        "certificates to trust instead of the system's"},
    [TRAVEL_PROXY] = {"proxy", '\0', "URL",
                      "go through this proxy (default: through none)"},
    [TRAVEL_ALLOW_HTTP] = {"allow-http", '\0', NULL,
                           "plain http to another machine: can be overheard"},
    [TRAVEL_POST] = {"post", '\0', NULL, "OSRM: POST instead of GET"},
    [TRAVEL_CONCISE] = {"concise", '\0', NULL,
                        "Valhalla: short answers, no check of distances"},
    [TRAVEL_CONNECTIONS] = {"connections", '\0', "N",
                            "at a time, 1 to 16 (default 4)"},
    [TRAVEL_BLOCK] = {"block", '\0', "N", "most places on a side of a request"},
    [TRAVEL_DEADLINE] = {"deadline", '\0', "S",
                         "seconds for everything (default 600)"},
    [TRAVEL_NODES] = {"nodes", '\0', "CSV",
                      "instead of a server: nodes of a road network"},
    [TRAVEL_EDGES] = {"edges", '\0', "CSV", "and its edges, one way each"},
    [TRAVEL_ACCESS] = {"access", '\0', "S",
                       "network: seconds on every leg (default 0)"},
    [TRAVEL_SNAP_LIMIT] = {"snap-limit", '\0', "M",
                           "network: farthest place from a road "
                           "(default 500)"},
    [TRAVEL_JSON] = {"json", 'j', NULL,
                     "print what was found as JSON, with --output"},
};

/* By travel_nulls. */
static const char *const nulls_names[] = {"error", "estimate", "forbid", NULL};
static const char *const api_names[] = {"osrm", "valhalla", "ors",
                                        "graphhopper", NULL};

static const cli_words words[] = {
    {TRAVEL_NULLS, options_word_at, nulls_names},
    {TRAVEL_API, options_word_at, api_names},
};

cli_code travel_bad_value(const travel_request *asked, int option,
                          const char *expected)
{
    const char *const value = asked->arguments->value[option];
    cli_complain("travel: --%s \"%s\": expected %s", options[option].name,
                 value == NULL ? "" : value, expected);
    return cli_usage_hint(asked->arguments->command);
}

static cli_code read_nulls(travel_request *out)
{
    int nulls = TRAVEL_ERROR;
    const cli_code code = options_word(&nulls, out->arguments, TRAVEL_NULLS);
    out->nulls = (travel_nulls)nulls;
    return code;
}

static bool is_used(const runde_problem *problem, int32_t mode)
{
    for (int32_t s = 0; s < runde_problem_n_shifts(problem); s++) {
        if (runde_problem_shift(problem, s)->mode == mode) {
            return true;
        }
    }
    return false;
}

static const char *mode_name(const void *table, int index)
{
    return index < runde_problem_n_modes(table)
               ? runde_problem_mode(table, index)
               : NULL;
}

/* The modes to be filled: the one that is named, or all that are used. */
static cli_code read_modes(travel_request *out, int32_t *modes)
{
    const char *const name = out->arguments->value[TRAVEL_MODE];
    out->modes = modes;
    out->n_modes = 0;
    for (int32_t m = 0; m < runde_problem_n_modes(out->problem); m++) {
        const bool is_asked =
            name == NULL
                ? is_used(out->problem, m)
                : strcmp(runde_problem_mode(out->problem, m), name) == 0;
        if (is_asked) {
            modes[out->n_modes++] = m;
        }
    }
    if (out->n_modes == 0 && name != NULL) {
        const cli_words list = {TRAVEL_MODE, mode_name, out->problem};
        return options_no_such(out->arguments->command, "--mode", name, &list);
    }
    return CLI_DONE;
}

/* Where the file goes. */
typedef struct target {
    const travel_request *asked;
    const char *path;
    const file_identity *input;
} target;

/* What is new about the matrices; all else was said about the file. */
static void show_travel_finding(const runde_finding *finding, void *payload)
{
    if (finding->severity == RUNDE_ERROR ||
        strncmp(finding->pointer, "/travel_modes", 13) == 0) {
        input_show_finding(finding, payload);
    }
}

/* The visit file with these times in it. A travel_sink. */
static cli_code write_visits(const runde_travel_times *times, void *payload)
{
    const target *const to = payload;
    const travel_request *const asked = to->asked;
    runde_problem *problem = NULL;
    char *text = NULL;
    size_t length = 0;
    finding_sink sink;
    runde_diag diag = input_diag(&sink, asked->input);
    diag.on_finding = show_travel_finding;
    cli_code code =
        input_status(runde_problem_with_travel(&problem, asked->problem, times,
                                               asked->n_modes, &diag),
                     asked->input, &diag);
    if (code == CLI_DONE) {
        const runde_status status =
            runde_problem_to_json(&text, &length, problem);
        code = atomic_file_save_made(to->path, to->input, status, text, length,
                                     asked->input);
    }
    runde_problem_free(problem);
    return code;
}

/* Options of the other source would be without effect: that may not be
 * silent. */
static cli_code check_options(const travel_request *asked, bool is_network)
{
    static const struct {
        int option;
        bool is_network;
    } only[] = {{TRAVEL_API, false},        {TRAVEL_CACHE, false},
                {TRAVEL_OFFLINE, false},    {TRAVEL_KEY_FILE, false},
                {TRAVEL_CA_FILE, false},    {TRAVEL_PROXY, false},
                {TRAVEL_ALLOW_HTTP, false}, {TRAVEL_POST, false},
                {TRAVEL_CONCISE, false},    {TRAVEL_CONNECTIONS, false},
                {TRAVEL_BLOCK, false},      {TRAVEL_DEADLINE, false},
                {TRAVEL_ACCESS, true},      {TRAVEL_SNAP_LIMIT, true}};
    for (size_t i = 0; i < sizeof only / sizeof only[0]; i++) {
        if (asked->arguments->value[only[i].option] != NULL &&
            only[i].is_network != is_network) {
            cli_complain("travel: --%s is for %s", options[only[i].option].name,
                         is_network ? "--server" : "--nodes and --edges");
            return cli_usage_hint(asked->arguments->command);
        }
    }
    return CLI_DONE;
}

/* The source that the options name: one, and with its own options only. */
static cli_code ask(const travel_request *asked, target *to)
{
    const char *const *const value = asked->arguments->value;
    const bool has_nodes = value[TRAVEL_NODES] != NULL;
    const bool has_edges = value[TRAVEL_EDGES] != NULL;
    if (has_nodes != has_edges) {
        cli_complain("travel: --nodes and --edges go together");
        return cli_usage_hint(asked->arguments->command);
    }
    if (has_nodes && value[TRAVEL_SERVER] != NULL) {
        cli_complain("travel: --server and --nodes exclude each other");
        return cli_usage_hint(asked->arguments->command);
    }
    if (!has_nodes && value[TRAVEL_SERVER] == NULL) {
        cli_complain("travel: expected --server URL, or --nodes and "
                     "--edges");
        return cli_usage_hint(asked->arguments->command);
    }
    cli_code code = check_options(asked, has_nodes);
    if (code == CLI_DONE) {
        /* Not after minutes of asking. */
        code = atomic_file_check(to->path, to->input);
    }
    if (code == CLI_DONE) {
        code = has_nodes ? travel_by_network(asked, write_visits, to)
                         : travel_by_server(asked, write_visits, to);
    }
    return code;
}

/* A mode that gets its times now need not have had any, unless others stay as
 * they are or ways are estimated. This model stands in until then, and is so
 * fast that nothing seems out of reach. */
static cli_code read_problem(runde_problem **out, const travel_request *asked,
                             file_identity *input)
{
    static const runde_speed_model until_then = {
        .size = sizeof until_then,
        .n_bands = 1,
        .band = {{.detour = 1.0, .speed_kmh = 300.0}}};
    const char *const *const value = asked->arguments->value;
    const bool is_whole = asked->nulls != TRAVEL_ESTIMATE &&
                          value[TRAVEL_OFFLINE] == NULL &&
                          value[TRAVEL_MODE] == NULL;
    return input_problem_with_model(out, asked->input, input,
                                    is_whole ? &until_then : NULL);
}

/* ---------------------------------------------------------------- summary */

static void print_modes(const travel_request *asked)
{
    const int32_t n = *asked->n_filled;
    (void)fputs("{\n  \"format\": \"runde-travel\",\n  \"version\": 1,\n"
                "  \"modes\": [",
                stdout);
    for (int32_t i = 0; i < n; i++) {
        const travel_figures *const f = &asked->figures[i];
        (void)fputs(i == 0 ? "\n    {" : ",\n    {", stdout);
        json_text_member(stdout, "mode",
                         runde_problem_mode(asked->problem, asked->modes[i]));
        (void)printf(", \"legs\": %" PRId64 ", \"asked\": %" PRId64
                     ", \"cached\": %" PRId64 ", \"estimated\": %" PRId64
                     ", \"without_way\": %" PRId64 "}",
                     f->legs, f->asked, f->cached, f->estimated,
                     f->without_way);
    }
    (void)printf("%s],\n", n > 0 ? "\n  " : "");
}

/* With --json: what was found out, or why it was not. */
static cli_code conclude(const travel_request *asked, cli_code code)
{
    if (!kept_findings_matter(code)) {
        return code;
    }
    print_modes(asked);
    const cli_code printed = kept_findings_print();
    return code == CLI_DONE ? printed : code;
}

/* ---------------------------------------------------------------- command */

static cli_code allocate(travel_request *out, int32_t **modes)
{
    const size_t n = (size_t)runde_problem_n_modes(out->problem) + 1;
    *modes = calloc(n, sizeof **modes);
    out->figures = calloc(n, sizeof *out->figures);
    return *modes != NULL && out->figures != NULL
               ? CLI_DONE
               : input_status(RUNDE_E_NOMEM, out->input, NULL);
}

static cli_code read_command(travel_request *out)
{
    const cli_code code =
        options_need_file(out->arguments, TRAVEL_JSON, TRAVEL_OUTPUT);
    if (code != CLI_DONE) {
        return code;
    }
    const cli_code nulls = read_nulls(out);
    return nulls == CLI_DONE && out->arguments->value[TRAVEL_JSON] != NULL
               ? kept_findings_begin(true)
               : nulls;
}

static cli_code run(const cli_arguments *arguments)
{
    file_identity input = {false, 0, 0};
    runde_problem *problem = NULL;
    int32_t *modes = NULL;
    int32_t n_filled = 0;
    travel_request asked = {.arguments = arguments,
                            .input = arguments->operand[0],
                            .n_filled = &n_filled};
    target to = {&asked, arguments->value[TRAVEL_OUTPUT], &input};
    cli_code code = read_command(&asked);
    if (code == CLI_DONE) {
        code = read_problem(&problem, &asked, &input);
    }
    if (code == CLI_DONE) {
        asked.problem = problem;
        code = allocate(&asked, &modes);
    }
    if (code == CLI_DONE) {
        code = read_modes(&asked, modes);
    }
    if (code == CLI_DONE) {
        code = ask(&asked, &to);
    }
    code = conclude(&asked, code);
    kept_findings_end();
    free(asked.figures);
    free(modes);
    runde_problem_free(problem);
    return code;
}

const cli_command travel_command = {
    .name = "travel",
    .operands = "FILE",
    .summary = "put travel times on real roads into a visit file",
    .help =
        "Reads the visits of FILE, asks a road engine for the travel times\n"
        "between all places, and prints the visit file with the matrices in\n"
        "it. Only coordinates are sent, rounded and in no order that tells\n"
        "anything; but they are where clients live, so use a server of your\n"
        "own. Or give the nodes and edges of a road network as tables: then\n"
        "nothing is sent anywhere. Without this command travel is estimated\n"
        "from coordinates.",
    .example = "runde travel visits.json --server http://localhost:8002 "
               "--api valhalla\n      --nulls estimate --cache travel.cache "
               "-o roads.json\n  runde travel visits.json --nodes nodes.csv "
               "--edges edges.csv -o roads.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
