/* SPDX-License-Identifier: MIT */
/* Exchanges downhill: nobody is lost, nothing becomes worse, the schedule is
 * the least one and the price that of the same sequences built afresh; done
 * again there is nothing to do where routes do not touch each other, and
 * hardly ever elsewhere; and who is stopped stops. */
#include "bed.h"
#include "harness.h"
#include "naive.h"

#include "search/cross.h"

enum { PROBLEMS = 1500, PLACED = 60 };

typedef struct counts {
    int better; /* plans that exchanges helped */
    int apart;  /* of them, those whose routes do not touch each other */
    int again;  /* plans that the second call helped */
} counts;

/* Visits anywhere they hold; false when that is no plan to begin with. */
static bool take_plan(bed *b)
{
    for (int i = 0; i < PLACED && b->inst->n_tasks > 0; i++) {
        (void)bed_anywhere(b);
    }
    bed_fill(b);
    rn_settle(b->sol);
    return b->sol->excess == 0;
}

static rn_price cross(bed *b, bool *better)
{
    CU_ASSERT_EQUAL_FATAL(rn_cross(b->sol, NULL, NULL, better), RUNDE_OK);
    return rn_price_of(b->sol);
}

/* The plan costs what its sequences cost, built anew. */
static void look_at_price(const bed *b)
{
    rn_best *copy = NULL;
    rn_solution *afresh = NULL;
    const rn_price price = rn_price_of(b->sol);
    CU_ASSERT_EQUAL_FATAL(rn_best_new(&copy, b->sol), RUNDE_OK);
    rn_best_note_all(copy, b->sol);
    rn_best_save(copy, b->sol, price);
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&afresh, b->inst), RUNDE_OK);
    CU_ASSERT_TRUE(rn_best_build(copy, afresh));
    CU_ASSERT_EQUAL(rn_price_compare(rn_price_of(afresh), price), 0);
    rn_solution_free(afresh);
    rn_best_free(copy);
}

/* No exchange changes what another one between other routes is worth. */
static bool are_apart(const bed *b)
{
    const rn_instance *inst = b->inst;
    return inst->n_arcs == 0 && !inst->has_globals && !inst->limits_hours &&
           !b->sol->keeps_faces && inst->w[RUNDE_CLIENTS_CHANGED] == 0 &&
           inst->n_bounds == 0;
}

/* Whatever helps has been done; elsewhere a third route may have moved. */
static void look_again(bed *b, counts *n)
{
    const rn_price before = rn_price_of(b->sol);
    bool better = true;
    const rn_price after = cross(b, &better);
    CU_ASSERT_EQUAL(rn_price_compare(after, before) < 0, better);
    CU_ASSERT_TRUE(rn_price_compare(after, before) <= 0);
    CU_ASSERT_FALSE(better && are_apart(b));
    n->again += better;
}

static void look(bed *b, counts *n)
{
    const int32_t served = bed_count_served(b->sol);
    const rn_price before = rn_price_of(b->sol);
    bool better = false;
    const rn_price after = cross(b, &better);
    CU_ASSERT_EQUAL(rn_price_compare(after, before) < 0, better);
    CU_ASSERT_TRUE(rn_price_compare(after, before) <= 0);
    CU_ASSERT_EQUAL(bed_count_served(b->sol), served);
    CU_ASSERT_EQUAL(b->sol->excess, 0);
    CU_ASSERT_TRUE(naive_agrees(b->sol, b->inst->n_stops, b->seed));
    look_at_price(b);
    n->better += better;
    n->apart += better && are_apart(b);
    look_again(b, n);
}

/* Nothing is priced but what a route costs by itself, and nothing links its
 * visits to those of another. */
static void set_apart(world *w)
{
    if (w->seed % 3 == 2) {
        for (int32_t i = 0; i < RUNDE_CRITERIA; i++) {
            w->weights.weight[i] = 0;
        }
        w->weights.weight[RUNDE_TRAVEL_TIME] = 10;
        w->weights.weight[RUNDE_LATE] = 1;
        for (int32_t v = 0; v < w->n_visits; v++) {
            w->visits[v].record.may_overlap = true;
        }
    }
}

static void test_exchanges(void)
{
    static const uint32_t touching = 1U << USE_GAPS | 1U << USE_BONDS |
                                     1U << USE_CREWS | 1U << USE_TARGETS |
                                     1U << USE_RULES | 1U << USE_PUBLISHED |
                                     1U << USE_HARD | 1U << USE_PROFILES;
    const world_size sizes[3] = {
        WORLD_LARGE, {30, 8, 16, 0, true}, {30, 8, 16, touching, true}};
    counts n = {0, 0, 0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(
            bed_make_bent(&b, seed, &sizes[seed % 3], set_apart));
        if (b.inst->n_tasks > 0 && b.inst->n_shifts > 1 && take_plan(&b)) {
            look(&b, &n);
        }
        bed_clear(&b);
    }
    printf("\n%d plans became better, %d of routes apart; %d did again\n",
           n.better, n.apart, n.again);
    CU_ASSERT_TRUE(n.better > PROBLEMS / 20);
    CU_ASSERT_TRUE(n.apart > PROBLEMS / 100);
    CU_ASSERT_TRUE(n.again <= n.better / 50);
}

static bool never(void *payload)
{
    ++*(int *)payload;
    return false;
}

static void test_stops(void)
{
    static const world_size size = {32, 8, 16, 0, true};
    int stopped = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        bed b;
        int asked = 0;
        bool better;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        CU_ASSERT_EQUAL(rn_cross(b.sol, never, &asked, &better), RUNDE_OK);
        CU_ASSERT_TRUE(asked <= 1);
        stopped += asked;
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(stopped > 0);
}

int main(void)
{
    RN_RUN("cross", RN_TEST(test_exchanges), RN_TEST(test_stops));
}
