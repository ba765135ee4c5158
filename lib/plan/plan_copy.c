/* SPDX-License-Identifier: MIT */
#include "plan/plan.h"

static runde_status copy_lists(runde_plan *to, const runde_plan *from)
{
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_routes(from);
         i++) {
        status = runde_plan_add_route(to, runde_plan_route(from, i));
    }
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_unserved(from);
         i++) {
        status = runde_plan_add_unserved(to, runde_plan_unserved(from, i));
    }
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_warnings(from);
         i++) {
        status = runde_plan_add_warning(to, runde_plan_warning(from, i));
    }
    return status;
}

runde_status rn_plan_copy(runde_plan **out, const runde_problem *problem,
                          const runde_plan *from, const runde_cost *cost)
{
    runde_plan *to = NULL;
    runde_status status = runde_plan_new(&to, problem);
    if (status == RUNDE_OK) {
        status = copy_lists(to, from);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_set_cost(to, cost);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_set_kpis(to, runde_plan_kpis(from));
    }
    if (status == RUNDE_OK) {
        status = runde_plan_set_search(to, runde_plan_search(from));
    }
    if (status == RUNDE_OK) {
        status = runde_plan_finish(to);
    }
    if (status != RUNDE_OK) {
        runde_plan_free(to);
        return status;
    }
    *out = to;
    return RUNDE_OK;
}
