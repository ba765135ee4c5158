/* SPDX-License-Identifier: MIT */
/** @file cli.h
 *  What every part of the program shares: exit codes, complaints and the
 *  shape of a sub-command. */
#ifndef RUNDE_CLI_H
#define RUNDE_CLI_H

#include <stdbool.h>
#include <stddef.h>

/** What the program's exit code tells a script. The numbers from 64 up are
 *  those of sysexits. */
typedef enum cli_code {
    CLI_DONE = 0,         /**< also at a time limit, also with visits left */
    CLI_VIOLATIONS = 1,   /**< check found broken rules */
    CLI_STOPPED = 3,      /**< by a signal; the best plan is written */
    CLI_UNSERVED = 4,     /**< --require-complete, and visits are left out */
    CLI_INFEASIBLE = 5,   /**< no plan within the hard limits was found */
    CLI_USAGE = 64,       /**< the command line makes no sense */
    CLI_BAD_INPUT = 65,   /**< a file was read but is not right */
    CLI_NO_INPUT = 66,    /**< a file cannot be read */
    CLI_NO_SERVER = 69,   /**< a road engine does not answer as it should */
    CLI_INTERNAL = 70,    /**< the plan failed its check, or no memory */
    CLI_NO_OUTPUT = 73,   /**< a file cannot be made here */
    CLI_IO = 74,          /**< writing failed half-way */
    CLI_OUTPUT_BUSY = 75, /**< another process writes this output */
} cli_code;

/** One option of a command: "--name ARGUMENT" or "-l ARGUMENT". */
typedef struct cli_option {
    const char *name;     /**< without dashes */
    char letter;          /**< or 0 */
    const char *argument; /**< "FILE"; NULL for a switch */
    const char *help;     /**< one line */
} cli_option;

/** Closed lists: what may stand behind an option, or as the operand. Both
 *  the parser and the completion read them here. */
typedef struct cli_words {
    int option; /**< by its place in the table, or CLI_OPERAND */
    /** Word `index`, NULL behind the last. */
    const char *(*next)(const void *table, int index);
    const void *table;
} cli_words;

#define CLI_OPERAND (-1)

#define CLI_MAX_OPTIONS 24
#define CLI_MAX_OPERANDS 3

typedef struct cli_arguments cli_arguments;

/** A sub-command, as its table row. */
typedef struct cli_command {
    const char *name;
    const char *operands; /**< "FILE PLAN" */
    const char *summary;  /**< one line, for the list of commands */
    const char *help;     /**< a few lines: what it does and prints */
    const char *example;  /**< a command line that works */
    const cli_option *options;
    int n_options;
    int n_operands; /**< exactly so many */
    const cli_words *words;
    int n_words;
    cli_code (*run)(const cli_arguments *arguments);
} cli_command;

/** A command line taken apart. */
struct cli_arguments {
    const cli_command *command;
    /** By the command's option table: the argument, "" for a switch that is
     *  given, NULL for what is not. */
    const char *value[CLI_MAX_OPTIONS];
    const char *operand[CLI_MAX_OPERANDS];
    int n_operands;
    bool wants_help;
    bool is_quiet;
};

#if defined(__GNUC__)
#define CLI_PRINTF __attribute__((format(printf, 1, 2)))
#else
#define CLI_PRINTF
#endif

/** Says what is wrong, one line on standard error behind "runde: ". Control
 *  characters of names and ids arrive as \xNN. */
void cli_complain(const char *format, ...) CLI_PRINTF;

/** The same for what is no error: how many, how long. Nothing with
 *  --quiet. */
void cli_note(const char *format, ...) CLI_PRINTF;

/** Whether the command line says --quiet: nothing but the result and errors
 *  is wanted. */
bool cli_is_quiet(void);

/** Points to "runde COMMAND --help" (or "runde --help" for NULL).
 *
 *  @return CLI_USAGE */
cli_code cli_usage_hint(const cli_command *command);

#endif
