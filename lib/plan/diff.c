/* SPDX-License-Identifier: MIT */
#include "plan/diff.h"

#include <runde/session.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "plan/on_time.h"
#include "plan/plan.h"

/* Where a part is in a plan; carer RUNDE_NONE while it is left out. */
typedef struct place {
    int32_t shift; /* RUNDE_NONE also when the shift is no more */
    int32_t carer;
    int32_t start;
    bool is_wished; /* in its own plan's problem */
    bool is_on_time;
} place;

struct runde_diff {
    rn_arena arena;
    runde_diff_part *parts;
    int32_t n_parts;
    runde_diff_client *clients;
    int32_t n_clients;
    runde_diff_carer *carers;
    int32_t n_carers;
    runde_diff_totals totals;
};

/* Both plans by visit and part. */
typedef struct work {
    const runde_problem *problem;
    const runde_problem *base; /* of the first plan */
    const runde_plan *plan[2];
    int32_t *first; /* by visit: its first part; one more behind the last */
    place *at[2];   /* by part */
    runde_diff *diff;
} work;

/* --------------------------------------------------------------- reading */

static const runde_problem *problem_of(const work *w, int which)
{
    return which == 0 ? w->base : w->problem;
}

static bool is_derived(const work *w, int which)
{
    return which == 0 && w->base != w->problem;
}

/* False for a stop that the plan's own problem does not have; what the
 * derived one has no more is passed over. */
static bool note_route(const work *w, int which, const runde_route *route)
{
    const runde_problem *const own = problem_of(w, which);
    const int32_t carer = runde_problem_shift(own, route->shift)->carer;
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *const stop = &route->stops[i];
        if (stop->kind != RUNDE_STOP_VISIT) {
            continue;
        }
        const runde_visit *const own_visit =
            runde_problem_visit(own, stop->item);
        if (own_visit == NULL || stop->part < 0 ||
            stop->part >= own_visit->crew) {
            return false;
        }
        const bool derived = is_derived(w, which);
        const int32_t visit =
            derived ? runde_problem_derived_visit(w->problem, stop->item)
                    : stop->item;
        if (visit != RUNDE_NONE &&
            stop->part < w->first[visit + 1] - w->first[visit]) {
            place *const at = &w->at[which][w->first[visit] + stop->part];
            at->shift =
                derived ? runde_problem_derived_shift(w->problem, route->shift)
                        : route->shift;
            at->carer = carer;
            at->start = stop->start;
            at->is_wished = own_visit->n_preferred > 0;
            at->is_on_time =
                rn_is_on_time(own, own_visit, stop->start, stop->departure);
        }
    }
    return true;
}

/* Draws up both plans by part. */
static runde_status work_start(work *w)
{
    const int32_t n = runde_problem_n_visits(w->problem);
    rn_arena *const arena = &w->diff->arena;
    w->first = rn_arena_array(arena, (size_t)n + 1, sizeof *w->first);
    if (w->first == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t v = 0; v < n; v++) {
        w->first[v + 1] =
            w->first[v] + runde_problem_visit(w->problem, v)->crew;
    }
    for (int p = 0; p < 2; p++) {
        const size_t n_parts = (size_t)w->first[n];
        w->at[p] = rn_arena_array(arena, n_parts, sizeof *w->at[p]);
        if (w->at[p] == NULL) {
            return RUNDE_E_NOMEM;
        }
        for (size_t i = 0; i < n_parts; i++) {
            w->at[p][i] = (place){.shift = RUNDE_NONE,
                                  .carer = RUNDE_NONE,
                                  .start = RUNDE_TIME_NONE};
        }
        for (int32_t r = 0; r < runde_plan_n_routes(w->plan[p]); r++) {
            const runde_route *const route = runde_plan_route(w->plan[p], r);
            if (route->shift >= runde_problem_n_shifts(problem_of(w, p)) ||
                !note_route(w, p, route)) {
                return RUNDE_E_ARGUMENT;
            }
        }
    }
    return RUNDE_OK;
}

/* -------------------------------------------------------------- comparing */

static uint32_t difference(const runde_diff_part *part)
{
    if (part->carer[0] == RUNDE_NONE || part->carer[1] == RUNDE_NONE) {
        return part->carer[0] != RUNDE_NONE   ? RUNDE_DIFF_DROPPED
               : part->carer[1] != RUNDE_NONE ? RUNDE_DIFF_ADDED
                                              : 0;
    }
    return (part->carer[0] != part->carer[1] ? RUNDE_DIFF_CARER : 0U) |
           (part->start[0] != part->start[1] ? RUNDE_DIFF_TIME : 0U);
}

static void add_part(const work *w, int32_t visit, int32_t a, int32_t b)
{
    runde_diff *const diff = w->diff;
    const place *const was = &w->at[0][w->first[visit] + a];
    const place *const is = &w->at[1][w->first[visit] + b];
    runde_diff_part part = {0};
    part.visit = visit;
    part.part = is->carer != RUNDE_NONE ? b : a;
    part.client = runde_problem_visit(w->problem, visit)->client;
    part.shift[0] = was->shift;
    part.shift[1] = is->shift;
    part.carer[0] = was->carer;
    part.carer[1] = is->carer;
    part.start[0] = was->start;
    part.start[1] = is->start;
    part.what = difference(&part);
    if (part.what != 0) {
        diff->parts[diff->n_parts++] = part;
    }
}

/* Who stays with the visit is paired first, whatever the part; the others
 * follow in order. */
static void compare_visit(const work *w, int32_t visit)
{
    const int32_t crew = w->first[visit + 1] - w->first[visit];
    const place *const was = &w->at[0][w->first[visit]];
    const place *const is = &w->at[1][w->first[visit]];
    int32_t pair[RUNDE_MAX_CREW];
    bool is_paired[RUNDE_MAX_CREW] = {false};
    for (int32_t b = 0; b < crew; b++) {
        pair[b] = RUNDE_NONE;
        for (int32_t a = 0; a < crew && pair[b] == RUNDE_NONE; a++) {
            if (!is_paired[a] && is[b].carer != RUNDE_NONE &&
                was[a].carer == is[b].carer) {
                pair[b] = a;
                is_paired[a] = true;
            }
        }
    }
    for (int32_t b = 0; b < crew; b++) {
        for (int32_t a = 0; a < crew && pair[b] == RUNDE_NONE; a++) {
            if (!is_paired[a]) {
                pair[b] = a;
                is_paired[a] = true;
            }
        }
        add_part(w, visit, pair[b], b);
    }
}

static int64_t moved_by(const runde_diff_part *part)
{
    if ((part->what & RUNDE_DIFF_TIME) == 0) {
        return 0;
    }
    return llabs((int64_t)part->start[1] - part->start[0]);
}

static void add_totals(runde_diff_totals *t, const runde_diff_part *part)
{
    const int64_t moved = moved_by(part);
    t->carer_changed += (part->what & RUNDE_DIFF_CARER) != 0;
    t->time_changed += (part->what & RUNDE_DIFF_TIME) != 0;
    t->added += (part->what & RUNDE_DIFF_ADDED) != 0;
    t->dropped += (part->what & RUNDE_DIFF_DROPPED) != 0;
    t->moved += moved;
    t->moved_most = moved > t->moved_most ? (int32_t)moved : t->moved_most;
}

/* --------------------------------------------------------------- grouping */

/* When it matters: the time it is now, or was. */
static int32_t moment(const runde_diff_part *part)
{
    return part->carer[1] != RUNDE_NONE ? part->start[1] : part->start[0];
}

static int by_moment(const void *x, const void *y)
{
    const runde_diff_part *const a = *(const runde_diff_part *const *)x;
    const runde_diff_part *const b = *(const runde_diff_part *const *)y;
    const int32_t at = moment(a);
    const int32_t bt = moment(b);
    if (at != bt) {
        return at < bt ? -1 : 1;
    }
    /* Parts lie in order of visit and part. */
    return (a > b) - (a < b);
}

/* The parts that someone has to do with, of `count[who]` lists. */
typedef struct groups {
    const runde_diff_part **list;
    int32_t *first; /* by who, and one more */
    int32_t n;
} groups;

static void put(groups *g, int32_t who, const runde_diff_part *part, bool lay)
{
    if (who == RUNDE_NONE) {
        return;
    }
    if (lay) {
        g->list[g->first[who]++] = part;
    } else {
        g->first[who + 1]++;
    }
}

static void put_part(groups *g, const runde_diff_part *part, bool by_client,
                     bool lay)
{
    if (by_client) {
        put(g, part->client, part, lay);
        return;
    }
    put(g, part->carer[0], part, lay);
    if (part->carer[1] != part->carer[0]) {
        put(g, part->carer[1], part, lay);
    }
}

/* Counting sort; afterwards list[first[w] .. first[w + 1] - 1] are w's. */
static bool group(groups *g, runde_diff *diff, int32_t n, bool by_client)
{
    g->n = n;
    g->first = rn_arena_array(&diff->arena, (size_t)n + 2, sizeof *g->first);
    g->list = rn_arena_array(&diff->arena, 2 * (size_t)diff->n_parts,
                             sizeof *g->list);
    if (g->first == NULL || g->list == NULL) {
        return false;
    }
    for (int32_t i = 0; i < diff->n_parts; i++) {
        put_part(g, &diff->parts[i], by_client, false);
    }
    for (int32_t w = 0; w < n; w++) {
        g->first[w + 1] += g->first[w];
    }
    for (int32_t i = 0; i < diff->n_parts; i++) {
        put_part(g, &diff->parts[i], by_client, true);
    }
    /* Laying has moved every beginning to its end. */
    for (int32_t w = n; w > 0; w--) {
        g->first[w] = g->first[w - 1];
    }
    g->first[0] = 0;
    for (int32_t w = 0; w < n; w++) {
        const int32_t length = g->first[w + 1] - g->first[w];
        if (length > 1) {
            qsort(&g->list[g->first[w]], (size_t)length, sizeof *g->list,
                  by_moment);
        }
    }
    return true;
}

static int32_t groups_used(const groups *g)
{
    int32_t n = 0;
    for (int32_t w = 0; w < g->n; w++) {
        n += g->first[w + 1] > g->first[w];
    }
    return n;
}

/* ---------------------------------------------------------------- clients */

/* The visits of every client, as lists. */
typedef struct visits_of {
    int32_t *first;
    int32_t *list;
} visits_of;

static bool list_visits(const work *w, visits_of *v)
{
    const int32_t n_clients = runde_problem_n_clients(w->problem);
    const int32_t n = runde_problem_n_visits(w->problem);
    rn_arena *const arena = &w->diff->arena;
    v->first = rn_arena_array(arena, (size_t)n_clients + 2, sizeof *v->first);
    v->list = rn_arena_array(arena, (size_t)n, sizeof *v->list);
    if (v->first == NULL || v->list == NULL) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        v->first[runde_problem_visit(w->problem, i)->client + 2]++;
    }
    for (int32_t c = 0; c < n_clients; c++) {
        v->first[c + 2] += v->first[c + 1];
    }
    for (int32_t i = 0; i < n; i++) {
        v->list[v->first[runde_problem_visit(w->problem, i)->client + 1]++] = i;
    }
    return true;
}

/* Does the carer come to one of the client's parts before this one? */
static bool came_before(const work *w, const visits_of *v, int32_t client,
                        int which, int32_t part)
{
    const place *const at = w->at[which];
    for (int32_t i = v->first[client]; i < v->first[client + 1]; i++) {
        for (int32_t t = w->first[v->list[i]]; t < w->first[v->list[i] + 1];
             t++) {
            if (t == part) {
                return false;
            }
            if (at[t].carer == at[part].carer) {
                return true;
            }
        }
    }
    return false;
}

/* Different carers at a client's in one of the plans. */
static int32_t count_faces(const work *w, const visits_of *v, int32_t client,
                           int which)
{
    int32_t n = 0;
    for (int32_t i = v->first[client]; i < v->first[client + 1]; i++) {
        for (int32_t t = w->first[v->list[i]]; t < w->first[v->list[i] + 1];
             t++) {
            n += w->at[which][t].carer != RUNDE_NONE &&
                 !came_before(w, v, client, which, t);
        }
    }
    return n;
}

static void count_wishes(const work *w, const visits_of *v,
                         runde_diff_client *out, int which)
{
    for (int32_t i = v->first[out->client]; i < v->first[out->client + 1];
         i++) {
        for (int32_t t = w->first[v->list[i]]; t < w->first[v->list[i] + 1];
             t++) {
            out->wished[which] += w->at[which][t].is_wished;
            out->on_time[which] += w->at[which][t].is_on_time;
        }
    }
}

static bool fill_clients(const work *w)
{
    runde_diff *const diff = w->diff;
    groups g = {NULL, NULL, 0};
    visits_of v = {NULL, NULL};
    if (!group(&g, diff, runde_problem_n_clients(w->problem), true) ||
        !list_visits(w, &v)) {
        return false;
    }
    diff->clients = rn_arena_array(&diff->arena, (size_t)groups_used(&g),
                                   sizeof *diff->clients);
    if (diff->clients == NULL) {
        return false;
    }
    for (int32_t c = 0; c < g.n; c++) {
        const int32_t n = g.first[c + 1] - g.first[c];
        if (n == 0) {
            continue;
        }
        runde_diff_client *const out = &diff->clients[diff->n_clients++];
        out->client = c;
        out->n_parts = n;
        out->parts = &g.list[g.first[c]];
        uint32_t what = 0;
        for (int32_t i = 0; i < n; i++) {
            what |= out->parts[i]->what;
        }
        diff->totals.clients_changed += (what & RUNDE_DIFF_CARER) != 0;
        diff->totals.clients_dropped += (what & RUNDE_DIFF_DROPPED) != 0;
        for (int p = 0; p < 2; p++) {
            out->faces[p] = count_faces(w, &v, c, p);
            count_wishes(w, &v, out, p);
        }
    }
    return true;
}

/* ----------------------------------------------------------------- carers */

/* A visit of a carer; `use` is what the carer has of each load so far. */
static void add_visit(runde_diff_carer *out, const runde_problem *problem,
                      const runde_stop *stop, int which, int64_t *use)
{
    const runde_visit *const visit = runde_problem_visit(problem, stop->item);
    out->served[which]++;
    out->service[which] += visit->duration;
    out->wished[which] += visit->n_preferred > 0;
    out->on_time[which] +=
        rn_is_on_time(problem, visit, stop->start, stop->departure);
    for (int32_t i = 0; i < visit->n_loads; i++) {
        const runde_load_use *const load = &visit->loads[i];
        use[load->load] += load->amount;
        if (runde_problem_load(problem, load->load)->shared &&
            use[load->load] > out->heavy[which]) {
            out->heavy[which] = use[load->load];
        }
    }
}

static void add_route(runde_diff_carer *out, const runde_problem *problem,
                      const runde_route *route, int which, int64_t *use)
{
    const int32_t over =
        route->end - runde_problem_shift(problem, route->shift)->end;
    out->duty[which] += (int64_t)route->end - route->begin;
    out->overtime[which] += over > 0 ? over : 0;
    out->travel[which] += route->travel_home;
    for (int32_t i = 0; i < route->n_stops; i++) {
        out->travel[which] += route->stops[i].travel;
        if (route->stops[i].kind == RUNDE_STOP_VISIT) {
            add_visit(out, problem, &route->stops[i], which, use);
        }
    }
}

/* The shifts of one plan, by carer where there is an `entry`. */
static bool add_plan(const work *w, const int32_t *entry, int which)
{
    const runde_problem *const own = problem_of(w, which);
    const size_t n_loads = (size_t)runde_problem_n_loads(own);
    runde_diff *const diff = w->diff;
    int64_t *const use = rn_arena_array(
        &diff->arena, (size_t)diff->n_carers * n_loads + 1, sizeof *use);
    if (use == NULL) {
        return false;
    }
    for (int32_t r = 0; r < runde_plan_n_routes(w->plan[which]); r++) {
        const runde_route *const route = runde_plan_route(w->plan[which], r);
        const int32_t at = entry[runde_problem_shift(own, route->shift)->carer];
        if (at != RUNDE_NONE) {
            add_route(&diff->carers[at], own, route, which,
                      &use[(size_t)at * n_loads]);
        }
    }
    return true;
}

static bool fill_carers(const work *w)
{
    runde_diff *const diff = w->diff;
    const int32_t n_carers = runde_problem_n_carers(w->problem);
    groups g = {NULL, NULL, 0};
    int32_t *const entry =
        rn_arena_array(&diff->arena, (size_t)n_carers, sizeof *entry);
    if (entry == NULL || !group(&g, diff, n_carers, false)) {
        return false;
    }
    diff->carers = rn_arena_array(&diff->arena, (size_t)groups_used(&g),
                                  sizeof *diff->carers);
    if (diff->carers == NULL) {
        return false;
    }
    for (int32_t c = 0; c < n_carers; c++) {
        const int32_t n = g.first[c + 1] - g.first[c];
        entry[c] = n > 0 ? diff->n_carers++ : RUNDE_NONE;
        if (n > 0) {
            diff->carers[entry[c]].carer = c;
            diff->carers[entry[c]].n_parts = n;
            diff->carers[entry[c]].parts = &g.list[g.first[c]];
        }
    }
    return add_plan(w, entry, 0) && add_plan(w, entry, 1);
}

/* ------------------------------------------------------------------ whole */

static runde_status compare(work *w)
{
    runde_diff *const diff = w->diff;
    const int32_t n = runde_problem_n_visits(w->problem);
    const runde_status status = work_start(w);
    if (status != RUNDE_OK) {
        return status;
    }
    diff->parts =
        rn_arena_array(&diff->arena, (size_t)w->first[n], sizeof *diff->parts);
    if (diff->parts == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t v = 0; v < n; v++) {
        compare_visit(w, v);
    }
    for (int32_t i = 0; i < diff->n_parts; i++) {
        add_totals(&diff->totals, &diff->parts[i]);
    }
    return fill_clients(w) && fill_carers(w) ? RUNDE_OK : RUNDE_E_NOMEM;
}

runde_status rn_diff_derived(runde_diff **out, const runde_problem *base,
                             const runde_plan *a, const runde_problem *problem,
                             const runde_plan *b)
{
    runde_diff *const diff = rn_calloc(1, sizeof *diff);
    *out = NULL;
    if (diff == NULL) {
        return RUNDE_E_NOMEM;
    }
    diff->arena = (rn_arena)RN_ARENA_INIT;
    diff->totals = (runde_diff_totals)RUNDE_DIFF_TOTALS_INIT;
    work w = {problem, base, {a, b}, NULL, {NULL, NULL}, diff};
    const runde_status status = compare(&w);
    if (status != RUNDE_OK) {
        runde_diff_free(diff);
        return status;
    }
    *out = diff;
    return RUNDE_OK;
}

runde_status runde_diff_new(runde_diff **out, const runde_problem *problem,
                            const runde_plan *a, const runde_plan *b)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL || a == NULL || b == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem) || !rn_plan_is_finished(a) ||
        !rn_plan_is_finished(b) || !runde_plan_has_times(a) ||
        !runde_plan_has_times(b)) {
        return RUNDE_E_STATE;
    }
    return rn_diff_derived(out, problem, a, problem, b);
}

void runde_diff_free(runde_diff *diff)
{
    if (diff != NULL) {
        rn_arena_free(&diff->arena);
        rn_free(diff);
    }
}

int32_t runde_diff_n_parts(const runde_diff *diff)
{
    return diff->n_parts;
}

const runde_diff_part *runde_diff_get_part(const runde_diff *diff,
                                           int32_t index)
{
    return index >= 0 && index < diff->n_parts ? &diff->parts[index] : NULL;
}

int32_t runde_diff_n_clients(const runde_diff *diff)
{
    return diff->n_clients;
}

const runde_diff_client *runde_diff_get_client(const runde_diff *diff,
                                               int32_t index)
{
    return index >= 0 && index < diff->n_clients ? &diff->clients[index] : NULL;
}

int32_t runde_diff_n_carers(const runde_diff *diff)
{
    return diff->n_carers;
}

const runde_diff_carer *runde_diff_get_carer(const runde_diff *diff,
                                             int32_t index)
{
    return index >= 0 && index < diff->n_carers ? &diff->carers[index] : NULL;
}

const runde_diff_totals *runde_diff_get_totals(const runde_diff *diff)
{
    return &diff->totals;
}
