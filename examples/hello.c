/* SPDX-License-Identifier: MIT */
/* The smallest program: five visits, one carer, one morning. */
#include <runde/runde.h>
#include <stdio.h>

#define HOUR 3600 /* ticks are seconds unless said otherwise */

static bool add_carer(runde_problem *p)
{
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    carer.id = shift.id = "anna";
    shift.carer = 0;
    shift.start = 7 * HOUR;
    shift.end = 12 * HOUR;
    return runde_problem_add_mode(p, "car", NULL) == RUNDE_OK &&
           runde_problem_add_carer(p, &carer, NULL) == RUNDE_OK &&
           runde_problem_add_shift(p, &shift, NULL) == RUNDE_OK;
}

static bool add_visit(runde_problem *p, int32_t i)
{
    static const char *const names[] = {"v1", "v2", "v3", "v4", "v5"};
    runde_place home = {sizeof home, names[i], true, 60.2, 11.0 + 0.02 * i};
    runde_client client = RUNDE_CLIENT_INIT;
    runde_visit visit = RUNDE_VISIT_INIT;
    client.id = visit.id = names[i];
    client.place = visit.client = i;
    visit.duration = HOUR / 2;
    return runde_problem_add_place(p, &home, NULL) == RUNDE_OK &&
           runde_problem_add_client(p, &client, NULL) == RUNDE_OK &&
           runde_problem_add_visit(p, &visit, NULL) == RUNDE_OK;
}

int main(void)
{
    runde_problem *p = NULL;
    runde_plan *plan = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 1000; /* or a time limit, in seconds */
    bool good = runde_problem_new(&p, NULL, NULL) == RUNDE_OK && add_carer(p);
    for (int32_t i = 0; good && i < 5; i++) {
        good = add_visit(p, i);
    }
    good = good && runde_problem_seal(p, NULL) == RUNDE_OK &&
           runde_solve(&plan, p, &options, NULL) == RUNDE_OK;
    const runde_route *route = good ? runde_plan_route(plan, 0) : NULL;
    for (int32_t i = 0; route != NULL && i < route->n_stops; i++) {
        const runde_stop *stop = &route->stops[i];
        printf("%02d:%02d %s\n", stop->start / HOUR, stop->start % HOUR / 60,
               runde_problem_visit(p, stop->item)->id);
    }
    runde_plan_free(plan);
    runde_problem_free(p);
    return good ? 0 : 1;
}
