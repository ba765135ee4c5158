/* SPDX-License-Identifier: MIT */
#include "language_words.h"

#include "options.h"

const char *const language_words[] = {
    [RUNDE_LANGUAGE_NB] = "nb", [RUNDE_LANGUAGE_EN] = "en", NULL};

cli_code language_read(runde_language *out, const cli_arguments *arguments,
                       int option, runde_language usual)
{
    int language = (int)usual;
    const cli_code code = options_word(&language, arguments, option);
    *out = (runde_language)language;
    return code;
}
