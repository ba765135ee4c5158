/* SPDX-License-Identifier: MIT */
/* The routes of a pool as columns of a set partitioning problem: one row per
 * task, one per group of shifts that are alike; and left-out units as columns
 * of their own. */
#ifndef RN_EXACT_COLUMNS_H
#define RN_EXACT_COLUMNS_H

#include "exact/exact.h"
#include "exact/lay.h"
#include "search/best.h"

typedef struct rn_column {
    int32_t route; /**< in the pool's ring; RUNDE_NONE: a unit stays out */
    int64_t cost;
    uint64_t set;  /**< what it covers, hashed */
    int32_t first; /**< into rows */
    int32_t n;
} rn_column;

typedef struct rn_columns {
    const rn_instance *inst;
    rn_solution *sol;  /**< empty, but for the best plan while it is read */
    rn_frame frame;    /**< how far linked tasks may move */
    rn_window *window; /**< by task */
    int32_t *instead;  /**< by task */
    int32_t *carer;    /**< task: who comes in the best plan, or RUNDE_NONE */
    int8_t *choice;    /**< of the best plan */
    int32_t *kept;     /**< shift: the best plan's route in the pool's ring,
                            or RUNDE_NONE */
    int32_t *task_row;
    int32_t *shift_row;
    int32_t max_late; /**< of the best plan; columns have no more */
    int32_t max_idle;
    int32_t n_rows;
    int32_t *least; /**< by row */
    int32_t *most;
    int32_t n;
    rn_column *column;
    int32_t n_covered;
    int32_t *rows;
    int32_t *seat; /**< hash table of sets */
    uint32_t n_seats;
    rn_arena arena;
} rn_columns;

runde_status rn_columns_new(rn_columns **out, const rn_instance *inst,
                            const rn_pool *pool);
void rn_columns_free(rn_columns *columns);

/** Reads the best plan, keeps its routes in the pool and makes a column of
 *  everything the pool has that fits beside it. False when the best plan
 *  cannot be read, or is too large for the pool. */
bool rn_columns_make(rn_columns *columns, rn_pool *pool, const rn_best *best);

/** The column that serves what a kept route serves, at no higher cost;
 *  RUNDE_NONE when there is none. */
int32_t rn_columns_find(rn_columns *columns, const rn_pool *pool,
                        int32_t shift);

#endif
