/* SPDX-License-Identifier: MIT */
/* One instance of each set: the problem seals without findings and has the
 * sizes that its file states. */
#include "harness.h"
#include "readers/readers.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_DATA "../shared/benchmarks"

typedef struct expectation {
    const char *set;
    const char *file;
    int32_t places;
    int32_t shifts;
    int32_t clients;
    int32_t visits;
    int32_t links;
    int32_t optional; /* visits */
    int32_t breaks;
} expectation;

static const expectation expected[] = {
    {"mankowska", "mankowska/instances/A1_InstanzCPLEX_HCSRP_10_1.json", 11, 3,
     10, 13, 3, 0, 0},
    {"kummer", "kummer/instances/HHCRSP_100_20_10_1.2_R_C.json", 101, 20, 100,
     130, 30, 0, 0},
    {"italian",
     "italian/instances/"
     "instance_009-reggio-emilia-r15-p55-s2-sim21.7-seq7.6.json",
     56, 7, 55, 70, 15, 0, 0},
    {"uhhc", "uhhc/instances/i-116.json", 11, 4, 10, 13, 3, 8, 2},
    {"extended",
     "extended/instances/001-cesena-p68-d6-i0.04-pt0.74-0.08-0.18-c6-6-3.json",
     74, 13, 68, 94, 26, 0, 0},
    {"bazirha", "bazirha/instances/D2.json", 11, 3, 10, 13, 3, 0, 0},
    {"bazirha-caie", "bazirha-caie/instances/J1.json", 11, 3, 10, 13, 3, 0, 0},
    {"bredstrom-ronnqvist", "bredstrom-ronnqvist/instances/BR-06M.json", 51, 10,
     50, 50, 5, 0, 0},
    {"solomon", "solomon/instances/C101.txt", 101, 25, 100, 100, 0, 0, 0},
    {"gehring-homberger", "gehring-homberger/instances/C1_2_1.txt", 201, 50,
     200, 200, 0, 0, 0},
    {"vroom", "municipal-day/hc300.json", 130, 26, 300, 300, 0, 0, 26},
};

static const char *data_root(void)
{
    const char *root = getenv("RUNDE_BENCHMARKS");
    return root == NULL || *root == '\0' ? DEFAULT_DATA : root;
}

static char *read_data(const char *file, size_t *length)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", data_root(), file);
    return source_read(path, length);
}

static void print_finding(const runde_finding *finding, void *payload)
{
    (void)payload;
    printf("%s %s: %s\n", finding->code, finding->pointer, finding->message);
}

static int32_t count_optional(const runde_problem *problem)
{
    int32_t n = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(problem); v++) {
        n += runde_problem_visit(problem, v)->optional ? 1 : 0;
    }
    return n;
}

static int32_t count_breaks(const runde_problem *problem)
{
    int32_t n = 0;
    for (int32_t s = 0; s < runde_problem_n_shifts(problem); s++) {
        n += runde_problem_shift(problem, s)->n_breaks;
    }
    return n;
}

/* The rules that hold for every set: none of working time. */
static void check_rules(const runde_problem *problem)
{
    const runde_work_rules *rules = &runde_problem_settings(problem)->rules;
    CU_ASSERT_EQUAL(rules->daily_rest, RUNDE_UNLIMITED);
    CU_ASSERT_EQUAL(rules->weekly_rest, RUNDE_UNLIMITED);
    CU_ASSERT_EQUAL(rules->max_per_day, RUNDE_UNLIMITED);
    CU_ASSERT_EQUAL(rules->max_per_week, RUNDE_UNLIMITED);
    CU_ASSERT_EQUAL(rules->max_per_horizon, RUNDE_UNLIMITED);
}

static void check_set(const expectation *want)
{
    size_t length = 0;
    char *text = read_data(want->file, &length);
    const bench_reader *reader = bench_reader_find(want->set);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(reader);
    const bench_source source = {want->set, NULL, text, length};
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = print_finding;
    bench_case of = {0};
    CU_ASSERT_EQUAL_FATAL(reader->read(&of, &source, &diag), RUNDE_OK);
    free(text);
    of.reader = reader;
    CU_ASSERT_EQUAL(diag.errors, 0);
    CU_ASSERT_EQUAL(diag.warnings, 0);
    CU_ASSERT_TRUE(runde_problem_is_sealed(of.problem));
    CU_ASSERT_EQUAL(runde_problem_n_places(of.problem), want->places);
    CU_ASSERT_EQUAL(runde_problem_n_shifts(of.problem), want->shifts);
    CU_ASSERT_EQUAL(runde_problem_n_carers(of.problem), want->shifts);
    CU_ASSERT_EQUAL(runde_problem_n_clients(of.problem), want->clients);
    CU_ASSERT_EQUAL(runde_problem_n_visits(of.problem), want->visits);
    CU_ASSERT_EQUAL(runde_problem_n_links(of.problem), want->links);
    CU_ASSERT_EQUAL(count_optional(of.problem), want->optional);
    CU_ASSERT_EQUAL(count_breaks(of.problem), want->breaks);
    check_rules(of.problem);
    bench_case_free(&of);
}

static void test_sets(void)
{
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        printf("%s\n", expected[i].set);
        check_set(&expected[i]);
    }
}

/* Every set in the table of readers is looked at above, but Runde's own
 * files, which have tests of their own. */
static void test_all_readers_are_expected(void)
{
    size_t n = 0;
    while (bench_reader_at(n) != NULL) {
        n++;
    }
    CU_ASSERT_EQUAL(n, sizeof expected / sizeof expected[0] + 1);
    CU_ASSERT_PTR_NOT_NULL(bench_reader_find("runde"));
    CU_ASSERT_PTR_NULL(bench_reader_find("no such set"));
}

/* What is not an instance is refused with a finding, whoever reads it. */
static void test_garbage(void)
{
    static const char *const texts[] = {"", "{", "[]", "{}", "null", "1 2\n3"};
    for (size_t r = 0; bench_reader_at(r) != NULL; r++) {
        const bench_reader *reader = bench_reader_at(r);
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            const bench_source source = {reader->set, NULL, texts[i],
                                         strlen(texts[i])};
            runde_diag diag = RUNDE_DIAG_INIT;
            bench_case of = {0};
            const runde_status status = reader->read(&of, &source, &diag);
            of.reader = reader;
            CU_ASSERT_NOT_EQUAL(status, RUNDE_OK);
            CU_ASSERT(diag.errors > 0);
            bench_case_free(&of);
        }
    }
}

/* Readers state problems: none of them names the options of the search, so
 * runde-bench can only give every set the same. */
static void test_readers_know_no_options(void)
{
    DIR *folder = opendir("bench/readers");
    CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
    int32_t n = 0;
    const struct dirent *entry = NULL;
    while ((entry = readdir(folder)) != NULL) {
        char path[512];
        (void)snprintf(path, sizeof path, "bench/readers/%s", entry->d_name);
        size_t length = 0;
        char *text =
            entry->d_name[0] == '.' ? NULL : source_read(path, &length);
        if (text != NULL) {
            n++;
            CU_ASSERT_PTR_NULL(strstr(text, "runde_options"));
            CU_ASSERT_PTR_NULL(strstr(text, "runde_solve"));
        }
        free(text);
    }
    (void)closedir(folder);
    CU_ASSERT_TRUE(n >= 15);
}

int main(void)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/README.md", data_root());
    if (access(path, R_OK) != 0) {
        RN_SKIP_ALL("the benchmark sets are not there: set RUNDE_BENCHMARKS");
    }
    RN_RUN("readers", RN_TEST(test_sets),
           RN_TEST(test_all_readers_are_expected), RN_TEST(test_garbage),
           RN_TEST(test_readers_know_no_options));
}
