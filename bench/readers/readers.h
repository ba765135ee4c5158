/* SPDX-License-Identifier: MIT */
/** @file readers.h
 *  One reader per public benchmark set: text in, sealed problem out, and back
 *  from a plan to the set's own objective and solution file.
 *
 *  A reader states the problem and nothing else: it never sees the options of
 *  the search, so no set can be given a search of its own. */
#ifndef BENCH_READERS_H
#define BENCH_READERS_H

#include "source.h"

#include <stdio.h>

/** What to read. */
typedef struct bench_source {
    const char *set;       /**< "mankowska" */
    const char *objective; /**< "travel", "preference" or NULL: the usual */
    const char *text;
    size_t length;
} bench_source;

/** A plan in the units of its set. */
typedef struct bench_price {
    double value;     /**< the set's objective, from the set's own numbers */
    int32_t left_out; /**< mandatory visits the plan leaves out */
} bench_price;

typedef struct bench_case bench_case;

typedef struct bench_reader {
    const char *set;
    /** Builds and seals the problem. On error `out` holds nothing. */
    runde_status (*read)(bench_case *out, const bench_source *source,
                         runde_diag *diag);
    /** Recomputes the objective from the stops of a plan. */
    runde_status (*price)(bench_price *out, const bench_case *self,
                          const runde_plan *plan);
    /** Writes the solution in the set's own format. */
    runde_status (*write)(FILE *file, const bench_case *self,
                          const runde_plan *plan);
    void (*free_data)(void *data);
    /** Columns of bks.csv: of the usual objective, and of preference. */
    const char *best_column;
    const char *best_preference;
    /** Digits behind the point of the objective. */
    int digits;
} bench_reader;

/** An instance that was read. */
struct bench_case {
    const bench_reader *reader;
    runde_problem *problem; /**< sealed */
    void *data;             /**< the instance in the set's own terms */
    /** The library's wishes mean `wishes * scale + offset` in the set. */
    double scale;
    double offset;
};

/** The reader of a set, or NULL when there is no such set. */
const bench_reader *bench_reader_find(const char *set);
/** Reader number `index`, or NULL behind the last. */
const bench_reader *bench_reader_at(size_t index);

void bench_case_free(bench_case *self);

/* The readers. */
extern const bench_reader mankowska_reader;
extern const bench_reader kummer_reader;
extern const bench_reader italian_reader;
extern const bench_reader uhhc_reader;
extern const bench_reader extended_reader;
extern const bench_reader bazirha_reader;
extern const bench_reader bazirha_caie_reader;
extern const bench_reader bredstrom_ronnqvist_reader;
extern const bench_reader solomon_reader;
extern const bench_reader gehring_homberger_reader;
extern const bench_reader vroom_reader;
extern const bench_reader own_reader;

#endif
