/* SPDX-License-Identifier: MIT */
/* Which hard criteria the search has to count, because no window, shift end
 * or carer set can hold them, and what it pays for them. */
#include "model/instance_parts.h"
#include "model/weights.h"

#define BIT(criterion) (1U << (criterion))

/* Where none is allowed at all, instance_windows.c and others see to it. */
#define FOLDED_AT_ZERO                                                         \
    (BIT(RUNDE_EARLY) | BIT(RUNDE_LATE) | BIT(RUNDE_OVERTIME) |                \
     BIT(RUNDE_BREAKS_MISSED) | BIT(RUNDE_CARER_PREFERENCE) |                  \
     BIT(RUNDE_CARERS_OVER_TARGET) | BIT(RUNDE_OVERQUALIFICATION) |            \
     BIT(RUNDE_CHANGED_CARER) | BIT(RUNDE_SHIFTED_START))

/* What serving one visit more may lower. */
#define MIXED                                                                  \
    (BIT(RUNDE_WAITING) | BIT(RUNDE_IDLE) | BIT(RUNDE_MAX_IDLE) |              \
     BIT(RUNDE_OPTIONAL_UNSERVED) | BIT(RUNDE_WORKLOAD_SPREAD) |               \
     BIT(RUNDE_WORKLOAD_DEVIATION) | BIT(RUNDE_LOAD_SPREAD))

/* ------------------------------------------------- weights, limits, profiles
 */

static const runde_weights *own_weights(const rn_instance *inst, int32_t client,
                                        runde_criterion criterion)
{
    const runde_weights *own =
        runde_problem_client(inst->problem, client)->weights;
    return own != NULL && (own->set & BIT(criterion)) != 0 ? own : NULL;
}

int32_t rn_client_weight(const rn_instance *inst, int32_t client,
                         runde_criterion criterion)
{
    const runde_weights *own = own_weights(inst, client, criterion);
    return own != NULL
               ? own->weight[criterion]
               : runde_problem_weights(inst->problem)->weight[criterion];
}

int32_t rn_search_weight(const rn_instance *inst, int32_t client,
                         runde_criterion criterion)
{
    return rn_client_weight(inst, client, criterion) + inst->steer[criterion];
}

static int64_t limit_in(const runde_weights *weights, runde_criterion criterion)
{
    return (weights->hard & BIT(criterion)) != 0 ? weights->limit[criterion]
                                                 : RN_NO_LIMIT;
}

int64_t rn_client_limit(const rn_instance *inst, int32_t client,
                        runde_criterion criterion)
{
    const runde_weights *own = own_weights(inst, client, criterion);
    return own != NULL ? limit_in(own, criterion)
                       : rn_limit_of(inst, criterion);
}

int64_t rn_limit_of(const rn_instance *inst, runde_criterion criterion)
{
    return limit_in(runde_problem_weights(inst->problem), criterion);
}

int32_t rn_limit_ticks(int64_t limit)
{
    const int32_t most = RN_TIME_MAX / 4;
    return limit < most ? (int32_t)limit : most;
}

/* ------------------------------------------------------------------ bounds */

static bool must_be_counted(runde_criterion criterion, int64_t limit)
{
    if (limit == RN_NO_LIMIT || criterion == RUNDE_MAX_LATE) {
        return false;
    }
    return limit > 0 || (FOLDED_AT_ZERO & BIT(criterion)) == 0;
}

/* The bounds of a client's profile that have to be counted. */
static uint32_t counted_of_client(const rn_instance *inst, int32_t client)
{
    const runde_weights *own =
        runde_problem_client(inst->problem, client)->weights;
    uint32_t bits = 0;
    for (int i = 0; own != NULL && i < RUNDE_CRITERIA; i++) {
        const runde_criterion c = (runde_criterion)i;
        if ((own->set & BIT(i) & RN_HAS_SHARE) != 0 &&
            must_be_counted(c, limit_in(own, c))) {
            bits |= BIT(i);
        }
    }
    return bits;
}

/* An hour's pause counts like an hour, a new face like ten minutes. */
static int64_t weight_of_unit(const rn_instance *inst, runde_criterion c)
{
    const int32_t tick_ms = runde_problem_settings(inst->problem)->tick_ms;
    switch (rn_criterion_unit(c)) {
    case RN_UNIT_TICK:
        return tick_ms > 1000 ? tick_ms / 1000 : 1;
    case RN_UNIT_METRE:
        return 1;
    case RN_UNIT_COUNT:
        break;
    }
    return c == RUNDE_CARER_PREFERENCE || c == RUNDE_OPTIONAL_UNSERVED ? 60
                                                                       : 600;
}

static void add_bound(rn_instance *inst, runde_criterion c, int32_t client,
                      int64_t limit)
{
    rn_bound *bound = &inst->bounds[inst->n_bounds++];
    bound->criterion = c;
    bound->client = client;
    bound->limit = limit;
    bound->weight = weight_of_unit(inst, c);
    bound->is_mixed = (MIXED & BIT(c)) != 0;
}

/* Nothing that is bounded is free to the search; what has to be filled or
 * driven without a gap is dear. All of it is taken off again before plans are
 * compared. */
static void set_steer(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    const runde_weights *weights = runde_problem_weights(p);
    const uint32_t gaps =
        BIT(RUNDE_WAITING) | BIT(RUNDE_IDLE) | BIT(RUNDE_MAX_IDLE);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        const runde_criterion c = (runde_criterion)i;
        if ((inst->bounded & BIT(i)) == 0) {
            continue;
        }
        const bool tight = rn_limit_of(inst, c) == 0 && (gaps & BIT(i)) != 0;
        const int64_t least = tight ? 1000 : weight_of_unit(inst, c);
        if (weights->weight[i] == 0 || (tight && weights->weight[i] < least)) {
            inst->steer[i] = (int32_t)least - weights->weight[i];
        }
    }
}

static void add_shared_bounds(rn_instance *inst)
{
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        const runde_criterion c = (runde_criterion)i;
        if ((inst->bounded & BIT(i)) != 0) {
            const int64_t limit = rn_limit_of(inst, c);
            inst->rest_bound[i] = inst->n_bounds;
            add_bound(inst, c, RUNDE_NONE,
                      must_be_counted(c, limit) ? limit : RN_NO_LIMIT);
        }
    }
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if ((inst->bounded & ~inst->only_global & BIT(i)) != 0) {
            inst->own_bound[i] = inst->n_bounds;
            add_bound(inst, (runde_criterion)i, RUNDE_NONE, RN_NO_LIMIT);
        }
    }
    inst->n_shared = inst->n_bounds;
}

static void add_client_bounds(rn_instance *inst)
{
    for (int32_t c = 0; c < inst->n_clients; c++) {
        const uint32_t bits = counted_of_client(inst, c);
        const runde_weights *own =
            runde_problem_client(inst->problem, c)->weights;
        inst->own_bits[c] =
            own != NULL ? own->set & RN_HAS_SHARE & inst->bounded : 0;
        inst->first_bound[c] = inst->n_bounds;
        for (int i = 0; own != NULL && i < RUNDE_CRITERIA; i++) {
            if ((bits & BIT(i)) != 0) {
                add_bound(inst, (runde_criterion)i, c, own->limit[i]);
            }
        }
    }
    inst->first_bound[inst->n_clients] = inst->n_bounds;
}

static void fill_points(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    int32_t task = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(p); v++) {
        const runde_visit *visit = runde_problem_visit(p, v);
        inst->task_points[task] = visit->optional ? visit->price : 0;
        task += visit->crew;
    }
}

runde_status rn_instance_bounds(rn_instance *inst)
{
    size_t n = 2 * (size_t)RUNDE_CRITERIA;
    uint32_t own = 0;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        const runde_criterion c = (runde_criterion)i;
        inst->bounded |= must_be_counted(c, rn_limit_of(inst, c)) ? BIT(i) : 0;
    }
    for (int32_t c = 0; c < inst->n_clients; c++) {
        const runde_weights *weights =
            runde_problem_client(inst->problem, c)->weights;
        const uint32_t bits = counted_of_client(inst, c);
        own |= weights != NULL ? weights->set & RN_HAS_SHARE : 0;
        inst->bounded |= bits;
        for (uint32_t b = bits; b != 0; b &= b - 1) {
            n++;
        }
    }
    if (inst->bounded == 0) {
        return RUNDE_OK;
    }
    const size_t clients = (size_t)inst->n_clients + 1;
    rn_arena *a = inst->arena;
    inst->only_global = inst->bounded & ~own;
    inst->is_mixed = (inst->bounded & MIXED) != 0;
    inst->bounds = rn_arena_array(a, n, sizeof *inst->bounds);
    inst->own_bits = rn_arena_array(a, clients, sizeof *inst->own_bits);
    inst->first_bound = rn_arena_array(a, clients, sizeof *inst->first_bound);
    inst->task_points =
        rn_arena_array(a, (size_t)inst->n_tasks + 1, sizeof *inst->task_points);
    if (inst->bounds == NULL || inst->own_bits == NULL ||
        inst->first_bound == NULL || inst->task_points == NULL) {
        return RUNDE_E_NOMEM;
    }
    set_steer(inst);
    add_shared_bounds(inst);
    add_client_bounds(inst);
    fill_points(inst);
    return RUNDE_OK;
}
