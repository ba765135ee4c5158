/* SPDX-License-Identifier: MIT */
#include "plan/reasons.h"

#include "base/alloc.h"
#include "eval/insert.h"
#include "model/instance_parts.h"

/* With more left-out visits times shifts than this only the shifts around a
 * visit are explained: tens of thousands of reasons help nobody and take
 * their time, and a search stopped at once leaves nearly everything out. */
#define MOST_REASONS 50000

/* So many shifts stand for all when none serves a neighbour. */
#define SOME_SHIFTS 8

/* ------------------------------------------------------------------ who */

static const runde_visit *visit_of(const rn_instance *inst, int32_t task)
{
    return rn_visit_of(inst, task);
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
        const int32_t level =
            rn_skill_level(carer, need->skill, inst->shift[shift].end);
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
    const bool is_frozen_elsewhere =
        inst->task[task].is_frozen && inst->task[task].published_carer != carer;
    if (is_frozen_elsewhere || (inst->task[task].part == 0 &&
                                pinned != RUNDE_NONE && pinned != shift)) {
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

/* -------------------------------------------------------------- windows */

/* Ticks by which the shift misses the starts a..b; 0 when they meet. */
static int64_t missed_by(const rn_instance *inst, int32_t task, int32_t shift,
                         rn_window w)
{
    const rn_shift *s = &inst->shift[shift];
    const int64_t after = (int64_t)s->start - w.b;
    const int64_t before =
        (int64_t)w.a + inst->stop[task].duration - s->max_end;
    const int64_t most = after > before ? after : before;
    return most > 0 ? most : 0;
}

/* Starts by window `i` of the visit as it was given: no absence, no hard
 * wish. Empty, b < a, when the pinned start lies outside. */
static rn_window given_window(const runde_visit *visit, int32_t i)
{
    rn_window w = {RN_TIME_MIN, RN_TIME_MAX};
    if (i < visit->n_windows) {
        const runde_window *given = &visit->windows[i];
        w.a = given->min_start == RUNDE_TIME_NONE ? w.a : given->min_start;
        w.b = given->max_start == RUNDE_TIME_NONE ? w.b : given->max_start;
        if (given->max_end != RUNDE_TIME_NONE &&
            given->max_end - visit->duration < w.b) {
            w.b = given->max_end - visit->duration;
        }
    }
    if (visit->pinned_start != RUNDE_TIME_NONE) {
        w.a = visit->pinned_start > w.a ? visit->pinned_start : w.a;
        w.b = visit->pinned_start < w.b ? visit->pinned_start : w.b;
    }
    return w;
}

/* Is the client at home for some start in lo..hi? */
static bool is_home(const runde_client *client, int64_t lo, int64_t hi,
                    int32_t duration)
{
    bool moved = true;
    while (moved && lo <= hi) {
        moved = false;
        for (int32_t i = 0; i < client->n_absences; i++) {
            const runde_interval *away = &client->absences[i];
            if (lo + duration > away->start && lo <= away->end) {
                lo = (int64_t)away->end + 1;
                moved = true;
            }
        }
    }
    return lo <= hi;
}

/* Is the client away whenever window and shift meet? */
static bool is_away(const rn_instance *inst, int32_t task, int32_t shift)
{
    const runde_visit *visit = visit_of(inst, task);
    const runde_client *client =
        runde_problem_client(inst->problem, visit->client);
    const rn_shift *s = &inst->shift[shift];
    const int64_t latest = (int64_t)s->max_end - visit->duration;
    bool meet = false;
    for (int32_t i = 0; i == 0 || i < visit->n_windows; i++) {
        const rn_window w = given_window(visit, i);
        const int32_t lo = w.a > s->start ? w.a : s->start;
        const int64_t hi = w.b < latest ? w.b : latest;
        if (lo <= hi && is_home(client, lo, hi, visit->duration)) {
            return false;
        }
        meet = meet || lo <= hi;
    }
    return meet;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* WINDOW or ABSENCE, or RUNDE_REASONS when neither is in the way. */
static runde_reason window_reason(const rn_instance *inst, int32_t task,
                                  int32_t shift)
{
    const runde_visit *visit = visit_of(inst, task);
    const rn_stop *stop = &inst->stop[task];
    runde_reason reason = {shift, RUNDE_REASONS, 0};
    int64_t given = INT64_MAX;
    for (int32_t i = 0; i == 0 || i < visit->n_windows; i++) {
        const rn_window w = given_window(visit, i);
        if (w.a <= w.b) {
            given = least(given, missed_by(inst, task, shift, w));
        }
    }
    if (given == 0 && is_away(inst, task, shift)) {
        reason.code = RUNDE_REASON_ABSENCE;
        return reason;
    }
    /* What absences and hard wishes leave of them. */
    int64_t left = INT64_MAX;
    for (int32_t i = 0; i < stop->n_windows; i++) {
        const rn_window w = inst->windows[stop->first_window + i];
        left = least(left, missed_by(inst, task, shift, w));
    }
    const int64_t missed = given > 0 ? given : left;
    if (missed > 0) {
        reason.code = RUNDE_REASON_WINDOW;
        reason.amount = missed <= RN_TIME_MAX ? (int32_t)missed : 0;
    }
    return reason;
}

/* ----------------------------------------------------------------- time */

/* Does the rest of the route hold when the task, in the gap behind `prev`,
 * ends at `end`? Nothing but the route is looked at. */
static bool rest_holds(rn_solution *sol, int32_t task, const rn_slot *slot,
                       int32_t end, int32_t limit)
{
    const rn_instance *inst = sol->inst;
    const int32_t shift = sol->node[slot->prev].route;
    const int32_t last = rn_shift_end_node(inst, shift);
    int32_t from = task;
    int32_t n = sol->node[slot->prev].next;
    const int32_t lo = sol->node[n].gap_lo;
    const int32_t first = n;
    const bool is_unmade = rn_is_unmade(sol, shift);
    sol->node[first].gap_lo = slot->split;
    bool holds = true;
    while (holds) {
        const rn_path path = rn_path_between(inst, shift, from, n);
        const int32_t ready =
            rn_gap_time(sol, shift, n, end, path.drive) + path.setup;
        if (ready <= sol->node[n].start && !is_unmade) {
            holds = sol->node[last].start <= limit;
            break;
        }
        if (n == last) {
            holds = ready <= limit;
            break;
        }
        const int32_t start = rn_first_start(inst, n, ready);
        holds = start < RN_NEVER;
        end = start + inst->stop[n].duration;
        from = n;
        n = sol->node[n].next;
    }
    sol->node[first].gap_lo = lo;
    return holds;
}

/* Would the route have room if it had to end by `limit` and no link or
 * other visit of a client bound anything? */
static bool has_room(rn_solution *sol, int32_t task, int32_t shift,
                     int32_t limit)
{
    const rn_instance *inst = sol->inst;
    const int32_t last = rn_shift_end_node(inst, shift);
    rn_slot slot = {rn_shift_start_node(inst, shift), 0, 0, 0};
    for (; slot.prev != last; slot.prev = sol->node[slot.prev].next) {
        const rn_node *next = &sol->node[sol->node[slot.prev].next];
        const rn_path in = rn_path_between(inst, shift, slot.prev, task);
        const int32_t from =
            sol->node[slot.prev].start + inst->stop[slot.prev].duration;
        const int32_t n_splits = next->gap_hi;
        for (slot.split = next->gap_lo; slot.split <= n_splits; slot.split++) {
            const rn_window breaks = {next->gap_lo, slot.split};
            const int32_t ready =
                rn_gap_range(sol, shift, breaks, from, in.drive) + in.setup;
            const int32_t thaw = rn_thaw(inst, shift, task, &in);
            const int32_t start =
                rn_first_start(inst, task, ready > thaw ? ready : thaw);
            if (start < RN_NEVER &&
                rest_holds(sol, task, &slot, start + inst->stop[task].duration,
                           limit)) {
                return true;
            }
        }
    }
    return false;
}

/* Why no slot of the shift holds. */
static runde_reason_code time_reason(rn_solution *sol, int32_t task,
                                     int32_t shift)
{
    const int32_t limit = rn_end_limit(sol, shift);
    const int32_t max_end = sol->inst->shift[shift].max_end;
    if (has_room(sol, task, shift, limit)) {
        return RUNDE_REASON_LINK;
    }
    return limit < max_end && has_room(sol, task, shift, max_end)
               ? RUNDE_REASON_REST
               : RUNDE_REASON_NO_TIME;
}

/* ---------------------------------------------------------------- hours */

/* Is it the duty that is too long? Else it is the weekly rest. */
static bool duty_is_over(const rn_solution *sol, int32_t shift)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *s = &inst->shift[shift];
    const rn_carer_limits *c = &inst->carer[s->carer];
    int64_t in_day = 0;
    int64_t in_week = 0;
    int64_t in_all = 0;
    for (int32_t i = 0; i < c->n_shifts; i++) {
        const int32_t other = inst->carer_shifts[c->first_shift + i];
        if (sol->route[other].n > 0) {
            const int64_t duty = rn_duty(sol, other);
            in_all += duty;
            in_week += inst->shift[other].week == s->week ? duty : 0;
            in_day += inst->shift[other].day == s->day ? duty : 0;
        }
    }
    return rn_duty(sol, shift) > s->max_duty || in_day > c->max_per_day ||
           in_week > c->max_per_week || in_all > c->max_per_horizon;
}

static runde_reason_code hours_reason(const rn_solution *sol)
{
    for (int32_t i = 0; i < sol->n_dirty; i++) {
        if (!rn_hours_allow(sol, sol->dirty[i])) {
            return duty_is_over(sol, sol->dirty[i]) ? RUNDE_REASON_HOURS
                                                    : RUNDE_REASON_REST;
        }
    }
    return RUNDE_REASONS;
}

/* Serves the task for a moment: what stands against it, or RUNDE_REASONS. */
static runde_reason_code try_slot(rn_solution *sol, int32_t task,
                                  const rn_slot *slot)
{
    const int32_t shift = sol->node[slot->prev].route;
    const int32_t n_dirty = sol->n_dirty;
    runde_reason_code code = RUNDE_REASONS;
    rn_journal_begin(sol, &sol->inner);
    rn_link_in(sol, task, slot);
    const bool holds = rn_schedule_insertion(sol, task);
    if (holds && sol->inst->limits_hours) {
        code = hours_reason(sol);
    }
    rn_journal_undo(sol, &sol->inner);
    sol->n_seeds = 0;
    while (sol->n_dirty > n_dirty) {
        sol->is_dirty[sol->dirty[--sol->n_dirty]] = 0;
    }
    return holds ? code : time_reason(sol, task, shift);
}

/* ------------------------------------------------------------ all of it */

static bool has_other_visits(const rn_instance *inst, int32_t task)
{
    const rn_unit *unit = &inst->unit[inst->task[task].unit];
    for (int32_t i = 0; i < unit->n; i++) {
        const int32_t other = inst->unit_tasks[unit->first + i];
        if (inst->task[other].visit != inst->task[task].visit) {
            return true;
        }
    }
    return false;
}

/* What a hard criterion has too much of once the task is in the slot, the
 * most of those that get worse; 0 when all limits hold as they did. */
static int32_t over_limit(rn_solution *sol, int32_t task, const rn_slot *slot)
{
    const rn_instance *inst = sol->inst;
    int64_t most = 0;
    int64_t *before = sol->spare_amount;
    for (int32_t b = 0; b < inst->n_bounds; b++) {
        before[b] = sol->amount[b];
    }
    rn_journal_begin(sol, &sol->inner);
    if (rn_insert(sol, task, slot)) {
        rn_settle(sol);
        for (int32_t b = 0; b < inst->n_bounds; b++) {
            const int64_t limit = inst->bounds[b].limit;
            if (sol->amount[b] > limit && sol->amount[b] > before[b] &&
                sol->amount[b] - limit > most) {
                most = sol->amount[b] - limit;
            }
        }
    }
    rn_undo_and_settle(sol, &sol->inner);
    return most < INT32_MAX ? (int32_t)most : INT32_MAX;
}

/* The cheapest slot of the shift; where hard limits leave none, one that is
 * over them. */
static rn_slot find_slot(rn_finder *f, int32_t task, int32_t shift)
{
    rn_slot slot = rn_best_in_shift(f, task, shift);
    if (slot.prev == RUNDE_NONE && f->sol->inst->n_bounds > 0) {
        f->ignores_limits = true;
        slot = rn_best_in_shift(f, task, shift);
        f->ignores_limits = false;
    }
    return slot;
}

/* Why a task that no fixed rule keeps from the shift is not in it. */
static runde_reason slot_reason(rn_finder *f, int32_t task, int32_t shift)
{
    rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    const rn_unit *unit = &inst->unit[inst->task[task].unit];
    const rn_slot slot = find_slot(f, task, shift);
    runde_reason reason = {shift, RUNDE_REASON_SEARCH, 0};
    if (slot.prev == RUNDE_NONE) {
        reason.code = time_reason(sol, task, shift);
        return reason;
    }
    const runde_reason_code code = try_slot(sol, task, &slot);
    if (code != RUNDE_REASONS) {
        reason.code = code;
        return reason;
    }
    if (inst->n_bounds > 0) {
        reason.amount = over_limit(sol, task, &slot);
    }
    if (reason.amount > 0) {
        reason.code = RUNDE_REASON_LIMIT;
    } else if (slot.cost >= unit->price) {
        reason.code = RUNDE_REASON_PRICE;
    } else if (unit->n > 1) {
        reason.code = has_other_visits(inst, task) ? RUNDE_REASON_LINK
                                                   : RUNDE_REASON_CREW;
    }
    return reason;
}

static runde_reason reason_of(rn_finder *f, int32_t task, int32_t shift)
{
    const rn_solution *sol = f->sol;
    const rn_instance *inst = sol->inst;
    if (!rn_may(inst, inst->task[task].who, shift)) {
        return who_reason(inst, task, shift);
    }
    runde_reason reason = {shift, RUNDE_REASON_CARER, 0};
    if (sol->keeps_faces &&
        rn_face_cost(sol, inst->task[task].client, inst->shift[shift].carer) >=
            RN_COST_INF) {
        return reason;
    }
    if (!reachable(inst, task, shift)) {
        reason.code = RUNDE_REASON_UNREACHABLE;
        return reason;
    }
    const runde_reason window = window_reason(inst, task, shift);
    if (window.code != RUNDE_REASONS) {
        return window;
    }
    reason.code = rn_shift_refuses(sol, task, shift);
    if (reason.code == RUNDE_REASON_LOAD) {
        const int64_t over = rn_load_over(sol, task, shift);
        reason.amount = (int32_t)least(over, INT32_MAX);
    }
    if (reason.code == RUNDE_REASONS) {
        return slot_reason(f, task, shift);
    }
    return reason;
}

/* ------------------------------------------------------------ who is told */

/* A shift counts by the part of the crew that fits it best: the code that
 * comes latest in the order of the rules. */
runde_reason rn_reason_for(rn_finder *f, int32_t visit, int32_t shift)
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

/* Shifts that serve a neighbour, ascending. */
static int32_t shifts_around(const rn_solution *sol, int32_t task,
                             int32_t *shifts)
{
    const rn_instance *inst = sol->inst;
    int32_t n_near = 0;
    const int32_t *near = rn_near_of(inst, task, &n_near);
    int32_t n = 0;
    for (int32_t i = 0; i < n_near; i++) {
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

/* Shifts worth a word: all, or those that serve a neighbour, or the first
 * that might take the visit, or else the first. Ascending. */
static int32_t candidates(const rn_solution *sol, int32_t visit, bool all,
                          int32_t *shifts)
{
    const rn_instance *inst = sol->inst;
    const int32_t task = inst->first_task[visit];
    int32_t n = all ? 0 : shifts_around(sol, task, shifts);
    if (n > 0) {
        return n;
    }
    for (int32_t s = 0; s < inst->n_shifts && (all || n < SOME_SHIFTS); s++) {
        if (all || (rn_may(inst, inst->task[task].who, s) &&
                    rn_time_allows(inst, task, s))) {
            shifts[n++] = s;
        }
    }
    if (n == 0 && inst->n_shifts > 0) {
        shifts[n++] = 0;
    }
    return n;
}

static runde_status add_visit(runde_plan *plan, rn_finder *f, int32_t visit,
                              const int32_t *shifts, int32_t n,
                              runde_reason *reasons)
{
    for (int32_t i = 0; i < n; i++) {
        reasons[i] = rn_reason_for(f, visit, shifts[i]);
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
