/* SPDX-License-Identifier: MIT */
/** @file parish.h
 *  What the parts of the sample generator share: homes, cards and staff of
 *  one municipality under construction. Cards are visits before they have a
 *  problem to live in. */
#ifndef BENCH_PARISH_H
#define BENCH_PARISH_H

#include "municipality/dice.h"
#include "municipality/municipality.h"

#define PARISH_MINUTE 60   /* ticks are seconds */
#define PARISH_DAY 86400   /* ticks */
#define PARISH_LANGUAGES 3 /* spoken by some carers and a few clients */

/** A point, hundred-thousandths of a degree: about a metre. */
typedef struct parish_spot {
    int32_t lat;
    int32_t lon;
} parish_spot;

typedef enum parish_type {
    PARISH_MEDICINE = 0, /* medisin / tilsyn */
    PARISH_INSULIN,      /* insulin / maling */
    PARISH_MORNING,      /* morgenstell */
    PARISH_EVENING,      /* kveldsstell */
    PARISH_MEAL,         /* maltid */
    PARISH_WOUND,        /* sar / prosedyre */
    PARISH_SHOWER,       /* dusj */
    PARISH_PRACTICAL,    /* praktisk bistand */
    PARISH_PSYCH,        /* psyk / palliativ */
    PARISH_TYPES
} parish_type;

/** A visit: minutes are of the service day, which runs from 07:00. */
typedef struct parish_card {
    parish_type type;
    int32_t client;
    int32_t day;
    int32_t minute; /* the wished start; after midnight above 1,440 */
    int32_t duration;
    int32_t level; /* competence */
    int32_t crew;
    bool is_critical;
    bool is_heavy;
} parish_card;

/** A bond between two cards, minutes; RUNDE_TIME_NONE for no bound. */
typedef struct parish_bond {
    int32_t before;
    int32_t after;
    int32_t min_gap;
    int32_t max_gap;
    bool from_end;
    bool same_carer;
} parish_bond;

typedef struct parish_client {
    parish_spot spot;
    int32_t place;  /* a couple shares one */
    int32_t zone;   /* and its team */
    int32_t load;   /* minutes of the first day, drives included */
    int32_t cards;  /* of the first day */
    bool is_couple; /* lives with the client before */
    bool away;      /* at the day centre around noon */
    bool wants_woman;
    int32_t language; /* or RUNDE_NONE */
} parish_client;

typedef enum parish_watch {
    PARISH_DAY_WATCH = 0,
    PARISH_MID_WATCH,
    PARISH_EVENING_WATCH,
    PARISH_NIGHT_WATCH,
    PARISH_WATCHES
} parish_watch;

typedef struct parish_carer {
    int32_t zone;
    int32_t level;
    bool is_woman;
    bool has_medicine;
    bool has_insulin;
    bool is_night;
    int32_t language; /* or RUNDE_NONE */
    int32_t shifts;   /* on the rota so far */
    int32_t free_at;  /* tick from which a new shift may start */
} parish_carer;

typedef struct parish_shift {
    int32_t carer;
    int32_t zone;
    int32_t day;
    parish_watch watch;
    int32_t mode;
} parish_shift;

/** A growing array of one record type, zeroed. */
typedef struct parish_list {
    void *items;
    int32_t n;
    int32_t capacity;
    size_t item_size;
} parish_list;

typedef struct parish {
    const municipality_spec *spec;
    const municipality_size *size;
    parish_client *clients; /* size->clients of them */
    parish_spot *depots;    /* size->depots of them */
    int32_t *zone_depot;    /* size->zones of them */
    parish_list cards;      /* parish_card */
    parish_list bonds;      /* parish_bond */
    parish_list carers;     /* parish_carer */
    parish_list shifts;     /* parish_shift */
} parish;

/** When a watch begins and ends, minutes from the day's midnight. */
typedef struct parish_hours {
    const char *name;
    int32_t start;
    int32_t end;
    int32_t break_start;
    int32_t break_latest;
    bool has_report;
} parish_hours;

extern const parish_hours parish_watch_hours[PARISH_WATCHES];
#define PARISH_OVERTIME 30 /* minutes, at most */

/** A new zeroed item at the end, or NULL without memory. */
void *parish_push(parish_list *list);
#define PARISH_CARD(p, i) (&((parish_card *)(p)->cards.items)[i])
#define PARISH_BOND(p, i) (&((parish_bond *)(p)->bonds.items)[i])
#define PARISH_CARER(p, i) (&((parish_carer *)(p)->carers.items)[i])
#define PARISH_SHIFT(p, i) (&((parish_shift *)(p)->shifts.items)[i])

/** Metres between two spots, as the crow flies, by integers. */
int32_t parish_metres(parish_spot a, parish_spot b);

/** Whole numbers in the weights' proportions that sum to `total`. */
void parish_apportion(int32_t *out, const int32_t *weights, int32_t n,
                      int32_t total);

/** Saturday or Sunday. */
bool parish_weekend(int32_t day);

/** Homes: drawn from the grid, or from settlements of their own. */
RUNDE_CHECKED runde_status parish_settle(parish *p);
/** Cards and bonds of every day, and the zones; needs the homes. */
RUNDE_CHECKED runde_status parish_deal(parish *p);
/** Zones of equal work and the depots, once the first day is dealt. */
RUNDE_CHECKED runde_status parish_divide(parish *p);
/** Carers, rota and modes; needs the zones. */
RUNDE_CHECKED runde_status parish_staff(parish *p);
/** Everything into an open problem. */
RUNDE_CHECKED runde_status parish_write(parish *p, runde_problem *problem);

#endif
