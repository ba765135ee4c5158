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

/** Draws `text` if the last time was long enough ago; it wipes out what a
 *  longer one has left. */
void progress_line_draw(progress_line *line, double seconds, const char *text);

/** A runde_progress_fn; the payload is a progress_line.
 *
 *  @return non-zero after a signal, which stops the search */
int progress_line_update(const runde_progress *progress, void *payload);

/** Takes the line away. */
void progress_line_clear(const progress_line *line);

/** Leaves the final state on the screen and ends the line. */
void progress_line_end(progress_line *line);

#endif
