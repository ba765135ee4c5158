/* SPDX-License-Identifier: MIT */
/* Putting back: in turn, each at its cheapest place, in an order that changes
 * from iteration to iteration. */
#include "eval/price.h"
#include "search/search.h"

/* Left-out units tried per iteration besides those just taken out. */
#define MOST_BANKED 24
/* The same in iterations for what no part of a divided plan could serve. */
#define FEW_BANKED 4
/* Iterations of large plans in which optional ones are tried as well. */
#define BANK_ONE_IN 8
/* Gaps seen between two that are overlooked. */
#define BLINK_MEAN 60
/* Left-out units that are tried everywhere near. */
#define ELSEWHERE_ONE_IN 16
/* Iterations about a left-out unit in which others may come before it. */
#define ASKED_LATER_ONE_IN 4
/* Neighbours looked at where the instance is too large to look everywhere. */
#define NEAR_LOOKED_AT 40
/* The same when few are put back, of whom most go where they are known. */
#define NEAR_OF_FEW 20
/* By this part of itself the largest idle falls in one iteration. */
#define IDLE_MAY_FALL_BY 50

typedef enum order {
    BY_CHANCE,
    SCARCE_FIRST,
    LONG_FIRST,
    EARLY_FIRST,
    LATE_FIRST,
    NARROW_FIRST,
    FAR_FIRST,
    NEAR_FIRST,
    ORDERS
} order;

static order choose_order(rn_search *s)
{
    static const int8_t share[ORDERS] = {30, 20, 10, 8, 8, 10, 10, 4};
    int32_t u = (int32_t)rn_rng_below(&s->rng, 100);
    if (!rn_does(s, RN_ORDERS)) {
        return BY_CHANCE;
    }
    for (int32_t i = 0; i < ORDERS; i++) {
        u -= share[i];
        if (u < 0) {
            return (order)i;
        }
    }
    return BY_CHANCE;
}

/* How far out a task lies, for orders that care. */
static int64_t remoteness(const rn_search *s, int32_t task)
{
    const rn_instance *inst = s->inst;
    if (inst->n_shifts == 0) {
        return 0;
    }
    const int32_t base = inst->stop[rn_shift_start_node(inst, 0)].place;
    return rn_drive(inst, inst->shift[0].mode, base, inst->stop[task].place);
}

static int64_t key_of(rn_search *s, int32_t unit, order by)
{
    const rn_instance *inst = s->inst;
    const rn_unit *u = &inst->unit[unit];
    const int32_t task = inst->unit_tasks[u->first];
    const rn_stop *stop = &inst->stop[task];
    switch (by) {
    case SCARCE_FIRST:
        return (int64_t)u->shifts * 4 - (int64_t)u->n * inst->n_shifts;
    case LONG_FIRST:
        return -(int64_t)stop->duration * u->n;
    case EARLY_FIRST:
        return stop->release;
    case LATE_FIRST:
        return -(int64_t)stop->latest;
    case NARROW_FIRST:
        return (int64_t)stop->latest - stop->release;
    case FAR_FIRST:
        return -remoteness(s, task);
    case NEAR_FIRST:
        return remoteness(s, task);
    case BY_CHANCE:
    case ORDERS:
        break;
    }
    return (int64_t)rn_rng_u32(&s->rng);
}

/* Shell sort: some ten to fifty entries, stable by unit. */
void rn_sort_units(int64_t *key, int32_t *unit, int32_t n)
{
    for (int32_t gap = n / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
        for (int32_t i = gap; i < n; i++) {
            const int64_t k = key[i];
            const int32_t u = unit[i];
            int32_t at = i;
            while (at >= gap && (key[at - gap] > k ||
                                 (key[at - gap] == k && unit[at - gap] > u))) {
                key[at] = key[at - gap];
                unit[at] = unit[at - gap];
                at -= gap;
            }
            key[at] = k;
            unit[at] = u;
        }
    }
}

/* The routes that are ruined, and the others that this moved. */
static void list_ruined(rn_search *s)
{
    const rn_journal *journal = &s->sol->outer;
    s->n_ruined = 0;
    for (int32_t i = 0; i < journal->n_routes; i++) {
        s->ruined[s->n_ruined++] = journal->routes[i].index;
    }
}

/* Is one of them a place for the unit? A crew may need others besides. */
static bool may_profit(const rn_search *s, int32_t unit)
{
    const rn_instance *inst = s->inst;
    const rn_unit *u = &inst->unit[unit];
    const int32_t task = inst->unit_tasks[u->first];
    bool found = u->n > 1;
    for (int32_t i = 0; i < s->n_ruined && !found; i++) {
        found = rn_may(inst, inst->task[task].who, s->ruined[i]) &&
                rn_time_allows(inst, task, s->ruined[i]);
    }
    return found;
}

/* With all that must be served in the plan, and the iteration about others,
 * who is still left out may wait. */
static bool leaves_bank(rn_search *s)
{
    return s->is_large && !s->is_tight && s->asked < 0 && rn_does(s, RN_FEW) &&
           rn_rng_below(&s->rng, BANK_ONE_IN) != 0;
}

/* A random stretch of the bank, whose order means nothing; of a long one only
 * who may profit from what was ruined. */
static void add_banked(rn_search *s)
{
    if (s->n_bank == 0 || leaves_bank(s)) {
        return;
    }
    const int32_t more = s->is_for_rest ? FEW_BANKED : MOST_BANKED;
    const bool all = s->n_bank <= more;
    const int32_t first =
        all ? 0 : (int32_t)rn_rng_below(&s->rng, (uint32_t)s->n_bank);
    const int32_t most = s->n_work + more;
    if (!all && s->asked >= 0) {
        s->work[s->n_work++] = s->asked;
    }
    for (int32_t i = 0; i < s->n_bank && s->n_work < most; i++) {
        const int32_t unit = s->bank[(first + i) % s->n_bank];
        if (all || (unit != s->asked && may_profit(s, unit))) {
            s->work[s->n_work++] = unit;
        }
    }
}

/* What was placed blindly is served already. */
static void drop_served(rn_search *s)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_work; i++) {
        if (!rn_is_served(s->sol, s->work[i])) {
            s->work[n++] = s->work[i];
        }
    }
    s->n_work = n;
}

/* Unused shifts are looked at now and then, and when nothing else helps. */
static bool try_unit(rn_finder *f, int32_t unit, rn_cost most)
{
    bool done = rn_insert_unit_within(f, unit, most);
    if (!done && !f->empties) {
        f->empties = true;
        done = rn_insert_unit_within(f, unit, most);
    }
    return done;
}

/* Every gap of the ruined routes, near or not. */
static bool try_ruined(rn_search *s, int32_t unit, rn_cost most)
{
    rn_finder *f = s->finder;
    const bool empties = f->empties;
    f->empties = true;
    f->only = s->ruined;
    f->n_only = s->n_ruined;
    const bool done = rn_insert_unit_within(f, unit, most);
    f->only = NULL;
    f->empties = empties;
    return done;
}

/* Where few carers may serve a visit, those next to it in its route are not
 * among its neighbours: it must find back to where it was. */
static void try_removed(rn_search *s, int32_t unit, rn_cost most)
{
    if (!try_unit(s->finder, unit, most) && rn_does(s, RN_RETURN)) {
        (void)try_ruined(s, unit, most);
    }
}

/* What was left out before finds a place where something changed, if at all:
 * elsewhere only now and then. */
static void try_banked(rn_search *s, int32_t unit, rn_cost most)
{
    rn_finder *f = s->finder;
    if (s->inst->unit[unit].n == 1 &&
        (try_ruined(s, unit, most) ||
         rn_rng_below(&s->rng, ELSEWHERE_ONE_IN) != 0)) {
        return;
    }
    const int32_t near = f->near;
    f->near = s->inst->near_stride;
    (void)try_unit(f, unit, most);
    f->near = near;
}

/* Small instances always; middling ones now and then where visits may come
 * any time late, because neighbours are found by windows and an overfull day
 * pushes visits hours away from theirs. */
static bool looks_everywhere(rn_search *s)
{
    const rn_instance *inst = s->inst;
    if (inst->n_tasks <= 3 * NEAR_LOOKED_AT || !rn_does(s, RN_NEAR)) {
        return true;
    }
    return inst->any_lateness && !s->is_large && rn_rng_below(&s->rng, 4) == 0;
}

/* Units in the order in which they are put back: whoever this iteration is
 * about comes first. */
static void sort_work(rn_search *s)
{
    const rn_instance *inst = s->inst;
    const order by = choose_order(s);
    const bool asked_first = s->is_large && s->asked >= 0 &&
                             rn_rng_below(&s->rng, ASKED_LATER_ONE_IN) != 0;
    const int32_t mover =
        s->mover >= 0 ? inst->task[s->mover].unit : RUNDE_NONE;
    for (int32_t i = 0; i < s->n_work; i++) {
        const int32_t unit = s->work[i];
        const bool first = (unit == s->asked && asked_first) || unit == mover;
        s->key[i] = first ? INT64_MIN : key_of(s, unit, by);
    }
    rn_sort_units(s->key, s->work, s->n_work);
}

/* Has the task that was to change routes found nothing better than its own?
 * The others then seldom do. */
static bool is_back(const rn_search *s, int32_t unit)
{
    return s->mover >= 0 && s->inst->task[s->mover].unit == unit &&
           s->sol->node[s->mover].route == s->home;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* What filling the ruined routes hardly saves more than: none of their waiting
 * and idle time may be left, and the largest idle a little smaller than it was
 * while they were whole. Not a bound: links may spare other routes a wait, and
 * the largest idle may fall further; such iterations are lost. */
static rn_cost likely_filled(const rn_search *s)
{
    const rn_solution *sol = s->sol;
    const rn_cost *w = s->inst->w;
    rn_cost cost = 0;
    if (w[RUNDE_WAITING] != 0 || w[RUNDE_IDLE] != 0) {
        for (int32_t i = 0; i < s->n_ruined; i++) {
            const int32_t r = s->ruined[i];
            cost += w[RUNDE_IDLE] * sol->route[r].idle;
            cost += sol->route[r].n > 0 && w[RUNDE_WAITING] != 0
                        ? w[RUNDE_WAITING] * rn_waiting(sol, r)
                        : 0;
        }
    }
    if (w[RUNDE_MAX_IDLE] != 0) {
        const int32_t least = larger(
            s->max_idle - s->max_idle / IDLE_MAY_FALL_BY, sol->idle_floor);
        cost += w[RUNDE_MAX_IDLE] * (larger(sol->max_idle, least) - least);
    }
    return cost;
}

/* What the plan hardly costs less than once the rest is served, too, of which
 * `ahead` is what leaving it out costs. */
static rn_cost likely_least(const rn_search *s, rn_cost ahead)
{
    const rn_cost cost = rn_total(s->sol) - ahead;
    return s->inst->prices_filling ? cost - likely_filled(s) : cost;
}

bool rn_recreate(rn_search *s, rn_cost limit)
{
    const rn_instance *inst = s->inst;
    if (s->slice.n > 0 && !rn_assign_slice(s)) {
        return false;
    }
    list_ruined(s);
    add_banked(s);
    drop_served(s);
    sort_work(s);
    rn_finder *f = s->finder;
    f->blink_mean = rn_does(s, RN_BLINKS) ? BLINK_MEAN : 0;
    const bool everywhere = looks_everywhere(s);
    f->near = everywhere ? 0 : s->is_few ? NEAR_OF_FEW : NEAR_LOOKED_AT;
    /* Farther ways are wishes that only a complete plan can afford. */
    f->looks_known = s->is_large && !s->is_tight && rn_does(s, RN_KNOWN);
    f->empties = !s->closes && (everywhere || rn_rng_below(&s->rng, 4) == 0);
    /* What is still to be served counts as if it were free. */
    rn_cost ahead = 0;
    for (int32_t i = 0; i < s->n_work; i++) {
        ahead += inst->unit[s->work[i]].price;
    }
    const bool only_grows =
        !inst->is_mixed && inst->w[RUNDE_WORKLOAD_DEVIATION] == 0 &&
        inst->w[RUNDE_WORKLOAD_SPREAD] == 0 && inst->w[RUNDE_LOAD_SPREAD] == 0;
    for (int32_t i = 0; i < s->n_work; i++) {
        /* A dearer place would be the end of the iteration anyway. */
        const rn_cost most =
            only_grows ? limit - likely_least(s, ahead) : RN_COST_INF;
        const int32_t unit = s->work[i];
        if (everywhere || s->is_near || !s->is_large) {
            (void)try_unit(f, unit, most);
        } else if (s->banked[unit] == s->bank_stamp) {
            try_banked(s, unit, most);
        } else {
            try_removed(s, unit, most);
        }
        ahead -= inst->unit[unit].price;
        if (is_back(s, unit) ||
            (only_grows && likely_least(s, ahead) >= limit)) {
            return false;
        }
    }
    return true;
}
