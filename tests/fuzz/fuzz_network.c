/* SPDX-License-Identifier: MIT */
/* The bytes are nodes and edges, cut at a byte of 0x1E: findings and nothing,
 * or a network that answers for its own surroundings. */
#include "fuzz.h"

#include <runde/runde.h>

#include <string.h>

enum { CUT = 0x1E, PLACES = 4 };

static void ask(const runde_network *network, const char *mode)
{
    runde_place places[PLACES];
    for (int p = 0; p < PLACES; p++) {
        const runde_place one = {sizeof one, "x", true, 60.0 + 0.001 * p,
                                 10.0 + 0.003 * (p % 3)};
        places[p] = one;
    }
    const runde_network_leg leg = {&places[0], &places[PLACES - 1]};
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.mode = mode;
    options.gaps = RUNDE_GAP_FORBID;
    options.snap_limit_m = 100000.0;
    runde_network_travel *travel = NULL;
    runde_network_lines *lines = NULL;
    RN_REQUIRE(runde_network_matrix(&travel, network, places, PLACES, &options,
                                    NULL) == RUNDE_OK);
    RN_REQUIRE(runde_network_draw(&lines, network, &leg, 1, &options) ==
               RUNDE_OK);
    const runde_matrix *const m = runde_network_travel_matrix(travel);
    for (int i = 0; i < PLACES * PLACES; i++) {
        RN_REQUIRE(m->durations[i] >= -1 && m->durations[i] <= 86400);
        RN_REQUIRE((m->durations[i] < 0) == (m->distances[i] < 0));
        RN_REQUIRE(i / PLACES != i % PLACES || m->durations[i] == 0);
    }
    int32_t n = 0;
    (void)runde_network_lines_points(lines, 0, &n);
    RN_REQUIRE((n == 0) == (m->durations[PLACES - 1] < 0));
    runde_network_lines_free(lines);
    runde_network_travel_free(travel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const text = size > 0 ? (const char *)data : "";
    const char *const cut = size > 0 ? memchr(text, CUT, size) : NULL;
    const size_t n_nodes = cut != NULL ? (size_t)(cut - text) : size;
    const char *const edges = cut != NULL ? cut + 1 : "";
    const size_t n_edges = cut != NULL ? size - n_nodes - 1 : 0;
    runde_network *network = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status =
        runde_network_read(&network, text, n_nodes, edges, n_edges, &diag);
    RN_REQUIRE((status == RUNDE_OK) == (network != NULL));
    RN_REQUIRE((status == RUNDE_OK) == (diag.errors == 0));
    if (network != NULL) {
        ask(network, "car");
        ask(network, "walk");
    }
    runde_network_free(network);
    return 0;
}
