/* SPDX-License-Identifier: MIT */
/* A shell's completion, written from the tables of the commands: it knows
 * what the program knows. */
#include "commands.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

/* The options of one command; those that want something behind them once
 * more, as a pattern, for then files are offered. */
static void print_case(const cli_command *command)
{
    (void)printf("    %s)\n        options='", command->name);
    for (int i = 0; i < command->n_options; i++) {
        (void)printf("--%s ", command->options[i].name);
    }
    (void)printf("--quiet --help'\n        with='");
    const char *bar = "";
    for (int i = 0; i < command->n_options; i++) {
        const cli_option *o = &command->options[i];
        if (o->argument == NULL) {
            continue;
        }
        (void)printf("%s--%s", bar, o->name);
        bar = "|";
        if (o->letter != '\0') {
            (void)printf("|-%c", o->letter);
        }
    }
    (void)printf("'\n        ;;\n");
}

static void print_bash(void)
{
    (void)fputs("# bash completion for runde; made by "
                "\"runde completion bash\"\n"
                "_runde()\n"
                "{\n"
                "    local word=${COMP_WORDS[COMP_CWORD]}\n"
                "    local before=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local commands='",
                stdout);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        (void)printf("%s ", cli_commands[i]->name);
    }
    (void)fputs("help'\n"
                "    local options='' with=''\n"
                "    COMPREPLY=()\n"
                "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                "        COMPREPLY=($(compgen -W \"$commands --help "
                "--version\" -- \"$word\"))\n"
                "        return\n"
                "    fi\n"
                "    case ${COMP_WORDS[1]} in\n",
                stdout);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        print_case(cli_commands[i]);
    }
    /* An empty reply leaves files to readline. */
    (void)fputs("    help)\n"
                "        COMPREPLY=($(compgen -W \"$commands\" -- "
                "\"$word\"))\n"
                "        return\n"
                "        ;;\n"
                "    esac\n"
                "    case \"|$with|\" in\n"
                "    *\"|$before|\"*) return ;;\n"
                "    esac\n"
                "    if [ \"${word#-}\" != \"$word\" ]; then\n"
                "        COMPREPLY=($(compgen -W \"$options\" -- "
                "\"$word\"))\n"
                "    fi\n"
                "}\n"
                "complete -o bashdefault -o default -F _runde runde\n",
                stdout);
}

static cli_code run(const cli_arguments *arguments)
{
    if (strcmp(arguments->operand[0], "bash") != 0) {
        cli_complain("completion: \"%s\": expected bash",
                     arguments->operand[0]);
        return cli_usage_hint(arguments->command);
    }
    print_bash();
    return CLI_DONE;
}

const cli_command completion_command = {
    .name = "completion",
    .operands = "SHELL",
    .summary = "print what completes commands and options in a shell",
    .help = "Prints the completion of commands, options and files for SHELL,\n"
            "which is bash.",
    .example = "runde completion bash >~/.local/share/bash-completion/"
               "completions/runde",
    .n_operands = 1,
    .run = run,
};
