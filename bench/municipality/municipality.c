/* SPDX-License-Identifier: MIT */
#include "municipality/municipality.h"

#include "municipality/parish.h"

#include <stdlib.h>
#include <string.h>

/* The table of docs/samples.md. Sizes of the population and the areas are
 * Statistics Norway's; the rest is derived or assumed there. */
static const municipality_size sizes[] = {
    {"rural_small", NULL, 2944, 285, 118, 165, 1, 1, 8, 5, 1, 7, 0, 0, 60, 150},
    {"mid_25k", NULL, 25531, 186, 868, 1400, 4, 4, 62, 38, 4, 40, 4, 0, 70,
     150},
    {"mid_25k_spread", NULL, 24109, 641, 916, 1320, 4, 4, 64, 38, 4, 48, 0, 0,
     70, 150},
    {"large_town", NULL, 91965, 457, 2943, 4414, 10, 10, 195, 118, 12, 125, 25,
     0, 70, 150},
    {"city_district", "\xc3\x98stensj\xc3\xb8", 49629, 12, 1638, 2382, 9, 4,
     102, 62, 6, 30, 25, 450, 80, 160},
    {"oslo_size", NULL, 710619, 453, 19897, 29846, 120, 15, 1260, 765, 75, 500,
     300, 400, 80, 160},
};

const municipality_size *municipality_at(int32_t index)
{
    const int32_t n = (int32_t)(sizeof sizes / sizeof sizes[0]);
    return index >= 0 && index < n ? &sizes[index] : NULL;
}

const municipality_size *municipality_find(const char *name)
{
    const municipality_size *size = NULL;
    for (int32_t i = 0; name && (size = municipality_at(i)) != NULL; i++) {
        if (strcmp(size->name, name) == 0) {
            return size;
        }
    }
    return NULL;
}

void *parish_push(parish_list *list)
{
    if (list->n == list->capacity) {
        const int32_t capacity = list->capacity ? 2 * list->capacity : 64;
        void *items = realloc(list->items, (size_t)capacity * list->item_size);
        if (!items) {
            return NULL;
        }
        list->items = items;
        list->capacity = capacity;
    }
    void *item = (char *)list->items + (size_t)list->n * list->item_size;
    memset(item, 0, list->item_size);
    list->n++;
    return item;
}

void parish_apportion(int32_t *out, const int32_t *weights, int32_t n,
                      int32_t total)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < n; i++) {
        sum += weights[i];
    }
    int64_t seen = 0;
    for (int32_t i = 0; i < n; i++) {
        const int64_t before = (seen * total + sum / 2) / sum;
        seen += weights[i];
        out[i] = (int32_t)((seen * total + sum / 2) / sum - before);
    }
}

bool parish_weekend(int32_t day)
{
    return day % 7 >= 5;
}

static runde_status gather(parish *p)
{
    runde_status status = parish_settle(p);
    if (status == RUNDE_OK) {
        status = parish_deal(p);
    }
    if (status == RUNDE_OK) {
        status = parish_staff(p);
    }
    return status;
}

static runde_status write_problem(runde_problem **out, parish *p,
                                  runde_diag *diag)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    settings.has_origin = true;
    settings.origin = INT64_C(1769986800); /* 2026-02-02, 00:00 in Oslo */
    settings.time_zone = "Europe/Oslo";
    settings.days = p->spec->days;
    settings.rules.daily_rest = 8 * 3600;
    settings.rules.weekly_rest = 28 * 3600;
    settings.rules.max_per_day = 10 * 3600;
    settings.rules.max_per_week = 48 * 3600;
    runde_problem *problem = NULL;
    runde_status status = runde_problem_new(&problem, &settings, diag);
    if (status == RUNDE_OK) {
        status = parish_write(p, problem);
    }
    if (status == RUNDE_OK) {
        status = runde_problem_seal(problem, diag);
    }
    if (status != RUNDE_OK) {
        runde_problem_free(problem);
        return status;
    }
    *out = problem;
    return RUNDE_OK;
}

runde_status municipality_build(runde_problem **out,
                                const municipality_spec *spec, runde_diag *diag)
{
    if (!out || !spec || !municipality_find(spec->name) || spec->days < 1 ||
        spec->days > MUNICIPALITY_MAX_DAYS) {
        return RUNDE_E_ARGUMENT;
    }
    parish p = {.spec = spec, .size = municipality_find(spec->name)};
    p.cards.item_size = sizeof(parish_card);
    p.bonds.item_size = sizeof(parish_bond);
    p.carers.item_size = sizeof(parish_carer);
    p.shifts.item_size = sizeof(parish_shift);
    p.clients = calloc((size_t)p.size->clients, sizeof *p.clients);
    p.depots = calloc((size_t)p.size->depots, sizeof *p.depots);
    p.zone_depot = calloc((size_t)p.size->zones, sizeof *p.zone_depot);
    runde_status status = RUNDE_E_NOMEM;
    if (p.clients && p.depots && p.zone_depot) {
        status = gather(&p);
    }
    if (status == RUNDE_OK) {
        status = write_problem(out, &p, diag);
    }
    free(p.shifts.items);
    free(p.carers.items);
    free(p.bonds.items);
    free(p.cards.items);
    free(p.zone_depot);
    free(p.depots);
    free(p.clients);
    return status;
}
