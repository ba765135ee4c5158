/* SPDX-License-Identifier: MIT */
/** @file input.h
 *  Files in: bytes from a path or standard input, then problems and plans. */
#ifndef RUNDE_INPUT_H
#define RUNDE_INPUT_H

#include "cli.h"

#include <runde/runde.h>
#include <stdio.h>
#include <sys/types.h>

/** Which file on this machine; two paths may lead to one. */
typedef struct file_identity {
    bool known;
    dev_t device;
    ino_t inode;
} file_identity;

/** A file's bytes, on the heap, with a NUL behind them. */
typedef struct input_text {
    char *bytes;
    size_t length;
    file_identity identity; /**< never an output */
} input_text;

#define INPUT_TEXT_INIT                                                        \
    {                                                                          \
        NULL, 0,                                                               \
        {                                                                      \
            false, 0, 0                                                        \
        }                                                                      \
    }

/** What to call a path in messages: "-" is "standard input". */
const char *input_name(const char *path);

/** Reads all of a file, "-" being standard input, RUNDE_JSON_MAX_BYTES at
 *  most. What goes wrong is said on standard error.
 *
 *  @return CLI_DONE, CLI_NO_INPUT, CLI_BAD_INPUT when too large,
 *          CLI_INTERNAL without memory */
cli_code input_read(input_text *out, const char *path);

void input_free(input_text *text);

/** Where findings go: one line each, "severity code pointer message". */
typedef struct finding_sink {
    FILE *stream;
    const char *path; /**< in front of each line, or NULL */
    int shown;
} finding_sink;

/** A runde_finding_fn; the payload is a finding_sink. Warnings on standard
 *  error are left away with --quiet. Or they are kept (kept_findings.h). */
void input_show_finding(const runde_finding *finding, void *payload);

/** A diagnosis whose findings go to standard error, behind the path, or
 *  without one for NULL. The sink, which is filled in, must live as long. */
runde_diag input_diag(finding_sink *sink, const char *path);

/** Reads a problem. Findings go to standard error, behind the path; W128,
 *  places abroad, is left to `validate` and `import`.
 *
 *  @param identity  out: the file read; may be NULL
 *  @return as input_read, or CLI_BAD_INPUT */
cli_code input_problem(runde_problem **out, const char *path,
                       file_identity *identity);

/** The same, as runde_problem_from_json_with_model has it. */
cli_code input_problem_with_model(runde_problem **out, const char *path,
                                  file_identity *identity,
                                  const runde_speed_model *model);

/** Reads a plan of this problem; otherwise as input_problem. */
cli_code input_plan(runde_plan **out, const runde_problem *problem,
                    const char *path);

/** Gives a draft without times some; `*plan` is then another.
 *
 *  @param exact  finds the best ones, or NULL */
cli_code input_choose_times(runde_plan **plan, const runde_problem *problem,
                            const char *path, const runde_exact *exact);

/** Opens a session on a problem and a plan of it; a draft gets its times. */
cli_code input_session(runde_session **out, const char *problem_path,
                       const char *plan_path);

/** Reads a road network from its two tables. Findings go to standard error,
 *  the table in their pointer. @return as input_problem */
cli_code input_network(runde_network **out, const char *nodes_path,
                       const char *edges_path);

/** The index of a visit, and of a carer, by id; else says that there is none
 *  behind `who`, with the id that may have been meant.
 *
 *  @return RUNDE_NONE */
int32_t input_find_visit(const runde_problem *problem, const char *id,
                         const char *who);
int32_t input_find_carer(const runde_problem *problem, const char *id,
                         const char *who);

/** The exit code for a status of the library, which is said on standard
 *  error unless findings have said it already. */
cli_code input_status(runde_status status, const char *path,
                      const runde_diag *diag);

#endif
