/* SPDX-License-Identifier: MIT */
/** @file placing.h
 *  Which list a single visit goes on, when it is not simply the next one. */
#ifndef BENCH_PLACING_H
#define BENCH_PLACING_H

#include "baseline/desk.h"

/** How far afield the planner looks for a carer. */
typedef enum placing_reach {
    PLACING_AREA = 0, /**< the visit's own team */
    PLACING_BASE,     /**< all teams of the same base */
    PLACING_ALL
} placing_reach;

/** A list that may take a part; scratch, one for each list. */
typedef struct placing_spot {
    int32_t list;
    int64_t score;
} placing_spot;

int64_t placing_scaled(int64_t ticks, int64_t per_cent);

/** Ticks from place to place as the list travels; 0 without a place. */
int64_t placing_drive(const desk *d, const desk_list *list, int32_t from,
                      int32_t to);

/** How well the list suits the visit, wherever the carer is at the time;
 *  less is better. */
int64_t placing_suits(const desk *d, const desk_list *list, int32_t visit,
                      int32_t part);

/** Whether a part of the visit is not on any list. */
bool placing_is_left(const desk *d, int32_t visit);

/** Visits on a round. */
int32_t placing_visits_on(const round *r);

/** A visit by the clock, or for more than one carer. */
bool placing_is_clock(const desk *d, int32_t visit);

/** Puts a visit with all its parts on the lists that suit it best, not
 *  before its wished start unless `is_early`. */
bool placing_somewhere(desk *d, placing_spot *spots, int32_t visit,
                       placing_reach far, bool is_early);

/** Puts a visit in the place of another one that a colleague can take. */
bool placing_make_room(desk *d, placing_spot *spots, int32_t visit,
                       placing_reach far);

/** Takes visits off that may not be served without another that is left. */
void placing_drop_halves(desk *d);

#endif
