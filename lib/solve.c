/* SPDX-License-Identifier: MIT */
/* runde_solve: sealed problem in, checked plan out. */
#include "solve.h"

#include <runde/check.h>

#include <stdio.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "exact/lower.h"
#include "model/warnings.h"
#include "plan/freeze.h"
#include "plan/plan.h"
#include "plan/reasons.h"
#include "refine.h"
#include "search/chance.h"
#include "search/cross.h"
#include "search/epoch.h"
#include "search/handover.h"
#include "search/polish.h"
#include "search/replicas.h"

#define DEFAULT_TIME_LIMIT 10.0
/* Iterations between two looks at the clock, and the longest silence. */
#define SLICE 16
#define REPORT_EVERY 0.05
/* Share of the work spent walking downhill first: what an iteration changes
 * in a poor first plan says nothing about the temperatures of a good one. */
#define DESCENT 0.05
/* Iterations for each task that the whole range of temperatures takes; with
 * fewer, its hot end sinks to this share of it, and with very few as a whole.
 * Fewer than that are too few for large ruins, too. */
#define WHOLE_RANGE 400.0
#define LEAST_FIRST 0.4
#define PATIENCE 30.0
/* What a plan that is not large gains below this multiple of the last
 * temperature is found by the moves at the end. */
#define PATIENT_LAST 3.0
/* By so much of the mean the largest idle counts as if it were above it when
 * the search begins to cool, and by nothing in the end. */
#define LOOSE 1.0
/* Of a search around changes: its share of the work when there is a limit,
 * else iterations for each visit that lost its place, and the bounds of
 * their sum. */
#define NEAR_SHARE 0.25
#define NEAR_EACH 150
#define NEAR_LEAST 100
#define NEAR_MOST 5000
/* Seconds that the last moves may take beyond the time limit, or this share
 * of it if that is more; and when times may not be sought any more. */
#define GRACE 0.05
#define GRACE_SHARE 0.01
#define TIMES_GRACE 0.07
#define TIMES_GRACE_SHARE 0.014
/* Simplex iterations for each program of a bound. */
#define BOUND_PIVOTS 20000

/* Writing a large plan down, with reasons, takes this share of the time that
 * the instance and the first plan took; it is kept back from the time limit,
 * of which it is never more than the second share. */
#define RESERVE_BY_START 0.2
#define RESERVE_MOST 0.05

/* A solve under way. */
typedef struct job {
    const runde_options *options;
    const runde_problem *problem;
    const rn_instance *inst;
    uint32_t without; /* habits of the search that are left out */
    rn_search *search;
    rn_epochs *epochs;     /* NULL: the plan is not divided */
    bool is_late;          /* no time for last moves any more */
    rn_replicas *replicas; /* NULL: one search */
    rn_refine *refine;     /* NULL: no exact method, or none that helps */
    bool is_near;          /* look around changes first */
    const rn_news *news;   /* count as changes; set with is_near */
    bool only_near;        /* and nowhere else */
    bool no_move_helps;    /* any more, in the plan that is delivered */
    runde_diag *diag;
    double began;
    double improving; /* when that began, behind the first plan */
    double span;      /* of the time limit, what is for improving */
    double now;
    double reported;
    int64_t iterations;
    int64_t last_best; /* how many there were at the last new best */
    rn_cost first_cost;
    runde_outcome outcome;
} job;

static double now(const runde_options *options)
{
    return options->clock != NULL ? options->clock(options->clock_payload)
                                  : rn_clock_seconds();
}

static double clock_of(const job *j)
{
    return now(j->options);
}

/* Tells the caller where the search stands. True to go on. */
static bool report(job *j, bool is_new_best)
{
    j->reported = j->now;
    if (j->options->progress == NULL) {
        return true;
    }
    runde_progress progress = {0};
    progress.size = sizeof progress;
    progress.seconds = j->now - j->began;
    progress.iterations = j->iterations;
    progress.left_out = rn_count_left_out(j->search);
    progress.cost = j->search->best->price.wishes;
    progress.first_cost = j->first_cost;
    progress.is_new_best = is_new_best;
    if (j->options->progress(&progress, j->options->progress_payload) != 0) {
        j->outcome = RUNDE_OUTCOME_STOPPED;
        return false;
    }
    return true;
}

/* Share of the work that is done, 0 to 1, by the limit nearest to its end. A
 * first plan of a large day takes longer than walking downhill, and is not
 * part of it. */
static double share_done(const job *j)
{
    double share = 0.0;
    if (j->options->time_limit > 0.0) {
        const double whole = j->began + j->span - j->improving;
        share = whole > 0.0 ? (j->now - j->improving) / whole : 1.0;
    }
    if (j->options->iteration_limit > 0) {
        const double s =
            (double)j->iterations / (double)j->options->iteration_limit;
        share = s > share ? s : share;
    }
    return share < 1.0 ? share : 1.0;
}

static bool limit_reached(job *j)
{
    if (j->options->iteration_limit != 0 &&
        j->iterations >= j->options->iteration_limit) {
        j->outcome = RUNDE_OUTCOME_ITERATION_LIMIT;
        return true;
    }
    if (j->options->time_limit > 0.0 && j->now - j->began >= j->span) {
        j->outcome = RUNDE_OUTCOME_TIME_LIMIT;
        return true;
    }
    if (j->options->stall_limit > 0 &&
        j->iterations - j->last_best >= j->options->stall_limit) {
        j->outcome = RUNDE_OUTCOME_STALL_LIMIT;
        return true;
    }
    return false;
}

/* Asked by the construction: report, and stop when told to. The time limit
 * does not end it: a plan that leaves most visits out helps nobody. */
static bool may_go_on(void *payload)
{
    job *j = payload;
    j->now = clock_of(j);
    return j->now - j->reported < REPORT_EVERY || report(j, false);
}

/* Asked by an epoch, which the time limit does end. */
static bool may_improve(void *payload)
{
    job *j = payload;
    j->now = clock_of(j);
    if (limit_reached(j)) {
        return false;
    }
    return j->now - j->reported < REPORT_EVERY || report(j, false);
}

/* Some iterations at one temperature. True for a new best. */
static bool advance(job *j, double heat)
{
    const int64_t limit = j->options->iteration_limit;
    const int64_t left = limit > 0 ? limit - j->iterations : -1;
    bool news = false;
    if (j->epochs != NULL && !j->search->is_near) {
        j->iterations += rn_epoch_run(j->epochs, heat, left, &news);
        return news;
    }
    if (j->replicas != NULL && !j->search->is_near) {
        j->iterations +=
            rn_replicas_run(j->replicas, heat, share_done(j), left, &news);
        return news;
    }
    for (int32_t i = 0; i < SLICE && i != left; i++) {
        news = rn_iterate(j->search, heat) || news;
        j->iterations++;
    }
    return news;
}

/* A route that is as idle as any other can only become shorter when all of
 * them may be idler; so they may, less and less. */
static void loosen(job *j, double share)
{
    if (j->epochs == NULL) {
        rn_loosen(j->search, LOOSE * (1.0 - share));
    }
}

/* Too few iterations to cool down from there begin cooler. */
static rn_heat first_heat(job *j, double share)
{
    const int32_t searches = j->replicas != NULL ? j->options->replicas : 1;
    const double each =
        (double)j->iterations / share / searches / j->inst->n_tasks;
    const bool is_patient = each >= PATIENCE;
    if (is_patient) {
        loosen(j, share);
    }
    rn_heat heat = rn_sample_heat(j->search);
    double part = each < WHOLE_RANGE ? each / WHOLE_RANGE : 1.0;
    part = part > LEAST_FIRST ? part : LEAST_FIRST;
    if (each < PATIENCE) {
        heat.last *= each / PATIENCE;
        part = each < part * PATIENCE ? each / PATIENCE : part;
    }
    heat.first *= part;
    j->search->is_patient = is_patient;
    if (is_patient && !j->search->is_large) {
        heat.last *= PATIENT_LAST;
    }
    return heat;
}

/* The temperature by the share of the work that is done: none while walking
 * downhill. The first and the last one are found when that is over. */
static double heat_now(job *j, rn_heat *heat)
{
    const double share = share_done(j);
    const double descent = j->only_near ? 2.0
                           : j->is_near ? NEAR_SHARE
                                        : DESCENT;
    if (share >= descent && j->search->is_near) {
        rn_search_widen(j->search);
    }
    if (share < descent || !rn_does(j->search, RN_HEAT)) {
        return 0.0;
    }
    if (heat->first <= 0.0) {
        *heat = first_heat(j, share);
    } else if (j->search->is_patient) {
        loosen(j, share);
    }
    return heat->first * rn_exp(rn_log(heat->last / heat->first) *
                                (share - descent) / (1 - descent));
}

static runde_status improve(job *j)
{
    if (j->inst->n_tasks < 1 || j->inst->n_shifts < 1) {
        j->outcome = RUNDE_OUTCOME_NOTHING_TO_DO;
        return RUNDE_OK;
    }
    if (limit_reached(j)) {
        return RUNDE_OK;
    }
    j->improving = j->now;
    rn_heat heat = {0.0, 0.0};
    bool news = false;
    runde_status status = RUNDE_OK;
    while (status == RUNDE_OK) {
        j->now = clock_of(j);
        if (limit_reached(j)) {
            break;
        }
        if ((news || j->now - j->reported >= REPORT_EVERY) &&
            !report(j, news)) {
            break;
        }
        news = advance(j, heat_now(j, &heat));
        if (j->refine != NULL && j->outcome != RUNDE_OUTCOME_STOPPED) {
            status = rn_refine_at(j->refine, share_done(j), &news);
        }
        if (news) {
            j->last_best = j->iterations;
        }
        if (j->outcome == RUNDE_OUTCOME_STOPPED) {
            break;
        }
    }
    return status;
}

/* A start made by hand may have no times yet. */
static runde_status take_start(const job *j)
{
    const runde_plan *start = j->options->start;
    runde_plan *timed = NULL;
    if (!runde_plan_has_times(start)) {
        const runde_status status =
            runde_plan_schedule(&timed, j->problem, start, NULL);
        if (status != RUNDE_OK) {
            return status;
        }
        start = timed;
    }
    rn_search_start(j->search, start, j->news != NULL ? j->news->held : NULL);
    runde_plan_free(timed);
    if (j->news != NULL && j->news->drops != NULL) {
        *j->news->drops = rn_search_drops(j->search);
        return *j->news->drops ? RUNDE_E_INFEASIBLE : RUNDE_OK;
    }
    return RUNDE_OK;
}

/* Large plans are improved part by part, others by several searches if that
 * is asked for. */
static runde_status divide(job *j)
{
    const runde_options *o = j->options;
    const int32_t parts = rn_epoch_parts(j->inst, o->parts);
    const int32_t threads = o->threads > 0 ? o->threads : 1;
    if ((parts < 2 && o->replicas < 2) || o->iteration_limit < 0 ||
        j->only_near) {
        return RUNDE_OK;
    }
    j->search->poll = may_improve;
    return parts > 1
               ? rn_epochs_new(&j->epochs, j->search, o->seed, parts, threads)
               : rn_replicas_new(&j->replicas, j->search, o->seed, o->replicas,
                                 threads);
}

static runde_status call_in(job *j)
{
    const rn_patience patience = {0, 0, may_improve, j};
    if (j->options->exact == NULL || j->inst->n_tasks < 1) {
        return RUNDE_OK;
    }
    /* Around changes only, other routes are none of its business. */
    return rn_refine_new(&j->refine, j->search, j->options->exact,
                         j->epochs != NULL || j->only_near, &patience);
}

/* Without a limit the surroundings of the changes are all there is. */
static void set_near_limit(job *j, runde_options *options)
{
    if (j->is_near && options->time_limit == 0.0 &&
        options->iteration_limit == 0) {
        int64_t n = (int64_t)j->search->n_changed * NEAR_EACH;
        n = n < NEAR_LEAST ? NEAR_LEAST : n;
        options->iteration_limit = n > NEAR_MOST ? NEAR_MOST : n;
        j->only_near = true;
    }
}

/* Large plans are written down in time, too. */
static void set_span(job *j)
{
    const double limit = j->options->time_limit;
    double reserve = 0.0;
    if (j->search->is_large) {
        reserve = RESERVE_BY_START * (j->now - j->began);
        reserve =
            reserve < RESERVE_MOST * limit ? reserve : RESERVE_MOST * limit;
    }
    j->span = limit - reserve;
}

static runde_status prepare(job *j, runde_options *options)
{
    runde_status status = rn_search_new(&j->search, j->inst, j->options->seed);
    if (status != RUNDE_OK) {
        return status;
    }
    j->search->habits &= ~j->without;
    if (j->options->start != NULL) {
        status = take_start(j);
        if (status != RUNDE_OK) {
            return status;
        }
    }
    if (j->is_near) {
        status = rn_search_focus(j->search, j->news);
        if (status != RUNDE_OK) {
            return status;
        }
        set_near_limit(j, options);
    }
    j->search->poll = may_go_on;
    j->search->poll_payload = j;
    if (j->search->is_vast && options->threads > 1) {
        rn_instance_find_all_near(j->inst, options->threads);
    }
    j->search->is_last = options->iteration_limit < 0;
    rn_construct(j->search);
    j->first_cost = j->search->best->price.wishes;
    j->now = clock_of(j);
    set_span(j);
    status = divide(j);
    if (status == RUNDE_OK) {
        status = call_in(j);
    }
    return status == RUNDE_OK && j->replicas != NULL &&
                   j->search->routes != NULL
               ? rn_replicas_keep_routes(j->replicas)
               : status;
}

static runde_status add_warnings(runde_plan *plan, const runde_problem *problem)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0;
         status == RUNDE_OK && i < rn_problem_n_warnings(problem); i++) {
        status = runde_plan_add_warning(plan, rn_problem_warning(problem, i));
    }
    return status;
}

/* Names every limit that no plan was found to keep. */
static runde_status tell_excess(const job *j, const rn_solution *sol)
{
    for (int32_t b = 0; b < j->inst->n_bounds; b++) {
        const rn_bound *bound = &j->inst->bounds[b];
        if (sol->amount[b] <= bound->limit) {
            continue;
        }
        const char *name = runde_criterion_name(bound->criterion);
        char pointer[96];
        if (bound->client == RUNDE_NONE) {
            (void)snprintf(pointer, sizeof pointer, "/weights/%s", name);
        } else {
            (void)snprintf(pointer, sizeof pointer, "/clients/%d/weights/%s",
                           (int)bound->client, name);
        }
        rn_diag_add(j->diag, RUNDE_ERROR, "RUNDE-E509", pointer,
                    "no plan was found that keeps %s within its limit %lld; "
                    "the nearest one has %lld; a longer search may find one",
                    name, (long long)bound->limit, (long long)sol->amount[b]);
    }
    return RUNDE_E_INFEASIBLE;
}

/* No more than so many seconds, or this share of the time limit if that is
 * more, beyond it? */
static bool is_in_grace(job *j, double seconds, double share)
{
    const double limit = j->options->time_limit;
    const double most = share * limit > seconds ? share * limit : seconds;
    j->now = clock_of(j);
    j->is_late = (limit > 0.0 && j->now - j->began > j->span + most) ||
                 (j->now - j->reported >= REPORT_EVERY && !report(j, false));
    return !j->is_late;
}

/* Asked while the plan is polished. */
static bool may_polish(void *payload)
{
    return is_in_grace(payload, GRACE, GRACE_SHARE);
}

/* Asked while the best times of the plan are sought. */
static bool may_time(void *payload)
{
    return is_in_grace(payload, TIMES_GRACE, TIMES_GRACE_SHARE);
}

/* Exchanges of several visits, unless the plan is the one they have left. */
static runde_status exchange(job *j, rn_solution *sol, rn_price *left)
{
    bool better = false;
    if (!rn_does(j->search, RN_CROSS) || j->is_late ||
        rn_price_compare(rn_price_of(sol), *left) == 0) {
        return RUNDE_OK;
    }
    const runde_status status = rn_cross(sol, may_polish, j, &better);
    *left = rn_price_of(sol);
    return status;
}

/* Single moves, exchanges, and whole routes in other hands, as long as they
 * help. */
static runde_status go_downhill(job *j, rn_solution *sol, rn_finder *finder)
{
    rn_handover *handover = NULL;
    rn_price left = {-1, 0, 0};
    runde_status status = rn_handover_new(&handover, j->inst);
    bool better = status == RUNDE_OK;
    while (better) {
        const rn_price before = rn_price_of(sol);
        j->no_move_helps = rn_polish(sol, finder, may_polish, j);
        const rn_price polished = rn_price_of(sol);
        status = exchange(j, sol, &left);
        better = rn_price_compare(rn_price_of(sol), before) < 0;
        if (status == RUNDE_OK && !better && !j->is_late &&
            !j->search->is_vast && rn_does(j->search, RN_HANDS)) {
            better = rn_hand_over(handover, finder, may_polish, j);
        }
        /* Who is stopped halfway may have changed the plan. */
        if (rn_price_compare(rn_price_of(sol), polished) != 0) {
            j->no_move_helps = false;
        }
        better = better && status == RUNDE_OK && !j->is_late;
    }
    rn_handover_free(handover);
    return status;
}

/* No single move helps any more, of plans that rn_polish looks through; not
 * where nothing was to be improved, or
 * only near what changed, and not for somebody who waits for the end. */
static runde_status polish(job *j, rn_solution *sol, rn_finder *finder)
{
    const bool is_wanted = j->outcome == RUNDE_OUTCOME_TIME_LIMIT ||
                           j->outcome == RUNDE_OUTCOME_ITERATION_LIMIT ||
                           j->outcome == RUNDE_OUTCOME_STALL_LIMIT;
    return is_wanted && j->iterations > 0 && !j->only_near &&
                   rn_does(j->search, RN_POLISH)
               ? go_downhill(j, sol, finder)
               : RUNDE_OK;
}

/* The last new best, if times can be better. Other moves may help then. */
static void time_exactly(job *j, rn_solution *sol, rn_finder *finder)
{
    if (j->refine != NULL &&
        rn_refine_times(j->refine, sol, j->only_near, may_time)) {
        j->no_move_helps =
            j->no_move_helps && rn_is_polished(sol, finder, may_time, j);
        j->search->best->price = rn_price_of(sol);
        j->now = clock_of(j);
        (void)report(j, true);
    }
}

/* How low the wishes of any plan can be, where that is wanted and found. */
static runde_status find_bound(job *j, const rn_solution *sol,
                               runde_search_info *info)
{
    const rn_patience patience = {BOUND_PIVOTS, 0, may_go_on, j};
    const int64_t wishes = rn_price_of(sol).wishes;
    int64_t bound;
    if (!j->options->bound || j->options->exact == NULL) {
        return RUNDE_OK;
    }
    const runde_status status =
        rn_lower_bound(&bound, sol, j->options->exact, &patience);
    if (status != RUNDE_OK || bound > wishes) {
        return status == RUNDE_E_NOMEM ? status : RUNDE_OK;
    }
    info->bound = bound > 0 ? bound : 0;
    info->gap =
        wishes > 0
            ? (int32_t)(((wishes - info->bound) * 1000 + wishes - 1) / wishes)
            : 0;
    return RUNDE_OK;
}

static runde_status note_search(job *j, runde_plan *plan,
                                const rn_solution *sol)
{
    runde_search_info info = RUNDE_SEARCH_INFO_INIT;
    info.outcome = j->outcome;
    info.iterations = j->iterations;
    info.seed = j->options->seed;
    info.locally_optimal = j->no_move_helps;
    const runde_status status = find_bound(j, sol, &info);
    info.seconds = clock_of(j) - j->began;
    return status == RUNDE_OK ? runde_plan_set_search(plan, &info) : status;
}

/* Writes the best plan down and has it checked from scratch. */
static runde_status deliver(job *j, runde_plan *plan, rn_solution *sol)
{
    rn_finder *finder = NULL;
    runde_report *verdict = NULL;
    if (!rn_best_build(j->search->best, sol)) {
        rn_diag_add(j->diag, RUNDE_ERROR, "RUNDE-E901", "",
                    "the best plan has no schedule");
        return RUNDE_E_INTERNAL;
    }
    if (sol->excess > 0) {
        return tell_excess(j, sol);
    }
    runde_status status = rn_finder_new(&finder, sol, &j->search->rng);
    if (status == RUNDE_OK) {
        status = polish(j, sol, finder);
    }
    if (status == RUNDE_OK) {
        time_exactly(j, sol, finder);
        status = rn_freeze(plan, sol);
    }
    if (status == RUNDE_OK) {
        status = rn_add_unserved(plan, finder);
    }
    if (status == RUNDE_OK) {
        status = add_warnings(plan, j->problem);
    }
    if (status == RUNDE_OK) {
        status = note_search(j, plan, sol);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(plan);
    }
    if (status == RUNDE_OK) {
        status = runde_check(&verdict, j->problem, plan);
    }
    if (status == RUNDE_OK && runde_report_n_violations(verdict) > 0) {
        const runde_violation *first = runde_report_violation(verdict, 0);
        rn_diag_add(j->diag, RUNDE_ERROR, "RUNDE-E902", "",
                    "the checker refuses the plan: %s: %s", first->rule,
                    first->message);
        status = RUNDE_E_INTERNAL;
    }
    runde_report_free(verdict);
    rn_finder_free(finder);
    return status;
}

static runde_status finish(job *j, runde_plan **out)
{
    rn_solution *sol = NULL;
    runde_plan *plan = NULL;
    rn_save_thinned(j->search);
    runde_status status = rn_solution_new(&sol, j->inst);
    if (status == RUNDE_OK) {
        status = runde_plan_new(&plan, j->problem);
    }
    if (status == RUNDE_OK) {
        status = deliver(j, plan, sol);
    }
    rn_solution_free(sol);
    if (status != RUNDE_OK) {
        runde_plan_free(plan);
        return status;
    }
    *out = plan;
    return RUNDE_OK;
}

static bool options_are_valid(const runde_options *o)
{
    return o->size == sizeof *o && o->time_limit >= 0.0 &&
           o->time_limit <= 1e9 && o->iteration_limit >= -1 &&
           o->threads >= 0 && o->threads <= RUNDE_THREADS_MOST &&
           o->parts >= 0 && o->replicas >= 0 &&
           o->replicas <= RUNDE_REPLICAS_MOST && o->stall_limit >= 0 &&
           (o->exact == NULL ? !o->bound : o->exact->size == sizeof *o->exact);
}

static runde_status run(job *j, runde_options *options, runde_plan **out)
{
    j->options = options;
    j->problem = j->inst->problem;
    runde_status status = prepare(j, options);
    if (status == RUNDE_OK) {
        if (j->outcome != RUNDE_OUTCOME_STOPPED && report(j, true)) {
            status = improve(j);
        }
    }
    if (status == RUNDE_OK) {
        status = finish(j, out);
    }
    rn_refine_free(j->refine);
    rn_epochs_free(j->epochs);
    rn_replicas_free(j->replicas);
    rn_search_free(j->search);
    return status;
}

/* What a caller says, or the defaults. */
static runde_status check_call(runde_options *with,
                               const runde_problem *problem,
                               const runde_options *options, runde_diag *diag)
{
    rn_diag_start(diag);
    if (options != NULL) {
        if (!options_are_valid(options)) {
            return RUNDE_E_ARGUMENT;
        }
        *with = *options;
    }
    return runde_problem_is_sealed(problem) &&
                   (with->start == NULL || rn_plan_is_finished(with->start))
               ? RUNDE_OK
               : RUNDE_E_STATE;
}

runde_status rn_solve_without(runde_plan **out, const runde_problem *problem,
                              const runde_options *options, uint32_t habits,
                              runde_diag *diag)
{
    runde_options with = RUNDE_OPTIONS_INIT;
    rn_instance *inst = NULL;
    if (out == NULL || problem == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    runde_status status = check_call(&with, problem, options, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    if (with.time_limit == 0.0 && with.iteration_limit == 0) {
        with.time_limit = DEFAULT_TIME_LIMIT;
    }
    job j = {0};
    j.diag = diag;
    j.without = habits;
    j.began = now(&with);
    j.now = j.began;
    status = rn_instance_new(&inst, problem);
    j.inst = inst;
    if (status == RUNDE_OK) {
        status = run(&j, &with, out);
    }
    rn_instance_free(inst);
    return status;
}

runde_status runde_solve(runde_plan **out, const runde_problem *problem,
                         const runde_options *options, runde_diag *diag)
{
    return rn_solve_without(out, problem, options, 0, diag);
}

runde_status rn_solve_near(runde_plan **out, const rn_instance *inst,
                           const rn_news *news, const runde_options *options,
                           runde_diag *diag)
{
    runde_options with = RUNDE_OPTIONS_INIT;
    *out = NULL;
    const runde_status status = check_call(&with, inst->problem, options, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    job j = {0};
    j.diag = diag;
    j.inst = inst;
    j.is_near = true;
    j.news = news;
    j.began = now(&with);
    j.now = j.began;
    return run(&j, &with, out);
}
