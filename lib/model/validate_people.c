/* SPDX-License-Identifier: MIT */
/* Settings, clients, carers and what was in the past. */
#include "model/review.h"

#include <string.h>

/* A hundred years from 1970 on is more than any plan looks. */
#define ORIGIN_LIMIT (INT64_C(100) * 366 * 86400)
#define MOST_DAYS 100000

static void review_zone(const rn_review *review)
{
    const runde_settings *const settings = &review->problem->settings;
    rn_zone zone = RN_ZONE_UTC;
    if (settings->time_zone != NULL &&
        !rn_zone_find(&zone, settings->time_zone)) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E224",
                    "/settings/time_zone",
                    "the time zone \"%s\" is not known; \"Europe/Oslo\" and "
                    "\"UTC\" are",
                    settings->time_zone);
    }
    if (settings->has_origin &&
        (settings->origin < -ORIGIN_LIMIT || settings->origin > ORIGIN_LIMIT)) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E225",
                    "/settings/horizon/start",
                    "the origin is %lld s from 1970, at most %lld are allowed",
                    (long long)settings->origin, (long long)ORIGIN_LIMIT);
    }
}

void rn_review_rules(const rn_review *review, const runde_work_rules *rules,
                     const char *pointer)
{
    const struct {
        const char *name;
        int32_t value;
        int32_t most;
    } rule[] = {
        {"daily_rest", rules->daily_rest, review->day},
        {"weekly_rest", rules->weekly_rest, 7 * review->day},
        {"max_per_day", rules->max_per_day, RN_TIME_LIMIT},
        {"max_per_week", rules->max_per_week, RN_TIME_LIMIT},
        {"max_per_horizon", rules->max_per_horizon, RN_TIME_LIMIT},
    };
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++) {
        (void)RN_REVIEW_RANGE(
            review, "RUNDE-E208", rule[i].name,
            RN_BETWEEN(rule[i].value, RUNDE_UNLIMITED, rule[i].most),
            rn_at("%s/%s", pointer, rule[i].name).text);
    }
}

/* A stated horizon ends with its last day, which in autumn may have 25 h. */
static void find_horizon(rn_review *review)
{
    const runde_settings *const settings = &review->problem->settings;
    const int64_t days = settings->days;
    review->is_civil = settings->has_origin &&
                       settings->origin >= -ORIGIN_LIMIT &&
                       settings->origin <= ORIGIN_LIMIT;
    if (settings->time_zone == NULL ||
        !rn_zone_find(&review->zone, settings->time_zone)) {
        review->zone = RN_ZONE_UTC;
    }
    review->horizon = days * review->day;
    if (review->is_civil && days > 0) {
        int64_t first = 0;
        int32_t second = 0;
        rn_zone_local(review->zone, settings->origin, &first, &second);
        const int64_t end = rn_day_start(review->zone, first + days);
        const int64_t ticks = (end - settings->origin) * 1000 / review->tick_ms;
        review->horizon = ticks > review->horizon ? ticks : review->horizon;
    }
}

void rn_review_settings(rn_review *review)
{
    const runde_settings *const settings = &review->problem->settings;
    const int32_t tick_ms = rn_problem_tick_ms(review->problem);
    review->tick_ms = tick_ms;
    if (tick_ms < 1 || 3600000 % tick_ms != 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E201",
                    "/settings/tick_ms",
                    "a tick of %d ms does not divide an hour of 3600000 ms",
                    (int)tick_ms);
        review->tick_ms = 1000;
    }
    review->day = 86400000 / review->tick_ms;
    const int32_t most = RN_TIME_LIMIT / review->day;
    const bool has_days = RN_REVIEW_RANGE(
        review, "RUNDE-E202", "the number of days",
        RN_BETWEEN(settings->days, 0, most), "/settings/horizon/days");
    review_zone(review);
    (void)RN_REVIEW_TIME(review, settings->freeze_before, true,
                         "/settings/freeze_before");
    find_horizon(review);
    review->horizon = has_days ? review->horizon : 0;
    review->served_from = 0;
    review->served_to = review->horizon;
    rn_review_rules(review, &settings->rules, "/settings/rules");
}

/* A wish, or a field of it, "/carer". */
static rn_where wish_at(rn_kind kind, int32_t owner, int32_t wish,
                        const char *field)
{
    return rn_at("/%s/%d/wishes/%d%s", rn_review_kind_name(kind), (int)owner,
                 (int)wish, field);
}

/* Two wishes of one list about one carer that cannot both be meant. Lists
 * are short; long ones are looked at in their beginning only. */
static void review_contradictions(const rn_review *review,
                                  const runde_carer_wish *wishes, int32_t n,
                                  rn_kind kind, int32_t owner)
{
    const int32_t looked_at = n > 256 ? 256 : n;
    for (int32_t i = 1; i < looked_at; i++) {
        for (int32_t j = 0; j < i; j++) {
            const bool is_odd = wishes[i].kind != wishes[j].kind &&
                                (wishes[i].kind == RUNDE_PROHIBITED ||
                                 wishes[j].kind == RUNDE_PROHIBITED);
            if (!is_odd || wishes[i].carer != wishes[j].carer) {
                continue;
            }
            const bool is_hard = wishes[i].kind == RUNDE_REQUIRED ||
                                 wishes[j].kind == RUNDE_REQUIRED;
            rn_diag_add(review->diag, is_hard ? RUNDE_ERROR : RUNDE_WARNING,
                        is_hard ? "RUNDE-E119" : "RUNDE-W120",
                        wish_at(kind, owner, i, "").text,
                        "carer \"%s\" is prohibited, and %s by wish %d",
                        rn_review_id(review, RN_CARERS, wishes[i].carer),
                        is_hard ? "required" : "weighed",
                        (int)(wishes[i].kind == RUNDE_PROHIBITED ? j : i));
        }
    }
}

void rn_review_wishes(const rn_review *review, const runde_carer_wish *wishes,
                      int32_t n, rn_kind kind, int32_t owner)
{
    bool is_sound = true;
    for (int32_t i = 0; i < n; i++) {
        const runde_carer_wish *const wish = &wishes[i];
        const int sort = (int)wish->kind;
        is_sound &= RN_REVIEW_REF(review, RN_CARERS, wish->carer,
                                  wish_at(kind, owner, i, "/carer").text);
        if (sort < RUNDE_PREFERRED || sort > RUNDE_PROHIBITED) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E118",
                        wish_at(kind, owner, i, "/kind").text,
                        "there is no kind %d of wishes", sort);
        } else if (sort == RUNDE_PREFERRED || sort == RUNDE_UNWANTED) {
            (void)RN_REVIEW_RANGE(review, "RUNDE-E118",
                                  "the weight of the wish",
                                  RN_BETWEEN(wish->weight, 1, RN_WISH_MAX),
                                  wish_at(kind, owner, i, "/weight").text);
        }
    }
    if (is_sound) {
        review_contradictions(review, wishes, n, kind, owner);
    }
}

static void review_client(rn_review *review, int32_t c)
{
    const runde_client *const client =
        rn_problem_row(review->problem, RN_CLIENTS, c);
    if (client->place != RUNDE_NONE) {
        (void)RN_REVIEW_REF(review, RN_PLACES, client->place,
                            rn_at("/clients/%d/place", (int)c).text);
    }
    rn_review_wishes(review, client->wishes, client->n_wishes, RN_CLIENTS, c);
    for (int32_t i = 0; i < client->n_absences; i++) {
        const runde_interval *const absence = &client->absences[i];
        const rn_where at = rn_at("/clients/%d/absences/%d", (int)c, (int)i);
        if (RN_REVIEW_TIME(review, absence->start, false, at.text) &&
            RN_REVIEW_TIME(review, absence->end, false, at.text) &&
            absence->end < absence->start) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E215", at.text,
                        "client \"%s\" is away from %s, but only to %s",
                        client->id, rn_review_when(review, absence->start).text,
                        rn_review_when(review, absence->end).text);
        }
    }
    (void)RN_REVIEW_RANGE(review, "RUNDE-E122", "the target for carers",
                          RN_BETWEEN(client->max_carers, 0, RN_TIME_LIMIT),
                          rn_at("/clients/%d/max_carers", (int)c).text);
    (void)RN_REVIEW_RANGE(review, "RUNDE-E122", "the target's number of days",
                          RN_BETWEEN(client->max_carers_days, 0, MOST_DAYS),
                          rn_at("/clients/%d/max_carers", (int)c).text);
}

void rn_review_caps(rn_review *review, const runde_cap *caps, int32_t n,
                    rn_kind kind, int32_t owner)
{
    rn_review_list(review);
    for (int32_t i = 0; i < n; i++) {
        const rn_where at = rn_at("/%s/%d/caps/%d", rn_review_kind_name(kind),
                                  (int)owner, (int)i);
        (void)RN_REVIEW_RANGE(
            review, "RUNDE-E117", "the cap",
            RN_BETWEEN(caps[i].cap, RUNDE_UNLIMITED, INT32_MAX), at.text);
        if (RN_REVIEW_REF(review, RN_LOADS, caps[i].load, at.text) &&
            !rn_review_is_new(review, caps[i].load)) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E127", at.text,
                        "load \"%s\" has a cap already",
                        rn_review_id(review, RN_LOADS, caps[i].load));
        }
    }
}

/* A skill that a carer has. */
static rn_where held_at(int32_t c, int32_t i)
{
    return rn_at("/carers/%d/skills/%d", (int)c, (int)i);
}

static void review_carer(rn_review *review, int32_t c)
{
    const runde_carer *const carer =
        rn_problem_row(review->problem, RN_CARERS, c);
    rn_review_list(review);
    for (int32_t i = 0; i < carer->n_skills; i++) {
        const runde_skill_held *const held = &carer->skills[i];
        (void)RN_REVIEW_RANGE(review, "RUNDE-E113", "the level",
                              RN_BETWEEN(held->level, 0, RN_LEVEL_MAX),
                              held_at(c, i).text);
        (void)RN_REVIEW_TIME(review, held->expires, true, held_at(c, i).text);
        if (RN_REVIEW_REF(review, RN_SKILLS, held->skill, held_at(c, i).text) &&
            !rn_review_is_new(review, held->skill)) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E127",
                        held_at(c, i).text,
                        "carer \"%s\" has skill \"%s\" already", carer->id,
                        rn_review_id(review, RN_SKILLS, held->skill));
        }
    }
    rn_review_caps(review, carer->caps, carer->n_caps, RN_CARERS, c);
    rn_review_rules(review, &carer->rules,
                    rn_at("/carers/%d/rules", (int)c).text);
}

static void review_past(rn_review *review, int32_t h)
{
    const runde_past_visit *const past =
        rn_problem_row(review->problem, RN_PAST_VISITS, h);
    (void)RN_REVIEW_REF(review, RN_CLIENTS, past->client,
                        rn_at("/history/%d/client", (int)h).text);
    (void)RN_REVIEW_REF(review, RN_CARERS, past->carer,
                        rn_at("/history/%d/carer", (int)h).text);
    if (RN_REVIEW_TIME(review, past->start, false,
                       rn_at("/history/%d/start", (int)h).text) &&
        past->start >= 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W221",
                    rn_at("/history/%d/start", (int)h).text,
                    "the past visit starts at %s, after the origin %s",
                    rn_review_when(review, past->start).text,
                    rn_review_when(review, 0).text);
    }
}

void rn_review_people(rn_review *review)
{
    for (int32_t c = 0; c < review->n[RN_CLIENTS]; c++) {
        review_client(review, c);
    }
    for (int32_t c = 0; c < review->n[RN_CARERS]; c++) {
        review_carer(review, c);
    }
    for (int32_t h = 0; h < review->n[RN_PAST_VISITS]; h++) {
        review_past(review, h);
    }
}
