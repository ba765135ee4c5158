/* SPDX-License-Identifier: MIT */
/* visits.csv and links.csv. */
#include "io/csv_reader.h"

/* ----------------------------------------------------------------- clients */

/* Without a table of clients the first visit of each brings the place; the
 * others may repeat it. */
static void meet_client(rn_csv_reader *c, runde_visit *visit)
{
    const rn_sheet *const s = &c->visits;
    runde_client client = RUNDE_CLIENT_INIT;
    double at[2] = {0.0, 0.0};
    client.id = rn_cell_required(&c->in, s, RN_VISIT_CLIENT);
    const bool has_place = rn_csv_degrees(c, s, RN_VISIT_LAT, at);
    visit->client = client.id == NULL ? RUNDE_NONE
                                      : rn_idmap_get(&c->client_ids, client.id);
    if (client.id == NULL || c->in.status != RUNDE_OK) {
        return;
    }
    if (visit->client == RUNDE_NONE) {
        visit->client = c->n_clients;
        if (!has_place && rn_cell(s, RN_VISIT_LAT) == NULL &&
            rn_cell(s, RN_VISIT_LON) == NULL) {
            rn_cell_fault(&c->in, s, RN_VISIT_LAT, "RUNDE-E814",
                          "the client's first visit needs \"lat\" and "
                          "\"lon\", unless there is a clients.csv");
        }
        rn_csv_add_client(c, s, &client, has_place ? at : NULL);
        return;
    }
    const runde_client *const known =
        runde_problem_client(c->problem, visit->client);
    const runde_place *const place =
        runde_problem_place(c->problem, known->place);
    if (has_place && place != NULL &&
        (place->lat != at[0] || place->lon != at[1])) {
        const rn_source *const first = &c->client_sources[visit->client];
        rn_cell_fault(&c->in, s, RN_VISIT_LAT, "RUNDE-E612",
                      "the client is somewhere else in row %d",
                      (int)first->sheet->rows[first->row].number);
    }
}

static void find_client(rn_csv_reader *c, runde_visit *visit)
{
    const rn_sheet *const s = &c->visits;
    if (!c->clients.is_given) {
        meet_client(c, visit);
        return;
    }
    (void)rn_csv_reference(c, s, RN_VISIT_CLIENT, &c->client_ids, &c->clients,
                           &visit->client);
    for (int32_t field = RN_VISIT_LAT; field <= RN_VISIT_LON; field++) {
        if (rn_cell(s, field) != NULL) {
            rn_cell_fault(&c->in, s, field, "RUNDE-E612",
                          "with a clients.csv coordinates stand there");
        }
    }
}

/* ------------------------------------------------------------------ visits */

/* A clock time of the visit's day; unchanged when the cell is empty. */
static bool read_moment(rn_csv_reader *c, int32_t field, int64_t days,
                        int32_t *tick)
{
    rn_clock clock = {0, 0};
    const rn_sheet *const s = &c->visits;
    return rn_cell_clock(&c->in, s, field, &clock) &&
           rn_csv_tick(c, s, field, clock, days, tick);
}

/* What the row does not say is the whole day. */
static void read_window(rn_csv_reader *c, int64_t days, runde_visit *visit)
{
    runde_window *const window = rn_reader_alloc(&c->in, 1, sizeof *window);
    if (window == NULL) {
        return;
    }
    const int64_t begin = rn_day_start(c->in.zone, days) - c->in.origin;
    const int64_t end = rn_day_start(c->in.zone, days + 1) - c->in.origin;
    if (end > (INT32_C(1) << 30)) {
        rn_cell_fault(&c->in, &c->visits, RN_VISIT_DATE, "RUNDE-E606",
                      "this date is too far from the first one");
        return;
    }
    window->min_start = (int32_t)begin;
    window->max_start = (int32_t)end - 1;
    window->max_end = RUNDE_TIME_NONE;
    (void)read_moment(c, RN_VISIT_EARLIEST, days, &window->min_start);
    (void)read_moment(c, RN_VISIT_LATEST, days, &window->max_start);
    if (read_moment(c, RN_VISIT_LATEST_END, days, &window->max_end) &&
        rn_cell(&c->visits, RN_VISIT_LATEST) == NULL) {
        /* The end alone says it: "+1" may lie on the day after. */
        window->max_start = window->max_end - visit->duration;
    }
    visit->windows = window;
    visit->n_windows = 1;
}

static void read_preferred(rn_csv_reader *c, int64_t days, runde_visit *visit)
{
    const rn_sheet *const s = &c->visits;
    runde_interval *const wish = rn_reader_alloc(&c->in, 1, sizeof *wish);
    const bool has[2] = {rn_cell(s, RN_VISIT_PREFERRED_FROM) != NULL,
                         rn_cell(s, RN_VISIT_PREFERRED_TO) != NULL};
    if (wish == NULL || (!has[0] && !has[1])) {
        return;
    }
    if (has[0] != has[1]) {
        rn_cell_fault(&c->in, s,
                      has[0] ? RN_VISIT_PREFERRED_TO : RN_VISIT_PREFERRED_FROM,
                      "RUNDE-E814", "a wished time has a beginning and an end");
    }
    const bool good[2] = {
        read_moment(c, RN_VISIT_PREFERRED_FROM, days, &wish->start),
        read_moment(c, RN_VISIT_PREFERRED_TO, days, &wish->end)};
    if (good[0] && good[1]) {
        visit->preferred = wish;
        visit->n_preferred = 1;
    }
}

static void read_needs(rn_csv_reader *c, runde_visit *visit)
{
    rn_skill_item *items = NULL;
    const int32_t n = rn_csv_skills(c, &c->visits, RN_VISIT_SKILLS, &items);
    runde_skill_need *const needs = rn_reader_alloc(&c->in, n, sizeof *needs);
    for (int32_t i = 0; i < n && needs != NULL; i++) {
        needs[i] =
            (runde_skill_need){items[i].skill, items[i].level, RUNDE_NONE};
    }
    visit->skills = needs;
    visit->n_skills = needs == NULL ? 0 : n;
}

static void read_visit(rn_csv_reader *c, runde_visit *visit)
{
    const rn_sheet *const s = &c->visits;
    int64_t days = 0;
    visit->id = rn_cell_required(&c->in, s, RN_VISIT_ID);
    find_client(c, visit);
    (void)rn_cell_required(&c->in, s, RN_VISIT_DURATION);
    (void)rn_cell_minutes(&c->in, s, RN_VISIT_DURATION, false,
                          &visit->duration);
    (void)rn_cell_minutes(&c->in, s, RN_VISIT_SETUP, false, &visit->setup);
    if (rn_csv_date(c, s, RN_VISIT_DATE, &days)) {
        read_window(c, days, visit);
        read_preferred(c, days, visit);
    }
    read_needs(c, visit);
    (void)rn_cell_whole(&c->in, s, RN_VISIT_CREW, 1, RUNDE_MAX_CREW,
                        &visit->crew);
    (void)rn_cell_whole(&c->in, s, RN_VISIT_PRIORITY, 1, 100, &visit->priority);
    (void)rn_cell_whole(&c->in, s, RN_VISIT_PRICE, 0, INT32_MAX, &visit->price);
    (void)rn_cell_flag(&c->in, s, RN_VISIT_OPTIONAL, &visit->optional);
    visit->n_wishes = rn_csv_wishes(c, s, RN_VISIT_WISHES, &visit->wishes);
}

void rn_csv_read_visits(rn_csv_reader *c)
{
    rn_sheet *const s = &c->visits;
    for (rn_sheet_begin(&c->in, s); rn_sheet_is_at_row(s);
         rn_sheet_next(&c->in, s)) {
        runde_visit visit = RUNDE_VISIT_INIT;
        read_visit(c, &visit);
        if (c->in.status == RUNDE_OK) {
            rn_reader_note(&c->in,
                           runde_problem_add_visit(c->problem, &visit, NULL));
            rn_csv_note_id(c, &c->visit_ids, visit.id, s->row);
        }
    }
}

/* ------------------------------------------------------------------- links */

void rn_csv_read_links(rn_csv_reader *c)
{
    static const char *const ends[] = {"start", "end", "start", "slutt"};
    rn_sheet *const s = &c->links;
    for (rn_sheet_begin(&c->in, s); rn_sheet_is_at_row(s);
         rn_sheet_next(&c->in, s)) {
        runde_link link = RUNDE_LINK_INIT;
        int32_t from = 0;
        (void)rn_csv_reference(c, s, RN_LINK_BEFORE, &c->visit_ids, &c->visits,
                               &link.before);
        (void)rn_csv_reference(c, s, RN_LINK_AFTER, &c->visit_ids, &c->visits,
                               &link.after);
        (void)rn_cell_word(&c->in, s, RN_LINK_FROM, ends,
                           (int32_t)(sizeof ends / sizeof ends[0]), &from);
        link.from_end = from % 2 == 1;
        (void)rn_cell_minutes(&c->in, s, RN_LINK_MIN_GAP, true, &link.min_gap);
        (void)rn_cell_minutes(&c->in, s, RN_LINK_MAX_GAP, true, &link.max_gap);
        (void)rn_cell_flag(&c->in, s, RN_LINK_SAME_CARER, &link.same_carer);
        (void)rn_cell_flag(&c->in, s, RN_LINK_DIFFERENT_CARER,
                           &link.different_carer);
        (void)rn_cell_flag(&c->in, s, RN_LINK_ALL_OR_NONE, &link.all_or_none);
        if (c->in.status == RUNDE_OK) {
            rn_reader_note(&c->in,
                           runde_problem_add_link(c->problem, &link, NULL));
        }
    }
}
