/* SPDX-License-Identifier: MIT */
/** @file uhhc.h
 *  The unified home-care problem and its relatives: what the instance adds to
 *  the common ground, and the parts of its objective. */
#ifndef BENCH_UHHC_H
#define BENCH_UHHC_H

#include "udine.h"

typedef enum uhhc_part {
    UHHC_TRAVEL = 0,
    UHHC_TARDINESS,
    UHHC_HIGHEST,
    UHHC_WAITING,
    UHHC_EXTRA,
    UHHC_MAX_IDLE,
    UHHC_PREFERENCES,
    UHHC_OPTIONAL,
    UHHC_LUNCH,
    UHHC_BALANCE,
    UHHC_PARTS
} uhhc_part;

typedef struct uhhc_instance {
    udine_instance *day;
    bool late_at_end;
    bool depart_at_shift_start;
    bool is_priced[UHHC_PARTS];
    bool is_hard[UHHC_PARTS];
    double weight[UHHC_PARTS];
} uhhc_instance;

/** The objective from the entries of a solution, parts added up with the
 *  instance's weights. Source: the docstring of check_uhhc.py. */
runde_status uhhc_value(double *value, const uhhc_instance *self,
                        const udine_entry *entries, int32_t n);

#endif
