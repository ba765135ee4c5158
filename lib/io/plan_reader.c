/* SPDX-License-Identifier: MIT */
#include "io/plan_reader.h"
#include "base/alloc.h"
#include "io/plan_fields.h"

#include <runde/json.h>

#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------------- figures */

static void read_search(rn_plan_reader *p, const rn_node *node)
{
    static const char *const names[] = {
        "outcome", "iterations", "seed", "bound", "gap", "locally_optimal"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *found[6];
    runde_search_info search = RUNDE_SEARCH_INFO_INIT;
    int32_t outcome = RUNDE_OUTCOME_DRAFT;
    rn_reader *const r = &p->in;
    if (!rn_reader_enter(r, node)) {
        return;
    }
    (void)rn_read_members(r, node, &keys, found);
    rn_read_word(r, found[0], rn_outcome_words, RN_OUTCOMES, &outcome);
    rn_read_big(r, found[1], &search.iterations);
    rn_read_seed(r, found[2], &search.seed);
    rn_read_big(r, found[3], &search.bound);
    rn_read_int(r, found[4], 0, 1000, &search.gap);
    rn_read_bool(r, found[5], &search.locally_optimal);
    rn_path_pop(&r->path);
    search.outcome = (runde_outcome)outcome;
    rn_reader_note(r, runde_plan_set_search(p->plan, &search));
}

static void read_criteria(rn_reader *r, const rn_node *node, runde_cost *cost)
{
    static const char *const names[] = {"amount", "cost"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const char *criteria[RUNDE_CRITERIA];
    const rn_keys all = {criteria, RUNDE_CRITERIA, 0};
    const rn_node *found[RUNDE_CRITERIA];
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        criteria[i] = runde_criterion_name((runde_criterion)i);
    }
    if (!rn_reader_enter(r, node)) {
        return;
    }
    (void)rn_read_members(r, node, &all, found);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        const rn_node *parts[2];
        if (rn_reader_enter(r, found[i])) {
            (void)rn_read_members(r, found[i], &keys, parts);
            rn_read_big(r, parts[0], &cost->amount[i]);
            rn_read_big(r, parts[1], &cost->cost[i]);
            rn_path_pop(&r->path);
        }
    }
    rn_path_pop(&r->path);
}

static void read_cost(rn_plan_reader *p, const rn_node *node)
{
    static const char *const names[] = {"left_out", "wishes", "criteria"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *found[3];
    runde_cost cost = RUNDE_COST_INIT;
    rn_reader *const r = &p->in;
    if (!rn_reader_enter(r, node)) {
        return;
    }
    (void)rn_read_members(r, node, &keys, found);
    rn_read_big(r, found[0], &cost.left_out);
    rn_read_big(r, found[1], &cost.wishes);
    read_criteria(r, found[2], &cost);
    rn_path_pop(&r->path);
    rn_reader_note(r, runde_plan_set_cost(p->plan, &cost));
}

static void read_priorities(rn_reader *r, const rn_node *node, int32_t *counts)
{
    char digits[RN_PRIORITIES][4];
    const char *names[RN_PRIORITIES];
    const rn_node *found[RN_PRIORITIES];
    const rn_keys keys = {names, RN_PRIORITIES, 0};
    if (!rn_reader_enter(r, node)) {
        return;
    }
    for (int i = 0; i < RN_PRIORITIES; i++) {
        (void)snprintf(digits[i], sizeof digits[i], "%d", i);
        names[i] = digits[i];
    }
    (void)rn_read_members(r, node, &keys, found);
    for (int i = 0; i < RN_PRIORITIES; i++) {
        rn_read_int(r, found[i], INT32_MIN, INT32_MAX, &counts[i]);
    }
    rn_path_pop(&r->path);
}

static void read_kpi(rn_reader *r, const rn_node *node,
                     const rn_kpi_field *field, runde_kpis *kpis)
{
    int64_t wide = 0;
    int32_t narrow = 0;
    if (field->is_wide) {
        rn_read_big(r, node, &wide);
    } else {
        rn_read_int(r, node, INT32_MIN, INT32_MAX, &narrow);
        wide = narrow;
    }
    rn_kpi_set(kpis, field, wide);
}

static void read_kpis(rn_plan_reader *p, const rn_node *node)
{
    const char *names[RN_KPI_FIELDS + 1];
    const rn_keys keys = {names, RN_KPI_FIELDS + 1, 0};
    const rn_node *found[RN_KPI_FIELDS + 1];
    runde_kpis kpis = RUNDE_KPIS_INIT;
    rn_reader *const r = &p->in;
    if (!rn_reader_enter(r, node)) {
        return;
    }
    for (int i = 0; i < RN_KPI_FIELDS; i++) {
        names[i] = rn_kpi_fields[i].name;
    }
    names[RN_KPI_FIELDS] = "left_out_by_priority";
    (void)rn_read_members(r, node, &keys, found);
    for (int i = 0; i < RN_KPI_FIELDS; i++) {
        read_kpi(r, found[i], &rn_kpi_fields[i], &kpis);
    }
    read_priorities(r, found[RN_KPI_FIELDS], kpis.left_out_by_priority);
    rn_path_pop(&r->path);
    rn_reader_note(r, runde_plan_set_kpis(p->plan, &kpis));
}

static void read_warnings(rn_plan_reader *p, const rn_node *array)
{
    static const char *const names[] = {"code", "message", "pointer",
                                        "severity"};
    static const char *const severities[] = {"error", "warning"};
    static const rn_keys keys = RN_KEYS(names, 2);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[4];
        runde_finding warning = {sizeof warning, RUNDE_WARNING, "", "", ""};
        int32_t severity = RUNDE_WARNING;
        (void)rn_read_members(r, list.node, &keys, found);
        const char **const texts[] = {&warning.code, &warning.message,
                                      &warning.pointer};
        for (int i = 0; i < 3; i++) {
            const char *const text = rn_node_string(found[i]);
            if (text != NULL) {
                *texts[i] = text;
            } else if (found[i] != NULL) {
                rn_fault_at(r, found[i], "RUNDE-E602",
                            "a string is expected here, not %s",
                            rn_kind_name(rn_node_kind(found[i])));
            }
        }
        rn_read_word(r, found[3], severities, 2, &severity);
        warning.severity = (runde_severity)severity;
        rn_reader_note(r, runde_plan_add_warning(p->plan, &warning));
    }
}

/* ------------------------------------------------------------------- text */

static void read_sections(rn_plan_reader *p, const rn_node *root)
{
    enum { FORMAT, VERSION, SEARCH, COST, KPIS, ROUTES, UNSERVED, WARNINGS, N };
    static const char *const names[N] = {"format",   "version", "search",
                                         "cost",     "kpis",    "routes",
                                         "unserved", "warnings"};
    static const rn_keys keys = RN_KEYS(names, 2);
    static const rn_keys bare_keys = RN_KEYS(names, 0);
    const rn_node *found[N];
    (void)rn_read_members(&p->in, root, p->is_bare ? &bare_keys : &keys, found);
    read_search(p, found[SEARCH]);
    read_cost(p, found[COST]);
    read_kpis(p, found[KPIS]);
    rn_read_routes(p, found[ROUTES]);
    rn_read_unserved(p, found[UNSERVED]);
    read_warnings(p, found[WARNINGS]);
}

static void map_ids(rn_plan_reader *p)
{
    const runde_problem *const problem = p->problem;
    for (int32_t i = 0; i < runde_problem_n_places(problem); i++) {
        rn_reader_note(&p->in, rn_idmap_put(&p->places,
                                            runde_problem_place(problem, i)->id,
                                            i, NULL));
    }
    for (int32_t i = 0; i < runde_problem_n_shifts(problem); i++) {
        rn_reader_note(&p->in, rn_idmap_put(&p->shifts,
                                            runde_problem_shift(problem, i)->id,
                                            i, NULL));
    }
    for (int32_t i = 0; i < runde_problem_n_visits(problem); i++) {
        rn_reader_note(&p->in, rn_idmap_put(&p->visits,
                                            runde_problem_visit(problem, i)->id,
                                            i, NULL));
    }
}

static void prepare(rn_plan_reader *p)
{
    const runde_settings *const settings = runde_problem_settings(p->problem);
    rn_reader *const r = &p->in;
    const int32_t n_shifts = runde_problem_n_shifts(p->problem);
    r->tick_ms = settings->tick_ms;
    r->has_origin = settings->has_origin;
    r->origin = settings->origin;
    r->has_zone = settings->time_zone != NULL &&
                  rn_zone_find(&r->zone, settings->time_zone);
    p->has_route = rn_reader_alloc(r, n_shifts, sizeof *p->has_route);
    p->mentions = rn_reader_alloc(r, runde_problem_n_visits(p->problem),
                                  sizeof *p->mentions);
    p->named = rn_reader_alloc(r, n_shifts, sizeof *p->named);
    map_ids(p);
    rn_reader_note(r, runde_plan_new(&p->plan, p->problem));
}

/* The shortest draft people write: routes, and nothing of formats. */
static bool is_bare_draft(const rn_node *root)
{
    return rn_node_kind(root) == RN_KIND_OBJECT && rn_node_count(root) == 1 &&
           rn_node_member(root, "routes") != NULL;
}

static runde_status read_plan(rn_plan_reader *p, const rn_tree *tree)
{
    const rn_node *const root = rn_tree_root(tree);
    p->is_bare = is_bare_draft(root);
    if (!p->is_bare && !rn_read_format(&p->in, root, "runde-plan")) {
        return RUNDE_E_FORMAT;
    }
    prepare(p);
    if (p->in.status == RUNDE_OK) {
        read_sections(p, root);
    }
    if (p->in.status != RUNDE_OK) {
        return p->in.status;
    }
    return p->in.errors > 0 ? RUNDE_E_FORMAT : runde_plan_finish(p->plan);
}

runde_status runde_plan_from_json(runde_plan **out,
                                  const runde_problem *problem,
                                  const char *text, size_t length,
                                  runde_diag *diag)
{
    if (out == NULL || problem == NULL || text == NULL ||
        !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    rn_diag_start(diag);
    rn_tree *tree = NULL;
    rn_plan_reader p;
    memset(&p, 0, sizeof p);
    p.problem = problem;
    rn_reader_init(&p.in, diag);
    runde_status status = rn_tree_parse(&tree, text, length, diag);
    if (status == RUNDE_OK) {
        status = read_plan(&p, tree);
    }
    if (status == RUNDE_OK) {
        *out = p.plan;
        p.plan = NULL;
    }
    runde_plan_free(p.plan);
    rn_free(p.reasons);
    rn_idmap_free(&p.visits);
    rn_idmap_free(&p.shifts);
    rn_idmap_free(&p.places);
    rn_reader_free(&p.in);
    rn_tree_free(tree);
    return status;
}
