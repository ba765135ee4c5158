/* SPDX-License-Identifier: MIT */
/** @file gate.h
 *  The strict gate in front of cJSON: what does not pass is never built.
 *
 *  cJSON takes 007, raw control characters, broken UTF-8, duplicate keys and
 *  text after the document, cuts strings at NUL and turns 1e400 into
 *  infinity. The gate is the whole grammar of RFC 8259 and takes none of it.
 *  What passes is rewritten for cJSON without any number: each becomes "0",
 *  and where it stood is told in order. */
#ifndef RN_IO_GATE_H
#define RN_IO_GATE_H

#include <runde/types.h>

/** Deepest nesting of arrays and objects. */
#define RN_GATE_DEPTH 64

typedef struct rn_gate_limits {
    size_t bytes;
    int64_t values; /**< cJSON takes some 100 bytes for each */
} rn_gate_limits;

/** Limits that hold for files. */
rn_gate_limits rn_gate_default_limits(void);

/** An array under "durations" or "distances", read on the way. */
typedef struct rn_gate_matrix {
    size_t begin; /**< offset of its opening bracket */
    size_t end;   /**< offset behind its closing bracket */
    int32_t *cells;
    int32_t rows;
    int32_t columns;
} rn_gate_matrix;

/** What passed. */
typedef struct rn_gate {
    int64_t values; /**< a matrix counts as one */
    int64_t slots;  /**< numbers and matrices */
    int32_t n_matrices;
    int32_t room;
    rn_gate_matrix *matrices; /**< in the order of the text */
} rn_gate;

/** Checks a text; on failure there is one finding and nothing to free.
 *
 *  @return RUNDE_E_FORMAT, RUNDE_E_LIMIT, RUNDE_E_NOMEM
 *
 *  O(length). Memory: the cells, and at most 12 MiB for the keys of the open
 *  objects. */
runde_status rn_gate_pass(rn_gate *out, const char *text, size_t length,
                          const rn_gate_limits *limits, runde_diag *diag);
void rn_gate_free(rn_gate *gate);

/** Writes the text again for cJSON: no white space, "0" for each number and
 *  matrix.
 *
 *  @param out      length + 1 bytes; ends with NUL
 *  @param offsets  out: gate->slots places in the text, one per "0"
 *  @return length of what was written */
size_t rn_gate_rewrite(const rn_gate *gate, const char *text, size_t length,
                       char *out, uint32_t *offsets);

#endif
