/* SPDX-License-Identifier: MIT */
/* Municipal days, published in VROOM's input format: travel seconds. */
#include "readers.h"

static runde_status read_set(bench_case *out, const bench_source *source,
                             runde_diag *diag)
{
    out->scale = 1.0;
    return runde_problem_from_vroom(&out->problem, source->text, source->length,
                                    diag);
}

static int32_t drive(const runde_problem *problem, const runde_shift *shift,
                     int32_t from, int32_t to)
{
    int32_t duration = 0;
    int32_t distance = 0;
    if (from != RUNDE_NONE && to != RUNDE_NONE) {
        runde_problem_travel(problem, shift->mode, from, to, &duration,
                             &distance);
    }
    return duration;
}

static runde_status price_plan(bench_price *out, const bench_case *of,
                               const runde_plan *plan)
{
    *out = (bench_price){0.0, runde_plan_n_unserved(plan)};
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        const runde_shift *shift =
            runde_problem_shift(of->problem, route->shift);
        int32_t here = shift->start_place;
        for (int32_t i = 0; i < route->n_stops; i++) {
            if (route->stops[i].kind == RUNDE_STOP_VISIT) {
                const int32_t there =
                    runde_problem_visit(of->problem, route->stops[i].item)
                        ->place;
                out->value += drive(of->problem, shift, here, there);
                here = there;
            }
        }
        out->value += drive(of->problem, shift, here, shift->end_place);
    }
    return RUNDE_OK;
}

static runde_status write_plan(FILE *file, const bench_case *of,
                               const runde_plan *plan)
{
    char *text = NULL;
    const runde_status status =
        runde_plan_to_vroom(&text, NULL, of->problem, plan);
    if (status == RUNDE_OK) {
        (void)fputs(text, file);
    }
    runde_text_free(text);
    return status;
}

const bench_reader vroom_reader = {"vroom", read_set, price_plan, write_plan,
                                   NULL,    "bks",    NULL,       0};
