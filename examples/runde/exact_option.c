/* SPDX-License-Identifier: MIT */
#include "exact_method.h"

#include "options.h"

#include <string.h>

const char *const exact_names[] = {"glpk", "none", NULL};

cli_code exact_method_read(const runde_exact **out,
                           const cli_arguments *arguments, int option)
{
    const cli_command *const command = arguments->command;
    const char *const exact = arguments->value[option];
    int method = 0;
    *out = exact_method();
    if (exact == NULL) {
        return CLI_DONE;
    }
    if (strcmp(exact, "none") == 0) {
        *out = NULL;
        return CLI_DONE;
    }
    if (*out == NULL) {
        cli_complain("%s: --%s \"%s\": expected none; this program is built "
                     "without librunde-glpk",
                     command->name, command->options[option].name, exact);
        return cli_usage_hint(command);
    }
    return options_word(&method, arguments, option);
}
