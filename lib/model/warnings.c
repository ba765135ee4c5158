/* SPDX-License-Identifier: MIT */
#include "model/warnings.h"

#include "model/problem_data.h"
#include "model/validate.h"

int32_t rn_problem_n_warnings(const runde_problem *problem)
{
    return problem->n_warnings;
}

const runde_finding *rn_problem_warning(const runde_problem *problem,
                                        int32_t index)
{
    return &problem->warnings[index];
}

/* Copies the texts of a finding; RUNDE_E_NOMEM with `*to` unusable. */
static runde_status copy_finding(rn_arena *arena, const runde_finding *from,
                                 runde_finding *to)
{
    *to = *from;
    to->code = rn_arena_strdup(arena, from->code);
    to->pointer = rn_arena_strdup(arena, from->pointer);
    to->message = rn_arena_strdup(arena, from->message);
    return to->code == NULL || to->pointer == NULL || to->message == NULL
               ? RUNDE_E_NOMEM
               : RUNDE_OK;
}

runde_status rn_problem_set_warnings(runde_problem *problem,
                                     const runde_finding *warnings, int32_t n)
{
    const int32_t kept = n < RN_WARNINGS_MAX ? n : RN_WARNINGS_MAX;
    runde_finding *const list =
        rn_arena_array(&problem->arena, (size_t)kept, sizeof *list);
    if (list == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < kept; i++) {
        const runde_status status =
            copy_finding(&problem->arena, &warnings[i], &list[i]);
        if (status != RUNDE_OK) {
            return status;
        }
    }
    problem->warnings = list;
    problem->n_warnings = kept;
    return RUNDE_OK;
}

/* ------------------------------------------------------------- keeping */

/* Stands between the validation and the caller's callback. */
typedef struct keeper {
    runde_problem *problem;
    runde_finding *list; /* made at the first warning */
    int32_t n;
    runde_status status;
    runde_finding_fn next;
    void *payload;
} keeper;

static void keep(keeper *k, const runde_finding *finding)
{
    rn_arena *const arena = &k->problem->arena;
    if (k->list == NULL) {
        k->list = rn_arena_array(arena, RN_WARNINGS_MAX, sizeof *k->list);
    }
    if (k->list == NULL) {
        k->status = RUNDE_E_NOMEM;
        return;
    }
    k->status = copy_finding(arena, finding, &k->list[k->n]);
    k->n += k->status == RUNDE_OK;
}

static void on_finding(const runde_finding *finding, void *payload)
{
    keeper *const k = payload;
    if (finding->severity == RUNDE_WARNING && k->status == RUNDE_OK &&
        k->n < RN_WARNINGS_MAX) {
        keep(k, finding);
    }
    if (k->next != NULL) {
        k->next(finding, k->payload);
    }
}

runde_status rn_problem_review(runde_problem *problem, runde_diag *diag)
{
    keeper k = {problem, NULL, 0, RUNDE_OK, diag->on_finding, diag->payload};
    diag->on_finding = on_finding;
    diag->payload = &k;
    const runde_status status = rn_validate(problem, diag);
    diag->on_finding = k.next;
    diag->payload = k.payload;
    problem->warnings = k.list;
    problem->n_warnings = k.n;
    return status == RUNDE_OK ? k.status : status;
}
