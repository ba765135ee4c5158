/* SPDX-License-Identifier: MIT */
#include "network/approach.h"

#include "base/alloc.h"

#include <string.h>

#define THREADS_MAX 256
#define SNAP_LIMIT_M 500.0
#define SNAP_LIMIT_MAX_M 100000.0
#define TICK_MS 1000

/* What a mode has where the options say nothing. */
typedef struct mode_default {
    const char *name;
    double speed_kmh; /* 0: the table says */
    double offset_kmh;
} mode_default;

static const mode_default mode_defaults[] = {
    {"car", 0.0, 20.0}, {"bicycle", 16.0, 12.0}, {"walk", 4.8, 4.8}};

enum { MODE_CAR, MODE_BICYCLE, MODE_WALK, MODES };

/* --------------------------------------------------------------- options */

static bool is_between(double value, double low, double high)
{
    return value >= low && value <= high; /* false for NaN */
}

bool rn_approach_accepts(rn_approach *by, const runde_network *network,
                         const runde_network_options *options)
{
    const runde_network_options none = RUNDE_NETWORK_OPTIONS_INIT;
    runde_network_options *const o = &by->options;
    memset(by, 0, sizeof *by);
    by->network = network;
    *o = options != NULL ? *options : none;
    const char *const mode = o->mode != NULL ? o->mode : "car";
    by->mode = 0;
    while (by->mode < MODES &&
           strcmp(mode, mode_defaults[by->mode].name) != 0) {
        by->mode++;
    }
    if (o->size != sizeof *o || by->mode == MODES) {
        return false;
    }
    const mode_default *const usual = &mode_defaults[by->mode];
    o->mode = usual->name;
    o->speed_kmh = o->speed_kmh == 0.0 ? usual->speed_kmh : o->speed_kmh;
    o->offset_kmh = o->offset_kmh == 0.0 ? usual->offset_kmh : o->offset_kmh;
    o->snap_limit_m = o->snap_limit_m == 0.0 ? SNAP_LIMIT_M : o->snap_limit_m;
    o->tick_ms = o->tick_ms == 0 ? TICK_MS : o->tick_ms;
    o->n_threads = o->n_threads == 0 ? 1 : o->n_threads;
    return (by->mode == MODE_CAR || is_between(o->speed_kmh, 0.1, 300.0)) &&
           is_between(o->offset_kmh, 0.1, 300.0) &&
           is_between(o->snap_limit_m, 0.0, SNAP_LIMIT_MAX_M) &&
           o->access_s >= 0 && o->access_s <= RN_SPAN_LONGEST_MS / 1000 &&
           o->tick_ms > 0 && 3600000 % o->tick_ms == 0 && o->n_threads > 0 &&
           o->n_threads <= THREADS_MAX &&
           (o->gaps == RUNDE_GAP_ERROR || o->gaps == RUNDE_GAP_ESTIMATE ||
            o->gaps == RUNDE_GAP_FORBID);
}

/* ----------------------------------------------------------------- lanes */

/* A length at a speed; nothing that takes more than 24 h is a way. */
static rn_span span_at(double dm, double kmh)
{
    const double ms = dm * 360.0 / kmh + 0.5;
    return ms < (double)RN_SPAN_LONGEST_MS
               ? rn_span_of((int64_t)ms, (int64_t)(dm + 0.5))
               : RN_SPAN_NONE;
}

static rn_span span_of_length(int32_t dm, double kmh)
{
    return dm >= 0 ? span_at((double)dm, kmh) : RN_SPAN_NONE;
}

/* Nobody on foot minds a one-way sign. */
static int32_t walk_length(const rn_road *road)
{
    const int32_t a = road->lane[0].walk_dm;
    const int32_t b = road->lane[1].walk_dm;
    return a < 0 ? b : b < 0 ? a : b < a ? b : a;
}

bool rn_approach_open(rn_approach *by)
{
    by->lane = rn_calloc((size_t)by->network->n_roads, sizeof *by->lane);
    if (by->lane == NULL) {
        return false;
    }
    const double kmh = by->options.speed_kmh;
    for (int32_t r = 0; r < by->network->n_roads; r++) {
        const rn_road *const road = &by->network->roads[r];
        for (int side = 0; side < 2; side++) {
            const rn_lane *const lane = &road->lane[side];
            by->lane[r][side] = by->mode == MODE_CAR ? lane->car
                                : by->mode == MODE_BICYCLE
                                    ? span_of_length(lane->bicycle_dm, kmh)
                                    : span_of_length(walk_length(road), kmh);
        }
    }
    return true;
}

void rn_approach_close(rn_approach *by)
{
    rn_free(by->lane);
    by->lane = NULL;
}

/* ----------------------------------------------------------------- places */

bool rn_approach_knows(const runde_place *place)
{
    return place->has_coordinates && is_between(place->lat, -90.0, 90.0) &&
           is_between(place->lon, -180.0, 180.0);
}

/* The part of a span up to `along`, and the rest; none has only nones. */
static void split(rn_span span, double along, rn_span *before, rn_span *after)
{
    *before = span;
    *after = span;
    if (span < RN_SPAN_NONE) {
        const double ms = (double)rn_span_ms(span) * along + 0.5;
        const double dm = (double)rn_span_dm(span) * along + 0.5;
        *before = rn_span_of((int64_t)ms, (int64_t)dm);
        *after = span - *before;
    }
}

static void stand_at_node(rn_spot *spot, int32_t node)
{
    for (int side = 0; side < 2; side++) {
        spot->node[side] = node;
        spot->leave[side] = 0;
        spot->enter[side] = 0;
    }
    spot->road = RUNDE_NONE;
}

/* Puts a spot onto the road. At the end of a road it stands at the node, from
 * which other roads lead on. */
static void stand(const rn_approach *by, rn_spot *spot, const rn_foot *foot)
{
    const rn_road *const road = &by->network->roads[foot->road];
    const rn_span *const lane = by->lane[foot->road];
    if (foot->along <= 0.0 || foot->along >= 1.0) {
        stand_at_node(spot, road->end[foot->along >= 1.0]);
    } else {
        spot->node[0] = road->end[0];
        spot->node[1] = road->end[1];
        split(lane[0], foot->along, &spot->enter[0], &spot->leave[1]);
        split(lane[1], 1.0 - foot->along, &spot->enter[1], &spot->leave[0]);
        spot->road = foot->road;
        spot->along = foot->along;
    }
}

rn_foot rn_approach_place(const rn_approach *by, rn_spot *spot,
                          const runde_place *place)
{
    const rn_spot nowhere = {{RUNDE_NONE, RUNDE_NONE},
                             {RN_SPAN_NONE, RN_SPAN_NONE},
                             {RN_SPAN_NONE, RN_SPAN_NONE},
                             RUNDE_NONE,
                             0.0,
                             0};
    rn_foot foot = {RUNDE_NONE, 0.0, -1.0};
    *spot = nowhere;
    if (!rn_approach_knows(place)) {
        return foot;
    }
    foot = rn_nearest(by->network, (const rn_span(*)[2])by->lane, place->lat,
                      place->lon);
    if (foot.road != RUNDE_NONE && foot.metres <= by->options.snap_limit_m) {
        stand(by, spot, &foot);
        spot->offset = span_at(foot.metres * 10.0, by->options.offset_kmh);
    }
    return foot;
}

/* Part of a stretch that is driven both times; none of nothing. */
static rn_span between(rn_span longer, rn_span shorter)
{
    return longer < RN_SPAN_NONE && shorter < RN_SPAN_NONE
               ? rn_span_of(rn_span_ms(longer) - rn_span_ms(shorter),
                            rn_span_dm(longer) - rn_span_dm(shorter))
               : RN_SPAN_NONE;
}

rn_span rn_approach_stay(const rn_spot *from, const rn_spot *to)
{
    if (from->road == RUNDE_NONE || from->road != to->road) {
        return RN_SPAN_NONE;
    }
    const bool forth = from->along <= to->along;
    const bool back = from->along >= to->along;
    const rn_span there =
        forth ? between(to->enter[0], from->enter[0]) : RN_SPAN_NONE;
    const rn_span other =
        back ? between(to->enter[1], from->enter[1]) : RN_SPAN_NONE;
    return rn_span_least(there, other);
}
