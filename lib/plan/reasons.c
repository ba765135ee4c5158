/* SPDX-License-Identifier: MIT */
#include "plan/reasons.h"

#include "base/alloc.h"

/* With more left-out visits times shifts than this only the shifts around a
 * visit are explained: some millions of reasons help nobody, and a search
 * stopped at once leaves nearly everything out. */
#define MOST_REASONS 1000000

static const runde_visit *visit_of(const rn_instance *inst, int32_t task)
{
    return runde_problem_visit(inst->problem, inst->task[task].visit);
}

/* Is the carer named `kind` by the client or the visit? And is anyone? */
static bool named(const rn_instance *inst, int32_t task, int32_t carer,
                  runde_wish_kind kind, bool *anyone)
{
    const runde_visit *visit = visit_of(inst, task);
    const runde_client *client =
        runde_problem_client(inst->problem, visit->client);
    const runde_carer_wish *lists[2] = {client->wishes, visit->wishes};
    const int32_t lengths[2] = {client->n_wishes, visit->n_wishes};
    bool found = false;
    for (int32_t l = 0; l < 2; l++) {
        for (int32_t i = 0; i < lengths[l]; i++) {
            if (lists[l][i].kind == kind) {
                *anyone = true;
                found = found || lists[l][i].carer == carer;
            }
        }
    }
    return found;
}

static int32_t level_missing(const rn_instance *inst, int32_t task,
                             int32_t shift)
{
    const runde_visit *visit = visit_of(inst, task);
    const runde_carer *carer =
        runde_problem_carer(inst->problem, inst->shift[shift].carer);
    int32_t missing = 0;
    for (int32_t i = 0; i < visit->n_skills; i++) {
        const runde_skill_need *need = &visit->skills[i];
        if (need->part >= 0 && need->part != inst->task[task].part) {
            continue;
        }
        int32_t level = -1;
        for (int32_t k = 0; k < carer->n_skills; k++) {
            const runde_skill_held *held = &carer->skills[k];
            if (held->skill == need->skill && held->level > level &&
                (held->expires == RUNDE_TIME_NONE ||
                 held->expires >= inst->shift[shift].end)) {
                level = held->level;
            }
        }
        if (need->min_level - level > missing) {
            missing = need->min_level - level;
        }
    }
    return missing;
}

/* Why the class bit is off. */
static runde_reason who_reason(const rn_instance *inst, int32_t task,
                               int32_t shift)
{
    const int32_t carer = inst->shift[shift].carer;
    const int32_t pinned = visit_of(inst, task)->pinned_shift;
    runde_reason reason = {shift, RUNDE_REASON_CARER, 0};
    bool required = false;
    bool prohibited = false;
    if (inst->task[task].part == 0 && pinned != RUNDE_NONE && pinned != shift) {
        reason.code = RUNDE_REASON_PINNED;
    } else if (!named(inst, task, carer, RUNDE_PROHIBITED, &prohibited) &&
               (named(inst, task, carer, RUNDE_REQUIRED, &required) ||
                !required)) {
        reason.amount = level_missing(inst, task, shift);
        if (reason.amount > 0) {
            reason.code = RUNDE_REASON_SKILL;
        }
    }
    return reason;
}

static bool reachable(const rn_instance *inst, int32_t task, int32_t shift)
{
    const int32_t mode = inst->shift[shift].mode;
    const int32_t place = inst->stop[task].place;
    const int32_t from = inst->stop[rn_shift_start_node(inst, shift)].place;
    const int32_t to = inst->stop[rn_shift_end_node(inst, shift)].place;
    return rn_drive(inst, mode, from, place) < RN_FAR &&
           rn_drive(inst, mode, place, to) < RN_FAR;
}

static runde_reason reason_of(rn_finder *f, int32_t task, int32_t shift)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    if (!rn_may(inst, inst->task[task].who, shift)) {
        return who_reason(inst, task, shift);
    }
    runde_reason reason = {shift, RUNDE_REASON_SEARCH, 0};
    if (!reachable(inst, task, shift)) {
        reason.code = RUNDE_REASON_UNREACHABLE;
        return reason;
    }
    if (inst->stop[task].n_windows == 0) {
        reason.code = RUNDE_REASON_ABSENCE;
        return reason;
    }
    const runde_reason_code refused = rn_shift_refuses(sol, task, shift);
    if (refused != RUNDE_REASONS) {
        reason.code = refused;
        return reason;
    }
    const rn_slot slot = rn_best_in_shift(f, task, shift);
    const rn_unit *unit = &inst->unit[inst->task[task].unit];
    if (slot.prev == RUNDE_NONE) {
        reason.code = f->bound > RN_TIME_MIN || f->n_moves > 0 || f->n_open > 0
                          ? RUNDE_REASON_LINK
                          : RUNDE_REASON_NO_TIME;
    } else if (unit->n > 1) {
        reason.code = RUNDE_REASON_CREW;
    } else if (slot.cost >= unit->price) {
        reason.code = RUNDE_REASON_PRICE;
    } else if (inst->limits_hours) {
        reason.code = RUNDE_REASON_HOURS;
    }
    return reason;
}

/* A shift counts by the part of the crew that fits it best: the code that
 * comes latest in the order of the rules. */
static runde_reason best_of_parts(rn_finder *f, int32_t visit, int32_t shift)
{
    const rn_instance *inst = f->sol->inst;
    const int32_t first = inst->first_task[visit];
    runde_reason best = reason_of(f, first, shift);
    for (int32_t t = first + 1; t < inst->first_task[visit + 1]; t++) {
        const runde_reason r = reason_of(f, t, shift);
        if (r.code > best.code) {
            best = r;
        }
    }
    return best;
}

static int64_t count_left_out(const rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    int64_t n = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        n += sol->node[inst->first_task[v]].route < 0;
    }
    return n;
}

/* Shifts worth a word: all, or those that serve a neighbour. Ascending. */
static int32_t candidates(const rn_solution *sol, int32_t visit, bool all,
                          int32_t *shifts)
{
    const rn_instance *inst = sol->inst;
    int32_t n = 0;
    if (all) {
        for (int32_t s = 0; s < inst->n_shifts; s++) {
            shifts[n++] = s;
        }
        return n;
    }
    const int32_t task = inst->first_task[visit];
    const int32_t *near = inst->near + (size_t)task * (size_t)inst->near_stride;
    for (int32_t i = 0; i < inst->near_count[task]; i++) {
        const int32_t shift = sol->node[near[i]].route;
        int32_t at = n;
        while (at > 0 && shifts[at - 1] > shift) {
            at--;
        }
        if (shift < 0 || (at > 0 && shifts[at - 1] == shift)) {
            continue;
        }
        for (int32_t k = n++; k > at; k--) {
            shifts[k] = shifts[k - 1];
        }
        shifts[at] = shift;
    }
    return n;
}

static runde_status add_visit(runde_plan *plan, rn_finder *f, int32_t visit,
                              const int32_t *shifts, int32_t n,
                              runde_reason *reasons)
{
    for (int32_t i = 0; i < n; i++) {
        reasons[i] = best_of_parts(f, visit, shifts[i]);
    }
    if (f->sol->inst->n_shifts == 0) {
        reasons[0].shift = RUNDE_NONE;
        reasons[0].code = RUNDE_REASON_NO_SHIFT;
        n = 1;
    }
    const runde_unserved left = {visit, n, reasons};
    return runde_plan_add_unserved(plan, &left);
}

runde_status rn_add_unserved(runde_plan *plan, rn_finder *f)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const size_t room = (size_t)inst->n_shifts + 1;
    runde_reason *reasons = rn_calloc(room, sizeof *reasons);
    int32_t *shifts = rn_calloc(room, sizeof *shifts);
    runde_status status = RUNDE_E_NOMEM;
    if (reasons == NULL || shifts == NULL) {
        goto done;
    }
    status = RUNDE_OK;
    const bool all = count_left_out(sol) * inst->n_shifts <= MOST_REASONS;
    const int32_t visits = runde_problem_n_visits(inst->problem);
    for (int32_t v = 0; v < visits && status == RUNDE_OK; v++) {
        if (sol->node[inst->first_task[v]].route < 0) {
            const int32_t n = candidates(sol, v, all, shifts);
            status = add_visit(plan, f, v, shifts, n, reasons);
        }
    }
done:
    rn_free(shifts);
    rn_free(reasons);
    return status;
}
