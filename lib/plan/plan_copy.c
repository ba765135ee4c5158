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

/* What was found out by the other costs says nothing by these. */
static runde_search_info forget_costs(const runde_search_info *info)
{
    runde_search_info kept = *info;
    kept.bound = RUNDE_NO_BOUND;
    kept.gap = 0;
    kept.locally_optimal = false;
    return kept;
}

runde_status rn_plan_copy(runde_plan **out, const runde_problem *problem,
                          const runde_plan *from, const runde_cost *cost)
{
    const runde_search_info *const info = runde_plan_search(from);
    const runde_search_info kept = cost == NULL ? *info : forget_costs(info);
    runde_plan *to = NULL;
    runde_status status = runde_plan_new(&to, problem);
    if (status == RUNDE_OK) {
        status = copy_lists(to, from);
    }
    if (status == RUNDE_OK) {
        status = runde_plan_set_cost(to, cost != NULL ? cost
                                                      : runde_plan_cost(from));
    }
    if (status == RUNDE_OK) {
        status = runde_plan_set_kpis(to, runde_plan_kpis(from));
    }
    if (status == RUNDE_OK) {
        status = runde_plan_set_search(to, &kept);
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
