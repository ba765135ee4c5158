/* SPDX-License-Identifier: MIT */
/** @file best_known.h
 *  Best-known values from the bks.csv of a benchmark set. */
#ifndef BENCH_BEST_KNOWN_H
#define BENCH_BEST_KNOWN_H

#include <stdbool.h>

/** Looks an instance up.
 *
 *  @param csv       the file; it may be absent
 *  @param instance  value of the column "instance"
 *  @param column    name of the column wanted
 *  @return false when there is no file, row, column or number */
bool best_known_find(const char *csv, const char *instance, const char *column,
                     double *value);

#endif
