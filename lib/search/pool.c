/* SPDX-License-Identifier: MIT */
#include "search/pool.h"

#include <string.h>

#include "base/alloc.h"

/* Stops that there is room for, per route. */
#define STOPS_PER_ROUTE 16
/* A plan this share of its wishes above the best is nearly as good. */
#define NEARLY 50

runde_status rn_pool_new(rn_pool **out, const rn_instance *inst, int32_t most)
{
    *out = NULL;
    rn_pool *p = rn_calloc(1, sizeof *p);
    if (p == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    p->arena = arena;
    p->inst = inst;
    p->most_routes = most;
    p->most_stops = most * STOPS_PER_ROUTE;
    p->routes = rn_arena_array(&p->arena, (size_t)most, sizeof *p->routes);
    p->bucket = rn_arena_array(&p->arena, (size_t)most, sizeof *p->bucket);
    p->stops =
        rn_arena_array(&p->arena, (size_t)p->most_stops, sizeof *p->stops);
    if (p->routes == NULL || p->bucket == NULL || p->stops == NULL) {
        rn_pool_free(p);
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < most; i++) {
        p->bucket[i] = RUNDE_NONE;
    }
    *out = p;
    return RUNDE_OK;
}

void rn_pool_free(rn_pool *pool)
{
    if (pool != NULL) {
        rn_arena_free(&pool->arena);
        rn_free(pool);
    }
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15ULL;
    return h ^ (h >> 29);
}

static int32_t release_of(const rn_solution *sol, int32_t node)
{
    return node < sol->inst->n_tasks ? sol->node[node].release : RN_TIME_MIN;
}

static int32_t first_stop(const rn_solution *sol, int32_t shift)
{
    return sol->node[rn_shift_start_node(sol->inst, shift)].next;
}

static uint64_t hash_of(const rn_solution *sol, int32_t shift, int32_t *n)
{
    uint64_t h = mix((uint32_t)shift, sol->route[shift].missed);
    *n = 0;
    for (int32_t i = first_stop(sol, shift); i != RUNDE_NONE;
         i = sol->node[i].next) {
        h = mix(h, (uint32_t)i);
        h = mix(h, (uint64_t)(uint32_t)sol->node[i].gap_hi << 32 |
                       (uint32_t)release_of(sol, i));
        ++*n;
    }
    return h;
}

static bool is_same(const rn_pool *p, const rn_pool_route *kept,
                    const rn_solution *sol)
{
    const rn_pool_stop *stop = p->stops + kept->first;
    int32_t k = 0;
    for (int32_t i = first_stop(sol, kept->shift); i != RUNDE_NONE;
         i = sol->node[i].next) {
        if (k == kept->n || stop[k].node != i ||
            stop[k].gap_hi != sol->node[i].gap_hi ||
            stop[k].release != release_of(sol, i)) {
            return false;
        }
        k++;
    }
    return k == kept->n && kept->missed == sol->route[kept->shift].missed;
}

static int32_t *bucket_of(rn_pool *p, uint64_t hash)
{
    return &p->bucket[(hash >> 20) % (uint64_t)p->most_routes];
}

static int32_t find(rn_pool *p, const rn_solution *sol, int32_t shift,
                    uint64_t hash)
{
    int32_t i = *bucket_of(p, hash);
    while (i != RUNDE_NONE &&
           (p->routes[i].hash != hash || p->routes[i].shift != shift ||
            !is_same(p, &p->routes[i], sol))) {
        i = p->routes[i].next;
    }
    return i;
}

static void drop_oldest(rn_pool *p)
{
    const rn_pool_route *old = &p->routes[p->first];
    int32_t *link = bucket_of(p, old->hash);
    while (*link != p->first) {
        link = &p->routes[*link].next;
    }
    *link = old->next;
    p->first = p->first + 1 == p->most_routes ? 0 : p->first + 1;
    p->n--;
}

/* Room for `n` stops in a row. */
static int32_t make_room(rn_pool *p, int32_t n)
{
    if (p->n == p->most_routes) {
        drop_oldest(p);
    }
    int32_t at = p->next_stop;
    const bool turns = at + n > p->most_stops;
    /* Those between here and the end of the ring are the oldest. */
    while (p->n > 0 && turns && p->routes[p->first].first >= at) {
        drop_oldest(p);
    }
    at = turns ? 0 : at;
    while (p->n > 0) {
        const rn_pool_route *old = &p->routes[p->first];
        if (old->first >= at + n || old->first + old->n <= at) {
            break;
        }
        drop_oldest(p);
    }
    p->next_stop = at + n;
    return at;
}

/* Makes room for a route like this one, which is written down but for its
 * stops. */
static int32_t add(rn_pool *p, const rn_pool_route *like)
{
    const int32_t first = make_room(p, like->n);
    int32_t at = p->first + p->n++;
    at = at >= p->most_routes ? at - p->most_routes : at;
    int32_t *bucket = bucket_of(p, like->hash);
    rn_pool_route *r = &p->routes[at];
    *r = *like;
    r->first = first;
    r->next = *bucket;
    *bucket = at;
    return at;
}

int32_t rn_pool_keep(rn_pool *p, const rn_solution *sol, int32_t shift)
{
    rn_pool_route like = {0};
    like.hash = hash_of(sol, shift, &like.n);
    const int32_t known = find(p, sol, shift, like.hash);
    if (known != RUNDE_NONE || like.n > p->most_stops / 4) {
        return known;
    }
    like.shift = shift;
    like.n_tasks = sol->route[shift].n;
    like.missed = sol->route[shift].missed;
    const int32_t at = add(p, &like);
    rn_pool_stop *stop = p->stops + p->routes[at].first;
    for (int32_t i = first_stop(sol, shift); i != RUNDE_NONE;
         i = sol->node[i].next) {
        stop->node = i;
        stop->gap_hi = sol->node[i].gap_hi;
        stop->release = release_of(sol, i);
        stop++;
    }
    return at;
}

static bool are_same(const rn_pool *p, const rn_pool_route *kept,
                     const rn_pool_route *route, const rn_pool_stop *stop)
{
    const rn_pool_stop *with = p->stops + kept->first;
    bool same = kept->hash == route->hash && kept->shift == route->shift &&
                kept->n == route->n && kept->missed == route->missed;
    for (int32_t k = 0; k < route->n && same; k++) {
        same = with[k].node == stop[k].node &&
               with[k].gap_hi == stop[k].gap_hi &&
               with[k].release == stop[k].release;
    }
    return same;
}

void rn_pool_pour(rn_pool *p, rn_pool *from)
{
    for (; from->n > 0; drop_oldest(from)) {
        const rn_pool_route *route = rn_pool_at(from, 0);
        const rn_pool_stop *stop = from->stops + route->first;
        int32_t i = *bucket_of(p, route->hash);
        while (i != RUNDE_NONE && !are_same(p, &p->routes[i], route, stop)) {
            i = p->routes[i].next;
        }
        if (i == RUNDE_NONE && route->n <= p->most_stops / 4) {
            memcpy(p->stops + p->routes[add(p, route)].first, stop,
                   (size_t)route->n * sizeof *stop);
        }
    }
}

void rn_pool_note(rn_pool *pool, const rn_solution *sol, rn_price price,
                  rn_price best)
{
    if (price.excess > best.excess || price.left_out > best.left_out ||
        price.wishes > best.wishes + best.wishes / NEARLY) {
        return;
    }
    for (int32_t i = 0; i < sol->outer.n_routes; i++) {
        const int32_t shift = sol->outer.routes[i].index;
        if (sol->route[shift].n > 0) {
            (void)rn_pool_keep(pool, sol, shift);
        }
    }
}
