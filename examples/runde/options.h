/* SPDX-License-Identifier: MIT */
/** @file options.h
 *  Command lines: options from a table, numbers, and what was meant. */
#ifndef RUNDE_OPTIONS_H
#define RUNDE_OPTIONS_H

#include "cli.h"

#include <stdint.h>

/** Takes the words behind the command apart. Options may stand anywhere,
 *  "--name=X" and "-lX" are read too, "--" ends them, "-" is an operand.
 *  What is wrong is said on standard error.
 *
 *  @return CLI_DONE or CLI_USAGE */
cli_code options_parse(cli_arguments *out, const cli_command *command,
                       int n_words, char *const *words);

/** The name nearest to `word` by edits, if one is near enough to be meant;
 *  else NULL. `next` gives name `index`, NULL behind the last. */
const char *options_nearest(const char *word,
                            const char *(*next)(const void *table, int index),
                            const void *table);

/** The next of an array of words that NULL ends, as options_nearest wants
 *  it; the array is the table. */
const char *options_word_at(const void *table, int index);

/** The list that the command has for an option, or for CLI_OPERAND, or
 *  NULL. */
const cli_words *options_words(const cli_command *command, int option);

/** Which word of its list was given; leaves `out` for an option that was
 *  not given. Else the list is said, and which word may be meant.
 *
 *  @return CLI_DONE or CLI_USAGE */
cli_code options_word(int *out, const cli_arguments *arguments, int option);

/** Whether the result goes to a file, so that standard output is free for
 *  `option`; else says so.
 *
 *  @return CLI_DONE or CLI_USAGE */
cli_code options_need_file(const cli_arguments *arguments, int option,
                           int output);

/** Says that a word is not in a list. @return CLI_USAGE */
cli_code options_no_such(const cli_command *command, const char *what,
                         const char *word, const cli_words *list);

/** Prints how to call the command, on standard output. */
void options_print_help(const cli_command *command);

/** A decimal integer in [low, high], all of `text`, else false. */
bool options_integer(int64_t *out, const char *text, int64_t low, int64_t high);

/** An unsigned decimal integer up to 2^64 - 1, else false. */
bool options_unsigned(uint64_t *out, const char *text);

/** Seconds such as "10" or "0.5", above 0 and at most 1e6, else false.
 *  No sign, no exponent, and a point in every locale. */
bool options_seconds(double *out, const char *text);

#endif
