/* SPDX-License-Identifier: MIT */
#include "best_known.h"

#include "readers/source.h"

#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 32

/* Cuts a line into fields, in place, quotes taken off; gives the line behind
 * it. Source: RFC 4180, without line breaks inside quotes. */
static char *cut_line(char *line, char *fields[MAX_COLUMNS], int *n)
{
    *n = 0;
    char *to = line;
    bool is_quoted = false;
    bool is_open = true; /* the field at `to` is not yet listed */
    while (*line != '\0' && *line != '\n') {
        if (is_open && *n < MAX_COLUMNS) {
            fields[(*n)++] = to;
        }
        is_open = false;
        const char c = *line++;
        if (c == '"') {
            is_quoted = !is_quoted;
        } else if (c == ',' && !is_quoted) {
            *to++ = '\0';
            is_open = true;
        } else if (c != '\r') {
            *to++ = c;
        }
    }
    char *next = *line == '\0' ? line : line + 1;
    *to = '\0';
    return next;
}

static int find_field(char *const fields[MAX_COLUMNS], int n, const char *text)
{
    int found = -1;
    for (int i = 0; i < n; i++) {
        if (strcmp(fields[i], text) == 0) {
            found = i;
            break;
        }
    }
    return found;
}

static bool find_in_text(char *text, const char *instance, const char *column,
                         double *value)
{
    char *fields[MAX_COLUMNS];
    int n = 0;
    char *line = cut_line(text, fields, &n);
    const int key = find_field(fields, n, "instance");
    const int wanted = find_field(fields, n, column);
    bool is_found = false;
    while (!is_found && key >= 0 && wanted >= 0 && *line != '\0') {
        line = cut_line(line, fields, &n);
        if (key < n && wanted < n && strcmp(fields[key], instance) == 0) {
            char *end = NULL;
            *value = strtod(fields[wanted], &end);
            is_found = end != fields[wanted];
        }
    }
    return is_found;
}

bool best_known_find(const char *csv, const char *instance, const char *column,
                     double *value)
{
    size_t length = 0;
    char *text = source_read(csv, &length);
    const bool is_found = text != NULL && column != NULL &&
                          find_in_text(text, instance, column, value);
    free(text);
    return is_found;
}
