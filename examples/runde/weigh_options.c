/* SPDX-License-Identifier: MIT */
#include "weigh_options.h"

#include "input.h"

#include <stdio.h>
#include <string.h>

#define ROOM 4096

/* A text of limited length; `is_cut` when it did not fit. */
typedef struct words {
    char text[ROOM];
    size_t n;
    bool is_cut;
} words;

static void put(words *w, const char *bytes, size_t n)
{
    if (w->n + n >= sizeof w->text) {
        w->is_cut = true;
        return;
    }
    memcpy(w->text + w->n, bytes, n);
    w->n += n;
    w->text[w->n] = '\0';
}

static void put_text(words *w, const char *text)
{
    put(w, text, strlen(text));
}

/* Only what can be part of a criterion or a number. */
static bool is_plain(const char *word, size_t n)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz_0123456789";
    return n > 0 && strspn(word, plain) >= n;
}

static void put_word(words *w, const char *word, size_t n)
{
    put(w, "\"", 1);
    put(w, word, n);
    put(w, "\"", 1);
}

/* "late,early" as elements of an array; false when it is no list of words. */
static bool put_order(words *w, const char *list)
{
    for (const char *at = list;; at++) {
        const size_t n = strcspn(at, ",");
        if (!is_plain(at, n)) {
            return false;
        }
        put_text(w, at == list ? "" : ",");
        put_word(w, at, n);
        at += n;
        if (*at == '\0') {
            return true;
        }
    }
}

/* "late=5,early=hard" as members of an object. */
static bool put_weights(words *w, const char *list)
{
    for (const char *at = list;; at++) {
        const size_t name = strcspn(at, "=,");
        const char *const value = at + name + 1;
        if (at[name] != '=' || !is_plain(at, name)) {
            return false;
        }
        const size_t n = strcspn(value, ",");
        if (!is_plain(value, n)) {
            return false;
        }
        put_text(w, at == list ? "" : ",");
        put_word(w, at, name);
        put_text(w, ":");
        if (strspn(value, "0123456789") >= n) {
            put(w, value, n);
        } else {
            put_word(w, value, n);
        }
        at = value + n;
        if (*at == '\0') {
            return true;
        }
    }
}

cli_code weigh_options_read(runde_overlay **out, const runde_problem *problem,
                            const char *name, const char *text)
{
    input_text file = INPUT_TEXT_INIT;
    *out = NULL;
    if (text == NULL) {
        const cli_code code = input_read(&file, name);
        if (code != CLI_DONE) {
            return code;
        }
    }
    finding_sink sink;
    runde_diag diag = input_diag(&sink, name);
    const runde_status status =
        text != NULL
            ? runde_overlay_from_json(out, problem, text, strlen(text), &diag)
            : runde_overlay_from_json(out, problem, file.bytes, file.length,
                                      &diag);
    input_free(&file);
    return input_status(status, name, &diag);
}

static cli_code apply(runde_problem **problem, const char *name,
                      const char *text)
{
    runde_overlay *overlay = NULL;
    runde_problem *other = NULL;
    int32_t n = 0;
    cli_code code = weigh_options_read(&overlay, *problem, name, text);
    if (code == CLI_DONE) {
        finding_sink sink;
        runde_diag diag = input_diag(&sink, name);
        const runde_edit *const edits = runde_overlay_edits(overlay, &n);
        code = input_status(
            runde_problem_derive(&other, *problem, edits, n, &diag), name,
            &diag);
    }
    runde_overlay_free(overlay);
    if (code == CLI_DONE) {
        runde_problem_free(*problem);
        *problem = other;
    }
    return code;
}

static cli_code apply_words(runde_problem **problem, const weigh_options *asked)
{
    words w = {"", 0, false};
    put_text(&w, "{\"format\":\"runde-weights\",\"version\":1");
    if (asked->order != NULL) {
        put_text(&w, ",\"order\":[");
        if (!put_order(&w, asked->order) || w.is_cut) {
            cli_complain("--order \"%s\": expected criteria, most important "
                         "first, such as late,travel_time",
                         asked->order);
            return CLI_USAGE;
        }
        put_text(&w, "]");
    }
    if (asked->weight != NULL) {
        put_text(&w, ",\"weights\":{");
        if (!put_weights(&w, asked->weight) || w.is_cut) {
            cli_complain("--weight \"%s\": expected criteria and weights, "
                         "such as late=5,early=hard",
                         asked->weight);
            return CLI_USAGE;
        }
        put_text(&w, "}");
    }
    put_text(&w, "}");
    return apply(problem, "command line", w.text);
}

cli_code weigh_options_apply(runde_problem **problem,
                             const weigh_options *asked)
{
    cli_code code = CLI_DONE;
    if (asked->overlay != NULL) {
        code = apply(problem, asked->overlay, NULL);
    }
    if (code == CLI_DONE && (asked->order != NULL || asked->weight != NULL)) {
        code = apply_words(problem, asked);
    }
    return code;
}
