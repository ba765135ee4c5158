/* SPDX-License-Identifier: MIT */
/* Places and travel modes. */
#include "base/alloc.h"
#include "base/rng.h"
#include "model/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FAR_KM 200
#define TRIANGLES 10000
#define TRIANGLE_SLACK 5 /* per cent */
#define FASTEST_KMH 300.0
#define SLOWEST_KMH 0.1
#define LARGEST_DETOUR 10.0
#define LONGEST_LEG_M 40000000

/* ------------------------------------------------------------- places */

static rn_decimal degrees(double angle)
{
    return rn_decimal_of(angle, 5);
}

static rn_where place_at(int32_t p)
{
    return rn_at("/places/%d", (int)p);
}

static bool review_coordinates(const rn_review *review, int32_t p)
{
    const runde_place *const place =
        rn_problem_row(review->problem, RN_PLACES, p);
    if (!(fabs(place->lat) <= 90.0) || !(fabs(place->lon) <= 180.0)) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E123", place_at(p).text,
                    "place \"%s\" lies at latitude %s, longitude %s, "
                    "beyond 90 or 180 degrees",
                    place->id, degrees(place->lat).text,
                    degrees(place->lon).text);
        return false;
    }
    if (place->lat >= 4.0 && place->lat <= 32.0 && place->lon >= 57.0 &&
        place->lon <= 72.0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E124", place_at(p).text,
                    "place \"%s\" looks swapped: latitude %s, longitude "
                    "%s",
                    place->id, degrees(place->lat).text,
                    degrees(place->lon).text);
        return false;
    }
    /* Stated as 0 or left at 0, not computed: equality is meant. */
    if (place->lat >= 0.0 && place->lat <= 0.0 && place->lon >= 0.0 &&
        place->lon <= 0.0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W125", place_at(p).text,
                    "place \"%s\" lies at 0, 0 in the Gulf of Guinea",
                    place->id);
        return false;
    }
    return true;
}

static bool is_norway(const runde_place *place)
{
    const double lat = place->lat;
    const double lon = place->lon;
    return (lat >= 57.0 && lat <= 72.0 && lon >= 4.0 && lon <= 32.0) ||
           (lat >= 74.0 && lat <= 81.0 && lon >= 10.0 && lon <= 35.0);
}

/* Told once, and only where the clock is the Norwegian one: with a slip of
 * the comma all places may be wrong. */
static void review_abroad(const rn_review *review)
{
    const char *const zone = review->problem->settings.time_zone;
    int32_t n_abroad = 0;
    const runde_place *first = NULL;
    int32_t index = 0;
    if (zone == NULL || strcmp(zone, "Europe/Oslo") != 0) {
        return;
    }
    for (int32_t p = 0; p < review->n[RN_PLACES]; p++) {
        const runde_place *const place =
            rn_problem_row(review->problem, RN_PLACES, p);
        if (!rn_travel_point(place).is_known || is_norway(place)) {
            continue;
        }
        index = first == NULL ? p : index;
        first = first == NULL ? place : first;
        n_abroad++;
    }
    if (first != NULL) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W128",
                    place_at(index).text,
                    "%d of %d places, this one first, lie outside Norway: "
                    "\"%s\" at latitude %s, longitude %s",
                    (int)n_abroad, (int)review->n[RN_PLACES], first->id,
                    degrees(first->lat).text, degrees(first->lon).text);
    }
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int32_t n)
{
    qsort(values, (size_t)n, sizeof *values, compare_doubles);
    return values[n / 2];
}

static void review_far(const rn_review *review, const runde_place *middle)
{
    const rn_point centre = rn_travel_point(middle);
    for (int32_t p = 0; p < review->n[RN_PLACES]; p++) {
        const runde_place *const place =
            rn_problem_row(review->problem, RN_PLACES, p);
        const rn_point point = rn_travel_point(place);
        if (!point.is_known) {
            continue;
        }
        const double metres = rn_travel_metres(&centre, &point);
        if (metres > FAR_KM * 1000.0) {
            rn_diag_add(
                review->diag, RUNDE_WARNING, "RUNDE-W126", place_at(p).text,
                "place \"%s\" lies %s km from the median of the "
                "places, more than %d",
                place->id, rn_decimal_of(metres / 1000.0, 0).text, FAR_KM);
        }
    }
}

runde_status rn_review_places(rn_review *review)
{
    const int32_t n = review->n[RN_PLACES];
    double *const lat = rn_calloc((size_t)n, sizeof *lat);
    double *const lon = rn_calloc((size_t)n, sizeof *lon);
    runde_status status = RUNDE_E_NOMEM;
    if (lat == NULL || lon == NULL) {
        goto done;
    }
    int32_t known = 0;
    for (int32_t p = 0; p < n; p++) {
        const runde_place *const place =
            rn_problem_row(review->problem, RN_PLACES, p);
        if (place->has_coordinates && review_coordinates(review, p)) {
            lat[known] = place->lat;
            lon[known++] = place->lon;
        }
    }
    review_abroad(review);
    if (known > 0) {
        runde_place middle = RUNDE_PLACE_INIT;
        middle.has_coordinates = true;
        middle.lat = median(lat, known);
        middle.lon = median(lon, known);
        review_far(review, &middle);
    }
    status = RUNDE_OK;

done:
    rn_free(lat);
    rn_free(lon);
    return status;
}

/* ------------------------------------------------------------ matrices */

/* Counts cells that fail, and says the first. */
typedef struct bad_cells {
    const char *code;
    const char *what;
    int64_t n;
    int32_t from;
    int32_t to;
    int32_t value;
} bad_cells;

static void count_cell(bad_cells *bad, int32_t from, int32_t to, int32_t value)
{
    if (bad->n++ == 0) {
        bad->from = from;
        bad->to = to;
        bad->value = value;
    }
}

static void report_cells(const rn_review *review, const bad_cells *bad,
                         runde_severity severity, const char *pointer)
{
    if (bad->n > 0) {
        rn_diag_add(review->diag, severity, bad->code, pointer,
                    "from place %d to place %d the matrix has %d, %s (%lld "
                    "such cells)",
                    (int)bad->from, (int)bad->to, (int)bad->value, bad->what,
                    (long long)bad->n);
    }
}

static bool review_cells(const rn_review *review, const int32_t *cells,
                         int32_t longest, const char *pointer)
{
    const int32_t n = review->n[RN_PLACES];
    bad_cells negative = {"RUNDE-E404", "negative but not -1", 0, 0, 0, 0};
    bad_cells large = {
        "RUNDE-E405", "longer than a day or 40000 km", 0, 0, 0, 0};
    bad_cells diagonal = {"RUNDE-W406", "not 0 on the diagonal", 0, 0, 0, 0};
    for (int32_t from = 0; from < n; from++) {
        const int32_t *const line = cells + (size_t)from * (size_t)n;
        for (int32_t to = 0; to < n; to++) {
            const int32_t cell = line[to];
            if (cell < RUNDE_UNREACHABLE) {
                count_cell(&negative, from, to, cell);
            } else if (cell > longest) {
                count_cell(&large, from, to, cell);
            } else if (from == to && cell != 0) {
                count_cell(&diagonal, from, to, cell);
            }
        }
    }
    report_cells(review, &negative, RUNDE_ERROR, pointer);
    report_cells(review, &large, RUNDE_ERROR, pointer);
    report_cells(review, &diagonal, RUNDE_WARNING, pointer);
    return negative.n == 0 && large.n == 0;
}

/* Answers of road engines break the inequality by rounding; 5 % and a minute
 * is no rounding. A sample tells. */
static void review_triangles(const rn_review *review, const int32_t *cells,
                             const char *pointer)
{
    const uint32_t n = (uint32_t)review->n[RN_PLACES];
    const int64_t minute = 60000 / review->tick_ms + 1;
    bad_cells broken = {"RUNDE-W407", "", 0, 0, 0, 0};
    rn_rng rng;
    rn_rng_init(&rng, n, 0);
    for (int i = 0; n > 2 && i < TRIANGLES; i++) {
        const uint32_t a = rn_rng_below(&rng, n);
        const uint32_t b = rn_rng_below(&rng, n);
        const uint32_t c = rn_rng_below(&rng, n);
        const int64_t direct = cells[(size_t)a * n + c];
        const int64_t first = cells[(size_t)a * n + b];
        const int64_t second = cells[(size_t)b * n + c];
        if (a == b || b == c || first < 0 || second < 0 || direct < 0) {
            continue;
        }
        const int64_t around = first + second;
        if (direct > around + minute &&
            direct * 100 > around * (100 + TRIANGLE_SLACK)) {
            count_cell(&broken, (int32_t)a, (int32_t)c, (int32_t)direct);
        }
    }
    if (broken.n > 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, broken.code, pointer,
                    "%lld of %d sampled detours are more than %d %% shorter "
                    "than the direct way, as from place %d to place %d with "
                    "%d",
                    (long long)broken.n, TRIANGLES, TRIANGLE_SLACK,
                    (int)broken.from, (int)broken.to, (int)broken.value);
    }
}

static void review_matrix(const rn_review *review, const rn_mode *mode,
                          int32_t m)
{
    const int32_t n = review->n[RN_PLACES];
    if (mode->matrix.n != n) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E403",
                    rn_at("/travel_modes/%d/durations", (int)m).text,
                    "the matrix of mode \"%s\" is for %d places, the problem "
                    "has %d",
                    mode->id, (int)mode->matrix.n, (int)n);
        return;
    }
    const rn_where at = rn_at("/travel_modes/%d/durations", (int)m);
    if (review_cells(review, mode->matrix.durations, review->day, at.text)) {
        review_triangles(review, mode->matrix.durations, at.text);
    }
    if (mode->matrix.distances != NULL) {
        review_cells(review, mode->matrix.distances, LONGEST_LEG_M,
                     rn_at("/travel_modes/%d/distances", (int)m).text);
    }
}

/* -------------------------------------------------------------- models */

static bool is_between(double value, double least, double most)
{
    return value >= least && value <= most;
}

static void review_bands(const rn_review *review, const rn_mode *mode,
                         int32_t m)
{
    double reached = 0.0;
    for (int32_t b = 0; b < mode->model.n_bands; b++) {
        const double up_to = mode->model.band[b].up_to_km;
        const rn_where at =
            rn_at("/travel_modes/%d/speed_model/bands/%d", (int)m, (int)b);
        if (!is_between(mode->model.band[b].detour, 1.0, LARGEST_DETOUR) ||
            !is_between(mode->model.band[b].speed_kmh, SLOWEST_KMH,
                        FASTEST_KMH)) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E408", at.text,
                        "detour %s and %s km/h must be from 1 to 10 and from "
                        "0.1 to 300",
                        rn_decimal_of(mode->model.band[b].detour, 3).text,
                        rn_decimal_of(mode->model.band[b].speed_kmh, 3).text);
        }
        if (b < mode->model.n_bands - 1 && !(up_to > reached && up_to < 1e6)) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E408", at.text,
                        "the band reaches to %s km, the one before to %s",
                        rn_decimal_of(up_to, 3).text,
                        rn_decimal_of(reached, 3).text);
        }
        reached = up_to;
    }
}

static void review_model(const rn_review *review, const rn_mode *mode,
                         int32_t m)
{
    const rn_where at = rn_at("/travel_modes/%d/speed_model", (int)m);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E408", "the access time in seconds",
                          RN_BETWEEN(mode->model.access_s, 0, 86400), at.text);
    if (RN_REVIEW_RANGE(review, "RUNDE-E408", "the number of bands",
                        RN_BETWEEN(mode->model.n_bands, 1, RUNDE_SPEED_BANDS),
                        at.text)) {
        review_bands(review, mode, m);
    }
}

static void review_known(const rn_review *review, const rn_mode *mode)
{
    int32_t n_missing = 0;
    int32_t missing = 0;
    for (int32_t p = review->n[RN_PLACES] - 1; p >= 0; p--) {
        const runde_place *const place =
            rn_problem_row(review->problem, RN_PLACES, p);
        if (!place->has_coordinates) {
            n_missing++;
            missing = p;
        }
    }
    if (n_missing > 0) {
        rn_diag_add(
            review->diag, RUNDE_ERROR, "RUNDE-E402", place_at(missing).text,
            "place \"%s\" has no coordinates, which mode \"%s\" needs "
            "without a matrix (%d such places)",
            rn_review_id(review, RN_PLACES, missing), mode->id, (int)n_missing);
    }
}

static void review_legs(const rn_review *review, const rn_mode *mode, int32_t m)
{
    for (int32_t i = 0; i < mode->n_legs; i++) {
        const rn_leg *const leg = &mode->legs[i];
        const rn_where at = rn_at("/travel_modes/%d/legs/%d", (int)m, (int)i);
        (void)RN_REVIEW_REF(review, RN_PLACES, leg->from, at.text);
        (void)RN_REVIEW_REF(review, RN_PLACES, leg->to, at.text);
        (void)RN_REVIEW_RANGE(
            review, "RUNDE-E409", "the duration of the leg",
            RN_BETWEEN(leg->duration, RUNDE_UNREACHABLE, review->day), at.text);
        (void)RN_REVIEW_RANGE(
            review, "RUNDE-E409", "the length of the leg",
            RN_BETWEEN(leg->distance, RUNDE_UNREACHABLE, LONGEST_LEG_M),
            at.text);
    }
}

static void review_estimates(const rn_review *review, const rn_mode *mode,
                             int32_t m)
{
    const rn_where at = rn_at("/travel_modes/%d/estimated", (int)m);
    if (mode->n_guesses > 0 && !mode->has_matrix) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E410", at.text,
                    "mode \"%s\" marks %d legs as estimated but has no "
                    "matrix: by a speed model all legs are estimates",
                    mode->id, (int)mode->n_guesses);
        return;
    }
    for (int32_t i = 0; i < mode->n_guesses; i++) {
        if (!RN_REVIEW_REF(review, RN_PLACES, mode->guesses[i].from, at.text) ||
            !RN_REVIEW_REF(review, RN_PLACES, mode->guesses[i].to, at.text)) {
            return;
        }
    }
}

/* The first shift that drives by a mode, or RUNDE_NONE. */
static int32_t user_of(const rn_review *review, int32_t mode)
{
    for (int32_t s = 0; s < review->n[RN_SHIFTS]; s++) {
        const runde_shift *const shift =
            rn_problem_row(review->problem, RN_SHIFTS, s);
        if (shift->mode == mode) {
            return s;
        }
    }
    return RUNDE_NONE;
}

void rn_review_travel(rn_review *review)
{
    for (int32_t m = 0; m < review->n[RN_MODES]; m++) {
        const rn_mode *const mode =
            rn_problem_row(review->problem, RN_MODES, m);
        const int32_t user = user_of(review, m);
        review_legs(review, mode, m);
        review_estimates(review, mode, m);
        if (mode->has_matrix) {
            review_matrix(review, mode, m);
        } else if (mode->has_model) {
            review_model(review, mode, m);
            if (user != RUNDE_NONE) {
                review_known(review, mode);
            }
        } else if (user != RUNDE_NONE) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E401",
                        rn_at("/travel_modes/%d", (int)m).text,
                        "mode \"%s\" of shift \"%s\" has neither a matrix nor "
                        "a speed model",
                        mode->id, rn_review_id(review, RN_SHIFTS, user));
        }
    }
}
