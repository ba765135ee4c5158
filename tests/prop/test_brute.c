/* SPDX-License-Identifier: MIT */
/* The search against every plan there is, for problems so small that all can
 * be tried: who does what in which order, who of a client's visits comes
 * first, where breaks lie and which are missed. Each better plan on the way
 * is judged by the checker. */
#ifdef RUNDE_HAS_GLPK
#include <runde/glpk.h>
#endif

#include "defect.h"
#include "eval/insert.h"
#include "exact/lower.h"
#include "harness.h"
#include "plan/freeze.h"

#include <string.h>

enum { MOST_PLANS = 400000, MOST_TASKS = 5 };

/* All plans of a problem, one after the other. */
typedef struct brute {
    const runde_problem *problem;
    rn_instance *inst;
    rn_solution *sol;
    rn_price best;
    bool has_best;
    int64_t tried;
    bool keeps;     /* waits for published starts as well */
    int32_t unit;   /* being placed */
    int32_t choice; /* being set */
    int32_t shift;  /* whose breaks are being placed */
    int64_t bound;  /* from below, by the first plan that serves all */
    bool has_bound;
} brute;

/* ------------------------------------------------------------- one plan */

static bool is_legal(const brute *b)
{
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    bool ok = runde_plan_new(&plan, b->problem) == RUNDE_OK &&
              rn_freeze(plan, b->sol) == RUNDE_OK;
    for (int32_t v = 0; v < runde_problem_n_visits(b->problem) && ok; v++) {
        const runde_unserved u = {v, 0, NULL};
        if (b->sol->node[b->inst->first_task[v]].route < 0) {
            ok = runde_plan_add_unserved(plan, &u) == RUNDE_OK;
        }
    }
    ok = ok && runde_plan_finish(plan) == RUNDE_OK &&
         runde_check(&report, b->problem, plan) == RUNDE_OK;
    CU_ASSERT_TRUE_FATAL(ok);
    ok = runde_report_n_violations(report) == 0;
    runde_report_free(report);
    runde_plan_free(plan);
    return ok;
}

static void find_bound(brute *b)
{
#ifdef RUNDE_HAS_GLPK
    static const rn_patience ample = {100000, 0, NULL, NULL};
    b->has_bound =
        rn_lower_bound(&b->bound, b->sol, runde_glpk(), &ample) == RUNDE_OK;
#else
    (void)b;
#endif
}

/* Times for what is linked in, and whether it is the best so far. */
static void judge(brute *b)
{
    rn_solution *const sol = b->sol;
    b->tried++;
    rn_settle(sol);
    rn_journal_begin(sol, &sol->inner);
    sol->n_seeds = 0;
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        const int32_t r = sol->node[n].route;
        if (r >= 0 && sol->route[r].n > 0 && sol->node[n].prev != RUNDE_NONE) {
            sol->seed[sol->n_seeds++] = n;
        }
    }
    if (rn_schedule_removals(sol)) {
        rn_settle(sol);
        const rn_price price = rn_price_of(sol);
        if ((!b->has_best || rn_price_compare(price, b->best) < 0) &&
            is_legal(b)) {
            if (price.left_out == 0 && (!b->has_best || b->best.left_out > 0)) {
                find_bound(b);
            }
            b->best = price;
            b->has_best = true;
        }
    }
    rn_undo_and_settle(sol, &sol->inner);
}

/* ---------------------------------------------------------------- waits */

static void set_waits(brute *b, int32_t task);

/* The task waits until then, where that is not what it does anyway. */
static void wait_until(brute *b, int32_t task, int32_t then)
{
    rn_node *const x = &b->sol->node[task];
    const int32_t usual = x->release;
    if (then != usual && then >= b->inst->stop[task].earliest &&
        then <= b->inst->stop[task].latest) {
        x->release = then;
        set_waits(b, task + 1);
        x->release = usual;
    }
}

/* Every task waits for what it usually does, for nothing, for any of its later
 * wishes, or for when it counts as not moved. */
static void set_waits(brute *b, int32_t task)
{
    const rn_instance *const inst = b->inst;
    if (task == inst->n_tasks) {
        judge(b);
        return;
    }
    const rn_stop *const stop = &inst->stop[task];
    set_waits(b, task + 1);
    if (b->sol->node[task].route < 0) {
        return;
    }
    wait_until(b, task, stop->earliest);
    for (int32_t i = 1; i < stop->n_preferred; i++) {
        wait_until(b, task, inst->preferred[stop->first_preferred + i].a);
    }
    if (b->keeps && stop->published != RUNDE_TIME_NONE) {
        wait_until(b, task, stop->published - stop->tolerance);
    }
}

/* --------------------------------------------------------------- orders */

static bool is_open(const brute *b, int32_t choice)
{
    const rn_instance *const inst = b->inst;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        for (int32_t i = 0; i < inst->task[t].n_arcs; i++) {
            const rn_arc *const arc = &inst->arcs[inst->task[t].first_arc + i];
            if (arc->choice == choice && b->sol->node[t].route >= 0 &&
                b->sol->node[arc->other].route >= 0) {
                return true;
            }
        }
    }
    return false;
}

static void set_orders(brute *b)
{
    const int32_t choice = b->choice;
    if (choice == b->inst->n_choices) {
        set_waits(b, 0);
        return;
    }
    b->choice++;
    if (!is_open(b, choice)) {
        b->sol->choice[choice] = 0;
        set_orders(b);
    } else {
        b->sol->choice[choice] = 1;
        set_orders(b);
        b->sol->choice[choice] = -1;
        set_orders(b);
        b->sol->choice[choice] = 0;
    }
    b->choice = choice;
}

/* --------------------------------------------------------------- breaks */

/* One break per shift at the most: in front of every node, and missed. */
static void place_breaks(brute *b)
{
    const rn_instance *const inst = b->inst;
    rn_solution *const sol = b->sol;
    const int32_t s = b->shift;
    if (s == inst->n_shifts) {
        b->choice = 0;
        set_orders(b);
        return;
    }
    b->shift++;
    if (sol->route[s].n == 0 || inst->shift[s].n_breaks == 0) {
        place_breaks(b);
        b->shift = s;
        return;
    }
    const int32_t first = sol->node[rn_shift_start_node(inst, s)].next;
    sol->route[s].missed = 0;
    for (int32_t at = first; at != RUNDE_NONE; at = sol->node[at].next) {
        bool behind = false;
        for (int32_t n = first; n != RUNDE_NONE; n = sol->node[n].next) {
            sol->node[n].gap_lo = behind;
            behind = behind || n == at;
            sol->node[n].gap_hi = behind;
        }
        place_breaks(b);
    }
    if (inst->breaks[inst->shift[s].first_break].optional) {
        sol->route[s].missed = 1;
        place_breaks(b);
        sol->route[s].missed = 0;
    }
    b->shift = s;
}

/* ----------------------------------------------------------- assignment */

static void place_unit(brute *b);

/* Task number `i` of the unit goes everywhere it may. */
static void place_task(brute *b, int32_t unit, int32_t i)
{
    const rn_instance *const inst = b->inst;
    rn_solution *const sol = b->sol;
    if (i == inst->unit[unit].n) {
        b->unit++;
        place_unit(b);
        b->unit--;
        return;
    }
    const int32_t task = inst->unit_tasks[inst->unit[unit].first + i];
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (!rn_may(inst, inst->task[task].who, s)) {
            continue;
        }
        for (int32_t n = rn_shift_start_node(inst, s);
             n != rn_shift_end_node(inst, s); n = sol->node[n].next) {
            const int32_t next = sol->node[n].next;
            const rn_slot slot = {n, sol->node[next].gap_lo,
                                  inst->stop[task].release, 0};
            rn_link_in(sol, task, &slot);
            /* Any start will do until there is a schedule. */
            sol->node[task].start = 0;
            sol->route[s].timing += rn_start_cost(inst, task, 0);
            place_task(b, unit, i + 1);
            rn_link_out(sol, task);
            sol->n_seeds = 0;
        }
    }
}

static void place_unit(brute *b)
{
    if (b->tried > MOST_PLANS) {
        return;
    }
    if (b->unit == b->inst->n_units) {
        b->shift = 0;
        place_breaks(b);
        return;
    }
    place_task(b, b->unit, 0);
    b->unit++;
    place_unit(b);
    b->unit--;
}

/* ------------------------------------------------------------- problems */

/* Few visits, few shifts, at most one break in each. */
static void make_tiny(world *w, uint64_t seed)
{
    /* What is frozen stays in the search, whatever else would be better. */
    static const world_size size = {4, 3, 3, 1U << USE_FREEZE, true};
    world_random(w, seed, &size);
    for (int32_t s = 0; s < w->n_shifts; s++) {
        runde_shift *const r = &w->shifts[s].record;
        r->n_breaks = r->n_breaks > 1 ? 1 : r->n_breaks;
    }
}

static bool brute_force(brute *b)
{
    rn_settle(b->sol);
    place_unit(b);
    return b->tried <= MOST_PLANS && b->has_best;
}

typedef struct score {
    int64_t problems;
    int64_t plans;
    int64_t worse;
    int64_t same;
    int64_t limited; /* problems with limits that are counted */
    int64_t limited_worse;
    int64_t bounds; /* from below */
    int64_t met;    /* that are what the best plan costs */
} score;

static void look_at_bound(const world *w, const brute *b, score *s)
{
    if (b->has_bound) {
        s->bounds++;
        s->met += b->bound == b->best.wishes;
        if (b->bound > b->best.wishes) {
            printf("seed %llu: bound %lld, best plan %lld\n",
                   (unsigned long long)w->seed, (long long)b->bound,
                   (long long)b->best.wishes);
            CU_FAIL("a plan is below the bound");
        }
    }
}

static void compare(const world *w, brute *b, score *s)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 5000;
    options.seed = w->seed;
    defect d = {""};
    runde_plan *const plan = defect_solve(b->problem, &options, &d);
    CU_ASSERT_STRING_EQUAL(d.text, "");
    if (plan == NULL) {
        printf("seed %llu: no plan found, brute force has one\n",
               (unsigned long long)w->seed);
        s->problems++;
        s->worse++;
        return;
    }
    s->limited += b->inst->n_bounds > 0;
    const runde_cost *const cost = runde_plan_cost(plan);
    const rn_price found = {0, cost->left_out, cost->wishes};
    const int order = rn_price_compare(found, b->best);
    s->problems++;
    s->plans += b->tried;
    s->worse += order > 0;
    s->same += order == 0;
    s->limited_worse += b->inst->n_bounds > 0 && order > 0;
    if (order != 0) {
        printf("seed %llu: found %lld/%lld, brute force %lld/%lld\n",
               (unsigned long long)w->seed, (long long)found.left_out,
               (long long)found.wishes, (long long)b->best.left_out,
               (long long)b->best.wishes);
    }
    runde_plan_free(plan);
}

static void try_seed(uint64_t seed, score *s)
{
    static world w;
    make_tiny(&w, seed);
    brute b;
    memset(&b, 0, sizeof b);
    runde_problem *const problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    b.problem = problem;
    CU_ASSERT_EQUAL_FATAL(rn_instance_new(&b.inst, problem), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&b.sol, b.inst), RUNDE_OK);
    if (b.inst->n_tasks <= MOST_TASKS && brute_force(&b)) {
        compare(&w, &b, s);
        look_at_bound(&w, &b, s);
    }
    rn_solution_free(b.sol);
    rn_instance_free(b.inst);
    runde_problem_free(problem);
}

static void test_tiny(void)
{
    score s = {0};
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 300);
    for (uint64_t seed = first; seed < first + n; seed++) {
        try_seed(seed, &s);
    }
    printf("%lld of %lld with limits worse; ", (long long)s.limited_worse,
           (long long)s.limited);
    printf("%lld problems, %lld plans: %lld the best, %lld worse, %lld better ",
           (long long)s.problems, (long long)s.plans, (long long)s.same,
           (long long)s.worse, (long long)(s.problems - s.same - s.worse));
    CU_ASSERT_EQUAL(s.problems, s.same + s.worse);
    printf("%lld bounds, %lld of them met ", (long long)s.bounds,
           (long long)s.met);
#ifdef RUNDE_HAS_GLPK
    CU_ASSERT_TRUE(s.bounds * 4 > s.problems && s.met * 10 > s.bounds);
#endif
    /* Limits on sums are met by search alone, and not always at best. */
    CU_ASSERT_EQUAL(s.worse, s.limited_worse);
    CU_ASSERT_TRUE(s.limited_worse * 100 <= s.limited);
}

/* ------------------------------------------------------- a changed budget */

/* Hard limits of its own would hide what the budget does. */
static void make_soft(world *w, uint64_t seed)
{
    make_tiny(w, seed);
    w->settings.freeze_before = RUNDE_TIME_NONE;
    w->weights.hard = 0;
    memset(w->weights.limit, 0, sizeof w->weights.limit);
    for (int32_t c = 0; c < w->n_clients; c++) {
        runde_weights *const own = &w->clients[c].profile;
        own->hard = 0;
        memset(own->limit, 0, sizeof own->limit);
    }
}

/* Somebody is ill, late, or goes home early, or a visit is longer. */
static void draw_event(const world *w, const runde_problem *problem,
                       runde_event *event, runde_edit *edit, runde_visit *visit)
{
    const uint64_t seed = w->seed;
    const runde_shift *const shift =
        runde_problem_shift(problem, (int32_t)(seed % (uint64_t)w->n_shifts));
    *event = (runde_event)RUNDE_EVENT_INIT;
    *edit = (runde_edit)RUNDE_EDIT_INIT;
    event->carer = shift->carer;
    event->shift = (int32_t)(seed % (uint64_t)w->n_shifts);
    event->amount = 15 + (int32_t)(seed % 50);
    switch (seed / 3 % 4) {
    case 0:
        event->kind = RUNDE_EVENT_CARER_ILL;
        break;
    case 1:
        event->kind = RUNDE_EVENT_CARER_LATE;
        break;
    case 2:
        event->kind = RUNDE_EVENT_SHIFT_CUT;
        event->end = shift->start + (shift->end - shift->start) / 2 + 1;
        break;
    default:
        *visit = *runde_problem_visit(problem,
                                      (int32_t)(seed % (uint64_t)w->n_visits));
        visit->duration += 20;
        edit->kind = RUNDE_EDIT_REPLACE_VISIT;
        edit->index = (int32_t)(seed % (uint64_t)w->n_visits);
        edit->visit = visit;
        event->edit = edit;
        break;
    }
}

static void compare_replan(const world *w, const runde_replan *replan, score *s)
{
    brute b;
    memset(&b, 0, sizeof b);
    b.problem = runde_replan_problem(replan);
    b.keeps = true;
    CU_ASSERT_EQUAL_FATAL(rn_instance_new(&b.inst, b.problem), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(rn_solution_new(&b.sol, b.inst), RUNDE_OK);
    if (b.inst->n_tasks <= MOST_TASKS && brute_force(&b)) {
        const runde_cost *const cost =
            runde_plan_cost(runde_replan_plan(replan));
        const rn_price found = {0, cost->left_out, cost->wishes};
        const int order = rn_price_compare(found, b.best);
        s->problems++;
        s->plans += b.tried;
        s->worse += order > 0;
        s->same += order == 0;
        if (order != 0) {
            printf("seed %llu: replanned %lld/%lld, brute force %lld/%lld\n",
                   (unsigned long long)w->seed, (long long)found.left_out,
                   (long long)found.wishes, (long long)b.best.left_out,
                   (long long)b.best.wishes);
        }
    }
    rn_solution_free(b.sol);
    rn_instance_free(b.inst);
}

/* There is always a plan within the budget, the one that leaves out what
 * would have to change; and the best one is found. */
static void try_budget(uint64_t seed, score *s)
{
    static world w;
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_replan_options how = RUNDE_REPLAN_OPTIONS_INIT;
    runde_event event;
    runde_edit edit;
    runde_visit visit;
    runde_plan *plan = NULL;
    runde_replan *replan = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    make_soft(&w, seed);
    runde_problem *const problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    options.iteration_limit = 500;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, &options, NULL),
                          RUNDE_OK);
    draw_event(&w, problem, &event, &edit, &visit);
    options.iteration_limit = 5000;
    how.events = &event;
    how.n_events = 1;
    how.search = &options;
    how.tolerance = (int32_t)(seed % 20);
    how.max_clients_changed = (int64_t)(seed % 4) - 1;
    how.max_visits_shifted = (int64_t)(seed / 4 % 3) - 1;
    const runde_status status =
        runde_replan_new(&replan, problem, plan, &how, &diag);
    if (status == RUNDE_OK) {
        compare_replan(&w, replan, s);
    } else if (status != RUNDE_E_INVALID) {
        printf("seed %llu: %s %s\n", (unsigned long long)seed,
               runde_status_name(status), diag.message);
        CU_FAIL("no plan within the budget");
    }
    runde_replan_free(replan);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

static void test_budget(void)
{
    score s = {0};
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 300);
    for (uint64_t seed = first; seed < first + n; seed++) {
        try_budget(seed, &s);
    }
    printf("%lld replans, %lld plans: %lld the best, %lld worse ",
           (long long)s.problems, (long long)s.plans, (long long)s.same,
           (long long)s.worse);
    CU_ASSERT_EQUAL(s.problems, s.same + s.worse);
    CU_ASSERT_TRUE(s.problems * 2 > (int64_t)n);
    CU_ASSERT_TRUE(s.worse * 100 <= s.problems);
}

int main(void)
{
    RN_RUN("brute", RN_TEST(test_tiny), RN_TEST(test_budget));
}
