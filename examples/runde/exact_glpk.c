/* SPDX-License-Identifier: MIT */
/* Where the program is built with librunde-glpk. */
#include "exact_method.h"

#include <runde/glpk.h>
#include <stdio.h>

const runde_exact *exact_method(void)
{
    return runde_glpk();
}

void exact_method_name(char *text, size_t size)
{
    (void)snprintf(text, size, " with GLPK %s", runde_glpk_version());
}
