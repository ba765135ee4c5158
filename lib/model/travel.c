/* SPDX-License-Identifier: MIT */
#include "model/travel.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

/* Half the chord above which the series for the arc is no longer exact to
 * the millimetre; 0.05 is 637 km. */
#define SERIES_LIMIT 0.05

/* sin(degrees) for -90 to 90, good to the last bits: Taylor up to 45
 * degrees, cosine of the complement above. */
static double sine_taylor(double x)
{
    const double q = x * x;
    double sum = 0.0;
    for (int k = 19; k >= 3; k -= 2) {
        sum = (1.0 + sum) * (-q / ((double)k * (double)(k - 1)));
    }
    return x * (1.0 + sum);
}

static double cosine_taylor(double x)
{
    const double q = x * x;
    double sum = 0.0;
    for (int k = 18; k >= 2; k -= 2) {
        sum = (1.0 + sum) * (-q / ((double)k * (double)(k - 1)));
    }
    return 1.0 + sum;
}

static double sine_deg(double degrees)
{
    if (degrees < 0.0) {
        return -sine_deg(-degrees);
    }
    if (degrees > 90.0) {
        return sine_deg(180.0 - degrees);
    }
    return degrees <= 45.0 ? sine_taylor(degrees * (PI / 180.0))
                           : cosine_taylor((90.0 - degrees) * (PI / 180.0));
}

double rn_travel_cosine(double degrees)
{
    return sine_deg(90.0 - (degrees < 0.0 ? -degrees : degrees));
}

rn_point rn_travel_point(const runde_place *place)
{
    rn_point point = {0.0, 0.0, 0.0, false};
    if (!place->has_coordinates || !(fabs(place->lat) <= 90.0) ||
        !(fabs(place->lon) <= 180.0)) {
        return point;
    }
    const double around = rn_travel_cosine(place->lat);
    point.x = around * rn_travel_cosine(place->lon);
    point.y = around * sine_deg(place->lon);
    point.z = sine_deg(place->lat);
    point.is_known = true;
    return point;
}

double rn_travel_metres(const rn_point *a, const rn_point *b)
{
    const double dx = a->x - b->x;
    const double dy = a->y - b->y;
    const double dz = a->z - b->z;
    double half = 0.5 * sqrt(dx * dx + dy * dy + dz * dz);
    double times = 2.0 * RN_EARTH_RADIUS_M;
    /* asin x = 2 asin(x / sqrt(2 + 2 sqrt(1 - x x))) for the rare far pair */
    while (half > SERIES_LIMIT) {
        const double rest = half < 1.0 ? 1.0 - half * half : 0.0;
        half /= sqrt(2.0 + 2.0 * sqrt(rest));
        times *= 2.0;
    }
    const double q = half * half;
    const double series =
        1.0 + q * (1.0 / 6.0 +
                   q * (3.0 / 40.0 + q * (5.0 / 112.0 + q * (35.0 / 1152.0))));
    return times * half * series;
}

rn_bands rn_travel_bands(const runde_speed_model *model, int32_t tick_ms)
{
    const double ticks_per_s = 1000.0 / (double)tick_ms;
    rn_bands bands;
    memset(&bands, 0, sizeof bands);
    bands.access = (double)model->access_s * ticks_per_s;
    bands.longest = (double)RN_TRAVEL_LONGEST_MS / (double)tick_ms;
    bands.n = model->n_bands;
    double least_ticks = 0.0;
    double least_distance = 0.0;
    for (int32_t b = 0; b < model->n_bands; b++) {
        rn_band *const band = &bands.band[b];
        const double detour = model->band[b].detour;
        band->up_to = b == model->n_bands - 1
                          ? DBL_MAX
                          : model->band[b].up_to_km * 1000.0;
        band->ticks_per_m =
            3.6 * detour / model->band[b].speed_kmh * ticks_per_s;
        band->road_per_m = detour;
        band->least_ticks = least_ticks;
        band->least_distance = least_distance;
        least_ticks = fmax(least_ticks, band->up_to * band->ticks_per_m);
        least_distance = fmax(least_distance, band->up_to * detour);
    }
    return bands;
}

void rn_travel_by_bands(const rn_bands *bands, double metres, int32_t *duration,
                        int32_t *distance)
{
    const rn_band *band = bands->band;
    while (metres > band->up_to) {
        band++;
    }
    double ticks = metres * band->ticks_per_m;
    ticks = ticks < band->least_ticks ? band->least_ticks : ticks;
    ticks += bands->access + 0.5;
    double road = metres * band->road_per_m;
    road = road < band->least_distance ? band->least_distance : road;
    if (ticks > bands->longest || road > (double)INT32_MAX / 2) {
        *duration = RUNDE_UNREACHABLE;
        *distance = RUNDE_UNREACHABLE;
        return;
    }
    *duration = (int32_t)ticks;
    *distance = (int32_t)(road + 0.5);
}

void rn_travel_compute(const rn_travel *travel, int32_t from, int32_t to,
                       int32_t *duration, int32_t *distance)
{
    if (travel->legs != NULL) {
        const rn_leg *const leg = &travel->legs[rn_travel_slot(
            travel->legs, travel->leg_mask, from, to)];
        if (leg->from != RUNDE_NONE) {
            *duration = leg->duration;
            *distance = leg->duration < 0 ? RUNDE_UNREACHABLE : leg->distance;
            return;
        }
    }
    *duration = 0;
    *distance = 0;
    if (from == to) {
        return;
    }
    if (travel->points == NULL || !travel->points[from].is_known ||
        !travel->points[to].is_known) {
        *duration = RUNDE_UNREACHABLE;
        *distance = RUNDE_UNREACHABLE;
        return;
    }
    const double metres =
        rn_travel_metres(&travel->points[from], &travel->points[to]);
    /* Two entries of one house: nobody parks between them. */
    if (metres > 0.0) {
        rn_travel_by_bands(travel->bands, metres, duration, distance);
    }
}

bool rn_travel_default_model(runde_speed_model *out, const char *mode)
{
    static const runde_speed_model car = {sizeof car,
                                          90,
                                          4,
                                          {{1.0, 1.75, 26.0},
                                           {3.0, 1.55, 35.0},
                                           {10.0, 1.4, 48.0},
                                           {0.0, 1.4, 58.0}}};
    static const runde_speed_model bicycle = {
        sizeof bicycle, 60, 1, {{0.0, 1.35, 16.0}}};
    static const runde_speed_model walk = {
        sizeof walk, 30, 1, {{0.0, 1.3, 4.8}}};
    if (strcmp(mode, "car") == 0) {
        *out = car;
    } else if (strcmp(mode, "bicycle") == 0) {
        *out = bicycle;
    } else if (strcmp(mode, "walk") == 0) {
        *out = walk;
    } else {
        return false;
    }
    return true;
}
