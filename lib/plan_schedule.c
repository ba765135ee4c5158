/* SPDX-License-Identifier: MIT */
/* A plan made by hand gets its times: the search's schedule if there is one,
 * else one that breaks as little as it can; the checker prices either. */
#include <runde/check.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/rng.h"
#include "plan/forgive.h"
#include "plan/freeze.h"
#include "plan/plan.h"
#include "plan/reasons.h"
#include "search/retime.h"

typedef struct desk {
    const runde_problem *problem;
    const runde_plan *draft;
    rn_instance *inst;
    rn_solution *sol;
    rn_finder *finder;
    rn_rng rng;
    bool holds; /* the order has a schedule */
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
        status = rn_forgive(plan, d->inst, d->draft);
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
        const size_t n = (size_t)runde_problem_n_visits(d->problem);
        d->served = rn_calloc(n + 1, sizeof *d->served);
        status = d->served == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    }
    if (status == RUNDE_OK) {
        status = rn_retime(d->sol, d->draft);
        d->holds = status == RUNDE_OK;
        status = status == RUNDE_E_INVALID ? RUNDE_OK : status;
    }
    return status;
}

runde_status runde_plan_schedule(runde_plan **out, const runde_problem *problem,
                                 const runde_plan *draft, runde_diag *diag)
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
    rn_free(d.served);
    rn_finder_free(d.finder);
    rn_solution_free(d.sol);
    rn_instance_free(d.inst);
    return status;
}
