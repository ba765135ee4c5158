/* SPDX-License-Identifier: MIT */
/* Single ways as lines: Dijkstra's search with a binary heap, from leg to leg
 * over the same arrays. It ends when nothing nearer than the goal is left, so
 * the legs of a round see little of a large network. */
#include "base/alloc.h"
#include "network/approach.h"

#include <string.h>

struct runde_network_lines {
    int32_t n_legs;
    int64_t *first; /* by leg, and one more: where its points begin */
    runde_network_point *points;
    int64_t n_points;
    int64_t room;
};

/* From a node to the next. */
typedef struct hop {
    rn_span span;
    int32_t to;
} hop;

/* A node on the heap, with the span it had when it was put there. */
typedef struct entry {
    rn_span span;
    int32_t node;
} entry;

typedef struct tracer {
    rn_approach by;
    int32_t *first; /* by node, and one more: where its hops begin */
    hop *hops;
    rn_span *best;   /* by node, of this leg when `leg` says so */
    int32_t *before; /* by node: the one that leads here */
    int32_t *leg;    /* by node: last leg that came here, plus one */
    int32_t *trail;  /* nodes of the way found, last first */
    entry *heap;
    int32_t n_heap;
} tracer;

/* ---------------------------------------------------------------- hops */

static bool is_hop(const tracer *t, int32_t road, int side)
{
    const int32_t *const end = t->by.network->roads[road].end;
    return end[0] != end[1] && t->by.lane[road][side] < RN_SPAN_NONE;
}

static void list_hops(tracer *t)
{
    const runde_network *const network = t->by.network;
    for (int32_t r = 0; r < network->n_roads; r++) {
        for (int side = 0; side < 2; side++) {
            t->first[network->roads[r].end[side] + 1] += is_hop(t, r, side);
        }
    }
    for (int32_t v = 0; v < network->n_nodes; v++) {
        t->first[v + 1] += t->first[v];
    }
    for (int32_t r = 0; r < network->n_roads; r++) {
        const int32_t *const end = network->roads[r].end;
        for (int side = 0; side < 2; side++) {
            if (is_hop(t, r, side)) {
                const hop one = {t->by.lane[r][side], end[!side]};
                t->hops[t->first[end[side]]] = one;
                t->first[end[side]]++;
            }
        }
    }
    /* every beginning has moved to the next one's place */
    memmove(t->first + 1, t->first,
            (size_t)network->n_nodes * sizeof *t->first);
    t->first[0] = 0;
}

static bool open_tracer(tracer *t)
{
    const size_t n = (size_t)t->by.network->n_nodes;
    const size_t n_hops = (size_t)t->by.network->n_roads * 2;
    t->first = rn_calloc(n + 1, sizeof *t->first);
    t->hops = rn_calloc(n_hops, sizeof *t->hops);
    t->best = rn_calloc(n, sizeof *t->best);
    t->before = rn_calloc(n, sizeof *t->before);
    t->leg = rn_calloc(n, sizeof *t->leg);
    t->trail = rn_calloc(n, sizeof *t->trail);
    /* a hop is put there once a leg, the two ends besides */
    t->heap = rn_calloc(n_hops + 2, sizeof *t->heap);
    if (t->first == NULL || t->hops == NULL || t->best == NULL ||
        t->before == NULL || t->leg == NULL || t->trail == NULL ||
        t->heap == NULL || !rn_approach_open(&t->by)) {
        return false;
    }
    list_hops(t);
    return true;
}

static void close_tracer(tracer *t)
{
    rn_approach_close(&t->by);
    rn_free(t->first);
    rn_free(t->hops);
    rn_free(t->best);
    rn_free(t->before);
    rn_free(t->leg);
    rn_free(t->trail);
    rn_free(t->heap);
}

/* ---------------------------------------------------------------- search */

static void push(tracer *t, rn_span span, int32_t node)
{
    int32_t at = t->n_heap;
    t->n_heap++;
    while (at > 0 && span < t->heap[(at - 1) / 2].span) {
        t->heap[at] = t->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    const entry one = {span, node};
    t->heap[at] = one;
}

static entry pop(tracer *t)
{
    const entry top = t->heap[0];
    t->n_heap--;
    const entry last = t->heap[t->n_heap];
    int32_t at = 0;
    for (;;) {
        int32_t below = 2 * at + 1;
        if (below + 1 < t->n_heap &&
            t->heap[below + 1].span < t->heap[below].span) {
            below++;
        }
        if (below >= t->n_heap || last.span <= t->heap[below].span) {
            break;
        }
        t->heap[at] = t->heap[below];
        at = below;
    }
    t->heap[at] = last;
    return top;
}

static void reach(tracer *t, int32_t leg, int32_t node, rn_span span,
                  int32_t before)
{
    if (t->leg[node] != leg + 1 || span < t->best[node]) {
        t->leg[node] = leg + 1;
        t->best[node] = span;
        t->before[node] = before;
        push(t, span, node);
    }
}

/* The quickest way between two spots over nodes, and the node where it turns
 * to the goal. */
static rn_span search(tracer *t, int32_t leg, const rn_spot *from,
                      const rn_spot *to, int32_t *turn)
{
    rn_span least = RN_SPAN_NONE;
    *turn = RUNDE_NONE;
    t->n_heap = 0;
    for (int side = 0; side < 2; side++) {
        if (from->leave[side] < RN_SPAN_NONE) {
            reach(t, leg, from->node[side], from->leave[side], RUNDE_NONE);
        }
    }
    while (t->n_heap > 0) {
        const entry next = pop(t);
        if (next.span >= least) {
            break;
        }
        if (next.span > t->best[next.node]) {
            continue;
        }
        for (int side = 0; side < 2; side++) {
            const rn_span all = next.span + to->enter[side];
            if (to->node[side] == next.node && all < least) {
                least = all;
                *turn = next.node;
            }
        }
        for (int32_t h = t->first[next.node]; h < t->first[next.node + 1];
             h++) {
            reach(t, leg, t->hops[h].to, next.span + t->hops[h].span,
                  next.node);
        }
    }
    return least;
}

/* ----------------------------------------------------------------- lines */

/* Adds a point, unless the line stands there already. */
static bool add_point(runde_network_lines *lines, int32_t leg, double lat,
                      double lon)
{
    const int64_t n = lines->n_points;
    if (n > lines->first[leg]) {
        const runde_network_point *const last = &lines->points[n - 1];
        if (last->lat >= lat && last->lat <= lat && last->lon >= lon &&
            last->lon <= lon) {
            return true;
        }
    }
    if (n == lines->room) {
        const int64_t room = n == 0 ? 64 : n * 2;
        runde_network_point *const more = rn_realloc_array(
            lines->points, (size_t)room, sizeof *lines->points);
        if (more == NULL) {
            return false;
        }
        lines->points = more;
        lines->room = room;
    }
    const runde_network_point point = {lat, lon};
    lines->points[n] = point;
    lines->n_points++;
    return true;
}

static bool add_foot(runde_network_lines *lines, int32_t leg,
                     const runde_network *network, const rn_foot *foot)
{
    const int32_t *const end = network->roads[foot->road].end;
    const double lat = network->lat[end[0]];
    const double lon = network->lon[end[0]];
    return add_point(lines, leg,
                     lat + foot->along * (network->lat[end[1]] - lat),
                     lon + foot->along * (network->lon[end[1]] - lon));
}

static bool add_trail(const tracer *t, runde_network_lines *lines, int32_t leg,
                      int32_t turn)
{
    const runde_network *const network = t->by.network;
    int32_t n = 0;
    for (int32_t v = turn; v != RUNDE_NONE; v = t->before[v]) {
        t->trail[n] = v;
        n++;
    }
    while (n > 0) {
        n--;
        const int32_t v = t->trail[n];
        if (!add_point(lines, leg, network->lat[v], network->lon[v])) {
            return false;
        }
    }
    return true;
}

static bool is_same(const runde_place *a, const runde_place *b)
{
    return a->lat >= b->lat && a->lat <= b->lat && a->lon >= b->lon &&
           a->lon <= b->lon;
}

static bool draw(tracer *t, runde_network_lines *lines, int32_t leg,
                 const runde_network_leg *ends)
{
    const runde_place *const from = ends->from;
    const runde_place *const to = ends->to;
    if (rn_approach_knows(from) && rn_approach_knows(to) && is_same(from, to)) {
        return add_point(lines, leg, from->lat, from->lon);
    }
    rn_spot spot[2];
    const rn_foot begin = rn_approach_place(&t->by, &spot[0], from);
    const rn_foot end = rn_approach_place(&t->by, &spot[1], to);
    if (spot[0].node[0] == RUNDE_NONE || spot[1].node[0] == RUNDE_NONE) {
        return true;
    }
    int32_t turn = RUNDE_NONE;
    const rn_span over = search(t, leg, &spot[0], &spot[1], &turn);
    const rn_span stay = rn_approach_stay(&spot[0], &spot[1]);
    const rn_span all =
        rn_span_least(over, stay) + spot[0].offset + spot[1].offset;
    const int64_t ms = rn_span_ms(all) + (int64_t)t->by.options.access_s * 1000;
    if (all >= RN_SPAN_NONE || ms > RN_SPAN_LONGEST_MS) {
        return true;
    }
    return add_point(lines, leg, from->lat, from->lon) &&
           add_foot(lines, leg, t->by.network, &begin) &&
           (stay <= over || add_trail(t, lines, leg, turn)) &&
           add_foot(lines, leg, t->by.network, &end) &&
           add_point(lines, leg, to->lat, to->lon);
}

static runde_status draw_all(tracer *t, runde_network_lines *lines,
                             const runde_network_leg *legs)
{
    lines->first = rn_calloc((size_t)lines->n_legs + 1, sizeof *lines->first);
    if (lines->first == NULL || !open_tracer(t)) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t leg = 0; leg < lines->n_legs; leg++) {
        lines->first[leg] = lines->n_points;
        if (!draw(t, lines, leg, &legs[leg])) {
            return RUNDE_E_NOMEM;
        }
    }
    lines->first[lines->n_legs] = lines->n_points;
    return RUNDE_OK;
}

static bool are_places(const runde_network_leg *legs, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        if (legs[i].from == NULL || legs[i].to == NULL ||
            legs[i].from->size != sizeof *legs[i].from ||
            legs[i].to->size != sizeof *legs[i].to) {
            return false;
        }
    }
    return true;
}

runde_status runde_network_draw(runde_network_lines **out,
                                const runde_network *network,
                                const runde_network_leg *legs, int32_t n,
                                const runde_network_options *options)
{
    if (out == NULL || network == NULL || n < 0 || n == INT32_MAX ||
        (legs == NULL && n > 0)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    tracer t;
    memset(&t, 0, sizeof t);
    if (!rn_approach_accepts(&t.by, network, options) || !are_places(legs, n)) {
        return RUNDE_E_ARGUMENT;
    }
    runde_network_lines *const lines = rn_calloc(1, sizeof *lines);
    runde_status status = RUNDE_E_NOMEM;
    if (lines != NULL) {
        lines->n_legs = n;
        status = draw_all(&t, lines, legs);
    }
    close_tracer(&t);
    if (status != RUNDE_OK) {
        runde_network_lines_free(lines);
        return status;
    }
    *out = lines;
    return RUNDE_OK;
}

void runde_network_lines_free(runde_network_lines *lines)
{
    if (lines != NULL) {
        rn_free(lines->first);
        rn_free(lines->points);
        rn_free(lines);
    }
}

const runde_network_point *
runde_network_lines_points(const runde_network_lines *lines, int32_t leg,
                           int32_t *n)
{
    const bool is_leg = lines != NULL && leg >= 0 && leg < lines->n_legs;
    const int64_t first = is_leg ? lines->first[leg] : 0;
    const int64_t count = is_leg ? lines->first[leg + 1] - first : 0;
    if (n != NULL) {
        *n = (int32_t)count;
    }
    return count > 0 ? lines->points + first : NULL;
}
