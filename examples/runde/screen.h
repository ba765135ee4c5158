/* SPDX-License-Identifier: MIT */
/** @file screen.h
 *  Text for people's eyes: nothing that a file holds may steer a terminal. */
#ifndef RUNDE_SCREEN_H
#define RUNDE_SCREEN_H

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

/** Columns that screen_put uses. */
int screen_width(const char *text);

#endif
