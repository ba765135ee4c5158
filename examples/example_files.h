/* SPDX-License-Identifier: MIT */
/* How the examples read their files. */
#ifndef EXAMPLE_FILES_H
#define EXAMPLE_FILES_H

#include <runde/runde.h>

#include <stdio.h>
#include <stdlib.h>

/** The bytes of a file, to be freed; NULL when it cannot be read. */
static inline char *example_text(const char *path, size_t *length)
{
    const size_t room = RUNDE_JSON_MAX_BYTES / 64;
    FILE *const f = fopen(path, "rb");
    char *const text = malloc(room);
    *length = 0;
    if (f != NULL && text != NULL) {
        *length = fread(text, 1, room, f);
    }
    if (f != NULL) {
        (void)fclose(f);
    }
    if (*length == 0) {
        free(text);
        return NULL;
    }
    return text;
}

/** The problem of a visit file; NULL when it is none. */
static inline runde_problem *example_problem(const char *path)
{
    runde_problem *problem = NULL;
    size_t length = 0;
    char *const text = example_text(path, &length);
    if (text != NULL &&
        runde_problem_from_json(&problem, text, length, NULL) != RUNDE_OK) {
        problem = NULL;
    }
    free(text);
    return problem;
}

#endif
