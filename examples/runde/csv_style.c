/* SPDX-License-Identifier: MIT */
#include "csv_style.h"

#include <string.h>

static bool read_separator(char *out, const char *word)
{
    if (word == NULL) {
        return true;
    }
    const bool is_tab = strcmp(word, "tab") == 0;
    *out = is_tab ? '\t' : word[0];
    return is_tab || strcmp(word, ",") == 0 || strcmp(word, ";") == 0;
}

cli_code csv_style_read(runde_csv_style *out, const cli_command *command,
                        const char *separator, const char *decimal,
                        bool has_bom)
{
    const runde_csv_style usual = RUNDE_CSV_STYLE_INIT;
    *out = usual;
    out->has_bom = has_bom;
    if (!read_separator(&out->separator, separator)) {
        cli_complain("%s: --separator \"%s\": expected \",\", \";\" or "
                     "\"tab\"",
                     command->name, separator);
        return cli_usage_hint(command);
    }
    if (decimal != NULL && strcmp(decimal, ".") != 0 &&
        strcmp(decimal, ",") != 0) {
        cli_complain("%s: --decimal \"%s\": expected \".\" or \",\"",
                     command->name, decimal);
        return cli_usage_hint(command);
    }
    out->decimal_mark = decimal != NULL ? decimal[0] : '\0';
    return CLI_DONE;
}
