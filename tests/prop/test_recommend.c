/* SPDX-License-Identifier: MIT */
/* What an offer promises is what it costs: the edit is made, the offer is
 * taken, and the checker's price differs by the change, criterion by
 * criterion. The plan is what its moves say. Asking changes nothing. */
#include "defect.h"
#include "harness.h"

#include "base/faults.h"

#include <string.h>

enum { ITERATIONS = 150, MOST_STOPS = 80 };

/* The routes of a plan that is being changed. */
typedef struct sheet {
    runde_stop stops[WORLD_SHIFTS][MOST_STOPS];
    int32_t n[WORLD_SHIFTS];
    bool was_used[WORLD_SHIFTS];
} sheet;

static void sheet_read(sheet *to, const runde_plan *plan)
{
    memset(to, 0, sizeof *to);
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        to->was_used[route->shift] = true;
        for (int32_t k = 0; k < route->n_stops; k++) {
            to->stops[route->shift][to->n[route->shift]++] = route->stops[k];
        }
    }
}

static void sheet_remove(sheet *from, const runde_move *move)
{
    const int32_t s = move->from_shift;
    int32_t kept = 0;
    for (int32_t k = 0; s != RUNDE_NONE && k < from->n[s]; k++) {
        const runde_stop *stop = &from->stops[s][k];
        if (stop->kind != RUNDE_STOP_VISIT || stop->item != move->visit ||
            stop->part != move->part) {
            from->stops[s][kept++] = *stop;
        }
    }
    if (s != RUNDE_NONE) {
        CU_ASSERT_EQUAL(kept, from->n[s] - 1);
        from->n[s] = kept;
    }
}

static void sheet_insert(sheet *to, const runde_move *move)
{
    const int32_t s = move->shift;
    const int32_t at = move->position < to->n[s] ? move->position : to->n[s];
    runde_stop *const list = to->stops[s];
    CU_ASSERT(!to->was_used[s] || move->position <= to->n[s]);
    memmove(&list[at + 1], &list[at], (size_t)(to->n[s] - at) * sizeof *list);
    memset(&list[at], 0, sizeof *list);
    list[at].item = move->visit;
    list[at].part = move->part;
    list[at].start = list[at].arrival = list[at].departure = move->start;
    to->n[s]++;
}

static const runde_stop *stop_of(const runde_plan *plan, int32_t shift,
                                 int32_t visit, int32_t part)
{
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        for (int32_t k = 0; route->shift == shift && k < route->n_stops; k++) {
            const runde_stop *stop = &route->stops[k];
            if (stop->kind == RUNDE_STOP_VISIT && stop->item == visit &&
                stop->part == part) {
                return stop;
            }
        }
    }
    return NULL;
}

/* Moves into one route go in from its front. */
static void carry_out(sheet *to, const runde_offer *offer)
{
    bool done[80] = {false};
    for (int32_t i = 0; i < offer->n_moves; i++) {
        sheet_remove(to, &offer->moves[i]);
    }
    for (int32_t round = 0; round < offer->n_moves; round++) {
        int32_t next = RUNDE_NONE;
        for (int32_t i = 0; i < offer->n_moves; i++) {
            if (!done[i] &&
                (next == RUNDE_NONE ||
                 offer->moves[i].position < offer->moves[next].position)) {
                next = i;
            }
        }
        done[next] = true;
        sheet_insert(to, &offer->moves[next]);
    }
}

/* The offer's routes are what the moves make of the plan's, and no route
 * changes its order else. */
static void compare_routes(const sheet *to, const runde_plan *plan)
{
    for (int32_t i = 0; i < runde_plan_n_routes(plan); i++) {
        const runde_route *route = runde_plan_route(plan, i);
        int32_t at = 0;
        for (int32_t k = 0; k < route->n_stops; k++) {
            const runde_stop *stop = &route->stops[k];
            const runde_stop *list = to->stops[route->shift];
            if (stop->kind != RUNDE_STOP_VISIT) {
                continue;
            }
            while (at < to->n[route->shift] &&
                   list[at].kind != RUNDE_STOP_VISIT) {
                at++;
            }
            CU_ASSERT_FATAL(at < to->n[route->shift]);
            CU_ASSERT_EQUAL(list[at].item, stop->item);
            CU_ASSERT_EQUAL(list[at].part, stop->part);
            at++;
        }
    }
}

static bool is_same_stop(const runde_stop *a, const runde_stop *b)
{
    return a->kind == b->kind && a->item == b->item && a->part == b->part &&
           a->place == b->place && a->travel == b->travel &&
           a->arrival == b->arrival && a->start == b->start &&
           a->departure == b->departure;
}

static bool is_same_route(const runde_route *a, const runde_route *b)
{
    bool same =
        a->n_stops == b->n_stops && a->begin == b->begin && a->end == b->end;
    for (int32_t k = 0; same && k < a->n_stops; k++) {
        same = is_same_stop(&a->stops[k], &b->stops[k]);
    }
    return same;
}

/* The offer's routes are in the plan to the tick. */
static bool has_routes(const runde_plan *plan, const runde_offer *offer,
                       defect *d)
{
    bool good = true;
    for (int32_t i = 0; good && i < offer->n_routes; i++) {
        const runde_route *route = NULL;
        for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
            const runde_route *one = runde_plan_route(plan, r);
            route = one->shift == offer->routes[i].shift ? one : route;
        }
        good = route == NULL ? offer->routes[i].n_stops == 0
                             : is_same_route(&offer->routes[i], route);
        if (!good) {
            snprintf(d->text, sizeof d->text, "another route in shift %d",
                     (int)offer->routes[i].shift);
        }
    }
    return good;
}

static runde_plan *plan_taken(const runde_session *session,
                              const runde_problem *problem,
                              const runde_offer *offer)
{
    static sheet s;
    runde_plan *plan = NULL;
    sheet_read(&s, runde_session_plan(session));
    carry_out(&s, offer);
    CU_ASSERT_EQUAL_FATAL(runde_recommend_plan(&plan, session, problem, offer),
                          RUNDE_OK);
    compare_routes(&s, plan);
    for (int32_t i = 0; i < offer->n_moves; i++) {
        const runde_move *move = &offer->moves[i];
        const runde_stop *stop =
            stop_of(plan, move->shift, move->visit, move->part);
        CU_ASSERT_PTR_NOT_NULL_FATAL(stop);
        CU_ASSERT_EQUAL(stop->start, move->start);
    }
    return plan;
}

typedef struct tally {
    int32_t offers;
    int32_t broken;
    int32_t relaxed;
    int32_t refusals;
    int32_t moved;
} tally;

static bool is_alone_priced(runde_criterion c)
{
    return c == RUNDE_MAX_LATE || c == RUNDE_MAX_IDLE ||
           c == RUNDE_WORKLOAD_SPREAD || c == RUNDE_WORKLOAD_DEVIATION ||
           c == RUNDE_LOAD_SPREAD;
}

/* Whether the plan costs what it did and the change. */
static bool keeps_promise(const runde_cost *a, const runde_cost *b,
                          const runde_cost *change, defect *d)
{
    bool good = b->wishes - a->wishes == change->wishes &&
                b->left_out - a->left_out == change->left_out;
    for (int32_t c = 0; c < RUNDE_CRITERIA && good; c++) {
        good = b->cost[c] - a->cost[c] == change->cost[c] &&
               (is_alone_priced((runde_criterion)c) ||
                b->amount[c] - a->amount[c] == change->amount[c]);
        if (!good) {
            snprintf(d->text, sizeof d->text, "%s: %lld, promised %lld",
                     runde_criterion_name((runde_criterion)c),
                     (long long)(b->amount[c] - a->amount[c]),
                     (long long)change->amount[c]);
        }
    }
    return good;
}

static void look_at_offer(tally *t, const runde_session *session,
                          const runde_problem *problem,
                          const runde_offer *offer, uint64_t seed)
{
    defect d = {""};
    runde_plan *const after = plan_taken(session, problem, offer);
    const runde_cost *a = runde_plan_cost(runde_session_plan(session));
    const runde_cost *b = runde_plan_cost(after);
    const bool good = plan_is_clean(problem, after, &d) &&
                      keeps_promise(a, b, &offer->change, &d) &&
                      has_routes(after, offer, &d);
    if (!good) {
        printf("seed %llu, visit %d in shift %d, %d moves: %s (%lld, promised "
               "%lld)\n",
               (unsigned long long)seed, (int)offer->visit, (int)offer->shift,
               (int)offer->n_moves, d.text, (long long)(b->wishes - a->wishes),
               (long long)offer->change.wishes);
        t->broken++;
    }
    t->moved +=
        offer->n_moves > runde_problem_visit(problem, offer->visit)->crew;
    t->offers++;
    runde_plan_free(after);
}

static void look_at_advice(tally *t, const runde_session *session,
                           const runde_problem *problem,
                           const runde_advice *advice, uint64_t seed)
{
    for (int32_t i = 0; i < runde_advice_n_offers(advice); i++) {
        const runde_offer *offer = runde_advice_offer(advice, i);
        if (offer->fits) {
            look_at_offer(t, session, problem, offer, seed);
        } else {
            t->refusals++;
            CU_ASSERT_PTR_NOT_NULL(runde_reason_name(offer->reason.code));
            CU_ASSERT_EQUAL(offer->n_moves, 0);
        }
    }
}

static runde_plan *solve(const runde_problem *problem, uint64_t seed)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    defect d = {""};
    options.iteration_limit = ITERATIONS;
    options.seed = seed;
    options.clock = standing_clock;
    return defect_solve(problem, &options, &d);
}

/* A visit that nothing is bound to, taken out of the world. */
static int32_t pick(const world *w)
{
    for (int32_t v = w->n_visits - 1; v >= 0; v--) {
        bool is_free = true;
        for (int32_t i = 0; i < w->n_links; i++) {
            is_free =
                is_free && w->links[i].before != v && w->links[i].after != v;
        }
        for (int32_t i = 0; i < w->n_published; i++) {
            is_free = is_free && w->published[i].visit != v;
        }
        if (is_free) {
            return v;
        }
    }
    return RUNDE_NONE;
}

/* The same bytes of plan, before and after all the questions. */
static char *text_of(const runde_session *session)
{
    char *text = NULL;
    size_t n = 0;
    CU_ASSERT_EQUAL_FATAL(runde_plan_to_json(&text, &n,
                                             runde_session_problem(session),
                                             runde_session_plan(session)),
                          RUNDE_OK);
    return text;
}

static int32_t count_fits(const runde_advice *advice)
{
    int32_t n = 0;
    for (int32_t i = 0; i < runde_advice_n_offers(advice); i++) {
        n += runde_advice_offer(advice, i)->fits;
    }
    return n;
}

/* Who reads a few offers gets the best of all, and all refusals. */
static void compare_few(const runde_advice *all, runde_session *session,
                        const runde_visit *visit, int32_t few)
{
    runde_question question = RUNDE_QUESTION_INIT;
    runde_advice *advice = NULL;
    question.top = few;
    CU_ASSERT_EQUAL_FATAL(
        runde_recommend_visit(&advice, session, visit, &question, NULL),
        RUNDE_OK);
    const int32_t n_fit = count_fits(all);
    const int32_t n = runde_advice_n_offers(all);
    const int32_t skipped = n_fit > few ? n_fit - few : 0;
    CU_ASSERT_EQUAL_FATAL(runde_advice_n_offers(advice), n - skipped);
    for (int32_t i = n_fit; i < n; i++) {
        const runde_offer *const a = runde_advice_offer(all, i);
        const runde_offer *const b = runde_advice_offer(advice, i - skipped);
        CU_ASSERT_TRUE(!b->fits && b->shift == a->shift &&
                       b->reason.code == a->reason.code);
    }
    for (int32_t i = 0; i < few && i < n_fit; i++) {
        const runde_offer *const a = runde_advice_offer(all, i);
        const runde_offer *const b = runde_advice_offer(advice, i);
        CU_ASSERT_EQUAL(b->change.left_out, a->change.left_out);
        CU_ASSERT_EQUAL(b->change.wishes, a->change.wishes);
    }
    runde_advice_free(advice);
}

static void ask_about_extra(tally *t, runde_session *session,
                            const runde_visit *visit, uint64_t seed)
{
    runde_question question = RUNDE_QUESTION_INIT;
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_problem *with = NULL;
    edit.kind = RUNDE_EDIT_ADD_VISIT;
    edit.visit = visit;
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&with,
                                               runde_session_problem(session),
                                               &edit, 1, NULL),
                          RUNDE_OK);
    for (int32_t k = 0; k <= 2; k++) {
        runde_advice *advice = NULL;
        question.most_moved = k;
        CU_ASSERT_EQUAL_FATAL(
            runde_recommend_visit(&advice, session, visit, &question, NULL),
            RUNDE_OK);
        CU_ASSERT_EQUAL(runde_advice_n_offers(advice),
                        runde_problem_n_shifts(with));
        look_at_advice(t, session, with, advice, seed);
        if (k == 0) {
            compare_few(advice, session, visit, 1);
            compare_few(advice, session, visit, 2);
        }
        runde_advice_free(advice);
    }
    runde_problem_free(with);
}

static void ask_about_the_rest(tally *t, runde_session *session, uint64_t seed)
{
    const runde_problem *problem = runde_session_problem(session);
    const runde_plan *plan = runde_session_plan(session);
    runde_advice *advice = NULL;
    for (int32_t i = 0; i < runde_plan_n_unserved(plan); i++) {
        CU_ASSERT_EQUAL_FATAL(
            runde_recommend_left_out(&advice, session,
                                     runde_plan_unserved(plan, i)->visit, NULL,
                                     NULL),
            RUNDE_OK);
        look_at_advice(t, session, problem, advice, seed);
        runde_advice_free(advice);
    }
    for (int32_t c = 0; c < runde_problem_n_carers(problem); c++) {
        CU_ASSERT_EQUAL_FATAL(
            runde_recommend_for_carer(&advice, session, c, NULL, NULL),
            RUNDE_OK);
        look_at_advice(t, session, problem, advice, seed);
        runde_advice_free(advice);
    }
}

/* The problem in which the relaxation holds, made without the library. */
static runde_problem *relaxed(const runde_problem *base, int32_t index,
                              const runde_relaxation *r)
{
    runde_window windows[8];
    runde_skill_need skills[8];
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_visit visit = *runde_problem_visit(base, index);
    runde_shift shift = RUNDE_SHIFT_INIT;
    runde_problem *problem = NULL;
    edit.kind = RUNDE_EDIT_REPLACE_VISIT;
    edit.index = index;
    edit.visit = &visit;
    const runde_visit given = visit;
    visit.windows = windows;
    visit.skills = skills;
    visit.n_skills = 0;
    for (int32_t i = 0; i < given.n_windows; i++) {
        windows[i] = given.windows[i];
        if (r->kind == RUNDE_RELAX_LATER) {
            windows[i].max_start +=
                windows[i].max_start == RUNDE_TIME_NONE ? 0 : r->amount;
            windows[i].max_end +=
                windows[i].max_end == RUNDE_TIME_NONE ? 0 : r->amount;
        } else if (r->kind == RUNDE_RELAX_EARLIER) {
            windows[i].min_start -=
                windows[i].min_start == RUNDE_TIME_NONE ? 0 : r->amount;
        }
    }
    visit.crew = r->kind == RUNDE_RELAX_CREW ? r->amount : visit.crew;
    for (int32_t i = 0; i < given.n_skills; i++) {
        if ((r->kind != RUNDE_RELAX_SKILL ||
             given.skills[i].skill != r->item) &&
            given.skills[i].part < visit.crew) {
            skills[visit.n_skills++] = given.skills[i];
        }
    }
    if (r->kind == RUNDE_RELAX_OVERTIME) {
        shift = *runde_problem_shift(base, r->item);
        shift.max_end += r->amount;
        edit.kind = RUNDE_EDIT_REPLACE_SHIFT;
        edit.index = r->item;
        edit.shift = &shift;
    }
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&problem, base, &edit, 1, NULL),
                          RUNDE_OK);
    return problem;
}

static void look_at_relaxation(tally *t, const runde_session *session,
                               int32_t visit, const runde_relaxation *r)
{
    defect d = {""};
    runde_problem *const problem =
        relaxed(runde_session_problem(session), visit, r);
    CU_ASSERT_TRUE(r->offer.fits);
    CU_ASSERT_PTR_NOT_NULL(runde_relaxation_name(r->kind));
    runde_plan *const plan = plan_taken(session, problem, &r->offer);
    t->relaxed++;
    if (!plan_is_clean(problem, plan, &d)) {
        printf("visit %d, %s by %d, %d moves: %s\n", (int)visit,
               runde_relaxation_name(r->kind), (int)r->amount,
               (int)r->offer.n_moves, d.text);
        t->broken++;
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
}

static void ask_for_explanations(tally *t, runde_session *session,
                                 uint64_t seed)
{
    const runde_problem *problem = runde_session_problem(session);
    for (int32_t v = 0; v < runde_problem_n_visits(problem); v++) {
        runde_explanation *e = NULL;
        CU_ASSERT_EQUAL_FATAL(runde_explain_visit(&e, session, v, NULL),
                              RUNDE_OK);
        CU_ASSERT_EQUAL(runde_explanation_visit(e), v);
        CU_ASSERT_EQUAL(runde_explanation_is_served(e),
                        runde_explanation_n_places(e) > 0);
        for (int32_t i = 0; i < runde_explanation_n_offers(e); i++) {
            const runde_offer *offer = runde_explanation_offer(e, i);
            if (offer->fits) {
                look_at_offer(t, session, problem, offer, seed);
            }
        }
        for (int32_t i = 0; i < runde_explanation_n_relaxations(e); i++) {
            look_at_relaxation(t, session, v,
                               runde_explanation_relaxation(e, i));
        }
        runde_explanation_free(e);
    }
}

/* A session on the world without one of its visits; false when there is
 * none. */
static bool begin(runde_session **out, world *w, world_visit *extra,
                  uint64_t seed)
{
    const int32_t v = pick(w);
    if (v == RUNDE_NONE) {
        return false;
    }
    *extra = w->visits[v];
    world_drop_visit(w, v);
    runde_problem *const problem = world_problem(w);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    runde_plan *const plan = solve(problem, seed);
    if (plan != NULL) {
        CU_ASSERT_EQUAL_FATAL(runde_session_new(out, problem, plan), RUNDE_OK);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return plan != NULL;
}

static runde_visit record_of(const world_visit *extra)
{
    runde_visit visit = extra->record;
    visit.id = "extra";
    visit.windows = extra->windows;
    visit.preferred = extra->preferred;
    visit.skills = extra->skills;
    visit.loads = extra->loads;
    visit.wishes = extra->wishes;
    return visit;
}

static void try_sizes(const world_size *size, uint64_t count)
{
    static world w;
    static world_visit extra;
    tally t = {0, 0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= count; seed++) {
        runde_session *session = NULL;
        world_random(&w, seed, size);
        if (!begin(&session, &w, &extra, seed)) {
            continue;
        }
        const runde_visit visit = record_of(&extra);
        char *const before = text_of(session);
        ask_about_extra(&t, session, &visit, seed);
        ask_about_the_rest(&t, session, seed);
        ask_for_explanations(&t, session, seed);
        char *const after = text_of(session);
        CU_ASSERT_STRING_EQUAL(before, after);
        runde_text_free(before);
        runde_text_free(after);
        runde_session_free(session);
    }
    printf("%d offers, %d with others moved, %d broken; %d relaxations; "
           "%d refusals\n",
           t.offers, t.moved, t.broken, t.relaxed, t.refusals);
    CU_ASSERT(t.offers > 0);
    CU_ASSERT_EQUAL(t.broken, 0);
}

static void test_small(void)
{
    static const world_size size = WORLD_SMALL;
    try_sizes(&size, world_number_from("RUNDE_PROP_SEEDS", 400));
}

static void test_large(void)
{
    static const world_size size = WORLD_LARGE;
    try_sizes(&size, world_number_from("RUNDE_PROP_SEEDS", 400) / 10);
}

/* Two carers at once, where the parts are surveyed: limits are not counted
 * and what tasks cost adds up. */
static void test_crews(void)
{
    static const world_size size = {12, 6, 8, 1U << USE_HARD, true};
    static world w;
    static world_visit extra;
    int32_t n = 0;
    const uint64_t seeds = world_number_from("RUNDE_PROP_SEEDS", 400);
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        runde_session *session = NULL;
        runde_advice *advice = NULL;
        world_random(&w, seed, &size);
        if (!begin(&session, &w, &extra, seed)) {
            continue;
        }
        runde_visit visit = record_of(&extra);
        visit.crew = visit.crew > 2 ? visit.crew : 2;
        CU_ASSERT_EQUAL_FATAL(
            runde_recommend_visit(&advice, session, &visit, NULL, NULL),
            RUNDE_OK);
        n += count_fits(advice) > 2;
        compare_few(advice, session, &visit, 1);
        compare_few(advice, session, &visit, 2);
        runde_advice_free(advice);
        runde_session_free(session);
    }
    CU_ASSERT_TRUE(n > 0);
}

/* ---------------------------------------------------------------- memory */

/* The plan with the best offer taken, if there is one. */
static runde_status take_first(const runde_session *session,
                               const runde_advice *advice,
                               const runde_visit *visit)
{
    const runde_offer *offer = runde_advice_offer(advice, 0);
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_problem *with = NULL;
    runde_plan *plan = NULL;
    if (offer == NULL || !offer->fits) {
        return RUNDE_OK;
    }
    edit.kind = RUNDE_EDIT_ADD_VISIT;
    edit.visit = visit;
    runde_status status = runde_problem_derive(
        &with, runde_session_problem(session), &edit, 1, NULL);
    if (status == RUNDE_OK) {
        status = runde_recommend_plan(&plan, session, with, offer);
        CU_ASSERT_EQUAL(status == RUNDE_OK, plan != NULL);
    }
    runde_plan_free(plan);
    runde_problem_free(with);
    return status;
}

static void test_memory(void)
{
    static const world_size size = WORLD_SMALL;
    static world w;
    static world_visit extra;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        runde_session *first = NULL;
        world_random(&w, seed, &size);
        if (!begin(&first, &w, &extra, seed)) {
            continue;
        }
        const runde_visit visit = record_of(&extra);
        runde_question question = RUNDE_QUESTION_INIT;
        question.most_moved = 1;
        bool refused = true;
        for (long k = 0; refused; k++) {
            runde_session *session = NULL;
            runde_advice *advice = NULL;
            rn_faults_begin(k);
            runde_status status =
                runde_session_new(&session, runde_session_problem(first),
                                  runde_session_plan(first));
            if (status == RUNDE_OK) {
                status = runde_recommend_visit(&advice, session, &visit,
                                               &question, NULL);
            }
            runde_explanation *e = NULL;
            char *text = NULL;
            for (int32_t v = 0;
                 status == RUNDE_OK &&
                 v < runde_problem_n_visits(runde_session_problem(session));
                 v++) {
                runde_explanation_free(e);
                e = NULL;
                status = runde_explain_visit(&e, session, v, NULL);
            }
            status = status == RUNDE_OK ? take_first(session, advice, &visit)
                                        : status;
            if (status == RUNDE_OK && e != NULL) {
                status = runde_explanation_to_json(&text, NULL, session, e);
                runde_text_free(text);
                text = NULL;
            }
            if (status == RUNDE_OK) {
                status = runde_advice_to_json(&text, NULL, session, advice,
                                              visit.id);
            }
            refused = rn_faults_end();
            CU_ASSERT_EQUAL(status, refused ? RUNDE_E_NOMEM : RUNDE_OK);
            runde_text_free(text);
            runde_explanation_free(e);
            runde_advice_free(advice);
            runde_session_free(session);
        }
        runde_session_free(first);
    }
}

int main(void)
{
    RN_RUN("recommend", RN_TEST(test_small), RN_TEST(test_large),
           RN_TEST(test_crews), RN_TEST(test_memory));
}
