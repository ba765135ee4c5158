/* SPDX-License-Identifier: MIT */
/** @file source.h
 *  What every reader needs: text of a file, members of a JSON object, and a
 *  place to put a finding. */
#ifndef BENCH_SOURCE_H
#define BENCH_SOURCE_H

#include <cjson/cJSON.h>
#include <runde/runde.h>

#if defined(__GNUC__)
#define BENCH_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define BENCH_PRINTF(at, first)
#endif

/** Ticks beyond which no bound of these sets may lie. */
#define BENCH_TIME_MAX ((1 << 30) - 1)

/** The whole file with a NUL behind it, to be freed; NULL when it cannot be
 *  read (errno says why). */
char *source_read(const char *path, size_t *length);

/** Reports an error at a JSON pointer (or a line) and gives RUNDE_E_FORMAT.
 *  `diag` may be NULL. */
runde_status source_error(runde_diag *diag, const char *pointer,
                          const char *format, ...) BENCH_PRINTF(3, 4);
/** Reports something that is left aside. */
void source_warn(runde_diag *diag, const char *pointer, const char *format, ...)
    BENCH_PRINTF(3, 4);

/** The member, or NULL when it is absent or null. */
const cJSON *json_member(const cJSON *object, const char *key);
/** The first of two members that is there. */
const cJSON *json_either(const cJSON *object, const char *key,
                         const char *other);
/** A number, or `fallback` when it is absent or not a number. */
double json_number(const cJSON *object, const char *key, double fallback);
/** A string, or NULL. */
const char *json_text(const cJSON *object, const char *key);
bool json_is_true(const cJSON *object, const char *key);
/** Whether a member is the string `text`. */
bool json_says(const cJSON *object, const char *key, const char *text);
/** Two numbers from [a, b] or from an object with the two keys. */
bool json_pair(const cJSON *value, const char *first, const char *second,
               double pair[2]);

/** `value * scale` to the nearest tick, kept within BENCH_TIME_MAX. */
int32_t source_ticks(double value, double scale);

#endif
