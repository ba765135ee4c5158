/* SPDX-License-Identifier: MIT */
/* How long the planner waits for an answer: CPU time of the calls that a
 * screen makes, on a day and its plan.
 *
 *     advice-bench VISITS.json PLAN.json */
#include <runde/runde.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_CALLS = 400 };

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    if (f == NULL) {
        return NULL;
    }
    if (fseek(f, 0, SEEK_END) == 0) {
        const long size = ftell(f);
        rewind(f);
        text = size > 0 ? malloc((size_t)size) : NULL;
        *length = text != NULL ? fread(text, 1, (size_t)size, f) : 0;
    }
    (void)fclose(f);
    return text;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print(const char *what, double *seconds, int32_t n)
{
    if (n > 0) {
        qsort(seconds, (size_t)n, sizeof *seconds, by_size);
        printf("%-34s %6d calls  median %9.3f ms  99 %% %9.3f ms\n", what,
               (int)n, 1e3 * seconds[n / 2], 1e3 * seconds[n - 1 - n / 100]);
    }
}

/* The plan without what its order decides. */
static runde_plan *draft_of(const runde_problem *problem,
                            const runde_plan *plan)
{
    runde_plan *draft = NULL;
    bool good = runde_plan_new(&draft, problem) == RUNDE_OK;
    for (int32_t i = 0; good && i < runde_plan_n_routes(plan); i++) {
        runde_route route = *runde_plan_route(plan, i);
        runde_stop *stops = calloc((size_t)route.n_stops, sizeof *stops);
        const int32_t n = route.n_stops;
        route.n_stops = 0;
        for (int32_t k = 0; stops != NULL && k < n; k++) {
            if (route.stops[k].kind == RUNDE_STOP_VISIT) {
                stops[route.n_stops] = route.stops[k];
                stops[route.n_stops++].start = RUNDE_TIME_NONE;
            }
        }
        route.stops = stops;
        good = stops != NULL && runde_plan_add_route(draft, &route) == RUNDE_OK;
        free(stops);
    }
    good = good && runde_plan_finish(draft) == RUNDE_OK;
    if (!good) {
        runde_plan_free(draft);
        return NULL;
    }
    return draft;
}

static bool time_drafts(const runde_problem *problem, const runde_plan *plan)
{
    double seconds[20];
    runde_plan *draft = draft_of(problem, plan);
    bool good = draft != NULL;
    for (int32_t i = 0; i < 20 && good; i++) {
        runde_plan *timed = NULL;
        const double began = now();
        good = runde_plan_schedule(&timed, problem, draft, NULL) == RUNDE_OK;
        seconds[i] = now() - began;
        runde_plan_free(timed);
    }
    print("times for a draft, checked", seconds, good ? 20 : 0);
    runde_plan_free(draft);
    return good;
}

static bool time_session(const runde_problem *problem, const runde_plan *plan)
{
    double seconds[2][20];
    bool good = true;
    for (int32_t i = 0; i < 20 && good; i++) {
        runde_session *session = NULL;
        runde_advice *advice = NULL;
        const double began = now();
        good = runde_session_new(&session, problem, plan) == RUNDE_OK;
        const double opened = now();
        good = good && runde_recommend_visit(&advice, session,
                                             runde_problem_visit(problem, 0),
                                             NULL, NULL) != RUNDE_E_NOMEM;
        seconds[0][i] = opened - began;
        seconds[1][i] = now() - opened;
        runde_advice_free(advice);
        runde_session_free(session);
    }
    print("session opened", seconds[0], good ? 20 : 0);
    print("its first question", seconds[1], good ? 20 : 0);
    return good;
}

/* Visits like those there are, as extra ones. */
static bool time_visits(runde_session *session, int32_t crew, int32_t moved,
                        const char *what)
{
    static double seconds[MOST_CALLS];
    const runde_problem *problem = runde_session_problem(session);
    runde_question question = RUNDE_QUESTION_INIT;
    int32_t n = 0;
    bool good = true;
    question.top = 5;
    question.most_moved = moved;
    const int32_t most = moved > 0 ? 20 : MOST_CALLS;
    for (int32_t v = 0; v < runde_problem_n_visits(problem) && n < most && good;
         v++) {
        runde_visit visit = *runde_problem_visit(problem, v);
        runde_advice *advice = NULL;
        if ((visit.crew > 1) != (crew > 1)) {
            continue;
        }
        visit.id = "extra";
        const double began = now();
        good = runde_recommend_visit(&advice, session, &visit, &question,
                                     NULL) == RUNDE_OK;
        seconds[n++] = now() - began;
        runde_advice_free(advice);
    }
    print(what, seconds, good ? n : 0);
    return good;
}

static bool time_carers(runde_session *session)
{
    static double seconds[MOST_CALLS];
    const runde_problem *problem = runde_session_problem(session);
    int32_t n = 0;
    bool good = true;
    for (int32_t c = 0; c < runde_problem_n_carers(problem) && n < 20 && good;
         c++) {
        runde_advice *advice = NULL;
        const double began = now();
        good = runde_recommend_for_carer(&advice, session, c, NULL, NULL) ==
               RUNDE_OK;
        seconds[n++] = now() - began;
        runde_advice_free(advice);
    }
    print("what could a carer take", seconds, good ? n : 0);
    return good;
}

static bool time_explanations(runde_session *session, bool served,
                              const char *what)
{
    static double seconds[MOST_CALLS];
    const runde_problem *problem = runde_session_problem(session);
    int32_t n = 0;
    bool good = true;
    for (int32_t v = 0; v < runde_problem_n_visits(problem) && n < 40 && good;
         v++) {
        runde_explanation *e = NULL;
        const double began = now();
        good = runde_explain_visit(&e, session, v, NULL) == RUNDE_OK;
        seconds[n] = now() - began;
        n += good && runde_explanation_is_served(e) == served;
        runde_explanation_free(e);
    }
    print(what, seconds, good ? n : 0);
    return good;
}

/* The figures of a plan, and what is other in one thought about longer. */
static bool time_comparing(const runde_problem *problem, const runde_plan *plan)
{
    double seconds[2][20];
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_plan *other = NULL;
    options.iteration_limit = 1000;
    options.start = plan;
    bool good = runde_solve(&other, problem, &options, NULL) == RUNDE_OK;
    for (int32_t i = 0; i < 20 && good; i++) {
        runde_report *report = NULL;
        runde_diff *diff = NULL;
        const double began = now();
        good = runde_check(&report, problem, plan) == RUNDE_OK;
        const double checked = now();
        good = good && runde_diff_new(&diff, problem, plan, other) == RUNDE_OK;
        seconds[0][i] = checked - began;
        seconds[1][i] = now() - checked;
        runde_report_free(report);
        runde_diff_free(diff);
    }
    print("key figures, recomputed (kpi)", seconds[0], good ? 20 : 0);
    print("what two plans do differently", seconds[1], good ? 20 : 0);
    runde_plan_free(other);
    return good;
}

/* Everything as planned, but ten minutes later. */
static int32_t record_all(runde_actual *records, const runde_problem *problem,
                          const runde_plan *plan)
{
    int32_t n = 0;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *const route = runde_plan_route(plan, r);
        for (int32_t i = 0; i < route->n_stops; i++) {
            const runde_stop *const stop = &route->stops[i];
            if (stop->kind == RUNDE_STOP_VISIT) {
                const runde_actual fresh = RUNDE_ACTUAL_INIT;
                records[n] = fresh;
                records[n].visit = stop->item;
                records[n].carer =
                    runde_problem_shift(problem, route->shift)->carer;
                records[n].arrival = stop->start + 600;
                records[n++].departure = stop->departure + 600;
            }
        }
    }
    return n;
}

static bool time_actuals(const runde_problem *problem, const runde_plan *plan)
{
    double seconds[20];
    int32_t n = 0;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        n += runde_plan_route(plan, r)->n_stops;
    }
    runde_actual *const records = calloc((size_t)n + 1, sizeof *records);
    bool good = records != NULL;
    n = good ? record_all(records, problem, plan) : 0;
    for (int32_t i = 0; i < 20 && good; i++) {
        runde_actuals *actuals = NULL;
        char *text = NULL;
        const double began = now();
        good = runde_actuals_new(&actuals, problem, plan, records, n, NULL) ==
                   RUNDE_OK &&
               runde_actuals_to_csv(&text, NULL, problem, actuals, NULL) ==
                   RUNDE_OK;
        seconds[i] = now() - began;
        runde_text_free(text);
        runde_actuals_free(actuals);
    }
    print("actuals of a day, with the table", seconds, good ? 20 : 0);
    free(records);
    return good;
}

/* One client's profile on top of the day. */
static bool time_overlay(const runde_problem *problem)
{
    double seconds[20];
    char text[512];
    const int length =
        snprintf(text, sizeof text,
                 "{\"format\":\"runde-weights\",\"version\":1,\"clients\":["
                 "{\"client\":\"%s\",\"profile\":\"continuity\"}]}",
                 runde_problem_client(problem, 0)->id);
    bool good = length > 0 && (size_t)length < sizeof text;
    for (int32_t i = 0; i < 20 && good; i++) {
        runde_overlay *overlay = NULL;
        runde_problem *weighed = NULL;
        int32_t n = 0;
        const double began = now();
        good = runde_overlay_from_json(&overlay, problem, text, (size_t)length,
                                       NULL) == RUNDE_OK;
        if (good) {
            const runde_edit *const edits = runde_overlay_edits(overlay, &n);
            good = runde_problem_derive(&weighed, problem, edits, n, NULL) ==
                   RUNDE_OK;
        }
        seconds[i] = now() - began;
        runde_overlay_free(overlay);
        runde_problem_free(weighed);
    }
    print("a client's profile put on top", seconds, good ? 20 : 0);
    return good;
}

/* What weights cost: seven searches of 1,000 iterations, and the same with
 * constructions only, which is what all but the searching takes. */
static bool time_tradeoff(const runde_problem *problem)
{
    static const struct {
        int64_t iterations;
        const char *name;
    } kinds[] = {{-1, "tradeoff, seven constructions"},
                 {1000, "tradeoff, seven times 1,000"}};
    bool good = true;
    for (size_t i = 0; i < 2 && good; i++) {
        double seconds = 0.0;
        runde_tradeoff *tradeoff = NULL;
        runde_options search = RUNDE_OPTIONS_INIT;
        search.iteration_limit = kinds[i].iterations;
        const double began = now();
        good = runde_tradeoff_new(&tradeoff, problem, NULL, 0, &search, NULL) ==
               RUNDE_OK;
        seconds = now() - began;
        runde_tradeoff_free(tradeoff);
        print(kinds[i].name, &seconds, good ? 1 : 0);
    }
    return good;
}

static bool time_weighing(const runde_problem *problem, const runde_plan *plan)
{
    return time_comparing(problem, plan) && time_actuals(problem, plan) &&
           time_overlay(problem) && time_tradeoff(problem);
}

static bool time_all(const runde_problem *problem, const runde_plan *plan)
{
    runde_session *session = NULL;
    bool good = time_drafts(problem, plan) && time_session(problem, plan) &&
                runde_session_new(&session, problem, plan) == RUNDE_OK;
    good = good && time_visits(session, 1, 0, "who could take a visit") &&
           time_visits(session, 2, 0, "the same for a crew") &&
           time_visits(session, 1, 1, "the same, one other may move") &&
           time_carers(session) &&
           time_explanations(session, true, "why is a visit here") &&
           time_explanations(session, false, "why is it left out, relaxations");
    runde_session_free(session);
    return good && time_weighing(problem, plan);
}

int main(int argc, char **argv)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    char *text[2] = {NULL, NULL};
    size_t length[2] = {0, 0};
    bool good = argc == 3;
    for (int i = 0; i < 2 && good; i++) {
        text[i] = read_file(argv[i + 1], &length[i]);
        good = text[i] != NULL;
    }
    good = good &&
           runde_problem_from_json(&problem, text[0], length[0], NULL) ==
               RUNDE_OK &&
           runde_plan_from_json(&plan, problem, text[1], length[1], NULL) ==
               RUNDE_OK &&
           time_all(problem, plan);
    runde_plan_free(plan);
    runde_problem_free(problem);
    free(text[0]);
    free(text[1]);
    if (!good) {
        (void)fputs("usage: advice-bench VISITS.json PLAN.json\n", stderr);
    }
    return good ? 0 : 1;
}
