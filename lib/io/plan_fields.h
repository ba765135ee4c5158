/* SPDX-License-Identifier: MIT */
/** @file plan_fields.h
 *  Names that the reader and the writer of plans share. */
#ifndef RN_IO_PLAN_FIELDS_H
#define RN_IO_PLAN_FIELDS_H

#include "io/text.h"

#include <runde/plan.h>

/** Members of "kpis" but the counts by priority. */
#define RN_KPI_FIELDS 17

typedef struct rn_kpi_field {
    const char *name;
    size_t offset; /**< in runde_kpis */
    bool is_wide;  /**< int64_t, else int32_t */
} rn_kpi_field;

extern const rn_kpi_field rn_kpi_fields[RN_KPI_FIELDS];

int64_t rn_kpi_get(const runde_kpis *kpis, const rn_kpi_field *field);
/** The value must fit the field. */
void rn_kpi_set(runde_kpis *kpis, const rn_kpi_field *field, int64_t value);

/** All key figures as an object, those by priority that are not zero. */
void rn_write_kpis(rn_text *t, const char *key, const runde_kpis *kpis);

/** How many priorities have a count of their own: 0 to 100. */
#define RN_PRIORITIES 101

/** Words for runde_outcome. */
#define RN_OUTCOMES 6
extern const char *const rn_outcome_words[RN_OUTCOMES];

#endif
