/* SPDX-License-Identifier: MIT */
/* The one file that sees glpk.h. What GLPK is like decides how it is called:
 *
 * - A wrong argument, no memory or a numerical surprise ends the process,
 *   unless a hook jumps out; everything of the thread must then be freed
 *   before the jump. So every question has a thread of its own, all memory
 *   is GLPK's, and nothing outlives glp_free_env.
 * - It prints errors to standard output whatever it is told; only a terminal
 *   hook keeps it quiet. glp_free_env takes all hooks away.
 * - Its time limits follow the wall clock. Limits here are counts of
 *   iterations and nodes; a long run of the simplex method is cut in slices.
 * - Cover cuts use static variables, the feasibility pump ignores all limits,
 *   and a heuristic solution is taken as it is, feasible or not: the first
 *   two are off, the third is checked. Clique cuts and branching by penalties
 *   are off as well: they take longer than what they save.
 * - The basis of slacks is dual feasible where no cost is negative, and the
 *   dual simplex method from there several times faster than the rest. */
#include <runde/glpk.h>

#include <float.h>
#include <glpk.h>
#include <math.h>
#include <setjmp.h>

#include "errand.h"

/* Simplex iterations between two looks at the limits. */
#define SLICE 200
/* The largest cost GLPK sees; all are scaled to it. */
#define LARGEST 1e5
/* How far from an integer a time may be. */
#define OFF_INTEGER 1e-4

typedef struct desk {
    const rn_cover *cover;
    const rn_timetable *table;
    const rn_patience *patience;
    const rn_errand *errand;
    double *dual;
    uint8_t *chosen;
    int32_t *times;
    runde_status (*answer)(struct desk *desk);
    glp_prob *prob;
    double scale; /* GLPK's cost over ours */
    int64_t pivots;
    int64_t nodes;
    bool was_told; /* GLPK has heard of what is chosen already */
    jmp_buf way_out;
} desk;

static int keep_quiet(void *info, const char *text)
{
    (void)info;
    (void)text;
    return 1;
}

static void leave(void *info)
{
    desk *d = info;
    (void)glp_free_env();
    longjmp(d->way_out, 1);
}

static bool is_enough(const desk *d)
{
    return d->pivots > d->patience->pivots || rn_errand_is_over(d->errand);
}

static double scale_of(const int64_t *a, int32_t n, double most)
{
    for (int32_t i = 0; i < n; i++) {
        const double x = fabs((double)a[i]);
        most = x > most ? x : most;
    }
    return most;
}

/* ------------------------------------------------------------- simplex */

static runde_status simplex(desk *d)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    how.it_lim = SLICE;
    glp_std_basis(d->prob);
    for (;;) {
        const int before = glp_get_it_cnt(d->prob);
        const int code = glp_simplex(d->prob, &how);
        d->pivots += glp_get_it_cnt(d->prob) - before + 1;
        if (code == 0) {
            break;
        }
        if (code != GLP_EITLIM) {
            return RUNDE_E_INTERNAL;
        }
        if (is_enough(d)) {
            return RUNDE_E_LIMIT;
        }
    }
    const int status = glp_get_status(d->prob);
    return status == GLP_OPT      ? RUNDE_OK
           : status == GLP_NOFEAS ? RUNDE_E_INFEASIBLE
                                  : RUNDE_E_INTERNAL;
}

/* --------------------------------------------------------------- covers */

static void load_cover(desk *d, bool is_whole)
{
    const rn_cover *c = d->cover;
    int *row = glp_alloc(c->n_rows + 1, sizeof *row);
    double *one = glp_alloc(c->n_rows + 1, sizeof *one);
    const double most = scale_of(c->cost, c->n_columns, 1.0);
    d->scale = most > LARGEST ? LARGEST / most : 1.0;
    (void)glp_add_rows(d->prob, c->n_rows);
    (void)glp_add_cols(d->prob, c->n_columns);
    for (int32_t r = 0; r < c->n_rows; r++) {
        const int kind = c->least[r] == c->most[r] ? GLP_FX : GLP_DB;
        glp_set_row_bnds(d->prob, r + 1, kind, c->least[r], c->most[r]);
        one[r + 1] = 1.0;
    }
    for (int32_t j = 0; j < c->n_columns; j++) {
        int n = 0;
        for (int32_t k = c->first[j]; k < c->first[j + 1]; k++) {
            row[++n] = c->rows[k] + 1;
        }
        glp_set_mat_col(d->prob, j + 1, n, row, one);
        glp_set_obj_coef(d->prob, j + 1, (double)c->cost[j] * d->scale);
        glp_set_col_bnds(d->prob, j + 1, is_whole ? GLP_DB : GLP_LO, 0.0, 1.0);
    }
}

static runde_status relax(desk *d)
{
    load_cover(d, false);
    const runde_status status = simplex(d);
    for (int32_t r = 0; status == RUNDE_OK && r < d->cover->n_rows; r++) {
        const double dual = glp_get_row_dual(d->prob, r + 1) / d->scale;
        if (!isfinite(dual)) {
            return RUNDE_E_INTERNAL;
        }
        d->dual[r] = dual;
    }
    return status;
}

/* Hands over the cover that is known, once. */
static void tell(desk *d, glp_tree *tree)
{
    const rn_cover *c = d->cover;
    double *x = glp_alloc(c->n_columns + 1, sizeof *x);
    for (int32_t j = 0; j < c->n_columns; j++) {
        x[j + 1] = d->chosen[j] ? 1.0 : 0.0;
    }
    (void)glp_ios_heur_sol(tree, x);
    glp_free(x);
    d->was_told = true;
}

static void watch(glp_tree *tree, void *info)
{
    desk *d = info;
    const int reason = glp_ios_reason(tree);
    if (reason == GLP_ISELECT) {
        d->nodes++;
        const int64_t pivots =
            d->pivots + glp_get_it_cnt(glp_ios_get_prob(tree));
        if (d->nodes > d->patience->nodes || pivots > d->patience->pivots ||
            rn_errand_is_over(d->errand)) {
            glp_ios_terminate(tree);
        }
    } else if (reason == GLP_IHEUR && !d->was_told) {
        tell(d, tree);
    }
}

/* GLPK does not look: every row within its bounds. */
static bool is_cover(desk *d)
{
    const rn_cover *c = d->cover;
    int *times = glp_alloc(c->n_rows + 1, sizeof *times);
    bool holds = true;
    for (int32_t r = 0; r < c->n_rows; r++) {
        times[r] = 0;
    }
    for (int32_t j = 0; j < c->n_columns; j++) {
        for (int32_t k = c->first[j]; d->chosen[j] && k < c->first[j + 1];
             k++) {
            times[c->rows[k]]++;
        }
    }
    for (int32_t r = 0; r < c->n_rows; r++) {
        holds = holds && times[r] >= c->least[r] && times[r] <= c->most[r];
    }
    glp_free(times);
    return holds;
}

static runde_status select_whole(desk *d)
{
    glp_iocp how;
    if (!is_cover(d)) {
        return RUNDE_E_ARGUMENT;
    }
    load_cover(d, true);
    const runde_status status = simplex(d);
    if (status != RUNDE_OK) {
        return status;
    }
    for (int32_t j = 1; j <= d->cover->n_columns; j++) {
        glp_set_col_kind(d->prob, j, GLP_IV);
    }
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.cb_func = watch;
    how.cb_info = d;
    how.br_tech = GLP_BR_MFV;
    d->pivots -= glp_get_it_cnt(d->prob);
    const int code = glp_intopt(d->prob, &how);
    const int found = glp_mip_status(d->prob);
    if ((code != 0 && code != GLP_ESTOP) ||
        (found != GLP_OPT && found != GLP_FEAS)) {
        return code == GLP_ESTOP ? RUNDE_E_LIMIT : RUNDE_E_INTERNAL;
    }
    for (int32_t j = 0; j < d->cover->n_columns; j++) {
        d->chosen[j] = glp_mip_col_val(d->prob, j + 1) > 0.5;
    }
    return RUNDE_OK;
}

/* ---------------------------------------------------------------- times */

static void add_row(desk *d, const int at[4], const double value[4], int n,
                    double least, double most)
{
    const int r = glp_add_rows(d->prob, 1);
    const int kind = most < DBL_MAX ? GLP_UP : GLP_LO;
    glp_set_row_bnds(d->prob, r, kind, least, most);
    glp_set_mat_row(d->prob, r, n, at, value);
}

static void load_hinge(desk *d, const rn_hinge *hinge)
{
    const int column = glp_add_cols(d->prob, 1);
    glp_set_col_bnds(d->prob, column, GLP_LO, 0.0, 0.0);
    glp_set_obj_coef(d->prob, column, (double)hinge->weight * d->scale);
    int at[4] = {0, column, 0, 0};
    double value[4] = {0.0, -1.0, 0.0, 0.0};
    int n = 1;
    if (hinge->up >= 0) {
        at[++n] = hinge->up + 1;
        value[n] = 1.0;
    }
    if (hinge->down >= 0) {
        at[++n] = hinge->down + 1;
        value[n] = -1.0;
    }
    add_row(d, at, value, n, 0.0, (double)hinge->at);
}

static void load_table(desk *d)
{
    const rn_timetable *t = d->table;
    double most = scale_of(t->slope, t->n, 1.0);
    for (int32_t h = 0; h < t->n_hinges; h++) {
        most = scale_of(&t->hinges[h].weight, 1, most);
    }
    d->scale = most > LARGEST ? LARGEST / most : 1.0;
    (void)glp_add_cols(d->prob, t->n);
    for (int32_t i = 0; i < t->n; i++) {
        const int kind = t->lo[i] == t->hi[i] ? GLP_FX : GLP_DB;
        glp_set_col_bnds(d->prob, i + 1, kind, t->lo[i], t->hi[i]);
        glp_set_obj_coef(d->prob, i + 1, (double)t->slope[i] * d->scale);
    }
    for (int32_t i = 0; i < t->n_orders; i++) {
        const rn_order *o = &t->orders[i];
        const int at[4] = {0, o->to + 1, o->from + 1, 0};
        const double value[4] = {0.0, 1.0, -1.0, 0.0};
        add_row(d, at, value, 2, o->least, DBL_MAX);
    }
    for (int32_t h = 0; h < t->n_hinges; h++) {
        load_hinge(d, &t->hinges[h]);
    }
}

static runde_status schedule(desk *d)
{
    load_table(d);
    const runde_status status = simplex(d);
    for (int32_t i = 0; status == RUNDE_OK && i < d->table->n; i++) {
        const double x = glp_get_col_prim(d->prob, i + 1);
        const double whole = floor(x + 0.5);
        if (!(fabs(x - whole) < OFF_INTEGER) || fabs(whole) > INT32_MAX) {
            return RUNDE_E_INTERNAL;
        }
        d->times[i] = (int32_t)whole;
    }
    return status;
}

/* ----------------------------------------------------------- the thread */

static runde_status ask(desk *d)
{
    d->prob = glp_create_prob();
    glp_set_obj_dir(d->prob, GLP_MIN);
    return d->answer(d);
}

static runde_status visit(void *task, const rn_errand *errand)
{
    desk *d = task;
    d->errand = errand;
    if (glp_init_env() > 1) {
        return RUNDE_E_NOMEM;
    }
    glp_error_hook(leave, d);
    glp_term_hook(keep_quiet, NULL);
    if (setjmp(d->way_out) != 0) {
        return RUNDE_E_INTERNAL;
    }
    const runde_status status = ask(d);
    (void)glp_free_env();
    return status;
}

static bool fits(const int64_t *a, int32_t n, int64_t least)
{
    for (int32_t i = 0; i < n; i++) {
        if (a[i] < least || a[i] > RN_PROGRAM_MOST) {
            return false;
        }
    }
    return true;
}

static runde_status ask_cover(desk *d)
{
    const rn_cover *c = d->cover;
    if (c->n_rows < 1 || c->n_columns < 1 ||
        !fits(c->cost, c->n_columns, -RN_PROGRAM_MOST)) {
        return RUNDE_E_ARGUMENT;
    }
    return rn_errand_run(visit, d, d->patience);
}

static runde_status glpk_relax(double *dual, const rn_cover *cover,
                               const rn_patience *patience)
{
    desk d = {0};
    d.cover = cover;
    d.patience = patience;
    d.dual = dual;
    d.answer = relax;
    return ask_cover(&d);
}

static runde_status glpk_select(uint8_t *chosen, const rn_cover *cover,
                                const rn_patience *patience)
{
    desk d = {0};
    d.cover = cover;
    d.patience = patience;
    d.chosen = chosen;
    d.answer = select_whole;
    return ask_cover(&d);
}

static runde_status glpk_schedule(int32_t *times, const rn_timetable *table,
                                  const rn_patience *patience)
{
    desk d = {0};
    if (table->n < 1 || !fits(table->slope, table->n, -RN_PROGRAM_MOST)) {
        return RUNDE_E_ARGUMENT;
    }
    for (int32_t h = 0; h < table->n_hinges; h++) {
        if (!fits(&table->hinges[h].weight, 1, 0)) {
            return RUNDE_E_ARGUMENT;
        }
    }
    d.table = table;
    d.patience = patience;
    d.times = times;
    d.answer = schedule;
    return rn_errand_run(visit, &d, patience);
}

static const runde_exact by_glpk = {sizeof(runde_exact), glpk_relax,
                                    glpk_select, glpk_schedule};

const runde_exact *runde_glpk(void)
{
    return &by_glpk;
}

const char *runde_glpk_version(void)
{
    return glp_version();
}
