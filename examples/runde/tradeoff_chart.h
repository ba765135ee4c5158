/* SPDX-License-Identifier: MIT */
/** @file tradeoff_chart.h
 *  What several weightings of one day give, as a table and as a picture. */
#ifndef RUNDE_TRADEOFF_CHART_H
#define RUNDE_TRADEOFF_CHART_H

#include <runde/runde.h>
#include <stdio.h>

/** A line for each setting. */
void tradeoff_table(FILE *stream, const runde_tradeoff *tradeoff);
/** Driving to the right, wishes about carers upwards (different carers per
 *  client where no setting differs in wishes), the settings as letters in the
 *  order of the table. For a screen of 79 columns. */
void tradeoff_plot(FILE *stream, const runde_tradeoff *tradeoff);
/** The same as a picture, with on time as a figure beside each name. */
void tradeoff_svg(FILE *stream, const runde_tradeoff *tradeoff);

#endif
