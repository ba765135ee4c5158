/* SPDX-License-Identifier: MIT */
/** @file json_text.h
 *  The little JSON that the program itself prints. */
#ifndef RUNDE_JSON_TEXT_H
#define RUNDE_JSON_TEXT_H

#include <stdio.h>

/** Prints `"key": "value"`, the value escaped; NULL is null. */
void json_text_member(FILE *stream, const char *key, const char *value);

#endif
