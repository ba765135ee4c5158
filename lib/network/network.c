/* SPDX-License-Identifier: MIT */
/* Two tables become nodes, and roads between pairs of nodes: for each mode
 * and direction the best of all parallel edges, which are not needed again. */
#include "network/graph.h"

#include "base/alloc.h"
#include "network/table.h"

#include <stdlib.h>
#include <string.h>

#define NODE_MAX ((int64_t)1 << 53)
#define LENGTH_MAX_M 1000000
#define SECONDS_MAX (RN_SPAN_LONGEST_MS / 1000)
#define SPEED_MAX_KMH 300
#define COORDINATE_UNIT 1e7
#define COORDINATE_DECIMALS 7

/* A row of the nodes. */
typedef struct named_node {
    int64_t name;
    int32_t node;
    int32_t line;
    double lat;
    double lon;
} named_node;

/* A row of the edges: one lane of its road. */
typedef struct edge {
    int32_t end[2]; /* nodes, the smaller first */
    int32_t back;   /* 1: leads from end[1] to end[0] */
    rn_lane lane;
} edge;

/* The network under construction. */
typedef struct draft {
    runde_network *network;
    named_node *names; /* sorted by name */
    size_t names_room;
    edge *edges;
    size_t edges_room;
    int64_t length_dm; /* of all edges */
    rn_table table;
} draft;

enum { NODE_NAME, NODE_LAT, NODE_LON };
static const char *const node_columns[] = {"node", "lat", "lon", NULL};

enum {
    EDGE_FROM,
    EDGE_TO,
    EDGE_LENGTH,
    EDGE_SECONDS,
    EDGE_SPEED,
    EDGE_CAR,
    EDGE_BICYCLE,
    EDGE_WALK,
    EDGE_HIGHWAY,
    EDGE_OSM_TYPE
};
static const char *const edge_columns[] = {
    "from",    "to",   "length_m", "seconds",  "speed_kmh", "car",
    "bicycle", "walk", "highway",  "osm_type", NULL};

/* ----------------------------------------------------------------- nodes */

/* Twice the room for an array; NULL leaves it as it was. */
static void *grown(void *block, size_t *room, size_t size)
{
    const size_t next = *room == 0 ? 1024 : *room * 2;
    void *const larger = rn_realloc_array(block, next, size);
    *room = larger != NULL ? next : *room;
    return larger;
}

static bool read_node(rn_table *table, named_node *out)
{
    int64_t lat = 0;
    int64_t lon = 0;
    bool is_right =
        rn_table_number(table, NODE_NAME, 0, 0, NODE_MAX, &out->name);
    is_right &=
        rn_table_number(table, NODE_LAT, COORDINATE_DECIMALS, -90, 90, &lat);
    is_right &=
        rn_table_number(table, NODE_LON, COORDINATE_DECIMALS, -180, 180, &lon);
    out->lat = (double)lat / COORDINATE_UNIT;
    out->lon = (double)lon / COORDINATE_UNIT;
    out->line = table->line;
    return is_right;
}

static runde_status read_nodes(draft *d)
{
    runde_network *const network = d->network;
    while (rn_table_next(&d->table)) {
        const size_t n = (size_t)network->n_nodes;
        if (n == d->names_room) {
            named_node *const more =
                grown(d->names, &d->names_room, sizeof *more);
            if (more == NULL) {
                return RUNDE_E_NOMEM;
            }
            d->names = more;
        }
        if (read_node(&d->table, &d->names[n])) {
            d->names[n].node = network->n_nodes;
            network->n_nodes++;
        }
    }
    const size_t n = (size_t)network->n_nodes;
    network->lat = rn_calloc(n, sizeof *network->lat);
    network->lon = rn_calloc(n, sizeof *network->lon);
    if (network->lat == NULL || network->lon == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        network->lat[i] = d->names[i].lat;
        network->lon[i] = d->names[i].lon;
    }
    return RUNDE_OK;
}

static int by_name(const void *a, const void *b)
{
    const named_node *const x = a;
    const named_node *const y = b;
    if (x->name != y->name) {
        return x->name < y->name ? -1 : 1;
    }
    return x->node < y->node ? -1 : x->node > y->node;
}

static void sort_names(draft *d)
{
    const int32_t n = d->network->n_nodes;
    if (n > 0) {
        qsort(d->names, (size_t)n, sizeof *d->names, by_name);
    }
    for (int32_t i = 1; i < n; i++) {
        const named_node *const before = &d->names[i - 1];
        const named_node *const same = &d->names[i];
        if (before->name == same->name) {
            d->table.faults++;
            rn_diag_add(d->table.diag, RUNDE_ERROR, "RUNDE-E704",
                        rn_at("/nodes/%d/node", same->line).text,
                        "line %d of the nodes: node %lld is on line %d already",
                        same->line, (long long)same->name, before->line);
        }
    }
}

static int32_t find_node(const draft *d, int64_t name)
{
    int32_t low = 0;
    int32_t high = d->network->n_nodes;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (d->names[middle].name < name) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < d->network->n_nodes && d->names[low].name == name
               ? d->names[low].node
               : RUNDE_NONE;
}

/* ----------------------------------------------------------------- edges */

static bool read_end(draft *d, int32_t wanted, int32_t *node)
{
    int64_t name = 0;
    if (!rn_table_number(&d->table, wanted, 0, 0, NODE_MAX, &name)) {
        return false;
    }
    *node = find_node(d, name);
    if (*node == RUNDE_NONE) {
        rn_table_fault(&d->table, wanted, "RUNDE-E705",
                       "is no node of the nodes table");
    }
    return *node != RUNDE_NONE;
}

/* Milliseconds by car: as stated, else by length and speed. */
static bool read_time(rn_table *table, int64_t dm, int64_t *ms)
{
    if (rn_table_has(table, EDGE_SECONDS)) {
        return rn_table_number(table, EDGE_SECONDS, 3, 0, SECONDS_MAX, ms);
    }
    int64_t tenths = 0; /* km/h */
    if (!rn_table_has(table, EDGE_SPEED)) {
        rn_table_fault(table,
                       table->column[EDGE_SECONDS] == RUNDE_NONE ? EDGE_SPEED
                                                                 : EDGE_SECONDS,
                       "RUNDE-E703", "says nothing about the time");
        return false;
    }
    if (!rn_table_number(table, EDGE_SPEED, 1, 0, SPEED_MAX_KMH, &tenths)) {
        return false;
    }
    if (tenths == 0) {
        rn_table_fault(table, EDGE_SPEED, "RUNDE-E703", "is no speed");
        return false;
    }
    /* dm / 10 metres at tenths / 36 metres a second */
    *ms = (dm * 3600 + tenths / 2) / tenths;
    return true;
}

static bool read_open(rn_table *table, int32_t wanted, bool *is_open)
{
    int64_t value = *is_open;
    if (!rn_table_has(table, wanted)) {
        return true;
    }
    if (!rn_table_number(table, wanted, 0, 0, 1, &value)) {
        return false;
    }
    *is_open = value == 1;
    return true;
}

/* Motorways are for cars, whether they stand as "motorway_link" or with
 * OpenStreetMap's key in front. */
static bool is_motorway(const rn_table *table, int32_t wanted)
{
    static const char key[] = "highway.";
    static const char word[] = "motorway";
    if (!rn_table_has(table, wanted)) {
        return false;
    }
    rn_field field = rn_table_field(table, wanted);
    if (field.length >= strlen(key) &&
        memcmp(field.at, key, strlen(key)) == 0) {
        field.at += strlen(key);
        field.length -= strlen(key);
    }
    return field.length >= strlen(word) &&
           memcmp(field.at, word, strlen(word)) == 0;
}

static bool read_edge(draft *d, edge *out)
{
    rn_table *const table = &d->table;
    int32_t from = RUNDE_NONE;
    int32_t to = RUNDE_NONE;
    int64_t dm = 0;
    int64_t ms = 0;
    const bool foot =
        !is_motorway(table, EDGE_HIGHWAY) && !is_motorway(table, EDGE_OSM_TYPE);
    bool car = true;
    bool bicycle = foot;
    bool walk = foot;
    bool is_right = read_end(d, EDGE_FROM, &from);
    is_right &= read_end(d, EDGE_TO, &to);
    is_right &= read_open(table, EDGE_CAR, &car);
    is_right &= read_open(table, EDGE_BICYCLE, &bicycle);
    is_right &= read_open(table, EDGE_WALK, &walk);
    is_right &= rn_table_number(table, EDGE_LENGTH, 1, 0, LENGTH_MAX_M, &dm);
    is_right &= !car || read_time(table, dm, &ms);
    const bool is_long = ms > RN_SPAN_LONGEST_MS;
    out->back = from > to;
    out->end[0] = from < to ? from : to;
    out->end[1] = from < to ? to : from;
    out->lane.car = car && !is_long ? rn_span_of(ms, dm) : RN_SPAN_NONE;
    out->lane.bicycle_dm = bicycle ? (int32_t)dm : RUNDE_UNREACHABLE;
    out->lane.walk_dm = walk ? (int32_t)dm : RUNDE_UNREACHABLE;
    d->length_dm += dm;
    return is_right;
}

static runde_status read_edges(draft *d)
{
    while (rn_table_next(&d->table)) {
        const size_t n = (size_t)d->network->n_edges;
        if (n == d->edges_room) {
            edge *const more = grown(d->edges, &d->edges_room, sizeof *more);
            if (more == NULL) {
                return RUNDE_E_NOMEM;
            }
            d->edges = more;
        }
        d->network->n_edges += read_edge(d, &d->edges[n]);
    }
    return RUNDE_OK;
}

static int by_ends(const void *a, const void *b)
{
    const edge *const x = a;
    const edge *const y = b;
    if (x->end[0] != y->end[0]) {
        return x->end[0] < y->end[0] ? -1 : 1;
    }
    return x->end[1] < y->end[1] ? -1 : x->end[1] > y->end[1];
}

static int32_t least_open(int32_t a, int32_t b)
{
    return a < 0 ? b : b < 0 ? a : b < a ? b : a;
}

static void widen(rn_lane *lane, const rn_lane *by)
{
    lane->car = rn_span_least(lane->car, by->car);
    lane->bicycle_dm = least_open(lane->bicycle_dm, by->bicycle_dm);
    lane->walk_dm = least_open(lane->walk_dm, by->walk_dm);
}

static runde_status join_edges(draft *d)
{
    static const rn_lane closed = {RN_SPAN_NONE, RUNDE_UNREACHABLE,
                                   RUNDE_UNREACHABLE};
    runde_network *const network = d->network;
    const int32_t n = network->n_edges;
    qsort(d->edges, (size_t)n, sizeof *d->edges, by_ends);
    int32_t roads = 1;
    for (int32_t e = 1; e < n; e++) {
        roads += by_ends(&d->edges[e - 1], &d->edges[e]) != 0;
    }
    network->roads = rn_calloc((size_t)roads, sizeof *network->roads);
    if (network->roads == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t e = 0; e < n; e++) {
        const edge *const from = &d->edges[e];
        if (e == 0 || by_ends(from - 1, from) != 0) {
            const rn_road road = {{from->end[0], from->end[1]},
                                  {closed, closed}};
            network->roads[network->n_roads] = road;
            network->n_roads++;
        }
        rn_road *const road = &network->roads[network->n_roads - 1];
        widen(&road->lane[from->back], &from->lane);
    }
    return RUNDE_OK;
}

/* --------------------------------------------------------------- reading */

static bool open_edges(draft *d, const char *edges, size_t length)
{
    rn_table *const table = &d->table;
    table->name = "edges";
    if (!rn_table_open(table, edges, length, edge_columns, EDGE_SECONDS)) {
        return false;
    }
    if (table->column[EDGE_SECONDS] == RUNDE_NONE &&
        table->column[EDGE_SPEED] == RUNDE_NONE) {
        table->faults++;
        rn_diag_add(table->diag, RUNDE_ERROR, "RUNDE-E701", "/edges/1",
                    "the first line of the edges names neither \"seconds\" "
                    "nor \"speed_kmh\"");
        return false;
    }
    return true;
}

static runde_status require_some(runde_diag *diag, const char *name, int32_t n)
{
    if (n > 0) {
        return RUNDE_OK;
    }
    rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E706", rn_at("/%s", name).text,
                "there are no %s", name);
    return RUNDE_E_FORMAT;
}

/* Both tables, faults of the one and the other; edges are judged against the
 * nodes that could be read. */
static runde_status read_tables(draft *d, const char *nodes, size_t n_nodes,
                                const char *edges, size_t n_edges)
{
    rn_table *const table = &d->table;
    table->name = "nodes";
    int32_t faults = 0;
    runde_status status = RUNDE_OK;
    const bool has_nodes =
        rn_table_open(table, nodes, n_nodes, node_columns, 3);
    if (has_nodes) {
        status = read_nodes(d);
        sort_names(d);
    }
    faults += table->faults;
    if (status != RUNDE_OK) {
        return status;
    }
    if (!open_edges(d, edges, n_edges)) {
        return RUNDE_E_FORMAT;
    }
    if (!has_nodes) {
        return RUNDE_E_FORMAT; /* every edge would be a finding */
    }
    status = read_edges(d);
    if (status == RUNDE_OK && faults + table->faults > 0) {
        status = RUNDE_E_FORMAT;
    }
    if (status == RUNDE_OK) {
        status = require_some(table->diag, "nodes", d->network->n_nodes);
    }
    if (status == RUNDE_OK) {
        status = require_some(table->diag, "edges", d->network->n_edges);
    }
    return status;
}

static runde_status finish(draft *d, runde_diag *diag)
{
    /* The quickest way drives no edge twice; the other half of the bits is
     * for the way between places and roads. */
    const uint64_t most = RN_SPAN_LENGTH_MASK / 2;
    if ((uint64_t)d->length_dm > most) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E707", "/edges",
                    "the edges are %lld km long in all, the limit is %lld km",
                    (long long)(d->length_dm / 10000),
                    (long long)(most / 10000));
        return RUNDE_E_LIMIT;
    }
    const runde_status status = join_edges(d);
    return status == RUNDE_OK ? rn_nearest_prepare(d->network) : status;
}

runde_status runde_network_read(runde_network **out, const char *nodes,
                                size_t nodes_length, const char *edges,
                                size_t edges_length, runde_diag *diag)
{
    if (out == NULL || nodes == NULL || edges == NULL ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    rn_diag_start(diag);
    const size_t longest =
        nodes_length > edges_length ? nodes_length : edges_length;
    if (longest > RUNDE_NETWORK_MAX_BYTES) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E707",
                    longest == nodes_length ? "/nodes" : "/edges",
                    "the table has %zu bytes, the limit is %zu", longest,
                    RUNDE_NETWORK_MAX_BYTES);
        return RUNDE_E_LIMIT;
    }
    draft d;
    memset(&d, 0, sizeof d);
    d.table.diag = diag;
    d.network = rn_calloc(1, sizeof *d.network);
    runde_status status = RUNDE_E_NOMEM;
    if (d.network != NULL) {
        status = read_tables(&d, nodes, nodes_length, edges, edges_length);
    }
    if (status == RUNDE_OK) {
        status = finish(&d, diag);
    }
    rn_free(d.names);
    rn_free(d.edges);
    if (status != RUNDE_OK) {
        runde_network_free(d.network);
        return status;
    }
    *out = d.network;
    return RUNDE_OK;
}

void runde_network_free(runde_network *network)
{
    if (network != NULL) {
        rn_free(network->lat);
        rn_free(network->lon);
        rn_free(network->roads);
        rn_free(network->boxes);
        rn_free(network);
    }
}

int32_t runde_network_n_nodes(const runde_network *network)
{
    return network != NULL ? network->n_nodes : 0;
}

int32_t runde_network_n_edges(const runde_network *network)
{
    return network != NULL ? network->n_edges : 0;
}
