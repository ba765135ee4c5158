/* SPDX-License-Identifier: MIT */
/* The changes of a replan, for systems that tell people. */
#include "io/advice_writer.h"
#include "io/diff_writer.h"

#include <runde/replan.h>

static bool leeway_of(const void *payload, int32_t visit, int32_t part,
                      int32_t leeway[2])
{
    return runde_replan_leeway(payload, visit, part, &leeway[0], &leeway[1]);
}

static void write_gone(rn_writer *w, const runde_replan *replan)
{
    rn_text *const t = &w->text;
    rn_text_array(t, "cancelled", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_replan_n_gone(replan); i++) {
        const runde_gone *const gone = runde_replan_get_gone(replan, i);
        rn_text_object(t, NULL, RN_TEXT_INLINE);
        rn_text_member_string(t, "visit", gone->id);
        if (gone->part != 0) {
            rn_text_member_int(t, "part", gone->part);
        }
        rn_write_carer(w, "carer", gone->carer);
        rn_write_time(w, "service_start", gone->start);
        rn_text_close(t);
    }
    rn_text_close(t);
}

/* What would make those fit that nobody comes to any more. */
static void write_left_out(rn_writer *w, const runde_replan *replan)
{
    rn_text *const t = &w->text;
    rn_text_array(t, "left_out", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_replan_n_explained(replan); i++) {
        const runde_explanation *const e =
            runde_replan_get_explained(replan, i);
        rn_text_object(t, NULL, RN_TEXT_LINES);
        rn_write_visit(w, "visit", runde_explanation_visit(e));
        rn_write_relaxations(w, e);
        rn_text_close(t);
    }
    rn_text_close(t);
}

runde_status runde_replan_to_json(char **text, size_t *length,
                                  const runde_replan *replan)
{
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (replan == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    rn_writer w;
    rn_writer_init(&w, runde_replan_problem(replan));
    const rn_diff_text d = {&w, runde_replan_diff(replan), leeway_of, replan};
    rn_text *const t = &w.text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "format", "runde-changes");
    rn_text_member_int(t, "version", 1);
    rn_text_object(t, "cost", RN_TEXT_LINES);
    rn_write_cost(&w, "before", runde_replan_cost_before(replan), false);
    rn_write_cost(&w, "after", runde_plan_cost(runde_replan_plan(replan)),
                  false);
    rn_text_close(t);
    write_gone(&w, replan);
    write_left_out(&w, replan);
    rn_write_diff(&d);
    rn_text_close(t);
    return rn_text_take(t, text, length);
}
