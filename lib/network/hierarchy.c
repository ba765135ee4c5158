/* SPDX-License-Identifier: MIT */
/* Elimination in order of least degree, as in "Customizable Contraction
 * Hierarchies" (Dibbelt, Strasser, Wagner 2016), section 3, but with spans
 * filled in right away because a hierarchy serves one call. A road network
 * stays so thin that neither a search for witnesses nor throwing out arcs that
 * higher ways beat (section 7 there) is worth its time: the latter was tried,
 * 3 % less for a town and 8 % more for a county. */
#include "network/hierarchy.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* A neighbour that is still there, or was when the node was taken out. */
typedef struct arc {
    rn_span out; /* to the neighbour */
    rn_span in;  /* from it */
    int32_t to;
} arc;

typedef struct node {
    arc *arcs;
    int32_t n_arcs;
    int32_t room;
    int32_t before, after; /* in the queue of its degree */
} node;

/* The network being taken apart. */
typedef struct builder {
    rn_arena arena;
    int32_t n;
    node *nodes;
    int32_t *queue; /* by degree: its first node */
    int32_t *place; /* scratch by node: where it stands in a list of arcs */
    int32_t *order; /* nodes as they were taken out */
    int32_t degree; /* no queue below is in use */
} builder;

/* ---------------------------------------------------------------- arcs */

static bool make_room(builder *b, node *u)
{
    if (u->n_arcs < u->room) {
        return true;
    }
    const int32_t room = u->room == 0 ? 4 : u->room * 2;
    arc *const arcs = rn_arena_array(&b->arena, (size_t)room, sizeof *arcs);
    if (arcs == NULL) {
        return false;
    }
    if (u->n_arcs > 0) {
        memcpy(arcs, u->arcs, (size_t)u->n_arcs * sizeof *arcs);
    }
    u->arcs = arcs; /* the old ones go with the arena */
    u->room = room;
    return true;
}

static bool add_arc(builder *b, int32_t from, int32_t to, rn_span out,
                    rn_span in)
{
    node *const u = &b->nodes[from];
    if (!make_room(b, u)) {
        return false;
    }
    const arc one = {out, in, to};
    u->arcs[u->n_arcs] = one;
    u->n_arcs++;
    return true;
}

static bool add_road(builder *b, const rn_road *road, const rn_span lane[2])
{
    const int32_t x = road->end[0];
    const int32_t y = road->end[1];
    if (x == y || (lane[0] >= RN_SPAN_NONE && lane[1] >= RN_SPAN_NONE)) {
        return true;
    }
    return add_arc(b, x, y, lane[0], lane[1]) &&
           add_arc(b, y, x, lane[1], lane[0]);
}

/* ---------------------------------------------------------------- queues */

static void enqueue(builder *b, int32_t v)
{
    node *const u = &b->nodes[v];
    int32_t *const head = &b->queue[u->n_arcs];
    u->before = RUNDE_NONE;
    u->after = *head;
    if (*head != RUNDE_NONE) {
        b->nodes[*head].before = v;
    }
    *head = v;
    b->degree = u->n_arcs < b->degree ? u->n_arcs : b->degree;
}

static void dequeue(builder *b, int32_t v)
{
    const node *const u = &b->nodes[v];
    if (u->before != RUNDE_NONE) {
        b->nodes[u->before].after = u->after;
    } else {
        b->queue[u->n_arcs] = u->after;
    }
    if (u->after != RUNDE_NONE) {
        b->nodes[u->after].before = u->before;
    }
}

/* ------------------------------------------------------------ elimination */

/* Joins u, a neighbour of the node that goes, to the other neighbours. */
static bool join_neighbours(builder *b, const node *gone, const arc *self)
{
    node *const u = &b->nodes[self->to];
    for (int32_t i = 0; i < u->n_arcs; i++) {
        b->place[u->arcs[i].to] = i;
    }
    for (int32_t i = 0; i < gone->n_arcs; i++) {
        const arc *const other = &gone->arcs[i];
        if (other == self) {
            continue;
        }
        const rn_span out = rn_span_least(self->in + other->out, RN_SPAN_NONE);
        const rn_span in = rn_span_least(other->in + self->out, RN_SPAN_NONE);
        const int32_t at = b->place[other->to];
        if (at < u->n_arcs && u->arcs[at].to == other->to) {
            u->arcs[at].out = rn_span_least(u->arcs[at].out, out);
            u->arcs[at].in = rn_span_least(u->arcs[at].in, in);
        } else if ((out < RN_SPAN_NONE || in < RN_SPAN_NONE) &&
                   !add_arc(b, self->to, other->to, out, in)) {
            return false;
        }
    }
    return true;
}

static void drop_arc(node *u, int32_t to)
{
    int32_t at = 0;
    while (u->arcs[at].to != to) {
        at++;
    }
    u->n_arcs--;
    u->arcs[at] = u->arcs[u->n_arcs];
}

static bool take_out(builder *b, int32_t v)
{
    const node *const gone = &b->nodes[v];
    dequeue(b, v);
    for (int32_t i = 0; i < gone->n_arcs; i++) {
        const int32_t to = gone->arcs[i].to;
        dequeue(b, to);
        drop_arc(&b->nodes[to], v);
        if (!join_neighbours(b, gone, &gone->arcs[i])) {
            return false;
        }
        enqueue(b, to);
    }
    return true;
}

static bool take_all_out(builder *b)
{
    b->degree = b->n;
    for (int32_t v = b->n - 1; v >= 0; v--) {
        enqueue(b, v);
    }
    for (int32_t i = 0; i < b->n; i++) {
        while (b->queue[b->degree] == RUNDE_NONE) {
            b->degree++;
        }
        const int32_t v = b->queue[b->degree];
        b->order[i] = v;
        if (!take_out(b, v)) {
            return false;
        }
    }
    return true;
}

/* --------------------------------------------------------------- keeping */

/* Everything above what is asked about is kept. Rows in order of rank. */
static void choose_rows(rn_hierarchy *out, const builder *b,
                        const bool *is_kept)
{
    for (int32_t v = 0; v < b->n; v++) {
        out->row[v] = is_kept[v] ? 0 : RUNDE_NONE;
    }
    for (int32_t i = 0; i < b->n; i++) {
        const int32_t v = b->order[i];
        if (out->row[v] == RUNDE_NONE) {
            continue;
        }
        out->row[v] = out->n;
        out->n++;
        const node *const u = &b->nodes[v];
        for (int32_t k = 0; k < u->n_arcs; k++) {
            out->row[u->arcs[k].to] = 0;
        }
    }
}

static bool allocate_climbs(rn_climbs *climbs, int32_t n_rows, int64_t n)
{
    climbs->first = rn_calloc((size_t)n_rows + 1, sizeof *climbs->first);
    climbs->climb = rn_calloc((size_t)n, sizeof *climbs->climb);
    return climbs->first != NULL && climbs->climb != NULL;
}

static void put_climb(rn_climbs *climbs, int32_t *n, rn_span span, int32_t top)
{
    const rn_climb climb = {span, top};
    climbs->climb[*n] = climb;
    (*n)++;
}

static bool write_climbs(rn_hierarchy *out, const builder *b)
{
    int64_t n = 0;
    for (int32_t v = 0; v < b->n; v++) {
        n += out->row[v] != RUNDE_NONE ? b->nodes[v].n_arcs : 0;
    }
    if (n > INT32_MAX || !allocate_climbs(&out->up, out->n, n) ||
        !allocate_climbs(&out->down, out->n, n)) {
        return false;
    }
    int32_t n_up = 0;
    int32_t n_down = 0;
    for (int32_t i = 0; i < b->n; i++) {
        const int32_t row = out->row[b->order[i]];
        const node *const u = &b->nodes[b->order[i]];
        for (int32_t k = 0; row != RUNDE_NONE && k < u->n_arcs; k++) {
            const arc *const one = &u->arcs[k];
            if (one->out < RN_SPAN_NONE) {
                put_climb(&out->up, &n_up, one->out, out->row[one->to]);
            }
            if (one->in < RN_SPAN_NONE) {
                put_climb(&out->down, &n_down, one->in, out->row[one->to]);
            }
        }
        if (row != RUNDE_NONE) {
            out->up.first[row + 1] = n_up;
            out->down.first[row + 1] = n_down;
        }
    }
    return true;
}

/* ----------------------------------------------------------------- making */

static bool start(builder *b, const runde_network *network,
                  const rn_span (*lane)[2])
{
    const size_t n = (size_t)network->n_nodes;
    b->n = network->n_nodes;
    b->nodes = rn_arena_array(&b->arena, n, sizeof *b->nodes);
    b->queue = rn_arena_array(&b->arena, n + 1, sizeof *b->queue);
    b->place = rn_arena_array(&b->arena, n, sizeof *b->place);
    b->order = rn_arena_array(&b->arena, n, sizeof *b->order);
    if (b->nodes == NULL || b->queue == NULL || b->place == NULL ||
        b->order == NULL) {
        return false;
    }
    for (size_t i = 0; i <= n; i++) {
        b->queue[i] = RUNDE_NONE;
    }
    for (int32_t r = 0; r < network->n_roads; r++) {
        if (!add_road(b, &network->roads[r], lane[r])) {
            return false;
        }
    }
    return true;
}

runde_status rn_hierarchy_make(rn_hierarchy *out, const runde_network *network,
                               const rn_span (*lane)[2], const bool *is_kept)
{
    memset(out, 0, sizeof *out);
    builder b;
    memset(&b, 0, sizeof b);
    out->row = rn_calloc((size_t)network->n_nodes, sizeof *out->row);
    runde_status status = RUNDE_E_NOMEM;
    if (out->row == NULL || !start(&b, network, lane) || !take_all_out(&b)) {
        goto done;
    }
    choose_rows(out, &b, is_kept);
    if (write_climbs(out, &b)) {
        status = RUNDE_OK;
    }
done:
    rn_arena_free(&b.arena);
    return status;
}

static void free_climbs(rn_climbs *climbs)
{
    rn_free(climbs->first);
    rn_free(climbs->climb);
}

void rn_hierarchy_free(rn_hierarchy *hierarchy)
{
    rn_free(hierarchy->row);
    free_climbs(&hierarchy->up);
    free_climbs(&hierarchy->down);
    memset(hierarchy, 0, sizeof *hierarchy);
}
