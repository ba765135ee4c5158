/* SPDX-License-Identifier: MIT */
#include "exact/recombine.h"

#include <string.h>

#include "base/alloc.h"
#include "exact/columns.h"
#include "search/search.h"

/* Whole columns are chosen from no more than these, those closest to being
 * in the best fractional choice. */
#define MOST_CHOSEN_FROM 1500

struct rn_recombine {
    const rn_instance *inst;
    rn_columns *columns;
    rn_solution *sol; /* the plan that was built; empty otherwise */
    bool is_built;
    double *dual;     /* by row */
    int32_t *covered; /* by row */
    int64_t *key;     /* by column: reduced cost, to sort by */
    int32_t *order;   /* columns of the program */
    uint8_t *is_now;  /* column: of the best plan */
    uint8_t *chosen;  /* by place in order */
    int64_t *cost;    /* of the program */
    int32_t *first;
    int32_t *rows;
    bool *is_taken; /* by shift */
    rn_arena arena;
};

runde_status rn_recombine_new(rn_recombine **out, const rn_instance *inst,
                              const rn_pool *pool)
{
    *out = NULL;
    rn_recombine *r = rn_calloc(1, sizeof *r);
    if (r == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    r->arena = arena;
    r->inst = inst;
    rn_arena *a = &r->arena;
    const size_t tasks = (size_t)inst->n_tasks + 1;
    const size_t shifts = (size_t)inst->n_shifts + 1;
    const size_t most = (size_t)pool->most_routes + (size_t)inst->n_units + 1;
    const size_t covered =
        (size_t)pool->most_stops + (size_t)pool->most_routes + tasks;
    r->dual = rn_arena_array(a, tasks + shifts, sizeof *r->dual);
    r->covered = rn_arena_array(a, tasks + shifts, sizeof *r->covered);
    r->key = rn_arena_array(a, most, sizeof *r->key);
    r->order = rn_arena_array(a, most, sizeof *r->order);
    r->is_now = rn_arena_array(a, most, sizeof *r->is_now);
    r->chosen = rn_arena_array(a, most, sizeof *r->chosen);
    r->cost = rn_arena_array(a, most, sizeof *r->cost);
    r->first = rn_arena_array(a, most + 1, sizeof *r->first);
    r->rows = rn_arena_array(a, covered, sizeof *r->rows);
    r->is_taken = rn_arena_array(a, shifts, sizeof *r->is_taken);
    runde_status status = RUNDE_E_NOMEM;
    if (r->dual != NULL && r->covered != NULL && r->key != NULL &&
        r->order != NULL && r->is_now != NULL && r->chosen != NULL &&
        r->cost != NULL && r->first != NULL && r->rows != NULL &&
        r->is_taken != NULL) {
        status = rn_columns_new(&r->columns, inst, pool);
    }
    if (status == RUNDE_OK) {
        status = rn_solution_new(&r->sol, inst);
    }
    if (status != RUNDE_OK) {
        rn_recombine_free(r);
        return status;
    }
    rn_settle(r->sol);
    *out = r;
    return RUNDE_OK;
}

void rn_recombine_free(rn_recombine *recombine)
{
    if (recombine != NULL) {
        rn_columns_free(recombine->columns);
        rn_solution_free(recombine->sol);
        rn_arena_free(&recombine->arena);
        rn_free(recombine);
    }
}

/* ------------------------------------------------------------ the program */

/* The columns of the best plan; what they cost together. False when one of
 * them does not fit into its own frame. */
static bool find_present(rn_recombine *r, const rn_pool *pool,
                         const rn_best *best, int64_t *cost)
{
    const rn_instance *inst = r->inst;
    rn_columns *c = r->columns;
    *cost = 0;
    memset(r->is_now, 0, (size_t)c->n);
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (c->kept[s] == RUNDE_NONE) {
            continue;
        }
        const int32_t j = rn_columns_find(c, pool, s);
        if (j == RUNDE_NONE || r->is_now[j]) {
            return false;
        }
        r->is_now[j] = 1;
        *cost += c->column[j].cost;
    }
    for (int32_t j = 0; j < c->n && c->column[j].route == RUNDE_NONE; j++) {
        const rn_column *out = &c->column[j];
        int32_t t = 0;
        while (c->task_row[t] != c->rows[out->first]) {
            t++;
        }
        if (best->node[t].route < 0) {
            r->is_now[j] = 1;
            *cost += out->cost;
        }
    }
    return true;
}

/* Writes the columns of `order` down as a program. */
static void write_cover(rn_recombine *r, int32_t n, rn_cover *cover)
{
    const rn_columns *c = r->columns;
    int32_t at = 0;
    for (int32_t i = 0; i < n; i++) {
        const rn_column *column = &c->column[r->order[i]];
        r->cost[i] = column->cost;
        r->first[i] = at;
        memcpy(r->rows + at, c->rows + column->first,
               (size_t)column->n * sizeof *r->rows);
        at += column->n;
        r->chosen[i] = r->is_now[r->order[i]];
    }
    r->first[n] = at;
    cover->n_rows = c->n_rows;
    cover->n_columns = n;
    cover->cost = r->cost;
    cover->first = r->first;
    cover->rows = r->rows;
    cover->least = c->least;
    cover->most = c->most;
}

/* By how much a column is dearer than what the prices of its rows allow. */
static double reduced_cost(const rn_recombine *r, int32_t j)
{
    const rn_column *column = &r->columns->column[j];
    double cost = (double)column->cost;
    for (int32_t k = 0; k < column->n; k++) {
        cost -= r->dual[r->columns->rows[column->first + k]];
    }
    return cost;
}

/* What the fractional choice costs, by its prices. */
static double relaxed_cost(const rn_recombine *r)
{
    const rn_columns *c = r->columns;
    double cost = 0.0;
    for (int32_t i = 0; i < c->n_rows; i++) {
        cost += r->dual[i] * (r->dual[i] > 0.0 ? c->least[i] : c->most[i]);
    }
    return cost;
}

/* A column whose reduced cost is beyond the gap is in no better choice. Those
 * of the best plan come first. */
static int32_t narrow_down(rn_recombine *r, int64_t cost)
{
    const rn_columns *c = r->columns;
    const double gap = (double)cost - relaxed_cost(r) + 1.0;
    int32_t n = 0;
    for (int32_t j = 0; j < c->n; j++) {
        const double reduced = reduced_cost(r, j);
        if (r->is_now[j] || reduced < gap) {
            r->key[n] = r->is_now[j] ? INT64_MIN : (int64_t)reduced;
            r->order[n++] = j;
        }
    }
    rn_sort_units(r->key, r->order, n);
    return n < MOST_CHOSEN_FROM ? n : MOST_CHOSEN_FROM;
}

/* Do the chosen columns cover every row as they must? */
static bool holds_together(rn_recombine *r, int32_t n)
{
    const rn_columns *c = r->columns;
    memset(r->covered, 0, (size_t)c->n_rows * sizeof *r->covered);
    for (int32_t i = 0; i < n; i++) {
        const rn_column *column = &c->column[r->order[i]];
        for (int32_t k = 0; k < column->n && r->chosen[i]; k++) {
            r->covered[c->rows[column->first + k]]++;
        }
    }
    for (int32_t i = 0; i < c->n_rows; i++) {
        if (r->covered[i] < c->least[i] || r->covered[i] > c->most[i]) {
            return false;
        }
    }
    return true;
}

/* Chooses from order[0..n-1], into chosen; 0 when nothing comes of it. Even
 * those of the best plan may be cheaper than it is, once built anew. */
static int32_t choose(rn_recombine *r, const rn_pool *pool, const rn_best *best,
                      const runde_exact *exact, const rn_patience *patience)
{
    rn_cover cover;
    int64_t now;
    if (!find_present(r, pool, best, &now)) {
        return 0;
    }
    for (int32_t j = 0; j < r->columns->n; j++) {
        r->order[j] = j;
    }
    write_cover(r, r->columns->n, &cover);
    if (exact->relax(r->dual, &cover, patience) != RUNDE_OK) {
        return 0;
    }
    const int32_t n = narrow_down(r, now);
    write_cover(r, n, &cover);
    if (exact->select(r->chosen, &cover, patience) != RUNDE_OK ||
        !holds_together(r, n)) {
        return 0;
    }
    return n;
}

/* ---------------------------------------------------------------- the plan */

/* The shift a chosen route came from or, where that is taken, one that is the
 * same. */
static int32_t seat_route(rn_recombine *r, int32_t shift)
{
    const rn_instance *inst = r->inst;
    if (!r->is_taken[shift]) {
        return shift;
    }
    for (int32_t s = inst->shift[shift].twin; s < inst->n_shifts; s++) {
        if (!r->is_taken[s] && inst->shift[s].twin == inst->shift[shift].twin) {
            return s;
        }
    }
    return RUNDE_NONE;
}

static bool lay(rn_recombine *r, const rn_pool *pool, int32_t at, int32_t shift)
{
    const rn_frame frame = {NULL, r->columns->instead};
    r->is_taken[shift] = true;
    return rn_lay_pooled(r->sol, pool, &pool->routes[at], shift, &frame);
}

/* Two visits of a client in the order of the best plan or, in one route, of
 * that. */
static void set_orders(rn_recombine *r)
{
    rn_solution *sol = r->sol;
    const rn_instance *inst = r->inst;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        for (int32_t i = 0; i < inst->task[t].n_arcs; i++) {
            const rn_arc *arc = &inst->arcs[inst->task[t].first_arc + i];
            const int32_t at = sol->node[t].route;
            const int32_t other = sol->node[arc->other].route;
            if (arc->choice < 0 || (arc->kind & RN_ARC_FIRST) == 0 || at < 0 ||
                other < 0) {
                continue;
            }
            int8_t choice = r->columns->choice[arc->choice];
            if (at == other) {
                choice = rn_comes_behind(sol, t, arc->other) ? 1 : -1;
            } else if (choice == 0) {
                const int32_t a = inst->stop[t].latest;
                choice = a <= inst->stop[arc->other].latest ? 1 : -1;
            }
            rn_set_choice(sol, arc->choice, choice);
        }
    }
}

static bool are_whole(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    for (int32_t u = 0; u < inst->n_units; u++) {
        const rn_unit *unit = &inst->unit[u];
        for (int32_t i = 1; i < unit->n; i++) {
            const int32_t *tasks = inst->unit_tasks + unit->first;
            if ((sol->node[tasks[i]].route < 0) !=
                (sol->node[tasks[0]].route < 0)) {
                return false;
            }
        }
    }
    return true;
}

/* A plan of what is chosen; false when it does not hold. */
static bool build(rn_recombine *r, const rn_pool *pool, int32_t n)
{
    const rn_instance *inst = r->inst;
    const rn_columns *c = r->columns;
    rn_solution *sol = r->sol;
    bool holds = true;
    sol->n_seeds = 0;
    memset(r->is_taken, 0, (size_t)inst->n_shifts * sizeof *r->is_taken);
    /* First those that get what they came from, then the others. */
    for (int32_t round = 0; round < 2; round++) {
        for (int32_t i = 0; i < n && holds; i++) {
            const int32_t at = c->column[r->order[i]].route;
            if (!r->chosen[i] || at == RUNDE_NONE) {
                continue;
            }
            const int32_t from = pool->routes[at].shift;
            const int32_t shift = seat_route(r, from);
            if (round == 0 && shift == from) {
                holds = lay(r, pool, at, shift);
                r->chosen[i] = 0;
            } else if (round == 1) {
                holds = shift != RUNDE_NONE && lay(r, pool, at, shift);
            }
        }
    }
    if (!holds || !are_whole(sol)) {
        return false;
    }
    set_orders(r);
    if (!rn_schedule_removals(sol) || !rn_hours_hold(sol)) {
        return false;
    }
    rn_settle(sol);
    return true;
}

static void clear(rn_recombine *r)
{
    if (r->is_built) {
        rn_undo_and_settle(r->sol, &r->sol->outer);
        r->is_built = false;
    }
}

void rn_recombine_run(rn_recombine *recombine, const rn_solution **found,
                      rn_pool *pool, const rn_best *best,
                      const runde_exact *exact, const rn_patience *patience)
{
    rn_recombine *r = recombine;
    *found = NULL;
    clear(r);
    if (!rn_columns_make(r->columns, pool, best)) {
        return;
    }
    const int32_t n = choose(r, pool, best, exact, patience);
    if (n == 0) {
        return;
    }
    rn_journal_begin(r->sol, &r->sol->outer);
    r->is_built = true;
    if (build(r, pool, n) &&
        rn_price_compare(rn_price_of(r->sol), best->price) < 0) {
        *found = r->sol;
    }
}
