/* SPDX-License-Identifier: MIT */
#include "baseline/desk.h"

#include <stdlib.h>

typedef struct pin {
    double key;
    int32_t place;
    int32_t visit;
} pin;

typedef struct slot {
    int64_t key;
    int32_t item; /* a list, or a place */
} slot;

/* The lists of one area and shift, and the places in the middle of as many
 * neighbourhoods. */
typedef struct sheet {
    const desk *d;
    pin *pins;
    slot *lists;
    slot *homes;
    int32_t n;
} sheet;

static int by_key(const void *left, const void *right)
{
    const pin *a = left;
    const pin *b = right;
    if (a->key < b->key || a->key > b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->visit > b->visit) - (a->visit < b->visit);
}

static int by_slot(const void *left, const void *right)
{
    const slot *a = left;
    const slot *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->item > b->item) - (a->item < b->item);
}

static const runde_place *place_of(const sheet *s, const pin *p)
{
    return runde_problem_place(s->d->problem, p->place);
}

/* Halves across the longer side until each part has one list. */
static void halve(sheet *s, pin *pins, int32_t n, int32_t first, int32_t parts)
{
    if (n == 0) {
        return;
    }
    double low[2] = {200.0, 200.0};
    double high[2] = {-200.0, -200.0};
    for (int32_t i = 0; i < n; i++) {
        const runde_place *at = place_of(s, &pins[i]);
        low[0] = at->lat < low[0] ? at->lat : low[0];
        low[1] = at->lon < low[1] ? at->lon : low[1];
        high[0] = at->lat > high[0] ? at->lat : high[0];
        high[1] = at->lon > high[1] ? at->lon : high[1];
    }
    /* Half a degree of latitude is about one of longitude in Norway. */
    const bool is_tall = 2.0 * (high[0] - low[0]) > high[1] - low[1];
    for (int32_t i = 0; i < n; i++) {
        const runde_place *at = place_of(s, &pins[i]);
        pins[i].key = is_tall ? at->lat : at->lon;
    }
    qsort(pins, (size_t)n, sizeof *pins, by_key);
    if (parts == 1) {
        s->homes[first].item = pins[n / 2].place;
        return;
    }
    const int32_t half = parts / 2;
    const int32_t cut = (int32_t)((int64_t)n * half / parts);
    halve(s, pins, cut, first, half);
    halve(s, pins + cut, n - cut, first + half, parts - half);
}

static int32_t gather_pins(sheet *s, int32_t area)
{
    int32_t n = 0;
    for (int32_t v = 0; v < s->d->n_visits; v++) {
        const desk_visit *visit = &s->d->visits[v];
        const int32_t place = visit->visit->place;
        if (visit->area == area && place != RUNDE_NONE &&
            runde_problem_place(s->d->problem, place)->has_coordinates) {
            s->pins[n++] = (pin){0.0, place, v};
        }
    }
    return n;
}

/* Who is slow from here to there, and what is near. */
static int64_t ticks(const desk *d, int32_t mode, int32_t from, int32_t to)
{
    int32_t duration = 0;
    int32_t distance = 0;
    if (from != RUNDE_NONE && to != RUNDE_NONE) {
        runde_problem_travel(d->problem, mode, from, to, &duration, &distance);
    }
    return duration == RUNDE_UNREACHABLE ? INT32_MAX : duration;
}

static void assign(desk *d, sheet *s, int32_t n_pins)
{
    if (n_pins == 0) {
        return;
    }
    const runde_shift *shift = d->lists[s->lists[0].item].round.shift;
    const int32_t base = shift->start_place;
    for (int32_t i = 0; i < s->n; i++) {
        s->homes[i].item = s->pins[0].place;
    }
    halve(s, s->pins, n_pins, 0, s->n);
    int32_t far = s->homes[0].item;
    for (int32_t i = 0; i < s->n; i++) {
        s->homes[i].key = ticks(d, shift->mode, base, s->homes[i].item);
        if (s->homes[i].key > ticks(d, shift->mode, base, far)) {
            far = s->homes[i].item;
        }
    }
    for (int32_t i = 0; i < s->n; i++) {
        const int32_t mode = d->lists[s->lists[i].item].round.shift->mode;
        s->lists[i].key = -ticks(d, mode, base, far);
    }
    qsort(s->lists, (size_t)s->n, sizeof *s->lists, by_slot);
    qsort(s->homes, (size_t)s->n, sizeof *s->homes, by_slot);
    for (int32_t i = 0; i < s->n; i++) {
        d->lists[s->lists[i].item].home = s->homes[i].item;
    }
}

/* The lists of `first`'s area and hours; false if an earlier list already
 * stood for them. */
static bool gather_lists(sheet *s, int32_t first)
{
    const desk_list *like = &s->d->lists[first];
    s->n = 0;
    for (int32_t i = 0; i < s->d->n_lists; i++) {
        const desk_list *list = &s->d->lists[i];
        if (list->area != like->area || list->is_patrol ||
            list->round.shift->start != like->round.shift->start) {
            continue;
        }
        if (i < first) {
            return false;
        }
        s->lists[s->n++].item = i;
    }
    return s->n > 0;
}

runde_status desk_draw_map(desk *d)
{
    sheet s = {.d = d};
    s.pins = calloc((size_t)d->n_visits + 1, sizeof *s.pins);
    s.lists = calloc((size_t)d->n_lists + 1, sizeof *s.lists);
    s.homes = calloc((size_t)d->n_lists + 1, sizeof *s.homes);
    runde_status status = RUNDE_E_NOMEM;
    if (s.pins && s.lists && s.homes) {
        for (int32_t i = 0; i < d->n_lists; i++) {
            if (gather_lists(&s, i)) {
                assign(d, &s, gather_pins(&s, d->lists[i].area));
            }
        }
        status = RUNDE_OK;
    }
    free(s.homes);
    free(s.lists);
    free(s.pins);
    return status;
}
