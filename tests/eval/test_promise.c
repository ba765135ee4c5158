/* SPDX-License-Identifier: MIT */
/* What the finder promises about one task: the cost comes true to the unit,
 * and no other place would have been cheaper. Every place is tried.
 *
 * Known estimates, told but not tested: spreads of work and loads; detours
 * shorter than the direct way, which let what follows start earlier; a delay
 * that makes another visit less early; limits that are counted for the plan as
 * a whole. Rarely a place does not hold after
 * all: two linked tasks in one route, two breaks in one gap, hours of work,
 * which the finder does not know. */
#include "bed.h"
#include "harness.h"

enum { STEPS = 6, KINDS = 5 };

/* What makes a promise an estimate. */
typedef enum kind { EXACT, IRREGULAR, FILLING, GLOBAL, LIMITED } kind;

typedef struct tally {
    int64_t looked;
    int64_t broken; /* the cost is another */
    int64_t failed; /* it does not hold after all */
    int64_t missed; /* a cheaper place was there */
} tally;

static tally tallies[KINDS];

static const char *const names[KINDS] = {"regular", "irregular",
                                         "waiting or idle priced",
                                         "spreads priced", "limited"};

static kind kind_of(const rn_instance *inst)
{
    if (inst->n_bounds > 0) {
        return LIMITED;
    }
    if (inst->w[RUNDE_WORKLOAD_DEVIATION] != 0 ||
        inst->w[RUNDE_WORKLOAD_SPREAD] != 0 ||
        inst->w[RUNDE_LOAD_SPREAD] != 0) {
        return GLOBAL;
    }
    if (inst->prices_filling) {
        return FILLING;
    }
    return inst->is_regular ? EXACT : IRREGULAR;
}

/* What serving the task there costs, its unit's price aside; RN_COST_INF
 * when it does not hold. */
static rn_cost cost_of(bed *b, int32_t task, const rn_slot *slot)
{
    rn_solution *const sol = b->sol;
    const rn_cost before = rn_total(sol);
    const rn_cost price = b->inst->unit[b->inst->task[task].unit].price;
    rn_cost cost = RN_COST_INF;
    rn_journal_begin(sol, &sol->inner);
    if (rn_insert(sol, task, slot)) {
        rn_settle(sol);
        cost = rn_total(sol) - before + price;
    }
    rn_undo_and_settle(sol, &sol->inner);
    return cost;
}

static void keep_least(rn_slot *best, const rn_slot *slot, rn_cost cost)
{
    if (cost < best->cost) {
        *best = *slot;
        best->cost = cost;
    }
}

static bool may_go(const bed *b, int32_t task, int32_t shift)
{
    const rn_task *const t = &b->inst->task[task];
    return rn_may(b->inst, t->who, shift) &&
           rn_shift_refuses(b->sol, task, shift) == RUNDE_REASONS &&
           rn_face_cost(b->sol, t->client, b->inst->shift[shift].carer) <
               RN_COST_INF;
}

/* The cheapest of all places, tried one by one. */
static rn_slot best_of_all(bed *b, int32_t task)
{
    const rn_instance *const inst = b->inst;
    const rn_stop *const stop = &inst->stop[task];
    rn_slot best = {RUNDE_NONE, 0, 0, RN_COST_INF};
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        if (!may_go(b, task, s)) {
            continue;
        }
        for (int32_t n = rn_shift_start_node(inst, s);
             n != rn_shift_end_node(inst, s); n = b->sol->node[n].next) {
            const rn_node *const next = &b->sol->node[b->sol->node[n].next];
            const int32_t last = next->gap_hi;
            for (int32_t split = next->gap_lo; split <= last; split++) {
                const rn_slot usual = {n, split, stop->release, 0};
                const rn_slot early = {n, split, stop->earliest, 0};
                keep_least(&best, &usual, cost_of(b, task, &usual));
                keep_least(&best, &early, cost_of(b, task, &early));
                for (int32_t i = 1; i < stop->n_preferred; i++) {
                    const int32_t a =
                        inst->preferred[stop->first_preferred + i].a;
                    const rn_slot later = {n, split, a, 0};
                    if (a > stop->release && a <= stop->latest) {
                        keep_least(&best, &later, cost_of(b, task, &later));
                    }
                }
            }
        }
    }
    return best;
}

static void tell(const bed *b, const char *what, int32_t task,
                 const rn_slot *found, const rn_slot *best)
{
    printf("seed %llu, %s: %s: task %d after %d split %d release %d cost %lld, "
           "best after %d split %d release %d cost %lld\n",
           (unsigned long long)b->seed, names[kind_of(b->inst)], what,
           (int)task, (int)found->prev, (int)found->split, (int)found->release,
           (long long)found->cost, (int)best->prev, (int)best->split,
           (int)best->release, (long long)best->cost);
}

static void hold_to_promise(bed *b, int32_t task)
{
    const kind k = kind_of(b->inst);
    tally *const t = &tallies[k];
    const rn_slot best = best_of_all(b, task);
    const rn_slot found = rn_best_slot(b->finder, task, RN_COST_INF / 2);
    const char *what = NULL;
    t->looked++;
    if (found.prev == RUNDE_NONE) {
        what = best.cost < RN_COST_INF ? "missed any" : NULL;
        t->missed += what != NULL;
    } else {
        const rn_cost cost = cost_of(b, task, &found);
        if (cost == RN_COST_INF) {
            what = b->inst->limits_hours ? NULL : "does not hold";
            t->failed += what != NULL;
        } else if (cost != found.cost) {
            what = "costs something else";
            t->broken++;
        } else if (best.cost < found.cost) {
            what = "missed a cheaper one";
            t->missed++;
        }
    }
    if (what != NULL && getenv("RUNDE_PROP_ALL") != NULL) {
        tell(b, what, task, &found, &best);
    }
}

static void look(bed *b)
{
    const rn_instance *const inst = b->inst;
    for (int32_t u = 0; u < inst->n_units; u++) {
        if (inst->unit[u].n == 1 && !rn_is_served(b->sol, u)) {
            hold_to_promise(b, inst->unit_tasks[inst->unit[u].first]);
        }
    }
}

static void try_bed(uint64_t seed, const world_size *size)
{
    bed b;
    CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, size));
    for (int i = 0; i < STEPS; i++) {
        bed_try_ruin(&b);
        for (int k = 0; k < 4; k++) {
            (void)bed_anywhere(&b);
        }
        bed_fill(&b);
        look(&b);
    }
    bed_clear(&b);
}

static void test_promises(void)
{
    static const world_size sizes[2] = {WORLD_SMALL, {12, 5, 8, 0, true}};
    const uint64_t first = world_number_from("RUNDE_PROP_FIRST", 1);
    const uint64_t n = world_number_from("RUNDE_PROP_SEEDS", 300);
    for (uint64_t seed = first; seed < first + n; seed++) {
        try_bed(seed, &sizes[seed % 2]);
    }
    for (int k = 0; k < KINDS; k++) {
        printf("\n%s: %lld promises, %lld cost something else, %lld do not "
               "hold, %lld were not the cheapest",
               names[k], (long long)tallies[k].looked,
               (long long)tallies[k].broken, (long long)tallies[k].failed,
               (long long)tallies[k].missed);
    }
    printf("\n");
    CU_ASSERT_EQUAL(tallies[EXACT].broken, 0);
    CU_ASSERT_TRUE(tallies[EXACT].failed <= 2 + tallies[EXACT].looked / 500);
    CU_ASSERT_TRUE(tallies[EXACT].missed <= 2 + tallies[EXACT].looked / 500);
}

int main(void)
{
    RN_RUN("promise", RN_TEST(test_promises));
}
