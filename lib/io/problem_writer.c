/* SPDX-License-Identifier: MIT */
#include "io/problem_writer.h"

#include "base/alloc.h"

#include <runde/json.h>

#include <string.h>

#define ALL_CRITERIA ((UINT32_C(1) << RUNDE_CRITERIA) - 1)

static void write_rule(rn_writer *w, const char *key, int32_t rule,
                       int32_t general)
{
    if (rule == general) {
        return;
    }
    if (rule == RUNDE_UNLIMITED) {
        rn_text_member_string(&w->text, key, "unlimited");
    } else {
        rn_write_duration(w, key, rule);
    }
}

void rn_write_rules(rn_writer *w, const runde_work_rules *rules,
                    const runde_work_rules *general)
{
    if (memcmp(rules, general, sizeof *rules) == 0) {
        return;
    }
    rn_text_object(&w->text, "rules", RN_TEXT_INLINE);
    write_rule(w, "daily_rest", rules->daily_rest, general->daily_rest);
    write_rule(w, "weekly_rest", rules->weekly_rest, general->weekly_rest);
    write_rule(w, "max_per_day", rules->max_per_day, general->max_per_day);
    write_rule(w, "max_per_week", rules->max_per_week, general->max_per_week);
    write_rule(w, "max_per_horizon", rules->max_per_horizon,
               general->max_per_horizon);
    rn_text_close(&w->text);
}

static void write_horizon(rn_writer *w, const runde_settings *settings)
{
    rn_text *const t = &w->text;
    rn_text_object(t, "horizon", RN_TEXT_INLINE);
    if (settings->has_origin) {
        rn_write_time(w, "start", 0);
    }
    rn_text_member_int(t, "days", settings->days);
    rn_text_close(t);
}

void rn_write_settings(rn_writer *w)
{
    static const runde_work_rules none = {0, 0, 0, 0, 0};
    const runde_settings *const settings = runde_problem_settings(w->problem);
    rn_text *const t = &w->text;
    rn_text_object(t, "settings", RN_TEXT_LINES);
    rn_text_member_int(t, "tick_ms", settings->tick_ms);
    write_horizon(w, settings);
    if (settings->time_zone != NULL) {
        rn_text_member_string(t, "time_zone", settings->time_zone);
    }
    if (settings->early_at_end) {
        rn_text_member_string(t, "early_at", "end");
    }
    rn_text_member_string(t, "late_at",
                          settings->late_at_end ? "end" : "start");
    rn_text_member_string(t, "departure",
                          settings->depart_at_shift_start
                              ? "shift_start"
                              : "as_late_as_possible");
    rn_write_rules(w, &settings->rules, &none);
    rn_write_time(w, "freeze_before", settings->freeze_before);
    rn_text_close(t);
}

void rn_write_profile(rn_writer *w, const runde_weights *weights,
                      uint32_t which)
{
    rn_text *const t = &w->text;
    rn_text_object(t, "weights", RN_TEXT_INLINE);
    for (int32_t i = 0; i < RUNDE_CRITERIA; i++) {
        const uint32_t bit = UINT32_C(1) << i;
        const char *const name = runde_criterion_name((runde_criterion)i);
        if ((which & bit) == 0) {
            continue;
        }
        if ((weights->hard & bit) == 0) {
            rn_text_member_int(t, name, weights->weight[i]);
        } else if (weights->weight[i] == 0 && weights->limit[i] == 0) {
            rn_text_member_string(t, name, "hard");
        } else {
            rn_text_object(t, name, RN_TEXT_INLINE);
            rn_text_member_int(t, "weight", weights->weight[i]);
            rn_text_member_bool(t, "hard", true);
            if (weights->limit[i] != 0) {
                rn_text_member_int(t, "limit", weights->limit[i]);
            }
            rn_text_close(t);
        }
    }
    rn_text_close(t);
}

void rn_write_weights(rn_writer *w)
{
    rn_write_profile(w, runde_problem_weights(w->problem), ALL_CRITERIA);
}

runde_status runde_problem_to_json(char **text, size_t *length,
                                   const runde_problem *problem)
{
    if (text == NULL || problem == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    rn_writer w;
    rn_writer_init(&w, problem);
    rn_text_object(&w.text, NULL, RN_TEXT_LINES);
    rn_text_member_string(&w.text, "format", "runde-problem");
    rn_text_member_int(&w.text, "version", 1);
    rn_write_settings(&w);
    rn_write_weights(&w);
    rn_write_places(&w);
    rn_write_people(&w);
    rn_write_shifts(&w);
    rn_write_visits(&w);
    rn_write_links(&w);
    rn_text_close(&w.text);
    return rn_text_take(&w.text, text, length);
}

void runde_text_free(char *text)
{
    rn_free(text);
}
