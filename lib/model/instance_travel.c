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

/* Walks the cells above the diagonal and their mirror images in squares that
 * fit into the cache. False at the first pair that differs. */
static bool is_symmetric(const int32_t *matrix, int32_t places)
{
    const size_t n = (size_t)places;
    bool same = true;
    for (size_t i = 0; i < n && same; i += SQUARE) {
        for (size_t j = i; j < n && same; j += SQUARE) {
            for (size_t r = i; r < n && r < i + SQUARE; r++) {
                for (size_t c = j; c < n && c < j + SQUARE; c++) {
                    same = same && matrix[r * n + c] == matrix[c * n + r];
                }
            }
        }
    }
    return same;
}

static const int32_t *transpose(rn_instance *inst, const int32_t *matrix)
{
    const size_t n = (size_t)inst->n_places;
    int32_t *copy = rn_arena_array(inst->arena, n * n, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < n; i += SQUARE) {
        for (size_t j = 0; j < n; j += SQUARE) {
            for (size_t r = i; r < n && r < i + SQUARE; r++) {
                for (size_t c = j; c < n && c < j + SQUARE; c++) {
                    copy[c * n + r] = matrix[r * n + c];
                }
            }
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
