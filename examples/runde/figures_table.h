/* SPDX-License-Identifier: MIT */
/** @file figures_table.h
 *  Cost and key figures for people. */
#ifndef RUNDE_FIGURES_TABLE_H
#define RUNDE_FIGURES_TABLE_H

#include <runde/runde.h>
#include <stdio.h>

/** Key figures, one a line, the left-out visits also by priority. With a
 *  `before`, three columns: before, after and the change. */
void figures_table_kpis(FILE *stream, const runde_settings *settings,
                        const runde_kpis *after, const runde_kpis *before);

/** What the plan costs, criterion by criterion; those without amount and
 *  cost are left out, and a last line says so. */
void figures_table_cost(FILE *stream, const runde_settings *settings,
                        const runde_cost *cost);

#endif
