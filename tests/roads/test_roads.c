/* SPDX-License-Identifier: MIT */
/* Answers, refusals and options; what servers do wrong is in
 * test_road_faults.c. */
#include "base/faults.h"
#include "scene_roads.h"

#include <runde/json.h>

#include <sys/stat.h>
#include <unistd.h>

static fault_server *server;

/* Asks, expects success, and gives the answer; free it. */
static runde_roads *fetch(const runde_problem *p, const runde_roads_options *o)
{
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = runde_roads_fetch(&roads, p, 0, o, &diag);
    if (status != RUNDE_OK) {
        printf("%s: %s %s\n", o->server, diag.code, diag.message);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    return roads;
}

/* Every API, small and in many blocks: each leg is what the server says, there
 * and back, and the shared address is asked for once. */
static void test_all_apis(void)
{
    char url[96];
    for (int api = 0; api < RUNDE_ROADS_APIS; api++) {
        for (int32_t n = 1; n < 40; n += 12) {
            runde_problem *const p = roads_problem(n);
            runde_roads_options o =
                roads_options(url, server, (runde_roads_api)api, "ok");
            for (int32_t block = 0; block < 12; block += 5) {
                o.block = block;
                o.post = block == 5;
                o.concise = block == 5;
                runde_roads *const roads = fetch(p, &o);
                const runde_roads_summary *const sum =
                    runde_roads_summary_of(roads);
                const int32_t u = n < 3 ? n : n - 1;
                CU_ASSERT_EQUAL(roads_wrong(runde_roads_times(roads)), 0);
                CU_ASSERT_EQUAL(sum->pairs, u * (u - 1));
                CU_ASSERT_EQUAL(sum->no_road, 0);
                CU_ASSERT_PTR_NULL(runde_roads_times(roads)->estimated);
                runde_roads_free(roads);
            }
            runde_problem_free(p);
        }
    }
}

/* Ticks of another length, and modes by the engine's own names. */
static void test_ticks_and_profiles(void)
{
    static const char *const names[4][3] = {
        {"/table/v1/driving/", "/table/v1/cycling/", "/table/v1/walking/"},
        {"\"auto\"", "\"bicycle\"", "\"pedestrian\""},
        {"driving-car", "cycling-regular", "foot-walking"},
        {"\"car\"", "\"bike\"", "\"foot\""}};
    static const char *const modes[3] = {"car", "bicycle", "walk"};
    char url[96];
    for (int api = 0; api < 4; api++) {
        for (int m = 0; m < 3; m++) {
            runde_settings settings = RUNDE_SETTINGS_INIT;
            settings.tick_ms = 60000;
            runde_problem *const p = roads_problem_of(4, modes[m], &settings);
            runde_roads_options o =
                roads_options(url, server, (runde_roads_api)api, "ok");
            fault_server_reset(server);
            runde_roads *const roads = fetch(p, &o);
            int32_t a[2];
            int32_t b[2];
            roads_point(0, a);
            roads_point(1, b);
            CU_ASSERT_EQUAL(runde_roads_times(roads)->matrix.durations[1],
                            (fault_server_seconds(a, b) + 30) / 60);
            CU_ASSERT_TRUE(fault_server_saw(server, names[api][m]));
            runde_roads_free(roads);
            runde_problem_free(p);
        }
    }
}

/* Nothing but coordinates leaves, each once, with five decimals. */
static void test_privacy(void)
{
    char url[96];
    runde_problem *const p = roads_problem(13);
    runde_roads_options o =
        roads_options(url, server, RUNDE_ROADS_VALHALLA, "ok");
    fault_server_reset(server);
    runde_roads_free(fetch(p, &o));
    CU_ASSERT_FALSE(fault_server_saw(server, "p1"));
    CU_ASSERT_FALSE(fault_server_saw(server, "p12"));
    CU_ASSERT_FALSE(fault_server_saw(server, "Cookie"));
    CU_ASSERT_FALSE(fault_server_saw(server, "Authorization"));
    CU_ASSERT_TRUE(fault_server_saw(server, "47.12213"));
    CU_ASSERT_TRUE(fault_server_saw(server, "User-Agent: runde-roads\r\n"));
    CU_ASSERT_EQUAL(fault_server_requests(server), 1);
    runde_problem_free(p);
    o.api = RUNDE_ROADS_ORS;
    o.key = "secret";
    runde_problem *const q = roads_problem(3);
    fault_server_reset(server);
    runde_roads_free(fetch(q, &o));
    CU_ASSERT_TRUE(fault_server_saw(server, "Authorization: secret"));
    o.api = RUNDE_ROADS_GRAPHHOPPER;
    fault_server_reset(server);
    runde_roads_free(fetch(q, &o));
    CU_ASSERT_TRUE(fault_server_saw(server, "?key=secret"));
    CU_ASSERT_FALSE(fault_server_saw(server, "Authorization"));
    runde_problem_free(q);
}

/* All that is sent for 13 places, in one request or, one after the other, in
 * several; free it. */
static char *sent_for(bool is_reversed, runde_roads_api api, int32_t block)
{
    char url[96];
    runde_problem *const p =
        roads_problem_in_order(13, "car", NULL, is_reversed);
    runde_roads_options o = roads_options(url, server, api, "ok");
    o.connections = 1;
    o.block = block;
    fault_server_reset(server);
    runde_roads_free(fetch(p, &o));
    runde_problem_free(p);
    char *const log = fault_server_log(server);
    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    return log;
}

/* How often the next of some latitudes stands further behind in a text. */
static int count_ascents(const char *text, const int32_t *lat, int n)
{
    const char *before = NULL;
    int ascents = 0;
    for (int i = 0; i < n; i++) {
        char word[16];
        const int length =
            snprintf(word, sizeof word, "%.5f", lat[i] / 100000.0);
        for (int end = length; word[end - 1] == '0'; end--) {
            word[end - 1] = '\0';
        }
        const char *const at = strstr(text, word);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        ascents += before != NULL && at > before ? 1 : 0;
        before = at;
    }
    return ascents;
}

static int compare_numbers(const void *a, const void *b)
{
    const int32_t left = *(const int32_t *)a;
    const int32_t right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

/* The same requests whatever the order of the file, and in an order that is
 * neither the file's nor that of the map, forwards or backwards. */
static void test_order(void)
{
    for (int api = 0; api < RUNDE_ROADS_APIS; api++) {
        for (int32_t block = 0; block < 6; block += 5) {
            char *const one = sent_for(false, (runde_roads_api)api, block);
            char *const other = sent_for(true, (runde_roads_api)api, block);
            CU_ASSERT_STRING_EQUAL(one, other);
            free(one);
            free(other);
        }
    }
    int32_t lat[12];
    for (int32_t i = 0; i < 12; i++) {
        int32_t point[2];
        roads_point(i < 2 ? i : i + 1, point); /* the third has the second's */
        lat[i] = point[0];
    }
    char *const sent = sent_for(false, RUNDE_ROADS_VALHALLA, 0);
    const int by_file = count_ascents(sent, lat, 12);
    CU_ASSERT_TRUE(by_file > 1 && by_file < 10);
    qsort(lat, 12, sizeof lat[0], compare_numbers);
    const int by_map = count_ascents(sent, lat, 12);
    CU_ASSERT_TRUE(by_map > 1 && by_map < 10);
    free(sent);
}

static int most_at_once(const char *fault, int32_t connections)
{
    char url[96];
    runde_problem *const p = roads_problem(13);
    runde_roads_options o = roads_options(url, server, RUNDE_ROADS_OSRM, fault);
    o.connections = connections;
    o.block = 3;
    o.patience = 30.0;
    fault_server_reset(server);
    runde_roads *const roads = fetch(p, &o);
    CU_ASSERT_EQUAL(roads_wrong(runde_roads_times(roads)), 0);
    runde_roads_free(roads);
    runde_problem_free(p);
    return fault_server_most_open(server);
}

/* Four requests at a time, or as many as one asks for. */
static void test_connections(void)
{
    CU_ASSERT_EQUAL(most_at_once("together", 0), 4);
    CU_ASSERT_EQUAL(most_at_once("dawdle", 1), 1);
    const int two = most_at_once("dawdle", 2);
    CU_ASSERT_TRUE(two >= 1 && two <= 2);
}

/* The environment sends us nowhere. */
static void test_no_proxy(void)
{
    char url[96];
    runde_problem *const p = roads_problem(3);
    const runde_roads_options o =
        roads_options(url, server, RUNDE_ROADS_OSRM, "ok");
    runde_roads *roads = NULL;
    CU_ASSERT_EQUAL(setenv("http_proxy", "http://127.0.0.1:9/", 1), 0);
    CU_ASSERT_EQUAL(setenv("all_proxy", "http://127.0.0.1:9/", 1), 0);
    const runde_status status = runde_roads_fetch(&roads, p, 0, &o, NULL);
    /* Before the verdict, so that no other test goes astray. */
    CU_ASSERT_EQUAL(unsetenv("http_proxy"), 0);
    CU_ASSERT_EQUAL(unsetenv("all_proxy"), 0);
    CU_ASSERT_EQUAL(status, RUNDE_OK);
    runde_roads_free(roads);
    runde_problem_free(p);
}

/* ---------------------------------------------------------------- options */

static void refused(const runde_problem *p, const runde_roads_options *o)
{
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, o, &diag),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E731");
    CU_ASSERT_PTR_NULL(roads);
}

static void test_bad_servers(void)
{
    static const char *const urls[] = {"",
                                       "localhost:5000",
                                       "ftp://localhost/",
                                       "file:///etc/passwd",
                                       "https:///localhost",
                                       "http://example.org/",
                                       "http://user:word@localhost/",
                                       "http://127.0.0.1@example.org/",
                                       "http://localhost.example.org/",
                                       "http://127.0.0.1.example.org/",
                                       "http://localhost/?x=1",
                                       "http://localhost/#x",
                                       "http://local host/",
                                       "http://localhost/\r\nX-Header: 1",
                                       "http://[::2]/",
                                       "http://b\xc3\xbc.de/",
                                       "dict://localhost:1/",
                                       "http://10.0.0.1:5000"};
    runde_problem *const p = roads_problem(2);
    runde_roads_options o = RUNDE_ROADS_OPTIONS_INIT;
    refused(p, &o);
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        o.server = urls[i];
        refused(p, &o);
    }
    runde_problem_free(p);
}

/* Addresses that are this machine, however they are written. */
static void test_loopback(void)
{
    static const char *const hosts[] = {"localhost", "LocalHost", "127.0.0.1",
                                        "0x7f.1", "2130706433"};
    char url[96];
    runde_problem *const p = roads_problem(2);
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        runde_roads_options o = RUNDE_ROADS_OPTIONS_INIT;
        (void)snprintf(url, sizeof url, "http://%s:%d/ok", hosts[i],
                       fault_server_port(server));
        o.server = url;
        runde_roads_free(fetch(p, &o));
    }
    runde_problem_free(p);
}

static void test_bad_options(void)
{
    runde_problem *const p = roads_problem(2);
    runde_problem *const boat = roads_problem_of(2, "boat", NULL);
    runde_roads_options good = RUNDE_ROADS_OPTIONS_INIT;
    good.server = "http://localhost:9";
    refused(boat, &good);
    runde_roads_options o = good;
    o.profile = "a/b";
    refused(p, &o);
    o = good;
    o.key = "a b";
    refused(p, &o);
    o = good;
    o.connections = 17;
    refused(p, &o);
    o = good;
    o.block = -1;
    refused(p, &o);
    o = good;
    o.deadline = -1.0;
    refused(p, &o);
    o = good;
    o.tries = -1;
    refused(p, &o);
    o = good;
    o.api = RUNDE_ROADS_APIS;
    refused(p, &o);
    runde_roads *roads = NULL;
    o = good;
    o.size--;
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 1, &good, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, NULL, 0, &good, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(runde_roads_times(NULL));
    CU_ASSERT_PTR_NULL(runde_roads_summary_of(NULL));
    CU_ASSERT_PTR_NULL(runde_roads_api_name(RUNDE_ROADS_APIS));
    runde_roads_free(NULL);
    runde_problem_free(boat);
    runde_problem_free(p);
}

static void test_no_coordinates(void)
{
    runde_problem *p = NULL;
    runde_place place = RUNDE_PLACE_INIT;
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_roads_options o = RUNDE_ROADS_OPTIONS_INIT;
    o.server = "http://localhost:9";
    place.id = "x";
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(p, "car", NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_place(p, &place, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, NULL), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_problem_seal(p, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag),
                    RUNDE_E_INVALID);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E732");
    runde_problem_free(p);
}

/* ---------------------------------------------------- nulls and far places */

/* The island is place 3. */
static void check_island(const runde_roads *roads, bool is_estimated)
{
    const runde_travel_times *const times = runde_roads_times(roads);
    const int32_t n = times->matrix.n;
    for (int32_t from = 0; from < n; from++) {
        for (int32_t to = 0; to < n; to++) {
            const size_t cell = (size_t)from * (size_t)n + (size_t)to;
            const bool is_null = (from == 3) != (to == 3);
            if (!is_null) {
                CU_ASSERT_TRUE(roads_is_true(times, from, to));
            } else if (is_estimated) {
                CU_ASSERT_TRUE(times->matrix.durations[cell] > 90);
            } else {
                CU_ASSERT_EQUAL(times->matrix.durations[cell],
                                RUNDE_UNREACHABLE);
            }
            CU_ASSERT_EQUAL(times->estimated != NULL &&
                                times->estimated[cell] != 0,
                            is_null && is_estimated);
        }
    }
}

/* Nulls in the matrix, a server that refuses the place, and one that finds no
 * way to it: the same in the end, by each policy. */
static void test_nulls(void)
{
    static const char *const faults[] = {"nulls", "off", "sea"};
    char url[96];
    runde_problem *const p = roads_problem(13);
    for (int api = 0; api < RUNDE_ROADS_APIS; api++) {
        for (int f = 0; f < (api == RUNDE_ROADS_GRAPHHOPPER ? 1 : 3); f++) {
            runde_roads *roads = NULL;
            runde_diag diag = RUNDE_DIAG_INIT;
            runde_roads_options o =
                roads_options(url, server, (runde_roads_api)api, faults[f]);
            CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag),
                            RUNDE_E_INVALID);
            CU_ASSERT_STRING_EQUAL(diag.code,
                                   f == 1 ? "RUNDE-E740" : "RUNDE-E739");
            CU_ASSERT_STRING_EQUAL(diag.pointer,
                                   f == 1 ? "/places/3" : "/places/0");
            o.nulls = RUNDE_ROADS_FORBID;
            roads = fetch(p, &o);
            check_island(roads, false);
            CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->no_road, 22);
            runde_roads_free(roads);
            o.nulls = RUNDE_ROADS_ESTIMATE;
            roads = fetch(p, &o);
            check_island(roads, true);
            CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->estimated, 24);
            runde_roads_free(roads);
        }
    }
    runde_problem_free(p);
}

/* An estimate is what the library itself would say. */
static void test_estimate_is_the_model(void)
{
    char url[96];
    runde_problem *const p = roads_problem(5);
    runde_problem *q = NULL;
    runde_roads_options o = roads_options(url, server, RUNDE_ROADS_ORS, "off");
    o.nulls = RUNDE_ROADS_ESTIMATE;
    runde_roads *const roads = fetch(p, &o);
    CU_ASSERT_EQUAL_FATAL(
        runde_problem_with_travel(&q, p, runde_roads_times(roads), 1, NULL),
        RUNDE_OK);
    int32_t ours[2];
    int32_t theirs[2];
    runde_problem_travel(p, 0, 1, 3, &ours[0], &ours[1]);
    runde_problem_travel(q, 0, 1, 3, &theirs[0], &theirs[1]);
    CU_ASSERT_EQUAL(ours[0], theirs[0]);
    CU_ASSERT_EQUAL(ours[1], theirs[1]);
    CU_ASSERT_TRUE(runde_problem_is_estimated(q, 0, 1, 3));
    CU_ASSERT_FALSE(runde_problem_is_estimated(q, 0, 1, 0));
    runde_roads_free(roads);
    runde_problem_free(q);
    runde_problem_free(p);
}

static void keep_codes(const runde_finding *finding, void *payload)
{
    char *const codes = payload;
    const size_t n = strlen(codes);
    (void)snprintf(codes + n, 200 - n, "%s%s ", finding->code,
                   finding->pointer);
}

/* 800 m from a road is a warning, 3 km is no road. */
static void test_snaps(void)
{
    static const char want[] = "RUNDE-W741/places/7 RUNDE-W742/places/11 ";
    char url[96];
    runde_problem *const p = roads_problem(13);
    for (int api = RUNDE_ROADS_OSRM; api <= RUNDE_ROADS_ORS; api++) {
        char codes[200] = "";
        runde_roads *roads = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        runde_roads_options o =
            roads_options(url, server, (runde_roads_api)api, "snap");
        CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag),
                        RUNDE_E_INVALID);
        CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E740");
        CU_ASSERT_STRING_EQUAL(diag.pointer, "/places/11");
        diag.on_finding = keep_codes;
        diag.payload = codes;
        o.nulls = RUNDE_ROADS_FORBID;
        CU_ASSERT_EQUAL_FATAL(runde_roads_fetch(&roads, p, 0, &o, &diag),
                              RUNDE_OK);
        CU_ASSERT_STRING_EQUAL(codes, want);
        CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->no_road, 22);
        runde_roads_free(roads);
    }
    runde_problem_free(p);
}

/* ---------------------------------------------------- without the server */

/* Marks of a matrix; every leg that has none must be the server's. */
static int32_t count_marks(const runde_travel_times *times)
{
    const int32_t n = times->matrix.n;
    int32_t marks = 0;
    for (int32_t i = 0; i < n * n; i++) {
        const bool is_marked =
            times->estimated != NULL && times->estimated[i] != 0;
        marks += is_marked ? 1 : 0;
        CU_ASSERT_TRUE(is_marked || roads_is_true(times, i / n, i % n));
        CU_ASSERT_TRUE(!is_marked || times->matrix.durations[i] >= 90);
    }
    return marks;
}

/* Whatever a server does wrong may be a warning; all legs are then estimates,
 * and none of them is taken for a gap. */
static void test_offline(void)
{
    static const char *const faults[][2] = {{"reset", "RUNDE-E733"},
                                            {"key", "RUNDE-E735"},
                                            {"short", "RUNDE-E736"},
                                            {"bomb", "RUNDE-E737"},
                                            {"tomorrow", "RUNDE-E738"}};
    char url[96];
    runde_problem *const p = roads_problem(5);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        for (int nulls = RUNDE_ROADS_ERROR; nulls <= RUNDE_ROADS_FORBID;
             nulls++) {
            runde_diag diag = RUNDE_DIAG_INIT;
            runde_roads *roads = NULL;
            runde_roads_options o =
                roads_options(url, server, RUNDE_ROADS_OSRM, faults[i][0]);
            o.nulls = (runde_roads_nulls)nulls;
            /* Who does not ask again need not wait till tomorrow. */
            o.tries = strcmp(faults[i][0], "tomorrow") == 0 ? 2 : 1;
            CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag),
                            RUNDE_E_SERVER);
            CU_ASSERT_STRING_EQUAL(diag.code, faults[i][1]);
            o.estimate_offline = true;
            CU_ASSERT_EQUAL_FATAL(runde_roads_fetch(&roads, p, 0, &o, &diag),
                                  RUNDE_OK);
            CU_ASSERT_EQUAL(diag.errors, 0);
            CU_ASSERT_EQUAL(diag.warnings, 1);
            /* 4 addresses of 5 places; two places are at the same one. */
            CU_ASSERT_EQUAL(count_marks(runde_roads_times(roads)), 18);
            CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->unanswered, 12);
            CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->estimated, 18);
            CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->no_road, 0);
            runde_roads_free(roads);
        }
    }
    runde_problem_free(p);
}

/* The cache has the first four places: ways between them stay the engine's;
 * what is estimated is never kept. */
static void test_offline_and_cache(void)
{
    char url[96];
    char path[] = "roads-offline-XXXXXX";
    const int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0);
    close(fd);
    unlink(path);
    runde_problem *const yesterday = roads_problem(4);
    runde_problem *const today = roads_problem(6);
    runde_roads_options o =
        roads_options(url, server, RUNDE_ROADS_VALHALLA, "ok");
    o.cache = path;
    runde_roads_free(fetch(yesterday, &o));
    /* The same name, as the cache has it; nobody answers there any more. */
    fault_server_fail(server, true);
    o.estimate_offline = true;
    o.tries = 1;
    for (int again = 0; again < 2; again++) {
        runde_roads *const roads = fetch(today, &o);
        /* From each of 4 places to 2 new ones, back, and between those. */
        CU_ASSERT_EQUAL(count_marks(runde_roads_times(roads)), 18);
        CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->cached, 6);
        CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->unanswered, 14);
        runde_roads_free(roads);
    }
    fault_server_fail(server, false);
    runde_roads *const roads = fetch(today, &o);
    CU_ASSERT_EQUAL(count_marks(runde_roads_times(roads)), 0);
    CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->cached, 6);
    runde_roads_free(roads);
    unlink(path);
    runde_problem_free(yesterday);
    runde_problem_free(today);
}

/* -------------------------------------------------------------- progress */

typedef struct watch {
    int calls;
    int64_t last;
    bool is_stopped;
} watch;

static int look(const runde_roads_progress *progress, void *payload)
{
    watch *const w = payload;
    w->calls++;
    CU_ASSERT_TRUE(progress->pairs_done >= w->last);
    CU_ASSERT_TRUE(progress->pairs_done <= progress->pairs);
    w->last = progress->pairs_done;
    return w->is_stopped ? 1 : 0;
}

static void test_progress(void)
{
    char url[96];
    watch w = {0, 0, false};
    runde_problem *const p = roads_problem(13);
    runde_roads *roads = NULL;
    runde_roads_options o =
        roads_options(url, server, RUNDE_ROADS_OSRM, "slowly");
    o.progress = look;
    o.progress_payload = &w;
    o.block = 5;
    fault_server_reset(server);
    roads = fetch(p, &o);
    CU_ASSERT_TRUE(w.calls > 2);
    CU_ASSERT_EQUAL(runde_roads_summary_of(roads)->retries, 1);
    runde_roads_free(roads);
    roads = NULL;
    w = (watch){0, 0, true};
    o = roads_options(url, server, RUNDE_ROADS_OSRM, "silent");
    o.patience = 60.0;
    o.progress = look;
    o.progress_payload = &w;
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, NULL), RUNDE_E_STOPPED);
    CU_ASSERT_PTR_NULL(roads);
    runde_problem_free(p);
}

/* ---------------------------------------------------------------- memory */

/* Every allocation of a call refused once. */
static void sweep(runde_roads_options o)
{
    char path[] = "roads-memory-XXXXXX";
    const int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0);
    close(fd);
    runde_problem *const p = roads_problem(13);
    o.nulls = RUNDE_ROADS_ESTIMATE;
    o.cache = path;
    o.connections = 1;
    bool is_refused = true;
    for (long k = 0; is_refused; k++) {
        runde_roads *roads = NULL;
        unlink(path);
        rn_faults_begin(k);
        const runde_status status = runde_roads_fetch(&roads, p, 0, &o, NULL);
        is_refused = rn_faults_end();
        if (status != (is_refused ? RUNDE_E_NOMEM : RUNDE_OK)) {
            printf("allocation %ld: %s\n", k, runde_status_name(status));
        }
        CU_ASSERT_EQUAL(status, is_refused ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(roads == NULL, is_refused);
        runde_roads_free(roads);
    }
    unlink(path);
    runde_problem_free(p);
}

/* With a place off the roads, and without a server. */
static void test_memory(void)
{
    char url[96];
    runde_roads_options o = roads_options(url, server, RUNDE_ROADS_ORS, "off");
    sweep(o);
    o = roads_options(url, server, RUNDE_ROADS_ORS, "key");
    o.estimate_offline = true;
    sweep(o);
}

int main(void)
{
    server = fault_server_start();
    if (server == NULL) {
        RN_SKIP_ALL("no port of this machine can be listened on");
    }
    const rn_test tests[] = {
        RN_TEST(test_all_apis),    RN_TEST(test_ticks_and_profiles),
        RN_TEST(test_privacy),     RN_TEST(test_order),
        RN_TEST(test_connections), RN_TEST(test_no_proxy),
        RN_TEST(test_offline),     RN_TEST(test_offline_and_cache),
        RN_TEST(test_bad_servers), RN_TEST(test_loopback),
        RN_TEST(test_bad_options), RN_TEST(test_no_coordinates),
        RN_TEST(test_nulls),       RN_TEST(test_estimate_is_the_model),
        RN_TEST(test_snaps),       RN_TEST(test_progress),
        RN_TEST(test_memory)};
    const int code = rn_run("roads", tests, sizeof tests / sizeof tests[0]);
    fault_server_stop(server);
    return code;
}
