/* SPDX-License-Identifier: MIT */
/* Replanning: the day as the events leave it becomes edits, the edits a
 * problem, what is left of the published plan its start. */
#include "replan_day.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "plan/carry.h"
#include "plan/diff.h"
#include "plan/leeway.h"
#include "plan/plan.h"
#include "solve.h"

#include <runde/check.h>

#include <stdlib.h>

struct runde_replan {
    rn_arena arena;
    runde_problem *problem;
    runde_plan *plan;
    runde_diff *diff;
    runde_cost before;
    runde_gone *gone; /* in the arena */
    int32_t n_gone;
    rn_leeway *leeway;      /* by part of the diff, in the arena */
    int32_t first_new;      /* visits from here on are none of the published */
    runde_session *session; /* asked about what is left out, or NULL */
    runde_explanation **explained;
    int32_t n_explained;
};

/* ----------------------------------------------------------------- edits */

/* The edits of a replan, in the arena. */
typedef struct edits {
    runde_edit *list;
    int32_t n;
} edits;

static runde_edit *next_edit(edits *e, runde_edit_kind kind)
{
    const runde_edit fresh = RUNDE_EDIT_INIT;
    runde_edit *const edit = &e->list[e->n++];
    *edit = fresh;
    edit->kind = kind;
    return edit;
}

/* Has somebody driven here before the limit? Then the way was open. */
static bool was_driven(const rn_day *day, const runde_leg *leg)
{
    for (int32_t r = 0; r < day->n_routes; r++) {
        const rn_day_route *const route = &day->routes[r];
        const rn_day_shift *const shift = &day->shifts[route->shift];
        int32_t from = shift->record.start_place;
        for (int32_t i = 0; i < route->n_frozen && !shift->is_gone &&
                            shift->record.mode == leg->mode;
             i++) {
            const int32_t to = route->stops[i].place;
            if (from == leg->from && to == leg->to) {
                return true;
            }
            from = to != RUNDE_NONE ? to : from;
        }
    }
    return false;
}

static void add_events(edits *e, const rn_day *day)
{
    for (int32_t i = 0; i < day->options->n_events; i++) {
        const runde_edit *const edit = day->options->events[i].edit;
        if (day->options->events[i].kind != RUNDE_EVENT_EDIT ||
            (edit->kind == RUNDE_EDIT_SET_LEG && edit->leg != NULL &&
             was_driven(day, edit->leg))) {
            continue;
        }
        e->list[e->n++] = *edit;
    }
}

static void add_shifts(edits *e, const rn_day *day)
{
    for (int32_t s = 0; s < day->n_shifts; s++) {
        const rn_day_shift *const shift = &day->shifts[s];
        if (shift->is_gone && !shift->is_gone_by_edit) {
            next_edit(e, RUNDE_EDIT_CANCEL_SHIFT)->index = s;
        } else if (shift->is_changed && !shift->is_gone) {
            runde_edit *const edit = next_edit(e, RUNDE_EDIT_REPLACE_SHIFT);
            edit->index = s;
            edit->shift = &shift->record;
        }
    }
}

/* Where parts are published: a stop of a route, each part once. */
static runde_status add_published(edits *e, const rn_day *day)
{
    const int32_t n_visits = runde_problem_n_visits(day->base);
    uint8_t *const seen =
        rn_arena_array(day->arena, (size_t)n_visits, sizeof *seen);
    size_t n_stops = 0;
    for (int32_t r = 0; r < day->n_routes; r++) {
        n_stops += (size_t)runde_plan_route(day->published, r)->n_stops;
    }
    runde_published *const list =
        rn_arena_array(day->arena, n_stops, sizeof *list);
    if (seen == NULL || list == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t n = 0;
    for (int32_t r = 0; r < day->n_routes; r++) {
        const rn_day_route *const route = &day->routes[r];
        const int32_t carer =
            runde_problem_shift(day->base, route->shift)->carer;
        const int32_t n_all = runde_plan_route(day->published, r)->n_stops;
        /* All of them, also those of a shift that ends early now. */
        for (int32_t i = 0; i < n_all; i++) {
            const runde_stop *const stop = &route->stops[i];
            const runde_visit *const visit =
                stop->kind == RUNDE_STOP_VISIT ? day->visits[stop->item] : NULL;
            if (visit == NULL || stop->part < 0 ||
                stop->part >= (visit->crew > 1 ? visit->crew : 1) ||
                ((seen[stop->item] >> stop->part) & 1U) != 0) {
                continue;
            }
            seen[stop->item] |= (uint8_t)(1U << stop->part);
            list[n++] = (runde_published){
                sizeof *list, stop->item,  stop->part,
                carer,        stop->start, day->options->tolerance};
        }
    }
    runde_edit *const edit = next_edit(e, RUNDE_EDIT_SET_PUBLISHED);
    edit->published = list;
    edit->n_published = n;
    return RUNDE_OK;
}

/* The change budget, on top of the weights that hold by then. */
static void add_budget(edits *e, const rn_day *day, runde_weights *weights)
{
    const struct {
        runde_criterion criterion;
        int64_t most;
    } budget[] = {{RUNDE_CLIENTS_CHANGED, day->options->max_clients_changed},
                  {RUNDE_VISITS_SHIFTED, day->options->max_visits_shifted}};
    *weights = *runde_problem_weights(day->base);
    for (int32_t i = 0; i < e->n; i++) {
        if (e->list[i].kind == RUNDE_EDIT_SET_WEIGHTS &&
            e->list[i].weights != NULL) {
            *weights = *e->list[i].weights;
        }
    }
    bool is_given = false;
    for (size_t i = 0; i < sizeof budget / sizeof budget[0]; i++) {
        if (budget[i].most >= 0) {
            weights->hard |= 1U << budget[i].criterion;
            weights->limit[budget[i].criterion] = budget[i].most;
            is_given = true;
        }
    }
    if (is_given) {
        next_edit(e, RUNDE_EDIT_SET_WEIGHTS)->weights = weights;
    }
}

/* Whoever is held up somewhere is there, also where the matrix has no way from
 * a place to itself. */
static runde_status add_standing(edits *e, const rn_day *day)
{
    runde_leg *const legs =
        rn_arena_array(day->arena, (size_t)day->n_shifts, sizeof *legs);
    if (legs == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t s = 0; s < day->n_shifts; s++) {
        const rn_day_shift *const shift = &day->shifts[s];
        if (shift->delayed == RUNDE_NONE || shift->is_gone) {
            continue;
        }
        const int32_t place =
            day->routes[shift->route].stops[shift->delayed].place;
        int32_t ticks = 0;
        int32_t metres = 0;
        runde_problem_travel(day->base, shift->record.mode, place, place,
                             &ticks, &metres);
        if (ticks < 0) {
            legs[s] = (runde_leg){
                sizeof(runde_leg), shift->record.mode, place, place, 0, 0};
            next_edit(e, RUNDE_EDIT_SET_LEG)->leg = &legs[s];
        }
    }
    return RUNDE_OK;
}

static runde_status derive(runde_replan *replan, rn_day *day, runde_diag *diag)
{
    edits e = {NULL, 0};
    const size_t room =
        (size_t)day->options->n_events + 2 * (size_t)day->n_shifts + 3;
    runde_settings settings = *runde_problem_settings(day->base);
    e.list = rn_arena_array(day->arena, room, sizeof *e.list);
    if (e.list == NULL) {
        return RUNDE_E_NOMEM;
    }
    add_events(&e, day);
    add_shifts(&e, day);
    runde_status status = add_standing(&e, day);
    if (status == RUNDE_OK) {
        status = add_published(&e, day);
    }
    if (status != RUNDE_OK) {
        return status;
    }
    runde_weights weights;
    add_budget(&e, day, &weights);
    settings.freeze_before = day->freeze;
    next_edit(&e, RUNDE_EDIT_SET_SETTINGS)->settings = &settings;
    return runde_problem_derive(&replan->problem, day->base, e.list, e.n, diag);
}

/* ----------------------------------------------------------------- start */

/* What is left of the published plan, in the changed problem. */
static runde_status make_start(runde_plan **out, const rn_day *day,
                               const runde_problem *problem)
{
    rn_old_route *const routes =
        rn_arena_array(day->arena, (size_t)day->n_routes, sizeof *routes);
    if (routes == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t r = 0; r < day->n_routes; r++) {
        const rn_day_route *const from = &day->routes[r];
        const rn_day_shift *const shift = &day->shifts[from->shift];
        routes[r].shift = from->shift;
        routes[r].stops = from->stops;
        routes[r].n_stops = from->n;
        routes[r].break_at = shift->break_at;
        routes[r].activity_at = shift->activity_at;
        routes[r].n_break_at = shift->n_break_at;
        routes[r].n_activity_at = shift->n_activity_at;
        routes[r].more_behind = RUNDE_NONE;
        if (shift->delayed != RUNDE_NONE && !shift->is_gone) {
            routes[r].more_behind = shift->delayed;
            routes[r].more = shift->delay_stop;
        }
    }
    return rn_carry_routes(out, problem, routes, day->n_routes);
}

/* ---------------------------------------------------------------- answer */

/* Cancelled visits make those behind move up; new ones are last. */
static int32_t first_new(const rn_day *day, const runde_problem *problem)
{
    int32_t n = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(day->base); v++) {
        n += runde_problem_derived_visit(problem, v) != RUNDE_NONE;
    }
    return n;
}

/* Clients whom an event changes: nobody need have moved yet. */
static runde_status find_news(rn_news *news, const rn_day *day,
                              const runde_problem *problem)
{
    uint8_t *const is_other =
        rn_arena_array(day->arena, (size_t)runde_problem_n_clients(problem) + 1,
                       sizeof *is_other);
    if (is_other == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < day->options->n_events; i++) {
        const runde_event *const event = &day->options->events[i];
        if (event->kind == RUNDE_EVENT_EDIT &&
            event->edit->kind == RUNDE_EDIT_REPLACE_CLIENT) {
            is_other[event->edit->index] = 1;
        }
    }
    news->first_new = first_new(day, problem);
    news->client = is_other;
    return RUNDE_OK;
}

/* Plans from the start, or from what has begun where the start does not hold.
 * Without `held` RUNDE_E_INFEASIBLE also when what is frozen would be
 * dropped. */
static runde_status solve(runde_replan *replan, const rn_day *day,
                          const rn_instance *inst, const runde_plan *start,
                          const runde_plan *held, runde_diag *diag)
{
    bool drops = false;
    runde_options with = RUNDE_OPTIONS_INIT;
    runde_diag own = RUNDE_DIAG_INIT;
    rn_news news = {0};
    runde_status status = find_news(&news, day, replan->problem);
    if (status != RUNDE_OK) {
        return status;
    }
    if (day->options->search != NULL) {
        with = *day->options->search;
    }
    with.start = start;
    news.held = held;
    news.drops = held == NULL ? &drops : NULL;
    if (diag != NULL) {
        own.on_finding = diag->on_finding;
        own.payload = diag->payload;
    }
    status = rn_solve_near(&replan->plan, inst, &news, &with, &own);
    if (diag != NULL && own.errors > 0) {
        own.warnings += diag->warnings;
        *diag = own;
    }
    return status;
}

/* Parts of visits that are no more, or whose crew is smaller now. */
static bool is_gone(const runde_problem *problem, const runde_stop *stop)
{
    const int32_t visit = runde_problem_derived_visit(problem, stop->item);
    return visit == RUNDE_NONE ||
           stop->part >= runde_problem_visit(problem, visit)->crew;
}

static runde_status add_gone(runde_replan *replan, const rn_day *day,
                             int32_t shift, const runde_stop *stop)
{
    runde_gone *const gone = &replan->gone[replan->n_gone++];
    gone->visit = stop->item;
    gone->part = stop->part;
    gone->carer = runde_problem_shift(day->base, shift)->carer;
    gone->start = stop->start;
    gone->id = rn_arena_strdup(&replan->arena,
                               runde_problem_visit(day->base, stop->item)->id);
    return gone->id == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
}

static int by_visit(const void *x, const void *y)
{
    const runde_gone *const a = x;
    const runde_gone *const b = y;
    return a->visit != b->visit ? (a->visit > b->visit) - (a->visit < b->visit)
                                : (a->part > b->part) - (a->part < b->part);
}

static runde_status list_gone(runde_replan *replan, const rn_day *day)
{
    runde_status status = RUNDE_OK;
    size_t room = 0;
    for (int32_t r = 0; r < day->n_routes; r++) {
        room += (size_t)runde_plan_route(day->published, r)->n_stops;
    }
    replan->gone = rn_arena_array(&replan->arena, room, sizeof *replan->gone);
    if (replan->gone == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t r = 0; r < day->n_routes; r++) {
        const runde_route *const route = runde_plan_route(day->published, r);
        for (int32_t i = 0; status == RUNDE_OK && i < route->n_stops; i++) {
            const runde_stop *const stop = &route->stops[i];
            if (stop->kind == RUNDE_STOP_VISIT &&
                is_gone(replan->problem, stop)) {
                status = add_gone(replan, day, route->shift, stop);
            }
        }
    }
    if (replan->n_gone > 1) {
        qsort(replan->gone, (size_t)replan->n_gone, sizeof *replan->gone,
              by_visit);
    }
    return status;
}

static runde_status price_before(runde_replan *replan, const rn_day *day)
{
    runde_report *report = NULL;
    const runde_status status = runde_check(&report, day->base, day->published);
    if (status == RUNDE_OK) {
        replan->before = *runde_report_cost(report);
    }
    runde_report_free(report);
    return status;
}

static runde_status compare(runde_replan *replan, const rn_day *day,
                            const rn_instance *inst)
{
    runde_status status =
        rn_diff_derived(&replan->diff, day->base, day->published,
                        replan->problem, replan->plan);
    if (status != RUNDE_OK) {
        return status;
    }
    const int32_t n = runde_diff_n_parts(replan->diff);
    replan->leeway =
        rn_arena_array(&replan->arena, (size_t)n, sizeof *replan->leeway);
    if (replan->leeway == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_diff_part *const part =
            runde_diff_get_part(replan->diff, i);
        replan->leeway[i].visit = part->visit;
        replan->leeway[i].part = part->part;
        replan->leeway[i].start = part->start[1];
    }
    return rn_find_leeway(replan->leeway, n, inst, replan->plan);
}

/* From the changed problem to its plan. */
static runde_status plan_from(runde_replan *replan, const rn_day *day,
                              const runde_plan *held, runde_diag *diag)
{
    runde_plan *start = NULL;
    rn_instance *inst = NULL;
    runde_status status = make_start(&start, day, replan->problem);
    if (status == RUNDE_OK) {
        status = rn_instance_new(&inst, replan->problem);
    }
    if (status == RUNDE_OK) {
        replan->first_new = first_new(day, replan->problem);
        status = solve(replan, day, inst, start, held, diag);
    }
    if (status == RUNDE_OK) {
        status = compare(replan, day, inst);
    }
    rn_instance_free(inst);
    runde_plan_free(start);
    return status;
}

/* Most days what has begun just stays; only where it does not, the rules are
 * asked which of them is in its way. */
static runde_status plan_again(runde_replan *replan, rn_day *day,
                               runde_diag *diag)
{
    runde_plan *held = NULL;
    const bool freezes = day->freeze != RUNDE_TIME_NONE;
    runde_status status = plan_from(replan, day, NULL, freezes ? NULL : diag);
    if (!freezes || status == RUNDE_OK || status == RUNDE_E_NOMEM) {
        return status;
    }
    status = rn_day_hold(&replan->problem, &held, day, diag);
    if (status == RUNDE_OK) {
        status = plan_from(replan, day, held, diag);
    }
    runde_plan_free(held);
    return status;
}

static runde_status answer(runde_replan *replan, rn_day *day, runde_diag *diag)
{
    runde_status status = rn_day_new(day);
    if (status == RUNDE_OK) {
        status = rn_day_freeze(day);
    }
    if (status == RUNDE_OK) {
        status = derive(replan, day, diag);
    }
    if (status == RUNDE_OK) {
        rn_day_warn(day, replan->problem, diag);
        status = plan_again(replan, day, diag);
    }
    if (status == RUNDE_OK) {
        status = list_gone(replan, day);
    }
    return status == RUNDE_OK ? price_before(replan, day) : status;
}

static bool options_are_valid(const runde_replan_options *o)
{
    return o->size == sizeof *o && o->n_events >= 0 && o->tolerance >= 0 &&
           o->max_clients_changed >= RUNDE_UNLIMITED &&
           o->max_visits_shifted >= RUNDE_UNLIMITED &&
           (o->n_events == 0 || o->events != NULL) &&
           (o->search == NULL ||
            (o->search->size == sizeof *o->search && o->search->start == NULL));
}

runde_status runde_replan_new(runde_replan **out, const runde_problem *problem,
                              const runde_plan *published,
                              const runde_replan_options *options,
                              runde_diag *diag)
{
    const runde_replan_options none = RUNDE_REPLAN_OPTIONS_INIT;
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    options = options == NULL ? &none : options;
    if (problem == NULL || published == NULL || !rn_diag_is_usable(diag) ||
        !options_are_valid(options)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    if (!runde_problem_is_sealed(problem) || !rn_plan_is_finished(published)) {
        return RUNDE_E_STATE;
    }
    runde_replan *const replan = rn_calloc(1, sizeof *replan);
    if (replan == NULL) {
        return RUNDE_E_NOMEM;
    }
    rn_arena arena = RN_ARENA_INIT;
    replan->arena = arena;
    rn_day day = {0};
    runde_plan *timed = NULL;
    runde_status status = RUNDE_OK;
    if (!runde_plan_has_times(published)) {
        status = runde_plan_schedule(&timed, problem, published, NULL);
    }
    day.base = problem;
    day.published = timed != NULL ? timed : published;
    day.options = options;
    day.arena = &arena;
    if (status == RUNDE_OK) {
        status = answer(replan, &day, diag);
    }
    runde_plan_free(timed);
    rn_arena_free(&arena);
    if (status != RUNDE_OK) {
        runde_replan_free(replan);
        return status;
    }
    *out = replan;
    return RUNDE_OK;
}

/* -------------------------------------------------------- what is left out */

/* Was somebody to come, or is the visit new? */
static bool is_missed(const runde_replan *replan, int32_t visit)
{
    const int32_t n = runde_diff_n_parts(replan->diff);
    for (int32_t i = 0; i < n; i++) {
        const runde_diff_part *const part =
            runde_diff_get_part(replan->diff, i);
        if (part->visit == visit && (part->what & RUNDE_DIFF_DROPPED) != 0) {
            return true;
        }
    }
    return visit >= replan->first_new;
}

/* Optional visits stand behind all others. */
static int32_t importance(const runde_problem *problem, int32_t visit)
{
    const runde_visit *const v = runde_problem_visit(problem, visit);
    return v->optional ? 0 : v->priority;
}

/* Missed visits in `list`, the most important first; their number. */
static int32_t list_missed(const runde_replan *replan, int32_t *list)
{
    int32_t n = 0;
    for (int32_t i = 0; i < runde_plan_n_unserved(replan->plan); i++) {
        const int32_t visit = runde_plan_unserved(replan->plan, i)->visit;
        const int32_t mine = importance(replan->problem, visit);
        if (!is_missed(replan, visit)) {
            continue;
        }
        int32_t at = n++;
        for (; at > 0 && importance(replan->problem, list[at - 1]) < mine;
             at--) {
            list[at] = list[at - 1];
        }
        list[at] = visit;
    }
    return n;
}

static runde_status explain_missed(runde_replan *replan, int32_t most)
{
    const size_t room = (size_t)runde_plan_n_unserved(replan->plan) + 1;
    int32_t *const list = rn_calloc(room, sizeof *list);
    runde_status status = RUNDE_E_NOMEM;
    replan->explained = rn_calloc(room, sizeof *replan->explained);
    if (list != NULL && replan->explained != NULL) {
        int32_t n = list_missed(replan, list);
        n = n < most ? n : most;
        status = n == 0 ? RUNDE_OK
                        : runde_session_new(&replan->session, replan->problem,
                                            replan->plan);
        for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
            status = runde_explain_visit(&replan->explained[i], replan->session,
                                         list[i], NULL);
            replan->n_explained += status == RUNDE_OK;
        }
    }
    rn_free(list);
    return status;
}

runde_status runde_replan_explain(runde_replan *replan, int32_t most)
{
    if (replan == NULL || most < 0 || replan->explained != NULL) {
        return RUNDE_E_ARGUMENT;
    }
    return explain_missed(replan, most);
}

int32_t runde_replan_n_explained(const runde_replan *replan)
{
    return replan->n_explained;
}

const runde_explanation *runde_replan_get_explained(const runde_replan *replan,
                                                    int32_t index)
{
    return index >= 0 && index < replan->n_explained ? replan->explained[index]
                                                     : NULL;
}

/* ---------------------------------------------------------------- reading */

void runde_replan_free(runde_replan *replan)
{
    if (replan != NULL) {
        for (int32_t i = 0; i < replan->n_explained; i++) {
            runde_explanation_free(replan->explained[i]);
        }
        rn_free(replan->explained);
        runde_session_free(replan->session);
        runde_diff_free(replan->diff);
        runde_plan_free(replan->plan);
        runde_problem_free(replan->problem);
        rn_arena_free(&replan->arena);
        rn_free(replan);
    }
}

const runde_problem *runde_replan_problem(const runde_replan *replan)
{
    return replan->problem;
}

const runde_plan *runde_replan_plan(const runde_replan *replan)
{
    return replan->plan;
}

const runde_diff *runde_replan_diff(const runde_replan *replan)
{
    return replan->diff;
}

const runde_cost *runde_replan_cost_before(const runde_replan *replan)
{
    return &replan->before;
}

int32_t runde_replan_n_gone(const runde_replan *replan)
{
    return replan->n_gone;
}

const runde_gone *runde_replan_get_gone(const runde_replan *replan,
                                        int32_t index)
{
    return index >= 0 && index < replan->n_gone ? &replan->gone[index] : NULL;
}

bool runde_replan_leeway(const runde_replan *replan, int32_t visit,
                         int32_t part, int32_t *earliest, int32_t *latest)
{
    const int32_t n = runde_diff_n_parts(replan->diff);
    for (int32_t i = 0; i < n; i++) {
        const rn_leeway *const leeway = &replan->leeway[i];
        if (leeway->visit == visit && leeway->part == part &&
            leeway->start != RUNDE_TIME_NONE) {
            *earliest = leeway->earliest;
            *latest = leeway->latest;
            return true;
        }
    }
    return false;
}
