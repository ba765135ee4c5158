/* SPDX-License-Identifier: MIT */
#include "network_places.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define METRES_PER_DEGREE 111195.08
#define PI 3.14159265358979323846
#define FARTHEST_M 30.0

typedef struct point {
    double lat;
    double lon;
} point;

/* A street, and the metres of all streets up to its end. */
typedef struct street {
    point from;
    point to;
    double metres;
} street;

static char *read_file(const char *path)
{
    FILE *const file = fopen(path, "rb");
    char *bytes = NULL;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        if (size > 0 && fseek(file, 0, SEEK_SET) == 0) {
            bytes = malloc((size_t)size + 1);
            if (bytes != NULL) {
                bytes[fread(bytes, 1, (size_t)size, file)] = '\0';
            }
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    if (bytes == NULL) {
        (void)fprintf(stderr, "%s: cannot read\n", path);
    }
    return bytes;
}

bool network_tables_read(network_tables *out, const char *nodes,
                         const char *edges)
{
    out->nodes = read_file(nodes);
    out->edges = read_file(edges);
    if (out->nodes == NULL || out->edges == NULL) {
        network_tables_free(out);
        return false;
    }
    return true;
}

void network_tables_free(network_tables *tables)
{
    free(tables->nodes);
    free(tables->edges);
    tables->nodes = NULL;
    tables->edges = NULL;
}

runde_network *network_of_tables(const network_tables *tables)
{
    runde_network *network = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status =
        runde_network_read(&network, tables->nodes, strlen(tables->nodes),
                           tables->edges, strlen(tables->edges), &diag);
    if (status != RUNDE_OK) {
        (void)fprintf(stderr, "%s: %s %s\n", runde_status_name(status),
                      diag.pointer, diag.message);
    }
    return network;
}

/* Splitmix64: the same numbers every time. */
static double draw(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) * 0x1p-53;
}

/* Behind the next line's end; NULL at the end of the text. */
static const char *next_line(const char *at)
{
    const char *const end = strchr(at, '\n');
    return end != NULL && end[1] != '\0' ? end + 1 : NULL;
}

static int32_t count_lines(const char *text)
{
    int32_t n = 0;
    for (const char *at = text; at != NULL; at = next_line(at)) {
        n++;
    }
    return n;
}

/* Three numbers with commas between them. */
static const char *read_three(const char *at, double out[3])
{
    for (int i = 0; i < 3; i++) {
        char *end = NULL;
        out[i] = strtod(at, &end);
        at = *end == ',' ? end + 1 : end;
    }
    return at;
}

static bool is_lived_in(const char *at)
{
    static const char *const kinds[] = {"residential", "living_street",
                                        "unclassified"};
    const size_t width = strcspn(at, "\n");
    char line[256] = "";
    memcpy(line, at, width < sizeof line - 1 ? width : sizeof line - 1);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strstr(line, kinds[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static int32_t read_streets(const network_tables *tables, point *nodes,
                            int32_t n_nodes, street *streets)
{
    double row[3];
    int32_t found = 0;
    const char *at = next_line(tables->nodes);
    for (; at != NULL && found < n_nodes; at = next_line(at)) {
        (void)read_three(at, row);
        nodes[found].lat = row[1];
        nodes[found].lon = row[2];
        found++;
    }
    int32_t n = 0;
    double metres = 0.0;
    at = next_line(tables->edges);
    for (; at != NULL; at = next_line(at)) {
        const char *const rest = read_three(at, row);
        const bool is_inside =
            row[0] >= 0.0 && row[0] < found && row[1] >= 0.0 && row[1] < found;
        if (is_inside && is_lived_in(rest)) {
            metres += row[2];
            streets[n].from = nodes[(int32_t)row[0]];
            streets[n].to = nodes[(int32_t)row[1]];
            streets[n].metres = metres;
            n++;
        }
    }
    return n;
}

static runde_place draw_place(const street *streets, int32_t n, uint64_t *state)
{
    const double metre = draw(state) * streets[n - 1].metres;
    int32_t low = 0;
    int32_t high = n - 1;
    while (low < high) {
        const int32_t middle = (low + high) / 2;
        if (streets[middle].metres <= metre) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const street *const s = &streets[low];
    const double along = draw(state);
    const double aside =
        (2.0 * draw(state) - 1.0) * FARTHEST_M / METRES_PER_DEGREE;
    const double turn = 2.0 * PI * draw(state);
    const double lat = s->from.lat + along * (s->to.lat - s->from.lat);
    const double lon = s->from.lon + along * (s->to.lon - s->from.lon);
    const runde_place place = {sizeof place, "home", true,
                               lat + aside * sin(turn),
                               lon + aside * cos(turn) / cos(lat / 180.0 * PI)};
    return place;
}

runde_place *network_places(const network_tables *tables, int32_t n)
{
    const int32_t n_nodes = count_lines(tables->nodes);
    const int32_t n_edges = count_lines(tables->edges);
    point *const nodes = calloc((size_t)n_nodes, sizeof *nodes);
    street *const streets = calloc((size_t)n_edges, sizeof *streets);
    runde_place *places = NULL;
    if (nodes != NULL && streets != NULL) {
        const int32_t n_streets = read_streets(tables, nodes, n_nodes, streets);
        places = n_streets > 0 ? calloc((size_t)n, sizeof *places) : NULL;
        uint64_t state = 1;
        for (int32_t p = 0; places != NULL && p < n; p++) {
            places[p] = draw_place(streets, n_streets, &state);
        }
    }
    free(streets);
    free(nodes);
    return places;
}
