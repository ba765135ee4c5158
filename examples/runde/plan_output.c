/* SPDX-License-Identifier: MIT */
#include "plan_output.h"

/* The last gate: the very bytes that somebody will read, taken apart again
 * and judged from the problem alone. */
cli_code plan_output_judge(const runde_problem *problem, const char *bytes,
                           size_t length)
{
    runde_plan *plan = NULL;
    runde_report *report = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    cli_code code = CLI_DONE;
    runde_status status =
        runde_plan_from_json(&plan, problem, bytes, length, &diag);
    if (status == RUNDE_OK) {
        status = runde_check(&report, problem, plan);
    }
    if (status != RUNDE_OK) {
        cli_complain("the plan cannot be read back: %s %s; nothing is "
                     "written, please report this",
                     runde_status_name(status), diag.message);
        code = CLI_INTERNAL;
    } else if (runde_report_n_violations(report) > 0) {
        const runde_violation *v = runde_report_violation(report, 0);
        cli_complain("the plan breaks a rule: %s: %s; nothing is written, "
                     "please report this",
                     v->rule, v->message);
        code = CLI_INTERNAL;
    }
    runde_report_free(report);
    runde_plan_free(plan);
    return code;
}

cli_code plan_output_save(atomic_file *file, const runde_problem *problem,
                          const char *text, size_t length)
{
    input_text written = INPUT_TEXT_INIT;
    cli_code code = atomic_file_write(file, text, length);
    if (code == CLI_DONE) {
        code = atomic_file_read(file, &written);
    }
    if (code == CLI_DONE) {
        code = plan_output_judge(problem, written.bytes, written.length);
    }
    if (code == CLI_DONE) {
        code = atomic_file_commit(file);
    }
    input_free(&written);
    return code;
}
