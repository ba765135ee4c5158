/* SPDX-License-Identifier: MIT */
/* By trying: a part is started at a moment, everything it pushes is pushed,
 * and where that holds the moment is allowed. The least schedule exists for
 * any earlier moment too, so halving finds the last one. */
#include "plan/leeway.h"

#include "search/search.h"

/* Everything as early as the hard rules let it be. */
static bool hurry(rn_solution *sol)
{
    const rn_instance *const inst = sol->inst;
    sol->n_seeds = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        for (int32_t n = rn_shift_start_node(inst, s); n != RUNDE_NONE;
             n = sol->node[n].next) {
            if (n < inst->n_tasks) {
                rn_touch(sol, n)->release = inst->stop[n].earliest;
            }
            if (sol->route[s].n > 0 && n != rn_shift_start_node(inst, s)) {
                sol->seed[sol->n_seeds++] = n;
            }
        }
    }
    const bool holds = rn_schedule_removals(sol);
    sol->n_seeds = 0;
    if (holds) {
        rn_settle(sol);
    }
    return holds;
}

/* Does everything hold when the task starts at `start`, not before? */
static bool holds_at(rn_solution *sol, int32_t task, int32_t start)
{
    rn_journal_begin(sol, &sol->inner);
    rn_touch(sol, task)->release = start;
    sol->n_seeds = 0;
    sol->seed[sol->n_seeds++] = task;
    const bool holds = rn_schedule_removals(sol) && rn_hours_hold(sol) &&
                       sol->node[task].start == start;
    rn_undo_and_settle(sol, &sol->inner);
    return holds;
}

static void find_latest(rn_solution *sol, int32_t task, rn_leeway *leeway)
{
    const rn_instance *const inst = sol->inst;
    const int32_t shift = sol->node[task].route;
    int32_t lo = sol->node[task].start;
    int32_t hi = inst->stop[task].latest;
    const int32_t end = rn_end_limit(sol, shift) - inst->stop[task].duration;
    hi = hi < end ? hi : end;
    /* In the window it starts in: people are told one stretch of time. */
    for (int32_t i = 0; i < inst->stop[task].n_windows; i++) {
        const rn_window w = inst->windows[inst->stop[task].first_window + i];
        hi = w.a <= lo && lo <= w.b && w.b < hi ? w.b : hi;
    }
    leeway->earliest = lo < leeway->start ? lo : leeway->start;
    while (lo < hi) {
        const int32_t mid = lo + (hi - lo + 1) / 2;
        if (holds_at(sol, task, mid)) {
            lo = mid;
        } else {
            hi = mid - 1;
        }
    }
    leeway->latest = lo > leeway->start ? lo : leeway->start;
}

/* With everything early some duty may be too long; then the times are those
 * of the plan. */
static bool start_early(rn_solution *sol)
{
    rn_journal_begin(sol, &sol->outer);
    bool holds = hurry(sol);
    for (int32_t s = 0; holds && s < sol->inst->n_shifts; s++) {
        holds = rn_hours_allow(sol, s);
    }
    if (!holds) {
        rn_journal_undo(sol, &sol->outer);
        rn_settle(sol);
    }
    sol->outer.on = false;
    return holds;
}

runde_status rn_find_leeway(rn_leeway *list, int32_t n, const rn_instance *inst,
                            const runde_plan *plan)
{
    rn_search *search = NULL;
    if (n == 0) {
        return RUNDE_OK;
    }
    const runde_status status = rn_search_new(&search, inst, 0);
    if (status != RUNDE_OK) {
        return status;
    }
    const bool holds = rn_search_copy(search, plan);
    if (holds) {
        (void)start_early(search->sol);
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t task = inst->first_task[list[i].visit] + list[i].part;
        list[i].earliest = list[i].start;
        list[i].latest = list[i].start;
        if (holds && search->sol->node[task].route >= 0) {
            find_latest(search->sol, task, &list[i]);
        }
    }
    rn_search_free(search);
    return RUNDE_OK;
}
