/* SPDX-License-Identifier: MIT */
/** @file weigh_options.h
 *  Weights from the command line: --order, --weight and --weights. */
#ifndef RUNDE_WEIGH_OPTIONS_H
#define RUNDE_WEIGH_OPTIONS_H

#include "cli.h"

#include <runde/runde.h>

/** What is asked for, each NULL when it is not. */
typedef struct weigh_options {
    const char *order;   /**< "late,travel_time" */
    const char *weight;  /**< "late=5,early=hard" */
    const char *overlay; /**< path of an overlay file */
} weigh_options;

/** Puts the weights that are asked for into a problem: the overlay file
 *  first, then order and weights. What is wrong is said on standard error.
 *
 *  @param problem  replaced by another one */
cli_code weigh_options_apply(runde_problem **problem,
                             const weigh_options *asked);

/** An overlay of a problem from a text, or from a file where `text` is NULL.
 *
 *  @param name  of the file, or for messages */
cli_code weigh_options_read(runde_overlay **out, const runde_problem *problem,
                            const char *name, const char *text);

#endif
