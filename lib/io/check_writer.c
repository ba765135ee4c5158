/* SPDX-License-Identifier: MIT */
/* What the checker says, as JSON. */
#include "io/plan_fields.h"
#include "io/writer.h"

#include <runde/check.h>

static void write_violation(rn_writer *w, const runde_violation *v)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_INLINE);
    rn_text_member_string(t, "rule", v->rule);
    rn_write_shift(w, "shift", v->shift);
    rn_write_visit(w, "visit", v->visit);
    rn_text_member_string(t, "message", v->message);
    rn_text_close(t);
}

static void write_report(rn_writer *w, const runde_report *report)
{
    rn_text *const t = &w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_text_member_string(t, "format", "runde-check");
    rn_text_member_int(t, "version", 1);
    rn_text_array(t, "violations", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        write_violation(w, runde_report_violation(report, i));
    }
    rn_text_close(t);
    rn_write_cost(w, "cost", runde_report_cost(report), true);
    rn_write_kpis(t, "kpis", runde_report_kpis(report));
    rn_text_close(t);
}

runde_status runde_report_to_json(char **text, size_t *length,
                                  const runde_problem *problem,
                                  const runde_report *report)
{
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (problem == NULL || report == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    rn_writer w;
    rn_writer_init(&w, problem);
    write_report(&w, report);
    return rn_text_take(&w.text, text, length);
}

runde_status runde_kpis_to_json(char **text, size_t *length,
                                const runde_kpis *kpis,
                                const runde_kpis *baseline)
{
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (kpis == NULL || kpis->size != sizeof *kpis ||
        (baseline != NULL && baseline->size != sizeof *baseline)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_text t;
    rn_text_init(&t);
    rn_text_object(&t, NULL, RN_TEXT_LINES);
    rn_text_member_string(&t, "format", "runde-kpis");
    rn_text_member_int(&t, "version", 1);
    rn_write_kpis(&t, "kpis", kpis);
    if (baseline != NULL) {
        rn_write_kpis(&t, "baseline", baseline);
    }
    rn_text_close(&t);
    return rn_text_take(&t, text, length);
}
