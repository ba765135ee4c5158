/* SPDX-License-Identifier: MIT */
/* Memory refused at every turn of reading and writing the files of other
 * programs: an error and nothing lost, or the same as without. */
#include "base/faults.h"
#include "io/export_fixture.h"

/* A piece of work whose answer is a text, NULL when memory was short. */
typedef char *(*work_fn)(const void *what);

static void sweep(work_fn work, const void *what)
{
    char *const wanted = work(what);
    CU_ASSERT_PTR_NOT_NULL_FATAL(wanted);
    bool refused = true;
    long k = 0;
    for (; refused; k++) {
        rn_faults_begin(k);
        char *const text = work(what);
        refused = rn_faults_end();
        CU_ASSERT_TRUE(text != NULL || refused);
        if (text != NULL) {
            CU_ASSERT_STRING_EQUAL(text, wanted);
        }
        runde_text_free(text);
    }
    CU_ASSERT_TRUE(k > 1);
    runde_text_free(wanted);
}

/* ------------------------------------------------------------------ writers */

typedef struct day {
    runde_problem *problem;
    runde_plan *plan;
} day;

static char *finish(runde_status status, char *text)
{
    CU_ASSERT_TRUE(status == RUNDE_OK || status == RUNDE_E_NOMEM);
    CU_ASSERT_EQUAL(status == RUNDE_OK, text != NULL);
    return text;
}

static char *write_geojson(const void *what)
{
    const day *const d = what;
    char *text = NULL;
    const runde_status status =
        runde_plan_to_geojson(&text, NULL, d->problem, d->plan);
    return finish(status, text);
}

static char *write_csv(const void *what)
{
    const day *const d = what;
    char *text = NULL;
    const runde_status status =
        runde_plan_to_csv(&text, NULL, d->problem, d->plan, NULL);
    return finish(status, text);
}

static char *write_ical(const void *what)
{
    const day *const d = what;
    char *text = NULL;
    const runde_status status =
        runde_plan_to_ical(&text, NULL, d->problem, d->plan, 0);
    return finish(status, text);
}

static char *write_vroom(const void *what)
{
    const day *const d = what;
    char *text = NULL;
    const runde_status status =
        runde_plan_to_vroom(&text, NULL, d->problem, d->plan);
    return finish(status, text);
}

static char *write_check(const void *what)
{
    const day *const d = what;
    runde_report *report = NULL;
    char *text = NULL;
    runde_status status = runde_check(&report, d->problem, d->plan);
    if (status == RUNDE_OK) {
        status = runde_report_to_json(&text, NULL, d->problem, report);
    }
    runde_report_free(report);
    return finish(status, text);
}

static char *write_figures(const void *what)
{
    const day *const d = what;
    char *text = NULL;
    const runde_kpis *const kpis = runde_plan_kpis(d->plan);
    const runde_status status = runde_kpis_to_json(&text, NULL, kpis, kpis);
    return finish(status, text);
}

static char *lay_beside(const void *what)
{
    static const char records[] =
        "{\"format\":\"runde-actuals\",\"version\":1,\"visits\":["
        "{\"client\":\"a2\",\"carer\":\"a1\",\"arrival\":9000,"
        "\"departure\":9060}]}";
    const day *const d = what;
    runde_actuals *actuals = NULL;
    char *text = NULL;
    runde_status status = runde_actuals_from_json(
        &actuals, d->problem, d->plan, records, sizeof records - 1, NULL);
    CU_ASSERT_EQUAL(status == RUNDE_OK, actuals != NULL);
    if (status == RUNDE_OK) {
        status = runde_actuals_to_csv(&text, NULL, d->problem, actuals, NULL);
    }
    runde_actuals_free(actuals);
    return finish(status, text);
}

static char *write_actuals(const void *what)
{
    const day *const d = what;
    runde_actuals *actuals = NULL;
    char *text = NULL;
    runde_status status =
        runde_actuals_new(&actuals, d->problem, d->plan, NULL, 0, NULL);
    if (status == RUNDE_OK) {
        status = runde_actuals_to_json(&text, NULL, d->problem, actuals);
    }
    runde_actuals_free(actuals);
    return finish(status, text);
}

static void test_actuals(void)
{
    day d = {export_problem("a", true), NULL};
    d.plan = export_plan(d.problem);
    sweep(lay_beside, &d);
    sweep(write_actuals, &d);
    runde_plan_free(d.plan);
    runde_problem_free(d.problem);
}

static void test_writers(void)
{
    static const work_fn writers[] = {write_geojson, write_csv,
                                      write_ical,    write_vroom,
                                      write_check,   write_figures};
    /* Long ids make texts grow a few times. */
    char id[200];
    memset(id, 'i', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    day d = {export_problem(id, true), NULL};
    d.plan = export_plan(d.problem);
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        sweep(writers[i], &d);
    }
    runde_plan_free(d.plan);
    runde_problem_free(d.problem);
}

/* ------------------------------------------------------------------ readers */

/* The problem as text; what was found is part of it. */
static char *tell(runde_status status, runde_problem *problem)
{
    char *text = NULL;
    CU_ASSERT_TRUE(status == RUNDE_OK || status == RUNDE_E_NOMEM);
    CU_ASSERT_EQUAL(status == RUNDE_OK, problem != NULL);
    if (problem != NULL &&
        runde_problem_to_json(&text, NULL, problem) != RUNDE_OK) {
        text = NULL;
    }
    runde_problem_free(problem);
    return text;
}

static char *read_vroom(const void *what)
{
    runde_problem *problem = NULL;
    const char *const text = what;
    const runde_status status =
        runde_problem_from_vroom(&problem, text, strlen(text), NULL);
    return tell(status, problem);
}

static char *read_csv(const void *what)
{
    runde_problem *problem = NULL;
    const runde_status status = runde_problem_from_csv(&problem, what, NULL);
    return tell(status, problem);
}

static char *weigh(const void *what)
{
    static const char text[] =
        "{\"format\":\"runde-weights\",\"version\":1,"
        "\"order\":[\"late\",\"travel_time\"],\"clients\":["
        "{\"client\":\"a0\",\"profile\":\"continuity\"}]}";
    const runde_problem *const base = what;
    runde_problem *problem = NULL;
    runde_overlay *overlay = NULL;
    int32_t n = 0;
    runde_status status =
        runde_overlay_from_json(&overlay, base, text, sizeof text - 1, NULL);
    CU_ASSERT_EQUAL(status == RUNDE_OK, overlay != NULL);
    if (status == RUNDE_OK) {
        const runde_edit *const edits = runde_overlay_edits(overlay, &n);
        status = runde_problem_derive(&problem, base, edits, n, NULL);
    }
    runde_overlay_free(overlay);
    return tell(status, problem);
}

/* Somebody new of every kind, and what happens to those who are not. */
static char *happen(const void *what)
{
    static const char text[] =
        "{\"format\":\"runde-events\",\"version\":1,\"now\":3600,\"events\":["
        "{\"kind\":\"place_added\",\"place\":{\"id\":\"annex\",\"lat\":60.1,"
        "\"lon\":179.6}},"
        "{\"kind\":\"client_added\",\"client\":{\"id\":\"new\",\"lat\":60.2,"
        "\"lon\":179.7}},"
        "{\"kind\":\"carer_added\",\"carer\":{\"id\":\"stand-in\"}},"
        "{\"kind\":\"shift_added\",\"shift\":{\"id\":\"late\",\"carer\":"
        "\"stand-in\",\"start\":7200,\"end\":36000,\"start_place\":\"annex\","
        "\"end_place\":\"annex\"}},"
        "{\"kind\":\"visit_added\",\"visit\":{\"id\":\"first\",\"client\":"
        "\"new\",\"service_duration\":900}},"
        "{\"kind\":\"carer_late\",\"carer\":\"a0\",\"by\":600,\"at\":3600}]}";
    const day *const d = what;
    runde_events *happened = NULL;
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_options search = RUNDE_OPTIONS_INIT;
    runde_replan *replan = NULL;
    char *out = NULL;
    runde_status status = runde_events_from_json(&happened, d->problem, text,
                                                 sizeof text - 1, NULL);
    CU_ASSERT_EQUAL(status == RUNDE_OK, happened != NULL);
    if (status == RUNDE_OK) {
        search.iteration_limit = 5;
        options.events = runde_events_list(happened, &options.n_events);
        options.search = &search;
        status = runde_replan_new(&replan, d->problem, d->plan, &options, NULL);
        CU_ASSERT_EQUAL(status == RUNDE_OK, replan != NULL);
    }
    if (status == RUNDE_OK) {
        status = runde_replan_to_json(&out, NULL, replan);
    }
    runde_replan_free(replan);
    runde_events_free(happened);
    return finish(status, out);
}

static void test_events(void)
{
    day d = {export_problem("a", true), NULL};
    d.plan = export_plan(d.problem);
    sweep(happen, &d);
    runde_plan_free(d.plan);
    runde_problem_free(d.problem);
}

static void test_overlay(void)
{
    runde_problem *const problem = export_problem("a", true);
    sweep(weigh, problem);
    runde_problem_free(problem);
}

static void test_readers(void)
{
    static const char vroom[] =
        "{\"jobs\":[{\"id\":7,\"location_index\":1,\"skills\":[5,9],"
        "\"time_windows\":[[3600,7200]],\"delivery\":[2]},"
        "{\"id\":8,\"location_index\":2,\"pickup\":[3],\"type\":\"x\"}],"
        "\"vehicles\":[{\"id\":3,\"start_index\":0,\"skills\":[9,5],"
        "\"capacity\":[4],\"max_tasks\":2,\"breaks\":[{\"id\":1,"
        "\"service\":900,\"time_windows\":[[8000,9000]]}]},"
        "{\"id\":4,\"start_index\":0,\"speed_factor\":2}],"
        "\"matrices\":{\"car\":{\"durations\":[[0,60,70],[60,0,80],"
        "[70,80,0]]}}}";
    runde_csv_tables csv = RUNDE_CSV_TABLES_INIT;
    static const char *const texts[] = {
        "id;client;duration;earliest;skills;preferred carers;setup\n"
        "v1;k1;20;02:30;insulin:2|norsk;a|b;3\nv2;k2;1:30;;;;\n",
        "id;skills;lat;lon;transport\na;insulin:2|norsk;60;11;bil\n"
        "b;;60;11;gange\n",
        "id;carer;start;end;pause\ns;a;01:30;10:00;30\nt;b;22:00;06:00;\n",
        "id;lat;lon;fast pleier\nk1;60;11;a\nk2;60,1;11,1;\n",
        "before;after;min gap\nv1;v2;30\n"};
    runde_csv_text *const to[] = {&csv.visits, &csv.carers, &csv.shifts,
                                  &csv.clients, &csv.links};
    for (size_t i = 0; i < sizeof to / sizeof to[0]; i++) {
        to[i]->text = texts[i];
        to[i]->length = strlen(texts[i]);
    }
    csv.date = "25.10.2026"; /* a time that comes twice: a warning is kept */
    sweep(read_vroom, vroom);
    sweep(read_csv, &csv);
}

int main(void)
{
    RN_RUN("memory_files", RN_TEST(test_writers), RN_TEST(test_actuals),
           RN_TEST(test_readers), RN_TEST(test_overlay), RN_TEST(test_events));
}
