/* SPDX-License-Identifier: MIT */
/** @file tradeoff_chart.h
 *  What several weightings of one day give, as a table, JSON and a picture. */
#ifndef RUNDE_TRADEOFF_CHART_H
#define RUNDE_TRADEOFF_CHART_H

#include <runde/runde.h>
#include <stdio.h>

/** One weighting, and what became of it. */
typedef struct tradeoff_point {
    const char *name;
    int32_t driving; /**< times what the file has */
    int32_t faces;
    int32_t time;
    runde_kpis kpis;
    int64_t preference; /**< points of wishes about carers not met */
    bool is_best;       /**< none is at least as good in everything */
} tradeoff_point;

/** Sets `is_best`: by visits left out, driving, carers per client and time. */
void tradeoff_compare(tradeoff_point *points, int n);

void tradeoff_table(FILE *stream, const runde_settings *settings,
                    const tradeoff_point *points, int n);
void tradeoff_json(FILE *stream, const runde_settings *settings,
                   const tradeoff_point *points, int n);
/** Driving to the right, carers per client upwards, on time as a figure. */
void tradeoff_svg(FILE *stream, const runde_settings *settings,
                  const tradeoff_point *points, int n);

#endif
