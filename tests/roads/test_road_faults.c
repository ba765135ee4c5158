/* SPDX-License-Identifier: MIT */
/* What servers do wrong, and what comes of it: docs/roads.md has the same
 * table in words. */
#include "scene_roads.h"

static fault_server *server;

/* A fault and its outcome; after RUNDE_OK every leg must be true. */
typedef struct fault {
    const char *name;
    runde_status status;
    const char *code; /* of the error; "" for none */
    double deadline;
} fault;

enum { PLACES = 13, BLOCK = 5 };

static void play(const fault *f, runde_roads_api api)
{
    char url[96];
    runde_problem *const p = roads_problem(PLACES);
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_roads_options o = roads_options(url, server, api, f->name);
    o.block = BLOCK;
    o.post = strcmp(f->name, "nopost") == 0;
    o.concise = strcmp(f->name, "drip") != 0;
    o.deadline = f->deadline;
    o.tries = strcmp(f->name, "hiccup") == 0 ? 20 : 2;
    fault_server_reset(server);
    const runde_status status = runde_roads_fetch(&roads, p, 0, &o, &diag);
    if (status != f->status || strcmp(diag.code, f->code) != 0) {
        printf("%s, %s: %s %s %s\n", runde_roads_api_name(api), f->name,
               runde_status_name(status), diag.code, diag.message);
    }
    CU_ASSERT_EQUAL(status, f->status);
    CU_ASSERT_STRING_EQUAL(diag.code, f->code);
    /* No coordinate and no text of the server in what people are told. */
    CU_ASSERT_PTR_NULL(strstr(diag.message, "47."));
    CU_ASSERT_PTR_NULL(strchr(diag.message, '<'));
    if (status == RUNDE_OK) {
        CU_ASSERT_EQUAL(roads_wrong(runde_roads_times(roads)), 0);
    } else {
        CU_ASSERT_PTR_NULL(roads);
    }
    runde_roads_free(roads);
    runde_problem_free(p);
}

static void play_all(const fault *faults, size_t n, int n_apis)
{
    for (size_t i = 0; i < n; i++) {
        for (int api = 0; api < n_apis; api++) {
            play(&faults[i], (runde_roads_api)api);
        }
    }
}

#define PLAY(faults)                                                           \
    play_all(faults, sizeof(faults) / sizeof((faults)[0]), RUNDE_ROADS_APIS)
/* What lies below the APIs: one by GET and one by POST. */
#define PLAY_BELOW(faults)                                                     \
    play_all(faults, sizeof(faults) / sizeof((faults)[0]), 2)

/* The answer is there, but it is wrong. */
static void test_wrong_answers(void)
{
    static const fault faults[] = {
        {"string", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"negative", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"huge", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"day", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"nan", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"object", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"rows", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"few", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"long", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"short", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"portal", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"deep", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
    };
    static const fault osrm[] = {
        {"nocode", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
        {"other", RUNDE_E_SERVER, "RUNDE-E736", 60.0},
    };
    static const fault valhalla = {"miles", RUNDE_E_SERVER, "RUNDE-E736", 60.0};
    PLAY(faults);
    play(&osrm[0], RUNDE_ROADS_OSRM);
    play(&osrm[1], RUNDE_ROADS_OSRM);
    play(&valhalla, RUNDE_ROADS_VALHALLA);
}

/* The connection fails. */
static void test_connections(void)
{
    static const fault faults[] = {
        {"empty", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
        {"reset", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
        {"cut", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
        {"truncated", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
        {"garbage", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"flood", RUNDE_E_SERVER, "RUNDE-E737", 60.0},
        {"heads", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
        {"bomb", RUNDE_E_SERVER, "RUNDE-E737", 60.0},
        {"close", RUNDE_OK, "", 60.0},
    };
    PLAY_BELOW(faults);
}

/* Time runs out: the connection is silent, or drips. */
static void test_slow(void)
{
    static const fault faults[] = {
        {"silent", RUNDE_E_SERVER, "RUNDE-E738", 0.5},
        {"silent", RUNDE_E_SERVER, "RUNDE-E733", 60.0},
        {"drip", RUNDE_E_SERVER, "RUNDE-E738", 1.2},
        {"busy", RUNDE_E_SERVER, "RUNDE-E738", 0.2},
    };
    PLAY_BELOW(faults);
}

/* A status says so. */
static void test_statuses(void)
{
    static const fault faults[] = {
        {"nothing", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"redirect", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"key", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"quota", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"lost", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"tiny", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"tomorrow", RUNDE_E_SERVER, "RUNDE-E738", 60.0},
        {"small", RUNDE_OK, "", 60.0},
        {"url", RUNDE_OK, "", 60.0},
        {"slowly", RUNDE_OK, "", 60.0},
        {"until", RUNDE_OK, "", 60.0},
    };
    static const fault hiccup = {"hiccup", RUNDE_OK, "", 60.0};
    static const fault broken[] = {
        {"broken", RUNDE_E_SERVER, "RUNDE-E735", 60.0},
        {"broken", RUNDE_E_SERVER, "RUNDE-E733", 60.0}};
    static const fault nopost = {"nopost", RUNDE_OK, "", 60.0};
    PLAY(faults);
    play(&hiccup, RUNDE_ROADS_OSRM);
    play(&broken[0], RUNDE_ROADS_OSRM);
    play(&broken[1], RUNDE_ROADS_VALHALLA);
    play(&nopost, RUNDE_ROADS_OSRM);
}

/* How many requests a fault may cost. */
static int cost_of(const char *name, runde_roads_api api, int32_t tries)
{
    char url[96];
    runde_problem *const p = roads_problem(PLACES);
    runde_roads *roads = NULL;
    runde_roads_options o = roads_options(url, server, api, name);
    o.connections = 1;
    o.tries = tries;
    o.nulls = RUNDE_ROADS_FORBID;
    fault_server_reset(server);
    const runde_status status = runde_roads_fetch(&roads, p, 0, &o, NULL);
    CU_ASSERT_TRUE(status == RUNDE_OK || status == RUNDE_E_SERVER);
    runde_roads_free(roads);
    runde_problem_free(p);
    return fault_server_requests(server);
}

/* Refusals are not asked about again, failures not more often than allowed,
 * and a limit once learnt is not run into a second time. */
static void test_costs(void)
{
    CU_ASSERT_EQUAL(cost_of("ok", RUNDE_ROADS_OSRM, 3), 1);
    CU_ASSERT_EQUAL(cost_of("key", RUNDE_ROADS_ORS, 3), 1);
    CU_ASSERT_EQUAL(cost_of("quota", RUNDE_ROADS_ORS, 3), 1);
    CU_ASSERT_EQUAL(cost_of("redirect", RUNDE_ROADS_OSRM, 3), 1);
    CU_ASSERT_EQUAL(cost_of("reset", RUNDE_ROADS_OSRM, 1), 1);
    CU_ASSERT_EQUAL(cost_of("reset", RUNDE_ROADS_OSRM, 2), 2);
    CU_ASSERT_EQUAL(cost_of("truncated", RUNDE_ROADS_VALHALLA, 2), 2);
    /* 144 pairs, 12 at a time: 144, 72, 36 and 18 are refused once each, then
     * 16 blocks of 9. */
    CU_ASSERT_EQUAL(cost_of("small", RUNDE_ROADS_VALHALLA, 3), 20);
    /* One bad address of 12: found in halves, then all the rest at once. */
    CU_ASSERT_TRUE(cost_of("off", RUNDE_ROADS_VALHALLA, 3) <= 12);
}

/* Redirects are not followed, to plain http as little as to https: nobody
 * rings where they lead. */
static void test_redirects(void)
{
    static const char *const schemes[] = {"http", "https"};
    const fault redirect = {"redirect", RUNDE_E_SERVER, "RUNDE-E735", 60.0};
    fault_server *const other = fault_server_start();
    CU_ASSERT_PTR_NOT_NULL_FATAL(other);
    for (int i = 0; i < 2; i++) {
        fault_server_redirect(server, schemes[i], fault_server_port(other));
        for (int api = 0; api < RUNDE_ROADS_APIS; api++) {
            play(&redirect, (runde_roads_api)api);
            CU_ASSERT_TRUE(fault_server_requests(server) > 0);
        }
    }
    CU_ASSERT_EQUAL(fault_server_calls(other), 0);
    fault_server_stop(other);
}

/* Nobody there. */
static void test_nobody(void)
{
    runde_problem *const p = roads_problem(3);
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_roads_options o = RUNDE_ROADS_OPTIONS_INIT;
    o.server = "http://127.0.0.1:1";
    o.tries = 2;
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag), RUNDE_E_SERVER);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E733");
    runde_problem_free(p);
}

/* Plain text where TLS is spoken to. */
static void test_no_tls(void)
{
    char url[96];
    runde_problem *const p = roads_problem(3);
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_roads_options o = roads_options(url, server, RUNDE_ROADS_OSRM, "ok");
    (void)snprintf(url, sizeof url, "https://127.0.0.1:%d/ok",
                   fault_server_port(server));
    o.deadline = 5.0;
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag), RUNDE_E_SERVER);
    runde_problem_free(p);
}

int main(void)
{
    server = fault_server_start();
    if (server == NULL) {
        RN_SKIP_ALL("no port of this machine can be listened on");
    }
    fault_server_redirect(server, "http", 9);
    const rn_test tests[] = {
        RN_TEST(test_wrong_answers), RN_TEST(test_connections),
        RN_TEST(test_slow),          RN_TEST(test_statuses),
        RN_TEST(test_costs),         RN_TEST(test_redirects),
        RN_TEST(test_nobody),        RN_TEST(test_no_tls)};
    const int code =
        rn_run("road_faults", tests, sizeof tests / sizeof tests[0]);
    fault_server_stop(server);
    return code;
}
