/* SPDX-License-Identifier: MIT */
/* Clients and carers. */
#include "io/problem_writer.h"

void rn_write_wishes(rn_writer *w, const runde_carer_wish *wishes, int32_t n)
{
    static const char *const kinds[] = {"preferred", "unwanted", "required",
                                        "prohibited"};
    rn_text *const t = &w->text;
    if (n == 0) {
        return;
    }
    rn_text_array(t, "wishes", RN_TEXT_INLINE);
    for (int32_t i = 0; i < n; i++) {
        const runde_wish_kind kind = wishes[i].kind;
        const bool is_soft = kind == RUNDE_PREFERRED || kind == RUNDE_UNWANTED;
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        rn_write_carer(w, "carer", wishes[i].carer);
        rn_text_member_string(t, "kind", kinds[kind]);
        if (wishes[i].weight != (is_soft ? 1 : 0)) {
            rn_text_member_int(t, "weight", wishes[i].weight);
        }
        rn_text_close(t);
    }
    rn_text_close(t);
}

void rn_write_caps(rn_writer *w, const runde_cap *caps, int32_t n)
{
    rn_text *const t = &w->text;
    if (n == 0) {
        return;
    }
    rn_text_array(t, "caps", RN_TEXT_INLINE);
    for (int32_t i = 0; i < n; i++) {
        const runde_load *const load =
            runde_problem_load(w->problem, caps[i].load);
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        rn_text_member_string(t, "load", load->id);
        if (caps[i].cap == RUNDE_UNLIMITED) {
            rn_text_member_string(t, "cap", "unlimited");
        } else {
            rn_text_member_int(t, "cap", caps[i].cap);
        }
        rn_text_close(t);
    }
    rn_text_close(t);
}

static void write_client(rn_writer *w, const runde_client *client)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "id", client->id);
    if (client->place != RUNDE_NONE) {
        rn_write_place(w, "place", client->place);
    }
    rn_write_wishes(w, client->wishes, client->n_wishes);
    if (client->n_absences > 0) {
        rn_text_array(t, "absences", RN_TEXT_INLINE);
        for (int32_t i = 0; i < client->n_absences; i++) {
            rn_text_object(t, NULL, RN_TEXT_INLINE);
            rn_write_time(w, "start", client->absences[i].start);
            rn_write_time(w, "end", client->absences[i].end);
            rn_text_close(t);
        }
        rn_text_close(t);
    }
    if (client->max_carers != 0 || client->max_carers_days != 0) {
        rn_text_object(t, "max_carers", RN_TEXT_INLINE);
        rn_text_member_int(t, "count", client->max_carers);
        if (client->max_carers_days != 0) {
            rn_text_member_int(t, "days", client->max_carers_days);
        }
        rn_text_close(t);
    }
    if (client->weights != NULL) {
        rn_write_profile(w, client->weights, client->weights->set);
    }
    rn_text_close(t);
}

static void write_carer(rn_writer *w, const runde_carer *carer)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "id", carer->id);
    if (carer->n_skills > 0) {
        rn_text_array(t, "skills", RN_TEXT_INLINE);
        for (int32_t i = 0; i < carer->n_skills; i++) {
            const runde_skill_held *const held = &carer->skills[i];
            rn_text_object(t, NULL, RN_TEXT_INLINE);
            rn_text_member_string(t, "skill",
                                  runde_problem_skill(w->problem, held->skill));
            rn_text_member_int(t, "level", held->level);
            rn_write_time(w, "expires", held->expires);
            rn_text_close(t);
        }
        rn_text_close(t);
    }
    rn_write_caps(w, carer->caps, carer->n_caps);
    rn_write_rules(w, &carer->rules,
                   &runde_problem_settings(w->problem)->rules);
    rn_text_close(t);
}

void rn_write_people(rn_writer *w)
{
    const int32_t n_clients = runde_problem_n_clients(w->problem);
    const int32_t n_carers = runde_problem_n_carers(w->problem);
    if (n_clients > 0) {
        rn_text_array(&w->text, "clients", RN_TEXT_LINES);
        for (int32_t c = 0; c < n_clients; c++) {
            write_client(w, runde_problem_client(w->problem, c));
        }
        rn_text_close(&w->text);
    }
    if (n_carers > 0) {
        rn_text_array(&w->text, "carers", RN_TEXT_LINES);
        for (int32_t c = 0; c < n_carers; c++) {
            write_carer(w, runde_problem_carer(w->problem, c));
        }
        rn_text_close(&w->text);
    }
}
