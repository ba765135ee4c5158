/* SPDX-License-Identifier: MIT */
/** @file diff_writer.h
 *  Differences between plans as JSON, alone or as part of a replan. */
#ifndef RN_IO_DIFF_WRITER_H
#define RN_IO_DIFF_WRITER_H

#include "io/writer.h"

#include <runde/diff.h>

/** Earliest and latest arrival that a plan still allows for a part; false
 *  where nothing is known. */
typedef bool (*rn_leeway_fn)(const void *payload, int32_t visit, int32_t part,
                             int32_t leeway[2]);

/** What is written, and where its times come from. */
typedef struct rn_diff_text {
    rn_writer *w;
    const runde_diff *diff;
    rn_leeway_fn leeway; /**< or NULL */
    const void *payload;
} rn_diff_text;

/** The members "totals", "clients" and "carers". */
void rn_write_diff(const rn_diff_text *d);

#endif
