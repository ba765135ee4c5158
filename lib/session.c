/* SPDX-License-Identifier: MIT */
/* Sessions: derive, carry the plan over, solve, and only then let go of what
 * was before. */
#include <runde/session.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "plan/carry.h"
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
        status = rn_plan_copy(&session->plan, session->problem, plan, NULL);
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

/* The plan in the problem that is derived from its own. */
static runde_status carry_plan(runde_plan **out, const runde_problem *problem,
                               const runde_plan *from)
{
    const int32_t n = runde_plan_n_routes(from);
    rn_old_route *const routes = rn_calloc((size_t)n, sizeof *routes);
    if (routes == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_route *const route = runde_plan_route(from, i);
        routes[i].shift = route->shift;
        routes[i].stops = route->stops;
        routes[i].n_stops = route->n_stops;
        routes[i].more_behind = RUNDE_NONE;
    }
    const runde_status status = rn_carry_routes(out, problem, routes, n);
    rn_free(routes);
    return status;
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
