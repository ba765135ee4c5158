/* SPDX-License-Identifier: MIT */
/* A plan made by hand: the order of visits per shift is all it says. Reads a
 * visit file, gives every visit in turn to the next shift, asks for times and
 * prints what the order costs and which rules it breaks, by how much.
 *
 *     by_hand examples/data/tiny.json */
#include "example_files.h"

/* Visits in the order of the file, one shift after the other. */
static runde_status deal(runde_plan **out, const runde_problem *p)
{
    const int32_t shifts = runde_problem_n_shifts(p);
    const int32_t visits = runde_problem_n_visits(p);
    runde_stop *stops = calloc((size_t)visits + 1, sizeof *stops);
    runde_status status =
        stops == NULL ? RUNDE_E_NOMEM : runde_plan_new(out, p);
    for (int32_t s = 0; s < shifts && status == RUNDE_OK; s++) {
        runde_route route = {0};
        route.shift = s;
        route.stops = stops;
        for (int32_t v = s; v < visits; v += shifts) {
            runde_stop *stop = &stops[route.n_stops++];
            stop->kind = RUNDE_STOP_VISIT;
            stop->item = v;
        }
        if (route.n_stops > 0) {
            status = runde_plan_add_route(*out, &route);
        }
    }
    free(stops);
    return status == RUNDE_OK ? runde_plan_finish(*out) : status;
}

static void print_report(const runde_report *report, const runde_plan *plan)
{
    const runde_cost *cost = runde_plan_cost(plan);
    for (int32_t i = 0; i < runde_report_n_violations(report); i++) {
        const runde_violation *v = runde_report_violation(report, i);
        printf("%s is broken: %s\n", v->rule, v->message);
    }
    for (int32_t c = 0; c < RUNDE_CRITERIA; c++) {
        if (cost->cost[c] != 0) {
            printf("%s: %lld\n", runde_criterion_name((runde_criterion)c),
                   (long long)cost->cost[c]);
        }
    }
}

int main(int argc, char **argv)
{
    runde_problem *p = argc == 2 ? example_problem(argv[1]) : NULL;
    runde_plan *draft = NULL;
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    const bool good = p != NULL && deal(&draft, p) == RUNDE_OK &&
                      runde_plan_schedule(&plan, p, draft, NULL) == RUNDE_OK &&
                      runde_check(&report, p, plan) == RUNDE_OK;
    if (good) {
        print_report(report, plan);
    }
    runde_report_free(report);
    runde_plan_free(plan);
    runde_plan_free(draft);
    runde_problem_free(p);
    return good ? 0 : 1;
}
