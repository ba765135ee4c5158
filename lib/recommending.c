/* SPDX-License-Identifier: MIT */
/* Questions to a session about who could take what. */
#include <runde/check.h>
#include <runde/recommend.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "model/validate.h"
#include "plan/advise.h"
#include "plan/survey.h"
#include "session.h"

static bool is_sound(const runde_question *question)
{
    return question == NULL ||
           (question->size == sizeof *question && question->top >= 0 &&
            question->most_moved >= 0 && question->most_moved <= RN_MOST_MOVED);
}

/* What every question begins with. */
static runde_status begin(runde_advice **out, runde_session *session,
                          const runde_question *question, runde_question *q,
                          runde_diag *diag)
{
    static const runde_question usual = RUNDE_QUESTION_INIT;
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (session == NULL || !is_sound(question) || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *q = question != NULL ? *question : usual;
    rn_diag_start(diag);
    return rn_session_wake(session);
}

/* Every shift's answer about one unit. */
static runde_status ask_shifts(runde_advice **out, rn_live *live,
                               const rn_request *request, int32_t top)
{
    const int32_t n = live->inst->n_shifts;
    rn_choice *choices = rn_calloc((size_t)n + 1, sizeof *choices);
    if (choices == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = rn_survey_begin(live, request->unit, top);
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        const int32_t s = rn_survey_shift(live, i);
        rn_choose(live, request, s, &choices[s]);
        rn_survey_note(live, choices[s].fits ? choices[s].total : RN_COST_INF);
    }
    if (status == RUNDE_OK) {
        rn_choose_reasons(live, request, choices, n);
        rn_sort_choices(choices, n);
        status = rn_advise(out, live, choices, n, top);
    }
    rn_survey_end(live);
    rn_free(choices);
    return status;
}

static bool has_lists(const runde_visit *visit)
{
    return (visit->windows != NULL || visit->n_windows == 0) &&
           (visit->preferred != NULL || visit->n_preferred == 0) &&
           (visit->skills != NULL || visit->n_skills == 0) &&
           (visit->loads != NULL || visit->n_loads == 0) &&
           (visit->wishes != NULL || visit->n_wishes == 0) &&
           visit->n_windows >= 0 && visit->n_preferred >= 0 &&
           visit->n_skills >= 0 && visit->n_loads >= 0 &&
           visit->n_wishes >= 0 && visit->id != NULL;
}

/* Whether the model would take the visit. */
static runde_status judge(const runde_session *session,
                          const runde_visit *visit, runde_diag *diag)
{
    runde_diag own = RUNDE_DIAG_INIT;
    runde_diag *to = diag != NULL ? diag : &own;
    const runde_status status =
        rn_validate_visit(runde_session_problem(session), visit, to);
    return status == RUNDE_OK && to->errors > 0 ? RUNDE_E_INVALID : status;
}

runde_status runde_recommend_visit(runde_advice **out, runde_session *session,
                                   const runde_visit *visit,
                                   const runde_question *question,
                                   runde_diag *diag)
{
    runde_question q;
    runde_status status = begin(out, session, question, &q, diag);
    if (status == RUNDE_OK &&
        (visit == NULL || visit->size != sizeof *visit || !has_lists(visit))) {
        status = RUNDE_E_ARGUMENT;
    }
    if (status == RUNDE_OK) {
        status = judge(session, visit, diag);
    }
    if (status != RUNDE_OK) {
        return status;
    }
    rn_live *live = rn_session_live(session);
    status = rn_live_seat(live, visit);
    if (status == RUNDE_OK) {
        const rn_request request = {live->inst->n_units,
                                    runde_problem_n_visits(live->problem),
                                    q.most_moved};
        status = ask_shifts(out, live, &request, q.top);
        rn_live_unseat(live);
    }
    return status;
}

runde_status runde_recommend_left_out(runde_advice **out,
                                      runde_session *session, int32_t visit,
                                      const runde_question *question,
                                      runde_diag *diag)
{
    runde_question q;
    const runde_status status = begin(out, session, question, &q, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    rn_live *live = rn_session_live(session);
    if (visit < 0 || visit >= runde_problem_n_visits(live->problem)) {
        return RUNDE_E_ARGUMENT;
    }
    const rn_request request = {rn_unit_of(live->inst, visit), visit,
                                q.most_moved};
    if (rn_is_served(live->sol, request.unit)) {
        return RUNDE_E_ARGUMENT;
    }
    return ask_shifts(out, live, &request, q.top);
}

/* -------------------------------------------------------- the other way */

static bool is_of_carer(const rn_instance *inst, int32_t shift, int32_t carer)
{
    return shift >= 0 && inst->shift[shift].carer == carer;
}

/* The best of the carer's shifts for a unit; with a reason when none. */
static void choose_of_carer(rn_live *live, const rn_request *request,
                            int32_t carer, rn_choice *best)
{
    const rn_carer_limits *c = &live->inst->carer[carer];
    for (int32_t i = 0; i < c->n_shifts; i++) {
        rn_choice choice;
        rn_choose(live, request, live->inst->carer_shifts[c->first_shift + i],
                  &choice);
        rn_choose_reasons(live, request, &choice, 1);
        const bool is_better =
            choice.fits
                ? !best->fits || rn_price_compare(choice.price, best->price) < 0
                : !best->fits && choice.reason.code > best->reason.code;
        if (i == 0 || is_better) {
            *best = choice;
        }
    }
}

/* Which unit is worth a question: left out, or served by others and movable.
 * Units are asked about once, by their first task. */
static bool is_candidate(const rn_live *live, int32_t task, int32_t carer)
{
    const rn_instance *inst = live->inst;
    const rn_unit *unit = &inst->unit[inst->task[task].unit];
    const rn_node *x = &live->sol->node[task];
    if (inst->unit_tasks[unit->first] != task) {
        return false;
    }
    return x->route < 0 || (unit->n == 1 && !inst->task[task].is_frozen &&
                            !is_of_carer(inst, x->route, carer));
}

static runde_status ask_visits(runde_advice **out, rn_live *live, int32_t carer,
                               const runde_question *q)
{
    const rn_instance *inst = live->inst;
    const int32_t own = inst->n_tasks - inst->n_guests;
    rn_choice *choices = rn_calloc((size_t)own + 1, sizeof *choices);
    int32_t n = 0;
    if (choices == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t t = 0; t < own && inst->carer[carer].n_shifts > 0; t++) {
        if (!is_candidate(live, t, carer)) {
            continue;
        }
        const rn_request request = {inst->task[t].unit, inst->task[t].visit,
                                    q->most_moved};
        rn_choice *choice = &choices[n];
        choose_of_carer(live, &request, carer, choice);
        const bool is_left_out = live->sol->node[t].route < 0;
        n += is_left_out ||
             (choice->fits && rn_price_compare(choice->price, live->price) < 0);
    }
    rn_sort_choices(choices, n);
    const runde_status status = rn_advise(out, live, choices, n, q->top);
    rn_free(choices);
    return status;
}

runde_status runde_recommend_for_carer(runde_advice **out,
                                       runde_session *session, int32_t carer,
                                       const runde_question *question,
                                       runde_diag *diag)
{
    runde_question q;
    const runde_status status = begin(out, session, question, &q, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    rn_live *live = rn_session_live(session);
    if (carer < 0 || carer >= live->inst->n_carers) {
        return RUNDE_E_ARGUMENT;
    }
    return ask_visits(out, live, carer, &q);
}

/* ------------------------------------------------------- taking an offer */

static bool is_changed(const runde_offer *offer, int32_t shift)
{
    for (int32_t i = 0; i < offer->n_routes; i++) {
        if (offer->routes[i].shift == shift) {
            return true;
        }
    }
    return false;
}

static runde_status write_draft(runde_plan *draft, const runde_plan *plan,
                                const runde_offer *offer)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_routes(plan);
         i++) {
        const runde_route *route = runde_plan_route(plan, i);
        if (!is_changed(offer, route->shift)) {
            status = runde_plan_add_route(draft, route);
        }
    }
    for (int32_t i = 0; status == RUNDE_OK && i < offer->n_routes; i++) {
        if (offer->routes[i].n_stops > 0) {
            status = runde_plan_add_route(draft, &offer->routes[i]);
        }
    }
    return status == RUNDE_OK ? runde_plan_finish(draft) : status;
}

runde_status runde_recommend_plan(runde_plan **out,
                                  const runde_session *session,
                                  const runde_problem *problem,
                                  const runde_offer *offer)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (session == NULL || problem == NULL || offer == NULL || !offer->fits) {
        return RUNDE_E_ARGUMENT;
    }
    const runde_plan *plan = runde_session_plan(session);
    if (plan == NULL || !runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    runde_plan *draft = NULL;
    runde_status status = runde_plan_new(&draft, problem);
    if (status == RUNDE_OK) {
        status = write_draft(draft, plan, offer);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_schedule(out, problem, draft, NULL);
    }
    runde_plan_free(draft);
    return status;
}
