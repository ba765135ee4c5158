/* SPDX-License-Identifier: MIT */
#include "municipality/parish.h"

#include <stdlib.h>

#define LEVELS 3
#define REST_MINUTES (9 * 60)
#define SHIFTS_A_WEEK 5
#define NIGHTS_A_WEEK 4

/* Usual Norwegian watches; breaks where the day lets them fall. */
const parish_hours parish_watch_hours[PARISH_WATCHES] = {
    [PARISH_DAY_WATCH] = {"day", 450, 900, 630, 750, true},
    [PARISH_MID_WATCH] = {"mid", 600, 1080, 780, 870, false},
    [PARISH_EVENING_WATCH] = {"evening", 900, 1350, 1050, 1140, true},
    [PARISH_NIGHT_WATCH] = {"night", 1335, 1905, 1530, 1680, false},
};

/* Assistants, helsefagarbeider, nurses with vernepleier: per cent. */
static const int32_t mix[PARISH_WATCHES][LEVELS] = {
    {20, 45, 35}, {20, 45, 35}, {24, 52, 24}, {0, 50, 50}};
static const int32_t weekend_mix[LEVELS] = {32, 50, 18};

/* Carers wanted a day in each zone; the second set is for weekends. */
typedef struct demand {
    int32_t n[PARISH_WATCHES];
    int32_t levels[2][PARISH_WATCHES][LEVELS];
    int32_t walkers[PARISH_WATCHES];
    int32_t bikes[PARISH_WATCHES];
} demand;

typedef struct roster {
    parish *p;
    dice d;
    demand *zones;
    int32_t *loads; /* one a zone, scratch */
    int32_t *counts;
    int32_t first_carer; /* of the zone being staffed */
} roster;

static parish_watch watch_of(int32_t minute)
{
    if (minute < 900) {
        return PARISH_DAY_WATCH;
    }
    return minute < 1325 ? PARISH_EVENING_WATCH : PARISH_NIGHT_WATCH;
}

/* As many carers for a zone's watch as its work is of the whole. */
static void spread(roster *r, parish_watch watch, int32_t total)
{
    parish *p = r->p;
    for (int32_t z = 0; z < p->size->zones; z++) {
        r->loads[z] = 1;
    }
    for (int32_t i = 0; i < p->cards.n; i++) {
        const parish_card *c = PARISH_CARD(p, i);
        if (c->day == 0 && watch_of(c->minute) == watch) {
            r->loads[p->clients[c->client].zone] += c->crew * (c->duration + 7);
        }
    }
    if (watch == PARISH_NIGHT_WATCH) {
        /* The patrol covers all; it only has to live somewhere. */
        for (int32_t z = 0; z < p->size->zones; z++) {
            r->loads[z] = 1;
        }
    }
    parish_apportion(r->counts, r->loads, p->size->zones, total);
    for (int32_t z = 0; z < p->size->zones; z++) {
        r->zones[z].n[watch] = r->counts[z];
    }
}

/* Those who walk are in the zones around the base. */
static void send_walkers(roster *r, parish_watch watch, int32_t depot)
{
    parish *p = r->p;
    int32_t left = 0;
    for (int32_t z = 0; z < p->size->zones; z++) {
        r->loads[z] = 0;
        r->counts[z] = 1;
        left += p->zone_depot[z] == depot ? r->zones[z].n[watch] : 0;
    }
    left = (left * p->size->walkers + 500) / 1000;
    for (int32_t i = 0; i < p->size->clients; i++) {
        const parish_client *c = &p->clients[i];
        const int32_t away = parish_metres(c->spot, p->depots[depot]);
        r->loads[c->zone] += away / 16;
        r->counts[c->zone]++;
    }
    while (left > 0) {
        int32_t best = RUNDE_NONE;
        for (int32_t z = 0; z < p->size->zones; z++) {
            if (p->zone_depot[z] == depot && r->zones[z].walkers[watch] == 0 &&
                r->zones[z].n[watch] > 1 &&
                (best < 0 || r->loads[z] / r->counts[z] <
                                 r->loads[best] / r->counts[best])) {
                best = z;
            }
        }
        if (best < 0) {
            return;
        }
        const int32_t most = (r->zones[best].n[watch] * 4 + 2) / 5;
        r->zones[best].walkers[watch] = left < most ? left : most;
        left -= r->zones[best].walkers[watch];
    }
}

/* Cars go first, then e-bikes; who is left over drives a private car. */
static void share_wheels(roster *r, parish_watch watch)
{
    parish *p = r->p;
    int32_t riders = 0;
    for (int32_t z = 0; z < p->size->zones; z++) {
        r->loads[z] = r->zones[z].n[watch] - r->zones[z].walkers[watch];
        riders += r->loads[z];
    }
    int32_t bikes = riders - p->size->cars;
    bikes = bikes < 0 ? 0 : bikes;
    bikes = bikes > p->size->ebikes ? p->size->ebikes : bikes;
    if (bikes == 0) {
        return;
    }
    parish_apportion(r->counts, r->loads, p->size->zones, bikes);
    for (int32_t z = 0; z < p->size->zones; z++) {
        r->zones[z].bikes[watch] = r->counts[z];
    }
}

/* Zone after zone, each place goes to the level that is furthest behind:
 * teams are small, and rounding each alone would lose every fifth nurse. */
static void set_levels(roster *r, parish_watch watch, bool is_weekend)
{
    const bool is_lean = is_weekend && watch != PARISH_NIGHT_WATCH;
    const int32_t *wanted = is_lean ? weekend_mix : mix[watch];
    int32_t behind[LEVELS] = {0};
    for (int32_t z = 0; z < r->p->size->zones; z++) {
        demand *of = &r->zones[z];
        const int32_t n =
            is_lean ? (of->n[watch] * 82 + 50) / 100 : of->n[watch];
        for (int32_t i = 0; i < n; i++) {
            int32_t most = LEVELS - 1;
            for (int32_t level = LEVELS - 1; level >= 0; level--) {
                behind[level] += wanted[level];
                most = behind[level] > behind[most] ? level : most;
            }
            behind[most] -= 100;
            of->levels[is_weekend][watch][most]++;
        }
    }
}

static void make_demand(roster *r)
{
    const municipality_size *size = r->p->size;
    spread(r, PARISH_DAY_WATCH, size->day);
    spread(r, PARISH_EVENING_WATCH, size->evening);
    spread(r, PARISH_NIGHT_WATCH, size->night);
    for (int32_t depot = 0; depot < size->depots && size->walkers > 0;
         depot++) {
        send_walkers(r, PARISH_DAY_WATCH, depot);
        send_walkers(r, PARISH_EVENING_WATCH, depot);
    }
    share_wheels(r, PARISH_DAY_WATCH);
    share_wheels(r, PARISH_EVENING_WATCH);
    /* In every other zone one in fifteen bridges the change of watches. */
    for (int32_t z = 0; z < size->zones; z++) {
        demand *of = &r->zones[z];
        of->n[PARISH_MID_WATCH] = z % 2 == 0 ? of->n[PARISH_DAY_WATCH] / 15 : 0;
        of->n[PARISH_DAY_WATCH] -= of->n[PARISH_MID_WATCH];
    }
    for (int32_t w = 0; w < PARISH_WATCHES; w++) {
        set_levels(r, (parish_watch)w, false);
        set_levels(r, (parish_watch)w, true);
    }
}

static parish_carer *hire(roster *r, int32_t zone, int32_t level, bool is_night)
{
    parish_carer *c = parish_push(&r->p->carers);
    if (!c) {
        return NULL;
    }
    dice *d = &r->d;
    c->zone = zone;
    c->level = level == 2 && dice_chance(d, 100) ? 3 : level;
    c->is_woman = dice_chance(d, 850);
    c->has_medicine = level > 0 || dice_chance(d, 250);
    c->has_insulin = level > 1 || (level == 1 && dice_chance(d, 650));
    c->is_night = is_night;
    c->language =
        dice_chance(d, 180) ? dice_below(d, PARISH_LANGUAGES) : RUNDE_NONE;
    c->free_at = -1000;
    return c;
}

/* The rested carer with the fewest shifts so far, or a new one. */
static int32_t call_in(roster *r, const parish_shift *shift, int32_t level)
{
    parish *p = r->p;
    const bool is_night = shift->watch == PARISH_NIGHT_WATCH;
    const parish_hours *hours = &parish_watch_hours[shift->watch];
    const int32_t start = shift->day * 1440 + hours->start;
    const int32_t a_week = is_night ? NIGHTS_A_WEEK : SHIFTS_A_WEEK;
    int32_t best = RUNDE_NONE;
    for (int32_t i = r->first_carer; i < p->carers.n; i++) {
        const parish_carer *c = PARISH_CARER(p, i);
        const int32_t held = c->level > 2 ? 2 : c->level;
        if (held == level && c->is_night == is_night && c->free_at <= start &&
            c->shifts < a_week * (shift->day / 7 + 1) &&
            (best < 0 || c->shifts < PARISH_CARER(p, best)->shifts)) {
            best = i;
        }
    }
    if (best < 0) {
        if (!hire(r, shift->zone, level, is_night)) {
            return RUNDE_NONE;
        }
        best = p->carers.n - 1;
    }
    parish_carer *c = PARISH_CARER(p, best);
    c->shifts++;
    c->free_at =
        shift->day * 1440 + hours->end + PARISH_OVERTIME + REST_MINUTES;
    return best;
}

/* Every fifth of `part` in `whole`, spread evenly. */
static bool falls_on(int32_t index, int32_t part, int32_t whole)
{
    return (index + 1) * part / whole > index * part / whole;
}

/* 0 car, 1 bicycle, 2 on foot. */
static int32_t mode_of(const demand *of, parish_watch watch, int32_t index)
{
    const int32_t n = of->n[watch];
    const int32_t walkers = of->walkers[watch];
    if (walkers > 0 && falls_on(index, walkers, n)) {
        return 2;
    }
    const int32_t before = index * walkers / n;
    if (of->bikes[watch] > 0 && n > walkers &&
        falls_on(index - before, of->bikes[watch], n - walkers)) {
        return 1;
    }
    return 0;
}

static runde_status man_watch(roster *r, int32_t zone, int32_t day,
                              parish_watch watch)
{
    const demand *of = &r->zones[zone];
    const bool is_weekend = parish_weekend(day);
    int32_t levels[LEVELS];
    int32_t n = 0;
    for (int32_t level = 0; level < LEVELS; level++) {
        levels[level] = of->levels[is_weekend][watch][level];
        n += levels[level];
    }
    int32_t level = LEVELS - 1;
    for (int32_t i = 0; i < n; i++) {
        while (levels[level] == 0) {
            level--;
        }
        levels[level]--;
        parish_shift *shift = parish_push(&r->p->shifts);
        if (!shift) {
            return RUNDE_E_NOMEM;
        }
        shift->zone = zone;
        shift->day = day;
        shift->watch = watch;
        shift->mode = mode_of(of, watch, i);
        shift->carer = call_in(r, shift, level);
        if (shift->carer == RUNDE_NONE) {
            return RUNDE_E_NOMEM;
        }
    }
    return RUNDE_OK;
}

static runde_status hire_some(roster *r, int32_t zone, int32_t level,
                              bool is_night)
{
    int32_t on_duty = 0;
    for (int32_t w = 0; w < PARISH_WATCHES; w++) {
        if ((w == PARISH_NIGHT_WATCH) == is_night) {
            on_duty += r->zones[zone].levels[0][w][level];
        }
    }
    /* Days off, part time and holidays: 1.6 people for each one on duty. */
    for (int32_t n = (on_duty * 16 + 9) / 10; n > 0; n--) {
        if (!hire(r, zone, level, is_night)) {
            return RUNDE_E_NOMEM;
        }
    }
    return RUNDE_OK;
}

static runde_status hire_zone(roster *r, int32_t zone)
{
    runde_status status = RUNDE_OK;
    for (int32_t level = LEVELS - 1; level >= 0; level--) {
        status = status == RUNDE_OK ? hire_some(r, zone, level, false) : status;
    }
    for (int32_t level = LEVELS - 1; level >= 0; level--) {
        status = status == RUNDE_OK ? hire_some(r, zone, level, true) : status;
    }
    return status;
}

static runde_status man_zone(roster *r, int32_t zone)
{
    r->first_carer = r->p->carers.n;
    runde_status status = hire_zone(r, zone);
    for (int32_t day = 0; day < r->p->spec->days; day++) {
        for (int32_t w = 0; w < PARISH_WATCHES && status == RUNDE_OK; w++) {
            status = man_watch(r, zone, day, (parish_watch)w);
        }
    }
    return status;
}

runde_status parish_staff(parish *p)
{
    const size_t zones = (size_t)p->size->zones;
    roster r = {.p = p, .d = dice_new(p->spec->seed, 3)};
    r.zones = calloc(zones, sizeof *r.zones);
    r.loads = calloc(zones, sizeof *r.loads);
    r.counts = calloc(zones, sizeof *r.counts);
    runde_status status = RUNDE_E_NOMEM;
    if (r.zones && r.loads && r.counts) {
        make_demand(&r);
        status = RUNDE_OK;
        for (int32_t z = 0; z < p->size->zones && status == RUNDE_OK; z++) {
            status = man_zone(&r, z);
        }
    }
    free(r.counts);
    free(r.loads);
    free(r.zones);
    return status;
}
