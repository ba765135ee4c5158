/* SPDX-License-Identifier: MIT */
#include "check/audit.h"

/* The routes of one carer: `by_carer[first .. first + n - 1]`. */
typedef struct view {
    const runde_carer *carer;
    int32_t index;
    int32_t first;
    int32_t n;
    rn_label label;
} view;

static int32_t route_number(const rn_audit *audit, const view *w, int32_t k)
{
    return audit->by_carer[w->first + k];
}

static const runde_route *route_of(const rn_audit *audit, const view *w,
                                   int32_t k)
{
    return runde_plan_route(audit->plan, route_number(audit, w, k));
}

static const runde_shift *shift_of(const rn_audit *audit, const view *w,
                                   int32_t k)
{
    return runde_problem_shift(audit->problem, route_of(audit, w, k)->shift);
}

static void name_carer(const view *w, runde_violation *noted)
{
    if (noted != NULL) {
        noted->carer = w->index;
    }
}

/* ----------------------------------------------------------------- duty */

/* Duty in periods of `length` ticks from the origin; 0 is one period. The
 * routes are in order of their shifts' starts, so a period is a run. */
static void check_periods(rn_audit *audit, const view *w, int64_t length,
                          int64_t most, const char *name)
{
    if (most < 0) {
        return;
    }
    int32_t k = 0;
    while (k < w->n) {
        int64_t period = 0;
        int64_t duty = 0;
        int32_t last = k;
        for (int32_t i = k; i < w->n; i++) {
            const runde_route *const route = route_of(audit, w, i);
            const int64_t start = shift_of(audit, w, i)->start;
            const int64_t its = length > 0 ? rn_floor_div(start, length) : 0;
            if (i > k && its != period) {
                break;
            }
            period = its;
            duty += (int64_t)route->end - route->begin -
                    audit->tally[route_number(audit, w, i)].unpaid;
            last = i;
        }
        k = last + 1;
        if (duty > most) {
            const int32_t shift = route_of(audit, w, last)->shift;
            const rn_spot spot = {"duty",     shift, RUNDE_NONE,
                                  RUNDE_NONE, most,  duty};
            runde_violation *const noted = rn_audit_note(
                audit, &spot,
                "carer %s has %s on duty in %s %lld, of which %s "
                "are allowed",
                w->label.text, rn_span_label(audit, duty).text, name,
                (long long)period, rn_span_label(audit, most).text);
            name_carer(w, noted);
        }
    }
}

static void check_duty(rn_audit *audit, const view *w)
{
    const runde_work_rules *const rules = &w->carer->rules;
    check_periods(audit, w, audit->day, rules->max_per_day, "day");
    check_periods(audit, w, 7 * audit->day, rules->max_per_week, "week");
    check_periods(audit, w, 0, rules->max_per_horizon, "horizon");
}

/* ----------------------------------------------------------------- rest */

/* A daily rest that is switched off still keeps a carer from being on two
 * routes at a time. */
static void check_daily_rest(rn_audit *audit, const view *w)
{
    const int64_t daily =
        w->carer->rules.daily_rest > 0 ? w->carer->rules.daily_rest : 0;
    for (int32_t k = 1; k < w->n; k++) {
        const runde_route *const before = route_of(audit, w, k - 1);
        const runde_route *const after = route_of(audit, w, k);
        const runde_shift *const shift = shift_of(audit, w, k);
        const int64_t needed = shift->continues ? 0 : daily;
        const int64_t rest = (int64_t)shift->start - before->end;
        if (rest >= needed) {
            continue;
        }
        const rn_spot spot = {"rest",     after->shift, RUNDE_NONE,
                              RUNDE_NONE, needed,       rest};
        runde_violation *const noted = rn_audit_note(
            audit, &spot,
            "carer %s rests %s between shift %s and shift %s, but "
            "must %s",
            w->label.text, rn_span_label(audit, rest).text,
            rn_shift_label(audit, before->shift).text,
            rn_shift_label(audit, after->shift).text,
            rn_span_label(audit, needed).text);
        name_carer(w, noted);
    }
}

/* The longest stretch of [from, to) that no used shift covers, or -1 when
 * no used shift touches it. Shifts come in order of their starts. */
static int64_t longest_free(const rn_audit *audit, const view *w, int64_t from,
                            int64_t to)
{
    int64_t longest = 0;
    int64_t free_since = from;
    bool is_touched = false;
    for (int32_t k = 0; k < w->n; k++) {
        const runde_shift *const shift = shift_of(audit, w, k);
        const int64_t start = shift->start;
        const int64_t end = route_of(audit, w, k)->end > shift->end
                                ? route_of(audit, w, k)->end
                                : shift->end;
        if (start >= to || end <= from) {
            continue;
        }
        is_touched = true;
        longest = start - free_since > longest ? start - free_since : longest;
        free_since = end > free_since ? end : free_since;
    }
    longest = to - free_since > longest ? to - free_since : longest;
    return is_touched ? longest : -1;
}

static void check_week(rn_audit *audit, const view *w, int64_t index)
{
    const int64_t needed = w->carer->rules.weekly_rest;
    const int64_t week = 7 * audit->day;
    const int64_t rest =
        longest_free(audit, w, index * week, (index + 1) * week);
    if (rest < 0 || rest >= needed) {
        return;
    }
    const rn_spot spot = {"rest",     RUNDE_NONE, RUNDE_NONE,
                          RUNDE_NONE, needed,     rest};
    runde_violation *const noted = rn_audit_note(
        audit, &spot,
        "carer %s rests at most %s on end in week %lld, but must %s",
        w->label.text, rn_span_label(audit, rest).text, (long long)index,
        rn_span_label(audit, needed).text);
    name_carer(w, noted);
}

/* Full weeks of the horizon; those without a used shift say nothing. */
static void check_weekly_rest(rn_audit *audit, const view *w)
{
    const int64_t week = 7 * audit->day;
    int64_t last = -1;
    if (w->carer->rules.weekly_rest <= 0) {
        return;
    }
    for (int32_t k = 0; k < w->n; k++) {
        const runde_shift *const shift = shift_of(audit, w, k);
        const int64_t until = route_of(audit, w, k)->end > shift->end
                                  ? route_of(audit, w, k)->end
                                  : shift->end;
        const int64_t from = rn_floor_div(shift->start, week);
        int64_t i = from > last + 1 ? from : last + 1;
        for (; i * week < until && (i + 1) * 7 <= audit->days; i++) {
            check_week(audit, w, i);
            last = i;
        }
    }
}

/* ---------------------------------------------------------------- loads */

static void add_route_loads(rn_audit *audit, const runde_route *route,
                            int64_t sign)
{
    for (int32_t i = 0; i < route->n_stops; i++) {
        const runde_visit *const visit = rn_stop_visit(audit, &route->stops[i]);
        for (int32_t l = 0; visit != NULL && l < visit->n_loads; l++) {
            audit->by_load[visit->loads[l].load] +=
                sign * visit->loads[l].amount;
        }
    }
}

static void add_loads(rn_audit *audit, const view *w, int64_t sign)
{
    for (int32_t k = 0; k < w->n; k++) {
        add_route_loads(audit, route_of(audit, w, k), sign);
    }
}

static void check_caps(rn_audit *audit, const view *w)
{
    if (w->carer->n_caps == 0) {
        return;
    }
    add_loads(audit, w, 1);
    for (int32_t i = 0; i < w->carer->n_caps; i++) {
        const runde_cap *const cap = &w->carer->caps[i];
        const int64_t used = audit->by_load[cap->load];
        if (cap->cap < 0 || used <= cap->cap) {
            continue;
        }
        const rn_spot spot = {"load",     RUNDE_NONE, RUNDE_NONE,
                              RUNDE_NONE, cap->cap,   used};
        runde_violation *const noted = rn_audit_note(
            audit, &spot,
            "carer %s uses %lld of load %s, of which %d are allowed",
            w->label.text, (long long)used,
            rn_load_label(audit, cap->load).text, cap->cap);
        name_carer(w, noted);
    }
    add_loads(audit, w, -1);
}

/* The routes of a carer, given where they begin in `by_carer`. */
static view view_from(const rn_audit *audit, int32_t first)
{
    view w;
    w.first = first;
    w.n = 1;
    w.index = shift_of(audit, &w, 0)->carer;
    while (first + w.n < audit->n_routes &&
           shift_of(audit, &w, w.n)->carer == w.index) {
        w.n++;
    }
    w.carer = runde_problem_carer(audit->problem, w.index);
    w.label = rn_carer_label(audit, w.index);
    return w;
}

void rn_check_carers(rn_audit *audit)
{
    int32_t first = 0;
    while (first < audit->n_routes) {
        const view w = view_from(audit, first);
        check_duty(audit, &w);
        check_daily_rest(audit, &w);
        check_weekly_rest(audit, &w);
        check_caps(audit, &w);
        first += w.n;
    }
}

/* Widens the ranges by what one carer uses. */
static void widen(const rn_audit *audit, rn_load_range *range)
{
    for (int32_t l = 0; l < audit->n_loads; l++) {
        const int64_t used = audit->by_load[l];
        range[l].least = used < range[l].least ? used : range[l].least;
        range[l].most = used > range[l].most ? used : range[l].most;
    }
}

void rn_load_ranges(rn_audit *audit, rn_load_range *range,
                    int32_t n_idle_carers)
{
    for (int32_t l = 0; l < audit->n_loads; l++) {
        range[l].least = INT64_MAX;
        range[l].most = 0;
    }
    if (n_idle_carers > 0) {
        widen(audit, range);
    }
    int32_t first = 0;
    while (first < audit->n_routes) {
        const view w = view_from(audit, first);
        add_loads(audit, &w, 1);
        widen(audit, range);
        add_loads(audit, &w, -1);
        first += w.n;
    }
    for (int32_t l = 0; l < audit->n_loads; l++) {
        if (range[l].least > range[l].most) {
            range[l].least = 0;
            range[l].most = 0;
        }
    }
}
