/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "input.h"
#include "kept_findings.h"
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPTION_FROM, OPTION_OUTPUT, OPTION_DATE, OPTION_JSON };

static const cli_option options[] = {
    [OPTION_FROM] = {"from", '\0', "FORMAT",
                     "vroom, a file; or csv, a folder of tables"},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", "write the visits to this file"},
    [OPTION_DATE] = {"date", 'd', "DATE", "csv: for rows without a date"},
    [OPTION_JSON] = {"json", 'j', NULL,
                     "print the findings as JSON, with --output"},
};

enum { FROM_VROOM, FROM_CSV };

static const char *const format_names[] = {
    [FROM_VROOM] = "vroom", [FROM_CSV] = "csv", NULL};

static const cli_words words[] = {
    {OPTION_FROM, options_word_at, format_names},
};

enum { VISITS, CARERS, SHIFTS, CLIENTS, LINKS, N_TABLES };

static const struct {
    const char *name;
    bool may_miss;
} tables[N_TABLES] = {
    [VISITS] = {"visits.csv", false}, [CARERS] = {"carers.csv", false},
    [SHIFTS] = {"shifts.csv", false}, [CLIENTS] = {"clients.csv", true},
    [LINKS] = {"links.csv", true},
};

/* ------------------------------------------------------------------- VROOM */

static cli_code read_foreign(runde_problem **out, const char *path,
                             file_identity *identity)
{
    input_text text;
    *out = NULL;
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    *identity = text.identity;
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    const runde_status status =
        runde_problem_from_vroom(out, text.bytes, text.length, &diag);
    input_free(&text);
    kept_findings_count(&diag);
    return input_status(status, path, &diag);
}

/* --------------------------------------------------------------------- CSV */

static cli_code read_table(input_text *text, const char *folder, int table)
{
    char path[4096];
    const input_text empty = INPUT_TEXT_INIT;
    const int n =
        snprintf(path, sizeof path, "%s/%s", folder, tables[table].name);
    *text = empty;
    if (n < 0 || (size_t)n >= sizeof path) {
        cli_complain("%s: this path is too long", folder);
        return CLI_NO_INPUT;
    }
    if (tables[table].may_miss && access(path, F_OK) != 0 && errno == ENOENT) {
        return CLI_DONE;
    }
    return input_read(text, path);
}

/* No table may be the output: the one that is, if any. */
static void find_output(file_identity *identity, const input_text *texts,
                        const char *output)
{
    struct stat info;
    if (output == NULL || stat(output, &info) != 0) {
        return;
    }
    for (int i = 0; i < N_TABLES; i++) {
        if (texts[i].identity.known && texts[i].identity.inode == info.st_ino &&
            texts[i].identity.device == info.st_dev) {
            *identity = texts[i].identity;
        }
    }
}

static runde_csv_text text_of(const input_text *text)
{
    const runde_csv_text csv = {text->bytes, text->length};
    return csv;
}

static cli_code convert_tables(runde_problem **out, const input_text *texts,
                               const cli_arguments *arguments)
{
    const char *folder = arguments->operand[0];
    finding_sink sink;
    runde_diag diag = input_diag(&sink, folder);
    runde_csv_tables csv = RUNDE_CSV_TABLES_INIT;
    csv.visits = text_of(&texts[VISITS]);
    csv.carers = text_of(&texts[CARERS]);
    csv.shifts = text_of(&texts[SHIFTS]);
    csv.clients = text_of(&texts[CLIENTS]);
    csv.links = text_of(&texts[LINKS]);
    csv.date = arguments->value[OPTION_DATE];
    const runde_status status = runde_problem_from_csv(out, &csv, &diag);
    if (status == RUNDE_E_ARGUMENT) {
        cli_complain("import: --date \"%s\": expected a date such as "
                     "2026-11-23",
                     csv.date != NULL ? csv.date : "");
        return cli_usage_hint(arguments->command);
    }
    kept_findings_count(&diag);
    return input_status(status, folder, &diag);
}

static cli_code read_tables(runde_problem **out, const cli_arguments *arguments,
                            file_identity *identity)
{
    input_text texts[N_TABLES];
    cli_code code = CLI_DONE;
    for (int i = 0; i < N_TABLES; i++) {
        const input_text empty = INPUT_TEXT_INIT;
        texts[i] = empty;
        if (code == CLI_DONE) {
            code = read_table(&texts[i], arguments->operand[0], i);
        }
    }
    find_output(identity, texts, arguments->value[OPTION_OUTPUT]);
    if (code == CLI_DONE) {
        code = convert_tables(out, texts, arguments);
    }
    for (int i = 0; i < N_TABLES; i++) {
        input_free(&texts[i]);
    }
    return code;
}

/* ----------------------------------------------------------------- command */

static cli_code read_format(int *format, const cli_arguments *arguments)
{
    if (arguments->value[OPTION_FROM] == NULL) {
        cli_complain("import: expected --from vroom or --from csv");
        return cli_usage_hint(arguments->command);
    }
    const cli_code code = options_word(format, arguments, OPTION_FROM);
    if (code != CLI_DONE) {
        return code;
    }
    if (*format != FROM_CSV && arguments->value[OPTION_DATE] != NULL) {
        cli_complain("import: --date is for --from csv");
        return cli_usage_hint(arguments->command);
    }
    return options_need_file(arguments, OPTION_JSON, OPTION_OUTPUT);
}

static cli_code convert(const cli_arguments *arguments, bool is_csv)
{
    const char *path = arguments->operand[0];
    file_identity input = {false, 0, 0};
    runde_problem *problem = NULL;
    char *text = NULL;
    size_t length = 0;
    cli_code code = is_csv ? read_tables(&problem, arguments, &input)
                           : read_foreign(&problem, path, &input);
    if (code == CLI_DONE) {
        const runde_status status =
            runde_problem_to_json(&text, &length, problem);
        code = atomic_file_save_made(arguments->value[OPTION_OUTPUT], &input,
                                     status, text, length, path);
    }
    runde_problem_free(problem);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    int format = FROM_VROOM;
    cli_code code = read_format(&format, arguments);
    if (code == CLI_DONE && arguments->value[OPTION_JSON] != NULL) {
        code = kept_findings_begin(false);
    }
    if (code == CLI_DONE) {
        code = convert(arguments, format == FROM_CSV);
        if (kept_findings_matter(code)) {
            const cli_code printed = kept_findings_document();
            code = code == CLI_DONE ? printed : code;
        }
    }
    kept_findings_end();
    return code;
}

const cli_command import_command = {
    .name = "import",
    .operands = "FILE",
    .summary = "make a visit file of tables or of VROOM's input",
    .help = "Reads a problem in another format and prints it as a visit file.\n"
            "What is wrong or has no counterpart is said, one finding a line, "
            "on\nstandard error; a file with errors is not written. With "
            "--json and\n"
            "--output the findings are printed as `validate --json` does.\n"
            "  vroom  FILE is VROOM's input\n"
            "  csv    FILE is a folder with visits.csv, carers.csv, "
            "shifts.csv and,\n"
            "         if need be, clients.csv and links.csv",
    .example = "runde import --from csv monday/ --date 2026-11-23 -o "
               "visits.json",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 1,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
