/* SPDX-License-Identifier: MIT */
/** @file writer.h
 *  What the writers of both formats share: times and durations as
 *  docs/file-format.md has them. */
#ifndef RN_IO_WRITER_H
#define RN_IO_WRITER_H

#include "io/text.h"
#include "model/civil.h"

#include <runde/plan.h>

typedef struct rn_writer {
    rn_text text;
    const runde_problem *problem;
    bool has_origin;
    rn_zone zone;
    int64_t origin;
    int32_t tick_ms;
} rn_writer;

/** A writer for a sealed problem or a plan of it. Allocates nothing. */
void rn_writer_init(rn_writer *w, const runde_problem *problem);

/** A time: RFC 3339 with an origin, else ticks. Nothing for
 *  RUNDE_TIME_NONE. */
void rn_write_time(rn_writer *w, const char *key, int32_t ticks);
/** A duration of either sign: whole seconds, or as "PT1.5S". */
void rn_write_duration(rn_writer *w, const char *key, int32_t ticks);
/** A sum of durations: the same, beyond int32 as whole seconds. */
void rn_write_span(rn_writer *w, const char *key, int64_t ticks);

/* The ids of what an index points at; null when it points nowhere. */
void rn_write_place(rn_writer *w, const char *key, int32_t place);
void rn_write_carer(rn_writer *w, const char *key, int32_t carer);
void rn_write_shift(rn_writer *w, const char *key, int32_t shift);
void rn_write_visit(rn_writer *w, const char *key, int32_t visit);

/** A price: both integers and its criteria, those with an amount or `all`. */
void rn_write_cost(rn_writer *w, const char *key, const runde_cost *cost,
                   bool all);

/** A member that is only written when it is true. */
void rn_write_flag(rn_writer *w, const char *key, bool value);

#endif
