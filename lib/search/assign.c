/* SPDX-License-Identifier: MIT */
/* Shortest augmenting paths with prices, after Jonker and Volgenant, "A
 * shortest augmenting path algorithm for dense and sparse linear assignment
 * problems" (1987): the rows come in one by one. */
#include "search/assign.h"

#include <assert.h>

enum { MOST = RN_MOST_ASSIGNED };

typedef struct matching {
    const int64_t *cost;
    int32_t n_columns;
    int64_t row_price[MOST];
    int64_t column_price[MOST];
    int32_t row_of[MOST]; /* column: its row, or RUNDE_NONE */
    int64_t slack[MOST];  /* column: distance from the tree */
    int32_t before[MOST]; /* column: the one before it on the way, or NONE */
    bool is_in_tree[MOST];
} matching;

/* Looks at the columns from a row of the tree; the nearest one outside. */
static int32_t look_around(matching *m, int32_t row, int32_t from,
                           int64_t *least)
{
    int32_t nearest = RUNDE_NONE;
    for (int32_t j = 0; j < m->n_columns; j++) {
        if (m->is_in_tree[j]) {
            continue;
        }
        const int64_t off = m->cost[row * m->n_columns + j] -
                            m->row_price[row] - m->column_price[j];
        if (off < m->slack[j]) {
            m->slack[j] = off;
            m->before[j] = from;
        }
        if (nearest == RUNDE_NONE || m->slack[j] < *least) {
            *least = m->slack[j];
            nearest = j;
        }
    }
    return nearest;
}

/* Prices so that the way to the next column costs nothing more. */
static void raise_prices(matching *m, int32_t first, int64_t by)
{
    m->row_price[first] += by;
    for (int32_t j = 0; j < m->n_columns; j++) {
        if (m->is_in_tree[j]) {
            m->row_price[m->row_of[j]] += by;
            m->column_price[j] -= by;
        } else {
            m->slack[j] -= by;
        }
    }
}

/* Brings one row in; others may change columns for it. */
static void bring_in(matching *m, int32_t first)
{
    for (int32_t j = 0; j < m->n_columns; j++) {
        m->slack[j] = INT64_MAX;
        m->is_in_tree[j] = false;
    }
    int32_t row = first;
    int32_t at = RUNDE_NONE;
    do {
        int64_t least = INT64_MAX;
        const int32_t next = look_around(m, row, at, &least);
        raise_prices(m, first, least);
        at = next;
        m->is_in_tree[at] = true;
        row = m->row_of[at];
    } while (row != RUNDE_NONE);
    for (int32_t to = at; to != RUNDE_NONE; to = m->before[to]) {
        const int32_t from = m->before[to];
        m->row_of[to] = from != RUNDE_NONE ? m->row_of[from] : first;
    }
}

bool rn_assign(int32_t *column, const int64_t *cost, int32_t n_rows,
               int32_t n_columns)
{
    assert(n_rows <= n_columns && n_columns <= MOST);
    matching m = {0};
    bool is_allowed = true;
    m.cost = cost;
    m.n_columns = n_columns;
    for (int32_t j = 0; j < n_columns; j++) {
        m.row_of[j] = RUNDE_NONE;
    }
    for (int32_t i = 0; i < n_rows; i++) {
        bring_in(&m, i);
    }
    for (int32_t j = 0; j < n_columns; j++) {
        if (m.row_of[j] != RUNDE_NONE) {
            column[m.row_of[j]] = j;
            is_allowed =
                is_allowed && cost[m.row_of[j] * n_columns + j] < RN_FORBIDDEN;
        }
    }
    return is_allowed;
}
