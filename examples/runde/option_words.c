/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <string.h>

#define ROOM 256

const char *options_word_at(const void *table, int index)
{
    const char *const *const words = table;
    return words[index];
}

const cli_words *options_words(const cli_command *command, int option)
{
    for (int i = 0; i < command->n_words; i++) {
        if (command->words[i].option == option) {
            return &command->words[i];
        }
    }
    return NULL;
}

/* "json, table or list"; what does not fit is left away. */
static void join(char text[ROOM], const cli_words *list)
{
    size_t n = 0;
    text[0] = '\0';
    const char *word = list->next(list->table, 0);
    for (int i = 0; word != NULL && n < ROOM; i++) {
        const char *const behind = list->next(list->table, i + 1);
        const char *const before = i == 0 ? "" : behind == NULL ? " or " : ", ";
        const int added = snprintf(text + n, ROOM - n, "%s%s", before, word);
        n += added > 0 ? (size_t)added : 0;
        word = behind;
    }
}

cli_code options_no_such(const cli_command *command, const char *what,
                         const char *word, const cli_words *list)
{
    char all[ROOM];
    const char *const near = options_nearest(word, list->next, list->table);
    join(all, list);
    if (near != NULL) {
        cli_complain("%s: %s \"%s\": expected %s; did you mean %s?",
                     command->name, what, word, all, near);
    } else {
        cli_complain("%s: %s \"%s\": expected %s", command->name, what, word,
                     all);
    }
    return cli_usage_hint(command);
}

cli_code options_need_file(const cli_arguments *arguments, int option,
                           int output)
{
    const cli_command *const command = arguments->command;
    const char *const path = arguments->value[output];
    if (arguments->value[option] == NULL ||
        (path != NULL && strcmp(path, "-") != 0)) {
        return CLI_DONE;
    }
    cli_complain("%s: --%s needs --%s FILE: without it the visit file goes to "
                 "standard output",
                 command->name, command->options[option].name,
                 command->options[output].name);
    return cli_usage_hint(command);
}

cli_code options_word(int *out, const cli_arguments *arguments, int option)
{
    const cli_command *const command = arguments->command;
    const cli_words *const list = options_words(command, option);
    const bool is_operand = option == CLI_OPERAND;
    const char *const given =
        is_operand ? arguments->operand[0] : arguments->value[option];
    char what[64];
    if (given == NULL) {
        return CLI_DONE;
    }
    const char *word = list->next(list->table, 0);
    for (int i = 0; word != NULL; i++) {
        if (strcmp(word, given) == 0) {
            *out = i;
            return CLI_DONE;
        }
        word = list->next(list->table, i + 1);
    }
    (void)snprintf(what, sizeof what, "%s%s", is_operand ? "" : "--",
                   is_operand ? command->operands
                              : command->options[option].name);
    return options_no_such(command, what, given, list);
}
