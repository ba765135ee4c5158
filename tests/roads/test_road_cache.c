/* SPDX-License-Identifier: MIT */
/* Answers kept in a file: found again, added to, private, and never trusted
 * when damaged. */
#include "scene_roads.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static fault_server *server;
static char path[64];

typedef struct outcome {
    runde_status status;
    char code[16];
    int requests;
    int64_t cached;
    int32_t wrong;
} outcome;

static outcome ask(int32_t n, runde_roads_api api, const char *fault)
{
    char url[96];
    outcome out = {RUNDE_OK, "", 0, 0, 0};
    runde_problem *const p = roads_problem(n);
    runde_roads *roads = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_roads_options o = roads_options(url, server, api, fault);
    o.cache = path;
    o.nulls = RUNDE_ROADS_FORBID;
    o.connections = 1;
    fault_server_reset(server);
    out.status = runde_roads_fetch(&roads, p, 0, &o, &diag);
    (void)snprintf(out.code, sizeof out.code, "%s", diag.code);
    out.requests = fault_server_requests(server);
    if (roads != NULL) {
        out.cached = runde_roads_summary_of(roads)->cached;
        out.wrong = roads_wrong(runde_roads_times(roads));
    }
    runde_roads_free(roads);
    runde_problem_free(p);
    return out;
}

static off_t size_of(const char *file)
{
    struct stat info;
    return stat(file, &info) == 0 ? info.st_size : -1;
}

/* The same day again asks nothing; a new client costs one request or two; a
 * smaller day asks nothing and forgets nobody. */
static void test_next_day(void)
{
    unlink(path);
    outcome o = ask(20, RUNDE_ROADS_ORS, "ok");
    CU_ASSERT_EQUAL(o.status, RUNDE_OK);
    CU_ASSERT_EQUAL(o.cached, 0);
    o = ask(20, RUNDE_ROADS_ORS, "ok");
    CU_ASSERT_EQUAL(o.requests, 0);
    CU_ASSERT_EQUAL(o.cached, 19 * 18);
    CU_ASSERT_EQUAL(o.wrong, 0);
    o = ask(21, RUNDE_ROADS_ORS, "ok");
    CU_ASSERT_TRUE(o.requests == 2);
    CU_ASSERT_EQUAL(o.cached, 19 * 18);
    CU_ASSERT_EQUAL(o.wrong, 0);
    o = ask(5, RUNDE_ROADS_ORS, "ok");
    CU_ASSERT_EQUAL(o.requests, 0);
    o = ask(21, RUNDE_ROADS_ORS, "ok");
    CU_ASSERT_EQUAL(o.requests, 0);
    CU_ASSERT_EQUAL(o.wrong, 0);
}

static void test_private(void)
{
    struct stat info;
    unlink(path);
    (void)ask(4, RUNDE_ROADS_OSRM, "ok");
    CU_ASSERT_EQUAL_FATAL(stat(path, &info), 0);
    CU_ASSERT_EQUAL(info.st_mode & 0777, 0600);
    CU_ASSERT_EQUAL(chmod(path, 0644), 0);
    (void)ask(6, RUNDE_ROADS_OSRM, "ok");
    CU_ASSERT_EQUAL_FATAL(stat(path, &info), 0);
    CU_ASSERT_EQUAL(info.st_mode & 0777, 0600);
}

/* Servers, APIs and profiles do not mix, and live side by side. */
static void test_sections(void)
{
    unlink(path);
    (void)ask(8, RUNDE_ROADS_ORS, "ok");
    CU_ASSERT_EQUAL(ask(8, RUNDE_ROADS_OSRM, "ok").cached, 0);
    CU_ASSERT_EQUAL(ask(8, RUNDE_ROADS_OSRM, "snap").cached, 0);
    CU_ASSERT_EQUAL(ask(8, RUNDE_ROADS_ORS, "ok").cached, 42);
    CU_ASSERT_EQUAL(ask(8, RUNDE_ROADS_OSRM, "ok").cached, 42);
    CU_ASSERT_EQUAL(ask(8, RUNDE_ROADS_OSRM, "snap").cached, 42);
}

/* What was found out about places is kept as well. */
static void test_bad_places(void)
{
    unlink(path);
    CU_ASSERT_EQUAL(ask(13, RUNDE_ROADS_VALHALLA, "off").status, RUNDE_OK);
    const outcome o = ask(13, RUNDE_ROADS_VALHALLA, "off");
    CU_ASSERT_EQUAL(o.requests, 0);
    CU_ASSERT_STRING_EQUAL(o.code, "RUNDE-W742");
    (void)ask(13, RUNDE_ROADS_OSRM, "snap");
    CU_ASSERT_STRING_EQUAL(ask(13, RUNDE_ROADS_OSRM, "snap").code,
                           "RUNDE-W741");
}

/* What was answered before a failure is not asked about again. */
static void test_failure_keeps(void)
{
    char url[96];
    unlink(path);
    runde_problem *const p = roads_problem(13);
    runde_roads *roads = NULL;
    runde_roads_options o =
        roads_options(url, server, RUNDE_ROADS_OSRM, "hiccup");
    o.cache = path;
    o.block = 4;
    o.connections = 1;
    o.tries = 1;
    fault_server_reset(server);
    CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, NULL), RUNDE_E_SERVER);
    /* Every other request fails; each call gets one block further. */
    int calls = 0;
    while (roads == NULL && calls++ < 20) {
        (void)!runde_roads_fetch(&roads, p, 0, &o, NULL);
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(roads);
    CU_ASSERT_EQUAL(roads_wrong(runde_roads_times(roads)), 0);
    runde_roads_free(roads);
    runde_problem_free(p);
}

/* A changed byte anywhere, or a part cut off: the file is left aside with a
 * warning, the answer is right, and the file is good again. */
static void test_damage(void)
{
    unlink(path);
    (void)ask(3, RUNDE_ROADS_OSRM, "ok");
    const off_t size = size_of(path);
    CU_ASSERT_TRUE_FATAL(size > 0);
    for (off_t at = 0; at < size; at++) {
        unsigned char byte = 0;
        const int fd = open(path, O_RDWR);
        CU_ASSERT_EQUAL_FATAL(pread(fd, &byte, 1, at), 1);
        byte ^= 1U;
        CU_ASSERT_EQUAL_FATAL(pwrite(fd, &byte, 1, at), 1);
        close(fd);
        const outcome o = ask(3, RUNDE_ROADS_OSRM, "ok");
        CU_ASSERT_EQUAL(o.status, RUNDE_OK);
        CU_ASSERT_STRING_EQUAL(o.code, "RUNDE-W744");
        CU_ASSERT_EQUAL(o.wrong, 0);
        CU_ASSERT_EQUAL(o.requests, 1);
        CU_ASSERT_EQUAL(size_of(path), size);
    }
    for (off_t length = 0; length < size; length += 7) {
        CU_ASSERT_EQUAL_FATAL(truncate(path, length), 0);
        CU_ASSERT_STRING_EQUAL(ask(3, RUNDE_ROADS_OSRM, "ok").code,
                               "RUNDE-W744");
    }
}

/* Where nothing can be read or written the answer is right all the same. */
static void test_no_file(void)
{
    char link_path[80];
    unlink(path);
    (void)snprintf(link_path, sizeof link_path, "%s.link", path);
    unlink(link_path);
    CU_ASSERT_EQUAL_FATAL(symlink("nowhere", link_path), 0);
    char url[96];
    runde_problem *const p = roads_problem(3);
    const char *const bad[] = {link_path, "/nowhere/at/all", "/dev/null",
                               "/tmp"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        runde_roads *roads = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        runde_roads_options o =
            roads_options(url, server, RUNDE_ROADS_OSRM, "ok");
        o.cache = bad[i];
        CU_ASSERT_EQUAL(runde_roads_fetch(&roads, p, 0, &o, &diag), RUNDE_OK);
        CU_ASSERT_TRUE(diag.warnings > 0);
        runde_roads_free(roads);
    }
    unlink(link_path);
    runde_problem_free(p);
}

int main(void)
{
    const char *const folder = getenv("TMPDIR");
    (void)snprintf(path, sizeof path, "%s/runde-cache-%ld",
                   folder != NULL && strlen(folder) < 30 ? folder : "/tmp",
                   (long)getpid());
    server = fault_server_start();
    if (server == NULL) {
        RN_SKIP_ALL("no port of this machine can be listened on");
    }
    const rn_test tests[] = {
        RN_TEST(test_next_day),      RN_TEST(test_private),
        RN_TEST(test_sections),      RN_TEST(test_bad_places),
        RN_TEST(test_failure_keeps), RN_TEST(test_damage),
        RN_TEST(test_no_file)};
    const int code =
        rn_run("road_cache", tests, sizeof tests / sizeof tests[0]);
    fault_server_stop(server);
    unlink(path);
    return code;
}
