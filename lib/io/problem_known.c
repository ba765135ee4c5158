/* SPDX-License-Identifier: MIT */
/* Readers of files that go with a problem, whose ids and times they use. */
#include "io/problem_reader.h"

#include <string.h>

static const char *id_of(const runde_problem *problem, rn_id_kind kind,
                         int32_t i)
{
    switch (kind) {
    case RN_ID_PLACE:
        return runde_problem_place(problem, i)->id;
    case RN_ID_SKILL:
        return runde_problem_skill(problem, i);
    case RN_ID_LOAD:
        return runde_problem_load(problem, i)->id;
    case RN_ID_MODE:
        return runde_problem_mode(problem, i);
    case RN_ID_CLIENT:
        return runde_problem_client(problem, i)->id;
    case RN_ID_CARER:
        return runde_problem_carer(problem, i)->id;
    case RN_ID_SHIFT:
        return runde_problem_shift(problem, i)->id;
    case RN_ID_VISIT:
    case RN_ID_KINDS:
        break;
    }
    return runde_problem_visit(problem, i)->id;
}

runde_status rn_read_known_ids(rn_problem_reader *p,
                               const runde_problem *problem)
{
    const int32_t counts[RN_ID_KINDS] = {
        [RN_ID_PLACE] = runde_problem_n_places(problem),
        [RN_ID_SKILL] = runde_problem_n_skills(problem),
        [RN_ID_LOAD] = runde_problem_n_loads(problem),
        [RN_ID_MODE] = runde_problem_n_modes(problem),
        [RN_ID_CLIENT] = runde_problem_n_clients(problem),
        [RN_ID_CARER] = runde_problem_n_carers(problem),
        [RN_ID_SHIFT] = runde_problem_n_shifts(problem),
        [RN_ID_VISIT] = runde_problem_n_visits(problem)};
    runde_status status = RUNDE_OK;
    for (int kind = 0; kind < RN_ID_KINDS; kind++) {
        p->is_listed[kind] = true;
        for (int32_t i = 0; status == RUNDE_OK && i < counts[kind]; i++) {
            status = rn_idmap_put(&p->ids[kind],
                                  id_of(problem, (rn_id_kind)kind, i), i, NULL);
        }
    }
    return status;
}

int64_t rn_read_known_times(rn_reader *r, const runde_problem *problem)
{
    const runde_settings *const settings = runde_problem_settings(problem);
    int64_t day = 0;
    int32_t second = 0;
    r->tick_ms = settings->tick_ms;
    r->has_origin = settings->has_origin;
    r->origin = settings->origin;
    r->has_zone = settings->time_zone != NULL &&
                  rn_zone_find(&r->zone, settings->time_zone);
    if (r->has_origin) {
        rn_zone_local(r->has_zone ? r->zone : RN_ZONE_UTC, r->origin, &day,
                      &second);
    }
    return day;
}

void rn_read_known_criteria(rn_problem_reader *p)
{
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        p->criteria[i] = runde_criterion_name((runde_criterion)i);
    }
}

void rn_problem_reader_give(rn_problem_reader *p, rn_arena *arena)
{
    *arena = p->in.arena;
    p->in.arena = (rn_arena)RN_ARENA_INIT;
}

void rn_problem_reader_free(rn_problem_reader *p)
{
    for (int kind = 0; kind < RN_ID_KINDS; kind++) {
        rn_idmap_free(&p->ids[kind]);
    }
    rn_reader_free(&p->in);
    rn_tree_free(p->tree);
}
