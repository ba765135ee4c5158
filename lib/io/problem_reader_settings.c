/* SPDX-License-Identifier: MIT */
/* Settings, rules and weights. */
#include "io/problem_reader.h"

#include <string.h>

/* A duration, "unlimited", or 0 for the default. */
static void read_rule(rn_reader *r, const rn_node *node, int32_t *rule)
{
    if (rn_node_is_word(node, "unlimited")) {
        *rule = RUNDE_UNLIMITED;
    } else {
        rn_read_duration(r, node, rule);
    }
}

void rn_read_rules(rn_problem_reader *p, const rn_node *node,
                   runde_work_rules *rules)
{
    static const char *const names[] = {"daily_rest", "weekly_rest",
                                        "max_per_day", "max_per_week",
                                        "max_per_horizon"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *found[5];
    if (!rn_reader_enter(&p->in, node)) {
        return;
    }
    (void)rn_read_members(&p->in, node, &keys, found);
    read_rule(&p->in, found[0], &rules->daily_rest);
    read_rule(&p->in, found[1], &rules->weekly_rest);
    read_rule(&p->in, found[2], &rules->max_per_day);
    read_rule(&p->in, found[3], &rules->max_per_week);
    read_rule(&p->in, found[4], &rules->max_per_horizon);
    rn_path_pop(&p->in.path);
}

/* --------------------------------------------------------------- settings */

static void read_zone(rn_reader *r, const rn_node *node, const char **name)
{
    const char *const text = rn_read_id(r, node);
    if (text == NULL) {
        return;
    }
    if (!rn_zone_find(&r->zone, text)) {
        rn_fault_at(r, node, "RUNDE-E611",
                    "this time zone is not known; \"Europe/Oslo\" and "
                    "\"UTC\" are");
        return;
    }
    r->has_zone = true;
    *name = text;
}

static void read_horizon(rn_reader *r, const rn_node *node,
                         runde_settings *settings)
{
    static const char *const names[] = {"start", "days"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *found[2];
    if (!rn_reader_enter(r, node)) {
        return;
    }
    (void)rn_read_members(r, node, &keys, found);
    if (found[0] != NULL) {
        rn_read_origin(r, found[0], &settings->origin);
        settings->has_origin = true;
        r->has_origin = true;
        r->origin = settings->origin;
    }
    rn_read_int(r, found[1], 0, INT32_MAX, &settings->days);
    rn_path_pop(&r->path);
}

static void read_settings(rn_problem_reader *p, const rn_node *node,
                          runde_settings *settings)
{
    enum {
        TICK_MS,
        HORIZON,
        TIME_ZONE,
        EARLY_AT,
        LATE_AT,
        DEPARTURE,
        RULES,
        FREEZE_BEFORE,
        N
    };
    static const char *const names[N] = {
        "tick_ms", "horizon",   "time_zone", "early_at",
        "late_at", "departure", "rules",     "freeze_before"};
    static const char *const moments[] = {"start", "end"};
    static const char *const departures[] = {"as_late_as_possible",
                                             "shift_start"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *found[N];
    int32_t early = 0;
    int32_t late = 0;
    int32_t departure = 0;
    rn_reader *const r = &p->in;
    (void)rn_read_members(r, node, &keys, found);
    settings->tick_ms = r->tick_ms;
    rn_read_int(r, found[TICK_MS], 1, INT32_MAX, &settings->tick_ms);
    r->tick_ms = settings->tick_ms;
    read_zone(r, found[TIME_ZONE], &settings->time_zone);
    read_horizon(r, found[HORIZON], settings);
    rn_read_word(r, found[EARLY_AT], moments, 2, &early);
    rn_read_word(r, found[LATE_AT], moments, 2, &late);
    rn_read_word(r, found[DEPARTURE], departures, 2, &departure);
    rn_read_rules(p, found[RULES], &settings->rules);
    settings->early_at_end = early == 1;
    rn_read_time(r, found[FREEZE_BEFORE], RN_DATE_FIRST,
                 &settings->freeze_before);
    settings->late_at_end = late == 1;
    settings->depart_at_shift_start = departure == 1;
}

void rn_read_settings(rn_problem_reader *p, const rn_node *settings)
{
    runde_settings own = RUNDE_SETTINGS_INIT;
    const int32_t before = p->in.errors;
    if (rn_reader_enter(&p->in, settings)) {
        read_settings(p, settings, &own);
        rn_path_pop(&p->in.path);
    }
    p->in.is_blind = p->in.errors > before;
    rn_reader_note(&p->in, runde_problem_new(&p->problem, &own, NULL));
}

/* ---------------------------------------------------------------- weights */

static void read_weight(rn_problem_reader *p, const rn_node *node,
                        runde_weights *weights, int32_t criterion)
{
    static const char *const names[] = {"weight", "hard", "limit"};
    static const rn_keys keys = RN_KEYS(names, 0);
    const rn_node *found[3] = {NULL, NULL, NULL};
    const uint32_t bit = UINT32_C(1) << criterion;
    int32_t weight = 0;
    int64_t limit = 0;
    bool is_hard = rn_node_is_word(node, "hard");
    rn_reader *const r = &p->in;
    if (rn_node_kind(node) == RN_KIND_OBJECT) {
        const bool is_member = rn_reader_enter(r, node);
        (void)rn_read_members(r, node, &keys, found);
        rn_read_int(r, found[0], 0, INT32_MAX, &weight);
        rn_read_bool(r, found[1], &is_hard);
        rn_read_big(r, found[2], &limit);
        if (is_member) {
            rn_path_pop(&r->path);
        }
    } else if (rn_node_kind(node) == RN_KIND_STRING && !is_hard) {
        rn_fault_at(r, node, "RUNDE-E611",
                    "a weight is a whole number or \"hard\"");
    } else if (!is_hard) {
        rn_read_int(r, node, 0, INT32_MAX, &weight);
    }
    weights->weight[criterion] = weight;
    weights->limit[criterion] = limit;
    weights->hard = is_hard ? weights->hard | bit : weights->hard & ~bit;
    weights->set |= bit;
}

void rn_read_profile(rn_problem_reader *p, const rn_node *node,
                     runde_weights *weights)
{
    const rn_keys keys = {p->criteria, RUNDE_CRITERIA, 0};
    const rn_node *found[RUNDE_CRITERIA];
    if (!rn_reader_enter(&p->in, node)) {
        return;
    }
    (void)rn_read_members(&p->in, node, &keys, found);
    for (int32_t i = 0; i < RUNDE_CRITERIA; i++) {
        if (found[i] != NULL) {
            read_weight(p, found[i], weights, i);
        }
    }
    rn_path_pop(&p->in.path);
}

void rn_read_order(rn_problem_reader *p, const rn_node *node,
                   runde_weights *weights)
{
    rn_reader *const r = &p->in;
    const int32_t before = r->errors;
    rn_list list = rn_list_begin(r, node, sizeof(runde_criterion));
    runde_criterion *const order = list.items;
    const int32_t n = list.count;
    uint32_t named = 0;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        int32_t criterion = 0;
        const int32_t errors = r->errors;
        rn_read_word(r, list.node, p->criteria, RUNDE_CRITERIA, &criterion);
        const uint32_t bit = UINT32_C(1) << criterion;
        if (r->errors == errors && (named & bit) != 0) {
            rn_fault(r, "RUNDE-E612", "\"%s\" is named twice",
                     p->criteria[criterion]);
        }
        named |= bit;
        order[list.index] = (runde_criterion)criterion;
    }
    if (n > 0 && r->errors == before && r->status == RUNDE_OK) {
        rn_reader_note(r,
                       runde_weights_from_order(weights, order, n, r->tick_ms));
    }
}

void rn_read_weights(rn_problem_reader *p, const rn_node *order,
                     const rn_node *weights)
{
    runde_weights all;
    if (order == NULL && weights == NULL) {
        return;
    }
    runde_weights_default(&all, p->in.tick_ms);
    const uint32_t set = all.set;
    rn_read_order(p, order, &all);
    rn_read_profile(p, weights, &all);
    all.set = set;
    if (p->in.status == RUNDE_OK) {
        rn_reader_note(&p->in, runde_problem_set_weights(p->problem, &all));
    }
}
