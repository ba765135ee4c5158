/* SPDX-License-Identifier: MIT */
#include "model/problem_data.h"

bool runde_problem_is_sealed(const runde_problem *problem)
{
    return problem != NULL && problem->is_sealed;
}

const runde_settings *runde_problem_settings(const runde_problem *problem)
{
    return problem == NULL ? NULL : &problem->settings;
}

const runde_weights *runde_problem_weights(const runde_problem *problem)
{
    return problem == NULL ? NULL : &problem->weights;
}

static int32_t count(const runde_problem *problem, rn_kind kind)
{
    return problem == NULL ? 0 : problem->table[kind].n;
}

static const void *row(const runde_problem *problem, rn_kind kind,
                       int32_t index)
{
    return index >= 0 && index < count(problem, kind)
               ? rn_problem_row(problem, kind, index)
               : NULL;
}

int32_t runde_problem_n_places(const runde_problem *problem)
{
    return count(problem, RN_PLACES);
}

int32_t runde_problem_n_skills(const runde_problem *problem)
{
    return count(problem, RN_SKILLS);
}

int32_t runde_problem_n_loads(const runde_problem *problem)
{
    return count(problem, RN_LOADS);
}

int32_t runde_problem_n_modes(const runde_problem *problem)
{
    return count(problem, RN_MODES);
}

int32_t runde_problem_n_clients(const runde_problem *problem)
{
    return count(problem, RN_CLIENTS);
}

int32_t runde_problem_n_carers(const runde_problem *problem)
{
    return count(problem, RN_CARERS);
}

int32_t runde_problem_n_shifts(const runde_problem *problem)
{
    return count(problem, RN_SHIFTS);
}

int32_t runde_problem_n_visits(const runde_problem *problem)
{
    return count(problem, RN_VISITS);
}

int32_t runde_problem_n_links(const runde_problem *problem)
{
    return count(problem, RN_LINKS);
}

int32_t runde_problem_n_past_visits(const runde_problem *problem)
{
    return count(problem, RN_PAST_VISITS);
}

int32_t runde_problem_n_published(const runde_problem *problem)
{
    return count(problem, RN_PUBLISHED);
}

const runde_place *runde_problem_place(const runde_problem *problem,
                                       int32_t index)
{
    return row(problem, RN_PLACES, index);
}

const char *runde_problem_skill(const runde_problem *problem, int32_t index)
{
    return row(problem, RN_SKILLS, index);
}

const runde_load *runde_problem_load(const runde_problem *problem,
                                     int32_t index)
{
    return row(problem, RN_LOADS, index);
}

const char *runde_problem_mode(const runde_problem *problem, int32_t index)
{
    const rn_mode *const mode = row(problem, RN_MODES, index);
    return mode == NULL ? NULL : mode->id;
}

const runde_client *runde_problem_client(const runde_problem *problem,
                                         int32_t index)
{
    return row(problem, RN_CLIENTS, index);
}

const runde_carer *runde_problem_carer(const runde_problem *problem,
                                       int32_t index)
{
    return row(problem, RN_CARERS, index);
}

const runde_shift *runde_problem_shift(const runde_problem *problem,
                                       int32_t index)
{
    return row(problem, RN_SHIFTS, index);
}

const runde_visit *runde_problem_visit(const runde_problem *problem,
                                       int32_t index)
{
    return row(problem, RN_VISITS, index);
}

const runde_link *runde_problem_link(const runde_problem *problem,
                                     int32_t index)
{
    return row(problem, RN_LINKS, index);
}

const runde_past_visit *runde_problem_past_visit(const runde_problem *problem,
                                                 int32_t index)
{
    return row(problem, RN_PAST_VISITS, index);
}

const runde_published *runde_problem_published(const runde_problem *problem,
                                               int32_t index)
{
    return row(problem, RN_PUBLISHED, index);
}

const runde_matrix *runde_problem_matrix(const runde_problem *problem,
                                         int32_t mode)
{
    const rn_mode *const entry = row(problem, RN_MODES, mode);
    return entry != NULL && entry->has_matrix ? &entry->matrix : NULL;
}

const runde_speed_model *runde_problem_speed_model(const runde_problem *problem,
                                                   int32_t mode)
{
    const rn_mode *const entry = row(problem, RN_MODES, mode);
    return entry != NULL && entry->has_model ? &entry->model : NULL;
}

bool runde_problem_leg(const runde_problem *problem, int32_t mode,
                       int32_t index, int32_t leg[4])
{
    const rn_mode *const entry = row(problem, RN_MODES, mode);
    if (entry == NULL || leg == NULL || index < 0 || index >= entry->n_legs) {
        return false;
    }
    leg[0] = entry->legs[index].from;
    leg[1] = entry->legs[index].to;
    leg[2] = entry->legs[index].duration;
    leg[3] = entry->legs[index].distance;
    return true;
}

void runde_problem_travel(const runde_problem *problem, int32_t mode,
                          int32_t from, int32_t to, int32_t *duration,
                          int32_t *distance)
{
    rn_travel_leg(rn_problem_travel(problem, mode), from, to, duration,
                  distance);
}

const rn_travel *rn_problem_travel(const runde_problem *problem, int32_t mode)
{
    const rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    return &entry->travel;
}
