/* SPDX-License-Identifier: MIT */
/* Visit files of Runde's own, the sample municipalities among them. */
#include "readers.h"

#include <runde/check.h>
#include <runde/json.h>

static runde_status read_set(bench_case *out, const bench_source *source,
                             runde_diag *diag)
{
    out->scale = 1.0;
    return runde_problem_from_json(&out->problem, source->text, source->length,
                                   diag);
}

/* The cost as the checker finds it. */
static runde_status price_plan(bench_price *out, const bench_case *of,
                               const runde_plan *plan)
{
    runde_report *report = NULL;
    const runde_status status = runde_check(&report, of->problem, plan);
    if (status == RUNDE_OK) {
        *out = (bench_price){(double)runde_report_cost(report)->wishes,
                             runde_report_kpis(report)->left_out};
    }
    runde_report_free(report);
    return status;
}

static runde_status write_plan(FILE *file, const bench_case *of,
                               const runde_plan *plan)
{
    char *text = NULL;
    const runde_status status =
        runde_plan_to_json(&text, NULL, of->problem, plan);
    if (status == RUNDE_OK) {
        (void)fputs(text, file);
    }
    runde_text_free(text);
    return status;
}

const bench_reader own_reader = {"runde", read_set, price_plan, write_plan,
                                 NULL,    "bks",    NULL,       0};
