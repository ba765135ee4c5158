/* SPDX-License-Identifier: MIT */
/* The public calls: options judged, answers made into a matrix. */
#include <runde/roads.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "io/text.h"
#include "roads/ask.h"
#include "roads/book.h"
#include "roads/cache.h"
#include "roads/fetch.h"
#include "roads/http.h"
#include "roads/known.h"

#include <string.h>

#define DEFAULT_CONNECTIONS 4
#define DEFAULT_TRIES 3
#define DEFAULT_WARN_M 500
#define DEFAULT_FAR_M 2000
#define DEFAULT_BYTES ((int64_t)64 << 20)
#define DEFAULT_DEADLINE 600.0
#define DEFAULT_PATIENCE 30.0
#define LONGEST_WORD 200

struct runde_roads {
    runde_travel_times times;
    runde_roads_summary summary;
    int32_t *durations;
    int32_t *distances;
    uint8_t *estimated;
};

/* A call under way. */
typedef struct call {
    const runde_problem *problem;
    int32_t mode;
    runde_roads_options options; /* defaults filled in */
    rn_manner manner;
    char *server; /* without slashes at the end */
    char *source; /* what the cache calls it */
    rn_book book;
    rn_table table;
    runde_roads *out;
    runde_diag *diag;
} call;

const char *runde_roads_api_name(runde_roads_api api)
{
    static const char *const names[RUNDE_ROADS_APIS] = {
        [RUNDE_ROADS_OSRM] = "osrm",
        [RUNDE_ROADS_VALHALLA] = "valhalla",
        [RUNDE_ROADS_ORS] = "ors",
        [RUNDE_ROADS_GRAPHHOPPER] = "graphhopper",
    };
    return (int)api >= 0 && api < RUNDE_ROADS_APIS ? names[api] : NULL;
}

/* ---------------------------------------------------------------- options */

static runde_status refuse(call *c, const char *what, const char *wrong)
{
    rn_diag_add(c->diag, RUNDE_ERROR, "RUNDE-E731", "", "%s: %s", what, wrong);
    return RUNDE_E_ARGUMENT;
}

/* Letters, digits and what else may stand in a word of a URL or header. */
static bool is_word(const char *text, const char *others)
{
    const size_t n = strlen(text);
    if (n == 0 || n > LONGEST_WORD) {
        return false;
    }
    for (const char *c = text; *c != '\0'; c++) {
        const bool is_plain = (*c >= '0' && *c <= '9') ||
                              (*c >= 'a' && *c <= 'z') ||
                              (*c >= 'A' && *c <= 'Z');
        if (!is_plain && strchr(others, *c) == NULL) {
            return false;
        }
    }
    return true;
}

static void fill_int(int32_t *value, int32_t fallback)
{
    *value = *value == 0 ? fallback : *value;
}

static void fill_seconds(double *value, double fallback)
{
    *value = *value > 0.0 || *value < 0.0 ? *value : fallback;
}

static runde_status judge_numbers(call *c)
{
    runde_roads_options *const o = &c->options;
    fill_int(&o->connections, DEFAULT_CONNECTIONS);
    fill_int(&o->tries, DEFAULT_TRIES);
    fill_int(&o->warn_metres, DEFAULT_WARN_M);
    fill_int(&o->far_metres, DEFAULT_FAR_M);
    fill_seconds(&o->deadline, DEFAULT_DEADLINE);
    fill_seconds(&o->patience, DEFAULT_PATIENCE);
    o->max_bytes = o->max_bytes == 0 ? DEFAULT_BYTES : o->max_bytes;
    if (o->connections < 1 || o->connections > RN_HTTP_SLOTS) {
        return refuse(c, "connections", "from 1 to 16 are possible");
    }
    if (o->block < 0 || o->block > 10000) {
        return refuse(c, "block", "from 1 to 10,000 places are possible");
    }
    if (o->tries < 1 || o->tries > 100 || o->warn_metres < 1 ||
        o->far_metres < 1 || o->max_bytes < 1 ||
        o->max_bytes > (int64_t)1 << 40) {
        return refuse(c, "tries, metres and bytes", "they must be above 0");
    }
    if (!(o->deadline > 0.0) || !(o->patience > 0.0) || o->deadline > 1e7 ||
        o->patience > 1e7) {
        return refuse(c, "deadline and patience", "they are seconds, above 0");
    }
    return RUNDE_OK;
}

static runde_status judge_words(call *c)
{
    const runde_roads_options *const o = &c->options;
    if (runde_roads_api_name(o->api) == NULL || o->nulls < RUNDE_ROADS_ERROR ||
        o->nulls > RUNDE_ROADS_FORBID) {
        return refuse(c, "api or nulls", "there is no such one");
    }
    const char *const wrong = o->server == NULL
                                  ? "it is missing"
                                  : rn_http_judge(o->server, o->allow_http);
    if (wrong != NULL) {
        return refuse(c, "the address of the server", wrong);
    }
    if (c->manner.profile == NULL) {
        return refuse(c, "profile",
                      "modes other than car, bicycle and walk need the name "
                      "that the engine has for them");
    }
    if (!is_word(c->manner.profile, "-_")) {
        return refuse(c, "profile", "it holds letters that no profile has");
    }
    if (o->key != NULL && !is_word(o->key, "-_.~=")) {
        return refuse(c, "key", "it holds letters that no key has");
    }
    return RUNDE_OK;
}

/* The server without slashes at its end, and all that an answer depends on
 * as one text. */
static runde_status name_source(call *c)
{
    rn_text server;
    rn_text source;
    size_t n = strlen(c->options.server);
    while (n > 0 && c->options.server[n - 1] == '/') {
        n--;
    }
    rn_text_init(&server);
    rn_text_init(&source);
    rn_text_raw(&server, c->options.server, n);
    rn_text_puts(&source, runde_roads_api_name(c->options.api));
    rn_text_puts(&source, " ");
    rn_text_raw(&source, c->options.server, n);
    rn_text_puts(&source, " ");
    rn_text_puts(&source, c->manner.profile);
    runde_status status = rn_text_take(&server, &c->server, NULL);
    if (status == RUNDE_OK) {
        status = rn_text_take(&source, &c->source, NULL);
    } else {
        rn_text_free(&source);
    }
    c->manner.server = c->server;
    return status;
}

static runde_status judge_options(call *c)
{
    const runde_roads_options *const o = &c->options;
    runde_status status = judge_numbers(c);
    if (status != RUNDE_OK) {
        return status;
    }
    c->manner.api = o->api;
    c->manner.key = o->key;
    c->manner.post = o->post;
    c->manner.concise = o->concise;
    c->manner.profile = o->profile;
    if (o->profile == NULL && runde_roads_api_name(o->api) != NULL) {
        c->manner.profile =
            rn_ask_profile(o->api, runde_problem_mode(c->problem, c->mode));
    }
    status = judge_words(c);
    return status == RUNDE_OK ? name_source(c) : status;
}

/* --------------------------------------------------------------- asking */

static runde_status ask(call *c)
{
    runde_roads_summary *const sum = &c->out->summary;
    runde_roads_progress done = {.size = sizeof done};
    const char *const cache = c->options.cache;
    runde_status status = rn_table_new(&c->table, c->book.n);
    if (status == RUNDE_OK && cache != NULL) {
        status = rn_cache_load(&c->table, &c->book, cache, c->source, c->diag);
    }
    if (status != RUNDE_OK) {
        return status;
    }
    done.pairs = rn_table_count_unknown(&c->table);
    sum->pairs = (int64_t)c->book.n * (c->book.n - 1);
    sum->cached = sum->pairs - done.pairs;
    if (done.pairs > 0) {
        status = rn_fetch(&c->table, &c->book, &c->manner, &c->options, &done,
                          c->diag);
    }
    sum->requests = done.requests;
    sum->retries = done.retries;
    sum->unanswered = rn_table_count_unknown(&c->table);
    /* Also when nothing was asked: which addresses are in use is kept. */
    if (cache != NULL && status != RUNDE_E_NOMEM &&
        ((status == RUNDE_OK && sum->unanswered == 0) || done.pairs_done > 0)) {
        const runde_status saved =
            rn_cache_save(&c->table, &c->book, cache, c->source, c->diag);
        status = status == RUNDE_OK ? saved : status;
    }
    return status;
}

/* -------------------------------------------------------------- judging */

static bool is_lost(const call *c, int32_t address)
{
    return c->table.footing[address] == RN_FOOTING_NONE ||
           c->table.snap[address] > c->options.far_metres;
}

static void say_lost(const call *c, int32_t address)
{
    const int32_t place = c->book.first[address];
    const bool is_error = c->options.nulls == RUNDE_ROADS_ERROR;
    const rn_where at = rn_at("/places/%d", (int)place);
    const char *const id = runde_problem_place(c->problem, place)->id;
    if (c->table.footing[address] == RN_FOOTING_NONE) {
        rn_diag_add(c->diag, is_error ? RUNDE_ERROR : RUNDE_WARNING,
                    is_error ? "RUNDE-E740" : "RUNDE-W742", at.text,
                    "the engine finds no road near place \"%s\"", id);
    } else {
        rn_diag_add(c->diag, is_error ? RUNDE_ERROR : RUNDE_WARNING,
                    is_error ? "RUNDE-E740" : "RUNDE-W742", at.text,
                    "place \"%s\" lies %d m from the nearest road, more than "
                    "%d: no road leads there",
                    id, (int)c->table.snap[address],
                    (int)c->options.far_metres);
    }
}

/* Places near no road, by the order of the file; cells that they are part of
 * become ways that are not there. */
static runde_status judge_places(call *c)
{
    rn_table *const t = &c->table;
    int32_t lost = 0;
    for (int32_t p = 0; p < c->book.n_places; p++) {
        const int32_t a = c->book.of_place[p];
        if (c->book.first[a] != p) {
            continue;
        }
        if (is_lost(c, a)) {
            say_lost(c, a);
            lost++;
        } else if (t->snap[a] > c->options.warn_metres) {
            rn_diag_add(c->diag, RUNDE_WARNING, "RUNDE-W741",
                        rn_at("/places/%d", (int)p).text,
                        "place \"%s\" lies %d m from the nearest road",
                        runde_problem_place(c->problem, p)->id,
                        (int)t->snap[a]);
        }
        for (int32_t b = 0; b < t->n; b++) {
            if (b != a && (is_lost(c, a) || is_lost(c, b))) {
                t->ms[rn_table_cell(t, a, b)] = RN_NO_ROAD;
            }
        }
    }
    if (lost > 0 && lost == t->n && t->n > 1) {
        rn_diag_add(c->diag, RUNDE_ERROR, "RUNDE-E740", "/places",
                    "none of the %d places is near a road: does the map of "
                    "this server cover them?",
                    (int)t->n);
        return RUNDE_E_INVALID;
    }
    return lost > 0 && c->options.nulls == RUNDE_ROADS_ERROR ? RUNDE_E_INVALID
                                                             : RUNDE_OK;
}

/* Pairs without a way; refused if that is the wish. */
static runde_status judge_pairs(call *c)
{
    const rn_table *const t = &c->table;
    int32_t first[2] = {0, 0};
    int64_t n = 0;
    for (int32_t a = 0; a < t->n; a++) {
        for (int32_t b = 0; b < t->n; b++) {
            if (t->ms[rn_table_cell(t, a, b)] != RN_NO_ROAD) {
                continue;
            }
            const int32_t p = c->book.first[a];
            if (n == 0 || p < first[0] ||
                (p == first[0] && c->book.first[b] < first[1])) {
                first[0] = p;
                first[1] = c->book.first[b];
            }
            n++;
        }
    }
    c->out->summary.no_road = n;
    if (n == 0 || c->options.nulls != RUNDE_ROADS_ERROR) {
        return RUNDE_OK;
    }
    rn_diag_add(c->diag, RUNDE_ERROR, "RUNDE-E739",
                rn_at("/places/%d", (int)first[0]).text,
                "the engine finds no way from place \"%s\" to place \"%s\" "
                "(%lld such pairs of %lld): estimate such legs, or forbid "
                "them",
                runde_problem_place(c->problem, first[0])->id,
                runde_problem_place(c->problem, first[1])->id, (long long)n,
                (long long)c->out->summary.pairs);
    return RUNDE_E_INVALID;
}

/* -------------------------------------------------------------- the matrix */

/* A problem of nothing but the places and the mode, by its speed model: it
 * estimates as the library itself does. */
static runde_status make_estimator(runde_problem **out, call *c)
{
    const runde_problem *const p = c->problem;
    const runde_speed_model *const model =
        runde_problem_speed_model(p, c->mode);
    runde_settings settings = RUNDE_SETTINGS_INIT;
    runde_problem *e = NULL;
    settings.tick_ms = runde_problem_settings(p)->tick_ms;
    runde_status status = runde_problem_new(&e, &settings, NULL);
    for (int32_t i = 0; status == RUNDE_OK && i < c->book.n_places; i++) {
        status = runde_problem_add_place(e, runde_problem_place(p, i), NULL);
    }
    if (status == RUNDE_OK) {
        status =
            runde_problem_add_mode(e, runde_problem_mode(p, c->mode), NULL);
    }
    if (status == RUNDE_OK && model != NULL) {
        status = runde_problem_set_speed_model(e, 0, model);
    }
    if (status == RUNDE_OK && runde_problem_speed_model(e, 0) == NULL) {
        rn_diag_add(c->diag, RUNDE_ERROR, "RUNDE-E743",
                    rn_at("/travel_modes/%d", (int)c->mode).text,
                    "mode \"%s\" has no speed model to estimate legs with",
                    runde_problem_mode(p, c->mode));
        status = RUNDE_E_INVALID;
    }
    if (status == RUNDE_OK) {
        status = runde_problem_seal(e, NULL);
    }
    if (status != RUNDE_OK) {
        runde_problem_free(e);
        e = NULL;
    }
    *out = e;
    return status;
}

static int32_t ticks_of(int32_t ms, int32_t tick_ms)
{
    return (int32_t)(((int64_t)ms + tick_ms / 2) / tick_ms);
}

static void fill_cell(call *c, const runde_problem *estimator, int32_t from,
                      int32_t to)
{
    const size_t at = (size_t)from * (size_t)c->book.n_places + (size_t)to;
    const size_t cell =
        rn_table_cell(&c->table, c->book.of_place[from], c->book.of_place[to]);
    const int32_t ms = c->table.ms[cell];
    const int32_t metres = c->table.metres[cell];
    int32_t *const duration = &c->out->durations[at];
    int32_t *const distance = &c->out->distances[at];
    if (ms >= 0) {
        const int32_t tick_ms = runde_problem_settings(c->problem)->tick_ms;
        *duration = ticks_of(ms, tick_ms == 0 ? 1000 : tick_ms);
        *distance = metres < 0 ? 0 : metres;
    } else if (ms == RN_UNKNOWN || c->options.nulls == RUNDE_ROADS_ESTIMATE) {
        runde_problem_travel(estimator, 0, from, to, duration, distance);
        c->out->estimated[at] = *duration >= 0 ? 1 : 0;
        c->out->summary.estimated += *duration >= 0 ? 1 : 0;
    } else {
        *duration = RUNDE_UNREACHABLE;
        *distance = RUNDE_UNREACHABLE;
    }
}

static runde_status make_matrix(call *c)
{
    const int32_t n = c->book.n_places;
    const size_t cells = (size_t)n * (size_t)n;
    runde_roads *const out = c->out;
    runde_problem *estimator = NULL;
    runde_status status = RUNDE_OK;
    out->durations = rn_realloc_array(NULL, cells, sizeof *out->durations);
    out->distances = rn_realloc_array(NULL, cells, sizeof *out->distances);
    out->estimated = rn_calloc(cells, sizeof *out->estimated);
    if (out->durations == NULL || out->distances == NULL ||
        out->estimated == NULL) {
        return RUNDE_E_NOMEM;
    }
    if (out->summary.unanswered > 0 ||
        (out->summary.no_road > 0 &&
         c->options.nulls == RUNDE_ROADS_ESTIMATE)) {
        status = make_estimator(&estimator, c);
    }
    for (int32_t from = 0; status == RUNDE_OK && from < n; from++) {
        for (int32_t to = 0; to < n; to++) {
            fill_cell(c, estimator, from, to);
        }
    }
    runde_problem_free(estimator);
    out->times = (runde_travel_times){
        sizeof out->times,
        c->mode,
        {sizeof out->times.matrix, n, out->durations, out->distances},
        out->summary.estimated > 0 ? out->estimated : NULL};
    return status;
}

/* ------------------------------------------------------------ the calls */

static runde_status fetch(call *c)
{
    const double begin = rn_clock_seconds();
    c->out = rn_calloc(1, sizeof *c->out);
    if (c->out == NULL) {
        return RUNDE_E_NOMEM;
    }
    c->out->summary.size = sizeof c->out->summary;
    runde_status status = judge_options(c);
    if (status == RUNDE_OK) {
        status = rn_book_open(&c->book, c->problem, c->diag);
    }
    status = status == RUNDE_OK ? ask(c) : status;
    status = status == RUNDE_OK ? judge_places(c) : status;
    status = status == RUNDE_OK ? judge_pairs(c) : status;
    status = status == RUNDE_OK ? make_matrix(c) : status;
    c->out->summary.seconds = rn_clock_seconds() - begin;
    return status;
}

runde_status runde_roads_fetch(runde_roads **out, const runde_problem *problem,
                               int32_t mode, const runde_roads_options *options,
                               runde_diag *diag)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL || runde_problem_mode(problem, mode) == NULL ||
        options == NULL || options->size != sizeof *options ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    call c;
    memset(&c, 0, sizeof c);
    c.problem = problem;
    c.mode = mode;
    c.options = *options;
    c.diag = diag;
    const runde_status status = fetch(&c);
    if (status == RUNDE_OK) {
        *out = c.out;
    } else {
        runde_roads_free(c.out);
    }
    rn_table_free(&c.table);
    rn_book_close(&c.book);
    rn_free(c.server);
    rn_free(c.source);
    return status;
}

const runde_travel_times *runde_roads_times(const runde_roads *roads)
{
    return roads == NULL ? NULL : &roads->times;
}

const runde_roads_summary *runde_roads_summary_of(const runde_roads *roads)
{
    return roads == NULL ? NULL : &roads->summary;
}

void runde_roads_free(runde_roads *roads)
{
    if (roads == NULL) {
        return;
    }
    rn_free(roads->durations);
    rn_free(roads->distances);
    rn_free(roads->estimated);
    rn_free(roads);
}
