/* SPDX-License-Identifier: MIT */
#include "io/reader.h"

#include <string.h>

/* Ids and numbers as messages show them: not more than fits, and cut between
 * two characters. */
typedef struct shown {
    char text[64];
} shown;

static shown show(const char *text, size_t length)
{
    shown s;
    const size_t room = sizeof s.text - 4;
    size_t n = length < room ? length : room;
    while (n < length && n > 0 && ((unsigned char)text[n] & 0xC0U) == 0x80U) {
        n--;
    }
    memcpy(s.text, text, n);
    memcpy(s.text + n, n < length ? "..." : "", n < length ? 4 : 1);
    return s;
}

static shown show_number(const rn_node *node)
{
    size_t length = 0;
    const char *const token = rn_node_token(node, &length);
    return show(token == NULL ? "" : token, token == NULL ? 0 : length);
}

static void expected(rn_reader *r, const rn_node *node, const char *what)
{
    rn_fault_at(r, node, "RUNDE-E602", "%s is expected here, not %s", what,
                rn_kind_name(rn_node_kind(node)));
}

bool rn_node_is_word(const rn_node *node, const char *word)
{
    const char *const text = rn_node_string(node);
    return text != NULL && strcmp(text, word) == 0;
}

const char *rn_read_id(rn_reader *r, const rn_node *node)
{
    if (node == NULL) {
        return NULL;
    }
    const char *const id = rn_node_string(node);
    if (id == NULL) {
        expected(r, node, "an id, which is a string,");
    } else if (id[0] == '\0') {
        rn_fault_at(r, node, "RUNDE-E606", "an id must not be empty");
        return NULL;
    }
    return id;
}

/* Where the reader itself has no upper bound, the model has one to tell. */
static void report_range(rn_reader *r, const rn_node *node, int32_t min,
                         int32_t max)
{
    const shown number = show_number(node);
    if (max < INT32_MAX) {
        rn_fault_at(r, node, "RUNDE-E606", "%s is not between %d and %d",
                    number.text, (int)min, (int)max);
    } else if (number.text[0] == '-') {
        rn_fault_at(r, node, "RUNDE-E606",
                    "%s is too small, the least allowed here is %d",
                    number.text, (int)min);
    } else if (min == 1 && strcmp(number.text, "0") == 0) {
        rn_fault_at(r, node, "RUNDE-E606",
                    "0 is too small, the least allowed here is 1");
    } else {
        rn_fault_at(r, node, "RUNDE-E606", "%s is too large", number.text);
    }
}

void rn_read_int(rn_reader *r, const rn_node *node, int32_t min, int32_t max,
                 int32_t *value)
{
    if (node == NULL) {
        return;
    }
    int64_t number = 0;
    switch (rn_node_int(node, min, max, &number)) {
    case RN_READ_OK:
        *value = (int32_t)number;
        break;
    case RN_READ_KIND:
        expected(r, node, "a whole number");
        break;
    case RN_READ_FRACTION:
        rn_fault_at(r, node, "RUNDE-E606", "%s must be a whole number",
                    show_number(node).text);
        break;
    case RN_READ_RANGE:
        report_range(r, node, min, max);
        break;
    }
}

void rn_read_big(rn_reader *r, const rn_node *node, int64_t *value)
{
    if (node != NULL &&
        rn_node_big_int(node, INT64_MIN, INT64_MAX, value) != RN_READ_OK) {
        rn_fault_at(r, node, "RUNDE-E606",
                    "a whole number of 64 bits is expected here, as a number "
                    "or as a string");
    }
}

void rn_read_seed(rn_reader *r, const rn_node *node, uint64_t *value)
{
    if (node != NULL && rn_node_big_uint(node, value) != RN_READ_OK) {
        rn_fault_at(r, node, "RUNDE-E606",
                    "a whole number from 0 to 2^64 - 1 is expected here, as a "
                    "number or as a string");
    }
}

void rn_read_bool(rn_reader *r, const rn_node *node, bool *value)
{
    if (node != NULL && rn_node_bool(node, value) != RN_READ_OK) {
        expected(r, node, "true or false");
    }
}

void rn_read_word(rn_reader *r, const rn_node *node, const char *const *words,
                  int32_t n, int32_t *value)
{
    if (node == NULL) {
        return;
    }
    const char *const text = rn_node_string(node);
    if (text == NULL) {
        expected(r, node, "a word");
        return;
    }
    for (int32_t i = 0; i < n; i++) {
        if (words[i] != NULL && strcmp(words[i], text) == 0) {
            *value = i;
            return;
        }
    }
    const char *like = rn_key_suggest(text, words, n);
    rn_fault_at(r, node, "RUNDE-E611",
                like != NULL ? "this is none of the %d words allowed here; did "
                               "you mean \"%s\"?"
                             : "this is none of the %d words allowed here; "
                               "one is \"%s\"",
                (int)n, like != NULL ? like : words[0]);
}

void rn_read_reference(rn_reader *r, const rn_node *node, const rn_idmap *map,
                       const char *kind, int32_t *index)
{
    const char *const id = rn_read_id(r, node);
    if (id == NULL) {
        return;
    }
    const int32_t found = rn_idmap_get(map, id);
    if (found == RUNDE_NONE) {
        rn_fault_at(r, node, "RUNDE-E605", "there is no %s \"%s\"", kind,
                    show(id, strlen(id)).text);
        return;
    }
    *index = found;
}

void rn_read_decimal(rn_reader *r, const rn_node *node, double min, double max,
                     double *value)
{
    if (node == NULL) {
        return;
    }
    switch (rn_node_decimal(node, min, max, value)) {
    case RN_READ_OK:
        break;
    case RN_READ_RANGE:
        rn_fault_at(r, node, "RUNDE-E606", "%s is not between %lld and %lld",
                    show_number(node).text, (long long)min, (long long)max);
        break;
    case RN_READ_KIND:
    case RN_READ_FRACTION:
        expected(r, node, "a number");
        break;
    }
}
