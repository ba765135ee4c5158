/* SPDX-License-Identifier: MIT */
/* What changing a published day takes, in CPU time, and what it changes:
 *
 *     runde-day-bench VISITS.json PLAN.json [SCENES [PRICE]]
 *
 * One line per kind of event, over SCENES events of each (default 20) spread
 * over the people and visits of the day. PRICE is that of a changed carer
 * (default: the file's). "Unavoidable" counts the parts that somebody else
 * has to serve because their carer is not there. */
#define _POSIX_C_SOURCE 200809L
#include <runde/runde.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_SCENES = 1000 };

typedef struct tally {
    double ms[MOST_SCENES];
    int n;
    int unavoidable;
    int carer_changed;
    int time_changed;
    int dropped;
    long long extra; /* wishes after minus before */
} tally;

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

static void measure(tally *t, const runde_problem *problem,
                    const runde_plan *plan, const runde_event *event)
{
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_replan *replan = NULL;
    options.events = event;
    options.n_events = 1;
    const double began = cpu_ms();
    const runde_status status =
        runde_replan_new(&replan, problem, plan, &options, NULL);
    const double ended = cpu_ms();
    if (status != RUNDE_OK) {
        (void)printf("%s\n", runde_status_name(status));
        return;
    }
    const runde_diff_totals *totals =
        runde_diff_get_totals(runde_replan_diff(replan));
    t->ms[t->n++] = ended - began;
    t->carer_changed += totals->carer_changed;
    t->time_changed += totals->time_changed;
    t->dropped += totals->dropped;
    t->extra += runde_plan_cost(runde_replan_plan(replan))->wishes -
                runde_replan_cost_before(replan)->wishes;
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

static void ill(tally *t, const runde_problem *problem, const runde_plan *plan,
                int i, int scenes)
{
    const int32_t n = runde_plan_n_routes(plan);
    const int32_t shift =
        runde_plan_route(plan, (int32_t)((int64_t)i * n / scenes))->shift;
    runde_event event = RUNDE_EVENT_INIT;
    event.kind = RUNDE_EVENT_CARER_ILL;
    event.carer = runde_problem_shift(problem, shift)->carer;
    t->unavoidable += parts_of(problem, plan, event.carer);
    measure(t, problem, plan, &event);
}

static void late(tally *t, const runde_problem *problem, const runde_plan *plan,
                 int i, int scenes)
{
    const int32_t n = runde_plan_n_routes(plan);
    const int32_t shift =
        runde_plan_route(plan, (int32_t)((int64_t)i * n / scenes))->shift;
    runde_event event = RUNDE_EVENT_INIT;
    event.kind = RUNDE_EVENT_CARER_LATE;
    event.carer = runde_problem_shift(problem, shift)->carer;
    event.amount = 1200000 / runde_problem_settings(problem)->tick_ms;
    measure(t, problem, plan, &event);
}

/* One visit more, or one less. */
static void change(tally *t, const runde_problem *problem,
                   const runde_plan *plan, int i, int scenes, bool is_new)
{
    const int32_t v =
        (int32_t)((int64_t)i * runde_problem_n_visits(problem) / scenes);
    runde_visit visit = *runde_problem_visit(problem, v);
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_event event = RUNDE_EVENT_INIT;
    visit.id = "one-more";
    edit.kind = is_new ? RUNDE_EDIT_ADD_VISIT : RUNDE_EDIT_CANCEL_VISIT;
    edit.index = v;
    edit.visit = &visit;
    event.edit = &edit;
    measure(t, problem, plan, &event);
}

static runde_problem *with_price(runde_problem *problem, int32_t price)
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
    runde_problem_free(problem);
    return out;
}

int main(int argc, char **argv)
{
    static tally t[4];
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    size_t length = 0;
    if (argc < 3) {
        (void)fprintf(stderr, "usage: runde-day-bench VISITS.json PLAN.json "
                              "[SCENES [PRICE]]\n");
        return 64;
    }
    int scenes = argc > 3 ? atoi(argv[3]) : 20;
    scenes = scenes < 1 || scenes > MOST_SCENES ? 20 : scenes;
    char *text = read_file(argv[1], &length);
    if (text == NULL ||
        runde_problem_from_json(&problem, text, length, NULL) != RUNDE_OK) {
        return 65;
    }
    free(text);
    if (argc > 4) {
        problem = with_price(problem, atoi(argv[4]));
    }
    text = read_file(argv[2], &length);
    if (text == NULL || problem == NULL ||
        runde_plan_from_json(&plan, problem, text, length, NULL) != RUNDE_OK) {
        return 65;
    }
    free(text);
    for (int i = 0; i < scenes; i++) {
        ill(&t[0], problem, plan, i, scenes);
        late(&t[1], problem, plan, i, scenes);
        change(&t[2], problem, plan, i, scenes, true);
        change(&t[3], problem, plan, i, scenes, false);
    }
    (void)printf("%-10s %5s %8s %8s %9s %9s %9s %9s %9s\n", "event", "times",
                 "ms", "most ms", "unavoid.", "carer", "time", "left out",
                 "cost");
    print("ill", &t[0]);
    print("late", &t[1]);
    print("new", &t[2]);
    print("cancelled", &t[3]);
    runde_plan_free(plan);
    runde_problem_free(problem);
    return 0;
}
