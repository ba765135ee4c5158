/* SPDX-License-Identifier: MIT */
/* Options, places onto the roads, the sweep, and what is done about gaps. */
#include "base/alloc.h"
#include "base/diag.h"
#include "model/travel.h"
#include "network/nearest.h"
#include "network/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACES_MAX 32767
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

struct runde_network_travel {
    runde_matrix matrix;
    int32_t *durations;
    int32_t *distances;
    uint8_t *estimated; /* NULL: none */
    double *offset;     /* by place, metres */
    int64_t n_estimated;
};

/* A place in order of its coordinates, for finding equal ones. */
typedef struct address {
    double lat;
    double lon;
    int32_t place;
} address;

/* One call. */
typedef struct inquiry {
    const runde_network *network;
    const runde_place *places;
    int32_t n;
    runde_network_options options; /* defaults filled in */
    int32_t mode;
    runde_diag *diag;
    rn_span (*lane)[2]; /* by road */
    bool *is_kept;      /* by node: some place stands next to it */
    address *addresses;
    int32_t *spot_of;  /* by place */
    int32_t *first_of; /* by spot: the first of its places in `listed` */
    int32_t *listed;   /* places by spot */
    rn_spot *spots;    /* different coordinates */
    int32_t n_spots;
    rn_hierarchy hierarchy;
    runde_network_travel *travel;
} inquiry;

/* --------------------------------------------------------------- options */

static bool is_between(double value, double low, double high)
{
    return value >= low && value <= high; /* false for NaN */
}

static bool fill_options(inquiry *q, const runde_network_options *options)
{
    const runde_network_options none = RUNDE_NETWORK_OPTIONS_INIT;
    runde_network_options *const o = &q->options;
    *o = options != NULL ? *options : none;
    const char *const mode = o->mode != NULL ? o->mode : "car";
    q->mode = 0;
    while (q->mode < MODES && strcmp(mode, mode_defaults[q->mode].name) != 0) {
        q->mode++;
    }
    if (o->size != sizeof *o || q->mode == MODES) {
        return false;
    }
    const mode_default *const usual = &mode_defaults[q->mode];
    o->mode = usual->name;
    o->speed_kmh = o->speed_kmh == 0.0 ? usual->speed_kmh : o->speed_kmh;
    o->offset_kmh = o->offset_kmh == 0.0 ? usual->offset_kmh : o->offset_kmh;
    o->snap_limit_m = o->snap_limit_m == 0.0 ? SNAP_LIMIT_M : o->snap_limit_m;
    o->tick_ms = o->tick_ms == 0 ? TICK_MS : o->tick_ms;
    o->n_threads = o->n_threads == 0 ? 1 : o->n_threads;
    return (q->mode == MODE_CAR || is_between(o->speed_kmh, 0.1, 300.0)) &&
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

static void fill_lanes(inquiry *q)
{
    const double kmh = q->options.speed_kmh;
    for (int32_t r = 0; r < q->network->n_roads; r++) {
        const rn_road *const road = &q->network->roads[r];
        for (int side = 0; side < 2; side++) {
            const rn_lane *const lane = &road->lane[side];
            q->lane[r][side] = q->mode == MODE_CAR ? lane->car
                               : q->mode == MODE_BICYCLE
                                   ? span_of_length(lane->bicycle_dm, kmh)
                                   : span_of_length(walk_length(road), kmh);
        }
    }
}

/* ----------------------------------------------------------------- spots */

static bool is_inside(const runde_place *place)
{
    return place->has_coordinates && is_between(place->lat, -90.0, 90.0) &&
           is_between(place->lon, -180.0, 180.0);
}

static int by_coordinates(const void *a, const void *b)
{
    const address *const x = a;
    const address *const y = b;
    if (x->lat < y->lat || x->lat > y->lat) {
        return x->lat < y->lat ? -1 : 1;
    }
    if (x->lon < y->lon || x->lon > y->lon) {
        return x->lon < y->lon ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
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
static void stand(const inquiry *q, rn_spot *spot, const rn_foot *foot)
{
    const rn_road *const road = &q->network->roads[foot->road];
    const rn_span *const lane = q->lane[foot->road];
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
    q->is_kept[spot->node[0]] = true;
    q->is_kept[spot->node[1]] = true;
}

static void make_spot(const inquiry *q, rn_spot *spot, int32_t place)
{
    const rn_spot nowhere = {{RUNDE_NONE, RUNDE_NONE},
                             {RN_SPAN_NONE, RN_SPAN_NONE},
                             {RN_SPAN_NONE, RN_SPAN_NONE},
                             RUNDE_NONE,
                             0.0,
                             0};
    const runde_place *const at = &q->places[place];
    *spot = nowhere;
    q->travel->offset[place] = -1.0;
    if (!is_inside(at)) {
        return;
    }
    const rn_foot foot =
        rn_nearest(q->network, (const rn_span(*)[2])q->lane, at->lat, at->lon);
    q->travel->offset[place] = foot.metres;
    if (foot.road != RUNDE_NONE && foot.metres <= q->options.snap_limit_m) {
        stand(q, spot, &foot);
        spot->offset = span_at(foot.metres * 10.0, q->options.offset_kmh);
    }
}

/* One spot for all places with the same coordinates; places without any have
 * one each. Spots are numbered along the map's south-north axis. */
static void make_spots(inquiry *q)
{
    for (int32_t p = 0; p < q->n; p++) {
        const runde_place *const place = &q->places[p];
        const bool is_known = is_inside(place);
        const address one = {is_known ? place->lat : 1000.0,
                             is_known ? place->lon : (double)p, p};
        q->addresses[p] = one;
    }
    if (q->n > 0) {
        qsort(q->addresses, (size_t)q->n, sizeof *q->addresses, by_coordinates);
    }
    for (int32_t i = 0; i < q->n; i++) {
        const address *const one = &q->addresses[i];
        const address *const before = i > 0 ? one - 1 : NULL;
        const bool is_new =
            before == NULL || before->lat < one->lat || before->lon < one->lon;
        if (is_new) {
            make_spot(q, &q->spots[q->n_spots], one->place);
            q->first_of[q->n_spots] = i;
            q->n_spots++;
        } else {
            q->travel->offset[one->place] = q->travel->offset[before->place];
        }
        q->spot_of[one->place] = q->n_spots - 1;
        q->listed[i] = one->place;
    }
    q->first_of[q->n_spots] = q->n;
}

/* ----------------------------------------------------------------- answer */

/* A sweep's row becomes the rows of all places there. */
static void write_row(void *payload, int32_t from, const rn_span *spans)
{
    const inquiry *const q = payload;
    const int64_t tick = q->options.tick_ms;
    const int64_t access = (int64_t)q->options.access_s * 1000;
    for (int32_t i = q->first_of[from]; i < q->first_of[from + 1]; i++) {
        const size_t row = (size_t)q->listed[i] * (size_t)q->n;
        for (int32_t to = 0; to < q->n; to++) {
            const int32_t spot = q->spot_of[to];
            const rn_span span = spans[spot];
            const int64_t ms = rn_span_ms(span) + (spot != from ? access : 0);
            const bool is_way = ms <= RN_SPAN_LONGEST_MS;
            q->travel->durations[row + (size_t)to] =
                is_way ? (int32_t)((ms + tick / 2) / tick) : RUNDE_UNREACHABLE;
            q->travel->distances[row + (size_t)to] =
                is_way ? (int32_t)((rn_span_dm(span) + 5) / 10)
                       : RUNDE_UNREACHABLE;
        }
    }
}

/* ------------------------------------------------------------------- gaps */

/* A finding about a place: an error under RUNDE_GAP_ERROR, else a warning
 * that says what was done. */
static void tell(const inquiry *q, int32_t place, const char *const codes[2],
                 const char *what)
{
    static const char *const done[] = {
        "", "; its legs are estimated where they can be",
        "; its legs are forbidden"};
    const bool is_error = q->options.gaps == RUNDE_GAP_ERROR;
    const char *const id = q->places[place].id;
    rn_diag_add(q->diag, is_error ? RUNDE_ERROR : RUNDE_WARNING,
                codes[!is_error], rn_at("/places/%d", place).text,
                "place \"%s\" %s%s", id != NULL ? id : "", what,
                done[q->options.gaps]);
}

/* Whether the place is on the network; says so when it is not. */
static bool tell_place(const inquiry *q, int32_t place)
{
    static const char *const unknown[] = {"RUNDE-E708", "RUNDE-W709"};
    static const char *const far[] = {"RUNDE-E710", "RUNDE-W711"};
    if (!is_inside(&q->places[place])) {
        tell(q, place, unknown, "has no coordinates");
        return false;
    }
    const double offset = q->travel->offset[place];
    if (offset < 0.0) {
        tell(q, place, far, "has no road that the mode may use");
        return false;
    }
    if (offset <= q->options.snap_limit_m) {
        return true;
    }
    char what[120];
    (void)snprintf(what, sizeof what,
                   "is %s m from the nearest road, the limit is %s m",
                   rn_decimal_of(offset, 0).text,
                   rn_decimal_of(q->options.snap_limit_m, 0).text);
    tell(q, place, far, what);
    return false;
}

static bool is_on_network(const inquiry *q, int32_t place)
{
    return q->spots[q->spot_of[place]].node[0] != RUNDE_NONE;
}

/* Says to how many places on the network no road leads. */
static void tell_cut_off(const inquiry *q, int32_t from)
{
    static const char *const cut_off[] = {"RUNDE-E712", "RUNDE-W713"};
    const int32_t *const row =
        q->travel->durations + (size_t)from * (size_t)q->n;
    int32_t n = 0;
    int32_t first = 0;
    for (int32_t to = 0; to < q->n; to++) {
        if (row[to] < 0 && is_on_network(q, to)) {
            first = n == 0 ? to : first;
            n++;
        }
    }
    if (n > 0) {
        char what[400];
        const char *const id = q->places[first].id;
        (void)snprintf(what, sizeof what,
                       "has no road of at most 24 h to %d place%s, \"%.200s\" "
                       "%samong them",
                       n, n > 1 ? "s" : "", id != NULL ? id : "",
                       n > 1 ? "" : "alone ");
        tell(q, from, cut_off, what);
    }
}

static int64_t count_gaps(const inquiry *q)
{
    const size_t n = (size_t)q->n;
    int64_t gaps = 0;
    for (size_t i = 0; i < n * n; i++) {
        gaps += q->travel->durations[i] < 0;
    }
    return gaps;
}

static void estimate_row(const inquiry *q, const rn_bands *bands,
                         const rn_point *points, int32_t from)
{
    runde_network_travel *const travel = q->travel;
    for (int32_t to = 0; to < q->n; to++) {
        const size_t cell = (size_t)from * (size_t)q->n + (size_t)to;
        if (travel->durations[cell] >= 0 || !points[from].is_known ||
            !points[to].is_known) {
            continue;
        }
        const double metres = rn_travel_metres(&points[from], &points[to]);
        travel->durations[cell] = 0;
        travel->distances[cell] = 0;
        if (metres > 0.0) {
            rn_travel_by_bands(bands, metres, &travel->durations[cell],
                               &travel->distances[cell]);
        }
        travel->estimated[cell] = travel->durations[cell] >= 0;
        travel->n_estimated += travel->estimated[cell];
    }
}

static runde_status estimate(const inquiry *q)
{
    const size_t n = (size_t)q->n;
    runde_speed_model model;
    (void)rn_travel_default_model(&model, q->options.mode);
    const rn_bands bands = rn_travel_bands(&model, q->options.tick_ms);
    rn_point *const points = rn_calloc(n, sizeof *points);
    q->travel->estimated = rn_calloc(n * n, sizeof *q->travel->estimated);
    runde_status status = RUNDE_E_NOMEM;
    if (points != NULL && q->travel->estimated != NULL) {
        for (int32_t p = 0; p < q->n; p++) {
            points[p] = rn_travel_point(&q->places[p]);
        }
        for (int32_t from = 0; from < q->n; from++) {
            estimate_row(q, &bands, points, from);
        }
        status = RUNDE_OK;
    }
    rn_free(points);
    return status;
}

static runde_status fill_gaps(const inquiry *q)
{
    bool is_whole = true;
    for (int32_t p = 0; p < q->n; p++) {
        is_whole &= tell_place(q, p);
    }
    if (count_gaps(q) > 0) {
        for (int32_t p = 0; p < q->n; p++) {
            if (is_on_network(q, p)) {
                tell_cut_off(q, p);
            }
        }
        is_whole = false;
    }
    if (is_whole || q->options.gaps == RUNDE_GAP_FORBID) {
        return RUNDE_OK;
    }
    return q->options.gaps == RUNDE_GAP_ESTIMATE ? estimate(q)
                                                 : RUNDE_E_INVALID;
}

/* ----------------------------------------------------------------- the call */

static bool allocate(inquiry *q)
{
    const size_t n = (size_t)q->n;
    const runde_network *const network = q->network;
    q->lane = rn_calloc((size_t)network->n_roads, sizeof *q->lane);
    q->is_kept = rn_calloc((size_t)network->n_nodes, sizeof *q->is_kept);
    q->addresses = rn_calloc(n, sizeof *q->addresses);
    q->spot_of = rn_calloc(n, sizeof *q->spot_of);
    q->first_of = rn_calloc(n + 1, sizeof *q->first_of);
    q->listed = rn_calloc(n, sizeof *q->listed);
    q->spots = rn_calloc(n, sizeof *q->spots);
    runde_network_travel *const travel = rn_calloc(1, sizeof *travel);
    q->travel = travel;
    if (travel == NULL) {
        return false;
    }
    travel->durations = rn_calloc(n * n, sizeof *travel->durations);
    travel->distances = rn_calloc(n * n, sizeof *travel->distances);
    travel->offset = rn_calloc(n, sizeof *travel->offset);
    const runde_matrix matrix = {sizeof matrix, q->n, travel->durations,
                                 travel->distances};
    travel->matrix = matrix;
    return q->lane != NULL && q->is_kept != NULL && q->addresses != NULL &&
           q->spot_of != NULL && q->first_of != NULL && q->listed != NULL &&
           q->spots != NULL && travel->durations != NULL &&
           travel->distances != NULL && travel->offset != NULL;
}

static void release(inquiry *q)
{
    rn_free(q->lane);
    rn_free(q->is_kept);
    rn_free(q->addresses);
    rn_free(q->spot_of);
    rn_free(q->first_of);
    rn_free(q->listed);
    rn_free(q->spots);
    rn_hierarchy_free(&q->hierarchy);
}

static runde_status answer(inquiry *q)
{
    if (!allocate(q)) {
        return RUNDE_E_NOMEM;
    }
    fill_lanes(q);
    make_spots(q);
    runde_status status = rn_hierarchy_make(
        &q->hierarchy, q->network, (const rn_span(*)[2])q->lane, q->is_kept);
    if (status == RUNDE_OK) {
        const rn_sweep sweep = {&q->hierarchy,        q->spots,  q->n_spots,
                                q->options.n_threads, write_row, q};
        status = rn_sweep_all(&sweep);
    }
    return status == RUNDE_OK ? fill_gaps(q) : status;
}

runde_status runde_network_matrix(runde_network_travel **out,
                                  const runde_network *network,
                                  const runde_place *places, int32_t n,
                                  const runde_network_options *options,
                                  runde_diag *diag)
{
    if (out == NULL || network == NULL || n < 0 || (places == NULL && n > 0) ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    rn_diag_start(diag);
    inquiry q;
    memset(&q, 0, sizeof q);
    q.network = network;
    q.places = places;
    q.n = n;
    q.diag = diag;
    if (!fill_options(&q, options)) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t p = 0; p < n; p++) {
        if (places[p].size != sizeof *places) {
            return RUNDE_E_ARGUMENT;
        }
    }
    if (n > PLACES_MAX) {
        return RUNDE_E_LIMIT;
    }
    const runde_status status = answer(&q);
    release(&q);
    if (status != RUNDE_OK) {
        runde_network_travel_free(q.travel);
        return status;
    }
    *out = q.travel;
    return RUNDE_OK;
}

void runde_network_travel_free(runde_network_travel *travel)
{
    if (travel != NULL) {
        rn_free(travel->durations);
        rn_free(travel->distances);
        rn_free(travel->estimated);
        rn_free(travel->offset);
        rn_free(travel);
    }
}

const runde_matrix *
runde_network_travel_matrix(const runde_network_travel *travel)
{
    return travel != NULL ? &travel->matrix : NULL;
}

const uint8_t *
runde_network_travel_estimated(const runde_network_travel *travel)
{
    return travel != NULL ? travel->estimated : NULL;
}

int64_t runde_network_travel_n_estimated(const runde_network_travel *travel)
{
    return travel != NULL ? travel->n_estimated : 0;
}

double runde_network_travel_offset(const runde_network_travel *travel,
                                   int32_t place)
{
    return travel != NULL && place >= 0 && place < travel->matrix.n
               ? travel->offset[place]
               : -1.0;
}
