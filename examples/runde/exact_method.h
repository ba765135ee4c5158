/* SPDX-License-Identifier: MIT */
/* The exact methods that the program is built with. */
#ifndef EXACT_METHOD_H
#define EXACT_METHOD_H

#include "cli.h"

#include <runde/solve.h>

/** For runde_options.exact; NULL without any. */
const runde_exact *exact_method(void);

/** The words of an option --exact; NULL ends them. */
extern const char *const exact_names[];

/** The line of --exact in a table of options. */
#define EXACT_OPTION                                                           \
    {                                                                          \
        "exact", '\0', "METHOD",                                               \
            "glpk, where it is built in, or none (default: glpk)"              \
    }

/** What --exact, which is number `option` of the command, asks for; without
 *  it what the program is built with. */
cli_code exact_method_read(const runde_exact **out,
                           const cli_arguments *arguments, int option);

/** Behind the version: "" or " with GLPK 5.0". */
void exact_method_name(char *text, size_t size);

#endif
