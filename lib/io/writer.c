/* SPDX-License-Identifier: MIT */
#include "io/writer.h"

void rn_writer_init(rn_writer *w, const runde_problem *problem)
{
    const runde_settings *const settings = runde_problem_settings(problem);
    rn_text_init(&w->text);
    w->problem = problem;
    w->has_origin = settings->has_origin;
    w->origin = settings->origin;
    w->tick_ms = settings->tick_ms;
    if (settings->time_zone == NULL ||
        !rn_zone_find(&w->zone, settings->time_zone)) {
        w->zone = RN_ZONE_UTC;
    }
}

void rn_write_time(rn_writer *w, const char *key, int32_t ticks)
{
    char text[RN_INSTANT_TEXT] = "";
    if (ticks == RUNDE_TIME_NONE) {
        return;
    }
    if (w->has_origin) {
        rn_instant_print_ms(
            text, w->origin * 1000 + (int64_t)ticks * w->tick_ms, w->zone);
    }
    if (text[0] != '\0') {
        rn_text_member_string(&w->text, key, text);
    } else {
        rn_text_member_int(&w->text, key, ticks);
    }
}

void rn_write_duration(rn_writer *w, const char *key, int32_t ticks)
{
    const int64_t ms = (int64_t)ticks * w->tick_ms;
    char text[RN_DURATION_TEXT];
    if (ms % 1000 == 0) {
        rn_text_member_int(&w->text, key, ms / 1000);
        return;
    }
    rn_duration_print_ms(text, ms);
    rn_text_member_string(&w->text, key, text);
}

void rn_write_span(rn_writer *w, const char *key, int64_t ticks)
{
    if (ticks <= INT32_MAX) {
        rn_write_duration(w, key, (int32_t)ticks);
    } else {
        rn_text_member_int(&w->text, key, ticks * w->tick_ms / 1000);
    }
}

void rn_write_place(rn_writer *w, const char *key, int32_t place)
{
    const runde_place *const row = runde_problem_place(w->problem, place);
    rn_text_member_string(&w->text, key, row == NULL ? NULL : row->id);
}

void rn_write_carer(rn_writer *w, const char *key, int32_t carer)
{
    const runde_carer *const row = runde_problem_carer(w->problem, carer);
    rn_text_member_string(&w->text, key, row == NULL ? NULL : row->id);
}

void rn_write_shift(rn_writer *w, const char *key, int32_t shift)
{
    const runde_shift *const row = runde_problem_shift(w->problem, shift);
    rn_text_member_string(&w->text, key, row == NULL ? NULL : row->id);
}

void rn_write_visit(rn_writer *w, const char *key, int32_t visit)
{
    const runde_visit *const row = runde_problem_visit(w->problem, visit);
    rn_text_member_string(&w->text, key, row == NULL ? NULL : row->id);
}

void rn_write_flag(rn_writer *w, const char *key, bool value)
{
    if (value) {
        rn_text_member_bool(&w->text, key, true);
    }
}

void rn_write_cost(rn_writer *w, const char *key, const runde_cost *cost,
                   bool all)
{
    rn_text *const t = &w->text;
    rn_text_object(t, key, RN_TEXT_LINES);
    rn_text_member_big_int(t, "left_out", cost->left_out);
    rn_text_member_big_int(t, "wishes", cost->wishes);
    rn_text_object(t, "criteria", RN_TEXT_LINES);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if (all || cost->amount[i] != 0) {
            rn_text_object(t, runde_criterion_name((runde_criterion)i),
                           RN_TEXT_INLINE);
            rn_text_member_big_int(t, "amount", cost->amount[i]);
            rn_text_member_big_int(t, "cost", cost->cost[i]);
            rn_text_close(t);
        }
    }
    rn_text_close(t);
    rn_text_close(t);
}
