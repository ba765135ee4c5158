/* SPDX-License-Identifier: MIT */
/* What an exact method answers: small mathematical programs, stated in
 * integers and without a word of care. An answer is optional: whoever asks
 * has a plan already, checks what comes back, and goes on without it. */
#ifndef RN_EXACT_EXACT_H
#define RN_EXACT_EXACT_H

#include <runde/solve.h>

/** No larger number goes into a program: doubles keep these exact. */
#define RN_PROGRAM_MOST ((int64_t)1 << 40)

/** When to give up. Limits are counts, so that the answer is the same on
 *  every machine; the poll is for the impatient. */
typedef struct rn_patience {
    int64_t pivots;              /**< simplex iterations in all */
    int64_t nodes;               /**< of branch and bound */
    bool (*poll)(void *payload); /**< asked now and then in the calling
                                      thread; false gives up. Or NULL */
    void *payload;
} rn_patience;

/** Choose columns of least cost so that every row is covered often enough
 *  and not too often. */
typedef struct rn_cover {
    int32_t n_rows;
    int32_t n_columns;
    const int64_t *cost;  /**< by column */
    const int32_t *first; /**< column: into rows; n_columns + 1 */
    const int32_t *rows;  /**< what a column covers: different rows */
    const int32_t *least; /**< row: covered so often at least */
    const int32_t *most;  /**< and at most */
} rn_cover;

/** Cost `weight` for every tick that x[up] - x[down] is above `at`. */
typedef struct rn_hinge {
    int32_t up;   /**< RUNDE_NONE: 0 */
    int32_t down; /**< RUNDE_NONE: 0 */
    int64_t at;
    int64_t weight; /**< not negative */
} rn_hinge;

/** x[to] - x[from] >= least. */
typedef struct rn_order {
    int32_t from;
    int32_t to;
    int32_t least;
} rn_order;

/** When everything starts at least cost. All rows are differences, so the
 *  best times are integers without asking for it. */
typedef struct rn_timetable {
    int32_t n;
    const int32_t *lo;
    const int32_t *hi;
    const int64_t *slope; /**< cost per tick */
    const rn_order *orders;
    int32_t n_orders;
    const rn_hinge *hinges;
    int32_t n_hinges;
} rn_timetable;

/** An exact method. Its functions may be called by any number of threads;
 *  RUNDE_OK with an answer, else none: RUNDE_E_LIMIT out of patience,
 *  RUNDE_E_INFEASIBLE, RUNDE_E_NOMEM, RUNDE_E_INTERNAL when the method broke
 *  down. No answer is to be trusted unchecked. */
struct runde_exact {
    size_t size;

    /** Least cost when columns may be taken in fractions. `dual` gets a
     *  price for each row, which says how much cheaper a column would have
     *  to be. */
    runde_status (*relax)(double *dual, const rn_cover *cover,
                          const rn_patience *patience);

    /** Whole columns. `chosen` holds a cover of the rows already, and gets a
     *  cheaper one where that is found. */
    runde_status (*select)(uint8_t *chosen, const rn_cover *cover,
                           const rn_patience *patience);

    /** Best times. */
    runde_status (*schedule)(int32_t *times, const rn_timetable *table,
                             const rn_patience *patience);
};

#endif
