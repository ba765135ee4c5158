/* SPDX-License-Identifier: MIT */
/* A client's profile is changed in the course of the day: it does what its
 * name says, and nobody else's day is touched. Three zones that nobody drives
 * between, each with a client on whom one of the profiles must bite: what it
 * weighs five times, or a fifth, turns one decision round that the weights of
 * all leave as it is. */
#include "harness.h"

#include <runde/runde.h>

#include <string.h>

enum { HOUR = 3600, MINUTE = 60, FAR = 20 * HOUR };
enum { PLACES = 10, CARERS = 5, CLIENTS = 9, ZONES = 3 };

/* The first client of each zone is the one in question. */
enum { FACES = 0, DRIVING = 3, WISHES = 6 };

/* Faces: carer 0 is wished for (600) and 900 s of driving away, carer 1 is 60
 * s away. Driving: carer 2 is wished for and 580 s away, carer 3 in the house
 * next door. Wishes: on the way from f, at nine, to g, at ten, the visit
 * begins five minutes late; to be there before nine is a detour of 1,440 s.
 * All other visits have their minute, so that there is one best plan. */
static const struct {
    int32_t from;
    int32_t to;
    int32_t ticks;
} ways[] = {{0, 1, 1800}, {0, 2, 450}, {1, 2, 30},  {3, 4, 1800},
            {3, 5, 290},  {4, 5, 0},   {6, 7, 300}, {6, 8, 900},
            {6, 9, 900},  {7, 8, 900}, {7, 9, 900}, {8, 9, 60}};

static const int32_t place_of[CLIENTS] = {2, 0, 1, 5, 3, 4, 8, 7, 9};
static const int32_t base_of[CARERS] = {0, 1, 3, 4, 6};
static const char *const names[] = {"0", "1", "2", "3", "4",
                                    "5", "6", "7", "8", "9"};

static bool add_ground(runde_problem *p)
{
    int32_t cells[PLACES * PLACES];
    bool good = runde_problem_add_mode(p, "car", NULL) == RUNDE_OK;
    for (int32_t i = 0; i < PLACES * PLACES; i++) {
        cells[i] = i % (PLACES + 1) == 0 ? 0 : FAR;
    }
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        cells[ways[i].from * PLACES + ways[i].to] = ways[i].ticks;
        cells[ways[i].to * PLACES + ways[i].from] = ways[i].ticks;
    }
    for (int32_t i = 0; good && i < PLACES; i++) {
        runde_place place = RUNDE_PLACE_INIT;
        place.id = names[i];
        good = runde_problem_add_place(p, &place, NULL) == RUNDE_OK;
    }
    const runde_matrix matrix = {sizeof matrix, PLACES, cells, NULL};
    return good && runde_problem_set_matrix(p, 0, &matrix) == RUNDE_OK;
}

static bool add_carers(runde_problem *p)
{
    bool good = true;
    for (int32_t i = 0; good && i < CARERS; i++) {
        runde_carer carer = RUNDE_CARER_INIT;
        runde_shift shift = RUNDE_SHIFT_INIT;
        carer.id = names[i];
        shift.id = names[i];
        shift.carer = i;
        shift.start = 7 * HOUR;
        shift.end = 15 * HOUR;
        shift.start_place = base_of[i];
        shift.end_place = base_of[i];
        good = runde_problem_add_carer(p, &carer, NULL) == RUNDE_OK &&
               runde_problem_add_shift(p, &shift, NULL) == RUNDE_OK;
    }
    return good;
}

static bool add_clients(runde_problem *p)
{
    static const runde_carer_wish wish[2] = {{0, RUNDE_PREFERRED, 10},
                                             {2, RUNDE_PREFERRED, 10}};
    static const runde_interval preferred = {7 * HOUR, 9 * HOUR + 20 * MINUTE};
    static const runde_window at[3] = {{9 * HOUR, 9 * HOUR, RUNDE_TIME_NONE},
                                       {10 * HOUR, 10 * HOUR, RUNDE_TIME_NONE},
                                       {7 * HOUR, 7 * HOUR, RUNDE_TIME_NONE}};
    bool good = true;
    for (int32_t i = 0; good && i < CLIENTS; i++) {
        runde_client client = RUNDE_CLIENT_INIT;
        runde_visit visit = RUNDE_VISIT_INIT;
        client.id = names[i];
        client.place = place_of[i];
        client.wishes = i == FACES ? &wish[0] : &wish[1];
        client.n_wishes = i == FACES || i == DRIVING;
        visit.id = names[i];
        visit.client = i;
        visit.duration = 10 * MINUTE;
        visit.preferred = &preferred;
        visit.n_preferred = i == WISHES;
        visit.windows = i < WISHES ? &at[2] : &at[i == WISHES + 2];
        visit.n_windows = i != FACES && i != DRIVING && i != WISHES;
        good = runde_problem_add_client(p, &client, NULL) == RUNDE_OK &&
               runde_problem_add_visit(p, &visit, NULL) == RUNDE_OK;
    }
    return good;
}

static runde_problem *three_zones(void)
{
    runde_problem *p = NULL;
    CU_ASSERT_FATAL(runde_problem_new(&p, NULL, NULL) == RUNDE_OK &&
                    add_ground(p) && add_carers(p) && add_clients(p) &&
                    runde_problem_seal(p, NULL) == RUNDE_OK);
    return p;
}

/* With no client nothing happens. */
static runde_replan *change(const runde_problem *problem,
                            const runde_plan *published, int32_t client,
                            runde_profile profile)
{
    char text[256];
    runde_overlay *overlay = NULL;
    runde_event event = RUNDE_EVENT_INIT;
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_replan *replan = NULL;
    (void)snprintf(text, sizeof text,
                   "{\"format\":\"runde-weights\",\"version\":1,\"clients\":"
                   "[{\"client\":\"%d\",\"profile\":\"%s\"}]}",
                   client, runde_profile_name(profile));
    if (client != RUNDE_NONE) {
        CU_ASSERT_EQUAL_FATAL(runde_overlay_from_json(&overlay, problem, text,
                                                      strlen(text), NULL),
                              RUNDE_OK);
        event.edit = runde_overlay_edits(overlay, &options.n_events);
        options.events = &event;
    }
    /* A whole day: here it is about what is worth its while, not about how
     * far a visit moves. */
    options.tolerance = 24 * HOUR;
    CU_ASSERT_EQUAL_FATAL(
        runde_replan_new(&replan, problem, published, &options, NULL),
        RUNDE_OK);
    runde_overlay_free(overlay);
    return replan;
}

static runde_plan *publish(const runde_problem *problem)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_plan *plan = NULL;
    options.iteration_limit = 2000;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, &options, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_n_unserved(plan), 0);
    return plan;
}

/* The profile of the client who is made for it turns her visit round. */
static void test_bites(void)
{
    static const struct {
        int32_t client;
        runde_criterion falls; /* what the profile is for */
        runde_criterion rises; /* and what it costs instead */
    } bites[RUNDE_PROFILES] = {
        [RUNDE_PROFILE_CONTINUITY] = {FACES, RUNDE_CARER_PREFERENCE,
                                      RUNDE_TRAVEL_TIME},
        [RUNDE_PROFILE_TIME] = {WISHES, RUNDE_LATE, RUNDE_TRAVEL_TIME},
        [RUNDE_PROFILE_TRAVEL] = {DRIVING, RUNDE_TRAVEL_TIME,
                                  RUNDE_CARER_PREFERENCE}};
    runde_problem *const problem = three_zones();
    runde_plan *const published = publish(problem);
    for (int32_t k = 0; k < RUNDE_PROFILES; k++) {
        runde_replan *const replan =
            change(problem, published, bites[k].client, (runde_profile)k);
        const int64_t *const before = runde_replan_cost_before(replan)->amount;
        const int64_t *const after =
            runde_plan_cost(runde_replan_plan(replan))->amount;
        bool is_hers = false;
        const runde_diff *const diff = runde_replan_diff(replan);
        for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
            is_hers = is_hers ||
                      runde_diff_get_part(diff, i)->visit == bites[k].client;
        }
        CU_ASSERT_TRUE(is_hers);
        CU_ASSERT(after[bites[k].falls] < before[bites[k].falls]);
        CU_ASSERT(after[bites[k].rises] > before[bites[k].rises]);
        runde_replan_free(replan);
    }
    runde_plan_free(published);
    runde_problem_free(problem);
}

/* Whoever's profile it is: what moves is of her zone, and without a change of
 * profile nothing does. */
static void test_surroundings(void)
{
    runde_problem *const problem = three_zones();
    runde_plan *const published = publish(problem);
    for (int32_t client = RUNDE_NONE; client < CLIENTS; client++) {
        for (int32_t k = 0; k < RUNDE_PROFILES; k++) {
            runde_replan *const replan =
                change(problem, published, client, (runde_profile)k);
            const runde_diff *const diff = runde_replan_diff(replan);
            const int32_t n = runde_diff_n_parts(diff);
            CU_ASSERT(client != RUNDE_NONE || n == 0);
            for (int32_t i = 0; i < n; i++) {
                CU_ASSERT_EQUAL(runde_diff_get_part(diff, i)->visit / ZONES,
                                client / ZONES);
            }
            runde_replan_free(replan);
        }
    }
    runde_plan_free(published);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("profile", RN_TEST(test_bites), RN_TEST(test_surroundings));
}
