/* SPDX-License-Identifier: MIT */
/* A single time, as files have it. */
#include "io/problem_reader.h"

#include "base/alloc.h"
#include "io/text.h"

#include <runde/replan.h>

#include <string.h>

/* A number stands for ticks, everything else is a string of JSON. */
static void quote_time(rn_text *out, const char *text)
{
    if (text[0] != '\0' && strspn(text, "-0123456789") == strlen(text)) {
        rn_text_puts(out, text);
    } else {
        rn_text_quote(out, text);
    }
}

bool runde_problem_read_time(const runde_problem *problem, const char *text,
                             int32_t *ticks)
{
    rn_reader reader;
    rn_tree *tree = NULL;
    rn_text json;
    char *line = NULL;
    size_t length = 0;
    if (problem == NULL || text == NULL || ticks == NULL ||
        !runde_problem_is_sealed(problem)) {
        return false;
    }
    rn_text_init(&json);
    quote_time(&json, text);
    if (rn_text_take(&json, &line, &length) != RUNDE_OK) {
        return false;
    }
    rn_reader_init(&reader, NULL);
    reader.first_day = rn_read_known_times(&reader, problem);
    reader.has_first_day = true;
    int32_t value = RUNDE_TIME_NONE;
    if (rn_tree_parse(&tree, line, length, NULL) == RUNDE_OK) {
        rn_read_time(&reader, rn_tree_root(tree), RN_DATE_NEVER, &value);
    }
    const bool is_good = reader.errors == 0 && value != RUNDE_TIME_NONE;
    rn_reader_free(&reader);
    rn_tree_free(tree);
    rn_free(line);
    if (is_good) {
        *ticks = value;
    }
    return is_good;
}
