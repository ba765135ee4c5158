/* SPDX-License-Identifier: MIT */
/* Random days with somebody held up in the middle of them: what has begun
 * stays, whatever rule stands in its way by then, and that is told. */
#include "base/faults.h"
#include "defect.h"
#include "harness.h"

#include <string.h>

enum { FEW = 60 };

/* A day, its plan, and who is late. */
typedef struct scene {
    uint64_t seed;
    rn_rng rng;
    runde_problem *problem;
    runde_plan *plan;
    runde_event events[2];
    runde_edit edit;
    runde_visit visit;
    runde_options search;
    runde_replan_options options;
} scene;

static int32_t dice(scene *sc, int32_t lo, int32_t hi)
{
    return world_dice(&sc->rng, lo, hi);
}

static void fail(const scene *sc, const char *what)
{
    printf("seed %llu: %s\n", (unsigned long long)sc->seed, what);
    CU_FAIL("what has begun does not stay");
}

/* Somebody at work is 10 minutes to four hours late; sometimes that is known
 * only later, and sometimes somebody else is late too. */
static void draw_lateness(scene *sc, int32_t i)
{
    const runde_route *const route = runde_plan_route(
        sc->plan, dice(sc, 0, runde_plan_n_routes(sc->plan) - 1));
    runde_event *const event = &sc->events[i];
    *event = (runde_event)RUNDE_EVENT_INIT;
    event->kind = RUNDE_EVENT_CARER_LATE;
    event->carer = runde_problem_shift(sc->problem, route->shift)->carer;
    event->amount = dice(sc, 10, 240);
    if (i == 0) {
        sc->options.freeze_before =
            dice(sc, route->stops[0].start,
                 route->stops[route->n_stops - 1].departure + 1);
    }
    if (dice(sc, 0, 7) == 0) {
        event->start = sc->options.freeze_before - dice(sc, 0, 120);
    }
}

/* A visit that has begun takes longer. */
static void draw_longer(scene *sc, int32_t i)
{
    const int32_t v = dice(sc, 0, runde_problem_n_visits(sc->problem) - 1);
    sc->events[i] = (runde_event)RUNDE_EVENT_INIT;
    sc->events[i].edit = &sc->edit;
    sc->edit = (runde_edit)RUNDE_EDIT_INIT;
    sc->edit.kind = RUNDE_EDIT_REPLACE_VISIT;
    sc->edit.index = v;
    sc->edit.visit = &sc->visit;
    sc->visit = *runde_problem_visit(sc->problem, v);
    sc->visit.duration += dice(sc, 0, 60);
}

/* A shift ends early, or before now already. */
static void draw_cut(scene *sc, int32_t i)
{
    const runde_route *const route = runde_plan_route(
        sc->plan, dice(sc, 0, runde_plan_n_routes(sc->plan) - 1));
    const runde_shift *const shift =
        runde_problem_shift(sc->problem, route->shift);
    sc->events[i] = (runde_event)RUNDE_EVENT_INIT;
    sc->events[i].kind = RUNDE_EVENT_SHIFT_CUT;
    sc->events[i].shift = route->shift;
    if (dice(sc, 0, 2) == 0) {
        sc->events[i].start = dice(sc, shift->start, shift->end - 1);
    }
    sc->events[i].end =
        dice(sc,
             1 + (sc->events[i].start != RUNDE_TIME_NONE ? sc->events[i].start
                                                         : shift->start),
             shift->end);
}

/* False when the day has nothing to plan. */
static bool scene_start(scene *sc, uint64_t seed)
{
    const world_size size = {14, 4, 6, 1U << USE_FREEZE, false};
    static world w;
    memset(sc, 0, sizeof *sc);
    world_random(&w, seed, &size);
    w.settings.freeze_before = RUNDE_TIME_NONE;
    sc->seed = seed;
    rn_rng_init(&sc->rng, seed, 12);
    sc->problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(sc->problem);
    sc->search = (runde_options)RUNDE_OPTIONS_INIT;
    sc->search.iteration_limit = FEW;
    sc->search.clock = standing_clock;
    if (runde_solve(&sc->plan, sc->problem, &sc->search, NULL) != RUNDE_OK ||
        runde_plan_n_routes(sc->plan) == 0) {
        runde_plan_free(sc->plan);
        runde_problem_free(sc->problem);
        return false;
    }
    sc->options = (runde_replan_options)RUNDE_REPLAN_OPTIONS_INIT;
    sc->search.iteration_limit = dice(sc, 0, 1) == 0 ? 0 : FEW;
    sc->options.search = &sc->search;
    sc->options.events = sc->events;
    sc->options.n_events = 1;
    draw_lateness(sc, 0);
    const int32_t more = dice(sc, 0, 7);
    if (more < 3) {
        sc->options.n_events = 2;
        more == 0   ? draw_lateness(sc, 1)
        : more == 1 ? draw_longer(sc, 1)
                    : draw_cut(sc, 1);
    }
    if (dice(sc, 0, 9) == 0) {
        sc->options.max_clients_changed = dice(sc, 0, 3);
    }
    return true;
}

static void scene_end(scene *sc)
{
    runde_plan_free(sc->plan);
    runde_problem_free(sc->problem);
}

/* ------------------------------------------------------------------ truth */

/* Until when the published plan surely went as it was: a lateness known only
 * later, and a visit that lasts longer, move what follows. */
static int32_t sure_until(const scene *sc)
{
    int32_t until = sc->options.freeze_before;
    for (int32_t i = 0; i < sc->options.n_events; i++) {
        const runde_event *const event = &sc->events[i];
        if (event->kind == RUNDE_EVENT_EDIT) {
            until = RUNDE_TIME_NONE;
        } else if (event->kind == RUNDE_EVENT_CARER_LATE &&
                   event->start != RUNDE_TIME_NONE && event->start < until) {
            until = event->start;
        }
    }
    return until;
}

static const runde_stop *find_part(const scene *sc, int32_t visit, int32_t part,
                                   int32_t *shift)
{
    for (int32_t r = 0; r < runde_plan_n_routes(sc->plan); r++) {
        const runde_route *const route = runde_plan_route(sc->plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            const runde_stop *const stop = &route->stops[i];
            if (stop->kind == RUNDE_STOP_VISIT && stop->item == visit &&
                stop->part == part) {
                *shift = route->shift;
                return stop;
            }
        }
    }
    return NULL;
}

/* What has begun is served by whom it was, and when, unless an event moves
 * it; what then begins before the limit, by whom it was, no earlier. */
static void check_begun(const scene *sc, const runde_replan *replan)
{
    const runde_diff *const diff = runde_replan_diff(replan);
    const int32_t until = sure_until(sc);
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *const part = runde_diff_get_part(diff, i);
        int32_t shift = RUNDE_NONE;
        if (part->shift[0] == RUNDE_NONE ||
            find_part(sc, part->visit, part->part, &shift) == NULL) {
            continue;
        }
        /* A visit of no length at the very end of a shift is none of it. */
        const bool is_begun =
            part->start[0] < until &&
            part->start[0] < runde_problem_shift(sc->problem, shift)->max_end;
        if (is_begun &&
            (part->shift[1] == RUNDE_NONE || part->carer[0] != part->carer[1] ||
             part->start[0] != part->start[1])) {
            fail(sc, "what has begun is dropped or moved");
        }
        if (part->shift[1] != RUNDE_NONE &&
            part->start[1] < sc->options.freeze_before &&
            (part->carer[0] != part->carer[1] ||
             part->start[1] < part->start[0])) {
            fail(sc, "something else begins before the limit");
        }
    }
}

/* No visit that the changed problem calls frozen is left out. */
static void check_frozen(const scene *sc, const runde_replan *replan)
{
    const runde_problem *const problem = runde_replan_problem(replan);
    const runde_plan *const plan = runde_replan_plan(replan);
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        const int32_t visit = runde_plan_unserved(plan, i)->visit;
        int32_t n = 0;
        int32_t first = RUNDE_TIME_NONE;
        for (int32_t k = 0; k < runde_problem_n_published(problem); k++) {
            const runde_published *const p =
                runde_problem_published(problem, k);
            bool is_at_work = false;
            for (int32_t s = 0; s < runde_problem_n_shifts(problem); s++) {
                const runde_shift *const shift =
                    runde_problem_shift(problem, s);
                is_at_work = is_at_work || (shift->carer == p->carer &&
                                            shift->start <= p->start &&
                                            p->start < shift->max_end);
            }
            if (p->visit == visit && is_at_work &&
                p->start < sc->options.freeze_before &&
                (first == RUNDE_TIME_NONE || first == p->start)) {
                first = p->start;
                n++;
            }
        }
        if (n >= runde_problem_visit(problem, visit)->crew) {
            fail(sc, "a frozen visit is left out");
        }
    }
}

static bool rules_are_equal(const runde_work_rules *a,
                            const runde_work_rules *b)
{
    return a->weekly_rest == b->weekly_rest &&
           a->max_per_day == b->max_per_day &&
           a->max_per_week == b->max_per_week &&
           a->max_per_horizon == b->max_per_horizon;
}

/* Has any rule given way? Shifts that are gone are no rule. */
static bool gives_way(const scene *sc, const runde_problem *changed)
{
    const runde_problem *const base = sc->problem;
    bool gives = false;
    for (int32_t i = 0; i < sc->options.n_events; i++) {
        if (sc->events[i].kind == RUNDE_EVENT_SHIFT_CUT) {
            return false; /* its shift is another one anyhow */
        }
    }
    for (int32_t c = 0; c < runde_problem_n_carers(base); c++) {
        gives =
            gives || !rules_are_equal(&runde_problem_carer(base, c)->rules,
                                      &runde_problem_carer(changed, c)->rules);
    }
    for (int32_t s = 0; s < runde_problem_n_shifts(base); s++) {
        const int32_t t = runde_problem_derived_shift(changed, s);
        if (t != RUNDE_NONE) {
            const runde_shift *const was = runde_problem_shift(base, s);
            const runde_shift *const is = runde_problem_shift(changed, t);
            gives = gives || is->max_end != was->max_end ||
                    is->max_duty != was->max_duty ||
                    is->continues != was->continues;
        }
    }
    for (int32_t i = 0; i < runde_problem_n_links(base); i++) {
        const runde_link *const was = runde_problem_link(base, i);
        const runde_link *const is = runde_problem_link(changed, i);
        gives = gives || is->all_or_none != was->all_or_none ||
                is->min_gap != was->min_gap || is->max_gap != was->max_gap;
    }
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        const bool is_budget = x == RUNDE_CLIENTS_CHANGED;
        gives = gives ||
                (!is_budget && runde_problem_weights(base)->limit[x] !=
                                   runde_problem_weights(changed)->limit[x]);
    }
    return gives;
}

/* Without a search the answer is the start; with one it is no worse. */
static bool check_start(scene *sc, const runde_replan *replan)
{
    const int64_t limit = sc->search.iteration_limit;
    runde_replan *first = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    sc->search.iteration_limit = -1;
    const bool answers = runde_replan_new(&first, sc->problem, sc->plan,
                                          &sc->options, &diag) == RUNDE_OK;
    sc->search.iteration_limit = limit;
    const bool is_same =
        answers && gives_way(sc, runde_replan_problem(first)) ==
                       gives_way(sc, runde_replan_problem(replan));
    if (is_same &&
        compare_costs(runde_plan_cost(runde_replan_plan(replan)),
                      runde_plan_cost(runde_replan_plan(first))) > 0) {
        fail(sc, "worse than its start");
    }
    runde_replan_free(first);
    return answers;
}

/* Criteria that count what is left to do cannot give way to what has begun. */
static bool may_have_no_answer(const scene *sc)
{
    const uint32_t all =
        1U << RUNDE_IDLE | 1U << RUNDE_MAX_IDLE | 1U << RUNDE_OPTIONAL_UNSERVED;
    uint32_t hard = runde_problem_weights(sc->problem)->hard;
    for (int32_t c = 0; c < runde_problem_n_clients(sc->problem); c++) {
        const runde_weights *const own =
            runde_problem_client(sc->problem, c)->weights;
        hard |= own != NULL ? own->hard : 0;
    }
    return (hard & all) != 0;
}

/* Longer than its window: that is for people to settle. */
static bool is_too_long(const scene *sc)
{
    return sc->options.n_events == 2 && sc->events[1].kind == RUNDE_EVENT_EDIT;
}

static void test_late(void)
{
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 300);
    int32_t answered = 0;
    int32_t yielded = 0;
    int32_t refused = 0;
    for (uint64_t seed = first; seed < first + n; seed++) {
        scene sc;
        if (!scene_start(&sc, seed)) {
            continue;
        }
        runde_replan *replan = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        const runde_status status =
            runde_replan_new(&replan, sc.problem, sc.plan, &sc.options, &diag);
        if (status == RUNDE_OK) {
            defect d = {""};
            answered++;
            check_begun(&sc, replan);
            check_frozen(&sc, replan);
            if (!plan_is_clean(runde_replan_problem(replan),
                               runde_replan_plan(replan), &d)) {
                fail(&sc, d.text);
            }
            if (gives_way(&sc, runde_replan_problem(replan))) {
                yielded++;
                if (diag.warnings == 0) {
                    fail(&sc, "a rule gives way without a word");
                }
            }
            (void)check_start(&sc, replan);
        } else if ((status == RUNDE_E_INFEASIBLE && may_have_no_answer(&sc)) ||
                   (status == RUNDE_E_INVALID && is_too_long(&sc))) {
            refused++;
        } else {
            printf("%s %s\n", runde_status_name(status), diag.message);
            fail(&sc, "no answer");
        }
        runde_replan_free(replan);
        scene_end(&sc);
    }
    printf("%d answers, a rule gave way in %d, %d without\n", answered, yielded,
           refused);
    CU_ASSERT(answered > (int32_t)(n / 2));
    CU_ASSERT(yielded > (int32_t)(n / 100));
}

/* ------------------------------------------------------------------ memory */

/* Where a rule has to give way, without memory. */
static void test_memory(void)
{
    int32_t tried = 0;
    for (uint64_t seed = 1; tried < 3 && seed <= 300; seed++) {
        scene sc;
        if (!scene_start(&sc, seed)) {
            continue;
        }
        runde_replan *whole = NULL;
        const bool gives = runde_replan_new(&whole, sc.problem, sc.plan,
                                            &sc.options, NULL) == RUNDE_OK &&
                           gives_way(&sc, runde_replan_problem(whole));
        runde_replan_free(whole);
        tried += gives;
        bool refused = gives;
        for (long k = 0; refused; k++) {
            runde_replan *replan = NULL;
            rn_faults_begin(k);
            const runde_status status = runde_replan_new(
                &replan, sc.problem, sc.plan, &sc.options, NULL);
            refused = rn_faults_end();
            CU_ASSERT_EQUAL(status == RUNDE_E_NOMEM, refused);
            CU_ASSERT_EQUAL(replan == NULL, refused);
            runde_replan_free(replan);
        }
        scene_end(&sc);
    }
    CU_ASSERT_EQUAL(tried, 3);
}

int main(void)
{
    RN_RUN("begun", RN_TEST(test_late), RN_TEST(test_memory));
}
