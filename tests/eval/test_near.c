/* SPDX-License-Identifier: MIT */
/* Neighbours are looked for when somebody asks: it must not matter when. Who
 * is too far away to be one is not looked at: it must not matter either. */
#include "bed.h"
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORLDS = 100,
    CLIENTS = 300,
    VISITS = 900,
    MANY_VISITS = 6200, /* and 310 second parts */
    ALL_PAIRS = 6000,   /* tasks; beyond, only those around are looked at */
    AROUND = 600,       /* so many at least */
    ROW_EVERY = 31,
    HOUR = 3600
};

static bool is_same_row(const rn_instance *a, const rn_instance *b,
                        int32_t task)
{
    int32_t n = 0;
    int32_t m = 0;
    const int32_t *const x = rn_near_of(a, task, &n);
    const int32_t *const y = rn_near_of(b, task, &m);
    return n == m && memcmp(x, y, (size_t)n * sizeof *x) == 0;
}

/* Others, each once, and no part of the same visit. */
static bool is_sound_row(const rn_instance *inst, int32_t task)
{
    int32_t n = 0;
    const int32_t *const near = rn_near_of(inst, task, &n);
    bool good = n <= inst->near_stride;
    for (int32_t i = 0; i < n; i++) {
        good = good && near[i] >= 0 && near[i] < inst->n_tasks &&
               inst->task[near[i]].visit != inst->task[task].visit;
        for (int32_t k = 0; k < i; k++) {
            good = good && near[k] != near[i];
        }
    }
    return good;
}

static void test_whenever_asked(void)
{
    const world_size size = WORLD_LARGE;
    int32_t n_near = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        bed b;
        rn_instance *all = NULL;
        rn_instance *guest = NULL;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        CU_ASSERT_EQUAL_FATAL(rn_instance_new(&all, b.problem), RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(rn_instance_new(&guest, b.problem), RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(rn_instance_make_room(guest), RUNDE_OK);
        rn_instance_find_all_near(all, 1 + (int32_t)(seed % 3));
        for (int32_t i = 0; i < 2 * all->n_tasks; i++) {
            const int32_t task =
                (int32_t)rn_rng_below(&b.rng, (uint32_t)all->n_tasks);
            CU_ASSERT_TRUE(is_same_row(b.inst, all, task));
            CU_ASSERT_TRUE(is_same_row(guest, all, task));
            CU_ASSERT_TRUE(is_sound_row(all, task));
            n_near += all->near_count[task];
        }
        rn_instance_free(guest);
        rn_instance_free(all);
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(n_near > 1000);
}

/* ------------------------------------------------------------- a town */

static void add_people(runde_problem *p, rn_rng *rng)
{
    for (int32_t i = 0; i < CLIENTS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "p%d", (int)i);
        /* Some in the country, most in one of three quarters, some next door
         * to somebody. */
        const double far = i % 10 == 0 ? 0.3 : 0.01;
        const runde_place place = {
            sizeof place, id, true,
            60.0 + 0.05 * (i % 3) + far * rn_rng_unit(rng),
            11.0 + (i % 7 == 0 ? 0.0 : far * rn_rng_unit(rng))};
        runde_client client = RUNDE_CLIENT_INIT;
        client.id = id;
        CU_ASSERT_EQUAL(runde_problem_add_place(p, &place, &client.place),
                        RUNDE_OK);
        CU_ASSERT_EQUAL(runde_problem_add_client(p, &client, NULL), RUNDE_OK);
    }
}

static void add_visits(runde_problem *p, int32_t n, rn_rng *rng)
{
    for (int32_t v = 0; v < n; v++) {
        char id[16];
        (void)snprintf(id, sizeof id, "v%d", (int)v);
        const int32_t from = world_dice(rng, 7, 20) * HOUR;
        const runde_window window = {from, from + world_dice(rng, 0, 3 * HOUR),
                                     RUNDE_TIME_NONE};
        const runde_interval wish = {window.min_start, window.max_start + HOUR};
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = id;
        visit.client = world_dice(rng, 0, CLIENTS - 1);
        visit.duration = world_dice(rng, 300, HOUR);
        visit.windows = &window;
        visit.n_windows = 1;
        visit.preferred = &wish;
        visit.n_preferred = v % 3 == 0;
        visit.crew = 1 + (v % 20 == 0);
        visit.may_overlap = true;
        CU_ASSERT_EQUAL(runde_problem_add_visit(p, &visit, NULL), RUNDE_OK);
    }
}

/* One that goes by the default model of this mode; `has_leg`: but for one
 * leg. */
static runde_problem *make_town(uint64_t seed, int32_t n_visits,
                                const char *mode, bool has_leg)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    runde_speed_model model;
    runde_problem *p = NULL;
    rn_rng rng;
    rn_rng_init(&rng, seed, 0);
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, &settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(p, mode, NULL), RUNDE_OK);
    CU_ASSERT_TRUE(rn_travel_default_model(&model, mode));
    CU_ASSERT_EQUAL(runde_problem_set_speed_model(p, 0, &model), RUNDE_OK);
    add_people(p, &rng);
    carer.id = "c";
    CU_ASSERT_EQUAL(runde_problem_add_carer(p, &carer, &shift.carer), RUNDE_OK);
    shift.id = "s";
    shift.start = 7 * HOUR;
    shift.end = 15 * HOUR;
    CU_ASSERT_EQUAL(runde_problem_add_shift(p, &shift, NULL), RUNDE_OK);
    add_visits(p, n_visits, &rng);
    if (has_leg) {
        CU_ASSERT_EQUAL(runde_problem_set_leg(p, 0, 0, CLIENTS - 1, 1, 1),
                        RUNDE_OK);
    }
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

/* --------------------------------------------------------- one by one */

typedef struct pair {
    int64_t score;
    int32_t task;
} pair;

static int compare_pairs(const void *a, const void *b)
{
    const pair *const x = a;
    const pair *const y = b;
    const int by_score = (x->score > y->score) - (x->score < y->score);
    return by_score != 0 ? by_score : (x->task > y->task) - (x->task < y->task);
}

/* Road, a quarter of the wait, and the lateness when b follows a; INT64_MAX
 * when it cannot. */
static int64_t score_of(const rn_instance *inst, int32_t a, int32_t b)
{
    const rn_stop *const x = &inst->stop[a];
    const rn_stop *const y = &inst->stop[b];
    const int64_t road = rn_drive(inst, 0, x->place, y->place);
    const int32_t due_x =
        x->n_preferred > 0 && x->w_late > 0 && x->wish.b < x->latest
            ? x->wish.b
            : x->latest;
    const int32_t due_y =
        y->n_preferred > 0 && y->w_late > 0 && y->wish.b < y->latest
            ? y->wish.b
            : y->latest;
    const int64_t soonest = x->release + x->duration + road;
    const int64_t last = due_x + x->duration + road;
    const int64_t wait = y->release > last ? y->release - last : 0;
    const int64_t late = soonest > due_y ? soonest - due_y : 0;
    return soonest > y->latest ? INT64_MAX : road + wait / 4 + late;
}

/* Whoever comes first. */
static int64_t score_between(const rn_instance *inst, int32_t a, int32_t b)
{
    const int64_t after = score_of(inst, a, b);
    const int64_t before = score_of(inst, b, a);
    return after < before ? after : before;
}

static bool is_nearest_row(const rn_instance *inst, int32_t task)
{
    static pair all[2 * VISITS];
    int32_t count = 0;
    int32_t n = 0;
    const int32_t *const near = rn_near_of(inst, task, &n);
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const int64_t score = score_between(inst, task, t);
        if (inst->task[t].visit != inst->task[task].visit &&
            score < INT64_MAX) {
            all[count++] = (pair){score, t};
        }
    }
    qsort(all, (size_t)count, sizeof *all, compare_pairs);
    bool same = n == (count < inst->near_stride ? count : inst->near_stride);
    for (int32_t i = 0; i < n && same; i++) {
        same = near[i] == all[i].task;
    }
    return same;
}

static void check_town(uint64_t seed, const char *mode, bool has_leg,
                       bool has_matrix)
{
    rn_instance *inst = NULL;
    runde_problem *p = make_town(seed, VISITS, mode, has_leg);
    CU_ASSERT_EQUAL_FATAL(rn_instance_new(&inst, p), RUNDE_OK);
    if (!has_matrix) {
        inst->durations[0] = NULL; /* as in a town that is too large for one */
    }
    bool same = true;
    for (int32_t t = 0; t < inst->n_tasks && same; t++) {
        same = is_nearest_row(inst, t);
    }
    CU_ASSERT_TRUE(same);
    CU_ASSERT_TRUE(inst->n_tasks > VISITS);
    rn_instance_free(inst);
    runde_problem_free(p);
}

static void test_nearest(void)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        check_town(seed, "car", false, true);
        check_town(seed, "car", false, false);
        check_town(seed, "walk", false, false);
        check_town(seed, "bicycle", true, true);
    }
}

/* ------------------------------------------------------- a large town */

/* How far apart on the map, as shares of what the town measures from south to
 * north or from west to east, whichever is more. */
static double apart(const rn_instance *inst, const runde_place *least,
                    const runde_place *most, const int32_t task[2])
{
    const runde_place *const a =
        runde_problem_place(inst->problem, inst->stop[task[0]].place);
    const runde_place *const b =
        runde_problem_place(inst->problem, inst->stop[task[1]].place);
    const double y = fabs(a->lat - b->lat) / (most->lat - least->lat);
    const double x = fabs(a->lon - b->lon) / (most->lon - least->lon);
    return x > y ? x : y;
}

static void measure(const rn_instance *inst, runde_place *least,
                    runde_place *most)
{
    *least = *runde_problem_place(inst->problem, inst->stop[0].place);
    *most = *least;
    for (int32_t t = 1; t < inst->n_tasks; t++) {
        const runde_place *const p =
            runde_problem_place(inst->problem, inst->stop[t].place);
        least->lat = fmin(least->lat, p->lat);
        least->lon = fmin(least->lon, p->lon);
        most->lat = fmax(most->lat, p->lat);
        most->lon = fmax(most->lon, p->lon);
    }
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The nearest first, and whoever would be nearer than the last of them has
 * AROUND tasks that are nearer on the map. How many there are of these, or -1
 * where that does not hold. */
static int32_t check_row(const rn_instance *inst, int32_t task)
{
    static double far[2 * MANY_VISITS];
    static double sorted[2 * MANY_VISITS];
    static bool is_listed[2 * MANY_VISITS];
    runde_place least;
    runde_place most;
    int32_t n = 0;
    const int32_t *const near = rn_near_of(inst, task, &n);
    pair last = {-1, RUNDE_NONE};
    memset(is_listed, 0, sizeof is_listed);
    for (int32_t i = 0; i < n; i++) {
        const pair one = {score_between(inst, task, near[i]), near[i]};
        if (one.score == INT64_MAX || compare_pairs(&last, &one) >= 0) {
            return -1;
        }
        is_listed[near[i]] = true;
        last = one;
    }
    measure(inst, &least, &most);
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const int32_t both[2] = {task, t};
        far[t] = apart(inst, &least, &most, both);
        sorted[t] = far[t];
    }
    qsort(sorted, (size_t)inst->n_tasks, sizeof *sorted, compare_doubles);
    int32_t passed = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const pair one = {score_between(inst, task, t), t};
        if (is_listed[t] || one.score == INT64_MAX ||
            inst->task[t].visit == inst->task[task].visit ||
            (n == inst->near_stride && compare_pairs(&one, &last) > 0)) {
            continue;
        }
        if (far[t] <= sorted[AROUND - 1]) {
            return -1;
        }
        passed++;
    }
    return passed;
}

/* By the distance, and with one leg that does not go by it. */
static void test_around(void)
{
    for (int32_t has_leg = 0; has_leg < 2; has_leg++) {
        rn_instance *inst = NULL;
        runde_problem *p = make_town(7, MANY_VISITS, "car", has_leg != 0);
        int32_t rows = 0;
        int32_t wrong = 0;
        int32_t shortened = 0;
        CU_ASSERT_EQUAL_FATAL(rn_instance_new(&inst, p), RUNDE_OK);
        CU_ASSERT_TRUE_FATAL(inst->n_tasks > ALL_PAIRS &&
                             inst->n_tasks < 2 * MANY_VISITS);
        for (int32_t t = 0; t < inst->n_tasks; t += ROW_EVERY) {
            const int32_t passed = check_row(inst, t);
            CU_ASSERT_TRUE(is_sound_row(inst, t));
            rows++;
            wrong += passed < 0;
            shortened += passed > 0;
        }
        printf("\n%d rows, %d without somebody further away\n", rows,
               shortened);
        CU_ASSERT_EQUAL(wrong, 0);
        CU_ASSERT_TRUE(shortened > 0); /* or all pairs were looked at */
        rn_instance_free(inst);
        runde_problem_free(p);
    }
}

int main(void)
{
    RN_RUN("near", RN_TEST(test_whenever_asked), RN_TEST(test_nearest),
           RN_TEST(test_around));
}
