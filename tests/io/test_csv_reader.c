/* SPDX-License-Identifier: MIT */
/* Tables to a problem: equal to one built by hand, or every finding at once,
 * each at its file, row and column. */
#include "export_fixture.h"
#include "json_fixture.h"

#define VISITS_HEAD "id,client,duration,lat,lon\n"
#define CARERS "id\na\n"
#define SHIFTS "id,carer,start,end\ns,a,07:30,15:00\n"

static runde_csv_text text_of(const char *text)
{
    const runde_csv_text csv = {text, text == NULL ? 0 : strlen(text)};
    return csv;
}

static runde_status read(runde_problem **out, const runde_csv_tables *tables,
                         seen *all)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    all->n = 0;
    diag.on_finding = see;
    diag.payload = all;
    *out = NULL;
    return runde_problem_from_csv(out, tables, &diag);
}

/* The usual staff, and these visits, on one day. */
static runde_status read_visits(runde_problem **out, const char *visits,
                                seen *all)
{
    runde_csv_tables tables = RUNDE_CSV_TABLES_INIT;
    tables.visits = text_of(visits);
    tables.carers = text_of(CARERS);
    tables.shifts = text_of(SHIFTS);
    tables.date = "2026-03-23";
    return read(out, &tables, all);
}

static void expect(const seen *all, const char *code, const char *pointer)
{
    if (!has_seen(all, code, pointer)) {
        printf("    expected %s %s, found:\n", code, pointer);
        print_seen(all);
        CU_FAIL("a finding is missing");
    }
}

static void expect_in(const char *visits, const char *code, const char *pointer)
{
    static seen all;
    runde_problem *problem = NULL;
    const runde_status status = read_visits(&problem, visits, &all);
    CU_ASSERT_NOT_EQUAL(status, RUNDE_OK);
    CU_ASSERT_PTR_NULL(problem);
    expect(&all, code, pointer);
}

/* --------------------------------------------------------------- round trip */

static const char visits_nb[] =
    "\xEF\xBB\xBF"
    "Bes\xC3\xB8k;Bruker;Dato;Varighet (min);Tidligst;Senest;"
    "\xC3\x98nsket fra;\xC3\x98nsket til;Kompetanse;Bemanning;Valgfri;Pris;"
    "x-merknad\r\n"
    "v1;k1;23.03.2026;22,5;8.00;10:00;08:15;09:00:30;insulin:2|norsk;2;;;"
    "\"Ola; gul d\xC3\xB8r\"\r\n"
    "v2;k1;2026-03-24;1:30;19:00;;;;;;ja;7\r\n"
    ";;;;;;;;;;;;\r\n";
static const char clients_en[] = "id,lat,lon,max_carers,preferred_carers,"
                                 "prohibited_carers\n"
                                 "k1,\"60,5\",11.25,3,a | b,\n"
                                 "k2,-60.0000001,-11,,,b\n";
static const char carers_tab[] = "Pleier\tKompetanse\tlat\tlon\tTransport\n"
                                 "a\tinsulin:2|norsk\t60\t11\tBil\n"
                                 "b\tnorsk|insulin:3\t60\t11\tsykkel\n";
static const char shifts_nb[] =
    "vakt;ansatt;dato;fra;til;pause;pause fra;pause til;pause betalt;"
    "transport\n"
    "a-dag;a;23.3.2026;07:30;15:00;30;10:30;12:30;ja;\n"
    "b-natt;b;23.3.2026;22:15;07:45;20;01:00;;nei;gange\n";
static const char links_en[] = "before,after,from,min_gap,max_gap,same_carer,"
                               "different_carer,all_or_none\n"
                               "v1,v2,end,-30,48:00,yes,0,x\n";

static void hand_people(runde_problem *p)
{
    static const double at[][2] = {
        {60.5, 11.25}, {-60.0000001, -11.0}, {60.0, 11.0}};
    static const char *const ids[] = {"k1", "k2", "base"};
    static const runde_skill_held held[] = {{0, 2, RUNDE_TIME_NONE},
                                            {1, 1, RUNDE_TIME_NONE},
                                            {1, 1, RUNDE_TIME_NONE},
                                            {0, 3, RUNDE_TIME_NONE}};
    static const runde_carer_wish likes[] = {{0, RUNDE_PREFERRED, 1},
                                             {1, RUNDE_PREFERRED, 1}};
    static const runde_carer_wish never = {1, RUNDE_PROHIBITED, 0};
    for (int i = 0; i < 3; i++) {
        runde_place place = RUNDE_PLACE_INIT;
        place.id = ids[i];
        place.has_coordinates = true;
        place.lat = at[i][0];
        place.lon = at[i][1];
        MUST(runde_problem_add_place(p, &place, NULL));
    }
    MUST(runde_problem_add_skill(p, "insulin", NULL));
    MUST(runde_problem_add_skill(p, "norsk", NULL));
    MUST(runde_problem_add_mode(p, "car", NULL));
    MUST(runde_problem_add_mode(p, "walk", NULL));
    for (int i = 0; i < 2; i++) {
        runde_client client = RUNDE_CLIENT_INIT;
        runde_carer carer = RUNDE_CARER_INIT;
        client.id = ids[i];
        client.place = i;
        client.max_carers = i == 0 ? 3 : 0;
        client.wishes = i == 0 ? likes : &never;
        client.n_wishes = i == 0 ? 2 : 1;
        carer.id = i == 0 ? "a" : "b";
        carer.skills = &held[2 * i];
        carer.n_skills = 2;
        MUST(runde_problem_add_client(p, &client, NULL));
        MUST(runde_problem_add_carer(p, &carer, NULL));
    }
}

static void hand_work(runde_problem *p)
{
    const int32_t day = 24 * HOUR;
    const runde_break pauses[2] = {
        {1800, 10 * HOUR + 1800, 12 * HOUR + 1800, false, true, false},
        {1200, day + HOUR, day + 7 * HOUR + 2700 - 1200, false, false, false}};
    for (int i = 0; i < 2; i++) {
        runde_shift shift = RUNDE_SHIFT_INIT;
        shift.id = i == 0 ? "a-dag" : "b-natt";
        shift.carer = shift.mode = i;
        shift.start = i == 0 ? 27000 : 22 * HOUR + 900;
        shift.end = i == 0 ? 15 * HOUR : day + 7 * HOUR + 2700;
        shift.start_place = shift.end_place = 2;
        shift.breaks = &pauses[i];
        shift.n_breaks = 1;
        MUST(runde_problem_add_shift(p, &shift, NULL));
    }
    const runde_window windows[2] = {
        {8 * HOUR, 10 * HOUR, RUNDE_TIME_NONE},
        {day + 19 * HOUR, 2 * day - 1, RUNDE_TIME_NONE}};
    static const runde_interval wish = {8 * HOUR + 900, 9 * HOUR + 30};
    static const runde_skill_need needs[] = {{0, 2, RUNDE_NONE},
                                             {1, 1, RUNDE_NONE}};
    for (int i = 0; i < 2; i++) {
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = i == 0 ? "v1" : "v2";
        visit.client = 0;
        visit.duration = i == 0 ? 1350 : 5400;
        visit.windows = &windows[i];
        visit.n_windows = 1;
        visit.preferred = &wish;
        visit.n_preferred = i == 0;
        visit.skills = needs;
        visit.n_skills = i == 0 ? 2 : 0;
        visit.crew = i == 0 ? 2 : 1;
        visit.optional = i == 1;
        visit.price = i == 1 ? 7 : 0;
        MUST(runde_problem_add_visit(p, &visit, NULL));
    }
    runde_link link = RUNDE_LINK_INIT;
    link.before = 0;
    link.after = 1;
    link.from_end = true;
    link.min_gap = -1800;
    link.max_gap = 2 * day;
    link.same_carer = true;
    link.all_or_none = true;
    MUST(runde_problem_add_link(p, &link, NULL));
}

static runde_problem *by_hand(void)
{
    runde_problem *p = NULL;
    runde_settings settings = RUNDE_SETTINGS_INIT;
    settings.has_origin = true;
    settings.origin = INT64_C(1774220400); /* 2026-03-23T00:00:00+01:00 */
    settings.time_zone = "Europe/Oslo";
    settings.days = 2;
    MUST(runde_problem_new(&p, &settings, NULL));
    hand_people(p);
    hand_work(p);
    MUST(runde_problem_seal(p, NULL));
    return p;
}

static void test_round_trip(void)
{
    static seen all;
    runde_csv_tables tables = RUNDE_CSV_TABLES_INIT;
    runde_problem *problem = NULL;
    tables.visits = text_of(visits_nb);
    tables.clients = text_of(clients_en);
    tables.carers = text_of(carers_tab);
    tables.shifts = text_of(shifts_nb);
    tables.links = text_of(links_en);
    const runde_status status = read(&problem, &tables, &all);
    if (status != RUNDE_OK) {
        print_seen(&all);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    runde_problem *const hand = by_hand();
    char *found = NULL;
    char *wanted = NULL;
    MUST(runde_problem_to_json(&found, NULL, problem));
    MUST(runde_problem_to_json(&wanted, NULL, hand));
    CU_ASSERT_STRING_EQUAL(found, wanted);
    runde_problem *again = NULL;
    MUST(runde_problem_from_json(&again, found, strlen(found), NULL));
    runde_problem_free(again);
    runde_text_free(found);
    runde_text_free(wanted);
    runde_problem_free(hand);
    runde_problem_free(problem);
}

/* Without clients.csv the visits bring the places. */
static void test_without_clients(void)
{
    static seen all;
    runde_problem *problem = NULL;
    CU_ASSERT_EQUAL_FATAL(read_visits(&problem,
                                      VISITS_HEAD
                                      "v1,k1,20,60,11\nv2,k1,20,,\n"
                                      "v3,k2,20,61,11\nv4,k1,5,60.0,\"11,0\"\n",
                                      &all),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(all.n, 0);
    CU_ASSERT_EQUAL(runde_problem_n_clients(problem), 2);
    CU_ASSERT_EQUAL(runde_problem_n_places(problem), 2);
    CU_ASSERT_EQUAL(runde_problem_visit(problem, 3)->client, 0);
    CU_ASSERT_EQUAL(runde_problem_settings(problem)->days, 1);
    runde_problem_free(problem);
    expect_in(VISITS_HEAD "v1,k1,20,60,11\nv2,k1,20,60,12\n", "RUNDE-E612",
              "/visits.csv/3/D");
    expect_in(VISITS_HEAD "v1,k1,20,,\n", "RUNDE-E814", "/visits.csv/2/D");
    expect_in(VISITS_HEAD "v1,k1,20,60,\n", "RUNDE-E814", "/visits.csv/2/E");
}

/* ----------------------------------------------------------------- findings */

static void test_all_at_once(void)
{
    static seen all;
    runde_problem *problem = NULL;
    runde_csv_tables tables = RUNDE_CSV_TABLES_INIT;
    tables.visits = text_of("id;client;date;duration;earliest;latest;crew;"
                            "optional;preferred carers\n"
                            "v1;k1;2026-03-23;abc;25:00;10:00;9;kanskje;\n"
                            ";k9;2026-02-30;;;;;;nobody\n"
                            "v3;k1;2026-03-23;20;12:00;10:00;;;\n"
                            "v3;k1;;20;;;;;\n"
                            "v4;k1;2026-03-23;0,33;;;;;\n");
    tables.clients = text_of("id;lat;lon\nk1;60;11\nk2;91;\n");
    tables.carers = text_of("id;skills\na;norsk:x\na;\n");
    tables.shifts = text_of("id;carer;date;start;end;break;break from\n"
                            "s1;a;2026-03-23;07:30;07:30;;\n"
                            "s2;b;2026-03-23;halv;15;;10:00\n");
    tables.links = text_of("before;after;min_gap\nv1;v7;-1:0\n");
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NULL(problem);
    static const char *const wanted[][2] = {
        {"RUNDE-E607", "/visits.csv/2/D"},  {"RUNDE-E607", "/visits.csv/2/E"},
        {"RUNDE-E606", "/visits.csv/2/G"},  {"RUNDE-E611", "/visits.csv/2/H"},
        {"RUNDE-E814", "/visits.csv/3/A"},  {"RUNDE-E605", "/visits.csv/3/B"},
        {"RUNDE-E607", "/visits.csv/3/C"},  {"RUNDE-E814", "/visits.csv/3/D"},
        {"RUNDE-E605", "/visits.csv/3/I"},  {"RUNDE-E209", "/visits.csv/4/E"},
        {"RUNDE-E814", "/visits.csv/5/C"},  {"RUNDE-E607", "/visits.csv/6/D"},
        {"RUNDE-E606", "/clients.csv/3/B"}, {"RUNDE-E814", "/clients.csv/3/C"},
        {"RUNDE-E606", "/carers.csv/2/B"},  {"RUNDE-E102", "/carers.csv/3/A"},
        {"RUNDE-E205", "/shifts.csv/2/E"},  {"RUNDE-E605", "/shifts.csv/3/B"},
        {"RUNDE-E607", "/shifts.csv/3/D"},  {"RUNDE-E605", "/links.csv/2/B"},
        {"RUNDE-E607", "/links.csv/2/C"}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        expect(&all, wanted[i][0], wanted[i][1]);
    }
}

static void test_headings(void)
{
    static seen all;
    runde_problem *problem = NULL;
    expect_in("id,client,durration,lat,lon\n", "RUNDE-E812", "/visits.csv/1/C");
    CU_ASSERT_EQUAL(read_visits(&problem, "id,client,duration,tidligs\n", &all),
                    RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(all.finding[0].message, "\"tidligst\""));
    expect_in("id,client,duration,Navn\n", "RUNDE-E812", "/visits.csv/1/D");
    expect_in("id,client,duration,minutter\n", "RUNDE-E812", "/visits.csv/1/D");
    expect_in("client,duration\n", "RUNDE-E812", "/visits.csv/1/A");
    expect_in("", "RUNDE-E811", "/visits.csv/1/A");
    expect_in("\n\n", "RUNDE-E812", "/visits.csv/1/A");
    /* Twenty-seven columns in: "AA". */
    expect_in("id,client,duration,x-1,x-2,x-3,x-4,x-5,x-6,x-7,x-8,x-9,x-10,"
              "x-11,x-12,x-13,x-14,x-15,x-16,x-17,x-18,x-19,x-20,x-21,x-22,"
              "x-23,oops\n",
              "RUNDE-E812", "/visits.csv/1/AA");
}

static void test_shape(void)
{
    expect_in(VISITS_HEAD "v1,k1,20,60,11,12\n", "RUNDE-E811",
              "/visits.csv/2/F");
    expect_in(VISITS_HEAD "v1,\"k1,20,60,11\n", "RUNDE-E811",
              "/visits.csv/2/B");
    expect_in(VISITS_HEAD "v1,\"k1\"x,20,60,11\n", "RUNDE-E811",
              "/visits.csv/2/B");
    expect_in(VISITS_HEAD "\n\nv1,\"k\n1\",20,60,11\n", "RUNDE-E005",
              "/visits.csv/4/B");
    /* A row is a row, however many lines its cells have. */
    expect_in(VISITS_HEAD "\"v\n1\",k1,20,60,11\nv2,k1,x,,\n", "RUNDE-E607",
              "/visits.csv/3/C");
    expect_in(VISITS_HEAD "v1,k\xE2\x80\xAE"
                          "1,20,60,11\n",
              "RUNDE-E005", "/visits.csv/2/B");
}

static void test_encoding(void)
{
    static seen all;
    runde_problem *problem = NULL;
    expect_in("bes\xF8k,client,duration\n", "RUNDE-E001", "/visits.csv/1/A");
    CU_ASSERT_EQUAL(read_visits(&problem,
                                VISITS_HEAD "v1,bl\xE5"
                                            "b\xE6r,20,60,11\n",
                                &all),
                    RUNDE_E_FORMAT);
    expect(&all, "RUNDE-E001", "/visits.csv/2/B");
    CU_ASSERT_EQUAL(all.n, 1);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(all.finding[0].message, "is \"\xC3\xA5\" in Latin-1"));
    expect_in("\xFF\xFEi", "RUNDE-E001", "/visits.csv/1/A");
}

/* What one table lost is not held against the others. */
static void test_lost_table(void)
{
    static seen all;
    runde_problem *problem = NULL;
    runde_csv_tables tables = RUNDE_CSV_TABLES_INIT;
    tables.visits = text_of(VISITS_HEAD "v1,k1,20,60,11\n");
    tables.shifts = text_of(SHIFTS);
    tables.date = "2026-03-23";
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_E_FORMAT);
    expect(&all, "RUNDE-E811", "/carers.csv");
    CU_ASSERT_FALSE(has_seen(&all, "RUNDE-E605", "/shifts.csv/2/B"));
    CU_ASSERT_EQUAL(all.n, 1);
    tables.carers = text_of(CARERS);
    tables.date = "nonsense";
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_E_ARGUMENT);
    tables.date = NULL;
    tables.time_zone = "Mars/Olympus";
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_E_ARGUMENT);
    tables.time_zone = NULL;
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_E_FORMAT);
    expect(&all, "RUNDE-E814", "/visits.csv/2");
    expect(&all, "RUNDE-E814", "/shifts.csv/2");
}

static void test_clock_change(void)
{
    static seen all;
    runde_problem *problem = NULL;
    runde_csv_tables tables = RUNDE_CSV_TABLES_INIT;
    tables.visits = text_of("id,client,duration,lat,lon,earliest\n"
                            "v1,k1,20,60,11,02:30\n");
    tables.carers = text_of(CARERS);
    tables.shifts = text_of(SHIFTS);
    tables.date = "29.03.2026";
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_E_FORMAT);
    expect(&all, "RUNDE-E608", "/visits.csv/2/F");
    tables.date = "25.10.2026";
    CU_ASSERT_EQUAL(read(&problem, &tables, &all), RUNDE_OK);
    expect(&all, "RUNDE-W650", "/visits.csv/2/F");
    runde_problem_free(problem);
}

/* ------------------------------------------------------------------ hostile */

/* What the writer of tables puts in front of and around an id, the reader
 * takes off again. */
static void test_hostile(void)
{
    static seen all;
    for (int i = 0; i < N_HOSTILE; i++) {
        const char *const id = export_hostile[i];
        char text[1024] = "id;client;duration;lat;lon\n";
        if (strstr(id, "\xE2\x80\xA8") != NULL || strncmp(id, " ", 1) == 0) {
            continue; /* not let in; trimmed */
        }
        size_t n = strlen(text);
        text[n++] = '"';
        if (strchr("=+-@'", id[0]) != NULL) {
            text[n++] = '\'';
        }
        for (const char *c = id; *c != '\0'; c++) {
            text[n++] = *c;
            if (*c == '"') {
                text[n++] = '"';
            }
        }
        (void)snprintf(text + n, sizeof text - n, "\";k;20;60;11\n");
        runde_problem *problem = NULL;
        CU_ASSERT_EQUAL_FATAL(read_visits(&problem, text, &all), RUNDE_OK);
        CU_ASSERT_STRING_EQUAL(runde_problem_visit(problem, 0)->id, id);
        runde_problem_free(problem);
    }
    char text[1200] = VISITS_HEAD;
    memset(text + strlen(text), 'x', 1000);
    text[sizeof VISITS_HEAD - 1 + 1000] = '\0';
    (void)strncat(text, ",k,20,60,11\n", sizeof text - strlen(text) - 1);
    expect_in(text, "RUNDE-E103", "/visits.csv/2/A");
}

/* Every prefix of a good table is read or refused, never more. */
static void test_prefixes(void)
{
    static seen all;
    for (size_t n = 0; n <= strlen(visits_nb); n++) {
        char copy[sizeof visits_nb];
        runde_problem *problem = NULL;
        memcpy(copy, visits_nb, n);
        copy[n] = '\0';
        const runde_status status = read_visits(&problem, copy, &all);
        CU_ASSERT_EQUAL(status == RUNDE_OK, problem != NULL);
        CU_ASSERT_TRUE(status == RUNDE_OK || all.n > 0);
        runde_problem_free(problem);
    }
}

int main(void)
{
    RN_RUN("csv_reader", RN_TEST(test_round_trip),
           RN_TEST(test_without_clients), RN_TEST(test_all_at_once),
           RN_TEST(test_headings), RN_TEST(test_shape), RN_TEST(test_encoding),
           RN_TEST(test_lost_table), RN_TEST(test_clock_change),
           RN_TEST(test_hostile), RN_TEST(test_prefixes));
}
