/* SPDX-License-Identifier: MIT */
/* Problems that say the same in another way get the same plan; problems that
 * allow more, begun from the plan of the smaller one, get none that is
 * worse. */
#include "defect.h"
#include "harness.h"

#include <string.h>

enum { ITERATIONS = 100, WEEK = 7 * 1440 };

/* Says the same in another way, or allows more; false when it cannot. */
typedef bool (*change)(world *w);

/* NULL where there is no plan within the hard limits. */
static runde_plan *solve(const world *w, const runde_plan *start)
{
    runde_problem *const problem = world_problem(w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = ITERATIONS;
    options.seed = 3;
    options.start = start;
    options.clock = standing_clock;
    defect d = {""};
    runde_plan *const plan = defect_solve(problem, &options, &d);
    CU_ASSERT_STRING_EQUAL(d.text, "");
    runde_problem_free(problem);
    return plan;
}

static void tell(const world *w, const char *what, const runde_cost *was,
                 const runde_cost *is)
{
    printf("seed %llu: %s: %lld/%lld became %lld/%lld\n",
           (unsigned long long)w->seed, what, (long long)was->left_out,
           (long long)was->wishes, (long long)is->left_out,
           (long long)is->wishes);
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        if (was->cost[x] != is->cost[x]) {
            printf("  %s %lld, %lld\n",
                   runde_criterion_name((runde_criterion)x),
                   (long long)was->cost[x], (long long)is->cost[x]);
        }
    }
    CU_FAIL("a relation does not hold");
}

/* ------------------------------------------------------ said differently */

static void move(int32_t *time, int32_t by)
{
    if (*time != RUNDE_TIME_NONE) {
        *time += by;
    }
}

static void move_shift(world_shift *shift, int32_t by)
{
    runde_shift *const r = &shift->record;
    r->start += by;
    r->end += by;
    move(&r->max_end, by);
    for (int32_t i = 0; i < r->n_breaks; i++) {
        shift->breaks[i].min_start += by;
        shift->breaks[i].max_start += by;
    }
    for (int32_t i = 0; i < r->n_activities; i++) {
        shift->activities[i].min_start += by;
        shift->activities[i].max_start += by;
    }
}

static void move_visit(world_visit *visit, int32_t by)
{
    runde_visit *const r = &visit->record;
    for (int32_t i = 0; i < WORLD_FEW; i++) {
        move(&visit->windows[i].min_start, by);
        move(&visit->windows[i].max_start, by);
        move(&visit->windows[i].max_end, by);
        visit->preferred[i].start += by;
        visit->preferred[i].end += by;
    }
    move(&r->pinned_start, by);
}

/* Everything a week later, the horizon a week longer. */
static bool a_week_later(world *w)
{
    w->settings.days += 7;
    move(&w->settings.freeze_before, WEEK);
    for (int32_t c = 0; c < w->n_clients; c++) {
        for (int32_t i = 0; i < w->clients[c].record.n_absences; i++) {
            w->clients[c].absences[i].start += WEEK;
            w->clients[c].absences[i].end += WEEK;
        }
    }
    for (int32_t c = 0; c < w->n_carers; c++) {
        for (int32_t i = 0; i < w->carers[c].record.n_skills; i++) {
            move(&w->carers[c].skills[i].expires, WEEK);
        }
    }
    for (int32_t s = 0; s < w->n_shifts; s++) {
        move_shift(&w->shifts[s], WEEK);
    }
    for (int32_t v = 0; v < w->n_visits; v++) {
        move_visit(&w->visits[v], WEEK);
    }
    for (int32_t i = 0; i < w->n_past; i++) {
        w->past[i].start += WEEK;
    }
    for (int32_t i = 0; i < w->n_published; i++) {
        w->published[i].start += WEEK;
    }
    return true;
}

static bool other_ids(world *w)
{
    w->prefix = 'q';
    return true;
}

static bool one_more_skill(world *w)
{
    w->n_skills++;
    return w->n_skills <= WORLD_SKILLS;
}

/* A place that nobody goes to, in the middle of nowhere. */
static bool one_more_place(world *w)
{
    const int32_t n = w->n_places;
    if (n + 1 > WORLD_PLACES) {
        return false;
    }
    for (int32_t m = 0; m < w->n_modes; m++) {
        const world_mode from = w->modes[m];
        world_mode *const to = &w->modes[m];
        for (int32_t i = 0; i <= n; i++) {
            for (int32_t j = 0; j <= n; j++) {
                const bool known = i < n && j < n;
                const int32_t at = i * (n + 1) + j;
                to->durations[at] = known ? from.durations[i * n + j] : 17;
                to->distances[at] = known ? from.distances[i * n + j] : 171;
            }
        }
    }
    w->places[n] = w->places[0];
    w->n_places++;
    return true;
}

static void twice(int32_t *time)
{
    if (*time != RUNDE_TIME_NONE && *time != RUNDE_UNLIMITED) {
        *time *= 2;
    }
}

static void twice_rules(runde_work_rules *rules)
{
    twice(&rules->daily_rest);
    twice(&rules->weekly_rest);
    twice(&rules->max_per_day);
    twice(&rules->max_per_week);
    twice(&rules->max_per_horizon);
}

/* What is not counted in ticks weighs twice as much. */
static void twice_weights(runde_weights *weights)
{
    static const uint32_t in_ticks =
        1U << RUNDE_TRAVEL_TIME | 1U << RUNDE_WAITING | 1U << RUNDE_EARLY |
        1U << RUNDE_LATE | 1U << RUNDE_MAX_LATE | 1U << RUNDE_OVERTIME |
        1U << RUNDE_IDLE | 1U << RUNDE_MAX_IDLE | 1U << RUNDE_WORKLOAD_SPREAD |
        1U << RUNDE_WORKLOAD_DEVIATION | 1U << RUNDE_SHIFTED_START;
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        const bool is_time = ((in_ticks >> x) & 1U) != 0;
        weights->weight[x] *= is_time ? 1 : 2;
        weights->limit[x] *= is_time ? 2 : 1;
    }
}

static void twice_shift(world_shift *shift)
{
    runde_shift *const r = &shift->record;
    twice(&r->start);
    twice(&r->end);
    twice(&r->max_end);
    twice(&r->max_duty);
    for (int32_t i = 0; i < r->n_breaks; i++) {
        twice(&shift->breaks[i].duration);
        twice(&shift->breaks[i].min_start);
        twice(&shift->breaks[i].max_start);
    }
    for (int32_t i = 0; i < r->n_activities; i++) {
        twice(&shift->activities[i].duration);
        twice(&shift->activities[i].min_start);
        twice(&shift->activities[i].max_start);
    }
}

static void twice_visit(world_visit *visit)
{
    runde_visit *const r = &visit->record;
    r->duration *= 2;
    r->setup *= 2;
    twice(&r->pinned_start);
    for (int32_t i = 0; i < WORLD_FEW; i++) {
        twice(&visit->windows[i].min_start);
        twice(&visit->windows[i].max_start);
        twice(&visit->windows[i].max_end);
        visit->preferred[i].start *= 2;
        visit->preferred[i].end *= 2;
    }
}

static void twice_map(world *w)
{
    for (int32_t m = 0; m < w->n_modes; m++) {
        for (int32_t i = 0; i < w->n_places * w->n_places; i++) {
            twice(&w->modes[m].durations[i]);
        }
        twice(&w->modes[m].leg[2]);
    }
}

/* Ticks half as long: every cost is twice what it was. */
static bool half_ticks(world *w)
{
    w->settings.tick_ms = 30000;
    twice(&w->settings.freeze_before);
    twice_rules(&w->settings.rules);
    twice_weights(&w->weights);
    twice_map(w);
    for (int32_t c = 0; c < w->n_clients; c++) {
        twice_weights(&w->clients[c].profile);
        for (int32_t i = 0; i < w->clients[c].record.n_absences; i++) {
            w->clients[c].absences[i].start *= 2;
            w->clients[c].absences[i].end *= 2;
        }
    }
    for (int32_t c = 0; c < w->n_carers; c++) {
        twice_rules(&w->carers[c].record.rules);
        for (int32_t i = 0; i < w->carers[c].record.n_skills; i++) {
            twice(&w->carers[c].skills[i].expires);
        }
    }
    for (int32_t s = 0; s < w->n_shifts; s++) {
        twice_shift(&w->shifts[s]);
    }
    for (int32_t v = 0; v < w->n_visits; v++) {
        twice_visit(&w->visits[v]);
    }
    for (int32_t l = 0; l < w->n_links; l++) {
        twice(&w->links[l].min_gap);
        twice(&w->links[l].max_gap);
    }
    for (int32_t i = 0; i < w->n_past; i++) {
        w->past[i].start *= 2;
    }
    for (int32_t i = 0; i < w->n_published; i++) {
        w->published[i].start *= 2;
        w->published[i].tolerance *= 2;
    }
    return true;
}

static void try_same(const char *what, change bend)
{
    static const world_size size = WORLD_SMALL;
    static world w;
    static world other;
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 30);
    for (uint64_t seed = first; seed < first + n; seed++) {
        world_random(&w, seed, &size);
        memcpy(&other, &w, sizeof w);
        if (!bend(&other)) {
            continue;
        }
        runde_plan *const plan = solve(&w, NULL);
        runde_plan *const same = solve(&other, NULL);
        CU_ASSERT_EQUAL_FATAL(plan == NULL, same == NULL);
        if (plan != NULL &&
            compare_costs(runde_plan_cost(plan), runde_plan_cost(same)) != 0) {
            tell(&w, what, runde_plan_cost(plan), runde_plan_cost(same));
        }
        runde_plan_free(plan);
        runde_plan_free(same);
    }
}

/* After an absence service starts a tick, that is half as long, later; means
 * are rounded to ticks: both are left out. The search itself counts single
 * units of cost where bounds meet, so a few plans may differ. */
static void test_half_ticks(void)
{
    static const world_size size = {
        12, 5, 8, 1U << USE_COORDINATES | 1U << USE_ABSENCES, false};
    static world w;
    static world other;
    uint64_t differ = 0;
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 30);
    for (uint64_t seed = first; seed < first + n; seed++) {
        world_random(&w, seed, &size);
        w.weights.weight[RUNDE_WORKLOAD_DEVIATION] = 0;
        memcpy(&other, &w, sizeof w);
        CU_ASSERT_TRUE(half_ticks(&other));
        runde_plan *const plan = solve(&w, NULL);
        runde_plan *const same = solve(&other, NULL);
        CU_ASSERT_EQUAL_FATAL(plan == NULL, same == NULL);
        if (plan == NULL) {
            continue;
        }
        const runde_cost *const a = runde_plan_cost(plan);
        const runde_cost *const b = runde_plan_cost(same);
        differ += a->left_out != b->left_out || 2 * a->wishes != b->wishes;
        runde_plan_free(plan);
        runde_plan_free(same);
    }
    CU_ASSERT_TRUE(differ * 25 <= n + 50);
}

static void test_same(void)
{
    try_same("other ids", other_ids);
    try_same("a week later", a_week_later);
    try_same("one more skill", one_more_skill);
    try_same("one more place", one_more_place);
}

/* ---------------------------------------------------------- allowed more */

static bool nothing(world *w)
{
    (void)w;
    return true;
}

/* Somebody new, who can do what carer 0 can. */
static bool one_more_carer(world *w)
{
    if (w->n_carers == WORLD_CARERS || w->n_shifts == WORLD_SHIFTS) {
        return false;
    }
    w->carers[w->n_carers] = w->carers[0];
    w->shifts[w->n_shifts] = w->shifts[0];
    w->shifts[w->n_shifts].record.carer = w->n_carers;
    w->n_carers++;
    w->n_shifts++;
    return true;
}

static bool wider_windows(world *w)
{
    for (int32_t v = 0; v < w->n_visits; v += 2) {
        for (int32_t i = 0; i < WORLD_FEW; i++) {
            move(&w->visits[v].windows[i].min_start, -20);
            move(&w->visits[v].windows[i].max_start, 30);
            move(&w->visits[v].windows[i].max_end, 30);
        }
    }
    return true;
}

static bool no_caps(world *w)
{
    for (int32_t c = 0; c < w->n_carers; c++) {
        w->carers[c].record.n_caps = 0;
    }
    for (int32_t s = 0; s < w->n_shifts; s++) {
        w->shifts[s].record.n_caps = 0;
    }
    return true;
}

static bool no_links(world *w)
{
    w->n_links = 0;
    return true;
}

static bool larger_limits(world *w)
{
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        const uint32_t bit = 1U << x;
        w->weights.limit[x] +=
            (w->weights.hard & bit) != 0 ? 1 + x % 4 * 10 : 0;
        for (int32_t c = 0; c < w->n_clients; c++) {
            runde_weights *const own = &w->clients[c].profile;
            own->limit[x] += (own->hard & bit) != 0 ? 1 + x % 4 * 10 : 0;
        }
    }
    return true;
}

static bool later_overtime(world *w)
{
    /* Who has been at work longer may have done more of what is frozen. */
    if (w->settings.freeze_before != RUNDE_TIME_NONE) {
        return false;
    }
    for (int32_t s = 0; s < w->n_shifts; s++) {
        runde_shift *const r = &w->shifts[s].record;
        r->max_end = (r->max_end == RUNDE_TIME_NONE ? r->end : r->max_end) + 60;
    }
    return true;
}

/* Prices of regular criteria that do not compare carers. */
static void draw_plain(world *w, uint64_t seed)
{
    static const world_size size = {
        12, 5, 8, 1U << USE_RULES | 1U << USE_MAX_DUTY | 1U << USE_BREAKS,
        true};
    static const int irregular[] = {
        RUNDE_WAITING,     RUNDE_EARLY,           RUNDE_IDLE,
        RUNDE_MAX_IDLE,    RUNDE_WORKLOAD_SPREAD, RUNDE_WORKLOAD_DEVIATION,
        RUNDE_LOAD_SPREAD, RUNDE_SHIFTED_START,   RUNDE_VISITS_SHIFTED};
    world_random(w, seed, &size);
    for (int32_t v = 0; v < w->n_visits; v++) {
        /* Between two preferred windows it may pay to wait. */
        runde_visit *const r = &w->visits[v].record;
        r->n_preferred = r->n_preferred > 1 ? 1 : r->n_preferred;
    }
    for (size_t i = 0; i < sizeof irregular / sizeof irregular[0]; i++) {
        w->weights.weight[irregular[i]] = 0;
        for (int32_t c = 0; c < w->n_clients; c++) {
            w->clients[c].profile.weight[irregular[i]] = 0;
        }
    }
}

static void try_more(const char *what, change bend)
{
    static world w;
    static world other;
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 30);
    for (uint64_t seed = first; seed < first + n; seed++) {
        draw_plain(&w, seed);
        memcpy(&other, &w, sizeof w);
        if (!bend(&other)) {
            continue;
        }
        runde_plan *const plan = solve(&w, NULL);
        if (plan == NULL) {
            continue;
        }
        runde_plan *const more = solve(&other, plan);
        CU_ASSERT_PTR_NOT_NULL_FATAL(more);
        if (compare_costs(runde_plan_cost(more), runde_plan_cost(plan)) > 0) {
            tell(&w, what, runde_plan_cost(plan), runde_plan_cost(more));
        }
        runde_plan_free(plan);
        runde_plan_free(more);
    }
}

static void test_more(void)
{
    try_more("more time", nothing);
    try_more("one more carer", one_more_carer);
    try_more("wider windows", wider_windows);
    try_more("no caps", no_caps);
    try_more("no links", no_links);
    try_more("later overtime", later_overtime);
    try_more("larger limits", larger_limits);
}

/* ----------------------------------------------------------- a visit less */

/* False when the rest breaks a rule: a way round may be the shorter one. */
static bool try_less(const world *w, const runde_problem *rest,
                     const runde_plan *start)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_plan *timed = NULL;
    defect d = {""};
    CU_ASSERT_EQUAL_FATAL(runde_plan_schedule(&timed, rest, start, NULL),
                          RUNDE_OK);
    const bool holds = plan_is_clean(rest, timed, &d);
    options.iteration_limit = w->seed % 2 == 0 ? ITERATIONS : -1;
    options.start = start;
    options.clock = standing_clock;
    runde_plan *const plan = defect_solve(rest, &options, &d);
    if (holds && plan == NULL) {
        CU_FAIL("no plan though the start is one");
    } else if (holds && compare_costs(runde_plan_cost(plan),
                                      runde_plan_cost(timed)) > 0) {
        tell(w, "a visit less", runde_plan_cost(timed), runde_plan_cost(plan));
    }
    runde_plan_free(plan);
    runde_plan_free(timed);
    return holds;
}

static void test_less(void)
{
    static world w;
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 30) * 4;
    uint64_t tried = 0;
    for (uint64_t seed = first; seed < first + n; seed++) {
        draw_plain(&w, seed);
        runde_plan *const plan = solve(&w, NULL);
        if (plan == NULL) {
            continue;
        }
        runde_problem *const whole = world_problem(&w);
        runde_problem *rest = NULL;
        runde_edit edit = RUNDE_EDIT_INIT;
        edit.kind = RUNDE_EDIT_CANCEL_VISIT;
        edit.index = (int32_t)(seed % (uint64_t)w.n_visits);
        CU_ASSERT_EQUAL_FATAL(
            runde_problem_derive(&rest, whole, &edit, 1, NULL), RUNDE_OK);
        runde_plan *const start = rest_of_plan(plan, rest);
        tried += try_less(&w, rest, start);
        runde_plan_free(start);
        runde_problem_free(rest);
        runde_problem_free(whole);
        runde_plan_free(plan);
    }
    CU_ASSERT_TRUE(tried * 2 > n);
}

int main(void)
{
    RN_RUN("metamorphic", RN_TEST(test_same), RN_TEST(test_half_ticks),
           RN_TEST(test_more), RN_TEST(test_less));
}
