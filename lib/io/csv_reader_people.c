/* SPDX-License-Identifier: MIT */
/* carers.csv, clients.csv and shifts.csv. */
#include "io/csv_reader.h"

#include <math.h>
#include <stdio.h>

#define BASE_ID 24
#define POSITION_KEY 48

/* ------------------------------------------------------------------ places */

int32_t rn_csv_add_place(rn_csv_reader *c, const rn_sheet *sheet,
                         const char *id, double lat, double lon)
{
    runde_place place = RUNDE_PLACE_INIT;
    int32_t index = RUNDE_NONE;
    place.id = id;
    place.has_coordinates = true;
    place.lat = lat;
    place.lon = lon;
    rn_reader_note(&c->in, runde_problem_add_place(c->problem, &place, &index));
    if (c->in.status == RUNDE_OK) {
        rn_csv_note_id(c, &c->place_ids, id, index);
        c->place_sources[c->n_places++] = (rn_source){sheet, sheet->row};
    }
    return index;
}

void rn_csv_add_client(rn_csv_reader *c, const rn_sheet *sheet,
                       runde_client *client, const double *at)
{
    if (at != NULL) {
        client->place = rn_csv_add_place(c, sheet, client->id, at[0], at[1]);
    }
    if (c->in.status == RUNDE_OK) {
        rn_reader_note(&c->in,
                       runde_problem_add_client(c->problem, client, NULL));
        c->client_sources[c->n_clients] = (rn_source){sheet, sheet->row};
        rn_csv_note_id(c, &c->client_ids, client->id, c->n_clients++);
    }
}

/* ----------------------------------------------------------------- clients */

void rn_csv_read_clients(rn_csv_reader *c)
{
    rn_sheet *const s = &c->clients;
    for (rn_sheet_begin(&c->in, s); rn_sheet_is_at_row(s);
         rn_sheet_next(&c->in, s)) {
        runde_client client = RUNDE_CLIENT_INIT;
        double at[2] = {0.0, 0.0};
        client.id = rn_cell_required(&c->in, s, RN_CLIENT_ID);
        (void)rn_cell_required(&c->in, s, RN_CLIENT_LAT);
        (void)rn_cell_required(&c->in, s, RN_CLIENT_LON);
        const bool has_place =
            rn_cell_degrees(&c->in, s, RN_CLIENT_LAT, 90.0, &at[0]) &&
            rn_cell_degrees(&c->in, s, RN_CLIENT_LON, 180.0, &at[1]);
        (void)rn_cell_whole(&c->in, s, RN_CLIENT_MAX_CARERS, 1, 1000,
                            &client.max_carers);
        client.n_wishes = rn_csv_wishes(c, s, RN_CLIENT_WISHES, &client.wishes);
        rn_csv_add_client(c, s, &client, has_place ? at : NULL);
    }
}

/* ------------------------------------------------------------------ carers */

/* A way of travelling: the number of its word; `usual` when none is given. */
static int32_t read_mode(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                         int32_t usual)
{
    static const char *const words[] = {
        "car", "bicycle", "walk",      "bil", "sykkel", "gange",
        "bil", "bike",    "g\xC3\xA5", "bil", "sykkel", "til fots"};
    int32_t index = usual;
    (void)rn_cell_word(&c->in, sheet, field, words,
                       (int32_t)(sizeof words / sizeof words[0]), &index);
    return index % RN_CSV_MODES;
}

/* The mode in the problem, made when it is used first. */
static int32_t mode_index(rn_csv_reader *c, int32_t word)
{
    static const char *const names[RN_CSV_MODES] = {"car", "bicycle", "walk"};
    if (c->mode[word] == RUNDE_NONE) {
        rn_reader_note(&c->in, runde_problem_add_mode(c->problem, names[word],
                                                      &c->mode[word]));
    }
    return c->mode[word];
}

void rn_csv_read_carers(rn_csv_reader *c)
{
    rn_sheet *const s = &c->carers;
    c->mode_of_carer =
        rn_reader_alloc(&c->in, s->n_rows, sizeof *c->mode_of_carer);
    for (rn_sheet_begin(&c->in, s); rn_sheet_is_at_row(s);
         rn_sheet_next(&c->in, s)) {
        runde_carer carer = RUNDE_CARER_INIT;
        rn_skill_item *items = NULL;
        carer.id = rn_cell_required(&c->in, s, RN_CARER_ID);
        carer.n_skills = rn_csv_skills(c, s, RN_CARER_SKILLS, &items);
        runde_skill_held *const held =
            rn_reader_alloc(&c->in, carer.n_skills, sizeof *held);
        for (int32_t i = 0; i < carer.n_skills && held != NULL; i++) {
            held[i] = (runde_skill_held){items[i].skill, items[i].level,
                                         RUNDE_TIME_NONE};
        }
        carer.skills = held;
        if (c->in.status != RUNDE_OK) {
            continue;
        }
        c->mode_of_carer[s->row] = read_mode(c, s, RN_CARER_MODE, 0);
        rn_reader_note(&c->in,
                       runde_problem_add_carer(c->problem, &carer, NULL));
        rn_csv_note_id(c, &c->carer_ids, carer.id, s->row);
    }
}

/* "base", "base-2" and so on, passing over what clients are called. */
static const char *name_base(rn_csv_reader *c)
{
    char *const id = rn_reader_alloc(&c->in, BASE_ID, 1);
    while (id != NULL) {
        c->n_bases++;
        (void)snprintf(id, BASE_ID, c->n_bases == 1 ? "base" : "base-%d",
                       (int)c->n_bases);
        if (rn_idmap_get(&c->place_ids, id) == RUNDE_NONE) {
            break;
        }
    }
    return id;
}

/* Carers who begin at equal coordinates share a place. */
static int32_t meet_base(rn_csv_reader *c, const double at[2])
{
    char *const key = rn_reader_alloc(&c->in, POSITION_KEY, 1);
    if (key == NULL) {
        return RUNDE_NONE;
    }
    (void)snprintf(key, POSITION_KEY, "%lld %lld", llround(at[0] * 1e7),
                   llround(at[1] * 1e7));
    int32_t place = rn_idmap_get(&c->base_ids, key);
    if (place == RUNDE_NONE) {
        const char *const id = name_base(c);
        place = id == NULL ? RUNDE_NONE
                           : rn_csv_add_place(c, &c->carers, id, at[0], at[1]);
        rn_csv_note_id(c, &c->base_ids, key, place);
    }
    return place;
}

void rn_csv_read_bases(rn_csv_reader *c)
{
    rn_sheet *const s = &c->carers;
    c->base_of_carer =
        rn_reader_alloc(&c->in, s->n_rows, sizeof *c->base_of_carer);
    for (rn_sheet_begin(&c->in, s); rn_sheet_is_at_row(s);
         rn_sheet_next(&c->in, s)) {
        double at[2] = {0.0, 0.0};
        if (c->in.status != RUNDE_OK) {
            continue;
        }
        c->base_of_carer[s->row] = RUNDE_NONE;
        if (rn_csv_degrees(c, s, RN_CARER_LAT, at)) {
            c->base_of_carer[s->row] = meet_base(c, at);
        }
    }
}

/* ------------------------------------------------------------------ shifts */

/* The first moment from `after` on when the clock shows this; a clock time
 * that says "+1" is taken at its word. */
static bool read_moment(rn_csv_reader *c, int32_t field, int64_t days,
                        int32_t after, int32_t *tick)
{
    rn_clock clock = {0, 0};
    const rn_sheet *const s = &c->shifts;
    int64_t instant = 0;
    if (!rn_cell_clock(&c->in, s, field, &clock)) {
        return false;
    }
    const rn_civil_status status =
        rn_clock_instant(clock, days, c->in.zone, &instant);
    if (clock.day == 0 && rn_civil_is_good(status) &&
        instant - c->in.origin < after) {
        clock.day = 1;
    }
    return rn_csv_tick(c, s, field, clock, days, tick);
}

/* A break of the shift; none when there are no minutes. */
static void read_break(rn_csv_reader *c, int64_t days, runde_shift *shift)
{
    const rn_sheet *const s = &c->shifts;
    runde_break *const pause = rn_reader_alloc(&c->in, 1, sizeof *pause);
    if (pause == NULL ||
        !rn_cell_minutes(&c->in, s, RN_SHIFT_BREAK, false, &pause->duration) ||
        pause->duration == 0) {
        if (rn_cell(s, RN_SHIFT_BREAK) == NULL &&
            (rn_cell(s, RN_SHIFT_BREAK_FROM) != NULL ||
             rn_cell(s, RN_SHIFT_BREAK_TO) != NULL)) {
            rn_cell_fault(&c->in, s, RN_SHIFT_BREAK, "RUNDE-E814",
                          "the break says when, but not how many minutes");
        }
        return;
    }
    pause->min_start = shift->start;
    pause->max_start = shift->end - pause->duration;
    (void)read_moment(c, RN_SHIFT_BREAK_FROM, days, shift->start,
                      &pause->min_start);
    (void)read_moment(c, RN_SHIFT_BREAK_TO, days, shift->start,
                      &pause->max_start);
    (void)rn_cell_flag(&c->in, s, RN_SHIFT_BREAK_PAID, &pause->paid);
    shift->breaks = pause;
    shift->n_breaks = 1;
}

static void read_times(rn_csv_reader *c, runde_shift *shift)
{
    const rn_sheet *const s = &c->shifts;
    rn_clock clock = {0, 0};
    int64_t days = 0;
    const bool has_date = rn_csv_date(c, s, RN_SHIFT_DATE, &days);
    const bool has_end = rn_cell_required(&c->in, s, RN_SHIFT_END) != NULL;
    (void)rn_cell_required(&c->in, s, RN_SHIFT_START);
    if (!rn_cell_clock(&c->in, s, RN_SHIFT_START, &clock) || !has_date ||
        !rn_csv_tick(c, s, RN_SHIFT_START, clock, days, &shift->start)) {
        return;
    }
    if (!has_end ||
        !read_moment(c, RN_SHIFT_END, days, shift->start, &shift->end)) {
        return;
    }
    if (shift->end == shift->start) {
        rn_cell_fault(&c->in, s, RN_SHIFT_END, "RUNDE-E205",
                      "the shift ends when it starts");
    }
    read_break(c, days, shift);
}

void rn_csv_read_shifts(rn_csv_reader *c)
{
    rn_sheet *const s = &c->shifts;
    for (rn_sheet_begin(&c->in, s); rn_sheet_is_at_row(s);
         rn_sheet_next(&c->in, s)) {
        runde_shift shift = RUNDE_SHIFT_INIT;
        int32_t mode = 0;
        shift.id = rn_cell_required(&c->in, s, RN_SHIFT_ID);
        if (rn_csv_reference(c, s, RN_SHIFT_CARER, &c->carer_ids, &c->carers,
                             &shift.carer)) {
            mode = c->mode_of_carer[shift.carer];
            shift.start_place = c->base_of_carer[shift.carer];
            shift.end_place = shift.start_place;
        }
        shift.mode = mode_index(c, read_mode(c, s, RN_SHIFT_MODE, mode));
        read_times(c, &shift);
        if (c->in.status == RUNDE_OK) {
            rn_reader_note(&c->in,
                           runde_problem_add_shift(c->problem, &shift, NULL));
        }
    }
}
