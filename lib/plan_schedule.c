/* SPDX-License-Identifier: MIT */
/* A plan made by hand gets its times: the search's schedule if there is one.
 * Else every route that can have one together with those before it has it,
 * and the others break as little as they can. The checker prices either. */
#include <runde/check.h>
#include <runde/solve.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/rng.h"
#include "exact/timing.h"
#include "plan/forgive.h"
#include "plan/freeze.h"
#include "plan/plan.h"
#include "plan/reasons.h"
#include "search/retime.h"

/* Schedules that are tried to find the routes that have none. */
#define MOST_TRIES 64
/* Simplex iterations that best times may take. */
#define MOST_PIVOTS 5000

typedef struct desk {
    const runde_problem *problem;
    const runde_plan *draft;
    const runde_exact *exact; /* or NULL */
    rn_instance *inst;
    rn_solution *sol;
    rn_finder *finder;
    rn_rng rng;
    bool holds;       /* the order has a schedule */
    bool *is_kept;    /* by route: it has one with the others kept */
    runde_plan *kept; /* these routes with their times, or NULL */
    int32_t n_tries;
    uint8_t *served;
} desk;

static bool points_inside(const runde_problem *problem, const runde_plan *plan)
{
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        const runde_shift *shift = runde_problem_shift(problem, route->shift);
        for (int32_t k = 0; shift != NULL && k < route->n_stops; k++) {
            const runde_stop *stop = &route->stops[k];
            const int32_t n =
                stop->kind == RUNDE_STOP_VISIT ? runde_problem_n_visits(problem)
                : stop->kind == RUNDE_STOP_ACTIVITY ? shift->n_activities
                                                    : shift->n_breaks;
            if (stop->item < 0 || stop->item >= n) {
                return false;
            }
        }
        if (shift == NULL) {
            return false;
        }
    }
    return true;
}

/* Whether some visit is served by a part of its crew only: the search knows
 * no such plan, and says nothing of its left-out visits. */
static bool is_torn(const desk *d)
{
    const rn_instance *inst = d->inst;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        if ((d->sol->node[t].route >= 0) !=
            rn_is_served(d->sol, inst->task[t].unit)) {
            return true;
        }
    }
    return false;
}

/* What stays out, without a word why. */
static runde_status add_unserved(const desk *d, runde_plan *plan)
{
    const int32_t n = runde_problem_n_visits(d->problem);
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        for (int32_t k = 0; k < route->n_stops; k++) {
            if (route->stops[k].kind == RUNDE_STOP_VISIT) {
                d->served[route->stops[k].item] = 1;
            }
        }
    }
    for (int32_t v = 0; v < n && status == RUNDE_OK; v++) {
        if (!d->served[v]) {
            const runde_unserved left = {v, 0, NULL};
            status = runde_plan_add_unserved(plan, &left);
        }
    }
    return status;
}

/* Everything but cost and key figures. */
static runde_status write_down(desk *d, runde_plan *plan)
{
    runde_status status = RUNDE_OK;
    if (!d->holds) {
        status = rn_forgive(plan, d->inst, d->draft, d->kept);
    } else {
        status = rn_freeze(plan, d->sol);
    }
    if (status == RUNDE_OK) {
        status = d->holds && !is_torn(d) ? rn_add_unserved(plan, d->finder)
                                         : add_unserved(d, plan);
    }
    return status;
}

static runde_status write_plan(desk *d, const runde_report *report,
                               runde_plan **out)
{
    runde_plan *plan = NULL;
    runde_status status = runde_plan_new(&plan, d->problem);
    if (status == RUNDE_OK) {
        status = write_down(d, plan);
    }
    if (status == RUNDE_OK && report != NULL) {
        status = runde_plan_set_cost(plan, runde_report_cost(report));
    }
    if (status == RUNDE_OK && report != NULL) {
        status = runde_plan_set_kpis(plan, runde_report_kpis(report));
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    if (status != RUNDE_OK) {
        runde_plan_free(plan);
        return status;
    }
    *out = plan;
    return RUNDE_OK;
}

/* -------------------------------------------------------- what holds of it */

/* The routes kept so far, as the draft has them. */
static runde_status copy_kept(runde_plan **out, const desk *d)
{
    runde_plan *plan = NULL;
    runde_status status = runde_plan_new(&plan, d->problem);
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_routes(d->draft);
         i++) {
        if (d->is_kept[i]) {
            status = runde_plan_add_route(plan, runde_plan_route(d->draft, i));
        }
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    if (status != RUNDE_OK) {
        runde_plan_free(plan);
        return status;
    }
    *out = plan;
    return RUNDE_OK;
}

/* Do the routes kept so far have a schedule together? Where they do, it
 * becomes the one that is kept. */
static runde_status try_kept(desk *d, bool *holds)
{
    runde_plan *orders = NULL;
    runde_plan *kept = NULL;
    rn_solution *sol = NULL;
    runde_status status = copy_kept(&orders, d);
    *holds = false;
    d->n_tries++;
    if (status == RUNDE_OK) {
        status = rn_solution_new(&sol, d->inst);
    }
    if (status == RUNDE_OK) {
        status = rn_retime(sol, orders);
        *holds = status == RUNDE_OK;
        status = status == RUNDE_E_INVALID ? RUNDE_OK : status;
    }
    if (*holds) {
        status = runde_plan_new(&kept, d->problem);
    }
    if (*holds && status == RUNDE_OK) {
        status = rn_freeze(kept, sol);
    }
    if (*holds && status == RUNDE_OK) {
        status = runde_plan_finish(kept);
    }
    if (*holds && status == RUNDE_OK) {
        runde_plan_free(d->kept);
        d->kept = kept;
        kept = NULL;
    }
    runde_plan_free(kept);
    rn_solution_free(sol);
    runde_plan_free(orders);
    return status;
}

static void mark(desk *d, int32_t from, int32_t to, bool is_kept)
{
    for (int32_t i = from; i < to; i++) {
        d->is_kept[i] = is_kept;
    }
}

/* Keeps of the routes from..to-1 what holds together with those kept before:
 * all, or else what halves of them give. */
static runde_status keep_what_holds(desk *d, int32_t from, int32_t to)
{
    bool holds = false;
    if (from >= to || d->n_tries >= MOST_TRIES) {
        return RUNDE_OK;
    }
    mark(d, from, to, true);
    runde_status status = try_kept(d, &holds);
    if (status != RUNDE_OK || holds) {
        return status;
    }
    mark(d, from, to, false);
    if (to - from == 1) {
        return RUNDE_OK;
    }
    const int32_t middle = from + (to - from) / 2;
    status = keep_what_holds(d, from, middle);
    return status == RUNDE_OK ? keep_what_holds(d, middle, to) : status;
}

/* ---------------------------------------------------------------- the whole */

static runde_status allocate(desk *d)
{
    const size_t n_visits = (size_t)runde_problem_n_visits(d->problem);
    const size_t n_routes = (size_t)runde_plan_n_routes(d->draft);
    d->served = rn_calloc(n_visits + 1, sizeof *d->served);
    d->is_kept = rn_calloc(n_routes + 1, sizeof *d->is_kept);
    return d->served == NULL || d->is_kept == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
}

/* Times between those that the search tries. */
static runde_status find_best_times(desk *d)
{
    rn_timing *timing = NULL;
    if (!rn_timing_helps(d->inst)) {
        return RUNDE_OK;
    }
    const runde_status status = rn_timing_new(&timing, d->inst);
    if (status == RUNDE_OK) {
        const rn_patience patience = {MOST_PIVOTS, 0, NULL, NULL};
        (void)rn_timing_run(timing, d->sol, d->exact, &patience);
    }
    rn_timing_free(timing);
    return status;
}

static runde_status prepare(desk *d)
{
    runde_status status = rn_instance_new(&d->inst, d->problem);
    if (status == RUNDE_OK) {
        status = rn_solution_new(&d->sol, d->inst);
    }
    if (status == RUNDE_OK) {
        rn_rng_init(&d->rng, 0, 0);
        status = rn_finder_new(&d->finder, d->sol, &d->rng);
    }
    if (status == RUNDE_OK) {
        status = allocate(d);
    }
    if (status == RUNDE_OK) {
        status = rn_retime(d->sol, d->draft);
        d->holds = status == RUNDE_OK;
        status = status == RUNDE_E_INVALID ? RUNDE_OK : status;
    }
    if (status == RUNDE_OK && d->holds && d->exact != NULL) {
        status = find_best_times(d);
    } else if (status == RUNDE_OK && !d->holds) {
        const int32_t n = runde_plan_n_routes(d->draft);
        status = keep_what_holds(d, 0, n / 2);
        if (status == RUNDE_OK) {
            status = keep_what_holds(d, n / 2, n);
        }
    }
    return status;
}

static void clear(desk *d)
{
    runde_plan_free(d->kept);
    rn_free(d->is_kept);
    rn_free(d->served);
    rn_finder_free(d->finder);
    rn_solution_free(d->sol);
    rn_instance_free(d->inst);
}

runde_status runde_plan_schedule(runde_plan **out, const runde_problem *problem,
                                 const runde_plan *draft, runde_diag *diag)
{
    return runde_plan_schedule_best(out, problem, draft, NULL, diag);
}

runde_status runde_plan_schedule_best(runde_plan **out,
                                      const runde_problem *problem,
                                      const runde_plan *draft,
                                      const runde_exact *exact,
                                      runde_diag *diag)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL || draft == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    if (!runde_problem_is_sealed(problem) || !rn_plan_is_finished(draft)) {
        return RUNDE_E_STATE;
    }
    if (!points_inside(problem, draft)) {
        return RUNDE_E_ARGUMENT;
    }
    desk d = {0};
    d.problem = problem;
    d.draft = draft;
    d.exact = exact;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    runde_status status = prepare(&d);
    if (status == RUNDE_OK) {
        status = write_plan(&d, NULL, &plan);
    }
    if (status == RUNDE_OK) {
        status = runde_check(&report, problem, plan);
    }
    if (status == RUNDE_OK) {
        status = write_plan(&d, report, out);
    }
    runde_report_free(report);
    runde_plan_free(plan);
    clear(&d);
    return status;
}
