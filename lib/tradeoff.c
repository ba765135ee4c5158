/* SPDX-License-Identifier: MIT */
/* One day with several weights. */
#include <runde/check.h>
#include <runde/session.h>
#include <runde/tradeoff.h>

#include <string.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "model/weights.h"
#include "plan/plan.h"

#define MOST_TIMES 1000
#define USUAL_ITERATIONS 5000

/* A point, and what stands behind it. */
typedef struct entry {
    runde_tradeoff_point point;
    char *name;
    runde_problem *problem;
    runde_plan *plan;  /* its own search's */
    runde_plan *taken; /* instead of that; or NULL */
    runde_cost cost;   /* of the one it has */
} entry;

struct runde_tradeoff {
    entry *entries;
    int32_t n;
    int32_t n_points; /* those that have been searched */
};

const runde_tradeoff_setting *runde_tradeoff_usual_settings(int32_t *n)
{
#define SETTING(name, driving, faces, time)                                    \
    {                                                                          \
        sizeof(runde_tradeoff_setting), name, driving, faces, time             \
    }
    static const runde_tradeoff_setting usual[] = {
        SETTING("as it is", 1, 1, 1),       SETTING("driving", 5, 1, 1),
        SETTING("faces", 1, 5, 1),          SETTING("time", 1, 1, 5),
        SETTING("driving, faces", 5, 5, 1), SETTING("driving, time", 5, 1, 5),
        SETTING("faces, time", 1, 5, 5)};
#undef SETTING
    *n = (int32_t)(sizeof usual / sizeof usual[0]);
    return usual;
}

/* ---------------------------------------------------------------- searching */

static bool is_in_range(int32_t times)
{
    return times >= 0 && times <= MOST_TIMES;
}

static bool are_settings(const runde_tradeoff_setting *settings, int32_t n)
{
    if (settings == NULL || n < 1 || n > RUNDE_TRADEOFF_MOST) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_tradeoff_setting *const s = &settings[i];
        if (s->size != sizeof *s || s->name == NULL ||
            !is_in_range(s->driving) || !is_in_range(s->faces) ||
            !is_in_range(s->time)) {
            return false;
        }
    }
    return true;
}

static runde_weights weigh(const runde_weights *base,
                           const runde_tradeoff_setting *setting)
{
    const struct {
        runde_criterion criterion;
        int32_t times;
    } of[] = {{RUNDE_TRAVEL_TIME, setting->driving},
              {RUNDE_TRAVEL_DISTANCE, setting->driving},
              {RUNDE_CARER_PREFERENCE, setting->faces},
              {RUNDE_DISTINCT_CARERS, setting->faces},
              {RUNDE_CARERS_OVER_TARGET, setting->faces},
              {RUNDE_EARLY, setting->time},
              {RUNDE_LATE, setting->time}};
    runde_weights w = *base;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        const int64_t weight = (int64_t)w.weight[of[i].criterion] * of[i].times;
        w.weight[of[i].criterion] =
            (int32_t)(weight > RN_WEIGHT_MAX ? RN_WEIGHT_MAX : weight);
    }
    return w;
}

/* Each search has a diagnosis of its own: the caller's keeps the findings of
 * the one that failed. */
static runde_status search(entry *e, const runde_problem *base,
                           const runde_options *options, runde_diag *diag)
{
    const runde_weights weights =
        weigh(runde_problem_weights(base), &e->point.setting);
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_diag own = RUNDE_DIAG_INIT;
    edit.kind = RUNDE_EDIT_SET_WEIGHTS;
    edit.weights = &weights;
    runde_status status =
        runde_problem_derive(&e->problem, base, &edit, 1, NULL);
    if (status == RUNDE_OK) {
        own.on_finding = diag != NULL ? diag->on_finding : NULL;
        own.payload = diag != NULL ? diag->payload : NULL;
        status = runde_solve(&e->plan, e->problem, options, &own);
    }
    if (status != RUNDE_OK && diag != NULL) {
        *diag = own;
    }
    return status;
}

static runde_status search_all(runde_tradeoff *t, const runde_problem *problem,
                               const runde_options *options, runde_diag *diag)
{
    bool is_stopped = false;
    for (int32_t i = 0; i < t->n && !is_stopped; i++) {
        const runde_status status =
            search(&t->entries[i], problem, options, diag);
        if (status != RUNDE_OK) {
            return status;
        }
        t->entries[i].point.found_by = i;
        t->n_points++;
        is_stopped = runde_plan_search(t->entries[i].plan)->outcome ==
                     RUNDE_OUTCOME_STOPPED;
    }
    return RUNDE_OK;
}

/* ------------------------------------------------------------------ sharing */

static bool is_cheaper(const runde_cost *a, const runde_cost *b)
{
    return a->left_out != b->left_out ? a->left_out < b->left_out
                                      : a->wishes < b->wishes;
}

/* Finds out which of all the plans a setting likes best; its own where that
 * is as good. What is hard is the same for all settings, so each of them is
 * allowed. */
static runde_status choose(const runde_tradeoff *t, int32_t index)
{
    entry *const e = &t->entries[index];
    e->cost = *runde_plan_cost(e->plan);
    for (int32_t k = 0; k < t->n_points; k++) {
        runde_report *report = NULL;
        if (k == index) {
            continue;
        }
        const runde_status status =
            runde_check(&report, e->problem, t->entries[k].plan);
        if (status != RUNDE_OK) {
            return status;
        }
        if (is_cheaper(runde_report_cost(report), &e->cost)) {
            e->cost = *runde_report_cost(report);
            e->point.found_by = k;
        }
        runde_report_free(report);
    }
    return RUNDE_OK;
}

/* All choose among the plans that were searched before anybody takes one. */
static runde_status share(runde_tradeoff *t)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < t->n_points && status == RUNDE_OK; i++) {
        status = choose(t, i);
    }
    for (int32_t i = 0; i < t->n_points && status == RUNDE_OK; i++) {
        entry *const e = &t->entries[i];
        if (e->point.found_by != i) {
            status = rn_plan_copy(&e->taken, e->problem,
                                  t->entries[e->point.found_by].plan, &e->cost);
        }
    }
    return status;
}

/* ----------------------------------------------------------------- frontier */

/* Wishes about carers first; different carers tell where these are equal. */
static int64_t more_faces(const runde_tradeoff_point *a,
                          const runde_tradeoff_point *b)
{
    return a->preference != b->preference
               ? a->preference - b->preference
               : (int64_t)runde_plan_kpis(a->plan)->carers_per_client -
                     runde_plan_kpis(b->plan)->carers_per_client;
}

/* As good in everything, and better in something. */
static bool is_better(const runde_tradeoff_point *a,
                      const runde_tradeoff_point *b)
{
    const runde_kpis *const x = runde_plan_kpis(a->plan);
    const runde_kpis *const y = runde_plan_kpis(b->plan);
    const int64_t more[] = {(int64_t)x->left_out - y->left_out,
                            x->travel - y->travel, more_faces(a, b),
                            (int64_t)y->on_time_share - x->on_time_share};
    bool is_less = false;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        if (more[i] > 0) {
            return false;
        }
        is_less = is_less || more[i] < 0;
    }
    return is_less;
}

static void finish(runde_tradeoff *t)
{
    for (int32_t i = 0; i < t->n_points; i++) {
        entry *const e = &t->entries[i];
        e->point.problem = e->problem;
        e->point.plan = e->taken != NULL ? e->taken : e->plan;
        e->point.preference = e->cost.amount[RUNDE_CARER_PREFERENCE];
    }
    for (int32_t i = 0; i < t->n_points; i++) {
        runde_tradeoff_point *const point = &t->entries[i].point;
        point->is_best = true;
        for (int32_t k = 0; k < t->n_points && point->is_best; k++) {
            point->is_best = !is_better(&t->entries[k].point, point);
        }
    }
}

/* -------------------------------------------------------------------- calls */

static runde_tradeoff *begin(const runde_tradeoff_setting *settings, int32_t n)
{
    runde_tradeoff *const t = rn_calloc(1, sizeof *t);
    if (t == NULL) {
        return NULL;
    }
    t->entries = rn_calloc((size_t)n, sizeof *t->entries);
    t->n = t->entries != NULL ? n : 0;
    for (int32_t i = 0; i < t->n; i++) {
        entry *const e = &t->entries[i];
        const size_t length = strlen(settings[i].name);
        e->point.setting = settings[i];
        e->name = rn_calloc(length + 1, 1);
        e->point.setting.name = e->name;
        if (e->name == NULL) {
            runde_tradeoff_free(t);
            return NULL;
        }
        memcpy(e->name, settings[i].name, length);
    }
    if (t->entries == NULL) {
        rn_free(t);
        return NULL;
    }
    return t;
}

runde_status runde_tradeoff_new(runde_tradeoff **out,
                                const runde_problem *problem,
                                const runde_tradeoff_setting *settings,
                                int32_t n, const runde_options *search,
                                runde_diag *diag)
{
    runde_options usual = RUNDE_OPTIONS_INIT;
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (settings == NULL) {
        settings = runde_tradeoff_usual_settings(&n);
    }
    if (problem == NULL || !are_settings(settings, n) ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    rn_diag_start(diag);
    usual.iteration_limit = USUAL_ITERATIONS;
    runde_tradeoff *const t = begin(settings, n);
    if (t == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status =
        search_all(t, problem, search != NULL ? search : &usual, diag);
    if (status == RUNDE_OK) {
        status = share(t);
    }
    if (status != RUNDE_OK) {
        runde_tradeoff_free(t);
        return status;
    }
    finish(t);
    *out = t;
    return RUNDE_OK;
}

void runde_tradeoff_free(runde_tradeoff *tradeoff)
{
    if (tradeoff == NULL) {
        return;
    }
    for (int32_t i = 0; i < tradeoff->n; i++) {
        runde_plan_free(tradeoff->entries[i].taken);
        runde_plan_free(tradeoff->entries[i].plan);
        runde_problem_free(tradeoff->entries[i].problem);
        rn_free(tradeoff->entries[i].name);
    }
    rn_free(tradeoff->entries);
    rn_free(tradeoff);
}

int32_t runde_tradeoff_n_points(const runde_tradeoff *tradeoff)
{
    return tradeoff->n_points;
}

const runde_tradeoff_point *
runde_tradeoff_get_point(const runde_tradeoff *tradeoff, int32_t index)
{
    return index >= 0 && index < tradeoff->n_points
               ? &tradeoff->entries[index].point
               : NULL;
}
