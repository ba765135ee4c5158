/* SPDX-License-Identifier: MIT */
#include "municipality/parish.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TOWNS 64
#define GRID_LINE 256
#define HALF_CELL_M 125

/* Fictional ground around 60.5 N, 11 E, where a hundred-thousandth of a
 * degree is 1.113 m northwards and 0.548 m eastwards. */
#define CENTRE_LAT 6050000
#define CENTRE_LON 1100000

typedef struct town {
    parish_spot centre;
    int32_t weight;
    int32_t radius_m;
} town;

/* How a sample's people live when no grid is given. */
typedef struct shape {
    const char *name;
    int32_t towns;
    int32_t urban;   /* permille who live in towns, the rest on farms */
    int32_t density; /* inhabitants per km2 of a town */
    int32_t reach_m; /* half the side of the settled square */
} shape;

typedef struct cell {
    parish_spot spot;
    int32_t pop;
} cell;

/* Assumptions, after the modelled municipalities' population per 250 m cell:
 * towns of 1,200-4,500 inhabitants per km2; forest keeps people to a part
 * of the land. */
static const shape shapes[] = {
    {"rural_small", 3, 500, 700, 4500},     {"mid_25k", 12, 850, 1200, 6000},
    {"mid_25k_spread", 16, 700, 900, 8000}, {"large_town", 24, 900, 1800, 8500},
    {"city_district", 4, 1000, 5500, 1550}, {"oslo_size", 36, 1000, 9000, 5500},
};

int32_t parish_metres(parish_spot a, parish_spot b)
{
    const int64_t north = (int64_t)(a.lat - b.lat) * 1113 / 1000;
    const int64_t east = (int64_t)(a.lon - b.lon) * 548 / 1000;
    const int64_t square = north * north + east * east;
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 30; bit > 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= square) {
            root += bit;
        }
    }
    return (int32_t)root;
}

static parish_spot moved(parish_spot from, int32_t east_m, int32_t north_m)
{
    const parish_spot to = {from.lat + (int32_t)((int64_t)north_m * 898 / 1000),
                            from.lon +
                                (int32_t)((int64_t)east_m * 1825 / 1000)};
    return to;
}

/* Somewhere within `reach` either way, denser towards the middle. */
static parish_spot scattered(dice *d, parish_spot centre, int32_t reach)
{
    const int32_t east = dice_between(d, -reach, reach);
    const int32_t more = dice_between(d, -reach, reach);
    const int32_t north = dice_between(d, -reach, reach);
    const int32_t still = dice_between(d, -reach, reach);
    return moved(centre, (east + more) * 3 / 4, (north + still) * 3 / 4);
}

static int32_t square_root(int64_t square)
{
    int64_t root = 0;
    while ((root + 1) * (root + 1) <= square) {
        root++;
    }
    return (int32_t)root;
}

/* Towns stand on a shaken lattice, the first one larger than the rest as
 * the municipal centre is. */
static void found_towns(town *towns, const shape *form,
                        const municipality_size *size, dice *d)
{
    const int32_t across = square_root(form->towns - 1) + 1;
    const int32_t step = 2 * form->reach_m / across;
    const parish_spot centre = {CENTRE_LAT, CENTRE_LON};
    const bool is_city = form->urban == 1000;
    int64_t total = 0;
    for (int32_t i = 0; i < form->towns; i++) {
        towns[i].weight = is_city ? 100 : 600 / (i + 2);
        total += towns[i].weight;
    }
    assert(total > 0);
    int32_t order[MAX_TOWNS];
    for (int32_t i = 0; i < form->towns; i++) {
        order[i] = i;
    }
    dice_shuffle(d, order, form->towns);
    for (int32_t i = 0; i < form->towns; i++) {
        const int32_t col = order[i] % across;
        const int32_t row = order[i] / across;
        const int32_t jog = step * 3 / 10;
        /* One draw a statement: the order of arguments is the compiler's. */
        const int32_t north = dice_between(d, -jog, jog);
        const int32_t east = dice_between(d, -jog, jog);
        const int32_t corner = step / 2 - form->reach_m;
        towns[i].centre = moved(centre, step * col + corner + east,
                                step * row + corner + north);
        const int64_t people = (int64_t)size->inhabitants * form->urban / 1000 *
                               towns[i].weight / total;
        /* A square of side 2r holds the people at the town's density. */
        towns[i].radius_m =
            square_root(people * 1000000 / form->density / 4) + 50;
    }
}

static int32_t pick_town(const town *towns, int32_t n, dice *d)
{
    int32_t total = 0;
    for (int32_t i = 0; i < n; i++) {
        total += towns[i].weight;
    }
    int32_t left = dice_below(d, total);
    int32_t i = 0;
    while (left >= towns[i].weight) {
        left -= towns[i].weight;
        i++;
    }
    return i;
}

/* Farms lie along the roads between towns. */
static parish_spot farm(const town *towns, int32_t n, dice *d)
{
    const parish_spot a = towns[dice_below(d, n)].centre;
    const parish_spot b = towns[dice_below(d, n)].centre;
    const int32_t way = dice_below(d, 1001);
    const parish_spot on_road = {
        a.lat + (int32_t)((int64_t)(b.lat - a.lat) * way / 1000),
        a.lon + (int32_t)((int64_t)(b.lon - a.lon) * way / 1000)};
    return scattered(d, on_road, 1500);
}

static void settle_fiction(parish *p, dice *d)
{
    const shape *form = &shapes[0];
    while (strcmp(form->name, p->size->name) != 0) {
        form++;
    }
    town towns[MAX_TOWNS] = {{{0, 0}, 0, 0}};
    found_towns(towns, form, p->size, d);
    for (int32_t i = 0; i < p->size->clients; i++) {
        if (dice_chance(d, form->urban)) {
            const town *home = &towns[pick_town(towns, form->towns, d)];
            p->clients[i].spot = scattered(d, home->centre, home->radius_m);
        } else {
            p->clients[i].spot = farm(towns, form->towns, d);
        }
    }
}

/* Degrees with a decimal point as hundred-thousandths, without strtod: a
 * locale may read "60.5" as 60. */
static int32_t read_degrees(const char *text)
{
    int32_t value = 0;
    int32_t places = -1;
    for (; *text && *text != ',' && places < 5; text++) {
        if (*text == '.') {
            places = 0;
        } else if (*text >= '0' && *text <= '9') {
            value = value * 10 + (*text - '0');
            places += places >= 0 ? 1 : 0;
        }
    }
    for (places = places < 0 ? 0 : places; places < 5; places++) {
        value *= 10;
    }
    return value;
}

/* Column `index` of a comma-separated line, or "" past its end. */
static const char *column(const char *line, int32_t index)
{
    for (; index > 0; index--) {
        const char *comma = strchr(line, ',');
        if (!comma) {
            return "";
        }
        line = comma + 1;
    }
    return line;
}

static int32_t column_named(const char *heading, const char *name)
{
    const size_t length = strlen(name);
    for (int32_t i = 0; *column(heading, i); i++) {
        const char *text = column(heading, i);
        if (strncmp(text, name, length) == 0 &&
            (text[length] == ',' || text[length] == '\0')) {
            return i;
        }
    }
    return RUNDE_NONE;
}

typedef struct grid_columns {
    int32_t lat;
    int32_t lon;
    int32_t pop;
    int32_t district;
} grid_columns;

static bool wanted(const char *line, const grid_columns *at,
                   const char *district)
{
    if (!district) {
        return true;
    }
    const char *found = at->district < 0 ? "" : column(line, at->district);
    return strncmp(found, district, strlen(district)) == 0;
}

static runde_status read_cells(parish_list *cells, FILE *file,
                               const char *district)
{
    char line[GRID_LINE];
    if (!fgets(line, sizeof line, file)) {
        return RUNDE_E_ARGUMENT;
    }
    line[strcspn(line, "\r\n")] = '\0';
    const grid_columns at = {
        column_named(line, "lat"), column_named(line, "lon"),
        column_named(line, "pop"), column_named(line, "bydel")};
    if (at.lat < 0 || at.lon < 0 || at.pop < 0) {
        return RUNDE_E_ARGUMENT;
    }
    while (fgets(line, sizeof line, file)) {
        if (!wanted(line, &at, district)) {
            continue;
        }
        cell *c = parish_push(cells);
        if (!c) {
            return RUNDE_E_NOMEM;
        }
        c->spot.lat = read_degrees(column(line, at.lat));
        c->spot.lon = read_degrees(column(line, at.lon));
        const long pop = strtol(column(line, at.pop), NULL, 10);
        c->pop = pop > 0 && pop < 100000 ? (int32_t)pop : 0;
    }
    return RUNDE_OK;
}

static runde_status draw_from_cells(parish *p, const parish_list *cells,
                                    dice *d)
{
    const cell *all = cells->items;
    int32_t total = 0;
    for (int32_t i = 0; i < cells->n; i++) {
        total += all[i].pop;
    }
    if (total == 0) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t k = 0; k < p->size->clients; k++) {
        int32_t left = dice_below(d, total);
        int32_t i = 0;
        while (left >= all[i].pop) {
            left -= all[i].pop;
            i++;
        }
        /* Never on the cell's true addresses: anywhere in the square. */
        const int32_t north = dice_between(d, -HALF_CELL_M, HALF_CELL_M);
        const int32_t east = dice_between(d, -HALF_CELL_M, HALF_CELL_M);
        p->clients[k].spot = moved(all[i].spot, east, north);
    }
    return RUNDE_OK;
}

static runde_status settle_grid(parish *p, dice *d)
{
    FILE *file = fopen(p->spec->grid_path, "r");
    if (!file) {
        return RUNDE_E_ARGUMENT;
    }
    parish_list cells = {NULL, 0, 0, sizeof(cell)};
    runde_status status = read_cells(&cells, file, p->size->district);
    if (status == RUNDE_OK) {
        status = draw_from_cells(p, &cells, d);
    }
    free(cells.items);
    (void)fclose(file);
    return status;
}

runde_status parish_settle(parish *p)
{
    dice d = dice_new(p->spec->seed, 1);
    if (p->spec->grid_path) {
        const runde_status status = settle_grid(p, &d);
        if (status != RUNDE_OK) {
            return status;
        }
    } else {
        settle_fiction(p, &d);
    }
    for (int32_t i = 0; i < p->size->clients; i++) {
        parish_client *c = &p->clients[i];
        c->place = i;
        c->wants_woman = dice_chance(&d, 50);
        c->language =
            dice_chance(&d, 10) ? dice_below(&d, PARISH_LANGUAGES) : RUNDE_NONE;
        if (i > 0 && !c[-1].is_couple && dice_chance(&d, 40)) {
            c->is_couple = true;
            c->spot = c[-1].spot;
            c->place = c[-1].place;
        }
    }
    return RUNDE_OK;
}
