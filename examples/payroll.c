/* SPDX-License-Identifier: MIT */
/* The day is over. Plans it, lays the records of what happened beside the
 * plan, and prints what a payroll and a client's budget are about:
 *
 *     payroll examples/data/tiny.json examples/data/tiny.actuals.json */
#include "example_files.h"

static void show(const runde_finding *finding, void *payload)
{
    (void)payload;
    fprintf(stderr, "%s %s %s\n", finding->code, finding->pointer,
            finding->message);
}

static void print_minutes(const char *who, const char *id,
                          const runde_actual_sums *s)
{
    printf("%s %s: %d minutes of %d planned, %d of %d visits, %d more\n", who,
           id, (int)(s->service[1] / 60), (int)(s->service[0] / 60),
           (int)s->done, (int)s->planned, (int)s->extra);
}

static void print_all(const runde_problem *problem,
                      const runde_actuals *actuals)
{
    for (int32_t i = 0; i < runde_actuals_n_carers(actuals); i++) {
        const runde_actual_row *row = runde_actuals_get_carer(actuals, i);
        print_minutes("carer", runde_problem_carer(problem, row->who)->id,
                      &row->sums);
    }
    for (int32_t i = 0; i < runde_actuals_n_clients(actuals); i++) {
        const runde_actual_row *row = runde_actuals_get_client(actuals, i);
        print_minutes("client", runde_problem_client(problem, row->who)->id,
                      &row->sums);
    }
}

int main(int argc, char **argv)
{
    runde_problem *problem = argc == 3 ? example_problem(argv[1]) : NULL;
    runde_plan *plan = NULL;
    runde_actuals *actuals = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_csv_style style = RUNDE_CSV_STYLE_INIT;
    size_t length = 0;
    char *table = NULL;
    char *text = argc == 3 ? example_text(argv[2], &length) : NULL;
    options.iteration_limit = 200;
    diag.on_finding = show; /* everything that is wrong with the records */
    style.separator = ';';  /* as spreadsheets and payrolls here like it */
    style.decimal_mark = ',';
    const bool good = problem != NULL && text != NULL &&
                      runde_solve(&plan, problem, &options, NULL) == RUNDE_OK &&
                      runde_actuals_from_json(&actuals, problem, plan, text,
                                              length, &diag) == RUNDE_OK &&
                      runde_actuals_to_csv(&table, NULL, problem, actuals,
                                           &style) == RUNDE_OK;
    if (good) {
        print_all(problem, actuals);
        printf("\n%s", table);
    }
    runde_text_free(table);
    runde_actuals_free(actuals);
    runde_plan_free(plan);
    runde_problem_free(problem);
    free(text);
    return good ? 0 : 1;
}
