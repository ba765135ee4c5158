/* SPDX-License-Identifier: MIT */
/* A shell's completion, written from the tables of the commands: it knows
 * what the program knows. */
#include "commands.h"
#include "options.h"

#include <stdio.h>

static const char *const shells[] = {"bash", NULL};

static const cli_words words[] = {
    {CLI_OPERAND, options_word_at, shells},
};

/* All words of a list, between quotes. */
static void print_list(const cli_words *list)
{
    const char *space = "";
    const char *word = list->next(list->table, 0);
    for (int i = 1; word != NULL; i++) {
        (void)printf("%s%s", space, word);
        space = " ";
        word = list->next(list->table, i);
    }
}

/* What may stand behind options of closed lists, and as the operand. */
static void print_words(const cli_command *command)
{
    const cli_words *const operand = options_words(command, CLI_OPERAND);
    (void)printf("        operands='");
    if (operand != NULL) {
        print_list(operand);
    }
    (void)printf("'\n        case $before in\n");
    for (int i = 0; i < command->n_options; i++) {
        const cli_words *const list = options_words(command, i);
        const cli_option *const o = &command->options[i];
        if (list == NULL) {
            continue;
        }
        (void)printf("        --%s", o->name);
        if (o->letter != '\0') {
            (void)printf(" | -%c", o->letter);
        }
        (void)printf(") values='");
        print_list(list);
        (void)printf("' ;;\n");
    }
    (void)printf("        esac\n");
}

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
    (void)printf("'\n");
    print_words(command);
    (void)printf("        ;;\n");
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
                "    local options='' with='' operands='' values=''\n"
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
                "    *\"|$before|\"*)\n"
                "        COMPREPLY=($(compgen -W \"$values\" -- "
                "\"$word\"))\n"
                "        return\n"
                "        ;;\n"
                "    esac\n"
                "    if [ \"${word#-}\" != \"$word\" ]; then\n"
                "        COMPREPLY=($(compgen -W \"$options\" -- "
                "\"$word\"))\n"
                "    elif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
                "        COMPREPLY=($(compgen -W \"$operands\" -- "
                "\"$word\"))\n"
                "    fi\n"
                "}\n"
                "complete -o bashdefault -o default -F _runde runde\n",
                stdout);
}

static cli_code run(const cli_arguments *arguments)
{
    int shell = 0;
    const cli_code code = options_word(&shell, arguments, CLI_OPERAND);
    if (code == CLI_DONE) {
        print_bash();
    }
    return code;
}

const cli_command completion_command = {
    .name = "completion",
    .operands = "SHELL",
    .summary = "print what completes commands, options, values in a shell",
    .help = "Prints the completion of commands, options, their values\n"
            "and files for SHELL,\n"
            "which is bash.",
    .example = "runde completion bash >~/.local/share/bash-completion/"
               "completions/runde",
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
