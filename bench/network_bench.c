/* SPDX-License-Identifier: MIT */
/* runde-network-bench: reads a road network and asks for the travel between
 * random places on it; prints the processor time of each step. */
#include <errno.h>
#include <runde/runde.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EXIT_USAGE 64
#define EXIT_DATA 65
#define EXIT_IO 74

/* Places lie this far around the nodes they are drawn from, degrees. */
#define AROUND 0.0005
#define LINE 512

typedef struct text {
    char *bytes;
    size_t length;
} text;

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

static bool read_file(text *out, const char *path)
{
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    bool is_read = false;
    if (fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        if (size > 0 && fseek(file, 0, SEEK_SET) == 0) {
            out->bytes = malloc((size_t)size + 1);
            out->length = (size_t)size;
            is_read = out->bytes != NULL &&
                      fread(out->bytes, 1, out->length, file) == out->length;
        }
    }
    if (is_read) {
        out->bytes[out->length] = '\0';
    }
    (void)fclose(file);
    return is_read;
}

/* Splitmix64: the same places every time. */
static double draw(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) * 0x1p-53;
}

/* Around nodes at random, as homes lie along roads. The table has "node, lat,
 * lon" in this order, one node a line. */
static runde_place *draw_places(const text *nodes, int32_t n_nodes, int32_t n)
{
    runde_place *const all = calloc((size_t)n_nodes, sizeof *all);
    runde_place *const places = calloc((size_t)n, sizeof *places);
    const char *line = strchr(nodes->bytes, '\n');
    int32_t found = 0;
    while (all != NULL && line != NULL && found < n_nodes) {
        char *end = NULL;
        (void)strtod(line + 1, &end);
        if (*end == ',') {
            all[found].lat = strtod(end + 1, &end);
            all[found].lon = *end == ',' ? strtod(end + 1, &end) : 0.0;
            found++;
        }
        line = strchr(line + 1, '\n');
    }
    uint64_t state = 1;
    for (int32_t p = 0; places != NULL && found > 0 && p < n; p++) {
        const runde_place *const near = &all[(int)(draw(&state) * found)];
        const runde_place one = {sizeof one, "", true,
                                 near->lat + AROUND * (draw(&state) - 0.5),
                                 near->lon + AROUND * (draw(&state) - 0.5)};
        places[p] = one;
    }
    free(all);
    return places;
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
    text texts[2] = {{NULL, 0}, {NULL, 0}};
    runde_network *network = NULL;
    runde_place *places = NULL;
    int code = EXIT_IO;
    if (!read_arguments(&a, argc, argv)) {
        return say_usage();
    }
    if (!read_file(&texts[0], a.path[0]) || !read_file(&texts[1], a.path[1])) {
        (void)fprintf(stderr, "runde-network-bench: cannot read\n");
        goto done;
    }
    runde_diag diag = RUNDE_DIAG_INIT;
    const double begin = cpu_seconds();
    const runde_status status =
        runde_network_read(&network, texts[0].bytes, texts[0].length,
                           texts[1].bytes, texts[1].length, &diag);
    code = EXIT_DATA;
    if (status != RUNDE_OK) {
        (void)fprintf(stderr, "runde-network-bench: %s: %s %s\n",
                      runde_status_name(status), diag.pointer, diag.message);
        goto done;
    }
    (void)printf("network of %d nodes, %d edges: read in %.1f ms\n",
                 runde_network_n_nodes(network), runde_network_n_edges(network),
                 (cpu_seconds() - begin) * 1e3);
    places = draw_places(&texts[0], runde_network_n_nodes(network), a.places);
    if (places != NULL) {
        code = ask(&a, network, places);
    }
done:
    free(places);
    runde_network_free(network);
    free(texts[0].bytes);
    free(texts[1].bytes);
    return code;
}
