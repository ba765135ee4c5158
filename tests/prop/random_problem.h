/* SPDX-License-Identifier: MIT */
/* Random problems with every concept of problem.h, as plain records that a
 * test may bend before they are sealed. The same seed gives the same
 * problem on every machine. */
#ifndef RN_RANDOM_PROBLEM_H
#define RN_RANDOM_PROBLEM_H

#include <runde/runde.h>

#include "base/rng.h"

enum {
    WORLD_PLACES = 16,
    WORLD_SKILLS = 3,
    WORLD_LOADS = 2,
    WORLD_MODES = 2,
    WORLD_CLIENTS = 16,
    WORLD_CARERS = 8,
    WORLD_SHIFTS = 24,
    WORLD_VISITS = 32,
    WORLD_LINKS = 20,
    WORLD_PAST = 12,
    WORLD_PUBLISHED = 40,
    WORLD_FEW = 3 /* entries of a nested list */
};

/* Concepts that a problem may use or not. */
typedef enum world_use {
    USE_TWO_MODES,
    USE_COORDINATES,
    USE_UNREACHABLE,
    USE_DISTANCES,
    USE_DIAGONAL,
    USE_WISHES,
    USE_ABSENCES,
    USE_PROFILES,
    USE_TARGETS,
    USE_COUPLES,
    USE_SKILLS,
    USE_LOADS,
    USE_RULES,
    USE_OPEN_ENDS,
    USE_OVERTIME,
    USE_BREAKS,
    USE_ACTIVITIES,
    USE_MAX_DUTY,
    USE_TWO_WINDOWS,
    USE_PREFERRED,
    USE_SETUP,
    USE_CREWS,
    USE_OPTIONAL,
    USE_PINS,
    USE_MAY_OVERLAP,
    USE_GAPS,
    USE_BONDS, /* links about carers, and all or none */
    USE_PUBLISHED,
    USE_HARD,
    USE_DEPART_AT_START,
    USE_FREEZE, /* with published parts */
    USES
} world_use;

typedef enum world_family {
    FAMILY_LOOSE,
    FAMILY_TIGHT,
    FAMILY_CLUSTERED,
    FAMILY_ONE_CARER,
    FAMILY_SAME_PLACE,
    FAMILY_ZERO,
    FAMILY_NIGHT,
    FAMILY_SCARCE,
    FAMILY_CROWDED,
    FAMILIES
} world_family;

typedef struct world_client {
    runde_client record;
    runde_carer_wish wishes[WORLD_FEW];
    runde_interval absences[WORLD_FEW];
    runde_weights profile;
    bool has_profile;
} world_client;

typedef struct world_carer {
    runde_carer record;
    runde_skill_held skills[WORLD_SKILLS];
    runde_cap caps[WORLD_LOADS];
} world_carer;

typedef struct world_shift {
    runde_shift record;
    runde_break breaks[WORLD_FEW];
    runde_activity activities[WORLD_FEW];
    runde_cap caps[WORLD_LOADS];
} world_shift;

typedef struct world_visit {
    runde_visit record;
    runde_window windows[WORLD_FEW];
    runde_interval preferred[WORLD_FEW];
    runde_skill_need skills[WORLD_FEW];
    runde_load_use loads[WORLD_LOADS];
    runde_carer_wish wishes[WORLD_FEW];
} world_visit;

typedef struct world_mode {
    bool has_matrix; /* else coordinates */
    bool has_distances;
    int32_t durations[WORLD_PLACES * WORLD_PLACES]; /* rows of n_places */
    int32_t distances[WORLD_PLACES * WORLD_PLACES];
    int32_t leg[4]; /* one exception, when leg[0] != leg[1] */
} world_mode;

/* The records of a problem; lists hang on them only while it is built. */
typedef struct world {
    uint64_t seed;
    uint32_t uses;
    world_family family;
    char prefix; /* of every id */
    runde_settings settings;
    runde_weights weights;
    runde_place places[WORLD_PLACES];
    bool is_shared[WORLD_LOADS];
    world_mode modes[WORLD_MODES];
    world_client clients[WORLD_CLIENTS];
    world_carer carers[WORLD_CARERS];
    world_shift shifts[WORLD_SHIFTS];
    world_visit visits[WORLD_VISITS];
    runde_link links[WORLD_LINKS];
    runde_past_visit past[WORLD_PAST];
    runde_published published[WORLD_PUBLISHED];
    int32_t n_places;
    int32_t n_skills;
    int32_t n_loads;
    int32_t n_modes;
    int32_t n_clients;
    int32_t n_carers;
    int32_t n_shifts;
    int32_t n_visits;
    int32_t n_links;
    int32_t n_past;
    int32_t n_published;
} world;

/* What the caller asks of a random problem. */
typedef struct world_size {
    int32_t visits; /* 1 to so many */
    int32_t carers;
    int32_t shifts; /* in all */
    uint32_t never; /* bits 1u << use: not used */
    bool regular;   /* prices regular criteria only */
} world_size;

#define WORLD_SMALL                                                            \
    {                                                                          \
        12, 5, 8, 0, false                                                     \
    }
#define WORLD_LARGE                                                            \
    {                                                                          \
        30, 8, 16, 0, false                                                    \
    }

/** Draws the problem of a seed; it can always be sealed. */
void world_random(world *w, uint64_t seed, const world_size *size);

/** The sealed problem, or NULL, and says why on stdout. */
runde_problem *world_problem(const world *w);

/** The same without a word, with the diagnosis; `out` is NULL on error. */
runde_status world_seal(runde_problem **out, const world *w, runde_diag *diag);

/** How many problems, and from which on: a number of the environment, such as
 *  RUNDE_PROP_SEEDS, or another where it is not set. */
uint64_t world_number_from(const char *name, uint64_t otherwise);

/** A number from lo to hi, both included. */
int32_t world_dice(rn_rng *rng, int32_t lo, int32_t hi);

/* Takes one record out; whatever points at it goes too. */
void world_drop_visit(world *w, int32_t visit);
void world_drop_shift(world *w, int32_t shift);
void world_drop_link(world *w, int32_t link);

#endif
