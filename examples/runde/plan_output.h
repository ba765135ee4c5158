/* SPDX-License-Identifier: MIT */
/** @file plan_output.h
 *  Plans out: judged on the bytes that are written. */
#ifndef RUNDE_PLAN_OUTPUT_H
#define RUNDE_PLAN_OUTPUT_H

#include "atomic_file.h"

#include <runde/runde.h>

/** Reads a plan's bytes back and has it checked; what is wrong is said on
 *  standard error.
 *
 *  @return CLI_DONE or CLI_INTERNAL */
cli_code plan_output_judge(const runde_problem *problem, const char *bytes,
                           size_t length);

/** Writes a plan to an open file, judges what is on the disk, commits. */
cli_code plan_output_save(atomic_file *file, const runde_problem *problem,
                          const char *text, size_t length);

#endif
