/* SPDX-License-Identifier: MIT */
#include "io/plan_fields.h"

#include <stdio.h>
#include <string.h>

#define NARROW(field)                                                          \
    {                                                                          \
#field, offsetof(runde_kpis, field), false                             \
    }
#define WIDE(field)                                                            \
    {                                                                          \
#field, offsetof(runde_kpis, field), true                              \
    }

const rn_kpi_field rn_kpi_fields[RN_KPI_FIELDS] = {
    NARROW(visits),
    NARROW(served),
    NARROW(left_out),
    NARROW(left_out_optional),
    NARROW(shifts_used),
    WIDE(duty),
    WIDE(travel),
    WIDE(distance),
    WIDE(waiting),
    WIDE(service),
    WIDE(overtime),
    NARROW(travel_share),
    NARROW(client_share),
    NARROW(on_time_share),
    NARROW(carers_per_client),
    NARROW(max_carers_per_client),
    NARROW(max_heavy),
};

const char *const rn_outcome_words[RN_OUTCOMES] = {
    "draft",   "time_limit",    "iteration_limit",
    "stopped", "nothing_to_do", "stall_limit"};

int64_t rn_kpi_get(const runde_kpis *kpis, const rn_kpi_field *field)
{
    const char *const at = (const char *)kpis + field->offset;
    int64_t wide = 0;
    int32_t narrow = 0;
    if (field->is_wide) {
        memcpy(&wide, at, sizeof wide);
        return wide;
    }
    memcpy(&narrow, at, sizeof narrow);
    return narrow;
}

void rn_kpi_set(runde_kpis *kpis, const rn_kpi_field *field, int64_t value)
{
    char *const at = (char *)kpis + field->offset;
    const int32_t narrow = (int32_t)value;
    if (field->is_wide) {
        memcpy(at, &value, sizeof value);
    } else {
        memcpy(at, &narrow, sizeof narrow);
    }
}

void rn_write_kpis(rn_text *t, const char *key, const runde_kpis *kpis)
{
    rn_text_object(t, key, RN_TEXT_LINES);
    for (int i = 0; i < RN_KPI_FIELDS; i++) {
        rn_text_member_big_int(t, rn_kpi_fields[i].name,
                               rn_kpi_get(kpis, &rn_kpi_fields[i]));
    }
    rn_text_object(t, "left_out_by_priority", RN_TEXT_INLINE);
    for (int i = 0; i < RN_PRIORITIES; i++) {
        char name[16];
        if (kpis->left_out_by_priority[i] != 0) {
            (void)snprintf(name, sizeof name, "%d", i);
            rn_text_member_int(t, name, kpis->left_out_by_priority[i]);
        }
    }
    rn_text_close(t);
    rn_text_close(t);
}
