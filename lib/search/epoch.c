/* SPDX-License-Identifier: MIT */
#include "search/epoch.h"

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/team.h"
#include "search/parts.h"

/* Tasks of a part, and iterations per task and epoch. */
#define TASKS_PER_PART 1000
#define EFFORT 1
/* Parts of fewer carers have too little to exchange. */
#define CARERS_PER_PART 8
/* One iteration in so many is for what no part could serve. */
#define REST_ONE_IN 20
/* Iterations between two questions whether to go on. */
#define ASK_EVERY 16
/* Of the iterations for what no part could serve, one in so many are made when
 * only those are left that have been tried for long. */
#define REST_HOPELESS_ONE_IN 8

/* What one thread works with. */
typedef struct worker {
    rn_search *search;
    int32_t *closed; /* tasks that only others may move */
} worker;

struct rn_epochs {
    rn_search *master;
    rn_parts *parts;
    rn_solution *next; /* the parts as they are put together */
    worker *workers;
    int32_t n_workers;
    int64_t *quota; /* part: iterations to do */
    int64_t *done;  /* part: iterations done */
    int64_t *vain;  /* part: swaps of tails since the last that was kept */
    rn_rng rng;     /* divides */
    uint64_t seed;
    uint64_t number; /* of the epoch */
    int32_t n_lost;  /* epochs whose parts did not fit together */
    double temperature;
    atomic_bool stop;
    rn_arena arena;
};

int32_t rn_epoch_parts(const rn_instance *inst, int32_t asked)
{
    int32_t carers = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        carers += inst->carer[c].n_shifts > 0;
    }
    const int32_t most = asked > 0 ? carers : carers / CARERS_PER_PART;
    int32_t n = asked > 0 ? asked : inst->n_tasks / TASKS_PER_PART;
    if (asked <= 0 && n > 1) {
        n += n % 2; /* two threads are the most common */
    }
    n = n < most ? n : most;
    return n > 1 && rn_parts_suit(inst) ? n : 1;
}

static runde_status new_workers(rn_epochs *e, int32_t threads)
{
    const rn_instance *inst = e->master->inst;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < threads && status == RUNDE_OK; i++) {
        worker *w = &e->workers[i];
        w->closed = rn_arena_array(&e->arena, (size_t)inst->n_tasks + 1,
                                   sizeof *w->closed);
        status = w->closed == NULL ? RUNDE_E_NOMEM
                                   : rn_search_new(&w->search, inst, e->seed);
        if (status == RUNDE_OK) {
            e->n_workers++;
            w->search->keeps_best = false;
            w->search->pool = rn_arena_array(
                &e->arena, (size_t)inst->n_tasks + 1, sizeof *w->closed);
            status = w->search->pool == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
        }
    }
    return status;
}

runde_status rn_epochs_new(rn_epochs **out, rn_search *master, uint64_t seed,
                           int32_t parts, int32_t threads)
{
    *out = NULL;
    rn_epochs *e = rn_calloc(1, sizeof *e);
    if (e == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    e->arena = arena;
    e->master = master;
    e->seed = seed;
    rn_rng_init(&e->rng, seed, 1);
    rn_instance_find_all_near(master->inst, threads); /* threads only read */
    threads = threads < parts ? threads : parts;
    e->workers = rn_arena_array(&e->arena, (size_t)threads, sizeof *e->workers);
    e->quota = rn_arena_array(&e->arena, (size_t)parts, sizeof *e->quota);
    e->done = rn_arena_array(&e->arena, (size_t)parts, sizeof *e->done);
    e->vain = rn_arena_array(&e->arena, (size_t)parts, sizeof *e->vain);
    runde_status status = RUNDE_E_NOMEM;
    if (e->workers != NULL && e->quota != NULL && e->done != NULL &&
        e->vain != NULL) {
        status = rn_parts_new(&e->parts, master->inst, parts);
    }
    if (status == RUNDE_OK) {
        status = rn_solution_new(&e->next, master->inst);
    }
    if (status == RUNDE_OK) {
        status = new_workers(e, threads);
    }
    if (status != RUNDE_OK) {
        rn_epochs_free(e);
        return status;
    }
    *out = e;
    return RUNDE_OK;
}

void rn_epochs_free(rn_epochs *epochs)
{
    if (epochs != NULL) {
        for (int32_t i = 0; epochs->workers != NULL && i < epochs->n_workers;
             i++) {
            rn_search_free(epochs->workers[i].search);
        }
        rn_solution_free(epochs->next);
        rn_parts_free(epochs->parts);
        rn_arena_free(&epochs->arena);
        rn_free(epochs);
    }
}

/* ------------------------------------------------------------ one part */

/* The plan as it stands, of which only this part may change. */
static void take_part(rn_epochs *e, worker *w, int32_t part)
{
    const rn_instance *inst = e->master->inst;
    const rn_parts *parts = e->parts;
    rn_search *s = w->search;
    int32_t n_closed = 0;
    rn_solution_copy(s->sol, e->master->sol);
    rn_rng_init(&s->rng, e->seed,
                2 + e->number * (uint64_t)parts->n + (uint64_t)part);
    s->finder->part_of = parts->of_shift;
    s->finder->part = part;
    s->finder->blink = 0;
    s->habits = e->master->habits;
    s->best->price = e->master->best->price;
    s->tails_in_vain = e->master->tails_in_vain;
    s->n_bank = 0;
    s->n_work = 0;
    s->n_pool = 0;
    for (int32_t u = 0; u < inst->n_units; u++) {
        const int32_t *tasks = inst->unit_tasks + inst->unit[u].first;
        const bool is_mine = parts->of_unit[u] == part;
        if (is_mine) {
            s->absent[u] = e->master->absent[u];
        }
        if (!rn_is_served(s->sol, u)) {
            if (is_mine) {
                s->bank[s->n_bank++] = u;
            }
            continue;
        }
        for (int32_t i = 0; i < inst->unit[u].n; i++) {
            const int32_t t = tasks[i];
            if (is_mine) {
                s->pool[s->n_pool++] = t;
            } else if (parts->of_shift[s->sol->node[t].route] == part) {
                w->closed[n_closed++] = t;
            }
        }
    }
    s->of_unit = parts->of_unit;
    /* Neither later nor earlier: what this part would put behind a visit that
     * begins earlier does not hold when its partner's part keeps it. */
    for (int32_t i = 0; i < n_closed; i++) {
        rn_node *const x = &s->sol->node[w->closed[i]];
        x->release = x->start;
    }
    rn_set_ceilings(s->sol, w->closed, n_closed, true);
    rn_search_resume(s);
}

static void copy_node(rn_solution *to, const rn_solution *from, int32_t n)
{
    const int32_t release = to->node[n].release;
    to->node[n] = from->node[n];
    if (from->node[n].ceiling < RN_TIME_MAX) {
        to->node[n].release = release;
        to->node[n].ceiling = RN_TIME_MAX;
    }
}

static void give_route(rn_solution *next, const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const size_t n_loads = (size_t)inst->n_loads;
    next->route[shift] = sol->route[shift];
    for (size_t l = 0; l < n_loads; l++) {
        const size_t at = (size_t)shift * n_loads + l;
        next->load[at] = sol->load[at];
    }
    for (int32_t n = rn_shift_start_node(inst, shift); n != RUNDE_NONE;
         n = sol->node[n].next) {
        copy_node(next, sol, n);
    }
}

/* Left out now, maybe; and in which order a client's visits are. */
static void give_task(rn_solution *next, const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_task *t = &inst->task[task];
    copy_node(next, sol, task);
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const int32_t choice = inst->arcs[t->first_arc + i].choice;
        if (choice >= 0) {
            next->choice[choice] = sol->choice[choice];
        }
    }
}

/* Writes what became of the part where only this part writes. */
static void give_part(rn_epochs *e, const rn_search *from, int32_t part)
{
    const rn_instance *inst = e->master->inst;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (e->parts->of_shift[s] == part) {
            give_route(e->next, from->sol, s);
        }
    }
    for (int32_t u = 0; u < inst->n_units; u++) {
        if (e->parts->of_unit[u] != part) {
            continue;
        }
        e->master->absent[u] = from->absent[u];
        for (int32_t i = 0; i < inst->unit[u].n; i++) {
            const int32_t t = inst->unit_tasks[inst->unit[u].first + i];
            give_task(e->next, from->sol, t);
        }
    }
}

static bool may_go_on(rn_epochs *e, int32_t member)
{
    const rn_search *s = e->master;
    if (member == 0 && s->poll != NULL && !atomic_load(&e->stop) &&
        !s->poll(s->poll_payload)) {
        atomic_store(&e->stop, true);
    }
    return !atomic_load(&e->stop);
}

static void work_on_part(void *payload, int32_t member, int32_t part)
{
    rn_epochs *e = payload;
    worker *w = &e->workers[member];
    if (!may_go_on(e, member)) {
        return;
    }
    take_part(e, w, part);
    int64_t done = 0;
    while (done < e->quota[part] && w->search->n_pool + w->search->n_bank > 0 &&
           (done % ASK_EVERY != 0 || may_go_on(e, member))) {
        (void)rn_iterate(w->search, e->temperature);
        done++;
    }
    e->done[part] = done;
    e->vain[part] = w->search->tails_in_vain;
    rn_settle_slack(w->search->sol);
    give_part(e, w->search, part);
}

/* ------------------------------------------------------------ together */

/* Whose links lead into another part: while the parts were worked on it could
 * not start earlier, now it may. */
static void seed_bound(rn_epochs *e, int32_t *bound, int32_t *n_bound)
{
    const rn_instance *inst = e->master->inst;
    rn_solution *next = e->next;
    *n_bound = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        if (e->parts->of_unit[inst->task[t].unit] < 0 &&
            next->node[t].route >= 0) {
            bound[(*n_bound)++] = t;
            next->seed[next->n_seeds++] = t;
        }
    }
}

/* Every part found a schedule in which bound visits start when they did
 * before, so together they hold; the least schedule may start them
 * earlier. */
static bool put_together(rn_epochs *e)
{
    rn_solution *next = e->next;
    int32_t *bound = e->workers[0].closed;
    int32_t n_bound = 0;
    next->n_seeds = 0;
    seed_bound(e, bound, &n_bound);
    rn_set_ceilings(next, bound, n_bound, false);
    rn_solution_recount(next);
    if (!rn_schedule_removals(next) || !rn_hours_hold(next)) {
        return false;
    }
    rn_settle(next);
    return true;
}

/* Iterations of every part, by its tasks; together no more than `most`. */
static void set_quotas(rn_epochs *e, int64_t most)
{
    const rn_instance *inst = e->master->inst;
    int64_t all = 0;
    for (int32_t p = 0; p < e->parts->n; p++) {
        e->quota[p] = 0;
        e->done[p] = 0;
        e->vain[p] = INT64_MAX;
    }
    for (int32_t u = 0; u < inst->n_units; u++) {
        if (e->parts->of_unit[u] >= 0) {
            e->quota[e->parts->of_unit[u]] += (int64_t)EFFORT * inst->unit[u].n;
            all += (int64_t)EFFORT * inst->unit[u].n;
        }
    }
    for (int32_t p = 0; p < e->parts->n && most >= 0 && most < all; p++) {
        const int64_t share = e->quota[p] * most / all;
        all -= e->quota[p];
        e->quota[p] = share;
        most -= share;
    }
}

/* What no part could serve may fit where two meet. One thread does this, and
 * in all of the plan, so it is for nothing else; and seldom for those that
 * seem to fit nowhere. */
static int64_t work_on_rest(rn_epochs *e, int64_t most, bool *news)
{
    int64_t done = 0;
    if (!e->master->is_lacking) {
        most = e->master->has_hopeless ? most / REST_HOPELESS_ONE_IN : 0;
    }
    e->master->is_for_rest = true;
    while ((e->master->is_lacking || e->master->has_hopeless) && done < most &&
           (done % ASK_EVERY != 0 || may_go_on(e, 0))) {
        *news = rn_iterate(e->master, e->temperature) || *news;
        done++;
    }
    e->master->is_for_rest = false;
    return done;
}

int64_t rn_epoch_run(rn_epochs *epochs, double temperature, int64_t most,
                     bool *news)
{
    rn_epochs *e = epochs;
    int64_t done = 0;
    rn_parts_divide(e->parts, e->master->sol, &e->rng);
    set_quotas(e, most);
    rn_solution_copy(e->next, e->master->sol);
    e->temperature = temperature;
    atomic_store(&e->stop, false);
    rn_team_run(e->n_workers, e->parts->n, work_on_part, e);
    e->number++;
    int64_t vain = INT64_MAX;
    for (int32_t p = 0; p < e->parts->n; p++) {
        done += e->done[p];
        vain = e->vain[p] < vain ? e->vain[p] : vain;
    }
    if (vain < INT64_MAX) {
        e->master->tails_in_vain = vain;
    }
    const bool holds = put_together(e);
    e->n_lost += !holds;
    *news = holds && rn_search_adopt(e->master, e->next);
    int64_t rest = done / REST_ONE_IN;
    if (most >= 0 && rest > most - done) {
        rest = most - done;
    }
    return done + work_on_rest(e, rest, news);
}

int32_t rn_epochs_lost(const rn_epochs *epochs)
{
    return epochs->n_lost;
}
