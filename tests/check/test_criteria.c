/* SPDX-License-Identifier: MIT */
/* Amounts by hand where the plan of scene.c does not reach: each test
 * changes one thing and writes down the sum. */
#include "scene.h"

static scene sc;

static void init(void)
{
    scene_init(&sc);
    sc.cost = (runde_cost)RUNDE_COST_INIT;
    sc.kpis = (runde_kpis)RUNDE_KPIS_INIT;
}

static runde_cost cost_of(void)
{
    runde_cost cost = RUNDE_COST_INIT;
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    cost = *runde_report_cost(report);
    runde_report_free(report);
    return cost;
}

static runde_kpis kpis_of(void)
{
    runde_kpis kpis = RUNDE_KPIS_INIT;
    runde_report *const report = scene_check(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(report);
    kpis = *runde_report_kpis(report);
    runde_report_free(report);
    return kpis;
}

static int64_t amount(runde_criterion criterion)
{
    return cost_of().amount[criterion];
}

/* v0 starts at 503 and lasts 20. */
static void test_punctuality(void)
{
    const runde_interval two[2] = {{400, 480}, {520, 530}};
    const runde_interval three[3] = {{400, 410}, {500, 501}, {504, 600}};
    init();
    sc.visits[0].preferred = two;
    sc.visits[0].n_preferred = 2;
    /* 520 is still to come: 503 - 480 after the first, and v3's 10 */
    CU_ASSERT_EQUAL(amount(RUNDE_LATE), 23 + 10);
    CU_ASSERT_EQUAL(amount(RUNDE_MAX_LATE), 23);
    CU_ASSERT_EQUAL(amount(RUNDE_EARLY), 0);
    sc.visits[0].preferred = three;
    sc.visits[0].n_preferred = 3;
    CU_ASSERT_EQUAL(amount(RUNDE_LATE), 2 + 10);
    CU_ASSERT_EQUAL(amount(RUNDE_MAX_LATE), 10);
    sc.visits[0].preferred = two + 1;
    sc.visits[0].n_preferred = 1;
    CU_ASSERT_EQUAL(amount(RUNDE_EARLY), 17);
    CU_ASSERT_EQUAL(amount(RUNDE_LATE), 0 + 10);
    sc.settings.early_at_end = true;
    /* v0 ends at 523: in time for 520, 7 early for 530 */
    CU_ASSERT_EQUAL(amount(RUNDE_EARLY), 0);
    CU_ASSERT_EQUAL(amount(RUNDE_LATE), 0 + 10);
    sc.visits[0].preferred = three + 2;
    CU_ASSERT_EQUAL(amount(RUNDE_EARLY), 0);
    sc.preferred[0] = (runde_interval){530, 540};
    sc.visits[0].preferred = &sc.preferred[0];
    CU_ASSERT_EQUAL(amount(RUNDE_EARLY), 7);
    sc.visits[0].preferred = two + 1;
    sc.settings.early_at_end = false;
    sc.settings.late_at_end = true;
    /* v0 ends at 523 <= 530, v3 at 2025: 35 after 1990 */
    CU_ASSERT_EQUAL(amount(RUNDE_LATE), 35);
    CU_ASSERT_EQUAL(kpis_of().on_time_share, 0);
    sc.visits[0].n_preferred = 0;
    CU_ASSERT_EQUAL(kpis_of().on_time_share, 0);
    sc.visits[3].n_preferred = 0;
    CU_ASSERT_EQUAL(kpis_of().on_time_share, 1000);
}

/* Both parts of v1 start at 540; each counts. */
static void test_crew_counts_twice(void)
{
    init();
    sc.preferred[1] = (runde_interval){545, 550};
    sc.visits[1].n_preferred = 1;
    CU_ASSERT_EQUAL(amount(RUNDE_EARLY), 10);
    /* v0 in time; v1 twice not, v3 not: 1 of 4 */
    CU_ASSERT_EQUAL(kpis_of().on_time_share, 250);
}

static void test_overtime(void)
{
    init();
    sc.shifts[0].end = 760; /* back at 771 */
    sc.breaks[0][1].max_start = 750;
    sc.shifts[2].end = 2041; /* back at 2046 */
    const runde_cost cost = cost_of();
    CU_ASSERT_EQUAL(cost.amount[RUNDE_OVERTIME], 11 + 5);
    CU_ASSERT_EQUAL(kpis_of().overtime, 16);
    /* s0: 771 - 480 - 130 = 161; s1 358; s2: 2046 - 1920 - 66 = 60; s3 400 */
    CU_ASSERT_EQUAL(cost.amount[RUNDE_IDLE], 161 + 358 + 60 + 400);
}

static void test_preference(void)
{
    const runde_carer_wish wishes[3] = {{1, RUNDE_PREFERRED, 4},
                                        {1, RUNDE_PREFERRED, 4},
                                        {0, RUNDE_UNWANTED, 2}};
    init();
    /* c0 prefers k0 with 5, v0 itself k1 with 8 and dislikes k0 with 2:
     * k0 costs 8 - 5 + 2 = 5. v2 has only the client's wish: 0. v1: 3. */
    sc.visits[0].wishes = wishes;
    sc.visits[0].n_wishes = 3;
    CU_ASSERT_EQUAL(amount(RUNDE_CARER_PREFERENCE), 5 + 0 + 3);
}

static void test_overqualification(void)
{
    const runde_skill_need needs[2] = {{0, 0, RUNDE_NONE}, {0, 1, 1}};
    init();
    /* v1: k0 holds 2, k1 holds 1. Part 0: 2 over level 0; part 1: 1 over 0
     * and 0 over 1. v0: 1. */
    sc.visits[1].skills = needs;
    sc.visits[1].n_skills = 2;
    CU_ASSERT_EQUAL(amount(RUNDE_OVERQUALIFICATION), 2 + 1 + 0 + 1);
}

static void test_meetings(void)
{
    init();
    /* The third client gets a first visit: v5 is left out, but counts. */
    sc.visits[5].client = 3;
    CU_ASSERT_EQUAL(amount(RUNDE_DISTINCT_CARERS), 6 + 1);
    CU_ASSERT_EQUAL(kpis_of().carers_per_client, 2000);
    sc.clients[3].max_carers = 1;
    CU_ASSERT_EQUAL(amount(RUNDE_CARERS_OVER_TARGET), 1);
    /* With 4 days back from the end of day 2, -2000 counts, too. */
    sc.clients[0].max_carers_days = 4;
    CU_ASSERT_EQUAL(amount(RUNDE_DISTINCT_CARERS), 8);
    CU_ASSERT_EQUAL(amount(RUNDE_CARERS_OVER_TARGET), 2);
    /* (3 + 2 + 2) / 3 = 2.333 */
    CU_ASSERT_EQUAL(kpis_of().carers_per_client, 2333);
    CU_ASSERT_EQUAL(kpis_of().max_carers_per_client, 3);
    sc.clients[0].max_carers_days = 0;
    CU_ASSERT_EQUAL(amount(RUNDE_DISTINCT_CARERS), 8);
}

/* k0 166, k1 62. */
static void test_workload(void)
{
    init();
    sc.visits[3].duration = 26; /* k0 167: mean 114.5, 52.5 away each */
    scene_retime(&sc, 2);
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_DEVIATION), 53 + 53);
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_SPREAD), 105);
    sc.visits[3].duration = 25;
    scene_retime(&sc, 2);
    /* With k2 on a shift of nothing: mean 76, 90 + 14 + 76. */
    sc.shifts[3].carer = 2;
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_DEVIATION), 180);
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_SPREAD), 166);
    sc.visits[3].duration = 26;
    scene_retime(&sc, 2);
    /* mean 76.33: ceil 90.67 + ceil 14.33 + ceil 76.33 */
    CU_ASSERT_EQUAL(amount(RUNDE_WORKLOAD_DEVIATION), 91 + 15 + 77);
}

static void test_loads(void)
{
    init();
    sc.shifts[3].carer = 2; /* carries nothing */
    CU_ASSERT_EQUAL(amount(RUNDE_LOAD_SPREAD), 2);
    sc.load.shared = false;
    CU_ASSERT_EQUAL(amount(RUNDE_LOAD_SPREAD), 0);
    CU_ASSERT_EQUAL(kpis_of().max_heavy, 0);
}

static void test_published(void)
{
    init();
    /* The parts of v1: 0 by k0, 1 by k1, both at 540. */
    sc.published[0] =
        (runde_published){sizeof(runde_published), 1, 0, 1, 545, 0};
    sc.published[1] =
        (runde_published){sizeof(runde_published), 1, 1, 1, 530, 4};
    CU_ASSERT_EQUAL(amount(RUNDE_CHANGED_CARER), 1);
    CU_ASSERT_EQUAL(amount(RUNDE_SHIFTED_START), 5 + 6);
}

/* Legs into visits of c0: depot to v0 10, to v2 6; c0 weighs travel by 50,
 * everybody else by 1; the way home belongs to nobody. */
static void test_profile_of_travel(void)
{
    runde_weights own = {0};
    init();
    own.size = sizeof own;
    own.weight[RUNDE_TRAVEL_TIME] = 50;
    own.set = 1U << RUNDE_TRAVEL_TIME;
    sc.clients[0].weights = &own;
    const runde_cost cost = cost_of();
    CU_ASSERT_EQUAL(cost.amount[RUNDE_TRAVEL_TIME], 88);
    CU_ASSERT_EQUAL(cost.cost[RUNDE_TRAVEL_TIME], 16 * 50 + 72 * 1);
    /* Weights of criteria without shares are the global ones. */
    CU_ASSERT_EQUAL(cost.cost[RUNDE_IDLE], 1402 * (RUNDE_IDLE + 1));
    int64_t sum = 0;
    for (int32_t x = 0; x < RUNDE_CRITERIA; x++) {
        sum += cost.cost[x];
    }
    CU_ASSERT_EQUAL(cost.wishes, sum);
}

static void test_priorities(void)
{
    init();
    sc.visits[5].priority = 0; /* the default */
    CU_ASSERT_EQUAL(cost_of().left_out, 10);
    CU_ASSERT_EQUAL(kpis_of().left_out_by_priority[10], 1);
    sc.visits[5].optional = true;
    sc.visits[5].price = 8;
    CU_ASSERT_EQUAL(cost_of().left_out, 0);
    CU_ASSERT_EQUAL(amount(RUNDE_OPTIONAL_UNSERVED), 58);
    CU_ASSERT_EQUAL(kpis_of().left_out_optional, 2);
}

int main(void)
{
    RN_RUN("check_criteria", RN_TEST(test_punctuality),
           RN_TEST(test_crew_counts_twice), RN_TEST(test_overtime),
           RN_TEST(test_preference), RN_TEST(test_overqualification),
           RN_TEST(test_meetings), RN_TEST(test_workload), RN_TEST(test_loads),
           RN_TEST(test_published), RN_TEST(test_profile_of_travel),
           RN_TEST(test_priorities));
}
