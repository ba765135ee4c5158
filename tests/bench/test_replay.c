/* SPDX-License-Identifier: MIT */
/* Published solutions through the readers: written down as plans they break
 * no rule, and the library's price, the bench's and the published one agree.
 * So the mapping of a set is right before any search has run on it. */
#include "best_known.h"
#include "harness.h"
#include "readers/udine.h"
#include "readers/uhhc.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_DATA "../shared/benchmarks"
#define MAX_STOPS 512

typedef struct expectation {
    const char *set;
    const char *instance;
    const char *solution; /* what follows the name of the instance */
    double value;         /* published; 0 takes bks.csv */
} expectation;

static const expectation published[] = {
    {"mankowska", "A1_InstanzCPLEX_HCSRP_10_1", ".sol.json", 0.0},
    {"mankowska", "C1_InstanzCPLEX_HCSRP_50_1", ".sol.json", 0.0},
    {"mankowska", "G1_InstanzVNS_HCSRP_300_1", ".sol.json", 0.0},
    {"kummer", "HHCRSP_100_20_10_1.2_R_C", ".sol.json", 0.0},
    {"italian", "instance_009-reggio-emilia-r15-p55-s2-sim21.7-seq7.6",
     ".sol.json", 0.0},
    {"extended", "001-cesena-p68-d6-i0.04-pt0.74-0.08-0.18-c6-6-3", ".sol.json",
     0.0},
    {"uhhc", "i-116", ".cpsat.sol.json", 0.0},
    {"uhhc", "i-116", ".sa.sol.json", 17393.0},
    {"uhhc", "i-054", ".sa.sol.json", 0.0},
    {"uhhc", "i-126", ".sa.sol.json", 0.0},
    {"uhhc", "i-185", ".sa.sol.json", 0.0},
    {"uhhc", "i-219", ".sa.sol.json", 0.0},
    {"bazirha", "D2", ".sa.sol.json", 0.0},
    {"bazirha-caie", "J1", ".sa.sol.json", 0.0},
    {"bazirha-caie", "K2", ".cpsat.sol.json", 0.0},
};

typedef struct replay {
    const bench_case *of;
    const udine_instance *day;
    const runde_shift *shift;
    runde_stop stops[MAX_STOPS];
    int32_t n;
    int32_t n_visits;
    int32_t here; /* place */
    int32_t free_at;
} replay;

static const char *data_root(void)
{
    const char *root = getenv("RUNDE_BENCHMARKS");
    return root == NULL || *root == '\0' ? DEFAULT_DATA : root;
}

static char *read_data(const expectation *want, const char *folder,
                       const char *tail, size_t *length)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s/%s/%s%s", data_root(), want->set,
                   folder, want->instance, tail);
    return source_read(path, length);
}

/* ------------------------------------------------------------- to a plan */

static double time_of(const cJSON *entry, const char *const names[3])
{
    double value = -1.0;
    for (int i = 2; i >= 0; i--) {
        value = json_number(entry, names[i], value);
    }
    return value;
}

static double start_of(const cJSON *entry)
{
    static const char *const names[3] = {"start_service_time", "start_time",
                                         "arrival_time"};
    return time_of(entry, names);
}

static double end_of(const cJSON *entry)
{
    static const char *const names[3] = {"end_service_time", "end_time",
                                         "departure_time"};
    return time_of(entry, names);
}

static int32_t find_patient(const udine_instance *day, const char *id)
{
    int32_t found = RUNDE_NONE;
    for (int32_t p = 0; id != NULL && p < day->n_patients; p++) {
        if (strcmp(day->patients[p].id, id) == 0) {
            found = p;
            break;
        }
    }
    return found;
}

static int32_t find_visit(const udine_instance *day, int32_t patient,
                          const char *service)
{
    const udine_patient *who = &day->patients[patient];
    int32_t found = RUNDE_NONE;
    for (int32_t k = 0; service != NULL && k < who->n_services; k++) {
        if (strcmp(day->kinds[who->services[k]], service) == 0) {
            found = who->first_visit + k;
        }
    }
    return found;
}

static int32_t leg(const replay *self, int32_t to)
{
    int32_t duration = 0;
    int32_t distance = 0;
    runde_problem_travel(self->of->problem, self->shift->mode, self->here, to,
                         &duration, &distance);
    return duration;
}

static void add_stop(replay *self, const cJSON *entry)
{
    const udine_instance *day = self->day;
    const int32_t patient = find_patient(day, json_text(entry, "patient"));
    const char *service = json_text(entry, "service");
    CU_ASSERT_FATAL(self->n < MAX_STOPS && service != NULL);
    const bool is_break = strcmp(service, "lunch_break") == 0;
    runde_stop stop = {0};
    stop.kind = is_break ? RUNDE_STOP_BREAK : RUNDE_STOP_VISIT;
    stop.item = is_break ? 0 : find_visit(day, patient, service);
    stop.place =
        patient < 0 ? self->shift->start_place : day->patients[patient].row;
    stop.travel = leg(self, stop.place);
    stop.start = source_ticks(start_of(entry), day->scale);
    stop.departure = source_ticks(end_of(entry), day->scale);
    if (self->n == 0) {
        const bool at_once =
            runde_problem_settings(self->of->problem)->depart_at_shift_start;
        self->free_at = at_once ? self->shift->start : stop.start - stop.travel;
    }
    stop.arrival = self->free_at + stop.travel;
    stop.waiting = stop.start - stop.arrival;
    self->stops[self->n++] = stop;
    self->n_visits += is_break ? 0 : 1;
    self->here = stop.place;
    self->free_at = stop.departure;
}

static int order_entries(const void *a, const void *b)
{
    const double p = start_of(*(const cJSON *const *)a);
    const double q = start_of(*(const cJSON *const *)b);
    return (p > q) - (p < q);
}

static void add_stops(replay *self, const cJSON *locations)
{
    const cJSON *sorted[MAX_STOPS];
    size_t n = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, locations)
    {
        if (json_member(entry, "depot") == NULL && n < MAX_STOPS) {
            sorted[n++] = entry;
        }
    }
    qsort(sorted, n, sizeof sorted[0], order_entries);
    for (size_t i = 0; i < n; i++) {
        add_stop(self, sorted[i]);
    }
}

static void add_route(runde_plan *plan, const bench_case *of,
                      const udine_instance *day, const cJSON *node)
{
    static replay self;
    int32_t s = 0;
    while (s < day->n_carers &&
           !json_says(node, "caregiver_id", day->carers[s].id)) {
        s++;
    }
    CU_ASSERT_FATAL(s < day->n_carers);
    self = (replay){.of = of, .day = day};
    self.shift = runde_problem_shift(of->problem, s);
    self.here = self.shift->start_place;
    add_stops(&self, json_member(node, "locations"));
    /* A carer who only eats is unused. */
    if (self.n_visits == 0) {
        return;
    }
    runde_route route = {.shift = s, .stops = self.stops, .n_stops = self.n};
    route.begin = self.stops[0].arrival - self.stops[0].travel;
    route.travel_home = leg(&self, self.shift->end_place);
    route.end = self.free_at + route.travel_home;
    CU_ASSERT_EQUAL(runde_plan_add_route(plan, &route), RUNDE_OK);
}

static void add_unserved(runde_plan *plan, const bench_case *of)
{
    bool is_served[4096] = {false};
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            if (route->stops[i].kind == RUNDE_STOP_VISIT) {
                is_served[route->stops[i].item] = true;
            }
        }
    }
    for (int32_t v = 0; v < runde_problem_n_visits(of->problem); v++) {
        const runde_unserved left = {v, 0, NULL};
        if (!is_served[v]) {
            CU_ASSERT_EQUAL(runde_plan_add_unserved(plan, &left), RUNDE_OK);
        }
    }
}

/* --------------------------------------------------------------- checks */

/* The draft states no cost, no figures and no reasons; all else counts. */
static bool is_about_figures(const char *rule)
{
    return strcmp(rule, "cost") == 0 || strcmp(rule, "kpi") == 0 ||
           strcmp(rule, "unserved") == 0;
}

static void check_plan(const expectation *want, const bench_case *of,
                       const runde_plan *plan)
{
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, of->problem, plan), RUNDE_OK);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *broken = runde_report_violation(report, i);
        if (!is_about_figures(broken->rule)) {
            printf("%s: %s: %s\n", want->instance, broken->rule,
                   broken->message);
            CU_FAIL("a published solution breaks a rule");
        }
    }
    bench_price price = {0.0, 0};
    CU_ASSERT_EQUAL(of->reader->price(&price, of, plan), RUNDE_OK);
    const double stated =
        (double)runde_report_cost(report)->wishes * of->scale + of->offset;
    double value = want->value;
    char csv[512];
    (void)snprintf(csv, sizeof csv, "%s/%s/bks.csv", data_root(), want->set);
    if (value == 0.0) {
        CU_ASSERT_TRUE(best_known_find(csv, want->instance, "bks", &value));
    }
    printf("%s %s: published %.3f, bench %.3f, library %.3f\n", want->instance,
           want->solution, value, price.value, stated);
    CU_ASSERT_EQUAL(price.left_out, 0);
    CU_ASSERT_DOUBLE_EQUAL(price.value, value, 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(stated, price.value, 1e-6 * fabs(value));
    runde_report_free(report);
}

static void replay_solution(const expectation *want, const bench_case *of)
{
    const bool is_uhhc = of->reader->price == uhhc_reader.price;
    const udine_instance *day =
        is_uhhc ? ((const uhhc_instance *)of->data)->day : of->data;
    size_t length = 0;
    char *text = read_data(want, "solutions", want->solution, &length);
    cJSON *root = text == NULL ? NULL : cJSON_ParseWithLength(text, length);
    free(text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(root);
    runde_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&plan, of->problem), RUNDE_OK);
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, json_member(root, "routes"))
    {
        add_route(plan, of, day, node);
    }
    add_unserved(plan, of);
    CU_ASSERT_EQUAL(runde_plan_finish(plan), RUNDE_OK);
    check_plan(want, of, plan);
    runde_plan_free(plan);
    cJSON_Delete(root);
}

static void test_published(void)
{
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        const expectation *want = &published[i];
        size_t length = 0;
        char *text = read_data(want, "instances", ".json", &length);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        const bench_source source = {want->set, NULL, text, length};
        bench_case of = {0};
        const bench_reader *reader = bench_reader_find(want->set);
        CU_ASSERT_EQUAL_FATAL(reader->read(&of, &source, NULL), RUNDE_OK);
        of.reader = reader;
        free(text);
        replay_solution(want, &of);
        bench_case_free(&of);
    }
}

int main(void)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/README.md", data_root());
    if (access(path, R_OK) != 0) {
        RN_SKIP_ALL("the benchmark sets are not there: set RUNDE_BENCHMARKS");
    }
    RN_RUN("replay", RN_TEST(test_published));
}
