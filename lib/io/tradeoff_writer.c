/* SPDX-License-Identifier: MIT */
#include "io/plan_fields.h"
#include "io/writer.h"

#include <runde/tradeoff.h>

static void write_point(rn_writer *w, const runde_tradeoff *tradeoff,
                        const runde_tradeoff_point *point)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "name", point->setting.name);
    rn_text_object(t, "times", RN_TEXT_INLINE);
    rn_text_member_int(t, "driving", point->setting.driving);
    rn_text_member_int(t, "faces", point->setting.faces);
    rn_text_member_int(t, "time", point->setting.time);
    rn_text_close(t);
    rn_text_member_bool(t, "best", point->is_best);
    rn_text_member_string(
        t, "found_by",
        runde_tradeoff_get_point(tradeoff, point->found_by)->setting.name);
    rn_write_cost(w, "cost", runde_plan_cost(point->plan), false);
    rn_write_kpis(t, "kpis", runde_plan_kpis(point->plan));
    rn_text_close(t);
}

runde_status runde_tradeoff_to_json(char **text, size_t *length,
                                    const runde_tradeoff *tradeoff)
{
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (tradeoff == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    rn_writer w;
    rn_writer_init(&w, runde_tradeoff_get_point(tradeoff, 0)->problem);
    rn_text_object(&w.text, NULL, RN_TEXT_LINES);
    rn_text_member_string(&w.text, "format", "runde-tradeoff");
    rn_text_member_int(&w.text, "version", 1);
    rn_text_array(&w.text, "settings", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_tradeoff_n_points(tradeoff); i++) {
        write_point(&w, tradeoff, runde_tradeoff_get_point(tradeoff, i));
    }
    rn_text_close(&w.text);
    rn_text_close(&w.text);
    return rn_text_take(&w.text, text, length);
}
