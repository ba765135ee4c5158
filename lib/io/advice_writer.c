/* SPDX-License-Identifier: MIT */
#include "io/advice_writer.h"

void rn_write_change(rn_writer *w, const char *key, const runde_cost *change)
{
    rn_text *const t = &w->text;
    rn_text_object(t, key, RN_TEXT_INLINE);
    rn_text_member_big_int(t, "left_out", change->left_out);
    rn_text_member_big_int(t, "wishes", change->wishes);
    rn_text_object(t, "criteria", RN_TEXT_INLINE);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if (change->amount[i] == 0 && change->cost[i] == 0) {
            continue;
        }
        rn_text_object(t, runde_criterion_name((runde_criterion)i),
                       RN_TEXT_INLINE);
        rn_text_member_big_int(t, "amount", change->amount[i]);
        rn_text_member_big_int(t, "cost", change->cost[i]);
        rn_text_close(t);
    }
    rn_text_close(t);
    rn_text_close(t);
}

static void write_visit(rn_writer *w, int32_t visit, const char *extra)
{
    if (visit < runde_problem_n_visits(w->problem)) {
        rn_write_visit(w, "visit", visit);
    } else {
        rn_text_member_string(&w->text, "visit", extra);
    }
}

static void write_carer_of(rn_writer *w, int32_t shift)
{
    const runde_shift *const s = runde_problem_shift(w->problem, shift);
    if (s != NULL) {
        rn_write_carer(w, "carer", s->carer);
    }
}

void rn_write_move(rn_writer *w, const runde_move *move, const char *extra)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    write_visit(w, move->visit, extra);
    if (move->part != 0) {
        rn_text_member_int(t, "part", move->part);
    }
    rn_write_shift(w, "shift", move->shift);
    write_carer_of(w, move->shift);
    rn_text_member_int(t, "position", move->position);
    rn_write_time(w, "service_start", move->start);
    if (move->from_shift != RUNDE_NONE) {
        rn_write_shift(w, "from_shift", move->from_shift);
        rn_write_time(w, "from_start", move->from_start);
    }
    rn_text_close(t);
}

static void write_reason(rn_writer *w, const runde_reason *reason)
{
    rn_text *const t = &w->text;
    rn_text_object(t, "reason", RN_TEXT_INLINE);
    rn_text_member_string(t, "code", runde_reason_name(reason->code));
    if (reason->amount != 0) {
        rn_text_member_int(t, "amount", reason->amount);
    }
    rn_text_close(t);
}

void rn_write_offer_json(rn_writer *w, const char *key,
                         const runde_offer *offer, const char *extra)
{
    rn_text *const t = &w->text;
    rn_text_object(t, key, offer->fits ? RN_TEXT_LINES : RN_TEXT_INLINE);
    write_visit(w, offer->visit, extra);
    rn_write_shift(w, "shift", offer->shift);
    write_carer_of(w, offer->shift);
    rn_text_member_bool(t, "fits", offer->fits);
    if (offer->fits) {
        rn_write_change(w, "change", &offer->change);
        rn_text_array(t, "moves", RN_TEXT_LINES);
        for (int32_t i = 0; i < offer->n_moves; i++) {
            rn_write_move(w, &offer->moves[i], extra);
        }
        rn_text_close(t);
    } else {
        write_reason(w, &offer->reason);
    }
    rn_text_close(t);
}

runde_status runde_advice_to_json(char **text, size_t *length,
                                  const runde_session *session,
                                  const runde_advice *advice, const char *extra)
{
    if (text == NULL || session == NULL || advice == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    rn_writer w;
    rn_writer_init(&w, runde_session_problem(session));
    rn_text *const t = &w.text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "format", "runde-advice");
    rn_text_member_int(t, "version", 1);
    rn_text_array(t, "offers", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_advice_n_offers(advice); i++) {
        rn_write_offer_json(&w, NULL, runde_advice_offer(advice, i), extra);
    }
    rn_text_close(t);
    rn_text_close(t);
    return rn_text_take(&w.text, text, length);
}
