/* SPDX-License-Identifier: MIT */
/* What has begun stays, whatever rule it breaks by now. A plan of nothing but
 * that is put before the checker; each rule that it breaks gives way by as
 * much as it is broken, until the checker has nothing against it. */
#include "replan_day.h"
#include "replan_mend.h"

#include "model/derive.h"
#include "plan/carry.h"
#include "plan/forgive.h"

#include <runde/check.h>

/* Rounds of asking the checker: each may drop one break or activity of every
 * shift, and what is dropped or given way to shows the next rule. */
#define MOST_ROUNDS 64

/* ----------------------------------------------------------- what has begun */

/* The stops that a route keeps: visits that are frozen, and every break and
 * activity. `*more_behind` follows them. */
static int32_t keep_stops(runde_stop *to, const rn_day *day,
                          const rn_day_route *from, const rn_instance *inst,
                          int32_t *more_behind)
{
    const rn_day_shift *const shift = &day->shifts[from->shift];
    int32_t n = 0;
    bool has_visit = false;
    *more_behind = RUNDE_NONE;
    for (int32_t i = 0; i < from->n; i++) {
        const runde_stop *const stop = &from->stops[i];
        bool stays = true;
        if (stop->kind == RUNDE_STOP_VISIT) {
            const int32_t v =
                runde_problem_derived_visit(inst->problem, stop->item);
            stays = v != RUNDE_NONE && i < from->n_frozen &&
                    inst->task[inst->first_task[v]].is_frozen;
            has_visit = has_visit || stays;
        }
        if (stays) {
            to[n++] = *stop;
        }
        if (i == shift->delayed) {
            *more_behind = n - 1;
        }
    }
    return has_visit ? n : 0;
}

static runde_status draft_begun(runde_plan **out, const rn_day *day,
                                const rn_instance *inst)
{
    rn_old_route *const routes =
        rn_arena_array(day->arena, (size_t)day->n_routes, sizeof *routes);
    if (routes == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t n = 0;
    for (int32_t r = 0; r < day->n_routes; r++) {
        const rn_day_route *const from = &day->routes[r];
        const rn_day_shift *const shift = &day->shifts[from->shift];
        runde_stop *const stops =
            rn_arena_array(day->arena, (size_t)from->n, sizeof *stops);
        if (stops == NULL) {
            return RUNDE_E_NOMEM;
        }
        rn_old_route *const to = &routes[n];
        to->n_stops = keep_stops(stops, day, from, inst, &to->more_behind);
        to->shift = from->shift;
        to->stops = stops;
        to->break_at = shift->break_at;
        to->activity_at = shift->activity_at;
        to->n_break_at = shift->n_break_at;
        to->n_activity_at = shift->n_activity_at;
        if (to->more_behind != RUNDE_NONE) {
            to->more = shift->delay_stop;
        }
        n += to->n_stops > 0 && !shift->is_gone;
    }
    return rn_carry_routes(out, inst->problem, routes, n);
}

static runde_status plan_begun(runde_plan **out, const rn_day *day,
                               const rn_instance *inst)
{
    runde_plan *draft = NULL;
    runde_plan *plan = NULL;
    runde_status status = draft_begun(&draft, day, inst);
    if (status == RUNDE_OK) {
        status = runde_plan_new(&plan, inst->problem);
    }
    if (status == RUNDE_OK) {
        status = rn_forgive_past(plan, inst, draft);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    runde_plan_free(draft);
    if (status != RUNDE_OK) {
        runde_plan_free(plan);
        return status;
    }
    *out = plan;
    return RUNDE_OK;
}

/* ---------------------------------------------------------------- the whole */

/* What the checker has against the plan of what has begun, and the edits that
 * mend it. */
static runde_status judge(rn_mend *m)
{
    runde_report *report = NULL;
    runde_status status = runde_check(&report, m->problem, m->held);
    if (status != RUNDE_OK) {
        return status;
    }
    const int32_t n = runde_report_n_violations(report);
    status = rn_mend_start(m, n);
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        rn_mend_rule(m, runde_report_violation(report, i), false);
    }
    const bool is_mended = m->n == 0;
    for (int32_t i = 0; status == RUNDE_OK && is_mended && i < n; i++) {
        rn_mend_rule(m, runde_report_violation(report, i), true);
    }
    runde_report_free(report);
    return status == RUNDE_OK && m->failed ? RUNDE_E_NOMEM : status;
}

/* The problem as the edits leave it, in the old one's numbers. */
static runde_status give_way(runde_problem **problem, const rn_mend *m)
{
    runde_problem *next = NULL;
    runde_status status =
        runde_problem_derive(&next, *problem, m->edits, m->n, NULL);
    if (status == RUNDE_OK) {
        status = rn_problem_keep_numbers(next, *problem);
    }
    if (status != RUNDE_OK) {
        runde_problem_free(next);
        return status;
    }
    runde_problem_free(*problem);
    *problem = next;
    return RUNDE_OK;
}

runde_status rn_day_hold(runde_problem **problem, runde_plan **held,
                         rn_day *day, runde_diag *diag)
{
    runde_status status = RUNDE_OK;
    bool is_mended = false;
    for (int round = 0; status == RUNDE_OK && !is_mended; round++) {
        rn_instance *inst = NULL;
        rn_mend m = {0};
        runde_plan_free(*held);
        *held = NULL;
        status = rn_instance_new(&inst, *problem);
        if (status == RUNDE_OK) {
            status = plan_begun(held, day, inst);
        }
        if (status == RUNDE_OK) {
            m.day = day;
            m.problem = *problem;
            m.inst = inst;
            m.held = *held;
            m.diag = diag;
            status = judge(&m);
        }
        rn_instance_free(inst);
        is_mended = m.n == 0 || round == MOST_ROUNDS;
        if (status == RUNDE_OK && !is_mended) {
            status = give_way(problem, &m);
        }
    }
    return status;
}
