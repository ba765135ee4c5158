/* SPDX-License-Identifier: MIT */
/* The first plan: crews first, then what few shifts can serve, and among
 * equals by the clock; every visit where it costs least in the routes around;
 * and at last room for those that found none. */
#include "search/search.h"

/* Units inserted between two looks at the clock. */
#define POLL_EVERY 64
/* Shifts that are counted to tell how scarce a visit is. */
#define COUNTED 256
/* Routes around a visit that are looked at where there are too many to look at
 * all; and for those that found no place there. */
#define ROUTES_AROUND 20
#define ROUTES_FURTHER 200
/* Attempts to make room for each visit left out; and where no search follows
 * that would do so, and how many then in all. Before a search more of them
 * only make the plan dearer. */
#define ATTEMPTS 8
#define LAST_ATTEMPTS 1000
#define MOST_ATTEMPTS 16000

/* --------------------------------------------------------------- in order */

/* How many shifts could serve the scarcest task of the unit, as far as a
 * sample tells, in quarters of all. */
static int32_t plenty_of(const rn_instance *inst, const rn_unit *u)
{
    const int32_t step = inst->n_shifts / COUNTED + 1;
    int32_t least = INT32_MAX;
    for (int32_t i = 0; i < u->n; i++) {
        const int32_t task = inst->unit_tasks[u->first + i];
        int32_t n = 0;
        for (int32_t s = 0; s < inst->n_shifts; s += step) {
            n += rn_may(inst, inst->task[task].who, s) &&
                 rn_time_allows(inst, task, s);
        }
        least = n < least ? n : least;
    }
    return 4 * least / (inst->n_shifts / step + 1);
}

/* In a small plan the search soon finds who has to make room; what counts
 * there is that the first plan is a short one, mostly by the clock. */
static int64_t key_of(const rn_search *s, const rn_unit *u)
{
    const rn_instance *inst = s->inst;
    const rn_stop *stop = &inst->stop[inst->unit_tasks[u->first]];
    const int32_t level =
        s->is_large ? plenty_of(inst, u) : u->shifts >= inst->n_shifts / 4;
    return (u->n > 1 ? 0 : INT64_C(1) << 60) + ((int64_t)level << 40) +
           stop->release + (stop->latest >> 2);
}

static void list_in_order(rn_search *s)
{
    s->n_work = s->n_bank;
    for (int32_t i = 0; i < s->n_bank; i++) {
        s->work[i] = s->bank[i];
        s->key[i] = key_of(s, &s->inst->unit[s->bank[i]]);
    }
    rn_sort_units(s->key, s->work, s->n_work);
}

/* ---------------------------------------------------------- into a route */

/* Routes of the task's neighbours and of theirs that could serve it, the
 * nearest first, until there are `most`. Those of the unit's other tasks are
 * there already. */
static void list_routes_around(rn_search *s, int32_t task, int32_t most)
{
    const rn_instance *inst = s->inst;
    int32_t n = 0;
    const int32_t *near = rn_near_of(inst, task, &n);
    s->stamp++;
    for (int32_t i = 0; i < s->n_ruined; i++) {
        s->route_stamp[s->ruined[i]] = s->stamp;
    }
    for (int32_t i = -1; i < n && s->n_ruined < most; i++) {
        int32_t m = 0;
        const int32_t *list = rn_near_of(inst, i < 0 ? task : near[i], &m);
        for (int32_t k = 0; k < m && s->n_ruined < most; k++) {
            const int32_t r = s->served_by[list[k]];
            if (r < 0 || s->route_stamp[r] == s->stamp) {
                continue;
            }
            s->route_stamp[r] = s->stamp;
            if (rn_may(inst, inst->task[task].who, r) &&
                rn_time_allows(inst, task, r)) {
                s->ruined[s->n_ruined++] = r;
            }
        }
    }
}

static void note_served(rn_search *s, int32_t unit)
{
    const rn_unit *u = &s->inst->unit[unit];
    for (int32_t i = 0; i < u->n; i++) {
        const int32_t task = s->inst->unit_tasks[u->first + i];
        s->served_by[task] = s->sol->node[task].route;
    }
}

/* Every gap of the routes around it and of unused shifts. Looking beside
 * neighbours only would be quicker, but those stand in routes that are full
 * by then, and the visit comes late. */
static bool insert_around(rn_search *s, int32_t unit, int32_t most)
{
    const rn_unit *u = &s->inst->unit[unit];
    rn_finder *f = s->finder;
    s->n_ruined = 0;
    for (int32_t i = 0; i < u->n; i++) {
        list_routes_around(s, s->inst->unit_tasks[u->first + i],
                           most * (i + 1));
    }
    f->only = s->ruined;
    f->n_only = s->n_ruined;
    f->and_unused = true;
    const bool done = rn_insert_unit(f, unit);
    f->only = NULL;
    f->and_unused = false;
    note_served(s, unit);
    return done;
}

static bool may_go_on(const rn_search *s, int32_t i)
{
    return i % POLL_EVERY != 0 || s->poll == NULL || s->poll(s->poll_payload);
}

/* Anywhere; in a large plan, what does not fit may do so later. */
static void insert_anywhere(rn_search *s)
{
    const int32_t rounds = s->is_large ? 2 : 1;
    for (int32_t round = 0; round < rounds; round++) {
        for (int32_t i = 0; i < s->n_work && may_go_on(s, i); i++) {
            if (round == 0 || !rn_is_served(s->sol, s->work[i])) {
                (void)rn_insert_unit(s->finder, s->work[i]);
            }
        }
    }
}

/* Vast ones: around; what does not fit, further away. */
static void insert_nearby(rn_search *s)
{
    int32_t n = 0;
    for (int32_t t = 0; t < s->inst->n_tasks; t++) {
        s->served_by[t] = s->sol->node[t].route;
    }
    for (int32_t i = 0; i < s->n_work && may_go_on(s, i); i++) {
        const int32_t unit = s->work[i];
        if (!insert_around(s, unit, ROUTES_AROUND)) {
            s->work[n++] = unit;
        }
    }
    for (int32_t i = 0; i < n && may_go_on(s, i); i++) {
        (void)insert_around(s, s->work[i], ROUTES_FURTHER);
    }
}

static void insert_all(rn_search *s)
{
    s->finder->blink_mean = 0;
    s->finder->near = 0;
    s->finder->empties = true;
    if (s->is_vast) {
        insert_nearby(s);
    } else {
        insert_anywhere(s);
    }
}

/* Some visits out, those left out in, downhill only. */
static void make_room(rn_search *s)
{
    const int64_t all = (int64_t)LAST_ATTEMPTS * s->n_bank;
    const int64_t last = all < MOST_ATTEMPTS ? all : MOST_ATTEMPTS;
    const int64_t first = (int64_t)ATTEMPTS * s->n_bank;
    const int64_t n = s->is_last && last > first ? last : first;
    for (int32_t i = 0; i < n && s->n_bank > 0 && may_go_on(s, i); i++) {
        const int32_t unit = s->bank[i % s->n_bank];
        if (s->inst->unit[unit].left_out > 0) {
            rn_iterate_for(s, unit);
        }
    }
}

/* Has anything begun? Then a plan without it is none. */
static bool has_frozen(const rn_instance *inst)
{
    for (int32_t t = 0; inst->freezes && t < inst->n_tasks; t++) {
        if (inst->task[t].is_frozen) {
            return true;
        }
    }
    return false;
}

void rn_construct(rn_search *s)
{
    const rn_instance *inst = s->inst;
    rn_search_resume(s); /* a start may serve some already */
    list_in_order(s);
    const rn_price before = rn_price_of(s->sol);
    if (inst->n_bounds > 0 && s->has_start) {
        /* It may be worse than nothing: over a limit, and thinned in vain. */
        rn_best_note_all(s->best, s->sol);
        if (has_frozen(inst) || rn_price_compare(before, s->best->price) <= 0) {
            rn_best_save(s->best, s->sol, before);
        }
    }
    rn_journal_begin(s->sol, &s->sol->outer);
    insert_all(s);
    /* A start is never made worse; without one, a plan that has too much of
     * something is where the search begins. */
    if (rn_price_compare(rn_price_of(s->sol), before) > 0 &&
        (s->has_start || s->sol->excess == 0)) {
        rn_undo_and_settle(s->sol, &s->sol->outer);
    }
    rn_best_note(s->best, s->sol);
    s->sol->outer.on = false;
    rn_search_resume(s);
    s->growing = s->sol->growing;
    const rn_price price = rn_price_of(s->sol);
    if (inst->n_bounds == 0 || rn_price_compare(price, s->best->price) <= 0) {
        rn_best_save(s->best, s->sol, price);
    } else {
        rn_save_thinned(s);
    }
    if (s->is_large && !s->has_start && inst->n_bounds == 0 &&
        rn_does(s, RN_ROOM)) {
        make_room(s);
    }
}
