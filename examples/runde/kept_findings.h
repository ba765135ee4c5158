/* SPDX-License-Identifier: MIT */
/** @file kept_findings.h
 *  Findings for programs: kept, and then printed as part of a document,
 *  instead of being said one a line. */
#ifndef RUNDE_KEPT_FINDINGS_H
#define RUNDE_KEPT_FINDINGS_H

#include "cli.h"

#include <runde/runde.h>

/** From now on findings are kept, those that --quiet would not show too.
 *  Freed by kept_findings_end.
 *
 *  @param with_modes  each says which travel mode it is about
 *  @return CLI_DONE or CLI_INTERNAL without memory; said on stderr */
cli_code kept_findings_begin(bool with_modes);

/** The travel mode that findings are about from now on, NULL for none; it
 *  must live until the next call. */
void kept_findings_about(const char *mode);

/** Keeps a finding. @return false when none are kept: it is to be said */
bool kept_findings_take(const runde_finding *finding);

/** Counts what a diagnosis has counted, which are more than are handed out
 *  when there are very many. */
void kept_findings_count(const runde_diag *diag);

/** Whether a command that ends so has something to say: it has come through,
 *  or there are findings. */
bool kept_findings_matter(cli_code code);

/** Prints `"findings", "errors", "warnings"`, the last members of an object,
 *  and closes it.
 *
 *  @return CLI_DONE or CLI_INTERNAL without memory; said on stderr */
cli_code kept_findings_print(void);

/** Prints the document `runde-findings`; otherwise as above. */
cli_code kept_findings_document(void);

/** Keeps none from now on; fine without kept_findings_begin. */
void kept_findings_end(void);

#endif
