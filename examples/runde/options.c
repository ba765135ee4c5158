/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "screen.h"

#include <string.h>

/* Words longer than this are never misspellings of ours. */
#define LONGEST_WORD 32

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edits from a to b, a swap of neighbours being one (optimal string
 * alignment). Three rows suffice. */
static int edits(const char *a, const char *b)
{
    int row[3][LONGEST_WORD + 1];
    const int n = (int)strlen(a);
    const int m = (int)strlen(b);
    for (int j = 0; j <= m; j++) {
        row[0][j] = j;
    }
    for (int i = 1; i <= n; i++) {
        int *now = row[i % 3];
        const int *up = row[(i + 2) % 3];
        const int *far = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            const bool same = a[i - 1] == b[j - 1];
            now[j] =
                least(least(up[j], now[j - 1]) + 1, up[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1]) {
                now[j] = least(now[j], far[j - 2] + 1);
            }
        }
    }
    return row[n % 3][m];
}

const char *options_nearest(const char *word,
                            const char *(*next)(const void *table, int index),
                            const void *table)
{
    const size_t length = strlen(word);
    if (length > LONGEST_WORD) {
        return NULL;
    }
    const char *best = NULL;
    int best_edits = length < 4 ? 2 : 3; /* one too many */
    const char *name = next(table, 0);
    for (int i = 1; name != NULL; i++) {
        const int e = edits(word, name);
        if (e < best_edits) {
            best = name;
            best_edits = e;
        }
        name = next(table, i);
    }
    return best;
}

static const char *option_name(const void *table, int index)
{
    const cli_command *command = table;
    const int common = index - command->n_options;
    if (common < 0) {
        return command->options[index].name;
    }
    return common < 2 ? (common == 0 ? "quiet" : "help") : NULL;
}

static cli_code unknown_option(const cli_command *command, const char *word,
                               const char *name)
{
    const char *near = options_nearest(name, option_name, command);
    if (near != NULL && strcmp(near, name) == 0 && word[1] == '-') {
        /* One that every command takes, and more behind it. */
        cli_complain("%s: --%s takes no argument", command->name, near);
    } else if (near != NULL) {
        cli_complain("%s: no option %s; did you mean --%s?", command->name,
                     word, near);
    } else {
        cli_complain("%s: no option %s", command->name, word);
    }
    return cli_usage_hint(command);
}

/* The option that `word` names and what follows the name in the same word
 * (behind "=" or the letter), or NULL. */
static int find_option(const cli_command *command, const char *word,
                       const char **rest)
{
    *rest = NULL;
    for (int i = 0; i < command->n_options; i++) {
        const cli_option *option = &command->options[i];
        const size_t n = strlen(option->name);
        if (word[1] != '-') {
            if (option->letter != '\0' && word[1] == option->letter) {
                *rest = word[2] != '\0' ? word + 2 : NULL;
                return i;
            }
        } else if (strncmp(word + 2, option->name, n) == 0 &&
                   (word[2 + n] == '\0' || word[2 + n] == '=')) {
            *rest = word[2 + n] == '=' ? word + 3 + n : NULL;
            return i;
        }
    }
    return -1;
}

/* Reads the option at words[*at]; leaves *at on its last word. */
static cli_code take_option(cli_arguments *out, int *at, int n_words,
                            char *const *words)
{
    const cli_command *command = out->command;
    const char *word = words[*at];
    const char *rest = NULL;
    const int i = find_option(command, word, &rest);
    if (i < 0) {
        char name[LONGEST_WORD + 2] = "";
        const char *from = word + (word[1] == '-' ? 2 : 1);
        const size_t n = strcspn(from, "=");
        memcpy(name, from, n < sizeof name ? n : sizeof name - 1);
        return unknown_option(command, word, name);
    }
    const cli_option *option = &command->options[i];
    if (out->value[i] != NULL) {
        cli_complain("%s: --%s is given twice", command->name, option->name);
        return cli_usage_hint(command);
    }
    if (option->argument == NULL) {
        if (rest != NULL) {
            cli_complain("%s: --%s takes no argument", command->name,
                         option->name);
            return cli_usage_hint(command);
        }
        out->value[i] = "";
        return CLI_DONE;
    }
    if (rest == NULL && *at + 1 < n_words) {
        *at += 1;
        rest = words[*at];
    }
    if (rest == NULL || rest[0] == '\0') {
        cli_complain("%s: --%s needs %s behind it", command->name, option->name,
                     option->argument);
        return cli_usage_hint(command);
    }
    out->value[i] = rest;
    return CLI_DONE;
}

static cli_code take_operand(cli_arguments *out, const char *word)
{
    const cli_command *command = out->command;
    if (out->n_operands == command->n_operands) {
        cli_complain("%s: \"%s\" is one operand too many, expected %s",
                     command->name, word, command->operands);
        return cli_usage_hint(command);
    }
    for (int i = 0; i < out->n_operands; i++) {
        if (strcmp(word, "-") == 0 && strcmp(out->operand[i], "-") == 0) {
            cli_complain("%s: standard input can be read only once",
                         command->name);
            return cli_usage_hint(command);
        }
    }
    out->operand[out->n_operands] = word;
    out->n_operands++;
    return CLI_DONE;
}

cli_code options_parse(cli_arguments *out, const cli_command *command,
                       int n_words, char *const *words)
{
    memset(out, 0, sizeof *out);
    out->command = command;
    bool only_operands = false;
    for (int i = 0; i < n_words; i++) {
        const char *word = words[i];
        const bool dashed = word[0] == '-' && word[1] != '\0';
        cli_code code = CLI_DONE;
        if (only_operands || !dashed) {
            code = take_operand(out, word);
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            out->wants_help = true;
            return CLI_DONE;
        } else if (strcmp(word, "--quiet") == 0 || strcmp(word, "-q") == 0) {
            out->is_quiet = true;
        } else {
            code = take_option(out, &i, n_words, words);
        }
        if (code != CLI_DONE) {
            return code;
        }
    }
    if (out->n_operands < command->n_operands) {
        cli_complain("%s: %s expected", command->name, command->operands);
        return cli_usage_hint(command);
    }
    return CLI_DONE;
}

void options_print_help(const cli_command *command)
{
    (void)printf("usage: runde %s %s", command->name, command->operands);
    (void)printf(command->n_options > 0 ? " [options]\n\n%s\n" : "\n\n%s\n",
                 command->help);
    (void)printf("\noptions:\n");
    for (int i = 0; i < command->n_options; i++) {
        const cli_option *option = &command->options[i];
        char left[64];
        (void)snprintf(left, sizeof left, "%c%c%s--%s%s%s",
                       option->letter != '\0' ? '-' : ' ',
                       option->letter != '\0' ? option->letter : ' ',
                       option->letter != '\0' ? ", " : "  ", option->name,
                       option->argument != NULL ? " " : "",
                       option->argument != NULL ? option->argument : "");
        (void)printf("  %-26s %s\n", left, option->help);
    }
    (void)printf("  %-26s %s\n", "-q, --quiet",
                 "nothing but the result and errors");
    (void)printf("  %-26s %s\n", "-h, --help", "print this");
    (void)printf("\nexample:\n  %s\n", command->example);
}

bool options_unsigned(uint64_t *out, const char *text)
{
    uint64_t value = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c < '0' || *c > '9') {
            return false;
        }
        const uint64_t digit = (uint64_t)(*c - '0');
        if (value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *out = value;
    return text[0] != '\0';
}

bool options_integer(int64_t *out, const char *text, int64_t low, int64_t high)
{
    uint64_t value = 0;
    if (!options_unsigned(&value, text) || value > (uint64_t)INT64_MAX ||
        (int64_t)value < low || (int64_t)value > high) {
        return false;
    }
    *out = (int64_t)value;
    return true;
}

bool options_seconds(double *out, const char *text)
{
    double value = 0.0;
    double place = 1.0;
    bool fraction = false;
    int digits = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '.' && !fraction) {
            fraction = true;
        } else if (*c >= '0' && *c <= '9' && digits < 18) {
            place = fraction ? place / 10.0 : place;
            value = fraction ? value + place * (*c - '0')
                             : value * 10.0 + (*c - '0');
            digits++;
        } else {
            return false;
        }
    }
    *out = value;
    return digits > 0 && value > 0.0 && value <= 1e6;
}
