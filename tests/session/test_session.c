/* SPDX-License-Identifier: MIT */
/* A session keeps its plan through edits, and all of itself when they fail. */
#include "harness.h"

#include "faults.h"
#include "small.h"

#include <runde/runde.h>

#define N_VISITS 12
#define N_SHIFTS 2

/* Twelve visits of two clients, too many for two short shifts. */
typedef struct day {
    runde_place place[3];
    runde_client client[2];
    runde_carer carer[3];
    runde_shift shift[3];
    runde_visit visit[N_VISITS + 1];
    char id[N_VISITS + 1][8];
    runde_window window[N_VISITS + 1];
    runde_break pause;
} day;

static void day_people(day *d)
{
    static const char *const places[] = {"p0", "p1", "p2"};
    static const char *const clients[] = {"k0", "k1"};
    static const char *const carers[] = {"c0", "c1", "c2"};
    static const char *const shifts[] = {"s0", "s1", "s2"};
    d->pause =
        (runde_break){1200, 8 * HOUR, 8 * HOUR + 1800, false, false, false};
    for (int i = 0; i < 3; i++) {
        d->place[i] = (runde_place){sizeof(runde_place), places[i], true,
                                    60.0 + 0.01 * i, 11.0 + 0.02 * i};
        d->carer[i] = (runde_carer)RUNDE_CARER_INIT;
        d->carer[i].id = carers[i];
        d->shift[i] = (runde_shift)RUNDE_SHIFT_INIT;
        d->shift[i].id = shifts[i];
        d->shift[i].carer = i;
        d->shift[i].start = 7 * HOUR;
        d->shift[i].end = 9 * HOUR;
        d->shift[i].start_place = 0;
        d->shift[i].end_place = 0;
        d->shift[i].breaks = &d->pause;
        d->shift[i].n_breaks = 1;
    }
    for (int i = 0; i < 2; i++) {
        d->client[i] = (runde_client)RUNDE_CLIENT_INIT;
        d->client[i].id = clients[i];
        d->client[i].place = i + 1;
    }
}

static void day_init(day *d)
{
    memset(d, 0, sizeof *d);
    day_people(d);
    for (int v = 0; v <= N_VISITS; v++) {
        (void)snprintf(d->id[v], sizeof d->id[v], "v%d", v);
        d->window[v] = (runde_window){7 * HOUR + v * 600, 8 * HOUR + v * 600,
                                      RUNDE_TIME_NONE};
        d->visit[v] = (runde_visit)RUNDE_VISIT_INIT;
        d->visit[v].id = d->id[v];
        d->visit[v].client = v % 2;
        d->visit[v].duration = 1500;
        d->visit[v].windows = &d->window[v];
        d->visit[v].n_windows = 1;
        d->visit[v].may_overlap = true;
    }
}

static runde_problem *day_problem(const day *d)
{
    runde_problem *p = NULL;
    runde_status status = runde_problem_new(&p, NULL, NULL);
#define ADD(call)                                                              \
    status = status == RUNDE_OK ? runde_problem_add_##call : status
    ADD(mode(p, "car", NULL));
    for (int i = 0; i < 3; i++) {
        ADD(place(p, &d->place[i], NULL));
        ADD(carer(p, &d->carer[i], NULL));
    }
    for (int i = 0; i < 2; i++) {
        ADD(client(p, &d->client[i], NULL));
    }
    for (int i = 0; i < N_SHIFTS; i++) {
        ADD(shift(p, &d->shift[i], NULL));
    }
    for (int i = 0; i < N_VISITS; i++) {
        ADD(visit(p, &d->visit[i], NULL));
    }
#undef ADD
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    return p;
}

static runde_options options_of(int64_t iterations)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = iterations;
    return options;
}

/* A session on the day, planned; problem and plan are freed at once. */
static runde_session *begin(const day *d)
{
    const runde_options options = options_of(2000);
    runde_problem *const problem = day_problem(d);
    runde_plan *plan = NULL;
    runde_session *session = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_solve(&plan, problem, &options, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_session_new(&session, problem, plan), RUNDE_OK);
    char *before = NULL;
    char *after = NULL;
    size_t length = 0;
    CU_ASSERT_EQUAL_FATAL(runde_plan_to_json(&before, &length, problem, plan),
                          RUNDE_OK);
    runde_problem_free(problem);
    runde_plan_free(plan);
    CU_ASSERT_EQUAL_FATAL(runde_plan_to_json(&after, &length,
                                             runde_session_problem(session),
                                             runde_session_plan(session)),
                          RUNDE_OK);
    CU_ASSERT_STRING_EQUAL(before, after);
    runde_text_free(before);
    runde_text_free(after);
    return session;
}

static runde_edit edit_of(runde_edit_kind kind, int32_t index)
{
    runde_edit edit = RUNDE_EDIT_INIT;
    edit.kind = kind;
    edit.index = index;
    return edit;
}

static bool holds(const runde_session *session)
{
    runde_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_check(&report, runde_session_problem(session),
                                      runde_session_plan(session)),
                          RUNDE_OK);
    const bool ok = runde_report_n_violations(report) == 0;
    runde_report_free(report);
    return ok;
}

/* The shift of every visit that is served, by visit. */
static void find_shifts(const runde_plan *plan, int32_t *shift_of)
{
    for (int32_t v = 0; v <= N_VISITS; v++) {
        shift_of[v] = RUNDE_NONE;
    }
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *const route = runde_plan_route(plan, i);
        for (int32_t k = 0; k < route->n_stops; k++) {
            if (route->stops[k].kind == RUNDE_STOP_VISIT) {
                shift_of[route->stops[k].item] = route->shift;
            }
        }
    }
}

static int32_t n_served(const runde_session *session)
{
    return runde_plan_kpis(runde_session_plan(session))->served;
}

/* The price now, compared with `before`: less than 0 is better. */
static int compare(const runde_session *session, const runde_cost *before)
{
    const runde_cost *const now = runde_plan_cost(runde_session_plan(session));
    if (now->left_out != before->left_out) {
        return now->left_out < before->left_out ? -1 : 1;
    }
    return (now->wishes > before->wishes) - (now->wishes < before->wishes);
}

/* With nothing but a construction the others stay where they are. */
static void test_cancelling_keeps_the_rest(void)
{
    day d;
    day_init(&d);
    runde_session *const session = begin(&d);
    int32_t before[N_VISITS + 1];
    int32_t after[N_VISITS + 1];
    find_shifts(runde_session_plan(session), before);
    int32_t victim = 0;
    while (before[victim] == RUNDE_NONE) {
        victim++;
    }
    const runde_edit edit = edit_of(RUNDE_EDIT_CANCEL_VISIT, victim);
    const runde_options options = options_of(-1);
    CU_ASSERT_EQUAL(runde_session_apply(session, &edit, 1, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    const runde_problem *const problem = runde_session_problem(session);
    CU_ASSERT_EQUAL(runde_problem_n_visits(problem), N_VISITS - 1);
    find_shifts(runde_session_plan(session), after);
    for (int32_t v = 0; v < N_VISITS; v++) {
        const int32_t now = runde_problem_derived_visit(problem, v);
        CU_ASSERT_EQUAL(now == RUNDE_NONE, v == victim);
        if (v != victim && before[v] != RUNDE_NONE) {
            CU_ASSERT_EQUAL(after[now], before[v]);
        }
    }
    runde_session_free(session);
}

/* A carer falls ill and another comes in; then the day goes on changing. */
static void test_edits_follow_one_another(void)
{
    day d;
    day_init(&d);
    runde_session *const session = begin(&d);
    const runde_options options = options_of(500);
    runde_edit edits[2] = {edit_of(RUNDE_EDIT_CANCEL_SHIFT, 0),
                           edit_of(RUNDE_EDIT_ADD_SHIFT, RUNDE_NONE)};
    edits[1].shift = &d.shift[2];
    CU_ASSERT_EQUAL(runde_session_apply(session, edits, 1, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    CU_ASSERT_EQUAL(runde_plan_n_routes(runde_session_plan(session)), 1);
    CU_ASSERT_EQUAL(runde_session_apply(session, &edits[1], 1, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    CU_ASSERT_EQUAL(runde_plan_n_routes(runde_session_plan(session)), 2);

    /* The break goes; stops that pointed at it are not carried over. */
    edits[0] = edit_of(RUNDE_EDIT_REPLACE_SHIFT, 0);
    d.shift[1].n_breaks = 0;
    edits[0].shift = &d.shift[1];
    edits[1] = edit_of(RUNDE_EDIT_ADD_VISIT, RUNDE_NONE);
    edits[1].visit = &d.visit[N_VISITS];
    CU_ASSERT_EQUAL(runde_session_apply(session, edits, 2, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    CU_ASSERT_EQUAL(runde_problem_n_visits(runde_session_problem(session)),
                    N_VISITS + 1);

    runde_link link = RUNDE_LINK_INIT;
    link.before = 0;
    link.after = N_VISITS;
    link.min_gap = 0;
    link.same_carer = true;
    edits[0] = edit_of(RUNDE_EDIT_ADD_LINK, RUNDE_NONE);
    edits[0].link = &link;
    runde_weights weights;
    runde_weights_default(&weights, 1000);
    weights.weight[RUNDE_WAITING] = 77;
    edits[1] = edit_of(RUNDE_EDIT_SET_WEIGHTS, RUNDE_NONE);
    edits[1].weights = &weights;
    CU_ASSERT_EQUAL(runde_session_apply(session, edits, 2, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    link.same_carer = false;
    edits[0].kind = RUNDE_EDIT_REPLACE_LINK;
    edits[0].index = runde_problem_n_links(runde_session_problem(session)) - 1;
    CU_ASSERT_EQUAL(runde_session_apply(session, edits, 1, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT_FALSE(
        runde_problem_link(runde_session_problem(session), edits[0].index)
            ->same_carer);
    edits[0].index++;
    CU_ASSERT_EQUAL(runde_session_apply(session, edits, 1, &options, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT(holds(session));
    runde_session_free(session);
}

/* Edits that only help: the plan of before still holds, and costs no more. */
static void test_help_never_hurts(void)
{
    day d;
    day_init(&d);
    const runde_options options = options_of(-1);
    runde_session *const session = begin(&d);
    runde_cost before = *runde_plan_cost(runde_session_plan(session));
    CU_ASSERT(before.left_out > 0);
    for (int32_t v = 0; v < N_VISITS; v++) {
        runde_edit wider = edit_of(RUNDE_EDIT_REPLACE_VISIT, v);
        d.window[v].min_start -= HOUR;
        d.window[v].max_start += HOUR;
        wider.visit = &d.visit[v];
        CU_ASSERT_EQUAL(runde_session_apply(session, &wider, 1, &options, NULL),
                        RUNDE_OK);
        CU_ASSERT(holds(session));
        CU_ASSERT(compare(session, &before) <= 0);
        before = *runde_plan_cost(runde_session_plan(session));
    }
    const int32_t served = n_served(session);
    runde_edit help = edit_of(RUNDE_EDIT_ADD_SHIFT, RUNDE_NONE);
    help.shift = &d.shift[2];
    CU_ASSERT_EQUAL(runde_session_apply(session, &help, 1, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    CU_ASSERT(compare(session, &before) < 0);
    CU_ASSERT(n_served(session) > served);
    runde_session_free(session);
}

static void test_failure_changes_nothing(void)
{
    day d;
    day_init(&d);
    runde_session *const session = begin(&d);
    const runde_problem *const problem = runde_session_problem(session);
    const runde_plan *const plan = runde_session_plan(session);
    runde_options options = options_of(-1);
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_edit edit = edit_of(RUNDE_EDIT_CANCEL_VISIT, N_VISITS);
    CU_ASSERT_EQUAL(runde_session_apply(session, &edit, 1, &options, &diag),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E110");
    edit.kind = RUNDE_EDIT_ADD_VISIT;
    edit.visit = &d.visit[0];
    CU_ASSERT_EQUAL(runde_session_apply(session, &edit, 1, &options, &diag),
                    RUNDE_E_INVALID);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E102");
    options.start = plan;
    CU_ASSERT_EQUAL(runde_session_apply(session, NULL, 0, &options, NULL),
                    RUNDE_E_ARGUMENT);
    options = options_of(-2);
    CU_ASSERT_EQUAL(runde_session_apply(session, NULL, 0, &options, NULL),
                    RUNDE_E_ARGUMENT);
    options.size = 1;
    CU_ASSERT_EQUAL(runde_session_apply(session, NULL, 0, &options, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_session_apply(NULL, NULL, 0, NULL, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_EQUAL(runde_session_problem(session), problem);
    CU_ASSERT_PTR_EQUAL(runde_session_plan(session), plan);
    CU_ASSERT(holds(session));
    runde_session_free(session);
}

static void test_sessions_begin_with_what_fits(void)
{
    day d;
    day_init(&d);
    runde_problem *const problem = day_problem(&d);
    runde_problem *open = NULL;
    runde_plan *draft = NULL;
    runde_session *session = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&open, NULL, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_plan_new(&draft, problem), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_session_new(NULL, problem, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_session_new(&session, NULL, NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_session_new(&session, open, NULL), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_session_new(&session, problem, draft), RUNDE_E_STATE);
    const runde_unserved left = {N_VISITS - 1, 0, NULL};
    CU_ASSERT_EQUAL(runde_plan_add_unserved(draft, &left), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_plan_finish(draft), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(open, NULL), RUNDE_OK);
    /* The plan of another problem. */
    CU_ASSERT_EQUAL(runde_session_new(&session, open, draft), RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(session);
    CU_ASSERT_PTR_NULL(runde_session_problem(NULL));
    CU_ASSERT_PTR_NULL(runde_session_plan(NULL));
    runde_session_free(NULL);

    /* Without a plan the first one comes with the first apply. */
    const runde_options options = options_of(100);
    CU_ASSERT_EQUAL_FATAL(runde_session_new(&session, problem, NULL), RUNDE_OK);
    CU_ASSERT_PTR_NULL(runde_session_plan(session));
    CU_ASSERT_EQUAL(runde_session_apply(session, NULL, 0, &options, NULL),
                    RUNDE_OK);
    CU_ASSERT(holds(session));
    CU_ASSERT(n_served(session) > 0);
    runde_session_free(session);
    runde_plan_free(draft);
    runde_problem_free(open);
    runde_problem_free(problem);
}

static void test_every_allocation_may_fail(void)
{
    day d;
    day_init(&d);
    const runde_options options = options_of(-1);
    runde_edit edits[2] = {edit_of(RUNDE_EDIT_CANCEL_VISIT, 3),
                           edit_of(RUNDE_EDIT_ADD_SHIFT, RUNDE_NONE)};
    edits[1].shift = &d.shift[2];
    runde_session *const session = begin(&d);
    const runde_problem *const problem = runde_session_problem(session);
    const runde_plan *const plan = runde_session_plan(session);
    bool failed = true;
    long k = 0;
    for (; failed; k++) {
        runde_session *other = NULL;
        rn_faults_begin(k);
        runde_status status = runde_session_new(&other, problem, plan);
        const bool began = status == RUNDE_OK;
        if (began) {
            status = runde_session_apply(other, edits, 2, &options, NULL);
        }
        failed = rn_faults_end();
        CU_ASSERT_EQUAL_FATAL(status, failed ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL_FATAL(other != NULL, began);
        if (failed && began) {
            CU_ASSERT_EQUAL(
                runde_problem_n_visits(runde_session_problem(other)), N_VISITS);
            CU_ASSERT(holds(other));
        }
        runde_session_free(other);
    }
    CU_ASSERT(k > 50);
    runde_session_free(session);
}

int main(void)
{
    RN_RUN("session", RN_TEST(test_cancelling_keeps_the_rest),
           RN_TEST(test_edits_follow_one_another),
           RN_TEST(test_help_never_hurts),
           RN_TEST(test_failure_changes_nothing),
           RN_TEST(test_sessions_begin_with_what_fits),
           RN_TEST(test_every_allocation_may_fail));
}
