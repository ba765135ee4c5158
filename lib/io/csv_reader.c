/* SPDX-License-Identifier: MIT */
#include "io/csv_reader.h"

#include <runde/import.h>

#include <stdio.h>
#include <string.h>

#define USUAL_ZONE "Europe/Oslo"

/* ----------------------------------------------------------------- columns */

/* The names of docs/csv-import.md; the first is the one messages use. */

#define WISHES                                                                 \
    {{"preferred_carers", "preferred_carer", "ønsket_pleier", "fast_pleier",   \
      "primærkontakt"},                                                        \
     false},                                                                   \
        {{"unwanted_carers", "unwanted_carer", "uønsket_pleier"}, false},      \
        {{"required_carers", "required_carer", "kun_pleier"}, false},          \
    {                                                                          \
        {"prohibited_carers", "prohibited_carer", "aldri_pleier",              \
         "ikke_pleier"},                                                       \
            false                                                              \
    }
#define LAT                                                                    \
    {                                                                          \
        "lat", "latitude", "breddegrad"                                        \
    }
#define LON                                                                    \
    {                                                                          \
        "lon", "lng", "longitude", "lengdegrad"                                \
    }
#define MODE                                                                   \
    {                                                                          \
        "travel_mode", "transport", "transportmiddel", "kjøretøy"            \
    }
#define DATE                                                                   \
    {                                                                          \
        "date", "day", "dato", "dag"                                           \
    }
#define CARER                                                                  \
    {                                                                          \
        "carer", "carer_id", "pleier", "pleier_id", "ansatt", "ansatt_id"      \
    }
#define CLIENT                                                                 \
    {                                                                          \
        "client", "client_id", "bruker", "bruker_id", "klient"                 \
    }
#define SKILLS                                                                 \
    {                                                                          \
        "skills", "kompetanse", "ferdigheter"                                  \
    }

const rn_column rn_visit_columns[RN_VISIT_FIELDS] = {
    [RN_VISIT_ID] = {{"id", "visit", "visit_id", "besøk", "besøk_id"}, true},
    [RN_VISIT_CLIENT] = {CLIENT, true},
    [RN_VISIT_DURATION] = {{"duration", "minutes", "varighet", "minutter"},
                           true},
    [RN_VISIT_DATE] = {DATE, false},
    [RN_VISIT_EARLIEST] = {{"earliest", "earliest_start", "tidligst",
                            "tidligst_start"},
                           false},
    [RN_VISIT_LATEST] = {{"latest", "latest_start", "senest", "senest_start"},
                         false},
    [RN_VISIT_LATEST_END] = {{"latest_end", "senest_slutt", "senest_ferdig"},
                             false},
    [RN_VISIT_PREFERRED_FROM] = {{"preferred_from", "ønsket_fra"}, false},
    [RN_VISIT_PREFERRED_TO] = {{"preferred_to", "ønsket_til"}, false},
    [RN_VISIT_SKILLS] = {SKILLS, false},
    [RN_VISIT_CREW] = {{"crew", "carers_needed", "bemanning", "antall_pleiere"},
                       false},
    [RN_VISIT_PRIORITY] = {{"priority", "prioritet"}, false},
    [RN_VISIT_OPTIONAL] = {{"optional", "valgfri", "kan_utgå"}, false},
    [RN_VISIT_PRICE] = {{"price", "pris"}, false},
    [RN_VISIT_SETUP] = {{"setup", "setup_minutes", "klargjøring"}, false},
    [RN_VISIT_WISHES] = WISHES,
    [RN_VISIT_LAT] = {LAT, false},
    [RN_VISIT_LON] = {LON, false},
};

const rn_column rn_client_columns[RN_CLIENT_FIELDS] = {
    [RN_CLIENT_ID] = {{"id", "client", "client_id", "bruker", "bruker_id",
                       "klient"},
                      true},
    [RN_CLIENT_LAT] = {LAT, true},
    [RN_CLIENT_LON] = {LON, true},
    [RN_CLIENT_MAX_CARERS] = {{"max_carers", "maks_pleiere"}, false},
    [RN_CLIENT_WISHES] = WISHES,
};

const rn_column rn_carer_columns[RN_CARER_FIELDS] = {
    [RN_CARER_ID] = {{"id", "carer", "carer_id", "pleier", "ansatt",
                      "ansatt_id"},
                     true},
    [RN_CARER_SKILLS] = {SKILLS, false},
    [RN_CARER_LAT] = {LAT, false},
    [RN_CARER_LON] = {LON, false},
    [RN_CARER_MODE] = {MODE, false},
};

const rn_column rn_shift_columns[RN_SHIFT_FIELDS] = {
    [RN_SHIFT_ID] = {{"id", "shift", "shift_id", "vakt", "vakt_id"}, true},
    [RN_SHIFT_CARER] = {CARER, true},
    [RN_SHIFT_START] = {{"start", "from", "fra"}, true},
    [RN_SHIFT_END] = {{"end", "to", "slutt", "til"}, true},
    [RN_SHIFT_DATE] = {DATE, false},
    [RN_SHIFT_BREAK] = {{"break_minutes", "break", "pause", "pause_minutter"},
                        false},
    [RN_SHIFT_BREAK_FROM] = {{"break_from", "pause_fra"}, false},
    [RN_SHIFT_BREAK_TO] = {{"break_to", "pause_til"}, false},
    [RN_SHIFT_BREAK_PAID] = {{"break_paid", "pause_betalt"}, false},
    [RN_SHIFT_MODE] = {MODE, false},
};

const rn_column rn_link_columns[RN_LINK_FIELDS] = {
    [RN_LINK_BEFORE] = {{"before", "før"}, true},
    [RN_LINK_AFTER] = {{"after", "etter"}, true},
    [RN_LINK_FROM] = {{"from", "fra"}, false},
    [RN_LINK_MIN_GAP] = {{"min_gap", "minst", "min_minutter"}, false},
    [RN_LINK_MAX_GAP] = {{"max_gap", "høyst", "maks_minutter"}, false},
    [RN_LINK_SAME_CARER] = {{"same_carer", "samme_pleier"}, false},
    [RN_LINK_DIFFERENT_CARER] = {{"different_carer", "ulik_pleier"}, false},
    [RN_LINK_ALL_OR_NONE] = {{"all_or_none", "alle_eller_ingen"}, false},
};

/* ------------------------------------------------------------------ shared */

void rn_csv_note_id(rn_csv_reader *c, rn_idmap *ids, const char *id,
                    int32_t index)
{
    if (id != NULL) {
        rn_reader_note(&c->in, rn_idmap_put(ids, id, index, NULL));
    }
}

bool rn_csv_reference(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                      const rn_idmap *ids, const rn_sheet *other,
                      int32_t *index)
{
    const char *const id = rn_cell_required(&c->in, sheet, field);
    if (id == NULL) {
        return false;
    }
    *index = rn_idmap_get(ids, id);
    if (*index == RUNDE_NONE && !other->is_lost) {
        rn_cell_fault(&c->in, sheet, field, "RUNDE-E605",
                      "%s has no row with this id", other->name);
    }
    return *index != RUNDE_NONE;
}

bool rn_csv_date(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                 int64_t *days)
{
    if (rn_cell(sheet, field) == NULL && c->has_date) {
        *days = c->date;
        return true;
    }
    if (rn_cell(sheet, field) == NULL) {
        rn_cell_fault(&c->in, sheet, field, "RUNDE-E814",
                      "there is no date: neither here nor for the whole "
                      "import");
        return false;
    }
    return rn_cell_date(&c->in, sheet, field, days);
}

bool rn_csv_tick(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                 rn_clock clock, int64_t days, int32_t *tick)
{
    int64_t instant = 0;
    const rn_civil_status status =
        rn_clock_instant(clock, days, c->in.zone, &instant);
    if (status == RN_CIVIL_TWICE) {
        char message[160];
        const rn_where where = rn_sheet_where(sheet, sheet->row, field);
        (void)snprintf(message, sizeof message, "this time %s",
                       rn_civil_explain(status));
        const runde_finding twice = {sizeof twice, RUNDE_WARNING, "RUNDE-W650",
                                     where.text, message};
        rn_diag_add(c->in.diag, RUNDE_WARNING, twice.code, twice.pointer, "%s",
                    message);
        rn_reader_keep(&c->in, &twice);
    } else if (status != RN_CIVIL_OK) {
        rn_cell_fault(&c->in, sheet, field,
                      status == RN_CIVIL_SKIPPED ? "RUNDE-E608" : "RUNDE-E607",
                      "this time %s", rn_civil_explain(status));
        return false;
    }
    const int64_t seconds = instant - c->in.origin;
    if (seconds > (INT32_C(1) << 30) || seconds < -(INT32_C(1) << 30)) {
        rn_cell_fault(&c->in, sheet, field, "RUNDE-E606",
                      "this time is too far from the first date");
        return false;
    }
    *tick = (int32_t)seconds;
    return true;
}

bool rn_csv_degrees(rn_csv_reader *c, const rn_sheet *sheet, int32_t lat,
                    double at[2])
{
    const bool has[2] = {rn_cell(sheet, lat) != NULL,
                         rn_cell(sheet, lat + 1) != NULL};
    if (has[0] != has[1]) {
        rn_cell_fault(&c->in, sheet, has[0] ? lat + 1 : lat, "RUNDE-E814",
                      "one coordinate is given, the other is not");
    }
    const bool good[2] = {
        rn_cell_degrees(&c->in, sheet, lat, 90.0, &at[0]),
        rn_cell_degrees(&c->in, sheet, lat + 1, 180.0, &at[1])};
    return good[0] && good[1];
}

int32_t rn_csv_skills(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                      rn_skill_item **items)
{
    char *rest = rn_cell(sheet, field);
    int32_t n = 0;
    *items = rn_reader_alloc(&c->in, rn_list_count(rest), sizeof **items);
    while (rest != NULL && *items != NULL) {
        char *const id = rn_list_take(&rest);
        char *const colon = strrchr(id, ':');
        rn_skill_item item = {RUNDE_NONE, 1};
        if (colon != NULL) {
            const size_t digits = strspn(colon + 1, "0123456789");
            if (digits == 0 || digits > 7 || colon[1 + digits] != '\0') {
                rn_cell_fault(&c->in, sheet, field, "RUNDE-E606",
                              "behind a skill's colon stands its level, a "
                              "whole number, as in insulin:2|norsk");
                continue;
            }
            item.level = 0;
            for (const char *d = colon + 1; *d != '\0'; d++) {
                item.level = item.level * 10 + (*d - '0');
            }
            *colon = '\0';
        }
        if (id[0] == '\0') {
            rn_cell_fault(&c->in, sheet, field, "RUNDE-E606",
                          "a skill has no name");
            continue;
        }
        item.skill = rn_idmap_get(&c->skill_ids, id);
        if (item.skill == RUNDE_NONE && c->problem != NULL) {
            rn_reader_note(
                &c->in, runde_problem_add_skill(c->problem, id, &item.skill));
            rn_csv_note_id(c, &c->skill_ids, id, item.skill);
        }
        (*items)[n++] = item;
    }
    return n;
}

int32_t rn_csv_wishes(rn_csv_reader *c, const rn_sheet *sheet, int32_t first,
                      const runde_carer_wish **wishes)
{
    int32_t room = 0;
    int32_t n = 0;
    for (int32_t kind = 0; kind < 4; kind++) {
        room += rn_list_count(rn_cell(sheet, first + kind));
    }
    runde_carer_wish *const all = rn_reader_alloc(&c->in, room, sizeof *all);
    for (int32_t kind = 0; kind < 4 && all != NULL; kind++) {
        char *rest = rn_cell(sheet, first + kind);
        while (rest != NULL) {
            const char *const id = rn_list_take(&rest);
            const int32_t carer = rn_idmap_get(&c->carer_ids, id);
            if (carer != RUNDE_NONE) {
                const bool is_soft =
                    kind == RUNDE_PREFERRED || kind == RUNDE_UNWANTED;
                all[n++] = (runde_carer_wish){carer, (runde_wish_kind)kind,
                                              is_soft ? 1 : 0};
            } else if (!c->carers.is_lost) {
                rn_cell_fault(&c->in, sheet, first + kind, "RUNDE-E605",
                              "%s has no row with one of these ids",
                              c->carers.name);
            }
        }
    }
    *wishes = all;
    return n;
}

/* ---------------------------------------------------------------- settings */

/* The days that the rows speak of; the findings come with the rows. */
static void widen(const rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                  int64_t span[2])
{
    for (int32_t row = 0; row < sheet->n_rows; row++) {
        const char *const text = sheet->rows[row].cells[field];
        int64_t days = c->date;
        if (text == NULL ? c->has_date
                         : rn_civil_is_good(rn_sheet_date(text, &days))) {
            span[0] = days < span[0] ? days : span[0];
            span[1] = days > span[1] ? days : span[1];
        }
    }
}

static void make_problem(rn_csv_reader *c, const char *zone)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    int64_t span[2] = {INT64_MAX, INT64_MIN};
    widen(c, &c->visits, RN_VISIT_DATE, span);
    widen(c, &c->shifts, RN_SHIFT_DATE, span);
    if (span[0] > span[1]) {
        /* No row has a date: without one there is nothing to plan. */
        span[0] = span[1] = c->date;
    }
    c->in.origin = rn_day_start(c->in.zone, span[0]);
    settings.tick_ms = 1000;
    settings.has_origin = true;
    settings.origin = c->in.origin;
    settings.time_zone = zone;
    settings.days =
        span[1] - span[0] < 10000 ? (int32_t)(span[1] - span[0]) + 1 : 10000;
    rn_reader_note(&c->in, runde_problem_new(&c->problem, &settings, NULL));
}

/* ---------------------------------------------------------------- findings */

/* Where the model's records are in the tables, and the column that the rest
 * of a pointer speaks of. */
static const struct {
    const char *tail;
    int32_t visit;
    int32_t client;
    int32_t carer;
    int32_t shift;
    int32_t link;
} columns_of[] = {
    {"/id", RN_VISIT_ID, RN_CLIENT_ID, RN_CARER_ID, RN_SHIFT_ID, RUNDE_NONE},
    {"/time_windows", RN_VISIT_EARLIEST, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE},
    {"/preferred_windows", RN_VISIT_PREFERRED_FROM, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE, RUNDE_NONE},
    {"/required_skills", RN_VISIT_SKILLS, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE},
    {"/skills", RUNDE_NONE, RUNDE_NONE, RN_CARER_SKILLS, RUNDE_NONE,
     RUNDE_NONE},
    {"/service_duration", RN_VISIT_DURATION, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE},
    {"/setup_duration", RN_VISIT_SETUP, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE},
    {"/crew", RN_VISIT_CREW, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE},
    {"/priority", RN_VISIT_PRIORITY, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE},
    {"/price", RN_VISIT_PRICE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE},
    {"/max_carers", RUNDE_NONE, RN_CLIENT_MAX_CARERS, RUNDE_NONE, RUNDE_NONE,
     RUNDE_NONE},
    {"/start", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RN_SHIFT_START, RUNDE_NONE},
    {"/end", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RN_SHIFT_END, RUNDE_NONE},
    {"/breaks", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RN_SHIFT_BREAK, RUNDE_NONE},
    {"/before", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RN_LINK_BEFORE},
    {"/after", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RN_LINK_AFTER},
    {"/min_gap", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RN_LINK_MIN_GAP},
    {"/max_gap", RUNDE_NONE, RUNDE_NONE, RUNDE_NONE, RUNDE_NONE,
     RN_LINK_MAX_GAP},
};

/* The column of a table that the rest of a pointer is about. */
static int32_t column_of(const rn_csv_reader *c, const rn_sheet *sheet,
                         const char *tail)
{
    for (size_t i = 0; i < sizeof columns_of / sizeof columns_of[0]; i++) {
        const size_t n = strlen(columns_of[i].tail);
        if (strncmp(tail, columns_of[i].tail, n) != 0 ||
            (tail[n] != '\0' && tail[n] != '/')) {
            continue;
        }
        return sheet == &c->visits    ? columns_of[i].visit
               : sheet == &c->clients ? columns_of[i].client
               : sheet == &c->carers  ? columns_of[i].carer
               : sheet == &c->shifts  ? columns_of[i].shift
                                      : columns_of[i].link;
    }
    return RUNDE_NONE;
}

/* The row that a record of the model came from; false for none. */
static bool source_of(const rn_csv_reader *c, const char *section,
                      int32_t index, rn_source *source)
{
    const struct {
        const char *section;
        const rn_sheet *sheet;
    } direct[] = {{"visits", &c->visits},
                  {"carers", &c->carers},
                  {"shifts", &c->shifts},
                  {"links", &c->links}};
    if (strcmp(section, "clients") == 0 && index < c->n_clients) {
        *source = c->client_sources[index];
        return true;
    }
    if (strcmp(section, "places") == 0 && index < c->n_places) {
        *source = c->place_sources[index];
        return true;
    }
    for (size_t i = 0; i < sizeof direct / sizeof direct[0]; i++) {
        if (strcmp(section, direct[i].section) == 0) {
            *source = (rn_source){direct[i].sheet, index};
            return true;
        }
    }
    return false;
}

static bool tell(void *owner, const char *pointer, rn_where *where)
{
    const rn_csv_reader *const c = owner;
    char section[16] = "";
    rn_source source = {NULL, 0};
    int64_t index = 0;
    const char *at = pointer + (pointer[0] == '/');
    const size_t n = strcspn(at, "/");
    *where = rn_at("%s", pointer);
    if (n + 1 < sizeof section && at[n] == '/' && at[n + 1] >= '0' &&
        at[n + 1] <= '9') {
        memcpy(section, at, n);
        for (at += n + 1; *at >= '0' && *at <= '9' && index < INT32_MAX; at++) {
            index = index * 10 + (*at - '0');
        }
        if (index < INT32_MAX &&
            source_of(c, section, (int32_t)index, &source)) {
            *where = rn_sheet_where(source.sheet, source.row,
                                    column_of(c, source.sheet, at));
        }
    }
    return !rn_reader_is_broken(&c->in, where->text);
}

/* -------------------------------------------------------------------- text */

static void read_sheets(rn_csv_reader *c, const runde_csv_tables *t)
{
    const struct {
        rn_sheet *sheet;
        const char *name;
        const rn_column *columns;
        int32_t n;
        runde_csv_text text;
        bool is_required;
    } all[] = {{&c->carers, "carers.csv", rn_carer_columns, RN_CARER_FIELDS,
                t->carers, true},
               {&c->clients, "clients.csv", rn_client_columns, RN_CLIENT_FIELDS,
                t->clients, false},
               {&c->visits, "visits.csv", rn_visit_columns, RN_VISIT_FIELDS,
                t->visits, true},
               {&c->shifts, "shifts.csv", rn_shift_columns, RN_SHIFT_FIELDS,
                t->shifts, true},
               {&c->links, "links.csv", rn_link_columns, RN_LINK_FIELDS,
                t->links, false}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        rn_sheet *const sheet = all[i].sheet;
        sheet->name = all[i].name;
        sheet->columns = all[i].columns;
        sheet->n_fields = all[i].n;
        rn_sheet_read(&c->in, sheet, all[i].text.text, all[i].text.length);
        if (all[i].is_required && !sheet->is_given) {
            sheet->is_lost = true;
            rn_path_key(&c->in.path, sheet->name);
            rn_fault(&c->in, "RUNDE-E811", "this table is missing");
            rn_path_pop(&c->in.path);
        }
        /* What the model says of half the tables is noise. */
        c->in.is_blind = c->in.is_blind || sheet->is_lost;
    }
}

static void read_rows(rn_csv_reader *c)
{
    void (*const steps[])(rn_csv_reader *) = {
        rn_csv_read_carers, rn_csv_read_clients, rn_csv_read_visits,
        rn_csv_read_bases,  rn_csv_read_shifts,  rn_csv_read_links};
    const int32_t most = c->clients.n_rows + c->visits.n_rows;
    c->client_sources =
        rn_reader_alloc(&c->in, most, sizeof *c->client_sources);
    c->place_sources = rn_reader_alloc(&c->in, most + c->carers.n_rows,
                                       sizeof *c->place_sources);
    for (int i = 0; i < RN_CSV_MODES; i++) {
        c->mode[i] = RUNDE_NONE;
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (c->in.status == RUNDE_OK) {
            steps[i](c);
        }
    }
}

static bool set_up(rn_csv_reader *c, const runde_csv_tables *tables)
{
    const char *const zone =
        tables->time_zone == NULL ? USUAL_ZONE : tables->time_zone;
    c->has_date = tables->date != NULL;
    c->in.has_origin = true;
    c->in.has_zone = true;
    return rn_zone_find(&c->in.zone, zone) &&
           (!c->has_date ||
            rn_civil_is_good(rn_sheet_date(tables->date, &c->date)));
}

runde_status runde_problem_from_csv(runde_problem **out,
                                    const runde_csv_tables *tables,
                                    runde_diag *diag)
{
    rn_csv_reader c;
    if (out == NULL || tables == NULL || tables->size != sizeof *tables ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    memset(&c, 0, sizeof c);
    rn_diag_start(diag);
    rn_reader_init(&c.in, diag);
    runde_status status = RUNDE_E_ARGUMENT;
    if (set_up(&c, tables)) {
        read_sheets(&c, tables);
        make_problem(&c, tables->time_zone == NULL ? USUAL_ZONE
                                                   : tables->time_zone);
        if (c.in.status == RUNDE_OK) {
            read_rows(&c);
        }
        status = c.in.status != RUNDE_OK
                     ? c.in.status
                     : rn_reader_seal(&c.in, c.problem, tell, &c);
    }
    if (status == RUNDE_OK) {
        *out = c.problem;
        c.problem = NULL;
    }
    runde_problem_free(c.problem);
    rn_idmap *const maps[] = {&c.carer_ids, &c.client_ids, &c.visit_ids,
                              &c.skill_ids, &c.place_ids,  &c.base_ids};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        rn_idmap_free(maps[i]);
    }
    rn_reader_free(&c.in);
    return status;
}
