/* SPDX-License-Identifier: MIT */
/* runde-network-bench: reads a road network and asks for the travel between
 * random places on it; prints the processor time of each step. */
#include "network_places.h"

#include <errno.h>
#include <runde/runde.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EXIT_USAGE 64
#define EXIT_DATA 65
#define EXIT_IO 74

typedef struct arguments {
    const char *path[2]; /* nodes, edges */
    const char *mode;
    int32_t places;
    int32_t threads;
    int32_t rounds;
} arguments;

static int say_usage(void)
{
    (void)fputs("usage: runde-network-bench NODES EDGES [PLACES [THREADS "
                "[MODE [ROUNDS]]]]\n",
                stderr);
    return EXIT_USAGE;
}

static double cpu_seconds(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool read_number(int32_t *out, const char *word, int32_t most)
{
    char *end = NULL;
    errno = 0;
    const long value = strtol(word, &end, 10);
    *out = (int32_t)value;
    return errno == 0 && end != word && *end == '\0' && value > 0 &&
           value <= most;
}

static bool read_arguments(arguments *a, int argc, char **argv)
{
    if (argc < 3 || argc > 7) {
        return false;
    }
    a->path[0] = argv[1];
    a->path[1] = argv[2];
    a->mode = argc > 5 ? argv[5] : "car";
    return (argc <= 3 || read_number(&a->places, argv[3], 32767)) &&
           (argc <= 4 || read_number(&a->threads, argv[4], 256)) &&
           (argc <= 6 || read_number(&a->rounds, argv[6], 1000));
}

/* The least of some rounds: other programs only ever add. */
static int ask(const arguments *a, const runde_network *network,
               const runde_place *places)
{
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.mode = a->mode;
    options.n_threads = a->threads;
    options.gaps = RUNDE_GAP_FORBID;
    double least = 0.0;
    for (int32_t round = 0; round < a->rounds; round++) {
        runde_network_travel *travel = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        const double begin = cpu_seconds();
        const runde_status status = runde_network_matrix(
            &travel, network, places, a->places, &options, &diag);
        const double spent = cpu_seconds() - begin;
        runde_network_travel_free(travel);
        if (status != RUNDE_OK) {
            (void)fprintf(stderr, "runde-network-bench: %s: %s\n",
                          runde_status_name(status), diag.message);
            return EXIT_DATA;
        }
        least = round == 0 || spent < least ? spent : least;
    }
    (void)printf("matrix %d x %d by %s, %d thread%s: %.1f ms of processor "
                 "time\n",
                 a->places, a->places, a->mode, a->threads,
                 a->threads == 1 ? "" : "s", least * 1e3);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    arguments a = {{NULL, NULL}, NULL, 1000, 1, 5};
    if (!read_arguments(&a, argc, argv)) {
        return say_usage();
    }
    int code = EXIT_DATA;
    network_tables tables = {NULL, NULL};
    runde_network *network = NULL;
    runde_place *places = NULL;
    if (!network_tables_read(&tables, a.path[0], a.path[1])) {
        return EXIT_IO;
    }
    const double begin = cpu_seconds();
    network = network_of_tables(&tables);
    if (network == NULL) {
        goto done;
    }
    (void)printf("network of %d nodes, %d edges: read in %.1f ms\n",
                 runde_network_n_nodes(network), runde_network_n_edges(network),
                 (cpu_seconds() - begin) * 1e3);
    places = network_places(&tables, a.places);
    if (places != NULL) {
        code = ask(&a, network, places);
    }
done:
    free(places);
    runde_network_free(network);
    network_tables_free(&tables);
    return code;
}
