/* SPDX-License-Identifier: MIT */
/* Sessions: derive, carry the plan over, solve, and only then let go of what
 * was before. */
#include <runde/session.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "plan/plan.h"
#include "session.h"

struct runde_session {
    runde_problem *problem;
    runde_plan *plan; /* NULL before the first */
    rn_live *live;    /* the plan, ready for questions; NULL: not asked yet */
};

/* ------------------------------------------------------------ life cycle */

runde_status runde_session_new(runde_session **out,
                               const runde_problem *problem,
                               const runde_plan *plan)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem) ||
        (plan != NULL && !rn_plan_is_finished(plan))) {
        return RUNDE_E_STATE;
    }
    runde_session *const session = rn_calloc(1, sizeof *session);
    if (session == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status =
        runde_problem_derive(&session->problem, problem, NULL, 0, NULL);
    if (status == RUNDE_OK && plan != NULL) {
        status = rn_plan_copy(&session->plan, session->problem, plan,
                              runde_plan_cost(plan));
    }
    if (status != RUNDE_OK) {
        runde_session_free(session);
        return status;
    }
    *out = session;
    return RUNDE_OK;
}

void runde_session_free(runde_session *session)
{
    if (session == NULL) {
        return;
    }
    rn_live_free(session->live);
    runde_plan_free(session->plan);
    runde_problem_free(session->problem);
    rn_free(session);
}

runde_status rn_session_wake(runde_session *session)
{
    if (session->plan == NULL) {
        return RUNDE_E_STATE;
    }
    return session->live != NULL
               ? RUNDE_OK
               : rn_live_new(&session->live, session->problem, session->plan);
}

rn_live *rn_session_live(const runde_session *session)
{
    return session->live;
}

const runde_problem *runde_session_problem(const runde_session *session)
{
    return session == NULL ? NULL : session->problem;
}

const runde_plan *runde_session_plan(const runde_session *session)
{
    return session == NULL ? NULL : session->plan;
}

/* ------------------------------------------------------------- carrying */

/* Points a stop at the derived problem; false when it is not there. */
static bool carry_stop(const runde_problem *problem, const runde_shift *shift,
                       runde_stop *stop)
{
    switch (stop->kind) {
    case RUNDE_STOP_VISIT:
        stop->item = runde_problem_derived_visit(problem, stop->item);
        return stop->item != RUNDE_NONE && stop->part >= 0 &&
               stop->part < runde_problem_visit(problem, stop->item)->crew;
    case RUNDE_STOP_ACTIVITY:
        return stop->item < shift->n_activities;
    case RUNDE_STOP_BREAK:
        return stop->item < shift->n_breaks;
    }
    return false;
}

/* `stops` has room for the route's. */
static runde_status carry_route(runde_plan *to, const runde_problem *problem,
                                const runde_route *from, runde_stop *stops)
{
    runde_route route = *from;
    route.shift = runde_problem_derived_shift(problem, from->shift);
    if (route.shift == RUNDE_NONE) {
        return RUNDE_OK;
    }
    const runde_shift *const shift = runde_problem_shift(problem, route.shift);
    route.stops = stops;
    route.n_stops = 0;
    for (int32_t k = 0; k < from->n_stops; k++) {
        runde_stop stop = from->stops[k];
        if (carry_stop(problem, shift, &stop)) {
            stops[route.n_stops++] = stop;
        }
    }
    return route.n_stops == 0 ? RUNDE_OK : runde_plan_add_route(to, &route);
}

/* The routes of a plan for the problem that this one is derived from. What
 * is cancelled is left away; the times are those of before, which is fine
 * for a start. */
static runde_status carry_plan(runde_plan **out, const runde_problem *problem,
                               const runde_plan *from)
{
    int32_t longest = 0;
    for (int32_t i = 0; i < runde_plan_n_routes(from); i++) {
        const int32_t n = runde_plan_route(from, i)->n_stops;
        longest = longest < n ? n : longest;
    }
    runde_plan *to = NULL;
    runde_stop *const stops = rn_calloc((size_t)longest, sizeof *stops);
    runde_status status =
        stops == NULL ? RUNDE_E_NOMEM : runde_plan_new(&to, problem);
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_routes(from);
         i++) {
        status = carry_route(to, problem, runde_plan_route(from, i), stops);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(to);
    }
    rn_free(stops);
    if (status != RUNDE_OK) {
        runde_plan_free(to);
        return status;
    }
    *out = to;
    return RUNDE_OK;
}

/* Solves without wiping out what deriving left in the diagnosis. */
static runde_status solve(runde_plan **out, const runde_problem *problem,
                          const runde_options *options, runde_diag *diag)
{
    runde_diag own = RUNDE_DIAG_INIT;
    if (diag != NULL) {
        own.on_finding = diag->on_finding;
        own.payload = diag->payload;
    }
    const runde_status status = runde_solve(out, problem, options, &own);
    if (diag != NULL && own.errors > 0) {
        own.warnings += diag->warnings;
        *diag = own;
    }
    return status;
}

runde_status runde_session_apply(runde_session *session,
                                 const runde_edit *edits, int32_t n,
                                 const runde_options *options, runde_diag *diag)
{
    runde_options with = RUNDE_OPTIONS_INIT;
    if (session == NULL || !rn_diag_is_usable(diag) ||
        (options != NULL &&
         (options->size != sizeof *options || options->start != NULL))) {
        return RUNDE_E_ARGUMENT;
    }
    if (options != NULL) {
        with = *options;
    }
    runde_problem *problem = NULL;
    runde_plan *start = NULL;
    runde_plan *plan = NULL;
    runde_status status =
        runde_problem_derive(&problem, session->problem, edits, n, diag);
    if (status == RUNDE_OK && session->plan != NULL) {
        status = carry_plan(&start, problem, session->plan);
    }
    if (status == RUNDE_OK) {
        with.start = start;
        status = solve(&plan, problem, &with, diag);
    }
    runde_plan_free(start);
    if (status != RUNDE_OK) {
        runde_problem_free(problem);
        return status;
    }
    rn_live_free(session->live);
    session->live = NULL;
    runde_plan_free(session->plan);
    runde_problem_free(session->problem);
    session->problem = problem;
    session->plan = plan;
    return RUNDE_OK;
}
