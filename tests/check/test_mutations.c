/* SPDX-License-Identifier: MIT */
/* Wrong plans made from right ones. First the mistakes a planner would make,
 * each told consistently, so that only the rule itself can find it; then
 * thousands of random ones: whatever differs from the right plan is found. */
#include "scene.h"

#include "base/rng.h"

static scene sc;

static void test_swapped_visits(void)
{
    scene_init(&sc);
    const runde_stop first = sc.stops[0][0];
    sc.stops[0][0].item = sc.stops[0][3].item;
    sc.stops[0][3].item = first.item;
    scene_retime(&sc, 0);
    CU_ASSERT(scene_count(&sc, "window") > 0);
    CU_ASSERT(scene_count(&sc, "link") > 0);
}

static void test_started_before_window(void)
{
    scene_init(&sc);
    sc.stops[2][0].start = 1899;
    scene_retime(&sc, 2);
    sc.shifts[2].start = 1800;
    CU_ASSERT(scene_breaks_only(&sc, "window"));
}

static void test_ended_after_shift(void)
{
    scene_init(&sc);
    sc.stops[0][3].start = 910;
    sc.windows[2].max_start = 910;
    sc.links[0].max_gap = 500;
    scene_retime(&sc, 0);
    CU_ASSERT_EQUAL(sc.routes[0].end, 931);
    CU_ASSERT(scene_breaks_only(&sc, "shift"));
}

static void test_unskilled_carer(void)
{
    scene_init(&sc);
    sc.shifts[2].carer = 2;
    sc.wishes[2].carer = 2;
    sc.needs[3] = (runde_skill_need){0, 1, RUNDE_NONE};
    sc.visits[3].n_skills = 1;
    CU_ASSERT(scene_breaks_only(&sc, "skill"));
}

static void test_second_carer_missing(void)
{
    scene_init(&sc);
    scene_drop_stop(&sc, 1, 1);
    scene_retime(&sc, 1);
    CU_ASSERT(scene_count(&sc, "crew") == 1);
}

static void test_second_carer_late(void)
{
    scene_init(&sc);
    sc.stops[1][1].start += 1;
    scene_retime(&sc, 1);
    CU_ASSERT(scene_breaks_only(&sc, "crew"));
}

static void test_visit_twice(void)
{
    scene_init(&sc);
    /* v2 again at the end of s1. */
    runde_stop again = sc.stops[0][3];
    again.start = 800;
    again.travel = 6;
    again.distance = 600;
    scene_put_stop(&sc, 1, 2, &again);
    scene_retime(&sc, 1);
    CU_ASSERT(scene_breaks_only(&sc, "once"));
}

static void test_visit_lost(void)
{
    scene_init(&sc);
    scene_drop_stop(&sc, 0, 3);
    sc.routes[0].travel_home = 11;
    scene_retime(&sc, 0);
    CU_ASSERT(scene_count(&sc, "unserved") == 1);
}

static void test_load_plus_one(void)
{
    scene_init(&sc);
    sc.uses[1].amount = 2; /* s0 may take 2 and takes 1 + 2 */
    CU_ASSERT_EQUAL(scene_count(&sc, "load"), 1);
}

static void test_faster_than_the_road(void)
{
    scene_init(&sc);
    sc.stops[0][1].arrival -= 1;
    sc.stops[0][1].waiting += 1;
    CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
    sc.stops[0][1].travel -= 1;
    CU_ASSERT(scene_breaks_only(&sc, "travel"));
}

static void test_short_break(void)
{
    scene_init(&sc);
    sc.stops[0][2].departure -= 1;
    sc.stops[0][3].arrival -= 1;
    sc.stops[0][3].waiting += 1;
    CU_ASSERT(scene_breaks_only(&sc, "arithmetic"));
}

static void test_pinned_moved(void)
{
    scene_init(&sc);
    sc.visits[3].pinned_start = 2000;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    sc.stops[2][0].start = 2001;
    scene_retime(&sc, 2);
    CU_ASSERT(scene_breaks_only(&sc, "pinned"));
}

/* The container refuses what does not exist; a plan made for a larger
 * problem gets as far as the checker, which refuses it, too. */
static void test_unknown_things(void)
{
    scene_init(&sc);
    sc.stops[0][0].item = SCENE_VISITS;
    CU_ASSERT_EQUAL(scene_count(&sc, NULL), -1);
    scene_init(&sc);
    runde_problem *const large = scene_problem(&sc);
    CU_ASSERT_PTR_NOT_NULL_FATAL(large);
    runde_plan *const plan = scene_plan(&sc, large);
    runde_problem *small = NULL;
    CU_ASSERT_EQUAL(runde_problem_new(&small, NULL, NULL), RUNDE_OK);
    runde_report *report = NULL;
    CU_ASSERT_EQUAL(runde_check(&report, small, plan), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_problem_seal(small, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_check(&report, small, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(report);
    CU_ASSERT_EQUAL(runde_check(NULL, large, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_check(&report, NULL, plan), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_check(&report, large, NULL), RUNDE_E_ARGUMENT);
    runde_plan_free(plan);
    runde_problem_free(small);
    runde_problem_free(large);
}

/* ---------------------------------------------------------------- random */

static int32_t *field_of(runde_stop *stop, uint32_t number)
{
    int32_t *const fields[] = {&stop->item,     &stop->part,     &stop->place,
                               &stop->travel,   &stop->distance, &stop->arrival,
                               &stop->waiting,  &stop->setup,    &stop->start,
                               &stop->departure};
    return fields[number % (sizeof fields / sizeof fields[0])];
}

static int32_t *route_field_of(runde_route *route, uint32_t number)
{
    int32_t *const fields[] = {&route->shift, &route->begin, &route->end,
                               &route->travel_home, &route->distance_home};
    return fields[number % (sizeof fields / sizeof fields[0])];
}

static int32_t delta_of(rn_rng *rng)
{
    static const int32_t deltas[] = {1, -1, 2, -2, 7, -30, 600, -1440};
    return deltas[rn_rng_below(rng, sizeof deltas / sizeof deltas[0])];
}

static runde_stop *any_stop(rn_rng *rng)
{
    const int32_t r = (int32_t)rn_rng_below(rng, (uint32_t)sc.n_routes);
    const uint32_t n = (uint32_t)sc.routes[r].n_stops;
    return n == 0 ? NULL : &sc.stops[r][rn_rng_below(rng, n)];
}

static void swap_stops(rn_rng *rng)
{
    runde_stop *const a = any_stop(rng);
    runde_stop *const b = any_stop(rng);
    if (a != NULL && b != NULL) {
        const runde_stop kept = *a;
        *a = *b;
        *b = kept;
    }
}

static void move_stop(rn_rng *rng)
{
    const int32_t from = (int32_t)rn_rng_below(rng, (uint32_t)sc.n_routes);
    const int32_t to = (int32_t)rn_rng_below(rng, (uint32_t)sc.n_routes);
    if (sc.routes[from].n_stops < 2 || sc.routes[to].n_stops >= SCENE_STOPS) {
        return;
    }
    const int32_t at =
        (int32_t)rn_rng_below(rng, (uint32_t)sc.routes[from].n_stops);
    const runde_stop stop = sc.stops[from][at];
    if (rn_rng_below(rng, 2) == 0) {
        scene_drop_stop(&sc, from, at);
    }
    scene_put_stop(&sc, to, sc.routes[to].n_stops, &stop);
}

static void mutate(rn_rng *rng)
{
    const uint32_t r = rn_rng_below(rng, (uint32_t)sc.n_routes);
    runde_stop *const stop = any_stop(rng);
    switch (rn_rng_below(rng, 8)) {
    case 0:
        swap_stops(rng);
        break;
    case 1:
        move_stop(rng);
        break;
    case 2:
        *route_field_of(&sc.routes[r], rn_rng_u32(rng)) += delta_of(rng);
        break;
    case 3:
        sc.n_unserved = (int32_t)rn_rng_below(rng, 3);
        break;
    case 4:
        sc.cost.amount[rn_rng_below(rng, RUNDE_CRITERIA)] += delta_of(rng);
        break;
    case 5:
        stop->kind = (runde_stop_kind)rn_rng_below(rng, 3);
        break;
    default:
        *field_of(stop, rn_rng_u32(rng)) += delta_of(rng);
        break;
    }
}

static bool same_stops(const scene *a, const scene *b)
{
    for (int32_t r = 0; r < a->n_routes; r++) {
        runde_route x = a->routes[r];
        const runde_route *const y = &b->routes[r];
        if (x.shift != y->shift || x.begin != y->begin || x.end != y->end ||
            x.travel_home != y->travel_home || x.n_stops != y->n_stops ||
            x.distance_home != y->distance_home ||
            memcmp(a->stops[r], b->stops[r],
                   (size_t)x.n_stops * sizeof(runde_stop)) != 0) {
            return false;
        }
    }
    return true;
}

static bool same_plan(const scene *a, const scene *b)
{
    return a->n_routes == b->n_routes && a->n_unserved == b->n_unserved &&
           memcmp(a->cost.amount, b->cost.amount, sizeof a->cost.amount) == 0 &&
           same_stops(a, b);
}

/* The checker's word on the scene's plan, for a problem made once: true
 * when it finds something or the container refuses the draft. */
static bool is_found(const runde_problem *problem)
{
    runde_plan *const plan = scene_plan(&sc, problem);
    if (plan == NULL) {
        return true;
    }
    runde_report *report = NULL;
    const runde_status status = runde_check(&report, problem, plan);
    const bool found =
        status != RUNDE_OK || runde_report_n_violations(report) > 0;
    runde_report_free(report);
    runde_plan_free(plan);
    return found;
}

/* Every number of the plan by hand follows from the others (it states its
 * cost, so that a visit that moves is dearer or cheaper): all that differs
 * is wrong. */
static void test_random_mutants(void)
{
    static scene right;
    scene_init(&right);
    runde_problem *const problem = scene_problem(&right);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    rn_rng rng;
    rn_rng_init(&rng, 20260323, 0);
    int32_t missed = 0;
    int32_t mutants = 0;
    for (int32_t i = 0; i < 20000; i++) {
        scene_init(&sc);
        const uint32_t n = 1 + rn_rng_below(&rng, 3);
        for (uint32_t k = 0; k < n; k++) {
            mutate(&rng);
        }
        if (!same_plan(&sc, &right)) {
            mutants++;
            missed += !is_found(problem);
        } else {
            missed += is_found(problem);
        }
    }
    CU_ASSERT_EQUAL(missed, 0);
    CU_ASSERT(mutants > 15000);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("check_mutations", RN_TEST(test_swapped_visits),
           RN_TEST(test_started_before_window), RN_TEST(test_ended_after_shift),
           RN_TEST(test_unskilled_carer), RN_TEST(test_second_carer_missing),
           RN_TEST(test_second_carer_late), RN_TEST(test_visit_twice),
           RN_TEST(test_visit_lost), RN_TEST(test_load_plus_one),
           RN_TEST(test_faster_than_the_road), RN_TEST(test_short_break),
           RN_TEST(test_pinned_moved), RN_TEST(test_unknown_things),
           RN_TEST(test_random_mutants));
}
