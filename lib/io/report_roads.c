/* SPDX-License-Identifier: MIT */
/* Of all the lines that the caller has, the page gets those that the plan
 * drives: a municipality has a million pairs of places, a day some hundred
 * legs. */
#include "base/alloc.h"
#include "io/report_data.h"

#include <math.h>
#include <stdlib.h>

/* A line in the order by from, to and mode; lines for every mode come
 * first, the caller's first line before its second. */
typedef struct line_key {
    int32_t from;
    int32_t to;
    int32_t mode;
    int32_t index;
    bool is_used;
} line_key;

static int32_t sign_of(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

static int compare_ends(const line_key *a, const line_key *b)
{
    const int32_t from = sign_of(a->from, b->from);
    return from != 0 ? from : sign_of(a->to, b->to);
}

static int compare_keys(const void *left, const void *right)
{
    const line_key *const a = left;
    const line_key *const b = right;
    const int32_t ends = compare_ends(a, b);
    const int32_t mode = sign_of(a->mode, b->mode);
    return ends != 0 ? ends : mode != 0 ? mode : sign_of(a->index, b->index);
}

/* The first key that is not before the pair of places. */
static int32_t first_key(const line_key *keys, int32_t n, const line_key *pair)
{
    int32_t low = 0;
    int32_t high = n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (compare_ends(&keys[middle], pair) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A line of the mode is better than one for every mode. */
static void use_line(line_key *keys, int32_t n, int32_t mode, int32_t from,
                     int32_t to)
{
    const line_key pair = {from, to, RUNDE_NONE, 0, false};
    line_key *found = NULL;
    if (from == RUNDE_NONE || to == RUNDE_NONE || from == to) {
        return;
    }
    for (int32_t i = first_key(keys, n, &pair);
         i < n && compare_ends(&keys[i], &pair) == 0; i++) {
        if (keys[i].mode == mode ||
            (keys[i].mode == RUNDE_NONE && found == NULL)) {
            found = &keys[i];
        }
    }
    if (found != NULL) {
        found->is_used = true;
    }
}

static void use_route(line_key *keys, int32_t n, const runde_shift *shift,
                      const runde_route *route)
{
    int32_t here = shift->start_place;
    for (int32_t i = 0; i < route->n_stops; i++) {
        const int32_t place = route->stops[i].place;
        use_line(keys, n, shift->mode, here, place);
        here = place != RUNDE_NONE ? place : here;
    }
    use_line(keys, n, shift->mode, here, shift->end_place);
}

/* [mode, from, to, [latitude, longitude in steps, then the differences]] */
static void put_line(rn_text *t, const runde_road_line *line)
{
    int64_t before[2] = {0, 0};
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    rn_text_member_int(t, NULL, line->mode);
    rn_text_member_int(t, NULL, line->from);
    rn_text_member_int(t, NULL, line->to);
    rn_text_array(t, NULL, RN_TEXT_INLINE);
    for (int32_t i = 0; i < line->n_points; i++) {
        const int64_t at[2] = {llround(line->points[i].lat * RN_REPORT_STEPS),
                               llround(line->points[i].lon * RN_REPORT_STEPS)};
        for (int axis = 0; axis < 2; axis++) {
            rn_text_member_int(t, NULL, at[axis] - before[axis]);
            before[axis] = at[axis];
        }
    }
    rn_text_close(t);
    rn_text_close(t);
}

runde_status rn_report_roads(rn_text *text, const rn_report_input *input)
{
    const runde_html_options *const options = input->options;
    const int32_t n = options->n_roads;
    line_key *const keys = rn_realloc_array(NULL, (size_t)n + 1, sizeof *keys);
    if (keys == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_road_line *const line = &options->roads[i];
        keys[i] = (line_key){line->from, line->to, line->mode, i, false};
    }
    if (n > 1) {
        qsort(keys, (size_t)n, sizeof *keys, compare_keys);
    }
    for (int32_t i = 0; i < runde_plan_n_routes(input->plan); i++) {
        const runde_route *const route = runde_plan_route(input->plan, i);
        use_route(keys, n, runde_problem_shift(input->problem, route->shift),
                  route);
    }
    rn_text_array(text, "roads", RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        if (keys[i].is_used) {
            put_line(text, &options->roads[keys[i].index]);
        }
    }
    rn_text_close(text);
    rn_free(keys);
    return RUNDE_OK;
}
