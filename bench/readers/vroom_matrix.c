/* SPDX-License-Identifier: MIT */
#include "vroom_matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Numbers from here on mean that there is no road. */
#define FAR_AWAY (1 << 30)
#define MAX_ROWS 30000

/* A place in the text. The NUL behind the text ends every scan. */
typedef struct cursor {
    char *at;
    runde_status status;
} cursor;

static void fail(cursor *c)
{
    if (c->status == RUNDE_OK) {
        c->status = RUNDE_E_FORMAT;
    }
}

static char next(cursor *c)
{
    c->at += strspn(c->at, " \t\r\n");
    return *c->at;
}

/* Steps over `wanted` if it comes next. */
static bool accept(cursor *c, char wanted)
{
    const bool is_there = c->status == RUNDE_OK && next(c) == wanted;
    if (is_there) {
        c->at++;
    }
    return is_there;
}

static void expect(cursor *c, char wanted)
{
    if (!accept(c, wanted)) {
        fail(c);
    }
}

/* Steps over a string and copies as much of it as fits. */
static void read_string(cursor *c, char *copy, size_t room)
{
    expect(c, '"');
    size_t used = 0;
    while (c->status == RUNDE_OK && *c->at != '"') {
        if (*c->at == '\\' && c->at[1] != '\0') {
            c->at++;
        }
        if (*c->at == '\0') {
            fail(c);
            return;
        }
        if (used + 1 < room) {
            copy[used++] = *c->at;
        }
        c->at++;
    }
    if (room > 0) {
        copy[used] = '\0';
    }
    expect(c, '"');
}

/* Steps over any value by counting brackets; the rest is the parser's. */
static void skip_value(cursor *c)
{
    int64_t depth = 0;
    do {
        const char first = next(c);
        if (first == '"') {
            read_string(c, NULL, 0);
        } else if (first == '{' || first == '[') {
            depth++;
            c->at++;
        } else if (first == '}' || first == ']') {
            depth--;
            c->at++;
        } else if (first == '\0') {
            fail(c);
        } else if (first == ',' || first == ':') {
            c->at++;
        } else {
            c->at += strcspn(c->at, ",:]}[{\" \t\r\n");
        }
    } while (c->status == RUNDE_OK && depth > 0);
}

/* ----------------------------------------------------------- matrices */

static int32_t read_cell(cursor *c)
{
    int64_t value = 0;
    int digits = 0;
    for (char d = next(c); d >= '0' && d <= '9'; d = *++c->at) {
        value = value < FAR_AWAY ? value * 10 + (d - '0') : FAR_AWAY;
        digits++;
    }
    if (digits == 0 || strchr(".eE", *c->at) != NULL) {
        /* strchr finds the NUL as well, and the text may not end here. */
        fail(c);
    }
    return value < FAR_AWAY ? (int32_t)value : RUNDE_UNREACHABLE;
}

/* Commas in the row that begins here, plus one. */
static int32_t count_cells(const char *row)
{
    int32_t n = 1;
    for (; *row != '\0' && *row != ']' && n <= MAX_ROWS; row++) {
        n += *row == ',' ? 1 : 0;
    }
    return n;
}

static void read_rows(cursor *c, int32_t n, int32_t *cells)
{
    for (int32_t row = 0; row < n && c->status == RUNDE_OK; row++) {
        if (row > 0) {
            expect(c, ',');
        }
        expect(c, '[');
        for (int32_t i = 0; i < n && c->status == RUNDE_OK; i++) {
            if (i > 0) {
                expect(c, ',');
            }
            cells[(ptrdiff_t)row * n + i] = read_cell(c);
        }
        expect(c, ']');
    }
}

static int32_t *read_square(cursor *c, int32_t *n)
{
    expect(c, '[');
    if (c->status != RUNDE_OK || next(c) != '[') {
        fail(c);
        return NULL;
    }
    *n = count_cells(c->at + 1);
    if (*n > MAX_ROWS) {
        c->status = RUNDE_E_LIMIT;
        return NULL;
    }
    int32_t *cells = malloc((size_t)*n * (size_t)*n * sizeof *cells);
    if (cells == NULL) {
        c->status = RUNDE_E_NOMEM;
        return NULL;
    }
    read_rows(c, *n, cells);
    expect(c, ']');
    return cells;
}

static void read_square_of(cursor *c, vroom_matrix *into, int32_t **cells)
{
    int32_t n = 0;
    *cells = read_square(c, &n);
    if (into->n != 0 && into->n != n) {
        fail(c);
    }
    into->n = n;
}

static void read_profile(cursor *c, vroom_matrix *into)
{
    read_string(c, into->profile, sizeof into->profile);
    expect(c, ':');
    expect(c, '{');
    do {
        char key[16];
        read_string(c, key, sizeof key);
        expect(c, ':');
        if (strcmp(key, "durations") == 0 && into->durations == NULL) {
            read_square_of(c, into, &into->durations);
        } else if (strcmp(key, "distances") == 0 && into->distances == NULL) {
            read_square_of(c, into, &into->distances);
        } else {
            skip_value(c);
        }
    } while (accept(c, ','));
    expect(c, '}');
    if (into->durations == NULL) {
        fail(c);
    }
}

static void read_matrices(cursor *c, vroom_matrices *out)
{
    expect(c, '{');
    if (accept(c, '}')) {
        return;
    }
    do {
        if (out->n == VROOM_MAX_PROFILES) {
            c->status = RUNDE_E_LIMIT;
            break;
        }
        read_profile(c, &out->of[out->n++]);
        if (out->of[out->n - 1].n != out->of[0].n) {
            fail(c);
        }
    } while (accept(c, ','));
    expect(c, '}');
}

runde_status vroom_matrices_take(vroom_matrices *out, char *text, size_t length)
{
    *out = (vroom_matrices){0};
    cursor c = {text, RUNDE_OK};
    bool is_found = false;
    if (strlen(text) != length || !accept(&c, '{')) {
        /* Not a document: the parser has the better words for it. */
        return RUNDE_OK;
    }
    while (c.status == RUNDE_OK && !is_found && next(&c) == '"') {
        char key[16];
        read_string(&c, key, sizeof key);
        expect(&c, ':');
        is_found = c.status == RUNDE_OK && strcmp(key, "matrices") == 0;
        if (!is_found) {
            skip_value(&c);
            (void)accept(&c, ',');
        }
    }
    if (!is_found) {
        return RUNDE_OK;
    }
    (void)next(&c);
    char *const begin = c.at;
    read_matrices(&c, out);
    if (c.status != RUNDE_OK) {
        vroom_matrices_free(out);
        return c.status;
    }
    /* "{}" and more: there is always room for the word. */
    memset(begin, ' ', (size_t)(c.at - begin));
    memcpy(begin, c.at - begin < 4 ? "{}" : "null", c.at - begin < 4 ? 2 : 4);
    return RUNDE_OK;
}

void vroom_matrices_free(vroom_matrices *self)
{
    for (int32_t i = 0; i < self->n; i++) {
        free(self->of[i].durations);
        free(self->of[i].distances);
    }
    *self = (vroom_matrices){0};
}

const vroom_matrix *vroom_matrices_find(const vroom_matrices *self,
                                        const char *profile)
{
    const vroom_matrix *found = NULL;
    for (int32_t i = 0; i < self->n; i++) {
        if (strcmp(self->of[i].profile, profile) == 0) {
            found = &self->of[i];
            break;
        }
    }
    return found;
}
