/* SPDX-License-Identifier: MIT */
/* A stranger's program with exact methods, built from what is installed and
 * runde-glpk.pc. */
#include <runde/glpk.h>
#include <runde/runde.h>

#include <stdio.h>

int main(void)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.exact = runde_glpk();
    if (options.exact == NULL) {
        return 1;
    }
    printf("%s with GLPK %s\n", runde_version(), runde_glpk_version());
    return 0;
}
