/* SPDX-License-Identifier: MIT */
#include "roads/block.h"

#include "base/alloc.h"

#include <string.h>

rn_block *rn_block_new(const int32_t *sources, int32_t n_sources,
                       const int32_t *targets, int32_t n_targets)
{
    const size_t n = (size_t)n_sources + (size_t)n_targets;
    rn_block *const block = rn_malloc(sizeof *block + n * sizeof(int32_t));
    if (block == NULL) {
        return NULL;
    }
    memset(block, 0, sizeof *block);
    block->n_sources = n_sources;
    block->n_targets = n_targets;
    block->sources = (int32_t *)(block + 1);
    block->targets = block->sources + n_sources;
    memcpy(block->sources, sources, (size_t)n_sources * sizeof *sources);
    memcpy(block->targets, targets, (size_t)n_targets * sizeof *targets);
    return block;
}

void rn_block_free(rn_block *block)
{
    rn_free(block);
}

void rn_block_free_all(rn_block *stack)
{
    while (stack != NULL) {
        rn_block *const next = stack->next;
        rn_block_free(stack);
        stack = next;
    }
}

void rn_block_push(rn_block **stack, rn_block *block)
{
    block->next = *stack;
    *stack = block;
}

bool rn_block_halve(rn_block **stack, const rn_block *block)
{
    const bool by_rows = block->n_sources >= block->n_targets;
    const int32_t top = block->n_sources / 2;
    const int32_t left = block->n_targets / 2;
    rn_block *one = NULL;
    rn_block *two = NULL;
    if (block->is_probe) {
        one = rn_block_new(block->sources, top, block->sources, top);
        two = rn_block_new(block->sources + top, block->n_sources - top,
                           block->sources + top, block->n_sources - top);
    } else if (by_rows) {
        one =
            rn_block_new(block->sources, top, block->targets, block->n_targets);
        two = rn_block_new(block->sources + top, block->n_sources - top,
                           block->targets, block->n_targets);
    } else {
        one = rn_block_new(block->sources, block->n_sources, block->targets,
                           left);
        two = rn_block_new(block->sources, block->n_sources,
                           block->targets + left, block->n_targets - left);
    }
    if (one == NULL || two == NULL) {
        rn_block_free(one);
        rn_block_free(two);
        return false;
    }
    one->is_probe = block->is_probe;
    two->is_probe = block->is_probe;
    rn_block_push(stack, two);
    rn_block_push(stack, one);
    return true;
}

static int32_t prune_list(int32_t *list, int32_t n, const rn_table *table)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++) {
        if (table->footing[list[i]] != RN_FOOTING_NONE) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

void rn_block_prune(rn_block *block, const rn_table *table)
{
    for (int32_t i = 0; i < block->n_sources; i++) {
        for (int32_t j = 0; j < block->n_targets; j++) {
            const int32_t from = block->sources[i];
            const int32_t to = block->targets[j];
            const bool is_off = table->footing[from] == RN_FOOTING_NONE ||
                                table->footing[to] == RN_FOOTING_NONE;
            const size_t cell = rn_table_cell(table, from, to);
            if (is_off && table->ms[cell] == RN_UNKNOWN) {
                table->ms[cell] = RN_NO_ROAD;
                table->metres[cell] = RN_NO_ROAD;
            }
        }
    }
    block->n_sources = prune_list(block->sources, block->n_sources, table);
    block->n_targets = prune_list(block->targets, block->n_targets, table);
    /* The targets follow the sources. */
    memmove(block->sources + block->n_sources, block->targets,
            (size_t)block->n_targets * sizeof *block->targets);
    block->targets = block->sources + block->n_sources;
}

/* --------------------------------------------------------------- cutting */

/* The lists of a cut. */
typedef struct cut {
    const rn_table *table;
    const rn_block_limits *limits;
    rn_block **stack;
    int32_t *order; /* addresses with unknown rows first */
    int32_t *rows;  /* of the block at hand */
    int32_t *columns;
} cut;

static bool is_row_unknown(const rn_table *table, int32_t from)
{
    for (int32_t to = 0; to < table->n; to++) {
        if (to != from &&
            table->ms[rn_table_cell(table, from, to)] != RN_UNKNOWN) {
            return false;
        }
    }
    return true;
}

/* Of a rectangle, the rows and columns in which something is unknown. */
static bool push_rectangle(const cut *c, const int32_t rows[2],
                           const int32_t columns[2])
{
    const rn_table *const table = c->table;
    int32_t n_rows = 0;
    int32_t n_columns = 0;
    for (int32_t i = rows[0]; i < rows[1]; i++) {
        bool is_asked = false;
        for (int32_t j = columns[0]; !is_asked && j < columns[1]; j++) {
            is_asked =
                table->ms[rn_table_cell(table, c->order[i], c->order[j])] ==
                RN_UNKNOWN;
        }
        if (is_asked) {
            c->rows[n_rows++] = c->order[i];
        }
    }
    for (int32_t j = columns[0]; j < columns[1]; j++) {
        bool is_asked = false;
        for (int32_t i = rows[0]; !is_asked && i < rows[1]; i++) {
            is_asked =
                table->ms[rn_table_cell(table, c->order[i], c->order[j])] ==
                RN_UNKNOWN;
        }
        if (is_asked) {
            c->columns[n_columns++] = c->order[j];
        }
    }
    if (n_rows == 0 || n_columns == 0) {
        return true;
    }
    rn_block *const block =
        rn_block_new(c->rows, n_rows, c->columns, n_columns);
    if (block != NULL) {
        rn_block_push(c->stack, block);
    }
    return block != NULL;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t at_least_one(int32_t a)
{
    return a < 1 ? 1 : a;
}

/* Cuts a strip of the table into rectangles as large as is allowed. */
static bool cut_strip(const cut *c, const int32_t rows[2],
                      const int32_t columns[2])
{
    const rn_block_limits *const limits = c->limits;
    int32_t height = at_least_one(least(rows[1] - rows[0], limits->side));
    height = at_least_one(least(height, limits->pairs));
    int32_t width = least(columns[1] - columns[0], limits->pairs / height);
    width = at_least_one(least(width, limits->addresses - height));
    height = at_least_one(least(least(rows[1] - rows[0], limits->pairs / width),
                                limits->addresses - width));
    for (int32_t i = rows[0]; i < rows[1]; i += height) {
        for (int32_t j = columns[0]; j < columns[1]; j += width) {
            const int32_t some_rows[2] = {i, least(i + height, rows[1])};
            const int32_t some_columns[2] = {j, least(j + width, columns[1])};
            if (!push_rectangle(c, some_rows, some_columns)) {
                return false;
            }
        }
    }
    return true;
}

runde_status rn_block_cut(rn_block **stack, const rn_table *table,
                          const rn_block_limits *limits)
{
    const int32_t n = table->n;
    runde_status status = RUNDE_E_NOMEM;
    cut c = {table, limits, stack, NULL, NULL, NULL};
    c.order = rn_calloc((size_t)n, sizeof *c.order);
    c.rows = rn_calloc((size_t)n, sizeof *c.rows);
    c.columns = rn_calloc((size_t)n, sizeof *c.columns);
    if (c.order == NULL || c.rows == NULL || c.columns == NULL) {
        goto done;
    }
    int32_t n_new = 0;
    int32_t last = n;
    for (int32_t a = 0; a < n; a++) {
        if (is_row_unknown(table, a)) {
            c.order[n_new++] = a;
        } else {
            c.order[--last] = a;
        }
    }
    const int32_t all[2] = {0, n};
    const int32_t new_ones[2] = {0, n_new};
    const int32_t old_ones[2] = {n_new, n};
    if (cut_strip(&c, new_ones, all) && cut_strip(&c, old_ones, new_ones) &&
        cut_strip(&c, old_ones, old_ones)) {
        status = RUNDE_OK;
    }

done:
    rn_free(c.order);
    rn_free(c.rows);
    rn_free(c.columns);
    return status;
}
