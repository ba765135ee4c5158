/* SPDX-License-Identifier: MIT */
/** @file json.h
 *  Problems and plans as JSON text; docs/file-format.md is the contract.
 *
 *  Text comes in through a strict gate (UTF-8, RFC 8259, depth 64, no
 *  duplicate keys, size and node limits) before anything is built from it. */
#ifndef RUNDE_JSON_H
#define RUNDE_JSON_H

#include <runde/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Largest text accepted, bytes. */
#define RUNDE_JSON_MAX_BYTES ((size_t)512 << 20)

/** Reads a visit file into a sealed problem. All findings, those of the
 *  format and those of the model, go to the diagnosis at once.
 *
 *  @param text  need not end with NUL
 *  @return RUNDE_E_FORMAT when it is not JSON or not this format,
 *          RUNDE_E_INVALID when the model has errors, RUNDE_E_LIMIT,
 *          RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_from_json(
    runde_problem **out, const char *text, size_t length, runde_diag *diag);

/** The same for a file whose travel is still to come
 *  (runde_problem_with_travel): travel modes of shifts that have neither
 *  matrices nor a speed model, which is an error otherwise, get this one.
 *
 *  @param model  NULL: as runde_problem_from_json */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_from_json_with_model(
    runde_problem **out, const char *text, size_t length,
    const runde_speed_model *model, runde_diag *diag);

/** Prints a sealed problem; `*text` ends with NUL and is freed with
 *  runde_text_free. Reading it back gives an equal problem. */
RUNDE_API RUNDE_CHECKED runde_status runde_problem_to_json(
    char **text, size_t *length, const runde_problem *problem);

/** Reads a plan file for a problem into a finished draft. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_from_json(runde_plan **out, const runde_problem *problem,
                     const char *text, size_t length, runde_diag *diag);

/** Prints a finished plan of this problem. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_to_json(char **text, size_t *length, const runde_problem *problem,
                   const runde_plan *plan);

RUNDE_API void runde_text_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
