/* SPDX-License-Identifier: MIT */
/** @file municipality.h
 *  Six seeded sample municipalities, from a rural one to the size of Oslo.
 *
 *  docs/samples.md states every parameter with its source. Nothing in them
 *  is about a real person or a real address. */
#ifndef BENCH_MUNICIPALITY_H
#define BENCH_MUNICIPALITY_H

#include <runde/problem.h>

/** Longest horizon, days: four weeks from 2 February stay clear of the change
 *  of clocks, so that a day is 24 hours. */
#define MUNICIPALITY_MAX_DAYS 28

/** What to build. */
typedef struct municipality_spec {
    const char *name; /**< one of municipality_size's names */
    uint64_t seed;
    int32_t days; /**< 1 to MUNICIPALITY_MAX_DAYS; day 0 is a Monday */
    /** Populated 250 m cells as CSV with a heading, of which the columns
     *  lat, lon, pop and bydel are used; NULL draws fictional settlements. */
    const char *grid_path;
} municipality_spec;

/** The size of a sample: per weekday, on duty. */
typedef struct municipality_size {
    const char *name;
    const char *district; /**< the bydel of the grid to use, or NULL: all */
    int32_t inhabitants;
    int32_t area_km2;
    int32_t clients;
    int32_t visits; /**< a weekday */
    int32_t zones;
    int32_t depots;
    int32_t day; /**< carers on a day shift */
    int32_t evening;
    int32_t night;
    int32_t cars;
    int32_t ebikes;
    int32_t walkers;  /**< permille of day and evening carers */
    int32_t crew_two; /**< permille of the visits */
    int32_t critical; /**< permille of the visits */
} municipality_size;

/** Number `index` of the six, or NULL. */
const municipality_size *municipality_at(int32_t index);
/** By name, or NULL. */
const municipality_size *municipality_find(const char *name);

/** Builds and seals a sample. Same spec, same problem, byte for byte.
 *
 *  @return RUNDE_E_ARGUMENT for an unknown name, days out of range or a grid
 *          that cannot be read or is empty; RUNDE_E_NOMEM; RUNDE_E_INVALID
 *          when the sealed problem has errors, which would be a defect
 *
 *  O(visits log visits): about a second for the size of Oslo. */
RUNDE_CHECKED runde_status municipality_build(runde_problem **out,
                                              const municipality_spec *spec,
                                              runde_diag *diag);

#endif
