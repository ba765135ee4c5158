/* SPDX-License-Identifier: MIT */
/* The kinds of wrong plans that a checker must know, each made many times
 * over from a right plan at some other time of the day: every one is found,
 * and by the rule it breaks. RUNDE_MUTANTS of each kind. */
#include "scene.h"

#include "base/rng.h"

enum { OTHERWISE = 200, LATEST_DELAY = 200 };

static scene sc;
static rn_rng rng;

static int32_t dice(int32_t lo, int32_t hi)
{
    return lo + (int32_t)rn_rng_below(&rng, (uint32_t)(hi - lo + 1));
}

static void later(int32_t *time, int32_t k)
{
    *time += *time == RUNDE_TIME_NONE ? 0 : k;
}

/* The whole scene so much later. */
static void delay(int32_t k)
{
    for (int32_t i = 0; i < SCENE_SHIFTS; i++) {
        later(&sc.shifts[i].start, k);
        later(&sc.shifts[i].end, k);
        later(&sc.shifts[i].max_end, k);
        later(&sc.activities[i].min_start, k);
        later(&sc.activities[i].max_start, k);
        for (int32_t b = 0; b < sc.shifts[i].n_breaks; b++) {
            later(&sc.breaks[i][b].min_start, k);
            later(&sc.breaks[i][b].max_start, k);
        }
    }
    for (int32_t i = 0; i < SCENE_VISITS; i++) {
        later(&sc.windows[i].min_start, k);
        later(&sc.windows[i].max_start, k);
        later(&sc.windows[i].max_end, k);
        later(&sc.preferred[i].start, k);
        later(&sc.preferred[i].end, k);
    }
    for (int32_t i = 0; i < sc.n_published; i++) {
        later(&sc.published[i].start, k);
    }
    for (int32_t r = 0; r < sc.n_routes; r++) {
        for (int32_t i = 0; i < sc.routes[r].n_stops; i++) {
            later(&sc.stops[r][i].start, k);
        }
        scene_retime(&sc, r);
    }
}

/* Places of the visits 0 to 3 in the plan; visit 1 has a second part. */
static const int32_t route_of[] = {0, 0, 0, 2, 1};
static const int32_t stop_of[] = {0, 1, 3, 0, 1};

static runde_stop *stop_number(int32_t i)
{
    return &sc.stops[route_of[i]][stop_of[i]];
}

/* Each kind bends the scene and names the rule that it breaks. */

static const char *swap_visits(void)
{
    static const int32_t pairs[][2] = {{0, 2}, {0, 3}, {2, 3}};
    const int32_t p = dice(0, 2);
    const int32_t a = pairs[p][0];
    const int32_t b = pairs[p][1];
    stop_number(a)->item = b;
    stop_number(b)->item = a;
    scene_retime(&sc, route_of[a]);
    scene_retime(&sc, route_of[b]);
    return "window";
}

static const char *start_before_window(void)
{
    const int32_t i = dice(0, 4);
    runde_stop *const stop = stop_number(i);
    stop->start = sc.windows[stop->item].min_start - dice(1, 3);
    scene_retime(&sc, route_of[i]);
    return "window";
}

static const char *end_after_shift(void)
{
    const int32_t r = dice(0, 2);
    const runde_route *const route = &sc.routes[r];
    runde_stop *const last = &sc.stops[r][route->n_stops - 1];
    last->start += sc.shifts[route->shift].max_end - route->end + dice(1, 3);
    scene_retime(&sc, r);
    return "shift";
}

static const char *unskilled_carer(void)
{
    const int32_t v = dice(0, 3);
    sc.needs[v] = (runde_skill_need){0, dice(3, 5), RUNDE_NONE};
    sc.visits[v].n_skills = 1;
    return "skill";
}

static const char *drop_second_carer(void)
{
    const int32_t i = dice(0, 1) == 0 ? 1 : 4;
    const int32_t r = route_of[i];
    scene_drop_stop(&sc, r, stop_of[i]);
    scene_retime(&sc, r);
    return "crew";
}

static const char *second_carer_apart(void)
{
    const int32_t i = dice(0, 1) == 0 ? 1 : 4;
    stop_number(i)->start += dice(0, 1) == 0 ? dice(1, 3) : -dice(1, 3);
    scene_retime(&sc, route_of[i]);
    return "crew";
}

static const char *visit_twice(void)
{
    const runde_stop again = *stop_number(dice(0, 4));
    const int32_t r = dice(0, 2);
    scene_put_stop(&sc, r, dice(0, sc.routes[r].n_stops), &again);
    scene_retime(&sc, r);
    return "once";
}

static const char *visit_lost(void)
{
    if (dice(0, 1) == 0) {
        scene_drop_stop(&sc, 0, dice(0, 1) == 0 ? 0 : 3);
        scene_retime(&sc, 0);
    } else {
        sc.unserved[0] = sc.unserved[dice(0, 1)];
        sc.n_unserved = 1;
    }
    return "unserved";
}

static const char *heavy_and_one(void)
{
    switch (dice(0, 2)) {
    case 0:
        sc.uses[dice(0, 1)].amount = 2; /* and 1, of 2 */
        break;
    case 1:
        sc.shift_caps[0].cap = 1;
        break;
    default:
        sc.carer_caps[0] = (runde_cap){0, 1};
        sc.carers[0].caps = sc.carer_caps;
        sc.carers[0].n_caps = 1;
        break;
    }
    return "load";
}

static const char *faster_than_the_road(void)
{
    static const int32_t driven[] = {0, 1, 3, 4}; /* visits with a leg */
    runde_stop *const stop = stop_number(driven[dice(0, 3)]);
    if (dice(0, 1) == 0 || stop->travel == 0) {
        stop->arrival -= 1;
        stop->waiting += 1;
        return "arithmetic";
    }
    stop->travel -= 1;
    stop->arrival -= 1;
    stop->waiting += 1;
    return "travel";
}

static const char *break_removed(void)
{
    scene_drop_stop(&sc, 0, 2);
    sc.stops[0][2].travel = 6; /* the leg was driven in front of it */
    sc.stops[0][2].distance = 600;
    scene_retime(&sc, 0);
    return "break";
}

static const char *break_shortened(void)
{
    const int32_t d = dice(1, 30);
    sc.stops[0][2].departure -= d;
    sc.stops[0][3].arrival -= d;
    sc.stops[0][3].waiting += d;
    return "arithmetic";
}

static const char *figure_and_one(void)
{
    runde_kpis *const k = &sc.kpis;
    int64_t *const sums[] = {&k->duty,    &k->travel,  &k->distance,
                             &k->waiting, &k->service, &k->overtime};
    int32_t *const figures[] = {&k->visits,
                                &k->served,
                                &k->left_out,
                                &k->shifts_used,
                                &k->travel_share,
                                &k->left_out_optional,
                                &k->client_share,
                                &k->max_heavy,
                                &k->on_time_share,
                                &k->carers_per_client,
                                &k->max_carers_per_client};
    const int32_t d = dice(0, 1) == 0 ? 1 : -1;
    switch (dice(0, 5)) {
    case 0:
        sc.cost.amount[dice(0, RUNDE_CRITERIA - 1)] += d;
        return "cost";
    case 1:
        sc.cost.cost[dice(0, RUNDE_CRITERIA - 1)] += d;
        return "cost";
    case 2:
        sc.cost.wishes += d;
        return "cost";
    case 3:
        sc.cost.left_out += d;
        return "cost";
    case 4:
        *sums[dice(0, (int32_t)(sizeof sums / sizeof *sums) - 1)] += d;
        return "kpi";
    default:
        *figures[dice(0, (int32_t)(sizeof figures / sizeof *figures) - 1)] += d;
        return "kpi";
    }
}

/* The container refuses it: there is no plan to check. */
static const char *unknown_id(void)
{
    const int32_t r = dice(0, 2);
    const int32_t off = dice(0, 1) == 0 ? dice(1, 1000) : -dice(1, 1000);
    switch (dice(0, 2)) {
    case 0:
        stop_number(dice(0, 4))->item = off < 0 ? off : SCENE_VISITS - 1 + off;
        break;
    case 1:
        sc.routes[r].shift = off < 0 ? off : SCENE_SHIFTS - 1 + off;
        break;
    default:
        sc.unserved[0].visit = off < 0 ? off : SCENE_VISITS - 1 + off;
        break;
    }
    return NULL;
}

static const char *locked_visit_moved(void)
{
    if (dice(0, 1) == 0) {
        static const int32_t other[] = {1, 2, 3};
        sc.visits[0].pinned_shift = other[dice(0, 2)];
        return "pinned";
    }
    const int32_t i = dice(0, 3);
    sc.visits[i].pinned_start = stop_number(i)->start;
    stop_number(i)->start += dice(0, 1) == 0 ? dice(1, 5) : -dice(1, 5);
    scene_retime(&sc, route_of[i]);
    return "pinned";
}

typedef struct kind {
    const char *name;
    const char *(*bend)(void);
} kind;

static const kind kinds[] = {
    {"two visits swapped", swap_visits},
    {"start before the window", start_before_window},
    {"end after the shift", end_after_shift},
    {"unskilled carer", unskilled_carer},
    {"second carer dropped", drop_second_carer},
    {"second carer apart", second_carer_apart},
    {"visit twice", visit_twice},
    {"visit lost", visit_lost},
    {"heavy limit and one", heavy_and_one},
    {"faster than the road", faster_than_the_road},
    {"break removed", break_removed},
    {"break shortened", break_shortened},
    {"cost or figure and one", figure_and_one},
    {"unknown id", unknown_id},
    {"locked visit moved", locked_visit_moved},
};

static int32_t mutants(void)
{
    const char *const text = getenv("RUNDE_MUTANTS");
    return text != NULL ? (int32_t)strtol(text, NULL, 10) : OTHERWISE;
}

static void test_kinds(void)
{
    const int32_t n = mutants();
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int32_t found = 0;
        rn_rng_init(&rng, 20260323, (uint32_t)k);
        for (int32_t i = 0; i < n; i++) {
            scene_init(&sc);
            delay(dice(0, LATEST_DELAY));
            const char *const rule = kinds[k].bend();
            found += rule != NULL ? scene_count(&sc, rule) > 0
                                  : scene_count(&sc, NULL) == -1;
        }
        printf("%s: %d of %d found\n", kinds[k].name, (int)found, (int)n);
        CU_ASSERT_EQUAL(found, n);
    }
}

/* And the right plan is right at any time of the day. */
static void test_right(void)
{
    rn_rng_init(&rng, 20260323, 99);
    for (int32_t k = 0; k <= LATEST_DELAY; k++) {
        scene_init(&sc);
        delay(k);
        CU_ASSERT_EQUAL(scene_count(&sc, NULL), 0);
    }
}

int main(void)
{
    RN_RUN("check_mutants", RN_TEST(test_right), RN_TEST(test_kinds));
}
