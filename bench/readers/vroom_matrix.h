/* SPDX-License-Identifier: MIT */
/** @file vroom_matrix.h
 *  Travel matrices of VROOM's input, read without building a tree: a day of
 *  5,000 visits has five million cells, and a tree takes 80 bytes for each. */
#ifndef BENCH_VROOM_MATRIX_H
#define BENCH_VROOM_MATRIX_H

#include <runde/types.h>

#define VROOM_MAX_PROFILES 8

typedef struct vroom_matrix {
    char profile[48];
    int32_t n;
    int32_t *durations; /**< seconds, [from * n + to] */
    int32_t *distances; /**< metres, or NULL */
} vroom_matrix;

typedef struct vroom_matrices {
    int32_t n;
    vroom_matrix of[VROOM_MAX_PROFILES];
} vroom_matrices;

/** Takes the member "matrices" out of a document: reads it into `out` and
 *  writes null over it, for a parser to read the rest. Nothing happens when
 *  there is no such member.
 *
 *  @param text  `length` bytes and a NUL
 *  @return RUNDE_E_FORMAT when the matrices are not square arrays of whole
 *          numbers, RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status vroom_matrices_take(vroom_matrices *out, char *text,
                                               size_t length);
void vroom_matrices_free(vroom_matrices *self);
/** The matrix of a profile, or NULL. */
const vroom_matrix *vroom_matrices_find(const vroom_matrices *self,
                                        const char *profile);

#endif
