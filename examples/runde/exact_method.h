/* SPDX-License-Identifier: MIT */
/* The exact methods that the program is built with. */
#ifndef EXACT_METHOD_H
#define EXACT_METHOD_H

#include <runde/solve.h>

/** For runde_options.exact; NULL without any. */
const runde_exact *exact_method(void);

/** Behind the version: "" or " with GLPK 5.0". */
void exact_method_name(char *text, size_t size);

#endif
