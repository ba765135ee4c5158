/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "check/audit.h"

static int64_t above_zero(int64_t value)
{
    return value > 0 ? value : 0;
}

/* --------------------------------------------------------- parts served */

rn_lateness rn_lateness_of(const rn_audit *audit, const runde_visit *visit,
                           int64_t start)
{
    rn_lateness out = {0, 0};
    if (visit->n_preferred == 0) {
        return out;
    }
    const runde_interval *const windows = visit->preferred;
    int64_t due = windows[0].end;
    for (int32_t i = 1; i < visit->n_preferred; i++) {
        if (windows[i].start <= start) {
            due = windows[i].end;
        }
    }
    const int64_t end = start + visit->duration;
    out.early =
        above_zero(windows[0].start - (audit->early_at_end ? end : start));
    out.late = above_zero((audit->late_at_end ? end : start) - due);
    return out;
}

static void add_points(rn_audit *audit, const runde_carer_wish *wishes,
                       int32_t n, int64_t *best)
{
    for (int32_t i = 0; i < n; i++) {
        if (wishes[i].kind == RUNDE_PREFERRED) {
            int64_t *const points = &audit->by_carer_points[wishes[i].carer];
            *points += wishes[i].weight;
            *best = *points > *best ? *points : *best;
        }
    }
}

static int64_t unwanted_points(const runde_carer_wish *wishes, int32_t n,
                               int32_t carer)
{
    int64_t points = 0;
    for (int32_t i = 0; i < n; i++) {
        if (wishes[i].kind == RUNDE_UNWANTED && wishes[i].carer == carer) {
            points += wishes[i].weight;
        }
    }
    return points;
}

static void forget_points(rn_audit *audit, const runde_carer_wish *wishes,
                          int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        audit->by_carer_points[wishes[i].carer] = 0;
    }
}

/* pref*(v) - pref(v, c) + unw(v, c). */
static int64_t preference(rn_audit *audit, const runde_visit *visit,
                          int32_t carer)
{
    const runde_client *const client =
        runde_problem_client(audit->problem, visit->client);
    const runde_carer_wish *const general =
        client != NULL ? client->wishes : NULL;
    const int32_t n_general = client != NULL ? client->n_wishes : 0;
    int64_t best = 0;
    add_points(audit, visit->wishes, visit->n_wishes, &best);
    add_points(audit, general, n_general, &best);
    const int64_t amount =
        best - audit->by_carer_points[carer] +
        unwanted_points(visit->wishes, visit->n_wishes, carer) +
        unwanted_points(general, n_general, carer);
    forget_points(audit, visit->wishes, visit->n_wishes);
    forget_points(audit, general, n_general);
    return amount;
}

static int64_t overqualification(const rn_audit *audit,
                                 const runde_shift *shift,
                                 const runde_visit *visit, int32_t part)
{
    int64_t amount = 0;
    for (int32_t i = 0; i < visit->n_skills; i++) {
        const runde_skill_need *const need = &visit->skills[i];
        if (need->part == RUNDE_NONE || need->part == part) {
            const int64_t level = rn_level_held(audit, shift, need->skill);
            amount += above_zero(level - need->min_level);
        }
    }
    return amount;
}

static void add_shared(rn_audit *audit, int64_t *amount, int32_t client,
                       runde_criterion criterion, int64_t value)
{
    amount[criterion] += value;
    rn_add_share(audit, client, criterion, value);
}

static void add_part(rn_audit *audit, int64_t *amount, const runde_shift *shift,
                     const runde_stop *stop)
{
    const runde_visit *const visit = rn_stop_visit(audit, stop);
    const int32_t client = rn_client_of(audit, visit);
    const rn_lateness term = rn_lateness_of(audit, visit, stop->start);
    add_shared(audit, amount, client, RUNDE_EARLY, term.early);
    add_shared(audit, amount, client, RUNDE_LATE, term.late);
    if (term.late > amount[RUNDE_MAX_LATE]) {
        amount[RUNDE_MAX_LATE] = term.late;
    }
    add_shared(audit, amount, client, RUNDE_CARER_PREFERENCE,
               preference(audit, visit, shift->carer));
    add_shared(audit, amount, client, RUNDE_OVERQUALIFICATION,
               overqualification(audit, shift, visit, stop->part));
}

/* -------------------------------------------------------- routes, shifts */

static void add_route(rn_audit *audit, int64_t *amount, int32_t index)
{
    const runde_route *const route = runde_plan_route(audit->plan, index);
    const runde_shift *const shift =
        runde_problem_shift(audit->problem, route->shift);
    const rn_tally *const tally = &audit->tally[index];
    amount[RUNDE_TRAVEL_TIME] += tally->travel;
    amount[RUNDE_TRAVEL_DISTANCE] += tally->distance;
    amount[RUNDE_WAITING] += tally->priced;
    amount[RUNDE_OVERTIME] += above_zero((int64_t)route->end - shift->end);
    amount[RUNDE_SHIFTS_USED] += 1;
    int64_t missed = 0;
    for (int32_t i = 0; i < shift->n_breaks; i++) {
        missed += shift->breaks[i].optional;
    }
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_stop *const stop = &route->stops[i];
        if (stop->kind == RUNDE_STOP_VISIT) {
            add_part(audit, amount, shift, stop);
        } else if (stop->kind == RUNDE_STOP_BREAK) {
            missed -= shift->breaks[stop->item].optional;
        }
    }
    amount[RUNDE_BREAKS_MISSED] += above_zero(missed);
}

static int64_t idle_of(const rn_audit *audit, int32_t s)
{
    const runde_shift *const shift = runde_problem_shift(audit->problem, s);
    const int32_t r = audit->route_of_shift[s];
    if (r == RUNDE_NONE) {
        int64_t idle = (int64_t)shift->end - shift->start;
        for (int32_t i = 0; i < shift->n_breaks; i++) {
            idle -= shift->breaks[i].duration;
        }
        return above_zero(idle);
    }
    const rn_tally *const tally = &audit->tally[r];
    const int64_t back = runde_plan_route(audit->plan, r)->end;
    const int64_t until = back > shift->end ? back : shift->end;
    return above_zero(until - shift->start - tally->travel - tally->setup -
                      tally->service - tally->activities - tally->breaks);
}

static void add_left_out(rn_audit *audit, int64_t *amount)
{
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const runde_visit *const visit = runde_problem_visit(audit->problem, v);
        if (audit->seen[v].route == RUNDE_NONE && visit->optional) {
            add_shared(audit, amount, rn_client_of(audit, visit),
                       RUNDE_OPTIONAL_UNSERVED, visit->price);
        }
    }
}

static void add_published(rn_audit *audit, int64_t *amount)
{
    const int32_t n = runde_problem_n_published(audit->problem);
    for (int32_t i = 0; i < n; i++) {
        const runde_published *const record =
            runde_problem_published(audit->problem, i);
        const runde_visit *const visit =
            runde_problem_visit(audit->problem, record->visit);
        if (visit == NULL || record->part < 0 ||
            record->part >= rn_crew_of(visit)) {
            continue;
        }
        const rn_presence at =
            audit->part[audit->first_part[record->visit] + record->part];
        if (at.route == RUNDE_NONE) {
            continue;
        }
        const int32_t client = rn_client_of(audit, visit);
        const int64_t start = rn_stop_at(audit, at)->start;
        const int64_t shift = start > record->start ? start - record->start
                                                    : record->start - start;
        add_shared(audit, amount, client, RUNDE_CHANGED_CARER,
                   rn_carer_at(audit, at) != record->carer);
        add_shared(audit, amount, client, RUNDE_SHIFTED_START,
                   above_zero(shift - record->tolerance));
    }
}

/* What the budget of a replan counts: clients with a part by another carer,
 * visits whose first published part is off by more than is tolerated. */
static void add_budget(rn_audit *audit, int64_t *amount)
{
    const int32_t n = runde_problem_n_published(audit->problem);
    int32_t *const first =
        rn_calloc((size_t)audit->n_visits + 1, sizeof *first);
    bool *const changed =
        rn_calloc((size_t)audit->n_clients + 1, sizeof *changed);
    if (first == NULL || changed == NULL) {
        audit->is_out_of_memory = true;
        rn_free(first);
        rn_free(changed);
        return;
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_published *const record =
            runde_problem_published(audit->problem, i);
        /* Numbers from 1 on; 0 stands for none. */
        int32_t *const at = &first[record->visit];
        if (*at == 0 ||
            record->part <
                runde_problem_published(audit->problem, *at - 1)->part) {
            *at = i + 1;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        const runde_published *const record =
            runde_problem_published(audit->problem, i);
        const rn_presence at =
            audit->part[audit->first_part[record->visit] + record->part];
        const int32_t client = rn_client_of(
            audit, runde_problem_visit(audit->problem, record->visit));
        if (at.route == RUNDE_NONE) {
            continue;
        }
        const int64_t start = rn_stop_at(audit, at)->start;
        if (first[record->visit] == i + 1 &&
            (start > (int64_t)record->start + record->tolerance ||
             start < (int64_t)record->start - record->tolerance)) {
            amount[RUNDE_VISITS_SHIFTED]++;
        }
        if (client != RUNDE_NONE && rn_carer_at(audit, at) != record->carer &&
            !changed[client]) {
            changed[client] = true;
            amount[RUNDE_CLIENTS_CHANGED]++;
        }
    }
    rn_free(first);
    rn_free(changed);
}

void rn_add_amounts(rn_audit *audit, int64_t *amount)
{
    for (int32_t r = 0; r < audit->n_routes; r++) {
        add_route(audit, amount, r);
    }
    for (int32_t s = 0; s < audit->n_shifts; s++) {
        const int64_t idle = idle_of(audit, s);
        amount[RUNDE_IDLE] += idle;
        if (idle > amount[RUNDE_MAX_IDLE]) {
            amount[RUNDE_MAX_IDLE] = idle;
        }
    }
    add_left_out(audit, amount);
    add_published(audit, amount);
    add_budget(audit, amount);
}
