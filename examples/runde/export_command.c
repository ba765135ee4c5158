/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"
#include "commands.h"
#include "csv_style.h"
#include "input.h"
#include "language_words.h"
#include "options.h"
#include "route_list.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    OPTION_TO,
    OPTION_OUTPUT,
    OPTION_CARER,
    OPTION_LANGUAGE,
    OPTION_SEPARATOR,
    OPTION_DECIMAL,
    OPTION_BOM
};

static const cli_option options[] = {
    [OPTION_TO] = {"to", '\0', "FORMAT", "geojson, csv, ical, vroom or list"},
    [OPTION_OUTPUT] = {"output", 'o', "OUT",
                       "write to this file, or calendars into this folder"},
    [OPTION_CARER] = {"carer", 'c', "ID", "ical, list: of one carer only"},
    [OPTION_LANGUAGE] = {"lang", 'l', "LANGUAGE",
                         "list: en (default) or nb (Norwegian)"},
    [OPTION_SEPARATOR] = {"separator", '\0', "CHAR",
                          "csv: \",\" (default), \";\" or \"tab\""},
    [OPTION_DECIMAL] = {"decimal", '\0', "CHAR",
                        "csv: \".\" (default) or \",\""},
    [OPTION_BOM] = {"bom", '\0', NULL, "csv: begin with Excel's UTF-8 mark"},
};

typedef enum export_format {
    TO_GEOJSON,
    TO_CSV,
    TO_ICAL,
    TO_VROOM,
    TO_LIST
} export_format;

static const char *const format_names[] = {"geojson", "csv",  "ical",
                                           "vroom",   "list", NULL};

static const cli_words words[] = {
    {OPTION_TO, options_word_at, format_names},
    {OPTION_LANGUAGE, options_word_at, language_words},
};

/** What to write, and of what. */
typedef struct export_job {
    const cli_arguments *arguments;
    export_format format;
    runde_csv_style style;
    runde_language language; /**< of a list */
    const char *path;        /**< of the problem, for messages */
    file_identity input;
    runde_problem *problem;
    runde_plan *plan;
} export_job;

/* ----------------------------------------------------------------- options */

/* Options of one format make no sense with another. */
static cli_code check_options(const export_job *job)
{
    static const struct {
        int option;
        export_format format;
    } only[] = {{OPTION_CARER, TO_ICAL},
                {OPTION_LANGUAGE, TO_LIST},
                {OPTION_SEPARATOR, TO_CSV},
                {OPTION_DECIMAL, TO_CSV},
                {OPTION_BOM, TO_CSV}};
    const cli_arguments *arguments = job->arguments;
    for (size_t i = 0; i < sizeof only / sizeof only[0]; i++) {
        const bool is_carer =
            only[i].option == OPTION_CARER && job->format == TO_LIST;
        if (arguments->value[only[i].option] != NULL && !is_carer &&
            only[i].format != job->format) {
            cli_complain("export: --%s is for --to %s",
                         options[only[i].option].name,
                         format_names[only[i].format]);
            return cli_usage_hint(arguments->command);
        }
    }
    const char *output = arguments->value[OPTION_OUTPUT];
    if (job->format == TO_ICAL && arguments->value[OPTION_CARER] == NULL &&
        (output == NULL || strcmp(output, "-") == 0)) {
        cli_complain("export: calendars of all carers need a folder, -o DIR; "
                     "that of one carer --carer ID");
        return cli_usage_hint(arguments->command);
    }
    return CLI_DONE;
}

static cli_code read_style(export_job *job)
{
    const char *const *value = job->arguments->value;
    return csv_style_read(&job->style, job->arguments->command,
                          value[OPTION_SEPARATOR], value[OPTION_DECIMAL],
                          value[OPTION_BOM] != NULL);
}

static cli_code read_options(export_job *job)
{
    const cli_arguments *const arguments = job->arguments;
    int format = 0;
    if (arguments->value[OPTION_TO] == NULL) {
        cli_complain("export: expected --to geojson, csv, ical, vroom or list");
        return cli_usage_hint(arguments->command);
    }
    cli_code code = options_word(&format, arguments, OPTION_TO);
    job->format = (export_format)format;
    if (code == CLI_DONE) {
        code = check_options(job);
    }
    if (code == CLI_DONE) {
        code = language_read(&job->language, arguments, OPTION_LANGUAGE,
                             RUNDE_LANGUAGE_EN);
    }
    return code != CLI_DONE ? code : read_style(job);
}

/* ------------------------------------------------------------------ output */

static cli_code save(const export_job *job, runde_status status, char *text,
                     size_t length, const char *path)
{
    return atomic_file_save_made(path, &job->input, status, text, length,
                                 job->path);
}

static cli_code save_calendar(const export_job *job, int32_t carer,
                              const char *path)
{
    char *text = NULL;
    size_t length = 0;
    const runde_status status =
        runde_plan_to_ical(&text, &length, job->problem, job->plan, carer);
    return save(job, status, text, length, path);
}

/* "DIR/007-anna.ics": the number keeps names apart that file systems hold
 * for equal, and of the id only what every system takes is used. */
static bool name_calendar(char *path, size_t room, const char *folder,
                          int32_t carer, const char *id)
{
    char word[48];
    size_t n = 0;
    for (; id[n] != '\0' && n + 1 < sizeof word; n++) {
        static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        word[n] = id[n];
        if (strchr(plain, id[n]) == NULL) {
            word[n] = '_';
        }
    }
    word[n] = '\0';
    const int length =
        snprintf(path, room, "%s/%03d-%s.ics", folder, (int)carer + 1, word);
    return length > 0 && (size_t)length < room;
}

static cli_code make_folder(const char *path)
{
    struct stat info;
    if (mkdir(path, 0700) == 0) {
        return CLI_DONE;
    }
    const int error = errno;
    if (error == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        return CLI_DONE;
    }
    cli_complain("%s: cannot make this folder: %s", path, strerror(error));
    return CLI_NO_OUTPUT;
}

/* Whether a carer has any work. */
static bool has_route(const export_job *job, int32_t carer)
{
    bool found = false;
    for (int32_t r = 0; !found && r < runde_plan_n_routes(job->plan); r++) {
        const int32_t shift = runde_plan_route(job->plan, r)->shift;
        found = runde_problem_shift(job->problem, shift)->carer == carer;
    }
    return found;
}

static cli_code save_all_calendars(const export_job *job, const char *folder)
{
    int saved = 0;
    cli_code code = make_folder(folder);
    for (int32_t i = 0;
         code == CLI_DONE && i < runde_problem_n_carers(job->problem); i++) {
        char path[4096];
        if (!has_route(job, i)) {
            continue;
        }
        if (!name_calendar(path, sizeof path, folder, i,
                           runde_problem_carer(job->problem, i)->id)) {
            cli_complain("%s: this path is too long", folder);
            return CLI_NO_OUTPUT;
        }
        code = save_calendar(job, i, path);
        saved += code == CLI_DONE;
    }
    if (code == CLI_DONE) {
        cli_note("%s: %d calendar%s", folder, saved, saved == 1 ? "" : "s");
    }
    return code;
}

/* The carer that is named, RUNDE_NONE without a name. */
static cli_code find_carer(int32_t *carer, const export_job *job)
{
    const char *id = job->arguments->value[OPTION_CARER];
    *carer =
        id != NULL ? input_find_carer(job->problem, id, "export") : RUNDE_NONE;
    return id != NULL && *carer == RUNDE_NONE ? CLI_BAD_INPUT : CLI_DONE;
}

static cli_code save_calendars(const export_job *job)
{
    const char *output = job->arguments->value[OPTION_OUTPUT];
    int32_t carer = RUNDE_NONE;
    if (!runde_problem_settings(job->problem)->has_origin) {
        cli_complain("%s: without a \"start\" in its \"horizon\" there are no "
                     "dates for a calendar",
                     input_name(job->path));
        return CLI_BAD_INPUT;
    }
    const cli_code code = find_carer(&carer, job);
    if (code != CLI_DONE) {
        return code;
    }
    return carer == RUNDE_NONE ? save_all_calendars(job, output)
                               : save_calendar(job, carer, output);
}

static cli_code save_list(const export_job *job)
{
    char *text = NULL;
    size_t n = 0;
    int32_t carer = RUNDE_NONE;
    cli_code code = find_carer(&carer, job);
    FILE *const stream = code == CLI_DONE ? open_memstream(&text, &n) : NULL;
    if (code == CLI_DONE && stream == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    if (code == CLI_DONE) {
        route_list_print(stream, job->problem, job->plan, carer, job->language);
        if (fclose(stream) == 0) {
            code = atomic_file_save(job->arguments->value[OPTION_OUTPUT],
                                    &job->input, text, n);
        } else {
            cli_complain("out of memory");
            code = CLI_INTERNAL;
        }
    }
    free(text);
    return code;
}

static cli_code save_text(const export_job *job)
{
    char *text = NULL;
    size_t n = 0;
    runde_status status = RUNDE_OK;
    if (job->format == TO_ICAL) {
        return save_calendars(job);
    }
    if (job->format == TO_LIST) {
        return save_list(job);
    }
    if (job->format == TO_GEOJSON) {
        status = runde_plan_to_geojson(&text, &n, job->problem, job->plan);
    } else if (job->format == TO_CSV) {
        status =
            runde_plan_to_csv(&text, &n, job->problem, job->plan, &job->style);
    } else {
        status = runde_plan_to_vroom(&text, &n, job->problem, job->plan);
    }
    return save(job, status, text, n, job->arguments->value[OPTION_OUTPUT]);
}

/* A plan that breaks rules is written all the same, but not in silence. */
static cli_code judge(const export_job *job)
{
    runde_report *report = NULL;
    const runde_diag none = RUNDE_DIAG_INIT;
    const cli_code code = input_status(
        runde_check(&report, job->problem, job->plan), job->path, &none);
    if (code == CLI_DONE && runde_report_n_violations(report) > 0) {
        cli_note("%s: breaks %d rules; \"runde check\" lists them",
                 input_name(job->arguments->operand[1]),
                 runde_report_n_violations(report));
    }
    runde_report_free(report);
    return code;
}

static cli_code run(const cli_arguments *arguments)
{
    export_job job = {.arguments = arguments, .path = arguments->operand[0]};
    cli_code code = read_options(&job);
    if (code == CLI_DONE) {
        code = input_problem(&job.problem, job.path, &job.input);
    }
    if (code == CLI_DONE) {
        code = input_plan(&job.plan, job.problem, arguments->operand[1]);
    }
    if (code == CLI_DONE) {
        code = judge(&job);
    }
    if (code == CLI_DONE) {
        code = save_text(&job);
    }
    runde_plan_free(job.plan);
    runde_problem_free(job.problem);
    return code;
}

const cli_command export_command = {
    .name = "export",
    .operands = "FILE PLAN",
    .summary = "write a plan for maps, spreadsheets, calendars, paper, VROOM",
    .help = "Writes a plan in the format of another program:\n"
            "  geojson  routes as lines, stops as points, for a map\n"
            "  csv      a row for each stop, for a spreadsheet\n"
            "  ical     a calendar for each carer, into a folder, or for one\n"
            "  vroom    VROOM's output, for those who feed VROOM\n"
            "  list     a page for each round, for the carer to take along\n"
            "Clients and carers appear by their ids. Norwegian Excel likes\n"
            "--separator ';' --decimal , --bom.",
    .example = "runde export visits.json plan.json --to geojson -o map.geojson",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .n_operands = 2,
    .words = words,
    .n_words = sizeof words / sizeof words[0],
    .run = run,
};
