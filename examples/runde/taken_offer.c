/* SPDX-License-Identifier: MIT */
#include "taken_offer.h"

#include "change_table.h"
#include "plan_output.h"

#include <stdio.h>
#include <string.h>

/* What the offer makes of the problem and its plan. */
typedef struct result {
    runde_problem *problem; /* NULL: the session's */
    runde_plan *plan;
    runde_plan *before; /* the session's plan, in the same problem */
    runde_diff *diff;
} result;

/* The extra visit is the last: all others keep their numbers. */
static runde_status copy_plan(runde_plan **out, const runde_problem *problem,
                              const runde_plan *plan)
{
    runde_status status = runde_plan_new(out, problem);
    for (int32_t i = 0; status == RUNDE_OK && i < runde_plan_n_routes(plan);
         i++) {
        status = runde_plan_add_route(*out, runde_plan_route(plan, i));
    }
    return status == RUNDE_OK ? runde_plan_finish(*out) : status;
}

static runde_status carry_out(result *r, const taken_offer *taken)
{
    const runde_problem *problem = runde_session_problem(taken->session);
    runde_status status = RUNDE_OK;
    if (taken->edit != NULL) {
        status =
            runde_problem_derive(&r->problem, problem, taken->edit, 1, NULL);
        problem = r->problem;
    }
    if (status == RUNDE_OK) {
        status = runde_recommend_plan(&r->plan, taken->session, problem,
                                      taken->offer);
    }
    if (status == RUNDE_OK) {
        status =
            copy_plan(&r->before, problem, runde_session_plan(taken->session));
    }
    return status == RUNDE_OK
               ? runde_diff_new(&r->diff, problem, r->before, r->plan)
               : status;
}

static cli_code save_plan(const taken_offer *taken,
                          const runde_problem *problem, const char *text,
                          size_t length)
{
    atomic_file file = ATOMIC_FILE_INIT;
    if (strcmp(taken->output, "-") == 0) {
        const cli_code code = plan_output_judge(problem, text, length);
        if (code == CLI_DONE) {
            (void)fwrite(text, 1, length, stdout);
        }
        return code;
    }
    cli_code code = atomic_file_open(&file, taken->output, NULL);
    if (code == CLI_DONE) {
        code = plan_output_save(&file, problem, text, length);
    }
    atomic_file_discard(&file);
    return code;
}

static cli_code save(const taken_offer *taken, const result *r)
{
    const runde_diag none = RUNDE_DIAG_INIT;
    const runde_problem *problem =
        r->problem != NULL ? r->problem : runde_session_problem(taken->session);
    char *text = NULL;
    size_t length = 0;
    cli_code code =
        input_status(runde_plan_to_json(&text, &length, problem, r->plan),
                     taken->output, &none);
    if (code == CLI_DONE) {
        code = save_plan(taken, problem, text, length);
    }
    runde_text_free(text);
    if (code == CLI_DONE && taken->visits != NULL) {
        text = NULL;
        const runde_status status =
            runde_problem_to_json(&text, &length, problem);
        code = atomic_file_save_made(taken->visits, NULL, status, text, length,
                                     taken->visits);
    }
    if (code == CLI_DONE && strcmp(taken->output, "-") != 0) {
        change_table_print(stdout, problem, r->diff);
    }
    return code;
}

cli_code taken_offer_save(const taken_offer *taken)
{
    result r = {NULL, NULL, NULL, NULL};
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = input_status(carry_out(&r, taken), "recommend", &none);
    if (code == CLI_DONE) {
        code = save(taken, &r);
    }
    runde_diff_free(r.diff);
    runde_plan_free(r.before);
    runde_plan_free(r.plan);
    runde_problem_free(r.problem);
    return code;
}
