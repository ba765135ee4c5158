/* SPDX-License-Identifier: MIT */
#include "roads/known.h"

#include "base/alloc.h"

#include <string.h>

runde_status rn_table_new(rn_table *table, int32_t n)
{
    const size_t cells = (size_t)n * (size_t)n;
    table->n = n;
    table->ms = rn_realloc_array(NULL, cells, sizeof *table->ms);
    table->metres = rn_realloc_array(NULL, cells, sizeof *table->metres);
    table->snap = rn_realloc_array(NULL, (size_t)n, sizeof *table->snap);
    table->footing = rn_calloc((size_t)n, sizeof *table->footing);
    if (table->ms == NULL || table->metres == NULL || table->snap == NULL ||
        table->footing == NULL) {
        rn_table_free(table);
        return RUNDE_E_NOMEM;
    }
    for (size_t i = 0; i < cells; i++) {
        table->ms[i] = RN_UNKNOWN;
        table->metres[i] = RN_UNKNOWN;
    }
    for (int32_t a = 0; a < n; a++) {
        table->ms[rn_table_cell(table, a, a)] = 0;
        table->metres[rn_table_cell(table, a, a)] = 0;
        table->snap[a] = RN_UNKNOWN;
    }
    return RUNDE_OK;
}

void rn_table_free(rn_table *table)
{
    rn_free(table->ms);
    rn_free(table->metres);
    rn_free(table->snap);
    rn_free(table->footing);
    memset(table, 0, sizeof *table);
}

int64_t rn_table_count_unknown(const rn_table *table)
{
    const size_t cells = (size_t)table->n * (size_t)table->n;
    int64_t n = 0;
    for (size_t i = 0; i < cells; i++) {
        n += table->ms[i] == RN_UNKNOWN;
    }
    return n;
}
