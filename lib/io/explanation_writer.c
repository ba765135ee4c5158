/* SPDX-License-Identifier: MIT */
#include "io/advice_writer.h"

static void write_relaxation(rn_writer *w, const runde_relaxation *r)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "kind", runde_relaxation_name(r->kind));
    switch (r->kind) {
    case RUNDE_RELAX_LATER:
    case RUNDE_RELAX_EARLIER:
        rn_write_duration(w, "by", r->amount);
        break;
    case RUNDE_RELAX_OVERTIME:
        rn_write_shift(w, "shift", r->item);
        rn_write_duration(w, "by", r->amount);
        break;
    case RUNDE_RELAX_SKILL:
        rn_text_member_string(t, "skill",
                              runde_problem_skill(w->problem, r->item));
        break;
    case RUNDE_RELAX_CREW:
        rn_text_member_int(t, "crew", r->amount);
        break;
    case RUNDE_RELAX_MOVE:
    case RUNDE_RELAXATIONS:
        break;
    }
    rn_write_offer_json(w, "offer", &r->offer, NULL);
    rn_text_close(t);
}

void rn_write_relaxations(rn_writer *w, const runde_explanation *e)
{
    rn_text *const t = &w->text;
    rn_text_array(t, "relaxations", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_explanation_n_relaxations(e); i++) {
        write_relaxation(w, runde_explanation_relaxation(e, i));
    }
    rn_text_close(t);
}

static void write_explanation(rn_writer *w, const runde_explanation *e)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "format", "runde-explanation");
    rn_text_member_int(t, "version", 1);
    rn_write_visit(w, "visit", runde_explanation_visit(e));
    rn_text_member_bool(t, "served", runde_explanation_is_served(e));
    if (runde_explanation_is_served(e)) {
        rn_text_array(t, "places", RN_TEXT_LINES);
        for (int32_t i = 0; i < runde_explanation_n_places(e); i++) {
            rn_write_move(w, runde_explanation_place(e, i), NULL);
        }
        rn_text_close(t);
        rn_write_change(w, "saving", runde_explanation_saving(e));
    }
    rn_text_array(t, "offers", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_explanation_n_offers(e); i++) {
        rn_write_offer_json(w, NULL, runde_explanation_offer(e, i), NULL);
    }
    rn_text_close(t);
    rn_write_relaxations(w, e);
    rn_text_close(t);
}

runde_status runde_explanation_to_json(char **text, size_t *length,
                                       const runde_session *session,
                                       const runde_explanation *explanation)
{
    if (text == NULL || session == NULL || explanation == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    rn_writer w;
    rn_writer_init(&w, runde_session_problem(session));
    write_explanation(&w, explanation);
    return rn_text_take(&w.text, text, length);
}
