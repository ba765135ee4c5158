/* SPDX-License-Identifier: MIT */
/* A stranger's program: built by .ci/steps/release.sh with nothing but the
 * installed headers and runde.pc, as C99 and as C++11. Plans one visit and
 * has the plan checked. The argument is the version that runde.pc states. */
#include <runde/runde.h>
#include <stdio.h>
#include <string.h>

static int fill(runde_problem *problem)
{
    static const int32_t minutes[4] = {0, 600, 660, 0};
    runde_place home = RUNDE_PLACE_INIT;
    runde_place office = RUNDE_PLACE_INIT;
    runde_client client = RUNDE_CLIENT_INIT;
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    runde_visit visit = RUNDE_VISIT_INIT;
    runde_matrix matrix;
    int32_t mode = RUNDE_NONE;

    home.id = "home";
    office.id = "office";
    if (runde_problem_add_place(problem, &office, &shift.start_place) ||
        runde_problem_add_place(problem, &home, &client.place) ||
        runde_problem_add_mode(problem, "van", &mode)) {
        return 0;
    }
    memset(&matrix, 0, sizeof matrix);
    matrix.size = sizeof matrix;
    matrix.n = 2;
    matrix.durations = minutes;
    client.id = "client";
    carer.id = "carer";
    if (runde_problem_set_matrix(problem, mode, &matrix) ||
        runde_problem_add_client(problem, &client, &visit.client) ||
        runde_problem_add_carer(problem, &carer, &shift.carer)) {
        return 0;
    }
    shift.id = "day";
    shift.start = 8 * 3600;
    shift.end = 15 * 3600;
    shift.end_place = shift.start_place;
    shift.mode = mode;
    visit.id = "visit";
    visit.duration = 1800;
    return !runde_problem_add_shift(problem, &shift, NULL) &&
           !runde_problem_add_visit(problem, &visit, NULL);
}

static int plan(const runde_problem *problem, runde_diag *diag)
{
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_plan *answer = NULL;
    runde_report *report = NULL;
    int good;

    options.iteration_limit = 10;
    good = !runde_solve(&answer, problem, &options, diag) &&
           runde_plan_kpis(answer)->served == 1 &&
           runde_plan_n_unserved(answer) == 0 &&
           !runde_check(&report, problem, answer) &&
           runde_report_n_violations(report) == 0;
    runde_report_free(report);
    runde_plan_free(answer);
    return good;
}

int main(int argc, char **argv)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_problem *problem = NULL;
    int good;

    if (argc != 2 || strcmp(runde_version(), argv[1]) != 0) {
        fprintf(stderr, "runde_version() is \"%s\"\n", runde_version());
        return 1;
    }
    good = !runde_problem_new(&problem, NULL, &diag) && fill(problem) &&
           !runde_problem_seal(problem, &diag) && plan(problem, &diag);
    runde_problem_free(problem);
    if (!good) {
        fprintf(stderr, "%s %s %s\n", diag.code, diag.pointer, diag.message);
        return 1;
    }
    printf("runde %s planned one visit\n", runde_version());
    return 0;
}
