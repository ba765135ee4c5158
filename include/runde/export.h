/* SPDX-License-Identifier: MIT */
/** @file export.h
 *  Plans as files that people and other programs read.
 *
 *  Every call prints a finished plan of a sealed problem into one text that
 *  ends with NUL and is freed with runde_text_free. The same plan, problem
 *  and options give the same bytes: no date, no running time. Where a `length`
 *  is given out it may be NULL. Errors: RUNDE_E_ARGUMENT, also for a plan of
 *  another problem, RUNDE_E_STATE for what is not sealed, not finished or
 *  has no times, RUNDE_E_NOMEM. Clients and carers appear by their ids alone.
 *  docs/exports.md says what stands where in each of the formats. */
#ifndef RUNDE_EXPORT_H
#define RUNDE_EXPORT_H

#include <runde/json.h>
#include <runde/network.h>

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------- report */

/** What a page is written in. */
typedef enum runde_language {
    RUNDE_LANGUAGE_NB = 0, /**< Norwegian, bokmaal */
    RUNDE_LANGUAGE_EN
} runde_language;

/** The way of a leg on the map, for drawing only; runde_network_draw finds
 *  such ways. */
typedef struct runde_road_line {
    int32_t mode; /**< travel mode, or RUNDE_NONE for every mode */
    int32_t from; /**< place */
    int32_t to;   /**< place */
    int32_t n_points;
    const runde_network_point *points;
} runde_road_line;

/** A sentence about a visit that is left out: what would make it fit. */
typedef struct runde_html_note {
    int32_t visit;
    const char *text; /**< UTF-8, in the page's language */
} runde_html_note;

/** How the report is made. */
typedef struct runde_html_options {
    size_t size;
    runde_language language;
    const char *title;            /**< heading, UTF-8; NULL: none */
    const runde_plan *baseline;   /**< a plan of the same problem, whose key
                                       figures stand beside; NULL: none */
    const runde_road_line *roads; /**< what is not here is drawn straight */
    int32_t n_roads;
    const runde_html_note *notes; /**< stand beside the reasons, in this
                                       order */
    int32_t n_notes;
} runde_html_options;

#define RUNDE_HTML_OPTIONS_INIT                                                \
    {                                                                          \
        sizeof(runde_html_options), RUNDE_LANGUAGE_NB, NULL, NULL, NULL, 0,    \
            NULL, 0                                                            \
    }

/** Prints a plan as one HTML page that needs nothing but itself: a map, a
 *  time chart, lists by carer and client, what is left out and why, and key
 *  figures, which are recomputed (runde_check), with every broken rule told.
 *  The page holds the ids and positions of the problem. docs/report.md.
 *
 *  @param options  NULL for the defaults
 *  @return RUNDE_E_ARGUMENT for a plan of another problem or options that
 *          break their contract, RUNDE_E_STATE when not sealed or not
 *          finished, RUNDE_E_NOMEM
 *
 *  Cost: that of runde_check and the length of the page. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_to_html(char **out, size_t *length, const runde_problem *problem,
                   const runde_plan *plan, const runde_html_options *options,
                   runde_diag *diag);

/* ---------------------------------------------- files for other programs */

/** GeoJSON (RFC 7946): a line for each route, a point for each stop and each
 *  visit left out. What has no coordinates has no geometry. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_to_geojson(char **text, size_t *length, const runde_problem *problem,
                      const runde_plan *plan);

/** How a table is written. */
typedef struct runde_csv_style {
    size_t size;
    char separator;    /**< ',', ';' or a tab; 0 means ',' */
    char decimal_mark; /**< '.' or ','; 0 means '.' */
    bool has_bom;      /**< begin with the UTF-8 mark that Excel asks for */
} runde_csv_style;

#define RUNDE_CSV_STYLE_INIT                                                   \
    {                                                                          \
        sizeof(runde_csv_style), '\0', '\0', false                             \
    }

/** A table with a row for each stop and each visit left out. Texts that a
 *  spreadsheet would take for a formula begin with an apostrophe.
 *
 *  @param style  may be NULL for the defaults */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_to_csv(char **text, size_t *length, const runde_problem *problem,
                  const runde_plan *plan, const runde_csv_style *style);

/** One carer's day as an iCalendar (RFC 5545): an event for each stop, with
 *  ids and neither names nor coordinates. An event keeps its UID from plan to
 *  plan of problems that begin on the same day.
 *
 *  @param carer  a carer without a route has a calendar without events
 *  @return RUNDE_E_ARGUMENT also when the problem has no origin: a calendar
 *          needs civil time */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_to_ical(char **text, size_t *length, const runde_problem *problem,
                   const runde_plan *plan, int32_t carer);

/** A solution in VROOM's output format, which those who feed VROOM read; times
 *  are cut to whole seconds. Where all visits, or all shifts, have whole
 *  numbers for ids, as after runde_problem_from_vroom, these are the ids there;
 *  else they are numbered, and "description" has the id. */
RUNDE_API RUNDE_CHECKED runde_status
runde_plan_to_vroom(char **text, size_t *length, const runde_problem *problem,
                    const runde_plan *plan);

#ifdef __cplusplus
}
#endif
#endif
