/* SPDX-License-Identifier: MIT */
/* What to take out: strings of neighbouring stops from neighbouring routes
 * most of the time; sometimes a whole route, a client's visits, or what
 * stands around a left-out visit. */
#include "eval/price.h"
#include "search/search.h"

/* Mean number of tasks taken out, and longest string. */
#define MEAN_REMOVED 10
#define LONGEST_STRING 10
/* The same of plans that are not large, given time: few in so many percent of
 * the ruins, many in the others. */
#define FEW_REMOVED 9
#define MANY_REMOVED 20
#define FEW_SHARE 80
/* Ruins in a hundred that take a route out, at the most and for so many tasks
 * each: by chance they meet a short one the more seldom the more tasks there
 * are. It is the shortest of so many, if it is short beside the mean, in
 * percent, and has no more tasks than this. */
#define CLOSE_SHARE 12
#define TASKS_PER_SHARE 20
#define SHORTEST_OF 3
#define SHORT_SHARE 60
#define SHORT_ROUTE 12
#define OPTIONAL_ONE_IN 8
#define ABSENT_ONE_IN 4
#define HOPELESS_ONE_IN 32
#define SMALL_HOPELESS_ONE_IN 16
/* Iterations about a left-out unit in which any route may be ruined. */
#define DETOUR_ONE_IN 4
/* Of the iterations around changes, in percent: those that send a task back
 * to its published carer; and the most that makes room for it there. */
#define HOME_SHARE 60
#define MOST_INTRUDERS 4

/* Tasks of which the dearest is taken in large plans, in how many iterations
 * of a hundred. */
#define DEAREST_OF 3
#define DEAREST_SHARE 75

/* Others work on it, or on what it is linked to, at the same time. */
static bool is_elsewhere(const rn_search *s, int32_t task)
{
    return s->of_unit != NULL &&
           s->of_unit[s->inst->task[task].unit] != s->finder->part;
}

bool rn_is_movable(const rn_search *s, int32_t task)
{
    return !rn_is_frozen(s->inst, s->inst->task[task].unit) &&
           !is_elsewhere(s, task);
}

void rn_take(rn_search *s, int32_t task)
{
    const rn_instance *inst = s->inst;
    if (s->sol->node[task].route < 0 || !rn_is_movable(s, task)) {
        return;
    }
    const int32_t unit = inst->task[task].unit;
    const rn_unit *u = &inst->unit[unit];
    for (int32_t i = 0; i < u->n; i++) {
        /* Routes that lose a linked part count as touched too. */
        const int32_t t = inst->unit_tasks[u->first + i];
        s->route_stamp[s->sol->node[t].route] = s->stamp;
    }
    rn_remove_unit(s->sol, unit);
    s->work[s->n_work++] = unit;
}

int32_t rn_random_task(rn_search *s)
{
    if (s->n_pool > 0) {
        return s->pool[rn_rng_below(&s->rng, (uint32_t)s->n_pool)];
    }
    return (int32_t)rn_rng_below(&s->rng, (uint32_t)s->inst->n_tasks);
}

int32_t rn_task_at(const rn_solution *sol, int32_t shift, int32_t start)
{
    const rn_instance *inst = sol->inst;
    int32_t found = RUNDE_NONE;
    for (int32_t n = rn_shift_start_node(inst, shift); n != RUNDE_NONE;
         n = sol->node[n].next) {
        if (n < inst->n_tasks) {
            found = n;
            if (sol->node[n].start >= start) {
                break;
            }
        }
    }
    return found;
}

/* Tasks first .. first + n - 1 of a route, counted from its front, but for
 * `spared` in the middle that stay. */
static void take_string(rn_search *s, int32_t route, int32_t first, int32_t n,
                        int32_t spare_at, int32_t spared)
{
    const rn_instance *inst = s->inst;
    const rn_solution *sol = s->sol;
    int32_t list[LONGEST_STRING * 2];
    int32_t found = 0;
    int32_t number = 0;
    for (int32_t node = rn_shift_start_node(inst, route);
         node != RUNDE_NONE && number < first + n + spared;
         node = sol->node[node].next) {
        if (node >= inst->n_tasks) {
            continue;
        }
        const bool in = number >= first;
        const bool spare =
            number >= first + spare_at && number < first + spare_at + spared;
        if (in && !spare && found < 2 * LONGEST_STRING) {
            list[found++] = node;
        }
        number++;
    }
    for (int32_t i = 0; i < found; i++) {
        rn_take(s, list[i]);
    }
}

static int32_t number_in_route(const rn_search *s, int32_t task)
{
    const rn_solution *sol = s->sol;
    int32_t number = 0;
    for (int32_t n = sol->node[task].prev; n != RUNDE_NONE;
         n = sol->node[n].prev) {
        number += n < s->inst->n_tasks;
    }
    return number;
}

/* A string of `length` tasks that holds `task`; half of the time split by a
 * few that stay. */
static void take_around(rn_search *s, int32_t task, int32_t length)
{
    const int32_t route = s->sol->node[task].route;
    const int32_t n = s->sol->route[route].n;
    const int32_t at = number_in_route(s, task);
    int32_t spared = 0;
    if (length > 1 && length < n && rn_rng_below(&s->rng, 2) == 0) {
        spared = 1;
        while (length + spared < n && rn_rng_below(&s->rng, 100) >= 50) {
            spared++;
        }
    }
    const int32_t whole = length + spared;
    const int32_t low = at - whole + 1 > 0 ? at - whole + 1 : 0;
    const int32_t high = at < n - whole ? at : n - whole;
    const int32_t first =
        low + (int32_t)rn_rng_below(&s->rng, (uint32_t)(high - low + 1));
    const int32_t spare_at =
        spared > 0 ? 1 + (int32_t)rn_rng_below(&s->rng, (uint32_t)length - 1)
                   : 0;
    take_string(s, route, first, length, spare_at, spared);
}

static double unit_random(rn_search *s)
{
    return rn_rng_unit(&s->rng);
}

/* Is this iteration about a left-out visit, where there are too many others to
 * find a place for it by chance? One that has to be served comes first. */
static bool makes_room(const rn_search *s)
{
    return s->is_large && s->asked >= 0 && rn_does(s, RN_ROOM) &&
           (!s->is_tight || s->inst->unit[s->asked].left_out > 0);
}

/* May the route make room for the unit that is asked for? */
static bool may_help(const rn_search *s, int32_t route)
{
    const rn_instance *inst = s->inst;
    const rn_unit *u = &inst->unit[s->asked];
    for (int32_t i = 0; i < u->n; i++) {
        const int32_t task = inst->unit_tasks[u->first + i];
        if (rn_may(inst, inst->task[task].who, route) &&
            rn_time_allows(inst, task, route)) {
            return true;
        }
    }
    return false;
}

/* A small plan gets stuck where half of its routes have to change at once.
 * Taking out little most of the time and much now and then gets it out, and
 * costs no more than always the mean of both. */
static double mean_removed(rn_search *s)
{
    if (s->is_large || !s->is_patient) {
        return MEAN_REMOVED;
    }
    return rn_rng_below(&s->rng, 100) < FEW_SHARE ? FEW_REMOVED : MANY_REMOVED;
}

static void ruin_strings(rn_search *s, int32_t seed)
{
    const rn_instance *inst = s->inst;
    const double longest = s->mean_tasks < LONGEST_STRING
                               ? (s->mean_tasks > 1.0 ? s->mean_tasks : 1.0)
                               : LONGEST_STRING;
    const double most = 4.0 * mean_removed(s) / (1.0 + longest) - 1.0;
    int32_t strings = (int32_t)(unit_random(s) * most + 1.0);
    strings = strings > 0 ? strings : 1;
    /* Making room where a left-out unit may not go helps it only in detours. */
    const bool aims = makes_room(s) && rn_rng_below(&s->rng, DETOUR_ONE_IN) > 0;
    int32_t n_near = 0;
    const int32_t *near = rn_near_of(inst, seed, &n_near);
    for (int32_t i = -1; i < n_near && strings > 0; i++) {
        const int32_t task = i < 0 ? seed : near[i];
        const int32_t route = s->sol->node[task].route;
        if (route < 0 || s->route_stamp[route] == s->stamp ||
            is_elsewhere(s, task) || (aims && !may_help(s, route))) {
            continue;
        }
        const int32_t n = s->sol->route[route].n;
        const double bound = n < longest ? n : longest;
        const int32_t length = (int32_t)(unit_random(s) * bound + 1.0);
        s->route_stamp[route] = s->stamp;
        take_around(s, task, length < n ? length : n);
        strings--;
    }
}

static void ruin_route(rn_search *s, int32_t seed)
{
    const rn_instance *inst = s->inst;
    const int32_t route = s->sol->node[seed].route;
    if (route < 0) {
        return;
    }
    int32_t left = 3 * MEAN_REMOVED;
    int32_t n = s->sol->node[rn_shift_start_node(inst, route)].next;
    while (n != RUNDE_NONE && left > 0) {
        const int32_t next = s->sol->node[n].next;
        if (n < inst->n_tasks && rn_is_movable(s, n)) {
            rn_take(s, n);
            left--;
            /* A unit may have two tasks in the route: begin again. */
            n = s->sol->node[rn_shift_start_node(inst, route)].next;
            continue;
        }
        n = next;
    }
}

/* The shortest of some used routes that are drawn; RUNDE_NONE when it is not
 * short. */
static int32_t some_short_route(rn_search *s)
{
    const rn_route *route = s->sol->route;
    const uint32_t n = (uint32_t)s->inst->n_shifts;
    int32_t best = RUNDE_NONE;
    int32_t drawn = 0;
    for (int32_t i = 0; i < 4 * SHORTEST_OF && drawn < SHORTEST_OF; i++) {
        const int32_t r = (int32_t)rn_rng_below(&s->rng, n);
        if (route[r].n > 0) {
            drawn++;
            best = best < 0 || route[r].n < route[best].n ? r : best;
        }
    }
    const double most = s->mean_tasks * SHORT_SHARE / 100.0;
    return best >= 0 && route[best].n <= SHORT_ROUTE && route[best].n <= most
               ? best
               : RUNDE_NONE;
}

/* A plan with a way out and home too many is left by single visits only
 * through dearer ones: all of a short route at once, and strings beside one
 * of its visits. False when there was none. */
static bool ruin_short(rn_search *s)
{
    const rn_instance *inst = s->inst;
    const int32_t route = some_short_route(s);
    int32_t list[SHORT_ROUTE];
    int32_t n = 0;
    if (route == RUNDE_NONE) {
        return false;
    }
    for (int32_t x = rn_shift_start_node(inst, route); x != RUNDE_NONE;
         x = s->sol->node[x].next) {
        if (x < inst->n_tasks) {
            list[n++] = x;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        rn_take(s, list[i]);
    }
    if (s->n_work > 0) {
        ruin_strings(s, list[rn_rng_below(&s->rng, (uint32_t)n)]);
    }
    return s->n_work > 0;
}

static void ruin_client(rn_search *s, int32_t seed)
{
    const rn_client *c = &s->inst->client[s->inst->task[seed].client];
    int32_t left = 2 * MEAN_REMOVED;
    for (int32_t i = 0; i < c->n_tasks && left > 0; i++, left--) {
        rn_take(s, s->inst->client_tasks[c->first_task + i]);
    }
}

static void ruin_scattered(rn_search *s, int32_t seed)
{
    const rn_instance *inst = s->inst;
    int32_t count = 0;
    const int32_t *near = rn_near_of(inst, seed, &count);
    /* Who has few neighbours may still be in the way of anybody. */
    const int32_t n = count < MEAN_REMOVED ? MEAN_REMOVED : count;
    rn_take(s, seed);
    for (int32_t i = 0; i < MEAN_REMOVED; i++) {
        /* Nearer ones more often. */
        const double u = unit_random(s);
        const int32_t at = (int32_t)(u * u * n);
        rn_take(s, at < count ? near[at] : rn_random_task(s));
    }
}

/* One iteration in so many is about this left-out unit, once it was drawn. */
static uint32_t patience_for(const rn_search *s, int32_t unit)
{
    const int32_t absent = s->absent[unit];
    const bool must = s->inst->unit[unit].left_out > 0;
    if (s->is_for_rest && must) {
        return 1;
    }
    if (!s->is_large) {
        return absent < RN_HOPELESS ? 1 : SMALL_HOPELESS_ONE_IN;
    }
    if (!must) {
        return OPTIONAL_ONE_IN;
    }
    return absent < RN_LONG_ABSENT ? 1
           : absent < RN_HOPELESS  ? ABSENT_ONE_IN
                                   : HOPELESS_ONE_IN;
}

/* What the task's carer, way and start cost where it is. */
static rn_cost dearness(const rn_solution *sol, int32_t task)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[task];
    if (x->route < 0) {
        return -RN_COST_INF;
    }
    return rn_fixed_cost(inst, task, x->route) + rn_leg_to(sol, task).cost +
           rn_leg_to(sol, x->next).cost -
           rn_path_between(inst, x->route, x->prev, x->next).cost +
           rn_start_cost(inst, task, x->start);
}

/* Where there are more tasks than iterations can look around, rather those
 * with something to gain; but anywhere while somebody is still to be served,
 * whom dense routes have no room for. */
static int32_t dear_task(rn_search *s)
{
    int32_t task = rn_random_task(s);
    if (!s->is_large || s->is_near || s->is_tight || !rn_does(s, RN_DEAR) ||
        rn_rng_below(&s->rng, 100) >= DEAREST_SHARE) {
        return task;
    }
    rn_cost most = dearness(s->sol, task);
    for (int32_t i = 1; i < DEAREST_OF; i++) {
        const int32_t other = rn_random_task(s);
        const rn_cost cost = dearness(s->sol, other);
        if (cost > most) {
            most = cost;
            task = other;
        }
    }
    return task;
}

/* Around a left-out visit half of the time, if there is one, or whenever it is
 * about those; in large plans the more seldom the longer that was in vain. */
static int32_t choose_seed(rn_search *s)
{
    const rn_instance *inst = s->inst;
    s->asked = RUNDE_NONE;
    if (!s->is_near && s->n_bank > 0 && rn_does(s, RN_BANK) &&
        (s->is_for_rest || rn_rng_below(&s->rng, 2) == 0)) {
        const int32_t unit =
            s->bank[rn_rng_below(&s->rng, (uint32_t)s->n_bank)];
        const uint32_t one_in = patience_for(s, unit);
        if (one_in == 1 || rn_rng_below(&s->rng, one_in) == 0) {
            s->asked = unit;
            return inst->unit_tasks[inst->unit[unit].first];
        }
    }
    return dear_task(s);
}

/* A task whose published carer is there, and who has taken its place. */
static void ruin_home(rn_search *s)
{
    const rn_solution *sol = s->sol;
    const rn_instance *inst = s->inst;
    int32_t home = RUNDE_NONE;
    const int32_t task = rn_some_stray(s, &home);
    if (task == RUNDE_NONE) {
        return;
    }
    rn_take(s, task);
    const int32_t n = sol->route[home].n;
    if (n == 0) {
        return;
    }
    const int32_t at = rn_task_at(sol, home, inst->stop[task].published);
    const uint32_t most = n < MOST_INTRUDERS ? (uint32_t)n : MOST_INTRUDERS;
    take_around(s, at, 1 + (int32_t)rn_rng_below(&s->rng, most));
}

/* Is this iteration about having one route less? */
static bool closes(rn_search *s)
{
    const int32_t share = 1 + s->inst->n_tasks / TASKS_PER_SHARE;
    return !s->is_large && s->is_patient && !s->is_near && s->asked < 0 &&
           rn_does(s, RN_CLOSE) &&
           (int32_t)rn_rng_below(&s->rng, 100) <
               (share < CLOSE_SHARE ? share : CLOSE_SHARE);
}

static void begin(rn_search *s)
{
    s->stamp++;
    s->n_work = 0;
    s->slice.n = 0;
    s->closes = false;
    s->mover = RUNDE_NONE;
}

bool rn_ruin_for(rn_search *s, int32_t unit)
{
    begin(s);
    s->asked = unit;
    rn_make_room(s);
    return s->n_work > 0;
}

void rn_ruin(rn_search *s)
{
    begin(s);
    s->is_tight = s->is_lacking;
    s->is_few = false;
    if (s->is_near && rn_rng_below(&s->rng, 100) < HOME_SHARE) {
        s->asked = RUNDE_NONE;
        ruin_home(s);
        if (s->n_work > 0) {
            return;
        }
    }
    const int32_t seed = choose_seed(s);
    if (makes_room(s) && rn_rng_below(&s->rng, 2) == 0) {
        rn_make_room(s);
        if (s->n_work > 0) {
            return;
        }
    }
    s->is_few = s->is_large && !s->is_tight && !s->is_near &&
                rn_does(s, RN_FEW) && rn_ruin_few(s, seed);
    if (s->is_few) {
        return;
    }
    s->closes = closes(s) && ruin_short(s);
    if (s->closes) {
        return;
    }
    const uint32_t kind = rn_rng_below(&s->rng, 100);
    if (kind < 4 && rn_does(s, RN_ROUTES)) {
        ruin_route(s, seed);
    } else if (kind >= 4 && kind < 8 && rn_does(s, RN_CLIENTS)) {
        ruin_client(s, seed);
    } else if (kind >= 8 && kind < 16 && rn_does(s, RN_SCATTERED)) {
        ruin_scattered(s, seed);
    }
    if (s->n_work < 2 && rn_does(s, RN_STRINGS)) {
        ruin_strings(s, seed);
    } else if (s->n_work < 2) {
        ruin_scattered(s, seed);
    }
}
