/* SPDX-License-Identifier: MIT */
/** @file travel.h
 *  Travel of one mode, as the search reads it. */
#ifndef RN_TRAVEL_H
#define RN_TRAVEL_H

#include <runde/problem.h>

/** Speed models become matrices up to this many bytes, all modes together. */
#define RN_TRAVEL_MATRIX_BYTES ((int64_t)256 << 20)

/** Legs of a speed model that take longer are not driven, milliseconds. */
#define RN_TRAVEL_LONGEST_MS 86400000

#define RN_EARTH_RADIUS_M 6371008.8

/** A place as a point on the unit sphere. */
typedef struct rn_point {
    double x, y, z;
    bool is_known; /**< false: the place has no coordinates */
} rn_point;

/** A band of a speed model, ready for use. */
typedef struct rn_band {
    double up_to;          /**< great-circle metres; the last is infinite */
    double ticks_per_m;    /**< of the great circle */
    double road_per_m;     /**< metres of road per metre of great circle */
    double least_ticks;    /**< reached in the band before, without access */
    double least_distance; /**< reached in the band before */
} rn_band;

typedef struct rn_bands {
    double access;  /**< ticks */
    double longest; /**< ticks; more is unreachable */
    int32_t n;
    rn_band band[RUNDE_SPEED_BANDS];
} rn_bands;

/** An overridden leg. */
typedef struct rn_leg {
    int32_t from;
    int32_t to;
    int32_t duration;
    int32_t distance;
} rn_leg;

/** Travel of one mode. When `durations` is not NULL the matrices hold the
 *  whole truth, overrides included, and may be read directly; otherwise legs
 *  are computed by rn_travel_leg. */
typedef struct rn_travel {
    int32_t n;                /**< places */
    const int32_t *durations; /**< ticks, [from * n + to], or NULL */
    const int32_t *distances; /**< metres, or NULL: 0, unreachable as above */
    const rn_point *points;   /**< without matrix; NULL: no roads at all */
    const rn_bands *bands;    /**< without matrix */
    const rn_leg *legs;       /**< without matrix: overrides, a hash table;
                                   free slots have from = RUNDE_NONE */
    uint32_t leg_mask;        /**< slots less one; legs may be NULL */
} rn_travel;

/** Travel of a mode of a sealed problem; tied to the problem. */
const rn_travel *rn_problem_travel(const runde_problem *problem, int32_t mode);

/** A leg without matrix, some 10 ns. The time never falls with the distance:
 *  at the beginning of a faster band it stays at the end of the slower one.
 *  Only + - * / and sqrt of doubles, so the same on every machine. */
void rn_travel_compute(const rn_travel *travel, int32_t from, int32_t to,
                       int32_t *duration, int32_t *distance);

/** A leg: ticks and metres, both RUNDE_UNREACHABLE without a road. */
static inline void rn_travel_leg(const rn_travel *travel, int32_t from,
                                 int32_t to, int32_t *duration,
                                 int32_t *distance)
{
    if (travel->durations == NULL) {
        rn_travel_compute(travel, from, to, duration, distance);
        return;
    }
    const size_t cell = (size_t)from * (size_t)travel->n + (size_t)to;
    *duration = travel->durations[cell];
    *distance = *duration < 0               ? RUNDE_UNREACHABLE
                : travel->distances != NULL ? travel->distances[cell]
                                            : 0;
}

/** Cosine of -180 to 180 degrees, the same on every machine. */
double rn_travel_cosine(double degrees);

/** Makes a place's point. Own sine and cosine: libm's differ by machine. */
rn_point rn_travel_point(const runde_place *place);

/** Great-circle metres between two known points, mean earth radius. */
double rn_travel_metres(const rn_point *a, const rn_point *b);

/** Makes a speed model ready for ticks of `tick_ms` milliseconds. */
rn_bands rn_travel_bands(const runde_speed_model *model, int32_t tick_ms);

/** Ticks and metres for a great-circle length of `metres` > 0. */
void rn_travel_by_bands(const rn_bands *bands, double metres, int32_t *duration,
                        int32_t *distance);

/** The library's model for "car", "bicycle" and "walk"; false for others.
 *  Source: fits to road networks of town and country, with the times of
 *  home-care practice; docs/findings.md. */
bool rn_travel_default_model(runde_speed_model *out, const char *mode);

/** The slot of a pair in a hash table of legs: its own or a free one. */
static inline uint32_t rn_travel_slot(const rn_leg *legs, uint32_t mask,
                                      int32_t from, int32_t to)
{
    uint32_t at = (uint32_t)from * 2654435761U ^ (uint32_t)to * 2246822519U;
    at = (at ^ (at >> 15)) & mask;
    while (legs[at].from != RUNDE_NONE &&
           (legs[at].from != from || legs[at].to != to)) {
        at = (at + 1) & mask;
    }
    return at;
}

#endif
