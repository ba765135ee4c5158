/* SPDX-License-Identifier: MIT */
/** @file csv_reader.h
 *  The parts of runde_problem_from_csv. */
#ifndef RN_IO_CSV_READER_H
#define RN_IO_CSV_READER_H

#include "io/csv_sheet.h"

/** Columns of visits.csv. */
enum {
    RN_VISIT_ID,
    RN_VISIT_CLIENT,
    RN_VISIT_DURATION,
    RN_VISIT_DATE,
    RN_VISIT_EARLIEST,
    RN_VISIT_LATEST,
    RN_VISIT_LATEST_END,
    RN_VISIT_PREFERRED_FROM,
    RN_VISIT_PREFERRED_TO,
    RN_VISIT_SKILLS,
    RN_VISIT_CREW,
    RN_VISIT_PRIORITY,
    RN_VISIT_OPTIONAL,
    RN_VISIT_PRICE,
    RN_VISIT_SETUP,
    RN_VISIT_WISHES, /**< four columns, by runde_wish_kind */
    RN_VISIT_LAT = RN_VISIT_WISHES + 4,
    RN_VISIT_LON,
    RN_VISIT_FIELDS
};

/** Columns of clients.csv. */
enum {
    RN_CLIENT_ID,
    RN_CLIENT_LAT,
    RN_CLIENT_LON,
    RN_CLIENT_MAX_CARERS,
    RN_CLIENT_WISHES,
    RN_CLIENT_FIELDS = RN_CLIENT_WISHES + 4
};

/** Columns of carers.csv. */
enum {
    RN_CARER_ID,
    RN_CARER_SKILLS,
    RN_CARER_LAT,
    RN_CARER_LON,
    RN_CARER_MODE,
    RN_CARER_FIELDS
};

/** Columns of shifts.csv. */
enum {
    RN_SHIFT_ID,
    RN_SHIFT_CARER,
    RN_SHIFT_START,
    RN_SHIFT_END,
    RN_SHIFT_DATE,
    RN_SHIFT_BREAK,
    RN_SHIFT_BREAK_FROM,
    RN_SHIFT_BREAK_TO,
    RN_SHIFT_BREAK_PAID,
    RN_SHIFT_MODE,
    RN_SHIFT_FIELDS
};

/** Columns of links.csv. */
enum {
    RN_LINK_BEFORE,
    RN_LINK_AFTER,
    RN_LINK_FROM,
    RN_LINK_MIN_GAP,
    RN_LINK_MAX_GAP,
    RN_LINK_SAME_CARER,
    RN_LINK_DIFFERENT_CARER,
    RN_LINK_ALL_OR_NONE,
    RN_LINK_FIELDS
};

extern const rn_column rn_visit_columns[RN_VISIT_FIELDS];
extern const rn_column rn_client_columns[RN_CLIENT_FIELDS];
extern const rn_column rn_carer_columns[RN_CARER_FIELDS];
extern const rn_column rn_shift_columns[RN_SHIFT_FIELDS];
extern const rn_column rn_link_columns[RN_LINK_FIELDS];

/** A row that something came from. */
typedef struct rn_source {
    const rn_sheet *sheet;
    int32_t row;
} rn_source;

/** Travel modes, by the number of their word. */
#define RN_CSV_MODES 3

typedef struct rn_csv_reader {
    rn_reader in;
    runde_problem *problem;
    rn_sheet visits;
    rn_sheet carers;
    rn_sheet shifts;
    rn_sheet clients;
    rn_sheet links;
    rn_idmap carer_ids;
    rn_idmap client_ids;
    rn_idmap visit_ids;
    rn_idmap skill_ids;
    rn_idmap place_ids;
    rn_idmap base_ids; /**< by coordinates */
    int32_t n_bases;
    bool has_date; /**< for rows without one */
    int64_t date;
    int32_t mode[RN_CSV_MODES]; /**< index in the problem, or RUNDE_NONE */
    int32_t *mode_of_carer;     /**< number of the word */
    int32_t *base_of_carer;     /**< place, or RUNDE_NONE */
    rn_source *client_sources;
    int32_t n_clients;
    rn_source *place_sources;
    int32_t n_places;
} rn_csv_reader;

/* Carers first, shifts last but links: what a table refers to is read. */
void rn_csv_read_carers(rn_csv_reader *c);
void rn_csv_read_clients(rn_csv_reader *c);
void rn_csv_read_visits(rn_csv_reader *c);
void rn_csv_read_bases(rn_csv_reader *c);
void rn_csv_read_shifts(rn_csv_reader *c);
void rn_csv_read_links(rn_csv_reader *c);

/** A place at coordinates. `id` must stay. */
int32_t rn_csv_add_place(rn_csv_reader *c, const rn_sheet *sheet,
                         const char *id, double lat, double lon);
/** A client of the row at hand, with a place when there are coordinates. */
void rn_csv_add_client(rn_csv_reader *c, const rn_sheet *sheet,
                       runde_client *client, const double *at);
/** Both coordinates of the row at hand; false when they are not both there.
 *  One alone is a finding. */
bool rn_csv_degrees(rn_csv_reader *c, const rn_sheet *sheet, int32_t lat,
                    double at[2]);
/** The date of the row at hand; a finding when there is none at all. */
bool rn_csv_date(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                 int64_t *days);
/** When the clock shows this on a day or after it, in ticks; false after a
 *  finding. */
bool rn_csv_tick(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                 rn_clock clock, int64_t days, int32_t *tick);
/** Wishes of four columns from `first` on, by runde_wish_kind. */
int32_t rn_csv_wishes(rn_csv_reader *c, const rn_sheet *sheet, int32_t first,
                      const runde_carer_wish **wishes);
/** The items of a list of skills, "insulin:2|norsk": index and level. */
typedef struct rn_skill_item {
    int32_t skill;
    int32_t level;
} rn_skill_item;
int32_t rn_csv_skills(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                      rn_skill_item **items);
/** The id of an earlier table in a cell that must not be empty. */
bool rn_csv_reference(rn_csv_reader *c, const rn_sheet *sheet, int32_t field,
                      const rn_idmap *ids, const rn_sheet *other,
                      int32_t *index);
/** Notes the id of the row at hand; an earlier one stays, and the model tells
 *  of the second. */
void rn_csv_note_id(rn_csv_reader *c, rn_idmap *ids, const char *id,
                    int32_t index);

#endif
