/* SPDX-License-Identifier: MIT */
/* Why a visit is where it is, and what would be the least to give way for
 * one that is left out. A relaxation is a visit or a shift a little
 * different: it is tried on the session's plan and, when it fits, carried
 * out on the problem for the checker to judge. */
#include <runde/check.h>
#include <runde/explain.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "model/instance_parts.h"
#include "plan/advise.h"
#include "plan/freeze.h"
#include "plan/survey.h"
#include "session.h"

/* Relaxations that are tried at the most. */
#define MOST_RELAXATIONS 24
/* Overtime that is worth a word. */
#define MOST_OVERTIME_S (4 * 3600)

struct runde_explanation {
    rn_arena arena; /* moves */
    int32_t visit;
    bool is_served;
    runde_cost saving;
    const runde_move *places;
    int32_t n_places;
    runde_advice *advice;
    runde_relaxation relaxations[MOST_RELAXATIONS];
    int32_t n_relaxations;
};

/* A visit or shift that gives way, while it is being looked at. */
typedef struct attempt {
    runde_explanation *out;
    rn_live *live;
    const runde_visit *given;
    runde_visit visit; /* the guest: the visit, relaxed */
    runde_window *windows;
    runde_skill_need *skills;
    runde_relaxation_kind kind;
    int32_t amount;
    int32_t item;
    rn_choice choice;
} attempt;

const char *runde_relaxation_name(runde_relaxation_kind kind)
{
    static const char *const names[RUNDE_RELAXATIONS] = {
        "move", "later", "earlier", "overtime", "skill", "crew"};
    return (int)kind >= 0 && kind < RUNDE_RELAXATIONS ? names[kind] : NULL;
}

static int32_t ticks_of(const rn_live *live, int32_t seconds)
{
    const int64_t tick_ms = runde_problem_settings(live->problem)->tick_ms;
    const int64_t ticks = (int64_t)seconds * 1000 / tick_ms;
    return ticks > 0 ? (int32_t)ticks : 1;
}

/* ----------------------------------------------------------- verification */

/* The routes of the live plan as it stands, in a plan of the problem. */
static runde_status copy_routes(runde_plan *to, const rn_solution *sol,
                                const runde_problem *problem)
{
    runde_plan *frozen = NULL;
    runde_status status = runde_plan_new(&frozen, problem);
    if (status == RUNDE_OK) {
        status = rn_freeze(frozen, sol);
    }
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_routes(frozen);
         i++) {
        status = runde_plan_add_route(to, runde_plan_route(frozen, i));
    }
    runde_plan_free(frozen);
    return status;
}

static runde_status write_plan(runde_plan **out, const attempt *a,
                               const runde_problem *problem)
{
    const rn_instance *inst = a->live->inst;
    runde_plan *plan = NULL;
    runde_status status = runde_plan_new(&plan, problem);
    if (status == RUNDE_OK) {
        status = copy_routes(plan, a->live->sol, problem);
    }
    for (int32_t v = 0;
         status == RUNDE_OK && v < runde_problem_n_visits(problem); v++) {
        const runde_unserved left = {v, 0, NULL};
        if (v != a->out->visit &&
            a->live->sol->node[inst->first_task[v]].route < 0) {
            status = runde_plan_add_unserved(plan, &left);
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

/* The problem in which the relaxation holds. */
static runde_status relax(runde_problem **out, const attempt *a)
{
    const runde_problem *base = a->live->problem;
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    edit.kind = RUNDE_EDIT_REPLACE_VISIT;
    edit.index = a->out->visit;
    edit.visit = &a->visit;
    if (a->kind == RUNDE_RELAX_OVERTIME) {
        shift = *runde_problem_shift(base, a->item);
        shift.max_end += a->amount;
        edit.kind = RUNDE_EDIT_REPLACE_SHIFT;
        edit.index = a->item;
        edit.shift = &shift;
    }
    const int32_t n = a->kind == RUNDE_RELAX_MOVE ? 0 : 1;
    return runde_problem_derive(out, base, &edit, n, NULL);
}

/* Carries the choice out and asks the checker. */
static runde_status verify(const attempt *a, bool *holds)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    runde_status status = relax(&problem, a);
    if (status == RUNDE_OK) {
        (void)rn_live_run(a->live, &a->choice.script);
        status = write_plan(&plan, a, problem);
        rn_live_undo(a->live);
    }
    if (status == RUNDE_OK) {
        status = runde_check(&report, problem, plan);
    }
    *holds = status == RUNDE_OK && runde_report_n_violations(report) == 0;
    runde_report_free(report);
    runde_plan_free(plan);
    runde_problem_free(problem);
    return status == RUNDE_E_NOMEM ? status : RUNDE_OK;
}

/* ------------------------------------------------------------ relaxations */

/* The guest's being served is the visit's. */
static void count_as_served(const attempt *a, runde_cost *change)
{
    if (!a->given->optional) {
        change->left_out -= a->given->priority;
        return;
    }
    const int64_t cost = (int64_t)a->given->price *
                         rn_client_weight(a->live->inst, a->given->client,
                                          RUNDE_OPTIONAL_UNSERVED);
    change->amount[RUNDE_OPTIONAL_UNSERVED] -= a->given->price;
    change->cost[RUNDE_OPTIONAL_UNSERVED] -= cost;
    change->wishes -= cost;
}

static runde_status keep(attempt *a)
{
    bool holds = false;
    runde_explanation *out = a->out;
    if (out->n_relaxations == MOST_RELAXATIONS) {
        return RUNDE_OK;
    }
    runde_status status = verify(a, &holds);
    if (status == RUNDE_OK && holds) {
        runde_relaxation *r = &out->relaxations[out->n_relaxations++];
        r->kind = a->kind;
        r->amount = a->amount;
        r->item = a->item;
        status = rn_write_offer(a->live, &a->choice, &out->arena, &r->offer);
        r->offer.visit = out->visit;
        if (a->live->inst->guest != NULL) {
            count_as_served(a, &r->offer.change);
        }
    }
    return status;
}

/* The best shift for a unit; false when none fits. */
static bool choose_best(attempt *a, const rn_request *request)
{
    a->choice.fits = false;
    for (int32_t s = 0; s < a->live->inst->n_shifts; s++) {
        rn_choice one;
        rn_choose(a->live, request, s, &one);
        if (one.fits && (!a->choice.fits ||
                         rn_price_compare(one.price, a->choice.price) < 0)) {
            a->choice = one;
        }
    }
    return a->choice.fits;
}

/* Seats the relaxed visit; its tasks go by the visit's number. */
static runde_status seat(attempt *a)
{
    rn_instance *inst = a->live->inst;
    const runde_status status = rn_live_seat(a->live, &a->visit);
    for (int32_t j = 0; status == RUNDE_OK && j < a->visit.crew; j++) {
        inst->task[inst->n_tasks - inst->n_guests + j].visit = a->out->visit;
    }
    return status;
}

/* Does the relaxed visit fit somewhere? Keeps it if `keeps`. */
static runde_status try_guest(attempt *a, bool keeps, bool *fits)
{
    runde_status status = seat(a);
    *fits = false;
    if (status != RUNDE_OK) {
        return status;
    }
    const rn_request request = {a->live->inst->n_units, a->out->visit, 0};
    *fits = choose_best(a, &request);
    if (*fits && keeps) {
        status = keep(a);
    }
    rn_live_unseat(a->live);
    return status;
}

static void widen(attempt *a, int32_t by)
{
    a->amount = by;
    for (int32_t i = 0; i < a->given->n_windows; i++) {
        runde_window *w = &a->windows[i];
        *w = a->given->windows[i];
        if (a->kind == RUNDE_RELAX_LATER) {
            w->max_start += w->max_start == RUNDE_TIME_NONE ? 0 : by;
            w->max_end += w->max_end == RUNDE_TIME_NONE ? 0 : by;
        } else {
            w->min_start -= w->min_start == RUNDE_TIME_NONE ? 0 : by;
        }
    }
}

/* By how little, to the minute, up to four hours. */
static runde_status try_windows(attempt *a, runde_relaxation_kind kind)
{
    const int32_t minute = ticks_of(a->live, 60);
    int32_t lo = 0;
    int32_t hi = 5 * minute;
    bool fits = false;
    runde_status status = RUNDE_OK;
    a->kind = kind;
    a->item = RUNDE_NONE;
    while (status == RUNDE_OK && !fits && hi <= 240 * minute) {
        widen(a, hi);
        status = try_guest(a, false, &fits);
        lo = fits ? lo : hi;
        hi = fits ? hi : 2 * hi;
    }
    const bool found = fits;
    while (status == RUNDE_OK && found && hi - lo > minute) {
        const int32_t mid = lo + (hi - lo) / 2;
        widen(a, mid);
        status = try_guest(a, false, &fits);
        lo = fits ? lo : mid;
        hi = fits ? mid : hi;
    }
    if (status == RUNDE_OK && found) {
        widen(a, hi);
        status = try_guest(a, true, &fits);
    }
    widen(a, 0);
    return status;
}

static void ask_all_skills(attempt *a)
{
    a->visit.n_skills = a->given->n_skills;
    for (int32_t i = 0; i < a->given->n_skills; i++) {
        a->skills[i] = a->given->skills[i];
    }
}

static runde_status try_skills(attempt *a)
{
    runde_status status = RUNDE_OK;
    bool fits = false;
    const int32_t n = a->given->n_skills;
    a->kind = RUNDE_RELAX_SKILL;
    a->amount = 0;
    for (int32_t k = 0; k < n && status == RUNDE_OK; k++) {
        a->visit.n_skills = 0;
        for (int32_t i = 0; i < n; i++) {
            if (a->given->skills[i].skill != a->given->skills[k].skill) {
                a->skills[a->visit.n_skills++] = a->given->skills[i];
            }
        }
        a->item = a->given->skills[k].skill;
        status = try_guest(a, true, &fits);
    }
    ask_all_skills(a);
    return status;
}

static runde_status try_crew(attempt *a)
{
    bool fits = false;
    if (a->given->crew < 2) {
        return RUNDE_OK;
    }
    a->kind = RUNDE_RELAX_CREW;
    a->item = RUNDE_NONE;
    a->visit.crew = a->given->crew - 1;
    a->amount = a->visit.crew;
    a->visit.n_skills = 0;
    for (int32_t i = 0; i < a->given->n_skills; i++) {
        if (a->given->skills[i].part < a->visit.crew) {
            a->skills[a->visit.n_skills++] = a->given->skills[i];
        }
    }
    return try_guest(a, true, &fits);
}

static runde_status try_moves(attempt *a)
{
    const rn_request request = {rn_unit_of(a->live->inst, a->out->visit),
                                a->out->visit, 1};
    a->kind = RUNDE_RELAX_MOVE;
    a->item = RUNDE_NONE;
    a->amount = 0;
    return choose_best(a, &request) ? keep(a) : RUNDE_OK;
}

/* Lets a shift end later, or no longer. */
static void stretch(rn_live *live, int32_t shift, int32_t by)
{
    rn_solution *sol = live->sol;
    live->inst->shift[shift].max_end += by;
    sol->n_seeds = 0;
    sol->seed[sol->n_seeds++] = rn_shift_end_node(live->inst, shift);
    (void)rn_schedule_removals(sol);
    rn_settle(sol);
}

/* The shift that needs the least overtime. */
static runde_status try_overtime(attempt *a)
{
    rn_live *live = a->live;
    rn_instance *inst = live->inst;
    const int32_t most = ticks_of(live, MOST_OVERTIME_S);
    const rn_request request = {rn_unit_of(inst, a->out->visit), a->out->visit,
                                0};
    int32_t least = most + 1;
    rn_choice best;
    memset(&best, 0, sizeof best);
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        rn_choice one;
        if (live->sol->route[s].n == 0) {
            continue;
        }
        const int32_t end = inst->shift[s].max_end;
        stretch(live, s, most);
        rn_choose(live, &request, s, &one);
        if (one.fits) {
            (void)rn_live_run(live, &one.script);
            const int32_t over =
                live->sol->node[rn_shift_end_node(inst, s)].start - end;
            rn_live_undo(live);
            if (over > 0 && over < least) {
                least = over;
                best = one;
            }
        }
        stretch(live, s, -most);
    }
    if (!best.fits) {
        return RUNDE_OK;
    }
    a->kind = RUNDE_RELAX_OVERTIME;
    a->item = best.shift;
    a->amount = least;
    stretch(live, best.shift, least);
    rn_choose(live, &request, best.shift, &a->choice);
    const runde_status status = a->choice.fits ? keep(a) : RUNDE_OK;
    stretch(live, best.shift, -least);
    return status;
}

static int class_of(runde_relaxation_kind kind)
{
    switch (kind) {
    case RUNDE_RELAX_MOVE:
        return 0;
    case RUNDE_RELAX_SKILL:
        return 2;
    case RUNDE_RELAX_CREW:
        return 3;
    default:
        return 1;
    }
}

static int by_size(const void *a, const void *b)
{
    const runde_relaxation *x = a;
    const runde_relaxation *y = b;
    const int order = class_of(x->kind) - class_of(y->kind);
    if (order != 0) {
        return order;
    }
    if (x->amount != y->amount) {
        return x->amount < y->amount ? -1 : 1;
    }
    if (x->offer.change.wishes != y->offer.change.wishes) {
        return x->offer.change.wishes < y->offer.change.wishes ? -1 : 1;
    }
    return (x->item > y->item) - (x->item < y->item);
}

static runde_status try_all(attempt *a)
{
    runde_status status = try_moves(a);
    if (status == RUNDE_OK) {
        status = try_overtime(a);
    }
    a->visit = *a->given;
    a->visit.windows = a->windows;
    a->visit.skills = a->skills;
    ask_all_skills(a);
    widen(a, 0);
    if (status == RUNDE_OK && a->given->n_windows > 0) {
        status = try_windows(a, RUNDE_RELAX_LATER);
    }
    if (status == RUNDE_OK && a->given->n_windows > 0) {
        status = try_windows(a, RUNDE_RELAX_EARLIER);
    }
    if (status == RUNDE_OK) {
        status = try_skills(a);
    }
    if (status == RUNDE_OK) {
        status = try_crew(a);
    }
    qsort(a->out->relaxations, (size_t)a->out->n_relaxations,
          sizeof *a->out->relaxations, by_size);
    return status;
}

/* A unit of several visits has none: which of them shall give way? */
static runde_status find_relaxations(runde_explanation *out, rn_live *live)
{
    attempt a;
    memset(&a, 0, sizeof a);
    a.out = out;
    a.live = live;
    a.given = runde_problem_visit(live->problem, out->visit);
    const rn_unit *unit = &live->inst->unit[rn_unit_of(live->inst, out->visit)];
    if (unit->n != a.given->crew) {
        return RUNDE_OK;
    }
    a.windows = rn_calloc((size_t)a.given->n_windows + 1, sizeof *a.windows);
    a.skills = rn_calloc((size_t)a.given->n_skills + 1, sizeof *a.skills);
    const runde_status status =
        a.windows == NULL || a.skills == NULL ? RUNDE_E_NOMEM : try_all(&a);
    rn_free(a.skills);
    rn_free(a.windows);
    return status;
}

/* ------------------------------------------------------------ explanation */

static bool is_here(const rn_live *live, const rn_request *request,
                    int32_t shift)
{
    const rn_unit *unit = &live->inst->unit[request->unit];
    for (int32_t i = 0; i < unit->n; i++) {
        const int32_t task = live->inst->unit_tasks[unit->first + i];
        if (live->sol->node[task].route == shift) {
            return true;
        }
    }
    return false;
}

static runde_status ask_shifts(runde_explanation *out, rn_live *live,
                               const rn_request *request)
{
    const int32_t most = live->inst->n_shifts;
    rn_choice *choices = rn_calloc((size_t)most + 1, sizeof *choices);
    int32_t n = 0;
    if (choices == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = rn_survey_begin(live, request->unit, 0);
    for (int32_t s = 0; status == RUNDE_OK && s < most; s++) {
        if (!is_here(live, request, s)) {
            rn_choose(live, request, s, &choices[n++]);
        }
    }
    if (status == RUNDE_OK) {
        rn_choose_reasons(live, request, choices, n);
        rn_sort_choices(choices, n);
        status = rn_advise(&out->advice, live, choices, n, 0);
    }
    rn_survey_end(live);
    rn_free(choices);
    return status;
}

/* Where it is, and what leaving it out would change. */
static runde_status look_at_place(runde_explanation *out, rn_live *live,
                                  const rn_request *request)
{
    runde_offer offer;
    rn_script script = {request->unit, 0, {{0, 0, 0}}};
    memset(&offer, 0, sizeof offer);
    runde_status status = rn_live_report(live, &script, &out->arena, &offer);
    if (status == RUNDE_OK) {
        out->places = offer.moves;
        out->n_places = offer.n_moves;
        script.step[script.n++] = (rn_step){request->unit, RN_OUT, 0};
        memset(&offer, 0, sizeof offer);
        status = rn_live_report(live, &script, &out->arena, &offer);
        out->saving = offer.change;
    }
    return status;
}

static runde_status explain(runde_explanation *out, rn_live *live)
{
    const rn_request request = {rn_unit_of(live->inst, out->visit), out->visit,
                                0};
    runde_status status = RUNDE_OK;
    out->is_served = rn_is_served(live->sol, request.unit);
    if (out->is_served) {
        status = look_at_place(out, live, &request);
    }
    if (status == RUNDE_OK) {
        status = ask_shifts(out, live, &request);
    }
    const runde_offer *first =
        status == RUNDE_OK ? runde_advice_offer(out->advice, 0) : NULL;
    if (status == RUNDE_OK && !out->is_served &&
        (first == NULL || !first->fits)) {
        status = find_relaxations(out, live);
    }
    return status;
}

runde_status runde_explain_visit(runde_explanation **out,
                                 runde_session *session, int32_t visit,
                                 runde_diag *diag)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (session == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    if (visit < 0 ||
        visit >= runde_problem_n_visits(runde_session_problem(session))) {
        return RUNDE_E_ARGUMENT;
    }
    runde_status status = rn_session_wake(session);
    if (status != RUNDE_OK) {
        return status;
    }
    runde_explanation *made = rn_calloc(1, sizeof *made);
    if (made == NULL) {
        return RUNDE_E_NOMEM;
    }
    made->arena = (rn_arena)RN_ARENA_INIT;
    made->visit = visit;
    made->saving = (runde_cost)RUNDE_COST_INIT;
    status = explain(made, rn_session_live(session));
    if (status != RUNDE_OK) {
        runde_explanation_free(made);
        return status;
    }
    *out = made;
    return RUNDE_OK;
}

void runde_explanation_free(runde_explanation *explanation)
{
    if (explanation != NULL) {
        runde_advice_free(explanation->advice);
        rn_arena_free(&explanation->arena);
        rn_free(explanation);
    }
}

int32_t runde_explanation_visit(const runde_explanation *explanation)
{
    return explanation->visit;
}

bool runde_explanation_is_served(const runde_explanation *explanation)
{
    return explanation->is_served;
}

const runde_cost *runde_explanation_saving(const runde_explanation *explanation)
{
    return &explanation->saving;
}

int32_t runde_explanation_n_places(const runde_explanation *explanation)
{
    return explanation->n_places;
}

const runde_move *runde_explanation_place(const runde_explanation *explanation,
                                          int32_t index)
{
    return index >= 0 && index < explanation->n_places
               ? &explanation->places[index]
               : NULL;
}

int32_t runde_explanation_n_offers(const runde_explanation *explanation)
{
    return runde_advice_n_offers(explanation->advice);
}

const runde_offer *runde_explanation_offer(const runde_explanation *explanation,
                                           int32_t index)
{
    return runde_advice_offer(explanation->advice, index);
}

int32_t runde_explanation_n_relaxations(const runde_explanation *explanation)
{
    return explanation->n_relaxations;
}

const runde_relaxation *
runde_explanation_relaxation(const runde_explanation *explanation,
                             int32_t index)
{
    return index >= 0 && index < explanation->n_relaxations
               ? &explanation->relaxations[index]
               : NULL;
}
