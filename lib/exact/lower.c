/* SPDX-License-Identifier: MIT */
/* After Dantzig and Wolfe, with the bound of Lagrange at every step, and
 * prices halfway to those of the best bound (Wentges 1997) while that finds
 * routes, because those of the last program swing. */
#include "exact/lower.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "exact/pricing.h"

/* Rounds, columns and routes for a shift and round at the most. */
#define MOST_ROUNDS 250
#define MOST_COLUMNS 4000
#define EACH 6
/* The program is this little above the bound: no closer. */
#define CLOSE 0.25
/* Dearer plans get no bound: sums must not overflow. */
#define MOST_WISHES ((int64_t)1 << 50)

typedef struct lower {
    const rn_instance *inst;
    rn_pricing *pricing;
    int32_t n; /* columns */
    int32_t n_rows;
    int32_t n_covered;
    int64_t *cost;
    int32_t *first;
    int32_t *rows;
    int32_t *least; /* by row */
    int32_t *most;
    double *dual;    /* by row, of the last program */
    int64_t *worth;  /* by task: being tried, in parts of a unit */
    int64_t *centre; /* of the best bound */
    int64_t fixed;   /* paid by every plan */
    int64_t bound;   /* in parts of a unit */
    bool has_bound;
    rn_arena arena;
} lower;

static runde_status new_lower(lower *l, const rn_instance *inst,
                              const rn_patience *patience)
{
    const rn_arena arena = RN_ARENA_INIT;
    const size_t rows = (size_t)inst->n_tasks + (size_t)inst->n_shifts + 1;
    rn_arena *a = &l->arena;
    l->arena = arena;
    l->inst = inst;
    l->n_rows = inst->n_tasks + inst->n_shifts;
    l->cost = rn_arena_array(a, MOST_COLUMNS + 1, sizeof *l->cost);
    l->first = rn_arena_array(a, MOST_COLUMNS + 2, sizeof *l->first);
    l->rows = rn_arena_array(
        a, (size_t)(MOST_COLUMNS + 1) * (RN_MOST_PRICED + 1), sizeof *l->rows);
    l->least = rn_arena_array(a, rows, sizeof *l->least);
    l->most = rn_arena_array(a, rows, sizeof *l->most);
    l->dual = rn_arena_array(a, rows, sizeof *l->dual);
    l->worth = rn_arena_array(a, rows, sizeof *l->worth);
    l->centre = rn_arena_array(a, rows, sizeof *l->centre);
    if (l->cost == NULL || l->first == NULL || l->rows == NULL ||
        l->least == NULL || l->most == NULL || l->dual == NULL ||
        l->worth == NULL || l->centre == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        l->least[t] = 1;
        l->most[t] = 1;
    }
    /* Shifts that are the same but for their carer share a row. */
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        l->most[inst->n_tasks + inst->shift[s].twin]++;
    }
    return rn_pricing_new(&l->pricing, inst, patience);
}

/* --------------------------------------------------------------- columns */

static void add_row(lower *l, int32_t row)
{
    l->rows[l->n_covered++] = row;
}

static void end_column(lower *l, int64_t cost)
{
    l->cost[l->n++] = cost;
    l->first[l->n] = l->n_covered;
}

static bool is_optional(const rn_instance *inst, int32_t unit)
{
    return inst->unit[unit].left_out == 0;
}

static void add_left_out(lower *l)
{
    const rn_instance *inst = l->inst;
    for (int32_t u = 0; u < inst->n_units; u++) {
        if (is_optional(inst, u)) {
            for (int32_t i = 0; i < inst->unit[u].n; i++) {
                add_row(l, inst->unit_tasks[inst->unit[u].first + i]);
            }
            end_column(l, inst->unit[u].wishes);
        }
    }
}

/* The plan's own routes, so that there is always a cover. */
static bool add_plan(lower *l, const rn_solution *plan)
{
    const rn_instance *inst = l->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        int32_t task[RN_MOST_PRICED];
        int32_t n = 0;
        for (int32_t t = plan->node[rn_shift_start_node(inst, s)].next;
             t < inst->n_tasks; t = plan->node[t].next) {
            task[n++] = t;
            add_row(l, t);
        }
        if (n > 0) {
            const int64_t cost = rn_price_sequence(l->pricing, s, task, n);
            add_row(l, inst->n_tasks + inst->shift[s].twin);
            end_column(l, cost);
            if (cost >= RN_PROGRAM_MOST) {
                return false;
            }
        }
    }
    return true;
}

static void add_routes(lower *l, int32_t shift, const rn_priced *found,
                       int32_t n)
{
    for (int32_t i = 0; i < n && l->n < MOST_COLUMNS; i++) {
        for (int32_t k = 0; k < found[i].n; k++) {
            add_row(l, found[i].task[k]);
        }
        add_row(l, l->inst->n_tasks + shift);
        end_column(l, found[i].cost);
    }
}

/* ---------------------------------------------------------------- rounds */

/* Prices of tasks by the columns there are. */
static runde_status ask(lower *l, const runde_exact *exact,
                        const rn_patience *patience)
{
    const rn_cover cover = {l->n_rows, l->n,     l->cost, l->first,
                            l->rows,   l->least, l->most};
    const runde_status status = exact->relax(l->dual, &cover, patience);
    for (int32_t r = 0; r < l->n_rows && status == RUNDE_OK; r++) {
        if (!(fabs(l->dual[r]) < (double)RN_PROGRAM_MOST)) {
            return RUNDE_E_INTERNAL;
        }
    }
    return status;
}

/* What visits are worth, less what is gained by leaving optional ones out. */
static int64_t worth_of_all(const lower *l)
{
    const rn_instance *inst = l->inst;
    int64_t sum = 0;
    for (int32_t u = 0; u < inst->n_units; u++) {
        int64_t worth = 0;
        for (int32_t i = 0; i < inst->unit[u].n; i++) {
            worth += l->worth[inst->unit_tasks[inst->unit[u].first + i]];
        }
        const int64_t out = inst->unit[u].wishes * RN_FINE;
        sum += is_optional(inst, u) && out < worth ? out : worth;
    }
    return sum;
}

/* Prices all shifts at the worth of tasks: the bound that follows, and routes
 * that are not in the program yet. */
static runde_status price_all(lower *l, const rn_patience *patience,
                              bool *is_new)
{
    int64_t bound = l->fixed * RN_FINE + worth_of_all(l);
    const int32_t before = l->n;
    for (int32_t s = 0; s < l->inst->n_shifts; s++) {
        rn_priced found[EACH];
        int64_t least;
        if (l->inst->shift[s].twin != s) {
            continue;
        }
        const int32_t n =
            rn_price_routes(l->pricing, found, EACH, s, l->worth, &least);
        if (n == RUNDE_NONE ||
            (patience->poll != NULL && !patience->poll(patience->payload))) {
            return RUNDE_E_LIMIT;
        }
        bound += least * l->most[l->inst->n_tasks + s];
        add_routes(l, s, found, n);
    }
    *is_new = l->n > before;
    if (!l->has_bound || bound > l->bound) {
        l->bound = bound;
        l->has_bound = true;
        memcpy(l->centre, l->worth,
               (size_t)l->inst->n_tasks * sizeof *l->centre);
    }
    return RUNDE_OK;
}

/* What the program costs by its prices. */
static double cost_of_program(const lower *l)
{
    double cost = (double)l->fixed;
    for (int32_t r = 0; r < l->n_rows; r++) {
        cost += l->dual[r] * (l->dual[r] > 0.0 ? l->least[r] : l->most[r]);
    }
    return cost;
}

static void try_prices(lower *l, bool is_halfway)
{
    for (int32_t t = 0; t < l->inst->n_tasks; t++) {
        const double dual = l->dual[t] * RN_FINE;
        const double centre = (double)l->centre[t];
        l->worth[t] = llround(is_halfway ? 0.5 * (dual + centre) : dual);
    }
}

/* Rounds until the bound meets the program, or patience ends. */
static runde_status close_in(lower *l, const runde_exact *exact,
                             const rn_patience *patience)
{
    runde_status status = RUNDE_OK;
    bool is_new = true;
    for (int32_t i = 0; i < MOST_ROUNDS && is_new && l->n < MOST_COLUMNS - EACH;
         i++) {
        status = ask(l, exact, patience);
        if (status != RUNDE_OK) {
            return status;
        }
        const double rest = cost_of_program(l) - (double)l->bound / RN_FINE;
        if (l->has_bound && rest < CLOSE) {
            break;
        }
        try_prices(l, l->has_bound);
        status = price_all(l, patience, &is_new);
        if (status == RUNDE_OK && !is_new) {
            try_prices(l, false);
            status = price_all(l, patience, &is_new);
        }
        if (status != RUNDE_OK) {
            return status;
        }
    }
    return status;
}

/* What every plan pays: clients' past carers. */
static runde_status find_fixed(lower *l)
{
    rn_solution *empty = NULL;
    const runde_status status = rn_solution_new(&empty, l->inst);
    if (status == RUNDE_OK) {
        rn_settle(empty);
        l->fixed = empty->client_cost;
    }
    rn_solution_free(empty);
    return status;
}

runde_status rn_lower_bound(int64_t *bound, const rn_solution *plan,
                            const runde_exact *exact,
                            const rn_patience *patience)
{
    const rn_price price = rn_price_of(plan);
    lower l = {0};
    if (!rn_pricing_suits(plan->inst) || price.left_out > 0 ||
        price.wishes > MOST_WISHES) {
        return RUNDE_E_LIMIT;
    }
    runde_status status = new_lower(&l, plan->inst, patience);
    if (status == RUNDE_OK) {
        status = find_fixed(&l);
    }
    if (status == RUNDE_OK) {
        add_left_out(&l);
        status =
            add_plan(&l, plan) ? close_in(&l, exact, patience) : RUNDE_E_LIMIT;
    }
    rn_pricing_free(l.pricing);
    rn_arena_free(&l.arena);
    if (l.has_bound && status != RUNDE_E_NOMEM) {
        /* Plans cost whole units, so the next one above holds as well. */
        *bound = l.bound / RN_FINE + (l.bound > 0 && l.bound % RN_FINE != 0);
        return RUNDE_OK;
    }
    return status == RUNDE_E_NOMEM ? status : RUNDE_E_LIMIT;
}
