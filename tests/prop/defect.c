/* SPDX-License-Identifier: MIT */
#include "defect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITERATIONS = 200 };

double standing_clock(void *payload)
{
    (void)payload;
    return 0.0;
}

/* Does a plan that leaves everything out keep the hard limits? */
static bool doing_nothing_holds(const runde_problem *problem)
{
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    bool ok = runde_plan_new(&plan, problem) == RUNDE_OK;
    for (int32_t v = 0; v < runde_problem_n_visits(problem) && ok; v++) {
        const runde_unserved u = {v, 0, NULL};
        ok = runde_plan_add_unserved(plan, &u) == RUNDE_OK;
    }
    ok = ok && runde_plan_finish(plan) == RUNDE_OK &&
         runde_check(&report, problem, plan) == RUNDE_OK &&
         runde_report_n_violations(report) == 0;
    runde_report_free(report);
    runde_plan_free(plan);
    return ok;
}

runde_plan *defect_solve(const runde_problem *problem,
                         const runde_options *options, defect *d)
{
    runde_plan *plan = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = runde_solve(&plan, problem, options, &diag);
    if (status == RUNDE_E_INFEASIBLE) {
        if (strcmp(diag.code, "RUNDE-E509") != 0 ||
            doing_nothing_holds(problem)) {
            snprintf(d->text, sizeof d->text, "infeasible: %s", diag.message);
        }
    } else if (status != RUNDE_OK) {
        snprintf(d->text, sizeof d->text, "%s %s %s", runde_status_name(status),
                 diag.code, diag.message);
    }
    return plan;
}

bool plan_is_clean(const runde_problem *problem, const runde_plan *plan,
                   defect *d)
{
    runde_report *report = NULL;
    if (runde_check(&report, problem, plan) != RUNDE_OK) {
        snprintf(d->text, sizeof d->text, "runde_check fails");
        return false;
    }
    const bool clean = runde_report_n_violations(report) == 0;
    if (!clean) {
        const runde_violation *const v = runde_report_violation(report, 0);
        snprintf(d->text, sizeof d->text, "%s: %s", v->rule, v->message);
    }
    runde_report_free(report);
    return clean;
}

static bool add_rest(runde_plan *to, const runde_route *from,
                     const runde_problem *rest)
{
    runde_stop *const stops = calloc((size_t)from->n_stops + 1, sizeof *stops);
    runde_route route = *from;
    route.n_stops = 0;
    route.stops = stops;
    for (int32_t k = 0; stops != NULL && k < from->n_stops; k++) {
        runde_stop stop = from->stops[k];
        if (stop.kind == RUNDE_STOP_VISIT) {
            stop.item = runde_problem_derived_visit(rest, stop.item);
        }
        if (stop.item != RUNDE_NONE) {
            stops[route.n_stops++] = stop;
        }
    }
    const bool is_added =
        stops != NULL &&
        (route.n_stops == 0 || runde_plan_add_route(to, &route) == RUNDE_OK);
    free(stops);
    return is_added;
}

runde_plan *rest_of_plan(const runde_plan *plan, const runde_problem *rest)
{
    runde_plan *to = NULL;
    bool good = runde_plan_new(&to, rest) == RUNDE_OK;
    for (int32_t i = 0; good && i < runde_plan_n_routes(plan); i++) {
        good = add_rest(to, runde_plan_route(plan, i), rest);
    }
    if (!good || runde_plan_finish(to) != RUNDE_OK) {
        runde_plan_free(to);
        return NULL;
    }
    return to;
}

char *world_text(const world *w)
{
    char *text = NULL;
    size_t length = 0;
    runde_problem *const problem = world_problem(w);
    if (problem != NULL &&
        runde_problem_to_json(&text, &length, problem) != RUNDE_OK) {
        text = NULL;
    }
    runde_problem_free(problem);
    return text;
}

/* --------------------------------------------------------------- reasons */

static bool reasons_are_there(const runde_problem *problem,
                              const runde_plan *plan, defect *d)
{
    const int32_t n_shifts = runde_problem_n_shifts(problem);
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        const runde_unserved *const u = runde_plan_unserved(plan, i);
        if (u->n_reasons != (n_shifts > 0 ? n_shifts : 1)) {
            snprintf(d->text, sizeof d->text, "visit %d has %d reasons",
                     (int)u->visit, (int)u->n_reasons);
            return false;
        }
        for (int32_t k = 0; k < u->n_reasons; k++) {
            if ((int)u->reasons[k].code < 0 ||
                u->reasons[k].code >= RUNDE_REASONS ||
                (n_shifts > 0 && u->reasons[k].shift != k)) {
                snprintf(d->text, sizeof d->text,
                         "visit %d: reason %d is wrong", (int)u->visit, (int)k);
                return false;
            }
        }
    }
    return true;
}

/* ------------------------------------------------------------ the answer */

static bool plans_are_equal(const runde_problem *problem, const runde_plan *a,
                            const runde_plan *b, defect *d)
{
    char *x = NULL;
    char *y = NULL;
    size_t n = 0;
    size_t m = 0;
    bool equal = runde_plan_to_json(&x, &n, problem, a) == RUNDE_OK &&
                 runde_plan_to_json(&y, &m, problem, b) == RUNDE_OK && n == m;
    equal = equal && memcmp(x, y, n) == 0;
    if (!equal) {
        snprintf(d->text, sizeof d->text, "the same seed gives another plan");
    }
    runde_text_free(x);
    runde_text_free(y);
    return equal;
}

int compare_costs(const runde_cost *a, const runde_cost *b)
{
    if (a->left_out != b->left_out) {
        return a->left_out < b->left_out ? -1 : 1;
    }
    return (a->wishes > b->wishes) - (a->wishes < b->wishes);
}

/* A warm start is never made worse, however little is searched. */
static void start_is_kept(const runde_problem *problem, const runde_plan *plan,
                          defect *d)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = -1;
    options.start = plan;
    runde_plan *const again = defect_solve(problem, &options, d);
    if (again != NULL &&
        compare_costs(runde_plan_cost(again), runde_plan_cost(plan)) > 0) {
        snprintf(d->text, sizeof d->text,
                 "warm start made worse: %lld/%lld from %lld/%lld",
                 (long long)runde_plan_cost(again)->left_out,
                 (long long)runde_plan_cost(again)->wishes,
                 (long long)runde_plan_cost(plan)->left_out,
                 (long long)runde_plan_cost(plan)->wishes);
    }
    runde_plan_free(again);
}

defect defect_of_answer(const world *w)
{
    defect d = {""};
    runde_problem *const problem = world_problem(w);
    runde_plan *plan = NULL;
    runde_plan *again = NULL;
    if (problem == NULL) {
        snprintf(d.text, sizeof d.text, "the problem cannot be sealed");
        return d;
    }
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = ITERATIONS;
    options.seed = w->seed;
    options.clock = standing_clock;
    plan = defect_solve(problem, &options, &d);
    if (plan == NULL || !plan_is_clean(problem, plan, &d) ||
        !reasons_are_there(problem, plan, &d)) {
        goto done;
    }
    again = defect_solve(problem, &options, &d);
    if (again == NULL || !plans_are_equal(problem, plan, again, &d)) {
        goto done;
    }
    start_is_kept(problem, plan, &d);

done:
    runde_plan_free(again);
    runde_plan_free(plan);
    runde_problem_free(problem);
    return d;
}
