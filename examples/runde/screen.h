/* SPDX-License-Identifier: MIT */
/** @file screen.h
 *  Text for people's eyes: nothing that a file holds may steer a terminal. */
#ifndef RUNDE_SCREEN_H
#define RUNDE_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

/** Prints UTF-8 text. Bytes of control, bidi and invisible characters, and
 *  bytes that are not UTF-8, are shown as \xNN.
 *
 *  @return columns used, one per character */
int screen_put(FILE *stream, const char *text);

/** As screen_put, but what is longer than `width` columns, 1 or more, is cut
 *  and ends with an ellipsis. */
int screen_fit(FILE *stream, const char *text, int width);

/** As screen_fit, then blanks up to `width` columns. */
void screen_pad(FILE *stream, const char *text, int width);

typedef enum screen_colour {
    SCREEN_RED,
    SCREEN_YELLOW,
    SCREEN_GREEN
} screen_colour;

/** Whether text may be coloured and lines redrawn there: a terminal that is
 *  not "dumb". */
bool screen_is_lively(FILE *stream);

/** Prints a word of ours, in colour on a lively terminal unless the
 *  environment has a NO_COLOR that is not empty. */
void screen_put_coloured(FILE *stream, screen_colour colour, const char *word);

/** Columns that screen_put uses. */
int screen_width(const char *text);

#endif
