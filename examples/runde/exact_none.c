/* SPDX-License-Identifier: MIT */
/* Where the program is built without librunde-glpk. */
#include "exact_method.h"

const runde_exact *exact_method(void)
{
    return NULL;
}

void exact_method_name(char *text, size_t size)
{
    if (size > 0) {
        text[0] = '\0';
    }
}
