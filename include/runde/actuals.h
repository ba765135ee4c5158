/* SPDX-License-Identifier: MIT */
/** @file actuals.h
 *  What happened, beside what was planned.
 *
 *  Records say who was with whom from when until when. Each is matched with a
 *  part of the plan; what is left over on either side is missing or extra.
 *  docs/actuals.md has every figure and both file formats. */
#ifndef RUNDE_ACTUALS_H
#define RUNDE_ACTUALS_H

#include <runde/export.h>
#include <runde/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_actuals runde_actuals;

/** One carer's time with one client. */
typedef struct runde_actual {
    size_t size;
    int32_t visit;     /**< RUNDE_NONE: one that the problem does not have */
    int32_t client;    /**< only read when there is no visit */
    int32_t carer;     /**< who came; RUNDE_NONE: whom the plan has */
    int32_t arrival;   /**< tick, with the client */
    int32_t departure; /**< tick, when the carer left */
} runde_actual;

#define RUNDE_ACTUAL_INIT                                                      \
    {                                                                          \
        sizeof(runde_actual), RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,              \
            RUNDE_TIME_NONE, RUNDE_TIME_NONE                                   \
    }

/** A part of the plan, a record, or both. Pairs are planned, actual;
 *  RUNDE_NONE and RUNDE_TIME_NONE where one of the two is not there. */
typedef struct runde_actual_line {
    int32_t visit;  /**< RUNDE_NONE when the problem does not have it */
    int32_t part;   /**< RUNDE_NONE: extra, the plan does not have it */
    int32_t record; /**< RUNDE_NONE: missing, nobody came */
    int32_t client;
    int32_t shift;    /**< as planned */
    int32_t carer[2]; /**< crews are matched by carer first */
    int32_t start[2]; /**< ticks: start of service, and arrival */
    int32_t end[2];   /**< ticks */
    bool is_wished;   /**< the visit has preferred windows */
    bool on_time[2];  /**< inside them */
} runde_actual_line;

/** Figures of all lines, of a client's or of a carer's. What was planned is
 *  counted for the carer of the plan, what was done for the one who came. */
typedef struct runde_actual_sums {
    size_t size;
    int32_t planned;     /**< parts of the plan */
    int32_t done;        /**< of these, with a record */
    int32_t missing;     /**< of these, without */
    int32_t extra;       /**< records that no part of the plan has */
    int32_t other_carer; /**< done, but by another carer than planned */
    int32_t wished;      /**< done, with preferred windows */
    int32_t on_time[2];  /**< of these, inside them: planned, actual */
    int64_t service[2];  /**< ticks with clients: planned, actual */
    int64_t late;        /**< ticks, sum over parts begun after the plan */
    int64_t early;       /**< ticks, sum over parts begun before it */
    int64_t most_late;   /**< ticks, the largest of them */
    int64_t most_early;  /**< ticks */
} runde_actual_sums;

#define RUNDE_ACTUAL_SUMS_INIT                                                 \
    {                                                                          \
        sizeof(runde_actual_sums), 0, 0, 0, 0, 0, 0, {0, 0}, {0, 0}, 0, 0, 0,  \
            0                                                                  \
    }

/** A client's or a carer's figures. */
typedef struct runde_actual_row {
    int32_t who; /**< client or carer */
    runde_actual_sums sums;
} runde_actual_row;

/** Lays records beside a finished plan with times.
 *
 *  @param records  `n` of them in any order; copied
 *  @param diag     findings point at "/visits/N", N the record
 *  @return RUNDE_E_ARGUMENT for a plan or record that points at what the
 *          problem does not have; RUNDE_E_STATE for what is not sealed, not
 *          finished or has no times; RUNDE_E_INVALID for records that cannot
 *          be (RUNDE-E651 to E653); RUNDE_E_NOMEM
 *
 *  O(n log n) in stops and records. */
RUNDE_API RUNDE_CHECKED runde_status runde_actuals_new(
    runde_actuals **out, const runde_problem *problem, const runde_plan *plan,
    const runde_actual *records, int32_t n, runde_diag *diag);

/** The same from a file of records; `text` need not end with NUL.
 *
 *  @return also RUNDE_E_FORMAT and RUNDE_E_LIMIT */
RUNDE_API RUNDE_CHECKED runde_status runde_actuals_from_json(
    runde_actuals **out, const runde_problem *problem, const runde_plan *plan,
    const char *text, size_t length, runde_diag *diag);

/** NULL is fine. */
RUNDE_API void runde_actuals_free(runde_actuals *actuals);

/** By visit, those that the problem does not have last; then by part, extra
 *  ones last. NULL when the index is out of range. */
RUNDE_API int32_t runde_actuals_n_lines(const runde_actuals *actuals);
RUNDE_API const runde_actual_line *
runde_actuals_get_line(const runde_actuals *actuals, int32_t index);

/** Never NULL. */
RUNDE_API const runde_actual_sums *
runde_actuals_get_totals(const runde_actuals *actuals);
/** Clients, and carers, with a line; by index. */
RUNDE_API int32_t runde_actuals_n_clients(const runde_actuals *actuals);
RUNDE_API const runde_actual_row *
runde_actuals_get_client(const runde_actuals *actuals, int32_t index);
RUNDE_API int32_t runde_actuals_n_carers(const runde_actuals *actuals);
RUNDE_API const runde_actual_row *
runde_actuals_get_carer(const runde_actuals *actuals, int32_t index);

/** A table with a row for each line, for systems that register time or make
 *  invoices. `*text` is freed with runde_text_free; `length` may be NULL.
 *
 *  @param style  may be NULL for the defaults
 *  @return as the writers of runde/export.h */
RUNDE_API RUNDE_CHECKED runde_status runde_actuals_to_csv(
    char **text, size_t *length, const runde_problem *problem,
    const runde_actuals *actuals, const runde_csv_style *style);

/** The figures and lines as JSON; docs/actuals.md is the contract. Otherwise
 *  as runde_actuals_to_csv. */
RUNDE_API RUNDE_CHECKED runde_status
runde_actuals_to_json(char **text, size_t *length, const runde_problem *problem,
                      const runde_actuals *actuals);

#ifdef __cplusplus
}
#endif
#endif
