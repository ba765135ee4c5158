/* SPDX-License-Identifier: MIT */
#include "municipality/parish.h"

#include <stdlib.h>

typedef struct ranked {
    int32_t key;
    int32_t client;
} ranked;

static int by_key(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->client > b->client) - (a->client < b->client);
}

/* A household of two must not be cut in half: both sort by the same spot,
 * and the cut moves past the second one. */
static int32_t cut_at(const parish *p, const ranked *list, int32_t n,
                      int64_t share)
{
    int64_t load = 0;
    int32_t i = 0;
    while (i < n - 1 && load < share) {
        load += p->clients[list[i].client].load;
        i++;
    }
    while (i < n - 1 && i > 0 &&
           p->clients[list[i].client].place ==
               p->clients[list[i - 1].client].place) {
        i++;
    }
    return i;
}

/* Halves the clients across the longer side, again and again, so that each
 * zone has the same work: a k-d tree. */
static void split(parish *p, ranked *list, int32_t n, int32_t zone,
                  int32_t zones)
{
    if (zones == 1 || n == 0) {
        for (int32_t i = 0; i < n; i++) {
            p->clients[list[i].client].zone = zone;
        }
        return;
    }
    parish_spot low = p->clients[list[0].client].spot;
    parish_spot high = low;
    int64_t load = 0;
    for (int32_t i = 0; i < n; i++) {
        const parish_client *c = &p->clients[list[i].client];
        low.lat = c->spot.lat < low.lat ? c->spot.lat : low.lat;
        low.lon = c->spot.lon < low.lon ? c->spot.lon : low.lon;
        high.lat = c->spot.lat > high.lat ? c->spot.lat : high.lat;
        high.lon = c->spot.lon > high.lon ? c->spot.lon : high.lon;
        load += c->load;
    }
    /* At 60 degrees north a degree of longitude is half one of latitude. */
    const bool is_tall = 2 * (high.lat - low.lat) > high.lon - low.lon;
    for (int32_t i = 0; i < n; i++) {
        const parish_spot spot = p->clients[list[i].client].spot;
        list[i].key = is_tall ? spot.lat : spot.lon;
    }
    qsort(list, (size_t)n, sizeof *list, by_key);
    const int32_t first = zones / 2;
    const int32_t cut = cut_at(p, list, n, load * first / zones);
    split(p, list, cut, zone, first);
    split(p, list + cut, n - cut, zone + first, zones - first);
}

static int by_number(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left;
    const int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* A base stands at the middle client of its zones, both ways. */
static void place_depot(parish *p, int32_t depot, int32_t *numbers)
{
    for (int axis = 0; axis < 2; axis++) {
        int32_t n = 0;
        for (int32_t i = 0; i < p->size->clients; i++) {
            const parish_client *c = &p->clients[i];
            if (p->zone_depot[c->zone] == depot) {
                numbers[n++] = axis == 0 ? c->spot.lat : c->spot.lon;
            }
        }
        qsort(numbers, (size_t)n, sizeof *numbers, by_number);
        const int32_t middle = n > 0 ? numbers[n / 2] : 0;
        if (axis == 0) {
            p->depots[depot].lat = middle;
        } else {
            p->depots[depot].lon = middle;
        }
    }
}

runde_status parish_divide(parish *p)
{
    const size_t n = (size_t)p->size->clients;
    ranked *list = calloc(n, sizeof *list);
    int32_t *numbers = calloc(n, sizeof *numbers);
    runde_status status = RUNDE_E_NOMEM;
    if (list && numbers) {
        for (int32_t i = 0; i < p->size->clients; i++) {
            list[i].client = i;
        }
        split(p, list, p->size->clients, 0, p->size->zones);
        /* Zones are numbered along the tree: neighbours share a base. */
        for (int32_t z = 0; z < p->size->zones; z++) {
            p->zone_depot[z] = z * p->size->depots / p->size->zones;
        }
        for (int32_t i = 0; i < p->size->depots; i++) {
            place_depot(p, i, numbers);
        }
        status = RUNDE_OK;
    }
    free(numbers);
    free(list);
    return status;
}
