/* SPDX-License-Identifier: MIT */
/** @file trace.h
 *  How a search comes down: one line of CSV whenever it reports. */
#ifndef BENCH_TRACE_H
#define BENCH_TRACE_H

#include <runde/solve.h>

#include <stdio.h>

/** A trace being written. Costs mean `cost * scale + offset` in the set. */
typedef struct bench_trace {
    FILE *file;
    double scale;
    double offset;
} bench_trace;

/** Opens the file and writes the head; false, with errno, when it fails. */
bool trace_open(bench_trace *self, const char *path);
/** To be the progress callback, with the trace as its payload. */
int trace_note(const runde_progress *progress, void *payload);
/** False when something could not be written. */
bool trace_close(bench_trace *self);

#endif
