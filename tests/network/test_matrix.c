/* SPDX-License-Identifier: MIT */
/* The call for a matrix: gaps, units, options, memory. */
#include "base/faults.h"
#include "harness.h"
#include "random_network.h"

/* Two towns without a road between them, and a one-way street:
 * 1 <-> 2 -> 3 in the south, 4 <-> 5 in the north. */
static const char nodes[] = "node,lat,lon\n1,60,10\n2,60,10.01\n3,60,10.02\n"
                            "4,60.1,10\n5,60.1,10.01\n";
static const char edges[] = "from,to,length_m,seconds\n1,2,600,60\n"
                            "2,1,600,80\n2,3,700,35.5\n4,5,600,60\n"
                            "5,4,600,60\n";

enum { HOME, MIDDLE, END, NORTH, WOODS, UNKNOWN, TWIN, PLACES };

static runde_place places[PLACES] = {
    {sizeof(runde_place), "home", true, 60.0, 10.0},
    {sizeof(runde_place), "middle", true, 60.0, 10.005},
    {sizeof(runde_place), "end", true, 60.0, 10.02},
    {sizeof(runde_place), "north", true, 60.1, 10.0},
    {sizeof(runde_place), "woods", true, 60.05, 10.0},
    {sizeof(runde_place), "unknown", false, 0.0, 0.0},
    {sizeof(runde_place), "twin", true, 60.0, 10.005}};

static runde_network *network;
static char found[2048];

static void note(const runde_finding *finding, void *payload)
{
    (void)payload;
    const size_t at = strlen(found);
    (void)snprintf(found + at, sizeof found - at, "%s %s\n", finding->code + 6,
                   finding->pointer);
}

static runde_status ask(runde_network_travel **out,
                        const runde_network_options *options, int n)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = note;
    found[0] = '\0';
    return runde_network_matrix(out, network, places, n, options, &diag);
}

static int32_t cell(const runde_network_travel *travel, int from, int to)
{
    const runde_matrix *const m = runde_network_travel_matrix(travel);
    return m->durations[from * m->n + to];
}

static int32_t metres(const runde_network_travel *travel, int from, int to)
{
    const runde_matrix *const m = runde_network_travel_matrix(travel);
    return m->distances[from * m->n + to];
}

static void test_error(void)
{
    runde_network_travel *travel = NULL;
    CU_ASSERT_EQUAL(ask(&travel, NULL, PLACES), RUNDE_E_INVALID);
    CU_ASSERT_PTR_NULL(travel);
    CU_ASSERT_STRING_EQUAL(found, "E710 /places/4\nE708 /places/5\n"
                                  "E712 /places/2\nE712 /places/3\n");
    CU_ASSERT_EQUAL(ask(&travel, NULL, 2), RUNDE_OK);
    CU_ASSERT_STRING_EQUAL(found, "");
    CU_ASSERT_PTR_NULL(runde_network_travel_estimated(travel));
    runde_network_travel_free(travel);
}

static void test_forbid(void)
{
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.gaps = RUNDE_GAP_FORBID;
    runde_network_travel *travel = NULL;
    CU_ASSERT_EQUAL_FATAL(ask(&travel, &options, PLACES), RUNDE_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(found, "W711 /places/4\nW709 /places/5\n"));
    CU_ASSERT_EQUAL(cell(travel, HOME, END), 96); /* 95.5 */
    CU_ASSERT_EQUAL(metres(travel, HOME, END), 1300);
    CU_ASSERT_EQUAL(cell(travel, END, HOME), RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(metres(travel, END, HOME), RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(cell(travel, HOME, NORTH), RUNDE_UNREACHABLE);
    /* half of the road, in either direction */
    CU_ASSERT_EQUAL(cell(travel, HOME, MIDDLE), 30);
    CU_ASSERT_EQUAL(cell(travel, MIDDLE, HOME), 40);
    CU_ASSERT_EQUAL(cell(travel, MIDDLE, END), 66); /* 65.5 */
    CU_ASSERT_EQUAL(cell(travel, MIDDLE, TWIN), 0);
    CU_ASSERT_EQUAL(cell(travel, TWIN, END), 66);
    CU_ASSERT_EQUAL(cell(travel, HOME, WOODS), RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(cell(travel, UNKNOWN, UNKNOWN), 0);
    CU_ASSERT_EQUAL(cell(travel, UNKNOWN, HOME), RUNDE_UNREACHABLE);
    CU_ASSERT_PTR_NULL(runde_network_travel_estimated(travel));
    CU_ASSERT_TRUE(runde_network_travel_offset(travel, UNKNOWN) < 0.0);
    CU_ASSERT_DOUBLE_EQUAL(runde_network_travel_offset(travel, WOODS), 5560.0,
                           5.0);
    CU_ASSERT_DOUBLE_EQUAL(runde_network_travel_offset(travel, TWIN), 0.0, 0.1);
    CU_ASSERT_TRUE(runde_network_travel_offset(travel, PLACES) < 0.0);
    runde_network_travel_free(travel);
}

/* Legs without a road take what the offline model says, and are marked. */
static void test_estimate(void)
{
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.gaps = RUNDE_GAP_ESTIMATE;
    options.mode = "walk"; /* all roads go both ways */
    runde_network_travel *travel = NULL;
    CU_ASSERT_EQUAL_FATAL(ask(&travel, &options, PLACES), RUNDE_OK);
    const uint8_t *const marks = runde_network_travel_estimated(travel);
    CU_ASSERT_PTR_NOT_NULL_FATAL(marks);
    int64_t n = 0;
    for (int from = 0; from < PLACES; from++) {
        for (int to = 0; to < PLACES; to++) {
            const bool unknown =
                (from == UNKNOWN || to == UNKNOWN) && from != to;
            const bool wild = from != to && (from == WOODS || to == WOODS ||
                                             (from == NORTH) != (to == NORTH));
            CU_ASSERT_EQUAL(marks[from * PLACES + to], wild && !unknown);
            CU_ASSERT_EQUAL(cell(travel, from, to) < 0, unknown);
            n += marks[from * PLACES + to];
        }
    }
    CU_ASSERT_EQUAL(runde_network_travel_n_estimated(travel), n);
    /* 11,119.5 m as the crow flies, 30 s and 1.3 times as far at 4.8 km/h */
    CU_ASSERT_EQUAL(cell(travel, HOME, NORTH), 10872);
    CU_ASSERT_EQUAL(cell(travel, HOME, END), 975);
    runde_network_travel_free(travel);
}

/* A hundred metres off the road at 20 km/h, and its mirror image. */
static void test_offset(void)
{
    runde_place off[3] = {places[HOME], places[MIDDLE], places[MIDDLE]};
    off[1].lat += 0.0009;
    off[2].lat -= 0.0009;
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.tick_ms = 100;
    options.access_s = 5;
    runde_network_travel *travel = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_network_matrix(&travel, network, off, 3, &options, NULL),
        RUNDE_OK);
    CU_ASSERT_EQUAL(cell(travel, 0, 1), 530); /* 30 + 18.0 + 5 */
    CU_ASSERT_EQUAL(metres(travel, 0, 1), 400);
    CU_ASSERT_EQUAL(cell(travel, 1, 2), 410);
    CU_ASSERT_EQUAL(metres(travel, 1, 2), 200);
    CU_ASSERT_EQUAL(cell(travel, 1, 1), 0);
    runde_network_travel_free(travel);
    options.snap_limit_m = 99.0;
    CU_ASSERT_EQUAL(
        runde_network_matrix(&travel, network, off, 3, &options, NULL),
        RUNDE_E_INVALID);
}

/* On both sides of a street that is one way from the larger node number. */
static void test_opposite(void)
{
    static const char street[] =
        "from,to,length_m,seconds\n2,1,600,60\n1,3,10,9\n3,2,10,9\n";
    runde_place off[2] = {places[MIDDLE], places[MIDDLE]};
    off[0].lat += 0.0009;
    off[1].lat -= 0.0009;
    runde_network *one = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_network_read(&one, nodes, strlen(nodes), street,
                                             strlen(street), NULL),
                          RUNDE_OK);
    runde_network_travel *travel = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_network_matrix(&travel, one, off, 2, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(cell(travel, 0, 1), 36);
    CU_ASSERT_EQUAL(cell(travel, 1, 0), 36);
    runde_network_travel_free(travel);
    runde_network_free(one);
}

static void test_arguments(void)
{
    runde_network_travel *travel = NULL;
    const runde_network_options plain = RUNDE_NETWORK_OPTIONS_INIT;
    runde_network_options wrong[10];
    for (int i = 0; i < 10; i++) {
        wrong[i] = plain;
    }
    wrong[0].size = 3;
    wrong[1].mode = "ski";
    wrong[2].mode = "walk";
    wrong[2].speed_kmh = -1.0;
    wrong[3].offset_kmh = 1e9;
    wrong[4].snap_limit_m = -5.0;
    wrong[5].access_s = -1;
    wrong[6].tick_ms = 7;
    wrong[7].n_threads = 257;
    wrong[8].gaps = (runde_network_gap)9;
    wrong[9].n_threads = -1;
    for (int i = 0; i < 10; i++) {
        CU_ASSERT_EQUAL(ask(&travel, &wrong[i], 2), RUNDE_E_ARGUMENT);
    }
    CU_ASSERT_EQUAL(ask(NULL, NULL, 2), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(ask(&travel, NULL, -1), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_network_matrix(&travel, NULL, places, 1, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL_FATAL(ask(&travel, NULL, 0), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_network_travel_matrix(travel)->n, 0);
    runde_network_travel_free(travel);
    runde_network_travel_free(NULL);
    CU_ASSERT_PTR_NULL(runde_network_travel_matrix(NULL));
    CU_ASSERT_PTR_NULL(runde_network_travel_estimated(NULL));
    CU_ASSERT_EQUAL(runde_network_travel_n_estimated(NULL), 0);
}

/* Reading and asking, with memory refused once at every turn. */
static runde_status all_of_it(int32_t *sum)
{
    static raw_network net;
    raw_network_random(&net, 3);
    runde_network *one = NULL;
    runde_network_travel *travel = NULL;
    runde_status status = runde_network_read(
        &one, net.nodes, strlen(net.nodes), net.edges, strlen(net.edges), NULL);
    if (status == RUNDE_OK) {
        runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
        options.gaps = RUNDE_GAP_ESTIMATE;
        options.n_threads = 1;
        status =
            runde_network_matrix(&travel, one, places, PLACES, &options, NULL);
    }
    CU_ASSERT_EQUAL(travel != NULL, status == RUNDE_OK);
    *sum = travel != NULL ? cell(travel, HOME, END) : -1;
    runde_network_travel_free(travel);
    runde_network_free(one);
    return status;
}

static void test_memory(void)
{
    int32_t wanted = 0;
    CU_ASSERT_EQUAL_FATAL(all_of_it(&wanted), RUNDE_OK);
    bool refused = true;
    long turns = 0;
    for (long k = 0; refused; k++) {
        int32_t sum = 0;
        rn_faults_begin(k);
        const runde_status status = all_of_it(&sum);
        refused = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(sum, refused ? -1 : wanted);
        turns = k;
    }
    CU_ASSERT_TRUE(turns > 20);
}

int main(void)
{
    if (runde_network_read(&network, nodes, strlen(nodes), edges, strlen(edges),
                           NULL) != RUNDE_OK) {
        return EXIT_FAILURE;
    }
    const rn_test tests[] = {RN_TEST(test_error),    RN_TEST(test_forbid),
                             RN_TEST(test_estimate), RN_TEST(test_offset),
                             RN_TEST(test_opposite), RN_TEST(test_arguments),
                             RN_TEST(test_memory)};
    const int code = rn_run("matrix", tests, sizeof tests / sizeof tests[0]);
    runde_network_free(network);
    return code;
}
