/* SPDX-License-Identifier: MIT */
#include "exact/columns.h"

#include <string.h>

#include "base/alloc.h"

static uint64_t mix(uint64_t x)
{
    x = (x + 1) * 0x9e3779b97f4a7c15ULL;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    return x ^ (x >> 32);
}

/* Parts of one visit that anybody may exchange without a word. */
static bool are_alike(const rn_instance *inst, int32_t a, int32_t b)
{
    const rn_task *x = &inst->task[a];
    const rn_task *y = &inst->task[b];
    bool alike = x->who == y->who && x->published_carer == RUNDE_NONE &&
                 y->published_carer == RUNDE_NONE &&
                 x->skill_class == y->skill_class &&
                 x->w_overqualified == y->w_overqualified &&
                 inst->unit[x->unit].wishes == 0 && !x->is_frozen;
    for (int32_t i = 0; i < x->n_arcs && alike; i++) {
        alike = (inst->arcs[x->first_arc + i].kind & RN_ARC_SAME) == 0;
    }
    for (int32_t i = 0; i < y->n_arcs && alike; i++) {
        alike = (inst->arcs[y->first_arc + i].kind & RN_ARC_SAME) == 0;
    }
    return alike;
}

/* Rings of parts that are alike. */
static void find_alike(rn_columns *c)
{
    const rn_instance *inst = c->inst;
    int32_t first = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const bool goes_on = t + 1 < inst->n_tasks &&
                             inst->task[t + 1].visit == inst->task[t].visit &&
                             are_alike(inst, t, t + 1);
        c->instead[t] = goes_on ? t + 1 : first < t ? first : RUNDE_NONE;
        first = goes_on ? first : t + 1;
    }
}

runde_status rn_columns_new(rn_columns **out, const rn_instance *inst,
                            const rn_pool *pool)
{
    *out = NULL;
    rn_columns *c = rn_calloc(1, sizeof *c);
    if (c == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    c->arena = arena;
    c->inst = inst;
    rn_arena *a = &c->arena;
    const size_t tasks = (size_t)inst->n_tasks + 1;
    const size_t shifts = (size_t)inst->n_shifts + 1;
    const size_t most = (size_t)pool->most_routes + (size_t)inst->n_units + 1;
    const size_t covered =
        (size_t)pool->most_stops + (size_t)pool->most_routes + tasks;
    for (c->n_seats = 64; c->n_seats < 2 * most; c->n_seats *= 2) {
    }
    c->window = rn_arena_array(a, tasks, sizeof *c->window);
    c->instead = rn_arena_array(a, tasks, sizeof *c->instead);
    c->carer = rn_arena_array(a, tasks, sizeof *c->carer);
    c->choice = rn_arena_array(a, (size_t)inst->n_choices + 1, 1);
    c->kept = rn_arena_array(a, shifts, sizeof *c->kept);
    c->task_row = rn_arena_array(a, tasks, sizeof *c->task_row);
    c->shift_row = rn_arena_array(a, shifts, sizeof *c->shift_row);
    c->least = rn_arena_array(a, tasks + shifts, sizeof *c->least);
    c->most = rn_arena_array(a, tasks + shifts, sizeof *c->most);
    c->column = rn_arena_array(a, most, sizeof *c->column);
    c->rows = rn_arena_array(a, covered, sizeof *c->rows);
    c->seat = rn_arena_array(a, c->n_seats, sizeof *c->seat);
    runde_status status = RUNDE_E_NOMEM;
    if (c->window != NULL && c->instead != NULL && c->carer != NULL &&
        c->choice != NULL && c->kept != NULL && c->task_row != NULL &&
        c->shift_row != NULL && c->least != NULL && c->most != NULL &&
        c->column != NULL && c->rows != NULL && c->seat != NULL) {
        status = rn_solution_new(&c->sol, inst);
    }
    if (status != RUNDE_OK) {
        rn_columns_free(c);
        return status;
    }
    rn_settle(c->sol);
    find_alike(c);
    c->frame.window = c->window;
    c->frame.instead = c->instead;
    *out = c;
    return RUNDE_OK;
}

void rn_columns_free(rn_columns *columns)
{
    if (columns != NULL) {
        rn_solution_free(columns->sol);
        rn_arena_free(&columns->arena);
        rn_free(columns);
    }
}

/* --------------------------------------------------------- the best plan */

/* Two linked tasks share the room that their gap leaves, half each. */
static rn_window window_of(const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    const int32_t start = sol->node[task].start;
    rn_window w = {RN_TIME_MIN, RN_TIME_MAX};
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[t->first_arc + i];
        rn_window gap;
        if (!rn_arc_gap(sol, task, arc, &gap)) {
            continue;
        }
        const int64_t now = (int64_t)sol->node[arc->other].start - start;
        if (gap.a > RN_TIME_MIN) {
            const int64_t b = start + (now - gap.a) / 2;
            w.b = b < w.b ? (int32_t)b : w.b;
        }
        if (gap.b < RN_TIME_MAX) {
            const int64_t a = start - (gap.b - now) / 2;
            w.a = a > w.a ? (int32_t)a : w.a;
        }
    }
    return w;
}

/* Keeping one route may cost the pool another one's place. */
static bool keep_routes(rn_columns *c, rn_pool *pool)
{
    const rn_instance *inst = c->inst;
    bool all = true;
    for (int32_t round = 0; round < 3; round++) {
        all = true;
        for (int32_t s = 0; s < inst->n_shifts; s++) {
            const int32_t before = c->kept[s];
            c->kept[s] = c->sol->route[s].n > 0 ? rn_pool_keep(pool, c->sol, s)
                                                : RUNDE_NONE;
            all = all && before == c->kept[s] &&
                  (c->sol->route[s].n == 0 || c->kept[s] != RUNDE_NONE);
        }
    }
    return all;
}

static bool read_best(rn_columns *c, rn_pool *pool, const rn_best *best)
{
    const rn_instance *inst = c->inst;
    rn_solution *sol = c->sol;
    rn_journal_begin(sol, &sol->outer);
    bool holds = rn_best_build(best, sol);
    for (int32_t t = 0; t < inst->n_tasks && holds; t++) {
        const int32_t r = sol->node[t].route;
        const rn_window any = {RN_TIME_MIN, RN_TIME_MAX};
        c->window[t] = r >= 0 ? window_of(sol, t) : any;
        c->carer[t] = r >= 0 ? inst->shift[r].carer : RUNDE_NONE;
    }
    holds = holds && keep_routes(c, pool);
    memcpy(c->choice, sol->choice, (size_t)inst->n_choices);
    c->max_late = sol->max_late;
    c->max_idle = sol->max_idle;
    return holds;
}

/* ------------------------------------------------------------------ rows */

/* May the unit stay out? Who is served by duty stays served. */
static bool may_stay_out(const rn_columns *c, int32_t unit)
{
    return c->inst->unit[unit].left_out == 0 || !rn_is_served(c->sol, unit);
}

static int32_t new_row(rn_columns *c, int32_t least, int32_t most)
{
    c->least[c->n_rows] = least;
    c->most[c->n_rows] = most;
    return c->n_rows++;
}

/* While the best plan is in the solution. */
static void make_rows(rn_columns *c)
{
    const rn_instance *inst = c->inst;
    c->n_rows = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        c->task_row[t] = RUNDE_NONE;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        if (c->task_row[t] != RUNDE_NONE) {
            continue;
        }
        const int32_t row = new_row(c, 1, 1);
        c->task_row[t] = row;
        const bool is_firm = !may_stay_out(c, inst->task[t].unit);
        for (int32_t u = c->instead[t]; u != RUNDE_NONE && u != t && is_firm;
             u = c->instead[u]) {
            c->task_row[u] = row;
            c->least[row]++;
            c->most[row]++;
        }
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        c->shift_row[s] = RUNDE_NONE;
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const int32_t twin = inst->shift[s].twin;
        if (c->shift_row[twin] == RUNDE_NONE) {
            c->shift_row[twin] = new_row(c, 0, 0);
        }
        c->most[c->shift_row[twin]]++;
    }
}

/* --------------------------------------------------------------- columns */

static bool carers_hold(const rn_columns *c, const rn_pool *pool,
                        const rn_pool_route *route)
{
    const rn_instance *inst = c->inst;
    const rn_pool_stop *stop = pool->stops + route->first;
    const int32_t carer = inst->shift[route->shift].carer;
    for (int32_t k = 0; k < route->n; k++) {
        const int32_t t = stop[k].node;
        for (int32_t i = 0; t < inst->n_tasks && i < inst->task[t].n_arcs;
             i++) {
            const rn_arc *arc = &inst->arcs[inst->task[t].first_arc + i];
            if ((arc->kind & RN_ARC_SAME) != 0 &&
                c->carer[arc->other] != RUNDE_NONE &&
                c->carer[arc->other] != carer &&
                c->sol->node[arc->other].route != route->shift) {
                return false;
            }
        }
    }
    return true;
}

/* What the route costs beside best times for everybody else; RN_COST_INF when
 * it does not fit. The plan is empty before and after. */
static rn_cost price_of(rn_columns *c, const rn_pool *pool,
                        const rn_pool_route *route)
{
    rn_solution *sol = c->sol;
    const rn_instance *inst = c->inst;
    const rn_cost before = sol->route_cost + sol->client_cost;
    rn_cost cost = RN_COST_INF;
    sol->n_seeds = 0;
    rn_journal_begin(sol, &sol->outer);
    bool holds = rn_lay_pooled(sol, pool, route, route->shift, &c->frame) &&
                 carers_hold(c, pool, route) && rn_schedule_removals(sol) &&
                 rn_hours_hold(sol);
    if (holds) {
        rn_settle(sol);
        holds =
            (inst->w[RUNDE_MAX_LATE] == 0 || sol->max_late <= c->max_late) &&
            (inst->w[RUNDE_MAX_IDLE] == 0 ||
             sol->route[route->shift].idle <= c->max_idle);
        cost =
            holds ? sol->route_cost + sol->client_cost - before : RN_COST_INF;
    }
    rn_undo_and_settle(sol, &sol->outer);
    return cost;
}

/* The rows of a route. */
static void cover_route(rn_columns *c, const rn_pool *pool,
                        const rn_pool_route *route, rn_column *column)
{
    const rn_instance *inst = c->inst;
    const rn_pool_stop *stop = pool->stops + route->first;
    const int32_t shift = c->shift_row[inst->shift[route->shift].twin];
    column->first = c->n_covered;
    column->n = 0;
    column->set = 0;
    for (int32_t k = 0; k < route->n; k++) {
        const int32_t t = stop[k].node;
        if (t >= inst->n_tasks) {
            continue;
        }
        c->rows[column->first + column->n++] = c->task_row[t];
        column->set += mix((uint32_t)c->task_row[t]);
    }
    c->rows[column->first + column->n++] = shift;
    column->set += mix((uint32_t)shift);
}

static bool covers_same(const rn_columns *c, const rn_column *a,
                        const rn_column *b)
{
    bool same = a->set == b->set && a->n == b->n;
    for (int32_t i = 0; i < a->n && same; i++) {
        bool found = false;
        for (int32_t k = 0; k < b->n && !found; k++) {
            found = c->rows[a->first + i] == c->rows[b->first + k];
        }
        same = found;
    }
    return same;
}

/* Where a column that covers the same is, or would be. */
static int32_t *seat_of(const rn_columns *c, const rn_column *column)
{
    uint32_t at = (uint32_t)(column->set >> 7) & (c->n_seats - 1);
    while (c->seat[at] != RUNDE_NONE &&
           !covers_same(c, column, &c->column[c->seat[at]])) {
        at = (at + 1) & (c->n_seats - 1);
    }
    return &c->seat[at];
}

/* Of routes that serve the same the cheapest one stays. */
static void add_route(rn_columns *c, const rn_pool *pool, int32_t at)
{
    const rn_pool_route *route = &pool->routes[at];
    rn_column column = {0};
    column.route = at;
    cover_route(c, pool, route, &column);
    column.cost = price_of(c, pool, route);
    if (column.cost >= RN_COST_INF) {
        return;
    }
    int32_t *seat = seat_of(c, &column);
    if (*seat == RUNDE_NONE) {
        *seat = c->n;
        c->column[c->n++] = column;
        c->n_covered += column.n;
    } else if (column.cost < c->column[*seat].cost) {
        c->column[*seat].route = at;
        c->column[*seat].cost = column.cost;
    }
}

/* The columns of units that may stay out, while the best plan is there. */
static void add_unserved(rn_columns *c)
{
    const rn_instance *inst = c->inst;
    for (int32_t u = 0; u < inst->n_units; u++) {
        const rn_unit *unit = &inst->unit[u];
        const int32_t *tasks = inst->unit_tasks + unit->first;
        if (!may_stay_out(c, u)) {
            continue;
        }
        rn_column *column = &c->column[c->n];
        column->route = RUNDE_NONE;
        column->cost = unit->price;
        column->first = c->n_covered;
        column->n = 0;
        for (int32_t i = 0; i < unit->n; i++) {
            c->rows[column->first + column->n++] = c->task_row[tasks[i]];
        }
        c->n++;
        c->n_covered += column->n;
    }
}

bool rn_columns_make(rn_columns *columns, rn_pool *pool, const rn_best *best)
{
    rn_columns *c = columns;
    rn_solution *sol = c->sol;
    c->n = 0;
    c->n_covered = 0;
    for (uint32_t i = 0; i < c->n_seats; i++) {
        c->seat[i] = RUNDE_NONE;
    }
    const bool holds = read_best(c, pool, best);
    make_rows(c);
    add_unserved(c);
    rn_undo_and_settle(sol, &sol->outer);
    for (int32_t i = 0; i < pool->n && holds; i++) {
        const int32_t at = (int32_t)(rn_pool_at(pool, i) - pool->routes);
        add_route(c, pool, at);
    }
    return holds;
}

int32_t rn_columns_find(rn_columns *columns, const rn_pool *pool, int32_t shift)
{
    rn_column column = {0};
    const rn_pool_route *route = &pool->routes[columns->kept[shift]];
    /* Behind the rows of the last column there is room for one more. */
    cover_route(columns, pool, route, &column);
    return *seat_of(columns, &column);
}
