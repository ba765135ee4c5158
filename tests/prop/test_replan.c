/* SPDX-License-Identifier: MIT */
/* Random days changed at random: the answer keeps to the rules, to what is
 * frozen and to what it started from; its changes and leeways are true. */
#include "base/faults.h"
#include "defect.h"
#include "harness.h"

#ifdef RUNDE_HAS_GLPK
#include <runde/glpk.h>
#endif

#include <string.h>

enum { FEW = 60, MOST_EVENTS = 4 };

/* A day with its plan, and what happens to it. */
typedef struct scene {
    uint64_t seed;
    rn_rng rng;
    runde_problem *problem;
    runde_plan *plan;
    runde_event events[MOST_EVENTS];
    runde_edit edits[MOST_EVENTS];
    runde_visit visits[MOST_EVENTS];
    runde_leg legs[MOST_EVENTS];
    runde_replan_options options;
    runde_options search;
} scene;

static int32_t dice(scene *sc, int32_t lo, int32_t hi)
{
    return world_dice(&sc->rng, lo, hi);
}

static int32_t some_visit(scene *sc)
{
    return dice(sc, 0, runde_problem_n_visits(sc->problem) - 1);
}

/* An edit that no other edit of the scene is in the way of. */
static void draw_edit(scene *sc, int32_t i, int32_t kind)
{
    runde_edit *const edit = &sc->edits[i];
    runde_visit *const visit = &sc->visits[i];
    *edit = (runde_edit)RUNDE_EDIT_INIT;
    *visit = *runde_problem_visit(sc->problem, some_visit(sc));
    sc->events[i].kind = RUNDE_EVENT_EDIT;
    sc->events[i].edit = edit;
    edit->visit = visit;
    switch (kind) {
    case 0:
        edit->kind = RUNDE_EDIT_ADD_VISIT;
        visit->id = i == 0 ? "more-0" : i == 1 ? "more-1" : "more-2";
        visit->pinned_shift = RUNDE_NONE;
        visit->pinned_start = RUNDE_TIME_NONE;
        break;
    case 1:
        /* Once only: what is cancelled cannot be changed again. */
        edit->kind = i == 0 ? RUNDE_EDIT_CANCEL_VISIT : RUNDE_EDIT_ADD_VISIT;
        edit->index = some_visit(sc);
        visit->id = i == 1 ? "more-1" : "more-2";
        visit->pinned_shift = RUNDE_NONE;
        visit->pinned_start = RUNDE_TIME_NONE;
        break;
    default:
        edit->kind = RUNDE_EDIT_SET_LEG;
        edit->leg = &sc->legs[i];
        sc->legs[i] =
            (runde_leg){sizeof(runde_leg),
                        dice(sc, 0, runde_problem_n_modes(sc->problem) - 1),
                        dice(sc, 0, runde_problem_n_places(sc->problem) - 1),
                        dice(sc, 0, runde_problem_n_places(sc->problem) - 1),
                        RUNDE_UNREACHABLE,
                        RUNDE_UNREACHABLE};
        if (sc->legs[i].from == sc->legs[i].to) {
            sc->legs[i].duration = 0;
            sc->legs[i].distance = 0;
        }
        break;
    }
}

static void draw_event(scene *sc, int32_t i)
{
    runde_event *const event = &sc->events[i];
    *event = (runde_event)RUNDE_EVENT_INIT;
    event->carer = dice(sc, 0, runde_problem_n_carers(sc->problem) - 1);
    event->shift = dice(sc, 0, runde_problem_n_shifts(sc->problem) - 1);
    const runde_shift *const shift =
        runde_problem_shift(sc->problem, event->shift);
    if (dice(sc, 0, 1) == 0) {
        event->start = dice(sc, shift->start, shift->end);
    }
    switch (dice(sc, 0, 6)) {
    case 0:
    case 1:
        event->kind = RUNDE_EVENT_CARER_ILL;
        break;
    case 2:
        event->kind = RUNDE_EVENT_CARER_LATE;
        event->amount = dice(sc, 0, 60);
        break;
    case 3:
        event->kind = RUNDE_EVENT_SHIFT_CUT;
        event->start = dice(sc, shift->start, shift->start + 30);
        event->end = dice(sc, event->start + 1, shift->end + 30);
        break;
    default:
        draw_edit(sc, i, dice(sc, 0, 2));
        break;
    }
}

/* False when the day has nothing to plan. */
static bool scene_start(scene *sc, uint64_t seed)
{
    static const world_size size = {12, 5, 8, 1U << USE_FREEZE, false};
    static world w;
    memset(sc, 0, sizeof *sc);
    world_random(&w, seed, &size);
    w.settings.freeze_before = RUNDE_TIME_NONE;
    sc->seed = seed;
    rn_rng_init(&sc->rng, seed, 11);
    sc->problem = world_problem(&w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(sc->problem);
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = FEW;
    options.clock = standing_clock;
#ifdef RUNDE_HAS_GLPK
    options.exact = runde_glpk(); /* starts that the search does not look at */
#endif
    if (runde_solve(&sc->plan, sc->problem, &options, NULL) != RUNDE_OK) {
        runde_problem_free(sc->problem);
        return false;
    }
    sc->options = (runde_replan_options)RUNDE_REPLAN_OPTIONS_INIT;
    sc->search = options;
    sc->search.exact = dice(sc, 0, 1) == 0 ? NULL : options.exact;
    sc->search.iteration_limit = dice(sc, 0, 3) == 0 ? -1 : FEW;
    sc->options.search = &sc->search;
    sc->options.events = sc->events;
    sc->options.n_events = dice(sc, 0, 3);
    sc->options.tolerance = dice(sc, 0, 10);
    for (int32_t i = 0; i < sc->options.n_events; i++) {
        draw_event(sc, i);
    }
    if (dice(sc, 0, 2) == 0) {
        sc->options.max_clients_changed = dice(sc, 0, 3);
    }
    if (dice(sc, 0, 3) == 0) {
        sc->options.max_visits_shifted = dice(sc, 0, 4);
    }
    if (dice(sc, 0, 2) > 0) {
        const runde_shift *const shift = runde_problem_shift(
            sc->problem, dice(sc, 0, runde_problem_n_shifts(sc->problem) - 1));
        sc->options.freeze_before = dice(sc, shift->start, shift->end);
    }
    return true;
}

static void scene_end(scene *sc)
{
    runde_plan_free(sc->plan);
    runde_problem_free(sc->problem);
}

static void fail(const scene *sc, const char *what)
{
    printf("seed %llu: %s\n", (unsigned long long)sc->seed, what);
    CU_FAIL("a replan is wrong");
}

/* ------------------------------------------------------------------ truth */

/* What differs is served so, and within its leeway. */
static void check_parts(const scene *sc, const runde_replan *replan)
{
    const runde_diff *const diff = runde_replan_diff(replan);
    const runde_plan *const plan = runde_replan_plan(replan);
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *const part = runde_diff_get_part(diff, i);
        int32_t earliest = 0;
        int32_t latest = 0;
        const bool known = runde_replan_leeway(replan, part->visit, part->part,
                                               &earliest, &latest);
        if (known != (part->shift[1] != RUNDE_NONE)) {
            fail(sc, "a leeway for what is left out, or none");
        }
        if (known && (earliest > part->start[1] || latest < part->start[1])) {
            fail(sc, "a start outside its leeway");
        }
    }
    CU_ASSERT_PTR_NOT_NULL(plan);
}

/* Nothing that starts before the limit was elsewhere when it was published:
 * it is where it was, or later than the limit, or left out. */
/* Whoever is left out now is asked about, the most important first, and
 * nobody else. */
static void check_explained(runde_replan *replan)
{
    const runde_problem *const problem = runde_replan_problem(replan);
    const runde_plan *const plan = runde_replan_plan(replan);
    int32_t before = 101;
    CU_ASSERT_EQUAL(runde_replan_n_explained(replan), 0);
    CU_ASSERT_EQUAL_FATAL(runde_replan_explain(replan, 3), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_replan_explain(replan, 3), RUNDE_E_ARGUMENT);
    const int32_t n = runde_replan_n_explained(replan);
    CU_ASSERT(n <= 3 && n <= runde_plan_n_unserved(plan));
    for (int32_t i = 0; i < n; i++) {
        const runde_explanation *const e =
            runde_replan_get_explained(replan, i);
        const runde_visit *const visit =
            runde_problem_visit(problem, runde_explanation_visit(e));
        const int32_t priority = visit->optional ? 0 : visit->priority;
        CU_ASSERT_FALSE(runde_explanation_is_served(e));
        CU_ASSERT(priority <= before);
        before = priority;
    }
    CU_ASSERT_PTR_NULL(runde_replan_get_explained(replan, n));
}

static void check_frozen(const scene *sc, const runde_replan *replan)
{
    const int32_t limit =
        runde_problem_settings(runde_replan_problem(replan))->freeze_before;
    const runde_diff *const diff = runde_replan_diff(replan);
    for (int32_t i = 0;
         limit != RUNDE_TIME_NONE && i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *const part = runde_diff_get_part(diff, i);
        if (part->shift[1] == RUNDE_NONE || part->start[1] >= limit) {
            continue;
        }
        if (part->carer[0] != part->carer[1] ||
            part->start[1] < part->start[0]) {
            fail(sc, "a frozen part has moved");
        }
    }
}

/* The budget as the changes tell it, not the search. */
static void check_budget(const scene *sc, const runde_replan *replan)
{
    const runde_problem *const problem = runde_replan_problem(replan);
    const runde_diff *const diff = runde_replan_diff(replan);
    int64_t clients = 0;
    int64_t visits = 0;
    for (int32_t i = 0; i < runde_diff_n_clients(diff); i++) {
        const runde_diff_client *const client = runde_diff_get_client(diff, i);
        bool has_newcomer = false;
        for (int32_t k = 0; k < client->n_parts; k++) {
            has_newcomer = has_newcomer ||
                           (client->parts[k]->what & RUNDE_DIFF_CARER) != 0;
        }
        clients += has_newcomer;
    }
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *const part = runde_diff_get_part(diff, i);
        const int64_t off = (int64_t)part->start[1] - part->start[0];
        visits += (part->what & RUNDE_DIFF_TIME) != 0 &&
                  runde_problem_visit(problem, part->visit)->crew == 1 &&
                  (off > sc->options.tolerance || -off > sc->options.tolerance);
    }
    if ((sc->options.max_clients_changed >= 0 &&
         clients > sc->options.max_clients_changed)) {
        fail(sc, "too many clients get another carer");
    }
    /* Who is late, or ill, moves what is frozen too; that is no budget's. */
    if (sc->options.max_visits_shifted >= 0 && sc->options.n_events == 0 &&
        visits > sc->options.max_visits_shifted) {
        fail(sc, "too many visits are shifted");
    }
}

/* Without events the published plan is allowed, and its price an upper
 * bound. */
static void check_price(const scene *sc, const runde_replan *replan)
{
    const runde_cost *const was = runde_replan_cost_before(replan);
    const runde_cost *const is = runde_plan_cost(runde_replan_plan(replan));
    const int32_t *const weight = runde_problem_weights(sc->problem)->weight;
    if (sc->options.n_events > 0 ||
        runde_problem_n_published(sc->problem) > 0) {
        return;
    }
    /* Breaks and activities that are over fill unused shifts no longer. */
    if (sc->options.freeze_before != RUNDE_TIME_NONE &&
        (weight[RUNDE_IDLE] != 0 || weight[RUNDE_MAX_IDLE] != 0)) {
        return;
    }
    if (is->left_out > was->left_out ||
        (is->left_out == was->left_out && is->wishes > was->wishes)) {
        for (int x = 0; x < RUNDE_CRITERIA; x++) {
            if (was->cost[x] != is->cost[x]) {
                printf("  %s %lld, %lld\n",
                       runde_criterion_name((runde_criterion)x),
                       (long long)was->cost[x], (long long)is->cost[x]);
            }
        }
        printf("%lld/%lld became %lld/%lld\n", (long long)was->left_out,
               (long long)was->wishes, (long long)is->left_out,
               (long long)is->wishes);
        fail(sc, "worse than what was published");
    }
}

/* Never worse than what is left of the published plan, where that keeps to
 * the rules of the changed problem. */
static bool check_start(const scene *sc, const runde_replan *replan)
{
    const runde_problem *const problem = runde_replan_problem(replan);
    runde_plan *timed = NULL;
    defect d = {""};
    for (int32_t i = 0; i < sc->options.n_events; i++) {
        if (sc->events[i].kind != RUNDE_EVENT_EDIT) {
            return false;
        }
    }
    if (sc->options.freeze_before != RUNDE_TIME_NONE) {
        return false;
    }
    runde_plan *const start = rest_of_plan(sc->plan, problem);
    CU_ASSERT_EQUAL_FATAL(runde_plan_schedule(&timed, problem, start, NULL),
                          RUNDE_OK);
    const bool holds = plan_is_clean(problem, timed, &d);
    if (holds && compare_costs(runde_plan_cost(runde_replan_plan(replan)),
                               runde_plan_cost(timed)) > 0) {
        printf("%lld/%lld became %lld/%lld\n",
               (long long)runde_plan_cost(timed)->left_out,
               (long long)runde_plan_cost(timed)->wishes,
               (long long)runde_plan_cost(runde_replan_plan(replan))->left_out,
               (long long)runde_plan_cost(runde_replan_plan(replan))->wishes);
        fail(sc, "worse than what was left");
    }
    runde_plan_free(timed);
    runde_plan_free(start);
    return holds;
}

static void test_random(void)
{
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 300);
    int32_t answered = 0;
    int32_t started = 0;
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
            answered++;
            check_parts(&sc, replan);
            check_frozen(&sc, replan);
            check_price(&sc, replan);
            check_budget(&sc, replan);
            check_explained(replan);
            started += check_start(&sc, replan);
        } else if (status != RUNDE_E_INVALID && status != RUNDE_E_INFEASIBLE) {
            printf("%s %s\n", runde_status_name(status), diag.message);
            fail(&sc, "no answer");
        }
        runde_replan_free(replan);
        scene_end(&sc);
    }
    CU_ASSERT(answered > (int32_t)(n / 2));
    CU_ASSERT(started > (int32_t)(n / 20));
}

/* ------------------------------------------------------------------ memory */

static void test_memory(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        scene sc;
        if (!scene_start(&sc, seed)) {
            continue;
        }
        bool refused = true;
        for (long k = 0; refused; k++) {
            runde_replan *replan = NULL;
            char *text = NULL;
            rn_faults_begin(k);
            runde_status status = runde_replan_new(&replan, sc.problem, sc.plan,
                                                   &sc.options, NULL);
            if (status == RUNDE_OK) {
                status = runde_replan_explain(replan, 2);
            }
            if (status == RUNDE_OK) {
                status = runde_replan_to_json(&text, NULL, replan);
            }
            refused = rn_faults_end();
            CU_ASSERT_EQUAL(status == RUNDE_E_NOMEM, refused);
            CU_ASSERT(replan != NULL || text == NULL);
            runde_text_free(text);
            runde_replan_free(replan);
        }
        scene_end(&sc);
    }
}

/* The same question, the same answer. */
static void test_same_bytes(void)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        scene sc;
        if (!scene_start(&sc, seed)) {
            continue;
        }
        char *text[2] = {NULL, NULL};
        for (int i = 0; i < 2; i++) {
            runde_replan *replan = NULL;
            if (runde_replan_new(&replan, sc.problem, sc.plan, &sc.options,
                                 NULL) == RUNDE_OK) {
                CU_ASSERT_EQUAL(runde_replan_to_json(&text[i], NULL, replan),
                                RUNDE_OK);
            }
            runde_replan_free(replan);
        }
        CU_ASSERT_EQUAL_FATAL(text[0] == NULL, text[1] == NULL);
        CU_ASSERT(text[0] == NULL || strcmp(text[0], text[1]) == 0);
        runde_text_free(text[0]);
        runde_text_free(text[1]);
        scene_end(&sc);
    }
}

int main(void)
{
    RN_RUN("replan", RN_TEST(test_random), RN_TEST(test_memory),
           RN_TEST(test_same_bytes));
}
