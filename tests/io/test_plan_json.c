/* SPDX-License-Identifier: MIT */
/* Plans to JSON and back. */
#include "json_fixture.h"

#include <runde/check.h>
#include <runde/solve.h>

#define MUST(call) CU_ASSERT_EQUAL_FATAL(call, RUNDE_OK)
#define CHECK_FIELD(a, b, field) CU_ASSERT_EQUAL((a)->field, (b)->field)

#define BODY                                                                   \
    "'places': [{'id': 'base', 'lat': 63.4, 'lon': 10.4}],"                    \
    "'clients': [{'id': 'k1', 'lat': 63.41, 'lon': 10.4},"                     \
    "            {'id': 'k2', 'lat': 63.42, 'lon': 10.4}],"                    \
    "'carers': [{'id': 'a'}, {'id': 'b'}, {'id': 'c'}],"                       \
    "'shifts': [{'id': 's1', 'carer': 'a', 'start': 27000, 'end': 54000,"      \
    "  'start_place': 'base', 'end_place': 'base',"                            \
    "  'breaks': [{'duration': 1800, 'min_start': 36000, 'max_start': 43200,"  \
    "              'optional': true},"                                         \
    "             {'duration': 600, 'min_start': 36000, 'max_start': 50000,"   \
    "              'interrupts_travel': true}],"                               \
    "  'activities': [{'id': 'report', 'place': 'base', 'duration': 900,"      \
    "                  'min_start': 27000, 'max_start': 30000},"               \
    "                 {'id': 'twin', 'place': 'k1', 'duration': 60,"           \
    "                  'min_start': 27000, 'max_start': 53000},"               \
    "                 {'id': 'twin', 'place': 'base', 'duration': 60,"         \
    "                  'min_start': 27000, 'max_start': 53000},"               \
    "                 {'place': 'base', 'duration': 60, 'min_start': 27000,"   \
    "                  'max_start': 53000}]},"                                 \
    " {'id': 's2', 'carer': 'b', 'start': 27000, 'end': 54000},"               \
    " {'id': 's3', 'carer': 'c', 'start': 27000, 'end': 54000},"               \
    " {'id': 's4', 'carer': 'a', 'start': 113400, 'end': 140000},"             \
    " {'id': 's5', 'carer': 'b', 'start': 113400, 'end': 140000},"             \
    " {'id': 's6', 'carer': 'c', 'start': 113400, 'end': 140000}],"            \
    "'visits': [{'id': 'v1', 'client': 'k1', 'service_duration': 1200,"        \
    "            'crew': 2},"                                                  \
    "           {'id': 'v2', 'client': 'k2', 'service_duration': 600},"        \
    "           {'id': 'v3', 'client': 'k2', 'service_duration': 600}]}"
#define HEAD "{'format': 'runde-problem', 'version': 1,"
#define PLAIN HEAD BODY
#define OSLO                                                                   \
    HEAD "'settings': {'horizon': {'start': '2026-03-23', 'days': 2},"         \
         " 'time_zone': 'Europe/Oslo'}," BODY
#define HALF_SECONDS HEAD "'settings': {'tick_ms': 500}," BODY

static void add_routes(runde_plan *plan)
{
    const runde_stop first[] = {
        {RUNDE_STOP_ACTIVITY, 0, 0, 0, 0, 0, 27000, 0, 0, 27000, 27900, false},
        {RUNDE_STOP_VISIT, 0, 1, 1, 301, 1500, 28201, 99, 60, 28360, 29560,
         false},
        {RUNDE_STOP_ACTIVITY, 2, 0, 0, 301, 1500, 29861, 0, 0, 29861, 29921,
         false},
        {RUNDE_STOP_ACTIVITY, 3, 0, 0, 0, 0, 29921, 0, 0, 29921, 29981, false},
        {RUNDE_STOP_ACTIVITY, 1, 0, 1, 3, 15, 29984, 0, 0, 29984, 30044, false},
        {RUNDE_STOP_BREAK, 1, 0, RUNDE_NONE, 7, 0, 30051, 5949, 0, 36000, 36600,
         false},
        {RUNDE_STOP_BREAK, 0, 0, 2, 7, 0, 36607, 0, 0, 36607, 38407, false}};
    /* Drafts hold what they are told: a visit at a place not its own. */
    const runde_stop second[] = {
        {RUNDE_STOP_VISIT, 0, 0, 2, 0, 0, 28360, 0, 0, 28360, 29560, false},
        {RUNDE_STOP_VISIT, 1, 0, RUNDE_NONE, 3, -4, 29563, -3, -1, 29560, 30160,
         false}};
    const runde_route last = {1, 28360, 30160, 0, 0, 2, second, false};
    const runde_route early = {0, 27000, 38707, 300, 1499, 7, first, false};
    MUST(runde_plan_add_route(plan, &last));
    MUST(runde_plan_add_route(plan, &early));
}

static void add_unserved(runde_plan *plan)
{
    const runde_reason all[] = {
        {0, RUNDE_REASON_SKILL, 1},     {1, RUNDE_REASON_NO_TIME, 300},
        {2, RUNDE_REASON_NO_TIME, 300}, {3, RUNDE_REASON_WINDOW, 0},
        {4, RUNDE_REASON_NO_TIME, 300}, {5, RUNDE_REASON_NO_TIME, 300}};
    const runde_reason some[] = {{1, RUNDE_REASON_LOAD, 2},
                                 {3, RUNDE_REASON_LOAD, 3},
                                 {4, RUNDE_REASON_LOAD, 2}};
    const runde_reason none = {RUNDE_NONE, RUNDE_REASON_NO_SHIFT, 0};
    const runde_unserved v3 = {2, 6, all};
    const runde_unserved v2 = {1, 3, some};
    const runde_unserved v1 = {0, 1, &none};
    MUST(runde_plan_add_unserved(plan, &v3));
    MUST(runde_plan_add_unserved(plan, &v1));
    MUST(runde_plan_add_unserved(plan, &v2));
}

static void set_figures(runde_plan *plan)
{
    runde_cost cost = RUNDE_COST_INIT;
    runde_kpis kpis = RUNDE_KPIS_INIT;
    runde_search_info search = RUNDE_SEARCH_INFO_INIT;
    cost.left_out = 20;
    cost.wishes = INT64_MAX - 7;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        cost.amount[i] = INT64_C(9007199254740991) - 10 + i;
        cost.cost[i] = INT64_MIN + i;
    }
    kpis.visits = 3;
    kpis.served = 1;
    kpis.left_out = 2;
    kpis.left_out_by_priority[0] = 4;
    kpis.left_out_by_priority[10] = 2;
    kpis.left_out_by_priority[100] = 1;
    kpis.duty = INT64_C(1) << 60;
    kpis.travel = 603;
    kpis.travel_share = 51;
    kpis.on_time_share = 1000;
    kpis.max_heavy = INT32_MAX;
    search.outcome = RUNDE_OUTCOME_ITERATION_LIMIT;
    search.iterations = 123456789;
    search.seed = UINT64_MAX;
    search.seconds = 1.25;
    search.bound = INT64_C(1) << 59;
    search.gap = 7;
    search.locally_optimal = true;
    MUST(runde_plan_set_cost(plan, &cost));
    MUST(runde_plan_set_kpis(plan, &kpis));
    MUST(runde_plan_set_search(plan, &search));
    const runde_finding warning = {sizeof warning, RUNDE_WARNING, "RUNDE-W211",
                                   "/visits/0/time_windows",
                                   "windows of visit \"v1\" overlap"};
    MUST(runde_plan_add_warning(plan, &warning));
}

static runde_plan *full_plan(const runde_problem *problem)
{
    runde_plan *plan = NULL;
    MUST(runde_plan_new(&plan, problem));
    add_routes(plan);
    add_unserved(plan);
    set_figures(plan);
    MUST(runde_plan_finish(plan));
    return plan;
}

/* --------------------------------------------------------------- equality */

static void check_stops(const runde_route *a, const runde_route *b)
{
    CHECK_FIELD(a, b, shift);
    CHECK_FIELD(a, b, begin);
    CHECK_FIELD(a, b, end);
    CHECK_FIELD(a, b, travel_home);
    CHECK_FIELD(a, b, distance_home);
    CU_ASSERT_EQUAL_FATAL(a->n_stops, b->n_stops);
    for (int32_t i = 0; i < a->n_stops; i++) {
        const runde_stop *const s = &a->stops[i];
        const runde_stop *const t = &b->stops[i];
        CHECK_FIELD(s, t, kind);
        CHECK_FIELD(s, t, item);
        CHECK_FIELD(s, t, part);
        CHECK_FIELD(s, t, place);
        CHECK_FIELD(s, t, travel);
        CHECK_FIELD(s, t, distance);
        CHECK_FIELD(s, t, arrival);
        CHECK_FIELD(s, t, waiting);
        CHECK_FIELD(s, t, setup);
        CHECK_FIELD(s, t, start);
        CHECK_FIELD(s, t, departure);
    }
}

static void check_unserved(const runde_unserved *a, const runde_unserved *b)
{
    CHECK_FIELD(a, b, visit);
    CU_ASSERT_EQUAL_FATAL(a->n_reasons, b->n_reasons);
    for (int32_t i = 0; i < a->n_reasons; i++) {
        CHECK_FIELD(&a->reasons[i], &b->reasons[i], shift);
        CHECK_FIELD(&a->reasons[i], &b->reasons[i], code);
        CHECK_FIELD(&a->reasons[i], &b->reasons[i], amount);
    }
}

static void check_equal(const runde_plan *a, const runde_plan *b)
{
    const runde_cost *const c = runde_plan_cost(a);
    const runde_cost *const d = runde_plan_cost(b);
    const runde_search_info *const s = runde_plan_search(a);
    const runde_search_info *const t = runde_plan_search(b);
    CU_ASSERT_EQUAL_FATAL(runde_plan_n_routes(a), runde_plan_n_routes(b));
    for (int32_t i = 0; i < runde_plan_n_routes(a); i++) {
        check_stops(runde_plan_route(a, i), runde_plan_route(b, i));
    }
    CU_ASSERT_EQUAL_FATAL(runde_plan_n_unserved(a), runde_plan_n_unserved(b));
    for (int32_t i = 0; i < runde_plan_n_unserved(a); i++) {
        check_unserved(runde_plan_unserved(a, i), runde_plan_unserved(b, i));
    }
    CHECK_FIELD(c, d, left_out);
    CHECK_FIELD(c, d, wishes);
    CU_ASSERT(memcmp(c->amount, d->amount, sizeof c->amount) == 0);
    CU_ASSERT(memcmp(c->cost, d->cost, sizeof c->cost) == 0);
    CU_ASSERT(memcmp(runde_plan_kpis(a), runde_plan_kpis(b),
                     sizeof(runde_kpis)) == 0);
    CHECK_FIELD(s, t, outcome);
    CHECK_FIELD(s, t, iterations);
    CHECK_FIELD(s, t, seed);
    CHECK_FIELD(s, t, bound);
    CHECK_FIELD(s, t, gap);
    CHECK_FIELD(s, t, locally_optimal);
    CU_ASSERT_EQUAL_FATAL(runde_plan_n_warnings(a), runde_plan_n_warnings(b));
    for (int32_t i = 0; i < runde_plan_n_warnings(a); i++) {
        const runde_finding *const f = runde_plan_warning(a, i);
        const runde_finding *const g = runde_plan_warning(b, i);
        CHECK_FIELD(f, g, severity);
        CU_ASSERT_STRING_EQUAL(f->code, g->code);
        CU_ASSERT_STRING_EQUAL(f->pointer, g->pointer);
        CU_ASSERT_STRING_EQUAL(f->message, g->message);
    }
}

static char *round_trip(const runde_problem *problem, const runde_plan *plan)
{
    char *first = NULL;
    char *second = NULL;
    size_t n = 0;
    size_t m = 0;
    runde_plan *copy = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    static seen all;
    all.n = 0;
    diag.on_finding = see;
    diag.payload = &all;
    MUST(runde_plan_to_json(&first, &n, problem, plan));
    const runde_status status =
        runde_plan_from_json(&copy, problem, first, n, &diag);
    if (status != RUNDE_OK) {
        print_seen(&all);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    check_equal(plan, copy);
    MUST(runde_plan_to_json(&second, &m, problem, copy));
    CU_ASSERT_EQUAL(n, m);
    CU_ASSERT_STRING_EQUAL(first, second);
    runde_text_free(second);
    runde_plan_free(copy);
    return first;
}

static void test_round_trip(void)
{
    static const char *const texts[] = {PLAIN, OSLO, HALF_SECONDS};
    for (int i = 0; i < 3; i++) {
        runde_problem *const problem = good_problem(texts[i]);
        runde_plan *const plan = full_plan(problem);
        char *const text = round_trip(problem, plan);
        CU_ASSERT_EQUAL(strstr(text, "\"2026-03-23T07:30:00+01:00\"") != NULL,
                        i == 1);
        CU_ASSERT_EQUAL(strstr(text, "\"travel\": 301,") != NULL, i != 2);
        CU_ASSERT_EQUAL(strstr(text, "\"travel\": \"PT2M30.5S\"") != NULL,
                        i == 2);
        CU_ASSERT_PTR_NULL(strstr(text, "seconds"));
        runde_text_free(text);
        runde_plan_free(plan);
        runde_problem_free(problem);
    }
}

static void test_empty(void)
{
    runde_problem *const problem =
        good_problem("{'format': 'runde-problem', 'version': 1}");
    runde_plan *plan = NULL;
    static seen all;
    MUST(runde_plan_new(&plan, problem));
    MUST(runde_plan_finish(plan));
    runde_text_free(round_trip(problem, plan));
    runde_plan_free(plan);
    MUST(read_plan(&plan, problem, "{'format': 'runde-plan', 'version': 1}",
                   &all));
    runde_text_free(round_trip(problem, plan));
    runde_plan_free(plan);
    runde_problem_free(problem);
}

/* Equal reasons stand together, and the largest group has no list. */
static void test_groups(void)
{
    runde_problem *const problem = good_problem(PLAIN);
    runde_plan *const plan = full_plan(problem);
    char *const text = round_trip(problem, plan);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "{\"code\": \"no_time\", \"amount\": 300, \"shifts\": "
                     "\"others\"}"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "{\"code\": \"window\", \"shifts\": [\"s4\"]}"));
    CU_ASSERT_PTR_NOT_NULL(strstr(
        text,
        "{\"code\": \"load\", \"amount\": 2, \"shifts\": [\"s2\", \"s5\"]}"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "{\"code\": \"no_shift\"}"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "{\"activity\": \"report\", "));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "{\"activity\": 1, "));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "{\"activity\": 3, "));
    runde_text_free(text);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

static void test_by_hand(void)
{
    runde_problem *const problem = good_problem(OSLO);
    runde_plan *plan = NULL;
    static seen all;
    MUST(read_plan(
        &plan, problem,
        "{'format': 'runde-plan', 'version': 1, 'x-by': 'hand', 'routes': ["
        "{'shift': 's2', 'begin': '2026-03-23T08:00', 'end':"
        " '2026-03-23T08:20', 'stops': [{'visit': 'v2', 'arrival':"
        " '2026-03-23T08:00', 'service_start': 28800, 'departure':"
        " '2026-03-23T08:10:00+01:00', 'travel': 'PT2M'}]}],"
        "'unserved': [{'visit': 'v3'}]}",
        &all));
    const runde_route *const route = runde_plan_route(plan, 0);
    CU_ASSERT_EQUAL(route->shift, 1);
    CU_ASSERT_EQUAL(route->begin, 28800);
    CU_ASSERT_EQUAL(route->stops[0].place, 2);
    CU_ASSERT_EQUAL(route->stops[0].departure, 29400);
    CU_ASSERT_EQUAL(route->stops[0].travel, 120);
    CU_ASSERT_EQUAL(runde_plan_unserved(plan, 0)->n_reasons, 0);
    CU_ASSERT_EQUAL(runde_plan_search(plan)->outcome, RUNDE_OUTCOME_DRAFT);
    runde_text_free(round_trip(problem, plan));
    runde_plan_free(plan);
    runde_problem_free(problem);
}

/* A draft: who does what in which order. Parts of a crew count themselves. */
static void test_without_times(void)
{
    runde_problem *const problem = good_problem(OSLO);
    runde_plan *plan = NULL;
    static seen all;
    MUST(read_plan(&plan, problem,
                   "{'routes': [{'shift': 's2', 'stops': ['v2', 'v3']},"
                   "{'shift': 's1', 'carer': 'a', 'stops': [{'break': 1},"
                   "{'visit': 'v1', 'part': 1}, {'activity': 2}, 'v1']}]}",
                   &all));
    CU_ASSERT_FALSE(runde_plan_has_times(plan));
    const runde_route *const first = runde_plan_route(plan, 0);
    const runde_route *const second = runde_plan_route(plan, 1);
    CU_ASSERT_EQUAL(first->begin, RUNDE_TIME_NONE);
    CU_ASSERT_EQUAL_FATAL(first->n_stops, 4);
    CU_ASSERT_EQUAL(first->stops[0].kind, RUNDE_STOP_BREAK);
    CU_ASSERT_EQUAL(first->stops[0].item, 1);
    CU_ASSERT_EQUAL(first->stops[1].part, 1);
    CU_ASSERT_EQUAL(first->stops[1].start, RUNDE_TIME_NONE);
    CU_ASSERT_EQUAL(first->stops[2].kind, RUNDE_STOP_ACTIVITY);
    CU_ASSERT_EQUAL(second->stops[1].item, 2);
    runde_report *report = NULL;
    CU_ASSERT_EQUAL(runde_check(&report, problem, plan), RUNDE_E_STATE);
    CU_ASSERT_PTR_NULL(report);
    char *const text = round_trip(problem, plan);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"stops\": ["));
    CU_ASSERT_PTR_NULL(strstr(text, "begin"));
    CU_ASSERT_PTR_NULL(strstr(text, "arrival"));
    runde_text_free(text);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

/* -------------------------------------------------------------- bad plans */

#define PLAN(more) "{'format': 'runde-plan', 'version': 1, " more "}"
#define ROUTE(more)                                                            \
    PLAN("'routes': [{'shift': 's1', 'begin': 27000, 'end': 30000, " more "}"  \
         "]")
#define STOP(more)                                                             \
    ROUTE("'stops': [{'arrival': 1, 'service_start': 1, 'departure':"          \
          " 2" more "}]")
#define REASON(more)                                                           \
    PLAN("'unserved': [{'visit': 'v1', 'reasons': [" more "]}]")

static const struct {
    const char *name;
    const char *text;
    const char *code;
    const char *pointer;
} bad_plans[] = {
    {"a problem", "{'format': 'runde-problem', 'version': 1}", "RUNDE-E601",
     "/format"},
    {"version 2", "{'format': 'runde-plan', 'version': 2}", "RUNDE-E601",
     "/version"},
    {"unknown key", PLAN("'route': []"), "RUNDE-E603", "/route"},
    {"not JSON", "{'format'}", "RUNDE-E002", "/format"},
    {"no stops key", ROUTE("'x-no': 1"), "RUNDE-E604", "/routes/0"},
    {"no stops", ROUTE("'stops': []"), "RUNDE-E612", "/routes/0/stops"},
    {"unknown shift",
     PLAN("'routes': [{'shift': 's9', 'begin': 1, 'end': 2, 'stops': []}]"),
     "RUNDE-E605", "/routes/0/shift"},
    {"another's shift", ROUTE("'carer': 'b', 'stops': []"), "RUNDE-E612",
     "/routes/0/carer"},
    {"two routes of a shift",
     PLAN("'routes': [{'shift': 's2', 'begin': 1, 'end': 2, 'stops': [{"
          "'visit': 'v2', 'arrival': 1, 'service_start': 1, 'departure': 2}]},"
          "{'shift': 's2', 'begin': 1, 'end': 2, 'stops': [{'visit': 'v3',"
          "'arrival': 1, 'service_start': 1, 'departure': 2}]}]"),
     "RUNDE-E612", "/routes/1/shift"},
    {"end without begin",
     PLAN("'routes': [{'shift': 's1', 'end': 2, 'stops': ['v1']}]"),
     "RUNDE-E604", "/routes/0"},
    {"travel without times",
     PLAN("'routes': [{'shift': 's1', 'stops': [{'visit': 'v1',"
          "'travel': 2}]}]"),
     "RUNDE-E603", "/routes/0/stops/0/travel"},
    {"id among stops with times", ROUTE("'stops': ['v1']"), "RUNDE-E602",
     "/routes/0/stops/0"},
    {"id of nothing", PLAN("'routes': [{'shift': 's1', 'stops': ['v9']}]"),
     "RUNDE-E605", "/routes/0/stops/0"},
    {"stop at nothing", STOP(""), "RUNDE-E612", "/routes/0/stops/0"},
    {"stop at two things", STOP(", 'visit': 'v1', 'break': 0"), "RUNDE-E612",
     "/routes/0/stops/0"},
    {"unknown visit", STOP(", 'visit': 'v9'"), "RUNDE-E605",
     "/routes/0/stops/0/visit"},
    {"unknown activity", STOP(", 'activity': 'lunch'"), "RUNDE-E605",
     "/routes/0/stops/0/activity"},
    {"activity 4", STOP(", 'activity': 4"), "RUNDE-E606",
     "/routes/0/stops/0/activity"},
    {"break 2", STOP(", 'break': 2"), "RUNDE-E606", "/routes/0/stops/0/break"},
    {"unknown place", STOP(", 'visit': 'v1', 'place': 'x'"), "RUNDE-E605",
     "/routes/0/stops/0/place"},
    {"negative part", STOP(", 'visit': 'v1', 'part': -1"), "RUNDE-E606",
     "/routes/0/stops/0/part"},
    {"time in words",
     STOP(", 'visit': 'v1', 'x-a': 1}, {'visit': 'v2',"
          " 'arrival': '08:00', 'service_start': 1,"
          " 'departure': 2"),
     "RUNDE-E609", "/routes/0/stops/1/arrival"},
    {"stop is a number", ROUTE("'stops': [3]"), "RUNDE-E602",
     "/routes/0/stops/0"},
    {"unknown unserved", PLAN("'unserved': [{'visit': 'v9'}]"), "RUNDE-E605",
     "/unserved/0/visit"},
    {"unknown reason", REASON("{'code': 'weather'}"), "RUNDE-E611",
     "/unserved/0/reasons/0/code"},
    {"unknown shift of a reason",
     REASON("{'code': 'skill', 'shifts': ['s1', 's9']}"), "RUNDE-E605",
     "/unserved/0/reasons/0/shifts/1"},
    {"two reasons for a shift",
     REASON("{'code': 'skill', 'shifts': ['s1']},"
            "{'code': 'rest', 'shifts': ['s1']}"),
     "RUNDE-E612", "/unserved/0/reasons/1/shifts/0"},
    {"two others",
     REASON("{'code': 'skill', 'shifts': 'others'},"
            "{'code': 'rest', 'shifts': 'others'}"),
     "RUNDE-E612", "/unserved/0/reasons/1"},
    {"shifts are a word", REASON("{'code': 'skill', 'shifts': 'all'}"),
     "RUNDE-E602", "/unserved/0/reasons/0/shifts"},
    {"unknown outcome", PLAN("'search': {'outcome': 'optimal'}"), "RUNDE-E611",
     "/search/outcome"},
    {"seed of 2^64", PLAN("'search': {'seed': '18446744073709551616'}"),
     "RUNDE-E606", "/search/seed"},
    {"cost of 2^63", PLAN("'cost': {'wishes': '9223372036854775808'}"),
     "RUNDE-E606", "/cost/wishes"},
    {"unknown criterion", PLAN("'cost': {'criteria': {'lateness': {}}}"),
     "RUNDE-E603", "/cost/criteria/lateness"},
    {"priority 101", PLAN("'kpis': {'left_out_by_priority': {'101': 1}}"),
     "RUNDE-E603", "/kpis/left_out_by_priority/101"},
    {"kpi too large", PLAN("'kpis': {'served': 2147483648}"), "RUNDE-E606",
     "/kpis/served"},
    {"warning without code", PLAN("'warnings': [{'message': 'x'}]"),
     "RUNDE-E604", "/warnings/0"},
    {"warning of numbers", PLAN("'warnings': [{'code': 1, 'message': 'x'}]"),
     "RUNDE-E602", "/warnings/0/code"},
};

static void test_bad_plans(void)
{
    static seen all;
    runde_problem *const problem = good_problem(PLAIN);
    for (size_t i = 0; i < sizeof bad_plans / sizeof *bad_plans; i++) {
        runde_plan *plan = NULL;
        const runde_status status =
            read_plan(&plan, problem, bad_plans[i].text, &all);
        const bool is_good =
            status == RUNDE_E_FORMAT && plan == NULL && all.n <= 2 &&
            has_seen(&all, bad_plans[i].code, bad_plans[i].pointer);
        if (!is_good) {
            printf("    %s: %s\n", bad_plans[i].name,
                   runde_status_name(status));
            print_seen(&all);
        }
        CU_ASSERT(is_good);
        runde_plan_free(plan);
    }
    runde_problem_free(problem);
}

/* -------------------------------------------------------------- no memory */

static void test_no_memory(void)
{
    runde_problem *const problem = good_problem(OSLO);
    runde_plan *const plan = full_plan(problem);
    char *text = NULL;
    size_t n = 0;
    int refused = 0;
    MUST(runde_plan_to_json(&text, &n, problem, plan));
    for (long k = 1;; k++) {
        runde_plan *copy = NULL;
        fail_allocation(k);
        const runde_status status =
            runde_plan_from_json(&copy, problem, text, n, NULL);
        const bool is_done = allocations < k;
        fail_allocation(0);
        CU_ASSERT_EQUAL(copy != NULL, status == RUNDE_OK);
        CU_ASSERT(status == RUNDE_OK || status == RUNDE_E_NOMEM);
        refused += status == RUNDE_E_NOMEM;
        if (copy != NULL) {
            check_equal(plan, copy);
        }
        runde_plan_free(copy);
        if (is_done) {
            break;
        }
    }
    CU_ASSERT(refused > 10);
    for (long k = 1;; k++) {
        char *again = NULL;
        size_t m = 0;
        fail_allocation(k);
        const runde_status status =
            runde_plan_to_json(&again, &m, problem, plan);
        const bool is_done = allocations < k;
        fail_allocation(0);
        CU_ASSERT(status == RUNDE_E_NOMEM || (status == RUNDE_OK && m == n &&
                                              memcmp(again, text, n) == 0));
        runde_text_free(again);
        if (is_done) {
            break;
        }
    }
    runde_text_free(text);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

static void test_arguments(void)
{
    runde_problem *const problem = good_problem(PLAIN);
    runde_problem *open = NULL;
    runde_plan *plan = NULL;
    char *text = NULL;
    MUST(runde_problem_new(&open, NULL, NULL));
    MUST(runde_plan_new(&plan, problem));
    CU_ASSERT_EQUAL(runde_plan_to_json(&text, NULL, problem, plan),
                    RUNDE_E_STATE);
    MUST(runde_plan_finish(plan));
    CU_ASSERT_EQUAL(runde_plan_to_json(&text, NULL, open, plan), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_to_json(NULL, NULL, problem, plan),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_to_json(&text, NULL, problem, NULL),
                    RUNDE_E_ARGUMENT);
    runde_plan *copy = NULL;
    CU_ASSERT_EQUAL(runde_plan_from_json(&copy, open, "{}", 2, NULL),
                    RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_plan_from_json(&copy, NULL, "{}", 2, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_from_json(NULL, problem, "{}", 2, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_plan_from_json(&copy, problem, NULL, 0, NULL),
                    RUNDE_E_ARGUMENT);
    runde_plan_free(plan);
    runde_problem_free(open);
    runde_problem_free(problem);
}

/* A plan of a problem prints only with that problem: where a stop or a reason
 * points at nothing the other problem has, it is refused. */
static void test_another_problem(void)
{
    static const char *const others[] = {
        HEAD "'visits': []}",
        HEAD "'carers': [{'id': 'a'}], 'shifts': [{'id': 's1', 'carer': 'a',"
             " 'start': 27000, 'end': 54000}, {'id': 's2', 'carer': 'a',"
             " 'start': 113400, 'end': 140000}]}"};
    runde_problem *const problem = good_problem(PLAIN);
    runde_plan *const plan = full_plan(problem);
    runde_plan *reasons = NULL;
    const runde_reason reason = {5, RUNDE_REASON_SKILL, 1};
    const runde_unserved left_out = {2, 1, &reason};
    MUST(runde_plan_new(&reasons, problem));
    MUST(runde_plan_add_unserved(reasons, &left_out));
    MUST(runde_plan_finish(reasons));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        runde_problem *const other = good_problem(others[i]);
        char *text = NULL;
        CU_ASSERT_EQUAL(runde_plan_to_json(&text, NULL, other, plan),
                        RUNDE_E_ARGUMENT);
        CU_ASSERT_EQUAL(runde_plan_to_json(&text, NULL, other, reasons),
                        RUNDE_E_ARGUMENT);
        CU_ASSERT_PTR_NULL(text);
        runde_problem_free(other);
    }
    runde_plan_free(reasons);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

/* Whether the plan has a warning with this code at this place. */
static bool warns(const runde_plan *plan, const char *code, const char *pointer)
{
    bool is_found = false;
    for (int32_t i = 0; i < runde_plan_n_warnings(plan); i++) {
        const runde_finding *const warning = runde_plan_warning(plan, i);
        CU_ASSERT_EQUAL(warning->severity, RUNDE_WARNING);
        is_found |= strcmp(warning->code, code) == 0 &&
                    strcmp(warning->pointer, pointer) == 0;
    }
    return is_found;
}

/* A warning of the reader (the clock shows 02:30 twice), one of the model. */
#define DOUBTFUL                                                               \
    HEAD "'settings': {'horizon': {'start': '2026-10-24', 'days': 3},"         \
         " 'time_zone': 'Europe/Oslo'},"                                       \
         "'skills': ['wound'], 'clients': [{'id': 'k', 'lat': 63.4,"           \
         " 'lon': 10.4}], 'carers': [{'id': 'a'}],"                            \
         "'shifts': [{'id': 's', 'carer': 'a', 'day': 1, 'start': '02:30',"    \
         "            'end': '09:00'}],"                                       \
         "'visits': [{'id': 'v', 'client': 'k', 'service_duration': 600,"      \
         "            'required_skills': ['wound']}]}"

static void test_warnings_travel(void)
{
    runde_problem *const problem = good_problem(DOUBTFUL);
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 10;
    runde_plan *plan = NULL;
    runde_plan *copy = NULL;
    char *text = NULL;
    size_t length = 0;
    MUST(runde_solve(&plan, problem, &options, NULL));
    CU_ASSERT(warns(plan, "RUNDE-W650", "/shifts/0/start"));
    CU_ASSERT(warns(plan, "RUNDE-W317", "/visits/0/required_skills"));
    MUST(runde_plan_to_json(&text, &length, problem, plan));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "RUNDE-W317"));
    MUST(runde_plan_from_json(&copy, problem, text, length, NULL));
    CU_ASSERT_EQUAL(runde_plan_n_warnings(copy), runde_plan_n_warnings(plan));
    CU_ASSERT(warns(copy, "RUNDE-W650", "/shifts/0/start"));
    runde_text_free(text);
    runde_plan_free(copy);
    runde_plan_free(plan);
    runde_problem_free(problem);
}

int main(void)
{
    RN_RUN("plan_json", RN_TEST(test_round_trip), RN_TEST(test_empty),
           RN_TEST(test_groups), RN_TEST(test_by_hand),
           RN_TEST(test_without_times), RN_TEST(test_bad_plans),
           RN_TEST(test_no_memory), RN_TEST(test_arguments),
           RN_TEST(test_another_problem), RN_TEST(test_warnings_travel));
}
