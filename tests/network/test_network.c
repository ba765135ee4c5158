/* SPDX-License-Identifier: MIT */
/* Reading a network: every finding at once, and which way is open to whom. */
#include "harness.h"
#include "random_network.h"

static char found[8192];
static int forwarded;

static void note(const runde_finding *finding, void *payload)
{
    (void)payload;
    const size_t at = strlen(found);
    (void)snprintf(found + at, sizeof found - at, "%s %s\n", finding->code + 6,
                   finding->pointer);
    forwarded++;
}

static runde_status read_both(runde_network **out, const char *nodes,
                              const char *edges, runde_diag *diag)
{
    const runde_diag fresh = RUNDE_DIAG_INIT;
    *diag = fresh;
    diag->on_finding = note;
    found[0] = '\0';
    forwarded = 0;
    return runde_network_read(out, nodes, strlen(nodes), edges, strlen(edges),
                              diag);
}

static void refuse(const char *nodes, const char *edges, const char *findings)
{
    runde_network *network = NULL;
    runde_diag diag;
    CU_ASSERT_EQUAL(read_both(&network, nodes, edges, &diag), RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NULL(network);
    CU_ASSERT_STRING_EQUAL(found, findings);
}

#define NODES "node,lat,lon\n1,60,10\n2,60,10.01\n3,60.01,10.01\n"
#define EDGES "from,to,length_m,seconds\n"

static void test_findings(void)
{
    refuse("node,lat,lon\n1,60,10\n2,x,10\n1,91,181\n1,60,10\n",
           EDGES "1,1,5,5\n1,2,-1,9\n1,1,1,86401\n1,1\n",
           "E703 /nodes/3/lat\nE703 /nodes/4/lat\nE703 /nodes/4/lon\n"
           "E704 /nodes/5/node\n"
           "E705 /edges/3/to\nE703 /edges/3/length_m\n"
           "E703 /edges/4/seconds\nE702 /edges/5\n");
    refuse(NODES, "from,to,length_m\n1,2,3\n", "E701 /edges/1\n");
    refuse("a,b\n", "c\n",
           "E701 /nodes/1/node\nE701 /nodes/1/lat\nE701 /nodes/1/lon\n"
           "E701 /edges/1/from\nE701 /edges/1/to\nE701 /edges/1/length_m\n");
    refuse(NODES, EDGES, "E706 /edges\n");
    refuse("node,lat,lon\n", EDGES, "E706 /nodes\n");
    refuse(NODES,
           "from,to,length_m,speed_kmh,car\n1,2,5,0,1\n2,1,5,,1\n"
           "1,2,5,,0\n1,2,5,50,2\n",
           "E703 /edges/2/speed_kmh\nE703 /edges/3/speed_kmh\n"
           "E703 /edges/5/car\n");
    refuse(NODES, "from,to,length_m,seconds,speed_kmh\n1,2,5,,\n",
           "E703 /edges/2/seconds\n");
}

/* A hundred are told one by one, all are counted. */
static void test_many(void)
{
    static char edges[8192];
    int at = snprintf(edges, sizeof edges, EDGES);
    for (int i = 0; i < 250; i++) {
        at += snprintf(edges + at, sizeof edges - (size_t)at, "1,9,5,5\n");
    }
    runde_network *network = NULL;
    runde_diag diag;
    CU_ASSERT_EQUAL(read_both(&network, NODES, edges, &diag), RUNDE_E_FORMAT);
    CU_ASSERT_EQUAL(forwarded, 100);
    CU_ASSERT_EQUAL(diag.errors, 250);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E705");
}

static void test_limits(void)
{
    static char edges[1 << 16];
    int at = snprintf(edges, sizeof edges, EDGES);
    for (int i = 0; i < 900; i++) {
        at +=
            snprintf(edges + at, sizeof edges - (size_t)at, "1,2,1000000,5\n");
    }
    runde_network *network = NULL;
    runde_diag diag;
    CU_ASSERT_EQUAL(read_both(&network, NODES, edges, &diag), RUNDE_E_LIMIT);
    CU_ASSERT_STRING_EQUAL(found, "E707 /edges\n");
    CU_ASSERT_EQUAL(runde_network_read(&network, NODES,
                                       RUNDE_NETWORK_MAX_BYTES + 1, EDGES, 1,
                                       &diag),
                    RUNDE_E_LIMIT);
    CU_ASSERT_EQUAL(runde_network_read(NULL, NODES, 1, EDGES, 1, &diag),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_network_read(&network, NULL, 1, EDGES, 1, &diag),
                    RUNDE_E_ARGUMENT);
}

/* ---------------------------------------------------------- who may drive */

static int32_t travel(const runde_network *network, const char *mode, int from,
                      int to)
{
    static const double at[3][2] = {{60, 10}, {60, 10.01}, {60.01, 10.01}};
    runde_place places[2];
    const int ends[2] = {from, to};
    for (int i = 0; i < 2; i++) {
        const runde_place one = {sizeof one, "x", true, at[ends[i]][0],
                                 at[ends[i]][1]};
        places[i] = one;
    }
    runde_network_options options = RUNDE_NETWORK_OPTIONS_INIT;
    options.mode = mode;
    options.gaps = RUNDE_GAP_FORBID;
    runde_network_travel *answer = NULL;
    CU_ASSERT_EQUAL_FATAL(
        runde_network_matrix(&answer, network, places, 2, &options, NULL),
        RUNDE_OK);
    const int32_t seconds = runde_network_travel_matrix(answer)->durations[1];
    runde_network_travel_free(answer);
    return seconds;
}

static void test_modes(void)
{
    runde_network *network = NULL;
    runde_diag diag;
    /* 1 -> 2 one way; 2 - 3 a motorway both ways, and a path for feet */
    CU_ASSERT_EQUAL_FATAL(
        read_both(&network, NODES,
                  "from,to,length_m,seconds,highway,car,bicycle\n"
                  "1,2,800,70,residential,,\n"
                  "2,3,1600,60,motorway,,\n"
                  "3,2,1600,60,highway.motorway_link,1,\n"
                  "3,2,2400,,path,0,0\n",
                  &diag),
        RUNDE_OK);
    CU_ASSERT_EQUAL(runde_network_n_nodes(network), 3);
    CU_ASSERT_EQUAL(runde_network_n_edges(network), 4);
    CU_ASSERT_EQUAL(travel(network, "car", 0, 1), 70);
    CU_ASSERT_EQUAL(travel(network, "car", 1, 0), RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(travel(network, "car", 0, 2), 130);
    CU_ASSERT_EQUAL(travel(network, "car", 2, 1), 60);
    CU_ASSERT_EQUAL(travel(network, "bicycle", 0, 1), 180);
    CU_ASSERT_EQUAL(travel(network, "bicycle", 1, 0), RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(travel(network, "walk", 0, 1), 600);
    CU_ASSERT_EQUAL(travel(network, "walk", 1, 0), 600);
    CU_ASSERT_EQUAL(travel(network, "walk", 0, 2), 2400);
    runde_network_free(network);
}

static void test_speeds(void)
{
    runde_network *network = NULL;
    runde_diag diag;
    CU_ASSERT_EQUAL_FATAL(
        read_both(&network, NODES,
                  "to;from;length_m;speed_kmh;seconds;name\n"
                  "2;1;1000;36;;\xC3\x98vre gate\n2;3;1000;36;5;\n",
                  &diag),
        RUNDE_OK);
    CU_ASSERT_EQUAL(travel(network, "car", 0, 1), 100);
    CU_ASSERT_EQUAL(travel(network, "car", 2, 1), 5);
    runde_network_free(network);
    runde_network_free(NULL);
}

int main(void)
{
    RN_RUN("network", RN_TEST(test_findings), RN_TEST(test_many),
           RN_TEST(test_limits), RN_TEST(test_modes), RN_TEST(test_speeds));
}
