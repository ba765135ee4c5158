/* SPDX-License-Identifier: MIT */
/** @file progress_line.h
 *  One line that keeps itself up to date while the search runs. */
#ifndef RUNDE_PROGRESS_LINE_H
#define RUNDE_PROGRESS_LINE_H

#include <runde/solve.h>

typedef struct progress_line {
    bool shown;  /**< standard error can redraw a line */
    double last; /**< when it was drawn last, seconds of the search */
    runde_progress newest;
} progress_line;

/** Starts; draws nothing when standard error is no lively terminal. */
void progress_line_start(progress_line *line);

/** A runde_progress_fn; the payload is a progress_line.
 *
 *  @return non-zero after a signal, which stops the search */
int progress_line_update(const runde_progress *progress, void *payload);

/** Leaves the final state on the screen and ends the line. */
void progress_line_end(progress_line *line);

#endif
