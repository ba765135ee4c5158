/* SPDX-License-Identifier: MIT */
/* runde-bench: one instance of a public set in, a solution in the set's own
 * format and one line of figures out. */
#include "best_known.h"
#include "readers/readers.h"
#include "trace.h"

/* Of the library's inside only what leaves out habits of the search. */
#include "search/habits.h"
#include "solve.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EXIT_USAGE 64
#define EXIT_DATA 65
#ifdef RUNDE_HAS_GLPK
#include <runde/glpk.h>
#define EXACT "glpk"
#else
#define EXACT "none"
#endif

#define EXIT_SOFTWARE 70
#define EXIT_IO 74

typedef struct arguments {
    const char *set;
    const char *instance;
    const char *objective;
    const char *out;
    const char *trace; /* NULL: not wanted */
    double seconds;
    int64_t iterations;
    int64_t threads;
    int64_t parts;
    int64_t replicas;
    int64_t bound; /* 1: how low any plan can be, on standard error */
    uint64_t seed;
    uint32_t without;  /* habits of the search */
    const char *exact; /* "none" or, where it is built, "glpk" */
} arguments;

static const char usage[] =
    "usage: runde-bench --set NAME --instance FILE --out SOLUTION\n"
    "           [--objective travel|preference] [--seconds S]\n"
    "           [--iterations N] [--threads N] [--parts N] [--seed N]\n"
    "           [--replicas N] [--trace FILE] [--exact none|glpk]\n"
    "           [--bound 0|1]\n"
    "           [--without HABIT[,HABIT...]]\n"
    "habits:";

static int say_usage(const char *problem, const char *value)
{
    (void)fprintf(stderr, "runde-bench: %s%s\n%s", problem, value, usage);
    for (size_t i = 0; rn_habit_name(i) != NULL; i++) {
        (void)fprintf(stderr, " %s", rn_habit_name(i));
    }
    (void)fputs("\nsets:", stderr);
    for (size_t i = 0; bench_reader_at(i) != NULL; i++) {
        (void)fprintf(stderr, " %s", bench_reader_at(i)->set);
    }
    (void)fputc('\n', stderr);
    return EXIT_USAGE;
}

/* ----------------------------------------------------------- arguments */

static bool read_whole(const char *text, int64_t *value)
{
    char *end = NULL;
    errno = 0;
    const long long number = strtoll(text, &end, 10);
    *value = number;
    return errno == 0 && end != text && *end == '\0' && number >= 0;
}

static bool read_seconds(const char *text, double *value)
{
    char *end = NULL;
    *value = strtod(text, &end);
    return end != text && *end == '\0' && *value > 0.0 && *value < 1e6;
}

static bool read_text(arguments *into, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **place;
    } texts[] = {{"--set", &into->set},
                 {"--instance", &into->instance},
                 {"--objective", &into->objective},
                 {"--out", &into->out},
                 {"--trace", &into->trace},
                 {"--exact", &into->exact}};
    bool is_known = false;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(texts[i].name, name) == 0) {
            *texts[i].place = value;
            is_known = true;
        }
    }
    return is_known;
}

/* Names with commas between them. */
static bool read_habits(const char *text, uint32_t *habits)
{
    bool ok = true;
    while (ok && *text != '\0') {
        char name[32];
        const size_t length = strcspn(text, ",");
        (void)snprintf(name, sizeof name, "%.*s", (int)length, text);
        const uint32_t habit = rn_habit_named(name);
        *habits |= habit;
        ok = habit != 0;
        text += length;
        text += *text == ',';
    }
    return ok;
}

static int read_option(arguments *into, const char *name, const char *value)
{
    int64_t seed = 0;
    bool ok = false;
    if (read_text(into, name, value)) {
        ok = true;
    } else if (strcmp(name, "--seconds") == 0) {
        ok = read_seconds(value, &into->seconds);
    } else if (strcmp(name, "--iterations") == 0) {
        ok = read_whole(value, &into->iterations);
    } else if (strcmp(name, "--threads") == 0) {
        ok = read_whole(value, &into->threads) && into->threads > 0 &&
             into->threads <= 64;
    } else if (strcmp(name, "--parts") == 0) {
        ok = read_whole(value, &into->parts) && into->parts <= INT32_MAX;
    } else if (strcmp(name, "--replicas") == 0) {
        ok = read_whole(value, &into->replicas) && into->replicas <= 64;
    } else if (strcmp(name, "--bound") == 0) {
        ok = read_whole(value, &into->bound) && into->bound <= 1;
    } else if (strcmp(name, "--without") == 0) {
        ok = read_habits(value, &into->without);
    } else if (strcmp(name, "--seed") == 0) {
        ok = read_whole(value, &seed);
        into->seed = (uint64_t)seed;
    } else {
        return say_usage("unknown option ", name);
    }
    return ok ? 0 : say_usage("no sensible value for ", name);
}

static int check_arguments(const arguments *given)
{
    if (given->set == NULL || given->instance == NULL || given->out == NULL) {
        return say_usage("--set, --instance and --out are needed", "");
    }
    if (bench_reader_find(given->set) == NULL) {
        return say_usage("no such set: ", given->set);
    }
    if (strcmp(given->exact, "none") != 0 && strcmp(given->exact, EXACT) != 0) {
        return say_usage("no such exact method: ", given->exact);
    }
    if (given->objective != NULL && strcmp(given->objective, "travel") != 0 &&
        strcmp(given->objective, "preference") != 0) {
        return say_usage("no such objective: ", given->objective);
    }
    if (given->objective != NULL && strcmp(given->objective, "travel") != 0 &&
        strcmp(given->set, "bredstrom-ronnqvist") != 0) {
        return say_usage("only bredstrom-ronnqvist has the objective ",
                         given->objective);
    }
    return 0;
}

static int read_arguments(arguments *into, int n, char **words)
{
    *into = (arguments){.threads = 1, .exact = EXACT};
    for (int i = 1; i < n; i += 2) {
        if (i + 1 == n) {
            return say_usage("no value for ", words[i]);
        }
        const int status = read_option(into, words[i], words[i + 1]);
        if (status != 0) {
            return status;
        }
    }
    return check_arguments(into);
}

/* --------------------------------------------------------------- search */

/* Processor seconds of all threads: what a benchmark pays for. */
static double cpu_seconds(void *payload)
{
    const int64_t *threads = payload;
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return ((double)now.tv_sec + 1e-9 * (double)now.tv_nsec) / (double)*threads;
}

/* The same for every set: what a set needs, its problem has to say. */
static runde_options search_options(arguments *given)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.time_limit = given->seconds;
    options.iteration_limit = given->iterations;
    options.seed = given->seed;
    options.clock = cpu_seconds;
    options.clock_payload = &given->threads;
    options.threads = (int32_t)given->threads;
    options.parts = (int32_t)given->parts;
    options.replicas = (int32_t)given->replicas;
#ifdef RUNDE_HAS_GLPK
    options.exact = strcmp(given->exact, "glpk") == 0 ? runde_glpk() : NULL;
    options.bound = options.exact != NULL && given->bound == 1;
#endif
    return options;
}

/* -------------------------------------------------------------- results */

/* "instances/C101.txt" is the instance C101. */
static void name_instance(const char *path, char *name, size_t room)
{
    const char *slash = strrchr(path, '/');
    (void)snprintf(name, room, "%s", slash == NULL ? path : slash + 1);
    char *dot = strrchr(name, '.');
    if (dot != NULL) {
        *dot = '\0';
    }
}

/* bks.csv lies beside the folder of the instance, or in it. */
static bool find_best(const arguments *given, const char *name, double *best)
{
    const bench_reader *reader = bench_reader_find(given->set);
    const char *column = reader->best_column;
    if (given->objective != NULL &&
        strcmp(given->objective, "preference") == 0) {
        column = reader->best_preference;
    }
    const char *slash = strrchr(given->instance, '/');
    const int length = slash == NULL ? 0 : (int)(slash - given->instance) + 1;
    char csv[4096];
    (void)snprintf(csv, sizeof csv, "%.*s../bks.csv", length, given->instance);
    return best_known_find(csv, name, column, best);
}

static void print_line(const arguments *given, const bench_price *price,
                       const runde_search_info *info, double seconds)
{
    const int digits = bench_reader_find(given->set)->digits;
    char name[256];
    name_instance(given->instance, name, sizeof name);
    double best = 0.0;
    const bool has_best = find_best(given, name, &best);
    (void)printf("%s ", name);
    if (price->left_out > 0) {
        (void)printf("left-out:%d", price->left_out);
    } else {
        (void)printf("%.*f", digits, price->value);
    }
    (void)printf(" %.2f %lld ", seconds, (long long)info->iterations);
    if (!has_best) {
        (void)printf("- -\n");
        return;
    }
    (void)printf("%.*f ", digits, best);
    if (price->left_out > 0 || best == 0.0) {
        (void)printf("-\n");
    } else {
        const double gap = 100.0 * (price->value - best) / fabs(best);
        /* No minus in front of nothing. */
        (void)printf("%.3f\n", fabs(gap) < 5e-4 ? 0.0 : gap);
    }
}

/* How low any plan can be, where it was asked for and is known. */
static void print_bound(const runde_search_info *info, const bench_case *self)
{
    if (info->bound != RUNDE_NO_BOUND) {
        (void)fprintf(stderr, "bound %.3f, gap %.1f %%\n",
                      (double)info->bound * self->scale + self->offset,
                      (double)info->gap / 10.0);
    }
}

/* The library's price and the set's own must say the same. */
static int compare_prices(const bench_case *self, const runde_plan *plan,
                          const bench_price *price)
{
    const runde_cost *cost = runde_plan_cost(plan);
    const double stated = (double)cost->wishes * self->scale + self->offset;
    const double tolerance = 1e-6 * fmax(1.0, fabs(price->value));
    if (price->left_out > 0 || fabs(stated - price->value) <= tolerance) {
        return 0;
    }
    (void)fprintf(stderr, "runde-bench: the plan states %.6f, it costs %.6f\n",
                  stated, price->value);
    for (int32_t x = 0; x < (int32_t)RUNDE_CRITERIA; x++) {
        if (cost->amount[x] != 0) {
            (void)fprintf(stderr, "  %s: amount %lld, cost %lld\n",
                          runde_criterion_name((runde_criterion)x),
                          (long long)cost->amount[x], (long long)cost->cost[x]);
        }
    }
    return EXIT_SOFTWARE;
}

static int write_solution(const char *path, const bench_case *self,
                          const runde_plan *plan)
{
    FILE *file = fopen(path, "w");
    bool ok = file != NULL;
    if (ok) {
        ok = self->reader->write(file, self, plan) == RUNDE_OK;
        ok = fclose(file) == 0 && ok;
    }
    if (!ok) {
        (void)fprintf(stderr, "runde-bench: %s: %s\n", path, strerror(errno));
    }
    return ok ? 0 : EXIT_IO;
}

static int report(const arguments *given, const bench_case *self,
                  const runde_plan *plan, double seconds)
{
    bench_price price = {0.0, 0};
    if (self->reader->price(&price, self, plan) != RUNDE_OK) {
        (void)fprintf(stderr, "runde-bench: out of memory\n");
        return EXIT_SOFTWARE;
    }
    int status = write_solution(given->out, self, plan);
    if (status == 0) {
        print_line(given, &price, runde_plan_search(plan), seconds);
        print_bound(runde_plan_search(plan), self);
        status = compare_prices(self, plan, &price);
    }
    return status;
}

/* ----------------------------------------------------------------- main */

static void print_finding(const runde_finding *finding, void *payload)
{
    const arguments *given = payload;
    (void)fprintf(stderr, "%s: %s %s: %s\n", given->instance, finding->code,
                  finding->pointer, finding->message);
}

static int trace_failed(const arguments *given)
{
    (void)fprintf(stderr, "runde-bench: %s: %s\n", given->trace,
                  strerror(errno));
    return EXIT_IO;
}

static int search_case(arguments *given, const bench_case *self,
                       const runde_options *with, runde_diag *diag)
{
    const double begin = cpu_seconds(&given->threads);
    runde_plan *plan = NULL;
    const runde_status status =
        rn_solve_without(&plan, self->problem, with, given->without, diag);
    const double seconds = cpu_seconds(&given->threads) - begin;
    if (status != RUNDE_OK) {
        (void)fprintf(stderr, "runde-bench: %s: %s\n", given->instance,
                      runde_status_name(status));
        return EXIT_SOFTWARE;
    }
    const int code = report(given, self, plan, seconds);
    runde_plan_free(plan);
    return code;
}

static int solve_case(arguments *given, const bench_case *self,
                      runde_diag *diag)
{
    runde_options with = search_options(given);
    bench_trace trace = {NULL, self->scale, self->offset};
    if (given->trace == NULL) {
        return search_case(given, self, &with, diag);
    }
    if (!trace_open(&trace, given->trace)) {
        return trace_failed(given);
    }
    with.progress = trace_note;
    with.progress_payload = &trace;
    const int code = search_case(given, self, &with, diag);
    return trace_close(&trace) || code != 0 ? code : trace_failed(given);
}

static int read_case(bench_case *self, const arguments *given, runde_diag *diag)
{
    size_t length = 0;
    char *text = source_read(given->instance, &length);
    if (text == NULL) {
        (void)fprintf(stderr, "runde-bench: %s: %s\n", given->instance,
                      strerror(errno));
        return EXIT_IO;
    }
    const bench_reader *reader = bench_reader_find(given->set);
    const bench_source source = {given->set, given->objective, text, length};
    const runde_status status = reader->read(self, &source, diag);
    free(text);
    self->reader = reader;
    if (status != RUNDE_OK) {
        (void)fprintf(stderr, "runde-bench: %s: %s\n", given->instance,
                      runde_status_name(status));
        return EXIT_DATA;
    }
    return 0;
}

int main(int argc, char **argv)
{
    arguments given;
    int code = read_arguments(&given, argc, argv);
    if (code == 0) {
        runde_diag diag = RUNDE_DIAG_INIT;
        diag.on_finding = print_finding;
        diag.payload = &given;
        bench_case self = {0};
        code = read_case(&self, &given, &diag);
        if (code == 0) {
            code = solve_case(&given, &self, &diag);
        }
        bench_case_free(&self);
    }
    return code;
}
