/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "exact_method.h"
#include "kept_findings.h"
#include "options.h"
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_BYTES ((size_t)64 << 10)

const char *input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static int open_input(const char *path)
{
    if (strcmp(path, "-") == 0) {
        return STDIN_FILENO;
    }
    int fd = -1;
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

static void close_input(int fd)
{
    if (fd > STDIN_FILENO) {
        (void)close(fd); /* read only: nothing can be lost */
    }
}

/* Twice the room, or what the file still has, one byte above the limit at
 * most: that byte tells "too large" from "just as large as allowed". */
static bool grow(input_text *text, size_t *room, size_t wanted)
{
    size_t next = *room == 0 ? FIRST_BYTES : *room * 2;
    next = next < wanted ? wanted : next;
    if (next > RUNDE_JSON_MAX_BYTES + 1) {
        next = RUNDE_JSON_MAX_BYTES + 1;
    }
    char *bytes = realloc(text->bytes, next + 1);
    if (bytes == NULL) {
        return false;
    }
    text->bytes = bytes;
    *room = next;
    return true;
}

static cli_code read_all(input_text *text, int fd, const char *name,
                         size_t expected)
{
    size_t room = 0;
    for (;;) {
        if (text->length == room && !grow(text, &room, expected + 1)) {
            cli_complain("%s: out of memory", name);
            return CLI_INTERNAL;
        }
        const ssize_t n =
            read(fd, text->bytes + text->length, room - text->length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            cli_complain("%s: cannot read: %s", name, strerror(errno));
            return CLI_NO_INPUT;
        }
        if (n == 0) {
            text->bytes[text->length] = '\0';
            return CLI_DONE;
        }
        text->length += (size_t)n;
        if (text->length > RUNDE_JSON_MAX_BYTES) {
            cli_complain("%s: larger than %zu bytes", name,
                         RUNDE_JSON_MAX_BYTES);
            return CLI_BAD_INPUT;
        }
    }
}

cli_code input_read(input_text *out, const char *path)
{
    const char *name = input_name(path);
    const input_text empty = INPUT_TEXT_INIT;
    *out = empty;
    const int fd = open_input(path);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        cli_complain("%s: cannot read: %s", name, strerror(errno));
        close_input(fd);
        return CLI_NO_INPUT;
    }
    out->identity.known = true;
    out->identity.device = info.st_dev;
    out->identity.inode = info.st_ino;
    const bool sized = S_ISREG(info.st_mode) && info.st_size > 0 &&
                       (uintmax_t)info.st_size <= RUNDE_JSON_MAX_BYTES;
    const cli_code code =
        read_all(out, fd, name, sized ? (size_t)info.st_size : 0);
    close_input(fd);
    if (code != CLI_DONE) {
        input_free(out);
    }
    return code;
}

void input_free(input_text *text)
{
    free(text->bytes);
    text->bytes = NULL;
    text->length = 0;
}

void input_show_finding(const runde_finding *finding, void *payload)
{
    finding_sink *sink = payload;
    FILE *to = sink->stream;
    if (kept_findings_take(finding)) {
        sink->shown++;
        return;
    }
    if (to == stderr && finding->severity != RUNDE_ERROR && cli_is_quiet()) {
        return;
    }
    sink->shown++;
    if (sink->path != NULL) {
        (void)screen_put(to, sink->path);
        (void)fputs(": ", to);
    }
    const char *pointer = finding->pointer;
    if (finding->severity == RUNDE_ERROR) {
        screen_put_coloured(to, SCREEN_RED, "error");
    } else {
        screen_put_coloured(to, SCREEN_YELLOW, "warning");
    }
    (void)fputc(' ', to);
    (void)screen_put(to, finding->code);
    (void)fputc(' ', to);
    (void)screen_put(to, pointer != NULL && *pointer != '\0' ? pointer : "-");
    (void)fputc(' ', to);
    (void)screen_put(to, finding->message);
    (void)fputc('\n', to);
}

runde_diag input_diag(finding_sink *sink, const char *path)
{
    const finding_sink fresh = {stderr, path != NULL ? input_name(path) : NULL,
                                0};
    runde_diag diag = RUNDE_DIAG_INIT;
    *sink = fresh;
    diag.on_finding = input_show_finding;
    diag.payload = sink;
    return diag;
}

cli_code input_status(runde_status status, const char *path,
                      const runde_diag *diag)
{
    const char *name = input_name(path);
    switch (status) {
    case RUNDE_OK:
        return CLI_DONE;
    case RUNDE_E_NOMEM:
        cli_complain("%s: out of memory", name);
        return CLI_INTERNAL;
    case RUNDE_E_SERVER:
        return CLI_NO_SERVER; /* a finding has told why */
    case RUNDE_E_STOPPED:
        cli_complain("%s: stopped; nothing is written", name);
        return CLI_STOPPED;
    case RUNDE_E_INVALID:
    case RUNDE_E_FORMAT:
    case RUNDE_E_LIMIT:
        if (diag->errors == 0 && status == RUNDE_E_INVALID) {
            cli_complain("%s: the plan breaks rules of time, so it cannot be "
                         "asked; \"runde check\" says which",
                         name);
        } else if (diag->errors == 0) {
            cli_complain("%s: %s", name,
                         diag->message[0] != '\0' ? diag->message
                                                  : runde_status_name(status));
        } else {
            cli_complain("%s: %d error%s, %d warning%s", name, diag->errors,
                         diag->errors == 1 ? "" : "s", diag->warnings,
                         diag->warnings == 1 ? "" : "s");
        }
        return CLI_BAD_INPUT;
    case RUNDE_E_INFEASIBLE:
        cli_complain("%s: no plan within the hard limits was found", name);
        return CLI_INFEASIBLE;
    default:
        cli_complain("%s: %s%s%s", name, runde_status_name(status),
                     diag->message[0] != '\0' ? ": " : "", diag->message);
        return CLI_INTERNAL;
    }
}

cli_code input_problem(runde_problem **out, const char *path,
                       file_identity *identity)
{
    return input_problem_with_model(out, path, identity, NULL);
}

/* A finding, but that places lie abroad: a slip on the day when the file is
 * made, which `validate` and `import` tell, and a fact at every other command
 * for whoever plans there. */
static void show_at_work(const runde_finding *finding, void *payload)
{
    if (strcmp(finding->code, "RUNDE-W128") != 0) {
        input_show_finding(finding, payload);
    }
}

cli_code input_problem_with_model(runde_problem **out, const char *path,
                                  file_identity *identity,
                                  const runde_speed_model *model)
{
    input_text text;
    *out = NULL;
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    if (identity != NULL) {
        *identity = text.identity;
    }
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    diag.on_finding = show_at_work;
    const runde_status status = runde_problem_from_json_with_model(
        out, text.bytes, text.length, model, &diag);
    input_free(&text);
    return input_status(status, path, &diag);
}

cli_code input_plan(runde_plan **out, const runde_problem *problem,
                    const char *path)
{
    input_text text;
    *out = NULL;
    const cli_code code = input_read(&text, path);
    if (code != CLI_DONE) {
        return code;
    }
    finding_sink sink;
    runde_diag diag = input_diag(&sink, path);
    const runde_status status =
        runde_plan_from_json(out, problem, text.bytes, text.length, &diag);
    input_free(&text);
    return input_status(status, path, &diag);
}

cli_code input_choose_times(runde_plan **plan, const runde_problem *problem,
                            const char *path, const runde_exact *exact)
{
    runde_plan *timed = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    if (runde_plan_has_times(*plan)) {
        return CLI_DONE;
    }
    const runde_status status =
        runde_plan_schedule_best(&timed, problem, *plan, exact, &diag);
    if (status == RUNDE_OK) {
        runde_plan_free(*plan);
        *plan = timed;
    }
    return input_status(status, path, &diag);
}

cli_code input_session(runde_session **out, const char *problem_path,
                       const char *plan_path)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = input_problem(&problem, problem_path, NULL);
    *out = NULL;
    if (code == CLI_DONE) {
        code = input_plan(&plan, problem, plan_path);
    }
    if (code == CLI_DONE) {
        code = input_choose_times(&plan, problem, plan_path, exact_method());
    }
    if (code == CLI_DONE) {
        code = input_status(runde_session_new(out, problem, plan), plan_path,
                            &none);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return code;
}

cli_code input_network(runde_network **out, const char *nodes_path,
                       const char *edges_path)
{
    input_text nodes = INPUT_TEXT_INIT;
    input_text edges = INPUT_TEXT_INIT;
    *out = NULL;
    cli_code code = input_read(&nodes, nodes_path);
    if (code == CLI_DONE) {
        code = input_read(&edges, edges_path);
    }
    if (code == CLI_DONE) {
        finding_sink sink;
        runde_diag diag = input_diag(&sink, NULL);
        code =
            input_status(runde_network_read(out, nodes.bytes, nodes.length,
                                            edges.bytes, edges.length, &diag),
                         edges_path, &diag);
    }
    input_free(&edges);
    input_free(&nodes);
    return code;
}

static const char *visit_id(const void *table, int index)
{
    const runde_visit *visit = runde_problem_visit(table, index);
    return visit != NULL ? visit->id : NULL;
}

static const char *carer_id(const void *table, int index)
{
    const runde_carer *carer = runde_problem_carer(table, index);
    return carer != NULL ? carer->id : NULL;
}

static int32_t find_id(const runde_problem *problem, const char *id,
                       const char *(*next)(const void *, int), const char *who,
                       const char *what)
{
    const char *found = next(problem, 0);
    for (int32_t i = 0; found != NULL; i++) {
        if (strcmp(found, id) == 0) {
            return i;
        }
        found = next(problem, i + 1);
    }
    const char *near = options_nearest(id, next, problem);
    if (near != NULL) {
        cli_complain("%s: no %s \"%s\"; did you mean \"%s\"?", who, what, id,
                     near);
    } else {
        cli_complain("%s: no %s \"%s\"", who, what, id);
    }
    return RUNDE_NONE;
}

int32_t input_find_visit(const runde_problem *problem, const char *id,
                         const char *who)
{
    return find_id(problem, id, visit_id, who, "visit");
}

int32_t input_find_carer(const runde_problem *problem, const char *id,
                         const char *who)
{
    return find_id(problem, id, carer_id, who, "carer");
}
