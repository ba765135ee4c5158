/* SPDX-License-Identifier: MIT */
/** @file gate_parts.h
 *  What the files of the gate share. */
#ifndef RN_IO_GATE_PARTS_H
#define RN_IO_GATE_PARTS_H

#include "io/gate.h"
#include "io/keyset.h"

/** An open object or array. */
typedef struct rn_gate_frame {
    bool is_object;
    bool is_foreign;  /**< below a key that begins with "x-" */
    int64_t n;        /**< values begun so far */
    size_t key;       /**< offset of the last key; objects with n > 0 */
    size_t first_key; /**< rn_keyset.n when it opened */
} rn_gate_frame;

/** A text on its way through. */
typedef struct rn_gate_run {
    const char *text;
    const char *at;
    const char *end;
    int64_t max_values;
    runde_status status; /**< of the first failure */
    runde_diag *diag;
    rn_gate *out;
    rn_keyset keys;
    int64_t cell[2]; /**< row and column in a matrix; -1 outside */
    int32_t depth;
    rn_gate_frame frame[RN_GATE_DEPTH];
} rn_gate_run;

/** Leaves a finding about the place at which `run->at` stands.
 *  @return false */
bool rn_gate_refuse(rn_gate_run *run, runde_status status, const char *code,
                    const char *sentence);
/** Notes that memory ran out, which is no finding. */
void rn_gate_no_memory(rn_gate_run *run);

/** Whether so many levels more are let through; else a finding. */
bool rn_gate_go_down(rn_gate_run *run, int32_t levels);

void rn_gate_skip_space(rn_gate_run *run);
/** Moves behind a character if it stands here. */
bool rn_gate_take(rn_gate_run *run, char c);
/** Moves behind a word if it stands here. */
bool rn_gate_take_word(rn_gate_run *run, const char *word);

/** Reads a matrix; `run->at` stands at its opening bracket. */
bool rn_gate_read_matrix(rn_gate_run *run);

#endif
