/* SPDX-License-Identifier: MIT */
/** @file change_table.h
 *  What is other between two plans, to read: by client and by carer. */
#ifndef RUNDE_CHANGE_TABLE_H
#define RUNDE_CHANGE_TABLE_H

#include <runde/diff.h>
#include <stdio.h>

void change_table_print(FILE *stream, const runde_problem *problem,
                        const runde_diff *diff);

#endif
