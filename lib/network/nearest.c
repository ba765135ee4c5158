/* SPDX-License-Identifier: MIT */
/* Roads sorted along Morton's curve, four to a leaf, boxes above them in a
 * binary heap; a search goes into the nearer box first and leaves out boxes
 * that are farther than the best road so far. Distances are taken in a plane
 * that touches the earth at the place asked for: exact enough where it
 * matters, near the place, and without a projection to choose. */
#include "network/nearest.h"

#include "base/alloc.h"
#include "model/travel.h"

#include <float.h>
#include <stdlib.h>

#define METRES_PER_DEGREE 111195.08

/* Deepest tree: 2^30 leaves. */
#define DEEPEST 32

typedef struct curve_key {
    uint32_t key;
    int32_t road;
} curve_key;

/* The 16 lower bits of x, a gap behind each. */
static uint32_t spread(uint32_t x)
{
    x = (x | x << 8) & 0x00FF00FFU;
    x = (x | x << 4) & 0x0F0F0F0FU;
    x = (x | x << 2) & 0x33333333U;
    return (x | x << 1) & 0x55555555U;
}

static int by_key(const void *a, const void *b)
{
    const curve_key *const x = a;
    const curve_key *const y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->road < y->road ? -1 : x->road > y->road;
}

static rn_box empty_box(void)
{
    const rn_box box = {DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX};
    return box;
}

static rn_box join(rn_box a, rn_box b)
{
    a.south = b.south < a.south ? b.south : a.south;
    a.west = b.west < a.west ? b.west : a.west;
    a.north = b.north > a.north ? b.north : a.north;
    a.east = b.east > a.east ? b.east : a.east;
    return a;
}

static rn_box node_box(const runde_network *network, int32_t node)
{
    const rn_box box = {network->lat[node], network->lon[node],
                        network->lat[node], network->lon[node]};
    return box;
}

static rn_box road_box(const runde_network *network, const rn_road *road)
{
    return join(node_box(network, road->end[0]),
                node_box(network, road->end[1]));
}

static uint32_t step(double value, double low, double high)
{
    return high > low ? (uint32_t)((value - low) / (high - low) * 65535.0) : 0;
}

static runde_status sort_roads(runde_network *network)
{
    const size_t n = (size_t)network->n_roads;
    runde_status status = RUNDE_E_NOMEM;
    curve_key *const keys = rn_calloc(n, sizeof *keys);
    rn_road *const sorted = rn_calloc(n, sizeof *sorted);
    if (keys == NULL || sorted == NULL) {
        goto done;
    }
    rn_box all = empty_box();
    for (size_t r = 0; r < n; r++) {
        all = join(all, road_box(network, &network->roads[r]));
    }
    for (size_t r = 0; r < n; r++) {
        const rn_box box = road_box(network, &network->roads[r]);
        const uint32_t x =
            step((box.west + box.east) / 2.0, all.west, all.east);
        const uint32_t y =
            step((box.south + box.north) / 2.0, all.south, all.north);
        keys[r].key = spread(x) | spread(y) << 1;
        keys[r].road = (int32_t)r;
    }
    qsort(keys, n, sizeof *keys, by_key);
    for (size_t r = 0; r < n; r++) {
        sorted[r] = network->roads[keys[r].road];
    }
    for (size_t r = 0; r < n; r++) {
        network->roads[r] = sorted[r];
    }
    status = RUNDE_OK;
done:
    rn_free(sorted);
    rn_free(keys);
    return status;
}

runde_status rn_nearest_prepare(runde_network *network)
{
    runde_status status = sort_roads(network);
    if (status != RUNDE_OK) {
        return status;
    }
    int32_t leaves = 1;
    while ((int64_t)leaves * RN_ROADS_PER_BOX < network->n_roads) {
        leaves *= 2;
    }
    network->n_leaves = leaves;
    network->boxes = rn_calloc((size_t)leaves * 2, sizeof *network->boxes);
    if (network->boxes == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t b = 0; b < leaves; b++) {
        network->boxes[leaves + b] = empty_box();
    }
    for (int32_t r = 0; r < network->n_roads; r++) {
        rn_box *const box = &network->boxes[leaves + r / RN_ROADS_PER_BOX];
        *box = join(*box, road_box(network, &network->roads[r]));
    }
    for (int32_t b = leaves - 1; b > 0; b--) {
        const rn_box *const below = &network->boxes[(size_t)b * 2];
        network->boxes[b] = join(below[0], below[1]);
    }
    return RUNDE_OK;
}

/* ---------------------------------------------------------------- search */

typedef struct search {
    const runde_network *network;
    const rn_span (*lane)[2];
    double lat;
    double lon;
    double metres_per_lon; /* of a degree, at the place */
    double best;           /* square metres */
    rn_foot foot;
} search;

static double gap(double value, double low, double high)
{
    return value < low ? low - value : value > high ? value - high : 0.0;
}

/* Square metres to a box; beyond all bounds for an empty one. */
static double box_distance(const search *s, int32_t box)
{
    const rn_box *const b = &s->network->boxes[box];
    if (b->south > b->north) {
        return DBL_MAX;
    }
    const double y = gap(s->lat, b->south, b->north) * METRES_PER_DEGREE;
    const double x = gap(s->lon, b->west, b->east) * s->metres_per_lon;
    return x * x + y * y;
}

static void look_at_road(search *s, int32_t r)
{
    if (s->lane[r][0] >= RN_SPAN_NONE && s->lane[r][1] >= RN_SPAN_NONE) {
        return;
    }
    const runde_network *const network = s->network;
    const int32_t a = network->roads[r].end[0];
    const int32_t b = network->roads[r].end[1];
    const double ax = (network->lon[a] - s->lon) * s->metres_per_lon;
    const double ay = (network->lat[a] - s->lat) * METRES_PER_DEGREE;
    const double dx = (network->lon[b] - s->lon) * s->metres_per_lon - ax;
    const double dy = (network->lat[b] - s->lat) * METRES_PER_DEGREE - ay;
    const double square = dx * dx + dy * dy;
    double along = square > 0.0 ? -(ax * dx + ay * dy) / square : 0.0;
    along = along < 0.0 ? 0.0 : along > 1.0 ? 1.0 : along;
    const double x = ax + along * dx;
    const double y = ay + along * dy;
    const double distance = x * x + y * y;
    if (distance < s->best || (distance <= s->best && r < s->foot.road)) {
        s->best = distance;
        s->foot.road = r;
        s->foot.along = along;
    }
}

static void look_into_leaf(search *s, int32_t leaf)
{
    const int32_t from = leaf * RN_ROADS_PER_BOX;
    int32_t to = from + RN_ROADS_PER_BOX;
    to = to < s->network->n_roads ? to : s->network->n_roads;
    for (int32_t r = from; r < to; r++) {
        look_at_road(s, r);
    }
}

static double metres_to_foot(const search *s)
{
    const rn_road *const road = &s->network->roads[s->foot.road];
    const double *const lat = s->network->lat;
    const double *const lon = s->network->lon;
    const int32_t a = road->end[0];
    const int32_t b = road->end[1];
    runde_place here = RUNDE_PLACE_INIT;
    here.has_coordinates = true;
    here.lat = s->lat;
    here.lon = s->lon;
    runde_place there = here;
    there.lat = lat[a] + s->foot.along * (lat[b] - lat[a]);
    there.lon = lon[a] + s->foot.along * (lon[b] - lon[a]);
    const rn_point x = rn_travel_point(&here);
    const rn_point y = rn_travel_point(&there);
    return rn_travel_metres(&x, &y);
}

rn_foot rn_nearest(const runde_network *network, const rn_span (*lane)[2],
                   double lat, double lon)
{
    search s = {network, lane, lat, lon, 0.0, DBL_MAX, {RUNDE_NONE, 0.0, -1.0}};
    s.metres_per_lon = METRES_PER_DEGREE * rn_travel_cosine(lat);
    int32_t stack[DEEPEST];
    int32_t height = 1;
    stack[0] = 1;
    while (height > 0) {
        const int32_t box = stack[--height];
        if (box_distance(&s, box) > s.best) {
            continue;
        }
        if (box >= network->n_leaves) {
            look_into_leaf(&s, box - network->n_leaves);
            continue;
        }
        const bool left_first =
            box_distance(&s, 2 * box) <= box_distance(&s, 2 * box + 1);
        stack[height++] = 2 * box + left_first;
        stack[height++] = 2 * box + !left_first;
    }
    if (s.foot.road != RUNDE_NONE) {
        s.foot.metres = metres_to_foot(&s);
    }
    return s.foot;
}
