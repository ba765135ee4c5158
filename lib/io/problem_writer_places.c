/* SPDX-License-Identifier: MIT */
/* Places, skills, loads and travel modes. */
#include "io/problem_writer.h"

#include "model/travel.h"

static void write_places(rn_writer *w)
{
    rn_text *const t = &w->text;
    const int32_t n = runde_problem_n_places(w->problem);
    if (n == 0) {
        return;
    }
    rn_text_array(t, "places", RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        const runde_place *const place = runde_problem_place(w->problem, i);
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        rn_text_member_string(t, "id", place->id);
        if (place->has_coordinates) {
            rn_text_member_decimal(t, "lat", place->lat);
            rn_text_member_decimal(t, "lon", place->lon);
        }
        rn_text_close(t);
    }
    rn_text_close(t);
}

static void write_skills(rn_writer *w)
{
    const int32_t n = runde_problem_n_skills(w->problem);
    if (n == 0) {
        return;
    }
    rn_text_array(&w->text, "skills", RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        rn_text_member_string(&w->text, NULL,
                              runde_problem_skill(w->problem, i));
    }
    rn_text_close(&w->text);
}

static void write_loads(rn_writer *w)
{
    const int32_t n = runde_problem_n_loads(w->problem);
    if (n == 0) {
        return;
    }
    rn_text_array(&w->text, "loads", RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        const runde_load *const load = runde_problem_load(w->problem, i);
        rn_text_object(&w->text, NULL, RN_TEXT_INLINE);
        rn_text_member_string(&w->text, "id", load->id);
        rn_write_flag(w, "shared", load->shared);
        rn_text_close(&w->text);
    }
    rn_text_close(&w->text);
}

/* ----------------------------------------------------------------- travel */

/* Whether a mode has this model by its name alone. */
static bool is_built_in(const runde_speed_model *model, const char *mode)
{
    runde_speed_model own;
    if (!rn_travel_default_model(&own, mode) || own.n_bands != model->n_bands ||
        own.access_s != model->access_s) {
        return false;
    }
    for (int32_t b = 0; b < own.n_bands; b++) {
        /* Ordered comparisons say "not equal" as well, and compilers do not
         * warn about them: any difference at all must be written. */
        if (own.band[b].detour < model->band[b].detour ||
            own.band[b].detour > model->band[b].detour ||
            own.band[b].speed_kmh < model->band[b].speed_kmh ||
            own.band[b].speed_kmh > model->band[b].speed_kmh ||
            (b + 1 < own.n_bands &&
             (own.band[b].up_to_km < model->band[b].up_to_km ||
              own.band[b].up_to_km > model->band[b].up_to_km))) {
            return false;
        }
    }
    return true;
}

static void write_model(rn_writer *w, const runde_speed_model *model)
{
    rn_text *const t = &w->text;
    rn_text_object(t, "speed_model", RN_TEXT_INLINE);
    rn_text_member_int(t, "access", model->access_s);
    rn_text_array(t, "bands", RN_TEXT_INLINE);
    for (int32_t b = 0; b < model->n_bands; b++) {
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        if (b + 1 < model->n_bands) {
            rn_text_member_decimal(t, "up_to_km", model->band[b].up_to_km);
        }
        rn_text_member_decimal(t, "detour", model->band[b].detour);
        rn_text_member_decimal(t, "speed_kmh", model->band[b].speed_kmh);
        rn_text_close(t);
    }
    rn_text_close(t);
    rn_text_close(t);
}

static void write_leg(rn_writer *w, const int32_t leg[4])
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_write_place(w, "from", leg[0]);
    rn_write_place(w, "to", leg[1]);
    if (leg[2] == RUNDE_UNREACHABLE) {
        rn_text_member_null(t, "duration");
    } else {
        rn_write_duration(w, "duration", leg[2]);
    }
    if (leg[3] != RUNDE_UNREACHABLE) {
        rn_text_member_int(t, "distance", leg[3]);
    } else if (leg[2] != RUNDE_UNREACHABLE) {
        rn_text_member_null(t, "distance");
    }
    rn_text_close(t);
}

static void write_legs(rn_writer *w, int32_t mode)
{
    int32_t leg[4];
    if (!runde_problem_leg(w->problem, mode, 0, leg)) {
        return;
    }
    rn_text_array(&w->text, "legs", RN_TEXT_LINES);
    for (int32_t i = 0; runde_problem_leg(w->problem, mode, i, leg); i++) {
        write_leg(w, leg);
    }
    rn_text_close(&w->text);
}

/* The marked cells, row by row. */
static void write_estimates(rn_writer *w, int32_t mode)
{
    rn_text *const t = &w->text;
    const runde_problem *const problem = w->problem;
    const int32_t n = runde_problem_n_places(problem);
    if (runde_problem_n_estimated(problem, mode) == 0) {
        return;
    }
    rn_text_array(t, "estimated", RN_TEXT_LINES);
    for (int32_t from = 0; from < n; from++) {
        bool is_open = false;
        for (int32_t to = 0; to < n; to++) {
            if (!runde_problem_is_estimated(problem, mode, from, to)) {
                continue;
            }
            if (!is_open) {
                rn_text_object(t, NULL, RN_TEXT_INLINE);
                rn_write_place(w, "from", from);
                rn_text_array(t, "to", RN_TEXT_INLINE);
                is_open = true;
            }
            rn_write_place(w, NULL, to);
        }
        if (is_open) {
            rn_text_close(t);
            rn_text_close(t);
        }
    }
    rn_text_close(t);
}

static void write_mode(rn_writer *w, int32_t mode)
{
    rn_text *const t = &w->text;
    const char *const id = runde_problem_mode(w->problem, mode);
    const runde_matrix *const matrix = runde_problem_matrix(w->problem, mode);
    const runde_speed_model *const model =
        runde_problem_speed_model(w->problem, mode);
    int32_t leg[4];
    const bool is_short =
        matrix == NULL && !runde_problem_leg(w->problem, mode, 0, leg);
    rn_text_object(t, NULL, is_short ? RN_TEXT_INLINE : RN_TEXT_LINES);
    rn_text_member_string(t, "id", id);
    if (matrix != NULL) {
        rn_text_member_matrix(t, "durations", matrix->durations, matrix->n,
                              matrix->n);
        if (matrix->distances != NULL) {
            rn_text_member_matrix(t, "distances", matrix->distances, matrix->n,
                                  matrix->n);
        }
    } else if (model != NULL && !is_built_in(model, id)) {
        write_model(w, model);
    }
    write_legs(w, mode);
    write_estimates(w, mode);
    rn_text_close(t);
}

void rn_write_places(rn_writer *w)
{
    write_places(w);
    write_skills(w);
    write_loads(w);
    const int32_t n = runde_problem_n_modes(w->problem);
    if (n == 0) {
        return;
    }
    rn_text_array(&w->text, "travel_modes", RN_TEXT_LINES);
    for (int32_t m = 0; m < n; m++) {
        write_mode(w, m);
    }
    rn_text_close(&w->text);
}
