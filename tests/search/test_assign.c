/* SPDX-License-Identifier: MIT */
/* The assignment against all permutations. */
#include <string.h>

#include "harness.h"

#include "base/rng.h"
#include "search/assign.h"

enum { PROBLEMS = 3000, MOST_ROWS = 6, MOST_COLUMNS = 7 };

typedef struct puzzle {
    int32_t n_rows;
    int32_t n_columns;
    int64_t cost[MOST_ROWS * MOST_COLUMNS];
} puzzle;

static void draw(puzzle *p, rn_rng *rng)
{
    p->n_rows = (int32_t)rn_rng_below(rng, MOST_ROWS + 1);
    p->n_columns =
        p->n_rows +
        (int32_t)rn_rng_below(rng, (uint32_t)(MOST_COLUMNS - p->n_rows) + 1);
    /* Few different costs make ties, large ones find overflows. */
    const bool is_large = rn_rng_below(rng, 4) == 0;
    const uint32_t range = rn_rng_below(rng, 2) == 0 ? 4 : 1000;
    const uint32_t forbidden = rn_rng_below(rng, 3);
    for (int32_t i = 0; i < p->n_rows * p->n_columns; i++) {
        p->cost[i] = (int64_t)rn_rng_below(rng, 2 * range + 1) - range;
        p->cost[i] *= is_large ? RN_MOST_ASSIGNED_COST / range : 1;
        if (rn_rng_below(rng, 5) < forbidden) {
            p->cost[i] = RN_FORBIDDEN;
        }
    }
}

/* The least cost of rows from `row` on, RN_FORBIDDEN when there is none. */
static int64_t best_of(const puzzle *p, int32_t row, uint32_t taken)
{
    int64_t best = row < p->n_rows ? RN_FORBIDDEN : 0;
    for (int32_t j = 0; j < p->n_columns && row < p->n_rows; j++) {
        const int64_t cost = p->cost[row * p->n_columns + j];
        if ((taken >> j & 1U) != 0 || cost == RN_FORBIDDEN) {
            continue;
        }
        const int64_t rest = best_of(p, row + 1, taken | 1U << j);
        if (rest < RN_FORBIDDEN && cost + rest < best) {
            best = cost + rest;
        }
    }
    return best;
}

static void test_against_all(void)
{
    rn_rng rng;
    int n_possible = 0;
    rn_rng_init(&rng, 7, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        puzzle p;
        int32_t column[MOST_ROWS];
        uint32_t taken = 0;
        int64_t cost = 0;
        draw(&p, &rng);
        const bool is_possible =
            rn_assign(column, p.cost, p.n_rows, p.n_columns);
        const int64_t best = best_of(&p, 0, 0);
        CU_ASSERT_EQUAL_FATAL(is_possible, best < RN_FORBIDDEN);
        for (int32_t r = 0; r < p.n_rows && is_possible; r++) {
            CU_ASSERT_TRUE_FATAL(column[r] >= 0 && column[r] < p.n_columns);
            CU_ASSERT_EQUAL(taken >> column[r] & 1U, 0);
            taken |= 1U << column[r];
            cost += p.cost[r * p.n_columns + column[r]];
        }
        if (is_possible) {
            CU_ASSERT_EQUAL_FATAL(cost, best);
        }
        n_possible += is_possible && p.n_rows > 2;
    }
    printf("\n%d with an answer\n", n_possible);
    CU_ASSERT_TRUE(n_possible > PROBLEMS / 4);
}

/* As many as there may be: each row has one column that costs nothing. */
static void test_largest(void)
{
    enum { N = RN_MOST_ASSIGNED };
    static int64_t cost[N * N];
    int32_t column[N];
    for (int32_t i = 0; i < N * N; i++) {
        cost[i] = RN_MOST_ASSIGNED_COST;
    }
    for (int32_t i = 0; i < N; i++) {
        cost[i * N + (i * 29 + 5) % N] = -RN_MOST_ASSIGNED_COST;
    }
    CU_ASSERT_TRUE(rn_assign(column, cost, N, N));
    for (int32_t i = 0; i < N; i++) {
        CU_ASSERT_EQUAL(column[i], (i * 29 + 5) % N);
    }
}

int main(void)
{
    RN_RUN("assign", RN_TEST(test_against_all), RN_TEST(test_largest));
}
