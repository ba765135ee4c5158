/* SPDX-License-Identifier: MIT */
#include "roads/answer.h"

#include "roads/known.h"
#include "roads/scan.h"

#include <string.h>

#define DAY_MS 86400000
#define FAR_M 40000000
/* Steps of a coordinate, 180 degrees. */
#define HALF_CIRCLE 18000000

#define KEY_BYTES 24

/* What an answer has been found to say. */
typedef struct told {
    bool has_times;
    bool has_metres;
    bool has_code;
    const char *wrong; /* the first thing wrong, though it is JSON */
} told;

static bool note(told *t, const char *wrong)
{
    if (t->wrong == NULL) {
        t->wrong = wrong;
    }
    return false;
}

/* A cell: a number of `decimals`, or null. */
static bool read_cell(rn_scan *s, told *t, const int32_t form[2],
                      int32_t *value)
{
    if (rn_scan_null(s)) {
        *value = RN_NO_ROAD;
        return true;
    }
    const char c = rn_scan_peek(s);
    if (c != '-' && (c < '0' || c > '9')) {
        return note(t, "a cell that is neither a number nor null");
    }
    return rn_scan_number(s, form[0], form[1], value) ||
           note(t, "a cell that is negative, or more than a day or 40,000 km");
}

/* Rows of numbers; `form` is decimals and largest. */
static bool read_rows(rn_scan *s, told *t, const rn_answer *a,
                      const int32_t form[2], int32_t *cells)
{
    int32_t n = 0;
    if (rn_scan_peek(s) != '[' || !rn_scan_open(s, '[')) {
        return note(t, "a matrix that is not an array");
    }
    for (; rn_scan_element(s); n++) {
        int32_t m = 0;
        if (n == a->n_sources) {
            return note(t, "more rows than were asked for");
        }
        if (rn_scan_peek(s) != '[' || !rn_scan_open(s, '[')) {
            return note(t, "a row that is not an array");
        }
        for (; rn_scan_element(s); m++) {
            if (m == a->n_targets) {
                return note(t, "a row longer than was asked for");
            }
            if (!read_cell(s, t, form, cells++)) {
                return false;
            }
        }
        if (!s->is_bad && m != a->n_targets) {
            return note(t, "a row shorter than was asked for");
        }
    }
    if (!s->is_bad && n != a->n_sources) {
        return note(t, "fewer rows than were asked for");
    }
    return !s->is_bad;
}

static bool read_times(rn_scan *s, told *t, const rn_answer *a)
{
    static const int32_t seconds[2] = {3, DAY_MS};
    if (t->has_times) {
        return note(t, "two matrices of times");
    }
    t->has_times = true;
    return read_rows(s, t, a, seconds, a->ms);
}

static bool read_metres(rn_scan *s, told *t, const rn_answer *a,
                        int32_t decimals)
{
    const int32_t form[2] = {decimals, FAR_M};
    if (t->has_metres) {
        return note(t, "two matrices of distances");
    }
    t->has_metres = true;
    return read_rows(s, t, a, form, a->metres);
}

/* ---------------------------------------------------------- OSRM and ORS */

/* A place as the engine has put it on the road; null is not at all. */
static bool read_snap(rn_scan *s, told *t, const char *distance, int32_t *snap)
{
    char key[KEY_BYTES];
    if (rn_scan_null(s)) {
        return true;
    }
    if (rn_scan_peek(s) != '{' || !rn_scan_open(s, '{')) {
        return note(t, "a place that is not an object");
    }
    while (rn_scan_member(s, key, sizeof key)) {
        if (strcmp(key, distance) != 0) {
            if (!rn_scan_skip(s)) {
                return false;
            }
        } else if (!rn_scan_null(s) && !rn_scan_number(s, 0, FAR_M, snap)) {
            return note(t, "a place without a distance to its road");
        }
    }
    return !s->is_bad;
}

/* All of them; null is none told. */
static bool read_snaps(rn_scan *s, told *t, const char *distance, int32_t n,
                       int32_t *snap)
{
    int32_t i = 0;
    if (rn_scan_null(s)) {
        return true;
    }
    if (rn_scan_peek(s) != '[' || !rn_scan_open(s, '[')) {
        return note(t, "places that are not an array");
    }
    for (; rn_scan_element(s); i++) {
        if (i == n) {
            return note(t, "more places than were asked for");
        }
        if (!read_snap(s, t, distance, &snap[i])) {
            return false;
        }
    }
    return !s->is_bad;
}

static bool read_osrm_member(rn_scan *s, told *t, const rn_answer *a,
                             const char *key)
{
    char code[KEY_BYTES];
    if (strcmp(key, "code") == 0) {
        t->has_code = true;
        return rn_scan_string(s, code, sizeof code) &&
               (strcmp(code, "Ok") == 0 || note(t, "a code other than Ok"));
    }
    if (strcmp(key, "durations") == 0) {
        return read_times(s, t, a);
    }
    if (strcmp(key, "distances") == 0) {
        return read_metres(s, t, a, 0);
    }
    if (strcmp(key, "sources") == 0) {
        return read_snaps(s, t, "distance", a->n_sources, a->source_snap);
    }
    if (strcmp(key, "destinations") == 0) {
        return read_snaps(s, t, "distance", a->n_targets, a->target_snap);
    }
    return rn_scan_skip(s);
}

static bool read_ors_member(rn_scan *s, told *t, const rn_answer *a,
                            const char *key)
{
    t->has_code = true;
    if (strcmp(key, "durations") == 0) {
        return read_times(s, t, a);
    }
    if (strcmp(key, "distances") == 0) {
        return read_metres(s, t, a, 0);
    }
    if (strcmp(key, "sources") == 0) {
        return read_snaps(s, t, "snapped_distance", a->n_sources,
                          a->source_snap);
    }
    if (strcmp(key, "destinations") == 0) {
        return read_snaps(s, t, "snapped_distance", a->n_targets,
                          a->target_snap);
    }
    return rn_scan_skip(s);
}

static bool read_graphhopper_member(rn_scan *s, told *t, const rn_answer *a,
                                    const char *key)
{
    t->has_code = true;
    if (strcmp(key, "times") == 0) {
        return read_times(s, t, a);
    }
    if (strcmp(key, "distances") == 0) {
        return read_metres(s, t, a, 0);
    }
    return rn_scan_skip(s);
}

/* -------------------------------------------------------------- Valhalla */

/* One cell of a verbose answer. */
typedef struct long_cell {
    int32_t ms;
    int32_t metres;
    rn_address begin;
    rn_address end;
    int32_t found; /* bits: begin lat, lon, end lat, lon */
} long_cell;

static bool read_long_member(rn_scan *s, told *t, long_cell *cell,
                             const char *key)
{
    static const int32_t seconds[2] = {3, DAY_MS};
    static const int32_t kilometres[2] = {3, FAR_M};
    static const char *const names[4] = {"begin_lat", "begin_lon", "end_lat",
                                         "end_lon"};
    int32_t *const values[4] = {&cell->begin.lat, &cell->begin.lon,
                                &cell->end.lat, &cell->end.lon};
    if (strcmp(key, "time") == 0) {
        return read_cell(s, t, seconds, &cell->ms);
    }
    if (strcmp(key, "distance") == 0) {
        return read_cell(s, t, kilometres, &cell->metres);
    }
    for (int32_t i = 0; i < 4; i++) {
        if (strcmp(key, names[i]) == 0 && rn_scan_peek(s) != 'n') {
            cell->found |= 1 << i;
            return rn_scan_signed(s, 5, HALF_CIRCLE, values[i]) ||
                   note(t, "a coordinate that is none");
        }
    }
    return rn_scan_skip(s);
}

static void keep_snap(int32_t *snap, rn_address asked, rn_address found)
{
    if (*snap == RN_UNKNOWN) {
        *snap = rn_address_metres(asked, found);
    }
}

static bool read_long_cell(rn_scan *s, told *t, const rn_answer *a, int32_t i,
                           int32_t j)
{
    char key[KEY_BYTES];
    long_cell cell = {RN_UNKNOWN, RN_UNKNOWN, {0, 0}, {0, 0}, 0};
    if (rn_scan_peek(s) != '{' || !rn_scan_open(s, '{')) {
        return note(t, "a cell that is not an object");
    }
    while (rn_scan_member(s, key, sizeof key)) {
        if (!read_long_member(s, t, &cell, key)) {
            return false;
        }
    }
    if (s->is_bad) {
        return false;
    }
    if (cell.ms == RN_UNKNOWN) {
        return note(t, "a cell without a time");
    }
    const size_t at = (size_t)i * (size_t)a->n_targets + (size_t)j;
    a->ms[at] = cell.ms;
    a->metres[at] = cell.metres;
    if (cell.ms >= 0 && cell.found == 15) {
        keep_snap(&a->source_snap[i], a->source[i], cell.begin);
        keep_snap(&a->target_snap[j], a->target[j], cell.end);
    }
    return true;
}

static bool read_long_rows(rn_scan *s, told *t, const rn_answer *a)
{
    int32_t i = 0;
    if (!rn_scan_open(s, '[')) {
        return false;
    }
    for (; rn_scan_element(s); i++) {
        int32_t j = 0;
        if (i == a->n_sources) {
            return note(t, "more rows than were asked for");
        }
        if (rn_scan_peek(s) != '[' || !rn_scan_open(s, '[')) {
            return note(t, "a row that is not an array");
        }
        for (; rn_scan_element(s); j++) {
            if (j == a->n_targets) {
                return note(t, "a row longer than was asked for");
            }
            if (!read_long_cell(s, t, a, i, j)) {
                return false;
            }
        }
        if (!s->is_bad && j != a->n_targets) {
            return note(t, "a row shorter than was asked for");
        }
    }
    if (!s->is_bad && i != a->n_sources) {
        return note(t, "fewer rows than were asked for");
    }
    return !s->is_bad;
}

static bool read_short_member(rn_scan *s, told *t, const rn_answer *a,
                              const char *key)
{
    if (strcmp(key, "durations") == 0) {
        return read_times(s, t, a);
    }
    if (strcmp(key, "distances") == 0) {
        return read_metres(s, t, a, 3);
    }
    return rn_scan_skip(s);
}

static bool read_valhalla_member(rn_scan *s, told *t, const rn_answer *a,
                                 const char *key)
{
    char word[KEY_BYTES];
    t->has_code = true;
    if (strcmp(key, "units") == 0) {
        return rn_scan_string(s, word, sizeof word) &&
               (strcmp(word, "kilometers") == 0 || strcmp(word, "km") == 0 ||
                note(t, "units other than kilometres"));
    }
    if (strcmp(key, "sources_to_targets") != 0) {
        return rn_scan_skip(s);
    }
    if (rn_scan_peek(s) == '[') {
        if (t->has_times) {
            return note(t, "two matrices");
        }
        t->has_times = true;
        t->has_metres = true;
        return read_long_rows(s, t, a);
    }
    if (rn_scan_peek(s) != '{' || !rn_scan_open(s, '{')) {
        return note(t, "a matrix that is neither array nor object");
    }
    while (rn_scan_member(s, word, sizeof word)) {
        if (!read_short_member(s, t, a, word)) {
            return false;
        }
    }
    return !s->is_bad;
}

/* --------------------------------------------------------------- answers */

typedef bool (*read_member)(rn_scan *s, told *t, const rn_answer *a,
                            const char *key);

static void fill(int32_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        values[i] = RN_UNKNOWN;
    }
}

rn_reading rn_answer_read(rn_answer *answer, runde_roads_api api,
                          const char *text, size_t length, const char **wrong)
{
    static const read_member readers[RUNDE_ROADS_APIS] = {
        [RUNDE_ROADS_OSRM] = read_osrm_member,
        [RUNDE_ROADS_VALHALLA] = read_valhalla_member,
        [RUNDE_ROADS_ORS] = read_ors_member,
        [RUNDE_ROADS_GRAPHHOPPER] = read_graphhopper_member,
    };
    const size_t cells = (size_t)answer->n_sources * (size_t)answer->n_targets;
    rn_scan s = rn_scan_of(text, length);
    told t = {false, false, false, NULL};
    char key[KEY_BYTES];
    fill(answer->metres, cells);
    fill(answer->source_snap, (size_t)answer->n_sources);
    fill(answer->target_snap, (size_t)answer->n_targets);
    bool is_good = rn_scan_peek(&s) == '{' && rn_scan_open(&s, '{');
    while (is_good && rn_scan_member(&s, key, sizeof key)) {
        is_good = readers[api](&s, &t, answer, key);
    }
    *wrong = t.wrong;
    /* What is wrong at the very end may only be cut off. */
    if (t.wrong != NULL && s.at < s.end) {
        return RN_READING_WRONG;
    }
    if (!is_good || !rn_scan_end(&s)) {
        *wrong = "a text that is not JSON, or ends too early";
        return RN_READING_BROKEN;
    }
    if (!t.has_times || !t.has_code) {
        *wrong = t.has_times ? "no code" : "no matrix of times";
        return RN_READING_WRONG;
    }
    return RN_READING_GOOD;
}

/* --------------------------------------------------------------- reasons */

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* A string or a number, letters and digits of it. */
static void read_code(rn_scan *s, char *code, size_t size)
{
    char text[32] = "";
    int32_t value = 0;
    size_t n = 0;
    if (rn_scan_peek(s) == '"') {
        (void)rn_scan_string(s, text, sizeof text);
    } else if (rn_scan_number(s, 0, 999999, &value)) {
        for (int32_t unit = 100000; unit > 0; unit /= 10) {
            if (value >= unit || unit == 1) {
                text[n++] = (char)('0' + value / unit % 10);
            }
        }
        n = 0;
    }
    for (const char *c = text; *c != '\0' && n < size - 1; c++) {
        if (is_plain(*c)) {
            code[n++] = *c;
        }
    }
    code[n] = '\0';
}

/* "code" of OSRM, "error_code" of Valhalla, "error": {"code"} of ORS. */
static void find_code(rn_scan *s, int32_t depth, char *code, size_t size)
{
    char key[KEY_BYTES];
    if (rn_scan_peek(s) != '{' || !rn_scan_open(s, '{')) {
        return;
    }
    while (rn_scan_member(s, key, sizeof key)) {
        if (strcmp(key, "code") == 0 || strcmp(key, "error_code") == 0) {
            read_code(s, code, size);
        } else if (depth == 0 && strcmp(key, "error") == 0 &&
                   rn_scan_peek(s) == '{') {
            find_code(s, 1, code, size);
        } else if (!rn_scan_skip(s)) {
            return;
        }
    }
}

/* GraphHopper has sentences only. */
static bool says(const char *text, size_t length, const char *words)
{
    const size_t n = strlen(words);
    for (size_t i = 0; i + n <= length; i++) {
        if (memcmp(text + i, words, n) == 0) {
            return true;
        }
    }
    return false;
}

static rn_refusal by_code(runde_roads_api api, const char *code)
{
    static const struct {
        runde_roads_api api;
        const char *code;
        rn_refusal refusal;
    } codes[] = {
        {RUNDE_ROADS_OSRM, "TooBig", RN_REFUSAL_LARGE},
        {RUNDE_ROADS_OSRM, "NoSegment", RN_REFUSAL_ADDRESS},
        {RUNDE_ROADS_OSRM, "NoTable", RN_REFUSAL_FAR},
        {RUNDE_ROADS_VALHALLA, "150", RN_REFUSAL_LARGE},
        {RUNDE_ROADS_VALHALLA, "154", RN_REFUSAL_FAR},
        {RUNDE_ROADS_VALHALLA, "157", RN_REFUSAL_FAR},
        {RUNDE_ROADS_VALHALLA, "170", RN_REFUSAL_FAR},
        {RUNDE_ROADS_VALHALLA, "171", RN_REFUSAL_ADDRESS},
        {RUNDE_ROADS_VALHALLA, "430", RN_REFUSAL_FAR},
        {RUNDE_ROADS_VALHALLA, "442", RN_REFUSAL_FAR},
        {RUNDE_ROADS_ORS, "6004", RN_REFUSAL_LARGE},
        {RUNDE_ROADS_ORS, "6010", RN_REFUSAL_ADDRESS},
        {RUNDE_ROADS_ORS, "6020", RN_REFUSAL_FAR},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i].api == api && strcmp(codes[i].code, code) == 0) {
            return codes[i].refusal;
        }
    }
    return RN_REFUSAL_OTHER;
}

rn_reason rn_answer_reason(runde_roads_api api, long http_status, bool was_post,
                           const char *text, size_t length)
{
    rn_reason reason = {RN_REFUSAL_OTHER, ""};
    rn_scan s = rn_scan_of(text, length);
    find_code(&s, 0, reason.code, sizeof reason.code);
    if (http_status == 429 || http_status == 502 || http_status == 503 ||
        http_status == 504 ||
        (api == RUNDE_ROADS_VALHALLA && http_status >= 500)) {
        reason.refusal = RN_REFUSAL_LATER;
        return reason;
    }
    if (http_status == 413 || http_status == 414 || http_status == 431) {
        reason.refusal = RN_REFUSAL_LARGE;
        return reason;
    }
    if (http_status == 401 || http_status == 403) {
        return reason;
    }
    reason.refusal = by_code(api, reason.code);
    if (reason.refusal == RN_REFUSAL_OTHER && api == RUNDE_ROADS_GRAPHHOPPER &&
        http_status == 400 &&
        (says(text, length, "too many") || says(text, length, "Too many") ||
         says(text, length, "exceed"))) {
        reason.refusal = RN_REFUSAL_LARGE;
    }
    if (reason.refusal == RN_REFUSAL_OTHER && api == RUNDE_ROADS_OSRM &&
        was_post && http_status >= 400 && http_status < 500) {
        reason.refusal = RN_REFUSAL_POST;
    }
    return reason;
}
