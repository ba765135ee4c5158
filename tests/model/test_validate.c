/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "small.h"

#include <math.h>
#include <stdint.h>

/* Bends the small problem before (s) or after (p) its records are added. */
typedef struct bend {
    const char *code;
    const char *pointer;
    void (*before)(small *s);
    void (*after)(runde_problem *p);
} bend;

/* Looks for one finding among all. */
typedef struct search {
    const char *code;
    const char *pointer;
    bool is_found;
} search;

static void look(const runde_finding *finding, void *payload)
{
    search *const wanted = payload;
    CU_ASSERT_PTR_NULL(strpbrk(finding->message, "\n\r"));
    CU_ASSERT_TRUE(finding->message[0] != '\0');
    CU_ASSERT_EQUAL(finding->code[6],
                    finding->severity == RUNDE_ERROR ? 'E' : 'W');
    wanted->is_found |= strcmp(finding->code, wanted->code) == 0 &&
                        strcmp(finding->pointer, wanted->pointer) == 0;
}

static void try_bend(const bend *b)
{
    small s;
    small_init(&s);
    if (b->before != NULL) {
        b->before(&s);
    }
    runde_problem *problem = NULL;
    search wanted = {b->code, b->pointer, false};
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = look;
    diag.payload = &wanted;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&problem, &s.settings, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(small_add(&s, problem), RUNDE_OK);
    if (b->after != NULL) {
        b->after(problem);
    }
    const runde_status status = runde_problem_seal(problem, &diag);
    CU_ASSERT_EQUAL(status, b->code[6] == 'E' ? RUNDE_E_INVALID : RUNDE_OK);
    if (!wanted.is_found) {
        printf("  wanted %s at %s, first is %s at %s: %s\n", b->code,
               b->pointer, diag.code, diag.pointer, diag.message);
    }
    CU_ASSERT_TRUE(wanted.is_found);
    runde_problem_free(problem);
}

static void try_all(const bend *bends, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        try_bend(&bends[i]);
    }
}

#define TRY(bends) try_all(bends, sizeof(bends) / sizeof(bends)[0])
#define BEND(name, ...)                                                        \
    static void name(small *s)                                                 \
    {                                                                          \
        __VA_ARGS__;                                                           \
    }
#define AFTER(name, ...)                                                       \
    static void name(runde_problem *p)                                         \
    {                                                                          \
        __VA_ARGS__;                                                           \
    }

/* -------------------------------------------------------------- entities */

static char long_id[300];

BEND(no_id, s->visit[1].id = NULL)
BEND(twice, s->visit[1].id = "v1")
BEND(too_long, memset(long_id, 'x', 299); s->place[2].id = long_id)
BEND(control, s->carer[0].id = "a\nb")
BEND(birth_number, s->client[1].id = "01810710094")
BEND(phone, s->client[0].id = "+47 912 34 567")
BEND(dangling_client, s->visit[2].client = 2)
BEND(dangling_place, s->shift[0].end_place = 3)
BEND(dangling_mode, s->shift[1].mode = 1)
BEND(dangling_skill, s->need.skill = 1)
BEND(dangling_load, s->use.load = -1)
BEND(dangling_wish, s->wish[0].carer = 2)
BEND(dangling_pin, s->visit[0].pinned_shift = 2)
BEND(dangling_link, s->link[0].after = 3)
BEND(dangling_past, s->past.carer = 2)
BEND(dangling_published, s->published.visit = -1)
BEND(no_place, s->client[1].place = RUNDE_NONE)
BEND(level, s->held.level = -1)
BEND(cap, s->cap.cap = -2)
BEND(wish_kind, s->wish[0].kind = (runde_wish_kind)4)
BEND(wish_weight, s->wish[0].weight = 0)
BEND(both_ways, s->client[0].n_wishes = 2; s->wish[0].kind = RUNDE_REQUIRED;
     s->wish[1].carer = 0)
BEND(liked_and_barred, s->client[0].n_wishes = 2; s->wish[1].carer = 0)
BEND(target, s->client[0].max_carers = -1)
BEND(latitude, s->place[1].lat = 91.0)
BEND(nowhere, s->place[1].lon = (double)NAN)
BEND(swapped, s->place[1].lat = 11.0; s->place[1].lon = 60.0)
BEND(origin, s->place[1].lat = 0.0; s->place[1].lon = 0.0)
BEND(far, s->place[1].lat = 63.0)
BEND(abroad, s->place[2].lat = 56.0)

static void skill_twice(small *s)
{
    static runde_skill_held held[2];
    held[0] = s->held;
    held[1] = s->held;
    s->carer[1].skills = held;
    s->carer[1].n_skills = 2;
}

static void test_entities(void)
{
    static const bend bends[] = {
        {"RUNDE-E101", "/visits/1/id", no_id, NULL},
        {"RUNDE-E102", "/visits/1/id", twice, NULL},
        {"RUNDE-E103", "/places/2/id", too_long, NULL},
        {"RUNDE-E104", "/carers/0/id", control, NULL},
        {"RUNDE-W105", "/clients/1/id", birth_number, NULL},
        {"RUNDE-W106", "/clients/0/id", phone, NULL},
        {"RUNDE-E110", "/visits/2/client", dangling_client, NULL},
        {"RUNDE-E110", "/shifts/0/end_place", dangling_place, NULL},
        {"RUNDE-E110", "/shifts/1/travel_mode", dangling_mode, NULL},
        {"RUNDE-E110", "/visits/0/required_skills/0", dangling_skill, NULL},
        {"RUNDE-E110", "/visits/0/loads/0", dangling_load, NULL},
        {"RUNDE-E110", "/clients/0/wishes/0/carer", dangling_wish, NULL},
        {"RUNDE-E110", "/visits/0/pinned_shift", dangling_pin, NULL},
        {"RUNDE-E110", "/links/0/after", dangling_link, NULL},
        {"RUNDE-E110", "/history/0/carer", dangling_past, NULL},
        {"RUNDE-E110", "/published_plan/0", dangling_published, NULL},
        {"RUNDE-E111", "/visits/1", no_place, NULL},
        {"RUNDE-E113", "/carers/0/skills/0", level, NULL},
        {"RUNDE-E117", "/shifts/0/caps/0", cap, NULL},
        {"RUNDE-E118", "/clients/0/wishes/0/kind", wish_kind, NULL},
        {"RUNDE-E118", "/clients/0/wishes/0/weight", wish_weight, NULL},
        {"RUNDE-E119", "/clients/0/wishes/1", both_ways, NULL},
        {"RUNDE-W120", "/clients/0/wishes/1", liked_and_barred, NULL},
        {"RUNDE-E122", "/clients/0/max_carers", target, NULL},
        {"RUNDE-E123", "/places/1", latitude, NULL},
        {"RUNDE-E123", "/places/1", nowhere, NULL},
        {"RUNDE-E124", "/places/1", swapped, NULL},
        {"RUNDE-W125", "/places/1", origin, NULL},
        {"RUNDE-W126", "/places/1", far, NULL},
        {"RUNDE-E127", "/carers/1/skills/1", skill_twice, NULL},
        {"RUNDE-W128", "/places/2", abroad, NULL},
    };
    TRY(bends);
}

/* ----------------------------------------------------------------- times */

BEND(tick, s->settings.tick_ms = 7000)
BEND(days, s->settings.days = -1)
BEND(time_limit, s->shift[0].end = INT32_C(1) << 30)
BEND(time_missing, s->shift[0].start = RUNDE_TIME_NONE)
BEND(duration, s->visit[0].duration = -1)
BEND(setup, s->visit[0].setup = -1)
BEND(pause, s->pause.duration = -1)
BEND(shift_end, s->shift[1].end = 6 * HOUR)
BEND(max_end, s->shift[1].max_end = 14 * HOUR)
BEND(max_duty, s->shift[1].max_duty = -1)
BEND(rule, s->carer[1].rules.daily_rest = -2)
BEND(settings_rule, s->settings.rules.weekly_rest = 200 * HOUR)
BEND(empty_window, s->window[0].max_start = 7 * HOUR)
BEND(short_window, s->window[1].max_end = 10 * HOUR + 599)
BEND(overlap, s->window[1].min_start = 9 * HOUR)
BEND(order, s->preferred[1].start = 8 * HOUR)
BEND(inverted, s->preferred[0].end = 7 * HOUR)
BEND(aside, s->preferred[1] = (runde_interval){13 * HOUR, 14 * HOUR})
BEND(pin, s->visit[0].pinned_start = 9 * HOUR + 1)
BEND(absence, s->absence.end = 19 * HOUR)
BEND(two_at_once, s->shift[1].carer = 0)
BEND(short_rest, s->shift[1].carer = 0; s->shift[1].start = 20 * HOUR;
     s->shift[1].end = 21 * HOUR)

static void many_breaks(small *s)
{
    static runde_break breaks[33];
    for (int i = 0; i < 33; i++) {
        breaks[i] = s->pause;
    }
    s->shift[0].breaks = breaks;
    s->shift[0].n_breaks = 33;
}

BEND(break_window, s->pause.max_start = 9 * HOUR)
BEND(no_room, s->report.min_start = 15 * HOUR; s->report.max_start = 16 * HOUR)
BEND(tolerance, s->published.tolerance = -1)
BEND(future, s->past.start = 5)
BEND(zone, s->settings.time_zone = "Europe/Osol")
BEND(epoch, s->settings.has_origin = true; s->settings.origin = INT64_MAX)

BEND(wrong_week, s->settings.days = 1;
     s->window[0] = (runde_window){100 * HOUR, 101 * HOUR, RUNDE_TIME_NONE};
     s->window[1] = (runde_window){102 * HOUR, 103 * HOUR, RUNDE_TIME_NONE})
BEND(last_week, s->settings.days = 1;
     s->window[0] = (runde_window){-40 * HOUR, -39 * HOUR, RUNDE_TIME_NONE};
     s->window[1] = (runde_window){-38 * HOUR, -37 * HOUR, RUNDE_TIME_NONE})
BEND(next_day, s->settings.days = 1;
     s->window[1] = (runde_window){40 * HOUR, RUNDE_TIME_NONE, 42 * HOUR})
BEND(shift_next_day, s->settings.days = 1; s->shift[1].start = 30 * HOUR;
     s->shift[1].end = 38 * HOUR)
BEND(evening,
     s->window[0] = (runde_window){15 * HOUR, 16 * HOUR, RUNDE_TIME_NONE};
     s->window[1] = (runde_window){18 * HOUR, RUNDE_TIME_NONE, 19 * HOUR})
BEND(too_long_visit, s->visit[1].duration = 9 * HOUR)
BEND(pinned_aside, s->visit[0].pinned_shift = 1; s->shift[1].start = 12 * HOUR)
BEND(pinned_late, s->visit[1].pinned_start = 15 * HOUR)
BEND(away, s->absence = (runde_interval){7 * HOUR, 13 * HOUR})
BEND(long_shift, s->shift[1].end = 16 * HOUR + 1)

static void test_times(void)
{
    static const bend bends[] = {
        {"RUNDE-E201", "/settings/tick_ms", tick, NULL},
        {"RUNDE-E202", "/settings/horizon/days", days, NULL},
        {"RUNDE-E203", "/shifts/0/end", time_limit, NULL},
        {"RUNDE-E203", "/shifts/0/start", time_missing, NULL},
        {"RUNDE-E204", "/visits/0/service_duration", duration, NULL},
        {"RUNDE-E204", "/visits/0/setup_duration", setup, NULL},
        {"RUNDE-E204", "/shifts/0/breaks/0", pause, NULL},
        {"RUNDE-E205", "/shifts/1/end", shift_end, NULL},
        {"RUNDE-E206", "/shifts/1/max_end", max_end, NULL},
        {"RUNDE-E207", "/shifts/1/max_duty", max_duty, NULL},
        {"RUNDE-E208", "/carers/1/rules/daily_rest", rule, NULL},
        {"RUNDE-E208", "/settings/rules/weekly_rest", settings_rule, NULL},
        {"RUNDE-E209", "/visits/0/time_windows/0/max_start", empty_window,
         NULL},
        {"RUNDE-E210", "/visits/0/time_windows/1/max_end", short_window, NULL},
        {"RUNDE-W211", "/visits/0/time_windows", overlap, NULL},
        {"RUNDE-E212", "/visits/0/preferred_windows/1", order, NULL},
        {"RUNDE-E212", "/visits/0/preferred_windows/0", inverted, NULL},
        {"RUNDE-W213", "/visits/0/preferred_windows/1", aside, NULL},
        {"RUNDE-E214", "/visits/0/pinned_start", pin, NULL},
        {"RUNDE-E215", "/clients/0/absences/0", absence, NULL},
        {"RUNDE-E216", "/shifts/1/start", two_at_once, NULL},
        {"RUNDE-W217", "/shifts/1/start", short_rest, NULL},
        {"RUNDE-E218", "/shifts/0/breaks/0", break_window, NULL},
        {"RUNDE-E226", "/shifts/0/breaks", many_breaks, NULL},
        {"RUNDE-W219", "/shifts/0/activities/0", no_room, NULL},
        {"RUNDE-E220", "/published_plan/0", tolerance, NULL},
        {"RUNDE-W221", "/history/0/start", future, NULL},
        {"RUNDE-E224", "/settings/time_zone", zone, NULL},
        {"RUNDE-E225", "/settings/horizon/start", epoch, NULL},
        {"RUNDE-E227", "/visits/0/time_windows", wrong_week, NULL},
        {"RUNDE-E227", "/visits/0/time_windows", last_week, NULL},
        {"RUNDE-W228", "/visits/0/time_windows/1", next_day, NULL},
        {"RUNDE-W228", "/shifts/1", shift_next_day, NULL},
        {"RUNDE-W229", "/visits/0/time_windows", evening, NULL},
        {"RUNDE-W229", "/visits/1/time_windows", too_long_visit, NULL},
        {"RUNDE-W229", "/visits/0/pinned_shift", pinned_aside, NULL},
        {"RUNDE-W229", "/visits/1/time_windows", pinned_late, NULL},
        {"RUNDE-W230", "/visits/0/time_windows", away, NULL},
        {"RUNDE-W231", "/shifts/1", long_shift, NULL},
    };
    TRY(bends);
}

/* ------------------------------------------------------ visits and links */

BEND(crew, s->visit[1].crew = 5)
BEND(part, s->need.part = 1)
BEND(published_part, s->published.part = 1)
BEND(priority, s->visit[0].priority = 101)
BEND(price, s->visit[2].price = -1)
BEND(idle_priority, s->visit[2].priority = 5)
BEND(amount, s->use.amount = -1)
BEND(pin_outside, s->visit[1].pinned_shift = 0;
     s->visit[1].pinned_start = 6 * HOUR)
BEND(self, s->link[0].after = 0)
BEND(gaps, s->link[0].max_gap = HOUR - 1)
BEND(carers, s->link[0].same_carer = true; s->link[0].different_carer = true)
BEND(double_link, s->n_links = 2)
BEND(circle, s->n_links = 2; s->link[0].after = 1; s->link[1].before = 1;
     s->link[1].after = 0)
BEND(optional_circle, s->n_links = 2; s->link[1].before = 2;
     s->link[1].after = 0)
BEND(tied_circle, optional_circle(s); s->link[0].all_or_none = true;
     s->link[1].all_or_none = true)
BEND(unskilled, s->held.level = 0)
BEND(expired, s->held.expires = 14 * HOUR)
BEND(no_shifts, s->n_shifts = 0)
BEND(one_carer, s->n_shifts = 1)
BEND(no_price, s->visit[2].price = 0)
BEND(idle_price, s->visit[0].price = 5)
BEND(few_required, s->wish[0].kind = RUNDE_REQUIRED; s->visit[0].crew = 2)
BEND(required_off, s->wish[0] = (runde_carer_wish){1, RUNDE_REQUIRED, 0};
     s->n_shifts = 1)
BEND(idle_link, s->link[0] = (runde_link)RUNDE_LINK_INIT; s->link[0].before = 0;
     s->link[0].after = 1)

static void publish_again(runde_problem *p)
{
    const runde_published again = {sizeof again, 0, 0, 1, 0, 0};
    CU_ASSERT_EQUAL(runde_problem_add_published(p, &again, NULL), RUNDE_OK);
}

static void heavy_visits(runde_problem *p)
{
    const runde_load_use use = {0, 1000000};
    for (int i = 0; i < 270; i++) {
        char id[16];
        snprintf(id, sizeof id, "x%d", i);
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = id;
        visit.client = 0;
        visit.crew = 4;
        visit.loads = &use;
        visit.n_loads = 1;
        CU_ASSERT_EQUAL(runde_problem_add_visit(p, &visit, NULL), RUNDE_OK);
    }
}

static void test_visits_and_links(void)
{
    static const bend bends[] = {
        {"RUNDE-E301", "/visits/1/crew", crew, NULL},
        {"RUNDE-E302", "/visits/0/required_skills/0", part, NULL},
        {"RUNDE-E302", "/published_plan/0", published_part, NULL},
        {"RUNDE-E303", "/visits/0/priority", priority, NULL},
        {"RUNDE-E304", "/visits/2/price", price, NULL},
        {"RUNDE-W305", "/visits/2/priority", idle_priority, NULL},
        {"RUNDE-E306", "/visits/0/loads/0", amount, NULL},
        {"RUNDE-E307", "/visits", NULL, heavy_visits},
        {"RUNDE-W308", "/visits/1/pinned_start", pin_outside, NULL},
        {"RUNDE-E310", "/links/0", self, NULL},
        {"RUNDE-E311", "/links/0/max_gap", gaps, NULL},
        {"RUNDE-E313", "/links/0", carers, NULL},
        {"RUNDE-W314", "/links/1", double_link, NULL},
        {"RUNDE-E315", "/links/0", circle, NULL},
        {"RUNDE-W316", "/links/0", optional_circle, NULL},
        {"RUNDE-E315", "/links/0", tied_circle, NULL},
        {"RUNDE-W317", "/visits/0/required_skills", unskilled, NULL},
        {"RUNDE-W317", "/visits/0/required_skills", expired, NULL},
        {"RUNDE-W317", "/shifts", no_shifts, NULL},
        {"RUNDE-W318", "/links/0", idle_link, NULL},
        {"RUNDE-W319", "/visits/1/crew", one_carer, NULL},
        {"RUNDE-E320", "/published_plan/1", NULL, publish_again},
        {"RUNDE-W321", "/visits/2", no_price, NULL},
        {"RUNDE-W322", "/visits/0/price", idle_price, NULL},
        {"RUNDE-W323", "/visits/0/wishes", few_required, NULL},
        {"RUNDE-W323", "/visits/2/wishes", required_off, NULL},
    };
    TRY(bends);
}

/* ---------------------------------------------------------------- travel */

static void set_cells(runde_problem *p, int32_t n, const int32_t *cells,
                      const int32_t *distances)
{
    const runde_matrix matrix = {sizeof matrix, n, cells, distances};
    CU_ASSERT_EQUAL(runde_problem_set_matrix(p, 0, &matrix), RUNDE_OK);
}

static const int32_t good[9] = {0, 60, 90, 60, 0, 70, 90, 70, 0};
static const int32_t negative[9] = {0, -2, 90, 60, 0, 70, 90, 70, 0};
static const int32_t large[9] = {0, 86401, 90, 60, 0, 70, 90, 70, 0};
static const int32_t diagonal[9] = {5, 60, 90, 60, 0, 70, 90, 70, 0};
static const int32_t triangle[9] = {0, 60, 900, 60, 0, 70, 900, 70, 0};

static void set_model(runde_problem *p, double detour, double up_to)
{
    const runde_speed_model model = {
        sizeof model,
        60,
        3,
        {{1.0, 1.5, 30.0}, {up_to, 1.5, 30.0}, {0.0, detour, 30.0}}};
    CU_ASSERT_EQUAL(runde_problem_set_speed_model(p, 0, &model), RUNDE_OK);
}

BEND(no_mode, s->mode = "bus")
BEND(no_coordinates, s->place[2].has_coordinates = false)
AFTER(small_matrix, set_cells(p, 2, good, NULL))
AFTER(negative_cell, set_cells(p, 3, negative, NULL))
AFTER(negative_metres, set_cells(p, 3, good, negative))
AFTER(large_cell, set_cells(p, 3, large, NULL))
AFTER(diagonal_cell, set_cells(p, 3, diagonal, NULL))
AFTER(broken_triangle, set_cells(p, 3, triangle, NULL))
AFTER(bad_detour, set_model(p, 0.5, 2.0))
AFTER(bad_bands, set_model(p, 1.5, 1.0))
AFTER(not_a_number, set_model(p, (double)NAN, 2.0))
AFTER(bad_leg,
      CU_ASSERT_EQUAL(runde_problem_set_leg(p, 0, 0, 1, -2, 0), RUNDE_OK))
AFTER(lost_leg,
      CU_ASSERT_EQUAL(runde_problem_set_leg(p, 0, 0, 3, 5, 0), RUNDE_OK))

static void test_travel(void)
{
    static const bend bends[] = {
        {"RUNDE-E401", "/travel_modes/0", no_mode, NULL},
        {"RUNDE-E402", "/places/2", no_coordinates, NULL},
        {"RUNDE-E403", "/travel_modes/0/durations", NULL, small_matrix},
        {"RUNDE-E404", "/travel_modes/0/durations", NULL, negative_cell},
        {"RUNDE-E404", "/travel_modes/0/distances", NULL, negative_metres},
        {"RUNDE-E405", "/travel_modes/0/durations", NULL, large_cell},
        {"RUNDE-W406", "/travel_modes/0/durations", NULL, diagonal_cell},
        {"RUNDE-W407", "/travel_modes/0/durations", NULL, broken_triangle},
        {"RUNDE-E408", "/travel_modes/0/speed_model/bands/2", NULL, bad_detour},
        {"RUNDE-E408", "/travel_modes/0/speed_model/bands/1", NULL, bad_bands},
        {"RUNDE-E408", "/travel_modes/0/speed_model/bands/2", NULL,
         not_a_number},
        {"RUNDE-E409", "/travel_modes/0/legs/0", NULL, bad_leg},
        {"RUNDE-E110", "/travel_modes/0/legs/0", NULL, lost_leg},
    };
    TRY(bends);
}

/* --------------------------------------------------------------- weights */

static void set_weights(runde_problem *p, int criterion, int32_t weight,
                        uint32_t hard)
{
    runde_weights weights;
    runde_weights_default(&weights, 1000);
    weights.weight[criterion] = weight;
    weights.hard = hard;
    CU_ASSERT_EQUAL(runde_problem_set_weights(p, &weights), RUNDE_OK);
}

static void set_limit(runde_problem *p, uint32_t hard, int64_t limit)
{
    runde_weights weights;
    runde_weights_default(&weights, 1000);
    weights.hard = hard;
    weights.limit[RUNDE_IDLE] = limit;
    CU_ASSERT_EQUAL(runde_problem_set_weights(p, &weights), RUNDE_OK);
}

BEND(idle_profile, s->profile.set |= 1U << RUNDE_IDLE)
BEND(profile_weight, s->profile.weight[RUNDE_LATE] = -1)
AFTER(weight, set_weights(p, RUNDE_LATE, 1000001, 0))
AFTER(negative_limit, set_limit(p, 1U << RUNDE_IDLE, -1))
AFTER(soft_limit, set_limit(p, 1U << RUNDE_LATE, 60))
BEND(soft_profile, s->profile.limit[RUNDE_LATE] = 1)
AFTER(unknown_bit, set_weights(p, RUNDE_LATE, 1, 1U << 30))

BEND(target_of_one, s->client[0].max_carers = 1)

/* The past has carer 1; one more is one too many. */
static void too_many_carers(runde_problem *p)
{
    const runde_past_visit past = {sizeof past, 0, 0, -60};
    CU_ASSERT_EQUAL(runde_problem_add_past_visit(p, &past, NULL), RUNDE_OK);
    set_weights(p, RUNDE_LATE, 1, 1U << RUNDE_CARERS_OVER_TARGET);
}

static void overflow(runde_problem *p)
{
    runde_visit visit = RUNDE_VISIT_INIT;
    const runde_carer_wish wish = {0, RUNDE_PREFERRED, 100000000};
    visit.client = 0;
    visit.wishes = &wish;
    visit.n_wishes = 1;
    for (int i = 0; i < 50000; i++) {
        char id[16];
        snprintf(id, sizeof id, "x%d", i);
        visit.id = id;
        CU_ASSERT_EQUAL(runde_problem_add_visit(p, &visit, NULL), RUNDE_OK);
    }
    set_weights(p, RUNDE_CARER_PREFERENCE, 1000000, 0);
}

static void test_weights(void)
{
    static const bend bends[] = {
        {"RUNDE-E501", "/weights/late", NULL, weight},
        {"RUNDE-E501", "/clients/0/weights/late", profile_weight, NULL},
        {"RUNDE-E503", "/weights", NULL, unknown_bit},
        {"RUNDE-E504", "/weights/carer_preference", NULL, overflow},
        {"RUNDE-E506", "/clients/0/max_carers", target_of_one, too_many_carers},
        {"RUNDE-W505", "/clients/0/weights/idle", idle_profile, NULL},
        {"RUNDE-E507", "/weights/idle", NULL, negative_limit},
        {"RUNDE-E508", "/weights/idle", NULL, soft_limit},
        {"RUNDE-E508", "/clients/0/weights/late", soft_profile, NULL},
    };
    TRY(bends);
}

/* ------------------------------------------------------------- together */

static void test_small_problem_has_no_findings(void)
{
    small s;
    small_init(&s);
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, &s.settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(small_add(&s, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(diag.errors + diag.warnings, 0);
    CU_ASSERT_STRING_EQUAL(diag.message, "");
    runde_problem_free(problem);
}

static void test_all_findings_at_once(void)
{
    small s;
    small_init(&s);
    no_id(&s);
    shift_end(&s);
    swapped(&s);
    dangling_skill(&s);
    gaps(&s);
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, &s.settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(small_add(&s, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_E_INVALID);
    CU_ASSERT_EQUAL(diag.errors, 5);
    runde_problem_free(problem);
}

/* Numbers that only resemble: a wrong control digit, a date, a case. */
static void test_harmless_numbers_pass(void)
{
    static const char *const ids[] = {"01810710095", "20260324", "10000001",
                                      "91810710094"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        small s;
        small_init(&s);
        s.client[0].id = ids[i];
        runde_problem *problem = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        CU_ASSERT_EQUAL(runde_problem_new(&problem, NULL, NULL), RUNDE_OK);
        CU_ASSERT_EQUAL(small_add(&s, problem), RUNDE_OK);
        CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_OK);
        CU_ASSERT_EQUAL(diag.warnings, 0);
        runde_problem_free(problem);
    }
}

/* With an origin times are told by the calendar, without in ticks. */
static void test_times_are_told(void)
{
    static const struct {
        bool has_origin;
        const char *says;
    } cases[] = {
        {true,
         "shift \"s2\" ends at 2026-03-23T06:00:00+01:00, before its start "
         "at 2026-03-23T07:00:00+01:00; write 06:00+1 for the next day"},
        {false, "shift \"s2\" ends at 21600, before its start at 25200; after "
                "midnight the day counts on"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        small s;
        small_init(&s);
        shift_end(&s);
        s.settings.has_origin = cases[i].has_origin;
        s.settings.origin = INT64_C(1774220400);
        runde_problem *problem = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        CU_ASSERT_EQUAL(runde_problem_new(&problem, &s.settings, NULL),
                        RUNDE_OK);
        CU_ASSERT_EQUAL(small_add(&s, problem), RUNDE_OK);
        CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_E_INVALID);
        CU_ASSERT_STRING_EQUAL(diag.message, cases[i].says);
        runde_problem_free(problem);
    }
}

static void test_spans_are_told(void)
{
    small s;
    small_init(&s);
    s.settings.tick_ms = 500;
    s.link[0].min_gap = 7201;
    s.link[0].max_gap = -7200;
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, &s.settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(small_add(&s, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_E_INVALID);
    CU_ASSERT_STRING_EQUAL(diag.message,
                           "from visit \"v1\" to \"v3\" the gap is at least "
                           "1:00:00.500, but at most -1:00:00");
    runde_problem_free(problem);
}

/* Norway is larger than its mainland, a night larger than its day, and a day
 * of unpaid breaks no longer than what is paid. */
static void test_edges_pass(void)
{
    small s;
    small_init(&s);
    for (int i = 0; i < 3; i++) {
        s.place[i].lat = 78.2 + 0.01 * i;
        s.place[i].lon = 15.6;
    }
    s.settings.days = 1;
    s.pause.paid = false;
    s.shift[0].end = 16 * HOUR + 1800;
    s.shift[1].start = 22 * HOUR;
    s.shift[1].end = 30 * HOUR;
    s.visit[1].crew = 1;
    const runde_window night = {28 * HOUR, 29 * HOUR, RUNDE_TIME_NONE};
    s.visit[1].windows = &night;
    s.visit[1].n_windows = 1;
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_new(&problem, &s.settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(small_add(&s, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(problem, &diag), RUNDE_OK);
    CU_ASSERT_STRING_EQUAL(diag.message, "");
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("validate", RN_TEST(test_small_problem_has_no_findings),
           RN_TEST(test_entities), RN_TEST(test_times),
           RN_TEST(test_visits_and_links), RN_TEST(test_travel),
           RN_TEST(test_weights), RN_TEST(test_all_findings_at_once),
           RN_TEST(test_harmless_numbers_pass), RN_TEST(test_edges_pass),
           RN_TEST(test_times_are_told), RN_TEST(test_spans_are_told));
}
