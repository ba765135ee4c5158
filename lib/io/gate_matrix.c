/* SPDX-License-Identifier: MIT */
/* A travel matrix of 2,000 places would be 4 million nodes of 64 bytes: its
 * cells go from the text to where they stay. */
#include "io/gate_parts.h"

#include "base/alloc.h"
#include "io/token.h"

#include <runde/types.h>

#define FIRST_ROOM 256

/* Cells as they come in. */
typedef struct cells {
    int32_t *cell;
    size_t n;
    size_t room;
} cells;

static bool grow_to(rn_gate_run *run, cells *c, size_t room)
{
    int32_t *const cell = rn_realloc_array(c->cell, room, sizeof *cell);
    if (cell == NULL) {
        rn_gate_no_memory(run);
        return false;
    }
    c->cell = cell;
    c->room = room;
    return true;
}

static bool push(rn_gate_run *run, cells *c, int32_t value)
{
    if (c->n == c->room) {
        const size_t room = c->room < FIRST_ROOM ? FIRST_ROOM : 2 * c->room;
        if (!grow_to(run, c, room)) {
            return false;
        }
    }
    c->cell[c->n++] = value;
    return true;
}

static bool is_bad_cell(rn_gate_run *run)
{
    return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E009",
                          "a cell of a matrix is not a whole number from 0 "
                          "to 2147483647 or null");
}

/* Any number that JSON allows, 3.0 and 3e0 among them. */
static bool read_any_number(rn_gate_run *run, int32_t *value)
{
    const char *stop = run->at;
    if (rn_token_number(&stop, run->end) != RN_TOKEN_OK) {
        return is_bad_cell(run);
    }
    const rn_number number =
        rn_number_read(run->at, (size_t)(stop - run->at), 0);
    if (number.is_negative || !number.is_exact || number.is_large ||
        number.magnitude > INT32_MAX) {
        return is_bad_cell(run);
    }
    *value = (int32_t)number.magnitude;
    run->at = stop;
    return true;
}

static bool read_cell(rn_gate_run *run, int32_t *value)
{
    const char *at = run->at;
    const char *const end = run->end;
    int64_t v = 0;
    while (at < end && *at >= '0' && *at <= '9' && at - run->at < 9) {
        v = v * 10 + (*at - '0');
        at++;
    }
    /* Up to 9 digits without a zero in front are all there is to see in
     * nearly every cell. */
    const bool is_plain =
        at > run->at && (*run->at != '0' || at - run->at == 1);
    if (is_plain && at < end && (*at == ',' || *at == ']')) {
        *value = (int32_t)v;
        run->at = at;
        return true;
    }
    if (rn_gate_take_word(run, "null")) {
        *value = RUNDE_UNREACHABLE;
        return true;
    }
    return read_any_number(run, value);
}

/* The cells up to the closing bracket; `run->at` stands at the first. */
static bool read_row(rn_gate_run *run, cells *c, int64_t *column)
{
    *column = 0;
    rn_gate_skip_space(run);
    if (rn_gate_take(run, ']')) {
        return true;
    }
    for (;;) {
        int32_t value = 0;
        if (!read_cell(run, &value) || !push(run, c, value)) {
            return false;
        }
        ++*column;
        rn_gate_skip_space(run);
        if (rn_gate_take(run, ']')) {
            return true;
        }
        if (!rn_gate_take(run, ',')) {
            return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E002",
                                  "\",\" or \"]\" should stand here");
        }
        rn_gate_skip_space(run);
    }
}

/* Most matrices are square: the first row tells how many cells to expect,
 * if there is text enough for so many, two bytes each at least. */
static bool expect_square(rn_gate_run *run, cells *c)
{
    const uint64_t square = (uint64_t)c->n * c->n;
    const uint64_t bytes = (uint64_t)(run->end - run->at);
    if (c->n > UINT16_MAX || square <= c->room || square - c->n > bytes / 2) {
        return true;
    }
    return grow_to(run, c, (size_t)square);
}

static bool read_rows(rn_gate_run *run, cells *c, int64_t *columns)
{
    run->cell[0] = 0;
    for (;;) {
        run->cell[1] = 0;
        if (!rn_gate_take(run, '[')) {
            run->cell[1] = -1;
            return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E009",
                                  "a row of a matrix is not an array");
        }
        if (!read_row(run, c, &run->cell[1])) {
            return false;
        }
        if (run->cell[0] == 0) {
            *columns = run->cell[1];
            if (!expect_square(run, c)) {
                return false;
            }
        } else if (run->cell[1] != *columns) {
            run->cell[1] = -1;
            return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E009",
                                  "a row of a matrix is shorter or longer "
                                  "than the first");
        }
        run->cell[0]++;
        run->cell[1] = -1;
        rn_gate_skip_space(run);
        if (rn_gate_take(run, ']')) {
            return true;
        }
        if (!rn_gate_take(run, ',')) {
            return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E002",
                                  "\",\" or \"]\" should stand here");
        }
        rn_gate_skip_space(run);
    }
}

/* Room for one matrix more in what passed. */
static bool add_room(rn_gate_run *run)
{
    rn_gate *const out = run->out;
    if (out->n_matrices < out->room) {
        return true;
    }
    const int32_t room = out->room == 0 ? 8 : 2 * out->room;
    rn_gate_matrix *const matrices =
        rn_realloc_array(out->matrices, (size_t)room, sizeof *out->matrices);
    if (matrices == NULL) {
        rn_gate_no_memory(run);
        return false;
    }
    out->matrices = matrices;
    out->room = room;
    return true;
}

bool rn_gate_read_matrix(rn_gate_run *run)
{
    rn_gate_matrix matrix = {0, 0, NULL, 0, 0};
    cells c = {NULL, 0, 0};
    int64_t rows = 0;
    int64_t columns = 0;
    bool is_good = false;
    matrix.begin = (size_t)(run->at - run->text);
    if (!rn_gate_go_down(run, 1) || !add_room(run)) {
        return false;
    }
    run->at++;
    rn_gate_skip_space(run);
    if (run->at < run->end && *run->at == '[') {
        is_good = rn_gate_go_down(run, 2) && read_rows(run, &c, &columns);
        rows = run->cell[0];
    } else {
        is_good = read_row(run, &c, &run->cell[0]);
        columns = run->cell[0];
        rows = columns > 0;
    }
    /* Neither count passes half the bytes of the text, 2^28. */
    if (!is_good || (c.n < c.room && !grow_to(run, &c, c.n)) ||
        (c.cell == NULL && !grow_to(run, &c, 0))) {
        rn_free(c.cell);
        return false;
    }
    run->cell[0] = -1;
    run->cell[1] = -1;
    matrix.end = (size_t)(run->at - run->text);
    matrix.cells = c.cell;
    matrix.rows = (int32_t)rows;
    matrix.columns = (int32_t)columns;
    run->out->matrices[run->out->n_matrices++] = matrix;
    return true;
}
