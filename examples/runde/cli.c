/* SPDX-License-Identifier: MIT */
/* The command line program: finds the sub-command, and makes sure at the
 * end that what was printed has arrived. */
#include "cli.h"

#include "commands.h"
#include "exact_method.h"
#include "interrupt.h"
#include "options.h"
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <runde/runde.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const cli_command *const cli_commands[] = {
    &solve_command,
    &check_command,
    &validate_command,
    &kpi_command,
    &explain_command,
    &recommend_command,
    &diff_command,
    &replan_command,
    &report_command,
    &import_command,
    &export_command,
    &sample_command,
    &travel_command,
    &actuals_command,
    &tradeoff_command,
    &completion_command,
    NULL,
};

#define N_COMMANDS ((int)(sizeof cli_commands / sizeof cli_commands[0]) - 1)

/* Set once, before the command runs. */
static bool is_quiet = false;

bool cli_is_quiet(void)
{
    return is_quiet;
}

static void say(const char *format, va_list arguments)
{
    char text[4096 + 512]; /* a path and a sentence; longer ones are cut */
    (void)vsnprintf(text, sizeof text, format, arguments);
    (void)fputs("runde: ", stderr);
    (void)screen_put(stderr, text);
    (void)fputc('\n', stderr);
}

void cli_complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

void cli_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!is_quiet) {
        say(format, arguments);
    }
    va_end(arguments);
}

cli_code cli_usage_hint(const cli_command *command)
{
    cli_complain("see \"runde %s%s--help\"",
                 command != NULL ? command->name : "",
                 command != NULL ? " " : "");
    return CLI_USAGE;
}

static void print_usage(FILE *stream)
{
    (void)fputs("usage: runde COMMAND [operands] [options]\n"
                "\n"
                "Plans home-care rounds. Nothing leaves this machine.\n"
                "\n"
                "commands:\n",
                stream);
    for (int i = 0; i < N_COMMANDS; i++) {
        (void)fprintf(stream, "  %-10s %-10s %s\n", cli_commands[i]->name,
                      cli_commands[i]->operands, cli_commands[i]->summary);
    }
    (void)fputs("\n"
                "  runde COMMAND --help    its options and an example\n"
                "  runde COMMAND --quiet   only the result and errors\n"
                "  runde --version         the version of program and "
                "library\n"
                "\n"
                "\"-\" as a file is standard input or output.\n"
                "\n"
                "exit codes:\n"
                "  0 done    1 check found broken rules    3 stopped by a "
                "signal, best plan written\n"
                "  4 mandatory visits left out, with --require-complete\n"
                "  5 no plan within the hard limits was found\n"
                "  64 usage    65 bad input    66 cannot read    69 no travel "
                "times\n"
                "  70 internal    73 cannot write    74 I/O error    75 output "
                "in use\n",
                stream);
}

static const char *command_name(const void *table, int index)
{
    (void)table;
    return index < N_COMMANDS ? cli_commands[index]->name : NULL;
}

static const cli_command *find_command(const char *name)
{
    for (int i = 0; i < N_COMMANDS; i++) {
        if (strcmp(cli_commands[i]->name, name) == 0) {
            return cli_commands[i];
        }
    }
    return NULL;
}

static cli_code no_such_command(const char *word)
{
    const char *near = options_nearest(word, command_name, NULL);
    if (near != NULL) {
        cli_complain("no command \"%s\"; did you mean %s?", word, near);
    } else {
        cli_complain("no command \"%s\"", word);
    }
    return cli_usage_hint(NULL);
}

static cli_code run_command(int argc, char **argv)
{
    const cli_command *command = find_command(argv[1]);
    if (command == NULL) {
        return no_such_command(argv[1]);
    }
    cli_arguments arguments;
    const cli_code code =
        options_parse(&arguments, command, argc - 2, argv + 2);
    if (code != CLI_DONE) {
        return code;
    }
    if (arguments.wants_help) {
        options_print_help(command);
        return CLI_DONE;
    }
    is_quiet = arguments.is_quiet;
    return command->run(&arguments);
}

/* "help", "help COMMAND", "--help", "--version" and the like. */
static bool run_general(int argc, char **argv, cli_code *code)
{
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        char exact[64];
        exact_method_name(exact, sizeof exact);
        (void)printf("runde %s%s\n", runde_version(), exact);
        return true;
    }
    const bool help = strcmp(word, "help") == 0;
    if (help && argc > 2) {
        const cli_command *command = find_command(argv[2]);
        if (command != NULL) {
            options_print_help(command);
        } else {
            *code = no_such_command(argv[2]);
        }
        return true;
    }
    if (help || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        print_usage(stdout);
        return true;
    }
    return false;
}

/* A program started with a standard stream closed would be given its number
 * for the first file it opens, and print into its own plan. The number is
 * taken by something that can be neither read nor written. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

/* What was printed must have arrived: a full disk shows up only here. */
static bool close_output(void)
{
    const bool good = ferror(stdout) == 0;
    errno = 0;
    if (fclose(stdout) != 0 || !good) {
        cli_complain("standard output: %s",
                     errno != 0 ? strerror(errno) : "cannot write");
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    interrupt_harden();
    cli_code code = CLI_DONE;
    if (argc < 2) {
        print_usage(stderr);
        code = CLI_USAGE;
    } else if (!run_general(argc, argv, &code)) {
        code = run_command(argc, argv);
    }
    return close_output() ? (int)code : (int)CLI_IO;
}
