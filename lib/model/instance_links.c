/* SPDX-License-Identifier: MIT */
/* Bonds between tasks, seen from both ends: links, crews, and a client's own
 * visits, which do not overlap. Units: what stands or falls together. */
#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

typedef struct bond {
    int32_t self;
    rn_arc arc;
} bond;

typedef struct bonds {
    bond *list;
    int32_t n;
    int32_t capacity;
    bool failed;
} bonds;

static void push(bonds *all, int32_t self, rn_arc arc)
{
    if (all->n == all->capacity && !all->failed) {
        const int32_t capacity = all->capacity * 2 + 64;
        bond *list =
            rn_realloc_array(all->list, (size_t)capacity, sizeof *list);
        if (list == NULL) {
            all->failed = true;
            return;
        }
        all->list = list;
        all->capacity = capacity;
    }
    if (!all->failed) {
        all->list[all->n].self = self;
        all->list[all->n].arc = arc;
        all->n++;
    }
}

/* start[b] - start[a] in lo..hi, and whatever else the bits say. */
static void join(bonds *all, int32_t a, int32_t b, rn_window gap, int kind)
{
    const rn_arc forward = {b, gap.a, gap.b, RUNDE_NONE, (uint8_t)kind};
    const rn_arc backward = {a, -gap.b, -gap.a, RUNDE_NONE, (uint8_t)kind};
    push(all, a, forward);
    push(all, b, backward);
}

static void join_crews(const rn_instance *inst, bonds *all)
{
    const rn_window together = {0, 0};
    const rn_window any = {RN_TIME_MIN, RN_TIME_MAX};
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        const int32_t end = inst->first_task[v + 1];
        for (int32_t a = inst->first_task[v]; a < end; a++) {
            for (int32_t b = a + 1; b < end; b++) {
                const bool star = a == inst->first_task[v];
                join(all, a, b, star ? together : any,
                     RN_ARC_DIFFERENT | (star ? RN_ARC_TIME : 0));
            }
        }
    }
}

static int32_t clamp_gap(int64_t gap)
{
    return gap > RN_TIME_MAX   ? RN_TIME_MAX
           : gap < RN_TIME_MIN ? RN_TIME_MIN
                               : (int32_t)gap;
}

static rn_window gap_of(const rn_instance *inst, const runde_link *link)
{
    const int64_t offset =
        link->from_end
            ? runde_problem_visit(inst->problem, link->before)->duration
            : 0;
    const rn_window gap = {
        link->min_gap == RUNDE_TIME_NONE ? RN_TIME_MIN
                                         : clamp_gap(link->min_gap + offset),
        link->max_gap == RUNDE_TIME_NONE ? RN_TIME_MAX
                                         : clamp_gap(link->max_gap + offset)};
    return gap;
}

static void join_carers(const rn_instance *inst, bonds *all,
                        const runde_link *link)
{
    const rn_window any = {RN_TIME_MIN, RN_TIME_MAX};
    const int32_t a = inst->first_task[link->before];
    const int32_t b = inst->first_task[link->after];
    const int32_t n_a = inst->first_task[link->before + 1] - a;
    const int32_t n_b = inst->first_task[link->after + 1] - b;
    for (int32_t i = 0; i < n_a; i++) {
        for (int32_t j = 0; j < n_b; j++) {
            if (link->different_carer) {
                join(all, a + i, b + j, any, RN_ARC_DIFFERENT);
            }
            if (link->same_carer && i == j) {
                join(all, a + i, b + j, any, RN_ARC_SAME);
            }
        }
    }
}

static void join_links(const rn_instance *inst, bonds *all)
{
    for (int32_t l = 0; l < runde_problem_n_links(inst->problem); l++) {
        const runde_link *link = runde_problem_link(inst->problem, l);
        const rn_window gap = gap_of(inst, link);
        if (gap.a > RN_TIME_MIN || gap.b < RN_TIME_MAX) {
            join(all, inst->first_task[link->before],
                 inst->first_task[link->after], gap, RN_ARC_TIME);
        }
        join_carers(inst, all, link);
    }
}

/* Whether some link already keeps the two apart in time. */
static bool kept_apart(const rn_instance *inst, const int32_t *first_link,
                       const int32_t *link_of, int32_t a, int32_t b)
{
    const int32_t va = inst->task[a].visit;
    const int32_t vb = inst->task[b].visit;
    for (int32_t i = first_link[va]; i < first_link[va + 1]; i++) {
        const runde_link *link = runde_problem_link(inst->problem, link_of[i]);
        const rn_window gap = gap_of(inst, link);
        if (link->before == va && link->after == vb &&
            (gap.a >= inst->stop[a].duration ||
             gap.b <= -inst->stop[b].duration)) {
            return true;
        }
        if (link->before == vb && link->after == va &&
            (gap.a >= inst->stop[b].duration ||
             gap.b <= -inst->stop[a].duration)) {
            return true;
        }
    }
    return false;
}

bool rn_keep_apart(const rn_instance *inst, int32_t a, int32_t b, bool *is_open,
                   rn_window *after)
{
    const rn_stop *x = &inst->stop[a];
    const rn_stop *y = &inst->stop[b];
    if (inst->task[a].part != 0 || inst->task[b].part != 0 ||
        x->latest + x->duration <= y->earliest ||
        y->latest + y->duration <= x->earliest ||
        rn_visit_of(inst, a)->may_overlap ||
        rn_visit_of(inst, b)->may_overlap) {
        return false;
    }
    const bool x_first = x->earliest + x->duration <= y->latest;
    const bool y_first = y->earliest + y->duration <= x->latest;
    *is_open = x_first && y_first;
    /* One order is left, or none; then the bond can never hold. */
    const rn_window after_x = {x->duration, RN_TIME_MAX};
    const rn_window after_y = {RN_TIME_MIN, -y->duration};
    *after = y_first ? after_y : after_x;
    return true;
}

static void join_disjoint(rn_instance *inst, bonds *all, int32_t a, int32_t b)
{
    bool is_open = false;
    rn_window after;
    if (!rn_keep_apart(inst, a, b, &is_open, &after)) {
        return;
    }
    if (is_open) {
        const rn_arc from_x = {b, 0, 0, inst->n_choices, RN_ARC_FIRST};
        const rn_arc from_y = {a, 0, 0, inst->n_choices, 0};
        push(all, a, from_x);
        push(all, b, from_y);
        inst->n_choices++;
    } else {
        join(all, a, b, after, RN_ARC_TIME);
    }
}

/* The link numbers of every visit, both ends. */
static runde_status links_of_visits(const rn_instance *inst, int32_t **first,
                                    int32_t **list)
{
    const runde_problem *p = inst->problem;
    const int32_t n = runde_problem_n_visits(p);
    const int32_t n_links = runde_problem_n_links(p);
    *first = rn_calloc((size_t)n + 2, sizeof **first);
    *list = rn_calloc(2 * (size_t)n_links + 1, sizeof **list);
    if (*first == NULL || *list == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t l = 0; l < n_links; l++) {
        (*first)[runde_problem_link(p, l)->before + 2]++;
        (*first)[runde_problem_link(p, l)->after + 2]++;
    }
    for (int32_t v = 0; v < n; v++) {
        (*first)[v + 2] += (*first)[v + 1];
    }
    for (int32_t l = 0; l < n_links; l++) {
        (*list)[(*first)[runde_problem_link(p, l)->before + 1]++] = l;
        (*list)[(*first)[runde_problem_link(p, l)->after + 1]++] = l;
    }
    return RUNDE_OK;
}

static void keep_client_apart(rn_instance *inst, bonds *all, int32_t client,
                              const int32_t *first, const int32_t *list)
{
    const rn_client *c = &inst->client[client];
    const int32_t *tasks = inst->client_tasks + c->first_task;
    for (int32_t i = 0; i < c->n_tasks; i++) {
        for (int32_t j = i + 1; j < c->n_tasks; j++) {
            const int32_t a = tasks[i];
            const int32_t b = tasks[j];
            if (!kept_apart(inst, first, list, a, b)) {
                join_disjoint(inst, all, a, b);
            }
        }
    }
}

static runde_status keep_clients_apart(rn_instance *inst, bonds *all)
{
    int32_t *first = NULL;
    int32_t *list = NULL;
    const runde_status status = links_of_visits(inst, &first, &list);
    for (int32_t c = 0; c < inst->n_clients && status == RUNDE_OK; c++) {
        keep_client_apart(inst, all, c, first, list);
    }
    rn_free(first);
    rn_free(list);
    return status;
}

/* Counting sort of the bonds by task. */
static runde_status lay_out(rn_instance *inst, const bonds *all)
{
    inst->arcs =
        rn_arena_array(inst->arena, (size_t)all->n + 1, sizeof *inst->arcs);
    if (inst->arcs == NULL || all->failed) {
        return RUNDE_E_NOMEM;
    }
    inst->n_arcs = all->n;
    for (int32_t i = 0; i < all->n; i++) {
        inst->task[all->list[i].self].n_arcs++;
    }
    int32_t first = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        inst->task[t].first_arc = first;
        first += inst->task[t].n_arcs;
        inst->task[t].n_arcs = 0;
    }
    for (int32_t i = 0; i < all->n; i++) {
        rn_task *task = &inst->task[all->list[i].self];
        inst->arcs[task->first_arc + task->n_arcs++] = all->list[i].arc;
    }
    return RUNDE_OK;
}

runde_status rn_instance_links(rn_instance *inst)
{
    bonds all = {NULL, 0, 0, false};
    join_crews(inst, &all);
    join_links(inst, &all);
    runde_status status = keep_clients_apart(inst, &all);
    if (status == RUNDE_OK) {
        status = lay_out(inst, &all);
    }
    rn_free(all.list);
    return status;
}

/* ---------------------------------------------------------------- units */

static int32_t find(int32_t *root, int32_t t)
{
    while (root[t] != t) {
        root[t] = root[root[t]];
        t = root[t];
    }
    return t;
}

static void unite(int32_t *root, int32_t a, int32_t b)
{
    const int32_t x = find(root, a);
    const int32_t y = find(root, b);
    if (x < y) {
        root[y] = x;
    } else {
        root[x] = y;
    }
}

static void unite_all(const rn_instance *inst, int32_t *root)
{
    const runde_problem *p = inst->problem;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        root[t] = t;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        unite(root, t, inst->first_task[inst->task[t].visit]);
    }
    for (int32_t l = 0; l < runde_problem_n_links(p); l++) {
        const runde_link *link = runde_problem_link(p, l);
        if (link->all_or_none) {
            unite(root, inst->first_task[link->before],
                  inst->first_task[link->after]);
        }
    }
}

static int32_t count_shifts(const rn_instance *inst, int32_t who)
{
    const uint64_t *row = inst->who + (size_t)who * (size_t)inst->who_words;
    int32_t n = 0;
    for (int32_t i = 0; i < inst->who_words; i++) {
        for (uint64_t bits = row[i]; bits != 0; bits &= bits - 1) {
            n++;
        }
    }
    return n;
}

static void price_unit(rn_instance *inst, rn_unit *unit)
{
    unit->shifts = INT32_MAX;
    for (int32_t i = 0; i < unit->n; i++) {
        const rn_task *task = &inst->task[inst->unit_tasks[unit->first + i]];
        const runde_visit *visit =
            runde_problem_visit(inst->problem, task->visit);
        const int32_t n = count_shifts(inst, task->who);
        unit->shifts = n < unit->shifts ? n : unit->shifts;
        if (task->part != 0) {
            continue;
        }
        if (visit->optional) {
            unit->wishes +=
                (rn_cost)visit->price *
                rn_search_weight(inst, visit->client, RUNDE_OPTIONAL_UNSERVED);
        } else {
            unit->left_out += visit->priority;
        }
    }
    unit->price = unit->left_out * inst->left_out_unit + unit->wishes;
}

runde_status rn_instance_units(rn_instance *inst)
{
    const size_t n = (size_t)inst->n_tasks + 1;
    int32_t *root = rn_calloc(n, sizeof *root);
    inst->unit = rn_arena_array(inst->arena, n, sizeof *inst->unit);
    inst->unit_tasks = rn_arena_array(inst->arena, n, sizeof *inst->unit_tasks);
    if (root == NULL || inst->unit == NULL || inst->unit_tasks == NULL) {
        rn_free(root);
        return RUNDE_E_NOMEM;
    }
    unite_all(inst, root);
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const int32_t r = find(root, t);
        inst->task[t].unit = r == t ? inst->n_units++ : inst->task[r].unit;
        inst->unit[inst->task[t].unit].n++;
    }
    int32_t first = 0;
    for (int32_t u = 0; u < inst->n_units; u++) {
        rn_unit *unit = &inst->unit[u];
        inst->max_unit = unit->n > inst->max_unit ? unit->n : inst->max_unit;
        unit->first = first;
        first += unit->n;
        unit->n = 0;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        rn_unit *unit = &inst->unit[inst->task[t].unit];
        inst->unit_tasks[unit->first + unit->n++] = t;
    }
    for (int32_t u = 0; u < inst->n_units; u++) {
        price_unit(inst, &inst->unit[u]);
    }
    rn_free(root);
    return RUNDE_OK;
}
