/* SPDX-License-Identifier: MIT */
/** @file csv_style.h
 *  What a spreadsheet likes to read, from the command line. */
#ifndef RUNDE_CSV_STYLE_H
#define RUNDE_CSV_STYLE_H

#include "cli.h"

#include <runde/export.h>

/** Reads "--separator" and "--decimal", NULL when not given.
 *
 *  @return CLI_DONE or CLI_USAGE, which is said on standard error */
cli_code csv_style_read(runde_csv_style *out, const cli_command *command,
                        const char *separator, const char *decimal,
                        bool has_bom);

#endif
