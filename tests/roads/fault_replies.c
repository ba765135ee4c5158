/* SPDX-License-Identifier: MIT */
#include "fault_replies.h"

#include "fault_server.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_POINTS 400
#define MOST_REPLY (4 << 20)

enum api { OSRM, VALHALLA, ORS, GRAPHHOPPER };

/* A request, understood. */
typedef struct question {
    enum api api;
    bool is_post;
    bool is_verbose;
    const char *fault; /* the first part of the path */
    size_t fault_length;
    int n_sources;
    int n_targets;
    int32_t source[MOST_POINTS][2]; /* latitude, longitude in steps */
    int32_t target[MOST_POINTS][2];
} question;

/* A text being written. */
typedef struct paper {
    char *text;
    size_t length;
} paper;

static void put(paper *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void put(paper *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(p->text + p->length, MOST_REPLY - p->length, format,
                            arguments);
    va_end(arguments);
    p->length += n > 0 ? (size_t)n : 0;
}

int32_t fault_server_seconds(const int32_t from[2], const int32_t to[2])
{
    const int32_t north = to[0] - from[0];
    const int32_t east = to[1] - from[1];
    return 60 + abs(north) / 10 + abs(east) / 20 + (north > 0 ? 7 : 0) +
           (east > 0 ? 3 : 0);
}

int32_t fault_server_metres(const int32_t from[2], const int32_t to[2])
{
    return abs(to[0] - from[0]) + abs(to[1] - from[1]) / 2 +
           (to[0] > from[0] ? 11 : 0);
}

/* -------------------------------------------------------------- requests */

static int32_t steps(double degrees)
{
    return (int32_t)lround(degrees * 100000.0);
}

/* Numbers from `at` up to a character of `end`, two by two. */
static int read_points(const char *at, const char *end, bool lon_first,
                       int32_t points[][2])
{
    int n = 0;
    double first = 0.0;
    bool has_first = false;
    while (at < end && n < MOST_POINTS) {
        if (strchr("-0123456789", *at) == NULL) {
            at++;
            continue;
        }
        char *behind = NULL;
        const double value = strtod(at, &behind);
        at = behind;
        if (!has_first) {
            first = value;
        } else {
            points[n][0] = steps(lon_first ? value : first);
            points[n][1] = steps(lon_first ? first : value);
            n++;
        }
        has_first = !has_first;
    }
    return n;
}

/* The array under a key of the body: from behind its bracket to its end. */
static const char *find_array(const char *body, const char *key,
                              const char **end)
{
    char word[40];
    (void)snprintf(word, sizeof word, "\"%s\":[", key);
    const char *at = strstr(body, word);
    if (at == NULL) {
        return NULL;
    }
    at += strlen(word);
    int depth = 1;
    const char *c = at;
    for (; *c != '\0' && depth > 0; c++) {
        depth += *c == '[' ? 1 : *c == ']' ? -1 : 0;
    }
    *end = c;
    return at;
}

/* Chooses points by a list of indices; all of them without a list. */
static int choose(const char *at, const char *end, int32_t all[][2], int n,
                  int32_t points[][2])
{
    int m = 0;
    if (at == NULL) {
        memcpy(points, all, (size_t)n * sizeof *points);
        return n;
    }
    while (at < end && m < MOST_POINTS) {
        if (*at < '0' || *at > '9') {
            at++;
            continue;
        }
        char *behind = NULL;
        const long index = strtol(at, &behind, 10);
        at = behind;
        if (index < n) {
            memcpy(points[m++], all[index], sizeof *points);
        }
    }
    return m;
}

static void read_osrm_path(question *q, const char *path, const char *end)
{
    static const char marks[2][20] = {"&sources=", "&destinations="};
    int32_t all[MOST_POINTS][2];
    const char *at = strstr(path, "/table/v1/") + 10;
    at += strcspn(at, "/");
    const char *const query = memchr(at, '?', (size_t)(end - at));
    const int n = read_points(at, query == NULL ? end : query, true, all);
    const char *lists[2] = {NULL, NULL};
    const char *ends[2] = {end, end};
    for (int i = 0; i < 2; i++) {
        const char *const found = strstr(at, marks[i]);
        if (found != NULL && found < end) {
            lists[i] = found + strlen(marks[i]);
            ends[i] = lists[i] + strcspn(lists[i], "& ");
        }
    }
    q->n_sources = choose(lists[0], ends[0], all, n, q->source);
    q->n_targets = choose(lists[1], ends[1], all, n, q->target);
}

static void read_joint_body(question *q, const char *body, const char *key)
{
    int32_t all[MOST_POINTS][2];
    const char *end = NULL;
    const char *at = find_array(body, key, &end);
    const int n = at == NULL ? 0 : read_points(at, end, true, all);
    at = find_array(body, "sources", &end);
    q->n_sources = choose(at, end, all, n, q->source);
    at = find_array(body, "destinations", &end);
    q->n_targets = choose(at, end, all, n, q->target);
}

static void read_two_lists(question *q, const char *body,
                           const char *const keys[2], bool lon_first)
{
    const char *end = NULL;
    const char *at = find_array(body, keys[0], &end);
    q->n_sources = at == NULL ? 0 : read_points(at, end, lon_first, q->source);
    at = find_array(body, keys[1], &end);
    q->n_targets = at == NULL ? 0 : read_points(at, end, lon_first, q->target);
}

static void understand(question *q, const char *request)
{
    static const char *const valhalla[2] = {"sources", "targets"};
    static const char *const graphhopper[2] = {"from_points", "to_points"};
    const char *const path = strchr(request, '/');
    const char *const end = path + strcspn(path, " \r\n");
    const char *const body = strstr(request, "\r\n\r\n") + 4;
    memset(q, 0, sizeof *q);
    q->is_post = strncmp(request, "POST", 4) == 0;
    q->is_verbose = strstr(body, "\"verbose\":true") != NULL;
    q->fault = path + 1;
    q->fault_length = strcspn(path + 1, "/ ");
    const char *const found = strstr(path, "/table/v1/");
    if (found != NULL && found < end) {
        q->api = OSRM;
        if (q->is_post) {
            read_joint_body(q, body, "coordinates");
        } else {
            read_osrm_path(q, path, end);
        }
    } else if (strstr(path, "/sources_to_targets") != NULL) {
        q->api = VALHALLA;
        read_two_lists(q, body, valhalla, false);
    } else if (strstr(path, "/v2/matrix/") != NULL) {
        q->api = ORS;
        read_joint_body(q, body, "locations");
    } else {
        q->api = GRAPHHOPPER;
        read_two_lists(q, body, graphhopper, true);
    }
}

static bool plays(const question *q, const char *fault)
{
    return strlen(fault) == q->fault_length &&
           memcmp(q->fault, fault, q->fault_length) == 0;
}

/* --------------------------------------------------------------- matrices */

/* The fault "island": a point at a latitude that ends in ..13 is on one. */
static bool is_island(const int32_t point[2])
{
    return point[0] % 100 == 13;
}

/* Metres from the road: 800 for latitudes that end in ..17, 3,000 in ..19. */
static int snap_of(const question *q, const int32_t point[2])
{
    if (!plays(q, "snap")) {
        return 2;
    }
    return point[0] % 100 == 17 ? 800 : point[0] % 100 == 19 ? 3000 : 2;
}

static void put_cell(paper *p, const question *q, int i, int j, bool is_time)
{
    const int32_t *const from = q->source[i];
    const int32_t *const to = q->target[j];
    const int value = is_time ? fault_server_seconds(from, to)
                              : fault_server_metres(from, to);
    const bool is_first = i == 0 && j == 0;
    if (plays(q, "nulls") && is_island(from) != is_island(to)) {
        put(p, "null");
    } else if (plays(q, "string") && is_first) {
        put(p, "\"%d\"", value);
    } else if (plays(q, "negative") && is_first) {
        put(p, "-%d", value);
    } else if (plays(q, "huge") && is_first) {
        put(p, "1e300");
    } else if (plays(q, "day") && is_first) {
        put(p, "86400.6");
    } else if (plays(q, "nan") && is_first) {
        put(p, "NaN");
    } else if (plays(q, "object") && is_first) {
        put(p, "{}");
    } else if (!is_time && q->api == VALHALLA) {
        put(p, "%d.%03d", value / 1000, value % 1000);
    } else {
        put(p, is_time && q->api != VALHALLA ? "%d.0" : "%d", value);
    }
}

static void put_matrix(paper *p, const question *q, const char *key,
                       bool is_time)
{
    const int rows = q->n_sources + (plays(q, "rows")  ? 1
                                     : plays(q, "few") ? -1
                                                       : 0);
    put(p, "\"%s\":[", key);
    for (int i = 0; i < rows; i++) {
        const int at = i % q->n_sources;
        const int columns = q->n_targets + (plays(q, "long") && i > 0    ? 1
                                            : plays(q, "short") && i > 0 ? -1
                                                                         : 0);
        put(p, i == 0 ? "[" : ",[");
        for (int j = 0; j < columns; j++) {
            put(p, j == 0 ? "" : ",");
            put_cell(p, q, at, j % q->n_targets, is_time);
        }
        put(p, "]");
    }
    put(p, "]");
}

static void put_snaps(paper *p, const question *q, const char *key,
                      const char *distance, bool is_source)
{
    const int n = is_source ? q->n_sources : q->n_targets;
    put(p, ",\"%s\":[", key);
    for (int i = 0; i < n; i++) {
        const int32_t *const at = is_source ? q->source[i] : q->target[i];
        put(p,
            "%s{\"name\":\"Br\\u00fccke \\\"x\\\"\",\"location\":[9.5,47.1],"
            "\"%s\":%d.25}",
            i == 0 ? "" : ",", distance, snap_of(q, at));
    }
    put(p, "]");
}

static void put_verbose(paper *p, const question *q)
{
    put(p, "{\"sources_to_targets\":[");
    for (int i = 0; i < q->n_sources; i++) {
        put(p, i == 0 ? "[" : ",[");
        for (int j = 0; j < q->n_targets; j++) {
            put(p, "%s{\"from_index\":%d,\"to_index\":%d,\"time\":",
                j == 0 ? "" : ",", i, j);
            put_cell(p, q, i, j, true);
            put(p, ",\"distance\":");
            put_cell(p, q, i, j, false);
            /* 0.00899 degrees of latitude are a kilometre. */
            put(p,
                ",\"begin_lat\":%.5f,\"begin_lon\":%.5f,\"end_lat\":%.5f,"
                "\"end_lon\":%.5f}",
                q->source[i][0] / 1e5 + snap_of(q, q->source[i]) * 0.00000899,
                q->source[i][1] / 1e5,
                q->target[j][0] / 1e5 + snap_of(q, q->target[j]) * 0.00000899,
                q->target[j][1] / 1e5);
        }
        put(p, "]");
    }
    put(p, "],\"units\":\"kilometers\",\"algorithm\":\"costmatrix\"}");
}

static void put_answer(paper *p, const question *q)
{
    switch (q->api) {
    case OSRM:
        put(p, plays(q, "nocode")  ? "{"
               : plays(q, "other") ? "{\"code\":\"Other\","
                                   : "{\"code\":\"Ok\",");
        put_matrix(p, q, "durations", true);
        put(p, ",");
        put_matrix(p, q, "distances", false);
        put_snaps(p, q, "sources", "distance", true);
        put_snaps(p, q, "destinations", "distance", false);
        put(p, "}");
        break;
    case VALHALLA:
        if (q->is_verbose) {
            put_verbose(p, q);
            break;
        }
        put(p, "{\"sources_to_targets\":{");
        put_matrix(p, q, "durations", true);
        put(p, ",");
        put_matrix(p, q, "distances", false);
        put(p, "},\"units\":\"%s\"}",
            plays(q, "miles") ? "miles" : "kilometers");
        break;
    case ORS:
        put(p, "{");
        put_matrix(p, q, "durations", true);
        put(p, ",");
        put_matrix(p, q, "distances", false);
        put_snaps(p, q, "destinations", "snapped_distance", false);
        put_snaps(p, q, "sources", "snapped_distance", true);
        put(p, ",\"metadata\":{\"query\":{\"deep\":[[[]]]}}}");
        break;
    default:
        put(p, "{");
        put_matrix(p, q, "distances", false);
        put(p, ",");
        put_matrix(p, q, "times", true);
        put(p, ",\"info\":{\"copyrights\":[]},\"hints\":[]}");
        break;
    }
}

/* ------------------------------------------------------------------ replies */

/* A whole answer with its length. */
static bool reply(void *to, int status, const char *headers, const char *body,
                  size_t length)
{
    char head[512];
    const int n = snprintf(head, sizeof head,
                           "HTTP/1.1 %d Whatever\r\n%s"
                           "Content-Length: %zu\r\n\r\n",
                           status, headers, length);
    return fault_send(to, head, (size_t)n) && fault_send(to, body, length);
}

#define JSON "Content-Type: application/json; charset=utf-8\r\n"
#define HTML "Content-Type: text/html\r\n"

static bool reply_text(void *to, int status, const char *headers,
                       const char *body)
{
    return reply(to, status, headers, body, strlen(body));
}

/* What each API says when it wants less, finds no road near a point, or no
 * way between two. */
static bool reply_code(void *to, const question *q, const char *const codes[4])
{
    char body[120];
    if (q->api == ORS) {
        (void)snprintf(body, sizeof body,
                       "{\"error\":{\"code\":%s,\"message\":\"no\"}}",
                       codes[q->api]);
    } else if (q->api == OSRM) {
        (void)snprintf(body, sizeof body, "{\"code\":\"%s\"}", codes[q->api]);
    } else if (q->api == VALHALLA) {
        (void)snprintf(body, sizeof body,
                       "{\"error_code\":%s,\"error\":\"no\"}", codes[q->api]);
    } else {
        (void)snprintf(body, sizeof body, "{\"message\":\"%s\"}",
                       codes[q->api]);
    }
    return reply_text(to, 400, JSON, body);
}

/* Bits, lowest first. */
typedef struct bits {
    unsigned char *bytes;
    size_t n;
} bits;

static void put_bits(bits *b, unsigned value, int n)
{
    for (int i = 0; i < n; i++) {
        if (b->n % 8 == 0) {
            b->bytes[b->n / 8] = 0;
        }
        b->bytes[b->n / 8] = (unsigned char)(b->bytes[b->n / 8] |
                                             ((value >> i & 1U) << (b->n % 8)));
        b->n++;
    }
}

/* 100 MiB of blanks in gzip: one blank, then 258 as those before, again and
 * again. Length 258 is the code 11000101, distance 1 is 00000, both with the
 * highest bit first. */
static bool reply_bomb(void *to)
{
    enum { TIMES = 400000, BYTES = 800000 };
    static const unsigned char head[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    bits b = {malloc(BYTES), 0};
    if (b.bytes == NULL) {
        return false;
    }
    memcpy(b.bytes, head, sizeof head);
    b.n = 8 * sizeof head;
    put_bits(&b, 1, 1);    /* last block */
    put_bits(&b, 1, 2);    /* fixed codes */
    put_bits(&b, 0x0A, 8); /* ' ' is 0x50, mirrored */
    for (int i = 0; i < TIMES; i++) {
        put_bits(&b, 0xA3, 8);
        put_bits(&b, 0, 5);
    }
    put_bits(&b, 0, 7);
    const bool good = reply(to, 200, JSON "Content-Encoding: gzip\r\n",
                            (const char *)b.bytes, (b.n + 7) / 8);
    free(b.bytes);
    return good;
}

/* Chunks without end. */
static bool reply_flood(void *to)
{
    static const char head[] =
        "HTTP/1.1 200 OK\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n";
    char chunk[4096 + 16];
    memcpy(chunk, "1000\r\n", 6);
    memset(chunk + 6, ' ', 4096);
    memcpy(chunk + 6 + 4096, "\r\n", 2);
    bool good = fault_send(to, head, sizeof head - 1);
    while (good) {
        good = fault_send(to, chunk, 4096 + 8);
    }
    return false;
}

/* Header lines without end. */
static bool reply_heads(void *to)
{
    static const char first[] = "HTTP/1.1 200 OK\r\n";
    static const char line[] =
        "X-More: and more and more and more and more\r\n";
    bool good = fault_send(to, first, sizeof first - 1);
    while (good) {
        good = fault_send(to, line, sizeof line - 1);
    }
    return false;
}

static bool reply_drip(void *to, const char *text)
{
    bool good = true;
    for (const char *c = text; good && *c != '\0'; c++) {
        good = fault_send(to, c, 1) && fault_pause(to, 300);
    }
    return false;
}

static bool reply_deep(void *to)
{
    char body[4100] = "{\"a\":";
    memset(body + 5, '[', 4000);
    return reply_text(to, 200, JSON, body);
}

/* Faults of the connection; -1: the fault is another. */
static int play_line(void *to, const question *q, const paper *answer)
{
    const char *const text = answer->text;
    if (plays(q, "silent")) {
        return fault_pause(to, 60000) ? 0 : 0;
    }
    if (plays(q, "drip")) {
        return reply_drip(to,
                          "HTTP/1.1 200 OK\r\n" JSON "\r\n{\"code\":\"Ok\"");
    }
    if (plays(q, "together")) {
        /* Until four wait; ten seconds, lest a test hang. */
        for (int i = 0; i < 1000 && fault_most_open(to) < 4; i++) {
            if (!fault_pause(to, 10)) {
                return 0;
            }
        }
        return -1;
    }
    if (plays(q, "dawdle")) {
        return fault_pause(to, 20) ? -1 : 0;
    }
    if (plays(q, "empty")) {
        return 0;
    }
    if (plays(q, "reset")) {
        fault_reset(to);
        return 0;
    }
    if (plays(q, "garbage")) {
        (void)fault_send(to, "what?\r\n\r\n", 9);
        return 0;
    }
    if (plays(q, "flood")) {
        return reply_flood(to);
    }
    if (plays(q, "heads")) {
        return reply_heads(to);
    }
    if (plays(q, "bomb")) {
        return reply_bomb(to);
    }
    if (plays(q, "cut")) {
        char head[200];
        const int n =
            snprintf(head, sizeof head,
                     "HTTP/1.1 200 OK\r\n" JSON "Content-Length: %zu\r\n\r\n",
                     answer->length);
        (void)fault_send(to, head, (size_t)n);
        (void)fault_send(to, text, answer->length / 2);
        return 0;
    }
    if (plays(q, "truncated")) {
        static const char head[] =
            "HTTP/1.1 200 OK\r\n" JSON "Connection: close\r\n\r\n";
        (void)fault_send(to, head, sizeof head - 1);
        (void)fault_send(to, text, answer->length / 2);
        return 0;
    }
    return -1;
}

/* Faults of the status; -1: the fault is another. */
static int play_status(void *to, const question *q, int played)
{
    static const char page[] = "<html><body>Log in</body></html>";
    if (plays(q, "portal")) {
        return reply_text(to, 200, HTML, page);
    }
    if (plays(q, "nothing")) {
        return reply_text(to, 204, JSON, "");
    }
    if (plays(q, "redirect")) {
        char location[100];
        fault_location(to, location, sizeof location);
        return reply_text(to, 302, location, "");
    }
    if (plays(q, "key")) {
        return reply_text(to, 401, JSON, "{\"message\":\"key?\"}");
    }
    if (plays(q, "quota")) {
        return reply_text(to, 403, JSON, "{\"error\":\"Daily quota\"}");
    }
    if (plays(q, "lost")) {
        return reply_text(to, 404, HTML, page);
    }
    if (plays(q, "broken")) {
        return reply_text(to, 500, JSON, "{\"code\":\"\\u0007<x>\"}");
    }
    if (plays(q, "busy") || (plays(q, "hiccup") && played % 2 == 0)) {
        return reply_text(to, 503, HTML, page);
    }
    if (plays(q, "slowly") && played == 0) {
        return reply_text(to, 429, JSON "Retry-After: 1\r\n", "{}");
    }
    if (plays(q, "tomorrow")) {
        return reply_text(to, 429, JSON "Retry-After: 86400\r\n", "{}");
    }
    if (plays(q, "until") && played == 0) {
        return reply_text(to, 429,
                          JSON "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                               "X-RateLimit-Reset: 784111778\r\n",
                          "{}");
    }
    if (plays(q, "nopost") && q->is_post) {
        return reply_text(to, 405, HTML, page);
    }
    if (plays(q, "deep")) {
        return reply_deep(to);
    }
    return -1;
}

/* Faults of size and place; -1: the fault is another. */
static int play_place(void *to, const question *q)
{
    static const char *const large[4] = {"TooBig", "150", "6004",
                                         "Too many points"};
    static const char *const off[4] = {"NoSegment", "171", "6010", "-"};
    static const char *const far[4] = {"NoTable", "442", "6020", "-"};
    bool has_island = false;
    bool has_mainland = false;
    for (int i = 0; i < q->n_sources; i++) {
        has_island = has_island || is_island(q->source[i]);
        has_mainland = has_mainland || !is_island(q->source[i]);
    }
    for (int j = 0; j < q->n_targets; j++) {
        has_island = has_island || is_island(q->target[j]);
        has_mainland = has_mainland || !is_island(q->target[j]);
    }
    if (plays(q, "small") && q->n_sources * q->n_targets > 12) {
        return reply_code(to, q, large);
    }
    if (plays(q, "tiny") && q->n_sources * q->n_targets > 0) {
        return reply_code(to, q, large);
    }
    if (plays(q, "url") && q->n_sources + q->n_targets > 8) {
        return reply_text(to, 414, HTML, "<html>nginx</html>");
    }
    if (plays(q, "off") && has_island) {
        return reply_code(to, q, off);
    }
    if (plays(q, "sea") && has_island && has_mainland) {
        return reply_code(to, q, far);
    }
    return -1;
}

bool fault_reply(void *connection, const char *request, int played)
{
    question q;
    paper answer = {malloc(MOST_REPLY), 0};
    if (answer.text == NULL) {
        return false;
    }
    understand(&q, request);
    if (q.n_sources == 0 || q.n_targets == 0) {
        free(answer.text);
        return reply_text(connection, 400, JSON,
                          "{\"code\":\"NotUnderstood\"}");
    }
    put_answer(&answer, &q);
    int goes_on = play_line(connection, &q, &answer);
    goes_on = goes_on < 0 ? play_status(connection, &q, played) : goes_on;
    goes_on = goes_on < 0 ? play_place(connection, &q) : goes_on;
    if (goes_on < 0) {
        goes_on = reply(connection, 200, JSON, answer.text, answer.length);
    }
    if (plays(&q, "close")) {
        goes_on = 0; /* says nothing about it, as OSRM after 5 s */
    }
    free(answer.text);
    return goes_on != 0;
}
