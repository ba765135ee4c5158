/* SPDX-License-Identifier: MIT */
/* Plans improved part by part: the division keeps together what belongs
 * together, and what is put together again has the least schedule, the
 * price that its sequences have, and one answer for any number of threads. */
#include <string.h>

#include "bed.h"
#include "harness.h"
#include "naive.h"
#include "still.h"
#include "warm.h"

#include "search/epoch.h"
#include "search/parts.h"

enum { PROBLEMS = 400, EPOCHS = 24, WARM_UP = 30, WORLDS = 25 };

static int32_t carers_with_shifts(const rn_instance *inst)
{
    int32_t n = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        n += inst->carer[c].n_shifts > 0;
    }
    return n;
}

/* ------------------------------------------------------------ division */

static void look_at_shifts(const rn_parts *p)
{
    const rn_instance *inst = p->inst;
    for (int32_t part = 0; part < p->n; part++) {
        CU_ASSERT_TRUE(p->first_carer[part + 1] > p->first_carer[part]);
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        CU_ASSERT_TRUE_FATAL(p->of_shift[s] >= 0 && p->of_shift[s] < p->n);
        for (int32_t t = 0; t < s; t++) {
            if (inst->shift[s].carer == inst->shift[t].carer) {
                CU_ASSERT_EQUAL(p->of_shift[s], p->of_shift[t]);
            }
        }
    }
}

static void look_at_task(const rn_parts *p, const rn_solution *sol,
                         int32_t task)
{
    const rn_task *t = &p->inst->task[task];
    const int32_t part = p->of_unit[t->unit];
    if (part < 0) {
        return;
    }
    if (sol->node[task].route >= 0) {
        CU_ASSERT_EQUAL(p->of_shift[sol->node[task].route], part);
    }
    for (int32_t i = 0; i < t->n_arcs; i++) {
        const int32_t other = p->inst->arcs[t->first_arc + i].other;
        /* It may itself be bound elsewhere, and then not move. */
        CU_ASSERT_EQUAL(p->home[p->inst->task[other].unit], part);
    }
}

static void test_division(void)
{
    static const world_size size = WORLD_LARGE;
    int32_t divided = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        rn_parts *p = NULL;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        const int32_t n = carers_with_shifts(b.inst) < 3 ? 2 : 3;
        if (carers_with_shifts(b.inst) >= 2) {
            rn_search *s = warm_search(&b, 0, 0.0);
            CU_ASSERT_PTR_NOT_NULL_FATAL(s);
            CU_ASSERT_EQUAL_FATAL(rn_parts_new(&p, b.inst, n), RUNDE_OK);
            for (int round = 0; round < 3; round++) {
                rn_parts_divide(p, s->sol, &s->rng);
                look_at_shifts(p);
                for (int32_t t = 0; t < b.inst->n_tasks; t++) {
                    look_at_task(p, s->sol, t);
                }
                divided++;
            }
            rn_search_free(s);
        }
        rn_parts_free(p);
        bed_clear(&b);
    }
    CU_ASSERT_TRUE(divided > PROBLEMS);
}

/* -------------------------------------------------------------- epochs */

static void look_at_starts(const bed *b, const rn_solution *sol)
{
    CU_ASSERT_TRUE(naive_agrees(sol, b->inst->n_nodes, b->seed));
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        CU_ASSERT_EQUAL(sol->node[n].ceiling, RN_TIME_MAX);
    }
}

static int64_t run_epochs(const bed *b, rn_search *s, int32_t parts)
{
    rn_epochs *e = NULL;
    int64_t done = 0;
    CU_ASSERT_EQUAL_FATAL(rn_epochs_new(&e, s, b->seed, parts, 2), RUNDE_OK);
    for (int round = 0; round < EPOCHS; round++) {
        const rn_price before = s->best->price;
        bool news = false;
        done += rn_epoch_run(e, round % 2 == 0 ? 500.0 : 0.0, -1, &news);
        CU_ASSERT_EQUAL(news, rn_price_compare(s->best->price, before) < 0);
        CU_ASSERT_EQUAL(s->current, rn_total(s->sol));
        look_at_starts(b, s->sol);
        CU_ASSERT_TRUE(warm_best_builds(s, b->seed));
    }
    CU_ASSERT_EQUAL(rn_epochs_lost(e), 0);
    rn_epochs_free(e);
    return done;
}

static void test_epochs(void)
{
    world_size size = WORLD_LARGE;
    int64_t done = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        const int32_t parts = rn_epoch_parts(b.inst, 2 + (int32_t)(seed % 2));
        if (parts > 1) {
            rn_search *s = warm_search(&b, WARM_UP, 1000.0);
            CU_ASSERT_PTR_NOT_NULL_FATAL(s);
            done += run_epochs(&b, s, parts);
            rn_search_free(s);
        }
        bed_clear(&b);
    }
    printf("%lld iterations in parts\n", (long long)done);
    CU_ASSERT_TRUE(done > 4000);
}

/* ------------------------------------------------------------- threads */

static char *answer(const runde_problem *problem, int32_t threads)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 700;
    options.parts = 3;
    options.threads = threads;
    options.seed = 11;
    return still_answer(problem, options);
}

static void test_threads(void)
{
    world_size size = WORLD_LARGE;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        world_random(&w, seed, &size);
        runde_problem *problem = world_problem(&w);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        char *one = answer(problem, 1);
        for (int32_t threads = 2; one != NULL && threads <= 4; threads++) {
            char *more = answer(problem, threads);
            CU_ASSERT_PTR_NOT_NULL_FATAL(more);
            CU_ASSERT_STRING_EQUAL(one, more);
            runde_text_free(more);
        }
        runde_text_free(one);
        runde_problem_free(problem);
    }
}

int main(void)
{
    RN_RUN("epoch", RN_TEST(test_division), RN_TEST(test_epochs),
           RN_TEST(test_threads));
}
