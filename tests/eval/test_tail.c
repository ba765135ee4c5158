/* SPDX-License-Identifier: MIT */
/* The label of a route's tail against walking the route: never more than the
 * walk costs, the same where it is sure, impossible only when the walk is. */
#include "bed.h"
#include "eval/tail.h"
#include "harness.h"

enum { PROBLEMS = 6000, STEPS = 4, MOST_BITS = 8 };

static int64_t dear;
static int64_t impossible;

static rn_cost over_cost(const rn_instance *inst, int32_t shift, int32_t end)
{
    const int32_t over = end - inst->shift[shift].end;
    return over > 0 ? inst->w[RUNDE_OVERTIME] * over : 0;
}

/* What it costs the route alone when `n` starts at `start`. */
static rn_cost walk(const rn_solution *sol, int32_t n, int32_t start)
{
    const rn_instance *inst = sol->inst;
    const int32_t shift = sol->node[n].route;
    rn_cost cost = 0;
    for (;;) {
        const int32_t was = sol->node[n].start;
        if (start > sol->node[n].ceiling) {
            return RN_COST_INF;
        }
        if (n >= inst->n_stops) {
            return start > inst->shift[shift].max_end
                       ? RN_COST_INF
                       : cost + over_cost(inst, shift, start) -
                             over_cost(inst, shift, was);
        }
        start = rn_first_start(inst, n, start);
        if (start >= RN_NEVER) {
            return RN_COST_INF;
        }
        if (n < inst->n_tasks) {
            cost += rn_start_cost(inst, n, start) - rn_start_cost(inst, n, was);
        }
        n = sol->node[n].next;
        const int32_t ready =
            rn_arrival(sol, n, start + inst->stop[sol->node[n].prev].duration);
        if (ready >= RN_NEVER) {
            return RN_COST_INF;
        }
        start = ready > sol->node[n].start ? ready : sol->node[n].start;
    }
}

static void delay_one(bed *b, int32_t n)
{
    const uint32_t bits = rn_rng_below(&b->rng, MOST_BITS);
    const int32_t delay = 1 + (int32_t)rn_rng_below(&b->rng, 1U << bits);
    const rn_tail *tail = rn_tail_of(b->sol, n);
    const rn_cost said = rn_tail_delayed(tail, delay);
    const rn_cost is = walk(b->sol, n, b->sol->node[n].start + delay);
    const bool sure = delay <= tail->sure && said < RN_COST_INF;
    const bool known = delay <= tail->known || said >= RN_COST_INF;
    if (sure ? said != is : known && said > is) {
        printf("seed %llu: node %d by %d: %lld, found %lld\n",
               (unsigned long long)b->seed, (int)n, (int)delay, (long long)said,
               (long long)is);
        CU_FAIL("a tail is wrong");
    }
    dear += known && said > 0 && said < RN_COST_INF;
    impossible += said >= RN_COST_INF;
}

static void look(bed *b)
{
    const rn_instance *inst = b->inst;
    for (int32_t n = 0; n < inst->n_nodes; n++) {
        const int32_t shift = b->sol->node[n].route;
        const bool is_start =
            n >= inst->n_stops && n == rn_shift_start_node(inst, shift);
        if (shift >= 0 && !is_start && !rn_is_unmade(b->sol, shift)) {
            delay_one(b, n);
        }
    }
}

static void test_tails(void)
{
    static const world_size size = {14, 4, 8, 0, true};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        for (int i = 0; i < STEPS && !b.inst->freezes; i++) {
            rn_journal_begin(b.sol, &b.sol->outer);
            if (!bed_ruin(&b) || i % 2 == 1) {
                rn_undo_and_settle(b.sol, &b.sol->outer);
            }
            b.sol->outer.on = false;
            look(&b);
            bed_fill(&b);
            look(&b);
        }
        bed_clear(&b);
    }
    printf("\n%lld delays cost, %lld are impossible\n", (long long)dear,
           (long long)impossible);
    CU_ASSERT_TRUE(dear > 1000 && impossible > 1000);
}

int main(void)
{
    RN_RUN("tail", RN_TEST(test_tails));
}
