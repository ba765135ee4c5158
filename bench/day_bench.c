/* SPDX-License-Identifier: MIT */
/* What changing a published day takes, in CPU time, and what it changes:
 *
 *     runde-day-bench VISITS.json PLAN.json [SCENES [PRICE [MINUTES]]]
 *     runde-day-bench VISITS.json PLAN.json SCENES table [N]
 *
 * One line per kind of event, over SCENES events of each (default 20) spread
 * over the people and visits of the day. PRICE is that of a changed carer
 * (default: the file's), MINUTES the tolerance (default 0). "Unavoidable"
 * counts the parts that somebody else has to serve because their carer is not
 * there. The table is of ill carers by price and tolerance; "cost" is what the
 * plan itself costs more, the price of changes left away. With N every N-th
 * visit is cancelled first, and the rest planned in 20,000 iterations: a day
 * with room in it. */
#define _POSIX_C_SOURCE 200809L
#include <runde/runde.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SCENES = 1000 };

typedef struct tally {
    double ms[MOST_SCENES];
    int n;
    int unavoidable;
    int carer_changed;
    int time_changed;
    int dropped;
    long long extra; /* wishes after minus before, changes left away */
} tally;

/* How the day is replanned. */
typedef struct day {
    const runde_problem *problem;
    const runde_plan *plan;
    int32_t tolerance; /* ticks */
    int scenes;
} day;

static double cpu_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    *length = 0;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return NULL;
    }
    const long size = ftell(file);
    rewind(file);
    if (size > 0) {
        text = malloc((size_t)size);
    }
    if (text != NULL) {
        *length = fread(text, 1, (size_t)size, file);
    }
    (void)fclose(file);
    return text;
}

static int parts_of(const runde_problem *problem, const runde_plan *plan,
                    int32_t carer)
{
    int n = 0;
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        for (int32_t k = 0;
             k < route->n_stops &&
             runde_problem_shift(problem, route->shift)->carer == carer;
             k++) {
            n += route->stops[k].kind == RUNDE_STOP_VISIT;
        }
    }
    return n;
}

/* Without the price of being other than published. */
static long long own_cost(const runde_cost *cost)
{
    return cost->wishes - cost->cost[RUNDE_CHANGED_CARER] -
           cost->cost[RUNDE_SHIFTED_START] - cost->cost[RUNDE_CLIENTS_CHANGED] -
           cost->cost[RUNDE_VISITS_SHIFTED];
}

/* Parts that start earlier or later by more than the tolerance. */
static int shifted(const runde_diff *diff, int32_t tolerance)
{
    int n = 0;
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *part = runde_diff_get_part(diff, i);
        n += (part->what & RUNDE_DIFF_TIME) != 0 &&
             abs(part->start[1] - part->start[0]) > tolerance;
    }
    return n;
}

static void measure(tally *t, const day *d, const runde_event *event)
{
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_replan *replan = NULL;
    options.events = event;
    options.n_events = 1;
    options.tolerance = d->tolerance;
    const double began = cpu_ms();
    const runde_status status =
        runde_replan_new(&replan, d->problem, d->plan, &options, NULL);
    const double ended = cpu_ms();
    if (status != RUNDE_OK) {
        (void)printf("%s\n", runde_status_name(status));
        return;
    }
    const runde_diff_totals *totals =
        runde_diff_get_totals(runde_replan_diff(replan));
    t->ms[t->n++] = ended - began;
    t->carer_changed += totals->carer_changed;
    t->time_changed += shifted(runde_replan_diff(replan), d->tolerance);
    t->dropped += totals->dropped - totals->added;
    t->extra += own_cost(runde_plan_cost(runde_replan_plan(replan))) -
                own_cost(runde_replan_cost_before(replan));
    runde_replan_free(replan);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print(const char *name, tally *t)
{
    if (t->n == 0) {
        return;
    }
    qsort(t->ms, (size_t)t->n, sizeof t->ms[0], by_size);
    const double n = t->n;
    (void)printf("%-10s %5d %8.1f %8.1f %9.1f %9.1f %9.1f %9.2f %9.0f\n", name,
                 t->n, t->ms[t->n / 2], t->ms[t->n - 1], t->unavoidable / n,
                 t->carer_changed / n, t->time_changed / n, t->dropped / n,
                 (double)t->extra / n);
}

static int32_t some_carer(const day *d, int i)
{
    const int32_t n = runde_plan_n_routes(d->plan);
    const int32_t shift =
        runde_plan_route(d->plan, (int32_t)((int64_t)i * n / d->scenes))->shift;
    return runde_problem_shift(d->problem, shift)->carer;
}

static void ill(tally *t, const day *d, int i)
{
    runde_event event = RUNDE_EVENT_INIT;
    event.kind = RUNDE_EVENT_CARER_ILL;
    event.carer = some_carer(d, i);
    t->unavoidable += parts_of(d->problem, d->plan, event.carer);
    measure(t, d, &event);
}

static void late(tally *t, const day *d, int i)
{
    runde_event event = RUNDE_EVENT_INIT;
    event.kind = RUNDE_EVENT_CARER_LATE;
    event.carer = some_carer(d, i);
    event.amount = 1200000 / runde_problem_settings(d->problem)->tick_ms;
    measure(t, d, &event);
}

/* One visit more, or one less. */
static void change(tally *t, const day *d, int i, bool is_new)
{
    const int32_t v =
        (int32_t)((int64_t)i * runde_problem_n_visits(d->problem) / d->scenes);
    runde_visit visit = *runde_problem_visit(d->problem, v);
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_event event = RUNDE_EVENT_INIT;
    visit.id = "one-more";
    edit.kind = is_new ? RUNDE_EDIT_ADD_VISIT : RUNDE_EDIT_CANCEL_VISIT;
    edit.index = v;
    edit.visit = &visit;
    event.edit = &edit;
    measure(t, d, &event);
}

static runde_problem *with_price(const runde_problem *problem, int32_t price)
{
    runde_weights weights = *runde_problem_weights(problem);
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_problem *out = NULL;
    weights.weight[RUNDE_CHANGED_CARER] = price;
    edit.kind = RUNDE_EDIT_SET_WEIGHTS;
    edit.weights = &weights;
    if (runde_problem_derive(&out, problem, &edit, 1, NULL) != RUNDE_OK) {
        return NULL;
    }
    return out;
}

static void print_head(const char *first)
{
    (void)printf("%-10s %5s %8s %8s %9s %9s %9s %9s %9s\n", first, "times",
                 "ms", "most ms", "unavoid.", "carer", "time", "left out",
                 "cost");
}

static void print_events(const day *d)
{
    static tally t[4];
    for (int i = 0; i < d->scenes; i++) {
        ill(&t[0], d, i);
        late(&t[1], d, i);
        change(&t[2], d, i, true);
        change(&t[3], d, i, false);
    }
    print_head("event");
    print("ill", &t[0]);
    print("late", &t[1]);
    print("new", &t[2]);
    print("cancelled", &t[3]);
}

/* Ill carers at several prices; false without memory. */
static bool print_table(day *d)
{
    static const int32_t prices[] = {0, 60, 300, 1200};
    static const int32_t minutes[] = {0, 10};
    const runde_problem *const problem = d->problem;
    print_head("price/min");
    for (int m = 0; m < 2; m++) {
        for (int p = 0; p < 4; p++) {
            static tally t;
            char name[32];
            runde_problem *const priced = with_price(problem, prices[p]);
            if (priced == NULL) {
                return false;
            }
            d->problem = priced;
            d->tolerance =
                minutes[m] * 60000 / runde_problem_settings(problem)->tick_ms;
            t = (tally){0};
            for (int i = 0; i < d->scenes; i++) {
                ill(&t, d, i);
            }
            (void)snprintf(name, sizeof name, "%d/%d", (int)prices[p],
                           (int)minutes[m]);
            print(name, &t);
            runde_problem_free(priced);
        }
    }
    d->problem = problem;
    return true;
}

/* The day without every n-th visit; NULL when that fails. */
static runde_session *lighten(const day *d, int n)
{
    const int32_t n_visits = runde_problem_n_visits(d->problem);
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_session *session = NULL;
    runde_edit *edits = calloc((size_t)n_visits, sizeof *edits);
    int32_t n_edits = 0;
    for (int32_t v = 0; edits != NULL && v < n_visits; v += n) {
        const runde_edit fresh = RUNDE_EDIT_INIT;
        edits[n_edits] = fresh;
        edits[n_edits].kind = RUNDE_EDIT_CANCEL_VISIT;
        edits[n_edits++].index = v;
    }
    options.iteration_limit = 20000;
    const bool good =
        edits != NULL &&
        runde_session_new(&session, d->problem, d->plan) == RUNDE_OK &&
        runde_session_apply(session, edits, n_edits, &options, NULL) ==
            RUNDE_OK;
    free(edits);
    if (!good) {
        runde_session_free(session);
        return NULL;
    }
    return session;
}

static bool run_table(const day *d, int n)
{
    day lighter = *d;
    runde_session *session = n > 0 ? lighten(d, n) : NULL;
    if (n > 0) {
        if (session == NULL) {
            return false;
        }
        lighter.problem = runde_session_problem(session);
        lighter.plan = runde_session_plan(session);
    }
    const bool good = print_table(&lighter);
    runde_session_free(session);
    return good;
}

static bool run(int argc, char **argv, day *d)
{
    if (argc > 4 && strcmp(argv[4], "table") == 0) {
        return run_table(d, argc > 5 ? atoi(argv[5]) : 0);
    }
    runde_problem *priced = NULL;
    if (argc > 4) {
        priced = with_price(d->problem, atoi(argv[4]));
        if (priced == NULL) {
            return false;
        }
        d->problem = priced;
    }
    if (argc > 5) {
        d->tolerance =
            atoi(argv[5]) * 60000 / runde_problem_settings(d->problem)->tick_ms;
    }
    print_events(d);
    runde_problem_free(priced);
    return true;
}

int main(int argc, char **argv)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    size_t length = 0;
    if (argc < 3) {
        (void)fprintf(stderr, "usage: runde-day-bench VISITS.json PLAN.json "
                              "[SCENES [PRICE [MINUTES] | table [N]]]\n");
        return 64;
    }
    const int scenes = argc > 3 ? atoi(argv[3]) : 20;
    char *text = read_file(argv[1], &length);
    if (text == NULL ||
        runde_problem_from_json(&problem, text, length, NULL) != RUNDE_OK) {
        return 65;
    }
    free(text);
    text = read_file(argv[2], &length);
    if (text == NULL ||
        runde_plan_from_json(&plan, problem, text, length, NULL) != RUNDE_OK) {
        return 65;
    }
    free(text);
    day d = {problem, plan, 0,
             scenes < 1 || scenes > MOST_SCENES ? 20 : scenes};
    const bool good = run(argc, argv, &d);
    runde_plan_free(plan);
    runde_problem_free(problem);
    return good ? 0 : 70;
}
