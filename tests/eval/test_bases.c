/* SPDX-License-Identifier: MIT */
/* Unused shifts that are passed over are too far away by the slow way there
 * and back, too, and nobody else is passed over; more bases than can be told
 * apart are none. */
#include "bed.h"
#include "harness.h"

#include "eval/bases.h"

enum {
    WORLDS = 200,
    TOWNS = 80,
    TRIALS = 10,
    MOST = 64,    /* bases that are told apart */
    PLACES = 110, /* of a town */
    VISITS = 12,
    MORE = 60, /* shifts that are not the first of their base */
    WORDS = (PLACES + MORE + 64) / 64,
    HOUR = 3600
};

typedef struct counts {
    int32_t trials;
    int32_t left_out; /* trials that passed somebody over */
    int32_t kept;     /* trials that left a base open */
    int32_t nearest;  /* trials with a nearest base */
} counts;

/* ------------------------------------------------------------ the slow way */

static rn_cost leg(const rn_instance *inst, int32_t shift, int32_t from,
                   int32_t to)
{
    const rn_stop *const stop = inst->stop;
    return (rn_cost)stop[to].w_travel * rn_drive(inst, inst->shift[shift].mode,
                                                 stop[from].place,
                                                 stop[to].place);
}

/* Driving there and back where that is cheapest. All of it is paid: the legs
 * of an unused shift cost nothing yet. */
static rn_cost way_of(const rn_instance *inst, int32_t shift, int32_t task)
{
    const rn_shift *const s = &inst->shift[shift];
    int32_t prev = rn_shift_start_node(inst, shift);
    rn_cost least = INT64_MAX;
    for (int32_t i = 0; i <= s->n_activities; i++) {
        const int32_t next = i < s->n_activities
                                 ? s->first_activity + i
                                 : rn_shift_end_node(inst, shift);
        const rn_cost way =
            leg(inst, shift, prev, task) + leg(inst, shift, task, next);
        least = way < least ? way : least;
        prev = next;
    }
    return least;
}

/* The one place of all that the shift does by itself, or RUNDE_NONE. */
static int32_t home_of(const rn_instance *inst, int32_t shift)
{
    const rn_shift *const s = &inst->shift[shift];
    const int32_t home = inst->stop[rn_shift_start_node(inst, shift)].place;
    int32_t others = inst->stop[rn_shift_end_node(inst, shift)].place != home;
    for (int32_t i = 0; i < s->n_activities; i++) {
        others += inst->stop[s->first_activity + i].place != home;
    }
    return others == 0 ? home : RUNDE_NONE;
}

static bool share_base(const rn_instance *inst, int32_t a, int32_t b)
{
    return home_of(inst, a) >= 0 && home_of(inst, a) == home_of(inst, b) &&
           inst->shift[a].mode == inst->shift[b].mode;
}

/* The least of all shifts of its base. */
static rn_cost way_of_base(const rn_instance *inst, int32_t shift, int32_t task)
{
    rn_cost least = INT64_MAX;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (share_base(inst, shift, s)) {
            const rn_cost way = way_of(inst, s, task);
            least = way < least ? way : least;
        }
    }
    return least;
}

static int32_t count_bases(const rn_instance *inst)
{
    int32_t n = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        bool is_first = home_of(inst, s) >= 0;
        for (int32_t t = 0; t < s && is_first; t++) {
            is_first = !share_base(inst, s, t);
        }
        n += is_first;
    }
    return n;
}

/* ------------------------------------------------------------- comparison */

static bool has_bit(const uint64_t *row, int32_t i)
{
    return (row[i >> 6] >> (i & 63) & 1U) != 0;
}

static void look_at_open(const rn_instance *inst, rn_bases *bases, int32_t task,
                         rn_cost limit, counts *n)
{
    const bool leaves_out = rn_bases_open(bases, inst, limit);
    int32_t passed = 0;
    int32_t kept = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const bool has_base = home_of(inst, s) >= 0;
        const rn_cost least = has_base ? way_of_base(inst, s, task) : 0;
        const bool is_open = has_bit(bases->open, s);
        CU_ASSERT_EQUAL(rn_base_way(bases, s), least);
        CU_ASSERT_EQUAL(is_open, !has_base || least < limit);
        CU_ASSERT_TRUE(is_open || way_of(inst, s, task) >= limit);
        passed += !is_open;
        kept += is_open && has_base;
    }
    CU_ASSERT_EQUAL(leaves_out, passed > 0);
    n->left_out += passed > 0;
    n->kept += kept > 0;
}

/* For whoever is unused by chance. */
static void look_at_nearest(const rn_instance *inst, rn_bases *bases,
                            int32_t task, rn_rng *rng, counts *n)
{
    const uint64_t *const who =
        inst->who + (size_t)inst->task[task].who * (size_t)inst->who_words;
    uint64_t unused[WORDS] = {0};
    rn_cost least = INT64_MAX;
    bool has_one = false;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (world_dice(rng, 0, 4) == 0) {
            unused[s >> 6] |= UINT64_C(1) << (s & 63);
        }
        if (has_bit(unused, s) && has_bit(who, s) && home_of(inst, s) >= 0) {
            const rn_cost way = way_of_base(inst, s, task);
            least = way < least ? way : least;
        }
    }
    CU_ASSERT_EQUAL(rn_bases_open_nearest(bases, inst, who, unused),
                    least < INT64_MAX);
    int32_t first = RUNDE_NONE;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (first < 0 && has_bit(bases->open, s)) {
            first = s;
        }
        CU_ASSERT_EQUAL(has_bit(bases->open, s),
                        first >= 0 && share_base(inst, first, s));
        has_one = has_one || (has_bit(bases->open, s) && has_bit(who, s) &&
                              has_bit(unused, s));
    }
    CU_ASSERT_EQUAL(has_one, least < INT64_MAX);
    if (first >= 0) {
        CU_ASSERT_EQUAL(way_of_base(inst, first, task), least);
        n->nearest++;
    }
}

/* Limits lie close to what some shift costs. */
static void look_at(const rn_instance *inst, rn_rng *rng, counts *n)
{
    rn_arena arena = RN_ARENA_INIT;
    rn_bases bases;
    const int32_t n_bases = count_bases(inst);
    CU_ASSERT_TRUE_FATAL(inst->who_words <= WORDS);
    CU_ASSERT_EQUAL_FATAL(rn_bases_make(&bases, inst, &arena), RUNDE_OK);
    CU_ASSERT_EQUAL(bases.n, n_bases > MOST ? 0 : n_bases);
    for (int32_t i = 0; i < TRIALS && bases.n > 0; i++) {
        const int32_t task = world_dice(rng, 0, inst->n_tasks - 1);
        const int32_t shift = world_dice(rng, 0, inst->n_shifts - 1);
        const rn_cost limit =
            way_of(inst, shift, task) + world_dice(rng, -1, 1);
        rn_bases_aim(&bases, inst, task);
        look_at_open(inst, &bases, task, limit, n);
        look_at_nearest(inst, &bases, task, rng, n);
        n->trials++;
    }
    rn_arena_free(&arena);
}

static void look_at_counts(const counts *n)
{
    printf("\n%d trials, %d left somebody out, %d kept a base, %d found a "
           "nearest one\n",
           n->trials, n->left_out, n->kept, n->nearest);
    CU_ASSERT_TRUE(n->trials > 0);
    CU_ASSERT_TRUE(n->left_out > n->trials / 2);
    CU_ASSERT_TRUE(n->kept > n->trials / 4);
    CU_ASSERT_TRUE(n->nearest > n->trials / 4);
}

/* ------------------------------------------------------------------ worlds */

static void test_worlds(void)
{
    static const world_size size = WORLD_LARGE;
    counts n = {0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        if (b.inst->n_tasks > 0 && b.inst->n_shifts > 0 &&
            b.inst->n_modes > 0) {
            look_at(b.inst, &b.rng, &n);
        }
        bed_clear(&b);
    }
    look_at_counts(&n);
}

/* ------------------------------------------------------------------- towns */

static void add_places(runde_problem *p, rn_rng *rng)
{
    for (int32_t i = 0; i < PLACES; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "p%d", (int)i);
        const runde_place place = {sizeof place, id, true,
                                   60.0 + 0.1 * rn_rng_unit(rng),
                                   11.0 + 0.1 * rn_rng_unit(rng)};
        CU_ASSERT_EQUAL(runde_problem_add_place(p, &place, NULL), RUNDE_OK);
    }
}

/* The way back takes another time. */
static void add_matrix(runde_problem *p, int32_t mode, rn_rng *rng)
{
    static int32_t durations[PLACES * PLACES];
    for (int32_t i = 0; i < PLACES * PLACES; i++) {
        durations[i] =
            i / PLACES == i % PLACES ? 0 : world_dice(rng, 1, HOUR / 4);
    }
    const runde_matrix matrix = {sizeof matrix, PLACES, durations, NULL};
    CU_ASSERT_EQUAL(runde_problem_set_matrix(p, mode, &matrix), RUNDE_OK);
}

/* One of each base first; now and then one that ends elsewhere. */
static void add_shifts(runde_problem *p, int32_t n_bases, rn_rng *rng)
{
    const int32_t n = n_bases + world_dice(rng, 0, MORE);
    for (int32_t i = 0; i < n; i++) {
        char id[16];
        runde_carer carer = RUNDE_CARER_INIT;
        runde_shift shift = RUNDE_SHIFT_INIT;
        (void)snprintf(id, sizeof id, "s%d", (int)i);
        carer.id = id;
        CU_ASSERT_EQUAL(runde_problem_add_carer(p, &carer, &shift.carer),
                        RUNDE_OK);
        const int32_t base = i < n_bases ? i : world_dice(rng, 0, n_bases - 1);
        shift.id = id;
        shift.start = 7 * HOUR;
        shift.end = 15 * HOUR;
        shift.mode = base % 2;
        shift.start_place = base;
        shift.end_place = i >= n_bases && i % 8 == 0 ? PLACES - 1 : base;
        CU_ASSERT_EQUAL(runde_problem_add_shift(p, &shift, NULL), RUNDE_OK);
    }
}

static void add_visits(runde_problem *p, rn_rng *rng)
{
    const runde_window window = {8 * HOUR, 12 * HOUR, RUNDE_TIME_NONE};
    for (int32_t i = 0; i < VISITS; i++) {
        char id[16];
        runde_client client = RUNDE_CLIENT_INIT;
        runde_visit visit = RUNDE_VISIT_INIT;
        (void)snprintf(id, sizeof id, "v%d", (int)i);
        client.id = id;
        client.place = world_dice(rng, 0, PLACES - 1);
        CU_ASSERT_EQUAL(runde_problem_add_client(p, &client, &visit.client),
                        RUNDE_OK);
        visit.id = id;
        visit.duration = HOUR / 2;
        visit.windows = &window;
        visit.n_windows = 1;
        CU_ASSERT_EQUAL(runde_problem_add_visit(p, &visit, NULL), RUNDE_OK);
    }
}

static runde_problem *make_town(int32_t n_bases, bool has_matrix, rn_rng *rng)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    runde_problem *p = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, &settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(p, "car", NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_add_mode(p, "walk", NULL), RUNDE_OK);
    add_places(p, rng);
    for (int32_t mode = 0; mode < 2 && has_matrix; mode++) {
        add_matrix(p, mode, rng);
    }
    add_shifts(p, n_bases, rng);
    add_visits(p, rng);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

/* As many as can be told apart, one more, and any number. */
static int32_t draw_bases(int32_t town, rn_rng *rng)
{
    return town % 4 < 2 ? MOST + town % 4 : world_dice(rng, 1, PLACES - 1);
}

static void test_towns(void)
{
    counts n = {0, 0, 0, 0};
    int32_t many = 0;
    for (int32_t town = 0; town < TOWNS; town++) {
        rn_rng rng;
        rn_instance *inst = NULL;
        rn_rng_init(&rng, (uint64_t)town, 5);
        const int32_t n_bases = draw_bases(town, &rng);
        const bool has_matrix = town % 8 < 4;
        runde_problem *p = make_town(n_bases, has_matrix, &rng);
        CU_ASSERT_EQUAL_FATAL(rn_instance_new(&inst, p), RUNDE_OK);
        CU_ASSERT_EQUAL(count_bases(inst), n_bases);
        for (int32_t mode = 0; mode < 2 && !has_matrix; mode++) {
            inst->durations[mode] = NULL; /* as in a town that is too large */
            inst->arrivals[mode] = NULL;
        }
        many += n_bases > MOST;
        look_at(inst, &rng, &n);
        rn_instance_free(inst);
        runde_problem_free(p);
    }
    look_at_counts(&n);
    CU_ASSERT_TRUE(many > TOWNS / 8);
    CU_ASSERT_TRUE(n.trials > TRIALS * TOWNS / 8);
}

int main(void)
{
    RN_RUN("bases", RN_TEST(test_worlds), RN_TEST(test_towns));
}
