/* SPDX-License-Identifier: MIT */
/* Travel times from a road engine; the only part of the program that uses
 * the network. */
#include "input.h"
#include "interrupt.h"
#include "kept_findings.h"
#include "options.h"
#include "progress_line.h"
#include "travel_command.h"

#include <inttypes.h>
#include <runde/roads.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The key in the file, without the end of its line. */
typedef struct key_text {
    input_text text;
    const char *key; /* or NULL */
} key_text;

static cli_code read_key(key_text *out, const char *path)
{
    const input_text none = INPUT_TEXT_INIT;
    out->text = none;
    out->key = NULL;
    if (path == NULL) {
        return CLI_DONE;
    }
    const cli_code code = input_read(&out->text, path);
    if (code == CLI_DONE) {
        out->text.bytes[strcspn(out->text.bytes, "\r\n")] = '\0';
        out->key = out->text.bytes;
    }
    return code;
}

static cli_code read_api(runde_roads_options *out, const travel_request *asked)
{
    const char *const value = asked->arguments->value[TRAVEL_API];
    for (int i = 0; value != NULL && i < RUNDE_ROADS_APIS; i++) {
        if (strcmp(value, runde_roads_api_name((runde_roads_api)i)) == 0) {
            out->api = (runde_roads_api)i;
            return CLI_DONE;
        }
    }
    int known = 0;
    return value != NULL
               ? options_word(&known, asked->arguments, TRAVEL_API)
               : travel_bad_value(asked, TRAVEL_API,
                                  "osrm, valhalla, ors or graphhopper");
}

static cli_code read_count(int32_t *out, const travel_request *asked,
                           int option, int64_t most)
{
    const char *const value = asked->arguments->value[option];
    int64_t n = 0;
    if (value == NULL) {
        return CLI_DONE;
    }
    if (!options_integer(&n, value, 1, most)) {
        return travel_bad_value(asked, option,
                                "a whole number, 1 or more and not too many");
    }
    *out = (int32_t)n;
    return CLI_DONE;
}

static cli_code read_options(runde_roads_options *out,
                             const travel_request *asked)
{
    const char *const *const value = asked->arguments->value;
    const runde_roads_options none = RUNDE_ROADS_OPTIONS_INIT;
    *out = none;
    out->server = value[TRAVEL_SERVER];
    out->profile = value[TRAVEL_PROFILE];
    out->proxy = value[TRAVEL_PROXY];
    out->ca_file = value[TRAVEL_CA_FILE];
    out->cache = value[TRAVEL_CACHE];
    out->allow_http = value[TRAVEL_ALLOW_HTTP] != NULL;
    out->post = value[TRAVEL_POST] != NULL;
    out->concise = value[TRAVEL_CONCISE] != NULL;
    out->estimate_offline = value[TRAVEL_OFFLINE] != NULL;
    out->nulls = asked->nulls == TRAVEL_ESTIMATE ? RUNDE_ROADS_ESTIMATE
                 : asked->nulls == TRAVEL_FORBID ? RUNDE_ROADS_FORBID
                                                 : RUNDE_ROADS_ERROR;
    cli_code code = read_api(out, asked);
    /* An OSRM server has one profile, whatever the URL says. */
    if (code == CLI_DONE && asked->n_modes > 1 &&
        (out->api == RUNDE_ROADS_OSRM || out->profile != NULL)) {
        cli_complain("travel: shifts go by %d modes; name one with --mode, "
                     "and ask for each",
                     (int)asked->n_modes);
        return cli_usage_hint(asked->arguments->command);
    }
    if (code == CLI_DONE) {
        code = read_count(&out->connections, asked, TRAVEL_CONNECTIONS, 16);
    }
    if (code == CLI_DONE) {
        code = read_count(&out->block, asked, TRAVEL_BLOCK, 10000);
    }
    if (code == CLI_DONE && value[TRAVEL_DEADLINE] != NULL &&
        !options_seconds(&out->deadline, value[TRAVEL_DEADLINE])) {
        code = travel_bad_value(asked, TRAVEL_DEADLINE, "seconds above 0");
    }
    return code;
}

/* ---------------------------------------------------------------- asking */

static int show_progress(const runde_roads_progress *progress, void *payload)
{
    char text[128];
    (void)snprintf(text, sizeof text,
                   "%6.1f s  %3" PRId64 " %% of %" PRId64 " legs  %" PRId64
                   " answers  %" PRId64 " again",
                   progress->seconds,
                   progress->pairs == 0
                       ? 100
                       : 100 * progress->pairs_done / progress->pairs,
                   progress->pairs, progress->requests, progress->retries);
    progress_line_draw(payload, progress->seconds, text);
    return interrupt_asked() ? 1 : 0;
}

static void say_summary(const char *mode, const runde_roads_summary *sum)
{
    cli_note("travel: %s: %" PRId64 " legs, %" PRId64 " of them from the "
             "cache, %" PRId64 " without a way, %" PRId64 " estimated; %" PRId64
             " answers in %.1f s",
             mode, sum->pairs, sum->cached, sum->no_road, sum->estimated,
             sum->requests, sum->seconds);
}

static cli_code ask_mode(runde_roads **out, const travel_request *asked,
                         const runde_roads_options *options, int32_t mode)
{
    finding_sink sink;
    runde_diag diag = input_diag(&sink, asked->input);
    progress_line line;
    runde_roads_options o = *options;
    progress_line_start(&line);
    o.progress = show_progress;
    o.progress_payload = &line;
    const runde_status status =
        runde_roads_fetch(out, asked->problem, mode, &o, &diag);
    progress_line_clear(&line);
    if (status == RUNDE_E_ARGUMENT && diag.errors > 0) {
        return cli_usage_hint(asked->arguments->command);
    }
    const cli_code code = input_status(status, asked->input, &diag);
    if (code == CLI_DONE) {
        say_summary(runde_problem_mode(asked->problem, mode),
                    runde_roads_summary_of(*out));
    }
    return code;
}

static travel_figures figures_of(const runde_roads_summary *sum)
{
    const travel_figures figures = {sum->pairs, sum->pairs - sum->cached,
                                    sum->cached, sum->estimated, sum->no_road};
    return figures;
}

/* Every mode, then all of them to the sink. */
static cli_code ask_modes(const travel_request *asked,
                          const runde_roads_options *options,
                          runde_roads **roads, runde_travel_times *times)
{
    cli_code code = CLI_DONE;
    for (int32_t i = 0; code == CLI_DONE && i < asked->n_modes; i++) {
        const int32_t mode = asked->modes[i];
        kept_findings_about(runde_problem_mode(asked->problem, mode));
        code = ask_mode(&roads[i], asked, options, mode);
        if (code == CLI_DONE) {
            times[i] = *runde_roads_times(roads[i]);
            asked->figures[i] = figures_of(runde_roads_summary_of(roads[i]));
            *asked->n_filled = i + 1;
        }
    }
    kept_findings_about(NULL);
    return code;
}

static cli_code ask_all(const travel_request *asked,
                        const runde_roads_options *options, travel_sink sink,
                        void *payload)
{
    const size_t n = (size_t)asked->n_modes + 1;
    runde_roads **const roads = calloc(n, sizeof(runde_roads *));
    runde_travel_times *const times = calloc(n, sizeof *times);
    cli_code code = CLI_INTERNAL;
    if (roads == NULL || times == NULL) {
        code = input_status(RUNDE_E_NOMEM, asked->input, NULL);
        goto done;
    }
    code = ask_modes(asked, options, roads, times);
    if (code == CLI_DONE) {
        code = sink(times, payload);
    }
    for (int32_t i = 0; i < asked->n_modes; i++) {
        runde_roads_free(roads[i]);
    }

done:
    free(roads);
    free(times);
    return code;
}

cli_code travel_by_server(const travel_request *asked, travel_sink sink,
                          void *payload)
{
    runde_roads_options options;
    key_text key;
    cli_code code = read_options(&options, asked);
    if (code != CLI_DONE) {
        return code;
    }
    /* libcurl's TLS would write its secrets where this points to. */
    (void)unsetenv("SSLKEYLOGFILE");
    interrupt_listen();
    code = read_key(&key, asked->arguments->value[TRAVEL_KEY_FILE]);
    if (code == CLI_DONE) {
        options.key = key.key;
        code = ask_all(asked, &options, sink, payload);
    }
    input_free(&key.text);
    return code;
}
