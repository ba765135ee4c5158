/* SPDX-License-Identifier: MIT */
/* Prints a sample municipality as a problem, its baseline plan as a plan, or
 * the figures of docs/samples.md.
 *
 *     runde-sample problem  NAME [SEED [DAYS [GRID.csv]]]
 *     runde-sample baseline NAME [SEED [DAYS [GRID.csv]]]
 *     runde-sample figures  [NAME [SEED [DAYS [GRID.csv]]]]
 */
#include "baseline/baseline.h"
#include "municipality/municipality.h"

#include <runde/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain(const char *what, runde_status status,
                    const runde_diag *diag)
{
    (void)fprintf(stderr, "runde-sample: %s: %s %s %s\n", what,
                  runde_status_name(status), diag->pointer, diag->message);
    return EXIT_FAILURE;
}

static runde_status print_text(char *text, size_t length)
{
    const bool is_out =
        fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0;
    runde_text_free(text);
    return is_out ? RUNDE_OK : RUNDE_E_INTERNAL;
}

static runde_status print_figures(const char *name,
                                  const runde_problem *problem)
{
    runde_plan *plan = NULL;
    const runde_status status = baseline_plan(&plan, problem);
    if (status != RUNDE_OK) {
        return status;
    }
    const runde_kpis *k = runde_plan_kpis(plan);
    const double shifts = k->shifts_used > 0 ? k->shifts_used : 1;
    (void)printf(
        "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %d + %d |\n", name,
        k->visits, k->travel_share / 10.0, k->client_share / 10.0,
        k->on_time_share / 10.0, k->carers_per_client / 1000.0,
        (double)k->overtime / 60.0 / shifts, k->left_out, k->left_out_optional);
    runde_plan_free(plan);
    return RUNDE_OK;
}

static runde_status print_as(const char *what, const char *name,
                             const runde_problem *problem)
{
    char *text = NULL;
    size_t length = 0;
    if (strcmp(what, "figures") == 0) {
        return print_figures(name, problem);
    }
    if (strcmp(what, "problem") == 0) {
        const runde_status status =
            runde_problem_to_json(&text, &length, problem);
        return status == RUNDE_OK ? print_text(text, length) : status;
    }
    runde_plan *plan = NULL;
    runde_status status = baseline_plan(&plan, problem);
    if (status == RUNDE_OK) {
        status = runde_plan_to_json(&text, &length, problem, plan);
    }
    if (status == RUNDE_OK) {
        status = print_text(text, length);
    }
    runde_plan_free(plan);
    return status;
}

static int show(const char *what, const municipality_spec *spec)
{
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_status status = municipality_build(&problem, spec, &diag);
    if (status == RUNDE_OK) {
        status = print_as(what, spec->name, problem);
    }
    runde_problem_free(problem);
    return status == RUNDE_OK ? EXIT_SUCCESS
                              : complain(spec->name, status, &diag);
}

static bool is_task(const char *what)
{
    return strcmp(what, "problem") == 0 || strcmp(what, "baseline") == 0 ||
           strcmp(what, "figures") == 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (!is_task(what) || (argc < 3 && strcmp(what, "figures") != 0)) {
        (void)fprintf(stderr, "usage: runde-sample problem|baseline|figures "
                              "NAME [SEED [DAYS [GRID.csv]]]\n");
        return EXIT_FAILURE;
    }
    municipality_spec spec = {NULL, 1, 1, NULL};
    spec.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    spec.days = argc > 4 ? (int32_t)strtol(argv[4], NULL, 10) : 1;
    spec.grid_path = argc > 5 ? argv[5] : NULL;
    if (argc > 2) {
        spec.name = argv[2];
        return show(what, &spec);
    }
    int worst = EXIT_SUCCESS;
    for (int32_t i = 0; municipality_at(i); i++) {
        spec.name = municipality_at(i)->name;
        const int code = show(what, &spec);
        worst = code == EXIT_SUCCESS ? worst : code;
    }
    return worst;
}
