/* SPDX-License-Identifier: MIT */
/** @file export.h
 *  What the writers of plans share, whatever the format. */
#ifndef RN_IO_EXPORT_H
#define RN_IO_EXPORT_H

#include "io/writer.h"

#include <runde/plan.h>

/** The checks in front of every writer of plans; `*text` becomes NULL.
 *
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_STATE or RUNDE_OK */
runde_status rn_export_start(char **text, const runde_problem *problem,
                             const runde_plan *plan);
/** The same, but the plan need not have times. */
runde_status rn_export_start_draft(char **text, const runde_problem *problem,
                                   const runde_plan *plan);

/** "visit", "activity", "break". */
const char *rn_stop_word(runde_stop_kind kind);

/** What the clock on the wall shows at a tick. */
typedef struct rn_local_time {
    int64_t instant; /**< seconds since 1970-01-01T00:00:00Z, rounded down */
    int64_t days;    /**< local, since 1970-01-01 */
    int32_t second;  /**< of the day, 0 to 86,399 */
} rn_local_time;

/** The writer's problem must have an origin. */
rn_local_time rn_export_local(const rn_writer *w, int32_t ticks);

#endif
