/* SPDX-License-Identifier: MIT */
/** @file language_words.h
 *  The languages that pages and lists are in, as options name them. */
#ifndef RUNDE_LANGUAGE_WORDS_H
#define RUNDE_LANGUAGE_WORDS_H

#include "cli.h"

#include <runde/export.h>

/** By runde_language; NULL ends them. */
extern const char *const language_words[];

/** What an option names, `usual` if it is not given. What is wrong is said.
 *
 *  @return CLI_DONE or CLI_USAGE */
cli_code language_read(runde_language *out, const cli_arguments *arguments,
                       int option, runde_language usual);

#endif
