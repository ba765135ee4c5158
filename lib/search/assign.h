/* SPDX-License-Identifier: MIT */
/* The assignment problem: rows get columns of their own at least cost. */
#ifndef RN_SEARCH_ASSIGN_H
#define RN_SEARCH_ASSIGN_H

#include "base/arena.h"

#include <runde/types.h>

/** At the most so many rows and columns. */
#define RN_MOST_ASSIGNED 64
/** This row must not have this column. */
#define RN_FORBIDDEN ((int64_t)1 << 54)
/** Other costs are between this and its negative. */
#define RN_MOST_ASSIGNED_COST ((int64_t)1 << 46)

/** Gives each row a column that no other row has.
 *
 *  @param column  out: by row
 *  @param cost    row x n_columns; less is better
 *  @return false when forbidden ones cannot be avoided
 *
 *  O(rows^2 x columns). */
bool rn_assign(int32_t *column, const int64_t *cost, int32_t n_rows,
               int32_t n_columns);

#endif
