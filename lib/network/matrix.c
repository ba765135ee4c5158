/* SPDX-License-Identifier: MIT */
/* Places that are the same become one spot, the spots are swept, and gaps are
 * dealt with. */
#include "base/alloc.h"
#include "base/diag.h"
#include "model/travel.h"
#include "network/approach.h"
#include "network/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACES_MAX 32767
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

/* Places without a road from or to one place. */
typedef struct cut {
    int32_t all;   /* pairs that it is part of */
    int32_t to;    /* of those told of it: ways out */
    int32_t from;  /* ways in */
    int32_t other; /* the first of them */
} cut;

/* One call. */
typedef struct inquiry {
    rn_approach by;
    const runde_place *places;
    int32_t n;
    runde_diag *diag;
    bool *is_kept; /* by node: some place stands next to it */
    address *addresses;
    int32_t *spot_of;  /* by place */
    int32_t *first_of; /* by spot: the first of its places in `listed` */
    int32_t *listed;   /* places by spot */
    rn_spot *spots;    /* different coordinates */
    int32_t n_spots;
    rn_hierarchy hierarchy;
    runde_network_travel *travel;
} inquiry;

/* ----------------------------------------------------------------- spots */

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

static void make_spot(const inquiry *q, rn_spot *spot, int32_t place)
{
    const rn_foot foot = rn_approach_place(&q->by, spot, &q->places[place]);
    q->travel->offset[place] = foot.metres;
    for (int side = 0; side < 2 && spot->node[0] != RUNDE_NONE; side++) {
        q->is_kept[spot->node[side]] = true;
    }
}

/* One spot for all places with the same coordinates; places without any have
 * one each. Spots are numbered along the map's south-north axis. */
static void make_spots(inquiry *q)
{
    for (int32_t p = 0; p < q->n; p++) {
        const runde_place *const place = &q->places[p];
        const bool is_known = rn_approach_knows(place);
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
    const int64_t tick = q->by.options.tick_ms;
    const int64_t access = (int64_t)q->by.options.access_s * 1000;
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
    const bool is_error = q->by.options.gaps == RUNDE_GAP_ERROR;
    const char *const id = q->places[place].id;
    rn_diag_add(q->diag, is_error ? RUNDE_ERROR : RUNDE_WARNING,
                codes[!is_error], rn_at("/places/%d", place).text,
                "place \"%s\" %s%s", id != NULL ? id : "", what,
                done[q->by.options.gaps]);
}

/* Whether the place is on the network; says so when it is not. */
static bool tell_place(const inquiry *q, int32_t place)
{
    static const char *const unknown[] = {"RUNDE-E708", "RUNDE-W709"};
    static const char *const far[] = {"RUNDE-E710", "RUNDE-W711"};
    if (!rn_approach_knows(&q->places[place])) {
        tell(q, place, unknown, "has no coordinates");
        return false;
    }
    const double offset = q->travel->offset[place];
    if (offset < 0.0) {
        tell(q, place, far, "has no road that the mode may use");
        return false;
    }
    if (offset <= q->by.options.snap_limit_m) {
        return true;
    }
    char what[120];
    (void)snprintf(what, sizeof what,
                   "is %s m from the nearest road, the limit is %s m",
                   rn_decimal_of(offset, 0).text,
                   rn_decimal_of(q->by.options.snap_limit_m, 0).text);
    tell(q, place, far, what);
    return false;
}

static bool is_on_network(const inquiry *q, int32_t place)
{
    return q->spots[q->spot_of[place]].node[0] != RUNDE_NONE;
}

/* Says with how many others a place has no road. */
static void tell_cut_off(const inquiry *q, int32_t place, const cut *missing)
{
    static const char *const cut_off[] = {"RUNDE-E712", "RUNDE-W713"};
    char what[400];
    const char *const id = q->places[missing->other].id;
    (void)snprintf(what, sizeof what,
                   "has no road of at most 24 h to %d place%s and from %d, "
                   "\"%.200s\" among them",
                   missing->to, missing->to == 1 ? "" : "s", missing->from,
                   id != NULL ? id : "");
    tell(q, place, cut_off, what);
}

/* Calls `visit` for each pair on the network without a road. */
static void each_missing(const inquiry *q,
                         void (*visit)(cut *cuts, int32_t from, int32_t to),
                         cut *cuts)
{
    for (int32_t from = 0; from < q->n; from++) {
        const int32_t *const row =
            q->travel->durations + (size_t)from * (size_t)q->n;
        for (int32_t to = 0; is_on_network(q, from) && to < q->n; to++) {
            if (row[to] < 0 && is_on_network(q, to)) {
                visit(cuts, from, to);
            }
        }
    }
}

static void count_missing(cut *cuts, int32_t from, int32_t to)
{
    cuts[from].all++;
    cuts[to].all++;
}

/* A pair is told of the place that has more of them: when one is cut off
 * from a hundred, that is one finding. */
static void assign_missing(cut *cuts, int32_t from, int32_t to)
{
    const bool is_of_to = cuts[to].all > cuts[from].all;
    cut *const one = &cuts[is_of_to ? to : from];
    if (one->to + one->from == 0) {
        one->other = is_of_to ? from : to;
    }
    one->to += !is_of_to;
    one->from += is_of_to;
}

static runde_status tell_missing(const inquiry *q)
{
    cut *const cuts = rn_calloc((size_t)q->n, sizeof *cuts);
    if (cuts == NULL) {
        return RUNDE_E_NOMEM;
    }
    each_missing(q, count_missing, cuts);
    each_missing(q, assign_missing, cuts);
    for (int32_t p = 0; p < q->n; p++) {
        if (cuts[p].to + cuts[p].from > 0) {
            tell_cut_off(q, p, &cuts[p]);
        }
    }
    rn_free(cuts);
    return RUNDE_OK;
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
    (void)rn_travel_default_model(&model, q->by.options.mode);
    const rn_bands bands = rn_travel_bands(&model, q->by.options.tick_ms);
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
        const runde_status status = tell_missing(q);
        if (status != RUNDE_OK) {
            return status;
        }
        is_whole = false;
    }
    if (is_whole || q->by.options.gaps == RUNDE_GAP_FORBID) {
        return RUNDE_OK;
    }
    return q->by.options.gaps == RUNDE_GAP_ESTIMATE ? estimate(q)
                                                    : RUNDE_E_INVALID;
}

/* ----------------------------------------------------------------- the call */

static bool allocate(inquiry *q)
{
    const size_t n = (size_t)q->n;
    const runde_network *const network = q->by.network;
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
    return q->is_kept != NULL && q->addresses != NULL && q->spot_of != NULL &&
           q->first_of != NULL && q->listed != NULL && q->spots != NULL &&
           travel->durations != NULL && travel->distances != NULL &&
           travel->offset != NULL;
}

static void release(inquiry *q)
{
    rn_approach_close(&q->by);
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
    if (!allocate(q) || !rn_approach_open(&q->by)) {
        return RUNDE_E_NOMEM;
    }
    make_spots(q);
    runde_status status =
        rn_hierarchy_make(&q->hierarchy, q->by.network,
                          (const rn_span(*)[2])q->by.lane, q->is_kept);
    if (status == RUNDE_OK) {
        const rn_sweep sweep = {&q->hierarchy,           q->spots,  q->n_spots,
                                q->by.options.n_threads, write_row, q};
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
    q.places = places;
    q.n = n;
    q.diag = diag;
    if (!rn_approach_accepts(&q.by, network, options)) {
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
