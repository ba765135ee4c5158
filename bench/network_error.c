/* SPDX-License-Identifier: MIT */
/* runde-network-error: by how much the offline model of travel errs, taking a
 * road network for the truth; by mode and great-circle length. Both have the
 * model's access time on every leg. */
#include "network_places.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 64
#define EXIT_DATA 65
#define EXIT_IO 74
#define PLACES 400
#define EARTH_M 6371008.8
#define PI 3.14159265358979323846

static const double band_km[] = {0.5, 1.0, 3.0, 10.0, 1000.0};

enum { BANDS = 5 };

/* What one band of one mode adds up to; errors are model less network. */
typedef struct band {
    double n;
    double network_s;
    double model_s;
    double error_s;
    double absolute_s;
    double square_s;
    double network_m;
    double model_m;
} band;

static double great_circle(const runde_place *a, const runde_place *b)
{
    const double turn = PI / 180.0;
    const double lat = sin((b->lat - a->lat) * turn / 2.0);
    const double lon = sin((b->lon - a->lon) * turn / 2.0);
    const double half =
        lat * lat + cos(a->lat * turn) * cos(b->lat * turn) * lon * lon;
    return 2.0 * EARTH_M * asin(sqrt(half));
}

/* A problem of nothing but the places and one mode, for its speed model. */
static runde_problem *offline(const char *mode, const runde_place *places,
                              int32_t n)
{
    runde_problem *problem = NULL;
    bool is_right = runde_problem_new(&problem, NULL, NULL) == RUNDE_OK &&
                    runde_problem_add_mode(problem, mode, NULL) == RUNDE_OK;
    for (int32_t p = 0; is_right && p < n; p++) {
        char id[16];
        (void)snprintf(id, sizeof id, "p%d", p);
        runde_place place = places[p];
        place.id = id;
        is_right = runde_problem_add_place(problem, &place, NULL) == RUNDE_OK;
    }
    if (!is_right || runde_problem_seal(problem, NULL) != RUNDE_OK) {
        runde_problem_free(problem);
        return NULL;
    }
    return problem;
}

static void add_leg(band *b, double network_s, double model_s, double network_m,
                    double model_m)
{
    const double error = model_s - network_s;
    b->n += 1.0;
    b->network_s += network_s;
    b->model_s += model_s;
    b->error_s += error;
    b->absolute_s += fabs(error);
    b->square_s += error * error;
    b->network_m += network_m;
    b->model_m += model_m;
}

static void print_band(const char *mode, const char *name, const band *b)
{
    if (b->n < 1.0) {
        return;
    }
    const double mean = b->error_s / b->n;
    const double spread = sqrt(fmax(0.0, b->square_s / b->n - mean * mean));
    (void)printf("| %s | %s | %.0f | %.0f | %.0f | %+.0f (%+.0f %%) | %.0f | "
                 "%.0f | %+.0f %% |\n",
                 mode, name, b->n, b->network_s / b->n, b->model_s / b->n, mean,
                 100.0 * b->error_s / b->network_s, spread,
                 b->absolute_s / b->n,
                 100.0 * (b->model_m / b->network_m - 1.0));
}

static bool compare(const runde_network *network, const char *mode,
                    const runde_place *places, int32_t n)
{
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.mode = mode;
    options.gaps = RUNDE_GAP_FORBID;
    runde_network_travel *travel = NULL;
    runde_problem *const problem = offline(mode, places, n);
    if (problem != NULL) {
        options.access_s = runde_problem_speed_model(problem, 0)->access_s;
    }
    const bool is_right =
        problem != NULL && runde_network_matrix(&travel, network, places, n,
                                                &options, NULL) == RUNDE_OK;
    band bands[BANDS + 1];
    memset(bands, 0, sizeof bands);
    for (int32_t i = 0; is_right && i < n * n; i++) {
        const runde_matrix *const m = runde_network_travel_matrix(travel);
        const double km = great_circle(&places[i / n], &places[i % n]) / 1e3;
        if (i / n == i % n || m->durations[i] < 0 || km <= 0.0) {
            continue;
        }
        int32_t seconds = 0;
        int32_t metres = 0;
        runde_problem_travel(problem, 0, i / n, i % n, &seconds, &metres);
        int at = 0;
        while (km > band_km[at]) {
            at++;
        }
        add_leg(&bands[at], m->durations[i], seconds, m->distances[i], metres);
        add_leg(&bands[BANDS], m->durations[i], seconds, m->distances[i],
                metres);
    }
    static const char *const names[] = {"to 0.5 km", "to 1 km", "to 3 km",
                                        "to 10 km",  "further", "all"};
    for (int b = 0; b <= BANDS; b++) {
        print_band(mode, names[b], &bands[b]);
    }
    runde_network_travel_free(travel);
    runde_problem_free(problem);
    return is_right;
}

int main(int argc, char **argv)
{
    static const char *const modes[] = {"car", "bicycle", "walk"};
    network_tables tables = {NULL, NULL};
    if (argc != 3) {
        (void)fputs("usage: runde-network-error NODES EDGES\n", stderr);
        return EXIT_USAGE;
    }
    if (!network_tables_read(&tables, argv[1], argv[2])) {
        return EXIT_IO;
    }
    runde_network *const network = network_of_tables(&tables);
    runde_place *const places = network_places(&tables, PLACES);
    bool is_right = network != NULL && places != NULL;
    if (is_right) {
        (void)puts("| mode | as the crow flies | legs | road, s | model, s | "
                   "error, s | spread, s | mean size, s | length |\n"
                   "|---|---|---:|---:|---:|---:|---:|---:|---:|");
    }
    for (int m = 0; is_right && m < 3; m++) {
        is_right = compare(network, modes[m], places, PLACES);
    }
    free(places);
    runde_network_free(network);
    network_tables_free(&tables);
    return is_right ? EXIT_SUCCESS : EXIT_DATA;
}
