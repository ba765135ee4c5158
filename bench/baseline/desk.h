/* SPDX-License-Identifier: MIT */
/** @file desk.h
 *  The planner's desk: all lists of a baseline plan, who serves what when,
 *  and whether one more visit may go on a list. */
#ifndef BENCH_DESK_H
#define BENCH_DESK_H

#include "baseline/round.h"

/** A client's neighbourhood list or none, and how the lists see a visit. */
typedef struct desk_visit {
    const runde_visit *visit;
    int32_t area;
    int32_t min_start; /**< of the first window */
    int32_t max_start;
    int32_t wish; /**< start of the first preferred window */
    int32_t first_link;
    int32_t n_links;
    int32_t next_of_client; /**< another visit of the client, or NONE */
    int32_t placed;         /**< parts on lists */
    int32_t start;          /**< when placed */
    int32_t list[RUNDE_MAX_CREW];
} desk_visit;

typedef struct desk_list {
    round round;
    int32_t area;
    int32_t home;   /**< a place in the middle of its neighbourhood */
    bool is_patrol; /**< a night list: it serves all areas of its base */
    int32_t cursor; /**< stops driven so far, while the day is dealt */
} desk_list;

typedef struct desk {
    const runde_problem *problem;
    desk_visit *visits;
    desk_list *lists;
    int32_t *links;        /**< of each visit, link indices */
    int32_t *client_first; /**< a visit of each client */
    int32_t *known_first;  /**< where each client's known carers begin */
    int32_t *known;        /**< carers of past visits */
    const char **areas;    /**< an id of each area */
    int32_t *base;         /**< where each area's day lists start */
    int32_t n_areas;
    int32_t n_visits;
    int32_t n_lists;
} desk;

RUNDE_CHECKED runde_status desk_open(desk *d, const runde_problem *problem);
void desk_close(desk *d);

/** Skills, wishes that bind, pins and caps: may this part be on the list? */
bool desk_may_serve(const desk *d, const desk_list *list, int32_t visit,
                    int32_t part);
/** Skill levels of the list's carer beyond what the part asks for. */
int32_t desk_excess(const desk *d, const desk_list *list, int32_t visit,
                    int32_t part);
/** Has the carer come to this client lately, or is wished for? */
bool desk_is_known(const desk *d, int32_t client, int32_t carer);

/** Gives each list a neighbourhood of its area's clients: the map in the
 *  planner's head. Lists of the same hours share the area between them, the
 *  slowest nearest the base. */
RUNDE_CHECKED runde_status desk_draw_map(desk *d);

/** Whether the list looks after the visit's area. */
bool desk_covers(const desk *d, const desk_list *list, int32_t visit);

/** A part on its way to a list. */
typedef struct desk_part {
    int32_t visit;
    int32_t part;
    int32_t min_start; /**< bounds for this placement, within the visit's */
    int32_t max_start;
} desk_part;

/** Puts a part on a list before stop `at` if everything on the desk stays
 *  allowed, and says whether it did. */
bool desk_place(desk *d, int32_t list, int32_t at, const desk_part *part);
/** The same, but with a quick look first that may pass over a place. */
bool desk_try(desk *d, int32_t list, int32_t at, const desk_part *part);
/** Takes a part off its list. What comes after it starts earlier; false when
 *  that breaks a rule, and the caller has to put something back. */
bool desk_take(desk *d, int32_t visit, int32_t part);

#endif
