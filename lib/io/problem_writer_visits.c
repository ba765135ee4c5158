/* SPDX-License-Identifier: MIT */
/* Shifts, visits, links, history and published plan. */
#include "io/problem_writer.h"

/* ----------------------------------------------------------------- shifts */

static void write_breaks(rn_writer *w, const runde_shift *shift)
{
    rn_text *const t = &w->text;
    if (shift->n_breaks == 0) {
        return;
    }
    rn_text_array(t, "breaks", RN_TEXT_INLINE);
    for (int32_t i = 0; i < shift->n_breaks; i++) {
        const runde_break *const pause = &shift->breaks[i];
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        rn_write_duration(w, "duration", pause->duration);
        rn_write_time(w, "min_start", pause->min_start);
        rn_write_time(w, "max_start", pause->max_start);
        rn_write_flag(w, "optional", pause->optional);
        rn_write_flag(w, "paid", pause->paid);
        rn_write_flag(w, "interrupts_travel", pause->interrupts_travel);
        rn_text_close(t);
    }
    rn_text_close(t);
}

static void write_activities(rn_writer *w, const runde_shift *shift)
{
    rn_text *const t = &w->text;
    if (shift->n_activities == 0) {
        return;
    }
    rn_text_array(t, "activities", RN_TEXT_INLINE);
    for (int32_t i = 0; i < shift->n_activities; i++) {
        const runde_activity *const activity = &shift->activities[i];
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        if (activity->id[0] != '\0') {
            rn_text_member_string(t, "id", activity->id);
        }
        rn_write_place(w, "place", activity->place);
        rn_write_duration(w, "duration", activity->duration);
        rn_write_time(w, "min_start", activity->min_start);
        rn_write_time(w, "max_start", activity->max_start);
        rn_text_close(t);
    }
    rn_text_close(t);
}

static void write_shift(rn_writer *w, const runde_shift *shift)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "id", shift->id);
    rn_write_carer(w, "carer", shift->carer);
    rn_write_time(w, "start", shift->start);
    rn_write_time(w, "end", shift->end);
    if (shift->max_end != shift->end) {
        rn_write_time(w, "max_end", shift->max_end);
    }
    if (shift->start_place != RUNDE_NONE) {
        rn_write_place(w, "start_place", shift->start_place);
    }
    if (shift->end_place != RUNDE_NONE) {
        rn_write_place(w, "end_place", shift->end_place);
    }
    rn_text_member_string(t, "travel_mode",
                          runde_problem_mode(w->problem, shift->mode));
    write_breaks(w, shift);
    write_activities(w, shift);
    rn_write_caps(w, shift->caps, shift->n_caps);
    if (shift->max_duty != 0) {
        rn_write_duration(w, "max_duty", shift->max_duty);
    }
    rn_write_flag(w, "continues", shift->continues);
    rn_text_close(t);
}

void rn_write_shifts(rn_writer *w)
{
    const int32_t n = runde_problem_n_shifts(w->problem);
    if (n == 0) {
        return;
    }
    rn_text_array(&w->text, "shifts", RN_TEXT_LINES);
    for (int32_t s = 0; s < n; s++) {
        write_shift(w, runde_problem_shift(w->problem, s));
    }
    rn_text_close(&w->text);
}

/* ----------------------------------------------------------------- visits */

static void write_windows(rn_writer *w, const runde_visit *visit)
{
    rn_text *const t = &w->text;
    if (visit->n_windows > 0) {
        rn_text_array(t, "time_windows", RN_TEXT_INLINE);
        for (int32_t i = 0; i < visit->n_windows; i++) {
            rn_text_object(t, NULL, RN_TEXT_INLINE);
            rn_write_time(w, "min_start", visit->windows[i].min_start);
            rn_write_time(w, "max_start", visit->windows[i].max_start);
            rn_write_time(w, "max_end", visit->windows[i].max_end);
            rn_text_close(t);
        }
        rn_text_close(t);
    }
    if (visit->n_preferred > 0) {
        rn_text_array(t, "preferred_windows", RN_TEXT_INLINE);
        for (int32_t i = 0; i < visit->n_preferred; i++) {
            rn_text_object(t, NULL, RN_TEXT_INLINE);
            rn_write_time(w, "start", visit->preferred[i].start);
            rn_write_time(w, "end", visit->preferred[i].end);
            rn_text_close(t);
        }
        rn_text_close(t);
    }
}

static void write_needs(rn_writer *w, const runde_visit *visit)
{
    rn_text *const t = &w->text;
    if (visit->n_skills > 0) {
        rn_text_array(t, "required_skills", RN_TEXT_INLINE);
        for (int32_t i = 0; i < visit->n_skills; i++) {
            const runde_skill_need *const need = &visit->skills[i];
            rn_text_object(t, NULL, RN_TEXT_INLINE);
            rn_text_member_string(t, "skill",
                                  runde_problem_skill(w->problem, need->skill));
            rn_text_member_int(t, "min_level", need->min_level);
            if (need->part != RUNDE_NONE) {
                rn_text_member_int(t, "part", need->part);
            }
            rn_text_close(t);
        }
        rn_text_close(t);
    }
    if (visit->n_loads > 0) {
        rn_text_array(t, "loads", RN_TEXT_INLINE);
        for (int32_t i = 0; i < visit->n_loads; i++) {
            const runde_load *const load =
                runde_problem_load(w->problem, visit->loads[i].load);
            rn_text_object(t, NULL, RN_TEXT_INLINE);
            rn_text_member_string(t, "load", load->id);
            rn_text_member_int(t, "amount", visit->loads[i].amount);
            rn_text_close(t);
        }
        rn_text_close(t);
    }
}

static void write_visit(rn_writer *w, const runde_visit *visit)
{
    rn_text *const t = &w->text;
    const runde_client *const client =
        runde_problem_client(w->problem, visit->client);
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "id", visit->id);
    rn_text_member_string(t, "client", client->id);
    if (visit->place != client->place) {
        rn_write_place(w, "place", visit->place);
    }
    rn_write_duration(w, "service_duration", visit->duration);
    if (visit->setup != 0) {
        rn_write_duration(w, "setup_duration", visit->setup);
    }
    write_windows(w, visit);
    write_needs(w, visit);
    rn_write_wishes(w, visit->wishes, visit->n_wishes);
    if (visit->crew != 1) {
        rn_text_member_int(t, "crew", visit->crew);
    }
    rn_write_flag(w, "optional", visit->optional);
    if (visit->priority != (visit->optional ? 0 : RUNDE_DEFAULT_PRIORITY)) {
        rn_text_member_int(t, "priority", visit->priority);
    }
    if (visit->price != 0) {
        rn_text_member_int(t, "price", visit->price);
    }
    if (visit->pinned_shift != RUNDE_NONE) {
        rn_write_shift(w, "pinned_shift", visit->pinned_shift);
    }
    rn_write_time(w, "pinned_start", visit->pinned_start);
    rn_write_flag(w, "may_overlap", visit->may_overlap);
    rn_text_close(t);
}

void rn_write_visits(rn_writer *w)
{
    const int32_t n = runde_problem_n_visits(w->problem);
    if (n == 0) {
        return;
    }
    rn_text_array(&w->text, "visits", RN_TEXT_LINES);
    for (int32_t v = 0; v < n; v++) {
        write_visit(w, runde_problem_visit(w->problem, v));
    }
    rn_text_close(&w->text);
}

/* ------------------------------------------------------------------ links */

static void write_link(rn_writer *w, const runde_link *link)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_write_visit(w, "before", link->before);
    rn_write_visit(w, "after", link->after);
    if (link->from_end) {
        rn_text_member_string(t, "from", "end");
    }
    if (link->min_gap != RUNDE_TIME_NONE) {
        rn_write_duration(w, "min_gap", link->min_gap);
    }
    if (link->max_gap != RUNDE_TIME_NONE) {
        rn_write_duration(w, "max_gap", link->max_gap);
    }
    rn_write_flag(w, "same_carer", link->same_carer);
    rn_write_flag(w, "different_carer", link->different_carer);
    rn_write_flag(w, "all_or_none", link->all_or_none);
    rn_text_close(t);
}

static void write_past(rn_writer *w, const runde_past_visit *past)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "client",
                          runde_problem_client(w->problem, past->client)->id);
    rn_write_carer(w, "carer", past->carer);
    rn_write_time(w, "start", past->start);
    rn_text_close(t);
}

static void write_published(rn_writer *w, const runde_published *published)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_write_visit(w, "visit", published->visit);
    if (published->part != 0) {
        rn_text_member_int(t, "part", published->part);
    }
    rn_write_carer(w, "carer", published->carer);
    rn_write_time(w, "start", published->start);
    if (published->tolerance != 0) {
        rn_write_duration(w, "tolerance", published->tolerance);
    }
    rn_text_close(t);
}

void rn_write_links(rn_writer *w)
{
    rn_text *const t = &w->text;
    const int32_t n_links = runde_problem_n_links(w->problem);
    const int32_t n_past = runde_problem_n_past_visits(w->problem);
    const int32_t n_published = runde_problem_n_published(w->problem);
    if (n_links > 0) {
        rn_text_array(t, "links", RN_TEXT_LINES);
        for (int32_t i = 0; i < n_links; i++) {
            write_link(w, runde_problem_link(w->problem, i));
        }
        rn_text_close(t);
    }
    if (n_past > 0) {
        rn_text_array(t, "history", RN_TEXT_LINES);
        for (int32_t i = 0; i < n_past; i++) {
            write_past(w, runde_problem_past_visit(w->problem, i));
        }
        rn_text_close(t);
    }
    if (n_published > 0) {
        rn_text_array(t, "published_plan", RN_TEXT_LINES);
        for (int32_t i = 0; i < n_published; i++) {
            write_published(w, runde_problem_published(w->problem, i));
        }
        rn_text_close(t);
    }
}
