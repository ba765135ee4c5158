/* SPDX-License-Identifier: MIT */
/* Where breaks are taken and on which side of them a leg is driven. The
 * route of shift s2 is depot, v3 (place 3, 20 there and 21 back), depot. */
#include "scene.h"

static scene sc;

/* Route s2 with a break of 30 that starts at `start`, in front of stop `at`,
 * at a place, after `travel` ticks of driving. Starts the scene. */
static runde_stop *with_break(int32_t at, int32_t start, int32_t travel,
                              int32_t place)
{
    scene_init(&sc);
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
    sc.breaks[2][0] = (runde_break){30, 1900, 2100, false, false, false};
    sc.breaks[2][1] = (runde_break){15, 1900, 2100, true, false, true};
    sc.shifts[2].n_breaks = 1;
    runde_stop stop = {
        RUNDE_STOP_BREAK, 0, 0, place, travel, 0, 0, 0, 0, 0, 0, false};
    stop.start = start;
    scene_put_stop(&sc, 2, at, &stop);
    return sc.stops[2];
}

static void drive(runde_stop *stop, int32_t ticks, int32_t metres)
{
    stop->travel = ticks;
    stop->distance = metres;
}

static int32_t count(void)
{
    scene_retime(&sc, 2);
    return scene_count(&sc, NULL);
}

static bool breaks_travel(void)
{
    scene_retime(&sc, 2);
    return scene_breaks_only(&sc, "travel");
}

static void test_before_the_drive(void)
{
    runde_stop *const stops = with_break(0, 1940, 0, 0);
    CU_ASSERT_EQUAL(count(), 0);
    CU_ASSERT_EQUAL(sc.routes[2].begin, 1940);
    CU_ASSERT_EQUAL(stops[1].waiting, 10);
    stops[0].place = 3;
    CU_ASSERT(breaks_travel());
    stops[0].place = RUNDE_NONE;
    CU_ASSERT(breaks_travel());
    stops[0].place = 0;
    stops[0].distance = 2000;
    stops[1].distance = 0;
    CU_ASSERT(breaks_travel());
}

static void test_after_the_drive(void)
{
    runde_stop *const stops = with_break(0, 1960, 20, 3);
    drive(&stops[0], 20, 2000);
    drive(&stops[1], 0, 0);
    CU_ASSERT_EQUAL(count(), 0);
    CU_ASSERT_EQUAL(sc.routes[2].begin, 1940);
    stops[0].place = 0;
    CU_ASSERT(breaks_travel());
    stops[0].place = 3;
    drive(&stops[0], 20, 0);
    drive(&stops[1], 0, 2000);
    CU_ASSERT(breaks_travel());
}

static void test_in_the_middle(void)
{
    runde_stop *const stops = with_break(0, 1955, 8, RUNDE_NONE);
    drive(&stops[1], 12, 2000);
    CU_ASSERT(breaks_travel());
    sc.breaks[2][0].interrupts_travel = true;
    CU_ASSERT_EQUAL(count(), 0);
    CU_ASSERT_EQUAL(sc.routes[2].begin, 1947);
    stops[0].place = 0;
    CU_ASSERT(breaks_travel());
    stops[0].place = RUNDE_NONE;
    drive(&stops[0], 8, 800);
    drive(&stops[1], 12, 1200);
    CU_ASSERT(breaks_travel());
    drive(&stops[0], 8, 0);
    drive(&stops[1], 11, 2000);
    CU_ASSERT(breaks_travel());
}

/* Nothing driven yet: the carer is still at the depot. */
static void test_interrupting_at_rest(void)
{
    runde_stop *const stops = with_break(0, 1940, 0, 0);
    sc.breaks[2][0].interrupts_travel = true;
    CU_ASSERT_EQUAL(count(), 0);
    stops[0].place = RUNDE_NONE;
    CU_ASSERT(breaks_travel());
}

static void test_two_in_one_drive(void)
{
    runde_stop *const stops = with_break(0, 1940, 8, RUNDE_NONE);
    runde_stop second = stops[0];
    second.item = 1;
    second.start = 1975;
    second.travel = 5;
    scene_put_stop(&sc, 2, 1, &second);
    drive(&stops[2], 7, 2000);
    sc.shifts[2].n_breaks = 2;
    sc.breaks[2][0].interrupts_travel = true;
    CU_ASSERT_EQUAL(count(), 0);
    /* The second one does not interrupt, though nothing is driven for it. */
    sc.breaks[2][1].interrupts_travel = false;
    stops[1].start = 1972;
    drive(&stops[1], 0, 0);
    drive(&stops[2], 12, 2000);
    CU_ASSERT(breaks_travel());
    /* It may be taken at the door. */
    drive(&stops[1], 12, 2000);
    drive(&stops[2], 0, 0);
    stops[1].start = 1985;
    stops[1].place = 3;
    CU_ASSERT_EQUAL(count(), 0);
}

static void test_before_going_home(void)
{
    runde_stop *const stops = with_break(1, 2030, 0, 3);
    CU_ASSERT_EQUAL(count(), 0);
    CU_ASSERT_EQUAL(sc.routes[2].end, 2081);
    stops[1].place = 0;
    CU_ASSERT(breaks_travel());
}

static void test_after_going_home(void)
{
    runde_stop *const stops = with_break(1, 2050, 21, 0);
    drive(&stops[1], 21, 2100);
    sc.routes[2].travel_home = 0;
    sc.routes[2].distance_home = 0;
    CU_ASSERT(breaks_travel());
    sc.breaks[2][0].interrupts_travel = true;
    CU_ASSERT_EQUAL(count(), 0);
}

static void test_on_the_way_home(void)
{
    runde_stop *const stops = with_break(1, 2040, 10, RUNDE_NONE);
    sc.routes[2].travel_home = 11;
    CU_ASSERT(breaks_travel());
    sc.breaks[2][0].interrupts_travel = true;
    CU_ASSERT_EQUAL(count(), 0);
    stops[1].place = 3;
    CU_ASSERT(breaks_travel());
}

static void test_open_start(void)
{
    runde_stop *const stops = with_break(0, 1960, 0, 3);
    sc.shifts[2].start_place = RUNDE_NONE;
    drive(&stops[1], 0, 0);
    CU_ASSERT_EQUAL(count(), 0);
    stops[0].place = 0;
    CU_ASSERT(breaks_travel());
    stops[0].place = 3;
    /* Who begins here sets up; who starts at this very place does not. */
    sc.visits[3].setup = 4;
    CU_ASSERT(breaks_travel());
    stops[1].setup = 4;
    CU_ASSERT_EQUAL(count(), 0);
    sc.shifts[2].start_place = 3;
    CU_ASSERT(breaks_travel());
    stops[1].setup = 0;
    CU_ASSERT_EQUAL(count(), 0);
}

static void test_open_end(void)
{
    runde_stop *const stops = with_break(1, 2030, 0, 3);
    sc.shifts[2].end_place = RUNDE_NONE;
    sc.routes[2].travel_home = 0;
    sc.routes[2].distance_home = 0;
    CU_ASSERT_EQUAL(count(), 0);
    stops[1].place = 0;
    CU_ASSERT(breaks_travel());
}

/* Two addresses in one house: the break may be on either side. */
static void test_leg_of_nothing(void)
{
    runde_stop *const stops = with_break(0, 1960, 0, 0);
    sc.legs[3] = 0;
    sc.metres[3] = 0;
    drive(&stops[1], 0, 0);
    CU_ASSERT_EQUAL(count(), 0);
    stops[0].place = 3;
    CU_ASSERT_EQUAL(count(), 0);
    stops[0].place = 1;
    CU_ASSERT(breaks_travel());
    /* With metres they say where it ends. */
    sc.metres[3] = 40;
    stops[0].place = 0;
    stops[1].distance = 40;
    CU_ASSERT_EQUAL(count(), 0);
    stops[0].place = 3;
    CU_ASSERT(breaks_travel());
}

static void test_begin_with_break(void)
{
    runde_stop *const stops = with_break(0, 1940, 0, 0);
    scene_retime(&sc, 2);
    sc.routes[2].begin -= 1;
    stops[0].arrival -= 1;
    stops[0].waiting += 1;
    CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
}

static int64_t amount(runde_criterion criterion)
{
    scene_retime(&sc, 0);
    scene_retime(&sc, 1);
    scene_retime(&sc, 2);
    runde_report *const report = scene_check(&sc);
    if (report == NULL || runde_report_n_violations(report) != 0) {
        runde_report_free(report);
        return -1;
    }
    const int64_t value = runde_report_cost(report)->amount[criterion];
    runde_report_free(report);
    return value;
}

/* Until the first door a carer is idle, not waiting: 169 minutes elsewhere
 * in the plan, 10 at v3 after the break. */
static void test_waiting_after_break(void)
{
    (void)with_break(0, 1940, 0, 0);
    CU_ASSERT_EQUAL(amount(RUNDE_WAITING), 169);
    sc.settings.depart_at_shift_start = true;
    /* v0: 503-3-490 = 10 more from 480; the report at 490: 10; the break at
     * 1940: 20 from 1920; v3: 10. */
    CU_ASSERT_EQUAL(amount(RUNDE_WAITING), 169 + 10 + 10 + 20 + 10);
}

/* A break is not idle: 1402 without it. */
static void test_idle_with_break(void)
{
    (void)with_break(0, 1940, 0, 0);
    CU_ASSERT_EQUAL(amount(RUNDE_IDLE), 1372);
    /* Paid breaks are work: k0 had 166. */
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_SPREAD), 104);
    sc.breaks[2][0].paid = true;
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_SPREAD), 134);
    /* One that is not taken leaves a hole. */
    sc.breaks[2][0].optional = true;
    sc.shifts[2].n_breaks = 2;
    CU_ASSERT_EQUAL(amount(RUNDE_BREAKS_MISSED), 2);
    CU_ASSERT_EQUAL(amount(RUNDE_IDLE), 1372);
    scene_drop_stop(&sc, 2, 0);
    CU_ASSERT_EQUAL(amount(RUNDE_BREAKS_MISSED), 3);
    CU_ASSERT_EQUAL(amount(RUNDE_IDLE), 1402);
    /* In a shift that is not used, all are deemed taken. */
    sc.breaks[3][1] = (runde_break){7, 1950, 2100, true, false, false};
    sc.shifts[3].n_breaks = 2;
    CU_ASSERT_EQUAL(amount(RUNDE_BREAKS_MISSED), 3);
    CU_ASSERT_EQUAL(amount(RUNDE_IDLE), 1395);
}

int main(void)
{
    RN_RUN("check_breaks", RN_TEST(test_before_the_drive),
           RN_TEST(test_after_the_drive), RN_TEST(test_in_the_middle),
           RN_TEST(test_interrupting_at_rest), RN_TEST(test_two_in_one_drive),
           RN_TEST(test_before_going_home), RN_TEST(test_after_going_home),
           RN_TEST(test_on_the_way_home), RN_TEST(test_open_start),
           RN_TEST(test_open_end), RN_TEST(test_leg_of_nothing),
           RN_TEST(test_begin_with_break), RN_TEST(test_waiting_after_break),
           RN_TEST(test_idle_with_break));
}
