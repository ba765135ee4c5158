/* SPDX-License-Identifier: MIT */
#include "refine.h"

#include <runde/check.h>

#include "base/alloc.h"
#include "exact/recombine.h"
#include "exact/timing.h"
#include "plan/freeze.h"

/* Routes that are kept per task, and at the most. */
#define ROUTES_PER_TASK 50
#define MOST_ROUTES 5000
/* Plans of more tasks have too many rows. */
#define MOST_TASKS 600
/* Simplex iterations and nodes that a choice of routes may take. */
#define PIVOTS 5000
#define NODES 100

/* Shares of the search after which routes are chosen. */
static const double moments[] = {0.40, 0.70, 0.95};

struct rn_refine {
    rn_search *search;
    const runde_exact *exact;
    rn_patience patience;
    rn_pool *pool;
    rn_recombine *recombine; /* NULL: too large, or too small, to choose */
    rn_timing *timing;       /* NULL: there is nothing to gain */
    int32_t n_done;          /* moments that have passed */
};

static runde_status keep_routes(rn_refine *r)
{
    rn_search *search = r->search;
    const int32_t n = ROUTES_PER_TASK * search->inst->n_tasks;
    runde_status status =
        rn_pool_new(&r->pool, search->inst, n < MOST_ROUTES ? n : MOST_ROUTES);
    if (status == RUNDE_OK) {
        status = rn_recombine_new(&r->recombine, search->inst, r->pool);
    }
    if (status == RUNDE_OK) {
        search->routes = r->pool;
    }
    return status;
}

runde_status rn_refine_new(rn_refine **out, rn_search *search,
                           const runde_exact *exact, bool is_divided,
                           const rn_patience *patience)
{
    *out = NULL;
    rn_refine *r = rn_calloc(1, sizeof *r);
    if (r == NULL) {
        return RUNDE_E_NOMEM;
    }
    r->search = search;
    r->exact = exact;
    r->patience = *patience;
    r->patience.pivots = PIVOTS;
    r->patience.nodes = NODES;
    runde_status status = RUNDE_OK;
    if (!is_divided && search->inst->n_tasks <= MOST_TASKS) {
        status = keep_routes(r);
    }
    if (status == RUNDE_OK && rn_timing_helps(search->inst)) {
        status = rn_timing_new(&r->timing, search->inst);
    }
    if (status != RUNDE_OK) {
        rn_refine_free(r);
        return status;
    }
    *out = r;
    return RUNDE_OK;
}

void rn_refine_free(rn_refine *refine)
{
    if (refine != NULL) {
        refine->search->routes = NULL;
        rn_timing_free(refine->timing);
        rn_recombine_free(refine->recombine);
        rn_pool_free(refine->pool);
        rn_free(refine);
    }
}

static runde_status add_left_out(runde_plan *plan, const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    runde_status status = RUNDE_OK;
    for (int32_t v = 0;
         status == RUNDE_OK && v < runde_problem_n_visits(inst->problem); v++) {
        const runde_unserved out = {v, 0, NULL};
        if (sol->node[inst->first_task[v]].route < 0) {
            status = runde_plan_add_unserved(plan, &out);
        }
    }
    return status;
}

/* What the checker says of it. */
static runde_status judge(const rn_solution *sol, bool *is_legal)
{
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    const runde_problem *problem = sol->inst->problem;
    runde_status status = runde_plan_new(&plan, problem);
    if (status == RUNDE_OK) {
        status = rn_freeze(plan, sol);
    }
    if (status == RUNDE_OK) {
        status = add_left_out(plan, sol);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    if (status == RUNDE_OK) {
        status = runde_check(&report, problem, plan);
    }
    *is_legal = status == RUNDE_OK && runde_report_n_violations(report) == 0;
    runde_report_free(report);
    runde_plan_free(plan);
    return status;
}

static runde_status choose_routes(rn_refine *r, bool *news)
{
    const rn_solution *found;
    bool is_legal = false;
    rn_recombine_run(r->recombine, &found, r->pool, r->search->best, r->exact,
                     &r->patience);
    if (found == NULL) {
        return RUNDE_OK;
    }
    const runde_status status = judge(found, &is_legal);
    if (is_legal) {
        *news = rn_search_adopt(r->search, found) || *news;
    }
    return status;
}

runde_status rn_refine_at(rn_refine *refine, double share, bool *news)
{
    const int32_t n = (int32_t)(sizeof moments / sizeof moments[0]);
    bool is_time = false;
    while (refine->n_done < n && share >= moments[refine->n_done]) {
        refine->n_done++;
        is_time = true;
    }
    return is_time && refine->recombine != NULL ? choose_routes(refine, news)
                                                : RUNDE_OK;
}

bool rn_refine_times(rn_refine *refine, rn_solution *sol, bool only_changed,
                     bool (*poll)(void *payload))
{
    rn_patience patience = refine->patience;
    patience.poll = poll;
    if (refine->timing == NULL) {
        return false;
    }
    return (only_changed ? rn_timing_run_changed : rn_timing_run)(
        refine->timing, sol, refine->exact, &patience);
}
