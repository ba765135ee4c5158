/* SPDX-License-Identifier: MIT */
/* Travel as the search reads it: no holes, and columns as rows. */
#include "model/instance_parts.h"

/* Side of a square of cells that stays in the cache while it is turned. */
#define SQUARE 32
/* Matrices of more places are not kept twice. */
#define MOST_TRANSPOSED 2500

/* A matrix with holes is copied with RN_FAR in them, so that the search adds
 * numbers and never asks. NULL without memory. */
static const int32_t *fill_holes(rn_instance *inst, const int32_t *durations)
{
    const size_t cells = (size_t)inst->n_places * (size_t)inst->n_places;
    size_t hole = 0;
    while (hole < cells && durations[hole] >= 0) {
        hole++;
    }
    if (hole == cells) {
        return durations;
    }
    int32_t *copy = rn_arena_array(inst->arena, cells, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < cells; i++) {
        copy[i] = durations[i] < 0 ? RN_FAR : durations[i];
    }
    return copy;
}

static size_t end_of_square(size_t from, size_t n)
{
    return from + SQUARE < n ? from + SQUARE : n;
}

/* Are rows r.. and columns c.. of a square what its mirror image is? */
static bool is_mirrored(const int32_t *matrix, size_t n, size_t row, size_t col)
{
    bool same = true;
    for (size_t r = row; r < end_of_square(row, n); r++) {
        for (size_t c = col; c < end_of_square(col, n); c++) {
            same = same && matrix[r * n + c] == matrix[c * n + r];
        }
    }
    return same;
}

/* Walks the cells above the diagonal and their mirror images in squares that
 * fit into the cache. False at the first square that differs. */
static bool is_symmetric(const int32_t *matrix, int32_t places)
{
    const size_t n = (size_t)places;
    bool same = true;
    for (size_t row = 0; row < n && same; row += SQUARE) {
        for (size_t col = row; col < n && same; col += SQUARE) {
            same = is_mirrored(matrix, n, row, col);
        }
    }
    return same;
}

static void turn(int32_t *copy, const int32_t *matrix, size_t n, size_t row,
                 size_t col)
{
    for (size_t r = row; r < end_of_square(row, n); r++) {
        for (size_t c = col; c < end_of_square(col, n); c++) {
            copy[c * n + r] = matrix[r * n + c];
        }
    }
}

static const int32_t *transpose(rn_instance *inst, const int32_t *matrix)
{
    const size_t n = (size_t)inst->n_places;
    int32_t *copy = rn_arena_array(inst->arena, n * n, sizeof *copy);
    for (size_t row = 0; copy != NULL && row < n; row += SQUARE) {
        for (size_t col = 0; col < n; col += SQUARE) {
            turn(copy, matrix, n, row, col);
        }
    }
    return copy;
}

/* The search reads columns as rows: what goes to one place lies together. */
static runde_status read_columns(rn_instance *inst, size_t mode)
{
    const int32_t *matrix = inst->durations[mode];
    if (is_symmetric(matrix, inst->n_places)) {
        inst->arrivals[mode] = matrix;
    } else if (inst->n_places <= MOST_TRANSPOSED) {
        inst->arrivals[mode] = transpose(inst, matrix);
        return inst->arrivals[mode] != NULL ? RUNDE_OK : RUNDE_E_NOMEM;
    }
    return RUNDE_OK;
}

runde_status rn_instance_travel(rn_instance *inst)
{
    const size_t modes = (size_t)inst->n_modes;
    inst->travel = rn_arena_array(inst->arena, modes + 1, sizeof *inst->travel);
    inst->durations =
        rn_arena_array(inst->arena, modes + 1, sizeof *inst->durations);
    inst->arrivals =
        rn_arena_array(inst->arena, modes + 1, sizeof *inst->arrivals);
    inst->distances =
        rn_arena_array(inst->arena, modes + 1, sizeof *inst->distances);
    if (inst->travel == NULL || inst->durations == NULL ||
        inst->arrivals == NULL || inst->distances == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = RUNDE_OK;
    for (size_t m = 0; m < modes && status == RUNDE_OK; m++) {
        const rn_travel *travel = rn_problem_travel(inst->problem, (int32_t)m);
        inst->travel[m] = travel;
        if (travel != NULL && travel->durations != NULL) {
            inst->durations[m] = fill_holes(inst, travel->durations);
            inst->distances[m] = travel->distances;
            status = inst->durations[m] != NULL ? read_columns(inst, m)
                                                : RUNDE_E_NOMEM;
        }
    }
    return status;
}
