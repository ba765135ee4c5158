/* SPDX-License-Identifier: MIT */
/* Travel times on a road network that is there as two CSV tables. */
#include "travel_network.h"

#include "input.h"
#include "kept_findings.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS_MAX 256
#define ACCESS_MAX_S 3600
#define SNAP_MAX_M 100000

/* What is at hand for all modes. */
typedef struct road_work {
    const travel_request *asked;
    runde_network *network;
    runde_place *places;
    int32_t n_places;
    runde_network_options options;
    runde_network_travel **answers; /* by mode of the request */
    runde_travel_times *times;
} road_work;

static int32_t count_processors(void)
{
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (int32_t)n;
}

static cli_code read_options(road_work *work)
{
    static const runde_network_gap gaps[] = {
        [TRAVEL_ERROR] = RUNDE_GAP_ERROR,
        [TRAVEL_ESTIMATE] = RUNDE_GAP_ESTIMATE,
        [TRAVEL_FORBID] = RUNDE_GAP_FORBID};
    const travel_request *const asked = work->asked;
    const char *const *const value = asked->arguments->value;
    const runde_network_options plain = RUNDE_NETWORK_OPTIONS_INIT;
    int64_t access = 0;
    int64_t snap = 0;
    if (value[TRAVEL_ACCESS] != NULL &&
        !options_integer(&access, value[TRAVEL_ACCESS], 0, ACCESS_MAX_S)) {
        return travel_bad_value(asked, TRAVEL_ACCESS, "seconds, 0 to 3600");
    }
    if (value[TRAVEL_SNAP_LIMIT] != NULL &&
        !options_integer(&snap, value[TRAVEL_SNAP_LIMIT], 1, SNAP_MAX_M)) {
        return travel_bad_value(asked, TRAVEL_SNAP_LIMIT,
                                "metres, 1 to 100000");
    }
    work->options = plain;
    work->options.access_s = (int32_t)access;
    work->options.snap_limit_m = (double)snap;
    work->options.tick_ms = runde_problem_settings(asked->problem)->tick_ms;
    work->options.gaps = gaps[asked->nulls];
    work->options.n_threads = count_processors();
    return CLI_DONE;
}

static cli_code allocate(road_work *work)
{
    const runde_problem *const problem = work->asked->problem;
    const size_t n_modes = (size_t)work->asked->n_modes + 1;
    work->n_places = runde_problem_n_places(problem);
    work->places = calloc((size_t)work->n_places + 1, sizeof *work->places);
    work->answers = calloc(n_modes, sizeof *work->answers);
    work->times = calloc(n_modes, sizeof *work->times);
    if (work->places == NULL || work->answers == NULL || work->times == NULL) {
        return input_status(RUNDE_E_NOMEM, work->asked->input, NULL);
    }
    for (int32_t p = 0; p < work->n_places; p++) {
        work->places[p] = *runde_problem_place(problem, p);
    }
    return CLI_DONE;
}

static void tell_estimated(const char *mode, const travel_figures *figures)
{
    if (figures->estimated > 0) {
        cli_note("%lld of %lld legs by %s are estimated",
                 (long long)figures->estimated, (long long)figures->legs, mode);
    }
}

static travel_figures figures_of(const runde_network_travel *travel)
{
    const runde_matrix *const matrix = runde_network_travel_matrix(travel);
    const int64_t n = matrix->n;
    travel_figures figures = {
        .legs = n * (n - 1),
        .estimated = runde_network_travel_n_estimated(travel),
        .without_way = runde_network_travel_n_estimated(travel)};
    for (int64_t i = 0; i < n * n; i++) {
        figures.without_way += matrix->durations[i] < 0 ? 1 : 0;
    }
    return figures;
}

/* Fills mode number `at` of the request. */
static cli_code ask_mode(road_work *work, int32_t at)
{
    const travel_request *const asked = work->asked;
    const int32_t mode = asked->modes[at];
    const char *const name = runde_problem_mode(asked->problem, mode);
    const char *const profile = asked->arguments->value[TRAVEL_PROFILE];
    finding_sink sink;
    runde_diag diag = input_diag(&sink, asked->input);
    work->options.mode = profile != NULL ? profile : name;
    kept_findings_about(name);
    runde_network_travel *travel = NULL;
    const runde_status status =
        runde_network_matrix(&travel, work->network, work->places,
                             work->n_places, &work->options, &diag);
    if (status == RUNDE_E_ARGUMENT) {
        cli_complain("travel: a road network knows car, bicycle and walk, not "
                     "\"%s\"; --profile says which of them it is like",
                     work->options.mode);
        return CLI_USAGE;
    }
    work->answers[at] = travel;
    const cli_code code = input_status(status, asked->input, &diag);
    if (code == CLI_DONE) {
        const runde_travel_times times = {
            sizeof times, mode, *runde_network_travel_matrix(travel),
            runde_network_travel_estimated(travel)};
        work->times[at] = times;
        asked->figures[at] = figures_of(travel);
        *asked->n_filled = at + 1;
        tell_estimated(name, &asked->figures[at]);
    }
    return code;
}

static void release(road_work *work)
{
    for (int32_t m = 0; work->answers != NULL && m < work->asked->n_modes;
         m++) {
        runde_network_travel_free(work->answers[m]);
    }
    free(work->answers);
    free(work->times);
    free(work->places);
    runde_network_free(work->network);
}

cli_code travel_by_network(const travel_request *asked, travel_sink sink,
                           void *payload)
{
    road_work work = {.asked = asked};
    cli_code code = read_options(&work);
    if (code == CLI_DONE) {
        const char *const *const value = asked->arguments->value;
        code = input_network(&work.network, value[TRAVEL_NODES],
                             value[TRAVEL_EDGES]);
    }
    if (code == CLI_DONE) {
        code = allocate(&work);
    }
    for (int32_t m = 0; code == CLI_DONE && m < asked->n_modes; m++) {
        code = ask_mode(&work, m);
    }
    kept_findings_about(NULL);
    if (code == CLI_DONE) {
        code = sink(work.times, payload);
    }
    release(&work);
    return code;
}
