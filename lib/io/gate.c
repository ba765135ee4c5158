/* SPDX-License-Identifier: MIT */
#include "io/gate.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "io/gate_parts.h"
#include "io/token.h"

#include <runde/json.h>

#include <assert.h>
#include <string.h>

/* 5,000,000 values are 100,000 visits with 50 values each, or 500 MB. */
#define MAX_VALUES 5000000

rn_gate_limits rn_gate_default_limits(void)
{
    const rn_gate_limits limits = {RUNDE_JSON_MAX_BYTES, MAX_VALUES};
    return limits;
}

/* -------------------------------------------------------------- refusals */

static char *put_number(char *at, const char *end, int64_t value)
{
    char digits[20];
    size_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (n > 0) {
        at = rn_pointer_put(at, end, (unsigned char)digits[--n]);
    }
    return at;
}

/* The JSON pointer of the value that is being read. */
static void print_pointer(const rn_gate_run *run, char *text, size_t size)
{
    char *at = text;
    const char *const end = text + size - 1;
    for (int32_t i = 0; i < run->depth && at < end; i++) {
        const rn_gate_frame *const frame = &run->frame[i];
        if (frame->n == 0) {
            break;
        }
        *at++ = '/';
        if (frame->is_object) {
            const char *key = run->text + frame->key;
            uint32_t code;
            while (rn_token_next(&key, run->end, &code)) {
                at = rn_pointer_put(at, end, code);
            }
        } else {
            at = put_number(at, end, frame->n - 1);
        }
    }
    for (int32_t i = 0; i < 2 && run->cell[i] >= 0 && at < end; i++) {
        *at++ = '/';
        at = put_number(at, end, run->cell[i]);
    }
    *at = '\0';
}

bool rn_gate_refuse(rn_gate_run *run, runde_status status, const char *code,
                    const char *sentence)
{
    char pointer[sizeof run->diag->pointer];
    int64_t line = 1;
    int64_t column = 1;
    for (const char *c = run->text; c < run->at; c++) {
        if (*c == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)*c & 0xC0U) != 0x80U) {
            /* Editors count characters, not the bytes they are made of. */
            column++;
        }
    }
    print_pointer(run, pointer, sizeof pointer);
    rn_diag_add(run->diag, RUNDE_ERROR, code, pointer,
                "%s (line %lld, column %lld, byte %lld)", sentence,
                (long long)line, (long long)column,
                (long long)(run->at - run->text));
    run->status = status;
    return false;
}

void rn_gate_no_memory(rn_gate_run *run)
{
    run->status = RUNDE_E_NOMEM;
}

static bool is_wrong(rn_gate_run *run, const char *sentence)
{
    if (run->at == run->end) {
        sentence = "the text ends too early";
    }
    return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E002", sentence);
}

static bool is_faulty(rn_gate_run *run, rn_token_fault fault)
{
    static const struct {
        const char *code;
        const char *sentence;
    } reasons[] = {
        [RN_TOKEN_OK] = {"RUNDE-E002", "nothing is wrong here"},
        [RN_TOKEN_OPEN] = {"RUNDE-E002", "the text ends inside a string"},
        [RN_TOKEN_UTF8] = {"RUNDE-E001", "bytes in a string are not UTF-8"},
        [RN_TOKEN_SURROGATE] = {"RUNDE-E001",
                                "an escape is half of a surrogate pair"},
        [RN_TOKEN_ESCAPE] = {"RUNDE-E002",
                             "a backslash begins no escape that JSON has"},
        [RN_TOKEN_FORBIDDEN] = {"RUNDE-E005",
                                "a string holds a control character, a line "
                                "separator or a mark of writing direction"},
        [RN_TOKEN_NUMBER] = {"RUNDE-E002", "a number is not written as JSON "
                                           "writes it"},
    };
    return rn_gate_refuse(run, RUNDE_E_FORMAT, reasons[fault].code,
                          reasons[fault].sentence);
}

/* --------------------------------------------------------------- grammar */

void rn_gate_skip_space(rn_gate_run *run)
{
    while (run->at < run->end && (*run->at == ' ' || *run->at == '\n' ||
                                  *run->at == '\r' || *run->at == '\t')) {
        run->at++;
    }
}

bool rn_gate_take(rn_gate_run *run, char c)
{
    if (run->at == run->end || *run->at != c) {
        return false;
    }
    run->at++;
    return true;
}

bool rn_gate_take_word(rn_gate_run *run, const char *word)
{
    const size_t length = strlen(word);
    if ((size_t)(run->end - run->at) < length ||
        memcmp(run->at, word, length) != 0) {
        return false;
    }
    run->at += length;
    return true;
}

/* Whether the key at `offset` is, or with `is_prefix` begins with, `word`. */
static bool key_is(const rn_gate_run *run, size_t offset, const char *word,
                   bool is_prefix)
{
    const char *at = run->text + offset;
    uint32_t code;
    for (; *word != '\0'; word++) {
        if (!rn_token_next(&at, run->end, &code) ||
            code != (unsigned char)*word) {
            return false;
        }
    }
    return is_prefix || !rn_token_next(&at, run->end, &code);
}

static bool read_string(rn_gate_run *run)
{
    run->at++;
    const rn_token_fault fault = rn_token_string(&run->at, run->end);
    if (fault != RN_TOKEN_OK) {
        return is_faulty(run, fault);
    }
    run->at++;
    return true;
}

static bool read_number(rn_gate_run *run)
{
    const rn_token_fault fault = rn_token_number(&run->at, run->end);
    if (fault != RN_TOKEN_OK) {
        return is_faulty(run, fault);
    }
    run->out->slots++;
    return true;
}

/* Whether the value at hand, an array, is a matrix: below a key "x-..."
 * things mean what they like. */
static bool is_matrix(const rn_gate_run *run)
{
    if (run->depth == 0) {
        return false;
    }
    const rn_gate_frame *const top = &run->frame[run->depth - 1];
    return top->is_object && !top->is_foreign &&
           (key_is(run, top->key, "durations", false) ||
            key_is(run, top->key, "distances", false));
}

bool rn_gate_go_down(rn_gate_run *run, int32_t levels)
{
    if (run->depth + levels > RN_GATE_DEPTH) {
        return rn_gate_refuse(
            run, RUNDE_E_LIMIT, "RUNDE-E003",
            "arrays and objects are nested deeper than 64 levels");
    }
    return true;
}

static bool open_frame(rn_gate_run *run, bool is_object)
{
    if (!rn_gate_go_down(run, 1)) {
        return false;
    }
    bool is_foreign = false;
    if (run->depth > 0) {
        const rn_gate_frame *const top = &run->frame[run->depth - 1];
        is_foreign = top->is_foreign ||
                     (top->is_object && key_is(run, top->key, "x-", true));
    }
    const rn_gate_frame frame = {is_object, is_foreign, 0, 0, run->keys.n};
    run->frame[run->depth++] = frame;
    run->at++;
    return true;
}

static bool has_too_much(rn_gate_run *run)
{
    return rn_gate_refuse(run, RUNDE_E_LIMIT, "RUNDE-E008",
                          "the text holds more values or keys than are let "
                          "through at once");
}

static bool is_no_word(rn_gate_run *run)
{
    return is_wrong(run, "a word that is neither true, false nor null");
}

/* A whole scalar or matrix, or the opening of an array or object. */
static bool begin_value(rn_gate_run *run)
{
    if (run->out->values == run->max_values) {
        return has_too_much(run);
    }
    run->out->values++;
    const char c = run->at < run->end ? *run->at : '\0';
    switch (c) {
    case '{':
        return open_frame(run, true);
    case '[':
        if (is_matrix(run)) {
            run->out->slots++;
            return rn_gate_read_matrix(run);
        }
        return open_frame(run, false);
    case '"':
        return read_string(run);
    case 't':
        return rn_gate_take_word(run, "true") || is_no_word(run);
    case 'f':
        return rn_gate_take_word(run, "false") || is_no_word(run);
    case 'n':
        return rn_gate_take_word(run, "null") || is_no_word(run);
    default:
        if (c == '-' || (c >= '0' && c <= '9')) {
            return read_number(run);
        }
        return is_wrong(run, "a value should stand here");
    }
}

/* A key and its colon. */
static bool read_key(rn_gate_run *run, rn_gate_frame *frame)
{
    if (run->at == run->end || *run->at != '"') {
        return is_wrong(run, "a key in quotes should stand here");
    }
    const size_t key = (size_t)(run->at + 1 - run->text);
    if (!read_string(run)) {
        return false;
    }
    /* From here on findings are about this member. */
    frame->key = key;
    frame->n++;
    const runde_status status =
        rn_keyset_add(&run->keys, frame->first_key, key);
    if (status == RUNDE_E_NOMEM) {
        rn_gate_no_memory(run);
        return false;
    }
    if (status == RUNDE_E_LIMIT) {
        return has_too_much(run);
    }
    if (status != RUNDE_OK) {
        run->at = run->text + key - 1;
        return rn_gate_refuse(run, status, "RUNDE-E004",
                              "an object has this key twice");
    }
    rn_gate_skip_space(run);
    if (!rn_gate_take(run, ':')) {
        return is_wrong(run, "\":\" should stand here");
    }
    rn_gate_skip_space(run);
    return true;
}

/* One step inside the innermost open array or object: its next value or its
 * end. */
static bool step(rn_gate_run *run)
{
    rn_gate_frame *const frame = &run->frame[run->depth - 1];
    rn_gate_skip_space(run);
    if (rn_gate_take(run, frame->is_object ? '}' : ']')) {
        rn_keyset_close(&run->keys, frame->first_key);
        run->depth--;
        return true;
    }
    if (frame->n > 0) {
        if (!rn_gate_take(run, ',')) {
            return is_wrong(run, frame->is_object
                                     ? "\",\" or \"}\" should stand here"
                                     : "\",\" or \"]\" should stand here");
        }
        rn_gate_skip_space(run);
    }
    if (frame->is_object) {
        if (!read_key(run, frame)) {
            return false;
        }
    } else {
        frame->n++;
    }
    return begin_value(run);
}

static bool read_document(rn_gate_run *run)
{
    if (rn_gate_take_word(run, "\xEF\xBB\xBF")) {
        run->at = run->text;
        return is_wrong(run, "the text begins with a byte order mark; save it "
                             "as UTF-8 without one");
    }
    rn_gate_skip_space(run);
    if (run->at == run->end) {
        return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E002",
                              "the text is empty");
    }
    if (!begin_value(run)) {
        return false;
    }
    while (run->depth > 0) {
        if (!step(run)) {
            return false;
        }
    }
    rn_gate_skip_space(run);
    if (run->at != run->end) {
        return rn_gate_refuse(run, RUNDE_E_FORMAT, "RUNDE-E006",
                              "something stands behind the end of the "
                              "document");
    }
    return true;
}

runde_status rn_gate_pass(rn_gate *out, const char *text, size_t length,
                          const rn_gate_limits *limits, runde_diag *diag)
{
    memset(out, 0, sizeof *out);
    if (length > limits->bytes || length > RUNDE_JSON_MAX_BYTES) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E007", "",
                    "the text has %llu bytes, at most %llu are let through",
                    (unsigned long long)length,
                    (unsigned long long)limits->bytes);
        return RUNDE_E_LIMIT;
    }
    rn_gate_run run;
    memset(&run, 0, sizeof run);
    run.text = text;
    run.at = text;
    run.end = text + length;
    run.max_values = limits->values;
    run.diag = diag;
    run.out = out;
    run.cell[0] = -1;
    run.cell[1] = -1;
    rn_keyset_init(&run.keys, text, length);
    if (!read_document(&run)) {
        rn_gate_free(out);
    }
    rn_keyset_free(&run.keys);
    return run.status;
}

void rn_gate_free(rn_gate *gate)
{
    for (int32_t i = 0; i < gate->n_matrices; i++) {
        rn_free(gate->matrices[i].cells);
    }
    rn_free(gate->matrices);
    memset(gate, 0, sizeof *gate);
}

/* ------------------------------------------------------------- rewriting */

/* Behind the closing quote; the text has passed. */
static const char *end_of_string(const char *at)
{
    for (at++; *at != '"'; at++) {
        if (*at == '\\') {
            at++;
        }
    }
    return at + 1;
}

static bool is_number_part(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' ||
           c == 'e' || c == 'E';
}

static const char *end_of_number(const char *at, const char *end)
{
    while (at < end && is_number_part(*at)) {
        at++;
    }
    return at;
}

size_t rn_gate_rewrite(const rn_gate *gate, const char *text, size_t length,
                       char *out, uint32_t *offsets)
{
    const char *at = text;
    const char *const end = text + length;
    char *to = out;
    int32_t matrix = 0;
    int64_t slots = 0;
    while (at < end) {
        const char c = *at;
        if (c == '"') {
            const char *const next = end_of_string(at);
            memcpy(to, at, (size_t)(next - at));
            to += next - at;
            at = next;
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            offsets[slots++] = (uint32_t)(at - text);
            *to++ = '0';
            at = end_of_number(at, end);
        } else if (matrix < gate->n_matrices &&
                   at == text + gate->matrices[matrix].begin) {
            offsets[slots++] = (uint32_t)(at - text);
            *to++ = '0';
            at = text + gate->matrices[matrix++].end;
        } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            at++;
        } else {
            *to++ = c;
            at++;
        }
    }
    *to = '\0';
    assert(slots == gate->slots);
    return (size_t)(to - out);
}
